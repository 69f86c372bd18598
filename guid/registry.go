package guid

// The registry family: eight, four, four, four and twelve digits with hyphens
// between, the first three groups being numbers. RFC 9562 section 4;
// [MS-DTYP] 2.3.4.3 for the braces.

const (
	dashedLen = 36
	bracedLen = dashedLen + 2
)

// dashedAt holds where the two digits of each wire byte stand in the text.
var dashedAt = [Size]uint8{6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34}

func parseDashed[T string | []byte](g *GUID, s T) fault {
	if len(s) != dashedLen || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return dashedFault(s)
	}
	bad := byte(0)
	for i, at := range dashedAt {
		hi, lo := unhex[s[at]], unhex[s[at+1]]
		bad |= hi | lo
		g[i] = hi<<4 | lo
	}
	if bad > 0x0F {
		return dashedFault(s)
	}
	return fault{}
}

// dashedFault says what is wrong with s, walking it along the shape.
func dashedFault[T string | []byte](s T) fault {
	digits, wrong := 0, -1
	for i := range len(s) {
		switch {
		case i == dashedLen && s[i] == '}':
			return fault{kind: badBraces}
		case i == dashedLen:
			return fault{kind: unrecognised}
		case i == 8 || i == 13 || i == 18 || i == 23:
			if s[i] != '-' {
				return fault{kind: unrecognised}
			}
		case unhex[s[i]] > 0x0F && wrong < 0:
			wrong = i
		default:
			digits++
		}
	}
	switch {
	case wrong < 0:
		return notSixteenBytes(digits / 2)
	case len(s) == dashedLen:
		return fault{kind: badHex, at: wrong}
	default:
		return fault{kind: unrecognised}
	}
}

func parseEnclosed[T string | []byte](g *GUID, s T, open, closing byte) fault {
	if s[0] != open {
		return fault{kind: badBraces}
	}
	if last := len(s) - 1; last > 0 && s[last] == closing {
		return parseDashed(g, s[1:last]).shift(1)
	}
	ft := parseDashed(g, s[1:])
	return fault{kind: badBraces, short: ft.kind == fine || ft.short}
}

// appendDashed appends the registry text, between open and closing unless they are 0. Its places are constants, so that
// none of them needs a check.
func appendDashed(b []byte, g *GUID, digits string, open, closing byte) []byte {
	_ = digits[15]
	t := [bracedLen]byte{0: open, 9: '-', 14: '-', 19: '-', 24: '-', bracedLen - 1: closing}
	t[1], t[2], t[3], t[4] = digits[g[3]>>4], digits[g[3]&15], digits[g[2]>>4], digits[g[2]&15]
	t[5], t[6], t[7], t[8] = digits[g[1]>>4], digits[g[1]&15], digits[g[0]>>4], digits[g[0]&15]
	t[10], t[11], t[12], t[13] = digits[g[5]>>4], digits[g[5]&15], digits[g[4]>>4], digits[g[4]&15]
	t[15], t[16], t[17], t[18] = digits[g[7]>>4], digits[g[7]&15], digits[g[6]>>4], digits[g[6]&15]
	t[20], t[21], t[22], t[23] = digits[g[8]>>4], digits[g[8]&15], digits[g[9]>>4], digits[g[9]&15]
	t[25], t[26], t[27], t[28] = digits[g[10]>>4], digits[g[10]&15], digits[g[11]>>4], digits[g[11]&15]
	t[29], t[30], t[31], t[32] = digits[g[12]>>4], digits[g[12]&15], digits[g[13]>>4], digits[g[13]&15]
	t[33], t[34], t[35], t[36] = digits[g[14]>>4], digits[g[14]&15], digits[g[15]>>4], digits[g[15]&15]
	from, to := 0, bracedLen
	if open == 0 {
		from = 1
	}
	if closing == 0 {
		to = bracedLen - 1
	}
	return append(b, t[from:to]...)
}
