package fuzz_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// horizon is how many days are looked at, one by one.
const horizon = 500

// checkRecurInstances asks of every day in a while whether something occurs on it, by the calendar of package time, and
// compares that with Instances. The while begins anywhere, and periods, counts and offsets are as large as can be.
func checkRecurInstances(tb testing.TB, b []byte) {
	s := &source{b}
	a := series(s)
	from := a.StartDate
	switch s.below(4) {
	case 0:
		from += recur.RTime(s.u16()) * 60
	case 1:
		from = recur.RTime(s.u32())
	}
	seq, err := a.Instances(from.In(time.UTC))
	if err != nil {
		var e *diag.DecodeError
		if !errors.As(err, &e) || len(e.Findings) != 1 || e.Findings[0].Code == "" || e.Findings[0].Severity != diag.Error {
			tb.Fatalf("%+v: %v", a, err)
		}
		if occurs(&a.RecurrencePattern) {
			tb.Fatalf("%+v: %v", a, err)
		}
		return
	}
	end := uint64(from) + horizon*1440
	var got []recur.Instance
	for i := range seq {
		if uint64(i.Start) >= end {
			break
		}
		if n := len(got); n > 0 && i.Start < got[n-1].Start || i.Start < from && i.End <= from {
			tb.Fatalf("%+v from %v: %+v behind %+v", a, from, i, got[:n])
		}
		got = append(got, i)
	}
	if !occurs(&a.RecurrencePattern) {
		return // a calendar that package time does not know, or a number that means what Instances says it does
	}
	want, ok := leaf(a, from, end)
	if diff := cmp.Diff(plain(want), plain(got)); ok && diff != "" {
		tb.Fatalf("%+v from %v (-want +got):\n%s", a, from, diff)
	}
}

// occurs reports whether the days of a pattern are those of the Gregorian calendar, and all its numbers have a meaning.
func occurs(p *recur.RecurrencePattern) bool {
	good := p.SlidingFlag == 0 && p.Period > 0 && p.FirstDOW <= recur.Saturday && (p.EndType.Never() || p.EndType == recur.EndByDate || p.EndType == recur.EndAfterCount)
	switch p.PatternType {
	case recur.Day:
		return good && p.Period%1440 == 0
	case recur.Week:
		return good && p.DaysOfWeek&recur.AnyDay != 0
	case recur.Month:
		good = good && p.DayOfMonth >= 1 && p.DayOfMonth <= 31
	case recur.MonthNth:
		good = good && p.DaysOfWeek&recur.AnyDay != 0 && p.N >= 1 && p.N <= recur.Last
	case recur.MonthEnd:
	default:
		return false
	}
	return good && (p.CalendarType <= recur.CalKorea || p.CalendarType == recur.CalThai || p.CalendarType >= recur.CalGregorianMEFrench && p.CalendarType <= recur.CalGregorianXlitFrench)
}

// leaf returns the occurrences that there are from some time on and before an end. It reports false where that cannot be
// found out in so many days.
func leaf(a *appointment, from recur.RTime, end uint64) (all []recur.Instance, ok bool) {
	skip := map[recur.RTime]bool{}
	for _, d := range a.DeletedInstanceDates {
		skip[d.Midnight()] = true
	}
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		skip[e.OriginalStartDate.Midnight()] = true
		if uint64(e.StartDateTime) < end && (e.StartDateTime >= from || e.EndDateTime > from) {
			all = append(all, recur.Instance{Start: e.StartDateTime, End: e.EndDateTime, OriginalStart: e.OriginalStartDate, Exception: e})
		}
	}
	first := a.StartDate.Midnight()
	longest := int64(max(a.StartTimeOffset, a.EndTimeOffset))
	if before := max(0, (int64(from)-longest)/1440-2) * 1440; a.EndType != recur.EndAfterCount && before > int64(first) {
		first = recur.RTime(before)
	}
	count := uint32(0)
	for d, days := int64(first), 0; ; d, days = d+1440, days+1 {
		switch {
		case d+longest > 1<<32-1 || uint64(d)+uint64(a.StartTimeOffset) >= end, a.EndType == recur.EndByDate && d > int64(a.EndDate),
			a.EndType == recur.EndAfterCount && count == a.OccurrenceCount:
			return all, true
		case days > 5*horizon:
			return nil, false
		}
		day := recur.RTime(d)
		if !onDay(&a.RecurrencePattern, day) {
			continue
		}
		count++
		start, stop := day+recur.RTime(a.StartTimeOffset), day+recur.RTime(a.EndTimeOffset)
		if !skip[day] && (start >= from || stop > from) {
			all = append(all, recur.Instance{Start: start, End: stop, OriginalStart: start})
		}
	}
}

// onDay reports whether a day is one of the pattern, wherever that begins and ends.
func onDay(p *recur.RecurrencePattern, day recur.RTime) bool {
	d, first, start := day.In(time.UTC), p.FirstDateTime.In(time.UTC), p.StartDate.Midnight().In(time.UTC)
	midnight := p.FirstDateTime%1440 == 0
	switch p.PatternType {
	case recur.Day:
		if !midnight {
			first = start
		}
		return days64(d, first)%int64(p.Period/1440) == 0
	case recur.Week:
		if !midnight || first.Weekday() != time.Weekday(p.FirstDOW) {
			first = start
		}
		return days64(weekOf(d, p.FirstDOW), weekOf(first, p.FirstDOW))/7%int64(p.Period) == 0 && p.DaysOfWeek.Has(day.Weekday())
	}
	if !midnight || first.Day() != 1 {
		first = start
	}
	months := int64(d.Year()-first.Year())*12 + int64(d.Month()-first.Month())
	length := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case months%int64(p.Period) != 0:
		return false
	case p.PatternType == recur.MonthEnd:
		return d.Day() == length
	case p.PatternType == recur.Month:
		return d.Day() == min(int(p.DayOfMonth), length)
	}
	var of []int // the days of the month that are in the set
	for n := 1; n <= length; n++ {
		if p.DaysOfWeek.Has(recur.Weekday(d.AddDate(0, 0, n-d.Day()).Weekday())) {
			of = append(of, n)
		}
	}
	if p.N == recur.Last {
		return d.Day() == of[len(of)-1]
	}
	return d.Day() == of[p.N-1]
}

func days64(a, b time.Time) int64 { return (a.Unix() - b.Unix()) / 86400 }

// weekOf returns the first day of the week that d is in.
func weekOf(d time.Time, first recur.Weekday) time.Time {
	for d.Weekday() != time.Weekday(first) {
		d = d.AddDate(0, 0, -1)
	}
	return d
}

// plain returns what is said of each occurrence. Those that start together are in order.
func plain(all []recur.Instance) (plain [][3]recur.RTime) {
	for _, i := range all {
		plain = append(plain, [3]recur.RTime{i.Start, i.End, i.OriginalStart})
	}
	slices.SortFunc(plain, func(a, b [3]recur.RTime) int { return slices.Compare(a[:], b[:]) })
	return plain
}
