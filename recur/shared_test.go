package recur_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
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

func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no shared folder beside the module")
	}
	require.NoError(t, err)
	return b
}

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

// expectation is what calendar.jsonl says beside the fields.
type expectation struct {
	Warnings []struct {
		Code, Field string
		Offset      int
	}
	Error *struct {
		Field        string
		Offset, Have int
		Need         int64
		Reason       string
	}
}

func calendarVectors(t *testing.T) (all []calendarVector) {
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "vectors/calendar.jsonl")))
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
	for _, v := range calendarVectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			r := inspectors[v.Kind](golden.Unhex(t, v.Hex))
			var want expectation
			require.NoError(t, json.Unmarshal(v.Expect, &want))
			if want.Error != nil {
				checkError(t, want, r)
				return
			}
			checkFields(t, v, r)
			checkWarnings(t, want, r)
		})
	}
}

func checkError(t *testing.T, want expectation, r *diag.Report) {
	var worst []diag.Finding
	for f := range r.Findings() {
		if f.Severity >= diag.Error {
			worst = append(worst, f)
		}
	}
	require.Len(t, worst, 1)
	f, e := worst[0], want.Error
	require.Equal(t, diag.Fatal, f.Severity)
	require.Equal(t, diag.Code("recur."+strings.ReplaceAll(e.Reason, "_", "-")), f.Code)
	require.Equal(t, e.Field, f.Path)
	require.Equal(t, e.Offset, f.Span.Offset)
	if e.Reason == "truncated" {
		require.Equal(t, e.Have, f.Span.Len)
		require.Equal(t, fmt.Sprintf("needs %d bytes, %d left", e.Need, e.Have), f.Msg)
	}
}

func checkFields(t *testing.T, v calendarVector, r *diag.Report) {
	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(v.Expect))
	d.UseNumber()
	require.NoError(t, d.Decode(&fields))
	require.Equal(t, json.Number(fmt.Sprint(r.Size())), fields["size"])
	for _, key := range []string{"kind", "size", "warnings"} {
		delete(fields, key)
	}
	want, got := map[string]string{}, map[string]string{}
	flatten("", fields, want)
	for f := range r.Fields() {
		got[f.Path] = valueText(f.Value)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// checkWarnings compares what was found. Of an array the vectors name the first element, and we the one at fault.
func checkWarnings(t *testing.T, want expectation, r *diag.Report) {
	wantSet, gotSet := map[string]bool{}, map[string]bool{}
	for _, w := range want.Warnings {
		at := fmt.Sprint(w.Offset)
		if w.Field != "" {
			at = w.Field
		}
		wantSet["recur."+strings.ReplaceAll(w.Code, "_", "-")+" at "+at] = true
	}
	for f := range r.Findings() {
		require.LessOrEqual(t, f.Severity, diag.Warning, "%v", f)
		at := fmt.Sprint(f.Span.Offset)
		if name, _, ok := strings.Cut(f.Path, "["); ok && strings.HasSuffix(name, "InstanceDates") {
			at = name
		}
		gotSet[string(f.Code)+" at "+at] = true
	}
	require.Equal(t, wantSet, gotSet)
}

// flatten turns nested JSON into paths. What has no bytes in the blob is left out: null, "", [] are not fields.
func flatten(path string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			if path != "" {
				key = path + "." + key
			}
			flatten(key, e, into)
		}
	case []any:
		for i, e := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i), e, into)
		}
	case json.Number:
		into[path] = v.String()
	case string:
		if v != "" {
			into[path] = v
		}
	}
}

// valueText returns a field's value as calendar.jsonl spells it: bytes in hex.
func valueText(v any) string {
	if b, ok := v.([]byte); ok {
		return hex.EncodeToString(b)
	}
	return fmt.Sprint(v)
}

// peerVector is an entry of peer-bugs.json.
type peerVector struct{ Hex, Expect string }

func peerVectors(t *testing.T) map[string]peerVector {
	all := map[string]peerVector{}
	require.NoError(t, json.Unmarshal(sharedFile(t, "vectors/peer-bugs.json"), &all))
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
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "corpus/blobs.jsonl")))
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		var v struct{ Kind, Hex, Source string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		inspect := inspectors[v.Kind]
		if inspect == nil {
			continue
		}
		n++
		b := golden.Unhex(t, v.Hex)
		for f := range inspect(b).Findings() {
			t.Errorf("%s: %v", v.Source, f)
		}
		appointmentLaws.Check(t, b)
	}
	require.NoError(t, lines.Err())
	require.GreaterOrEqual(t, n, 4)
}

// TestCorpusSmartView holds the blobs of MFCMAPI's own test data, and its text of them byte for byte.
func TestCorpusSmartView(t *testing.T) {
	for _, name := range []string{"RECURRENCEPATTERN-1", "RECURRENCEPATTERN-3", "APPOINTMENTRECURRENCEPATTERN-1", "APPOINTMENTRECURRENCEPATTERN-3"} {
		t.Run(name, func(t *testing.T) {
			b := golden.Unhex(t, string(sharedFile(t, "corpus/mfcmapi/In/"+name+".dat")))
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
			want := string(sharedFile(t, "corpus/mfcmapi/Out/"+parser+"-out-"+number+".dat"))
			if diff := cmp.Diff(want, string(recur.AppendSmartView(nil, r))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
