package oof

import (
	"fmt"
	"strconv"
	"time"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// MarshalJSON returns the form that AppendJSON appends. It never fails.
func (v *Verdict) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the verdict as JSON. Items are named by their paths, as their own list has them.
func (v *Verdict) AppendJSON(b []byte) []byte {
	b = append(b, `{"model":"`+string(v.Model)+`","at":`...)
	if v.At.IsZero() {
		b = append(b, "null"...)
	} else {
		b = append(v.At.UTC().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
	}
	b = v.appendState(append(b, `,"state":`...))
	b = append(b, `,"master":`...)
	if v.Master < 0 {
		b = append(b, "null"...)
	} else {
		b = v.appendMaster(b)
	}
	b = append(b, `,"sends":{"now":`...)
	b = strconv.AppendBool(b, v.State.Effective == On)
	b = v.appendSends(append(b, `,"internal":`...), v.Sends.Internal)
	b = v.appendSends(append(b, `,"external":`...), v.Sends.External)
	b = wtf8.AppendQuote(append(b, `,"internalNote":`...), v.Sends.InternalNote)
	b = wtf8.AppendQuote(append(b, `,"externalNote":`...), v.Sends.ExternalNote)
	b = fmt.Appendf(b, `,"internalOpen":%t,"externalOpen":%t},"items":[`, v.Sends.InternalOpen, v.Sends.ExternalOpen)
	for i := range v.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = v.Items[i].appendJSON(b)
	}
	b = append(b, `],"findings":[`...)
	for i := range v.Findings {
		if i > 0 {
			b = append(b, ',')
		}
		b = v.appendFinding(b, &v.Findings[i])
	}
	b = v.Seen.appendJSON(append(b, `],"seen":`...))
	b = appendStrings(append(b, `,"missing":`...), v.Missing)
	b = appendStrings(append(b, `,"advice":`...), v.Advice)
	return append(b, '}')
}

func appendStrings(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = wtf8.AppendQuote(b, s)
	}
	return append(b, ']')
}

func (v *Verdict) appendState(b []byte) []byte {
	s := &v.State
	b = fmt.Appendf(b, `{"effective":%q,"confidence":%q,"store":%q,"settings":%q`, s.Effective, s.Confidence, s.Store, s.Settings)
	for i := range v.Items {
		w := v.Items[i].Switch
		if w == nil {
			continue
		}
		if w.HasFlag {
			b = strconv.AppendBool(append(b, `,"flag":`...), w.Flag)
		}
		if w.Start != 0 {
			b, _ = w.Start.AppendText(append(b, `,"start":"`...)) // never fails
			b = append(b, '"')
		}
		if w.End != 0 {
			b, _ = w.End.AppendText(append(b, `,"end":"`...)) // never fails
			b = append(b, '"')
		}
		break
	}
	b = wtf8.AppendQuote(append(b, `,"reason":`...), s.Reason)
	return append(b, '}')
}

func (v *Verdict) appendMaster(b []byte) []byte {
	master := &v.Items[v.Master]
	b = wtf8.AppendQuote(append(b, `{"item":`...), master.Name())
	b = append(b, `,"settings":`...)
	if master.Settings == nil {
		return append(b, "null}"...)
	}
	return append(master.Settings.AppendJSON(b), '}')
}

// appendSends appends the first text, with the others in its member also; null where there is none.
func (v *Verdict) appendSends(b []byte, all []Outgoing) []byte {
	if len(all) == 0 {
		return append(b, "null"...)
	}
	b = v.appendOutgoing(b, &all[0])
	if len(all) > 1 {
		b = append(b, `,"also":[`...)
		for i := range all[1:] {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(v.appendOutgoing(b, &all[i+1]), '}')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendOutgoing appends an object without its end.
func (v *Verdict) appendOutgoing(b []byte, o *Outgoing) []byte {
	b = wtf8.AppendQuote(append(b, `{"text":`...), o.Text)
	b = wtf8.AppendQuote(append(b, `,"from":`...), v.Items[o.From].Name())
	b = append(b, `,"rules":[`...)
	for k, i := range o.Rules {
		if k > 0 {
			b = append(b, ',')
		}
		b = wtf8.AppendQuote(b, v.Items[i].Name())
	}
	b = append(b, ']')
	b = fmt.Appendf(b, `,"confidence":%q`, o.Confidence)
	if o.Shown != "" {
		b = wtf8.AppendQuote(append(b, `,"shown":`...), o.Shown)
	}
	return wtf8.AppendQuote(append(b, `,"note":`...), o.Note)
}

func (i *Item) appendJSON(b []byte) []byte {
	b = wtf8.AppendQuote(append(b, `{"item":`...), i.Name())
	b = fmt.Appendf(b, `,"role":%q`, i.Role)
	b = wtf8.AppendQuote(append(b, `,"class":`...), i.Class)
	if i.Folder != "" {
		b = wtf8.AppendQuote(append(b, `,"folder":`...), i.Folder)
	}
	b = wtf8.AppendQuote(append(b, `,"status":`...), i.Status)
	b = appendStrings(append(b, `,"notes":`...), i.Notes)
	if len(i.Also) > 0 {
		b = appendStrings(append(b, `,"also":`...), i.Also)
	}
	switch {
	case i.Settings != nil:
		b = i.Settings.AppendJSON(append(b, `,"settings":`...))
	case i.Template != nil && i.Role != RoleReply:
		b = i.Template.AppendJSON(append(b, `,"template":`...))
	case i.Log != nil:
		b = i.Log.AppendJSON(append(b, `,"log":`...))
	case i.Rule != nil:
		b = i.appendRule(append(b, `,"rule":`...))
	}
	b = append(b, `,"findings":[`...)
	for k, f := range i.Findings {
		if k > 0 {
			b = append(b, ',')
		}
		b = f.AppendJSON(b)
	}
	return append(b, "]}"...)
}

func (i *Item) appendRule(b []byte) []byte {
	b = wtf8.AppendQuote(append(b, `{"name":`...), i.Rule.Name)
	b = wtf8.AppendQuote(append(b, `,"provider":`...), i.Rule.Provider)
	b = fmt.Appendf(b, `,"source":%q,"sequence":%d,"state":"0x%08X"`, i.Rule.Source, i.Rule.Sequence, uint32(i.Rule.State))
	b = appendStrings(append(b, `,"stateWords":`...), i.Rule.State.Words())
	b = wtf8.AppendQuote(append(b, `,"text":`...), i.Rule.String())
	return append(b, '}')
}

// appendFinding appends a finding with what it rests on.
func (v *Verdict) appendFinding(b []byte, f *Finding) []byte {
	b = f.AppendJSON(b)
	b = fmt.Appendf(b[:len(b)-1], `,"confidence":%q,"items":[`, f.Confidence)
	for k, i := range f.Items {
		if k > 0 {
			b = append(b, ',')
		}
		b = wtf8.AppendQuote(b, v.Items[i].Name())
	}
	b = appendStrings(append(b, `],"properties":`...), f.Properties)
	return append(b, '}')
}

func (s *Seen) appendJSON(b []byte) []byte {
	b = fmt.Appendf(b, `{"items":%d,"associated":%d,"ruleRows":%d,"ruleMessages":%d,"store":%t,"folders":`, s.Items, s.Associated, s.RuleRows, s.RuleMessages, s.Store)
	b = appendStrings(b, s.Folders)
	if s.MoreFolders {
		b = append(b, `,"moreFolders":true`...)
	}
	return append(b, '}')
}
