package graph_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
)

// show writes a record as the vectors have it: where, whose, which property, its bytes and value, and what is said of it.
func show(rec dump.Record, err error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d:%d %q", rec.Line, rec.Offset, rec.Item)
	if err == nil {
		fmt.Fprintf(&b, " %s %s", rec.Prop.Tag, rec.Prop.Tag.Type())
	}
	if !rec.Prop.Name.IsZero() {
		fmt.Fprintf(&b, " %s", rec.Prop.Name)
	}
	if rec.Raw != nil {
		fmt.Fprintf(&b, " raw=%x", rec.Raw)
	}
	if v := rec.Prop.Value; v != nil {
		fmt.Fprintf(&b, " value=%s", v.AppendJSON(nil))
	}
	if rec.Derived {
		b.WriteString(" derived")
	}
	if rec.Text != "" {
		fmt.Fprintf(&b, " text=%+q", rec.Text)
	}
	for _, f := range rec.Findings {
		how := ""
		if errors.Is(err, f.Code) {
			how = " (error)"
		}
		fmt.Fprintf(&b, "\n    %s %v%s", f.Severity, f, how)
	}
	return b.String() + "\n"
}

func readAll(r io.Reader) (recs []dump.Record, errs []error) {
	for rec, err := range graph.NewReader(r, "test.json").Records() {
		recs, errs = append(recs, rec), append(errs, err)
	}
	return recs, errs
}

// shown reads a file and writes its records.
func shown(r io.Reader) string {
	var b strings.Builder
	recs, errs := readAll(r)
	for i := range recs {
		b.WriteString(show(recs[i], errs[i]))
	}
	return b.String()
}

// findings returns those of all records, in order.
func findings(r io.Reader) (all []diag.Finding) {
	recs, _ := readAll(r)
	for _, rec := range recs {
		all = append(all, rec.Findings...)
	}
	return all
}

// input returns the file of a vector: text without the end of its last line, or bytes.
func input(t testing.TB, v *golden.Vec) string {
	if text, ok := v.Section("input.txt"); ok {
		return strings.TrimSuffix(text, "\n")
	}
	return string(v.Blob(t))
}

// TestVectors reads the files of testdata. What they make of the worked vectors V25 and V26 is in them too.
func TestVectors(t *testing.T) {
	for _, v := range golden.Load(t, "testdata") {
		t.Run(v.Name, func(t *testing.T) {
			in := input(t, v)
			var got []string
			for _, f := range findings(strings.NewReader(in)) {
				got = append(got, f.Severity.String()+" "+string(f.Code))
			}
			if d := cmp.Diff(v.Expected(), got); d != "" {
				t.Errorf("findings (-want +got):\n%s", d)
			}
			v.Check(t, "records.txt", shown(strings.NewReader(in)))
		})
	}
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", graph.Codes(), func(kind, example string) []diag.Finding {
		switch kind {
		case "graph":
		case "graph.hex":
			example = string(golden.Unhex(t, example))
		default:
			t.Fatalf("no kind %q", kind)
		}
		return findings(strings.NewReader(example))
	})
}

// TestCodesWithoutExample: the findings whose smallest input is too large for a catalogue are made by TestLimits.
func TestCodesWithoutExample(t *testing.T) {
	var missing []diag.Code
	for _, e := range graph.Codes() {
		if e.Example == "" {
			missing = append(missing, e.Code)
		}
	}
	if d := cmp.Diff([]diag.Code{graph.TooDeep, graph.TooLong, graph.LateID}, missing); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	graph.Codes()[0].Means = "" // a copy
	if slices.ContainsFunc(graph.Codes(), func(e diag.Entry) bool { return e.Means == "" }) {
		t.Error("Codes is not a copy")
	}
}
