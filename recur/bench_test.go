package recur_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// benchSets returns the sets of blobs to measure with: the .hex files of $MAPIPROP_BENCH, one blob a line, or else one
// set of our own.
func benchSets(b *testing.B) map[string][][]byte {
	dir := os.Getenv("MAPIPROP_BENCH")
	if dir == "" {
		return map[string][][]byte{"own": {own(b)}}
	}
	files, err := filepath.Glob(filepath.Join(dir, "arp_*.hex"))
	require.NoError(b, err)
	require.NotEmpty(b, files, "no arp_*.hex in MAPIPROP_BENCH")
	sets := map[string][][]byte{}
	for _, name := range files {
		f, err := os.Open(name)
		require.NoError(b, err)
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<26)
		set := strings.TrimSuffix(filepath.Base(name), ".hex")
		for s.Scan() {
			blob, err := hex.DecodeString(s.Text())
			require.NoError(b, err)
			sets[set] = append(sets[set], blob)
		}
		require.NoError(b, s.Err())
	}
	return sets
}

func size(blobs [][]byte) (n int64) {
	for _, b := range blobs {
		n += int64(len(b))
	}
	return n
}

// own returns a series with one exception that has texts, 173 bytes.
func own(tb testing.TB) []byte {
	b, err := hex.DecodeString("043004300b2001000000c0210000010000000000000002000000222000000400000000000000020000000018440d603f440d01000000603f440d0018440d208e440d06300000093000001c0200003a0200000100b841440df441440d7c41440d11000800070052e9756e696f6e030002003f3f00000000040000001900000000000000b841440df441440d7c41440d07005200e90075006e0069006f006e0002007167ac4e0000000000000000")
	require.NoError(tb, err)
	return b
}

func BenchmarkDecode(b *testing.B) {
	for set, blobs := range benchSets(b) {
		b.Run(set, func(b *testing.B) {
			b.SetBytes(size(blobs))
			b.ReportAllocs()
			for b.Loop() {
				for _, blob := range blobs {
					if _, err := recur.Decode(blob); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkReuse(b *testing.B) {
	for set, blobs := range benchSets(b) {
		b.Run(set, func(b *testing.B) {
			b.SetBytes(size(blobs))
			b.ReportAllocs()
			var d recur.AppointmentRecurrencePattern
			for b.Loop() {
				for _, blob := range blobs {
					if err := d.UnmarshalBinary(blob); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkInspect(b *testing.B) {
	blob := own(b)
	b.SetBytes(int64(len(blob)))
	b.ReportAllocs()
	for b.Loop() {
		if _, r := recur.Inspect(blob); r.Err() != nil {
			b.Fatal(r.Err())
		}
	}
}
