package mapi

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// maxExact is the greatest integer up to which every reader of JSON keeps integers exact.
const maxExact = 1 << 53

func appendInt(b []byte, n int64) []byte {
	if n > maxExact || n < -maxExact {
		return append(strconv.AppendInt(append(b, '"'), n, 10), '"')
	}
	return strconv.AppendInt(b, n, 10)
}

func appendFloat(b []byte, f float64, bits int, text string) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(append(append(b, '"'), text...), '"')
	}
	return strconv.AppendFloat(b, f, 'g', -1, bits)
}

// hexPairs has the two digits of every byte, the first in the low half. It is never written to.
var hexPairs = func() (pairs [256]uint16) {
	const digits = "0123456789abcdef"
	for i := range pairs {
		pairs[i] = uint16(digits[i>>4]) | uint16(digits[i&15])<<8
	}
	return pairs
}()

// appendHex appends raw as a string of hex digits, eight bytes at a time: most of what is printed of a dump is this. A table
// is twice as fast here as arithmetic on eight digits at once.
func appendHex(b, raw []byte) []byte {
	b = append(slices.Grow(b, 2*len(raw)+2), '"')
	n := len(b)
	b = b[:n+2*len(raw)]
	out := b[n:]
	for len(raw) >= 8 && len(out) >= 16 {
		from, to := (*[8]byte)(raw), (*[16]byte)(out) // one check of bounds each
		binary.LittleEndian.PutUint16(to[0:], hexPairs[from[0]])
		binary.LittleEndian.PutUint16(to[2:], hexPairs[from[1]])
		binary.LittleEndian.PutUint16(to[4:], hexPairs[from[2]])
		binary.LittleEndian.PutUint16(to[6:], hexPairs[from[3]])
		binary.LittleEndian.PutUint16(to[8:], hexPairs[from[4]])
		binary.LittleEndian.PutUint16(to[10:], hexPairs[from[5]])
		binary.LittleEndian.PutUint16(to[12:], hexPairs[from[6]])
		binary.LittleEndian.PutUint16(to[14:], hexPairs[from[7]])
		raw, out = raw[8:], out[16:]
	}
	for _, c := range raw {
		binary.LittleEndian.PutUint16(out, hexPairs[c])
		out = out[2:]
	}
	return append(b, '"')
}

func appendArray[E any](b []byte, v []E, element func([]byte, E) []byte) []byte {
	b = append(b, '[')
	for i, e := range v {
		if i > 0 {
			b = append(b, ',')
		}
		b = element(b, e)
	}
	return append(b, ']')
}

// AppendJSON appends null.
func (v Null) AppendJSON(b []byte) []byte { return append(b, "null"...) }

// AppendJSON appends a number.
func (v Integer16) AppendJSON(b []byte) []byte { return strconv.AppendInt(b, int64(v), 10) }

// AppendJSON appends a number.
func (v Integer32) AppendJSON(b []byte) []byte { return strconv.AppendInt(b, int64(v), 10) }

// AppendJSON appends a number, or a string for what JSON has no number for.
func (v Floating32) AppendJSON(b []byte) []byte { return appendFloat(b, float64(v), 32, v.String()) }

// AppendJSON appends a number, or a string for what JSON has no number for.
func (v Floating64) AppendJSON(b []byte) []byte { return appendFloat(b, float64(v), 64, v.String()) }

// AppendJSON appends the amount with four decimals, as a string.
func (v Currency) AppendJSON(b []byte) []byte { return appendQuoted(b, v.String()) }

// AppendJSON appends the wall-clock time as a string, where the number can be got back from that, else the number.
func (v FloatingTime) AppendJSON(b []byte) []byte {
	if t, ok := v.Time(); ok {
		if back, ok := FloatingTimeOf(t); ok && math.Float64bits(float64(back)) == math.Float64bits(float64(v)) {
			return appendQuoted(b, t.Format(wallClock))
		}
	}
	return Floating64(v).AppendJSON(b)
}

// AppendJSON appends the code's name, or its number in hex, as a string.
func (v ErrorCode) AppendJSON(b []byte) []byte { return appendQuoted(b, v.String()) }

// AppendJSON appends true, false, or a number above 1 as it is.
func (v Boolean) AppendJSON(b []byte) []byte {
	if v > 1 {
		return strconv.AppendUint(b, uint64(v), 10)
	}
	return strconv.AppendBool(b, v == 1)
}

// AppendJSON appends the bytes in hex.
func (v Object) AppendJSON(b []byte) []byte { return appendHex(b, v.Raw) }

// AppendJSON appends a number, as a string beyond 2^53.
func (v Integer64) AppendJSON(b []byte) []byte { return appendInt(b, int64(v)) }

// AppendJSON appends the text as a string, if all bytes could be read in the code page that was named; else an object
// with the text as far as it could be read, the code page and the bytes.
func (v String8) AppendJSON(b []byte) []byte {
	text, damaged, err := DecodeString8(v.Raw, v.CodePage)
	if damaged == 0 && err == nil {
		return appendQuoted(b, text)
	}
	b = appendQuoted(append(b, `{"text":`...), text)
	b = strconv.AppendInt(append(b, `,"codePage":`...), int64(v.CodePage), 10)
	b = appendHex(append(b, `,"raw":`...), v.Raw)
	return append(b, '}')
}

// AppendJSON appends the text as a string; lone surrogates are escaped.
func (v String) AppendJSON(b []byte) []byte { return wtf8.AppendQuote(b, string(v)) }

// AppendJSON appends the moment as in RFC 3339, or its number if it is after the year 9999, as a string.
func (v Time) AppendJSON(b []byte) []byte { return appendTime(b, FileTime(v)) }

func appendTime(b []byte, t FileTime) []byte {
	b, _ = t.AppendText(append(b, '"')) // never fails
	return append(b, '"')
}

// AppendJSON appends the GUID in braces, as a string.
func (v GUID) AppendJSON(b []byte) []byte {
	b, _ = guid.GUID(v).AppendText(append(b, '"')) // never fails
	return append(b, '"')
}

// AppendJSON appends the bytes in hex.
func (v ServerID) AppendJSON(b []byte) []byte { return appendHex(b, v.Raw) }

// AppendJSON appends the bytes in hex.
func (v Restriction) AppendJSON(b []byte) []byte { return appendHex(b, v.Raw) }

// AppendJSON appends the bytes in hex.
func (v RuleActions) AppendJSON(b []byte) []byte { return appendHex(b, v.Raw) }

// AppendJSON appends the bytes in hex.
func (v Binary) AppendJSON(b []byte) []byte { return appendHex(b, v) }

// AppendJSON appends the bytes in hex.
func (v Unknown) AppendJSON(b []byte) []byte { return appendHex(b, v.Data) }

// AppendJSON appends an array of numbers.
func (v MultipleInteger16) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e int16) []byte { return appendInt(b, int64(e)) })
}

// AppendJSON appends an array of numbers.
func (v MultipleInteger32) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e int32) []byte { return appendInt(b, int64(e)) })
}

// AppendJSON appends an array of what Floating32 appends.
func (v MultipleFloating32) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e float32) []byte { return Floating32(e).AppendJSON(b) })
}

// AppendJSON appends an array of what Floating64 appends.
func (v MultipleFloating64) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e float64) []byte { return Floating64(e).AppendJSON(b) })
}

// AppendJSON appends an array of what Currency appends.
func (v MultipleCurrency) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e Currency) []byte { return e.AppendJSON(b) })
}

// AppendJSON appends an array of what FloatingTime appends.
func (v MultipleFloatingTime) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e FloatingTime) []byte { return e.AppendJSON(b) })
}

// AppendJSON appends an array of what Integer64 appends.
func (v MultipleInteger64) AppendJSON(b []byte) []byte { return appendArray(b, v, appendInt) }

// AppendJSON appends an array of what String8 appends.
func (v MultipleString8) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e String8) []byte { return e.AppendJSON(b) })
}

// AppendJSON appends an array of strings.
func (v MultipleString) AppendJSON(b []byte) []byte { return appendArray(b, v, wtf8.AppendQuote) }

// AppendJSON appends an array of what Time appends.
func (v MultipleTime) AppendJSON(b []byte) []byte { return appendArray(b, v, appendTime) }

// AppendJSON appends an array of GUIDs in braces.
func (v MultipleGUID) AppendJSON(b []byte) []byte {
	return appendArray(b, v, func(b []byte, e guid.GUID) []byte { return appendQuoted(b, e.String()) })
}

// AppendJSON appends an array of hex strings.
func (v MultipleBinary) AppendJSON(b []byte) []byte { return appendArray(b, v, appendHex) }
