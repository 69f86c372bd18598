package cfbfs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// TestCorpusSeries holds every series of the corpus to the other properties of its item, which Outlook computed from the
// same series: what it repeats by, when it begins and ends, and when its first occurrence is, in UTC.
func TestCorpusSeries(t *testing.T) {
	series := 0
	for _, p := range corpus(t) {
		name := filepath.Base(p)
		if strings.HasPrefix(name, "clusterfuzz") {
			continue
		}
		recs, _, err := readMsg(t, p)
		require.NoError(t, err, name)
		it := rootItem(recs)
		blob, ok := it.named(mapi.PidLidAppointmentRecur).(mapi.Binary)
		recurring, _ := it.named(0x8223).(mapi.Boolean)
		require.Equal(t, ok, recurring != 0, "%s: PidLidRecurring", name)
		if !ok {
			continue
		}
		series++
		a := seriesOf(t, name, it, blob)
		require.EqualValues(t, a.RecurFrequency-0x2009, it.named(0x8231), "%s: PidLidRecurrenceType", name)

		wall := zoneOf(t, name, it)
		utc := func(r recur.RTime) time.Time {
			off, kind := wall(r.In(time.UTC))
			require.Equal(t, tzdef.Unique, kind, name)
			return r.In(time.FixedZone("", off.Minutes*60)).UTC()
		}
		require.Equal(t, utc(a.StartDate), timeOf(t, it, 0x8235), "%s: PidLidClipStart", name)
		if a.EndType.Never() {
			require.Equal(t, recur.NoEnd.In(time.UTC), timeOf(t, it, 0x8236), "%s: PidLidClipEnd", name)
		} else {
			require.Equal(t, utc(a.EndDate), timeOf(t, it, 0x8236), "%s: PidLidClipEnd", name)
		}
		// The first occurrence of the pattern may be deleted: that does not change when the series starts.
		whole := *a
		whole.DeletedInstanceDates, whole.ModifiedInstanceDates, whole.Exceptions = nil, nil, nil
		all, err := whole.Instances(time.Time{})
		require.NoError(t, err, name)
		var last recur.Instance
		n := 0
		for i := range all {
			if n == 0 {
				require.Equal(t, a.StartDate, i.Start.Midnight(), name)
				require.Equal(t, utc(i.Start), timeOf(t, it, mapi.PidLidAppointmentStartWhole), name)
				require.Equal(t, utc(i.End), timeOf(t, it, mapi.PidLidAppointmentEndWhole), name)
			}
			last = i
			if n++; n > 1000 {
				break
			}
		}
		if a.EndType == recur.EndAfterCount || a.EndType == recur.EndByDate { // Outlook writes the true count with both
			require.EqualValues(t, a.OccurrenceCount, n, name)
			require.LessOrEqual(t, last.Start.Midnight(), a.EndDate, name)
		}
	}
	require.GreaterOrEqual(t, series, 4)
}

// seriesOf decodes a series, in which nothing is wrong.
func seriesOf(t *testing.T, name string, it item, blob []byte) *recur.AppointmentRecurrencePattern {
	p, _ := it.props.ByName(mapi.PropName{Set: appointment, LID: mapi.PidLidAppointmentRecur})
	k, ok := inspect.ByProp(p)
	require.True(t, ok, name)
	require.Equal(t, "apptrecur", k.Name, name)
	v, r := k.Inspect(blob)
	require.Less(t, r.Max(), diag.Warning, name)
	back, err := v.AppendBinary(nil)
	require.NoError(t, err, name)
	require.Equal(t, blob, back, name)
	return v.(*recur.AppointmentRecurrencePattern)
}

// zoneOf returns the zone of the item's series.
func zoneOf(t *testing.T, name string, it item) func(time.Time) (tzdef.Offset, tzdef.Kind) {
	blob, ok := it.named(mapi.PidLidAppointmentTimeZoneDefinitionRecur).(mapi.Binary)
	require.True(t, ok, name)
	d, err := tzdef.Decode(blob)
	require.NoError(t, err, name)
	return d.AtLocal
}

func timeOf(t *testing.T, it item, lid uint32) time.Time {
	v, ok := it.named(lid).(mapi.Time)
	require.True(t, ok, "0x%04X", lid)
	at, ok := v.FileTime().Time()
	require.True(t, ok, "0x%04X", lid)
	return at.UTC()
}

// TestCorpusSeriesJSON compares with the reading of another program, where that is on the shelf.
func TestCorpusSeriesJSON(t *testing.T) {
	compared := 0
	for _, p := range corpus(t) {
		side := strings.Replace(strings.TrimSuffix(p, ".msg")+".json", filepath.Join("corpus", "msg"), filepath.Join("corpus", "json"), 1)
		b, err := os.ReadFile(side)
		if err != nil {
			continue
		}
		var want map[string]any
		require.NoError(t, json.Unmarshal(b, &want))
		recs, _, err := readMsg(t, p)
		require.NoError(t, err)
		it := rootItem(recs)
		blob, ok := it.named(mapi.PidLidAppointmentRecur).(mapi.Binary)
		require.Equal(t, want["apptRecur"] != nil, ok, p)
		if ok {
			compared++
			require.Empty(t, cmp.Diff(want["apptRecur"], foreign(seriesOf(t, p, it, blob))), p)
		}
	}
	require.GreaterOrEqual(t, compared, 4)
}

// foreign returns a series as the other program spells it.
func foreign(a *recur.AppointmentRecurrencePattern) any {
	dates := func(all []recur.RTime) []any {
		numbers := make([]any, len(all))
		for i, d := range all {
			numbers[i] = float64(d)
		}
		return numbers
	}
	exceptions := make([]any, len(a.Exceptions))
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		one := map[string]any{"startDateTime": float64(e.StartDateTime), "endDateTime": float64(e.EndDateTime),
			"originalStartTime": float64(e.OriginalStartDate), "overrideFlags": float64(e.OverrideFlags), "changeHighlight": float64(e.ChangeHighlight)}
		if s, ok := e.Subject(nil); ok {
			one["subject"] = s
		}
		if s, ok := e.Location(nil); ok {
			one["location"] = s
		}
		exceptions[i] = one
	}
	return map[string]any{
		"recurrencePattern": map[string]any{"recurFrequency": float64(a.RecurFrequency), "patternType": float64(a.PatternType),
			"calendarType": float64(a.CalendarType), "firstDateTime": float64(a.FirstDateTime), "period": float64(a.Period),
			"slidingFlag": float64(a.SlidingFlag), "endType": float64(a.EndType), "occurrenceCount": float64(a.OccurrenceCount),
			"firstDOW": float64(a.FirstDOW), "deletedInstanceDates": dates(a.DeletedInstanceDates),
			"modifiedInstanceDates": dates(a.ModifiedInstanceDates), "startDate": float64(a.StartDate), "endDate": float64(a.EndDate),
			"patternTypeWeek": map[string]any{"dayOfWeekBits": float64(a.DaysOfWeek)}},
		"startTimeOffset": float64(a.StartTimeOffset), "endTimeOffset": float64(a.EndTimeOffset), "exceptionInfo": exceptions,
	}
}
