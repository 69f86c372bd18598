package blob_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/blob"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// value is what every structure can do.
type value interface {
	MarshalBinary() ([]byte, error)
	AppendBinary([]byte) ([]byte, error)
	UnmarshalBinary([]byte) error
	MarshalJSON() ([]byte, error)
	UnmarshalJSON([]byte) error
	Validate() []diag.Finding
}

// fresh returns a new value of every structure by its name.
func fresh() map[string]value {
	return map[string]value{
		"convindex": new(blob.ConversationIndex), "xid": new(blob.XID), "pcl": new(blob.PredecessorChangeList), "flatlist": new(blob.FlatEntryList),
		"verbstream": new(blob.VerbStream), "reporttag": new(blob.ReportTag), "renids": new(blob.AdditionalRenEntryIDs),
		"folderflags": new(blob.ExtendedFolderFlags), "webview": new(blob.WebViews), "tombstone": new(blob.Tombstones),
		"propdef": new(blob.PropertyDefinitions), "swappedtodo": new(blob.SwappedToDo), "nickname": new(blob.NicknameCache),
	}
}

// TestValidate: a value that was read finds in itself what was found in its bytes.
func TestValidate(t *testing.T) {
	require.Len(t, fresh(), len(inspectors))
	for kind, inspect := range inspectors {
		for _, vec := range golden.Load(t, "testdata/"+kind) {
			b := vec.Blob(t)
			r := inspect(b)
			v := fresh()[kind]
			if r.Max() >= diag.Error {
				require.Error(t, v.UnmarshalBinary(b), "%s/%s", kind, vec.Name)
				continue
			}
			require.NoError(t, v.UnmarshalBinary(b))
			require.Equal(t, slices.Collect(r.Findings()), v.Validate(), "%s/%s", kind, vec.Name)
			out, err := v.MarshalBinary()
			require.NoError(t, err)
			require.True(t, bytes.Equal(b, out), "%s/%s", kind, vec.Name)
		}
	}
}

// TestReuse decodes every vector into one value after every other: nothing of the other may be left.
func TestReuse(t *testing.T) {
	for kind := range inspectors {
		vecs := golden.Load(t, "testdata/"+kind)
		used := fresh()[kind]
		for _, a := range vecs {
			for _, b := range vecs {
				_ = used.UnmarshalBinary(a.Blob(t)) // whatever it leaves behind
				err := used.UnmarshalBinary(b.Blob(t))
				clean := fresh()[kind]
				require.Equal(t, clean.UnmarshalBinary(b.Blob(t)), err)
				if err != nil {
					continue
				}
				x, _ := used.MarshalJSON()
				y, _ := clean.MarshalJSON()
				require.Equal(t, string(y), string(x), "%s: %s after %s", kind, b.Name, a.Name)
			}
		}
	}
}

// nickname is a cache of one property with so many bytes of data.
func nickname(tag mapi.PropTag, n int) *blob.NicknameCache {
	return &blob.NicknameCache{Rows: []blob.NicknameRow{{Properties: []blob.NicknameProperty{{Tag: tag, Data: make([]byte, n)}}}}}
}

// TestNotEncodable: what would be read as something else, or does not fit, is not written.
func TestNotEncodable(t *testing.T) {
	long := make([]byte, 256)
	for name, v := range map[string]value{
		"convindex trailing":       &blob.ConversationIndex{Trailing: make([]byte, 5)},
		"convindex bits":           &blob.ConversationIndex{ResponseLevels: []blob.ResponseLevel{{Level: 16}}},
		"convindex code":           &blob.ConversationIndex{ResponseLevels: []blob.ResponseLevel{{DeltaCode: 2}}},
		"convindex delta":          &blob.ConversationIndex{ResponseLevels: []blob.ResponseLevel{{TimeDelta: 1 << 31}}},
		"xid":                      &blob.XID{},
		"pcl empty":                &blob.PredecessorChangeList{Changes: []blob.XID{{}}},
		"pcl long":                 &blob.PredecessorChangeList{Changes: []blob.XID{{LocalID: make([]byte, 240)}}},
		"pcl trailing":             &blob.PredecessorChangeList{Trailing: []byte{17}},
		"flatlist padding":         &blob.FlatEntryList{Entries: []blob.FlatEntry{{EntryID: []byte{1}}, {}}},
		"flatlist padding of none": &blob.FlatEntryList{Entries: []blob.FlatEntry{{Padding: []byte{1}}}},
		"verbstream extras":        &blob.VerbStream{Extras: make([]blob.VoteOptionExtras, 1)},
		"verbstream no extras":     &blob.VerbStream{NoExtras: true, Trailing: []byte{1}},
		"verbstream bytes":         &blob.VerbStream{Options: []blob.VoteOption{{MsgClsName: long}}, NoExtras: true},
		"verbstream units":         &blob.VerbStream{Options: make([]blob.VoteOption, 1), Extras: []blob.VoteOptionExtras{{DisplayName: strings.Repeat("a", 256)}}},
		"verbstream no WTF-8":      &blob.VerbStream{Options: make([]blob.VoteOption, 1), Extras: []blob.VoteOptionExtras{{DisplayNameRepeat: "\xff"}}},
		"renids sentinel":          &blob.AdditionalRenEntryIDs{Folders: make([]blob.PersistData, 2)},
		"renids sentinel elements": &blob.AdditionalRenEntryIDs{Folders: []blob.PersistData{{Elements: make([]blob.PersistElement, 1)}}},
		"renids element sentinel":  &blob.AdditionalRenEntryIDs{Folders: []blob.PersistData{{PersistID: 1, Elements: make([]blob.PersistElement, 2)}}},
		"renids rest":              &blob.AdditionalRenEntryIDs{Folders: []blob.PersistData{{PersistID: 1, Rest: []byte{1, 0, 0, 0}}}},
		"renids long":              &blob.AdditionalRenEntryIDs{Folders: []blob.PersistData{{Rest: make([]byte, 65536)}}},
		"renids trailing":          &blob.AdditionalRenEntryIDs{Trailing: []byte{1}},
		"folderflags long":         &blob.ExtendedFolderFlags{SubProperties: []blob.SubProperty{{Data: long}}},
		"folderflags many":         &blob.ExtendedFolderFlags{SubProperties: make([]blob.SubProperty, 17)},
		"folderflags trailing":     &blob.ExtendedFolderFlags{Trailing: []byte{1}},
		"tombstone header":         &blob.Tombstones{HeaderSize: 21},
		"tombstone name":           &blob.Tombstones{Records: []blob.Tombstone{{Username: make([]byte, 65536)}}},
		"propdef version":          &blob.PropertyDefinitions{Fields: make([]blob.FieldDefinition, 1)},
		"propdef version 1":        &blob.PropertyDefinitions{Version: 0x0102, Fields: []blob.FieldDefinition{{InternalType: 1}}},
		"propdef name":             &blob.PropertyDefinitions{Version: 0x0103, Fields: []blob.FieldDefinition{{NmidName: "\xff"}}},
		"propdef text":             &blob.PropertyDefinitions{Version: 0x0103, Fields: []blob.FieldDefinition{{ErrorANSI: blob.PackedText{Text: long, Long: true}}}},
		"propdef block":            &blob.PropertyDefinitions{Version: 0x0103, Fields: []blob.FieldDefinition{{SkipBlocks: [][]byte{{}}}}},
		"nickname type":            nickname(0x30010003, 4),
		"nickname no layout":       nickname(0x30011003, 0),
		"nickname GUID":            nickname(0x30010048, 15),
		"nickname list":            nickname(0x3001101F, 3),
		"nickname list of less":    &blob.NicknameCache{Rows: []blob.NicknameRow{{Properties: []blob.NicknameProperty{{Tag: 0x3001101E, Data: []byte{2, 0, 0, 0, 1}}}}}},
		"swappedtodo NUL":          &blob.SwappedToDo{FlagTo: "a\x00b"},
		"swappedtodo long":         &blob.SwappedToDo{FlagTo: strings.Repeat("a", 257)},
		"swappedtodo rest":         &blob.SwappedToDo{FlagToRest: []byte{1}},
		"swappedtodo zeros":        &blob.SwappedToDo{FlagToRest: make([]byte, 510)},
	} {
		t.Run(name, func(t *testing.T) {
			found := v.Validate()
			require.Len(t, found, 1)
			require.ErrorIs(t, found[0], blob.NotEncodable)
			require.NotEmpty(t, found[0].Path)
			require.NotEmpty(t, found[0].Spec)
			out, err := v.AppendBinary([]byte{7})
			require.ErrorContains(t, err, "blob: ")
			require.Equal(t, []byte{7}, out)
		})
	}
}

// TestUnmarshalJSON: what is no value form is refused, and the value left alone.
func TestUnmarshalJSON(t *testing.T) {
	for kind, v := range fresh() {
		for _, text := range []string{`[]`, `1`, `{"trailing":"0"}`, `{"data":1,"localId":"x","views":[{"data":"x"}],"subProperties":1,"trailing":0}`} {
			if kind == "xid" && text == `{"trailing":"0"}` || kind == "webview" && text == `{"trailing":"0"}` {
				continue // they have no such thing
			}
			require.Error(t, v.UnmarshalJSON([]byte(text)), "%s: %s", kind, text)
			require.Equal(t, fresh()[kind], v, "%s: %s", kind, text)
		}
	}
	require.ErrorContains(t, new(blob.ConversationIndex).UnmarshalJSON([]byte(`{"currentFileTime":"00"}`)), "must be 5")
	require.ErrorContains(t, new(blob.ReportTag).UnmarshalJSON([]byte(`{"cookie":"00"}`)), "must be 9")
	for _, text := range []string{`{"tag":"x","union":"0000000000000000"}`, `{"tag":"0x30010003","union":"00"}`, `{"tag":1}`} {
		require.Error(t, new(blob.NicknameCache).UnmarshalJSON([]byte(`{"rows":[{"properties":[`+text+`]}]}`)), text)
	}
	require.ErrorContains(t, new(blob.WebViews).UnmarshalJSON([]byte(`{"views":[{"unused":"00"}]}`)), "must be 28")
}

// TestTimes holds the times of a conversation to dates that were worked out in another way, in whole seconds from 1601.
func TestTimes(t *testing.T) {
	at := func(s string) uint64 {
		d, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return uint64(d.Unix()+11_644_473_600) * 10_000_000
	}
	header := func(t uint64, exchange bool) (v blob.ConversationIndex) {
		t >>= 16
		if exchange {
			t >>= 8
			t |= 1 << 40
		}
		v.Reserved = byte(t >> 40)
		for i := range v.CurrentFileTime {
			v.CurrentFileTime[i] = byte(t >> (32 - 8*i))
		}
		return v
	}
	level := func(d uint64) blob.ResponseLevel {
		if d>>49 == 0 {
			return blob.ResponseLevel{TimeDelta: uint32(d >> 18)}
		}
		return blob.ResponseLevel{DeltaCode: 1, TimeDelta: uint32(d>>23) & (1<<31 - 1)}
	}
	moments := []uint64{at("1999-10-14T12:54:20Z"), at("1999-10-14T13:10:00Z"), at("2003-01-01T00:00:00Z"), at("2003-01-01T00:00:01Z")}
	for _, exchange := range []bool{false, true} {
		v := header(moments[0], exchange)
		base := moments[0] &^ (1<<16 - 1)
		if exchange { // what Outlook takes the header for
			base = (moments[0]>>24 | 1<<40) << 16
		}
		for _, m := range moments[1:] {
			l := level(m - base)
			if exchange {
				l = blob.ResponseLevel{DeltaCode: 1, TimeDelta: uint32((m-base)>>23) & (1<<31 - 1)}
			}
			v.ResponseLevels = append(v.ResponseLevels, l)
			base += uint64(l.Elapsed() / 100)
			for exchange && m-base >= 1<<54 {
				base += 1 << 54
			}
		}
		times := v.Times()
		require.Len(t, times, 4)
		for i, m := range moments {
			require.InDelta(t, float64(m), float64(times[i]), 2e7*float64(i+1), "%v, %d", exchange, i)
		}
		begun, ok := v.Time()
		require.True(t, ok)
		require.Equal(t, times[0], begun)
	}
	for _, v := range []blob.ConversationIndex{{}, {Reserved: 1}, {Reserved: 2, CurrentFileTime: [5]byte{0xD0}}, header(at("1989-12-31T23:59:59Z"), false)} {
		_, ok := v.Time()
		require.False(t, ok, "%v", v)
		require.Nil(t, v.Times())
	}
	many := header(moments[0], false)
	for range 2000 { // more than a moment can be
		many.ResponseLevels = append(many.ResponseLevels, blob.ResponseLevel{DeltaCode: 1, TimeDelta: 1<<31 - 1})
	}
	times := many.Times()
	require.Len(t, times, 2001)
	require.True(t, slices.IsSorted(times))
}

func TestXID(t *testing.T) {
	x := blob.XID{LocalID: []byte{0, 0, 0x1A, 0x67, 0xB3, 0x8E}}
	n, ok := x.Counter()
	require.True(t, ok)
	require.EqualValues(t, 0x1A67B38E, n)
	require.Equal(t, "{00000000-0000-0000-0000-000000000000}-00001A67B38E", x.String())
	_, ok = (&blob.XID{LocalID: []byte{1}}).Counter()
	require.False(t, ok)
}

func TestWords(t *testing.T) {
	for id, want := range map[fmt.Stringer]string{
		blob.PersistSentinel: "PERSIST_SENTINEL", blob.RSSSubscription: "RSF_PID_RSS_SUBSCRIPTION", blob.SendAndTrack: "RSF_PID_SEND_AND_TRACK",
		blob.TodoSearch: "RSF_PID_TODO_SEARCH", blob.ConversationActions: "RSF_PID_CONV_ACTIONS", blob.CombinedActions: "RSF_PID_COMBINED_ACTIONS",
		blob.SuggestedContacts: "RSF_PID_SUGGESTED_CONTACTS", blob.ContactSearch: "RSF_PID_CONTACT_SEARCH", blob.BuddyListPDLs: "RSF_PID_BUDDYLIST_PDLS",
		blob.BuddyListContacts: "RSF_PID_BUDDYLIST_CONTACTS", blob.PersistID(0x8003): "0x8003", blob.ElementID(7): "0x0007", blob.SubPropertyID(6): "0x06",
	} {
		require.Equal(t, want, id.String())
	}
	require.Equal(t, "0x000C0000", blob.SubProperty{ID: blob.ToDoFolderVersion, Data: []byte{0, 0, 12, 0}}.String())
	require.Equal(t, "AB", blob.SubProperty{ID: blob.ToDoFolderVersion, Data: []byte{0xAB}}.String())
	require.Empty(t, blob.WebView{Type: 2, Data: []byte{65, 0}}.URL())
	require.True(t, blob.WebView{Flags: 3}.Shown())
	require.False(t, blob.WebView{Flags: 2}.Shown())
}

// TestNicknameValue reads values of every layout, and some that do not fit their type.
func TestNicknameValue(t *testing.T) {
	row := blob.NicknameRow{Properties: []blob.NicknameProperty{
		{Tag: 0x6001001F, Data: []byte{'A', 0, 0, 0}},
		{Tag: 0x6001001E, Data: []byte("second")},
		{Tag: 0x3001001E, Data: []byte("A\x00")},
		{Tag: 0x39FE001F, Data: []byte{'A', 0, 0}},
		{Tag: 0x60040003, Union: [8]byte{0, 32, 0, 0, 9, 9, 9, 9}},
		{Tag: 0x6002000B, Union: [8]byte{1, 0, 9, 9}},
		{Tag: 0x3A29101F, Data: []byte{4, 0, 0, 0, 'B', 0, 0, 0, 0, 0, 0, 0}},
		{Tag: 0x3A2A1102, Data: []byte{1, 0, 0, 0, 7, 9, 0, 0, 0}},
		{Tag: 0x300B0102, Data: []byte{1, 0}},
		{Tag: 0x00030048, Data: []byte{1}},
		{Tag: 0x00040006, Union: [8]byte{1, 2, 3, 4, 5, 6, 7, 8}},
	}}
	for id, want := range map[mapi.PropID]mapi.Value{
		0x6001: mapi.String("A"), 0x3001: mapi.String8{Raw: []byte("A")}, 0x6004: mapi.Integer32(0x2000), 0x6002: mapi.Boolean(1),
		0x39FE: mapi.Unknown{PropType: mapi.PtypString, Data: []byte{'A', 0, 0}},
		0x3A29: mapi.MultipleString{"B", ""}, 0x3A2A: mapi.MultipleBinary{{7}}, 0x300B: mapi.Binary{1, 0},
		0x0003: mapi.Unknown{PropType: mapi.PtypGuid, Data: []byte{1}},
		0x0004: mapi.Unknown{PropType: mapi.PtypCurrency, Data: []byte{1, 2, 3, 4, 5, 6, 7, 8}},
	} {
		v, ok := row.Value(id)
		require.True(t, ok, id)
		require.Equal(t, want, v, id)
	}
	_, ok := row.Value(0x3003)
	require.False(t, ok)
}

// TestFieldName reads the name of a field from blocks that are right, and from some that are cut off.
func TestFieldName(t *testing.T) {
	for hex, want := range map[string]string{"0241004200": "AB", "ff010043 00": "C", "00": ""} {
		name, ok := (&blob.FieldDefinition{SkipBlocks: [][]byte{golden.Unhex(t, hex)}}).FieldName()
		require.True(t, ok, hex)
		require.Equal(t, want, name)
	}
	for _, hex := range []string{"01", "0141", "ff", "ff01", "ff0100"} {
		_, ok := (&blob.FieldDefinition{SkipBlocks: [][]byte{golden.Unhex(t, hex)}}).FieldName()
		require.False(t, ok, hex)
	}
	_, ok := (&blob.FieldDefinition{}).FieldName()
	require.False(t, ok)
}

// TestAllocations: a used value is decoded into with no memory but the cursor's, where its structure has no texts.
func TestAllocations(t *testing.T) {
	for kind, name := range map[string]string{"convindex": "replies", "xid": "server", "pcl": "two", "flatlist": "two", "reporttag": "search-folder",
		"renids": "folders", "folderflags": "search-folder", "webview": "two", "tombstone": "two", "nickname": "two"} {
		vecs := golden.Load(t, "testdata/"+kind)
		i := slices.IndexFunc(vecs, func(v *golden.Vec) bool { return v.Name == name })
		require.GreaterOrEqual(t, i, 0, "%s has no vector %s", kind, name)
		b, v := vecs[i].Blob(t), fresh()[kind]
		require.LessOrEqual(t, testing.AllocsPerRun(20, func() {
			if v.UnmarshalBinary(b) != nil {
				t.Fatal("an error")
			}
		}), 1.0, kind)
	}
}

// TestKeepsNothing: a value and its report live on when the input changes.
func TestKeepsNothing(t *testing.T) {
	for kind := range inspectors {
		for _, vec := range golden.Load(t, "testdata/"+kind) {
			b, v := vec.Blob(t), fresh()[kind]
			if v.UnmarshalBinary(b) != nil {
				continue
			}
			r := inspectors[kind](b)
			before, _ := json.Marshal([]any{v, r})
			for i := range b {
				b[i] = 0xEE
			}
			after, _ := json.Marshal([]any{v, r})
			require.Equal(t, string(before), string(after), "%s/%s", kind, vec.Name)
		}
	}
}
