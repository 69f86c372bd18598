package blob_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The decoders of this package as the laws see them.
var (
	convIndexLaws = fuzz.Laws[blob.ConversationIndex]{Name: "convindex", Decode: blob.DecodeConversationIndex, Inspect: blob.InspectConversationIndex,
		Unmarshal: (*blob.ConversationIndex).UnmarshalBinary, Append: (*blob.ConversationIndex).AppendBinary}
	xidLaws = fuzz.Laws[blob.XID]{Name: "xid", Decode: blob.DecodeXID, Inspect: blob.InspectXID,
		Unmarshal: (*blob.XID).UnmarshalBinary, Append: (*blob.XID).AppendBinary}
	pclLaws = fuzz.Laws[blob.PredecessorChangeList]{Name: "pcl", Decode: blob.DecodePredecessorChangeList, Inspect: blob.InspectPredecessorChangeList,
		Unmarshal: (*blob.PredecessorChangeList).UnmarshalBinary, Append: (*blob.PredecessorChangeList).AppendBinary}
	flatLaws = fuzz.Laws[blob.FlatEntryList]{Name: "flatlist", Decode: blob.DecodeFlatEntryList, Inspect: blob.InspectFlatEntryList,
		Unmarshal: (*blob.FlatEntryList).UnmarshalBinary, Append: (*blob.FlatEntryList).AppendBinary}
)

func TestVectors(t *testing.T) {
	golden.Run(t, convIndexLaws)
	golden.Run(t, xidLaws)
	golden.Run(t, pclLaws)
	golden.Run(t, flatLaws)
}

// inspectors are the Inspect of every structure by its name, without the value.
var inspectors = map[string]func(b []byte) *diag.Report{
	"convindex": report(blob.InspectConversationIndex),
	"xid":       report(blob.InspectXID),
	"pcl":       report(blob.InspectPredecessorChangeList),
	"flatlist":  report(blob.InspectFlatEntryList),
}

func report[T any](inspect func([]byte) (*T, *diag.Report)) func([]byte) *diag.Report {
	return func(b []byte) *diag.Report {
		_, r := inspect(b)
		return r
	}
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", blob.Codes(), func(kind, example string) []diag.Finding {
		inspect := inspectors[kind]
		require.NotNil(t, inspect, kind)
		return slices.Collect(inspect(golden.Unhex(t, example)).Findings())
	})
}

// TestExamplesAreSmall wants examples of one finding, which names the section of the catalogue.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range blob.Codes() {
		if e.Example == "" {
			require.Equal(t, blob.NotEncodable, e.Code, "no example")
			continue
		}
		found := slices.Collect(inspectors[e.Kind](golden.Unhex(t, e.Example)).Findings())
		require.Len(t, found, 1, e.Code)
		require.Contains(t, e.Spec, found[0].Spec, e.Code)
	}
	blob.Codes()[0].Means = ""
	require.NotEmpty(t, blob.Codes()[0].Means, "a copy")
}

// TestTruncationSweep cuts every good vector after every byte. Where that makes an error, it is found where the field that is
// not whole begins.
func TestTruncationSweep(t *testing.T) {
	for kind, inspect := range inspectors {
		for _, vec := range golden.Load(t, "testdata/"+kind) {
			b := vec.Blob(t)
			whole := inspect(b)
			if whole.Max() >= diag.Error {
				continue
			}
			for n := range b {
				cut := inspect(b[:n])
				for f := range cut.Findings() {
					if f.Severity < diag.Error {
						continue
					}
					require.LessOrEqual(t, f.Span.Offset, n, "%s/%s, %d bytes: %v", kind, vec.Name, n, f)
					if f.Code == blob.Truncated {
						field, ok := whole.At(f.Span.Offset)
						require.True(t, ok)
						require.Equal(t, field.Span.Offset, f.Span.Offset, "%s/%s, %d bytes: %v", kind, vec.Name, n, f)
						require.Equal(t, field.Path, f.Path)
					}
				}
			}
		}
	}
}
