package house

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// forTests are the dependencies that only tests have.
var forTests = []string{"github.com/google/go-cmp", "github.com/stretchr/testify"}

// TestGoMod holds the root module to its three dependencies, and to having nothing replaced: importers would not.
func TestGoMod(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	direct, other := requirements(string(b))
	want := append([]string{text}, forTests...)
	slices.Sort(want)
	if diff := cmp.Diff(want, direct); diff != "" {
		t.Errorf("direct requirements (-want +go.mod):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"go", "module"}, other); diff != "" {
		t.Errorf("directives beside require (-want +go.mod):\n%s", diff)
	}
}

// requirements returns the modules that go.mod requires directly, and the other directives in it.
func requirements(mod string) (direct, other []string) {
	block := ""
	for line := range strings.Lines(mod) {
		words, comment, _ := strings.Cut(line, "//")
		w := strings.Fields(words)
		switch {
		case len(w) == 0:
		case w[0] == ")":
			block = ""
		case len(w) == 2 && w[1] == "(":
			block = w[0]
		default:
			if block != "" {
				w = append([]string{block}, w...)
			}
			if w[0] != "require" {
				other = append(other, w[0])
			} else if strings.TrimSpace(comment) != "indirect" {
				direct = append(direct, w[1])
			}
		}
	}
	slices.Sort(direct)
	slices.Sort(other)
	return direct, slices.Compact(other)
}

func TestRequirements(t *testing.T) {
	direct, other := requirements("module m\n\ngo 1.26.0\n\nrequire b/b v1 // indirect\nrequire a/a v1\nrequire (\n\tc/c v1\n\td/d v1 // indirect\n)\nreplace c/c => ../c\ntool (\n\te/e\n)\n")
	require.Equal(t, []string{"a/a", "c/c"}, direct)
	require.Equal(t, []string{"go", "module", "replace", "tool"}, other)
}

// TestForTests keeps the dependencies of tests out of everything else, generators and test support included.
func TestForTests(t *testing.T) {
	for _, f := range files(t) {
		if f.test() || slices.Contains(testSupport, f.pkg) {
			continue
		}
		for _, p := range f.imports() {
			for _, dep := range forTests {
				if p == dep || strings.HasPrefix(p, dep+"/") {
					t.Errorf("%s imports %s, which is for tests", f.path, p)
				}
			}
		}
	}
}
