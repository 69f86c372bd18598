package mfcmapi

import (
	"bytes"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// readRows reads the rows of a multi-valued property.
func (r *Reader) readRows() bool {
	p := &r.p
	t := p.tag.Type()
	open := false
	for {
		r.w.need(maxTag)
		d := r.w.rest()
		i := bytes.IndexByte(d, '<')
		if i < 0 {
			p.stray += len(trim(d))
			r.w.skip(len(d))
			if r.w.more() {
				continue
			}
			r.endRow(&open)
			return false
		}
		p.stray += len(trim(d[:i]))
		r.w.skip(i)
		r.w.need(maxTag)
		d = r.w.rest()
		e, closing, n := tagAt(d)
		switch {
		case e == elRow && !closing:
			r.endRow(&open)
			r.beginRow(&open)
			r.w.skip(n)
			r.skipTagEnd()
		case e == elRow:
			r.endRow(&open)
			r.w.skip(n)
			r.skipTagEnd()
		case e == elValue && closing:
			r.endRow(&open)
			r.w.skip(n)
			r.skipTagEnd()
			return true
		case (e == elValue || e == elAltValue) && !closing && open:
			if !r.readRowCell(e, n, t, &open) {
				p.stray++
				r.w.skip(1)
			}
		case e == elProperty, e == elXML, e.child() && !closing, e.holds(closing):
			r.endRow(&open)
			return false
		default:
			p.stray++
			r.w.skip(1)
		}
	}
}

// readRowCell reads a Value or AltValue of the open row. A second one is of another row, whose tag is lost.
func (r *Reader) readRowCell(e element, n int, t mapi.PropType, open *bool) bool {
	d := r.w.rest()
	size := r.tag.parse(d[n:min(len(d), n+maxTag/8)], false)
	if size < 0 {
		return false
	}
	c := &r.p.rowValue
	if e == elAltValue {
		c = &r.p.rowAlt
	}
	if c.has {
		r.p.note(diag.Error, Repeated, nowhere, r.p.rowPath(e.String()), "comes twice; the second was taken for another row")
		r.endRow(open)
		r.beginRow(open)
	}
	r.w.skip(n + size)
	if r.tag.self {
		c.has = true
		return true
	}
	if !r.readCell(e, c, t) {
		r.p.note(diag.Error, Unterminated, nowhere, r.p.rowPath(e.String()), "is not terminated")
	}
	return true
}

func (p *property) rowPath(name string) string { return fmt.Sprintf("Value[%d].%s", p.rows, name) }

func (r *Reader) beginRow(open *bool) {
	*open = true
	r.p.rowValue.reset()
	r.p.rowAlt.reset()
}

// endRow makes an element of the list of the row that ends.
func (r *Reader) endRow(open *bool) {
	if !*open {
		return
	}
	*open = false
	p := &r.p
	raw, ok := r.scalar(p.tag.Type().Element(), &p.rowValue, &p.rowAlt, fmt.Sprintf("Value[%d]", p.rows))
	if !ok {
		p.bad = true
	}
	p.addElement(raw)
	p.rows++
}

func (p *property) addElement(raw []byte) {
	if len(p.elements) >= MaxRows || p.size+len(raw) > MaxBinary {
		if !p.bad {
			p.note(diag.Error, TooLong, nowhere, "Value", "has more than %d elements or %d bytes; the rest was left out", MaxRows, MaxBinary)
		}
		p.bad = true
		return
	}
	p.size += len(raw)
	p.elements = append(p.elements, raw)
}
