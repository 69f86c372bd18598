package fuzz_test

import (
	"slices"
	"testing"
	"time"

	"github.com/mapiprop/mapiprop/tzdef"
)

// checkTZDefOffset asks a definition for offsets, and checks the answers against what they must be, against trying
// every offset there is, and for the rules of real zones against a list of their transitions.
func checkTZDefOffset(tb testing.TB, b []byte) {
	s := &source{b}
	d := definition(s)
	for range 4 {
		t := instant(s)
		checkAt(tb, d, t)
		checkAtLocal(tb, d, t)
	}
	for i := range d.Rules {
		checkAlone(tb, &d.Rules[i], instant(s))
	}
	r := realRule(s)
	for range 4 {
		checkTransitions(tb, r, instant(s))
	}
}

// instant is a time near a year's end or anywhere from 1900 to 2155, or as far away as time goes.
func instant(s *source) time.Time {
	year := 1900 + s.below(256)
	switch s.below(8) {
	case 0:
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(int16(s.u16())) * time.Minute)
	case 1:
		return time.UnixMilli(int64(s.u64() >> 4)).UTC()
	}
	return time.Date(year, 1, 1, 0, int(s.u32()%(366*24*60)), 0, int(s.u8())*1e6, time.UTC)
}

func checkAt(tb testing.TB, d *tzdef.Definition, t time.Time) {
	tb.Helper()
	o, ok := d.At(t)
	if ok != (len(d.Rules) > 0) {
		tb.Fatalf("At says %v, with %d rules", ok, len(d.Rules))
	}
	if again, _ := d.At(t.In(time.FixedZone("x", 12345))); again != o {
		tb.Fatalf("At %v is %+v, and %+v when asked from elsewhere", t, o, again)
	}
	if ok {
		checkOffset(tb, d.Rules, o)
	}
}

// checkOffset holds an offset to the rule it says it comes from.
func checkOffset(tb testing.TB, rules []tzdef.TZRule, o tzdef.Offset) {
	tb.Helper()
	if o.Rule < 0 || o.Rule >= len(rules) {
		tb.Fatalf("rule %d of %d", o.Rule, len(rules))
	}
	r := &rules[o.Rule]
	want, ok := r.Standard(), true
	if o.Daylight {
		want, ok = r.Daylight()
	}
	if !ok || o.Minutes != want {
		tb.Fatalf("%+v, by a rule with %d and daylight time %v", o, want, ok)
	}
}

// year is what the offsets of zones are far below, in minutes: beyond it nobody knows which year it is.
const year = 360 * 24 * 60

// checkAtLocal tries every offset there is: the instants at which the clock shows the wall time are those where the
// offset tried is the one in force.
func checkAtLocal(tb testing.TB, d *tzdef.Definition, wall time.Time) {
	tb.Helper()
	got, kind := d.AtLocal(wall)
	if again, k := d.AtLocal(wall.In(time.UTC)); again != got || k != kind {
		tb.Fatalf("AtLocal %v is %+v %v, and then %+v %v", wall, got, kind, again, k)
	}
	if len(d.Rules) == 0 {
		if kind != tzdef.None {
			tb.Fatalf("%v without rules", kind)
		}
		return
	}
	checkOffset(tb, d.Rules, got)
	var offsets []int
	for i := range d.Rules {
		daylight, _ := d.Rules[i].Daylight()
		offsets = append(offsets, d.Rules[i].Standard(), daylight)
	}
	slices.Sort(offsets)
	offsets = slices.Compact(offsets)
	if offsets[0] < -year || offsets[len(offsets)-1] > year {
		return
	}
	readings, greatest := 0, 0
	for _, o := range offsets {
		if at, _ := d.At(wall.Add(-time.Duration(o) * time.Minute)); at.Minutes == o {
			readings++
			greatest = o
		}
	}
	want := tzdef.Overlap
	switch readings {
	case 0:
		want = tzdef.Gap
	case 1:
		want = tzdef.Unique
	}
	if kind != want || readings > 0 && got.Minutes != greatest {
		tb.Fatalf("AtLocal %v is %+v %v; of %v it could be %d, the first is %d", wall, got, kind, offsets, readings, greatest)
	}
}

// checkAlone compares a rule with the definition that has no other.
func checkAlone(tb testing.TB, r *tzdef.TZRule, t time.Time) {
	tb.Helper()
	d := &tzdef.Definition{Rules: []tzdef.TZRule{*r}}
	byDefinition, _ := d.At(t)
	if byRule := r.At(t); byRule != byDefinition {
		tb.Fatalf("%+v by the rule, %+v by the definition", byRule, byDefinition)
	}
	byDefinition, kind := d.AtLocal(t)
	if byRule, k := r.AtLocal(t); byRule != byDefinition || k != kind {
		tb.Fatalf("%+v %v by the rule, %+v %v by the definition", byRule, k, byDefinition, kind)
	}
}

// realRule is a rule as zones have them: recurring dates, weeks apart and not around New Year, and offsets of hours.
func realRule(s *source) *tzdef.TZRule {
	date := func(month int) tzdef.SystemTime {
		return tzdef.SystemTime{Month: uint16(month), DayOfWeek: uint16(s.below(7)), Day: uint16(1 + s.below(5)), Hour: uint16(s.below(24)), Minute: uint16(s.below(60))}
	}
	a := 2 + s.below(10)               // 2 to 11
	b := 2 + (a-2+2+s.below(7))%10     // another, two months away at least
	if d := a - b; d == 1 || d == -1 { // around the end of the circle
		b = 2 + (b-2+2)%10
	}
	return &tzdef.TZRule{Year: 1601, Bias: 15 * int32(int8(s.u8())) / 3, StandardBias: int32(s.below(3)) * 30, DaylightBias: -30 * int32(s.below(5)-2),
		StandardDate: date(a), DaylightDate: date(b)}
}

// checkTransitions compares At with a list of what happens in the years around: the last thing before an instant says
// which offset holds.
func checkTransitions(tb testing.TB, r *tzdef.TZRule, t time.Time) {
	tb.Helper()
	if t.Year() < 1601 || t.Year() > 3000 || r.StandardDate.Month == r.DaylightDate.Month {
		return
	}
	daylight, _ := r.Daylight()
	type transition struct {
		at      time.Time
		minutes int
	}
	var all []transition
	for y := t.Year() - 2; y <= t.Year()+1; y++ {
		all = append(all, transition{wallTime(y, r.DaylightDate).Add(-time.Duration(r.Standard()) * time.Minute), daylight},
			transition{wallTime(y, r.StandardDate).Add(-time.Duration(daylight) * time.Minute), r.Standard()})
	}
	slices.SortFunc(all, func(a, b transition) int { return a.at.Compare(b.at) })
	want := 0
	for _, c := range all {
		if !c.at.After(t) {
			want = c.minutes
		}
	}
	if got := r.At(t); got.Minutes != want {
		tb.Fatalf("%+v at %v: %+v, want %d", r, t, got, want)
	}
}

// wallTime returns the date in a year on its own clock: the days of the month are counted one by one.
func wallTime(year int, d tzdef.SystemTime) time.Time {
	var found time.Time
	n := uint16(0)
	for t := time.Date(year, time.Month(d.Month), 1, int(d.Hour), int(d.Minute), 0, 0, time.UTC); t.Month() == time.Month(d.Month); t = t.AddDate(0, 0, 1) {
		if uint16(t.Weekday()) == d.DayOfWeek && n < d.Day {
			found = t
			n++
		}
	}
	return found
}
