package freebusy

import (
	"fmt"
	"time"
)

// Month is one value of PidTagScheduleInfoMonthsMerged (0x684F), …Tentative (0x6851), …Busy (0x6853) or …Away (0x6855):
// 16 times the year, and the month from 1 to 12, of the Gregorian calendar in UTC ([MS-OXOPFFB]
// 2.2.1.2.1).
type Month int32

// The years of which there can be appointments.
const (
	firstYear = 1601
	lastYear  = 4500
)

// MonthOf returns the number of a month. It reports false for what is no month in the years 1601 to 4500.
func MonthOf(year int, month time.Month) (Month, bool) {
	if year < firstYear || year > lastYear || month < 1 || month > 12 {
		return 0, false
	}
	return Month(year<<4 | int(month)), true
}

// Date returns year and month. It reports false where the number is that of no month in the years 1601 to 4500.
func (m Month) Date() (year int, month time.Month, ok bool) {
	year, month = int(m>>4), time.Month(m&15)
	if _, ok := MonthOf(year, month); !ok {
		return 0, 0, false
	}
	return year, month, true
}

// Minutes returns the length of the month, 40320 to 44640, and 0 for a number that is of none.
func (m Month) Minutes() int {
	year, month, ok := m.Date()
	if !ok {
		return 0
	}
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day() * minutesOfDay
}

// String returns the month as "2011-02", or "invalid (0x00007DB0)".
func (m Month) String() string {
	year, month, ok := m.Date()
	if !ok {
		return fmt.Sprintf("invalid (0x%08X)", uint32(m))
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

const epochSeconds = 11_644_473_600 // from 1601-01-01 to 1970-01-01

// start returns when the month begins, in minutes since 1601-01-01 00:00 UTC.
func (m Month) start() int32 {
	year, month, _ := m.Date()
	return int32((time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Unix() + epochSeconds) / 60)
}
