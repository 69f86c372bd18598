package tzdef

import (
	"sort"
	"strings"
)

//go:generate go run gen/zones.go

// IANA returns the name of the IANA time zone that the Unicode CLDR holds to be the same as the Windows zone with the
// given key name, for the territory in which CLDR sees the Windows zone at home. The case of letters does not matter,
// and "Daylight Time" is taken for "Standard Time".
//
// The name says where the writer of a definition was; its rules say what the writer saw. Where they differ, the rules
// are the evidence.
func IANA(keyName string) (name string, ok bool) {
	if i := findZone(keyName); i >= 0 {
		return zones[i].iana, true
	}
	const daylight, standard = " Daylight Time", " Standard Time"
	if n := len(keyName) - len(daylight); n >= 0 && strings.EqualFold(keyName[n:], daylight) {
		if i := findZone(keyName[:n] + standard); i >= 0 {
			return zones[i].iana, true
		}
	}
	return "", false
}

// findZone returns the index of a key name in zones, -1 if it is not there.
func findZone(key string) int {
	if i := findExact([]byte(key)); i >= 0 {
		return i
	}
	for i := range zones {
		if strings.EqualFold(zones[i].key, key) {
			return i
		}
	}
	return -1
}

// findExact returns the index of a key name spelled as Windows spells it, -1 if it is not there.
func findExact(key []byte) int {
	i := sort.Search(len(zones), func(i int) bool { return zones[i].key >= string(key) })
	if i < len(zones) && zones[i].key == string(key) {
		return i
	}
	return -1
}
