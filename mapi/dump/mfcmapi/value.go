package mfcmapi

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

var le = binary.LittleEndian

// evaluate makes the record's bytes and value of the texts of the property.
func (r *Reader) evaluate(rec *dump.Record) {
	p := &r.p
	p.inferType()
	t := p.tag.Type()
	if t.Multiple() {
		r.evaluateList(rec, t)
		return
	}
	if p.multi {
		p.note(diag.Error, BadValue, nowhere, "Value", "has rows, the type %s has one value", t)
		rec.Text = fmt.Sprintf("%d rows", p.rows)
		return
	}
	raw, ok := r.scalar(t.Element(), &p.value, &p.alt, "Value")
	if !ok {
		rec.Text = shown(&p.value)
		if t.Element() == mapi.PtypObject {
			rec.Prop.Value = mapi.Object{}
			rec.Text = ""
		}
		return
	}
	rec.Raw = raw
	if p.short || p.derived && t.Element() != mapi.PtypString {
		rec.Text = shown(&p.value)
	}
	rec.Prop.Value = r.typed(t, raw)
	if t == mapi.PtypBinary {
		r.provisional(rec.Prop.Name)
	}
	r.explain(rec)
	if t.Element() == mapi.PtypErrorCode {
		r.notExported(raw, rec.Prop.Name)
	}
}

// provisional tells of a string that was too large to be read as one: the exporter then tries PtypBinary first.
func (r *Reader) provisional(n mapi.PropName) {
	const why = "of a string: the exporter reads strings as PtypBinary that are too large; then the bytes are UTF-16LE"
	p := &r.p
	// What the tables say is remembered: a dump has the same properties again and again.
	s := &r.strings[(uint32(p.tag.ID())^n.LID)%uint32(len(r.strings))]
	if !s.known || s.tag != p.tag || s.name != n {
		const short = 64 // longer ones are not kept
		*s = stringSaid{name: n, tag: p.tag, known: len(n.Name) <= short}
		info, ok := mapi.NamedName(n)
		s.byName = ok && (info.Type == mapi.PtypString || info.Type == mapi.PtypString8)
		s.byID = stringID(p.tag)
		if !s.known {
			s.name = mapi.PropName{}
		}
	}
	switch {
	case s.byName && p.value.has:
		p.note(diag.Info, ProvisionalType, nowhere, "property", "the name is that "+why)
	case s.byID && len(p.value.bytes.out) > 0:
		p.note(diag.Info, ProvisionalType, nowhere, "property", "the id is that "+why)
	}
}

// stringSaid is what the tables say of a property of type PtypBinary: that a property of its name, or of its id, is a
// string.
type stringSaid struct {
	name         mapi.PropName
	tag          mapi.PropTag
	known        bool
	byName, byID bool
}

// stringID reports whether the tables have a string of the id of a tag, and nothing of its type.
func stringID(tag mapi.PropTag) bool {
	id := tag.ID()
	if id.Local() || id == 0 {
		return false
	}
	if _, ok := mapi.NameOf(tag); ok {
		return false
	}
	_, ok := mapi.NameOf(mapi.TagOf(id, mapi.PtypString))
	return ok
}

// typed returns the value of type t with the bytes raw.
func (r *Reader) typed(t mapi.PropType, raw []byte) mapi.Value {
	switch t.Element() {
	case mapi.PtypBinary:
		return mapi.Binary(raw)
	case mapi.PtypString8:
		return r.string8(raw)
	}
	v, err := mapi.ParseRaw(t, raw)
	if err != nil {
		r.p.note(diag.Error, BadValue, diag.Span{Len: len(raw)}, "Value", "cannot be a %s: %v", t, err)
	}
	return v
}

// The sources of code pages.
const (
	byCaller = "caller"
	byText   = "the text beside it"
	byGuess  = "a guess"
)

// string8 says in which code page raw is, as far as that is known: that which the caller chose; and where he did not,
// Windows-1252 if the file itself was read so, or raw was made of text so; else the first page that gives the text beside raw.
func (r *Reader) string8(raw []byte) mapi.String8 {
	v := mapi.String8{Raw: raw}
	page := r.w.src.page.number
	switch {
	case r.w.src.named:
		v.CodePage, v.Source = page, byCaller
	case asciiLen(raw) == len(raw):
	case r.cs == csANSI || r.p.derived:
		v.CodePage, v.Source = page, byGuess
	case r.p.agrees && !r.p.clashes:
		v.CodePage, v.Source = r.p.page, byText
	}
	return v
}

// explain says by a finding how a value of 8-bit text was read where nobody said the code page. That of a file in an
// unknown code page says it of itself, and that of bytes made of text is Derived.
func (r *Reader) explain(rec *dump.Record) {
	var values []mapi.String8
	switch v := rec.Prop.Value.(type) {
	case mapi.String8:
		values = []mapi.String8{v}
	case mapi.MultipleString8:
		values = v
	}
	p := &r.p
	for _, v := range values {
		switch {
		case v.Source == byText:
			p.note(diag.Info, TextCodePage, nowhere, "Value", "has no code page; read in code page %d, which gives the text beside it", v.CodePage)
			return
		case v.CodePage == 0 && asciiLen(v.Raw) < len(v.Raw):
			p.note(diag.Warning, NoCodePage, nowhere, "Value", "is 8-bit text, and nobody says in which code page; only its ASCII is shown")
			if _, ok := rec.Prop.Value.(mapi.String8); ok {
				rec.Text = shown(&p.value)
			}
			return
		}
	}
}

// inferType gives a property without a tag the type its texts have the form of.
func (p *property) inferType() {
	if p.tagged || p.tag.Type() != mapi.PtypUnspecified {
		return
	}
	switch _, low := cutWord(trim(p.alt.text.b), "Low:"); {
	case low:
		p.tag = mapi.TagOf(p.tag.ID(), mapi.PtypTime)
	case p.value.isHex:
		p.tag = mapi.TagOf(p.tag.ID(), mapi.PtypBinary)
	}
}

// shown returns the text of a cell as the dump shows it.
func shown(c *cell) string {
	if c.isHex {
		return ""
	}
	return string(trim(c.text.b))
}

// scalar returns the bytes of a single value of type t from its two texts; ok is false where there is none. Path is
// where findings are.
func (r *Reader) scalar(t mapi.PropType, value, alt *cell, path string) (raw []byte, ok bool) {
	switch t {
	case mapi.PtypBinary:
		return r.binary(value, alt, path)
	case mapi.PtypString, mapi.PtypString8:
		return r.str(t, value, alt, path)
	case mapi.PtypUnspecified, mapi.PtypNull, mapi.PtypServerId, mapi.PtypObject:
		if value.isHex {
			return r.hexBytes(value, path), true
		}
		if value.has && t == mapi.PtypUnspecified {
			r.p.note(diag.Warning, UnknownText, nowhere, path, "is of unknown type; its text is kept, it has no bytes")
		}
		return nil, t == mapi.PtypNull && !value.has && r.p.tagged
	case mapi.PtypRestriction, mapi.PtypRuleAction:
		if value.has {
			r.p.note(diag.Info, TextOnly, nowhere, path, "is a description in words; the dump does not have the bytes")
		} else {
			r.missing(path)
		}
		return nil, false
	}
	if !value.has && !alt.has {
		r.missing(path)
		return nil, false
	}
	if !r.long {
		if raw := r.usualNumber(t, value.text.b, alt.text.b); raw != nil {
			return raw, true
		}
	}
	v, a := string(trim(value.text.b)), string(trim(alt.text.b))
	switch t {
	case mapi.PtypInteger16, mapi.PtypInteger32:
		return r.integer(t, v, a, path)
	case mapi.PtypInteger64:
		return r.integer64(v, a, path)
	case mapi.PtypCurrency:
		return r.currency(v, a, path)
	case mapi.PtypFloating32, mapi.PtypFloating64, mapi.PtypFloatingTime:
		return r.float(t, v, path)
	case mapi.PtypBoolean:
		return r.boolean(v, path)
	case mapi.PtypErrorCode:
		return r.errorCode(v, value.err, path)
	case mapi.PtypTime:
		return r.time(v, a, path)
	case mapi.PtypGuid:
		return r.guid(v, path)
	}
	r.p.note(diag.Warning, UnknownText, nowhere, path, "is of type %s; its text is kept, it has no bytes", t)
	return nil, false
}

func (r *Reader) missing(path string) {
	r.p.note(diag.Warning, MissingValue, nowhere, path, "is missing")
}

func (r *Reader) badValue(path, text, want string) ([]byte, bool) {
	r.p.note(diag.Error, BadValue, nowhere, path, "is %q, not %s", excerpt([]byte(text)), want)
	return nil, false
}

const (
	disagreeValue = "Value and AltValue disagree: Value "
	disagreeAlt   = ", AltValue "
	disagreeEnd   = "; the first of them that is authoritative for the type was taken"
)

func (r *Reader) disagree(path, value, alt string) {
	r.p.say(diag.Error, ValueMismatch, nowhere, path, disagreeValue+value+disagreeAlt+alt+disagreeEnd)
}

// textsDisagree is disagree for the beginnings of texts.
func (r *Reader) textsDisagree(path string, value, alt []byte) {
	var room [512]byte
	msg := appendExcerpt(append(room[:0], disagreeValue...), value)
	msg = appendExcerpt(append(msg, disagreeAlt...), alt)
	r.p.say(diag.Error, ValueMismatch, nowhere, path, string(append(msg, disagreeEnd...)))
}

// errorCode reads a code: in the attribute err, or before 2014 "Err:0x8007000E=NAME", later with a blank.
func (r *Reader) errorCode(v, attribute, path string) ([]byte, bool) {
	if n, ok := parseHex32(attribute); ok {
		if said, named := mapi.ErrorByName(strings.TrimSpace(v)); named && uint32(said) != n {
			r.p.note(diag.Error, ValueMismatch, nowhere, path, "the name is %s, which is 0x%08X, and the attribute err 0x%08X; the second was taken", said, uint32(said), n)
		}
		return le.AppendUint32(nil, n), true
	}
	text := v
	if rest, ok := cutWord([]byte(v), "Err:"); ok {
		text, _, _ = strings.Cut(string(rest), "=")
	}
	if n, ok := parseHex32(strings.TrimSpace(text)); ok {
		return le.AppendUint32(nil, n), true
	}
	if n, ok := mapi.ErrorByName(strings.TrimSpace(text)); ok {
		return le.AppendUint32(nil, uint32(n)), true
	}
	return r.badValue(path, v, "an error code")
}

func errorText(code uint32) string { return mapi.ErrorCode(code).String() }

// notExported says what a property of type PtypErrorCode stands for.
func (r *Reader) notExported(raw []byte, n mapi.PropName) {
	p := &r.p
	code := le.Uint32(raw)
	why := errorText(code)
	const notEnoughMemory = 0x8007000E
	if code == notEnoughMemory {
		why += " (too large for the exporter)"
	}
	if t, ok := p.trueType(n); ok {
		why += "; the property's type is " + t.String() + ", from the tables"
	} else {
		why += "; the property's type is not known"
	}
	p.note(diag.Warning, NotExported, nowhere, "Value", "value not exported: %s", why)
}

// guid reads "{GUID} = name".
func (r *Reader) guid(v, path string) ([]byte, bool) {
	g, ok := parseGUID(v)
	if !ok {
		return r.badValue(path, v, "a GUID in braces")
	}
	return slices.Clone(g[:]), true
}

// parseGUID reads the GUID before the first " = ". Web pages make en dashes of its hyphens.
func parseGUID(s string) (guid.GUID, bool) {
	s, _, _ = strings.Cut(s, " =")
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\u2010\u2011\u2012\u2013\u2014\u2212") {
		s = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-").Replace(s)
	}
	g, err := guid.Parse(s)
	return g, err == nil
}

func parseCount(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	return n, err == nil && n >= 0
}
