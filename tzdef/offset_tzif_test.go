package tzdef_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // the zones to compare with, whatever the machine has

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/tzdef"
)

// posix returns a rule as a POSIX TZ string ([RFC 8536] 3.3, with its extension of hours up to 167).
func posix(r *tzdef.TZRule) string {
	if r.StandardDate.Month == 0 || r.DaylightDate.Month == 0 {
		return "<STD>" + posixOffset(r.Bias)
	}
	return "<STD>" + posixOffset(r.Bias+r.StandardBias) + "<DST>" + posixOffset(r.Bias+r.DaylightBias) +
		"," + posixDate(r.DaylightDate) + "," + posixDate(r.StandardDate)
}

// posixOffset is in hours and minutes west, as biases are.
func posixOffset(bias int32) string {
	sign := ""
	if bias < 0 {
		sign, bias = "-", -bias
	}
	return fmt.Sprintf("%s%d:%02d", sign, bias/60, bias%60)
}

func posixDate(d tzdef.SystemTime) string {
	if d.Milliseconds == 999 {
		return fmt.Sprintf("M%d.%d.%d/%d", d.Month, d.Day, d.DayOfWeek, d.Hour+1)
	}
	return fmt.Sprintf("M%d.%d.%d/%d:%02d", d.Month, d.Day, d.DayOfWeek, d.Hour, d.Minute)
}

// tzif returns a TZif file, version 2, that is all footer ([RFC 8536] 3).
func tzif(footer string) []byte {
	var b []byte
	for range 2 { // the same block for version 1, which readers skip, and for version 2: one type, no transitions
		b = append(b, "TZif2"...)
		b = append(b, make([]byte, 15)...)
		for _, count := range []uint32{0, 0, 0, 0, 1, 4} { // isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt
			b = binary.BigEndian.AppendUint32(b, count)
		}
		b = append(b, 0, 0, 0, 0, 0, 0)
		b = append(b, "STD\x00"...)
	}
	return append(b, "\n"+footer+"\n"...)
}

// TestAtAgainstTZif compares single rules with Go's reading of the same rule. It begins in 1970: before, package time
// takes a remainder of negative seconds, and is a day late in every such rule.
func TestAtAgainstTZif(t *testing.T) {
	rules := map[string]*tzdef.TZRule{}
	for name, d := range testZones {
		if len(d.Rules) == 1 {
			rules[name] = &d.Rules[0]
		}
	}
	rules["US Eastern 2006"], rules["US Eastern 2007"] = &usEastern.Rules[0], &usEastern.Rules[1]
	rules["west by half an hour"] = &zone(30, 0, 0, tzdef.SystemTime{}, tzdef.SystemTime{}).Rules[0]
	rules["fourth Friday"] = &zone(-120, 0, -60, nth(time.September, 4, time.Saturday, 23), nth(time.March, 4, time.Friday, 2)).Rules[0]
	rules["a last weekday everywhere"] = &zone(570, 0, -30, nth(time.February, 5, time.Monday, 0), nth(time.August, 5, time.Thursday, 0)).Rules[0]
	quarter := nth(time.October, 3, time.Wednesday, 2)
	quarter.Minute = 45
	rules["quarters"] = &zone(-765, 0, -60, nth(time.April, 1, time.Sunday, 3), quarter).Rules[0]

	random := rand.New(rand.NewPCG(1, 2))
	for name, r := range rules {
		t.Run(name, func(t *testing.T) {
			loc, err := time.LoadLocationFromTZData(name, tzif(posix(r)))
			require.NoError(t, err, posix(r))
			check := func(at time.Time) {
				got := r.At(at)
				zone, seconds := at.In(loc).Zone()
				if got.Minutes*60 != seconds || got.Daylight != (zone == "DST") || got.Rule != 0 {
					t.Fatalf("%s: %+v; Go has %s, %d minutes, from %s", at, got, zone, seconds/60, posix(r))
				}
			}
			from, to := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli(), time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
			for range 4000 {
				check(time.UnixMilli(from + random.Int64N(to-from)).UTC())
			}
			n := 0
			for _, change := range locationChanges(loc, 1999, 2032) {
				n++
				for _, d := range []time.Duration{-time.Second, -time.Millisecond, -1, 0, time.Millisecond, time.Second} {
					check(change.Add(d))
				}
			}
			if r.HasDaylight() && n < 2*33 {
				t.Errorf("%d changes in 33 years", n)
			}
		})
	}
}

// locationChanges returns the instants at which a location's offset changes, to the second, found by halving.
// ZoneBounds is not asked: it has been wrong for locations made from a POSIX string (golang/go#70633).
func locationChanges(loc *time.Location, from, to int) []time.Time {
	var all []time.Time
	offset := func(at time.Time) int { _, o := at.In(loc).Zone(); return o }
	const step = 5 * 24 * time.Hour
	for at := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < to; at = at.Add(step) {
		if offset(at) == offset(at.Add(step)) {
			continue
		}
		lo, hi := at, at.Add(step)
		for hi.Sub(lo) > time.Second {
			mid := lo.Add(hi.Sub(lo) / 2).Truncate(time.Second)
			if offset(mid) == offset(lo) {
				lo = mid
			} else {
				hi = mid
			}
		}
		all = append(all, hi)
	}
	return all
}

// TestAtAgainstIANA compares definitions as Windows ships them with the history IANA keeps of the same places, in years
// in which both know the same.
func TestAtAgainstIANA(t *testing.T) {
	for _, c := range []struct {
		zone, name string
		d          *tzdef.Definition
		from, to   int // years
		changes    int
	}{
		{"America/New_York", "Eastern Standard Time", usEastern, 2000, 2030, 62},
		{"Europe/Berlin", "W. Europe Standard Time", wEurope, 1997, 2030, 68},
		{"Australia/Sydney", "AUS Eastern Standard Time", ausEastern, 2009, 2030, 44},
		{"Australia/Adelaide", "Cen. Australia Standard Time", adelaide, 2009, 2030, 44},
		{"Australia/Lord_Howe", "Lord Howe Standard Time", lordHowe, 2009, 2030, 44},
		{"Europe/Dublin", "", ireland, 1997, 2030, 68},
		{"Antarctica/Troll", "", troll, 2006, 2030, 50},
		{"Asia/Kolkata", "India Standard Time", india, 1970, 2030, 0},
		{"Pacific/Fiji", "Fiji Standard Time", fijiSince2020, 2020, 2030, 3},
		{"America/Sao_Paulo", "E. South America Standard Time", brazil, 2017, 2017, 2},
		{"Europe/Volgograd", "Volgograd Standard Time", volgograd, 2018, 2019, 1},
	} {
		t.Run(c.zone, func(t *testing.T) {
			if c.name != "" {
				iana, ok := tzdef.IANA(c.name)
				require.True(t, ok)
				if c.zone != "Asia/Kolkata" { // CLDR has its former name
					require.Equal(t, c.zone, iana)
				}
			}
			loc, err := time.LoadLocation(c.zone)
			require.NoError(t, err)
			check := func(at time.Time) {
				got, ok := c.d.At(at)
				_, seconds := at.In(loc).Zone()
				if !ok || got.Minutes*60 != seconds {
					t.Fatalf("%s: %+v; IANA has %d minutes", at, got, seconds/60)
				}
			}
			for at := time.Date(c.from, 1, 1, 0, 0, 0, 0, loc); at.Year() <= c.to; at = at.Add(5 * time.Hour) {
				check(at)
			}
			changes := 0
			for _, change := range locationChanges(loc, c.from, c.to+1) {
				changes++
				for _, d := range []time.Duration{-time.Second, -time.Millisecond, 0, time.Second} {
					check(change.Add(d))
				}
			}
			require.Equal(t, c.changes, changes, "a comparison with nothing proves nothing")
		})
	}
}
