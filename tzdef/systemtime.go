package tzdef

import (
	"encoding/binary"
	"strconv"
	"time"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SystemTime is the SYSTEMTIME structure ([MS-DTYP] 2.3.13) as time zone rules use it ([MS-OXOCAL] 2.2.1.39): a wall
// clock time at which standard or daylight time begins.
//
// With Year 0 it recurs: Day 1 to 4 counts the DayOfWeek within the month, 5 means the last one. With another Year it
// happens once, on the Day of the Month; Year 1 is written by one importer for a fixed date of every year. Month 0
// means that there is no such date.
type SystemTime struct {
	Year         uint16 // wYear
	Month        uint16 // wMonth, 1 to 12, 0 for none
	DayOfWeek    uint16 // wDayOfWeek, 0 is Sunday
	Day          uint16 // wDay
	Hour         uint16 // wHour
	Minute       uint16 // wMinute
	Second       uint16 // wSecond
	Milliseconds uint16 // wMilliseconds
}

// systemTimeSize is the size of a SYSTEMTIME in bytes.
const systemTimeSize = 16

// dateFields returns the table of a SYSTEMTIME that is the field name of a larger structure.
func dateFields(name string) []wire.Field {
	return []wire.Field{
		{Name: name + ".wYear", Size: 2},
		{Name: name + ".wMonth", Size: 2, Meaning: monthText},
		{Name: name + ".wDayOfWeek", Size: 2, Meaning: weekdayText},
		{Name: name + ".wDay", Size: 2},
		{Name: name + ".wHour", Size: 2},
		{Name: name + ".wMinute", Size: 2},
		{Name: name + ".wSecond", Size: 2},
		{Name: name + ".wMilliseconds", Size: 2},
	}
}

func monthText(b []byte) string {
	if m := binary.LittleEndian.Uint16(b); m >= 1 && m <= 12 {
		return time.Month(m).String()
	}
	return ""
}

func weekdayText(b []byte) string {
	if d := binary.LittleEndian.Uint16(b); d <= 6 {
		return time.Weekday(d).String()
	}
	return ""
}

// load reads the sixteen bytes of b. Four words at a time, because the compiler makes one store of the four.
func (t *SystemTime) load(b []byte) {
	_ = b[15]
	x := binary.LittleEndian.Uint64(b)
	t.Year, t.Month, t.DayOfWeek, t.Day = uint16(x), uint16(x>>16), uint16(x>>32), uint16(x>>48)
	x = binary.LittleEndian.Uint64(b[8:])
	t.Hour, t.Minute, t.Second, t.Milliseconds = uint16(x), uint16(x>>16), uint16(x>>32), uint16(x>>48)
}

func (t *SystemTime) append(b []byte) []byte {
	for _, v := range t.words() {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

func (t *SystemTime) words() [8]uint16 {
	return [8]uint16{t.Year, t.Month, t.DayOfWeek, t.Day, t.Hour, t.Minute, t.Second, t.Milliseconds}
}

// IsZero reports whether there is no such date: the month is 0.
func (t SystemTime) IsZero() bool { return t.Month == 0 }

// String returns the date in words, as in "last Sunday of October at 03:00" or "2011-04-01 at 00:00", "none" where
// there is none, and the eight numbers where they make no date.
func (t SystemTime) String() string {
	if t.IsZero() {
		return "none"
	}
	if _, ok := t.valid(); !ok {
		b := append([]byte(nil), "no date:"...)
		for _, v := range t.words() {
			b = strconv.AppendUint(append(b, ' '), uint64(v), 10)
		}
		return string(b)
	}
	var b []byte
	switch t.Year {
	case 0:
		ordinal := [...]string{"first", "second", "third", "fourth", "last"}
		b = append(b, ordinal[t.Day-1]+" "+time.Weekday(t.DayOfWeek).String()+" of "+time.Month(t.Month).String()...)
	case 1:
		b = append(b, "every "+strconv.Itoa(int(t.Day))+" "+time.Month(t.Month).String()...)
	default:
		b = time.Date(int(t.Year), time.Month(t.Month), int(t.Day), 0, 0, 0, 0, time.UTC).AppendFormat(b, time.DateOnly)
	}
	b = append(b, " at "...)
	b = appendTwo(b, t.Hour)
	b = appendTwo(append(b, ':'), t.Minute)
	if t.Second != 0 || t.Milliseconds != 0 {
		b = appendTwo(append(b, ':'), t.Second)
	}
	if t.Milliseconds != 0 {
		b = append(b, '.', '0'+byte(t.Milliseconds/100), '0'+byte(t.Milliseconds/10%10), '0'+byte(t.Milliseconds%10))
	}
	return string(b)
}

func appendTwo(b []byte, v uint16) []byte { return append(b, '0'+byte(v/10), '0'+byte(v%10)) }

// limit is what one word of a SYSTEMTIME may be.
type limit struct {
	word     int
	name     string
	min, max uint16
}

// valid checks a date that is there. It returns the first word that is out of range.
func (t *SystemTime) valid() (limit, bool) {
	words := t.words()
	for _, l := range t.limits() {
		if v := words[l.word]; v < l.min || v > l.max {
			return l, false
		}
	}
	return limit{}, true
}

func (t *SystemTime) limits() [7]limit {
	weekday, day := uint16(6), uint16(5)
	if t.Year != 0 { // a date of one year: the weekday is ignored
		weekday, day = 0xFFFF, t.daysInMonth()
	}
	return [7]limit{
		{1, "wMonth", 1, 12}, {2, "wDayOfWeek", 0, weekday}, {3, "wDay", 1, day},
		{4, "wHour", 0, 23}, {5, "wMinute", 0, 59}, {6, "wSecond", 0, 59}, {7, "wMilliseconds", 0, 999},
	}
}

// daysInMonth returns the number of days of the month in the year of a date that has one. Year 1 stands for every year,
// also for those with a 29 February.
func (t *SystemTime) daysInMonth() uint16 {
	year := int(t.Year)
	switch {
	case t.Month > 12:
		return 31 // the month is at fault
	case year == 1:
		year = 2000
	}
	return uint16(time.Date(year, time.Month(t.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day())
}

// check reports every word of the date at off that is out of range. The date is the field name.
func (t *SystemTime) check(c *wire.Cursor, name string, off int) {
	if t.IsZero() {
		return
	}
	if _, ok := t.valid(); ok {
		return
	}
	c.In(name, -1)
	defer c.Out()
	words := t.words()
	for _, l := range t.limits() {
		if v := words[l.word]; v < l.min || v > l.max {
			c.Find(diag.Warning, BadTransitionDate, l.name, off+2*l.word, 2, "is %d, must be %d to %d", v, l.min, l.max)
		}
	}
}
