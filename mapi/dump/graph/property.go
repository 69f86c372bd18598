package graph

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// property is the property that is being read. There is one per Reader, used again and again.
type property struct {
	line   int
	offset int64
	id     ident
	value  exchange.Value
	null   bool   // the value is null
	object bool   // the value is an object
	bare   bool   // the value, or an element, is no string
	again  string // a member that stands twice
	notes  []diag.Finding
}

func (p *property) note(s diag.Severity, code diag.Code, path, format string, args ...any) {
	p.notes = append(p.notes, note(s, code, path, format, args...))
}

// valued reports whether there was a value.
func (p *property) valued() bool { return p.value.Shape != exchange.Absent || p.null || p.object }

func (r *Reader) begin() *property {
	p := &r.p
	value := p.value
	*p = property{value: value} // its memory is used again
	p.value.Reset()
	p.line, p.offset = r.t.Place()
	return p
}

// property reads the property at the front of the text. Alone says that it stands in the place of a list.
func (r *Reader) property(o *exchange.Object, alone bool) bool {
	p := r.begin()
	if alone {
		p.note(diag.Warning, ListShape, "file", "has one extended property where a list of them must be")
	}
	r.t.Skip(1)
	ok := r.members(p)
	if ok || p.id.there || p.valued() {
		r.emit(o, ok)
	}
	return ok
}

// leftover reads the value of a property that damage has cut off from its object.
func (r *Reader) leftover(id string) bool {
	p := r.begin()
	p.id = parseID(id)
	ok := r.valueOf(p)
	if r.orphan == nil {
		r.orphan = exchange.NewObject(exchange.Plain, nil, 0)
		r.orphan.End()
	}
	r.emit(r.orphan, ok)
	return ok
}

func (r *Reader) members(p *property) bool {
	for begun := false; ; {
		more, ok := r.next(&begun, '}')
		if !ok || !more {
			return ok
		}
		if !r.name() {
			return false
		}
		key := string(r.key.B)
		switch c, _ := r.first(); strings.ToLower(key) {
		case "id", "propertyid":
			// QUIRK: the Outlook REST API, which Graph replaced, has the second name (rest-api.vec).
			ok = r.idOf(p, c)
		case "value":
			if !p.valued() {
				ok = r.valueOf(p)
			} else {
				p.again = key
				ok = r.skip()
			}
		default:
			if !strings.Contains(key, "@") {
				r.strays.Add(r.t, key)
			}
			ok = r.skip()
		}
		if !ok {
			return false
		}
	}
}

// idOf reads the id of a property, which begins with c.
func (r *Reader) idOf(p *property, c byte) bool {
	if c != '"' {
		if !p.id.there {
			p.note(diag.Error, BadID, "id", "is no string")
		}
		return r.skip()
	}
	r.word.Reuse(MaxNameText)
	if !r.str(&r.word) {
		return false
	}
	if p.id.there {
		p.again = "id"
		return true
	}
	id, ok := exchange.Tidy(r.word.B)
	p.id = parseID(id)
	if !ok {
		p.note(diag.Error, BadUTF8, "id", "has bytes that are not UTF-8, for which U+FFFD stands: %s", exchange.Quote(string(r.word.B)))
	}
	if r.word.Lost > 0 {
		p.note(diag.Error, TooLong, "id", "is longer than %d bytes; %d were left out", MaxNameText, r.word.Lost)
	}
	return true
}

// valueOf reads the value of a property.
func (r *Reader) valueOf(p *property) bool {
	p.line, p.offset = r.t.Place()
	switch c, _ := r.first(); c {
	case '{':
		p.object = true
		return r.skipNested()
	case '[':
		p.value.List()
		return r.elements(p)
	case '"':
		return r.str(p.value.Scalar(p.id.t))
	}
	if !r.literal() {
		return false
	}
	if p.null = string(r.word.B) == "null"; !p.null {
		p.bare = true
		p.value.Scalar(p.id.t).Write(r.word.B)
	}
	return true
}

// elements reads the elements of a list.
func (r *Reader) elements(p *property) bool {
	r.t.Skip(1)
	for begun := false; ; {
		more, ok := r.next(&begun, ']')
		if !ok || !more {
			return ok
		}
		text := true
		switch c, _ := r.first(); c {
		case '{', '[':
			ok, text = r.skipNested(), false
		case '"':
			ok = r.str(p.value.Element())
		default:
			ok = r.literal()
			if text = string(r.word.B) != "null"; text {
				p.bare = true
				p.value.Element().Write(r.word.B)
			}
		}
		p.value.EndElement(text)
		if !ok {
			return false
		}
	}
}

// emit makes a record of the property that was read, whole or not.
func (r *Reader) emit(o *exchange.Object, whole bool) {
	p := &r.p
	rec := dump.Record{Line: p.line, Offset: p.offset, Prop: p.id.prop}
	if !p.id.there {
		p.note(diag.Error, BadID, "id", "is missing; nothing says which property it is")
	}
	p.notes = append(p.id.notes, p.notes...)
	if p.again != "" {
		p.note(diag.Error, DuplicateMember, p.again, "stands twice; the first was taken, and others take the last")
	}
	p.evaluate(&rec, whole)
	if !whole {
		d := &r.damage
		if d.end {
			p.note(diag.Error, Truncated, "file", "ends within this property")
		} else {
			p.note(diag.Error, BadJSON, "file", "is no JSON on line %d, within this property: %s", d.line, d.why)
		}
		d.told = true
	}
	rec.Findings, p.notes = p.notes, nil
	r.q.Emit(rec, o)
}

// codes says how remarks about a value are told.
var codes = [...]struct {
	severity diag.Severity
	code     diag.Code
}{
	exchange.AboutValue:    {diag.Error, BadValue},
	exchange.AboutElements: {diag.Error, ListElement},
	exchange.AboutShape:    {diag.Warning, ListShape},
	exchange.AboutLength:   {diag.Error, TooLong},
	exchange.AboutBase64:   {diag.Error, BadBase64},
	exchange.AboutBlanks:   {diag.Warning, Base64Form},
	exchange.AboutAlphabet: {diag.Warning, Base64Form},
	exchange.AboutBits:     {diag.Warning, Base64Bits},
	exchange.AboutDerived:  {diag.Info, Derived},
	exchange.AboutZone:     {diag.Warning, NoZone},
	exchange.AboutFiner:    {diag.Warning, FinerTime},
	exchange.AboutCurrency: {diag.Warning, CurrencyUnit},
	exchange.AboutUTF8:     {diag.Error, BadUTF8},
	exchange.AboutHalf:     {diag.Warning, LoneSurrogate},
}

// evaluate gives the record the value.
func (p *property) evaluate(rec *dump.Record, whole bool) {
	switch {
	case p.null && p.id.t == mapi.PtypNull:
		p.value.Scalar(p.id.t)
	case p.object:
		p.note(diag.Error, BadValue, "value", "is an object, must be text")
	case p.null:
		p.note(diag.Warning, NoValue, "value", "is null")
	case p.value.Shape == exchange.Absent && whole:
		p.note(diag.Warning, NoValue, "value", "is missing")
	case p.bare:
		p.note(diag.Warning, Unquoted, "value", "is no string, as Graph writes all values; numbers may have lost digits where this was written")
	}
	for _, m := range p.value.Evaluate(p.id.t, rec, !whole) {
		c := codes[m.About]
		f := note(c.severity, c.code, "value"+m.At, "%s", m.Msg)
		f.Span = m.Span
		p.notes = append(p.notes, f)
	}
}

// strayText says what was passed over.
func (r *Reader) strayText() {
	if r.controls > 0 {
		r.q.Later(note(diag.Warning, ControlCharacter, "file", "has control characters in strings that are not escaped, first on line %d: %d", r.controlLine, r.controls))
	}
	if r.strays.Values > 0 && !r.q.Empty() {
		r.q.Later(note(diag.Info, PassedOver, "file", "has values that are no extended properties and were not read, first on line %d: %s",
			r.strays.Line, r.strays.Summary()))
	}
}

// nothing says that the file has no extended properties.
func (r *Reader) nothing() diag.Finding {
	what := ""
	if names := r.strays.Names(); names != "" {
		what = fmt.Sprintf("; it has %s", names)
	}
	return note(diag.Error, NoProperties, "file", "has no extended properties%s", what)
}
