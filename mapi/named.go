package mapi

import (
	"iter"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
)

// NamedInfo is what is published about a named property.
type NamedInfo struct {
	Canonical string   // "PidLidAppointmentTimeZoneDefinitionStartDisplay", or the name of MAPI's headers if it has no other
	Alias     string   // the name of MAPI's headers, "dispidApptTZDefStartDisplay", if there is one
	Type      PropType // PtypUnspecified where none is published
}

// NamedName returns what is published about a named property.
func NamedName(n PropName) (NamedInfo, bool) {
	rest, ok := namedRest(n)
	if !ok {
		return NamedInfo{}, false
	}
	return namedInfo(rest), true
}

// namedRest returns what stands behind the key of a named property.
func namedRest(n PropName) (rest string, ok bool) {
	if n.Name == "" {
		letter, ok := setLetter(n.Set)
		if !ok || n.LID > 0xFFFF {
			return "", false
		}
		return namedRegistry().numbered(uint32(letter[0]-'A')<<16 | n.LID)
	}
	var room [32]byte
	key, ok := appendNamedKey(room[:0], n)
	if !ok {
		return "", false
	}
	return namedRegistry().find(string(key))
}

// setLetter returns the letter with which the lines of a property set begin.
func setLetter(set guid.GUID) (string, bool) {
	for i := 0; i < len(namedSets); i += guid.Size {
		if namedSets[i] == set[0] && namedSets[i:i+guid.Size] == string(set[:]) {
			return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i/guid.Size:][:1], true
		}
	}
	return "", false
}

// appendNamedKey appends what the line of a named property begins with.
func appendNamedKey(b []byte, n PropName) ([]byte, bool) {
	letter, ok := setLetter(n.Set)
	switch {
	case !ok || n.LID > 0xFFFF && n.Name == "" || strings.ContainsAny(n.Name, " \n"):
		return nil, false
	case n.Name != "":
		return append(append(append(b, letter...), '='), n.Name...), true
	}
	digits := key(TagOf(PropID(n.LID), 0))
	return append(append(append(b, letter...), '#'), digits[:4]...), true
}

// NamesOfSet yields what is published about the named properties of a property set: those with numbers in ascending
// order, then those with strings.
func NamesOfSet(set guid.GUID) iter.Seq2[PropName, NamedInfo] {
	return func(yield func(PropName, NamedInfo) bool) {
		letter, ok := setLetter(set)
		if !ok {
			return
		}
		for line := range namedRegistry().lines(letter) {
			if !yield(namedLine(line)) {
				return
			}
		}
	}
}

// namedInfo reads what stands behind the key: the type, the canonical name, the alias or '-', other names.
func namedInfo(rest string) NamedInfo {
	typ, names, _ := strings.Cut(rest, " ")
	canonical, aliases, _ := strings.Cut(names, " ")
	info := NamedInfo{Canonical: canonical, Alias: first(aliases)}
	if info.Alias == "-" {
		info.Alias = ""
	}
	t, _ := strconv.ParseUint(typ, 16, 16) // a line has four digits here
	info.Type = PropType(t)
	return info
}

// NamedByCanonical returns the named property with the published name, "PidLidAppointmentRecur", or with a name of
// MAPI's headers, "dispidApptRecur", and its type. A name that two sets use is not decided on. The case of letters does not matter, except
// between names that differ in nothing else.
func NamedByCanonical(name string) (PropName, PropType, bool) {
	var found PropName
	var t PropType
	n := 0
	for line := range namedRegistry().named(name) {
		if name, info := namedLine(line); n == 0 || !name.Equal(found) {
			found, t, n = name, info.Type, n+1
		}
	}
	if n != 1 {
		return PropName{}, PtypUnspecified, false
	}
	return found, t, true
}

// namedLine reads a line: the letter of the set, '#' and the LID or '=' and the string, and the rest.
func namedLine(line string) (PropName, NamedInfo) {
	key, rest, _ := strings.Cut(line, " ")
	set := int(key[0]-'A') * guid.Size
	name := PropName{Set: guid.GUID([]byte(namedSets[set : set+guid.Size]))}
	if key[1] == '#' {
		lid, _ := strconv.ParseUint(key[2:], 16, 16) // a line has four digits here
		name.LID = uint32(lid)
	} else {
		name.Name = key[2:]
	}
	return name, namedInfo(rest)
}

// LIDCandidates yields the named properties with the LID, one for each set in which it is known: what it may be in a
// dump that does not say the set.
func LIDCandidates(lid uint32) iter.Seq2[PropName, NamedInfo] {
	return func(yield func(PropName, NamedInfo) bool) {
		for i := 0; i < len(namedSets); i += guid.Size {
			name := PropName{Set: guid.GUID([]byte(namedSets[i : i+guid.Size])), LID: lid}
			if info, ok := NamedName(name); ok && !yield(name, info) {
				return
			}
		}
	}
}
