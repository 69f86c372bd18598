package pffexport

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What may be wrong with a file of item values, and what is worth knowing about it.
const (
	// NoEntries: the input has neither an entry nor the lines that count them.
	NoEntries diag.Code = "pffexport.no-entries"
	// Count: a file has other numbers of sets or entries than it says.
	Count diag.Code = "pffexport.count"
	// Order: the number of an entry is not the one after the entry before it.
	Order diag.Code = "pffexport.order"
	// OtherText: lines are no part of an entry. They were passed over.
	OtherText diag.Code = "pffexport.other-text"
	// CharsetGuess: the input has no byte order mark and looks like UTF-16. A guess.
	CharsetGuess diag.Code = "pffexport.charset-guess"
	// BadNumber: a line has no number where one must be. It counts as missing.
	BadNumber diag.Code = "pffexport.bad-number"
	// BadName: the name of a property is not UTF-8.
	BadName diag.Code = "pffexport.bad-name"
	// NoID: an entry has no line Entry type.
	NoID diag.Code = "pffexport.no-id"
	// NoType: an entry has no line Value type.
	NoType diag.Code = "pffexport.no-type"
	// NoName: an entry has an id of a named property, and maps to nothing.
	NoName diag.Code = "pffexport.no-name"
	// InferredSet: the property set of a named property is the only one that is known to have such a property. A guess.
	InferredSet diag.Code = "pffexport.inferred-set"
	// UnknownSet: a named property may be in more than one property set, or in one that is not known. None is given.
	UnknownSet diag.Code = "pffexport.unknown-set"
	// NoLabel: bytes stand below no line Value.
	NoLabel diag.Code = "pffexport.no-label"
	// Cut: a value breaks off, or may do. What is there was kept.
	Cut diag.Code = "pffexport.cut"
	// Offset: a line of a value is not the one that must come there. The bytes before it were kept.
	Offset diag.Code = "pffexport.offset"
	// BadLine: a line of a value has something that is no byte. The bytes before it were kept.
	BadLine diag.Code = "pffexport.bad-line"
	// LeftOut: a value has lines behind one that did not fit. They were left out.
	LeftOut diag.Code = "pffexport.left-out"
	// Column: bytes are not those that the column of text beside them shows. The bytes were kept.
	Column diag.Code = "pffexport.column"
	// TooLong: a value or a line is longer than this package reads.
	TooLong diag.Code = "pffexport.too-long"
	// NoValue: a value has no bytes although its type must have some.
	NoValue diag.Code = "pffexport.no-value"
	// Size: a PtypBoolean has more than one byte.
	Size diag.Code = "pffexport.size"
	// BooleanValue: a PtypBoolean is neither 0 nor 1. It counts as true.
	BooleanValue diag.Code = "pffexport.boolean-value"
	// BadList: a list of strings or binaries has a count or an offset that its bytes do not bear out.
	BadList diag.Code = "pffexport.bad-list"
	// CodePageGuess: the code page of 8-bit text is a guess.
	CodePageGuess diag.Code = "pffexport.codepage-guess"
)

// spec is what findings name: libpff's source is all that describes the files.
const spec = "libpff, pffexport -d"

// note makes a finding about the dump.
func note(s diag.Severity, code diag.Code, path, format string, args ...any) diag.Finding {
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: -1}, Path: path, Spec: spec, Msg: fmt.Sprintf(format, args...)}
}

// Codes returns the catalogue of this package's findings. Examples of the kind "pffexport" are files; "hex" behind that says
// that they are written in hex.
func Codes() []diag.Entry { return slices.Clone(catalogue) }

// The beginnings of the examples: an id and a type.
const (
	exLong   = "Entry type: 0x00003613\nValue type: 0x00000003\n"
	exBool   = "Entry type: 0x00000e1b\nValue type: 0x0000000b\n"
	exBinary = "Entry type: 0x00000ff6\nValue type: 0x00000102\n"
	exNamed  = "Entry type: 0x00008005\nValue type: 0x00000102\n"
	exList   = "Entry type: 0x00006800\nValue type: 0x00001102\n"
)

var catalogue = []diag.Entry{
	{Code: NoEntries, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "there is no entry, and no line that counts them", Example: "\n"},
	{Code: Count, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "there are more or fewer sets or entries than the file says", Example: "Number of sets: 1\nNumber of entries per set: 1\n\n"},
	{Code: Order, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "entries are missing, or in another order, by their numbers", Example: "Entry: 0\n" + exBinary + "\nEntry: 2\n" + exBinary + "\n"},
	{Code: OtherText, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "text that is no part of an entry", Example: "see below\n" + exBinary + "\n"},
	{Code: CharsetGuess, Severity: diag.Warning, Kind: "pffexport.hex", Spec: spec, Means: "UTF-16 without a byte order mark", Example: "53006500740020003A00200030000A000A00"},
	{Code: BadNumber, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "a line without the number that must be there", Example: "Entry type: unknown\nValue type: 0x00000102\n\n"},
	{Code: BadName, Severity: diag.Error, Kind: "pffexport.hex", Spec: spec, Means: "a name that is not UTF-8", Example: "4D61707320746F20656E7472793A20E40A0A"},
	{Code: NoID, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "an entry without a property id", Example: "Value type: 0x00000102\n\n"},
	{Code: NoType, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "an entry without a property type; its bytes are kept", Example: "Entry type: 0x00000ff6\n\n"},
	{Code: NoName, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "a named property that maps to no name", Example: exNamed + "\n"},
	{Code: InferredSet, Severity: diag.Info, Kind: "pffexport", Spec: spec, Means: "the property set of a named property, which the dump does not say, is the only one that is known to have such a property", Example: exNamed + "Maps to entry type: 0x0000825e\n\n"},
	{Code: UnknownSet, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "a named property may be in several property sets, or in one that is not known; none is given", Example: exNamed + "Maps to entry type: 0x0000823e\n\n"},
	{Code: NoLabel, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "bytes without a line Value before them", Example: exBinary + "0x00000000: 01\n\n"},
	{Code: Cut, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "a value breaks off, or may do", Example: exBinary + "Value:\n"},
	{Code: Offset, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "a line of a value is not the one that must come there", Example: exBinary + "Value:\n0x00000010: 01\n\n"},
	{Code: BadLine, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "a line of a value has something that is no byte", Example: exBinary + "Value:\n0x00000000: 01 0\n\n"},
	{Code: LeftOut, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "lines of a value behind one that did not fit were left out", Example: exBinary + "Value:\n0x00000010: 01\n\n"},
	{Code: Column, Severity: diag.Error, Kind: "pffexport", Spec: spec, Means: "bytes and the column of text beside them contradict each other", Example: exBinary + "Value:\n0x00000000: 41                                                 B\n\n"},
	{Code: TooLong, Severity: diag.Error, Spec: spec, Means: "a value or a line is longer than this package reads; what is beyond was left out"},
	{Code: NoValue, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "a value without bytes, of a type that has some", Example: exLong + "\n"},
	{Code: Size, Severity: diag.Warning, Kind: "pffexport", Spec: "[MS-PST] 2.3.3.3", Means: "a PtypBoolean of more than one byte", Example: exBool + "Value:\n0x00000000: 01 00\n\n"},
	{Code: BooleanValue, Severity: diag.Warning, Kind: "pffexport", Spec: "[MS-OXCDATA] 2.11.1", Means: "a PtypBoolean is neither 0 nor 1; it counts as true", Example: exBool + "Value:\n0x00000000: 02\n\n"},
	{Code: BadList, Severity: diag.Error, Kind: "pffexport", Spec: "[MS-PST] 2.3.3.4.2", Means: "a list of strings or binaries whose count or offsets its bytes do not bear out", Example: exList + "Value:\n0x00000000: 01 00 00 00 09 00 00 00\n\n"},
	{Code: CodePageGuess, Severity: diag.Warning, Kind: "pffexport", Spec: spec, Means: "nobody said the code page of 8-bit text; Windows-1252 was taken", Example: "Entry type: 0x00000037\nValue type: 0x0000001e\nValue:\n0x00000000: e4\n\n"},
}
