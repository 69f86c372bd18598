package exchange

import "encoding/base64"

// Base64 reads base64 piece by piece, in the alphabet of RFC 4648 section 4 or in that of section 5, not in both. Blanks
// and line ends may stand anywhere. Reset makes it ready.
//
// What cannot be read ends the bytes; it and all that was before it is then kept as text.
type Base64 struct {
	Bytes  Buffer // what was read
	Text   Buffer // where Why is not empty: all there was, without blanks before the bad character
	Why    string // what is wrong, "" if nothing is
	At     int64  // the index of the first bad character, counted in characters
	Blanks int64  // blanks before that
	URL    bool   // it is the alphabet for URLs
	Short  bool   // all that is wrong is that it ends too soon
	Bits   bool   // the last character has bits that belong to no byte

	quad    [4]byte // sextets that make no three bytes yet
	n       int
	pads    int
	letters bool // '+' or '/' was there
	chars   int64
}

// The classes of characters that are no sextets.
const (
	b64Blank = 64 + iota
	b64Pad
	b64Bad
)

const plainLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// sextets has the value of every character of both alphabets, and the class of all others.
var sextets = func() (t [256]byte) {
	for i := range t {
		t[i] = b64Bad
	}
	for i, c := range []byte(plainLetters + "+/") {
		t[c] = byte(i)
	}
	t['-'], t['_'] = 62, 63
	t['='] = b64Pad
	for _, c := range []byte(" \t\r\n") {
		t[c] = b64Blank
	}
	return t
}()

// Reset makes d ready for a value of at most so many bytes, and a text of at most so many if it cannot be read.
func (d *Base64) Reset(bytes, text int) {
	*d = Base64{}
	d.Bytes.Reset(bytes)
	d.Text.Reset(text)
}

// Write reads p.
func (d *Base64) Write(p []byte) {
	for len(p) > 0 && d.Why == "" {
		k := d.fast(p)
		p = p[k:]
		d.chars += int64(k)
		if len(p) == 0 || !d.char(p[0]) {
			break
		}
		p = p[1:]
	}
	if d.Why != "" {
		d.Text.Write(p)
	}
}

// fast reads whole quads of plain letters and digits, and returns how many characters they are.
func (d *Base64) fast(p []byte) int {
	if d.n > 0 || d.pads > 0 {
		return 0
	}
	i := 0
	out := d.Bytes.room(min(len(p)/4*3, d.Bytes.Limit-len(d.Bytes.B)))
	for ; i+4 <= len(p); i += 4 {
		a, b, c, e := sextets[p[i]], sextets[p[i+1]], sextets[p[i+2]], sextets[p[i+3]]
		// 62 and 63 are looked at one by one: they tell the alphabet.
		if max(a, b, c, e) >= 62 || cap(out)-len(out) < 3 {
			break
		}
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|e)
	}
	d.Bytes.B = out
	return i
}

// char reads one character, and reports whether it belongs there.
func (d *Base64) char(c byte) bool {
	v := sextets[c]
	switch {
	case v == b64Blank:
		d.Blanks++
	case v == b64Bad:
		return d.bad("has a character that is none of base64")
	case v == b64Pad && (d.n < 2 || d.n+d.pads == 4):
		return d.bad("has padding where none can be")
	case v == b64Pad:
		d.pads++
	case d.pads > 0:
		return d.bad("goes on behind its padding")
	case (c == '-' || c == '_') && d.letters || (c == '+' || c == '/') && d.URL:
		return d.bad("has characters of two alphabets")
	default:
		d.letters = d.letters || c == '+' || c == '/'
		d.URL = d.URL || c == '-' || c == '_'
		d.quad[d.n] = v
		if d.n++; d.n == 4 {
			d.Bytes.Write([]byte{d.quad[0]<<2 | d.quad[1]>>4, d.quad[1]<<4 | d.quad[2]>>2, d.quad[2]<<6 | d.quad[3]})
			d.n = 0
		}
	}
	d.chars++
	return true
}

// bad says what is wrong with the next character, and makes the text up to it of what was read.
func (d *Base64) bad(why string) bool {
	d.Why, d.At = why, d.chars
	enc, letters := base64.RawStdEncoding, plainLetters+"+/"
	if d.URL {
		enc, letters = base64.RawURLEncoding, plainLetters+"-_"
	}
	var part [4096]byte
	for b := d.Bytes.B; len(b) > 0; {
		n := min(len(part)/4*3, len(b))
		enc.Encode(part[:], b[:n])
		d.Text.Write(part[:enc.EncodedLen(n)])
		b = b[n:]
	}
	for _, v := range d.quad[:d.n] {
		d.Text.Write([]byte{letters[v]})
	}
	for range d.pads {
		d.Text.Write([]byte{'='})
	}
	d.partial()
	return false
}

// partial makes bytes of the sextets that are left.
func (d *Base64) partial() {
	if d.n >= 2 {
		d.Bytes.Write([]byte{d.quad[0]<<2 | d.quad[1]>>4})
		d.Bits = d.n == 2 && d.quad[1]&0x0F != 0
	}
	if d.n == 3 {
		d.Bytes.Write([]byte{d.quad[1]<<4 | d.quad[2]>>2})
		d.Bits = d.quad[2]&0x03 != 0
	}
	d.n = 0
}

// End says that there is no more.
func (d *Base64) End() {
	switch {
	case d.Why != "":
	case d.n == 0:
	case d.n == 1:
		d.Short = true
		d.bad("breaks off within a byte")
	case d.n+d.pads < 4:
		d.Short = true
		d.bad("is not padded")
	default:
		d.partial()
	}
	if d.Why != "" {
		d.Bits = false // that is the lesser evil
	}
	if d.Bytes.B == nil {
		d.Bytes.B = []byte{}
	}
}
