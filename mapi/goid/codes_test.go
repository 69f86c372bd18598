package goid_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", goid.Codes(), func(kind, example string) []diag.Finding {
		b := golden.Unhex(t, example)
		_, r := goid.Inspect(b)
		switch kind {
		case "goid":
		case "PidLidCleanGlobalObjectId":
			_, r = goid.InspectClean(b)
		default:
			t.Fatalf("no kind %q", kind)
		}
		return slices.Collect(r.Findings())
	})
}

// TestExamplesAreSmall wants examples of one finding: what they show is what they are for.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range goid.Codes() {
		if e.Example == "" {
			require.Equal(t, goid.NotEncodable, e.Code, "no example")
			continue
		}
		_, r := goid.InspectClean(golden.Unhex(t, e.Example))
		var others []diag.Code
		for f := range r.Findings() {
			if f.Code != e.Code {
				others = append(others, f.Code)
			}
		}
		switch e.Code {
		case goid.WithoutSize:
			require.Equal(t, []diag.Code{goid.Truncated}, others)
		case goid.InstanceDate, goid.InstanceDateRange:
			require.Equal(t, []diag.Code{goid.CleanDate}, others, "any date is one too many in a clean id")
		default:
			require.Empty(t, others, e.Code)
		}
	}
}

func TestCodesIsACopy(t *testing.T) {
	goid.Codes()[0].Means = ""
	require.NotEmpty(t, goid.Codes()[0].Means)
}

// TestSections is about the sections that findings name: that of the catalogue, whichever property was inspected.
func TestSections(t *testing.T) {
	for _, e := range goid.Codes() {
		if e.Example == "" {
			continue
		}
		_, r := goid.InspectClean(golden.Unhex(t, e.Example))
		for f := range r.Findings() {
			entry, ok := diag.Lookup(goid.Codes(), f.Code)
			require.True(t, ok)
			require.Equal(t, entry.Spec, f.Spec)
			require.NotEmpty(t, f.Spec)
		}
	}
}
