package rule

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

const (
	actionsSpec  = "[MS-OXORULE] 2.2.5"
	blockSpec    = "[MS-OXORULE] 2.2.5.1"
	restrictSpec = "[MS-OXCDATA] 2.12"
	namedSpec    = "[MS-OXORULE] 2.2.4.2"
)

// The kinds of the examples.
const (
	actionBlob       = "ruleaction"
	extActionBlob    = "extruleaction"
	conditionBlob    = "rulecondition"
	extConditionBlob = "extrulecondition"
	restrictionBlob  = "restriction"
	props            = "properties of a rule" // no blobs: tags and values, as JSON
)

// reported is what reports take their words from: a rule holds values that package mapi reads.
var reported = slices.Concat(catalogue, mapi.Codes())

// catalogue says of every code what it means and gives the smallest input that yields it. It is never written to. Those
// without an example need an input that is large, or none.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: actionsSpec,
		Means: "The input ends within a field, or the window of an action does. The other actions are read all the same.",
		Kind:  actionBlob, Example: "01000d0006000000000000000026",
	},
	{
		Code: CountTooBig, Severity: diag.Fatal, Spec: actionsSpec,
		Means: "More actions, restrictions, recipients, properties or names are counted than the bytes left could hold.",
		Kind:  conditionBlob, Example: "00ffff081f001a00",
	},
	{
		Code: TooDeep, Severity: diag.Fatal, Spec: restrictSpec,
		Means: "A restriction lies deeper than 256 others. Exchange refuses such rules, and what is deeper is not read.",
	},
	{
		Code: BadRestrictType, Severity: diag.Fatal, Spec: restrictSpec,
		Means: "A restriction is of no known type, so that nothing says where it ends.",
		Kind:  conditionBlob, Example: "0d",
	},
	{
		Code: BadActionLength, Severity: diag.Fatal, Spec: blockSpec,
		Means: "An action counts fewer bytes than its type, flavor and flags have.",
		Kind:  actionBlob, Example: "010008000a0000000000000000",
	},
	{
		Code: BadNameKind, Severity: diag.Fatal, Spec: "[MS-OXCDATA] 2.6.1",
		Means: "The name of a property is of no known kind, so that nothing says where it ends. What follows the names is read all the same.",
		Kind:  extConditionBlob, Example: "0100008011000000020820060000000000c000000000000046",
	},
	{
		Code: BadProfile, Severity: diag.Fatal, Spec: "[MS-OXCDATA] 2.11.1.1",
		Means: "The blob was to be read in a profile that there is not, or that has no such blobs. No input alone yields it.",
	},
	{
		Code: UnknownAction, Severity: diag.Error, Spec: blockSpec,
		Means: "An action is of no known type. Its data is kept as bytes; what the action does is not known.",
		Kind:  actionBlob, Example: "01000b00630000000000000000aabb",
	},
	{
		Code: ExcessBytes, Severity: diag.Warning, Spec: blockSpec,
		Means: "An action counts more bytes than its data has. They are kept, and the next action is read behind them.",
		Kind:  actionBlob, Example: "01000a000b000000000000000000",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: actionsSpec,
		Means: "Bytes follow the last action, or the restriction. Zeros do so in some rules of Exchange.",
		Kind:  conditionBlob, Example: "081f001a0000",
	},
	{
		Code: NamedSizeMismatch, Severity: diag.Error, Spec: namedSpec,
		Means: "The names of the properties are shorter than their size says. The bytes behind them are kept, and what follows is read where the size says.",
		Kind:  extConditionBlob, Example: "010000801200000 0ff08200600000000 00c00000000000004600",
	},
	{
		Code: BadName, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.6.1",
		Means: "The name of a property ends in half a character.",
		Kind:  extConditionBlob, Example: "0100008015000000 0108200600000000 00c000000000000046 03000041",
	},
	{
		Code: BadNameEnd, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.6.1",
		Means: "The name of a property does not end in NUL. It is read whole all the same.",
		Kind:  extConditionBlob, Example: "0100008014000000 0108200600000000 00c000000000000046 024100",
	},
	{
		Code: BadRuleVersion, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.4.1.9",
		Means: "The version of an extended rule is not 1, the only one there is.",
		Kind:  extActionBlob, Example: "0000 02000000 00000000",
	},
	{
		Code: BadRelOp, Severity: diag.Error, Spec: restrictSpec,
		Means: "A property is compared in no known way.",
		Kind:  conditionBlob, Example: "0707 1f003700 00000000",
	},
	{
		Code: BadFuzzyLevel, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.12.4.1",
		Means: "Text is to be found in no known way: neither whole, nor as a part, nor at the beginning.",
		Kind:  conditionBlob, Example: "0303000000 1f003700 1f003700 41000000",
	},
	{
		Code: BadSubobject, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.12.10",
		Means: "A restriction is about other parts of a message than its recipients and its attachments.",
		Kind:  conditionBlob, Example: "091f003700 081f003700",
	},
	{
		Code: TagMismatch, Severity: diag.Warning, Spec: restrictSpec,
		Means: "A property is compared with a value that says it is of another property. The first is the one that counts.",
		Kind:  conditionBlob, Example: "0404 03001700 03001800 02000000",
	},
	{
		Code: ListInComment, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.12.11",
		Means: "A comment keeps a property that is a list, which it must not.",
		Kind:  conditionBlob, Example: "0a01 03100060 00000000 00",
	},
	{
		Code: PresentValue, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.12.11",
		Means: "The byte that says whether a comment has a restriction is neither 0 nor 1. It counts as 1, as Exchange reads it.",
		Kind:  conditionBlob, Example: "0a00 02 081f001a00",
	},
	{
		Code: BadFlavor, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.5.1.1",
		Means: "An action has a flavor that its type does not know, or forwards a message as an attachment and in another way at once.",
		Kind:  actionBlob, Example: "010009000b010000000000 0000",
	},
	{
		Code: BadBounceCode, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.5.1.2.5",
		Means: "A message is returned for no known reason.",
		Kind:  actionBlob, Example: "01000d00060000000000000000 01000000",
	},
	{
		Code: BadServerIDLength, Severity: diag.Error, Spec: "[MS-OXCDATA] 2.11.1.4",
		Means: "The id of a folder in this store has not the 21 bytes of such ids. Which folder is meant is not known.",
		Kind:  actionBlob, Example: "01001000010000000000000000 01 010000 0100 01",
	},
	{
		Code: ForeignFolder, Severity: diag.Error, Spec: "[MS-OXORULE] 2.2.5.1.2.1",
		Means: "The folder is said to be in this store, and its id is not one of a folder there. Which folder is meant is not known.",
		Kind:  actionBlob, Example: "01001000010000000000000000 01 010000 0100 00",
	},
	{
		Code: NoRecipients, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.5.1.2.4",
		Means: "A message is forwarded to nobody, or to a recipient of whom there is no property.",
		Kind:  actionBlob, Example: "01000b00070000000000000000 0000",
	},
	{
		Code: MFCMAPILayout, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.4.1.10",
		Means: "The blob can be read only in the layout of MFCMAPI's test data: names before the condition of a standard rule, and binaries that count their bytes in 32 bits. No server writes that.",
		Kind:  conditionBlob, Example: "0000 0404 02011d0c 02011d0c 01000000 41",
	},
	{
		Code: NULInText, Severity: diag.Warning, Spec: "[MS-OXCDATA] 2.11.1",
		Means: "A text that a condition looks for, or a name, has a NUL inside. Programs that show it end there.",
		Kind:  restrictionBlob, Example: "03000000 0100 0000 1f003700 1f003700 0400 00004100",
	},
	{
		Code: EmptyText, Severity: diag.Info, Spec: "[MS-OXCDATA] 2.12.4",
		Means: "A condition looks for no text at all, which every text contains and begins with: it is met wherever the property is there.",
		Kind:  conditionBlob, Example: "0301000000 1f003700 1f003700 0000",
	},
	{
		Code: Deletes, Severity: diag.Info, Spec: blockSpec,
		Means: "The rule deletes messages for good: they do not go to the folder of deleted items. Attackers hide answers so.",
		Kind:  actionBlob, Example: "010009000a0000000000000000",
	},
	{
		Code: ForwardsOutside, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.5.1.2.4",
		Means: "The rule sends messages to an address of its own, and not to somebody in the directory of the organisation. Attackers have mail sent to themselves so.",
		Kind:  actionBlob, Example: "01001700070000000000000000 0100 01 0100 1e000230 534d545000",
	},
	{
		Code: OtherStore, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.5.1.2.1",
		Means: "The rule moves or copies messages to a folder that is not in the same store.",
		Kind:  actionBlob, Example: "01000e00010000000000000000 00 0000 0000",
	},
	{
		Code: NoName, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.1.3.1.4",
		Means: "A rule has no name. Outlook does not list such rules, and they run all the same: attackers remove the name.",
		Kind:  props, Example: `{"6681001f":"RuleOrganizer","66770003":1}`,
	},
	{
		Code: NoProvider, Severity: diag.Warning, Spec: "[MS-OXORULE] 2.2.1.3.1.5",
		Means: "Nothing says which program made a rule. Outlook does not list such rules, and they run all the same: attackers remove the provider.",
		Kind:  props, Example: `{"6682001f":"x","66770003":1}`,
	},
	{
		Code: UnknownState, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.1.3.1.3",
		Means: "The state of a rule has bits that have no name. What they do is not known.",
		Kind:  props, Example: `{"6682001f":"x","6681001f":"RuleOrganizer","66770003":513}`,
	},
	{
		Code: PrivateFormat, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.4.1",
		Means: "Actions and condition of the rule are in properties of Exchange whose format is not published, and were not read.",
		Kind:  props, Example: `{"65ec001f":"x","65eb001f":"RuleOrganizer","65ef0102":"00"}`,
	},
	{
		Code: NotRead, Severity: diag.Error, Spec: "[MS-OXORULE] 2.2.1.3.1",
		Means: "The condition or the actions of a rule are there, but not their bytes. What the rule does is not known.",
		Kind:  props, Example: `{"6682001f":"x","6681001f":"RuleOrganizer","668000fe":null}`,
	},
	{
		Code: MovesToHidden, Severity: diag.Info, Spec: "[MS-OXORULE] 2.2.5.1.2.1",
		Means: "The rule moves or copies messages to a folder that people do not see. Attackers hide messages so.",
		Kind:  props, Example: `{"6682001f":"x","6681001f":"RuleOrganizer","668000fe":"010024000100000000000000000101000015000101000000000001220000000000000000 00000000"}`,
	},
	{
		Code: SearchVersion, Severity: diag.Warning, Spec: searchSpec,
		Means: "The version is not 0x00001004. The definition was read by the same layout.",
		Kind:  searchFolderBlob, Example: "05100000000000000000000000000000000100000000000000000000000000000000",
	},
	{
		Code: SearchFlagsWrong, Severity: diag.Warning, Spec: searchSpec,
		Means: "The flags say that a field is there which is not, or that one is not which is. What is there was read.",
		Kind:  searchFolderBlob, Example: "04100000400000000000000000000000000100000000000000000000000000000000",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: actionsSpec,
		Means: "A value in memory says what no blob can hold.",
	},
}
