package oof

import (
	"iter"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// Model is how a mailbox keeps its replies.
type Model string

// The models.
const (
	ModelNone   Model = "none"   // nothing of out-of-office replies is there
	ModelLegacy Model = "legacy" // templates and rules alone, as Outlook 2003 and older have them
	ModelModern Model = "modern" // settings from which Exchange 2007 and later make templates and rules
)

// Confidence is how sure a statement is.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"   // it stands in properties whose meaning is published, or in two places that agree
	Medium Confidence = "medium" // it rests on what Exchange was seen to do, or on one source where there should be two
	Low    Confidence = "low"    // it is worked out, or rests on something that was not in the dump
)

// Role is what an item is to out-of-office replies.
type Role string

// The roles.
const (
	RoleStore         Role = "store"
	RoleSettings      Role = "settings"
	RoleLog           Role = "log"
	RoleTemplate      Role = "template"
	RoleReply         Role = "reply"          // an automatic reply that was received or sent
	RoleUnknown       Role = "unknown"        // a template or a reply: nothing tells
	RoleReplyTemplate Role = "reply-template" // of a rule that is no out-of-office rule
	RoleRule          Role = "rule"
	RoleHistory       Role = "history"
	RoleOther         Role = "other" // of a class of Exchange's whose use is not known
)

// Item is an item of a mailbox that has to do with out-of-office replies, and what became of it ([MS-OXORULE] 2.2.4.1,
// 2.2.5.1.2.2).
type Item struct {
	Source, Path string
	Folder       string // where the dump says so
	Class        string
	Role         Role
	Status       string   // in words: "master", "live", "never sent", …
	Notes        []string // what else is to be said
	Also         []string // where the same item is in the dump again

	Settings *Settings // of settings that could be read
	Template *Template // of templates, and of what may be one
	Rule     *rule.Rule
	Log      *Log
	Switch   *Switch        // of a store
	Findings []diag.Finding // about this item alone
}

// Name returns source and path of the item.
func (i *Item) Name() string {
	if i.Path == "" {
		return i.Source
	}
	if i.Source == "" {
		return i.Path
	}
	return i.Source + ": " + i.Path
}

// Finding is a finding about a mailbox: its Path names an item, or "mailbox". See [MS-OXORULE] 2.2.5.1.2.2.
type Finding struct {
	diag.Finding
	Confidence Confidence
	Items      []int    // those it rests on, as indices into Verdict.Items
	Properties []string // those it rests on
}

// State is whether replies are sent at the time of the verdict ([MS-OXCSTOR] 2.2.2.1.2.1).
type State struct {
	Effective  Effective
	Confidence Confidence
	Store      Effective // by the properties of the store
	Settings   Effective // by the settings
	Reason     string    // in words
}

// Outgoing is a text that is sent ([MS-OXORULE] 2.2.5.1.2.2).
type Outgoing struct {
	Text       string
	From       int    // the item that has the text, as an index into Verdict.Items
	Rules      []int  // the rules that send it, each once: none where no rule is known
	Shown      string // what Outlook shows, where that is another text
	Confidence Confidence
	Note       string
}

// Sends are the texts that are sent, to whom ([MS-OXORULE] 2.2.5.1.2.2). Where State is not On, they are those that would
// be. More than one text to the same audience, or more than one rule that sends it, means that a sender gets more than one
// reply.
type Sends struct {
	Internal, External         []Outgoing
	InternalNote, ExternalNote string // why there is none, and other words about all of them
	InternalOpen, ExternalOpen bool   // that the dump does not tell whether there are others
}

// Seen is what of a mailbox was in the dump: nothing is concluded from what was not ([MS-OXORULE] 2.2.4.1).
type Seen struct {
	Items        int      // all
	Associated   int      // folder associated messages
	RuleRows     int      // rows of rules tables
	RuleMessages int      // associated messages of rules
	Folders      []string // the first names of folders there were
	MoreFolders  bool     // that there were others
	Store        bool     // that the properties of the store were there
}

// Verdict is what the items of a mailbox come to ([MS-OXORULE] 2.2.5.1.2.2 has the templates and rules).
type Verdict struct {
	At       time.Time // zero where no time was given
	Model    Model
	State    State
	Master   int // the settings that count, as an index into Items, -1 where there are none
	Sends    Sends
	Items    []Item
	Findings []Finding
	Seen     Seen
	Missing  []string // what was not in the dump, and what is not known for that reason
	Advice   []string // what to do
}

// Judge goes once through the items of one mailbox, in any order, and says what is sent at a time, which copy is the
// master, and what is left over from before. A zero time is none: whether a schedule is on is then left open. Of what is
// neither settings, log, template, rule, store nor history nothing is kept.
//
// Memory and time are in proportion to the items.
func Judge(items iter.Seq[*mapi.Item], at time.Time) *Verdict {
	m := mailbox{at: at, byID: map[string]int{}}
	for item := range items {
		m.add(item)
	}
	j := judge{mailbox: &m, v: &Verdict{At: at, Model: ModelNone, Master: -1, Items: m.items, Seen: m.seen}}
	j.run()
	return j.v
}

// Max returns the greatest severity of the findings about the mailbox and about its items, 0 where there are none.
func (v *Verdict) Max() diag.Severity {
	var most diag.Severity
	for i := range v.Findings {
		most = max(most, v.Findings[i].Severity)
	}
	for i := range v.Items {
		for _, f := range v.Items[i].Findings {
			most = max(most, f.Severity)
		}
	}
	return most
}
