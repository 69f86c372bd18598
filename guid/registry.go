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

// appendDashed appends the registry text, between open and closing unless they are 0.
func appendDashed(b []byte, g *GUID, digits string, open, closing byte) []byte {
	if open != 0 {
		b = append(b, open)
	}
	var t [dashedLen]byte
	t[8], t[13], t[18], t[23] = '-', '-', '-', '-'
	for i, at := range dashedAt {
		t[at] = digits[g[i]>>4]
		t[at+1] = digits[g[i]&0x0F]
	}
	b = append(b, t[:]...)
	if closing != 0 {
		b = append(b, closing)
	}
	return b
}
