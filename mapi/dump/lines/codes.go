package lines

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What may be wrong with a line. Columns in messages count characters from 1.
const (
	// OddDigits: a number of hexadecimal digits is odd. The bytes before the last digit are kept.
	OddDigits diag.Code = "lines.odd-digits"
	// BadDigit: a character in hex is no digit and none that stands between digits. The bytes before it are kept.
	BadDigit diag.Code = "lines.bad-digit"
	// BadBase64: base64 breaks off, or has a character that is not part of it. The bytes before are kept.
	BadBase64 diag.Code = "lines.bad-base64"
	// Base64Bits: the last character of base64 has bits that belong to no byte.
	Base64Bits diag.Code = "lines.base64-bits"
	// Truncated: dots stand where hex was cut off. The bytes before them are kept.
	Truncated diag.Code = "lines.truncated"
	// LengthMismatch: "cb" counts other bytes than the hex behind "lpb" has.
	LengthMismatch diag.Code = "lines.length-mismatch"
	// Cleaned: invisible characters, which web pages and mail put into long hex, were taken out.
	Cleaned diag.Code = "lines.cleaned"
	// Decimal: the bytes are a list of decimal numbers in braces.
	Decimal diag.Code = "lines.decimal"
	// UnevenGroups: hex has blanks inside bytes, so that it may be numbers, as a list of VB has them: "2 1 48 00".
	UnevenGroups diag.Code = "lines.uneven-groups"
	// Ambiguous: the line is good hex and good base64. It was read as hex.
	Ambiguous diag.Code = "lines.ambiguous"
	// AmbiguousLabel: 0x and four, six or eight digits stand before a TAB, and hex behind it. They were read as bytes, and
	// may be a property's tag, id or LID, which has "=" or ":" behind it where it is one for certain.
	AmbiguousLabel diag.Code = "lines.ambiguous-label"
	// UnknownName: what stands before the separator is neither a tag nor a known name.
	UnknownName diag.Code = "lines.unknown-name"
	// NotABlob: the line holds nothing that this package reads.
	NotABlob diag.Code = "lines.not-a-blob"
	// TooLong: a line is longer than MaxLine. It is skipped.
	TooLong diag.Code = "lines.too-long"
	// NoBlobs: the whole input held none.
	NoBlobs diag.Code = "lines.no-blobs"
	// BadJSON: a line is no JSON object, or breaks off. The members before that are read.
	BadJSON diag.Code = "lines.bad-json"
	// BadMember: a member of a JSON object is not what its name promises. It is not used.
	BadMember diag.Code = "lines.bad-member"
	// BadCSV: the first row of a table names no column that is known, or a row does not fit to it.
	BadCSV diag.Code = "lines.bad-csv"
	// SizeMismatch: "size" is not the number of bytes.
	SizeMismatch diag.Code = "lines.size-mismatch"
	// TypeMismatch: the type is not that of the tag. The tag's is used.
	TypeMismatch diag.Code = "lines.type-mismatch"
	// Conflict: two members of a JSON object that say the same thing say it differently, or one stands there twice. The
	// message names both, and which is used.
	Conflict diag.Code = "lines.conflict"
	// NoSet: a property has a LID and no property set.
	NoSet diag.Code = "lines.no-set"
	// NoValue: a JSON object has a property, and no bytes or value.
	NoValue diag.Code = "lines.no-value"
	// EarlierError: the line is what an earlier run wrote about a record that it could not read, and holds no finding
	// that says so.
	EarlierError diag.Code = "lines.earlier-error"
	// CharsetGuess: the input has no byte order mark and looks like UTF-16. A guess.
	CharsetGuess diag.Code = "lines.charset-guess"
)

// spec is what blobs in lines rest on: no specification has them.
const spec = "lines"

// Codes returns the catalogue of this package's findings. The examples are files for the form Any, those of
// the kind "jsonl" for NewJSONReader, those of the kind "csv" for NewCSVReader.
func Codes() []diag.Entry { return slices.Clone(catalogue) }

var catalogue = []diag.Entry{
	{Code: OddDigits, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "hex with an odd number of digits", Example: "01020"},
	{Code: BadDigit, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "hex with a character that is none", Example: "0102ZZ"},
	{Code: BadBase64, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "base64 that breaks off or has a character that is none",
		Example: "LAEA*"},
	{Code: Base64Bits, Severity: diag.Warning, Kind: "lines", Spec: spec, Means: "the last character of base64 has bits that belong to no byte",
		Example: "LAF="},
	{Code: Truncated, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "hex that somebody cut off with dots", Example: "02010600..."},
	{Code: LengthMismatch, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "cb counts other bytes than the hex has",
		Example: "cb: 48 lpb: 2C0100000000"},
	{Code: Cleaned, Severity: diag.Warning, Kind: "lines", Spec: spec, Means: "invisible characters were taken out of hex",
		Example: "0102\u00A003\u200B04"},
	{Code: Decimal, Severity: diag.Info, Kind: "lines", Spec: spec, Means: "bytes as a list of decimal numbers in braces", Example: "{2, 1, 48, 0}"},
	{Code: UnevenGroups, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "blanks inside the bytes of hex: a line that was wrapped, or numbers that are not hex",
		Example: "010 203"},
	{Code: Ambiguous, Severity: diag.Info, Kind: "lines", Spec: spec, Means: "good hex that is good base64 too; read as hex", Example: "01020304"},
	{Code: AmbiguousLabel, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "0x and digits before a TAB: bytes, as which they were read, or a property",
		Example: "0x02010600\t02000000"},
	{Code: UnknownName, Severity: diag.Warning, Kind: "lines", Spec: spec, Means: "a blob has a name nobody knows", Example: "PidLidNothing: 010203"},
	{Code: NotABlob, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "a line without hex, base64, NULL or cb and lpb", Example: "(none)"},
	{Code: TooLong, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "a line longer than this package reads; it is skipped"},
	{Code: NoBlobs, Severity: diag.Error, Kind: "lines", Spec: spec, Means: "no line of the input holds a blob", Example: "\n"},
	{Code: BadJSON, Severity: diag.Error, Kind: "jsonl", Spec: spec, Means: "no JSON object, or one that breaks off", Example: `{"tag":"0x37010102","hex":"01"`},
	{Code: BadMember, Severity: diag.Error, Kind: "jsonl", Spec: spec, Means: "a member that is not what its name promises", Example: `{"tag":12.5,"hex":"01"}`},
	{Code: BadCSV, Severity: diag.Error, Kind: "csv", Spec: spec, Means: "a table whose first row names no known column, or a row that does not fit to it", Example: "tag,hex\n0x37010102,01,02"},
	{Code: SizeMismatch, Severity: diag.Error, Kind: "jsonl", Spec: spec, Means: "size is not the number of bytes", Example: `{"tag":"0x37010102","size":2,"raw":"01"}`},
	{Code: TypeMismatch, Severity: diag.Error, Kind: "jsonl", Spec: spec, Means: "the type is not that of the tag, which is used", Example: `{"tag":"0x37010102","type":"PtypInteger32","hex":"01"}`},
	{Code: Conflict, Severity: diag.Warning, Kind: "jsonl", Spec: spec, Means: "two members that contradict each other, or one that stands there twice",
		Example: `{"hex":"01","base64":"AgI="}`},
	{Code: NoSet, Severity: diag.Warning, Kind: "jsonl", Spec: spec, Means: "a LID without a property set names no property", Example: `{"lid":"0x8233","hex":"01"}`},
	{Code: NoValue, Severity: diag.Warning, Kind: "jsonl", Spec: spec, Means: "a property without bytes or value", Example: `{"tag":"0x37010102"}`},
	{Code: EarlierError, Severity: diag.Error, Kind: "jsonl", Spec: spec, Means: "an earlier run could not read the record", Example: `{"source":"a.msg","error":"broken"}`},
	{Code: CharsetGuess, Severity: diag.Warning, Kind: "lines", Spec: spec, Means: "UTF-16 without a byte order mark",
		Example: "0\x001\x000\x002\x000\x003\x00"},
}

// note makes a finding. At is the number of bytes of the blob that are good before it, or -1.
func note(s diag.Severity, code diag.Code, at int, format string, args ...any) diag.Finding {
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: at}, Path: "line", Spec: spec, Msg: fmt.Sprintf(format, args...)}
}
