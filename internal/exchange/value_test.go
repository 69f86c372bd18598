package exchange

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
)

func TestRead(t *testing.T) {
	g, err := guid.Parse("00062002-0000-0000-C000-000000000046")
	require.NoError(t, err)
	const spring = 0x01CD2AD81FE4C000 // 2012-05-05T16:00:00Z
	for _, tt := range []struct {
		t       mapi.PropType
		s       string
		want    mapi.Value
		derived bool
		doubts  Doubts
	}{
		{mapi.PtypNull, "", mapi.Null{}, false, 0},
		{mapi.PtypObject, " ", mapi.Object{}, false, 0},
		{mapi.PtypBoolean, "true", mapi.Boolean(1), false, 0}, {mapi.PtypBoolean, " True\n", mapi.Boolean(1), false, 0}, {mapi.PtypBoolean, "1", mapi.Boolean(1), false, 0},
		{mapi.PtypBoolean, "FALSE", mapi.Boolean(0), false, 0}, {mapi.PtypBoolean, "0", mapi.Boolean(0), false, 0},
		{mapi.PtypInteger16, "-32768", mapi.Integer16(-32768), false, 0}, {mapi.PtypInteger16, "+5", mapi.Integer16(5), false, 0},
		{mapi.PtypInteger32, "2147483647", mapi.Integer32(math.MaxInt32), false, 0}, {mapi.PtypInteger32, "-1", mapi.Integer32(-1), false, 0},
		{mapi.PtypInteger64, "9223372036854775807", mapi.Integer64(math.MaxInt64), false, 0},
		{mapi.PtypInteger64, "9007199254740993", mapi.Integer64(1<<53 + 1), false, 0}, // which no float64 is
		{mapi.PtypFloating32, "0.1", mapi.Floating32(0.1), true, 0}, {mapi.PtypFloating32, "1E+38", mapi.Floating32(1e38), true, 0},
		{mapi.PtypFloating64, "0.1", mapi.Floating64(0.1), true, 0}, {mapi.PtypFloating64, "-1.5e-3", mapi.Floating64(-0.0015), true, 0},
		{mapi.PtypFloating64, "INF", mapi.Floating64(math.Inf(1)), true, 0}, {mapi.PtypFloating64, "-INF", mapi.Floating64(math.Inf(-1)), true, 0},
		{mapi.PtypFloating64, "+INF", mapi.Floating64(math.Inf(1)), true, 0}, {mapi.PtypFloating64, "Infinity", mapi.Floating64(math.Inf(1)), true, 0},
		{mapi.PtypFloating32, "-Infinity", mapi.Floating32(math.Inf(-1)), true, 0},
		{mapi.PtypCurrency, "1.2345", mapi.Currency(12345), false, 0}, {mapi.PtypCurrency, "-0.5", mapi.Currency(-5000), false, 0}, {mapi.PtypCurrency, "-.5", mapi.Currency(-5000), false, 0},
		{mapi.PtypCurrency, "3.", mapi.Currency(30000), false, 0}, {mapi.PtypCurrency, "12345", mapi.Currency(12345), false, WholeCurrency},
		{mapi.PtypFloatingTime, "949998", mapi.FloatingTime(949998), true, 0}, {mapi.PtypFloatingTime, "2012-05-05T12:00:00", mapi.FloatingTime(41034.5), true, 0},
		{mapi.PtypErrorCode, "-2147221233", mapi.ErrorCode(0x8004010F), false, 0}, {mapi.PtypErrorCode, "0x8004010F", mapi.ErrorCode(0x8004010F), false, 0},
		{mapi.PtypErrorCode, "MAPI_E_NOT_FOUND", mapi.ErrorCode(0x8004010F), false, 0},
		{mapi.PtypGuid, "{00062002-0000-0000-c000-000000000046}", mapi.GUID(g), false, 0}, {mapi.PtypGuid, "00062002-0000-0000-C000-000000000046", mapi.GUID(g), false, 0},
		{mapi.PtypTime, "2012-05-05T16:00:00Z", mapi.Time(spring), true, 0}, {mapi.PtypTime, "2012-05-05T18:00:00+02:00", mapi.Time(spring), true, 0},
		{mapi.PtypTime, "2012-05-05T16:00:00z", mapi.Time(spring), true, 0}, {mapi.PtypTime, "2012-05-05T16:00:00", mapi.Time(spring), true, NoZone},
		{mapi.PtypTime, "2012-05-05T16:00:00.0000000Z", mapi.Time(spring), false, 0}, {mapi.PtypTime, "2012-05-05T16:00:00.000Z", mapi.Time(spring), true, 0},
		{mapi.PtypTime, "2012-05-05T16:00:00.1234567Z", mapi.Time(spring + 1234567), false, 0}, {mapi.PtypTime, "2012-05-05T16:00:00.5Z", mapi.Time(spring + 5000000), true, 0},
		{mapi.PtypTime, "2012-05-05T16:00:00.123456700Z", mapi.Time(spring + 1234567), false, 0}, {mapi.PtypTime, "2012-05-05T16:00:00.12345678Z", mapi.Time(spring + 1234567), false, FinerTime},
		{mapi.PtypTime, "1601-01-01T00:00:00.0000000Z", mapi.Time(0), false, 0}, {mapi.PtypTime, "9999-12-31T23:59:59.9999999Z", mapi.Time(2650467743999999999), false, 0},
		{mapi.PtypString, " a ", mapi.String(" a "), true, 0}, {mapi.PtypString, "", mapi.String(""), true, 0}, {mapi.PtypString, "a\x00b", mapi.String("a\x00b"), true, 0},
		{mapi.PtypString, "\xED\xA0\xBD\xED\xB8\x80", mapi.String("\U0001F600"), true, 0}, {mapi.PtypString, "x\xED\xA0\xBD", mapi.String("x\xED\xA0\xBD"), true, LoneSurrogate},
		{mapi.PtypString, "\xE9", mapi.String("\uFFFD"), true, BadText},
	} {
		r := Read(tt.t, []byte(tt.s))
		require.Empty(t, r.Why, "%s %q", tt.t, tt.s)
		require.Equal(t, tt.want, r.Value, "%s %q", tt.t, tt.s)
		require.Equal(t, tt.derived, r.Derived, "%s %q", tt.t, tt.s)
		require.Equal(t, tt.doubts, r.Doubts, "%s %q", tt.t, tt.s)
		if tt.t == mapi.PtypObject {
			require.Nil(t, r.Raw)
			continue
		}
		raw, err := tt.want.AppendBinary([]byte{})
		require.NoError(t, err)
		require.Equal(t, raw, r.Raw, "%s %q", tt.t, tt.s)
	}
	for _, typ := range []mapi.PropType{mapi.PtypFloating32, mapi.PtypFloating64} {
		r := Read(typ, []byte("NaN"))
		require.Contains(t, r.Value.String(), "NaN")
	}
}

func TestReadBad(t *testing.T) {
	for _, tt := range []struct {
		t    mapi.PropType
		s    string
		want string
	}{
		{mapi.PtypNull, "x", "empty"}, {mapi.PtypObject, "x", "object"},
		{mapi.PtypBoolean, "yes", "true or false"}, {mapi.PtypBoolean, "", "true or false"}, {mapi.PtypBoolean, "2", "true or false"},
		{mapi.PtypInteger16, "32768", "16 bits"}, {mapi.PtypInteger32, "2147483648", "32 bits"}, {mapi.PtypInteger32, "4294967295", "32 bits"},
		{mapi.PtypInteger32, "1.0", "32 bits"}, {mapi.PtypInteger32, "0x10", "32 bits"}, {mapi.PtypInteger32, "1_0", "32 bits"}, {mapi.PtypInteger32, "", "32 bits"},
		{mapi.PtypInteger64, "9223372036854775808", "64 bits"}, {mapi.PtypInteger64, "1e3", "64 bits"},
		{mapi.PtypFloating32, "1e39", "number"}, {mapi.PtypFloating64, "1e400", "number"}, {mapi.PtypFloating64, "1,5", "number"}, {mapi.PtypFloating64, "inf", "number"},
		{mapi.PtypFloating64, "0x1p-2", "number"}, {mapi.PtypFloating64, "", "number"}, {mapi.PtypFloating64, "nan", "number"},
		{mapi.PtypCurrency, "1.23456", "four decimals"}, {mapi.PtypCurrency, ".", "four decimals"}, {mapi.PtypCurrency, "1.-5", "four decimals"},
		{mapi.PtypCurrency, "x", "four decimals"}, {mapi.PtypCurrency, "-.", "four decimals"}, {mapi.PtypCurrency, "99999999999999999.0", "four decimals"},
		{mapi.PtypFloatingTime, "soon", "number of days"}, {mapi.PtypFloatingTime, "0050-01-01T00:00:00", "number of days"},
		{mapi.PtypErrorCode, "MAPI_E_NOTHING", "error code"}, {mapi.PtypErrorCode, "", "error code"},
		{mapi.PtypGuid, "{00062002}", "GUID"}, {mapi.PtypGuid, "", "GUID"},
		{mapi.PtypTime, "", "date and time"}, {mapi.PtypTime, "2012-05-05", "date and time"}, {mapi.PtypTime, "2012-05-05 16:00:00Z", "date and time"},
		{mapi.PtypTime, "2012-05-05T16:00:00.Z", "date and time"}, {mapi.PtypTime, "2012-05-05T16:00:00+2", "date and time"}, {mapi.PtypTime, "2012-05-05T24:00:00Z", "date and time"},
		{mapi.PtypTime, "2012-02-30T00:00:00Z", "date and time"}, {mapi.PtypTime, "5/5/2012 4:00:00 PM", "date and time"},
		{mapi.PtypTime, "0001-01-01T00:00:00Z", "before 1601"}, {mapi.PtypTime, "1600-12-31T23:59:59.9999999Z", "before 1601"},
		{mapi.PtypUnspecified, "x", "not read"}, {mapi.PtypServerId, "x", "not read"},
	} {
		r := Read(tt.t, []byte(tt.s))
		require.Contains(t, r.Why, tt.want, "%s %q", tt.t, tt.s)
		require.Equal(t, Reading{Why: r.Why}, r, "%s %q", tt.t, tt.s)
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{"a": "a", "": "", "\xED\xA0\xBD\xED\xB8\x80": "\U0001F600", "\xED\xA0\xBD": "\xED\xA0\xBD"} {
		got, ok := Tidy([]byte(in))
		require.True(t, ok)
		require.Equal(t, want, got)
	}
	got, ok := Tidy([]byte("a\xFF"))
	require.False(t, ok)
	require.Equal(t, "a\uFFFD", got)
}
