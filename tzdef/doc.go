// Package tzdef decodes the time zones that Outlook and Exchange keep with an appointment, and those that Windows
// keeps in its registry.
//
//	Definition           PidLidAppointmentTimeZoneDefinitionStartDisplay (LID 0x825E), …EndDisplay (0x825F) and
//	                     …Recur (0x8260) of PSETID_Appointment: [MS-OXOCAL] 2.2.1.41 to 2.2.1.43
//	TZRule               one rule of a Definition: [MS-OXOCAL] 2.2.1.41.1
//	TZStruct             PidLidTimeZoneStruct (0x8233), 48 bytes: [MS-OXOCAL] 2.2.1.39
//	Information          REG_TZI_FORMAT (44 bytes), TIME_ZONE_INFORMATION (172) and
//	                     DYNAMIC_TIME_ZONE_INFORMATION (432): Windows SDK, timezoneapi.h
//
// Every structure has the same verbs. Decode is strict: a value, or an error that names byte and field. Inspect never
// fails: as much of the value as there is, and a report of every field and every finding. AppendBinary writes exactly
// what the value says; Normalize first makes it right rather than faithful.
//
// Biases are minutes to be added to local time to get UTC: west of Greenwich is positive. Offsets, as At returns them,
// are minutes east of UTC.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package tzdef
