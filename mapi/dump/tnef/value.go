package tnef

import (
	"bytes"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// widths returns how many bytes a value of a single type has, and how many it takes with the padding behind it; 0 for
// types whose values have a size before them, and for all that [MS-OXTNEF] 2.1.3.4 does not name.
func widths(t mapi.PropType) (width, taken int) {
	switch t {
	case mapi.PtypInteger16, mapi.PtypBoolean:
		return 2, 4
	case mapi.PtypInteger32, mapi.PtypFloating32, mapi.PtypErrorCode:
		return 4, 4
	case mapi.PtypFloating64, mapi.PtypCurrency, mapi.PtypFloatingTime, mapi.PtypInteger64, mapi.PtypTime:
		return 8, 8
	case mapi.PtypGuid:
		return 16, 16
	}
	return 0, 0
}

// sized reports whether values of a single type have a size before them.
func sized(t mapi.PropType) bool {
	switch t {
	case mapi.PtypString8, mapi.PtypString, mapi.PtypBinary, mapi.PtypObject:
		return true
	}
	return false
}

// listed reports whether there are lists of a single type.
func listed(t mapi.PropType) bool {
	switch t {
	case mapi.PtypBoolean, mapi.PtypErrorCode, mapi.PtypObject:
		return false
	}
	return true
}

// read reads a value. It reports false where its end is not known.
func (p *prop) read() bool {
	t := p.rec.Prop.Tag.Type()
	single := t.Element()
	width, _ := widths(single)
	switch {
	case t.Multiple() && listed(single) && width > 0:
		return p.numbers(single)
	case t.Multiple() && listed(single) && sized(single), !t.Multiple() && t == single && sized(t):
		return p.runs(single)
	case !t.Multiple() && t == single && width > 0:
		return p.number()
	}
	ok := p.lose(p.l.at, UnknownType, "is of type %s, whose values have no known length: the %d bytes from 0x%X on cannot be told apart",
		t, len(p.l.b)-p.l.at, p.l.off+int64(p.l.at))
	p.rec.Prop.Value = mapi.Unknown{PropType: t, Data: p.rec.Raw}
	return ok
}

// overrun ends the list inside a value, of which raw is there.
func (p *prop) overrun(raw []byte, off int64, format string, args ...any) bool {
	p.l.at = len(p.l.b)
	p.find(diag.Error, PropertyOverrun, format, args...)
	p.parse(raw, off)
	return false
}

// number reads a value of fixed size.
func (p *prop) number() bool {
	l, t := p.l, p.rec.Prop.Tag.Type()
	off := l.off + int64(l.at)
	width, taken := widths(t)
	b, ok := p.take(taken)
	if !ok {
		rest := l.b[l.at:]
		return p.overrun(rest, off, "the value at 0x%X needs %d bytes, has %d", off, taken, len(rest))
	}
	p.filled(b[width:])
	raw := b[:width:width]
	if t == mapi.PtypBoolean {
		if v := le.Uint16(raw); v > 1 {
			p.find(diag.Warning, BooleanValue, "is 0x%04X, must be 0 or 1: taken as true", v)
		}
		raw = boolean(raw)
	}
	p.parse(raw, off)
	return true
}

// numbers reads a list of values of fixed size.
func (p *prop) numbers(single mapi.PropType) bool {
	l := p.l
	n, ok := p.counted()
	if !ok {
		return false
	}
	off := l.off + int64(l.at)
	width, taken := widths(single)
	raw := []byte{}
	for i := range n {
		b, ok := p.take(taken)
		if !ok {
			rest := l.b[l.at:]
			raw = append(raw, rest[:min(len(rest), width)]...)
			l.at = len(l.b)
			p.find(diag.Error, CountTooBig, "the data end after %d of the %d values that are counted%s", i, n, behind(rest))
			p.parse(raw, off)
			return false
		}
		p.filled(b[width:])
		if !l.skim {
			raw = append(raw, b[:width]...)
		}
	}
	p.parse(raw, off)
	return true
}

// behind says what is left of a value.
func behind(rest []byte) string {
	if len(rest) == 0 {
		return ""
	}
	return fmt.Sprintf(", with %X behind them", rest)
}

// counted reads how many values there are.
func (p *prop) counted() (uint32, bool) {
	b, ok := p.take(4)
	if !ok {
		return 0, p.lose(p.l.at, PropertyOverrun, "the number of values at 0x%X needs 4 bytes, has %d", p.l.off+int64(p.l.at), len(p.l.b)-p.l.at)
	}
	return le.Uint32(b), true
}

// runs reads values that have their sizes before them: one, or those of a list, which Raw then has behind their lengths.
func (p *prop) runs(single mapi.PropType) bool {
	l := p.l
	n, ok := p.counted()
	if !ok {
		return false
	}
	off := l.off + int64(l.at)
	list := p.rec.Prop.Tag.Type().Multiple() || n != 1
	if list && !p.rec.Prop.Tag.Type().Multiple() {
		p.find(diag.Error, ValueCount, "counts %d values, must be 1", n)
	}
	var raw []byte
	if list && n > 0 || p.rec.Prop.Tag.Type().Multiple() {
		raw = []byte{}
	}
	for i := range n {
		if l.at == len(l.b) {
			p.find(diag.Error, CountTooBig, "the data end after %d of the %d values that are counted", i, n)
			ok = false
			break
		}
		if rest := l.b[l.at:]; len(rest) < 4 {
			if !list {
				return p.lose(l.at, PropertyOverrun, "the size of the value at 0x%X needs 4 bytes, has %d", off, len(rest))
			}
			p.find(diag.Error, PropertyOverrun, "the size of value %d at 0x%X needs 4 bytes, has %X", i, l.off+int64(l.at), rest)
			l.at, ok = len(l.b), false
			break
		}
		if !list {
			off += 4
		}
		var value []byte
		if value, ok = p.run(single); list && !l.skim {
			raw = append(le.AppendUint32(raw, uint32(len(value))), value...)
		} else {
			raw = value
		}
		if !ok {
			break
		}
	}
	switch {
	case raw == nil:
		p.rec.Offset = off // no value at all
	case list && !p.rec.Prop.Tag.Type().Multiple():
		p.rec.Raw, p.rec.Offset = raw, off
		p.rec.Prop.Value = mapi.Unknown{PropType: single, Data: raw}
	case single == mapi.PtypObject && ok:
		p.object(raw, off)
	default:
		p.parse(raw, off)
	}
	return ok
}

// run reads one value behind its size, which is there, and returns it without the NUL that ends a string.
func (p *prop) run(single mapi.PropType) (value []byte, ok bool) {
	l := p.l
	at := l.off + int64(l.at)
	b, _ := p.take(4) // they are there
	n := le.Uint32(b)
	if left := len(l.b) - l.at; uint64(n) > uint64(left) {
		rest := l.b[l.at:]
		l.at = len(l.b)
		p.find(diag.Error, PropertyOverrun, "the value at 0x%X claims %d bytes, %d are left", at+4, n, left)
		return p.ended(single, rest), false
	}
	value, _ = p.take(int(n)) // it is there
	if value = p.ended(single, value); !p.pad(int(n)) {
		rest := l.b[l.at:]
		l.at = len(l.b)
		p.find(diag.Warning, NoPadding, "needs %d bytes of padding at 0x%X, has %d: %X", -n&3, at+4+int64(n), len(rest), rest)
	}
	return value, true
}

// ended takes the NUL off the end of a string, and counts what is odd about NULs.
func (p *prop) ended(single mapi.PropType, value []byte) []byte {
	n := len(value)
	switch single {
	case mapi.PtypString8:
		if n == 0 || value[n-1] != 0 {
			p.bare++
			return value
		}
		value = value[:n-1]
		if bytes.IndexByte(value, 0) >= 0 {
			p.inner++
		}
	case mapi.PtypString:
		if n < 2 || n%2 != 0 || value[n-1]|value[n-2] != 0 {
			p.bare++
			return value
		}
		value = value[:n-2]
		for i := 0; i < len(value); i += 2 {
			if value[i]|value[i+1] == 0 {
				p.inner++
				break
			}
		}
	}
	return value
}

// shared is the size from which on Raw and the bytes of a value are the same memory. Shorter values are copies, so that a
// program which keeps one does not keep all of its attribute.
const shared = 64 << 10

// parse gives the record its value, which begins at off.
func (p *prop) parse(raw []byte, off int64) {
	rec, t := &p.rec, p.rec.Prop.Tag.Type()
	if p.l.skim && t != mapi.PtypInteger32 {
		return
	}
	rec.Raw, rec.Offset = raw, off
	v, err := valueOf(t, raw)
	if f, ok := err.(diag.Finding); ok && (len(rec.Findings) == 0 || !rec.Findings[len(rec.Findings)-1].Code.Shortage()) {
		rec.Findings = append(rec.Findings, f)
	}
	rec.Prop.Value = p.l.o.text(rec, p.path, v)
}

// remarks reports what was counted about padding and NULs.
func (p *prop) remarks() {
	if p.padded > 0 {
		at := p.l.b[p.padding.from:p.padding.to]
		p.find(diag.Info, Padding, "the padding at 0x%X is %X, must be zero%s", p.l.off+int64(p.padding.from), at, p.values(p.padded))
	}
	if p.bare > 0 {
		p.find(diag.Warning, NoTerminator, "does not end in NUL%s", p.values(p.bare))
	}
	if p.inner > 0 {
		p.find(diag.Warning, EmbeddedNUL, "goes on behind a NUL%s: kept whole", p.values(p.inner))
	}
}

// values says of how many values of a list something is true.
func (p *prop) values(n int) string {
	if !p.rec.Prop.Tag.Type().Multiple() {
		return ""
	}
	return fmt.Sprintf(" (of values, %d)", n)
}

// valueOf returns the value of type t. That of a long binary, 8-bit text or object is raw itself.
func valueOf(t mapi.PropType, raw []byte) (mapi.Value, error) {
	if len(raw) >= shared {
		switch t {
		case mapi.PtypBinary:
			return mapi.Binary(raw), nil
		case mapi.PtypString8:
			return mapi.String8{Raw: raw}, nil
		case mapi.PtypObject:
			return mapi.Object{Raw: raw}, nil
		}
	}
	return mapi.ParseRaw(t, raw)
}

// text gives v, if it is 8-bit text, the first code page of the message that its bytes can be in, and says so where that
// matters.
func (o *object) text(rec *dump.Record, path func() string, v mapi.Value) mapi.Value {
	switch v.(type) {
	case mapi.String8, mapi.MultipleString8:
	default:
		return v
	}
	pages := o.pages
	v, i, depends, about := dump.Decode8(v, pages)
	if !depends {
		return v
	}
	find := func(s diag.Severity, code diag.Code, format string, args ...any) {
		rec.Findings = append(rec.Findings, finding(s, code, path(), format, args...))
	}
	switch chosen := pages[i]; {
	case chosen.Guess && i > 0 && !pages[0].Guess:
		find(diag.Warning, CodePageGuess, "the bytes cannot be code page %d (%s), and nothing else says one: read as %d (%s)",
			pages[0].Number, pages[0].Source, chosen.Number, chosen.Source)
	case chosen.Guess:
		find(diag.Warning, CodePageGuess, "nothing says the code page: read as %d (%s)", chosen.Number, chosen.Source)
	case i > 0:
		find(diag.Warning, CodePageConflict, "the bytes cannot be code page %d (%s): read as %d (%s)",
			pages[0].Number, pages[0].Source, chosen.Number, chosen.Source)
	default:
		find(diag.Info, CodePage, "read as code page %d (%s)", chosen.Number, chosen.Source)
	}
	rec.Findings = append(rec.Findings, about...)
	return v
}
