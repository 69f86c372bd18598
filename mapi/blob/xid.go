package blob

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// XID is the value of PidTagChangeKey (0x65E2), PidTagSourceKey (0x65E0) and PidTagParentSourceKey (0x65E1): a number that
// one store or one client has given to an object, or to a change of one ([MS-OXCFXICS] 2.2.2.2).
type XID struct {
	NamespaceGUID guid.GUID // NamespaceGuid: who gave the number
	LocalID       []byte    // LocalId, 1 to 8 bytes: 6 where a server gave it, another number of bytes where a client did
}

const (
	guidSize   = 16
	minXID     = guidSize + 1
	maxLocalID = 8
	counter    = 6 // bytes of a GLOBCNT
)

var xidFormat = format{"xid", wire.Words{Truncated: Truncated, Spec: "[MS-OXCFXICS] 2.2.2.2"}}

var namespaceField = []wire.Field{{Name: "NamespaceGuid", Kind: diag.Bytes, Size: guidSize, Meaning: guidText}}

func guidText(b []byte) string { return guid.GUID(b).String() }

// DecodeXID decodes b, all of it, strictly. The error is a *diag.DecodeError with every finding of severity Error and above.
// b is not kept.
func DecodeXID(b []byte) (*XID, error) { return decode[XID](b) }

// InspectXID decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectXID(b []byte) (*XID, *diag.Report) { return inspect[XID](b) }

// UnmarshalBinary decodes b into x strictly and reuses the memory x holds. After an error x holds no promised value, but may
// be used again.
func (x *XID) UnmarshalBinary(b []byte) error { return unmarshal(x, b) }

func (x *XID) format() *format { return &xidFormat }

func (x *XID) read(c *wire.Cursor) {
	*x = XID{LocalID: x.LocalID[:0]}
	if b := c.Run(namespaceField, guidSize); b != nil {
		x.NamespaceGUID = guid.GUID(b)
	}
	n := max(c.Left(), 1) // one that has none is cut off
	at := c.Offset()
	x.LocalID = keep(x.LocalID, c.BytesAs("LocalId", uint64(n), localIDText))
	if len(x.LocalID) > maxLocalID {
		c.Find(diag.Warning, LocalIDSize, "LocalId", at, n, "is %d bytes, must be at most %d", n, maxLocalID)
	}
}

func localIDText(b []byte) string {
	if len(b) != counter {
		return strings.ToUpper(hex.EncodeToString(b))
	}
	return fmt.Sprintf("counter %d", bigEndian(b))
}

// bigEndian returns the number that up to 8 bytes are, the most significant first.
func bigEndian(b []byte) uint64 {
	var full [8]byte
	copy(full[8-len(b):], b)
	return binary.BigEndian.Uint64(full[:])
}

// Counter returns the number of an XID that a server gave: each is greater than those before it. It reports false for others,
// of which only who gave them knows what the bytes are.
func (x *XID) Counter() (uint64, bool) {
	if len(x.LocalID) != counter {
		return 0, false
	}
	return bigEndian(x.LocalID), true
}

// String returns the XID as "{GUID}-000012AB34CD".
func (x *XID) String() string {
	return x.NamespaceGUID.String() + "-" + strings.ToUpper(hex.EncodeToString(x.LocalID))
}

// AppendBinary appends the encoding of x. The error is about a LocalID without a byte.
func (x *XID) AppendBinary(b []byte) ([]byte, error) {
	if len(x.LocalID) == 0 {
		return b, fmt.Errorf("blob: LocalId: has no bytes, must have at least 1")
	}
	return x.append(b), nil
}

func (x *XID) append(b []byte) []byte {
	return append(append(b, x.NamespaceGUID[:]...), x.LocalID...)
}

// MarshalBinary returns the encoding of x, as AppendBinary does.
func (x *XID) MarshalBinary() ([]byte, error) { return x.AppendBinary(nil) }

// Validate inspects x's own encoding and returns the findings. An x that AppendBinary refuses gives one, NotEncodable.
func (x *XID) Validate() []diag.Finding {
	b, err := x.AppendBinary(nil)
	return validate(x, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (x *XID) MarshalJSON() ([]byte, error) { return x.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (x *XID) AppendJSON(b []byte) []byte {
	b = appendText(append(b, '{'), "namespaceGuid", x.NamespaceGUID.String())
	return append(appendHex(b, "localId", x.LocalID), '}')
}

// UnmarshalJSON reads the value form into x.
func (x *XID) UnmarshalJSON(b []byte) error {
	var form struct {
		NamespaceGUID guid.GUID
		LocalID       jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*x = XID{form.NamespaceGUID, form.LocalID}
	return nil
}
