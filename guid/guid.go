package guid

import (
	"bytes"
	"encoding/binary"
)

// Size is the number of bytes of a GUID.
const Size = 16

// A GUID is sixteen bytes in MAPI wire order: Data1 (4 bytes), Data2 and Data3
// (2 bytes each) little-endian, then the eight bytes of Data4 as they are.
// [MS-DTYP] 2.3.4.2.
//
// The zero value is GUID_NULL, {00000000-0000-0000-0000-000000000000}.
// A GUID is comparable and may be a map key. It is plain data: any number of
// goroutines may read one, and a copy is its holder's own.
type GUID [Size]byte

// A Variant is the layout a GUID claims in the top bits of its ninth byte.
// RFC 9562 section 4.1.
type Variant uint8

// The four variants of RFC 9562 section 4.1.
const (
	VariantNCS       Variant = iota // 0xx: Apollo, before 1989
	VariantRFC                      // 10x: RFC 4122 and RFC 9562; what CoCreateGuid makes
	VariantMicrosoft                // 110: early COM, such as the ...-C000-000000000046 family
	VariantFuture                   // 111: reserved
)

// String returns "ncs", "rfc", "microsoft" or "future".
func (v Variant) String() string {
	switch v {
	case VariantNCS:
		return "ncs"
	case VariantRFC:
		return "rfc"
	case VariantMicrosoft:
		return "microsoft"
	default:
		return "future"
	}
}

// FromWindowsBytes returns the GUID whose first three numbers stand
// little-endian in b: the order of MAPI properties, Active Directory octet
// strings, MFCMAPI dumps and Go's [16]byte conversion GUID(b).
func FromWindowsBytes(b [Size]byte) GUID { return GUID(b) }

// FromRFC4122Bytes returns the GUID whose first three numbers stand
// big-endian in b: the order of RFC 9562 section 4, of UUID libraries and of
// the registry text read pair by pair.
func FromRFC4122Bytes(b [Size]byte) GUID { return GUID(swap(b)) }

// WindowsBytes returns g with its first three numbers little-endian.
func (g GUID) WindowsBytes() [Size]byte { return g }

// RFC4122Bytes returns g with its first three numbers big-endian.
func (g GUID) RFC4122Bytes() [Size]byte { return swap(g) }

// swap turns one byte order into the other; it is its own inverse.
func swap(b [Size]byte) [Size]byte {
	b[0], b[1], b[2], b[3] = b[3], b[2], b[1], b[0]
	b[4], b[5] = b[5], b[4]
	b[6], b[7] = b[7], b[6]
	return b
}

// fromRegistry returns the GUID of four numbers as the registry text prints
// them, the last eight bytes as two big-endian halves.
func fromRegistry(data1 uint32, data2, data3, data4 uint16, node uint64) GUID {
	var g GUID
	binary.LittleEndian.PutUint32(g[0:], data1)
	binary.LittleEndian.PutUint16(g[4:], data2)
	binary.LittleEndian.PutUint16(g[6:], data3)
	binary.BigEndian.PutUint64(g[8:], uint64(data4)<<48|node)
	return g
}

// String returns the canonical text: upper-case digits in braces,
// {66960343-B15D-443B-8199-1F9143325B37}.
func (g GUID) String() string {
	var b [bracedLen]byte
	return string(appendDashed(b[:0], &g, upper, '{', '}'))
}

// IsZero reports whether g is GUID_NULL.
func (g GUID) IsZero() bool { return g == GUID{} }

// Compare returns -1, 0 or +1 as g sorts before, with or after h by wire
// bytes. It is not the order of the texts.
func (g GUID) Compare(h GUID) int { return bytes.Compare(g[:], h[:]) }

// Version returns the version number g claims, the high half of byte 7:
// 4 for the random GUIDs CoCreateGuid makes, 1 for those of NT 4 times.
//
// It is a hint about plausible byte order and origin. Any sixteen bytes are a
// GUID, and no function of this package refuses one for its version.
func (g GUID) Version() int { return int(g[7] >> 4) }

// Variant returns the layout g claims. Like Version it is a hint.
func (g GUID) Variant() Variant {
	switch {
	case g[8] < 0x80:
		return VariantNCS
	case g[8] < 0xC0:
		return VariantRFC
	case g[8] < 0xE0:
		return VariantMicrosoft
	default:
		return VariantFuture
	}
}

// data1 returns the first number.
func (g GUID) data1() uint32 { return binary.LittleEndian.Uint32(g[:4]) }
