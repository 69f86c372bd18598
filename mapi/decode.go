package mapi

import (
	"bytes"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// DecodeValue reads the value of a property whose type t stands at offset at, the field name. It is for the streams of
// [MS-OXCDATA] 2.11.1: strings end in NUL, binaries and lists begin with a count as wide as p says; in ProfileOCFG strings
// begin with one too. The bytes of a type 0x3xxx are those of the single type. The value keeps no part of the input.
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
	if p == ProfileFastTransfer {
		if cp, ok := t.CodePage(); ok {
			return decodeCodePage(c, name, cp)
		}
		if single == PtypObject {
			raw, ok := decodeCounted(c, name, 4)
			return Object{raw}, ok
		}
	}
	switch single {
	case PtypNull:
		return Null{}, true
	case PtypBoolean:
		return decodeBoolean(c, name, p.booleanWidth())
	case PtypString8:
		raw, ok := decodeText8(c, name, p)
		return String8{Raw: slices.Clone(raw)}, ok
	case PtypString:
		raw, odd, ok := decodeText16(c, name, p)
		if odd {
			return Unknown{PtypString, keep(raw)}, ok
		}
		return String(decodeUTF16(raw)), ok
	case PtypBinary:
		raw, ok := decodeCounted(c, name, p.binaryCount())
		return Binary(raw), ok
	case PtypServerId:
		raw, ok := decodeCounted(c, name, p.serverIDCount())
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

func decodeBoolean(c *wire.Cursor, name string, width int) (Value, bool) {
	off := c.Offset()
	b := decodeRun(c, name, PtypBoolean, width)
	if b == nil {
		return nil, false
	}
	v := uint32(b[0])
	if width == 2 {
		v = uint32(le.Uint16(b))
	}
	if v > 1 {
		c.Find(diag.Warning, BooleanValue, name, off, width, "is %d, must be 0 or 1; it counts as true", v)
	}
	return Boolean(v), true
}

// decodeText8 reads 8-bit text as p has it. The result aliases the input.
func decodeText8(c *wire.Cursor, name string, p Profile) ([]byte, bool) {
	if p == ProfileFastTransfer {
		raw, _, ok := decodeFastText(c, name, 1)
		return raw, ok
	}
	if p != ProfileOCFG {
		return decodeNUL(c, name, 1)
	}
	enter(c, name)
	defer leave(c, name)
	n := c.U16("COUNT")
	raw := c.Bytes("text", uint64(n))
	return raw, !c.Dead()
}

// decodeText16 reads UTF-16 text as p has it. The result aliases the input. A counted one may count half a code unit:
// then odd is true, and the text is that of the whole ones.
//
// QUIRK: test data of MFCMAPI has such counts, and goes on behind the last whole unit
// (oof/rule/testdata/restriction/odd-text.vec).
func decodeText16(c *wire.Cursor, name string, p Profile) (raw []byte, odd, ok bool) {
	if p == ProfileFastTransfer {
		return decodeFastText(c, name, 2)
	}
	if p != ProfileOCFG {
		raw, ok = decodeNUL(c, name, 2)
		return raw, false, ok
	}
	enter(c, name)
	defer leave(c, name)
	off := c.Offset()
	n := c.U16("COUNT")
	if n%2 != 0 && !c.Dead() {
		c.Find(diag.Error, OddText, "COUNT", off, 2, "is %d bytes, which end in half a character; the text is read to the last whole one", n)
	}
	raw = c.UTF16("text", uint64(n/2))
	return raw, n%2 != 0, !c.Dead()
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

// decodeUTF16 returns text, which mostly is short and then costs itself and no more.
func decodeUTF16(raw []byte) string {
	var room [128]byte
	return string(wtf8.AppendDecode(room[:0], raw))
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
	case PtypMultipleString8, PtypMultipleString:
		switch {
		case p == ProfileFastTransfer:
			return 4
		case p == ProfileOCFG || t == PtypMultipleString:
			return 2
		}
		return 1
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
		v, ok := decodeEach(c, n, ended(c, n, p), func() (String8, bool) {
			raw, ok := decodeText8(c, "", p)
			return String8{Raw: keep(raw)}, ok
		})
		return MultipleString8(v), ok
	case PtypMultipleString:
		v, ok := decodeEach(c, n, n, func() (string, bool) {
			off := c.Offset()
			raw, odd, ok := decodeText16(c, "", p)
			if ok && odd { // an element has nothing that would keep that
				stop(c, BadLength, "COUNT", off, 2, "is %d bytes in a list, must be even", 2*(len(raw)/2)+1)
			}
			return decodeUTF16(raw), ok && !odd
		})
		return MultipleString(v), ok
	}
	v, ok := decodeEach(c, n, n, func() ([]byte, bool) { return decodeCounted(c, "", p.binaryCount()) })
	return MultipleBinary(v), ok
}

// ended returns how many of n 8-bit strings do end. It looks no farther than they go, because there may be many lists.
func ended(c *wire.Cursor, n int, p Profile) int {
	if p == ProfileOCFG || p == ProfileFastTransfer {
		return n
	}
	b := c.Peek(c.Offset(), c.Left())
	for i := range n {
		end := bytes.IndexByte(b, 0)
		if end < 0 {
			return i
		}
		b = b[end+1:]
	}
	return n
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
