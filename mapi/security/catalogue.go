package security

import "github.com/mapiprop/mapiprop/mapi/diag"

// The sections of [MS-DTYP].
const (
	sidSpec  = "[MS-DTYP] 2.4.2.2"
	aceSpec  = "[MS-DTYP] 2.4.4.1"
	aclSpec  = "[MS-DTYP] 2.4.5"
	descSpec = "[MS-DTYP] 2.4.6"
)

// catalogue says of every code what it means and gives the smallest blob that yields it. It is never written to. The one
// code without an example needs no blob at all.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: sidSpec,
		Means: "The value ends before its fields do, or counts more than there is; what stands before the named field was read.",
		Kind:  "sid", Example: "0101000000000005",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: sidSpec,
		Means: "Bytes follow the value. They are no part of it, but are kept.",
		Kind:  "sid", Example: "0101000000000005120000000000",
	},
	{
		Code: SIDRevision, Severity: diag.Warning, Spec: sidSpec,
		Means: "The SID is of another revision than 1, the only one there is. It was read by the same layout.",
		Kind:  "sid", Example: "020100000000000512000000",
	},
	{
		Code: SubAuthorityCount, Severity: diag.Warning, Spec: sidSpec,
		Means: "The SID has more than 15 sub-authorities. Windows holds none that is longer to be valid.",
		Kind:  "sid", Example: "011000000000000501000000010000000100000001000000010000000100000001000000010000000100000001000000010000000100000001000000010000000100000001000000",
	},
	{
		Code: DescriptorHeader, Severity: diag.Warning, Spec: descSpec,
		Means: "The header before the descriptor is not of 8 bytes, or not of version 3. The descriptor was read behind it.",
		Kind:  "ntsd", Example: "0800040000000000010004800000000000000000000000001400000002000800" + "00000000",
	},
	{
		Code: DescriptorRevision, Severity: diag.Warning, Spec: descSpec,
		Means: "The descriptor is of another revision than 1. It was read by the same layout.",
		Kind:  "ntsd", Example: "080003000000000002000480000000000000000000000000140000000200080000000000",
	},
	{
		Code: DescriptorControl, Severity: diag.Warning, Spec: descSpec,
		Means: "The descriptor does not say of itself that its parts stand in the same blob. They were read there all the same.",
		Kind:  "ntsd", Example: "080003000000000001000400000000000000000000000000140000000200080000000000",
	},
	{
		Code: NoDacl, Severity: diag.Warning, Spec: descSpec,
		Means: "There is no list of who may do what. By the rules of Windows everybody may then do everything, where an empty list lets nobody do anything.",
		Kind:  "ntsd", Example: "08000300000000000100008000000000000000000000000000000000",
	},
	{
		Code: PartOverlap, Severity: diag.Error, Spec: descSpec,
		Means: "An offset leads into the fields of the descriptor, or into another part of it. The part was not read; what it would say is not known.",
		Kind:  "ntsd", Example: "080003000000000001000480040000000000000000000000140000000200080000000000",
	},
	{
		Code: PartOverrun, Severity: diag.Error, Spec: descSpec,
		Means: "An offset leads behind the end of the descriptor.",
		Kind:  "ntsd", Example: "080003000000000001000480ff0000000000000000000000140000000200080000000000",
	},
	{
		Code: AclSize, Severity: diag.Fatal, Spec: aclSpec,
		Means: "A list of entries says that it is shorter than its own header. Where it ends is not known, and nothing more was read.",
		Kind:  "ntsd", Example: "080003000000000001000480000000000000000000000000140000000200070000000000",
	},
	{
		Code: AceOverrun, Severity: diag.Error, Spec: aclSpec,
		Means: "An entry is longer than what is left of its list, or shorter than the header of an entry. It was kept with what follows it in the list.",
		Kind:  "ntsd", Example: "080003000000000001000480000000000000000000000000140000000200080001000000",
	},
	{
		Code: AceBody, Severity: diag.Error, Spec: aceSpec,
		Means: "An entry has fewer bytes than its type needs. They were kept, and no right is read from them.",
		Kind:  "ntsd", Example: "080003000000000001000480000000000000000000000000140000000200100001000000000008000000" + "0000",
	},
	{
		Code: AceUnknown, Severity: diag.Info, Spec: aceSpec,
		Means: "An entry is of a type whose layout this package does not know. Its bytes were kept.",
		Kind:  "ntsd", Example: "0800030000000000010004800000000000000000000000001400000002000c000100000012000400",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: descSpec,
		Means: "A value in memory says what no blob can hold.",
	},
}
