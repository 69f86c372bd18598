package tzdef_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/tzdef"
)

// simulation runs a zone's clock minute by minute. It knows no formula for dates: it counts days off a calendar, waits
// for the local year to end and for the hands to stand where a rule changes them. Dates must recur and fall on whole
// minutes, 23:59:59.999 aside.
type simulation struct {
	d     *tzdef.Definition
	now   time.Time // UTC
	year  int       // of the local calendar
	rule  int
	state bool // daylight time
	// The instants at which the state changes in this year, or zero.
	toStandard, toDaylight time.Time
}

// newSimulation starts at a new year's midnight, in the state with which that year begins. The instant at which it
// begins depends on the year before; it is at least a day off, and the caller does not look until then.
func newSimulation(d *tzdef.Definition, year int) *simulation {
	s := &simulation{d: d, now: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}
	s.begin(year)
	return s
}

// begin puts the rule of a year in force.
func (s *simulation) begin(year int) {
	s.year, s.rule = year, 0
	// As if sorted stably by year: the last of those not after the year, before all of them the first of the earliest.
	best := -1
	for i, r := range s.d.Rules {
		if int(r.Year) <= year && int(r.Year) >= best {
			best, s.rule = int(r.Year), i
		}
	}
	if best < 0 {
		for i, r := range s.d.Rules {
			if r.Year < s.d.Rules[s.rule].Year {
				s.rule = i
			}
		}
	}
	r := &s.d.Rules[s.rule]
	s.toStandard, s.toDaylight, s.state = time.Time{}, time.Time{}, false
	if r.StandardDate.Month == 0 || r.DaylightDate.Month == 0 {
		return
	}
	standard, daylight := onCalendar(r.StandardDate, year), onCalendar(r.DaylightDate, year)
	newYear := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case daylight.Equal(newYear): // a marker: the year begins in daylight time
		s.state = true
		s.toStandard = standard.Add(time.Duration(r.Bias+r.DaylightBias) * time.Minute)
	case standard.Equal(newYear): // a marker: the year begins in standard time
		s.toDaylight = daylight.Add(time.Duration(r.Bias+r.StandardBias) * time.Minute)
	default:
		s.state = standard.Before(daylight) // in the south the year begins in daylight time
		s.toStandard = standard.Add(time.Duration(r.Bias+r.DaylightBias) * time.Minute)
		s.toDaylight = daylight.Add(time.Duration(r.Bias+r.StandardBias) * time.Minute)
	}
}

// onCalendar finds a date by leafing through the month.
func onCalendar(date tzdef.SystemTime, year int) time.Time {
	var found time.Time
	n := uint16(0)
	for day := time.Date(year, time.Month(date.Month), 1, 0, 0, 0, 0, time.UTC); day.Month() == time.Month(date.Month); day = day.AddDate(0, 0, 1) {
		if day.Weekday() == time.Weekday(date.DayOfWeek) {
			if n++; n <= date.Day {
				found = day
			}
		}
	}
	if date.Milliseconds == 999 {
		return found.AddDate(0, 0, 1)
	}
	return found.Add(time.Duration(date.Hour)*time.Hour + time.Duration(date.Minute)*time.Minute)
}

func (s *simulation) offset() int {
	r := &s.d.Rules[s.rule]
	switch {
	case r.StandardDate.Month == 0 || r.DaylightDate.Month == 0:
		return -int(r.Bias)
	case s.state:
		return -int(r.Bias + r.DaylightBias)
	}
	return -int(r.Bias + r.StandardBias)
}

// tick goes to the next minute.
func (s *simulation) tick() {
	s.now = s.now.Add(time.Minute)
	if local := s.now.Add(time.Duration(s.offset()) * time.Minute); local.Year() > s.year {
		s.begin(s.year + 1)
	}
	if s.now.Equal(s.toStandard) {
		s.state = false
	}
	if s.now.Equal(s.toDaylight) {
		s.state = true
	}
}

// TestAtEveryMinute compares At with a clock that is watched: in every minute of two years, in the others in every
// minute for hours around a change and every quarter of an hour else.
func TestAtEveryMinute(t *testing.T) {
	years := map[string][2]int{"US Eastern": {2006, 2007}, "Fiji": {2021, 2022}, "Volgograd": {2018, 2019}, "mid-year": {2016, 2017},
		"jump": {2011, 2012}, "AUS Eastern": {2023, 2024}, "Brazil": {2016, 2018}, "Ireland": {2024, 2024}, "Lord Howe": {2024, 2025},
		"standard bias": {2024, 2024}, "India": {2024, 2024}, "Troll": {2023, 2023}, "Fiji since 2020": {2020, 2021}, "behind": {2017, 2019}}
	for name, y := range years {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := testZones[name]
			s := newSimulation(d, y[0])
			check := func(at time.Time, want tzdef.Offset) {
				if got, _ := d.At(at); got != want {
					t.Fatalf("%s: %+v, want %+v", at, got, want)
				}
			}
			var last tzdef.Offset
			look := s.now.AddDate(0, 0, 2) // by then the state is right, whatever the year before
			from, near := look, look
			for end := time.Date(y[1], 12, 31, 0, 0, 0, 0, time.UTC); s.now.Before(end); s.tick() {
				now := tzdef.Offset{Minutes: s.offset(), Daylight: s.state, Rule: s.rule}
				if now != last {
					if s.now.After(from) {
						check(s.now.Add(-time.Millisecond), last)
					}
					near = s.now.Add(150 * time.Minute)
				}
				last = now
				if s.now.Before(look) || s.now.Before(from) {
					continue
				}
				check(s.now, now)
				look = s.now.Add(15 * time.Minute)
				if s.now.Before(near) || s.now.Year() == 2007 || s.now.Year() == 2012 {
					look = s.now
				}
			}
		})
	}
}

// TestAtLocal inverts At by trying every minute: a wall clock time is as many instants as show it.
func TestAtLocal(t *testing.T) {
	for name, d := range testZones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			years := [2]int{2017, 2019}
			switch name {
			case "US Eastern":
				years = [2]int{2006, 2007}
			case "Fiji", "Fiji since 2020":
				years = [2]int{2019, 2022}
			case "jump":
				years = [2]int{2010, 2012}
			case "mid-year":
				years = [2]int{2015, 2017}
			}
			seen := map[tzdef.Kind]int{}
			for _, at := range changes(d, years[0], years[1]) {
				checkInversion(t, d, at, seen)
			}
			if name != "India" && (seen[tzdef.Gap] == 0 || seen[tzdef.Unique] == 0 || seen[tzdef.Overlap] == 0) {
				t.Errorf("only %v", seen)
			}
		})
	}
}

// checkInversion compares AtLocal with At in every minute of two days around the instant at, and counts what it saw.
func checkInversion(t *testing.T, d *tzdef.Definition, at time.Time, seen map[tzdef.Kind]int) {
	const span = 4 * 24 * 60                // all instants that can show one of these two days
	walls := map[time.Time][]tzdef.Offset{} // in the order of the instants
	before := map[time.Time]tzdef.Offset{}  // the offset of the last instant whose clock shows less
	instant := at.Add(-span / 2 * time.Minute)
	shown := wall(d, instant)
	var last tzdef.Offset
	for range span {
		off, _ := d.At(instant)
		w := instant.Add(time.Duration(off.Minutes) * time.Minute)
		walls[w] = append(walls[w], off)
		for ; shown.Before(w); shown = shown.Add(time.Minute) {
			before[shown] = last
		}
		shown, last = w, off
		instant = instant.Add(time.Minute)
	}
	for i := -24 * 60; i < 24*60; i++ {
		w := wall(d, at).Add(time.Duration(i) * time.Minute)
		got, kind := d.AtLocal(w)
		want, wantKind := before[w], tzdef.Gap
		if offs := walls[w]; len(offs) > 0 {
			want, wantKind = offs[0], tzdef.Unique
			if len(offs) > 1 {
				wantKind = tzdef.Overlap
			}
		}
		if got != want || kind != wantKind {
			t.Fatalf("%s: %+v %v, want %+v %v", w, got, kind, want, wantKind)
		}
		seen[kind]++
	}
}

func wall(d *tzdef.Definition, instant time.Time) time.Time {
	off, _ := d.At(instant)
	return instant.Add(time.Duration(off.Minutes) * time.Minute)
}

// changes returns the minutes at which the offset or the rule of d changes, found by looking at every hour, and then
// closer.
func changes(d *tzdef.Definition, from, to int) []time.Time {
	var all []time.Time
	last, _ := d.At(time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC))
	for hour := time.Date(from, 1, 1, 1, 0, 0, 0, time.UTC); hour.Year() <= to; hour = hour.Add(time.Hour) {
		now, _ := d.At(hour)
		if now == last {
			continue
		}
		at := hour.Add(-time.Hour)
		for {
			if off, _ := d.At(at); off == now {
				break
			}
			at = at.Add(time.Minute)
		}
		all = append(all, at)
		last = now
	}
	return all
}

func TestAtLocalReadsTheClock(t *testing.T) {
	tokyo := time.FixedZone("Tokyo", 9*3600)
	off, kind := usEastern.AtLocal(time.Date(2007, 3, 11, 2, 30, 0, 0, tokyo))
	require.Equal(t, tzdef.Gap, kind)
	require.Equal(t, tzdef.Offset{Minutes: -300, Rule: 1}, off)
	for _, c := range []struct {
		wall string
		kind tzdef.Kind
		want tzdef.Offset
	}{
		{"2007-11-04T00:59:59.999Z", tzdef.Unique, tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1}},
		{"2007-11-04T01:00:00Z", tzdef.Overlap, tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1}},
		{"2007-11-04T01:59:59.999Z", tzdef.Overlap, tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1}},
		{"2007-11-04T02:00:00Z", tzdef.Unique, tzdef.Offset{Minutes: -300, Rule: 1}},
		{"2007-03-11T01:59:59.999Z", tzdef.Unique, tzdef.Offset{Minutes: -300, Rule: 1}},
		{"2007-03-11T02:00:00Z", tzdef.Gap, tzdef.Offset{Minutes: -300, Rule: 1}},
		{"2007-03-11T02:59:59.999Z", tzdef.Gap, tzdef.Offset{Minutes: -300, Rule: 1}},
		{"2007-03-11T03:00:00Z", tzdef.Unique, tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1}},
	} {
		off, kind := usEastern.AtLocal(utc(t, c.wall))
		require.Equal(t, c.kind, kind, c.wall)
		require.Equal(t, c.want, off, c.wall)
	}
}
