package tzdef_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

// definitionLaws, structLaws and informationLaws are the decoders of this package as the laws see them.
var (
	normalized = []diag.Code{tzdef.TrailingData, tzdef.MajorVersion, tzdef.MinorVersion, tzdef.HeaderSize, tzdef.HeaderSizeMismatch,
		tzdef.RuleMajorVersion, tzdef.RuleMinorVersion, tzdef.RuleSize, tzdef.RuleTooSmall, tzdef.RuleSizeOverrun}
	definitionLaws = fuzz.Laws[tzdef.Definition]{Name: "tzdef", Decode: tzdef.Decode, Inspect: tzdef.Inspect,
		Unmarshal: (*tzdef.Definition).UnmarshalBinary, Append: (*tzdef.Definition).AppendBinary,
		Normalize: (*tzdef.Definition).Normalize, SelfDelimiting: true, Normalized: normalized}
	structLaws = fuzz.Laws[tzdef.TZStruct]{Name: "tzstruct", Decode: tzdef.DecodeStruct, Inspect: tzdef.InspectStruct,
		Unmarshal: (*tzdef.TZStruct).UnmarshalBinary, Append: (*tzdef.TZStruct).AppendBinary,
		Normalize: (*tzdef.TZStruct).Normalize, SelfDelimiting: true,
		Normalized: []diag.Code{tzdef.TrailingData, tzdef.StandardYearMismatch, tzdef.DaylightYearMismatch}}
	informationLaws = fuzz.Laws[tzdef.Information]{Name: "tzreg", Decode: tzdef.DecodeInformation, Inspect: tzdef.InspectInformation,
		Unmarshal: (*tzdef.Information).UnmarshalBinary, Append: (*tzdef.Information).AppendBinary}
)

func TestVectors(t *testing.T) {
	golden.Run(t, definitionLaws)
	golden.Run(t, structLaws)
	golden.Run(t, informationLaws)
}

// TestTruncationSweep cuts every good definition after every byte: the error must be a shortage and name the first field
// that is not whole, at the offset where it begins.
func TestTruncationSweep(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/tzdef") {
		b := vec.Blob(t)
		_, report := tzdef.Inspect(b)
		if report.Max() >= diag.Error {
			continue
		}
		t.Run(vec.Name, func(t *testing.T) {
			for f := range report.Fields() {
				if f.Path == "trailing" {
					break
				}
				for n := f.Span.Offset; n < f.Span.Offset+f.Span.Len; n++ {
					_, err := tzdef.Decode(b[:n])
					var e *diag.DecodeError
					require.ErrorAs(t, err, &e, "%d bytes", n)
					code, got := tzdef.Truncated, e.Findings[0]
					if strings.HasSuffix(f.Path, ".extra") {
						code = tzdef.RuleSizeOverrun // the next rule, if there is one, is missed too
					}
					require.ErrorIs(t, got, code, "%d bytes", n)
					want := diag.Span{Offset: f.Span.Offset, Len: n - f.Span.Offset}
					if diff := cmp.Diff(want, got.Span); diff != "" || got.Path != f.Path {
						t.Fatalf("%d bytes: %v, want field %s (-want +got):\n%s", n, got, f.Path, diff)
					}
				}
			}
		})
	}
}
