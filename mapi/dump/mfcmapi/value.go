package mfcmapi

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

var le = binary.LittleEndian

// evaluate makes the record's bytes and value of the texts of the property.
func (r *Reader) evaluate(rec *dump.Record) {
	p := &r.p
	p.inferType()
	t := p.tag.Type()
	if t.Multiple() {
		r.evaluateList(rec, t)
		return
	}
	if p.multi {
		p.note(diag.Error, BadValue, nowhere, "Value", "has rows, the type %s has one value", t)
		rec.Text = fmt.Sprintf("%d rows", p.rows)
		return
	}
	raw, ok := r.scalar(t.Element(), &p.value, &p.alt, "Value")
	if !ok {
		rec.Text = shown(&p.value)
		if t.Element() == mapi.PtypObject {
			rec.Prop.Value = mapi.Object{}
			rec.Text = ""
		}
		return
	}
	rec.Raw = raw
	if p.derived && t.Element() != mapi.PtypString {
		rec.Text = shown(&p.value)
	}
	rec.Prop.Value = r.typed(t, raw)
	if t == mapi.PtypBinary {
		p.provisional()
	}
	if t.Element() == mapi.PtypErrorCode {
		r.notExported(raw, rec.Prop.Name)
	}
}

// provisional tells of a string that was too large to be read as one: the exporter then tries PtypBinary first.
func (p *property) provisional() {
	id := p.tag.ID()
	if id.Local() || id == 0 || len(p.value.bytes.out) == 0 {
		return
	}
	if _, ok := mapi.NameOf(p.tag); ok {
		return
	}
	if _, ok := mapi.NameOf(mapi.TagOf(id, mapi.PtypString)); ok {
		p.note(diag.Info, ProvisionalType, nowhere, "property", "the id is that of a string: the exporter reads strings as PtypBinary that are too large; then the bytes are UTF-16LE")
	}
}

// typed returns the value of type t with the bytes raw.
func (r *Reader) typed(t mapi.PropType, raw []byte) mapi.Value {
	switch t.Element() {
	case mapi.PtypBinary:
		return mapi.Binary(raw)
	case mapi.PtypString8:
		return r.string8(raw)
	}
	v, err := mapi.ParseRaw(t, raw)
	if err != nil {
		r.p.note(diag.Error, BadValue, diag.Span{Len: len(raw)}, "Value", "cannot be a %s: %v", t, err)
	}
	return v
}

func (r *Reader) string8(raw []byte) mapi.String8 {
	v := mapi.String8{Raw: raw}
	if r.w.src.named {
		v.CodePage, v.Source = r.w.src.page.number, "caller"
	}
	return v
}

// inferType gives a property without a tag the type its texts have the form of.
func (p *property) inferType() {
	if p.tagged || p.tag.Type() != mapi.PtypUnspecified {
		return
	}
	switch _, low := cutWord(trim(p.alt.text.b), "Low:"); {
	case low:
		p.tag = mapi.TagOf(p.tag.ID(), mapi.PtypTime)
	case p.value.isHex:
		p.tag = mapi.TagOf(p.tag.ID(), mapi.PtypBinary)
	}
}

// shown returns the text of a cell as the dump shows it.
func shown(c *cell) string {
	if c.isHex {
		return ""
	}
	return string(trim(c.text.b))
}

// scalar returns the bytes of a single value of type t from its two texts; ok is false where there is none. Path is
// where findings are.
func (r *Reader) scalar(t mapi.PropType, value, alt *cell, path string) (raw []byte, ok bool) {
	switch t {
	case mapi.PtypBinary:
		return r.binary(value, alt, path)
	case mapi.PtypString, mapi.PtypString8:
		return r.str(t, value, alt, path)
	case mapi.PtypUnspecified, mapi.PtypNull, mapi.PtypServerId, mapi.PtypObject:
		if value.isHex {
			return r.hexBytes(value, path), true
		}
		if value.has && t == mapi.PtypUnspecified {
			r.p.note(diag.Warning, UnknownText, nowhere, path, "is of unknown type; its text is kept, it has no bytes")
		}
		return nil, t == mapi.PtypNull && !value.has && r.p.tagged
	case mapi.PtypRestriction, mapi.PtypRuleAction:
		if value.has {
			r.p.note(diag.Info, TextOnly, nowhere, path, "is a description in words; the dump does not have the bytes")
		} else {
			r.missing(path)
		}
		return nil, false
	}
	if !value.has && !alt.has {
		r.missing(path)
		return nil, false
	}
	v, a := string(trim(value.text.b)), string(trim(alt.text.b))
	switch t {
	case mapi.PtypInteger16, mapi.PtypInteger32:
		return r.integer(t, v, a, path)
	case mapi.PtypInteger64:
		return r.integer64(v, a, path)
	case mapi.PtypCurrency:
		return r.currency(v, a, path)
	case mapi.PtypFloating32, mapi.PtypFloating64, mapi.PtypFloatingTime:
		return r.float(t, v, path)
	case mapi.PtypBoolean:
		return r.boolean(v, path)
	case mapi.PtypErrorCode:
		return r.errorCode(v, value.err, path)
	case mapi.PtypTime:
		return r.time(v, a, path)
	case mapi.PtypGuid:
		return r.guid(v, path)
	}
	r.p.note(diag.Warning, UnknownText, nowhere, path, "is of type %s; its text is kept, it has no bytes", t)
	return nil, false
}

func (r *Reader) missing(path string) {
	r.p.note(diag.Warning, MissingValue, nowhere, path, "is missing")
}

func (r *Reader) badValue(path, text, want string) ([]byte, bool) {
	r.p.note(diag.Error, BadValue, nowhere, path, "is %q, not %s", excerpt([]byte(text)), want)
	return nil, false
}

func (r *Reader) disagree(path, value, alt string) {
	r.p.note(diag.Error, ValueMismatch, nowhere, path, "Value and AltValue disagree: Value %s, AltValue %s; the first of them that is authoritative for the type was taken", value, alt)
}

// integer reads a number of 16 or 32 bits. AltValue, in hex, says what its bits are; Value is signed, or unsigned in the
// builds before 2014.
func (r *Reader) integer(t mapi.PropType, v, a, path string) ([]byte, bool) {
	bits, mask := 16, uint64(0xFFFF)
	if t == mapi.PtypInteger32 {
		bits, mask = 32, 0xFFFFFFFF
	}
	var fromText, fromAlt uint64
	n, err := strconv.ParseInt(v, 10, 64)
	text := v != "" && err == nil && n >= -1<<(bits-1) && n <= int64(mask)
	fromText = uint64(n) & mask
	// QUIRK: a negative PT_I2 is printed sign-extended to 32 bits.
	u, err := strconv.ParseUint(cutHex(a), 16, 32)
	exact := a != "" && err == nil && isHex(a) && (u <= mask || u>>15 == 1<<17-1)
	fromAlt = u & mask
	switch {
	case !text && !exact:
		return r.badValue(path, v, "a decimal number")
	case text && exact && fromText != fromAlt:
		r.disagree(path, v, a)
	case v != "" && !text:
		r.disagree(path, strconv.Quote(v), a)
	case a != "" && !exact:
		r.disagree(path, v, strconv.Quote(a))
	}
	if exact {
		fromText = fromAlt
	}
	if bits == 16 {
		return le.AppendUint16(nil, uint16(fromText)), true
	}
	return le.AppendUint32(nil, uint32(fromText)), true
}

// isHex reports whether s begins with 0x, or Ox as some readers of screens make of it.
func isHex(s string) bool {
	return len(s) > 2 && (s[0] == '0' || s[0] == 'O' || s[0] == 'o') && (s[1] == 'x' || s[1] == 'X')
}

func cutHex(s string) string {
	if isHex(s) {
		return s[2:]
	}
	return s
}

// pair reads "0xHHHHHHHH:0xLLLLLLLL".
func pair(s string) (uint64, bool) {
	hi, lo, ok := strings.Cut(s, ":")
	h, ok1 := parseHex32(strings.TrimSpace(hi))
	l, ok2 := parseHex32(strings.TrimSpace(lo))
	return uint64(h)<<32 | uint64(l), ok && ok1 && ok2
}

// integer64 reads a number of 64 bits: the two halves in Value, and a decimal number in AltValue.
func (r *Reader) integer64(v, a, path string) ([]byte, bool) {
	n, exact := pair(v)
	d, err := strconv.ParseInt(a, 10, 64)
	switch {
	case !exact && err != nil:
		return r.badValue(path, v, "two numbers in hex")
	case !exact:
		if v != "" {
			r.disagree(path, strconv.Quote(v), a)
		}
		n = uint64(d)
	case err != nil && a != "":
		r.disagree(path, v, strconv.Quote(a))
	case err == nil && uint64(d) != n:
		r.disagree(path, fmt.Sprintf("0x%016X", n), fmt.Sprintf("0x%016X", uint64(d)))
	}
	return le.AppendUint64(nil, n), true
}

// currency reads ten-thousandths: the two halves in AltValue, and in Value a number with its point four digits from
// the end.
func (r *Reader) currency(v, a, path string) ([]byte, bool) {
	n, exact := pair(a)
	d, err := strconv.ParseInt(strings.Replace(v, ".", "", 1), 10, 64)
	point := strings.IndexByte(v, '.')
	text := err == nil && point >= 0 && point == len(v)-5
	switch {
	case !exact && !text:
		return r.badValue(path, v, "an amount with four decimals")
	case !exact:
		if a != "" {
			r.disagree(path, v, strconv.Quote(a))
		}
		n = uint64(d)
	case text && uint64(d) != n, v != "" && !text:
		r.disagree(path, v, a)
	}
	return le.AppendUint64(nil, n), true
}

// float reads a number that was printed with six decimals.
func (r *Reader) float(t mapi.PropType, v, path string) ([]byte, bool) {
	bits := 64
	if t == mapi.PtypFloating32 {
		bits = 32
	}
	n, err := strconv.ParseFloat(v, bits)
	if err != nil {
		return r.badValue(path, v, "a number")
	}
	r.p.derived = true
	r.p.note(diag.Info, Derived, nowhere, path, "is printed with six decimals; the bytes were computed from that and may differ from the original's")
	if bits == 32 {
		return le.AppendUint32(nil, math.Float32bits(float32(n))), true
	}
	return le.AppendUint64(nil, math.Float64bits(n)), true
}

func (r *Reader) boolean(v, path string) ([]byte, bool) {
	switch {
	case strings.EqualFold(v, "true"):
		return []byte{1}, true
	case strings.EqualFold(v, "false"):
		return []byte{0}, true
	}
	return r.badValue(path, v, "True or False")
}

// errorCode reads a code: in the attribute err, or before 2014 "Err:0x8007000E=NAME", later with a blank.
func (r *Reader) errorCode(v, attribute, path string) ([]byte, bool) {
	if n, ok := parseHex32(attribute); ok {
		return le.AppendUint32(nil, n), true
	}
	text := v
	if rest, ok := cutWord([]byte(v), "Err:"); ok {
		text, _, _ = strings.Cut(string(rest), "=")
	}
	if n, ok := parseHex32(strings.TrimSpace(text)); ok {
		return le.AppendUint32(nil, n), true
	}
	if n, ok := mapi.ErrorByName(strings.TrimSpace(text)); ok {
		return le.AppendUint32(nil, uint32(n)), true
	}
	return r.badValue(path, v, "an error code")
}

func errorText(code uint32) string { return mapi.ErrorCode(code).String() }

// notExported says what a property of type PtypErrorCode stands for.
func (r *Reader) notExported(raw []byte, n mapi.PropName) {
	p := &r.p
	code := le.Uint32(raw)
	why := errorText(code)
	const notEnoughMemory = 0x8007000E
	if code == notEnoughMemory {
		why += " (too large for the exporter)"
	}
	if t, ok := p.trueType(n); ok {
		why += "; the property's type is " + t.String() + ", from the tables"
	} else {
		why += "; the property's type is not known"
	}
	p.note(diag.Warning, NotExported, nowhere, "Value", "value not exported: %s", why)
}

// guid reads "{GUID} = name".
func (r *Reader) guid(v, path string) ([]byte, bool) {
	g, ok := parseGUID(v)
	if !ok {
		return r.badValue(path, v, "a GUID in braces")
	}
	return slices.Clone(g[:]), true
}

// parseGUID reads the GUID before the first " = ". Web pages make en dashes of its hyphens.
func parseGUID(s string) (guid.GUID, bool) {
	s, _, _ = strings.Cut(s, " =")
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\u2010\u2011\u2012\u2013\u2014\u2212") {
		s = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-").Replace(s)
	}
	g, err := guid.Parse(s)
	return g, err == nil
}

func parseCount(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	return n, err == nil && n >= 0
}

// hexBytes returns the bytes of a cell of hex digits, which the record may keep, and reports what is wrong with them.
func (r *Reader) hexBytes(c *cell, path string) []byte {
	h := &c.bytes
	cb := c.cb
	if h.cb >= 0 {
		if cb >= 0 && cb != h.cb {
			r.p.note(diag.Error, LengthMismatch, nowhere, path, "says cb %d in its attribute and cb %d in its text", cb, h.cb)
		}
		cb = h.cb
	}
	n := len(h.out)
	r.hexFindings(h, cb, path)
	if n > maxKept/2 {
		raw := h.out
		h.out = nil
		return raw
	}
	return append(make([]byte, 0, n), h.out...)
}

func (r *Reader) hexFindings(h *hexer, cb int64, path string) {
	p := &r.p
	n := len(h.out)
	found := int64(n) + h.lost
	end := diag.Span{Offset: n}
	said := ""
	if cb >= 0 && cb != found {
		said = fmt.Sprintf("; cb says %d bytes, found %d", cb, found)
	}
	switch {
	case h.lost > 0:
		p.note(diag.Error, TooLong, end, path, "has %d bytes; those from byte %d on were left out%s", found, n, said)
	case h.state == hexStop && h.cut():
		p.note(diag.Error, CutHex, end, path, "something was left out behind %d hex digits (%q)%s", h.digits, h.stop, said)
	case h.state == hexStop:
		p.note(diag.Error, BadHex, end, path, "bad hex digit %s at digit %d; %d characters from there on were not read%s",
			quoteChar(h.stop), h.digits+1, h.stopped, said)
	case h.half:
		p.note(diag.Error, OddHex, end, path, "odd number of hex digits (%d); the last was left out%s", h.digits, said)
	case cb >= 0 && cb != found:
		p.note(diag.Error, LengthMismatch, end, path, "length mismatch: cb %d, found %d", cb, found)
	case cb > 0 && h.null:
		p.note(diag.Error, LengthMismatch, end, path, "length mismatch: cb %d, found NULL", cb)
	}
	p.conflict = p.conflict || h.lost > 0 || h.state == hexStop || h.half || cb >= 0 && cb != found
	if h.cleaned > 0 {
		p.note(diag.Warning, CleanedHex, nowhere, path, "cleaned %d characters from between the hex digits", h.cleaned)
	}
}

func quoteChar(s string) string { return "'" + s + "'" }

// binary reads a run of bytes.
func (r *Reader) binary(value, alt *cell, path string) ([]byte, bool) {
	if !value.has {
		r.missing(path)
		return nil, false
	}
	if !value.isHex {
		value.bytes.reset(MaxBinary)
		value.bytes.write(value.text.b)
		value.bytes.end()
		value.isHex = true
	}
	raw := r.hexBytes(value, path)
	if alt.has {
		r.compareAlt(raw, alt, path)
	}
	return raw, true
}

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
		p.note(diag.Error, ListElement, nowhere, "Value", "elements that cannot be read are empty, or left out where the type has no empty one")
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
