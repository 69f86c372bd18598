package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// historyShown is how many of those who got a reply are shown.
const historyShown = 20

// historyLines says who has got an out-of-office reply already.
func historyLines(h *oof.History, read func(path string) bool) []string {
	var lines []string
	switch {
	case !read("oofOn"):
		return []string{"not read"}
	case h.OofOn == 0:
		lines = append(lines, "state     off")
	case h.OofOn == 1:
		lines = append(lines, "state     on")
	default:
		lines = append(lines, fmt.Sprintf("state     %d", h.OofOn))
	}
	if !read("entryCount") {
		return append(lines, "replies   not read")
	}
	lines = append(lines, "replies   "+strconv.Itoa(len(h.Counts)))
	n := 0
	for entry := range h.Entries() {
		if n++; n > historyShown {
			lines = append(lines, fmt.Sprintf("          and %d more", len(h.Counts)-historyShown))
			break
		}
		var words []string
		for _, p := range entry {
			switch p.ID {
			case oof.PropSender:
				words = append(words, "to "+safe(string(p.Value)))
			case oof.PropRule:
				words = append(words, fmt.Sprintf("by rule %x", p.Value))
			default:
				words = append(words, fmt.Sprintf("property %d: %x", p.ID, p.Value))
			}
		}
		lines = append(lines, "          "+strings.Join(words, ", "))
	}
	return lines
}

// settingsIn returns the settings of out-of-office replies that are the body of a message, and what was found in them, with
// offsets in the bytes of the value as far as they are known. It returns nil where the property is nothing of the kind.
func settingsIn(p mapi.Prop) (*oof.Settings, []diag.Finding) {
	if p.Tag.ID() != mapi.PidTagBody.ID() || !p.Name.IsZero() {
		return nil, nil
	}
	text := ""
	switch v := p.Value.(type) {
	case mapi.String:
		text = string(v)
	case mapi.String8:
		text, _ = v.Text() // what is damaged is in the findings of the dump
	}
	if !strings.HasPrefix(strings.TrimLeft(text, "\uFEFF \t\r\n"), "<") || !strings.Contains(text[:min(len(text), 1000)], "OofSettings") {
		return nil, nil
	}
	s, r := oof.InspectSettings(text)
	found := slices.Collect(r.Findings())
	for i := range found {
		f := &found[i]
		f.Path = "PidTagBody." + f.Path
		start, err1 := mapi.String(text[:f.Span.Offset]).AppendBinary(nil)
		all, err2 := mapi.String(text[:f.Span.Offset+f.Span.Len]).AppendBinary(nil)
		if _, wide := p.Value.(mapi.String); wide && err1 == nil && err2 == nil {
			f.Span = diag.Span{Offset: len(start), Len: len(all) - len(start)}
		} else {
			f.Span = diag.Span{Offset: -1}
		}
	}
	return s, found
}

// settingsLines says what settings of out-of-office replies say.
func settingsLines(s *oof.Settings) []string {
	lines := []string{"OofState  " + safe(string(s.OofState)), "audience  " + safe(string(s.ExternalAudience))}
	if d := s.Duration; d != nil {
		lines = append(lines, fmt.Sprintf("duration  %s to %s", safe(string(d.StartTime)), safe(string(d.EndTime))))
	}
	for _, r := range []struct {
		label, text string
		is          bool
	}{{"internal  ", s.Internal(), s.InternalReply != nil}, {"external  ", s.External(), s.ExternalReply != nil}} {
		if r.is {
			lines = append(lines, r.label+quoted(cut(strings.Join(strings.Fields(r.text), " "))))
		}
	}
	if s.SetByLegacyClient {
		lines = append(lines, "          taken over from a legacy client")
	}
	return lines
}
