package mapi

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestFileTime(t *testing.T) {
	for _, tc := range []struct {
		ft         FileTime
		text, json string
		special    string
	}{
		{0, "not set (1601-01-01T00:00:00Z)", "1601-01-01T00:00:00Z", "not set"},
		{1, "1601-01-01T00:00:00.0000001Z", "1601-01-01T00:00:00.0000001Z", ""},
		{116444736000000000, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", ""},
		{116444735999999999, "1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.9999999Z", ""},
		{0x0CB34557_A3DD4000, "none (4501-01-01T00:00:00Z)", "4501-01-01T00:00:00Z", "none"},
		{0x0CB2E579_6D77C000, "no end (4500-09-01T00:00:00Z)", "4500-09-01T00:00:00Z", "no end"},
		{0x0CB2E579_6D77C000 - 60*ticksPerSecond, "no end (4500-08-31T23:59:00Z)", "4500-08-31T23:59:00Z", "no end"},
		{0x7FFF35F4_F06C7FFF, "30827-12-31T23:59:59.9999999Z", "9223149887999999999", ""},
		{0x7FFF35F4_F06C8000, "invalid (0x7FFF35F4F06C8000)", "9223149888000000000", ""},
		{0x7FFFFFFF_FFFFFFFF, "max (0x7FFFFFFFFFFFFFFF)", "9223372036854775807", "max"},
		{0xFFFFFFFF_FFFFFFFF, "invalid (0xFFFFFFFFFFFFFFFF)", "18446744073709551615", ""},
	} {
		if got := tc.ft.String(); got != tc.text {
			t.Errorf("%#x.String() = %q, want %q", uint64(tc.ft), got, tc.text)
		}
		if got, err := tc.ft.MarshalText(); err != nil || string(got) != tc.json {
			t.Errorf("%#x.MarshalText() = %q, %v, want %q", uint64(tc.ft), got, err, tc.json)
		}
		if got := tc.ft.Special(); got != tc.special {
			t.Errorf("%#x.Special() = %q, want %q", uint64(tc.ft), got, tc.special)
		}
		var back FileTime
		if err := back.UnmarshalText([]byte(tc.json)); err != nil || back != tc.ft {
			t.Errorf("%q is read as %#x, %v", tc.json, uint64(back), err)
		}
	}
	if _, ok := FileTime(0x7FFF35F4_F06C8000).Time(); ok {
		t.Error("the year 30828 is a time")
	}
}

func TestFileTimeRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		ft := FileTime(r.Uint64N(uint64(fileTimeLast) + 1))
		tm, ok := ft.Time()
		back, ok2 := FileTimeOf(tm)
		if !ok || !ok2 || back != ft {
			t.Fatalf("%#x is %v, %v and back %#x, %v", uint64(ft), tm, ok, uint64(back), ok2)
		}
		text, _ := ft.MarshalText()
		var read FileTime
		if err := read.UnmarshalText(text); err != nil || read != ft {
			t.Fatalf("%#x: text %q is read as %#x, %v", uint64(ft), text, uint64(read), err)
		}
	}
}

func TestFileTimeOf(t *testing.T) {
	edge := time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, ok := FileTimeOf(edge.Add(-1)); ok {
		t.Error("1600 has a FileTime")
	}
	if ft, ok := FileTimeOf(edge.Add(199)); !ok || ft != 1 {
		t.Errorf("199 ns after 1601 are %d, %v, want 1: what is finer is cut off", ft, ok)
	}
	last, _ := fileTimeLast.Time()
	if ft, ok := FileTimeOf(last.Add(99)); !ok || ft != fileTimeLast {
		t.Errorf("the last moment is %#x, %v", uint64(ft), ok)
	}
	if _, ok := FileTimeOf(last.Add(100)); ok {
		t.Error("the year 30828 has a FileTime")
	}
	for _, text := range []string{"", "x", "1600-12-31T00:00:00Z", "2011-02-17", "2011-02-17T14:30:00.00000001Z", "-1", "18446744073709551616"} {
		ft := FileTime(7)
		if err := ft.UnmarshalText([]byte(text)); err == nil || ft != 7 {
			t.Errorf("%q is read as %d, %v", text, ft, err)
		}
	}
	var ft FileTime
	if err := ft.UnmarshalText([]byte("2011-02-17T15:30:00+01:00")); err != nil || ft.String() != "2011-02-17T14:30:00Z" {
		t.Errorf("a time with a zone is %s, %v", ft, err)
	}
}

func TestFloatingTime(t *testing.T) {
	for _, tc := range []struct {
		days float64
		text string
		ok   bool
	}{
		{0, "1899-12-30T00:00:00", true},
		{0.25, "1899-12-30T06:00:00", true},
		{1, "1899-12-31T00:00:00", true},
		{-1, "1899-12-29T00:00:00", true},
		{-1.25, "1899-12-29T06:00:00", true},
		{-0.25, "1899-12-30T06:00:00", true},
		{25569, "1970-01-01T00:00:00", true},
		{949998, "none (4501-01-01T00:00:00)", true},
		{-657434, "0100-01-01T00:00:00", true},
		{-657434.5, "0100-01-01T12:00:00", true},
		{-657435, "-657435", false},
		{2958465, "9999-12-31T00:00:00", true},
		{2958465.99, "9999-12-31T23:45:36", true},
		{math.Nextafter(2958466, 0), "2.9584659999999995e+06", false}, // rounds into the year 10000
		{2958466, "2.958466e+06", false},
		{1.0 / 3, "1899-12-30T08:00:00", true},
		{0.000000011574074074, "1899-12-30T00:00:00.001", true},
		{math.NaN(), "NaN(0x7FF8000000000001)", false},
		{math.Inf(1), "+Inf", false},
		{math.Inf(-1), "-Inf", false},
	} {
		v := FloatingTime(tc.days)
		if _, ok := v.Time(); ok != tc.ok {
			t.Errorf("%v: Time reports %v", tc.days, ok)
		}
		if got := v.String(); got != tc.text {
			t.Errorf("%v.String() = %q, want %q", tc.days, got, tc.text)
		}
	}
}

func TestFloatingTimeOf(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	first := time.Date(100, 1, 1, 0, 0, 0, 0, time.UTC)
	days := int((time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC).Unix() - first.Unix()) / (24 * 60 * 60))
	for range 20000 {
		want := first.AddDate(0, 0, r.IntN(days+1)).Add(time.Duration(r.IntN(msPerDay)) * time.Millisecond)
		v, ok := FloatingTimeOf(want)
		got, ok2 := v.Time()
		// 1899-12-29 with a time of day and 1899-12-30 differ in sign only where the days are not 0.
		if !ok || !ok2 || !got.Equal(want) {
			t.Fatalf("%v is %v, %v and back %v, %v", want, float64(v), ok, got, ok2)
		}
	}
	zone := time.FixedZone("", 3600)
	if v, ok := FloatingTimeOf(time.Date(1899, 12, 31, 6, 0, 0, 0, zone)); !ok || v != 1.25 {
		t.Errorf("a wall clock in another zone is %v, %v", float64(v), ok)
	}
	for _, y := range []int{99, 10000} {
		if _, ok := FloatingTimeOf(time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC)); ok {
			t.Errorf("the year %d has a FloatingTime", y)
		}
	}
}

func TestCurrency(t *testing.T) {
	for v, want := range map[Currency]string{
		0: "0.0000", 1: "0.0001", -1: "-0.0001", 12345: "1.2345", -12345: "-1.2345", 10000: "1.0000", -9999: "-0.9999",
		math.MaxInt64: "922337203685477.5807", math.MinInt64: "-922337203685477.5808",
	} {
		if got := v.String(); got != want {
			t.Errorf("Currency(%d).String() = %q, want %q", int64(v), got, want)
		}
	}
}
