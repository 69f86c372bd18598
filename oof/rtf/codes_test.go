package rtf_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// found returns what an example yields.
func found(t *testing.T, kind, example string) []diag.Finding {
	require.Equal(t, "rtf", kind)
	_, r := rtf.Inspect(golden.Unhex(t, example))
	return slices.Collect(r.Findings())
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", rtf.Codes(), func(kind, example string) []diag.Finding { return found(t, kind, example) })
}

// TestExamplesAreSmall wants examples of one finding, which names the section of the catalogue.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range rtf.Codes() {
		all := found(t, e.Kind, e.Example)
		require.Len(t, all, 1, e.Code)
		require.Equal(t, e.Spec, all[0].Spec)
	}
	rtf.Codes()[0].Means = ""
	require.NotEmpty(t, rtf.Codes()[0].Means, "a copy")
}
