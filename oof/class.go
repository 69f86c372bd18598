package oof

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
)

// Class is what a message is by its PidTagMessageClass ([MS-OXORULE] 2.2.4.1).
type Class uint8

// The classes that have to do with out-of-office replies.
const (
	ClassOther         Class = iota // none of these
	ClassSettings                   // the settings of Exchange 2007 and later
	ClassLog                        // the log of their changes
	ClassControl                    // of the assistant in Exchange; what is in it is not known
	ClassSchedule                   // likewise
	ClassContacts                   // addresses of contacts, for the audience Known
	ClassTemplate                   // a template for replies to internal senders, or a reply
	ClassExternal                   // a template for replies to external senders, or a reply
	ClassReplyTemplate              // the template of a rule that is no out-of-office rule
	ClassRule                       // a rule as Exchange 2003 and older keep it
	ClassRuleVersion2               // a rule of the rules table
	ClassExtendedRule               // a rule that is in no rules table
	ClassRuleOrganizer              // what Outlook keeps of rules
)

// className is a class as a message has it. Of an exact one, classes that are derived from it are other classes.
var className = [...]struct {
	text  string
	exact bool
}{
	ClassOther:         {text: ""},
	ClassSettings:      {"IPM.Microsoft.OOF.UserOofSettings", true},
	ClassLog:           {"IPM.Microsoft.OOF.Log", true},
	ClassControl:       {"IPM.Microsoft.OOF.Control", true},
	ClassSchedule:      {"IPM.Microsoft.OOF.Schedule", true},
	ClassContacts:      {"IPM.Microsoft.ContactsEmailAddresses", true},
	ClassTemplate:      {"IPM.Note.Rules.OofTemplate.Microsoft", false},
	ClassExternal:      {"IPM.Note.Rules.ExternalOofTemplate.Microsoft", false},
	ClassReplyTemplate: {"IPM.Note.Rules.ReplyTemplate.Microsoft", false},
	ClassRule:          {"IPM.Rule.Message", true},
	ClassRuleVersion2:  {"IPM.Rule.Version2.Message", true},
	ClassExtendedRule:  {"IPM.ExtendedRule.Message", true},
	ClassRuleOrganizer: {"IPM.RuleOrganizer", false},
}

// ClassOf returns what a message class is, in any case of its letters. Templates may be of a class derived from that of
// templates.
func ClassOf(messageClass string) Class {
	for c := ClassSettings; c <= ClassRuleOrganizer; c++ {
		name := &className[c]
		n := len(name.text)
		if len(messageClass) < n || !strings.EqualFold(messageClass[:n], name.text) {
			continue
		}
		if len(messageClass) == n || !name.exact && messageClass[n] == '.' {
			return c
		}
	}
	return ClassOther
}

// String returns the message class: "IPM.Microsoft.OOF.Log". It is empty for ClassOther.
func (c Class) String() string {
	if int(c) < len(className) {
		return className[c].text
	}
	return fmt.Sprintf("Class(%d)", uint8(c))
}

// Audience is who gets the reply of a template.
type Audience uint8

// The audiences. A template of Outlook 2003 or older is one of Internal, and serves everybody.
const (
	NoAudience Audience = iota // not a template
	Internal                   // senders of the same organization
	External                   // all others
)

// String returns "none", "internal" or "external".
func (a Audience) String() string {
	switch a {
	case NoAudience:
		return "none"
	case Internal:
		return "internal"
	case External:
		return "external"
	}
	return fmt.Sprintf("Audience(%d)", uint8(a))
}

// Audience returns who gets the reply of a template of class c, NoAudience where it is not the class of one.
func (c Class) Audience() Audience {
	switch c {
	case ClassTemplate:
		return Internal
	case ClassExternal:
		return External
	}
	return NoAudience
}

// Nature is what a message of a template's class is. Replies have the class of their template, so that those other
// people's mailboxes have sent lie in the Inbox and look like templates.
type Nature uint8

// The natures.
const (
	NatureUnknown Nature = iota // nothing tells
	NatureTemplate
	NatureReply // an automatic reply that was received or sent
)

// String returns "unknown", "template" or "reply".
func (n Nature) String() string {
	switch n {
	case NatureUnknown:
		return "unknown"
	case NatureTemplate:
		return "template"
	case NatureReply:
		return "reply"
	}
	return fmt.Sprintf("Nature(%d)", uint8(n))
}

// flagAssociated is mfFAI of PidTagMessageFlags: [MS-OXCMSG] 2.2.1.6.
const flagAssociated = 0x40

// NatureOf returns what a message of the class of a template is, and the property that says so. A template is a folder
// associated message; where nothing says whether a message is one, PidTagReplyTemplateId speaks for a template, and a
// sender or a time of delivery for a reply.
func NatureOf(item *mapi.Item) (n Nature, property string) {
	if p, ok := item.Props.Lookup(mapi.PidTagMessageFlags); ok {
		if flags, ok := p.Value.(mapi.Integer32); ok {
			if flags&flagAssociated != 0 {
				return NatureTemplate, "PidTagMessageFlags"
			}
			if !item.Associated {
				return NatureReply, "PidTagMessageFlags"
			}
		}
	}
	if p, ok := item.Props.Lookup(tagAssociated); ok {
		if v, ok := p.Value.(mapi.Boolean); ok {
			if v.Bool() {
				return NatureTemplate, "PidTagAssociated"
			}
			if !item.Associated {
				return NatureReply, "PidTagAssociated"
			}
		}
	}
	if item.Associated {
		return NatureTemplate, "" // the table it was in
	}
	if _, ok := item.Props.Lookup(mapi.PidTagReplyTemplateId); ok {
		return NatureTemplate, "PidTagReplyTemplateId"
	}
	for _, tag := range receivedTags {
		if p, ok := item.Props.LookupID(tag.ID()); ok && p.Value != nil {
			name, _ := mapi.NameOf(tag)
			return NatureReply, name
		}
	}
	return NatureUnknown, ""
}

// receivedTags are properties that a message has once it was sent.
var receivedTags = [...]mapi.PropTag{mapi.PidTagMessageDeliveryTime, mapi.PidTagSenderName, mapi.PidTagSenderEmailAddress,
	mapi.PidTagSentRepresentingName, tagSentRepresentingAddress}
