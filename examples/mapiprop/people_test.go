package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestHidden keeps marks out of what is printed of a rule that a terminal obeys, or that show other text than is there.
func TestHidden(t *testing.T) {
	for _, mark := range "\u007f\u009b\u200b\u202e\u2066\ufeff" {
		var units []byte
		for _, r := range "a" + string(mark) + "b\x00" {
			units = append(units, byte(r), byte(r>>8))
		}
		blob := "0000" + "03" + "01000000" + "1F003700" + "1F003700" + hex.EncodeToString(units) // Subject contains …
		for _, out := range []string{"text", "json", "hex"} {
			got, _, status := runWith(blob, "decode", "extrulecondition", "-out", out)
			require.Equal(t, exitOK, status)
			require.NotContains(t, got, string(mark), out)
			if out != "hex" {
				require.Contains(t, got, fmt.Sprintf("a\\u%04xb", mark))
			}
		}
	}
}

// TestBrokenCondition says of no condition that breaks off that it is for every message, or for none.
func TestBrokenCondition(t *testing.T) {
	for _, tt := range []struct{ kind, blob string }{
		{"extrulecondition", "0200"},
		{"extrulecondition", "00000002000000"},
		{"restriction", "0000000000"},
		{"restriction", "01000000"},
		{"rulecondition", "0002"},
	} {
		out, _, status := runWith(tt.blob, "decode", tt.kind)
		require.Equal(t, exitFinding, status, tt.blob)
		require.Contains(t, out, "for       not read\n", tt.blob)
	}
	out, _, _ := runWith("0000", "decode", "extrulecondition")
	require.Contains(t, out, "for       every message\n")
}

// TestNotRead says of no small structure that breaks off that there is nothing in it.
func TestNotRead(t *testing.T) {
	for kind, want := range map[string]string{"xid": "number    not read", "sid": "account   not read", "pcl": "not read", "flatlist": "not read",
		"verbstream": "not read", "reporttag": "not read", "webview": "not read", "tombstone": "not read", "propdef": "not read", "ntsd": "not read",
		"nickname": "not read", "oofhistory": "replies   not read"} {
		out, _, status := runWith("00000000", "decode", kind)
		require.Equal(t, exitFinding, status, kind)
		require.Contains(t, out, "  "+want+"\n", kind)
	}
	out, _, _ := runWith("64000000640000004C5A467500000000", "decode", "rtf")
	require.Contains(t, out, "  holds     not read\n")
	out, _, _ = runWith("", "decode", "pcl", "-in", "raw")
	require.Contains(t, out, "no changes", "where there is nothing, that is said")
}

// TestWrapped says that lines were wrapped where they are right together and not alone, and never of a list of blobs.
func TestWrapped(t *testing.T) {
	const zone = "0201060002000000010002013E0002004106" + "0000000000000000000000000000" + "F0000000" +
		"00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	wrap := func(s string, n int, end string) string {
		var b strings.Builder
		for ; len(s) > n; s = s[n:] {
			b.WriteString(s[:n] + end)
		}
		return b.String() + s + end
	}
	raw, err := hex.DecodeString(zone)
	require.NoError(t, err)
	for _, in := range []string{wrap(zone, 60, "\n"), wrap(zone, 76, "\r\n"), wrap(base64.StdEncoding.EncodeToString(raw), 76, "\n")} {
		_, stderr, status := runWith(in, "decode", "tzdef")
		require.Equal(t, exitFinding, status)
		require.Contains(t, stderr, "stdin: its ")
		require.Contains(t, stderr, "were they wrapped?")
	}
	for _, in := range []string{zone, zone + "\n" + zone, wrap(zone[:120], 60, "\n"), wrap(zone, 60, "\n") + "zz\n", "", "\n\n", "02\n01"} {
		_, stderr, _ := runWith(in, "decode", "tzdef")
		require.NotContains(t, stderr, "wrapped", in)
	}
	_, stderr, _ := runWith(manyBlobs(7), "decode", "tzstruct")
	require.NotContains(t, stderr, "wrapped")
}

// TestLongName keeps what is said of a file readable that has a long name, and says the name once.
func TestLongName(t *testing.T) {
	name := strings.Repeat("a long name ", 12) + "é.msg"
	out, _, status := runWith("", "inspect", name)
	require.Equal(t, exitFile, status)
	require.Equal(t, 1, strings.Count(out, "é.msg"))
	require.Equal(t, 2, strings.Count(out, "\n"), out)
	require.NotContains(t, out, strings.Repeat(" ", 5))
}

// TestNothingThere reads what holds no property: that is an error of a file that was asked for, whatever its name, and
// none of one that lay in a folder.
func TestNothingThere(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "notes.txt")
	require.NoError(t, os.WriteFile(name, []byte("nothing\n"), 0o644))
	for _, args := range [][]string{{name}, {"-"}, {}} {
		for _, command := range []string{"inspect", "oof"} {
			_, _, status := runWith("nothing\n", append([]string{command}, args...)...)
			require.Equal(t, exitFinding, status, "%s %v", command, args)
		}
	}
	for _, out := range []string{"text", "json"} {
		got, _, status := runWith("", "inspect", "-out", out, dir)
		require.Equal(t, exitOK, status)
		require.Contains(t, got, "mfcmapi.no-properties")
		require.NotContains(t, got, `"severity":"error"`)
		require.NotContains(t, got, "! error")
	}
}

// TestProgressBeside shows the bar on the terminal that the output goes to: nothing of that is lost.
func TestProgressBeside(t *testing.T) {
	for _, out := range []string{"text", "json", "smartview"} {
		want, _, _ := runWith(manyBlobs(2000), "decode", "tzstruct", "-out", out)
		var screen bytes.Buffer
		e := env{stdin: strings.NewReader(manyBlobs(2000)), stdout: &screen, stderr: &screen, terminal: func(io.Writer) bool { return true }}
		run(e, []string{"decode", "tzstruct", "-out", out, "-color", "off"})
		if out != "smartview" { // whose texts end without a line end
			require.Contains(t, screen.String(), "stdin (", "the bar")
		}
		var seen []string
		for line := range strings.Lines(screen.String()) {
			var row []rune
			at := 0
			for _, r := range strings.TrimRight(line, "\r\n") {
				switch {
				case r == '\r':
					at = 0
					continue
				case at == len(row):
					row = append(row, r)
				default:
					row[at] = r
				}
				at++
			}
			seen = append(seen, strings.TrimRight(string(row), " "))
		}
		lines := strings.Split(strings.ReplaceAll(strings.TrimSuffix(want, "\n"), "\r\n", "\n"), "\n")
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " ")
		}
		require.Empty(t, cmp.Diff(lines, seen[:min(len(seen), len(lines))]), out)
	}
}
