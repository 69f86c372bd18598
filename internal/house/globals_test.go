package house

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGlobals: nothing in a package of the library changes after it was made. So no variable is exported, none is
// assigned to by a function, no function runs by itself, and nothing runs beside the caller or asks for the time.
func TestGlobals(t *testing.T) { checkGlobals(t.Errorf, library(t)) }

func checkGlobals(report reporter, all []*goFile) {
	perPackage := map[string]map[string]bool{}
	for _, f := range all {
		for _, decl := range f.ast.Decls {
			checkDeclaration(report, f, decl, perPackage)
		}
	}
	for _, f := range all {
		checkBodies(report, f, perPackage[f.pkg])
	}
}

func TestGlobalsPlanted(t *testing.T) {
	got := planted(t, "tzdef", `package tzdef
import "time"
var Exported, table = 1, map[int]int{}
var _ = 1
func init() {}
func f(table2 int) { table[1] = 2; table = nil; go f(1); _ = time.Now(); table2++ }
func g() { table := map[int]int{}; table[1] = 2; _ = table }
func h() { (*(&table))[1]++; table[1]++ }
`, checkGlobals)
	want := []string{"tzdef/x.go:3: the variable Exported is exported", "tzdef/x.go:5: an init function", "tzdef/x.go:6: the package's variable table is assigned to",
		"tzdef/x.go:6: the package's variable table is assigned to", "tzdef/x.go:6: a goroutine", "tzdef/x.go:6: time.Now", "tzdef/x.go:8: the package's variable table is counted"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// checkDeclaration looks at one declaration and collects the variables of the package.
func checkDeclaration(report reporter, f *goFile, decl ast.Decl, perPackage map[string]map[string]bool) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil && decl.Name.Name == "init" {
			report("%s:%d: an init function", f.path, f.line(decl.Pos()))
		}
	case *ast.GenDecl:
		if decl.Tok != token.VAR {
			return
		}
		for _, spec := range decl.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.Name == "_" {
					continue
				}
				if name.IsExported() {
					report("%s:%d: the variable %s is exported", f.path, f.line(name.Pos()), name.Name)
				}
				if perPackage[f.pkg] == nil {
					perPackage[f.pkg] = map[string]bool{}
				}
				perPackage[f.pkg][name.Name] = true
			}
		}
	}
}

// checkBodies looks into the functions of a file.
func checkBodies(report reporter, f *goFile, globals map[string]bool) {
	for _, decl := range f.ast.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		local := localNames(fn)
		ast.Inspect(fn, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				report("%s:%d: a goroutine", f.path, f.line(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Local" || n.Sel.Name == "Sleep") {
					report("%s:%d: time.%s", f.path, f.line(n.Pos()), n.Sel.Name)
				}
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					if name := base(to); n.Tok != token.DEFINE && globals[name] && !local[name] {
						report("%s:%d: the package's variable %s is assigned to", f.path, f.line(n.Pos()), name)
					}
				}
			case *ast.IncDecStmt:
				if name := base(n.X); globals[name] && !local[name] {
					report("%s:%d: the package's variable %s is counted", f.path, f.line(n.Pos()), name)
				}
			}
			return true
		})
	}
}

// base returns the variable that an assignment to x changes: x of x, x[i], x.f and *x. It is "" where that is no name.
func base(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.IndexExpr:
		return base(x.X)
	case *ast.SelectorExpr:
		return base(x.X)
	case *ast.StarExpr:
		return base(x.X)
	case *ast.ParenExpr:
		return base(x.X)
	}
	return ""
}

// localNames returns every name that is declared inside fn: those may hide a variable of the package.
func localNames(fn *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	add := func(list []*ast.Ident) {
		for _, id := range list {
			names[id.Name] = true
		}
	}
	if fn.Recv != nil {
		for _, field := range fn.Recv.List {
			add(field.Names)
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			for _, list := range []*ast.FieldList{n.Params, n.Results} {
				if list != nil {
					for _, field := range list.List {
						add(field.Names)
					}
				}
			}
		case *ast.ValueSpec:
			add(n.Names)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				addExprs(names, n.Lhs)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				addExprs(names, []ast.Expr{n.Key, n.Value})
			}
		}
		return true
	})
	return names
}

func addExprs(names map[string]bool, list []ast.Expr) {
	for _, x := range list {
		if id, ok := x.(*ast.Ident); ok {
			names[id.Name] = true
		}
	}
}

// TestNoEmbedding: there is nothing in a package that go:embed, go:linkname or cgo brought in.
func TestNoEmbedding(t *testing.T) {
	for _, f := range library(t) {
		for _, group := range f.ast.Comments {
			for _, c := range group.List {
				for _, directive := range []string{"//go:embed", "//go:linkname", "//export "} {
					if strings.HasPrefix(c.Text, directive) {
						t.Errorf("%s:%d: %s", f.path, f.line(c.Pos()), directive)
					}
				}
			}
		}
	}
}
