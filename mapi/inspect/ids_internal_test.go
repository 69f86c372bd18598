package inspect

import "testing"

// TestUndecoded: what a kind reads by now is taken out of the list of what none does.
func TestUndecoded(t *testing.T) {
	for k, i := range undecodedIndex {
		if of, ok := kindIndex[k]; ok {
			t.Errorf("%s: the kind %s decodes it: take its line out of undecoded", undecoded[i].Name, kinds[of].Name)
		}
	}
}
