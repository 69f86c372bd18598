package golden

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Bench measures f on sets of blobs, one call for each blob: those of the files in $MAPIPROP_BENCH whose names match the
// pattern, one blob a line in hex, or else own alone.
func Bench(b *testing.B, pattern string, own []byte, f func([]byte) error) {
	BenchOutput(b, pattern, own, func(blob []byte) int { return len(blob) }, f)
}

// BenchOutput measures f as Bench does, and counts for each blob the bytes that size says f makes of it.
func BenchOutput(b *testing.B, pattern string, own []byte, size func([]byte) int, f func([]byte) error) {
	for set, blobs := range benchSets(b, pattern, own) {
		b.Run(set, func(b *testing.B) {
			total := 0
			for _, blob := range blobs {
				total += size(blob)
			}
			b.SetBytes(int64(total))
			b.ReportAllocs()
			for b.Loop() {
				for _, blob := range blobs {
					if err := f(blob); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func benchSets(b testing.TB, pattern string, own []byte) map[string][][]byte {
	dir := os.Getenv("MAPIPROP_BENCH")
	if dir == "" {
		return map[string][][]byte{"own": {own}}
	}
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		b.Fatalf("no %s in MAPIPROP_BENCH (%v)", pattern, err)
	}
	sets := map[string][][]byte{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(text))
		lines.Buffer(nil, 1<<26)
		set := strings.TrimSuffix(filepath.Base(name), ".hex")
		for lines.Scan() {
			blob, err := hex.DecodeString(lines.Text())
			if err != nil {
				b.Fatal(err)
			}
			sets[set] = append(sets[set], blob)
		}
		if err := lines.Err(); err != nil {
			b.Fatal(err)
		}
	}
	return sets
}
