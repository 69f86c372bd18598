package main

import (
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// TestEveryText puts patterns in words.
func TestEveryText(t *testing.T) {
	const all = 1<<recur.Monday | 1<<recur.Wednesday | 1<<recur.Friday
	april15 := recur.RTime(223678080) // 2026-04-15
	for want, p := range map[string]*recur.RecurrencePattern{
		"every day":     {Period: 1440},
		"every 3 days":  {Period: 4320},
		"every minute":  {Period: 1},
		"every 0 days":  {},
		"every workday": {PatternType: recur.Week, Period: 1, DaysOfWeek: recur.Workdays},
		"every week on Monday, Wednesday and Friday":                              {PatternType: recur.Week, Period: 1, DaysOfWeek: all},
		"every week on no day":                                                    {PatternType: recur.Week, Period: 1},
		"every week on Sunday and 0x00000100":                                     {PatternType: recur.Week, Period: 1, DaysOfWeek: 0x101},
		"every 2 weeks on all workdays, weeks beginning on Monday":                {PatternType: recur.Week, Period: 2, DaysOfWeek: recur.Workdays, FirstDOW: recur.Monday},
		"every 2 weeks on all days, weeks beginning on 0x00000009":                {PatternType: recur.Week, Period: 2, DaysOfWeek: recur.AnyDay, FirstDOW: 9},
		"every month on day 15":                                                   {PatternType: recur.Month, Period: 1, DayOfMonth: 15},
		"every month on day 30, or the last of a shorter month":                   {PatternType: recur.Month, Period: 1, DayOfMonth: 30},
		"every 2 months on the last day":                                          {PatternType: recur.Month, Period: 2, DayOfMonth: 31},
		"every 3 months on the last day":                                          {PatternType: recur.MonthEnd, Period: 3, DayOfMonth: 1},
		"every month on the second Tuesday":                                       {PatternType: recur.MonthNth, Period: 1, N: 2, DaysOfWeek: 1 << recur.Tuesday},
		"every month on the last day of a weekend":                                {PatternType: recur.MonthNth, Period: 1, N: recur.Last, DaysOfWeek: recur.WeekendDay},
		"every month on the third day":                                            {PatternType: recur.MonthNth, Period: 1, N: 3, DaysOfWeek: recur.AnyDay},
		"every month on the 7-th Monday, Wednesday or Friday":                     {PatternType: recur.MonthNth, Period: 1, N: 7, DaysOfWeek: all},
		"every year on 15 April":                                                  {PatternType: recur.Month, Period: 12, DayOfMonth: 15, FirstDateTime: 129600},
		"every 2 years on the first workday of April":                             {PatternType: recur.MonthNth, Period: 24, N: 1, DaysOfWeek: recur.Workdays, FirstDateTime: 1, StartDate: april15},
		"every year on the last day of April":                                     {PatternType: recur.Month, Period: 12, DayOfMonth: 31, StartDate: april15, FirstDateTime: 1441},
		"every year on 32 April":                                                  {PatternType: recur.Month, Period: 12, DayOfMonth: 32, StartDate: april15, FirstDateTime: 1441},
		"every year on the last day of January":                                   {PatternType: recur.MonthEnd, Period: 12},
		"every 0 months on the last day":                                          {PatternType: recur.MonthEnd},
		"every month of the Hijri calendar on day 29":                             {PatternType: recur.HjMonth, Period: 1, DayOfMonth: 29},
		"every 12 months of CAL_HEBREW on day 30, or the last of a shorter month": {PatternType: recur.Month, Period: 12, DayOfMonth: 30, CalendarType: recur.CalHebrew},
		"every year on 1 January":                                                 {PatternType: recur.Month, Period: 12, DayOfMonth: 1, CalendarType: recur.CalThai},
		"again some time after it was completed":                                  {PatternType: recur.Week, Period: 1, SlidingFlag: 1},
	} {
		require.Equal(t, want, everyText(p))
	}
}

func TestTimesText(t *testing.T) {
	for want, v := range map[string][2]uint32{
		"all day": {0, 1440}, "3 whole days": {0, 4320}, "09:05-10:00": {545, 600}, "at 00:00": {0, 0}, "at 23:59": {1439, 1439},
		"22:00 to 06:00 on the next day": {1320, 1800}, "22:00 to 00:00 on the next day": {1320, 1440}, "10:00 to 11:00 2 days later": {600, 3540},
		"from minute 1440 to minute 1500 of the day": {1440, 1500}, "from minute 600 to minute 540 of the day": {600, 540},
	} {
		require.Equal(t, want, timesText(v[0], v[1]))
	}
}

func TestSpanText(t *testing.T) {
	const day = recur.RTime(223678080) // Wed 2026-04-15
	for want, v := range map[string]struct {
		start, end recur.RTime
		allDay     bool
	}{
		"Wed 2026-04-15 09:00-10:00":                   {day + 540, day + 600, false},
		"Wed 2026-04-15 09:00":                         {day + 540, day + 540, false},
		"Wed 2026-04-15, all day":                      {day, day + 1440, true},
		"Wed 2026-04-15 to Thu 2026-04-16, all day":    {day, day + 2880, true},
		"Wed 2026-04-15 00:00 to Thu 2026-04-16 00:00": {day, day + 1440, false},
		"Wed 2026-04-15 09:00-10:01":                   {day + 540, day + 601, true},
		"Wed 2026-04-15 09:00 to Wed 2026-04-15 08:00": {day + 540, day + 480, false},
	} {
		require.Equal(t, want, spanText(v.start, v.end, v.allDay))
	}
}

// TestOccursText counts as far as it goes, which is not for ever.
func TestOccursText(t *testing.T) {
	p := recur.NewDaily(223678080, 1)
	for want, n := range map[string]uint32{"once, on Wed 2026-04-15": 1, "2 times, first on Wed 2026-04-15, last on Thu 2026-04-16": 2,
		"more than 10000 times, first on Wed 2026-04-15": 10001, "10000 times, first on Wed 2026-04-15, last on Sat 2053-08-30": 10000} {
		p.EndAfter(n)
		seq, err := p.Instances(time.Time{})
		require.NoError(t, err)
		require.Equal(t, want, occursText(seq, false, true))
	}
	p.EndAfter(1)
	p.DeletedInstanceDates = []recur.RTime{p.StartDate}
	seq, err := p.Instances(time.Time{})
	require.NoError(t, err)
	require.Equal(t, "never: nothing is left", occursText(seq, false, true))
}

// many is a series with so many deleted and so many changed occurrences, the last of which ends before it starts.
func many(t *testing.T, deleted, changed int) string {
	p := recur.NewDaily(223678080, 1)
	a := recur.NewAppointment(p, 540, 600)
	for i := range deleted {
		require.NoError(t, a.Delete(p.StartDate+recur.RTime(1440*i)))
	}
	for i := range changed {
		day := p.StartDate + recur.RTime(1440*(deleted+i))
		end := day + 630
		if i == changed-1 {
			end = day
		}
		require.NoError(t, a.AddException(recur.Exception{OriginalStartDate: day, StartDateTime: day + 570, EndDateTime: end}))
	}
	b, err := a.MarshalBinary()
	require.NoError(t, err)
	return hex.EncodeToString(b) + "\n"
}

// TestManyExceptions keeps a series of hundreds of changes to a screen: the first are shown, those with findings, and how
// many others there are.
func TestManyExceptions(t *testing.T) {
	out, _, _ := runWith(many(t, 100, 60), "decode", "apptrecur")
	require.Less(t, strings.Count(out, "\n"), 45, out)
	require.Contains(t, out, "          and 76 more: see -out json\n")
	require.Contains(t, out, "          and 47 exceptions more: see -out json\n")
	require.Equal(t, shownExceptions+1, strings.Count(out, "\n  moved     "), "the last one has a finding")
	require.Contains(t, out, "(recur.exception-end-before-start)")
}

// TestLimit cuts what is too much, and says so.
func TestLimit(t *testing.T) {
	daily := many(t, 0, 0)
	for _, tt := range []struct {
		args []string
		want int
		cut  bool
	}{
		{nil, 1000, true}, {[]string{"-limit", "7"}, 7, true}, {[]string{"-to", "2026-04-20"}, 6, false},
		{[]string{"-to", "2026-04-20T09:00"}, 5, false}, {[]string{"-to", "2026-04-20T09:01", "-from", "2026-04-16 10:00"}, 4, false},
		{[]string{"-limit", "6", "-to", "2026-04-20"}, 6, false}, {[]string{"-limit", "0", "-to", "2053-12-31"}, 10123, false},
	} {
		out, stderr, status := runWith(daily, append([]string{"expand", "-out", "json"}, tt.args...)...)
		require.Equal(t, exitOK, status)
		require.Equal(t, tt.want, strings.Count(out, "\n"), tt.args)
		require.Equal(t, tt.cut, strings.Contains(stderr, "not all occurrences are shown of stdin:1:"), "%v: %s", tt.args, stderr)
		require.Contains(t, stderr, fmt.Sprintf("; %d occurrences\n", tt.want))
	}
}

// TestExpandOrder holds the output to the order of the input, whatever the number of workers.
func TestExpandOrder(t *testing.T) {
	var in strings.Builder
	for i := range 300 {
		in.WriteString(many(t, i%7, i%5))
		if i%50 == 0 {
			in.WriteString("0102\n")
		}
	}
	want, _, status := runWith(in.String(), "expand", "-out", "json", "-limit", "9", "-j", "1")
	require.Equal(t, exitFinding, status)
	require.Equal(t, 300*9+6+240, strings.Count(want, "\n"), "occurrences, what is no blob, and a finding wherever something is changed")
	for _, jobs := range []string{"2", "5"} {
		got, _, _ := runWith(in.String(), "expand", "-out", "json", "-limit", "9", "-j", jobs)
		require.Equal(t, want, got)
	}
	out, _, _ := runWith(in.String(), "expand", "-out", "json", "-limit", "9", "-strict")
	require.Equal(t, 9+1, strings.Count(out, "\n"), "the second line is no blob")
}

// TestExpandForEver stops when nobody reads any more what a series without an end goes on with.
func TestExpandForEver(t *testing.T) {
	var stderr strings.Builder
	e := env{stdin: strings.NewReader(many(t, 0, 0)), stdout: &fullPipe{1000, &os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}}, stderr: &stderr, terminal: func(io.Writer) bool { return false }}
	require.Equal(t, exitOK, run(e, []string{"expand", "-limit", "0"}))
	require.NotContains(t, stderr.String(), "; 0 occurrences")
	require.Less(t, len(stderr.String()), 300)
}

// TestExpandRaw reads a file of bytes.
func TestExpandRaw(t *testing.T) {
	b, err := hex.DecodeString(strings.TrimSpace(many(t, 1, 1)))
	require.NoError(t, err)
	for _, in := range []string{"auto", "raw"} {
		out, _, status := runWith(string(b), "expand", "-in", in, "-limit", "1", "-out", "json")
		require.Equal(t, exitOK, status)
		findings, occurrence, _ := strings.Cut(out, "\n")
		require.Contains(t, findings, `"recur.exception-end-before-start"`)
		require.NotContains(t, findings, `"start":`)
		require.Equal(t, `{"start":"2026-04-16T09:30:00","end":"2026-04-16T00:00:00","original":"2026-04-16T09:00:00","kind":"exception","allDay":false,"subject":null,"location":null}`+"\n", occurrence)
	}
}

// TestExpandProperties takes the recurrences among the properties of a dump, and passes over all else.
func TestExpandProperties(t *testing.T) {
	blob := strings.TrimSpace(many(t, 0, 0))
	xml := func(set, lid, hex string) string {
		return `<property tag="0x80010102" type="PT_BINARY"><NamedPropGUID>{` + set + `}</NamedPropGUID><NamedPropName>id: ` + lid + `</NamedPropName><Value>` + hex + `</Value></property>` + "\n"
	}
	const appointment, task = "00062002-0000-0000-C000-000000000046", "00062003-0000-0000-C000-000000000046"
	in := xml(appointment, "0x8216", blob) + xml(appointment, "0x8217", blob) + xml(task, "0x8116", blob[:100]) + xml(appointment, "0x8216", "") +
		`<property type="PT_BINARY"><Value>` + blob + `</Value></property>`
	out, stderr, status := runWith(in, "expand", "-limit", "1", "-out", "json")
	require.Equal(t, exitOK, status, out)
	require.Equal(t, 2, strings.Count(out, "\n"), out)
	require.Contains(t, out, `"start":"2026-04-15T09:00:00"`)
	require.Contains(t, out, `"start":"2026-04-15T00:00:00"`)
	require.Contains(t, stderr, "2 blobs decoded")
	// In lines, a blob may have the name of its property, and one without a name is what it is.
	out, stderr, _ = runWith("PidLidTimeZoneStruct: "+strings.Repeat("00", 48)+"\n"+"PidLidAppointmentRecur: "+blob+"\n"+blob+"\n", "expand", "-limit", "1", "-out", "json")
	require.Equal(t, 2, strings.Count(out, "\n"), out)
	require.Contains(t, stderr, "2 blobs decoded")
}

// TestPatternOfAppointment: what is only the first part of a pattern of appointments does not say where a modified
// occurrence came from.
func TestPatternOfAppointment(t *testing.T) {
	p := recur.NewDaily(223678080, 1)
	p.EndAfter(3)
	p.DeletedInstanceDates = []recur.RTime{p.StartDate + 1440}
	p.ModifiedInstanceDates = []recur.RTime{p.StartDate + 5*1440}
	b, err := p.MarshalBinary()
	require.NoError(t, err)
	out, _, _ := runWith(hex.EncodeToString(b), "expand", "-out", "json")
	require.Contains(t, out, `{"line":1,"start":"2026-04-20T00:00:00","end":"2026-04-21T00:00:00","original":null,"kind":"exception",`)
	require.Equal(t, 3, strings.Count(out, "\n"))
	out, _, _ = runWith(hex.EncodeToString(b), "expand")
	require.Contains(t, out, "\n  Mon 2026-04-20  modified\n")
	out, _, _ = runWith(hex.EncodeToString(b), "decode", "recur")
	require.Contains(t, out, "\n  modified  2026-04-20\n")
}

// TestHostileSeries changes bytes of series at random: whatever they say then, they are shown and expanded in bounded time,
// without a panic, and what is shown is for print.
func TestHostileSeries(t *testing.T) {
	lines, err := os.ReadFile("testdata/series.hex")
	require.NoError(t, err)
	var blobs [][]byte
	for _, line := range strings.Fields(string(lines)) {
		b, err := hex.DecodeString(line)
		require.NoError(t, err)
		blobs = append(blobs, b)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var in strings.Builder
	const n = 600
	for range n {
		b := append([]byte(nil), blobs[random.IntN(len(blobs))]...)
		for range 1 + random.IntN(4) {
			b[random.IntN(len(b))] = []byte{0, 1, 0x7F, 0x80, 0xFF, byte(random.Uint32())}[random.IntN(6)]
		}
		fmt.Fprintf(&in, "%x\n", b[:len(b)-random.IntN(len(b)/2)])
	}
	for _, args := range [][]string{{"decode", "apptrecur"}, {"decode", "recur"}, {"decode", "apptrecur", "-out", "json", "-fields"},
		{"decode", "apptrecur", "-out", "hex"}, {"decode", "apptrecur", "-out", "smartview"}, {"expand", "-limit", "20"},
		{"expand", "-limit", "20", "-out", "json", "-tz", "America/New_York", "-from", "2026-01-01"}} {
		out, stderr, _ := runWith(in.String(), args...)
		require.Contains(t, stderr, fmt.Sprintf("%d blobs decoded", n), args)
		require.NotContains(t, strings.Join(args, " ")+out, "\x1b", args)
		require.NotContains(t, out, "%!", args)
	}
}

// TestExpandBackwards shows an occurrence across the hour that Berlin skips, and a series whose zone nobody knows.
func TestExpandBackwards(t *testing.T) {
	daily := recur.NewDaily(mustRTime(t, "2026-03-29T00:00:00"), 1)
	blob, err := recur.NewAppointment(daily, 2*60+45, 3*60+15).MarshalBinary()
	require.NoError(t, err)
	in := hex.EncodeToString(blob)
	out, _, status := runWith(in, "expand", "-tz", "Europe/Berlin", "-limit", "2", "-out", "json")
	require.Equal(t, exitOK, status)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2)
	require.Contains(t, lines[0], `"startClock":"gap"`)
	require.Contains(t, lines[0], `"endsBeforeStart":true`)
	require.NotContains(t, lines[1], "endsBeforeStart")
	out, _, _ = runWith(in, "expand", "-tz", "Europe/Berlin", "-limit", "2")
	require.Equal(t, 1, strings.Count(out, "so ends no later than it starts"), out)

	out, stderr, status := runWith(in, "expand", "-zone", "item", "-tz", "utc", "-limit", "1")
	require.Equal(t, exitOK, status)
	require.Contains(t, out, "Sun 2026-03-29 02:45-03:15\n")
	require.Contains(t, stderr, "1 series is in: shown on the clock of the series")
}

func mustRTime(t *testing.T, text string) recur.RTime {
	var r recur.RTime
	require.NoError(t, r.UnmarshalText([]byte(text)))
	return r
}
