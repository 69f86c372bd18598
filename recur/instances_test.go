package recur_test

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// at reads a moment such as "2024-03-11T10:00", or a day.
func at(tb testing.TB, s string) recur.RTime {
	if !strings.Contains(s, "T") {
		s += "T00:00"
	}
	var r recur.RTime
	require.NoError(tb, r.UnmarshalText([]byte(s)))
	return r
}

// list returns the first n occurrences from a wall-clock time on as "2024-03-11 09:00-09:30", with the original start
// behind exceptions. Days are "2024-03-11".
func list(tb testing.TB, v series, from string, n int) []string {
	tb.Helper()
	var start time.Time
	if from != "" {
		start = at(tb, from).In(time.UTC)
	}
	seq, err := v.Instances(start)
	require.NoError(tb, err)
	var all []string
	for i := range seq {
		if len(all) == n {
			break
		}
		all = append(all, text(i))
	}
	return all
}

func text(i recur.Instance) string {
	s := i.Start.String()
	day, clock := s[:10], s[11:16]
	if i.End-i.Start == 1440 && clock == "00:00" && i.Exception == nil {
		return day
	}
	s = day + " " + clock + "-"
	if end := i.End.String(); end[:10] == day {
		s += end[11:16]
	} else {
		s += end[:16]
	}
	if i.Exception != nil {
		s += " was " + i.OriginalStart.String()[:16]
	}
	return s
}

// series is a pattern of either kind.
type series interface {
	Instances(time.Time) (iter.Seq[recur.Instance], error)
}

// change returns p as f changes it.
func change(p *recur.RecurrencePattern, f func(*recur.RecurrencePattern)) *recur.RecurrencePattern {
	f(p)
	return p
}

func until(date recur.RTime) func(*recur.RecurrencePattern) {
	return func(p *recur.RecurrencePattern) { p.EndType, p.EndDate = recur.EndByDate, date }
}

func times(n uint32) func(*recur.RecurrencePattern) {
	return func(p *recur.RecurrencePattern) { p.EndType, p.OccurrenceCount = recur.EndAfterCount, n }
}

func words(s string) []string { return strings.Fields(s) }

func TestInstances(t *testing.T) {
	const few = 4
	for name, c := range map[string]struct {
		p    *recur.RecurrencePattern
		want string
	}{
		"every day":           {recur.NewDaily(at(t, "2024-02-28"), 1), "2024-02-28 2024-02-29 2024-03-01 2024-03-02"},
		"every third day":     {recur.NewDaily(at(t, "2024-02-28"), 3), "2024-02-28 2024-03-02 2024-03-05 2024-03-08"},
		"one day":             {change(recur.NewDaily(at(t, "2024-02-28"), 1), times(1)), "2024-02-28"},
		"no day":              {change(recur.NewDaily(at(t, "2024-02-28"), 1), times(0)), ""},
		"no day of 1601":      {change(recur.NewDaily(0, 1), times(0)), ""},
		"the first days":      {recur.NewDaily(0, 365), "1601-01-01 1602-01-01 1603-01-01 1604-01-01"},
		"the first week":      {recur.NewWeekly(0, 2, 0x7F, recur.Sunday), "1601-01-01 1601-01-02 1601-01-03 1601-01-04"},
		"across weeks":        {recur.NewWeekly(at(t, "2024-03-08"), 2, 0x61, recur.Sunday), "2024-03-08 2024-03-09 2024-03-17 2024-03-22"},
		"across weeks, Mon":   {recur.NewWeekly(at(t, "2024-03-08"), 2, 0x61, recur.Monday), "2024-03-08 2024-03-09 2024-03-10 2024-03-22"},
		"every weekday":       {recur.NewWeekly(at(t, "2024-03-07"), 1, recur.Workdays, recur.Wednesday), "2024-03-07 2024-03-08 2024-03-11 2024-03-12"},
		"the 31st":            {recur.NewMonthly(at(t, "2023-12-31"), 1, 31), "2023-12-31 2024-01-31 2024-02-29 2024-03-31"},
		"the 30th":            {recur.NewMonthly(at(t, "2022-12-30"), 1, 30), "2022-12-30 2023-01-30 2023-02-28 2023-03-30"},
		"the 30th, by two":    {recur.NewMonthly(at(t, "2012-08-30"), 2, 30), "2012-08-30 2012-10-30 2012-12-30 2013-02-28"},
		"29 February":         {recur.NewMonthly(at(t, "2024-02-29"), 12, 29), "2024-02-29 2025-02-28 2026-02-28 2027-02-28"},
		"every four years":    {recur.NewMonthly(at(t, "2024-02-29"), 48, 29), "2024-02-29 2028-02-29 2032-02-29 2036-02-29"},
		"from the 15th on":    {recur.NewMonthly(at(t, "2024-01-20"), 3, 15), "2024-02-15 2024-05-15 2024-08-15 2024-11-15"},
		"the second Tuesday":  {recur.NewMonthlyNth(at(t, "2024-01-01"), 1, 2, 0x04), "2024-01-09 2024-02-13 2024-03-12 2024-04-09"},
		"the last weekday":    {recur.NewMonthlyNth(at(t, "2024-01-01"), 2, recur.Last, recur.Workdays), "2024-01-31 2024-03-29 2024-05-31 2024-07-31"},
		"the first weekday":   {recur.NewMonthlyNth(at(t, "2024-06-01"), 1, 1, recur.Workdays), "2024-06-03 2024-07-01 2024-08-01 2024-09-02"},
		"the 4th weekend day": {recur.NewMonthlyNth(at(t, "2024-06-01"), 1, 4, recur.WeekendDay), "2024-06-09 2024-07-14 2024-08-11 2024-09-14"},
		"the last day":        {recur.NewMonthlyNth(at(t, "2024-01-01"), 1, recur.Last, recur.AnyDay), "2024-01-31 2024-02-29 2024-03-31 2024-04-30"},
		"the third day":       {recur.NewMonthlyNth(at(t, "2024-01-01"), 1, 3, recur.AnyDay), "2024-01-03 2024-02-03 2024-03-03 2024-04-03"},
		"the end of months": {change(recur.NewMonthly(at(t, "2023-01-31"), 1, 31), func(p *recur.RecurrencePattern) {
			p.PatternType, p.DayOfMonth = recur.MonthEnd, 7 // means nothing
		}), "2023-01-31 2023-02-28 2023-03-31 2023-04-30"},
		"a count takes in what is before the first": {change(recur.NewMonthly(at(t, "2024-01-15"), 1, 15), func(p *recur.RecurrencePattern) {
			p.StartDate = at(t, "2024-01-20")
			times(2)(p)
		}), "2024-02-15 2024-03-15"},
		"the end is in it":             {change(recur.NewWeekly(at(t, "2024-03-08"), 1, 0x20, 0), until(at(t, "2024-03-22"))), "2024-03-08 2024-03-15 2024-03-22"},
		"the end is a day of its own":  {change(recur.NewWeekly(at(t, "2024-03-08"), 1, 0x20, 0), until(at(t, "2024-03-21"))), "2024-03-08 2024-03-15"},
		"the end has a time of day":    {change(recur.NewWeekly(at(t, "2024-03-08"), 1, 0x20, 0), until(at(t, "2024-03-15T12:00"))), "2024-03-08 2024-03-15"},
		"an end before the start":      {change(recur.NewWeekly(at(t, "2024-03-08"), 1, 0x20, 0), until(at(t, "2024-03-07"))), ""},
		"the start has a time of day":  {change(recur.NewDaily(at(t, "2024-03-08"), 2), func(p *recur.RecurrencePattern) { p.StartDate += 90 }), "2024-03-08 2024-03-10 2024-03-12 2024-03-14"},
		"the end of the clock":         {recur.NewDaily(recur.RTime(1<<32-1)-1440, 1), "9767-02-15"},
		"the last month":               {recur.NewMonthly(at(t, "9766-12-31"), 1, 31), "9766-12-31 9767-01-31"},
		"the last year":                {recur.NewMonthlyNth(at(t, "9764-10-01"), 12, 1, recur.AnyDay), "9764-10-01 9765-10-01 9766-10-01"},
		"Tuesdays for ever, old style": {change(recur.NewWeekly(at(t, "2024-03-05"), 1, 4, 0), func(p *recur.RecurrencePattern) { p.EndType, p.EndDate = recur.EndNeverOld, 0 }), "2024-03-05 2024-03-12 2024-03-19 2024-03-26"},
		"bits that are no day":         {change(recur.NewWeekly(at(t, "2024-03-05"), 1, 4, 0), func(p *recur.RecurrencePattern) { p.DaysOfWeek |= 0xFF80 }), "2024-03-05 2024-03-12 2024-03-19 2024-03-26"},
		"every week, begun on day 9":   {change(recur.NewWeekly(at(t, "2024-03-05"), 1, 6, 0), func(p *recur.RecurrencePattern) { p.FirstDOW = 9 }), "2024-03-05 2024-03-11 2024-03-12 2024-03-18"},
		"days of an unknown calendar":  {change(recur.NewDaily(at(t, "2024-03-05"), 5), func(p *recur.RecurrencePattern) { p.CalendarType = 0x99 }), "2024-03-05 2024-03-10 2024-03-15 2024-03-20"},
		"weeks of a lunar calendar":    {change(recur.NewWeekly(at(t, "2024-03-05"), 1, 4, 0), func(p *recur.RecurrencePattern) { p.CalendarType = recur.CalChineseLunar }), "2024-03-05 2024-03-12 2024-03-19 2024-03-26"},
		"months of the Thai calendar":  {change(recur.NewMonthly(at(t, "2024-03-05"), 1, 5), func(p *recur.RecurrencePattern) { p.CalendarType = recur.CalThai }), "2024-03-05 2024-04-05 2024-05-05 2024-06-05"},
		"one hundred years of 2^32-1":  {change(recur.NewMonthly(at(t, "2024-03-05"), 1, 5), func(p *recur.RecurrencePattern) { p.Period, p.FirstDateTime = 1<<32-1, 1 }), "2024-03-05"},
		"2^32-1 weeks":                 {change(recur.NewWeekly(at(t, "2024-03-05"), 1, 0x0C, 0), func(p *recur.RecurrencePattern) { p.Period, p.FirstDateTime = 1<<32-1, 1 }), "2024-03-05 2024-03-06"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, words(c.want), words(strings.Join(list(t, c.p, "", few), " ")))
		})
	}
}

// TestInstancesPhase is about FirstDateTime: it decides where a period can begin there, StartDate where not.
func TestInstancesPhase(t *testing.T) {
	days := recur.NewDaily(at(t, "2024-03-05"), 3)
	weeks := recur.NewWeekly(at(t, "2024-03-05"), 2, 4, recur.Monday)
	months := recur.NewMonthly(at(t, "2024-03-05"), 12, 5)
	for name, c := range map[string]struct {
		p     recur.RecurrencePattern
		first recur.RTime
		want  string
	}{
		"days":                               {*days, days.FirstDateTime, "2024-03-05 2024-03-08"},
		"days of another phase":              {*days, (days.FirstDateTime + 1440) % 4320, "2024-03-06 2024-03-09"},
		"days from the start on":             {*days, days.StartDate, "2024-03-05 2024-03-08"},
		"days, no midnight":                  {*days, days.FirstDateTime + 1441, "2024-03-05 2024-03-08"},
		"weeks":                              {*weeks, weeks.FirstDateTime, "2024-03-05 2024-03-19"},
		"weeks of another phase":             {*weeks, (weeks.FirstDateTime + 10080) % 20160, "2024-03-12 2024-03-26"},
		"weeks, no Monday":                   {*weeks, weeks.FirstDateTime + 8640, "2024-03-05 2024-03-19"},
		"weeks, no midnight":                 {*weeks, weeks.FirstDateTime + 10081, "2024-03-05 2024-03-19"},
		"weeks below 0":                      {*weeks, weeks.FirstDateTime - 10080*3, "2024-03-05 2024-03-19"},
		"months":                             {*months, months.FirstDateTime, "2024-03-05 2025-03-05"},
		"months of another phase":            {*months, at(t, "1601-04-01"), "2024-04-05 2025-04-05"},
		"months of another phase, long ago":  {*months, at(t, "1701-02-01"), "2025-02-05 2026-02-05"},
		"months of another phase, to come":   {*months, at(t, "2101-02-01"), "2025-02-05 2026-02-05"},
		"months, no first":                   {*months, at(t, "1601-04-02"), "2024-03-05 2025-03-05"},
		"months, no midnight":                {*months, at(t, "1601-04-01T00:01"), "2024-03-05 2025-03-05"},
		"months, all of it as a year counts": {*months, 0xFFFFFFFF, "2024-03-05 2025-03-05"},
	} {
		t.Run(name, func(t *testing.T) {
			c.p.FirstDateTime = c.first
			require.Equal(t, words(c.want), list(t, &c.p, "", 2))
		})
	}
}

// mondays is a series of six Mondays from 2024-03-04 on, 09:00 to 10:30. The second is deleted, the third is on Tuesday,
// the fourth is an hour later, and the last is before the first.
func mondays(t testing.TB) *recur.AppointmentRecurrencePattern {
	p := recur.NewWeekly(at(t, "2024-03-04"), 1, 2, recur.Sunday)
	p.EndAfter(6)
	a := recur.NewAppointment(p, 9*60, 10*60+30)
	require.NoError(t, a.Delete(at(t, "2024-03-11")))
	for _, e := range [][2]string{{"2024-03-18", "2024-03-19T09:00"}, {"2024-03-25", "2024-03-25T10:00"}, {"2024-04-08", "2024-03-01T09:00"}} {
		start := at(t, e[1])
		require.NoError(t, a.AddException(recur.Exception{StartDateTime: start, EndDateTime: start + 90, OriginalStartDate: at(t, e[0])}))
	}
	return a
}

var mondaysWant = []string{"2024-03-01 09:00-10:30 was 2024-04-08T09:00", "2024-03-04 09:00-10:30", "2024-03-19 09:00-10:30 was 2024-03-18T09:00",
	"2024-03-25 10:00-11:30 was 2024-03-25T09:00", "2024-04-01 09:00-10:30"}

func TestInstancesExceptions(t *testing.T) {
	for name, f := range map[string]func(a *recur.AppointmentRecurrencePattern){
		"as they should be": func(a *recur.AppointmentRecurrencePattern) {},
		"exceptions in no order": func(a *recur.AppointmentRecurrencePattern) {
			slices.Reverse(a.Exceptions)
		},
		"deleted dates in no order, at noon, twice": func(a *recur.AppointmentRecurrencePattern) {
			a.DeletedInstanceDates = append(a.DeletedInstanceDates, a.DeletedInstanceDates...)
			slices.Reverse(a.DeletedInstanceDates)
			for i := range a.DeletedInstanceDates {
				a.DeletedInstanceDates[i] += 12 * 60
			}
		},
		"originals that are not deleted": func(a *recur.AppointmentRecurrencePattern) {
			a.DeletedInstanceDates = []recur.RTime{at(t, "2024-03-11")}
		},
		"originals at midnight": func(a *recur.AppointmentRecurrencePattern) {
			for i := range a.Exceptions {
				a.Exceptions[i].OriginalStartDate = a.Exceptions[i].OriginalStartDate.Midnight()
			}
		},
		"no modified dates": func(a *recur.AppointmentRecurrencePattern) { a.ModifiedInstanceDates = nil },
		"days never occurred": func(a *recur.AppointmentRecurrencePattern) {
			a.DeletedInstanceDates = append(a.DeletedInstanceDates, 0, 0xFFFFFFFF)
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := mondays(t)
			f(a)
			got := list(t, a, "", 99)
			if name == "originals at midnight" {
				for i := range got {
					got[i] = strings.Replace(got[i], "T00:00", "T09:00", 1)
				}
			}
			if diff := cmp.Diff(mondaysWant, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}

	a := mondays(t)
	a.Exceptions = append(a.Exceptions, a.Exceptions[1], recur.Exception{StartDateTime: at(t, "2030-01-01T00:00"), EndDateTime: at(t, "2030-01-01T01:00"),
		OriginalStartDate: at(t, "2029-01-01T00:00")})
	want := slices.Clone(mondaysWant)
	want = append(slices.Insert(want, 2, mondaysWant[2]), "2030-01-01 00:00-01:00 was 2029-01-01T00:00")
	if diff := cmp.Diff(want, list(t, a, "", 99)); diff != "" {
		t.Errorf("every exception comes, also twice and of no day of the pattern (-want +got):\n%s", diff)
	}
}

// TestInstancesOfPattern: of a pattern by itself the days are known to which occurrences were moved.
func TestInstancesOfPattern(t *testing.T) {
	p := &mondays(t).RecurrencePattern
	want := words("2024-03-01 2024-03-04 2024-03-19 2024-03-25 2024-04-01")
	require.Equal(t, want, list(t, p, "", 99))
	p.ModifiedInstanceDates = append(p.ModifiedInstanceDates, p.ModifiedInstanceDates[0]+5, at(t, "2024-04-01T12:00"), 0xFFFFFFFF)
	require.Equal(t, want, list(t, p, "", 99), "on a day it occurs once, and what ends after the end of time does not")
	p.ModifiedInstanceDates = nil
	require.Equal(t, words("2024-03-04 2024-04-01"), list(t, p, "", 99))
}

func TestInstancesFrom(t *testing.T) {
	a := mondays(t)
	for from, want := range map[string][]string{
		"":                 mondaysWant,
		"2024-03-01T10:29": mondaysWant,
		"2024-03-01T10:30": mondaysWant[1:],
		"2024-03-04T10:29": mondaysWant[1:],
		"2024-03-04T10:30": mondaysWant[2:],
		"2024-04-01T09:00": mondaysWant[4:],
		"2024-04-01T10:30": nil,
		"9767-02-16T04:15": nil,
	} {
		require.Equal(t, want, list(t, a, from, 99), from)
	}

	// Whole days are on until they end; what takes no time is over when it has begun.
	p := recur.NewDaily(at(t, "2024-03-04"), 1)
	require.Equal(t, words("2024-03-07 2024-03-08"), list(t, p, "2024-03-07T23:59", 2))
	a = recur.NewAppointment(p, 600, 600)
	require.Equal(t, []string{"2024-03-07 10:00-10:00"}, list(t, a, "2024-03-07T10:00", 1))
	require.Equal(t, []string{"2024-03-08 10:00-10:00"}, list(t, a, "2024-03-07T10:01", 1))

	// So are exceptions. One that starts together with an occurrence of the pattern comes behind it.
	a.Exceptions = []recur.Exception{{StartDateTime: at(t, "2024-03-07T10:00"), EndDateTime: at(t, "2024-03-07T10:00"), OriginalStartDate: at(t, "2020-01-01T10:00")}}
	require.Equal(t, []string{"2024-03-07 10:00-10:00", "2024-03-07 10:00-10:00 was 2020-01-01T10:00"}, list(t, a, "2024-03-07T10:00", 2))
	a.Exceptions = nil

	for _, c := range []struct {
		from time.Time
		want string
	}{
		{time.Time{}, "2024-03-04"},
		{time.Date(1600, 12, 31, 23, 59, 59, 0, time.UTC), "2024-03-04"},
		{time.Date(2024, 3, 7, 10, 0, 0, 1, time.UTC), "2024-03-08"},
		{time.Date(2024, 3, 7, 10, 0, 0, 0, time.FixedZone("", 14*3600)), "2024-03-07"},
		{time.Date(2024, 3, 7, 9, 59, 59, 0, time.FixedZone("", -14*3600)), "2024-03-07"},
		{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{time.Date(100000, 1, 1, 0, 0, 0, 0, time.UTC), ""},
	} {
		seq, err := a.Instances(c.from)
		require.NoError(t, err)
		got := ""
		for i := range seq {
			got = i.Start.String()[:10]
			break
		}
		require.Equal(t, c.want, got, "%v", c.from)
	}

	// A long event goes on for days, and its exception too.
	a = recur.NewAppointment(recur.NewWeekly(at(t, "2024-03-04"), 1, 2, 0), 60, 10*1440)
	require.Equal(t, []string{"2024-03-04 01:00-2024-03-14T00:00"}, list(t, a, "2024-03-13T23:59", 1))
	require.Equal(t, []string{"2024-03-11 01:00-2024-03-21T00:00"}, list(t, a, "2024-03-14T00:00", 1))
	// Offsets that no writer means: an event that begins after it ends, and one years later.
	a.StartTimeOffset, a.EndTimeOffset = 4*1440, 60
	require.Equal(t, []string{"2024-03-08 00:00-2024-03-04T01:00"}, list(t, a, "2024-03-08", 1))
	require.Equal(t, []string{"2024-03-15 00:00-2024-03-11T01:00"}, list(t, a, "2024-03-08T00:01", 1))
	a.StartTimeOffset, a.EndTimeOffset = 0, 1<<32-1-uint32(a.StartDate)
	require.Equal(t, []string{"2024-03-04 00:00-9767-02-16T04:15"}, list(t, a, "", 9), "then the clock ends")
	a.EndTimeOffset++
	require.Empty(t, list(t, a, "", 9))
	a.StartTimeOffset, a.EndTimeOffset = 1<<32-1, 1<<32-1
	require.Empty(t, list(t, a, "", 9))
}

func TestInstancesAgain(t *testing.T) {
	a := mondays(t)
	seq, err := a.Instances(time.Time{})
	require.NoError(t, err)
	first, second := slices.Collect(seq), slices.Collect(seq)
	require.Equal(t, first, second)
	require.Len(t, first, 5)
	require.Same(t, &a.Exceptions[0], first[0].Exception)
	a.EndType, a.DeletedInstanceDates[0], a.Exceptions[0].OverrideFlags = 0, 0, recur.OverrideReminder
	require.Equal(t, first, slices.Collect(seq), "it remembers what the series was")
	n := 0
	for range seq {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func TestInstancesRefused(t *testing.T) {
	days, weeks := recur.NewDaily(at(t, "2024-03-05"), 1), recur.NewWeekly(at(t, "2024-03-05"), 2, 4, recur.Monday)
	months, nth := recur.NewMonthly(at(t, "2024-03-05"), 1, 5), recur.NewMonthlyNth(at(t, "2024-03-05"), 1, 1, 4)
	for name, c := range map[string]struct {
		p      *recur.RecurrencePattern
		change func(*recur.RecurrencePattern)
		code   diag.Code
		want   string
	}{
		"no pattern":         {days, func(p *recur.RecurrencePattern) { *p = recur.RecurrencePattern{} }, recur.Period, "Period: is 0"},
		"unknown pattern":    {days, func(p *recur.RecurrencePattern) { p.PatternType = 5 }, recur.UnknownPatternType, "PatternType: is 0x0005, which is none that is known"},
		"regenerating":       {days, func(p *recur.RecurrencePattern) { p.SlidingFlag = 1 }, recur.Regenerating, "SlidingFlag: is 1: the next occurrence follows from when the last was completed, which is not in the pattern"},
		"no days":            {days, func(p *recur.RecurrencePattern) { p.Period = 0 }, recur.Period, "Period: is 0"},
		"half days":          {days, func(p *recur.RecurrencePattern) { p.Period = 720 }, recur.Period, "Period: is 720 minutes, not whole days of 1440"},
		"no weeks":           {weeks, func(p *recur.RecurrencePattern) { p.Period = 0 }, recur.Period, "Period: is 0"},
		"no weekday":         {weeks, func(p *recur.RecurrencePattern) { p.DaysOfWeek = 0x80 }, recur.DayMask, "PatternTypeSpecific.DayOfWeek: is 0x00000080: no day of the week"},
		"no first day":       {weeks, func(p *recur.RecurrencePattern) { p.FirstDOW = 7 }, recur.FirstDOW, "FirstDOW: is 7, not 0 to 6: which weeks count is not known"},
		"no months":          {months, func(p *recur.RecurrencePattern) { p.Period = 0 }, recur.Period, "Period: is 0"},
		"no day of months":   {months, func(p *recur.RecurrencePattern) { p.DayOfMonth = 0 }, recur.DayOfMonth, "PatternTypeSpecific.Day: is 0, not 1 to 31"},
		"the 32nd":           {months, func(p *recur.RecurrencePattern) { p.DayOfMonth = 32 }, recur.DayOfMonth, "PatternTypeSpecific.Day: is 32, not 1 to 31"},
		"no weekday of them": {nth, func(p *recur.RecurrencePattern) { p.DaysOfWeek = 0 }, recur.DayMask, "PatternTypeSpecific.DayOfWeek: is 0x00000000: no day of the week"},
		"the 0th":            {nth, func(p *recur.RecurrencePattern) { p.N = 0 }, recur.BadNth, "PatternTypeSpecific.N: is 0, not 1 to 5"},
		"the 6th":            {nth, func(p *recur.RecurrencePattern) { p.N = 6 }, recur.BadNth, "PatternTypeSpecific.N: is 6, not 1 to 5"},
		"the last as -1":     {nth, func(p *recur.RecurrencePattern) { p.N = 0xFFFFFFFF }, recur.BadNth, "PatternTypeSpecific.N: is 0xFFFFFFFF, not 1 to 5; writers that put -1 there mean 5, the last"},
		"unknown end":        {nth, func(p *recur.RecurrencePattern) { p.EndType = 0x2020 }, recur.UnknownEndType, "EndType: is 0x00002020, which is none that is known"},
		"unknown calendar":   {nth, func(p *recur.RecurrencePattern) { p.CalendarType = 0xD }, recur.UnknownCalendarType, "CalendarType: is 0x000D, which is no calendar that is known"},
		"Chinese months":     {months, func(p *recur.RecurrencePattern) { p.CalendarType = recur.CalChineseLunar }, recur.CalendarNotComputed, "CalendarType: is CAL_CHINESE_LUNAR: its months are not computed in a pattern of type Month"},
		"Umm al-Qura months": {months, func(p *recur.RecurrencePattern) { p.CalendarType = recur.CalUmAlQura }, recur.CalendarNotComputed, "CalendarType: is CAL_UMALQURA: its months are not computed in a pattern of type Month"},
		"Hijri and not": {months, func(p *recur.RecurrencePattern) { p.CalendarType, p.PatternType = recur.CalGregorian, recur.HjMonth },
			recur.CalendarNotComputed, "CalendarType: is CAL_GREGORIAN: its months are not computed in a pattern of type HjMonth"},
	} {
		t.Run(name, func(t *testing.T) {
			p := *c.p
			c.change(&p)
			_, err := p.Instances(time.Time{})
			require.ErrorIs(t, err, c.code)
			var e *diag.DecodeError
			require.True(t, errors.As(err, &e))
			require.Len(t, e.Findings, 1)
			f := e.Findings[0]
			require.Equal(t, diag.Finding{Severity: diag.Error, Code: c.code, Span: diag.Span{Offset: -1}, Path: f.Path, Msg: f.Msg, Spec: "[MS-OXOCAL] 2.2.1.44.1"}, f)
			require.EqualError(t, err, "recur: "+c.want+" ("+string(c.code)+")")
			_, err2 := recur.NewAppointment(&p, 0, 30).Instances(time.Time{})
			require.Equal(t, err, err2)
		})
	}
}

func TestAllDay(t *testing.T) {
	override := func(subType uint32) *recur.Exception {
		return &recur.Exception{OverrideFlags: recur.OverrideSubType, Details: &recur.Details{SubType: subType}}
	}
	for _, c := range []struct {
		i    recur.Instance
		want bool
	}{
		{recur.Instance{Start: 1440, End: 2880}, true},
		{recur.Instance{Start: 1440, End: 7200}, true},
		{recur.Instance{Start: 1440, End: 1440}, false},
		{recur.Instance{Start: 2880, End: 1440}, false},
		{recur.Instance{Start: 1441, End: 2881}, false},
		{recur.Instance{Start: 1440, End: 2881}, false},
		{recur.Instance{Start: 1440, End: 2880, Exception: &recur.Exception{}}, true},
		{recur.Instance{Start: 1440, End: 2880, Exception: override(0)}, false},
		{recur.Instance{Start: 1500, End: 1530, Exception: override(1)}, true},
		{recur.Instance{Start: 1440, End: 2880, Exception: &recur.Exception{OverrideFlags: recur.OverrideSubType}}, false},
	} {
		require.Equal(t, c.want, c.i.AllDay(), "%+v", c.i)
	}
}
