package mfcmapi

import (
	"bytes"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// charactersCounted reports whether the hex of a PtypString8 has as many bytes as its text has characters, although some
// take two bytes in whatever code page they are. Text counts a character beyond U+FFFF twice, as UTF-16 does.
//
// QUIRK: builds of MFCMAPI since 2019 count the characters and not the bytes, so that the hex ends early where they differ
// (TestShortened).
func charactersCounted(raw, text []byte) bool {
	units, wide := 0, 0
	for _, c := range string(text) {
		units++
		switch {
		case c > 0xFFFF:
			units++
		case c >= 0x2E80 && c <= 0x9FFF, c >= 0xAC00 && c <= 0xD7A3, c >= 0xF900 && c <= 0xFAFF, c >= 0xFF01 && c <= 0xFF5E:
			wide++
		}
	}
	return wide > 0 && units == len(raw)
}

// countedCharacters tells of that.
func (r *Reader) countedCharacters(raw []byte, path string) {
	r.p.short = true
	r.p.note(diag.Warning, ShortHex, diag.Span{Offset: len(raw)}, altPath(path), "has %d bytes, as many as the text has characters, some of which take two bytes in every code page: "+
		"the exporter counted characters, and the bytes end early; the text is whole", len(raw))
}

// pageOfText returns the first code page, other than Windows-1252, in which raw gives the text beside it, and how alike
// they are; 0 and like where there is none.
func pageOfText(raw, text []byte, like likeness) (int, likeness) {
	for _, page := range [...]int{1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874, 932, 936, 949, 950, 65001} {
		s, damaged, err := mapi.DecodeString8(raw, page)
		if damaged > 0 || err != nil {
			continue
		}
		if l := sameText([]byte(s), text, false); l == textEqual || l == textScrubbed {
			return page, l
		}
	}
	return 0, like
}

// agree keeps the code page in which 8-bit text is what stands beside it. In a list that must be one page for all.
func (p *property) agree(page int, like likeness) {
	good := like == textEqual || like == textScrubbed
	p.clashes = p.clashes || !good || p.agrees && p.page != page
	if good {
		p.agrees, p.page = true, page
	}
}

// beginning reports whether text is only the beginning of want, be it with a mark that something was left out, and how much
// of it that is.
func beginning(want, text []byte) (n int, ok bool) {
	end := bytes.TrimRight(text, " \r\n")
	for _, mark := range [...]string{"…", "...", "[snip]", "[…]", "[...]"} {
		if t, cut := bytes.CutSuffix(end, []byte(mark)); cut {
			text = t
			break
		}
	}
	if _, ok = compareFolded(want, text); !ok {
		return 0, false
	}
	return utf8.RuneCount(text), true
}
