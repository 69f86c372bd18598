package recur_test

import (
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// firstDateTime returns what Normalize makes of FirstDateTime, after a look at what Validate says of another value.
func firstDateTime(t *testing.T, p recur.RecurrencePattern) recur.RTime {
	p.FirstDateTime = 7 // no period begins there
	found := slices.ContainsFunc(p.Validate(), hasCode(recur.FirstDateTime))
	p.Normalize()
	require.Equal(t, p.FirstDateTime != 7, found, "Validate misses it exactly where Normalize can set it")
	require.False(t, slices.ContainsFunc(p.Validate(), hasCode(recur.FirstDateTime)))
	return p.FirstDateTime
}

func TestFirstDateTime(t *testing.T) {
	noWeekday := hj(bare(recur.MonthNth, "2024-03-15", 1))
	noWeekday.DaysOfWeek, noWeekday.N = 0x80, 1
	for name, c := range map[string]struct {
		p    recur.RecurrencePattern
		want recur.RTime // 7 where it is not known
	}{
		// The examples of the specification, and what implementers have seen.
		"every third day":              {days("2011-04-07", 3*1440), 1440},
		"every second week":            {weeks("2010-10-28", 2, recur.Sunday), 8640},
		"every second month":           {months("2012-08-30", 2), at(t, "1601-02-01")},
		"a year":                       {months("2011-04-07", 12), at(t, "1601-04-01")},
		"every second year":            {months("2024-04-15", 24), at(t, "1602-04-01")},
		"Hebrew year, 3 Nisan 5768":    {in(recur.CalHebrew, months("2008-04-08", 12), 3), 685440},
		"Hebrew year, 18 Iyar 5771":    {in(recur.CalHebrew, months("2011-05-22", 12), 18), 727200},
		"Hebrew year, 2 Tishrei 5777":  {in(recur.CalHebrew, months("2016-10-04", 12), 2), at(t, "1601-09-27")},
		"Hijri year, 2 Ramadan 1445":   {in(recur.CalHijri, months("2024-03-11", 12), 2), 600480},
		"Hijri year by another name":   {hj(in(recur.CalDefault, months("2024-03-11", 12), 2)), 600480},
		"Hijri year by both":           {hj(in(recur.CalHijri, months("2024-03-11", 12), 2)), 600480},
		"every day of 1601":            {days("1601-01-01", 1440), 0},
		"the start has a time of day":  {days("2011-04-07T23:59", 3*1440), 1440},
		"every week":                   {weeks("2024-03-04", 1, recur.Sunday), 8640},
		"every week, Monday first":     {weeks("2024-03-04", 1, recur.Monday), 0},
		"the first week of 1601":       {weeks("1601-01-02", 1, recur.Sunday), 8640},
		"the first fortnight of 1601":  {weeks("1601-01-02", 2, recur.Sunday), 20160 - 1440},
		"Sunday of a week from Monday": {weeks("2024-03-10", 2, recur.Monday), 0},
		"Sunday of a week from Sunday": {weeks("2024-03-10", 2, recur.Sunday), 8640},
		"a Thai year":                  {in(recur.CalThai, months("2011-04-07", 12), 7), at(t, "1601-04-01")},
		"a year ago":                   {months("1601-12-31", 12), at(t, "1601-12-01")},
		"2^32-1 months":                {months("2024-04-15", 1<<32-1), at(t, "2024-04-01")},

		"no days":                       {days("2011-04-07", 0), 7},
		"half days":                     {days("2011-04-07", 720), 7},
		"no weeks":                      {weeks("2011-04-07", 0, 0), 7},
		"weeks from no day":             {weeks("2011-04-07", 1, 7), 7},
		"2^32-1 weeks":                  {weeks("1601-01-01", 1<<32-1, recur.Sunday), 7},
		"no months":                     {months("2011-04-07", 0), 7},
		"Hijri, another day":            {in(recur.CalHijri, months("2024-03-11", 12), 3), 7},
		"Hijri, no day":                 {in(recur.CalHijri, months("2024-03-11", 12), 0), 7},
		"Hijri, too early":              {in(recur.CalHijri, months("1601-06-30", 12), 29), 7},
		"Hebrew, too early":             {in(recur.CalHebrew, months("1601-09-26", 12), 29), 7},
		"Hijri pattern, Thai calendar":  {hj(in(recur.CalThai, months("2024-03-11", 12), 2)), 7},
		"Umm al-Qura":                   {in(recur.CalUmAlQura, months("2024-03-11", 12), 1), 7},
		"Chinese":                       {in(recur.CalChineseLunar, months("2024-02-10", 12), 1), 7},
		"Hijri, no weekday":             {noWeekday, 7},
		"an unknown calendar":           {in(0xD, months("2024-02-10", 12), 10), 7},
		"unknown calendar, every month": {in(0xD, months("2024-02-10", 1), 10), 7},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, firstDateTime(t, c.p)) })
	}
	for k, minutes := range []recur.RTime{0, 44640, 84960, 129600, 172800, 217440, 260640, 305280, 349920, 393120, 437760, 480960, 525600} {
		p := months("2001-01-31", 13)
		p.StartDate, _ = recur.RTimeOf(time.Date(1601+13*50, time.Month(1+k), 28, 0, 0, 0, 0, time.UTC))
		require.Equal(t, minutes, firstDateTime(t, p))
	}
}

// days, weeks and months are patterns with next to nothing in them.
func days(start string, period uint32) recur.RecurrencePattern {
	return bare(recur.Day, start, period)
}

func weeks(start string, period uint32, first recur.Weekday) recur.RecurrencePattern {
	p := bare(recur.Week, start, period)
	p.DaysOfWeek, p.FirstDOW = recur.AnyDay, first
	return p
}

func months(start string, period uint32) recur.RecurrencePattern {
	p := bare(recur.Month, start, period)
	_, _, d := p.StartDate.Date()
	p.DayOfMonth = uint32(d)
	return p
}

func bare(kind recur.PatternType, start string, period uint32) recur.RecurrencePattern {
	p := recur.RecurrencePattern{PatternType: kind, Period: period, EndType: recur.EndNever}
	if len(start) == len("2006-01-02") {
		start += "T00:00"
	}
	if err := p.StartDate.UnmarshalText([]byte(start)); err != nil {
		panic(err)
	}
	return p
}

func in(c recur.CalendarType, p recur.RecurrencePattern, day uint32) recur.RecurrencePattern {
	p.CalendarType, p.DayOfMonth = c, day
	return p
}

func hj(p recur.RecurrencePattern) recur.RecurrencePattern {
	p.PatternType += recur.HjMonth - recur.Month
	return p
}

// moon is a month of a calendar that goes by the moon.
type moon struct {
	first             recur.RTime
	days, year, month int // month 0 is the first
	leap              bool
}

// hijriMoons returns the months of the tabular calendar, counted from 18 July 622 on a day at a time.
func hijriMoons() iter.Seq[moon] {
	return func(yield func(moon) bool) {
		day := time.Date(622, 7, 18, 0, 0, 0, 0, time.UTC)
		minutes := int64(0)
		for year := 1; ; year++ {
			leap := slices.Contains([]int{2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}, year%30)
			for month := range 12 {
				n := 30 - month%2
				if month == 11 && leap {
					n = 30
				}
				if day.Year() >= 1601 {
					if minutes == 0 {
						minutes = int64(day.YearDay()-1) * 1440
					}
					if !yield(moon{recur.RTime(minutes), n, year, month, leap}) {
						return
					}
					minutes += int64(n) * 1440
				}
				day = day.AddDate(0, 0, n)
			}
		}
	}
}

// hebrewMoons returns the months of the Hebrew calendar that begin since 1601. Its first moon was on a Monday, 5 hours and
// 204 of 1080 parts after the evening before; the mean moon goes on by 29 days, 12 hours and 793 parts a month. When a
// year begins is put off by the four rules as they are taught; how long its months are follows from when the next begins.
func hebrewMoons() iter.Seq[moon] {
	const (
		hour, day = 1080, 24 * 1080
		lunation  = 29*day + 12*hour + 793
	)
	sunday := time.Date(-3760, 9, 6, 0, 0, 0, 0, time.UTC) // 6 October 3761 BCE in the Julian calendar; all is counted from here
	reference := time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)
	since := (reference.Unix() - sunday.Unix()) / 86400
	leap := func(y int) bool { return slices.Contains([]int{0, 3, 6, 8, 11, 14, 17}, y%19) }
	moonsIn := func(y int) int64 {
		if leap(y) {
			return 13
		}
		return 12
	}
	newYear := func(y int, molad int64) int64 {
		d, part := molad/day, molad%day
		switch weekday := d % 7; { // Sunday is 0
		case part >= 18*hour: // an old moon
			d++
		case weekday == 2 && part >= 9*hour+204 && !leap(y): // Tuesday of a common year
			d++
		case weekday == 1 && part >= 15*hour+589 && leap(y-1): // Monday after a leap year
			d++
		}
		if weekday := d % 7; weekday == 0 || weekday == 3 || weekday == 5 {
			d++
		}
		return d
	}
	return func(yield func(moon) bool) {
		molad := int64(day + 5*hour + 204)
		for year := 1; ; year++ {
			next := molad + moonsIn(year)*lunation
			first, end := newYear(year, molad), newYear(year+1, next)
			molad = next
			for i, n := range hebrewYear(int(end-first), leap(year)) {
				if first >= since && !yield(moon{recur.RTime((first - since) * 1440), n, year, i, leap(year)}) {
					return
				}
				first += int64(n)
			}
		}
	}
}

// hebrewYear returns how long the months of a year are, which can be of three lengths.
func hebrewYear(length int, leap bool) []int {
	year := map[int][]int{
		353: {30, 29, 29, 29, 30, 29, 30, 29, 30, 29, 30, 29},
		354: {30, 29, 30, 29, 30, 29, 30, 29, 30, 29, 30, 29},
		355: {30, 30, 30, 29, 30, 29, 30, 29, 30, 29, 30, 29},
	}
	if leap {
		return slices.Insert(slices.Clone(year[length-30]), 5, 30)
	}
	return year[length]
}

// TestCalendarsByCounting compares the first and last days of every month until the clock ends with a calendar that is
// only counted, and FirstDateTime of every month with the formula on that calendar.
func TestCalendarsByCounting(t *testing.T) {
	for _, c := range []struct {
		kind  recur.CalendarType
		first recur.RTime // month 0
		moons iter.Seq[moon]
		years int // of 12 months each, as patterns count
	}{
		{recur.CalHijri, at(t, "1601-07-01"), hijriMoons(), 1010},
		{recur.CalHebrew, at(t, "1601-09-27"), hebrewMoons(), 5362},
	} {
		t.Run(c.kind.String(), func(t *testing.T) {
			var all []moon
			for m := range c.moons {
				if m.first > 1<<32-60*1440 { // near the end of the clock
					break
				}
				if m.first >= c.first {
					all = append(all, m)
				}
			}
			require.Equal(t, moon{c.first, 30, c.years, 0, false}, all[0])
			require.Greater(t, len(all), 100_000)

			p := in(c.kind, bare(recur.Month, "1601-01-01", 1), 1)
			p.StartDate = c.first
			firsts, err := p.Instances(time.Time{})
			require.NoError(t, err)
			p.PatternType, p.StartDate = recur.MonthEnd, c.first+29*1440
			lasts, err := p.Instances(time.Time{})
			require.NoError(t, err)
			i := 0
			for got := range firsts {
				if i == len(all) {
					break
				}
				require.Equal(t, all[i].first, got.Start, "%+v", all[i])
				i++
			}
			i = 0
			for got := range lasts {
				if i == len(all) {
					break
				}
				require.Equal(t, all[i].first+recur.RTime(all[i].days-1)*1440, got.Start, "%+v", all[i])
				i++
			}

			p.PatternType = recur.Month
			for i, m := range all {
				p.StartDate, p.DayOfMonth = m.first+recur.RTime(i%m.days)*1440, uint32(1+i%m.days)
				p.Period = uint32(1 + i%40)
				k := ((m.year-c.years)*12 + m.month) % int(p.Period)
				p.FirstDateTime = 1
				p.Normalize()
				require.Equal(t, all[k].first, p.FirstDateTime, "%+v every %d months", m, p.Period)
			}
		})
	}
}

// TestCalendarAnchors is about dates that calendars have in print.
func TestCalendarAnchors(t *testing.T) {
	for name, c := range map[string]struct {
		p    recur.RecurrencePattern
		want string
	}{
		"Rosh Hashanah":                 {in(recur.CalHebrew, months("2016-10-03", 12), 1), "2016-10-03 2017-09-21 2018-09-10 2019-09-30 2020-09-19 2021-09-07 2022-09-26 2023-09-16 2024-10-03"},
		"25 Kislev":                     {in(recur.CalHebrew, months("2019-12-23", 12), 25), "2019-12-23 2020-12-11 2021-11-29 2022-12-19 2023-12-08 2024-12-26"},
		"15 Shevat, every second year":  {in(recur.CalHebrew, months("2020-02-10", 24), 15), "2020-02-10 2022-01-17 2024-01-25"},
		"every Hebrew month from Nisan": {in(recur.CalHebrew, months("2024-04-23", 1), 15), "2024-04-23 2024-05-23 2024-06-21 2024-07-21"},
		"every month over Adar I":       {in(recur.CalHebrew, months("2024-01-25", 1), 15), "2024-01-25 2024-02-24 2024-03-25 2024-04-23"},
		"30 Heshvan where there is one": {in(recur.CalHebrew, months("2019-11-28", 12), 30), "2019-11-28 2020-11-16 2021-11-04 2022-11-24"},
		"2 Ramadan":                     {hj(in(recur.CalDefault, months("2024-03-11", 12), 2)), "2024-03-11 2025-03-01 2026-02-18 2027-02-08"},
		"30 of every Hijri month":       {in(recur.CalHijri, months("2023-08-16", 1), 30), "2023-08-16 2023-09-14 2023-10-14 2023-11-12"},
		"the last day of Hijri years":   {hj(in(recur.CalHijri, bare(recur.MonthEnd, "2023-07-17", 12), 30)), "2023-07-17 2024-07-06 2025-06-25"},
	} {
		t.Run(name, func(t *testing.T) {
			want := words(c.want)
			require.Equal(t, want, list(t, &c.p, "", len(want)))
		})
	}
	first := hj(bare(recur.MonthNth, "2024-03-15", 1)) // the first Friday of Ramadan
	first.DaysOfWeek, first.N = 0x20, 1
	require.Equal(t, words("2024-03-15 2024-04-12 2024-05-10"), list(t, &first, "", 3))
}

// TestCalendarNotComputed is about months that may be others where the pattern was written.
func TestCalendarNotComputed(t *testing.T) {
	phase := in(recur.CalHebrew, months("2024-10-03", 12), 1)
	phase.FirstDateTime = at(t, "1601-10-27") // 1 Heshvan 5362
	nth := hj(bare(recur.MonthNth, "2026-01-02", 1))
	nth.DaysOfWeek, nth.N = 0x20, 1
	for name, c := range map[string]struct {
		p    recur.RecurrencePattern
		want string
	}{
		"a year of Nisan": {in(recur.CalHebrew, months("2008-04-08", 12), 3),
			"StartDate: is 2008-04-08T00:00:00, behind Shevat: which month that is in other years of CAL_HEBREW, of 12 months or 13, is not known"},
		"a year of Adar": {in(recur.CalHebrew, months("2023-02-22", 12), 1),
			"StartDate: is 2023-02-22T00:00:00, behind Shevat: which month that is in other years of CAL_HEBREW, of 12 months or 13, is not known"},
		"every second month": {in(recur.CalHebrew, months("2024-10-03", 2), 1),
			"Period: is 2 months of CAL_HEBREW, whose years have 12 or 13: how they are counted is not known"},
		"every half year": {in(recur.CalHebrew, months("2024-10-03", 6), 1),
			"Period: is 6 months of CAL_HEBREW, whose years have 12 or 13: how they are counted is not known"},
		"another Hebrew day": {in(recur.CalHebrew, months("2024-10-03", 12), 2),
			"StartDate: is 2024-10-03T00:00:00, which is no day of the pattern by the arithmetic of CAL_HEBREW that is known here: the writer had another"},
		"another Hebrew phase": {phase,
			"StartDate: is 2024-10-03T00:00:00, which is no day of the pattern by the arithmetic of CAL_HEBREW that is known here: the writer had another"},
		"Hijri, shifted by a day": {hj(in(recur.CalDefault, months("2024-03-12", 12), 2)),
			"StartDate: is 2024-03-12T00:00:00, which is no day of the pattern by the arithmetic of CAL_HIJRI that is known here: the writer had another"},
		"no first Friday of Rajab": {nth,
			"StartDate: is 2026-01-02T00:00:00, which is no day of the pattern by the arithmetic of CAL_HIJRI that is known here: the writer had another"},
		"before all years": {in(recur.CalHijri, months("1601-06-30", 12), 29),
			"StartDate: is 1601-06-30T00:00:00, before the first year of CAL_HIJRI since 1601"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.p.Instances(time.Time{})
			require.EqualError(t, err, "recur: "+c.want+" (recur.calendar-not-computed)")
		})
	}
}
