package mfcmapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TestString8 reads 8-bit text of which nobody said the code page: value, code page, text and findings say the same.
func TestString8(t *testing.T) {
	wide := func(s string) string { return "\xFF\xFE" + utf16le(s) }
	one := func(body string) string { return prop("0x3001001E", "PT_STRING8", body) }
	for _, tt := range []struct {
		what, in string
		page     int
		value    string
		codePage int
		source   string
		text     string
		code     diag.Code // "" for no finding about the code page
	}{
		{"bytes in the file, no hex", one("<Value><![CDATA[\xC8\xE8]]></Value>"), 0, "\u00C8\u00E8", 1252, byGuess, "\u00C8\u00E8", UnknownCodePage},
		{"bytes in the file and hex", one("<Value><![CDATA[\xC8\xE8]]></Value><AltValue cb=\"2\" >C8E8</AltValue>"), 0, "\u00C8\u00E8", 1252, byGuess, "", UnknownCodePage},
		{"bytes in the file, caller", one("<Value><![CDATA[\xC8\xE8]]></Value><AltValue cb=\"2\" >C8E8</AltValue>"), 1250, "\u010C\u010D", 1250, byCaller, "", ""},
		{"hex, and text it gives", wide(one("<Value><![CDATA[\u00C8\u00E8]]></Value><AltValue cb=\"2\" >C8E8</AltValue>")), 0, "\u00C8\u00E8", 1252, byText, "", TextCodePage},
		{"hex, and text it does not give", wide(one("<Value><![CDATA[\u010C\u010D]]></Value><AltValue cb=\"2\" >C8E8</AltValue>")), 0, "\u010C\u010D", 1250, byText, "", TextCodePage},
		{"hex, and text that no page gives", wide(one("<Value><![CDATA[\u010C\u0410]]></Value><AltValue cb=\"2\" >C8E8</AltValue>")), 0, "\uFFFD\uFFFD", 0, "", "\u010C\u0410", NoCodePage},
		{"hex alone", wide(one("<AltValue cb=\"2\" >C8E8</AltValue>")), 0, "\uFFFD\uFFFD", 0, "", "", NoCodePage},
		{"text alone", wide(one("<Value><![CDATA[\u00C8\u00E8]]></Value>")), 0, "\u00C8\u00E8", 1252, byGuess, "\u00C8\u00E8", Derived},
		{"ASCII", wide(one("<Value><![CDATA[ok]]></Value><AltValue cb=\"2\" >6F6B</AltValue>")), 0, "ok", 0, "", "", ""},
	} {
		t.Run(tt.what, func(t *testing.T) {
			lines, recs := readAll(strings.NewReader(tt.in), tt.page)
			if len(recs) != 1 {
				t.Fatalf("%q", lines)
			}
			v, ok := recs[0].Prop.Value.(mapi.String8)
			if !ok || fmt.Sprint(v) != tt.value || v.CodePage != tt.codePage || v.Source != tt.source || recs[0].Text != tt.text {
				t.Errorf("value %s, code page %d from %q, text %q: %q", v, v.CodePage, v.Source, recs[0].Text, lines)
			}
			found := diag.Code("")
			for _, f := range recs[0].Findings {
				switch f.Code {
				case UnknownCodePage, TextCodePage, NoCodePage:
					found = f.Code
				case Derived:
					if found == "" && strings.Contains(f.Msg, "in code page 1252, a guess") {
						found = f.Code
					}
				}
			}
			if found != tt.code {
				t.Errorf("the finding is %q, want %q: %q", found, tt.code, lines)
			}
		})
	}
	// In a list one element that does not give its text makes the code page of all unknown.
	row := func(text, hex string) string {
		return "<row><Value><![CDATA[" + text + "]]></Value><AltValue cb=\"1\" >" + hex + "</AltValue></row>"
	}
	for rows, want := range map[string]int{row("\u00E8", "E8") + row("\u00C8", "C8"): 1252, row("\u00E8", "E8") + row("\u010C", "C8"): 0} {
		_, recs := readAll(strings.NewReader(wide(prop("0x8011101E", "PT_MV_STRING8", `<Value mv="true" count="2" >`+rows+"</Value>"))), 0)
		if v, ok := recs[0].Prop.Value.(mapi.MultipleString8); !ok || len(v) != 2 || v[0].CodePage != want || v[1].CodePage != want {
			t.Errorf("%q: %#v", rows, recs[0].Prop.Value)
		}
	}
}
