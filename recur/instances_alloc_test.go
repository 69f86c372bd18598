package recur_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// crowded is a series of every day with as many exceptions as a blob can have, in no order.
func crowded(tb testing.TB) *recur.AppointmentRecurrencePattern {
	a := recur.NewAppointment(recur.NewDaily(at(tb, "2001-01-01"), 1), 600, 630)
	for i := range recur.RTime(65535) {
		day := a.StartDate + 1440*2*i
		a.DeletedInstanceDates = append(a.DeletedInstanceDates, day)
		a.Exceptions = append(a.Exceptions, recur.Exception{StartDateTime: day + 700, EndDateTime: day + 730, OriginalStartDate: day + 600})
		a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, day)
	}
	r := rand.New(rand.NewPCG(1, 1))
	r.Shuffle(len(a.Exceptions), func(i, j int) { a.Exceptions[i], a.Exceptions[j] = a.Exceptions[j], a.Exceptions[i] })
	return a
}

// seen keeps the compiler from leaving out what is measured.
type seen struct{ n, start recur.RTime }

func (s *seen) run(tb testing.TB, a *recur.AppointmentRecurrencePattern, from time.Time, most recur.RTime) {
	seq, err := a.Instances(from)
	if err != nil {
		tb.Fatal(err)
	}
	s.n = 0
	for i := range seq {
		if s.n == most {
			break
		}
		s.n++
		s.start += i.Start
	}
}

// TestInstancesAllocs: what is allocated, is allocated by the call, and however many exceptions there are, once.
func TestInstancesAllocs(t *testing.T) {
	if underRace {
		t.Skip("counts allocations")
	}
	var s seen
	for name, a := range map[string]*recur.AppointmentRecurrencePattern{
		"days":    recur.NewAppointment(recur.NewDaily(0, 1), 600, 630),
		"weeks":   recur.NewAppointment(recur.NewWeekly(0, 2, recur.Workdays, recur.Monday), 600, 630),
		"months":  recur.NewAppointment(recur.NewMonthlyNth(0, 1, recur.Last, recur.Workdays), 600, 630),
		"Mondays": mondays(t),
		"crowded": crowded(t),
	} {
		few := testing.AllocsPerRun(5, func() { s.run(t, a, time.Time{}, 1) })
		many := testing.AllocsPerRun(5, func() { s.run(t, a, time.Time{}, 20000) })
		require.Equal(t, few, many, name)
		require.LessOrEqual(t, many, 8.0, name)
	}
}

// TestInstancesHostile asks patterns of numbers that nobody means for what they have, and for the last of it. All of them
// must be through at once: none goes through days or months that do not occur.
func TestInstancesHostile(t *testing.T) {
	const most = 1<<32 - 1
	p := recur.RecurrencePattern{Period: most, StartDate: most, EndDate: most, FirstDateTime: most, EndType: recur.EndAfterCount, OccurrenceCount: most,
		DaysOfWeek: most, FirstDOW: 0}
	end := time.Date(9767, 2, 15, 23, 0, 0, 0, time.UTC)
	for _, kind := range []recur.PatternType{recur.Day, recur.Week, recur.Month, recur.MonthNth, recur.MonthEnd, recur.HjMonth, recur.HjMonthNth, recur.HjMonthEnd} {
		for _, calendar := range []recur.CalendarType{recur.CalDefault, recur.CalHijri, recur.CalHebrew} {
			for _, period := range []uint32{1, 12, 1440, most - most%1440, most} {
				for _, start := range []recur.RTime{0, 1440, 1 << 31, most - 1440, most} {
					for _, first := range []recur.RTime{0, 8640, 1 << 31, most} {
						p.PatternType, p.CalendarType, p.Period, p.StartDate, p.FirstDateTime, p.DayOfMonth, p.N = kind, calendar, period, start, first, 31, 5
						a := recur.NewAppointment(&p, 1439, most)
						checkHostile(t, &p, end)
						checkHostile(t, a, end)
						a.Normalize()
						checkHostile(t, a, end)
					}
				}
			}
		}
	}
}

func checkHostile(t *testing.T, s series, end time.Time) {
	for _, from := range []time.Time{{}, end} {
		seq, err := s.Instances(from)
		if err != nil {
			return
		}
		n := 0
		last := recur.RTime(0)
		for i := range seq {
			require.GreaterOrEqual(t, i.Start, last)
			if last = i.Start; n == 3 {
				break
			}
			n++
		}
	}
}

func BenchmarkInstances(b *testing.B) {
	day := recur.NewAppointment(recur.NewDaily(0, 1), 600, 630)
	for name, a := range map[string]*recur.AppointmentRecurrencePattern{
		"days":   day,
		"weeks":  recur.NewAppointment(recur.NewWeekly(0, 1, recur.Workdays, recur.Monday), 600, 630),
		"month":  recur.NewAppointment(recur.NewMonthly(0, 1, 31), 600, 630),
		"nth":    recur.NewAppointment(recur.NewMonthlyNth(0, 1, recur.Last, recur.Workdays), 600, 630),
		"crowd":  crowded(b),
		"deeply": day,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var s seen
			var from time.Time
			if name == "deeply" { // the last of days by the million
				from = time.Date(9767, 2, 1, 0, 0, 0, 0, time.UTC)
			}
			for b.Loop() {
				s.run(b, a, from, 100_000)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(max(s.n, 1)), "ns/occurrence")
		})
	}
}
