package fuzz_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/oof"
	oofrule "github.com/mapiprop/mapiprop/oof/rule"
)

var oofClasses = []string{"IPM.Microsoft.OOF.UserOofSettings", "IPM.Microsoft.OOF.Log", "IPM.Note.Rules.OofTemplate.Microsoft",
	"IPM.Note.Rules.ExternalOofTemplate.Microsoft", "IPM.ExtendedRule.Message", "IPM.Rule.Version2.Message", "", "IPM.Note",
	"IPM.Note.Rules.ReplyTemplate.Microsoft", "IPM.Microsoft.OOF.Control"}

// oofTags are the properties a verdict rests on, and some types they should not have.
var oofTags = []mapi.PropTag{0x661D000B, 0x34300040, 0x34310040, 0x68140102, 0x3FE30102, 0x0FFF0102, 0x65C20102, 0x40800003, 0x0E070003, 0x1000001F,
	0x10130102, 0x10090102, 0x3FDE0003, 0x30080040, 0x65E90003, 0x65EB001F, 0x65EC001F, 0x0E990102, 0x66770003, 0x668000FE, 0x6681001F, 0x674A0014,
	0x67AA000B, 0x0E06001F, 0x661D0003, 0x65C2001F, 0x1000001E, 0x668000FD, 0x3430001F}

// checkOOFJudge makes a mailbox out of a program, and judges it; and what is JSON lines as such.
func checkOOFJudge(tb testing.TB, b []byte) {
	s := &source{b}
	var items []*mapi.Item
	for n := s.below(12); n > 0 && !s.done(); n-- {
		items = append(items, oofItem(s, len(items)))
	}
	var at time.Time
	if !s.one(4) {
		at = time.Unix(1215500000+int64(s.u32()%4)*86400, 0).UTC()
	}
	checkJudged(tb, items, at)
	if bytes.HasPrefix(b, []byte("{")) {
		var read []*mapi.Item
		for item := range dump.Items(lines.NewJSONReader(bytes.NewReader(b), "fuzz").Records()) {
			if item != nil {
				read = append(read, item)
			}
		}
		checkJudged(tb, read, at)
	}
}

func oofItem(s *source, n int) *mapi.Item {
	item := &mapi.Item{Source: "fuzz", Path: fmt.Sprint(n), Associated: s.one(2)}
	if class := oofClasses[s.below(len(oofClasses))]; class != "" {
		item.Props = append(item.Props, mapi.Prop{Tag: 0x001A001F, Value: mapi.String(class)})
	}
	for n := s.below(8); n > 0; n-- {
		tag := oofTags[s.below(len(oofTags))]
		item.Props = append(item.Props, mapi.Prop{Tag: tag, Value: oofValue(s, tag)})
	}
	return item
}

// oofValue returns a value that means something, or nearly, or any.
func oofValue(s *source, tag mapi.PropTag) mapi.Value {
	switch tag.Type() {
	case mapi.PtypBoolean:
		return mapi.Boolean(s.below(3))
	case mapi.PtypTime:
		return mapi.Time(128600000000000000 + uint64(s.below(4))*864000000000)
	case mapi.PtypInteger32:
		return mapi.Integer32([]uint32{0, 1, 2, 3, 0x0D, 0x41, 0x108, 0x80000108, 65001, 0x40000001, s.u32()}[s.below(11)])
	case mapi.PtypInteger64:
		return mapi.Integer64(s.below(3))
	case mapi.PtypString:
		return mapi.String([]string{"", "A", "<p>A</p>", "Microsoft Exchange OOF Assistant", "MSFT:TDX OOF Rules", "Microsoft.Exchange.OOF.InternalSenders.Global",
			"Microsoft.Exchange.OOF.AllExternalSenders.Global", settingsOf(s), "d, Mailbox: 'a', OofState: Enabled, ExternalAudience: All, InternalReply: B, ExternalReply: , SetByLegacyClient: 'True', comment: ''",
			string(s.bytes(s.below(20)))}[s.below(10)])
	case mapi.PtypString8:
		return mapi.String8{Raw: s.bytes(s.below(10)), CodePage: 1252}
	case mapi.PtypRuleAction:
		if s.one(3) {
			return mapi.String("lpAction[0x00000000]:\r\nlpAction->acttype = 0x00000004 = OP_OOF_REPLY\r\nlpAction->actReply.guidReplyTemplate = {01010101-0101-0101-0101-010101010101}")
		}
		return mapi.RuleActions{Raw: oofActions(s, mapi.ProfileROP)}
	case mapi.PtypRestriction:
		return mapi.Restriction{Raw: s.bytes(s.below(20))}
	}
	switch s.below(4) {
	case 0:
		return mapi.Binary(bytes.Repeat([]byte{byte(s.below(3))}, 16))
	case 1:
		return mapi.Binary(bytes.Repeat([]byte{byte(s.below(3))}, 70))
	case 2:
		return mapi.Binary(oofActions(s, mapi.ProfileExtended))
	}
	return mapi.Binary(s.bytes(s.below(40)))
}

func settingsOf(s *source) string {
	v := oof.Settings{OofState: []oof.OofState{oof.Enabled, oof.Disabled, oof.Scheduled}[s.below(3)], ExternalAudience: []oof.ExternalAudience{oof.AudienceAll,
		oof.AudienceNone, oof.AudienceKnown}[s.below(3)], InternalReply: &oof.Reply{Message: "A"}, ExternalReply: &oof.Reply{Message: strings.Repeat("X", s.below(2))},
		SetByLegacyClient: s.one(4)}
	if s.one(2) {
		v.Duration = &oof.Duration{StartTime: "2008-07-08T00:00:00Z", EndTime: "2008-07-09T00:00:00Z"}
	}
	return string(v.AppendXML(nil))
}

func oofActions(s *source, p mapi.Profile) []byte {
	r := &oofrule.Reply{ReplyTemplateGUID: [16]byte(bytes.Repeat([]byte{byte(s.below(3))}, 16))}
	a := oofrule.RuleAction{Profile: p, ActionBlocks: []oofrule.ActionBlock{{ActionType: oofrule.OpOOFReply, ActionData: r}}}
	if p == mapi.ProfileExtended {
		a.RuleVersion, r.ReplyTemplateMessageEID = 1, bytes.Repeat([]byte{byte(s.below(3))}, 70)
	}
	b, err := a.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return b
}

// checkJudged holds a verdict to what all of them promise.
func checkJudged(tb testing.TB, items []*mapi.Item, at time.Time) {
	tb.Helper()
	v := oof.Judge(slices.Values(items), at)
	first, err := json.Marshal(v)
	if err != nil || !json.Valid(first) {
		tb.Fatalf("%s (%v)", first, err)
	}
	if again, _ := json.Marshal(oof.Judge(slices.Values(items), at)); !bytes.Equal(first, again) {
		tb.Fatalf("%s\nand then\n%s", first, again)
	}
	if v.Seen.Items != len(items) || len(v.Items) > len(items)*2 {
		tb.Fatalf("%d items, %d seen, %d shown", len(items), v.Seen.Items, len(v.Items))
	}
	models := map[diag.Code]int{}
	for _, f := range v.Findings {
		entry, ok := diag.Lookup(oof.Codes(), f.Code)
		if !ok || entry.Severity != f.Severity || f.Confidence == "" || f.Msg == "" {
			tb.Fatalf("%+v", f)
		}
		models[f.Code]++
		for _, i := range f.Items {
			if i < 0 || i >= len(v.Items) {
				tb.Fatalf("%+v", f)
			}
		}
	}
	if models[oof.NoModel]+models[oof.ModernModel]+models[oof.LegacyModel] != 1 {
		tb.Fatalf("the model is one of three: %v", models)
	}
	for _, all := range [][]oof.Outgoing{v.Sends.Internal, v.Sends.External} {
		for _, o := range all {
			if role := v.Items[o.From].Role; role != oof.RoleTemplate && role != oof.RoleSettings {
				tb.Fatalf("a %s is sent", role)
			}
		}
	}
	if v.Master >= 0 && v.Items[v.Master].Role != oof.RoleSettings {
		tb.Fatalf("the master is a %s", v.Items[v.Master].Role)
	}
}

var oofMailboxes = []string{
	`{"item":"store","tag":"0x661D000B","hex":"01"}` + "\n" + `{"item":"associated message 0","tag":"0x001A001F","value":"IPM.Note.Rules.OofTemplate.Microsoft"}` + "\n" +
		`{"item":"associated message 0","tag":"0x1000001F","value":"A"}`,
	`{"item":"message 0","tag":"0x001A001F","value":"IPM.Microsoft.OOF.UserOofSettings"}` + "\n" + `{"item":"message 0","tag":"0x1000001F","value":"<UserOofSettings><InternalReply/><ExternalReply/></UserOofSettings>"}`,
}
