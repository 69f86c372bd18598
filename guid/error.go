package guid

import (
	"io"
	"strconv"
	"unicode/utf8"
)

// A Code names one kind of mistake in a text, for ever: "guid.bad-hex". Codes
// are constants and errors: errors.Is(err, guid.BadHex) holds for every error
// of this package that is one. Codes lists them with their meaning.
type Code string

// The codes. Codes returns meaning, specification and example of each.
const (
	// DanglingBackslash is a backslash with nothing after it. Offset: the backslash.
	DanglingBackslash Code = "guid.dangling-backslash"
	// ShortEscape is a backslash with one character after it and then the end. Offset: the backslash.
	ShortEscape Code = "guid.short-escape"
	// BadHex is a character where a hex digit belongs. Offset: the character.
	BadHex Code = "guid.bad-hex"
	// NotAByte is a character that stands for no single byte. Offset: the character.
	NotAByte Code = "guid.not-a-byte"
	// Unescaped is a raw character that the notation wants escaped. Offset: the character.
	Unescaped Code = "guid.unescaped"
	// NotSixteenBytes is well-formed text of fewer or more bytes; Count says
	// how many. Offset: the first character that is not blank.
	NotSixteenBytes Code = "guid.not-16-bytes"
	// Unrecognised is text of another shape. Offset: the first character that is not blank.
	Unrecognised Code = "guid.unrecognised"
	// BadBase64 is LDIF base64 out of order. Offset: the first character that is not blank.
	BadBase64 Code = "guid.bad-base64"
	// BadOctetList is an octet list with wrong groups or separators. Offset: the first character that is not blank.
	BadOctetList Code = "guid.bad-octet-list"
	// BadXForm is a C initialiser out of shape. Offset: the first character that is not blank.
	BadXForm Code = "guid.bad-x-form"
	// BadBraces is a missing or unmatched brace, parenthesis or angle bracket.
	// Offset: the first character that is not blank.
	BadBraces Code = "guid.bad-braces"
	// Empty is no text at all. Offset: the end of the input. It is Unrecognised too.
	Empty Code = "guid.empty"
	// NotCanonical is a GUID in a spelling AppendForm does not write. Offset:
	// the first byte that differs. Only ParseCanonical returns it.
	NotCanonical Code = "guid.not-canonical"
	// UnknownForm is a Form, or a name of one, that does not exist. Offset: 0.
	UnknownForm Code = "guid.unknown-form"
	// NotLogRecord is a log line without the ExMerge error sentence. Offset: 0.
	NotLogRecord Code = "guid.not-log-record"
)

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Is reports whether target is what every mistake of this code is as well:
// cut text is io.ErrUnexpectedEOF, and Empty is Unrecognised.
func (c Code) Is(target error) bool {
	switch c {
	case DanglingBackslash, ShortEscape:
		return target == io.ErrUnexpectedEOF
	case Empty:
		return target == io.ErrUnexpectedEOF || target == Unrecognised
	}
	return false
}

// A SyntaxError says what is wrong with a text and where. Its Error is
//
//	guid: exmerge: bad hex digit 'Z' at 4
//
// It unwraps to its Code, and is io.ErrUnexpectedEOF when the text ends too
// early.
type SyntaxError struct {
	Form   Form   // notation that was read; 0 when none was
	Offset int    // byte index into the text as given
	Code   Code   // kind of mistake
	Msg    string // the mistake in words: "bad hex digit 'Z'"
	Count  int    // bytes found, when Code is NotSixteenBytes
	Short  bool   // the text ends too early: more of it could mend it
}

// Error returns "guid: ", the form if any, the words, and the offset.
func (e *SyntaxError) Error() string {
	s := "guid: "
	if e.Form != 0 {
		s += e.Form.String() + ": "
	}
	return s + e.Msg + " at " + strconv.Itoa(e.Offset)
}

// Unwrap returns the code.
func (e *SyntaxError) Unwrap() error { return e.Code }

// Is reports whether target is io.ErrUnexpectedEOF and the text was cut.
func (e *SyntaxError) Is(target error) bool { return e.Short && target == io.ErrUnexpectedEOF }

// A fault is a mistake while reading, small enough to return from every inner
// function; the words are made once, by error, for the one that gets out.
type fault struct {
	at    int // index into the text handed to the parser
	count int // bytes found, for notSixteen
	kind  kind
	short bool
}

// A kind is a Code inside the package; fine is none.
type kind uint8

const (
	fine kind = iota
	dangling
	shortEscape
	badHex
	notAByte
	unescaped
	notSixteen
	unrecognised
	badBase64
	badOctetList
	badXForm
	badBraces
	empty
	notCanonical
)

// notSixteenBytes is the fault of n bytes.
func notSixteenBytes(n int) fault { return fault{kind: notSixteen, count: n, short: n < Size} }

// shift returns ft with its place moved by n, for a parser that handed on a part of its text.
func (ft fault) shift(n int) fault {
	ft.at += n
	return ft
}

// error turns ft into words. s is the whole input, start its first character
// that is not blank, off where the parsed text begins.
func (ft fault) error(s string, f Form, start, off int) *SyntaxError {
	e := &SyntaxError{Form: f, Offset: off + ft.at, Count: ft.count, Short: ft.short}
	switch ft.kind {
	case dangling:
		e.Code, e.Msg = DanglingBackslash, "backslash with nothing after it"
	case shortEscape:
		e.Code, e.Msg = ShortEscape, "escape cut short"
	case badHex:
		e.Code, e.Msg = BadHex, "bad hex digit "+quoteAt(s, e.Offset)
	case notAByte:
		e.Code, e.Msg = NotAByte, quoteAt(s, e.Offset)+" is not a byte"
	case unescaped:
		e.Code, e.Msg = Unescaped, quoteAt(s, e.Offset)+" must be escaped"
	case notSixteen:
		e.Code, e.Msg, e.Offset = NotSixteenBytes, strconv.Itoa(ft.count)+" bytes, want 16", start
	case unrecognised:
		e.Code, e.Msg, e.Offset = Unrecognised, "unrecognised text", start
	case badBase64:
		e.Code, e.Msg, e.Offset = BadBase64, "bad base64", start
	case badOctetList:
		e.Code, e.Msg, e.Offset = BadOctetList, "bad octet list", start
	case badXForm:
		e.Code, e.Msg, e.Offset = BadXForm, "bad struct initialiser", start
	case badBraces:
		e.Code, e.Msg, e.Offset = BadBraces, "missing or unmatched bracket", start
	case notCanonical:
		e.Code, e.Msg = NotCanonical, "not the canonical spelling"
	default:
		e.Code, e.Msg, e.Offset = Empty, "empty text", len(s)
	}
	return e
}

// quoteAt quotes the character of s at i as a Go character literal, a byte
// that is not UTF-8 as '\xE9'.
func quoteAt(s string, i int) string {
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return `'\x` + string(appendHex(nil, []byte{s[i]}, upper)) + `'`
	}
	return strconv.QuoteRune(r)
}
