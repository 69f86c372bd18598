package mfcmapi

import (
	"bytes"
	"unicode/utf8"
)

// window is the part of the decoded text that is being looked at. Text before pos is gone for the scanner; more brings
// in another block behind.
type window struct {
	src  *decoder
	buf  []byte
	pos  int   // index in buf of the next character
	base int64 // position in the text of buf[0]
	end  bool  // there is no more

	segs []segment // how buf lies in the file, the current one first

	lines   int   // line ends before counted
	counted int64 // position up to which they were counted

	entities bool      // text comes in as HTML, escaped once
	raw      int64     // where in the text it came in as it is again
	switched int       // how often that has changed
	tail     []byte    // what is not yet unescaped
	tailSegs []segment // how tail lies in the file, positions counted from its start
}

// rest returns the text not yet read.
func (w *window) rest() []byte { return w.buf[w.pos:] }

// at returns the position in the text of the index i of rest.
func (w *window) at(i int) int64 { return w.base + int64(w.pos+i) }

// skip takes n bytes off rest.
func (w *window) skip(n int) { w.pos += n }

// need tries to have n bytes in rest, and reports whether there are.
func (w *window) need(n int) bool {
	for len(w.buf)-w.pos < n {
		if !w.more() {
			return false
		}
	}
	return true
}

// more brings in another block. Slices of rest taken before are dead then. It reports false at the end of the file.
func (w *window) more() bool {
	if w.end {
		return false
	}
	if w.pos > len(w.buf)/2 {
		w.compact()
	}
	for n := len(w.buf); len(w.buf) == n; {
		if !w.load() {
			w.end = true
			return false
		}
	}
	return true
}

func (w *window) load() bool {
	text := w.base + int64(len(w.buf))
	var ok bool
	if !w.entities {
		w.buf, w.segs, ok = w.src.next(w.buf, text, w.segs)
		return ok
	}
	old := len(w.src.marks)
	var segs []segment
	w.tail, segs, ok = w.src.next(w.tail, int64(len(w.tail)), nil)
	w.tailSegs = append(w.tailSegs, segs...)
	for i := old; i < len(w.src.marks); i++ {
		w.src.marks[i].text = text // good enough: the mark is told with the next record
	}
	w.unescape(!ok)
	return ok || int64(len(w.buf)) > text-w.base
}

// compact forgets the text before pos.
func (w *window) compact() {
	w.lineAt(w.at(0))
	w.anchor(w.at(0))
	n := copy(w.buf, w.buf[w.pos:])
	w.base += int64(w.pos)
	w.buf = w.buf[:n]
	w.pos = 0
}

// lineAt returns the number, from 1, of the line at the position text, which never goes back.
func (w *window) lineAt(text int64) int {
	if text > w.counted {
		w.lines += bytes.Count(w.buf[w.counted-w.base:text-w.base], []byte{'\n'})
		w.counted = text
	}
	return w.lines + 1
}

// anchor makes the first segment begin at the position text, which never goes back.
func (w *window) anchor(text int64) {
	k := 0
	for k+1 < len(w.segs) && w.segs[k+1].text <= text {
		k++
	}
	w.segs = w.segs[:copy(w.segs, w.segs[k:])]
	if len(w.segs) > 0 {
		if g := &w.segs[0]; text > g.text {
			g.file += g.stored(w.buf[g.text-w.base : text-w.base])
			g.text = text
		}
	}
}

// plainFrom reports whether the way that the text lies in the file says that all between the position text, which is not
// before the current segment, and pos is ASCII.
func (w *window) plainFrom(text int64) bool {
	if len(w.segs) == 0 || w.segs[0].text > text {
		return false
	}
	for _, g := range w.segs {
		if g.text >= w.at(0) {
			break
		}
		if g.kind != seg2 {
			return false
		}
	}
	return true
}

// place returns the line and the offset in the file of the position text, which is in buf or at its end and never goes
// back.
func (w *window) place(text int64) (line int, file int64) {
	w.anchor(text)
	if len(w.segs) > 0 {
		file = w.segs[0].file
	}
	return w.lineAt(text), file
}

// stored returns how many bytes of the file the text b of the segment takes.
func (g segment) stored(b []byte) int64 {
	switch g.kind {
	case seg1:
		return int64(len(b))
	case seg2:
		return 2 * int64(len(b))
	case segPinned:
		return 0
	}
	runes, units := count(b)
	if g.kind == segRunes {
		return runes
	}
	return 2 * units
}

// count returns the number of characters of the WTF-8 text b, and of the UTF-16 code units they were.
func count(b []byte) (runes, units int64) {
	for len(b) > 0 {
		i := asciiLen(b)
		runes, units = runes+int64(i), units+int64(i)
		for b = b[i:]; len(b) > 0 && b[0] >= utf8.RuneSelf; b = b[1:] {
			if b[0]&0xC0 != 0x80 {
				runes++
				units++
			}
			if b[0] >= 0xF0 {
				units++
			}
		}
	}
	return runes, units
}
