package mfcmapi

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// integer reads a number of 16 or 32 bits. AltValue, in hex, says what its bits are; Value is signed, or unsigned in the
// builds before 2014.
func (r *Reader) integer(t mapi.PropType, v, a, path string) ([]byte, bool) {
	bits, mask := 16, uint64(0xFFFF)
	if t == mapi.PtypInteger32 {
		bits, mask = 32, 0xFFFFFFFF
	}
	var fromText, fromAlt uint64
	n, err := strconv.ParseInt(v, 10, 64)
	text := v != "" && err == nil && n >= -1<<(bits-1) && n <= int64(mask)
	fromText = uint64(n) & mask
	// QUIRK: a negative PT_I2 is printed sign-extended to 32 bits.
	u, err := strconv.ParseUint(cutHex(a), 16, 32)
	exact := a != "" && err == nil && isHex(a) && (u <= mask || u>>15 == 1<<17-1)
	fromAlt = u & mask
	switch {
	case !text && !exact:
		return r.badValue(path, v, "a decimal number")
	case text && exact && fromText != fromAlt:
		r.disagree(path, v, a)
	case v != "" && !text:
		r.disagree(path, strconv.Quote(v), a)
	case a != "" && !exact:
		r.disagree(path, v, strconv.Quote(a))
	}
	if exact {
		fromText = fromAlt
	}
	if bits == 16 {
		return le.AppendUint16(nil, uint16(fromText)), true
	}
	return le.AppendUint32(nil, uint32(fromText)), true
}

// isHex reports whether s begins with 0x, or Ox as some readers of screens make of it.
func isHex(s string) bool {
	return len(s) > 2 && (s[0] == '0' || s[0] == 'O' || s[0] == 'o') && (s[1] == 'x' || s[1] == 'X')
}

func cutHex(s string) string {
	if isHex(s) {
		return s[2:]
	}
	return s
}

// pair reads "0xHHHHHHHH:0xLLLLLLLL".
func pair(s string) (uint64, bool) {
	hi, lo, ok := strings.Cut(s, ":")
	h, ok1 := parseHex32(strings.TrimSpace(hi))
	l, ok2 := parseHex32(strings.TrimSpace(lo))
	return uint64(h)<<32 | uint64(l), ok && ok1 && ok2
}

// integer64 reads a number of 64 bits: the two halves in Value, and a decimal number in AltValue.
func (r *Reader) integer64(v, a, path string) ([]byte, bool) {
	n, exact := pair(v)
	d, err := strconv.ParseInt(a, 10, 64)
	switch {
	case !exact && err != nil:
		return r.badValue(path, v, "two numbers in hex")
	case !exact:
		if v != "" {
			r.disagree(path, strconv.Quote(v), a)
		}
		n = uint64(d)
	case err != nil && a != "":
		r.disagree(path, v, strconv.Quote(a))
	case err == nil && uint64(d) != n:
		r.disagree(path, fmt.Sprintf("0x%016X", n), fmt.Sprintf("0x%016X", uint64(d)))
	}
	return le.AppendUint64(nil, n), true
}

// currency reads ten-thousandths: the two halves in AltValue, and in Value a number with its point four digits from
// the end.
func (r *Reader) currency(v, a, path string) ([]byte, bool) {
	n, exact := pair(a)
	d, err := strconv.ParseInt(strings.Replace(v, ".", "", 1), 10, 64)
	point := strings.IndexByte(v, '.')
	text := err == nil && point >= 0 && point == len(v)-5
	switch {
	case !exact && !text:
		return r.badValue(path, v, "an amount with four decimals")
	case !exact:
		if a != "" {
			r.disagree(path, v, strconv.Quote(a))
		}
		n = uint64(d)
	case text && uint64(d) != n, v != "" && !text:
		r.disagree(path, v, a)
	}
	return le.AppendUint64(nil, n), true
}

// float reads a number that was printed with six decimals.
func (r *Reader) float(t mapi.PropType, v, path string) ([]byte, bool) {
	bits := 64
	if t == mapi.PtypFloating32 {
		bits = 32
	}
	n, err := strconv.ParseFloat(v, bits)
	if err != nil {
		return r.badValue(path, v, "a number")
	}
	r.p.derived = true
	r.p.note(diag.Info, Derived, nowhere, path, "is printed with six decimals; the bytes were computed from that and may differ from the original's")
	if bits == 32 {
		return le.AppendUint32(nil, math.Float32bits(float32(n))), true
	}
	return le.AppendUint64(nil, math.Float64bits(n)), true
}

func (r *Reader) boolean(v, path string) ([]byte, bool) {
	switch {
	case strings.EqualFold(v, "true"):
		return []byte{1}, true
	case strings.EqualFold(v, "false"):
		return []byte{0}, true
	}
	return r.badValue(path, v, "True or False")
}
