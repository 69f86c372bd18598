package goid_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

// TestFileTime compares with mapi.FileTime, of which goid.FileTime is the part it needs.
func TestFileTime(t *testing.T) {
	const last = 0x7FFF35F4F06C7FFF
	for _, n := range []uint64{0, 1, 9_999_999, 10_000_000, 128480014111090000, 0x01CADFE7E82CA5C0, 0x0CB34557A3DD4000, 2650467743999999999,
		2650467744000000000, last - 1, last, last + 1, math.MaxInt64, math.MaxUint64} {
		got, want := goid.FileTime(n), mapi.FileTime(n)
		gotTime, gotOK := got.Time()
		wantTime, wantOK := want.Time()
		require.Equal(t, wantTime, gotTime, n)
		require.Equal(t, wantOK, gotOK, n)
		if gotOK {
			require.Equal(t, time.UTC, gotTime.Location())
			back, ok := goid.FileTimeOf(gotTime)
			require.True(t, ok)
			require.Equal(t, got, back)
		}
		gotText, err := got.MarshalText()
		require.NoError(t, err)
		wantText, err := want.MarshalText()
		require.NoError(t, err)
		require.Equal(t, string(wantText), string(gotText))
		var back goid.FileTime
		require.NoError(t, back.UnmarshalText(gotText))
		require.Equal(t, got, back)
		if want.Special() == "" {
			require.Equal(t, want.String(), got.String())
		}
	}
	require.Equal(t, "not set", goid.FileTime(0).String())
	require.Equal(t, "2010-04-19T17:44:05.916Z", goid.FileTime(0x01CADFE7E82CA5C0).String())
}

func TestFileTimeOf(t *testing.T) {
	for text, want := range map[string]bool{"1600-12-31T23:59:59.9999999Z": false, "1601-01-01T00:00:00Z": true, "1601-01-01T00:00:00+00:01": false,
		"9999-12-31T23:59:59.9999999Z": true} {
		tm, err := time.Parse(time.RFC3339Nano, text)
		require.NoError(t, err)
		ft, ok := goid.FileTimeOf(tm)
		require.Equal(t, want, ok, text)
		if !ok {
			require.Zero(t, ft)
			continue
		}
		back, _ := ft.Time()
		require.True(t, tm.Equal(back), text)
	}
	ft, ok := goid.FileTimeOf(time.Date(2026, 1, 1, 0, 0, 0, 199, time.UTC))
	require.True(t, ok)
	back, _ := ft.Time()
	require.Equal(t, 100, back.Nanosecond(), "what is finer is cut off")
	_, ok = goid.FileTimeOf(time.Date(30828, 1, 1, 0, 0, 0, 0, time.UTC))
	require.False(t, ok)
}

func TestFileTimeText(t *testing.T) {
	var ft goid.FileTime
	for _, bad := range []string{"", "yesterday", "-1", "18446744073709551616", "1600-12-31T23:59:59Z", "2026-01-01T00:00:00.00000001Z", "2026-01-01"} {
		require.Error(t, ft.UnmarshalText([]byte(bad)), bad)
		require.Zero(t, ft, bad)
	}
	require.NoError(t, json.Unmarshal([]byte(`"2010-04-19T19:44:05.916+02:00"`), &ft))
	require.Equal(t, goid.FileTime(0x01CADFE7E82CA5C0), ft)
	require.NoError(t, json.Unmarshal([]byte(`"42"`), &ft))
	require.Equal(t, goid.FileTime(42), ft)
}
