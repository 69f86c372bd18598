package wtf8_test

import (
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

func le(units ...uint16) []byte {
	var b []byte
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// checkUnits decodes units and compares with what unicode/utf16 says of them, as far as that goes.
func checkUnits(t *testing.T, units ...uint16) {
	t.Helper()
	in := le(units...)
	s := string(wtf8.AppendDecode(nil, in))
	back, ok := wtf8.AppendEncode(nil, s)
	if !ok || !slices.Equal(back, in) {
		t.Fatalf("%04x became %q and then %x (%v)", units, s, back, ok)
	}
	if n := wtf8.Units(s); n != len(units) {
		t.Fatalf("%04x: %q has %d units", units, s, n)
	}
	lone := slices.Index(utf16.Decode(units), utf8.RuneError)
	if slices.Contains(units, utf8.RuneError) {
		return // U+FFFD itself looks the same; the round trip says enough
	}
	if well := lone < 0; well != utf8.ValidString(s) {
		t.Fatalf("%04x became %q", units, s)
	} else if well && s != string(utf16.Decode(units)) {
		t.Fatalf("%04x became %q, not %q", units, s, string(utf16.Decode(units)))
	}
	// The index of utf16's first U+FFFD is in characters; the units before it are counted again.
	want := -1
	if lone >= 0 {
		want = len(utf16.Encode(utf16.Decode(units)[:lone]))
	}
	if got := wtf8.LoneSurrogate(in); got != want {
		t.Fatalf("%04x: the first lone surrogate is %d, want %d", units, got, want)
	}
}

func TestEveryUnit(t *testing.T) {
	for u := range 1 << 16 {
		checkUnits(t, uint16(u))
		checkUnits(t, 'a', uint16(u), 0xDC00, 'b')
		checkUnits(t, uint16(u), 0xD800)
		checkUnits(t, 0xDBFF, uint16(u))
		checkUnits(t, 0xD800, 0xDFFF, uint16(u))
	}
}

// TestPairs tries every pair of units at the borders of the surrogates, alone and in threes.
func TestPairs(t *testing.T) {
	borders := []uint16{0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FE, 0xD7FF, 0xD800, 0xD801, 0xDABC, 0xDBFE, 0xDBFF, 0xDC00, 0xDC01, 0xDDEF, 0xDFFE, 0xDFFF,
		0xE000, 0xE001, 0xFFFE, 0xFFFF}
	for _, a := range borders {
		for _, b := range borders {
			checkUnits(t, a, b)
			for _, c := range borders {
				checkUnits(t, a, b, c)
				checkUnits(t, a, b, c, 0xDC00)
			}
		}
	}
	for hi := 0xD800; hi < 0xDC00; hi += 7 {
		for lo := 0xDC00; lo < 0xE000; lo += 5 {
			checkUnits(t, uint16(hi), uint16(lo))
		}
	}
}

func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		units := make([]uint16, r.IntN(20))
		for i := range units {
			units[i] = uint16(r.Uint32())
			if r.IntN(2) == 0 {
				units[i] = 0xD800 | units[i]&0x7FF
			}
		}
		checkUnits(t, units...)
		odd := append(le(units...), 0xD8)
		require.Equal(t, wtf8.AppendDecode(nil, le(units...)), wtf8.AppendDecode(nil, odd), "an odd last byte is ignored")
		require.Equal(t, wtf8.LoneSurrogate(le(units...)), wtf8.LoneSurrogate(odd))
		checkQuote(t, string(wtf8.AppendDecode(nil, le(units...))))
	}
}

// TestNotWTF8 encodes strings with bytes that are no text.
func TestNotWTF8(t *testing.T) {
	const bad = 0xFFFD
	for s, want := range map[string][]uint16{
		"\xff":                     {bad},
		"a\x80b":                   {'a', bad, 'b'},
		"\xc3":                     {bad},
		"\xe2\x82":                 {bad, bad},
		"\xed\xa0":                 {bad, bad},
		"\xed\xa0\x7f":             {bad, bad, 0x7F},
		"\xed\xa0\xc0":             {bad, bad, bad},
		"\xed\xc0\x80":             {bad, bad, bad},
		"\xc0\x80":                 {bad, bad},
		"\xf5\x80\x80\x80":         {bad, bad, bad, bad},
		"\xed\xbf\xbf\xff":         {0xDFFF, bad},
		"\xf4\x90\x80\x80":         {bad, bad, bad, bad},
		"\xf8\x88\x80\x80\x80 ok":  {bad, bad, bad, bad, bad, ' ', 'o', 'k'},
		"\xed\xa0\x80\xed\xb0\xff": {0xD800, bad, bad, bad},
	} {
		got, ok := wtf8.AppendEncode(nil, s)
		require.False(t, ok, "%q", s)
		require.Equal(t, le(want...), got, "%q", s)
		require.Equal(t, len(want), wtf8.Units(s), "%q", s)
		require.True(t, json.Valid(wtf8.AppendQuote(nil, s)), "%q", s)
		require.True(t, utf8.Valid(wtf8.AppendQuote(nil, s)), "%q", s)
	}
	got, ok := wtf8.AppendEncode(nil, "\uFFFD")
	require.True(t, ok, "U+FFFD itself is a character")
	require.Equal(t, le(bad), got)
	require.Equal(t, `"`+"\uFFFD"+`"`, string(wtf8.AppendQuote(nil, "\xff")))
}

func TestAppends(t *testing.T) {
	require.Equal(t, "xa", string(wtf8.AppendDecode([]byte("x"), le('a'))))
	b, _ := wtf8.AppendEncode([]byte("x"), "a")
	require.Equal(t, "xa\x00", string(b))
	require.Equal(t, `x"a"`, string(wtf8.AppendQuote([]byte("x"), "a")))
	require.Empty(t, wtf8.AppendDecode(nil, nil))
	require.Empty(t, wtf8.AppendDecode(nil, []byte{7}))
	require.Equal(t, -1, wtf8.LoneSurrogate(nil))
	require.Equal(t, 0, wtf8.Units(""))
}

// checkQuote quotes s and reads it back, with our reader and with encoding/json.
func checkQuote(t *testing.T, s string) {
	t.Helper()
	q := wtf8.AppendQuote(nil, s)
	back, err := wtf8.Unquote(q)
	if err != nil || back != s {
		t.Fatalf("%q was quoted as %s and read as %q (%v)", s, q, back, err)
	}
	if !json.Valid(q) || !utf8.Valid(q) {
		t.Fatalf("%q was quoted as %s: not JSON", s, q)
	}
	for _, c := range string(q) {
		if !unicode.IsPrint(c) && c < 0x10000 && unicode.In(c, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			t.Fatalf("%q was quoted as %s: has %U", s, q, c)
		}
	}
	if !utf8.ValidString(s) {
		return
	}
	var theirs string
	if err := json.Unmarshal(q, &theirs); err != nil || theirs != s {
		t.Fatalf("%q was quoted as %s, which encoding/json takes for %q (%v)", s, q, theirs, err)
	}
	quoted, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := wtf8.Unquote(quoted); err != nil || back != s {
		t.Fatalf("encoding/json quoted %q as %s, and we took that for %q (%v)", s, quoted, back, err)
	}
}

func TestQuoteEveryCharacter(t *testing.T) {
	for r := rune(0); r <= 0x10FFFF; r++ {
		if r > 0x3000 && r < 0xD700 || r > 0x10400 && r < 0x10F000 {
			r += 96 // enough of these
		}
		if r >= 0xD800 && r <= 0xDFFF {
			checkQuote(t, string(wtf8.AppendDecode(nil, le('a', uint16(r), 'b'))))
			continue
		}
		checkQuote(t, string(r))
	}
	// Halves of a pair that do not stand together stay apart: no value of UTF-16 decodes to this, but none may turn into
	// another on the way through JSON.
	require.Equal(t, `"\ud83d.\ude00"`, string(wtf8.AppendQuote(nil, "\xed\xa0\xbd.\xed\xb8\x80")))
}

// TestQuoteEveryPlace puts every character of one byte at every place of a text of which eight are looked at together.
func TestQuoteEveryPlace(t *testing.T) {
	for c := range byte(0x80) {
		want, err := json.Marshal(string(rune(c)))
		require.NoError(t, err)
		alone := string(wtf8.AppendQuote(nil, string(rune(c))))
		if c != '<' && c != '>' && c != '&' && c >= ' ' && c != 0x7F {
			require.Equal(t, string(want), alone)
		}
		for n := range 40 {
			text := "plain text of forty letters, or of fewer"[:n+1]
			for at := range n + 1 {
				got := string(wtf8.AppendQuote(nil, text[:at]+string(rune(c))+text[at+1:]))
				require.Equal(t, `"`+text[:at]+alone[1:len(alone)-1]+text[at+1:]+`"`, got)
			}
		}
	}
}

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"":                                 `""`,
		"plain":                            `"plain"`,
		"\"\\/":                            `"\"\\/"`,
		"\b\f\n\r\t":                       `"\u0008\u000c\n\r\t"`,
		"\x00\x1f\x7f":                     `"\u0000\u001f\u007f"`,
		"é€😀":                              `"é€😀"`,
		"<&>":                              `"<&>"`,
		"\u2028\u2029":                     `"\u2028\u2029"`,
		"\u0080\u009b\u009f\u00a0":         `"\u0080\u009b\u009f` + "\u00a0" + `"`,
		"a\u202egpj.exe\u2066\u200b\ufeff": `"a\u202egpj.exe\u2066\u200b\ufeff"`,
		"\uFFFE\uFFFF":                     `"\ufffe\uffff"`,
		"\xed\xa0\x80":                     `"\ud800"`,
		"\xed\xbf\xbf":                     `"\udfff"`,
	} {
		require.Equal(t, want, string(wtf8.AppendQuote(nil, s)))
	}
}

func TestUnquote(t *testing.T) {
	for q, want := range map[string]string{
		`""`:                                "",
		`"\"\\\/\b\f\n\r\t"`:                "\"\\/\b\f\n\r\t",
		`"\u00e9\u00E9"`:                    "éé",
		`"\ud83d\ude00"`:                    "😀",
		`"\uD83D\uDE00"`:                    "😀",
		`"\ud83d\ud83d\ude00"`:              "\xed\xa0\xbd😀",
		`"\ud83d"`:                          "\xed\xa0\xbd",
		`"\ude00\ud83d"`:                    "\xed\xb8\x80\xed\xa0\xbd",
		`"\ud83d\n"`:                        "\xed\xa0\xbd\n",
		`"\ud83dude00"`:                     "\xed\xa0\xbdude00",
		`"\ud83d\u0041"`:                    "\xed\xa0\xbdA",
		`"\u0000"`:                          "\x00",
		"\"\x7f\u2028\"":                    "\x7f\u2028",
		"\"\uFFFD\"":                        "\uFFFD",
		`"` + strings.Repeat("é", 99) + `"`: strings.Repeat("é", 99),
	} {
		got, err := wtf8.Unquote([]byte(q))
		require.NoError(t, err, q)
		require.Equal(t, want, got, q)
	}
	for _, q := range []string{``, `"`, `a`, `"a`, `a"`, `'a'`, `"a"b"`, `"\"`, `"\q"`, `"\u"`, `"\u123"`, `"\u12g4"`, `"\u+123"`, `"\u-123"`, `"\u_123"`, "\"\n\"", "\"\x00\"",
		"\"\x1f\"", "\"\xff\"", "\"\xc3\"", "\"\xed\xa0\x80\"", `"\ud83d\u12"`, `"\ud83d\`, `null`, `"a" `, ` "a"`, `"\x41"`} {
		got, err := wtf8.Unquote([]byte(q))
		require.ErrorIs(t, err, wtf8.ErrQuote, "%q gave %q", q, got)
		require.Empty(t, got)
	}
	require.EqualError(t, wtf8.ErrQuote, "not a JSON string")
}

func TestAllocations(t *testing.T) {
	in := le(utf16.Encode([]rune("Eastern Standard Time é😀"))...)
	buf, text := make([]byte, 0, 100), "Eastern é😀\xed\xa0\x80\""
	require.Zero(t, testing.AllocsPerRun(100, func() {
		buf = wtf8.AppendDecode(buf[:0], in)
		buf, _ = wtf8.AppendEncode(buf[:0], text)
		buf = wtf8.AppendQuote(buf[:0], text)
		wtf8.Units(text)
		wtf8.LoneSurrogate(in)
	}))
}

func TestDotted(t *testing.T) {
	for in, want := range map[string]string{"": "", "a\x00b\x1f\x7f": "a.b.\x7f", "\t\r\n": "\t\r\n", "\u0080\u009f\u00a0é": "..\u00a0é", "\xED\xA0\xBD\xFF": "\xED\xA0\xBD\xFF"} {
		if got := wtf8.Dotted(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestLoneSurrogateEveryPlace puts two units at every place of texts of every length, and holds what is found to what
// decoding says: a surrogate is alone if it comes out as one.
func TestLoneSurrogateEveryPlace(t *testing.T) {
	odd := []uint16{'a', 0x7F, 0x80, 0x100, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000}
	for n := 2; n < 14; n++ {
		for at := range n - 1 {
			for _, x := range odd {
				for _, y := range odd {
					units := slices.Repeat([]uint16{'p'}, n)
					units[at], units[at+1] = x, y
					want := -1
					for i, r := range utf16.Decode(units) {
						if r == utf8.RuneError {
							want = len(utf16.Encode(utf16.Decode(units)[:i]))
							break
						}
					}
					require.Equal(t, want, wtf8.LoneSurrogate(le(units...)), "%04X", units)
				}
			}
		}
	}
}
