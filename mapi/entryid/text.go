package entryid

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Text8 is text of 8 bits as an id has it, without its terminator: the bytes, in a code page that the id does not name.
type Text8 string

// Decode returns the text in the Windows code page cp, as mapi.DecodeString8 does; 0 stands for one that is not known.
func (t Text8) Decode(cp int) string {
	s, _, _ := mapi.DecodeString8([]byte(t), cp) // what is damaged is U+FFFD in s
	return s
}

// String returns the text as far as it is ASCII; all other bytes become U+FFFD.
func (t Text8) String() string { return t.Decode(0) }

func (t Text8) isASCII() bool {
	for i := range len(t) {
		if t[i] >= 0x80 {
			return false
		}
	}
	return true
}

func text8Meaning(b []byte) string {
	return string(wtf8.AppendQuote(nil, Text8(bytes.TrimSuffix(b, []byte{0})).String()))
}

// readText8 reads text of 8 bits up to its terminator. What was there before is returned again if it is the same.
func readText8[T ~string](c *wire.Cursor, name string, old T) T {
	left := c.Peek(c.Offset(), c.Left())
	n := bytes.IndexByte(left, 0)
	if n < 0 {
		unterminated(c, name, 0)
		return keep(old, left)
	}
	b := c.BytesAs(name, uint64(n+1), text8Meaning)
	return keep(old, b[:n])
}

func keep[T ~string](old T, b []byte) T {
	if string(old) == string(b) {
		return old
	}
	return T(b)
}

// readText16 reads UTF-16LE text up to its terminator, as readText8 does.
func readText16(c *wire.Cursor, name string, old string) string {
	left := c.Peek(c.Offset(), c.Left())
	n := indexNUL16(left)
	if n < 0 {
		odd := len(left) % 2
		unterminated(c, name, odd)
		return keep16(old, left[:len(left)-odd])
	}
	b := c.UTF16(name, uint64(n/2+1))
	return keep16(old, b[:n])
}

func keep16(old string, le []byte) string {
	var buf [64]byte
	return keep(old, wtf8.AppendDecode(buf[:0], le))
}

// indexNUL16 returns where the first zero unit is, -1 where there is none.
func indexNUL16(b []byte) int {
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			return i
		}
	}
	return -1
}

// unterminated reports that text has no end, records what there is of it as the field, without the odd bytes at its end,
// and gives up on the rest.
func unterminated(c *wire.Cursor, name string, odd int) {
	if c.Dead() {
		return
	}
	n := c.Left()
	c.Find(diag.Fatal, UnterminatedString, name, c.Offset(), n, "has no terminator in the %d bytes left", n)
	c.Bytes(name, uint64(n-odd))
	c.Undecoded()
}

func appendText8[T ~string](b []byte, field string, t T) ([]byte, error) {
	if strings.IndexByte(string(t), 0) >= 0 {
		return b, fmt.Errorf("%s: has a NUL in it, which ends it", field)
	}
	return append(append(b, t...), 0), nil
}

func appendText16(b []byte, field, t string) ([]byte, error) {
	if strings.IndexByte(t, 0) >= 0 {
		return b, fmt.Errorf("%s: has a NUL in it, which ends it", field)
	}
	out, ok := wtf8.AppendEncode(b, t)
	if !ok {
		return b, fmt.Errorf("%s: is no WTF-8, and cannot be written as UTF-16", field)
	}
	return append(out, 0, 0), nil
}
