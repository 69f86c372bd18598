package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestWebAgain reads what inspect prints of dumps of Graph and EWS: it prints the same again, errors and findings included.
func TestWebAgain(t *testing.T) {
	for _, file := range []string{"testdata/dumps/event.json", "testdata/dumps/event.xml", "testdata/web/damaged.ndjson", "testdata/web/illegal.xml", "testdata/web/duplicates.json"} {
		first, _, status := runWith("", "inspect", "-all", "-out", "json", file)
		again, _, statusAgain := runWith(first, "inspect", "-all", "-out", "json", "-in", "jsonl")
		require.Empty(t, cmp.Diff(first, again), file)
		require.Equal(t, status, statusAgain, file)
		sniffed, _, _ := runWith(first, "inspect", "-all", "-out", "json")
		require.Equal(t, first, sniffed, "%s: what inspect says is JSON lines, whatever it is about", file)
	}
}

// TestWebSame has the same properties in both forms of one meeting.
func TestWebSame(t *testing.T) {
	var read [2]map[string]string
	for i, file := range []string{"testdata/dumps/event.json", "testdata/dumps/event.xml"} {
		out, _, status := runWith("", "inspect", "-all", "-out", "json", file)
		require.Equal(t, exitOK, status)
		read[i] = map[string]string{}
		for line := range strings.Lines(out) {
			var p struct{ Canonical, Type, Raw string }
			require.NoError(t, json.Unmarshal([]byte(line), &p))
			read[i][p.Canonical+" "+p.Type] = p.Raw
		}
	}
	require.Len(t, read[0], 5)
	require.Empty(t, cmp.Diff(read[0], read[1]))
}
