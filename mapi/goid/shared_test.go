package goid_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

// The tests of this file hold the package to vectors and real ids that lie beside the module and are not part of it. They
// are skipped where those are missing.

// calendarVector is a line of calendar.jsonl.
type calendarVector struct {
	ID, Hex string
	Expect  map[string]any
}

func TestCalendarVectors(t *testing.T) {
	n := golden.SharedLines(t, "vectors/calendar.jsonl", func(_ string, line []byte) {
		var v calendarVector
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		require.NoError(t, d.Decode(&v))
		t.Run(v.ID, func(t *testing.T) { checkCalendarVector(t, v) })
	}, "goid")
	require.GreaterOrEqual(t, n, 6, "vectors of ours")
}

func checkCalendarVector(t *testing.T, v calendarVector) {
	b := golden.Unhex(t, v.Hex)
	laws.Check(t, b)
	g, r := goid.Inspect(b)
	if e, ok := v.Expect["error"].(map[string]any); ok {
		err := r.Err()
		require.Error(t, err)
		var all *diag.DecodeError
		require.ErrorAs(t, err, &all)
		require.Len(t, all.Findings, 1)
		f := all.Findings[0]
		require.Equal(t, diag.Fatal, f.Severity)
		got := map[string]any{"reason": strings.TrimPrefix(string(f.Code), "goid."), "field": f.Path, "offset": json.Number(fmt.Sprint(f.Span.Offset)),
			"have": json.Number(fmt.Sprint(f.Span.Len)), "need": e["need"]}
		require.Equal(t, e, got)
		require.Equal(t, fmt.Sprintf("needs %v bytes, %v left", e["need"], e["have"]), f.Msg)
		return
	}

	got := map[string]any{"kind": r.What(), "size": json.Number(fmt.Sprint(r.Size())), "trailing": "", "Data": ""}
	for f := range r.Fields() {
		if v, ok := f.Value.([]byte); ok {
			got[f.Path] = hex.EncodeToString(v)
		} else {
			got[f.Path] = json.Number(fmt.Sprint(f.Value))
		}
	}
	_, got["thirdParty"] = g.Wrapped()
	got["uid"], got["clean"] = g.UID(), hex.EncodeToString([]byte(g.Key()))
	warnings := []any{}
	for f := range r.Findings() {
		require.Less(t, f.Severity, diag.Error, "%v", f)
		w := map[string]any{"code": strings.ReplaceAll(strings.TrimPrefix(string(f.Code), "goid."), "-", "_"), "offset": json.Number(fmt.Sprint(f.Span.Offset))}
		if f.Code == goid.TrailingData {
			w["length"] = json.Number(fmt.Sprint(f.Span.Len))
		}
		warnings = append(warnings, w)
	}
	got["warnings"] = warnings
	if diff := cmp.Diff(v.Expect, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCorpusBlobs decodes ids that Outlook wrote. They depart from nothing, are in the property that holds clean ids too,
// and were made in the years of which the files say they are.
func TestCorpusBlobs(t *testing.T) {
	n := golden.SharedLines(t, "corpus/blobs.jsonl", func(_ string, line []byte) {
		var v struct {
			Hex, Source string
			Props       []string
		}
		require.NoError(t, json.Unmarshal(line, &v))
		b := golden.Unhex(t, v.Hex)
		laws.Check(t, b)
		cleanLaws.Check(t, b)
		g, err := goid.Decode(b)
		require.NoError(t, err)
		require.Empty(t, g.Validate(), v.Source)
		require.Equal(t, []string{"{6ED8DA90-450B-101B-98DA-00AA003F1305}/0003", "{6ED8DA90-450B-101B-98DA-00AA003F1305}/0023"}, v.Props, v.Source)
		_, r := goid.InspectClean(b)
		require.Empty(t, slices.Collect(r.Findings()), v.Source)
		require.Len(t, g.Data, 16)
		created, ok := g.CreationTime.Time()
		require.True(t, ok)
		require.True(t, created.After(time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)) && created.Before(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)), "%s: %v", v.Source, created)
		require.Equal(t, strings.ToUpper(v.Hex), g.UID())
		back, err := goid.ParseUID(strings.ToLower(g.UID()))
		require.NoError(t, err)
		require.Equal(t, g, back)
	}, "goid")
	require.Positive(t, n, "ids of ours")
}

// TestSmartViewText compares our SmartView text with MFCMAPI's own, for the id MFCMAPI tests itself with.
func TestSmartViewText(t *testing.T) {
	in := golden.Unhex(t, string(golden.Shared(t, "corpus/mfcmapi/In/GLOBALOBJECTID-1.dat")))
	want := string(golden.Shared(t, "corpus/mfcmapi/Out/GLOBALOBJECTID-out-1.dat"))
	g, err := goid.Decode(in)
	require.NoError(t, err)
	if diff := cmp.Diff("before"+want, string(g.AppendSmartView([]byte("before")))); diff != "" {
		t.Errorf("(-MFCMAPI's +ours):\n%s", diff)
	}
	laws.Check(t, in)
}
