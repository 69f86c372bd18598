package blob

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// PropertyDefinitions is the value of PidLidPropertyDefinitionStream (PSETID_Common, 0x8540): the fields that users and forms
// have added to a message, with the formulas and rules that Outlook runs on them. [MS-OXPROPS] names the property, and the
// Outlook MAPI Reference has the layout, as the PropertyDefinition stream structure. FieldDefinitionCount is the number of
// the fields.
type PropertyDefinitions struct {
	Version  uint16 // Version: 0x0102 or 0x0103; what is behind another one is in Trailing
	Fields   []FieldDefinition
	Trailing []byte
}

// FieldDefinition is one field: the FieldDefinition stream structure, of which [MS-OXPROPS] says nothing. 8-bit texts are in a
// code page that the stream does not name.
type FieldDefinition struct {
	Flags              PropDefFlags
	VT                 uint16 // VT: the type of its values, a number of VARENUM
	DispID             uint32 // DispId: 0 for a field that is no property of Outlook
	NmidName           string // NmidName, WTF-8: the name of the property
	NameANSI           PackedText
	FormulaANSI        PackedText
	ValidationRuleANSI PackedText
	ValidationTextANSI PackedText
	ErrorANSI          PackedText
	InternalType       uint32   // InternalType, of version 0x0103
	SkipBlocks         [][]byte // SkipBlocks, of version 0x0103, without the empty one that ends them; FieldName reads the first
}

// PackedText is 8-bit text behind its count. No section of [MS-OXPROPS] describes it: it is the PackedAnsiString stream
// structure.
type PackedText struct {
	Text []byte
	Long bool // the count has 3 bytes where 1 would do, as it need not below 255
}

// PropDefFlags are the bits of Flags.
type PropDefFlags uint32

// The bits of the Outlook MAPI Reference.
const (
	FieldIsCustom         PropDefFlags = 0x01 // PDO_IS_CUSTOM: the field of a user
	FieldRequired         PropDefFlags = 0x02 // PDO_REQUIRED
	FieldPrintSaveAs      PropDefFlags = 0x04 // PDO_PRINT_SAVEAS
	FieldCalcAuto         PropDefFlags = 0x08 // PDO_CALC_AUTO: the formula is worked out by itself
	FieldConcat           PropDefFlags = 0x10 // PDO_FT_CONCAT
	FieldSwitch           PropDefFlags = 0x20 // PDO_FT_SWITCH
	FieldPrintSaveAsByDef PropDefFlags = 0x40 // PDO_PRINT_SAVEAS_DEF
)

const (
	propDefV1    = 0x0102
	propDefV2    = 0x0103
	longCount    = 0xFF // the count of a packed text follows in 2 bytes
	internalType = "iType"
)

var propDefFormat = format{"propdef", wire.Words{Truncated: Truncated, Spec: propDefSpec}}

const propDefSpec = "Outlook MAPI Reference, PropertyDefinition stream structure"

var (
	propDefFields   = []wire.Field{{Name: "Version", Size: 2}}
	fieldCountField = []wire.Field{{Name: "FieldDefinitionCount", Size: 4}}
	fieldDefFields  = []wire.Field{{Name: "Flags", Size: 4}, {Name: "VT", Size: 2}, {Name: "DispId", Size: 4}, {Name: "NmidNameLength", Size: 2}}
	internalField   = []wire.Field{{Name: "InternalType", Size: 4, Meaning: internalText}}
	skipSizeField   = []wire.Field{{Name: "SkipBlock.Size", Size: 4}}
)

// packedNames are the texts of a field, with the fields that count them.
var packedNames = [...]struct {
	name        string
	short, long []wire.Field
}{
	packed("NameANSI"), packed("FormulaANSI"), packed("ValidationRuleANSI"), packed("ValidationTextANSI"), packed("ErrorANSI"),
}

func packed(name string) (p struct {
	name        string
	short, long []wire.Field
}) {
	p.name = name + ".Characters"
	p.short = []wire.Field{{Name: name + ".Length", Size: 1}}
	p.long = []wire.Field{{Name: name + ".LengthExtended", Size: 2}}
	return p
}

func internalText(b []byte) string {
	names := [...]string{"String", "Number", "Percent", "Currency", "Bool", "DateTime", "Duration", "Combination", "Formula", "IntResult",
		"Variant", "FloatResult", "Concat", "Keywords", "Integer"}
	switch n := binary.LittleEndian.Uint32(b); {
	case n < uint32(len(names)):
		return internalType + names[n]
	case n == math.MaxUint32:
		return internalType + "Unknown"
	}
	return ""
}

// DecodePropertyDefinitions decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and
// above. b is not kept.
func DecodePropertyDefinitions(b []byte) (*PropertyDefinitions, error) {
	return decode[PropertyDefinitions](b)
}

// InspectPropertyDefinitions decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectPropertyDefinitions(b []byte) (*PropertyDefinitions, *diag.Report) {
	return inspect[PropertyDefinitions](b)
}

// UnmarshalBinary decodes b into v strictly and reuses some of the memory v holds. After an error v holds no promised value,
// but may be used again.
func (v *PropertyDefinitions) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *PropertyDefinitions) format() *format { return &propDefFormat }

// texts returns the packed texts in the order of packedNames.
func (f *FieldDefinition) texts() [5]*PackedText {
	return [...]*PackedText{&f.NameANSI, &f.FormulaANSI, &f.ValidationRuleANSI, &f.ValidationTextANSI, &f.ErrorANSI}
}

func (v *PropertyDefinitions) read(c *wire.Cursor) {
	*v = PropertyDefinitions{Fields: v.Fields[:0], Trailing: v.Trailing[:0]}
	b := c.Run(propDefFields, 2)
	if b == nil {
		return
	}
	v.Version = binary.LittleEndian.Uint16(b)
	if v.Version != propDefV1 && v.Version != propDefV2 {
		c.Find(diag.Error, PropDefVersion, "Version", 0, 2, "is 0x%04X, must be 0x%04X or 0x%04X; what follows is not read", v.Version, propDefV1, propDefV2)
		v.Trailing = keep(v.Trailing, c.Bytes("trailing", uint64(c.Left())))
		return
	}
	if b = c.Run(fieldCountField, 4); b == nil {
		return
	}
	count := uint64(binary.LittleEndian.Uint32(b))
	v.Fields = room(v.Fields, wholeFields(c.Peek(c.Offset(), c.Left()), count, v.Version == propDefV2)+1)
	for i := uint64(0); i < count && !c.Dead(); i++ {
		var f *FieldDefinition
		v.Fields, f = next(v.Fields)
		c.In("FieldDefinitions", int(i))
		whole := f.read(c, v.Version == propDefV2)
		c.Out()
		if !whole {
			v.Fields = v.Fields[:i] // not even its numbers were read
		}
	}
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

// wholeFields returns how many of count fields are whole in b: what memory is taken for before they are read, as a field is
// so much longer in memory than the shortest is in a blob.
func wholeFields(b []byte, count uint64, v2 bool) (n int) {
	for uint64(n) < count {
		if len(b) < 12 {
			return n
		}
		at := 12 + 2*int(binary.LittleEndian.Uint16(b[10:]))
		for range packedNames {
			if at >= len(b) {
				return n
			}
			size := int(b[at])
			if at++; size == longCount {
				if at+2 > len(b) {
					return n
				}
				size = int(binary.LittleEndian.Uint16(b[at:]))
				at += 2
			}
			at += size
		}
		if at > len(b) {
			return n
		}
		b = b[at:]
		if v2 {
			if len(b) < 4 {
				return n
			}
			_, size := skipBlocks(b[4:])
			b = b[4+size:]
		}
		n++
	}
	return n
}

// skipBlocks returns how many skip blocks there are at the front of b, and their size with that of the empty one.
func skipBlocks(b []byte) (n, size int) {
	for len(b)-size >= 4 {
		block := uint64(binary.LittleEndian.Uint32(b[size:]))
		if block > uint64(len(b)-size-4) {
			return n, len(b)
		}
		if size += 4 + int(block); block == 0 {
			return n, size
		}
		n++
	}
	return n, len(b)
}

func (f *FieldDefinition) read(c *wire.Cursor, v2 bool) bool {
	*f = FieldDefinition{}
	b := c.Run(fieldDefFields, 12)
	if b == nil {
		return false
	}
	f.Flags, f.VT = PropDefFlags(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint16(b[4:])
	f.DispID = binary.LittleEndian.Uint32(b[6:])
	name := c.UTF16("NmidName", uint64(binary.LittleEndian.Uint16(b[10:])))
	f.NmidName = string(wtf8.AppendDecode(make([]byte, 0, len(name)), name))
	for i, text := range f.texts() {
		text.read(c, i)
	}
	if !v2 {
		return true
	}
	if b := c.Run(internalField, 4); b != nil {
		f.InternalType = binary.LittleEndian.Uint32(b)
	}
	if n, _ := skipBlocks(c.Peek(c.Offset(), c.Left())); n > 0 {
		f.SkipBlocks = make([][]byte, 0, n)
	}
	for {
		b := c.Run(skipSizeField, 4)
		if b == nil {
			return true
		}
		n := uint64(binary.LittleEndian.Uint32(b))
		if n == 0 {
			return true
		}
		if block := c.Bytes("SkipBlock.Content", n); !c.Dead() {
			f.SkipBlocks = append(f.SkipBlocks, append([]byte(nil), block...))
		}
	}
}

func (t *PackedText) read(c *wire.Cursor, i int) {
	p := &packedNames[i]
	b := c.Run(p.short, 1)
	if b == nil {
		return
	}
	n := uint64(b[0])
	if n == longCount {
		if b = c.Run(p.long, 2); b == nil {
			return
		}
		n = uint64(binary.LittleEndian.Uint16(b))
		t.Long = n < longCount
	}
	if n > 0 {
		t.Text = append(t.Text, c.BytesAs(p.name, n, quoted)...)
	}
}

// FieldName returns the name of the field in Unicode, which the first skip block holds. It reports false where there is none.
func (f *FieldDefinition) FieldName() (string, bool) {
	if len(f.SkipBlocks) == 0 {
		return "", false
	}
	b := f.SkipBlocks[0]
	n := int(b[0])
	b = b[1:]
	if n == longCount {
		if len(b) < 2 {
			return "", false
		}
		n, b = int(binary.LittleEndian.Uint16(b)), b[2:]
	}
	if len(b) < 2*n {
		return "", false
	}
	return string(wtf8.AppendDecode(nil, b[:2*n])), true
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about what the version has no place for,
// and about texts and blocks that are too long, or empty where that would end the list.
func (v *PropertyDefinitions) AppendBinary(b []byte) ([]byte, error) {
	known := v.Version == propDefV1 || v.Version == propDefV2
	if !known && len(v.Fields) > 0 || uint64(len(v.Fields)) > math.MaxUint32 {
		return b, fmt.Errorf("blob: FieldDefinitions: %d fields cannot be in a stream of version 0x%04X", len(v.Fields), v.Version)
	}
	for i := range v.Fields {
		if err := v.Fields[i].encodable(v.Version == propDefV2); err != nil {
			return b, fmt.Errorf("blob: FieldDefinitions[%d]: %w", i, err)
		}
	}
	b = binary.LittleEndian.AppendUint16(b, v.Version)
	if known {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(v.Fields)))
	}
	for i := range v.Fields {
		b = v.Fields[i].append(b, v.Version == propDefV2)
	}
	return append(b, v.Trailing...), nil
}

func (f *FieldDefinition) encodable(v2 bool) error {
	if _, ok := wtf8.AppendEncode(nil, f.NmidName); !ok || wtf8.Units(f.NmidName) > math.MaxUint16 {
		return fmt.Errorf("the name is no text of up to 65535 units of UTF-16")
	}
	for _, t := range f.texts() {
		if n := len(t.Text); n > math.MaxUint16 || t.Long && n >= longCount {
			return fmt.Errorf("a text of %d bytes is too long", n)
		}
	}
	if !v2 && (f.InternalType != 0 || len(f.SkipBlocks) > 0) {
		return fmt.Errorf("version 0x%04X has no InternalType and no SkipBlocks", propDefV1)
	}
	for _, block := range f.SkipBlocks {
		if len(block) == 0 || uint64(len(block)) > math.MaxUint32 {
			return fmt.Errorf("a skip block of %d bytes cannot be written", len(block))
		}
	}
	return nil
}

func (f *FieldDefinition) append(b []byte, v2 bool) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Flags))
	b = binary.LittleEndian.AppendUint16(b, f.VT)
	b = binary.LittleEndian.AppendUint32(b, f.DispID)
	b = binary.LittleEndian.AppendUint16(b, uint16(wtf8.Units(f.NmidName)))
	b, _ = wtf8.AppendEncode(b, f.NmidName)
	for _, t := range f.texts() {
		if t.Long || len(t.Text) >= longCount {
			b = binary.LittleEndian.AppendUint16(append(b, longCount), uint16(len(t.Text)))
		} else {
			b = append(b, byte(len(t.Text)))
		}
		b = append(b, t.Text...)
	}
	if !v2 {
		return b
	}
	b = binary.LittleEndian.AppendUint32(b, f.InternalType)
	for _, block := range f.SkipBlocks {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(block))), block...)
	}
	return binary.LittleEndian.AppendUint32(b, 0)
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *PropertyDefinitions) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *PropertyDefinitions) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}
