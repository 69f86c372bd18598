package rule

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// The forms are what encoding/json reads, as a whole and in one go; then the values are made of them.

type (
	conditionForm struct {
		Profile     profileForm
		Named       *namedForm
		Restriction *restrictionForm
		Trailing    jsonform.Hex
	}
	actionForm struct {
		Profile      profileForm
		Named        *namedForm
		RuleVersion  uint32
		ActionBlocks []blockForm
		Trailing     jsonform.Hex
	}
	namedForm struct {
		NamedProperties []struct {
			PropID   idForm
			Kind     uint8
			GUID     guid.GUID
			LID      uint32
			Name     jsonform.Text
			NameOdd  bool
			NameLast uint8
		}
		Excess jsonform.Hex
	}
	restrictionForm struct {
		Type                                     string
		Restricts                                []restrictionForm
		Restriction, SubRestriction              *restrictionForm
		FuzzyLevelLow, FuzzyLevelHigh            uint16
		PropertyTag, PropTag, PropTag1, PropTag2 tagForm
		RelOp                                    relOpForm
		BitmapRelOp                              bitmapRelOpForm
		Subobject                                tagForm
		Mask, Size, Count                        uint32
		TaggedValue                              valueForm
		TaggedValues                             []valueForm
		RestrictionPresent                       uint8
	}
	valueForm struct {
		PropertyTag  tagForm
		Value        json.RawMessage
		Raw, Unknown *jsonform.Hex
		Nested       *nestedForm
	}
	nestedForm struct {
		Restriction  *restrictionForm
		ActionBlocks []blockForm
	}
	blockForm struct {
		ActionType   actionTypeForm
		ActionFlavor uint32
		ActionFlags  uint32
		ActionData   *dataForm
		Excess       jsonform.Hex
	}
	dataForm struct {
		FolderInThisStore                  *uint8
		StoreEID, FolderEID                jsonform.Hex
		ReplyTemplateGUID                  *guid.GUID
		ReplyTemplateMessageEID            jsonform.Hex
		ReplyTemplateFID, ReplyTemplateMID jsonform.Hex
		Data, Opaque                       *jsonform.Hex
		BounceCode                         *uint32
		RecipientBlocks                    *[]recipientForm
		PropertyValue                      *valueForm
	}
	recipientForm struct {
		Reserved       uint8
		PropertyValues []valueForm
	}
)

// UnmarshalJSON reads the value form into v.
func (v *Condition) UnmarshalJSON(b []byte) error {
	var f conditionForm
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	var m maker
	out := Condition{Profile: mapi.Profile(f.Profile), Named: f.Named.value(), Restriction: m.restriction(f.Restriction), Trailing: f.Trailing}
	if m.err == nil {
		*v = out
	}
	return m.err
}

// UnmarshalJSON reads the value form into v.
func (v *RuleAction) UnmarshalJSON(b []byte) error {
	var f actionForm
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	var m maker
	out := RuleAction{Profile: mapi.Profile(f.Profile), Named: f.Named.value(), RuleVersion: f.RuleVersion, ActionBlocks: m.blocks(f.ActionBlocks), Trailing: f.Trailing}
	if m.err == nil {
		*v = out
	}
	return m.err
}

func (f *namedForm) value() (v NamedPropertyInformation) {
	if f == nil {
		return v
	}
	v.Excess = f.Excess
	for _, p := range f.NamedProperties {
		v.NamedProperties = append(v.NamedProperties, NamedProperty{mapi.PropID(p.PropID), p.Kind, p.GUID, p.LID, string(p.Name), p.NameOdd, p.NameLast})
	}
	return v
}

// maker makes values of forms. The first that says what no value can hold is its error.
type maker struct {
	depth int
	err   error
}

func (m *maker) fail(format string, args ...any) {
	if m.err == nil {
		m.err = fmt.Errorf("rule: "+format, args...)
	}
}

// restriction makes a restriction, and nil of none.
func (m *maker) restriction(f *restrictionForm) Restriction {
	if f == nil || m.err != nil {
		return nil
	}
	if m.depth > maxDepth {
		m.fail("a restriction lies deeper than %d others", maxDepth)
		return nil
	}
	m.depth++
	defer func() { m.depth-- }()
	switch RestrictType(slices.Index(restrictNames[:], f.Type)) {
	case TypeAnd:
		return &And{m.restricts(f.Restricts)}
	case TypeOr:
		return &Or{m.restricts(f.Restricts)}
	case TypeNot:
		return &Not{m.restriction(f.Restriction)}
	case TypeContent:
		return &Content{f.FuzzyLevelLow, f.FuzzyLevelHigh, mapi.PropTag(f.PropertyTag), m.value(&f.TaggedValue)}
	case TypeProperty:
		return &Property{RelOp(f.RelOp), mapi.PropTag(f.PropTag), m.value(&f.TaggedValue)}
	case TypeCompareProps:
		return &CompareProps{RelOp(f.RelOp), mapi.PropTag(f.PropTag1), mapi.PropTag(f.PropTag2)}
	case TypeBitmask:
		return &Bitmask{BitmapRelOp(f.BitmapRelOp), mapi.PropTag(f.PropTag), f.Mask}
	case TypeSize:
		return &Size{RelOp(f.RelOp), mapi.PropTag(f.PropTag), f.Size}
	case TypeExist:
		return &Exist{mapi.PropTag(f.PropTag)}
	case TypeSubObject:
		return &SubObject{mapi.PropTag(f.Subobject), m.restriction(f.Restriction)}
	case TypeComment:
		return &Comment{m.values(f.TaggedValues), f.RestrictionPresent, m.restriction(f.Restriction)}
	case TypeAnnotation:
		return &Annotation{m.values(f.TaggedValues), f.RestrictionPresent, m.restriction(f.Restriction)}
	case TypeCount:
		return &Count{f.Count, m.restriction(f.SubRestriction)}
	}
	m.fail("type %q is that of no restriction", f.Type)
	return nil
}

func (m *maker) restricts(all []restrictionForm) (out []Restriction) {
	for i := range all {
		out = append(out, m.restriction(&all[i]))
	}
	return out
}

func (m *maker) values(all []valueForm) (out []TaggedValue) {
	for i := range all {
		out = append(out, m.value(&all[i]))
	}
	return out
}

func (m *maker) value(f *valueForm) TaggedValue {
	v := TaggedValue{PropertyTag: mapi.PropTag(f.PropertyTag)}
	if f.Nested != nil {
		if m.depth > maxDepth+1 {
			m.fail("actions lie deeper than %d others", maxDepth)
			return v
		}
		v.Nested = &Nested{Restriction: m.restriction(f.Nested.Restriction)}
		m.depth++
		v.Nested.ActionBlocks = m.blocks(f.Nested.ActionBlocks)
		m.depth--
	}
	t := valueType(v.PropertyTag.Type())
	var err error
	switch {
	case f.Unknown != nil:
		v.Value = mapi.Unknown{PropType: t, Data: *f.Unknown}
	case f.Raw != nil:
		v.Value, err = mapi.ParseRaw(t, *f.Raw)
	case len(f.Value) > 0:
		v.Value, err = parseValue(t, f.Value)
	}
	if err != nil {
		m.fail("value of %v: %w", v.PropertyTag, err)
	}
	return v
}

// parseValue reads the JSON of a value of one of the types that plainJSON names.
func parseValue(t mapi.PropType, b []byte) (mapi.Value, error) {
	switch t {
	case mapi.PtypNull:
		return mapi.Null{}, nil
	case mapi.PtypInteger16:
		return parseAs[mapi.Integer16](b)
	case mapi.PtypInteger32:
		return parseAs[mapi.Integer32](b)
	case mapi.PtypBoolean:
		return parseBoolean(b)
	case mapi.PtypString:
		s, err := wtf8.Unquote(b)
		return mapi.String(s), err
	case mapi.PtypGuid:
		g, err := parseAs[guid.GUID](b)
		return mapi.GUID(g), err
	case mapi.PtypBinary:
		raw, err := parseAs[jsonform.Hex](b)
		return mapi.Binary(raw), err
	case mapi.PtypMultipleString:
		list, err := parseAs[[]jsonform.Text](b)
		out := make(mapi.MultipleString, len(list))
		for i, s := range list {
			out[i] = string(s)
		}
		return out, err
	}
	return nil, fmt.Errorf("raw is missing")
}

func parseAs[T any](b []byte) (v T, err error) {
	err = json.Unmarshal(b, &v)
	return v, err
}

func parseBoolean(b []byte) (mapi.Value, error) {
	switch string(b) {
	case "true":
		return mapi.Boolean(1), nil
	case "false":
		return mapi.Boolean(0), nil
	}
	return parseAs[mapi.Boolean](b)
}

func (m *maker) blocks(all []blockForm) (out []ActionBlock) {
	for i := range all {
		f := &all[i]
		out = append(out, ActionBlock{ActionType(f.ActionType), ActionFlavor(f.ActionFlavor), f.ActionFlags, m.data(f.ActionData), f.Excess})
	}
	return out
}

// data makes the data of an action, of the kind of which there is a member that all of that kind have.
func (m *maker) data(f *dataForm) ActionData {
	switch {
	case f == nil:
		return nil
	case f.FolderInThisStore != nil:
		return &MoveCopy{*f.FolderInThisStore, f.StoreEID, f.FolderEID}
	case f.ReplyTemplateGUID != nil:
		v := &Reply{ReplyTemplateMessageEID: f.ReplyTemplateMessageEID, ReplyTemplateGUID: *f.ReplyTemplateGUID}
		m.id(&v.ReplyTemplateFID, f.ReplyTemplateFID)
		m.id(&v.ReplyTemplateMID, f.ReplyTemplateMID)
		return v
	case f.Data != nil:
		return &Defer{*f.Data}
	case f.Opaque != nil:
		return &Opaque{*f.Opaque}
	case f.BounceCode != nil:
		return &Bounce{*f.BounceCode}
	case f.PropertyValue != nil:
		return &Tag{m.value(f.PropertyValue)}
	case f.RecipientBlocks != nil:
		v := new(Forward)
		for _, r := range *f.RecipientBlocks {
			v.RecipientBlocks = append(v.RecipientBlocks, RecipientBlock{r.Reserved, m.values(r.PropertyValues)})
		}
		return v
	}
	m.fail("the data of an action is of no known kind")
	return nil
}

func (m *maker) id(id *entryid.ObjectID, b jsonform.Hex) {
	switch len(b) {
	case 8:
		*id = entryid.ReadObjectID([8]byte(b))
	case 0:
		if b == nil { // the id is not there
			return
		}
		fallthrough
	default:
		m.fail("an id is %d bytes, must be 8", len(b))
	}
}

// The numbers that JSON has by name, or as in "0x1F".
type (
	profileForm     mapi.Profile
	tagForm         mapi.PropTag
	idForm          mapi.PropID
	relOpForm       RelOp
	bitmapRelOpForm BitmapRelOp
	actionTypeForm  ActionType
)

// UnmarshalText reads the name of a profile.
func (f *profileForm) UnmarshalText(b []byte) error {
	for p := mapi.ProfileROP; p <= mapi.ProfileFastTransfer; p++ {
		if p.String() == string(b) {
			*f = profileForm(p)
			return nil
		}
	}
	n, err := strconv.ParseUint(strings.TrimSuffix(strings.TrimPrefix(string(b), "profile("), ")"), 10, 8)
	if err != nil {
		return fmt.Errorf("rule: %q is no profile", b)
	}
	*f = profileForm(n)
	return nil
}

// UnmarshalText reads a tag.
func (f *tagForm) UnmarshalText(b []byte) error {
	n, err := parseNumber(b, nil, 32)
	*f = tagForm(n)
	return err
}

// UnmarshalText reads an id.
func (f *idForm) UnmarshalText(b []byte) error {
	n, err := parseNumber(b, nil, 16)
	*f = idForm(n)
	return err
}

// UnmarshalText reads a comparison.
func (f *relOpForm) UnmarshalText(b []byte) error {
	if string(b) == MemberOfDL.String() {
		*f = relOpForm(MemberOfDL)
		return nil
	}
	n, err := parseNumber(b, relOpNames[:], 32)
	*f = relOpForm(n)
	return err
}

// UnmarshalText reads a comparison.
func (f *bitmapRelOpForm) UnmarshalText(b []byte) error {
	n, err := parseNumber(b, bitmapRelOpNames[:], 32)
	*f = bitmapRelOpForm(n)
	return err
}

// UnmarshalText reads a type.
func (f *actionTypeForm) UnmarshalText(b []byte) error {
	n, err := parseNumber(b, actionNames[:], 8)
	*f = actionTypeForm(n)
	return err
}

// parseNumber returns the number that has a name, or that is written as in "0x1F".
func parseNumber(b []byte, names []string, bits int) (uint64, error) {
	s := string(b)
	if i := slices.Index(names, s); i >= 0 && s != "" {
		return uint64(i), nil
	}
	digits, ok := strings.CutPrefix(s, "0x")
	n, err := strconv.ParseUint(digits, 16, bits)
	if !ok || err != nil {
		return 0, fmt.Errorf("rule: %q is no name or number here", s)
	}
	return n, nil
}
