package mapi

import (
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// PropName is the name of a named property: a property set, and in it a number or a string ([MS-OXCDATA] 2.6.1).
// Name != "" means that it is named by the string. Names are equal by Equal, not by ==.
type PropName struct {
	Set  guid.GUID
	LID  uint32
	Name string
}

// IsZero reports whether n is the zero PropName, that of a property without a name.
func (n PropName) IsZero() bool { return n.LID == 0 && n.Name == "" && n.Set.IsZero() }

// Equal reports whether n and m name the same property: LIDs are compared exactly, strings without regard to the case
// of ASCII letters, as Exchange does.
func (n PropName) Equal(m PropName) bool {
	if n.Set != m.Set || (n.Name == "") != (m.Name == "") {
		return false
	}
	if n.Name == "" {
		return n.LID == m.LID
	}
	return compareFold(n.Name, m.Name) == 0
}

// String returns the set and the number or the quoted string:
// "{00062002-0000-0000-C000-000000000046}:0x825E", `{00020329-0000-0000-C000-000000000046}:"Keywords"`.
func (n PropName) String() string {
	if n.Name == "" {
		return fmt.Sprintf("%s:0x%04X", n.Set, n.LID)
	}
	return n.Set.String() + ":" + string(wtf8.AppendQuote(nil, n.Name))
}

// compareFold compares a and b byte by byte, capital ASCII letters taken for small ones.
func compareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
