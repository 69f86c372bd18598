package mfcmapi

import (
	"strconv"
	"unicode/utf8"
)

// maxExcerpt is how much of a text a finding shows.
const maxExcerpt = 40

// excerpt returns the first characters of d.
func excerpt(d []byte) string {
	if len(d) <= maxExcerpt {
		return string(d)
	}
	return string(d[:wholeRunes(d[:maxExcerpt])]) + "\u2026"
}

// appendExcerpt appends strconv.Quote(excerpt(d)).
func appendExcerpt(dst, d []byte) []byte {
	if len(d) <= maxExcerpt {
		return appendQuote(dst, d)
	}
	dst = appendQuote(dst, d[:wholeRunes(d[:maxExcerpt])])
	return append(dst[:len(dst)-1], "\u2026\""...)
}

// appendQuote appends what strconv.Quote makes of d. What most texts are made of it knows to be printable; of the rest it
// asks.
func appendQuote(dst, d []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for len(d) > 0 {
		c := d[0]
		if c >= ' ' && c <= '~' && c != '"' && c != '\\' {
			dst, d = append(dst, c), d[1:]
			continue
		}
		if len(d) >= 3 && printable3(c, d[1]) && d[1]&0xC0 == 0x80 && d[2]&0xC0 == 0x80 {
			dst, d = append(dst, c, d[1], d[2]), d[3:]
			continue
		}
		r, n := utf8.DecodeRune(d)
		if r == utf8.RuneError && n == 1 {
			dst, d = append(dst, '\\', 'x', hex[c>>4], hex[c&0xF]), d[1:]
			continue
		}
		if r >= 0xE000 && r <= 0xF8FF { // of private use
			dst, d = append(dst, '\\', 'u', hex[r>>12], hex[r>>8&0xF], hex[r>>4&0xF], hex[r&0xF]), d[n:]
			continue
		}
		k := len(dst)
		dst = strconv.AppendQuote(dst, string(d[:n]))
		dst = dst[:k+copy(dst[k:], dst[k+1:len(dst)-1])] // without its quotation marks
		d = d[n:]
	}
	return append(dst, '"')
}

// printable3 reports whether all characters whose UTF-8 form has three bytes, the first two of which are a and b, are
// known to be printable: ideographs and Hangul.
func printable3(a, b byte) bool {
	switch a {
	case 0xE5, 0xE6, 0xE7, 0xE8, 0xEB, 0xEC:
		return true
	case 0xE3:
		return b >= 0x90
	case 0xE4:
		return b <= 0xB5 || b >= 0xB8
	case 0xE9:
		return b <= 0xBD
	case 0xEA:
		return b >= 0xB0
	case 0xED:
		return b <= 0x9D
	}
	return false
}
