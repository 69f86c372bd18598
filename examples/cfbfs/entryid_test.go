package cfbfs

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/entryid"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// TestCorpusEntryIDs reads every entry id of the corpus's messages: nothing is wrong with any, whatever its form, and each
// is written as it was read. What two properties say of the same person agrees.
func TestCorpusEntryIDs(t *testing.T) {
	forms, compared := map[string]int{}, 0
	for _, p := range corpus(t) {
		name := filepath.Base(p)
		recs, _, err := readMsg(t, p)
		if strings.HasPrefix(name, "clusterfuzz") && err != nil {
			continue
		}
		require.NoError(t, err, name)
		for i := range recs {
			for _, raw := range entryIDs(recs[i]) {
				forms[checkEntryID(t, name, raw)]++
			}
		}
		compared += checkSenders(t, name, recs)
	}
	require.GreaterOrEqual(t, forms["oneOff"], 90, forms)
	require.GreaterOrEqual(t, forms["addressBook"], 90, forms)
	require.GreaterOrEqual(t, forms["message"], 4, forms)
	require.Positive(t, forms["folder"], forms)
	require.Positive(t, forms["local"], forms)
	require.Zero(t, forms["unknown"], forms)
	require.GreaterOrEqual(t, compared, 30)
}

// entryIDs returns the ids that a property holds: one, several, or none.
func entryIDs(rec dump.Record) [][]byte {
	k, ok := inspect.ByProp(rec.Prop)
	switch {
	case !ok || k.Name != "entryid" || len(rec.Raw) == 0:
		return nil
	case rec.Prop.Tag.Type() == mapi.PtypMultipleBinary:
		list, _ := rec.Prop.Value.(mapi.MultipleBinary)
		return slices.DeleteFunc(slices.Clone(list), func(b []byte) bool { return len(b) == 0 })
	}
	return [][]byte{rec.Raw}
}

// checkEntryID holds one id to what is promised of them all, and returns its form.
func checkEntryID(t *testing.T, name string, raw []byte) string {
	t.Helper()
	id, r := entryid.Inspect(raw)
	for f := range r.Findings() {
		require.LessOrEqual(t, f.Severity, diag.Info, "%s: %x: %v", name, raw, f)
	}
	back, err := id.MarshalBinary()
	require.NoError(t, err, "%s: %x", name, raw)
	require.Equal(t, raw, back, name)
	var again entryid.EntryID
	require.NoError(t, json.Unmarshal(id.AppendJSON(nil), &again))
	back, err = again.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, raw, back, name)
	return id.Form.String()
}

// checkSenders compares the id of who sent a message with the address and the kind of address beside it, and
// returns how many it compared.
func checkSenders(t *testing.T, name string, recs []dump.Record) (compared int) {
	texts, ids := map[string]string{}, map[string]*entryid.EntryID{}
	for _, rec := range recs {
		key := fmt.Sprintf("%s/%v", rec.Item, rec.Prop.Tag.ID())
		switch v := rec.Prop.Value.(type) {
		case mapi.String:
			texts[key] = string(v)
		case mapi.String8:
			texts[key], _ = v.Text()
		case mapi.Binary:
			if len(entryIDs(rec)) == 1 {
				ids[key], _ = entryid.Inspect(v)
			}
		}
	}
	for key, id := range ids {
		item, ok := strings.CutSuffix(key, "/0x0C19") // PidTagSenderEntryId
		if !ok {
			continue
		}
		kind, address := texts[item+"/0x0C1E"], texts[item+"/0x0C1F"]
		switch f := id.Form.(type) {
		case *entryid.AddressBook:
			if kind == "EX" {
				equal, _ := entryid.EqualDN(string(f.X500DN), address)
				compared++
				require.True(t, equal, "%s: %s is not %s", name, f.X500DN, address)
			}
		case *entryid.OneOff:
			_, addressType, email := f.Text(0)
			if kind == addressType {
				compared++
				require.True(t, strings.EqualFold(email, address), "%s: %s is not %s", name, email, address)
			}
		}
	}
	return compared
}
