package oof

import (
	"html"
	"strings"
	"unicode/utf8"
)

// htmlText returns HTML as plain text, with a line for every block of it, in one pass. It is for reading and comparing;
// no browser would lay a text out so.
func htmlText(s string) string {
	t := textMaker{}
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		t.text(s[:i])
		if s = s[i:]; s != "" {
			s = s[t.markup(s):]
		}
	}
	return trimText(string(t.b))
}

// textMaker makes text of markup.
type textMaker struct {
	b      []byte
	blank  bool    // a blank is due, if more comes in this line
	pre    int     // within this many elements that keep blanks
	failed [6]bool // marks that are not in the rest of the text: by to, and by hidden
}

// text appends text between tags, blanks folded.
func (t *textMaker) text(s string) {
	if s == "" {
		return
	}
	s = html.UnescapeString(s)
	if t.pre > 0 {
		t.b = append(t.b, s...)
		return
	}
	for len(s) > 0 {
		switch s[0] {
		case ' ', '\t', '\r', '\n', '\f':
			t.blank = true
			s = s[1:]
			continue
		}
		n := strings.IndexAny(s, " \t\r\n\f")
		if n < 0 {
			n = len(s)
		}
		if t.blank && len(t.b) > 0 && t.b[len(t.b)-1] != '\n' {
			t.b = append(t.b, ' ')
		}
		t.blank = false
		t.b = append(t.b, s[:n]...)
		s = s[n:]
	}
}

// markup passes over what begins with < and returns its length.
func (t *textMaker) markup(s string) int {
	switch {
	case strings.HasPrefix(s, "<!--"):
		return t.to(s, "-->", 0)
	case strings.HasPrefix(s, "<!") || strings.HasPrefix(s, "<?"):
		return t.to(s, ">", 1)
	}
	closing := strings.HasPrefix(s, "</")
	name := s[1:]
	if closing {
		name = s[2:]
	}
	n := 0
	for n < len(name) && n < maxName && (name[n]|0x20 >= 'a' && name[n]|0x20 <= 'z' || n > 0 && name[n] >= '0' && name[n] <= '9') {
		n++
	}
	if n == 0 { // no tag
		t.text("<")
		return 1
	}
	name = strings.ToLower(name[:n])
	end := tagEnd(s)
	t.tag(name, closing)
	if closing {
		return end
	}
	switch name {
	case "script":
		return end + t.hidden(s[end:], name, 2)
	case "style":
		return end + t.hidden(s[end:], name, 3)
	case "head":
		return end + t.hidden(s[end:], name, 4)
	case "title":
		return end + t.hidden(s[end:], name, 5)
	}
	return end
}

// to returns the length up to a mark. One that is missing once is not looked for again.
func (t *textMaker) to(s, mark string, which int) int {
	if !t.failed[which] {
		if i := strings.Index(s, mark); i >= 0 {
			return i + len(mark)
		}
		t.failed[which] = true
	}
	return len(s)
}

// tagEnd returns the length of a tag. A > within quotation marks does not end it.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '>':
			return i + 1
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		}
	}
	return len(s)
}

// hidden returns the length of what is in an element that is not text, up to its end tag. Without one, nothing is in it.
func (t *textMaker) hidden(s, name string, which int) int {
	for at := 0; !t.failed[which]; {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			t.failed[which] = true
			break
		}
		at += i
		if rest := s[at+2:]; len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return at
		}
		at += 2
	}
	return 0
}

// tag ends a line where a browser would.
func (t *textMaker) tag(name string, closing bool) {
	switch name {
	case "br":
		t.b = append(t.b, '\n')
		t.blank = false
	case "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "dl", "dt", "dd", "pre", "body", "center", "address":
		if n := len(t.b); n > 0 && t.b[n-1] != '\n' {
			t.b = append(t.b, '\n')
		}
		t.blank = false
	case "td", "th":
		t.blank = true
	}
	if name == "pre" {
		if closing {
			t.pre = max(0, t.pre-1)
		} else {
			t.pre++
		}
	}
}

// trimText takes blanks off the end of a text, and empty lines off its beginning.
func trimText(s string) string {
	s = strings.TrimRight(s, " \t\r\n\x00")
	for {
		line, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.TrimSpace(line) != "" {
			return s
		}
		s = rest
	}
}

// fold returns a text by which texts are compared: all blanks folded to one.
func fold(s string) string {
	b := make([]byte, 0, len(s))
	blank := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case ' ', '\t', '\r', '\n', '\f', '\v', 0, 0xA0, 0x200B, 0xFEFF:
			blank = true
		default:
			if blank && len(b) > 0 {
				b = append(b, ' ')
			}
			blank = false
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return string(b)
}
