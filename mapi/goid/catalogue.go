package goid

import "github.com/mapiprop/mapiprop/mapi/diag"

// catalogue says of every code what it means and gives the smallest blob that yields it. It is never written to. The one
// code without an example needs no blob at all.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means: "The id ends before its fields do, or Size counts more bytes than there are; what stands before the named field was read.",
		Kind:  "goid", Example: "040000008200e00074c5b7101a82e008000000000000000000000000000000000000000003000000abcd",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means: "Bytes follow Data. They are no part of what Size counts, but are kept, and compared with the rest when ids are compared.",
		Kind:  "goid", Example: "040000008200e00074c5b7101a82e008000000000000000000000000000000000000000001000000abcd",
	},
	{
		Code: WithoutSize, Severity: diag.Info, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means:  "The id ends before Size, so that it has no Data. Some programs keep such an id as it is; it is none by the specification.",
		Effect: "gromox reads and writes such an id as one piece.",
		Kind:   "goid", Example: "040000008200e00074c5b7101a82e0080000000000000000000000000000000000000000",
	},
	{
		Code: ByteArrayID, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means: "The first 16 bytes are not those that say of a blob that it is a global object id. It was read by the same layout, and nothing is taken for a date or a UID.",
		Kind:  "goid", Example: "11111111111111111111111111111111000000000000000000000000000000000000000000000000",
	},
	{
		Code: InstanceDate, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means:  "Year, Month and Day are neither zero nor a date.",
		Effect: "gromox, given such an id as a UID of iCalendar, puts the date of RECURRENCE-ID in its place.",
		Kind:   "goid", Example: "040000008200e00074c5b7101a82e00807e80d010000000000000000000000000000000000000000",
	},
	{
		Code: InstanceDateRange, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means:  "Year, Month and Day are a date, but in a year before 1601 or after 4500, of which no appointment is.",
		Effect: "gromox, given such an id as a UID of iCalendar, puts the date of RECURRENCE-ID in its place.",
		Kind:   "goid", Example: "040000008200e00074c5b7101a82e00803e801010000000000000000000000000000000000000000",
	},
	{
		Code: CleanDate, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.28",
		Means: "A clean id has the date of an instance, so that it is not the same as that of the series.",
		Kind:  "PidLidCleanGlobalObjectId", Example: "040000008200e00074c5b7101a82e00807d803190000000000000000000000000000000000000000",
	},
	{
		Code: XNotZero, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means: "The reserved X is not zero. It is kept, and compared with the rest when ids are compared.",
		Kind:  "goid", Example: "040000008200e00074c5b7101a82e008000000000000000000000000010000000000000000000000",
	},
	{
		Code: WrapperVersion, Severity: diag.Warning, Spec: "[MS-OXCICAL] 2.1.3.1.1.20.26",
		Means:  "Data begins as the wrapper of another program's UID does, but has another version behind the name. The UID is taken to be the id in hexadecimal.",
		Effect: "A program that follows [MS-ASEMAIL] 3.1.4.7 looks at the name alone, and takes what stands behind the version for the UID.",
		Kind:   "goid", Example: "040000008200e00074c5b7101a82e00800000000000000000000000000000000000000000d0000007643616c2d5569640200000061",
	},
	{
		Code: WrappedUID, Severity: diag.Warning, Spec: "[MS-OXCICAL] 2.1.3.1.1.20.26",
		Means: "The wrapped UID is empty, no UTF-8, or has control characters in it: iCalendar can have no such UID. It is returned as it is.",
		Kind:  "goid", Example: "040000008200e00074c5b7101a82e0080000000000000000000000000000000000000000100000007643616c2d55696401000000610a6200",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: "[MS-OXOCAL] 2.2.1.27",
		Means: "A value in memory says what no blob can hold.",
	},
}
