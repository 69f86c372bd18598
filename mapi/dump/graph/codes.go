package graph

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and an entry in Codes.
const (
	// NoProperties says that the file has no extended property.
	NoProperties diag.Code = "graph.no-properties"
	// BadJSON says that the file is no JSON at some place. What is read up to there is kept, and what follows is read from
	// the next object on; a property that breaks off there says so itself.
	BadJSON diag.Code = "graph.bad-json"
	// Truncated says that the file ends within an object or array, or within the property that has this finding.
	Truncated diag.Code = "graph.truncated"
	// TooDeep says that objects and arrays are nested deeper than MaxDepth.
	TooDeep diag.Code = "graph.too-deep"
	// TooLong says that something is longer than the limits of this package and was cut.
	TooLong diag.Code = "graph.too-long"
	// BadProperty says that something else stands where an extended property must be.
	BadProperty diag.Code = "graph.bad-property"
	// DuplicateMember says that an object has a member twice. The first is taken; most readers of JSON take the last.
	DuplicateMember diag.Code = "graph.duplicate-member"
	// BadID says that the id of a property is missing, or does not say which property it is.
	BadID diag.Code = "graph.bad-id"
	// UnknownType says that the id of a property begins with no known type. The value is kept as text.
	UnknownType diag.Code = "graph.unknown-type"
	// FullTag says that an id has a property tag of 32 bits where the id of 16 bits must be.
	FullTag diag.Code = "graph.full-tag"
	// TagMismatch says that an id has a property tag of 32 bits whose type is not the one beside it, which is taken.
	TagMismatch diag.Code = "graph.tag-mismatch"
	// LocalID says that a property is given by a number from 0x8000 on, which means something in one mailbox only.
	LocalID diag.Code = "graph.local-id"
	// DecimalTag says that the number of a property has no 0x; it was read as decimal.
	DecimalTag diag.Code = "graph.decimal-tag"
	// DecimalLID says that the number of a named property has no 0x and was read as decimal, and would be a known one in
	// hex.
	DecimalLID diag.Code = "graph.decimal-lid"
	// NoValue says that a property has no value, or null.
	NoValue diag.Code = "graph.no-value"
	// BadValue says that a value is not written as its type is. It is kept as text.
	BadValue diag.Code = "graph.bad-value"
	// ListElement says that some elements of a list cannot be read, and were left out.
	ListElement diag.Code = "graph.list-element"
	// ListShape says that there is a list where the type has one value, or one value where it has a list, or a property
	// without the list around it, as PowerShell writes lists of one.
	ListShape diag.Code = "graph.list-shape"
	// Unquoted says that a value is a number, true or false, and not a string.
	Unquoted diag.Code = "graph.unquoted"
	// BadBase64 says that a Binary has a character that is none of base64, or bad padding. The bytes before are kept, and
	// the whole text.
	BadBase64 diag.Code = "graph.bad-base64"
	// Base64Form says that base64 has blanks in it, or the alphabet for URLs.
	Base64Form diag.Code = "graph.base64-form"
	// Base64Bits says that the last character of base64 has bits that belong to no byte.
	Base64Bits diag.Code = "graph.base64-bits"
	// Derived says that the bytes were computed from a text that may have lost something: a time without 100 ns, a number
	// in decimals.
	Derived diag.Code = "graph.derived"
	// NoZone says that a time has no zone.
	NoZone diag.Code = "graph.no-zone"
	// FinerTime says that a time is finer than 100 ns.
	FinerTime diag.Code = "graph.finer-time"
	// CurrencyUnit says that an amount has no decimal point and was read as ten-thousandths, as EWS has them.
	CurrencyUnit diag.Code = "graph.currency-unit"
	// BadUTF8 says that a text has bytes that are not UTF-8. A value keeps them in the record's text.
	BadUTF8 diag.Code = "graph.bad-utf8"
	// LoneSurrogate says that a text has half a surrogate pair, which is kept, as WTF-8.
	LoneSurrogate diag.Code = "graph.lone-surrogate"
	// ControlCharacter says that strings have control characters that are not escaped.
	ControlCharacter diag.Code = "graph.control-character"
	// LateID says that the id of an object stands so far behind its properties that they were handed on without it.
	LateID diag.Code = "graph.late-id"
	// PassedOver says how many values are no extended properties and were not read.
	PassedOver diag.Code = "graph.passed-over"
	// CharsetGuess says that the file has no byte order mark and looks like UTF-16. A guess.
	CharsetGuess diag.Code = "graph.charset-guess"
	// OddByte says that a UTF-16 file ends in half a character.
	OddByte diag.Code = "graph.odd-byte"
)

// Codes returns the catalogue of this package's codes. Examples of the kind "graph" are files, those of the kind
// "graph.hex" their bytes in hex. A few codes need an input too long for an example.
func Codes() []diag.Entry { return slices.Clone(catalogue[:]) }

// spec is what findings about the form name: it is published as documentation only.
const spec = "Microsoft Graph, extended properties"

// note makes a finding about the dump.
func note(s diag.Severity, code diag.Code, path, format string, args ...any) diag.Finding {
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: -1}, Path: path, Spec: spec, Msg: fmt.Sprintf(format, args...)}
}
