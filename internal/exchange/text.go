package exchange

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// blockSize is how many stored bytes are decoded at a time. Blocks are filled to the brim before they are looked at, so
// that what is found does not depend on how the bytes arrive.
const blockSize = 64 << 10

// Text is a file of text, of which a part is in memory. It is UTF-8, or UTF-16 with a byte order mark or the zero bytes
// of one; what comes out is WTF-8, and bytes that are not UTF-8 come out as they are. Not safe for concurrent use.
type Text struct {
	r   io.Reader
	buf []byte // decoded
	pos int    // of the next character in buf
	eof bool
	err error

	begun bool
	wide  bool // UTF-16
	big   bool // its high byte first
	guess bool
	half  bool
	carry []byte // stored bytes that wait for more
	block []byte

	anchor int   // an index in buf
	lines  int   // line ends before it
	offset int64 // where it stands in the file
}

// NewText returns the text of the file r.
func NewText(r io.Reader) *Text { return &Text{r: r} }

// Rest returns what is in memory of the text that has not been skipped. It is valid until the next call of More or Need.
func (t *Text) Rest() []byte { return t.buf[t.pos:] }

// Skip takes n bytes off Rest.
func (t *Text) Skip(n int) { t.pos += n }

// Need tries to have n bytes in Rest, and reports whether there are.
func (t *Text) Need(n int) bool {
	for len(t.buf)-t.pos < n {
		if !t.More() {
			return false
		}
	}
	return true
}

// Err returns what the reader said instead of io.EOF, once Rest has all there is.
func (t *Text) Err() error { return t.err }

// Guessed reports whether the text was taken for UTF-16 without a byte order mark.
func (t *Text) Guessed() bool { return t.guess }

// Half reports whether the file, which is UTF-16, ends in half a code unit. That byte is no part of the text.
func (t *Text) Half() bool { return t.half }

// Place returns the line, from 1, and the offset in the file of the first character of Rest.
func (t *Text) Place() (line int, offset int64) {
	b := t.buf[t.anchor:t.pos]
	t.lines += bytes.Count(b, []byte{'\n'})
	t.offset += t.stored(b)
	t.anchor = t.pos
	return t.lines + 1, t.offset
}

// stored returns how many bytes of the file became b.
func (t *Text) stored(b []byte) int64 {
	if !t.wide {
		return int64(len(b))
	}
	units := 0
	for _, c := range b {
		// Characters begin with any byte but 0x80 to 0xBF; those of four bytes are two units.
		if utf8.RuneStart(c) {
			units++
		}
		if c >= 0xF0 {
			units++
		}
	}
	return 2 * int64(units)
}

// More brings in another block behind Rest. It reports false at the end of the file.
func (t *Text) More() bool {
	if t.pos > 0 {
		t.Place()
		t.buf = t.buf[:copy(t.buf, t.buf[t.pos:])]
		t.pos, t.anchor = 0, 0
	}
	for n := len(t.buf); len(t.buf) == n; {
		if t.eof {
			return false
		}
		t.load()
	}
	return true
}

func (t *Text) load() {
	if !t.begun {
		t.begun = true
		t.open()
		return
	}
	if !t.wide {
		// Straight into place.
		if cap(t.buf)-len(t.buf) < blockSize {
			t.buf = append(make([]byte, 0, 2*len(t.buf)+blockSize), t.buf...)
		}
		n := t.fill(t.buf[len(t.buf):cap(t.buf)])
		t.buf = t.buf[:len(t.buf)+n]
		return
	}
	if t.block == nil {
		t.block = make([]byte, blockSize)
	}
	n := copy(t.block, t.carry)
	n += t.fill(t.block[n:])
	t.decode(t.block[:n])
}

// fill reads until b is full or the file ends.
func (t *Text) fill(b []byte) (n int) {
	idle := 0
	for n < len(b) && !t.eof {
		k, err := t.r.Read(b[n:])
		if k < 0 || k > len(b)-n {
			k, err = 0, errors.New("the reader returned an impossible count")
		}
		n += k
		if idle++; k > 0 {
			idle = 0
		}
		if err == nil && idle >= 100 {
			err = io.ErrNoProgress
		}
		if err != nil {
			t.eof = true
			if err != io.EOF {
				t.err = err
			}
		}
	}
	return n
}

// firstSize is how much is read at first: most files are small.
const firstSize = 4 << 10

// open reads the beginning and finds out what it is written in.
func (t *Text) open() {
	b := make([]byte, firstSize)
	b = b[:t.fill(b)]
	mark := 0
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		mark = 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		t.wide, mark = true, 2
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		t.wide, t.big, mark = true, true, 2
	case len(b) >= 4 && b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0:
		t.wide, t.guess = true, true
	case len(b) >= 4 && b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0:
		t.wide, t.big, t.guess = true, true, true
	}
	t.offset = int64(mark)
	if t.wide {
		t.decode(b[mark:])
		return
	}
	t.buf = b[mark:]
}

// decode appends the text of b, which is UTF-16, but for a character at its end that may be cut.
func (t *Text) decode(b []byte) {
	n := len(b) &^ 1
	if t.big {
		for i := 0; i < n; i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
	}
	if n >= 2 && b[n-1]&0xFC == 0xD8 && !t.eof {
		n -= 2 // the other half of the pair may follow
	}
	t.buf = wtf8.AppendDecode(t.buf, b[:n])
	if rest := b[n:]; t.big && len(rest) >= 2 {
		rest[0], rest[1] = rest[1], rest[0]
	}
	t.carry = append(t.carry[:0], b[n:]...)
	t.half = t.eof && len(t.carry) == 1
}
