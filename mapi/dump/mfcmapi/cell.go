package mfcmapi

import (
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// cell is the text of a Value or AltValue.
type cell struct {
	has   bool
	cb    int64  // the attribute, -1 for none
	err   string // the attribute
	isHex bool
	text  text
	bytes hexer
}

func (c *cell) reset() {
	c.has, c.cb, c.err, c.isHex = false, -1, "", false
	c.text.reset(0)
	if c.bytes.limit != 0 || c.bytes.said != -1 { // else it is as reset left it: whoever uses it gives it a limit
		c.bytes.reset(0)
	}
}

func (r *Reader) cell(e element) *cell {
	if e == elValue {
		return &r.p.value
	}
	return &r.p.alt
}

// readCell reads a Value or AltValue whose opening tag was just read. Rows may be inside.
func (r *Reader) readCell(e element, c *cell, t mapi.PropType) bool {
	p := &r.p
	c.has = true
	if len(r.tag.attrs) == 0 {
		c.err, c.cb = "", -1
	} else {
		c.err, _ = r.tag.get("err")
	}
	if s, ok := r.tag.get("cb"); ok {
		c.cb = -1
		if n, ok := parseCount(s); ok {
			c.cb = n
		} else {
			p.note(diag.Error, BadValue, nowhere, e.String()+"@cb", "is %q, no number", s)
		}
	}
	if mv, ok := r.tag.get("mv"); ok && mv == "true" && e == elValue && c == &p.value {
		p.multi = true
		if s, ok := r.tag.get("count"); ok {
			if p.claimed, ok = parseCount(s); !ok {
				p.claimed = -1
				p.note(diag.Error, BadValue, nowhere, "Value@count", "is %q, no number", s)
			}
		}
		return r.readRows()
	}
	c.isHex = r.hexIn(e, c, t)
	if c.isHex {
		c.bytes.reset(MaxBinary)
		c.bytes.said = c.cb
		whole := r.content(e, &c.bytes)
		c.bytes.end()
		return whole
	}
	c.text.reset(textLimit(e, t))
	return r.content(e, &c.text)
}

// textLimit returns how much is kept of the text of a cell.
func textLimit(e element, t mapi.PropType) int {
	if e == elAltValue && t.Element() == mapi.PtypBinary && !t.Multiple() {
		return MaxAltText
	}
	return MaxText
}

// hexIn reports whether the text of a cell is hex: that of a binary value, and the other form of a string.
func (r *Reader) hexIn(e element, c *cell, t mapi.PropType) bool {
	single := !t.Multiple() || c == &r.p.rowValue || c == &r.p.rowAlt
	switch t.Element() {
	case mapi.PtypBinary:
		return single && e == elValue
	case mapi.PtypString, mapi.PtypString8:
		return single && e == elAltValue
	case mapi.PtypUnspecified:
		// Nobody said the type: the form says it.
		r.w.need(maxGap)
		d := r.w.rest()
		d = d[:min(len(d), maxGap)]
		_, _, ok := cutCount(d[skipBlanks(d, 0):])
		return e == elValue && (ok || c.cb >= 0)
	}
	return false
}
