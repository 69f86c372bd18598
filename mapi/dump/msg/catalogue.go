package msg

import (
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The parts of which the examples are made.
const (
	exZero8  = "0000000000000000"
	exZeros  = exZero8 + exZero8 + exZero8 + exZero8
	exProps  = "__properties_version1.0 "
	exHead   = exProps + exZeros
	exShort  = exProps + exZero8 + exZero8 + exZero8
	exFlags  = "06000000"
	exNumber = "0300070E" + exFlags                           // PidTagMessageFlags, PtypInteger32
	exNamed  = "03000080" + exFlags                           // id 0x8000, PtypInteger32
	exText   = "1F003700" + exFlags                           // PidTagSubject, PtypString
	exList   = "1F100130" + exFlags                           // id 0x3001, PtypMultipleString
	exText8  = "1E003700" + exFlags + "0200000000000000"      // PidTagSubject, PtypString8, one byte
	exObject = "0D000137" + exFlags + "FFFFFFFF" + "01000000" // PidTagAttachDataObject
	exSize4  = "0600000000000000"                             // the size of four bytes and a NUL
)

var catalogue = []diag.Entry{
	{Code: NotAMessage, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.4",
		Means:   "the storage holds no property stream, no value, no recipient, no attachment and no name map",
		Example: "other 00"},
	{Code: Unreadable, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.1",
		Means:   "a stream or storage cannot be read to its end",
		Example: exHead + exText + exSize4 + "\n__substg1.0_0037001F !"},
	{Code: NoPropertyStream, Severity: diag.Error, Kind: "msg", Spec: specStream,
		Means:   "an object has no property stream, so that nothing claims the values beside it",
		Example: "__substg1.0_0037001F 41004200"},
	{Code: Truncated, Severity: diag.Error, Kind: "msg", Spec: specStream,
		Means:   "a property stream or the name map ends inside a header, an entry or a GUID",
		Example: exHead + "1F003700"},
	{Code: HeaderSize, Severity: diag.Error, Kind: "msg", Spec: specHeader,
		Means:   "the entries of a property stream begin where another kind of object has them; read from there",
		Example: exShort + exNumber + exZero8 + exNumber + exZero8},
	{Code: HeaderReserved, Severity: diag.Info, Kind: "msg", Spec: specHeader,
		Means:   "reserved bytes of a header are not zero",
		Example: exProps + "01" + exZeros[2:]},
	{Code: ObjectCount, Severity: diag.Warning, Kind: "msg", Spec: specHeader,
		Means:   "the header counts other recipients or attachments than there are",
		Example: exProps + exZeros[:32] + "01000000" + exZeros[40:]},
	{Code: NextID, Severity: diag.Warning, Kind: "msg", Spec: specHeader,
		Means:   "the id the header keeps for the next recipient or attachment is in use",
		Example: exProps + exZeros[:32] + "01000000" + exZeros[40:] + "\n__recip_version1.0_#00000000/__properties_version1.0 0000000000000000"},
	{Code: DuplicateTag, Severity: diag.Warning, Kind: "msg", Spec: specStream,
		Means:   "a tag has two entries in one property stream",
		Example: exHead + exNumber + exZero8 + exNumber + exZero8},
	{Code: EntryFlags, Severity: diag.Info, Kind: "msg", Spec: specFixed,
		Means:   "an entry has flags the format does not name",
		Example: exHead + "0300070E" + "08000000" + exZero8},
	{Code: EntryReserved, Severity: diag.Info, Kind: "msg", Spec: specFixed,
		Means:   "the bytes of an entry behind its value are not zero; Outlook leaves there what was in its memory",
		Example: exHead + exNumber + "0100000001000000"},
	{Code: BooleanValue, Severity: diag.Warning, Kind: "msg", Spec: "[MS-OXCDATA] 2.11.1",
		Means:   "a PtypBoolean is neither 0 nor 1; it counts as true",
		Example: exHead + "0B001B0E" + exFlags + "0200000000000000"},
	{Code: UnknownType, Severity: diag.Warning, Kind: "msg", Spec: specStream,
		Means:   "a property type that the format does not name",
		Example: exHead + "07010030" + exFlags + exZero8},
	{Code: NoStream, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.1.3",
		Means:   "the stream or storage of a value is missing",
		Example: exHead + exText + exSize4},
	{Code: EmptyNoStream, Severity: diag.Warning, Kind: "msg", Spec: "[MS-OXMSG] 2.1.3",
		Means:   "an entry of size 0 has no stream; the value is taken to be empty",
		Example: exHead + exText + "0200000000000000"},
	{Code: SizeOverrun, Severity: diag.Error, Kind: "msg", Spec: specVariable,
		Means:   "an entry or a list claims more bytes than the stream has",
		Example: exHead + exText + exSize4 + "\n__substg1.0_0037001F 4100"},
	{Code: SizeMismatch, Severity: diag.Warning, Kind: "msg", Spec: specVariable,
		Means:   "a size is not that of the stream, which has all bytes and more",
		Example: exHead + exText + exSize4 + "\n__substg1.0_0037001F 41004200430044004500"},
	{Code: Terminator, Severity: diag.Info, Kind: "msg", Spec: specVariable,
		Means:   "a string is stored with the NULs at its end, which the format does not store",
		Example: exHead + exText + "0600000000000000" + "\n__substg1.0_0037001F 410042000000"},
	{Code: LengthStream, Severity: diag.Error, Kind: "msg", Spec: specMulti,
		Means:   "the stream of lengths of a list is not a whole number of lengths",
		Example: exHead + exList + "0300000000000000" + "\n__substg1.0_3001101F 000000"},
	{Code: NoValueStream, Severity: diag.Error, Kind: "msg", Spec: specMulti,
		Means:   "values of a list have no stream; they are taken to be empty",
		Example: exHead + exList + "0400000000000000" + "\n__substg1.0_3001101F 04000000"},
	{Code: Object, Severity: diag.Info, Kind: "msg", Spec: specAttach,
		Means:   "the value is a storage; what is in it follows as records of its own",
		Example: exHead + exObject + "\n__substg1.0_3701000D/__properties_version1.0 " + exZeros[:48]},
	{Code: StorageStream, Severity: diag.Info, Kind: "msg", Spec: specAttach,
		Means:   "a stream in the storage of an OLE attachment; it belongs to the program that made it",
		Example: exHead + "0D000137" + exFlags + "FFFFFFFF04000000\n__substg1.0_3701000D/CONTENTS 00"},
	{Code: TooDeep, Severity: diag.Error, Kind: "msg", Spec: specAttach,
		Means:   "messages or storages lie in each other deeper than this package follows",
		Example: exHead + "\n" + strings.Repeat("d/", MaxDepth+3) + "x 00"},
	{Code: Unclaimed, Severity: diag.Warning, Kind: "msg", Spec: "[MS-OXMSG] 2.1.3",
		Means:   "no entry of a property stream claims this stream; its bytes are shown",
		Example: exHead + "\n__substg1.0_0037001F 41004200"},
	{Code: NoName, Severity: diag.Warning, Kind: "msg", Spec: specNames,
		Means:   "the name map does not hold the id of a named property",
		Example: exHead + exNamed + exZero8 + "\n__nameid_version1.0/__substg1.0_00030102 "},
	{Code: NoNameMap, Severity: diag.Warning, Kind: "msg", Spec: specNames,
		Means:   "there are named properties and no name map",
		Example: exHead + exNamed + exZero8},
	{Code: NameGUID, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.2.3.1.2",
		Means:   "an entry of the name map names a property set that is not in the list",
		Example: exHead + "\n__nameid_version1.0/__substg1.0_00030102 5E82000006000000"},
	{Code: NameOverrun, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.2.3.1.3",
		Means:   "an entry of the name map points outside the strings",
		Example: exHead + "\n__nameid_version1.0/__substg1.0_00030102 0000000005000100"},
	{Code: NameLength, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.2.3.1.3",
		Means:   "a string of the name map is empty or has an odd number of bytes",
		Example: exHead + "\n__nameid_version1.0/__substg1.0_00030102 0000000005000100\n__nameid_version1.0/__substg1.0_00040102 03000000410042"},
	{Code: NameIndex, Severity: diag.Error, Kind: "msg", Spec: "[MS-OXMSG] 2.2.3.1.2",
		Means:   "an id has two names in the map, or is beyond 0xFFFF",
		Example: exHead + "\n__nameid_version1.0/__substg1.0_00030102 01000000040000000200000004000000"},
	{Code: CodePage, Severity: diag.Info, Kind: "msg", Spec: "[MS-OXCMSG] 2.2.1.4",
		Means:   "the code page of 8-bit text, and the property that says so",
		Example: exHead + "0300FD3F" + exFlags + "E304000000000000" + exText8 + "\n__substg1.0_0037001E C0"},
	{Code: CodePageConflict, Severity: diag.Warning, Kind: "msg", Spec: "[MS-OXCMSG] 2.2.1.4",
		Means:   "8-bit text cannot be in the code page its message names; the next source was asked",
		Example: exHead + "0300DE3F" + exFlags + "9F4E000000000000" + "0300F13F" + exFlags + "1904000000000000" + exText8 + "\n__substg1.0_0037001E C0"},
	{Code: CodePageGuess, Severity: diag.Warning, Kind: "msg", Spec: "[MS-OXCMSG] 2.2.1.4",
		Means:   "nothing in the file says the code page of 8-bit text",
		Example: exHead + exText8 + "\n__substg1.0_0037001E C0"},
}
