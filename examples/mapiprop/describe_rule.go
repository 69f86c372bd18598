package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// mostText is how much of a condition or an action is shown in words. The rest is in -out json.
const mostText = 4000

// conditionLines says which messages a condition is for.
func conditionLines(v *rule.Condition, cut bool) []string {
	text := v.String()
	if cut && unread(v.Restriction) {
		text = "not read" // what stands for every message, where it is whole
	}
	lines := append(namedLines(&v.Named), labelled("for", shortened(text))...)
	if cut {
		lines = append(lines, "          not all of it was read")
	}
	return lines
}

// unread reports whether nothing is known of a restriction that breaks off.
func unread(v rule.Restriction) bool {
	switch v := v.(type) {
	case nil:
		return true
	case *rule.And:
		return len(v.Restricts) == 0
	case *rule.Or:
		return len(v.Restricts) == 0
	}
	return false
}

// searchFolderLines says which messages a search folder shows, and where they are sought.
func searchFolderLines(v *rule.SearchFolder, b *blob) []string {
	if !b.has("NumericalSearch") {
		return []string{"cut off before it says anything"}
	}
	cut, text := b.report.Max() == diag.Fatal, v.String()
	if cut && v.Flags&rule.SearchRestriction != 0 && unread(v.Restriction) {
		text = "not read"
	}
	lines := labelled("for", shortened(text))
	if v.TextSearch.Text != "" {
		lines = append(lines, labelled("text", safe(v.TextSearch.Text))...)
	}
	for i := range v.Addresses {
		name, at := textOf(&v.Addresses[i], 0x3001, b), textOf(&v.Addresses[i], 0x3003, b)
		if at != "" {
			name = strings.TrimSpace(name + " <" + at + ">")
		}
		if name == "" {
			name = "of which nothing is known"
		}
		lines = append(lines, labelled("address", name)...)
	}
	if v.FolderList1.Text != "" {
		lines = append(lines, labelled("folders", safe(v.FolderList1.Text))...)
	}
	ids, ok := v.Folders()
	for _, id := range ids {
		lines = append(lines, labelled("folder", idText(id, b.codePage))...)
	}
	if !ok {
		lines = append(lines, labelled("folders", "are no list of entry ids: "+bytesText(v.FolderList2))...)
	}
	if b.has("DeepSearch") && v.DeepSearch != 0 {
		lines = append(lines, "          and the folders below")
	}
	if cut {
		lines = append(lines, "          not all of it was read")
	}
	return lines
}

// textOf returns a property of an address that is a text.
func textOf(a *rule.SearchAddress, id mapi.PropID, b *blob) string {
	switch v := a.Value(id).(type) {
	case mapi.String:
		return safe(strings.TrimSuffix(string(v), "\x00"))
	case mapi.String8:
		return ansiText(bytes.TrimSuffix(v.Raw, []byte{0}), b.ansi())
	}
	return ""
}

// actionLines says what a rule does.
func actionLines(v *rule.RuleAction, cut bool) []string {
	lines := namedLines(&v.Named)
	for _, text := range v.Texts() {
		lines = append(lines, labelled("does", shortened(text))...)
	}
	switch {
	case cut:
		lines = append(lines, "          not all of it was read")
	case len(v.ActionBlocks) == 0:
		lines = append(lines, "does      nothing")
	}
	return lines
}

// namedLines says which properties the ids stand for.
func namedLines(v *rule.NamedPropertyInformation) []string {
	var lines []string
	for i := range v.NamedProperties {
		p := &v.NamedProperties[i]
		text := "no name"
		if name, ok := p.PropName(); ok {
			text = safe(name.String())
		}
		lines = append(lines, labelled("property", fmt.Sprintf("%v is %s", p.PropID, text))...)
	}
	return lines
}

// shortened returns text that is no longer than a screen.
func shortened(s string) string {
	if len(s) <= mostText {
		return s
	}
	return fmt.Sprintf("%s… (%d more bytes)", strings.ToValidUTF8(s[:mostText], ""), len(s)-mostText)
}
