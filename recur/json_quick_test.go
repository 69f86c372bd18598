package recur_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/recur"
)

// TestWideTextEveryUnit puts every unit at every place among plain ones: what is read four at a time is what is read one by
// one.
func TestWideTextEveryUnit(t *testing.T) {
	for _, around := range []byte{'a', ' ', '~', 0x7F} {
		for u := range 0x10000 {
			for at := range 6 {
				text := recur.WideText{around, 0, around, 0, around, 0, around, 0, around, 0, around, 0}
				text[2*at], text[2*at+1] = byte(u), byte(u>>8)
				got, _ := text.MarshalJSON()
				if want := wtf8.AppendQuote(nil, text.String()); string(got) != string(want) {
					t.Fatalf("%X at %d: %s, not %s", u, at, got, want)
				}
			}
		}
	}
}

// TestRTimeEveryMinute writes every minute of a day, and a moment of every day.
func TestRTimeEveryMinute(t *testing.T) {
	check := func(r recur.RTime) {
		y, m, d := r.Date()
		if got, want := r.String(), fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:00", y, m, d, r.Hour(), r.Minute()); got != want {
			t.Fatalf("%d: %s, not %s", uint32(r), got, want)
		}
	}
	for r := range recur.RTime(24 * 60) {
		check(r)
	}
	for r := uint64(1439); r < 1<<32; r += 24 * 60 {
		check(recur.RTime(r))
	}
	check(1<<32 - 1)
	require.Equal(t, "x2011-01-16T22:30:00", string(must(recur.RTime(215661510).AppendText([]byte("x")))))
}

func must[T any](v T, _ error) T { return v }
