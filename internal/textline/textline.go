// Package textline cuts files of text into lines and says where in the file each of them stands. The readers of dumps that
// are written line by line share it.
//
// Files are ASCII, UTF-8, some code page of eight bits, or UTF-16 with or without a byte order mark; lines end with LF,
// CR LF or CR, in any mixture. Text that was UTF-16 comes as WTF-8, everything else as it is.
package textline

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"
)

// Reader cuts one file into lines. Its fields are about the text that Next returned last; nobody else sets them. Not safe
// for concurrent use.
type Reader struct {
	Number int    // the line, from 1
	Start  int64  // the byte of the file at which the text begins
	First  bool   // the text is the beginning of its line
	More   bool   // the line goes on: the next call of Next returns what follows
	End    string // what ends the line: "\n", "\r\n", "\r", or "" at the end of the file and where More is true

	raw   *bufio.Reader
	text  *bufio.Reader // raw, or what it is in UTF-8
	wide  *utf16Reader  // what makes text of raw, where the file is UTF-16
	guess string        // the charset, where it was guessed and nobody has been told
	line  []byte
	carry []byte // the beginning of a character that did not fit
	end   int64  // where in the file the next text begins
	err   error
}

const bufferSize = 1 << 16

// New returns a Reader of the file r.
func New(r io.Reader) *Reader { return &Reader{raw: bufio.NewReaderSize(r, bufferSize)} }

// open looks at the first bytes.
func (r *Reader) open() {
	if r.text != nil {
		return
	}
	r.text = r.raw
	b, _ := r.raw.Peek(4)
	wide := func(order binary.ByteOrder, mark int) {
		r.wide, r.end = &utf16Reader{src: r.raw, order: order}, int64(mark)
		r.text = bufio.NewReaderSize(r.wide, bufferSize)
	}
	discard := func(n int) { _, _ = r.raw.Discard(n) } // they have been peeked at
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		discard(3)
		r.end = 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		discard(2)
		wide(binary.LittleEndian, 2)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		discard(2)
		wide(binary.BigEndian, 2)
	case len(b) == 4 && b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0:
		r.guess = "UTF-16LE"
		wide(binary.LittleEndian, 0)
	case len(b) == 4 && b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0:
		r.guess = "UTF-16BE"
		wide(binary.BigEndian, 0)
	}
}

// Wide reports whether the file is UTF-16. It is known once Next or Peek was called.
func (r *Reader) Wide() bool { return r.wide != nil }

// TakeGuess returns the charset of a file that is UTF-16 without a byte order mark, once, and "" from then on and for all
// other files.
func (r *Reader) TakeGuess() string {
	g := r.guess
	r.guess = ""
	return g
}

// Peek returns the text that comes next, as much as is read at a time and n bytes at most. It is valid until the next call.
func (r *Reader) Peek(n int) []byte {
	r.open()
	b, _ := r.text.Peek(min(n, bufferSize)) // an error comes again, when Next gets there
	return b
}

// Next returns the next line without its end, or as much of it as most bytes hold, at least 4; More then tells that it
// goes on. No character is cut in two. The text is valid until the next call. At the end of the file the error is io.EOF.
func (r *Reader) Next(most int) ([]byte, error) {
	r.open()
	begun := r.More
	r.line = append(r.line[:0], r.carry...)
	r.Start, r.First, r.More, r.End = r.end-r.Size(r.carry), !begun, false, ""
	r.carry = r.carry[:0]
	for {
		if r.err == nil {
			if _, r.err = r.text.Peek(1); r.err != nil && r.wide != nil && r.wide.half {
				r.end-- // what was counted as a whole character is one byte
			}
		}
		if r.err != nil {
			if begun {
				return r.line, nil
			}
			return nil, r.err
		}
		if !begun {
			begun = true
			r.Number++
		}
		b, _ := r.text.Peek(r.text.Buffered())
		part, ended := cutLine(b)
		if room := max(most, utf8.UTFMax) - len(r.line); len(part) > room {
			next := part[room]
			r.keep(part[:room])
			r.More = true
			r.unread(next)
			return r.line, nil
		}
		r.keep(part)
		if ended {
			r.newline()
			return r.line, nil
		}
	}
}

// keep takes part over from the buffer.
func (r *Reader) keep(part []byte) {
	r.line = append(r.line, part...)
	r.skip(len(part))
}

// unread keeps the beginning of a character, of which next is one of the other bytes, for the next call.
func (r *Reader) unread(next byte) {
	for i := len(r.line) - 1; !utf8.RuneStart(next) && i >= 0 && i > len(r.line)-utf8.UTFMax; i-- {
		if utf8.RuneStart(r.line[i]) {
			r.carry = append(r.carry, r.line[i:]...)
			r.line = r.line[:i]
			return
		}
	}
}

// Skip passes over the rest of a line that goes on. An error comes again from the next call of Next.
func (r *Reader) Skip() {
	for r.More {
		if _, err := r.Next(bufferSize); err != nil {
			return
		}
	}
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

// newline reads past LF, CR or CR LF.
func (r *Reader) newline() {
	if b, _ := r.text.Peek(1); b[0] == '\r' {
		r.skip(1)
		b, err := r.text.Peek(1)
		if err != nil || b[0] != '\n' {
			r.End = "\r"
			return
		}
		r.End = "\r\n"
	} else {
		r.End = "\n"
	}
	r.skip(1)
}

func (r *Reader) skip(n int) {
	b, _ := r.text.Peek(n)
	r.end += r.Size(b)
	_, _ = r.text.Discard(n) // they are in the buffer
}

// Size returns the number of bytes of the file that became b, which begins and ends with whole characters.
func (r *Reader) Size(b []byte) int64 {
	if r.wide == nil {
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
