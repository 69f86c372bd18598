package reg

import (
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

const notHex = 0xFF

// nibble returns the value of a hexadecimal digit, notHex for any other byte.
func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return notHex
}

// hexer reads a list of bytes: two digits each, and commas between them. A backslash at the end of a line says that the
// list goes on in the next.
type hexer struct {
	r      *Reader
	v      *value
	digits int  // of the byte that is being read
	byte   byte // what they come to
	comma  bool // the last byte has a comma behind it
	line   int  // lines read
	short  int  // bytes of one digit
	joined int  // lines whose backslash was lost
	lost   int  // bytes beyond the limit
}

func (r *Reader) hex(v *value) {
	v.form = formBytes
	h := hexer{r: r, v: v, line: 1}
	for h.readLine() {
	}
	v.raw = r.buf.Take()
	if h.short > 0 {
		v.find(diag.Warning, ShortByte, "has %d bytes of one digit between commas; read as if a 0 stood before it", h.short)
	}
	if h.joined > 0 {
		v.find(diag.Warning, LostBackslash, "goes on in another line behind a comma without a backslash, %d times", h.joined)
	}
	if h.lost > 0 {
		v.broken = true
		v.find(diag.Error, TooLong, "is longer than %d bytes; %d were left out", r.maxValue, h.lost)
	}
}

// readLine reads the rest of a line and goes to the next one that belongs to the list. It reports false where there is
// none.
func (h *hexer) readLine() bool {
	r := h.r
	for {
		h.triples()
		c, ok := r.peek()
		if !ok {
			return h.endLine()
		}
		r.at++
		n := nibble(c)
		switch {
		case n != notHex && h.digits < 2:
			h.byte, h.digits = h.byte<<4|n, h.digits+1
		case c == ' ' || c == '\t':
			if h.digits == 1 {
				if next, ok := r.blanks(); ok && nibble(next) != notHex {
					return h.bad(c)
				}
			}
		case c == ',' && (h.digits > 0 || !h.comma && r.buf.Len() > 0):
			h.end(true)
		case c == ';':
			return h.endLine()
		case c == '\\' && (h.digits == 0 || h.digits == 2):
			next, more := r.blanks()
			if more && next != ';' {
				return h.bad(c)
			}
			h.end(h.comma && h.digits == 0)
			return h.next()
		default:
			return h.bad(c)
		}
	}
}

// triples reads whole bytes and their commas, which is what nearly all lists are made of.
func (h *hexer) triples() {
	r := h.r
	if h.digits > 0 {
		return
	}
	for r.at+3 <= len(r.piece) && r.piece[r.at+2] == ',' {
		hi, lo := nibble(r.piece[r.at]), nibble(r.piece[r.at+1])
		if hi == notHex || lo == notHex {
			return
		}
		h.byte, h.digits = hi<<4|lo, 2
		h.end(true)
		r.at += 3
	}
}

// end takes the byte that was read, if any. Comma says what stands behind it.
func (h *hexer) end(comma bool) {
	if h.digits == 1 {
		h.short++
	}
	if h.digits > 0 {
		if h.r.buf.Len() < h.r.maxValue {
			h.r.buf.Add(h.byte)
		} else {
			h.lost++
		}
	}
	h.byte, h.digits, h.comma = 0, 0, comma
}

// endLine ends a line without a backslash: the list, unless a comma says that more was to come, and more comes.
func (h *hexer) endLine() bool {
	r := h.r
	switch {
	case h.digits == 1:
		h.v.broken = true
		h.v.find(diag.Error, HalfByte, "ends in half a byte, %d bytes before it, on line %d of the value", r.buf.Len(), h.line)
		return false
	case h.digits == 2 || !h.comma:
		h.end(false)
		if r.err == nil && r.src.End == "" {
			h.v.find(diag.Info, NoLineEnd, "is the last of the file, which has no line end: bytes may be missing")
		}
		return false
	}
	for r.line() {
		if c, ok := r.blanks(); !ok || c == ';' {
			continue
		}
		if startsList(r.piece[r.at:]) {
			h.line++
			h.joined++
			return true
		}
		r.held = true
		break
	}
	h.v.broken = true
	h.v.find(diag.Error, Cut, "breaks off behind a comma, after %d bytes, on line %d of the value", r.buf.Len(), h.line)
	return false
}

// startsList reports whether a line is one of a list and no words: two digits, and then a comma, a backslash or nothing.
func startsList(b []byte) bool {
	return len(b) >= 2 && nibble(b[0]) != notHex && nibble(b[1]) != notHex && (len(b) == 2 || b[2] == ',' || b[2] == '\\')
}

// next goes to the line behind a backslash. Blank lines and comments may stand before it.
func (h *hexer) next() bool {
	r := h.r
	for r.line() {
		h.line++
		c, ok := r.blanks()
		if !ok || c == ';' {
			continue
		}
		if nibble(c) != notHex || c == '\\' || c == ',' {
			return true
		}
		r.held = true
		break
	}
	h.v.broken = true
	h.v.find(diag.Error, Cut, "breaks off behind a backslash, after %d bytes: no list follows on line %d of the value", r.buf.Len(), h.line)
	return false
}

// bad stops at a byte that does not belong into a list, and passes over what is left of it.
func (h *hexer) bad(c byte) bool {
	r := h.r
	what := string(rune(c))
	if c >= utf8.RuneSelf {
		what = "a byte above 0x7F"
	}
	h.v.broken = true
	h.v.find(diag.Error, BadHex, "has %q where a byte of two digits or a comma must be, %d bytes before it, on line %d of the value", what, r.buf.Len(), h.line)
	for {
		last := byte(0)
		for c, ok := r.peek(); ok; c, ok = r.peek() {
			if r.at++; c != ' ' && c != '\t' {
				last = c
			}
		}
		if last != '\\' || !r.line() {
			return false
		}
		if c, ok := r.blanks(); ok && (c == '[' || c == '"' || c == '@') {
			r.held = true
			return false
		}
	}
}
