package recur_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// goneAfterNormalize are the codes that no appointment has after Normalize, and but for those of appointments no pattern.
var goneAfterNormalize = []diag.Code{recur.TrailingData, recur.OlderVersion, recur.SecondValue, recur.ReaderVersion, recur.WriterVersion, recur.InstanceDateNotMidnight,
	recur.StartDateNotMidnight, recur.FirstDateTime, recur.EndDateNotSentinel, recur.EndDateNotMidnight, recur.ReaderVersion2, recur.WriterVersion2,
	recur.ExceptionCountMismatch, recur.OverrideFlagsUnknown, recur.ANSILengthMismatch, recur.EmptyChangeHighlight, recur.BadChangeHighlightSize,
	recur.ExtendedTimesDiffer, recur.OriginalNotDeleted, recur.ModifiedDatesDiffer}

func hasCode(code diag.Code) func(diag.Finding) bool {
	return func(f diag.Finding) bool { return f.Code == code }
}

func TestNormalizePattern(t *testing.T) {
	good := func() *recur.RecurrencePattern {
		p := recur.NewWeekly(at(t, "2024-03-05"), 2, 4, recur.Monday)
		p.EndAfter(3)
		return p
	}
	never := func() *recur.RecurrencePattern { return recur.NewWeekly(at(t, "2024-03-05"), 2, 4, recur.Monday) }
	byDate := func() *recur.RecurrencePattern {
		p := never()
		p.EndOn(at(t, "2024-04-10"))
		return p
	}
	month := func() *recur.RecurrencePattern { return recur.NewMonthly(at(t, "2024-03-05"), 1, 5) }
	for name, c := range map[string]struct {
		p         *recur.RecurrencePattern
		spoil     func(*recur.RecurrencePattern)
		want      *recur.RecurrencePattern
		otherwise func(*recur.RecurrencePattern) // where it does not become want
	}{
		"versions":     {good(), func(p *recur.RecurrencePattern) { p.ReaderVersion, p.WriterVersion = 1, 2 }, good(), nil},
		"trailing":     {good(), func(p *recur.RecurrencePattern) { p.Trailing = []byte{1} }, good(), nil},
		"phase":        {good(), func(p *recur.RecurrencePattern) { p.FirstDateTime = 8640 }, good(), nil},
		"phase beyond": {good(), func(p *recur.RecurrencePattern) { p.FirstDateTime += 20160 * 7 }, good(), nil},
		"another phase": {good(), func(p *recur.RecurrencePattern) { p.FirstDateTime, p.StartDate = 10080, at(t, "2024-03-01") }, good(), func(p *recur.RecurrencePattern) {
			p.FirstDateTime, p.StartDate, p.EndDate = 10080, at(t, "2024-03-12"), at(t, "2024-04-09")
		}},
		"start before the first": {good(), func(p *recur.RecurrencePattern) { p.StartDate = at(t, "2024-02-21T12:00") }, good(), nil},
		"an end before the first": {byDate(), func(p *recur.RecurrencePattern) { p.StartDate, p.EndDate = at(t, "2024-02-21"), at(t, "2024-02-22") }, byDate(), func(p *recur.RecurrencePattern) {
			p.EndDate, p.OccurrenceCount = at(t, "2024-02-22"), 0
		}},
		"end at noon":              {good(), func(p *recur.RecurrencePattern) { p.EndDate += 720 }, good(), nil},
		"another end":              {good(), func(p *recur.RecurrencePattern) { p.EndDate = recur.NoEnd }, good(), nil},
		"days that are no day":     {good(), func(p *recur.RecurrencePattern) { p.DaysOfWeek |= 0xFFFFFF80 }, good(), nil},
		"fields of other patterns": {good(), func(p *recur.RecurrencePattern) { p.DayOfMonth, p.N = 1, 2 }, good(), nil},
		"never, the old way":       {never(), func(p *recur.RecurrencePattern) { p.EndType, p.EndDate, p.OccurrenceCount = recur.EndNeverOld, 0, 0 }, never(), nil},
		"a count by date":          {byDate(), func(p *recur.RecurrencePattern) { p.OccurrenceCount = 10 }, byDate(), nil},
		"an end on no day": {byDate(), func(p *recur.RecurrencePattern) { p.EndDate = at(t, "2024-04-10T13:00") }, byDate(), func(p *recur.RecurrencePattern) {
			p.EndDate = at(t, "2024-04-10")
		}},
		"the fields of months": {month(), func(p *recur.RecurrencePattern) { p.DaysOfWeek, p.N = 1, 2 }, month(), nil},
		"the day of month ends": {month(), func(p *recur.RecurrencePattern) {
			p.PatternType, p.DayOfMonth, p.StartDate = recur.MonthEnd, 0, at(t, "2024-03-02")
		}, month(), func(p *recur.RecurrencePattern) {
			p.PatternType, p.DayOfMonth, p.StartDate = recur.MonthEnd, 31, at(t, "2024-03-31")
		}},
		"dates": {good(), func(p *recur.RecurrencePattern) {
			p.DeletedInstanceDates = []recur.RTime{at(t, "2024-03-19T01:00"), at(t, "2024-03-05"), at(t, "2024-03-19")}
			p.ModifiedInstanceDates = []recur.RTime{at(t, "2024-03-20T01:00"), at(t, "2024-03-06"), at(t, "2024-03-20")}
		}, good(), func(p *recur.RecurrencePattern) {
			p.DeletedInstanceDates = []recur.RTime{at(t, "2024-03-05"), at(t, "2024-03-19")}
			p.ModifiedInstanceDates = []recur.RTime{at(t, "2024-03-06"), at(t, "2024-03-20")}
		}},
		"what nobody knows": {good(), func(p *recur.RecurrencePattern) { p.Period, p.DaysOfWeek, p.FirstDOW, p.EndType = 0, 0x80, 9, 7 }, good(), func(p *recur.RecurrencePattern) {
			p.Period, p.DaysOfWeek, p.FirstDOW, p.EndType = 0, 0x80, 9, 7
		}},
		"the last is too late": {good(), func(p *recur.RecurrencePattern) { p.OccurrenceCount = math.MaxUint32 }, good(), func(p *recur.RecurrencePattern) {
			p.OccurrenceCount = math.MaxUint32
		}},
		"days by the million": {never(), func(p *recur.RecurrencePattern) {
			p.EndType, p.EndDate, p.Period, p.DaysOfWeek = recur.EndByDate, math.MaxUint32, 1, 0x7F
		}, never(), func(p *recur.RecurrencePattern) {
			p.EndType, p.EndDate, p.Period, p.DaysOfWeek, p.OccurrenceCount, p.FirstDateTime = recur.EndByDate, math.MaxUint32-255, 1, 0x7F, 2828056, 0
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.spoil(c.p); c.otherwise != nil {
				c.otherwise(c.want)
			}
			c.p.Normalize()
			if diff := cmp.Diff(c.want, c.p, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNormalizeAppointment(t *testing.T) {
	good := mondays(t)
	good.Exceptions[1].SetSubject("Tuesday", []byte("Tuesday"))
	good.Exceptions[2].OverrideFlags = recur.OverrideReminderDelta | recur.OverrideExceptionalBody
	good.Exceptions[2].Details = &recur.Details{ReminderDelta: 5}
	want := encodeAll(t, good)
	require.Empty(t, good.Validate())
	for name, spoil := range map[string]func(*recur.AppointmentRecurrencePattern){
		"nothing":    func(a *recur.AppointmentRecurrencePattern) {},
		"the head":   func(a *recur.AppointmentRecurrencePattern) { a.ReaderVersion, a.FirstDateTime = 1, 7 },
		"versions":   func(a *recur.AppointmentRecurrencePattern) { a.ReaderVersion2, a.WriterVersion2 = 0x3007, 0x3010 },
		"an old one": func(a *recur.AppointmentRecurrencePattern) { a.WriterVersion2 = 0x3008 },
		"blocks": func(a *recur.AppointmentRecurrencePattern) {
			a.ReservedBlock1, a.ReservedBlock2, a.Trailing = []byte{1}, []byte{2}, []byte{3}
			a.Exceptions[0].Details = &recur.Details{ReservedBlockEE1: []byte{4}, ChangeHighlightReserved: []byte{5}}
			a.Exceptions[1].Details.ReservedBlockEE2 = []byte{6}
		},
		"no highlight":   func(a *recur.AppointmentRecurrencePattern) { a.Exceptions[0].NoChangeHighlightValue = true },
		"order":          func(a *recur.AppointmentRecurrencePattern) { slices.Reverse(a.Exceptions) },
		"modified dates": func(a *recur.AppointmentRecurrencePattern) { a.ModifiedInstanceDates = []recur.RTime{5} },
		"originals": func(a *recur.AppointmentRecurrencePattern) {
			a.DeletedInstanceDates = []recur.RTime{at(t, "2024-03-11T07:00")}
		},
		"flags":    func(a *recur.AppointmentRecurrencePattern) { a.Exceptions[0].OverrideFlags = 0xFC00 },
		"no flags": func(a *recur.AppointmentRecurrencePattern) { a.Exceptions[1].OverrideFlags = 0 },
		"no flag for a number": func(a *recur.AppointmentRecurrencePattern) {
			a.Exceptions[2].OverrideFlags = recur.OverrideExceptionalBody
		},
		"lengths": func(a *recur.AppointmentRecurrencePattern) { a.Exceptions[1].Details.SubjectLength = 7 },
		"lengths of nothing": func(a *recur.AppointmentRecurrencePattern) {
			a.Exceptions[1].Details.LocationLength, a.Exceptions[0].Details = 7, &recur.Details{SubjectLength: 1}
		},
		"times": func(a *recur.AppointmentRecurrencePattern) { a.Exceptions[1].Details.EndDateTime = 1 },
		"times of nothing": func(a *recur.AppointmentRecurrencePattern) {
			a.Exceptions[2].Details.EndDateTime, a.Exceptions[0].Details = 1, &recur.Details{StartDateTime: 1}
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := recur.Decode(want)
			require.NoError(t, err)
			spoil(a)
			for range 2 {
				a.Normalize()
				require.Equal(t, want, encodeAll(t, a))
				require.Nil(t, a.Exceptions[0].Details, "there is nothing to say")
			}
		})
	}

	// What has a flag for text and none is an empty text; what was cut off stays that.
	a := recur.NewAppointment(recur.NewDaily(0, 1), 0, 30)
	a.Exceptions = []recur.Exception{{OverrideFlags: recur.OverrideSubject | recur.OverrideLocation, StartDateTime: 3, EndDateTime: 4, OriginalStartDate: 5}}
	a.Normalize()
	require.Equal(t, &recur.Details{SubjectLength: 1, LocationLength: 1, StartDateTime: 3, EndDateTime: 4, OriginalStartDate: 5}, a.Exceptions[0].Details)
	a.Exceptions[0].Cut = true
	a.Normalize()
	require.True(t, a.Exceptions[0].Cut)
}

func encodeAll(tb testing.TB, a *recur.AppointmentRecurrencePattern) []byte {
	b, err := a.MarshalBinary()
	require.NoError(tb, err)
	return b
}

// TestNormalizeVectors holds Normalize to the laws, and to not changing what occurs, over every vector and thousands of
// blobs that differ from one in some bytes.
func TestNormalizeVectors(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	spoilt := 40
	if testing.Short() || underRace {
		spoilt = 4
	}
	kept := 0
	for _, vec := range golden.Load(t, "testdata/apptrecur") {
		for _, b := range spoil(r, vec.Blob(t), spoilt) {
			appointmentLaws.Check(t, b)
			a, report := recur.Inspect(b)
			if report.Max() == diag.Fatal {
				continue
			}
			if want, ok := firstFew(a); ok {
				kept++
				a.Normalize()
				got, ok := firstFew(a)
				require.True(t, ok)
				require.Equal(t, want, got, "%x", b)
			}
		}
	}
	for _, vec := range golden.Load(t, "testdata/recur") {
		for _, b := range spoil(r, vec.Blob(t), spoilt) {
			patternLaws.Check(t, b)
			p, report := recur.InspectPattern(b)
			p.ModifiedInstanceDates = nil
			if report.Max() == diag.Fatal {
				continue
			}
			if want, ok := firstFew(p); ok {
				kept++
				p.Normalize()
				got, ok := firstFew(p)
				require.True(t, ok)
				require.Equal(t, want, got, "%x", b)
			}
		}
	}
	require.Greater(t, kept, spoilt*10)
}

// spoil returns b and n blobs in which some bytes of b are others.
func spoil(r *rand.Rand, b []byte, n int) [][]byte {
	all := [][]byte{b}
	for range n {
		c := slices.Clone(b)
		for range 1 + r.IntN(4) {
			if len(c) == 0 {
				break
			}
			at := r.IntN(len(c))
			switch r.IntN(4) {
			case 0:
				c[at] = byte(r.Uint32())
			case 1:
				c[at] ^= 1 << r.IntN(8)
			case 2:
				copy(c[at:], []byte{0xFF, 0xFF, 0xFF, 0xFF}[:1+r.IntN(4)])
			case 3:
				copy(c[at:min(at+4, len(c))], c[r.IntN(len(c)):])
			}
		}
		all = append(all, c)
	}
	return all
}

// firstFew returns when occurrences are, the first and those near the end of the clock. It reports false for those that
// are not computed, and where the pattern has none: then there is nothing that StartDate could follow from.
func firstFew(s series) (all [][3]recur.RTime, some bool) {
	for _, from := range []time.Time{{}, time.Date(9766, 1, 1, 0, 0, 0, 0, time.UTC)} {
		seq, err := s.Instances(from)
		if err != nil {
			return nil, false
		}
		n := 0
		for i := range seq {
			if n++; n > 50 {
				break
			}
			all = append(all, [3]recur.RTime{i.Start, i.End, i.OriginalStart})
			some = some || i.Exception == nil
		}
	}
	slices.SortFunc(all, func(a, b [3]recur.RTime) int { return slices.Compare(a[:], b[:]) })
	return all, some
}
