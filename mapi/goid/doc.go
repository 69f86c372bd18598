// Package goid decodes the ids by which Outlook and Exchange know a meeting and its copies in all calendars:
//
//	GlobalObjectID       PidLidGlobalObjectId (LID 0x0003) and PidLidCleanGlobalObjectId (0x0023) of PSETID_Meeting:
//	                     [MS-OXOCAL] 2.2.1.27 and 2.2.1.28
//
// The two properties have one layout. In PidLidGlobalObjectId the id of an exception holds the date that the instance had
// in its series; the clean id never holds one, so that it is the same for the series and all its instances.
//
// The package also goes from an id to the UID that iCalendar knows the meeting by, and back, as [MS-OXCICAL]
// 2.1.3.1.1.20.26 has it: UID, ParseUID and FromUID.
//
// Decode is strict: a value, or an error that names byte and field. Inspect never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says; Normalize first makes it
// right rather than faithful.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package goid
