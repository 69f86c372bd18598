package pffexport

import (
	"bytes"
	"strconv"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// perLine is how many bytes pffexport writes in a line.
const perLine = 16

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

// isOffset reports whether a line that begins so, before its colon, is one of a dump: hex, with 0x or of four digits or
// more.
func isOffset(b []byte) bool {
	if digits, ok := bytes.CutPrefix(b, []byte("0x")); ok {
		b = digits
	} else if len(b) < 4 {
		return false
	}
	for _, c := range b {
		if nibble(c) == notHex {
			return false
		}
	}
	return len(b) > 0 && len(b) <= 16
}

// dump reads a line of a dump: the offset is before the colon, bytes and text behind it.
func (r *Reader) dump(offset, rest []byte) {
	e := &r.e
	if !e.labelled {
		e.labelled = true
		e.find(diag.Warning, NoLabel, "has bytes, and no line Value before them")
	}
	e.filled = true
	b, column, ok := parseStrict(r.row[:0], rest)
	if !ok || len(column) == 0 && r.columns {
		b, column, ok = parseLoose(rest)
	}
	at, err := strconv.ParseUint(string(bytes.TrimPrefix(offset, []byte("0x"))), 16, 64)
	switch {
	case e.stopped:
		e.left += len(b)
		return
	case err != nil || at != uint64(r.buf.Len()+e.lost):
		e.stopped, e.broken = true, true
		e.left += len(b)
		e.find(diag.Error, Offset, "has a line at offset %s on line %d, where 0x%08X must come: bytes are missing, or a line is there twice", offset, r.src.Number, r.buf.Len())
		return
	}
	before := r.buf.Len()
	if n := min(len(b), r.maxValue-before); n >= 0 {
		r.buf.Add(b[:n]...)
		e.lost += len(b) - n
	}
	e.full, e.column = len(b) == perLine, false
	switch {
	case !ok:
		e.stopped, e.broken = true, true
		e.find(diag.Error, BadLine, "has something else than bytes on line %d, after %d of them: %s", r.src.Number, r.buf.Len(), excerpt(rest))
	case len(column) == 0:
		if r.columns {
			e.stopped, e.broken = true, true
			e.find(diag.Error, Cut, "breaks off on line %d, after %d bytes: the column of text is missing", r.src.Number, r.buf.Len())
		}
	default:
		r.columns = true
		r.compare(b, column, before)
	}
}

// parseStrict reads the rest of a line as pffexport writes it: bytes at their columns, one blank more after the eighth, two
// before the text. It appends the bytes before the first that is not there to b.
func parseStrict(b, rest []byte) (_, column []byte, ok bool) {
	if len(rest) == 0 || rest[0] != ' ' {
		return b, nil, false
	}
	rest = rest[1:]
	for i := range perLine {
		at := 3 * i
		if i >= perLine/2 {
			at++
		}
		if at >= len(rest) || rest[at] == ' ' {
			break
		}
		if at+1 == len(rest) || nibble(rest[at]) == notHex || nibble(rest[at+1]) == notHex || at+2 < len(rest) && rest[at+2] != ' ' {
			return b, nil, false
		}
		b = append(b, nibble(rest[at])<<4|nibble(rest[at+1]))
	}
	const text = 3*perLine + 1 + 2
	end := min(3*len(b)+len(b)/(perLine/2+1), len(rest))
	if gap := rest[end:min(text, len(rest))]; len(b) == 0 || len(bytes.TrimLeft(gap, " ")) > 0 {
		return b, nil, false
	}
	return b, rest[min(text, len(rest)):], true
}

// parseLoose reads the rest of a line in which blanks were lost or have become tabs. The text begins where it agrees with
// the bytes before it, or behind a wide gap. It reports false where something else stands there.
func parseLoose(rest []byte) (b, column []byte, ok bool) {
	for len(b) < perLine {
		next := bytes.TrimLeft(rest, " \t")
		if len(b) > 0 && len(rest)-len(next) > 2 || agrees(b, next) { // the text may look like bytes
			return b, next, len(b) > 0
		}
		if rest = next; len(rest) < 2 || nibble(rest[0]) == notHex || nibble(rest[1]) == notHex || len(rest) > 2 && rest[2] != ' ' && rest[2] != '\t' {
			return b, nil, len(b) > 0 && len(rest) == 0
		}
		b = append(b, nibble(rest[0])<<4|nibble(rest[1]))
		rest = rest[2:]
	}
	return b, bytes.TrimSpace(rest), true
}

// textOf returns the column of text of some bytes.
func textOf(b []byte) []byte {
	var text []byte
	for i, c := range b {
		if i == perLine/2 {
			text = append(text, ' ')
		}
		if c < ' ' || c > '~' {
			c = '.'
		}
		text = append(text, c)
	}
	return text
}

// agrees reports whether text is the column of b, whatever has become of its blanks.
func agrees(b, text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && bytes.Equal(squeeze(textOf(b)), squeeze(text))
}

func squeeze(text []byte) []byte { return bytes.Join(bytes.Fields(text), nil) }

// isText reports whether text is the column of b, to the byte; a blank at its end may be there or not.
func isText(b, text []byte) bool {
	for i, c := range b {
		if i == perLine/2 {
			if len(text) == 0 || text[0] != ' ' {
				return false
			}
			text = text[1:]
		}
		if c < ' ' || c > '~' {
			c = '.'
		}
		if len(text) == 0 || text[0] != c {
			return false
		}
		text = text[1:]
	}
	return len(text) == 0 || len(text) == 1 && text[0] == ' '
}

// compare holds the bytes of a line, of which before stand in others, to its column of text.
func (r *Reader) compare(b, column []byte, before int) {
	e := &r.e
	if isText(b, column) {
		e.column = true
		return
	}
	want := textOf(b)
	if agrees(b, column) || len(bytes.TrimSpace(want)) == 0 && len(bytes.TrimSpace(column)) == 0 {
		e.column = true
		return
	}
	if short := bytes.TrimRight(column, " "); len(short) < len(bytes.TrimRight(want, " ")) && bytes.HasPrefix(want, short) {
		e.stopped, e.broken = true, true
		e.find(diag.Error, Cut, "breaks off on line %d, in the column of text: there may have been more than %d bytes", r.src.Number, before+len(b))
		return
	}
	first := -1
	for i, c := range b {
		at := i
		if i >= perLine/2 {
			at++
		}
		if at < len(column) && column[at] == want[at] {
			continue
		}
		if first < 0 {
			first = i
		}
		if e.differs++; e.differs > 1 {
			continue
		}
		shown := "nothing"
		if at < len(column) {
			shown = strconv.QuoteRune(rune(column[at]))
		}
		f := note(diag.Error, Column, e.path(), "is %02X on line %d, and the column of text shows %s", c, r.src.Number, shown)
		f.Span = diag.Span{Offset: before + i, Len: 1}
		e.findings = append(e.findings, f)
	}
	if first < 0 {
		e.differs++
		if e.differs == 1 {
			e.find(diag.Error, Column, "has %d bytes on line %d, and the column of text has more: %s", len(b), r.src.Number, excerpt(column))
		}
	}
}
