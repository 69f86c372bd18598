package oof

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// judge draws the conclusions from a mailbox.
type judge struct {
	*mailbox
	v *Verdict

	all       []int // settings
	internal  []int // templates for internal senders
	external  []int // templates for external senders
	rules     []int // that reply, each once
	logs      []int
	replies   []int
	unknown   []int
	store     *Switch
	storeItem int

	sameID map[guid.GUID]int  // how many templates have an id
	usedID map[guid.GUID]bool // ids of templates that rules name

	master *Settings // nil where there are none that are valid
	unread bool      // that the actions of a rule could not be read
}

func (j *judge) run() {
	j.sort()
	j.resolve()
	j.named()
	j.model()
	j.settled()
	j.state()
	j.templates()
	j.ruleFindings()
	j.others()
	j.send()
	j.missing()
	j.advise()
}

// find adds a finding about items.
func (j *judge) find(code diag.Code, c Confidence, items []int, properties []string, format string, args ...any) {
	entry, _ := diag.Lookup(catalogue, code)
	path := "mailbox"
	if len(items) > 0 {
		path = j.items[items[0]].Name()
	}
	j.v.Findings = append(j.v.Findings, Finding{diag.Finding{Severity: entry.Severity, Code: code, Span: diag.Span{Offset: -1}, Path: path, Spec: entry.Spec,
		Msg: fmt.Sprintf(format, args...), Effect: entry.Effect, Ref: entry.Ref, Repair: entry.Repair}, c, slices.Clone(items), properties})
}

// sort says which items are what.
func (j *judge) sort() {
	j.storeItem = -1
	for i := range j.items {
		switch item := &j.items[i]; item.Role {
		case RoleSettings:
			j.all = append(j.all, i)
		case RoleTemplate:
			if item.Template.Audience == External {
				j.external = append(j.external, i)
			} else {
				j.internal = append(j.internal, i)
			}
		case RoleLog:
			j.logs = append(j.logs, i)
		case RoleReply:
			j.replies = append(j.replies, i)
			item.Status = "an automatic reply that was received or sent; not a template"
		case RoleUnknown:
			j.unknown = append(j.unknown, i)
			item.Status = "a template or a received reply: nothing in the dump tells which"
		case RoleReplyTemplate:
			item.Status = "the template of a rule that is no out-of-office rule"
		case RoleOther:
			item.Status = "of Exchange's; what is in it is not known"
		case RoleRule:
			j.unread = j.unread || item.Rule.Unread && j.more[i].targets == nil
		case RoleStore:
			// The first that has the flag, or else the first.
			if j.store == nil || !j.store.HasFlag && item.Switch.HasFlag {
				j.store, j.storeItem = item.Switch, i
			}
		}
	}
	j.twins()
}

// twins finds the rules that are in the dump as a row and as a message, and leaves the row.
func (j *judge) twins() {
	rows := map[string]int{}
	key := func(i int) string {
		r := j.items[i].Rule
		k := fmt.Sprintf("%q %q %d", r.Provider, r.Name, r.Sequence)
		for _, t := range j.more[i].targets {
			k += t.id.String()
		}
		return k
	}
	for i := range j.items {
		if r := j.items[i].Rule; r != nil && r.Source == rule.FromRow {
			if _, ok := rows[key(i)]; !ok {
				rows[key(i)] = i
			}
			j.rules = append(j.rules, i)
		}
	}
	for i := range j.items {
		r := j.items[i].Rule
		if r == nil || r.Source == rule.FromRow {
			continue
		}
		if row, ok := rows[key(i)]; ok {
			j.more[i].copyOf = row
			j.items[i].Status = "the same rule as " + j.items[row].Name()
			if j.more[row].targets == nil {
				j.more[row].targets = j.more[i].targets
			}
			delete(rows, key(i)) // one message for each row
			continue
		}
		j.rules = append(j.rules, i)
	}
	slices.Sort(j.rules)
}

// counterOf returns the counter of a message in its store, from its own id or its entry id, 0 where neither is known.
func (j *judge) counterOf(i int) uint64 {
	if mid := j.items[i].Template.MID; mid != 0 {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], mid)
		return entryid.ReadObjectID(b).GlobalCounter.Uint64()
	}
	id, err := entryid.Decode(j.more[i].entryID)
	if err != nil {
		return 0
	}
	if m, ok := id.Form.(*entryid.Message); ok {
		return m.MessageGlobalCounter.Uint64()
	}
	return 0
}

// byReplyID is how a rule finds a template by PidTagReplyTemplateId.
const byReplyID = "PidTagReplyTemplateId"

// resolve finds the templates that the rules name.
func (j *judge) resolve() {
	j.sameID, j.usedID = map[guid.GUID]int{}, map[guid.GUID]bool{}
	byEntry, byCounter, byGUID := map[string]int{}, map[uint64]int{}, map[guid.GUID]int{}
	for _, i := range slices.Concat(j.internal, j.external, j.unknown) {
		if id := j.more[i].entryID; id != nil {
			byEntry[string(id)] = i
		}
		if n := j.counterOf(i); n != 0 {
			if _, ok := byCounter[n]; !ok {
				byCounter[n] = i
			}
		}
		if t := j.items[i].Template; t.HasID {
			j.sameID[t.ID]++
			if _, ok := byGUID[t.ID]; !ok {
				byGUID[t.ID] = i
			}
		}
	}
	for _, i := range j.rules {
		for k := range j.more[i].targets {
			t := &j.more[i].targets[k]
			t.template = -1
			if at, ok := byEntry[string(t.entryID)]; ok && len(t.entryID) > 0 {
				t.template, t.by = at, "entry id"
			} else if at, ok := byCounter[t.mid]; ok && t.mid != 0 {
				t.template, t.by = at, "message id"
			} else if at, ok := byGUID[t.id]; ok && !t.id.IsZero() {
				t.template, t.by = at, byReplyID
			}
			if t.template >= 0 {
				d := &j.more[t.template]
				if n := len(d.used); n == 0 || d.used[n-1] != i { // a rule may name one more than once
					d.used = append(d.used, i)
				}
				j.usedID[j.items[t.template].Template.ID] = true
			}
		}
	}
}

// named takes what a rule names for a template, where nothing else said so.
func (j *judge) named() {
	j.unknown = slices.DeleteFunc(j.unknown, func(i int) bool {
		if len(j.more[i].used) == 0 {
			return false
		}
		item := &j.items[i]
		item.Role, item.Notes = RoleTemplate, append(item.Notes, "a template, because a rule names it")
		if item.Template.Audience == External {
			j.external = append(j.external, i)
		} else {
			j.internal = append(j.internal, i)
		}
		return true
	})
}

// active reports whether a rule sends replies while replies are on. A rule whose state is not in the dump may do so.
func (j *judge) active(i int) bool {
	s := j.items[i].Rule.State
	return j.items[i].Rule.HasState && s&(rule.StateEnabled|rule.StateOnlyWhenOOF|rule.StateOnlyWhenOOFExtended) != 0 && s&(rule.StateError|rule.StateParseError|rule.StateTemporarilyDisabled) == 0
}

// audience returns whom a rule serves. What a legacy client made serves everybody, and counts as internal.
func (j *judge) audience(i int) Audience {
	if j.more[i].kind == ruleAssistant {
		switch name := j.items[i].Rule.Name; {
		case strings.Contains(name, "ExternalSenders"):
			return External
		case strings.Contains(name, "InternalSenders"):
			return Internal
		}
	}
	for _, t := range j.more[i].targets {
		if t.template >= 0 && j.items[t.template].Template.Audience == External {
			return External
		}
	}
	return Internal
}

// replies reports whether a rule has an action that replies.
func (j *judge) answers(i int) bool { return len(j.more[i].targets) > 0 }

// rulesSeen reports whether any rule was in the dump.
func (j *judge) rulesSeen() bool { return j.seen.RuleRows+j.seen.RuleMessages > 0 }

// model says how the mailbox keeps its replies.
func (j *judge) model() {
	templates := slices.Concat(j.internal, j.external)
	var legacy, modern []int
	for _, i := range templates {
		if j.items[i].Template.ReplyType > ReplyLegacy {
			modern = append(modern, i)
		}
	}
	for _, i := range j.rules {
		switch j.more[i].kind {
		case ruleAssistant:
			modern = append(modern, i)
		default:
			legacy = append(legacy, i)
		}
	}
	switch {
	case len(j.all) > 0:
		j.v.Model = ModelModern
		j.find(ModernModel, Medium, j.all, []string{"PidTagMessageClass"}, "has settings of Exchange 2007 or later, of which rules and templates are made")
	case len(modern) > 0:
		j.v.Model = ModelModern
		j.find(ModernModel, Medium, modern, []string{"0x40800003", "PidTagRuleMessageProvider"}, "has what Exchange 2007 or later makes of settings; the settings themselves are not in the dump")
	case len(templates)+len(legacy) > 0:
		j.v.Model = ModelLegacy
		c := Medium
		if len(j.logs) > 0 {
			c = Low
		}
		j.find(LegacyModel, c, append(templates, legacy...), []string{"PidTagMessageClass"}, "has templates or rules of Outlook 2003 or older, or of a client like it, and no settings are in the dump")
	default:
		j.find(NoModel, j.certain(), nil, nil, "nothing of out-of-office replies is among %s%s: it was never set, or lies in what was not exported",
			plural(j.seen.Items, "item", "items"), j.folders())
	}
}

// certain says how sure it is that something is not there.
func (j *judge) certain() Confidence {
	if j.seen.Associated > 0 && j.rulesSeen() && j.seen.Store {
		return Medium
	}
	return Low
}

// folders names the folders that were seen.
func (j *judge) folders() string {
	if len(j.seen.Folders) == 0 {
		return ""
	}
	names := make([]string, len(j.seen.Folders))
	for i, name := range j.seen.Folders {
		names[i] = fmt.Sprintf("%q", short(name, 60))
	}
	text := " of " + strings.Join(names, ", ")
	if j.seen.MoreFolders {
		text += " and others"
	}
	return text
}

// settled finds the settings that count.
func (j *judge) settled() {
	j.pointed()
	if len(j.all) == 0 {
		return
	}
	if j.v.Master < 0 {
		j.v.Master = j.all[0]
		for _, i := range j.all {
			if j.more[i].modified > j.more[j.v.Master].modified { // of those of one time the first
				j.v.Master = i
			}
		}
	}
	for _, i := range j.all {
		j.items[i].Status = "not read: another one is the master"
	}
	master := &j.items[j.v.Master]
	master.Status, j.master = "master", master.Settings
	if len(j.all) > 1 {
		j.find(SettingsDuplicate, Medium, j.all, []string{"PidTagMessageClass", "PidTagLastModificationTime"},
			"%d items have settings; %s is the master, by %s, and the others are not read", len(j.all), master.Name(), j.why())
	}
	switch {
	case j.master == nil && !j.more[j.v.Master].body:
		master.Status = "master, without a text"
		j.find(SettingsBad, Medium, []int{j.v.Master}, []string{"PidTagBody"}, "the settings have no text: Exchange would make new ones")
	case j.master == nil:
		master.Status = "master, invalid"
		for _, f := range master.Findings {
			if f.Severity >= diag.Error {
				j.find(SettingsBad, Medium, []int{j.v.Master}, []string{"PidTagBody"}, "the settings are invalid, and Exchange would make new ones: %s", f.Error())
				break
			}
		}
	case j.master.SetByLegacyClient:
		j.find(SettingsLegacy, Medium, []int{j.v.Master}, []string{"SetByLegacyClient"}, "the text came from a template of Outlook 2003, a BlackBerry or a client like these, and Exchange took it over; no rules for external senders are made")
	}
	if j.master != nil && j.master.UserChangeTime.Special() == "max" {
		master.Notes = append(master.Notes, "saved by Outlook 2007 or later, or by Outlook on the web")
	}
}

// why says how the master was chosen among several.
func (j *judge) why() string {
	if j.hasPointer && string(j.more[j.v.Master].entryID) == string(j.pointer) {
		return "the entry id that the store keeps"
	}
	return "the time of its last change"
}

// pointed looks for the settings that the store names.
func (j *judge) pointed() {
	if !j.hasPointer {
		return
	}
	for i := range j.items {
		if string(j.more[i].entryID) != string(j.pointer) {
			continue
		}
		switch {
		case j.items[i].Role != RoleSettings:
			j.find(SettingsPointer, Medium, []int{j.storeItem, i}, []string{"0x68140102", "PidTagEntryId"}, "the store names an item of the class %s as the settings: those that changed last are taken", j.items[i].Class)
		case !j.more[i].body:
			j.find(SettingsPointer, Medium, []int{j.storeItem, i}, []string{"0x68140102", "PidTagBody"}, "the settings that the store names have no text: those that changed last are taken")
		default:
			j.v.Master = i
		}
		return
	}
	c := Low
	if len(j.all) > 0 {
		c = Medium
	}
	j.find(SettingsPointer, c, []int{j.storeItem}, []string{"0x68140102"}, "the store names settings that are not in the dump; of those that are, the last to change are taken")
}
