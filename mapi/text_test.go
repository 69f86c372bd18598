package mapi

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/stretchr/testify/require"
)

// TestSingleBytePages compares every byte of every single-byte page with what another implementation makes of it. (For
// the pages of gen/codepages.tsv that is the same one, so it shows only that the generator lost nothing.)
func TestSingleBytePages(t *testing.T) {
	b, err := os.ReadFile("testdata/codepages.tsv")
	require.NoError(t, err)
	pages := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		page, cells, _ := strings.Cut(strings.TrimSpace(line), "\t")
		cp, err := strconv.Atoi(page)
		require.NoError(t, err)
		chars := strings.Fields(cells)
		require.Contains(t, []int{128, 256}, len(chars))
		pages++
		for i, cell := range chars {
			c := byte(256 - len(chars) + i)
			n, err := strconv.ParseUint(cell, 16, 21)
			require.NoError(t, err)
			want := rune(n)
			text, damaged, _ := DecodeString8([]byte{c}, cp)
			if want == utf8.RuneError {
				if p := undefinedByte(cp, c); p != utf8.RuneError {
					want = p
				}
			}
			if cp == 28591 && c >= 0x80 && c <= 0x9F {
				continue // read as 1252: see TestDecodeString8
			}
			if differsFromPython[cp][c] != 0 {
				want = differsFromPython[cp][c]
			}
			if text != string(want) || (damaged > 0) != (want == utf8.RuneError) {
				t.Errorf("page %d, byte %02X: %+q, %d damaged, want %+q", cp, c, text, damaged, want)
			}
		}
	}
	if pages < 45 {
		t.Errorf("only %d pages compared", pages)
	}
}

// differsFromPython are the bytes of which Windows makes something else than the implementation compared with.
var differsFromPython = map[int]map[byte]rune{
	1255:  {0xCA: 0x05BA},
	21866: {0xAE: 0x045E, 0xBE: 0x040E},
}

// TestCodePages has one text at least for every page that has more than bytes, and every page without a table.
func TestCodePages(t *testing.T) {
	for _, tc := range []struct {
		cp        int
		raw, text string
	}{
		{932, "93fa967b8ceab181608740eee0", "日本語ｱ～①髙"},
		{936, "d6d0cec480", "中文€"},
		{949, "c7d1b1b9beee8c63", "한국어똠"},
		{950, "c163c5e9a4a4a4e5", "繁體中文"},
		{10001, "93fa967b8cea", "日本語"},
		{10002, "a4a4a4e5", "中文"},
		{10003, "c7d1b1b9beee", "한국어"},
		{10008, "d6d0cec4", "中文"},
		{20932, "c6fccbdcb8ec", "日本語"},
		{20936, "d6d0cec4", "中文"},
		{20949, "c7d1b1b9beee", "한국어"},
		{51932, "c6fccbdcb8eca1c1", "日本語～"},
		{51936, "d6d0cec4", "中文"},
		{51949, "c7d1b1b9beee", "한국어"},
		{54936, "d6d0cec4a2e3953282368431a437", "中文€𠀀\uFFFD"},
		{50220, "611b2442467c4b5c386c1b284262", "a日本語b"},
		{50221, "611b2442467c4b5c386c1b284262", "a日本語b"},
		{50222, "1b284931321b2842", "ｱｲ"},
		{50222, "610e31320f62", "aｱｲb"},
		{50220, "1b2442467c0e310f4b5c1b2842", "日ｱ本"},
		{50225, "611b2429430e475131393e6e0f62", "a한국어b"},
		{50225, "1b2429430e4751200a31390f", "한 \n국"},
		{52936, "617e7b56504e447e7d62", "a中文b"},
		{65000, "612b2d2b414f6c6c355763733245446341412d62", "a+é日本𠀀b"},
		{65000, "2b414f6b2e", "é."}, // what is no base64 ends the run
		{65001, "c3a9e697a5f0a08080", "é日𠀀"},
		{65001, "efbbbf41efbfbd", "\uFEFFA\uFFFD"},
		{1200, "e900e56540d800dc", "é日𠀀"},
		{1200, "00d84100", "\xED\xA0\x80A"},
		{1201, "00e965e5d840dc00", "é日𠀀"},
		{12000, "e9000000e565000000000200", "é日𠀀"},
		{12001, "000000e9000065e500020000", "é日𠀀"},
		{708, "e4", "ل"},
		{1047, "c8c9ad", "HI["},
		{38598, "e0", "א"},
		{20127, "4142", "AB"},
		{28591, "e4a0", "ä\u00a0"},
	} {
		text, damaged, err := DecodeString8(unhex(t, tc.raw), tc.cp)
		approximate := tc.cp >= 10001 && tc.cp <= 10008 || tc.cp == 20932 || tc.cp == 708
		if text != tc.text || damaged != 0 || approximate != errors.Is(err, ApproximateCodePage) || !approximate && err != nil {
			t.Errorf("page %d, %s: %+q, %d damaged, %v, want %+q", tc.cp, tc.raw, text, damaged, err, tc.text)
		}
	}
}

func TestUnsupportedCodePages(t *testing.T) {
	for _, cp := range []int{870, 875, 1026, 1141, 1149, 1361, 10004, 10005, 10006, 10010, 10017, 10021, 10029, 10079, 10081, 10082,
		20261, 20269, 29001, 50227, 50229, 51950, 57002, 57011, 1, 12345, -1, 1 << 30} {
		text, damaged, err := DecodeString8([]byte("A\xE4"), cp)
		want, n := "A\uFFFD", 1
		if cp < 1361 && cp > 800 {
			want, n = "\uFFFD\uFFFD", 2 // EBCDIC: not even A is A
		}
		if text != want || damaged != n || !errors.Is(err, UnsupportedCodePage) {
			t.Errorf("page %d: %+q, %d, %v", cp, text, damaged, err)
		}
		if _, _, err := DecodeString8([]byte("A"), cp); !errors.Is(err, UnsupportedCodePage) {
			t.Errorf("page %d, ASCII: %v", cp, err)
		}
	}
	if text, damaged, err := DecodeString8([]byte("A"), 0); text != "A" || damaged != 0 || err != nil {
		t.Errorf("ASCII in no page: %q, %d, %v", text, damaged, err)
	}
	if text, damaged, err := DecodeString8([]byte("\xE4"), 0); text != "\uFFFD" || damaged != 1 || !errors.Is(err, UnsupportedCodePage) {
		t.Errorf("a byte in no page: %q, %d, %v", text, damaged, err)
	}
}

// TestDecodeString8 has the places at which golang.org/x/text and Windows part.
func TestDecodeString8(t *testing.T) {
	for _, tc := range []struct {
		cp      int
		raw     string
		text    string
		damaged int
		first   int
		code    diag.Code
	}{
		{1252, "80818D8F909D", "€\u0081\u008D\u008F\u0090\u009D", 0, 0, ""},
		{1253, "AAD2FF", "\uF8F9\uF8FA\uF8FB", 0, 0, ""},
		{1255, "D9DFFBFCFF", "\uF88D\uF893\uF894\uF895\uF896", 0, 0, ""},
		{1257, "A1A5", "\uF8FC\uF8FD", 0, 0, ""},
		{874, "DBDEFCFF", "\uF8C1\uF8C4\uF8C5\uF8C8", 0, 0, ""},
		{28592, "80A1", "\u0080Ą", 0, 0, ""},
		{28593, "41A5", "A\uFFFD", 1, 1, ""},
		{20127, "41E480", "Aä€", 0, 0, GuessedCodePage},
		{28591, "9341E4", "“Aä", 0, 0, GuessedCodePage},
		{932, "A0FDFEFF", "\u00A0\uF8F1\uF8F2\uF8F3", 0, 0, ""},
		{932, "F040F07EF080F9FC", "\uE000\uE03E\uE03F\uE757", 0, 0, ""},
		{932, "4182", "A\uFFFD", 1, 1, ""},
		{932, "41820A42", "A\uFFFD\nB", 1, 1, ""}, // a lead byte does not eat the line end
		{936, "AAA1AFFEF8A1FEFEA140A7A0", "\uE000\uE233\uE234\uE4C5\uE4C6\uE765", 0, 0, ""},
		{936, "FE50", "⺁", 0, 0, ApproximateCodePage},
		{950, "8862", "Ê̄", 0, 0, ApproximateCodePage},
		{950, "F9FEF9D6", "▓碁", 0, 0, ""},
		{950, "814086FE", "\uEEB8\uF265", 0, 0, ""},
		{950, "8740", "䏰", 0, 0, ApproximateCodePage},
		{950, "8766", "\uF28C", 0, 0, ApproximateCodePage}, // a code that Hong Kong does not use either
		{54936, "AAA1A2ABFEA0A6D9", "\uE000\uE766\uE864\uE78D", 0, 0, ""},
		{54936, "A3A0", "\u3000", 0, 0, ApproximateCodePage},
		{54936, "80", "€", 0, 0, ApproximateCodePage},
		{950, "C6A1", "①", 0, 0, ApproximateCodePage},
		{950, "A440", "一", 0, 0, ""},
		{949, "C7", "\uFFFD", 1, 0, ""},
		{54936, "418431A4", "A\uFFFD1\uFFFD", 2, 1, ""},
		{65001, "41C3", "A\uFFFD", 1, 1, ""},
		{65001, "41EDA08042", "A\uFFFD\uFFFD\uFFFDB", 3, 1, ""},
		{1200, "410042", "A\uFFFD", 1, 2, ""},
		{1201, "004142", "A\uFFFD", 1, 2, ""},
		{12000, "41000000 00D80000 4142", "A\uFFFD\uFFFD", 2, 4, ""},
		{50225, "1B2429430E47", "\uFFFD", 1, 5, ""},
		{50225, "41E4", "A\uFFFD", 1, 1, ""},
		{65000, "41E4", "A\uFFFD", 1, 1, ""},
		{65000, "2B414F2D", "\uFFFD", 1, 2, ""},
		{65000, "41 2B 2E", "A\uFFFD.", 1, 1, ""},
		{857, "D5", "\uFFFD", 1, 0, ""},
		{50220, "4180", "A\uFFFD", 1, 0, ""}, // where is not known
		{708, "41", "A", 0, 0, ""},
	} {
		d := decodeString8(unhex(t, tc.raw), tc.cp)
		if string(d.text) != tc.text || d.damaged != tc.damaged || d.damaged > 0 && d.first != tc.first || d.code != tc.code {
			t.Errorf("page %d, %s: %+q, %d damaged from %d, %q; want %+q, %d from %d, %q", tc.cp, tc.raw,
				d.text, d.damaged, d.first, d.code, tc.text, tc.damaged, tc.first, tc.code)
		}
	}
}

func TestString8Text(t *testing.T) {
	for _, tc := range []struct {
		v    String8
		code diag.Code
		sev  diag.Severity
		span diag.Span
	}{
		{String8{Raw: []byte("\xE4"), CodePage: 1252}, "", 0, diag.Span{}},
		{String8{Raw: []byte("A\xE4"), CodePage: 1361}, UnsupportedCodePage, diag.Error, diag.Span{Len: 2}},
		{String8{Raw: []byte("A\xE4B"), CodePage: 65001}, DamagedText, diag.Error, diag.Span{Offset: 1, Len: 2}},
		{String8{Raw: []byte("A\xE4"), CodePage: 20127}, GuessedCodePage, diag.Warning, diag.Span{Len: 2}},
		{String8{Raw: []byte("A\x82\xA0"), CodePage: 10001}, ApproximateCodePage, diag.Warning, diag.Span{Len: 3}},
	} {
		text, found := tc.v.Text()
		if text != tc.v.String() {
			t.Errorf("%+v: Text %q and String %q", tc.v, text, tc.v.String())
		}
		if tc.code == "" {
			if len(found) != 0 {
				t.Errorf("%+v: %v", tc.v, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Code != tc.code || found[0].Severity != tc.sev || found[0].Span != tc.span || found[0].Spec == "" {
			t.Errorf("%+v: %+v, want %s", tc.v, found, tc.code)
		}
	}
}

// TestDecodeString8AnyBytes: no bytes in no page may hang, panic, or grow without bound; U+FFFD is told.
func TestDecodeString8AnyBytes(t *testing.T) {
	pages := []int{0, 37, 708, 932, 936, 949, 950, 1252, 1361, 20127, 28591, 50220, 50225, 52936, 54936, 65000, 65001, 1200, 1201, 12000, 12001}
	r := newRand(9)
	for range 20000 {
		cp := pages[r.IntN(len(pages))]
		raw := make([]byte, r.IntN(12))
		for i := range raw {
			raw[i] = byte(r.Uint32())
			if r.IntN(3) == 0 {
				raw[i] = "+-~{}\x1b$)C\x0e\x0fA"[r.IntN(12)]
			}
		}
		text, damaged, _ := DecodeString8(raw, cp)
		if len(text) > 4*len(raw)+4 {
			t.Fatalf("page %d: %d bytes became %d", cp, len(raw), len(text))
		}
		if damaged == 0 && strings.ContainsRune(text, utf8.RuneError) && cp != 65001 && cp != 54936 && cp < 1200 {
			t.Fatalf("page %d: %x is %+q without damage", cp, raw, text)
		}
		if damaged > 0 && !strings.ContainsRune(text, utf8.RuneError) {
			t.Fatalf("page %d: %x is %+q with %d damaged", cp, raw, text, damaged)
		}
	}
}

func TestCodePage(t *testing.T) {
	prop := func(tag PropTag, n int32) Prop { return Prop{Tag: tag, Value: Integer32(n)} }
	for _, tc := range []struct {
		props          Props
		container, def int
		cp             int
		source         string
	}{
		{nil, 0, 0, 1252, "assumed"},
		{nil, 0, 1250, 1250, "default"},
		{nil, 932, 1250, 932, "container"},
		{Props{prop(PidTagMessageLocaleId, 0x0419)}, 932, 0, 1251, "PidTagMessageLocaleId"},
		{Props{prop(PidTagMessageLocaleId, 0x0439)}, 932, 0, 932, "container"}, // Hindi has no ANSI page
		{Props{prop(PidTagInternetCodepage, 65001), prop(PidTagMessageLocaleId, 0x0419)}, 0, 0, 65001, "PidTagInternetCodepage"},
		{Props{prop(PidTagInternetCodepage, 28591), prop(PidTagMessageCodepage, 1251)}, 0, 0, 1251, "PidTagMessageCodepage"},
		{Props{prop(PidTagMessageCodepage, 1200), prop(PidTagInternetCodepage, 932)}, 0, 0, 932, "PidTagInternetCodepage"},
		{Props{prop(PidTagMessageCodepage, -1), prop(PidTagInternetCodepage, 0)}, 1, 65000, 1252, "assumed"},
		{Props{{Tag: PidTagMessageCodepage, Value: ErrorCode(0x8004010F)}}, 0, 874, 874, "default"},
		{Props{{Tag: PidTagMessageCodepage}}, 0, 874, 874, "default"},
		{Props{prop(PidTagLocaleId, 0x0411), prop(PidTagCodePageId, 1250)}, 932, 0, 1250, "PidTagCodePageId"},
		{Props{prop(PidTagLocaleId, 0x0411), prop(PidTagCodePageId, 1200)}, 1250, 0, 932, "PidTagLocaleId"},
		{Props{prop(PidTagCodePageId, 1250), prop(PidTagMessageLocaleId, 0x0419)}, 0, 0, 1251, "PidTagMessageLocaleId"},
		{Props{prop(PidTagMessageCodepage, 1361)}, 0, 874, 1361, "PidTagMessageCodepage"}, // said is said
	} {
		cp, source := CodePage(tc.props, tc.container, tc.def)
		if cp != tc.cp || source != tc.source {
			t.Errorf("%v, %d, %d: %d by %s, want %d by %s", tc.props, tc.container, tc.def, cp, source, tc.cp, tc.source)
		}
	}
}

func TestLocaleCodePage(t *testing.T) {
	want := map[int][]uint32{
		1252: {0x0409, 0x0809, 0x0407, 0x040C, 0x0410, 0x0C0A, 0x040A, 0x0413, 0x0416, 0x0816, 0x041D, 0x0406, 0x0414, 0x0814, 0x040B,
			0x040F, 0x0403, 0x042D, 0x0456, 0x0436, 0x0421, 0x043E},
		1250: {0x0405, 0x040E, 0x0415, 0x0418, 0x041A, 0x041B, 0x081A, 0x0424, 0x041C, 0x101A, 0x141A},
		1251: {0x0419, 0x0422, 0x0402, 0x0423, 0x0C1A, 0x042F, 0x043F, 0x0440, 0x0444, 0x0450, 0x0843, 0x082C, 0x201A, 0x1C1A},
		1253: {0x0408}, 1254: {0x041F, 0x042C, 0x0443}, 1255: {0x040D}, 1256: {0x0401, 0x0C01, 0x0429, 0x0420},
		1257: {0x0425, 0x0426, 0x0427}, 1258: {0x042A}, 874: {0x041E}, 932: {0x0411}, 936: {0x0804, 0x1004}, 949: {0x0412},
		950: {0x0404, 0x0C04, 0x1404}, 0: {0x0439, 0x0437, 0x042B, 0, 0xFFFF},
	}
	got := map[int][]uint32{}
	for cp, lcids := range want {
		for _, lcid := range lcids {
			if localeCodePage(lcid) == cp && localeCodePage(lcid|0x10000) == cp { // the sort order does not matter
				got[cp] = append(got[cp], lcid)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
