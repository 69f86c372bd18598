package mapi

// differs reports whether the character at the front of b is one that golang.org/x/text reads otherwise than Windows:
// its Big5 has Hong Kong's characters where page 950 has those of its users, its GBK has what later editions added.
func differs(cp int, b []byte) bool {
	lead, trail := b[0], byte(0)
	if len(b) > 1 {
		trail = b[1]
	}
	switch cp {
	case 950:
		switch {
		case lead >= 0x87 && lead <= 0xA0, lead == 0xC7, lead == 0xC8, lead >= 0xFA && lead <= 0xFE:
			return true
		case lead == 0xA3:
			return trail >= 0xC0 && trail <= 0xE0
		case lead == 0xC6:
			return trail >= 0xA1
		}
	case 936:
		switch lead {
		case 0xA2:
			return trail == 0xE3
		case 0xA3:
			return trail == 0xA0
		case 0xA8:
			return trail == 0xBF
		case 0xA9:
			return trail >= 0x89 && trail <= 0x95
		case 0xFE:
			return trail >= 0x50 && trail <= 0xA0
		}
	case 54936:
		return lead == 0x80 || lead == 0xA3 && trail == 0xA0
	}
	return false
}

// windowsOnly returns the character that Windows makes of a code at the front of b for which golang.org/x/text has
// another one, and its length; 0 if there is none.
func windowsOnly(cp int, b []byte) (rune, int) {
	if cp == 950 && hasPrefix(b, 0xF9, 0xFE) {
		return 0x2593, 2
	}
	return 0, 0
}

// privateUse returns the character for private use that Windows makes of a code at the front of b which
// golang.org/x/text leaves undefined, and its length; 0 if there is none.
func privateUse(cp int, b []byte) (rune, int) {
	lead, trail := b[0], byte(0)
	if len(b) > 1 {
		trail = b[1]
	}
	switch cp {
	case 932:
		return private932(lead, trail)
	case 936:
		return private936(lead, trail)
	case 950:
		return private950(lead, trail)
	case 54936:
		if r, n := private936(lead, trail); n > 0 {
			return r, n
		}
		return private54936(lead, trail)
	}
	return 0, 0
}

func private932(lead, trail byte) (rune, int) {
	switch {
	case lead == 0xA0:
		return 0xA0, 1
	case lead >= 0xFD:
		return 0xF8F1 + rune(lead-0xFD), 1
	case lead >= 0xF0 && lead <= 0xF9 && trail >= 0x40 && trail != 0x7F && trail <= 0xFC:
		return 0xE000 + rune(lead-0xF0)*188 + column(trail), 2
	}
	return 0, 0
}

func private936(lead, trail byte) (rune, int) {
	switch {
	case lead >= 0xAA && lead <= 0xAF && trail >= 0xA1 && trail <= 0xFE:
		return 0xE000 + rune(lead-0xAA)*94 + rune(trail-0xA1), 2
	case lead >= 0xF8 && lead <= 0xFE && trail >= 0xA1 && trail <= 0xFE:
		return 0xE234 + rune(lead-0xF8)*94 + rune(trail-0xA1), 2
	case lead >= 0xA1 && lead <= 0xA7 && trail >= 0x40 && trail != 0x7F && trail <= 0xA0:
		return 0xE4C6 + rune(lead-0xA1)*96 + column(trail), 2
	}
	return 0, 0
}

// column returns which of the trail bytes from 0x40 on it is; 0x7F is none.
func column(trail byte) rune {
	if trail < 0x7F {
		return rune(trail - 0x40)
	}
	return rune(trail - 0x41)
}

// private950 numbers the codes of users in four areas: FA40 to FEFE, 8E40 to A0FE, 8140 to 8DFE, C6A1 to C8FE. A lead byte
// has 157 of them, 63 below 0x7F and 94 from 0xA1 on.
func private950(lead, trail byte) (rune, int) {
	var at rune
	switch {
	case trail >= 0x40 && trail <= 0x7E:
		at = rune(trail - 0x40)
	case trail >= 0xA1 && trail <= 0xFE:
		at = rune(trail-0xA1) + 63
	default:
		return 0, 0
	}
	switch {
	case lead >= 0xFA && lead <= 0xFE:
		return 0xE000 + rune(lead-0xFA)*157 + at, 2
	case lead >= 0x8E && lead <= 0xA0:
		return 0xE311 + rune(lead-0x8E)*157 + at, 2
	case lead >= 0x81 && lead <= 0x8D:
		return 0xEEB8 + rune(lead-0x81)*157 + at, 2
	case lead == 0xC6 && trail >= 0xA1, lead == 0xC7, lead == 0xC8:
		return 0xF6B1 + rune(lead-0xC6)*157 + at - 63, 2
	}
	return 0, 0
}

// private54936 has the codes in the midst of the characters of GB 18030 that were for private use in its edition of 2000,
// as Windows has it. They stand in runs.
func private54936(lead, trail byte) (rune, int) {
	code := uint16(lead)<<8 | uint16(trail)
	for _, run := range gb18030Private {
		if n := code - run.code; code >= run.code && n < run.n {
			return rune(run.first + n), 2
		}
	}
	return 0, 0
}

var gb18030Private = [...]struct{ code, n, first uint16 }{
	{0xA2AB, 6, 0xE766}, {0xA2E4, 1, 0xE76D}, {0xA2EF, 2, 0xE76E}, {0xA2FD, 2, 0xE770}, {0xA4F4, 11, 0xE772},
	{0xA5F7, 8, 0xE77D}, {0xA6B9, 8, 0xE785}, {0xA6D9, 7, 0xE78D}, {0xA6EC, 2, 0xE794}, {0xA6F3, 1, 0xE796},
	{0xA6F6, 9, 0xE797}, {0xA7C2, 15, 0xE7A0}, {0xA7F2, 13, 0xE7AF}, {0xA896, 11, 0xE7BC}, {0xA8BC, 1, 0xE7C7},
	{0xA8C1, 4, 0xE7C9}, {0xA8EA, 21, 0xE7CD}, {0xA958, 1, 0xE7E2}, {0xA95B, 1, 0xE7E3}, {0xA95D, 3, 0xE7E4},
	{0xA997, 13, 0xE7F4}, {0xA9F0, 15, 0xE801}, {0xD7FA, 5, 0xE810}, {0xFE51, 3, 0xE816}, {0xFE59, 1, 0xE81E},
	{0xFE61, 1, 0xE826}, {0xFE66, 2, 0xE82B}, {0xFE6C, 2, 0xE831}, {0xFE76, 1, 0xE83B}, {0xFE7E, 1, 0xE843},
	{0xFE90, 2, 0xE854}, {0xFEA0, 1, 0xE864},
}
