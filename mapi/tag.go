package mapi

import (
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wire"
)

// PropID is the upper half of a property tag. Ids from 0x8000 on are local to one store or message: what they mean is
// said by a PropName. (In an address book the ids from 0x8000 on are fixed; see AddressBookNameOf.)
type PropID uint16

// String returns the id as "0x0037".
func (id PropID) String() string { return fmt.Sprintf("0x%04X", uint16(id)) }

// Local reports whether the id is local to one store or message, so that only a PropName says what it means.
func (id PropID) Local() bool { return id >= 0x8000 && id != 0xFFFF }

// PropTag is a property id and a property type.
type PropTag uint32

// TagOf returns the tag with the given id and type.
func TagOf(id PropID, t PropType) PropTag { return PropTag(id)<<16 | PropTag(t) }

// ID returns the property id.
func (t PropTag) ID() PropID { return PropID(t >> 16) }

// Type returns the property type.
func (t PropTag) Type() PropType { return PropType(t) }

// String returns the tag as "0x0037001F".
func (t PropTag) String() string {
	var b [10]byte
	return string(wire.AppendHex(append(b[:0], "0x"...), uint64(t), 8))
}
