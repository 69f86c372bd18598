package diag_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// walk is a decoder: what it records and finds depends on the bytes.
func walk(b []byte, r *diag.Report) {
	r.Enter("Head", 3)
	r.AddField("one", diag.Uint, 0, 1, nil)
	r.Add(diag.Finding{Severity: diag.Error, Code: "t.bug", Path: "one", Span: diag.Span{Len: 1}, Msg: fmt.Sprintf("is %d", b[0])})
	r.Leave()
	r.Enter("List", -1)
	r.AddArray(&diag.FieldType{Name: "two", Size: 2}, 1, len(b)/2)
	r.AddText(diag.Info, "t.plain", "two", diag.Span{Offset: 1, Len: 2}, "[T] 7", []byte("are many"))
	r.Leave()
}

// TestNewLazy holds a report that walks again for its fields to one that recorded them.
func TestNewLazy(t *testing.T) {
	b := []byte{1, 2, 3, 4, 5, 6, 7}
	want := diag.New("x", b, catalogue)
	walk(b, want)
	require.True(t, want.Mapping())
	walks := 0
	lazy := func() *diag.Report {
		r := diag.NewLazy("x", b, catalogue, func(b []byte, r *diag.Report) {
			walks++
			require.True(t, r.Mapping())
			require.True(t, r.Recording())
			require.False(t, r.Takes(diag.Fatal))
			walk(b, r)
		})
		require.True(t, r.Recording())
		require.False(t, r.Mapping())
		require.True(t, r.Takes(diag.Info))
		walk(b, r)
		return r
	}
	r := lazy()
	b[0] = 99 // the report has its own copy
	for range 2 {
		require.Equal(t, want.Max(), r.Max())
		require.Equal(t, want.Err(), r.Err())
		require.Empty(t, cmp.Diff(slices.Collect(want.Findings()), slices.Collect(r.Findings())))
		require.Equal(t, string(want.AppendFindings(nil)), string(r.AppendFindings(nil)))
	}
	require.Equal(t, 0, walks, "findings need no walk")
	for range 2 {
		require.Empty(t, cmp.Diff(slices.Collect(want.Fields()), slices.Collect(r.Fields())))
		x, _ := r.MarshalJSON()
		y, _ := want.MarshalJSON()
		require.Equal(t, string(y), string(x))
	}
	require.Equal(t, 1, walks)
	b[0] = 1
	r = lazy()
	f, ok := r.At(4)
	require.True(t, ok)
	require.Equal(t, "List.two[1]", f.Path)
	var x, y strings.Builder
	require.NoError(t, diag.Hexdump(&x, b, lazy()))
	require.NoError(t, diag.Hexdump(&y, b, want))
	require.Equal(t, y.String(), x.String())
	require.Empty(t, slices.Collect(diag.NewErrors("x", catalogue).Fields()))
}

// TestAddText makes messages of all lengths: they are what they were, whatever memory comes and goes, and the bytes they
// were made in may be used again.
func TestAddText(t *testing.T) {
	r := diag.New("x", nil, catalogue)
	msg, want := []byte{}, []string{}
	for i := range 3000 {
		msg = append(msg[:0], strings.Repeat(string(rune('a'+i%26)), i*7%611)...)
		want = append(want, string(msg))
		r.AddText(diag.Info, "t.plain", "f", diag.Span{}, "", msg)
	}
	i := 0
	for f := range r.Findings() {
		require.Equal(t, want[i], f.Msg)
		i++
	}
	require.Equal(t, len(want), i)
	strict := diag.NewErrors("x", catalogue)
	strict.AddText(diag.Warning, "t.bug", "f", diag.Span{}, "", msg)
	require.Empty(t, slices.Collect(strict.Findings()))
	strict.AddText(diag.Error, "t.bug", "f", diag.Span{Offset: 2, Len: 1}, "[T] 2", msg)
	require.Equal(t, []diag.Finding{{Severity: diag.Error, Code: "t.bug", Path: "f", Span: diag.Span{Offset: 2, Len: 1}, Spec: "[T] 2", Msg: string(msg),
		Effect: "ends", Ref: "KB 1", Repair: "mend"}}, slices.Collect(strict.Findings()))
}
