package tzdef_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/tzdef"
)

// benchSets returns the sets of blobs to measure with: the .hex files of $MAPIPROP_BENCH, one blob a line, or else one
// set of our own.
func benchSets(b *testing.B) map[string][][]byte {
	dir := os.Getenv("MAPIPROP_BENCH")
	if dir == "" {
		return map[string][][]byte{"own": {eastern(b)}}
	}
	files, err := filepath.Glob(filepath.Join(dir, "tz_*.hex"))
	require.NoError(b, err)
	require.NotEmpty(b, files, "no tz_*.hex in MAPIPROP_BENCH")
	sets := map[string][][]byte{}
	for _, name := range files {
		f, err := os.Open(name)
		require.NoError(b, err)
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<24)
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

// eastern returns a definition as Outlook writes it: two rules, 184 bytes.
func eastern(tb testing.TB) []byte {
	d := tzdef.New("Eastern Standard Time",
		tzdef.TZRule{Year: 2006, X: [14]byte{0: 1, 4: 1}, Bias: 300, DaylightBias: -60,
			StandardDate: tzdef.SystemTime{Month: 10, Day: 5, Hour: 2}, DaylightDate: tzdef.SystemTime{Month: 4, Day: 1, Hour: 2}},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2007, X: [14]byte{0: 1, 4: 1}, Bias: 300, DaylightBias: -60,
			StandardDate: tzdef.SystemTime{Month: 11, Day: 1, Hour: 2}, DaylightDate: tzdef.SystemTime{Month: 3, Day: 2, Hour: 2}})
	b, err := d.MarshalBinary()
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
					if _, err := tzdef.Decode(blob); err != nil {
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
			var d tzdef.Definition
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
	blob := eastern(b)
	b.SetBytes(int64(len(blob)))
	b.ReportAllocs()
	for b.Loop() {
		if _, r := tzdef.Inspect(blob); r.Err() != nil {
			b.Fatal(r.Err())
		}
	}
}
