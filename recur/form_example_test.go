package recur_test

import (
	"encoding/json"
	"fmt"
	"log"
	"strings"

	"github.com/mapiprop/mapiprop/recur"
)

// A value is JSON that other programs can make something of, and becomes the same blob again.
func ExampleRecurrencePattern_MarshalJSON() {
	lastWorkday := recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Monthly,
		PatternType: recur.MonthNth, Period: 1, DaysOfWeek: recur.Workdays, N: recur.Last, EndType: recur.EndNever, OccurrenceCount: 10,
		StartDate: 222602400, EndDate: recur.NoEnd}
	b, err := json.MarshalIndent(&lastWorkday, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(b))
	// Output:
	// {
	//   "readerVersion": 12292,
	//   "writerVersion": 12292,
	//   "recurFrequency": "Monthly",
	//   "patternType": "MonthNth",
	//   "calendarType": "Default",
	//   "firstDateTime": "1601-01-01T00:00:00",
	//   "period": 1,
	//   "slidingFlag": 0,
	//   "daysOfWeek": [
	//     "Monday",
	//     "Tuesday",
	//     "Wednesday",
	//     "Thursday",
	//     "Friday"
	//   ],
	//   "n": "Last",
	//   "endType": "EndNever",
	//   "occurrenceCount": 10,
	//   "firstDOW": "Sunday",
	//   "deletedInstanceDates": [],
	//   "modifiedInstanceDates": [],
	//   "startDate": "2024-03-29T00:00:00",
	//   "endDate": "4500-12-31T23:59:00"
	// }
}

// The text that MFCMAPI shows for a blob can be compared with what somebody pasted from there.
func ExampleAppendSmartView() {
	everyDay := recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Daily, Period: 1440,
		EndType: recur.EndAfterCount, OccurrenceCount: 5, StartDate: 222566400, EndDate: 222572160}
	blob, err := everyDay.MarshalBinary()
	if err != nil {
		log.Fatal(err)
	}
	_, report := recur.InspectPattern(blob)
	text := string(recur.AppendSmartView(nil, report))
	for line := range strings.SplitSeq(text, "\r\n") {
		fmt.Println(strings.TrimPrefix(line, "\t"))
	}
	// Output:
	// Recurrence Pattern
	// ReaderVersion: 0x3004
	// WriterVersion: 0x3004
	// RecurFrequency: 0x200A = IDC_RCEV_PAT_ORB_DAILY
	// PatternType: 0x0000 = rptMinute
	// CalendarType: 0x0000 = CAL_DEFAULT
	// FirstDateTime: 0x00000000 = 0
	// Period: 0x000005A0 = 1440
	// SlidingFlag: 0x00000000
	// PatternTypeSpecific
	// EndType: 0x00002022 = IDC_RCEV_PAT_ERB_AFTERNOCCUR
	// OccurrenceCount: 0x00000005 = 5
	// FirstDOW: 0x00000000 = Sunday
	// DeletedInstanceCount: 0x00000000 = 0
	// ModifiedInstanceCount: 0x00000000 = 0
	// StartDate: 0x0D441800 = 222566400 = 12:00:00.000 AM 3/4/2024
	// EndDate: 0x0D442E80 = 222572160 = 12:00:00.000 AM 3/8/2024
}
