package tnef

import (
	"bytes"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// list is a list of properties while it is read ([MS-OXTNEF] 2.1.3.4).
type list struct {
	w    *walk
	o    *object
	name string // of the attribute
	item string
	b    []byte // all of its data
	off  int64  // of b in the file
	at   int    // how far it is read
	skim bool   // only the properties that name code pages are wanted

	first map[key]place // of what was read, the first of each
	props mapi.Props    // that name code pages
	subs  []sub
}

// key is what makes two properties of an object the same. The ids of named ones are all 0x8000 in what Exchange writes.
type key struct {
	tag  mapi.PropTag
	name mapi.PropName
}

// place is where in the list a value stands, with all that belongs to it.
type place struct{ from, to int }

// sub is a message that is a property's value.
type sub struct {
	tag  mapi.PropTag
	data []byte
	off  int64
}

// list reads the properties of a message or of an attachment.
func (w *walk) list(o *object, a *found) {
	if a.id == idMsgProps {
		l := &list{w: w, o: o, b: a.data, skim: true}
		l.properties()
		o.own = dump.PagesOf(l.props, o.item)
		o.settle()
	}
	l := &list{w: w, o: o, name: a.name, item: a.part.item, b: a.data, off: a.off}
	l.properties()
	l.rest()
	w.embedded(o, a.part, l.subs)
}

// table reads the recipients of a message, each of which is a list. Rows without properties are no records of their own.
func (w *walk) table(o *object, a *found) {
	l := &list{w: w, o: o, name: a.name, item: o.item, b: a.data, off: a.off}
	rows, ok := l.count("rows")
	hollow := 0
	flush := func() {
		if hollow > 0 {
			w.note(o.item, l.off+int64(l.at), finding(diag.Info, EmptyRow, a.name, "%d rows up to recipient %d have no properties", hollow, o.rows-1))
		}
		hollow = 0
	}
	for i := uint32(0); ok && i < rows && !w.stopped; i++ {
		if l.at == len(l.b) {
			l.item = o.item
			l.short("rows", rows, i)
			break
		}
		if len(l.b)-l.at >= 4 && le.Uint32(l.b[l.at:]) == 0 {
			l.at += 4
			hollow++
			o.rows++
			continue
		}
		flush()
		row := part{item: fmt.Sprintf("%s/recipient %d", o.item, o.rows)}
		o.rows++
		l.item, l.first, l.subs = row.item, nil, nil
		ok = l.properties()
		w.embedded(o, &row, l.subs)
	}
	flush()
	l.item = o.item
	l.rest()
}

// count reads the number of what follows.
func (l *list) count(what string) (n uint32, ok bool) {
	if len(l.b)-l.at < 4 {
		rest := l.b[l.at:]
		l.emit(dump.Record{Offset: l.off + int64(l.at), Raw: rest, Findings: []diag.Finding{
			finding(diag.Error, PropertyOverrun, l.name, "the number of %s at 0x%X needs 4 bytes, has %d", what, l.off+int64(l.at), len(rest))}})
		l.at = len(l.b)
		return 0, false
	}
	n = le.Uint32(l.b[l.at:])
	l.at += 4
	return n, true
}

// short says that the data end before the number of things that are counted.
func (l *list) short(what string, counted, have uint32) {
	l.emit(dump.Record{Offset: l.off + int64(l.at), Findings: []diag.Finding{
		finding(diag.Error, CountTooBig, l.name, "the data end after %d of the %d %s that are counted", have, counted, what)}})
}

func (l *list) emit(rec dump.Record) {
	if !l.skim && !l.w.stopped {
		rec.Item = l.item
		l.w.emit(rec)
	}
}

// properties reads one list, and reports false where it could not be followed to its end. Then nothing is left of b.
func (l *list) properties() bool {
	n, ok := l.count("properties")
	for i := uint32(0); ok && i < n && !l.w.stopped; i++ {
		if l.at == len(l.b) {
			l.short("properties", n, i)
			return false
		}
		ok = l.property()
	}
	return ok
}

// rest reports what nothing counts.
func (l *list) rest() {
	if rest := l.b[l.at:]; len(rest) > 0 {
		l.emit(dump.Record{Offset: l.off + int64(l.at), Raw: rest, Findings: []diag.Finding{
			finding(diag.Warning, Trailing, l.name, "%d bytes at 0x%X stand behind all that is counted", len(rest), l.off+int64(l.at))}})
	}
}

// property reads the next property. It reports false where nothing behind it can be found.
func (l *list) property() bool {
	p := &prop{l: l, start: l.at}
	ok := p.head()
	if p.value = l.at; ok {
		ok = p.read()
	}
	if l.skim {
		switch v := p.rec.Prop; v.Tag {
		case mapi.PidTagMessageCodepage, mapi.PidTagInternetCodepage, mapi.PidTagMessageLocaleId, mapi.PidTagCodePageId, mapi.PidTagLocaleId:
			l.props = append(l.props, v)
		}
		return ok
	}
	p.remarks()
	if ok {
		p.again()
	}
	l.emit(p.rec)
	return ok
}

// prop is one property while it is read.
type prop struct {
	l     *list
	start int // where it begins in the list
	value int // where what is behind its tag and name does
	rec   dump.Record

	padding place // the first padding that is not zero
	padded  int   // how many are not
	bare    int   // strings without NUL at their end
	inner   int   // strings with one inside
}

func (p *prop) path() string { return p.l.name + "." + p.rec.Prop.Tag.String() }

func (p *prop) find(s diag.Severity, code diag.Code, format string, args ...any) {
	if !p.l.skim {
		p.rec.Findings = append(p.rec.Findings, finding(s, code, p.path(), format, args...))
	}
}

// lose ends the list: the bytes from from on become the record's, and a finding says why.
func (p *prop) lose(from int, code diag.Code, format string, args ...any) bool {
	p.rec.Raw = p.l.b[from:]
	p.rec.Offset = p.l.off + int64(from)
	p.l.at = len(p.l.b)
	p.find(diag.Error, code, format, args...)
	return false
}

// take returns the next n bytes.
func (p *prop) take(n int) ([]byte, bool) {
	l := p.l
	if len(l.b)-l.at < n {
		return nil, false
	}
	b := l.b[l.at : l.at+n : l.at+n]
	l.at += n
	return b, true
}

// head reads tag and name.
func (p *prop) head() bool {
	b, ok := p.take(4)
	if !ok {
		return p.lose(p.start, PropertyOverrun, "the tag at 0x%X needs 4 bytes, has %d", p.l.off+int64(p.start), len(p.l.b)-p.start)
	}
	p.rec.Prop.Tag = mapi.TagOf(mapi.PropID(le.Uint16(b[2:])), mapi.PropType(le.Uint16(b)))
	return p.rec.Prop.Tag.ID() < firstNamed || p.named()
}

// firstNamed is the first id behind which a name stands.
const firstNamed mapi.PropID = 0x8000

// named reads the name of a property: a set, and a number or a string.
func (p *prop) named() bool {
	at := p.l.at
	short := func() bool {
		return p.lose(at, PropertyOverrun, "the name at 0x%X ends after %d bytes", p.l.off+int64(at), len(p.l.b)-at)
	}
	b, ok := p.take(24)
	if !ok {
		return short()
	}
	set, kind, n := guid.GUID(b[:16]), le.Uint32(b[16:]), le.Uint32(b[20:])
	switch kind {
	case 0:
		p.rec.Prop.Name = mapi.PropName{Set: set, LID: n}
		return true
	case 1:
	default:
		return p.lose(at, NameKind, "the name at 0x%X is of kind %d, must be 0 or 1: its end is not known", p.l.off+int64(at), kind)
	}
	if uint64(n) > uint64(len(p.l.b)-p.l.at) {
		return short()
	}
	text, _ := p.take(int(n)) // it is there
	if !p.pad(int(n)) {
		return short()
	}
	end := 0
	if n >= 2 && n%2 == 0 && text[n-1]|text[n-2] == 0 {
		end = 2
	}
	name := string(wtf8.AppendDecode(nil, text[:int(n)-end]))
	if end == 0 || name == "" || bytes.IndexByte([]byte(name), 0) >= 0 {
		p.find(diag.Warning, NameForm, "the name in %s, %d bytes, %X to %X, must be UTF-16 text that ends in its only NUL", set, n, text[:min(n, 8)], text[max(8, n)-8:])
	}
	if name != "" {
		p.rec.Prop.Name = mapi.PropName{Set: set, Name: name}
	}
	return true
}

// pad reads the bytes that fill up n to a multiple of four.
func (p *prop) pad(n int) bool {
	b, ok := p.take(-n & 3)
	p.filled(b)
	return ok
}

// filled looks at padding, which has just been read.
func (p *prop) filled(b []byte) {
	for _, c := range b {
		if c != 0 {
			if p.padded++; p.padded == 1 {
				p.padding = place{p.l.at - len(b), p.l.at}
			}
			return
		}
	}
}

// again compares the property with those before it.
func (p *prop) again() {
	l := p.l
	k := key{p.rec.Prop.Tag, p.rec.Prop.Name}
	before, again := l.first[k]
	if !again {
		if l.first == nil {
			l.first = make(map[key]place)
		}
		l.first[k] = place{p.value, l.at}
		return
	}
	if bytes.Equal(l.b[before.from:before.to], l.b[p.value:l.at]) {
		p.find(diag.Info, Repeated, "stands in the list already, at 0x%X, with the same value", l.off+int64(before.from))
		return
	}
	p.find(diag.Warning, DuplicateProperty, "stands in the list already, at 0x%X, with another value", l.off+int64(before.from))
}
