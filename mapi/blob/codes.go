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
	// VerbVersion says that Version or Version2 of a verb stream is none that is published.
	VerbVersion diag.Code = "blob.verb-version"
	// VerbWithoutExtras says that a verb stream has no names in Unicode.
	VerbWithoutExtras diag.Code = "blob.verb-without-extras"
	// VerbName says that an answer has two names.
	VerbName diag.Code = "blob.verb-name"
	// ReportCookie says that a report tag begins with other bytes than all do.
	ReportCookie diag.Code = "blob.report-cookie"
	// ReportVersion says that a report tag is of no published version, or of one that has no search folder and names one.
	ReportVersion diag.Code = "blob.report-version"
	// ElementOverrun says that an element of a special folder goes beyond the size of all its elements. It is an
	// io.ErrUnexpectedEOF.
	ElementOverrun diag.Code = "blob.element-overrun"
	// SubPropertySize says that a sub-property of folder flags has another size than its kind has.
	SubPropertySize diag.Code = "blob.sub-property-size"
	// SubPropertyRepeated says that a sub-property of folder flags is there twice.
	SubPropertyRepeated diag.Code = "blob.sub-property-repeated"
	// SubPropertyCount says that there are more sub-properties of folder flags than there can be. The others are kept in
	// Trailing.
	SubPropertyCount diag.Code = "blob.sub-property-count"
	// HomePage says that a folder shows a web page in its place.
	HomePage diag.Code = "blob.home-page"
	// WebViewVersion says that a home page is of no known version.
	WebViewVersion diag.Code = "blob.web-view-version"
	// WebViewType says that a home page is no URL.
	WebViewType diag.Code = "blob.web-view-type"
	// WebViewText says that the URL of a home page is no text with a NUL at its end.
	WebViewText diag.Code = "blob.web-view-text"
	// TombstoneHeader says that a field in the header of tombstones is not what it must be.
	TombstoneHeader diag.Code = "blob.tombstone-header"
	// TombstoneTimes says that a meeting with a tombstone ends before it starts.
	TombstoneTimes diag.Code = "blob.tombstone-times"
	// PropDefVersion says that definitions of fields are of no published version. What follows is kept in Trailing.
	PropDefVersion diag.Code = "blob.prop-def-version"
	// ToDoVersion says that a swapped flag is of no published version.
	ToDoVersion diag.Code = "blob.todo-version"
	// NicknameMetadata says that a nickname cache begins with other bytes than all do.
	NicknameMetadata diag.Code = "blob.nickname-metadata"
	// NicknameVersion says that a nickname cache is of no published version.
	NicknameVersion diag.Code = "blob.nickname-version"
	// NicknameType says that a property of a nickname cache has a type without a published layout. Nothing behind it is read.
	NicknameType diag.Code = "blob.nickname-type"
	// NicknameFirst says that a row of a nickname cache does not begin with the nickname.
	NicknameFirst diag.Code = "blob.nickname-first"
	// NicknameWeight says that the weights of a nickname cache are out of order, or none.
	NicknameWeight diag.Code = "blob.nickname-weight"
	// NicknameText says that a text of a nickname cache is no text with a NUL at its end.
	NicknameText diag.Code = "blob.nickname-text"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "blob.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
