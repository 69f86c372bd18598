package mfcmapi

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

const (
	// blockSize is how many stored bytes are read at a time, into what is decoded at a time with what is left of those
	// before. They are all there before they are looked at, so that what is found does not depend on how the bytes arrive.
	// It is no less than what a bufio.Reader before this one holds, which then has nothing to copy.
	blockSize = 64 << 10
	// carrySize is how many bytes of a block wait for the next one, so that no mark of a new document and no pair of
	// surrogates is cut in two.
	carrySize = 32
)

// segment says how a piece of decoded text lies in the file.
type segment struct {
	text int64 // position in the decoded text
	file int64 // position in the file
	kind segKind
}

type segKind uint8

const (
	seg1      segKind = iota // a byte of text is a byte of the file
	seg2                     // a byte of text is two bytes of the file
	segUnits                 // a UTF-16 code unit is two bytes
	segRunes                 // a character is one byte
	segPinned                // all of the text stands at one place: it was an entity, or a character of two bytes
)

// decoder decodes a file into text, block by block.
type decoder struct {
	r     io.Reader
	page  *codePage
	named bool // the caller chose the code page

	raw   []byte // a block
	lo    int    // where in raw the bytes begin that are not decoded yet
	head  []byte // the first bytes of the file
	have  int    // bytes in raw
	file  int64  // where in the file raw begins
	begun bool   // the charset is known
	again int    // documents begun in another charset
	cs    charset
	eof   bool
	err   error // what the reader said instead of io.EOF

	marks []mark // what was found on the way, in order
}

// mark is something about the encoding, found at a place.
type mark struct {
	text int64
	file int64
	what markKind
	cs   charset
	size int
}

type markKind uint8

const (
	markCharset  markKind = iota // a document in this charset begins
	markANSI                     // the first byte of an unknown code page
	markOddByte                  // half a code unit at the end
	markEntities                 // text was escaped once as HTML
)

// fill reads blockSize bytes, or until the file ends. Where more than half of that is left, it reads nothing, so that a
// file of many small documents is not moved about for each.
func (s *decoder) fill() {
	if s.have-s.lo > blockSize/2 {
		return
	}
	s.have = copy(s.raw, s.raw[s.lo:s.have])
	s.lo = 0
	full := s.have + blockSize
	idle := 0
	for s.have < full && !s.eof {
		n, err := s.r.Read(s.raw[s.have:full])
		if n < 0 || n > full-s.have {
			n, err = 0, errors.New("the reader returned an impossible count")
		}
		s.have += n
		if idle++; n > 0 {
			idle = 0
		}
		if err == nil && idle >= 100 {
			err = io.ErrNoProgress
		}
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				s.err = err
			}
		}
	}
}

// next decodes one block: it appends text to dst, whose end has the position text, and says how the pieces of it lie
// in the file. It reports false when there is nothing more.
func (s *decoder) next(dst []byte, text int64, segs []segment) ([]byte, []segment, bool) {
	if s.raw == nil {
		s.raw = make([]byte, blockSize+blockSize/2)
	}
	s.fill()
	if s.have == s.lo {
		return dst, segs, false
	}
	b := s.raw[s.lo:s.have]
	skip := 0
	if !s.begun {
		s.begun = true
		if s.file == 0 {
			s.head = append(s.head, b[:min(len(b), 16)]...)
		}
		s.cs, skip = sniff(b)
		s.marks = append(s.marks, mark{text: text, file: s.file, what: markCharset, cs: s.cs, size: skip})
		b = b[skip:]
	}
	n := len(b)
	if !s.eof {
		n = max(0, n-carrySize)
	}
	i := -1
	if s.cs != csUTF16LE { // else decode looks for it
		if i = s.restart(b); i > n {
			i = -1
		}
		if i >= 0 {
			s.begun, n = false, i
		}
	}
	before := len(dst)
	dst, segs, n, stop := s.decode(dst, text, segs, b, n, s.file+int64(skip))
	i = max(i, stop)
	odd := 0
	if i >= 0 {
		// Another document, in other clothes: stop here and look at it afresh. What sniff says of it agrees with the
		// sign by which it was found, so that this never happens twice at one place.
		s.begun = false
		s.again++
		if s.cs.wide() {
			odd = i & 1
		}
	}
	if s.begun && s.eof && skip+n == s.have-s.lo-1 && s.cs.wide() {
		odd = 1
	}
	if odd > 0 {
		s.marks = append(s.marks, mark{text: text + int64(len(dst)-before), file: s.file + int64(skip+n), what: markOddByte, size: 1})
		n++
	}
	s.drop(skip + n)
	return dst, segs, true
}

func (s *decoder) drop(n int) {
	s.lo += n
	s.file += int64(n)
}

// restart returns the index in b at which a document begins whose charset is another than the current one, or -1. It
// looks a little at a time, so that what lies behind that is not looked at for nothing.
func (s *decoder) restart(b []byte) int {
	const step = 4 << 10
	for at := 0; at < len(b); at += step {
		if i := s.restartIn(b[at:min(len(b), at+step+carrySize)]); i >= 0 {
			return at + i
		}
	}
	return -1
}

func (s *decoder) restartIn(b []byte) int {
	if s.cs.wide() {
		return narrowDocument(b)
	}
	at := -1
	if bytes.IndexByte(b, 0) < 0 {
		return at // every sign has one, and text of eight bits has none
	}
	for _, sign := range [...]string{"\xFF\xFE<\x00", "\xFE\xFF\x00<", "<\x00?\x00x\x00m\x00l\x00", "\x00<\x00?\x00x\x00m\x00l"} {
		if i := bytes.Index(b, []byte(sign)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return at
}

// documentSign begins a document of eight bits a character within wide text.
const documentSign = "<?xml version"

// narrowDocument returns the index of documentSign in b, or -1.
func narrowDocument(b []byte) int { return bytes.Index(b, []byte(documentSign)) }

// decode appends the text of the first n bytes of b, which lies at file, and returns how many it took. Where it stopped at
// another document it returns where that begins, else -1.
func (s *decoder) decode(dst []byte, text int64, segs []segment, b []byte, n int, file int64) (_ []byte, _ []segment, took, stop int) {
	all := b
	b = b[:n]
	if s.cs.wide() {
		n := len(b) &^ 1
		b = b[:n]
		if s.cs == csUTF16BE {
			swap16(b)
		}
		if n >= 2 && highSurrogate(b[n-2:]) && !s.eof && s.begun {
			// The other half may follow.
			if s.cs == csUTF16BE {
				swap16(b[n-2:])
			}
			n -= 2
			b = b[:n]
		}
		if s.cs == csUTF16BE {
			all = nil
		}
		dst, segs, stop = appendUTF16(dst, text, segs, b, all, file)
		if stop >= 0 {
			n = stop &^ 1
		}
		return dst, segs, n, stop
	}
	if s.cs == csASCII {
		i := asciiLen(b)
		dst = append(dst, b[:i]...)
		segs = append(segs, segment{text, file, seg1})
		if i == n {
			return dst, segs, n, -1
		}
		b, text, file = b[i:], text+int64(i), file+int64(i)
		if goodUTF8(b) {
			s.cs = csUTF8
		} else {
			s.cs = csANSI
			s.marks = append(s.marks, mark{text: text, file: file, what: markANSI, size: 1})
		}
	}
	if s.cs == csUTF8 {
		return append(dst, b...), append(segs, segment{text, file, seg1}), n, -1
	}
	if s.page.single != nil {
		return s.appendSingle(dst, b), append(segs, segment{text, file, segRunes}), n, -1
	}
	dst, segs, n = s.appendDouble(dst, text, segs, b, file, n)
	return dst, segs, n, -1
}

// goodUTF8 reports whether b is UTF-8; the last character may be cut off.
func goodUTF8(b []byte) bool {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				b = b[:len(b)-i]
			}
			break
		}
	}
	return len(b) == 0 || utf8.Valid(b)
}

func (s *decoder) appendSingle(dst, b []byte) []byte {
	for len(b) > 0 {
		i := asciiLen(b)
		dst = append(dst, b[:i]...)
		for b = b[i:]; len(b) > 0 && b[0] >= utf8.RuneSelf; b = b[1:] {
			dst = append(dst, s.page.single[b[0]]...)
		}
	}
	return dst
}

// appendDouble decodes a code page whose characters take one byte or two. A lead byte at the end of b, when it is not
// the end of the file, is left for the next block.
func (s *decoder) appendDouble(dst []byte, text int64, segs []segment, b []byte, file int64, n int) ([]byte, []segment, int) {
	start := len(dst)
	for len(b) > 0 {
		at := text + int64(len(dst)-start)
		if i := asciiLen(b); i > 0 {
			segs = append(segs, segment{at, file, seg1})
			dst, b, file = append(dst, b[:i]...), b[i:], file+int64(i)
			continue
		}
		if len(b) == 1 && s.page.lead(b[0]) && !s.eof {
			n--
			break
		}
		c, k := s.page.char(b)
		segs = append(segs, segment{at, file, segPinned})
		dst, b, file = append(dst, c...), b[k:], file+int64(k)
	}
	return dst, segs, n
}
