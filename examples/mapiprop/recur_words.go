package main

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/recur"
)

// What is here says in English what the fields of a recurrence pattern mean. It says nothing that they do not: a number
// without a meaning stays a number.

const minutesPerDay = 24 * 60

// everyText says on which days a pattern occurs: "every 2 weeks on Monday and Wednesday, weeks beginning on Sunday".
func everyText(p *recur.RecurrencePattern) string {
	if p.SlidingFlag != 0 {
		return "again some time after it was completed"
	}
	switch p.PatternType {
	case recur.Day:
		if p.Period%minutesPerDay != 0 {
			return every(p.Period, "minute")
		}
		return every(p.Period/minutesPerDay, "day")
	case recur.Week:
		switch {
		case p.Period == 1 && p.DaysOfWeek == recur.AnyDay:
			return "every day"
		case p.Period == 1 && p.DaysOfWeek == recur.Workdays:
			return "every workday"
		case p.Period == 1:
			return "every week on " + daysText(p.DaysOfWeek, "and")
		}
		return fmt.Sprintf("%s on %s, weeks beginning on %v", every(p.Period, "week"), daysText(p.DaysOfWeek, "and"), p.FirstDOW)
	}
	calendar := ""
	gregorian := isGregorian(p)
	if !gregorian {
		calendar = fmt.Sprintf(" of %v", p.CalendarType)
		if p.CalendarType == recur.CalDefault {
			calendar = " of the Hijri calendar"
		}
	}
	if gregorian && p.Period%12 == 0 && p.Period > 0 {
		return every(p.Period/12, "year") + " on " + dayOfYearText(p)
	}
	return every(p.Period, "month") + calendar + " on " + dayOfMonthText(p)
}

// counted returns "1 minute" or "2 minutes".
func counted(n uint32, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// every returns "every day" or "every 2 days".
func every(n uint32, unit string) string {
	if n == 1 {
		return "every " + unit
	}
	return "every " + counted(n, unit)
}

// isGregorian reports whether the months of a pattern are those everybody knows.
func isGregorian(p *recur.RecurrencePattern) bool {
	switch p.PatternType {
	case recur.HjMonth, recur.HjMonthNth, recur.HjMonthEnd:
		return false
	}
	c := p.CalendarType
	return c <= recur.CalKorea || c == recur.CalThai || c >= recur.CalGregorianMEFrench && c <= recur.CalGregorianXlitFrench
}

func dayOfMonthText(p *recur.RecurrencePattern) string {
	switch p.PatternType {
	case recur.MonthNth, recur.HjMonthNth:
		return nthText(p)
	case recur.MonthEnd, recur.HjMonthEnd:
		return "the last day"
	}
	switch {
	case p.DayOfMonth == 31:
		return "the last day"
	case isGregorian(p) && (p.DayOfMonth == 29 || p.DayOfMonth == 30), !isGregorian(p) && p.DayOfMonth == 30:
		return fmt.Sprintf("day %d, or the last of a shorter month", p.DayOfMonth)
	}
	return fmt.Sprintf("day %d", p.DayOfMonth)
}

// dayOfYearText is dayOfMonthText with the name of the month, in a pattern of whole years. Which month that is, Instances
// takes from FirstDateTime where a month begins there.
func dayOfYearText(p *recur.RecurrencePattern) string {
	_, month, day := p.FirstDateTime.Date()
	if day != 1 || p.FirstDateTime != p.FirstDateTime.Midnight() {
		_, month, _ = p.StartDate.Date()
	}
	longest := time.Date(2000, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch p.PatternType {
	case recur.Month:
		switch {
		case month == time.February && p.DayOfMonth == 29:
			return "29 February, or the last day of a shorter one"
		case p.DayOfMonth > 31 || int(p.DayOfMonth) <= longest:
			return fmt.Sprintf("%d %v", p.DayOfMonth, month)
		}
		return fmt.Sprintf("the last day of %v", month)
	}
	return fmt.Sprintf("%s of %v", dayOfMonthText(p), month)
}

// nthText returns "the second Tuesday", or "the last Monday, Tuesday or Friday".
func nthText(p *recur.RecurrencePattern) string {
	n := strings.ToLower(p.N.String())
	switch {
	case p.N == 0xFFFFFFFF:
		n = "last"
	case p.N < 1 || p.N > recur.Last:
		n = fmt.Sprintf("%d-th", p.N)
	}
	switch p.DaysOfWeek {
	case recur.AnyDay:
		return "the " + n + " day"
	case recur.Workdays:
		return "the " + n + " workday"
	case recur.WeekendDay:
		return "the " + n + " day of a weekend"
	}
	return "the " + n + " " + daysText(p.DaysOfWeek, "or")
}

// daysText returns "Monday, Tuesday and Friday".
func daysText(d recur.DaysOfWeek, and string) string {
	switch {
	case d == recur.Workdays && and == "and":
		return "all workdays"
	case d == recur.AnyDay && and == "and":
		return "all days"
	case d == 0:
		return "no day"
	}
	words := d.Words()
	if n := len(words); n > 1 {
		words = []string{strings.Join(words[:n-1], ", "), words[n-1]}
	}
	return strings.Join(words, " "+and+" ")
}

// timesText says when on its days a series takes place: "14:00-15:00", "all day".
func timesText(start, end uint32) string {
	days, whole := end/minutesPerDay, start == 0 && end%minutesPerDay == 0
	switch {
	case whole && days == 1:
		return "all day"
	case whole && days > 1:
		return fmt.Sprintf("%d whole days", days)
	case start >= minutesPerDay || end < start:
		return fmt.Sprintf("from minute %d to minute %d of the day", start, end)
	case start == end:
		return "at " + clock(start)
	case end < minutesPerDay:
		return clock(start) + "-" + clock(end)
	case days == 1:
		return fmt.Sprintf("%s to %s on the next day", clock(start), clock(end))
	}
	return fmt.Sprintf("%s to %s %d days later", clock(start), clock(end), days)
}

func clock(minutes uint32) string {
	return fmt.Sprintf("%02d:%02d", minutes%minutesPerDay/60, minutes%60)
}

// dayText returns "Mon 2010-08-23".
func dayText(t recur.RTime) string { return t.Weekday().String()[:3] + " " + t.String()[:10] }

// dateText returns a date as it should be, "2010-08-23", or all of it where it has a time of day.
func dateText(t recur.RTime) string {
	s := t.String()
	if t == t.Midnight() {
		return s[:10]
	}
	return s[:16]
}

// momentText returns "Mon 2010-08-23 14:00".
func momentText(t recur.RTime) string { return dayText(t) + " " + clock(uint32(t)%minutesPerDay) }

// spanText returns from when to when something lasts: "Mon 2010-08-23 14:00-15:00".
func spanText(start, end recur.RTime, allDay bool) string {
	wholeDays := start == start.Midnight() && end == end.Midnight() && end > start
	switch {
	case allDay && wholeDays && end-start == minutesPerDay:
		return dayText(start) + ", all day"
	case allDay && wholeDays:
		return dayText(start) + " to " + dayText(end-minutesPerDay) + ", all day"
	case start == end:
		return momentText(start)
	case end > start && start.Midnight() == end.Midnight():
		return momentText(start) + "-" + clock(uint32(end)%minutesPerDay)
	}
	return momentText(start) + " to " + momentText(end)
}

// rangeText says from when to when a series goes.
func rangeText(p *recur.RecurrencePattern) string {
	from := "from " + dayText(p.StartDate)
	switch {
	case p.EndType.Never():
		return from + ", without an end"
	case p.EndType == recur.EndByDate:
		return from + " to " + dayText(p.EndDate)
	case p.EndType == recur.EndAfterCount:
		times := counted(p.OccurrenceCount, "time")
		if len(p.DeletedInstanceDates) > 0 {
			times += ", deleted ones included"
		}
		return fmt.Sprintf("%s to %s, %s", from, dayText(p.EndDate), times)
	}
	return from + ", with an end of no known kind"
}

// countLimit is how many occurrences are counted, so that what is hostile costs no more than what is not.
const countLimit = 10000

// occursText says how many occurrences there are, and which are the first and the last. Those of a task are days.
func occursText(instances iter.Seq[recur.Instance], never, task bool) string {
	text := func(i recur.Instance) string {
		if task {
			return dayText(i.Start)
		}
		return spanText(i.Start, i.End, i.AllDay())
	}
	var first, last recur.Instance
	n := 0
	for i := range instances {
		if n == 0 {
			first = i
		}
		last = i
		if n++; n > countLimit || never {
			break
		}
	}
	switch {
	case n == 0:
		return "never: nothing is left"
	case never:
		return "for ever, first on " + text(first)
	case n == 1:
		return "once, on " + text(first)
	case n > countLimit:
		return fmt.Sprintf("more than %d times, first on %s", countLimit, text(first))
	}
	return fmt.Sprintf("%s, first on %s, last on %s", count(n, "time"), text(first), text(last))
}
