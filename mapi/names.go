package mapi

import "iter"

// NamedInfo is what is published about a named property.
type NamedInfo struct {
	Canonical string   // "PidLidAppointmentTimeZoneDefinitionStartDisplay", the name [MS-OXPROPS] gives it where it has one
	Alias     string   // "dispidApptTZDefStartDisplay", the name in MAPI's headers, if any
	Type      PropType // PtypUnspecified where nothing is published
}

// NameOf returns the canonical name of a tag, by id and type.
func NameOf(tag PropTag) (string, bool) { return "", false }

// AddressBookNameOf is NameOf for objects of an address book, where the ids from 0x8000 on are fixed.
func AddressBookNameOf(tag PropTag) (string, bool) { return "", false }

// NamesOfID yields every tag that is known with the id, and its canonical name.
func NamesOfID(id PropID) iter.Seq2[PropTag, string] { return func(func(PropTag, string) bool) {} }

// AliasesOf yields the other names of a tag.
func AliasesOf(tag PropTag) iter.Seq[string] { return func(func(string) bool) {} }

// TagByName returns the tag with the name.
func TagByName(name string) (PropTag, bool) { return 0, false }

// NamedName returns what is published about a named property.
func NamedName(n PropName) (NamedInfo, bool) { return NamedInfo{}, false }

// NamedByCanonical returns the named property with the published name, and its type.
func NamedByCanonical(name string) (PropName, PropType, bool) { return PropName{}, 0, false }

// LIDCandidates yields the named properties with the LID, in every set in which it is known.
func LIDCandidates(lid uint32) iter.Seq2[PropName, NamedInfo] {
	return func(func(PropName, NamedInfo) bool) {}
}

// ErrorByName returns the error code with the name.
func ErrorByName(name string) (ErrorCode, bool) { return 0, false }

func errorName(code uint32) (string, bool) { return "", false }
