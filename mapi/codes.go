package mapi

import "github.com/mapiprop/mapiprop/mapi/diag"

const specTypes = "[MS-OXCDATA] 2.11.1"

// The codes of this package.
const (
	// Truncated: a value ends before its type says. Per [MS-OXCDATA] 2.11.1. Example: 03 00 34 12 01 02.
	Truncated diag.Code = "mapi.truncated"
	// CountTooBig: a list counts more elements than the bytes left could hold. Per [MS-OXCDATA] 2.11.1.
	CountTooBig diag.Code = "mapi.count-too-big"
	// UnterminatedString: a string has no NUL before the bytes end. Per [MS-OXCDATA] 2.11.1.
	UnterminatedString diag.Code = "mapi.unterminated-string"
	// BadPropType: a property tag has a type whose values have no known length. Per [MS-OXCDATA] 2.11.1.
	BadPropType diag.Code = "mapi.bad-proptype"
	// BadLength: a value has more bytes than its type. Per [MS-OXCDATA] 2.11.1.
	BadLength diag.Code = "mapi.bad-length"
	// BooleanValue: a Boolean is neither 0 nor 1; it counts as true. Per [MS-OXCDATA] 2.11.1.
	BooleanValue diag.Code = "mapi.boolean-value"
	// OddText: text in UTF-16 counts an odd number of bytes. Per [MS-OXOCFG] 2.2.6.1.
	OddText diag.Code = "mapi.odd-text"
	// MissingTerminator: text counts its bytes and does not end in the NUL that it should end in all the same. Per
	// [MS-OXCFXICS] 2.2.4.1.3.
	MissingTerminator diag.Code = "mapi.missing-terminator"
	// UnsupportedCodePage: no table for the code page of 8-bit text; only ASCII was read. Per [MS-UCODEREF] 2.2.1.
	UnsupportedCodePage diag.Code = "mapi.unsupported-codepage"
	// DamagedText: 8-bit text has bytes that mean nothing in its code page. Per [MS-OXCDATA] 2.11.1.
	DamagedText diag.Code = "mapi.damaged-text"
	// GuessedCodePage: 8-bit text has bytes its code page does not have, and was read in another. Per [MS-UCODEREF] 2.2.1.
	GuessedCodePage diag.Code = "mapi.guessed-codepage"
	// ApproximateCodePage: 8-bit text was read with a table that is near that of its code page, and may differ in it.
	// Per [MS-UCODEREF] 2.2.1.
	ApproximateCodePage diag.Code = "mapi.approximate-codepage"
)

// Codes returns the catalogue of this package's codes. Examples of the kinds "propvalue", "ocfgvalue" and "fasttransfer"
// are one TaggedPropertyValue, as in standard rules, in search folders and in FastTransfer streams; those of the kind
// "string8" are a code page in decimal and the bytes of a string, those of the kind "raw" a type and the bytes of a value.
func Codes() []diag.Entry { return append([]diag.Entry(nil), catalogue[:]...) }

func entryOf(code diag.Code) diag.Entry {
	e, _ := diag.Lookup(catalogue[:], code)
	return e
}

var catalogue = [...]diag.Entry{
	{Code: Truncated, Severity: diag.Fatal, Means: "a value has fewer bytes than its type, or than its count says",
		Spec: specTypes, Kind: "propvalue", Example: "0300 3412 0102"},
	{Code: CountTooBig, Severity: diag.Fatal, Means: "a list counts more elements than the bytes left could hold",
		Spec: "[MS-OXCDATA] 2.11.1.1", Kind: "propvalue", Example: "0310 3412 02000000 01000000"},
	{Code: UnterminatedString, Severity: diag.Fatal, Means: "a string that must end in NUL does not end before the input does",
		Spec: specTypes, Kind: "propvalue", Example: "1E00 3412 41"},
	{Code: BadPropType, Severity: diag.Fatal, Means: "a property has a type whose values have no known length, so that nothing behind it can be found",
		Spec: specTypes, Kind: "propvalue", Example: "0D00 3412 00"},
	{Code: BadLength, Severity: diag.Error, Means: "a value has more bytes than its type; they are kept as they are",
		Spec: specTypes, Kind: "raw", Example: "0003 0102030405"},
	{Code: BooleanValue, Severity: diag.Warning, Means: "a Boolean is neither 0 nor 1; it counts as true",
		Spec: specTypes, Kind: "propvalue", Example: "0B00 3412 FF"},
	{Code: OddText, Severity: diag.Error, Means: "text in UTF-16 counts an odd number of bytes; it is read to the last whole character, and what follows is taken to begin there",
		Spec: "[MS-OXOCFG] 2.2.6.1", Kind: "ocfgvalue", Example: "1F00 3412 0300 4100"},
	{Code: MissingTerminator, Severity: diag.Warning, Means: "text counts its bytes and does not end in the NUL that it should end in all the same; written again, it gets one",
		Spec: "[MS-OXCFXICS] 2.2.4.1.3", Kind: "fasttransfer", Example: "1E00 3412 01000000 41"},
	{Code: UnsupportedCodePage, Severity: diag.Error, Means: "8-bit text is in a code page without a table, or nobody said in which; only its ASCII is shown",
		Spec: "[MS-UCODEREF] 2.2.1", Kind: "string8", Example: "1361 88"},
	{Code: DamagedText, Severity: diag.Error, Means: "8-bit text has bytes that mean nothing in its code page, or ends inside a character",
		Spec: "[MS-UCODEREF] 2.2.1", Kind: "string8", Example: "932 41 82"},
	{Code: GuessedCodePage, Severity: diag.Warning, Means: "8-bit text has bytes that its code page does not have; it was read as 1252, which is what writers mean by that",
		Spec: "[MS-UCODEREF] 2.2.1", Kind: "string8", Example: "20127 E4"},
	{Code: ApproximateCodePage, Severity: diag.Warning, Means: "8-bit text was read with a table near that of its code page, and has characters in which they may differ",
		Spec: "[MS-UCODEREF] 2.2.1", Kind: "string8", Example: "10001 82A0"},
}
