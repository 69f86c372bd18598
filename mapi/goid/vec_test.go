package goid_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

// laws is the decoder of this package as the laws see it, cleanLaws the same for a property that holds clean ids.
var (
	laws      = lawsOf("goid", goid.Inspect)
	cleanLaws = lawsOf("clean", goid.InspectClean)
)

func lawsOf(name string, inspect func([]byte) (*goid.GlobalObjectID, *diag.Report)) fuzz.Laws[goid.GlobalObjectID] {
	return fuzz.Laws[goid.GlobalObjectID]{Name: name, Decode: goid.Decode, Inspect: inspect,
		Unmarshal: (*goid.GlobalObjectID).UnmarshalBinary, Append: (*goid.GlobalObjectID).AppendBinary,
		Normalize: (*goid.GlobalObjectID).Normalize, SelfDelimiting: true,
		Normalized: []diag.Code{goid.TrailingData, goid.XNotZero}}
}

func TestVectors(t *testing.T) {
	golden.Run(t, laws)
	golden.Run(t, cleanLaws)
}

// TestTruncationSweep cuts every good id after every byte: the error must be a shortage and name the first field that is
// not whole, at the offset where it begins. Where Size is that field, it must be said that some programs do without.
func TestTruncationSweep(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/goid") {
		b := vec.Blob(t)
		_, report := goid.Inspect(b)
		if report.Max() >= diag.Error {
			continue
		}
		t.Run(vec.Name, func(t *testing.T) {
			for f := range report.Fields() {
				if f.Path == "trailing" {
					break
				}
				for n := f.Span.Offset; n < f.Span.Offset+f.Span.Len; n++ {
					_, err := goid.Decode(b[:n])
					var e *diag.DecodeError
					require.ErrorAs(t, err, &e, "%d bytes", n)
					require.Len(t, e.Findings, 1, "%d bytes", n)
					got := e.Findings[0]
					require.ErrorIs(t, got, goid.Truncated, "%d bytes", n)
					want := diag.Span{Offset: f.Span.Offset, Len: n - f.Span.Offset}
					if diff := cmp.Diff(want, got.Span); diff != "" || got.Path != f.Path {
						t.Fatalf("%d bytes: %v, want field %s (-want +got):\n%s", n, got, f.Path, diff)
					}
					_, r := goid.Inspect(b[:n])
					require.Equal(t, f.Path == "Size", has(r, goid.WithoutSize), "%d bytes", n)
				}
			}
		})
	}
}

// has reports whether a report has a finding of the code.
func has(r *diag.Report, code diag.Code) bool {
	for f := range r.Findings() {
		if f.Code == code {
			return true
		}
	}
	return false
}
