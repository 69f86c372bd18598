package rule

import (
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// NamedPropertyInformation says which properties the ids from 0x8000 on stand for in the rest of the blob, and nowhere else
// ([MS-OXORULE] 2.2.4.2).
type NamedPropertyInformation struct {
	NamedProperties []NamedProperty
	Excess          []byte // what NamedPropertiesSize counts behind the last name
}

// NamedProperty is a name, and the id that stands for it ([MS-OXCDATA] 2.6.1, [MS-OXORULE] 2.2.4.2).
type NamedProperty struct {
	PropID   mapi.PropID
	Kind     uint8 // KindLID, KindName or KindNone
	GUID     guid.GUID
	LID      uint32 // of KindLID
	Name     string // of KindName, in WTF-8: with the NUL at its end, if it has one
	NameOdd  bool   // that NameSize counts one byte more than the characters have, which is NameLast
	NameLast byte
}

// The kinds of names ([MS-OXCDATA] 2.6.1).
const (
	KindLID  uint8 = 0x00
	KindName uint8 = 0x01
	KindNone uint8 = 0xFF // there is no name
)

// PropName returns the name of the property. It reports false where there is none.
func (n *NamedProperty) PropName() (mapi.PropName, bool) {
	switch n.Kind {
	case KindLID:
		return mapi.PropName{Set: n.GUID, LID: n.LID}, true
	case KindName:
		name := strings.TrimSuffix(n.Name, "\x00")
		return mapi.PropName{Set: n.GUID, Name: name}, name != ""
	}
	return mapi.PropName{}, false
}

// Lookup returns the name that an id stands for. Where an id stands for several, the first of them counts.
func (n *NamedPropertyInformation) Lookup(id mapi.PropID) (mapi.PropName, bool) {
	for i := range n.NamedProperties {
		if n.NamedProperties[i].PropID == id {
			return n.NamedProperties[i].PropName()
		}
	}
	return mapi.PropName{}, false
}

// minName is that of a name that is none.
const minName = 1 + 16

var (
	propIDField = wire.Field{Name: "PropId", Size: 2, Meaning: hexText}
	kindFields  = []wire.Field{{Name: "Kind", Size: 1, Meaning: kindText}, {Name: "GUID", Size: 16, Kind: diag.Bytes, Meaning: setText}}
	lidFields   = []wire.Field{{Name: "LID", Size: 4, Meaning: hexText}}
)

func kindText(b []byte) string {
	switch b[0] {
	case KindLID:
		return "MNID_ID"
	case KindName:
		return "MNID_STRING"
	}
	return ""
}

// setText returns the name of a property set, or its GUID.
func setText(b []byte) string {
	if set, ok := guid.PropertySetOf(guid.GUID(b)); ok {
		return set.String()
	}
	return guid.GUID(b).String()
}

// named reads the names.
func (r reader) named() (v NamedPropertyInformation) {
	n, ok := r.count(namedCount.of(2), 2)
	if !ok || n == 0 {
		return v
	}
	ids := r.Array(&propIDField, uint64(n))
	at := r.Offset()
	size := r.U32("NamedPropertiesSize")
	if r.Dead() {
		return v
	}
	if need := uint64(n) * minName; need > uint64(size) {
		r.Find(diag.Fatal, CountTooBig, "NamedPropertiesSize", at, 4, "is %d, too few for %d names of at least %d bytes", size, n, minName)
		r.Undecoded()
		return v
	}
	c := r.Sub("NamedProperties", uint64(size))
	if r.Dead() {
		return v
	}
	inner := r.within(&c)
	v.NamedProperties = makeRoom[NamedProperty](r, n, namedSize)
	for i := range n {
		inner.In("NamedProperties", int(i))
		p, ok := inner.name()
		inner.Out()
		if !ok {
			break
		}
		p.PropID = mapi.PropID(le.Uint16(ids[2*i:]))
		v.NamedProperties = append(v.NamedProperties, p)
	}
	if left := c.Left(); left > 0 {
		r.Find(diag.Error, NamedSizeMismatch, "NamedPropertiesSize", at, 4, "is %d, of which the names need %d", size, int(size)-left)
		v.Excess = keep(c.Peek(c.Offset(), left))
	}
	r.Join(&c, "NamedPropertiesExcess")
	return v
}

// name reads a name. It reports false where the next one cannot be found.
func (r reader) name() (v NamedProperty, ok bool) {
	at := r.Offset()
	b := r.Run(kindFields, minName)
	if b == nil {
		return v, false
	}
	v.Kind, v.GUID = b[0], guid.GUID(b[1:])
	switch v.Kind {
	case KindLID:
		if b = r.Run(lidFields, 4); b != nil {
			v.LID = le.Uint32(b)
		}
	case KindName:
		n := r.U8("NameSize")
		v.Name = r.Text("Name", uint64(n/2))
		if v.NameOdd = n%2 != 0; v.NameOdd {
			r.error(BadName, "Kind", at, 1, "is that of a name of %d bytes, which end in half a character", n)
			v.NameLast = r.U8("NameLast")
		}
		r.checkName(v.Name, at)
	case KindNone:
	default:
		r.Find(diag.Fatal, BadNameKind, "Kind", at, 1, "is %d, must be 0, 1 or 255", v.Kind)
		r.Undecoded()
	}
	return v, !r.Dead()
}

func (r reader) checkName(name string, at int) {
	body, ended := strings.CutSuffix(name, "\x00")
	switch {
	case r.Dead():
	case strings.Contains(body, "\x00"):
		r.Find(diag.Warning, NULInText, "Name", at, 1, "has a NUL inside")
	case !ended:
		r.Find(diag.Warning, BadNameEnd, "Name", at, 1, "does not end in NUL")
	}
}

// named appends the names.
func (w *writer) named(v *NamedPropertyInformation) {
	w.number("NoOfNamedProps", uint64(len(v.NamedProperties)), 2)
	if len(v.NamedProperties) == 0 {
		if len(v.Excess) > 0 {
			w.fail("NamedPropertyInformation.Excess", "is there without names")
		}
		return
	}
	for i := range v.NamedProperties {
		w.b = le.AppendUint16(w.b, uint16(v.NamedProperties[i].PropID))
	}
	at := len(w.b)
	w.number("NamedPropertiesSize", 0, 4)
	for i := range v.NamedProperties {
		w.name(&v.NamedProperties[i])
	}
	w.b = append(w.b, v.Excess...)
	if w.err == nil {
		le.PutUint32(w.b[at:], uint32(len(w.b)-at-4))
	}
}

func (w *writer) name(v *NamedProperty) {
	w.b = append(append(w.b, v.Kind), v.GUID[:]...)
	lid, name := v.LID, v.Name
	switch v.Kind {
	case KindLID:
		w.number("LID", uint64(lid), 4)
		lid = 0
	case KindName:
		text, ok := wtf8.AppendEncode(nil, name)
		if !ok {
			w.fail("Name", "is not WTF-8")
		}
		if v.NameOdd {
			text = append(text, v.NameLast)
		}
		w.bytes("Name", text, 1)
		name = ""
	case KindNone:
	default:
		w.fail("Kind", "is %d, must be 0, 1 or 255", v.Kind)
	}
	if lid != 0 || name != "" || v.Kind != KindName && v.NameOdd || !v.NameOdd && v.NameLast != 0 {
		w.fail("NamedProperty", "has more than its kind has")
	}
}
