package mapi

import (
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

var valueWords = wire.Words{Truncated: Truncated, Spec: specTypes}

// ParseValue reads the value of type t at the front of b, a piece of a stream ([MS-OXCDATA] 2.11.2.1), and returns how many
// bytes it takes: strings end in NUL, or begin with a count as p has it, binaries and lists begin with a count as wide as p
// says. What a dump shows of a value is read by ParseRaw. The value keeps no part of b.
//
// The error is a *diag.DecodeError that names the field, the offset in b, and one of the codes Truncated,
// UnterminatedString, CountTooBig (then errors.Is(err, io.ErrUnexpectedEOF)), OddText, and BadPropType, which is about types
// whose values have no known length in such a stream: PtypObject, PtypRestriction and PtypRuleAction are among them.
func ParseValue(t PropType, b []byte, p Profile) (v Value, n int, err error) {
	var c wire.Cursor
	c.Start(b, nil, &valueWords)
	if t.hasLength(p) {
		if v, ok := DecodeValue(&c, valueName, t, 0, p); ok && c.OK() {
			return v, c.Offset(), nil
		}
	}
	// What is wrong is put into words only now.
	errs := diag.NewErrors("value", catalogue[:])
	inspectValue(&c, t, b, p, errs)
	return nil, 0, errs.Err()
}

// InspectValue reads as ParseValue does, and never fails: it returns as much of the value as there is, nil for none, every
// finding, and which bytes became which field. What follows the value is the field "trailing", and no finding, because a
// stream goes on.
func InspectValue(t PropType, b []byte, p Profile) (Value, *diag.Report) {
	r := diag.New("value", b, catalogue[:])
	var c wire.Cursor
	return inspectValue(&c, t, b, p, r), r
}

const valueName = "PropertyValue"

func inspectValue(c *wire.Cursor, t PropType, b []byte, p Profile, r *diag.Report) Value {
	c.Start(b, r, &valueWords)
	if !t.hasLength(p) {
		stop(c, BadPropType, valueName, 0, 0, "has type %s, whose length is not known", t) // of no byte: the type stands elsewhere
		return nil
	}
	v, ok := DecodeValue(c, valueName, t, 0, p)
	if ok {
		c.Bytes("trailing", uint64(c.Left()))
	}
	return v
}

// hasLength reports whether DecodeValue can tell where a value of type t ends.
func (t PropType) hasLength(p Profile) bool {
	if t.Multiple() {
		return minSize(t, p) > 0
	}
	if _, coded := t.CodePage(); coded || t.Element() == PtypObject {
		return p == ProfileFastTransfer
	}
	switch t.Element() {
	case PtypNull, PtypBoolean, PtypString8, PtypString, PtypBinary, PtypServerId:
		return true
	}
	return t.Element().width() > 0
}
