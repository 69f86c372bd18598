package dump_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

func TestPages(t *testing.T) {
	props := mapi.Props{
		{Tag: mapi.PidTagCodePageId, Value: mapi.Integer32(1253)},
		{Tag: mapi.PidTagMessageLocaleId, Value: mapi.Integer32(1041)},
		{Tag: mapi.PidTagMessageCodepage, Value: mapi.Integer32(1200)}, // says nothing about 8-bit text
		{Tag: mapi.PidTagInternetCodepage, Value: mapi.Integer32(50220)},
	}
	got := append(dump.PagesOf(props, "message"), dump.GuessedPages(1250)...)
	want := []dump.Page{{50220, "PidTagInternetCodepage of message", false}, {932, "PidTagMessageLocaleId of message", false},
		{1253, "PidTagCodePageId of message", false},
		{1250, "caller", true}, {1252, "assumed", true}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if d := cmp.Diff([]dump.Page{{1252, "assumed", true}}, dump.GuessedPages(0)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestDecode8(t *testing.T) {
	one := func(s string) mapi.Value { return mapi.String8{Raw: []byte(s)} }
	pages := func(numbers ...int) (list []dump.Page) {
		for _, n := range numbers {
			list = append(list, dump.Page{Number: n, Source: "s"})
		}
		return list
	}
	for _, tt := range []struct {
		name    string
		v       mapi.Value
		pages   []dump.Page
		text    string
		chosen  int
		depends bool
		codes   []diag.Code
	}{
		{"plain", one("plain"), pages(932, 1252), "plain", 0, false, nil},
		{"the first that can be", one("\x93\xFA"), pages(50220, 65001, 932), "日", 2, true, nil},
		{"none can be", one("\xE4"), pages(65001, 20127), "ä", 1, true, []diag.Code{mapi.GuessedCodePage}},
		{"EBCDIC", one("\x40"), pages(37), " ", 0, true, nil},
		{"EBCDIC with euro", one("\x40"), pages(1140), " ", 0, true, nil},
		{"shifted", one("\x1b$B$\"\x1b(B"), pages(50220), "あ", 0, true, nil},
		{"HZ", one("~{VP~}"), pages(52936), "中", 0, true, nil},
		{"UTF-7", one("A+AOk-"), pages(65000), "Aé", 0, true, nil},
		{"half of a character", one("ABC"), pages(1200), "䉁\uFFFD", 0, true, []diag.Code{mapi.DamagedText}},
		{"damaged", one("\x93\xFA\x96"), pages(932), "日\uFFFD", 0, true, []diag.Code{mapi.DamagedText}},
		{"list", mapi.MultipleString8{{Raw: []byte("A")}, {Raw: []byte("\xCF\xE5")}}, pages(1251), `["A","Пе"]`, 0, true, nil},
		{"no text", mapi.Integer32(5), pages(932, 1252), "5", 0, false, nil},
	} {
		v, chosen, depends, found := dump.Decode8(tt.v, tt.pages)
		var codes []diag.Code
		for _, f := range found {
			codes = append(codes, f.Code)
		}
		if v.String() != tt.text || chosen != tt.chosen || depends != tt.depends || !cmp.Equal(tt.codes, codes) {
			t.Errorf("%s: %q, page %d, depends %v, %v", tt.name, v, chosen, depends, codes)
		}
		if s, ok := v.(mapi.String8); ok && (s.CodePage != tt.pages[chosen].Number || s.Source != "s") {
			t.Errorf("%s: %+v", tt.name, s)
		}
	}
}

// TestDecode8List has lists in which text cannot be read: the first is told, with its place in the bytes of the whole.
func TestDecode8List(t *testing.T) {
	list := mapi.MultipleString8{{Raw: []byte("AB")}, {Raw: []byte("A\x96")}, {Raw: []byte{0x96}}}
	v, _, _, found := dump.Decode8(list, []dump.Page{{Number: 932}})
	raw, err := v.AppendBinary(nil)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	f := found[0]
	if f.Path != "PtypMultipleString8[1]" || raw[f.Span.Offset] != 0x96 || f.Span.Offset != 11 ||
		f.Msg != "1 characters of code page 932 cannot be read, this is the first; the same goes for 1 more values" {
		t.Errorf("%+v", f)
	}
}
