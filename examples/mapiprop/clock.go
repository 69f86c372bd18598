package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // not every system has the zones

	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// zone returns the offset from UTC at a wall clock time, in seconds, and what kind of time that is there: in a gap the
// offset is the one in force before it, in an overlap that of the first reading.
type zone func(wall time.Time) (seconds int, kind tzdef.Kind)

// clocks turn the wall clock of a series into what is shown.
type clocks struct {
	series zone           // of the series, nil where nobody said
	shown  *time.Location // nil for the clock of the series
}

// moment is a time of a series as it is shown.
type moment struct {
	wall   string // "2026-09-16T14:00:00"
	rtime  recur.RTime
	offset string     // "+02:00", "Z", "" where it is not known
	kind   tzdef.Kind // Gap and Overlap are worth a word
	at     time.Time  // the instant, zero where it is not known
}

// show returns a time of the series as it is shown.
func (c *clocks) show(r recur.RTime) moment {
	if c.series == nil {
		return moment{wall: r.String(), rtime: r, kind: tzdef.None}
	}
	seconds, kind := c.series(r.In(time.UTC))
	t := r.In(time.FixedZone("", seconds))
	if c.shown != nil {
		t = t.In(c.shown)
	}
	offset := "Z07:00"
	if _, s := t.Zone(); s%60 != 0 {
		offset = "Z07:00:00" // before there were zones
	}
	if shown, ok := recur.RTimeOf(t); ok {
		r = shown
	}
	return moment{t.Format("2006-01-02T15:04:05"), r, t.Format(offset), kind, t}
}

// zoneOfBlob returns the zone that the value of a PidLidTimeZoneStruct defines, which has 48 bytes, or that of a
// PidLidAppointmentTimeZoneDefinition…, which has more if it has a rule.
func zoneOfBlob(b []byte) (zone, error) {
	if len(b) == 48 {
		s, err := tzdef.DecodeStruct(b)
		if err != nil {
			return nil, err
		}
		rule := s.Rule()
		return zoneOfRule(rule), sensible([]tzdef.TZRule{rule})
	}
	d, err := tzdef.Decode(b)
	if err != nil {
		return nil, err
	}
	return zoneOfDefinition(d), sensible(d.Rules)
}

// zoneOfDefinition is a zone with the rules of each year.
func zoneOfDefinition(d *tzdef.Definition) zone {
	return func(wall time.Time) (int, tzdef.Kind) {
		off, kind := d.AtLocal(wall)
		return 60 * off.Minutes, kind
	}
}

// zoneOfRule is a zone with one rule for all years.
func zoneOfRule(r tzdef.TZRule) zone {
	return func(wall time.Time) (int, tzdef.Kind) {
		off, kind := r.AtLocal(wall)
		return 60 * off.Minutes, kind
	}
}

// sensible returns why no clock can be set by the rules.
func sensible(rules []tzdef.TZRule) error {
	if len(rules) == 0 {
		return fmt.Errorf("the zone has no rules")
	}
	for i := range rules {
		dst, _ := rules[i].Daylight()
		for _, minutes := range [...]int{rules[i].Standard(), dst} {
			if minutes <= -minutesPerDay || minutes >= minutesPerDay {
				return fmt.Errorf("the zone is %d minutes from UTC", minutes)
			}
		}
	}
	return nil
}

// zoneNamed returns the zone with an IANA name, or with the key name that Windows has for it.
func zoneNamed(name string) (*time.Location, error) {
	if strings.EqualFold(name, "utc") {
		return time.UTC, nil
	}
	iana, ok := tzdef.IANA(name)
	if !ok {
		iana = name
	}
	loc, err := time.LoadLocation(iana)
	if err != nil || loc == time.Local || name == "" {
		return nil, fmt.Errorf("%q is the name of no zone, neither of IANA nor of Windows", name)
	}
	return loc, nil
}

// zoneOfLocation is a zone of the IANA database.
func zoneOfLocation(loc *time.Location) zone {
	offset := func(instant time.Time) int {
		_, seconds := instant.In(loc).Zone()
		return seconds
	}
	return func(wall time.Time) (int, tzdef.Kind) {
		// The offsets that can hold: no zone is a day from UTC, and none changes its clocks twice in six hours. Not
		// ZoneBounds: with Go 1.26 it ends leap years of the far future a day early.
		const day, step = 24 * time.Hour, 6 * time.Hour
		var offsets []int
		for at := -day; at <= day; at += step {
			if o := offset(wall.Add(at)); !slices.Contains(offsets, o) {
				offsets = append(offsets, o)
			}
		}
		readings, first := 0, 0
		for _, o := range offsets {
			if offset(wall.Add(-time.Duration(o)*time.Second)) != o {
				continue
			}
			if readings++; readings == 1 || o > first {
				first = o // the greatest makes the earliest instant
			}
		}
		switch readings {
		case 0:
			return offset(wall.Add(-time.Duration(slices.Max(offsets)) * time.Second)), tzdef.Gap
		case 1:
			return first, tzdef.Unique
		}
		return first, tzdef.Overlap
	}
}
