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
	if kind == "RTF" {
		_, all := rtf.Deencapsulate([]byte(example))
		return all
	}
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
		if e.Code == rtf.BinOverrun { // which takes the end of its group too
			require.Len(t, all, 2)
			all = all[:1]
		}
		if e.Code == rtf.HiddenText { // which is in native RTF alone
			require.Equal(t, rtf.NativeRTF, all[0].Code)
			all = all[1:]
		}
		require.Len(t, all, 1, e.Code)
		require.Equal(t, e.Spec, all[0].Spec)
	}
	rtf.Codes()[0].Means = ""
	require.NotEmpty(t, rtf.Codes()[0].Means, "a copy")
}
