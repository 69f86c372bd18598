package rule

import "strings"

// State are the bits that say when a rule runs: PidTagRuleState and PidTagRuleMessageState ([MS-OXORULE] 2.2.1.3.1.3). Those
// that no specification has were seen with Exchange.
type State uint32

// The bits.
const (
	StateEnabled             State = 0x00000001 // ST_ENABLED
	StateError               State = 0x00000002 // ST_ERROR: an action failed
	StateOnlyWhenOOF         State = 0x00000004 // ST_ONLY_WHEN_OOF
	StateKeepOOFHistory      State = 0x00000008 // ST_KEEP_OOF_HIST: one reply for each sender
	StateExitLevel           State = 0x00000010 // ST_EXIT_LEVEL: no rule runs after this one
	StateSkipIfSCLIsSafe     State = 0x00000020 // ST_SKIP_IF_SCL_IS_SAFE
	StateParseError          State = 0x00000040 // ST_RULE_PARSE_ERROR: the server cannot read the rule
	StateLegacyOOF           State = 0x00000080 // in no specification: of an older out-of-office assistant
	StateOnlyWhenOOFExtended State = 0x00000100 // in no specification: of the out-of-office assistant since Exchange 2007
	StateTemporarilyDisabled State = 0x40000000 // in no specification
	StateClearOOFHistory     State = 0x80000000 // ST_CLEAR_OOF_HIST: who was replied to is forgotten
)

var stateBits = []bit{{uint32(StateEnabled), "ST_ENABLED"}, {uint32(StateError), "ST_ERROR"}, {uint32(StateOnlyWhenOOF), "ST_ONLY_WHEN_OOF"},
	{uint32(StateKeepOOFHistory), "ST_KEEP_OOF_HIST"}, {uint32(StateExitLevel), "ST_EXIT_LEVEL"}, {uint32(StateSkipIfSCLIsSafe), "ST_SKIP_IF_SCL_IS_SAFE"},
	{uint32(StateParseError), "ST_RULE_PARSE_ERROR"}, {uint32(StateLegacyOOF), "legacy OOF rule"}, {uint32(StateOnlyWhenOOFExtended), "only when OOF, extended"},
	{uint32(StateTemporarilyDisabled), "temporarily disabled"}, {uint32(StateClearOOFHistory), "ST_CLEAR_OOF_HIST"}}

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
func (s State) OnlyOOF() bool { return s&(StateOnlyWhenOOF|StateOnlyWhenOOFExtended) != 0 }

// Runs reports whether the rule runs, while its owner is out of office and while not. A rule that is only for that time
// need not be enabled for it: those of the out-of-office assistant are not.
func (s State) Runs(oof bool) bool {
	switch {
	case s&StateTemporarilyDisabled != 0:
		return false
	case s.OnlyOOF():
		return oof
	}
	return s&StateEnabled != 0
}
