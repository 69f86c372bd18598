package house

import (
	"go/ast"
	"testing"
)

const (
	maxFile     = 450 // lines of a file
	maxFunction = 75  // lines of a function
)

// tooLong are the files and functions that are longer, and why they may be for now. The list only gets shorter: what has
// come within the limits must be taken off it.
var tooLong = map[string]string{}

// TestSizes keeps files and functions short enough to be read at once. Tests may be longer, because tables are; what is
// generated nobody reads.
func TestSizes(t *testing.T) {
	seen := map[string]bool{}
	report := func(what string, lines, limit int) {
		switch seen[what] = true; {
		case lines > limit && tooLong[what] == "":
			t.Errorf("%s has %d lines, %d at most", what, lines, limit)
		case lines <= limit && tooLong[what] != "":
			t.Errorf("%s has %d lines: take it off the list", what, lines)
		}
	}
	for _, f := range files(t) {
		if f.generated() || f.test() {
			continue
		}
		report(f.path, f.line(f.ast.FileEnd), maxFile)
		for _, decl := range f.ast.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				report(f.pkg+"."+receiver(fn)+fn.Name.Name, f.line(fn.End())-f.line(fn.Pos())+1, maxFunction)
			}
		}
	}
	for what := range tooLong {
		if !seen[what] {
			t.Errorf("%s is not there any more: take it off the list", what)
		}
	}
}

func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	x := fn.Recv.List[0].Type
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if generic, ok := x.(*ast.IndexExpr); ok {
		x = generic.X
	}
	if id, ok := x.(*ast.Ident); ok {
		return id.Name + "."
	}
	return ""
}
