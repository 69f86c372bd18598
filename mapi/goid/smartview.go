package goid

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// AppendSmartView appends what MFCMAPI shows beside such a property, from the report that Inspect or InspectClean made of
// it: labels and numbers in its own spelling, a tab for every level, lines that end in CRLF, and no line end after the
// last. It is the same byte for byte for blobs that MFCMAPI reads right; for others it is our reading in the same form.
// What was not read has no line.
func AppendSmartView(b []byte, r *diag.Report) []byte {
	b = append(b, "Global Object ID"...)
	for f := range r.Fields() {
		b = appendSmartField(b, f)
	}
	return b
}

// AppendSmartView appends MFCMAPI's SmartView text of the id. It appends nothing for one that AppendBinary refuses.
func (g *GlobalObjectID) AppendSmartView(b []byte) []byte {
	blob, err := g.AppendBinary(nil)
	if err != nil {
		return b
	}
	_, r := Inspect(blob)
	return AppendSmartView(b, r)
}

func appendSmartField(b []byte, f diag.Field) []byte {
	line := func(depth int, format string, args ...any) {
		b = append(append(b, "\r\n"...), strings.Repeat("\t", depth)...)
		b = fmt.Appendf(b, format, args...)
	}
	label := "Data"
	switch v := f.Value.(type) {
	case uint8:
		if f.Path == "Month" {
			line(1, "Month: 0x%02X = %d = %s", v, v, smartMonth(v))
		} else {
			line(1, "%s: 0x%02X = %d", f.Path, v, v)
		}
		return b
	case uint16:
		line(1, "Year: 0x%04X = %d", v, v)
		return b
	case uint32:
		line(1, "Size: 0x%02X = %d", v, int32(v))
		return b
	case uint64:
		line(1, "Creation Time = 0x%08X:0x%08X = %s", v>>32, uint32(v), smartTime(FileTime(v)))
		return b
	case []byte:
		switch f.Path {
		case "ByteArrayID":
			label = "Byte Array ID = Unknown GUID"
			if [16]byte(v) == byteArrayID {
				label = "Byte Array ID = s_rgbSPlus"
			}
		case "X":
			line(1, "X: 0x%08X:0x%08X", binary.LittleEndian.Uint32(v[4:]), binary.LittleEndian.Uint32(v))
			return b
		case "trailing", "undecoded":
			label = fmt.Sprintf("Unparsed data size = 0x%08X", len(v))
		}
		line(1, "%s", label)
		line(2, "cb: %d lpb: %X", len(v), v)
	}
	return b
}

func smartMonth(m uint8) string {
	if m >= 1 && m <= 12 {
		return time.Month(m).String()
	}
	return fmt.Sprintf("0x%X", m)
}

// smartTime returns a moment as MFCMAPI shows it on an American system.
func smartTime(t FileTime) string {
	tm, ok := t.Time()
	if !ok {
		return "Invalid systime"
	}
	return tm.Format("03:04:05.000 PM 1/2/2006")
}
