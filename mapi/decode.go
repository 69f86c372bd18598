package mapi

import "github.com/mapiprop/mapiprop/internal/wire"

// Profile says how wide the counts of a stream are.
type Profile uint8

// The profiles.
const (
	ProfileROP      Profile = iota // ROP buffers and standard rules: PtypBinary counts its bytes in 16 bits
	ProfileExtended                // extended rules: PtypBinary counts its bytes in 32 bits
)

// DecodeValue reads a value of type t, the field name, from c.
func DecodeValue(c *wire.Cursor, name string, t PropType, at int, p Profile) (Value, bool) {
	return nil, false
}

// DecodeTagged reads a TaggedPropertyValue, the field name, from c.
func DecodeTagged(c *wire.Cursor, name string, p Profile) (PropTag, Value, bool) {
	return 0, nil, false
}

// AppendValue appends v as DecodeValue reads it.
func AppendValue(b []byte, v Value, p Profile) ([]byte, error) { return b, nil }
