package recur

import "math/bits"

// calendar is a calendar whose months this package can count. Its months are numbered from the first month of the first
// of its years that begins in 1601 or later, which is 0; days are those of civil.go.
type calendar uint8

const (
	noCalendar calendar = iota // none whose arithmetic is here
	gregorian                  // whatever its years are called
	hijri                      // the tabular one; Windows can be set up to be a day or two off
	// The months of Hebrew years are 12 or 13. Patterns count 12 in every year: the last month of a leap year has the
	// number of the first one of the next year.
	hebrew
	// hebrewMoons counts every month of every Hebrew year.
	hebrewMoons
)

// calendar returns the calendar that the months of p are counted in.
func (p *RecurrencePattern) calendar() calendar {
	switch p.PatternType {
	case HjMonth, HjMonthNth, HjMonthEnd:
		if p.CalendarType == CalDefault || p.CalendarType == CalHijri {
			return hijri
		}
		return noCalendar
	}
	switch p.CalendarType {
	case CalDefault, CalGregorian, CalGregorianUS, CalJapan, CalTaiwan, CalKorea, CalThai, CalGregorianMEFrench, CalGregorianArabic,
		CalGregorianXlitEnglish, CalGregorianXlitFrench:
		return gregorian
	case CalHijri:
		return hijri
	case CalHebrew:
		return hebrew
	}
	return noCalendar
}

// firstDateTime returns what FirstDateTime must be for the StartDate: the midnight with which the first of all periods
// begins that count, since 1601 or since the first year of the calendar after that ([MS-OXOCAL] 2.2.1.44.1). It reports
// false where that is not known: no period at all, a calendar whose arithmetic is not here, or a StartDate that by the
// arithmetic here is no day of the pattern, so that the writer must have another.
func (p *RecurrencePattern) firstDateTime() (want RTime, ok bool) {
	day := int64(p.StartDate / minutesPerDay)
	switch {
	case p.Period == 0:
		return 0, false
	case p.PatternType == Day:
		return p.StartDate.Midnight() % RTime(p.Period), p.Period%minutesPerDay == 0
	case p.PatternType == Week:
		first := mod(weekStart(day, p.FirstDOW), 7*int64(p.Period))
		return RTime(first * minutesPerDay), p.FirstDOW <= Saturday && first <= lastDay
	}
	c := p.calendar()
	n, ok := p.startMonth(c)
	if !ok {
		return 0, false
	}
	first, _ := c.real().month(int(uint32(n) % p.Period)) // so the specification's example counts
	return RTime(first * minutesPerDay), first <= lastDay
}

// startMonth returns the number of the month StartDate is in. It reports false where the calendar is not known, or does
// not have StartDate for a day of the pattern. In the Gregorian calendar everybody agrees on what day it is.
func (p *RecurrencePattern) startMonth(c calendar) (n int, ok bool) {
	day := int(p.StartDate / minutesPerDay)
	switch c {
	case noCalendar:
		return 0, false
	case gregorian:
		return c.monthOf(day), p.PatternType.hasDayOfMonth() || p.PatternType.hasN()
	}
	month, d := c.real().monthOf(day), p.dayInMonth()
	if month < 0 || !d.valid() {
		return 0, false
	}
	first, days := c.real().month(month)
	return c.monthOf(day), d.in(first, days) == day
}

// weekStart returns the first day of the week that a day is in. It may be before 1601.
func weekStart(day int64, first Weekday) int64 {
	return day - mod(int64(weekdayOf(int(day)))-int64(first), 7)
}

// dayInMonth says which day of a month a pattern takes: PatternTypeSpecific of all but weeks.
type dayInMonth struct {
	end  bool       // the last
	day  int        // that day, or the last where the month is shorter
	mask DaysOfWeek // or else the n-th of these
	n    Nth
}

func (p *RecurrencePattern) dayInMonth() dayInMonth {
	d := dayInMonth{end: p.PatternType == MonthEnd || p.PatternType == HjMonthEnd}
	if p.PatternType.hasN() {
		d.mask, d.n = p.DaysOfWeek&AnyDay, p.N
	} else if !d.end {
		d.day = int(min(p.DayOfMonth, 32))
	}
	return d
}

// valid reports whether every month has such a day.
func (d dayInMonth) valid() bool {
	return d.end || d.day >= 1 && d.day <= 31 || d.mask != 0 && d.n >= 1 && d.n <= Last
}

// in returns the day of a month with the given first day and number of days.
func (d dayInMonth) in(first, days int) int {
	switch {
	case d.end:
		return first + days - 1
	case d.day > 0:
		return first + min(d.day, days) - 1
	case d.n == Last:
		// The week that ends with the month, its first day being bit 0.
		week := d.mask.since(weekdayOf(first + days - 7))
		return first + days - 7 + bits.Len32(week) - 1
	}
	// The week that the month begins with. All weeks have the same days, and a month has four whole ones.
	week := d.mask.since(weekdayOf(first))
	n := int(d.n) - 1
	perWeek := bits.OnesCount32(week)
	return first + 7*(n/perWeek) + nthBit(week, n%perWeek)
}

// since returns the days of the week as bits, bit 0 being the given day.
func (d DaysOfWeek) since(first Weekday) uint32 {
	week := uint32(d & AnyDay)
	return (week>>first | week<<(7-first)) & uint32(AnyDay)
}

// nthBit returns the index of a set bit, n being how many set ones are below it.
func nthBit(set uint32, n int) int {
	for range n {
		set &= set - 1
	}
	return bits.TrailingZeros32(set)
}

// mod returns the remainder of n by m that is not negative.
func mod(n, m int64) int64 {
	if n %= m; n < 0 {
		n += m
	}
	return n
}
