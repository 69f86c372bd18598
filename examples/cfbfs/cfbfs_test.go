package cfbfs

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// open makes an FS of a file in memory.
func open(b []byte) (*FS, error) { return New(bytes.NewReader(b), int64(len(b))) }

// pattern returns n bytes that say where they are.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i + i>>8)
	}
	return b
}

func sample() []byte {
	return build(dir("",
		file("__properties_version1.0", pattern(200)),
		file("\x05SummaryInformation", pattern(10)),
		file("empty", nil),
		file("large", pattern(100_000)),
		file("sector", pattern(8192)),
		dir("__attach_version1.0_#00000000",
			dir("__substg1.0_3701000D", file("__properties_version1.0", pattern(24))),
			file("__properties_version1.0", pattern(64))),
		dir("hollow"),
	))
}

func TestFS(t *testing.T) {
	f, err := open(sample())
	require.NoError(t, err)
	require.Empty(t, f.Problems())
	require.NoError(t, fstest.TestFS(f, "__properties_version1.0", "\x05SummaryInformation", "empty", "large", "sector", "hollow",
		"__attach_version1.0_#00000000/__substg1.0_3701000D/__properties_version1.0",
		"__attach_version1.0_#00000000/__properties_version1.0"))
	for name, n := range map[string]int{"large": 100_000, "sector": 8192, "__properties_version1.0": 200, "empty": 0} {
		b, err := fs.ReadFile(f, name)
		require.NoError(t, err)
		require.True(t, bytes.Equal(pattern(n), b), name)
	}
}

func TestOpenErrors(t *testing.T) {
	f, err := open(sample())
	require.NoError(t, err)
	_, err = f.Open("nothing")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = f.Open("large/nothing")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = f.Open("../large")
	require.ErrorIs(t, err, fs.ErrInvalid)
	_, err = f.Stat("nothing")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = f.ReadDir("large")
	require.Error(t, err)
	_, err = f.ReadDir("nothing")
	require.ErrorIs(t, err, fs.ErrNotExist)
	file, err := f.Open("large")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	_, err = file.Read(make([]byte, 1))
	require.ErrorIs(t, err, fs.ErrClosed)
	require.ErrorIs(t, file.Close(), fs.ErrClosed)
	folder, err := f.Open("hollow")
	require.NoError(t, err)
	_, err = folder.Read(make([]byte, 1))
	require.Error(t, err)
	require.NoError(t, folder.Close())
	require.ErrorIs(t, folder.Close(), fs.ErrClosed)
}

// Two readers of one stream do not move each other.
func TestTwoReaders(t *testing.T) {
	f, err := open(sample())
	require.NoError(t, err)
	a, err := f.Open("large")
	require.NoError(t, err)
	b, err := f.Open("large")
	require.NoError(t, err)
	one, two := make([]byte, 700), make([]byte, 700)
	for at := 0; at < 7000; at += 700 {
		_, err = io.ReadFull(a, one)
		require.NoError(t, err)
		_, err = io.ReadFull(b, two)
		require.NoError(t, err)
		require.True(t, bytes.Equal(one, two) && bytes.Equal(one, pattern(100_000)[at:at+700]))
	}
}

func TestNames(t *testing.T) {
	f, err := open(build(dir("",
		file("twice", []byte("1")), file("twice", []byte("22")), file("twice~2", []byte("333")),
		dir("both", file("a", []byte("4"))), dir("both", file("a", []byte("5"))),
		file("a/b", nil), file("..", nil),
	)))
	require.NoError(t, err)
	var got []string
	require.NoError(t, fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if !d.IsDir() {
			b, err := fs.ReadFile(f, p)
			require.NoError(t, err)
			got = append(got, p+"="+string(b))
		}
		return nil
	}))
	want := []string{"%..=", "a%2Fb=", "both/a=4", "both~2/a=5", "twice=1", "twice~2=22", "twice~2~2=333"}
	require.Empty(t, cmp.Diff(want, got))
	require.Len(t, f.Problems(), 5, f.Problems())
	require.NoError(t, fstest.TestFS(f, "both~2/a"))
}

// at returns the offset in b of the directory entry called name.
func at(t *testing.T, b []byte, name string) int {
	t.Helper()
	var key []byte
	for _, c := range name {
		key = binary.LittleEndian.AppendUint16(key, uint16(c))
	}
	i := bytes.Index(b, key)
	require.GreaterOrEqual(t, i, 0)
	return i
}

func TestHostile(t *testing.T) {
	put := binary.LittleEndian.PutUint32
	tests := []struct {
		name, want string // want is part of the error of New, or of reading everything
		damage     func(b []byte) []byte
	}{
		{"empty", "unexpected EOF", func(b []byte) []byte { return nil }},
		{"no signature", "bad signature", func(b []byte) []byte { b[0] = 0; return b }},
		{"sector shift", "sector shift is 31", func(b []byte) []byte { b[30] = 31; return b }},
		{"directory outside", "reading directory sector 16777215", func(b []byte) []byte { put(b[48:], 0xFFFFFF); return b }},
		{"directory loop", "does not end", func(b []byte) []byte {
			dirs := binary.LittleEndian.Uint32(b[48:])
			table := (int(binary.LittleEndian.Uint32(b[76:])) + 1) * sectorSize
			put(b[table+4*int(dirs):], dirs)
			return b
		}},
		{"DIFAT count", "DIFAT sectors are claimed", func(b []byte) []byte { put(b[72:], 1<<30); return b }},
		{"folder in itself", "reached twice", func(b []byte) []byte { put(b[at(t, b, "hollow")+76:], 1); return b }},
		{"sibling of itself", "reached twice", func(b []byte) []byte { put(b[at(t, b, "large")+68:], 4); return b }},
		{"entry out of range", "is named, there are", func(b []byte) []byte { put(b[at(t, b, "hollow")+76:], 4000); return b }},
		{"root has siblings", "root entry has siblings", func(b []byte) []byte { put(b[at(t, b, "Root Entry")+72:], 1); return b }},
		{"stream too long", "", func(b []byte) []byte { put(b[at(t, b, "large")+120:], 0x7FFFFFFF); return b }},
		{"mini stream too long", "", func(b []byte) []byte { put(b[at(t, b, "empty")+120:], 4000); return b }},
		{"chain loop", "", func(b []byte) []byte {
			put(b[at(t, b, "large")+120:], 0x7FFFFFFF)
			table := (int(binary.LittleEndian.Uint32(b[76:])) + 1) * sectorSize
			start := int(binary.LittleEndian.Uint32(b[at(t, b, "large")+116:]))
			put(b[table+4*(start+100):], uint32(start))
			return b
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := tt.damage(sample())
			f, err := open(b)
			if tt.want != "" {
				require.ErrorContains(t, err, tt.want)
				return
			}
			require.NoError(t, err)
			n, err := readAll(f)
			require.Error(t, err)
			require.LessOrEqual(t, n, int64(5*len(b)+1<<17))
		})
	}
}

// What stands before a break in a chain is read.
func TestPrefix(t *testing.T) {
	b := sample()
	table := (int(binary.LittleEndian.Uint32(b[76:])) + 1) * sectorSize
	start := int(binary.LittleEndian.Uint32(b[at(t, b, "large")+116:]))
	binary.LittleEndian.PutUint32(b[table+4*(start+150):], 0x00FFFFFF)
	f, err := open(b)
	require.NoError(t, err)
	got, err := fs.ReadFile(f, "large")
	require.Error(t, err)
	require.GreaterOrEqual(t, len(got), 151*sectorSize-1)
	require.True(t, bytes.Equal(pattern(100_000)[:len(got)], got))
}

// Many streams that share their sectors do not multiply the file.
func TestShared(t *testing.T) {
	var list []*entry
	for i := range 200 {
		list = append(list, file(fmt.Sprintf("s%03d", i), pattern(4096)))
	}
	b := build(dir("", list...))
	for i := range list {
		binary.LittleEndian.PutUint32(b[at(t, b, fmt.Sprintf("s%03d", i))+120:], uint32(len(b)))
	}
	f, err := open(b)
	require.NoError(t, err)
	require.NotEmpty(t, f.Problems())
	var sum int64
	for _, n := range f.root.children {
		sum += n.limit
	}
	require.LessOrEqual(t, sum, int64(4*len(b)+1<<16))
}

func TestDeep(t *testing.T) {
	leaf := dir("d")
	for range maxDepth + 10 {
		leaf = dir("d", leaf)
	}
	_, err := open(build(dir("", leaf)))
	require.ErrorContains(t, err, "deep")
}

// readAll reads every stream and returns how much that was, and the first error.
func readAll(f *FS) (n int64, first error) {
	err := fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		file, err := f.Open(p)
		if err != nil {
			return err
		}
		defer file.Close()
		m, err := io.Copy(io.Discard, file)
		n += m
		if first == nil {
			first = err
		}
		return nil
	})
	return n, errors.Join(first, err)
}

func TestTruncations(t *testing.T) {
	whole := sample()
	for n := 0; n < len(whole); n += 97 {
		f, err := open(whole[:n])
		if err != nil {
			require.Contains(t, err.Error(), "cfbfs: ")
			continue
		}
		_, err = readAll(f)
		require.True(t, err != nil || len(f.Problems()) > 0, "%d of %d bytes", n, len(whole))
	}
}

func TestMutations(t *testing.T) {
	whole := sample()
	opened := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := bytes.Clone(whole)
		for range 1 + r.IntN(8) {
			// The header, the directory and the FAT, which lie at both ends, are where it hurts.
			i := r.IntN(len(b))
			if r.IntN(4) > 0 {
				i = []int{r.IntN(headerSize), len(b) - 1 - r.IntN(3000)}[r.IntN(2)]
			}
			b[i] = byte(r.IntN(256))
		}
		f, err := open(b)
		if err != nil {
			continue
		}
		opened++
		n, _ := readAll(f)
		require.LessOrEqual(t, n, int64(5*len(b)+1<<17), "seed %d", seed)
	}
	require.Greater(t, opened, 100)
}

// corpus returns the .msg files of the shelf, if it is there.
func corpus(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "msg", "*", "*.msg"))
	require.NoError(t, err)
	if len(list) == 0 {
		t.Skip("the corpus is not here")
	}
	return list
}

func TestCorpus(t *testing.T) {
	for _, p := range corpus(t) {
		t.Run(filepath.Base(p), func(t *testing.T) {
			b, err := os.ReadFile(p)
			require.NoError(t, err)
			f, err := open(b)
			if strings.HasPrefix(filepath.Base(p), "clusterfuzz") && err != nil {
				t.Logf("damaged on purpose: %v", err)
				return
			}
			require.NoError(t, err)
			n, err := readAll(f)
			t.Logf("%d bytes in streams, problems %q, error %v", n, f.Problems(), err)
			if !strings.HasPrefix(filepath.Base(p), "clusterfuzz") {
				require.NoError(t, err)
				require.Empty(t, f.Problems())
				require.NoError(t, fstest.TestFS(f, "__properties_version1.0"))
			}
		})
	}
}

func TestCorpusTruncations(t *testing.T) {
	b, err := os.ReadFile(corpus(t)[0])
	require.NoError(t, err)
	_, err = open(b)
	require.NoError(t, err)
	for n := 0; n < len(b); n += 511 {
		if f, err := open(b[:n]); err == nil {
			_, err = readAll(f)
			require.True(t, err != nil || len(f.Problems()) > 0, "%d of %d bytes", n, len(b))
		}
	}
}

// FuzzNew holds New, and the reading of everything in what it returns, to their limits.
func FuzzNew(f *testing.F) {
	f.Add(build(dir("", file("__properties_version1.0", append(make([]byte, 32), "\x1F\x00\x37\x00\x06\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00"...)),
		file("__substg1.0_0037001F", []byte("A\x00")), dir("__recip_version1.0_#00000000"))))
	f.Add(build(dir("", dir("a", dir("b", file("c", pattern(70)))), file("d", pattern(5000)))))
	f.Fuzz(func(t *testing.T, b []byte) {
		fsys, err := open(b)
		if err != nil {
			require.NotErrorIs(t, err, errPanic)
			return
		}
		n, err := readAll(fsys)
		require.NotErrorIs(t, err, errPanic)
		require.LessOrEqual(t, n, int64(5*len(b)+1<<17))
		r, err := msg.Open(fsys, "", 0)
		if err != nil {
			return
		}
		shown := 0
		for rec := range r.Records() {
			shown += len(rec.Raw)
		}
		require.LessOrEqual(t, shown, 8*len(b)+1<<18)
	})
}
