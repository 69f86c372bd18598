package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// FlatEntryList is the value of PidTagReplyRecipientEntries (0x004F), PidTagAlternateRecipient (0x3A01) and
// PidLidContactLinkEntry (PSETID_Common, 0x8585): entry ids, in a row ([MS-OXCDATA] 2.3.3). Count is their number.
type FlatEntryList struct {
	Size     uint32      // Size: of all that follows, as written
	Entries  []FlatEntry // FlatEntries
	Trailing []byte      // what follows them
}

// FlatEntry is one entry id of a FlatEntryList ([MS-OXCDATA] 2.3.3).
type FlatEntry struct {
	EntryID []byte
	Padding []byte // up to 3 bytes, so that the next entry begins at a multiple of 4; some writers leave out the last
}

var flatFormat = format{"flatlist", wire.Words{Truncated: Truncated, Spec: "[MS-OXCDATA] 2.3.3"}}

var flatFields = []wire.Field{{Name: "Count", Size: 4}, {Name: "Size", Size: 4}}

var entrySizeField = []wire.Field{{Name: "Size", Size: 4}}

const flatHeader = 8

// padding returns how many bytes are missing from n to a multiple of 4.
func padding(n int) int { return -n & 3 }

// DecodeFlatEntryList decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b
// is not kept.
func DecodeFlatEntryList(b []byte) (*FlatEntryList, error) { return decode[FlatEntryList](b) }

// InspectFlatEntryList decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectFlatEntryList(b []byte) (*FlatEntryList, *diag.Report) { return inspect[FlatEntryList](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *FlatEntryList) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *FlatEntryList) format() *format { return &flatFormat }

func (v *FlatEntryList) read(c *wire.Cursor) {
	*v = FlatEntryList{Entries: v.Entries[:0], Trailing: v.Trailing[:0]}
	b := c.Run(flatFields, flatHeader)
	if b == nil {
		return
	}
	count := uint64(binary.LittleEndian.Uint32(b))
	v.Size = binary.LittleEndian.Uint32(b[4:])
	v.Entries = room(v.Entries, c.Count(count, 4)+1) // one that is cut off among them
	for i := uint64(0); i < count && !c.Dead(); i++ {
		var e *FlatEntry
		v.Entries, e = next(v.Entries)
		v.readEntry(c, int(i), e, i+1 == count)
		if c.Dead() && len(e.EntryID) == 0 {
			v.Entries = v.Entries[:i] // not one byte of it
		}
	}
	if c.Dead() {
		return
	}
	if n := c.Offset() - flatHeader; uint64(n) != uint64(v.Size) {
		c.Find(diag.Warning, FlatListSize, "Size", 4, 4, "is %d, the entries take up %d bytes", v.Size, n)
	}
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

// readEntry reads an entry, and the bytes up to the next: behind the last only those that belong to Size.
func (v *FlatEntryList) readEntry(c *wire.Cursor, i int, e *FlatEntry, last bool) {
	*e = FlatEntry{e.EntryID[:0], e.Padding[:0]}
	c.In("FlatEntries", i)
	if b := c.Run(entrySizeField, 4); b != nil {
		e.EntryID = keep(e.EntryID, c.Bytes("EntryID", uint64(binary.LittleEndian.Uint32(b))))
	}
	pad := uint64(padding(len(e.EntryID)))
	if last {
		pad = min(pad, uint64(c.Left()), uint64(max(0, flatHeader+int64(v.Size)-int64(c.Offset()))))
	}
	if pad > 0 && !c.Dead() {
		e.Padding = keep(e.Padding, c.Bytes("padding", pad))
	}
	c.Out()
}

// AppendBinary appends the encoding of v: exactly what its fields say, Size among them. The error is about numbers that do
// not fit into 32 bits, and about Padding that would not be read as such: it fills up to a multiple of 4, or, behind the last
// entry, as much of that as Size has room for.
func (v *FlatEntryList) AppendBinary(b []byte) ([]byte, error) {
	if uint64(len(v.Entries)) > math.MaxUint32 {
		return b, fmt.Errorf("blob: Count: %d entries do not fit into 32 bits", len(v.Entries))
	}
	start := len(b)
	out := binary.LittleEndian.AppendUint32(b, uint32(len(v.Entries)))
	out = binary.LittleEndian.AppendUint32(out, v.Size)
	for i := range v.Entries {
		e := &v.Entries[i]
		if uint64(len(e.EntryID)) > math.MaxUint32 {
			return b, fmt.Errorf("blob: FlatEntries[%d]: %d bytes do not fit into 32 bits", i, len(e.EntryID))
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(e.EntryID)))
		out = append(out, e.EntryID...)
		pad := padding(len(e.EntryID))
		if i == len(v.Entries)-1 {
			pad = int(min(int64(pad), max(0, flatHeader+int64(v.Size)-int64(len(out)-start)), int64(len(e.Padding)+len(v.Trailing))))
		}
		if len(e.Padding) != pad {
			return b, fmt.Errorf("blob: FlatEntries[%d]: padding of %d bytes, must be %d", i, len(e.Padding), pad)
		}
		out = append(out, e.Padding...)
	}
	return append(out, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *FlatEntryList) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *FlatEntryList) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *FlatEntryList) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *FlatEntryList) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "size", uint64(v.Size))
	b = appendList(b, "entries", len(v.Entries), func(b []byte, i int) []byte {
		b = appendHex(append(b, '{'), "entryId", v.Entries[i].EntryID)
		return append(appendHexIf(b, "padding", v.Entries[i].Padding), '}')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *FlatEntryList) UnmarshalJSON(b []byte) error {
	var form struct {
		Size     uint32
		Entries  []struct{ EntryID, Padding jsonform.Hex }
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = FlatEntryList{Size: form.Size, Trailing: form.Trailing}
	for _, e := range form.Entries {
		v.Entries = append(v.Entries, FlatEntry{EntryID: e.EntryID, Padding: e.Padding})
	}
	return nil
}
