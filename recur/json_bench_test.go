package recur_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

func BenchmarkJSON(b *testing.B) {
	a, err := recur.Decode(own(b))
	require.NoError(b, err)
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = a.AppendJSON(out[:0])
	}
	b.SetBytes(int64(len(out)))
}

func BenchmarkUnmarshalJSON(b *testing.B) {
	a, err := recur.Decode(own(b))
	require.NoError(b, err)
	text := a.AppendJSON(nil)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := a.UnmarshalJSON(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSmartView(b *testing.B) {
	_, r := recur.Inspect(own(b))
	b.ReportAllocs()
	var out []byte
	for b.Loop() {
		out = recur.AppendSmartView(out[:0], r)
	}
}

// TestJSONAllocations: the value form of a blob that needs no escapes takes no memory beyond that of the text.
func TestJSONAllocations(t *testing.T) {
	a, err := recur.Decode(own(t))
	require.NoError(t, err)
	b := make([]byte, 0, 4096)
	require.Zero(t, testing.AllocsPerRun(100, func() { b = a.AppendJSON(b[:0]) }))
	require.Equal(t, ownJSON, string(b))
}
