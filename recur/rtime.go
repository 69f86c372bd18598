package recur

import (
	"encoding/binary"
	"fmt"
	"time"
)

// RTime is a moment on the wall clock of the series' own time zone: minutes since 1601-01-01 00:00 there, not UTC
// ([MS-OXOCAL] 2.2.1.44.1). It reaches into the year 9767. A date is the midnight it begins with.
type RTime uint32

// NoEnd is what EndDate holds in a series without an end: 4500-12-31 23:59.
const NoEnd RTime = 0x5AE980DF

const (
	minutesPerDay  = 24 * 60
	minutesPerWeek = 7 * minutesPerDay
	maxRTime       = 1<<32 - 1
)

// RTimeOf returns the wall clock of t, in t's own location, without its seconds. It reports false where that is before
// 1601 or after what 32 bits of minutes hold.
func RTimeOf(t time.Time) (RTime, bool) {
	y, m, d := t.Date()
	if y < 1601 || y > 9767 {
		return 0, false
	}
	n := int64(daysOf(y, int(m), d))*minutesPerDay + int64(t.Hour())*60 + int64(t.Minute())
	return RTime(n), n >= 0 && n <= maxRTime
}

// In returns the instant at which a clock in loc shows r. Where loc skips r (its clocks go forward) or has it twice, it
// is what time.Date makes of it; package tzdef says which of these is the case.
func (r RTime) In(loc *time.Location) time.Time {
	y, m, d := r.Date()
	return time.Date(y, m, d, r.Hour(), r.Minute(), 0, 0, loc)
}

// Date returns year, month and day in the Gregorian calendar.
func (r RTime) Date() (year int, month time.Month, day int) {
	y, m, d := dateOf(int(r / minutesPerDay))
	return y, time.Month(m), d
}

// Hour returns the hour, 0 to 23.
func (r RTime) Hour() int { return int(r % minutesPerDay / 60) }

// Minute returns the minute of the hour.
func (r RTime) Minute() int { return int(r % 60) }

// Weekday returns the day of the week.
func (r RTime) Weekday() Weekday { return weekdayOf(int(r / minutesPerDay)) }

// Midnight returns the beginning of r's day.
func (r RTime) Midnight() RTime { return r - r%minutesPerDay }

// String returns r as RFC 3339 without a zone: "2011-02-17T14:30:00".
func (r RTime) String() string { return string(r.append(nil)) }

// AppendText appends what String returns. It never fails.
func (r RTime) AppendText(b []byte) ([]byte, error) { return r.append(b), nil }

// MarshalText returns what String returns. It never fails.
func (r RTime) MarshalText() ([]byte, error) { return r.append(nil), nil }

func (r RTime) append(b []byte) []byte {
	year, month, day := dateOf(int(r / minutesPerDay))
	century, minutes := uint32(year)/100, uint32(r%minutesPerDay)
	hour := minutes / 60
	n := len(b)
	b = append(b, "1601-01-01T00:00:00"...)
	t := (*[16]byte)(b[n:])
	put(t[0:], century)
	put(t[2:], uint32(year)-100*century)
	put(t[5:], uint32(month))
	put(t[8:], uint32(day))
	put(t[11:], hour)
	put(t[14:], minutes-60*hour)
	return b
}

// put writes the two digits of a number below 100.
func put(b []byte, n uint32) { binary.LittleEndian.PutUint16(b, twoDigits[n&127]) }

// twoDigits has the digits of the numbers below 100. It is never written to.
var twoDigits = func() (all [128]uint16) {
	for i := range uint16(100) {
		all[i] = '0' + i/10 | ('0'+i%10)<<8
	}
	return all
}()

// UnmarshalText reads what String returns, seconds optional.
func (r *RTime) UnmarshalText(b []byte) error {
	for _, layout := range [...]string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, string(b)); err == nil && len(b) == len(layout) { // Parse takes 4:30, and 00.000
			v, ok := RTimeOf(t)
			if !ok || t.Second() != 0 {
				return fmt.Errorf("recur: %q is not a whole minute from 1601-01-01 on", b)
			}
			*r = v
			return nil
		}
	}
	return fmt.Errorf("recur: %q is not a wall-clock time such as 2011-02-17T14:30:00", b)
}
