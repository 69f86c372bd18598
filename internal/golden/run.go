package golden

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Run holds a decoder to every vector of testdata/NAME, NAME being that of the laws: what is found in it, the value form
// of what it becomes, the annotated dump, and the laws.
func Run[T any](t *testing.T, laws fuzz.Laws[T]) {
	for _, vec := range Load(t, "testdata/"+laws.Name) {
		t.Run(laws.Name+"/"+vec.Name, func(t *testing.T) {
			b := vec.Blob(t)
			value, report := laws.Inspect(b)
			vec.CheckFindings(t, report)
			vec.Check(t, "value.json", IndentJSON(t, value))
			var dump bytes.Buffer
			if err := diag.Hexdump(&dump, b, report); err != nil {
				t.Fatal(err)
			}
			vec.Check(t, "inspect.txt", dump.String())
			laws.Check(t, b)
		})
	}
}

// IndentJSON returns the JSON of v with a line for every member.
func IndentJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "\t"); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
