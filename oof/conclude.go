package oof

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// differs reports whether the text of a template is another than that of the settings, as far as both are known.
func (j *judge) differs(i int) (differs, known bool) {
	if j.master == nil || !j.more[i].body {
		return false, false
	}
	want := j.master.Internal()
	if j.items[i].Template.Audience == External {
		want = j.master.External()
	}
	return j.more[i].fold != fold(want), true
}

// templates says what is wrong with the templates.
func (j *judge) templates() {
	byID := map[guid.GUID][]int{}
	for _, i := range slices.Concat(j.internal, j.external) {
		t := j.items[i].Template
		if !t.HasID {
			j.find(TemplateNoGUID, High, []int{i}, []string{"PidTagReplyTemplateId"}, "has no valid PidTagReplyTemplateId: rules can find it by its entry id only")
		} else {
			byID[t.ID] = append(byID[t.ID], i)
		}
	}
	for _, i := range slices.Concat(j.internal, j.external) {
		j.judgeTemplate(i)
	}
	for _, i := range slices.Concat(j.internal, j.external) {
		t := j.items[i].Template
		if same := byID[t.ID]; t.HasID && len(same) > 1 && same[0] == i {
			j.find(TemplateGUIDDuplicate, High, same, []string{"PidTagReplyTemplateId"}, "%d templates have the PidTagReplyTemplateId %s: a rule that names it finds the first in the table", len(same), t.ID)
		}
	}
	j.duplicates()
}

// judgeTemplate says what became of one template.
func (j *judge) judgeTemplate(i int) {
	item, d := &j.items[i], &j.more[i]
	live := slices.ContainsFunc(d.used, j.active)
	switch {
	case len(d.used) == 0 && item.Template.HasID && j.usedID[item.Template.ID]:
		item.Status = "has the id that a rule names, as another template has: which of them is found, the dump does not say"
	case live:
		item.Status = "live: an active rule names it"
	case slices.ContainsFunc(d.used, func(k int) bool { return !j.items[k].Rule.HasState }):
		item.Status = "named by a rule whose state is not in the dump"
	case len(d.used) > 0:
		item.Status = "named by a rule that is not active"
	case j.rulesSeen():
		item.Status = "never sent: no rule names it"
		c := Medium
		switch {
		case j.unread:
			c = Low
		case j.v.Model == ModelModern && j.seen.RuleMessages == 0:
			c = Low // rules of the assistant may be in messages alone
		}
		j.find(TemplateOrphan, c, []int{i}, []string{"PidTagReplyTemplateId", "PidTagEntryId", "PidTagExtendedRuleMessageActions", "PidTagRuleActions"},
			"no rule in the dump names this template (%s): it is not sent, and nothing removes it", j.written(i))
	default:
		item.Status = "not known: no rule is in the dump"
	}
	differs, known := j.differs(i)
	switch {
	case !known:
	case differs && !j.master.SetByLegacyClient:
		c := Medium
		if j.master.OofState == Disabled || item.Template.ReplyType > ReplyLegacy {
			// The text may have been changed since, and is not written while replies are off; and what Exchange wrote itself may
			// differ because it makes plain text of HTML in another way.
			c = Low
		}
		j.find(TemplateForeign, c, []int{i, j.v.Master}, []string{item.Template.Body.property(), "InternalReply", "ExternalReply"},
			"its text %q is not that of the settings, %q (%s): another client wrote it, or it was written before the settings were", shown(item.Template.Body.Text), shown(j.counterpart(i)), j.written(i))
		item.Notes = append(item.Notes, "its text is not that of the settings")
	case differs:
		item.Notes = append(item.Notes, "its text is not that of the settings")
	default:
		item.Notes = append(item.Notes, "has the text of the settings")
	}
}

func (v *Body) property() string {
	return map[BodyForm]string{PlainBody: "PidTagBody", RTFBody: "PidTagRtfCompressed", HTMLBody: "PidTagHtml"}[v.Form]
}

// counterpart returns the text of the settings that a template should have.
func (j *judge) counterpart(i int) string {
	if j.items[i].Template.Audience == External {
		return j.master.External()
	}
	return j.master.Internal()
}

// shown returns the beginning of a text in one line.
func shown(s string) string { return short(fold(s), 60) }

// written says who wrote a template, and when.
func (j *judge) written(i int) string {
	t := j.items[i].Template
	var words []string
	if t.ReplyType > ReplyLegacy {
		words = append(words, "written by Exchange 2007 or later, reply type "+t.ReplyType.String())
	} else {
		words = append(words, "without a reply type of Exchange 2007 or later")
	}
	if t.Modified != 0 {
		words = append(words, "changed "+t.Modified.String())
	} else if t.Created != 0 {
		words = append(words, "made "+t.Created.String())
	}
	if t.LastModifier != "" {
		words = append(words, fmt.Sprintf("by %q", short(t.LastModifier, 60)))
	}
	return strings.Join(words, ", ")
}

// duplicates says what it means that there is more than one template for an audience.
func (j *judge) duplicates() {
	for _, list := range [][]int{j.internal, j.external} {
		if len(list) < 2 {
			continue
		}
		who := j.items[list[0]].Template.Audience
		if j.v.Model != ModelModern {
			j.find(TemplateDuplicate, Medium, list, []string{"PidTagMessageClass"}, "%d templates are for the same senders: all but those that a rule names are left over", len(list))
			continue
		}
		var own, other []string
		for _, i := range list {
			differs, known := j.differs(i)
			name := j.items[i].Path
			if j.items[i].Template.ReplyType > ReplyLegacy && (!known || !differs) || known && !differs {
				own = append(own, name)
			} else {
				other = append(other, name)
			}
		}
		text := fmt.Sprintf("%d templates are for %s senders beside the settings, which are the master", len(list), who)
		if len(own) > 0 {
			text += fmt.Sprintf(": %s is what Exchange made of the settings", some(own))
		}
		if len(other) > 0 {
			text += fmt.Sprintf("; %s comes from another client, such as a BlackBerry or Outlook 2003, and loses: what it says is not what counts", some(other))
		}
		c := Medium
		if j.master == nil {
			c = Low
		}
		j.find(TemplateDuplicate, c, append(slices.Clone(list), j.all...), []string{"PidTagMessageClass", "0x40800003", "InternalReply"}, "%s", text)
	}
}

// some names a few of several.
func some(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}

// ruleFindings says what is wrong with the rules.
func (j *judge) ruleFindings() {
	active := map[Audience][]int{}
	for _, i := range j.rules {
		item, d := &j.items[i], &j.more[i]
		found := false
		for k := range d.targets {
			found = found || d.targets[k].template >= 0
		}
		if j.answers(i) && !found {
			j.dangling(i)
		}
		if item.Rule.State&(rule.StateError|rule.StateParseError) != 0 {
			j.find(RuleError, High, []int{i}, []string{"PidTagRuleState"}, "the server has flagged the rule: %s", item.Rule.State)
		}
		on := j.active(i)
		if d.kind == ruleLegacy && !on && item.Rule.HasState && item.Rule.State&(rule.StateError|rule.StateParseError) == 0 {
			j.find(RuleLegacyDisabled, Medium, []int{i}, []string{"PidTagRuleState"}, "a rule of a legacy client is switched off (%s), as Exchange 2007 and later leave it", item.Rule.State)
		}
		item.Status = "not active"
		if !item.Rule.HasState {
			item.Status = "active or not: its state is not in the dump"
		}
		if on {
			item.Status = "active"
			if found {
				active[j.audience(i)] = append(active[j.audience(i)], i)
			}
		}
	}
	if list := active[Internal]; len(list) > 1 {
		c, legacy, assistant := Low, false, false
		for _, i := range list {
			legacy = legacy || j.more[i].kind == ruleLegacy
			assistant = assistant || j.more[i].kind == ruleAssistant
		}
		text := "%d active rules reply to the same senders, who get as many replies"
		if legacy && assistant {
			c, text = Medium, "%d active rules, of a legacy client and of Exchange's assistant, reply to the same senders, who get as many replies"
		}
		j.find(RuleDuplicate, c, list, []string{"PidTagRuleState", "PidTagRuleProvider"}, text, len(list))
	}
	if list := active[External]; len(list) > 1 {
		j.find(RuleDuplicate, Low, list, []string{"PidTagRuleState", "PidTagRuleProvider"}, "%d active rules reply to the same external senders, who get as many replies", len(list))
	}
}

// dangling says that the template of a rule is missing, and how sure that is.
func (j *judge) dangling(i int) {
	t := j.more[i].targets[0]
	what := "no template"
	if !t.id.IsZero() {
		what = "the template " + t.id.String()
	}
	switch {
	case len(j.internal)+len(j.external) > 0 || j.seen.Associated > 0:
		j.find(RuleDangling, Medium, []int{i}, []string{"PidTagRuleActions", "PidTagReplyTemplateId"}, "replies with %s, which is not among the associated messages of the dump: it sends nothing, and moving the mailbox may fail", what)
	default:
		j.find(RuleDangling, Low, []int{i}, []string{"PidTagRuleActions"}, "replies with %s, and no associated message is in the dump: whether it is missing is not known", what)
	}
}

// others reports what is no setting of the mailbox, and the log.
func (j *judge) others() {
	if j.other > 0 {
		j.find(ReplyNotTemplate, High, j.replies, []string{"PidTagMessageFlags"}, "%s of the class of a template, and no template: received from others, or sent",
			plural(j.other, "message is", "messages are"))
	}
	for _, i := range j.logs {
		v := j.items[i].Log
		text := plural(len(v.Records), "change of the settings is", "changes of the settings are") + " in the log"
		if over := v.Overridden(); len(over) > 0 {
			text += fmt.Sprintf("; a legacy client wrote %s, and was overridden each time: the first was %q", plural(len(over), "of them", "of them"), shown(v.Records[over[0]].InternalReply))
		}
		j.items[i].Status = plural(len(v.Records), "record", "records")
		j.find(LogPresent, Medium, []int{i}, []string{"PidTagBody"}, "%s", text)
	}
	if j.master != nil && j.v.State.Effective == On && j.master.ExternalAudience != AudienceNone && !j.master.SetByLegacyClient && fold(j.master.External()) == "" {
		j.find(ExternalMissing, Medium, []int{j.v.Master}, []string{"ExternalAudience", "ExternalReply"}, "replies are on for external senders (ExternalAudience %s), and there is no text for them: they get none", j.master.ExternalAudience)
	}
}
