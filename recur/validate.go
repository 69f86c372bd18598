package recur

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The checks in this file are about meaning: none of them changes what is read. They run when somebody wants the
// findings, after the bytes they speak of were read.

// Validate inspects p's own encoding and returns the findings: the checks, offsets and words of InspectPattern. A p that
// AppendBinary refuses gives one finding, NotEncodable.
func (p *RecurrencePattern) Validate() []diag.Finding {
	b, err := p.AppendBinary(nil)
	if err != nil {
		return notEncodable("recur", err)
	}
	_, r := InspectPattern(b)
	return slices.Collect(r.Findings())
}

// Validate inspects a's own encoding and returns the findings: the checks, offsets and words of Inspect. An a that
// AppendBinary refuses gives one finding, NotEncodable.
func (a *AppointmentRecurrencePattern) Validate() []diag.Finding {
	b, err := a.AppendBinary(nil)
	if err != nil {
		return notEncodable("apptrecur", err)
	}
	_, r := Inspect(b)
	return slices.Collect(r.Findings())
}

func notEncodable(kind string, err error) []diag.Finding {
	r := diag.NewErrors(kind, catalogue)
	what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "recur: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Msg: msg})
	return slices.Collect(r.Findings())
}

// check checks the fields of the pattern.
func (p *RecurrencePattern) check(c *wire.Cursor, at patternOffsets) {
	p.checkHead(c)
	p.checkSpecific(c)
	if !p.EndType.Never() && p.EndType != EndByDate && p.EndType != EndAfterCount {
		c.Find(diag.Warning, UnknownEndType, "EndType", at.end, 4, "is 0x%08X, must be 0x2021 to 0x2023", uint32(p.EndType))
	}
	if p.FirstDOW > Saturday {
		c.Find(diag.Warning, FirstDOW, "FirstDOW", at.end+8, 4, "is %d, must be 0 to 6", uint32(p.FirstDOW))
	}
	checkDates(c, "DeletedInstanceDates", p.DeletedInstanceDates, at.deleted)
	if len(p.ModifiedInstanceDates) > len(p.DeletedInstanceDates) {
		c.Find(diag.Warning, MoreModifiedThanDeleted, "ModifiedInstanceCount", at.modifiedCount, 4, "is %d, more than the %d deleted dates",
			len(p.ModifiedInstanceDates), len(p.DeletedInstanceDates))
	}
	checkDates(c, "ModifiedInstanceDates", p.ModifiedInstanceDates, at.modified)
	p.checkRange(c, at)
	if want, ok := p.firstDateTime(); ok && want != p.FirstDateTime {
		c.Find(diag.Warning, FirstDateTime, "FirstDateTime", 10, 4, "is %d (%v), must be %d (%v) for a StartDate of %v", uint32(p.FirstDateTime), p.FirstDateTime,
			uint32(want), want, p.StartDate)
	}
}

func (p *RecurrencePattern) checkHead(c *wire.Cursor) {
	if p.ReaderVersion != version {
		c.Find(diag.Warning, ReaderVersion, "ReaderVersion", 0, 2, "is 0x%04X, must be 0x%04X", p.ReaderVersion, version)
	}
	if p.WriterVersion != version {
		c.Find(diag.Warning, WriterVersion, "WriterVersion", 2, 2, "is 0x%04X, must be 0x%04X", p.WriterVersion, version)
	}
	if p.RecurFrequency < Daily || p.RecurFrequency > Yearly {
		c.Find(diag.Warning, RecurFrequency, "RecurFrequency", 4, 2, "is 0x%04X, must be 0x200A to 0x200D; the layout is that of PatternType all the same",
			uint16(p.RecurFrequency))
	}
	if !p.CalendarType.known() {
		c.Find(diag.Warning, UnknownCalendarType, "CalendarType", 8, 2, "is 0x%04X, which is no calendar that is known", uint16(p.CalendarType))
	}
	switch {
	case p.Period == 0:
		c.Find(diag.Warning, Period, "Period", 14, 4, "is 0: nothing comes again")
	case p.PatternType == Day && p.Period%minutesPerDay != 0:
		c.Find(diag.Warning, Period, "Period", 14, 4, "is %d minutes, must be whole days of %d", p.Period, minutesPerDay)
	}
	if p.SlidingFlag > 1 {
		c.Find(diag.Warning, SlidingFlag, "SlidingFlag", 18, 4, "is %d, must be 0 or 1", p.SlidingFlag)
	}
}

func (p *RecurrencePattern) checkSpecific(c *wire.Cursor) {
	if p.PatternType.hasDaysOfWeek() {
		switch odd := p.DaysOfWeek &^ AnyDay; {
		case odd != 0:
			c.Find(diag.Warning, DayMask, "PatternTypeSpecific.DayOfWeek", headSize, 4, "has bits 0x%08X, which are no day of the week", uint32(odd))
		case p.DaysOfWeek == 0:
			c.Find(diag.Warning, DayMask, "PatternTypeSpecific.DayOfWeek", headSize, 4, "is 0: no day of the week")
		}
	}
	switch {
	case !p.PatternType.hasN() || p.N >= 1 && p.N <= Last:
	case p.N == lastAsMinusOne:
		c.Find(diag.Warning, BadNth, "PatternTypeSpecific.N", headSize+4, 4, "is 0xFFFFFFFF, must be 1 to 5; writers that put -1 there mean 5, the last")
	default:
		c.Find(diag.Warning, BadNth, "PatternTypeSpecific.N", headSize+4, 4, "is %d, must be 1 to 5", uint32(p.N))
	}
	if p.PatternType.hasDayOfMonth() && (p.DayOfMonth < 1 || p.DayOfMonth > 31) && p.PatternType != MonthEnd && p.PatternType != HjMonthEnd {
		c.Find(diag.Warning, DayOfMonth, "PatternTypeSpecific.Day", headSize, 4, "is %d, must be 1 to 31", p.DayOfMonth)
	}
}

// lastAsMinusOne is what some writers put for Last.
const lastAsMinusOne Nth = 0xFFFFFFFF

// checkRange checks StartDate and EndDate, also against the days of the pattern, where they can be computed. The findings
// are made in the order of their offsets: they need not be sorted then.
func (p *RecurrencePattern) checkRange(c *wire.Cursor, at patternOffsets) {
	var room [96]byte
	if p.StartDate%minutesPerDay != 0 {
		c.Say(diag.Warning, StartDateNotMidnight, "StartDate", at.start, 4, append(is(room[:0], p.StartDate), mustBeMidnight...))
	}
	s, known := p.checkedSeries(c, at)
	if known && !s.has(s.first) {
		c.Say(diag.Info, StartDateNotFirst, "StartDate", at.start, 4, append(is(room[:0], p.StartDate), ", no day of the pattern"...))
	}
	switch end := at.start + 4; {
	case p.EndType.Never():
		if p.EndDate != NoEnd {
			b := strconv.AppendUint(append(room[:0], "is "...), uint64(p.EndDate), 10)
			b = append(p.EndDate.append(append(b, " ("...)), "), must be 0x"...)
			b = append(wire.AppendHex(b, uint64(NoEnd), 8), " where there is no end"...)
			c.Say(diag.Warning, EndDateNotSentinel, "EndDate", end, 4, b)
		}
	case p.EndDate%minutesPerDay != 0:
		c.Say(diag.Warning, EndDateNotMidnight, "EndDate", end, 4, append(is(room[:0], p.EndDate), mustBeMidnight...))
	case p.EndDate < p.StartDate:
		c.Find(diag.Warning, EndBeforeStart, "EndDate", end, 4, "is %v, before StartDate %v", p.EndDate, p.StartDate)
	}
	if !known || p.EndType != EndAfterCount || p.EndDate < p.StartDate {
		return
	}
	if last, ok := s.nth(int64(p.OccurrenceCount)); ok && p.EndDate/minutesPerDay != RTime(last) {
		b := strconv.AppendUint(append(is(room[:0], p.EndDate), ", occurrence "...), uint64(p.OccurrenceCount), 10)
		b = append(RTime(last*minutesPerDay).append(append(b, " is on "...)), "; the count decides"...)
		c.Say(diag.Info, EndDateNotLast, "EndDate", at.start+4, 4, b)
	}
}

const mustBeMidnight = ", must be a midnight"

// is begins a message.
func is(b []byte, r RTime) []byte { return r.append(append(b, "is "...)) }

// checkedSeries returns the days of the pattern, without an end, where they can be computed and there are any.
func (p *RecurrencePattern) checkedSeries(c *wire.Cursor, at patternOffsets) (series, bool) {
	if p.EndType == EndAfterCount && p.OccurrenceCount == 0 {
		c.Find(diag.Warning, NoOccurrences, "OccurrenceCount", at.end+4, 4, "is 0: nothing ever occurs")
		return series{}, false
	}
	if !p.EndType.Never() && p.EndType != EndByDate && p.EndType != EndAfterCount || p.SlidingFlag != 0 || p.Period == 0 {
		return series{}, false // what series would say costs more than it is worth
	}
	s, err := p.series()
	s.last = lastDay
	return s, err == nil
}

// checkDates checks an array of dates at the offset at. Each kind of finding is made once, at the first date it is true
// of, and counts the others: a hostile array has millions.
func checkDates(c *wire.Cursor, name string, dates []RTime, at int) {
	odd, back := tally{}, tally{}
	for i, d := range dates {
		if d%minutesPerDay != 0 {
			odd.add(i)
		}
		if i > 0 && d <= dates[i-1] {
			back.add(i)
		}
	}
	if odd.n > 0 {
		var room [96]byte
		b := append(is(room[:0], dates[odd.first]), mustBeMidnight...)
		c.In(name, odd.first)
		c.Say(diag.Warning, InstanceDateNotMidnight, "", at+4*odd.first, 4, odd.appendOthers(b))
		c.Out()
	}
	if back.n > 0 {
		i := back.first
		c.Find(diag.Warning, InstanceDatesUnsorted, element(name, i), at+4*i, 4, "is %v, behind %v; must be later%s", dates[i], dates[i-1], back.others())
	}
}

// checkInfo checks the ExceptionInfo at the offset at. dates are the deleted ones, in the order of byDay.
func (a *AppointmentRecurrencePattern) checkInfo(c *wire.Cursor, e *Exception, at int, dates []RTime) {
	if e.EndDateTime < e.StartDateTime {
		c.Find(diag.Warning, ExceptionEndBeforeStart, "EndDateTime", at+4, 4, "is %v, before StartDateTime %v", e.EndDateTime, e.StartDateTime)
	}
	day := e.OriginalStartDate.Midnight()
	_, deleted := slices.BinarySearchFunc(dates, day, func(d, day RTime) int { return cmp.Compare(d.Midnight(), day) })
	switch {
	case day < a.StartDate.Midnight():
		c.Find(diag.Warning, OriginalOutsideSeries, "OriginalStartDate", at+8, 4, "is %v, before the series starts on %v", e.OriginalStartDate, a.StartDate)
	case !a.EndType.Never() && uint64(e.OriginalStartDate) >= uint64(a.EndDate)+max(uint64(a.EndTimeOffset), minutesPerDay):
		c.Find(diag.Warning, OriginalOutsideSeries, "OriginalStartDate", at+8, 4, "is %v, after the series ends on %v", e.OriginalStartDate, a.EndDate)
	case !deleted:
		c.Find(diag.Warning, OriginalNotDeleted, "OriginalStartDate", at+8, 4, "is %v, a day that is not among the deleted dates", e.OriginalStartDate)
	}
	if odd := e.OverrideFlags &^ knownFlags; odd != 0 {
		c.Find(diag.Warning, OverrideFlagsUnknown, "OverrideFlags", at+12, 2, "has bits 0x%04X, which are not known; read as if they had no fields", uint16(odd))
	}
}

// checkTimes checks the times of the ExtendedException at the offset at against those of the ExceptionInfo.
func (e *Exception) checkTimes(c *wire.Cursor, at int) {
	d := e.Details
	for i, t := range [...]struct {
		field         string
		extended, own RTime
	}{{"StartDateTime", d.StartDateTime, e.StartDateTime}, {"EndDateTime", d.EndDateTime, e.EndDateTime},
		{"OriginalStartDate", d.OriginalStartDate, e.OriginalStartDate}} {
		if t.extended != t.own {
			c.Find(diag.Warning, ExtendedTimesDiffer, t.field, at+4*i, 4, "is %v, in ExceptionInfo it is %v", t.extended, t.own)
			return
		}
	}
}

// checkWide checks the wide text that was read last.
func checkWide(c *wire.Cursor, name string, text []byte) {
	if i := wtf8.LoneSurrogate(text); i >= 0 {
		c.Find(diag.Warning, IllFormedText, name, c.Offset()-len(text)+2*i, 2, "has an unpaired surrogate at unit %d", i)
	}
}

// check checks the appointment's own fields, the first of which is at the offset at.
func (a *AppointmentRecurrencePattern) check(c *wire.Cursor, at patternOffsets) {
	own := at.start + 8
	if a.ReaderVersion2 != readerVersion2 {
		c.Find(diag.Warning, ReaderVersion2, "ReaderVersion2", own, 4, "is 0x%04X, must be 0x%04X", a.ReaderVersion2, readerVersion2)
	}
	if a.WriterVersion2 != highlightVersion && a.WriterVersion2 != highlightVersion-1 {
		c.Find(diag.Warning, WriterVersion2, "WriterVersion2", own+4, 4, "is 0x%04X, should be 0x3009, or 0x3008 of older writers", a.WriterVersion2)
	}
	if a.StartTimeOffset >= minutesPerDay {
		c.Find(diag.Warning, StartTimeOffset, "StartTimeOffset", own+8, 4, "is %d minutes, must be less than a day", a.StartTimeOffset)
	}
	switch {
	case a.EndTimeOffset < a.StartTimeOffset:
		c.Find(diag.Warning, EndTimeOffset, "EndTimeOffset", own+12, 4, "is %d minutes, before StartTimeOffset %d", a.EndTimeOffset, a.StartTimeOffset)
	case a.EndTimeOffset-a.StartTimeOffset > 366*minutesPerDay:
		c.Find(diag.Warning, EndTimeOffset, "EndTimeOffset", own+12, 4, "is %d minutes, more than a year after StartTimeOffset %d", a.EndTimeOffset, a.StartTimeOffset)
	}
	if len(a.Exceptions) != len(a.ModifiedInstanceDates) {
		c.Find(diag.Warning, ExceptionCountMismatch, "ExceptionCount", own+16, 2, "is %d, ModifiedInstanceCount is %d; read by ExceptionCount", len(a.Exceptions), len(a.ModifiedInstanceDates))
		return
	}
	if a.startAsModified() {
		return
	}
	starts := make([]RTime, len(a.Exceptions))
	for i := range a.Exceptions {
		starts[i] = a.Exceptions[i].StartDateTime
	}
	starts, modified := sortedDays(starts), sortedDays(a.ModifiedInstanceDates)
	for i := range min(len(starts), len(modified)) {
		switch {
		case starts[i] < modified[i]:
			c.Find(diag.Warning, ModifiedDatesDiffer, "ModifiedInstanceDates", at.modified, 4*len(modified), "has not %v, on which an exception starts", starts[i])
			return
		case starts[i] > modified[i]:
			j := slices.IndexFunc(a.ModifiedInstanceDates, func(d RTime) bool { return d.Midnight() == modified[i] })
			c.Find(diag.Warning, ModifiedDatesDiffer, element("ModifiedInstanceDates", j), at.modified+4*j, 4, "is %v, on which no exception starts", modified[i])
			return
		}
	}
}

// startAsModified reports whether the exceptions start on the modified dates, one by one, of which there are as many.
func (a *AppointmentRecurrencePattern) startAsModified() bool {
	for i, d := range a.ModifiedInstanceDates {
		if a.Exceptions[i].StartDateTime.Midnight() != d.Midnight() {
			return false
		}
	}
	return true
}

// byDay returns dates in an order in which their days ascend: themselves where they are in such an order.
func byDay(dates []RTime) []RTime {
	if slices.IsSorted(dates) {
		return dates
	}
	return sortedDays(dates)
}

// sortedDays returns the days of dates in ascending order.
func sortedDays(dates []RTime) []RTime {
	days := make([]RTime, len(dates))
	for i, d := range dates {
		days[i] = d.Midnight()
	}
	slices.Sort(days)
	return days
}

// tally counts the elements of an array that something is true of.
type tally struct{ n, first int }

func (t *tally) add(i int) {
	if t.n == 0 {
		t.first = i
	}
	t.n++
}

func (t *tally) others() string {
	var room [40]byte
	return string(t.appendOthers(room[:0]))
}

// appendOthers appends how many there are besides the first.
func (t *tally) appendOthers(b []byte) []byte {
	if t.n == 1 {
		return b
	}
	return append(strconv.AppendInt(append(b, " ("...), int64(t.n-1), 10), " more like it)"...)
}

func element(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }
