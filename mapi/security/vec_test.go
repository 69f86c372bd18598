package security_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/security"
)

// The decoders of this package as the laws see them.
var (
	sidLaws = fuzz.Laws[security.SID]{Name: "sid", Decode: security.DecodeSID, Inspect: security.InspectSID,
		Unmarshal: (*security.SID).UnmarshalBinary, Append: (*security.SID).AppendBinary, SelfDelimiting: true}
	descriptorLaws = fuzz.Laws[security.Descriptor]{Name: "ntsd", Decode: security.DecodeDescriptor, Inspect: security.InspectDescriptor,
		Unmarshal: (*security.Descriptor).UnmarshalBinary, Append: (*security.Descriptor).AppendBinary, SelfDelimiting: true}
)

func TestVectors(t *testing.T) {
	golden.Run(t, sidLaws)
	golden.Run(t, descriptorLaws)
}

func inspect(t *testing.T, kind, example string) []diag.Finding {
	b := golden.Unhex(t, example)
	_, r := security.InspectSID(b)
	if kind != "sid" {
		require.Equal(t, "ntsd", kind)
		_, r = security.InspectDescriptor(b)
	}
	return slices.Collect(r.Findings())
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", security.Codes(), func(kind, example string) []diag.Finding { return inspect(t, kind, example) })
}

// TestExamplesAreSmall wants examples of one finding, which names the section of the catalogue.
func TestExamplesAreSmall(t *testing.T) {
	for _, e := range security.Codes() {
		if e.Example == "" {
			require.Equal(t, security.NotEncodable, e.Code, "no example")
			continue
		}
		found := inspect(t, e.Kind, e.Example)
		require.Len(t, found, 1, e.Code)
		require.Equal(t, e.Spec, found[0].Spec)
	}
	security.Codes()[0].Means = ""
	require.NotEmpty(t, security.Codes()[0].Means, "a copy")
}

func TestSIDString(t *testing.T) {
	for text, s := range map[string]security.SID{
		"S-1-5-18":                  {Revision: 1, IdentifierAuthority: [6]byte{5: 5}, SubAuthorities: []uint32{18}},
		"S-1-5-21-1-4294967295-500": {Revision: 1, IdentifierAuthority: [6]byte{5: 5}, SubAuthorities: []uint32{21, 1, 1<<32 - 1, 500}},
		"S-1-4294967295":            {Revision: 1, IdentifierAuthority: [6]byte{0, 0, 255, 255, 255, 255}},
		"S-1-0x000100000000-7":      {Revision: 1, IdentifierAuthority: [6]byte{1: 1}, SubAuthorities: []uint32{7}},
		"S-0-0":                     {},
	} {
		require.Equal(t, text, s.String())
	}
	require.Equal(t, "SYSTEM", (&security.SID{Revision: 1, IdentifierAuthority: [6]byte{5: 5}, SubAuthorities: []uint32{18}}).Name())
	require.Empty(t, (&security.SID{}).Name())
}

// TestNotEncodable: what would be read as something else is not written.
func TestNotEncodable(t *testing.T) {
	good := func() *security.Descriptor {
		return &security.Descriptor{HeaderSize: 8, HeaderVersion: 3, Revision: 1, Control: security.SelfRelative | security.DaclPresent,
			OffsetDacl: 20, OffsetOwner: 28, Dacl: &security.ACL{AclRevision: 2}, Owner: &security.SID{Revision: 1}}
	}
	require.Empty(t, good().Validate())
	for name, change := range map[string]func(d *security.Descriptor){
		"an offset":         func(d *security.Descriptor) { d.OffsetOwner++ },
		"no offset":         func(d *security.Descriptor) { d.OffsetOwner = 0 },
		"a gap too many":    func(d *security.Descriptor) { d.Gaps = [][]byte{{1}} },
		"a header":          func(d *security.Descriptor) { d.HeaderSize = 9 },
		"bytes behind":      func(d *security.Descriptor) { d.Owner.Trailing = []byte{1} },
		"too many":          func(d *security.Descriptor) { d.Owner.SubAuthorities = make([]uint32, 256) },
		"too many entries":  func(d *security.Descriptor) { d.Dacl.Aces, d.Dacl.Missing = make([]security.ACE, 1), 65535 },
		"a list too long":   func(d *security.Descriptor) { d.Dacl.Rest = make([]byte, 65536) },
		"a SID of no place": func(d *security.Descriptor) { d.Dacl.Aces = []security.ACE{{AceType: 99, SID: &security.SID{}}} },
		"no object": func(d *security.Descriptor) {
			d.Dacl.Aces = []security.ACE{{AceType: security.AccessAllowedObject, SID: &security.SID{}}}
		},
		"an entry's SID": func(d *security.Descriptor) { d.Dacl.Aces = []security.ACE{{SID: &security.SID{Trailing: []byte{1}}}} },
	} {
		t.Run(name, func(t *testing.T) {
			d := good()
			change(d)
			found := d.Validate()
			require.Len(t, found, 1)
			require.ErrorIs(t, found[0], security.NotEncodable)
			out, err := d.AppendBinary([]byte{7})
			require.Error(t, err)
			require.Equal(t, []byte{7}, out)
		})
	}
	require.ErrorIs(t, (&security.SID{SubAuthorities: make([]uint32, 256)}).Validate()[0], security.NotEncodable)
}
