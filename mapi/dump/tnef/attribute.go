package tnef

import (
	"fmt"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// found is one attribute as it stands in the file.
type found struct {
	attribute
	part *part  // whose it is
	off  int64  // of the data in the file
	data []byte // which may be fewer than are claimed
}

// attribute reads the attribute whose head the next bytes are.
func (w *walk) attribute(o *object, s *source) {
	off := s.off
	head := s.take(attrHead)
	size := int64(le.Uint32(head[5:]))
	a := found{off: s.off, part: &o.part}
	known := attributeOf(le.Uint32(head[1:]))
	if known != nil {
		a.attribute = *known
	} else {
		a.attribute = attribute{id: le.Uint32(head[1:]), level: head[0], name: fmt.Sprintf("attribute 0x%08X", le.Uint32(head[1:]))}
	}
	if a.level == levelAttachment {
		w.attached(o, &a, off)
	}
	if head[0] != a.level {
		w.note(a.part.item, off, finding(diag.Warning, Level, a.name, "at 0x%X has level %d, must be %d: taken for that", off, head[0], a.level))
	}
	if before, again := a.part.at(a.id, off); again {
		w.note(a.part.item, off, finding(diag.Warning, DuplicateAttribute, a.name, "at 0x%X is there already, at 0x%X", off, before))
	}
	if size > MaxAttribute {
		w.note(a.part.item, a.off, finding(diag.Error, TooLong, a.name, "at 0x%X claims %d bytes, %d are read at most: %d bytes passed over",
			off, size, MaxAttribute, s.skip(size)))
		s.skip(2)
		return
	}
	a.data = s.take(size)
	if have := int64(len(a.data)); have < size {
		w.note(a.part.item, a.off, finding(diag.Error, AttributeOverrun, a.name, "at 0x%X claims %d bytes, %d are left: read as far as they go", off, size, have))
	}
	if known == nil {
		w.emit(dump.Record{Item: a.part.item, Offset: a.off, Raw: a.data, Findings: []diag.Finding{
			finding(diag.Info, UnknownAttribute, a.name, "at 0x%X, of level %d, is not known: %d bytes", off, a.level, len(a.data))}})
	} else if !w.stopped {
		w.content(o, &a)
	}
	if int64(len(a.data)) == size && !w.stopped {
		w.checksum(&a, off, s)
	}
}

// attached finds the attachment that an attribute belongs to: attAttachRendData begins the next one.
func (w *walk) attached(o *object, a *found, off int64) {
	if a.id == idRendData || o.sub == nil {
		o.sub = &part{item: fmt.Sprintf("%s/attachment %d", o.item, o.subs)}
		o.subs++
		if a.id != idRendData {
			w.note(o.sub.item, off, finding(diag.Warning, NoRendData, a.name, "at 0x%X belongs to an attachment that no attAttachRendData begins", off))
		}
	}
	a.part = o.sub
}

// checksum compares the two bytes behind the data with the sum of these.
func (w *walk) checksum(a *found, off int64, s *source) {
	at := s.off
	b := s.take(2)
	if len(b) < 2 {
		w.emit(dump.Record{Item: a.part.item, Offset: at, Raw: b, Findings: []diag.Finding{
			finding(diag.Error, Truncated, a.name, "at 0x%X ends inside its checksum: needs 2 bytes, has %d", off, len(b))}})
		return
	}
	var sum uint16
	for _, c := range a.data {
		sum += uint16(c)
	}
	if got := le.Uint16(b); got != sum {
		w.emit(dump.Record{Item: a.part.item, Offset: at, Raw: b, Findings: []diag.Finding{
			finding(diag.Warning, Checksum, a.name, "at 0x%X has the checksum 0x%04X, its %d bytes add up to 0x%04X", off, got, len(a.data), sum)}})
	}
}

// strangeMost is how many bytes that are no attribute make one record.
const strangeMost = 1 << 20

// strange passes over bytes of no attribute, up to those that are level and id of a known one, or to the end.
func (w *walk) strange(o *object, s *source) {
	more := true
	for first := 1; more && !w.stopped; {
		off := s.off
		var raw []byte
		for more && len(raw) < strangeMost {
			b := s.peek(4 << 10)
			n := first
			for first = 0; n < len(b) && !begins(b[n:]); {
				n++
			}
			if n == len(b) && n > 8 {
				n -= 4 // the rest may be the beginning of one
			} else {
				more = false
			}
			raw = append(raw, s.take(int64(n))...)
		}
		if len(raw) > 0 {
			w.emit(dump.Record{Item: o.item, Offset: off, Raw: raw, Findings: []diag.Finding{
				finding(diag.Error, BadLevel, "level", "is %d at 0x%X, must be 1 or 2: %d bytes belong to no attribute", raw[0], off, len(raw))}})
		}
	}
}

// begins reports whether b begins with level and id of a known attribute.
func begins(b []byte) bool {
	if len(b) < 5 || b[0] != levelMessage && b[0] != levelAttachment {
		return false
	}
	a := attributeOf(le.Uint32(b[1:]))
	return a != nil && a.level == b[0]
}

// content reads the data of a known attribute.
func (w *walk) content(o *object, a *found) {
	switch a.form {
	case formList:
		w.list(o, a)
	case formTable:
		w.table(o, a)
	default:
		w.legacy(o, a)
	}
}
