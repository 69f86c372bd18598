package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

func quotedUTF16(b []byte) string { return fmt.Sprintf("%q", wtf8.AppendDecode(nil, b)) }

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about properties of a type that has no
// published layout, about Data that is none of its type, and about numbers that do not fit into 32 bits.
func (v *NicknameCache) AppendBinary(b []byte) ([]byte, error) {
	if uint64(max(len(v.Rows), len(v.ExtraInfo))) > math.MaxUint32 {
		return b, fmt.Errorf("blob: RowCount: %d rows or %d bytes do not fit into 32 bits", len(v.Rows), len(v.ExtraInfo))
	}
	out := b
	for _, n := range [...]uint32{v.Metadata, v.MajorVersion, v.MinorVersion, uint32(len(v.Rows))} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	for i := range v.Rows {
		if uint64(len(v.Rows[i].Properties)) > math.MaxUint32 {
			return b, fmt.Errorf("blob: Rows[%d]: %d properties do not fit into 32 bits", i, len(v.Rows[i].Properties))
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(v.Rows[i].Properties)))
		for j := range v.Rows[i].Properties {
			var err error
			if out, err = v.Rows[i].Properties[j].append(out); err != nil {
				return b, fmt.Errorf("blob: Rows[%d].Properties[%d]: %w", i, j, err)
			}
		}
	}
	out = append(binary.LittleEndian.AppendUint32(out, uint32(len(v.ExtraInfo))), v.ExtraInfo...)
	out = binary.LittleEndian.AppendUint64(out, uint64(v.Modified))
	return append(out, v.Trailing...), nil
}

func (p *NicknameProperty) append(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(p.Tag))
	b = binary.LittleEndian.AppendUint32(b, p.Reserved)
	b = append(b, p.Union[:]...)
	n := len(p.Data)
	if uint64(n) > math.MaxUint32 {
		return b, fmt.Errorf("%d bytes do not fit into 32 bits", n)
	}
	switch l, _ := nickLayoutOf(p.Tag.Type()); {
	case l == noLayout:
		return b, fmt.Errorf("%v has no published layout", p.Tag)
	case l == inUnion && n > 0, l == guidBytes && n != 16:
		return b, fmt.Errorf("%v cannot have %d bytes of data", p.Tag, n)
	case l == countedList:
		elements, ok := p.elements()
		if !ok {
			return b, fmt.Errorf("the data of %v are no elements with their counts", p.Tag)
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(len(elements)))
	case l == countedData:
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return append(b, p.Data...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *NicknameCache) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *NicknameCache) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *NicknameCache) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. "name" and "value" of a property say in words what its other fields say, where they are
// no bytes alone, and are not read again.
func (v *NicknameCache) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "metadata", uint64(v.Metadata))
	b = appendUint(b, "majorVersion", uint64(v.MajorVersion))
	b = appendUint(b, "minorVersion", uint64(v.MinorVersion))
	b = appendList(b, "rows", len(v.Rows), func(b []byte, i int) []byte {
		properties := v.Rows[i].Properties
		b = appendList(append(b, '{'), "properties", len(properties), func(b []byte, j int) []byte { return properties[j].appendJSON(b) })
		return append(b, '}')
	})
	b = appendHexIf(b, "extraInfo", v.ExtraInfo)
	b = append(appendKey(b, "modified"), '"')
	b, _ = v.Modified.AppendText(b) // never fails
	return append(appendHexIf(append(b, '"'), "trailing", v.Trailing), '}')
}

func (p *NicknameProperty) appendJSON(b []byte) []byte {
	b = append(appendKey(append(b, '{'), "tag"), '"')
	b = append(append(b, p.Tag.String()...), '"')
	if name, ok := mapi.NameOf(p.Tag); ok {
		b = appendText(b, "name", name)
	}
	switch v := p.Value().(type) {
	case mapi.Binary, mapi.MultipleBinary, mapi.Unknown:
	default:
		b = v.AppendJSON(appendKey(b, "value"))
	}
	b = appendUint(b, "reserved", uint64(p.Reserved))
	b = appendHex(b, "union", p.Union[:])
	return append(appendHexIf(b, "data", p.Data), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *NicknameCache) UnmarshalJSON(b []byte) error {
	var form struct {
		Metadata, MajorVersion, MinorVersion uint32
		Rows                                 []struct {
			Properties []struct {
				Tag         string
				Reserved    uint32
				Union, Data jsonform.Hex
			}
		}
		ExtraInfo, Trailing jsonform.Hex
		Modified            mapi.FileTime
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	rows := make([]NicknameRow, len(form.Rows))
	for i, r := range form.Rows {
		rows[i].Properties = make([]NicknameProperty, len(r.Properties))
		for j, p := range r.Properties {
			tag, err := strconv.ParseUint(p.Tag, 0, 32)
			if err != nil || len(p.Union) != 8 {
				return fmt.Errorf("blob: rows[%d].properties[%d]: the tag must be a number of 32 bits, and the union 8 bytes", i, j)
			}
			rows[i].Properties[j] = NicknameProperty{Tag: mapi.PropTag(tag), Reserved: p.Reserved, Union: [8]byte(p.Union), Data: p.Data}
		}
	}
	*v = NicknameCache{form.Metadata, form.MajorVersion, form.MinorVersion, rows, form.ExtraInfo, form.Modified, form.Trailing}
	return nil
}
