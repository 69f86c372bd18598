package rtf

import (
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// vocabulary is every control word that means something here, and what it is to the rest of this file: destinations without
// text are one. It is never written to.
var vocabulary = vocabularyOf()

func vocabularyOf() map[string]string {
	all := map[string]string{}
	for _, name := range []string{"rtf", "fromhtml", "fromtext", "htmltag", "mhtmltag", "htmlrtf", "fonttbl", "ansi", "mac", "pc", "pca",
		"ansicpg", "deff", "f", "fcharset", "cpg", "u", "uc", "bin", "plain", "v", noText} {
		all[name] = name
	}
	for name := range characters {
		all[name] = name
	}
	for _, name := range withoutText {
		all[name] = noText
	}
	return all
}

const noText = "pict"

// withoutText are destinations whose text is none of the document's, though no \* says so. It is never written to.
var withoutText = []string{"colortbl", "stylesheet", "info", "object", "nonshppict", "header", "headerl", "headerr", "headerf",
	"footer", "footerl", "footerr", "footerf", "fldinst", "filetbl", "revtbl", "listtable", "listoverridetable", "xe", "tc",
	"bkmkstart", "bkmkend", "private", "rxe", "pn", "template", "themedata", "datastore", "generator", "atnid", "annotation"}

// character is what a control word stands for.
type character struct {
	r      rune   // '\n' for CR LF
	entity string // in HTML, if it is not written as it is
}

// characters are the control words that stand for characters. It is never written to.
var characters = map[string]character{
	"par": {'\n', ""}, "line": {'\n', ""}, "sect": {'\n', ""}, "page": {'\n', ""}, "row": {'\n', ""}, "softline": {'\n', ""},
	"tab": {'\t', ""}, "cell": {'\t', ""}, "nestcell": {'\t', ""}, "nestrow": {'\n', ""},
	"lquote": {0x2018, "&lsquo;"}, "rquote": {0x2019, "&rsquo;"}, "ldblquote": {0x201C, "&ldquo;"}, "rdblquote": {0x201D, "&rdquo;"},
	"bullet": {0x2022, "&bull;"}, "endash": {0x2013, "&ndash;"}, "emdash": {0x2014, "&mdash;"}, "enspace": {0x2002, "&ensp;"},
	"emspace": {0x2003, "&emsp;"}, "qmspace": {0x2005, ""}, "zwj": {0x200D, "&zwj;"}, "zwnj": {0x200C, "&zwnj;"},
	"zwbo": {0x200B, ""}, "ltrmark": {0x200E, "&lrm;"}, "rtlmark": {0x200F, "&rlm;"},
}

// obey does what a control word says. star says that \* came before.
func (c *converter) obey(w word, at int, star bool) {
	if star || c.destination(w.name) {
		c.enter(w.name, star)
		return
	}
	if c.dest == passed {
		return
	}
	switch w.name {
	case "ansi", "mac", "pc", "pca", "ansicpg", "deff":
		c.header(w)
	case "f":
		if c.dest == fonts {
			c.defined = w.n
			c.fonts[w.n] = 0
		} else {
			c.font = w.n
		}
	case "fcharset", "cpg":
		c.defineFont(w)
	case "htmlrtf":
		c.htmlrtf = !w.has || w.n != 0
	case "uc":
		c.uc = max(w.n, 0)
	case "u":
		c.unicode(w, at)
	case "plain":
		c.font, c.hidden = noFont, false
	case "v":
		c.hidden = !w.has || w.n != 0
	case "":
	default:
		switch ch := characters[w.name]; ch.r {
		case 0:
		case '\n':
			c.line()
		default:
			c.char(ch.r, ch.entity)
		}
	}
}

// destination reports whether a word changes what becomes of the text of its group.
func (c *converter) destination(name string) bool {
	switch name {
	case "fonttbl", "htmltag", "mhtmltag", noText:
		return true
	}
	return false
}

// enter changes what becomes of the text of a group. What cannot be shown stays so to the end of it. A destination that
// nobody knows is passed over if \* says that this may be done.
func (c *converter) enter(name string, star bool) {
	switch {
	case c.dest == passed:
	case name == "fonttbl":
		c.dest = fonts
	case name == "htmltag" && star && c.form == HTML:
		c.dest = tag
	default:
		c.dest = passed
	}
}

// header reads a word about the whole document.
func (c *converter) header(w word) {
	switch w.name {
	case "deff":
		c.deff = w.n
	case "ansicpg":
		if w.n > 0 {
			c.page, c.says = int(w.n), true
		}
	default:
		if !c.says {
			c.page = map[string]int{"ansi": ansi, "mac": 10000, "pc": 437, "pca": 850}[w.name]
		}
	}
}

// defineFont gives the font that the table is about a code page. \cpg is about the page and says more than \fcharset.
func (c *converter) defineFont(w word) {
	if c.dest != fonts {
		return
	}
	if w.name == "cpg" {
		c.fonts[c.defined] = int(max(w.n, 0))
	} else if c.fonts[c.defined] == 0 {
		c.fonts[c.defined] = charsetPage(w.n)
	}
}

// unicode reads \u, whose number is a signed one of 16 bits.
func (c *converter) unicode(w word, at int) {
	c.skip = c.uc
	if !w.has || w.n < -1<<15 || w.n >= 1<<16 {
		if c.visible() {
			c.find(diag.Error, BadUnicode, at, c.p-at, "%q has no number of 16 bits", c.in[at:min(c.p, at+16)])
			c.put(utf8.RuneError)
		}
		return
	}
	if !c.visible() {
		return
	}
	r := rune(uint16(w.n))
	switch {
	case r >= 0xD800 && r < 0xDC00:
		c.pair()
		c.high, c.half = r, at
	case r >= 0xDC00 && r < 0xE000:
		if c.high == 0 {
			c.high, c.half = r, at
			c.pair()
			return
		}
		c.out = utf8.AppendRune(c.out, (c.high-0xD800)<<10+(r-0xDC00)+0x10000)
		c.high = 0
	default:
		c.put(r)
	}
}
