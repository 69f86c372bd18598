package oof

import (
	"strings"
	"time"
)

// DateTime is a moment in settings, as it is written there: an xs:dateTime (XML Schema Part 2, 3.2.7), with up to seven
// digits of a fraction, and a zone, or none. It is empty where there is none.
type DateTime string

// Time returns the moment. zoned is false where the text has no zone; UTC is then assumed. The last two results are false
// where the text is no xs:dateTime of the years 1 to 9999.
func (d DateTime) Time() (t time.Time, zoned, ok bool) {
	s := strings.Trim(string(d), " \t\r\n")
	year, month, day, s, ok := cutDate(s)
	if !ok || !strings.HasPrefix(s, "T") {
		return time.Time{}, false, false
	}
	hour, ok1 := number(s[1:], 2, ":")
	minute, ok2 := number(skipTo(s, 4), 2, ":")
	second, ok3 := number(skipTo(s, 7), 2, "")
	if !ok1 || !ok2 || !ok3 || hour > 24 || minute > 59 || second > 59 || hour == 24 && minute+second > 0 {
		return time.Time{}, false, false
	}
	nanos, s, ok := fraction(s[9:])
	if !ok || hour == 24 && nanos > 0 {
		return time.Time{}, false, false
	}
	offset, zoned, ok := zone(s)
	if !ok {
		return time.Time{}, false, false
	}
	t = time.Date(year, time.Month(month), day, hour, minute-offset, second, nanos, time.UTC)
	return t, zoned, true
}

// cutDate reads year, month and day, and returns what is behind them.
func cutDate(s string) (year, month, day int, rest string, ok bool) {
	year, ok1 := number(s, 4, "-")
	month, ok2 := number(skipTo(s, 5), 2, "-")
	day, ok3 := number(skipTo(s, 8), 2, "")
	if !ok1 || !ok2 || !ok3 || year < 1 || month < 1 || month > 12 || day < 1 {
		return 0, 0, 0, "", false
	}
	if day > time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return 0, 0, 0, "", false
	}
	return year, month, day, s[10:], true
}

// skipTo returns what of s is from the index i on.
func skipTo(s string, i int) string { return s[min(i, len(s)):] }

// number reads n digits with a mark behind them.
func number(s string, n int, mark string) (int, bool) {
	if len(s) < n || !strings.HasPrefix(s[n:], mark) {
		return 0, false
	}
	v := 0
	for _, c := range []byte(s[:n]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	return v, true
}

// fraction reads the fraction of a second, and returns what is behind it. What is finer than a nanosecond is cut off.
func fraction(s string) (nanos int, rest string, ok bool) {
	if !strings.HasPrefix(s, ".") {
		return 0, s, true
	}
	n := 1
	for unit := 100_000_000; n < len(s) && s[n] >= '0' && s[n] <= '9'; n++ {
		nanos += int(s[n]-'0') * unit
		unit /= 10
	}
	return nanos, s[n:], n > 1
}

// zone reads a zone, or that there is none, and returns the minutes east of UTC.
func zone(s string) (minutes int, zoned, ok bool) {
	switch {
	case s == "":
		return 0, false, true
	case s == "Z":
		return 0, true, true
	case len(s) != 6 || s[0] != '+' && s[0] != '-':
		return 0, false, false
	}
	h, ok1 := number(s[1:], 2, ":")
	m, ok2 := number(s[4:], 2, "")
	if !ok1 || !ok2 || m > 59 || h*60+m > 14*60 {
		return 0, false, false
	}
	if s[0] == '-' {
		return -h*60 - m, true, true
	}
	return h*60 + m, true, true
}

// Special returns what a moment that Exchange uses as a mark stands for: "max" for the last moment of the year 9999,
// "min" for the first of the year 1. It is empty for all others.
func (d DateTime) Special() string {
	t, _, ok := d.Time()
	switch {
	case !ok:
	case t.Truncate(time.Second).Equal(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)):
		return "max"
	case t.Equal(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)):
		return "min"
	}
	return ""
}
