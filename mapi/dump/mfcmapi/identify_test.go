package mfcmapi

import (
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TestHalfNames takes one half of a name away, or damages it: nothing is left that could be taken for the name of another
// property, and the finding has what was read.
func TestHalfNames(t *testing.T) {
	const (
		guid   = "<NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID>"
		name   = "<NamedPropName>id: 0x825F=33375 = PidLidAppointmentTimeZoneDefinitionEndDisplay</NamedPropName>"
		number = "<Value>5</Value><AltValue>0x5</AltValue>"
	)
	for _, tt := range []struct {
		what, in string
		code     diag.Code
		severity diag.Severity
		quoted   string
	}{
		{"no name", guid, IncompleteName, diag.Warning, "{00062002-"},
		{"an empty name", guid + "<NamedPropName> </NamedPropName>", IncompleteName, diag.Warning, "{00062002-"},
		{"a name without its content", guid + "<NamedPropName/>", IncompleteName, diag.Warning, "{00062002-"},
		{"an id that is no number", guid + "<NamedPropName>id: 0xHELLO=12</NamedPropName>", BadName, diag.Error, "0xHELLO"},
		{"no property set", name, IncompleteName, diag.Warning, "0x825F=33375"},
		{"an empty property set", "<NamedPropGUID></NamedPropGUID>" + name, IncompleteName, diag.Warning, "0x825F=33375"},
		{"half a property set", "<NamedPropGUID>{00062002-0000-</NamedPropGUID>" + name, BadName, diag.Error, "0x825F=33375"},
		{"both empty", "<NamedPropGUID></NamedPropGUID><NamedPropName></NamedPropName>", IncompleteName, diag.Warning, "no name"},
		{"cut within the id", guid + "<NamedPropName>id: 0x82", IncompleteName, diag.Warning, "0x82"},
		{"cut within a word", guid + "<NamedPropName>Keyw", IncompleteName, diag.Warning, "Keyw"},
		{"too long", guid + "<NamedPropName>" + strings.Repeat("k", MaxNameText+1) + "</NamedPropName>", IncompleteName, diag.Warning, "kkk"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			in := `<property tag = "0x80020003" type = "PT_LONG" >` + tt.in + number + "</property>"
			if !strings.HasSuffix(tt.in, ">") {
				in = `<property tag = "0x80020003" type = "PT_LONG" >` + number + tt.in
			}
			_, recs := readAll(strings.NewReader(in), 0)
			if len(recs) != 1 {
				t.Fatalf("%d records", len(recs))
			}
			if n := recs[0].Prop.Name; !n.IsZero() {
				t.Errorf("the name is %s", n)
			}
			for _, f := range recs[0].Findings {
				if f.Code == tt.code && f.Severity == tt.severity && strings.Contains(f.Msg, tt.quoted) {
					return
				}
			}
			t.Errorf("no %s with %q in %v", tt.code, tt.quoted, recs[0].Findings)
		})
	}
	// An id is whole where its decimal form follows.
	_, recs := readAll(strings.NewReader(`<property tag = "0x80020003" type = "PT_LONG" >`+guid+"<NamedPropName>id: 0x825F=33375 = Pid"), 0)
	if len(recs) != 1 || recs[0].Prop.Name.LID != 0x825F {
		t.Errorf("%v", recs)
	}
}
