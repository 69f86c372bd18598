package recur_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

func mustMarshal(t testing.TB, v binary) []byte {
	t.Helper()
	b, err := v.MarshalBinary()
	require.NoError(t, err)
	return b
}

// encoder is what AppendBinary and Validate are about.
type encoder interface {
	binary
	AppendBinary(b []byte) ([]byte, error)
	Validate() []diag.Finding
}

// requireRefused wants v to be nothing that a blob can hold, in these words, on every way that there is.
func requireRefused(t *testing.T, v encoder, want string) {
	t.Helper()
	before := append(make([]byte, 0, 4096), "before"...)
	out, err := v.AppendBinary(before)
	require.EqualError(t, err, "recur: "+want)
	require.Equal(t, "before", string(out), "nothing is appended beside an error")
	require.Equal(t, make([]byte, 4090), before[6:4096], "nor written behind what was there")
	b, err := v.MarshalBinary()
	require.EqualError(t, err, "recur: "+want)
	require.Empty(t, b)

	found := v.Validate()
	require.Len(t, found, 1)
	f := found[0]
	require.ErrorIs(t, f, recur.NotEncodable)
	require.Equal(t, diag.Error, f.Severity)
	require.Equal(t, diag.Span{Offset: -1}, f.Span)
	require.Equal(t, want, f.Path+": "+f.Msg)
	require.NotContains(t, f.Path, " ", "a path, not a sentence")
}

func TestAppendBinaryErrors(t *testing.T) {
	for _, c := range []struct {
		want string
		p    recur.RecurrencePattern
	}{
		{"PatternType: is 0x0005, which is none that is known", recur.RecurrencePattern{PatternType: 5}},
		{"PatternType: is 0xFFFF, which is none that is known", recur.RecurrencePattern{PatternType: 0xFFFF, N: 1}},
		{"PatternTypeSpecific.DayOfWeek: is not 0, but a pattern of type Day has none", recur.RecurrencePattern{DaysOfWeek: recur.AnyDay}},
		{"PatternTypeSpecific.DayOfWeek: is not 0, but a pattern of type HjMonth has none",
			recur.RecurrencePattern{PatternType: recur.HjMonth, DaysOfWeek: 1, DayOfMonth: 1}},
		{"PatternTypeSpecific.N: is not 0, but a pattern of type Week has none", recur.RecurrencePattern{PatternType: recur.Week, DaysOfWeek: 1, N: recur.Last}},
		{"PatternTypeSpecific.N: is not 0, but a pattern of type MonthEnd has none", recur.RecurrencePattern{PatternType: recur.MonthEnd, N: 1}},
		{"PatternTypeSpecific.Day: is not 0, but a pattern of type Day has none", recur.RecurrencePattern{DayOfMonth: 31}},
		{"PatternTypeSpecific.Day: is not 0, but a pattern of type MonthNth has none", recur.RecurrencePattern{PatternType: recur.MonthNth, DayOfMonth: 1}},
		{"PatternTypeSpecific.Day: is not 0, but a pattern of type HjMonthNth has none", recur.RecurrencePattern{PatternType: recur.HjMonthNth, DayOfMonth: 1}},
	} {
		t.Run(c.want, func(t *testing.T) {
			requireRefused(t, &c.p, c.want)
			requireRefused(t, &recur.AppointmentRecurrencePattern{RecurrencePattern: c.p}, c.want)
		})
	}
	requireRefused(t, &recur.AppointmentRecurrencePattern{Exceptions: make([]recur.Exception, 65536)}, "ExceptionCount: 65536 exceptions do not fit in 16 bits")
}

// TestExceptionErrors is about exceptions that no blob can hold. Each stands behind one that is good.
func TestExceptionErrors(t *testing.T) {
	text, wide := make([]byte, 65536), make(recur.WideText, 2*65536)
	type e = recur.Exception
	type d = recur.Details
	no := func(field string, flags recur.OverrideFlags) string {
		return fmt.Sprintf("%s: is not empty, but OverrideFlags 0x%04X have no flag for it", field, uint16(flags))
	}
	for _, c := range []struct {
		want string
		e    recur.Exception
	}{
		{"ExtendedException: was cut off, and is not known", e{Cut: true}},
		{"Subject: 65536 bytes do not fit in 16 bits", e{OverrideFlags: recur.OverrideSubject, Details: &d{Subject: text}}},
		{"Location: 65536 bytes do not fit in 16 bits", e{OverrideFlags: recur.OverrideLocation, Details: &d{Location: text}}},
		{"WideCharSubject: 131072 bytes are not up to 65535 units of UTF-16", e{OverrideFlags: recur.OverrideSubject, Details: &d{WideCharSubject: wide}}},
		{"WideCharSubject: 3 bytes are not up to 65535 units of UTF-16", e{OverrideFlags: recur.OverrideSubject, Details: &d{WideCharSubject: wide[:3]}}},
		{"WideCharLocation: 131072 bytes are not up to 65535 units of UTF-16", e{OverrideFlags: recur.OverrideLocation, Details: &d{WideCharLocation: wide}}},
		{"WideCharLocation: 1 bytes are not up to 65535 units of UTF-16", e{OverrideFlags: recur.OverrideLocation, Details: &d{WideCharLocation: wide[:1]}}},
		{"ChangeHighlight: has a value, or bytes for one, and NoChangeHighlightValue", e{NoChangeHighlightValue: true, ChangeHighlight: 1}},
		{"ChangeHighlight: has a value, or bytes for one, and NoChangeHighlightValue",
			e{NoChangeHighlightValue: true, Details: &d{ChangeHighlightReserved: make([]byte, 4)}}},
		{no("Subject", 0), e{Details: &d{SubjectLength: 1}}},
		{no("Subject", 0x10), e{OverrideFlags: recur.OverrideLocation, Details: &d{Subject: text[:1]}}},
		{no("Subject", 0x3FE), e{OverrideFlags: 0x3FE, Details: &d{WideCharSubject: wide[:2]}}},
		{no("MeetingType", 0x3FD), e{OverrideFlags: 0x3FD, Details: &d{MeetingType: 1}}},
		{no("ReminderDelta", 0x3FB), e{OverrideFlags: 0x3FB, Details: &d{ReminderDelta: 1}}},
		{no("ReminderSet", 0x3F7), e{OverrideFlags: 0x3F7, Details: &d{ReminderSet: 1}}},
		{no("Location", 0), e{Details: &d{LocationLength: 1}}},
		{no("Location", 0x01), e{OverrideFlags: recur.OverrideSubject, Details: &d{Location: text[:1]}}},
		{no("Location", 0x3EF), e{OverrideFlags: 0x3EF, Details: &d{WideCharLocation: wide[:2]}}},
		{no("BusyStatus", 0x3DF), e{OverrideFlags: 0x3DF, Details: &d{BusyStatus: 1}}},
		{no("Attachment", 0x3BF), e{OverrideFlags: 0x3BF, Details: &d{Attachment: 1}}},
		{no("SubType", 0x37F), e{OverrideFlags: 0x37F, Details: &d{SubType: 1}}},
		{no("AppointmentColor", 0x2FF), e{OverrideFlags: 0x2FF, Details: &d{AppointmentColor: 1}}},
		{no("ReservedBlockEE2", 0xFFEE), e{OverrideFlags: 0xFFEE, Details: &d{ReservedBlockEE2: text[:1]}}},
		{no("ReservedBlockEE2", 0), e{Details: &d{StartDateTime: 1}}},
		{no("ReservedBlockEE2", 0), e{Details: &d{EndDateTime: 1}}},
		{no("ReservedBlockEE2", 0), e{Details: &d{OriginalStartDate: 1}}},
	} {
		t.Run(c.want, func(t *testing.T) {
			a := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{{}, c.e}}
			requireRefused(t, a, "ExceptionInfo[1]."+c.want)
		})
	}
	for _, c := range []recur.Exception{{ChangeHighlight: 1}, {NoChangeHighlightValue: true}, {Details: &d{ChangeHighlightReserved: []byte{1}}}} {
		a := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3008, Exceptions: []recur.Exception{c}}
		requireRefused(t, a, "ExceptionInfo[0].ChangeHighlight: is not empty, but a WriterVersion2 of 0x3008 has none")
		a.WriterVersion2 = 0x3009
		mustMarshal(t, a)
	}
}

// TestTooLong is about arrays that 32 bits cannot count: one date that says it is 2^32, which nobody reads.
func TestTooLong(t *testing.T) {
	if strconv.IntSize == 32 || underRace {
		t.Skip("no such slice, or the race detector looks into it")
	}
	n := uint64(1) << 32
	many := unsafe.Slice(new(recur.RTime), n)
	for want, p := range map[string]recur.RecurrencePattern{
		"DeletedInstanceCount: 4294967296 dates do not fit in 32 bits":  {DeletedInstanceDates: many},
		"ModifiedInstanceCount: 4294967296 dates do not fit in 32 bits": {ModifiedInstanceDates: many},
	} {
		requireRefused(t, &p, want)
		requireRefused(t, &recur.AppointmentRecurrencePattern{RecurrencePattern: p}, want)
	}
	const fit = ": 4294967296 bytes do not fit in 32 bits"
	bytes := unsafe.Slice(new(byte), n)
	requireRefused(t, &recur.AppointmentRecurrencePattern{ReservedBlock1: bytes}, "ReservedBlock1"+fit)
	requireRefused(t, &recur.AppointmentRecurrencePattern{ReservedBlock2: bytes}, "ReservedBlock2"+fit)
	for want, d := range map[string]recur.Details{
		"ReservedBlockEE1" + fit: {ReservedBlockEE1: bytes},
		"ReservedBlockEE2" + fit: {ReservedBlockEE2: bytes},
		"ChangeHighlightReserved: 4294967292 bytes, and a ChangeHighlightValue, do not fit in 32 bits": {ChangeHighlightReserved: bytes[4:]},
	} {
		a := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{{OverrideFlags: recur.OverrideSubject, Details: &d}}}
		requireRefused(t, a, "ExceptionInfo[0]."+want)
	}
}

// TestLargest writes what just fits.
func TestLargest(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	long := recur.Exception{OverrideFlags: 0xFFFF, ChangeHighlight: 0xFFFFFFFF, Details: &recur.Details{
		SubjectLength: 65535, Subject: anyBytes(r, 65535), WideCharSubject: anyBytes(r, 2*65535),
		LocationLength: 65535, Location: anyBytes(r, 65535), WideCharLocation: anyBytes(r, 2*65535),
		ChangeHighlightReserved: anyBytes(r, 1<<17), ReservedBlockEE1: anyBytes(r, 1<<18), ReservedBlockEE2: anyBytes(r, 1<<19)}}
	a := &recur.AppointmentRecurrencePattern{ReaderVersion2: 0x3006, WriterVersion2: 0xFFFFFFFF, Exceptions: manyExceptions(65535, recur.Exception{OverrideFlags: 0xFE00}),
		ReservedBlock1: anyBytes(r, 1<<20), ReservedBlock2: anyBytes(r, 1<<16)}
	a.DeletedInstanceDates, a.ModifiedInstanceDates = manyDates(100_000), manyDates(65535)
	a.Trailing = anyBytes(r, 1<<16)
	a.Exceptions[0], a.Exceptions[65534] = long, long
	b := mustMarshal(t, a)
	const text = 2*(65535+4) + 2*(2*65535+2) // of one exception
	require.Len(t, b, 50+4*165_535+26+65535*(14+12)+1<<20+2<<16+2*(8*4+text+12+4+1<<17+1<<18+1<<19)-8)
	back, err := recur.Decode(b)
	require.NoError(t, err)
	for _, i := range []int{0, 65534} {
		require.True(t, reflect.DeepEqual(a.Exceptions[i], back.Exceptions[i]))
	}
	require.True(t, slices.Equal(a.Exceptions[1:65534], back.Exceptions[1:65534]), "those without Details")
	require.True(t, slices.Equal(a.DeletedInstanceDates, back.DeletedInstanceDates) && slices.Equal(a.ModifiedInstanceDates, back.ModifiedInstanceDates))
	require.True(t, bytes.Equal(a.ReservedBlock1, back.ReservedBlock1) && bytes.Equal(a.ReservedBlock2, back.ReservedBlock2) && bytes.Equal(a.Trailing, back.Trailing))
	out, err := a.AppendBinary([]byte("before"))
	require.NoError(t, err)
	require.Equal(t, "before", string(out[:6]))
	require.True(t, bytes.Equal(b, out[6:]))
}

func manyDates(n int) []recur.RTime {
	dates := make([]recur.RTime, n)
	for i := range dates {
		dates[i] = recur.RTime(i) * 1440
	}
	return dates
}

func manyExceptions(n int, e recur.Exception) []recur.Exception {
	all := slices.Repeat([]recur.Exception{e}, n)
	for i := range all {
		all[i].StartDateTime, all[i].EndDateTime, all[i].OriginalStartDate = recur.RTime(1440*i+60), recur.RTime(1440*i+90), recur.RTime(1440*i+30)
	}
	return all
}

// requireSameAppointment compares what was written to what was read. The start of the blob is for the message.
func requireSameAppointment(t *testing.T, wrote, read *recur.AppointmentRecurrencePattern, b []byte) {
	t.Helper()
	if diff := cmp.Diff(wrote, read, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(recur.AppointmentRecurrencePattern{})); diff != "" {
		t.Fatalf("%x (-wrote +read):\n%s", b, diff)
	}
}

var patternTypes = [...]recur.PatternType{recur.Day, recur.Week, recur.Month, recur.MonthNth, recur.MonthEnd, recur.HjMonth, recur.HjMonthNth, recur.HjMonthEnd}

// anyPattern returns any pattern that AppendBinary writes: the fields that its type has, everything else at random.
func anyPattern(r *rand.Rand) recur.RecurrencePattern {
	p := recur.RecurrencePattern{ReaderVersion: uint16(r.Uint32()), WriterVersion: uint16(r.Uint32()), RecurFrequency: recur.Frequency(r.Uint32()),
		PatternType: patternTypes[r.IntN(len(patternTypes))], CalendarType: recur.CalendarType(r.Uint32()), FirstDateTime: recur.RTime(r.Uint32()),
		Period: r.Uint32(), SlidingFlag: r.Uint32(), EndType: recur.EndType(r.Uint32()), OccurrenceCount: r.Uint32(), FirstDOW: recur.Weekday(r.Uint32()),
		DeletedInstanceDates: anyDates(r), ModifiedInstanceDates: anyDates(r), StartDate: recur.RTime(r.Uint32()), EndDate: recur.RTime(r.Uint32())}
	switch p.PatternType {
	case recur.Day:
	case recur.Week:
		p.DaysOfWeek = recur.DaysOfWeek(r.Uint32())
	case recur.MonthNth, recur.HjMonthNth:
		p.DaysOfWeek, p.N = recur.DaysOfWeek(r.Uint32()), recur.Nth(r.Uint32())
	default:
		p.DayOfMonth = r.Uint32()
	}
	if r.IntN(4) == 0 {
		p.Trailing = anyBytes(r, 1+r.IntN(20))
	}
	return p
}

func anyDates(r *rand.Rand) []recur.RTime {
	dates := make([]recur.RTime, r.IntN(7)*r.IntN(2))
	if r.IntN(16) == 0 {
		dates = make([]recur.RTime, r.IntN(100))
	}
	for i := range dates {
		dates[i] = recur.RTime(r.Uint32())
	}
	return dates
}

// anyAppointment returns any series that AppendBinary writes. A usual one has nothing reserved and nothing behind it.
func anyAppointment(r *rand.Rand, usual bool) *recur.AppointmentRecurrencePattern {
	a := &recur.AppointmentRecurrencePattern{RecurrencePattern: anyPattern(r), ReaderVersion2: r.Uint32(), WriterVersion2: 0x3009 + r.Uint32N(2)*(r.Uint32()>>1),
		StartTimeOffset: r.Uint32(), EndTimeOffset: r.Uint32()}
	if usual {
		a.Trailing = nil
	} else {
		a.ReservedBlock1, a.ReservedBlock2 = someBytes(r), someBytes(r)
		if r.IntN(4) == 0 {
			a.WriterVersion2 = r.Uint32N(0x3009)
		}
	}
	for range r.IntN(6) * r.IntN(4) {
		a.Exceptions = append(a.Exceptions, anyException(r, usual, a.WriterVersion2 >= 0x3009))
	}
	return a
}

// someBytes returns a few bytes, or none.
func someBytes(r *rand.Rand) []byte {
	if r.IntN(4) > 0 {
		return nil
	}
	return anyBytes(r, 1+r.IntN(9))
}

func anyException(r *rand.Rand, usual, highlight bool) recur.Exception {
	e := recur.Exception{StartDateTime: recur.RTime(r.Uint32()), EndDateTime: recur.RTime(r.Uint32()), OriginalStartDate: recur.RTime(r.Uint32())}
	var d recur.Details
	if highlight {
		e.ChangeHighlight = recur.ChangeHighlight(r.Uint32())
	}
	if !usual {
		if d.ReservedBlockEE1 = someBytes(r); highlight {
			d.ChangeHighlightReserved = someBytes(r)
		}
		if highlight && r.IntN(8) == 0 {
			e.ChangeHighlight, e.NoChangeHighlightValue = 0, true
			d.ChangeHighlightReserved = anyBytes(r, r.IntN(4))
		}
	}
	if r.IntN(3) > 0 {
		e.OverrideFlags = recur.OverrideFlags(r.Uint32())
		if r.IntN(2) == 0 {
			e.OverrideFlags &= recur.OverrideFlags(r.Uint32() & r.Uint32())
		}
		anyOverrides(r, e.OverrideFlags, &d)
		if !usual && e.OverrideFlags&(recur.OverrideSubject|recur.OverrideLocation) != 0 {
			d.ReservedBlockEE2 = someBytes(r)
		}
	}
	if e.OverrideFlags&0x1FF != 0 || len(d.ReservedBlockEE1)+len(d.ChangeHighlightReserved) > 0 {
		e.Details = &d
	}
	return e
}

func anyOverrides(r *rand.Rand, f recur.OverrideFlags, d *recur.Details) {
	for flag, v := range map[recur.OverrideFlags]*uint32{recur.OverrideMeetingType: &d.MeetingType, recur.OverrideReminderDelta: &d.ReminderDelta,
		recur.OverrideReminder: &d.ReminderSet, recur.OverrideBusyStatus: &d.BusyStatus, recur.OverrideAttachment: &d.Attachment,
		recur.OverrideSubType: &d.SubType, recur.OverrideAppointmentColor: &d.AppointmentColor} {
		if f&flag != 0 {
			*v = uint32(flag) * 3
		}
	}
	if f&recur.OverrideSubject != 0 {
		d.SubjectLength, d.Subject, d.WideCharSubject = uint16(r.Uint32()), anyBytes(r, r.IntN(20)), anyBytes(r, 2*r.IntN(20))
	}
	if f&recur.OverrideLocation != 0 {
		d.LocationLength, d.Location, d.WideCharLocation = uint16(r.Uint32()), anyBytes(r, r.IntN(20)), anyBytes(r, 2*r.IntN(20))
	}
	if f&(recur.OverrideSubject|recur.OverrideLocation) != 0 {
		d.StartDateTime, d.EndDateTime, d.OriginalStartDate = recur.RTime(r.Uint32()), recur.RTime(r.Uint32()), recur.RTime(r.Uint32())
	}
}

func anyBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// TestValuesFirst writes random values and reads them back, strictly and inspected.
func TestValuesFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused, values := 0, 1000
	if underRace {
		values = 200
	}
	for i := range values {
		a := anyAppointment(r, i%2 == 0)
		b := mustMarshal(t, a)
		inspected, report := recur.Inspect(b)
		requireSameAppointment(t, a, inspected, b)
		require.Equal(t, slices.Collect(report.Findings()), a.Validate(), "%x", b)
		read, err := recur.Decode(b)
		if slices.ContainsFunc(a.Exceptions, func(e recur.Exception) bool {
			return e.NoChangeHighlightValue && e.Details != nil && len(e.Details.ChangeHighlightReserved) > 0
		}) {
			require.ErrorIs(t, err, recur.BadChangeHighlightSize)
			refused++
		} else {
			require.NoError(t, err)
			requireSameAppointment(t, a, read, b)
		}

		p := &a.RecurrencePattern
		b = mustMarshal(t, p)
		readPattern, err := recur.DecodePattern(b)
		require.NoError(t, err)
		inspectedPattern, report := recur.InspectPattern(b)
		require.Equal(t, slices.Collect(report.Findings()), p.Validate(), "%x", b)
		for _, read := range []*recur.RecurrencePattern{readPattern, inspectedPattern} {
			if diff := cmp.Diff(p, read, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%x (-wrote +read):\n%s", b, diff)
			}
		}
	}
	require.Positive(t, refused)
}

// TestDetailsOfNothing writes exceptions whose Details are missing where there is nothing to say, or are there and say
// nothing: both are the same.
func TestDetailsOfNothing(t *testing.T) {
	for _, flags := range []recur.OverrideFlags{0, 0x01, 0x1FF, 0xFE00, 0xFFFF} {
		without := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{{OverrideFlags: flags}}}
		with := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{{OverrideFlags: flags, Details: new(recur.Details)}}}
		require.Equal(t, mustMarshal(t, without), mustMarshal(t, with))
		back, err := recur.Decode(mustMarshal(t, without))
		require.NoError(t, err)
		require.Equal(t, flags&0x1FF != 0, back.Exceptions[0].Details != nil)
	}
}

func TestWideText(t *testing.T) {
	require.Equal(t, recur.WideText{'a', 0, 0xE9, 0, 0x3D, 0xD8, 0, 0xDE, 0, 0xD8}, recur.NewWideText("aé😀\xed\xa0\x80"))
	require.Equal(t, "aé😀\xed\xa0\x80", recur.NewWideText("aé😀\xed\xa0\x80").String())
	require.Empty(t, recur.NewWideText(""))
	require.Empty(t, recur.WideText(nil).String())
	long := strings.Repeat("x", 65535)
	e := recur.Exception{OverrideFlags: recur.OverrideSubject, Details: &recur.Details{WideCharSubject: recur.NewWideText(long)}}
	b := mustMarshal(t, &recur.AppointmentRecurrencePattern{Exceptions: []recur.Exception{e}})
	back, err := recur.Decode(b)
	require.NoError(t, err)
	require.Equal(t, long, back.Exceptions[0].Details.WideCharSubject.String())
}
