package tzdef_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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

func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no shared folder beside the module")
	}
	require.NoError(t, err)
	return b
}

// inspector is Inspect or InspectStruct, the value left out.
type inspector func([]byte) *diag.Report

var inspectors = map[string]inspector{
	"tzdef":    func(b []byte) *diag.Report { _, r := tzdef.Inspect(b); return r },
	"tzstruct": func(b []byte) *diag.Report { _, r := tzdef.InspectStruct(b); return r },
}

// calendarVector is a line of calendar.jsonl.
type calendarVector struct {
	ID, Kind, Hex string
	Expect        json.RawMessage
}

// expectation is what calendar.jsonl says beside the fields.
type expectation struct {
	Warnings []struct {
		Code   string
		Offset int
	}
	Error *struct {
		Field              string
		Offset, Need, Have int
		Reason             string
	}
}

func TestCalendarVectors(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "vectors/calendar.jsonl")))
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		var v calendarVector
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		inspect, ours := inspectors[v.Kind]
		if !ours {
			continue
		}
		n++
		t.Run(v.ID, func(t *testing.T) { checkCalendarVector(t, v, inspect) })
	}
	require.NoError(t, lines.Err())
	require.GreaterOrEqual(t, n, 16, "vectors of ours")
}

func checkCalendarVector(t *testing.T, v calendarVector, inspect inspector) {
	r := inspect(golden.Unhex(t, v.Hex))
	var want expectation
	require.NoError(t, json.Unmarshal(v.Expect, &want))
	if e := want.Error; e != nil {
		var fatal []diag.Finding
		for f := range r.Findings() {
			if f.Severity >= diag.Error {
				fatal = append(fatal, f)
			}
		}
		require.Len(t, fatal, 1)
		f := fatal[0]
		require.Equal(t, diag.Fatal, f.Severity)
		require.Equal(t, diag.Code("tzdef."+e.Reason), f.Code)
		require.Equal(t, e.Field, f.Path)
		require.Equal(t, diag.Span{Offset: e.Offset, Len: e.Have}, f.Span)
		require.Equal(t, fmt.Sprintf("needs %d bytes, %d left", e.Need, e.Have), f.Msg)
		return
	}

	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(v.Expect))
	d.UseNumber()
	require.NoError(t, d.Decode(&fields))
	require.Equal(t, json.Number(fmt.Sprint(r.Size())), fields["size"])
	for _, key := range []string{"kind", "size", "warnings"} {
		delete(fields, key)
	}
	wantFields, gotFields := map[string]string{}, map[string]string{}
	flatten("", fields, wantFields)
	for f := range r.Fields() {
		gotFields[f.Path] = valueText(f.Value)
	}
	if diff := cmp.Diff(wantFields, gotFields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}

	type warning struct {
		code   string
		offset int
	}
	wantSet, gotSet := map[warning]bool{}, map[warning]bool{}
	for _, w := range want.Warnings {
		wantSet[warning{"tzdef." + strings.ReplaceAll(w.Code, "_", "-"), w.Offset}] = true
	}
	for f := range r.Findings() {
		require.LessOrEqual(t, f.Severity, diag.Warning, "%v", f)
		gotSet[warning{string(f.Code), f.Span.Offset}] = true
	}
	require.Equal(t, wantSet, gotSet)
}

// flatten turns nested JSON into paths. What has no bytes in the blob is left out: null, "", [] and numbers of elements
// are not fields, save cRules and cchKeyName, which are.
func flatten(path string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			if path != "" {
				key = path + "." + key
			}
			flatten(key, e, into)
		}
	case []any:
		for i, e := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i), e, into)
		}
	case json.Number:
		into[path] = v.String()
	case string:
		if v != "" {
			into[path] = v
		}
	}
}

// valueText returns a field's value as calendar.jsonl spells it: bytes in hex.
func valueText(v any) string {
	if b, ok := v.([]byte); ok {
		return hex.EncodeToString(b)
	}
	return fmt.Sprint(v)
}

// TestPeerBugs is about blobs that other programs read wrong: what each assertion says is what its entry in
// peer-bugs.json demands.
func TestPeerBugs(t *testing.T) {
	var all map[string]struct {
		Len         int
		Hex, Expect string
	}
	require.NoError(t, json.Unmarshal(sharedFile(t, "vectors/peer-bugs.json"), &all))
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
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "corpus/blobs.jsonl")))
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		var v struct{ Kind, Hex, Source string }
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		inspect, ours := inspectors[v.Kind]
		if !ours {
			continue
		}
		n++
		b := golden.Unhex(t, v.Hex)
		require.LessOrEqual(t, inspect(b).Max(), diag.Info, v.Source)
		if v.Kind == "tzstruct" {
			s, err := tzdef.DecodeStruct(b)
			require.NoError(t, err)
			requireRoundTrip(t, s, b)
			structLaws.Check(t, b)
			continue
		}
		d, err := tzdef.Decode(b)
		require.NoError(t, err)
		requireRoundTrip(t, d, b)
		definitionLaws.Check(t, b)
		_, ok := tzdef.IANA(d.KeyName)
		require.True(t, ok, d.KeyName)
	}
	require.NoError(t, lines.Err())
	require.Positive(t, n, "blobs of ours")
}

// TestSmartViewText compares our SmartView text with MFCMAPI's own, for the blobs MFCMAPI tests itself with.
func TestSmartViewText(t *testing.T) {
	for _, name := range []string{"TIMEZONE-1", "TIMEZONEDEFINITION-1", "TIMEZONEDEFINITION-3"} {
		t.Run(name, func(t *testing.T) {
			in := golden.Unhex(t, string(sharedFile(t, "corpus/mfcmapi/In/"+name+".dat")))
			parser, number, _ := strings.Cut(name, "-")
			want := plainText(sharedFile(t, "corpus/mfcmapi/Out/"+parser+"-out-"+number+".dat"))
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
