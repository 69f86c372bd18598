package recur

import (
	"cmp"
	"slices"
)

// Normalize makes the pattern what the specification has it be, where that does not change on which days it occurs, as
// Instances says. Versions and the EndType of series without an end get the specification's values. Dates become
// midnights; deleted and modified ones are sorted, and the same one is there once. StartDate becomes the first day of the
// series, where it has any, and FirstDateTime what follows from it. EndDate is the last day of a series that ends after a count, and stays
// the last day there may be one of a series that ends by date; OccurrenceCount is their number. Without an end they are
// NoEnd and 10. Bits that are no day of the week, numbers in fields that a pattern of the type does not have and Trailing
// go.
//
// What is not known is left alone: numbers without a meaning, such as a Period of 0, and what follows from them.
func (p *RecurrencePattern) Normalize() {
	p.normalize()
	p.ModifiedInstanceDates = slices.Compact(sortDays(p.ModifiedInstanceDates))
}

// normalize does all of Normalize but for the modified dates.
func (p *RecurrencePattern) normalize() {
	p.ReaderVersion, p.WriterVersion, p.Trailing = version, version, nil
	p.DeletedInstanceDates = slices.Compact(sortDays(p.DeletedInstanceDates))
	p.normalizeSpecific()
	p.StartDate = p.StartDate.Midnight()
	for range 2 { // a series that has no day may have one with the other FirstDateTime
		if s, err := p.series(); err == nil {
			s.last = lastDay // even an end before the first day does not move that
			if day, ok := s.next(s.first); ok {
				p.StartDate = RTime(day * minutesPerDay)
			}
		}
		if want, ok := p.firstDateTime(); ok {
			p.FirstDateTime = want
		}
	}
	if p.EndType.Never() {
		p.EndType, p.OccurrenceCount, p.EndDate = EndNever, neverCount, NoEnd
		return
	}
	p.EndDate = p.EndDate.Midnight()
	if p.EndType == EndAfterCount {
		p.EndAfter(p.OccurrenceCount)
	} else if s, err := p.series(); err == nil {
		p.OccurrenceCount = uint32(s.count(s.last))
	}
}

// normalizeSpecific clears what PatternTypeSpecific cannot say.
func (p *RecurrencePattern) normalizeSpecific() {
	switch {
	case !p.PatternType.hasDaysOfWeek():
		p.DaysOfWeek = 0
	case p.DaysOfWeek&AnyDay != 0:
		p.DaysOfWeek &= AnyDay
	}
	if !p.PatternType.hasN() {
		p.N = 0
	}
	switch {
	case !p.PatternType.hasDayOfMonth():
		p.DayOfMonth = 0
	case p.PatternType == MonthEnd || p.PatternType == HjMonthEnd:
		p.DayOfMonth = 31
	}
}

// Normalize makes a what the specification has it be, where that does not change what occurs and when, as Instances says.
// It does what RecurrencePattern.Normalize does. Besides, exceptions are in the order of their start; the deleted dates
// have the days that they replace, and the modified dates are the days on which they start, each for one exception. Every
// exception has a ChangeHighlight, as WriterVersion2 0x3009 wants it, both lengths of its 8-bit texts, and the same times
// in both of its parts. A detail of an exception without its flag gets the flag, and flags that are not known go, as do
// reserved blocks.
//
// Texts stay as they are: of two copies that differ it is not known which is right. An exception that was Cut stays so.
func (a *AppointmentRecurrencePattern) Normalize() {
	a.normalize()
	a.ReaderVersion2, a.WriterVersion2 = readerVersion2, highlightVersion
	a.ReservedBlock1, a.ReservedBlock2 = nil, nil
	for i := range a.Exceptions {
		a.Exceptions[i].normalize()
	}
	a.setDates()
}

func (e *Exception) normalize() {
	e.OverrideFlags &= knownFlags
	e.NoChangeHighlightValue = false
	if e.OverrideFlags&textFlags != 0 {
		e.own(0)
	}
	d := e.Details
	if d == nil {
		return
	}
	for _, v := range [...]struct {
		flag OverrideFlags
		set  bool
	}{
		{OverrideSubject, len(d.Subject)+len(d.WideCharSubject) > 0}, {OverrideMeetingType, d.MeetingType != 0},
		{OverrideReminderDelta, d.ReminderDelta != 0}, {OverrideReminder, d.ReminderSet != 0},
		{OverrideLocation, len(d.Location)+len(d.WideCharLocation) > 0}, {OverrideBusyStatus, d.BusyStatus != 0},
		{OverrideAttachment, d.Attachment != 0}, {OverrideSubType, d.SubType != 0}, {OverrideAppointmentColor, d.AppointmentColor != 0},
	} {
		if v.set {
			e.OverrideFlags |= v.flag
		}
	}
	d.ChangeHighlightReserved, d.ReservedBlockEE1, d.ReservedBlockEE2 = nil, nil, nil
	d.SubjectLength, d.LocationLength = 0, 0
	if e.OverrideFlags&OverrideSubject != 0 {
		d.SubjectLength = lengthOf(d.Subject)
	}
	if e.OverrideFlags&OverrideLocation != 0 {
		d.LocationLength = lengthOf(d.Location)
	}
	d.StartDateTime, d.EndDateTime, d.OriginalStartDate = 0, 0, 0
	switch {
	case e.OverrideFlags&textFlags != 0:
		e.own(0)
	case e.OverrideFlags&fieldFlags == 0:
		e.Details = nil
	}
}

// sortDays makes dates midnights, in ascending order.
func sortDays(dates []RTime) []RTime {
	for i, d := range dates {
		dates[i] = d.Midnight()
	}
	slices.Sort(dates)
	return dates
}

func compareTimes(x, y Exception) int {
	return cmp.Or(cmp.Compare(x.StartDateTime, y.StartDateTime), cmp.Compare(x.OriginalStartDate, y.OriginalStartDate))
}
