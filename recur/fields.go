package recur

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wire"
)

// The fields of the runs that are read with one check, and the texts beside them in a report.

var headFields = []wire.Field{
	{Name: "ReaderVersion", Size: 2, Meaning: versionText},
	{Name: "WriterVersion", Size: 2, Meaning: versionText},
	{Name: "RecurFrequency", Size: 2, Meaning: func(b []byte) string { return Frequency(u16(b)).String() }},
	{Name: "PatternType", Size: 2, Meaning: func(b []byte) string { return PatternType(u16(b)).String() }},
	{Name: "CalendarType", Size: 2, Meaning: func(b []byte) string { return CalendarType(u16(b)).String() }},
	{Name: "FirstDateTime", Size: 4, Meaning: rtimeText},
	{Name: "Period", Size: 4},
	{Name: "SlidingFlag", Size: 4},
}

var (
	dayOfWeekField = wire.Field{Name: "PatternTypeSpecific.DayOfWeek", Size: 4, Meaning: func(b []byte) string { return DaysOfWeek(u32(b)).String() }}
	dayField       = wire.Field{Name: "PatternTypeSpecific.Day", Size: 4}
	nField         = wire.Field{Name: "PatternTypeSpecific.N", Size: 4, Meaning: func(b []byte) string { return Nth(u32(b)).String() }}

	endOnly = []wire.Field{
		{Name: "EndType", Size: 4, Meaning: func(b []byte) string { return EndType(u32(b)).String() }},
		{Name: "OccurrenceCount", Size: 4},
		{Name: "FirstDOW", Size: 4, Meaning: func(b []byte) string { return Weekday(u32(b)).String() }},
		{Name: "DeletedInstanceCount", Size: 4},
	}
	weekEnd  = append([]wire.Field{dayOfWeekField}, endOnly...)
	monthEnd = append([]wire.Field{dayField}, endOnly...)
	nthEnd   = append([]wire.Field{dayOfWeekField, nField}, endOnly...)

	deletedDate  = wire.Field{Name: "DeletedInstanceDates", Size: 4, Meaning: rtimeText}
	modifiedDate = wire.Field{Name: "ModifiedInstanceDates", Size: 4, Meaning: rtimeText}

	rangeFields = []wire.Field{
		{Name: "StartDate", Size: 4, Meaning: rtimeText},
		{Name: "EndDate", Size: 4, Meaning: endDateText},
	}

	appointmentFields = []wire.Field{
		{Name: "ReaderVersion2", Size: 4, Meaning: versionText},
		{Name: "WriterVersion2", Size: 4, Meaning: versionText},
		{Name: "StartTimeOffset", Size: 4, Meaning: clockText},
		{Name: "EndTimeOffset", Size: 4, Meaning: clockText},
		{Name: "ExceptionCount", Size: 2},
	}

	meetingTypeField = []wire.Field{
		{Name: "MeetingType", Size: 4, Meaning: func(b []byte) string { return joinedOrNothing(wordsOf(stateWords[:], uint64(u32(b)), 8)) }},
	}
	reminderDeltaField = []wire.Field{
		{Name: "ReminderDelta", Size: 4, Meaning: func(b []byte) string { return number(uint64(u32(b)), "minutes") }},
	}
	busyStatusField = []wire.Field{
		{Name: "BusyStatus", Size: 4, Meaning: func(b []byte) string { return word(busyWords[:], uint64(u32(b)), 8) }},
	}
	highlightField = []wire.Field{
		{Name: "ChangeHighlightValue", Size: 4, Meaning: highlightText},
	}

	timeFields = []wire.Field{
		{Name: "StartDateTime", Size: 4, Meaning: rtimeText},
		{Name: "EndDateTime", Size: 4, Meaning: rtimeText},
		{Name: "OriginalStartDate", Size: 4, Meaning: rtimeText},
	}
	infoFields = append(slices.Clone(timeFields),
		wire.Field{Name: "OverrideFlags", Size: 2, Meaning: flagsText})
)

// endFieldsOf returns the fields from PatternTypeSpecific to DeletedInstanceCount.
func endFieldsOf(p PatternType) []wire.Field {
	switch {
	case p.hasN():
		return nthEnd
	case p.hasDaysOfWeek():
		return weekEnd
	case p.hasDayOfMonth():
		return monthEnd
	}
	return endOnly
}

func u16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func u32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

func rtimeText(b []byte) string { return RTime(u32(b)).String() }

func endDateText(b []byte) string {
	if RTime(u32(b)) == NoEnd {
		return "no end"
	}
	return rtimeText(b)
}

func flagsText(b []byte) string { return joinedOrNothing(OverrideFlags(u16(b)).Words()) }

func highlightText(b []byte) string { return joinedOrNothing(ChangeHighlight(u32(b)).Words()) }

func joinedOrNothing(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return joined(words)
}

// versionText returns a version as the specification spells it.
func versionText(b []byte) string {
	if len(b) == 2 {
		return fmt.Sprintf("0x%04X", u16(b))
	}
	return fmt.Sprintf("0x%04X", u32(b))
}

// asciiText returns text in an unknown code page where it is the same in all of them.
func asciiText(b []byte) string {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return ""
		}
	}
	return strconv.Quote(string(b))
}

// clockText returns minutes after midnight as a clock shows them, with the days that have passed since.
func clockText(b []byte) string {
	return string(appendClock(nil, u32(b)))
}

// appendClock appends minutes after midnight as "09:30", and "+1d" for every day passed, as "00:00 +1d".
func appendClock(b []byte, minutes uint32) []byte {
	days, m := minutes/minutesPerDay, minutes%minutesPerDay
	b = append(b, '0'+byte(m/600), '0'+byte(m/60%10), ':', '0'+byte(m%60/10), '0'+byte(m%10))
	if days > 0 {
		b = append(strconv.AppendUint(append(b, " +"...), uint64(days), 10), 'd')
	}
	return b
}
