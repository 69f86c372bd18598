package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

const (
	subject    mapi.PropTag = 0x0037001F
	importance mapi.PropTag = 0x00170003
)

func text(s string) rule.TaggedValue {
	return rule.TaggedValue{PropertyTag: subject, Value: mapi.String(s)}
}

func value(v mapi.Value) rule.TaggedValue {
	return rule.TaggedValue{PropertyTag: mapi.TagOf(0x6000, v.Type()), Value: v}
}

func equals(v rule.TaggedValue) rule.Restriction {
	return &rule.Property{RelOp: rule.Equal, PropTag: 0x60000000, TaggedValue: v}
}

func TestConditionWords(t *testing.T) {
	long := strings.Repeat("ä", 150)
	for want, r := range map[string]rule.Restriction{
		`always`: &rule.And{}, `never`: &rule.Or{}, `not has Subject`: &rule.Not{Restriction: &rule.Exist{PropTag: subject}},
		`Subject is "x"`: &rule.Content{PropertyTag: subject, TaggedValue: text("x")},
		`Subject begins with "x" (at any word, as a phrase, in any case, with any accents, loosely, 0x80000)`: &rule.Content{FuzzyLevelLow: rule.Prefix | rule.PrefixOnAnyWord | rule.PhraseMatch,
			FuzzyLevelHigh: 15, PropertyTag: subject, TaggedValue: text("x")},
		`Subject matches in way 7 "\u0000\n"`:         &rule.Content{FuzzyLevelLow: 7, PropertyTag: subject, TaggedValue: text("\x00\n")},
		`Importance < 2`:                              &rule.Property{PropTag: importance, TaggedValue: value(mapi.Integer32(2))},
		`Importance != 2`:                             &rule.Property{RelOp: rule.NotEqual, PropTag: importance, TaggedValue: value(mapi.Integer32(2))},
		`Importance matches 2`:                        &rule.Property{RelOp: rule.RegExp, PropTag: importance, TaggedValue: value(mapi.Integer32(2))},
		`Importance is a member of no bytes`:          &rule.Property{RelOp: rule.MemberOfDL, PropTag: importance, TaggedValue: value(mapi.Binary{})},
		`Importance compares in way 9 with 2`:         &rule.Property{RelOp: 9, PropTag: importance, TaggedValue: value(mapi.Integer32(2))},
		`Subject >= 0x8000001F`:                       &rule.CompareProps{RelOp: rule.GreaterOrEqual, PropTag1: subject, PropTag2: 0x8000001F},
		`Importance & 0x3 = 0`:                        &rule.Bitmask{PropTag: importance, Mask: 3},
		`Importance & 0x3 compares in way 2 with 0`:   &rule.Bitmask{BitmapRelOp: 2, PropTag: importance, Mask: 3},
		`size of Subject <= 5`:                        &rule.Size{RelOp: rule.LessOrEqual, PropTag: subject, Size: 5},
		`an attachment: has Subject`:                  &rule.SubObject{Subobject: 0x0E13000D, Restriction: &rule.Exist{PropTag: subject}},
		`one of Subject: something that was not read`: &rule.SubObject{Subobject: subject},
		`a comment`:                                   &rule.Comment{}, `has Subject`: &rule.Annotation{RestrictionPresent: 1, Restriction: &rule.Exist{PropTag: subject}},
		`at most 3 times: (has Subject or has Importance)`:                &rule.Count{Count: 3, SubRestriction: &rule.Or{Restricts: []rule.Restriction{&rule.Exist{PropTag: subject}, &rule.Exist{PropTag: importance}}}},
		`0x60000000 = ["a", "b"]`:                                         equals(value(mapi.MultipleString{"a", "b"})),
		`0x60000000 = ["a"]`:                                              equals(value(mapi.MultipleString8{{Raw: []byte("a")}})),
		`0x60000000 = "a"`:                                                equals(value(mapi.String8{Raw: []byte("a")})),
		`0x60000000 = "SMTP:A@B\u0000"`:                                   equals(value(mapi.Binary("SMTP:A@B\x00"))),
		`0x60000000 = hex 00ff`:                                           equals(value(mapi.Binary{0, 255})),
		`0x60000000 = [hex 00, "b"]`:                                      equals(value(mapi.MultipleBinary{{0}, {'b'}})),
		`0x60000000 = hex 01`:                                             equals(value(mapi.ServerID{Raw: []byte{1}})),
		`0x60000000 = null`:                                               equals(value(mapi.Null{})),
		`0x60000000 = hex 41004200`:                                       equals(value(mapi.Unknown{PropType: mapi.PtypString, Data: []byte("A\x00B\x00")})),
		`0x60000000 = true`:                                               equals(value(mapi.Boolean(1))),
		`0x60000000 = something that was not read`:                        equals(rule.TaggedValue{}),
		`0x60000000 = {has Subject}`:                                      equals(rule.TaggedValue{Nested: &rule.Nested{Restriction: &rule.Exist{PropTag: subject}}}),
		`0x60000000 = {mark as read, delete it for good}`:                 equals(rule.TaggedValue{Nested: &rule.Nested{ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpMarkAsRead}, {ActionType: rule.OpDelete}}}}),
		`0x60000000 = "` + long[:200] + `"… (300 bytes)`:                  equals(text(long)),
		`0x60000000 = hex ` + strings.Repeat("00", 100) + `… (300 bytes)`: equals(value(mapi.Binary(make([]byte, 300)))),
		`not read`: nil,
	} {
		c := rule.Condition{Restriction: r}
		require.Equal(t, want, c.String())
	}
	c := rule.Condition{Profile: mapi.ProfileExtended}
	require.Equal(t, "every message", c.String())
}

func TestNames(t *testing.T) {
	c := rule.Condition{Profile: mapi.ProfileExtended, Named: rule.NamedPropertyInformation{NamedProperties: []rule.NamedProperty{
		{PropID: 0x8000, Kind: rule.KindLID, GUID: guid.PSETID_Appointment.GUID(), LID: 0x8216}, {PropID: 0x8001, Kind: rule.KindName, GUID: guid.PS_PUBLIC_STRINGS.GUID(), Name: "Keywords\x00"},
		{PropID: 0x8002, Kind: rule.KindNone}, {PropID: 0x8003, Kind: rule.KindName, GUID: guid.GUID{1}, Name: "a b"}, {PropID: 0x8000, Kind: rule.KindNone}}}}
	c.Restriction = &rule.And{Restricts: []rule.Restriction{&rule.Exist{PropTag: 0x80000102}, &rule.Exist{PropTag: 0x8001101F}, &rule.Exist{PropTag: 0x8002001F},
		&rule.Exist{PropTag: 0x8003001F}, &rule.Exist{PropTag: 0x8004001F}}}
	require.Equal(t, `has AppointmentRecur and has Keywords and has 0x8002001F and has {00000001-0000-0000-0000-000000000000}:"a b" and has 0x8004001F`, c.String())
	name, ok := c.Named.Lookup(0x8001)
	require.True(t, ok)
	require.Equal(t, "Keywords", name.Name)
	_, ok = c.Named.Lookup(0x8002)
	require.False(t, ok)
	_, ok = c.Named.Lookup(0x9000)
	require.False(t, ok)
}

func recipient(props ...rule.TaggedValue) *rule.Forward {
	return &rule.Forward{RecipientBlocks: []rule.RecipientBlock{{Reserved: 1, PropertyValues: props}}}
}

func TestActionWords(t *testing.T) {
	name := rule.TaggedValue{PropertyTag: 0x3001001F, Value: mapi.String("Alice")}
	address := rule.TaggedValue{PropertyTag: 0x3003001E, Value: mapi.String8{Raw: []byte("a@example.com")}}
	smtp := rule.TaggedValue{PropertyTag: 0x39FE001F, Value: mapi.String("b@example.com")}
	folder := golden.Unhex(t, "00000000 00112233445566778899aabbccddeeff 0100 00112233445566778899aabbccddeeff 000000001234 0000")
	for want, a := range map[string]rule.ActionBlock{
		`copy to folder 000000001234 of {33221100-5544-7766-8899-AABBCCDDEEFF}`: {ActionType: rule.OpCopy, ActionData: &rule.MoveCopy{FolderEID: folder}},
		`move to folder no bytes`: {ActionType: rule.OpMove, ActionData: &rule.MoveCopy{}},
		`move to folder hex 0201`: {ActionType: rule.OpMove, ActionData: &rule.MoveCopy{FolderInThisStore: 1, FolderEID: []byte{2, 1}}},
		`reply with template {00000000-0000-0000-0000-000000000000}, but not to the sender`: {ActionType: rule.OpReply, ActionFlavor: rule.DoNotSendToOriginator, ActionData: &rule.Reply{}},
		`reply with the text of the server`:                                                 {ActionType: rule.OpReply, ActionFlavor: rule.StockReplyTemplate, ActionData: &rule.Reply{}},
		`reply out of office with template {00000000-0000-0000-0000-000000000000}`:          {ActionType: rule.OpOOFReply, ActionFlavor: 3, ActionData: &rule.Reply{}},
		`leave it to the client (2 bytes)`:                                                  {ActionType: rule.OpDefer, ActionData: &rule.Defer{Data: []byte{1, 2}}},
		`return it: the message is too large`:                                               {ActionType: rule.OpBounce, ActionData: &rule.Bounce{BounceCode: 0x0D}},
		`return it: the form cannot be displayed`:                                           {ActionType: rule.OpBounce, ActionData: &rule.Bounce{BounceCode: 0x1F}},
		`return it: access is denied`:                                                       {ActionType: rule.OpBounce, ActionData: &rule.Bounce{BounceCode: 0x26}},
		`return it for reason 0x00000001`:                                                   {ActionType: rule.OpBounce, ActionData: &rule.Bounce{BounceCode: 1}},
		`set Importance to 2`:                                                               {ActionType: rule.OpTag, ActionData: &rule.Tag{PropertyValue: rule.TaggedValue{PropertyTag: importance, Value: mapi.Integer32(2)}}},
		`forward to "Alice" ("a@example.com")`:                                              {ActionType: rule.OpForward, ActionData: recipient(name, address)},
		`forward as an attachment to "b@example.com"`:                                       {ActionType: rule.OpForward, ActionFlavor: rule.ForwardAsAttachment, ActionData: recipient(address, smtp)},
		`forward as a text message to "Alice"`:                                              {ActionType: rule.OpForward, ActionFlavor: rule.ForwardAsSMS, ActionData: recipient(name)},
		`redirect to somebody without a name`:                                               {ActionType: rule.OpForward, ActionFlavor: rule.ForwardPreserveSender | rule.ForwardDoNotMunge, ActionData: recipient()},
		`delegate to nobody`:                                                                {ActionType: rule.OpDelegate, ActionData: &rule.Forward{}},
		`0x63 with 1 bytes that were not read`:                                              {ActionType: 0x63, ActionData: &rule.Opaque{Data: []byte{1}}},
		`OP_MOVE with data that was not read`:                                               {ActionType: rule.OpMove},
		`mark as read`:                                                                      {ActionType: rule.OpMarkAsRead},
	} {
		v := rule.RuleAction{ActionBlocks: []rule.ActionBlock{a}}
		require.Equal(t, want, v.String())
	}
	two := recipient(name)
	two.RecipientBlocks = append(two.RecipientBlocks, recipient(smtp).RecipientBlocks...)
	v := rule.RuleAction{ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpForward, ActionData: two}, {ActionType: rule.OpDelete}}}
	require.Equal(t, `forward to "Alice" and "b@example.com", delete it for good`, v.String())
	require.Equal(t, "nothing", new(rule.RuleAction).String())
}

func TestOutside(t *testing.T) {
	kind := func(s string) rule.TaggedValue {
		return rule.TaggedValue{PropertyTag: 0x3002001F, Value: mapi.String(s)}
	}
	smtp := rule.TaggedValue{PropertyTag: 0x39FE001F, Value: mapi.String("b@example.com")}
	for _, c := range []struct {
		props []rule.TaggedValue
		want  string
	}{
		{nil, ""}, {[]rule.TaggedValue{kind("EX"), smtp}, ""}, {[]rule.TaggedValue{kind("ex")}, ""}, {[]rule.TaggedValue{smtp}, ""},
		{[]rule.TaggedValue{kind("SMTP"), smtp}, "b@example.com"}, {[]rule.TaggedValue{kind("FAX")}, "FAX"},
	} {
		got, ok := recipient(c.props...).RecipientBlocks[0].Outside()
		require.Equal(t, c.want, got)
		require.Equal(t, c.want != "", ok)
	}
}

func TestEnums(t *testing.T) {
	require.Equal(t, "RES_ANNOTATION", rule.TypeAnnotation.String())
	require.Equal(t, "0x0D", rule.RestrictType(13).String())
	require.Equal(t, "RELOP_MEMBER_OF_DL", rule.MemberOfDL.String())
	require.Equal(t, "0x07", rule.RelOp(7).String())
	require.Equal(t, "0x02", rule.BitmapRelOp(2).String())
	require.Equal(t, "0x00", rule.ActionType(0).String())
	require.Equal(t, []string{"NS", "ST", "0x4"}, rule.ActionFlavor(7).Words(rule.OpReply))
	require.Equal(t, []string{"PR", "NC", "AT", "TM"}, rule.ActionFlavor(15).Words(rule.OpForward))
	require.Equal(t, []string{"0x1"}, rule.ActionFlavor(1).Words(rule.OpMove))
	own := append([]byte{1, 1, 0, 0, 0, 0, 0, 1, 0x22}, make([]byte, 12)...)
	id, ok := (&rule.MoveCopy{FolderInThisStore: 1, FolderEID: own}).Folder()
	require.True(t, ok)
	require.Equal(t, entryid.ObjectID{ReplicaID: 1, GlobalCounter: entryid.GlobalCounter{4: 1, 5: 0x22}}, id)
	for name, v := range map[string]rule.MoveCopy{"another store": {FolderEID: own}, "foreign": {FolderInThisStore: 1, FolderEID: append([]byte{0}, own[1:]...)},
		"cut": {FolderInThisStore: 1, FolderEID: own[:20]}, "nothing": {FolderInThisStore: 1}} {
		_, ok := v.Folder()
		require.False(t, ok, name)
	}
}
