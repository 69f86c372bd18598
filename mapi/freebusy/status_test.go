package freebusy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
)

func TestMonth(t *testing.T) {
	for _, c := range []struct {
		month   freebusy.Month
		text    string
		minutes int
	}{
		{0x7DB2, "2011-02", 40320}, {2012<<4 | 2, "2012-02", 41760}, {2011<<4 | 4, "2011-04", 43200}, {2011<<4 | 12, "2011-12", 44640},
		{1900<<4 | 2, "1900-02", 40320}, {1601<<4 | 1, "1601-01", 44640}, {4500<<4 | 12, "4500-12", 44640},
		{1600<<4 | 12, "invalid (0x0000640C)", 0}, {4501<<4 | 1, "invalid (0x00011951)", 0}, {0x7DB0, "invalid (0x00007DB0)", 0},
		{0x7DBD, "invalid (0x00007DBD)", 0}, {0, "invalid (0x00000000)", 0}, {-1, "invalid (0xFFFFFFFF)", 0},
	} {
		require.Equal(t, c.text, c.month.String())
		require.Equal(t, c.minutes, c.month.Minutes(), c.text)
		year, month, ok := c.month.Date()
		require.Equal(t, c.minutes > 0, ok, c.text)
		if ok {
			back, ok := freebusy.MonthOf(year, month)
			require.True(t, ok)
			require.Equal(t, c.month, back)
		} else {
			require.Zero(t, year+int(month), c.text)
		}
	}
	_, ok := freebusy.MonthOf(2011, 13)
	require.False(t, ok)
	_, ok = freebusy.MonthOf(2011+1<<28, 1)
	require.False(t, ok)
}

// TestTags holds tags and names to the registry.
func TestTags(t *testing.T) {
	for s := freebusy.Merged; s <= freebusy.Away; s++ {
		months, blocks := s.Tags()
		for name, tag := range map[string]mapi.PropTag{"PidTagScheduleInfoMonths" + s.String(): months, "PidTagScheduleInfoFreeBusy" + s.String(): blocks} {
			known, ok := mapi.TagByName(name)
			require.True(t, ok, name)
			require.Equal(t, known, tag, name)
		}
	}
	require.Equal(t, "Status(4)", freebusy.Status(4).String())
	months, blocks := freebusy.Status(4).Tags()
	require.Zero(t, months+blocks)
}

// TestIntervals reads the properties of a message: those of its own kind, and no other.
func TestIntervals(t *testing.T) {
	props := mapi.Props{
		{Tag: 0x68531003, Value: mapi.MultipleInteger32{0x7DB2}},
		{Tag: 0x68541102, Value: mapi.MultipleBinary{{0x66, 0x5D, 0xA2, 0x5D}}},
		{Tag: 0x68551003, Value: mapi.MultipleInteger32{0x7DB2}},
		{Tag: 0x68511003, Value: mapi.Unknown{PropType: mapi.PtypMultipleInteger32, Data: []byte{1}}},
		{Tag: 0x68521102},
	}
	got, found := freebusy.Busy.Intervals(props)
	require.Empty(t, found)
	require.Len(t, got, 1)
	start, end := got[0].Times()
	require.Equal(t, time.Date(2011, 2, 17, 14, 30, 0, 0, time.UTC), start)
	require.Equal(t, time.Date(2011, 2, 17, 15, 30, 0, 0, time.UTC), end)
	ft, ok := mapi.FileTimeOf(start)
	require.True(t, ok)
	require.Equal(t, int64(got[0].Start), int64(ft/600_000_000), "minutes since 1601")

	got, found = freebusy.Merged.Intervals(props)
	require.Empty(t, got)
	require.Empty(t, found, "what is not there says nothing")

	got, found = freebusy.Away.Intervals(props)
	require.Empty(t, got)
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], freebusy.CountMismatch)
	require.EqualError(t, found[0], "PidTagScheduleInfoMonthsAway: are 1, must be as many as in PidTagScheduleInfoFreeBusyAway, 0 (freebusy.count-mismatch)")

	got, found = freebusy.Tentative.Intervals(props)
	require.Empty(t, got)
	require.Len(t, found, 2)
	for i, path := range []string{"PidTagScheduleInfoMonthsTentative", "PidTagScheduleInfoFreeBusyTentative"} {
		require.ErrorIs(t, found[i], freebusy.NotRead)
		require.Equal(t, path, found[i].Path)
		require.Equal(t, diag.Span{Offset: -1}, found[i].Span)
		require.Equal(t, "[MS-OXOPFFB] 2.2.1.2.1", found[i].Spec)
	}
	got, found = freebusy.Status(9).Intervals(props)
	require.Empty(t, got)
	require.Empty(t, found)
}

// TestIntervalsFit: the first and the last month there are lie within the numbers that an Interval has.
func TestIntervalsFit(t *testing.T) {
	first, _ := freebusy.MonthOf(1601, 1)
	last, _ := freebusy.MonthOf(4500, 12)
	got, _ := freebusy.Away.Pair([]int32{int32(first), int32(last)}, [][]byte{{0, 0, 0xFF, 0xFF}, {0, 0, 0xFF, 0xFF}})
	require.Equal(t, freebusy.Interval{Start: 0, End: 65535}, got[0])
	start, end := got[1].Times()
	require.Equal(t, time.Date(4500, 12, 1, 0, 0, 0, 0, time.UTC), start)
	require.Equal(t, 65535*time.Minute, end.Sub(start))
}
