package inspect_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/tzdef"
)

func ExampleByProp() {
	prop := mapi.Prop{
		Tag:  0x80380102, // the id is local to one mailbox and says nothing
		Name: mapi.PropName{Set: guid.PSETID_Appointment.GUID(), LID: mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay},
	}
	kind, ok := inspect.ByProp(prop)
	fmt.Println(kind.Name, ok)
	// Output: tzdef true
}

func TestByProp(t *testing.T) {
	appointment, common, meeting := guid.PSETID_Appointment.GUID(), guid.PSETID_Common.GUID(), guid.PSETID_Meeting.GUID()
	task := guid.PSETID_Task.GUID()
	for _, tt := range []struct {
		name string
		prop mapi.Prop
		want string // "" for none
	}{
		{"StartDisplay", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x825E}}, "tzdef"},
		{"EndDisplay", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x825F}}, "tzdef"},
		{"Recur", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8260}}, "tzdef"},
		{"TimeZoneStruct", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8233}}, "tzstruct"},
		{"AppointmentRecur", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8216}}, "apptrecur"},
		{"TaskRecurrence", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: task, LID: 0x8116}}, "recur"},
		{"the LID of TaskRecurrence among appointments", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8116}}, ""},
		{"GlobalObjectId", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: meeting, LID: 0x0003}}, "goid"},
		{"CleanGlobalObjectId", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: meeting, LID: 0x0023}}, "goid"},
		{"another LID", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8234}}, ""},
		{"the LID in another set", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: common, LID: 0x825E}}, ""},
		{"an unknown set", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.GUID{1}, LID: 0x825E}}, ""},
		{"another type", mapi.Prop{Tag: 0x8001001F, Name: mapi.PropName{Set: appointment, LID: 0x825E}}, ""},
		{"a local id without a name", mapi.Prop{Tag: 0x825E0102}, ""},
		{"RtfCompressed", mapi.Prop{Tag: 0x10090102}, "rtf"},
		{"a list of free/busy blocks", mapi.Prop{Tag: 0x68541102}, "freebusy"},
		{"the history of replies", mapi.Prop{Tag: 0x3FE30102}, "oofhistory"},
		{"a truth value with its id", mapi.Prop{Tag: 0x3FE3000B}, ""},
		{"the tag of a list, of another type", mapi.Prop{Tag: 0x68540102}, "entryid"},
		{"EntryId", mapi.Prop{Tag: mapi.PidTagEntryId}, "entryid"},
		{"a list of entry ids", mapi.Prop{Tag: 0x36D81102}, "entryid"},
		{"members of a distribution list", mapi.Prop{Tag: 0x80011102, Name: mapi.PropName{Set: guid.PSETID_Address.GUID(), LID: 0x8055}}, "entryid"},
		{"the LID of members, of another type", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.PSETID_Address.GUID(), LID: 0x8055}}, ""},
		{"the folder of a conversation", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: common, LID: 0x85C6}}, "entryid"},
		{"the same in the set where MFCMAPI has it", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.PSETID_Sharing.GUID(), LID: 0x85C6}}, ""},
		{"a server id", mapi.Prop{Tag: 0x674000FB}, "serverid"},
		{"the tag of a list, of yet another", mapi.Prop{Tag: 0x68541003}, ""},
		{"a tag and a name", mapi.Prop{Tag: 0x68541102, Name: mapi.PropName{Set: appointment, LID: 0x825E}}, ""},
		{"a tag of nothing known", mapi.Prop{Tag: 0x300B0102}, ""},
		{"actions of a row", mapi.Prop{Tag: 0x668000FE}, "ruleaction"},
		{"the condition of a row", mapi.Prop{Tag: 0x667900FD}, "rulecondition"},
		{"actions of a message", mapi.Prop{Tag: 0x0E990102}, "extruleaction"},
		{"the condition of a message", mapi.Prop{Tag: 0x0E9A0102}, "extrulecondition"},
		{"a restriction of nothing known", mapi.Prop{Tag: 0x667A00FD}, ""},
		{"a list of nicknames", mapi.Prop{Tag: 0x7C090102, Value: mapi.Binary("\x0D\xF0\xAD\xBA\x0C")}, "nickname"},
		{"something else in its property", mapi.Prop{Tag: 0x7C090102, Value: mapi.Binary("\x0D\xF0\xAD")}, ""},
		{"its property, and nobody knows the value", mapi.Prop{Tag: 0x7C090102}, ""},
		{"a string name", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, Name: "x"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k, ok := inspect.ByProp(tt.prop)
			require.Equal(t, tt.want, k.Name)
			require.Equal(t, tt.want != "", ok)
		})
	}
}

// TestClean: the id of an instance is good in one of the two properties, and a finding in the other.
func TestClean(t *testing.T) {
	id, err := goid.New(1, [16]byte{}).WithInstanceDate(2008, 3, 25)
	require.NoError(t, err)
	b, err := id.MarshalBinary()
	require.NoError(t, err)
	for lid, want := range map[uint32][]diag.Code{mapi.PidLidGlobalObjectId: nil, mapi.PidLidCleanGlobalObjectId: {goid.CleanDate}} {
		k, ok := inspect.ByProp(mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.PSETID_Meeting.GUID(), LID: lid}})
		require.True(t, ok)
		v, r := k.Inspect(b)
		require.Equal(t, id, v)
		var found []diag.Code
		for f := range r.Findings() {
			found = append(found, f.Code)
		}
		require.Equal(t, want, found)
	}
	k, _ := inspect.ByName("goid")
	_, r := k.Inspect(b)
	require.Zero(t, r.Max(), "of a blob alone nobody knows which it should be")
	require.Equal(t, []string{"PidLidGlobalObjectId", "PidLidCleanGlobalObjectId"}, k.Properties())
}

// TestProperties: no property is in two places.
func TestProperties(t *testing.T) {
	k, _ := inspect.ByName("freebusy")
	require.Equal(t, []string{"PidTagScheduleInfoFreeBusyMerged", "PidTagScheduleInfoFreeBusyTentative",
		"PidTagScheduleInfoFreeBusyBusy", "PidTagScheduleInfoFreeBusyAway"}, k.Properties())
	seen := map[string]string{}
	for _, k := range inspect.Kinds() {
		for _, name := range k.Properties() {
			require.NotContains(t, seen, name, k.Name)
			seen[name] = k.Name
		}
	}
}

func TestNotDecoded(t *testing.T) {
	prop := mapi.Prop{Tag: 0x36E30102, Value: mapi.Binary{1}}
	s, ok := inspect.NotDecoded(prop)
	require.True(t, ok)
	require.Equal(t, inspect.Structure{Name: "FolderUserFieldStream", Spec: "MFCMAPI"}, s)
	for _, p := range []mapi.Prop{
		{Tag: 0x36E30102}, // it has no value
		{Tag: 0x36E31102, Value: mapi.MultipleBinary{{1}}}, // another type
		{Tag: mapi.PidTagEntryId, Value: mapi.Binary{1}},   // decoded
		{Tag: mapi.PidTagSearchKey, Value: mapi.Binary{1}}, // no structure
		{Tag: 0x80010102, Name: mapi.PropName{Set: guid.GUID{1}, LID: 0x8117}, Value: mapi.Binary{1}},
	} {
		_, ok := inspect.NotDecoded(p)
		require.False(t, ok, "%v", p)
	}
	s, ok = inspect.NotDecoded(mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.PSETID_Task.GUID(), LID: 0x8117}, Value: mapi.Binary{1}})
	require.True(t, ok)
	require.Equal(t, "TaskAssigners", s.Name)
}

// TestShared: of the properties in which MFCMAPI sees a structure of bytes, each is decoded, or known by name. The exceptions
// are one without a number, and one that only address books have. Those that are numbers are not for this package.
func TestShared(t *testing.T) {
	ids := 0
	for line := range strings.Lines(string(golden.Shared(t, "tables/smartview-map.tsv"))) {
		f := strings.Split(line, "\t")
		tag, err := strconv.ParseUint(f[2], 0, 16)
		if err != nil || mapi.PropType(tag) != mapi.PtypBinary && mapi.PropType(tag) != mapi.PtypMultipleBinary {
			continue
		}
		prop := mapi.Prop{Tag: mapi.PropTag(0x80010000 | tag), Value: mapi.Binary{1}}
		set, lid, named := strings.Cut(f[1], ":")
		if lid, _, _ = strings.Cut(lid, " "); lid == "?" || f[1] == "0xFFFC" {
			continue
		}
		if named {
			if strings.Contains(f[1], "table set PSETID_Common") {
				set = "PSETID_Common"
			}
			number, err := strconv.ParseUint(lid, 0, 32)
			require.NoError(t, err, line)
			g, ok := guid.ByName(set)
			require.True(t, ok, line)
			prop.Name = mapi.PropName{Set: g, LID: uint32(number)}
		} else {
			id, err := strconv.ParseUint(f[1], 0, 16)
			require.NoError(t, err, line)
			prop.Tag = mapi.TagOf(mapi.PropID(id), mapi.PropType(tag))
		}
		k, decoded := inspect.ByProp(prop)
		_, byName := inspect.NotDecoded(prop)
		require.True(t, decoded != byName, line)
		if f[0] == "ENTRYID" {
			require.Equal(t, "entryid", k.Name, line)
			ids++
		}
	}
	require.Equal(t, 99, ids)
}

func TestKinds(t *testing.T) {
	for _, k := range inspect.Kinds() {
		got, ok := inspect.ByName(k.Name)
		require.True(t, ok)
		require.Equal(t, k.Title, got.Title)
		v, r := k.Inspect(nil)
		require.NotNil(t, v)
		switch k.Name {
		case "freebusy":
			require.Equal(t, diag.Warning, r.Max(), "no byte is no block")
			continue
		case "pcl", "renids", "folderflags", "webview":
			require.Zero(t, r.Max(), "%s: no bytes are an empty list", k.Name)
			continue
		}
		require.Equal(t, diag.Fatal, r.Max(), "%s: no byte is no blob", k.Name)
	}
	_, ok := inspect.ByName("none")
	require.False(t, ok)
	k, _ := inspect.ByName("tzdef")
	require.Contains(t, k.Properties(), "PidLidAppointmentTimeZoneDefinitionRecur")
	v, r := k.Inspect([]byte{2, 1, 6, 0, 2, 0, 0, 0, 0, 0})
	require.NoError(t, r.Err())
	require.IsType(t, &tzdef.Definition{}, v)
}
