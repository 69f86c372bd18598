package rtf_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// laws is the decoder of this package as the laws see it. A prefix may be RTF that is all there is, with bytes behind it cut.
var laws = fuzz.Laws[rtf.Compressed]{Name: "rtf", Decode: rtf.Decode, Inspect: rtf.Inspect, Unmarshal: (*rtf.Compressed).UnmarshalBinary,
	Append: (*rtf.Compressed).AppendBinary, Normalize: (*rtf.Compressed).Normalize, Normalized: []diag.Code{rtf.TrailingData,
		rtf.BadCompSize, rtf.BadCRC, rtf.ZeroCRC, rtf.MELACRC, rtf.RawSizeMismatch, rtf.Padding}}

func TestVectors(t *testing.T) { golden.Run(t, laws) }

// every returns the blobs of all vectors.
func every(t testing.TB) [][]byte {
	var all [][]byte
	for _, vec := range golden.Load(t, "testdata/rtf") {
		all = append(all, vec.Blob(t))
	}
	return all
}

// sameEverywhere holds all that decompress to each other, and to the simple one.
func sameEverywhere(t testing.TB, b []byte) {
	t.Helper()
	v, r := rtf.Inspect(b)
	want := simple(v)
	got := v.AppendRTF([]byte("before"))
	if string(got) != "before"+string(want) {
		t.Fatalf("%x: AppendRTF: %q, want %q", b, got, want)
	}
	before := []byte("before")
	out, err := rtf.Decompress(before, b)
	if fmt.Sprint(err) != fmt.Sprint(r.Err()) {
		t.Fatalf("%x: Decompress: %v, Inspect: %v", b, err, r.Err())
	}
	if err == nil && string(out) != string(got) || err != nil && string(out) != "before" {
		t.Fatalf("%x: Decompress: %q, %v", b, out, err)
	}
	for name, below := range map[string]io.Reader{"whole": bytes.NewReader(b), "bytes": iotest.OneByteReader(bytes.NewReader(b)), "data with EOF": iotest.DataErrReader(bytes.NewReader(b))} {
		read, err := io.ReadAll(rtf.NewReader(below))
		if !bytes.Equal(read, want) || fmt.Sprint(err) != fmt.Sprint(r.Err()) {
			t.Fatalf("%x: Reader of %s: %q, %v, want %q, %v", b, name, read, err, want, r.Err())
		}
	}
	if n, first := unwritten(v); v.CompType == rtf.LZFu {
		at := -1
		for f := range r.Findings() {
			if f.Code == rtf.BadReference {
				at = f.Span.Offset - 16
			}
		}
		if (n > 0) != (at >= 0) || n > 0 && at != first {
			t.Fatalf("%x: %d references to nothing, the first at %d; found at %d", b, n, first, at)
		}
	}
}

func TestSameEverywhere(t *testing.T) {
	for _, b := range every(t) {
		sameEverywhere(t, b)
		for n := range len(b) {
			sameEverywhere(t, b[:n])
		}
	}
}

// randomTokens returns CONTENTS of any tokens, which reach back far and near, and beyond what is there.
func randomTokens(r *rand.Rand) []byte {
	var out []byte
	density := r.IntN(256)
	for range r.IntN(3000) {
		var control byte
		for bit := range 8 {
			if r.IntN(256) < density {
				control |= 1 << bit
			}
		}
		out = append(out, control)
		for range 8 + r.IntN(9) {
			out = append(out, byte(r.IntN(1<<r.IntN(9))))
		}
	}
	return out
}

func TestRandomTokens(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		v := &rtf.Compressed{CompType: rtf.LZFu, Contents: randomTokens(r)}
		v.Normalize()
		b, err := v.MarshalBinary()
		require.NoError(t, err)
		sameEverywhere(t, b)
	}
}

// TestLong goes far beyond the buffers of the reader, with references that reach back to the beginning of the ring and to
// what is just being written.
func TestLong(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var text []byte
	for len(text) < 300_000 {
		switch r.IntN(4) {
		case 0:
			text = append(text, byte(r.IntN(256)))
		case 1:
			text = append(text, strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(40))...)
		default:
			back := min(1+r.IntN(4095), len(text))
			for range r.IntN(30) {
				text = append(text, text[max(len(text)-back, 0):][:min(1, back)]...)
			}
		}
	}
	for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
		v, err := rtf.New(text, typ)
		require.NoError(t, err)
		b, err := v.MarshalBinary()
		require.NoError(t, err)
		_, r := rtf.Inspect(b)
		require.Zero(t, r.Max())
		require.True(t, bytes.Equal(text, v.AppendRTF(nil)))
		sameEverywhere(t, b)
		if typ == rtf.LZFu {
			require.Less(t, len(b), len(text)/2)
		}
	}
}

// TestNew compresses texts of every small size, and reads them again.
func TestNew(t *testing.T) {
	text := []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}\f0\fs20 ` + strings.Repeat("x", 40) + ` hello, hello, hello\par }`)
	for n := range len(text) + 1 {
		for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
			v, err := rtf.New(text[:n], typ)
			require.NoError(t, err)
			require.Empty(t, v.Validate())
			require.Equal(t, string(text[:n]), string(v.AppendRTF(nil)))
			b, err := v.MarshalBinary()
			require.NoError(t, err)
			sameEverywhere(t, b)
			again, err := rtf.Decode(b)
			require.NoError(t, err)
			require.Equal(t, string(v.Contents), string(again.Contents))
		}
	}
	_, err := rtf.New(text, 7)
	require.EqualError(t, err, "rtf: COMPTYPE: 0x00000007 is none that can be written")
}

// TestPublishedSamples compresses what the specification does, to what it has or hardly more: runs of two bytes are not looked for.
func TestPublishedSamples(t *testing.T) {
	for text, most := range map[string]int{"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n": 50, "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}": 30} {
		v, err := rtf.New([]byte(text), rtf.LZFu)
		require.NoError(t, err)
		b, err := v.MarshalBinary()
		require.NoError(t, err)
		require.LessOrEqual(t, len(b), most)
		require.Equal(t, text, string(v.AppendRTF(nil)))
	}
}

// TestTruncation cuts good blobs after every byte: that is always missed, and what is there is RTF all the same.
func TestTruncation(t *testing.T) {
	text := []byte(`{\rtf1\ansi hello hello hello}`)
	for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
		v, err := rtf.New(text, typ)
		require.NoError(t, err)
		b, err := v.MarshalBinary()
		require.NoError(t, err)
		names := []string{"COMPSIZE", "RAWSIZE", "COMPTYPE", "CRC"}
		for n := range len(b) {
			_, err := rtf.Decode(b[:n])
			require.ErrorIs(t, err, io.ErrUnexpectedEOF, n)
			require.ErrorIs(t, err, rtf.Truncated, n)
			var e *diag.DecodeError
			require.True(t, errors.As(err, &e))
			require.Len(t, e.Findings, 1, n)
			name, at := "CONTENTS", n
			if n < 16 {
				name, at = names[n/4], n&^3
			}
			require.Equal(t, name, e.Findings[0].Path, n)
			require.Equal(t, at, e.Findings[0].Span.Offset, n)
			part, _ := rtf.Inspect(b[:n])
			require.True(t, bytes.HasPrefix(text, part.AppendRTF(nil)), n)
		}
	}
}

// TestReaderErrors: what goes wrong below comes after the RTF that was there.
func TestReaderErrors(t *testing.T) {
	text := strings.Repeat(`{\rtf1 some text or other }`, 1000)
	v, err := rtf.New([]byte(text), rtf.LZFu)
	require.NoError(t, err)
	b, err := v.MarshalBinary()
	require.NoError(t, err)
	broken := errors.New("broken")
	for _, n := range []int{0, 5, 16, 17, 200, len(b) - 1} {
		got, err := io.ReadAll(rtf.NewReader(io.MultiReader(bytes.NewReader(b[:n]), iotest.ErrReader(broken))))
		require.ErrorIs(t, err, broken, n)
		require.True(t, strings.HasPrefix(text, string(got)))
		require.True(t, n < 200 || len(got) > 20)
	}
	_, err = io.ReadAll(rtf.NewReader(io.MultiReader(bytes.NewReader(b[:100]), nothing{})))
	require.ErrorIs(t, err, io.ErrNoProgress)
	// What follows is left alone.
	below := bytes.NewReader(append(slices.Clone(b), "next"...))
	got, err := io.ReadAll(rtf.NewReader(below))
	require.NoError(t, err)
	require.True(t, text == string(got))
	require.Equal(t, 4, below.Len())
	z := rtf.NewReader(bytes.NewReader(b))
	n, err := z.Read(nil)
	require.NoError(t, err)
	require.Zero(t, n)
}

type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, nil }

// TestCompType: every number has a text that reads as it.
func TestCompType(t *testing.T) {
	for typ, want := range map[rtf.CompType]string{rtf.LZFu: "LZFu", rtf.MELA: "MELA", 0: "0x00000000", 0x12345678: "0x12345678"} {
		b, err := typ.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(b))
		var back rtf.CompType
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, typ, back)
	}
	require.EqualError(t, new(rtf.CompType).UnmarshalText([]byte("lzfu")), `rtf: COMPTYPE: "lzfu" is neither a name nor a number`)
	require.Error(t, new(rtf.Compressed).UnmarshalJSON([]byte(`{"crc":"0x100000000"}`)))
	require.Error(t, new(rtf.Compressed).UnmarshalJSON([]byte(`{"contents":"0"}`)))
}
