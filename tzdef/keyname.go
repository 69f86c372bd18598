package tzdef

import (
	"encoding/binary"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// longestKnown is room for the longest name of the CLDR table.
const longestKnown = 48

// keyName returns the UTF-16LE text le as a string. The names that Windows has cost no allocation, nor does the name
// last, which the receiver of a decode holds already.
func keyName(le []byte, last string) string {
	if len(le) == 0 {
		return ""
	}
	var buf [longestKnown]byte
	if n := len(le) / 2; n <= len(buf) && narrow(buf[:n], le) {
		if string(buf[:n]) == last {
			return last
		}
		if s := knownName(buf[:n]); s != "" {
			return s
		}
		return string(buf[:n])
	}
	long := wtf8.AppendDecode(make([]byte, 0, len(le)), le)
	if string(long) == last {
		return last
	}
	return string(long)
}

// narrow writes the ASCII text le, which is UTF-16LE, to dst, one byte a unit. It reports false if le is not ASCII.
func narrow(dst, le []byte) bool {
	for len(le) >= 8 {
		x := binary.LittleEndian.Uint64(le)
		if x&0xFF80FF80FF80FF80 != 0 {
			return false
		}
		x = (x | x>>8) & 0x0000FFFF0000FFFF
		x |= x >> 16
		binary.LittleEndian.PutUint32(dst, uint32(x))
		dst, le = dst[4:], le[8:]
	}
	for i := range dst {
		u := binary.LittleEndian.Uint16(le[2*i:])
		if u >= 0x80 {
			return false
		}
		dst[i] = byte(u)
	}
	return true
}
