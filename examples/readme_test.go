// Package examples_test holds the README to what it says: its example, its transcripts, its picture of the imports and
// its links.
package examples_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/stretchr/testify/require"
)

const module = "github.com/mapiprop/mapiprop/"

// blocks returns the fenced blocks of a document that are marked with a word, without their fences.
func blocks(t *testing.T, document, word string) []string {
	t.Helper()
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	var all []string
	for i, part := range strings.Split(string(text), "\n```") {
		if body, ok := strings.CutPrefix(part, word+"\n"); ok && i%2 == 1 {
			all = append(all, body+"\n")
		}
	}
	require.NotEmpty(t, all, "%s has no block marked %s", document, word)
	return all
}

// TestReadmeExamples compares the first Go program with one that is built, and the second one with an example that is run.
func TestReadmeExamples(t *testing.T) {
	shown := blocks(t, "../README.md", "go")
	require.Len(t, shown, 2)
	program, err := os.ReadFile("quickstart/main.go")
	require.NoError(t, err)
	if diff := cmp.Diff(string(program), shown[0]); diff != "" {
		t.Errorf("README's example is not examples/quickstart/main.go (-program +README):\n%s", diff)
	}
	if diff := cmp.Diff(exampleBody(t, "../recur/example_test.go"), shown[1]); diff != "" {
		t.Errorf("README's example is not the one of package recur (-package +README):\n%s", diff)
	}
}

// exampleBody returns what is in the function Example of a file, before its output.
func exampleBody(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	_, body, ok := strings.Cut(string(text), "\nfunc Example() {\n")
	require.True(t, ok, "%s has no Example", file)
	body, _, ok = strings.Cut(body, "\t// Output:\n")
	require.True(t, ok, "%s: the Example has no output", file)
	return strings.TrimPrefix(strings.ReplaceAll("\n"+body, "\n\t", "\n"), "\n")
}

// TestReadmeTranscripts runs the commands of all blocks marked console and compares what they print, in the manner of the
// command's own transcripts: standard error comes behind standard output with "2> " before each line, an exit status
// other than 0 as a last line. A line that is only … stands for any number of lines.
func TestReadmeTranscripts(t *testing.T) {
	command := filepath.Join(t.TempDir(), "mapiprop")
	if runtime.GOOS == "windows" {
		command += ".exe"
	}
	out, err := exec.Command("go", "build", "-o", command, "./mapiprop").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, document := range []string{"../README.md", "../CONTRIBUTING.md"} {
		for _, block := range blocks(t, document, "console") {
			for _, run := range strings.Split("\n"+strings.TrimSuffix(block, "\n"), "\n$ ")[1:] {
				line, want, _ := strings.Cut(run+"\n", "\n")
				t.Run(line, func(t *testing.T) {
					words := shellWords(line)
					require.Equal(t, "mapiprop", words[0])
					if got := transcript(t, command, words[1:]); !matches(want, got) {
						t.Errorf("(-%s +got)\n%s", document, cmp.Diff(want, got))
					}
				})
			}
		}
	}
}

// transcript runs the command in the root of the repository.
func transcript(t *testing.T, command string, args []string) string {
	var stdout, stderr strings.Builder
	cmd := exec.Command(command, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = "..", &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil {
		require.ErrorAs(t, err, &exit)
	}
	out := stdout.String()
	for line := range strings.Lines(stderr.String()) {
		out += "2> " + line
	}
	if err != nil {
		out += fmt.Sprintf("exit %d\n", exit.ExitCode())
	}
	return out
}

// shellWords splits a line at blanks outside single quotes.
func shellWords(line string) []string {
	var words []string
	for _, w := range regexp.MustCompile(`'[^']*'|[^ ]+`).FindAllString(line, -1) {
		words = append(words, strings.Trim(w, "'"))
	}
	return words
}

// matches reports whether got is want, in which lines of … stand for any lines.
func matches(want, got string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(want) {
		if line == "…\n" {
			pattern.WriteString(`(.*\n)*`)
		} else {
			pattern.WriteString(regexp.QuoteMeta(line))
		}
	}
	return regexp.MustCompile(`\A` + pattern.String() + `\z`).MatchString(got)
}

// TestReadmeImports compares the block marked imports with the code.
func TestReadmeImports(t *testing.T) {
	got := make(map[string][]string)
	for pkg, files := range libraryFiles(t) {
		got[pkg] = nil
		for _, f := range files {
			got[pkg] = append(got[pkg], imports(f)...)
		}
	}
	want := make(map[string][]string)
	for line := range strings.Lines(blocks(t, "../README.md", "imports")[0]) {
		if words := strings.Fields(line); len(words) > 0 {
			want[words[0]] = words[1:]
		}
	}
	if diff := cmp.Diff(edges(want), edges(got)); diff != "" {
		t.Errorf("the imports that README shows are not those of the code (-README +code):\n%s", diff)
	}
}

// TestReadmeLayers compares the block marked layers with the one marked imports: every import goes to a line further down.
func TestReadmeLayers(t *testing.T) {
	layer := map[string]int{}
	names := regexp.MustCompile(`^\S+(  \S+)*`) // two blanks stand between names, more before the words
	for i, line := range strings.Split(blocks(t, "../README.md", "layers")[0], "\n") {
		for _, name := range strings.Fields(names.FindString(line)) {
			dir, list, _ := strings.Cut(strings.TrimSuffix(name, "}"), "{")
			for one := range strings.SplitSeq(list, ",") {
				layer[dir+one] = i
			}
		}
	}
	for line := range strings.Lines(blocks(t, "../README.md", "imports")[0]) {
		words := strings.Fields(line)
		if words[0] == "internal/golden" || words[0] == "internal/house" {
			continue // only tests import these
		}
		above, ok := layer[words[0]]
		require.True(t, ok, "%s has no layer", words[0])
		for _, to := range words[1:] {
			if below, ok := layer[to]; to != "golang.org/x/text" && (!ok || below <= above) {
				t.Errorf("%s imports %s, which is not below it", words[0], to)
			}
		}
	}
}

// imports returns what a file imports beyond the standard library.
func imports(f *ast.File) []string {
	var all []string
	for _, spec := range f.Imports {
		p := importPath(spec)
		top, _, _ := strings.Cut(p, "/")
		switch {
		case strings.HasPrefix(p, module):
			all = append(all, strings.TrimPrefix(p, module))
		case strings.HasPrefix(p, "golang.org/x/text/"):
			all = append(all, "golang.org/x/text")
		case strings.Contains(top, "."):
			all = append(all, p)
		}
	}
	return all
}

func edges(of map[string][]string) []string {
	var all []string
	for _, pkg := range slices.Sorted(maps.Keys(of)) {
		to := slices.Clone(of[pkg])
		slices.Sort(to)
		all = append(all, fmt.Sprintf("%s: %s", pkg, strings.Join(slices.Compact(to), " ")))
	}
	return all
}

// TestReadmeTables compares the kinds of structures and the forms of dumps that README lists with those there are.
func TestReadmeTables(t *testing.T) {
	kinds := column(t, "| structure |", "kind")
	var want []string
	for _, k := range inspect.Kinds() {
		want = append(want, k.Name)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(kinds))); diff != "" {
		t.Errorf("the kinds that README lists are not those of mapi/inspect (-code +README):\n%s", diff)
	}
	want = nil
	for _, f := range append(all.Forms(0), cfbfs.Form(0)) {
		want = append(want, f.Name)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(column(t, "| dump |", "form")))); diff != "" {
		t.Errorf("the forms that README lists are not those of mapi/dump/all and cfbfs (-code +README):\n%s", diff)
	}
	for _, first := range []string{"| structure |", "| dump |"} {
		for _, pkg := range column(t, first, "package") {
			if info, err := os.Stat(filepath.Join("..", filepath.FromSlash(pkg))); pkg != "fs.FS" && (err != nil || !info.IsDir()) {
				t.Errorf("README lists the package %s, which is not there", pkg)
			}
		}
	}
}

// column returns what stands between backquotes in a column of README's table that begins with first.
func column(t *testing.T, first, name string) (words []string) {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	at := -1
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		switch {
		case strings.HasPrefix(line, first):
			at = slices.IndexFunc(cells, func(c string) bool { return strings.TrimSpace(c) == name })
			require.Positive(t, at, "the table %s has no column %s", first, name)
		case at > 0 && len(cells) <= at:
			return words
		case at > 0:
			require.NotEmpty(t, strings.TrimSpace(cells[len(cells)-2]), "without a state: %s", line)
			for _, w := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[at], -1) {
				words = append(words, w[1])
			}
		}
	}
	require.Positive(t, at, "README has no table %s", first)
	return words
}

// TestLinks checks that the files the documents point to are there.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#: ]+)[^):]*\)`)
	for _, document := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(path.Join("..", document))
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(path.Join("..", m[1]))
			require.NoError(t, err, "%s points to %s", document, m[1])
		}
	}
}

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
