package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestBenchSets: a file that matches is a set, and its lines are the blobs; without files there is the blob of the test.
func TestBenchSets(t *testing.T) {
	t.Setenv("MAPIPROP_BENCH", "")
	own := []byte{7}
	if diff := cmp.Diff(map[string][][]byte{"own": {own}}, benchSets(t, "a_*.hex", own)); diff != "" {
		t.Error(diff)
	}
	dir := t.TempDir()
	t.Setenv("MAPIPROP_BENCH", dir)
	for name, text := range map[string]string{"a_1.hex": "0102\n03\n", "a_2.hex": "ff", "b_1.hex": "00\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	want := map[string][][]byte{"a_1": {{1, 2}, {3}}, "a_2": {{0xFF}}}
	if diff := cmp.Diff(want, benchSets(t, "a_*.hex", own)); diff != "" {
		t.Error(diff)
	}
}

// TestBench: one operation takes every blob of a set once.
func TestBench(t *testing.T) {
	t.Setenv("MAPIPROP_BENCH", "")
	benchtime := flag.Lookup("test.benchtime").Value.String()
	require.NoError(t, flag.Set("test.benchtime", "3x"))
	defer func() { require.NoError(t, flag.Set("test.benchtime", benchtime)) }()
	calls := 0
	testing.Benchmark(func(b *testing.B) {
		Bench(b, "", []byte{1, 2}, func(blob []byte) error {
			require.Equal(t, []byte{1, 2}, blob)
			calls++
			return nil
		})
	})
	require.Equal(t, 3, calls)
}
