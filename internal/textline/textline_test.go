package textline

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// piece is what one call of Next says.
type piece struct {
	Text        string
	Number      int
	Start       int64
	First, More bool
	End         string
}

func readAll(tb testing.TB, r io.Reader, most int) (all []piece, err error) {
	tb.Helper()
	lines := New(r)
	for {
		b, err := lines.Next(most)
		if err != nil {
			return all, err
		}
		all = append(all, piece{string(b), lines.Number, lines.Start, lines.First, lines.More, lines.End})
	}
}

func wide(s string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestNext(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	for _, tt := range []struct {
		name, in string
		most     int
		want     []piece
	}{
		{"nothing", "", 9, nil},
		{"mark alone", "\uFEFF", 9, nil},
		{"ends", "a\nb\r\nc\rd", 9, []piece{{"a", 1, 0, true, false, "\n"}, {"b", 2, 2, true, false, "\r\n"}, {"c", 3, 5, true, false, "\r"}, {"d", 4, 7, true, false, ""}}},
		{"empty lines", "\n\n\r\r\n", 9, []piece{{"", 1, 0, true, false, "\n"}, {"", 2, 1, true, false, "\n"}, {"", 3, 2, true, false, "\r"}, {"", 4, 3, true, false, "\r\n"}}},
		{"mark", "\uFEFFa\nb", 9, []piece{{"a", 1, 3, true, false, "\n"}, {"b", 2, 5, true, false, ""}}},
		{"just fits", "abcd\n", 4, []piece{{"abcd", 1, 0, true, false, "\n"}}},
		{"does not fit", "abcdefghi\nx", 4, []piece{{"abcd", 1, 0, true, true, ""}, {"efgh", 1, 4, false, true, ""}, {"i", 1, 8, false, false, "\n"}, {"x", 2, 10, true, false, ""}}},
		{"fits at the end", "abcdefgh", 4, []piece{{"abcd", 1, 0, true, true, ""}, {"efgh", 1, 4, false, false, ""}}},
		{"character kept whole", "abc\u00E9\u20ACde", 4, []piece{{"abc", 1, 0, true, true, ""}, {"\u00E9", 1, 3, false, true, ""}, {"\u20ACd", 1, 5, false, true, ""}, {"e", 1, 9, false, false, ""}}},
		{"no character", "abc\xA0\xA0\xA0\xA0\xA0", 4, []piece{{"ab", 1, 0, true, true, ""}, {"c\xA0\xA0\xA0", 1, 2, false, true, ""}, {"\xA0\xA0", 1, 6, false, false, ""}}},
		{"UTF-16LE", "\xFF\xFE" + wide("a\u20AC\U0001F600\nb", le), 9, []piece{{"a\u20AC\U0001F600", 1, 2, true, false, "\n"}, {"b", 2, 12, true, false, ""}}},
		{"UTF-16BE, pieces", "\xFE\xFF" + wide("ab\U0001F600c\r\nb", be), 4, []piece{{"ab", 1, 2, true, true, ""}, {"\U0001F600", 1, 6, false, true, ""}, {"c", 1, 10, false, false, "\r\n"}, {"b", 2, 16, true, false, ""}}},
		{"half a character", "\xFF\xFEa\x00b", 9, []piece{{"a\uFFFD", 1, 2, true, false, ""}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{"at once": strings.NewReader(tt.in), "bytes": iotest.OneByteReader(strings.NewReader(tt.in)), "end": iotest.DataErrReader(strings.NewReader(tt.in))} {
				got, err := readAll(t, r, tt.most)
				require.Equal(t, io.EOF, err)
				require.Empty(t, cmp.Diff(tt.want, got), name)
			}
		})
	}
}

// TestPieces puts texts of every kind together again, from pieces of every size: nothing is lost, and everything stands
// where the Reader says.
func TestPieces(t *testing.T) {
	chars := []string{"a", "b", "\n", "\r", "\r\n", "\u00E9", "\u20AC", "\U0001F600", "\xA0", "\xE2"}
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		for range rnd.IntN(200) {
			text.WriteString(chars[rnd.IntN(len(chars)-2*int(seed%2))])
		}
		in := "ab" + text.String()
		for _, most := range []int{4, 5, 7, 1 << 20} {
			all, err := readAll(t, iotest.HalfReader(strings.NewReader(in)), most)
			require.Equal(t, io.EOF, err)
			back, number := "", 0
			for _, p := range all {
				require.True(t, strings.HasPrefix(in[p.Start:], p.Text+p.End), "%q: %+v", in, p)
				if p.First {
					number++
				}
				require.Equal(t, number, p.Number)
				require.LessOrEqual(t, len(p.Text), most)
				back += p.Text + p.End
			}
			require.Equal(t, in, back)
			if seed%2 == 1 { // without bytes that are no character: the same in UTF-16
				file := "\xFF\xFE" + wide(in, binary.LittleEndian)
				got, _ := readAll(t, strings.NewReader(file), most)
				require.Len(t, got, len(all))
				for i, p := range got {
					units := int64(len(utf16.Encode([]rune(in[:all[i].Start]))))
					all[i].Start = 2 + 2*units
					require.Equal(t, all[i], p)
				}
			}
		}
	}
}

// TestLong reads a line much longer than the buffers, in pieces and by passing over it.
func TestLong(t *testing.T) {
	long := strings.Repeat("\u20ACxy", bufferSize)
	for _, in := range []string{long + "\nend", "\xFF\xFE" + wide(long+"\nend", binary.LittleEndian)} {
		all, err := readAll(t, strings.NewReader(in), 1000)
		require.Equal(t, io.EOF, err)
		back := ""
		for _, p := range all[:len(all)-1] {
			back += p.Text
		}
		require.Equal(t, long, back)
		r := New(strings.NewReader(in))
		_, err = r.Next(1000)
		require.NoError(t, err)
		r.Skip()
		b, err := r.Next(1000)
		require.NoError(t, err)
		require.Equal(t, "end 2", fmt.Sprintf("%s %d", b, r.Number))
		require.True(t, strings.HasSuffix(in, in[r.Start:]) && int64(len(in))-r.Start == r.Size(b))
	}
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{wide("abc", binary.LittleEndian), "UTF-16LE"}, {wide("abc", binary.BigEndian), "UTF-16BE"}, {"abc", ""}, {"\xFF\xFEa\x00b\x00", ""}, {"", ""},
	} {
		r := New(strings.NewReader(tt.in))
		peeked := string(r.Peek(2))
		b, _ := r.Next(9)
		require.Equal(t, string(b[:min(2, len(b))]), peeked)
		require.Equal(t, tt.want, r.TakeGuess())
		require.Empty(t, r.TakeGuess())
		require.Equal(t, tt.want != "" || strings.HasPrefix(tt.in, "\xFF\xFE"), r.Wide())
	}
}

// TestErrors: what was read before the file broke comes first, and the error as often as it is asked for.
func TestErrors(t *testing.T) {
	gone := errors.New("gone")
	for _, in := range []string{"ab\ncd", "\xFF\xFE" + wide("ab\ncd", binary.LittleEndian)} {
		all, err := readAll(t, io.MultiReader(strings.NewReader(in), iotest.ErrReader(gone)), 9)
		require.Equal(t, gone, err)
		require.Len(t, all, 2)
		r := New(io.MultiReader(bytes.NewReader([]byte(in)), iotest.ErrReader(gone)))
		for range 2 {
			_, err = r.Next(9)
			require.NoError(t, err)
		}
		for range 2 {
			_, err = r.Next(9)
			require.Equal(t, gone, err)
			require.Equal(t, int64(len(in)), r.Start)
		}
	}
	r := New(io.MultiReader(strings.NewReader(strings.Repeat("x", 3*bufferSize)), iotest.ErrReader(gone)))
	_, err := r.Next(bufferSize)
	require.NoError(t, err)
	r.Skip()
	_, err = r.Next(9)
	require.Equal(t, gone, err)
}

func TestSize(t *testing.T) {
	text := "a\u00E9\u20AC\U0001F600\xED\xA0\x80"
	r := New(strings.NewReader("\xFF\xFE"))
	_, _ = r.Next(1)
	le, ok := wtf8.AppendEncode(nil, text)
	require.True(t, ok)
	require.Equal(t, int64(len(le)), r.Size([]byte(text)))
	require.Equal(t, int64(len(text)), New(strings.NewReader("")).Size([]byte(text)))
}

// idle gives some bytes and then nothing, for ever and without an error.
type idle struct{ b []byte }

func (r *idle) Read(b []byte) (int, error) {
	n := copy(b, r.b)
	r.b = r.b[n:]
	return n, nil
}

func TestIdle(t *testing.T) {
	for _, in := range []string{"ab\n", "\xFF\xFEa\x00\n\x00"} {
		all, err := readAll(t, &idle{[]byte(in)}, 9)
		require.Equal(t, io.ErrNoProgress, err)
		require.Len(t, all, 1)
	}
}
