package exchange

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// stored returns s in UTF-16, without a byte order mark.
func stored(s string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// place is where a character stands.
type place struct {
	text   string
	line   int
	offset int64
}

// walk reads a file character by character, in steps of its own.
func walk(t *testing.T, r io.Reader) (all []place, file *Text) {
	t.Helper()
	file = NewText(r)
	for file.Need(1) {
		file.Need(4) // a whole character, as far as there is one
		b := file.Rest()
		n := 1
		for n < len(b) && n < 4 && b[n]&0xC0 == 0x80 {
			n++
		}
		line, offset := file.Place()
		all = append(all, place{string(b[:n]), line, offset})
		file.Skip(n)
	}
	return all, file
}

// TestText reads one text in every encoding, at once and in pieces: the text is the same, and each character stands where
// it stands in the file.
func TestText(t *testing.T) {
	text := "{\"a\":\n\"\u00E9\u20AC\U0001F600\"}\r\n" + strings.Repeat("x\U0001F600", 14_000) + "\nend"
	le, be := binary.LittleEndian, binary.BigEndian
	for _, tt := range []struct {
		name, file string
		mark, unit int
		guessed    bool
	}{
		{"UTF-8", text, 0, 0, false},
		{"UTF-8 with mark", "\xEF\xBB\xBF" + text, 3, 0, false},
		{"UTF-16LE", "\xFF\xFE" + stored(text, le), 2, 2, false},
		{"UTF-16BE", "\xFE\xFF" + stored(text, be), 2, 2, false},
		{"UTF-16LE without mark", stored(text, le), 0, 2, true},
		{"UTF-16BE without mark", stored(text, be), 0, 2, true},
	} {
		var want []place
		at, line := int64(tt.mark), 1
		for _, c := range text {
			want = append(want, place{string(c), line, at})
			at += int64(len(string(c)))
			if tt.unit > 0 {
				at += int64(tt.unit*len(utf16.Encode([]rune{c})) - len(string(c)))
			}
			if c == '\n' {
				line++
			}
		}
		for name, r := range map[string]io.Reader{"at once": strings.NewReader(tt.file), "halves": iotest.HalfReader(strings.NewReader(tt.file)),
			"bytes": iotest.OneByteReader(strings.NewReader(tt.file)), "end with data": iotest.DataErrReader(strings.NewReader(tt.file))} {
			got, file := walk(t, r)
			if !slices.Equal(want, got) {
				d := cmp.Diff(want, got, cmp.AllowUnexported(place{}))
				t.Fatalf("%s, %s (-want +got):\n%s", tt.name, name, d[:min(len(d), 2000)])
			}
			require.Equal(t, tt.guessed, file.Guessed(), tt.name)
			require.False(t, file.Half(), tt.name)
			require.NoError(t, file.Err(), tt.name)
			require.Empty(t, file.Rest())
		}
	}
}

// TestTextEnds reads files that end in the middle, or break.
func TestTextEnds(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, tt := range []struct {
		name string
		r    io.Reader
		text string
		half bool
		err  error
	}{
		{"nothing", strings.NewReader(""), "", false, nil},
		{"half a unit", strings.NewReader("\xFF\xFE[\x00]"), "[", true, nil},
		{"half a unit, big-endian", strings.NewReader("\xFE\xFF\x00[\x00"), "[", true, nil},
		{"half a pair", strings.NewReader("\xFF\xFE[\x00\x3D\xD8"), "[\xED\xA0\xBD", false, nil},
		{"half a pair and half a unit", strings.NewReader("\xFF\xFE\x3D\xD8\x00"), "\xED\xA0\xBD", true, nil},
		{"three bytes", strings.NewReader("a\x00b"), "a\x00b", false, nil},
		{"not UTF-8", strings.NewReader("\xE9\xFF"), "\xE9\xFF", false, nil},
		{"an error", io.MultiReader(strings.NewReader("[1"), iotest.ErrReader(broken)), "[1", false, broken},
		{"io.ErrUnexpectedEOF", iotest.ErrReader(io.ErrUnexpectedEOF), "", false, io.ErrUnexpectedEOF},
		{"a reader that gives nothing", idle{}, "", false, io.ErrNoProgress},
		{"a reader that lies", liar{}, "", false, errLiar},
	} {
		all, file := walk(t, tt.r)
		var text strings.Builder
		for _, p := range all {
			text.WriteString(p.text)
		}
		require.Equal(t, tt.text, text.String(), tt.name)
		require.Equal(t, tt.half, file.Half(), tt.name)
		if tt.err == errLiar {
			require.ErrorContains(t, file.Err(), "impossible count", tt.name)
		} else {
			require.Equal(t, tt.err, file.Err(), tt.name)
		}
		require.False(t, file.More(), tt.name)
	}
}

var errLiar = errors.New("impossible")

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

type liar struct{}

func (liar) Read(p []byte) (int, error) { return len(p) + 1, nil }

// TestTextPairAtBlock puts a surrogate pair across the end of every block.
func TestTextPairAtBlock(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for pad := range 4 {
			text := strings.Repeat("a", blockSize/2-2+pad) + strings.Repeat("\U0001F600", blockSize/2)
			got, file := walk(t, strings.NewReader(string(order.AppendUint16(nil, 0xFEFF))+stored(text, order)))
			require.Len(t, got, len([]rune(text)))
			require.Equal(t, "\U0001F600", got[len(got)-1].text)
			require.False(t, file.Half())
		}
	}
}
