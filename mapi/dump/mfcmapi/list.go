package mfcmapi

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// evaluateList makes the value of a multi-valued property.
func (r *Reader) evaluateList(rec *dump.Record, t mapi.PropType) {
	p := &r.p
	if !p.multi {
		if !r.paneList(t) {
			rec.Text = shown(&p.value)
			return
		}
	} else if p.claimed >= 0 && p.claimed != int64(p.rows) {
		p.note(diag.Error, ListCount, nowhere, "Value", "MV count %d, rows %d", p.claimed, p.rows)
	}
	elements := p.elements
	if p.bad {
		p.note(diag.Error, ListElement, nowhere, "Value", "elements that cannot be read were left out; those behind them have moved up")
		elements = slices.DeleteFunc(slices.Clone(elements), func(e []byte) bool { return e == nil })
	}
	var v mapi.Value
	var err error
	if t == mapi.PtypMultipleString8 {
		list := make(mapi.MultipleString8, len(elements))
		for i, e := range elements {
			list[i] = r.string8(e)
		}
		v = list
	} else if v, err = mapi.ParseMulti(t, elements); err != nil {
		p.note(diag.Error, BadValue, nowhere, "Value", "cannot be a %s: %v", t, err)
	}
	rec.Prop.Value = v
	r.explain(rec)
	if rec.Raw, err = v.AppendBinary([]byte{}); err != nil {
		p.note(diag.Error, BadValue, nowhere, "Value", "has no bytes: %v", err)
	}
}

// paneList reads "2: v1; v2". Where both texts are there, that one is taken whose elements cannot be mistaken.
func (r *Reader) paneList(t mapi.PropType) bool {
	p := &r.p
	if !p.value.has && !p.alt.has {
		r.missing("Value")
		return false
	}
	single := t.Element()
	values, count, ok := splitList(trim(p.value.text.b))
	alts, altCount, altOK := splitList(trim(p.alt.text.b))
	if p.value.has && !ok {
		_, _ = r.badValue("Value", string(trim(p.value.text.b)), "a list with its count before it")
		return false
	}
	if !p.value.has {
		values, count = alts, altCount
	}
	exact := values
	if single == mapi.PtypString || single == mapi.PtypString8 {
		switch {
		case altOK:
			exact = alts
		case int64(len(values)) != count:
			p.note(diag.Warning, AmbiguousList, nowhere, "Value", "ambiguous separators (count %d, %d parts); the text is kept, it has no bytes", count, len(values))
			return false
		}
	}
	if int64(len(exact)) != count {
		p.note(diag.Error, ListCount, nowhere, "Value", "MV count %d, elements %d", count, len(exact))
	}
	for i := range exact {
		if p.rows = i; i >= MaxRows {
			p.addElement(nil)
			break
		}
		p.rowValue.reset()
		p.rowAlt.reset()
		r.paneCell(&p.rowValue, single, elValue, values, i, len(values) == len(exact))
		r.paneCell(&p.rowAlt, single, elAltValue, alts, i, altOK && len(alts) == len(exact) && single != mapi.PtypBinary)
		raw, ok := r.scalar(single, &p.rowValue, &p.rowAlt, fmt.Sprintf("Value[%d]", i))
		p.bad = p.bad || !ok
		p.addElement(raw)
	}
	p.rows = len(exact)
	return true
}

// paneCell fills one cell of a list that stands in one text.
func (r *Reader) paneCell(c *cell, t mapi.PropType, e element, parts [][]byte, i int, use bool) {
	if !use || i >= len(parts) {
		return
	}
	c.has = true
	if r.hexInList(t, e) {
		c.isHex = true
		c.bytes.reset(MaxBinary)
		c.bytes.write(parts[i])
		c.bytes.end()
		return
	}
	c.text.reset(MaxText)
	c.text.write(parts[i])
}

func (r *Reader) hexInList(t mapi.PropType, e element) bool {
	switch t {
	case mapi.PtypBinary:
		return e == elValue
	case mapi.PtypString, mapi.PtypString8:
		return e == elAltValue
	}
	return false
}

// splitList takes the count and the elements of "2: v1; v2".
func splitList(d []byte) (parts [][]byte, n int64, ok bool) {
	i := bytes.IndexByte(d, ':')
	if i < 0 {
		return nil, 0, false
	}
	if n, ok = parseCount(string(d[:i])); !ok {
		return nil, 0, false
	}
	d = d[i+1:]
	if len(d) > 0 && d[0] == ' ' {
		d = d[1:]
	}
	if n == 0 && len(d) == 0 {
		return nil, 0, true
	}
	return bytes.SplitN(d, []byte("; "), MaxRows+2), n, true
}
