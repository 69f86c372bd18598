package mapi

import "fmt"

// PropID is the upper half of a property tag. Ids from 0x8000 on are local to one store or message: what they mean is
// said by a PropName.
type PropID uint16

// PropType is the lower half of a property tag ([MS-OXCDATA] 2.11.1).
type PropType uint16

// PropTag is a property id and a property type.
type PropTag uint32

// TagOf returns the tag with the given id and type.
func TagOf(id PropID, t PropType) PropTag { return PropTag(id)<<16 | PropTag(t) }

// ID returns the property id.
func (t PropTag) ID() PropID { return PropID(t >> 16) }

// Type returns the property type.
func (t PropTag) Type() PropType { return PropType(t) }

// String returns the tag as "0x0037001F".
func (t PropTag) String() string { return fmt.Sprintf("0x%08X", uint32(t)) }
