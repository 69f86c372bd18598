package recur_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// rtimes are numbers, and what a calendar and a clock show then.
var rtimes = []struct {
	r       recur.RTime
	text    string
	weekday recur.Weekday
}{
	{0, "1601-01-01T00:00:00", recur.Monday},
	{1, "1601-01-01T00:01:00", recur.Monday},
	{1439, "1601-01-01T23:59:00", recur.Monday},
	{1440, "1601-01-02T00:00:00", recur.Tuesday},
	{8640, "1601-01-07T00:00:00", recur.Sunday}, // FirstDateTime of weeks that begin with a Sunday
	{44640, "1601-02-01T00:00:00", recur.Thursday},
	{525600, "1602-01-01T00:00:00", recur.Tuesday},
	{215776800, "2011-04-07T00:00:00", recur.Thursday}, // [MS-OXOCAL] 4.1.1.1
	{0x0D5300D0, "2026-01-11T13:04:00", recur.Sunday},
	{223323839, "2025-08-11T23:59:00", recur.Monday},
	{recur.NoEnd, "4500-12-31T23:59:00", recur.Friday},
	{recur.NoEnd + 1, "4501-01-01T00:00:00", recur.Saturday},
	{0xFFFFFFFF, "9767-02-16T04:15:00", recur.Monday},
}

func TestRTime(t *testing.T) {
	for _, c := range rtimes {
		require.Equal(t, c.text, c.r.String())
		require.Equal(t, c.weekday, c.r.Weekday())
		require.Equal(t, c.r, at(t, c.text))
		require.Equal(t, c.r, at(t, c.text[:16]), "without seconds")
		b, err := c.r.MarshalText()
		require.NoError(t, err)
		require.Equal(t, c.text, string(b))
		b, err = c.r.AppendText([]byte("at "))
		require.NoError(t, err)
		require.Equal(t, "at "+c.text, string(b))

		moment, err := time.Parse("2006-01-02T15:04:05", c.text)
		require.NoError(t, err)
		require.Equal(t, moment, c.r.In(time.UTC))
		year, month, day := c.r.Date()
		y, m, d := moment.Date()
		require.Equal(t, []int{y, int(m), d, moment.Hour(), moment.Minute()}, []int{year, int(month), day, c.r.Hour(), c.r.Minute()})
		require.Equal(t, moment.Weekday().String(), c.r.Weekday().String())
		midnight := c.r.Midnight()
		require.Equal(t, c.text[:11]+"00:00:00", midnight.String())
		require.Equal(t, midnight, midnight.Midnight())

		back, ok := recur.RTimeOf(moment)
		require.True(t, ok)
		require.Equal(t, c.r, back)
		back, ok = recur.RTimeOf(moment.Add(time.Minute - 1))
		require.True(t, ok)
		require.Equal(t, c.r, back, "seconds are left out")
	}
	require.Zero(t, testing.AllocsPerRun(10, func() { recur.RTimeOf(recur.NoEnd.In(time.UTC)) }))
}

// TestRTimeOf takes the clock of the time's own zone, and knows what it cannot hold.
func TestRTimeOf(t *testing.T) {
	east, west := time.FixedZone("", 14*3600), time.FixedZone("", -12*3600)
	moment := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	for loc, want := range map[*time.Location]string{time.UTC: "2024-02-29T12:00:00", east: "2024-03-01T02:00:00", west: "2024-02-29T00:00:00"} {
		r, ok := recur.RTimeOf(moment.In(loc))
		require.True(t, ok)
		require.Equal(t, want, r.String())
		require.True(t, moment.Equal(r.In(loc)))
	}
	for _, c := range []struct {
		at time.Time
		ok bool
	}{
		{time.Time{}, false},
		{time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC), true},
		{time.Date(1600, 12, 31, 23, 59, 59, 999999999, time.UTC), false},
		{time.Date(1600, 12, 31, 23, 59, 0, 0, time.UTC).In(east), true},
		{time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC).In(west), false},
		{time.Date(-4000, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{time.Date(9767, 2, 16, 4, 15, 59, 999999999, time.UTC), true},
		{time.Date(9767, 2, 16, 4, 16, 0, 0, time.UTC), false},
		{time.Date(9767, 2, 16, 4, 16, 0, 0, time.UTC).In(west), true},
		{time.Date(9767, 12, 31, 0, 0, 0, 0, time.UTC), false},
		{time.Date(9768, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{time.Date(1<<20, 1, 1, 0, 0, 0, 0, time.UTC), false},
	} {
		_, ok := recur.RTimeOf(c.at)
		require.Equal(t, c.ok, ok, "%v", c.at)
	}
}

// TestRTimeIn is about clocks that skip an hour or have it twice. Of those package time makes one of two instants, and does
// not say which.
func TestRTimeIn(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no zones on this machine: ", err)
	}
	for text, want := range map[string][]string{
		"2024-07-01T09:00": {"2024-07-01T07:00:00Z"},
		"2024-03-31T01:59": {"2024-03-31T00:59:00Z"},
		"2024-03-31T02:30": {"2024-03-31T00:30:00Z", "2024-03-31T01:30:00Z"}, // skipped
		"2024-03-31T03:00": {"2024-03-31T01:00:00Z"},
		"2024-10-27T01:59": {"2024-10-26T23:59:00Z"},
		"2024-10-27T02:30": {"2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z"}, // twice
		"2024-10-27T03:00": {"2024-10-27T02:00:00Z"},
	} {
		r := at(t, text)
		got := r.In(berlin)
		require.Contains(t, want, got.UTC().Format(time.RFC3339), text)
		back, ok := recur.RTimeOf(got)
		require.True(t, ok)
		require.Equal(t, text != "2024-03-31T02:30", back == r, text)
	}
}

func TestRTimeUnmarshalErrors(t *testing.T) {
	const noTime, noMinute = " is not a wall-clock time such as 2011-02-17T14:30:00", " is not a whole minute from 1601-01-01 on"
	for text, want := range map[string]string{
		"":                               noTime,
		"0":                              noTime,
		"2011-02-17":                     noTime,
		"2011-02-17 14:30:00":            noTime,
		"2011-02-17T14":                  noTime,
		"2011-02-17T14:30:00Z":           noTime,
		"2011-02-17T14:30Z":              noTime,
		"2011-02-17T14:30:00+01:00":      noTime,
		"2011-2-17T14:30:00":             noTime,
		"2011-02-29T14:30:00":            noTime,
		"2011-02-17T24:00:00":            noTime,
		"2011-02-17T14:60:00":            noTime,
		"2011-02-17T14:30:60":            noTime,
		"12011-02-17T14:30:00":           noTime,
		"-2011-02-17T14:30:00":           noTime,
		" 2011-02-17T14:30:00":           noTime,
		"2011-02-17T14:30:00 ":           noTime,
		"2011-02-17T14:30:01":            noMinute,
		"2011-02-17T14:30:59":            noMinute,
		"2011-02-17T14:30:00.5":          noTime,
		"2011-02-17T14:30:00.000":        noTime,
		"2011-02-17T14:30:00,0000000001": noTime,
		"2011-02-17T4:30:00":             noTime,
		"2011-02-17T4:30":                noTime,
		"2011-02-17T14:30:00.000000001":  noTime,
		"1600-12-31T23:59:00":            noMinute,
		"0001-01-01T00:00:00":            noMinute,
		"9767-02-16T04:16:00":            noMinute,
		"9999-12-31T00:00":               noMinute,
	} {
		r := recur.RTime(7)
		require.EqualError(t, r.UnmarshalText([]byte(text)), `recur: "`+text+`"`+want)
		require.Equal(t, recur.RTime(7), r, "it is left alone")
	}
}

// TestWeekday goes through a week, and through the sets of its days.
func TestWeekday(t *testing.T) {
	monday := at(t, "2024-03-04T10:00")
	for i := range 14 {
		r := monday + recur.RTime(i)*1440
		want := time.Weekday((i + 1) % 7)
		require.Equal(t, want.String(), r.Weekday().String())
		require.Equal(t, want == time.Saturday || want == time.Sunday, recur.WeekendDay.Has(r.Weekday()))
		require.Equal(t, want != time.Saturday && want != time.Sunday, recur.Workdays.Has(r.Weekday()))
		require.True(t, recur.AnyDay.Has(r.Weekday()))
		require.True(t, recur.DaysOfWeek(1<<r.Weekday()).Has(r.Weekday()))
		require.False(t, recur.DaysOfWeek(0).Has(r.Weekday()))
	}
	for _, none := range []recur.Weekday{7, 8, 31, 32, 64, 1<<32 - 1} {
		require.False(t, recur.DaysOfWeek(1<<32-1).Has(none))
	}
}

// TestMeaning is about the words beside values in an inspection.
func TestMeaning(t *testing.T) {
	text := func(a *recur.AppointmentRecurrencePattern, path string) string {
		t.Helper()
		_, r := recur.Inspect(mustMarshal(t, a))
		for f := range r.Fields() {
			if f.Path == path {
				return f.Text
			}
		}
		t.Fatalf("no field %s", path)
		return ""
	}
	series := func(change func(*recur.AppointmentRecurrencePattern)) *recur.AppointmentRecurrencePattern {
		a := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009}
		change(a)
		return a
	}
	for _, c := range []struct {
		path, want string
		change     func(*recur.AppointmentRecurrencePattern)
	}{
		{"ReaderVersion", "0x3004", func(a *recur.AppointmentRecurrencePattern) { a.ReaderVersion = 0x3004 }},
		{"WriterVersion", "0xABCD", func(a *recur.AppointmentRecurrencePattern) { a.WriterVersion = 0xABCD }},
		{"ReaderVersion2", "0x3006", func(a *recur.AppointmentRecurrencePattern) { a.ReaderVersion2 = 0x3006 }},
		{"WriterVersion2", "0x12345678", func(a *recur.AppointmentRecurrencePattern) { a.WriterVersion2 = 0x12345678 }},
		{"RecurFrequency", "Weekly", func(a *recur.AppointmentRecurrencePattern) { a.RecurFrequency = recur.Weekly }},
		{"PatternType", "MonthNth", func(a *recur.AppointmentRecurrencePattern) { a.PatternType = recur.MonthNth }},
		{"PatternTypeSpecific.DayOfWeek", "Monday | Friday", func(a *recur.AppointmentRecurrencePattern) { a.PatternType, a.DaysOfWeek = recur.MonthNth, 0x22 }},
		{"PatternTypeSpecific.N", "Last", func(a *recur.AppointmentRecurrencePattern) { a.PatternType, a.N = recur.MonthNth, recur.Last }},
		{"PatternTypeSpecific.Day", "", func(a *recur.AppointmentRecurrencePattern) { a.PatternType, a.DayOfMonth = recur.Month, 31 }},
		{"CalendarType", "CAL_HEBREW", func(a *recur.AppointmentRecurrencePattern) { a.CalendarType = recur.CalHebrew }},
		{"EndType", "EndNever", func(a *recur.AppointmentRecurrencePattern) { a.EndType = recur.EndNever }},
		{"FirstDOW", "Saturday", func(a *recur.AppointmentRecurrencePattern) { a.FirstDOW = recur.Saturday }},
		{"StartDate", "2024-03-04T00:00:00", func(a *recur.AppointmentRecurrencePattern) { a.StartDate = at(t, "2024-03-04T00:00") }},
		{"EndDate", "2024-03-25T00:00:00", func(a *recur.AppointmentRecurrencePattern) { a.EndDate = at(t, "2024-03-25T00:00") }},
		{"EndDate", "no end", func(a *recur.AppointmentRecurrencePattern) { a.EndDate = recur.NoEnd }},
		{"StartTimeOffset", "00:00", func(*recur.AppointmentRecurrencePattern) {}},
		{"StartTimeOffset", "09:30", func(a *recur.AppointmentRecurrencePattern) { a.StartTimeOffset = 570 }},
		{"EndTimeOffset", "23:59", func(a *recur.AppointmentRecurrencePattern) { a.EndTimeOffset = 1439 }},
		{"EndTimeOffset", "00:00 +1d", func(a *recur.AppointmentRecurrencePattern) { a.EndTimeOffset = 1440 }},
		{"EndTimeOffset", "04:15 +2982616d", func(a *recur.AppointmentRecurrencePattern) { a.EndTimeOffset = 1<<32 - 1 }},
		{"DeletedInstanceDates[1]", "1601-01-02T00:00:00", func(a *recur.AppointmentRecurrencePattern) { a.DeletedInstanceDates = manyDates(2) }},
	} {
		require.Equal(t, c.want, text(series(c.change), c.path), c.path)
	}
	for flags, want := range map[recur.OverrideFlags]string{0: "", 0x0201: "ARO_SUBJECT | ARO_EXCEPTIONAL_BODY", 0xFC00: "0xFC00"} {
		a := series(func(a *recur.AppointmentRecurrencePattern) { a.Exceptions = []recur.Exception{{OverrideFlags: flags}} })
		require.Equal(t, want, text(a, "ExceptionInfo[0].OverrideFlags"))
	}
	for highlight, want := range map[recur.ChangeHighlight]string{0: "", 0x80000003: "BIT_CH_START | BIT_CH_END | BIT_CH_NOTUSED", 1 << 20: "0x00100000"} {
		a := series(func(a *recur.AppointmentRecurrencePattern) {
			a.Exceptions = []recur.Exception{{ChangeHighlight: highlight}}
		})
		require.Equal(t, want, text(a, "ExtendedException[0].ChangeHighlightValue"))
	}
	for ansi, want := range map[string]string{"room 7": `"room 7"`, `a"b\`: `"a\"b\\"`, "caf\xe9": "", "a\tb": "", "\x7f": ""} {
		a := series(func(a *recur.AppointmentRecurrencePattern) {
			a.Exceptions = []recur.Exception{{OverrideFlags: recur.OverrideLocation, Details: &recur.Details{Location: []byte(ansi)}}}
		})
		require.Equal(t, want, text(a, "ExceptionInfo[0].Location"))
	}
}
