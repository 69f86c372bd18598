package house

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	root   = "../.."
	module = "github.com/mapiprop/mapiprop"
)

// goFile is a file of the module, read.
type goFile struct {
	path string // from the root: "tzdef/tzrule.go"
	pkg  string // its folder: "tzdef"
	fset *token.FileSet
	ast  *ast.File
}

func (f *goFile) test() bool      { return strings.HasSuffix(f.path, "_test.go") }
func (f *goFile) generated() bool { return ast.IsGenerated(f.ast) }
func (f *goFile) line(p token.Pos) int {
	return f.fset.Position(p).Line
}

// ignored reports whether the go command leaves the file out: it is a generator.
func (f *goFile) ignored() bool {
	for _, group := range f.ast.Comments {
		for _, c := range group.List {
			if c.Pos() < f.ast.Package && constraint.IsGoBuild(c.Text) {
				x, err := constraint.Parse(c.Text)
				return err == nil && !x.Eval(func(tag string) bool { return tag != "ignore" })
			}
		}
	}
	return false
}

// imports returns what the file imports.
func (f *goFile) imports() (all []string) {
	for _, spec := range f.ast.Imports {
		p, _ := strconv.Unquote(spec.Path.Value) // the parser has seen to it
		all = append(all, p)
	}
	return all
}

// files returns the files of the root module; the examples are another one. The caller may change the slice.
func files(t *testing.T) []*goFile {
	t.Helper()
	all, err := parseAll()
	require.NoError(t, err)
	require.Greater(t, len(all), 50, "this is not the module")
	return slices.Clone(all)
}

var parseAll = sync.OnceValues(func() (all []*goFile, _ error) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || hasModule(path)):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f := &goFile{path: filepath.ToSlash(rel), fset: token.NewFileSet()}
		f.pkg = filepath.ToSlash(filepath.Dir(rel))
		f.ast, err = parser.ParseFile(f.fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, f)
		return err
	})
	return all, err
})

func hasModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// library returns the files that importers compile.
func library(t *testing.T) []*goFile {
	return slices.DeleteFunc(files(t), func(f *goFile) bool { return f.test() || f.ignored() })
}

// reporter is told of every fault: t.Errorf, or planted's own.
type reporter func(format string, args ...any)

// planted runs a check over a source with faults in it, and returns what it says.
func planted(t *testing.T, pkg, source string, check func(reporter, []*goFile)) (faults []string) {
	t.Helper()
	f := &goFile{path: pkg + "/x.go", pkg: pkg, fset: token.NewFileSet()}
	var err error
	f.ast, err = parser.ParseFile(f.fset, "x.go", source, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	check(func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }, []*goFile{f})
	return faults
}
