package tzdef_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

func TestSystemTimeString(t *testing.T) {
	for _, c := range []struct {
		date tzdef.SystemTime
		want string
	}{
		{tzdef.SystemTime{}, "none"},
		{tzdef.SystemTime{Year: 2024, Day: 3}, "none"},
		{nth(time.March, 1, time.Sunday, 2), "first Sunday of March at 02:00"},
		{nth(time.December, 2, time.Monday, 23), "second Monday of December at 23:00"},
		{nth(time.January, 3, time.Tuesday, 0), "third Tuesday of January at 00:00"},
		{nth(time.March, 4, time.Friday, 2), "fourth Friday of March at 02:00"},
		{nth(time.October, 5, time.Saturday, 2), "last Saturday of October at 02:00"},
		{lastMillisecond(time.October, 5, time.Wednesday), "last Wednesday of October at 23:59:59.999"},
		{tzdef.SystemTime{Month: 1, Day: 1, DayOfWeek: 4, Second: 7}, "first Thursday of January at 00:00:07"},
		{tzdef.SystemTime{Month: 1, Day: 1, Milliseconds: 45}, "first Sunday of January at 00:00:00.045"},
		{tzdef.SystemTime{Year: 2011, Month: 4, Day: 1, DayOfWeek: 999, Hour: 1, Minute: 2}, "2011-04-01 at 01:02"},
		{tzdef.SystemTime{Year: 1, Month: 4, Day: 30}, "every 30 April at 00:00"},
		{tzdef.SystemTime{Year: 1, Month: 2, Day: 29}, "every 29 February at 00:00"},
		{tzdef.SystemTime{Year: 2024, Month: 2, Day: 29}, "2024-02-29 at 00:00"},
		{tzdef.SystemTime{Year: 2023, Month: 2, Day: 29}, "no date: 2023 2 0 29 0 0 0 0"},
		{tzdef.SystemTime{Year: 1, Month: 2, Day: 30}, "no date: 1 2 0 30 0 0 0 0"},
		{tzdef.SystemTime{Year: 2011, Month: 4, Day: 31}, "no date: 2011 4 0 31 0 0 0 0"},
		{tzdef.SystemTime{Year: 2011, Month: 13, Day: 1}, "no date: 2011 13 0 1 0 0 0 0"},
		{tzdef.SystemTime{Month: 4, Day: 6}, "no date: 0 4 0 6 0 0 0 0"},
		{tzdef.SystemTime{Month: 4, Day: 0}, "no date: 0 4 0 0 0 0 0 0"},
		{tzdef.SystemTime{Month: 4, Day: 1, DayOfWeek: 7}, "no date: 0 4 7 1 0 0 0 0"},
		{tzdef.SystemTime{Month: 4, Day: 1, Hour: 24, Minute: 60, Second: 60, Milliseconds: 1000}, "no date: 0 4 0 1 24 60 60 1000"},
	} {
		require.Equal(t, c.want, c.date.String())
	}
}

// TestImpossibleDay is about days that no such month has: they are reported, not moved into the next month.
func TestImpossibleDay(t *testing.T) {
	s := tzdef.TZStruct{DaylightBias: -60, StandardYear: 2011, DaylightYear: 2011,
		StandardDate: tzdef.SystemTime{Year: 2011, Month: 9, Day: 31}, DaylightDate: tzdef.SystemTime{Year: 2011, Month: 2, Day: 29}}
	found := s.Validate()
	require.Len(t, found, 2)
	require.Equal(t, "stStandardDate.wDay at 0x0014: is 31, must be 1 to 30 (tzdef.bad-transition-date)", found[0].Error())
	require.Equal(t, "stDaylightDate.wDay at 0x0026: is 29, must be 1 to 28 (tzdef.bad-transition-date)", found[1].Error())
	rule := s.Rule()
	for month := range 12 {
		require.Equal(t, tzdef.Offset{}, rule.At(time.Date(2011, time.Month(month+1), 15, 0, 0, 0, 0, time.UTC)))
	}
}

// TestHalfBadDates is about rules one of whose dates no calendar has: as where it is missing, there is no daylight time,
// and above all no change of the clock at new year.
func TestHalfBadDates(t *testing.T) {
	good := nth(time.March, 5, time.Sunday, 2)
	for _, bad := range []tzdef.SystemTime{{Month: 13, Day: 1}, {Month: 10, Day: 6}, {Month: 10, Day: 5, Hour: 24}, {Year: 2024, Month: 2, Day: 30}} {
		for _, d := range []*tzdef.Definition{zone(-60, 0, -60, bad, good), zone(-60, 0, -60, good, bad)} {
			require.NotEmpty(t, d.Validate())
			for at := time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2025; at = at.Add(6 * time.Hour) {
				off, _ := d.At(at)
				require.Equal(t, tzdef.Offset{Minutes: 60}, off, "%s by %v", at, d.Rules[0])
			}
		}
	}
}

// TestMeaning is about the words beside values in an inspection.
func TestMeaning(t *testing.T) {
	text := func(d *tzdef.Definition, path string) string {
		_, r := tzdef.Inspect(mustMarshal(t, d))
		return fieldAt(t, r, path).Text
	}
	rule := func(r tzdef.TZRule) *tzdef.Definition {
		r.MajorVersion, r.MinorVersion, r.Reserved = 2, 1, 62
		return &tzdef.Definition{Reserved: 2, Rules: []tzdef.TZRule{r}}
	}
	for bias, want := range map[int32]string{0: "UTC+00:00", -330: "UTC+05:30", 30: "UTC-00:30", 59: "UTC-00:59", 61: "UTC-01:01", -765: "UTC+12:45",
		600: "UTC-10:00", 599: "UTC-09:59", -6000: "UTC+100:00", -1 << 31: "UTC+35791394:08", 1<<31 - 1: "UTC-35791394:07"} {
		require.Equal(t, want, text(rule(tzdef.TZRule{Bias: bias}), "TZRules[0].lBias"))
	}
	for x, want := range map[[14]byte]string{
		{}:                       "",
		{0: 1, 4: 1}:             "the rest of a SYSTEMTIME: 1 January",
		{0: 12, 2: 6, 4: 31}:     "the rest of a SYSTEMTIME: 31 December",
		{0: 1, 4: 1, 13: 1}:      "the rest of a SYSTEMTIME: 1 January", // 256 milliseconds
		{0: 1, 2: 7, 4: 1}:       "",
		{0: 13, 4: 1}:            "",
		{0: 2, 4: 30}:            "",
		{4: 1}:                   "",
		{0: 1, 4: 1, 12: 0xFF}:   "the rest of a SYSTEMTIME: 1 January",
		{0: 1, 4: 1, 13: 0xFF}:   "",
		{0: 1, 4: 1, 6: 24}:      "",
		{0: 0xFF, 1: 0xFF, 4: 1}: "",
	} {
		d := rule(tzdef.TZRule{X: x})
		require.Equal(t, want, text(d, "TZRules[0].X"), "%x", x)
		unknown := slices.ContainsFunc(d.Validate(), func(f diag.Finding) bool { return f.Code == tzdef.UnknownX })
		require.Equal(t, want == "" && x != [14]byte{}, unknown, "%x", x)
	}
	require.Equal(t, "", text(rule(tzdef.TZRule{}), "TZRules[0].flags"))
	require.Equal(t, "TZRULE_FLAG_EFFECTIVE_TZREG | 0x0100", text(rule(tzdef.TZRule{Flags: 0x0102}), "TZRules[0].flags"))
	date := rule(tzdef.TZRule{StandardDate: nth(time.December, 1, time.Saturday, 1), DaylightDate: tzdef.SystemTime{Month: 13, DayOfWeek: 7}})
	require.Equal(t, "December", text(date, "TZRules[0].stStandardDate.wMonth"))
	require.Equal(t, "Saturday", text(date, "TZRules[0].stStandardDate.wDayOfWeek"))
	require.Equal(t, "", text(date, "TZRules[0].stDaylightDate.wMonth"))
	require.Equal(t, "", text(date, "TZRules[0].stDaylightDate.wDayOfWeek"))
	for reserved, want := range map[uint16]string{0: "", 1: "TZDEFINITION_FLAG_VALID_GUID", 2: "TZDEFINITION_FLAG_VALID_KEYNAME",
		0x8003: "TZDEFINITION_FLAG_VALID_GUID | TZDEFINITION_FLAG_VALID_KEYNAME | 0x8000"} {
		require.Equal(t, want, text(&tzdef.Definition{Reserved: reserved}, "Reserved"))
	}
	require.Equal(t, "{00000000-0000-0000-0000-000000000000}", text(&tzdef.Definition{Reserved: 1}, "guid"))
}

func TestLayout(t *testing.T) {
	require.Equal(t, "none REG_TZI_FORMAT TIME_ZONE_INFORMATION DYNAMIC_TIME_ZONE_INFORMATION layout(4)",
		strings.Join([]string{tzdef.NoLayout.String(), tzdef.RegTZI.String(), tzdef.TZI.String(), tzdef.DynamicTZI.String(), tzdef.Layout(4).String()}, " "))
}

// TestInformationSizes gives every length up to a little more than the longest.
func TestInformationSizes(t *testing.T) {
	for n := range 450 {
		b := make([]byte, n)
		i, err := tzdef.DecodeInformation(b)
		switch n {
		case 44, 172, 432:
			require.NoError(t, err)
			require.Equal(t, map[int]tzdef.Layout{44: tzdef.RegTZI, 172: tzdef.TZI, 432: tzdef.DynamicTZI}[n], i.Layout)
			continue
		}
		require.Nil(t, i)
		if n < 44 {
			require.ErrorIs(t, err, tzdef.Truncated, "%d bytes", n)
		} else {
			require.ErrorIs(t, err, tzdef.InformationSize, "%d bytes", n)
		}
		require.Equal(t, n == 48, strings.Contains(err.Error(), "PidLidTimeZoneStruct"), "%d bytes", n)
		got, r := tzdef.InspectInformation(b)
		require.Equal(t, &tzdef.Information{}, got)
		require.Equal(t, diag.Fatal, r.Max())
		informationLaws.Check(t, b)
	}
}

func TestInformationNames(t *testing.T) {
	i := &tzdef.Information{Layout: tzdef.DynamicTZI, Bias: -60, DaylightBias: -60,
		StandardDate: nth(time.October, 5, time.Sunday, 3), DaylightDate: nth(time.March, 5, time.Sunday, 2)}
	copy(i.StandardName[:], "M\x00E\x00Z\x00")
	for n := range i.DaylightName {
		i.DaylightName[n] = 'x' * byte((n+1)%2) // no terminator
	}
	copy(i.TimeZoneKeyName[:], "\x00\xd8")
	require.Equal(t, "MEZ", i.StandardName.String())
	require.Equal(t, strings.Repeat("x", 32), i.DaylightName.String())
	require.Equal(t, "\xed\xa0\x80", i.TimeZoneKeyName.String())
	found := i.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], tzdef.IllFormedText)
	require.Equal(t, diag.Span{Offset: 172, Len: 2}, found[0].Span)
	r := i.Rule()
	require.Equal(t, wEurope.Rules[0], r)
}

// TestStructRule compares the two properties of one zone.
func TestStructRule(t *testing.T) {
	s := tzdef.TZStruct{Bias: 300, StandardBias: 1, DaylightBias: -60, StandardDate: nth(time.November, 1, time.Sunday, 2), DaylightDate: nth(time.March, 2, time.Sunday, 2)}
	r := s.Rule()
	require.Equal(t, tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: tzdef.EffectiveTZReg, Year: 1601, Bias: 300, StandardBias: 1, DaylightBias: -60,
		StandardDate: s.StandardDate, DaylightDate: s.DaylightDate}, r)
	require.Equal(t, -301, r.Standard())
	minutes, ok := r.Daylight()
	require.Equal(t, -240, minutes)
	require.True(t, ok)
	r.DaylightDate = tzdef.SystemTime{}
	require.Equal(t, -300, r.Standard(), "without daylight time there is only one bias")
	_, ok = r.Daylight()
	require.False(t, ok)
	require.Empty(t, tzdef.New("X", s.Rule()).Validate())
}

func TestIANA(t *testing.T) {
	for key, want := range map[string]string{
		"Eastern Standard Time":          "America/New_York",
		"eastern STANDARD time":          "America/New_York",
		"Eastern Daylight Time":          "America/New_York",
		"EASTERN daylight TIME":          "America/New_York",
		"W. Europe Standard Time":        "Europe/Berlin",
		"UTC":                            "Etc/UTC",
		"utc":                            "Etc/UTC",
		"UTC-11":                         "Etc/GMT+11",
		"India Standard Time":            "Asia/Calcutta",
		"Eastern Standard Time ":         "",
		" Daylight Time":                 "",
		"Nowhere Daylight Time":          "",
		"Eastern Daylight":               "",
		"":                               "",
		"America/New_York":               "",
		"Kamchatka Standard Time\x00":    "",
		"Eastern Standard Time Standard": "",
	} {
		got, ok := tzdef.IANA(key)
		require.Equal(t, want, got, key)
		require.Equal(t, want != "", ok, key)
	}
}

// TestEveryZoneName decodes every key name of Windows in its own spelling and in others, into fresh values and used ones:
// a look-up must never give another name than the one that stands in the blob.
func TestEveryZoneName(t *testing.T) {
	var used tzdef.Definition
	n := 0
	for _, key := range windowsKeys(t) {
		n++
		iana, ok := tzdef.IANA(key)
		require.True(t, ok, key)
		loc, err := time.LoadLocation(iana)
		require.NoError(t, err, "%s: %s", key, iana)
		require.Equal(t, iana, loc.String())
		units := utf16.Encode([]rune(key))
		for i := -1; i < len(units); i++ { // as it is, and with one unit changed
			for _, bit := range []uint16{1, 1 << 5, 1 << 9} {
				changed := slices.Clone(units)
				if i >= 0 {
					changed[i] ^= bit
				}
				name := string(utf16.Decode(changed))
				b := mustMarshal(t, tzdef.New(name))
				require.NoError(t, used.UnmarshalBinary(b))
				require.Equal(t, name, used.KeyName)
			}
		}
		for cut := range len(key) {
			b := mustMarshal(t, tzdef.New(key[cut:]))
			require.NoError(t, used.UnmarshalBinary(b))
			require.Equal(t, key[cut:], used.KeyName)
			b = mustMarshal(t, tzdef.New(key[:cut]))
			require.NoError(t, used.UnmarshalBinary(b))
			require.Equal(t, key[:cut], used.KeyName)
		}
	}
	require.GreaterOrEqual(t, n, 139, "zones of CLDR")
}

func TestSmartView(t *testing.T) {
	d := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 8, Reserved: 2, KeyName: "a\x01\t\u0085\u00a0\xed\xa0\x80é%s\x00z",
		Rules: []tzdef.TZRule{{Flags: 0x8003, Year: 1601}, {Flags: 0x0010, Bias: -60}, {}}, Trailing: []byte{0xAB, 0xCD}}
	lines := strings.Split(string(d.AppendSmartView(nil)), "\r\n")
	require.Equal(t, "Time Zone Definition", lines[0])
	require.Equal(t, "\tcchKeyName = 0x000B (11)", lines[5])
	require.Equal(t, "\tszKeyName = a.\t.\u00a0\xed\xa0\x80é%s", lines[6])
	require.Equal(t, "\tTZRule[0x0]", lines[8])
	require.Contains(t, lines, "\t\twTZRuleFlags = 0x8003 = TZRULE_FLAG_RECUR_CURRENT_TZREG | TZRULE_FLAG_EFFECTIVE_TZREG | 0x8000")
	require.Contains(t, lines, "\t\twTZRuleFlags = 0x0010 = 0x10")
	require.Contains(t, lines, "\t\twTZRuleFlags = 0x0000 = 0x0")
	require.Contains(t, lines, "\t\tlBias = 0xFFFFFFC4 (-60)")
	require.Equal(t, []string{"\tUnparsed data size = 0x00000002", "\t\tcb: 2 lpb: ABCD"}, lines[len(lines)-2:])

	nameless := strings.Split(string((&tzdef.Definition{}).AppendSmartView(nil)), "\r\n")
	require.Equal(t, []string{"\tcRules = 0x0000 (0)"}, nameless[5:], "without its flag there is no cchKeyName")
	require.Equal(t, "x", string((&tzdef.Definition{KeyName: "no flag"}).AppendSmartView([]byte("x"))), "what is no blob has no text")
	s := strings.Split(string((&tzdef.TZStruct{DaylightYear: 1, Trailing: []byte{1}}).AppendSmartView(nil)), "\r\n")
	require.Equal(t, "\twDaylightDate = 0x0001 (1)", s[14])
	require.Equal(t, "\t\tcb: 1 lpb: 01", s[len(s)-1])
}

// windowsKeys returns the key names of CLDR's table, from the file the package's own table is made of.
func windowsKeys(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("gen/windowszones.tsv")
	require.NoError(t, err)
	var keys []string
	for line := range strings.Lines(string(data)) {
		if key, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			keys = append(keys, key)
		}
	}
	return keys
}

// TestNormalizeGUID gives a GUID that was set the flag without which no blob can hold it.
func TestNormalizeGUID(t *testing.T) {
	d := tzdef.New("UTC", tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 1601})
	d.GUID = guid.GUID{1}
	_, err := d.MarshalBinary()
	require.Error(t, err)
	d.Normalize()
	b, err := d.MarshalBinary()
	require.NoError(t, err)
	back, err := tzdef.Decode(b)
	require.NoError(t, err)
	require.Equal(t, d.GUID, back.GUID)
}
