package goid

import (
	"fmt"
	"strconv"
	"time"
)

// FileTime is a moment in units of 100 ns since 1601-01-01 00:00 UTC ([MS-DTYP] 2.3.3). It converts to mapi.FileTime and
// back. This package does not import mapi, so that a program that reads ids alone carries none of its values and text.
type FileTime uint64

const (
	ticksPerSecond          = 10_000_000
	epochSeconds            = 11_644_473_600     // from 1601-01-01 to 1970-01-01
	lastFileTime   FileTime = 0x7FFF35F4F06C7FFF // 30827-12-31 23:59:59.9999999, the last that Windows can turn into a date
	rfc3339                 = "2006-01-02T15:04:05.9999999Z07:00"
)

// FileTimeOf returns t in units of 100 ns, what is finer cut off. It reports false for moments before 1601 and after the
// year 30827.
func FileTimeOf(t time.Time) (FileTime, bool) {
	sec := t.Unix() + epochSeconds
	if sec < 0 || sec > int64(lastFileTime/ticksPerSecond) {
		return 0, false
	}
	return FileTime(sec)*ticksPerSecond + FileTime(t.Nanosecond()/100), true
}

// Time returns the moment in UTC. It reports false for those after the year 30827, which Windows holds to be invalid. 0,
// which real writers have where they know no moment, is 1601-01-01.
func (t FileTime) Time() (time.Time, bool) {
	if t > lastFileTime {
		return time.Time{}, false
	}
	return time.Unix(int64(t/ticksPerSecond)-epochSeconds, int64(t%ticksPerSecond)*100).UTC(), true
}

// String returns the moment as in RFC 3339, to 100 ns, "not set" for 0, and "invalid (0xFFFFFFFFFFFFFFFF)" for one that is
// out of range.
func (t FileTime) String() string {
	tm, ok := t.Time()
	switch {
	case t == 0:
		return "not set"
	case !ok:
		return fmt.Sprintf("invalid (0x%016X)", uint64(t))
	}
	return tm.Format(rfc3339)
}

// AppendText appends the moment as MarshalText writes it. It never fails.
func (t FileTime) AppendText(b []byte) ([]byte, error) {
	if tm, ok := t.Time(); ok && tm.Year() <= 9999 {
		return tm.AppendFormat(b, rfc3339), nil
	}
	return strconv.AppendUint(b, uint64(t), 10), nil
}

// MarshalText returns the moment as in RFC 3339, to 100 ns, or its number in decimal if it is after the year 9999. It
// never fails.
func (t FileTime) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads what MarshalText writes, and RFC 3339 in any zone.
func (t *FileTime) UnmarshalText(b []byte) error {
	if n, err := strconv.ParseUint(string(b), 10, 64); err == nil {
		*t = FileTime(n)
		return nil
	}
	tm, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return fmt.Errorf("goid: %q is neither RFC 3339 nor a number", b)
	}
	ft, ok := FileTimeOf(tm)
	if !ok || tm.Nanosecond()%100 != 0 {
		return fmt.Errorf("goid: %q is not a whole number of 100 ns since 1601", b)
	}
	*t = ft
	return nil
}
