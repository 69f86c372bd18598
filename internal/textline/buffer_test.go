package textline

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBuffer holds a Buffer to bytes.Buffer, used again and again.
func TestBuffer(t *testing.T) {
	var b Buffer
	require.Equal(t, []byte{}, b.Take())
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 2))
		var want bytes.Buffer
		for range r.IntN(30) {
			p := make([]byte, r.IntN(1<<r.IntN(18)))
			for i := range p {
				p[i] = byte(r.IntN(256))
			}
			want.Write(p)
			b.Add(p...)
			require.Equal(t, want.Len(), b.Len())
		}
		require.True(t, bytes.Equal(want.Bytes(), b.Take()))
		require.Zero(t, b.Len())
	}
}

// TestBufferMemory: a small value costs one allocation once there was one before, and a long one twice its length.
func TestBufferMemory(t *testing.T) {
	var b Buffer
	b.Add(1)
	b.Take()
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		b.Add(1, 2, 3)
		b.Take()
	}), 1.0)
	part := make([]byte, 1<<10)
	r := testing.Benchmark(func(tb *testing.B) {
		for tb.Loop() {
			var b Buffer
			for range 10 << 10 {
				b.Add(part...)
			}
			b.Take()
		}
	})
	require.Less(t, r.AllocedBytesPerOp(), int64(22<<20))
}
