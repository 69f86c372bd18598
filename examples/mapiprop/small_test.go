package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// smallLine is what a line of inspect says of a small structure.
type smallLine struct {
	Source, Item, Kind, Canonical string
	Value                         json.RawMessage
	Findings                      []struct{ Severity, Code string }
}

// TestSmallCorpus reads the small structures that real messages hold. None of them is wrong, and the times that are in
// conversation indexes are those of the messages.
func TestSmallCorpus(t *testing.T) {
	out, _, _ := runWith("", "inspect", "-all", "-out", "json", shared(t, "corpus", "msg"), shared(t, "corpus", "tnef"))
	kinds, codes, sent, last := map[string]int{}, map[string]int{}, map[string]time.Time{}, map[string]time.Time{}
	for line := range strings.Lines(out) {
		var l smallLine
		require.NoError(t, json.Unmarshal([]byte(line), &l))
		if l.Canonical == "PidTagClientSubmitTime" {
			var at time.Time
			require.NoError(t, json.Unmarshal(l.Value, &at))
			sent[l.Source+l.Item] = at
		}
		if l.Kind == "" {
			continue
		}
		kinds[l.Kind]++
		for _, f := range l.Findings {
			codes[f.Code]++
			if strings.HasPrefix(f.Code, "blob.") || strings.HasPrefix(f.Code, "security.") {
				require.Contains(t, []string{"info", "warning"}, f.Severity, line)
			}
		}
		if l.Kind == "convindex" {
			var v struct{ Times []time.Time }
			require.NoError(t, json.Unmarshal(l.Value, &v))
			if n := len(v.Times); n > 0 {
				last[l.Source+l.Item] = v.Times[n-1]
			}
		}
	}
	for kind, n := range map[string]int{"convindex": 63, "xid": 19, "pcl": 18, "flatlist": 1, "reporttag": 1, "sid": 20, "ntsd": 9} {
		require.GreaterOrEqual(t, kinds[kind], n, kind)
	}
	require.Equal(t, 5, codes["blob.conversation-time"])
	require.Equal(t, 3, codes["blob.conversation-time-shifted"])
	near, others := 0, 0
	for item, at := range last {
		if s, ok := sent[item]; ok {
			if d := s.Sub(at).Abs(); d < 10*time.Minute {
				near++
			} else {
				others++
				t.Logf("%s: sent %v, %v by its index", item, s, at)
			}
		}
	}
	// What Exchange made of a mail without an index, and a mail that was delivered 12 minutes after it was sent.
	require.LessOrEqual(t, others, 2)
	require.GreaterOrEqual(t, near, 40)
}
