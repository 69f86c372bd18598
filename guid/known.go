package guid

//go:generate go run gen/known.go

// A PropertySet is one of the published property sets of named properties,
// [MS-OXPROPS] 1.3.2 and mapiguid.h. Its constants bear the published names:
//
//	guid.PSETID_Appointment.GUID()
//
// A small number with two methods stands here in place of exported variables,
// which anybody could assign to, and of twenty functions: it costs a jump
// table, it is a constant, and it prints its name. The zero PropertySet is
// none of them.
type PropertySet uint8

// GUID returns the property set's GUID, GUID_NULL for a value that is none of
// the constants.
func (p PropertySet) GUID() GUID { return propertySetGUID(p) }

// String returns the published name, "PSETID_Appointment", or "unknown".
func (p PropertySet) String() string { return propertySetName(p) }

// PropertySetOf returns the property set that g names. ok is false if g is
// none of the published ones; as a set of named properties it is good all the
// same, since everybody may make their own.
func PropertySetOf(g GUID) (set PropertySet, ok bool) { return propertySetOf(g) }

// Known returns the published name of a well-known GUID of MAPI: a property
// set, an interface, a class, a provider. The spelling is that of the
// specification or header that published it.
func Known(g GUID) (name string, ok bool) { return knownName(g) }

// ByName returns the GUID published under name, in exactly that spelling.
func ByName(name string) (g GUID, ok bool) { return knownGUID(name) }
