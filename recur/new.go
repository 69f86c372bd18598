package recur

import (
	"fmt"
	"math"
	"slices"
)

// NewDaily returns a pattern of every so many days from the day of start on, without an end.
//
// A number that no pattern can have makes one that Validate objects to and Instances refuses, here and in the functions
// like it.
func NewDaily(start RTime, days int) *RecurrencePattern {
	p := &RecurrencePattern{RecurFrequency: Daily, PatternType: Day}
	return p.begin(start, minutesPerDay, count(days, maxRTime/minutesPerDay)*minutesPerDay)
}

// NewWeekly returns a pattern of some days in every so many weeks, without an end. firstDOW is the day a week begins
// with, which matters when not every week counts. The series starts on the first such day that is not before start.
func NewWeekly(start RTime, weeks int, days DaysOfWeek, firstDOW Weekday) *RecurrencePattern {
	p := &RecurrencePattern{RecurFrequency: Weekly, PatternType: Week, DaysOfWeek: days, FirstDOW: firstDOW}
	return p.begin(start, 1, count(weeks, math.MaxInt32))
}

// NewMonthly returns a pattern of a day in every so many months, without an end; 12 months make it a yearly one. The last
// day of every month is day 31: shorter months have their last one then. The series starts on the first such day that is
// not before start, in whatever month that is.
func NewMonthly(start RTime, months, day int) *RecurrencePattern {
	p := &RecurrencePattern{RecurFrequency: Monthly, PatternType: Month, DayOfMonth: count(day, 31)}
	return p.begin(start, 1, count(months, math.MaxInt32))
}

// NewMonthlyNth returns a pattern of the n-th of some days of the week in every so many months, as the last of Workdays,
// and is like NewMonthly in all else.
func NewMonthlyNth(start RTime, months int, n Nth, days DaysOfWeek) *RecurrencePattern {
	p := &RecurrencePattern{RecurFrequency: Monthly, PatternType: MonthNth, DaysOfWeek: days, N: n}
	return p.begin(start, 1, count(months, math.MaxInt32))
}

// count returns n for a field, 0 where it is none of 1 to most.
func count(n, most int) uint32 {
	if n < 1 || n > most {
		return 0
	}
	return uint32(n)
}

// begin fills in the rest of a pattern that comes every period. unit is the least period there is: with it the series
// begins on the first day that PatternTypeSpecific has.
func (p *RecurrencePattern) begin(start RTime, unit, period uint32) *RecurrencePattern {
	p.ReaderVersion, p.WriterVersion = version, version
	p.EndType, p.OccurrenceCount, p.EndDate = EndNever, neverCount, NoEnd
	p.StartDate, p.Period = start.Midnight(), unit
	if s, err := p.series(); err == nil {
		if day, ok := s.next(s.first); ok {
			p.StartDate = RTime(day * minutesPerDay)
		}
	}
	if p.Period = period; period == 12 && p.PatternType != Day && p.PatternType != Week {
		p.RecurFrequency = Yearly
	}
	p.FirstDateTime, _ = p.firstDateTime()
	return p
}

// neverCount is what OccurrenceCount should be in a series without an end.
const neverCount = 10

// EndOn ends the series with its last occurrence that is not after the day of date. Where there is none, or the pattern
// cannot be computed, EndDate is the day itself, and OccurrenceCount 0.
func (p *RecurrencePattern) EndOn(date RTime) {
	p.EndType, p.EndDate, p.OccurrenceCount = EndByDate, date.Midnight(), 0
	s, err := p.series()
	if err != nil {
		return
	}
	n := s.count(s.last)
	p.OccurrenceCount = uint32(n)
	if last, ok := s.nth(n); ok && n > 0 {
		p.EndDate = RTime(last * minutesPerDay)
	}
}

// EndAfter ends the series after n occurrences, deleted and modified ones among them. Where the pattern cannot be
// computed, or the last of them is later than an RTime can tell, EndDate stays what it was.
func (p *RecurrencePattern) EndAfter(n uint32) {
	p.EndType, p.OccurrenceCount = EndAfterCount, n
	s, err := p.series()
	if err != nil {
		return
	}
	if last, ok := s.nth(int64(n)); ok && n > 0 {
		p.EndDate = RTime(last * minutesPerDay)
	}
}

// NewAppointment returns a series of appointments that start and end so many minutes after the midnights of p, of which
// it is a copy. All-day events have 0 and whole days of 1440.
func NewAppointment(p *RecurrencePattern, startOffset, endOffset uint32) *AppointmentRecurrencePattern {
	a := &AppointmentRecurrencePattern{RecurrencePattern: *p, ReaderVersion2: readerVersion2, WriterVersion2: highlightVersion,
		StartTimeOffset: startOffset, EndTimeOffset: endOffset}
	a.DeletedInstanceDates, a.ModifiedInstanceDates = slices.Clone(p.DeletedInstanceDates), slices.Clone(p.ModifiedInstanceDates)
	return a
}

// Delete deletes the occurrence that the pattern has on the day of date, also where an exception was made of it. The error
// is that of Instances, or that the pattern has none on that day.
func (a *AppointmentRecurrencePattern) Delete(date RTime) error {
	day := date.Midnight()
	if err := a.hasDay(day); err != nil {
		return err
	}
	a.Exceptions = slices.DeleteFunc(a.Exceptions, func(e Exception) bool { return e.OriginalStartDate.Midnight() == day })
	a.setDates(day)
	return nil
}

// AddException makes e of the occurrence that the pattern has on the day of e.OriginalStartDate, instead of an exception
// that there may be of it. The time of day of OriginalStartDate is made that of the series. The error is that of Delete,
// that of AppendBinary, or that there are too many exceptions. e is normalized as Normalize does that; its Details are
// kept and written to.
func (a *AppointmentRecurrencePattern) AddException(e Exception) error {
	day := e.OriginalStartDate.Midnight()
	if err := a.hasDay(day); err != nil {
		return err
	}
	e.OriginalStartDate = day + RTime(a.StartTimeOffset)
	e.normalize()
	others := slices.DeleteFunc(slices.Clone(a.Exceptions), func(o Exception) bool { return o.OriginalStartDate.Midnight() == day })
	if len(others) == math.MaxUint16 {
		return fmt.Errorf("recur: ExceptionCount: %d exceptions do not fit in 16 bits", len(others)+1)
	}
	if err := e.encodable(a.WriterVersion2); err != nil {
		return fmt.Errorf("recur: ExceptionInfo[%d].%w", len(others), err)
	}
	a.Exceptions = append(others, e)
	a.setDates(day)
	return nil
}

// hasDay returns an error where the pattern has no occurrence on a day.
func (a *AppointmentRecurrencePattern) hasDay(day RTime) error {
	s, err := a.series()
	if err != nil {
		return err
	}
	if !s.has(int64(day/minutesPerDay)) || uint64(day)+uint64(a.StartTimeOffset) > maxRTime {
		y, m, d := day.Date()
		return fmt.Errorf("recur: %04d-%02d-%02d is no day of the pattern", y, m, d)
	}
	return nil
}

// setDates brings the exceptions into order and makes the two arrays of dates what they must be: the deleted dates have
// those that they had, some more, and the days of the exceptions; the modified ones are the days on which those start.
func (a *AppointmentRecurrencePattern) setDates(more ...RTime) {
	slices.SortStableFunc(a.Exceptions, compareTimes)
	deleted := append(a.DeletedInstanceDates, more...)
	a.ModifiedInstanceDates = a.ModifiedInstanceDates[:0]
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		deleted = append(deleted, e.OriginalStartDate)
		a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, e.StartDateTime.Midnight())
	}
	a.DeletedInstanceDates = slices.Compact(sortDays(deleted))
}
