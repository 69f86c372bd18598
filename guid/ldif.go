package guid

import "encoding/base64"

// LDIF, RFC 2849: "attr:: " and base64, or "attr: " and text, folded at any
// character by a line break and one blank.

// An unfolder reads s with the folds left out.
type unfolder struct {
	s string
	i int
}

// peek returns the next character; at the end, 0 and false.
func (u *unfolder) peek() (byte, bool) {
	for u.i < len(u.s) {
		rest := u.s[u.i:]
		switch {
		case len(rest) > 1 && rest[0] == '\n' && rest[1] == ' ':
			u.i += 2
		case len(rest) > 2 && rest[0] == '\r' && rest[1] == '\n' && rest[2] == ' ':
			u.i += 3
		default:
			return rest[0], true
		}
	}
	return 0, false
}

func (g *GUID) parseLDIF(s string) fault {
	u := unfolder{s: s}
	if !hasColon(s) {
		return g.parseBase64(&u)
	}
	if !u.label() {
		return fault{kind: unrecognised}
	}
	c, more := u.peek()
	if more && c == ':' {
		u.i++
		u.fill()
		return g.parseBase64(&u)
	}
	u.fill()
	return g.parsePlain(&u)
}

func hasColon(s string) bool {
	for i := range len(s) {
		if s[i] == ':' {
			return true
		}
	}
	return false
}

// label reads the attribute description and its colon. Folded or not, it is
// judged by its characters alone: a letter or digit first, then letters,
// digits, hyphens, dots and semicolons.
func (u *unfolder) label() bool {
	for n := 0; ; n++ {
		c, more := u.peek()
		switch {
		case more && isAlnum(c):
		case n > 0 && more && c == ':':
			u.i++
			return true
		case n > 0 && more && (c == '-' || c == '.' || c == ';'):
		default:
			return false
		}
		u.i++
	}
}

// fill reads FILL, the blanks before a value.
func (u *unfolder) fill() {
	for c, more := u.peek(); more && c == ' '; c, more = u.peek() {
		u.i++
	}
}

// parseBase64 reads the rest as the base64 of sixteen bytes: RFC 4648 section
// 4, padded, unused bits zero.
func (g *GUID) parseBase64(u *unfolder) fault {
	if g.parse24(u.s[u.i:]) {
		return fault{}
	}
	symbols, pads, bits := 0, 0, uint32(0)
	for {
		c, more := u.peek()
		if !more {
			break
		}
		u.i++
		if c == '=' {
			pads++
			continue
		}
		v := unsextet[c]
		if v > 0x3F || pads > 0 {
			return fault{kind: badBase64}
		}
		bits = bits<<6 | uint32(v)
		symbols++
		// Of every four symbols, the second, third and fourth complete a byte.
		if spare := symbols * 6 % 8; spare != 6 && symbols*6/8 <= Size {
			g[symbols*6/8-1] = byte(bits >> spare)
		}
	}
	total, n, spare := symbols+pads, symbols*6/8, symbols*6%8
	switch {
	case pads > 2:
		return fault{kind: badBase64}
	case total%4 != 0:
		return fault{kind: badBase64, short: total < base64Len && (pads == 0 || symbols == base64Len-2)}
	case bits&(1<<spare-1) != 0:
		return fault{kind: badBase64}
	case n != Size:
		return notSixteenBytes(n)
	}
	return fault{}
}

// base64Len is the length of the base64 of sixteen bytes.
const base64Len = 24

// parse24 reads base64 in its usual shape, 22 symbols and two pads unfolded.
func (g *GUID) parse24(s string) bool {
	if len(s) != base64Len || s[22:] != "==" {
		return false
	}
	bad := byte(0)
	for i := range 5 {
		q, p := s[4*i:4*i+4], g[3*i:3*i+3]
		a, b, c, d := unsextet[q[0]], unsextet[q[1]], unsextet[q[2]], unsextet[q[3]]
		bad |= a | b | c | d
		p[0], p[1], p[2] = a<<2|b>>4, b<<4|c>>2, c<<6|d
	}
	a, b := unsextet[s[20]], unsextet[s[21]]
	g[15] = a<<2 | b>>4
	return (bad|a|b) <= 0x3F && b&0x0F == 0
}

// unsextet maps a character to the value of its base64 symbol, and every other to FF.
const unsextet = none16 + none16 +
	"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x3E\xFF\xFF\xFF\x3F" +
	"\x34\x35\x36\x37\x38\x39\x3A\x3B\x3C\x3D\xFF\xFF\xFF\xFF\xFF\xFF" +
	"\xFF\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E" +
	"\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\xFF\xFF\xFF\xFF\xFF" +
	"\xFF\x1A\x1B\x1C\x1D\x1E\x1F\x20\x21\x22\x23\x24\x25\x26\x27\x28" +
	"\x29\x2A\x2B\x2C\x2D\x2E\x2F\x30\x31\x32\x33\xFF\xFF\xFF\xFF\xFF" +
	none16 + none16 + none16 + none16 + none16 + none16 + none16 + none16

// parsePlain reads the rest as text: sixteen safe characters are the sixteen
// bytes, registry text with or without braces is the GUID it spells.
func (g *GUID) parsePlain(u *unfolder) fault {
	var buf [bracedLen]byte
	n := 0
	for {
		c, more := u.peek()
		if !more {
			break
		}
		if c == 0 || c == '\n' || c == '\r' || c > 0x7F || n == 0 && (c == ':' || c == '<') {
			return fault{kind: unrecognised}
		}
		if n < len(buf) {
			buf[n] = c
		}
		u.i++
		n++
	}
	switch {
	case n == Size:
		*g = GUID(buf[:Size])
		return fault{}
	case n == dashedLen || n == bracedLen:
		if parseCanonical(g, buf[:n]).kind == fine {
			return fault{}
		}
		return fault{kind: unrecognised}
	}
	return notSixteenBytes(n)
}

func appendBase64(b []byte, g *GUID) []byte { return base64.StdEncoding.AppendEncode(b, g[:]) }
