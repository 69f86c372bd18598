package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// verdictText returns a verdict as it is read in a minute: what is sent first, then from what that is known.
func verdictText(v *oof.Verdict, color bool) []byte {
	p := printer{color: color}
	at := "no time given"
	if !v.At.IsZero() {
		at = "at " + v.At.UTC().Format(time.RFC3339)
	}
	p.line(0, "%s", p.bold(fmt.Sprintf("out of office: %s, %s (%s)", v.State.Effective, at, v.State.Confidence)))
	p.sentence(1, "state     ", safe(v.State.Reason))
	p.sentence(1, "model     ", map[oof.Model]string{oof.ModelModern: "modern: Exchange 2007 or later, with settings as the master",
		oof.ModelLegacy: "legacy: Outlook 2003 or older, templates and rules alone", oof.ModelNone: "none"}[v.Model])
	if v.Master >= 0 {
		p.sentence(1, "master    ", itemText(v, v.Master))
	}
	verb := "sent"
	if v.State.Effective != oof.On {
		verb = "would be sent"
	}
	p.sends(v, verb+" to internal senders", v.Sends.Internal, v.Sends.InternalNote, v.Sends.InternalOpen)
	p.sends(v, verb+" to external senders", v.Sends.External, v.Sends.ExternalNote, v.Sends.ExternalOpen)
	p.heading("what it rests on", len(v.Items))
	for i := range v.Items {
		p.item(v, i)
	}
	p.heading("found", len(v.Findings))
	found := slices.Clone(v.Findings)
	slices.SortStableFunc(found, func(a, b oof.Finding) int { return int(b.Severity) - int(a.Severity) })
	for _, f := range found {
		p.verdictFinding(f)
	}
	p.heading("not in the dump", len(v.Missing))
	for _, s := range v.Missing {
		p.sentence(1, "- ", s)
	}
	p.heading("what to do", len(v.Advice))
	for i, s := range v.Advice {
		p.sentence(1, fmt.Sprintf("%d. ", i+1), s)
	}
	return p.b.Bytes()
}

func (p *printer) heading(s string, n int) {
	if n > 0 {
		p.line(0, "%s", p.bold(s))
	}
}

// number is how an item is named where it was shown already, or will be.
func number(i int) string { return fmt.Sprintf("[%d]", i+1) }

// itemText names an item, and says what it is.
func itemText(v *oof.Verdict, i int) string {
	item := &v.Items[i]
	text := number(i) + " " + safe(item.Name())
	if item.Status != "" {
		text += ": " + item.Status
	}
	return text
}

// sends writes what goes to one audience.
func (p *printer) sends(v *oof.Verdict, heading string, all []oof.Outgoing, note string, open bool) {
	p.line(0, "%s", p.bold(heading))
	for _, o := range all {
		p.quote(1, o.Text, string(o.Confidence))
		from := fmt.Sprintf("from %s, %s", number(o.From), v.Items[o.From].Role)
		for i, r := range o.Rules {
			if i == maxRules {
				from += fmt.Sprintf(" and %d more", len(o.Rules)-maxRules)
				break
			}
			from += ", by rule " + number(r)
		}
		p.sentence(2, "", from)
		if o.Note != "" {
			p.sentence(2, "", o.Note)
		}
		if o.Shown != "" {
			p.quote(2, o.Shown, "shown in Outlook")
		}
	}
	switch {
	case len(all) == 0 && open:
		p.sentence(1, "", "not known: "+safe(note))
	case len(all) == 0:
		p.sentence(1, "", "nothing: "+safe(note))
	case note != "":
		p.sentence(1, "", safe(note))
	}
}

// maxRules is how many rules that send one text are named.
const maxRules = 5

// maxLines is how many lines of a text are shown.
const maxLines = 12

// quote writes a text in quotation marks, line by line, with a word behind it.
func (p *printer) quote(depth int, text, word string) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		switch {
		case i == maxLines:
			p.line(depth, "… %d more lines", len(lines)-maxLines)
			return
		case i == len(lines)-1:
			p.line(depth, "%s (%s)", quoted(line), word)
		default:
			p.line(depth, "%s", quoted(line))
		}
	}
}

func quoted(s string) string { return fmt.Sprintf("%q", cutAt(s, 300)) }

// cutAt returns the beginning of a text of more than n characters.
func cutAt(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// item writes one item.
func (p *printer) item(v *oof.Verdict, i int) {
	item := &v.Items[i]
	label := fmt.Sprintf("%-9s ", item.Role)
	if item.Role == oof.RoleReplyTemplate {
		label = "template "
	}
	p.sentence(1, label, itemText(v, i))
	const indent = "          "
	var words []string
	if item.Folder != "" {
		words = append(words, "in "+safe(item.Folder))
	}
	if t := item.Template; t != nil && item.Role != oof.RoleReply {
		words = append(words, "reply type "+t.ReplyType.String())
		if t.HasID {
			words = append(words, "id "+t.ID.String())
		}
		if t.Modified != 0 {
			words = append(words, "changed "+t.Modified.String())
		}
		if t.LastModifier != "" {
			words = append(words, "by "+safe(t.LastModifier))
		}
		words = append(words, "text "+quoted(cutAt(strings.Join(strings.Fields(t.Body.Text), " "), 60)))
	}
	if s := item.Settings; s != nil {
		words = append(words, "OofState "+safe(string(s.OofState)), "ExternalAudience "+safe(string(s.ExternalAudience)))
	}
	if r := item.Rule; r != nil {
		words = append(words, quoted(cutAt(r.Name, 80))+" of "+quoted(cutAt(r.Provider, 80)), fmt.Sprintf("sequence %d", r.Sequence))
	}
	for _, n := range item.Notes {
		words = append(words, safe(n))
	}
	if len(item.Also) > 0 {
		words = append(words, "also at "+safe(strings.Join(item.Also, ", ")))
	}
	if len(words) > 0 {
		p.sentence(1, indent, strings.Join(words, ", "))
	}
	for _, f := range item.Findings {
		if f.Severity > diag.Info {
			f.Repair, f.Effect, f.Ref = "", "", ""
			p.finding(3, f)
		}
	}
}

// verdictFinding writes a finding about the mailbox. What is to be done stands at the end.
func (p *printer) verdictFinding(f oof.Finding) {
	about := ""
	for i, n := range f.Items {
		if i == maxRules {
			about += fmt.Sprintf(" and %d more", len(f.Items)-maxRules)
			break
		}
		about += " " + number(n)
	}
	p.sentence(1, "! ", fmt.Sprintf("%s (%s)%s: %s (%s)", p.severity(f.Severity), f.Confidence, about, safe(f.Msg), f.Code))
	if f.Effect != "" {
		p.sentence(2, "effect: ", f.Effect)
	}
	if f.Ref != "" {
		p.sentence(2, "see: ", f.Ref)
	}
}
