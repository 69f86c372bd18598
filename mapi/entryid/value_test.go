package entryid_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// good are the blobs of all vectors that are read without an Error.
func good(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, vec := range golden.Load(t, "testdata/entryid") {
		if b := vec.Blob(t); len(b) > 0 {
			if _, err := entryid.Decode(b); err == nil {
				all[vec.Name] = b
			}
		}
	}
	require.Greater(t, len(all), 60)
	return all
}

// TestReuseLeavesNothing decodes ids of every form in turns into one value, which must end up as a fresh one does.
func TestReuseLeavesNothing(t *testing.T) {
	blobs := good(t)
	for _, a := range blobs {
		for name, b := range blobs {
			var id entryid.EntryID
			_ = id.UnmarshalBinary(a)
			_ = id.UnmarshalBinary(a[:len(a)/2])
			require.NoError(t, id.UnmarshalBinary(b))
			fresh, err := entryid.Decode(b)
			require.NoError(t, err)
			if diff := cmp.Diff(fresh, &id, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s after %x (-fresh +used):\n%s", name, a, diff)
			}
		}
	}
}

// TestDecodeKeepsNothing writes to the input after decoding.
func TestDecodeKeepsNothing(t *testing.T) {
	for name, b := range good(t) {
		id, r := entryid.Inspect(b)
		value := id.AppendJSON(nil)
		report, err := r.MarshalJSON()
		require.NoError(t, err)
		for i := range b {
			b[i] ^= 0xEE
		}
		require.Equal(t, string(value), string(id.AppendJSON(nil)), name)
		again, err := r.MarshalJSON()
		require.NoError(t, err)
		require.Equal(t, string(report), string(again), name)
	}
}

// TestAllocations: a fresh value costs itself, its form, and its texts; a used one nothing, where it is of the same form
// and text.
func TestAllocations(t *testing.T) {
	for name, most := range map[string]float64{"folder": 2, "message": 2, "local-folder": 2, "ephemeral": 2, "address-book": 3, "unknown": 3,
		"one-off-unicode": 5, "one-off-ansi": 5, "wrapped-contact": 4, "contact": 4, "store-v1": 6, "store-v3": 9} {
		b := blob(t, name)
		got := testing.AllocsPerRun(20, func() { _, _ = entryid.Decode(b) })
		require.LessOrEqual(t, got, most, name)
		var id entryid.EntryID
		require.Zero(t, testing.AllocsPerRun(20, func() {
			if id.UnmarshalBinary(b) != nil {
				t.Fatal("an error")
			}
		}), name)
		buf := make([]byte, 0, 500)
		require.Zero(t, testing.AllocsPerRun(20, func() { buf, _ = id.AppendBinary(buf[:0]) }), name)
		require.Equal(t, b, buf, name)
	}
}

// TestHostile measures what ids that lie cost.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	wrapped, contact := blob(t, "wrapped-cut"), blob(t, "contact-empty")
	store, oneOff := blob(t, "store-v1"), blob(t, "one-off-empty")[:24]
	for name, b := range map[string][]byte{
		"a thousand wrappers":       bytes.Repeat(append(wrapped, 0xC3), 1000),
		"wrappers of 1 MB":          bytes.Repeat(append(wrapped, 0xC3), 50000),
		"contacts in contacts":      bytes.Repeat(contact, 30000),
		"stores behind each other":  bytes.Repeat(store, 10000),
		"an endless text":           append(slices.Clone(oneOff), bytes.Repeat([]byte{'a', 0}, 1<<19)...),
		"an endless text of 8 bits": append(slices.Clone(blob(t, "address-book-no-dn")), bytes.Repeat([]byte{'/'}, 1<<20)...),
		"a DN of empty parts":       append(append(slices.Clone(blob(t, "address-book-no-dn")), bytes.Repeat([]byte{'/'}, 1<<20)...), 0),
		"a DN of many parts":        append(append(slices.Clone(blob(t, "address-book-no-dn")), bytes.Repeat([]byte("/o=O"), 1<<18)...), 0),
		"ones":                      bytes.Repeat([]byte{0xFF}, 1<<20),
		"zeros":                     make([]byte, 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			laws.CheckMemory(t, b)
			_, r := entryid.Inspect(b)
			require.LessOrEqual(t, len(slices.Collect(r.Findings())), 20)
			_ = r.Err()
		})
	}
}

// TestNotEncodable: what no blob can hold is refused, with the field at fault, and nothing is appended.
func TestNotEncodable(t *testing.T) {
	deep := &entryid.EntryID{}
	deep.Form = &entryid.Wrapped{EntryID: deep}
	exchange := entryid.Store{DLLFileName: "EMSMDB.DLL", Pad: make([]byte, 3)}
	with := func(change func(*entryid.Store)) *entryid.Store {
		s := exchange
		change(&s)
		return &s
	}
	for want, form := range map[string]entryid.Form{
		"X500DN: has a NUL in it, which ends it":                                             &entryid.AddressBook{X500DN: "a\x00b"},
		"DisplayName: has a NUL in it, which ends it":                                        &entryid.OneOff{DisplayName: "\x00"},
		"AddressType: is no WTF-8, and cannot be written as UTF-16":                          &entryid.OneOff{Bits: entryid.OneOffUnicode, AddressType: "\xff"},
		"EntryID: is in too many others":                                                     deep.Form,
		"Index: stands in no id of a container":                                              &entryid.Contact{Type: entryid.ContactContainer, Index: 1},
		"MUID: stands in ids of containers only":                                             &entryid.Contact{Type: entryid.ContactUser, MUID: guid.GUID{1}},
		"EntryID.X500DN: has a NUL in it, which ends it":                                     &entryid.Wrapped{EntryID: &entryid.EntryID{Form: &entryid.AddressBook{X500DN: "\x00"}}},
		"Flag: is not 0, so that there is Data alone":                                        &entryid.Store{Flag: 1, DLLFileName: "a"},
		"Pad: must fill up to a multiple of 4 bytes":                                         with(func(s *entryid.Store) { s.Pad = nil }),
		"Data: stands in ids of stores of Exchange in other fields":                          with(func(s *entryid.Store) { s.Data = []byte{1} }),
		"V3: stands in the place of V2, not behind it":                                       with(func(s *entryid.Store) { s.V2, s.V3 = &entryid.StoreV2{}, &entryid.StoreV3{} }),
		"NoMailboxDN: is for public stores without one":                                      with(func(s *entryid.Store) { s.NoMailboxDN = true }),
		"V2.DN: is there, and OffsetDN is 0":                                                 with(func(s *entryid.Store) { s.V2 = &entryid.StoreV2{DN: "a"} }),
		"V2.FQDN: is there, and OffsetFQDN is 0":                                             with(func(s *entryid.Store) { s.V2 = &entryid.StoreV2{FQDN: "a"} }),
		"V3.SMTPAddress: is there, and OffsetSMTPAddress is 0":                               with(func(s *entryid.Store) { s.V3 = &entryid.StoreV3{SMTPAddress: "a"} }),
		"V3.SMTPAddress: has a NUL in it, which ends it":                                     with(func(s *entryid.Store) { s.V3 = &entryid.StoreV3{OffsetSMTPAddress: 16, SMTPAddress: "\x00"} }),
		"V2.DN: has a NUL in it, which ends it":                                              with(func(s *entryid.Store) { s.V2 = &entryid.StoreV2{OffsetDN: 20, DN: "\x00"} }),
		"V2.FQDN: has a NUL in it, which ends it":                                            with(func(s *entryid.Store) { s.V2 = &entryid.StoreV2{OffsetFQDN: 20, FQDN: "\x00"} }),
		"V2.Reserved: is 3 bytes, must be 2":                                                 with(func(s *entryid.Store) { s.V2 = &entryid.StoreV2{Reserved: make([]byte, 3)} }),
		"ServerShortname: has a NUL in it, which ends it":                                    with(func(s *entryid.Store) { s.ServerShortname = "\x00" }),
		"MailboxDN: has a NUL in it, which ends it":                                          with(func(s *entryid.Store) { s.MailboxDN = "\x00" }),
		"DLLFileName: has a NUL in it, which ends it":                                        &entryid.Store{DLLFileName: "\x00"},
		"WrappedType: stands in ids of stores of Exchange only, and so does what follows it": &entryid.Store{DLLFileName: "a", WrappedType: 1},
	} {
		id := &entryid.EntryID{Form: form}
		if id.Form == deep.Form {
			id = deep
		}
		b, err := id.AppendBinary([]byte{7})
		require.EqualError(t, err, "entryid: "+want)
		require.Equal(t, []byte{7}, b)
		found := id.Validate()
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0], entryid.NotEncodable)
		require.EqualError(t, found[0], want+" (entryid.not-encodable)")
		require.Equal(t, "[MS-OXCDATA] 2.2.3", found[0].Spec)
	}
	deep.Normalize() // ends
}

func TestServerIDNotEncodable(t *testing.T) {
	for want, s := range map[string]*entryid.ServerID{
		"Foreign: stands in no id whose Ours is 1": {Ours: 1, Foreign: []byte{1}},
		"FolderID: stands in ids whose Ours is 1":  {Instance: 1},
	} {
		_, err := s.MarshalBinary()
		require.EqualError(t, err, "entryid: "+want)
		found := s.Validate()
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0], entryid.NotEncodable)
	}
	require.Empty(t, (&entryid.ServerID{Ours: 1}).Validate())
}

// TestNormalize: counts, sizes, offsets and padding are mended, wherever the id is.
func TestNormalize(t *testing.T) {
	for _, name := range []string{"contact-count-0", "contact-count-big", "contact-count-small", "contact-empty", "store-v2-offset", "store-v3-offset",
		"store-v3-size", "store-pad", "pad", "pad-both", "address-book-trailing"} {
		for _, b := range [][]byte{blob(t, name), append(slices.Clone(blob(t, "wrapped-cut")), append([]byte{0xC3}, blob(t, name)...)...)} {
			id, r := entryid.Inspect(b)
			require.NotZero(t, r.Max(), name)
			id.Normalize()
			for _, f := range id.Validate() {
				require.Equal(t, entryid.EmbeddedMissing, f.Code, name)
			}
		}
	}
}

func TestUnmarshalJSON(t *testing.T) {
	for _, text := range []string{`{"flags":"00"}`, `{"providerUid":"x"}`, `{"form":"x"}`, `[]`, `{"form":"folder","type":"eitLT"}`, `{"form":"folder","type":65536}`,
		`{"form":"folder","globalCounter":"00"}`, `{"form":"message","pad1":"00"}`, `{"form":"oneOff","bits":["x"]}`, `{"form":"oneOff","bits":["0x10000"]}`,
		`{"form":"oneOff","version":65536}`, `{"form":"oneOff","displayName":"é"}`, `{"form":"oneOff","bits":["MAPI_UNICODE"],"displayName":{"raw":"61"}}`,
		`{"form":"oneOff","displayName":{"raw":"6"}}`, `{"form":"oneOff","displayName":1}`, `{"form":"addressBook","x500Dn":"é"}`, `{"form":"addressBook","x500Dn":1}`,
		`{"form":"addressBook","type":-1}`, `{"form":"wrapped","type":256}`, `{"form":"wrapped","entryId":{"form":"x"}}`, `{"form":"contact","entryId":1}`,
		`{"form":"store","version":256}`, `{"form":"store","wrappedFlags":"00"}`, `{"form":"store","v2":{"fqdn":{"raw":"61"}}}`,
		strings.Repeat(`{"form":"wrapped","entryId":`, 10) + "{}" + strings.Repeat("}", 10)} {
		id := entryid.EntryID{Trailing: []byte{9}}
		require.Error(t, json.Unmarshal([]byte(text), &id), text)
		require.Equal(t, entryid.EntryID{Trailing: []byte{9}}, id, "left alone")
	}
	for _, text := range []string{`{"ours":256}`, `{"folderId":{"globalCounter":"00"}}`, `{"folderId":1}`, `[]`} {
		s := entryid.ServerID{Instance: 9}
		require.Error(t, json.Unmarshal([]byte(text), &s), text)
		require.Equal(t, entryid.ServerID{Instance: 9}, s, "left alone")
	}
	var id entryid.EntryID
	require.NoError(t, json.Unmarshal([]byte(`{"form":"wrapped","type":5,"entryId":null}`), &id))
	require.Equal(t, &entryid.Wrapped{Type: 5}, id.Form)
}

func TestWords(t *testing.T) {
	for want, got := range map[string]interface{ String() string }{
		"eitLTWackyMessage": entryid.MappedMessage, "0x0002": entryid.ObjectType(2), "DT_SEC_DISTLIST": entryid.DisplayType(9),
		"DT_TEMPLATE": entryid.DisplayType(0x101), "DT_ADDRESS_TEMPLATE": entryid.DisplayType(0x102), "DT_SEARCH": entryid.DisplayType(0x200),
		"0x0000000A": entryid.DisplayType(10), "CONTAB_ROOT": entryid.ContactRoot, "0x00000000": entryid.ContactType(0), "0": entryid.OneOffBits(0),
		"MAC_ATTACH_ENCODING_UUENCODE": entryid.OneOffBits(0x20), "0x00400000": entryid.StoreType(1 << 22),
		"OPENSTORE_PUBLIC+OPENSTORE_XFOREST_MOVE": entryid.StoreType(1<<21 | 2), "message store 0x0021": entryid.NID(0x21), "search folder 0x0043": entryid.NID(0x43),
		"associated message 0x0048": entryid.NID(0x48), "type 0x1F 0x003F": entryid.NID(0x3F), "one-off": entryid.WrappedType(0),
		"as it is": entryid.Text8("as it is"), "contact, business fax": entryid.WrappedType(0x83), "contact": entryid.WrappedType(0xF3),
		"personal distribution list, no address": entryid.WrappedType(0xB4), "distribution list of the address book": entryid.WrappedType(6),
		"0x07": entryid.WrappedType(7), "1-157B5166": entryid.ReadObjectID([8]byte{1, 0, 0, 0, 0x15, 0x7B, 0x51, 0x66}), "a\ufffd": entryid.Text8("a\xff"),
	} {
		require.Equal(t, want, got.String())
	}
	require.Equal(t, uint64(0xFFFFFFFFFFFF), entryid.GlobalCounter(bytes.Repeat([]byte{0xFF}, 6)).Uint64())
	require.Equal(t, "é", entryid.Text8("\xe9").Decode(1252))
	o := entryid.ObjectID{ReplicaID: math.MaxUint16, GlobalCounter: entryid.GlobalCounter{1, 2, 3, 4, 5, 6}}
	require.Equal(t, o, entryid.ReadObjectID(o.Bytes()))
	require.False(t, o.IsZero())
}

func TestFolderOfMessage(t *testing.T) {
	id, err := entryid.Decode(blob(t, "message"))
	require.NoError(t, err)
	id.Form = id.Form.(*entryid.Message).Folder()
	b, err := id.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, blob(t, "folder"), b)
}

func TestPath(t *testing.T) {
	for name, want := range map[string][2]string{"store-pst": {"C:\\Mail\\archive.pst", ""}, "store-pst-unicode": {"", "C:\\Mail\\archive.pst"},
		"store-pst-both": {"C:\\Mail\\archive.pst", "C:\\Mail\\archive.pst"}, "store-other": {}, "store-v1": {}} {
		id, err := entryid.Decode(blob(t, name))
		require.NoError(t, err)
		narrow, wide, ok := id.Form.(*entryid.Store).Path()
		require.Equal(t, want, [2]string{string(narrow), wide}, name)
		require.Equal(t, want != [2]string{}, ok, name)
	}
	pst := entryid.Store{WrappedProviderUID: guid.GUID([]byte("NITA\xf9\xbf\xb8\x01\x00\xaa\x00\x37\xd9\x6e\x00\x00"))}
	for _, data := range []string{"", "\x00", "\x01a\x00", "\x00abc", "\x00\x00\x00\x00", "\x00a"} {
		pst.Data = []byte(data)
		_, _, ok := pst.Path()
		require.False(t, ok, "%q", data)
	}
}

func TestEqualDN(t *testing.T) {
	for _, c := range []struct {
		a, b           string
		equal, certain bool
	}{
		{"/o=Org/cn=user", "/O=ORG/CN=USER", true, true}, {"/o=Org", "/o=Other", false, true}, {"/o=M\xfc", "/O=m\xfc", true, true},
		{"/o=\xfc", "/o=\xdc", false, false}, {"/o=é", "/o=E", false, false},
	} {
		equal, certain := entryid.EqualDN(c.a, c.b)
		require.Equal(t, c.equal, equal, c.a)
		require.Equal(t, c.certain, certain, c.a)
	}
}

// TestIMCEAEXRoundTrip: every byte comes through.
func TestIMCEAEXRoundTrip(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	address := entryid.FormatIMCEAEX(string(all), "example.com")
	dn, domain, found := entryid.ParseIMCEAEX(address)
	require.Equal(t, string(all), dn)
	require.Equal(t, "example.com", domain)
	require.Empty(t, found)
	require.Equal(t, "IMCEAEX-_o=Org_cn=A+2EB+20+28C+29@x.example", entryid.FormatIMCEAEX("/o=Org/cn=A.B (C)", "x.example"))
	_, _, found = entryid.ParseIMCEAEX("SMTP")
	require.Equal(t, diag.Fatal, found[0].Severity)
	require.Equal(t, diag.Span{Len: 4}, found[0].Span)
}
