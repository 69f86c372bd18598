package mapi

import (
	"fmt"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// DecodeString8 returns 8-bit text in the Windows code page cp, in WTF-8. Bytes that mean nothing there become U+FFFD,
// and damaged counts those. Bytes that a page leaves undefined, but that Windows maps, become what they become there.
//
// The text is always as much as can be said. The error is nil or one of these codes, which are no reason to throw it away:
//   - UnsupportedCodePage: there is no table; ASCII is read, all other bytes are damaged. So they are where cp is 0, for
//     "nobody said", but then text that is all ASCII gives no error.
//   - GuessedCodePage: pages 20127 and 28591, where the text has bytes they do not have; it was read as 1252.
//   - ApproximateCodePage: a table near that of cp was used, and the text has characters in which they may differ.
func DecodeString8(raw []byte, cp int) (text string, damaged int, err error) {
	d := decodeString8(raw, cp)
	if d.code != "" {
		err = d.code
	}
	return string(d.text), d.damaged, err
}

// Text returns the text of v, and what is to be said about it: the codes of DecodeString8 as findings, and DamagedText at
// the first byte that means nothing. Offsets count bytes of Raw.
func (v String8) Text() (string, []diag.Finding) {
	d := decodeString8(v.Raw, v.CodePage)
	var found []diag.Finding
	add := func(s diag.Severity, code diag.Code, off int, format string, args ...any) {
		found = append(found, diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: off, Len: len(v.Raw) - off},
			Path: PtypString8.String(), Spec: entryOf(code).Spec, Msg: fmt.Sprintf(format, args...)})
	}
	switch d.code {
	case UnsupportedCodePage:
		add(diag.Error, d.code, 0, "is in code page %d, which cannot be read; only ASCII is shown", v.CodePage)
	case GuessedCodePage:
		add(diag.Warning, d.code, 0, "is said to be in code page %d, but has bytes that it does not; read as 1252", v.CodePage)
	case ApproximateCodePage:
		add(diag.Warning, d.code, 0, "is in code page %d, read with a table that differs in rare characters", v.CodePage)
	}
	if d.damaged > 0 && d.code != UnsupportedCodePage {
		add(diag.Error, DamagedText, d.first, "%d characters of code page %d cannot be read, this is the first",
			d.damaged, v.CodePage)
	}
	return string(d.text), found
}

// decoding is 8-bit text on its way to WTF-8.
type decoding struct {
	text    []byte
	damaged int
	first   int // the offset of the first damage
	code    diag.Code
}

// damage writes U+FFFD for the byte at off.
func (d *decoding) damage(off int) {
	if d.damaged == 0 {
		d.first = off
	}
	d.damaged++
	d.text = utf8.AppendRune(d.text, utf8.RuneError)
}

func (d *decoding) rune(r rune) { d.text = utf8.AppendRune(d.text, r) }

func decodeString8(raw []byte, cp int) *decoding {
	d := &decoding{text: make([]byte, 0, len(raw))}
	switch {
	case d.special(raw, cp):
	case d.singleByte(raw, cp):
	case d.multiByte(raw, cp):
	case d.whole(raw, cp):
	default:
		d.unsupported(raw, cp)
	}
	return d
}

// singleByte reads a page whose characters are bytes.
func (d *decoding) singleByte(raw []byte, cp int) bool {
	table := charmapOf(cp)
	if table == nil {
		chars := codePageChars(cp)
		if chars == "" {
			return false
		}
		all := []rune(chars)
		for i, c := range raw {
			d.defined(all[c], i)
		}
		return true
	}
	for i, c := range raw {
		r := table.DecodeByte(c)
		if r == utf8.RuneError {
			r = undefinedByte(cp, c)
		}
		d.defined(r, i)
		if cp == 708 && c >= utf8.RuneSelf {
			d.code = ApproximateCodePage
		}
	}
	return true
}

func (d *decoding) defined(r rune, off int) {
	if r == utf8.RuneError {
		d.damage(off)
		return
	}
	d.rune(r)
}

// multiByte reads a page whose characters are of one byte or more, and in which ASCII is ASCII.
func (d *decoding) multiByte(raw []byte, cp int) bool {
	enc, approximate := multiByteEncoding(cp)
	if enc == nil {
		return false
	}
	dec := enc.NewDecoder()
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			d.text = append(d.text, raw[i])
			i++
			continue
		}
		if r, n := windowsOnly(cp, raw[i:]); n > 0 {
			d.rune(r)
			i += n
			continue
		}
		if approximate || differs(cp, raw[i:]) {
			d.code = ApproximateCodePage
		}
		i += d.character(dec, raw, i, cp)
	}
	return true
}

// character reads one character that is not ASCII, and possibly ASCII behind it, and returns their length in bytes.
func (d *decoding) character(dec *encoding.Decoder, raw []byte, i, cp int) int {
	// Room for one character only: a U+FFFD is then about the byte at i.
	var buf [4]byte
	dec.Reset()
	w, n, err := dec.Transform(buf[:3], raw[i:], true)
	if n == 0 && err == transform.ErrShortDst {
		dec.Reset()
		w, n, _ = dec.Transform(buf[:], raw[i:], true)
	}
	r, size := utf8.DecodeRune(buf[:w])
	switch {
	case n == 0:
		d.damage(i)
		return 1
	case r != utf8.RuneError || size == 0:
		d.text = append(d.text, buf[:w]...)
	case cp == 54936 && hasPrefix(raw[i:], 0x84, 0x31, 0xA4, 0x37): // U+FFFD itself
		d.text = append(d.text, buf[:w]...)
	default:
		if r, size := privateUse(cp, raw[i:]); size > 0 {
			d.rune(r)
			return size
		}
		d.damage(i)
	}
	return n
}

func hasPrefix(b []byte, prefix ...byte) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == string(prefix)
}

// whole reads a page whose decoder keeps a state from one byte to the next. Where the damage is, it does not say.
func (d *decoding) whole(raw []byte, cp int) bool {
	enc := statefulEncoding(cp)
	if enc == nil {
		return false
	}
	if cp != 52936 {
		raw = shiftedKana(raw)
	}
	d.text, _ = enc.NewDecoder().Bytes(raw) // these never return an error
	for _, r := range string(d.text) {
		if r == utf8.RuneError {
			d.damaged++
		}
	}
	return true
}

// unsupported reads ASCII, and of the EBCDIC pages nothing.
func (d *decoding) unsupported(raw []byte, cp int) {
	ebcdic := cp == 870 || cp == 875 || cp == 1026 || cp >= 1141 && cp <= 1149
	for i, c := range raw {
		if c < utf8.RuneSelf && !ebcdic {
			d.text = append(d.text, c)
		} else {
			d.damage(i)
		}
	}
	if cp != 0 || d.damaged > 0 {
		d.code = UnsupportedCodePage
	}
}
