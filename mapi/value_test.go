package mapi

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var sampleGUID = guid.GUID{0x43, 0x03, 0x96, 0x66, 0x5D, 0xB1, 0x3B, 0x44, 0x81, 0x99, 0x1F, 0x91, 0x43, 0x32, 0x5B, 0x37}

// samples has values of every type, the bytes that a dump shows of them, and their text and JSON.
var samples = []struct {
	raw        string
	v          Value
	text, json string
}{
	{"", Null{}, "", "null"},
	{"FEFF", Integer16(-2), "-2", "-2"},
	{"FFFFFFFF", Integer32(-1), "-1", "-1"},
	{"0000C03F", Floating32(1.5), "1.5", "1.5"},
	{"0000C0FF", Floating32(math.Float32frombits(0xFFC00000)), "NaN(0xFFC00000)", `"NaN(0xFFC00000)"`},
	{"9A9999999999B93F", Floating64(0.1), "0.1", "0.1"},
	{"000000000000F07F", Floating64(math.Inf(1)), "+Inf", `"+Inf"`},
	{"FFFFFFFFFFFFFFFF", Currency(-1), "-0.0001", `"-0.0001"`},
	{"000000000000F4BF", FloatingTime(-1.25), "1899-12-29T06:00:00", `"1899-12-29T06:00:00"`},
	{"000000000000D0BF", FloatingTime(-0.25), "1899-12-30T06:00:00", "-0.25"}, // +0.25 has that time too
	{"0F010480", ErrorCode(0x8004010F), "MAPI_E_NOT_FOUND", `"MAPI_E_NOT_FOUND"`},
	{"EFBEADDE", ErrorCode(0xDEADBEEF), "0xDEADBEEF", `"0xDEADBEEF"`},
	{"00", Boolean(0), "false", "false"},
	{"01", Boolean(1), "true", "true"},
	{"FF", Boolean(255), "true (255)", "255"},
	{"0001", Boolean(256), "true (256)", "256"},
	{"00000100", Boolean(65536), "true (65536)", "65536"},
	{"AB", Object{[]byte{0xAB}}, "ab", `"ab"`},
	{"0000000000002000", Integer64(1 << 53), "9007199254740992", "9007199254740992"},
	{"0100000000002000", Integer64(1<<53 + 1), "9007199254740993", `"9007199254740993"`},
	{"0000000000000080", Integer64(math.MinInt64), "-9223372036854775808", `"-9223372036854775808"`},
	{"4142", String8{Raw: []byte("AB")}, "AB", `"AB"`},
	{"E4", String8{Raw: []byte{0xE4}, CodePage: 1252}, "ä", `"ä"`},
	{"E441", String8{Raw: []byte{0xE4, 'A'}}, "\uFFFDA", "{\"text\":\"\uFFFDA\",\"codePage\":0,\"raw\":\"e441\"}"},
	{"4100E400", String("Aä"), "Aä", `"Aä"`},
	{"00D80000", String("\xED\xA0\x80\x00"), "\xED\xA0\x80\x00", `"\ud800\u0000"`},
	{"0040DDA35745B30C", Time(fileTimeNone), "none (4501-01-01T00:00:00Z)", `"4501-01-01T00:00:00Z"`},
	{"430396665DB13B4481991F9143325B37", GUID(sampleGUID), "{66960343-B15D-443B-8199-1F9143325B37}",
		`"{66960343-B15D-443B-8199-1F9143325B37}"`},
	{"01AB", ServerID{[]byte{1, 0xAB}}, "01ab", `"01ab"`},
	{"0000", Restriction{[]byte{0, 0}}, "0000", `"0000"`},
	{"0100", RuleActions{[]byte{1, 0}}, "0100", `"0100"`},
	{"00FF", Binary{0, 0xFF}, "00ff", `"00ff"`},
	{"0100FEFF", MultipleInteger16{1, -2}, "[1,-2]", "[1,-2]"},
	{"01000000FEFFFFFF", MultipleInteger32{1, -2}, "[1,-2]", "[1,-2]"},
	{"0000803F0000807F", MultipleFloating32{1, float32(math.Inf(1))}, `[1,"+Inf"]`, `[1,"+Inf"]`},
	{"000000000000F03F", MultipleFloating64{1}, "[1]", "[1]"},
	{"0100000000000000", MultipleCurrency{1}, `["0.0001"]`, `["0.0001"]`},
	{"000000000000F03F", MultipleFloatingTime{1}, `["1899-12-31T00:00:00"]`, `["1899-12-31T00:00:00"]`},
	{"0100000000002000", MultipleInteger64{1<<53 + 1}, `["9007199254740993"]`, `["9007199254740993"]`},
	{"01000000 41 00000000", MultipleString8{{Raw: []byte("A")}, {Raw: []byte{}}}, `["A",""]`, `["A",""]`},
	{"02000000 4100 00000000", MultipleString{"A", ""}, `["A",""]`, `["A",""]`},
	{"0000000000000000", MultipleTime{0}, `["1601-01-01T00:00:00Z"]`, `["1601-01-01T00:00:00Z"]`},
	{"430396665DB13B4481991F9143325B37", MultipleGUID{sampleGUID}, `["{66960343-B15D-443B-8199-1F9143325B37}"]`,
		`["{66960343-B15D-443B-8199-1F9143325B37}"]`},
	{"01000000 AB 00000000", MultipleBinary{{0xAB}, {}}, `["ab",""]`, `["ab",""]`},
	{"01020304", Unknown{0x0107, []byte{1, 2, 3, 4}}, "01020304", `"01020304"`},
}

func TestSamples(t *testing.T) {
	seen := map[PropType]bool{}
	for _, tc := range samples {
		typ := tc.v.Type()
		seen[typ] = true
		raw := unhex(t, tc.raw)
		got, err := ParseRaw(typ, raw)
		if s, ok := tc.v.(String8); ok && err == nil {
			s8 := got.(String8)
			s8.CodePage = s.CodePage
			got = s8
		}
		if err != nil || !sameBits(got, tc.v) {
			t.Errorf("ParseRaw(%s, %s) = %#v, %v, want %#v", typ, tc.raw, got, err, tc.v)
			continue
		}
		if b, err := tc.v.AppendBinary([]byte("x")); err != nil || !bytes.Equal(b, append([]byte("x"), raw...)) {
			t.Errorf("%s %s: AppendBinary gives %x, %v", typ, tc.raw, b, err)
		}
		if s := tc.v.String(); s != tc.text {
			t.Errorf("%s %s: String is %q, want %q", typ, tc.raw, s, tc.text)
		}
		j := tc.v.AppendJSON(nil)
		if string(j) != tc.json || !json.Valid(j) {
			t.Errorf("%s %s: JSON is %s, want %s", typ, tc.raw, j, tc.json)
		}
		if m, err := tc.v.(json.Marshaler).MarshalJSON(); err != nil || !bytes.Equal(m, j) {
			t.Errorf("%s %s: MarshalJSON gives %s, %v", typ, tc.raw, m, err)
		}
		if m, err := json.Marshal(tc.v); err != nil || !json.Valid(m) {
			t.Errorf("%s %s: json.Marshal gives %s, %v", typ, tc.raw, m, err)
		}
	}
	for _, n := range typeNames {
		if n.ptyp != "" && n.t != PtypUnspecified && !seen[n.t] {
			t.Errorf("no sample of %s", n.ptyp)
		}
	}
}

// sameBits compares values by type and bytes, because NaN is not equal to itself.
func sameBits(a, b Value) bool {
	x, err1 := a.AppendBinary(nil)
	y, err2 := b.AppendBinary(nil)
	return a.Type() == b.Type() && err1 == nil && err2 == nil && bytes.Equal(x, y)
}

func TestParseRawLengths(t *testing.T) {
	for _, tc := range []struct {
		typ  PropType
		raw  string
		code diag.Code
		span diag.Span
		says string
	}{
		{PtypNull, "00", BadLength, diag.Span{Offset: 0, Len: 1}, "needs 0 bytes, has 1"},
		{PtypInteger16, "01", Truncated, diag.Span{Offset: 1}, "needs 2 bytes, has 1"},
		{PtypInteger16, "010203", BadLength, diag.Span{Offset: 2, Len: 1}, "needs 2 bytes, has 3"},
		{PtypInteger32, "", Truncated, diag.Span{}, "needs 4 bytes, has 0"},
		{PtypTime, "01020304050607", Truncated, diag.Span{Offset: 7}, "needs 8 bytes, has 7"},
		{PtypGuid, "01020304050607", Truncated, diag.Span{Offset: 7}, "needs 16 bytes, has 7"},
		{PtypBoolean, "", Truncated, diag.Span{}, "needs 1, 2 or 4 bytes, has 0"},
		{PtypBoolean, "010203", Truncated, diag.Span{Offset: 3}, "needs 1, 2 or 4 bytes, has 3"},
		{PtypBoolean, "0102030405", BadLength, diag.Span{Offset: 4, Len: 1}, "needs 1, 2 or 4 bytes, has 5"},
		{PtypString, "410042", Truncated, diag.Span{Offset: 3}, "even number of bytes, has 3"},
		{0x301F, "410042", Truncated, diag.Span{Offset: 3}, "even number of bytes, has 3"},
		{PtypMultipleInteger32, "0100000002", Truncated, diag.Span{Offset: 5}, "needs 4 bytes, has 1"},
		{PtypMultipleBinary, "010000", Truncated, diag.Span{Offset: 3}, "the length of an element needs 4 bytes, has 3"},
		{PtypMultipleBinary, "01000000 AA 05000000 BBCC", Truncated, diag.Span{Offset: 9, Len: 2}, "needs 5 bytes, has 2"},
		{PtypMultipleBinary, "FFFFFFFF AA", Truncated, diag.Span{Offset: 4, Len: 1}, "needs 4294967295 bytes, has 1"},
		{PtypMultipleString, "03000000 410042", Truncated, diag.Span{Offset: 7}, "even number of bytes, has 3"},
		{typeFileHandle, "00", Truncated, diag.Span{Offset: 1}, "needs 4 bytes, has 1"},
	} {
		raw := unhex(t, tc.raw)
		v, err := ParseRaw(tc.typ, raw)
		var f diag.Finding
		if !errors.As(err, &f) || f.Code != tc.code || f.Span != tc.span || !strings.Contains(f.Msg, tc.says) || f.Path == "" {
			t.Errorf("ParseRaw(%s, %s): %+v, want %s at %v saying %q", tc.typ, tc.raw, err, tc.code, tc.span, tc.says)
		}
		if errors.Is(err, io.ErrUnexpectedEOF) != (tc.code == Truncated) {
			t.Errorf("ParseRaw(%s, %s): errors.Is(err, io.ErrUnexpectedEOF) = %v", tc.typ, tc.raw, tc.code != Truncated)
		}
		if diff := cmp.Diff(Value(Unknown{tc.typ, raw}), v, cmp.Transformer("data", func(u Unknown) string { return string(u.Data) })); diff != "" {
			t.Errorf("ParseRaw(%s, %s) loses bytes: %s", tc.typ, tc.raw, diff)
		}
	}
}

func TestParseRawTypes(t *testing.T) {
	for _, tc := range []struct {
		typ  PropType
		raw  string
		want Value
	}{
		{0x3003, "01000000", Integer32(1)},           // a row shows one element
		{0x301F, "4100", String("A")},                // the same
		{0x801F, "4100", String("A")},                // an artefact of some tables
		{0x84E4, "41", Unknown{0x84E4, []byte{'A'}}}, // FastTransfer's own
		{PtypUnspecified, "41", Unknown{0, []byte{'A'}}},
		{typeFileHandle, "01020304", Unknown{typeFileHandle, []byte{1, 2, 3, 4}}},
		{0x100B, "01", Unknown{0x100B, []byte{1}}}, // no such list is published
		{PtypBoolean, "0100", Boolean(1)},
		{PtypBoolean, "01000000", Boolean(1)},
		{PtypMultipleInteger32, "", MultipleInteger32{}},
		{PtypMultipleString, "", MultipleString{}},
		{PtypBinary, "", Binary{}},
	} {
		got, err := ParseRaw(tc.typ, unhex(t, tc.raw))
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("ParseRaw(%s, %s): %v %s", tc.typ, tc.raw, err, diff)
		}
	}
}

func TestParseMulti(t *testing.T) {
	for _, tc := range []struct {
		typ  PropType
		raws []string
		want Value
		code diag.Code
	}{
		{PtypMultipleInteger16, []string{"0100", "0200"}, MultipleInteger16{1, 2}, ""},
		{PtypMultipleString, []string{"4100", ""}, MultipleString{"A", ""}, ""},
		{PtypMultipleBinary, nil, MultipleBinary{}, ""},
		{PtypMultipleInteger32, nil, MultipleInteger32{}, ""},
		{PtypMultipleInteger16, []string{"0100", "02"}, Unknown{PtypMultipleInteger16, unhex(t, "02000000 0100 01000000 02")}, Truncated},
		{PtypMultipleInteger16, []string{"010002"}, Unknown{PtypMultipleInteger16, unhex(t, "03000000 010002")}, BadLength},
		{PtypMultipleString, []string{"4100", "41"}, Unknown{PtypMultipleString, unhex(t, "02000000 4100 01000000 41")}, Truncated},
		{0x100B, []string{"01"}, Unknown{0x100B, unhex(t, "01000000 01")}, ""},
		{0x100A, []string{"01020304"}, Unknown{0x100A, unhex(t, "04000000 01020304")}, ""}, // no list, though the single type has a width
		{PtypInteger32, []string{""}, Unknown{PtypInteger32, unhex(t, "00000000")}, ""},
		{PtypInteger32, []string{"01020304"}, Unknown{PtypInteger32, unhex(t, "04000000 01020304")}, ""},
		{PtypBinary, []string{"01"}, Unknown{PtypBinary, unhex(t, "01000000 01")}, ""},
	} {
		var raws [][]byte
		for _, r := range tc.raws {
			raws = append(raws, unhex(t, r))
		}
		got, err := ParseMulti(tc.typ, raws)
		if diff := cmp.Diff(tc.want, got); diff != "" || tc.code == "" && err != nil || tc.code != "" && !errors.Is(err, tc.code) {
			t.Errorf("ParseMulti(%s, %v): %v %s", tc.typ, tc.raws, err, diff)
		}
		if f, ok := err.(diag.Finding); ok && !strings.HasPrefix(f.Path, tc.typ.String()+"[") {
			t.Errorf("ParseMulti(%s, %v): the path is %q", tc.typ, tc.raws, f.Path)
		}
	}
}

// TestParseRawAnyBytes holds every type to the laws of ParseRaw on random bytes: what is read is written again, and
// nothing is kept of the input.
func TestParseRawAnyBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	types := []PropType{0x0107, 0x3003, 0x801F, 0x84E4}
	for _, n := range typeNames {
		types = append(types, n.t)
	}
	good := 0
	for range 20000 {
		typ := types[r.IntN(len(types))]
		raw := make([]byte, r.IntN(20))
		for i := range raw {
			if raw[i] = byte(r.Uint32()); r.IntN(3) > 0 {
				raw[i] = byte(r.IntN(4)) // so that lengths fit now and then
			}
		}
		given := bytes.Clone(raw)
		v, err := ParseRaw(typ, given)
		for i := range given {
			given[i] ^= 0xFF
		}
		if err == nil {
			good++
		}
		b, appendErr := v.AppendBinary(nil)
		if v.Type() == PtypBoolean {
			b = append(b, make([]byte, len(raw)-len(b))...) // as few bytes as the number needs
		}
		if appendErr != nil || !bytes.Equal(b, raw) {
			t.Fatalf("ParseRaw(%s, %x) = %#v, %v, which gives %x, %v", typ, raw, v, err, b, appendErr)
		}
		if !json.Valid(v.AppendJSON(nil)) {
			t.Fatalf("%#v: JSON %s", v, v.AppendJSON(nil))
		}
	}
	if good < 1000 {
		t.Fatalf("only %d of 20000 could be read: the test tests nothing", good)
	}
}

// TestBinaryJSON prints every byte, and runs of every length, as hex.
func TestBinaryJSON(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for n := range all {
		for _, b := range [][]byte{all[:n], all[n:]} {
			if want, got := `x"`+hex.EncodeToString(b)+`"`, string(Binary(b).AppendJSON([]byte("x"))); got != want {
				t.Fatalf("%x is printed as %s", b, got)
			}
		}
	}
}

func TestAppendBinaryText(t *testing.T) {
	for _, v := range []Value{String("A\xFF"), MultipleString{"A", "\xFF"}} {
		if b, err := v.AppendBinary([]byte("x")); err == nil || string(b) != "x" {
			t.Errorf("%q is written as %x, %v", v, b, err)
		}
	}
}
