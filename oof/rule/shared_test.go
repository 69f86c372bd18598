package rule_test

import (
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

var sharedVector = regexp.MustCompile("(?m)^\\*\\*(V\\d+) [^\n]*`((?:rule-action|restriction)[^`]*)`[^\n]*\n\n```\nin : ([0-9A-F]*)\nout: (.*)\n```")

// TestShared compares with a reference decoder: every shared vector of rules, what it says and where it is wrong.
func TestShared(t *testing.T) {
	all := sharedVector.FindAllStringSubmatch(string(golden.Shared(t, "vectors/oof-rules-guid.md")), -1)
	require.Len(t, all, 30)
	for _, m := range all {
		t.Run(m[1], func(t *testing.T) {
			b, err := hex.DecodeString(m[3])
			require.NoError(t, err)
			p := mapi.ProfileROP
			switch {
			case strings.Contains(m[2], "--ext"):
				p = mapi.ProfileExtended
			case strings.Contains(m[2], "--profile ocfg"):
				p = mapi.ProfileOCFG
			}
			var got map[string]any
			var r *diag.Report
			if strings.HasPrefix(m[2], "rule-action") {
				v, report := rule.InspectAction(b, p)
				got, r = refAction(v, offsets(report)), report
				actions("x", p).Check(t, b)
			} else {
				v, report := rule.InspectCondition(b, p)
				got, r = refCondition(v, offsets(report)), report
				conditions("x", p).Check(t, b)
			}
			var want map[string]any
			require.NoError(t, json.Unmarshal([]byte(m[4]), &want))
			if e, ok := want["error"].(map[string]any); ok {
				found := slices.DeleteFunc(slices.Collect(r.Findings()), func(f diag.Finding) bool { return f.Severity < diag.Error })
				require.Len(t, found, 1)
				_, code, _ := strings.Cut(string(found[0].Code), ".")
				require.Equal(t, e["code"], code)
				require.EqualValues(t, e["offset"], found[0].Span.Offset)
				return
			}
			text, err := json.Marshal(got)
			require.NoError(t, err)
			require.JSONEq(t, m[4], string(text))
		})
	}
}
