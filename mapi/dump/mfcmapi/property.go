package mfcmapi

import (
	"bytes"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// property is the property that is being read. There is one per Reader, used again and again.
type property struct {
	line   int
	offset int64
	start  int64 // position in the text
	item   string
	copy   bool

	tag       mapi.PropTag
	tagged    bool // the tag could be read
	anonymous bool // there was no opening tag
	markup    bool // all its texts are as they stand between start and where the window stands
	cut       bool // it does not end

	seen                     [elSmartView + 1]bool
	name, guid, named, smart text
	value, alt               cell
	multi                    bool // the value is rows
	claimed                  int64
	rowValue, rowAlt         cell
	elements                 [][]byte
	size                     int // bytes of elements
	rows                     int
	nameCut                  bool // NamedPropName has no end
	agrees, clashes          bool // 8-bit text beyond ASCII is in some code page what stands beside it, or in none
	page                     int  // that code page
	bad                      bool // an element could not be read
	conflict                 bool // the bytes are in doubt
	derived                  bool
	short                    bool // the bytes end early, and the text does not
	stray                    int
	notes                    []diag.Finding
	more                     beyond
}

func (p *property) note(s diag.Severity, code diag.Code, span diag.Span, path, format string, args ...any) {
	if len(p.notes) >= maxNotes {
		p.more.add(s, code, span, path, format, args)
		return
	}
	p.say(s, code, span, path, fmt.Sprintf(format, args...))
}

// say is note for what is in words already.
func (p *property) say(s diag.Severity, code diag.Code, span diag.Span, path, msg string) {
	if len(p.notes) >= maxNotes {
		p.more.add(s, code, span, path, "%s", []any{msg})
		return
	}
	if len(p.notes) == cap(p.notes) {
		p.notes = append(make([]diag.Finding, 0, len(p.notes)+notesTogether), p.notes...)
	}
	p.notes = append(p.notes, diag.Finding{Severity: s, Code: code, Span: span, Path: path, Spec: specXML, Msg: msg})
}

// notesTogether is how many findings, of one record and of those behind it, are allocated together: who keeps one keeps
// that many.
const notesTogether = 8

// begin makes ready for a property that begins where the window stands.
func (r *Reader) begin() {
	p := &r.p
	at := r.w.at(0)
	p.line, p.offset = r.w.place(at)
	p.start, p.item, p.copy = at, r.top().path, r.top().copy
	p.tag, p.tagged, p.anonymous, p.markup, p.cut = 0, false, false, false, false
	p.seen = [elSmartView + 1]bool{}
	for _, t := range [...]*text{&p.name, &p.guid, &p.named} {
		t.reset(MaxNameText)
	}
	p.smart.reset(MaxSmart)
	p.value.reset()
	p.alt.reset()
	p.multi, p.claimed, p.elements, p.size, p.rows = false, -1, p.elements[:0], 0, 0
	p.nameCut, p.bad, p.conflict, p.derived, p.short, p.stray = false, false, false, false, false, 0
	p.agrees, p.clashes = false, false
	p.more.reset()
	p.notes = p.notes[:0]
}

// property reads the property whose "<property" has n bytes. It reports false where that is no property of ours.
func (r *Reader) property(n int) bool {
	d := r.w.rest()
	if tag, kind, size := usualOpening(d[n:]); size > 0 && !r.long {
		r.begin()
		r.p.markup, r.p.tag, r.p.tagged = true, tag, true
		r.checkType(kind)
		r.w.skip(n + size)
		r.children()
		return true
	}
	size := r.tag.parse(d[n:min(len(d), n+maxTag/8)], false)
	if size < 0 {
		return false
	}
	number, ok := r.tag.find("tag")
	if !ok {
		return false
	}
	r.begin()
	p := &r.p
	p.markup = true
	var v uint32
	if v, p.tagged = parseHex32(trim(number)); p.tagged {
		p.tag = mapi.PropTag(v)
	} else {
		p.note(diag.Error, BadTag, nowhere, "property@tag", "is %q, no 32-bit number in hex", number)
	}
	if said, ok := r.tag.find("type"); ok {
		r.checkType(said)
	}
	if r.tag.smart {
		p.note(diag.Warning, TypographicQuotes, nowhere, "property", "has typographic quotation marks")
	}
	self := r.tag.self
	r.w.skip(n + size)
	if self {
		r.end()
	} else {
		r.children()
	}
	return true
}

// checkType compares the attribute type with the type in the tag.
func (r *Reader) checkType(said []byte) {
	p := &r.p
	// What a type says is remembered: there are few, and each comes often.
	t := p.tag.Type()
	m := &r.types[(t^t>>3)%mapi.PropType(len(r.types))]
	if m.said == nil || !bytes.Equal(said, m.said) {
		m.said = append(make([]byte, 0, len(said)), said...)
		m.t, m.known = mapi.ParsePropType(string(said))
	}
	t, known := m.t, m.known
	switch {
	case !p.tagged && known:
		p.tag = mapi.TagOf(0, t)
	case p.tagged && !known:
		p.note(diag.Warning, TypeMismatch, nowhere, "property@type", "is %q, no known type; the tag says %s", said, p.tag.Type())
	case p.tagged && t != p.tag.Type():
		p.note(diag.Warning, TypeMismatch, nowhere, "property@type", "is %s, the tag %s says %s", said, p.tag, p.tag.Type())
	}
}

// orphan reads the children of a property whose opening tag is lost, from the tag of e on, whose "<name" has n bytes.
// It reports false where they do not look like an export.
func (r *Reader) orphan(e element, n int) bool {
	d := r.w.rest()
	if string(d[1:n]) != e.String() {
		return false
	}
	size := r.tag.parse(d[n:min(len(d), n+maxTag/8)], false)
	if size < 0 {
		return false
	}
	d = d[n+size:]
	d = d[skipBlanks(d[:min(len(d), maxGap)], 0):]
	_, counted := r.tag.get("cb")
	switch e {
	case elNamedGUID:
		if len(d) == 0 || d[0] != '{' {
			return false
		}
	case elValue, elAltValue:
		_, _, ok := cutCount(d[:min(len(d), maxHead)])
		if _, low := cutWord(d, "Low:"); !ok && !low && !counted {
			return false
		}
	default:
		return false
	}
	r.begin()
	r.p.anonymous = true
	r.children()
	return true
}

// children reads up to the end of the property, and hands the record on.
func (r *Reader) children() {
	p := &r.p
	for !r.done {
		if !r.long && r.usualChildren() {
			r.end()
			return
		}
		r.w.need(maxTag)
		d := r.w.rest()
		i := skipBlanks(d, 0) // mostly that is all there is
		if i == len(d) || d[i] != '<' {
			if i = bytes.IndexByte(d, '<'); i < 0 {
				p.stray += len(trim(d))
				r.w.skip(len(d))
				if r.w.more() {
					continue
				}
				p.cut = true
				r.end()
				return
			}
			p.stray += len(trim(d[:i]))
		}
		r.w.skip(i)
		r.w.need(maxTag)
		e, closing, n := tagAt(r.w.rest())
		switch {
		case e == elProperty && closing:
			r.w.skip(n)
			r.skipTagEnd()
			r.end()
			return
		case e == elProperty || e.holds(closing):
			p.cut = true
			r.end()
			return
		case e.child() && !closing && r.child(e, n):
		default:
			p.stray++
			r.w.skip(1)
		}
	}
}

// holds reports whether a property ends for want of anything better before e.
func (e element) holds(closing bool) bool {
	switch e {
	case elTable, elBody, elMessage:
		return closing // as opening tags they may be of a web page
	}
	return e > elProperty
}

// child reads one child of a property.
func (r *Reader) child(e element, n int) bool {
	d := r.w.rest()
	size := r.tag.parse(d[n:min(len(d), n+maxTag/8)], false)
	if size < 0 {
		return false
	}
	p := &r.p
	if p.seen[e] && (e == elValue || e == elAltValue) {
		// What is left of the next property, its opening tag lost.
		r.end()
		r.begin()
		p.anonymous = true
	}
	again := p.seen[e]
	p.seen[e] = true
	self := r.tag.self
	r.w.skip(n + size)
	var whole bool
	switch {
	case self:
		whole = true
		if e == elValue || e == elAltValue {
			r.cell(e).has = true
		}
	case e == elValue || e == elAltValue:
		whole = r.readCell(e, r.cell(e), p.tag.Type())
	case again && e != elOtherNames:
		p.note(diag.Error, Repeated, nowhere, e.String(), "comes twice; the first was taken")
		whole = r.content(e, discard{})
	default:
		whole = r.content(e, p.into(e))
	}
	if !whole {
		p.note(diag.Error, Unterminated, nowhere, e.String(), "is not terminated")
		p.nameCut = p.nameCut || e == elNamedName
	}
	return true
}

// discard is a sink for what is not needed.
type discard struct{}

func (discard) write([]byte) {}

func (p *property) into(e element) sink {
	switch e {
	case elName:
		return &p.name
	case elNamedGUID:
		return &p.guid
	case elNamedName:
		return &p.named
	case elSmartView:
		return &p.smart
	}
	return discard{}
}

// end makes a record of the property that was read.
func (r *Reader) end() {
	p := &r.p
	rec := dump.Record{Source: r.source, Line: p.line, Offset: p.offset, Item: p.item}
	rec.Prop.Tag = p.tag
	r.takeMarks(r.w.at(0)) // 8-bit text may have begun within it
	r.identify(&rec)
	r.evaluate(&rec)
	r.reconstruct(&rec)
	r.checkTexts()
	if p.anonymous {
		r.nameless(&rec)
	}
	if p.copy {
		p.note(diag.Info, dump.Copy, nowhere, "property", "stands in a list of which a fuller one follows")
	}
	if p.cut {
		p.note(diag.Error, Unterminated, nowhere, "property", "has no </property>")
	}
	if p.stray > 0 {
		p.note(diag.Info, StrayText, nowhere, "property", "has %d bytes of text outside its elements, which were not read", p.stray)
	}
	rec.Derived = p.derived
	rec.Prop.Tag = p.tag
	if p.more.n > 0 {
		p.notes = p.more.appendTo(p.notes, "property")
	}
	if n := len(p.notes); n > 0 {
		rec.Findings, p.notes = p.notes[:n:n], p.notes[n:]
	}
	r.emit(&rec)
}

// nameless says what is known of a property without an opening tag.
func (r *Reader) nameless(rec *dump.Record) {
	p := &r.p
	switch t := p.tag.Type(); {
	case t != mapi.PtypUnspecified:
		p.note(diag.Warning, Anonymous, nowhere, "property", "its opening tag is lost, so the tag is unknown; type %s inferred from the form of the value", t)
	default:
		p.note(diag.Warning, Anonymous, nowhere, "property", "its opening tag is lost, so tag and type are unknown")
	}
}
