package mfcmapi

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// identify finds out the name of a named property. One half of a name is no name: it would look like that of another
// property, of the set GUID_NULL or with the id 0. What was read of it goes into the finding.
func (r *Reader) identify(rec *dump.Record) {
	p := &r.p
	hasGUID, hasName := p.seen[elNamedGUID], p.seen[elNamedName]
	if !hasGUID && !hasName {
		r.guessName(rec)
		return
	}
	set, name := trim(p.guid.b), trim(p.named.b)
	hasGUID, hasName = hasGUID && len(set) > 0, hasName && len(name) > 0
	var n mapi.PropName
	var setOK, nameOK bool
	switch n.Set, setOK = r.propertySet(set); {
	case setOK:
	case hasGUID:
		p.note(diag.Error, BadName, nowhere, "NamedPropGUID", "is %q, which begins with no GUID; NamedPropName %s was not taken for a name", excerpt(set), said(hasName, name))
	case hasName:
		p.note(diag.Warning, IncompleteName, nowhere, "NamedPropGUID", "is missing; NamedPropName %s is no name without the property set", said(hasName, name))
	default:
		p.note(diag.Warning, IncompleteName, nowhere, "NamedPropGUID", "and NamedPropName are empty; the property has no name")
	}
	if hasName {
		if n.LID, nameOK = usualID(name); !nameOK || r.long {
			n.LID = 0
			nameOK = r.propertyName(&n, string(name))
		}
	} else if hasGUID {
		p.note(diag.Warning, IncompleteName, nowhere, "NamedPropName", "is missing; NamedPropGUID %s is no name without it", said(hasGUID, set))
	}
	if setOK && nameOK {
		rec.Prop.Name = n
	}
	if p.anonymous && p.tag.Type() == mapi.PtypUnspecified {
		if info, ok := mapi.NamedName(rec.Prop.Name); ok && info.Type != mapi.PtypUnspecified {
			p.note(diag.Warning, GuessedName, nowhere, "NamedPropName", "the type %s is that of %s in the tables; the dump's own is lost", info.Type, info.Canonical)
			p.tag = mapi.TagOf(p.tag.ID(), info.Type)
		}
	}
}

// said puts into words what an element says.
func said(has bool, text []byte) string {
	if !has {
		return "(missing)"
	}
	return strconv.Quote(excerpt(text))
}

// propertySet reads NamedPropGUID. The last one is remembered: a dump has few.
func (r *Reader) propertySet(text []byte) (guid.GUID, bool) {
	if len(r.lastSet) > 0 && bytes.Equal(text, r.lastSet) {
		return r.lastGUID, true
	}
	g, ok := parseGUID(string(text))
	if ok {
		r.lastSet, r.lastGUID = append(r.lastSet[:0], text...), g
	}
	return g, ok
}

// propertyName reads NamedPropName: "id: 0x825E=33374 = PidLidX (dispidX)", or the bare name of a property named by a
// string. It reports whether that is a name.
func (r *Reader) propertyName(n *mapi.PropName, text string) bool {
	p := &r.p
	if rest, ok := strings.CutPrefix(text, "id: "); ok && isHex(rest) {
		rest, _, _ = strings.Cut(rest, " = ")
		hex, dec, both := strings.Cut(strings.TrimSpace(rest), "=")
		lid, ok := parseHex32(strings.TrimSpace(hex))
		if !ok {
			p.note(diag.Error, BadName, nowhere, "NamedPropName", "is %q, whose id is no number in hex", excerpt([]byte(text)))
			return false
		}
		if p.nameCut && !both {
			p.note(diag.Warning, IncompleteName, nowhere, "NamedPropName", "is cut off within an id: %q", excerpt([]byte(text)))
			return false
		}
		n.LID = lid
		d, err := strconv.ParseInt(strings.TrimSpace(dec), 10, 64)
		if both && (err != nil || uint32(d) != lid) {
			p.note(diag.Error, BadName, nowhere, "NamedPropName", "says id %s in hex and %s in decimal; the first was taken", hex, dec)
		}
		return true
	}
	if p.nameCut || p.named.lost > 0 {
		p.note(diag.Warning, IncompleteName, nowhere, "NamedPropName", "is cut off: %q is no whole name", excerpt([]byte(text)))
		return false
	}
	if name, ok := strings.CutSuffix(text, " (Name was found as ANSI)"); ok {
		p.note(diag.Info, ANSIName, nowhere, "NamedPropName", "was found as 8-bit text where UTF-16 should be")
		text = name
	}
	n.Name = text
	if strings.ContainsAny(text, "&<") {
		p.note(diag.Info, UnescapedMarkup, nowhere, "NamedPropName", "%q holds markup characters, unescaped as everything in this form", text)
	}
	return text != ""
}

// guessName names a property of a local id by what the exporter calls it.
func (r *Reader) guessName(rec *dump.Record) {
	p := &r.p
	if p.tagged && !p.tag.ID().Local() || len(p.name.b) == 0 {
		return
	}
	name := string(trim(p.name.b))
	if !p.tagged {
		if tag, ok := mapi.TagByName(name); ok {
			t := p.tag.Type()
			if t == mapi.PtypUnspecified {
				t = tag.Type()
			}
			p.note(diag.Warning, GuessedName, nowhere, "Name", "the tag %s is that of %s in the tables; the dump's own is not there", mapi.TagOf(tag.ID(), t), name)
			p.tag = mapi.TagOf(tag.ID(), t)
			return
		}
	}
	if n, t, ok := mapi.NamedByCanonical(name); ok {
		p.note(diag.Warning, GuessedName, nowhere, "Name", "the dump does not say the property set and the id; %s is taken for %s, from the tables", name, n)
		rec.Prop.Name = n
		if !p.tagged && p.tag.Type() == mapi.PtypUnspecified {
			p.tag = mapi.TagOf(p.tag.ID(), t)
		}
	}
}

// trueType returns the type a property of type PtypErrorCode has by its name or by its id.
func (p *property) trueType(n mapi.PropName) (mapi.PropType, bool) {
	if p.tag.ID().Local() {
		info, ok := mapi.NamedName(n)
		return info.Type, ok && info.Type != mapi.PtypUnspecified
	}
	if tag, ok := mapi.TagByName(string(trim(p.name.b))); ok && tag.ID() == p.tag.ID() {
		return tag.Type(), true
	}
	var found mapi.PropType
	known := 0
	for tag := range mapi.NamesOfID(p.tag.ID()) {
		if found, known = tag.Type(), known+1; known > 1 {
			return 0, false
		}
	}
	return found, known == 1
}
