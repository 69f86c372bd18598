package guid

import "unicode/utf8"

// Octet strings inside LDAP filters (RFC 4515), distinguished names (RFC 4514)
// and Active Directory binding strings ([MS-ADTS] 3.1.1.3.1.2.4).

// escapeFault says what is wrong with the hex pair behind the backslash at i.
func escapeFault(s string, i int) fault {
	switch {
	case i+1 == len(s):
		return fault{kind: dangling, at: i, short: true}
	case i+2 == len(s):
		return fault{kind: shortEscape, at: i, short: true}
	case !isHex(s[i+1]):
		return fault{kind: badHex, at: i + 1}
	}
	return fault{kind: badHex, at: i + 2}
}

// parseFilter reads a bare assertion value, or "(" attr "=" value ")".
func (g *GUID) parseFilter(s string) fault {
	if s[0] != '(' {
		return g.parseAssertion(s)
	}
	n := 1 + attribute(s[1:])
	switch {
	case n == len(s):
		return fault{kind: badBraces, short: true}
	case n == 1 || s[n] != '=':
		return fault{kind: unrecognised}
	}
	n++
	if last := len(s) - 1; s[last] == ')' {
		return g.parseAssertion(s[n:last]).shift(n)
	}
	ft := g.parseAssertion(s[n:])
	return fault{kind: badBraces, short: ft.kind == fine || ft.short}
}

func (g *GUID) parseAssertion(s string) fault {
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
		case c == '*' || c == '(' || c == ')' || c == 0:
			return fault{kind: unescaped, at: i}
		case c >= utf8.RuneSelf:
			// UTFMB: the bytes of a whole UTF-8 character stand for themselves.
			if ft := inCharacter(s, i); ft.kind != fine {
				return ft
			}
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

// inCharacter checks that the byte at i belongs to a UTF-8 character of s.
func inCharacter(s string, i int) fault {
	start := i
	for start > 0 && i-start < utf8.UTFMax-1 && !utf8.RuneStart(s[start]) {
		start--
	}
	if _, size := utf8.DecodeRuneInString(s[start:]); start+size > i && size > 1 {
		return fault{}
	}
	return fault{kind: notAByte, at: i}
}

func appendFilter(b []byte, g *GUID) []byte {
	for _, c := range g {
		b = append(b, '\\', lower[c>>4], lower[c&0x0F])
	}
	return b
}

// berPrefix is the tag of an OCTET STRING and its length 16, in hex.
const berPrefix = "#0410"

// parseDN reads a hex string, "#0410" and 32 digits, or string text.
func (g *GUID) parseDN(s string) fault {
	if s[0] != '#' {
		return g.parseDNText(s)
	}
	if n := min(len(s), len(berPrefix)); s[:n] != berPrefix[:n] {
		return fault{kind: unrecognised}
	}
	if len(s) < len(berPrefix) {
		return notSixteenBytes(0)
	}
	return g.parseBytes(s[len(berPrefix):]).shift(len(berPrefix))
}

// parseDNText reads the string production of RFC 4514 section 3. A blank at
// either end is there only within quotes, and wants escaping like a comma.
func (g *GUID) parseDNText(s string) fault {
	n := 0
	for i := 0; i < len(s); n++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (mustEscape(s[i+1]) || s[i+1] == ' ' || s[i+1] == '#' || s[i+1] == '='):
			i++
			c = s[i]
		case c == '\\':
			var good bool
			if c, good = pair(s, i+1); !good {
				return escapeFault(s, i)
			}
			i += 2
		case mustEscape(c) || c == 0 || c == ' ' && (i == 0 || i == len(s)-1):
			return fault{kind: unescaped, at: i}
		case c >= utf8.RuneSelf:
			if ft := inCharacter(s, i); ft.kind != fine {
				return ft
			}
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

// mustEscape reports whether c may not stand raw anywhere in the text of a
// distinguished name's value. NUL has no one-character escape and is not here.
func mustEscape(c byte) bool {
	switch c {
	case '"', '+', ',', ';', '<', '>', '\\':
		return true
	}
	return false
}

// bindingPrefix opens a binding string, in any case.
const bindingPrefix = "<GUID="

// parseBinding reads "<GUID=" 32 digits in wire order, or registry text, ">".
func (g *GUID) parseBinding(s string) fault {
	for i := range min(len(s), len(bindingPrefix)) {
		if c := s[i]; c != bindingPrefix[i] && (c < 'a' || c-0x20 != bindingPrefix[i]) {
			return fault{kind: unrecognised}
		}
	}
	if len(s) <= len(bindingPrefix) {
		return fault{kind: badBraces, short: true}
	}
	value, closed := s[len(bindingPrefix):], false
	if last := len(value) - 1; value[last] == '>' {
		value, closed = value[:last], true
	}
	var ft fault
	if hasHyphen(value) {
		ft = parseDashed(g, value)
	} else {
		ft = g.parseBytes(value)
	}
	if !closed {
		return fault{kind: badBraces, short: ft.kind == fine || ft.short}
	}
	return ft.shift(len(bindingPrefix))
}
