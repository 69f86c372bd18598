package exchange

import (
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The limits of a Value and of names.
const (
	MaxBinary   = 128 << 20 // bytes of one binary value
	MaxText     = 64 << 20  // bytes of text of one value, or of all elements of a list
	MaxElements = 1 << 20   // elements of a list
	MaxNameText = 64 << 10  // bytes of an id or a name
)

// Sink takes text piece by piece.
type Sink interface{ Write(p []byte) }

// Shape is what stands in the place of a value.
type Shape uint8

// The shapes.
const (
	Absent Shape = iota
	Scalar       // one text
	List         // any number of them
)

// Value collects the value of one property, and then makes bytes of it. It may be used again and again.
type Value struct {
	Shape    Shape
	text     Buffer // of a list, of all elements
	b64      Base64
	streamed bool  // the text went to b64
	ends     []int // of the elements in text; of one that has no text the complement
	over     int   // elements beyond MaxElements
}

// Reset makes v ready for another value.
func (v *Value) Reset() {
	text, ends := v.text, v.ends[:0]
	*v = Value{ends: ends}
	v.text = text
	v.text.Reuse(MaxText)
}

// Scalar begins a value of one text, and returns where that goes. A type that is known already saves memory.
func (v *Value) Scalar(t mapi.PropType) Sink {
	v.Shape = Scalar
	if v.streamed = t == mapi.PtypBinary; v.streamed {
		v.b64.Reset(MaxBinary, MaxText)
		return &v.b64
	}
	return &v.text
}

// List begins a list.
func (v *Value) List() { v.Shape = List }

// Element begins an element of a list, and returns where its text goes. EndElement must follow.
func (v *Value) Element() Sink {
	if len(v.ends) < MaxElements {
		return &v.text
	}
	return &Buffer{}
}

// EndElement ends an element; one without text cannot be read.
func (v *Value) EndElement(text bool) {
	switch {
	case len(v.ends) >= MaxElements:
		v.over++
	case text:
		v.ends = append(v.ends, len(v.text.B))
	default:
		v.ends = append(v.ends, ^len(v.text.B))
	}
}

// Text returns the text; that of a list as JSON. It is not there of a Binary that was read without a mistake.
func (v *Value) Text() string {
	switch {
	case v.streamed:
		return string(v.b64.Text.B)
	case v.Shape != List:
		return string(v.text.B)
	}
	b := []byte{'['}
	from := 0
	for i, end := range v.ends {
		if i > 0 {
			b = append(b, ',')
		}
		if end < 0 {
			b = append(b, "null"...)
			continue
		}
		b = wtf8.AppendQuote(b, string(v.text.B[from:end]))
		from = end
	}
	return string(append(b, ']'))
}

// About is what a Remark is about.
type About uint8

// What remarks are about.
const (
	AboutValue    About = iota // it cannot be read
	AboutElements              // some elements cannot be read
	AboutShape                 // one value and a list
	AboutLength                // something was too long
	AboutBase64                // base64 that is bad
	AboutBlanks                // blanks in base64
	AboutAlphabet              // base64 for URLs
	AboutBits                  // bits too many in base64
	AboutDerived               // the text may have lost something
	AboutZone                  // NoZone
	AboutFiner                 // FinerTime
	AboutCurrency              // WholeCurrency
	AboutUTF8                  // BadText
	AboutHalf                  // LoneSurrogate
)

// Remark is something to be said about a value. One value has few of them, however long it is.
type Remark struct {
	About About
	At    string // what to put behind the name of the value: "[3]"
	Span  diag.Span
	Msg   string
}

// evaluation is a Value on its way to a record.
type evaluation struct {
	v       *Value
	t       mapi.PropType
	rec     *dump.Record
	short   bool // the end of the text is missing
	remarks []Remark
}

// Evaluate gives the record the value as one of type t: bytes, value, text, and whether the bytes are derived. Where the
// list and not the type says that there is one, the type of the tag becomes that of a list. Short says that the end of
// the text is missing, which is then no remark. A value of PtypUnspecified stays text.
func (v *Value) Evaluate(t mapi.PropType, rec *dump.Record, short bool) []Remark {
	e := &evaluation{v: v, t: t, rec: rec, short: short}
	if v.text.Whole(); v.text.Lost > 0 {
		e.remark(AboutLength, "is longer than %d bytes; %d were left out", MaxText, v.text.Lost)
	}
	switch {
	case v.Shape == Absent:
	case t == mapi.PtypUnspecified:
		rec.Text = v.Text()
	case v.Shape == List || t.Multiple():
		e.list()
	case t == mapi.PtypBinary:
		e.binary()
	default:
		e.single()
	}
	v.b64 = Base64{} // its bytes are the record's
	return e.remarks
}

func (e *evaluation) remark(about About, format string, args ...any) {
	e.remarks = append(e.remarks, Remark{About: about, Span: diag.Span{Offset: -1}, Msg: fmt.Sprintf(format, args...)})
}

// single makes a value of a text.
func (e *evaluation) single() {
	r := Read(e.t, e.v.text.B)
	if r.Why != "" {
		e.rec.Text = e.v.Text()
		e.remark(AboutValue, "%s, is %s", r.Why, Quote(e.rec.Text))
		return
	}
	e.rec.Raw, e.rec.Prop.Value, e.rec.Derived = r.Raw, r.Value, r.Derived
	e.doubts(r.Doubts)
	e.derived()
	if r.Doubts&(BadText|FinerTime) != 0 {
		e.rec.Text = e.v.Text()
	}
}

// derived says what the bytes were computed from, where that may have lost something. Of strings it goes without saying.
func (e *evaluation) derived() {
	if !e.rec.Derived || e.t.Element() == mapi.PtypString {
		return
	}
	e.rec.Text = e.v.Text()
	e.remark(AboutDerived, "is text, which may not say all of the %s; the bytes were computed from it", e.t)
}

// doubtful says how doubts are told.
var doubtful = [...]struct {
	doubt Doubts
	about About
	msg   string
}{
	{NoZone, AboutZone, "has no zone; read as UTC"},
	{FinerTime, AboutFiner, "has more decimals than the 100 ns that are kept; the rest was cut off"},
	{WholeCurrency, AboutCurrency, "has no point, and was read as ten-thousandths"},
	{BadText, AboutUTF8, "has bytes that are not UTF-8; U+FFFD stands for them"},
	{LoneSurrogate, AboutHalf, "has half a surrogate pair, which is kept"},
}

func (e *evaluation) doubts(found Doubts) {
	for _, d := range doubtful {
		if found&d.doubt != 0 {
			e.remark(d.about, "%s", d.msg)
		}
	}
}

// binary takes the bytes that were base64.
func (e *evaluation) binary() {
	v, d := e.v, &e.v.b64
	if !v.streamed {
		d.Reset(MaxBinary, MaxText)
		d.Write(v.text.B)
		v.streamed = true
	}
	d.End()
	e.rec.Raw = d.Bytes.B
	e.rec.Prop.Value = mapi.Binary(e.rec.Raw)
	switch {
	case d.Bytes.Lost > 0:
		e.remark(AboutLength, "has more than %d bytes; %d were left out", MaxBinary, d.Bytes.Lost)
	case d.Why != "":
		e.rec.Text = v.Text()
		if !d.Short || !e.short {
			e.remark(AboutBase64, "is bad base64 at character %d: it %s", d.At, d.Why)
			e.remarks[len(e.remarks)-1].Span = diag.Span{Offset: len(e.rec.Raw)}
		}
	case d.Bits:
		e.remark(AboutBits, "is base64 whose last character has bits that belong to no byte")
	}
	if d.Blanks > 0 {
		e.remark(AboutBlanks, "is base64 with blanks and line ends in it: %d", d.Blanks)
	}
	if d.URL {
		e.remark(AboutAlphabet, "is base64 in the alphabet for URLs")
	}
}

// list makes the value of a list. Elements that cannot be read are left out.
func (e *evaluation) list() {
	v, t := e.v, e.t
	switch {
	case v.Shape != List:
		e.remark(AboutShape, "is one value, and the type is %s; read as a list of one", t)
		v.ends, v.Shape = append(v.ends[:0], len(v.text.B)), List
	case !t.Multiple():
		multiple, ok := ListOf(t)
		if !ok {
			e.rec.Text = v.Text()
			e.remark(AboutValue, "is a list, and there are none of %s", t)
			return
		}
		e.remark(AboutShape, "is a list, and the type is %s; read as %s", t, multiple)
		e.t = multiple
		e.rec.Prop.Tag = mapi.TagOf(e.rec.Prop.Tag.ID(), multiple)
	}
	elements, doubts := e.elements()
	e.doubts(doubts)
	e.rec.Prop.Value, e.rec.Raw = readList(e.t, elements)
	e.derived()
}

// elements returns the bytes of the elements that can be read, and says of the others how many there are.
func (e *evaluation) elements() (all [][]byte, doubts Doubts) {
	v, t := e.v, e.t.Element()
	all = make([][]byte, 0, len(v.ends))
	bad, first, because := 0, 0, ""
	from := 0
	for i, end := range v.ends {
		r := Reading{Why: "is no text"}
		if end >= 0 {
			r = element(t, v.text.B[from:end])
			from = end
		}
		if r.Why == "" {
			all, doubts, e.rec.Derived = append(all, r.Raw), doubts|r.Doubts, e.rec.Derived || r.Derived
			continue
		}
		if bad++; bad == 1 {
			first, because = i, r.Why
		}
	}
	if bad > 0 {
		e.rec.Text = v.Text()
		e.remark(AboutElements, "%s; of %d elements %d cannot be read and were left out, this is the first", because, len(v.ends), bad)
		e.remarks[len(e.remarks)-1].At = fmt.Sprintf("[%d]", first)
	}
	if v.over > 0 {
		e.remark(AboutLength, "has more than %d elements; %d were left out", MaxElements, v.over)
	}
	return all, doubts
}

// element reads one element.
func element(t mapi.PropType, text []byte) Reading {
	if t != mapi.PtypBinary {
		return Read(t, text)
	}
	var d Base64
	d.Reset(MaxBinary, 0)
	d.Write(text)
	if d.End(); d.Why != "" {
		return Reading{Why: fmt.Sprintf("is bad base64 at character %d", d.At)}
	}
	return Reading{Raw: d.Bytes.B}
}
