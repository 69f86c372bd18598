package recur

import (
	"fmt"
	"math/bits"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// lastDay is the last day that an RTime can tell: in the year 9767.
const lastDay = maxRTime / minutesPerDay

// series are the days of a pattern, deleted ones among them. Everything it can be asked is answered by arithmetic, not by
// counting, so that no pattern takes long, whatever its numbers. Days are those of civil.go; they are 64 bits wide
// because periods of 2^32-1 weeks are.
type series struct {
	cal calendar // of a series by months; others have none
	// What counts is every period-th unit. In a series by months the unit is a month, else a day, and the days of a
	// period are those of the bits in days, bit 0 being the first one.
	period, phase int64
	days          uint32
	month         dayInMonth
	first, last   int64 // no day is before or after these
}

// series returns the days of p, or an error that says why they are not known.
func (p *RecurrencePattern) series() (series, error) {
	if err := p.computable(); err != nil {
		return series{}, err
	}
	s := series{period: int64(p.Period), first: int64(p.StartDate / minutesPerDay), last: lastDay}
	switch p.PatternType {
	case Day:
		s.period, s.days = int64(p.Period/minutesPerDay), 1
	case Week:
		s.period, s.days = 7*int64(p.Period), p.DaysOfWeek.since(p.FirstDOW%7)
	default:
		s.month = p.dayInMonth()
		if err := p.chooseCalendar(&s); err != nil {
			return series{}, err
		}
	}
	s.phase = p.phase(s.cal, s.period)
	if s.cal > gregorian && !s.has(s.first) {
		return series{}, refuse(CalendarNotComputed, "StartDate", "is %v, which is no day of the pattern by the arithmetic of %v that is known here: the writer had another",
			p.StartDate, p.calendarName())
	}
	switch {
	case p.EndType == EndByDate:
		s.last = int64(p.EndDate / minutesPerDay)
	case p.EndType == EndAfterCount:
		if n, ok := s.nth(int64(p.OccurrenceCount)); ok {
			s.last = n
		}
	}
	return s, nil
}

// chooseCalendar finds the calendar of a series by months.
func (p *RecurrencePattern) chooseCalendar(s *series) error {
	if !p.CalendarType.known() {
		return refuse(UnknownCalendarType, "CalendarType", "is %v, which is no calendar that is known", p.CalendarType)
	}
	s.cal = p.calendar()
	if s.cal == noCalendar {
		return refuse(CalendarNotComputed, "CalendarType", "is %v: its months are not computed in a pattern of type %v", p.CalendarType, p.PatternType)
	}
	if s.cal.real().monthOf(int(s.first)) < 0 {
		return refuse(CalendarNotComputed, "StartDate", "is %v, before the first year of %v since 1601", p.StartDate, p.calendarName())
	}
	if s.cal == hebrew {
		// From the sixth month on the months of common and of leap years have different numbers. Whether a pattern follows
		// the number or the name is not documented; before that month, and in every month, it does not matter.
		_, i := hebrewMonth(int(s.first))
		switch {
		case p.Period == 1:
			s.cal = hebrewMoons
		case p.Period%12 != 0:
			return refuse(CalendarNotComputed, "Period", "is %d months of CAL_HEBREW, whose years have 12 or 13: how they are counted is not known", p.Period)
		case i >= 5:
			return refuse(CalendarNotComputed, "StartDate", "is %v, behind Shevat: which month that is in other years of CAL_HEBREW, of 12 months or 13, is not known", p.StartDate)
		}
	}
	return nil
}

func (p *RecurrencePattern) calendarName() CalendarType {
	if p.calendar() == hijri {
		return CalHijri
	}
	return p.CalendarType
}

// phase returns which of the units count: those with this remainder by period. FirstDateTime decides, unless no period can
// begin there; then StartDate does.
//
// QUIRK: the second is what implementers recommend. Some writers take weeks from Monday whatever FirstDOW says, and even
// below 0, which the field has no sign for (testdata/recur/first-date-time.vec).
func (p *RecurrencePattern) phase(c calendar, period int64) int64 {
	first, start := int64(p.FirstDateTime/minutesPerDay), int64(p.StartDate/minutesPerDay)
	midnight := p.FirstDateTime%minutesPerDay == 0
	switch p.PatternType {
	case Day:
		if !midnight {
			first = start
		}
		return mod(first, period)
	case Week:
		if first = weekStart(first, p.FirstDOW%7); !midnight || first != int64(p.FirstDateTime/minutesPerDay) {
			first = weekStart(start, p.FirstDOW%7)
		}
		return mod(first, period)
	}
	if n := c.real().monthOf(int(first)); midnight && n >= 0 {
		if day, _ := c.real().month(n); day == int(first) {
			return mod(int64(n), period)
		}
	}
	return mod(int64(c.monthOf(int(start))), period)
}

// computable returns an error where a field of p has no meaning that days could follow from.
func (p *RecurrencePattern) computable() error {
	_, known := p.PatternType.specific()
	switch {
	case !known:
		return refuse(UnknownPatternType, "PatternType", "is %v, which is none that is known", p.PatternType)
	case p.SlidingFlag != 0:
		return refuse(Regenerating, "SlidingFlag", "is %d: the next occurrence follows from when the last was completed, which is not in the pattern", p.SlidingFlag)
	case p.Period == 0:
		return refuse(Period, "Period", "is 0")
	case p.PatternType == Day && p.Period%minutesPerDay != 0:
		return refuse(Period, "Period", "is %d minutes, not whole days of %d", p.Period, minutesPerDay)
	case p.PatternType.hasDaysOfWeek() && p.DaysOfWeek&AnyDay == 0:
		return refuse(DayMask, "PatternTypeSpecific.DayOfWeek", "is 0x%08X: no day of the week", uint32(p.DaysOfWeek))
	case p.PatternType.hasN() && p.N == lastAsMinusOne:
		return refuse(BadNth, "PatternTypeSpecific.N", "is 0xFFFFFFFF, not 1 to 5; writers that put -1 there mean 5, the last")
	case p.PatternType.hasN() && (p.N < 1 || p.N > Last):
		return refuse(BadNth, "PatternTypeSpecific.N", "is %d, not 1 to 5", uint32(p.N))
	case p.PatternType.hasDayOfMonth() && !p.dayInMonth().valid():
		return refuse(DayOfMonth, "PatternTypeSpecific.Day", "is %d, not 1 to 31", p.DayOfMonth)
	case p.PatternType == Week && p.Period > 1 && p.FirstDOW > Saturday:
		return refuse(FirstDOW, "FirstDOW", "is %d, not 0 to 6: which weeks count is not known", uint32(p.FirstDOW))
	case !p.EndType.Never() && p.EndType != EndByDate && p.EndType != EndAfterCount:
		return refuse(UnknownEndType, "EndType", "is 0x%08X, which is none that is known", uint32(p.EndType))
	}
	return nil
}

func refuse(code diag.Code, path, format string, args ...any) error {
	return &diag.DecodeError{What: "recur", Findings: []diag.Finding{{Severity: diag.Error, Code: code, Span: diag.Span{Offset: -1}, Path: path,
		Spec: "[MS-OXOCAL] 2.2.1.44.1", Msg: fmt.Sprintf(format, args...)}}}
}

// next returns the first day of the series that is not before the given one, and whether there is one.
func (s *series) next(day int64) (int64, bool) {
	day = max(day, s.first)
	if s.cal == noCalendar {
		into := mod(day-s.phase, s.period)
		if rest := s.days >> min(into, 7); rest != 0 {
			day += int64(bits.TrailingZeros32(rest))
		} else {
			day += s.period - into + int64(bits.TrailingZeros32(s.days))
		}
		return day, day <= s.last
	}
	if day > s.last {
		return 0, false
	}
	month := int64(s.cal.monthOf(int(day)))
	if over := mod(month-s.phase, s.period); over != 0 {
		month += s.period - over
	} else if d := s.dayOf(month); d >= day {
		return d, d <= s.last
	} else {
		month += s.period
	}
	d := s.dayOf(month)
	return d, d <= s.last
}

// has reports whether the day is one of the series.
func (s *series) has(day int64) bool {
	d, ok := s.next(day)
	return ok && d == day
}

// dayOf returns the day of the series in a month, which must be one that counts.
func (s *series) dayOf(month int64) int64 {
	if month > lastMonth {
		return lastDay + 1
	}
	return int64(s.month.in(s.cal.month(int(month))))
}

// lastMonth is behind the last month of every calendar that an RTime can tell.
const lastMonth = lastDay / 29

// nth returns the n-th day of the series since s.first, whatever s.last is. It reports false where that is no day that an
// RTime can tell. The 0-th is before the first.
func (s *series) nth(n int64) (int64, bool) {
	first, ok := s.next(s.first)
	switch {
	case n == 0:
		return s.first - 1, true
	case !ok || n > lastDay+1:
		return 0, false
	case s.cal != noCalendar:
		first = s.dayOf(int64(s.cal.monthOf(int(first))) + (n-1)*s.period)
		return first, first <= lastDay
	}
	perPeriod := int64(bits.OnesCount32(s.days))
	periods, i := s.upTo(s.first-1)+n-1, int64(0)
	periods, i = (periods-mod(periods, perPeriod))/perPeriod, mod(periods, perPeriod)
	day := s.phase + periods*s.period + int64(nthBit(s.days, int(i)))
	return day, day <= lastDay
}

// count returns how many days of the series there are from s.first to the given one, inclusive, whatever s.last is.
func (s *series) count(last int64) int64 {
	if last < s.first {
		return 0
	}
	if s.cal == noCalendar {
		return s.upTo(last) - s.upTo(s.first-1)
	}
	unbounded := *s
	unbounded.last = lastDay
	first, ok := unbounded.next(s.first)
	if !ok || first > last {
		return 0
	}
	month := int64(s.cal.monthOf(int(first)))
	steps := (int64(s.cal.monthOf(int(last))) - month) / s.period
	if s.dayOf(month+steps*s.period) > last {
		steps--
	}
	return steps + 1
}

// upTo returns how many days of a series that is not by months there are up to the given one, counted from the phase,
// before which they are negative.
func (s *series) upTo(day int64) int64 {
	into := mod(day-s.phase, s.period)
	periods := (day - s.phase - into) / s.period
	return periods*int64(bits.OnesCount32(s.days)) + int64(bits.OnesCount32(s.days&(1<<(min(into, 6)+1)-1)))
}
