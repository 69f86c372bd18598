package mfcmapi

import (
	"strconv"
	"unicode/utf8"
)

// excerpt returns the first characters of d.
func excerpt(d []byte) string {
	const most = 40
	if len(d) <= most {
		return string(d)
	}
	return string(d[:wholeRunes(d[:most])]) + "\u2026"
}

// quoteExcerpt is strconv.Quote(excerpt(d)).
func quoteExcerpt(d []byte) string {
	const most = 40
	var room [4 * most]byte
	if len(d) <= most {
		return string(appendQuote(room[:0], d))
	}
	q := appendQuote(room[:0], d[:wholeRunes(d[:most])])
	return string(append(q[:len(q)-1], "\u2026\""...))
}

// appendQuote appends what strconv.Quote makes of d. What most texts are made of it knows to be printable; that of the
// rest it asks.
func appendQuote(dst, d []byte) []byte {
	dst = append(dst, '"')
	for len(d) > 0 {
		c, n := rune(d[0]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRune(d)
		}
		switch {
		case c >= ' ' && c <= '~' && c != '"' && c != '\\',
			c >= 0xC0 && c <= 0x17F, c >= 0x410 && c <= 0x44F, c >= 0x4E00 && c <= 0x9FA5, c >= 0xAC00 && c <= 0xD7A3:
			dst = append(dst, d[:n]...)
		default:
			q := strconv.AppendQuote(dst, string(d[:n]))
			k := len(dst)
			dst = q[:k+copy(q[k:], q[k+1:len(q)-1])]
		}
		d = d[n:]
	}
	return append(dst, '"')
}
