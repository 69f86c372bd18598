// Package freebusy decodes what Exchange keeps of a calendar in the public folder for free/busy, which Outlook 2003 and
// older read:
//
//	Blocks       one value of PidTagScheduleInfoFreeBusyMerged, …Tentative, …Busy and …Away: the spans of time in one
//	             month: [MS-OXOPFFB] 2.2.1.2.2
//	Month        one value of PidTagScheduleInfoMonthsMerged, …Tentative, …Busy and …Away: which month that is:
//	             [MS-OXOPFFB] 2.2.1.2.1
//
// The properties are lists, and belong together by place: value i of the one is the month of value i of the other.
// Status.Intervals puts the two together. All times are UTC.
//
// Time that no block covers is free only within PidTagFreeBusyPublishStart and PidTagFreeBusyPublishEnd; outside of these
// nothing is known. Where blocks of several kinds cover the same time, Away goes before Busy, and Busy before Tentative.
//
// Decode is strict: a value, or an error that names byte and field. Inspect never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says; Normalize first makes it
// right rather than faithful.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package freebusy
