package lines

import (
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// identity finds out which property the line is about.
func (o *reading) identity() {
	p := &o.rec.Prop
	tag, tagged := o.number("tag", 32)
	t, typed := o.propType()
	switch {
	case tagged && typed && t != mapi.PropTag(tag).Type():
		o.find(diag.Error, TypeMismatch, "type %s, and tag %s: the tag's is used", t, mapi.PropTag(tag))
		fallthrough
	case tagged:
		p.Tag = mapi.PropTag(tag)
	case typed:
		p.Tag = mapi.TagOf(0, t)
	}
	o.typed = tagged || typed
	o.name(tagged)
	o.dasl()
}

// dasl takes what no other member says from the name that DASL has for the property.
func (o *reading) dasl() {
	s := o.text("dasl")
	if s == "" {
		return
	}
	tag, name, ok := mapi.ParseDASL(s)
	p := &o.rec.Prop
	switch {
	case !ok:
		o.find(diag.Error, BadMember, "DASL name %q is that of no property", start([]byte(s)))
		return
	case p.Tag == 0:
		p.Tag = tag
	case p.Tag.ID() == 0 && tag.ID() != 0:
		p.Tag = mapi.TagOf(tag.ID(), p.Tag.Type())
	case tag.ID() != 0 && tag.ID() != p.Tag.ID():
		o.find(diag.Warning, Conflict, "tag %s, and DASL says %s: the first is used", p.Tag, tag)
	}
	if p.Name.IsZero() {
		p.Name = name
	} else if !name.IsZero() && !name.Equal(p.Name) {
		o.find(diag.Warning, Conflict, "name %s, and DASL says %s: the first is used", p.Name, name)
	}
	o.typed = o.typed || p.Tag.Type() != mapi.PtypUnspecified
}

func (o *reading) name(tagged bool) {
	for _, key := range [...]string{"name", "named"} {
		inner := members{}
		if raw := o.m[key]; len(raw) > 0 && raw[0] == '{' {
			_, why := scanObject(raw, 0, func(k string, value []byte) { o.take(inner, key+".", k, value) })
			if why != "" {
				o.find(diag.Error, BadMember, "%q is no JSON object: %s", key, why)
			}
			delete(o.m, key)
			for _, k := range [...]string{"guid", "lid", "name"} {
				switch {
				case o.m[k] == nil && inner[k] != nil:
					o.m[k], o.spelled[k] = inner[k], o.spelled[key+"."+k]
				case inner[k] != nil && !same(o.m[k], inner[k]):
					o.conflict(o.spelled[k], o.spelled[key+"."+k])
				}
			}
		}
	}
	if o.m["dasl"] == nil {
		for _, key := range [...]string{"name", "propname"} {
			if s, ok := stringOf(o.m[key]); ok {
				if _, _, ok = mapi.ParseDASL(s); ok {
					o.m["dasl"] = o.m[key]
					delete(o.m, key)
					break
				}
			}
		}
	}
	set := o.text("guid")
	lid, numbered := o.number("lid", 32)
	name := o.text("propname")
	if name == "" {
		name = o.text("name")
	}
	if set == "" {
		if numbered {
			o.find(diag.Warning, NoSet, "LID 0x%04X has no property set", lid)
		} else if name != "" && !tagged {
			o.known(name)
		}
		return
	}
	g, err := guid.Parse(set)
	switch {
	case err != nil:
		o.find(diag.Error, BadMember, "property set %q: %v", set, err)
	case numbered:
		o.rec.Prop.Name = mapi.PropName{Set: g, LID: uint32(lid)}
	case name != "":
		o.rec.Prop.Name = mapi.PropName{Set: g, Name: name}
	default:
		o.find(diag.Error, BadMember, "a property set, and neither a LID nor a name")
	}
}

// known takes the identity of a published name.
func (o *reading) known(name string) {
	tag, ok := mapi.TagByName(name)
	if !ok {
		var t mapi.PropType
		if o.rec.Prop.Name, t, ok = mapi.NamedByCanonical(name); ok {
			tag = mapi.TagOf(0, t)
		}
	}
	switch {
	case !ok:
		o.find(diag.Warning, UnknownName, "%q is no name of a property that is known", name)
	case !o.typed:
		o.rec.Prop.Tag, o.typed = tag, tag.Type() != mapi.PtypUnspecified
	default:
		o.rec.Prop.Tag = mapi.TagOf(tag.ID(), o.rec.Prop.Tag.Type())
	}
}

// graphTypes are the names Graph and EWS have for property types, in lower case; lists have "array" behind them.
var graphTypes = map[string]mapi.PropType{"binary": mapi.PtypBinary, "boolean": mapi.PtypBoolean, "clsid": mapi.PtypGuid,
	"currency": mapi.PtypCurrency, "double": mapi.PtypFloating64, "float": mapi.PtypFloating32, "integer": mapi.PtypInteger32,
	"long": mapi.PtypInteger64, "short": mapi.PtypInteger16, "string": mapi.PtypString, "systemtime": mapi.PtypTime,
	"applicationtime": mapi.PtypFloatingTime, "null": mapi.PtypNull, "error": mapi.PtypErrorCode, "object": mapi.PtypObject}

// propType reads the member "type".
func (o *reading) propType() (mapi.PropType, bool) {
	raw := o.m["type"]
	if raw == nil || string(raw) == "null" {
		return 0, false
	}
	if s, ok := stringOf(raw); ok {
		if t, ok := mapi.ParsePropType(s); ok {
			return t, true
		}
		single, list := strings.CutSuffix(strings.ToLower(s), "array")
		if t, ok := graphTypes[single]; ok {
			if list {
				t |= 0x1000
			}
			return t, true
		}
	} else if n, ok := numberOf(raw, 16); ok {
		return mapi.PropType(n), true
	}
	o.bad("type", "a property type")
	return 0, false
}
