package rule_test

import (
	"encoding/hex"
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// The condition of a row of the rules table, in words.
func ExampleDecodeCondition() {
	blob, _ := hex.DecodeString("000200" + "03010001001f0037001f003700620061006e006b000000" + "02060103" + "00070e10000000")
	v, err := rule.DecodeCondition(blob, mapi.ProfileROP)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v)
	for _, r := range v.Restriction.(*rule.And).Restricts {
		fmt.Println(r.Type())
	}
	// Output:
	// Subject contains "bank" (in any case) and not MessageFlags & 0x10 != 0
	// RES_CONTENT
	// RES_NOT
}

// An action that cannot be read costs no other.
func ExampleInspectAction() {
	blob, _ := hex.DecodeString("02000b000600000000000000002600" + "09000a0000000000000000")
	v, report := rule.InspectAction(blob, mapi.ProfileROP)
	for f := range report.Findings() {
		fmt.Printf("%v: %v\n", f.Severity, f)
	}
	fmt.Println(v)
	// Output:
	// fatal: ActionBlocks[0].ActionData.BounceCode at 0x000D: needs 4 bytes, 2 left (rule.truncated)
	// info: ActionBlocks[1].ActionType at 0x0011: is OP_DELETE: the message is gone for good (rule.deletes)
	// OP_BOUNCE with 2 bytes that were not read, delete it for good
}

// The row of a rule that somebody wanted not to be seen.
func ExampleFromProps() {
	actions, _ := hex.DecodeString("010009000a0000000000000000")
	v, _ := rule.FromProps(mapi.Props{
		{Tag: 0x66770003, Value: mapi.Integer32(1)},
		{Tag: 0x668000FE, Value: mapi.RuleActions{Raw: actions}},
		{Tag: 0x6681001F, Value: mapi.String("RuleOrganizer")},
		{Tag: 0x6682001F, Value: mapi.String("")},
	})
	fmt.Println(v)
	fmt.Println(v.State, v.State.Runs(false))
	for _, f := range v.Findings {
		fmt.Printf("%v: %v\n", f.Severity, f)
	}
	// Output:
	// a rule without a name: every message → delete it for good
	// ST_ENABLED true
	// info: PidTagRuleActions.ActionBlocks[0].ActionType at 0x0004: is OP_DELETE: the message is gone for good (rule.deletes)
	// warning: PidTagRuleName: is empty: the rule has no name, and programs that list rules by it do not show it (rule.no-name)
}
