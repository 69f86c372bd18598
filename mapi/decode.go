package mapi

import (
	"bytes"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// DecodeTagged reads a TaggedPropertyValue ([MS-OXCDATA] 2.11.4), the fields PropertyTag and PropertyValue below name.
// It reports false as DecodeValue does.
func DecodeTagged(c *wire.Cursor, name string, p Profile) (PropTag, Value, bool) {
	enter(c, name)
	defer leave(c, name)
	at := c.Offset()
	tag := PropTag(c.U32("PropertyTag"))
	if c.Dead() {
		return 0, nil, false
	}
	v, ok := DecodeValue(c, "PropertyValue", tag.Type(), at, p)
	return tag, v, ok
}

// DecodeValue reads the value of a property whose type t stands at offset at, the field name. It is for the streams of
// [MS-OXCDATA] 2.11.1: strings end in NUL, binaries and lists begin with a count as wide as p says. The bytes of a
// type 0x3xxx are those of the single type. The value keeps no part of the input.
//
// DecodeValue reports false where the layout cannot be followed: the input ends too soon (the cursor's own code for
// that, UnterminatedString, CountTooBig), or values of the type have no known length (BadPropType at at; so are
// PtypObject, and PtypRestriction and PtypRuleAction, which only package oof/rule can follow). What is left is then
// recorded as undecoded; the elements of a list that could be read are returned.
func DecodeValue(c *wire.Cursor, name string, t PropType, at int, p Profile) (Value, bool) {
	if c.Dead() {
		return nil, false
	}
	if t.Multiple() {
		return decodeList(c, name, t, at, p)
	}
	return decodeSingle(c, name, t.Element(), t, at, p)
}

// enter adds name to the path, unless it is empty because the caller has done so; leave takes it back.
func enter(c *wire.Cursor, name string) {
	if name != "" {
		c.In(name, -1)
	}
}

func leave(c *wire.Cursor, name string) {
	if name != "" {
		c.Out()
	}
}

// stop reports that the walk ends here.
func stop(c *wire.Cursor, code diag.Code, name string, off, n int, format string, args ...any) {
	c.Find(diag.Fatal, code, name, off, n, format, args...)
	c.Undecoded()
}

func badType(c *wire.Cursor, name string, t PropType, at int) (Value, bool) {
	stop(c, BadPropType, name, at, 2, "has type %s, whose length is not known", t)
	return nil, false
}

// decodeSingle reads a value of the single type; t is the type as it stands at at.
func decodeSingle(c *wire.Cursor, name string, single, t PropType, at int, p Profile) (Value, bool) {
	switch single {
	case PtypNull:
		return Null{}, true
	case PtypBoolean:
		return decodeBoolean(c, name)
	case PtypString8:
		raw, ok := decodeNUL(c, name, 1)
		return String8{Raw: slices.Clone(raw)}, ok
	case PtypString:
		raw, ok := decodeNUL(c, name, 2)
		return String(wtf8.AppendDecode(nil, raw)), ok
	case PtypBinary:
		raw, ok := decodeCounted(c, name, p.binaryCount())
		return Binary(raw), ok
	case PtypServerId:
		raw, ok := decodeCounted(c, name, 2)
		return ServerID{raw}, ok
	}
	w := single.width()
	if w == 0 {
		return badType(c, name, t, at)
	}
	b := decodeRun(c, name, single, w)
	if b == nil {
		return nil, false
	}
	return parseFixed(single, t, b), true
}

// decodeRun reads the w bytes of a value whose size is fixed, as one field.
func decodeRun(c *wire.Cursor, name string, t PropType, w int) []byte {
	f := wire.Field{Name: name, Kind: diag.Bytes, Size: w}
	if c.Recording() {
		f.Meaning = meaning(t)
	}
	switch t {
	case PtypInteger16, PtypInteger32, PtypInteger64, PtypCurrency:
		f.Kind = diag.Int
	case PtypErrorCode, PtypTime, PtypBoolean:
		f.Kind = diag.Uint
	}
	return c.Run([]wire.Field{f}, w)
}

// meaning returns what says in words what the bytes of a value are, nil where its number says it.
func meaning(t PropType) func([]byte) string {
	switch t {
	case PtypFloating32, PtypFloating64, PtypCurrency, PtypFloatingTime, PtypErrorCode, PtypTime, PtypGuid:
		return func(b []byte) string { return parseFixed(t, t, b).String() }
	}
	return nil
}

func decodeBoolean(c *wire.Cursor, name string) (Value, bool) {
	off := c.Offset()
	b := decodeRun(c, name, PtypBoolean, 1)
	if b == nil {
		return nil, false
	}
	if b[0] > 1 {
		c.Find(diag.Warning, BooleanValue, name, off, 1, "is %d, must be 0 or 1; it counts as true", b[0])
	}
	return Boolean(b[0]), true
}

// decodeNUL reads a string of units of size bytes up to a zero unit, which it reads too. The result aliases the input.
func decodeNUL(c *wire.Cursor, name string, size int) ([]byte, bool) {
	off, left := c.Offset(), c.Left()
	n := terminator(c.Peek(off, left), size)
	if n < 0 {
		stop(c, UnterminatedString, name, off, left, "has no NUL in the %d bytes left", left)
		return nil, false
	}
	if size == 1 {
		raw := c.Bytes(name, uint64(n))
		enter(c, name)
		defer leave(c, name)
		c.U8("terminator")
		return raw, true
	}
	raw := c.UTF16(name, uint64(n/2))
	enter(c, name)
	defer leave(c, name)
	c.U16("terminator")
	return raw, true
}

// terminator returns the offset of the first unit of size bytes that is zero, or -1.
func terminator(b []byte, size int) int {
	if size == 1 {
		return bytes.IndexByte(b, 0)
	}
	for i := 0; i+1 < len(b); i += 2 {
		if b[i]|b[i+1] == 0 {
			return i
		}
	}
	return -1
}

// decodeCounted reads a run of bytes behind its length, which is width bytes wide, and copies it.
func decodeCounted(c *wire.Cursor, name string, width int) ([]byte, bool) {
	enter(c, name)
	defer leave(c, name)
	var n uint64
	if width == 2 {
		n = uint64(c.U16("COUNT"))
	} else {
		n = uint64(c.U32("COUNT"))
	}
	if c.Dead() {
		return nil, false
	}
	raw := c.Bytes("bytes", n)
	return keep(raw), !c.Dead()
}

// minSize returns the least number of bytes an element of a list needs, 0 where no such list is published.
func minSize(t PropType, p Profile) int {
	switch t {
	case PtypMultipleString8:
		return 1
	case PtypMultipleString:
		return 2
	case PtypMultipleBinary:
		return p.binaryCount()
	}
	if !t.fixedList() {
		return 0
	}
	return t.Element().width()
}

func decodeList(c *wire.Cursor, name string, t PropType, at int, p Profile) (Value, bool) {
	size := minSize(t, p)
	if size == 0 {
		return badType(c, name, t, at)
	}
	enter(c, name)
	defer leave(c, name)
	off := c.Offset()
	n := c.U32("COUNT")
	if c.Dead() {
		return nil, false
	}
	if left := c.Left(); uint64(n) > uint64(left/size) {
		stop(c, CountTooBig, "COUNT", off, 4, "is %d elements of at least %d bytes, %d bytes left", n, size, left)
		return nil, false
	}
	if w := t.Element().width(); w > 0 {
		return decodeFixedList(c, t, int(n), w), true
	}
	return decodeVariableList(c, t, int(n), p)
}

// decodeFixedList reads n elements, which the input holds.
func decodeFixedList(c *wire.Cursor, t PropType, n, w int) Value {
	raw := c.Peek(c.Offset(), n*w)
	for i := range n {
		c.In("Values", i)
		decodeRun(c, "", t.Element(), w)
		c.Out()
	}
	return fixedList(t, raw)
}

// decodeVariableList reads n elements, as far as they go.
func decodeVariableList(c *wire.Cursor, t PropType, n int, p Profile) (Value, bool) {
	switch t {
	case PtypMultipleString8:
		// An empty one takes a byte of the input and fifty here: make room for those only that do end.
		n8 := min(n, bytes.Count(c.Peek(c.Offset(), c.Left()), []byte{0}))
		v, ok := decodeEach(c, n, n8, func() (String8, bool) {
			raw, ok := decodeNUL(c, "", 1)
			return String8{Raw: keep(raw)}, ok
		})
		return MultipleString8(v), ok
	case PtypMultipleString:
		v, ok := decodeEach(c, n, n, func() (string, bool) {
			raw, ok := decodeNUL(c, "", 2)
			return string(wtf8.AppendDecode(nil, raw)), ok
		})
		return MultipleString(v), ok
	}
	v, ok := decodeEach(c, n, n, func() ([]byte, bool) { return decodeCounted(c, "", p.binaryCount()) })
	return MultipleBinary(v), ok
}

func decodeEach[E any](c *wire.Cursor, n, room int, element func() (E, bool)) ([]E, bool) {
	v := make([]E, 0, room)
	for i := range n {
		c.In("Values", i)
		e, ok := element()
		c.Out()
		if !ok {
			return v, false
		}
		v = append(v, e)
	}
	return v, true
}
