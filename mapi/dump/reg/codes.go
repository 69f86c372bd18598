package reg

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What may be wrong with a .reg file, and what is worth knowing about it.
const (
	// NoValues: the input has no header, no key and no value.
	NoValues diag.Code = "reg.no-values"
	// Empty: a file has keys, and no value in them.
	Empty diag.Code = "reg.empty"
	// NoHeader: a file does not begin with one of the two lines that say what it is.
	NoHeader diag.Code = "reg.no-header"
	// Version: the first line names a version that is not known.
	Version diag.Code = "reg.version"
	// NoKey: values stand before the first key, so that nobody knows whose they are.
	NoKey diag.Code = "reg.no-key"
	// CharsetGuess: the input has no byte order mark and looks like UTF-16. A guess.
	CharsetGuess diag.Code = "reg.charset-guess"
	// Resaved: a REGEDIT4 file has text in UTF-8 or UTF-16, as which it was read.
	Resaved diag.Code = "reg.resaved"
	// CodePageGuess: the code page of 8-bit text is a guess.
	CodePageGuess diag.Code = "reg.codepage-guess"
	// DamagedText: 8-bit text has bytes that mean nothing in its code page.
	DamagedText diag.Code = "reg.damaged-text"
	// NotAValue: lines are neither key nor value nor comment, be it that they were cut.
	NotAValue diag.Code = "reg.not-a-value"
	// OpenKey: a key has no bracket at its end. It counts all the same.
	OpenKey diag.Code = "reg.open-key"
	// Trailing: text stands behind a key or behind data. It was passed over.
	Trailing diag.Code = "reg.trailing"
	// TooLong: a value, or a name, is longer than this package reads.
	TooLong diag.Code = "reg.too-long"
	// Deletion: importing the file deletes a key or a value. There is no data.
	Deletion diag.Code = "reg.deletion"
	// BadData: data is not written in a way that is known. It is kept as text.
	BadData diag.Code = "reg.bad-data"
	// Cut: data breaks off. What is there was kept.
	Cut diag.Code = "reg.cut"
	// HalfByte: hex ends in the middle of a byte. The bytes before it were kept.
	HalfByte diag.Code = "reg.half-byte"
	// BadHex: hex has a character that does not belong there. The bytes before it were kept.
	BadHex diag.Code = "reg.bad-hex"
	// ShortByte: hex has bytes of one digit.
	ShortByte diag.Code = "reg.short-byte"
	// ShortNumber: a dword has fewer than eight digits.
	ShortNumber diag.Code = "reg.short-number"
	// LostBackslash: hex goes on in another line although no backslash says so.
	LostBackslash diag.Code = "reg.lost-backslash"
	// NoLineEnd: the file ends right behind hex, which may have been longer.
	NoLineEnd diag.Code = "reg.no-line-end"
	// Escape: a text has backslashes that escape nothing.
	Escape diag.Code = "reg.escape"
	// Ordinary: a value is none of MAPI's.
	Ordinary diag.Code = "reg.ordinary"
	// Secure: a value is encrypted.
	Secure diag.Code = "reg.secure"
	// DataType: a value has another type in the registry than properties of its type have.
	DataType diag.Code = "reg.data-type"
	// Size: a value has more or fewer bytes than its type.
	Size diag.Code = "reg.size"
	// Unterminated: a string has no NUL at its end.
	Unterminated diag.Code = "reg.unterminated"
	// BooleanValue: a PtypBoolean is neither 0 nor 1. It counts as true.
	BooleanValue diag.Code = "reg.boolean-value"
	// BadList: a list of strings or binaries has a count or an offset that its bytes do not bear out.
	BadList diag.Code = "reg.bad-list"
	// Loose: bytes of a list of strings or binaries belong to no element.
	Loose diag.Code = "reg.loose-bytes"
	// Derived: the bytes of 8-bit text were computed from its characters.
	Derived diag.Code = "reg.derived"
	// NoBytes: 8-bit text has characters that its code page does not have, so that there are no bytes.
	NoBytes diag.Code = "reg.no-bytes"
	// ProfileName: the tag means something else in a profile than in a message.
	ProfileName diag.Code = "reg.profile-name"
	// Flags: says what a number means.
	Flags diag.Code = "reg.flags"
	// ScriptName: a list of a script has the name that the script sets before it. A guess.
	ScriptName diag.Code = "reg.script-name"
	// NoName: a list of a script has no name before it.
	NoName diag.Code = "reg.no-name"
)

// spec is what findings name: the editor's help describes the files, and nobody the profiles in them.
const spec = "Windows .reg file"

// note makes a finding about the dump.
func note(s diag.Severity, code diag.Code, path, format string, args ...any) diag.Finding {
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: -1}, Path: path, Spec: spec, Msg: fmt.Sprintf(format, args...)}
}

// Codes returns the catalogue of this package's findings. Examples of the kind "reg" are files; a number behind that, as in
// "reg.1252", is the code page to read them with, and "hex" says that they are written in hex.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
