package mfcmapi

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// TestNarrow puts a code unit that is not ASCII everywhere in texts of every length: what is before it is taken.
func TestNarrow(t *testing.T) {
	for n := range 150 {
		text := make([]byte, n)
		for i := range text {
			text[i] = byte(1 + i%127)
		}
		wide := []byte(utf16le(string(text)))
		for _, odd := range []struct{ lo, hi byte }{{0x80, 0}, {0xFF, 0}, {0, 1}, {'a', 0x80}} {
			for at := range n + 1 {
				in := bytes.Clone(wide)
				if at < n {
					in[2*at], in[2*at+1] = odd.lo, odd.hi
				}
				out := make([]byte, n)
				if got := narrow(out, in); got != 2*at || !bytes.Equal(out[:at], text[:at]) {
					t.Fatalf("%d units, %02x%02x at %d: %d bytes, %q", n, odd.hi, odd.lo, at, got, out)
				}
			}
		}
	}
}

// TestUnhex puts every character everywhere in digits of every length.
func TestUnhex(t *testing.T) {
	digits := strings.Repeat("0123456789ABCDEFabcdef", 4)
	for n := range len(digits) / 2 {
		for at := range 2 * n {
			for c := range 256 {
				in := []byte(digits[:2*n])
				in[at] = byte(c)
				out := make([]byte, n)
				want := make([]byte, n)
				whole, _ := hex.Decode(want, in)
				if got := unhex(out, in); got != whole || !bytes.Equal(out[:whole], want[:whole]) {
					t.Fatalf("%q: %d bytes, %x; want %d, %x", in, got, out, whole, want)
				}
			}
		}
	}
}

// TestAppendUTF16 reads wide text as far as it goes, with and without a document of eight bits a character in it.
func TestAppendUTF16(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	stops := 0
	for range 100000 {
		of := []string{"<\x00?\x00", "a\x00", "?\x00", "<", "?x", "<?xml versio", documentSign, "\x00", "\u6F22", "\x3D\xD8", "\x00\xDE", strings.Repeat("p\x00", 40), "a\x00", "b\x00"}
		all := pieces(r, r.IntN(12), of...)
		b := all[:r.IntN(len(all)+1)&^1]
		want, end := bytes.Index(all, []byte(documentSign)), len(b)
		if want >= len(b) {
			want = -1
		}
		if want >= 0 {
			stops++
			end = want &^ 1
		}
		text, segs, stop := appendUTF16([]byte("front"), 5, nil, b, all, 100)
		if whole := wtf8.AppendDecode([]byte("front"), b[:end]); stop != want || !bytes.Equal(text, whole) {
			t.Fatalf("%q of %q: %q up to %d; want %q up to %d", b, all, text, stop, whole, want)
		}
		w := window{buf: text, segs: segs}
		for at := 5; at < len(text); at++ {
			if !utf8.RuneStart(text[at]) {
				continue
			}
			_, file := w.place(int64(at))
			if _, units := count(text[5:at]); file != 100+2*units {
				t.Fatalf("%q: the text from %q on is at %d, says %d", b, text[at:], 100+2*units, file)
			}
		}
	}
	if stops < 1000 {
		t.Fatalf("%d stop: the test tests nothing", stops)
	}
}
