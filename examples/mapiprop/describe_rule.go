package main

import (
	"fmt"
	"strings"

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
