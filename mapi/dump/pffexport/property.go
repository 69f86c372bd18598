package pffexport

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// prop is an entry on its way to a record.
type prop struct {
	r   *Reader
	e   *entry
	rec *dump.Record
}

// identity gives the record its tag and name.
func (p *prop) identity() {
	e := p.e
	p.rec.Prop.Tag = e.tag()
	if !e.hasID {
		e.find(diag.Error, NoID, "has no line Entry type, so that nobody knows which property it is")
	}
	if !e.hasType {
		e.find(diag.Error, NoType, "has no line Value type; its bytes were kept as they are")
	}
	switch {
	case e.hasLID:
		p.number()
	case e.hasName:
		p.text()
	case e.hasID && mapi.PropID(e.id).Local():
		e.find(diag.Warning, NoName, "is a named property, and maps to no name")
	}
}

// number finds the property set of a property that is named by a number: the only one that is known with it, unless it has
// another type there.
func (p *prop) number() {
	e := p.e
	p.rec.Prop.Name.LID = e.lid
	var found mapi.PropName
	var info mapi.NamedInfo
	n := 0
	for name, i := range mapi.LIDCandidates(e.lid) {
		found, info = name, i
		n++
	}
	switch {
	case n == 0:
		e.find(diag.Warning, UnknownSet, "maps to 0x%04X, and no property set is known to have that", e.lid)
	case n > 1:
		e.find(diag.Warning, UnknownSet, "maps to 0x%04X, and %d property sets are known to have that", e.lid, n)
	case e.hasType && !sameType(info.Type, mapi.PropType(e.typ)):
		e.find(diag.Warning, UnknownSet, "maps to 0x%04X, which is known as %s alone, and that is a %s", e.lid, info.Canonical, info.Type)
	default:
		p.infer(found)
	}
}

// text finds the property set of a property that is named by a string.
func (p *prop) text() {
	e := p.e
	p.rec.Prop.Name.Name = e.name
	var found mapi.PropName
	n := 0
	for set := guid.PropertySet(1); !set.GUID().IsZero(); set++ {
		name := mapi.PropName{Set: set.GUID(), Name: e.name}
		if info, ok := mapi.NamedName(name); ok && (!e.hasType || sameType(info.Type, mapi.PropType(e.typ))) {
			found = name
			n++
		}
	}
	if n != 1 {
		e.find(diag.Warning, UnknownSet, "maps to %s, and %d property sets are known to have a property of that name and type", excerpt([]byte(e.name)), n)
		return
	}
	p.infer(found)
}

func (p *prop) infer(name mapi.PropName) {
	p.rec.Prop.Name = name
	set, _ := guid.PropertySetOf(name.Set)
	p.e.find(diag.Info, InferredSet, "is in the property set %s, the only one that is known to have such a property; the dump does not say so", set)
}

// sameType reports whether a property that is published with one type may have the other: texts of both kinds are the same.
func sameType(published, t mapi.PropType) bool {
	isText := func(t mapi.PropType) bool { return t|1 == mapi.PtypString || t|1 == mapi.PtypMultipleString }
	return published == mapi.PtypUnspecified || published == t || isText(t) && published|1 == t|1
}

// value gives the record the value whose bytes are as a PST has them.
func (p *prop) value(raw []byte) {
	e, t := p.e, mapi.PropType(p.e.typ)
	switch {
	case !e.hasType:
		p.keep(raw)
	case t == mapi.PtypMultipleString8 || t == mapi.PtypMultipleString || t == mapi.PtypMultipleBinary:
		p.list(raw)
	case t == mapi.PtypBoolean && len(raw) != 1 && len(raw) > 0 && !e.broken:
		e.find(diag.Warning, Size, "has %d bytes, a PtypBoolean of a PST has 1", len(raw))
		p.parse(raw)
	default:
		p.parse(raw)
	}
	if n, ok := p.rec.Prop.Value.(mapi.Boolean); ok && n > 1 {
		e.find(diag.Warning, BooleanValue, "is 0x%X, must be 0 or 1: taken as true", uint32(n))
	}
}

// keep gives the record bytes that its type could not read.
func (p *prop) keep(raw []byte) {
	p.rec.Raw = raw
	p.rec.Prop.Value = mapi.Unknown{PropType: mapi.PropType(p.e.typ), Data: raw}
}

// parse gives the record a value whose bytes are as mapi.ParseRaw wants them.
func (p *prop) parse(raw []byte) {
	p.rec.Raw = raw
	t := mapi.PropType(p.e.typ)
	if t == mapi.PtypBinary {
		p.rec.Prop.Value = mapi.Binary(raw)
		return
	}
	v, err := mapi.ParseRaw(t, raw)
	var f diag.Finding
	if errors.As(err, &f) {
		if len(raw) == 0 {
			p.e.find(diag.Warning, NoValue, "has no bytes, which a %s must have", t)
			return
		}
		if !p.e.broken {
			p.e.findings = append(p.e.findings, f)
		}
	}
	switch s := v.(type) {
	case mapi.String8:
		v = p.inPage(s, new(bool))
	case mapi.MultipleString8:
		said := false
		for i := range s {
			s[i] = p.inPage(s[i], &said)
		}
	}
	p.rec.Prop.Value = v
}

// inPage gives 8-bit text its code page, and says once what cannot be read in that.
func (p *prop) inPage(s mapi.String8, said *bool) mapi.String8 {
	s.CodePage, s.Source = p.r.codePage, "caller"
	plain := true
	for _, c := range s.Raw {
		plain = plain && c < utf8.RuneSelf
	}
	if p.r.codePage == 0 {
		if s.Source = ""; !plain {
			s.CodePage, s.Source = mapi.CodePage(nil, 0, 0)
		}
	}
	if plain || *said {
		return s
	}
	*said = true
	if p.r.codePage == 0 {
		p.e.find(diag.Warning, CodePageGuess, "has 8-bit text, and nobody said its code page: read as Windows-%d", s.CodePage)
	}
	_, found := s.Text()
	for _, f := range found {
		if p.rec.Prop.Tag.Type().Multiple() {
			f.Span = diag.Span{Offset: -1} // it counts from the first byte of one element
		}
		p.e.findings = append(p.e.findings, f)
	}
	return s
}

// list reads a list of strings or binaries: how many there are, where each begins, counted from the first byte of the value,
// and then all of them, each up to the next ([MS-PST] 2.3.3.4.2).
func (p *prop) list(raw []byte) {
	if p.e.broken {
		p.keep(raw)
		return
	}
	if len(raw) == 0 {
		p.parse(raw)
		return
	}
	list, why := elements(raw)
	if why != "" {
		p.e.find(diag.Error, BadList, "is no list: %s; its bytes were kept as they are", why)
		p.keep(raw)
		return
	}
	for i := range p.e.findings { // they counted the bytes of the dump, which Raw is not any more
		p.e.findings[i].Span = diag.Span{Offset: -1}
	}
	p.parse(list)
}

// elements returns the elements behind their lengths, as mapi.ParseRaw wants them, or why there are none.
func elements(raw []byte) (list []byte, why string) {
	le := binary.LittleEndian
	if len(raw) < 4 {
		return nil, fmt.Sprintf("a count needs 4 bytes, there are %d", len(raw))
	}
	n := le.Uint32(raw)
	if uint64(n) > uint64(len(raw)-4)/4 {
		return nil, fmt.Sprintf("it counts %d elements, and %d bytes hold %d at most", n, len(raw), (len(raw)-4)/4)
	}
	end := 4 + 4*int(n) // of what has been accounted for
	list = make([]byte, 0, len(raw))
	for i := range int(n) {
		at := uint64(le.Uint32(raw[4+4*i:]))
		next := uint64(len(raw))
		if i+1 < int(n) {
			next = uint64(le.Uint32(raw[8+4*i:]))
		}
		switch {
		case at != uint64(end):
			return nil, fmt.Sprintf("element %d is at offset 0x%X, and what is before it ends at 0x%X", i, at, end)
		case next > uint64(len(raw)) || next < at:
			return nil, fmt.Sprintf("element %d goes from offset 0x%X to 0x%X, and there are 0x%X", i, at, next, len(raw))
		}
		list = append(le.AppendUint32(list, uint32(next-at)), raw[at:next]...)
		end = int(next)
	}
	if end < len(raw) {
		return nil, fmt.Sprintf("it counts no elements, and %d bytes follow", len(raw)-end)
	}
	return list, ""
}
