package rule_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// TestNotEncodable: what no blob can hold is refused, and what stood before is left as it was.
func TestNotEncodable(t *testing.T) {
	exist := &rule.Exist{}
	named := rule.NamedPropertyInformation{NamedProperties: []rule.NamedProperty{{}}}
	name := func(p rule.NamedProperty) rule.Condition {
		return rule.Condition{Profile: mapi.ProfileExtended, Named: rule.NamedPropertyInformation{NamedProperties: []rule.NamedProperty{p}}}
	}
	for want, c := range map[string]rule.Condition{
		"Restriction: is missing":                                            {},
		"Profile: is profile(9), in which nothing can be written":            {Profile: 9, Restriction: exist},
		"Profile: is fasttransfer, in which nothing can be written":          {Profile: mapi.ProfileFastTransfer, Restriction: exist},
		"Named: is there, which rop cannot say":                              {Named: named, Restriction: exist},
		"Trailing: is there without a restriction, and would be read as one": {Profile: mapi.ProfileExtended, Trailing: []byte{1}},
		"NamedPropertyInformation.Excess: is there without names":            {Profile: mapi.ProfileExtended, Named: rule.NamedPropertyInformation{Excess: []byte{1}}},
		"Name: is 256, which does not fit 8 bits":                            name(rule.NamedProperty{Kind: rule.KindName, Name: strings.Repeat("a", 128)}),
		"Name: is not WTF-8":                                                 name(rule.NamedProperty{Kind: rule.KindName, Name: "\xFF"}),
		"Kind: is 2, must be 0, 1 or 255":                                    name(rule.NamedProperty{Kind: 2}),
		"NamedProperty: has more than its kind has":                          name(rule.NamedProperty{Kind: rule.KindNone, LID: 1}),
		"RelOp: is 256, which does not fit 8 bits":                           {Restriction: &rule.Size{RelOp: 256}},
		"BitmapRelOp: is 256, which does not fit 8 bits":                     {Restriction: &rule.Bitmask{BitmapRelOp: 256}},
		"RestrictCount: is 65536, which does not fit 16 bits":                {Restriction: &rule.And{Restricts: make([]rule.Restriction, 65536)}},
		"TaggedValuesCount: is 256, which does not fit 8 bits":               {Restriction: &rule.Comment{TaggedValues: make([]rule.TaggedValue, 256)}},
		"Restriction: is there, where RestrictionPresent is 0":               {Restriction: &rule.Comment{Restriction: exist}},
		"TaggedValue: has type PtypString and not just a value":              {Restriction: &rule.Content{TaggedValue: rule.TaggedValue{PropertyTag: subject}}},
		"TaggedValue: has type PtypString and a value of type PtypInteger32": {Restriction: &rule.Content{TaggedValue: rule.TaggedValue{PropertyTag: subject, Value: mapi.Integer32(1)}}},
		"TaggedValue: has type PtypRestriction and not just a restriction":   {Restriction: &rule.Content{TaggedValue: rule.TaggedValue{PropertyTag: 0x667900FD}}},
		"TaggedValue: has type PtypRuleAction and not just actions":          {Restriction: &rule.Content{TaggedValue: rule.TaggedValue{PropertyTag: 0x668000FE}}},
		"TaggedValue: a NUL inside would end the string":                     {Restriction: &rule.Content{TaggedValue: text("a\x00b")}},
	} {
		b, err := c.AppendBinary([]byte{1})
		require.EqualError(t, err, "rule: "+want)
		require.Equal(t, []byte{1}, b)
		found := c.Validate()
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0], rule.NotEncodable)
		require.EqualError(t, found[0], want+" (rule.not-encodable)")
	}
	block := func(p mapi.Profile, a rule.ActionBlock) rule.RuleAction {
		return rule.RuleAction{Profile: p, ActionBlocks: []rule.ActionBlock{a}}
	}
	for want, a := range map[string]rule.RuleAction{
		"Profile: is ocfg, which has no actions":                                             {Profile: mapi.ProfileOCFG},
		"Named: is there, or RuleVersion, which rop cannot say":                              {RuleVersion: 1},
		"ActionData: is not that of OP_DELETE":                                               block(0, rule.ActionBlock{ActionType: rule.OpDelete, ActionData: &rule.Bounce{}}),
		"ActionData: is not that of OP_MOVE":                                                 block(0, rule.ActionBlock{ActionType: rule.OpMove}),
		"Excess: is there, where the data of OP_DEFER_ACTION has no end of its own":          block(0, rule.ActionBlock{ActionType: rule.OpDefer, ActionData: &rule.Defer{}, Excess: []byte{1}}),
		"FolderInThisStore: is 1, which extended rules cannot say":                           block(mapi.ProfileExtended, rule.ActionBlock{ActionType: rule.OpMove, ActionData: &rule.MoveCopy{FolderInThisStore: 1}}),
		"ReplyTemplateFID: is there, with ReplyTemplateMID, which extended rules cannot say": block(mapi.ProfileExtended, rule.ActionBlock{ActionType: rule.OpReply, ActionData: &rule.Reply{ReplyTemplateFID: entryid.ObjectID{ReplicaID: 1}}}),
		"ReplyTemplateMessageEID: is there, which standard rules cannot say":                 block(0, rule.ActionBlock{ActionType: rule.OpReply, ActionData: &rule.Reply{ReplyTemplateMessageEID: []byte{1}}}),
		"ActionLength: is 65545, which does not fit 16 bits":                                 block(0, rule.ActionBlock{ActionType: rule.OpDefer, ActionData: &rule.Defer{Data: make([]byte, math.MaxUint16+1)}}),
	} {
		b, err := a.AppendBinary([]byte{1})
		require.EqualError(t, err, "rule: "+want)
		require.Equal(t, []byte{1}, b)
		found := a.Validate()
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0], rule.NotEncodable)
	}
}

// TestBadProfile: in a profile that there is not nothing is read, and that is said.
func TestBadProfile(t *testing.T) {
	for _, p := range []mapi.Profile{mapi.ProfileFastTransfer, 9} {
		conditions("x", p).Check(t, []byte{8, 0x1F, 0, 0x1A, 0})
		_, err := rule.DecodeCondition([]byte{8}, p)
		require.ErrorIs(t, err, rule.BadProfile)
	}
	_, err := rule.DecodeAction([]byte{0, 0}, mapi.ProfileOCFG)
	require.ErrorIs(t, err, rule.BadProfile)
	_, r := rule.InspectAction(nil, mapi.ProfileOCFG)
	require.Equal(t, diag.Fatal, r.Max())
}

func TestUnmarshalJSON(t *testing.T) {
	for _, text := range []string{`[]`, `{"profile":"x"}`, `{"profile":"profile(300)"}`, `{"trailing":"0"}`, `{"restriction":{"type":"x"}}`,
		`{"restriction":{"type":"RES_SIZE","relOp":"x"}}`, `{"restriction":{"type":"RES_BITMASK","bitmapRelOp":"0x"}}`, `{"restriction":{"type":"RES_EXIST","propTag":"1F"}}`,
		`{"restriction":{"type":"RES_CONTENT","taggedValue":{"propertyTag":"0x0037001F","value":1}}}`,
		`{"restriction":{"type":"RES_CONTENT","taggedValue":{"propertyTag":"0x00370040","value":"x"}}}`,
		`{"restriction":{"type":"RES_CONTENT","taggedValue":{"propertyTag":"0x00370040","raw":"00"}}}`,
		`{"named":{"namedProperties":[{"name":1}]}}`, `{"named":{"namedProperties":[{"propId":"0x12345"}]}}`} {
		v := rule.Condition{Trailing: []byte{9}}
		require.Error(t, json.Unmarshal([]byte(text), &v), text)
		require.Equal(t, rule.Condition{Trailing: []byte{9}}, v, "left alone")
	}
	for _, text := range []string{`[]`, `{"actionBlocks":[{"actionType":"x"}]}`, `{"actionBlocks":[{"actionType":"OP_MOVE","actionData":{}}]}`,
		`{"actionBlocks":[{"actionType":"OP_REPLY","actionData":{"replyTemplateGUID":"{00000000-0000-0000-0000-000000000000}","replyTemplateFID":"00"}}]}`} {
		v := rule.RuleAction{Trailing: []byte{9}}
		require.Error(t, json.Unmarshal([]byte(text), &v), text)
		require.Equal(t, rule.RuleAction{Trailing: []byte{9}}, v, "left alone")
	}
	for _, p := range []mapi.Profile{mapi.ProfileROP, mapi.ProfileMFCMAPI, mapi.ProfileFastTransfer, 77} {
		v := rule.Condition{Profile: p}
		b, err := json.Marshal(&v)
		require.NoError(t, err)
		var back rule.Condition
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, p, back.Profile)
	}
	for _, v := range []mapi.Value{mapi.Null{}, mapi.Integer16(-1), mapi.Integer32(-1), mapi.Integer64(math.MinInt64), mapi.Floating32(float32(math.Inf(1))), mapi.Floating64(0.1),
		mapi.Currency(1), mapi.FloatingTime(1.5), mapi.ErrorCode(1), mapi.Boolean(0), mapi.Boolean(1), mapi.Boolean(2), mapi.String("\xED\xA0\xBD"), mapi.String8{Raw: []byte{0xE4}},
		mapi.Time(1), mapi.GUID{1}, mapi.Binary{1}, mapi.ServerID{Raw: []byte{1}}, mapi.MultipleString{"a"}, mapi.MultipleBinary{{1}}, mapi.MultipleInteger64{1},
		mapi.Unknown{PropType: 0x0103, Data: []byte{1, 2, 3, 4}}} {
		c := rule.Condition{Restriction: equals(value(v))}
		b, err := json.Marshal(&c)
		require.NoError(t, err)
		var back rule.Condition
		require.NoError(t, json.Unmarshal(b, &back), "%s", b)
		require.Equal(t, c, back, "%s", b)
	}
}
