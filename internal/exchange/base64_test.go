package exchange

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readBase64 reads text in pieces of the given size.
func readBase64(text string, piece, limit int) *Base64 {
	d := new(Base64)
	d.Reset(limit, 1<<20)
	for b := []byte(text); len(b) > 0; {
		n := min(piece, len(b))
		d.Write(b[:n])
		b = b[n:]
	}
	d.End()
	return d
}

// TestBase64Good reads what encoding/base64 writes, in both alphabets, wrapped and not, in pieces of every size.
func TestBase64Good(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		want := make([]byte, n)
		for i := range want {
			want[i] = byte(r.Uint32())
		}
		for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			text := enc.EncodeToString(want)
			wrapped := ""
			for i := 0; i < len(text); i += 13 {
				wrapped += text[i:min(len(text), i+13)] + "\r\n"
			}
			for _, piece := range []int{1, 3, 4, 7, 1000} {
				d := readBase64(text, piece, 1<<20)
				require.Equal(t, want, d.Bytes.B, text)
				require.Empty(t, d.Why, text)
				require.Equal(t, strings.ContainsAny(text, "-_"), d.URL)
				require.False(t, d.Bits)
				require.Zero(t, d.Blanks)
				d = readBase64(wrapped, piece, 1<<20)
				require.Equal(t, want, d.Bytes.B, wrapped)
				require.Empty(t, d.Why, wrapped)
				require.Equal(t, int64(2*strings.Count(wrapped, "\n")), d.Blanks)
			}
		}
	}
}

func TestBase64Bad(t *testing.T) {
	for _, tt := range []struct {
		text, raw, shown string
		at               int64
		why              string
		short            bool
	}{
		{"LAEA*", "\x2C\x01\x00", "LAEA*", 4, "none of base64", false},
		{"LAEA*LAEA", "\x2C\x01\x00", "LAEA*LAEA", 4, "none of base64", false},
		{"LA E*x", "\x2C\x01", "LAE*x", 4, "none of base64", false},
		{"L*", "", "L*", 1, "none of base64", false},
		{"LAEAL", "\x2C\x01\x00", "LAEAL", 5, "breaks off within a byte", true},
		{"LA", "\x2C", "LA", 2, "not padded", true},
		{"LAE", "\x2C\x01", "LAE", 3, "not padded", true},
		{"LA=", "\x2C", "LA=", 3, "not padded", true},
		{"LA==LAEA", "\x2C", "LA==LAEA", 4, "behind its padding", false},
		{"LA==A", "\x2C", "LA==A", 4, "behind its padding", false},
		{"LA===", "\x2C", "LA===", 4, "padding where none", false},
		{"=", "", "=", 0, "padding where none", false},
		{"L===", "", "L===", 1, "padding where none", false},
		{"LAEA====", "\x2C\x01\x00", "LAEA====", 4, "padding where none", false},
		{"+AAA-AAA", "\xF8\x00\x00", "+AAA-AAA", 4, "two alphabets", false},
		{"_AAA/AAA", "\xFC\x00\x00", "_AAA/AAA", 4, "two alphabets", false},
		{"_AA+", "\xFC\x00", "_AA+", 3, "two alphabets", false},
		{"AA\u00E9", "\x00", "AA\u00E9", 2, "none of base64", false},
	} {
		for _, piece := range []int{1, 2, 100} {
			d := readBase64(tt.text, piece, 1<<20)
			require.Equal(t, tt.raw, string(d.Bytes.B), tt.text)
			require.Equal(t, tt.shown, string(d.Text.B), tt.text)
			require.Equal(t, tt.at, d.At, tt.text)
			require.Contains(t, d.Why, tt.why, tt.text)
			require.Equal(t, tt.short, d.Short, tt.text)
			require.False(t, d.Bits)
		}
	}
}

// TestBase64Text has the whole text of a long value back, however late it goes bad.
func TestBase64Text(t *testing.T) {
	long := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("any bytes\xFF\xFE?"), 2000))
	d := readBase64(long[:len(long)-1]+"!", 1000, 1<<20)
	require.Equal(t, long[:len(long)-1]+"!", string(d.Text.B))
	require.Equal(t, int64(len(long)-1), d.At)
}

func TestBase64Bits(t *testing.T) {
	for text, want := range map[string]bool{"LA==": false, "LB==": true, "LAE=": false, "LAF=": true, "": false} {
		d := readBase64(text, 1, 100)
		require.Equal(t, want, d.Bits, text)
		require.Empty(t, d.Why, text)
		require.NotNil(t, d.Bytes.B, text)
	}
}

// TestBase64Limit counts what is over the limit.
func TestBase64Limit(t *testing.T) {
	text := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 1000))
	for _, piece := range []int{1, 7, 5000} {
		d := readBase64(text, piece, 100)
		require.Equal(t, bytes.Repeat([]byte{1}, 100), d.Bytes.B)
		require.Equal(t, int64(900), d.Bytes.Lost)
		require.Empty(t, d.Why)
	}
}

func TestBuffer(t *testing.T) {
	var b Buffer
	b.Write([]byte("x"))
	require.Equal(t, int64(1), b.Lost, "the zero Buffer keeps nothing")
	b.Reset(5)
	b.Write([]byte("ab"))
	b.Write([]byte("c\u20AC"))
	require.Equal(t, "abc\xE2\x82", string(b.B))
	require.Equal(t, int64(1), b.Lost)
	b.Whole()
	require.Equal(t, "abc", string(b.B))
	require.Equal(t, int64(3), b.Lost)
	b.Write([]byte("d"))
	require.Equal(t, "abc", string(b.B), "nothing comes behind a gap")
	b.Whole()
	require.Equal(t, "abc", string(b.B))

	kept := b.B
	b.Reuse(10)
	b.Write([]byte("xy"))
	require.Equal(t, "xyc", string(kept), "the memory is used again")
	b.Reset(1 << 20)
	b.Write(make([]byte, maxKept+1))
	b.Reuse(10)
	require.Zero(t, cap(b.B), "not if it is too much")
	b.Reset(2)
	b.Write([]byte("\u20AC"))
	b.Whole()
	require.Empty(t, b.B)
	b.Reset(2)
	b.Write([]byte("ab\x80"))
	b.Whole()
	require.Equal(t, "ab", string(b.B))
}

// TestBufferGrowth holds the growth of a long value to little more than it has in the end.
func TestBufferGrowth(t *testing.T) {
	var b Buffer
	b.Reset(MaxBinary)
	piece := make([]byte, 64<<10)
	for range 600 {
		b.Write(piece)
	}
	require.Len(t, b.B, 600*len(piece))
	require.LessOrEqual(t, cap(b.B), 5*len(b.B)/2)
}
