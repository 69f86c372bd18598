package recur_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/mapiprop/mapiprop/recur"
)

// A blob, and what comes next.
func ExampleAppointmentRecurrencePattern_Instances() {
	blob, _ := hex.DecodeString("043004300c20030000000000000001000000000000003e00000005000000232000000a00000000000000" +
		"0000000000000000a068530ddf80e95a06300000093000001c0200003a02000000000000000000000000") // the last workday of every month
	series, err := recur.Decode(blob)
	if err != nil {
		panic(err)
	}
	next, err := series.Instances(time.Date(2026, time.March, 31, 9, 15, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	n := 0
	for i := range next {
		if n++; n > 5 {
			break
		}
		fmt.Println(i.Start, i.End)
	}
	// Output:
	// 2026-03-31T09:00:00 2026-03-31T09:30:00
	// 2026-04-30T09:00:00 2026-04-30T09:30:00
	// 2026-05-29T09:00:00 2026-05-29T09:30:00
	// 2026-06-30T09:00:00 2026-06-30T09:30:00
	// 2026-07-31T09:00:00 2026-07-31T09:30:00
}

// What is not known is not made up.
func ExampleRecurrencePattern_Instances_refused() {
	task := recur.NewDaily(222475680, 2)
	task.SlidingFlag = 1
	_, err := task.Instances(time.Time{})
	fmt.Println(errors.Is(err, recur.Regenerating))
	fmt.Println(err)
	// Output:
	// true
	// recur: SlidingFlag: is 1: the next occurrence follows from when the last was completed, which is not in the pattern (recur.regenerating)
}

// Four Mondays, of which one is deleted and one on Tuesday.
func ExampleNewAppointment() {
	day := func(d int) recur.RTime {
		r, _ := recur.RTimeOf(time.Date(2024, time.March, d, 0, 0, 0, 0, time.UTC))
		return r
	}
	pattern := recur.NewWeekly(day(4), 1, 1<<recur.Monday, recur.Sunday)
	pattern.EndAfter(4)
	series := recur.NewAppointment(pattern, 9*60, 9*60+30)
	if err := series.Delete(day(11)); err != nil {
		panic(err)
	}
	moved := recur.Exception{StartDateTime: day(19) + 10*60, EndDateTime: day(19) + 11*60, OriginalStartDate: day(18)}
	moved.SetSubject("Réunion", []byte("R\xe9union"))
	if err := series.AddException(moved); err != nil {
		panic(err)
	}
	all, _ := series.Instances(time.Time{})
	for i := range all {
		fmt.Print(i.Start)
		if i.Exception != nil {
			subject, _ := i.Exception.Subject(nil)
			fmt.Printf(" instead of %v: %s", i.OriginalStart, subject)
		}
		fmt.Println()
	}
	blob, err := series.MarshalBinary()
	fmt.Println(len(blob), err, len(series.Validate()))
	// Output:
	// 2024-03-04T09:00:00
	// 2024-03-19T10:00:00 instead of 2024-03-18T09:00:00: Réunion
	// 2024-03-25T09:00:00
	// 161 <nil> 0
}
