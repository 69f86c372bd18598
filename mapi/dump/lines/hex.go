package lines

import (
	"bytes"
	"encoding/base64"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// text is a blob as it is read: what it became, and how far it is good.
type text struct {
	raw    []byte
	digits int // how many digits there are, good or not
	taken  int // how many bytes of the text became raw
	found  []diag.Finding
}

// good reports whether all of the text is what it was read as.
func (t *text) good() bool {
	for _, f := range t.found {
		if f.Severity >= diag.Error {
			return false
		}
	}
	return t.digits > 0
}

// digitOf has the values of hexadecimal digits, and notHex for all other bytes.
var digitOf = func() (t [256]byte) {
	for i := range t {
		t[i] = notHex
	}
	for i := range byte(10) {
		t['0'+i] = i
	}
	for i := range byte(6) {
		t['a'+i], t['A'+i] = 10+i, 10+i
	}
	return t
}()

const notHex = 0xFF

// nibble returns the value of a hexadecimal digit, notHex for any other byte.
func nibble(c byte) byte { return digitOf[c] }

// separator reports whether c may stand between digits: the characters MFCMAPI's hex boxes pass over.
func separator(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '-', '.', ',', '\\', '/', '\'', '{', '}', '`', '"':
		return true
	}
	return false
}

// invisible reports whether r is one of the characters that web pages and mail put into long words.
func invisible(r rune) bool {
	switch r {
	case 0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF:
		return true
	}
	return false
}

// hexReader reads one run of hex.
type hexReader struct {
	text
	src     []byte
	column  int // of the first character of src
	high    byte
	half    bool // high holds the first digit of a byte
	group   int  // digits since the last separator
	listed  bool // numbers are separated by commas
	uneven  bool
	cleaned int
}

// readHex reads b as hex. The column is that of its first character in the line.
func readHex(b []byte, column int) text {
	h := &hexReader{src: b, column: column}
	h.raw = make([]byte, 0, len(b)/2)
	h.read()
	if h.cleaned > 0 {
		h.found = append(h.found, note(diag.Warning, Cleaned, -1, "%d invisible characters taken out", h.cleaned))
	}
	if h.uneven {
		h.found = append(h.found, note(diag.Error, UnevenGroups, -1, "blanks stand inside bytes: the line was wrapped there, or these are numbers and no hex"))
	}
	return h.text
}

func (h *hexReader) read() {
	for i := 0; i < len(h.src); {
		i = h.pairs(i)
		if i == len(h.src) {
			break
		}
		if v := nibble(h.src[i]); v != notHex && !h.prefix(i) {
			h.digit(v)
			i++
			if !h.half {
				h.taken = i
			}
			continue
		}
		n := h.between(i)
		if n == 0 {
			return
		}
		i += n
	}
	if h.half {
		h.odd(len(h.src))
	}
}

// pairs reads whole bytes from i on, as nearly all hex is written, and returns where the first does not stand.
func (h *hexReader) pairs(i int) int {
	if h.half {
		return i
	}
	src, raw, first := h.src, h.raw, i
	for ; i+1 < len(src); i += 2 {
		hi, lo := digitOf[src[i]], digitOf[src[i+1]]
		if hi|lo == notHex {
			break
		}
		raw = append(raw, hi<<4|lo)
	}
	if i > first {
		h.raw, h.taken = raw, i
		h.digits += i - first
		h.group += i - first
	}
	return i
}

func (h *hexReader) digit(v byte) {
	h.digits++
	h.group++
	if h.half {
		h.raw = append(h.raw, h.high<<4|v)
	}
	h.high, h.half = v, !h.half
}

// prefix reports whether 0x stands at i: at the beginning, or where a byte begins behind a separator.
func (h *hexReader) prefix(i int) bool {
	return h.group == 0 && !h.half && h.src[i] == '0' && i+1 < len(h.src) && h.src[i+1]|0x20 == 'x'
}

// between returns the length of what stands at i and is no digit, 0 if nothing may follow.
func (h *hexReader) between(i int) int {
	c := h.src[i]
	switch {
	case h.group == 0 && h.prefix(i):
		return 2
	case c|0x20 == 'x' && h.digits == 0 && i+1 < len(h.src) && nibble(h.src[i+1]) != notHex:
		return 1
	case bytes.HasPrefix(h.src[i:], []byte("...")) || bytes.HasPrefix(h.src[i:], []byte("…")):
		h.stop(diag.Error, Truncated, i, "is cut off with dots at column %d", h.columnOf(i))
		return 0
	case c == ':' && h.group == 2 && h.pairAt(i+1):
		h.group = 0
		return 1
	case separator(c):
		if h.half && c == ',' || h.half && h.listed {
			h.odd(i)
			return 0
		}
		h.listed = h.listed || c == ','
		h.uneven = h.uneven || h.half
		h.group = 0
		return 1
	}
	r, n := utf8.DecodeRune(h.src[i:])
	if invisible(r) {
		h.cleaned++
		return n
	}
	h.stop(diag.Error, BadDigit, i, "bad hex digit %q at column %d, %d bytes before it", r, h.columnOf(i), len(h.raw))
	return 0
}

// pairAt reports whether two digits stand at i.
func (h *hexReader) pairAt(i int) bool {
	return i+1 < len(h.src) && nibble(h.src[i]) != notHex && nibble(h.src[i+1]) != notHex
}

func (h *hexReader) odd(i int) {
	h.stop(diag.Error, OddDigits, i, "odd number of hex digits (%d) at column %d", h.digits, h.columnOf(i))
}

func (h *hexReader) stop(s diag.Severity, code diag.Code, i int, format string, args ...any) {
	h.found = append(h.found, note(s, code, len(h.raw), format, args...))
}

func (h *hexReader) columnOf(i int) int { return h.column + utf8.RuneCount(h.src[:i]) }

// readBase64 reads b as padded base64 of the standard alphabet.
func readBase64(b []byte, column int) text {
	t := text{digits: len(b)}
	whole := 0 // groups of four that are good
	for whole+4 <= len(b) && alphabet(b[whole:whole+4], whole+4 == len(b)) {
		whole += 4
	}
	t.raw = make([]byte, base64.StdEncoding.DecodedLen(whole))
	n, err := base64.StdEncoding.Decode(t.raw, b[:whole])
	t.raw, t.taken = t.raw[:n], whole
	if whole < len(b) || err != nil {
		i := whole
		for i < len(b) && i < whole+4 && alphabet(b[i:i+1], false) {
			i++
		}
		col := column + utf8.RuneCount(b[:i])
		if i == len(b) {
			t.found = append(t.found, note(diag.Error, BadBase64, n, "base64 breaks off at column %d: %d characters of a group of four", col, i-whole))
		} else {
			r, _ := utf8.DecodeRune(b[i:])
			t.found = append(t.found, note(diag.Error, BadBase64, n, "bad base64 at column %d: %q", col, r))
		}
		return t
	}
	if base64.StdEncoding.EncodeToString(t.raw[n/3*3:]) != string(b[n/3*4:]) {
		t.found = append(t.found, note(diag.Warning, Base64Bits, n, "the last character has bits that belong to no byte"))
	}
	return t
}

// alphabet reports whether b is of base64's alphabet; in the last group up to two = may end it.
func alphabet(b []byte, last bool) bool {
	for i, c := range b {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
		case c == '=' && last && i >= 2 && b[len(b)-1] == '=':
		default:
			return false
		}
	}
	return true
}
