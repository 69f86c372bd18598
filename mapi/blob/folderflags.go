package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ExtendedFolderFlags is the value of PidTagExtendedFolderFlags (0x36DA): what client and server tell each other of a folder
// ([MS-OXOCFG] 2.2.7.1, [MS-OXOSRCH] 2.2.2.1.2).
type ExtendedFolderFlags struct {
	SubProperties []SubProperty // up to 16, more than twice as many as there are published numbers for them
	Trailing      []byte        // what follows the 16th
}

// SubProperty is one thing that is told ([MS-OXOCFG] 2.2.7.1).
type SubProperty struct {
	ID   SubPropertyID
	Data []byte // Data: up to 255 bytes
}

// SubPropertyID says what Data is.
type SubPropertyID uint8

// The sub-properties of [MS-OXOCFG] 2.2.7.1.
const (
	InvalidSubProperty SubPropertyID = 0 // Invalid
	ExtendedFlags      SubPropertyID = 1 // ExtendedFlags: 4 bytes; bits 6 and 7 say which number of messages is shown
	SearchFolderID     SubPropertyID = 2 // SearchFolderID: PidTagSearchFolderId of the definition, 16 bytes
	SearchFolderTag    SubPropertyID = 3 // SearchFolderTag: PidTagSearchFolderTag of the definition, 4 bytes
	ToDoFolderVersion  SubPropertyID = 5 // ToDoFolderVersion: 4 bytes, 0x000C0000
)

// String returns the word of the specification, or the number.
func (id SubPropertyID) String() string {
	switch id {
	case InvalidSubProperty:
		return "Invalid"
	case ExtendedFlags:
		return "ExtendedFlags"
	case SearchFolderID:
		return "SearchFolderID"
	case SearchFolderTag:
		return "SearchFolderTag"
	case ToDoFolderVersion:
		return "ToDoFolderVersion"
	}
	return "0x" + fmt.Sprintf("%02X", uint8(id))
}

// size returns how many bytes of Data a known sub-property has, 0 for others.
func (id SubPropertyID) size() int {
	switch id {
	case ExtendedFlags, SearchFolderTag, ToDoFolderVersion:
		return 4
	case SearchFolderID:
		return guidSize
	}
	return 0
}

// maxSubProperties is more than twice as many as there are published numbers, each of which may be there once: a longer list
// is none.
const maxSubProperties = 16

// String returns what Data says, or its bytes in hexadecimal.
func (s SubProperty) String() string {
	switch {
	case len(s.Data) != s.ID.size() || len(s.Data) == 0:
		return fmt.Sprintf("%X", s.Data)
	case s.ID == SearchFolderID:
		return guid.GUID(s.Data).String()
	case s.ID == ExtendedFlags:
		n := binary.LittleEndian.Uint32(s.Data)
		shown := [...]string{"the default number", "unread messages", "all messages", "an invalid number"}[n>>6&3]
		return fmt.Sprintf("0x%08X, %s shown", n, shown)
	}
	return fmt.Sprintf("0x%08X", binary.LittleEndian.Uint32(s.Data))
}

var folderFlagsFormat = format{"folderflags", wire.Words{Truncated: Truncated, Spec: "[MS-OXOCFG] 2.2.7.1"}}

var subFields = []wire.Field{
	{Name: "Id", Size: 1, Meaning: func(b []byte) string { return SubPropertyID(b[0]).String() }},
	{Name: "Cb", Size: 1},
}

// DecodeExtendedFolderFlags decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and
// above. b is not kept. No bytes are no sub-properties.
func DecodeExtendedFolderFlags(b []byte) (*ExtendedFolderFlags, error) {
	return decode[ExtendedFolderFlags](b)
}

// InspectExtendedFolderFlags decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectExtendedFolderFlags(b []byte) (*ExtendedFolderFlags, *diag.Report) {
	return inspect[ExtendedFolderFlags](b)
}

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *ExtendedFolderFlags) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *ExtendedFolderFlags) format() *format { return &folderFlagsFormat }

func (v *ExtendedFolderFlags) read(c *wire.Cursor) {
	n := 0
	for b := c.Peek(0, c.Left()); len(b) >= 2 && n < maxSubProperties; b = b[min(len(b), 2+int(b[1])):] {
		n++
	}
	v.SubProperties, v.Trailing = room(v.SubProperties, n), v.Trailing[:0]
	var seen [256]bool
	var size, repeated some
	for i := 0; c.Left() > 0 && i < maxSubProperties; i++ {
		at := c.Offset()
		c.In("SubProperties", i)
		b := c.Run(subFields, 2)
		if b == nil {
			c.Out()
			break
		}
		var s *SubProperty
		v.SubProperties, s = next(v.SubProperties)
		*s = SubProperty{SubPropertyID(b[0]), s.Data[:0]}
		s.Data = keep(s.Data, readSub(c, s.ID, int(b[1])))
		c.Out()
		if want := s.ID.size(); want > 0 && len(s.Data) != want && !c.Dead() {
			size.add(i, at)
		}
		if seen[s.ID] && s.ID.size() > 0 {
			repeated.add(i, at)
		}
		seen[s.ID] = true
	}
	v.find(c, size, repeated)
	if left := c.Left(); left > 0 {
		c.Find(diag.Error, SubPropertyCount, "trailing", c.Offset(), left, "follows %d sub-properties, of which there are no more than 7; the list is not read further", maxSubProperties)
		v.Trailing = keep(v.Trailing, c.Bytes("trailing", uint64(left)))
	}
}

// readSub reads Data, with what it says.
func readSub(c *wire.Cursor, id SubPropertyID, n int) []byte {
	if n == 0 || !c.Recording() {
		return c.Bytes("Data", uint64(n))
	}
	return c.BytesAs("Data", uint64(n), func(b []byte) string {
		if len(b) != id.size() {
			return ""
		}
		return SubProperty{id, b}.String()
	})
}

func (v *ExtendedFolderFlags) find(c *wire.Cursor, size, repeated some) {
	if size.n > 0 {
		s := &v.SubProperties[size.first]
		c.In("SubProperties", size.first)
		c.Find(diag.Warning, SubPropertySize, "Cb", size.at+1, 1, "is %d, must be %d for %v%s", len(s.Data), s.ID.size(), s.ID, size.others())
		c.Out()
	}
	if repeated.n > 0 {
		c.In("SubProperties", repeated.first)
		c.Find(diag.Warning, SubPropertyRepeated, "Id", repeated.at, 1, "is %v, which is there before%s", v.SubProperties[repeated.first].ID, repeated.others())
		c.Out()
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about Data of more than 255 bytes, about
// more than 16 sub-properties, and about Trailing behind fewer.
func (v *ExtendedFolderFlags) AppendBinary(b []byte) ([]byte, error) {
	if n := len(v.SubProperties); n > maxSubProperties || n < maxSubProperties && len(v.Trailing) > 0 {
		return b, fmt.Errorf("blob: SubProperties: are %d, with %d bytes behind them, must be %d at most, and with none behind fewer", n, len(v.Trailing), maxSubProperties)
	}
	for i := range v.SubProperties {
		if n := len(v.SubProperties[i].Data); n > 255 {
			return b, fmt.Errorf("blob: SubProperties[%d]: Data of %d bytes, must be 255 at most", i, n)
		}
	}
	for _, s := range v.SubProperties {
		b = append(append(b, byte(s.ID), byte(len(s.Data))), s.Data...)
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *ExtendedFolderFlags) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *ExtendedFolderFlags) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *ExtendedFolderFlags) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Beside the number of a sub-property it has its word, which is not read again.
func (v *ExtendedFolderFlags) AppendJSON(b []byte) []byte {
	b = appendList(append(b, '{'), "subProperties", len(v.SubProperties), func(b []byte, i int) []byte {
		s := &v.SubProperties[i]
		b = appendUint(append(b, '{'), "id", uint64(s.ID))
		b = appendText(b, "name", s.ID.String())
		return append(appendHex(b, "data", s.Data), '}')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *ExtendedFolderFlags) UnmarshalJSON(b []byte) error {
	var form struct {
		SubProperties []struct {
			ID   SubPropertyID
			Data jsonform.Hex
		}
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = ExtendedFolderFlags{Trailing: form.Trailing}
	for _, s := range form.SubProperties {
		v.SubProperties = append(v.SubProperties, SubProperty{s.ID, s.Data})
	}
	return nil
}
