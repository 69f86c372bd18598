package mapi

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// known reports what a page makes of bytes, if that is one character, for which golang.org/x/text and Windows agree, and
// which is not for private use.
func known(raw []byte, cp int) (rune, bool) {
	text, damaged, err := DecodeString8(raw, cp)
	r, n := utf8.DecodeRuneInString(text)
	private := r >= 0xE000 && r <= 0xF8FF
	return r, damaged == 0 && err == nil && n == len(text) && !private
}

// TestTwoBytes gives the pages of two bytes every byte, and every two, and compares with another implementation: which of
// them are characters, and which. (Two bytes of which each is a character are none.)
func TestTwoBytes(t *testing.T) {
	b, err := os.ReadFile("testdata/twobytes.tsv")
	require.NoError(t, err)
	rows := 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var cp, lead, count int
		var single string
		var sum uint32
		_, err := fmt.Sscanf(line, "%d\t%x\t%s\t%d\t%x", &cp, &lead, &single, &count, &sum)
		require.NoError(t, err, line)
		rows++
		got := "-"
		if r, ok := known([]byte{byte(lead)}, cp); ok {
			got = fmt.Sprintf("%04X", r)
		}
		if onlyWindows[[2]int{cp, lead}] == got {
			single = got
		}
		if got != single {
			t.Errorf("page %d, byte %02X: %s, want %s", cp, lead, got, single)
		}
		n, crc := 0, uint32(0)
		for trail := range 0x100 {
			raw := []byte{byte(lead), byte(trail)}
			r, ok := known(raw, cp)
			if !ok || unlike(cp, lead, trail) {
				continue
			}
			n++
			crc = crc32.Update(crc, crc32.IEEETable, append([]byte{byte(trail)}, string(r)...))
		}
		if n != count || crc != sum {
			t.Errorf("page %d, lead byte %02X: %d characters, CRC %08X, want %d, %08X", cp, lead, n, crc, count, sum)
		}
	}
	require.Equal(t, 6*128, rows)
}

// onlyWindows are single bytes of which Windows makes something, and the implementation compared with does not.
var onlyWindows = map[[2]int]string{{932, 0xA0}: "00A0", {936, 0x80}: "20AC"}

// unlike reports whether both implementations have a character, or may have, and testdata/twobytes.tsv leaves it out.
func unlike(cp, lead, trail int) bool {
	switch cp {
	case 950:
		return lead == 0xC6 && trail >= 0xA1 || lead == 0xC7 || lead == 0xC8
	case 51932:
		switch lead<<8 | trail {
		case 0xA1C1, 0xA1C2, 0xA1DD, 0xA1F1, 0xA1F2, 0xA2CC:
			return true
		}
		return lead == 0xAD || lead >= 0xF9 && lead <= 0xFC
	case 936, 54936:
		return lead == 0x80
	}
	return false
}

// TestPrivateUse counts the codes that are for private use, one character each, and none twice.
func TestPrivateUse(t *testing.T) {
	for cp, want := range map[int]struct {
		n           int
		first, last rune
	}{
		932:   {1880 + 3, 0xE000, 0xF8F3},
		936:   {6*94 + 7*94 + 7*96 - 1, 0xE000, 0xE765}, // without A3A0
		54936: {6*94 + 7*94 + 7*96 - 1 + 174, 0xE000, 0xE864},
	} {
		seen := map[rune]bool{}
		first, last := rune(0xF900), rune(0)
		for n := range 0x8000 + 0x80 {
			raw := []byte{byte(0x80 + n>>8), byte(n)}
			if n >= 0x8000 {
				raw = []byte{byte(0x80 + n - 0x8000)}
			}
			text, damaged, _ := DecodeString8(raw, cp)
			r, size := utf8.DecodeRuneInString(text)
			if damaged > 0 || size != len(text) || r < 0xE000 || r > 0xF8FF {
				continue
			}
			if seen[r] {
				t.Errorf("page %d: %x is %U, which something else is", cp, raw, r)
			}
			seen[r], first, last = true, min(first, r), max(last, r)
		}
		if len(seen) != want.n || first != want.first || last != want.last {
			t.Errorf("page %d: %d codes for private use, %U to %U, want %v", cp, len(seen), first, last, want)
		}
	}
	// The four areas of 950, as far as nobody else uses them, are told apart by their ends.
	for code, want := range map[uint16]rune{0xFA40: 0xE000, 0xFEFE: 0xE310, 0x8E40: 0xE311, 0xA0FE: 0xEEB7, 0x8140: 0xEEB8, 0x8DFE: 0xF6B0,
		0xC6A1: 0xF6B1, 0xC8FE: 0xF848, 0x817F: 0, 0xC67E: 0, 0xA440: 0} {
		if r, n := private950(byte(code>>8), byte(code)); r != want || (n == 2) != (want != 0) {
			t.Errorf("950, %04X: %U, %d, want %U", code, r, n, want)
		}
	}
}

// TestNothingIsReplacedInSilence: whatever a page makes of a byte or two, a U+FFFD in the text is counted as damage, and
// no text is shorter than its bytes allow.
func TestNothingIsReplacedInSilence(t *testing.T) {
	one := []int{0, 37, 437, 500, 708, 720, 850, 870, 874, 1250, 1252, 1253, 1255, 1257, 1258, 1361, 20127, 28591, 28592, 28593, 38598, 57002, 4711}
	two := []int{932, 936, 949, 950, 10001, 10002, 20932, 50220, 50222, 50225, 51932, 52936, 54936, 65000, 65001}
	for i, cp := range slices.Concat(one, two) {
		size := 2
		if i < len(one) {
			size = 1
		}
		for n := range 1 << (8 * size) {
			raw := []byte{byte(n), byte(n >> 8)}[:size]
			text, damaged, err := DecodeString8(raw, cp)
			if got := strings.Count(text, "\uFFFD"); got != damaged {
				t.Fatalf("page %d, %x: %d U+FFFD in %+q, %d damaged", cp, raw, got, text, damaged)
			}
			_, found := String8{Raw: raw, CodePage: cp}.Text()
			if (damaged > 0 || err != nil) != (len(found) > 0) {
				t.Fatalf("page %d, %x: %+q, %d damaged, %v, but says %v", cp, raw, text, damaged, err, found)
			}
			if text == "" && !silent(cp, raw) {
				t.Fatalf("page %d: nothing is left of %x", cp, raw)
			}
			if err != nil && !errors.Is(err, UnsupportedCodePage) && !errors.Is(err, GuessedCodePage) && !errors.Is(err, ApproximateCodePage) {
				t.Fatalf("page %d, %x: %v", cp, raw, err)
			}
		}
	}
}

// silent reports whether two bytes stand for no text by what they are: shifts and escapes.
func silent(cp int, raw []byte) bool {
	switch cp {
	case 50220, 50222, 50225:
		return strings.Trim(string(raw), "\x0E\x0F") == ""
	case 52936:
		return string(raw) == "~\n" || string(raw) == "~{" || string(raw) == "~}"
	}
	return false
}
