package oof

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What findings rest on that is published nowhere: what Exchange was seen to do.
const (
	settingsSpec = "Exchange 2007 and later, as observed: body of IPM.Microsoft.OOF.UserOofSettings"
	logSpec      = "Exchange 2007 and 2010, as observed: body of IPM.Microsoft.OOF.Log"
	historySpec  = "Exchange 2007 and later, as observed: property 0x3FE30102"
	xmlSpec      = "XML 1.0"
	dateSpec     = "XML Schema Part 2, 3.2.7"
)

// catalogue says of every code what it means and gives a small input that yields it. It is never written to.
var catalogue = slices.Concat(valueEntries, verdictEntries)

// goodReplies are what settings must have besides what an example is about.
const goodReplies = `<InternalReply/><ExternalReply/>`

// valueEntries are those of one value.
var valueEntries = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: historySpec,
		Means: "The bytes of a history, or the XML of settings, end before they are complete. Exchange deletes such a history, and takes such settings to be none.",
		Kind:  "oofhistory", Example: "01010100000002",
	},
	{
		Code: XMLSyntax, Severity: diag.Fatal, Spec: xmlSpec,
		Means: "The settings cannot be followed as XML past this byte. Exchange takes them to be none, and makes new ones.",
		Kind:  "oof settings", Example: `<UserOofSettings><OofState>Enabled</Oofstate></UserOofSettings>`,
	},
	{
		Code: XMLMarkup, Severity: diag.Error, Spec: xmlSpec,
		Means: "The settings are no well-formed XML here. What is meant can be followed, but Exchange takes them to be none, and makes new ones.",
		Kind:  "oof settings", Example: `<UserOofSettings><InternalReply><Message>Q & A</Message></InternalReply><ExternalReply/></UserOofSettings>`,
	},
	{
		Code: XMLCharacter, Severity: diag.Warning, Spec: xmlSpec,
		Means: "The settings have a character, or a reference to one, that XML does not have. Exchange writes and reads such characters, other readers of XML refuse them. It is kept.",
		Kind:  "oof settings", Example: `<UserOofSettings><InternalReply><Message>a&#x1;</Message></InternalReply><ExternalReply/></UserOofSettings>`,
	},
	{
		Code: XMLDeclaration, Severity: diag.Warning, Spec: xmlSpec,
		Means: "Something stands before the XML declaration. Blanks there are often those of the export.",
		Kind:  "oof settings", Example: ` <?xml version="1.0"?><UserOofSettings>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: SettingsRoot, Severity: diag.Error, Spec: settingsSpec,
		Means: "The XML is some other document than settings, or in a namespace. Nothing of it was read.",
		Kind:  "oof settings", Example: `<OofSettings/>`,
	},
	{
		Code: EWSCopy, Severity: diag.Warning, Spec: "[MS-OXWOOF]",
		Means: "The settings are in the form in which Exchange Web Services show them. They say what a client was told, not what is stored in the mailbox.",
		Kind:  "oof settings", Example: `<OofSettings xmlns="` + nsTypes + `"><OofState>Enabled</OofState></OofSettings>`,
	},
	{
		Code: MissingReply, Severity: diag.Error, Spec: settingsSpec,
		Means: "InternalReply or ExternalReply is missing. Exchange takes such settings to be invalid, and makes new ones.",
		Kind:  "oof settings", Example: `<UserOofSettings><OofState>Enabled</OofState><InternalReply/></UserOofSettings>`,
	},
	{
		Code: BadValue, Severity: diag.Error, Spec: settingsSpec,
		Means: "The text of an element is none that it may have: another word, the word in other letters, no date, no truth value, or more than text. Exchange takes such settings to be invalid, and makes new ones.",
		Kind:  "oof settings", Example: `<UserOofSettings><OofState>enabled</OofState>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: UnknownElement, Severity: diag.Info, Spec: settingsSpec,
		Means: "The settings have an element that is none of theirs. Exchange passes over it, and so it was passed over.",
		Kind:  "oof settings", Example: `<UserOofSettings><LegacyOofReply/>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: RepeatedElement, Severity: diag.Warning, Spec: settingsSpec,
		Means: "An element is there more than once. Exchange takes the first, other readers of XML often the last.",
		Kind:  "oof settings", Example: `<UserOofSettings><OofState>Enabled</OofState><OofState>Disabled</OofState>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: NoDuration, Severity: diag.Warning, Spec: settingsSpec,
		Means: "Replies are scheduled, but there is no Duration to say when.",
		Kind:  "oof settings", Example: `<UserOofSettings><OofState>Scheduled</OofState>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: DurationOrder, Severity: diag.Warning, Spec: settingsSpec,
		Means: "The schedule does not end after it starts, so that it is never on.",
		Kind:  "oof settings", Example: `<UserOofSettings><Duration><StartTime xmlns="` + nsTypes + `">2008-07-09T16:00:00Z</StartTime><EndTime xmlns="` + nsTypes + `">2008-07-08T16:00:00Z</EndTime></Duration>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: NoZone, Severity: diag.Warning, Spec: dateSpec,
		Means: "A moment of the schedule does not say its zone. Exchange writes Z; it was taken for UTC.",
		Kind:  "oof settings", Example: `<UserOofSettings><Duration><StartTime xmlns="` + nsTypes + `">2008-07-08T16:00:00</StartTime></Duration>` + goodReplies + `</UserOofSettings>`,
	},
	{
		Code: MessageTooLong, Severity: diag.Warning, Spec: settingsSpec,
		Means: "A Message is longer than 128000 UTF-16 units, where Exchange cuts it when it writes the settings.",
	},
	{
		Code: NotTemplate, Severity: diag.Error, Spec: "[MS-OXORULE] 2.2.5.1.2.2",
		Means: "The message is not of the class of a template for out-of-office replies.",
	},
	{
		Code: BodyNotRead, Severity: diag.Error, Spec: "[MS-OXBBODY] 2.1.3.1",
		Means: "The body of the message is there, but in no type that it can have.",
	},
	{
		Code: CharsetDiffers, Severity: diag.Info, Spec: "[MS-OXCMSG] 2.2.1.58.3",
		Means: "The HTML names another charset than PidTagInternetCodepage. Outlook writes the bytes anew, and not always the name: the property was followed.",
	},
	{
		Code: LogRecordForm, Severity: diag.Warning, Spec: logSpec,
		Means: "A record of the log does not have all of its names: Mailbox, OofState, ExternalAudience, InternalReply, ExternalReply, SetByLegacyClient, comment. What there is was read, and its text is kept.",
		Kind:  "oof log", Example: `7/8/2008 4:00:00 PM, Mailbox: 'a'`,
	},
	{
		Code: HistoryVersion, Severity: diag.Error, Spec: historySpec,
		Means: "The history is of another version than 1. It was read as version 1.",
		Kind:  "oofhistory", Example: "020000000000",
	},
	{
		Code: HistoryOofOn, Severity: diag.Warning, Spec: historySpec,
		Means: "The state in the history is neither 0, off, nor 1, on.",
		Kind:  "oofhistory", Example: "010200000000",
	},
	{
		Code: BadCount, Severity: diag.Fatal, Spec: historySpec,
		Means: "The number of entries is negative. Exchange deletes such a history.",
		Kind:  "oofhistory", Example: "0100ffffffff",
	},
	{
		Code: PropTooBig, Severity: diag.Fatal, Spec: historySpec,
		Means: "A value in the history claims more than 1000 bytes. Exchange deletes such a history.",
		Kind:  "oofhistory", Example: "0100010000000101e903",
	},
	{
		Code: HistoryProp, Severity: diag.Info, Spec: historySpec,
		Means: "An entry has a property that is neither the sender nor the rule. Exchange passes over it; it is kept.",
		Kind:  "oofhistory", Example: "01010100000001030000",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: historySpec,
		Means: "Bytes follow the last entry of the history. They are kept.",
		Kind:  "oofhistory", Example: "01000000000000",
	},
	{
		Code: NotEncodable, Severity: diag.Error, Spec: historySpec,
		Means: "A value in memory says what no blob can hold.",
	},
}
