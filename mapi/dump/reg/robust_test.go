package reg

import (
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
)

// sample has a bit of everything that is good.
const sample = head + `"00036601"=hex:84,19,00,00
"001f3001"=hex:4f,00,66,00,66,00,69,00,63,00,65,00,00,00
"001f6641"=hex:61,00,6e,00,6e,00,40,00,66,00,61,00,62,00,72,00,69,00,6b,00,61,\
  00,6d,00,2e,00,63,00,6f,00,6d,00,00,00
"001e660c"="ex1.fabrikam.com"
"101f6630"=hex:02,00,00,00,0c,00,00,00,10,00,00,00,41,00,00,00,42,00,43,00,00,\
  00
"S001f67f0"=hex:01,00,00
"00036623"=dword:00000403
"Service Name"="MSEMS"
"multi"="one
two \\ \"three\""
; a comment

[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676\00000002]
"Account Name"=hex(1):61,00,6e,00,6e,00,00,00
@="x"
"001f6622"=-
[-HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\Old]
`

// TestTruncation cuts a file everywhere: what lies before the cut is read as before, and of the rest at most one thing is
// said, besides what a value that is too short says of itself.
func TestTruncation(t *testing.T) {
	for _, file := range []string{sample, strings.ReplaceAll(sample, "\n", "\r\n"), utf16le("\uFEFF" + sample)} {
		want, whole := read(t, strings.NewReader(file), 0)
		require.Len(t, want, 13)
		for n := range len(file) {
			got, recs := read(t, strings.NewReader(file[:n]), 0)
			require.NotEmpty(t, got, n)
			for i := range recs {
				if i+1 < len(whole) && whole[i+1].Offset <= int64(n) {
					require.Equal(t, want[i], got[i], n)
				}
				require.LessOrEqual(t, recs[i].Offset, int64(n))
			}
			last := recs[len(recs)-1]
			worse := 0
			for _, f := range last.Findings {
				if f.Severity > 2 {
					worse++
				}
			}
			require.LessOrEqual(t, worse, 2, "%q: %q", file[max(0, n-40):n], got[len(got)-1])
		}
	}
}

// TestCutAndOn takes a piece out of a file everywhere: what comes after the line that was hit is read as before, and what
// happened is told.
func TestCutAndOn(t *testing.T) {
	lines := strings.SplitAfter(sample, "\n")
	tail := "\"00036699\"=dword:00000007\n"
	for i, line := range lines[3:] {
		for n := range len(line) {
			file := strings.Join(lines[:3+i], "") + line[:n] + "\n" + tail + tail
			got, recs := read(t, strings.NewReader(file), 0)
			require.GreaterOrEqual(t, len(recs), 2)
			last := recs[len(recs)-1]
			require.True(t, last.Prop.Value == mapi.Integer32(7) || last.Prop.Tag == 0, "%q: %q", file, got)
			require.True(t, strings.Contains(got[len(got)-1], "07000000"), "%q: %q", file, got)
			require.True(t, strings.Contains(got[len(got)-2], "07000000"), "%q: %q", file, got)
		}
	}
}

// TestEncodings reads one text in every encoding and in pieces of every kind.
func TestEncodings(t *testing.T) {
	want, _ := read(t, strings.NewReader(sample), 0)
	for _, file := range []string{sample, "\uFEFF" + sample, utf16le("\uFEFF" + sample), swapped(utf16le("\uFEFF" + sample))} {
		for name, r := range map[string]io.Reader{"at once": strings.NewReader(file), "byte by byte": iotest.OneByteReader(strings.NewReader(file)),
			"halves": iotest.HalfReader(strings.NewReader(file)), "end with data": iotest.DataErrReader(strings.NewReader(file))} {
			got, _ := read(t, r, 0)
			require.Empty(t, cmp.Diff(want, got), name)
		}
	}
}

func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// TestPieces puts values across the edges of the pieces that are looked at, in one line.
func TestPieces(t *testing.T) {
	for _, value := range []string{`"01026601"=hex:` + strings.Repeat("4a,", pieceSize) + "4b", `"001f3001"="` + strings.Repeat(`a\\\"é`, pieceSize/4) + `"`,
		`"` + strings.Repeat(`n\\`, pieceSize/2) + `"=dword:00000001`, `"x"=` + strings.Repeat(" ", pieceSize) + `hex:4b`} {
		in := head + value + "\n"
		_, want := read(t, strings.NewReader(in), 0)
		require.Len(t, want, 1)
		for pad := range 9 {
			_, got := read(t, strings.NewReader(head+strings.Repeat(" ", pad)+value+"\n"), 0)
			require.Len(t, got, 1)
			got[0].Offset -= int64(pad)
			require.True(t, cmp.Equal(want[0], got[0]), pad)
		}
	}
}

func TestLimits(t *testing.T) {
	limited := func(in string) (shown []string) {
		r := NewReader(strings.NewReader(in), "x.reg", 0)
		r.maxValue = 4
		for rec, err := range r.Records() {
			shown = append(shown, show(rec, err))
			for _, f := range rec.Findings {
				if f.Code == TooLong {
					require.Contains(t, f.Msg, "were left out")
				}
			}
		}
		return shown
	}
	require.Equal(t, []string{"0x66010102 PtypBinary raw=01020304 | error too-long", "0x66020102 PtypBinary raw=01020304"},
		limited(head+"\"01026601\"=hex:01,02,03,04,05,06,\\\n07\n\"01026602\"=hex:01,02,03,04\n"))
	require.Equal(t, []string{"0x3001001F PtypString raw=6100620063006400 value=abcd | error too-long", "0x66020102 PtypBinary raw=02"},
		limited(head+"\"001f3001\"=\"abcd\\\\fgh\"\n\"01026602\"=hex:02\n"))
	long := strings.Repeat("n", MaxName)
	got, _ := read(t, strings.NewReader("REGEDIT4\n[HKLM\\"+long+"]\n\""+long+"x\"=\"\"\n@="+long+long+"\n"), 0)
	require.Len(t, got, 3)
	require.True(t, strings.HasSuffix(got[0], ": error | error too-long"))
	require.True(t, strings.HasSuffix(got[1], " | error too-long | info ordinary"))
	require.True(t, strings.HasSuffix(got[2], " | error bad-data | error too-long"))
	got, _ = read(t, strings.NewReader("a = Array(&H01,"+strings.Repeat(" ", maxScript)+"&H02)\n"), 0)
	require.Len(t, got, 1)
	require.Contains(t, got[0], "error too-long")
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

// allocated returns how many megabytes f allocates in all.
func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20)
}

// TestHostile reads what no editor writes, in memory that the longest value explains.
func TestHostile(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("reads hundreds of megabytes, and measures memory")
	}
	const mega = 1 << 20
	for _, tt := range []struct {
		name    string
		r       io.Reader
		mib     float64 // allocated at most, all together
		records int
	}{
		{"50 MB of hex", repeated(head+`"01026601"=hex:`, "4a,", 50*mega, "4b\n"), 64, 1},
		{"50 MB of hex in lines", repeated(head+`"01026601"=hex:`, "4a,4b,\\\r\n  ", 50*mega, "4b\n"), 64, 1},
		{"50 MB of hex in UTF-16", repeated(utf16le("\uFEFF"+head+`"01026601"=hex:`), utf16le("4a,4b,4c,4d,\\\r\n  "), 50*mega, utf16le("4b\n")), 64, 1},
		{"continuations without end", repeated(head+`"01026601"=hex:`, "\\\n", 20*mega, ""), 2, 1},
		{"blank continuations", repeated(head+`"01026601"=hex:01,\`+"\n", "   \n", 20*mega, ""), 2, 1},
		{"comments in hex", repeated(head+`"01026601"=hex:01,\`+"\n", "; not yet\n", 20*mega, "02\n"), 2, 1},
		{"a text without end", repeated(head+`"001f3001"="`, "x\n", 8*mega, ""), 110, 1},
		{"a name without end", repeated(head+`"`, "n", 20*mega, ""), 2, 2},
		{"a key without end", repeated("REGEDIT4\n[", `\k`, 20*mega, ""), 12, 2},
		{"open keys", repeated("REGEDIT4\n", "[HKLM\n", mega, ""), 200, 174763},
		{"data without end", repeated(head+`"01026601"=`, "z", 20*mega, "\n"), 2, 1},
		{"prose", repeated("", "prose\n", 20*mega, ""), 2, 2},
		{"a line of prose", repeated("", "prose ", 20*mega, ""), 2, 2},
		{"blanks", repeated(head, " ", 20*mega, ""), 2, 1},
		{"blank lines", repeated(head, "\r\n", 20*mega, "@=\"\"\n"), 2, 1},
		{"quotation marks", repeated(head, "\"", 20*mega, "\n"), 2, 2},
		{"backslashes", repeated(head+`"x"="`, `\`, 8*mega, `"`), 80, 1},
		{"a list of nothing", repeated(head+`"101f6601"=hex:00,00,40,00,`, "ff,", 16*mega, "ff\n"), 40, 1},
		{"a list of empty strings", strings.NewReader(head + emptyStrings(100_000)), 60, 1},
		{"a script", repeated("x = Array(&H", "0,&H", 20*mega, ")"), 12, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			mib := allocated(func() {
				for rec, err := range NewReader(tt.r, "x.reg", 0).Records() {
					n++
					require.True(t, err == nil || len(rec.Findings) > 0)
				}
			})
			t.Logf("%d records, %.1f MiB", n, mib)
			require.LessOrEqual(t, mib, tt.mib)
			require.Equal(t, tt.records, n)
		})
	}
}

// emptyStrings is a list of n strings that are all empty, each with a NUL of its own.
func emptyStrings(n int) string {
	var b strings.Builder
	b.WriteString(`"101e6601"=hex:`)
	number := func(x int) {
		for range 4 {
			b.WriteString(string("0123456789abcdef"[x>>4&15]) + string("0123456789abcdef"[x&15]) + ",")
			x >>= 8
		}
	}
	number(n)
	for i := range n {
		number(4 + 4*n + i)
	}
	b.WriteString(strings.Repeat("00,", n-1) + "00\n")
	return b.String()
}

// TestFlatMemory reads a long file: memory does not grow with it.
func TestFlatMemory(t *testing.T) {
	if underRace {
		t.Skip("measures memory")
	}
	var live [2]uint64
	for i, size := range []int{1 << 20, 16 << 20} {
		n := 0
		for range NewReader(repeated(head, "\"001f3001\"=hex:41,00,\\\n  42,00,00,00\n", size, ""), "", 0).Records() {
			if n++; n%10_000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				live[i] = max(live[i], m.HeapAlloc)
			}
		}
	}
	require.Less(t, live[1], live[0]+1<<20)
}

// TestReadError says that a file could not be read to its end, after what could be read.
func TestReadError(t *testing.T) {
	gone := errors.New("gone")
	for n := range len(sample) {
		errs := 0
		for rec, err := range NewReader(io.MultiReader(strings.NewReader(sample[:n]), iotest.ErrReader(gone)), "", 0).Records() {
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
	in := sample + "nonsense\n"
	want, _ := read(t, strings.NewReader(in), 0)
	for stop := range want {
		r := NewReader(strings.NewReader(in), "x.reg", 0)
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
	parts := []string{"\"", "\"001f6622\"", "=", "hex:", "hex(2):", "dword:", "41,", "00,", "00", "\\", "\\\n", "\n", "\r\n", " ", ";", "[", "]", "-", "@", "HKEY_X", "REGEDIT4\n", "\xE9", "\u00E9", "x", "&H", "Array(&H", "\uFEFF", ","}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 9))
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		in := b.String()
		want, recs := read(t, strings.NewReader(in), []int{0, 932, 1250}[seed%3])
		require.NotEmpty(t, want, in)
		for i, rec := range recs {
			if rec.Line == 0 {
				continue
			}
			require.True(t, rec.Offset <= int64(len(in)) && (i == 0 || rec.Offset >= recs[i-1].Offset && rec.Line >= recs[i-1].Line), "%q: %q", in, want)
		}
		got, _ := read(t, iotest.OneByteReader(strings.NewReader(in)), []int{0, 932, 1250}[seed%3])
		require.Empty(t, cmp.Diff(want, got), in)
	}
}

func BenchmarkHex(b *testing.B) {
	in := head + `"01026601"=hex:` + strings.Repeat(strings.Repeat("4a,", 22)+"\\\r\n  ", 10_000) + "4b\n"
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		for range NewReader(strings.NewReader(in), "", 0).Records() {
		}
	}
}
