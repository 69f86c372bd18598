package tzdef

import (
	"slices"
	"time"
)

// Offset is the difference of a zone's local time from UTC at some time.
type Offset struct {
	Minutes  int  // east of UTC
	Daylight bool // daylight time, as the rule calls it: it may be behind standard time
	Rule     int  // index of the rule it follows from
}

// Kind says how many instants a wall clock time is.
type Kind uint8

// The kinds of wall clock times.
const (
	None    Kind = iota // the zone has no rules
	Unique              // one instant
	Gap                 // none: clocks were put forward over it
	Overlap             // two: clocks were put back over it
)

// String returns "none", "unique", "gap" or "overlap".
func (k Kind) String() string {
	switch k {
	case Unique:
		return "unique"
	case Gap:
		return "gap"
	case Overlap:
		return "overlap"
	}
	return "none"
}

// Effective returns the rule marked TZRULE_FLAG_EFFECTIVE_TZREG, the last one where several are. Outlook applies it to
// every year of a series; At applies the rule of each year.
func (d *Definition) Effective() (*TZRule, bool) {
	for i := len(d.Rules) - 1; i >= 0; i-- {
		if d.Rules[i].Flags&EffectiveTZReg != 0 {
			return &d.Rules[i], true
		}
	}
	return nil, false
}

// RuleIn returns the index of the rule for a year of the local calendar: the one with the greatest Year not after it,
// the last of several with that Year, and for the years before all rules the first of those with the least Year. It is
// -1 where there are no rules.
func (d *Definition) RuleIn(year int) int {
	in, first := -1, -1
	for i := range d.Rules {
		y := int(d.Rules[i].Year)
		if y <= year && (in < 0 || y >= int(d.Rules[in].Year)) {
			in = i
		}
		if first < 0 || y < int(d.Rules[first].Year) {
			first = i
		}
	}
	if in < 0 {
		return first
	}
	return in
}

// At returns the offset at an instant, by the rule of that year. A year begins at local midnight, in the offset in force
// just before. The second result is false where there are no rules; the Offset means nothing then.
func (d *Definition) At(instant time.Time) (Offset, bool) {
	if len(d.Rules) == 0 {
		return Offset{}, false
	}
	return at(d.pick, milliseconds(instant)), true
}

// AtLocal returns the offset at a wall clock time: the clock of wall is read, its location is ignored. In an overlap it
// is the offset of the earlier instant, in a gap the one in force before it.
func (d *Definition) AtLocal(wall time.Time) (Offset, Kind) {
	if len(d.Rules) == 0 {
		return Offset{}, None
	}
	return atLocal(d.pick, wall)
}

func (d *Definition) pick(year int) (*TZRule, int) {
	i := d.RuleIn(year)
	return &d.Rules[i], i
}

// At returns the offset at an instant by this rule alone, taken to be in force in every year: how Outlook uses the
// effective rule of a definition.
func (r *TZRule) At(instant time.Time) Offset { return at(r.always, milliseconds(instant)) }

// AtLocal returns the offset at a wall clock time by this rule alone, as Definition.AtLocal does by all.
func (r *TZRule) AtLocal(wall time.Time) (Offset, Kind) { return atLocal(r.always, wall) }

func (r *TZRule) always(int) (*TZRule, int) { return r, 0 }

// ruleOf chooses the rule for a year, and its index.
type ruleOf func(year int) (*TZRule, int)

const (
	msMinute = 60 * 1000
	msDay    = 24 * 60 * msMinute
)

// milliseconds returns an instant as milliseconds since 1970. Nothing in a rule is finer.
func milliseconds(t time.Time) int64 { return t.UnixMilli() }

// wallClock returns the clock of t as milliseconds since 1970-01-01 00:00 on the same clock.
func wallClock(t time.Time) int64 {
	y, m, d := t.Date()
	h, min, s := t.Clock()
	return milliseconds(time.Date(y, m, d, h, min, s, t.Nanosecond(), time.UTC))
}

func yearStart(year int) int64 {
	return milliseconds(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC))
}

// at returns the offset at ms.
func at(rule ruleOf, ms int64) Offset {
	// The local year is that of UTC or a neighbour of it, in every zone whose offset is less than a year.
	year := time.UnixMilli(ms).UTC().Year() + 1
	for range 2 {
		if ms < localYear(rule, year) {
			year--
		}
	}
	r, i := rule(year)
	daylight := r.inDaylight(year, ms)
	return Offset{Minutes: r.offset(daylight), Daylight: daylight, Rule: i}
}

// localYear returns the instant at which a year begins on the local clock.
func localYear(rule ruleOf, year int) int64 {
	r, _ := rule(year - 1)
	const never = 1<<63 - 1
	return yearStart(year) - int64(r.offset(r.inDaylight(year-1, never)))*msMinute
}

func (r *TZRule) offset(daylight bool) int {
	if daylight {
		m, _ := r.Daylight()
		return m
	}
	return r.Standard()
}

// inDaylight reports whether the rule has daylight time at ms, an instant of the given local year.
func (r *TZRule) inDaylight(year int, ms int64) bool {
	if !r.HasDaylight() {
		return false
	}
	start, startOK := r.DaylightDate.in(year)
	end, endOK := r.StandardDate.in(year)
	switch {
	case !startOK && !endOK:
		return false // dates of other years, or no dates
	case !endOK: // standard time begins in another year, or never: a date that no calendar has is like one that is missing
		_, ok := r.StandardDate.valid()
		return ok && ms >= start-int64(r.offset(false))*msMinute
	case !startOK:
		_, ok := r.DaylightDate.valid()
		return ok && ms < end-int64(r.offset(true))*msMinute
	}
	began, ended := ms >= start-int64(r.offset(false))*msMinute, ms >= end-int64(r.offset(true))*msMinute
	// A change on 1 January at 00:00 is a marker: the year begins in that state. It has no instant of its own, which
	// would be an hour off on the clock of the state before.
	if start == yearStart(year) {
		began = true
	}
	if end == yearStart(year) {
		ended = true
	}
	if start <= end { // north of the equator
		return began && !ended
	}
	return began || !ended
}

// in returns the wall clock time of the date in a year, and whether it has one there.
func (t *SystemTime) in(year int) (int64, bool) {
	if _, ok := t.valid(); !ok || t.Year > 1 && int(t.Year) != year {
		return 0, false
	}
	day := int(t.Day)
	if t.Year == 0 {
		first := time.Date(year, time.Month(t.Month), 1, 0, 0, 0, 0, time.UTC)
		day = 1 + (int(t.DayOfWeek)-int(first.Weekday())+7)%7 + 7*(day-1)
		for last := first.AddDate(0, 1, -1).Day(); day > last; {
			day -= 7
		}
	}
	ms := milliseconds(time.Date(year, time.Month(t.Month), day, int(t.Hour), int(t.Minute), int(t.Second), 0, time.UTC)) + int64(t.Milliseconds)
	if t.Milliseconds == 999 {
		ms++ // 23:59:59.999 means the midnight that follows
	}
	return ms, true
}

// atLocal returns the offset at a wall clock time.
func atLocal(rule ruleOf, wall time.Time) (Offset, Kind) {
	clock := wallClock(wall)
	year := wall.Year()
	// The offsets that can hold: those of the rules of this year and its neighbours. The greatest comes first, because
	// it makes the earliest instant.
	var offsets [6]int
	n := 0
	for y := year - 1; y <= year+1; y++ {
		r, _ := rule(y)
		for _, daylight := range [...]bool{false, true} {
			offsets[n] = r.offset(daylight && r.HasDaylight())
			n++
		}
	}
	greatest := offsets[0]
	for _, o := range offsets {
		greatest = max(greatest, o)
	}
	var first Offset
	readings := 0
	for i, o := range offsets {
		if slices.Contains(offsets[:i], o) {
			continue
		}
		if got := at(rule, clock-int64(o)*msMinute); got.Minutes == o {
			if readings == 0 || o > first.Minutes {
				first = got
			}
			readings++
		}
	}
	switch readings {
	case 0:
		return at(rule, clock-int64(greatest)*msMinute), Gap
	case 1:
		return first, Unique
	}
	return first, Overlap
}
