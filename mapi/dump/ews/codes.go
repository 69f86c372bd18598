package ews

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and an entry in Codes.
const (
	// NoProperties says that the file has no extended property.
	NoProperties diag.Code = "ews.no-properties"
	// BadXML says that the file is no XML at some place, or that the value of a property has no end. It is read on from
	// there.
	BadXML diag.Code = "ews.bad-xml"
	// Truncated says that the file ends within an element, or within the property that has this finding.
	Truncated diag.Code = "ews.truncated"
	// TooDeep says that elements are nested deeper than MaxDepth.
	TooDeep diag.Code = "ews.too-deep"
	// TooLong says that something is longer than the limits of this package and was cut.
	TooLong diag.Code = "ews.too-long"
	// Repeated says that a property has an element or an attribute twice; the first is taken.
	Repeated diag.Code = "ews.repeated"
	// BadField says that an ExtendedFieldURI is missing, or does not say which property it is, or says it twice.
	BadField diag.Code = "ews.bad-field"
	// UnknownType says that PropertyType is missing or no known type. The value is kept as text.
	UnknownType diag.Code = "ews.unknown-type"
	// UnknownSet says that DistinguishedPropertySetId is none of the words that EWS has.
	UnknownSet diag.Code = "ews.unknown-set"
	// FullTag says that PropertyTag is one of 32 bits where the id of 16 bits must be.
	FullTag diag.Code = "ews.full-tag"
	// TagMismatch says that PropertyTag is one of 32 bits whose type is not PropertyType, which is taken.
	TagMismatch diag.Code = "ews.tag-mismatch"
	// LocalID says that PropertyTag is 0x8000 or more, which means something in one mailbox only.
	LocalID diag.Code = "ews.local-id"
	// HexID says that PropertyId is in hex, as some tools write it; it was read so.
	HexID diag.Code = "ews.hex-id"
	// DecimalID says that PropertyId was read as decimal, as it must be, and would be a known one in hex.
	DecimalID diag.Code = "ews.decimal-id"
	// NoValue says that a property has no value.
	NoValue diag.Code = "ews.no-value"
	// BadValue says that a value is not written as its type is. It is kept as text.
	BadValue diag.Code = "ews.bad-value"
	// ListElement says that some elements of a list cannot be read, and were left out.
	ListElement diag.Code = "ews.list-element"
	// ListShape says that there are Values where the type has one, or a Value where it has a list.
	ListShape diag.Code = "ews.list-shape"
	// BadBase64 says that a Binary has a character that is none of base64, or bad padding. The bytes before are kept, and
	// the whole text.
	BadBase64 diag.Code = "ews.bad-base64"
	// Base64Alphabet says that base64 is in the alphabet for URLs.
	Base64Alphabet diag.Code = "ews.base64-alphabet"
	// Base64Bits says that the last character of base64 has bits that belong to no byte.
	Base64Bits diag.Code = "ews.base64-bits"
	// Derived says that the bytes were computed from a text that may have lost something: a time without 100 ns, a number
	// in decimals.
	Derived diag.Code = "ews.derived"
	// NoZone says that a time has no zone.
	NoZone diag.Code = "ews.no-zone"
	// FinerTime says that a time is finer than 100 ns.
	FinerTime diag.Code = "ews.finer-time"
	// CurrencyUnit says that an amount has no decimal point and was read as ten-thousandths, as programs do that use EWS.
	CurrencyUnit diag.Code = "ews.currency-unit"
	// BadUTF8 says that a value has bytes that are not UTF-8. The record's text keeps them.
	BadUTF8 diag.Code = "ews.bad-utf8"
	// LoneSurrogate says that a value has half a surrogate pair, which is kept, as WTF-8.
	LoneSurrogate diag.Code = "ews.lone-surrogate"
	// IllegalCharacter says that there are characters that XML does not have, or references to such: &#x0;, &#x1F;. They
	// are kept.
	IllegalCharacter diag.Code = "ews.illegal-character"
	// BadReference says that there are references to entities that XML does not have, or to no character. They are kept
	// as text.
	BadReference diag.Code = "ews.bad-reference"
	// Doctype says that a document type is declared, which messages of EWS never do. What it declares is not used.
	Doctype diag.Code = "ews.doctype"
	// LineEnds says that a text has line ends with CR, which XML makes LF.
	LineEnds diag.Code = "ews.line-ends"
	// LateID says that the id of an item stands so far behind its properties that they were handed on without it.
	LateID diag.Code = "ews.late-id"
	// PassedOver says how many elements have text and are no extended properties, and were not read.
	PassedOver diag.Code = "ews.passed-over"
	// CharsetGuess says that the file has no byte order mark and looks like UTF-16. A guess.
	CharsetGuess diag.Code = "ews.charset-guess"
	// OddByte says that a UTF-16 file ends in half a character.
	OddByte diag.Code = "ews.odd-byte"
)

// Codes returns the catalogue of this package's codes. Examples of the kind "ews" are files, those of the kind "ews.hex"
// their bytes in hex. A few codes need an input too long for an example.
func Codes() []diag.Entry { return slices.Clone(catalogue[:]) }

// The sections that findings name.
const (
	spec     = "[MS-OXWSXPROP] 2.1.5"
	specPath = "[MS-OXWSXPROP] 2.1.6"
	specXML  = "XML 1.0"
)

// note makes a finding about the dump.
func note(s diag.Severity, code diag.Code, path, format string, args ...any) diag.Finding {
	e, _ := diag.Lookup(catalogue[:], code)
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: -1}, Path: path, Spec: e.Spec, Msg: fmt.Sprintf(format, args...)}
}
