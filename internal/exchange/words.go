package exchange

import (
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// words are the property types as Graph and EWS call them, in lower case. Integer has 32 bits here, and Long 64: MAPI's
// PT_LONG is Integer.
var words = [...]struct {
	word string
	t    mapi.PropType
	list bool // there is a list of it, which has "Array" behind the word
}{
	{"applicationtime", mapi.PtypFloatingTime, true}, {"binary", mapi.PtypBinary, true}, {"boolean", mapi.PtypBoolean, false},
	{"clsid", mapi.PtypGuid, true}, {"currency", mapi.PtypCurrency, true}, {"double", mapi.PtypFloating64, true},
	{"error", mapi.PtypErrorCode, false}, {"float", mapi.PtypFloating32, true}, {"integer", mapi.PtypInteger32, true},
	{"long", mapi.PtypInteger64, true}, {"null", mapi.PtypNull, false}, {"object", mapi.PtypObject, false},
	{"short", mapi.PtypInteger16, true}, {"string", mapi.PtypString, true}, {"systemtime", mapi.PtypTime, true},
}

// TypeOf returns the property type that a word names, in letters of either case: "Binary", "StringArray".
func TypeOf(word string) (mapi.PropType, bool) {
	word, array := strings.CutSuffix(strings.ToLower(word), "array")
	for _, w := range words {
		if w.word == word {
			if array {
				return ListOf(w.t)
			}
			return w.t, true
		}
	}
	return mapi.PtypUnspecified, false
}

// ListOf returns the type of lists of the single type t, if there is one.
func ListOf(t mapi.PropType) (mapi.PropType, bool) {
	for _, w := range words {
		if w.t == t && w.list {
			return t | 0x1000, true
		}
	}
	return mapi.PtypUnspecified, false
}

// Number reads a number of 32 bits: hex behind 0x, or decimal, which may be negative then. Hex says which it was.
func Number(s string) (n uint32, hex, ok bool) {
	if len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		u, err := strconv.ParseUint(s[2:], 16, 32)
		return uint32(u), true, err == nil
	}
	if strings.HasPrefix(s, "-") {
		i, err := strconv.ParseInt(s, 10, 32)
		return uint32(i), false, err == nil
	}
	u, err := strconv.ParseUint(s, 10, 32)
	return uint32(u), false, err == nil
}

// Tagged is what is to be said about a property tag in a dump, where an id of 16 bits is expected.
type Tagged struct {
	Tag   mapi.PropTag
	Full  bool // all 32 bits were given
	Other bool // and their type is not the one beside them
	Local bool // the id means something in one mailbox only
}

// TagOf returns the tag of the property whose id, or whole tag, is n, and whose values are of type t.
func TagOf(n uint32, t mapi.PropType) Tagged {
	if n <= 0xFFFF {
		id := mapi.PropID(n)
		return Tagged{Tag: mapi.TagOf(id, t), Local: id.Local()}
	}
	full := mapi.PropTag(n)
	// Either kind of string is a String here.
	said := full.Type()
	if said == mapi.PtypString8 || said == mapi.PtypString8|0x1000 {
		said |= 1
	}
	return Tagged{Tag: mapi.TagOf(full.ID(), t), Full: true, Other: said != t, Local: full.ID().Local()}
}

// HexMeant reports whether the decimal number n would name a known property of the set if its digits were hex, and does
// not as it is.
func HexMeant(name mapi.PropName, digits string) (lid uint32, ok bool) {
	if _, known := mapi.NamedName(name); known {
		return 0, false
	}
	u, err := strconv.ParseUint(digits, 16, 32)
	name.LID = uint32(u)
	_, known := mapi.NamedName(name)
	return name.LID, err == nil && known
}
