package recur_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// patternLaws and appointmentLaws are the decoders of this package as the laws see them.
var (
	patternLaws = fuzz.Laws[recur.RecurrencePattern]{Name: "recur", Decode: recur.DecodePattern, Inspect: recur.InspectPattern,
		Unmarshal: (*recur.RecurrencePattern).UnmarshalBinary, Append: (*recur.RecurrencePattern).AppendBinary,
		Normalize: (*recur.RecurrencePattern).Normalize, SelfDelimiting: true, Normalized: goneAfterNormalize}
	appointmentLaws = fuzz.Laws[recur.AppointmentRecurrencePattern]{Name: "apptrecur", Decode: recur.Decode, Inspect: recur.Inspect,
		Unmarshal: (*recur.AppointmentRecurrencePattern).UnmarshalBinary, Append: (*recur.AppointmentRecurrencePattern).AppendBinary,
		Normalize: (*recur.AppointmentRecurrencePattern).Normalize, SelfDelimiting: true, Normalized: goneAfterNormalize}
)

func TestVectors(t *testing.T) {
	golden.Run(t, patternLaws)
	golden.Run(t, appointmentLaws)
}

// TestTruncationSweep cuts every good blob after every byte: the error must be a shortage and name the first field that
// is not whole, at the offset where it begins; of an array of dates, the array.
func TestTruncationSweep(t *testing.T) {
	sweep(t, patternLaws)
	sweep(t, appointmentLaws)
}

func sweep[T any](t *testing.T, laws fuzz.Laws[T]) {
	for _, vec := range golden.Load(t, "testdata/"+laws.Name) {
		b := vec.Blob(t)
		_, report := laws.Inspect(b)
		if report.Max() >= diag.Error {
			continue
		}
		t.Run(laws.Name+"/"+vec.Name, func(t *testing.T) {
			array, arrayAt := "", 0
			for f := range report.Fields() {
				if f.Path == "trailing" {
					break
				}
				path, at := f.Path, f.Span.Offset
				if name, ok := dates(f.Path); ok {
					if array != name {
						array, arrayAt = name, at
					}
					path, at = array, arrayAt
				}
				for n := f.Span.Offset; n < f.Span.Offset+f.Span.Len; n++ {
					_, err := laws.Decode(b[:n])
					var e *diag.DecodeError
					require.ErrorAs(t, err, &e, "%d bytes", n)
					got := e.Findings[0]
					require.ErrorIs(t, got, recur.Truncated, "%d bytes", n)
					want := diag.Span{Offset: at, Len: n - at}
					if diff := cmp.Diff(want, got.Span); diff != "" || got.Path != path {
						t.Fatalf("%d bytes: %v, want field %s (-want +got):\n%s", n, got, path, diff)
					}
				}
			}
		})
	}
}

// dates returns the name of the array that the path is a date of.
func dates(path string) (string, bool) {
	for _, name := range []string{"DeletedInstanceDates", "ModifiedInstanceDates"} {
		if len(path) > len(name) && path[:len(name)] == name {
			return name, true
		}
	}
	return "", false
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", recur.Codes(), func(kind, example string) []diag.Finding {
		b := golden.Unhex(t, example)
		var report *diag.Report
		switch kind {
		case "recur":
			_, report = recur.InspectPattern(b)
		case "apptrecur":
			_, report = recur.Inspect(b)
		default:
			t.Fatalf("unknown kind %q", kind)
		}
		var findings []diag.Finding
		for f := range report.Findings() {
			findings = append(findings, f)
		}
		return findings
	})
}
