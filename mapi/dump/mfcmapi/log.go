package mfcmapi

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The debug log holds the same properties in markup, without a root, between lines of its own: lists of entry ids and of
// tags, what notifications were about, and, in builds before 2011, a line of text for each property. Each output begins
// with the thread, the time and the level where MFCMAPI was told so.

// logPrefix returns the length of "0x1a2c 10:11:12.123AM  05-05-2012 0x00000004: " at the front of line.
func logPrefix(line []byte) int {
	i := 0
	for _, part := range [...]struct {
		before string
		base   byte
		least  int
		most   int
	}{{"0x", 16, 1, 8}, {" ", 10, 1, 2}, {":", 10, 2, 2}, {":", 10, 2, 2}, {".", 10, 3, 3}, {"", 0, 0, 0}, {"  ", 10, 2, 2}, {"-", 10, 2, 2}, {"-", 10, 4, 4}, {" 0x", 16, 8, 8}} {
		if part.base == 0 {
			if rest := line[i:]; len(rest) < 2 || (rest[0] != 'A' && rest[0] != 'P') || rest[1] != 'M' {
				return 0
			}
			i += 2
			continue
		}
		if !bytes.HasPrefix(line[i:], []byte(part.before)) {
			return 0
		}
		i += len(part.before)
		n := digits(line[i:], part.base)
		if n < part.least || n > part.most {
			return 0
		}
		i += n
	}
	if !bytes.HasPrefix(line[i:], []byte(": ")) {
		return 0
	}
	return i + 2
}

// logBegin reports whether a log begins with d: a line before any markup is one of those that only logs have.
func logBegin(d []byte) bool {
	for len(d) > 0 {
		line, rest := firstLine(d)
		n := logPrefix(line)
		if n > 0 {
			return true
		}
		if bytes.IndexByte(line, '<') >= 0 {
			return false
		}
		if logLine(trim(line)) {
			return true
		}
		d = rest
	}
	return false
}

// logLine reports whether a line is one of those that only logs have.
func logLine(line []byte) bool {
	if _, ok := listBegin(line); ok {
		return true
	}
	_, _, tag := tagText(line)
	return tag || bytes.HasPrefix(line, []byte("lpEntryList->lpbin[")) || bytes.HasPrefix(line, []byte("lpNotifications[")) ||
		bytes.HasPrefix(line, []byte("Prop tag list, "))
}

// listBegin reads "Dumping 3 entry IDs.".
func listBegin(line []byte) (n int64, ok bool) {
	d, ok := bytes.CutPrefix(line, []byte("Dumping "))
	if !ok {
		return 0, false
	}
	k := digits(d, 10)
	n, good := parseCount(string(d[:k]))
	return n, good && bytes.HasPrefix(d[k:], []byte(" entry IDs."))
}

// logState is what the lines before say of those that come.
type logState struct {
	label  []byte // the line before, which says what the next one is
	claims int64  // entry ids that are to come, -1 where no list is open
	seen   int64
	open   bool // a property of text goes on

	// A line is looked at again behind each thing that was read from it, and its end is looked for once.
	end   int64 // position in the text
	whole bool  // that is the end of the line
}

// maxLabel is how much of a line is kept to say what the next one is.
const maxLabel = 120

// log reads a debug log.
func (r *Reader) log() {
	s := &logState{claims: -1}
	begin := true // of an output: a prefix may stand here
	for !r.done {
		var line []byte
		if at := r.w.at(0); at < s.end {
			line = r.w.rest()[:s.end-at]
		} else {
			line, s.whole = r.line()
			s.end = r.w.at(len(line))
		}
		if len(line) == 0 && s.whole {
			break
		}
		if n := logPrefix(line); begin && n > 0 {
			r.endOld(s)
			r.w.skip(n)
			continue
		}
		begin = r.logText(s, line, s.whole)
	}
	if !r.done {
		r.endOld(s)
		r.endList(s)
	}
}

// logText reads a line of a log, or the front of it, and reports whether it was read to its end.
func (r *Reader) logText(s *logState, line []byte, whole bool) bool {
	d := trim(trimEnd(line))
	_, rest, tag := tagText(d)
	switch n, list := listBegin(d); {
	case tag && bytes.HasPrefix(rest, []byte(", \"")):
		r.endOld(s)
		r.beginOld(s, line, whole, d)
		return true
	case s.open:
		into := &r.clipOther
		r.takeLine(line, whole, 0, into)
		if bytes.HasSuffix(trimEnd(into.b), []byte{'"'}) {
			r.endOld(s)
		}
		return true
	case list:
		r.endList(s)
		s.claims, s.seen = n, 0
	case bytes.HasPrefix(d, []byte("End dumping entry list.")):
		r.endList(s)
	default:
		if i := bytes.IndexByte(line, '<'); i >= 0 && !bytes.Contains(line[:i], []byte("cb:")) {
			s.label = s.label[:0]
			r.strayText(i)
			r.next()
			return false
		}
		if i, ok := countAt(line); ok {
			r.logBinary(s, line, i)
			return false
		}
		if r.logTag(line, whole, d) {
			return true
		}
	}
	if d = d[:wholeRunes(d[:min(len(d), maxLabel)])]; len(d) > 0 {
		s.label = append(s.label[:0], d...)
	}
	if !whole {
		// Its end may be the beginning of something, which the next look sees with what follows.
		if n := len(line) - maxHead; n > 0 {
			r.strayText(wholeRunes(line[:n]))
		}
		s.end = 0
		return false
	}
	r.strayText(len(line))
	return true
}

// countAt returns the index of "cb: N lpb:" in line.
func countAt(line []byte) (int, bool) {
	for at := 0; ; at += 3 {
		i := bytes.Index(line[at:], []byte("cb:"))
		if i < 0 {
			return 0, false
		}
		at += i
		if _, _, ok := cutCount(line[at:min(len(line), at+maxHead)]); ok {
			return at, true
		}
	}
}

// logBinary reads "cb: N lpb: HEX", which begins at the index at of its line.
func (r *Reader) logBinary(s *logState, line []byte, at int) {
	label := trim(line[:at])
	if len(label) == 0 {
		label = s.label
	}
	text := string(label[:wholeRunes(label[:min(len(label), maxLabel)])])
	s.label = s.label[:0]
	r.strayText(at)
	r.begin()
	h := &r.p.value.bytes
	h.reset(MaxBinary)
	line, whole := line[at:], s.whole
	rest, n, _ := cutCount(line)
	h.cb, h.state = n, hexDigits
	d := rest
	if word, null := cutWord(d, "NULL"); null {
		h.null = true
		d = word
		r.w.skip(len(line) - len(d))
	} else {
		r.w.skip(len(line) - len(d))
		for {
			k := digits(d, 16)
			h.read(d[:k])
			r.w.skip(k)
			if k < len(d) || whole {
				d = d[k:]
				break
			}
			d, whole = r.line()
		}
		if len(d) > 0 && blank(d) == 0 && d[0] != ';' && d[0] != ',' {
			h.state, h.stop = hexStop, string(d[:runeLen(d)])
		}
	}
	r.logRecord(s, text)
}

func runeLen(d []byte) int {
	n := 1
	for n < len(d) && d[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

func (r *Reader) logRecord(s *logState, label string) {
	p := &r.p
	rec := dump.Record{Source: r.source, Line: p.line, Offset: p.offset, Item: p.item}
	rec.Raw = r.hexBytes(&p.value, "Value")
	rec.Prop = mapi.Prop{Tag: mapi.TagOf(0, mapi.PtypBinary), Value: mapi.Binary(rec.Raw)}
	rec.Text = label
	p.note(diag.Info, LabelOnly, nowhere, "Value", "is bytes in a log behind %q, which does not say the property", label)
	s.seen++
	r.emitText(rec)
}

// endList compares a list of entry ids with what it said of itself.
func (r *Reader) endList(s *logState) {
	if s.claims >= 0 && s.claims != s.seen {
		r.later(diag.Error, ListCount, "entry list", "Dumping says %d entry ids, found %d", s.claims, s.seen)
	}
	s.claims = -1
}

// tagText reads "0x0037001F (PT_UNICODE): " from the front of a line.
func tagText(d []byte) (tag mapi.PropTag, rest []byte, ok bool) {
	const size = len("0x0037001F")
	if len(d) < size+5 || d[0] != '0' || d[1] != 'x' || digits(d[2:], 16) != 8 || d[size] != ' ' || d[size+1] != '(' {
		return 0, nil, false
	}
	v, _ := parseHex32(d[:size])
	word, _, ok := bytes.Cut(d[size+2:min(len(d), maxTag)], []byte{')'})
	if ok && (bytes.HasPrefix(word, []byte("PT_")) || isHex(string(word))) {
		// All up to the value, if there is one, is names.
		rest := d[size+2+len(word)+1:]
		if i := bytes.Index(rest[:min(len(rest), maxTag)], []byte(", \"")); i >= 0 {
			return mapi.PropTag(v), rest[i:], true
		}
		return mapi.PropTag(v), nil, true
	}
	return 0, nil, false
}

// logTag reads a line that names a property: "Prop: 3 = 0x0037001F (PT_UNICODE): PR_SUBJECT: (PR_SUBJECT_A)".
func (r *Reader) logTag(line []byte, whole bool, d []byte) bool {
	if rest, ok := bytes.CutPrefix(d, []byte("Prop: ")); ok {
		if _, behind, ok := bytes.Cut(rest, []byte(" = ")); ok {
			d = behind
		}
	}
	tag, _, ok := tagText(d)
	if !ok || !whole {
		return false
	}
	r.begin()
	p := &r.p
	p.tag, p.tagged = tag, true
	r.tagNames(d)
	r.w.skip(len(line))
	rec := dump.Record{Source: r.source, Line: p.line, Offset: p.offset, Item: p.item}
	r.identify(&rec)
	rec.Prop.Tag = p.tag
	p.note(diag.Info, TagOnly, nowhere, "property", "is a property tag without a value")
	r.emitText(rec)
	return true
}

// tagNames takes the names from "0x80050003 (PT_LONG): PidLidX: (Others): Named Prop Name: id: 0x8205=33285: Guid: {…}".
func (r *Reader) tagNames(d []byte) {
	p := &r.p
	_, d, _ = bytes.Cut(d, []byte("): "))
	d, set, hasSet := cutLast(d, []byte(": Guid: "))
	d, name, hasName := cutLast(d, []byte(": Named Prop Name: "))
	if hasSet {
		p.seen[elNamedGUID] = true
		p.guid.write(set)
	}
	if hasName {
		p.seen[elNamedName] = true
		p.named.write(name)
	}
	best, _, _ := bytes.Cut(d, []byte(": ("))
	p.name.write(best)
}

func cutLast(d, sep []byte) (before, after []byte, ok bool) {
	if i := bytes.LastIndex(d, sep); i >= 0 {
		return d[:i], d[i+len(sep):], true
	}
	return d, nil, false
}

// beginOld begins a property of the builds before 2011: the tag as text, then value, other value and flags in quotes.
func (r *Reader) beginOld(s *logState, line []byte, whole bool, d []byte) {
	r.begin()
	p := &r.p
	tag, rest, _ := tagText(d)
	p.tag, p.tagged = tag, true
	r.tagNames(d[:len(d)-len(rest)])
	r.clipOther.reset(MaxText)
	at := bytes.Index(line, rest) + len(", \"")
	r.takeLine(line, whole, at, &r.clipOther)
	s.open = !bytes.HasSuffix(trimEnd(r.clipOther.b), []byte{'"'}) || len(trimEnd(r.clipOther.b)) == 0
	if !s.open {
		s.open = true
		r.endOld(s)
	}
}

// endOld makes a record of such a property. Quotes in texts are not escaped: of a string, the hex at the end says where
// it ends.
func (r *Reader) endOld(s *logState) {
	if !s.open {
		return
	}
	s.open = false
	p := &r.p
	d := trimEnd(r.clipOther.b)
	d, closed := bytes.CutSuffix(d, []byte{'"'})
	between := []byte("\", \"")
	value, alt, both := bytes.Cut(d, between)
	t := p.tag.Type()
	if i := bytes.LastIndex(d, []byte("\", \"cb: ")); i >= 0 && (t.Element() == mapi.PtypString || t.Element() == mapi.PtypString8) {
		value, alt, both = d[:i], d[i+len(between):], true
	}
	if i := bytes.LastIndex(alt, between); i >= 0 {
		p.smart.write(alt[i+len(between):])
		alt = alt[:i]
	}
	if !closed {
		p.note(diag.Error, Unterminated, nowhere, "Value", "is not terminated")
	}
	p.value.text.reset(MaxText)
	p.value.text.write(value)
	p.value.text.lost += r.clipOther.lost
	p.value.has, p.seen[elValue] = true, true
	if both && len(alt) > 0 {
		p.alt.text.reset(MaxText)
		p.alt.text.write(alt)
		p.alt.has, p.seen[elAltValue] = true, true
	}
	p.stringHex()
	r.end()
}
