package goid_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

// TestInstanceDate asks for the date of every month, with the last day there is and the first there is not, and for what
// is no date. What is no date is a finding, and what is one is none.
func TestInstanceDate(t *testing.T) {
	for _, c := range []struct {
		year       uint16
		month, day uint8
		want       string // "" where there is none
		code       diag.Code
	}{
		{0, 0, 0, "", ""},
		{2026, 1, 31, "2026-01-31", ""}, {2026, 1, 32, "", goid.InstanceDate},
		{2026, 2, 28, "2026-02-28", ""}, {2026, 2, 29, "", goid.InstanceDate},
		{2024, 2, 29, "2024-02-29", ""}, {2024, 2, 30, "", goid.InstanceDate},
		{1900, 2, 28, "1900-02-28", ""}, {1900, 2, 29, "", goid.InstanceDate},
		{2000, 2, 29, "2000-02-29", ""}, {2000, 2, 30, "", goid.InstanceDate},
		{2026, 4, 30, "2026-04-30", ""}, {2026, 4, 31, "", goid.InstanceDate},
		{2026, 12, 31, "2026-12-31", ""}, {2026, 12, 32, "", goid.InstanceDate},
		{1601, 1, 1, "1601-01-01", ""}, {1600, 12, 31, "", goid.InstanceDateRange},
		{4500, 12, 31, "4500-12-31", ""}, {4501, 1, 1, "", goid.InstanceDateRange},
		{0, 3, 25, "", goid.InstanceDateRange}, {65535, 12, 31, "", goid.InstanceDateRange},
		{2026, 0, 1, "", goid.InstanceDate}, {2026, 1, 0, "", goid.InstanceDate}, {2026, 0, 0, "", goid.InstanceDate},
		{2026, 13, 1, "", goid.InstanceDate}, {2026, 255, 255, "", goid.InstanceDate}, {0, 0, 1, "", goid.InstanceDate},
		{1500, 13, 1, "", goid.InstanceDate}, // both are wrong, and the month is no month in any year
	} {
		g := goid.New(1, [16]byte{})
		g.Year, g.Month, g.Day = c.year, c.month, c.day
		name := fmt.Sprintf("%d-%d-%d", c.year, c.month, c.day)
		year, month, day, ok := g.InstanceDate()
		require.Equal(t, c.want != "", ok, name)
		if ok {
			require.Equal(t, c.want, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
		} else {
			require.Zero(t, [3]int{year, int(month), day}, name)
		}
		var found []diag.Code
		for _, f := range g.Validate() {
			require.Equal(t, diag.Span{Offset: 16, Len: 4}, f.Span, name)
			require.Equal(t, "Year", f.Path)
			found = append(found, f.Code)
		}
		if c.code == "" {
			require.Empty(t, found, name)
		} else {
			require.Equal(t, []diag.Code{c.code}, found, name)
		}
		require.Equal(t, c.year == 0 && c.month == 0 && c.day == 0, g.IsClean(), name)
	}
}

func TestWithInstanceDate(t *testing.T) {
	series := goid.New(128480014111090000, [16]byte{1, 2, 3})
	series.Trailing = []byte{9}
	g, err := series.WithInstanceDate(time.Date(2026, time.October, 31, 23, 59, 0, 0, time.UTC).Date())
	require.NoError(t, err)
	require.True(t, series.IsClean(), "the series is left alone")
	year, month, day, ok := g.InstanceDate()
	require.True(t, ok)
	require.Equal(t, "2026-10-31", fmt.Sprintf("%04d-%02d-%02d", year, month, day))

	other, err := g.WithInstanceDate(2026, time.November, 1)
	require.NoError(t, err)
	require.NotEqual(t, g, other)
	require.Equal(t, series, g.Clean())
	require.Equal(t, series, other.Clean())
	require.Equal(t, series.Key(), g.Key())
	require.Equal(t, series.UID(), other.UID())

	for _, bad := range []struct {
		year       int
		month, day int
		want       string
	}{
		{2026, 2, 29, "goid: 2026-02-29 is no date from 1601 to 4500"},
		{2026, 13, 1, "goid: 2026-13-01 is no date from 1601 to 4500"},
		{2026, 0, 1, "goid: 2026-00-01 is no date from 1601 to 4500"},
		{2026, 1, 0, "goid: 2026-01-00 is no date from 1601 to 4500"},
		{1600, 12, 31, "goid: 1600-12-31 is no date from 1601 to 4500"},
		{4501, 1, 1, "goid: 4501-01-01 is no date from 1601 to 4500"},
		{2026 + 1<<16, 1, 1, "goid: 67562-01-01 is no date from 1601 to 4500"},
		{2026, 1 + 1<<8, 1, "goid: 2026-257-01 is no date from 1601 to 4500"},
		{2026, 1, 1 + 1<<8, "goid: 2026-01-257 is no date from 1601 to 4500"},
	} {
		g, err := series.WithInstanceDate(bad.year, time.Month(bad.month), bad.day)
		require.EqualError(t, err, bad.want)
		require.Nil(t, g)
	}
}

// TestCopies writes to what Clean and WithInstanceDate return.
func TestCopies(t *testing.T) {
	g := goid.New(1, [16]byte{})
	g.Trailing = []byte{1}
	dated, err := g.WithInstanceDate(2026, 1, 1)
	require.NoError(t, err)
	for _, c := range []*goid.GlobalObjectID{g.Clean(), dated} {
		c.Data[0], c.Trailing[0], c.X[0] = 7, 7, 7
	}
	require.Equal(t, byte(0), g.Data[0])
	require.Equal(t, byte(1), g.Trailing[0])
	require.Zero(t, g.X)
}

// TestForeign is about ids that are none: no byte of them is a date or a UID.
func TestForeign(t *testing.T) {
	g := goid.Wrap("a@example.org")
	g.ByteArrayID[15]++
	g.Year, g.Month, g.Day = 2026, 1, 1
	require.True(t, g.IsForeign())
	require.True(t, g.IsClean())
	require.Equal(t, g, g.Clean())
	_, _, _, ok := g.InstanceDate()
	require.False(t, ok)
	_, err := g.WithInstanceDate(2026, 1, 2)
	require.EqualError(t, err, "goid: an id that begins with 040000008200E00074C5B7101A82E009 has no date")
	_, ok = g.Wrapped()
	require.False(t, ok)
	b, err := g.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, string(b), g.Key())
	require.Equal(t, fmt.Sprintf("%X", b), g.UID())
	require.True(t, new(goid.GlobalObjectID).IsForeign(), "the zero value")
	require.False(t, goid.New(0, [16]byte{}).IsForeign())
	_, r := goid.InspectClean(b)
	require.False(t, has(r, goid.CleanDate))
	require.True(t, has(r, goid.ByteArrayID))
	back, err := goid.Decode(b)
	require.NoError(t, err)
	require.Equal(t, g, back)
}

// TestKey: ids have the same key if nothing but the date tells them apart.
func TestKey(t *testing.T) {
	base := func() *goid.GlobalObjectID { return goid.New(5, [16]byte{1}) }
	change := map[string]func(*goid.GlobalObjectID){
		"byte array id": func(g *goid.GlobalObjectID) { g.ByteArrayID[3] = 1 },
		"creation time": func(g *goid.GlobalObjectID) { g.CreationTime++ },
		"X":             func(g *goid.GlobalObjectID) { g.X[7] = 1 },
		"data":          func(g *goid.GlobalObjectID) { g.Data[0]++ },
		"longer data":   func(g *goid.GlobalObjectID) { g.Data = append(g.Data, 0) },
		"trailing":      func(g *goid.GlobalObjectID) { g.Trailing = []byte{0} },
	}
	keys := map[string]string{base().Key(): "nothing"}
	for name, f := range change {
		g := base()
		f(g)
		require.NotContains(t, keys, g.Key(), "%s and %s", name, keys[g.Key()])
		keys[g.Key()] = name
	}
	for _, f := range []func(*goid.GlobalObjectID){
		func(g *goid.GlobalObjectID) { g.Year = 2026 }, func(g *goid.GlobalObjectID) { g.Month = 99 }, func(g *goid.GlobalObjectID) { g.Day = 1 },
	} {
		g := base()
		f(g)
		require.Equal(t, base().Key(), g.Key())
		require.False(t, g.IsClean())
		b, err := g.Clean().MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, string(b), g.Key(), "the bytes of the clean id")
	}
}
