package goid_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/goid"
)

// TestDecodeAllocations counts what a fresh value costs: itself, Data, and what follows.
func TestDecodeAllocations(t *testing.T) {
	for _, c := range []struct {
		g    *goid.GlobalObjectID
		most float64
	}{
		{&goid.GlobalObjectID{}, 1},
		{goid.New(5, [16]byte{1}), 2},
		{goid.Wrap("abc-123@example.org"), 2},
		{&goid.GlobalObjectID{Data: make([]byte, 65536), Trailing: make([]byte, 65536)}, 3},
	} {
		b := mustMarshal(t, c.g)
		n := testing.AllocsPerRun(20, func() {
			if _, err := goid.Decode(b); err != nil {
				t.Fatal(err)
			}
		})
		require.LessOrEqual(t, n, c.most, "%d bytes", len(b))
	}
}

// TestReuse decodes into a value that has room, and writes into a buffer that has: nothing is allocated.
func TestReuse(t *testing.T) {
	long, short := goid.Wrap("a-very-long-identifier@example.org"), goid.New(5, [16]byte{1})
	long.Trailing = []byte("trailing")
	long.Year = 65535
	a, b := mustMarshal(t, long), mustMarshal(t, short)
	var g goid.GlobalObjectID
	require.Zero(t, testing.AllocsPerRun(20, func() {
		if g.UnmarshalBinary(a) != nil || g.UnmarshalBinary(b) != nil {
			t.Fatal("an error")
		}
	}))
	buf := make([]byte, 0, 200)
	require.Zero(t, testing.AllocsPerRun(20, func() { buf, _ = long.AppendBinary(buf[:0]) }))
	require.Equal(t, a, buf)
	require.Zero(t, testing.AllocsPerRun(20, func() { long.InstanceDate(); long.IsClean() }))
}

// TestReuseLeavesNothing decodes blobs of every shape in turns into one value, which must end up as a fresh one does.
func TestReuseLeavesNothing(t *testing.T) {
	full := goid.Wrap("abc-123@example.org")
	full.Year, full.Month, full.Day, full.X, full.Trailing = 2026, 12, 31, [8]byte{1}, []byte{1, 2}
	whole := mustMarshal(t, full)
	blobs := [][]byte{whole, mustMarshal(t, goid.New(5, [16]byte{1})), mustMarshal(t, &goid.GlobalObjectID{}), nil, whole[:18], whole[:38], whole[:50]}
	var g goid.GlobalObjectID
	for range 2 {
		for _, a := range blobs {
			for _, b := range blobs {
				_ = g.UnmarshalBinary(a)
				err := g.UnmarshalBinary(b)
				fresh, freshErr := goid.Decode(b)
				require.Equal(t, freshErr, err)
				if err != nil {
					continue
				}
				got := g
				got.Data, got.Trailing = append([]byte(nil), g.Data...), append([]byte(nil), g.Trailing...) // empty ones may have memory
				require.Equal(t, fresh, &got, "%x after %x", b, a)
			}
		}
	}
}

// TestDecodeKeepsNothing writes to the input after decoding.
func TestDecodeKeepsNothing(t *testing.T) {
	g := goid.Wrap("abc")
	g.Trailing = []byte("t")
	b := mustMarshal(t, g)
	got, err := goid.Decode(b)
	require.NoError(t, err)
	inspected, r := goid.Inspect(b)
	before, err := r.MarshalJSON()
	require.NoError(t, err)
	for i := range b {
		b[i] = 0xEE
	}
	require.Equal(t, g, got)
	require.Equal(t, g, inspected)
	after, err := r.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

// TestHostile measures what blobs that lie cost.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	good := mustMarshal(t, goid.New(5, [16]byte{1}))
	claims := func(n uint32, there int) []byte {
		return append(binary.LittleEndian.AppendUint32(bytes.Clone(good[:36]), n), make([]byte, there)...)
	}
	controls := goid.Wrap(string(bytes.Repeat([]byte{1}, 1<<20)))
	for name, b := range map[string][]byte{
		"4 GB claimed, none there":   claims(1<<32-1, 0),
		"2 GB claimed, none there":   claims(1<<31, 0),
		"4 GB claimed, 1 MB there":   claims(1<<32-1, 1<<20),
		"nothing claimed, 1 MB":      claims(0, 1<<20),
		"a megabyte of ones":         bytes.Repeat([]byte{0xFF}, 1<<20),
		"a UID of a megabyte, wrong": mustMarshal(t, controls),
	} {
		t.Run(name, func(t *testing.T) {
			laws.CheckMemory(t, b)
			_, err := goid.Decode(b)
			if n := testing.AllocsPerRun(2, func() { _, _ = goid.Decode(b) }); err != nil {
				require.LessOrEqual(t, n, 8.0)
			}
		})
	}
}
