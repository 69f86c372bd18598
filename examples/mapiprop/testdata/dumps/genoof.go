//go:build ignore

// Command genoof writes the folder oof beside this one: what MFCMAPI exports of a mailbox of Exchange 2007 whose owner set a
// reply with Outlook 2007, and then another with a BlackBerry. Run it in its folder: go run genoof.go.
//
// Everything in it is made up; the layouts are those of the formats.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// doc collects a document, its lines ending in LF.
type doc struct{ strings.Builder }

func (d *doc) prop(tag mapi.PropTag, value, alt string) {
	name, _ := mapi.NameOf(tag)
	fmt.Fprintf(d, "\t<property tag = \"%v\" type = \"%s\" >\n\t\t<Name>%s</Name>\n\t\t<Value>%s</Value>\n", tag, tag.Type().PT(), name, value)
	if alt != "" {
		fmt.Fprintf(d, "\t\t<AltValue%s</AltValue>\n", alt)
	}
	d.WriteString("\t</property>\n")
}

func (d *doc) text(tag mapi.PropTag, s string) {
	var hex strings.Builder
	units := utf16.Encode([]rune(s))
	for _, u := range units {
		fmt.Fprintf(&hex, "%02X%02X", byte(u), u>>8)
	}
	d.prop(tag, "<![CDATA["+s+"]]>", fmt.Sprintf(" cb=\"%d\" >%s", 2*len(units), &hex))
}

func (d *doc) number(tag mapi.PropTag, n uint32) {
	d.prop(tag, fmt.Sprint(int32(n)), fmt.Sprintf(">0x%X", n))
}

func (d *doc) time(tag mapi.PropTag, at string) {
	t, err := time.Parse("2006-01-02T15:04", at)
	if err != nil {
		log.Fatal(err)
	}
	ft, _ := mapi.FileTimeOf(t)
	d.prop(tag, t.Format("03:04:05.000 PM 1/2/2006"), fmt.Sprintf(">Low: 0x%08X High: 0x%08X", uint32(ft), uint32(ft>>32)))
}

func (d *doc) binary(tag mapi.PropTag, b []byte) {
	name, _ := mapi.NameOf(tag)
	fmt.Fprintf(d, "\t<property tag = \"%v\" type = \"PT_BINARY\" >\n\t\t<Name>%s</Name>\n\t\t<Value cb=\"%d\" >%X</Value>\n\t</property>\n", tag, name, len(b), b)
}

// message returns the properties of an associated message, or another one.
func message(class string, n byte, associated bool, changed string, more func(d *doc)) string {
	var d doc
	d.text(0x001A001F, class)
	flags := uint32(1)
	if associated {
		flags |= 0x40
	}
	d.number(0x0E070003, flags)
	d.binary(0x0FFF0102, entryID(n))
	d.time(0x30080040, changed)
	more(&d)
	return d.String()
}

// entryID returns the id of message n in the mailbox.
func entryID(n byte) []byte {
	store := bytes.Repeat([]byte{0x5A, 0x1E, 0x33, 0x8C}, 4)
	id := append(make([]byte, 4), store...)
	id = append(append(id, 7, 0), store...)
	id = append(append(id, 0, 0, 0, 0, 1, 0x22, 0, 0), store...)
	return append(id, 0, 0, 0, 0, 2, n, 0, 0)
}

func contents(kind string, messages ...string) string {
	var d doc
	fmt.Fprintf(&d, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ContentsTable TableType=\"%s\" messagecount=\"0x%08X\">\n", kind, len(messages))
	for i, m := range messages {
		fmt.Fprintf(&d, "<message num=\"0x%08X\">\n%s</message>\n", i, m)
	}
	d.WriteString("</ContentsTable>\n")
	return d.String()
}

var template1, template2 = guid.GUID{0xF4, 0xF7, 0x71, 0x19, 0x79, 0x70, 0x7E, 0x4A, 1}, guid.GUID{0x0B, 0x22, 0xC4, 0x51, 0x13, 0xA0, 0x52, 0x48, 2}

func logRecord(at, text string, legacy bool) string {
	return fmt.Sprintf("%s, Mailbox: '/o=Fabrikam/ou=North/cn=Recipients/cn=user1', OofState: Enabled, ExternalAudience: None, InternalReply: %s, ExternalReply: , SetByLegacyClient: '%s', comment: ''",
		at, text, map[bool]string{true: "True", false: "False"}[legacy])
}

func main() {
	const outlook, device = "I am in Oslo until Friday. The front desk has my number.", "In Rome now, back on Monday."
	html := "<html><body><p>" + strings.ReplaceAll(outlook, ". ", ".</p>\r\n<p>") + "</p></body></html>"
	settings := oof.Settings{OofState: oof.Enabled, ExternalAudience: oof.AudienceNone, InternalReply: &oof.Reply{Message: html, LanguageTag: "en-US"},
		ExternalReply: &oof.Reply{}, UserChangeTime: "9999-12-31T23:59:59.9999999"}
	actions, err := (&rule.RuleAction{Profile: mapi.ProfileExtended, RuleVersion: 1, ActionBlocks: []rule.ActionBlock{{ActionType: rule.OpOOFReply,
		ActionData: &rule.Reply{ReplyTemplateMessageEID: entryID(0x31), ReplyTemplateGUID: template1}}}}).MarshalBinary()
	if err != nil {
		log.Fatal(err)
	}
	var store doc
	store.text(0x3001001F, "Mailbox - user1")
	store.prop(0x661D000B, "True", "")
	store.binary(0x68140102, entryID(0x11))
	files := map[string]string{
		"store.xml": "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<properties listtype=\"propertypane\">\n" + store.String() + "</properties>",
		"root-contents.xml": contents("Contents",
			message("IPM.Microsoft.OOF.UserOofSettings", 0x11, false, "2008-07-07T15:02", func(d *doc) { d.text(0x1000001F, string(settings.AppendXML(nil))) }),
			message("IPM.Microsoft.OOF.Log", 0x12, false, "2008-07-08T09:21", func(d *doc) {
				d.text(0x1000001F, strings.Join([]string{logRecord("7/7/2008 3:02:11 PM", "<p>"+outlook+"</p>", false), logRecord("7/8/2008 9:15:40 AM", device, true),
					logRecord("7/8/2008 9:21:02 AM", "<p>"+outlook+"</p>", false)}, "\r\n"))
			})),
		"inbox-contents.xml": contents("Contents",
			message("IPM.Note.Rules.OofTemplate.Microsoft", 0x21, false, "2008-07-08T10:00", func(d *doc) {
				d.text(0x0037001F, "Out of Office AutoReply: Quotation")
				d.text(0x1000001F, "I am on leave this week.")
			}),
			message("IPM.Note", 0x22, false, "2008-07-08T10:05", func(d *doc) { d.text(0x0037001F, "Quotation") })),
		"inbox-associated.xml": contents("Associated Contents",
			message("IPM.Note.Rules.OofTemplate.Microsoft", 0x31, true, "2008-07-07T15:02", func(d *doc) {
				d.binary(0x10130102, []byte(html))
				d.number(0x3FDE0003, 65001)
				d.number(0x40800003, 2)
				d.binary(0x65C20102, template1[:])
			}),
			message("IPM.Note.Rules.OofTemplate.Microsoft", 0x32, true, "2008-07-08T09:15", func(d *doc) {
				d.text(0x1000001F, device)
				d.text(0x3FFA001F, "BESAdmin")
				d.binary(0x65C20102, template2[:])
			}),
			message("IPM.ExtendedRule.Message", 0x33, true, "2008-07-07T15:02", func(d *doc) {
				d.binary(0x0E990102, actions)
				d.number(0x65E90003, 0x80000108)
				d.text(0x65EB001F, "Microsoft Exchange OOF Assistant")
				d.text(0x65EC001F, "Microsoft.Exchange.OOF.InternalSenders.Global")
				d.number(0x65ED0003, 0)
				d.number(0x65F30003, 8)
			})),
	}
	for name, text := range files {
		if err := os.WriteFile("../oof/"+name, []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
