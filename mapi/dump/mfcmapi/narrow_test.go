package mfcmapi

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
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

// TestRestart looks for a document of eight bits a character behind wide text, with the sign for it everywhere.
func TestRestart(t *testing.T) {
	const sign = "<?xml version"
	for _, around := range []string{"<", "?", "<?", "?xml version", "<?xml versio", ">\x00", ""} {
		for at := range 64 {
			in := []byte(strings.Repeat(around+"a", 64)[:at] + sign + around)
			s := decoder{cs: csUTF16LE}
			if got, want := s.restartIn(in), strings.Index(string(in), sign); got != want {
				t.Fatalf("%q: %d, want %d", in, got, want)
			}
			if got := s.restartIn(in[:at+len(sign)-1]); got >= 0 {
				t.Fatalf("%q: found at %d", in[:at+len(sign)-1], got)
			}
		}
	}
}
