package mfcmapi

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestZeroedHex tells of hex that somebody wiped, and not of other contradictions.
func TestZeroedHex(t *testing.T) {
	for in, want := range map[string]bool{"000000": true, "000100": false, "000041": false} {
		_, recs := readAll(strings.NewReader(prop("0x37010102", "PT_BINARY", `<Value cb="3" >`+in+`</Value><AltValue><![CDATA[Ax.]]></AltValue>`)), 0)
		f := recs[0].Findings[0]
		if got := strings.Contains(f.Msg, "all 3 bytes of the hex are zero"); got != want || f.Code != AltContradicts {
			t.Errorf("%s: %v", in, f)
		}
	}
}

// TestRendersTo compares bytes with AltValue the long way: shown as a whole, then folded.
func TestRendersTo(t *testing.T) {
	render := func(raw []byte) (out []byte) {
		for _, c := range raw {
			if hidden(c) && c != 0xFF {
				c = '.'
			}
			out = utf8.AppendRune(out, rune(c))
		}
		return out
	}
	r := rand.New(rand.NewPCG(1, 2))
	equal := 0
	for range 20000 {
		raw := make([]byte, r.IntN(6))
		for i := range raw {
			raw[i] = "\x00 \xA0.A\xC4\xFF\t"[r.IntN(8)]
		}
		text := fold(render(raw))
		if r.IntN(2) == 0 {
			text = fold([]byte([]string{".", " ", "A", "\u00C4", ". A", "A .", "A  A"}[r.IntN(7)]))
		}
		want := bytes.Equal(fold(render(raw)), text)
		if want {
			equal++
		}
		if got := rendersTo(raw, text); got != want {
			t.Fatalf("%x is shown as %q: %v", raw, text, got)
		}
	}
	if equal < 1000 || equal > 19000 {
		t.Fatalf("%d of 20000 agree: the test tests nothing", equal)
	}
}

// TestAgree compares eight bytes at a time with one at a time: every byte beside every character, at every place.
func TestAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const size = 20
	raw, alt := make([]byte, size), make([]byte, size)
	for pair := range 1 << 19 {
		for i := range raw {
			raw[i] = byte(r.Uint32())
			if alt[i] = byte(dotted[raw[i]]); dotted[raw[i]] == noChar || r.IntN(4) == 0 {
				alt[i] = '.'
			}
		}
		at := r.IntN(size)
		raw[at], alt[at] = byte(pair), byte(pair>>8)
		n, dots := 0, 0
		for ; n < size && (alt[n] == '.' || uint16(alt[n]) == dotted[raw[n]]); n++ {
			if alt[n] == '.' && dotted[raw[n]] != '.' {
				dots++
			}
		}
		if gotN, gotDots := agree(raw, alt); gotN != n || gotDots != dots || n != size && n != at {
			t.Fatalf("%x and %q, %d: %d, %d dots; want %d, %d", raw, alt, at, gotN, gotDots, n, dots)
		}
	}
}
