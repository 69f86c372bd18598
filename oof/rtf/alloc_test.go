package rtf_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

func blobOf(t testing.TB, text string, typ rtf.CompType) []byte {
	t.Helper()
	v, err := rtf.New([]byte(text), typ)
	require.NoError(t, err)
	b, err := v.MarshalBinary()
	require.NoError(t, err)
	return b
}

// TestAllocations counts: a fresh value is itself, Contents and Trailing; fresh RTF is one buffer; what is reused is nothing.
func TestAllocations(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	text := strings.Repeat(`{\rtf1\ansi some text, and some text again}`, 500)
	for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
		b := blobOf(t, text, typ)
		var v rtf.Compressed
		var buf []byte
		var err error
		require.LessOrEqual(t, testing.AllocsPerRun(20, func() { _, err = rtf.Decode(append(b, 1)) }), 4.0)
		require.NoError(t, err)
		require.LessOrEqual(t, testing.AllocsPerRun(20, func() { _, err = rtf.Decompress(nil, b) }), 1.0)
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(20, func() { err = v.UnmarshalBinary(b) }))
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(20, func() { buf, err = rtf.Decompress(buf[:0], b) }))
		require.NoError(t, err)
		require.True(t, text == string(buf))
		require.Zero(t, testing.AllocsPerRun(20, func() { buf = v.AppendRTF(buf[:0]) }))
		require.Zero(t, testing.AllocsPerRun(20, func() { buf, err = v.AppendBinary(buf[:0]) }))
		require.True(t, bytes.Equal(b, buf))
	}
}

// TestHostile measures what blobs that lie cost. What is made of one is no more than 8.5 times as long.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	head := func(comp, raw uint32, typ rtf.CompType, contents []byte) []byte {
		b := binary.LittleEndian.AppendUint32(nil, comp)
		b = binary.LittleEndian.AppendUint32(b, raw)
		b = binary.LittleEndian.AppendUint32(b, uint32(typ))
		return append(append(b, 0, 0, 0, 0), contents...)
	}
	const most = 1<<32 - 1
	longest := bytes.Repeat([]byte{0xFF, 0, 0xF, 0, 0xF, 0, 0xF, 0, 0xF, 0, 0xF, 0, 0xF, 0, 0xF, 0, 0xF}, 20_000)
	nowhere := bytes.Repeat([]byte{0xFF, 0xFE, 0xDF}, 100_000)
	for name, b := range map[string][]byte{
		"4 GB claimed, none there":       head(most, most, rtf.LZFu, nil),
		"4 GB claimed, MELA":             head(most, most, rtf.MELA, nil),
		"4 GB of RTF claimed of 3 bytes": head(15, most, rtf.LZFu, []byte{1, 0xC, 0xF0}),
		"no RTF claimed, much there":     head(uint32(12+len(longest)), 0, rtf.LZFu, longest),
		"the longest references":         head(uint32(12+len(longest)), most, rtf.LZFu, longest),
		"references to nothing":          head(uint32(12+len(nowhere)), most, rtf.LZFu, nowhere),
		"a size of nothing":              head(0, most, rtf.LZFu, longest),
		"a megabyte of ones":             bytes.Repeat([]byte{0xFF}, 1<<20),
		"a megabyte of zeros":            head(12+1<<20, 1<<20, rtf.LZFu, make([]byte, 1<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			laws.CheckMemory(t, b)
			if n := testing.AllocsPerRun(2, func() { _, _ = rtf.Decode(b) }); n > 0 {
				require.LessOrEqual(t, n, 24.0) // each finding is some
			}
			v, _ := rtf.Inspect(b)
			out := v.AppendRTF(nil)
			require.LessOrEqual(t, len(out), len(b)*17/2)
			require.LessOrEqual(t, cap(out), len(b)*11+1024)
			sameEverywhere(t, b)
			require.LessOrEqual(t, testing.AllocsPerRun(2, func() { _, _ = io.Copy(io.Discard, rtf.NewReader(bytes.NewReader(b))) }), 30.0)
		})
	}
}

// TestKeepsNothing writes to the input after decoding.
func TestKeepsNothing(t *testing.T) {
	b := append(blobOf(t, `{\rtf1 text}`, rtf.LZFu), 1, 2)
	v, err := rtf.Decode(b)
	require.NoError(t, err)
	inspected, r := rtf.Inspect(b)
	before, err := r.MarshalJSON()
	require.NoError(t, err)
	for i := range b {
		b[i] = 0xEE
	}
	require.Equal(t, `{\rtf1 text}`, string(v.AppendRTF(nil)))
	require.Equal(t, v, inspected)
	after, err := r.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	text := []byte(`{\rtf1 text}`)
	v, err = rtf.New(text, rtf.MELA)
	require.NoError(t, err)
	clear(text)
	require.Equal(t, `{\rtf1 text}`, string(v.AppendRTF(nil)))
}

// BenchmarkDecompress makes RTF of blobs, in a buffer that is used again. The bytes are those of the RTF.
func BenchmarkDecompress(b *testing.B) {
	own := blobOf(b, strings.Repeat(`{\rtf1\ansi some text, and some text again}`, 500), rtf.LZFu)
	var buf []byte
	size := func(blob []byte) int { return int(binary.LittleEndian.Uint32(blob[4:])) }
	golden.BenchOutput(b, "rtf*.hex", own, size, func(blob []byte) (err error) {
		buf, err = rtf.Decompress(buf[:0], blob)
		return err
	})
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat(`{\rtf1\ansi some text, and some text again}`, 5000)
	blob := blobOf(b, text, rtf.LZFu)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if n, err := io.Copy(io.Discard, rtf.NewReader(bytes.NewReader(blob))); err != nil || n != int64(len(text)) {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	text := []byte(strings.Repeat(`{\rtf1\ansi some text, and some text again}`, 5000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := rtf.New(text, rtf.LZFu); err != nil {
			b.Fatal(err)
		}
	}
}
