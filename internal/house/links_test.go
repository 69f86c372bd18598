package house

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestLinked wants decoders of XML and JSON to stay out of programs that need none: neither the records of dumps nor the
// forms that are neither reach those of the standard library over any number of imports, and nothing here reaches a form
// of dump but its own. Structures have JSON of their own.
func TestLinked(t *testing.T) {
	edges := map[string]map[string]bool{}
	for _, f := range library(t) {
		if edges[f.pkg] == nil {
			edges[f.pkg] = map[string]bool{}
		}
		for _, p := range f.imports() {
			edges[f.pkg][strings.TrimPrefix(p, module+"/")] = true
		}
	}
	for _, from := range []string{"guid", "tzdef", "recur", "mapi", "mapi/dump", "mapi/dump/lines", "mapi/dump/msg", "mapi/dump/tnef"} {
		if edges[from] == nil {
			t.Errorf("there is no package %s", from)
		}
		reached := map[string]bool{}
		for todo := []string{from}; len(todo) > 0; {
			pkg := todo[0]
			todo = todo[1:]
			for _, to := range slices.Sorted(maps.Keys(edges[pkg])) {
				if !reached[to] {
					reached[to] = true
					todo = append(todo, to)
				}
			}
		}
		for to := range reached {
			if to == "encoding/xml" || to == "encoding/json" && from != "tzdef" && from != "recur" || strings.HasPrefix(to, "mapi/dump/") {
				t.Errorf("%s reaches %s", from, to)
			}
		}
	}
}
