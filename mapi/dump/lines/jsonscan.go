package lines

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// The scanner here, and not encoding/json, because it reads the members before a cut, keeps lone surrogates, and is not
// impressed by values nested a hundred thousand deep.

// scanObject calls member for each member of the object at i of b. It returns where the object ends, or where and why it
// cannot be followed.
func scanObject(b []byte, i int, member func(key string, value []byte)) (end int, why string) {
	return scanList(b, i, '{', '}', func(at int) (int, string) {
		keyEnd := scanString(b, at)
		if keyEnd < 0 {
			return at, "a name is missing"
		}
		key, err := wtf8.Unquote(b[at:keyEnd])
		if err != nil {
			return at, "a name is not a string"
		}
		at = blanks(b, keyEnd)
		if at == len(b) || b[at] != ':' {
			return at, "a colon is missing"
		}
		at = blanks(b, at+1)
		valueEnd := scanValue(b, at)
		if valueEnd < 0 {
			return at, "a value breaks off or is none"
		}
		member(key, b[at:valueEnd])
		return valueEnd, ""
	})
}

// scanArray calls element for each element of the array b.
func scanArray(b []byte, element func(value []byte)) bool {
	end, why := scanList(b, 0, '[', ']', func(at int) (int, string) {
		end := scanValue(b, at)
		if end < 0 {
			return at, "an element breaks off or is none"
		}
		element(b[at:end])
		return end, ""
	})
	return why == "" && end == len(b)
}

// scanList reads a list in brackets, with commas between what one reads.
func scanList(b []byte, i int, open, closing byte, one func(at int) (int, string)) (end int, why string) {
	if i = blanks(b, i); i == len(b) || b[i] != open {
		return i, "there is no " + strconv.QuoteRune(rune(open))
	}
	i = blanks(b, i+1)
	if i < len(b) && b[i] == closing {
		return i + 1, ""
	}
	for {
		if i, why = one(i); why != "" {
			return i, why
		}
		i = blanks(b, i)
		switch {
		case i == len(b):
			return i, "it breaks off"
		case b[i] == closing:
			return i + 1, ""
		case b[i] != ',':
			return i, "a comma is missing"
		}
		i = blanks(b, i+1)
	}
}

func blanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// scanString returns the end of the string at i, or -1.
func scanString(b []byte, i int) int {
	if i == len(b) || b[i] != '"' {
		return -1
	}
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// scanValue returns the end of the value at i, or -1. Of objects and arrays only the brackets are looked at.
func scanValue(b []byte, i int) int {
	if i == len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return scanString(b, i)
	case '{', '[':
		return scanNested(b, i)
	}
	first := i
	for i < len(b) && bytes.IndexByte([]byte(" \t\r\n,]}:\""), b[i]) < 0 {
		i++
	}
	switch word := string(b[first:i]); {
	case word == "true", word == "false", word == "null":
		return i
	case word == "" || word[0] != '-' && (word[0] < '0' || word[0] > '9'):
		return -1
	default:
		if _, err := strconv.ParseFloat(word, 64); err != nil && !strings.Contains(err.Error(), "range") {
			return -1
		}
	}
	return i
}

func scanNested(b []byte, i int) int {
	var open []byte
	for i < len(b) {
		switch c := b[i]; c {
		case '{', '[':
			open = append(open, c+2) // the closing bracket of each is two characters further in ASCII
		case '}', ']':
			if open[len(open)-1] != c {
				return -1
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return i + 1
			}
		case '"':
			if i = scanString(b, i); i < 0 {
				return -1
			}
			continue
		}
		i++
	}
	return -1
}

func stringOf(raw []byte) (string, bool) {
	s, err := wtf8.Unquote(raw)
	return s, err == nil
}

// numberOf reads a whole number of so many bits: digits, as they are or in a string, there also behind 0x.
func numberOf(raw []byte, bits int) (uint64, bool) {
	s, quoted := stringOf(raw)
	if !quoted {
		s = string(raw)
	}
	if digits, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok && quoted {
		n, err := strconv.ParseUint(digits, 16, bits)
		return n, err == nil
	}
	n, err := strconv.ParseUint(s, 10, bits)
	return n, err == nil
}
