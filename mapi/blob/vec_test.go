package blob_test

import (
	"slices"
	"strings"
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
	verbLaws = fuzz.Laws[blob.VerbStream]{Name: "verbstream", Decode: blob.DecodeVerbStream, Inspect: blob.InspectVerbStream,
		Unmarshal: (*blob.VerbStream).UnmarshalBinary, Append: (*blob.VerbStream).AppendBinary}
	reportLaws = fuzz.Laws[blob.ReportTag]{Name: "reporttag", Decode: blob.DecodeReportTag, Inspect: blob.InspectReportTag,
		Unmarshal: (*blob.ReportTag).UnmarshalBinary, Append: (*blob.ReportTag).AppendBinary, SelfDelimiting: true}
	renIDsLaws = fuzz.Laws[blob.AdditionalRenEntryIDs]{Name: "renids", Decode: blob.DecodeAdditionalRenEntryIDs, Inspect: blob.InspectAdditionalRenEntryIDs,
		Unmarshal: (*blob.AdditionalRenEntryIDs).UnmarshalBinary, Append: (*blob.AdditionalRenEntryIDs).AppendBinary}
	folderFlagsLaws = fuzz.Laws[blob.ExtendedFolderFlags]{Name: "folderflags", Decode: blob.DecodeExtendedFolderFlags, Inspect: blob.InspectExtendedFolderFlags,
		Unmarshal: (*blob.ExtendedFolderFlags).UnmarshalBinary, Append: (*blob.ExtendedFolderFlags).AppendBinary}
	nicknameLaws = fuzz.Laws[blob.NicknameCache]{Name: "nickname", Decode: blob.DecodeNicknameCache, Inspect: blob.InspectNicknameCache,
		Unmarshal: (*blob.NicknameCache).UnmarshalBinary, Append: (*blob.NicknameCache).AppendBinary, SelfDelimiting: true}
	webViewLaws = fuzz.Laws[blob.WebViews]{Name: "webview", Decode: blob.DecodeWebViews, Inspect: blob.InspectWebViews,
		Unmarshal: (*blob.WebViews).UnmarshalBinary, Append: (*blob.WebViews).AppendBinary}
	tombstoneLaws = fuzz.Laws[blob.Tombstones]{Name: "tombstone", Decode: blob.DecodeTombstones, Inspect: blob.InspectTombstones,
		Unmarshal: (*blob.Tombstones).UnmarshalBinary, Append: (*blob.Tombstones).AppendBinary, SelfDelimiting: true}
	propDefLaws = fuzz.Laws[blob.PropertyDefinitions]{Name: "propdef", Decode: blob.DecodePropertyDefinitions, Inspect: blob.InspectPropertyDefinitions,
		Unmarshal: (*blob.PropertyDefinitions).UnmarshalBinary, Append: (*blob.PropertyDefinitions).AppendBinary, SelfDelimiting: true}
	todoLaws = fuzz.Laws[blob.SwappedToDo]{Name: "swappedtodo", Decode: blob.DecodeSwappedToDo, Inspect: blob.InspectSwappedToDo,
		Unmarshal: (*blob.SwappedToDo).UnmarshalBinary, Append: (*blob.SwappedToDo).AppendBinary, SelfDelimiting: true}
)

func TestVectors(t *testing.T) {
	golden.Run(t, convIndexLaws)
	golden.Run(t, xidLaws)
	golden.Run(t, pclLaws)
	golden.Run(t, flatLaws)
	golden.Run(t, propDefLaws)
	golden.Run(t, todoLaws)
	golden.Run(t, nicknameLaws)
	golden.Run(t, verbLaws)
	golden.Run(t, reportLaws)
	golden.Run(t, renIDsLaws)
	golden.Run(t, folderFlagsLaws)
	golden.Run(t, webViewLaws)
	golden.Run(t, tombstoneLaws)
}

// inspectors are the Inspect of every structure by its name, without the value.
var inspectors = map[string]func(b []byte) *diag.Report{
	"convindex":   report(blob.InspectConversationIndex),
	"xid":         report(blob.InspectXID),
	"pcl":         report(blob.InspectPredecessorChangeList),
	"flatlist":    report(blob.InspectFlatEntryList),
	"propdef":     report(blob.InspectPropertyDefinitions),
	"swappedtodo": report(blob.InspectSwappedToDo),
	"nickname":    report(blob.InspectNicknameCache),
	"verbstream":  report(blob.InspectVerbStream),
	"reporttag":   report(blob.InspectReportTag),
	"renids":      report(blob.InspectAdditionalRenEntryIDs),
	"folderflags": report(blob.InspectExtendedFolderFlags),
	"webview":     report(blob.InspectWebViews),
	"tombstone":   report(blob.InspectTombstones),
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
		require.NotEmpty(t, found[0].Spec, e.Code)
		require.Contains(t, e.Spec, found[0].Spec, e.Code)
	}
	blob.Codes()[0].Means = ""
	require.NotEmpty(t, blob.Codes()[0].Means, "a copy")
}

// TestTruncationSweep cuts every good vector after every byte. Where that makes an error, it is found where the field that is
// not whole begins.
func TestTruncationSweep(t *testing.T) {
	for kind, inspect := range inspectors {
		missed := 0
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
						missed++
						field, ok := whole.At(f.Span.Offset)
						require.True(t, ok)
						require.Equal(t, field.Span.Offset, f.Span.Offset, "%s/%s, %d bytes: %v", kind, vec.Name, n, f)
						step, _, _ := strings.Cut(f.Path, ".")
						require.True(t, strings.HasPrefix(field.Path, step), "%s is not in %s", field.Path, f.Path)
					}
				}
			}
		}
		require.Greater(t, missed, 8, "%s: cut values lack nothing", kind)
	}
}
