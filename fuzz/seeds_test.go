package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
)

var export = flag.String("export", "", "write the seeds of every target as raw files below this folder")

// A seed is one input that a fuzzer begins with.
type seed struct {
	name string
	data []byte
}

// A seeder makes some of the seeds of a target.
type seeder func(testing.TB) []seed

// all returns the seeds of t, without the crashers in testdata, which the go command adds itself.
func (t *target) all(tb testing.TB) []seed {
	tb.Helper()
	var all []seed
	for _, seeds := range t.seeds {
		all = append(all, seeds(tb)...)
	}
	require.NotEmpty(tb, all, "%s has no seeds", t.name)
	return all
}

// vectors makes seeds of the blobs of a folder's vectors.
func vectors(folder string) seeder {
	return func(tb testing.TB) (all []seed) {
		for _, v := range golden.Load(tb, folder) {
			all = append(all, seed{v.Name, v.Blob(tb)})
		}
		return all
	}
}

// values makes seeds of the JSON of a folder's vectors.
func values(folder string) seeder {
	return func(tb testing.TB) (all []seed) {
		for _, v := range golden.Load(tb, folder) {
			text, ok := v.Section("value.json")
			require.True(tb, ok, v.Name)
			all = append(all, seed{filepath.Base(folder) + "-" + v.Name, []byte(text)})
		}
		return all
	}
}

// texts makes seeds of texts that stand in a test.
func texts(list ...string) seeder {
	return func(testing.TB) (all []seed) {
		for i, text := range list {
			all = append(all, seed{fmt.Sprintf("text-%02d", i), []byte(text)})
		}
		return all
	}
}

// numbers makes seeds for the targets whose input is a program: nothing, a few of every value, and some that repeat.
func numbers(testing.TB) []seed {
	count := make([]byte, 256)
	for i := range count {
		count[i] = byte(i)
	}
	all := []seed{{"nothing", nil}, {"zeros", make([]byte, 64)}, {"every-byte", count}, {"every-byte-thrice", bytes.Repeat(count, 3)}}
	var words []byte
	for i := range uint16(300) {
		words = binary.LittleEndian.AppendUint16(words, i*211)
	}
	return append(all, seed{"words", words}, seed{"all-ones", bytes.Repeat([]byte{0xFF}, 64)})
}

// TestSeedNames keeps the seeds of a target apart: their names are file names when they are exported.
func TestSeedNames(t *testing.T) {
	for _, target := range targets {
		seen := map[string]bool{}
		for _, s := range target.all(t) {
			require.False(t, seen[s.name], "%s has two seeds %s", target.name, s.name)
			require.Regexp(t, `^[A-Za-z0-9._-]+$`, s.name, target.name)
			seen[s.name] = true
		}
	}
}

// TestExport writes the seeds and crashers of every target as raw files, for fuzzers to which f.Add says nothing.
func TestExport(t *testing.T) {
	if *export == "" {
		t.Skip("no -export=DIR")
	}
	n := exportTo(t, *export)
	t.Logf("%d files in %s", n, *export)
}

// TestExportWrites proves the export without the flag.
func TestExportWrites(t *testing.T) {
	dir := t.TempDir()
	n := exportTo(t, dir)
	for _, target := range targets {
		for _, s := range target.all(t) {
			b, err := os.ReadFile(filepath.Join(dir, "Fuzz"+target.name, s.name))
			require.NoError(t, err)
			require.True(t, bytes.Equal(s.data, b), "%s/%s", target.name, s.name)
			n--
		}
		for _, s := range crashers(t, target.name) {
			require.FileExists(t, filepath.Join(dir, "Fuzz"+target.name, s.name))
			n--
		}
	}
	require.Zero(t, n, "files that nobody asked for")
}

func exportTo(t *testing.T, dir string) (files int) {
	t.Helper()
	for _, target := range targets {
		folder := filepath.Join(dir, "Fuzz"+target.name)
		require.NoError(t, os.MkdirAll(folder, 0o755))
		for _, s := range append(target.all(t), crashers(t, target.name)...) {
			require.NoError(t, os.WriteFile(filepath.Join(folder, s.name), s.data, 0o644))
			files++
		}
	}
	return files
}

// crashers returns the inputs of testdata/fuzz, which are in the form of go test.
func crashers(t *testing.T, name string) (all []seed) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "fuzz", "Fuzz"+name, "*"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		data, err := decodeCorpus(string(text))
		require.NoError(t, err, file)
		all = append(all, seed{"crasher-" + filepath.Base(file), data})
	}
	return all
}

// decodeCorpus reads a file of the form "go test fuzz v1" with one []byte in it.
func decodeCorpus(text string) ([]byte, error) {
	text, ok := strings.CutPrefix(strings.TrimSpace(text), "go test fuzz v1\n[]byte(")
	if !ok {
		return nil, fmt.Errorf("no []byte in a corpus file")
	}
	s, err := strconv.Unquote(strings.TrimSuffix(text, ")"))
	return []byte(s), err
}

func TestDecodeCorpus(t *testing.T) {
	b, err := decodeCorpus("go test fuzz v1\n[]byte(\"a\\x00\\n\")\n")
	require.NoError(t, err)
	require.Equal(t, "a\x00\n", string(b))
	_, err = decodeCorpus("go test fuzz v1\nint(1)\n")
	require.Error(t, err)
}

// TestCrasherNames wants names that say what a crasher shows, never the hash the fuzzer gave it.
func TestCrasherNames(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "fuzz", "*", "*"))
	require.NoError(t, err)
	for _, file := range files {
		require.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)+$`, filepath.Base(file), "name %s after what it shows", file)
	}
}
