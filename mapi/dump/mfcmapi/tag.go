package mfcmapi

import "bytes"

// attr is one attribute of a tag. Both are parts of the window, and dead once more text comes in.
type attr struct{ name, value []byte }

// tag is an opening tag with its attributes.
type tag struct {
	attrs []attr
	self  bool // <x/>
	smart bool // typographic quotation marks
	odd   bool // markup characters in a value
}

// find returns the value of an attribute, as a part of the window.
func (t *tag) find(name string) ([]byte, bool) {
	for i := range t.attrs {
		if a := &t.attrs[i]; len(a.name) == len(name) && (string(a.name) == name || bytes.EqualFold(a.name, []byte(name))) {
			return a.value, true
		}
	}
	return nil, false
}

// has reports whether there is an attribute of that name.
func (t *tag) has(name string) bool {
	_, ok := t.find(name)
	return ok
}

// get returns the value of an attribute.
func (t *tag) get(name string) (string, bool) {
	v, ok := t.find(name)
	return string(v), ok
}

// maxAttrs is how many attributes a tag may have.
const maxAttrs = 8

// parse reads the attributes of a tag from d, which begins behind its name, and returns the length up to and with
// its '>'. It returns -1 where that does not come. Values are written unescaped: a quotation mark ends one only where a
// tag can go on behind it. Within a loose tag a '<' may stand in a value.
func (t *tag) parse(d []byte, loose bool) int {
	t.attrs, t.self, t.smart, t.odd = t.attrs[:0], false, false, false
	if n := t.usual(d); n > 0 {
		return n
	}
	return t.attributes(d, loose)
}

// attributes is parse for any tag.
func (t *tag) attributes(d []byte, loose bool) int {
	i := 0
	for {
		i = skipBlanks(d, i)
		if n := tagEnd(d[i:]); n > 0 {
			t.self = n == 2 && d[i] == '/'
			return i + n
		}
		start := i
		for i < len(d) && nameByte(d[i]) {
			i++
		}
		if i == start || len(t.attrs) == maxAttrs {
			return -1
		}
		name := d[start:i]
		i = skipBlanks(d, i)
		if i >= len(d) || d[i] != '=' {
			t.attrs = append(t.attrs, attr{name, nil})
			continue
		}
		i = skipBlanks(d, i+1)
		value, n := t.value(d[i:], loose)
		if n < 0 {
			return -1
		}
		for _, c := range value {
			if c == '&' || c == '<' || c == '"' {
				t.odd = true
			}
		}
		t.attrs = append(t.attrs, attr{name, value})
		i += n
	}
}

// usual is parse for what the exporter itself writes in most tags: nothing, or one attribute, without blanks around its
// '='. It returns 0 for anything else.
func (t *tag) usual(d []byte) int {
	if len(d) > 0 && d[0] == '>' {
		return 1
	}
	if len(d) == 0 || d[0] != ' ' {
		return 0
	}
	i := 1 + wordLen(d[1:])
	if i == 1 || len(d) < i+2 || d[i] != '=' || d[i+1] != '"' {
		return 0
	}
	j := i + 2 + wordLen(d[i+2:])
	if len(d) < j+3 || d[j] != '"' {
		return 0
	}
	t.attrs = append(t.attrs, attr{d[1:i], d[i+2 : j]})
	switch {
	case d[j+1] == '>':
		return j + 2
	case d[j+1] == ' ' && d[j+2] == '>':
		return j + 3
	}
	t.attrs = t.attrs[:0]
	return 0
}

// wordLen returns how many characters at the front of d are those of words and numbers.
func wordLen(d []byte) int {
	n := 0
	for n < len(d) && wordByte[d[n]] {
		n++
	}
	return n
}

var wordByte = func() (t [256]bool) {
	for i := range t {
		t[i] = nameByte(byte(i))
	}
	return t
}()

// value reads the value of an attribute from the front of d.
func (t *tag) value(d []byte, loose bool) ([]byte, int) {
	q, smart := quote(d)
	if q == 0 {
		i := 0
		for i < len(d) && d[i] != '>' && d[i] != '<' && blank(d[i:]) == 0 {
			i++
		}
		return d[:i], i
	}
	t.smart = t.smart || smart
	for i := q; i < len(d) && d[i] != '\n'; i++ {
		switch c := d[i]; {
		case c == '<' && !loose:
			return nil, -1
		case c != '"' && c != '\'' && c != 0xE2:
			continue // no quotation mark begins so
		}
		if n, smart := quote(d[i:]); n > 0 && tagGoesOn(d[i+n:]) {
			t.smart = t.smart || smart
			return d[q:i], i + n
		}
	}
	return nil, -1
}

// quote returns the length of the quotation mark at the front of d, and whether it is a typographic one.
func quote(d []byte) (n int, smart bool) {
	switch {
	case len(d) == 0:
		return 0, false
	case d[0] == '"' || d[0] == '\'':
		return 1, false
	case len(d) >= 3 && d[0] == 0xE2 && d[1] == 0x80 && (d[2] >= 0x98 && d[2] <= 0x9F || d[2] == 0xB2 || d[2] == 0xB3):
		return 3, true
	}
	return 0, false
}

func tagEnd(d []byte) int {
	switch {
	case len(d) > 0 && d[0] == '>':
		return 1
	case len(d) > 1 && (d[0] == '/' || d[0] == '?') && d[1] == '>':
		return 2
	}
	return 0
}

// tagGoesOn reports whether d can follow the value of an attribute: the tag ends, or another attribute begins.
func tagGoesOn(d []byte) bool {
	i := skipBlanks(d, 0)
	if tagEnd(d[i:]) > 0 {
		return true
	}
	start := i
	for i < len(d) && i < start+maxName && nameByte(d[i]) {
		i++
	}
	j := skipBlanks(d, i)
	return i > start && j < len(d) && d[j] == '='
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-'
}
