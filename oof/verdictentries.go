package oof

import "github.com/mapiprop/mapiprop/mapi/diag"

// The sections on which the verdict rests.
const (
	modelSpec    = "Exchange 2007 and later, as observed"
	templateSpec = "[MS-OXORULE] 2.2.5.1.2.2"
	stateSpec    = "[MS-OXORULE] 2.2.1.3.1.3"
	switchSpec   = "[MS-OXCSTOR] 2.2.2.1.2.1"
)

// saveAgain is what mends most of what legacy clients leave.
const saveAgain = "Set the reply again with Outlook 2007 or later, or with Outlook on the web: that writes settings, rules and templates anew, and removes the rules of legacy clients."

// saveLegacy is what there is to do where no settings are.
const saveLegacy = "Set the reply again with the client in use: that writes rule and template anew. On Exchange 2007 or later use Outlook 2007 or later, or Outlook on the web."

// deleteByHand is what they do not remove.
const deleteByHand = "Delete a template that no rule names by hand: with MFCMAPI, among the associated contents of the Inbox."

// verdictEntries are the catalogue entries of what is found in a mailbox. None has an example: those are mailboxes.
var verdictEntries = []diag.Entry{
	{Code: NoModel, Severity: diag.Info, Spec: modelSpec,
		Means: "Neither settings, nor a template, nor a rule for out-of-office replies is in the dump. They were never set, or lie in folders that were not exported."},
	{Code: ModernModel, Severity: diag.Info, Spec: modelSpec,
		Means: "The mailbox has settings as Exchange 2007 and later keep them, in IPM.Microsoft.OOF.UserOofSettings, or what is made of them. They are the master: rules and templates are written from them."},
	{Code: LegacyModel, Severity: diag.Info, Spec: templateSpec,
		Means: "The mailbox has templates and rules as Outlook 2003 and older keep them, and no settings. The template is sent that an active rule names."},
	{Code: SettingsDuplicate, Severity: diag.Warning, Spec: modelSpec,
		Means:  "More than one item has settings. Exchange reads the one that the store names, or else the last to change, and deletes the others when it saves.",
		Repair: saveAgain},
	{Code: SettingsPointer, Severity: diag.Warning, Spec: modelSpec,
		Means:  "The property 0x68140102 of the store names an item as the settings that is not in the dump, or is none of settings. Exchange then takes the settings that changed last.",
		Repair: saveAgain},
	{Code: SettingsBad, Severity: diag.Error, Spec: settingsSpec,
		Means:  "The settings that count cannot be read. Exchange takes them to be none, and makes new ones without text.",
		Repair: saveAgain},
	{Code: SettingsLegacy, Severity: diag.Info, Spec: settingsSpec,
		Means: "Exchange took the text of the settings over from a template of Outlook 2003, a BlackBerry, or a client like these. Nothing is sent to external senders by the settings."},
	{Code: TemplateDuplicate, Severity: diag.Warning, Spec: templateSpec,
		Means:  "More than one template is for the same senders. Beside settings that is what a BlackBerry, or Outlook 2003, leaves in a mailbox of Exchange 2007: it writes a template of its own, which Exchange does not take over.",
		Effect: "The text that was set on the device may be sent for a few minutes; then Exchange 2007 makes the settings the master again, and the text of the device is lost.",
		Ref:    "KB15155 of Research In Motion",
		Repair: saveAgain + " " + deleteByHand},
	{Code: TemplateOrphan, Severity: diag.Warning, Spec: templateSpec,
		Means:  "No rule names the template. It is never sent, and no program removes it: it is what a device or a legacy client wrote, or what a deleted rule left behind.",
		Repair: deleteByHand},
	{Code: TemplateGUIDDuplicate, Severity: diag.Error, Spec: templateSpec,
		Means:  "Templates have the same PidTagReplyTemplateId, which must be unique in a folder. A rule that names it finds the first one.",
		Repair: saveAgain},
	{Code: TemplateNoGUID, Severity: diag.Warning, Spec: templateSpec,
		Means: "The template has no PidTagReplyTemplateId of 16 bytes. Rules can find it by its entry id only."},
	{Code: TemplateForeign, Severity: diag.Warning, Spec: modelSpec,
		Means:  "The text of the template is not that of the settings, of which Exchange would have written it: another client wrote it. It is overwritten, or left alone, when the settings are saved.",
		Repair: saveAgain},
	{Code: RuleDangling, Severity: diag.Error, Spec: templateSpec,
		Means:  "The template that a rule replies with is not in the dump. If it is not in the mailbox either, the rule sends nothing.",
		Effect: "Moving the mailbox to another server may fail at such a rule.",
		Repair: saveAgain},
	{Code: RuleDuplicate, Severity: diag.Error, Spec: stateSpec,
		Means:  "More than one active rule replies to the same senders: one of a legacy client, and one of Exchange's assistant.",
		Effect: "On Exchange 2007 before Service Pack 1 senders get two replies with different texts.",
		Repair: saveAgain},
	{Code: RuleLegacyDisabled, Severity: diag.Info, Spec: stateSpec,
		Means: "A rule of a legacy client is switched off. So Exchange 2007 and later leave it when they take the replies over."},
	{Code: RuleError, Severity: diag.Error, Spec: stateSpec,
		Means:  "The server has flagged the rule, because an action of it failed or it could not be read. It does not run.",
		Repair: saveAgain},
	{Code: StateMismatch, Severity: diag.Error, Spec: switchSpec,
		Means:  "By the store replies are on, and by the settings off, or the other way round. A client wrote one of the two: legacy clients know only that of the store.",
		Repair: saveAgain},
	{Code: ExternalMissing, Severity: diag.Warning, Spec: settingsSpec,
		Means:  "Replies are on for external senders, and there is no text for them. They get none.",
		Repair: "Write a text for external senders, or switch these replies off."},
	{Code: ReplyNotTemplate, Severity: diag.Info, Spec: templateSpec,
		Means: "Messages have the class of templates, and are none: they are replies of other mailboxes, or sent ones. They say nothing of the settings of this mailbox."},
	{Code: LogPresent, Severity: diag.Info, Spec: logSpec,
		Means: "There is a log of the changes of the settings. A change by a legacy client between two others proves that its text was taken over, and was overridden."},
}
