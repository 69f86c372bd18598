package examples_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// libraryFiles parses the files of the library's packages, tests and generators aside, by the package's path in the
// module.
func libraryFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	all := make(map[string][]*ast.File)
	require.NoError(t, filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch base := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && name != ".." && (slices.Contains([]string{"testdata", "examples", "gen"}, base) || strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel("..", filepath.Dir(name))
		pkg = filepath.ToSlash(pkg)
		all[pkg] = append(all[pkg], f)
		return err
	}))
	require.NotEmpty(t, all)
	return all
}

func importPath(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value) // the parser has seen to it
	return p
}

// never are the packages of the standard library that the library does not import, with those below them.
var never = []string{"C", "log", "net", "os", "plugin", "reflect", "syscall", "unsafe"}

// exempt may import what others may not: the laws compare values of any type, and golden belongs to tests.
var exempt = map[string][]string{"fuzz": {"reflect"}, "internal/golden": {"os"}}

// TestHouseRules looks for what no package of the library may have: see CONTRIBUTING.
func TestHouseRules(t *testing.T) {
	for pkg, files := range libraryFiles(t) {
		for _, f := range files {
			for _, spec := range f.Imports {
				top, _, _ := strings.Cut(importPath(spec), "/")
				if slices.Contains(never, top) && !slices.Contains(exempt[pkg], top) {
					t.Errorf("%s imports %s", pkg, importPath(spec))
				}
			}
			for _, decl := range f.Decls {
				checkDeclaration(t, pkg, decl)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s starts a goroutine", pkg)
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Local") {
						t.Errorf("%s uses time.%s", pkg, n.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

func checkDeclaration(t *testing.T, pkg string, decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil && decl.Name.Name == "init" {
			t.Errorf("%s has an init function", pkg)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR && !strings.HasPrefix(pkg, "internal/") {
				for _, name := range spec.Names {
					if name.IsExported() {
						t.Errorf("%s exports the variable %s", pkg, name.Name)
					}
				}
			}
		}
	}
}
