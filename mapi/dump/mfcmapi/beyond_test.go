package mfcmapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// doubles is a property of n doubles; the last is written as last says.
func doubles(n int, last string) string {
	return prop("0x80051005", "PT_MV_DOUBLE", fmt.Sprintf(`<Value mv="true" count="%d" >`, n)+
		strings.Repeat("<row><Value>2.250000</Value></row>", n-1)+"<row><Value>"+last+"</Value></row></Value>")
}

// worst returns how severe the worst of the findings is.
func worst(list []diag.Finding) (s diag.Severity) {
	for _, f := range list {
		s = max(s, f.Severity)
	}
	return s
}

// TestManyFindings holds the finding that stands for those beyond the limit to the worst of them: a long and healthy list
// is no error, and an error is not lost among hundreds of remarks.
func TestManyFindings(t *testing.T) {
	value := prop("0x00170003", "PT_LONG", "<Value>2</Value><AltValue>0x2</AltValue>")
	quoted := "<properties>" + strings.Repeat("<message></message>", 150)
	for _, tt := range []struct {
		name, in string
		findings int
		code     diag.Code
		severity diag.Severity
		words    string
	}{
		{"as many as are listed", doubles(100, "0.500000"), 100, Derived, diag.Info, "six decimals"},
		{"a long list", doubles(150, "0.500000"), 101, MoreInfo, diag.Info, "has 50 more findings (50 info)"},
		{"an error at its end", doubles(150, "a lot"), 101, MoreErrors, diag.Error, "(2 error, 49 info)"},
		{"a warning among rows", "<table>" + strings.Repeat(`<row index="9"></row>`, 150) + "<tableprops a=\u201Cb\u201D></tableprops>" + value, 101, MoreWarnings, diag.Warning, "has 51 more findings (1 warning, 50 info)"},
		{"rows without properties", "<table>" + strings.Repeat(`<row index="9"></row>`, 5000) + value, 101, MoreInfo, diag.Info, "has 4900 more findings (4900 info)"},
		{"objects without end", "<table>" + strings.Repeat(`<row index="9"></row>`, 120) + strings.Repeat("<recipients>", 70) + value, 101, MoreErrors, diag.Error, "more than 64 objects"},
		{"nothing to say", quoted + value, 0, "", 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, recs := readAll(strings.NewReader(tt.in), 0)
			if len(recs) != 1 {
				t.Fatalf("%d records", len(recs))
			}
			list := recs[0].Findings
			if len(list) != tt.findings || worst(list) != tt.severity {
				t.Fatalf("%d findings, the worst is %s; want %d, %s: %v", len(list), worst(list), tt.findings, tt.severity, list)
			}
			if len(list) == 0 {
				return
			}
			if f := list[len(list)-1]; f.Code != tt.code || !strings.Contains(f.Msg, tt.words) {
				t.Errorf("the last finding is %v, want %s and %q", f, tt.code, tt.words)
			}
		})
	}
	// What was counted for one record is not told of the next.
	_, recs := readAll(strings.NewReader(doubles(150, "0.500000")+value), 0)
	if len(recs) != 2 || len(recs[1].Findings) != 0 {
		t.Errorf("%v", recs)
	}
	// Rows behind the last property are told with it.
	_, recs = readAll(strings.NewReader("<table>"+value+strings.Repeat(`<row index="9"></row>`, 5000)), 0)
	if len(recs) != 1 || len(recs[0].Findings) != 101 {
		t.Errorf("%d findings behind the last property", len(recs[0].Findings))
	}
}
