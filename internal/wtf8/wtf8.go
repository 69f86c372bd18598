// Package wtf8 carries UTF-16 text through Go strings and JSON without loss.
//
// Outlook's strings are counted runs of UTF-16 code units, and nothing makes their writers pair the surrogates. A Go
// string that holds such text is WTF-8: UTF-8, plus a lone surrogate written in the three bytes UTF-8 would give it if
// it could. Well-formed text is unaffected. JSON spells a lone surrogate as its \uXXXX escape, which encoding/json
// would replace by U+FFFD in both directions; so this package quotes and unquotes too.
package wtf8

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	surrLow  = 0xDC00 // first low surrogate
	surrMin  = 0xD800 // first high surrogate
	surrMax  = 0xDFFF // last surrogate of either kind
	ledByte  = 0xED   // the first byte of every surrogate written in three bytes
	ledByte2 = 0xA0   // the least second byte of one
)

// AppendDecode appends the WTF-8 form of the UTF-16LE text le. An odd last byte is ignored.
func AppendDecode(dst, le []byte) []byte {
	for len(le) >= 2 {
		u := rune(binary.LittleEndian.Uint16(le))
		le = le[2:]
		switch {
		case u < utf8.RuneSelf:
			dst = append(dst, byte(u))
		case u < surrMin || u > surrMax:
			dst = utf8.AppendRune(dst, u)
		default:
			if u < surrLow && len(le) >= 2 {
				if r := utf16.DecodeRune(u, rune(binary.LittleEndian.Uint16(le))); r != utf8.RuneError {
					dst = utf8.AppendRune(dst, r)
					le = le[2:]
					continue
				}
			}
			dst = appendSurrogate(dst, u)
		}
	}
	return dst
}

func appendSurrogate(dst []byte, u rune) []byte {
	return append(dst, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
}

// next returns the first character of s and its length in bytes; a lone surrogate is returned as itself, and a byte
// that belongs to no character as (utf8.RuneError, 1).
func next(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == ledByte && s[1] >= ledByte2 && s[1] <= 0xBF && s[2]&0xC0 == 0x80 {
		return surrMin | rune(s[1]&0x1F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, n
}

// AppendEncode appends s as UTF-16LE. It reports false, and writes U+FFFD, for every byte that is not WTF-8.
func AppendEncode(dst []byte, s string) ([]byte, bool) {
	ok := true
	for len(s) > 0 {
		if c := s[0]; c < utf8.RuneSelf {
			dst = append(dst, c, 0)
			s = s[1:]
			continue
		}
		r, n := next(s)
		if r == utf8.RuneError && n == 1 {
			ok = false
		}
		if r > 0xFFFF {
			hi, lo := utf16.EncodeRune(r)
			dst = binary.LittleEndian.AppendUint16(dst, uint16(hi))
			r = lo
		}
		dst = binary.LittleEndian.AppendUint16(dst, uint16(r))
		s = s[n:]
	}
	return dst, ok
}

// Units returns the number of UTF-16 code units AppendEncode writes for s.
func Units(s string) int {
	units := 0
	for len(s) > 0 {
		r, n := next(s)
		units++
		if r > 0xFFFF {
			units++
		}
		s = s[n:]
	}
	return units
}

// LoneSurrogate returns the index, in UTF-16 code units, of the first unpaired surrogate of the UTF-16LE text le, or -1.
func LoneSurrogate(le []byte) int {
	unit := func(i int) rune { return rune(binary.LittleEndian.Uint16(le[2*i:])) }
	n := len(le) / 2
	for i := 0; i < n; i++ {
		for n-i >= 4 && binary.LittleEndian.Uint64(le[2*i:])&0xFF80FF80FF80FF80 == 0 {
			i += 4 // they are ASCII, as most text is
		}
		if i == n {
			break
		}
		u := unit(i)
		if u < surrMin || u > surrMax {
			continue
		}
		if u < surrLow && i+1 < n && unit(i+1) >= surrLow && unit(i+1) <= surrMax {
			i++
			continue
		}
		return i
	}
	return -1
}
