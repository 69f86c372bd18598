package ews

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/exchange"
)

// text reads the text of a value up to the next markup. It reports false at the end of the file.
func (r *Reader) text() bool {
	for {
		b := r.t.Rest()
		n := 0
		for n < len(b) && b[n] != '<' && b[n] != '&' && (b[n] >= ' ' || b[n] == '\t' || b[n] == '\n') {
			n++
		}
		r.sink.Write(b[:n])
		r.t.Skip(n)
		if n == len(b) {
			if !r.t.More() {
				return false
			}
			continue
		}
		switch b[n] {
		case '<':
			return true
		case '&':
			r.reference()
		case '\r':
			r.lineEnd()
		default:
			r.p.illegal++
			r.sink.Write(b[n : n+1])
			r.t.Skip(1)
		}
	}
}

// lineEnd reads the CR at the front of the text, and a LF behind it: XML makes one LF of both (XML 1.0, 2.11).
func (r *Reader) lineEnd() {
	if !r.t.Need(2) || r.t.Rest()[1] != '\n' {
		r.put('\n')
	}
	r.p.lineEnds++
	r.t.Skip(1)
}

// put hands on one character, which may be half a surrogate pair.
func (r *Reader) put(c rune) { r.sink.Write(appendRune(r.small[:0], c)) }

func appendRune(b []byte, c rune) []byte {
	if c >= 0xD800 && c <= 0xDFFF {
		return append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6)&0x3F, 0x80|byte(c)&0x3F)
	}
	return utf8.AppendRune(b, c)
}

// maxReference is the length of the longest reference.
const maxReference = 32

// reference reads the reference at the front of the text of a value.
func (r *Reader) reference() {
	r.t.Need(maxReference)
	c, n := reference(r.t.Rest())
	if n == 0 {
		r.p.unknown++
		r.sink.Write([]byte{'&'})
		r.t.Skip(1)
		return
	}
	if !legal(c) {
		// QUIRK: Exchange writes such references for the control characters of a string (illegal-characters.vec).
		r.p.illegal++
	}
	r.put(c)
	r.t.Skip(n)
}

// reference returns the character to which the front of b refers, and the length of that; 0 if it is no reference.
func reference(b []byte) (c rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), maxReference)], ';')
	if end < 2 {
		return 0, 0
	}
	name := string(b[1:end])
	if name[0] != '#' {
		i := bytes.IndexByte([]byte("<>&\"'"), named(name))
		if i < 0 {
			return 0, 0
		}
		return rune(named(name)), end + 1
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	u, err := strconv.ParseUint(digits, base, 32)
	if err != nil || u > utf8.MaxRune {
		return 0, 0
	}
	return rune(u), end + 1
}

// named returns the character of one of the five entities of XML, and 0 for any other.
func named(name string) byte {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	return 0
}

// legal reports whether XML has the character (XML 1.0, 2.2).
func legal(c rune) bool {
	switch {
	case c < ' ':
		return c == '\t' || c == '\n' || c == '\r'
	case c >= 0xD800 && c <= 0xDFFF, c == 0xFFFE, c == 0xFFFF:
		return false
	}
	return true
}

// attribute is one attribute of a tag, its prefix taken off.
type attribute struct{ name, value string }

// attributes returns those of a tag, from behind its name on. It reports false where they cannot be followed. Illegal and
// unknown count references as in the text of a value.
func attributes(b []byte) (all []attribute, illegal, unknown int, ok bool) {
	for {
		b = b[blanks(b):]
		if len(b) == 0 || string(b) == "/" {
			return all, illegal, unknown, true
		}
		i := bytes.IndexByte(b, '=')
		if i <= 0 {
			return all, illegal, unknown, false
		}
		name := local(bytes.TrimRight(b[:i], " \t\r\n"))
		b = b[i+1:]
		b = b[blanks(b):]
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return all, illegal, unknown, false
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return all, illegal, unknown, false
		}
		value, odd, bad := unescape(b[1 : 1+end])
		all = append(all, attribute{name, value})
		illegal, unknown = illegal+odd, unknown+bad
		b = b[end+2:]
	}
}

// unescape returns the text of an attribute's value.
func unescape(b []byte) (text string, illegal, unknown int) {
	if bytes.IndexByte(b, '&') < 0 {
		text, _ = exchange.Tidy(b)
		return text, 0, 0
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		c, n := rune(0), 0
		if b[0] == '&' {
			if c, n = reference(b); n == 0 {
				unknown++
			}
		}
		if n == 0 {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		if !legal(c) {
			illegal++
		}
		out, b = appendRune(out, c), b[n:]
	}
	text, _ = exchange.Tidy(out)
	return text, illegal, unknown
}

// local returns a name without its prefix.
func local(name []byte) string { return string(name[bytes.LastIndexByte(name, ':')+1:]) }
