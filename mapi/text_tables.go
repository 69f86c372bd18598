package mapi

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charmapOf returns the table of a code page whose characters are bytes, nil where golang.org/x/text has none. That of
// 708 is right for the letters only.
func charmapOf(cp int) *charmap.Charmap {
	switch cp {
	case 37:
		return charmap.CodePage037
	case 437:
		return charmap.CodePage437
	case 708:
		return charmap.ISO8859_6
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 858:
		return charmap.CodePage858
	case 860:
		return charmap.CodePage860
	case 862:
		return charmap.CodePage862
	case 863:
		return charmap.CodePage863
	case 865:
		return charmap.CodePage865
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 1047:
		return charmap.CodePage1047
	case 1140:
		return charmap.CodePage1140
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	case 10007:
		return charmap.MacintoshCyrillic
	case 20866:
		return charmap.KOI8R
	case 21866:
		return charmap.KOI8U
	}
	return isoCharmap(cp)
}

func isoCharmap(cp int) *charmap.Charmap {
	switch cp {
	case 28591:
		return charmap.ISO8859_1
	case 28592:
		return charmap.ISO8859_2
	case 28593:
		return charmap.ISO8859_3
	case 28594:
		return charmap.ISO8859_4
	case 28595:
		return charmap.ISO8859_5
	case 28596:
		return charmap.ISO8859_6
	case 28597:
		return charmap.ISO8859_7
	case 28598, 38598: // visual and logical order: the same characters
		return charmap.ISO8859_8
	case 28599:
		return charmap.ISO8859_9
	case 28600:
		return charmap.ISO8859_10
	case 28603:
		return charmap.ISO8859_13
	case 28604:
		return charmap.ISO8859_14
	case 28605:
		return charmap.ISO8859_15
	case 28606:
		return charmap.ISO8859_16
	}
	return nil
}

// undefinedByte returns what Windows makes of a byte that a single-byte page leaves undefined: a C1 control, or a
// character for private use. U+FFFD if nothing.
func undefinedByte(cp int, c byte) rune {
	windows := cp == 874 || cp >= 1250 && cp <= 1258
	iso := cp >= 28591 && cp <= 28606 || cp == 38598
	if c >= 0x80 && c <= 0x9F && (windows || iso) {
		return rune(c)
	}
	switch {
	case cp == 874 && c >= 0xDB && c <= 0xDE:
		return 0xF8C1 + rune(c-0xDB)
	case cp == 874 && c >= 0xFC:
		return 0xF8C5 + rune(c-0xFC)
	case cp == 1255 && c >= 0xD9 && c <= 0xDF:
		return 0xF88D + rune(c-0xD9)
	}
	switch uint32(cp)<<8 | uint32(c) {
	case 1253<<8 | 0xAA:
		return 0xF8F9
	case 1253<<8 | 0xD2:
		return 0xF8FA
	case 1253<<8 | 0xFF:
		return 0xF8FB
	case 1255<<8 | 0xFB:
		return 0xF894
	case 1255<<8 | 0xFC:
		return 0xF895
	case 1255<<8 | 0xFF:
		return 0xF896
	case 1257<<8 | 0xA1:
		return 0xF8FC
	case 1257<<8 | 0xA5:
		return 0xF8FD
	}
	return utf8.RuneError
}

// multiByteEncoding returns the encoding of a page without states, and whether it is only near that page. (Supersets
// are not: what the page has, they have.)
func multiByteEncoding(cp int) (enc encoding.Encoding, approximate bool) {
	switch cp {
	case 932:
		return japanese.ShiftJIS, false
	case 936, 20936, 51936:
		return simplifiedchinese.GBK, false
	case 949, 20949, 51949:
		return korean.EUCKR, false
	case 950:
		return traditionalchinese.Big5, false
	case 10001:
		return japanese.ShiftJIS, true
	case 10002:
		return traditionalchinese.Big5, true
	case 10003:
		return korean.EUCKR, true
	case 10008:
		return simplifiedchinese.GBK, true
	case 20932:
		return japanese.EUCJP, true
	case 51932:
		return japanese.EUCJP, false
	case 54936:
		return simplifiedchinese.GB18030, false
	}
	return nil, false
}

// statefulEncoding returns the encoding of a page in which escapes change the meaning of what follows.
func statefulEncoding(cp int) encoding.Encoding {
	switch cp {
	case 50220, 50221, 50222:
		return japanese.ISO2022JP
	case 52936:
		return simplifiedchinese.HZGB2312
	}
	return nil
}

// differs reports whether the character at the front of b is one that golang.org/x/text reads otherwise than Windows:
// its Big5 has Hong Kong's characters where page 950 has those of its users, its GBK has what later editions added.
func differs(cp int, b []byte) bool {
	if len(b) < 2 {
		return false
	}
	lead, trail := b[0], b[1]
	switch cp {
	case 950:
		switch {
		case lead >= 0x87 && lead <= 0xA0, lead == 0xC7, lead == 0xC8, lead >= 0xFA && lead <= 0xFE:
			return true
		case lead == 0xA3:
			return trail >= 0xC0 && trail <= 0xE0
		case lead == 0xC6:
			return trail >= 0xA1
		case lead == 0xF9:
			return trail >= 0xD6
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
	}
	return false
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
		switch {
		case lead == 0xA0:
			return 0xA0, 1
		case lead >= 0xFD:
			return 0xF8F1 + rune(lead-0xFD), 1
		case lead >= 0xF0 && lead <= 0xF9 && trail >= 0x40 && trail != 0x7F && trail <= 0xFC:
			return 0xE000 + rune(lead-0xF0)*188 + column(trail), 2
		}
	case 936:
		switch {
		case lead >= 0xAA && lead <= 0xAF && trail >= 0xA1 && trail <= 0xFE:
			return 0xE000 + rune(lead-0xAA)*94 + rune(trail-0xA1), 2
		case lead >= 0xF8 && lead <= 0xFE && trail >= 0xA1 && trail <= 0xFE:
			return 0xE234 + rune(lead-0xF8)*94 + rune(trail-0xA1), 2
		case lead >= 0xA1 && lead <= 0xA7 && trail >= 0x40 && trail != 0x7F && trail <= 0xA0:
			return 0xE4C6 + rune(lead-0xA1)*96 + column(trail), 2
		}
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
