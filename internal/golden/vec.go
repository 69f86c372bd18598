// Package golden reads and checks .vec files: one input, one point, and what is made of it, as text.
//
//	expect: warning tzdef.trailing-data
//	spec: [MS-OXOCAL] 2.2.1.41
//	source: synthetic
//	comment: two bytes follow the only rule
//	-- blob.hex --
//	0201 0c00 …
//	-- value.json --
//	{"majorVersion":2, …}
//	-- inspect.txt --
//	0000  02 …
//
// Header and input are written by hand; go test -update writes the rest and touches nothing else. Only tests import this
// package.
package golden

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

var update = flag.Bool("update", false, "rewrite the outputs in .vec files")

// Vec is one file.
type Vec struct {
	Name     string // the file's name without .vec
	path     string
	header   []string // lines as they stand
	sections []section
}

type section struct{ name, text string }

// Load returns the vectors of a folder. It fails the test if there are none.
func Load(tb testing.TB, dir string) []*Vec {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.vec"))
	if err != nil || len(names) == 0 {
		tb.Fatalf("no vectors in %s (%v)", dir, err)
	}
	var all []*Vec
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		v, err := parse(string(data))
		if err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		v.Name, v.path = strings.TrimSuffix(filepath.Base(name), ".vec"), name
		all = append(all, v)
	}
	return all
}

func parse(text string) (*Vec, error) {
	v := new(Vec)
	for line := range strings.Lines(text) {
		if !strings.HasSuffix(line, "\n") {
			return nil, fmt.Errorf("the last line has no end: %q", line)
		}
		if name, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(name, " --\n") {
			v.sections = append(v.sections, section{name: strings.TrimSuffix(name, " --\n")})
			continue
		}
		if n := len(v.sections); n > 0 {
			v.sections[n-1].text += line
			continue
		}
		if key, _, ok := strings.Cut(line, ": "); !ok || strings.ContainsAny(key, " \t") {
			return nil, fmt.Errorf("header line %q is not key: value", line)
		}
		v.header = append(v.header, line)
	}
	for _, key := range []string{"expect", "spec", "source"} {
		if v.Header(key) == "" {
			return nil, fmt.Errorf("no %q in the header", key)
		}
	}
	return v, nil
}

// Header returns a value of the header, "" if it is not there.
func (v *Vec) Header(key string) string {
	for _, line := range v.header {
		if value, ok := strings.CutPrefix(line, key+": "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// Section returns the text of a section, and whether it is there.
func (v *Vec) Section(name string) (string, bool) {
	for _, s := range v.sections {
		if s.name == name {
			return s.text, true
		}
	}
	return "", false
}

// Blob returns the bytes of the section blob.hex.
func (v *Vec) Blob(tb testing.TB) []byte {
	tb.Helper()
	text, ok := v.Section("blob.hex")
	if !ok {
		tb.Fatalf("%s: no blob.hex", v.path)
	}
	b, err := unhex(text)
	if err != nil {
		tb.Fatalf("%s: %v", v.path, err)
	}
	return b
}

func unhex(text string) ([]byte, error) {
	return hex.DecodeString(strings.Join(strings.Fields(text), ""))
}

// Expected returns what the header's expect says, one word pair a finding: "warning tzdef.trailing-data". It is empty
// for "ok".
func (v *Vec) Expected() []string {
	if v.Header("expect") == "ok" {
		return nil
	}
	var all []string
	for f := range strings.SplitSeq(v.Header("expect"), ",") {
		all = append(all, strings.TrimSpace(f))
	}
	return all
}

// CheckFindings compares what the header expects with the findings of a report.
func (v *Vec) CheckFindings(tb testing.TB, r *diag.Report) {
	tb.Helper()
	var got []string
	for f := range r.Findings() {
		got = append(got, f.Severity.String()+" "+string(f.Code))
	}
	if diff := cmp.Diff(v.Expected(), got); diff != "" {
		tb.Errorf("%s: findings (-want +got):\n%s", v.path, diff)
	}
}

// Check compares an output with its section, or writes it there with -update.
func (v *Vec) Check(tb testing.TB, name, got string) {
	tb.Helper()
	if !strings.HasSuffix(got, "\n") {
		got += "\n"
	}
	want, ok := v.Section(name)
	if want == got {
		return
	}
	if !*update {
		tb.Errorf("%s: %s (-want +got):\n%s", v.path, name, cmp.Diff(want, got))
		return
	}
	if !ok {
		v.sections = append(v.sections, section{name: name})
	}
	for i := range v.sections {
		if v.sections[i].name == name {
			v.sections[i].text = got
		}
	}
	if err := os.WriteFile(v.path, []byte(v.String()), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// String returns the file.
func (v *Vec) String() string {
	var b strings.Builder
	for _, line := range v.header {
		b.WriteString(line)
	}
	for _, s := range v.sections {
		b.WriteString("-- " + s.name + " --\n" + s.text)
	}
	return b.String()
}
