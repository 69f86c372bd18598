package mapi

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
)

// special reads the pages that golang.org/x/text reads in another way, or not at all.
func (d *decoding) special(raw []byte, cp int) bool {
	switch cp {
	case 1200:
		d.utf16(raw)
	case 1201:
		swapped := bytes.Clone(raw)
		for i := 0; i+1 < len(swapped); i += 2 {
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		}
		d.utf16(swapped)
	case 12000:
		d.utf32(raw, binary.LittleEndian)
	case 12001:
		d.utf32(raw, binary.BigEndian)
	case 20127:
		d.ascii(raw)
	case 28591:
		return d.latin1(raw)
	case 50225:
		d.iso2022kr(raw)
	case 65000:
		d.utf7(raw)
	case 65001:
		d.utf8(raw)
	default:
		return false
	}
	return true
}

func (d *decoding) utf16(le []byte) {
	d.text = wtf8.AppendDecode(d.text, le)
	if len(le)%2 != 0 {
		d.damage(len(le) - 1)
	}
}

func (d *decoding) utf32(raw []byte, order binary.ByteOrder) {
	for i := 0; i < len(raw); i += 4 {
		if len(raw)-i < 4 {
			d.damage(i)
			return
		}
		if u := order.Uint32(raw[i:]); u <= utf8.MaxRune && utf8.ValidRune(rune(u)) {
			d.rune(rune(u))
		} else {
			d.damage(i)
		}
	}
}

func (d *decoding) utf8(raw []byte) {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			d.damage(i)
		} else {
			d.rune(r)
		}
		i += n
	}
}

// ascii reads page 20127, and bytes that it does not have as 1252: writers label any text with it.
func (d *decoding) ascii(raw []byte) {
	for i, c := range raw {
		if c >= utf8.RuneSelf {
			d.code = GuessedCodePage
		}
		d.windows1252(c, i)
	}
}

// latin1 reads text in page 28591 as 1252 where it has bytes of the range 80 to 9F, which are no characters of the
// former: hardly any writer tells the two apart.
func (d *decoding) latin1(raw []byte) bool {
	if !slices.ContainsFunc(raw, func(c byte) bool { return c >= 0x80 && c <= 0x9F }) {
		return false
	}
	d.code = GuessedCodePage
	for i, c := range raw {
		d.windows1252(c, i)
	}
	return true
}

func (d *decoding) windows1252(c byte, off int) {
	r := charmap.Windows1252.DecodeByte(c)
	if r == utf8.RuneError {
		r = undefinedByte(1252, c)
	}
	d.defined(r, off)
}

// iso2022kr reads RFC 1557: a header says that SO means Korean, SO and SI switch.
func (d *decoding) iso2022kr(raw []byte) {
	const so, si = 0x0E, 0x0F
	dec := korean.EUCKR.NewDecoder()
	shifted := false
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case hasPrefix(raw[i:], 0x1B, '$', ')', 'C'):
			i += 3
		case c == so:
			shifted = true
		case c == si:
			shifted = false
		case c >= utf8.RuneSelf:
			d.damage(i)
		case !shifted || c <= ' ' || c == 0x7F:
			d.text = append(d.text, c)
		case i+1 == len(raw) || raw[i+1] <= ' ' || raw[i+1] >= 0x7F:
			d.damage(i)
		default:
			pair := [2]byte{c | 0x80, raw[i+1] | 0x80}
			at, sound := i, d.damaged == 0
			i += d.character(dec, pair[:], 0, 949) - 1
			if sound {
				d.first = at // of the pair; it means nothing as long as there is no damage
			}
		}
	}
}

// shiftedKana returns text in ISO-2022-JP with the half-width kana between SO and SI, as page 50222 has them, behind the
// escape that golang.org/x/text knows for them.
func shiftedKana(raw []byte) []byte {
	const so, si = 0x0E, 0x0F
	if bytes.IndexByte(raw, so) < 0 {
		return raw // an SI alone is damage
	}
	var out []byte
	before := []byte("\x1b(B") // the escape that was in force
	shifted := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == so && !shifted:
			out, shifted = append(out, "\x1b(I"...), true
		case c == si && shifted:
			out, shifted = append(out, before...), false
		case c == 0x1B && i+2 < len(raw) && (raw[i+1] == '(' || raw[i+1] == '$'):
			n := 3
			if hasPrefix(raw[i:], 0x1B, '$', '(') && i+3 < len(raw) {
				n = 4
			}
			before, shifted = raw[i:i+n], false
			out = append(out, before...)
			i += n - 1
		default:
			out = append(out, c)
		}
	}
	return out
}

// utf7 reads RFC 2152: '+' begins UTF-16BE in base64, which ends at the first other character; a '-' there is dropped.
func (d *decoding) utf7(raw []byte) {
	for i := 0; i < len(raw); {
		switch c := raw[i]; {
		case c >= utf8.RuneSelf:
			d.damage(i)
			i++
		case c != '+':
			d.text = append(d.text, c)
			i++
		case hasPrefix(raw[i:], '+', '-'):
			d.text = append(d.text, '+')
			i += 2
		default:
			i += d.base64(raw, i)
		}
	}
}

// base64 reads the run that begins with the '+' at off, and returns its length.
func (d *decoding) base64(raw []byte, off int) int {
	var units []byte
	acc, bits := uint32(0), 0
	i := off + 1
	for ; i < len(raw); i++ {
		v := base64Value(raw[i])
		if v < 0 {
			break
		}
		acc, bits = acc<<6|uint32(v), bits+6
		if bits >= 16 {
			bits -= 16
			units = append(units, byte(acc>>bits), byte(acc>>bits>>8))
			acc &= 1<<bits - 1
		}
	}
	d.text = wtf8.AppendDecode(d.text, units)
	if bits >= 6 || acc != 0 || len(units) == 0 {
		d.damage(i - 1) // a character that is cut off, or none
	}
	if i < len(raw) && raw[i] == '-' {
		i++
	}
	return i - off
}

func base64Value(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}
