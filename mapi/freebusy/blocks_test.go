package freebusy_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
)

func mustMarshal(t *testing.T, v *freebusy.Blocks) []byte {
	t.Helper()
	b, err := v.MarshalBinary()
	require.NoError(t, err)
	return b
}

// randomBlocks returns blocks of a short day, so that they meet, with some that cover nothing.
func randomBlocks(r *rand.Rand) *freebusy.Blocks {
	v := &freebusy.Blocks{}
	for range r.IntN(8) {
		start := r.IntN(60)
		v.Blocks = append(v.Blocks, freebusy.Block{Start: uint16(start), End: uint16(max(0, start-2+r.IntN(20)))})
	}
	return v
}

// covered returns how many blocks cover each minute.
func covered(v *freebusy.Blocks) (minutes [100]int) {
	for _, b := range v.Blocks {
		for m := b.Start; m < b.End; m++ {
			minutes[m]++
		}
	}
	return minutes
}

// TestAgainstMinutes counts minute by minute which blocks overlap and touch, and what Normalize leaves of them.
func TestAgainstMinutes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[diag.Code]int{}
	for range 3000 {
		v := randomBlocks(r)
		var found []diag.Code
		for _, f := range v.Validate() {
			found = append(found, f.Code)
			seen[f.Code]++
		}
		before := covered(v)
		overlap := slices.ContainsFunc(before[:], func(n int) bool { return n > 1 })
		require.Equal(t, overlap, slices.Contains(found, freebusy.BlockOverlap), "%v", v)
		if !overlap {
			adjacent := slices.ContainsFunc(v.Blocks, func(a freebusy.Block) bool {
				return slices.ContainsFunc(v.Blocks, func(b freebusy.Block) bool { return a.Start < a.End && b.Start < b.End && a.End == b.Start })
			})
			require.Equal(t, adjacent, slices.Contains(found, freebusy.BlockAdjacent), "%v", v)
		}
		require.Equal(t, !slices.IsSortedFunc(v.Blocks, func(a, b freebusy.Block) int { return int(a.Start) - int(b.Start) }),
			slices.Contains(found, freebusy.BlockOrder), "%v", v)
		v.Normalize()
		after := covered(v)
		for m := range before {
			require.Equal(t, min(before[m], 1), after[m], "minute %d", m)
		}
		for _, f := range v.Validate() {
			require.Equal(t, freebusy.NoBlocks, f.Code)
		}
	}
	for _, code := range []diag.Code{freebusy.BlockOverlap, freebusy.BlockAdjacent, freebusy.BlockOrder, freebusy.EmptyBlock, freebusy.ReversedBlock} {
		require.Greater(t, seen[code], 100, code)
	}
}

// TestValueRoundTrip writes values and reads them, as bytes and as JSON.
func TestValueRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		v := randomBlocks(r)
		v.Trailing = make([]byte, r.IntN(4))
		b, err := v.AppendBinary([]byte("x"))
		require.NoError(t, err)
		require.Equal(t, byte('x'), b[0])
		back, report := freebusy.Inspect(b[1:])
		if diff := cmp.Diff(v, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-written +read):\n%s", diff)
		}
		require.Equal(t, slices.Collect(report.Findings()), v.Validate())
		text, err := json.Marshal(v)
		require.NoError(t, err)
		var again freebusy.Blocks
		require.NoError(t, json.Unmarshal(text, &again))
		if diff := cmp.Diff(v, &again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s (-written +read):\n%s", text, diff)
		}
	}
}

// TestTrailing: what would be read as a block is not written as bytes behind them.
func TestTrailing(t *testing.T) {
	v := &freebusy.Blocks{Trailing: make([]byte, 4)}
	b, err := v.AppendBinary([]byte{1})
	require.EqualError(t, err, "freebusy: Trailing: is 4 bytes, must be fewer than 4")
	require.Equal(t, []byte{1}, b)
	found := v.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], freebusy.NotEncodable)
	require.EqualError(t, found[0], "Trailing: is 4 bytes, must be fewer than 4 (freebusy.not-encodable)")
	v.Normalize()
	require.Empty(t, mustMarshal(t, v))
}

func TestUnmarshalJSON(t *testing.T) {
	for _, text := range []string{`{"blocks":[{"start":65536}]}`, `{"blocks":[{"end":-1}]}`, `{"trailing":"0"}`, `{"blocks":1}`, `[]`} {
		v := freebusy.Blocks{Trailing: []byte{9}}
		require.Error(t, json.Unmarshal([]byte(text), &v), text)
		require.Equal(t, freebusy.Blocks{Trailing: []byte{9}}, v, "left alone")
	}
}

// TestAllocations: a fresh value costs itself, the blocks, and what follows them; a used one nothing.
func TestAllocations(t *testing.T) {
	b := bytes.Repeat([]byte{0, 0, 1, 0}, 100)
	bad := append(bytes.Clone(b), 1)
	require.LessOrEqual(t, testing.AllocsPerRun(20, func() { _, _ = freebusy.Decode(b) }), 2.0)
	var v freebusy.Blocks
	require.Zero(t, testing.AllocsPerRun(20, func() {
		if v.UnmarshalBinary(b) != nil || v.UnmarshalBinary(b[:4]) != nil {
			t.Fatal("an error")
		}
	}))
	require.ErrorIs(t, v.UnmarshalBinary(bad), freebusy.PartialBlock)
	require.NoError(t, v.UnmarshalBinary(b))
	require.Empty(t, v.Trailing)
	kept, _ := freebusy.Inspect(bad)
	bad[2], bad[400] = 7, 7
	require.Equal(t, freebusy.Block{End: 1}, kept.Blocks[0])
	require.Equal(t, []byte{1}, kept.Trailing)
}

// TestHostile measures a megabyte of blocks that are wrong in every way: there are few findings.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	for name, b := range map[string][]byte{
		"ones": bytes.Repeat([]byte{0xFF}, 1<<20), "reversed": bytes.Repeat([]byte{1, 0, 0, 0}, 1<<18),
		"descending": bytes.Repeat([]byte{9, 0, 11, 0, 5, 0, 255, 255, 5, 0, 4, 0, 1, 0, 1, 0}, 1<<16), "odd": make([]byte, 1<<20+3),
	} {
		t.Run(name, func(t *testing.T) {
			laws.CheckMemory(t, b)
			_, r := freebusy.Inspect(b)
			require.LessOrEqual(t, len(slices.Collect(r.Findings())), 7)
		})
	}
}
