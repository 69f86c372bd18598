package recur

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestCivil holds the arithmetic of the calendar to package time, on every day that an RTime can tell and a few years
// more: instances go over the end before they find out.
func TestCivil(t *testing.T) {
	at := time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)
	days := 0
	for ; at.Year() < 10010; at = at.AddDate(0, 0, 1) {
		year, month, day := dateOf(days)
		if y, m, d := at.Date(); y != year || int(m) != month || d != day {
			t.Fatalf("day %d is %04d-%02d-%02d, not %04d-%02d-%02d", days, y, int(m), d, year, month, day)
		}
		if n := daysOf(year, month, day); n != days {
			t.Fatalf("%v is day %d, not %d", at, days, n)
		}
		if n := daysOf(year-1, month+12, day); year > 1601 && n != days {
			t.Fatalf("%v is day %d, not %d, by a month after December", at, days, n)
		}
		if w := weekdayOf(days); w != Weekday(at.Weekday()) {
			t.Fatalf("%v is a %v, not a %v", at, at.Weekday(), w)
		}
		if day == 1 {
			if n := at.AddDate(0, 1, -1).Day(); n != daysIn(year, month) {
				t.Fatalf("%v has %d days, not %d", at, n, daysIn(year, month))
			}
		}
		days++
	}
	require.Greater(t, days, maxRTime/minutesPerDay, "the last day of all is among them")
}

// TestMonthsBeyondDecember takes months by numbers that no year has, as whoever counts months from 1601 does.
func TestMonthsBeyondDecember(t *testing.T) {
	for month := 1; month < 8000*12; month += 7 {
		at := time.Date(1601, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		require.Equal(t, at.Unix()/86400, int64(daysOf(1601, month, 1))-134774)
	}
}
