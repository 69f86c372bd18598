package pffexport

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// sample has a bit of everything that is good.
func sample(t testing.TB) string {
	return header(1, 7) + entryText(0, 0, 0x001A001F, "", unhex(t, "490050004d002e004e006f0074006500")) + entryText(0, 1, 0x0037001F, "", nil) +
		entryText(0, 2, 0x0E1B000B, "", unhex(t, "01")) + entryText(0, 3, 0x36131003, "", unhex(t, "01000000ffffffff")) +
		entryText(0, 4, 0x80050102, "Maps to entry type:\t\t0x0000825e", unhex(t, "0201060002000000000102030405060708090a0b0c0d0e0f1011121314151617")) +
		entryText(0, 5, 0x8006101F, "Maps to entry:\t\t\tKeywords", unhex(t, "02000000 0c000000 0e000000 4100 42004300")) + entryText(0, 6, 0x36130003, "", unhex(t, "02000000"))
}

// TestTruncation cuts a file everywhere: what lies before the cut is read as before, and that something is missing is told,
// by one finding in words of its own and by the numbers that do not agree.
func TestTruncation(t *testing.T) {
	for _, file := range []string{sample(t), strings.ReplaceAll(sample(t), "\n", "\r\n"), "\xFF\xFE" + utf16le(sample(t))} {
		want, whole := read(t, strings.NewReader(file), "", 0)
		require.Len(t, want, 7)
		for n := range len(file) {
			got, recs := read(t, strings.NewReader(file[:n]), "", 0)
			bad := 0
			for i, rec := range recs {
				if i+1 < len(whole) && whole[i+1].Offset <= int64(n) {
					require.Equal(t, want[i], got[i], n)
				}
				require.LessOrEqual(t, rec.Offset, int64(n))
				for _, f := range rec.Findings {
					if f.Severity > diag.Info {
						bad++
					}
				}
			}
			unit := 1 + strings.Count(file[:2], "\xFF")
			if n > len(header(1, 7))*unit+8 && n < len(file)-4*unit {
				require.Positive(t, bad, "%q: %q", file[max(0, n-40):n], got)
			}
			require.LessOrEqual(t, bad, 5, "%q: %q", file[max(0, n-40):n], got)
		}
	}
}

// TestFlips changes one character of a dump after the other: what a value says then, and the column beside it, disagree, or
// something else is told.
func TestFlips(t *testing.T) {
	file := entryText(0, 0, 0x0FF60102, "", []byte("The quick brown fox")) // all of it is shown in the column
	_, want := read(t, strings.NewReader(file), "", 0)
	start := strings.Index(file, "Value:")
	for i := start; i < len(file); i++ {
		if strings.ContainsRune(" \n", rune(file[i])) {
			continue
		}
		for _, c := range "07x." {
			if file[i] == byte(c) || file[i] == 'x' && c == '0' {
				continue
			}
			in := file[:i] + string(c) + file[i+1:]
			got, recs := read(t, strings.NewReader(in), "", 0)
			told := false
			for _, rec := range recs {
				told = told || len(rec.Findings) > 0
			}
			same := len(recs) == 1 && string(recs[0].Raw) == string(want[0].Raw)
			require.True(t, told || same && in[i-1:i+1] != "0x", "%q: %q", in[start:], got)
		}
	}
}

// TestEncodings reads one text in every encoding and in pieces of every kind.
func TestEncodings(t *testing.T) {
	want, _ := read(t, strings.NewReader(sample(t)), "", 0)
	for _, file := range []string{sample(t), "\uFEFF" + sample(t), "\xFF\xFE" + utf16le(sample(t))} {
		for name, r := range map[string]io.Reader{"at once": strings.NewReader(file), "byte by byte": iotest.OneByteReader(strings.NewReader(file)),
			"halves": iotest.HalfReader(strings.NewReader(file)), "end with data": iotest.DataErrReader(strings.NewReader(file))} {
			got, _ := read(t, r, "", 0)
			require.Empty(t, cmp.Diff(want, got), name)
		}
	}
}

func TestLimits(t *testing.T) {
	r := NewReader(strings.NewReader(entryText(0, 0, 0x0FF60102, "", make([]byte, 50))+entryText(0, 1, 0x0FF70102, "", make([]byte, 20))), "", 0)
	r.maxValue = 20
	var got []string
	for rec, err := range r.Records() {
		got = append(got, show(rec, err))
	}
	require.Equal(t, []string{"0x0FF60102 PtypBinary raw=" + strings.Repeat("00", 20) + " | error too-long", "0x0FF70102 PtypBinary raw=" + strings.Repeat("00", 20)}, got)
	long := "Entry type: 0x00008001\nValue type: 0x0000001f\nMaps to entry: " + strings.Repeat("n", MaxLine) + "\n\n"
	_, recs := read(t, strings.NewReader(long), "", 0)
	require.Len(t, recs, 1)
	require.Equal(t, TooLong, recs[0].Findings[0].Code)
	require.Len(t, recs[0].Prop.Name.Name, MaxLine-len("Maps to entry: "))
	_, recs = read(t, strings.NewReader("Entry type: 0x00008001\n0000: "+strings.Repeat("00 ", MaxLine)+"\n\n"), "", 0)
	require.Len(t, recs, 2)
	require.Equal(t, OtherText, recs[1].Findings[0].Code)
}

// repeated is a reader of s, again and again, between a head and a tail, which keeps nothing.
func repeated(head, s string, size int, tail string) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&cycle{s: s}, int64(size/len(s)*len(s))), strings.NewReader(tail))
}

type cycle struct {
	s  string
	at int
}

func (c *cycle) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], c.s[c.at:])
		n, c.at = n+k, (c.at+k)%len(c.s)
	}
	return n, nil
}

// dumped is a reader of a hexdump of n bytes.
type dumped struct {
	n, at     int
	buf, line []byte
}

func (d *dumped) Read(p []byte) (int, error) {
	if len(d.line) == 0 {
		if d.at >= d.n {
			return 0, io.EOF
		}
		d.buf = fmt.Appendf(d.buf[:0], "0x%08x: 41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50   ABCDEFGH IJKLMNOP\n", d.at)
		d.line = d.buf
		d.at += 16
	}
	n := copy(p, d.line)
	d.line = d.line[n:]
	return n, nil
}

// allocated returns how many megabytes f allocates in all.
func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20)
}

// TestHostile reads what pffexport does not write, in memory that the longest value explains.
func TestHostile(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("reads hundreds of megabytes, and measures memory")
	}
	const mega = 1 << 20
	const entry = "Entry type: 0x00000ff6\nValue type: 0x00000102\nValue:\n"
	for _, tt := range []struct {
		name    string
		r       io.Reader
		mib     float64 // allocated at most, all together
		records int     // -1: any number
	}{
		{"50 MB of dump", io.MultiReader(strings.NewReader(entry), &dumped{n: 10 * mega}, strings.NewReader("\n")), 64, 1},
		{"one line, again and again", repeated(entry, "0x00000000: 41\n", 20*mega, ""), 2, 1},
		{"a line without end", repeated(entry, "0x00000000: 41 ", 20*mega, ""), 2, 2},
		{"prose", repeated(entry, "prose: of mine\n", 20*mega, ""), 2, 2},
		{"prose like labels", repeated(entry, "no: no\n", mega, ""), 30, 2},
		{"blank lines", repeated(entry, "\n", 20*mega, "0000: 41\n\n"), 2, 1},
		{"colons", repeated(entry, ":", 20*mega, ""), 2, 2},
		{"a name without end", repeated(entry, "Maps to entry: ", 20*mega, ""), 2, 2},
		{"headers", repeated("", "Number of sets: 7\n", mega, ""), 200, -1},
		{"sets", repeated("", "Set: 7\n", mega, ""), 600, -1},
		{"contradictions", repeated(entry, "0x00000000: 41"+strings.Repeat(" ", 49)+"B\n", mega, ""), 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			mib := allocated(func() {
				for range NewReader(tt.r, "", 0).Records() {
					n++
				}
			})
			t.Logf("%d records, %.1f MiB", n, mib)
			require.LessOrEqual(t, mib, tt.mib)
			if tt.records >= 0 {
				require.Equal(t, tt.records, n)
			}
		})
	}
}

// TestFlatMemory reads a long file: memory does not grow with it.
func TestFlatMemory(t *testing.T) {
	if underRace {
		t.Skip("measures memory")
	}
	one := entryText(0, 0, 0x0037001F, "", unhex(t, "490050004d002e004e006f00740065004100"))
	var live [2]uint64
	for i, size := range []int{1 << 20, 16 << 20} {
		n := 0
		for range NewReader(repeated("", one, size, ""), "", 0).Records() {
			if n++; n%4_000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				live[i] = max(live[i], m.HeapAlloc)
			}
		}
		require.Positive(t, live[i])
	}
	require.Less(t, live[1], live[0]+1<<20)
}

// TestReadError says that a file could not be read to its end, after what could be read.
func TestReadError(t *testing.T) {
	gone := errors.New("gone")
	file := sample(t)
	for n := range len(file) {
		errs := 0
		for rec, err := range NewReader(io.MultiReader(strings.NewReader(file[:n]), iotest.ErrReader(gone)), "", 0).Records() {
			require.Zero(t, errs, "the error is the last")
			if errors.Is(err, gone) {
				errs++
				require.Equal(t, int64(n), rec.Offset)
			}
		}
		require.Equal(t, 1, errs, n)
	}
}

// TestStopEarly leaves the loop at every record once, and asks again.
func TestStopEarly(t *testing.T) {
	in := sample(t) + "nonsense\n" + header(3, 1)
	want, _ := read(t, strings.NewReader(in), "", 0)
	require.Greater(t, len(want), 8)
	for stop := range want {
		r := NewReader(strings.NewReader(in), "", 0)
		n := 0
		for rec, err := range r.Records() {
			require.Equal(t, want[n], show(rec, err))
			if n++; n > stop {
				break
			}
		}
		for range r.Records() {
			t.Fatal("records come once")
		}
	}
}

// TestRandom reads noise made of what the format is made of: no panic, and places that grow.
func TestRandom(t *testing.T) {
	parts := []string{"Set: 0\n", "Set:\t1\n", "Entry: 1\n", "Entry type: 0x00008005\n", "Value type: 0x00000102\n", "Value type: 0x0000101f\n", "Maps to entry type: 0x0000825e\n", "Maps to entry: Keywords\n", "Value:\n",
		"0x00000000: 41 42", "0x00000010: 41", "  AB", "\n", "\n\n", "\r\n", ":", " ", "41 ", "x", "\xE9", "\u00E9", "Number of sets: 2\n", "Number of entries per set: 1\n", "\uFEFF", hexdump([]byte("abcdefghijklmnopqr"))}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 11))
		var b strings.Builder
		for range r.IntN(30) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		in := b.String()
		want, recs := read(t, strings.NewReader(in), "", int(seed%2)*1250)
		line, at := 0, int64(0)
		for _, rec := range recs {
			if rec.Line > 0 {
				require.True(t, rec.Offset <= int64(len(in)) && rec.Offset >= at && rec.Line >= line, "%q: %q", in, want)
				line, at = rec.Line, rec.Offset
			}
		}
		got, _ := read(t, iotest.OneByteReader(strings.NewReader(in)), "", int(seed%2)*1250)
		require.Empty(t, cmp.Diff(want, got), in)
	}
}

func BenchmarkDump(b *testing.B) {
	b.SetBytes(76 << 16)
	b.ReportAllocs()
	for b.Loop() {
		in := io.MultiReader(strings.NewReader("Entry type: 0x00000ff6\nValue type: 0x00000102\nValue:\n"), &dumped{n: 1 << 20}, strings.NewReader("\n"))
		for range NewReader(in, "", 0).Records() {
		}
	}
}
