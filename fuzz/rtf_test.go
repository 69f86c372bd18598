package fuzz_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// checkRTFReader decompresses any value in three ways, which must agree, and holds what comes out to its bound.
func checkRTFReader(tb testing.TB, b []byte) {
	v, r := rtf.Inspect(b)
	text := v.AppendRTF(nil)
	if len(text) > len(b)*17/2 || cap(text) > 24*len(b)+1024 {
		tb.Fatalf("%x: %d bytes of RTF in room for %d, of %d", b, len(text), cap(text), len(b))
	}
	out, err := rtf.Decompress([]byte("x"), b)
	if (err == nil) != (r.Max() < diag.Error) || err == nil && string(out) != "x"+string(text) || err != nil && string(out) != "x" {
		tb.Fatalf("%x: Decompress: %q, %v; AppendRTF: %q, %v", b, out, err, text, r.Err())
	}
	for _, below := range []io.Reader{bytes.NewReader(b), iotest.HalfReader(bytes.NewReader(b)), iotest.OneByteReader(bytes.NewReader(b))} {
		read, err := io.ReadAll(rtf.NewReader(below))
		if !bytes.Equal(read, text) || (err == nil) != (r.Err() == nil) || err != nil && err.Error() != r.Err().Error() {
			tb.Fatalf("%x: Reader: %q, %v; AppendRTF: %q, %v", b, read, err, text, r.Err())
		}
	}
}

// checkRTFNew compresses anything, and reads it again.
func checkRTFNew(tb testing.TB, text []byte) {
	for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
		v, err := rtf.New(text, typ)
		if err != nil {
			tb.Fatal(err)
		}
		b, err := v.MarshalBinary()
		if err != nil || len(b) > 16+len(text)+len(text)/8+4 {
			tb.Fatalf("%v: %d bytes of %d, %v", typ, len(b), len(text), err)
		}
		for _, f := range v.Validate() {
			tb.Fatalf("%v of %x: %v", typ, text, f)
		}
		if out, err := rtf.Decompress(nil, b); err != nil || !bytes.Equal(out, text) {
			tb.Fatalf("%v of %x: %x (%v)", typ, text, out, err)
		}
	}
}

// checkRTFJSON reads any text as the value form.
func checkRTFJSON(tb testing.TB, text []byte) {
	v := sameAgain[rtf.Compressed](tb, text)
	if v == nil {
		return
	}
	v.Normalize()
	for _, f := range v.Validate() {
		switch f.Code {
		case rtf.BadCompType, rtf.BadReference, rtf.NoEndMarker, rtf.Truncated: // what no header can mend
		default:
			tb.Fatalf("%s: %v after Normalize", text, f)
		}
	}
}

// checkRTFBody takes the body out of anything, and holds what comes out to its bounds: it is text, no longer than six times
// the RTF, the same every time, and what was found lies in the RTF.
func checkRTFBody(tb testing.TB, b []byte) {
	body, found := rtf.Deencapsulate(b)
	if !utf8.ValidString(body.Text) || len(body.Text) > 6*len(b)+16 {
		tb.Fatalf("%q: %d bytes of text: %q", b, len(body.Text), body.Text)
	}
	seen, at := map[diag.Code]bool{}, 0
	for _, f := range found {
		if f.Span.Offset < at || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(b) || f.Path == "" || f.Msg == "" || f.Spec == "" || seen[f.Code] {
			tb.Fatalf("%q: %+v", b, f)
		}
		seen[f.Code], at = true, f.Span.Offset
	}
	again, _ := rtf.Deencapsulate(b)
	if *again != *body {
		tb.Fatalf("%q: %+v, and then %+v", b, body, again)
	}
	if strings.HasPrefix(string(b), `{\rtf`) == seen[rtf.BadRTF] || (body.Encapsulation == rtf.Native) != seen[rtf.NativeRTF] {
		tb.Fatalf("%q: %v, %v", b, body.Encapsulation, found)
	}
	checkRTFText(tb, b)
}

// checkRTFText writes any text as RTF, in which it must be found again.
func checkRTFText(tb testing.TB, b []byte) {
	text := strings.ToValidUTF8(string(b), "")
	plain, html := []byte(`{\rtf1\ansi\fromtext `), []byte(`{\rtf1\ansi\fromhtml1 {\*\htmltag0 `)
	for _, r := range text {
		for _, out := range []*[]byte{&plain, &html} {
			switch {
			case r == '\\' || r == '{' || r == '}':
				*out = append(*out, '\\', byte(r))
			case r >= ' ' && r < 0x7F:
				*out = append(*out, byte(r))
			case r < 0x100 && r >= 0xA0:
				*out = fmt.Appendf(*out, `\'%02x`, r)
			default:
				for _, u := range utf16.Encode([]rune{r}) {
					*out = fmt.Appendf(*out, `\u%d?`, int16(u))
				}
			}
		}
	}
	plain, html = append(plain, '}'), append(html, "}}"...)
	for _, in := range [][]byte{plain, html} {
		if body, found := rtf.Deencapsulate(in); body.Text != text || len(found) > 0 {
			tb.Fatalf("%q: %q, want %q; %v", in, body.Text, text, found)
		}
	}
}

// bodySeeds makes seeds of the RTF in vectors.
func bodySeeds(tb testing.TB) (all []seed) {
	for _, v := range golden.Load(tb, "../oof/rtf/testdata/body") {
		text, ok := v.Section("rtf.txt")
		require.True(tb, ok, v.Name)
		all = append(all, seed{v.Name, []byte(strings.TrimSuffix(text, "\n"))})
	}
	return all
}

// TestHostileRTF feeds RTF that is the same again and again to the reader of bodies.
func TestHostileRTF(t *testing.T) {
	skipRace(t)
	read := func(b []byte) { rtf.Deencapsulate(b) }
	for _, head := range []string{"", `{\rtf1\fromhtml1 `, `{\rtf1\ansicpg932\fromtext `} {
		for _, unit := range []string{"{", "}", "\\", "{}", "\\'", "\\'e9", "\\u1?", "\\u-10179?", "\\bin1 }", "\\*", "{\\*\\x ", "&", "\\par", "\\f9\\'e9", "\\htmlrtf ",
			"{\\fonttbl\\f1\\fcharset2 ", "\\f1\\fcharset204 ", "{\\*\\htmltag64 \\'e9", "\xE9", "a\xE9\\b", "\\uc999999\\u1 ", "\\'83\\'", "\x00", "x", "7", "\\x7", "\\u7"} {
			checkLinear(t, "RTFBody "+head+unit, read, func(n int) []byte { return []byte(head + strings.Repeat(unit, 1+n/len(unit))) })
		}
	}
}
