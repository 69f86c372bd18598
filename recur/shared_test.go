package recur_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// The tests of this file hold the package to vectors and real blobs that lie beside the module and are not part of it.
// They are skipped where those are missing.

// inspectors are Inspect and InspectPattern, the value left out.
var inspectors = map[string]func([]byte) *diag.Report{
	"recur":     func(b []byte) *diag.Report { _, r := recur.InspectPattern(b); return r },
	"apptrecur": func(b []byte) *diag.Report { _, r := recur.Inspect(b); return r },
}

// calendarVector is a line of calendar.jsonl.
type calendarVector struct {
	ID, Kind, Hex string
	Expect        json.RawMessage
}

func calendarVectors(t *testing.T) (all []calendarVector) {
	lines := bufio.NewScanner(bytes.NewReader(golden.Shared(t, "vectors/calendar.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v calendarVector
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		if inspectors[v.Kind] != nil {
			all = append(all, v)
		}
	}
	require.NoError(t, lines.Err())
	require.GreaterOrEqual(t, len(all), 28, "vectors of ours")
	return all
}

func TestCalendarVectors(t *testing.T) {
	for kind, inspect := range inspectors {
		require.Positive(t, golden.Calendar(t, "recur", kind, inspect), kind)
	}
}

// peerVector is an entry of peer-bugs.json.
type peerVector struct{ Hex, Expect string }

func peerVectors(t *testing.T) map[string]peerVector {
	all := map[string]peerVector{}
	require.NoError(t, json.Unmarshal(golden.Shared(t, "vectors/peer-bugs.json"), &all))
	maps.DeleteFunc(all, func(id string, _ peerVector) bool { return id[0] != 'R' && id[0] != 'X' })
	require.Len(t, all, 28)
	return all
}

// peerFindings are the findings of each vector that peers get wrong, and where they are; all others have none.
var peerFindings = map[string]string{
	"R10": "warning recur.nth at 26",
	"X03": "warning recur.writer-version2 at 66",
	"X07": "warning recur.ansi-length-mismatch at 94",
	"X10": "fatal recur.truncated at 94",
	"X11": "warning recur.exception-count-mismatch at 74",
	"X12": "warning recur.more-modified-than-deleted at 42, warning recur.original-not-deleted at 84",
	"X14": "fatal recur.truncated at 38",
	"X15": "warning recur.trailing-data at 80, info recur.older-version at 80",
	"X17": "info recur.start-date-not-first at 46, warning recur.trailing-data at 80",
}

func TestPeerBugs(t *testing.T) {
	for id, v := range peerVectors(t) {
		t.Run(id, func(t *testing.T) {
			b := golden.Unhex(t, v.Hex)
			kind, laws := "apptrecur", func(b []byte) { appointmentLaws.Check(t, b) }
			if strings.HasPrefix(id, "X14") || strings.HasPrefix(id, "X16") {
				kind, laws = "recur", func(b []byte) { patternLaws.Check(t, b) }
			}
			laws(b)
			var got []string
			for f := range inspectors[kind](b).Findings() {
				got = append(got, fmt.Sprintf("%v %v at %d", f.Severity, f.Code, f.Span.Offset))
			}
			number, _, _ := strings.Cut(id, "-")
			if diff := cmp.Diff(peerFindings[number], strings.Join(got, ", ")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v.Expect, diff)
			}
		})
	}
}

// TestCorpusBlobs inspects blobs that Outlook wrote: they have no findings.
func TestCorpusBlobs(t *testing.T) {
	n := golden.SharedLines(t, "corpus/blobs.jsonl", func(kind string, line []byte) {
		var v struct{ Hex, Source string }
		require.NoError(t, json.Unmarshal(line, &v))
		b := golden.Unhex(t, v.Hex)
		for f := range inspectors[kind](b).Findings() {
			t.Errorf("%s: %v", v.Source, f)
		}
		appointmentLaws.Check(t, b)
	}, "apptrecur")
	require.GreaterOrEqual(t, n, 4)
}

// TestCorpusSmartView holds the blobs of MFCMAPI's own test data, and its text of them byte for byte.
func TestCorpusSmartView(t *testing.T) {
	for _, name := range []string{"RECURRENCEPATTERN-1", "RECURRENCEPATTERN-3", "APPOINTMENTRECURRENCEPATTERN-1", "APPOINTMENTRECURRENCEPATTERN-3"} {
		t.Run(name, func(t *testing.T) {
			b := golden.Unhex(t, string(golden.Shared(t, "corpus/mfcmapi/In/"+name+".dat")))
			kind := "apptrecur"
			if strings.HasPrefix(name, "REC") {
				kind = "recur"
				patternLaws.Check(t, b)
			} else {
				appointmentLaws.Check(t, b)
			}
			r := inspectors[kind](b)
			for f := range r.Findings() {
				t.Errorf("%v", f)
			}
			parser, number, _ := strings.Cut(name, "-")
			want := string(golden.Shared(t, "corpus/mfcmapi/Out/"+parser+"-out-"+number+".dat"))
			if diff := cmp.Diff(want, string(recur.AppendSmartView(nil, r))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
