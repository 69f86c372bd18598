package mapi

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// FileTime is a moment as MAPI stores it: 100 ns since 1601-01-01 00:00 UTC ([MS-DTYP] 2.3.3).
type FileTime uint64

// The moments that writers use for "no date".
const (
	fileTimeMax  FileTime = 0x7FFFFFFFFFFFFFFF // the greatest number
	fileTimeLast FileTime = 0x7FFF35F4F06C7FFF // 30827-12-31 23:59:59.9999999, the last that Windows can turn into a date
	fileTimeNone FileTime = 0x0CB34557A3DD4000 // 4501-01-01 00:00
	fileTimeEnd  FileTime = 0x0CB2E5796D77C000 // 4500-09-01 00:00
	fileTimeClip FileTime = 0x0CB2E57949B47A00 // 4500-08-31 23:59

	ticksPerSecond = 10_000_000
	epochSeconds   = 11_644_473_600 // from 1601-01-01 to 1970-01-01
)

const rfc3339 = "2006-01-02T15:04:05.9999999Z07:00"

// Time returns the moment in UTC. It reports false for those after the year 30827, which Windows holds to be invalid.
// The moments that mean "none" are moments like all others here; see Special.
func (t FileTime) Time() (time.Time, bool) {
	if t > fileTimeLast {
		return time.Time{}, false
	}
	return time.Unix(int64(t/ticksPerSecond)-epochSeconds, int64(t%ticksPerSecond)*100).UTC(), true
}

// FileTimeOf returns t in units of 100 ns, what is finer cut off. It reports false for moments before 1601 and after the
// year 30827.
func FileTimeOf(t time.Time) (FileTime, bool) {
	sec := t.Unix() + epochSeconds
	if sec < 0 || sec > int64(fileTimeLast/ticksPerSecond) {
		return 0, false
	}
	return FileTime(sec)*ticksPerSecond + FileTime(t.Nanosecond()/100), true
}

// Special returns what a moment that real writers use as a mark stands for: "not set" for 0, "max" for the greatest
// positive number, "none" for 4501-01-01, "no end" for 4500-09-01 and for 4500-08-31 23:59. It is empty for all others.
func (t FileTime) Special() string {
	switch t {
	case 0:
		return "not set"
	case fileTimeMax:
		return "max"
	case fileTimeNone:
		return "none"
	case fileTimeEnd, fileTimeClip:
		return "no end"
	}
	return ""
}

// String returns the moment as in RFC 3339, to 100 ns, behind what it stands for if that is Special:
// "2011-02-17T14:30:00Z", "none (4501-01-01T00:00:00Z)". Moments out of range are shown as "invalid (0xFFFFFFFFFFFFFFFF)".
func (t FileTime) String() string {
	text := fmt.Sprintf("0x%016X", uint64(t))
	special := t.Special()
	if tm, ok := t.Time(); ok {
		text = tm.Format(rfc3339)
	} else if special == "" {
		special = "invalid"
	}
	if special == "" {
		return text
	}
	return special + " (" + text + ")"
}

// AppendText appends the moment as MarshalText writes it.
func (t FileTime) AppendText(b []byte) ([]byte, error) {
	if tm, ok := t.Time(); ok && tm.Year() <= 9999 {
		return tm.AppendFormat(b, rfc3339), nil
	}
	return strconv.AppendUint(b, uint64(t), 10), nil
}

// MarshalText returns the moment as in RFC 3339, to 100 ns, or its number in decimal if it is after the year 9999.
func (t FileTime) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads what MarshalText writes, and RFC 3339 in any zone.
func (t *FileTime) UnmarshalText(b []byte) error {
	if n, err := strconv.ParseUint(string(b), 10, 64); err == nil {
		*t = FileTime(n)
		return nil
	}
	tm, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return fmt.Errorf("mapi: %q is neither RFC 3339 nor a number", b)
	}
	ft, ok := FileTimeOf(tm)
	if !ok || tm.Nanosecond()%100 != 0 {
		return fmt.Errorf("mapi: %q is not a whole number of 100 ns since 1601", b)
	}
	*t = ft
	return nil
}

// The days of the first date that a FloatingTime can be, 0100-01-01, and of the first it cannot, 10000-01-01.
const (
	floatingMin = -657434
	floatingMax = 2958466
	msPerDay    = 24 * 60 * 60 * 1000
	wallClock   = "2006-01-02T15:04:05.999"
)

// Time returns the wall-clock time, to the millisecond, in time.UTC for want of a zone. It reports false for NaN, for
// infinities, and outside the years 100 to 9999.
func (v FloatingTime) Time() (time.Time, bool) {
	f := float64(v)
	if !(f > floatingMin-1 && f < floatingMax) { // not NaN either
		return time.Time{}, false
	}
	// The fraction of a negative number counts forward too: -1.25 is 06:00 on the day before 1899-12-30.
	days, frac := math.Modf(f)
	ms := time.Duration(math.Round(math.Abs(frac) * msPerDay))
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Add(ms * time.Millisecond)
	return t, t.Year() >= 100 && t.Year() <= 9999
}

// floatingNone is 4501-01-01 00:00.
const floatingNone FloatingTime = 949998

// Special returns "none" for 4501-01-01 00:00, which Outlook stores where there is no date, and is empty for all others.
func (v FloatingTime) Special() string {
	if v == floatingNone {
		return "none"
	}
	return ""
}

// FloatingTimeOf returns the number that stands for the wall clock of t, its zone aside, to the millisecond. It reports
// false outside the years 100 to 9999.
func FloatingTimeOf(t time.Time) (FloatingTime, bool) {
	if t.Year() < 100 || t.Year() > 9999 {
		return 0, false
	}
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	days := (midnight.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / (24 * 60 * 60)
	ms := t.Hour()*3_600_000 + t.Minute()*60_000 + t.Second()*1000 + t.Nanosecond()/1_000_000
	frac := float64(ms) / msPerDay
	if days < 0 {
		frac = -frac
	}
	return FloatingTime(float64(days) + frac), true
}
