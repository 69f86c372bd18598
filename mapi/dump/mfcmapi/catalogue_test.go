package mfcmapi

import (
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TestCatalogue runs the example of every code, and finds every constant in the catalogue.
func TestCatalogue(t *testing.T) {
	for _, e := range Codes() {
		text := e.Example
		switch e.Kind {
		case "":
			continue // TestLongFindings has these
		case "mfcmapi.hex":
			b, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			text = string(b)
		}
		found := false
		for rec, err := range NewReader(strings.NewReader(text), "example", 0).Records() {
			for _, f := range rec.Findings {
				if f.Code == e.Code {
					found = true
					if f.Severity != e.Severity {
						t.Errorf("%s is %s, the catalogue says %s", f.Code, f.Severity, e.Severity)
					}
				}
				if entry, ok := diag.Lookup(Codes(), f.Code); ok && entry.Severity != f.Severity {
					t.Errorf("%s is %s, the catalogue says %s", f.Code, f.Severity, entry.Severity)
				}
			}
			if err != nil && len(rec.Findings) == 0 {
				t.Errorf("%s: %v", e.Code, err)
			}
		}
		if !found {
			lines, _ := readAll(strings.NewReader(text), 0)
			t.Errorf("the example of %s gives %q", e.Code, lines)
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		n++
		lit, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil || spec.Doc == nil {
			t.Errorf("%s: no doc comment, or no string", spec.Names[0])
		}
		if _, ok := diag.Lookup(Codes(), diag.Code(lit)); !ok {
			t.Errorf("%s is not in the catalogue", lit)
		}
		return true
	})
	if n != len(Codes()) {
		t.Errorf("%d codes, %d entries", n, len(Codes()))
	}
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
