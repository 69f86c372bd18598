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
		Code: VerbVersion, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.1.74",
		Means: "Version is not 0x0102, or Version2 not 0x0104. The stream was read as one of those.",
		Kind:  "verbstream", Example: "0301000000000401",
	},
	{
		Code: VerbWithoutExtras, Severity: diag.Info, Spec: "[MS-OXOMSG] 2.2.1.74",
		Means: "The stream ends behind the options, so that their names are there in a code page alone that it does not name. Streams of Exchange 2000 are like that.",
		Kind:  "verbstream", Example: "020100000000",
	},
	{
		Code: VerbName, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.1.74.1",
		Means: "An answer has two names: DisplayName and DisplayNameRepeat must be the same, and are not. Which of them was on the button depends on the program.",
		Kind:  "verbstream", Example: "0201010000000400000001590000014e0000000000000000000100000002000000020000000100000" +
			"0ffffffff0401015900015900",
	},
	{
		Code: ReportCookie, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.2.22",
		Means: "The tag does not begin with PCDFEB09 and a NUL. It was read by the same layout.",
		Kind:  "reporttag", Example: "50434446454230380001000100000000000000000000000000000000000000000000000000",
	},
	{
		Code: ReportVersion, Severity: diag.Warning, Spec: "[MS-OXOMSG] 2.2.2.22",
		Means: "Version is neither 0x00010001 nor 0x00020001, or it is the first of them and there is the entry id of a search folder.",
		Kind:  "reporttag", Example: "50434446454230390002000100000000000000000000000000000000000000000000000000",
	},
	{
		Code: ElementOverrun, Severity: diag.Error, Spec: "[MS-OXOSFLD] 2.2.5.2",
		Means: "An element of a special folder needs more bytes than DataElementsSize leaves for it. They are kept as they are, and the next folder is read.",
		Kind:  "renids", Example: "0180060001002e00aabb",
	},
	{
		Code: SubPropertySize, Severity: diag.Warning, Spec: "[MS-OXOCFG] 2.2.7.1",
		Means: "A sub-property has not the size that its kind has. Its bytes are kept, and nothing is taken from them.",
		Kind:  "folderflags", Example: "01020000",
	},
	{
		Code: SubPropertyRepeated, Severity: diag.Warning, Spec: "[MS-OXOCFG] 2.2.7.1",
		Means: "A sub-property is there twice. Which of the two holds is not said.",
		Kind:  "folderflags", Example: "010400000000010400000000",
	},
	{
		Code: SubPropertyCount, Severity: diag.Error, Spec: "[MS-OXOCFG] 2.2.7.1",
		Means: "Bytes follow 16 sub-properties. Seven numbers are published for them, each of which may be there once, so that this is hardly a list of them; the rest was kept as it is.",
		Kind:  "folderflags", Example: "000000000000000000000000000000000000000000000000000000000000000000",
	},
	{
		Code: HomePage, Severity: diag.Info, Spec: webViewSpec,
		Means:  "The folder has a home page: the address of a web page that Outlook shows in the place of its items.",
		Effect: "Outlook without the security updates of October 2017, or with them switched off by EnableRoamingFolderHomepages in the registry, opens the page with the folder, and scripts in it can start programs. Attackers who have the password of a mailbox keep a foothold on its user's computer so.",
		Ref:    "CVE-2017-11774",
		Repair: "Keep the property as evidence, then clear the address on the page Home Page of the folder's properties, or delete the property.",
		Kind:   "webview", Example: "020000000100000001000000000000000000000000000000000000000000000000000000000000000400000061000000",
	},
	{
		Code: WebViewVersion, Severity: diag.Warning, Spec: webViewSpec,
		Means: "The home page is of another version than 2. It was read by the same layout.",
		Kind:  "webview", Example: "0300000001000000010000000000000000000000000000000000000000000000000000000000000002000000" + "0000",
	},
	{
		Code: WebViewType, Severity: diag.Warning, Spec: webViewSpec,
		Means: "The home page is of another type than a URL. Its bytes are kept, and nothing is taken for an address.",
		Kind:  "webview", Example: "0200000002000000010000000000000000000000000000000000000000000000000000000000000000000000",
	},
	{
		Code: WebViewText, Severity: diag.Warning, Spec: webViewSpec,
		Means: "The URL of a home page does not end in a NUL, or has half a unit of UTF-16.",
		Kind:  "webview", Example: "0200000001000000010000000000000000000000000000000000000000000000000000000000000000000000",
	},
	{
		Code: TombstoneHeader, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.12.5",
		Means: "Identifier, HeaderSize, Version or RecordsSize is not the one value it has by the specification. The records were read all the same, from where HeaderSize puts them if that is behind the published fields.",
		Kind:  "tombstone", Example: "cdafdebe14000000040000000000000014000000",
	},
	{
		Code: TombstoneTimes, Severity: diag.Warning, Spec: "[MS-OXOCAL] 2.2.12.5.1",
		Means: "A meeting ends before it starts. Its GlobalObjectId says which it is.",
		Kind:  "tombstone", Example: "cdafdebe1400000003000000010000001400000001000000000000000000" + "00000000",
	},
	{
		Code: PropDefVersion, Severity: diag.Error, Spec: propDefSpec,
		Means: "Version is neither 0x0102 nor 0x0103, so that the layout of the fields is not known. They are kept as they are.",
		Kind:  "propdef", Example: "040100000000",
	},
	{
		Code: ToDoVersion, Severity: diag.Warning, Spec: "[MS-OXOFLAG] 2.2.1.7",
		Means: "The version is not 1, and then the rest is to be ignored. It was read by the same layout.",
		Kind:  "swappedtodo", Example: "020000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
	},
	{
		Code: NicknameMetadata, Severity: diag.Warning, Spec: nicknameSpec,
		Means: "The cache does not begin with 0D F0 AD BA, by which files .nk2 are known. It was read by the same layout.",
		Kind:  "nickname", Example: "0df0adbb0c0000000000000000000000000000000000000000000000",
	},
	{
		Code: NicknameVersion, Severity: diag.Warning, Spec: nicknameSpec,
		Means:  "The major version is not 12, or the minor version not 0. The cache was read by the same layout; what a minor version adds is in the extra information.",
		Effect: "Outlook does not read a cache of another major version.",
		Kind:   "nickname", Example: "0df0adba0a0000000000000000000000000000000000000000000000",
	},
	{
		Code: NicknameType, Severity: diag.Fatal, Spec: nicknameSpec,
		Means: "A property has a type whose layout is not published. Where it ends is not known, so that nothing behind it was read.",
		Kind:  "nickname", Example: "0df0adba0c0000000000000001000000020000001f000160000000000000000000000000040000004100000003100030000000000000000000000000",
	},
	{
		Code: NicknameFirst, Severity: diag.Warning, Spec: nicknameSpec,
		Means: "The first property of a row must be PR_NICK_NAME, by which Outlook knows the row, and is not.",
		Kind:  "nickname", Example: "0df0adba0c000000000000000100000000000000000000000000000000000000",
	},
	{
		Code: NicknameWeight, Severity: diag.Warning, Spec: nicknameSpec,
		Means: "The rows are not in descending order of PR_NICK_NAME_WEIGHT, or a weight is not from 1 to 2147483647.",
		Kind:  "nickname", Example: "0df0adba0c0000000000000001000000020000001f000160000000000000000000000000040000004100000003000460000000000000000000000000000000000000000000000000",
	},
	{
		Code: NicknameText, Severity: diag.Warning, Spec: nicknameSpec,
		Means: "A text does not end in a NUL, or has half a unit of UTF-16.",
		Kind:  "nickname", Example: "0df0adba0c0000000000000001000000010000001f00016000000000000000000000000000000000000000000000000000000000",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: "[MS-OXOMSG] 2.2.1.3",
		Means: "A value in memory says what no blob can hold.",
	},
}
