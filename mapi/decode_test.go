package mapi

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/stretchr/testify/require"
)

var testWords = wire.Words{Truncated: Truncated, Spec: specTypes}

// decodeTagged reads a TaggedPropertyValue ([MS-OXCDATA] 2.11.4).
func decodeTagged(c *wire.Cursor, p Profile) (PropTag, Value, bool) {
	at := c.Offset()
	tag := PropTag(c.U32("PropertyTag"))
	if c.Dead() {
		return 0, nil, false
	}
	v, ok := DecodeValue(c, "PropertyValue", tag.Type(), at, p)
	return tag, v, ok
}

// inspectTagged reads one TaggedPropertyValue and nothing else.
func inspectTagged(b []byte, p Profile) (PropTag, Value, bool, *diag.Report, int) {
	r := diag.New("propvalue", b, catalogue[:])
	c := wire.New(b, r, &testWords)
	tag, v, ok := decodeTagged(&c, p)
	return tag, v, ok, r, c.Offset()
}

func findings(r *diag.Report) (all []diag.Finding) {
	for f := range r.Findings() {
		all = append(all, f)
	}
	return all
}

// checkLaws holds a report to the laws: fields tile what was read, findings lie inside and name a field, and the strict
// walk agrees with the recording one.
func checkLaws(t *testing.T, b []byte, p Profile) {
	t.Helper()
	tag, v, ok, r, end := inspectTagged(b, p)
	at := 0
	for f := range r.Fields() {
		require.Equal(t, at, f.Span.Offset, "%x: gap or overlap before %s", b, f.Path)
		at += f.Span.Len
	}
	require.Equal(t, end, at, "%x: the fields end early", b)
	if !ok {
		require.Equal(t, len(b), at, "%x: a failed walk leaves bytes unaccounted for", b)
		require.NotNil(t, r.Err(), "%x: fails without a word", b)
	}
	for f := range r.Findings() {
		require.True(t, f.Span.Offset >= 0 && f.Span.Len >= 0 && f.Span.Offset+f.Span.Len <= len(b), "%x: %+v lies outside", b, f)
		require.NotEmpty(t, f.Path, "%x: %+v", b, f)
	}
	c := wire.New(b, nil, &testWords)
	tag2, v2, ok2 := decodeTagged(&c, p)
	require.Equal(t, ok, ok2, "%x: strict and recording walk differ", b)
	require.Equal(t, tag, tag2)
	require.Equal(t, r.Err() == nil, c.OK(), "%x", b)
	require.True(t, v == nil && v2 == nil || sameBits(v, v2), "%x: %#v and %#v", b, v, v2)
	errs := diag.NewErrors("propvalue", catalogue[:])
	c = wire.New(b, errs, &testWords)
	decodeTagged(&c, p)
	require.Equal(t, r.Err(), errs.Err(), "%x: the same error, whoever asks", b)
}

// streamable reports whether a sample can stand in a stream.
func streamable(v Value, p Profile) bool {
	switch v := v.(type) {
	case Object, Restriction, RuleActions, Unknown:
		return false
	case Boolean:
		return v <= 255 || p == ProfileOCFG && v <= 65535
	case String:
		return p == ProfileOCFG || !strings.Contains(string(v), "\x00")
	}
	return true
}

func TestDecodeRoundTripAndTruncation(t *testing.T) {
	for _, p := range []Profile{ProfileROP, ProfileExtended, ProfileOCFG, ProfileMFCMAPI} {
		for _, tc := range samples {
			tag := TagOf(0x1234, tc.v.Type())
			b := le.AppendUint32(nil, uint32(tag))
			b, err := AppendValue(b, tc.v, p)
			if !streamable(tc.v, p) {
				require.Error(t, err, "%s %s", p, tc.raw)
				require.Len(t, b, 4, "an error leaves the buffer as it was")
				continue
			}
			require.NoError(t, err)
			gotTag, got, ok, _, end := inspectTagged(append(bytes.Clone(b), 0xEE, 0xEE), p)
			if !ok || gotTag != tag || end != len(b) || !sameBits(got, tc.v) {
				t.Errorf("%s: %x is %s %#v, %v, up to %d; want %#v", p, b, gotTag, got, ok, end, tc.v)
			}
			checkLaws(t, b, p)
			for n := range b {
				_, _, ok, r, _ := inspectTagged(b[:n], p)
				if ok || !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
					t.Errorf("%s: %x cut to %d bytes: %v, %v", p, b, n, ok, r.Err())
				}
				checkLaws(t, b[:n], p)
			}
		}
	}
}

func TestDecodeWidths(t *testing.T) {
	for _, tc := range []struct {
		p    Profile
		hex  string
		want Value
		path string // of the last field
	}{
		{ProfileROP, "0201 3412 0200 AABB", Binary{0xAA, 0xBB}, "PropertyValue.bytes"},
		{ProfileExtended, "0201 3412 02000000 AABB", Binary{0xAA, 0xBB}, "PropertyValue.bytes"},
		{ProfileROP, "FB00 3412 0200 00AB", ServerID{[]byte{0, 0xAB}}, "PropertyValue.bytes"},
		{ProfileExtended, "FB00 3412 0200 00AB", ServerID{[]byte{0, 0xAB}}, "PropertyValue.bytes"},
		{ProfileROP, "0211 3412 02000000 0100 AA 0000", MultipleBinary{{0xAA}, {}}, "PropertyValue.Values[1].COUNT"},
		{ProfileExtended, "0211 3412 01000000 01000000 AA", MultipleBinary{{0xAA}}, "PropertyValue.Values[0].bytes"},
		{ProfileROP, "1E10 3412 02000000 4100 00", MultipleString8{{Raw: []byte("A")}, {Raw: []byte{}}}, "PropertyValue.Values[1].terminator"},
		{ProfileROP, "1F10 3412 01000000 41000000", MultipleString{"A"}, "PropertyValue.Values[0].terminator"},
		{ProfileROP, "0210 3412 02000000 0100 0200", MultipleInteger16{1, 2}, "PropertyValue.Values[1]"},
		{ProfileROP, "0330 3412 07000000", Integer32(7), "PropertyValue"},
		{ProfileROP, "1F80 3412 41000000", String("A"), "PropertyValue.terminator"},
		// A zero byte at an odd place ends no string: units are taken from its beginning.
		{ProfileROP, "1F00 3412 0001 0002 0000", String("\u0100\u0200"), "PropertyValue.terminator"},
		{ProfileROP, "0301 3412 01020304", Unknown{typeFileHandle, []byte{1, 2, 3, 4}}, "PropertyValue"},
		{ProfileROP, "0331 3412 01020304", Unknown{typeFileHandle, []byte{1, 2, 3, 4}}, "PropertyValue"}, // one of a list
		{ProfileROP, "0100 3412", Null{}, "PropertyTag"},
	} {
		b := unhex(t, tc.hex)
		_, got, ok, r, end := inspectTagged(b, tc.p)
		last := ""
		for f := range r.Fields() {
			last = f.Path
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || !ok || end != len(b) || last != tc.path || r.Max() > 0 {
			t.Errorf("%s %s: %v, %d of %d bytes, last field %q, %v %s", tc.p, tc.hex, ok, end, len(b), last, findings(r), diff)
		}
		checkLaws(t, b, tc.p)
	}
}

func TestDecodeFindings(t *testing.T) {
	for _, tc := range []struct {
		p    Profile
		hex  string
		code diag.Code
		span diag.Span
		sev  diag.Severity
	}{
		{ProfileROP, "0300 34", Truncated, diag.Span{Offset: 0, Len: 3}, diag.Fatal},
		{ProfileROP, "0300 3412 0102", Truncated, diag.Span{Offset: 4, Len: 2}, diag.Fatal},
		{ProfileROP, "0201 3412 0300 AABB", Truncated, diag.Span{Offset: 6, Len: 2}, diag.Fatal},
		{ProfileExtended, "0201 3412 FFFFFFFF AABB", Truncated, diag.Span{Offset: 8, Len: 2}, diag.Fatal},
		{ProfileExtended, "0201 3412 0300", Truncated, diag.Span{Offset: 4, Len: 2}, diag.Fatal},
		{ProfileROP, "1E00 3412 4142", UnterminatedString, diag.Span{Offset: 4, Len: 2}, diag.Fatal},
		{ProfileROP, "1F00 3412 4100 00", UnterminatedString, diag.Span{Offset: 4, Len: 3}, diag.Fatal},
		{ProfileROP, "1F00 3412", UnterminatedString, diag.Span{Offset: 4, Len: 0}, diag.Fatal},
		{ProfileROP, "1E10 3412 02000000 4100 42", UnterminatedString, diag.Span{Offset: 10, Len: 1}, diag.Fatal},
		{ProfileROP, "0310 3412 02000000 01000000 000000", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileROP, "0310 3412 FFFFFFFF", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileROP, "1E10 3412 02000000 00", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileROP, "1F10 3412 02000000 000000", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileROP, "0211 3412 02000000 000000", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileExtended, "0211 3412 02000000 0000000000000", CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{ProfileROP, "0211 3412 02000000 0000 FF00", Truncated, diag.Span{Offset: 12, Len: 0}, diag.Fatal},
		{ProfileROP, "0D00 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "FD00 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "FE00 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "0000 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "0701 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "E484 3412 00", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "0B10 3412 01000000 01", BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{ProfileROP, "0B00 3412 02", BooleanValue, diag.Span{Offset: 4, Len: 1}, diag.Warning},
	} {
		h := strings.ReplaceAll(tc.hex, " ", "")
		b := unhex(t, h[:len(h)&^1])
		_, _, ok, r, _ := inspectTagged(b, tc.p)
		got := findings(r)
		if len(got) != 1 || got[0].Code != tc.code || got[0].Span != tc.span || got[0].Severity != tc.sev || ok != (tc.sev < diag.Error) {
			t.Errorf("%s %s: %+v, %v, want %s at %v", tc.p, tc.hex, got, ok, tc.code, tc.span)
		}
		checkLaws(t, b, tc.p)
	}
}

// TestDecodePartialList shows that the elements before a cut are returned.
func TestDecodePartialList(t *testing.T) {
	_, v, ok, _, _ := inspectTagged(unhex(t, "1E10 3412 03000000 4100 4200 43"), ProfileROP)
	if diff := cmp.Diff(Value(MultipleString8{{Raw: []byte("A")}, {Raw: []byte("B")}}), v); diff != "" || ok {
		t.Errorf("%v %s", ok, diff)
	}
}

func TestDecodeAnyBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	good := 0
	for range 20000 {
		typ := PropType(r.IntN(0x10000))
		if r.IntN(8) > 0 {
			typ = typeNames[r.IntN(len(typeNames))].t
		}
		b := le.AppendUint32(nil, uint32(TagOf(1, typ)))
		for range r.IntN(24) {
			b = append(b, byte(r.IntN(3)))
		}
		p := Profile(r.IntN(2))
		checkLaws(t, b, p)
		tag, v, ok, _, end := inspectTagged(b, p)
		if !ok {
			continue
		}
		good++
		back, err := AppendValue(le.AppendUint32(nil, uint32(tag)), v, p)
		if err != nil || !bytes.Equal(back, b[:end]) {
			t.Fatalf("%s %x is %#v, written as %x, %v", p, b, v, back, err)
		}
	}
	if good < 2000 {
		t.Fatalf("only %d of 20000 could be read: the test tests nothing", good)
	}
}

func TestAppendValueRefuses(t *testing.T) {
	for _, tc := range []struct {
		p Profile
		v Value
	}{
		{ProfileROP, Boolean(256)},
		{ProfileROP, String("A\x00")},
		{ProfileROP, String("\xFF")},
		{ProfileROP, String8{Raw: []byte{0}}},
		{ProfileROP, Binary(make([]byte, 0x10000))},
		{ProfileExtended, ServerID{make([]byte, 0x10000)}},
		{ProfileROP, MultipleString8{{Raw: []byte{0}}}},
		{ProfileROP, MultipleString{"\x00"}},
		{ProfileROP, MultipleBinary{make([]byte, 0x10000)}},
		{ProfileROP, Unknown{PtypInteger32, []byte{1}}},
		{ProfileROP, Unknown{PtypMultipleInteger32, []byte{1}}},
	} {
		if b, err := AppendValue([]byte("x"), tc.v, tc.p); err == nil || string(b) != "x" {
			t.Errorf("%s %T: %x, %v", tc.p, tc.v, b, err)
		}
	}
	if _, err := AppendValue(nil, Binary(make([]byte, 0x10000)), ProfileExtended); err != nil {
		t.Error(err)
	}
}

func TestHostileCountAllocatesNothing(t *testing.T) {
	b := unhex(t, "0310 3412 FFFFFFFF 0000000000000000")
	allocs := testing.AllocsPerRun(100, func() {
		c := wire.New(b, nil, &testWords)
		if _, _, ok := decodeTagged(&c, ProfileROP); ok {
			t.Fatal("2^32 elements in 8 bytes")
		}
	})
	if allocs > 8 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestProfileString(t *testing.T) {
	if ProfileROP.String() != "rop" || ProfileExtended.String() != "ext" || Profile(9).String() != "profile(9)" {
		t.Error("a profile has another name")
	}
}

// TestSearchFolderValues reads the values of search folders: counted text without a terminator, Booleans of two bytes.
func TestSearchFolderValues(t *testing.T) {
	for _, c := range []struct {
		hex  string
		want Value
		code diag.Code
	}{
		{"1F003700 0400 61006200", String("ab"), ""},
		{"1F003700 0000", String(""), ""},
		{"1F003700 0400 61000000", String("a\x00"), ""},
		{"1E003700 0300 610062", String8{Raw: []byte("a\x00b")}, ""},
		{"0B003700 0100", Boolean(1), ""},
		{"0B003700 0001", Boolean(256), BooleanValue},
		{"02013700 0200 0102", Binary{1, 2}, ""},
		{"1F103700 02000000 0200 6100 0000", MultipleString{"a", ""}, ""},
		{"1E103700 01000000 0100 61", MultipleString8{{Raw: []byte("a")}}, ""},
		{"1F003700 0500 61006200", Unknown{PtypString, []byte("a\x00b\x00")}, OddText},
	} {
		b := unhex(t, c.hex)
		checkLaws(t, b, ProfileOCFG)
		_, v, ok, r, end := inspectTagged(b, ProfileOCFG)
		require.True(t, ok, c.hex)
		require.Equal(t, len(b), end, c.hex)
		require.Equal(t, c.want, v, c.hex)
		for _, f := range findings(r) {
			require.Equal(t, c.code, f.Code, c.hex)
		}
		out, err := AppendValue([]byte("x"), v, ProfileOCFG)
		require.NoError(t, err, c.hex)
		require.Equal(t, b[4:], out[1:], c.hex)
		for n := range b {
			checkLaws(t, b[:n], ProfileOCFG)
		}
	}
	for _, v := range []Value{Boolean(1 << 16), String8{Raw: make([]byte, 1<<16)}, String(strings.Repeat("a", 1<<15)), String("\xFF"), MultipleString{"\xFF"},
		Unknown{PtypString, []byte{1}}, Unknown{PtypString, make([]byte, 1<<16)}} {
		_, err := AppendValue(nil, v, ProfileOCFG)
		require.Error(t, err, "%T", v)
	}
	_, _, ok, r, _ := inspectTagged(unhex(t, "1F103700 01000000 0300 610062"), ProfileOCFG)
	require.False(t, ok)
	require.ErrorIs(t, r.Err(), BadLength)
}

// TestManyLists: what many short lists cost grows with their number, and not with its square.
func TestManyLists(t *testing.T) {
	b := bytes.Repeat([]byte{0x1E, 0x10, 0x37, 0, 1, 0, 0, 0, 0}, 100_000)
	c := wire.New(b, nil, &testWords)
	for c.Left() > 0 {
		_, v, ok := decodeTagged(&c, ProfileROP)
		require.True(t, ok)
		require.Len(t, v, 1)
	}
}

func TestProfileNames(t *testing.T) {
	var names []string
	for p := range Profile(6) {
		names = append(names, p.String())
	}
	require.Equal(t, []string{"rop", "ext", "ocfg", "mfcmapi", "fasttransfer", "profile(5)"}, names)
}
