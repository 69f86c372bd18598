package freebusy_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
)

// laws is the decoder of this package as the laws see it. A prefix of blocks may be blocks.
var laws = fuzz.Laws[freebusy.Blocks]{Name: "freebusy", Decode: freebusy.Decode, Inspect: freebusy.Inspect,
	Unmarshal: (*freebusy.Blocks).UnmarshalBinary, Append: (*freebusy.Blocks).AppendBinary, Normalize: (*freebusy.Blocks).Normalize,
	Normalized: []diag.Code{freebusy.PartialBlock, freebusy.EmptyBlock, freebusy.ReversedBlock, freebusy.BlockOrder,
		freebusy.BlockOverlap, freebusy.BlockAdjacent}}

func TestVectors(t *testing.T) { golden.Run(t, laws) }

// pairJSON pairs the two lists of an example as those of Busy.
func pairJSON(t *testing.T, text string) ([]freebusy.Interval, []diag.Finding) {
	var lists struct {
		Months []int32
		Blocks []string
	}
	require.NoError(t, json.Unmarshal([]byte(text), &lists))
	var values [][]byte
	for _, s := range lists.Blocks {
		b, err := hex.DecodeString(s)
		require.NoError(t, err)
		values = append(values, b)
	}
	return freebusy.Busy.Pair(lists.Months, values)
}

func TestLists(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/lists") {
		t.Run(vec.Name, func(t *testing.T) {
			text, ok := vec.Section("lists.json")
			require.True(t, ok)
			intervals, findings := pairJSON(t, text)
			var found, out []string
			for _, i := range intervals {
				start, end := i.Times()
				out = append(out, fmt.Sprintf("%s to %s", start.Format("2006-01-02 15:04"), end.Format("2006-01-02 15:04")))
			}
			for _, f := range findings {
				found = append(found, f.Severity.String()+" "+string(f.Code))
				out = append(out, f.Severity.String()+": "+f.Error())
			}
			if diff := cmp.Diff(vec.Expected(), found); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			vec.Check(t, "intervals.txt", strings.Join(append(out, fmt.Sprintf("%d intervals", len(intervals))), "\n"))
		})
	}
}

// TestTruncationSweep cuts blocks after every byte: what is left over is found where it begins, and kept.
func TestTruncationSweep(t *testing.T) {
	b := golden.Unhex(t, "1c025802 3c05dc05 665da25d")
	for n := range len(b) + 1 {
		v, r := freebusy.Inspect(b[:n])
		require.Len(t, v.Blocks, n/4)
		require.Equal(t, b[n&^3:n], append([]byte{}, v.Trailing...))
		_, err := freebusy.Decode(b[:n])
		if n%4 == 0 {
			require.NoError(t, err)
			require.Equal(t, n == 0, r.Max() == diag.Warning)
			continue
		}
		var e *diag.DecodeError
		require.ErrorAs(t, err, &e)
		require.Len(t, e.Findings, 1)
		require.ErrorIs(t, err, freebusy.PartialBlock)
		require.Equal(t, diag.Span{Offset: n &^ 3, Len: n & 3}, e.Findings[0].Span)
		require.Equal(t, "trailing", e.Findings[0].Path)
	}
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", freebusy.Codes(), func(kind, example string) []diag.Finding {
		if kind == "freebusy" {
			_, r := freebusy.Inspect(golden.Unhex(t, example))
			return slices.Collect(r.Findings())
		}
		require.Equal(t, "months and blocks", kind)
		_, findings := pairJSON(t, example)
		return findings
	})
}

// TestExamplesAreSmall wants examples of one finding, which names the section of the catalogue.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range freebusy.Codes() {
		var found []diag.Finding
		switch {
		case e.Example == "":
			require.Contains(t, []diag.Code{freebusy.NoBlocks, freebusy.NotRead, freebusy.NotEncodable}, e.Code, "no example")
			continue
		case e.Kind == "freebusy":
			_, r := freebusy.Inspect(golden.Unhex(t, e.Example))
			found = slices.Collect(r.Findings())
		default:
			_, found = pairJSON(t, e.Example)
		}
		require.Len(t, found, 1, e.Code)
		require.Equal(t, e.Spec, found[0].Spec)
	}
	freebusy.Codes()[0].Means = ""
	require.NotEmpty(t, freebusy.Codes()[0].Means, "a copy")
}
