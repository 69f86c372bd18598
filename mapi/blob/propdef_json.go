package blob

import (
	"encoding/json"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/jsonform"
)

// MarshalJSON returns the value form. It never fails.
func (v *PropertyDefinitions) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. 8-bit texts and skip blocks are hex there; a "fieldName" is what FieldName returns, and is
// not read again.
func (v *PropertyDefinitions) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "version", uint64(v.Version))
	b = appendList(b, "fields", len(v.Fields), func(b []byte, i int) []byte { return v.Fields[i].appendJSON(b) })
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// packedKeys are the keys of the texts, in the order of packedNames.
var packedKeys = [...]string{"nameAnsi", "formulaAnsi", "validationRuleAnsi", "validationTextAnsi", "errorAnsi"}

func (f *FieldDefinition) appendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "flags", uint64(f.Flags))
	b = appendUint(b, "vt", uint64(f.VT))
	b = appendUint(b, "dispId", uint64(f.DispID))
	b = appendText(b, "nmidName", f.NmidName)
	for i, t := range f.texts() {
		if len(t.Text) == 0 && !t.Long {
			continue
		}
		b = append(appendKey(b, packedKeys[i]), '{')
		b = appendHex(b, "text", t.Text)
		if t.Long {
			b = append(b, `,"long":true`...)
		}
		b = append(b, '}')
	}
	b = appendUint(b, "internalType", uint64(f.InternalType))
	if name, ok := f.FieldName(); ok {
		b = appendText(b, "fieldName", name)
	}
	if len(f.SkipBlocks) > 0 {
		b = append(appendKey(b, "skipBlocks"), '[')
		for i, block := range f.SkipBlocks {
			if i > 0 {
				b = append(b, ',')
			}
			b = fmt.Appendf(b, `"%x"`, block)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// UnmarshalJSON reads the value form into v.
func (v *PropertyDefinitions) UnmarshalJSON(b []byte) error {
	type text struct {
		Text jsonform.Hex
		Long bool
	}
	var form struct {
		Version uint16
		Fields  []struct {
			Flags                                                                    PropDefFlags
			VT                                                                       uint16
			DispID                                                                   uint32
			NmidName                                                                 jsonform.Text
			NameANSI, FormulaANSI, ValidationRuleANSI, ValidationTextANSI, ErrorANSI text
			InternalType                                                             uint32
			SkipBlocks                                                               []jsonform.Hex
		}
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = PropertyDefinitions{Version: form.Version, Trailing: form.Trailing}
	for _, f := range form.Fields {
		d := FieldDefinition{Flags: f.Flags, VT: f.VT, DispID: f.DispID, NmidName: string(f.NmidName), InternalType: f.InternalType}
		for i, t := range [...]text{f.NameANSI, f.FormulaANSI, f.ValidationRuleANSI, f.ValidationTextANSI, f.ErrorANSI} {
			*d.texts()[i] = PackedText{t.Text, t.Long}
		}
		for _, block := range f.SkipBlocks {
			d.SkipBlocks = append(d.SkipBlocks, block)
		}
		v.Fields = append(v.Fields, d)
	}
	return nil
}
