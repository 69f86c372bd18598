package mapi

import "github.com/mapiprop/mapiprop/guid"

// PropName is the name of a named property: a property set, and in it a number or a string ([MS-OXCDATA] 2.6.1).
// Name != "" means that it is named by the string.
type PropName struct {
	Set  guid.GUID
	LID  uint32
	Name string
}
