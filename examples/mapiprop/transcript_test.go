package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the outputs in transcripts")

// runCommand runs the program as a shell would: a line of words, quoted with ' where they have blanks, and perhaps
// "< FILE". Standard error comes back with "2> " before each line, an exit status other than 0 as a last line.
func runCommand(t *testing.T, line string) string {
	t.Helper()
	words := split(t, line)
	require.Equal(t, "mapiprop", words[0])
	e := env{stdin: strings.NewReader(""), terminal: func(io.Writer) bool { return false }}
	if n := len(words); n > 2 && words[n-2] == "<" {
		f, err := os.Open(words[n-1])
		require.NoError(t, err)
		defer f.Close()
		e.stdin, words = f, words[:n-2]
	}
	var stdout, stderr bytes.Buffer
	e.stdout, e.stderr = &stdout, &stderr
	status := run(e, words[1:])
	out := strings.ReplaceAll(stdout.String(), "\r\n", "␍\n") // so that git leaves them alone
	if out != "" && !strings.HasSuffix(out, "\n") {
		out += "␄\n"
	}
	for l := range strings.Lines(stderr.String()) {
		out += "2> " + l
	}
	if status != 0 {
		out += fmt.Sprintf("exit %d\n", status)
	}
	return out
}

func split(t *testing.T, line string) []string {
	var words []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimLeft(line, " ") {
		end := " "
		if line[0] == '\'' {
			line, end = line[1:], "'"
		}
		word, rest, ok := strings.Cut(line, end)
		require.True(t, ok || end == " ", "unbalanced quotes")
		words = append(words, word)
		line = rest
	}
	return words
}

// TestTranscripts runs what stands behind "$ " in testdata/*.txt and compares what is printed with what stands below.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			want := string(data)
			var got strings.Builder
			for line := range strings.Lines(want) {
				if strings.HasPrefix(line, "# ") && !strings.Contains(got.String(), "$ ") {
					got.WriteString(line) // what the transcript is about
				}
				if command, ok := strings.CutPrefix(line, "$ "); ok {
					got.WriteString(line + runCommand(t, command))
				}
			}
			if *update && got.String() != want {
				require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o644))
				return
			}
			if diff := cmp.Diff(want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
