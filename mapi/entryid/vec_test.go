package entryid_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// laws are the decoders of this package as the laws see them. A prefix of an id may be an id.
var (
	laws = fuzz.Laws[entryid.EntryID]{Name: "entryid", Decode: entryid.Decode, Inspect: entryid.Inspect,
		Unmarshal: (*entryid.EntryID).UnmarshalBinary, Append: (*entryid.EntryID).AppendBinary, Normalize: (*entryid.EntryID).Normalize,
		Normalized: []diag.Code{entryid.TrailingData, entryid.PadNotZero, entryid.EntryIDCount, entryid.StoreSize, entryid.StoreOffset}}
	serverLaws = fuzz.Laws[entryid.ServerID]{Name: "serverid", Decode: entryid.DecodeServerID, Inspect: entryid.InspectServerID,
		Unmarshal: (*entryid.ServerID).UnmarshalBinary, Append: (*entryid.ServerID).AppendBinary}
)

func TestVectors(t *testing.T) {
	golden.Run(t, laws)
	golden.Run(t, serverLaws)
}

// TestShortages: what was cut off is missed wherever the form does not follow from the length.
func TestShortages(t *testing.T) {
	for _, name := range []string{"address-book", "ephemeral", "one-off-unicode", "one-off-ansi", "store-v1", "contact-container"} {
		b := blob(t, name)
		for n := range b {
			_, err := entryid.Decode(b[:n])
			if name == "contact-container" && n >= 44 {
				continue // what is in it is known by its length, or is nothing
			}
			require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%s: %d of %d bytes", name, n, len(b))
			var e *diag.DecodeError
			require.True(t, errors.As(err, &e))
			require.Len(t, e.Findings, 1)
			require.LessOrEqual(t, e.Findings[0].Span.Offset, n)
		}
	}
}

func blob(t *testing.T, name string) []byte {
	t.Helper()
	for _, vec := range golden.Load(t, "testdata/entryid") {
		if vec.Name == name {
			return vec.Blob(t)
		}
	}
	t.Fatalf("no vector %s", name)
	return nil
}

func TestTexts(t *testing.T) {
	for dir, run := range map[string]func(string) (string, []diag.Finding){"dn": parseDN, "imceaex": parseIMCEAEX} {
		for _, vec := range golden.Load(t, "testdata/"+dir) {
			t.Run(dir+"/"+vec.Name, func(t *testing.T) {
				text, ok := vec.Section("input.txt")
				require.True(t, ok)
				out, findings := run(strings.TrimSuffix(text, "\n"))
				var found []string
				for _, f := range findings {
					found = append(found, f.Severity.String()+" "+string(f.Code))
					out += "\n" + f.Severity.String() + ": " + f.Error()
				}
				if diff := cmp.Diff(vec.Expected(), found); diff != "" {
					t.Errorf("findings (-want +got):\n%s", diff)
				}
				vec.Check(t, "parts.txt", out)
			})
		}
	}
}

func parseDN(s string) (string, []diag.Finding) {
	dn, err := entryid.ParseDN(s)
	if err != nil {
		return fmt.Sprintf("%q", []entryid.RDN(dn)), []diag.Finding{err.(diag.Finding)}
	}
	if dn.String() != s {
		panic(s) // it is written as it was read
	}
	return fmt.Sprintf("%q", []entryid.RDN(dn)), nil
}

func parseIMCEAEX(s string) (string, []diag.Finding) {
	dn, domain, found := entryid.ParseIMCEAEX(s)
	return fmt.Sprintf("%q %q", dn, domain), found
}
