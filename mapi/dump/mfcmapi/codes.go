package mfcmapi

import "github.com/mapiprop/mapiprop/mapi/diag"

// The codes of this package's findings. No published document describes the form: they rest on what MFCMAPI writes.
// Each has one severity and an entry in Codes.
const (
	// NoProperties says that the file has no property in any spelling this package reads.
	NoProperties diag.Code = "mfcmapi.no-properties"
	// BinaryInput says that the file is a compressed or binary one, and not text.
	BinaryInput diag.Code = "mfcmapi.binary-input"
	// ObjectError says that the exporter wrote an error where the properties or the text of an object should be.
	ObjectError diag.Code = "mfcmapi.object-error"
	// Unterminated says that an element or a property has no end; what was read of it is kept.
	Unterminated diag.Code = "mfcmapi.unterminated"
	// Repeated says that an element stands twice in one property; the first is taken. In a row of a list the second
	// is taken for another row.
	Repeated diag.Code = "mfcmapi.repeated-element"
	// StrayText says that text stands where it means nothing, and was not read.
	StrayText diag.Code = "mfcmapi.stray-text"
	// BadTag says that the tag of a property cannot be read.
	BadTag diag.Code = "mfcmapi.bad-tag"
	// TypeMismatch says that the type beside the tag is not the type in the tag; that in the tag is taken.
	TypeMismatch diag.Code = "mfcmapi.type-mismatch"
	// Anonymous says that a value stands alone, because the opening tag of its property is lost or the form has none;
	// its type is inferred.
	Anonymous diag.Code = "mfcmapi.anonymous"
	// BadName says that the property set or the name of a named property cannot be read: an Error, and a Warning of the name
	// that DASL has beside a tag or a name that can.
	BadName diag.Code = "mfcmapi.bad-name"
	// IncompleteName says that one half of the name of a named property is missing or empty. The other half is quoted,
	// and is not taken for a name.
	IncompleteName diag.Code = "mfcmapi.incomplete-name"
	// GuessedName says that the dump does not say which property it is or of what type; that was taken from the tables
	// by name.
	GuessedName diag.Code = "mfcmapi.guessed-name"
	// LabelOnly says that a value stands behind words that name no property: the label of a column, a line of a log.
	LabelOnly diag.Code = "mfcmapi.label-only"
	// TagOnly says that a property stands without its value, as in copies from dialogs and lists of tags.
	TagOnly diag.Code = "mfcmapi.tag-only"
	// ANSIName says that the name of a named property was found as 8-bit text where UTF-16 should be.
	ANSIName diag.Code = "mfcmapi.ansi-name"
	// UnescapedMarkup says that a text holds markup characters, which this form never escapes.
	UnescapedMarkup diag.Code = "mfcmapi.unescaped-markup"
	// MissingValue says that a property has no value although its type has one.
	MissingValue diag.Code = "mfcmapi.missing-value"
	// BadValue says that a value is not written as its type is.
	BadValue diag.Code = "mfcmapi.bad-value"
	// ValueMismatch says that Value and AltValue say different things; the one that is authoritative for the type is
	// taken.
	ValueMismatch diag.Code = "mfcmapi.value-mismatch"
	// LengthMismatch says that cb counts more or fewer bytes than there are.
	LengthMismatch diag.Code = "mfcmapi.length-mismatch"
	// OddHex says that a value has an odd number of hex digits; the last is left out.
	OddHex diag.Code = "mfcmapi.odd-hex"
	// BadHex says that a character between hex digits is none; the digits before it are kept.
	BadHex diag.Code = "mfcmapi.bad-hex"
	// CutHex says that somebody left out a part of the hex digits; those before are kept.
	CutHex diag.Code = "mfcmapi.cut-hex"
	// CleanedHex says that blanks and the like stand between hex digits; they were dropped.
	CleanedHex diag.Code = "mfcmapi.cleaned-hex"
	// AltContradicts says that AltValue shows other bytes than the hex of a binary value.
	AltContradicts diag.Code = "mfcmapi.alt-contradicts"
	// AltLength says that AltValue has more or fewer characters than the hex of a binary value has bytes.
	AltLength diag.Code = "mfcmapi.alt-length"
	// AltDots says that AltValue hides bytes of a binary value that can be shown.
	AltDots diag.Code = "mfcmapi.alt-dots"
	// AltSkipped says that AltValue is too long to be compared with the hex of a binary value.
	AltSkipped diag.Code = "mfcmapi.alt-skipped"
	// InferredValue says that what a time zone was whose hex is in doubt was worked out from SmartView and AltValue;
	// it is no evidence.
	InferredValue diag.Code = "mfcmapi.inferred-value"
	// ScrubbedText says that a text differs from its bytes only by what exporter and web page do to control
	// characters, line ends and blanks.
	ScrubbedText diag.Code = "mfcmapi.scrubbed-text"
	// CodePageText says that a text has characters that cannot be compared with its bytes without the code page.
	CodePageText diag.Code = "mfcmapi.codepage-text"
	// TextCodePage says that nobody said the code page of 8-bit text, and that it was read in the first one that gives the
	// text which the exporter wrote beside it; Windows-1252 is tried before all others.
	TextCodePage diag.Code = "mfcmapi.text-codepage"
	// NoCodePage says that nobody said the code page of 8-bit text, and that nothing else tells it: only ASCII is shown.
	NoCodePage diag.Code = "mfcmapi.no-codepage"
	// ShortHex says that the hex of 8-bit text counts characters where it should count bytes, and ends early.
	ShortHex diag.Code = "mfcmapi.short-hex"
	// CutText says that a text is only the beginning of what its hex says.
	CutText diag.Code = "mfcmapi.cut-text"
	// TextOnly says that the dump describes a value in words and does not have its bytes.
	TextOnly diag.Code = "mfcmapi.text-only"
	// UnknownText says that a value has a type whose text cannot be made into bytes; the text is kept.
	UnknownText diag.Code = "mfcmapi.unknown-text"
	// Derived says that the bytes were computed from a text that may have lost something.
	Derived diag.Code = "mfcmapi.derived"
	// NotExported says that there is an error code instead of a value.
	NotExported diag.Code = "mfcmapi.not-exported"
	// ProvisionalType says that a binary value stands under the id of a string: the exporter reads strings so that are
	// too large.
	ProvisionalType diag.Code = "mfcmapi.provisional-type"
	// TimeRange says that a FILETIME is after the year 30827.
	TimeRange diag.Code = "mfcmapi.time-range"
	// LocaleDate says that a time was computed from a date in the words of the exporting user's language, which has one
	// reading only.
	LocaleDate diag.Code = "mfcmapi.locale-date"
	// AmbiguousDate says that a time was read from a date in the order month, day, year; day, month, year would be
	// another day.
	AmbiguousDate diag.Code = "mfcmapi.ambiguous-date"
	// BadDate says that a time stands only in the words of a language that is not read.
	BadDate diag.Code = "mfcmapi.bad-date"
	// ListCount says that a multi-valued property counts more or fewer values than there are.
	ListCount diag.Code = "mfcmapi.list-count"
	// ListElement says that some values of a multi-valued property cannot be read, and were left out.
	ListElement diag.Code = "mfcmapi.list-element"
	// AmbiguousList says that the values of a list cannot be told apart, because one holds the separator.
	AmbiguousList diag.Code = "mfcmapi.ambiguous-list"
	// RowIndex says that the exporter's number of an object is not its ordinal; MFCMAPI begins again at 0 every twenty
	// rows.
	RowIndex diag.Code = "mfcmapi.row-index"
	// SeveralDocuments says that the file holds several documents; objects of the later ones are named by the
	// document.
	SeveralDocuments diag.Code = "mfcmapi.several-documents"
	// EmbeddedElsewhere says that the message in an attachment was exported to another file.
	EmbeddedElsewhere diag.Code = "mfcmapi.embedded-elsewhere"
	// BodyText says that the text of a body is there, and not the bytes of its property.
	BodyText diag.Code = "mfcmapi.body-text"
	// TooDeep says that objects are nested deeper than any exporter nests them.
	TooDeep diag.Code = "mfcmapi.too-deep"
	// TooLong says that something is longer than the limits of this package and was cut.
	TooLong diag.Code = "mfcmapi.too-long"
	// MoreInfo says that a property, or the dump before it, has more findings than are listed, none of which is worse
	// than Info. What they are is counted, and the first is quoted; so with MoreWarnings and MoreErrors.
	MoreInfo diag.Code = "mfcmapi.more-info"
	// MoreWarnings says that there are more findings than are listed, of which the worst is a Warning.
	MoreWarnings diag.Code = "mfcmapi.more-warnings"
	// MoreErrors says that there are more findings than are listed, of which the worst is an Error.
	MoreErrors diag.Code = "mfcmapi.more-errors"
	// SmartSkipped says that SmartView is too long to be looked at as a whole.
	SmartSkipped diag.Code = "mfcmapi.smart-skipped"
	// DeclaredEncoding says that the XML declaration names another encoding than the file has, as MFCMAPI did until
	// June 2026.
	DeclaredEncoding diag.Code = "mfcmapi.declared-encoding"
	// MixedEncoding says that documents in different encodings stand in one file.
	MixedEncoding diag.Code = "mfcmapi.mixed-encoding"
	// UnknownCodePage says that the file is in an unknown code page of eight bits; it was read as Windows-1252.
	UnknownCodePage diag.Code = "mfcmapi.unknown-codepage"
	// OddByte says that a UTF-16 file ends in half a character.
	OddByte diag.Code = "mfcmapi.odd-byte"
	// HTMLEscaped says that the export was escaped once as HTML; it was unescaped.
	HTMLEscaped diag.Code = "mfcmapi.html-escaped"
	// TypographicQuotes says that typographic quotation marks stand around attributes.
	TypographicQuotes diag.Code = "mfcmapi.typographic-quotes"
	// NULCharacter says that a text holds NUL characters.
	NULCharacter diag.Code = "mfcmapi.nul-character"
	// Noncharacter says that a text holds U+FFFE or U+FFFF.
	Noncharacter diag.Code = "mfcmapi.noncharacter"
	// LoneSurrogate says that a text holds half a surrogate pair; it is kept, as WTF-8.
	LoneSurrogate diag.Code = "mfcmapi.lone-surrogate"
	// BadUTF8 says that a text holds bytes that are not UTF-8.
	BadUTF8 diag.Code = "mfcmapi.bad-utf8"
)

// Codes returns the catalogue of this package's codes. Examples of the kind "mfcmapi" are the text of an export, those
// of the kind "mfcmapi.hex" its bytes in hex. A few codes need an input too long for an example.
func Codes() []diag.Entry { return append([]diag.Entry(nil), catalogue[:]...) }
