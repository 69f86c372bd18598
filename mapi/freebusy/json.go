package freebusy

import (
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/jsonform"
)

// The value form: the Go names of the fields in lower camel case, times as minutes of the month, bytes as lower-case hex.
// Trailing is left out when it is empty. It is written by hand and read with the help of encoding/json.

// MarshalJSON returns the value form. It never fails.
func (v *Blocks) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *Blocks) AppendJSON(b []byte) []byte {
	b = append(b, `{"blocks":[`...)
	for i, block := range v.Blocks {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(append(b, `{"start":`...), uint64(block.Start), 10)
		b = strconv.AppendUint(append(b, `,"end":`...), uint64(block.End), 10)
		b = append(b, '}')
	}
	b = append(b, ']')
	if len(v.Trailing) > 0 {
		b = hex.AppendEncode(append(b, `,"trailing":"`...), v.Trailing)
		b = append(b, '"')
	}
	return append(b, '}')
}

// UnmarshalJSON reads the value form into v.
func (v *Blocks) UnmarshalJSON(b []byte) error {
	var form struct {
		Blocks   []Block
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = Blocks{Blocks: form.Blocks, Trailing: form.Trailing}
	return nil
}
