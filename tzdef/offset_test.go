package tzdef_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/tzdef"
)

// nth returns the date "the day-th weekday of month at hour", where day 5 means the last.
func nth(month time.Month, day uint16, weekday time.Weekday, hour uint16) tzdef.SystemTime {
	return tzdef.SystemTime{Month: uint16(month), Day: day, DayOfWeek: uint16(weekday), Hour: hour}
}

// lastMillisecond returns the date of nth at 23:59:59.999, which means the midnight that follows.
func lastMillisecond(month time.Month, day uint16, weekday time.Weekday) tzdef.SystemTime {
	t := nth(month, day, weekday, 23)
	t.Minute, t.Second, t.Milliseconds = 59, 59, 999
	return t
}

// zone is a definition of one rule.
func zone(bias, standardBias, daylightBias int32, standard, daylight tzdef.SystemTime) *tzdef.Definition {
	return tzdef.New("Z", tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 1601, Bias: bias, StandardBias: standardBias, DaylightBias: daylightBias,
		StandardDate: standard, DaylightDate: daylight})
}

// The zones of the worked vectors. tests compare them with IANA's data, with Go's arithmetic and with counting.
var (
	usEastern = tzdef.New("Eastern Standard Time",
		tzdef.TZRule{Year: 2006, Bias: 300, DaylightBias: -60,
			StandardDate: nth(time.October, 5, time.Sunday, 2), DaylightDate: nth(time.April, 1, time.Sunday, 2)},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2007, Bias: 300, DaylightBias: -60,
			StandardDate: nth(time.November, 1, time.Sunday, 2), DaylightDate: nth(time.March, 2, time.Sunday, 2)})
	ausEastern = zone(-600, 0, -60, nth(time.April, 1, time.Sunday, 3), nth(time.October, 1, time.Sunday, 2))
	india      = zone(-330, 0, -60, tzdef.SystemTime{}, tzdef.SystemTime{})
	fiji       = tzdef.New("Fiji Standard Time",
		tzdef.TZRule{Year: 2021, Bias: -720, DaylightBias: -60,
			StandardDate: nth(time.January, 3, time.Sunday, 3), DaylightDate: nth(time.January, 1, time.Friday, 0)},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2022, Bias: -720, DaylightBias: -60})
	brazil    = zone(180, 0, -60, lastMillisecond(time.February, 3, time.Saturday), lastMillisecond(time.October, 2, time.Saturday))
	wEurope   = zone(-60, 0, -60, nth(time.October, 5, time.Sunday, 3), nth(time.March, 5, time.Sunday, 2))
	volgograd = tzdef.New("Volgograd Standard Time", // daylight time, so called, is behind standard time
		tzdef.TZRule{Year: 2018, Bias: -240, DaylightBias: 60,
			StandardDate: nth(time.October, 5, time.Sunday, 2), DaylightDate: nth(time.January, 1, time.Monday, 0)},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2019, Bias: -240})
	// A year that begins in standard time by a marker, and has daylight time from July to its end.
	midYear = tzdef.New("M",
		tzdef.TZRule{Year: 2016, Bias: 0, DaylightBias: -60,
			StandardDate: nth(time.January, 1, time.Friday, 0), DaylightDate: nth(time.July, 1, time.Sunday, 1)},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2017, Bias: -60})
	// As Fiji had it: one summer over two years, of which the second begins in daylight time by a marker.
	fijiSince2020 = tzdef.New(fiji.KeyName, append([]tzdef.TZRule{{Year: 2020, Bias: -720, DaylightBias: -60,
		StandardDate: nth(time.January, 2, time.Sunday, 3), DaylightDate: nth(time.December, 3, time.Sunday, 2)}}, fiji.Rules...)...)
	// A year that begins in standard time by a marker, after one without daylight time, which is behind.
	behind = tzdef.New("B",
		tzdef.TZRule{Year: 2017, Bias: -60},
		tzdef.TZRule{Year: 2018, Bias: -60, DaylightBias: 60,
			StandardDate: nth(time.January, 1, time.Monday, 0), DaylightDate: nth(time.July, 1, time.Sunday, 1)},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2019, Bias: -60})
	// The rules of two years in different halves of the world, out of order.
	jump = &tzdef.Definition{KeyName: "J", Rules: []tzdef.TZRule{
		{Flags: tzdef.EffectiveTZReg, Year: 2012, Bias: -840, DaylightBias: -60,
			StandardDate: nth(time.April, 1, time.Sunday, 4), DaylightDate: nth(time.September, 5, time.Sunday, 3)},
		{Year: 2010, Bias: 660, DaylightBias: -60,
			StandardDate: nth(time.April, 1, time.Saturday, 4), DaylightDate: nth(time.September, 5, time.Saturday, 0)},
	}}
	adelaide = zone(-570, 0, -60, nth(time.April, 1, time.Sunday, 3), nth(time.October, 1, time.Sunday, 2))
	lordHowe = zone(-630, 0, -30, nth(time.April, 1, time.Sunday, 2), nth(time.October, 1, time.Sunday, 2))
	ireland  = zone(-60, 0, 60, nth(time.March, 5, time.Sunday, 1), nth(time.October, 5, time.Sunday, 2)) // winter is the exception
	stdBias  = zone(60, 30, -60, nth(time.November, 1, time.Sunday, 2), nth(time.March, 2, time.Sunday, 2))
	troll    = zone(0, 0, -120, nth(time.October, 5, time.Sunday, 3), nth(time.March, 5, time.Sunday, 1))
)

var testZones = map[string]*tzdef.Definition{
	"US Eastern": usEastern, "AUS Eastern": ausEastern, "India": india, "Fiji": fiji, "Brazil": brazil, "W. Europe": wEurope,
	"Volgograd": volgograd, "mid-year": midYear, "jump": jump, "Adelaide": adelaide, "Lord Howe": lordHowe, "Ireland": ireland,
	"standard bias": stdBias, "Troll": troll, "Fiji since 2020": fijiSince2020, "behind": behind,
}

// TestAt holds At to instants worked out by hand.
func TestAt(t *testing.T) {
	nameless := zone(240, 0, 0, tzdef.SystemTime{}, tzdef.SystemTime{})
	absolute := zone(-120, 0, -60, tzdef.SystemTime{Year: 2011, Month: 10, Day: 30, Hour: 1}, tzdef.SystemTime{Year: 2011, Month: 4, Day: 1})
	yearly := zone(0, 0, -60, tzdef.SystemTime{Year: 1, Month: 9, Day: 22}, tzdef.SystemTime{Year: 1, Month: 3, Day: 21})
	oneSided := zone(300, 15, -60, tzdef.SystemTime{}, nth(time.March, 2, time.Sunday, 2))
	oneSided2 := zone(300, 15, -60, nth(time.March, 2, time.Sunday, 2), tzdef.SystemTime{})
	for _, c := range []struct {
		name     string
		zone     *tzdef.Definition
		instant  string
		minutes  int
		daylight bool
		rule     int
	}{
		{"TZ01", nameless, "1900-01-01T00:00:00Z", -240, false, 0},
		{"TZ01", nameless, "2024-07-01T00:00:00Z", -240, false, 0},
		{"TZ02", usEastern, "2006-10-29T05:59:59Z", -240, true, 0},
		{"TZ02", usEastern, "2006-10-29T06:00:00Z", -300, false, 0},
		{"TZ02", usEastern, "2007-03-11T06:59:59Z", -300, false, 1},
		{"TZ02", usEastern, "2007-03-11T07:00:00Z", -240, true, 1},
		{"TZ02, the boundary of the years", usEastern, "2007-01-01T04:59:59.999Z", -300, false, 0},
		{"TZ02, the boundary of the years", usEastern, "2007-01-01T05:00:00Z", -300, false, 1},
		{"TZ02, before the first rule", usEastern, "1999-07-01T00:00:00Z", -240, true, 0},
		{"TZ03", ausEastern, "2024-01-15T00:00:00Z", 660, true, 0},
		{"TZ03", ausEastern, "2024-04-06T15:59:59Z", 660, true, 0},
		{"TZ03", ausEastern, "2024-04-06T16:00:00Z", 600, false, 0},
		{"TZ03", ausEastern, "2024-10-05T15:59:59Z", 600, false, 0},
		{"TZ03", ausEastern, "2024-10-05T16:00:00Z", 660, true, 0},
		{"TZ04", india, "1970-01-01T00:00:00Z", 330, false, 0},
		{"TZ04", india, "2024-07-15T00:00:00Z", 330, false, 0},
		{"TZ05", fiji, "2021-01-10T00:00:00Z", 780, true, 0},
		{"TZ05", fiji, "2021-01-16T13:59:59Z", 780, true, 0},
		{"TZ05", fiji, "2021-01-16T14:00:00Z", 720, false, 0},
		{"TZ05", fiji, "2021-12-31T11:59:59Z", 720, false, 0},
		{"TZ05", fiji, "2021-12-31T12:00:00Z", 720, false, 1},
		{"TZ05", fiji, "2023-01-10T00:00:00Z", 720, false, 1},
		{"TZ05, no hour of standard time at new year", fiji, "2020-12-31T11:59:59.999Z", 720, false, 0},
		{"TZ05, no hour of standard time at new year", fiji, "2020-12-31T12:00:00Z", 780, true, 0},
		{"a summer over new year", fijiSince2020, "2020-12-31T10:59:59.999Z", 780, true, 0},
		{"a summer over new year", fijiSince2020, "2020-12-31T11:00:00Z", 780, true, 1},
		{"a summer over new year", fijiSince2020, "2020-12-31T11:59:59.999Z", 780, true, 1},
		{"no daylight time before July", behind, "2017-12-31T22:59:59.999Z", 60, false, 0},
		{"no daylight time before July", behind, "2017-12-31T23:00:00Z", 60, false, 1},
		{"no daylight time before July", behind, "2017-12-31T23:59:59.999Z", 60, false, 1},
		{"daylight time behind", behind, "2018-07-01T00:00:00Z", 0, true, 1},
		{"daylight time behind", behind, "2018-06-30T23:59:59.999Z", 60, false, 1},
		{"TZ06", brazil, "2017-02-19T01:59:59Z", -120, true, 0},
		{"TZ06", brazil, "2017-02-19T01:59:59.999Z", -120, true, 0},
		{"TZ06", brazil, "2017-02-19T02:00:00Z", -180, false, 0},
		{"TZ06", brazil, "2017-10-15T02:59:59.999Z", -180, false, 0},
		{"TZ06", brazil, "2017-10-15T03:00:00Z", -120, true, 0},
		{"TS01", wEurope, "2024-03-31T00:59:59Z", 60, false, 0},
		{"TS01", wEurope, "2024-03-31T01:00:00Z", 120, true, 0},
		{"TS01", wEurope, "2024-10-27T00:59:59Z", 120, true, 0},
		{"TS01", wEurope, "2024-10-27T01:00:00Z", 60, false, 0},
		{"Volgograd", volgograd, "2018-10-27T22:59:59Z", 180, true, 0},
		{"Volgograd", volgograd, "2018-10-27T23:00:00Z", 240, false, 0},
		{"Volgograd", volgograd, "2018-12-31T20:00:00Z", 240, false, 1},
		{"standard until July", midYear, "2016-01-01T00:00:00Z", 0, false, 0},
		{"standard until July", midYear, "2016-07-03T01:00:00Z", 60, true, 0},
		{"daylight to the end", midYear, "2016-12-31T22:59:59Z", 60, true, 0},
		{"the next rule", midYear, "2016-12-31T23:00:00Z", 60, false, 1},
		{"over the date line", jump, "2012-01-01T09:59:59Z", -600, true, 1},
		{"over the date line", jump, "2012-01-01T10:00:00Z", 900, true, 0},
		{"dates of one year", absolute, "2011-03-31T21:59:59Z", 120, false, 0},
		{"dates of one year", absolute, "2011-03-31T22:00:00Z", 180, true, 0},
		{"dates of one year", absolute, "2011-10-29T22:00:00Z", 120, false, 0},
		{"dates of one year", absolute, "2012-07-01T00:00:00Z", 120, false, 0},
		{"dates of one year", absolute, "2010-07-01T00:00:00Z", 120, false, 0},
		{"year 1 is every year", yearly, "2024-03-20T23:59:59Z", 0, false, 0},
		{"year 1 is every year", yearly, "2024-03-21T00:00:00Z", 60, true, 0},
		{"year 1 is every year", yearly, "1999-09-21T22:59:59Z", 60, true, 0},
		{"year 1 is every year", yearly, "1999-09-21T23:00:00Z", 0, false, 0},
		{"one date only: no daylight time, no other bias", oneSided, "2024-07-01T00:00:00Z", -300, false, 0},
		{"one date only: no daylight time, no other bias", oneSided2, "2024-07-01T00:00:00Z", -300, false, 0},
		{"a bias of standard time", stdBias, "2024-01-01T12:00:00Z", -90, false, 0},
		{"a bias of standard time", stdBias, "2024-07-01T12:00:00Z", 0, true, 0},
	} {
		got, ok := c.zone.At(utc(t, c.instant))
		require.True(t, ok)
		require.Equal(t, tzdef.Offset{Minutes: c.minutes, Daylight: c.daylight, Rule: c.rule}, got, "%s: %s", c.name, c.instant)
	}
	local := utc(t, "2024-07-01T00:00:00Z").In(time.FixedZone("elsewhere", 5*3600))
	got, _ := usEastern.At(local)
	require.Equal(t, tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1}, got, "the location of the instant does not matter")
}

func TestRuleIn(t *testing.T) {
	years := func(y ...uint16) *tzdef.Definition {
		d := new(tzdef.Definition)
		for _, y := range y {
			d.Rules = append(d.Rules, tzdef.TZRule{Year: y})
		}
		return d
	}
	for _, c := range []struct {
		d    *tzdef.Definition
		year int
		want int
	}{
		{years(), 2000, -1},
		{years(2000), 1999, 0},
		{years(2000), 2000, 0},
		{years(2000), 9999, 0},
		{years(2000, 2005), 2004, 0},
		{years(2000, 2005), 2005, 1},
		{years(2005, 2000), 2004, 1},
		{years(2005, 2000), 2005, 0},
		{years(2005, 2000), 1990, 1},
		{years(2000, 2000), 2001, 1},       // of two, the last
		{years(2000, 2000), 1999, 0},       // before all, the first of the least
		{years(2003, 2001, 2001), 1999, 1}, // as if sorted stably
		{years(2003, 2001, 2001), 2002, 2},
		{years(0), -5, 0},
		{years(65535), 2024, 0},
	} {
		require.Equal(t, c.want, c.d.RuleIn(c.year), "%v in %d", c.d.Rules, c.year)
	}
}

func TestNoRules(t *testing.T) {
	d := tzdef.New("UTC")
	off, ok := d.At(time.Unix(0, 0))
	require.False(t, ok)
	require.Zero(t, off)
	off, kind := d.AtLocal(time.Unix(0, 0))
	require.Equal(t, tzdef.None, kind)
	require.Zero(t, off)
	r, ok := d.Effective()
	require.False(t, ok)
	require.Nil(t, r)
}

func TestKindString(t *testing.T) {
	require.Equal(t, []string{"none", "unique", "gap", "overlap"},
		[]string{tzdef.None.String(), tzdef.Unique.String(), tzdef.Gap.String(), tzdef.Overlap.String()})
}

// TestEffective compares the two readings of a definition: by year, and by the effective rule alone.
func TestEffective(t *testing.T) {
	r, ok := usEastern.Effective()
	require.True(t, ok)
	require.Same(t, &usEastern.Rules[1], r)
	// 20 March 2006: standard time by the rule of 2006, daylight time by that of 2007.
	at := utc(t, "2006-03-20T12:00:00Z")
	byYear, _ := usEastern.At(at)
	require.Equal(t, tzdef.Offset{Minutes: -300}, byYear)
	require.Equal(t, tzdef.Offset{Minutes: -240, Daylight: true}, r.At(at))
	off, kind := r.AtLocal(utc(t, "2006-03-12T02:30:00Z"))
	require.Equal(t, tzdef.Gap, kind)
	require.Equal(t, tzdef.Offset{Minutes: -300}, off)

	two := &tzdef.Definition{Rules: []tzdef.TZRule{{Flags: 2}, {Flags: 3}, {Flags: 1}}}
	r, _ = two.Effective()
	require.Same(t, &two.Rules[1], r, "of several the last")
}

// TestAbsurdBiases tries biases no zone has on instants no calendar has. Nothing may panic or hang, and where there is
// no daylight time the arithmetic is exact.
func TestAbsurdBiases(t *testing.T) {
	biases := []int32{math.MinInt32, math.MinInt32 + 1, -1 << 20, -1440, 0, 1440, 1 << 20, math.MaxInt32}
	instants := []time.Time{{}, time.Unix(0, 0), time.Unix(1<<33, 0), time.Unix(-1<<36, 0), time.Unix(1<<62, 0), time.Unix(-1<<62, 0),
		time.Unix(math.MaxInt64, 0), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(-9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	dates := []tzdef.SystemTime{{}, nth(time.March, 5, time.Sunday, 2), nth(time.October, 1, time.Saturday, 23),
		{Year: 1, Month: 2, Day: 29}, {Year: 2024, Month: 2, Day: 29}, {Year: 65535, Month: 65535, Day: 65535, Hour: 65535, Milliseconds: 65535},
		{Month: 12, Day: 5, DayOfWeek: 6, Hour: 23, Minute: 59, Second: 59, Milliseconds: 999}}
	for _, bias := range biases {
		for _, other := range biases {
			for i, standard := range dates {
				d := zone(bias, other, -other, standard, dates[(i+3)%len(dates)])
				d.Rules = append(d.Rules, tzdef.TZRule{Year: 65535, Bias: other})
				for _, at := range instants {
					off, ok := d.At(at)
					require.True(t, ok)
					_, kind := d.AtLocal(at)
					require.NotEqual(t, tzdef.None, kind)
					d.Rules[0].At(at)
					d.Rules[0].AtLocal(at)
					if off.Rule == 0 && i == 0 && strconv.IntSize == 64 {
						require.EqualValues(t, -int64(bias), off.Minutes)
					}
				}
			}
		}
	}
}
