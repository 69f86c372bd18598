package recur

import (
	"iter"
	"slices"
	"time"
)

// Instance is one occurrence of a series ([MS-OXOCAL] 2.2.1.44).
type Instance struct {
	Start RTime
	End   RTime
	// OriginalStart is when the pattern has the occurrence start. It differs from Start only in an exception, and is
	// what tells that apart from others for good.
	OriginalStart RTime
	Exception     *Exception // what differs from the series; nil in an occurrence as the pattern has it
}

// AllDay reports whether the occurrence is an all-day event: by the SubType of its exception, or else by whether it
// lasts whole days from a midnight on. The blob has no other word on that; PidLidAppointmentSubType of the series has.
func (i Instance) AllDay() bool {
	if e := i.Exception; e != nil && e.OverrideFlags&OverrideSubType != 0 {
		return e.details().SubType != 0
	}
	return i.Start%minutesPerDay == 0 && i.End%minutesPerDay == 0 && i.End > i.Start
}

// Instances returns the occurrences of the series that end after from or start at it or later, ordered by their start:
// the days of the pattern, from which those are taken out that were deleted or that an exception replaces, and the
// exceptions. from is read as the wall clock of the series shows it, whatever its location; with the zero time, or any
// other before 1601, the sequence begins with the first occurrence.
//
// Exceptions are told by the day of their OriginalStartDate, of which there need not be one among the deleted dates;
// every exception comes, also one of a day that the pattern does not have. A time of day in StartDate, EndDate and
// deleted dates does not count. OccurrenceCount counts deleted and modified occurrences too, and the day of EndDate is
// one of the series. A day of the month that a month does not have is its last one. A series that never ends goes on as
// long as RTime does, into the year 9767. Which days count is decided by FirstDateTime, unless no period can begin
// there.
//
// What occurs on no day that is known is an error, a *diag.DecodeError that names the field: a Period of 0, no days of
// the week (bits that are no day do not count), an N or a day of the month that there is not, a FirstDOW that is no day
// where not every week counts, an unknown EndType or PatternType, a task that regenerates (Regenerating), and months of a
// calendar that is not computed (CalendarNotComputed). There is arithmetic for the
// Gregorian calendar and those with the same months, for the tabular Hijri calendar, and for the Hebrew one where its leap
// years make no difference to the pattern; for the last two only where StartDate is a day of the pattern by it. Days and
// weeks are the same in all calendars.
//
// Of a value that Inspect read before a Fatal finding, what stands behind that is not there, and what depends on it is
// wrong: the exceptions, or even StartDate.
//
// The sequence may be ranged over more than once, and by several goroutines at the same time. It remembers what a was,
// save that an Instance points to the exception in a. No occurrence costs an allocation.
func (a *AppointmentRecurrencePattern) Instances(from time.Time) (iter.Seq[Instance], error) {
	s, err := a.series()
	if err != nil {
		return nil, err
	}
	x := expansion{series: s, start: int64(a.StartTimeOffset), end: int64(a.EndTimeOffset)}
	x.skip = appendMidnights(make([]RTime, 0, len(a.DeletedInstanceDates)+len(a.Exceptions)), a.DeletedInstanceDates)
	order := make([]uint64, len(a.Exceptions)) // by start, and where that is the same by index
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		x.skip = append(x.skip, e.OriginalStartDate.Midnight())
		order[i] = uint64(e.StartDateTime)<<32 | uint64(i)
	}
	slices.Sort(order)
	x.added = make([]Instance, 0, len(order))
	for _, k := range order {
		e := &a.Exceptions[uint32(k)]
		x.added = append(x.added, Instance{Start: e.StartDateTime, End: e.EndDateTime, OriginalStart: e.OriginalStartDate, Exception: e})
	}
	return x.instances(from), nil
}

// Instances returns the days of the series as occurrences that last from one midnight to the next, as
// AppointmentRecurrencePattern.Instances does. Modified dates are among them: what day such an occurrence was on before,
// a pattern by itself does not say, so its OriginalStart is its Start.
func (p *RecurrencePattern) Instances(from time.Time) (iter.Seq[Instance], error) {
	s, err := p.series()
	if err != nil {
		return nil, err
	}
	x := expansion{series: s, end: minutesPerDay}
	x.skip = appendMidnights(make([]RTime, 0, len(p.DeletedInstanceDates)+len(p.ModifiedInstanceDates)), p.ModifiedInstanceDates)
	slices.Sort(x.skip)
	x.skip = slices.Compact(x.skip)
	for _, day := range x.skip {
		if day <= maxRTime-minutesPerDay {
			x.added = append(x.added, Instance{Start: day, End: day + minutesPerDay, OriginalStart: day})
		}
	}
	x.skip = appendMidnights(x.skip, p.DeletedInstanceDates)
	return x.instances(from), nil
}

// expansion is a series of which some days are skipped, and what is added.
type expansion struct {
	series
	start, end int64 // minutes after the midnight of a day
	skip       []RTime
	added      []Instance // by start
}

// instances returns what Instances promises.
func (x *expansion) instances(from time.Time) iter.Seq[Instance] {
	// The minute that from is in, and the first one that is not before it.
	floor, ceil := int64(-1), int64(0)
	if from.Year() >= 1601 {
		if r, ok := RTimeOf(from); ok {
			floor, ceil = int64(r), int64(r)
		} else {
			floor, ceil = maxRTime, maxRTime+1
		}
		if from.Second() > 0 || from.Nanosecond() > 0 {
			ceil++
		}
	}
	// Occurrences end with the clock.
	x.last = min(x.last, (maxRTime-max(x.start, x.end))/minutesPerDay)
	// The first day of which an occurrence starts or ends late enough.
	x.first = max(x.first, min(floorDays(floor-x.end), floorDays(ceil-1-x.start))+1)

	slices.Sort(x.skip)
	before, _ := slices.BinarySearch(x.skip, RTime(min(x.first, lastDay)*minutesPerDay))
	x.skip = x.skip[before:]
	x.added = slices.DeleteFunc(x.added, func(i Instance) bool { return int64(i.End) <= floor && int64(i.Start) < ceil })
	return x.each
}

// floorDays returns how many whole days there are in minutes, which may be negative.
func floorDays(minutes int64) int64 { return (minutes - mod(minutes, minutesPerDay)) / minutesPerDay }

// each yields the occurrences. It writes nothing to x, so that it can be called again.
func (x *expansion) each(yield func(Instance) bool) {
	skip, added := x.skip, x.added
	for day, ok := x.next(x.first); ok; day, ok = x.next(day + 1) {
		midnight := RTime(day * minutesPerDay)
		for len(skip) > 0 && skip[0] < midnight {
			skip = skip[1:]
		}
		if len(skip) > 0 && skip[0] == midnight {
			continue
		}
		start := midnight + RTime(x.start)
		for len(added) > 0 && added[0].Start < start {
			if !yield(added[0]) {
				return
			}
			added = added[1:]
		}
		if !yield(Instance{Start: start, End: midnight + RTime(x.end), OriginalStart: start}) {
			return
		}
	}
	for _, i := range added {
		if !yield(i) {
			return
		}
	}
}

// appendMidnights appends the midnights with which the days of dates begin.
func appendMidnights(to, dates []RTime) []RTime {
	for _, d := range dates {
		to = append(to, d.Midnight())
	}
	return to
}
