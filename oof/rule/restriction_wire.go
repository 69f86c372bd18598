package rule

import (
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Reading and writing restrictions. A restriction is at least its type and, in the shortest one that is no lie, two bytes.

func minRestriction(p mapi.Profile) int { return typeWidth(p) + 2 }

// The fields of the restrictions, with narrow types and with wide ones.
var (
	typeFields     = both(number("RestrictType", func(n uint32) string { return RestrictType(n).String() }))
	contentFields  = []wire.Field{{Name: "FuzzyLevelLow", Size: 2, Meaning: fuzzyLowText}, {Name: "FuzzyLevelHigh", Size: 2, Meaning: fuzzyHighText}, tagField("PropertyTag")}
	propertyFields = both(relOpField, tagField("PropTag"))
	compareFields  = both(relOpField, tagField("PropTag1"), tagField("PropTag2"))
	bitmaskFields  = both(number("BitmapRelOp", func(n uint32) string { return BitmapRelOp(n).String() }), tagField("PropTag"), wire.Field{Name: "Mask", Size: 4, Meaning: hexText})
	sizeFields     = both(relOpField, tagField("PropTag"), wire.Field{Name: "Size", Size: 4})
	existFields    = []wire.Field{tagField("PropTag")}
	subFields      = []wire.Field{tagField("Subobject")}
	presentFields  = []wire.Field{{Name: "RestrictionPresent", Size: 1}}
	countFields    = []wire.Field{{Name: "Count", Size: 4}}
	relOpField     = number("RelOp", func(n uint32) string { return RelOp(n).String() })
)

// number describes an integer as wide as types are; both sets its size.
func number(name string, text func(uint32) string) wire.Field {
	return wire.Field{Name: name, Meaning: func(b []byte) string {
		if len(b) == 1 {
			return text(uint32(b[0]))
		}
		return text(le.Uint32(b))
	}}
}

func tagField(name string) wire.Field { return wire.Field{Name: name, Size: 4, Meaning: tagText} }

// both returns the table with narrow types and the one with wide ones. What has no size yet is as wide as a type.
func both(fields ...wire.Field) *[2][]wire.Field {
	var tables [2][]wire.Field
	for i, width := range []int{1, 4} {
		for _, f := range fields {
			if f.Size == 0 {
				f.Size = width
			}
			tables[i] = append(tables[i], f)
		}
	}
	return &tables
}

func fuzzyLowText(b []byte) string  { return fuzzyText(le.Uint16(b), 0) }
func fuzzyHighText(b []byte) string { return fuzzyHigh(le.Uint16(b)) }

// restriction reads a restriction, and nil where not even its type can be followed.
func (r reader) restriction() Restriction {
	at := r.Offset()
	if r.tooDeep("RestrictType", typeWidth(r.p)) {
		return nil
	}
	b := r.run(typeFields)
	if b == nil {
		return nil
	}
	n, _ := takeNumber(b, r.p)
	switch t := RestrictType(n); t {
	case TypeAnd:
		return &And{r.restricts()}
	case TypeOr:
		return &Or{r.restricts()}
	case TypeNot:
		inner := r.inner("Restriction")
		if r.Dead() && !r.Recording() {
			return nil // nobody gets the value of a strict walk that failed, and of hostile ones there are as many as bytes
		}
		return &Not{inner}
	case TypeContent:
		return r.content()
	case TypeProperty:
		return r.property()
	case TypeSubObject:
		return r.subObject()
	case TypeComment:
		v := new(Comment)
		v.TaggedValues, v.RestrictionPresent, v.Restriction = r.comment()
		return v
	case TypeAnnotation:
		v := new(Annotation)
		v.TaggedValues, v.RestrictionPresent, v.Restriction = r.comment()
		return v
	case TypeCount:
		if r.search {
			return &Count{0, r.inner("SubRestriction")}
		}
		if b := r.Run(countFields, 4); b != nil {
			return &Count{le.Uint32(b), r.inner("SubRestriction")}
		}
		return nil
	case TypeCompareProps, TypeBitmask, TypeSize, TypeExist:
		return r.flat(t)
	}
	r.Find(diag.Fatal, BadRestrictType, "RestrictType", at, typeWidth(r.p), "is %d, which is no type of restriction", n)
	r.Undecoded()
	return nil
}

// flat reads a restriction of fixed size.
func (r reader) flat(t RestrictType) Restriction {
	table := propertyFields
	switch t {
	case TypeExist:
		b := r.Run(existFields, 4)
		if b == nil {
			return nil
		}
		tag, _ := takeTag(b)
		return &Exist{tag}
	case TypeCompareProps:
		table = compareFields
	case TypeBitmask:
		table = bitmaskFields
	case TypeSize:
		table = sizeFields
	}
	at := r.Offset()
	b := r.run(table)
	if b == nil {
		return nil
	}
	op, b := takeNumber(b, r.p)
	tag, b := takeTag(b)
	last := le.Uint32(b)
	switch t {
	case TypeCompareProps:
		r.checkRelOp(RelOp(op), at)
		return &CompareProps{RelOp(op), tag, mapi.PropTag(last)}
	case TypeBitmask:
		if op > uint32(NotZero) {
			r.error(BadRelOp, "BitmapRelOp", at, typeWidth(r.p), "is %d, must be 0 or 1", op)
		}
		return &Bitmask{BitmapRelOp(op), tag, last}
	}
	r.checkRelOp(RelOp(op), at)
	return &Size{RelOp(op), tag, last}
}

func (r reader) checkRelOp(op RelOp, at int) {
	if !op.known() {
		r.error(BadRelOp, "RelOp", at, typeWidth(r.p), "is %d, which is no comparison", uint32(op))
	}
}

// restricts reads the restrictions of AND and OR.
func (r reader) restricts() []Restriction {
	n, ok := r.count(restrictCount.of(countWidth(r.p)), minRestriction(r.p))
	if !ok {
		return nil
	}
	all := makeRoom[Restriction](r, n, pointerSize)
	r.depth++
	for i := range n {
		r.enter("Restricts", int(i))
		v := r.restriction()
		r.leave()
		if v != nil {
			all = append(all, v)
		}
		if r.Dead() {
			break
		}
	}
	return all
}

// inner reads a restriction that stands alone in another.
func (r reader) inner(name string) Restriction {
	r.depth++
	r.enter(name, -1)
	defer r.leave()
	return r.restriction()
}

func (r reader) content() Restriction {
	b := r.Run(contentFields, 8)
	if b == nil {
		return nil
	}
	v := &Content{FuzzyLevelLow: le.Uint16(b), FuzzyLevelHigh: le.Uint16(b[2:])}
	if low := v.FuzzyLevelLow; low&0xF > Prefix {
		r.error(BadFuzzyLevel, "FuzzyLevelLow", r.Offset()-8, 2, "is 0x%04X, whose low four bits must be 0 to 2", low)
	}
	v.PropertyTag, _ = takeTag(b[4:])
	at := r.Offset()
	v.TaggedValue, _ = r.tagged("TaggedValue", -1)
	r.checkTags(v.PropertyTag, &v.TaggedValue, at)
	r.checkText(&v.TaggedValue, at, v.FuzzyLevelLow&0xF != FullString)
	return v
}

func (r reader) property() Restriction {
	at := r.Offset()
	b := r.run(propertyFields)
	if b == nil {
		return nil
	}
	op, b := takeNumber(b, r.p)
	v := &Property{RelOp: RelOp(op)}
	r.checkRelOp(v.RelOp, at)
	v.PropTag, _ = takeTag(b)
	at = r.Offset()
	v.TaggedValue, _ = r.tagged("TaggedValue", -1)
	r.checkTags(v.PropTag, &v.TaggedValue, at)
	r.checkText(&v.TaggedValue, at, false)
	return v
}

func (r reader) subObject() Restriction {
	at := r.Offset()
	b := r.Run(subFields, 4)
	if b == nil {
		return nil
	}
	v := new(SubObject)
	if v.Subobject, _ = takeTag(b); v.Subobject != messageRecipients && v.Subobject != messageAttachments {
		r.error(BadSubobject, "Subobject", at, 4, "is %v, must be %v or %v", v.Subobject, messageRecipients, messageAttachments)
	}
	v.Restriction = r.inner("Restriction")
	return v
}

const (
	messageRecipients  mapi.PropTag = 0x0E12000D
	messageAttachments mapi.PropTag = 0x0E13000D
)

// comment reads what RES_COMMENT and RES_ANNOTATION have in common.
func (r reader) comment() (values []TaggedValue, present uint8, inner Restriction) {
	n, ok := r.count(valuesCount.of(typeWidth(r.p)), 4)
	if !ok {
		return nil, 0, nil
	}
	values = makeRoom[TaggedValue](r, n, taggedSize)
	if r.search {
		present, inner = 1, r.inner("Restriction")
	}
	for i := range n {
		at := r.Offset()
		v, ok := r.tagged("TaggedValues", int(i))
		if !ok {
			return values, present, inner
		}
		if v.PropertyTag.Type().Multiple() {
			r.Find(diag.Warning, ListInComment, "TaggedValues", at, 4, "has type %s, must not be a list", v.PropertyTag.Type())
		}
		values = append(grown(values, n), v)
	}
	if r.search {
		return values, present, inner
	}
	at := r.Offset()
	if b := r.Run(presentFields, 1); b != nil {
		present = b[0]
	}
	if present > 1 {
		r.Find(diag.Warning, PresentValue, "RestrictionPresent", at, 1, "is %d, must be 0 or 1; it counts as 1", present)
	}
	if present != 0 {
		inner = r.inner("Restriction")
	}
	return values, present, inner
}

// restriction appends a restriction.
func (w *writer) restriction(v Restriction) {
	if v == nil {
		w.fail("Restriction", "is missing")
		return
	}
	w.number("RestrictType", uint64(v.Type()), typeWidth(w.p))
	switch v := v.(type) {
	case *And:
		w.restricts(v.Restricts)
	case *Or:
		w.restricts(v.Restricts)
	case *Not:
		w.inner(v.Restriction)
	case *Content:
		w.b = le.AppendUint16(w.b, v.FuzzyLevelLow)
		w.b = le.AppendUint16(w.b, v.FuzzyLevelHigh)
		w.tag(v.PropertyTag)
		w.tagged("TaggedValue", &v.TaggedValue)
	case *Property:
		w.number("RelOp", uint64(v.RelOp), typeWidth(w.p))
		w.tag(v.PropTag)
		w.tagged("TaggedValue", &v.TaggedValue)
	case *CompareProps:
		w.number("RelOp", uint64(v.RelOp), typeWidth(w.p))
		w.tag(v.PropTag1)
		w.tag(v.PropTag2)
	case *Bitmask:
		w.number("BitmapRelOp", uint64(v.BitmapRelOp), typeWidth(w.p))
		w.tag(v.PropTag)
		w.number("Mask", uint64(v.Mask), 4)
	case *Size:
		w.number("RelOp", uint64(v.RelOp), typeWidth(w.p))
		w.tag(v.PropTag)
		w.number("Size", uint64(v.Size), 4)
	case *Exist:
		w.tag(v.PropTag)
	case *SubObject:
		w.tag(v.Subobject)
		w.inner(v.Restriction)
	case *Comment:
		w.comment(v.TaggedValues, v.RestrictionPresent, v.Restriction)
	case *Annotation:
		w.comment(v.TaggedValues, v.RestrictionPresent, v.Restriction)
	case *Count:
		switch {
		case !w.search:
			w.number("Count", uint64(v.Count), 4)
		case v.Count != 0:
			w.fail("Count", "is %d, which search folders cannot say", v.Count)
		}
		w.inner(v.SubRestriction)
	}
}

func (w *writer) restricts(all []Restriction) {
	w.number("RestrictCount", uint64(len(all)), countWidth(w.p))
	for _, v := range all {
		w.inner(v)
	}
}

func (w *writer) inner(v Restriction) {
	if w.deeper() {
		w.restriction(v)
	}
	w.up()
}

func (w *writer) comment(values []TaggedValue, present uint8, inner Restriction) {
	w.number("TaggedValuesCount", uint64(len(values)), typeWidth(w.p))
	if w.search {
		if present != 1 {
			w.fail("RestrictionPresent", "is %d, must be 1 in search folders, which always have one", present)
		}
		w.inner(inner)
	}
	for i := range values {
		w.tagged("TaggedValues", &values[i])
	}
	if w.search {
		return
	}
	w.number("RestrictionPresent", uint64(present), 1)
	switch {
	case present != 0:
		w.inner(inner)
	case inner != nil:
		w.fail("Restriction", "is there, where RestrictionPresent is 0")
	}
}
