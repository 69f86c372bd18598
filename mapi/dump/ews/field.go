package ews

import (
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// sets are the property sets that EWS has words for ([MS-OXWSCDATA] 2.2.5.11).
var sets = [...]struct{ word, set string }{
	{"Address", "00062004-0000-0000-C000-000000000046"},
	{"Appointment", "00062002-0000-0000-C000-000000000046"},
	{"CalendarAssistant", "11000E07-B51B-40D6-AF21-CAA85EDAB1D0"},
	{"Common", "00062008-0000-0000-C000-000000000046"},
	{"InternetHeaders", "00020386-0000-0000-C000-000000000046"},
	{"Meeting", "6ED8DA90-450B-101B-98DA-00AA003F1305"},
	{"PublicStrings", "00020329-0000-0000-C000-000000000046"},
	{"Sharing", "00062040-0000-0000-C000-000000000046"},
	{"Task", "00062003-0000-0000-C000-000000000046"},
	{"UnifiedMessaging", "4442858E-A9E3-4E80-B900-317A210CC15B"},
}

// setOf returns the property set that a word names.
func setOf(word string) (guid.GUID, bool) {
	for _, s := range sets {
		if strings.EqualFold(s.word, word) {
			g, err := guid.Parse(s.set)
			return g, err == nil
		}
	}
	return guid.GUID{}, false
}

// setMAPI is PS_MAPI: a number in it is the id of a property, and not that of a named one.
var setMAPI = guid.GUID{0x28, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

// field is what an ExtendedFieldURI says: the type of a property, and its tag or its name ([MS-OXWSXPROP] 2.1.6).
type field struct {
	there bool
	typed bool
	t     mapi.PropType
	prop  mapi.Prop // without value
	notes []diag.Finding
}

func (f *field) note(s diag.Severity, code diag.Code, attribute, format string, args ...any) {
	f.notes = append(f.notes, note(s, code, "ExtendedFieldURI@"+attribute, format, args...))
}

// parseField reads the attributes of an ExtendedFieldURI.
func parseField(rest []byte) field {
	f := field{there: true}
	all, illegal, unknown, ok := attributes(rest)
	said := map[string]string{}
	for _, a := range all {
		if _, again := said[a.name]; again {
			f.note(diag.Error, Repeated, a.name, "stands twice; the first was taken")
			continue
		}
		said[a.name] = a.value
	}
	if !ok {
		f.notes = append(f.notes, note(diag.Error, BadXML, "ExtendedFieldURI", "has attributes that cannot be followed"))
	}
	if illegal > 0 {
		f.notes = append(f.notes, note(diag.Warning, IllegalCharacter, "ExtendedFieldURI", "refers to characters that XML does not have; they are kept: %d", illegal))
	}
	if unknown > 0 {
		f.notes = append(f.notes, note(diag.Error, BadReference, "ExtendedFieldURI", "has references to nothing that is known; they are kept as text: %d", unknown))
	}
	if word, ok := said["PropertyType"]; ok {
		f.types(word)
	} else {
		f.note(diag.Error, UnknownType, "PropertyType", "is missing")
	}
	f.identity(said)
	return f
}

// types reads PropertyType.
func (f *field) types(word string) {
	f.t, f.typed = exchange.TypeOf(trim(word))
	if !f.typed {
		f.note(diag.Error, UnknownType, "PropertyType", "is %s, which is no type of properties", exchange.Quote(word))
	}
	f.prop.Tag = mapi.TagOf(0, f.t)
}

// identity finds out which property it is. Only one of its spellings may be there.
func (f *field) identity(said map[string]string) {
	tag, tagged := said["PropertyTag"]
	set, hasSet := said["PropertySetId"]
	word, hasWord := said["DistinguishedPropertySetId"]
	var g guid.GUID
	ok := true
	switch {
	case tagged:
		f.tag(trim(tag))
		_, numbered := said["PropertyId"]
		_, named := said["PropertyName"]
		if hasSet || hasWord || numbered || named {
			f.note(diag.Error, BadField, "PropertyTag", "stands beside a property set or a name; only it was taken")
		}
		return
	case hasSet:
		var err error
		if g, err = guid.Parse(trim(set)); err != nil {
			ok = false
			f.note(diag.Error, BadField, "PropertySetId", "is %s: %v", exchange.Quote(set), err)
		}
		if hasWord {
			f.note(diag.Error, BadField, "DistinguishedPropertySetId", "stands beside PropertySetId, which was taken")
		}
	case hasWord:
		if g, ok = setOf(trim(word)); !ok {
			f.note(diag.Error, UnknownSet, "DistinguishedPropertySetId", "is %s, which is no property set that EWS has a word for", exchange.Quote(word))
		}
	default:
		f.note(diag.Error, BadField, "PropertyTag", "is missing, and so is a property set: nothing says which property it is")
		return
	}
	n, named := f.name(g, said)
	if !ok || !named {
		return
	}
	f.prop.Name = n
	if g == setMAPI && n.Name == "" && n.LID <= 0xFFFF {
		f.prop.Tag = mapi.TagOf(mapi.PropID(n.LID), f.t)
	}
}

func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// name reads PropertyId or PropertyName.
func (f *field) name(set guid.GUID, said map[string]string) (n mapi.PropName, ok bool) {
	n.Set = set
	id, numbered := said["PropertyId"]
	name := said["PropertyName"]
	switch {
	case numbered:
		if name != "" {
			f.note(diag.Error, BadField, "PropertyName", "stands beside PropertyId, which was taken")
		}
		var hex bool
		digits := trim(id)
		if n.LID, hex, ok = exchange.Number(digits); !ok {
			f.note(diag.Error, BadField, "PropertyId", "is %s, no number", exchange.Quote(id))
			return n, false
		}
		if hex {
			// QUIRK: tools that write requests by hand have LIDs in hex (fields-doubtful.vec).
			f.note(diag.Warning, HexID, "PropertyId", "is %s, in hex, and must be decimal; it was read as hex", digits)
		} else if meant, known := exchange.HexMeant(n, digits); known {
			f.note(diag.Warning, DecimalID, "PropertyId", "is %s, read as decimal, which nothing is known by; 0x%04X would be known", digits, meant)
		}
		return n, true
	case name != "":
		n.Name = name
		return n, true
	}
	f.note(diag.Error, BadField, "PropertyId", "is missing, and so is PropertyName: nothing says which property of the set it is")
	return n, false
}

// tag reads PropertyTag, in hex or decimal.
func (f *field) tag(s string) {
	n, _, ok := exchange.Number(s)
	if !ok {
		f.note(diag.Error, BadField, "PropertyTag", "is %s, no number", exchange.Quote(s))
		return
	}
	t := exchange.TagOf(n, f.t)
	f.prop.Tag = t.Tag
	switch {
	case t.Other:
		f.note(diag.Error, TagMismatch, "PropertyTag", "is a tag of 32 bits, 0x%08X, whose type is %s, and PropertyType says %s, which was taken", n, mapi.PropTag(n).Type(), f.t)
	case t.Full:
		f.note(diag.Warning, FullTag, "PropertyTag", "is a tag of 32 bits, 0x%08X, where the id of 16 bits must be", n)
	}
	if t.Local {
		f.note(diag.Warning, LocalID, "PropertyTag", "is %s, which says nothing without a name: from 0x8000 on they mean something in one mailbox only", t.Tag.ID())
	}
}
