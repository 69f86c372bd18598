package entryid_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// TestSmartViewShared compares the folder in a rule of MFCMAPI's test data with what MFCMAPI says of it.
func TestSmartViewShared(t *testing.T) {
	in := golden.Shared(t, "corpus/mfcmapi/In/EXTENDEDRULEACTION-1.dat")
	out := golden.Shared(t, "corpus/mfcmapi/Out/EXTENDEDRULEACTION-out-1.dat")
	b, err := hex.DecodeString(strings.Join(strings.Fields(string(in)), ""))
	require.NoError(t, err)
	_, id, ok := bytes.Cut(b, []byte{0x2E, 0, 0, 0})
	require.True(t, ok)
	_, text, ok := strings.Cut(string(out), "FolderEID\r\n")
	require.True(t, ok)
	text, _, _ = strings.Cut(text, "\r\n\tActionBlocks[1]")
	want := strings.TrimPrefix(strings.ReplaceAll(text, "\r\n\t\t\t\t", "\r\n"), "\t\t\t\t")
	_, r := entryid.Inspect(id[:46])
	require.Equal(t, want, string(entryid.AppendSmartView(nil, r)))
}

// TestSmartView shows ids of all forms.
func TestSmartView(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/smartview") {
		t.Run(vec.Name, func(t *testing.T) {
			b := vec.Blob(t)
			id, r := entryid.Inspect(b)
			text := string(entryid.AppendSmartView([]byte("x"), r))
			require.Equal(t, byte('x'), text[0])
			require.Equal(t, text[1:], string(id.AppendSmartView(nil)))
			require.NotContains(t, text, "%!")
			require.Equal(t, strings.Count(text, "\n"), strings.Count(text, "\r\n"))
			vec.Check(t, "smartview.txt", strings.ReplaceAll(text[1:], "\r\n", "\n"))
		})
	}
	require.Empty(t, (&entryid.EntryID{Form: &entryid.AddressBook{X500DN: "\x00"}}).AppendSmartView(nil))
}

// TestSmartViewBytes cuts every id after every byte: what is left has a text, and what was not read stands in it as bytes.
func TestSmartViewBytes(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/entryid") {
		b := vec.Blob(t)
		for n := range len(b) + 1 {
			_, r := entryid.Inspect(b[:n])
			text := string(entryid.AppendSmartView(nil, r))
			require.True(t, strings.HasPrefix(text, "Entry ID"), vec.Name)
			require.NotContains(t, text, "%!", vec.Name)
			for f := range r.Fields() {
				raw, ok := f.Value.([]byte)
				if !ok || f.Path != "trailing" && f.Path != "undecoded" {
					continue
				}
				if !strings.Contains(text, strings.ToUpper(hex.EncodeToString(raw))) {
					t.Fatalf("%s: %d bytes: %s is not in\n%s", vec.Name, n, f.Path, text)
				}
			}
		}
	}
}
