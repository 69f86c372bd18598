package diag_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

func TestSeverity(t *testing.T) {
	words := map[diag.Severity]string{diag.Info: "info", diag.Warning: "warning", diag.Error: "error", diag.Fatal: "fatal"}
	require.Len(t, words, 4)
	for s, word := range words {
		require.Equal(t, word, s.String())
		b, err := s.MarshalText()
		require.NoError(t, err)
		require.Equal(t, word, string(b))
		b, err = s.AppendText([]byte("x"))
		require.NoError(t, err)
		require.Equal(t, "x"+word, string(b))
		var back diag.Severity
		require.NoError(t, back.UnmarshalText([]byte(word)))
		require.Equal(t, s, back)
	}
	require.True(t, diag.Info < diag.Warning && diag.Warning < diag.Error && diag.Error < diag.Fatal && diag.Info > 0)
	require.Equal(t, "severity(0)", diag.Severity(0).String())
	require.Equal(t, "severity(9)", diag.Severity(9).String())
	s := diag.Warning
	for _, word := range []string{"", "Info", "severity(0)", "fatal "} {
		require.EqualError(t, s.UnmarshalText([]byte(word)), fmt.Sprintf("diag: %q is no severity", word))
	}
	require.Equal(t, diag.Warning, s, "an error changes nothing")
}

func TestCode(t *testing.T) {
	for code, shortage := range map[diag.Code]bool{
		"tzdef.truncated":            true,
		"mapi.count-too-big":         true,
		"mapi.unterminated-string":   true,
		"tzdef.rule-size-overrun":    true,
		"msg.size-overrun":           true,
		"tzdef.truncated-name":       false,
		"tzdef.not-truncated":        false,
		"truncated":                  false,
		"tzdef.overrun":              false,
		"tzdef.no-rules":             false,
		"rule-size-overrun.no-rules": false,
		"":                           false,
	} {
		require.Equal(t, shortage, code.Shortage(), code)
		require.Equal(t, shortage, errors.Is(code, io.ErrUnexpectedEOF), code)
		require.Equal(t, shortage, errors.Is(diag.Finding{Code: code}, io.ErrUnexpectedEOF), code)
		require.False(t, errors.Is(code, io.EOF))
		require.ErrorIs(t, code, code)
		require.Equal(t, string(code), code.Error())
	}
	require.False(t, errors.Is(diag.Code("a.b"), diag.Code("a.c")))
}

func TestFindingError(t *testing.T) {
	f := diag.Finding{Severity: diag.Error, Code: "x.y", Span: diag.Span{Offset: 300, Len: 2}, Path: "A[1].b", Msg: "is 3"}
	require.EqualError(t, f, "A[1].b at 0x012C: is 3 (x.y)")
	f.Span.Offset = -1
	require.EqualError(t, f, "A[1].b: is 3 (x.y)")
	f.Span.Offset = 0x12345
	require.EqualError(t, f, "A[1].b at 0x12345: is 3 (x.y)")
	require.ErrorIs(t, f, diag.Code("x.y"))
	require.Equal(t, error(diag.Code("x.y")), errors.Unwrap(f))
}

func TestDecodeError(t *testing.T) {
	e := &diag.DecodeError{What: "tzdef"}
	require.EqualError(t, e, "tzdef: cannot be decoded")
	require.Empty(t, e.Unwrap())
	e.Findings = []diag.Finding{{Severity: diag.Error, Code: "a.b", Path: "p", Msg: "is 1"}}
	require.EqualError(t, e, "tzdef: p at 0x0000: is 1 (a.b)")
	e.Findings = append(e.Findings, diag.Finding{Code: "a.truncated"}, diag.Finding{Code: "a.c"})
	require.EqualError(t, e, "tzdef: p at 0x0000: is 1 (a.b) and 2 more")
	err := fmt.Errorf("file: %w", e)
	for _, code := range []diag.Code{"a.b", "a.truncated", "a.c"} {
		require.ErrorIs(t, err, code)
	}
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.NotErrorIs(t, err, diag.Code("a.d"))
	var f diag.Finding
	require.ErrorAs(t, err, &f)
	require.Equal(t, e.Findings[0], f)
	var back *diag.DecodeError
	require.ErrorAs(t, err, &back)
	require.Same(t, e, back)
}

func TestLookup(t *testing.T) {
	catalogue := []diag.Entry{{Code: "a.b", Means: "first"}, {Code: "a.c", Means: "second"}}
	e, ok := diag.Lookup(catalogue, "a.c")
	require.True(t, ok)
	require.Equal(t, "second", e.Means)
	e, ok = diag.Lookup(catalogue, "a.d")
	require.False(t, ok)
	require.Equal(t, diag.Entry{}, e)
}

var catalogue = []diag.Entry{
	{Code: "t.bug", Severity: diag.Warning, Spec: "[T] 9", Effect: "ends", Ref: "KB 1", Repair: "mend"},
	{Code: "t.plain", Severity: diag.Info, Spec: "[T] 8"},
}

// sample makes a report as a walk would, its findings and one field out of order.
func sample() (*diag.Report, []byte) {
	b := []byte{1, 0xFE, 0xFF, 3, 0, 0, 0, 'h', 0, 0x3D, 0xD8, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0xFA, 0xF9, 0xF8, 1, 2, 3, 4, 5, 6, 7, 8, 0xAA, 0xBB}
	r := diag.New("sample", b, catalogue)
	r.Enter("Head", -1)
	r.AddField("one", diag.Uint, 0, 1, nil)
	r.AddField("two", diag.Int, 1, 2, func(b []byte) string { return fmt.Sprintf("%d bytes of it", len(b)) })
	r.Enter("Deep", 2)
	r.AddRun([]diag.FieldType{{Name: "four", Kind: diag.Uint, Size: 4, Meaning: func([]byte) string { return "" }}}, 3)
	r.Add(diag.Finding{Severity: diag.Info, Code: "t.plain", Span: diag.Span{Offset: 3, Len: 4}, Path: "four", Msg: "is three"})
	r.Leave()
	r.AddField("text", diag.UTF16, 7, 4, nil)
	r.Leave()
	r.AddField("eight", diag.Int, 21, 8, nil)
	r.Add(diag.Finding{Severity: diag.Error, Code: "t.other", Span: diag.Span{Offset: 21, Len: 8}, Path: "eight", Spec: "[T] 1", Msg: "is too small"})
	r.AddField("bytes", diag.Bytes, 11, 10, nil) // read before it was recorded
	r.AddField("big", diag.Uint, 29, 8, nil)
	r.Enter("List", 0)
	r.AddUndecoded(37, 2)
	r.Add(diag.Finding{Severity: diag.Fatal, Code: "t.truncated", Span: diag.Span{Offset: 39}, Path: "next", Spec: "[T] 1", Msg: "is missing"})
	r.Add(diag.Finding{Severity: diag.Warning, Code: "t.bug", Span: diag.Span{Offset: 3, Len: 1}, Spec: "[T] 2", Msg: "comes second at its offset"})
	r.Leave()
	r.Add(diag.Finding{Severity: diag.Warning, Code: "t.bug", Span: diag.Span{Offset: -1}, Path: "all", Msg: "is about no byte"})
	return r, b
}

func TestReport(t *testing.T) {
	r, b := sample()
	require.Equal(t, "sample", r.What())
	require.Equal(t, len(b), r.Size())
	require.Equal(t, diag.Fatal, r.Max())
	findings := []diag.Finding{
		{Severity: diag.Warning, Code: "t.bug", Span: diag.Span{Offset: -1}, Path: "all", Spec: "[T] 9", Msg: "is about no byte", Effect: "ends", Ref: "KB 1", Repair: "mend"},
		{Severity: diag.Info, Code: "t.plain", Span: diag.Span{Offset: 3, Len: 4}, Path: "Head.Deep[2].four", Spec: "[T] 8", Msg: "is three"},
		{Severity: diag.Warning, Code: "t.bug", Span: diag.Span{Offset: 3, Len: 1}, Path: "List[0]", Spec: "[T] 2", Msg: "comes second at its offset", Effect: "ends", Ref: "KB 1", Repair: "mend"},
		{Severity: diag.Error, Code: "t.other", Span: diag.Span{Offset: 21, Len: 8}, Path: "eight", Spec: "[T] 1", Msg: "is too small"},
		{Severity: diag.Fatal, Code: "t.truncated", Span: diag.Span{Offset: 39}, Path: "List[0].next", Spec: "[T] 1", Msg: "is missing"},
	}
	if diff := cmp.Diff(findings, slices.Collect(r.Findings())); diff != "" {
		t.Error(diff)
	}
	fields := []diag.Field{
		{Path: "Head.one", Span: diag.Span{Offset: 0, Len: 1}, Value: uint8(1)},
		{Path: "Head.two", Span: diag.Span{Offset: 1, Len: 2}, Value: int16(-2), Text: "2 bytes of it"},
		{Path: "Head.Deep[2].four", Span: diag.Span{Offset: 3, Len: 4}, Value: uint32(3)},
		{Path: "Head.text", Span: diag.Span{Offset: 7, Len: 4}, Value: "h\xed\xa0\xbd"},
		{Path: "bytes", Span: diag.Span{Offset: 11, Len: 10}, Value: []byte{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}},
		{Path: "eight", Span: diag.Span{Offset: 21, Len: 8}, Value: int64(-506097522914230529)},
		{Path: "big", Span: diag.Span{Offset: 29, Len: 8}, Value: uint64(0x0807060504030201)},
		{Path: "undecoded", Span: diag.Span{Offset: 37, Len: 2}, Value: []byte{0xAA, 0xBB}},
	}
	if diff := cmp.Diff(fields, slices.Collect(r.Fields())); diff != "" {
		t.Error(diff)
	}
	for range r.Fields() {
		break // stopping early is safe
	}
	for range r.Findings() {
		break
	}
	for at := range b {
		f, ok := r.At(at)
		require.True(t, ok, at)
		require.LessOrEqual(t, f.Span.Offset, at)
		require.Less(t, at, f.Span.Offset+f.Span.Len)
	}
	for _, at := range []int{-1, len(b), 1 << 30} {
		f, ok := r.At(at)
		require.False(t, ok, at)
		require.Equal(t, diag.Field{}, f)
	}

	var e *diag.DecodeError
	require.ErrorAs(t, r.Err(), &e)
	require.Equal(t, "sample", e.What)
	if diff := cmp.Diff(findings[3:], e.Findings); diff != "" {
		t.Error(diff)
	}
}

// TestErr is about where an error begins.
func TestErr(t *testing.T) {
	for s := diag.Info; s <= diag.Fatal; s++ {
		r := diag.New("x", nil, nil)
		r.Add(diag.Finding{Severity: s, Code: "x.a"})
		r.Add(diag.Finding{Severity: diag.Info, Code: "x.b"})
		require.Equal(t, s, r.Max())
		if s < diag.Error {
			require.NoError(t, r.Err())
			continue
		}
		var e *diag.DecodeError
		require.ErrorAs(t, r.Err(), &e)
		require.Len(t, e.Findings, 1)
		require.ErrorIs(t, e, diag.Code("x.a"))
	}
}

// TestReportOrder adds to a report after it was read: order and words must not depend on that.
func TestReportOrder(t *testing.T) {
	r := diag.New("x", make([]byte, 8), nil)
	r.AddField("b", diag.Uint, 4, 4, nil)
	r.Add(diag.Finding{Severity: diag.Info, Code: "x.b", Span: diag.Span{Offset: 4}})
	require.NoError(t, r.Err())
	require.Equal(t, 1, len(slices.Collect(r.Findings())))
	r.AddField("a", diag.Uint, 0, 4, nil)
	require.Equal(t, "a", slices.Collect(r.Fields())[0].Path)
	r.Add(diag.Finding{Severity: diag.Error, Code: "x.a", Span: diag.Span{Offset: 0}})
	require.Equal(t, diag.Code("x.a"), slices.Collect(r.Findings())[0].Code)
	f, ok := r.At(1)
	require.True(t, ok)
	require.Equal(t, "a", f.Path)
	require.ErrorIs(t, r.Err(), diag.Code("x.a"))

	// Many, backwards.
	r = diag.New("x", make([]byte, 2000), nil)
	for i := 999; i >= 0; i-- {
		r.AddField("f", diag.Uint, 2*i, 2, nil)
		r.Add(diag.Finding{Severity: diag.Info, Code: "x.a", Span: diag.Span{Offset: i % 10}, Msg: fmt.Sprint(i)})
	}
	at := 0
	for f := range r.Fields() {
		require.Equal(t, at, f.Span.Offset)
		at += 2
	}
	var last diag.Finding
	n := 0
	for f := range r.Findings() {
		if n > 0 && f.Span.Offset == last.Span.Offset {
			require.Equal(t, mustInt(t, last.Msg)-10, mustInt(t, f.Msg), "in the order in which they were made")
		}
		require.GreaterOrEqual(t, f.Span.Offset, last.Span.Offset)
		last = f
		n++
	}
	require.Equal(t, 1000, n)
}

func mustInt(t *testing.T, s string) (n int) {
	t.Helper()
	_, err := fmt.Sscan(s, &n)
	require.NoError(t, err)
	return n
}

// TestFindingsAlone holds a report that is asked for findings to what it costs: its byte map stays a few words.
func TestFindingsAlone(t *testing.T) {
	table := []diag.FieldType{{Name: "a", Size: 2}, {Name: "b", Size: 2}}
	element := &diag.FieldType{Name: "c", Size: 4}
	b := make([]byte, 4000)
	report := func() *diag.Report {
		r := diag.New("x", b, nil)
		r.AddRun(table, 0)
		r.AddArray(element, 4, len(b)/4-1)
		r.Add(diag.Finding{Severity: diag.Info, Code: "x.a"})
		return r
	}
	n := testing.AllocsPerRun(100, func() {
		for f := range report().Findings() {
			if f.Code != "x.a" {
				t.Fatal(f)
			}
		}
	})
	require.LessOrEqual(t, n, 5.0)
	fields := slices.Collect(report().Fields())
	require.Len(t, fields, len(b)/4+1)
	require.Equal(t, "c[998]", fields[len(fields)-1].Path)
}

func TestReportKeepsItsOwn(t *testing.T) {
	b := []byte{1, 2, 3, 4}
	r := diag.New("x", b, nil)
	r.AddField("f", diag.Bytes, 0, 4, nil)
	b[0] = 9
	got := slices.Collect(r.Fields())[0].Value.([]byte)
	require.Equal(t, []byte{1, 2, 3, 4}, got, "the report has its own copy")
	got[1] = 9
	require.Equal(t, []byte{1, 2, 3, 4}, slices.Collect(r.Fields())[0].Value, "and hands out others")
	_ = append(got, 5)
}

// TestSections is about which section a finding names: its own, unless the catalogue knows a part of that.
func TestSections(t *testing.T) {
	r := diag.New("x", nil, []diag.Entry{{Code: "x.a", Spec: "[T] 2.1.3", Effect: "e"}})
	for _, spec := range []string{"", "[T] 2.1", "[T] 2.1.3", "[T] 2.2", "[T] 2.2", "[U] 1"} {
		r.Add(diag.Finding{Severity: diag.Info, Code: "x.a", Spec: spec})
		r.Add(diag.Finding{Severity: diag.Info, Code: "x.b", Spec: spec})
	}
	var a, b []string
	for f := range r.Findings() {
		if f.Code == "x.a" {
			require.Equal(t, "e", f.Effect)
			a = append(a, f.Spec)
		} else {
			require.Equal(t, diag.Code("x.b"), f.Code)
			require.Empty(t, f.Effect)
			b = append(b, f.Spec)
		}
	}
	require.Equal(t, []string{"[T] 2.1.3", "[T] 2.1.3", "[T] 2.1.3", "[T] 2.2", "[T] 2.2", "[U] 1"}, a)
	require.Equal(t, []string{"", "[T] 2.1", "[T] 2.1.3", "[T] 2.2", "[T] 2.2", "[U] 1"}, b)
}

// TestRun records a table of fields at once: the same as one after the other.
func TestRun(t *testing.T) {
	b := []byte{1, 2, 0, 3, 0, 0, 0}
	table := []diag.FieldType{{Name: "a", Size: 1}, {Name: "b", Kind: diag.Int, Size: 2, Meaning: func([]byte) string { return "two" }}, {Name: "c", Size: 4}}
	run, single := diag.New("x", b, nil), diag.New("x", b, nil)
	for _, r := range []*diag.Report{run, single} {
		r.Enter("T", 4)
	}
	run.AddRun(table, 0)
	off := 0
	for _, f := range table {
		single.AddField(f.Name, f.Kind, off, f.Size, f.Meaning)
		off += f.Size
	}
	if diff := cmp.Diff(slices.Collect(single.Fields()), slices.Collect(run.Fields())); diff != "" {
		t.Error(diff)
	}
	require.Equal(t, "T[4].b", slices.Collect(run.Fields())[1].Path)
	for at := range b {
		x, _ := run.At(at)
		y, _ := single.At(at)
		require.Equal(t, y, x)
	}
}

// TestValues reads every kind in every width there is, and in those there are not.
func TestValues(t *testing.T) {
	b := []byte{0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8}
	for _, c := range []struct {
		kind diag.Kind
		n    int
		want any
		json string
	}{
		{diag.Uint, 1, uint8(0xF1), `241`},
		{diag.Uint, 2, uint16(0xF2F1), `62193`},
		{diag.Uint, 4, uint32(0xF4F3F2F1), `4109628145`},
		{diag.Uint, 8, uint64(0xF8F7F6F5F4F3F2F1), `"17940079176890708721"`},
		{diag.Int, 1, int8(-15), `-15`},
		{diag.Int, 2, int16(-3343), `-3343`},
		{diag.Int, 4, int32(-185339151), `-185339151`},
		{diag.Int, 8, int64(-506664896818842895), `"-506664896818842895"`},
		{diag.UintBE, 1, uint8(0xF1), `241`},
		{diag.UintBE, 2, uint16(0xF1F2), `61938`},
		{diag.UintBE, 4, uint32(0xF1F2F3F4), `4059231220`},
		{diag.UintBE, 8, uint64(0xF1F2F3F4F5F6F7F8), `"17434265340928784376"`},
		{diag.UintBE, 3, []byte{0xF1, 0xF2, 0xF3}, `"f1f2f3"`},
		{diag.Uint, 3, []byte{0xF1, 0xF2, 0xF3}, `"f1f2f3"`},
		{diag.Int, 5, []byte{0xF1, 0xF2, 0xF3, 0xF4, 0xF5}, `"f1f2f3f4f5"`},
		{diag.Bytes, 2, []byte{0xF1, 0xF2}, `"f1f2"`},
		{diag.UTF16, 4, "\uf2f1\uf4f3", "\"\uf2f1\uf4f3\""},
		{diag.UTF16, 3, "\uf2f1", "\"\uf2f1\""},
	} {
		r := diag.New("x", b, nil)
		r.AddField("f", c.kind, 0, c.n, nil)
		require.Equal(t, c.want, slices.Collect(r.Fields())[0].Value)
		require.Equal(t, fmt.Sprintf(`[{"path":"f","offset":0,"len":%d,"value":%s}]`, c.n, c.json), string(r.AppendFields(nil)))
	}
}

func TestNewErrors(t *testing.T) {
	r := diag.NewErrors("x", catalogue)
	require.False(t, r.Recording())
	require.True(t, diag.New("x", nil, nil).Recording())
	require.NoError(t, r.Err())
	require.Zero(t, r.Max())
	r.Enter("E", 1)
	r.AddField("f", diag.Uint, 0, 4, nil)
	r.AddRun([]diag.FieldType{{Name: "g", Size: 4}}, 4)
	r.AddUndecoded(8, 4)
	r.Add(diag.Finding{Severity: diag.Info, Code: "t.plain"})
	r.Add(diag.Finding{Severity: diag.Warning, Code: "t.plain"})
	require.Zero(t, r.Max(), "what is milder than an Error is dropped too")
	r.Add(diag.Finding{Severity: diag.Error, Code: "t.bug", Span: diag.Span{Offset: 2}, Path: "f", Msg: "m"})
	r.Leave()
	require.Empty(t, slices.Collect(r.Fields()), "fields are dropped")
	_, ok := r.At(0)
	require.False(t, ok)
	require.Zero(t, r.Size())
	require.Equal(t, []diag.Finding{{Severity: diag.Error, Code: "t.bug", Span: diag.Span{Offset: 2}, Path: "E[1].f", Spec: "[T] 9", Msg: "m",
		Effect: "ends", Ref: "KB 1", Repair: "mend"}}, slices.Collect(r.Findings()))
	require.EqualError(t, r.Err(), "x: E[1].f at 0x0002: m (t.bug)")
}

func TestReportJSON(t *testing.T) {
	r, _ := sample()
	got, err := json.Marshal(r)
	require.NoError(t, err)
	want := `{"fields":[` + strings.Join([]string{
		`{"path":"Head.one","offset":0,"len":1,"value":1}`,
		`{"path":"Head.two","offset":1,"len":2,"value":-2,"text":"2 bytes of it"}`,
		`{"path":"Head.Deep[2].four","offset":3,"len":4,"value":3}`,
		`{"path":"Head.text","offset":7,"len":4,"value":"h\ud83d"}`,
		`{"path":"bytes","offset":11,"len":10,"value":"09080706050403020100"}`,
		`{"path":"eight","offset":21,"len":8,"value":"-506097522914230529"}`,
		`{"path":"big","offset":29,"len":8,"value":"578437695752307201"}`,
		`{"path":"undecoded","offset":37,"len":2,"value":"aabb"}`,
	}, ",") + `],"findings":[` + strings.Join([]string{
		`{"severity":"warning","code":"t.bug","offset":-1,"len":0,"path":"all","spec":"[T] 9","message":"is about no byte","effect":"ends","ref":"KB 1","repair":"mend"}`,
		`{"severity":"info","code":"t.plain","offset":3,"len":4,"path":"Head.Deep[2].four","spec":"[T] 8","message":"is three"}`,
		`{"severity":"warning","code":"t.bug","offset":3,"len":1,"path":"List[0]","spec":"[T] 2","message":"comes second at its offset","effect":"ends","ref":"KB 1","repair":"mend"}`,
		`{"severity":"error","code":"t.other","offset":21,"len":8,"path":"eight","spec":"[T] 1","message":"is too small"}`,
		`{"severity":"fatal","code":"t.truncated","offset":39,"len":0,"path":"List[0].next","spec":"[T] 1","message":"is missing"}`,
	}, ",") + `]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	direct, err := r.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, want, string(direct))

	f := diag.Finding{Severity: diag.Info, Code: "a.b", Path: "\xed\xa0\x80"}
	b, err := json.Marshal(f)
	require.NoError(t, err)
	require.Equal(t, `{"severity":"info","code":"a.b","offset":0,"len":0,"path":"\ud800","spec":"","message":""}`, string(b))

	empty, err := diag.New("x", nil, nil).MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, `{"fields":[],"findings":[]}`, string(empty))
}

const sampleDump = `0000  01                                               Head.one = 1
      ^ warning: all: is about no byte (t.bug)
0001  fe ff                                            Head.two = -2 (2 bytes of it)
0003  03 00 00 00                                      Head.Deep[2].four = 3
      ^ info: Head.Deep[2].four at 0x0003: is three (t.plain)
      ^ warning: List[0] at 0x0003: comes second at its offset (t.bug)
0007  68 00 3d d8                                      Head.text = "h\ud83d"
000b  09 08 07 06 05 04 03 02 01 00                    bytes = 10 bytes
0015  ff fe fd fc fb fa f9 f8                          eight = -506097522914230529
      ^ error: eight at 0x0015: is too small (t.other)
001d  01 02 03 04 05 06 07 08                          big = 578437695752307201
0025  aa bb                                            undecoded = 2 bytes
      ^ fatal: List[0].next at 0x0027: is missing (t.truncated)
`

func TestHexdump(t *testing.T) {
	r, b := sample()
	require.Equal(t, sampleDump, dump(t, b, r))
	require.Equal(t, sampleDump, dump(t, b, r), "twice the same")
}

func dump(t *testing.T, b []byte, r *diag.Report) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, diag.Hexdump(&out, b, r))
	return out.String()
}

func TestHexdumpLines(t *testing.T) {
	b := make([]byte, 50)
	for i := range b {
		b[i] = byte(i)
	}
	r := diag.New("x", b, nil)
	r.AddField("a", diag.Bytes, 0, 16, nil)
	r.AddField("b", diag.Bytes, 16, 33, nil)
	r.AddField("c", diag.Uint, 49, 1, nil)
	require.Equal(t, `0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  a = 16 bytes
0010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  b = 33 bytes
0020  20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f
0030  30
0031  31                                               c = 49
`, dump(t, b, r))

	long := make([]byte, 0x10008)
	r = diag.New("x", long, nil)
	r.AddField("a", diag.Bytes, 0, 0x10000, nil)
	r.AddField("b", diag.Uint, 0x10000, 8, nil)
	require.True(t, strings.HasSuffix(dump(t, long, r), "\n10000  00 00 00 00 00 00 00 00                          b = 0\n"))
}

// TestHexdumpOfOtherBytes gives a report on other bytes, or on none: every byte and every finding is shown all the same.
func TestHexdumpOfOtherBytes(t *testing.T) {
	r, b := sample()
	got := dump(t, b[:5], r)
	require.True(t, strings.HasPrefix(got, `0000  01                                               Head.one = 1
      ^ warning: all: is about no byte (t.bug)
0001  fe ff                                            Head.two = -2 (2 bytes of it)
0003  03 00
      ^ info: Head.Deep[2].four at 0x0003: is three (t.plain)
`), got)
	require.Equal(t, 5, strings.Count(got, "^"), "no finding is dropped:\n%s", got)

	longer := append(slices.Clone(b), 0xC1, 0xC2)
	require.Equal(t, strings.Replace(sampleDump, "      ^ fatal", "0027  c1 c2\n      ^ fatal", 1), dump(t, longer, r))

	findings := diag.NewErrors("x", nil)
	findings.Add(diag.Finding{Severity: diag.Error, Code: "x.y", Span: diag.Span{Offset: 2}, Path: "p", Msg: "m"})
	require.Equal(t, "0000  01 02 03\n      ^ error: p at 0x0002: m (x.y)\n", dump(t, []byte{1, 2, 3}, findings))
	require.Equal(t, "      ^ error: p at 0x0002: m (x.y)\n", dump(t, nil, findings))
	require.Empty(t, dump(t, nil, diag.New("x", nil, nil)))
}

type failing struct{ left int }

var errFull = errors.New("full")

func (w *failing) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestHexdumpError(t *testing.T) {
	b := make([]byte, 1<<16)
	r := diag.New("x", b, nil)
	require.ErrorIs(t, diag.Hexdump(&failing{1000}, b, r), errFull)
	require.ErrorIs(t, diag.Hexdump(&failing{0}, b[:1], r), errFull)
}
