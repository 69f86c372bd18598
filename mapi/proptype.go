package mapi

import (
	"fmt"
	"strconv"
	"strings"
)

// PropType is the lower half of a property tag ([MS-OXCDATA] 2.11.1).
type PropType uint16

// The property types ([MS-OXCDATA] 2.11.1).
const (
	PtypUnspecified          PropType = 0x0000
	PtypNull                 PropType = 0x0001
	PtypInteger16            PropType = 0x0002
	PtypInteger32            PropType = 0x0003
	PtypFloating32           PropType = 0x0004
	PtypFloating64           PropType = 0x0005
	PtypCurrency             PropType = 0x0006
	PtypFloatingTime         PropType = 0x0007
	PtypErrorCode            PropType = 0x000A
	PtypBoolean              PropType = 0x000B
	PtypObject               PropType = 0x000D
	PtypInteger64            PropType = 0x0014
	PtypString8              PropType = 0x001E
	PtypString               PropType = 0x001F
	PtypTime                 PropType = 0x0040
	PtypGuid                 PropType = 0x0048
	PtypServerId             PropType = 0x00FB
	PtypRestriction          PropType = 0x00FD
	PtypRuleAction           PropType = 0x00FE
	PtypBinary               PropType = 0x0102
	PtypMultipleInteger16    PropType = 0x1002
	PtypMultipleInteger32    PropType = 0x1003
	PtypMultipleFloating32   PropType = 0x1004
	PtypMultipleFloating64   PropType = 0x1005
	PtypMultipleCurrency     PropType = 0x1006
	PtypMultipleFloatingTime PropType = 0x1007
	PtypMultipleInteger64    PropType = 0x1014
	PtypMultipleString8      PropType = 0x101E
	PtypMultipleString       PropType = 0x101F
	PtypMultipleTime         PropType = 0x1040
	PtypMultipleGuid         PropType = 0x1048
	PtypMultipleBinary       PropType = 0x1102
)

const (
	flagMultiple PropType = 0x1000 // a list
	flagInstance PropType = 0x2000 // a table row shows one element of a list
	flagCodePage PropType = 0x8000 // FastTransfer: the other 15 bits are a code page
	suffixMVI             = " | MV_INSTANCE"
)

// typeNames has the published name and MFCMAPI's name of every type, in ascending order. The last three are Outlook's
// own and have no published name.
var typeNames = [...]struct {
	t        PropType
	ptyp, pt string
}{
	{PtypUnspecified, "PtypUnspecified", "PT_UNSPECIFIED"},
	{PtypNull, "PtypNull", "PT_NULL"},
	{PtypInteger16, "PtypInteger16", "PT_I2"},
	{PtypInteger32, "PtypInteger32", "PT_LONG"},
	{PtypFloating32, "PtypFloating32", "PT_R4"},
	{PtypFloating64, "PtypFloating64", "PT_DOUBLE"},
	{PtypCurrency, "PtypCurrency", "PT_CURRENCY"},
	{PtypFloatingTime, "PtypFloatingTime", "PT_APPTIME"},
	{PtypErrorCode, "PtypErrorCode", "PT_ERROR"},
	{PtypBoolean, "PtypBoolean", "PT_BOOLEAN"},
	{PtypObject, "PtypObject", "PT_OBJECT"},
	{PtypInteger64, "PtypInteger64", "PT_I8"},
	{PtypString8, "PtypString8", "PT_STRING8"},
	{PtypString, "PtypString", "PT_UNICODE"},
	{PtypTime, "PtypTime", "PT_SYSTIME"},
	{PtypGuid, "PtypGuid", "PT_CLSID"},
	{PtypServerId, "PtypServerId", "PT_SVREID"},
	{PtypRestriction, "PtypRestriction", "PT_SRESTRICTION"},
	{PtypRuleAction, "PtypRuleAction", "PT_ACTIONS"},
	{PtypBinary, "PtypBinary", "PT_BINARY"},
	{PtypMultipleInteger16, "PtypMultipleInteger16", "PT_MV_I2"},
	{PtypMultipleInteger32, "PtypMultipleInteger32", "PT_MV_LONG"},
	{PtypMultipleFloating32, "PtypMultipleFloating32", "PT_MV_R4"},
	{PtypMultipleFloating64, "PtypMultipleFloating64", "PT_MV_DOUBLE"},
	{PtypMultipleCurrency, "PtypMultipleCurrency", "PT_MV_CURRENCY"},
	{PtypMultipleFloatingTime, "PtypMultipleFloatingTime", "PT_MV_APPTIME"},
	{PtypMultipleInteger64, "PtypMultipleInteger64", "PT_MV_I8"},
	{PtypMultipleString8, "PtypMultipleString8", "PT_MV_STRING8"},
	{PtypMultipleString, "PtypMultipleString", "PT_MV_UNICODE"},
	{PtypMultipleTime, "PtypMultipleTime", "PT_MV_SYSTIME"},
	{PtypMultipleGuid, "PtypMultipleGuid", "PT_MV_CLSID"},
	{PtypMultipleBinary, "PtypMultipleBinary", "PT_MV_BINARY"},
	{typeFileHandle, "", "PT_FILE_HANDLE"},
	{0x0104, "", "PT_FILE_EA"},
	{0x0105, "", "PT_VIRTUAL"},
}

// typeFileHandle is a type of four bytes that only Outlook's own stores use.
const typeFileHandle PropType = 0x0103

// typeAliases are further spellings that MAPI's headers allow.
var typeAliases = [...]struct {
	name string
	t    PropType
}{
	{"PT_SHORT", PtypInteger16}, {"PT_I4", PtypInteger32}, {"PT_FLOAT", PtypFloating32}, {"PT_R8", PtypFloating64},
	{"PT_LONGLONG", PtypInteger64}, {"PT_TSTRING", PtypString},
	{"PT_MV_SHORT", PtypMultipleInteger16}, {"PT_MV_I4", PtypMultipleInteger32}, {"PT_MV_FLOAT", PtypMultipleFloating32},
	{"PT_MV_R8", PtypMultipleFloating64}, {"PT_MV_LONGLONG", PtypMultipleInteger64}, {"PT_MV_TSTRING", PtypMultipleString},
}

// Instance reports whether t is the type of a table column that shows one element of a list at a time: the value is
// then a single one, of type Element.
func (t PropType) Instance() bool { return t&(flagInstance|flagCodePage) == flagInstance }

// Multiple reports whether values of type t are lists.
func (t PropType) Multiple() bool {
	return t&(flagMultiple|flagInstance|flagCodePage) == flagMultiple
}

// Element returns the type of one element of a list, and t itself where t is no list. Type 0x801F, an artefact of some
// tables, is PtypString.
func (t PropType) Element() PropType {
	if t&flagCodePage == 0 {
		return t &^ (flagMultiple | flagInstance)
	}
	if t == flagCodePage|PtypString {
		return PtypString
	}
	return t
}

// CodePage returns the code page that a FastTransfer stream keeps in the type of a string ([MS-OXCFXICS] 2.2.4.1.1.1):
// 1200 for 0x84B0.
func (t PropType) CodePage() (cp int, ok bool) {
	if t&flagCodePage == 0 || t == flagCodePage|PtypString {
		return 0, false
	}
	return int(t &^ flagCodePage), true
}

// String returns the published name, "PtypBinary", followed by " | MV_INSTANCE" where that bit is set; of an unknown
// type the number, "0x0107".
func (t PropType) String() string {
	base, suffix := t.split()
	for i := range typeNames {
		if n := &typeNames[i]; n.t == base && n.ptyp != "" {
			return n.ptyp + suffix
		}
	}
	return fmt.Sprintf("0x%04X", uint16(t))
}

// PT returns the name MFCMAPI prints: "PT_BINARY", "PT_MV_LONG | MV_INSTANCE", and "0x0107" (with lower-case digits)
// where it knows none.
func (t PropType) PT() string {
	// MFCMAPI takes the instance bit away before it looks, from unknown types too.
	base, suffix := t&^flagInstance, ""
	if t&flagInstance != 0 {
		suffix = suffixMVI
	}
	for i := range typeNames {
		if n := &typeNames[i]; n.t == base {
			return n.pt + suffix
		}
	}
	return fmt.Sprintf("0x%04x", uint16(base)) + suffix
}

func (t PropType) split() (base PropType, suffix string) {
	if t.Instance() {
		return t &^ flagInstance, suffixMVI
	}
	return t, ""
}

// ParsePropType reads the name of a type: the published one, MFCMAPI's, one of MAPI's other spellings, or a number of
// up to four hexadecimal digits behind "0x"; each may be followed by " | MV_INSTANCE". Case matters, except in numbers.
func ParsePropType(name string) (PropType, bool) {
	name, instance := strings.CutSuffix(name, suffixMVI)
	t, ok := parseType(name)
	if instance {
		t |= flagInstance
	}
	return t, ok
}

func parseType(name string) (PropType, bool) {
	if len(name) > 2 && len(name) <= 6 && name[0] == '0' && name[1]|0x20 == 'x' {
		n, err := strconv.ParseUint(name[2:], 16, 16)
		return PropType(n), err == nil
	}
	if !strings.HasPrefix(name, "P") {
		return 0, false
	}
	for i := range typeNames {
		if n := &typeNames[i]; n.ptyp == name || n.pt == name {
			return n.t, true
		}
	}
	for i := range typeAliases {
		if typeAliases[i].name == name {
			return typeAliases[i].t, true
		}
	}
	return 0, false
}

// width returns the size in bytes of one value of the single type t, 0 where sizes vary or t is unknown.
func (t PropType) width() int {
	switch t {
	case PtypInteger16:
		return 2
	case PtypInteger32, PtypFloating32, PtypErrorCode, typeFileHandle:
		return 4
	case PtypFloating64, PtypCurrency, PtypFloatingTime, PtypInteger64, PtypTime:
		return 8
	case PtypGuid:
		return 16
	}
	return 0
}
