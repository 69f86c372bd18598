package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRules shows the blobs of rules in words, by themselves and as properties of a dump.
func TestRules(t *testing.T) {
	for _, c := range []struct{ kind, hex, want string }{
		{"rulecondition", "03010001001f0037001f003700620061006e006b000000", `for       Subject contains "bank" (in any case)`},
		{"rulecondition", "0000040402011d0c02011d0c0100000041", "rule.mfcmapi-layout"},
		{"extrulecondition", "0000", "for       every message"},
		{"extrulecondition", "01000080150000000008200600000000" + "00c00000000000004610850000" + "04040b0000800b00008001", "property  0x8000 is {00062008-0000-0000-C000-000000000046}:0x8510"},
		{"restriction", "08000000 1f001a00", "for       has MessageClass"},
		{"ruleaction", "0000", "does      nothing"},
		{"ruleaction", "010009000b0000000000000000", "does      mark as read"},
		{"ruleaction", "0100", "not all of it was read"},
		{"extruleaction", "0000 01000000 01000000 0d000000 05 00000000 00000000 01020304", "does      leave it to the client (4 bytes)"},
	} {
		out, _, _ := runWith(strings.ReplaceAll(c.hex, " ", "")+"\n", "decode", c.kind)
		require.Contains(t, out, c.want, "%s %s", c.kind, c.hex)
	}
	out, _, code := runWith(`{"tag":"0x668000FE","raw":"010009000a0000000000000000"}`+"\n"+`{"tag":"0x667900FD","raw":"081f001a00"}`+"\n"+
		`{"tag":"0x0E990102","raw":"00000100000000000000"}`+"\n"+`{"tag":"0x0E9A0102","raw":"0000"}`+"\n", "inspect", "-in", "jsonl")
	require.Zero(t, code, "what attackers do is no error")
	for _, want := range []string{"PidTagRuleActions (0x668000FE)  line 1, 13 bytes", "does      delete it for good", "rule.deletes",
		"PidTagRuleCondition (0x667900FD)  line 2, 5 bytes", "for       has MessageClass", "does      nothing", "for       every message"} {
		require.Contains(t, out, want)
	}
	require.Equal(t, strings.Repeat("x", mostText)+"… (5 more bytes)", shortened(strings.Repeat("x", mostText+5)))
}
