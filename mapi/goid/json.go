package goid

import (
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/jsonform"
)

// The value form: the Go names of the fields in lower camel case, bytes as lower-case hex, the moment as in RFC 3339.
// Trailing is left out when it is empty. It is written by hand and read with the help of encoding/json.

// MarshalJSON returns the value form. It never fails.
func (g *GlobalObjectID) MarshalJSON() ([]byte, error) { return g.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (g *GlobalObjectID) AppendJSON(b []byte) []byte {
	b = hex.AppendEncode(append(b, `{"byteArrayID":"`...), g.ByteArrayID[:])
	b = strconv.AppendUint(append(b, `","year":`...), uint64(g.Year), 10)
	b = strconv.AppendUint(append(b, `,"month":`...), uint64(g.Month), 10)
	b = strconv.AppendUint(append(b, `,"day":`...), uint64(g.Day), 10)
	b, _ = g.CreationTime.AppendText(append(b, `,"creationTime":"`...)) // never fails
	b = hex.AppendEncode(append(b, `","x":"`...), g.X[:])
	b = hex.AppendEncode(append(b, `","data":"`...), g.Data)
	if len(g.Trailing) > 0 {
		b = hex.AppendEncode(append(b, `","trailing":"`...), g.Trailing)
	}
	return append(b, `"}`...)
}

// UnmarshalJSON reads the value form into g.
func (g *GlobalObjectID) UnmarshalJSON(b []byte) error {
	var v struct {
		ByteArrayID       jsonform.Hex
		Year              uint16
		Month, Day        uint8
		CreationTime      FileTime
		X, Data, Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	id := GlobalObjectID{Year: v.Year, Month: v.Month, Day: v.Day, CreationTime: v.CreationTime, Data: v.Data, Trailing: v.Trailing}
	if err := jsonform.Fill(id.ByteArrayID[:], v.ByteArrayID, "goid: byteArrayID"); err != nil {
		return err
	}
	if err := jsonform.Fill(id.X[:], v.X, "goid: x"); err != nil {
		return err
	}
	*g = id
	return nil
}
