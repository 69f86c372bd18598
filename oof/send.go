package oof

import (
	"fmt"
	"slices"
	"strings"
)

// send says what is sent.
func (j *judge) send() {
	switch {
	case j.v.Model == ModelNone:
		s := &j.v.Sends
		s.InternalNote, s.InternalOpen = "nothing that could be sent is in the dump", true
		s.ExternalNote, s.ExternalOpen = s.InternalNote, true
	case j.v.Model == ModelLegacy:
		j.sendLegacy()
	case j.master != nil:
		j.sendModern()
	default:
		s := &j.v.Sends
		s.Internal, s.InternalNote, s.InternalOpen = j.byRules(Internal, "", false)
		s.External, s.ExternalNote, s.ExternalOpen = j.byRules(External, "", false)
	}
}

// activeRules returns the rules for an audience that reply and are active, and those of which the dump does not say so.
func (j *judge) activeRules(who Audience) (all []int) {
	for _, i := range j.rules {
		if (j.active(i) || !j.items[i].Rule.HasState) && j.answers(i) && j.audience(i) == who {
			all = append(all, i)
		}
	}
	return all
}

// sendLegacy says what rules of legacy clients send: one text for everybody.
func (j *judge) sendLegacy() {
	s := &j.v.Sends
	if !j.rulesSeen() {
		s.InternalNote, s.InternalOpen = "no rule is in the dump, so that nothing says which template is sent", true
		if len(j.internal) == 1 && j.more[j.internal[0]].body {
			s.Internal = []Outgoing{{Text: j.items[j.internal[0]].Template.Body.Text, From: j.internal[0], Confidence: Low,
				Note: "the only template there is; no rule is in the dump"}}
		}
	} else {
		s.Internal, s.InternalNote, s.InternalOpen = j.byRules(Internal, "", false)
	}
	s.External, s.ExternalNote, s.ExternalOpen = j.byRules(External, "", false)
	if len(s.External) == 0 {
		for _, out := range s.Internal {
			out.Confidence, out.Note = Low, everybody
			s.External = append(s.External, out)
		}
		s.ExternalNote, s.ExternalOpen = s.InternalNote, s.InternalOpen
	}
}

// sendModern says what comes of settings.
func (j *judge) sendModern() {
	s := &j.v.Sends
	s.Internal, s.InternalNote, s.InternalOpen = j.byRules(Internal, j.master.Internal(), true)
	switch {
	case j.master.SetByLegacyClient:
		s.ExternalNote = "the settings were taken over from a legacy client: no rules for external senders are made"
		s.External, _, _ = j.byRules(External, "", false)
	case j.master.ExternalAudience == AudienceNone:
		s.ExternalNote = "the settings have nothing sent to external senders: ExternalAudience is None"
		s.External, _, _ = j.byRules(External, "", false)
	default:
		s.External, s.ExternalNote, s.ExternalOpen = j.byRules(External, j.master.External(), true)
		if j.master.ExternalAudience == AudienceKnown {
			s.ExternalNote = joinNotes("only to those among the contacts: ExternalAudience is Known", s.ExternalNote)
		}
	}
	for _, out := range s.Internal {
		if len(out.Rules) > 0 && j.more[out.Rules[0]].kind != ruleAssistant {
			out.Confidence, out.Note = Low, everybody
			s.External = append(s.External, out)
		}
	}
}

// everybody is said of what legacy rules send to external senders.
const everybody = "a legacy rule replies to everybody; whether the reply leaves the organization is a setting of the server"

func joinNotes(a, b string) string {
	if b == "" {
		return a
	}
	return a + "; " + b
}

// byRules returns what the active rules for an audience send, and words about all of it. want is the text of the settings,
// if there are any. open says that the dump does not tell whether more is sent.
func (j *judge) byRules(who Audience, want string, settings bool) (all []Outgoing, note string, open bool) {
	active := j.activeRules(who)
	slices.SortStableFunc(active, func(a, b int) int { return int(j.more[b].kind) - int(j.more[a].kind) }) // the assistant's first
	if settings && fold(want) == "" && len(active) == 0 {
		return nil, fmt.Sprintf("the settings have no text for %s senders", who), false
	}
	if settings && !j.rulesSeen() {
		return []Outgoing{{Text: want, From: j.v.Master, Confidence: Low, Note: "by the settings; no rule is in the dump, which would show what is sent"}}, "", true
	}
	assistant, broken := false, []string(nil)
	from := map[int]int{} // where the text of an item is among all
	for _, i := range active {
		assistant = assistant || j.more[i].kind == ruleAssistant
		out, ok := j.byRule(i, want, settings)
		if at, again := from[out.From]; ok && again {
			all[at].Rules = append(all[at].Rules, i)
		} else if ok {
			from[out.From] = len(all)
			all = append(all, out)
		} else {
			broken = append(broken, j.items[i].Path)
		}
	}
	if broken != nil {
		note = fmt.Sprintf("the template of %s is missing, and nothing is sent by that rule", some(broken))
		if len(j.internal)+len(j.external) == 0 && j.seen.Associated == 0 {
			note, open = fmt.Sprintf("the template of %s is not in the dump", some(broken)), true
		}
	}
	// Rules of the assistant may be in messages and in no rules table.
	open = open || j.seen.RuleMessages == 0 && j.v.Model == ModelModern && !assistant || !j.rulesSeen()
	switch {
	case !settings || assistant || fold(want) == "":
	case j.master.OofState == Disabled:
		all = append(all, Outgoing{Text: want, From: j.v.Master, Confidence: Medium, Note: "by the settings; there are no rules while replies are off"})
	case open:
		all = append(all, Outgoing{Text: want, From: j.v.Master, Confidence: Low, Note: "by the settings; the rule that would send it may be in a message, and no rule in a message is in the dump"})
	default:
		note = joinNotes(fmt.Sprintf("no active rule of the assistant for %s senders is in the dump: the text of the settings, %q, is not sent until they are saved again", who, shown(want)), note)
	}
	if len(all) == 0 && note == "" {
		note = fmt.Sprintf("no active rule in the dump replies to %s senders", who)
	}
	return all, note, open
}

// caveat is said where template and settings differ.
const caveat = "this is the text of the template, which the rule sends now; Outlook shows the text of the settings, which wins when they are saved the next time. Some later versions of Exchange are said to send their own copy of the settings all the same"

// byRule returns what one rule sends. It reports false where its template is known to be missing.
func (j *judge) byRule(i int, want string, settings bool) (Outgoing, bool) {
	out := Outgoing{From: -1, Rules: []int{i}, Confidence: Medium}
	k := slices.IndexFunc(j.more[i].targets, func(t target) bool { return t.template >= 0 })
	legacy := j.more[i].kind != ruleAssistant
	switch {
	case k < 0 && (!settings || legacy || len(j.internal)+len(j.external) > 0 || j.seen.Associated > 0):
		return out, false
	case k < 0:
		out.Text, out.From, out.Note = want, j.v.Master, "by the settings; the template of the rule is not in the dump"
		out.Confidence = Low
		return out, true
	}
	at := j.more[i].targets[k].template
	out.Text, out.From = j.items[at].Template.Body.Text, at
	switch {
	case !j.more[at].body && settings && !legacy:
		out.Text, out.From, out.Note = want, j.v.Master, "by the settings; the text of the template is not in the dump"
	case !j.more[at].body:
		out.Note, out.Confidence = "the text of the template is not in the dump", Low
	case !settings:
		if j.v.Model == ModelLegacy {
			out.Confidence = High
		}
	case legacy:
		out.Note = "by a rule that is not of the settings, and beside theirs"
	case j.more[at].fold == fold(want):
		out.Confidence = High
	default:
		out.Shown, out.Note = want, caveat
	}
	if !j.items[i].Rule.HasState {
		out.Confidence, out.Note = Low, joinNotes("whether the rule is active is not in the dump", out.Note)
	}
	if j.ambiguous(i, k) {
		out.Confidence, out.Note = Low, joinNotes("several templates have the id that the rule names, and this is the first of them in the dump", out.Note)
	}
	return out, true
}

// ambiguous reports whether a rule names its template by an id that others have, too.
func (j *judge) ambiguous(i, k int) bool {
	t := &j.more[i].targets[k]
	if t.by != byReplyID {
		return false
	}
	return j.sameID[t.id] > 1
}

// missing says what was not in the dump.
func (j *judge) missing() {
	add := func(text string) { j.v.Missing = append(j.v.Missing, text) }
	if j.at.IsZero() {
		add("no time was given for which to judge: whether a schedule is on is left open")
	}
	switch {
	case j.store == nil || !j.store.HasFlag && !j.store.HasSchedule:
		add("the switch of the store, PidTagOutOfOfficeState (0x661D000B), with the schedule beside it (0x34300040, 0x34310040)")
	case !j.store.HasFlag:
		add("the switch of the store, PidTagOutOfOfficeState (0x661D000B)")
	case !j.store.HasSchedule && !j.store.Flag:
		add("the schedule of the store (0x34300040, 0x34310040), during which replies are sent while the switch is off")
	}
	if len(j.all) == 0 {
		add("settings (IPM.Microsoft.OOF.UserOofSettings): they are in the root folder of the mailbox, above what Outlook shows, and not in its cached copy")
	}
	if j.seen.Associated == 0 {
		add("associated messages of the Inbox, among which templates and rules are")
	}
	if !j.rulesSeen() {
		add("rules: neither rows of the rules table of the Inbox, nor associated messages of rules")
	}
}

// advise says what to do: each thing once.
func (j *judge) advise() {
	add := func(text string) {
		if text != "" && !slices.Contains(j.v.Advice, text) {
			j.v.Advice = append(j.v.Advice, text)
		}
	}
	var rest []string
	for i := range j.v.Findings {
		repair, again := strings.CutPrefix(j.v.Findings[i].Repair, saveAgain)
		switch {
		case again && j.v.Model == ModelLegacy:
			add(saveLegacy)
		case again:
			add(saveAgain)
		}
		rest = append(rest, strings.TrimSpace(repair))
	}
	for _, text := range rest {
		add(text)
	}
}
