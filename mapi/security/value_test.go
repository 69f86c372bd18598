package security_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/security"
)

// TestValidate: a value that was read finds in itself what was found in its bytes.
func TestValidate(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/ntsd") {
		d, r := security.InspectDescriptor(vec.Blob(t))
		if r.Max() == diag.Fatal {
			continue
		}
		require.Equal(t, slices.Collect(r.Findings()), d.Validate(), vec.Name)
		b, err := d.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, vec.Blob(t), b)
	}
	for _, vec := range golden.Load(t, "testdata/sid") {
		s, r := security.InspectSID(vec.Blob(t))
		if r.Max() == diag.Fatal {
			continue
		}
		require.Equal(t, slices.Collect(r.Findings()), s.Validate(), vec.Name)
		b, err := s.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, vec.Blob(t), b)
	}
}

func TestUnmarshalJSON(t *testing.T) {
	for _, text := range []string{`[]`, `{"identifierAuthority":"00"}`, `{"subAuthorities":[-1]}`, `{"trailing":"0"}`} {
		require.Error(t, json.Unmarshal([]byte(text), new(security.SID)), text)
	}
	for _, text := range []string{`[]`, `{"gaps":["0"]}`, `{"owner":{"identifierAuthority":"00"}}`, `{"dacl":{"aces":[{"object":{"objectType":"x"}}]}}`} {
		require.Error(t, json.Unmarshal([]byte(text), new(security.Descriptor)), text)
	}
}

func TestNames(t *testing.T) {
	sid := func(authority byte, subs ...uint32) *security.SID {
		return &security.SID{Revision: 1, IdentifierAuthority: [6]byte{5: authority}, SubAuthorities: subs}
	}
	for want, s := range map[string]*security.SID{
		"NULL": sid(0, 0), "Everyone": sid(1, 0), "CREATOR OWNER": sid(3, 0), "CREATOR GROUP": sid(3, 1), "ANONYMOUS LOGON": sid(5, 7), "SELF": sid(5, 10),
		"Authenticated Users": sid(5, 11), "LOCAL SERVICE": sid(5, 19), "NETWORK SERVICE": sid(5, 20), "Administrators": sid(5, 32, 544),
		"Users": sid(5, 32, 545), "Guests": sid(5, 32, 546), "": sid(5, 32),
	} {
		require.Equal(t, want, s.Name())
	}
	var words []string
	for i := range 0x14 {
		words = append(words, security.AceType(i).String())
	}
	require.Equal(t, []string{"allow", "deny", "audit", "alarm", "0x04", "allow object", "deny object", "audit object", "alarm object", "allow callback",
		"deny callback", "allow callback object", "deny callback object", "0x0D", "0x0E", "0x0F", "0x10", "mandatory label", "0x12", "0x13"}, words)
	require.Equal(t, "SR+DP", (security.SelfRelative | security.DaclPresent).String())
	require.Equal(t, "0", security.Control(0).String())
}

func ExampleDecodeSID() {
	s, err := security.DecodeSID([]byte{1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0})
	fmt.Println(s, s.Name(), err)
	// Output: S-1-5-32-544 Administrators <nil>
}

// TestMany: of entries that have something in common there is one finding.
func TestMany(t *testing.T) {
	d := &security.Descriptor{HeaderSize: 8, HeaderVersion: 3, Revision: 1, Control: security.SelfRelative | security.DaclPresent, OffsetDacl: 20,
		Dacl: &security.ACL{AclRevision: 2, Aces: make([]security.ACE, 16000)}}
	found := d.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], security.AceBody)
	require.Contains(t, found[0].Msg, "15999 more are like that")
}
