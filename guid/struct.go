package guid

// The C initialiser: {0x66960343,0xb15d,0x443b,{0x81,...}}, eleven numbers.

// structLen is the length of the canonical text.
const structLen = 68

// structAt holds where the two digits of each wire byte stand in the canonical text.
var structAt = [Size]uint8{9, 7, 5, 3, 16, 14, 23, 21, 29, 34, 39, 44, 49, 54, 59, 64}

func (g *GUID) parseStruct(s string) fault {
	if len(s) == structLen && s[:3] == "{0x" && s[11:14] == ",0x" && s[18:21] == ",0x" &&
		s[25:29] == ",{0x" && s[66:] == "}}" {
		good := true
		for i, at := range structAt {
			v, digits := pair(s, int(at))
			g[i] = v
			good = good && digits
		}
		for i := 31; i < 66; i += 5 {
			good = good && s[i:i+3] == ",0x"
		}
		if good {
			return fault{}
		}
	}
	return g.parseNumbers(s)
}

// parseNumbers reads the initialiser token by token.
func (g *GUID) parseNumbers(s string) fault {
	p := initialiser{s: s}
	p.token('{')
	data1 := p.number(8)
	p.token(',')
	data2 := p.number(4)
	p.token(',')
	data3 := p.number(4)
	p.token(',')
	p.token('{')
	*g = fromRegistry(data1, uint16(data2), uint16(data3), 0, 0)
	for i := range 8 {
		if i > 0 {
			p.token(',')
		}
		g[8+i] = byte(p.number(2))
	}
	p.token('}')
	p.token('}')
	if p.ft.kind == fine && p.i != len(s) {
		return fault{kind: badXForm}
	}
	return p.ft
}

// An initialiser reads tokens from the front of s. After the first fault it
// reads nothing more.
type initialiser struct {
	s  string
	i  int
	ft fault
}

// skip passes blanks and reports whether anything is left to read.
func (p *initialiser) skip() bool {
	if p.ft.kind != fine {
		return false
	}
	for p.i < len(p.s) && isBlank(p.s[p.i]) {
		p.i++
	}
	if p.i == len(p.s) {
		p.ft = fault{kind: badXForm, short: true}
		return false
	}
	return true
}

// token reads one punctuation mark.
func (p *initialiser) token(c byte) {
	if !p.skip() {
		return
	}
	if p.s[p.i] != c {
		p.ft = fault{kind: badXForm}
		return
	}
	p.i++
}

// number reads 0x and one to max digits.
func (p *initialiser) number(max int) uint32 {
	if !p.skip() {
		return 0
	}
	t := p.s[p.i:]
	if t[0] != '0' || len(t) > 1 && t[1]|0x20 != 'x' {
		p.ft = fault{kind: badXForm}
		return 0
	}
	v, n := uint32(0), 2
	for ; n < len(t); n++ {
		d := unhex[t[n]]
		if d > 0x0F {
			break
		}
		v = v<<4 | uint32(d)
	}
	switch {
	case n >= len(t) && n <= 2+max:
		p.ft = fault{kind: badXForm, short: true}
	case n < len(t) && isAlnum(t[n]):
		p.ft = fault{kind: badHex, at: p.i + n}
	case n == 2 || n > 2+max:
		p.ft = fault{kind: badXForm}
	}
	p.i += n
	return v
}

func appendStruct(b []byte, g *GUID) []byte {
	b = append(b, "{0x"...)
	h := swap(*g)
	b = appendHex(b, h[0:4], lower)
	b = append(b, ",0x"...)
	b = appendHex(b, h[4:6], lower)
	b = append(b, ",0x"...)
	b = appendHex(b, h[6:8], lower)
	b = append(b, ",{"...)
	for i, c := range h[8:] {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '0', 'x', lower[c>>4], lower[c&0x0F])
	}
	return append(b, "}}"...)
}
