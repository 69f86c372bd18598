package mapi

import "github.com/mapiprop/mapiprop/mapi/diag"

const specTypes = "[MS-OXCDATA] 2.11.1"

// The codes of this package.
const (
	// Truncated: a value ends before its type says. Per [MS-OXCDATA] 2.11.1. Example: 03 00 34 12 01 02.
	Truncated diag.Code = "mapi.truncated"
	// CountTooBig: a list counts more elements than the bytes left could hold. Per [MS-OXCDATA] 2.11.1.
	CountTooBig diag.Code = "mapi.count-too-big"
	// UnterminatedString: a string has no NUL before the bytes end. Per [MS-OXCDATA] 2.11.1.2.
	UnterminatedString diag.Code = "mapi.unterminated-string"
	// BadPropType: a property tag has a type whose values have no known length. Per [MS-OXCDATA] 2.11.1.
	BadPropType diag.Code = "mapi.bad-proptype"
	// BadLength: a value has more bytes than its type. Per [MS-OXCDATA] 2.11.1.
	BadLength diag.Code = "mapi.bad-length"
	// BooleanValue: a Boolean is neither 0 nor 1; it counts as true. Per [MS-OXCDATA] 2.11.1.
	BooleanValue diag.Code = "mapi.boolean-value"
	// UnsupportedCodePage: no table for the code page of 8-bit text; only ASCII was read. Per [MS-OXCMSG] 2.2.2.2.
	UnsupportedCodePage diag.Code = "mapi.unsupported-codepage"
	// DamagedText: 8-bit text has bytes that mean nothing in its code page. Per [MS-OXCDATA] 2.11.1.2.
	DamagedText diag.Code = "mapi.damaged-text"
	// GuessedCodePage: 8-bit text has bytes its code page does not have, and was read in another. Per [MS-OXCMSG] 2.2.2.2.
	GuessedCodePage diag.Code = "mapi.guessed-codepage"
	// ApproximateCodePage: 8-bit text was read with a table that is near that of its code page, and may differ in it.
	// Per [MS-OXCMSG] 2.2.2.2.
	ApproximateCodePage diag.Code = "mapi.approximate-codepage"
)
