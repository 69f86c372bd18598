package tzdef_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

// The tests of this file hold the package to vectors and real blobs that lie beside the module and are not part of it.
// They are skipped where those are missing.

func TestCalendarVectors(t *testing.T) {
	n := golden.Calendar(t, "tzdef", "tzdef", func(b []byte) *diag.Report { _, r := tzdef.Inspect(b); return r })
	n += golden.Calendar(t, "tzdef", "tzstruct", func(b []byte) *diag.Report { _, r := tzdef.InspectStruct(b); return r })
	require.GreaterOrEqual(t, n, 16, "vectors of ours")
}

// TestPeerBugs is about blobs that other programs read wrong: what each assertion says is what its entry in
// peer-bugs.json demands.
func TestPeerBugs(t *testing.T) {
	var all map[string]struct {
		Len         int
		Hex, Expect string
	}
	require.NoError(t, json.Unmarshal(golden.Shared(t, "vectors/peer-bugs.json"), &all))
	tests := map[string]func(*testing.T, []byte){
		"T01-empty-name":        peerEmptyName,
		"T02-two-rules":         peerTwoRules,
		"T03-x-nonzero":         peerX,
		"T04-india-no-dst":      peerIndia,
		"T05-guid-flag":         peerGUID,
		"T06-cbheader-longer":   peerHeaderSize,
		"T07-no-effective-rule": peerNoEffectiveRule,
		"T08-israel-friday":     peerFriday,
		"T09-absolute-date":     peerAbsoluteDate,
		"T10-minus30min":        peerMinusThirty,
		"T11-truncated-rule":    peerTruncatedRule,
		"T12-lsb-gap":           peerStandardBias,
	}
	for name, v := range all {
		if !strings.HasPrefix(name, "T") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			test, ok := tests[name]
			require.True(t, ok, "nothing holds us to %q", v.Expect)
			b := golden.Unhex(t, v.Hex)
			require.Len(t, b, v.Len)
			test(t, b)
			if len(b) == 48 {
				structLaws.Check(t, b)
			} else {
				definitionLaws.Check(t, b)
			}
		})
		delete(tests, name)
	}
	require.Empty(t, tests, "no vector")
}

// inspectDefinition inspects b and returns the codes found.
func inspectDefinition(b []byte) (*tzdef.Definition, *diag.Report, []diag.Code) {
	d, r := tzdef.Inspect(b)
	return d, r, codes(r)
}

func codes(r *diag.Report) []diag.Code {
	var all []diag.Code
	for f := range r.Findings() {
		all = append(all, f.Code)
	}
	return all
}

func requireRoundTrip(t *testing.T, v interface{ MarshalBinary() ([]byte, error) }, b []byte) {
	t.Helper()
	out, err := v.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, hex.EncodeToString(b), hex.EncodeToString(out))
}

func requireAt(t *testing.T, d *tzdef.Definition, instant string, want tzdef.Offset) {
	t.Helper()
	got, ok := d.At(utc(t, instant))
	require.True(t, ok)
	require.Equal(t, want, got, instant)
}

func utc(t *testing.T, s string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(t, err)
	return instant
}

func peerEmptyName(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Equal(t, []diag.Code{tzdef.EmptyKeyName}, found)
	f := slices.Collect(r.Findings())[0]
	require.Equal(t, "cchKeyName", f.Path)
	require.Equal(t, diag.Span{Offset: 6, Len: 2}, f.Span)
	require.Contains(t, f.Msg, "no name")
	require.Contains(t, f.Effect, "Outlook 2010")
	require.Equal(t, "KB 2553248", f.Ref)
	require.NotEmpty(t, f.Repair)
	require.Empty(t, d.KeyName)
	requireAt(t, d, "2024-07-01T00:00:00Z", tzdef.Offset{Minutes: -240, Daylight: true})
}

func peerTwoRules(t *testing.T, b []byte) {
	d, _, found := inspectDefinition(b)
	require.Empty(t, found)
	require.Equal(t, "Eastern Standard Time", d.KeyName)
	requireAt(t, d, "2006-10-29T05:59:59Z", tzdef.Offset{Minutes: -240, Daylight: true})
	requireAt(t, d, "2006-10-29T06:00:00Z", tzdef.Offset{Minutes: -300})
	requireAt(t, d, "2007-03-11T06:59:59Z", tzdef.Offset{Minutes: -300, Rule: 1})
	requireAt(t, d, "2007-03-11T07:00:00Z", tzdef.Offset{Minutes: -240, Daylight: true, Rule: 1})
	require.Len(t, mustMarshal(t, d), 184, "66 bytes a rule, and characters counted as characters")
	requireRoundTrip(t, d, b)
}

func mustMarshal(t *testing.T, d *tzdef.Definition) []byte {
	t.Helper()
	b, err := d.MarshalBinary()
	require.NoError(t, err)
	return b
}

func peerX(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Empty(t, found)
	require.Equal(t, [14]byte{0: 1, 4: 1}, d.Rules[0].X)
	x := fieldAt(t, r, "TZRules[0].X")
	require.Equal(t, d.Rules[0].X[:], x.Value)
	require.Contains(t, x.Text, "1 January")
	requireRoundTrip(t, d, b)
}

func fieldAt(t *testing.T, r *diag.Report, path string) diag.Field {
	t.Helper()
	for f := range r.Fields() {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("no field %s", path)
	return diag.Field{}
}

func peerIndia(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Empty(t, found)
	require.Equal(t, int32(-60), d.Rules[0].DaylightBias)
	require.False(t, d.Rules[0].HasDaylight())
	require.Equal(t, "UTC+05:30", fieldAt(t, r, "TZRules[0].lBias").Text)
	for _, instant := range []string{"2006-01-01T00:00:00Z", "2024-01-15T12:00:00Z", "2024-07-15T12:00:00Z"} {
		requireAt(t, d, instant, tzdef.Offset{Minutes: 330})
	}
}

func peerGUID(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Equal(t, []diag.Code{tzdef.ReservedNot2}, found)
	require.Equal(t, guid.GUID(b[6:22]), d.GUID)
	require.Equal(t, "Some Zone", d.KeyName)
	require.Equal(t, diag.Span{Offset: 6, Len: 16}, fieldAt(t, r, "guid").Span)
	require.Equal(t, diag.Span{Offset: 22, Len: 2}, fieldAt(t, r, "cchKeyName").Span)
	requireRoundTrip(t, d, b)
}

func peerHeaderSize(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Equal(t, []diag.Code{tzdef.HeaderSize}, found)
	require.Equal(t, diag.Error, r.Max())
	require.Len(t, d.Rules, 1)
	require.Equal(t, uint16(2007), d.Rules[0].Year)
	require.Equal(t, diag.Span{Offset: 4 + int(d.HeaderSize), Len: 1}, fieldAt(t, r, "TZRules[0].bMajorVersion").Span)
	require.Equal(t, []byte{0, 0}, d.HeaderExtra)
	require.Equal(t, diag.Span{Offset: 16, Len: 2}, fieldAt(t, r, "extra").Span)
	_, err := tzdef.Decode(b)
	require.ErrorIs(t, err, tzdef.HeaderSize)
	requireRoundTrip(t, d, b)
}

func peerNoEffectiveRule(t *testing.T, b []byte) {
	d, _, found := inspectDefinition(b)
	require.Equal(t, []diag.Code{tzdef.EffectiveRuleCount}, found)
	_, ok := d.Effective()
	require.False(t, ok)
	requireAt(t, d, "2024-07-01T00:00:00Z", tzdef.Offset{Minutes: -240, Daylight: true})
}

func peerFriday(t *testing.T, b []byte) {
	s, r := tzdef.InspectStruct(b)
	require.Empty(t, codes(r))
	require.Equal(t, uint16(3), s.DaylightDate.Month)
	require.Equal(t, uint16(5), s.DaylightDate.DayOfWeek)
	require.Equal(t, "Friday", fieldAt(t, r, "stDaylightDate.wDayOfWeek").Text)
	require.Equal(t, "fourth Friday of March at 02:00", s.DaylightDate.String())
}

func peerAbsoluteDate(t *testing.T, b []byte) {
	s, r := tzdef.InspectStruct(b)
	require.Empty(t, codes(r))
	require.Equal(t, "2011-02-20 at 00:00", s.StandardDate.String())
	require.Equal(t, "2010-10-17 at 00:00", s.DaylightDate.String())
	rule := s.Rule()
	for instant, want := range map[string]tzdef.Offset{
		"2010-10-17T02:59:59Z": {Minutes: -180},
		"2010-10-17T03:00:00Z": {Minutes: -120, Daylight: true},
		"2011-01-01T03:00:00Z": {Minutes: -120, Daylight: true},
		"2011-02-20T01:59:59Z": {Minutes: -120, Daylight: true},
		"2011-02-20T02:00:00Z": {Minutes: -180},
		"2011-10-17T12:00:00Z": {Minutes: -180}, // it happened once
	} {
		require.Equal(t, want, rule.At(utc(t, instant)), instant)
	}
}

func peerMinusThirty(t *testing.T, b []byte) {
	s, r := tzdef.InspectStruct(b)
	require.Empty(t, codes(r))
	require.Equal(t, "UTC-00:30", fieldAt(t, r, "lBias").Text)
	rule := s.Rule()
	require.Equal(t, tzdef.Offset{Minutes: -30}, rule.At(utc(t, "2024-07-01T00:00:00Z")))
}

func peerTruncatedRule(t *testing.T, b []byte) {
	d, r, found := inspectDefinition(b)
	require.Equal(t, []diag.Code{tzdef.Truncated}, found)
	require.Equal(t, "Eastern Standard Time", d.KeyName)
	require.Equal(t, uint8(2), d.MajorVersion)
	require.Empty(t, d.Rules)
	require.Equal(t, "stStandardDate.wMilliseconds", strings.TrimPrefix(slices.Collect(r.Findings())[0].Path, "TZRules[0]."))
	_, err := tzdef.Decode(b)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.ErrorContains(t, err, "TZRules[0].stStandardDate.wMilliseconds at 0x0064: needs 2 bytes, 0 left")
}

func peerStandardBias(t *testing.T, b []byte) {
	d, _, found := inspectDefinition(b)
	require.Empty(t, found)
	require.Equal(t, -90, d.Rules[0].Standard())
	requireAt(t, d, "2024-01-01T12:00:00Z", tzdef.Offset{Minutes: -90})
	requireAt(t, d, "2024-07-01T12:00:00Z", tzdef.Offset{Minutes: 0, Daylight: true})
}

// TestCorpusBlobs decodes blobs that Outlook, Exchange and others wrote. They depart from nothing.
func TestCorpusBlobs(t *testing.T) {
	n := golden.SharedLines(t, "corpus/blobs.jsonl", func(kind string, line []byte) {
		var v struct{ Hex, Source string }
		require.NoError(t, json.Unmarshal(line, &v))
		b := golden.Unhex(t, v.Hex)
		if kind == "tzstruct" {
			s, r := tzdef.InspectStruct(b)
			require.LessOrEqual(t, r.Max(), diag.Info, v.Source)
			requireRoundTrip(t, s, b)
			structLaws.Check(t, b)
			return
		}
		d, r := tzdef.Inspect(b)
		require.LessOrEqual(t, r.Max(), diag.Info, v.Source)
		requireRoundTrip(t, d, b)
		definitionLaws.Check(t, b)
		_, ok := tzdef.IANA(d.KeyName)
		require.True(t, ok, d.KeyName)
	}, "tzdef", "tzstruct")
	require.Positive(t, n, "blobs of ours")
}

// TestSmartViewText compares our SmartView text with MFCMAPI's own, for the blobs MFCMAPI tests itself with.
func TestSmartViewText(t *testing.T) {
	for _, name := range []string{"TIMEZONE-1", "TIMEZONEDEFINITION-1", "TIMEZONEDEFINITION-3"} {
		t.Run(name, func(t *testing.T) {
			in := golden.Unhex(t, string(golden.Shared(t, "corpus/mfcmapi/In/"+name+".dat")))
			parser, number, _ := strings.Cut(name, "-")
			want := plainText(golden.Shared(t, "corpus/mfcmapi/Out/"+parser+"-out-"+number+".dat"))
			got := "before"
			if parser == "TIMEZONE" {
				s, err := tzdef.DecodeStruct(in)
				require.NoError(t, err)
				got = string(s.AppendSmartView([]byte(got)))
				structLaws.Check(t, in)
			} else {
				d, err := tzdef.Decode(in)
				require.NoError(t, err)
				got = string(d.AppendSmartView([]byte(got)))
				definitionLaws.Check(t, in)
			}
			if diff := cmp.Diff("before"+want, got); diff != "" {
				t.Errorf("(-MFCMAPI's +ours):\n%s", diff)
			}
		})
	}
}

// plainText returns a text file that may be UTF-16LE with a byte order mark.
func plainText(b []byte) string {
	if le, ok := bytes.CutPrefix(b, []byte{0xFF, 0xFE}); ok {
		b = wtf8.AppendDecode(nil, le)
	}
	return string(b)
}
