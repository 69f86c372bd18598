package golden

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// CheckCodes holds the codes of the package in the folder dir to what the house promises of them:
//
//   - every constant of type diag.Code has a doc comment that begins with its name, and one entry in the catalogue; no
//     entry is without a constant; every constant is used outside of both
//   - an entry says what its code means and on which section it rests
//   - where the source names a severity and a code in one breath, as in c.Find(diag.Warning, NoRules, …), the severity is
//     the catalogue's; a code may have a second one if its doc comment names both
//   - the example of an entry, which run inspects, yields the code with the entry's severity
//   - every code with an example is expected by some .vec file below dir/testdata, if there are such files
//
// run gets kind and example as they stand in the entry; Unhex helps where the example is hex.
func CheckCodes(tb testing.TB, dir string, entries []diag.Entry, run func(kind, example string) []diag.Finding) {
	tb.Helper()
	problems, err := codeProblems(dir, entries, run)
	if err != nil {
		tb.Fatal(err)
	}
	for _, p := range problems {
		tb.Error(p)
	}
}

// Unhex returns the bytes of hex digits, in which blanks and line ends do not count.
func Unhex(tb testing.TB, text string) []byte {
	tb.Helper()
	b, err := unhex(text)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func codeProblems(dir string, entries []diag.Entry, run func(kind, example string) []diag.Finding) ([]string, error) {
	s, err := readCodes(dir)
	if err != nil {
		return nil, err
	}
	expected, vectors, err := expectedCodes(filepath.Join(dir, "testdata"))
	if err != nil {
		return nil, err
	}
	if len(s.consts) == 0 {
		s.problem("%s: no constants of type diag.Code", dir)
	}
	for _, c := range s.consts {
		c.check(s, entries)
	}
	for _, e := range entries {
		if !slices.ContainsFunc(s.consts, func(c codeConst) bool { return c.code == e.Code }) {
			s.problem("%s: in the catalogue, but no constant", e.Code)
		}
		if e.Means == "" || e.Spec == "" {
			s.problem("%s: the catalogue does not say what it means, or where that is specified", e.Code)
		}
		if e.Example == "" {
			continue
		}
		s.checkExample(e, run(e.Kind, e.Example))
		if vectors > 0 && !expected[e.Code] {
			s.problem("%s: has an example, but no vector expects it", e.Code)
		}
	}
	return s.problems, nil
}

// codeSource is what the Go source of a package says of its codes.
type codeSource struct {
	consts   []codeConst
	severity []codeSite
	used     map[string]bool // names of constants that are used outside of their declaration and the catalogue
	problems []string
}

type codeConst struct {
	name string
	code diag.Code
	doc  string
}

// codeSite is a place that names a severity and a code.
type codeSite struct {
	name, severity string
	at             token.Position
}

func (s *codeSource) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

func (c *codeConst) check(s *codeSource, entries []diag.Entry) {
	if rest, ok := strings.CutPrefix(c.doc, c.name); !ok || rest == "" || !strings.ContainsAny(rest[:1], " :") {
		s.problem("%s: the doc comment does not begin with its name: %q", c.name, c.doc)
	}
	if !s.used[c.name] {
		s.problem("%s: nothing uses it", c.name)
	}
	n := 0
	for _, e := range entries {
		if e.Code != c.code {
			continue
		}
		n++
		for _, site := range s.severity {
			if site.name != c.name || strings.EqualFold(site.severity, e.Severity.String()) {
				continue
			}
			if doc := strings.ToLower(c.doc); strings.Contains(doc, e.Severity.String()) && strings.Contains(doc, strings.ToLower(site.severity)) {
				continue // the doc comment says why it has two
			}
			s.problem("%s: %s is %s here, %v in the catalogue", site.at, c.name, site.severity, e.Severity)
		}
	}
	if n != 1 {
		s.problem("%s: %d entries in the catalogue", c.name, n)
	}
}

func (s *codeSource) checkExample(e diag.Entry, found []diag.Finding) {
	for _, f := range found {
		if f.Code == e.Code && f.Severity == e.Severity {
			return
		}
	}
	s.problem("%s: its example yields %v", e.Code, found)
}

// readCodes reads the Go files of a folder, tests aside.
func readCodes(dir string) (*codeSource, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	s := &codeSource{used: map[string]bool{}}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
		ast.Inspect(f, s.readConst)
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool { return s.readUse(set, n) })
	}
	return s, nil
}

func (s *codeSource) readConst(n ast.Node) bool {
	spec, ok := n.(*ast.ValueSpec)
	if !ok || lastName(spec.Type) != "Code" {
		return true
	}
	for i, name := range spec.Names {
		if i >= len(spec.Values) {
			continue // a variable
		}
		if lit, ok := spec.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				s.consts = append(s.consts, codeConst{name.Name, diag.Code(text), spec.Doc.Text()})
			}
		}
	}
	return false
}

func (s *codeSource) readUse(set *token.FileSet, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		if lastName(n.Type) == "Code" {
			return false
		}
	case *ast.CompositeLit:
		elem := n.Type
		if a, ok := elem.(*ast.ArrayType); ok {
			elem = a.Elt
		}
		if lastName(elem) == "Entry" {
			return false
		}
		s.readLiteral(set, n)
	case *ast.CallExpr:
		s.readCall(set, n)
	case *ast.Ident:
		if slices.ContainsFunc(s.consts, func(c codeConst) bool { return c.name == n.Name }) {
			s.used[n.Name] = true
		}
	}
	return true
}

// readLiteral finds diag.Finding{Severity: diag.Error, Code: X}, with or without its type, and wire.Words{Truncated: X}.
func (s *codeSource) readLiteral(set *token.FileSet, n *ast.CompositeLit) {
	var severity string
	var code ast.Expr
	for _, e := range n.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key := lastName(kv.Key); {
		case key == "Severity":
			severity = severityOf(kv.Value)
		case key == "Code":
			code = kv.Value
		case key == "Truncated" && lastName(n.Type) == "Words":
			s.site(set, kv.Value, "Fatal")
		}
	}
	if severity != "" && code != nil {
		s.site(set, code, severity)
	}
}

// readCall finds every call with a severity and a code among its arguments, and Rest, which implies one.
func (s *codeSource) readCall(set *token.FileSet, n *ast.CallExpr) {
	severity := ""
	if lastName(n.Fun) == "Rest" {
		severity = "Warning"
	}
	for _, a := range n.Args {
		if word := severityOf(a); word != "" {
			severity = word
		}
	}
	if severity == "" {
		return
	}
	for _, a := range n.Args {
		s.site(set, a, severity)
	}
}

func (s *codeSource) site(set *token.FileSet, code ast.Expr, severity string) {
	if id, ok := code.(*ast.Ident); ok {
		s.severity = append(s.severity, codeSite{id.Name, severity, set.Position(id.Pos())})
	}
}

func severityOf(e ast.Expr) string {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || lastName(sel.X) != "diag" {
		return ""
	}
	for v := diag.Info; v <= diag.Fatal; v++ {
		if strings.EqualFold(sel.Sel.Name, v.String()) {
			return sel.Sel.Name
		}
	}
	return ""
}

// lastName returns x of x and of y.x, "" of anything else.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// expectedCodes returns the codes that the vectors below dir expect, and how many vectors there are.
func expectedCodes(dir string) (codes map[diag.Code]bool, vectors int, err error) {
	codes = map[diag.Code]bool{}
	if _, err := os.Stat(dir); err != nil {
		return codes, 0, nil
	}
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".vec") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		v, err := parse(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		vectors++
		for _, f := range v.Expected() {
			_, code, _ := strings.Cut(f, " ")
			codes[diag.Code(code)] = true
		}
		return nil
	})
	return codes, vectors, err
}
