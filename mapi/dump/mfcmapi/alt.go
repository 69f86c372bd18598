package mfcmapi

import (
	"bytes"
	"fmt"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// hidden reports whether the exporter shows the byte c as a dot: 0x00 to 0x1F and 0x80 to 0x9F, in old builds also 0xFF,
// and 0x2E, which is one.
func hidden(c byte) bool { return c < ' ' || c >= 0x80 && c <= 0x9F || c == 0xFF || c == '.' }

// dotted gives the ASCII character that is shown for a byte, and noChar where it is none.
var dotted = func() (t [256]uint16) {
	for i := range t {
		switch c := byte(i); {
		case hidden(c):
			t[i] = '.'
		case c < utf8.RuneSelf:
			t[i] = uint16(c)
		default:
			t[i] = noChar
		}
	}
	return t
}()

const noChar = 0x100

// agree returns how many characters at the front of alt show the bytes of raw beside them, be it by a dot, and how many
// of these are dots for bytes that can be shown. No branch but the last depends on the bytes: whether one is shown is as
// good as random, and most of the time would go into guessing it wrong.
func agree(raw, alt []byte) (n, dots int) {
	const tops = 0x8080808080808080
	raw = raw[:min(len(raw), len(alt))]
	a, b := raw, alt
	for len(a) > 16 && len(b) > 16 {
		v, w := (*[16]byte)(a), (*[16]byte)(b)
		bad, shown := agree8(le.Uint64(v[0:]), le.Uint64(w[0:]))
		worse, more := agree8(le.Uint64(v[8:]), le.Uint64(w[8:]))
		if (bad|worse)&tops != 0 {
			break
		}
		dots += bits.OnesCount64(shown&tops | more&tops>>1)
		a, b = a[16:], b[16:]
	}
	for len(a) > 8 && len(b) > 8 {
		bad, shown := agree8(le.Uint64(a), le.Uint64(b))
		if bad&tops != 0 {
			break
		}
		dots += bits.OnesCount64(shown & tops)
		a, b = a[8:], b[8:]
	}
	alt = alt[:len(raw)]
	for n = len(raw) - len(a); n < len(raw); n++ {
		other := uint32(dotted[raw[n]]) ^ uint32(alt[n]) // below 0x200
		if other*(uint32(alt[n])^'.') != 0 {
			return n, dots
		}
		dots += int(other+0x1FF) >> 9 // 1 unless other is 0
	}
	return n, dots
}

// agree8 is agree for eight bytes. The top bit of each byte of bad says that the character does not show the byte, and that
// of dots, where none is bad, that it is a dot for one that can be shown. The other bits mean nothing.
func agree8(raw, alt uint64) (bad, dots uint64) {
	const ones, rest, upper = 0x0101010101010101, 0x7F7F7F7F7F7F7F7F, 0x6060606060606060
	other, text := raw^alt, alt^'.'*ones
	other |= other&rest + rest // is not the same
	text |= text&rest + rest   // is no dot
	// Bad is what is neither, and no character that can be shown. What is not bad and not the same has a dot: it is one for a
	// byte that can be shown if that is above 0x9F, but not 0xFF, or ASCII and no control character.
	return other&text | alt | ^(alt + upper), other & (raw&upper + upper) &^ (raw & (raw&rest + ones))
}

// shows reports whether the character c can stand for the byte b. Old builds wrote the bytes of a code page.
func (r *Reader) shows(c rune, b byte) bool {
	if c == '.' && hidden(b) || c == rune(b) {
		return true
	}
	if b < utf8.RuneSelf || c < utf8.RuneSelf {
		// A list cell makes blanks of line ends and tabs.
		return c == ' ' && (b == '\t' || b == '\r' || b == '\n')
	}
	page := r.w.src.page.single
	return page != nil && page[b] == string(c)
}

// altLook is what the comparison of an AltValue with the bytes says.
type altLook struct {
	chars int      // characters of AltValue, as many as bytes where nothing is wrong
	dots  int      // dots where the byte can be shown
	wrong []string // "12=0x3E": what it shows where there is another byte
	more  int      // how many of these are not in wrong
}

// look compares AltValue, one character per byte, with raw.
func (r *Reader) look(raw, alt []byte) altLook {
	var l altLook
	i := 0 // index in raw
	for j := 0; j < len(alt); {
		if i < len(raw) { // AltValue may be longer
			n, dots := agree(raw[i:], alt[j:])
			l.dots += dots
			i, j = i+n, j+n
		}
		if j >= len(alt) {
			break
		}
		c, size := rune(alt[j]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(alt[j:])
		}
		switch {
		case c == '\r' && j+1 < len(alt) && alt[j+1] == '\n':
			// The file has CRLF for every LF.
			j++
			continue
		case i < len(raw) && raw[i] == '\r' && c != '.' && c != ' ':
			// Old builds took carriage returns out.
			i++
			continue
		case i < len(raw) && r.shows(c, raw[i]):
		case i >= len(raw) && c == '.':
		default:
			l.add(i, c)
		}
		i, j = i+1, j+size
	}
	l.chars = i
	return l
}

func (l *altLook) add(i int, c rune) {
	if len(l.wrong) >= 8 {
		l.more++
		return
	}
	if c < 0x100 {
		l.wrong = append(l.wrong, fmt.Sprintf("%d=0x%02X", i, c))
	} else {
		l.wrong = append(l.wrong, fmt.Sprintf("%d=%q", i, c))
	}
}

// compareAlt reports where AltValue contradicts the bytes.
func (r *Reader) compareAlt(raw []byte, alt *cell, path string) {
	p := &r.p
	text := alt.text.b
	if alt.text.lost > 0 {
		p.note(diag.Info, AltSkipped, nowhere, altPath(path), "is longer than %d bytes and was not compared with the hex", MaxAltText)
		return
	}
	l := r.look(raw, text)
	if len(l.wrong) == 0 && l.chars == len(raw) && l.dots == 0 {
		return
	}
	if len(l.wrong) > 0 || l.chars != len(raw) {
		if rendersTo(raw, fold(text)) {
			p.note(diag.Info, ScrubbedText, nowhere, altPath(path), "agrees with the hex but for blanks, which were folded")
			return
		}
	}
	switch {
	case len(l.wrong) > 0:
		more := ""
		if l.more > 0 {
			more = fmt.Sprintf(" and %d more", l.more)
		}
		p.conflict = true
		zero := ""
		if len(raw) > 0 && len(bytes.Trim(raw, "\x00")) == 0 {
			zero = fmt.Sprintf("; all %d bytes of the hex are zero, as if they had been wiped", len(raw))
		}
		p.note(diag.Error, AltContradicts, nowhere, path, "contradicts AltValue, which has %d characters and shows other bytes at offsets %s%s%s", l.chars, strings.Join(l.wrong, ", "), more, zero)
	case l.chars != len(raw):
		p.conflict = true
		p.note(diag.Warning, AltLength, nowhere, altPath(path), "has %d characters, the hex has %d bytes; they agree as far as both go", l.chars, len(raw))
	}
	if l.dots > 0 {
		p.say(diag.Warning, AltDots, nowhere, altPath(path), r.dotsShown(l.dots))
	}
}

// dotsShown puts into words that n bytes are shown as dots. Of a dump whose exporter does that it is said of nearly every
// property, so that the words are kept, up to a number.
func (r *Reader) dotsShown(n int) string {
	if n < len(r.dots) && r.dots[n] != "" {
		return r.dots[n]
	}
	s := fmt.Sprintf("shows dots for %d bytes that can be shown", n)
	if n < len(r.dots) {
		r.dots[n] = s
	}
	return s
}

// rendersTo reports whether raw, shown as the newer builds show it and its blanks folded as fold does, is text. Raw may
// be much longer than text.
func rendersTo(raw, text []byte) bool {
	blank := false
	rest := text
	for _, c := range raw {
		if c == ' ' || c == 0xA0 {
			blank = true
			continue
		}
		if hidden(c) && c != 0xFF {
			c = '.'
		}
		var room [1 + utf8.UTFMax]byte
		shown := room[:0]
		if blank && len(rest) < len(text) {
			shown = append(shown, ' ')
		}
		blank = false
		shown = utf8.AppendRune(shown, rune(c))
		if !bytes.HasPrefix(rest, shown) {
			return false
		}
		rest = rest[len(shown):]
	}
	return len(rest) == 0
}
