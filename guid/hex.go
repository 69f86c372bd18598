package guid

const (
	upper = "0123456789ABCDEF"
	lower = "0123456789abcdef"

	hexLen = 2 * Size
)

// unhex maps a character to the value of its hex digit, and every other to FF.
const unhex = none16 + none16 + none16 +
	"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09" + "\xFF\xFF\xFF\xFF\xFF\xFF" +
	"\xFF\x0A\x0B\x0C\x0D\x0E\x0F" + "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + none16 +
	"\xFF\x0A\x0B\x0C\x0D\x0E\x0F" + "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + none16 +
	none16 + none16 + none16 + none16 + none16 + none16 + none16 + none16

const none16 = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"

// isHex reports whether c is a hex digit of either case.
func isHex(c byte) bool { return unhex[c] <= 0x0F }

// isAlnum reports whether c is an ASCII letter or digit.
func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// pair returns the byte whose two digits stand at i, and whether they do.
func pair(s string, i int) (byte, bool) {
	if i+1 >= len(s) {
		return 0, false
	}
	hi, lo := unhex[s[i]], unhex[s[i+1]]
	return hi<<4 | lo, hi|lo <= 0x0F
}

// parseBytes reads 32 digits in wire order.
func (g *GUID) parseBytes(s string) fault {
	if len(s) != hexLen {
		return hexFault(s)
	}
	bad := byte(0)
	for i := range g {
		hi, lo := unhex[s[2*i]], unhex[s[2*i+1]]
		bad |= hi | lo
		g[i] = hi<<4 | lo
	}
	if bad > 0x0F {
		return hexFault(s)
	}
	return fault{}
}

// hexFault says what is wrong with s, which is not 32 digits.
func hexFault(s string) fault {
	for i := range len(s) {
		if !isHex(s[i]) {
			return fault{kind: badHex, at: i}
		}
	}
	return notSixteenBytes(len(s) / 2)
}

// parseHex32 reads 32 digits in registry order.
func (g *GUID) parseHex32(s string) fault {
	ft := g.parseBytes(s)
	*g = swap(*g)
	return ft
}

// appendHex appends two digits for each byte of p.
func appendHex(b, p []byte, digits string) []byte {
	for _, c := range p {
		b = append(b, digits[c>>4], digits[c&0x0F])
	}
	return b
}
