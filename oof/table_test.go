package oof_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// noon is when most mailboxes are judged.
var noon = time.Date(2008, 7, 8, 12, 0, 0, 0, time.UTC)

// seed is the mailbox of Exchange 2007 with a BlackBerry: settings of which template 1 was made, and template 2 of the device.
func seed(b *box) {
	b.flag(true)
	b.settings(set(oof.Enabled, oof.AudienceNone, "<p>A</p>", "")).entry(10)
	b.template(1, "A", 2).entry(1)
	b.template(2, "B", -1).entry(2)
	b.ruleMessage(assistant, toInside, 0x108, 1).entry(3)
}

// situations is the decision table: a mailbox, and what it comes to.
var situations = []struct {
	name string
	make func(b *box)
	at   time.Time
	want string
}{
	{"nothing at all", func(b *box) {}, noon, `none, unknown (low); in: ?; out: ?; none/low`},
	{"a mailbox without any of it", func(b *box) {
		b.add("message").with(0x001A001F, mapi.String("IPM.Note")).with(0x0E05001F, mapi.String("Inbox"))
		b.add("message").with(0x001A001F, mapi.String("IPM.Appointment")).with(0x0E05001F, mapi.String("Calendar"))
	}, noon, `none, unknown (low); in: ?; out: ?; none/low`},
	{"the seed: the text of the device is lost", func(b *box) { seed(b); b.log(logRecord("A", false), logRecord("B", true), logRecord("A", false)) }, noon, `modern, on (high); in: "A" high; out:; modern/medium template-orphan/medium template-foreign/medium template-dup/medium log/medium`},
	{"the seed: two rules, two replies", func(b *box) { seed(b); b.row(legacy, "", 0x0D, 2) }, noon, `modern, on (high); in: "A" high "B" medium; out: "B" low; modern/medium template-foreign/medium template-dup/medium rule-dup-active/medium`},
	{"the seed: the template of the device is left over", func(b *box) {
		b.flag(false)
		b.settings(set(oof.Disabled, oof.AudienceNone, "<p>A</p>", ""))
		b.template(2, "B", -1)
		b.otherRule()
	}, noon, `modern, off (high); in: "A" medium; out:; modern/medium template-orphan/low template-foreign/low`},
	{"the seed, its rule of the device switched off", func(b *box) { seed(b); b.row(legacy, "", 0x0C|0x40000000, 2) }, noon, `modern, on (high); in: "A" high; out:; modern/medium template-foreign/medium template-dup/medium rule-legacy-disabled/medium`},
	{"the seed, no rule in the dump", func(b *box) {
		b.settings(set(oof.Enabled, oof.AudienceNone, "<p>A</p>", ""))
		b.template(1, "A", 2)
		b.template(2, "B", -1)
	}, noon, `modern, on (medium); in: "A" low; out:; modern/medium template-foreign/medium template-dup/medium`},
	{"modern, as it should be", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceAll, "<p>A</p>", "<p>X</p>"))
		b.template(1, "A", 2)
		b.external(2, "X")
		b.ruleMessage(assistant, toInside, 0x108, 1)
		b.ruleMessage(assistant, toAll, -0x7FFFFEF8, 2)
	}, noon, `modern, on (high); in: "A" high; out: "X" high; modern/medium`},
	{"modern, rules found by entry id", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "A", 2).entry(1)
		b.template(0, "B", 2).entry(2)
		b.ruleFor(assistant, toInside, 0x108, messageID(2), 1)
	}, noon, `modern, on (high); in: "B" medium not "A"; out:; modern/medium template-noguid/high template-orphan/medium template-foreign/low template-dup/medium`},
	{"settings alone", func(b *box) { b.settings(set(oof.Enabled, oof.AudienceAll, "A", "X")) }, noon, `modern, on (medium); in: "A" low; out: "X" low; modern/medium`},
	{"settings alone, off", func(b *box) { b.settings(set(oof.Disabled, oof.AudienceAll, "A", "X")) }, noon, `modern, off (medium); in: "A" low; out: "X" low; modern/medium`},
	{"audience Known", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceKnown, "A", "X"))
		b.template(1, "A", 2)
		b.external(2, "X")
		b.ruleMessage(assistant, toInside, 0x108, 1)
		b.ruleMessage(assistant, toKnown, 0x108, 2)
	}, noon, `modern, on (high); in: "A" high; out: "X" high; modern/medium`},
	{"no text for external senders", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceAll, "A", "<p>\r\n</p>"))
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (high); in: "A" high; out:; modern/medium external-missing/medium`},
	{"no text for external senders, off", func(b *box) {
		b.flag(false)
		b.settings(set(oof.Disabled, oof.AudienceAll, "A", ""))
	}, noon, `modern, off (high); in: "A" low; out:; modern/medium`},
	{"scheduled, with the flag off", func(b *box) {
		b.flag(false).schedule("2008-07-08T11:00", "2008-07-08T13:00")
		b.settings(scheduled("2008-07-08T11:00", "2008-07-08T13:00"))
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (high); in: "A" high; out:; modern/medium`},
	{"scheduled, not begun", func(b *box) {
		b.flag(false).schedule("2008-07-08T13:00", "2008-07-08T14:00")
		b.settings(scheduled("2008-07-08T13:00", "2008-07-08T14:00"))
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, scheduled (high); in: "A" high; out:; modern/medium`},
	{"scheduled, over", func(b *box) {
		b.flag(false).schedule("2008-07-08T09:00", "2008-07-08T10:00")
		b.settings(scheduled("2008-07-08T09:00", "2008-07-08T10:00"))
	}, noon, `modern, off (high); in: "A" low; out:; modern/medium`},
	{"scheduled, ends this moment", func(b *box) {
		b.flag(false).schedule("2008-07-08T09:00", "2008-07-08T12:00")
		b.settings(scheduled("2008-07-08T09:00", "2008-07-08T12:00"))
	}, noon, `modern, off (high); in: "A" low; out:; modern/medium`},
	{"scheduled, no time given", func(b *box) {
		b.flag(false).schedule("2008-07-08T11:00", "2008-07-08T13:00")
		b.settings(scheduled("2008-07-08T11:00", "2008-07-08T13:00"))
	}, time.Time{}, `modern, scheduled (high); in: "A" low; out:; modern/medium`},
	{"a schedule in the store alone", func(b *box) {
		b.flag(false).schedule("2008-07-08T11:00", "2008-07-08T13:00")
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (medium); in: "A" high; out: "A" low; legacy-only/medium`},
	{"scheduled, and the schedule of the store is not in the dump", func(b *box) {
		b.flag(false)
		b.settings(scheduled("2008-07-08T11:00", "2008-07-08T13:00"))
	}, noon, `modern, on (medium); in: "A" low; out:; modern/medium`},
	{"the settings are scheduled, the store has no schedule", func(b *box) {
		b.flag(false).with(0x34300040, mapi.Time(0)).with(0x34310040, mapi.Time(0))
		b.settings(scheduled("2008-07-08T11:00", "2008-07-08T13:00"))
	}, noon, `modern, off (low); in: "A" low; out:; modern/medium state-mismatch/medium`},
	{"a rule without its state", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.rowOf(mapi.RuleActions{Raw: replyWith(mapi.ProfileROP, nil, 1)}).without(0x66770003)
	}, noon, `legacy, on (high); in: "A" low; out: "A" low; legacy-only/medium`},
	{"a rule of another program, beside those of the settings", func(b *box) {
		seed(b)
		b.row(legacy+"0123456789ABCDEF0123456789ABCDEF", "while away", 0x0D, 2)
	}, noon, `modern, on (high); in: "A" high "B" medium; out: "B" low; modern/medium template-foreign/medium template-dup/medium rule-dup-active/low`},
	{"the flag is on, the schedule over", func(b *box) {
		b.flag(true).schedule("2008-07-08T09:00", "2008-07-08T10:00")
		b.settings(set(oof.Disabled, oof.AudienceNone, "A", ""))
	}, noon, `modern, off (high); in: "A" low; out:; modern/medium`},
	{"the flag is on, the settings off", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Disabled, oof.AudienceNone, "A", ""))
	}, noon, `modern, on (low); in: "A" low; out:; modern/medium state-mismatch/medium`},
	{"the flag is off, the settings on", func(b *box) {
		b.flag(false)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, off (low); in: "A" high; out:; modern/medium state-mismatch/medium`},
	{"taken over from a legacy client", func(b *box) {
		b.flag(true)
		s := set(oof.Enabled, oof.AudienceAll, "Gone fishing", "")
		s.SetByLegacyClient, s.UserChangeTime = true, ""
		b.settings(s)
		b.template(1, "Gone  fishing\r\n", 1)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (high); in: "Gone  fishing" high; out:; modern/medium settings-legacy/medium`},
	{"two items of settings: the later one", func(b *box) {
		b.settings(set(oof.Enabled, oof.AudienceNone, "old", "")).changed("2008-07-01T10:00").entry(1)
		b.settings(set(oof.Disabled, oof.AudienceNone, "new", "")).changed("2008-07-02T10:00").entry(2)
	}, noon, `modern, off (medium); in: "new" low; out:; modern/medium settings-dup/medium`},
	{"two items of settings: the one the store names", func(b *box) {
		b.flag(true).with(0x68140102, mapi.Binary(messageID(1)))
		b.settings(set(oof.Enabled, oof.AudienceNone, "old", "")).changed("2008-07-01T10:00").entry(1)
		b.settings(set(oof.Disabled, oof.AudienceNone, "new", "")).changed("2008-07-02T10:00").entry(2)
	}, noon, `modern, on (high); in: "old" low; out:; modern/medium settings-dup/medium`},
	{"the store names settings that are not there", func(b *box) {
		b.flag(true).with(0x68140102, mapi.Binary(messageID(9)))
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", "")).entry(1)
	}, noon, `modern, on (high); in: "A" low; out:; modern/medium settings-ptr/medium`},
	{"the store names the log", func(b *box) {
		b.flag(true).with(0x68140102, mapi.Binary(messageID(9)))
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", "")).entry(1)
		b.log(logRecord("A", false)).entry(9)
	}, noon, `modern, on (high); in: "A" low; out:; modern/medium settings-ptr/medium log/medium`},
	{"broken XML", func(b *box) {
		b.flag(true)
		b.settingsText("<UserOofSettings><OofState>Enabled</OofState>")
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (medium); in: "A" medium; out:; modern/medium settings-bad/medium`},
	{"settings without a reply", func(b *box) { b.settingsText("<UserOofSettings><OofState>Enabled</OofState></UserOofSettings>") }, noon, `modern, unknown (low); in: ?; out: ?; modern/medium settings-bad/medium`},
	{"settings without text", func(b *box) { b.settingsText("") }, noon, `modern, unknown (low); in: ?; out: ?; modern/medium settings-bad/medium`},
	{"legacy only", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium`},
	{"legacy only, off", func(b *box) {
		b.flag(false)
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, off (medium); in: "A" high; out: "A" low; legacy-only/medium`},
	{"legacy only, two active rules", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.template(2, "B", -1)
		b.row(legacy, "", 0x0D, 1)
		b.row(legacy, "", 0x0D, 2)
	}, noon, `legacy, on (high); in: "A" high "B" high; out: "A" low "B" low; legacy-only/medium template-dup/medium rule-dup-active/low`},
	{"legacy only, two templates, one rule", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1).changed("2008-07-01T10:00")
		b.template(2, "B", -1).changed("2008-07-05T10:00")
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium template-orphan/medium template-dup/medium`},
	{"legacy only, no rule in the dump", func(b *box) { b.flag(true); b.template(1, "A", -1) }, noon, `legacy, on (high); in: "A" low; out: "A" low; legacy-only/medium`},
	{"legacy only, two templates, no rule in the dump", func(b *box) { b.flag(true); b.template(1, "A", -1); b.template(2, "B", -1) }, noon, `legacy, on (high); in: ?; out: ?; legacy-only/medium template-dup/medium`},
	{"dangling", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 7)
	}, noon, `legacy, on (high); in:; out:; legacy-only/medium template-orphan/medium rule-dangling/medium`},
	{"a rule alone: its template was not exported", func(b *box) { b.flag(true); b.row(legacy, "", 0x0D, 7) }, noon, `legacy, on (high); in: ?; out: ?; legacy-only/medium rule-dangling/low`},
	{"the rule of the assistant dangles", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.ruleMessage(assistant, toInside, 0x108, 7)
	}, noon, `modern, on (high); in:; out:; modern/medium rule-dangling/medium`},
	{"no rule of the assistant among the rows", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.otherRule()
	}, noon, `modern, on (high); in: "A" low; out:; modern/medium`},
	{"no rule of the assistant", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.ruleMessage("other", "move", 1, 0).without(0x0E990102)
	}, noon, `modern, on (high); in:; out:; modern/medium`},
	{"a rule that the server has flagged", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x10A, 1)
	}, noon, `modern, on (high); in:; out:; modern/medium rule-error/high`},
	{"two templates with one id", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "A", 2).entry(1)
		b.template(1, "B", 2).entry(2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (high); in: "A" low; out:; modern/medium template-foreign/low template-guid-dup/high template-dup/medium`},
	{"a template without id", func(b *box) {
		b.flag(true)
		b.template(0, "A", -1).with(0x65C20102, mapi.Binary{1, 2})
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in:; out:; legacy-only/medium template-noguid/high template-orphan/medium rule-dangling/medium`},
	{"the template has another text than the settings", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "B", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, on (high); in: "B" medium not "A"; out:; modern/medium template-foreign/low`},
	{"two rules of the assistant for the same senders", func(b *box) {
		b.flag(true)
		b.settings(set(oof.Enabled, oof.AudienceNone, "A", ""))
		b.template(1, "A", 2)
		b.template(2, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
		b.ruleMessage(assistant, toInside, 0x108, 2)
	}, noon, `modern, on (high); in: "A" high "A" high; out:; modern/medium template-dup/medium rule-dup-active/low`},
	{"received replies", func(b *box) { b.reply(); b.reply() }, noon, `none, unknown (low); in: ?; out: ?; none/low reply-not-template/high`},
	{"received replies beside a template", func(b *box) {
		b.flag(true)
		b.reply()
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium reply-not-template/high`},
	{"a template or a reply: nothing tells", func(b *box) {
		b.add("message").with(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")).with(0x1000001F, mapi.String("A"))
	}, noon, `none, unknown (low); in: ?; out: ?; none/low`},
	{"a rule says that it is a template", func(b *box) {
		b.flag(true)
		b.add("message").with(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")).with(0x1000001F, mapi.String("A")).entry(1)
		b.ruleFor(legacy, "", 0x0D, messageID(1), 0)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium template-noguid/high`},
	{"a template of a derived class, by its id alone", func(b *box) {
		id := guidOf(1)
		b.flag(true)
		b.add("message").with(0x001A001F, mapi.String("ipm.note.rules.ooftemplate.microsoft.custom")).with(0x1000001F, mapi.String("A")).with(0x65C20102, mapi.Binary(id[:]))
		b.row(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium`},
	{"what Exchange made is there, the settings are not", func(b *box) {
		b.template(1, "A", 2)
		b.ruleMessage(assistant, toInside, 0x108, 1)
	}, noon, `modern, unknown (low); in: "A" medium; out:; modern/medium`},
	{"the store alone", func(b *box) { b.flag(true) }, noon, `none, on (high); in: ?; out: ?; none/low`},
	{"a rule as row and as message is one", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.row(legacy, "", 0x0D, 1)
		b.ruleMessage(legacy, "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium`},
	{"the same items in the dump twice", func(b *box) { seed(b); seed(b) }, noon, `modern, on (high); in: "A" high; out:; modern/medium template-orphan/medium template-foreign/medium template-dup/medium`},
	{"the oldest provider", func(b *box) {
		b.flag(true)
		b.template(1, "A", -1)
		b.row("OOF Rules", "", 0x0D, 1)
	}, noon, `legacy, on (high); in: "A" high; out: "A" low; legacy-only/medium`},
}

// outcome is a verdict in one text.
func outcome(v *oof.Verdict) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s, %s (%s)", v.Model, v.State.Effective, v.State.Confidence)
	for _, to := range []struct {
		name string
		all  []oof.Outgoing
		open bool
	}{{"in", v.Sends.Internal, v.Sends.InternalOpen}, {"out", v.Sends.External, v.Sends.ExternalOpen}} {
		fmt.Fprintf(&s, "; %s:", to.name)
		if len(to.all) == 0 && to.open {
			s.WriteString(" ?")
		}
		for _, o := range to.all {
			fmt.Fprintf(&s, " %q %s", o.Text, o.Confidence)
			if n := len(o.Rules); n > 1 {
				fmt.Fprintf(&s, " x%d", n)
			}
			if o.Shown != "" {
				fmt.Fprintf(&s, " not %q", o.Shown)
			}
		}
	}
	s.WriteString(";")
	for _, f := range v.Findings {
		fmt.Fprintf(&s, " %s/%s", strings.TrimPrefix(string(f.Code), "oof."), f.Confidence)
	}
	return s.String()
}

// TestSituations judges every mailbox as it comes out of MFCMAPI's XML and out of JSON lines.
func TestSituations(t *testing.T) {
	found := map[diag.Code]bool{}
	for _, tt := range situations {
		t.Run(tt.name, func(t *testing.T) {
			var b box
			tt.make(&b)
			v := b.judgeXML(t, tt.at)
			require.Equal(t, tt.want, outcome(v), "%+v", v.Sends)
			require.Equal(t, tt.want, outcome(b.judgeJSON(t, tt.at)), "as JSON lines")
			slices.Reverse(b.objects)
			checkVerdict(t, b.judgeJSON(t, tt.at))
			for _, f := range v.Findings {
				found[f.Code] = true
			}
			checkVerdict(t, v)
		})
	}
	for _, e := range oof.Codes() {
		if e.Example == "" && !slices.Contains([]diag.Code{oof.MessageTooLong, oof.NotEncodable, oof.NotTemplate, oof.BodyNotRead, oof.CharsetDiffers}, e.Code) {
			require.True(t, found[e.Code], "no situation has %s", e.Code)
		}
	}
	require.GreaterOrEqual(t, len(situations), 40)
}

// checkVerdict holds a verdict to what all of them promise.
func checkVerdict(t testing.TB, v *oof.Verdict) {
	t.Helper()
	for _, f := range v.Findings {
		require.NotEmpty(t, f.Msg)
		require.NotEmpty(t, f.Confidence)
		require.NotEmpty(t, f.Spec)
		for _, i := range f.Items {
			require.Less(t, i, len(v.Items))
		}
	}
	for _, all := range [][]oof.Outgoing{v.Sends.Internal, v.Sends.External} {
		for _, o := range all {
			require.GreaterOrEqual(t, o.From, 0)
			require.Less(t, o.From, len(v.Items))
			for _, i := range o.Rules {
				require.Equal(t, oof.RoleRule, v.Items[i].Role)
			}
		}
	}
	if len(v.Sends.Internal) == 0 {
		require.NotEmpty(t, v.Sends.InternalNote)
	}
	if len(v.Sends.External) == 0 {
		require.NotEmpty(t, v.Sends.ExternalNote)
	}
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.True(t, json.Valid(b))
}
