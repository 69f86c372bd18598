package graph

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The scanner here, and not encoding/json, because it says where each value is, hands on long strings piece by piece,
// keeps lone surrogates and every member that stands twice, and goes on behind damage.

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// peek skips blanks and returns what is behind them.
func (r *Reader) peek() (c byte, ok bool) {
	for {
		b := r.t.Rest()
		i := 0
		for i < len(b) && isBlank(b[i]) {
			r.begins = r.begins || b[i] == '\n'
			i++
		}
		r.t.Skip(i)
		if i < len(b) {
			return b[i], true
		}
		if !r.t.More() {
			return 0, false
		}
	}
}

// next goes to the next element of a list of values or members, past the comma. More is false behind its closing bracket.
func (r *Reader) next(begun *bool, closing byte) (more, ok bool) {
	c, ok := r.peek()
	switch {
	case !ok:
		return false, r.ends()
	case c == closing:
		r.t.Skip(1)
		return false, true
	case !*begun:
	case c != ',':
		return false, r.broken("a comma is missing")
	default:
		r.t.Skip(1)
		if c, ok = r.peek(); !ok {
			return false, r.ends()
		} else if c == closing {
			return false, r.broken("nothing follows a comma")
		}
	}
	*begun = true
	return true, true
}

// name reads the name of a member into key, and goes to the member's value.
func (r *Reader) name() bool {
	if c, _ := r.first(); c != '"' {
		return r.broken("a name is missing")
	}
	r.key.Reuse(MaxNameText)
	if !r.str(&r.key) {
		return false
	}
	switch c, ok := r.peek(); {
	case !ok:
		return r.ends()
	case c != ':':
		return r.broken("a colon is missing")
	}
	r.t.Skip(1)
	if _, ok := r.peek(); !ok {
		return r.ends()
	}
	return true
}

// str reads a string, for nobody if out is nil.
func (r *Reader) str(out exchange.Sink) bool {
	r.t.Skip(1)
	for {
		b := r.t.Rest()
		n := 0
		for n < len(b) && b[n] != '"' && b[n] != '\\' && b[n] >= ' ' {
			n++
		}
		if out != nil {
			out.Write(b[:n])
		}
		r.t.Skip(n)
		if n == len(b) {
			if !r.t.More() {
				return r.ends()
			}
			continue
		}
		switch c := b[n]; {
		case c == '"':
			r.t.Skip(1)
			return true
		case c == '\\':
			if !r.escape(out) {
				return false
			}
		case c == '\n' || c == '\r':
			return r.broken("a string does not end on its line")
		default:
			// A raw control character is against the rules, and clear.
			if r.controls++; r.controls == 1 {
				r.controlLine, _ = r.t.Place()
			}
			r.put(out, rune(c))
			r.t.Skip(1)
		}
	}
}

// escape reads the escape at the front of the text. Halves of a surrogate pair are handed on one by one.
func (r *Reader) escape(out exchange.Sink) bool {
	if !r.t.Need(2) {
		r.t.Skip(len(r.t.Rest()))
		return r.ends()
	}
	c := r.t.Rest()[1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		r.put(out, rune("\"\\/\b\f\n\r\t"[i]))
		r.t.Skip(2)
		return true
	}
	if c != 'u' {
		return r.broken("an escape in a string is none")
	}
	if !r.t.Need(6) {
		r.t.Skip(len(r.t.Rest()))
		return r.ends()
	}
	u, err := strconv.ParseUint(string(r.t.Rest()[2:6]), 16, 16)
	if err != nil {
		return r.broken("an escape in a string is none")
	}
	r.put(out, rune(u))
	r.t.Skip(6)
	return true
}

// put hands on one character, which may be half a surrogate pair.
func (r *Reader) put(out exchange.Sink, c rune) {
	if out == nil {
		return
	}
	b := r.small[:0]
	if c >= 0xD800 && c <= 0xDFFF {
		b = append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6)&0x3F, 0x80|byte(c)&0x3F)
	} else {
		b = utf8.AppendRune(b, c)
	}
	out.Write(b)
}

// maxWord is the length of the longest number.
const maxWord = 1 << 10

// literal reads a number, true, false or null into word.
func (r *Reader) literal() bool {
	r.word.Reuse(maxWord)
	line, offset := r.t.Place()
	for {
		b := r.t.Rest()
		n := 0
		for n < len(b) && !isBlank(b[n]) && strings.IndexByte(`,]}:"[{`, b[n]) < 0 {
			n++
		}
		r.word.Write(b[:n])
		r.t.Skip(n)
		if n < len(b) || !r.t.More() {
			break
		}
	}
	if isLiteral(string(r.word.B)) && r.word.Lost == 0 {
		return true
	}
	if _, ok := r.first(); !ok && begins(string(r.word.B)) {
		return r.ends()
	}
	r.damage = damage{line: line, offset: offset, why: "there is no value"}
	return false
}

// begins reports whether word may be the beginning of a literal.
func begins(word string) bool {
	for _, w := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(w, word) {
			return true
		}
	}
	return isNumber(word + "0")
}

func isLiteral(word string) bool {
	switch word {
	case "true", "false", "null":
		return true
	case "NaN", "Infinity", "-Infinity":
		return true // QUIRK: the json module of Python writes these (unquoted.vec).
	}
	return isNumber(word)
}

// isNumber reports whether word is a number in JSON, which has no "+1", ".5" or "01".
func isNumber(word string) bool {
	digits := func() bool {
		n := len(word)
		word = strings.TrimLeft(word, "0123456789")
		return len(word) < n
	}
	word = strings.TrimPrefix(word, "-")
	if rest, ok := strings.CutPrefix(word, "0"); ok {
		word = rest
	} else if !digits() {
		return false
	}
	if rest, ok := strings.CutPrefix(word, "."); ok {
		if word = rest; !digits() {
			return false
		}
	}
	if word != "" && word[0]|0x20 == 'e' {
		if word = word[1:]; word != "" && (word[0] == '+' || word[0] == '-') {
			word = word[1:]
		}
		if !digits() {
			return false
		}
	}
	return word == ""
}

// skipNested skips the object or array at the front of the text, however deep. Of its brackets only the number is looked
// at.
func (r *Reader) skipNested() bool {
	for depth := 0; ; {
		b := r.t.Rest()
		i := 0
		for i < len(b) && b[i] != '"' && b[i]|0x20 != '{' && b[i]|0x20 != '}' {
			i++ // '[' and ']' are '{' and '}' without that bit
		}
		r.t.Skip(i)
		if i == len(b) {
			if !r.t.More() {
				return r.ends()
			}
			continue
		}
		switch b[i] {
		case '"':
			if !r.str(nil) {
				return false
			}
			continue
		case '{', '[':
			depth++
		default:
			depth--
		}
		r.t.Skip(1)
		if depth == 0 {
			return true
		}
	}
}

// tooDeep skips what is nested too deep.
func (r *Reader) tooDeep(o *exchange.Object) bool {
	line, offset := r.t.Place()
	ok := r.skipNested()
	r.q.Fail(note(diag.Error, TooDeep, "file", "has more than %d objects and arrays inside each other; those further in were not read", MaxDepth), line, offset, o)
	r.damage.told = !ok && r.damage.end
	return ok
}
