package mfcmapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TestLocaleDates reads times that stand in words only. Where month and day may be the other way round, that is an error.
func TestLocaleDates(t *testing.T) {
	for _, tt := range []struct {
		text, value string
		code        diag.Code
		severity    diag.Severity
		words       string
	}{
		{"09:30:00.000 AM 5/6/2012", "2012-05-06T09:30:00Z", AmbiguousDate, diag.Error, "read as month/day/year, but"},
		{"09:30:00.000 AM 12/11/2012", "2012-12-11T09:30:00Z", AmbiguousDate, diag.Error, "the other way round"},
		{"09:30:00.000 AM 6/6/2012", "2012-06-06T09:30:00Z", LocaleDate, diag.Warning, "read as month/day/year"},
		{"09:30:00.000 AM 6/13/2012", "2012-06-13T09:30:00Z", LocaleDate, diag.Warning, "read as month/day/year"},
		{"09:30:00.000 AM 13/6/2012", "2012-06-13T09:30:00Z", LocaleDate, diag.Warning, "read as day/month/year"},
		{"09:30:00.000 AM 13/13/2012", "<nil>", BadDate, diag.Error, "unknown language"},
		{"09:30:00.000 AM 31/2/2012", "<nil>", BadDate, diag.Error, "unknown language"},
		{"09:30:00.000 AM 2/3/1599", "<nil>", BadDate, diag.Error, "before 1601"},
	} {
		_, recs := readAll(strings.NewReader(prop("0x00390040", "PT_SYSTIME", "<Value>"+tt.text+"</Value>")), 0)
		if len(recs) != 1 || len(recs[0].Findings) != 1 {
			t.Errorf("%s: %v", tt.text, recs)
			continue
		}
		rec := recs[0]
		if got := fmt.Sprint(rec.Prop.Value); got != tt.value || rec.Text != tt.text {
			t.Errorf("%s: value %s, want %s; text %q", tt.text, got, tt.value, rec.Text)
		}
		if f := rec.Findings[0]; f.Code != tt.code || f.Severity != tt.severity || !strings.Contains(f.Msg, tt.words) {
			t.Errorf("%s: %s %v, want %s %s with %q", tt.text, f.Severity, f, tt.severity, tt.code, tt.words)
		}
	}
}
