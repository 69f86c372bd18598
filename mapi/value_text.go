package mapi

import (
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// String returns the empty string.
func (v Null) String() string { return "" }

// String returns the number in decimal.
func (v Integer16) String() string { return strconv.Itoa(int(v)) }

// String returns the number in decimal.
func (v Integer32) String() string { return strconv.Itoa(int(v)) }

// String returns the shortest decimal that gives the number again, "NaN(0x7FC00000)" or "+Inf".
func (v Floating32) String() string {
	return floatText(float64(v), 32, uint64(math.Float32bits(float32(v))))
}

// String returns the shortest decimal that gives the number again, "NaN(0x7FF8000000000000)" or "+Inf".
func (v Floating64) String() string { return floatText(float64(v), 64, math.Float64bits(float64(v))) }

func floatText(f float64, bits int, raw uint64) string {
	if math.IsNaN(f) {
		return fmt.Sprintf("NaN(0x%0*X)", bits/4, raw)
	}
	return strconv.FormatFloat(f, 'g', -1, bits)
}

// String returns the amount with four decimals: "-0.0001".
func (v Currency) String() string {
	n, sign := uint64(v), ""
	if v < 0 {
		n, sign = -n, "-"
	}
	return fmt.Sprintf("%s%d.%04d", sign, n/10000, n%10000)
}

// String returns the wall-clock time as in RFC 3339 without a zone, "2011-02-17T14:30:00", behind what it stands for if
// that is Special, or the number where it is no time.
func (v FloatingTime) String() string {
	if t, ok := v.Time(); ok {
		if special := v.Special(); special != "" {
			return special + " (" + t.Format(wallClock) + ")"
		}
		return t.Format(wallClock)
	}
	return Floating64(v).String()
}

// String returns the code's name, "MAPI_E_NOT_FOUND", or its number, "0x8004010F".
func (v ErrorCode) String() string {
	if name, ok := errorName(uint32(v)); ok {
		return name
	}
	return fmt.Sprintf("0x%08X", uint32(v))
}

// String returns "true", "false", or for numbers above 1 "true (255)".
func (v Boolean) String() string {
	switch v {
	case 0:
		return "false"
	case 1:
		return "true"
	}
	return fmt.Sprintf("true (%d)", uint32(v))
}

// String returns the bytes in hex.
func (v Object) String() string { return hex.EncodeToString(v.Raw) }

// String returns the number in decimal.
func (v Integer64) String() string { return strconv.FormatInt(int64(v), 10) }

// String returns the text as far as it can be read; see Text.
func (v String8) String() string {
	text, _, _ := DecodeString8(v.Raw, v.CodePage)
	return text
}

// String returns the text.
func (v String) String() string { return string(v) }

// String returns the moment as FileTime writes it.
func (v Time) String() string { return FileTime(v).String() }

// String returns the GUID in braces.
func (v GUID) String() string { return guid.GUID(v).String() }

// String returns the bytes in hex.
func (v ServerID) String() string { return hex.EncodeToString(v.Raw) }

// String returns the bytes in hex.
func (v Restriction) String() string { return hex.EncodeToString(v.Raw) }

// String returns the bytes in hex.
func (v RuleActions) String() string { return hex.EncodeToString(v.Raw) }

// String returns the bytes in hex.
func (v Binary) String() string { return hex.EncodeToString(v) }

// String returns the bytes in hex.
func (v Unknown) String() string { return hex.EncodeToString(v.Data) }

// String returns the elements as a JSON array.
func (v MultipleInteger16) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleInteger32) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleFloating32) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleFloating64) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleCurrency) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleFloatingTime) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleInteger64) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleString8) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleString) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleTime) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleGUID) String() string { return string(v.AppendJSON(nil)) }

// String returns the elements as a JSON array.
func (v MultipleBinary) String() string { return string(v.AppendJSON(nil)) }

func appendQuoted(b []byte, s string) []byte { return wtf8.AppendQuote(b, s) }
