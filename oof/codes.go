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

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
