package rule_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// and returns an AND of n restrictions, in the profile ext and without names.
func and(n int, restriction []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{0, 0, 0}, uint32(n))
	return append(b, bytes.Repeat(restriction, n)...)
}

var exist = []byte{8, 0x1F, 0, 0x1A, 0}

// contents are n conditions as Outlook writes them.
func contents(n int) []byte {
	one := []byte{3, 1, 0, 1, 0, 0x1F, 0, 0x37, 0, 0x1F, 0, 0x37, 0}
	for _, c := range "words of no meaning" {
		one = append(one, byte(c), 0)
	}
	return and(n, append(one, 0, 0))
}

// lies returns actions nested in the values of others, each of which counts as many as it could.
func nestedActions(depth int, inside []byte) []byte {
	b := inside
	for range depth {
		b = append([]byte{0xFE, 0, 0x80, 0x66}, b...)
		b = append([]byte{9, 0, 0, 0, 0, 0, 0, 0, 0}, b...)
		b = append(binary.LittleEndian.AppendUint16([]byte{1, 0}, uint16(len(b))), b...)
	}
	return b
}

// TestHostile holds blobs that were made to cost much to the laws, and to their share of memory.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	chain := append(bytes.Repeat([]byte{2}, 250), exist...)
	for name, b := range map[string][]byte{
		"one chain": bytes.Repeat([]byte{2}, 100_000), "chains": and(1000, chain), "empty": and(50_000, []byte{0, 0, 0, 0, 0}),
		"lies": append([]byte{0, 0}, bytes.Repeat([]byte{0, 0xFF, 0x3F, 0, 0}, 50_000)...), "ones": bytes.Repeat([]byte{0xFF}, 1<<18), "zeros": make([]byte, 1<<18),
		"comments": and(40_000, []byte{10, 1, 1, 0, 0, 0, 0}), "comments in values": append([]byte{0, 0}, bytes.Repeat([]byte{10, 0xFF, 0xFD, 0, 0x79, 0x66}, 50_000)...),
		"conditions": contents(10_000), "names": append([]byte{0xFF, 0xFF}, make([]byte, 1<<18)...),
	} {
		t.Run(name, func(t *testing.T) {
			conditions("ext", mapi.ProfileExtended).CheckMemory(t, b)
			conditions("rop", mapi.ProfileROP).CheckMemory(t, b)
			_, r := rule.InspectCondition(b, mapi.ProfileExtended)
			require.LessOrEqual(t, len(slices.Collect(r.Findings())), 2)
		})
	}
	// Values of four bytes each are the most that a list can hold for its size.
	nulls := slices.Concat([]byte{10, 0, 0, 0, 0x20, 0x4E, 0, 0}, bytes.Repeat([]byte{1, 0, 0, 0x30}, 20_000), []byte{0})
	t.Run("nulls", func(t *testing.T) { conditions("ocfg", mapi.ProfileOCFG).CheckMemory(t, nulls) })
	for name, b := range map[string][]byte{
		"nested":       nestedActions(200, []byte{1, 0, 9, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0}),
		"nested, dead": nestedActions(200, append([]byte{1, 0, 9, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0}, make([]byte, 40_000)...)),
		"deletes":      append([]byte{0xFF, 0xFF}, bytes.Repeat([]byte{9, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0}, 0xFFFF)...),
		"unknown":      append([]byte{0xFF, 0xFF}, bytes.Repeat([]byte{9, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0}, 0xFFFF)...),
		"short":        append([]byte{0xFF, 0xFF}, bytes.Repeat([]byte{9, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 0xFFFF)...),
		"zeros":        make([]byte, 1<<18),
	} {
		t.Run(name, func(t *testing.T) { actions("rop", mapi.ProfileROP).CheckMemory(t, b) })
	}
}

// TestDepth: 257 restrictions may lie in each other, and no 258.
func TestDepth(t *testing.T) {
	for n, want := range map[int]bool{1: true, 256: true, 257: false, 100_000: false} {
		b := append(bytes.Repeat([]byte{2}, n), exist...)
		start := time.Now()
		v, r := rule.InspectCondition(b, mapi.ProfileROP)
		require.Less(t, time.Since(start), 5*time.Second)
		require.Equal(t, want, r.Err() == nil, n)
		if want {
			require.True(t, strings.HasPrefix(v.String(), strings.Repeat("not ", n)+"has "), n)
			continue
		}
		require.ErrorIs(t, r.Err(), rule.TooDeep)
		found := slices.Collect(r.Findings())
		require.Len(t, found, 1)
		require.Equal(t, 257, found[0].Span.Offset, n)
		require.Less(t, len(found[0].Path), 400)
		require.Contains(t, found[0].Path, ".deeper.")
	}
	// Values that hold restrictions, and values that hold actions, are as deep as restrictions in restrictions.
	b := append(bytes.Repeat([]byte{4, 4, 0xFD, 0, 0x79, 0x66, 0xFD, 0, 0x79, 0x66}, 300), exist...)
	_, err := rule.DecodeCondition(b, mapi.ProfileROP)
	require.ErrorIs(t, err, rule.TooDeep)
	_, err = rule.DecodeAction(nestedActions(300, []byte{0, 0}), mapi.ProfileROP)
	require.ErrorIs(t, err, rule.TooDeep)

	// What no blob can hold is not written, and not read from JSON.
	var deep rule.Restriction = &rule.Exist{}
	for range 300 {
		deep = &rule.Not{Restriction: deep}
	}
	c := &rule.Condition{Restriction: deep}
	_, err = c.MarshalBinary()
	require.EqualError(t, err, "rule: Restriction: lies deeper than 256 others")
	require.ErrorIs(t, c.Validate()[0], rule.NotEncodable)
	text, err := c.MarshalJSON()
	require.NoError(t, err)
	require.ErrorContains(t, new(rule.Condition).UnmarshalJSON(text), "deeper than 256")
}

// TestClaims: counts that cannot be true cost nothing.
func TestClaims(t *testing.T) {
	for _, c := range []struct {
		hex string
		p   mapi.Profile
		at  int
	}{
		{"0000 00 ffffffff 08 1f001a00", mapi.ProfileExtended, 3}, {"0000 01 ffffffff", mapi.ProfileExtended, 3}, {"ffff 0000", mapi.ProfileExtended, 0},
		{"00000000 ffffffff 00000000", mapi.ProfileOCFG, 4}, {"0a000000 ffffffff 00000000", mapi.ProfileOCFG, 4}, {"0a ff 0100", mapi.ProfileROP, 1},
	} {
		b := golden.Unhex(t, c.hex)
		_, err := rule.DecodeCondition(b, c.p)
		require.ErrorIs(t, err, rule.CountTooBig)
		require.Equal(t, c.at, err.(*diag.DecodeError).Findings[0].Span.Offset, c.hex)
		require.Less(t, testing.AllocsPerRun(10, func() { _, _ = rule.DecodeCondition(b, c.p) }), 40.0)
	}
	for _, text := range []string{"0000 01000000 ffffffff 09000000 0a 00000000 00000000", "0000 01000000 01000000 0d000000 07 00000000 00000000 ffffffff",
		"0000 01000000 01000000 12000000 07 00000000 00000000 01000000 01 ffffffff"} {
		_, err := rule.DecodeAction(golden.Unhex(t, text), mapi.ProfileExtended)
		require.ErrorIs(t, err, rule.CountTooBig, text)
	}
}

// TestLinear: fifty times the conditions cost some fifty times as much, not 2500 times. The second is for a machine that
// has something else to do.
func TestLinear(t *testing.T) {
	cost := func(n int) time.Duration {
		b := contents(n)
		least := time.Hour
		for range 3 {
			start := time.Now()
			v, r := rule.InspectCondition(b, mapi.ProfileExtended)
			_ = v.String()
			_ = v.AppendJSON(nil)
			for range r.Fields() {
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	small, large := cost(1000), cost(50_000)
	require.Less(t, large, 250*small+time.Second, "%v and %v", small, large)
}

// TestAllocations: a condition costs itself, its value, and the text of that.
func TestAllocations(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates too")
	}
	b := contents(1000)
	require.LessOrEqual(t, testing.AllocsPerRun(10, func() { _, _ = rule.DecodeCondition(b, mapi.ProfileExtended) }), 4000.0)
	v, err := rule.DecodeCondition(b, mapi.ProfileExtended)
	require.NoError(t, err)
	out := make([]byte, 0, len(b))
	require.LessOrEqual(t, testing.AllocsPerRun(10, func() { out, _ = v.AppendBinary(out[:0]) }), 1.0)
	require.Equal(t, b, out)
}

// TestInputIsNotKept changes the input after it was read.
func TestInputIsNotKept(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/ruleaction") {
		b := vec.Blob(t)
		v, _ := rule.InspectAction(b, mapi.ProfileROP)
		before, _ := v.MarshalJSON()
		for i := range b {
			b[i] ^= 0xFF
		}
		after, _ := v.MarshalJSON()
		require.Equal(t, string(before), string(after), vec.Name)
	}
	for _, vec := range golden.Load(t, "testdata/extrulecondition") {
		b := vec.Blob(t)
		v, _ := rule.InspectCondition(b, mapi.ProfileExtended)
		before, _ := v.MarshalJSON()
		for i := range b {
			b[i] ^= 0xFF
		}
		after, _ := v.MarshalJSON()
		require.Equal(t, string(before), string(after), vec.Name)
	}
}

func BenchmarkDecodeCondition(b *testing.B) {
	golden.Bench(b, "extrulecondition*.hex", contents(10_000), func(blob []byte) error {
		_, err := rule.DecodeCondition(blob, mapi.ProfileExtended)
		return err
	})
}

func BenchmarkInspectCondition(b *testing.B) {
	golden.Bench(b, "extrulecondition*.hex", contents(10_000), func(blob []byte) error {
		_, r := rule.InspectCondition(blob, mapi.ProfileExtended)
		return r.Err()
	})
}

func BenchmarkClaim(b *testing.B) {
	blob := []byte{0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rule.DecodeCondition(blob, mapi.ProfileExtended); err == nil {
			b.Fatal("no error")
		}
	}
}
