package fuzz_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	oofrule "github.com/mapiprop/mapiprop/oof/rule"
)

// ruleMaker makes rules that read back as themselves, in a profile.
type ruleMaker struct {
	*source
	p     mapi.Profile
	depth int
}

// checkRuleValue begins with the values: what is written must be read as what it was.
func checkRuleValue(tb testing.TB, b []byte) {
	s := &source{b}
	m := ruleMaker{s, mapi.Profile(s.below(4)), 0}
	named := m.p == mapi.ProfileExtended || m.p == mapi.ProfileMFCMAPI
	c := &oofrule.Condition{Profile: m.p}
	if named {
		c.Named = m.named()
	}
	if c.Restriction = m.restriction(); !named || !s.one(8) {
		c.Trailing = s.bytes(s.below(3))
	} else {
		c.Restriction = nil
	}
	back, r := oofrule.InspectCondition(mustWrite(tb, c), m.p)
	sameRule(tb, c, back, r, c.Validate())
	_ = c.String()
	if m.p == mapi.ProfileOCFG {
		return
	}
	a := &oofrule.RuleAction{Profile: m.p, ActionBlocks: m.blocks(), Trailing: s.bytes(s.below(3))}
	if m.p == mapi.ProfileExtended {
		a.Named, a.RuleVersion = m.named(), uint32(1+s.below(2))
	}
	backAction, r := oofrule.InspectAction(mustWrite(tb, a), m.p)
	sameRule(tb, a, backAction, r, a.Validate())
	_ = a.String()
}

func mustWrite(tb testing.TB, v interface{ AppendBinary([]byte) ([]byte, error) }) []byte {
	out, err := v.AppendBinary([]byte("x"))
	if err != nil || out[0] != 'x' {
		tb.Fatalf("%#v: %v", v, err)
	}
	return out[1:]
}

func sameRule[T any](tb testing.TB, written, read *T, r *diag.Report, valid []diag.Finding) {
	if diff := cmp.Diff(written, read, cmpopts.EquateEmpty()); diff != "" {
		tb.Fatalf("(-written +read):\n%s\n%v", diff, findings(r))
	}
	if got := findings(r); !slices.Equal(got, valid) {
		tb.Fatalf("Validate says %v, Inspect %v", valid, got)
	}
	if r.Max() == diag.Fatal {
		tb.Fatalf("%v", findings(r))
	}
}

func (m ruleMaker) named() (v oofrule.NamedPropertyInformation) {
	for range m.below(3) {
		p := oofrule.NamedProperty{PropID: mapi.PropID(m.u16()), GUID: guid.GUID(m.bytes(16)), Kind: []uint8{0, 1, 0xFF}[m.below(3)]}
		switch p.Kind {
		case oofrule.KindLID:
			p.LID = m.u32()
		case oofrule.KindName:
			p.Name = "ab\x00"[:m.below(4)]
			if p.NameOdd = m.one(4); p.NameOdd {
				p.NameLast = m.u8()
			}
		}
		v.NamedProperties = append(v.NamedProperties, p)
	}
	if len(v.NamedProperties) > 0 && m.one(4) {
		v.Excess = m.source.bytes(1 + m.below(3))
	}
	return v
}

func (m ruleMaker) restriction() oofrule.Restriction {
	m.depth++
	kind := m.below(13)
	if m.depth > 3 {
		kind = 8
	}
	tag := mapi.PropTag(m.u32())
	switch kind {
	case 0:
		return &oofrule.And{Restricts: m.restrictions()}
	case 1:
		return &oofrule.Or{Restricts: m.restrictions()}
	case 2:
		return &oofrule.Not{Restriction: m.restriction()}
	case 3:
		return &oofrule.Content{FuzzyLevelLow: m.u16(), FuzzyLevelHigh: m.u16(), PropertyTag: tag, TaggedValue: m.value()}
	case 4:
		return &oofrule.Property{RelOp: oofrule.RelOp(m.u8()), PropTag: tag, TaggedValue: m.value()}
	case 5:
		return &oofrule.CompareProps{RelOp: oofrule.RelOp(m.u8()), PropTag1: tag, PropTag2: mapi.PropTag(m.u32())}
	case 6:
		return &oofrule.Bitmask{BitmapRelOp: oofrule.BitmapRelOp(m.u8()), PropTag: tag, Mask: m.u32()}
	case 7:
		return &oofrule.Size{RelOp: oofrule.RelOp(m.u8()), PropTag: tag, Size: m.u32()}
	case 9:
		return &oofrule.SubObject{Subobject: tag, Restriction: m.restriction()}
	case 10, 12:
		v := oofrule.Comment{TaggedValues: m.values(), RestrictionPresent: uint8(m.below(3))}
		if v.RestrictionPresent != 0 {
			v.Restriction = m.restriction()
		}
		if kind == 10 {
			return &v
		}
		a := oofrule.Annotation(v)
		return &a
	case 11:
		return &oofrule.Count{Count: m.u32(), SubRestriction: m.restriction()}
	}
	return &oofrule.Exist{PropTag: tag}
}

func (m ruleMaker) restrictions() (all []oofrule.Restriction) {
	for range m.below(4) {
		all = append(all, m.restriction())
	}
	return all
}

func (m ruleMaker) values() (all []oofrule.TaggedValue) {
	for range m.below(3) {
		all = append(all, m.value())
	}
	return all
}

func (m ruleMaker) value() oofrule.TaggedValue {
	v := oofrule.TaggedValue{}
	t := mapi.PropType(0)
	switch n := m.below(10); {
	case n == 0 && m.depth < 3:
		t, v.Nested = mapi.PtypRestriction, &oofrule.Nested{Restriction: m.restriction()}
	case n == 1 && m.depth < 2 && m.p != mapi.ProfileOCFG:
		m.depth++
		t, v.Nested = mapi.PtypRuleAction, &oofrule.Nested{ActionBlocks: m.blocks()}
	case n == 2:
		v.Value = mapi.Integer32(m.u32())
	case n == 3:
		v.Value = mapi.Boolean(m.u8())
	case n == 4:
		v.Value = mapi.Binary(m.source.bytes(m.below(40)))
	case n == 5:
		v.Value = mapi.String8{Raw: []byte("text")[:m.below(5)]}
	case n == 6:
		v.Value = mapi.MultipleString{"a", ""}
	case n == 7:
		v.Value = mapi.Time(m.u64())
	default:
		v.Value = mapi.String("some text"[:m.below(10)])
	}
	if v.Value != nil {
		t = v.Value.Type()
	}
	v.PropertyTag = mapi.TagOf(mapi.PropID(m.u16()), t)
	return v
}

func (m ruleMaker) blocks() (all []oofrule.ActionBlock) {
	for range m.below(4) {
		v := oofrule.ActionBlock{ActionType: oofrule.ActionType(1 + m.below(13)), ActionFlavor: oofrule.ActionFlavor(m.u8()), ActionFlags: m.u32()}
		v.ActionData = m.data(v.ActionType)
		if m.one(4) && v.ActionType != oofrule.OpDefer && v.ActionType <= oofrule.OpMarkAsRead {
			v.Excess = m.source.bytes(1 + m.below(3))
		}
		all = append(all, v)
	}
	return all
}

func (m ruleMaker) data(t oofrule.ActionType) oofrule.ActionData {
	ext := m.p == mapi.ProfileExtended
	switch t {
	case oofrule.OpMove, oofrule.OpCopy:
		v := &oofrule.MoveCopy{StoreEID: m.source.bytes(m.below(4)), FolderEID: m.source.bytes(m.below(30))}
		if !ext {
			v.FolderInThisStore = uint8(m.below(2))
		}
		return v
	case oofrule.OpReply, oofrule.OpOOFReply:
		v := &oofrule.Reply{ReplyTemplateGUID: guid.GUID(m.source.bytes(16))}
		if ext {
			v.ReplyTemplateMessageEID = m.source.bytes(m.below(80))
		} else {
			v.ReplyTemplateFID, v.ReplyTemplateMID = entryid.ReadObjectID([8]byte(m.source.bytes(8))), entryid.ReadObjectID([8]byte(m.source.bytes(8)))
		}
		return v
	case oofrule.OpDefer:
		return &oofrule.Defer{Data: m.source.bytes(m.below(20))}
	case oofrule.OpBounce:
		return &oofrule.Bounce{BounceCode: m.u32()}
	case oofrule.OpForward, oofrule.OpDelegate:
		v := &oofrule.Forward{}
		for range m.below(3) {
			v.RecipientBlocks = append(v.RecipientBlocks, oofrule.RecipientBlock{Reserved: m.u8(), PropertyValues: m.values()})
		}
		return v
	case oofrule.OpTag:
		return &oofrule.Tag{PropertyValue: m.value()}
	case oofrule.OpDelete, oofrule.OpMarkAsRead:
		return nil
	}
	return &oofrule.Opaque{Data: m.source.bytes(m.below(20))}
}
