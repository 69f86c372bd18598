package lines

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// source cuts a file into lines, in UTF-8 whatever the file is in.
type source struct {
	raw    *bufio.Reader
	text   *bufio.Reader // raw, or what it is in UTF-8
	wide   *utf16Reader  // what makes text of raw, where the file is UTF-16
	guess  string        // the charset, where it was guessed and nobody has been told
	line   []byte
	number int   // of the last line, from 1
	start  int64 // where it begins in the file
	end    int64 // where the next one does
	long   bool  // it was longer than allowed
	err    error
}

func newSource(r io.Reader) *source { return &source{raw: bufio.NewReaderSize(r, 1<<16)} }

// open looks at the first bytes.
func (s *source) open() {
	s.text = s.raw
	b, _ := s.raw.Peek(4)
	wide := func(order binary.ByteOrder, mark int) {
		s.wide, s.end = &utf16Reader{src: s.raw, order: order}, int64(mark)
		s.text = bufio.NewReaderSize(s.wide, 1<<16)
	}
	discard := func(n int) { _, _ = s.raw.Discard(n) } // they have been peeked at
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		discard(3)
		s.end = 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		discard(2)
		wide(binary.LittleEndian, 2)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		discard(2)
		wide(binary.BigEndian, 2)
	case len(b) == 4 && b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0:
		s.guess = "UTF-16LE"
		wide(binary.LittleEndian, 0)
	case len(b) == 4 && b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0:
		s.guess = "UTF-16BE"
		wide(binary.BigEndian, 0)
	}
}

// takeGuess returns the guess once.
func (s *source) takeGuess() string {
	g := s.guess
	s.guess = ""
	return g
}

// next returns the next line without its end. It is valid until the next call. A line longer than most is returned empty,
// with long set.
func (s *source) next(most int) ([]byte, error) {
	if s.text == nil {
		s.open()
	}
	s.line, s.long, s.start = s.line[:0], false, s.end
	begun := false
	for {
		if s.err == nil {
			if _, s.err = s.text.Peek(1); s.err != nil && s.wide != nil && s.wide.half {
				s.end-- // what was counted as a whole character is one byte
			}
		}
		if s.err != nil {
			if begun {
				break
			}
			return nil, s.err
		}
		if !begun {
			begun = true
			s.number++
		}
		b, _ := s.text.Peek(s.text.Buffered())
		part, ended := cutLine(b)
		s.keep(part, most)
		s.skip(len(part))
		if ended {
			s.newline()
			break
		}
	}
	return s.line, nil
}

// cutLine returns b up to the end of the line, and whether there is one. It looks no further than it has to: in a file
// whose lines end with CR, no LF is ever found.
func cutLine(b []byte) (part []byte, ended bool) {
	for n := 256; ; n *= 2 {
		part = b[:min(n, len(b))]
		if i := bytes.IndexByte(part, '\n'); i >= 0 {
			part, ended = part[:i], true
		}
		if i := bytes.IndexByte(part, '\r'); i >= 0 {
			part, ended = part[:i], true
		}
		if ended || n >= len(b) {
			return part, ended
		}
	}
}

func (s *source) keep(part []byte, most int) {
	switch {
	case s.long:
	case len(part) > most-len(s.line):
		s.long, s.line = true, s.line[:0]
	default:
		s.line = append(s.line, part...)
	}
}

// newline reads past LF, CR or CR LF.
func (s *source) newline() {
	if b, _ := s.text.Peek(1); b[0] == '\r' {
		s.skip(1)
		b, err := s.text.Peek(1)
		if err != nil || b[0] != '\n' {
			return
		}
	}
	s.skip(1)
}

func (s *source) skip(n int) {
	b, _ := s.text.Peek(n)
	s.end += s.size(b)
	_, _ = s.text.Discard(n) // they are in the buffer
}

// size returns the number of bytes of the file that became b.
func (s *source) size(b []byte) int64 {
	if s.wide == nil {
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

// utf16Reader turns UTF-16 into WTF-8, so that offsets can be counted back.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    [4096]byte
	n     int // how many bytes of in wait
	out   []byte
	half  bool // the file ends in half a character
	err   error
}

func (u *utf16Reader) Read(b []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		n, err := u.src.Read(u.in[u.n:])
		if n == 0 && err == nil {
			return 0, nil // whoever reads from here counts how often that happens
		}
		u.n += n
		u.err = err
		u.decode(err != nil)
	}
	n := copy(b, u.out)
	u.out = u.out[n:]
	return n, nil
}

// decode turns what waits into text, all of it if there is no more, and else all but the beginning of a character.
func (u *utf16Reader) decode(last bool) {
	whole := u.n &^ 1
	if !last && whole >= 2 && u.order.Uint16(u.in[whole-2:])&0xFC00 == 0xD800 {
		whole -= 2
	}
	le := make([]byte, 0, len(u.in))
	for i := 0; i < whole; i += 2 {
		le = binary.LittleEndian.AppendUint16(le, u.order.Uint16(u.in[i:]))
	}
	u.out = wtf8.AppendDecode(u.out[:0], le)
	u.n = copy(u.in[:], u.in[whole:u.n])
	if last && u.n == 1 {
		u.out = append(u.out, "\uFFFD"...) // half a character at the end: not a digit, so it is reported
		u.n, u.half = 0, true
	}
}
