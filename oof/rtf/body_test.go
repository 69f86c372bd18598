package rtf_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// codes returns findings as the headers of vectors spell them.
func codes(found []diag.Finding) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Severity.String()+" "+string(f.Code))
	}
	return all
}

// TestBodies holds what RTF becomes to the vectors.
func TestBodies(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/body") {
		t.Run(vec.Name, func(t *testing.T) {
			text, ok := vec.Section("rtf.txt")
			require.True(t, ok)
			body, found := rtf.Deencapsulate([]byte(strings.TrimSuffix(text, "\n")))
			if diff := cmp.Diff(vec.Expected(), codes(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			out := []string{fmt.Sprintf("%v, code page %d", body.Encapsulation, body.CodePage), fmt.Sprintf("%+q", body.Text)}
			for _, f := range found {
				out = append(out, f.Severity.String()+": "+f.Error())
			}
			vec.Check(t, "body.txt", strings.Join(out, "\n"))
		})
	}
}

// TestSharedBodies holds what RTF becomes to the samples that others have worked out.
func TestSharedBodies(t *testing.T) {
	for _, c := range []struct {
		name, rtf, want string
		form            rtf.Encapsulation
		codes           []string
	}{
		{"HTML", `{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\htmltag64}{\*\htmltag18 <html>}{\*\htmltag50 <body>}\htmlrtf {\f0 \htmlrtf0 caf\'e9 & <b>\htmlrtf }\htmlrtf0 {\*\htmltag58 </body>}{\*\htmltag26 </html>}}`,
			"<html><body>café &amp; &lt;b&gt;</body></html>", rtf.HTML, nil},
		{"mhtmltag", `{\rtf1\ansi\fromhtml1{\*\htmltag84 <a href="x">}{\*\mhtmltag84 <a href="cid:1">}t{\*\htmltag92 </a>}}`, `<a href="x">t</a>`, rtf.HTML, nil},
		{"Unicode", `{\rtf1\ansi\fromtext\uc1 A\u8364?B\uc0\u-3913 \u-8704 C\par D}`, "A€B\uF0B7\uFFFDC\r\nD", rtf.PlainText, []string{"error rtf.lone-surrogate"}},
		{"Shift-JIS", `{\rtf1\ansi\ansicpg932\fromtext\deff0{\fonttbl{\f0\fcharset128 MS Gothic;}}\f0 \'82\'a0\'83A}`, "あア", rtf.PlainText, nil},
		{"native", `{\rtf1\ansi{\fonttbl\f0 Arial;}hello\par}`, "hello\r\n", rtf.Native, []string{"info rtf.native"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			body, found := rtf.Deencapsulate([]byte(c.rtf))
			require.Equal(t, c.want, body.Text)
			require.Equal(t, c.form, body.Encapsulation)
			require.Empty(t, cmp.Diff(c.codes, codes(found)))
		})
	}
}

// TestCutBodies cuts RTF after every byte: what is found lies in what is there, and text is text.
func TestCutBodies(t *testing.T) {
	for _, vec := range golden.Load(t, "testdata/body") {
		text, _ := vec.Section("rtf.txt")
		for n := range min(len(text), 400) {
			body, found := rtf.Deencapsulate([]byte(text[:n]))
			require.True(t, utf8.ValidString(body.Text), "%s: %q", vec.Name, text[:n])
			for _, f := range found {
				require.True(t, f.Span.Offset >= 0 && f.Span.Len >= 0 && f.Span.Offset+f.Span.Len <= n, "%s: %q: %v %v", vec.Name, text[:n], f.Span, f)
			}
		}
	}
}

// TestCharsets writes bytes in fonts of all character sets, as escapes and as they are.
func TestCharsets(t *testing.T) {
	for charset, want := range map[int]string{0: "à", 77: "‡", 161: "ΰ", 162: "à", 163: "à", 177: "א", 178: "à", 186: "ą", 204: "а", 222: "เ", 238: "ŕ", 254: "α", 255: "α"} {
		text := fmt.Sprintf(`{\rtf1\ansi\fromtext{\fonttbl{\f3\fcharset%d X;}}\f3\'e0{\plain\'e0}`+"\xE0}", charset)
		body, found := rtf.Deencapsulate([]byte(text))
		require.Empty(t, found, text)
		require.Equal(t, want+"à"+want, body.Text, text)
	}
	for charset, want := range map[int]string{128: "亜", 129: "각", 134: "矮", 136: "陛"} {
		raw := map[int]string{128: "\x88\x9f", 129: "\xb0\xa2", 134: "\xb0\xab", 136: "\xb0\xa1"}[charset]
		text := fmt.Sprintf(`{\rtf1\ansi\fromtext{\fonttbl{\f3\fcharset%d X;}}\f3\'%x\'%x|%s}`, charset, raw[0], raw[1], raw)
		body, found := rtf.Deencapsulate([]byte(text))
		require.Empty(t, found, text)
		require.Equal(t, want+"|"+want, body.Text, text)
	}
	for charset := range 300 { // whatever it is
		body, _ := rtf.Deencapsulate(fmt.Appendf(nil, `{\rtf1\ansi\fromtext{\fonttbl{\f3\fcharset%d X;}}\f3 abc}`, charset))
		if charset != 2 { // symbols are no letters
			require.Equal(t, "abc", body.Text, charset)
		}
	}
}

// TestRandomBodies builds RTF of pieces, in which visible text has letters that nothing else has: all of it comes out, in
// order.
func TestRandomBodies(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	noise := []string{`\pard `, `\b `, `\fs20 `, "\r\n", `{\*\bkmkstart zz}`, `{\pict zz}`, `\bin3 {}\`, `\li-360 `, `{\*\x{zz}{zz}}`, `\f0 `, `\plain `, `\uc1 `, `{}`, `{\colortbl;zz}`}
	for range 2000 {
		var in, want strings.Builder
		in.WriteString(`{\rtf1\ansi\fromtext\deff0{\fonttbl{\f0 zz;}}`)
		depth := 0
		for range r.IntN(40) {
			switch r.IntN(7) {
			case 0:
				in.WriteString(noise[r.IntN(len(noise))])
			case 1:
				in.WriteString("{")
				depth++
			case 2:
				if depth > 0 {
					in.WriteString("}")
					depth--
				}
			case 3:
				c := 0x100 + r.IntN(0x8000-0x100)
				fmt.Fprintf(&in, `\u%d?`, c)
				want.WriteRune(rune(c))
			case 4:
				c := 0xA0 + r.IntN(0x60)
				fmt.Fprintf(&in, `\'%02x`, c)
				want.WriteRune(rune(c)) // 1252 is Latin 1 there
			default:
				c := string(rune('A' + r.IntN(25)))
				in.WriteString(c)
				want.WriteString(c)
			}
		}
		in.WriteString(strings.Repeat("}", depth+1))
		body, found := rtf.Deencapsulate([]byte(in.String()))
		require.Empty(t, found, in.String())
		require.Equal(t, want.String(), body.Text, in.String())
	}
}

// TestHostileBodies measures what RTF that is the same again and again costs: memory in proportion.
func TestHostileBodies(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	for _, unit := range []string{"{", "}", "\\", "{}", "{{}", "\\'", "\\'e9", "\\u1?", "\\u-10179?", "\\u99999?", "\\bin1 }", "\\bin9999999999 ", "\\*", "{\\*", "{\\*\\x ", "\\~",
		"&", "\\par", "\\emspace ", "\\f1", "\\f9\\'e9", "\\htmlrtf ", "{\\fonttbl\\f1\\fcharset2 ", "\\f1\\fcharset204 ", "{\\*\\htmltag64 \\'e9", "\xE9", "a\xE9\\b", "\\v x", "\\uc999999\\u1 ", "\\'83\\'", "\x00", "\\" + strings.Repeat("x", 50)} {
		for _, head := range []string{"", `{\rtf1\fromhtml1 `, `{\rtf1\ansicpg932\fromtext `} {
			in := []byte(head + strings.Repeat(unit, (64<<10)/len(unit)))
			n := testing.AllocsPerRun(1, func() { rtf.Deencapsulate(in) })
			body, _ := rtf.Deencapsulate(in)
			require.LessOrEqual(t, len(body.Text), 6*len(in)+16, "%q", unit)
			require.LessOrEqual(t, n, float64(4*len(in)), "%q", unit)
		}
	}
	// In one page whose characters are bytes, nothing is allocated but the text.
	in := []byte(`{\rtf1\fromtext ` + strings.Repeat(`caf\'e9 \u8364? {\b x}\par `, 2000) + "}")
	require.LessOrEqual(t, testing.AllocsPerRun(5, func() { rtf.Deencapsulate(in) }), 60.0)
}

func TestEncapsulation(t *testing.T) {
	for e, want := range map[rtf.Encapsulation]string{rtf.Native: "native", rtf.HTML: "html", rtf.PlainText: "text", 9: "encapsulation(9)"} {
		require.Equal(t, want, e.String())
	}
}

func BenchmarkDeencapsulate(b *testing.B) {
	in := []byte(`{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}` +
		strings.Repeat(`{\*\htmltag64}\htmlrtf {\f0 \htmlrtf0 {\*\htmltag84 <p class="x">}Some text, caf\'e9 & more, \u8364? and some more.\htmlrtf \par}\htmlrtf0 {\*\htmltag92 </p>}`+"\r\n", 2000) + "}")
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		rtf.Deencapsulate(in)
	}
}
