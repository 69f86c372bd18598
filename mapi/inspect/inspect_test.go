package inspect_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
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
	appointment, common := guid.PSETID_Appointment.GUID(), guid.PSETID_Common.GUID()
	for _, tt := range []struct {
		name string
		prop mapi.Prop
		want string // "" for none
	}{
		{"StartDisplay", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x825E}}, "tzdef"},
		{"EndDisplay", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x825F}}, "tzdef"},
		{"Recur", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8260}}, "tzdef"},
		{"TimeZoneStruct", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8233}}, "tzstruct"},
		{"another LID", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, LID: 0x8234}}, ""},
		{"the LID in another set", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: common, LID: 0x825E}}, ""},
		{"an unknown set", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: guid.GUID{1}, LID: 0x825E}}, ""},
		{"another type", mapi.Prop{Tag: 0x8001001F, Name: mapi.PropName{Set: appointment, LID: 0x825E}}, ""},
		{"a local id without a name", mapi.Prop{Tag: 0x825E0102}, ""},
		{"a string name", mapi.Prop{Tag: 0x80010102, Name: mapi.PropName{Set: appointment, Name: "x"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k, ok := inspect.ByProp(tt.prop)
			require.Equal(t, tt.want, k.Name)
			require.Equal(t, tt.want != "", ok)
		})
	}
}

func TestKinds(t *testing.T) {
	for _, k := range inspect.Kinds() {
		got, ok := inspect.ByName(k.Name)
		require.True(t, ok)
		require.Equal(t, k.Title, got.Title)
		v, r := k.Inspect(nil)
		require.NotNil(t, v)
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
