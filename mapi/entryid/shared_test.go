package entryid_test

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// other is what another decoder made of an id.
type other struct {
	Kind, Code, Flags, Provider    string
	Offset                         int
	DisplayName, AddrType, Address string
	Bits                           string
	Version                        int
	DN                             struct{ Str8 string }
	Type                           int
	DBGUID, GC, Pad                string
}

// TestShared compares ids with what a decoder that was written apart says of them.
func TestShared(t *testing.T) {
	_, page, ok := strings.Cut(string(golden.Shared(t, "vectors/oof-rules-guid.md")), "## Entry ids")
	require.True(t, ok)
	page, _, _ = strings.Cut(page, "\n## ")
	n := 0
	for block := range strings.SplitSeq(page, "in : ") {
		in, rest, ok := strings.Cut(block, "\nout: ")
		if !ok {
			continue
		}
		var want other
		require.NoError(t, json.NewDecoder(strings.NewReader(rest)).Decode(&want))
		b, err := hex.DecodeString(in)
		require.NoError(t, err)
		n++
		id, err := entryid.Decode(b)
		if want.Kind == "malformed" {
			var e *diag.DecodeError
			require.ErrorAs(t, err, &e)
			require.Equal(t, "entryid."+want.Code, string(e.Findings[0].Code))
			require.Equal(t, want.Offset, e.Findings[0].Span.Offset)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, want.Flags, hex.EncodeToString(id.Flags[:]))
		require.Equal(t, want.Provider, id.ProviderUID.String())
		compareForm(t, want, id.Form)
	}
	require.Equal(t, 4, n)
}

func compareForm(t *testing.T, want other, form entryid.Form) {
	t.Helper()
	switch f := form.(type) {
	case *entryid.OneOff:
		require.Equal(t, "oneoff", want.Kind)
		require.Equal(t, []string{want.DisplayName, want.AddrType, want.Address}, []string{f.DisplayName, f.AddressType, f.EmailAddress})
		bits, err := strconv.ParseUint(want.Bits, 0, 16)
		require.NoError(t, err)
		require.Equal(t, entryid.OneOffBits(bits), f.Bits)
		require.Equal(t, want.Version, int(f.Version))
	case *entryid.AddressBook:
		require.Equal(t, "ab", want.Kind)
		require.Equal(t, strings.ToLower(want.DN.Str8), hex.EncodeToString([]byte(f.X500DN)))
		require.Equal(t, want.Type, int(f.Type))
		require.Equal(t, want.Version, int(f.Version))
	case *entryid.Folder:
		require.Equal(t, "folder", want.Kind)
		require.Equal(t, want.DBGUID, f.DatabaseGUID.String())
		require.Equal(t, want.GC, strconv.FormatUint(f.GlobalCounter.Uint64(), 10))
		require.Equal(t, want.Pad, hex.EncodeToString(f.Pad[:]))
		require.Equal(t, want.Type, int(f.Type))
	default:
		t.Fatalf("%s is a %v", want.Kind, form)
	}
}
