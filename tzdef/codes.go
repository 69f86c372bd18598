package tzdef

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry, with an example, in Codes.
const (
	// Truncated says that the structure ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "tzdef.truncated"
	// TrailingData says that bytes follow the structure. They are kept in Trailing.
	TrailingData diag.Code = "tzdef.trailing-data"
	// MajorVersion says that bMajorVersion of the definition is not 2.
	MajorVersion diag.Code = "tzdef.major-version"
	// MinorVersion says that bMinorVersion of the definition is not 1.
	MinorVersion diag.Code = "tzdef.minor-version"
	// HeaderSize says that the fields lead to something that is no rule while cbHeader leads to one: the rules are read
	// where cbHeader puts them.
	HeaderSize diag.Code = "tzdef.header-size"
	// HeaderSizeMismatch says that cbHeader is not what the fields take, and that it does not matter.
	HeaderSizeMismatch diag.Code = "tzdef.cbheader-mismatch"
	// ReservedNot2 says that Reserved is not 2. It is read as flags.
	ReservedNot2 diag.Code = "tzdef.reserved-not-2"
	// EmptyKeyName says that the zone has no name, which crashes Outlook 2010 with KB 2553248.
	EmptyKeyName diag.Code = "tzdef.empty-key-name"
	// KeyNameTooLong says that KeyName has more than 260 units.
	KeyNameTooLong diag.Code = "tzdef.key-name-too-long"
	// NULInKeyName says that KeyName, which is counted, has a NUL in it all the same. It is kept; Name trims it.
	NULInKeyName diag.Code = "tzdef.nul-in-key-name"
	// IllFormedText says that a name has an unpaired surrogate. It is kept, as WTF-8.
	IllFormedText diag.Code = "tzdef.ill-formed-text"
	// NoRules says that cRules is 0.
	NoRules diag.Code = "tzdef.no-rules"
	// TooManyRules says that cRules is more than 1024.
	TooManyRules diag.Code = "tzdef.too-many-rules"
	// RuleMajorVersion says that bMajorVersion of a rule is not 2.
	RuleMajorVersion diag.Code = "tzdef.rule-major-version"
	// RuleMinorVersion says that bMinorVersion of a rule of the usual size is not 1.
	RuleMinorVersion diag.Code = "tzdef.rule-minor-version"
	// RuleSize says that Reserved of a rule, which is its size, counts more than the known fields. The surplus is kept
	// in Extra.
	RuleSize diag.Code = "tzdef.rule-size"
	// RuleTooSmall says that Reserved of a rule counts less than its fields take. It is read by the fields.
	RuleTooSmall diag.Code = "tzdef.rule-too-small"
	// RuleSizeOverrun says that Reserved of a rule counts more bytes than are left. It is read by the fields. It is an
	// io.ErrUnexpectedEOF, because a rule that was cut looks the same.
	RuleSizeOverrun diag.Code = "tzdef.rule-size-overrun"
	// RuleUnknownFlags says that a rule has flags nobody documents.
	RuleUnknownFlags diag.Code = "tzdef.rule-unknown-flags"
	// UnknownX says that X is neither zero, as the specification has it, nor the rest of a SYSTEMTIME, as real writers
	// have it.
	UnknownX diag.Code = "tzdef.x-unknown"
	// RulesNotAscending says that a rule's wYear is not greater than that of the rule before.
	RulesNotAscending diag.Code = "tzdef.rules-not-ascending"
	// EffectiveRuleCount says that not exactly one rule is marked as effective.
	EffectiveRuleCount diag.Code = "tzdef.effective-rule-count"
	// BadTransitionDate says that a word of a transition date is out of its range.
	BadTransitionDate diag.Code = "tzdef.bad-transition-date"
	// OneSidedDST says that one of the two transition dates is there and the other is not.
	OneSidedDST diag.Code = "tzdef.one-sided-dst"
	// BiasRange says that a bias is more than a day.
	BiasRange diag.Code = "tzdef.bias-range"
	// AbsoluteBias says that the three biases look like absolute offsets. They are taken as what they should be.
	AbsoluteBias diag.Code = "tzdef.absolute-bias"
	// StandardYearMismatch says that wStandardYear is not stStandardDate.wYear.
	StandardYearMismatch diag.Code = "tzdef.standard-year-mismatch"
	// DaylightYearMismatch says that wDaylightYear is not stDaylightDate.wYear.
	DaylightYearMismatch diag.Code = "tzdef.daylight-year-mismatch"
	// LooksLikeTZReg says that a PidLidTimeZoneStruct has the size of a REG_TZI_FORMAT.
	LooksLikeTZReg diag.Code = "tzdef.looks-like-tzreg"
	// InformationSize says that a blob has the size of none of the three registry layouts.
	InformationSize diag.Code = "tzdef.tzreg-size"
	// TextAfterNUL says that a name of fixed size has bytes behind its terminator.
	TextAfterNUL diag.Code = "tzdef.text-after-nul"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "tzdef.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
