package reg

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// regType is the type of a value in the registry (Windows SDK, winnt.h).
type regType uint32

const (
	regNone regType = iota
	regSZ
	regExpandSZ
	regBinary
	regDWORD
	regDWORDBigEndian
	regLink
	regMultiSZ
	regResourceList
	regFullResource
	regRequirements
	regQWORD
)

func (t regType) String() string {
	names := [...]string{"REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD", "REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ",
		"REG_RESOURCE_LIST", "REG_FULL_RESOURCE_DESCRIPTOR", "REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD"}
	if int64(t) < int64(len(names)) {
		return names[t]
	}
	return fmt.Sprintf("type 0x%X", uint32(t))
}

// form says how the data of a value is written.
type form uint8

const (
	formBytes   form = iota // hex:, hex(N):
	formText                // "text"
	formDWORD               // dword:
	formDeleted             // -
	formBad                 // none of these
)

// value is one value of a key, as it is written.
type value struct {
	isDefault bool // @
	name      string
	form      form
	kind      regType
	raw       []byte // of bytes and numbers; of text as the file has it
	text      string // of text, and of formBad what stands there
	ansi      bool   // raw is text in the ANSI code page
	broken    bool   // a part is missing, which findings say
	escapes   int    // backslashes in texts that escape nothing
	findings  []diag.Finding
}

func (v *value) find(s diag.Severity, code diag.Code, format string, args ...any) {
	v.findings = append(v.findings, note(s, code, v.path(), format, args...))
}

// path is what findings call the value.
func (v *value) path() string {
	switch {
	case v.isDefault:
		return "@"
	case v.name == "":
		return `""`
	case len(v.name) <= maxExcerpt && plain(v.name):
		return v.name
	}
	return excerpt([]byte(v.name))
}

// data reads what stands behind the equals sign, to the end of the last line that belongs to it.
func (r *Reader) data(v *value) {
	c, ok := r.blanks()
	switch {
	case !ok || c == ';':
		v.form, v.broken = formBad, true
		v.find(diag.Error, BadData, "has no data")
		return
	case c == '"':
		r.at++
		r.text(v)
		return
	case c == '-':
		r.at++
		v.form = formDeleted
		r.trailing(v)
		return
	}
	switch word := r.word(); {
	case strings.EqualFold(word, "dword:"):
		r.dword(v)
	case strings.EqualFold(word, "hex:"):
		v.kind = regBinary
		r.hex(v)
	case len(word) > len("hex():") && strings.EqualFold(word[:4], "hex(") && strings.HasSuffix(word, "):"):
		digits := word[len("hex(") : len(word)-len("):")]
		n, err := strconv.ParseUint(digits, 16, 32)
		if err != nil {
			r.badData(v, word)
			return
		}
		v.kind = regType(n)
		r.hex(v)
	default:
		r.badData(v, word)
	}
}

// badData keeps data of a form that is not known, as text.
func (r *Reader) badData(v *value, word string) {
	rest, lost := r.rest(MaxName)
	text, found := r.decode(append([]byte(word), rest...))
	v.findings = append(v.findings, found...)
	v.form, v.text, v.broken = formBad, text, true
	v.find(diag.Error, BadData, "has data that is neither text nor dword nor hex: %s", excerpt([]byte(text)))
	if lost > 0 {
		v.find(diag.Error, TooLong, "the data is longer than %d bytes; %d were left out", MaxName, lost)
	}
}

// word reads letters, digits and parentheses up to a colon, which is the last byte of a whole word.
func (r *Reader) word() string {
	var b []byte
	for len(b) < 16 {
		c, ok := r.peek()
		if !ok || c != ':' && c != '(' && c != ')' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		r.at++
		if b = append(b, c); c == ':' {
			break
		}
	}
	return string(b)
}

// trailing reports what stands behind data on its line and is no comment.
func (r *Reader) trailing(v *value) {
	if c, ok := r.blanks(); ok && c != ';' {
		rest, _ := r.rest(2 * maxExcerpt)
		v.find(diag.Warning, Trailing, "has text behind its data: %s", excerpt(rest))
	}
}

// dword reads a number of up to eight digits.
func (r *Reader) dword(v *value) {
	v.form, v.kind = formDWORD, regDWORD
	var digits []byte
	r.blanks()
	for c, ok := r.peek(); ok && nibble(c) != notHex && len(digits) <= 8; c, ok = r.peek() {
		digits = append(digits, c)
		r.at++
	}
	n, err := strconv.ParseUint(string(digits), 16, 32)
	if err != nil || len(digits) > 8 {
		r.badData(v, "dword:"+string(digits))
		return
	}
	if len(digits) < 8 {
		v.find(diag.Warning, ShortNumber, "has %d digits of eight; read as %08x", len(digits), n)
	}
	v.raw = []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}
	r.trailing(v)
}

// texter reads a text up to the quotation mark that is not escaped. A text may go over several lines, whose ends are then
// part of it.
type texter struct {
	r    *Reader
	v    *value
	lost int // bytes beyond the limit
	char [2]byte
}

func (r *Reader) text(v *value) {
	v.form, v.kind = formText, regSZ
	t := texter{r: r, v: v}
	closed, end := false, 0 // end is where the last line ended that has characters
	for closed = t.line(); !closed; closed = t.line() {
		if len(r.piece) > 0 {
			end = r.buf.Len()
		}
		ending := r.src.End
		if !r.line() {
			break
		}
		if r.structure() {
			r.held = true
			break
		}
		t.add(t.char[:copy(t.char[:], ending)])
	}
	b := r.buf.Take()
	if !closed {
		b = b[:end]
		v.broken = true
		v.find(diag.Error, Cut, "has no quotation mark at its end")
	} else {
		r.trailing(v)
	}
	if t.lost > 0 {
		v.broken = true
		v.find(diag.Error, TooLong, "is longer than %d bytes; %d were left out", r.maxValue, t.lost)
	}
	if v.escapes > 0 {
		v.find(diag.Warning, Escape, "has %d backslashes that escape nothing; they were taken for themselves", v.escapes)
	}
	text, found := r.decode(b)
	v.findings = append(v.findings, found...)
	if v.text, v.ansi = text, r.isANSI(b); v.ansi {
		v.raw = b
	}
}

func (t *texter) add(p []byte) {
	if t.r.buf.Len()+len(p) > t.r.maxValue {
		t.lost += len(p)
		return
	}
	t.r.buf.Add(p...)
}

// line reads a line of the text, and reports whether that ends in it.
func (t *texter) line() bool {
	r := t.r
	for {
		if part := r.piece[r.at:]; !r.eight { // as much as has nothing special
			n := bytes.IndexAny(part, `"\`)
			if n < 0 {
				n = len(part)
			}
			t.add(part[:n])
			r.at += n
		}
		c, ok := r.peek()
		if !ok {
			return false
		}
		if !r.eight && c != '"' && c != '\\' {
			continue // another piece
		}
		r.at++
		if c == '"' {
			return true
		}
		next, more := r.peek()
		t.char = [2]byte{c, next}
		switch {
		case c == '\\' && more && (next == '"' || next == '\\'):
			r.at++
			t.add(t.char[1:])
		case more && r.lead(c):
			r.at++
			t.add(t.char[:])
		default:
			if c == '\\' {
				t.v.escapes++
			}
			t.add(t.char[:1])
		}
	}
}

// structure reports whether the line begins a key or a value, so that it is no part of the data before it.
func (r *Reader) structure() bool {
	b := bytes.TrimLeft(r.piece[r.at:], " \t\uFEFF")
	switch {
	case len(b) == 0:
		return false
	case b[0] == '[':
		b = bytes.TrimPrefix(b[1:], []byte("-"))
		return len(b) >= 4 && strings.EqualFold(string(b[:2]), "HK") && bytes.IndexByte(b, ']') > 0
	case b[0] == '@':
		b = b[1:]
	case b[0] == '"':
		i := 1
		for i < len(b) && b[i] != '"' {
			if b[i] == '\\' {
				i++
			}
			i++
		}
		if i >= len(b) {
			return false
		}
		b = b[i+1:]
	default:
		return false
	}
	b, ok := bytes.CutPrefix(bytes.TrimLeft(b, " \t"), []byte("="))
	b = bytes.ToLower(bytes.TrimLeft(b[:min(len(b), 64)], " \t"))
	return ok && (len(b) == 0 || b[0] == '"' || b[0] == '-' || bytes.HasPrefix(b, []byte("dword:")) || bytes.HasPrefix(b, []byte("hex")))
}
