package main

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/oof/rtf"
	"github.com/mapiprop/mapiprop/oof/rule"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// part is some lines about a value, and what belongs below them: the findings whose paths begin with one of the steps.
type part struct {
	steps    []string
	heading  string
	lines    []string
	fields   []string       // what the lines are made of, as the specification names it
	findings []diag.Finding // that are not of the blob's report
	depth    int
}

// describe says in a few lines what a value says. The first part takes the findings that no other has a claim on. What
// was not read, because the blob ends before, is not said to be nothing.
func describe(b *blob) []part {
	cut := b.report.Max() == diag.Fatal
	switch v := b.value.(type) {
	case *tzdef.Definition:
		return describeDefinition(v, cut, b.has)
	case *tzdef.TZStruct:
		if cut {
			return onePart("cut off: see the fields with -out hex")
		}
		r := v.Rule()
		return onePart(ruleLines("zone", &r)...)
	case *tzdef.Information:
		if cut {
			return onePart("not one of the three layouts")
		}
		return onePart(informationLines(v)...)
	case *goid.GlobalObjectID:
		return onePart(globalObjectIDLines(v, cut, b.has)...)
	case *rule.Condition:
		return onePart(conditionLines(v, cut)...)
	case *rule.SearchFolder:
		return onePart(searchFolderLines(v, b)...)
	case *rule.RuleAction:
		return onePart(actionLines(v, cut)...)
	case *entryid.EntryID:
		return onePart(idLines(b, v)...)
	case *entryid.ServerID:
		return onePart(serverIDLines(v, b.has)...)
	case *freebusy.Blocks:
		return onePart(freeBusyLines(v)...)
	case *oof.History:
		return onePart(historyLines(v, b.has)...)
	case *rtf.Compressed:
		return describeRTF(b, v)
	case *recur.RecurrencePattern:
		return describeRecur(b, v, nil)
	case *recur.AppointmentRecurrencePattern:
		return describeRecur(b, &v.RecurrencePattern, v)
	}
	return onePart(smallLines(b)...)
}

// onePart returns a value that is one part.
func onePart(s ...string) []part { return []part{{lines: s}} }

func informationLines(v *tzdef.Information) []string {
	lines := []string{"layout    " + v.Layout.String()}
	if key := v.TimeZoneKeyName.String(); key != "" {
		lines = append(lines, "KeyName   "+keyText(key))
	}
	if s, d := v.StandardName.String(), v.DaylightName.String(); s != "" || d != "" {
		lines = append(lines, "names     "+safe(s)+", "+safe(d))
	}
	r := v.Rule()
	return append(lines, ruleLines("zone", &r)...)
}

func globalObjectIDLines(g *goid.GlobalObjectID, cut bool, read func(path string) bool) []string {
	var lines []string
	switch {
	case cut:
		lines = append(lines, "UID       not read")
	case g.IsForeign():
		return []string{"bytes     " + g.UID()}
	default:
		lines = append(lines, "UID       "+safe(g.UID()))
	}
	if year, month, day, ok := g.InstanceDate(); ok {
		lines = append(lines, fmt.Sprintf("instance  %04d-%02d-%02d", year, month, day))
	} else if !g.IsClean() && read("Day") {
		lines = append(lines, "instance  of no known date")
	}
	if read("CreationTime") && !g.IsForeign() {
		lines = append(lines, "created   "+g.CreationTime.String())
	}
	return lines
}

// freeBusyLines says when the blocks are in their month, which the blob does not say.
func freeBusyLines(v *freebusy.Blocks) []string {
	if len(v.Blocks) == 0 {
		return []string{"no blocks"}
	}
	at := func(minute uint16) (day int, clock string) {
		return int(minute)/(24*60) + 1, fmt.Sprintf("%02d:%02d", minute/60%24, minute%60)
	}
	lines := make([]string, len(v.Blocks))
	for i, b := range v.Blocks {
		startDay, start := at(b.Start)
		endDay, end := at(b.End)
		if endDay != startDay {
			end = fmt.Sprintf("day %d, %s", endDay, end)
		}
		lines[i] = fmt.Sprintf("day %d, %s to %s UTC", startDay, start, end)
	}
	return lines
}

func describeDefinition(d *tzdef.Definition, cut bool, read func(path string) bool) []part {
	name := keyText(d.KeyName)
	if cut && !read("cchKeyName") || cut && d.KeyName == "" && !read("cRules") {
		name = "not read"
	}
	parts := onePart("KeyName   " + name)
	if d.Reserved&tzdef.ValidGUID != 0 {
		parts[0].lines = append(parts[0].lines, "guid      "+d.GUID.String())
	}
	for i := range d.Rules {
		r := &d.Rules[i]
		from := fmt.Sprintf("from %d", r.Year)
		if r.Flags != 0 {
			from += ", " + flagText(r.Flags)
		}
		parts = append(parts, part{steps: []string{fmt.Sprintf("TZRules[%d]", i)}, lines: ruleLines(from, r)})
	}
	if len(d.Rules) == 0 && !cut {
		parts[0].lines = append(parts[0].lines, "no rules")
	}
	return parts
}

func flagText(f tzdef.RuleFlags) string {
	var words []string
	if f&tzdef.EffectiveTZReg != 0 {
		words = append(words, "effective")
	}
	if f&tzdef.RecurCurrentTZReg != 0 {
		words = append(words, "the one in PidLidTimeZoneStruct")
	}
	if f &^= tzdef.EffectiveTZReg | tzdef.RecurCurrentTZReg; f != 0 {
		words = append(words, fmt.Sprintf("flags 0x%04X", uint16(f)))
	}
	return strings.Join(words, ", ")
}

func keyText(key string) string {
	if key == "" {
		return "none"
	}
	if iana, ok := tzdef.IANA(key); ok {
		return safe(key) + " (" + iana + ")"
	}
	return safe(key)
}

func ruleLines(from string, r *tzdef.TZRule) []string {
	dst, ok := r.Daylight()
	if !ok {
		return []string{fmt.Sprintf("%s: %s all year", from, utc(r.Standard()))}
	}
	return []string{
		fmt.Sprintf("%s: %s, daylight time %s", from, utc(r.Standard()), utc(dst)),
		"  daylight  " + r.DaylightDate.String(),
		"  standard  " + r.StandardDate.String(),
	}
}

// utc returns minutes east of UTC as "UTC+05:30". The sign is that of the whole.
func utc(minutes int) string {
	if minutes < -24*60 || minutes > 24*60 {
		return fmt.Sprintf("%+d minutes from UTC", minutes)
	}
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("UTC%c%02d:%02d", sign, minutes/60, minutes%60)
}
