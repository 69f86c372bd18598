package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

const goodCodes = `package p

import "diag"

const (
	// Short says that bytes are missing.
	Short diag.Code = "p.truncated"
	// Odd: a number is odd. It is an Info, and a Warning when it is also large.
	Odd diag.Code = "p.odd"
)

var words = wire.Words{Truncated: Short}

var catalogue = []diag.Entry{{Code: Short}, {Code: Odd}}

func f(c *wire.Cursor) {
	c.Find(diag.Info, Odd, "n", 0, 1, "is odd")
	c.Find(diag.Warning, Odd, "n", 0, 1, "is odd and large")
	g(diag.Finding{Severity: diag.Fatal, Code: Short})
}
`

var goodEntries = []diag.Entry{
	{Code: "p.truncated", Severity: diag.Fatal, Means: "m", Spec: "s", Kind: "p", Example: "00"},
	{Code: "p.odd", Severity: diag.Info, Means: "m", Spec: "s", Kind: "p", Example: "01"},
}

func runGood(kind, example string) []diag.Finding {
	if example == "00" {
		return []diag.Finding{{Code: "p.truncated", Severity: diag.Fatal}}
	}
	return []diag.Finding{{Code: "p.other", Severity: diag.Fatal}, {Code: "p.odd", Severity: diag.Info}}
}

// TestCheckCodes breaks every promise once.
func TestCheckCodes(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string // what to replace in the source
		entries  func(e []diag.Entry) []diag.Entry
		vector   string // the expect line of a vector
		run      func(kind, example string) []diag.Finding
		want     string
	}{
		"all good":             {},
		"vector expects both":  {vector: "fatal p.truncated, info p.odd"},
		"vector expects one":   {vector: "fatal p.truncated", want: "p.odd: has an example, but no vector expects it"},
		"doc of another name":  {from: "// Short says", to: "// Long says", want: "Short: the doc comment does not begin"},
		"doc of a longer name": {from: "// Short says", to: "// Shortage says", want: "Short: the doc comment does not begin"},
		"no doc":               {from: "	// Short says that bytes are missing.\n", want: "Short: the doc comment does not begin"},
		"unused":               {from: "Truncated: Short}\n", to: "}\n", want: ""},
		"unused at all":        {from: "(c *wire.Cursor) {", to: "(c *wire.Cursor) {} /*", want: "Odd: nothing uses it"},
		"other severity":       {from: "diag.Warning, Odd", to: "diag.Error, Odd", want: "Odd is Error here, info in the catalogue"},
		"other severity in a literal": {from: "Severity: diag.Fatal", to: "Severity: diag.Error",
			want: "Short is Error here, fatal in the catalogue"},
		"words": {entries: func(e []diag.Entry) []diag.Entry { e[0].Severity = diag.Error; return e },
			want: "Short is Fatal here, error in the catalogue"},
		"rest": {from: `c.Find(diag.Warning, Odd, "n", 0, 1, "is odd and large")`, to: `c.Rest("n", Short)`,
			want: "Short is Warning here, fatal in the catalogue"},
		"no entry":     {entries: func(e []diag.Entry) []diag.Entry { return e[:1] }, want: "Odd: 0 entries"},
		"two entries":  {entries: func(e []diag.Entry) []diag.Entry { return append(e, e[0]) }, want: "Short: 2 entries"},
		"no constants": {from: "diag.Code", to: "diag.Word", want: "no constants of type diag.Code"},
		"entry only": {entries: func(e []diag.Entry) []diag.Entry { return append(e, diag.Entry{Code: "p.x", Means: "m", Spec: "s"}) },
			want: "p.x: in the catalogue, but no constant"},
		"no meaning": {entries: func(e []diag.Entry) []diag.Entry { e[0].Means = ""; return e }, want: "p.truncated: the catalogue does not say"},
		"no section": {entries: func(e []diag.Entry) []diag.Entry { e[0].Spec = ""; return e }, want: "p.truncated: the catalogue does not say"},
		"example yields nothing": {run: func(string, string) []diag.Finding { return nil },
			want: "p.truncated: its example yields []"},
		"example yields another severity": {run: func(string, string) []diag.Finding {
			return []diag.Finding{{Code: "p.truncated", Severity: diag.Error}, {Code: "p.odd", Severity: diag.Info}}
		}, want: "p.truncated: its example yields"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			source := goodCodes
			if c.from != "" {
				require.Contains(t, source, c.from)
				source = strings.ReplaceAll(source, c.from, c.to)
			}
			if name == "unused at all" {
				source += "*/\nvar short = Short\n"
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte(source), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "p_test.go"), []byte("not Go"), 0o600), "tests are not read")
			if c.vector != "" {
				sub := filepath.Join(dir, "testdata", "p")
				require.NoError(t, os.MkdirAll(sub, 0o700))
				require.NoError(t, os.WriteFile(filepath.Join(sub, "x.vec"), []byte("expect: "+c.vector+"\nspec: s\nsource: x\n"), 0o600))
			}
			entries, run := append([]diag.Entry(nil), goodEntries...), runGood
			if c.entries != nil {
				entries = c.entries(entries)
			}
			if c.run != nil {
				run = c.run
			}
			problems, err := codeProblems(dir, entries, run)
			require.NoError(t, err)
			if c.want == "" {
				require.Empty(t, problems)
				return
			}
			require.Contains(t, strings.Join(problems, "\n"), c.want)
		})
	}
}

func TestCheckCodesErrors(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte("not Go"), 0o600))
	_, err := codeProblems(dir, nil, nil)
	require.ErrorContains(t, err, "p.go")

	dir = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "testdata"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "testdata", "x.vec"), []byte("none\n"), 0o600))
	_, err = codeProblems(dir, nil, nil)
	require.ErrorContains(t, err, "x.vec")
}

func TestUnhex(t *testing.T) {
	require.Equal(t, []byte{1, 2, 3}, Unhex(t, "01 02\n 03"))
}
