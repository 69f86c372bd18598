package mapi

// Value is the value of a property. The types of this package are the only ones that implement it; one for every
// property type, and Unknown for the rest.
type Value interface {
	Type() PropType
	// AppendBinary appends the value's bytes as a dump's Raw holds them: little-endian, without length prefix or
	// terminator.
	AppendBinary(b []byte) ([]byte, error)
	String() string
	sealed()
}
