package rule

import (
	"encoding/hex"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// The value form: the Go names of the fields in lower camel case, bytes as lower-case hex, tags as in "0x0037001F", numbers
// with names by these. What is empty is left out. It is written by hand and read with the help of encoding/json (jsonread.go).

// MarshalJSON returns the value form. It never fails.
func (v *Condition) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns the value form. It never fails.
func (v *RuleAction) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *Condition) AppendJSON(b []byte) []byte {
	o := begin(b)
	o.str("profile", v.Profile.String())
	o.named(&v.Named)
	o.restriction("restriction", v.Restriction)
	o.bytes("trailing", v.Trailing)
	return o.end()
}

// AppendJSON appends the value form.
func (v *RuleAction) AppendJSON(b []byte) []byte {
	o := begin(b)
	o.str("profile", v.Profile.String())
	o.named(&v.Named)
	if v.Profile == mapi.ProfileExtended || v.RuleVersion != 0 {
		o.num("ruleVersion", uint64(v.RuleVersion))
	}
	o.blocks("actionBlocks", v.ActionBlocks)
	o.bytes("trailing", v.Trailing)
	return o.end()
}

// object is a JSON object that is being written.
type object struct {
	b     []byte
	first bool
}

func begin(b []byte) *object { return &object{append(b, '{'), true} }

func (o *object) end() []byte { return append(o.b, '}') }

// key appends the name of a member, and what separates it from the one before.
func (o *object) key(name string) {
	if !o.first {
		o.b = append(o.b, ',')
	}
	o.first = false
	o.b = append(append(append(o.b, '"'), name...), `":`...)
}

func (o *object) num(name string, n uint64) {
	o.key(name)
	o.b = strconv.AppendUint(o.b, n, 10)
}

func (o *object) str(name, s string) {
	o.key(name)
	o.b = wtf8.AppendQuote(o.b, s)
}

// hex appends bytes, also where there are none.
func (o *object) hex(name string, raw []byte) {
	o.key(name)
	o.b = append(hex.AppendEncode(append(o.b, '"'), raw), '"')
}

// bytes appends bytes where there are any.
func (o *object) bytes(name string, raw []byte) {
	if len(raw) > 0 {
		o.hex(name, raw)
	}
}

func (o *object) tag(name string, t mapi.PropTag) { o.str(name, t.String()) }

// nested appends a member that is an object.
func (o *object) nested(name string, write func(*object)) {
	o.key(name)
	o.element(write)
}

// element appends an object.
func (o *object) element(write func(*object)) {
	inner := begin(o.b)
	write(inner)
	o.b = inner.end()
}

// list appends a member that is a list of n objects.
func (o *object) list(name string, n int, write func(*object, int)) {
	o.key(name)
	o.b = append(o.b, '[')
	for i := range n {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.element(func(inner *object) { write(inner, i) })
	}
	o.b = append(o.b, ']')
}

func (o *object) named(v *NamedPropertyInformation) {
	if len(v.NamedProperties) == 0 && len(v.Excess) == 0 {
		return
	}
	o.nested("named", func(o *object) {
		o.list("namedProperties", len(v.NamedProperties), func(o *object, i int) {
			p := &v.NamedProperties[i]
			o.str("propId", p.PropID.String())
			o.num("kind", uint64(p.Kind))
			o.str("guid", p.GUID.String())
			if p.LID != 0 || p.Kind == KindLID {
				o.num("lid", uint64(p.LID))
			}
			if p.Name != "" || p.Kind == KindName {
				o.str("name", p.Name)
			}
			if p.NameOdd || p.NameLast != 0 {
				o.key("nameOdd")
				o.b = strconv.AppendBool(o.b, p.NameOdd)
				o.num("nameLast", uint64(p.NameLast))
			}
		})
		o.bytes("excess", v.Excess)
	})
}

// restriction appends a restriction, and nothing for none.
func (o *object) restriction(name string, v Restriction) {
	if v != nil {
		o.nested(name, func(o *object) { o.restrict(v) })
	}
}

// restrict appends the members of a restriction.
func (o *object) restrict(v Restriction) {
	if v == nil { // in a list that somebody made
		return
	}
	o.str("type", v.Type().String())
	switch v := v.(type) {
	case *And:
		o.restricts(v.Restricts)
	case *Or:
		o.restricts(v.Restricts)
	case *Not:
		o.restriction("restriction", v.Restriction)
	case *Content:
		o.num("fuzzyLevelLow", uint64(v.FuzzyLevelLow))
		o.num("fuzzyLevelHigh", uint64(v.FuzzyLevelHigh))
		o.tag("propertyTag", v.PropertyTag)
		o.nested("taggedValue", v.TaggedValue.write)
	case *Property:
		o.str("relOp", v.RelOp.String())
		o.tag("propTag", v.PropTag)
		o.nested("taggedValue", v.TaggedValue.write)
	case *CompareProps:
		o.str("relOp", v.RelOp.String())
		o.tag("propTag1", v.PropTag1)
		o.tag("propTag2", v.PropTag2)
	case *Bitmask:
		o.str("bitmapRelOp", v.BitmapRelOp.String())
		o.tag("propTag", v.PropTag)
		o.num("mask", uint64(v.Mask))
	case *Size:
		o.str("relOp", v.RelOp.String())
		o.tag("propTag", v.PropTag)
		o.num("size", uint64(v.Size))
	case *Exist:
		o.tag("propTag", v.PropTag)
	case *SubObject:
		o.tag("subobject", v.Subobject)
		o.restriction("restriction", v.Restriction)
	case *Comment:
		o.comment(v.TaggedValues, v.RestrictionPresent, v.Restriction)
	case *Annotation:
		o.comment(v.TaggedValues, v.RestrictionPresent, v.Restriction)
	case *Count:
		o.num("count", uint64(v.Count))
		o.restriction("subRestriction", v.SubRestriction)
	}
}

func (o *object) restricts(all []Restriction) {
	o.list("restricts", len(all), func(o *object, i int) { o.restrict(all[i]) })
}

func (o *object) comment(values []TaggedValue, present uint8, inner Restriction) {
	o.values("taggedValues", values)
	o.num("restrictionPresent", uint64(present))
	o.restriction("restriction", inner)
}

func (o *object) values(name string, values []TaggedValue) {
	o.list(name, len(values), func(o *object, i int) { values[i].write(o) })
}

// write appends the members of a property. Beside a value that can not be read back from its JSON stand its bytes, as
// mapi.ParseRaw reads them.
func (v *TaggedValue) write(o *object) {
	o.tag("propertyTag", v.PropertyTag)
	switch value := v.Value.(type) {
	case nil:
	case mapi.Unknown:
		o.hex("unknown", value.Data)
	default:
		o.key("value")
		o.b = value.AppendJSON(o.b)
		if !plainJSON(value.Type()) {
			raw, _ := value.AppendBinary(nil) // only text that is no WTF-8 fails, and no text comes here
			o.hex("raw", raw)
		}
	}
	if v.Nested != nil {
		o.nested("nested", func(o *object) {
			o.restriction("restriction", v.Nested.Restriction)
			if v.Nested.Restriction == nil {
				o.blocks("actionBlocks", v.Nested.ActionBlocks)
			}
		})
	}
}

// plainJSON reports whether the JSON of values of a type says all of them.
func plainJSON(t mapi.PropType) bool {
	switch t {
	case mapi.PtypNull, mapi.PtypInteger16, mapi.PtypInteger32, mapi.PtypBoolean, mapi.PtypString, mapi.PtypGuid, mapi.PtypBinary, mapi.PtypMultipleString:
		return true
	}
	return false
}

func (o *object) blocks(name string, all []ActionBlock) {
	o.list(name, len(all), func(o *object, i int) {
		v := &all[i]
		o.str("actionType", v.ActionType.String())
		o.num("actionFlavor", uint64(v.ActionFlavor))
		o.num("actionFlags", uint64(v.ActionFlags))
		if v.ActionData != nil {
			o.nested("actionData", func(o *object) { o.data(v.ActionData) })
		}
		o.bytes("excess", v.Excess)
	})
}

// data appends the members of an action's data. The first of them says which kind it is.
func (o *object) data(v ActionData) {
	switch v := v.(type) {
	case *MoveCopy:
		o.num("folderInThisStore", uint64(v.FolderInThisStore))
		o.hex("storeEID", v.StoreEID)
		o.hex("folderEID", v.FolderEID)
	case *Reply:
		o.str("replyTemplateGUID", v.ReplyTemplateGUID.String())
		if len(v.ReplyTemplateMessageEID) > 0 {
			o.hex("replyTemplateMessageEID", v.ReplyTemplateMessageEID)
		}
		if !v.ReplyTemplateFID.IsZero() || !v.ReplyTemplateMID.IsZero() {
			fid, mid := v.ReplyTemplateFID.Bytes(), v.ReplyTemplateMID.Bytes()
			o.hex("replyTemplateFID", fid[:])
			o.hex("replyTemplateMID", mid[:])
		}
	case *Defer:
		o.hex("data", v.Data)
	case *Bounce:
		o.num("bounceCode", uint64(v.BounceCode))
	case *Forward:
		o.list("recipientBlocks", len(v.RecipientBlocks), func(o *object, i int) {
			o.num("reserved", uint64(v.RecipientBlocks[i].Reserved))
			o.values("propertyValues", v.RecipientBlocks[i].PropertyValues)
		})
	case *Tag:
		o.nested("propertyValue", v.PropertyValue.write)
	case *Opaque:
		o.hex("opaque", v.Data)
	}
}
