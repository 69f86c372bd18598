package recur

import "github.com/mapiprop/mapiprop/mapi/diag"

// catalogue says of every code what it means and gives a small blob that yields it. It is never written to. Codes
// without an example are of values in memory and of their occurrences: Inspect never finds them.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "The structure ends before its fields do; what stands before the named field was read. A value from a MAPI table may have been cut at 255, 510 or 32767 bytes.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000000000000232000000a000000",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "Bytes follow the structure. They are no part of it, and are kept. Real ones were left behind by a longer value over which a shorter one was written.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95aabcd",
	},
	{
		Code: SecondValue, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "The bytes behind the value are another whole value. Two were put one behind the other; the first is read.",
		Kind:  "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d0630000009300000480300008403000000000000000000000000043004300b2001000000c0210000010000000000000008000000222000000600000000000000000000000000000040e7520d20ac530d0630000009300000480300008403000000000000000000000000",
	},
	{
		Code: OlderVersion, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "The bytes that follow look like the end of an older, longer version of the value, over which this one was written. They are no part of it; what they hold can be recovered.",
		Kind:  "apptrecur", Example: "043004300a200000000000000000a005000000000000232000000a00000000000000000000000000000000dc520ddf80e95a0630000009300000480300008403000000000000000000000000e95a0630000009300000480300008403000000000000000000000000",
	},
	{
		Code: PatternOnly, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "The value ends where the part about appointments should begin: a RecurrencePattern alone, as tasks have it.",
		Kind:  "apptrecur", Example: "043004300a200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: UnknownPatternType, Severity: diag.Fatal, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "PatternType is none that is known. It decides how long the next field is, so nothing behind byte 22 can be told apart.",
		Kind:  "recur", Example: "043004300a200500000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: ReaderVersion, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "ReaderVersion is not 0x3004.",
		Effect: "msg-extractor and others refuse the whole property.",
		Kind:   "recur", Example: "053004300a200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: WriterVersion, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "WriterVersion is not 0x3004.",
		Effect: "msg-extractor and others refuse the whole property.",
		Kind:   "recur", Example: "043005300a200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: RecurFrequency, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "RecurFrequency is none of daily, weekly, monthly and yearly. PatternType decides what happens all the same.",
		Effect: "libpst reads past a table.",
		Kind:   "recur", Example: "0430043000200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: UnknownCalendarType, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "CalendarType is no calendar that is known. Days and weeks are the same in all of them.",
		Kind:  "recur", Example: "043004300a2000000d0000000000a005000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: Period, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "Period is 0, or in a pattern of days no whole number of days. No occurrences can be computed.",
		Effect: "gromox writes INTERVAL=0 to iCalendar.",
		Kind:   "recur", Example: "043004300a2000000000000000000000000000000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: SlidingFlag, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "SlidingFlag is neither 0 nor 1.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000002000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: DayMask, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1.1",
		Means: "A set of days of the week is empty, in which case nothing ever happens, or has bits that are no day.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000840000002220000006000000000000000000000000000000a0e1520d80a6530d",
	},
	{
		Code: BadNth, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1.3",
		Means:  "N is not 1 to 5.",
		Effect: "grommunio and Zarafa take 0xFFFFFFFF for 5, the last.",
		Repair: "Where it is 0xFFFFFFFF, 5 is what was meant.",
		Kind:   "recur", Example: "043004300c200300000000000000010000000000000004000000ffffffff232000000a000000000000000000000000000000c057530ddf80e95a",
	},
	{
		Code: DayOfMonth, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1.2",
		Means: "The day of the month is not 1 to 31.",
		Kind:  "recur", Example: "043004300c200200000000000000010000000000000020000000232000000a000000000000000000000000000000a0e1520ddf80e95a",
	},
	{
		Code: UnknownEndType, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "EndType is none that is known, so it is not known when the series ends.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000000000000242000000a000000000000000000000000000000a0e1520d80a6530d",
	},
	{
		Code: FirstDOW, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "FirstDOW is no day of the week.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000070000000000000000000000a0e1520d80a6530d",
	},
	{
		Code: InstanceDateNotMidnight, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "A deleted or modified date has a time of day. It stands for its day.",
		Kind:  "recur", Example: "043004300b2001000000c021000001000000000000000400000022200000060000000000000001000000480c530d00000000a0e1520d80a6530d",
	},
	{
		Code: InstanceDatesUnsorted, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "Deleted or modified dates are not in ascending order, or one stands there twice.",
		Kind:  "recur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000020000006030530d0009530d00000000a0e1520d80a6530d",
	},
	{
		Code: MoreModifiedThanDeleted, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "There are more modified dates than deleted ones, though the original date of every modified occurrence is a deleted date.",
		Effect: "MFCMAPI passes over the dates and reads the rest from the wrong place.",
		Kind:   "recur", Example: "043004300b2001000000c021000001000000000000000400000022200000060000000000000000000000010000000009530da0e1520d80a6530d",
	},
	{
		Code: StartDateNotMidnight, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "StartDate has a time of day.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000000000000232000000a000000000000000000000000000000dce1520ddf80e95a",
	},
	{
		Code: FirstDateTime, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "FirstDateTime is not what the formula gives for StartDate. Where it is the beginning of a period it decides, by the specification, which periods count; else StartDate does.",
		Effect: "A program that follows the specification to the letter finds other occurrences than one that counts from StartDate.",
		Repair: "Normalize computes it.",
		Kind:   "recur", Example: "043004300b2001000000000000000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d",
	},
	{
		Code: EndDateNotSentinel, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "A series without an end has an EndDate other than 0x5AE980DF. It is taken for none.",
		Kind:  "recur", Example: "043004300a200000000000000000a005000000000000232000000a000000000000000000000000000000a0e1520d00000000",
	},
	{
		Code: EndDateNotMidnight, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "EndDate has a time of day.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520dc8a9530d",
	},
	{
		Code: EndBeforeStart, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "EndDate is before StartDate. A series that ends by date has no occurrence.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d40ba520d",
	},
	{
		Code: NoOccurrences, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "OccurrenceCount of a series that ends after a count is 0, so nothing ever occurs.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000040000002220000000000000000000000000000000000000a0e1520d80a6530d",
	},
	{
		Code: EndDateNotLast, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "EndDate of a series that ends after a count is not the day of its last occurrence. The count decides.",
		Kind:  "recur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520de0cd530d",
	},
	{
		Code: StartDateNotFirst, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "StartDate is no day of the pattern, though it should be the first one. The series begins with the next that is.",
		Kind:  "recur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000000000000000000000dc520d80a6530d",
	},
	{
		Code: ReaderVersion2, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means:  "ReaderVersion2 is not 0x3006.",
		Effect: "msgreader drops the whole property.",
		Kind:   "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d0730000009300000480300008403000000000000000000000000",
	},
	{
		Code: WriterVersion2, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "WriterVersion2 is neither 0x3009 nor 0x3008. From 0x3009 on exceptions have a ChangeHighlight.",
		Kind:  "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d0630000006300000480300008403000000000000000000000000",
	},
	{
		Code: StartTimeOffset, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "StartTimeOffset is a day or more.",
		Kind:  "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d0630000009300000a0050000dc05000000000000000000000000",
	},
	{
		Code: EndTimeOffset, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means: "EndTimeOffset is before StartTimeOffset: an occurrence ends before it starts.",
		Kind:  "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000000000000000000a0e1520d80a6530d0630000009300000480300002a03000000000000000000000000",
	},
	{
		Code: ExceptionCountMismatch, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.5",
		Means:  "ExceptionCount is not ModifiedInstanceCount. As many exceptions are read as ExceptionCount says.",
		Effect: "MFCMAPI reads no exception at all and misreads what follows.",
		Kind:   "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d00000000a0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d00000000000004000000000000000000000000000000",
	},
	{
		Code: ExceptionEndBeforeStart, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.2",
		Means: "An exception ends before it starts.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530d480c530d480c530d00000000000004000000000000000000000000000000",
	},
	{
		Code: OverrideFlagsUnknown, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.2",
		Means: "OverrideFlags have bits nobody documents. If there were fields for them, what follows would be misread; where the rest fits to the last byte, there are none.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d00040000000004000000000000000000000000000000",
	},
	{
		Code: ANSILengthMismatch, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.2",
		Means:  "SubjectLength is not SubjectLength2 and 1, or LocationLength not LocationLength2 and 1. The second counts the bytes.",
		Effect: "MFCMAPI loses its place in what follows; gromox refuses the whole property; free/busy may lack the occurrence.",
		Ref:    "CalCheck 0013",
		Kind:   "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d0100050005004d6f76656400000000040000000000000000000000660c530da20c530d480c530d05004d006f007600650064000000000000000000",
	},
	{
		Code: EmptyChangeHighlight, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.3",
		Means:  "ChangeHighlightSize is 0, so there is no ChangeHighlightValue.",
		Effect: "MFCMAPI and Kopano read a value all the same and lose their place in what follows.",
		Kind:   "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d000000000000000000000000000000000000",
	},
	{
		Code: BadChangeHighlightSize, Severity: diag.Error, Spec: "[MS-OXOCAL] 2.2.1.44.3",
		Means: "ChangeHighlightSize is 1 to 3, too small for the ChangeHighlightValue it counts. The bytes are kept.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d0000000000000200000001000000000000000000",
	},
	{
		Code: ExtendedTimesDiffer, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.4",
		Means: "The times of an ExtendedException, which repeat those of its ExceptionInfo, differ from them. ExceptionInfo counts.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d100003000200523100000000040000000000000000000000840c530dc00c530d480c530d0200520031000000000000000000",
	},
	{
		Code: OriginalOutsideSeries, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.2",
		Means:  "The OriginalStartDate of an exception is before the series begins or after it ends, so there is no occurrence that it changes.",
		Effect: "Outlook may hang or crash.",
		Ref:    "CalCheck 0014, 0015",
		Kind:   "apptrecur", Example: "043004300b2001000000c02100000100000000000000040000002220000006000000000000000100000040ba520d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d88bd520d00000000000004000000000000000000000000000000",
	},
	{
		Code: OriginalNotDeleted, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means:  "The day of the OriginalStartDate of an exception is not among the deleted dates, where it belongs. The exception takes the place of that day's occurrence all the same.",
		Effect: "A reader that goes by the deleted dates alone shows the occurrence twice.",
		Kind:   "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000006030530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d00000000000004000000000000000000000000000000",
	},
	{
		Code: ModifiedDatesDiffer, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "The modified dates are not the days on which the exceptions start.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d01000000a00e530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d00000000000004000000000000000000000000000000",
	},
	{
		Code: IllFormedText, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.44.4",
		Means: "A subject or location has an unpaired surrogate, which is no character. It is kept, as WTF-8.",
		Kind:  "apptrecur", Example: "043004300b2001000000c0210000010000000000000004000000222000000600000000000000010000000009530d010000000009530da0e1520d80a6530d063000000930000048030000840300000100660c530da20c530d480c530d0100020001003f00000000040000000000000000000000660c530da20c530d480c530d010000d80000000000000000",
	},
	{
		Code: Regenerating, Severity: diag.Error, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "SlidingFlag is set: a task comes again so long after it was completed, and when that was is not in the pattern. Its occurrences cannot be computed.",
	},
	{
		Code: CalendarNotComputed, Severity: diag.Error, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "The months of the pattern are those of a calendar for which there is no arithmetic here, or for which it is not known to be the writer's. Its occurrences are not computed.",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: "[MS-OXOCAL] 2.2.1.44.1",
		Means: "A value in memory says what no blob can hold.",
	},
}
