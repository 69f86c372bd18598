package guid

import "unicode/utf8"

// The text of ExMerge.log, which is the octet string the tool put into its
// LDAP search filter. The canonical grammar is unambiguous from left to right:
//
//	exguid = 16unit
//	unit   = ALPHA / DIGIT / esc
//	esc    = "\" UHEX UHEX       ; a byte that is no ALPHA and no DIGIT
//	UHEX   = DIGIT / "A".."F"
//
// A backslash owns exactly the two characters after it, whatever follows:
// \5B7 is the byte 5B and the character 7.

// parseExMerge is the tolerant reading; ParseForm says what it tolerates.
func (g *GUID) parseExMerge(s string) fault {
	n := 0
	for i := 0; i < len(s); n++ {
		c := s[i]
		switch {
		case c == '\\':
			var good bool
			if c, good = pair(s, i+1); !good {
				return escapeFault(s, i)
			}
			i += 2
		case c >= utf8.RuneSelf && inCharacter(s, i).kind == fine:
			return fault{kind: notAByte, at: i}
		}
		if n < Size {
			g[n] = c
		}
		i++
	}
	if n != Size {
		return notSixteenBytes(n)
	}
	return fault{}
}

func appendExMerge(b []byte, g *GUID) []byte {
	for _, c := range g {
		if isAlnum(c) {
			b = append(b, c)
		} else {
			b = append(b, '\\', upper[c>>4], upper[c&0x0F])
		}
	}
	return b
}
