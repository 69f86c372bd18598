package blob

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry in Codes. Of what many elements of a list
// have in common there is one finding, about the first of them, which says how many more there are.
const (
	// Truncated says that the value ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "blob.truncated"
	// TrailingData says that bytes follow the structure. They are kept in Trailing.
	TrailingData diag.Code = "blob.trailing-data"
	// ConversationReserved says that a conversation index does not begin with 01, so that its time is not read.
	ConversationReserved diag.Code = "blob.conversation-reserved"
	// ConversationTime says that the time of a conversation index is none that it can have.
	ConversationTime diag.Code = "blob.conversation-time"
	// ConversationTimeShifted says that the time of a conversation index is where Exchange puts it, and not where Outlook does.
	ConversationTimeShifted diag.Code = "blob.conversation-time-shifted"
	// PartialResponseLevel says that a conversation index ends within a response level. What there is of it is kept in Trailing.
	PartialResponseLevel diag.Code = "blob.partial-response-level"
	// LocalIDSize says that the LocalId of an XID is longer than any.
	LocalIDSize diag.Code = "blob.local-id-size"
	// XIDSize says that the next XID of a list is shorter than any. What follows is kept in Trailing.
	XIDSize diag.Code = "blob.xid-size"
	// ChangeOrder says that the XIDs of a list are not sorted.
	ChangeOrder diag.Code = "blob.change-order"
	// FlatListSize says that a list of entry ids counts other bytes than it has.
	FlatListSize diag.Code = "blob.flat-list-size"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "blob.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
