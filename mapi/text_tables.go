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
