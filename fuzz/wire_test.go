package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

var testWords = wire.Words{Truncated: "fuzz.truncated", Spec: "none"}

// checkWire runs a random program of reads over random bytes, on a recording cursor, on a strict one and on the model.
// All three must read the same, and what was recorded must tile the bytes.
func checkWire(tb testing.TB, input []byte) {
	tb.Helper()
	if len(input) > 4096 {
		return // longer programs only repeat themselves
	}
	half := len(input) / 2
	program, data := &source{input[:half]}, input[half:]
	rep := diag.New("fuzz", data, nil)
	recording, strict := wire.New(data, rep, &testWords), wire.New(data, nil, &testWords)
	w := walk{tb: tb, rep: rep, r: &recording, s: &strict, m: &model{data: data, end: len(data)}, p: program}
	w.run(0)
	rest := w.m.left()
	w.same("Rest", w.r.Rest("trailing", "fuzz.trailing-data"), w.s.Rest("trailing", "fuzz.trailing-data"), w.m.take(rest))
	checkTiles(tb, rep, data)
	if w.r.OK() != (rep.Max() < diag.Error) {
		tb.Fatalf("OK is %v, the report has %v", w.r.OK(), rep.Max())
	}
	if w.r.OK() != w.s.OK() || w.r.OK() != !w.m.failed {
		tb.Fatalf("OK: recording %v, strict %v, model %v", w.r.OK(), w.s.OK(), !w.m.failed)
	}
}

// model is what a cursor must do, said as simply as possible.
type model struct {
	data         []byte
	off, end     int
	dead, failed bool
}

func (m *model) left() int { return m.end - m.off }

// take reads n bytes, or dies.
func (m *model) take(n int) []byte {
	if m.dead {
		return nil
	}
	if n < 0 || n > m.left() {
		m.dead, m.failed, m.off = true, true, m.end
		return nil
	}
	b := make([]byte, n)
	if _, err := bytes.NewReader(m.data[m.off:m.end]).Read(b); err != nil && n > 0 {
		panic(err)
	}
	m.off += n
	return b
}

// number reads an integer of the size of v with encoding/binary.
func number[T uint8 | uint16 | uint32 | uint64 | int32](m *model, v T) T {
	if b := m.take(binary.Size(v)); b != nil {
		if err := binary.Read(bytes.NewReader(b), binary.LittleEndian, &v); err != nil {
			panic(err)
		}
	}
	return v
}

// walk is the same program on three machines.
type walk struct {
	tb   testing.TB
	rep  *diag.Report
	r, s *wire.Cursor
	m    *model
	p    *source
}

func (w *walk) run(depth int) {
	for !w.p.done() {
		if op := w.p.below(14); op == 13 && depth > 0 {
			return
		} else {
			w.step(op, depth)
		}
		if w.r.Offset() != w.m.off || w.s.Offset() != w.m.off || w.r.Left() != w.m.left() || w.s.Left() != w.m.left() {
			w.tb.Fatalf("at %d and %d with %d and %d left, the model at %d with %d", w.r.Offset(), w.s.Offset(), w.r.Left(), w.s.Left(), w.m.off, w.m.left())
		}
		if w.r.Dead() != w.m.dead || w.s.Dead() != w.m.dead {
			w.tb.Fatalf("dead: %v, %v, the model %v", w.r.Dead(), w.s.Dead(), w.m.dead)
		}
	}
}

// length is how many bytes to ask for: few, too many, or more than there are in the world.
func (w *walk) length() uint64 {
	switch w.p.below(8) {
	case 0:
		return w.p.u64()
	case 1:
		return uint64(w.m.left())
	case 2:
		return uint64(w.m.left()) + 1
	}
	return uint64(w.p.below(9))
}

// clip makes an int of what the model shall take: anything too big is too big.
func clip(n uint64) int { return int(min(n, math.MaxInt32)) }

func (w *walk) step(op, depth int) {
	switch op {
	case 0:
		equal(w, "U8", w.r.U8("a"), w.s.U8("a"), number(w.m, uint8(0)))
	case 1:
		equal(w, "U16", w.r.U16("a"), w.s.U16("a"), number(w.m, uint16(0)))
	case 2:
		equal(w, "U32", w.r.U32("a"), w.s.U32("a"), number(w.m, uint32(0)))
	case 3:
		equal(w, "U64", w.r.U64("a"), w.s.U64("a"), number(w.m, uint64(0)))
	case 4:
		equal(w, "I32", w.r.I32("a"), w.s.I32("a"), number(w.m, int32(0)))
	case 5:
		n := w.length()
		w.same("Bytes", w.r.Bytes("a", n), w.s.Bytes("a", n), w.m.take(clip(n)))
	case 6:
		n := w.length()
		w.same("UTF16", w.r.UTF16("a", n), w.s.UTF16("a", n), w.m.take(clip(min(n, math.MaxInt32)*2)))
	case 7:
		n := w.length()
		want := string(wtf8.AppendDecode(nil, w.m.take(clip(min(n, math.MaxInt32)*2))))
		equal(w, "Text", w.r.Text("a", n), w.s.Text("a", n), want)
	case 8:
		w.table()
	case 9:
		w.sub(depth)
	case 10:
		n, size := w.length(), 1+w.p.below(9)
		want := 0
		for i := uint64(0); i < n && (want+1)*size <= w.m.left(); i++ {
			want++
		}
		equal(w, "Count", w.r.Count(n, size), w.s.Count(n, size), want)
	case 11:
		off, n := w.p.below(260)-2, w.p.below(9)
		var want []byte
		if !w.m.dead && off >= 0 && off < w.m.end {
			want = w.m.data[off:min(off+n, w.m.end)]
		}
		w.same("Peek", w.r.Peek(off, n), w.s.Peek(off, n), want)
	default:
		w.remark()
	}
}

// remark makes a finding somewhere, gives up, or adds a step to the path of a read.
func (w *walk) remark() {
	switch w.p.below(8) {
	case 0:
		w.r.Undecoded()
		w.s.Undecoded()
		w.m.dead, w.m.off = true, w.m.end
	case 1:
		s := diag.Info + diag.Severity(w.p.below(4))
		w.r.Find(s, "fuzz.remark", "a", w.m.off, w.m.left(), "%d", s)
		w.s.Find(s, "fuzz.remark", "a", w.m.off, w.m.left(), "%d", s)
		w.m.failed = w.m.failed || s >= diag.Error
	default:
		w.r.In("step", w.p.below(4)-1)
		w.s.In("step", 0)
		equal(w, "U16", w.r.U16("a"), w.s.U16("a"), number(w.m, uint16(0)))
		w.r.Out()
		w.s.Out()
	}
}

// table reads a run that is laid out as a table says: all of it, or nothing.
func (w *walk) table() {
	var fields []wire.Field
	n := 0
	for range 1 + w.p.below(5) {
		f := wire.Field{Name: "f", Kind: diag.Kind(w.p.below(4)), Size: 1 + w.p.below(8)}
		n += f.Size
		fields = append(fields, f)
	}
	w.same("Run", w.r.Run(fields, n), w.s.Run(fields, n), w.m.take(n))
	count := w.length()
	element, size := &fields[0], uint64(fields[0].Size)
	w.same("Array", w.r.Array(element, count), w.s.Array(element, count), w.m.take(clip(min(count, math.MaxInt32)*size)))
}

// sub runs a part of the program on children, which cannot leave their bytes.
func (w *walk) sub(depth int) {
	if depth > 8 {
		return
	}
	n := w.length()
	r, s := w.r.Sub("sub", n), w.s.Sub("sub", n)
	child := &model{data: w.m.data, off: w.m.off}
	if b := w.m.take(clip(n)); b == nil {
		child.dead = true
		child.off = w.m.end
	}
	child.end = w.m.off
	inner := *w
	inner.r, inner.s, inner.m = &r, &s, child
	inner.run(depth + 1)
	w.r.Join(&r, "rest")
	w.s.Join(&s, "rest")
	w.m.failed = w.m.failed || child.failed
}

func (w *walk) same(what string, recording, strict, want []byte) {
	w.tb.Helper()
	if !bytes.Equal(recording, want) || !bytes.Equal(strict, want) {
		w.tb.Fatalf("%s: %x and %x, the model %x", what, recording, strict, want)
	}
}

func equal[T comparable](w *walk, what string, recording, strict, want T) {
	w.tb.Helper()
	if recording != want || strict != want {
		w.tb.Fatalf("%s: %v and %v, the model %v", what, recording, strict, want)
	}
}

// checkTiles is L4 and L5 for reports that are not those of a structure.
func checkTiles(tb testing.TB, r *diag.Report, b []byte) {
	tb.Helper()
	at := 0
	for f := range r.Fields() {
		if f.Span.Offset != at || f.Span.Len <= 0 || f.Path == "" {
			tb.Fatalf("field %+v where %d is next", f, at)
		}
		at += f.Span.Len
	}
	if at != len(b) {
		tb.Fatalf("the fields end at %d of %d", at, len(b))
	}
	for f := range r.Findings() {
		if f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(b) || f.Path == "" || f.Msg == "" {
			tb.Fatalf("%+v, of %d bytes", f, len(b))
		}
	}
	text, err := json.Marshal(r)
	if err != nil || !json.Valid(text) {
		tb.Fatalf("%v: %s", err, text)
	}
	if err := diag.Hexdump(new(bytes.Buffer), b, r); err != nil {
		tb.Fatalf("a dump to memory fails: %v", err)
	}
}

var wtf8Texts = []string{"\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\n\\/\\\"\"", "a\x00\xd8", "\x3d\xd8\x00\xde", "\x00\xde\x3d\xd8",
	"\xed\xa0\xbd\xed\xb8\x80", "\xed\xa0\xbd", "\xf0\x9f\x98\x80", "\"\xed\xa0\xbd\"", "\u2028\ufffe\uffff", "\"\\u00zz\"", "\"\\"}

// checkWTF8 takes any bytes as UTF-16, as text that may be WTF-8, and as a JSON string.
func checkWTF8(tb testing.TB, b []byte) {
	checkUTF16(tb, b[:len(b)&^1])
	checkQuote(tb, string(b))
	checkUnquote(tb, b)
}

// checkUTF16: UTF-16 becomes text and UTF-16 again, and where it is well-formed unicode/utf16 says the same.
func checkUTF16(tb testing.TB, le []byte) {
	tb.Helper()
	text := string(wtf8.AppendDecode(nil, le))
	back, ok := wtf8.AppendEncode([]byte("x"), text)
	if !ok || string(back) != "x"+string(le) {
		tb.Fatalf("%x became %q and %x, %v", le, text, back, ok)
	}
	if n := wtf8.Units(text); n != len(le)/2 {
		tb.Fatalf("%x: %d units", le, n)
	}
	units := make([]uint16, len(le)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(le[2*i:])
	}
	runes := utf16.Decode(units)
	lone := -1
	for i, at := 0, 0; i < len(runes) && lone < 0; i++ {
		if runes[i] == utf8.RuneError && units[at] != utf8.RuneError {
			lone = at
		}
		at += utf16.RuneLen(runes[i])
	}
	if got := wtf8.LoneSurrogate(le); got != lone {
		tb.Fatalf("%x: a lone surrogate at %d, must be %d", le, got, lone)
	}
	if lone < 0 && text != string(runes) || (lone < 0) != utf8.ValidString(text) {
		tb.Fatalf("%x is %q, must be %q", le, text, string(runes))
	}
	if q, err := wtf8.Unquote(wtf8.AppendQuote(nil, text)); err != nil || q != text {
		tb.Fatalf("%q was quoted as %q: %v", text, q, err)
	}
}

// checkQuote: any string at all makes JSON that others read too, and only what is not WTF-8 is lost.
func checkQuote(tb testing.TB, s string) {
	tb.Helper()
	q := wtf8.AppendQuote([]byte("x"), s)
	if q[0] != 'x' || !json.Valid(q[1:]) {
		tb.Fatalf("%q: %s is no JSON", s, q)
	}
	q = q[1:]
	for _, c := range q {
		if c < ' ' || c == 0x7F {
			tb.Fatalf("%q: %q is no pure text", s, q)
		}
	}
	text, err := wtf8.Unquote(q)
	if err != nil {
		tb.Fatalf("%q: %s: %v", s, q, err)
	}
	le, ok := wtf8.AppendEncode(nil, s)
	if again, _ := wtf8.AppendEncode(nil, text); !bytes.Equal(le, again) {
		tb.Fatalf("%q: %x became %x in JSON", s, le, again)
	}
	if utf8.ValidString(s) && (!ok || text != s) {
		tb.Fatalf("%q became %q, %v", s, text, ok)
	}
	if len(le) != 2*wtf8.Units(s) {
		tb.Fatalf("%q: %d units, %d bytes", s, wtf8.Units(s), len(le))
	}
}

// checkUnquote: a JSON string that encoding/json takes is taken, if it is UTF-8, and no other; both read it alike but
// for lone surrogates.
func checkUnquote(tb testing.TB, q []byte) {
	tb.Helper()
	text, err := wtf8.Unquote(q)
	isString := len(q) > 0 && q[0] == '"' && q[len(q)-1] == '"' && json.Valid(q) && utf8.Valid(q)
	if (err == nil) != isString {
		tb.Fatalf("%q: %v, must be a string: %v", q, err, isString)
	}
	if err != nil {
		return
	}
	var std string
	if err := json.Unmarshal(q, &std); err != nil {
		tb.Fatalf("%q: %v", q, err)
	}
	units, _ := wtf8.AppendEncode(nil, text)
	if lone := wtf8.LoneSurrogate(units); lone < 0 && std != text {
		tb.Fatalf("%q: %q, encoding/json has %q", q, text, std)
	}
	if back, err := wtf8.Unquote(wtf8.AppendQuote(nil, text)); err != nil || back != text {
		tb.Fatalf("%q: %q became %q, %v", q, text, back, err)
	}
}
