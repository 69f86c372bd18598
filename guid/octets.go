package guid

// Octet lists, as ADSI Edit shows and takes them, and the value lines of ldp.exe.

// isSeparator reports whether c may stand between the groups of an octet list.
func isSeparator(c byte) bool { return c == ' ' || c == ',' || c == ':' || c == '-' }

func (g *GUID) parseOctets(s string) fault {
	prefixed := len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x'
	separator := byte(0)
	n := 0
	for i := 0; ; n++ {
		if prefixed {
			switch {
			case i == len(s) || s[i:] == "0":
				return fault{kind: badOctetList, short: true}
			case s[i] != '0' || s[i+1]|0x20 != 'x':
				return fault{kind: badOctetList}
			}
			i += 2
		}
		v, good := pair(s, i)
		if !good {
			return octetFault(s, i)
		}
		if n < Size {
			g[n] = v
		}
		i += 2
		if i == len(s) {
			break
		}
		if n == 0 && isSeparator(s[i]) {
			separator = s[i]
		}
		if s[i] != separator {
			return fault{kind: badOctetList}
		}
		i++
		if separator == ',' && i < len(s) && s[i] == ' ' {
			i++
		}
	}
	if n+1 != Size {
		return notSixteenBytes(n + 1)
	}
	return fault{}
}

// octetFault says what is wrong with the two digits at i.
func octetFault(s string, i int) fault {
	for end := min(i+2, len(s)); i < end; i++ {
		switch {
		case isSeparator(s[i]):
			return fault{kind: badOctetList}
		case !isHex(s[i]):
			return fault{kind: badHex, at: i}
		}
	}
	return fault{kind: badOctetList, short: true}
}

func appendOctets(b []byte, g *GUID) []byte {
	for i, c := range g {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, upper[c>>4], upper[c&0x0F])
	}
	return b
}

// parseLDP reads [ n "> " ] [ attr [ " (" n ")" ] ": " ] value [ ";" ] with at
// least one of label and semicolon.
func (g *GUID) parseLDP(s string) fault {
	off := ldpLabel(s)
	value, semicolon := s[off:], false
	if last := len(value) - 1; last >= 0 && value[last] == ';' {
		value, semicolon = value[:last], true
	}
	ft := g.parseLDPValue(value).shift(off)
	if off == 0 && !semicolon && (ft.kind == fine || ft.short) {
		return fault{kind: unrecognised, short: true}
	}
	return ft
}

// parseLDPValue tells the three value shapes apart by their third character
// and their hyphens.
func (g *GUID) parseLDPValue(s string) fault {
	switch {
	case len(s) > 2 && (isSeparator(s[2]) || s[1]|0x20 == 'x'):
		return g.parseOctets(s)
	case hasHyphen(s):
		return parseDashed(g, s)
	case len(s) > 0 && s[0] == '<': // <ldp: Binary blob 16 bytes>: the value was not printed
		return fault{kind: unrecognised}
	default:
		return g.parseBytes(s)
	}
}

func hasHyphen(s string) bool {
	for i := range len(s) {
		if s[i] == '-' {
			return true
		}
	}
	return false
}

// ldpLabel returns the length of the label with the blanks after it, 0 without one.
func ldpLabel(s string) int {
	i := digits(s, 0)
	if i > 0 && i+1 < len(s) && s[i] == '>' && s[i+1] == ' ' {
		i += 2
	} else {
		i = 0
	}
	n := attribute(s[i:])
	if n == 0 {
		return 0
	}
	i += n
	if i+1 < len(s) && s[i] == ' ' && s[i+1] == '(' {
		j := digits(s, i+2)
		if j == i+2 || j == len(s) || s[j] != ')' {
			return 0
		}
		i = j + 1
	}
	if i+1 >= len(s) || s[i] != ':' || s[i+1] != ' ' {
		return 0
	}
	for i++; i < len(s) && s[i] == ' '; i++ {
	}
	return i
}

// digits returns the index of the first character of s from i on that is no digit.
func digits(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// attribute returns the length of the attribute description at the front of
// s, 0 if there is none. RFC 4512 section 2.5: a name or a dotted number, and
// options behind semicolons.
func attribute(s string) int {
	i := 0
	switch {
	case s == "":
		return 0
	case '0' <= s[0] && s[0] <= '9':
		dots := 0
		for i = digits(s, 0); i+1 < len(s) && s[i] == '.' && digits(s, i+1) > i+1; i = digits(s, i+1) {
			dots++
		}
		if dots == 0 {
			return 0
		}
	case isAlnum(s[0]):
		i = keyString(s, 0)
	default:
		return 0
	}
	for i+1 < len(s) && s[i] == ';' && keyString(s, i+1) > i+1 {
		i = keyString(s, i+1)
	}
	return i
}

// keyString returns the index of the first character of s from i on that is
// no letter, digit or hyphen.
func keyString(s string, i int) int {
	for i < len(s) && (isAlnum(s[i]) || s[i] == '-') {
		i++
	}
	return i
}
