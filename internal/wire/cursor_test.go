package wire_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

const (
	short diag.Code = "test.truncated"
	extra diag.Code = "test.trailing-data"
	odd   diag.Code = "test.odd"
)

var words = wire.Words{Truncated: short, Spec: "[TEST] 1"}

// counting returns n bytes that are all different from their neighbours.
func counting(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*37 + 5)
	}
	return b
}

// both runs a test with a strict cursor and with one that records.
func both(t *testing.T, b []byte, test func(t *testing.T, c *wire.Cursor, r *diag.Report)) {
	t.Run("strict", func(t *testing.T) {
		c := wire.New(b, nil, &words)
		test(t, &c, nil)
	})
	t.Run("recording", func(t *testing.T) {
		r := diag.New("test", b, nil)
		c := wire.New(b, r, &words)
		test(t, &c, r)
	})
	t.Run("started again", func(t *testing.T) {
		var c wire.Cursor
		c.Start([]byte{1}, diag.New("test", nil, nil), &words)
		c.U64("n")
		c.Start(b, nil, &words)
		test(t, &c, nil)
	})
}

// paths returns the fields and findings of a report in short.
func paths(r *diag.Report) (fields []string, findings []diag.Finding) {
	for f := range r.Fields() {
		fields = append(fields, f.Path)
	}
	return fields, slices.Collect(r.Findings())
}

func requireTiles(t *testing.T, r *diag.Report) {
	t.Helper()
	at := 0
	for f := range r.Fields() {
		require.Equal(t, at, f.Span.Offset, f.Path)
		require.Positive(t, f.Span.Len, f.Path)
		at += f.Span.Len
	}
	require.Equal(t, r.Size(), at)
}

func TestIntegers(t *testing.T) {
	b := counting(41)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		var want struct {
			A uint8
			B uint16
			C uint32
			D uint64
			E int32
			F uint8
		}
		require.NoError(t, binary.Read(bytes.NewReader(b), binary.LittleEndian, &want))
		require.Equal(t, r != nil, c.Recording())
		require.Equal(t, want.A, c.U8("a"))
		require.Equal(t, want.B, c.U16("b"))
		require.Equal(t, want.C, c.U32("c"))
		require.Equal(t, want.D, c.U64("d"))
		require.Equal(t, want.E, c.I32("e"))
		require.Less(t, want.E, int32(0), "the sign is tried")
		require.Equal(t, want.F, c.U8("f"))
		require.Equal(t, 20, c.Offset())
		require.Equal(t, 21, c.Left())
		require.Equal(t, b[20:23], c.Bytes("g", 3))
		require.Equal(t, b[23:27], c.UTF16("h", 2))
		require.Equal(t, string([]rune{rune(b[27]) | rune(b[28])<<8, rune(b[29]) | rune(b[30])<<8}), c.Text("i", 2))
		require.False(t, c.Dead())
		require.True(t, c.OK())
		if r == nil {
			return
		}
		c.Bytes("rest", uint64(c.Left()))
		requireTiles(t, r)
		var got []any
		for f := range r.Fields() {
			got = append(got, f.Value)
		}
		require.Equal(t, []any{want.A, want.B, want.C, want.D, want.E, want.F, b[20:23]}, got[:7])
		require.IsType(t, "", got[7])
	})
}

// TestEveryReaderRunsShort gives every reader one byte less than it needs: it returns zero and says so, once, and so do all
// that come after.
func TestEveryReaderRunsShort(t *testing.T) {
	table := []wire.Field{{Name: "one", Size: 1}, {Name: "two", Size: 2}, {Name: "three", Size: 4}}
	readers := map[string]struct {
		need, at int // bytes, and where the shortage lies
		field    string
		wants    string
		read     func(c *wire.Cursor) any
	}{
		"U8":      {1, 0, "x", "needs 1 bytes, 0 left", func(c *wire.Cursor) any { return c.U8("x") }},
		"U16":     {2, 0, "x", "needs 2 bytes, 1 left", func(c *wire.Cursor) any { return c.U16("x") }},
		"U32":     {4, 0, "x", "needs 4 bytes, 3 left", func(c *wire.Cursor) any { return c.U32("x") }},
		"U64":     {8, 0, "x", "needs 8 bytes, 7 left", func(c *wire.Cursor) any { return c.U64("x") }},
		"I32":     {4, 0, "x", "needs 4 bytes, 3 left", func(c *wire.Cursor) any { return c.I32("x") }},
		"Bytes":   {5, 0, "x", "needs 5 bytes, 4 left", func(c *wire.Cursor) any { return c.Bytes("x", 5) }},
		"UTF16":   {6, 0, "x", "needs 6 bytes, 5 left", func(c *wire.Cursor) any { return c.UTF16("x", 3) }},
		"Text":    {6, 0, "x", "needs 6 bytes, 5 left", func(c *wire.Cursor) any { return c.Text("x", 3) }},
		"Run":     {7, 3, "three", "needs 4 bytes, 3 left", func(c *wire.Cursor) any { return c.Run(table, 7) }},
		"BytesAs": {5, 0, "x", "needs 5 bytes, 4 left", func(c *wire.Cursor) any { return c.BytesAs("x", 5, nil) }},
		"Array":   {9, 0, "x", "needs 9 bytes, 8 left", func(c *wire.Cursor) any { return c.Array(&wire.Field{Name: "x", Size: 3}, 3) }},
		"Sub":     {9, 0, "x", "needs 9 bytes, 8 left", func(c *wire.Cursor) any { s := c.Sub("x", 9); return s.U8("y") }},
	}
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			b := counting(2 + reader.need - 1)
			both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
				c.In("Outer", 3)
				c.U16("before")
				require.Zero(t, reader.read(c))
				require.True(t, c.Dead())
				require.False(t, c.OK())
				require.Equal(t, 0, c.Left())
				require.Equal(t, len(b), c.Offset())
				for _, again := range readers { // a dead cursor reads nothing more, and says nothing more
					require.Zero(t, again.read(c))
				}
				require.Nil(t, c.Peek(0, 1))
				require.Nil(t, c.Fast(1))
				require.Nil(t, c.Rest("rest", extra))
				require.Zero(t, c.Count(5, 1))
				require.Empty(t, c.Bytes("none", 0))
				c.Undecoded()
				require.Equal(t, len(b), c.Offset())
				c.Out()
				if r == nil {
					return
				}
				requireTiles(t, r)
				fields, findings := paths(r)
				want := []diag.Finding{{Severity: diag.Fatal, Code: short, Span: diag.Span{Offset: 2 + reader.at, Len: len(b) - 2 - reader.at},
					Path: "Outer[3]." + reader.field, Spec: "[TEST] 1", Msg: reader.wants}}
				if diff := cmp.Diff(want, findings); diff != "" {
					t.Error(diff)
				}
				require.Equal(t, "Outer[3].before", fields[0])
				if len(b) > 2+reader.at {
					require.Equal(t, "undecoded", fields[len(fields)-1])
				}
				require.ErrorIs(t, r.Err(), io.ErrUnexpectedEOF)
			})
		})
	}
}

// TestHugeCounts asks for what no input holds, and for what twice of is no number any more.
func TestHugeCounts(t *testing.T) {
	for _, n := range []uint64{9, 1 << 30, math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32, math.MaxUint32 + 1, 1<<62 - 1, 1 << 62, 1<<62 + 1,
		math.MaxInt64, math.MaxInt64 + 1, math.MaxUint64} {
		both(t, counting(8), func(t *testing.T, c *wire.Cursor, _ *diag.Report) {
			require.Equal(t, 8, c.Count(n, 1))
			require.Equal(t, 2, c.Count(n, 4))
			require.Equal(t, 2, c.Count(n, 3))
			require.Equal(t, 0, c.Count(n, 9))
			require.True(t, c.OK(), "Count reports nothing")
			before := *c
			require.Nil(t, c.Bytes("b", n))
			require.True(t, c.Dead())
			*c = before
			require.Nil(t, c.UTF16("t", n))
			require.True(t, c.Dead())
			*c = before
			require.Empty(t, c.Text("t", n))
			require.True(t, c.Dead())
			*c = before
			child := c.Sub("s", n)
			require.True(t, c.Dead())
			require.True(t, child.Dead())
			require.Zero(t, child.Left())
			require.False(t, c.OK())
		})
	}
	c := wire.New(counting(8), nil, &words)
	require.Equal(t, 3, c.Count(3, 2))
	require.Equal(t, 0, c.Count(0, 2))
	c.U32("x")
	require.Equal(t, 2, c.Count(3, 2))
}

func TestPeek(t *testing.T) {
	b := counting(8)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.U16("x")
		require.Equal(t, b[:3], c.Peek(0, 3), "also what was read")
		require.Equal(t, b[2:4], c.Peek(c.Offset(), 2))
		require.Equal(t, b[6:], c.Peek(6, 5))
		require.Equal(t, b[6:], c.Peek(6, math.MaxInt))
		require.Empty(t, c.Peek(6, 0))
		require.Nil(t, c.Peek(8, 1))
		require.Nil(t, c.Peek(math.MaxInt, 1))
		require.Nil(t, c.Peek(-1, 2))
		require.Equal(t, 2, c.Offset())
		child := c.Sub("s", 3)
		require.Equal(t, b[4:5], child.Peek(4, 9), "a child sees no further than it reaches")
		require.Nil(t, child.Peek(5, 1))
	})
}

func TestRun(t *testing.T) {
	meaning := func(b []byte) string { return "first " + string(b[0]) }
	table := []wire.Field{{Name: "a", Size: 1, Meaning: meaning}, {Name: "b", Kind: diag.Int, Size: 4}, {Name: "c", Kind: diag.Bytes, Size: 2},
		{Name: "d", Kind: diag.UTF16, Size: 4}}
	b := []byte{0xFF, 'A', 0xFE, 0xFF, 0xFF, 0xFF, 7, 8, 0xE9, 0, 'x', 0}
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.U8("zero")
		c.In("S", -1)
		require.Equal(t, b[1:12], c.Run(table, 11))
		c.Out()
		require.Equal(t, 12, c.Offset())
		require.True(t, c.OK())
		if r == nil {
			return
		}
		want := []diag.Field{
			{Path: "zero", Span: diag.Span{Offset: 0, Len: 1}, Value: uint8(0xFF)},
			{Path: "S.a", Span: diag.Span{Offset: 1, Len: 1}, Value: uint8('A'), Text: "first A"},
			{Path: "S.b", Span: diag.Span{Offset: 2, Len: 4}, Value: int32(-2)},
			{Path: "S.c", Span: diag.Span{Offset: 6, Len: 2}, Value: []byte{7, 8}},
			{Path: "S.d", Span: diag.Span{Offset: 8, Len: 4}, Value: "éx"},
		}
		if diff := cmp.Diff(want, slices.Collect(r.Fields())); diff != "" {
			t.Error(diff)
		}
	})
	// Every length that is too short: the fields that fit are recorded, the first that does not is named.
	for n := range 11 {
		r := diag.New("test", b[:n], nil)
		c := wire.New(b[:n], r, &words)
		require.Nil(t, c.Run(table, 11))
		requireTiles(t, r)
		var whole []string
		at := 0
		for _, f := range table {
			if at += f.Size; at > n {
				_, findings := paths(r)
				require.Equal(t, f.Name, findings[0].Path)
				require.Equal(t, at-f.Size, findings[0].Span.Offset)
				break
			}
			whole = append(whole, f.Name)
		}
		fields, _ := paths(r)
		require.Equal(t, whole, fields[:len(whole)])
	}
}

func TestArray(t *testing.T) {
	f := wire.Field{Name: "d", Size: 3, Kind: diag.Bytes, Meaning: func(b []byte) string { return "ends with " + string('0'+b[2]%10) }}
	b := counting(10)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.U8("first")
		c.In("S", 2)
		require.Empty(t, c.Array(&f, 0))
		require.Equal(t, 1, c.Offset())
		require.Equal(t, b[1:7], c.Array(&f, 2))
		require.Equal(t, b[7:9], c.BytesAs("text", 2, func(b []byte) string { return "the text" }))
		c.Out()
		require.True(t, c.OK())
		before := *c
		require.Nil(t, c.Array(&f, 1<<63), "a size that no number holds")
		require.True(t, c.Dead())
		if r == nil {
			return
		}
		requireTiles(t, r)
		fields, findings := paths(r)
		require.Equal(t, []string{"first", "S[2].d[0]", "S[2].d[1]", "S[2].text", "undecoded"}, fields)
		require.Equal(t, "needs 18446744073709551615 bytes, 1 left", findings[0].Msg)
		require.Equal(t, diag.Span{Offset: 9, Len: 1}, findings[0].Span)
		all := slices.Collect(r.Fields())
		require.Equal(t, b[4:7], all[2].Value)
		require.Equal(t, f.Meaning(b[4:7]), all[2].Text)
		require.Equal(t, "the text", all[3].Text)
		require.Equal(t, 9, before.Offset())
	})
}

func TestFast(t *testing.T) {
	b := counting(8)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		if r != nil {
			require.Nil(t, c.Fast(1), "what is recorded is not fast")
			c.U32("x")
			require.Nil(t, c.Fast(1))
			require.Equal(t, 4, c.Offset())
			return
		}
		require.Equal(t, b[:3], c.Fast(3))
		require.Equal(t, 3, c.Offset())
		require.Nil(t, c.Fast(6))
		require.Nil(t, c.Fast(math.MaxInt))
		require.Equal(t, 3, c.Offset())
		require.True(t, c.OK())
		child := c.Sub("s", 2)
		require.Nil(t, child.Fast(3), "a child cannot leave its bytes")
		require.Equal(t, b[3:5], child.Fast(2))
		require.Nil(t, child.Fast(1))
		require.Equal(t, b[5:8], c.Fast(3))
		require.Nil(t, c.Fast(1))
	})
}

func TestSub(t *testing.T) {
	b := counting(10)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.U8("first")
		c.In("child", 0)
		child := c.Sub("bytes", 4)
		require.Equal(t, 5, c.Offset(), "the parent goes on behind the child")
		require.Equal(t, 4, child.Left())
		require.Equal(t, 1, child.Offset(), "offsets are those of the whole")
		require.Equal(t, b[1], child.U8("a"))
		require.Zero(t, child.U32("b"), "a child cannot leave its bytes")
		require.True(t, child.Dead())
		require.False(t, c.Dead(), "its death is not its parent's")
		require.True(t, c.OK())
		c.Join(&child, "rest")
		require.False(t, c.OK(), "but its failure is")
		c.Out()

		c.In("child", 1)
		second := c.Sub("bytes", 3)
		require.True(t, second.OK(), "a child is not to blame for its elder sister")
		require.Equal(t, b[5], second.U8("a"))
		c.Join(&second, "rest")
		c.Out()
		require.Equal(t, b[8:], c.Bytes("last", 2))
		require.False(t, c.OK())
		require.False(t, c.Dead())
		if r == nil {
			return
		}
		requireTiles(t, r)
		fields, findings := paths(r)
		require.Equal(t, []string{"first", "child[0].a", "undecoded", "child[1].a", "child[1].rest", "last"}, fields)
		require.Len(t, findings, 1)
		require.Equal(t, "child[0].b", findings[0].Path)
		require.Equal(t, diag.Span{Offset: 2, Len: 3}, findings[0].Span)
	})
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		child := c.Sub("all", 10)
		grandchild := child.Sub("half", 5)
		grandchild.Find(diag.Error, odd, "x", 1, 1, "is odd")
		require.True(t, child.OK())
		child.Join(&grandchild, "rest")
		require.False(t, child.OK())
		require.True(t, c.OK())
		c.Join(&child, "rest")
		require.False(t, c.OK())
		empty := c.Sub("nothing", 0)
		require.False(t, empty.Dead())
		require.Zero(t, empty.Left())
		c.Join(&empty, "rest")
		if r != nil {
			requireTiles(t, r)
		}
	})
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		child := c.Sub("too much", 11)
		require.True(t, child.Dead())
		require.True(t, c.Dead())
		require.Zero(t, child.U8("x"))
		c.Join(&child, "rest")
		if r != nil {
			requireTiles(t, r)
			_, findings := paths(r)
			require.Len(t, findings, 1)
			require.Equal(t, "too much", findings[0].Path)
		}
	})
}

func TestFind(t *testing.T) {
	both(t, counting(4), func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.Find(diag.Info, odd, "i", 0, 1, "is %d", 1)
		c.Find(diag.Warning, odd, "w", 1, 1, "is %s", "x")
		require.True(t, c.OK())
		c.In("E", 0)
		c.In("F", -1)
		c.Find(diag.Error, odd, "", 2, 1, "is plain")
		c.Out()
		c.Out()
		require.False(t, c.OK())
		require.False(t, c.Dead(), "an Error is no end")
		if r == nil {
			return
		}
		_, findings := paths(r)
		want := []diag.Finding{
			{Severity: diag.Info, Code: odd, Span: diag.Span{Offset: 0, Len: 1}, Path: "i", Spec: "[TEST] 1", Msg: "is 1"},
			{Severity: diag.Warning, Code: odd, Span: diag.Span{Offset: 1, Len: 1}, Path: "w", Spec: "[TEST] 1", Msg: "is x"},
			{Severity: diag.Error, Code: odd, Span: diag.Span{Offset: 2, Len: 1}, Path: "E[0].F", Spec: "[TEST] 1", Msg: "is plain"},
		}
		if diff := cmp.Diff(want, findings); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRest(t *testing.T) {
	b := counting(4)
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.U8("x")
		require.Equal(t, b[1:], c.Rest("trailing", extra))
		require.True(t, c.OK())
		require.Nil(t, c.Rest("trailing", extra), "a second time there is nothing")
		if r == nil {
			return
		}
		requireTiles(t, r)
		_, findings := paths(r)
		require.Len(t, findings, 1)
		require.Equal(t, "trailing at 0x0001: 3 bytes follow the structure (test.trailing-data)", findings[0].Error())
		require.Equal(t, diag.Warning, findings[0].Severity)
	})
}

func TestUndecoded(t *testing.T) {
	both(t, counting(4), func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		c.In("deep", 7)
		c.U8("x")
		c.Undecoded()
		require.True(t, c.Dead())
		require.True(t, c.OK(), "why is for the decoder to say")
		require.Equal(t, 4, c.Offset())
		if r != nil {
			fields, findings := paths(r)
			require.Equal(t, []string{"deep[7].x", "undecoded"}, fields)
			require.Empty(t, findings)
		}
	})
	r := diag.New("test", nil, nil)
	c := wire.New(nil, r, &words)
	c.Undecoded()
	fields, _ := paths(r)
	require.Empty(t, fields, "nothing is no field")
}

func TestText(t *testing.T) {
	b := []byte{'a', 0, 0x3D, 0xD8, 0x00, 0xDE, 0x00, 0xD8, 'z', 0}
	both(t, b, func(t *testing.T, c *wire.Cursor, r *diag.Report) {
		require.Equal(t, "a😀\xed\xa0\x80z", c.Text("t", 5))
		if r != nil {
			f, ok := r.At(9)
			require.True(t, ok)
			require.Equal(t, "a😀\xed\xa0\x80z", f.Value)
		}
	})
}

// TestNothing reads from no bytes at all, nil or not.
func TestNothing(t *testing.T) {
	for _, b := range [][]byte{nil, {}} {
		both(t, b, func(t *testing.T, c *wire.Cursor, _ *diag.Report) {
			require.Zero(t, c.Left())
			require.Empty(t, c.Bytes("none", 0))
			require.Empty(t, c.UTF16("none", 0))
			require.Nil(t, c.Rest("rest", extra))
			require.True(t, c.OK())
			require.False(t, c.Dead())
			require.Zero(t, c.U8("x"))
			require.True(t, c.Dead())
		})
	}
}

// TestDoesNotWrite reads everything in every way and looks at the input afterwards.
func TestDoesNotWrite(t *testing.T) {
	b := counting(16)
	input := slices.Clone(b)
	both(t, b, func(t *testing.T, c *wire.Cursor, _ *diag.Report) {
		c.U8("a")
		_ = append(c.Bytes("b", 3)[:3:3], 1, 2, 3)
		c.Text("t", 2)
		c.Rest("r", extra)
		require.Equal(t, input, b)
	})
}

func TestStrictCostsNothing(t *testing.T) {
	b := counting(64)
	table := []wire.Field{{Name: "a", Size: 4}, {Name: "b", Size: 4}}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c := wire.New(b, nil, &words)
		c.In("x", 1)
		c.U8("a")
		c.U16("b")
		c.U32("c")
		c.U64("d")
		c.I32("e")
		c.Bytes("f", 3)
		c.UTF16("g", 3)
		c.Run(table, 8)
		c.Fast(2)
		child := c.Sub("s", 4)
		child.U64("too much")
		c.Join(&child, "rest")
		c.Out()
		c.Rest("r", extra)
	}))
}

func TestErrorsAre(t *testing.T) {
	r := diag.New("test", nil, nil)
	c := wire.New(nil, r, &words)
	c.U8("x")
	var e *diag.DecodeError
	require.True(t, errors.As(r.Err(), &e))
	require.ErrorIs(t, e, short)
	require.EqualError(t, e, "test: x at 0x0000: needs 1 bytes, 0 left (test.truncated)")
}

// TestWhole is about the fields before the one that was missing: they are there, and nothing behind them is.
func TestWhole(t *testing.T) {
	table := []wire.Field{{Name: "a", Size: 1}, {Name: "b", Size: 2}, {Name: "c", Size: 4}}
	b := counting(2 + 6)
	for n, whole := range map[int]int{2: 2, 3: 3, 4: 3, 5: 5, 8: 5} {
		both(t, b[:n], func(t *testing.T, c *wire.Cursor, _ *diag.Report) {
			c.U16("before")
			require.Empty(t, c.Whole(2), "alive, there is nothing to save")
			require.Nil(t, c.Run(table, 7))
			require.Equal(t, b[2:whole], c.Whole(2))
			require.Equal(t, b[:whole], c.Whole(0))
			require.Empty(t, c.Whole(n))
		})
	}
	var c wire.Cursor
	c.Start(b, nil, &words)
	c.Bytes("x", 6)
	c.U64("too much")
	c.Start(b[:1], nil, &words)
	require.Empty(t, c.Whole(0), "of the blob before nothing is left")
}

// TestLazy walks once for the findings and once for the fields, over a blob that is whole and over all that are not.
func TestLazy(t *testing.T) {
	b := counting(24)
	table := []wire.Field{{Name: "a", Size: 1}, {Name: "b", Size: 2}}
	walk := func(b []byte, r *diag.Report) {
		c := wire.New(b, r, &words)
		c.In("S", 1)
		c.Run(table, 3)
		c.Find(diag.Warning, odd, "a", 0, 1, "is %d", 5)
		c.Out()
		c.Array(&wire.Field{Name: "d", Size: 2}, 3)
		child := c.Sub("sub", 8)
		child.U32("e")
		c.Join(&child, "rest")
		c.Say(diag.Info, odd, "f", c.Offset(), 0, []byte("is said"))
		c.UTF16("f", uint64(c.U16("n")&3))
		c.Rest("trailing", extra)
	}
	for n := range len(b) + 1 {
		want := diag.New("test", b[:n], nil)
		walk(b[:n], want)
		got := diag.NewLazy("test", b[:n], nil, walk)
		walk(b[:n], got)
		x, _ := want.MarshalJSON()
		y, _ := got.MarshalJSON()
		require.Equal(t, string(x), string(y))
		requireTiles(t, got)
	}
	strict := wire.New(b, nil, &words)
	strict.Say(diag.Warning, odd, "f", 0, 0, nil)
	require.True(t, strict.OK())
	strict.Say(diag.Error, odd, "f", 0, 0, nil)
	require.False(t, strict.OK())
}

func TestAppendHex(t *testing.T) {
	for _, v := range []uint64{0, 1, 0x9F, 0xA0, 0xBEEF, 0x80000000, 0xFFFFFFFF, 0x0123456789ABCDEF, 1<<64 - 1} {
		for n := range 17 {
			want := fmt.Sprintf("x%0*X", n, v&(1<<(4*n)-1))
			if n == 0 {
				want = "x"
			}
			require.Equal(t, want, string(wire.AppendHex([]byte("x"), v, n)))
		}
	}
}
