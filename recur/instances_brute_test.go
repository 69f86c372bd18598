package recur_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// calendarDay is a day on a wall calendar: it is leafed through, and no formula for dates is used but those of package
// time.
type calendarDay struct {
	time.Time
	minutes int64 // of its midnight, since 1601
}

func (d calendarDay) next() calendarDay { return calendarDay{d.AddDate(0, 0, 1), d.minutes + 1440} }
func (d calendarDay) back() calendarDay { return calendarDay{d.AddDate(0, 0, -1), d.minutes - 1440} }

// since returns the minutes from x to d, below zero where x is later.
func (d calendarDay) since(x calendarDay) int64 { return d.minutes - x.minutes }

// onCalendar finds the day of r.
func onCalendar(r recur.RTime) calendarDay {
	days := int(r / 1440)
	return calendarDay{time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days), int64(days) * 1440}
}

// slowSeries asks of every day whether it is in the pattern, and counts.
type slowSeries struct {
	p     *recur.RecurrencePattern
	phase calendarDay
}

func newSlowSeries(p *recur.RecurrencePattern) slowSeries {
	s := slowSeries{p: p, phase: onCalendar(p.FirstDateTime)}
	boundary := p.FirstDateTime%1440 == 0
	start := onCalendar(p.StartDate)
	switch p.PatternType {
	case recur.Day:
		if !boundary {
			s.phase = start
		}
	case recur.Week:
		if !boundary || s.phase.Weekday() != time.Weekday(p.FirstDOW) {
			s.phase = s.beginOfWeek(start)
		}
	default:
		if !boundary || s.phase.Day() != 1 {
			s.phase = start
		}
	}
	return s
}

func (s slowSeries) beginOfWeek(d calendarDay) calendarDay {
	for d.Weekday() != time.Weekday(s.p.FirstDOW) {
		d = d.back()
	}
	return d
}

// has reports whether the day is in the pattern, without regard to where the series begins and ends.
func (s slowSeries) has(d calendarDay) bool {
	switch s.p.PatternType {
	case recur.Day:
		return d.since(s.phase)%int64(s.p.Period) == 0
	case recur.Week:
		weeks := s.beginOfWeek(d).since(s.phase) / (7 * 1440)
		return weeks%int64(s.p.Period) == 0 && s.p.DaysOfWeek.Has(recur.Weekday(d.Weekday()))
	}
	months := (d.Year()-s.phase.Year())*12 + int(d.Month()) - int(s.phase.Month())
	return months%int(s.p.Period) == 0 && d.Day() == s.dayOf(d)
}

// dayOf returns the day of the pattern in the month of d.
func (s slowSeries) dayOf(d calendarDay) int {
	var days []int
	last := 0
	for x := time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC); x.Month() == d.Month(); x = x.AddDate(0, 0, 1) {
		last = x.Day()
		if s.p.DaysOfWeek.Has(recur.Weekday(x.Weekday())) {
			days = append(days, last)
		}
	}
	switch {
	case s.p.PatternType == recur.MonthEnd:
		return last
	case s.p.PatternType == recur.Month:
		return min(int(s.p.DayOfMonth), last)
	case s.p.N == recur.Last:
		return days[len(days)-1]
	}
	return days[s.p.N-1]
}

// days returns the days of the series up to one that is given.
func (s slowSeries) days(horizon recur.RTime) []recur.RTime {
	var all []recur.RTime
	for d := onCalendar(s.p.StartDate); d.minutes <= int64(horizon); d = d.next() {
		if s.p.EndType == recur.EndByDate && d.minutes > int64(s.p.EndDate) || s.p.EndType == recur.EndAfterCount && len(all) == int(s.p.OccurrenceCount) {
			break
		}
		if s.has(d) {
			all = append(all, recur.RTime(d.minutes))
		}
	}
	return all
}

// slowInstances returns the occurrences that start before the horizon.
func slowInstances(a *recur.AppointmentRecurrencePattern, days []recur.RTime, from, horizon recur.RTime) []recur.Instance {
	gone := map[recur.RTime]bool{}
	for _, d := range a.DeletedInstanceDates {
		gone[d/1440] = true
	}
	for _, e := range a.Exceptions {
		gone[e.OriginalStartDate/1440] = true
	}
	var all []recur.Instance
	for _, d := range days {
		if !gone[d/1440] {
			start := d + recur.RTime(a.StartTimeOffset)
			all = append(all, recur.Instance{Start: start, End: d + recur.RTime(a.EndTimeOffset), OriginalStart: start})
		}
	}
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		all = append(all, recur.Instance{Start: e.StartDateTime, End: e.EndDateTime, OriginalStart: e.OriginalStartDate, Exception: e})
	}
	all = slices.DeleteFunc(all, func(i recur.Instance) bool { return i.Start >= horizon || i.Start < from && i.End <= from })
	slices.SortStableFunc(all, func(a, b recur.Instance) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

// randomSeries returns a series that may be anything that occurs, some of it within three years.
func randomSeries(r *rand.Rand) *recur.AppointmentRecurrencePattern {
	day := func(around recur.RTime, days int) recur.RTime { return around + 1440*recur.RTime(r.IntN(days)) }
	start := day(222475680-20*365*1440, 40*365) // 2004 to 2043
	if r.IntN(8) == 0 {
		start = day(0, 400)
	}
	p := &recur.RecurrencePattern{StartDate: start, FirstDOW: recur.Weekday(r.IntN(7)), CalendarType: []recur.CalendarType{0, 1, 7, 12}[r.IntN(4)],
		Period: 1 + uint32(r.IntN(1+r.IntN(26))), OccurrenceCount: uint32(r.IntN(40)), EndDate: day(start-1440, 900), EndType: []recur.EndType{recur.EndByDate,
			recur.EndAfterCount, recur.EndNever, recur.EndNeverOld}[r.IntN(4)]}
	switch p.PatternType = recur.PatternType(r.IntN(5)); p.PatternType {
	case recur.Day:
		p.Period *= 1440
	case recur.Week:
		p.DaysOfWeek = recur.DaysOfWeek(1 + r.IntN(127))
	case recur.Month:
		p.DayOfMonth = uint32(1 + r.IntN(31))
	case recur.MonthEnd:
		p.DayOfMonth = uint32(r.IntN(40))
	case recur.MonthNth:
		p.DaysOfWeek, p.N = recur.DaysOfWeek(1+r.IntN(127)), recur.Nth(1+r.IntN(5))
		if r.IntN(2) == 0 {
			p.DaysOfWeek = []recur.DaysOfWeek{recur.Workdays, recur.WeekendDay, recur.AnyDay, 1 << r.IntN(7)}[r.IntN(4)]
		}
	}
	switch r.IntN(4) {
	case 0:
		p.FirstDateTime = recur.RTime(r.IntN(400)) * 1440
	case 1:
		first := time.Date(1601+r.IntN(3), time.Month(1+r.IntN(12)), 1, 0, 0, 0, 0, time.UTC)
		p.FirstDateTime, _ = recur.RTimeOf(first)
	case 2:
		p.FirstDateTime = recur.RTime(r.Uint32N(300_000_000))
	case 3: // what it should be
		n := *p
		n.FirstDateTime = 1
		n.Normalize()
		p.FirstDateTime = n.FirstDateTime
	}
	offset := uint32(r.IntN(1440))
	return recur.NewAppointment(p, offset, offset+uint32(r.IntN(1+r.IntN(4000))))
}

// addExceptions deletes and moves some of the days, and others.
func addExceptions(r *rand.Rand, a *recur.AppointmentRecurrencePattern, days []recur.RTime) {
	for range r.IntN(12) {
		d := a.StartDate + 1440*recur.RTime(r.IntN(60))
		if len(days) > 0 && r.IntN(4) > 0 {
			d = days[r.IntN(min(len(days), 20))]
		}
		switch r.IntN(4) {
		case 0:
			a.DeletedInstanceDates = append(a.DeletedInstanceDates, d)
		case 1:
			a.DeletedInstanceDates = append(a.DeletedInstanceDates, d+recur.RTime(r.IntN(1440)))
		default:
			if r.IntN(4) > 0 {
				a.DeletedInstanceDates = append(a.DeletedInstanceDates, d)
			}
			start := d + recur.RTime(r.IntN(5*1440))
			a.Exceptions = append(a.Exceptions, recur.Exception{StartDateTime: start, EndDateTime: start + recur.RTime(r.IntN(600)),
				OriginalStartDate: d + recur.RTime(r.IntN(1440))})
			a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, start.Midnight())
		}
	}
}

// TestInstancesAgainstCalendar compares Instances with asking of every day whether it is in the pattern, and Normalize with
// its promise not to change that.
func TestInstancesAgainstCalendar(t *testing.T) {
	patterns := 3000
	if testing.Short() || underRace {
		patterns = 300
	}
	r := rand.New(rand.NewPCG(1601, 1))
	const years = 3 * 365 * 1440
	some := 0
	for n := range patterns {
		a := randomSeries(r)
		horizon := a.StartDate + years
		days := newSlowSeries(&a.RecurrencePattern).days(horizon)
		addExceptions(r, a, days)
		for range 3 {
			from := recur.RTime(0)
			var wall time.Time
			if r.IntN(2) == 0 {
				from = a.StartDate + recur.RTime(r.IntN(years/2))
				wall = from.In(time.UTC)
			}
			want := slowInstances(a, days, from, horizon)
			some += len(want)
			got := before(t, a, wall, horizon)
			if !slices.Equal(want, got) {
				t.Fatalf("pattern %d, from %v: %+v\n(-want +got):\n%s", n, from, a, gocmp.Diff(want, got))
			}
		}
		checkNormalized(t, a, horizon)
	}
	require.Greater(t, some, 20*patterns)
}

func before(t *testing.T, a *recur.AppointmentRecurrencePattern, from time.Time, horizon recur.RTime) (all []recur.Instance) {
	seq, err := a.Instances(from)
	require.NoError(t, err)
	for i := range seq {
		if i.Start >= horizon {
			break
		}
		all = append(all, i)
	}
	return all
}

// checkNormalized normalizes a, which must still occur when it did.
func checkNormalized(t *testing.T, a *recur.AppointmentRecurrencePattern, horizon recur.RTime) {
	want := plain(before(t, a, time.Time{}, horizon))
	was := *a
	was.Exceptions = slices.Clone(a.Exceptions)
	a.Normalize()
	if diff := gocmp.Diff(want, plain(before(t, a, time.Time{}, horizon))); diff != "" {
		t.Fatalf("Normalize turned\n%+v into\n%+v\n(-want +got):\n%s", was, a, diff)
	}
	for _, f := range a.Validate() {
		for _, code := range goneAfterNormalize {
			require.NotEqual(t, code, f.Code, "%v after Normalize: %+v", f, a)
		}
	}
}

// plain returns what is said of each occurrence, in an order that does not depend on that of exceptions that start
// together.
func plain(all []recur.Instance) [][3]recur.RTime {
	var times [][3]recur.RTime
	for _, i := range all {
		times = append(times, [3]recur.RTime{i.Start, i.End, i.OriginalStart})
	}
	slices.SortFunc(times, func(a, b [3]recur.RTime) int { return slices.Compare(a[:], b[:]) })
	return times
}
