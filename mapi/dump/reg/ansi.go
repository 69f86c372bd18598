package reg

import (
	"errors"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// page returns the code page of 8-bit text, and whether somebody said so.
func (r *Reader) page() (number int, said bool) {
	if r.codePage == 0 {
		number, _ = mapi.CodePage(nil, 0, 0)
		return number, false
	}
	return r.codePage, true
}

// isANSI reports whether text of the file is in the code page: what is no UTF-8 in a file that is not UTF-16.
func (r *Reader) isANSI(b []byte) bool { return !r.src.Wide() && !utf8.Valid(b) }

// decode returns text of the file as WTF-8, and what is to be said about it.
func (r *Reader) decode(b []byte) (string, []diag.Finding) {
	if !r.isANSI(b) {
		if r.version4 && !r.resaved && !ascii(b) {
			r.resaved = true
			r.pending = append(r.pending, note(diag.Info, Resaved, "file", "is REGEDIT4, whose text is ANSI, and has text in Unicode; read as that"))
		}
		return string(b), nil
	}
	return r.fromANSI(b)
}

// fromANSI returns text of the code page as WTF-8, and what is to be said about it.
func (r *Reader) fromANSI(b []byte) (string, []diag.Finding) {
	number, said := r.page()
	text, damaged, err := mapi.DecodeString8(b, number)
	var found []diag.Finding
	switch {
	case ascii(b) && err == nil:
	case errors.Is(err, mapi.UnsupportedCodePage):
		found = append(found, note(diag.Error, DamagedText, "text", "is in code page %d, which cannot be read; only its ASCII is shown", number))
	case damaged > 0:
		found = append(found, note(diag.Error, DamagedText, "text", "has %d characters that mean nothing in code page %d", damaged, number))
	}
	if !said && !ascii(b) {
		found = append(found, note(diag.Warning, CodePageGuess, "text", "has 8-bit text, and nobody said its code page: read as Windows-%d", number))
	}
	return text, found
}

// lead reports whether c, in 8-bit text, is the first of two bytes, the second of which may look like a backslash.
func (r *Reader) lead(c byte) bool {
	if !r.eight {
		return false
	}
	switch r.codePage {
	case 932:
		return c >= 0x81 && c <= 0x9F || c >= 0xE0 && c <= 0xFC
	case 936, 949, 950:
		return c >= 0x81 && c <= 0xFE
	}
	return false
}

// encode returns text in the code page, and whether all of it is there.
func (r *Reader) encode(text string) ([]byte, bool) {
	if ascii(text) {
		return []byte(text), true
	}
	number, _ := r.page()
	if r.toANSI == nil {
		r.toANSI = make(map[string]byte)
		for i := 0xFF; i >= 0; i-- {
			if s, damaged, err := mapi.DecodeString8([]byte{byte(i)}, number); err == nil && damaged == 0 {
				r.toANSI[s] = byte(i)
			}
		}
	}
	out := make([]byte, 0, len(text))
	for _, c := range text {
		b, ok := r.toANSI[string(c)]
		if !ok {
			return nil, false
		}
		out = append(out, b)
	}
	// Of pages with more than one byte a character, only some characters were found: what comes back must be the same.
	back, _, _ := mapi.DecodeString8(out, number)
	return out, back == text
}

func ascii[T []byte | string](b T) bool {
	for i := range len(b) {
		if b[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
