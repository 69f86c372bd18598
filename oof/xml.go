package oof

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// A scanner reads XML as far as settings need it, in one pass and without memory of what is behind it: elements, their
// attributes and namespaces, and text. It expands nothing but the five entities and references to characters, so that no
// document becomes more than it is. Package encoding/xml cannot be used, because it stops at the characters that
// Exchange writes though XML does not have them, and at the encoding that Exchange names though it is none.
type scanner struct {
	s    string
	at   int
	r    *diag.Report
	dead bool

	open   []string  // names of the elements that are open
	scopes []binding // namespaces in scope
	depths []int     // len(scopes) before each of the open elements
	attrs  []attr    // of the element that was just opened
	tally  []tallied
	rooted bool // the root was opened
	self   bool // the element that was just opened is closed as well
}

type binding struct{ prefix, uri string }

type attr struct{ prefix, name, value string }

// The bounds of what is read. Settings have five levels and two namespaces.
const (
	maxDepth      = 100
	maxAttributes = 64
	maxScopes     = 256
)

// tallied is one kind of mistake that may be made many times: one finding tells of all.
type tallied struct {
	key   string
	first diag.Finding
	times int
}

// note counts a mistake. Those of one code are told apart by key, which is the path of an element; for what can be in any
// element it begins with #, and the first one that is open is named.
func (x *scanner) note(severity diag.Severity, code diag.Code, key string, at, n int, format string, args ...any) {
	for i := range x.tally {
		if t := &x.tally[i]; t.first.Code == code && t.key == key {
			t.times++
			return
		}
	}
	path := key
	if strings.HasPrefix(key, "#") {
		path = x.path()
	}
	x.tally = append(x.tally, tallied{key, diag.Finding{Severity: severity, Code: code, Span: diag.Span{Offset: at, Len: n}, Path: path,
		Msg: fmt.Sprintf(format, args...)}, 1})
}

// flush reports what was counted.
func (x *scanner) flush() {
	for _, t := range x.tally {
		if t.times > 1 {
			t.first.Msg += fmt.Sprintf("; %d times, this is the first", t.times)
		}
		x.r.Add(t.first)
	}
	x.tally = nil
}

// fail gives up: the document cannot be followed past at.
func (x *scanner) fail(at int, format string, args ...any) {
	if x.dead {
		return
	}
	x.dead = true
	at = min(at, len(x.s))
	x.r.Add(diag.Finding{Severity: diag.Fatal, Code: XMLSyntax, Span: diag.Span{Offset: at, Len: len(x.s) - at}, Path: x.path(),
		Msg: fmt.Sprintf(format, args...)})
}

// truncated gives up because the document ends.
func (x *scanner) truncated(what string) {
	if x.dead {
		return
	}
	x.dead = true
	x.r.Add(diag.Finding{Severity: diag.Fatal, Code: Truncated, Span: diag.Span{Offset: len(x.s)}, Path: x.path(), Spec: xmlSpec,
		Msg: "ends within " + what})
}

// path returns where the scanner is: "UserOofSettings.Duration.StartTime".
func (x *scanner) path() string {
	if len(x.open) == 0 {
		return "xml"
	}
	var b strings.Builder
	for i, name := range x.open {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(short(local(name), maxName))
	}
	return b.String()
}

// maxName is how much of a name is shown.
const maxName = 40

// short returns the beginning of a text of which at most n bytes are to be shown.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func local(name string) string {
	if _, after, ok := strings.Cut(name, ":"); ok && after != "" {
		return after
	}
	return name
}

// kind is what next found.
type kind uint8

const (
	kindEnd   kind = iota // of the document, or of what can be read of it
	kindOpen              // an element: open's last is its name; where self is set it is closed, too
	kindClose             // the end of the innermost element
	kindText              // text: what take has taken
)

// next reads on to the next tag, or to the end of a text, which is appended to *text where that is not nil.
func (x *scanner) next(text *[]byte) kind {
	if x.self {
		x.self = false
		x.pop()
		return kindClose
	}
	for !x.dead {
		rest := x.s[x.at:]
		switch {
		case rest == "":
			if len(x.open) > 0 || !x.rooted {
				x.truncated("the document")
			}
			return kindEnd
		case rest[0] != '<':
			x.text(text)
			if text != nil && len(x.open) > 0 {
				return kindText
			}
		case strings.HasPrefix(rest, "<!--"):
			x.skipTo("-->", 4, "a comment")
		case strings.HasPrefix(rest, "<![CDATA["):
			x.cdata(text)
		case strings.HasPrefix(rest, "<?"):
			x.instruction()
		case strings.HasPrefix(rest, "<!"):
			x.fail(x.at, "has a document type or another declaration: none is read, and what it defines is not known")
		case strings.HasPrefix(rest, "</"):
			if x.endTag() {
				return kindClose
			}
		default:
			if x.startTag() {
				return kindOpen
			}
		}
	}
	return kindEnd
}

// skipTo passes over what begins with n bytes and ends with a mark, and returns what is between.
func (x *scanner) skipTo(mark string, n int, what string) string {
	i := strings.Index(x.s[x.at+n:], mark)
	if i < 0 {
		x.truncated(what)
		return ""
	}
	inside := x.s[x.at+n : x.at+n+i]
	x.at += n + i + len(mark)
	return inside
}

// instruction passes over a processing instruction. The encoding that the declaration of the document names is that of
// the writer in memory, and says nothing of the text.
func (x *scanner) instruction() {
	at := x.at
	inside := x.skipTo("?>", 2, "a processing instruction")
	if name, _, _ := strings.Cut(inside, " "); strings.EqualFold(name, "xml") && at > 0 && x.s[:at] != "\uFEFF" {
		x.note(diag.Warning, XMLDeclaration, "xml", at, x.at-at, "is not at the beginning")
	}
}

func (x *scanner) cdata(text *[]byte) {
	at := x.at + len("<![CDATA[")
	inside := x.skipTo("]]>", len("<![CDATA["), "a CDATA section")
	if len(x.open) == 0 && !x.dead {
		x.fail(at, "has text outside of the root")
	}
	x.characters(text, inside, at)
}

// text reads character data up to the next tag.
func (x *scanner) text(text *[]byte) {
	n := strings.IndexByte(x.s[x.at:], '<')
	if n < 0 {
		n = len(x.s) - x.at
	}
	s, at := x.s[x.at:x.at+n], x.at
	if len(x.open) == 0 {
		if i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(" \t\r\n\uFEFF\x00", r) }); i >= 0 {
			x.fail(at+i, "has text outside of the root")
			return
		}
	}
	if i := strings.Index(s, "]]>"); i >= 0 {
		x.note(diag.Error, XMLMarkup, "#]]>", at+i, 3, "]]> is in text, where it must be ]]&gt;")
	}
	x.at += n
	x.references(text, s, at)
}

// references appends text with its references resolved. s stands at the offset at.
func (x *scanner) references(text *[]byte, s string, at int) {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			x.characters(text, s, at)
			return
		}
		x.characters(text, s[:i], at)
		n := x.reference(text, s[i:], at+i)
		s, at = s[i+n:], at+i+n
	}
}

// maxReference is more than any reference is long that means something.
const maxReference = 16

// reference reads one reference and returns its length. What is none stays as it is.
func (x *scanner) reference(text *[]byte, s string, at int) int {
	end := strings.IndexAny(s[1:min(len(s), maxReference)], "; \t\r\n&") + 1
	if end == 0 || s[end] != ';' {
		x.note(diag.Error, XMLMarkup, "#&", at, 1, "& is in text, where it must be &amp;")
		x.append(text, "&")
		return 1
	}
	name := s[1:end]
	switch name {
	case "lt":
		x.append(text, "<")
	case "gt":
		x.append(text, ">")
	case "amp":
		x.append(text, "&")
	case "quot":
		x.append(text, `"`)
	case "apos":
		x.append(text, "'")
	default:
		r, ok := charRef(name)
		if !ok {
			x.note(diag.Error, XMLMarkup, "#&;", at, end+1, "%q is no reference that XML has without a document type; kept as it is", s[:end+1])
			x.append(text, s[:end+1])
			break
		}
		if !xmlChar(r) {
			x.note(diag.Warning, XMLCharacter, "#", at, end+1, "has a reference to %U, which XML does not have; it is kept", r)
		}
		if text != nil {
			*text = appendWTF8(*text, r)
		}
	}
	return end + 1
}

func (x *scanner) append(text *[]byte, s string) {
	if text != nil {
		*text = append(*text, s...)
	}
}

// charRef returns the character of #38 and #x26.
func charRef(name string) (rune, bool) {
	digits, base := strings.TrimPrefix(name, "#"), 10
	if len(digits) == len(name) {
		return 0, false
	}
	if hex := strings.TrimPrefix(digits, "x"); len(hex) < len(digits) {
		digits, base = hex, 16
	}
	if strings.ContainsAny(digits, "+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune
}

// characters appends text in which nothing is marked up. Characters that XML does not have are kept: Exchange writes them,
// and reads them. A byte that is no WTF-8, which no mapi.String has, becomes U+FFFD.
func (x *scanner) characters(text *[]byte, s string, at int) {
	from := 0 // what of s is not appended yet
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf || c == '\t' || c == '\n' || c == '\r' {
			i++
			continue
		}
		r, n := nextRune(s[i:])
		switch {
		case n == 1 && c >= utf8.RuneSelf:
			x.note(diag.Warning, XMLCharacter, "#byte", at+i, 1, "has the byte 0x%02X, which is of no character; it became U+FFFD", c)
			x.append(text, s[from:i]+"\uFFFD")
			from = i + 1
		case !xmlChar(r):
			x.note(diag.Warning, XMLCharacter, "#", at+i, n, "has %U, which XML does not have; it is kept", r)
			if text != nil && r >= 0xD800 && r <= 0xDFFF { // two halves of a pair are one character
				*text = appendWTF8(append(*text, s[from:i]...), r)
				from = i + n
			}
		}
		i += n
	}
	x.append(text, s[from:])
}

// xmlChar reports whether XML 1.0 has a character.
func xmlChar(r rune) bool {
	return r >= ' ' && r < 0xD800 || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r < 0xFFFE || r >= 0x10000
}

// nextRune returns the first character of WTF-8. A byte that is none becomes U+DCxx, which XML does not have either.
func nextRune(s string) (rune, int) {
	if len(s) >= 3 && s[0] == 0xED && s[1] >= 0xA0 && s[1] < 0xC0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		return 0xDC00 | rune(s[0]), 1
	}
	return r, n
}

// appendWTF8 appends a character. Two halves of a surrogate pair become the character they are.
func appendWTF8(b []byte, r rune) []byte {
	if r < 0xD800 || r > 0xDFFF {
		return utf8.AppendRune(b, r)
	}
	if n := len(b); r >= 0xDC00 && n >= 3 && b[n-3] == 0xED && b[n-2] >= 0xA0 && b[n-2] < 0xB0 {
		high := 0xD000 | rune(b[n-2]&0x3F)<<6 | rune(b[n-1]&0x3F)
		return utf8.AppendRune(b[:n-3], 0x10000+(high-0xD800)<<10+(r-0xDC00))
	}
	return append(b, 0xED, 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F))
}
