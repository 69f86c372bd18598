package main

import (
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// reading is what a zone says of a wall clock time.
type reading struct {
	Seconds int
	Kind    tzdef.Kind
}

// TestZoneOfLocation asks every quarter of an hour which wall clock time it is, and holds the zone to it: in zones that
// change by an hour, by half of one, around a month, and by a whole day.
func TestZoneOfLocation(t *testing.T) {
	const step = 15 * time.Minute
	for _, tt := range []struct {
		name          string
		year          int
		gaps, doubled int // quarters of an hour
	}{
		{"Europe/Berlin", 2026, 4, 4}, {"America/New_York", 2026, 4, 4}, {"Australia/Lord_Howe", 2026, 2, 2},
		{"Africa/Casablanca", 2026, 4, 4}, {"Pacific/Apia", 2011, 4*24 + 4, 4}, {"Asia/Kolkata", 2026, 0, 0}, {"UTC", 2026, 0, 0},
		{"Europe/Berlin", 2040, 4, 4}, {"America/New_York", 2400, 4, 4}, {"Europe/Berlin", 1947, 8, 8}, // with a double summer time
	} {
		t.Run(fmt.Sprintf("%s in %d", tt.name, tt.year), func(t *testing.T) {
			loc, err := zoneNamed(tt.name)
			require.NoError(t, err)
			begin, end := time.Date(tt.year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(tt.year+1, 1, 1, 0, 0, 0, 0, time.UTC)
			want := map[time.Time]reading{}
			for at := begin.Add(-48 * time.Hour); at.Before(end.Add(48 * time.Hour)); at = at.Add(step) {
				_, seconds := at.In(loc).Zone()
				wall := at.Add(time.Duration(seconds) * time.Second)
				if r, ok := want[wall]; ok {
					want[wall] = reading{r.Seconds, tzdef.Overlap}
				} else {
					want[wall] = reading{seconds, tzdef.Unique}
				}
			}
			zone, gaps, doubled, before := zoneOfLocation(loc), 0, 0, 0
			for wall := begin; wall.Before(end); wall = wall.Add(step) {
				w, ok := want[wall]
				if !ok {
					w = reading{before, tzdef.Gap}
					gaps++
				}
				if w.Kind == tzdef.Overlap {
					doubled++
				}
				// Of a time that comes twice the last reading is the one in force before what follows.
				before = lastOffset(loc, wall, w)
				seconds, kind := zone(wall)
				require.Empty(t, cmp.Diff(w, reading{seconds, kind}), wall)
			}
			require.Equal(t, []int{tt.gaps, tt.doubled}, []int{gaps, doubled})
		})
	}
}

// lastOffset returns the offset of the last reading of a wall clock time.
func lastOffset(loc *time.Location, wall time.Time, r reading) int {
	if r.Kind != tzdef.Overlap {
		return r.Seconds
	}
	_, seconds := wall.Add(-time.Duration(r.Seconds)*time.Second + 24*time.Hour).In(loc).Zone()
	return seconds
}

func TestZoneNamed(t *testing.T) {
	for name, want := range map[string]string{"Europe/Berlin": "Europe/Berlin", "W. Europe Standard Time": "Europe/Berlin",
		"w. europe daylight time": "Europe/Berlin", "utc": "UTC", "UTC": "UTC", "Etc/GMT+5": "Etc/GMT+5"} {
		loc, err := zoneNamed(name)
		require.NoError(t, err, name)
		require.Equal(t, want, loc.String())
	}
	for _, name := range []string{"", "Local", "Middle Earth", "../etc/passwd"} {
		_, err := zoneNamed(name)
		require.Error(t, err, name)
	}
}

// TestZoneOfBlob: a definition, the older structure, and what is neither or sets no clock.
func TestZoneOfBlob(t *testing.T) {
	rule := tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2007, Bias: 300, DaylightBias: -60,
		StandardDate: tzdef.SystemTime{Month: 11, Day: 1, Hour: 2}, DaylightDate: tzdef.SystemTime{Month: 3, Day: 2, Hour: 2}}
	definition, err := tzdef.New("Eastern Standard Time", rule).MarshalBinary()
	require.NoError(t, err)
	old := tzdef.TZStruct{Bias: rule.Bias, DaylightBias: rule.DaylightBias, StandardDate: rule.StandardDate, DaylightDate: rule.DaylightDate}
	structure, err := old.MarshalBinary()
	require.NoError(t, err)
	for _, b := range [][]byte{definition, structure} {
		zone, err := zoneOfBlob(b)
		require.NoError(t, err)
		for wall, want := range map[string]reading{
			"2026-01-15T12:00": {-5 * 3600, tzdef.Unique}, "2026-07-15T12:00": {-4 * 3600, tzdef.Unique},
			"2026-03-08T02:30": {-5 * 3600, tzdef.Gap}, "2026-11-01T01:30": {-4 * 3600, tzdef.Overlap},
		} {
			at, err := time.Parse("2006-01-02T15:04", wall)
			require.NoError(t, err)
			seconds, kind := zone(at)
			require.Equal(t, want, reading{seconds, kind}, wall)
		}
	}
	rule.Bias = 1 << 30
	absurd, err := tzdef.New("", rule).MarshalBinary()
	require.NoError(t, err)
	empty, err := tzdef.New("Nowhere Standard Time").MarshalBinary()
	require.NoError(t, err)
	old.Bias = -1440
	tooFar, err := old.MarshalBinary()
	require.NoError(t, err)
	for want, b := range map[string][]byte{"minutes from UTC": absurd, "no rules": empty, "truncated": definition[:47], "is 1440 minutes": tooFar} {
		_, err := zoneOfBlob(b)
		require.ErrorContains(t, err, want)
	}
}

// TestShow: the clock of the series, with its offset, and another one. Offsets of the time before zones have seconds.
func TestShow(t *testing.T) {
	berlin, err := zoneNamed("Europe/Berlin")
	require.NoError(t, err)
	tokyo, err := zoneNamed("Asia/Tokyo")
	require.NoError(t, err)
	at := func(s string) (r recur.RTime) {
		require.NoError(t, r.UnmarshalText([]byte(s)))
		return r
	}
	for _, tt := range []struct {
		clocks clocks
		time   string
		want   string
		kind   tzdef.Kind
	}{
		{clocks{}, "2026-07-01T09:00", "2026-07-01T09:00:00", tzdef.None},
		{clocks{series: zoneOfLocation(berlin)}, "2026-07-01T09:00", "2026-07-01T09:00:00+02:00", tzdef.Unique},
		{clocks{series: zoneOfLocation(berlin), shown: time.UTC}, "2026-07-01T01:00", "2026-06-30T23:00:00Z", tzdef.Unique},
		{clocks{series: zoneOfLocation(tokyo), shown: berlin}, "2026-03-29T10:30", "2026-03-29T03:30:00+02:00", tzdef.Unique},
		{clocks{series: zoneOfLocation(berlin)}, "2026-03-29T02:30", "2026-03-29T02:30:00+01:00", tzdef.Gap},
		{clocks{series: zoneOfLocation(berlin), shown: time.UTC}, "2026-10-25T02:30", "2026-10-25T00:30:00Z", tzdef.Overlap},
		{clocks{series: zoneOfLocation(berlin)}, "1800-01-01T12:00", "1800-01-01T12:00:00+00:53:28", tzdef.Unique},
		{clocks{series: zoneOfLocation(tokyo), shown: time.UTC}, "1601-01-01T00:00", "1600-12-31T14:41:01Z", tzdef.Unique},
	} {
		m := tt.clocks.show(at(tt.time))
		require.Equal(t, tt.want, m.wall+m.offset)
		require.Equal(t, tt.kind, m.kind, tt.want)
	}
}

// TestItemZone chooses between what an item says of its zone: the definition of the series where the old structure agrees
// with it, then the old structure, then the definition for display.
func TestItemZone(t *testing.T) {
	rule := func(bias int32) tzdef.TZRule {
		return tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 1601, Bias: bias}
	}
	definition := func(bias int32) *tzdef.Definition { return tzdef.New("", rule(bias)) }
	for name, tt := range map[string]struct {
		item itemZone
		want int // minutes from UTC, -1 for no zone
	}{
		"nothing":           {itemZone{}, -1},
		"the definition":    {itemZone{recurring: definition(-60), start: definition(-120)}, 60},
		"both agree":        {itemZone{recurring: definition(-60), old: &tzdef.TZStruct{Bias: -60}}, 60},
		"both differ":       {itemZone{recurring: definition(-60), old: &tzdef.TZStruct{Bias: -180}, start: definition(-120)}, 180},
		"only the old":      {itemZone{old: &tzdef.TZStruct{Bias: -180}, start: definition(-120)}, 180},
		"only for display":  {itemZone{start: definition(-120)}, 120},
		"no rule":           {itemZone{start: tzdef.New("")}, -1},
		"no clock":          {itemZone{old: &tzdef.TZStruct{Bias: 1 << 20}}, -1},
		"no effective rule": {itemZone{recurring: tzdef.New("", tzdef.TZRule{Bias: -60}, rule(-120)), old: &tzdef.TZStruct{Bias: -60}}, 60},
	} {
		zone := tt.item.zone()
		require.Equal(t, tt.want == -1, zone == nil, name)
		if zone != nil {
			seconds, _ := zone(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC))
			require.Equal(t, 60*tt.want, seconds, name)
		}
	}
}

// TestItemZoneBehind has a series whose zone stands behind it in the item, and one in an item without a zone.
func TestItemZoneBehind(t *testing.T) {
	p := recur.NewDaily(recur.NoEnd.Midnight()-1440*366*10, 1)
	p.EndAfter(1)
	series, err := recur.NewAppointment(p, 600, 660).MarshalBinary()
	require.NoError(t, err)
	old, err := (&tzdef.TZStruct{Bias: -120}).MarshalBinary()
	require.NoError(t, err)
	line := func(item, lid string, b []byte) string {
		return `{"item":"` + item + `","propset":"{00062002-0000-0000-C000-000000000046}","lid":"` + lid + `","type":"binary","hex":"` + hex.EncodeToString(b) + `"}` + "\n"
	}
	in := line("a", "0x8216", series) + line("a", "0x8233", old) + line("b", "0x8216", series)
	for _, jobs := range []string{"1", "2"} {
		out, stderr, status := runWith(in, "expand", "-tz", "utc", "-out", "json", "-j", jobs)
		require.Equal(t, exitOK, status)
		require.Contains(t, stderr, "nothing says which zone 1 series is in: taken to be UTC;")
		require.Regexp(t, `^\{"line":1,"item":"a","start":"\d{4}-\d\d-\d\dT08:00:00Z".*\n\{"line":3,"item":"b","start":"\d{4}-\d\d-\d\dT10:00:00Z".*\n$`, out)
	}
	out, _, _ := runWith(in, "expand", "-zone", "item")
	require.Contains(t, out, "10:00-11:00 +02:00\n")
	require.Contains(t, out, "10:00-11:00\n")
}
