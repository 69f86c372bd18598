package rule

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Rule is a rule with all that belongs to it: a row of the rules table, or the associated message of a rule
// ([MS-OXORULE] 2.2.1.3.1 and 2.2.4.1). Fields whose properties are not there are zero.
type Rule struct {
	Source       Source
	Class        string // PidTagMessageClass of a message
	Name         string
	Provider     string // the program that made the rule
	ProviderData []byte
	ID           uint64 // of a row
	Sequence     int32  // rules run in this order
	State        State
	HasState     bool // that State was there
	UserFlags    uint32
	Level        int32
	Condition    *Condition     // nil where there is none: then the rule is for every message, unless a finding says otherwise
	Actions      *RuleAction    // nil where there are none
	Unread       bool           // that some of the two is there and was not read: see the findings
	Findings     []diag.Finding // of the two, with the names of their properties before the paths, and of the rule as a whole
}

// Source says where the properties of a rule come from.
type Source uint8

// The sources.
const (
	FromRow     Source = iota // a row of the rules table: 0x6674 to 0x6684
	FromMessage               // the associated message of a rule: 0x65E9 to 0x65F3, 0x0E99 and 0x0E9A
)

// String returns "row" or "message".
func (s Source) String() string {
	switch s {
	case FromRow:
		return "row"
	case FromMessage:
		return "message"
	}
	return fmt.Sprintf("Source(%d)", uint8(s))
}

// columns are the ids of the properties of a source.
type columns struct {
	id, sequence, state, userFlags, condition, actions, provider, name, level, providerData mapi.PropID
	profile                                                                                 mapi.Profile
}

var (
	rowColumns = columns{0x6674, 0x6676, 0x6677, 0x6678, 0x6679, 0x6680, 0x6681, 0x6682, 0x6683, 0x6684, mapi.ProfileROP}
	// A message has no id of the rule, only of itself.
	messageColumns = columns{0, 0x65F3, 0x65E9, 0x65EA, 0x0E9A, 0x0E99, 0x65EB, 0x65EC, 0x65ED, 0x65EE, mapi.ProfileExtended}
)

const (
	idMessageClass mapi.PropID = 0x001A
	idMsgActions   mapi.PropID = 0x65EF
	idMsgCondition mapi.PropID = 0x65F0
)

// FromProps returns the rule whose properties stand among p. It reports false where there is none: no name, provider,
// state, condition or action of a rule. Where there are properties of both sources, those of the row count.
func FromProps(p mapi.Props) (*Rule, bool) {
	v := &Rule{}
	c := &rowColumns
	if !c.among(p) {
		if c = &messageColumns; !c.among(p) && !has(p, idMsgActions) && !has(p, idMsgCondition) {
			return nil, false
		}
		v.Source = FromMessage
		v.Class = textOfProp(p, idMessageClass)
	}
	v.Name, v.Provider = textOfProp(p, c.name), textOfProp(p, c.provider)
	data, _ := bytesOf(p, c.providerData)
	v.ProviderData = slices.Clone(data)
	v.ID = uint64(number64(p, c.id))
	v.Sequence, v.Level = int32(number64(p, c.sequence)), int32(number64(p, c.level))
	v.State, v.HasState = State(number64(p, c.state)), has(p, c.state)
	v.UserFlags = uint32(number64(p, c.userFlags))
	v.blobs(p, c)
	v.check(p, c)
	return v, true
}

// among reports whether p has properties of a rule.
func (c *columns) among(p mapi.Props) bool {
	return slices.ContainsFunc([]mapi.PropID{c.name, c.provider, c.state, c.condition, c.actions}, func(id mapi.PropID) bool { return has(p, id) })
}

func has(p mapi.Props, id mapi.PropID) bool {
	_, ok := p.LookupID(id)
	return ok && id != 0
}

// blobs decodes the condition and the actions.
func (v *Rule) blobs(p mapi.Props, c *columns) {
	// A property without bytes says as much as one that is not there.
	if b, ok := bytesOf(p, c.condition); len(b) > 0 {
		profile := c.profile
		if profile == mapi.ProfileROP {
			profile = DetectCondition(b)
		}
		var r *diag.Report
		v.Condition, r = InspectCondition(b, profile)
		v.take(c.condition, r)
	} else if has(p, c.condition) && !ok {
		v.find(diag.Error, NotRead, propName(c.condition), "is there, and is no bytes that could be read")
		v.Unread = true
	}
	if b, ok := bytesOf(p, c.actions); len(b) > 0 {
		var r *diag.Report
		v.Actions, r = InspectAction(b, c.profile)
		v.take(c.actions, r)
	} else if has(p, c.actions) && !ok {
		v.find(diag.Error, NotRead, propName(c.actions), "is there, and is no bytes that could be read")
		v.Unread = true
	}
}

// take takes over the findings of a property.
func (v *Rule) take(id mapi.PropID, r *diag.Report) {
	name := propName(id)
	v.Unread = v.Unread || r.Max() == diag.Fatal
	for f := range r.Findings() {
		f.Path = name + "." + f.Path
		v.Findings = append(v.Findings, f)
	}
}

// find adds a finding about the rule as a whole.
func (v *Rule) find(severity diag.Severity, code diag.Code, path, format string, args ...any) {
	r := diag.New("rule", nil, catalogue)
	r.Add(diag.Finding{Severity: severity, Code: code, Span: diag.Span{Offset: -1}, Path: path, Msg: fmt.Sprintf(format, args...)})
	v.Findings = slices.AppendSeq(v.Findings, r.Findings())
}

// check looks at what only the whole rule shows.
func (v *Rule) check(p mapi.Props, c *columns) {
	for _, text := range []struct {
		id    mapi.PropID
		value string
		code  diag.Code
		what  string
	}{{c.name, v.Name, NoName, "the rule has no name, and programs that list rules by it do not show it"},
		{c.provider, v.Provider, NoProvider, "the rule has no provider, and programs do not show rules of which they are not"}} {
		name := propName(text.id)
		trimmed := strings.Trim(text.value, "\x00 ")
		switch {
		case trimmed == "" && !has(p, text.id):
			v.find(diag.Warning, text.code, name, "is not there: %s", text.what)
		case trimmed == "":
			v.find(diag.Warning, text.code, name, "is empty: %s", text.what)
		case strings.Contains(text.value, "\x00"):
			v.find(diag.Warning, NULInText, name, "is %s, with a NUL inside", quote(text.value))
		}
	}
	if extra := v.State &^ knownState; extra != 0 {
		v.find(diag.Info, UnknownState, propName(c.state), "has the bits 0x%08X, which have no name", uint32(extra))
	}
	if v.Actions == nil && (has(p, idMsgActions) || has(p, idMsgCondition)) {
		v.find(diag.Info, PrivateFormat, propName(idMsgActions), "is in a format of Exchange that is not published")
		v.Unread = true
	}
}

// knownState are the bits that have a name.
var knownState = func() (all State) {
	for _, b := range stateBits {
		all |= State(b.mask)
	}
	return all
}()

// MovesTo returns the folders to which the rule moves or copies messages, as the ids stand in the actions: 21 bytes in rows,
// 46 in messages. The caller may know which of them people do not see; then MarkHidden makes a finding of that.
func (v *Rule) MovesTo() [][]byte {
	var all [][]byte
	if v.Actions == nil {
		return nil
	}
	for i := range v.Actions.ActionBlocks {
		if m, ok := v.Actions.ActionBlocks[i].ActionData.(*MoveCopy); ok {
			all = append(all, bytes.Clone(m.FolderEID))
		}
	}
	return all
}

// MarkHidden adds a finding MovesToHidden for every folder of MovesTo that hidden says people do not see: one with
// PidTagAttributeHidden, or outside of the part of the mailbox that is shown.
func (v *Rule) MarkHidden(hidden func(folder []byte) bool) {
	if v.Actions == nil {
		return
	}
	for i := range v.Actions.ActionBlocks {
		a := &v.Actions.ActionBlocks[i]
		if m, ok := a.ActionData.(*MoveCopy); ok && hidden(m.FolderEID) {
			v.find(diag.Info, MovesToHidden, fmt.Sprintf("ActionBlocks[%d].ActionData.FolderEID", i), "is that of a folder that is not shown: %s", v.Actions.Texts()[i])
		}
	}
}

// String returns the rule in words, on one line: `"Invoices": Subject contains "invoice" → move to folder 1-000000000122`.
func (v *Rule) String() string {
	name := "a rule without a name"
	if v.Name != "" {
		name = quote(v.Name)
	}
	condition, actions := "every message", "nothing"
	if v.Condition != nil {
		condition = v.Condition.String()
	}
	if v.Actions != nil {
		actions = v.Actions.String()
	}
	line := name + ": " + condition + " → " + actions
	if v.Unread {
		line += " (not all of it was read)"
	}
	return line
}

// propName returns the published name of a property, or its id.
func propName(id mapi.PropID) string {
	for _, t := range []mapi.PropType{mapi.PtypBinary, mapi.PtypString, mapi.PtypInteger32, mapi.PtypRestriction, mapi.PtypRuleAction} {
		if name, ok := mapi.NameOf(mapi.TagOf(id, t)); ok {
			return name
		}
	}
	return id.String()
}

func textOfProp(p mapi.Props, id mapi.PropID) string {
	prop, _ := p.LookupID(id)
	return valueText(prop.Value)
}

// number64 returns a number of whatever width, 0 where there is none.
func number64(p mapi.Props, id mapi.PropID) int64 {
	prop, _ := p.LookupID(id)
	switch v := prop.Value.(type) {
	case mapi.Integer16:
		return int64(v)
	case mapi.Integer32:
		return int64(v)
	case mapi.Integer64:
		return int64(v)
	}
	return 0
}

// bytesOf returns the bytes of a value that is a blob, of whatever type. It reports false where there is none.
func bytesOf(p mapi.Props, id mapi.PropID) ([]byte, bool) {
	prop, _ := p.LookupID(id)
	switch v := prop.Value.(type) {
	case mapi.Binary:
		return v, true
	case mapi.Restriction:
		return v.Raw, true
	case mapi.RuleActions:
		return v.Raw, true
	case mapi.Unknown:
		return v.Data, true
	}
	return nil, false
}
