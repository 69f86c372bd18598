package oof_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// historyLaws is the one decoder of this package whose input is bytes.
var historyLaws = fuzz.Laws[oof.History]{Name: "oofhistory", Decode: oof.DecodeHistory, Inspect: oof.InspectHistory,
	Unmarshal: (*oof.History).UnmarshalBinary, Append: (*oof.History).AppendBinary, Normalize: (*oof.History).Normalize,
	SelfDelimiting: true, Normalized: []diag.Code{oof.HistoryVersion, oof.HistoryOofOn, oof.TrailingData}}

func TestVectors(t *testing.T) { golden.Run(t, historyLaws) }

// runTexts holds a reader of text to the vectors of a folder: what is found, the value, and that the value comes back out
// of its JSON.
func runTexts[T any](t *testing.T, folder string, inspect func(string) (*T, *diag.Report)) {
	for _, vec := range golden.Load(t, "testdata/"+folder) {
		t.Run(vec.Name, func(t *testing.T) {
			text, ok := vec.Section("input.txt")
			require.True(t, ok)
			text = strings.TrimSuffix(text, "\n")
			v, r := inspect(text)
			vec.CheckFindings(t, r)
			vec.Check(t, "value.json", golden.IndentJSON(t, v))
			var found []string
			for f := range r.Findings() {
				require.LessOrEqual(t, f.Span.Offset+f.Span.Len, len(text))
				found = append(found, f.Severity.String()+": "+f.Error())
			}
			if found != nil {
				vec.Check(t, "findings.txt", strings.Join(found, "\n"))
			}
			b, err := json.Marshal(v)
			require.NoError(t, err)
			var back T
			require.NoError(t, json.Unmarshal(b, &back))
			if diff := cmp.Diff(v, &back); diff != "" {
				t.Errorf("JSON (-written +read):\n%s", diff)
			}
		})
	}
}

func TestSettings(t *testing.T) { runTexts(t, "settings", oof.InspectSettings) }
func TestLog(t *testing.T)      { runTexts(t, "log", oof.InspectLog) }

// example returns what the example of a catalogue entry yields.
func example(t *testing.T, kind, text string) []diag.Finding {
	var r *diag.Report
	switch kind {
	case "oofhistory":
		_, r = oof.InspectHistory(golden.Unhex(t, text))
	case "oof settings":
		_, r = oof.InspectSettings(text)
	case "oof log":
		_, r = oof.InspectLog(text)
	default:
		t.Fatalf("no example is a %s", kind)
	}
	return slices.Collect(r.Findings())
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", oof.Codes(), func(kind, text string) []diag.Finding { return example(t, kind, text) })
	oof.Codes()[0].Means = ""
	require.NotEmpty(t, oof.Codes()[0].Means, "a copy")
}

// TestExamplesAreSmall wants examples of one finding.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range oof.Codes() {
		if e.Example == "" {
			continue // mailboxes have them, and tests of their own
		}
		require.Len(t, example(t, e.Kind, e.Example), 1, e.Code)
	}
}
