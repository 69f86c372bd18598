package mfcmapi

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// hexer makes bytes of the hex digits of a value, as the text of it comes in piece by piece. It reads all three forms:
// the bare digits, "cb: 4 lpb: 01020304", and NULL.
type hexer struct {
	out   []byte
	limit int   // how many bytes are kept
	lost  int64 // how many were not
	said  int64 // how many the dump says there are, -1 where it does not

	state hexState
	head  []byte // the first characters, until the form is clear
	cb    int64  // the count in the text, -1 for none
	null  bool

	digits  int64 // hex digits read
	high    byte  // the first digit of a pair
	half    bool  // there is one
	between int   // characters dropped since the last digit
	cleaned int   // characters dropped between digits
	stop    string
	stopped int64 // characters behind the one that stopped the reading
}

type hexState uint8

const (
	hexHead   hexState = iota // the form is not known yet
	hexDigits                 // digits come
	hexStop                   // something came that is none
)

// maxHead is how many characters "cb: 4294967295 lpb: " may take.
const maxHead = 40

func (h *hexer) reset(limit int) {
	*h = hexer{limit: limit, said: -1, cb: -1, head: reuse(h.head), out: reuse(h.out)}
}

// hexTable gives the value of a hex digit, 0xFF for anything else.
var hexTable = func() (t [256]byte) {
	for i := range t {
		switch c := byte(i); {
		case c >= '0' && c <= '9':
			t[i] = c - '0'
		case c >= 'A' && c <= 'F':
			t[i] = c - 'A' + 10
		case c >= 'a' && c <= 'f':
			t[i] = c - 'a' + 10
		default:
			t[i] = 0xFF
		}
	}
	return t
}()

// hexPairs gives the byte of two hex digits, by the number that they are as little-endian bytes, with the bit isPair;
// 0 for anything else. Of the table only the few pages that have digits in them are ever touched.
var hexPairs = func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	const digits = "0123456789ABCDEFabcdef"
	for _, a := range []byte(digits) {
		for _, b := range []byte(digits) {
			t[uint16(b)<<8|uint16(a)] = isPair | uint16(hexTable[a]<<4|hexTable[b])
		}
	}
	return t
}()

const isPair = 0x100

// write takes the next piece of text.
func (h *hexer) write(p []byte) {
	if h.state != hexHead {
		h.read(p)
		return
	}
	if len(h.head) == 0 && len(p) >= maxHead {
		h.begin(p)
		return
	}
	if h.head = append(h.head, p...); len(h.head) >= maxHead {
		h.begin(h.head)
	}
}

// end says that there is no more text.
func (h *hexer) end() {
	if h.state == hexHead {
		h.begin(h.head)
	}
}

// begin finds out the form and reads d, which is what has come so far.
func (h *hexer) begin(d []byte) {
	h.state = hexDigits
	d = d[skipBlanks(d, 0):]
	if rest, n, ok := cutCount(d); ok {
		h.cb, h.said, d = n, n, rest
	}
	switch {
	case len(d) >= 4 && d[0]|' ' == 'n' && bytes.EqualFold(trim(d), []byte("NULL")):
		h.null = true
		return
	case len(d) >= 2 && (d[0] == '0' || d[0] == 'O') && (d[1] == 'x' || d[1] == 'X'):
		d = d[2:]
	}
	h.read(d)
}

// cutCount takes "cb: N lpb: " off the front of d.
func cutCount(d []byte) (rest []byte, n int64, ok bool) {
	d, ok = cutWord(d, "cb:")
	if !ok {
		return nil, 0, false
	}
	i := 0
	for i < len(d) && d[i] >= '0' && d[i] <= '9' {
		i++
	}
	n, err := strconv.ParseInt(string(d[:i]), 10, 64)
	if err != nil {
		return nil, 0, false
	}
	d = d[skipBlanks(d, i):]
	d, ok = cutWord(d, "lpb:")
	return d, n, ok
}

// cutWord takes word, which begins with a letter, in either case, and blanks off the front of d.
func cutWord(d []byte, word string) ([]byte, bool) {
	if len(d) < len(word) || (d[0]^word[0])&^' ' != 0 || !bytes.EqualFold(d[:len(word)], []byte(word)) {
		return d, false
	}
	d = d[len(word):]
	return d[skipBlanks(d, 0):], true
}

// read takes digits.
func (h *hexer) read(p []byte) {
	for len(p) > 0 && h.state == hexDigits {
		if !h.half && h.between == 0 {
			if p = h.pairs(p); len(p) == 0 {
				return
			}
		}
		v := hexTable[p[0]]
		if v > 15 {
			p = h.other(p)
			continue
		}
		h.digits++
		h.cleaned += h.between
		h.between = 0
		p = p[1:]
		if h.half = !h.half; h.half {
			h.high = v
		} else {
			h.put(h.high<<4 | v)
		}
	}
	h.stopped += int64(utf8.RuneCount(p))
}

// pairs reads pairs of digits as long as nothing else stands between them: the hot path.
func (h *hexer) pairs(p []byte) []byte {
	n := min(len(p)/2, h.limit-len(h.out))
	h.grow(n)
	n = unhex(h.out[len(h.out):len(h.out)+n], p[:2*n])
	h.out = h.out[:len(h.out)+n]
	h.digits += int64(2 * n)
	return p[2*n:]
}

// unhex writes the bytes of the pairs of digits at the front of p to out, which is half as long, and returns how many
// there are. What it leaves behind them in out means nothing.
func unhex(out, p []byte) int {
	n := len(p)
	pairs := hexPairs
	for len(p) > 16 && len(out) > 8 {
		from, to := (*[16]byte)(p), (*[8]byte)(out) // one check of bounds each
		a, b, c, d := pairs[le.Uint16(from[0:])], pairs[le.Uint16(from[2:])], pairs[le.Uint16(from[4:])], pairs[le.Uint16(from[6:])]
		to[0], to[1], to[2], to[3] = byte(a), byte(b), byte(c), byte(d)
		all := a & b & c & d
		a, b, c, d = pairs[le.Uint16(from[8:])], pairs[le.Uint16(from[10:])], pairs[le.Uint16(from[12:])], pairs[le.Uint16(from[14:])]
		to[4], to[5], to[6], to[7] = byte(a), byte(b), byte(c), byte(d)
		if all&a&b&c&d&isPair == 0 {
			break
		}
		p, out = p[16:], out[8:]
	}
	for len(p) >= 2 && len(out) > 0 {
		v := pairs[le.Uint16(p)]
		if v == 0 {
			break
		}
		out[0] = byte(v)
		p, out = p[2:], out[1:]
	}
	return (n - len(p)) / 2
}

// grow makes room for n more bytes. What the dump says of their number is believed once a sixty-fourth of it is there:
// then a long value takes its own length of memory, and one that is not there takes none.
func (h *hexer) grow(n int) {
	n += len(h.out)
	if n <= cap(h.out) {
		return
	}
	size := max(2*cap(h.out), n)
	if said := int(min(h.said, int64(h.limit))); said >= n && (said < size || len(h.out) > said/64) {
		size = said
	}
	h.out = append(make([]byte, 0, size), h.out...)
}

func (h *hexer) put(b byte) {
	if len(h.out) < h.limit {
		h.grow(1)
		h.out = append(h.out, b)
	} else {
		h.lost++
	}
}

// other deals with a character that is no digit.
func (h *hexer) other(p []byte) []byte {
	r, n := utf8.DecodeRune(p)
	switch r {
	case '\r', '\n', '\t', ' ', 0xA0, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD,
		// What MFCMAPI's own reader of hex drops.
		'-', ',', '\\', '/', '\'', '{', '}', '`', '"':
		h.between++
		return p[n:]
	}
	if r == '<' {
		// Web pages break long lines with <br> and <wbr>.
		if i := bytes.IndexByte(p[:min(len(p), maxBreak)], '>'); i > 0 {
			h.between++
			return p[i+1:]
		}
	}
	h.state = hexStop
	h.stop = string(p[:n])
	return p
}

// cut reports whether the digits end in a mark that says something was left out: an ellipsis, or "[snip]".
func (h *hexer) cut() bool { return h.stop == "\u2026" || h.stop == "." || h.stop == "[" }
