// Package recur decodes the recurrence patterns that Outlook and Exchange keep with series of appointments and with tasks,
// and computes what they stand for.
//
//	AppointmentRecurrencePattern  PidLidAppointmentRecur (LID 0x8216 of PSETID_Appointment): [MS-OXOCAL] 2.2.1.44.5
//	Exception                     one occurrence that differs, in two parts: [MS-OXOCAL] 2.2.1.44.2 and 2.2.1.44.4
//	RecurrencePattern             the days, which is all there is in PidLidTaskRecurrence (LID 0x8116 of PSETID_Task):
//	                              [MS-OXOCAL] 2.2.1.44.1
//	Recovered                     what a longer value has left behind a shorter one
//
// Decode is strict: a value, or an error that names byte and field. Inspect never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says; Normalize first makes it
// right rather than faithful. DecodePattern and InspectPattern do the same for tasks.
//
// Instances goes through the occurrences, exceptions in their places:
//
//	series, err := recur.Decode(blob)
//	if err != nil {
//		return err
//	}
//	next, err := series.Instances(time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC))
//	if err != nil {
//		return err // of a task that comes again once it is done, say
//	}
//	for i := range next {
//		fmt.Println(i.Start, "to", i.End)
//	}
//
// All times, RTime, are minutes since 1601-01-01 00:00 on the wall clock of the series, and offsets are minutes after a
// midnight of that clock. None is UTC, and the blob does not say which zone the clock is in: other properties of the item
// do, which package tzdef reads. Bare dates are midnights. Period is minutes, weeks or months, by PatternType.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package recur
