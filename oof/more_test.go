package oof_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// TestEffective tries switch and settings at times around their schedule.
func TestEffective(t *testing.T) {
	start, end := fileTime("2008-07-08T11:00"), fileTime("2008-07-08T13:00")
	at := func(s string) time.Time { tm, _ := fileTime(s).Time(); return tm }
	before, first, last, after := at("2008-07-08T10:59"), at("2008-07-08T11:00"), at("2008-07-08T13:00"), at("2008-07-08T13:01")
	on, off := oof.Switch{Flag: true, HasFlag: true}, oof.Switch{HasFlag: true}
	with := func(w oof.Switch, start, end mapi.FileTime) oof.Switch { w.Start, w.End = start, end; return w }
	for _, tt := range []struct {
		w                                oof.Switch
		none, before, first, last, after oof.Effective
	}{
		{on, oof.On, oof.On, oof.On, oof.On, oof.On},
		{off, oof.Off, oof.Off, oof.Off, oof.Off, oof.Off},
		{oof.Switch{}, oof.Unknown, oof.Unknown, oof.Unknown, oof.Unknown, oof.Unknown},
		{with(off, start, end), oof.Later, oof.Later, oof.On, oof.Off, oof.Off},
		{with(oof.Switch{}, start, end), oof.Later, oof.Later, oof.On, oof.Off, oof.Off},
		{with(off, start, 0), oof.Off, oof.Off, oof.Off, oof.Off, oof.Off},
		{with(oof.Switch{}, 0, end), oof.Unknown, oof.Unknown, oof.Unknown, oof.Unknown, oof.Unknown},
		{with(on, start, end), oof.On, oof.On, oof.On, oof.On, oof.Off},
		{with(on, 0, end), oof.On, oof.On, oof.On, oof.On, oof.Off},
		{with(off, end, start), oof.Off, oof.Off, oof.Off, oof.Off, oof.Off},
		{with(off, 1<<63, 1<<63), oof.Off, oof.Off, oof.Off, oof.Off, oof.Off},
	} {
		for i, got := range []oof.Effective{tt.w.Effective(time.Time{}), tt.w.Effective(before), tt.w.Effective(first), tt.w.Effective(last), tt.w.Effective(after)} {
			require.Equal(t, []oof.Effective{tt.none, tt.before, tt.first, tt.last, tt.after}[i], got, "%+v, %d", tt.w, i)
		}
	}
	s := scheduled("2008-07-08T11:00", "2008-07-08T13:00")
	for i, want := range []oof.Effective{oof.Later, oof.Later, oof.On, oof.Off, oof.Off} {
		require.Equal(t, want, s.Effective([]time.Time{{}, before, first, last, after}[i]))
	}
	s.Duration.EndTime = "tomorrow"
	require.Equal(t, oof.Unknown, s.Effective(first))
	s.Duration = nil
	require.Equal(t, oof.Unknown, s.Effective(first))
	require.Equal(t, oof.Unknown, (&oof.Settings{OofState: "enabled"}).Effective(first))
}

// TestWords: what has a name says it, and what has none a number.
func TestWords(t *testing.T) {
	require.Equal(t, "none internal external Audience(7)", fmt.Sprint(oof.NoAudience, oof.Internal, oof.External, oof.Audience(7)))
	require.Equal(t, "unknown template reply Nature(7)", fmt.Sprint(oof.NatureUnknown, oof.NatureTemplate, oof.NatureReply, oof.Nature(7)))
	require.Equal(t, "none Legacy Single Internal External 7", fmt.Sprint(oof.ReplyNone, oof.ReplyLegacy, oof.ReplySingle, oof.ReplyInternal, oof.ReplyExternal, oof.ReplyType(7)))
	require.Equal(t, "Class(77)", oof.Class(77).String())
	require.Empty(t, oof.ClassOther.String())
	for _, tt := range [][3]string{{"", "a", "a"}, {"x", "", "x"}, {"x", "a", "x: a"}} {
		require.Equal(t, tt[2], (&oof.Item{Source: tt[0], Path: tt[1]}).Name())
	}
}

// judged judges objects that are written as JSON lines.
func judged(t *testing.T, fill func(b *box)) *oof.Verdict {
	var b box
	fill(&b)
	v := b.judgeJSON(t, noon)
	checkVerdict(t, v)
	return v
}

// actions returns what a row does that names its template by folder and message id.
func actions(t *testing.T, mid entryid.ObjectID, id byte) mapi.RuleActions {
	raw, err := (&rule.RuleAction{Profile: mapi.ProfileROP, ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpMarkAsRead}, {ActionType: rule.OpOOFReply,
		ActionData: &rule.Reply{ReplyTemplateMID: mid, ReplyTemplateGUID: guidOf(id)}}}}).MarshalBinary()
	require.NoError(t, err)
	return mapi.RuleActions{Raw: raw}
}

func (b *box) rowOf(a mapi.Value) *object {
	return b.add("row").with(0x66770003, mapi.Integer32(0x0D)).with(0x6681001F, mapi.String(legacy)).with(0x668000FE, a)
}

// TestRuleTargets finds templates in all ways in which rules name them.
func TestRuleTargets(t *testing.T) {
	mid := entryid.ObjectID{ReplicaID: 1, GlobalCounter: entryid.GlobalCounter{4: 2, 5: 5}} // the counter of messageID(5)
	text := "lpActions->cActions = 0x00000002\r\nlpActions->lpAction[0x00000000]:\r\nlpAction->acttype = 0x0000000B = OP_MARK_AS_READ\r\n{09090909-0909-0909-0909-090909090909}\r\n" +
		"lpActions->lpAction[0x00000001]:\r\nlpAction->acttype = 0x00000004 = OP_OOF_REPLY\r\nlpAction->lpRes: \r\nlpRes was NULL"
	byText := func(entry, id string) mapi.Value {
		return mapi.String(text + "lpAction->actReply.lpEntryId = " + entry + "\r\nAlt: ...\r\nlpAction->actReply.guidReplyTemplate = " + id + "\r\n")
	}
	eid := fmt.Sprintf("cb: 70 lpb: %X", messageID(5))
	for _, tt := range []struct {
		name  string
		rule  mapi.Value
		tmpl  func(o *object)
		found bool
	}{
		{"message id and the template's entry id", actions(t, mid, 9), func(o *object) { o.entry(5) }, true},
		{"message id and PidTagMid", actions(t, mid, 9), func(o *object) { o.with(0x674A0014, mapi.Integer64(0x0502000000000001)) }, true},
		{"another message id", actions(t, mid, 9), func(o *object) { o.entry(6) }, false},
		{"another message id, the same GUID", actions(t, mid, 1), func(o *object) { o.entry(6) }, true},
		{"words: the entry id", byText(eid, "{09090909-0909-0909-0909-090909090909} = ?"), func(o *object) { o.entry(5) }, true},
		{"words: the GUID", byText("cb: 0 lpb: ", "{01010101-0101-0101-0101-010101010101}"), func(o *object) {}, true},
		{"words: neither", byText("cb: 3 lpb: 00112", "{0101"), func(o *object) { o.entry(5) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			items := func(yield func(*mapi.Item) bool) {
				var b box
				b.flag(true)
				tt.tmpl(b.template(1, "A", -1))
				b.rowOf(tt.rule)
				for i, o := range b.objects {
					if !yield(&mapi.Item{Path: fmt.Sprintf("%s %d", o.kind, i), Associated: strings.HasPrefix(o.kind, "assoc"), Props: o.props,
						Class: map[bool]string{true: "IPM.Note.Rules.OofTemplate.Microsoft"}[strings.HasPrefix(o.kind, "assoc")]}) {
						return
					}
				}
			}
			v := oof.Judge(items, noon)
			checkVerdict(t, v)
			require.Equal(t, tt.found, len(v.Sends.Internal) == 1, outcome(v))
			_, words := tt.rule.(mapi.String)
			for i := range v.Items {
				require.Empty(t, v.Items[i].Findings, "%v", v.Items[i].Notes)
				if v.Items[i].Role == oof.RoleRule {
					require.Equal(t, words, slices.Contains(v.Items[i].Notes, "its actions are in the dump in words only"))
				}
			}
		})
	}
}

// TestItemsOfAMailbox looks at the items that a verdict shows, and what it says of each.
func TestItemsOfAMailbox(t *testing.T) {
	history := mapi.Binary{1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 'a'}
	v := judged(t, func(b *box) {
		b.add("store").with(0x68100003, mapi.Integer32(1)).with(0x661D000B, mapi.Boolean(1)).with(0x68130040, mapi.Time(2650467743999999999))
		b.add("folder").with(0x3001001F, mapi.String("Freebusy Data")).with(0x3FE30102, history)
		b.add("message").with(0x001A001F, mapi.String("IPM.Note.Rules.ReplyTemplate.Microsoft"))
		b.add("message").with(0x001A001F, mapi.String("IPM.Microsoft.OOF.Control"))
		b.add("associated message").with(0x001A001F, mapi.String("IPM.RuleOrganizer.ClientRules"))
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", "")).with(0x0E05001F, mapi.String("Root"))
		b.ruleMessage(assistant, toInside, 0x108, 1).with(0x65E90003, mapi.Integer32(1))
		b.add("row").with(0x66770003, mapi.Integer32(4)).with(0x6681001F, mapi.String("other"))
		b.add("associated message").with(0x001A001F, mapi.String("IPM.Rule.Message")).with(0x65E90003, mapi.Integer32(0x104)).with(0x65EB001F, mapi.String("x")).with(0x65EF0102, mapi.Binary{1})
	})
	var all []string
	for i := range v.Items {
		all = append(all, string(v.Items[i].Role)+": "+v.Items[i].Status)
	}
	require.Equal(t, []string{"store: PidTagOutOfOfficeState true", "history: 1 sender and rule has had a reply", "reply-template: the template of a rule that is no out-of-office rule",
		"other: of Exchange's; what is in it is not known", "settings: master", "rule: active", "rule: active"}, all)
	require.Equal(t, []string{"0x68100003 1", "changed by the user: the last moment there is, as Exchange Web Services write it"}, v.Items[0].Notes)
	require.Contains(t, string(v.AppendJSON(nil)), `"folder":"Root"`)
	require.Equal(t, 4, v.Seen.RuleRows+v.Seen.RuleMessages+v.Seen.Associated-2)
}

// TestSettingsDocument reads settings out of other bodies than the plain one.
func TestSettingsDocument(t *testing.T) {
	s := set(oof.Enabled, oof.AudienceNone, "A", "")
	xml := string(s.AppendXML(nil))
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(xml)
	for name, p := range map[string]mapi.Prop{
		"html": prop(0x10130102, mapi.Binary("<html><body>"+escaped+"</body></html>")),
		"rtf":  prop(0x10090102, packed(t, `{\rtf1\ansi `+strings.NewReplacer(`\`, `\\`, "{", `\{`, "}", `\}`).Replace(xml)+`}`)),
		"8":    prop(0x1000001E, mapi.String8{Raw: []byte(xml), CodePage: 1252}),
		"16":   prop(0x10000102, mapi.Binary(utf16(xml))),
		"bin":  prop(0x10000102, mapi.Binary(xml)),
	} {
		item := &mapi.Item{Props: mapi.Props{prop(0x001A001F, mapi.String("IPM.Microsoft.OOF.UserOofSettings")), p}}
		v := oof.Judge(slices.Values([]*mapi.Item{item}), noon)
		require.Equal(t, 0, v.Master, name)
		require.Equal(t, &s, v.Items[0].Settings, "%s: %v", name, v.Items[0].Findings)
	}
}

func utf16(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// TestLongMessage: a text that Exchange would have cut is a finding, and is kept.
func TestLongMessage(t *testing.T) {
	s := set(oof.Enabled, oof.AudienceNone, strings.Repeat("é", oof.MaxMessage+1), "")
	v, r := oof.InspectSettings(string(s.AppendXML(nil)))
	require.Equal(t, &s, v)
	found := slices.Collect(r.Findings())
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], oof.MessageTooLong)
	require.Equal(t, diag.Warning, found[0].Severity)
	s.InternalReply.Message = s.InternalReply.Message[2:]
	_, err := oof.DecodeSettings(string(s.AppendXML(nil)))
	require.NoError(t, err)
	require.Zero(t, func() diag.Severity { _, r := oof.InspectSettings(string(s.AppendXML(nil))); return r.Max() }())
}

// TestXMLErrors: what cannot be followed is told where it is.
func TestXMLErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "xml at 0x0000: ends within the document (oof.truncated)",
		"<a":                                "xml",
		"< a>":                              "xml at 0x0000: has < where no tag is (oof.xml-syntax)",
		"<1>":                               "xml at 0x0000: has < where no tag is (oof.xml-syntax)",
		"<a b>":                             "a at 0x0003: has a tag that is not well-formed here (oof.xml-syntax)",
		"<a b=c>":                           "a at 0x0005: has a value of an attribute without quotation marks (oof.xml-syntax)",
		"<a b='":                            "a at 0x0006: ends within the value of an attribute (oof.truncated)",
		"<a b=":                             "a at 0x0005: ends within a tag (oof.truncated)",
		"<a b":                              "a at 0x0004: ends within a tag (oof.truncated)",
		"</a>":                              "xml at 0x0000: has </a>, where nothing is open (oof.xml-syntax)",
		"<a></a":                            "a at 0x0006: ends within a tag (oof.truncated)",
		"<a></a b>":                         "a at 0x0003: has a tag that is not well-formed here (oof.xml-syntax)",
		"<![CDATA[x]]>":                     "xml at 0x0009: has text outside of the root (oof.xml-syntax)",
		"<!-- ":                             "xml at 0x0005: ends within a comment (oof.truncated)",
		"<UserOofSettings/><b/>":            "xml at 0x0012: has an element behind the root (oof.xml-syntax)",
		strings.Repeat("<a>", 101):          "xml",
		"<a " + strings.Repeat("b='' ", 70): "a",
	} {
		_, r := oof.InspectSettings(in)
		all := slices.Collect(r.Findings())
		require.NotEmpty(t, all, in)
		if strings.Contains(want, " at ") {
			require.True(t, slices.ContainsFunc(all, func(f diag.Finding) bool { return f.Error() == want }), "%.40q: %v", in, all)
		}
		require.Equal(t, diag.Fatal, r.Max(), "%.40q", in)
	}
}

// TestSameItem: a table says that a message is associated, and the message alone what is in it. In any order they are one.
func TestSameItem(t *testing.T) {
	table := &mapi.Item{Path: "associated message 0", Associated: true, Props: mapi.Props{prop(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")),
		prop(0x0FFF0102, mapi.Binary(messageID(1)))}}
	alone := &mapi.Item{Path: "message", Props: append(slices.Clone(table.Props), prop(0x1000001F, mapi.String("A")), prop(0x0C1A001F, mapi.String("sender")))}
	other := &mapi.Item{Path: "message 7", Props: mapi.Props{prop(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")), prop(0x0FFF0102, mapi.Binary(messageID(2)))}}
	for _, order := range [][]*mapi.Item{{table, alone, other}, {alone, table, other}, {other, alone, other, table, alone}} {
		v := oof.Judge(slices.Values(order), noon)
		checkVerdict(t, v)
		require.Len(t, v.Items, 2)
		for i := range v.Items {
			item := &v.Items[i]
			if item.Path == "message 7" {
				require.Equal(t, oof.RoleUnknown, item.Role)
				continue
			}
			require.Equal(t, oof.RoleTemplate, item.Role)
			require.Equal(t, "message", item.Path)
			require.Equal(t, "A", item.Template.Body.Text)
			require.Contains(t, item.Also, "associated message 0")
		}
	}
}

// TestOddText: what is no character in the text of settings becomes one, or is kept, and comes back out of XML and JSON.
func TestOddText(t *testing.T) {
	for in, want := range map[string]string{"a\x96b": "a\uFFFDb", "\xed\xa0\xbd\xed\xb8\x80": "😀", "\xed\xa0\xbd&#xDE00;": "😀", "&#xD83D;\xed\xb8\x80": "😀",
		"\xed\xa0\x80": "\xed\xa0\x80", "\xed\xa0": "\uFFFD\uFFFD"} {
		v, r := oof.InspectSettings("<UserOofSettings><InternalReply><Message>" + in + "</Message></InternalReply><ExternalReply/></UserOofSettings>")
		require.Equal(t, want, v.InternalReply.Message, "%q", in)
		require.Equal(t, diag.Warning, r.Max(), "%q", in)
		back, err := oof.DecodeSettings(string(v.AppendXML(nil)))
		require.NoError(t, err)
		require.Equal(t, v, back, "%q", in)
	}
}
