package mapi

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/stretchr/testify/require"
)

// TestCatalogue runs the example of every code, and holds the code to its severity.
func TestCatalogue(t *testing.T) {
	for _, e := range Codes() {
		var found []diag.Finding
		switch first, rest, _ := strings.Cut(e.Example, " "); e.Kind {
		case "propvalue":
			_, _, _, r, _ := inspectTagged(unhex(t, e.Example), ProfileROP)
			found = findings(r)
		case "ocfgvalue":
			_, _, _, r, _ := inspectTagged(unhex(t, e.Example), ProfileOCFG)
			found = findings(r)
		case "fasttransfer":
			_, _, _, r, _ := inspectTagged(unhex(t, e.Example), ProfileFastTransfer)
			found = findings(r)
		case "string8":
			cp, err := strconv.Atoi(first)
			require.NoError(t, err)
			_, found = String8{Raw: unhex(t, rest), CodePage: cp}.Text()
		case "raw":
			typ, ok := ParsePropType("0x" + first)
			require.True(t, ok)
			_, err := ParseRaw(typ, unhex(t, rest))
			var f diag.Finding
			require.True(t, errors.As(err, &f))
			found = append(found, f)
		default:
			t.Errorf("%s: kind %q", e.Code, e.Kind)
		}
		if len(found) != 1 || found[0].Code != e.Code || found[0].Severity != e.Severity {
			t.Errorf("%s: its example yields %+v", e.Code, found)
		}
		if e.Means == "" || e.Spec == "" {
			t.Errorf("%s: says nothing", e.Code)
		}
	}
}

// TestCodesAreCatalogued reads the constants from the source.
func TestCodesAreCatalogued(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	require.NoError(t, err)
	n := 0
	ast.Inspect(f, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || spec.Type == nil {
			return true
		}
		n++
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		require.NoError(t, err)
		if _, ok := diag.Lookup(catalogue[:], diag.Code(text)); !ok || !strings.HasPrefix(text, "mapi.") {
			t.Errorf("%s is not in the catalogue", text)
		}
		if doc := spec.Doc.Text(); !strings.HasPrefix(doc, spec.Names[0].Name+": ") || !strings.Contains(doc, "[MS-") {
			t.Errorf("%s has no doc comment that says what it means and which section: %q", text, doc)
		}
		return true
	})
	require.Equal(t, len(catalogue), n)
	Codes()[0].Means = "" // a copy
	require.NotEmpty(t, catalogue[0].Means)
}
