package blob

import (
	"encoding/json"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// PredecessorChangeList is the value of PidTagPredecessorChangeList (0x65E3): for every store and client that has changed an
// object, its last change ([MS-OXCFXICS] 2.2.2.3). PidTagChangeKey is one of them.
type PredecessorChangeList struct {
	Changes  []XID  // each a SizedXid ([MS-OXCFXICS] 2.2.2.3.1), ascending by NamespaceGuid
	Trailing []byte // what follows the first XidSize of 0
}

var pclFormat = format{"pcl", wire.Words{Truncated: Truncated, Spec: "[MS-OXCFXICS] 2.2.2.3"}}

// DecodePredecessorChangeList decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and
// above. b is not kept. No bytes are no changes.
func DecodePredecessorChangeList(b []byte) (*PredecessorChangeList, error) {
	return decode[PredecessorChangeList](b)
}

// InspectPredecessorChangeList decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectPredecessorChangeList(b []byte) (*PredecessorChangeList, *diag.Report) {
	return inspect[PredecessorChangeList](b)
}

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *PredecessorChangeList) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *PredecessorChangeList) format() *format { return &pclFormat }

func (v *PredecessorChangeList) read(c *wire.Cursor) {
	v.Trailing = v.Trailing[:0]
	v.Changes = room(v.Changes, c.Left()/(1+guidSize+counter))
	var order, long some
	for i := 0; c.Left() > 0; i++ {
		at := c.Offset()
		if size := c.Peek(at, 1)[0]; size < minXID {
			c.In("Changes", i)
			c.Find(diag.Error, XIDSize, "XidSize", at, 1, "is %d, must be at least %d; the list is not read further", size, minXID)
			c.Out()
			v.Trailing = keep(v.Trailing, c.Bytes("trailing", uint64(c.Left())))
			break
		}
		var x *XID
		v.Changes, x = next(v.Changes)
		v.readSized(c, i, x)
		if c.Dead() {
			if x.NamespaceGUID.IsZero() {
				v.Changes = v.Changes[:i] // nothing of it was read
			}
			break
		}
		if len(x.LocalID) > maxLocalID {
			long.add(i, at)
		}
		if i > 0 && x.NamespaceGUID.Compare(v.Changes[i-1].NamespaceGUID) < 0 {
			order.add(i, at)
		}
	}
	if long.n > 0 {
		c.In("Changes", long.first)
		n := len(v.Changes[long.first].LocalID)
		c.Find(diag.Warning, LocalIDSize, "LocalId", long.at+1+guidSize, n, "is %d bytes, must be at most %d%s", n, maxLocalID, long.others())
		c.Out()
	}
	if order.n > 0 {
		c.In("Changes", order.first)
		c.Find(diag.Warning, ChangeOrder, "NamespaceGuid", order.at+1, guidSize, "sorts before that of the change before it%s", order.others())
		c.Out()
	}
}

func (v *PredecessorChangeList) readSized(c *wire.Cursor, i int, x *XID) {
	*x = XID{LocalID: x.LocalID[:0]}
	c.In("Changes", i)
	size := int(c.U8("XidSize"))
	if b := c.Run(namespaceField, guidSize); b != nil {
		x.NamespaceGUID = guid.GUID(b)
		x.LocalID = keep(x.LocalID, c.BytesAs("LocalId", uint64(size-guidSize), localIDText))
	}
	c.Out()
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about an XID whose size is no XidSize, 17
// to 255, and about Trailing that would be read as changes.
func (v *PredecessorChangeList) AppendBinary(b []byte) ([]byte, error) {
	for i := range v.Changes {
		if n := len(v.Changes[i].LocalID); n == 0 || n > 255-guidSize {
			return b, fmt.Errorf("blob: Changes[%d]: LocalId of %d bytes, must have 1 to %d", i, n, 255-guidSize)
		}
	}
	if len(v.Trailing) > 0 && v.Trailing[0] >= minXID {
		return b, fmt.Errorf("blob: Trailing: begins with 0x%02X, which would be an XidSize", v.Trailing[0])
	}
	for i := range v.Changes {
		b = v.Changes[i].append(append(b, byte(guidSize+len(v.Changes[i].LocalID))))
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *PredecessorChangeList) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *PredecessorChangeList) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *PredecessorChangeList) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *PredecessorChangeList) AppendJSON(b []byte) []byte {
	b = appendList(append(b, '{'), "changes", len(v.Changes), func(b []byte, i int) []byte { return v.Changes[i].AppendJSON(b) })
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *PredecessorChangeList) UnmarshalJSON(b []byte) error {
	var form struct {
		Changes  []XID
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = PredecessorChangeList{form.Changes, form.Trailing}
	return nil
}
