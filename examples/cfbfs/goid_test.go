package cfbfs

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// TestCorpusIDs holds the ids of the corpus's meetings to each other: nothing is wrong with any, and both properties of an
// item are of one series.
func TestCorpusIDs(t *testing.T) {
	ids := 0
	for _, p := range corpus(t) {
		name := filepath.Base(p)
		if strings.HasPrefix(name, "clusterfuzz") {
			continue
		}
		recs, _, err := readMsg(t, p)
		require.NoError(t, err, name)
		keys := map[string]string{} // by item
		for _, rec := range recs {
			g := idOf(t, name, rec)
			if g == nil {
				continue
			}
			ids++
			if key, ok := keys[rec.Item]; ok {
				require.Equal(t, key, g.Key(), "%s: %s", name, rec.Item)
			}
			keys[rec.Item] = g.Key()
			back, err := goid.ParseUID(g.UID())
			require.NoError(t, err, name)
			require.Equal(t, g.Clean(), back, name)
		}
	}
	require.GreaterOrEqual(t, ids, 14)
}

// idOf returns the id that a property holds, or nil.
func idOf(t *testing.T, name string, rec dump.Record) *goid.GlobalObjectID {
	k, ok := inspect.ByProp(rec.Prop)
	if !ok || k.Name != "goid" || len(rec.Raw) == 0 {
		return nil
	}
	v, r := k.Inspect(rec.Raw)
	require.Zero(t, r.Max(), "%s: %s", name, rec.Item)
	return v.(*goid.GlobalObjectID)
}
