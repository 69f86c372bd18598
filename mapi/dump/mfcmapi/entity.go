package mfcmapi

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// maxEntity is the length of the longest character reference that is recognised: "&#x0010FFFF;".
const maxEntity = 12

// maxSwitches is how often the text may change from escaped to raw and back: each change moves a block of it.
const maxSwitches = 4096

// escaped switches to reading the text as HTML that was escaped once, from the index i of rest on.
func (w *window) escaped(i int) {
	at := w.at(i)
	w.place(at)
	cut := w.pos + i
	w.tail = append(w.tail[:0], w.buf[cut:]...)
	w.tailSegs = w.tailSegs[:0]
	w.switched++
	for _, g := range w.segs {
		g.text -= at
		w.tailSegs = append(w.tailSegs, g)
	}
	w.buf = w.buf[:cut]
	w.src.marks = append(w.src.marks, mark{text: at, file: w.segs[0].file, what: markEntities})
	w.segs = w.segs[:1]
	w.entities = true
	w.unescape(w.src.eof && w.src.have == 0)
}

// unescape moves text from tail to buf. What may be the beginning of a character reference stays, unless it is the
// end. A property or a document in raw markup ends what is escaped: from there on the text is taken as it is.
func (w *window) unescape(end bool) {
	t := w.tail
	done := 0
	for done < len(t) {
		i, ok := special(t[done:], end)
		w.plain(done, done+i)
		done += i
		if !ok {
			break
		}
		if t[done] == '<' {
			w.entities = false
			w.raw = w.base + int64(len(w.buf))
			w.plain(done, len(t))
			done = len(t)
			break
		}
		s, n := entity(t[done:])
		if n == 0 {
			w.plain(done, done+1)
			done++
			continue
		}
		g := w.tailAt(done)
		w.segs = append(w.segs, segment{w.base + int64(len(w.buf)), g.file, segPinned})
		w.buf = append(w.buf, s...)
		done += n
	}
	w.tailAt(done)
	w.tail = t[:copy(t, t[done:])]
	for i := range w.tailSegs {
		w.tailSegs[i].text -= int64(done)
	}
}

// special returns the index in t of the first character reference there may be, or of the first tag that only raw
// markup has. Where there is none, ok is false and what follows the index may be the beginning of one.
func special(t []byte, end bool) (i int, ok bool) {
	for {
		k := bytes.IndexAny(t[i:], "&<")
		if k < 0 {
			return len(t), false
		}
		i += k
		switch {
		case len(t)-i < maxEntity && !end:
			return i, false
		case t[i] == '&' || rawTag(t[i:]):
			return i, true
		}
		i++
	}
}

// rawTag reports whether d begins with a tag that begins a document or a property.
func rawTag(d []byte) bool {
	if bytes.HasPrefix(d, []byte("<?xml ")) {
		return true
	}
	const open = "<property"
	return len(d) > len(open) && bytes.EqualFold(d[:len(open)], []byte(open)) && blank(d[len(open):]) > 0
}

// plain moves the text from a to b of tail to buf as it is.
func (w *window) plain(a, b int) {
	for a < b {
		g := w.tailAt(a)
		end := b
		if len(w.tailSegs) > 1 {
			end = min(b, int(w.tailSegs[1].text))
		}
		w.segs = append(w.segs, segment{w.base + int64(len(w.buf)), g.file, g.kind})
		w.buf = append(w.buf, w.tail[a:end]...)
		a = end
	}
}

// tailAt makes the first of tailSegs begin at the index i of tail and returns it.
func (w *window) tailAt(i int) segment {
	k := 0
	for k+1 < len(w.tailSegs) && w.tailSegs[k+1].text <= int64(i) {
		k++
	}
	w.tailSegs = w.tailSegs[k:]
	if len(w.tailSegs) == 0 {
		return segment{}
	}
	g := &w.tailSegs[0]
	if int64(i) > g.text {
		g.file += g.stored(w.tail[g.text:i])
		g.text = int64(i)
	}
	return *g
}

// entity returns the text of the character reference at the front of b, and its length; 0 if there is none.
func entity(b []byte) (string, int) {
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(b[1:end])
	if name[0] == '#' {
		digits, base := name[1:], 10
		if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", 0
		}
		return string(rune(n)), end + 1
	}
	s, ok := entityName(name)
	if !ok {
		return "", 0
	}
	return s, end + 1
}

func entityName(name string) (string, bool) {
	switch name {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	case "nbsp":
		return "\u00A0", true
	case "shy":
		return "\u00AD", true
	case "ldquo":
		return "\u201C", true
	case "rdquo":
		return "\u201D", true
	case "lsquo":
		return "\u2018", true
	case "rsquo":
		return "\u2019", true
	case "hellip":
		return "\u2026", true
	case "ndash":
		return "\u2013", true
	case "mdash":
		return "\u2014", true
	}
	return "", false
}
