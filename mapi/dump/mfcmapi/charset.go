package mfcmapi

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
)

// charset is how the stored bytes are read. It is found out by looking at them: the XML declaration is wrong in nearly
// every file.
type charset uint8

const (
	csASCII   charset = iota // eight bits a character, and none above 0x7F yet
	csUTF8                   // eight bits, and the first byte above 0x7F was good UTF-8
	csANSI                   // eight bits of a Windows code page
	csUTF16LE                // sixteen bits
	csUTF16BE
)

func (c charset) String() string {
	return [...]string{"ASCII", "UTF-8", "ANSI", "UTF-16LE", "UTF-16BE"}[c]
}

func (c charset) wide() bool { return c == csUTF16LE || c == csUTF16BE }

// sniff returns the charset of a document that begins with b, and the length of its byte order mark.
func sniff(b []byte) (charset, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return csUTF16LE, 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return csUTF16BE, 2
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return csUTF8, 3
	case bytes.HasPrefix(b, []byte("<?")):
		return csASCII, 0
	case bytes.HasPrefix(b, []byte("<\x00?\x00")):
		return csUTF16LE, 0
	case bytes.HasPrefix(b, []byte("\x00<\x00?")):
		return csUTF16BE, 0
	}
	// Without a mark, half of the bytes of a UTF-16 export are zero, and always the same half.
	b = b[:min(len(b), 4096)]
	var nul [2]int
	for i, c := range b {
		if c == 0 {
			nul[i&1]++
		}
	}
	switch n := len(b) / 2; {
	case n > 0 && 3*nul[1] > n && nul[1] > 8*nul[0]:
		return csUTF16LE, 0
	case n > 0 && 3*nul[0] > n && nul[0] > 8*nul[1]:
		return csUTF16BE, 0
	}
	return csASCII, 0
}

// isASCII8 reports whether the eight bytes of v are ASCII, isASCII16 whether its four UTF-16LE code units are.
func isASCII8(v uint64) bool  { return v&0x8080808080808080 == 0 }
func isASCII16(v uint64) bool { return v&0xFF80FF80FF80FF80 == 0 }

// asciiLen returns the length of the prefix of b that is ASCII.
func asciiLen(b []byte) int {
	n := len(b)
	for len(b) > 32 {
		from := (*[32]byte)(b)
		if !isASCII8(le.Uint64(from[0:]) | le.Uint64(from[8:]) | le.Uint64(from[16:]) | le.Uint64(from[24:])) {
			break
		}
		b = b[32:]
	}
	for len(b) > 8 && isASCII8(le.Uint64(b)) {
		b = b[8:]
	}
	for len(b) > 0 && b[0] < utf8.RuneSelf {
		b = b[1:]
	}
	return n - len(b)
}

// plainRun is how many bytes of UTF-16 that are ASCII are worth a segment of their own: what lies before a place in one
// need not be counted, character by character.
const plainRun = 1 << 10

// appendUTF16 appends the WTF-8 form of the UTF-16LE text b, and says how it lies in the file. It stops where a document
// of eight bits a character begins in b, which is the beginning of all: at the index it returns, -1 if there is none. That
// is looked for only in what is not ASCII: half as wide, no two characters are. This is the hot path of the reader.
func appendUTF16(dst []byte, text int64, segs []segment, b, all []byte, file int64) ([]byte, []segment, int) {
	start, size := len(dst), len(b)
	kind := segKind(segPinned) // of the last segment; none yet
	for len(b) >= 2 {
		at := segment{text + int64(len(dst)-start), file + int64(size-len(b)), seg2}
		n := len(dst)
		dst = grow(dst, len(b)/2)
		i := narrow(dst[n:cap(dst)], b)
		if i >= plainRun && kind != seg2 || i == len(b) && kind == segPinned {
			kind = seg2
			segs = append(segs, at)
		}
		dst, b = dst[:n+i/2], b[i:]
		if len(b) < 2 {
			break
		}
		if kind != segUnits {
			if kind == seg2 {
				at.text, at.file = at.text+int64(i/2), at.file+int64(i)
			}
			kind, at.kind = segUnits, segUnits
			segs = append(segs, at)
		}
		// A run that is not ASCII: up to the next four code units that are.
		i = 2
		for i+8 <= len(b) && !isASCII16(le.Uint64(b[i:])) {
			i += 2
		}
		if i+8 > len(b) {
			i = len(b) &^ 1
		}
		from := size - len(b)
		if k := narrowDocument(all[min(from, len(all)):min(from+i+len(documentSign)-1, len(all))]); k >= 0 {
			return wtf8.AppendDecode(dst, b[:k&^1]), segs, from + k
		}
		dst = wtf8.AppendDecode(dst, b[:i])
		b = b[i:]
	}
	return dst, segs, -1
}

// narrow writes the code units at the front of b that are ASCII to out, a byte each, and returns how many bytes of b they
// take. Out has room for all of b. The parts of fixed size cost one check of bounds each, for all that is read and
// written; more than they take is asked for because slicing costs less where something is left.
func narrow(out, b []byte) int {
	n := len(b)
	for len(b) > 64 && len(out) > 32 {
		from, to := (*[64]byte)(b), (*[32]byte)(out)
		if !isASCII16(le.Uint64(from[0:]) | le.Uint64(from[8:]) | le.Uint64(from[16:]) | le.Uint64(from[24:]) |
			le.Uint64(from[32:]) | le.Uint64(from[40:]) | le.Uint64(from[48:]) | le.Uint64(from[56:])) {
			break
		}
		// Each unit is read with the one behind it, a byte further on, which puts their low bytes side by side.
		le.PutUint32(to[0:], join16(le.Uint64(from[0:])|le.Uint64(from[1:])))
		le.PutUint32(to[4:], join16(le.Uint64(from[8:])|le.Uint64(from[9:])))
		le.PutUint32(to[8:], join16(le.Uint64(from[16:])|le.Uint64(from[17:])))
		le.PutUint32(to[12:], join16(le.Uint64(from[24:])|le.Uint64(from[25:])))
		le.PutUint32(to[16:], join16(le.Uint64(from[32:])|le.Uint64(from[33:])))
		le.PutUint32(to[20:], join16(le.Uint64(from[40:])|le.Uint64(from[41:])))
		le.PutUint32(to[24:], join16(le.Uint64(from[48:])|le.Uint64(from[49:])))
		// The last has no byte behind it.
		v := le.Uint64(from[56:])
		le.PutUint32(to[28:], join16(v|v>>8))
		b, out = b[64:], out[32:]
	}
	for len(b) > 8 && len(out) > 4 {
		v := le.Uint64(b)
		if !isASCII16(v) {
			break
		}
		le.PutUint32(out, join16(v|v>>8))
		b, out = b[8:], out[4:]
	}
	for len(b) >= 2 && b[0] < utf8.RuneSelf && b[1] == 0 && len(out) > 0 {
		out[0] = b[0]
		b, out = b[2:], out[1:]
	}
	return n - len(b)
}

// join16 returns the lower halves of the two 32-bit parts of v, side by side.
func join16(v uint64) uint32 {
	return uint32((v & 0x0000FFFF0000FFFF) * (1<<32 | 1<<16) >> 32)
}

// highSurrogate reports whether the code unit le can be the first half of a pair.
func highSurrogate(le []byte) bool { return le[1]&0xFC == 0xD8 }

// grow returns b with room for n more bytes.
func grow(b []byte, n int) []byte {
	if cap(b)-len(b) >= n {
		return b
	}
	return append(make([]byte, 0, 2*cap(b)+n), b...)
}

// swap16 exchanges the bytes of every code unit of b.
func swap16(b []byte) {
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
}

// codePage decodes one Windows code page.
type codePage struct {
	number int
	single *[256]string    // one character per byte
	lead   func(byte) bool // or the first byte of two
}

// newCodePage returns the code page with the given number. For one that is not known, and for those whose characters
// take more than two bytes, it returns Windows-1252 and false.
func newCodePage(number int) (*codePage, bool) {
	east := func(c byte) bool { return c >= 0x81 && c <= 0xFE }
	switch number {
	case 932:
		return &codePage{number, nil, func(c byte) bool { return c >= 0x81 && c <= 0x9F || c >= 0xE0 && c <= 0xFC }}, true
	case 936, 949, 950:
		return &codePage{number, nil, east}, true
	}
	page, ok := singleByte(number)
	if !ok {
		page, _ = singleByte(1252)
	}
	return page, ok
}

// singleByte returns a code page of one byte a character.
func singleByte(number int) (*codePage, bool) {
	page := &codePage{number: number, single: new([256]string)}
	for i := range page.single {
		c, damaged, err := mapi.DecodeString8([]byte{byte(i)}, number)
		switch {
		case errors.Is(err, mapi.UnsupportedCodePage) || utf8.RuneCountInString(c) > 1:
			return nil, false
		case damaged > 0 && i < utf8.RuneSelf:
			return nil, false
		case damaged > 0 || c == "":
			c = string(rune(i)) // what Windows does with a byte that stands for nothing
		}
		page.single[i] = c
	}
	return page, true
}

// char returns the UTF-8 form of the character at the front of b and how many bytes it takes.
func (p *codePage) char(b []byte) (string, int) {
	if p.single != nil {
		return p.single[b[0]], 1
	}
	n := 1
	if p.lead(b[0]) && len(b) > 1 {
		n = 2
	}
	c, _, err := mapi.DecodeString8(b[:n], p.number)
	if err != nil || c == "" {
		return "\uFFFD", n
	}
	return c, n
}
