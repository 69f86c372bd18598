package ews

import (
	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// property is the property that is being read. There is one per Reader, used again and again.
type property struct {
	line   int
	offset int64
	o      *exchange.Object
	field  field
	value  exchange.Value
	values bool // there are Values

	inner    bool // a value has an element inside
	cut      bool // a value has no end
	ends     bool // the file ends
	again    string
	illegal  int // characters that XML does not have
	unknown  int // references to nothing
	lineEnds int // CR that XML makes LF
}

// begin makes ready for the property whose start tag is at the front of the text.
func (r *Reader) begin() {
	p := &r.p
	value := p.value
	*p = property{value: value, o: r.owner()} // its memory is used again
	p.value.Reset()
	p.line, p.offset = r.t.Place()
	r.reading, r.at, r.valueAt = true, len(r.stack), -1
}

// part enters an element within a property.
func (r *Reader) part(name string, rest []byte) {
	p := &r.p
	n := len(r.stack)
	switch child := n == r.at+1; {
	case name == "ExtendedFieldURI" && child:
		if p.field.there {
			p.again = name
			return
		}
		p.field = parseField(rest)
	case name == "Values" && child:
		if p.value.Shape != exchange.Absent {
			p.again = name
			return
		}
		p.values = true
		p.value.List()
	case name == "Value" && child:
		if p.value.Shape != exchange.Absent {
			p.again = name
			return
		}
		r.sink, r.valueAt = p.value.Scalar(p.field.t), n
	case name == "Value" && n == r.at+2 && r.stack[n-1].name == "Values" && p.values && p.again == "":
		r.sink, r.valueAt = p.value.Element(), n
	}
}

// endValue ends a value, which is cut where its end is missing.
func (r *Reader) endValue() {
	r.sink, r.valueAt = nil, -1
	if r.p.values {
		r.p.value.EndElement(true)
	}
}

// emit makes a record of the property that was read.
func (r *Reader) emit() {
	p := &r.p
	r.reading = false
	rec := dump.Record{Line: p.line, Offset: p.offset, Prop: p.field.prop}
	notes := p.field.notes
	add := func(s diag.Severity, code diag.Code, path, format string, args ...any) {
		notes = append(notes, note(s, code, path, format, args...))
	}
	if !p.field.there {
		add(diag.Error, BadField, "ExtendedFieldURI", "is missing; nothing says which property it is")
	}
	if p.again != "" {
		add(diag.Error, Repeated, p.again, "stands where there is one already; the first was taken")
	}
	if p.value.Shape == exchange.Absent && !p.ends && !p.cut {
		add(diag.Warning, NoValue, "Value", "is missing")
	}
	for _, m := range p.value.Evaluate(p.field.t, &rec, p.ends || p.cut) {
		if c := codes[m.About]; c.code != "" {
			f := note(c.severity, c.code, "Value"+m.At, "%s", m.Msg)
			f.Span = m.Span
			notes = append(notes, f)
		}
	}
	if p.illegal > 0 {
		add(diag.Warning, IllegalCharacter, "Value", "has characters that XML does not have; they are kept: %d", p.illegal)
	}
	if p.unknown > 0 {
		add(diag.Error, BadReference, "Value", "has references to nothing that is known; they are kept as text: %d", p.unknown)
	}
	if p.lineEnds > 0 && p.field.t.Element() == mapi.PtypString {
		add(diag.Info, LineEnds, "Value", "has line ends with CR, which are LF in XML, and were read so: %d", p.lineEnds)
	}
	if p.inner {
		add(diag.Error, BadValue, "Value", "has an element inside; it and what is behind it was not read")
	}
	switch {
	case p.ends:
		add(diag.Error, Truncated, "file", "ends within this property")
	case p.cut:
		add(diag.Error, BadXML, "Value", "has no end")
	}
	rec.Findings = notes
	r.q.Emit(rec, p.o)
	for _, f := range r.faults {
		r.fail(f)
	}
	r.faults = r.faults[:0]
}

// codes says how remarks about a value are told. Blanks in base64 are none: XML Schema allows them.
var codes = [...]struct {
	severity diag.Severity
	code     diag.Code
}{
	exchange.AboutValue:    {diag.Error, BadValue},
	exchange.AboutElements: {diag.Error, ListElement},
	exchange.AboutShape:    {diag.Warning, ListShape},
	exchange.AboutLength:   {diag.Error, TooLong},
	exchange.AboutBase64:   {diag.Error, BadBase64},
	exchange.AboutBlanks:   {},
	exchange.AboutAlphabet: {diag.Warning, Base64Alphabet},
	exchange.AboutBits:     {diag.Warning, Base64Bits},
	exchange.AboutDerived:  {diag.Info, Derived},
	exchange.AboutZone:     {diag.Warning, NoZone},
	exchange.AboutFiner:    {diag.Warning, FinerTime},
	exchange.AboutCurrency: {diag.Warning, CurrencyUnit},
	exchange.AboutUTF8:     {diag.Error, BadUTF8},
	exchange.AboutHalf:     {diag.Warning, LoneSurrogate},
}
