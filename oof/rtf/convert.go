package rtf

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// destination is what becomes of the text of a group.
type destination uint8

const (
	shown  destination = iota // it is text
	tag                       // it is a piece of HTML
	fonts                     // it is the table of fonts
	passed                    // it is no text
)

// group is what ends with a group, and is as before after it.
type group struct {
	dest    destination
	htmlrtf bool  // nothing is taken
	hidden  bool  // \v
	font    int32 // \f, or noFont for that of \deff
	uc      int32 // what stands for a character of \u, for readers that do not know it
}

const noFont = -1

// converter reads RTF once, from the front to the back.
type converter struct {
	in    []byte
	p     int
	form  Encapsulation
	out   []byte
	group         // that p is in
	outer []group // around that
	deep  int     // groups within that, of which nothing is taken

	page    int           // of the document
	says    bool          // \ansicpg said so
	deff    int32         // the font where no \f is
	fonts   map[int32]int // code page by font; 0 where it is that of the document, unknownPage where nobody knows
	defined int32         // the font that the table is about

	star  bool // \* came before
	skip  int32
	run   []byte // of text in a code page
	runAt int
	high  rune // the first half of a surrogate pair
	half  int  // where that is

	tables [9][128]rune // the upper halves of the pages from 1250 on, once they are needed
	notes  []note
}

// document reads all there is.
func (c *converter) document() {
	if !bytes.HasPrefix(c.in, []byte(`{\rtf`)) {
		c.find(diag.Error, BadRTF, 0, min(len(c.in), 5), `begins with %q, must begin with "{\\rtf"`, c.in[:min(len(c.in), 5)])
	}
	if c.form == Native {
		c.find(diag.Info, NativeRTF, 0, min(len(c.in), 5), "says neither \\fromhtml1 nor \\fromtext: the text is taken, and all else is not")
	}
	ended := false
	for c.p < len(c.in) && !ended {
		ended = c.token()
	}
	c.flush()
	c.pair()
	if rest := bytes.Trim(c.in[c.p:], "\x00\r\n "); len(rest) > 0 {
		at := c.p + bytes.Index(c.in[c.p:], rest)
		c.find(diag.Warning, TextAfterEnd, at, len(rest), "%d bytes follow the last group", len(rest))
	}
	if n := len(c.outer) + c.deep; n > 0 && !ended {
		c.find(diag.Warning, UnclosedGroup, len(c.in), 0, "ends before its groups do, %d of them", n)
	}
}

// token reads one token, or text up to the next. It reports whether that was the end of the last group.
func (c *converter) token() (ended bool) {
	switch b := c.in[c.p]; b {
	case '{':
		c.open()
	case '}':
		return c.close()
	case '\\':
		c.control()
	case '\r', '\n', 0:
		c.p++
	default:
		c.star = false
		n := bytes.IndexAny(c.in[c.p:], "{}\\\r\n\x00")
		if n < 0 {
			n = len(c.in) - c.p
		}
		at := c.p
		c.p += n
		skipped := min(int(c.skip), n)
		c.skip -= int32(skipped)
		c.text(c.in[at+skipped:c.p], at+skipped)
	}
	return false
}

func (c *converter) open() {
	c.flush()
	c.star, c.skip = false, 0
	switch {
	case c.deep > 0:
		c.deep++
	case len(c.outer) == maxDepth:
		c.deep = 1
		c.find(diag.Error, TooDeep, c.p, 1, "is the group %d in one another: nothing is taken of it", maxDepth+1)
	default:
		c.outer = append(c.outer, c.group)
	}
	c.p++
}

func (c *converter) close() (ended bool) {
	c.flush()
	c.star, c.skip = false, 0
	if len(c.outer) == 0 {
		return true // one too many: what follows is said to do so
	}
	c.p++
	if c.deep > 0 {
		c.deep--
		return false
	}
	c.group = c.outer[len(c.outer)-1]
	c.outer = c.outer[:len(c.outer)-1]
	return len(c.outer) == 0
}

// control reads what begins with a backslash.
func (c *converter) control() {
	at := c.p
	w, ok := c.word()
	if !ok {
		c.symbol()
		return
	}
	star := c.star
	c.star = false
	if c.skip > 0 {
		c.skip--
	} else {
		c.flush()
		if c.deep == 0 {
			c.obey(w, at, star)
		}
	}
	if w.name == "bin" {
		c.binary(w, at)
	}
}

// word is a control word.
type word struct {
	name string
	n    int32
	has  bool // a number
}

// word reads a control word, and the blank that ends it. What is too great a number becomes the greatest there is.
func (c *converter) word() (w word, ok bool) {
	p := c.p + 1
	for p < len(c.in) && isLetter(c.in[p]) {
		p++
	}
	if p == c.p+1 {
		return w, false
	}
	w.name = vocabulary[string(c.in[c.p+1:p])] // "" for all that mean nothing here
	negative := p+1 < len(c.in) && c.in[p] == '-' && isDigit(c.in[p+1])
	if negative {
		p++
	}
	n := int64(0)
	for ; p < len(c.in) && isDigit(c.in[p]); p++ {
		w.has = true
		n = min(n*10+int64(c.in[p]-'0'), 1<<31-1)
	}
	if w.n = int32(n); negative {
		w.n = -w.n
	}
	if p < len(c.in) && c.in[p] == ' ' {
		p++
	}
	c.p = p
	return w, true
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// binary passes over the bytes of \bin.
func (c *converter) binary(w word, at int) {
	n := int(max(w.n, 0))
	if left := len(c.in) - c.p; n > left {
		c.find(diag.Error, BinOverrun, at, len(c.in)-at, "%q counts more bytes than the %d that are left", c.in[at:min(c.p, at+16)], left)
		n = left
	}
	c.p += n
}

// symbol reads a backslash and what is no letter behind it.
func (c *converter) symbol() {
	at := c.p
	if c.p+1 == len(c.in) {
		c.p++
		return
	}
	b := c.in[c.p+1]
	c.p += 2
	star := c.star
	c.star = false
	if c.skip > 0 {
		c.skip--
		if b == '\'' {
			c.hex(at)
		}
		return
	}
	switch b {
	case '\'':
		if v, ok := c.hex(at); ok {
			c.text([]byte{v}, at)
		}
	case '\\', '{', '}':
		c.text(c.in[c.p-1:c.p], at)
	case '*':
		c.star = true
	case '~':
		c.char(0xA0, "&nbsp;")
	case '-':
		c.char(0xAD, "&shy;")
	case '_':
		c.char(0x2011, "")
	case '\t':
		c.char('\t', "")
	case '\r', '\n':
		c.line()
	default:
		c.star = star
	}
}

// hex reads the two digits behind \'.
func (c *converter) hex(at int) (byte, bool) {
	if c.p+2 <= len(c.in) {
		high, ok1 := digit(c.in[c.p])
		low, ok2 := digit(c.in[c.p+1])
		if ok1 && ok2 {
			c.p += 2
			return high<<4 | low, true
		}
	}
	c.find(diag.Warning, BadHex, at, min(4, len(c.in)-at), "%q has no two hexadecimal digits", c.in[at:min(at+4, len(c.in))])
	return 0, false
}

func digit(b byte) (byte, bool) {
	switch {
	case isDigit(b):
		return b - '0', true
	case b >= 'a' && b <= 'f':
		return b - 'a' + 10, true
	case b >= 'A' && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}
