package oof_test

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// box is a small mailbox that is written as a dump. Its methods add an object each, and return it for more properties.
type box struct{ objects []*object }

type object struct {
	kind  string // "store", "row", "message", "associated message", "folder"
	props mapi.Props
}

func (b *box) add(kind string, props ...mapi.Prop) *object {
	o := &object{kind, props}
	b.objects = append(b.objects, o)
	return o
}

func (o *object) with(tag mapi.PropTag, v mapi.Value) *object {
	o.props = append(o.props, mapi.Prop{Tag: tag, Value: v})
	return o
}

func (o *object) without(tag mapi.PropTag) *object {
	o.props = slices.DeleteFunc(o.props, func(p mapi.Prop) bool { return p.Tag == tag })
	return o
}

func (o *object) changed(at string) *object { return o.with(0x30080040, mapi.Time(fileTime(at))) }
func (o *object) entry(n byte) *object      { return o.with(0x0FFF0102, mapi.Binary(messageID(n))) }

func fileTime(at string) mapi.FileTime {
	t, err := time.Parse("2006-01-02T15:04", at)
	if err != nil {
		panic(err)
	}
	ft, _ := mapi.FileTimeOf(t)
	return ft
}

// messageID returns the entry id of message n of a mailbox: 70 bytes.
func messageID(n byte) []byte {
	id := append(make([]byte, 4), bytes.Repeat([]byte{0x45}, 16)...)
	id = append(append(id, 7, 0), bytes.Repeat([]byte{0x7A}, 16)...)
	id = append(append(id, 0, 0, 0, 0, 1, 0, 0, 0), bytes.Repeat([]byte{0x7A}, 16)...)
	return append(id, 0, 0, 0, 0, 2, n, 0, 0)
}

func guidOf(n byte) guid.GUID { return guid.GUID(bytes.Repeat([]byte{n}, 16)) }

// flag is the store with its switch.
func (b *box) flag(on bool) *object {
	v := mapi.Boolean(0)
	if on {
		v = 1
	}
	return b.add("store").with(0x661D000B, v)
}

func (o *object) schedule(start, end string) *object {
	return o.with(0x34300040, mapi.Time(fileTime(start))).with(0x34310040, mapi.Time(fileTime(end)))
}

// settings is the message with the settings.
func (b *box) settings(s oof.Settings) *object { return b.settingsText(string(s.AppendXML(nil))) }

func (b *box) settingsText(text string) *object {
	return b.add("message").with(0x001A001F, mapi.String("IPM.Microsoft.OOF.UserOofSettings")).with(0x1000001F, mapi.String(text))
}

// set are settings with one or two texts.
func set(state oof.OofState, audience oof.ExternalAudience, internal, external string) oof.Settings {
	return oof.Settings{OofState: state, ExternalAudience: audience, InternalReply: &oof.Reply{Message: internal}, ExternalReply: &oof.Reply{Message: external},
		UserChangeTime: "9999-12-31T23:59:59.9999999"}
}

func scheduled(start, end string) oof.Settings {
	s := set(oof.Scheduled, oof.AudienceNone, "<p>A</p>", "")
	s.Duration = &oof.Duration{StartTime: oof.DateTime(start + ":00Z"), EndTime: oof.DateTime(end + ":00Z")}
	return s
}

// template is a template for internal senders, external one for the others. A reply type of -1 is none.
func (b *box) template(id byte, body string, replyType int32) *object {
	return b.templateOf("IPM.Note.Rules.OofTemplate.Microsoft", id, body, replyType)
}

func (b *box) external(id byte, body string) *object {
	return b.templateOf("IPM.Note.Rules.ExternalOofTemplate.Microsoft", id, body, 3)
}

func (b *box) templateOf(class string, id byte, body string, replyType int32) *object {
	o := b.add("associated message").with(0x001A001F, mapi.String(class)).with(0x1000001F, mapi.String(body))
	if id > 0 {
		v := guidOf(id)
		o.with(0x65C20102, mapi.Binary(v[:]))
	}
	if replyType >= 0 {
		o.with(0x40800003, mapi.Integer32(replyType))
	}
	return o
}

const (
	assistant = "Microsoft Exchange OOF Assistant"
	legacy    = "MSFT:TDX OOF Rules"
	toInside  = "Microsoft.Exchange.OOF.InternalSenders.Global"
	toAll     = "Microsoft.Exchange.OOF.AllExternalSenders.Global"
	toKnown   = "Microsoft.Exchange.OOF.KnownExternalSenders.Global"
)

func replyWith(p mapi.Profile, entry []byte, id byte) []byte {
	a := rule.RuleAction{Profile: p, RuleVersion: 1, ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpOOFReply,
		ActionData: &rule.Reply{ReplyTemplateMessageEID: entry, ReplyTemplateGUID: guidOf(id)}}}}
	if p == mapi.ProfileROP {
		a.RuleVersion = 0
	}
	b, err := a.AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b
}

// message is a rule in a message, which replies with a template.
func (b *box) ruleMessage(provider, name string, state int32, id byte) *object {
	return b.ruleFor(provider, name, state, nil, id)
}

func (b *box) ruleFor(provider, name string, state int32, entry []byte, id byte) *object {
	sequence := mapi.Integer32(8)
	if provider == legacy {
		sequence = 50
	}
	return b.add("associated message").with(0x001A001F, mapi.String("IPM.ExtendedRule.Message")).with(0x65EB001F, mapi.String(provider)).
		with(0x65EC001F, mapi.String(name)).with(0x65E90003, mapi.Integer32(state)).with(0x65F30003, sequence).
		with(0x0E990102, mapi.Binary(replyWith(mapi.ProfileExtended, entry, id)))
}

// row is a rule of the rules table.
func (b *box) row(provider, name string, state int32, id byte) *object {
	return b.add("row").with(0x66740014, mapi.Integer64(1)).with(0x66760003, mapi.Integer32(50)).with(0x66770003, mapi.Integer32(state)).
		with(0x668000FE, mapi.RuleActions{Raw: replyWith(mapi.ProfileROP, nil, id)}).with(0x6681001F, mapi.String(provider)).with(0x6682001F, mapi.String(name))
}

// otherRule is a rule of the rules table that has nothing to do with replies.
func (b *box) otherRule() *object {
	raw, err := (&rule.RuleAction{Profile: mapi.ProfileROP, ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpDelete}}}).AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	return b.add("row").with(0x66740014, mapi.Integer64(2)).with(0x66770003, mapi.Integer32(1)).with(0x668000FE, mapi.RuleActions{Raw: raw}).
		with(0x6681001F, mapi.String("RuleOrganizer"))
}

// reply is an automatic reply that somebody sent to the owner.
func (b *box) reply() *object {
	return b.add("message").with(0x001A001F, mapi.String("IPM.Note.Rules.OofTemplate.Microsoft")).with(0x0E070003, mapi.Integer32(1)).
		with(0x1000001F, mapi.String("I am away too"))
}

func (b *box) log(records ...string) *object {
	return b.add("message").with(0x001A001F, mapi.String("IPM.Microsoft.OOF.Log")).with(0x1000001F, mapi.String(strings.Join(records, "\r\n")))
}

func logRecord(text string, legacy bool) string {
	return fmt.Sprintf("7/8/2008 4:00:00 PM, Mailbox: 'a', OofState: Enabled, ExternalAudience: All, InternalReply: %s, ExternalReply: , SetByLegacyClient: '%t', comment: ''", text, legacy)
}

// jsonLines writes the mailbox as JSON lines.
func (b *box) jsonLines(t testing.TB) string {
	var out strings.Builder
	for i, o := range b.objects {
		for _, p := range o.props {
			raw, err := p.Value.AppendBinary(nil)
			require.NoError(t, err)
			fmt.Fprintf(&out, "{\"item\":\"%s %d\",\"tag\":\"%v\",\"hex\":\"%x\"}\n", o.kind, i, p.Tag, raw)
		}
	}
	return out.String()
}

// xml writes the objects of the mailbox that are of a kind as MFCMAPI exports them: a pane, a table, or a folder's contents.
func (b *box) xml(t testing.TB, kind string) string {
	var out strings.Builder
	start, end := "<properties listtype=\"propertypane\">\n", "</properties>"
	switch kind {
	case "row":
		start, end = "<table>\n", "</table>\n"
	case "message":
		start, end = "<ContentsTable TableType=\"Contents\" messagecount=\"0x00000001\">\n", "</ContentsTable>\n"
	case "associated message":
		start, end = "<ContentsTable TableType=\"Associated Contents\" messagecount=\"0x00000001\">\n", "</ContentsTable>\n"
	}
	n := 0
	for _, o := range b.objects {
		if o.kind != kind {
			continue
		}
		switch kind {
		case "row":
			fmt.Fprintf(&out, "<row index = \"0x%08X\">\n", n)
		case "message", "associated message":
			fmt.Fprintf(&out, "<message num=\"0x%08X\">\n", n)
		}
		n++
		for _, p := range o.props {
			writeXML(&out, p)
		}
		switch kind {
		case "row":
			out.WriteString("</row>\n")
		case "message", "associated message":
			out.WriteString("</message>\n")
		}
	}
	if n == 0 {
		return ""
	}
	return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + start + out.String() + end
}

func writeXML(w io.Writer, p mapi.Prop) {
	value, alt := "", ""
	switch v := p.Value.(type) {
	case mapi.String:
		value = "<![CDATA[" + string(v) + "]]>"
	case mapi.Integer32:
		value, alt = fmt.Sprint(int32(v)), fmt.Sprintf("0x%X", uint32(v))
	case mapi.Integer64:
		value = fmt.Sprintf("Low: 0x%08X High: 0x%08X", uint32(v), uint32(v>>32))
	case mapi.Boolean:
		value = map[bool]string{true: "True", false: "False"}[v.Bool()]
	case mapi.Time:
		value, alt = v.String(), fmt.Sprintf("Low: 0x%08X High: 0x%08X", uint32(v), uint32(uint64(v)>>32))
	case mapi.Binary:
		fmt.Fprintf(w, "<property tag = \"%v\" type = \"PT_BINARY\" >\n<Value cb=\"%d\" >%X</Value>\n</property>\n", p.Tag, len(v), []byte(v))
		return
	case mapi.RuleActions:
		a, err := rule.DecodeAction(v.Raw, mapi.ProfileROP)
		if err != nil {
			panic(err)
		}
		r, ok := a.ActionBlocks[0].ActionData.(*rule.Reply)
		if !ok {
			value = "<![CDATA[lpActions->cActions = 0x00000001\r\nlpActions->lpAction[0x00000000]:\r\nlpAction->acttype = 0x0000000A = OP_DELETE\r\n]]>"
			break
		}
		value = fmt.Sprintf("<![CDATA[lpActions->ulVersion = 0x00000001 = EDK_RULES_VERSION\r\nlpActions->cActions = 0x00000001\r\nlpActions->lpAction[0x00000000]:\r\n"+
			"lpAction->acttype = 0x00000004 = OP_OOF_REPLY\r\nlpAction->lpRes: \r\nlpRes was NULLlpAction->ulFlags = 0x00000000 = \r\n"+
			"lpAction->actReply.lpEntryId = cb: 0 lpb: \r\nAlt: \r\nlpAction->actReply.guidReplyTemplate = %s\r\nlpAction->ulActionFlavor = 0x00000000 = \r\n]]>", r.ReplyTemplateGUID)
	}
	fmt.Fprintf(w, "<property tag = \"%v\" type = \"%s\" >\n<Value>%s</Value>\n", p.Tag, p.Tag.Type().PT(), value)
	if alt != "" {
		fmt.Fprintf(w, "<AltValue>%s</AltValue>\n", alt)
	}
	io.WriteString(w, "</property>\n")
}

// items reads dumps.
func items(t testing.TB, readers ...dump.Reader) iter.Seq[*mapi.Item] {
	return func(yield func(*mapi.Item) bool) {
		for _, r := range readers {
			for item, err := range dump.Items(r.Records()) {
				require.NoError(t, err)
				if !yield(item) {
					return
				}
			}
		}
	}
}

// judgeXML and judgeJSON judge the mailbox as it comes out of the two forms of dump.
func (b *box) judgeXML(t testing.TB, at time.Time) *oof.Verdict {
	return oof.Judge(items(t, readersOf(t, b)...), at)
}

// readersOf returns the readers of the files that MFCMAPI would write of a mailbox.
func readersOf(t testing.TB, b *box) []dump.Reader {
	var readers []dump.Reader
	for _, kind := range []string{"store", "folder", "row", "message", "associated message"} {
		if text := b.xml(t, kind); text != "" {
			readers = append(readers, mfcmapi.NewReader(strings.NewReader(text), strings.ReplaceAll(kind, " ", "-")+".xml", 0))
		}
	}
	return readers
}

func (b *box) judgeJSON(t testing.TB, at time.Time) *oof.Verdict {
	text := b.jsonLines(t)
	if text == "" {
		return oof.Judge(slices.Values([]*mapi.Item{}), at)
	}
	return oof.Judge(items(t, lines.NewJSONReader(strings.NewReader(text), "mailbox.jsonl")), at)
}
