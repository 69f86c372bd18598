package rule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// conditions and actions are the decoders of this package as the laws see them, in one profile. A prefix of what has names
// before it may be names and no condition.
func conditions(name string, p mapi.Profile) fuzz.Laws[rule.Condition] {
	return fuzz.Laws[rule.Condition]{Name: name,
		Decode:         func(b []byte) (*rule.Condition, error) { return rule.DecodeCondition(b, p) },
		Inspect:        func(b []byte) (*rule.Condition, *diag.Report) { return rule.InspectCondition(b, p) },
		Unmarshal:      func(v *rule.Condition, b []byte) error { v.Profile = p; return v.UnmarshalBinary(b) },
		Append:         (*rule.Condition).AppendBinary,
		SelfDelimiting: p == mapi.ProfileROP || p == mapi.ProfileOCFG}
}

func actions(name string, p mapi.Profile) fuzz.Laws[rule.RuleAction] {
	return fuzz.Laws[rule.RuleAction]{Name: name,
		Decode:    func(b []byte) (*rule.RuleAction, error) { return rule.DecodeAction(b, p) },
		Inspect:   func(b []byte) (*rule.RuleAction, *diag.Report) { return rule.InspectAction(b, p) },
		Unmarshal: func(v *rule.RuleAction, b []byte) error { v.Profile = p; return v.UnmarshalBinary(b) },
		Append:    (*rule.RuleAction).AppendBinary, SelfDelimiting: true}
}

var searchFolders = fuzz.Laws[rule.SearchFolder]{Name: "searchfolder", Decode: rule.DecodeSearchFolder, Inspect: rule.InspectSearchFolder,
	Unmarshal: (*rule.SearchFolder).UnmarshalBinary, Append: (*rule.SearchFolder).AppendBinary, SelfDelimiting: true}

func TestVectors(t *testing.T) {
	golden.Run(t, searchFolders)
	golden.Run(t, actions("ruleaction", mapi.ProfileROP))
	golden.Run(t, actions("extruleaction", mapi.ProfileExtended))
	golden.Run(t, actions("ruleaction-mfcmapi", mapi.ProfileMFCMAPI))
	golden.Run(t, conditions("rulecondition", mapi.ProfileROP))
	golden.Run(t, conditions("extrulecondition", mapi.ProfileExtended))
	golden.Run(t, conditions("restriction", mapi.ProfileOCFG))
	golden.Run(t, conditions("rulecondition-mfcmapi", mapi.ProfileMFCMAPI))
}

// inspect inspects a blob as the kind of an example says.
func inspect(t *testing.T, kind string, b []byte) *diag.Report {
	var r *diag.Report
	switch kind {
	case "ruleaction":
		_, r = rule.InspectAction(b, mapi.ProfileROP)
	case "extruleaction":
		_, r = rule.InspectAction(b, mapi.ProfileExtended)
	case "rulecondition":
		_, r = rule.InspectCondition(b, rule.DetectCondition(b))
	case "extrulecondition":
		_, r = rule.InspectCondition(b, mapi.ProfileExtended)
	case "restriction":
		_, r = rule.InspectCondition(b, mapi.ProfileOCFG)
	case "searchfolder":
		_, r = rule.InspectSearchFolder(b)
	default:
		t.Fatalf("kind %q", kind)
	}
	require.Equal(t, kind, r.What())
	return r
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", rule.Codes(), func(kind, example string) []diag.Finding {
		return findings(t, kind, example)
	})
}

// findings returns what an example yields.
func findings(t *testing.T, kind, example string) []diag.Finding {
	if kind == "properties of a rule" {
		return inspectProps(t, example)
	}
	return slices.Collect(inspect(t, kind, golden.Unhex(t, example)).Findings())
}

// TestExamplesAreSmall wants examples of one finding, which names the section of the catalogue.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range rule.Codes() {
		if e.Example == "" {
			require.Contains(t, []diag.Code{rule.TooDeep, rule.BadProfile, rule.NotEncodable}, e.Code, "no example")
			continue
		}
		found := findings(t, e.Kind, e.Example)
		if assertOne(t, e, found) {
			require.Equal(t, e.Spec, found[0].Spec)
		}
	}
	rule.Codes()[0].Means = ""
	require.NotEmpty(t, rule.Codes()[0].Means, "a copy")
}

func assertOne(t *testing.T, e diag.Entry, found []diag.Finding) bool {
	t.Helper()
	if len(found) != 1 || found[0].Code != e.Code {
		t.Errorf("%s: its example yields %v", e.Code, found)
		return false
	}
	return true
}
