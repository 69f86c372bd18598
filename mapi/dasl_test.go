package mapi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
)

func TestParseDASL(t *testing.T) {
	appointment, public := guid.PSETID_Appointment.GUID(), guid.PS_PUBLIC_STRINGS.GUID()
	for _, tt := range []struct {
		in   string
		tag  mapi.PropTag
		name mapi.PropName
		ok   bool
	}{
		{"http://schemas.microsoft.com/mapi/proptag/0x0037001F", 0x0037001F, mapi.PropName{}, true},
		{"HTTP://Schemas.Microsoft.com/MAPI/PropTag/0X0037001f", 0x0037001F, mapi.PropName{}, true},
		{"proptag/0037001f", 0x0037001F, mapi.PropName{}, true},
		{"http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/825E0102", 0x102, mapi.PropName{Set: appointment, LID: 0x825E}, true},
		{"id/{00062002-0000-0000-c000-000000000046}/0x82050003", 3, mapi.PropName{Set: appointment, LID: 0x8205}, true},
		{"string/{00020329-0000-0000-C000-000000000046}/Keywords", 0, mapi.PropName{Set: public, Name: "Keywords"}, true},
		{"string/{00020329-0000-0000-C000-000000000046}/Keywords/0x0000101F", 0x101F, mapi.PropName{Set: public, Name: "Keywords"}, true},
		{"string/{00020329-0000-0000-C000-000000000046}/http://a/b", 0, mapi.PropName{Set: public, Name: "http://a/b"}, true},
		{"string/{00020329-0000-0000-C000-000000000046}/a/12345678", 0, mapi.PropName{Set: public, Name: "a/12345678"}, true},
		{"string/{00020329-0000-0000-C000-000000000046}/", 0, mapi.PropName{}, false},
		{"string/{00020329-0000-0000-C000}/x", 0, mapi.PropName{}, false},
		{"string/00020329-0000-0000-C000-000000000046/x", 0, mapi.PropName{}, false},
		{"id/{00062002-0000-0000-C000-000000000046}/825E", 0, mapi.PropName{}, false},
		{"id/{00062002-0000-0000-C000-000000000046}", 0, mapi.PropName{}, false},
		{"proptag/0x0037", 0, mapi.PropName{}, false},
		{"proptag", 0, mapi.PropName{}, false},
		{"urn:schemas:httpmail:subject", 0, mapi.PropName{}, false},
		{"other/{00062002-0000-0000-C000-000000000046}/825E0102", 0, mapi.PropName{}, false},
		{"", 0, mapi.PropName{}, false},
	} {
		tag, name, ok := mapi.ParseDASL(tt.in)
		require.Equal(t, tt.ok, ok, tt.in)
		require.Equal(t, tt.tag, tag, tt.in)
		require.Equal(t, tt.name, name, tt.in)
	}
}
