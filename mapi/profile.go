package mapi

import "fmt"

// Profile says how wide the counts of a stream are: the same values are written with narrow ones in some places and
// with wide ones in others, and nothing in the bytes says which ([MS-OXCDATA] 2.11.1.1).
type Profile uint8

// The profiles. Lists count their elements in 32 bits in all of them, and PtypServerId its bytes
// in 16 where nothing else is said.
const (
	ProfileROP      Profile = iota // ROP buffers and standard rules: PtypBinary counts its bytes in 16 bits
	ProfileExtended                // extended rules and MAPI over HTTP: PtypBinary counts its bytes in 32 bits
	// ProfileOCFG is that of the definitions of search folders ([MS-OXOCFG] 2.2.6.1): strings count their bytes in 16 bits
	// and have no terminator, a PtypBinary does so too, and a PtypBoolean has 2 bytes.
	ProfileOCFG
	// ProfileMFCMAPI is that of MFCMAPI's parser of standard rules, which no server writes: the values are those of extended
	// rules, and the counts around them those of standard ones.
	ProfileMFCMAPI
	// ProfileFastTransfer is that of the streams of [MS-OXCFXICS] 2.2.4.1: strings, binaries, server ids and objects count
	// their bytes in 32 bits, strings end in NUL all the same, a PtypBoolean has 2 bytes, and strings may be of a type that
	// names their code page. Between the tag of a named property and its value there is its name, which is for the caller
	// to read.
	ProfileFastTransfer
)

var profileNames = [...]string{"rop", "ext", "ocfg", "mfcmapi", "fasttransfer"}

// String returns "rop", "ext", "ocfg", "mfcmapi" or "fasttransfer".
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
	if p == ProfileOCFG || p == ProfileFastTransfer {
		return 2
	}
	return 1
}

// serverIDCount returns the width of the count before a PtypServerId.
func (p Profile) serverIDCount() int {
	if p == ProfileFastTransfer {
		return 4
	}
	return 2
}
