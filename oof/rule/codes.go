package rule

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry in Codes. The values of properties
// inside rules are read by package mapi, whose codes are found there too.
const (
	// Truncated says that the input, or the window of an action, ends before a field does.
	Truncated diag.Code = "rule.truncated"
	// CountTooBig says that more is counted than the bytes left could hold.
	CountTooBig diag.Code = "rule.count-too-big"
	// TooDeep says that a restriction lies deeper than 256 others. What is deeper is not read.
	TooDeep diag.Code = "rule.too-deep"
	// BadRestrictType says that a restriction is of no known type, so that its end cannot be found.
	BadRestrictType diag.Code = "rule.bad-restriction-type"
	// BadActionLength says that an action is shorter than its own head.
	BadActionLength diag.Code = "rule.bad-action-length"
	// BadNameKind says that a name is of no known kind, so that its end cannot be found.
	BadNameKind diag.Code = "rule.bad-name-kind"
	// BadProfile says that a blob was to be read in a profile that there is not, or that has no such blobs.
	BadProfile diag.Code = "rule.bad-profile"
	// UnknownAction says that an action is of no known type. Its data is kept as it is.
	UnknownAction diag.Code = "rule.unknown-action"
	// ExcessBytes says that an action counts more bytes than its data has. They are kept.
	ExcessBytes diag.Code = "rule.excess-bytes"
	// TrailingData says that bytes follow the structure.
	TrailingData diag.Code = "rule.trailing-data"
	// NamedSizeMismatch says that the names are shorter than their size says.
	NamedSizeMismatch diag.Code = "rule.named-size-mismatch"
	// BadName says that the size of a name is odd.
	BadName diag.Code = "rule.bad-name"
	// BadNameEnd says that a name does not end in NUL.
	BadNameEnd diag.Code = "rule.bad-name-end"
	// BadRuleVersion says that the version of an extended rule is not 1.
	BadRuleVersion diag.Code = "rule.bad-rule-version"
	// BadRelOp says that a comparison is none.
	BadRelOp diag.Code = "rule.bad-relop"
	// BadFuzzyLevel says that text is looked for in no known way.
	BadFuzzyLevel diag.Code = "rule.bad-fuzzy-level"
	// BadSubobject says that a restriction is about other parts of a message than recipients and attachments.
	BadSubobject diag.Code = "rule.bad-subobject"
	// TagMismatch says that a property is compared with the value of another one.
	TagMismatch diag.Code = "rule.tag-mismatch"
	// ListInComment says that a comment keeps a list, which it must not.
	ListInComment diag.Code = "rule.list-in-comment"
	// PresentValue says that the byte before the restriction of a comment is neither 0 nor 1.
	PresentValue diag.Code = "rule.present-value"
	// BadFlavor says that an action has bits of a flavor that its type does not know, or some that exclude each other.
	BadFlavor diag.Code = "rule.bad-flavor"
	// BadBounceCode says that a message is returned for no known reason.
	BadBounceCode diag.Code = "rule.bad-bounce-code"
	// BadServerIDLength says that the id of a folder in this store has not its 21 bytes.
	BadServerIDLength diag.Code = "rule.bad-svreid-length"
	// ForeignFolder says that a folder is said to be in this store, and its id is that of no folder there.
	ForeignFolder diag.Code = "rule.foreign-folder"
	// NoRecipients says that a message is forwarded to nobody, or to somebody of whom nothing is known.
	NoRecipients diag.Code = "rule.no-recipients"
	// MFCMAPILayout says that the blob is in the layout of MFCMAPI's test data.
	MFCMAPILayout diag.Code = "rule.mfcmapi-layout"
	// NULInText says that a text has a NUL inside: what follows it is not seen by most programs.
	NULInText diag.Code = "rule.nul-in-text"
	// EmptyText says that a condition looks for no text at all, which is in every text.
	EmptyText diag.Code = "rule.empty-text"
	// Deletes says that a rule deletes messages for good.
	Deletes diag.Code = "rule.deletes"
	// ForwardsOutside says that a rule sends messages to an address that is not in the directory of the organisation.
	ForwardsOutside diag.Code = "rule.forwards-outside"
	// OtherStore says that a rule moves or copies messages to the folder of another store.
	OtherStore diag.Code = "rule.other-store"
	// NoName says that a rule has no name, so that programs do not show it.
	NoName diag.Code = "rule.no-name"
	// NoProvider says that nothing says which program made a rule, so that programs do not show it.
	NoProvider diag.Code = "rule.no-provider"
	// UnknownState says that the state of a rule has bits without a name.
	UnknownState diag.Code = "rule.unknown-state"
	// PrivateFormat says that actions and condition of a rule are in a format that is not published.
	PrivateFormat diag.Code = "rule.private-format"
	// NotRead says that a property of a rule is there, but its bytes are not.
	NotRead diag.Code = "rule.not-read"
	// MovesToHidden says that a rule moves messages to a folder that people do not see. Only MarkHidden, which is told so,
	// finds it.
	MovesToHidden diag.Code = "rule.moves-to-hidden"
	// SearchVersion says that the definition of a search folder is of no published version.
	SearchVersion diag.Code = "rule.search-version"
	// SearchFlagsWrong says that the flags of a search folder do not agree with what it has.
	SearchFlagsWrong diag.Code = "rule.search-flags"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "rule.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
