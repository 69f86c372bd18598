package oof

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of what is wrong with one value. Each has a catalogue entry in Codes.
const (
	// Truncated says that the bytes of a history, or the XML of settings, end before they are complete.
	Truncated diag.Code = "oof.truncated"

	// XMLSyntax says that settings cannot be followed as XML past this byte.
	XMLSyntax diag.Code = "oof.xml-syntax"
	// XMLMarkup says that settings are no well-formed XML here, though what is meant can be followed.
	XMLMarkup diag.Code = "oof.xml-markup"
	// XMLCharacter says that settings have a character that XML does not have.
	XMLCharacter diag.Code = "oof.xml-character"
	// XMLDeclaration says that the declaration of the document does not stand at its beginning.
	XMLDeclaration diag.Code = "oof.xml-declaration"
	// SettingsRoot says that an XML document is none of settings.
	SettingsRoot diag.Code = "oof.settings-root"
	// EWSCopy says that settings are in the form of Exchange Web Services.
	EWSCopy diag.Code = "oof.ews-copy"
	// MissingReply says that InternalReply or ExternalReply is missing.
	MissingReply diag.Code = "oof.missing-reply"
	// BadValue says that the text of an element is none of those it may have.
	BadValue diag.Code = "oof.bad-value"
	// UnknownElement says that settings have an element that is not one of theirs.
	UnknownElement diag.Code = "oof.unknown-element"
	// RepeatedElement says that an element is there more than once.
	RepeatedElement diag.Code = "oof.repeated-element"
	// NoDuration says that replies are scheduled, and not when.
	NoDuration diag.Code = "oof.no-duration"
	// DurationOrder says that the end of a schedule is not after its start.
	DurationOrder diag.Code = "oof.duration-order"
	// NoZone says that a moment of a schedule has no zone.
	NoZone diag.Code = "oof.no-zone"
	// MessageTooLong says that a Message is longer than Exchange writes one.
	MessageTooLong diag.Code = "oof.message-too-long"

	// NotTemplate says that a message is not of the class of a template.
	NotTemplate diag.Code = "oof.not-template"
	// BodyNotRead says that the body of a message is there and could not be read.
	BodyNotRead diag.Code = "oof.body-not-read"
	// CharsetDiffers says that HTML names another charset than the message.
	CharsetDiffers diag.Code = "oof.charset-differs"

	// LogRecordForm says that a record of the log does not have all of its parts.
	LogRecordForm diag.Code = "oof.log-record"

	// HistoryVersion says that a history is of a version that is not known.
	HistoryVersion diag.Code = "oof.history-version"
	// HistoryOofOn says that the state in a history is neither on nor off.
	HistoryOofOn diag.Code = "oof.history-state"
	// BadCount says that the number of entries is negative.
	BadCount diag.Code = "oof.bad-count"
	// PropTooBig says that a value in a history is longer than one can be.
	PropTooBig diag.Code = "oof.prop-too-big"
	// HistoryProp says that a property of a history is not known.
	HistoryProp diag.Code = "oof.history-property"
	// TrailingData says that bytes follow the last entry of a history.
	TrailingData diag.Code = "oof.trailing-data"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "oof.not-encodable"
)

// The codes of what Judge finds in a mailbox.
const (
	// NoModel says that nothing of out-of-office replies is there.
	NoModel diag.Code = "oof.none"
	// ModernModel says that a mailbox keeps its replies as Exchange 2007 and later do.
	ModernModel diag.Code = "oof.modern"
	// LegacyModel says that a mailbox keeps its replies as Outlook 2003 and older do.
	LegacyModel diag.Code = "oof.legacy-only"
	// SettingsDuplicate says that there is more than one item of settings.
	SettingsDuplicate diag.Code = "oof.settings-dup"
	// SettingsPointer says that the store names an item as the settings that is not there, or none of settings.
	SettingsPointer diag.Code = "oof.settings-ptr"
	// SettingsBad says that the settings that count are invalid.
	SettingsBad diag.Code = "oof.settings-bad"
	// SettingsLegacy says that the settings were taken over from a legacy client.
	SettingsLegacy diag.Code = "oof.settings-legacy"
	// TemplateDuplicate says that there is more than one template for the same senders.
	TemplateDuplicate diag.Code = "oof.template-dup"
	// TemplateOrphan says that no rule names a template.
	TemplateOrphan diag.Code = "oof.template-orphan"
	// TemplateGUIDDuplicate says that templates have the same id.
	TemplateGUIDDuplicate diag.Code = "oof.template-guid-dup"
	// TemplateNoGUID says that a template has no id by which rules could find it.
	TemplateNoGUID diag.Code = "oof.template-noguid"
	// TemplateForeign says that the text of a template is not that of the settings.
	TemplateForeign diag.Code = "oof.template-foreign"
	// RuleDangling says that the template of a rule is missing.
	RuleDangling diag.Code = "oof.rule-dangling"
	// RuleDuplicate says that more than one active rule replies to the same senders.
	RuleDuplicate diag.Code = "oof.rule-dup-active"
	// RuleLegacyDisabled says that a rule of a legacy client is switched off.
	RuleLegacyDisabled diag.Code = "oof.rule-legacy-disabled"
	// RuleError says that the server has flagged a rule.
	RuleError diag.Code = "oof.rule-error"
	// StateMismatch says that store and settings contradict each other.
	StateMismatch diag.Code = "oof.state-mismatch"
	// ExternalMissing says that replies are on for external senders, and there is no text for them.
	ExternalMissing diag.Code = "oof.external-missing"
	// ReplyNotTemplate says that messages look like templates, and were received or sent.
	ReplyNotTemplate diag.Code = "oof.reply-not-template"
	// LogPresent says that there is a log of changes.
	LogPresent diag.Code = "oof.log"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
