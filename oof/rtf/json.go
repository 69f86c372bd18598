package rtf

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/mapi"
)

// The value form: the Go names of the fields in lower camel case, the type as its word, the CRC in hexadecimal, bytes as
// lower-case hex. Trailing is left out when it is empty. It is written by hand and read with the help of encoding/json.

// MarshalJSON returns the value form. It never fails.
func (v *Compressed) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *Compressed) AppendJSON(b []byte) []byte {
	b = strconv.AppendUint(append(b, `{"compSize":`...), uint64(v.CompSize), 10)
	b = strconv.AppendUint(append(b, `,"rawSize":`...), uint64(v.RawSize), 10)
	b = v.CompType.append(append(b, `,"compType":"`...))
	b = appendHex32(append(b, `","crc":"`...), v.CRC)
	b = mapi.Binary(v.Contents).AppendJSON(append(b, `","contents":`...))
	if len(v.Trailing) > 0 {
		b = mapi.Binary(v.Trailing).AppendJSON(append(b, `,"trailing":`...))
	}
	return append(b, '}')
}

// hexNumber is a number in JSON as 0x and digits.
type hexNumber uint32

func (n *hexNumber) UnmarshalText(b []byte) error {
	v, err := strconv.ParseUint(string(b), 0, 32)
	*n = hexNumber(v)
	return err
}

// AppendText appends what String returns. It never fails.
func (t CompType) AppendText(b []byte) ([]byte, error) { return append(b, t.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (t CompType) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a name or a number, as String writes them.
func (t *CompType) UnmarshalText(b []byte) error {
	for _, known := range [...]CompType{LZFu, MELA} {
		if string(b) == known.String() {
			*t = known
			return nil
		}
	}
	var n hexNumber
	if err := n.UnmarshalText(b); err != nil {
		return fmt.Errorf("rtf: COMPTYPE: %q is neither a name nor a number", b)
	}
	*t = CompType(n)
	return nil
}

// UnmarshalJSON reads the value form into v.
func (v *Compressed) UnmarshalJSON(b []byte) error {
	var form struct {
		CompSize, RawSize  uint32
		CompType           CompType
		CRC                hexNumber
		Contents, Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = Compressed{CompSize: form.CompSize, RawSize: form.RawSize, CompType: form.CompType, CRC: uint32(form.CRC),
		Contents: form.Contents, Trailing: form.Trailing}
	return nil
}
