package mapi

import "fmt"

// Profile says how wide the counts of a stream are: the same values are written with narrow ones in some places and
// with wide ones in others, and nothing in the bytes says which ([MS-OXCDATA] 2.11.1.1).
type Profile uint8

// The profiles. Lists count their elements in 32 bits in all of them, and PtypServerId its bytes in 16.
const (
	ProfileROP      Profile = iota // ROP buffers and standard rules: PtypBinary counts its bytes in 16 bits
	ProfileExtended                // extended rules and MAPI over HTTP: PtypBinary counts its bytes in 32 bits
	// ProfileOCFG is that of the definitions of search folders ([MS-OXOCFG] 2.2.6.1): strings count their bytes in 16 bits
	// and have no terminator, a PtypBinary does so too, and a PtypBoolean has 2 bytes.
	ProfileOCFG
	// ProfileMFCMAPI is that of MFCMAPI's parser of standard rules, which no server writes: the values are those of extended
	// rules, and the counts around them those of standard ones.
	ProfileMFCMAPI
)

var profileNames = [...]string{"rop", "ext", "ocfg", "mfcmapi"}

// String returns "rop", "ext", "ocfg" or "mfcmapi".
func (p Profile) String() string {
	if int(p) < len(profileNames) {
		return profileNames[p]
	}
	return fmt.Sprintf("profile(%d)", uint8(p))
}

// binaryCount returns the width of the count before a PtypBinary.
func (p Profile) binaryCount() int {
	if p == ProfileROP || p == ProfileOCFG {
		return 2
	}
	return 4
}

// booleanWidth returns the width of a PtypBoolean.
func (p Profile) booleanWidth() int {
	if p == ProfileOCFG {
		return 2
	}
	return 1
}
