package mfcmapi

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// TestGolden reads documents of every generation, stored as their exporter stored them. With -update, the flag of package
// golden, it rewrites the .golden files.
func TestGolden(t *testing.T) {
	ansi := func(s string) string {
		b, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	wide := func(s string) string { return "\xFF\xFE" + utf16le(s) }
	for _, tt := range []struct {
		name   string
		stored func(string) string
	}{
		{"g0-pane", ansi}, {"g1-pane", ansi}, {"g2-message", ansi}, {"g4-folder", wide}, {"g5-profile", wide}, {"g5-contents", wide},
		{"g5-table", wide}, {"g5-stores", wide}, {"g5-embedded", wide}, {"g5-mrmapi", utf16le}, // MrMAPI writes no mark
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", tt.name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n", "\r\n")
			lines, _ := readAll(strings.NewReader(tt.stored(text)), 0)
			got := strings.ReplaceAll(strings.Join(lines, "\n"), "\r", "\\r") + "\n"
			golden := filepath.Join("testdata", tt.name+".golden")
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
