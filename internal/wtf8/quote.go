package wtf8

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// AppendQuote appends s as a JSON string. Control characters, C1 among them, and lone surrogates are escaped, so that the
// result is valid JSON and pure text, which does nothing to a terminal; so is what Hidden knows, of which U+2028 and
// U+2029 would also be errors for the readers that take JSON for JavaScript. A byte that is not WTF-8 becomes U+FFFD.
func AppendQuote(dst []byte, s string) []byte {
	i := plain(s)
	dst = append(append(dst, '"'), s[:i]...)
	if i == len(s) {
		return append(dst, '"')
	}
	return appendQuoted(dst, s[i:])
}

// appendQuoted does what AppendQuote does, from a character on that is not plain.
func appendQuoted(dst []byte, s string) []byte {
	for len(s) > 0 {
		r, n := next(s)
		s = s[n:]
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r == '\r':
			dst = append(dst, '\\', 'r')
		case r == '\t':
			dst = append(dst, '\\', 't')
		case r < ' ' || r >= 0x7F && r < 0xA0 || r >= surrMin && r <= surrMax || r == 0xFFFE || r == 0xFFFF || Hidden(r):
			dst = append(dst, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
		i := plain(s)
		dst = append(dst, s[:i]...)
		s = s[i:]
	}
	return append(dst, '"')
}

// Hidden reports whether r shows nothing itself, but joins, parts or turns the text around it, so that what is seen is not
// what is there.
func Hidden(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2060 && r <= 0x206F ||
		r == 0xAD || r == 0x061C || r == 0x180E || r == 0xFEFF || r >= 0xFFF9 && r <= 0xFFFB
}

// plain returns the length of the prefix of s that is ASCII and stands for itself in JSON.
func plain(s string) int {
	i := 0
	for len(s)-i >= 8 && plain8(eight(s[i:])) {
		i += 8
	}
	if n := len(s) - 8; len(s)-i < 8 && n >= 0 && plain8(eight(s[n:])) {
		return len(s) // most texts are plain to the end, and this end needs no look at each of its bytes
	}
	for i < len(s) && s[i] >= ' ' && s[i] < 0x7F && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// eight returns the first eight bytes of s, the first of them the least significant.
func eight(s string) uint64 {
	_ = s[7] // one check of bounds
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// plain8 reports whether the eight bytes of v are all plain. A subtraction leaves a top bit where a byte was too small, and
// perhaps in the bytes above that one; bytes that have a top bit themselves are not plain at all.
func plain8(v uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	return (v|(v-' '*ones)|((v^'"'*ones)-ones)|((v^'\\'*ones)-ones)|(v+ones))&tops == 0 // v+ones: 0x7F
}

// ErrQuote is returned by Unquote for text that is not one JSON string.
const ErrQuote quoteError = "not a JSON string"

// quoteError is an error that can be a constant.
type quoteError string

// Error returns the words.
func (e quoteError) Error() string { return string(e) }

// Unquote returns the text of the JSON string q, which includes its quotation marks. Surrogates written as escapes are
// joined where they pair and kept where they do not. It returns ErrQuote for anything that is not one JSON string.
func Unquote(q []byte) (string, error) {
	if len(q) < 2 || q[0] != '"' || q[len(q)-1] != '"' {
		return "", ErrQuote
	}
	q = q[1 : len(q)-1]
	out := make([]byte, 0, len(q))
	for len(q) > 0 {
		switch c := q[0]; {
		case c == '\\':
			n := 0
			if out, n = unescape(out, q); n == 0 {
				return "", ErrQuote
			}
			q = q[n:]
		case c < ' ' || c == '"':
			return "", ErrQuote
		case c < utf8.RuneSelf:
			out = append(out, c)
			q = q[1:]
		default:
			r, n := utf8.DecodeRune(q)
			if r == utf8.RuneError && n == 1 {
				return "", ErrQuote
			}
			out = append(out, q[:n]...)
			q = q[n:]
		}
	}
	return string(out), nil
}

// unescape appends what the escape at the front of q stands for and returns its length, 0 if it is none.
func unescape(out, q []byte) ([]byte, int) {
	if len(q) < 2 {
		return out, 0
	}
	switch q[1] {
	case '"', '\\', '/':
		return append(out, q[1]), 2
	case 'b':
		return append(out, '\b'), 2
	case 'f':
		return append(out, '\f'), 2
	case 'n':
		return append(out, '\n'), 2
	case 'r':
		return append(out, '\r'), 2
	case 't':
		return append(out, '\t'), 2
	case 'u':
		u, ok := hex4(q)
		if !ok {
			return out, 0
		}
		if u < surrMin || u > surrMax {
			return utf8.AppendRune(out, u), 6
		}
		if low, ok := hex4(q[6:]); ok {
			if r := utf16.DecodeRune(u, low); r != utf8.RuneError {
				return utf8.AppendRune(out, r), 12
			}
		}
		return appendSurrogate(out, u), 6
	}
	return out, 0
}

// hex4 reads an escape of the form \uXXXX at the front of q.
func hex4(q []byte) (rune, bool) {
	if len(q) < 6 || q[0] != '\\' || q[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(q[2:6]), 16, 16)
	return rune(n), err == nil
}

// Dotted returns s as MFCMAPI shows text: with a full stop for every control character but TAB, CR and LF. Unpaired
// surrogates, and bytes that are not WTF-8, stay.
func Dotted(s string) string {
	b := make([]byte, 0, len(s))
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' || r >= 0x80 && r < 0xA0 {
			b = append(b, '.')
		} else {
			b = append(b, s[:n]...) // the bytes, because those of a lone surrogate are no rune
		}
		s = s[n:]
	}
	return string(b)
}
