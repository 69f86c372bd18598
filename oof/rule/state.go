package rule

import "strings"

// State are the bits that say when a rule runs: PidTagRuleState and PidTagRuleMessageState ([MS-OXORULE] 2.2.1.3.1.3). Those
// that no specification has were seen with Exchange.
type State uint32

// The bits.
const (
	Enabled             State = 0x00000001 // ST_ENABLED
	Error               State = 0x00000002 // ST_ERROR: an action failed
	OnlyWhenOOF         State = 0x00000004 // ST_ONLY_WHEN_OOF
	KeepOOFHistory      State = 0x00000008 // ST_KEEP_OOF_HIST: one reply for each sender
	ExitLevel           State = 0x00000010 // ST_EXIT_LEVEL: no rule runs after this one
	SkipIfSCLIsSafe     State = 0x00000020 // ST_SKIP_IF_SCL_IS_SAFE
	ParseError          State = 0x00000040 // ST_RULE_PARSE_ERROR: the server cannot read the rule
	LegacyOOF           State = 0x00000080 // in no specification: of an older out-of-office assistant
	OnlyWhenOOFExtended State = 0x00000100 // in no specification: of the out-of-office assistant since Exchange 2007
	TemporarilyDisabled State = 0x40000000 // in no specification
	ClearOOFHistory     State = 0x80000000 // ST_CLEAR_OOF_HIST: who was replied to is forgotten
)

var stateBits = []bit{{uint32(Enabled), "ST_ENABLED"}, {uint32(Error), "ST_ERROR"}, {uint32(OnlyWhenOOF), "ST_ONLY_WHEN_OOF"},
	{uint32(KeepOOFHistory), "ST_KEEP_OOF_HIST"}, {uint32(ExitLevel), "ST_EXIT_LEVEL"}, {uint32(SkipIfSCLIsSafe), "ST_SKIP_IF_SCL_IS_SAFE"},
	{uint32(ParseError), "ST_RULE_PARSE_ERROR"}, {uint32(LegacyOOF), "legacy OOF rule"}, {uint32(OnlyWhenOOFExtended), "only when OOF, extended"},
	{uint32(TemporarilyDisabled), "temporarily disabled"}, {uint32(ClearOOFHistory), "ST_CLEAR_OOF_HIST"}}

// Words returns the names of the bits that are set, and the number of those that have none.
func (s State) Words() []string { return appendBits(nil, uint32(s), stateBits) }

// String returns the words, "ST_ENABLED | ST_EXIT_LEVEL", and "0" where no bit is set.
func (s State) String() string {
	if s == 0 {
		return "0"
	}
	return strings.Join(s.Words(), " | ")
}

// OnlyOOF reports whether the rule runs only while its owner is out of office.
func (s State) OnlyOOF() bool { return s&(OnlyWhenOOF|OnlyWhenOOFExtended) != 0 }

// Runs reports whether the rule runs, while its owner is out of office and while not. A rule that is only for that time
// need not be enabled for it: those of the out-of-office assistant are not.
func (s State) Runs(oof bool) bool {
	switch {
	case s&TemporarilyDisabled != 0:
		return false
	case s.OnlyOOF():
		return oof
	}
	return s&Enabled != 0
}
