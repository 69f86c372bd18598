package mfcmapi

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Where a byte of a rebuilt value comes from.
const (
	fromNowhere = iota
	fromSmart   // a number or text of SmartView
	fromAlt     // a character of AltValue
	fromHex     // a byte of Value that nothing contradicts
	fromSense   // the only sensible value that AltValue allows
)

// rebuild works out a time zone definition from what is left of it. Each byte of AltValue is one character: from 0x20 on
// that is the byte itself, while a dot hides any of 0x00-0x1F and 0x80-0x9F, and in old builds 0xFF. SmartView says the
// values of fields in words, up to where it was cut off.
type rebuild struct {
	r      *Reader
	shown  []rune // AltValue
	bytes  []byte
	source []uint8
	first  int               // where the rules of a definition begin
	rules  int               // how many there are; none in a PidLidTimeZoneStruct
	words  map[string]string // what SmartView says
	said   []string          // what was taken as sensible
}

// reconstruct offers what a time zone definition was whose hex is in doubt. It is offered only if it is what AltValue
// shows, to the last character.
func (r *Reader) reconstruct(rec *dump.Record) {
	p := &r.p
	if !p.conflict || p.tag.Type() != mapi.PtypBinary || len(p.smart.b) == 0 || !p.alt.has || p.alt.text.lost > 0 {
		return
	}
	const mostRules = 1024 // rules of 66 bytes, and a name of 260 characters
	b := rebuild{r: r, shown: altRunes(p.alt.text.b)}
	if len(b.shown) > 10+2*260+66*mostRules || p.value.said() >= 0 && p.value.said() != int64(len(b.shown)) {
		return
	}
	b.words = smartWords(string(p.smart.b))
	b.bytes = make([]byte, len(b.shown))
	b.source = make([]uint8, len(b.shown))
	if !b.definition() && !b.zone() {
		return
	}
	if !p.contradicted() {
		b.hex(rec.Raw)
	}
	b.visible()
	b.sense()
	if !b.regenerates() {
		return
	}
	rec.Inferred = b.bytes
	p.note(diag.Info, InferredValue, nowhere, "Value", "%s", b.explain())
}

// said returns how many bytes the value has by its own count, -1 where there is none.
func (c *cell) said() int64 {
	if c.bytes.cb >= 0 {
		return c.bytes.cb
	}
	return c.cb
}

func (p *property) contradicted() bool {
	return slices.ContainsFunc(p.notes, func(f diag.Finding) bool { return f.Code == AltContradicts })
}

// altRunes returns the characters of AltValue, one per byte.
func altRunes(text []byte) []rune {
	return []rune(strings.ReplaceAll(string(text), "\r\n", "\n"))
}

// smartWords returns the values SmartView gives, by their labels: "cRules", "TZRule[0].lBias",
// "TZRule[0].stStandardDate.wMonth". The text may be a tree, a flat list, or all on one line.
func smartWords(text string) map[string]string {
	words := make(map[string]string)
	f := strings.Fields(text)
	rule, date := "", ""
	for i, w := range f {
		label, value := w, i+1 < len(f) && f[i+1] == "="
		if name, rest, ok := cutRule(label); ok {
			if label = rest; rule != name {
				rule, date = name, ""
			}
		}
		for _, d := range [...]string{"stStandardDate", "stDaylightDate"} {
			if rest, ok := strings.CutPrefix(label, d); ok {
				date = d + "."
				label = strings.TrimPrefix(rest, ".")
			}
		}
		switch {
		case label == "X":
			// "X = cb: 14 lpb: 0000", or the same without the sign
			rest := f[i+1:]
			if value {
				rest = rest[1:]
			}
			if len(rest) > 4 && rest[0] == "cb:" && rest[2] == "lpb:" {
				words[rule+"X"] = rest[3]
			}
		case !value || label == "" || i+3 >= len(f):
			// A number without anything behind it may be cut.
		case label == "szKeyName":
			words[label] = untilLabel(f[i+2:])
		default:
			if !strings.HasPrefix(label, "w") || strings.HasSuffix(label, "Flags") || label == "wReserved" || label == "wStandardYear" || label == "wDaylightDate" {
				date = ""
			}
			words[rule+date+label] = f[i+2]
		}
	}
	return words
}

// cutRule takes "TZRule[0x0]" off a label.
func cutRule(label string) (rule, rest string, ok bool) {
	s, ok := strings.CutPrefix(label, "TZRule[0x")
	if !ok {
		return "", "", false
	}
	n, rest, ok := strings.Cut(s, "]")
	v, err := strconv.ParseUint(n, 16, 16)
	if !ok || err != nil {
		return "", "", false
	}
	return ruleName(int(v)), strings.TrimPrefix(rest, "."), true
}

func ruleName(i int) string { return "TZRule[" + strconv.Itoa(i) + "]." }

// untilLabel joins words up to the next label.
func untilLabel(f []string) string {
	for i := range f {
		if i+1 < len(f) && f[i+1] == "=" {
			return strings.Join(f[:i], " ")
		}
	}
	return "" // the text ends in the name: it may be cut
}

// number returns the number SmartView gives for a label.
func (b *rebuild) number(label string) (uint32, bool) { return parseHex32(b.words[label]) }

// put stores what SmartView says of a field of size bytes at off.
func (b *rebuild) put(label string, off, size int) {
	v, ok := b.number(label)
	if !ok || size < 4 && v>>(8*size) != 0 {
		return
	}
	for i := range size {
		b.bytes[off+i] = byte(v >> (8 * i))
		b.source[off+i] = fromSmart
	}
}

// definition lays out a PidLidAppointmentTimeZoneDefinition: [MS-OXOCAL] 2.2.1.41.
func (b *rebuild) definition() bool {
	for _, label := range [...]string{"bMajorVersion", "bMinorVersion", "cbHeader", "wReserved", "cchKeyName", "cRules"} {
		if _, ok := b.number(label); !ok {
			return false
		}
	}
	flags, _ := b.number("wReserved")
	cch, _ := b.number("cchKeyName")
	rules, _ := b.number("cRules")
	if flags&1 != 0 || cch > 260 || rules > 1024 || len(b.bytes) != 10+2*int(cch)+66*int(rules) {
		return false
	}
	b.put("bMajorVersion", 0, 1)
	b.put("bMinorVersion", 1, 1)
	b.put("cbHeader", 2, 2)
	b.put("wReserved", 4, 2)
	b.put("cchKeyName", 6, 2)
	if name, _ := wtf8.AppendEncode(nil, b.words["szKeyName"]); cch > 0 && len(name) == 2*int(cch) {
		copy(b.bytes[8:], name)
		for i := range name {
			b.source[8+i] = fromSmart
		}
	}
	at := 8 + 2*int(cch)
	b.put("cRules", at, 2)
	b.first, b.rules = at+2, int(rules)
	for i := range b.rules {
		b.rule(ruleName(i), b.first+66*i)
	}
	return true
}

// rule lays out a TZRule: [MS-OXOCAL] 2.2.1.41.1.
func (b *rebuild) rule(name string, at int) {
	b.put(name+"bMajorVersion", at, 1)
	b.put(name+"bMinorVersion", at+1, 1)
	b.put(name+"wReserved", at+2, 2)
	b.put(name+"wTZRuleFlags", at+4, 2)
	b.put(name+"wYear", at+6, 2)
	if x, err := hex.DecodeString(b.words[name+"X"]); err == nil && len(x) == 14 {
		copy(b.bytes[at+8:], x)
		for i := range x {
			b.source[at+8+i] = fromSmart
		}
	}
	b.put(name+"lBias", at+22, 4)
	b.put(name+"lStandardBias", at+26, 4)
	b.put(name+"lDaylightBias", at+30, 4)
	b.date(name+"stStandardDate.", at+34)
	b.date(name+"stDaylightDate.", at+50)
}

func (b *rebuild) date(name string, at int) {
	for i, part := range [...]string{"wYear", "wMonth", "wDayOfWeek", "wDay", "wHour", "wMinute", "wSecond", "wMilliseconds"} {
		b.put(name+part, at+2*i, 2)
	}
}

// zone lays out a PidLidTimeZoneStruct: [MS-OXOCAL] 2.2.1.39.
func (b *rebuild) zone() bool {
	if _, ok := b.number("lBias"); !ok || len(b.bytes) != 48 {
		return false
	}
	b.put("lBias", 0, 4)
	b.put("lStandardBias", 4, 4)
	b.put("lDaylightBias", 8, 4)
	b.put("wStandardYear", 12, 2)
	b.date("stStandardDate.", 14)
	b.put("wDaylightDate", 30, 2)
	b.date("stDaylightDate.", 32)
	return true
}

// hex takes what is left of the hex where SmartView says nothing.
func (b *rebuild) hex(raw []byte) {
	for i := range min(len(raw), len(b.bytes)) {
		if b.source[i] == fromNowhere {
			b.bytes[i], b.source[i] = raw[i], fromHex
		}
	}
}

// visible takes the bytes AltValue shows.
func (b *rebuild) visible() {
	for i, c := range b.shown {
		if b.source[i] == fromNowhere && c != '.' && c <= 0xFF {
			b.bytes[i], b.source[i] = byte(c), fromAlt
		}
	}
}

// sense looks at the years and offsets of which AltValue shows one byte and hides another: often one sensible number is
// left.
func (b *rebuild) sense() {
	if b.first == 0 {
		for i, name := range [...]string{"lBias", "lStandardBias", "lDaylightBias"} {
			b.only(name, 4*i, 4, biases)
		}
		return
	}
	for i := range b.rules {
		at := b.first + 66*i
		b.only(ruleName(i)+"wYear", at+6, 2, years)
		for j, name := range [...]string{"lBias", "lStandardBias", "lDaylightBias"} {
			b.only(ruleName(i)+name, at+22+4*j, 4, biases)
		}
	}
}

// years yields the years real time zone rules begin in.
func years(yield func(int32) bool) {
	if !yield(1601) {
		return
	}
	for y := int32(1970); y <= 2100 && yield(y); y++ {
	}
}

// biases yields the offsets real time zones have, in minutes.
func biases(yield func(int32) bool) {
	for m := int32(-14 * 60); m <= 14*60 && yield(m); m += 15 {
	}
}

// only fills in a field of which one byte at least is shown and one hidden, if just one sensible number fits.
func (b *rebuild) only(name string, off, size int, sensible func(func(int32) bool)) {
	shown, hidden := false, false
	for i := off; i < off+size; i++ {
		shown = shown || b.source[i] != fromNowhere
		hidden = hidden || b.source[i] == fromNowhere
	}
	if !shown || !hidden {
		return
	}
	n, found := 0, int32(0)
	for v := range sensible {
		if b.fits(v, off, size) {
			n, found = n+1, v
		}
	}
	if n != 1 {
		return
	}
	for i := range size {
		if b.source[off+i] == fromNowhere {
			b.bytes[off+i], b.source[off+i] = byte(uint32(found)>>(8*i)), fromSense
		}
	}
	b.said = append(b.said, fmt.Sprintf("%s %d", name, found))
}

func (b *rebuild) fits(v int32, off, size int) bool {
	for i := range size {
		c := byte(uint32(v) >> (8 * i))
		if b.source[off+i] != fromNowhere && b.bytes[off+i] != c || !b.r.shows(b.shown[off+i], c) {
			return false
		}
	}
	return true
}

// regenerates reports whether the bytes give AltValue again, character by character.
func (b *rebuild) regenerates() bool {
	for i, c := range b.shown {
		if !b.r.shows(c, b.bytes[i]) {
			return false
		}
	}
	return true
}

func (b *rebuild) explain() string {
	var n [fromSense + 1]int
	for _, s := range b.source {
		n[s]++
	}
	s := fmt.Sprintf("%d bytes inferred, no evidence: %d from SmartView, %d shown by AltValue, %d from what is left of the hex, and %d hidden behind dots of AltValue, which may be any of 0x00-0x1F and 0x80-0x9F (in old builds also 0xFF), taken as zero",
		len(b.bytes), n[fromSmart], n[fromAlt], n[fromHex], n[fromNowhere])
	if len(b.said) > 0 {
		s += fmt.Sprintf("; %d more hidden bytes are those of the only sensible numbers that fit: %s", n[fromSense], strings.Join(b.said, ", "))
	}
	return s
}
