package mfcmapi

import (
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", Codes(), func(kind, example string) (found []diag.Finding) {
		if kind == "mfcmapi.hex" {
			example = string(golden.Unhex(t, example))
		} else if kind != "mfcmapi" {
			t.Errorf("kind %q", kind)
		}
		for rec := range NewReader(strings.NewReader(example), "example", 0).Records() {
			found = append(found, rec.Findings...)
		}
		return found
	})
}

// TestLongFindings makes the findings whose examples are too long for the catalogue.
func TestLongFindings(t *testing.T) {
	for _, tt := range []struct {
		code diag.Code
		in   string
	}{
		{TooLong, prop("0x3001001F", "PT_UNICODE", "<Name>"+strings.Repeat("n", MaxNameText+1)+"</Name>")},
		{SmartSkipped, prop("0x3001001F", "PT_UNICODE", "<SmartView><![CDATA["+strings.Repeat("n", MaxSmart+1)+"]]></SmartView>")},
		{AltSkipped, prop("0x37010102", "PT_BINARY", `<Value cb="1" >41</Value><AltValue><![CDATA[`+strings.Repeat("A", MaxAltText+1)+"]]></AltValue>")},
		{MoreInfo, doubles(150, "0.500000")},
		{MoreWarnings, strings.Repeat(`<row index="9"></row>`, 150) + "<recipients x=\u201Cy\u201D>" + prop("0x3001001F", "PT_UNICODE", "")},
		{MoreErrors, doubles(150, "a lot")},
	} {
		e, ok := diag.Lookup(Codes(), tt.code)
		if !ok || e.Kind != "" {
			t.Errorf("%s: no entry, or one with an example", tt.code)
		}
		n := 0
		_, recs := readAll(strings.NewReader(tt.in), 0)
		for _, rec := range recs {
			for _, f := range rec.Findings {
				if f.Code == tt.code && f.Severity == e.Severity {
					n++
				}
			}
		}
		if n != 1 {
			t.Errorf("%s was found %d times", tt.code, n)
		}
	}
}
