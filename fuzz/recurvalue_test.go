package fuzz_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
	"github.com/mapiprop/mapiprop/recur"
)

type appointment = recur.AppointmentRecurrencePattern

// sameSeries are how two values are compared: what they share memory with is no part of them.
var sameSeries = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(appointment{}, oof.History{})}

// recurNormalized are the codes that no pattern has after Normalize, apptNormalized those that no series has.
var (
	recurNormalized = []diag.Code{recur.TrailingData, recur.ReaderVersion, recur.WriterVersion, recur.InstanceDateNotMidnight,
		recur.InstanceDatesUnsorted, recur.StartDateNotMidnight, recur.FirstDateTime, recur.EndDateNotSentinel, recur.EndDateNotMidnight}
	apptNormalized = []diag.Code{recur.TrailingData, recur.OlderVersion, recur.ReaderVersion, recur.WriterVersion, recur.InstanceDateNotMidnight,
		recur.StartDateNotMidnight, recur.FirstDateTime, recur.EndDateNotSentinel, recur.EndDateNotMidnight, recur.ReaderVersion2, recur.WriterVersion2,
		recur.ExceptionCountMismatch, recur.OverrideFlagsUnknown, recur.ANSILengthMismatch, recur.EmptyChangeHighlight, recur.BadChangeHighlightSize,
		recur.ExtendedTimesDiffer, recur.OriginalNotDeleted, recur.ModifiedDatesDiffer}
)

// checkAppointmentRecurValue begins with the value: what is written must be read as what it was, by both ways of decoding,
// and what no blob can hold must be refused.
func checkAppointmentRecurValue(tb testing.TB, b []byte) {
	s := &source{b}
	a := series(s)
	out, err := a.AppendBinary([]byte("x"))
	if err != nil || out[0] != 'x' {
		tb.Fatalf("%+v: %x, %v", a, out, err)
	}
	blob := out[1:]
	back, r := recur.Inspect(blob)
	if diff := cmp.Diff(a, back, sameSeries); diff != "" {
		tb.Fatalf("%x (-written +read):\n%s", blob, diff)
	}
	if got, want := findings(r), a.Validate(); !slices.Equal(got, want) {
		tb.Fatalf("Validate says %v, Inspect %v", want, got)
	}
	// Inspect goes field by field; Decode does only where there is anything unusual.
	read, err := recur.Decode(blob)
	if wantError := slices.ContainsFunc(a.Exceptions, lacksHighlight); (err != nil) != wantError {
		tb.Fatalf("%x: %v", blob, err)
	}
	if err == nil && !reflect.DeepEqual(read, back) {
		tb.Fatalf("%x: Decode and Inspect differ:\n%s", blob, cmp.Diff(read, back, cmp.AllowUnexported(appointment{})))
	}
	checkPatternValue(tb, &a.RecurrencePattern)
	checkSeriesNormalized(tb, a)
	checkSeriesRefused(tb, s, a)
}

// lacksHighlight reports whether a ChangeHighlight is too small for its value, which is an Error.
func lacksHighlight(e recur.Exception) bool {
	return e.NoChangeHighlightValue && e.Details != nil && len(e.Details.ChangeHighlightReserved) > 0
}

// checkPatternValue does the same for a pattern alone.
func checkPatternValue(tb testing.TB, p *recur.RecurrencePattern) {
	blob, err := p.MarshalBinary()
	if err != nil {
		tb.Fatalf("%+v: %v", p, err)
	}
	read, err := recur.DecodePattern(blob)
	back, r := recur.InspectPattern(blob)
	if err != nil || !reflect.DeepEqual(read, back) {
		tb.Fatalf("%x: Decode and Inspect differ (%v):\n%s", blob, err, cmp.Diff(read, back))
	}
	if diff := cmp.Diff(p, back, cmpopts.EquateEmpty()); diff != "" {
		tb.Fatalf("%x (-written +read):\n%s", blob, diff)
	}
	if got, want := findings(r), p.Validate(); !slices.Equal(got, want) {
		tb.Fatalf("Validate says %v, Inspect %v", want, got)
	}
}

var recurTypes = [...]recur.PatternType{recur.Day, recur.Week, recur.Month, recur.MonthNth, recur.MonthEnd, recur.HjMonth, recur.HjMonthNth, recur.HjMonthEnd}

// pattern makes a pattern of which sense can be made, or of any numbers.
func pattern(s *source) recur.RecurrencePattern {
	p := recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Frequency(0x200A + uint16(s.below(4))),
		PatternType: recurTypes[s.below(len(recurTypes))], Period: uint32(1 + s.below(30)), EndType: recur.EndType(0x2021 + uint32(s.below(3))),
		OccurrenceCount: uint32(s.below(100)), FirstDOW: recur.Weekday(s.below(7)), StartDate: day(s), EndDate: recur.NoEnd}
	switch p.PatternType {
	case recur.Day:
		p.Period *= 1440
	case recur.Week:
		p.DaysOfWeek = recur.DaysOfWeek(1 + s.below(127))
	case recur.MonthNth, recur.HjMonthNth:
		p.DaysOfWeek, p.N = recur.DaysOfWeek(1+s.below(127)), recur.Nth(1+s.below(5))
	default:
		p.DayOfMonth = uint32(1 + s.below(31))
	}
	if p.EndType == recur.EndByDate {
		p.EndDate = p.StartDate + recur.RTime(s.u16())*1440
	}
	switch s.below(4) {
	case 0: // what the other fields ask for
		n := p
		n.Normalize()
		p.FirstDateTime = n.FirstDateTime
	case 1:
		p.FirstDateTime = recur.RTime(s.u16()) * 1440
	case 2:
		p.FirstDateTime, _ = recur.RTimeOf(time.Date(1601, time.Month(1+s.u8()), 1, 0, 0, 0, 0, time.UTC))
	case 3:
		p.FirstDateTime = recur.RTime(s.u32())
	}
	if s.one(3) {
		anyNumbers(s, &p)
	}
	p.DeletedInstanceDates, p.ModifiedInstanceDates = days(s), days(s)
	return p
}

// anyNumbers puts any numbers into a field or two, of those that the pattern has.
func anyNumbers(s *source, p *recur.RecurrencePattern) {
	for range 1 + s.below(3) {
		switch v := s.u32(); s.below(14) {
		case 0:
			p.ReaderVersion, p.WriterVersion = uint16(v), uint16(v>>16)
		case 1:
			p.RecurFrequency, p.CalendarType = recur.Frequency(v), recur.CalendarType(v>>16)
		case 2:
			p.CalendarType = recur.CalendarType(v % 0x1A)
		case 3:
			p.Period = v
		case 4:
			p.SlidingFlag = v >> 31
		case 5:
			if p.DaysOfWeek != 0 {
				p.DaysOfWeek = recur.DaysOfWeek(v)
			}
		case 6:
			if p.DayOfMonth != 0 {
				p.DayOfMonth = v
			}
		case 7:
			if p.N != 0 {
				p.N = recur.Nth(v)
			}
		case 8:
			p.EndType = recur.EndType(v)
		case 9:
			p.OccurrenceCount = v
		case 10:
			p.FirstDOW = recur.Weekday(v)
		case 11:
			p.StartDate = recur.RTime(v)
		case 12:
			p.EndDate = recur.RTime(v)
		case 13:
			p.Trailing = append([]byte{byte(v)}, s.bytes(s.below(30))...)
		}
	}
}

// day returns a midnight: mostly of our time, and else from the first to the last.
func day(s *source) recur.RTime {
	if s.one(8) {
		return recur.RTime(s.u32()).Midnight()
	}
	return 215_776_800 + recur.RTime(s.u16()%8192)*1440 // 2011-04-07 and later
}

func days(s *source) []recur.RTime {
	var all []recur.RTime
	for range s.below(5) {
		d := day(s)
		if s.one(16) {
			d += recur.RTime(s.u8())
		}
		all = append(all, d)
	}
	return all
}

// series makes a series that reads back as itself.
func series(s *source) *appointment {
	a := &appointment{RecurrencePattern: pattern(s), ReaderVersion2: 0x3006, WriterVersion2: 0x3009, StartTimeOffset: uint32(s.u16()) % 1440}
	a.EndTimeOffset = a.StartTimeOffset + uint32(s.u16())%4000
	if s.one(8) {
		a.ReaderVersion2, a.WriterVersion2, a.StartTimeOffset, a.EndTimeOffset = s.u32(), 0x3006+s.u32()%8, s.u32(), s.u32()
	}
	reserved := s.one(4)
	for range s.below(5) {
		a.Exceptions = append(a.Exceptions, exception(s, a, reserved))
	}
	if reserved {
		a.ReservedBlock1, a.ReservedBlock2 = s.bytes(s.below(5)), s.bytes(s.below(5))
	}
	return a
}

// exception makes an exception of an occurrence on some day.
func exception(s *source, a *appointment, reserved bool) recur.Exception {
	d := day(s)
	if len(a.DeletedInstanceDates) > 0 && !s.one(4) {
		d = a.DeletedInstanceDates[s.below(len(a.DeletedInstanceDates))]
	}
	e := recur.Exception{OriginalStartDate: d + recur.RTime(a.StartTimeOffset), StartDateTime: d + recur.RTime(s.u16())}
	e.EndDateTime = e.StartDateTime + recur.RTime(s.u8())
	if s.one(8) {
		e.StartDateTime, e.EndDateTime, e.OriginalStartDate = recur.RTime(s.u32()), recur.RTime(s.u32()), recur.RTime(s.u32())
	}
	var details recur.Details
	if s.one(2) {
		e.OverrideFlags = recur.OverrideFlags(s.u16())
		if !s.one(4) {
			e.OverrideFlags &= 0x3FF
		}
		overrides(s, &e, &details)
	}
	if a.WriterVersion2 >= 0x3009 {
		e.ChangeHighlight = recur.ChangeHighlight(s.u16())
		if reserved && s.one(4) {
			e.ChangeHighlight, e.NoChangeHighlightValue = 0, true
			details.ChangeHighlightReserved = s.bytes(s.below(4))
		} else if reserved {
			details.ChangeHighlightReserved = s.bytes(s.below(3))
		}
	}
	if reserved {
		details.ReservedBlockEE1 = s.bytes(s.below(3))
	}
	if e.OverrideFlags&0x1FF != 0 || len(details.ChangeHighlightReserved)+len(details.ReservedBlockEE1) > 0 {
		e.Details = &details
	}
	return e
}

// overrides makes what the flags of e speak of.
func overrides(s *source, e *recur.Exception, d *recur.Details) {
	for flag, v := range map[recur.OverrideFlags]*uint32{recur.OverrideMeetingType: &d.MeetingType, recur.OverrideReminderDelta: &d.ReminderDelta,
		recur.OverrideReminder: &d.ReminderSet, recur.OverrideBusyStatus: &d.BusyStatus, recur.OverrideAttachment: &d.Attachment,
		recur.OverrideSubType: &d.SubType, recur.OverrideAppointmentColor: &d.AppointmentColor} {
		if e.OverrideFlags&flag != 0 {
			*v = 7 * uint32(flag) // whatever the order of the map
		}
	}
	if e.OverrideFlags&recur.OverrideSubject != 0 {
		d.Subject, d.WideCharSubject = s.bytes(s.below(9)), s.bytes(2*s.below(9))
		d.SubjectLength = uint16(len(d.Subject) + 1)
	}
	if e.OverrideFlags&recur.OverrideLocation != 0 {
		d.Location, d.WideCharLocation = s.bytes(s.below(9)), s.bytes(2*s.below(9))
		d.LocationLength = uint16(len(d.Location)) + uint16(s.below(3))
	}
	if e.OverrideFlags&(recur.OverrideSubject|recur.OverrideLocation) != 0 {
		d.StartDateTime, d.EndDateTime, d.OriginalStartDate = e.StartDateTime, e.EndDateTime, e.OriginalStartDate
		if s.one(4) {
			d.EndDateTime, d.ReservedBlockEE2 = recur.RTime(s.u32()), s.bytes(s.below(4))
		}
	}
}

// checkSeriesNormalized holds Normalize to its word: what it writes has no error, is read as it is, and occurs when it
// did.
func checkSeriesNormalized(tb testing.TB, a *appointment) {
	n := cloneSeries(a)
	n.Normalize()
	out, err := n.MarshalBinary()
	if err != nil {
		tb.Fatalf("normalized: %v", err)
	}
	back, err := recur.Decode(out)
	if err != nil {
		tb.Fatalf("normalized: %x: %v", out, err)
	}
	if diff := cmp.Diff(n, back, sameSeries); diff != "" {
		tb.Fatalf("normalized: %x (-written +read):\n%s", out, diff)
	}
	if len(n.Exceptions) != len(a.Exceptions) {
		tb.Fatalf("Normalize lost an exception: %+v became %+v", a, n)
	}
	want, err := occurrences(a)
	if err != nil || neverOccurs(a.RecurrencePattern) {
		return // Normalize may find days for it
	}
	if got, err := occurrences(n); err != nil || !slices.Equal(want, got) {
		tb.Fatalf("%+v\nbecame\n%+v\n%v (-was +is):\n%s", a, n, err, cmp.Diff(want, got))
	}
}

func cloneSeries(a *appointment) *appointment {
	n := *a
	n.DeletedInstanceDates, n.ModifiedInstanceDates = slices.Clone(a.DeletedInstanceDates), slices.Clone(a.ModifiedInstanceDates)
	n.Exceptions = slices.Clone(a.Exceptions)
	for i := range n.Exceptions {
		if d := n.Exceptions[i].Details; d != nil {
			copied := *d
			n.Exceptions[i].Details = &copied
		}
	}
	return &n
}

// neverOccurs reports whether there is no day that the pattern can be on, wherever it ends.
func neverOccurs(p recur.RecurrencePattern) bool {
	p.EndType, p.DeletedInstanceDates, p.ModifiedInstanceDates = recur.EndNever, nil, nil
	seq, err := p.Instances(time.Time{})
	if err != nil {
		return false
	}
	for range seq {
		return false
	}
	return true
}

// occurrences returns when the first few occur: start, end and original start. Those that start together are in order.
func occurrences(a *appointment) (all [][3]recur.RTime, err error) {
	seq, err := a.Instances(time.Time{})
	if err != nil {
		return nil, err
	}
	for i := range seq {
		if len(all) >= 50 && all[len(all)-1][0] != i.Start {
			break
		}
		all = append(all, [3]recur.RTime{i.Start, i.End, i.OriginalStart})
	}
	slices.SortFunc(all, func(a, b [3]recur.RTime) int { return slices.Compare(a[:], b[:]) })
	return all, nil
}

var tooManyBytes, tooManyUnits = make([]byte, 0x10000), make(recur.WideText, 2*0x10000)

// checkSeriesRefused makes of a what no blob can hold: AppendBinary must say so and leave the buffer alone.
func checkSeriesRefused(tb testing.TB, s *source, a *appointment) {
	bad := cloneSeries(a)
	if len(bad.Exceptions) == 0 {
		bad.Exceptions = make([]recur.Exception, 1)
	}
	e := &bad.Exceptions[s.below(len(bad.Exceptions))]
	if e.Details == nil {
		e.Details = new(recur.Details)
	}
	switch s.below(10) {
	case 0:
		bad.PatternType = recur.PatternType(5 + s.below(5))
	case 1:
		bad.PatternType, bad.DaysOfWeek, bad.DayOfMonth = recur.Month, 1, 1
	case 2:
		bad.PatternType, bad.DaysOfWeek, bad.N, bad.DayOfMonth = recur.Week, 1, 1, 0
	case 3:
		bad.PatternType, bad.DaysOfWeek, bad.N, bad.DayOfMonth = recur.Day, 0, 0, 1
	case 4:
		e.Cut = true
	case 5:
		e.OverrideFlags, e.Details.BusyStatus = e.OverrideFlags&^recur.OverrideBusyStatus, 1
	case 6:
		e.OverrideFlags, e.Details.ReservedBlockEE2 = e.OverrideFlags&^0x11, []byte{1}
	case 7:
		e.OverrideFlags, e.Details.Subject = e.OverrideFlags|recur.OverrideSubject, tooManyBytes
	case 8:
		e.OverrideFlags, e.Details.WideCharLocation = e.OverrideFlags|recur.OverrideLocation, tooManyUnits
	case 9:
		bad.WriterVersion2, e.ChangeHighlight = 0x3008, 1
	}
	out, err := bad.AppendBinary([]byte("x"))
	if err == nil || string(out) != "x" {
		tb.Fatalf("%+v was written: %x", bad, out)
	}
	if all := bad.Validate(); len(all) != 1 || !errors.Is(all[0], recur.NotEncodable) || all[0].Span.Offset != -1 || all[0].Msg == "" {
		tb.Fatalf("Validate says %v of what cannot be written: %v", all, err)
	}
}

var recurTexts = []string{`null`, `{}`, `[]`, `""`, `7`, `"2024-03-04T00:00"`, `"1601-01-01T00:01:00"`, `"0x2021"`, `"EndNever"`, `["Monday","0x00000080"]`,
	`["ARO_SUBJECT","0xFC00"]`, `["BIT_CH_START"]`, `{"hex":"00"}`, `"\ud800x\u0000"`, `{"hex":"\ud800"}`, `{"exceptions":[null,{"details":null},{"details":{}}]}`,
	`{"patternType":"Month","dayOfMonth":4294967295,"N":null,"n":"0x00000000"}`, `{"patternType":"0x0007","period":4294967296}`, `{"trailing":"0"}`,
	`{"details":{"wideCharSubject":{"hex":"000"}}}`, `{"writerVersion2":12296,"exceptions":[{"cut":true,"overrideFlags":["0xFFFF"],"details":{"subject":"00"}}]}`,
	`{"deletedInstanceDates":["1601-01-01T00:00:00",null],"DELETEDINSTANCEDATES":[]}`}

// checkRecurJSON reads any text as the value form of every type: what is accepted is written, and read as the same.
func checkRecurJSON(tb testing.TB, text []byte) {
	if a := sameAgain[appointment](tb, text); a != nil {
		_ = a.Validate()
		if b, err := a.AppendBinary(nil); err == nil {
			_, _ = recur.Inspect(b)
		}
	}
	if p := sameAgain[recur.RecurrencePattern](tb, text); p != nil {
		_ = p.Validate()
	}
	sameAgain[recur.Exception](tb, text)
	sameAgain[recur.Details](tb, text)
	sameAgain[recur.WideText](tb, text)
	sameAgain[recur.RTime](tb, text)
	sameAgain[recur.Frequency](tb, text)
	sameAgain[recur.PatternType](tb, text)
	sameAgain[recur.CalendarType](tb, text)
	sameAgain[recur.EndType](tb, text)
	sameAgain[recur.Nth](tb, text)
	sameAgain[recur.Weekday](tb, text)
	sameAgain[recur.DaysOfWeek](tb, text)
	sameAgain[recur.OverrideFlags](tb, text)
	sameAgain[recur.ChangeHighlight](tb, text)
}

// worstSeries are series that cost as much as can be: all of what makes a finding, and all of what is stored elsewhere.
func worstSeries(t *testing.T) map[string][]byte {
	const both = recur.OverrideSubject | recur.OverrideLocation
	odd := &recur.Details{SubjectLength: 9, LocationLength: 9, StartDateTime: 7, WideCharSubject: recur.WideText{0, 0xD8}, WideCharLocation: recur.WideText{0, 0xDC}}
	one := &recur.Details{ChangeHighlightReserved: []byte{1}}
	senseless := recur.Exception{StartDateTime: 2, EndDateTime: 1, OriginalStartDate: 1 << 31, OverrideFlags: 0xFFFF, NoChangeHighlightValue: true, Details: odd}
	of := func(n int, e recur.Exception) []byte {
		a := &appointment{WriterVersion2: 1 << 31, StartTimeOffset: 1440, Exceptions: slices.Repeat([]recur.Exception{e}, n)}
		a.PatternType, a.DaysOfWeek, a.N, a.EndType, a.FirstDOW, a.CalendarType, a.SlidingFlag = recur.MonthNth, 1<<31, 77, 7, 8, 0xD, 2
		a.StartDate, a.EndDate, a.FirstDateTime = 11, 5, 7
		a.DeletedInstanceDates, a.ModifiedInstanceDates = []recur.RTime{9, 8, 7}, []recur.RTime{5, 4, 3, 2}
		b, err := a.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	dates := make([]recur.RTime, 1<<16)
	for i := range dates {
		dates[i] = recur.RTime(len(dates) - i)
	}
	unsorted, err := (&recur.RecurrencePattern{DeletedInstanceDates: dates, ModifiedInstanceDates: dates}).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"dates in no order": unsorted}
	for _, n := range []int{1, 3, 2000} {
		name := fmt.Sprintf("%d exceptions ", n)
		all[name+"without sense"] = of(n, senseless)
		all[name+"without a highlight"] = of(n, recur.Exception{NoChangeHighlightValue: true, EndDateTime: 7})
		all[name+"with a byte of it"] = of(n, recur.Exception{NoChangeHighlightValue: true, EndDateTime: 7, Details: one})
		all[name+"with empty texts"] = of(n, recur.Exception{OverrideFlags: both})
		all[name+"with a number"] = of(n, recur.Exception{OverrideFlags: recur.OverrideSubType})
		all[name+"with a number, cut"] = of(n, recur.Exception{OverrideFlags: recur.OverrideSubType})[:len(of(0, senseless))-8+18*n]
		all[name+"with empty texts, cut"] = of(n, recur.Exception{OverrideFlags: both})[:len(of(0, senseless))-8+22*n]
	}
	return all
}
