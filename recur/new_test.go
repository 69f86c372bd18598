package recur_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/recur"
)

// TestNewAsOutlook makes blobs that are known to the last byte.
func TestNewAsOutlook(t *testing.T) {
	outlookDaily := recur.NewDaily(at(t, "2011-04-07"), 3)
	outlookDaily.EndOn(at(t, "2011-05-04"))
	nth := recur.NewMonthlyNth(at(t, "2026-01-01"), 1, recur.Last, recur.Workdays)
	nth.EndAfter(3)
	week := recur.NewWeekly(at(t, "2024-03-04"), 1, 2, recur.Sunday)
	week.EndAfter(4)
	for name, c := range map[string]struct {
		v    interface{ MarshalBinary() ([]byte, error) }
		want string
	}{
		"three days": {recur.NewDaily(at(t, "2024-01-01"), 3),
			"043004300a200000000000000000e010000000000000232000000a000000000000000000000000000000a0b5420ddf80e95a"},
		"three days to the last": {outlookDaily,
			"043004300a2000000000a0050000e010000000000000212000000a000000000000000000000000000000207edc0c0016dd0c"},
		"every other week, from Monday": {recur.NewWeekly(at(t, "2024-03-10"), 2, 1, recur.Monday),
			"043004300b20010000000000000002000000000000000100000023200000" + "0a000000" + "010000000000000000000000c039440ddf80e95a"},
		"four weeks, 9:00": {recur.NewAppointment(week, 9*60, 9*60+30),
			"043004300b2001000000c021000001000000000000000200000022200000040000000000000000000000000000000018440d208e440d06300000093000001c0200003a02000000000000000000000000"},
		"the 31st":         {recur.NewMonthly(at(t, "2024-01-31"), 1, 31), "043004300c20020000000000000001000000000000001f000000232000000a000000000000000000000000000000605e430ddf80e95a"},
		"29 February":      {recur.NewMonthly(at(t, "2024-02-29"), 12, 29), "043004300d200200000060ae00000c000000000000001d000000232000000a0000000000000000000000000000008001440ddf80e95a"},
		"every two years":  {recur.NewMonthly(at(t, "2024-04-15"), 24, 15), "043004300c200200000060ff090018000000000000000f000000232000000a0000000000000000000000000000004004450ddf80e95a"},
		"the last workday": {nth, "043004300c20030000000000000001000000000000003e000000050000002220000003000000000000000000000000000000a068530d20ba540d"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := c.v.MarshalBinary()
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("%x", golden.Unhex(t, c.want)), fmt.Sprintf("%x", b))
		})
	}
}

// TestNew: whatever is asked for begins on a day of the pattern, is what it was after Normalize, and Validate has nothing
// to say; what no pattern can have is refused.
func TestNew(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		start := recur.RTime(r.Uint32N(400_000_000))
		n := 1 + r.IntN(30)
		days := recur.DaysOfWeek(1 + r.IntN(127))
		for _, p := range []*recur.RecurrencePattern{recur.NewDaily(start, n), recur.NewWeekly(start, n, days, recur.Weekday(r.IntN(7))),
			recur.NewMonthly(start, n, 1+r.IntN(31)), recur.NewMonthlyNth(start, n, recur.Nth(1+r.IntN(5)), days)} {
			checkNew(t, p, start, r)
		}
	}
	for name, p := range map[string]*recur.RecurrencePattern{
		"no days":         recur.NewDaily(0, 0),
		"days before":     recur.NewDaily(0, -1),
		"too many days":   recur.NewDaily(0, 2982617),
		"no weeks":        recur.NewWeekly(0, 0, 1, 0),
		"no weekday":      recur.NewWeekly(0, 1, 0, 0),
		"no first day":    recur.NewWeekly(0, 2, 1, 7),
		"no months":       recur.NewMonthly(0, -12, 1),
		"day 0":           recur.NewMonthly(0, 1, 0),
		"day -1":          recur.NewMonthly(0, 1, -1),
		"day 32":          recur.NewMonthly(0, 1, 32),
		"no n-th":         recur.NewMonthlyNth(0, 1, 0, 1),
		"the sixth":       recur.NewMonthlyNth(0, 1, 6, 1),
		"nth of no day":   recur.NewMonthlyNth(0, 1, 1, 0),
		"nth of 0 months": recur.NewMonthlyNth(0, 0, 1, 1),
	} {
		require.NotEmpty(t, p.Validate(), name)
		_, err := p.Instances(time.Time{})
		require.Error(t, err, name)
		p.EndOn(at(t, "2024-03-04T01:00"))
		require.Equal(t, at(t, "2024-03-04"), p.EndDate, name)
		p.EndAfter(5)
		require.Equal(t, at(t, "2024-03-04"), p.EndDate, name)
	}
}

func checkNew(t *testing.T, p *recur.RecurrencePattern, start recur.RTime, r *rand.Rand) {
	require.Empty(t, p.Validate(), "%+v", p)
	require.GreaterOrEqual(t, p.StartDate, start.Midnight())
	require.Equal(t, p.StartDate.String()[:10], list(t, p, "", 1)[0])
	normal := *p
	normal.Normalize()
	require.Equal(t, *p, normal)
	require.Equal(t, recur.EndNever, p.EndType)

	n := 1 + r.Uint32N(50)
	p.EndAfter(n)
	all := list(t, p, "", 99)
	require.Len(t, all, int(n), "%+v", p)
	require.Equal(t, all[n-1], p.EndDate.String()[:10])
	require.Empty(t, p.Validate())

	byDate := *p
	byDate.EndOn(p.EndDate + recur.RTime(r.IntN(1440)))
	require.Equal(t, n, byDate.OccurrenceCount)
	require.Equal(t, all, list(t, &byDate, "", 99))
	require.Equal(t, p.EndDate, byDate.EndDate)
	byDate.EndOn(p.EndDate - 1)
	require.Equal(t, n-1, byDate.OccurrenceCount)
	if n > 1 {
		require.Equal(t, all[n-2], byDate.EndDate.String()[:10])
		require.Empty(t, byDate.Validate())
	}
	require.Equal(t, all[:n-1], append([]string{}, list(t, &byDate, "", 99)...))
}

// TestEndInOtherCalendars: what is counted by arithmetic is what is listed.
func TestEndInOtherCalendars(t *testing.T) {
	for _, p := range []recur.RecurrencePattern{in(recur.CalHebrew, months("2024-10-03", 12), 1), in(recur.CalHebrew, months("2024-10-03", 36), 1),
		in(recur.CalHebrew, months("2024-02-24", 1), 15), hj(in(recur.CalDefault, months("2024-03-11", 12), 2)), hj(in(recur.CalDefault, months("2024-03-11", 5), 2))} {
		for n := uint32(1); n < 60; n++ {
			p.EndAfter(n)
			all := list(t, &p, "", 99)
			require.Len(t, all, int(n))
			require.Equal(t, all[n-1], p.EndDate.String()[:10])
			last := p.EndDate
			for back := recur.RTime(0); back < 400; back += 13 {
				p.EndOn(last - back*1440)
				require.Len(t, list(t, &p, "", 99), int(p.OccurrenceCount), "%+v", p)
			}
		}
	}
}

func TestEndTooLate(t *testing.T) {
	p := recur.NewMonthly(at(t, "2024-03-04"), 12, 4)
	p.EndAfter(7743)
	require.Equal(t, at(t, "9766-03-04"), p.EndDate)
	p.EndAfter(7744)
	require.Equal(t, at(t, "9766-03-04"), p.EndDate, "9767-03-04 is behind the end")
	require.Len(t, list(t, p, "", 9999), 7743)
	for _, p = range []*recur.RecurrencePattern{recur.NewWeekly(at(t, "9767-02-09"), 1, 2, 0), recur.NewMonthly(at(t, "9767-01-16"), 1, 16)} {
		p.EndAfter(2)
		require.Equal(t, at(t, "9767-02-16"), p.EndDate)
		p.EndAfter(3)
		require.Equal(t, at(t, "9767-02-16"), p.EndDate)
	}
	for _, p = range []*recur.RecurrencePattern{recur.NewWeekly(0, 1, 2, 0), recur.NewMonthly(0, 1, 1)} {
		p.Period = 1<<32 - 1
		p.EndAfter(1<<32 - 1)
		require.Equal(t, recur.NoEnd, p.EndDate)
		require.Len(t, list(t, p, "", 9), 1)
		p.EndAfter(1 << 31)
		require.Equal(t, recur.NoEnd, p.EndDate)
	}

	// No day at all.
	p = recur.NewMonthly(at(t, "2024-03-04"), 1, 4)
	p.EndAfter(0)
	require.Equal(t, recur.NoEnd, p.EndDate)
	p.EndOn(at(t, "2024-02-20"))
	require.Equal(t, at(t, "2024-02-20"), p.EndDate)
	require.Zero(t, p.OccurrenceCount)
	p.StartDate = at(t, "2024-03-05")
	p.EndOn(at(t, "2024-03-09"))
	require.Equal(t, at(t, "2024-03-09"), p.EndDate)
	require.Zero(t, p.OccurrenceCount)

	p = recur.NewDaily(at(t, "2024-03-04"), 1)
	p.EndAfter(1<<32 - 1)
	require.Equal(t, recur.NoEnd, p.EndDate)
	p = recur.NewWeekly(at(t, "2024-03-04"), 1, 2, 0)
	p.EndAfter(1<<32 - 1)
	require.Equal(t, recur.NoEnd, p.EndDate)
}

func TestDeleteAndAddException(t *testing.T) {
	p := recur.NewWeekly(at(t, "2024-03-04"), 1, 2, recur.Sunday)
	p.EndAfter(4)
	p.DeletedInstanceDates = append(make([]recur.RTime, 0, 9), at(t, "2024-03-18"), at(t, "2024-03-04"))
	require.NoError(t, recur.NewAppointment(p, 540, 570).Delete(at(t, "2024-03-11")))
	require.Equal(t, at(t, "2024-03-18"), p.DeletedInstanceDates[0], "the pattern was copied")
	p.DeletedInstanceDates = nil
	a := recur.NewAppointment(p, 540, 570)
	require.NoError(t, a.Delete(at(t, "2024-03-18T09:00")))
	require.NoError(t, a.Delete(at(t, "2024-03-04")))
	require.NoError(t, a.Delete(at(t, "2024-03-04")), "twice is once")
	require.Equal(t, []recur.RTime{at(t, "2024-03-04"), at(t, "2024-03-18")}, a.DeletedInstanceDates)

	// Moved twice, and then deleted after all.
	e := recur.Exception{StartDateTime: at(t, "2024-03-12T10:00"), EndDateTime: at(t, "2024-03-12T11:00"), OriginalStartDate: at(t, "2024-03-11")}
	require.NoError(t, a.AddException(e))
	e.StartDateTime = at(t, "2024-03-11T08:00")
	e.SetSubject("Réunion", []byte("R\xe9union"))
	e.SetLocation("会", []byte("?"))
	require.NoError(t, a.AddException(e))
	last := recur.Exception{StartDateTime: at(t, "2024-03-10T10:00"), EndDateTime: at(t, "2024-03-12T11:00"), OriginalStartDate: at(t, "2024-03-25T23:00"),
		Details: &recur.Details{BusyStatus: 2}}
	require.NoError(t, a.AddException(last))
	require.Empty(t, a.Validate())
	require.Len(t, a.Exceptions, 2)
	require.Equal(t, recur.OverrideBusyStatus, a.Exceptions[0].OverrideFlags, "a detail gets its flag")
	require.Equal(t, at(t, "2024-03-25T09:00"), a.Exceptions[0].OriginalStartDate, "when the pattern has it")
	require.Equal(t, at(t, "2024-03-11T09:00"), a.Exceptions[1].Details.OriginalStartDate)
	require.Equal(t, []recur.RTime{at(t, "2024-03-10"), at(t, "2024-03-11")}, a.ModifiedInstanceDates)
	require.Len(t, a.DeletedInstanceDates, 4)
	back, err := recur.Decode(encodeAll(t, a))
	require.NoError(t, err)
	require.Equal(t, "Réunion", first(back.Exceptions[1].Subject(nil)))
	require.Equal(t, "会", first(back.Exceptions[1].Location(nil)))
	want := encodeAll(t, a)
	a.Normalize()
	require.Equal(t, want, encodeAll(t, a))

	require.NoError(t, a.Delete(at(t, "2024-03-11")))
	require.Len(t, a.Exceptions, 1)
	require.Len(t, a.DeletedInstanceDates, 4)
	require.Equal(t, []string{"2024-03-10 10:00-2024-03-12T11:00 was 2024-03-25T09:00"}, list(t, a, "", 9))
}

func first(s string, _ bool) string { return s }

func TestAddExceptionRefused(t *testing.T) {
	a := recur.NewAppointment(recur.NewWeekly(at(t, "2024-03-04"), 1, 2, recur.Sunday), 540, 570)
	require.NoError(t, a.Delete(at(t, "2024-03-18")))
	before := encodeAll(t, a)
	require.EqualError(t, a.Delete(at(t, "2024-03-05")), "recur: 2024-03-05 is no day of the pattern")
	require.EqualError(t, a.AddException(recur.Exception{OriginalStartDate: at(t, "2024-02-26")}), "recur: 2024-02-26 is no day of the pattern")
	e := recur.Exception{OriginalStartDate: at(t, "2024-03-04"), Cut: true}
	require.ErrorContains(t, a.AddException(e), "recur: ExceptionInfo[0].ExtendedException: was cut off")
	e = recur.Exception{OriginalStartDate: at(t, "2024-03-04")}
	e.SetSubject(strings.Repeat("x", 65536), nil)
	require.ErrorContains(t, a.AddException(e), "recur: ExceptionInfo[0].WideCharSubject: 131072 bytes")
	require.Equal(t, before, encodeAll(t, a), "what failed has changed nothing")
	for _, day := range []string{"2024-03-04", "2024-03-11", "2024-03-25"} {
		require.NoError(t, a.AddException(recur.Exception{StartDateTime: at(t, day), EndDateTime: at(t, day), OriginalStartDate: at(t, day)}))
	}
	before = encodeAll(t, a)
	require.ErrorContains(t, a.AddException(e), "WideCharSubject")
	require.Equal(t, before, encodeAll(t, a), "what failed has changed nothing")
	late := recur.NewAppointment(recur.NewDaily(at(t, "9767-02-14"), 1), 1439, 1439)
	require.NoError(t, late.Delete(at(t, "9767-02-15")))
	require.Error(t, late.Delete(at(t, "9767-02-16")), "23:59 is behind the end of the clock")
	bad := *a
	bad.DaysOfWeek = 0
	require.ErrorIs(t, bad.Delete(at(t, "2024-03-04")), recur.DayMask)
	require.ErrorIs(t, bad.AddException(e), recur.DayMask)

	a = crowded(t)
	full := slices.Clone(a.Exceptions)
	require.ErrorContains(t, a.AddException(recur.Exception{OriginalStartDate: at(t, "2001-01-02")}), "recur: ExceptionCount: 65536 exceptions do not fit")
	if diff := cmp.Diff(full[:5], a.Exceptions[:5]); diff != "" {
		t.Errorf("order before and after (-want +got):\n%s", diff)
	}
	require.NoError(t, a.AddException(recur.Exception{OriginalStartDate: at(t, "2001-01-03")}), "instead of another")
	require.Len(t, a.Exceptions, 65535)
}
