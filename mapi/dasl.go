package mapi

import (
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
)

// daslSchema is the namespace of properties in DASL, the query language of Outlook and of Exchange's WebDAV.
const daslSchema = "http://schemas.microsoft.com/mapi/"

// ParseDASL reads the name that a property has in DASL, with or without the namespace before it:
//
//	http://schemas.microsoft.com/mapi/proptag/0x0037001F
//	http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/825E0102
//	http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/Keywords
//	http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/Keywords/0x0000101F
//
// The tag of a named property has the id 0, because the name does not say the one a store has it under, and the type
// PtypUnspecified where there is none. Ok is false for everything else, names like urn:schemas:httpmail:subject among it,
// which are not those of properties.
func ParseDASL(s string) (tag PropTag, name PropName, ok bool) {
	if len(s) >= len(daslSchema) && strings.EqualFold(s[:len(daslSchema)], daslSchema) {
		s = s[len(daslSchema):]
	}
	kind, rest, _ := strings.Cut(s, "/")
	if strings.EqualFold(kind, "proptag") {
		n, ok := daslNumber(rest)
		return PropTag(n), PropName{}, ok
	}
	set, rest, _ := strings.Cut(rest, "/")
	var err error
	if len(set) == 0 || set[0] != '{' {
		return 0, PropName{}, false
	}
	if name.Set, err = guid.Parse(set); err != nil || rest == "" {
		return 0, PropName{}, false
	}
	switch {
	case strings.EqualFold(kind, "id"):
		n, ok := daslNumber(rest)
		if !ok {
			return 0, PropName{}, false
		}
		name.LID = n >> 16
		return PropTag(n & 0xFFFF), name, true
	case strings.EqualFold(kind, "string"):
		if i := strings.LastIndexByte(rest, '/'); i > 0 {
			if n, ok := daslNumber(rest[i+1:]); ok && n <= 0xFFFF {
				rest, tag = rest[:i], PropTag(n)
			}
		}
		name.Name = rest
		return tag, name, true
	}
	return 0, PropName{}, false
}

// daslNumber reads eight hexadecimal digits, with or without 0x before them.
func daslNumber(s string) (uint32, bool) {
	if len(s) == 10 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	}
	n, err := strconv.ParseUint(s, 16, 32)
	return uint32(n), err == nil && len(s) == 8
}
