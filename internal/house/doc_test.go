package house

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formats are the packages whose exported structs are structures of a published format.
var formats = []string{"tzdef", "recur", "oof", "oof/rule", "oof/rtf", "mapi/blob", "mapi/security", "mapi/goid", "mapi/entryid", "mapi/freebusy"}

// noStructure are exported structs of those packages that no bytes are laid out as, and what they are instead.
var noStructure = map[string]string{
	"tzdef.Offset": "the answer of At",
}

// section is how a doc comment names where a structure is published.
var section = regexp.MustCompile(`\[MS-[A-Z]+\]|RFC \d+|Windows SDK`)

// TestDocs wants a doc comment on everything exported, which begins with the name, and the section on every structure.
func TestDocs(t *testing.T) { checkDocs(t.Errorf, library(t)) }

func TestDocsPlanted(t *testing.T) {
	got := planted(t, "tzdef", `package tzdef
// Good is [MS-OXOCAL] 2.2.
type Good struct{}
// Unsourced is a structure.
type Unsourced struct{}
type Bare struct{}
// The Number is fine.
type Number int
// Wrong name.
func (Good) Method() {}
func (bad) Method() {}
type bad struct{}
const Nothing = 1
const ( Said = 1 // why
)
// A Generic is RFC 2849.
type Generic[T any] struct{}
func (g *Generic[T]) Verb() {}
`, checkDocs)
	want := []string{"tzdef/x.go:5: the doc comment of Unsourced names no section", `tzdef/x.go:6: the doc comment of Bare does not begin with its name: ""`,
		"tzdef/x.go:6: the doc comment of Bare names no section", `tzdef/x.go:10: the doc comment of Method does not begin with its name: "Wrong name.\n"`,
		"tzdef/x.go:13: nothing explains the constant Nothing", `tzdef/x.go:18: the doc comment of Verb does not begin with its name: ""`,
		"package tzdef has no doc comment"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func checkDocs(report reporter, all []*goFile) {
	documented := map[string]bool{}
	for _, f := range all {
		documented[f.pkg] = documented[f.pkg] || f.ast.Doc != nil
		for _, decl := range f.ast.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Name.IsExported() && exportedReceiver(decl) {
					checkDoc(report, f, decl.Pos(), decl.Name.Name, decl.Doc)
				}
			case *ast.GenDecl:
				checkGroup(report, f, decl)
			}
		}
	}
	for pkg, ok := range documented {
		if !ok {
			report("package %s has no doc comment", pkg)
		}
	}
}

func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	x := fn.Recv.List[0].Type
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if generic, ok := x.(*ast.IndexExpr); ok {
		x = generic.X
	}
	id, ok := x.(*ast.Ident)
	return ok && id.IsExported()
}

// checkGroup looks at the types of a declaration, and at its constants. A constant may be explained by its own comment,
// by one at the end of its line, or by that of its group; generated lists of names by the last.
func checkGroup(report reporter, f *goFile, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			doc := spec.Doc
			if doc == nil && len(decl.Specs) == 1 {
				doc = decl.Doc
			}
			if !spec.Name.IsExported() {
				continue
			}
			checkDoc(report, f, spec.Pos(), spec.Name.Name, doc)
			if _, ok := spec.Type.(*ast.StructType); ok && slices.Contains(formats, f.pkg) && noStructure[path.Base(f.pkg)+"."+spec.Name.Name] == "" && !section.MatchString(doc.Text()) {
				report("%s:%d: the doc comment of %s names no section", f.path, f.line(spec.Pos()), spec.Name.Name)
			}
		case *ast.ValueSpec:
			if decl.Tok == token.CONST && spec.Names[0].IsExported() && spec.Doc == nil && spec.Comment == nil && decl.Doc == nil {
				report("%s:%d: nothing explains the constant %s", f.path, f.line(spec.Pos()), spec.Names[0].Name)
			}
		}
	}
}

func checkDoc(report reporter, f *goFile, at token.Pos, name string, doc *ast.CommentGroup) {
	words := strings.Fields(doc.Text())
	for len(words) > 1 && (words[0] == "A" || words[0] == "An" || words[0] == "The") {
		words = words[1:]
	}
	if len(words) == 0 || strings.Trim(words[0], ",:.") != name {
		report("%s:%d: the doc comment of %s does not begin with its name: %q", f.path, f.line(at), name, doc.Text())
	}
}
