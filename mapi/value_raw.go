package mapi

import (
	"fmt"
	"math"
	"slices"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ParseRaw returns the value of type t whose bytes are raw, as a dump's Raw holds them: numbers little-endian, a
// Boolean in 1, 2 or 4 bytes, PtypString8 and PtypString (UTF-16LE) without terminator, everything else as it is. A
// list of numbers, times or GUIDs is its elements one behind the other; a list of strings or binaries has the length of
// each in bytes, a uint32, before it. The value's AppendBinary writes the same bytes again (a Boolean in as few as it
// needs). A type 0x3xxx is read as the single type, and a type that is not known gives an Unknown, both without error.
//
// Where raw does not fit t, ParseRaw returns an Unknown with all of it, and a diag.Finding whose Code is Truncated
// (then errors.Is(err, io.ErrUnexpectedEOF)) or BadLength. ParseRaw keeps no part of raw.
func ParseRaw(t PropType, raw []byte) (Value, error) {
	v, err := parseRaw(t, raw)
	if err != nil {
		return Unknown{t, slices.Clone(raw)}, err
	}
	return v, nil
}

// ParseMulti returns the list of type t whose elements have the given bytes, each as ParseRaw reads a single value. The
// error, if any, is that of the first element that does not fit; the value is then an Unknown of what AppendBinary of a
// PtypMultipleBinary would give. A type that is not one of the published lists gives that same Unknown, without error.
func ParseMulti(t PropType, elements [][]byte) (Value, error) {
	prefixed := func() []byte {
		b, _ := MultipleBinary(elements).AppendBinary(nil) // never fails
		return b
	}
	switch t {
	case PtypMultipleString8, PtypMultipleString, PtypMultipleBinary:
		return ParseRaw(t, prefixed())
	}
	if !t.fixedList() {
		return Unknown{t, prefixed()}, nil
	}
	var joined []byte
	width := t.Element().width()
	for i, e := range elements {
		if len(e) != width {
			err := lengthError(t.Element(), 0, len(e), width)
			err.Path = fmt.Sprintf("%s[%d]", t, i)
			return Unknown{t, prefixed()}, err
		}
		joined = append(joined, e...)
	}
	return ParseRaw(t, joined)
}

// lengthError says that the got bytes at off are not the want bytes a value of type t has.
func lengthError(t PropType, off, got, want int) diag.Finding {
	f := diag.Finding{Severity: diag.Error, Code: BadLength, Span: diag.Span{Offset: off + want, Len: got - want},
		Path: t.String(), Spec: specTypes, Msg: fmt.Sprintf("needs %d bytes, has %d", want, got)}
	if got < want {
		f.Code, f.Severity, f.Span = Truncated, diag.Fatal, diag.Span{Offset: off + got}
	}
	return f
}

func parseRaw(t PropType, raw []byte) (Value, error) {
	single := t
	switch {
	case t.Multiple():
		return parseList(t, raw)
	case t.Instance() || t.Element() == PtypString:
		single = t.Element()
	}
	if w := single.width(); w > 0 && len(raw) != w {
		return nil, lengthError(single, 0, len(raw), w)
	}
	switch single {
	case PtypNull:
		if len(raw) > 0 {
			return nil, lengthError(single, 0, len(raw), 0)
		}
		return Null{}, nil
	case PtypBoolean:
		return parseBoolean(raw)
	case PtypString:
		if len(raw)%2 != 0 {
			return nil, oddText(t, 0, len(raw))
		}
		return String(decodeUTF16(raw)), nil
	case PtypString8:
		return String8{Raw: slices.Clone(raw)}, nil
	case PtypBinary:
		return Binary(keep(raw)), nil
	case PtypObject:
		return Object{slices.Clone(raw)}, nil
	case PtypServerId:
		return ServerID{slices.Clone(raw)}, nil
	case PtypRestriction:
		return Restriction{slices.Clone(raw)}, nil
	case PtypRuleAction:
		return RuleActions{slices.Clone(raw)}, nil
	}
	return parseFixed(single, t, raw), nil
}

// parseFixed returns the value of a type with a width, whose raw has just that, and an Unknown of type t for any other
// type.
func parseFixed(single, t PropType, raw []byte) Value {
	switch single {
	case PtypInteger16:
		return Integer16(le.Uint16(raw))
	case PtypInteger32:
		return Integer32(le.Uint32(raw))
	case PtypFloating32:
		return Floating32(math.Float32frombits(le.Uint32(raw)))
	case PtypFloating64:
		return Floating64(math.Float64frombits(le.Uint64(raw)))
	case PtypCurrency:
		return Currency(le.Uint64(raw))
	case PtypFloatingTime:
		return FloatingTime(math.Float64frombits(le.Uint64(raw)))
	case PtypErrorCode:
		return ErrorCode(le.Uint32(raw))
	case PtypInteger64:
		return Integer64(le.Uint64(raw))
	case PtypTime:
		return Time(le.Uint64(raw))
	case PtypGuid:
		return GUID(raw)
	case typeFileHandle:
		t = single
	}
	return Unknown{t, slices.Clone(raw)}
}

func parseBoolean(raw []byte) (Value, error) {
	switch len(raw) {
	case 1:
		return Boolean(raw[0]), nil
	case 2:
		return Boolean(le.Uint16(raw)), nil
	case 4:
		return Boolean(le.Uint32(raw)), nil
	}
	want := 4
	if len(raw) == 0 {
		want = 1
	}
	f := lengthError(PtypBoolean, 0, len(raw), want)
	f.Msg = fmt.Sprintf("needs 1, 2 or 4 bytes, has %d", len(raw))
	return nil, f
}

// oddText says that the n bytes at off, UTF-16 text, end in half a code unit.
func oddText(t PropType, off, n int) diag.Finding {
	f := lengthError(t, off, n, n+1)
	f.Msg = fmt.Sprintf("is UTF-16 text and needs an even number of bytes, has %d", n)
	return f
}

// keep copies raw, so that an empty value is not a nil one.
func keep(raw []byte) []byte { return append([]byte{}, raw...) }

func parseList(t PropType, raw []byte) (Value, error) {
	switch t {
	case PtypMultipleString8, PtypMultipleString, PtypMultipleBinary:
		n, err := countElements(t, raw)
		if err != nil {
			return nil, err
		}
		return variableList(t, raw, n), nil
	}
	w := t.Element().width()
	if !t.fixedList() {
		return Unknown{t, slices.Clone(raw)}, nil
	}
	if over := len(raw) % w; over != 0 {
		err := lengthError(t.Element(), len(raw)-over, over, w)
		err.Path = fmt.Sprintf("%s[%d]", t, len(raw)/w)
		return nil, err
	}
	return fixedList(t, raw), nil
}

// countElements returns how many elements stand in raw, each behind its length, or what is wrong with one of them.
func countElements(t PropType, raw []byte) (int, error) {
	n := 0
	fail := func(f diag.Finding) (int, error) {
		f.Path = fmt.Sprintf("%s[%d]", t, n)
		return n, f
	}
	for off := 0; off < len(raw); n++ {
		if left := len(raw) - off; left < 4 {
			f := lengthError(t, off, left, 4)
			f.Msg = fmt.Sprintf("the length of an element needs 4 bytes, has %d", left)
			return fail(f)
		}
		size, left := le.Uint32(raw[off:]), len(raw)-off-4
		off += 4
		if uint64(size) > uint64(left) {
			return fail(diag.Finding{Severity: diag.Fatal, Code: Truncated, Span: diag.Span{Offset: off, Len: left},
				Spec: specTypes, Msg: fmt.Sprintf("needs %d bytes, has %d", size, left)})
		}
		if t == PtypMultipleString && size%2 != 0 {
			return fail(oddText(t, off, int(size)))
		}
		off += int(size)
	}
	return n, nil
}

// variableList returns the list of strings or binaries whose n elements stand in raw, each behind its length.
func variableList(t PropType, raw []byte, n int) Value {
	next := func() (part []byte) {
		end := 4 + int(le.Uint32(raw))
		part, raw = raw[4:end], raw[end:]
		return part
	}
	switch t {
	case PtypMultipleString8:
		v := make(MultipleString8, n)
		for i := range v {
			v[i].Raw = keep(next())
		}
		return v
	case PtypMultipleString:
		v := make(MultipleString, n)
		for i := range v {
			v[i] = string(wtf8.AppendDecode(nil, next()))
		}
		return v
	}
	v := make(MultipleBinary, n)
	for i := range v {
		v[i] = keep(next())
	}
	return v
}

// fixedList reports whether t is a list of elements of one size.
func (t PropType) fixedList() bool {
	switch t {
	case PtypMultipleInteger16, PtypMultipleInteger32, PtypMultipleFloating32, PtypMultipleFloating64, PtypMultipleCurrency,
		PtypMultipleFloatingTime, PtypMultipleInteger64, PtypMultipleTime, PtypMultipleGuid:
		return true
	}
	return false
}

// fixedList returns the list of type t whose elements stand in raw one behind the other, nil where t is no such list.
func fixedList(t PropType, raw []byte) Value {
	switch t {
	case PtypMultipleInteger16:
		return MultipleInteger16(list(raw, 2, func(b []byte) int16 { return int16(le.Uint16(b)) }))
	case PtypMultipleInteger32:
		return MultipleInteger32(list(raw, 4, func(b []byte) int32 { return int32(le.Uint32(b)) }))
	case PtypMultipleFloating32:
		return MultipleFloating32(list(raw, 4, func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) }))
	case PtypMultipleFloating64:
		return MultipleFloating64(list(raw, 8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) }))
	case PtypMultipleCurrency:
		return MultipleCurrency(list(raw, 8, func(b []byte) Currency { return Currency(le.Uint64(b)) }))
	case PtypMultipleFloatingTime:
		return MultipleFloatingTime(list(raw, 8, func(b []byte) FloatingTime {
			return FloatingTime(math.Float64frombits(le.Uint64(b)))
		}))
	case PtypMultipleInteger64:
		return MultipleInteger64(list(raw, 8, func(b []byte) int64 { return int64(le.Uint64(b)) }))
	case PtypMultipleTime:
		return MultipleTime(list(raw, 8, func(b []byte) FileTime { return FileTime(le.Uint64(b)) }))
	case PtypMultipleGuid:
		return MultipleGUID(list(raw, 16, func(b []byte) guid.GUID { return guid.GUID(b) }))
	}
	return nil
}

func list[E any](raw []byte, width int, element func([]byte) E) []E {
	v := make([]E, 0, len(raw)/width)
	for ; len(raw) >= width; raw = raw[width:] {
		v = append(v, element(raw[:width]))
	}
	return v
}
