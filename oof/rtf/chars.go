package rtf

import (
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

const (
	ansi        = 1252
	symbol      = 42
	unknownPage = -1
)

// charsetPage returns the code page of \fcharset, 0 for that of the document.
func charsetPage(charset int32) int {
	switch charset {
	case 0:
		return ansi
	case 1:
		return 0
	case 2:
		return symbol
	case 77:
		return 10000
	case 128:
		return 932
	case 129:
		return 949
	case 130:
		return 1361
	case 134:
		return 936
	case 136:
		return 950
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177:
		return 1255
	case 178:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	case 254, 255:
		return 437
	}
	return unknownPage
}

// visible reports whether text where p is becomes text of the result. In HTML and plain text nothing is hidden.
func (c *converter) visible() bool {
	return c.deep == 0 && !c.htmlrtf && (c.dest == tag || c.dest == shown && (!c.hidden || c.form != Native))
}

// text takes bytes of text, which stand at the offset at. What makes a character may come in pieces.
func (c *converter) text(b []byte, at int) {
	if len(b) == 0 {
		return
	}
	if !c.visible() {
		if c.hidden && c.dest == shown && c.form == Native {
			c.find(diag.Info, HiddenText, at, len(b), "is hidden text, which was not taken")
		}
		return
	}
	if len(c.run) == 0 {
		c.runAt = at
		if page := c.currentPage(); asciiIn(page) && isASCII(b) {
			c.pair()
			c.ascii(b)
			return
		}
	}
	c.run = append(c.run, b...)
}

func isASCII(b []byte) bool {
	for _, v := range b {
		if v >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asciiIn reports whether ASCII is ASCII in a page, wherever it stands.
func asciiIn(page int) bool {
	switch page {
	case 437, 850, 874, 932, 936, 949, 950, 1361, 10000, 20127, 28591, 54936, 65001:
		return true
	}
	return page >= 1250 && page <= 1258
}

// currentPage returns the code page of text where p is. In a tag that is the one of the document.
func (c *converter) currentPage() int {
	if c.dest == tag {
		return c.page
	}
	font := c.font
	if font == noFont {
		font = c.deff
	}
	switch page := c.fonts[font]; page {
	case 0, unknownPage:
		return c.page
	default:
		return page
	}
}

// flush decodes the run of bytes that has come to its end.
func (c *converter) flush() {
	if len(c.run) == 0 {
		return
	}
	run, page := c.run, c.currentPage()
	c.run = c.run[:0]
	c.pair()
	switch {
	case asciiIn(page) && isASCII(run):
		c.ascii(run)
	case page == symbol:
		for _, b := range run {
			c.out = utf8.AppendRune(c.out, 0xF000+rune(b))
		}
	case c.single(run, page):
	default:
		c.decode(run, page)
	}
	if !isASCII(run) && c.dest == shown {
		c.checkFont()
	}
}

// checkFont says that the page of the document was used for a font that has none.
func (c *converter) checkFont() {
	if c.font == noFont {
		return
	}
	if page, ok := c.fonts[c.font]; !ok || page == unknownPage {
		c.find(diag.Warning, FontPage, c.runAt, max(c.p-c.runAt, 0), "is in the font %d, whose code page is not known; read as %d, that of the document", c.font, c.page)
	}
}

// single decodes a run in one of the pages of Windows whose characters are bytes. It reports false where something is
// wrong, and then has done nothing.
func (c *converter) single(run []byte, page int) bool {
	if page < 1250 || page > 1258 {
		return false
	}
	table := &c.tables[page-1250]
	if table[0] == 0 {
		var upper [128]byte
		for i := range upper {
			upper[i] = byte(i + utf8.RuneSelf)
		}
		text, _, _ := mapi.DecodeString8(upper[:], page) // what cannot be read is U+FFFD
		copy(table[:], []rune(text))
	}
	n := len(c.out)
	for _, b := range run {
		r := rune(b)
		if b >= utf8.RuneSelf {
			if r = table[b-utf8.RuneSelf]; r == utf8.RuneError {
				c.out = c.out[:n]
				return false
			}
		}
		c.escaped(r)
	}
	return true
}

// decode decodes a run in any page, and says what could not be.
func (c *converter) decode(run []byte, page int) {
	text, damaged, err := mapi.DecodeString8(run, page)
	if damaged > 0 || err != nil {
		c.damage(run, page)
	}
	for _, r := range text {
		c.escaped(r)
	}
}

// damage says what package mapi has to say about a run, as something about all of the run.
func (c *converter) damage(run []byte, page int) {
	_, found := mapi.String8{Raw: run, CodePage: page}.Text()
	for _, f := range found {
		if c.counted(f.Code) {
			continue
		}
		f.Path, f.Span = "RTF", diag.Span{Offset: c.runAt, Len: max(c.p-c.runAt, 0)}
		c.notes = append(c.notes, note{Finding: f})
	}
}

// escapes reports whether what is written is text of HTML, in which some characters are none.
func (c *converter) escapes() bool { return c.form == HTML && c.dest == shown }

func (c *converter) ascii(b []byte) {
	if !c.escapes() {
		c.out = append(c.out, b...)
		return
	}
	for _, v := range b {
		c.escaped(rune(v))
	}
}

// escaped writes a character of a run.
func (c *converter) escaped(r rune) {
	if c.escapes() {
		switch r {
		case '&':
			c.out = append(c.out, "&amp;"...)
			return
		case '<':
			c.out = append(c.out, "&lt;"...)
			return
		case '>':
			c.out = append(c.out, "&gt;"...)
			return
		}
	}
	c.out = utf8.AppendRune(c.out, r)
}

// put writes a character that is no part of a run.
func (c *converter) put(r rune) {
	c.pair()
	c.escaped(r)
}

// char writes a character that has a control word or symbol of its own.
func (c *converter) char(r rune, entity string) {
	c.flush()
	if !c.visible() {
		return
	}
	c.pair()
	if entity != "" && c.escapes() {
		c.out = append(c.out, entity...)
		return
	}
	c.out = utf8.AppendRune(c.out, r)
}

// line ends a line.
func (c *converter) line() {
	c.flush()
	if c.visible() {
		c.pair()
		c.out = append(c.out, '\r', '\n')
	}
}

// pair gives up on the half of a surrogate pair whose other half did not come.
func (c *converter) pair() {
	if c.high != 0 {
		c.find(diag.Error, LoneSurrogate, c.half, 2, "is the surrogate U+%04X without the other of its pair", c.high)
		c.out = utf8.AppendRune(c.out, utf8.RuneError)
		c.high = 0
	}
}
