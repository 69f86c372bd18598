package rtf

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Encapsulation says what RTF was made of: [MS-OXRTFEX] 2.1.3.
type Encapsulation uint8

// What there is. The zero value is RTF that says nothing of the kind.
const (
	Native    Encapsulation = iota // RTF and nothing else
	HTML                           // \fromhtml1: HTML, with its tags in \htmltag
	PlainText                      // \fromtext
)

// String returns "native", "html" or "text".
func (e Encapsulation) String() string {
	switch e {
	case Native:
		return "native"
	case HTML:
		return "html"
	case PlainText:
		return "text"
	}
	return fmt.Sprintf("encapsulation(%d)", uint8(e))
}

// Body is what RTF was made of, by [MS-OXRTFEX] 2.2.3. It is plain data.
type Body struct {
	Encapsulation Encapsulation
	Text          string // HTML or plain text, in UTF-8; of native RTF the text that is in it, without its formatting
	CodePage      int    // of the document: what \ansicpg, or \ansi, \mac, \pc or \pca stand for
}

const (
	maxTokens = 10  // how far into the RTF the word is looked for that says what it was made of
	maxDepth  = 256 // of groups
)

// Deencapsulate takes HTML or plain text out of RTF that was made of it, and the text out of any other. It never fails, and
// returns what it found on the way, in the order of offsets, which are those in the RTF. Of what happens again and again the
// first is a finding, and says how often. Time and memory are in proportion to the RTF.
//
// Line ends are CR LF. HTML is returned as it was written: what it says of its own encoding is about the bytes it had once.
func Deencapsulate(rtf []byte) (*Body, []diag.Finding) {
	c := converter{in: rtf, form: encapsulation(rtf), page: ansi, group: group{uc: 1, font: noFont}, fonts: map[int32]int{}}
	c.out = make([]byte, 0, len(rtf)/2)
	c.document()
	return &Body{Encapsulation: c.form, Text: string(c.out), CodePage: c.page}, c.findings()
}

// encapsulation looks into the first tokens of RTF.
func encapsulation(rtf []byte) Encapsulation {
	c := converter{in: rtf}
	for tokens := 0; tokens < maxTokens && c.p < len(rtf); {
		switch rtf[c.p] {
		case '{':
			c.p++
			tokens++
		case '\r', '\n', 0:
			c.p++
		case '\\':
			w, ok := c.word()
			switch {
			case !ok, w.name == "fonttbl":
				return Native
			case w.name == "fromtext":
				return PlainText
			case w.name == "fromhtml":
				if w.has && w.n == 1 {
					return HTML
				}
			}
			tokens++
		default:
			return Native
		}
	}
	return Native
}

// note is a finding, or many of one kind.
type note struct {
	diag.Finding
	more int
}

// find notes something about the n bytes at the offset at. What was noted before is counted.
func (c *converter) find(s diag.Severity, code diag.Code, at, n int, format string, args ...any) {
	if c.counted(code) {
		return
	}
	c.notes = append(c.notes, note{Finding: diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: at, Len: n}, Path: "RTF", Msg: fmt.Sprintf(format, args...)}})
}

// counted counts what was noted before.
func (c *converter) counted(code diag.Code) bool {
	for i := range c.notes {
		if c.notes[i].Code == code {
			c.notes[i].more++
			return true
		}
	}
	return false
}

// findings returns what was found.
func (c *converter) findings() []diag.Finding {
	r := diag.New("rtf", nil, catalogue)
	for _, n := range c.notes {
		if n.more > 0 {
			n.Msg += fmt.Sprintf("; and %d more", n.more)
		}
		r.Add(n.Finding)
	}
	return slices.Collect(r.Findings())
}
