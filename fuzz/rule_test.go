package fuzz_test

import (
	"bytes"
	"testing"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	oofrule "github.com/mapiprop/mapiprop/oof/rule"
)

// ruleActions are the laws of actions in a profile.
func ruleActions(name string, p mapi.Profile) fuzz.Laws[oofrule.RuleAction] {
	return fuzz.Laws[oofrule.RuleAction]{Name: name,
		Decode:    func(b []byte) (*oofrule.RuleAction, error) { return oofrule.DecodeAction(b, p) },
		Inspect:   func(b []byte) (*oofrule.RuleAction, *diag.Report) { return oofrule.InspectAction(b, p) },
		Unmarshal: func(v *oofrule.RuleAction, b []byte) error { v.Profile = p; return v.UnmarshalBinary(b) },
		Append:    (*oofrule.RuleAction).AppendBinary, Equal: sameValues[*oofrule.RuleAction], SelfDelimiting: true}
}

// ruleConditions are the laws of conditions in a profile. Where names stand before them they may be all there is, so that
// a prefix may be a good blob.
func ruleConditions(name string, p mapi.Profile) fuzz.Laws[oofrule.Condition] {
	return fuzz.Laws[oofrule.Condition]{Name: name,
		Decode:    func(b []byte) (*oofrule.Condition, error) { return oofrule.DecodeCondition(b, p) },
		Inspect:   func(b []byte) (*oofrule.Condition, *diag.Report) { return oofrule.InspectCondition(b, p) },
		Unmarshal: func(v *oofrule.Condition, b []byte) error { v.Profile = p; return v.UnmarshalBinary(b) },
		Append:    (*oofrule.Condition).AppendBinary, Equal: sameValues[*oofrule.Condition], SelfDelimiting: p == mapi.ProfileROP || p == mapi.ProfileOCFG}
}

func searchFolders() fuzz.Laws[oofrule.SearchFolder] {
	return fuzz.Laws[oofrule.SearchFolder]{Name: "SearchFolder", Decode: oofrule.DecodeSearchFolder, Inspect: oofrule.InspectSearchFolder,
		Unmarshal: (*oofrule.SearchFolder).UnmarshalBinary, Append: (*oofrule.SearchFolder).AppendBinary,
		Equal: sameValues[*oofrule.SearchFolder], SelfDelimiting: true}
}

// sameValues reports whether two values are the same in every bit and every word: there may be a NaN in them.
func sameValues[T interface {
	AppendBinary([]byte) ([]byte, error)
	AppendJSON([]byte) []byte
}](a, b T) bool {
	x, err1 := a.AppendBinary(nil)
	y, err2 := b.AppendBinary(nil)
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && bytes.Equal(a.AppendJSON(nil), b.AppendJSON(nil))
}

// checkRuleJSON reads any text as the value forms.
func checkRuleJSON(tb testing.TB, text []byte) {
	if v := sameAgain[oofrule.Condition](tb, text); v != nil {
		_ = v.Validate()
	}
	if v := sameAgain[oofrule.RuleAction](tb, text); v != nil {
		_ = v.Validate()
	}
}
