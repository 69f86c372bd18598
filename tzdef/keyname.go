package tzdef

import (
	"encoding/binary"
	"math/bits"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// wideKeyLen is room for any key name of the table as UTF-16.
const wideKeyLen = 64

// keyName returns the UTF-16LE text le as a string. The names that Windows has cost no allocation, nor does the name
// last, which the receiver of a decode holds already.
func keyName(le []byte, last string) string {
	if n := len(le); n >= wideKeyLen/2 && n <= wideKeyLen {
		if z := int(slots[slotOf(le)]); z > 0 && len(zones[z-1].key) == n/2 {
			// Two halves that overlap are compared without a loop, whose length nothing could predict.
			wide, half := &wideKeys[z-1], n-wideKeyLen/2
			if differ(le, wide[:]) == 0 && differ(le[half:], wide[half:]) == 0 {
				return zones[z-1].key
			}
		}
	}
	if len(le) == 0 {
		return ""
	}
	return otherName(le, last)
}

// differ returns 0 if the first 32 bytes of a and b are the same.
func differ(a, b []byte) uint64 {
	a, b = a[:wideKeyLen/2], b[:wideKeyLen/2]
	x := binary.LittleEndian.Uint64(a) ^ binary.LittleEndian.Uint64(b)
	x |= binary.LittleEndian.Uint64(a[8:]) ^ binary.LittleEndian.Uint64(b[8:])
	x |= binary.LittleEndian.Uint64(a[16:]) ^ binary.LittleEndian.Uint64(b[16:])
	return x | (binary.LittleEndian.Uint64(a[24:]) ^ binary.LittleEndian.Uint64(b[24:]))
}

// slotOf returns the place in slots of a key name of 16 units or more. No two of those agree in their first four units,
// units 6 to 9, their last four and their length, and gen/zones.go has found the factor that keeps all of them apart.
func slotOf(le []byte) uint64 {
	h := binary.LittleEndian.Uint64(le) ^ bits.RotateLeft64(binary.LittleEndian.Uint64(le[12:]), 23) ^
		bits.RotateLeft64(binary.LittleEndian.Uint64(le[len(le)-8:]), 41) ^ uint64(len(le))
	return h * slotFactor >> (64 - 10)
}

// otherName returns a name that is not in the table, or too short to be looked up in it.
func otherName(le []byte, last string) string {
	var buf [3 * maxKeyName]byte
	name := buf[:0]
	if most := 3 * (len(le) / 2); most > len(buf) {
		name = make([]byte, 0, most) // at once, not by and by
	}
	name = wtf8.AppendDecode(name, le)
	if string(name) == last {
		return last
	}
	if i := findExact(name); i >= 0 {
		return zones[i].key
	}
	return string(name)
}
