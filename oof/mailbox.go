package oof

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// mailbox is what of the items is kept until all of them were seen.
type mailbox struct {
	at    time.Time
	seen  Seen
	items []Item
	more  []detail // of items, in the same places
	byID  map[string]int
	other int // replies that are not in items

	pointer    []byte // the entry id of the settings, as the store has it
	hasPointer bool
}

// detail is what is known of an item and not shown.
type detail struct {
	entryID  []byte
	modified mapi.FileTime
	props    int    // how many properties it was read from
	body     bool   // that there was a body
	fold     string // its text, for comparing
	targets  []target
	kind     ruleKind
	copyOf   int // the rule of which this is the other form, -1 for none
	used     []int
}

// target is the template that an action names ([MS-OXORULE] 2.2.5.1.2.2).
type target struct {
	entryID  []byte
	mid      uint64 // 6 bytes of the counter, 0 for none
	id       guid.GUID
	template int // index into items, -1 where there is none in the dump
	by       string
}

// maxFolders and maxReplies are how many folders are named, and how many replies are shown.
const (
	maxFolders = 20
	maxReplies = 5
)

func (m *mailbox) add(item *mapi.Item) {
	m.seen.Items++
	m.folder(item)
	if item.Associated {
		m.seen.Associated++
	}
	class := item.Class
	if class == "" {
		class = textOf(item.Props, mapi.PidTagMessageClass)
	}
	switch c := ClassOf(class); c {
	case ClassTemplate, ClassExternal:
		m.template(item, class)
	case ClassSettings:
		m.settings(item, class)
	case ClassLog:
		if i, fresh := m.place(item, class, RoleLog); fresh {
			text, _ := m.document(item)
			v, r := InspectLog(text)
			m.items[i].Log = v
			m.items[i].Findings = slices.Collect(r.Findings())
		}
	case ClassReplyTemplate:
		m.place(item, class, RoleReplyTemplate)
	case ClassControl, ClassSchedule, ClassContacts:
		m.place(item, class, RoleOther)
	case ClassRule, ClassRuleVersion2, ClassExtendedRule:
		m.seen.RuleMessages++
		m.rule(item, class)
	case ClassRuleOrganizer:
	default:
		if class == "" {
			m.unclassed(item)
		}
	}
}

// folder remembers where items lie.
func (m *mailbox) folder(item *mapi.Item) {
	if item.Folder == "" || slices.Contains(m.seen.Folders, item.Folder) {
		return
	}
	if len(m.seen.Folders) == maxFolders {
		m.seen.MoreFolders = true
		return
	}
	m.seen.Folders = append(m.seen.Folders, item.Folder)
}

// unclassed takes what is no message: rows of rules tables, stores and folders.
func (m *mailbox) unclassed(item *mapi.Item) {
	if _, ok := item.Props.LookupID(mapi.PidTagRuleActions.ID()); ok {
		m.seen.RuleRows++
		m.rule(item, "")
		return
	}
	if _, ok := item.Props.LookupID(mapi.PidTagRuleState.ID()); ok {
		m.seen.RuleRows++
		m.rule(item, "")
		return
	}
	if w, ok := SwitchOf(item.Props); ok {
		m.seen.Store = true
		i, _ := m.place(item, "", RoleStore)
		m.items[i].Switch, m.items[i].Notes = &w, storeNotes(item.Props)
	}
	if id := bytesOf(item.Props, tagSettingsItem); len(id) > 0 && !m.hasPointer {
		m.pointer, m.hasPointer = slices.Clone(id), true
		if w, ok := SwitchOf(item.Props); !ok {
			i, _ := m.place(item, "", RoleStore)
			m.items[i].Switch = &w
		}
	}
	if b := bytesOf(item.Props, tagHistory); len(b) > 0 {
		h, r := InspectHistory(b)
		i, _ := m.place(item, "", RoleHistory)
		m.items[i].Status = plural(len(h.Counts), "sender and rule has", "senders and rules have") + " had a reply"
		m.items[i].Findings = slices.Collect(r.Findings())
	}
}

// storeNotes says what else the store has, beside the switch.
func storeNotes(p mapi.Props) (notes []string) {
	if n, ok := numberOf(p, tagOofStateEx); ok {
		notes = append(notes, fmt.Sprintf("0x68100003 %d", n))
	}
	if t := timeOf(p, tagUserChangeTime); t != 0 {
		at := t.String()
		if end, ok := t.Time(); ok && end.Year() >= 9999 {
			at = "the last moment there is, as Exchange Web Services write it"
		}
		notes = append(notes, "changed by the user: "+at)
	}
	return notes
}

// place returns where an item goes. It is not fresh where the dump had it already, with as much as now.
func (m *mailbox) place(item *mapi.Item, class string, role Role) (i int, fresh bool) {
	id := bytesOf(item.Props, mapi.PidTagEntryId)
	n := Item{Source: item.Source, Path: item.Path, Folder: item.Folder, Class: class, Role: role}
	d := detail{modified: timeOf(item.Props, mapi.PidTagLastModificationTime), props: len(item.Props), copyOf: -1}
	if len(id) > 0 {
		key := sameKind(role) + string(id)
		if old, ok := m.byID[key]; ok {
			// A table may say that a message is associated, and the message alone what is in it.
			if m.items[old].Role == RoleTemplate || m.items[old].Role == RoleReply && role == RoleUnknown {
				n.Role = m.items[old].Role
			}
			if d.props <= m.more[old].props {
				m.items[old].Role = n.Role
				m.items[old].Also = append(m.items[old].Also, n.Name())
				return old, false
			}
			n.Also = append(m.items[old].Also, m.items[old].Name())
			d.entryID = m.more[old].entryID
			m.items[old], m.more[old] = n, d
			return old, true
		}
		d.entryID = slices.Clone(id)
		m.byID[key] = len(m.items)
	}
	m.items, m.more = append(m.items, n), append(m.more, d)
	return len(m.items) - 1, true
}

// sameKind returns what an item of a role can turn out to be when the dump has it again.
func sameKind(r Role) string {
	switch r {
	case RoleTemplate, RoleReply, RoleUnknown:
		return "template"
	}
	return string(r)
}

func (m *mailbox) template(item *mapi.Item, class string) {
	nature, why := NatureOf(item)
	role := RoleTemplate
	switch nature {
	case NatureReply:
		if role = RoleReply; m.other+1 > maxReplies {
			m.other++
			return
		}
		m.other++
	case NatureUnknown:
		role = RoleUnknown
	}
	i, fresh := m.place(item, class, role)
	if why != "" && fresh && m.items[i].Role == role {
		m.items[i].Notes = append(m.items[i].Notes, fmt.Sprintf("a %s by %s", role, why))
	}
	if !fresh {
		return
	}
	v, r := Inspect(item.Props)
	v.MessageClass, v.Audience = class, ClassOf(class).Audience()
	m.items[i].Template = v
	for f := range r.Findings() {
		if f.Code != NotTemplate && f.Code != TemplateNoGUID {
			m.items[i].Findings = append(m.items[i].Findings, f)
		}
	}
	m.more[i].body = v.Body.Form != NoBody
	m.more[i].fold = fold(v.Body.Text)
}

// document returns the text of a message whose body is a document: PidTagBody, or else the text of another body.
func (m *mailbox) document(item *mapi.Item) (text string, ok bool) {
	b := bodyReader{p: item.Props}
	if v, ok := b.value(mapi.PidTagBody); ok {
		text, _, _ := b.text(v, "PidTagBody")
		return text, text != ""
	}
	body := bodyOf(item.Props, nil)
	return body.Text, body.Text != ""
}

func (m *mailbox) settings(item *mapi.Item, class string) {
	i, fresh := m.place(item, class, RoleSettings)
	if !fresh {
		return
	}
	text, ok := m.document(item)
	m.more[i].body = ok
	if !ok {
		return
	}
	v, r := InspectSettings(text)
	m.items[i].Findings = slices.Collect(r.Findings())
	if r.Max() < diag.Error {
		m.items[i].Settings = v
	}
}

// ruleKind is who made a rule.
type ruleKind uint8

const (
	ruleOther     ruleKind = iota
	ruleLegacy             // Outlook, or a client like it
	ruleAssistant          // the assistant of Exchange 2007 and later
)

// The providers of out-of-office rules.
const (
	providerLegacy    = "MSFT:TDX OOF Rules"
	providerOldest    = "OOF Rules"
	providerAssistant = "Microsoft Exchange OOF Assistant"
)

// rule keeps a rule if it is about out-of-office replies.
func (m *mailbox) rule(item *mapi.Item, class string) {
	v, ok := rule.FromProps(item.Props)
	if !ok {
		return
	}
	provider := strings.Trim(v.Provider, "\x00 ")
	kind := ruleOther
	switch {
	case strings.EqualFold(provider, providerAssistant):
		kind = ruleAssistant
	case strings.EqualFold(provider, providerLegacy) || strings.EqualFold(provider, providerOldest):
		kind = ruleLegacy
	}
	targets := targetsOf(v)
	prop, _ := item.Props.LookupID(mapi.PidTagRuleActions.ID())
	words, described := prop.Value.(mapi.String)
	if described {
		targets = renderedTargets(string(words))
		v.Unread = false
	}
	if kind == ruleOther && targets == nil && !(v.Unread && v.State.OnlyOOF()) {
		return
	}
	i, fresh := m.place(item, class, RoleRule)
	if !fresh {
		return
	}
	m.items[i].Rule = v
	m.items[i].Findings = slices.DeleteFunc(v.Findings, func(f diag.Finding) bool {
		// Legacy rules have no name; and what a dump has in words was read.
		return f.Code == rule.NoName && kind == ruleLegacy || f.Code == rule.NotRead && described
	})
	m.more[i].kind, m.more[i].targets = kind, targets
	m.items[i].Notes = append(m.items[i].Notes, v.State.String())
	if described {
		m.items[i].Notes = append(m.items[i].Notes, "its actions are in the dump in words only")
	}
}

// targetsOf returns the templates that the actions of a rule reply with.
func targetsOf(v *rule.Rule) []target {
	if v.Actions == nil {
		return nil
	}
	var all []target
	for i := range v.Actions.ActionBlocks {
		a := &v.Actions.ActionBlocks[i]
		if a.ActionType != rule.OpOOFReply {
			continue
		}
		t := target{template: -1}
		if r, ok := a.ActionData.(*rule.Reply); ok {
			t.entryID, t.mid, t.id = r.ReplyTemplateMessageEID, r.ReplyTemplateMID.GlobalCounter.Uint64(), r.ReplyTemplateGUID
		}
		all = append(all, t)
	}
	return all
}

var (
	renderedAction = regexp.MustCompile(`lpAction\[0x[0-9A-Fa-f]+\]`)
	renderedGUID   = regexp.MustCompile(`\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}`)
	renderedEID    = regexp.MustCompile(`(?s)lpEntryId.{0,40}?lpb: ([0-9A-Fa-f]+)`)
)

// maxRendered is more than MFCMAPI writes for the actions of any rule.
const maxRendered = 1 << 20

// renderedTargets returns the templates out of the text that MFCMAPI shows in place of the actions: a dump of a rules table
// has nothing else.
func renderedTargets(text string) []target {
	s := short(text, maxRendered)
	starts := renderedAction.FindAllStringIndex(s, -1)
	var all []target
	for i, at := range starts {
		end := len(s)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		part := s[at[0]:end]
		if !strings.Contains(part, "OP_OOF_REPLY") {
			continue
		}
		t := target{template: -1}
		if m := renderedEID.FindStringSubmatch(part); m != nil {
			t.entryID, _ = hex.DecodeString(m[1]) // nil where a digit is missing
		}
		if _, after, ok := strings.Cut(part, "guidReplyTemplate"); ok {
			part = after
		}
		if id, err := guid.Parse(renderedGUID.FindString(part)); err == nil {
			t.id = id
		}
		all = append(all, t)
	}
	return all
}
