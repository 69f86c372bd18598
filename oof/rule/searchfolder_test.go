package rule_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rule"
)

// TestSearchFolderVectors cuts every good vector after every byte, reads it back from what it writes, and changes the input
// after it was read.
func TestSearchFolderVectors(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/searchfolder") {
		b := vec.Blob(t)
		v, r := rule.InspectSearchFolder(b)
		if r.Max() >= diag.Error {
			require.Error(t, new(rule.SearchFolder).UnmarshalBinary(b), vec.Name)
			continue
		}
		require.Equal(t, slices.Collect(r.Findings()), v.Validate(), vec.Name)
		for n := range len(b) - len(v.Trailing) {
			_, err := rule.DecodeSearchFolder(b[:n:n])
			require.Truef(t, errors.Is(err, io.ErrUnexpectedEOF), "%s: the first %d bytes: %v", vec.Name, n, err)
		}
		before, _ := v.MarshalJSON()
		for i := range b {
			b[i] ^= 0xFF
		}
		after, _ := v.MarshalJSON()
		require.Equal(t, string(before), string(after), vec.Name)
	}
}

// TestSearchFolderHostile holds blobs that were made to cost much to their share of memory.
func TestSearchFolderHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	head := func(flags byte) []byte {
		return append([]byte{4, 0x10, 0, 0, flags}, make([]byte, 7+1+4+4+1+4)...)
	}
	count := func(b []byte, n uint32) []byte { return binary.LittleEndian.AppendUint32(b, n) }
	const n = 20_000
	for name, b := range map[string][]byte{
		"addresses":     append(count(head(4), n), make([]byte, 8*n)...),
		"values":        append(count(count(count(head(4), 1), n), 0), bytes.Repeat([]byte{1, 0, 1, 0}, n)...),
		"lies":          append(count(head(4), n), bytes.Repeat([]byte{0xFF, 0xFF, 0, 0}, 4*n)...),
		"ones":          bytes.Repeat([]byte{0xFF}, 1<<18),
		"zeros":         make([]byte, 1<<18),
		"an AND":        append(count(append(count(head(8), 0), 0, 0, 0, 0), n), bytes.Repeat([]byte{8, 0, 0, 0, 0x1F, 0, 0x37, 0}, n)...),
		"one long text": append([]byte{4, 0x10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF}, make([]byte, 1<<17)...),
	} {
		t.Run(name, func(t *testing.T) {
			searchFolders.CheckMemory(t, b)
			searchFolders.Check(t, b)
			_, r := rule.InspectSearchFolder(b)
			require.LessOrEqual(t, len(slices.Collect(r.Findings())), 3)
		})
	}
}

func TestSearchFolderNotEncodable(t *testing.T) {
	exist := &rule.Exist{}
	for want, v := range map[string]rule.SearchFolder{
		"SearchRestriction: is there, and Flags do not have 0x08, without which nobody reads it": {Restriction: exist},
		"RestrictionPresent: is 0, must be 1 in search folders, which always have one":           {Flags: rule.SearchRestriction, Restriction: &rule.Comment{}},
		"Count: is 7, which search folders cannot say":                                           {Flags: rule.SearchRestriction, Restriction: &rule.Count{Count: 7, SubRestriction: exist}},
		"Restriction: is missing": {Flags: rule.SearchRestriction},
		"Addresses: is there, and Flags do not have 0x04, without which nobody reads it":      {Addresses: make([]rule.SearchAddress, 1)},
		"AdvancedSearch: is there, and Flags do not have 0x10, without which nobody reads it": {AdvancedSearch: []byte{1}},
		"TextSearch: is 65536, which does not fit 16 bits":                                    {TextSearch: rule.SearchText{Text: strings.Repeat("a", 65536)}},
		"FolderList1: is 255 units long, which always takes 3 bytes":                          {FolderList1: rule.SearchText{Text: strings.Repeat("a", 255), Long: true}},
		"FolderList1: is no WTF-8":                            {FolderList1: rule.SearchText{Text: "\xFF"}},
		"Addresses: has type PtypString and not just a value": {Flags: rule.SearchAddresses, Addresses: []rule.SearchAddress{{Values: []rule.TaggedValue{{PropertyTag: subject}}}}},
	} {
		b, err := v.AppendBinary([]byte{1})
		require.EqualError(t, err, "rule: "+want)
		require.Equal(t, []byte{1}, b)
		found := v.Validate()
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0], rule.NotEncodable)
	}
	for _, text := range []string{`[]`, `{"trailing":"0"}`, `{"flags":-1}`, `{"restriction":{"type":"none"}}`, `{"addresses":[{"values":[{"propertyTag":"x"}]}]}`} {
		require.Error(t, new(rule.SearchFolder).UnmarshalJSON([]byte(text)), text)
	}
}

// TestFolders reads lists of entry ids that are right, and some that are not.
func TestFolders(t *testing.T) {
	for hex, want := range map[string][][]byte{
		"": nil, "00000000 ffffffff": nil, "01000000 00000000 02000000 00000000 0102": {{1, 2}},
		"02000000 00000000 01000000 00000000 00000000 00000000 07": {{7}, {}},
	} {
		ids, ok := (&rule.SearchFolder{FolderList2: golden.Unhex(t, hex)}).Folders()
		require.True(t, ok, hex)
		require.Equal(t, want, ids, hex)
	}
	for _, hex := range []string{"00", "01000000 00000000", "ffffffff 00000000 00000000 00000000", "01000000 00000000 02000000 00000000 01",
		"01000000 00000000 00000000 00000000 01"} {
		_, ok := (&rule.SearchFolder{FolderList2: golden.Unhex(t, hex)}).Folders()
		require.False(t, ok, hex)
	}
}

func TestSearchFolderWords(t *testing.T) {
	v := rule.SearchFolder{Flags: rule.SearchRestriction, Restriction: &rule.Exist{PropTag: subject}}
	require.Equal(t, "has Subject", v.String())
	v.Restriction = &rule.Count{SubRestriction: &rule.Comment{Restriction: v.Restriction}}
	require.Equal(t, "has Subject", v.String())
	v.Restriction = nil
	require.Equal(t, "not read", v.String())
	v.Flags = rule.SearchWords
	require.Equal(t, "messages that no restriction describes (flags 0x0002)", v.String())
	a := rule.SearchAddress{Values: []rule.TaggedValue{{PropertyTag: 0x3003001F, Value: mapi.String("a")}}}
	require.Equal(t, mapi.String("a"), a.Value(0x3003))
	require.Nil(t, a.Value(0x3001))
	// The NUL at the end that search folders count is not inside of a text, and not a word of it; another one is.
	for text, want := range map[mapi.String]int{"a\x00": 0, "a": 0, "a\x00\x00": 1, "a\x00b": 1} {
		v := rule.SearchFolder{Version: 0x1004, Flags: rule.SearchRestriction, Restriction: &rule.Property{RelOp: rule.Equal, PropTag: subject,
			TaggedValue: rule.TaggedValue{PropertyTag: subject, Value: text}}}
		require.Len(t, v.Validate(), want, "%q", text)
		if want == 0 {
			require.Equal(t, `Subject = "a"`, v.String())
		}
	}
}
