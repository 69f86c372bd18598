package goid

import (
	"fmt"
	"time"
)

// The years of which an appointment can have an instance.
const (
	firstYear = 1601
	lastYear  = 4500
)

// InstanceDate returns the date that the instance had in its series: a date of the calendar in the series' time zone. It
// reports false where the id has none, where what stands there is no date from 1601 to 4500, and of a foreign id.
func (g *GlobalObjectID) InstanceDate() (year int, month time.Month, day int, ok bool) {
	if !g.isDate() || !g.inRange() || g.IsForeign() {
		return 0, 0, 0, false
	}
	return int(g.Year), time.Month(g.Month), int(g.Day), true
}

// WithInstanceDate returns a copy of g with the date of an instance: the id of that instance, where g is that of the series
// or of any other. Of a time.Time t in the series' zone, t.Date() makes the arguments. The error is about dates that are
// none or are not in the years 1601 to 4500, and about a foreign id, which has no place for one.
func (g *GlobalObjectID) WithInstanceDate(year int, month time.Month, day int) (*GlobalObjectID, error) {
	if g.IsForeign() {
		return nil, fmt.Errorf("goid: an id that begins with %X has no date", g.ByteArrayID)
	}
	if year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return nil, fmt.Errorf("goid: %04d-%02d-%02d is no date from %d to %d", year, month, day, firstYear, lastYear)
	}
	c := g.clone()
	c.Year, c.Month, c.Day = uint16(year), uint8(month), uint8(day)
	return c, nil
}

// Clean returns a copy of g without a date: the value of PidLidCleanGlobalObjectId, which the series and all its instances
// have in common. A foreign id is copied as it is.
func (g *GlobalObjectID) Clean() *GlobalObjectID {
	c := g.clone()
	if !g.IsForeign() {
		c.Year, c.Month, c.Day = 0, 0, 0
	}
	return c
}

// IsClean reports whether g has no date, good or bad. A foreign id has none.
func (g *GlobalObjectID) IsClean() bool {
	return g.Year == 0 && g.Month == 0 && g.Day == 0 || g.IsForeign()
}

// Key returns the bytes of the clean id, X and what follows Data included, as a string: two ids are of one series, or of
// one meeting, if and only if their keys are equal. Two programs that wrap the same UID may do so with and without a NUL
// at its end; then only UID is equal.
func (g *GlobalObjectID) Key() string {
	b := g.append(make([]byte, 0, headSize+len(g.Data)+len(g.Trailing)))
	if !g.IsForeign() {
		clear(b[dateAt : dateAt+dateSize])
	}
	return string(b)
}

// isDate reports whether Year, Month and Day are a date of the calendar.
func (g *GlobalObjectID) isDate() bool {
	return g.Month >= 1 && g.Month <= 12 && g.Day >= 1 && int(g.Day) <= daysIn(int(g.Year), time.Month(g.Month))
}

func (g *GlobalObjectID) inRange() bool { return g.Year >= firstYear && g.Year <= lastYear }

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (g *GlobalObjectID) dateText() string {
	return fmt.Sprintf("%04d-%02d-%02d", g.Year, g.Month, g.Day)
}

func monthText(b []byte) string {
	if m := time.Month(b[0]); m >= 1 && m <= 12 {
		return m.String()
	}
	return ""
}
