package lines

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// counted reads every "cb: N lpb: HEX" of the line and reports whether there was one. Of what stands before the first
// only the label of a known property matters; everything else is the text of a tool.
func (p *parser) counted() bool {
	b := p.line
	found := false
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("cb:"))
		if i < 0 {
			return found
		}
		begin := at + i
		count, hex, ok := head(b, begin)
		if !ok {
			at = begin + 3
			continue
		}
		var l label
		if !found {
			if l, i = labelOf(b[:begin], p.r.form); len(l.found) > 0 || len(bytes.TrimSpace(b[i:begin])) > 0 {
				l = label{}
			}
		}
		found = true
		at = p.run(b, hex, count, l)
	}
}

// head reads "cb: N lpb: " at i. It returns the number and where the hex begins.
func head(b []byte, i int) (count uint64, hex int, ok bool) {
	blanks := func() {
		for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
			i++
		}
	}
	if !bytes.HasPrefix(b[i:], []byte("cb:")) {
		return 0, 0, false
	}
	i += len("cb:")
	blanks()
	first := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	count, err := strconv.ParseUint(string(b[first:i]), 10, 64)
	if err != nil && i == first {
		return 0, 0, false // a number too great for 64 bits is what ParseUint returns then, and is wrong in any case
	}
	blanks()
	if !bytes.HasPrefix(b[i:], []byte("lpb:")) {
		return 0, 0, false
	}
	i += len("lpb:")
	blanks()
	return count, i, true
}

// run reads the hex at i, of which count bytes are expected, and returns where it ends.
func (p *parser) run(b []byte, i int, count uint64, l label) int {
	if bytes.HasPrefix(b[i:], []byte("NULL")) {
		p.add(i, l, []byte{}, mismatch(count, 0))
		return i + len("NULL")
	}
	end := runEnd(b, i, count)
	t := readHex(b[i:end], p.column(i))
	if dots := b[end:]; bytes.HasPrefix(dots, []byte("...")) || bytes.HasPrefix(dots, []byte("…")) {
		t.found = append(t.found, note(diag.Error, Truncated, len(t.raw), "is cut off with dots at column %d", p.column(end)))
	}
	p.add(i, l, t.raw, append(t.found, mismatch(count, len(t.raw))...))
	return end
}

// runEnd returns the end of the hex at i: digits, and whole words of digits behind blanks as long as bytes are missing.
func runEnd(b []byte, i int, count uint64) int {
	digits := uint64(0)
	end := i
	for i < len(b) {
		n, first := 0, i // digits of this word
		for i < len(b) {
			r, size := utf8.DecodeRune(b[i:])
			if nibble(b[i]) != notHex {
				n++
			} else if !invisible(r) {
				break
			}
			i += size
		}
		next := byte(' ')
		if i < len(b) {
			next = b[i]
		}
		word := next == ' ' || next == '\t'
		if next == ':' && (digits > 0 || !colons(b, first, i)) {
			break // a word with a colon behind it says what follows
		}
		if digits > 0 && (n == 0 || next|0x20 >= 'g' && next|0x20 <= 'z') {
			break // the word is not hex
		}
		digits += uint64(n)
		if n > 0 {
			end = i
		}
		if !word || digits/2 >= count {
			break
		}
		for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
			i++
		}
	}
	return end
}

// colons reports whether the word from first to the colon at i is the first byte of hex with colons between bytes, and
// not the beginning of the next cb and lpb.
func colons(b []byte, first, i int) bool {
	_, _, next := head(b, first)
	return !next && i-first == 2 && i+2 < len(b) && nibble(b[i+1]) != notHex && nibble(b[i+2]) != notHex
}

func mismatch(count uint64, got int) []diag.Finding {
	if count == uint64(got) {
		return nil
	}
	return []diag.Finding{note(diag.Error, LengthMismatch, got, "length mismatch: cb %d, have %d", count, got)}
}

// label is what a line says about the property whose value it holds.
type label struct {
	tag   mapi.PropTag
	name  mapi.PropName
	found []diag.Finding
}

// labelOf reads a label and its separator at the front of a line, and returns where the rest begins. Without a label
// that is 0, and there is a finding if it may have been one.
func labelOf(b []byte, form Form) (l label, rest int) {
	if l, rest = daslLabel(b); rest > 0 {
		return l, rest
	}
	i := bytes.IndexAny(b, "=:\t")
	// Names are not that long, and base64 ends with =.
	if i <= 0 || i > 256 || b[i] == '=' && len(bytes.Trim(b[i:], "= \t")) == 0 {
		return label{}, 0
	}
	word := strings.TrimSpace(string(b[:i]))
	if b[i] == '\t' && form != Base64 && perhapsBytes(word, b[i+1:]) {
		return label{found: []diag.Finding{note(diag.Error, AmbiguousLabel, -1,
			"%q before a TAB is read as bytes; if it is a property, write = behind it", word)}}, 0
	}
	if digits, ok := strings.CutPrefix(word, "0x"); ok && len(digits) == 8 {
		if n, err := strconv.ParseUint(digits, 16, 32); err == nil {
			return label{tag: mapi.PropTag(n)}, i + 1
		}
	}
	if !identifier(word) && !shortNumber(word) {
		return label{}, 0
	}
	if tag, ok := mapi.TagByName(word); ok {
		return label{tag: tag}, i + 1
	}
	if name, t, ok := mapi.NamedByCanonical(word); ok {
		if t == mapi.PtypUnspecified {
			t = mapi.PtypBinary
		}
		return label{tag: mapi.TagOf(0, t), name: name}, i + 1
	}
	return label{found: []diag.Finding{note(diag.Warning, UnknownName, -1, "%q is no name of a property that is known", word)}}, i + 1
}

// perhapsBytes reports whether word, in front of a TAB, may be the first bytes of a blob rather than the number of a
// property: TABs stand between bytes too. What is no hex behind the TAB is nothing that goes on.
func perhapsBytes(word string, rest []byte) bool {
	digits, ok := strings.CutPrefix(word, "0x")
	if _, err := strconv.ParseUint(digits, 16, 32); !ok || err != nil || len(digits) < 4 || len(digits)%2 != 0 {
		return false
	}
	rest = bytes.TrimSpace(rest)
	h := readHex(rest, 1)
	if !h.good() {
		if b := readBase64(rest, 1); b.good() {
			return false
		}
	}
	return h.digits > 0
}

// shortNumber reports whether s is 0x and more digits than a byte has and fewer than a tag: an id or a LID, which without
// a type or a property set names nothing, but is no part of the blob behind it.
func shortNumber(s string) bool {
	digits, ok := strings.CutPrefix(s, "0x")
	_, err := strconv.ParseUint(digits, 16, 32)
	return ok && err == nil && len(digits) > 2 && len(digits) < 8
}

// identifier reports whether s can be a name, and is not hex.
func identifier(s string) bool {
	hex := true
	for i := range len(s) {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		digit := c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-'
		if !letter && (i == 0 || !digit) {
			return false
		}
		hex = hex && (nibble(c) != notHex || separator(c))
	}
	return !hex && s != ""
}
