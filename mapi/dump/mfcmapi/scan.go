package mfcmapi

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// stray counts text that stands outside of properties and means nothing here.
type stray struct {
	chars   int64
	at      int64 // offset in the file of the first
	excerpt string
	lpb     bool // it holds "lpb:"
}

// next looks for the next tag outside properties, and reads what it opens. It reports false at the end of the file.
func (r *Reader) next() bool {
	if len(r.w.src.marks) > maxNotes {
		r.takeMarks(r.w.at(0)) // lest they heap up where no property comes
	}
	d := r.w.rest()
	i := skipBlanks(d, 0)
	if i < len(d) && d[i] == '<' {
		r.w.skip(i) // nothing but blanks is before it
		return r.nextTag()
	}
	i = bytes.IndexByte(d, '<')
	if e := r.escapedAt(d, i); e >= 0 {
		if r.w.switched == maxSwitches {
			_, at := r.w.place(r.w.at(e))
			r.later(diag.Error, TooLong, "file", "changes from raw to escaped markup more than %d times; what is escaped from offset %d on is not read", maxSwitches, at)
			r.w.switched++
			return true
		}
		r.w.escaped(e)
		r.strayText(e)
		return true
	}
	if i < 0 {
		// Keep what may be the beginning of "&lt;property" or "lpb:".
		if n := len(d) - maxEntity - maxName; n > 0 {
			r.strayText(wholeRunes(d[:n]))
		}
		if r.w.more() {
			return true
		}
		r.strayText(len(r.w.rest()))
		return false
	}
	r.strayText(i)
	return r.nextTag()
}

// nextTag reads the tag outside properties that the window stands at, and what it opens.
func (r *Reader) nextTag() bool {
	r.w.need(maxTag)
	e, closing, n := tagAt(r.w.rest())
	switch {
	case e == elNone:
	case closing && !e.child():
		r.close(e)
		r.w.skip(n)
		r.skipTagEnd()
		return true
	case closing:
	case e == elProperty:
		if r.property(n) {
			return true
		}
	case e.child():
		if r.orphan(e, n) {
			return true
		}
	default:
		if r.open(e, n) {
			return true
		}
	}
	r.strayText(1)
	return true
}

// skipTagEnd skips what is left of a closing tag.
func (r *Reader) skipTagEnd() {
	d := r.w.rest()
	i := skipBlanks(d[:min(len(d), maxTag)], 0)
	if i < len(d) && d[i] == '>' {
		r.w.skip(i + 1)
	}
}

// escapedAt returns the index in d, before the tag at i, of a property whose markup was escaped as HTML, or -1.
func (r *Reader) escapedAt(d []byte, i int) int {
	if r.w.entities || r.w.at(0) < r.w.raw || r.w.switched > maxSwitches {
		return -1 // what was unescaped once is not unescaped again
	}
	if i >= 0 {
		d = d[:i]
	}
	for from := 0; ; {
		k := bytes.Index(d[from:], []byte("&lt;"))
		if k < 0 {
			return -1
		}
		from += k
		if name := d[from+4:]; len(name) >= 9 && bytes.EqualFold(name[:8], []byte("property")) && nameEndEscaped(name[8:]) ||
			bytes.HasPrefix(name, []byte("?xml ")) {
			return from
		}
		from += 4
	}
}

func nameEndEscaped(d []byte) bool { return blank(d) > 0 || bytes.HasPrefix(d, []byte("&nbsp;")) }

// strayText skips n characters outside properties, and counts those that are not blank.
func (r *Reader) strayText(n int) {
	d := r.w.rest()[:n]
	i := skipSpace(d)
	if i < n && string(d[i:]) != "\uFEFF" {
		if r.stray.chars == 0 {
			_, r.stray.at = r.w.place(r.w.at(i))
			r.stray.excerpt = excerpt(d[i:])
		}
		runes, _ := count(d[i:])
		r.stray.chars += runes
		r.stray.lpb = r.stray.lpb || bytes.Contains(d[i:], []byte("lpb:"))
	}
	r.w.skip(n)
}

// skipSpace returns the length of the blanks and byte order marks at the front of d.
func skipSpace(d []byte) int {
	i := 0
	for {
		i = skipBlanks(d, i)
		if !bytes.HasPrefix(d[i:], []byte("\uFEFF")) {
			return i
		}
		i += len("\uFEFF")
	}
}

func (r *Reader) endStray() {
	if r.stray.chars > 0 && r.records > 0 {
		r.later(diag.Info, StrayText, "file", "%d characters stand outside properties and were not read, first at offset %d: %q",
			r.stray.chars, r.stray.at, r.stray.excerpt)
	}
}

// sink takes the text of an element piece by piece.
type sink interface{ write(p []byte) }

// text is a sink that keeps what it gets, up to a limit.
type text struct {
	b     []byte
	limit int
	lost  int64 // bytes not kept
}

func (t *text) reset(limit int) { t.b, t.limit, t.lost = reuse(t.b), limit, 0 }

// reuse returns b empty, or nothing if it is too big to be kept.
func reuse(b []byte) []byte {
	if cap(b) > maxKept {
		return nil
	}
	return b[:0]
}

// extend returns b with room for n more bytes. It doubles, which for values of many megabytes moves less than append.
func extend(b []byte, n int) []byte {
	if cap(b)-len(b) < n {
		b = append(make([]byte, 0, max(2*cap(b), len(b)+n)), b...)
	}
	return b
}

func (t *text) write(p []byte) {
	if n := t.limit - len(t.b); n < len(p) {
		n = wholeRunes(p[:max(n, 0)])
		t.lost += int64(len(p) - n)
		t.limit = len(t.b) + n
		p = p[:n]
	}
	t.b = append(extend(t.b, len(p)), p...)
}

// content hands the text of the element e, whose opening tag was just read, to out. It ends at the closing tag, behind
// "]]>" where it began with "<![CDATA[". Anything else that belongs to a property does not end it as long as the closing
// tag still comes before another element of the same name opens: values may hold markup. It reports false where there
// is no end; then nothing behind it was read.
func (r *Reader) content(e element, out sink) bool {
	w := &r.w
	w.need(maxGap + 16)
	cdata := false
	if d := w.rest(); true {
		const open = "<![CDATA["
		i := skipBlanks(d[:min(len(d), maxGap)], 0)
		if len(d) >= i+len(open) && d[i] == '<' && (string(d[i:i+len(open)]) == open || bytes.EqualFold(d[i:i+len(open)], []byte(open))) {
			cdata = true
			w.skip(i + len(open))
		}
	}
	return !r.long && r.plainContent(e, cdata, out) || r.anyContent(e, cdata, out)
}

// anyContent is content behind the beginning of CDATA.
func (r *Reader) anyContent(e element, cdata bool, out sink) bool {
	w := &r.w
	i := 0
	for {
		d := w.rest()
		if k := bytes.IndexByte(d[i:], '<'); k >= 0 {
			i += k
		} else {
			i = len(d)
		}
		if i > maxPiece {
			n := wholeTags(d[:wholeRunes(d[:i-maxGap-8])])
			out.write(d[:n])
			w.skip(n)
			i -= n
			d = w.rest()
		}
		if len(d)-i < maxGap && w.more() {
			continue
		}
		if i >= len(d) {
			out.write(d)
			w.skip(len(d))
			return false
		}
		tag, closing, n := e, true, len(elementNames[e])+2
		if !e.closes(d[i:]) {
			tag, closing, n = tagAt(d[i:])
		}
		switch {
		case tag == e && closing:
			size := closeTag(d[i:], n)
			end := i
			if cdata {
				end = cdataEnd(d[:i])
			}
			if size > 0 && end >= 0 {
				out.write(d[:end])
				w.skip(i + size)
				return true
			}
		case suspicious(tag, closing) && w.at(i) >= r.contained && !r.lookAhead(i, e, cdata):
			d = w.rest()
			out.write(bytes.TrimRight(d[:i], " \t\r\n"))
			w.skip(i)
			return false
		}
		i++
	}
}

// plainContent is content for text without a '<', whose end is in the window and in the exporter's own spelling. It
// reports false for anything else, and has done nothing then.
func (r *Reader) plainContent(e element, cdata bool, out sink) bool {
	d := r.w.rest()
	i := bytes.IndexByte(d, '<')
	if i < 0 || i > maxPiece || len(d)-i < maxGap || !e.closes(d[i:]) {
		return false
	}
	end := i
	if cdata {
		if end -= len("]]>"); end < 0 || string(d[end:i]) != "]]>" {
			return false
		}
	}
	out.write(d[:end])
	r.w.skip(i + len("</>") + len(elementNames[e]))
	return true
}

// wholeTags returns the length of d without the beginning of a short tag at its end: a line break of a web page that a
// sink must see whole.
func wholeTags(d []byte) int {
	from := max(0, len(d)-maxBreak)
	if k := bytes.LastIndexByte(d[from:], '<'); k >= 0 && bytes.IndexByte(d[from+k:], '>') < 0 {
		return from + k
	}
	return len(d)
}

// suspicious reports whether a tag should not stand inside the text of an element.
func suspicious(e element, closing bool) bool {
	return e == elProperty || e == elXML || e.child() && !closing
}

// closeTag returns the length of the closing tag at the front of d whose "</name" has n bytes, 0 if it does not end.
func closeTag(d []byte, n int) int {
	n = skipBlanks(d[:min(len(d), n+maxGap)], n)
	if n < len(d) && d[n] == '>' {
		return n + 1
	}
	return 0
}

// cdataEnd returns the length of d without "]]>" and blanks at its end, -1 if it does not end so.
func cdataEnd(d []byte) int {
	end := len(d)
	for end > 0 && len(d)-end <= maxGap {
		switch c := d[end-1]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			end--
		case c == 0xA0 && end > 1 && d[end-2] == 0xC2:
			end -= 2
		default:
			if bytes.HasSuffix(d[:end], []byte("]]>")) {
				return end - 3
			}
			return -1
		}
	}
	return -1
}

// lookAhead reports whether the end of the element e comes behind the index j of rest before another e opens, and
// remembers where: no tag before that needs to be looked at again, which keeps the reading linear.
func (r *Reader) lookAhead(j int, e element, cdata bool) bool {
	for i := j; i-j < maxLook; i++ {
		d := r.w.rest()
		k := bytes.IndexByte(d[min(i, len(d)):], '<')
		if k < 0 {
			i = len(d) - 1
			if !r.w.more() {
				return false
			}
			continue
		}
		i += k
		for len(r.w.rest())-i < maxGap && r.w.more() {
		}
		d = r.w.rest()
		tag, closing, n := tagAt(d[i:])
		switch {
		case tag != e:
		case !closing:
			return false
		case closeTag(d[i:], n) > 0 && (!cdata || cdataEnd(d[:i]) >= 0):
			r.contained = r.w.at(i)
			return true
		}
	}
	return false
}

// parseHex32 reads a number of up to 32 bits in hex behind 0x, or Ox as some readers of screens make of it.
func parseHex32[T string | []byte](s T) (uint32, bool) {
	if len(s) > 2 && (s[0] == '0' || s[0] == 'O' || s[0] == 'o') && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	} else {
		return 0, false
	}
	if len(s) > 8 {
		return 0, false
	}
	var v uint32
	for i := 0; i < len(s); i++ {
		h := hexTable[s[i]]
		if h > 15 {
			return 0, false
		}
		v = v<<4 | uint32(h)
	}
	return v, true
}
