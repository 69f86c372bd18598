package mfcmapi

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// str reads a string. AltValue has its bytes in hex; Value is its text, with control characters shown as dots.
func (r *Reader) str(t mapi.PropType, value, alt *cell, path string) ([]byte, bool) {
	p := &r.p
	text := value.text.b
	if value.text.lost > 0 {
		p.note(diag.Error, TooLong, nowhere, path, "is longer than %d bytes of text; %d were left out", MaxText, value.text.lost)
	}
	if !alt.has {
		if !value.has && (p.cut || p.anonymous) {
			r.missing(path)
			return nil, false
		}
		return r.fromText(t, value.has, text, path)
	}
	found := len(p.notes) + p.more.total()
	raw := r.hexBytes(alt, altPath(path))
	if !value.has {
		return raw, true
	}
	if t == mapi.PtypString8 && charactersCounted(raw, text) {
		r.countedCharacters(raw, path)
		return raw, true
	}
	var want []byte
	if t == mapi.PtypString {
		r.decoded = wtf8.AppendDecode(r.decoded[:0], raw)
		want = r.decoded
		if len(raw)%2 == 1 {
			p.note(diag.Error, BadValue, diag.Span{Offset: len(raw) - 1, Len: 1}, altPath(path), "has half a code unit at its end")
		}
	} else {
		s, _, _ := mapi.DecodeString8(raw, r.w.src.page.number)
		want = []byte(s)
	}
	like := sameText(want, text, !r.cs.wide() || t == mapi.PtypString8)
	if t == mapi.PtypString8 && asciiLen(raw) < len(raw) {
		page := r.w.src.page.number
		if like != textEqual && like != textScrubbed && !r.w.src.named {
			page, like = pageOfText(raw, text, like)
		}
		p.agree(page, like)
	}
	damaged := len(p.notes)+p.more.total() > found || value.text.lost > 0
	switch like {
	case textEqual:
	case textScrubbed:
		p.note(diag.Info, ScrubbedText, nowhere, path, "differs from the hex only by what the exporter does to control characters and line ends")
	case textCodePage:
		p.note(diag.Info, CodePageText, nowhere, path, "has characters that cannot be compared without the code page; the hex was taken")
	default:
		if damaged && bytes.HasPrefix(text, want) {
			break
		}
		if n, ok := beginning(want, text); ok {
			p.note(diag.Warning, CutText, nowhere, path, "shows the first %d characters only; the hex has all", n)
			break
		}
		r.textsDisagree(path, text, want)
	}
	return raw, true
}

func altPath(path string) string {
	if path == "Value" {
		return "AltValue"
	}
	return strings.TrimSuffix(path, "Value") + "AltValue"
}

// fromText makes the bytes of a string of its text. No text at all is the empty string: the exporter leaves out what is
// empty.
func (r *Reader) fromText(t mapi.PropType, has bool, text []byte, path string) ([]byte, bool) {
	p := &r.p
	if !has || len(text) == 0 {
		return []byte{}, true
	}
	var raw []byte
	ok := true
	if t == mapi.PtypString {
		raw, _ = wtf8.AppendEncode(make([]byte, 0, 2*len(text)), string(text))
	} else if raw, ok = r.w.src.page.encode(text); !ok {
		p.derived = true
		p.note(diag.Warning, UnknownText, nowhere, path, "has characters that are not in code page %d; the text is kept, it has no bytes", r.w.src.page.number)
		return nil, false
	}
	p.derived = true
	how := ""
	if t == mapi.PtypString8 && asciiLen(text) < len(text) {
		how = fmt.Sprintf(", in code page %d", r.w.src.page.number)
		if !r.w.src.named {
			how += ", a guess"
		}
	}
	p.note(diag.Info, Derived, nowhere, path, "has no hex beside it; the bytes were computed from the text%s, in which control characters show as dots", how)
	return raw, true
}

// encode returns text in the code page, and whether that can be done.
func (p *codePage) encode(text []byte) ([]byte, bool) {
	if asciiLen(text) == len(text) {
		return bytes.Clone(text), true
	}
	if p.single == nil {
		return nil, false
	}
	var out []byte
	for len(text) > 0 {
		_, n := utf8.DecodeRune(text)
		c := -1
		for i, s := range p.single {
			if s == string(text[:n]) {
				c = i
				break
			}
		}
		if c < 0 {
			return nil, false
		}
		out = append(out, byte(c))
		text = text[n:]
	}
	return out, true
}

type likeness uint8

const (
	textDiffers  likeness = iota
	textEqual             // to the byte
	textScrubbed          // but for what the exporter does
	textCodePage          // but for characters of an unknown code page
)

// sameText compares the text want, from the hex, with the text shown. Eight says that what is shown, or want, was once
// in a code page that is not known for sure.
func sameText(want, shown []byte, eight bool) likeness {
	if bytes.Equal(want, shown) {
		return textEqual
	}
	if equal, _ := compareFolded(want, shown); equal {
		return textScrubbed
	}
	if eight && asciiLen(want)+asciiLen(shown) < len(want)+len(shown) && bytes.Equal(onlyASCII(scrub(want)), onlyASCII(scrub(shown))) {
		return textCodePage
	}
	return textDiffers
}

// scrub returns text as the exporter writes it: a dot for every control character but TAB, and LF for every line end.
func scrub(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i, c := range text {
		switch {
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
			c = '\n'
		case c < ' ' && c != '\t' && c != '\n':
			c = '.'
		}
		out = append(out, c)
	}
	return out
}

// fold returns text with one blank for every run of blanks and line ends, and none at the ends: what list cells and
// web pages do.
func fold(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if n := blank(text[i:]); n > 0 {
			i += n
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
			continue
		}
		out = append(out, text[i])
		i++
	}
	return bytes.TrimSuffix(out, []byte{' '})
}

// folding gives fold(scrub(text)) character by character: mostly the first says that two texts differ.
type folding struct {
	text []byte
	some bool // there was one
}

func (f *folding) next() (c byte, ok bool) {
	i := skipBlanks(f.text, 0)
	f.text = f.text[i:]
	switch {
	case len(f.text) == 0:
		return 0, false
	case i > 0 && f.some:
		return ' ', true
	}
	c, f.text, f.some = f.text[0], f.text[1:], true
	if c < ' ' {
		c = '.'
	}
	return c, true
}

// compareFolded reports whether a and b are the same, scrubbed and folded, and whether b is the beginning of a, and not
// nothing.
func compareFolded(a, b []byte) (equal, begins bool) {
	x, y := folding{text: a}, folding{text: b}
	for {
		c, more := x.next()
		d, ok := y.next()
		switch {
		case !ok:
			return !more, y.some
		case !more || c != d:
			return false, false
		}
	}
}

// onlyASCII returns the ASCII of text, without the question marks that stand for what a code page does not have.
func onlyASCII(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, c := range text {
		if c < utf8.RuneSelf && c != '?' && c != ' ' {
			out = append(out, c)
		}
	}
	return out
}

// time reads a FILETIME. AltValue has its halves; Value is in the words of the exporting user's language, and is read
// only where there is nothing else.
func (r *Reader) time(v, a, path string) ([]byte, bool) {
	p := &r.p
	if ft, ok := lowHigh(a); ok {
		if _, ok := mapi.FileTime(ft).Time(); !ok {
			p.note(diag.Warning, TimeRange, diag.Span{Len: 8}, path, "FILETIME 0x%016X is out of range", ft)
		}
		return le.AppendUint64(nil, ft), true
	}
	if a != "" {
		p.note(diag.Error, BadValue, nowhere, altPath(path), "is %q, not Low and High in hex", excerpt([]byte(a)))
	}
	t, order, sure, ok := parseUSTime(v)
	if !ok {
		p.note(diag.Error, BadDate, nowhere, path, "cannot parse the date %q: it is written in an unknown language", excerpt([]byte(v)))
		return nil, false
	}
	ft, ok := mapi.FileTimeOf(t)
	if !ok {
		p.note(diag.Error, BadDate, nowhere, path, "the date %q is before 1601", excerpt([]byte(v)))
		return nil, false
	}
	p.derived = true
	if sure {
		p.note(diag.Warning, LocaleDate, nowhere, path, "locale date %q, without AltValue; read as %s, which no other order contradicts", v, order)
	} else {
		p.note(diag.Error, AmbiguousDate, nowhere, path, "ambiguous locale date %q, without AltValue; read as %s, but month and day may be the other way round", v, order)
	}
	return le.AppendUint64(nil, uint64(ft)), true
}

// lowHigh reads "Low: 0x1FE4C000 High: 0x01CD2AD8".
func lowHigh(s string) (uint64, bool) {
	f := strings.Fields(s)
	if len(f) != 4 || !strings.EqualFold(f[0], "Low:") || !strings.EqualFold(f[2], "High:") {
		return 0, false
	}
	lo, ok1 := parseHex32(f[1])
	hi, ok2 := parseHex32(f[3])
	return uint64(hi)<<32 | uint64(lo), ok1 && ok2
}

// parseUSTime reads "04:00:00.000 PM 5/5/2012". Order says how the date was read: the month comes first where it can,
// and sure tells that it can be read in no other way.
func parseUSTime(s string) (t time.Time, order string, sure, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	month, err := time.Parse("03:04:05.000 PM 1/2/2006", s)
	day, dayErr := time.Parse("03:04:05.000 PM 2/1/2006", s)
	switch {
	case err == nil:
		return month, "month/day/year", dayErr != nil || day.Equal(month), true
	case dayErr == nil:
		return day, "day/month/year", true, true
	}
	return time.Time{}, "", false, false
}

// checkTexts reports characters that should not be in text.
func (r *Reader) checkTexts() {
	p := &r.p
	if r.long || !r.plainTexts() {
		for _, e := range [...]struct {
			name string
			b    []byte
		}{{"Name", p.name.b}, {"NamedPropGUID", p.guid.b}, {"NamedPropName", p.named.b}, {"Value", p.value.text.b},
			{"AltValue", p.alt.text.b}, {"SmartView", p.smart.b}} {
			if len(e.b) > 0 {
				p.checkText(e.name, e.b)
			}
		}
	}
	if p.name.lost+p.guid.lost+p.named.lost > 0 {
		for i, e := range [...]*text{&p.name, &p.guid, &p.named} {
			if e.lost > 0 {
				p.note(diag.Error, TooLong, nowhere, [...]string{"Name", "NamedPropGUID", "NamedPropName"}[i], "is longer than %d bytes; the rest was left out", MaxNameText)
			}
		}
	}
	if p.smart.lost > 0 {
		p.note(diag.Info, SmartSkipped, nowhere, "SmartView", "is longer than %d bytes; the rest was not looked at", MaxSmart)
	}
}

// plainTexts reports whether it is plain to see that there is nothing for checkText to find: the texts of the property
// stand in the window, in text that is all ASCII, without a NUL.
func (r *Reader) plainTexts() bool {
	w := &r.w
	if !r.p.markup || r.p.start < w.base {
		return false
	}
	b := w.buf[r.p.start-w.base : w.pos]
	return (w.plainFrom(r.p.start) || asciiLen(b) == len(b)) && bytes.IndexByte(b, 0) < 0
}

func (p *property) checkText(name string, b []byte) {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		p.note(diag.Warning, NULCharacter, nowhere, name, "has %d NUL characters, the first at character %d", bytes.Count(b, []byte{0}), utf8.RuneCount(b[:i]))
	}
	if asciiLen(b) == len(b) {
		return
	}
	if n := bytes.Count(b, []byte("\uFFFE")) + bytes.Count(b, []byte("\uFFFF")); n > 0 {
		p.note(diag.Warning, Noncharacter, nowhere, name, "has %d noncharacters, %s", n, firstNonchar(b))
	}
	if utf8.Valid(b) {
		return
	}
	lone, bad, first := 0, 0, -1
	for i := 0; i < len(b); {
		c, n := utf8.DecodeRune(b[i:])
		if c == utf8.RuneError && n == 1 {
			if first < 0 {
				first = i
			}
			if len(b)-i >= 3 && b[i] == 0xED && b[i+1] >= 0xA0 && b[i+1] <= 0xBF && b[i+2]&0xC0 == 0x80 {
				lone++
				n = 3
			} else {
				bad++
			}
		}
		i += n
	}
	if lone > 0 {
		p.note(diag.Warning, LoneSurrogate, nowhere, name, "has %d unpaired surrogates, the first damage at byte %d of its UTF-8 form", lone, first)
	}
	if bad > 0 {
		p.note(diag.Error, BadUTF8, nowhere, name, "has %d bytes that are not UTF-8, the first damage at byte %d", bad, first)
	}
}

func firstNonchar(b []byte) string {
	if bytes.Contains(b, []byte("\uFFFE")) {
		return "U+FFFE among them"
	}
	return fmt.Sprintf("%U", 0xFFFF)
}
