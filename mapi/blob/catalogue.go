package blob

import "github.com/mapiprop/mapiprop/mapi/diag"

// catalogue says of every code what it means and gives the smallest blob that yields it. It is never written to. The one
// code without an example needs no blob at all.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means: "The value ends before its fields do; what stands before the named field was read.",
		Kind:  "convindex", Example: "01dce7",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.3.3",
		Means: "Bytes follow the structure. They are no part of it, but are kept.",
		Kind:  "flatlist", Example: "000000000000000000",
	},
	{
		Code: ConversationReserved, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means: "The index does not begin with the byte 01, so that neither way of writing its time is followed. No time is read from it.",
		Kind:  "convindex", Example: "02dce7a1b2c300112233445566778899aabbccddeeff",
	},
	{
		Code: ConversationTime, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means:  "The time is before 1990, when no program wrote such indexes. It is taken for none.",
		Effect: "Exchange makes such indexes itself for mails that come without one; what it puts there is no time.",
		Kind:   "convindex", Example: "010226a1b2c300112233445566778899aabbccddeeff",
	},
	{
		Code: ConversationTimeShifted, Severity: diag.Info, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means:  "The index begins with 01 01: the reserved byte, and behind it the first 5 bytes of the moment, as the specification has it. Outlook has no reserved byte, but the first 6 bytes of the moment, which would then be in 1830. The time was read the first way.",
		Effect: "Programs that read every index as Outlook writes it show a time in 1830. Replies from Outlook count from there, and keep what is left of some 180 years by 57.",
		Kind:   "convindex", Example: "0101dce7a1b200112233445566778899aabbccddeeff",
	},
	{
		Code: PartialResponseLevel, Severity: diag.Error, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means: "Behind the header the index is no whole number of response levels of 5 bytes. What is left behind the last is kept, and nothing is taken for a time.",
		Kind:  "convindex", Example: "01dce7a1b2c300112233445566778899aabbccddeeff0000",
	},
	{
		Code: LocalIDSize, Severity: diag.Warning, Spec: "[MS-OXCFXICS] 2.2.2.2",
		Means: "The LocalId has more than 8 bytes. Two XIDs are still the same where all their bytes are.",
		Kind:  "xid", Example: "00112233445566778899aabbccddeeff000000000000000001",
	},
	{
		Code: XIDSize, Severity: diag.Error, Spec: "[MS-OXCFXICS] 2.2.2.3.1",
		Means: "The size of the next XID is less than that of a GUID and one byte. Where the one after it begins is not known; the rest was kept as it is.",
		Kind:  "pcl", Example: "10",
	},
	{
		Code: ChangeOrder, Severity: diag.Warning, Spec: "[MS-OXCFXICS] 2.2.2.3",
		Means: "The XIDs are not in ascending order of their NamespaceGuid. They say the same in any order; programs that compare lists byte by byte will see a difference.",
		Kind:  "pcl", Example: "11020000000000000000000000000000000111010000000000000000000000000000000a",
	},
	{
		Code: FlatListSize, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.3.3",
		Means: "Size is not the number of bytes that the entries take up, with what pads them. They were read by Count and by their own sizes.",
		Kind:  "flatlist", Example: "010000000900000004000000aabbccdd",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means: "A value in memory says what no blob can hold.",
	},
}
