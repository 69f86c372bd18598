package golden

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Shared returns a file of the folder that lies beside the module and is no part of it. The test is skipped where there is
// no such folder.
func Shared(t testing.TB, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for !isFile(filepath.Join(dir, "go.mod")) {
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, "..", "shared", filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no shared folder beside the module")
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// SharedLines calls f for every line of a shared file of JSON that is of one of the kinds. It returns how many there were.
func SharedLines(t *testing.T, name string, f func(kind string, line []byte), kinds ...string) (n int) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(Shared(t, name)))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v struct{ Kind string }
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		for _, kind := range kinds {
			if v.Kind == kind {
				n++
				f(kind, lines.Bytes())
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// expectation is what a line of calendar.jsonl says beside the fields.
type expectation struct {
	Warnings []struct {
		Code, Field string
		Offset      int
	}
	Error *struct {
		Field, Reason string
		Offset, Have  int
		Need          int64
	}
}

// Calendar holds a decoder to the vectors of its kind in the shared calendar.jsonl: every field, and every finding. pkg is
// what codes begin with. It returns how many vectors there were.
func Calendar(t *testing.T, pkg, kind string, inspect func([]byte) *diag.Report) int {
	return SharedLines(t, "vectors/calendar.jsonl", func(_ string, line []byte) {
		var v struct {
			ID, Hex string
			Expect  json.RawMessage
		}
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		t.Run(v.ID, func(t *testing.T) {
			r := inspect(Unhex(t, v.Hex))
			var want expectation
			if err := json.Unmarshal(v.Expect, &want); err != nil {
				t.Fatal(err)
			}
			if want.Error != nil {
				want.checkError(t, pkg, r)
				return
			}
			checkFields(t, v.Expect, r)
			want.checkWarnings(t, pkg, r)
		})
	}, kind)
}

func codeOf(pkg, word string) string { return pkg + "." + strings.ReplaceAll(word, "_", "-") }

func (want expectation) checkError(t *testing.T, pkg string, r *diag.Report) {
	var got []string
	for f := range r.Findings() {
		if f.Severity >= diag.Error {
			got = append(got, fmt.Sprintf("%v %s %s at %d: %s", f.Severity, f.Code, f.Path, f.Span.Offset, f.Msg))
		}
	}
	e := want.Error
	one := fmt.Sprintf("%v %s %s at %d: ", diag.Fatal, codeOf(pkg, e.Reason), e.Field, e.Offset)
	if e.Reason == "truncated" {
		one += fmt.Sprintf("needs %d bytes, %d left", e.Need, e.Have)
	}
	if len(got) != 1 || !strings.HasPrefix(got[0], one) {
		t.Errorf("found %q, want %q", got, one)
	}
}

func checkFields(t *testing.T, expect json.RawMessage, r *diag.Report) {
	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(expect))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		t.Fatal(err)
	}
	want, got := map[string]string{}, map[string]string{"size": fmt.Sprint(r.Size())}
	for _, key := range []string{"kind", "warnings"} {
		delete(fields, key)
	}
	flatten("", fields, want)
	for f := range r.Fields() {
		got[f.Path] = fmt.Sprint(f.Value)
		if b, ok := f.Value.([]byte); ok {
			got[f.Path] = hex.EncodeToString(b)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// flatten turns nested JSON into paths. What has no bytes in the blob is left out: null, "" and [] are no fields.
func flatten(path string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			if path != "" {
				key = path + "." + key
			}
			flatten(key, e, into)
		}
	case []any:
		for i, e := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i), e, into)
		}
	case json.Number:
		into[path] = v.String()
	case string:
		if v != "" {
			into[path] = v
		}
	}
}

// checkWarnings compares what was found. Of an array the vectors name the first element, and we the one at fault.
func (want expectation) checkWarnings(t *testing.T, pkg string, r *diag.Report) {
	wanted, found := map[string]bool{}, map[string]bool{}
	for _, w := range want.Warnings {
		at := fmt.Sprint(w.Offset)
		if w.Field != "" {
			at = w.Field
		}
		wanted[codeOf(pkg, w.Code)+" at "+at] = true
	}
	for f := range r.Findings() {
		if f.Severity > diag.Warning {
			t.Errorf("%v, where no error is", f)
		}
		at := fmt.Sprint(f.Span.Offset)
		if name, _, ok := strings.Cut(f.Path, "["); ok && strings.HasSuffix(name, "InstanceDates") {
			at = name
		}
		found[string(f.Code)+" at "+at] = true
	}
	if diff := cmp.Diff(wanted, found); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
