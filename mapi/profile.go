package mapi

import "fmt"

// Profile says how wide the counts of a stream are: the same values are written with narrow ones in some places and
// with wide ones in others, and nothing in the bytes says which ([MS-OXCDATA] 2.11.1.1).
type Profile uint8

// The profiles. Lists count their elements in 32 bits in both, and PtypServerId its bytes in 16.
const (
	ProfileROP      Profile = iota // ROP buffers and standard rules: PtypBinary counts its bytes in 16 bits
	ProfileExtended                // extended rules and MAPI over HTTP: PtypBinary counts its bytes in 32 bits
)

// String returns "rop" or "ext".
func (p Profile) String() string {
	switch p {
	case ProfileROP:
		return "rop"
	case ProfileExtended:
		return "ext"
	}
	return fmt.Sprintf("profile(%d)", uint8(p))
}

// binaryCount returns the width of the count before a PtypBinary.
func (p Profile) binaryCount() int {
	if p == ProfileROP {
		return 2
	}
	return 4
}
