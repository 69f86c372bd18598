package entryid_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

func TestCodes(t *testing.T) { golden.CheckCodes(t, ".", entryid.Codes(), findingsOf(t)) }

// findingsOf returns what finds something in the example of a code.
func findingsOf(t *testing.T) func(kind, example string) []diag.Finding {
	return func(kind, example string) []diag.Finding {
		switch kind {
		case "dn":
			_, found := parseDN(example)
			return found
		case "imceaex":
			_, found := parseIMCEAEX(example)
			return found
		case "serverid":
			_, r := entryid.InspectServerID(golden.Unhex(t, example))
			return slices.Collect(r.Findings())
		}
		require.Equal(t, "entryid", kind)
		_, r := entryid.Inspect(golden.Unhex(t, example))
		return slices.Collect(r.Findings())
	}
}

// TestExamplesAreSmall wants examples of one finding: what they show is what they are for.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range entryid.Codes() {
		if e.Example == "" {
			require.Equal(t, entryid.NotEncodable, e.Code, "no example")
			continue
		}
		found := findingsOf(t)(e.Kind, e.Example)
		require.Len(t, found, 1, e.Code)
		require.Equal(t, e.Spec, found[0].Spec, "the section is that of the catalogue")
	}
}

func TestCodesIsACopy(t *testing.T) {
	entryid.Codes()[0].Means = ""
	require.NotEmpty(t, entryid.Codes()[0].Means)
}
