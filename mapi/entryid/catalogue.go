package entryid

import "github.com/mapiprop/mapiprop/mapi/diag"

// The sections that texts rest on, for findings that are about no bytes of an id.
const (
	dnSpec    = "[MS-OXOABK] 2.2.1.1"
	imceaSpec = "[MS-OXCMAIL] 2.1.3.1.8"
)

// catalogue says of every code what it means and gives a small input that yields it. It is never written to. The one code
// without an example needs no input at all.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "The id ends before its fields do; what stands before the named field was read.",
		Kind:  "entryid", Example: "00000000dca740c8c042101ab4b908002b2fe182010000000000",
	},
	{
		Code: UnterminatedString, Severity: diag.Fatal, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "The id ends in a text without a terminator. What there is of the text was read; whether more belongs to it is not known.",
		Kind:  "entryid", Example: "00000000dca740c8c042101ab4b908002b2fe18201000000000000002f6f3d4f7267",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "Bytes follow the id, or an id inside another. They are kept, and count when ids are compared as bytes.",
		Kind:  "entryid", Example: "00000000dca740c8c042101ab4b908002b2fe18201000000000000002f6f3d4f2f6f753d532f636e3d522f636e3d7500abcd",
	},
	{
		Code: TooDeep, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "More ids are in each other than are decoded, eight. Real ones are three. The innermost is kept as bytes.",
		Kind:  "entryid", Example: "00000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c300000000c091add3519dcf11a4a900aa0047faa4c3000000008cf4b1d0a5c2e94fb1c03a6de9f0771222800000",
	},
	{
		Code: UnknownProvider, Severity: diag.Info, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "The id is of a provider that is not known here, or has another form than the known ones. What follows the UID is kept, and nothing is taken for anything.",
		Kind:  "entryid", Example: "00000000ffeeddccbbaa998877665544332211000102",
	},
	{
		Code: FlagsNotZero, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "The flags are not zero: the id was made for a session, and says nothing after it. In properties that are kept it should not be.",
		Kind:  "entryid", Example: "ff0000005c9e07a1d24b6f4389b1e0c7325fa8460100e3b81f6a904cd54ea27f18c05d93b62b000018187db30000",
	},
	{
		Code: ProviderMismatch, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.4",
		Means: "The id is of an object of a public store and has not the UID of public folders, or it is of a mailbox and has that.",
		Kind:  "entryid", Example: "000000005c9e07a1d24b6f4389b1e0c7325fa8460300e3b81f6a904cd54ea27f18c05d93b62b000018187db30000",
	},
	{
		Code: PadNotZero, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.4",
		Means: "Padding is not zero. It is kept.",
		Kind:  "entryid", Example: "000000005c9e07a1d24b6f4389b1e0c7325fa8460100e3b81f6a904cd54ea27f18c05d93b62b000018187db30100",
	},
	{
		Code: AddressBookVersion, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5.2",
		Means: "The id of an entry of the address book has another version than 1. It was read by the layout of that.",
		Kind:  "entryid", Example: "00000000dca740c8c042101ab4b908002b2fe18202000000000000002f6f3d4f2f6f753d532f636e3d522f636e3d7500",
	},
	{
		Code: DisplayTypeUnknown, Severity: diag.Info, Spec: "[MS-OXCDATA] 2.2.5.2",
		Means: "The id of an entry of the address book has a type that is not published.",
		Kind:  "entryid", Example: "00000000dca740c8c042101ab4b908002b2fe18201000000630000002f6f3d4f2f6f753d532f636e3d522f636e3d7500",
	},
	{
		Code: DNSyntax, Severity: diag.Warning, Spec: dnSpec,
		Means: "The text is no legacyExchangeDN: parts of the form /o=, /ou= or /cn=, each with a value.",
		Kind:  "dn", Example: "/o=Org/ou",
	},
	{
		Code: OneOffVersion, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5.1",
		Means: "The one-off id has another version than 0. It was read by the layout of that.",
		Kind:  "entryid", Example: "00000000812b1fa4bea310199d6e00dd010f5402010000006100534d54500061406200",
	},
	{
		Code: ContactVersion, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5.3",
		Means: "The id of a contact has another version than 3. It was read by the layout of that.",
		Kind:  "entryid", Example: "00000000fe42aa0a18c71a10e8850b651c24000002000000040000000000000018000000000000008cf4b1d0a5c2e94fb1c03a6de9f0771222800000",
	},
	{
		Code: ContactTypeUnknown, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5.3",
		Means: "The id of the Contacts address book has a type that is not known. It was read as that of a contact.",
		Kind:  "entryid", Example: "00000000fe42aa0a18c71a10e8850b651c24000003000000090000000000000018000000000000008cf4b1d0a5c2e94fb1c03a6de9f0771222800000",
	},
	{
		Code: EntryIDCount, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5.3",
		Means: "The size of the id inside the id of a contact is 0, or more than there is. It was taken to be all there is.",
		Kind:  "entryid", Example: "00000000fe42aa0a18c71a10e8850b651c24000003000000040000000000000000000000000000008cf4b1d0a5c2e94fb1c03a6de9f0771222800000",
	},
	{
		Code: EmbeddedMissing, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.5",
		Means: "The id should have another in it, and ends where that begins.",
		Kind:  "entryid", Example: "00000000c091add3519dcf11a4a900aa0047faa4c3",
	},
	{
		Code: StoreVersion, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.4.3",
		Means: "The id of a store, or the block behind it, has another version than its layout has. It was read by that.",
		Kind:  "entryid", Example: "0000000038a1bb1005e5101aa1bb08002b2a56c20100454d534d44422e444c4c00000000000000001b55fa20aa6611cd9bc800aa002fc45a0c000000535256002f6f3d4f2f6f753d532f636e3d522f636e3d7500",
	},
	{
		Code: StoreFlag, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.4.3",
		Means: "The id of a store has a flag that is not 0. It does not name the library that opens the store, and what follows is kept as bytes.",
		Kind:  "entryid", Example: "0000000038a1bb1005e5101aa1bb08002b2a56c200011b55fa20aa6611cd9bc800aa002fc45a",
	},
	{
		Code: StoreTypeUnusual, Severity: diag.Info, Spec: "[MS-OXCDATA] 2.2.4.3",
		Means: "A store of Exchange is opened with other flags than those for a mailbox or for public folders.",
		Kind:  "entryid", Example: "0000000038a1bb1005e5101aa1bb08002b2a56c20000454d534d44422e444c4c00000000000000001b55fa20aa6611cd9bc800aa002fc45a04000000535256002f6f3d4f2f6f753d532f636e3d522f636e3d7500",
	},
	{
		Code: StoreSize, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.2.4.3",
		Means: "The block behind the id of a store has another size than it says. Its texts end at their terminators.",
		Kind:  "entryid", Example: "0000000038a1bb1005e5101aa1bb08002b2a56c20000454d534d44422e444c4c00000000000000001b55fa20aa6611cd9bc800aa002fc45a0c000000612e6578616d706c65002f6f3d4f2f6f753d532f636e3d522f636e3d7500e94632f46300000002000000100000007500400061002e006500780061006d0070006c00650000000000",
	},
	{
		Code: StoreOffset, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.2.4.3",
		Means: "A text in the block behind the id of a store is not where its offset says. It was read from where the one before it ends, and may be another.",
		Kind:  "entryid", Example: "0000000038a1bb1005e5101aa1bb08002b2a56c20000454d534d44422e444c4c00000000000000001b55fa20aa6611cd9bc800aa002fc45a0c000000612e6578616d706c65002f6f3d4f2f6f753d532f636e3d522f636e3d7500e94632f42800000002000000140000007500400061002e006500780061006d0070006c00650000000000",
	},
	{
		Code: ServerIDSize, Severity: diag.Fatal, Spec: "[MS-OXCDATA] 2.11.1.4",
		Means: "The id says that it is of an object of this store, and has not the 21 bytes that such an id has.",
		Kind:  "serverid", Example: "010100000000000122",
	},
	{
		Code: ServerIDOurs, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.11.1.4",
		Means: "Ours is neither 0 nor 1. What follows was taken for the id of another provider.",
		Kind:  "serverid", Example: "02abcd",
	},
	{
		Code: IMCEAEXPrefix, Severity: diag.Fatal, Spec: imceaSpec,
		Means: "The address is none that stands for an entry of Exchange's address book.",
		Kind:  "imceaex", Example: "IMCEAFAX-+2B1@example.com",
	},
	{
		Code: IMCEAEXEscape, Severity: diag.Error, Spec: imceaSpec,
		Means: "A plus sign in the address is followed by no two hexadecimal digits. It was kept; which character it stands for is not known.",
		Kind:  "imceaex", Example: "IMCEAEX-_o=Org_cn=a+2@example.com",
	},
	{
		Code: IMCEAEXPlain, Severity: diag.Warning, Spec: imceaSpec,
		Means: "A character stands in the address as it is, which must be written as a plus sign and two hexadecimal digits. It was kept.",
		Kind:  "imceaex", Example: "IMCEAEX-_o=Org_cn=a.b@example.com",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.2.3",
		Means: "A value in memory says what no blob can hold.",
	},
}
