package rtf_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// TestSharedBlobs decompresses every value of the corpus: CRC and size are right, and the text is taken without a finding
// worse than Info. What we compress of it is no longer than a tenth more.
func TestSharedBlobs(t *testing.T) {
	ours, theirs := 0, 0
	n := golden.SharedLines(t, "corpus/blobs.jsonl", func(_ string, line []byte) {
		var v struct{ Hex, Source string }
		require.NoError(t, json.Unmarshal(line, &v))
		b := golden.Unhex(t, v.Hex)
		laws.Check(t, b)
		sameEverywhere(t, b)
		value, r := rtf.Inspect(b)
		require.Less(t, r.Max(), diag.Warning, v.Source)
		require.Equal(t, rtf.LZFu, value.CompType)
		text := value.AppendRTF(nil)
		require.EqualValues(t, value.RawSize, len(text), v.Source)
		_, found := rtf.Deencapsulate(text)
		for _, f := range found {
			require.Less(t, f.Severity, diag.Warning, v.Source)
		}
		again := blobOf(t, string(text), rtf.LZFu)
		ours, theirs = ours+len(again), theirs+len(b)
	}, "rtf")
	require.GreaterOrEqual(t, n, 46)
	t.Logf("%d values: %d bytes, compressed by us %d", n, theirs, ours)
	require.LessOrEqual(t, ours, theirs*11/10)
}

var sharedVector = regexp.MustCompile("(?s)\\*\\*(V\\d+) [^\n]*`rtf`[^\n]*\n\n```\nin : ([0-9A-F]*)\nout: ([^\n]*)\n")

// TestSharedVectors compares with the vectors of the shelf. Of a shortage they name the place in another way: that of the
// header at its beginning, where we name the field that is missing.
func TestSharedVectors(t *testing.T) {
	all := sharedVector.FindAllStringSubmatch(string(golden.Shared(t, "vectors/oof-rules-guid.md")), -1)
	require.Len(t, all, 13)
	for _, m := range all {
		t.Run(m[1], func(t *testing.T) {
			var want struct {
				CompSize, RawSize uint32
				Type, Out         string
				Warnings          []string
				Error             *struct {
					Code   string
					Offset int
				}
			}
			require.NoError(t, json.Unmarshal([]byte(m[3]), &want))
			b := golden.Unhex(t, m[2])
			v, r := rtf.Inspect(b)
			var warnings []string
			var wrong *diag.Finding
			for f := range r.Findings() {
				if f.Severity < diag.Error {
					warnings = append(warnings, strings.TrimPrefix(string(f.Code), "rtf."))
				} else {
					wrong = &f
				}
			}
			if want.Error != nil {
				require.NotNil(t, wrong)
				require.Equal(t, "rtf."+want.Error.Code, string(wrong.Code))
				if len(b) >= 16 {
					require.Equal(t, want.Error.Offset, wrong.Span.Offset)
				}
				return
			}
			require.Nil(t, wrong)
			require.Equal(t, want.Warnings, append([]string{}, warnings...))
			require.Equal(t, []any{want.CompSize, want.RawSize, want.Type}, []any{v.CompSize, v.RawSize, v.CompType.String()})
			require.Equal(t, golden.Unhex(t, want.Out), append([]byte{}, v.AppendRTF(nil)...))
		})
	}
}
