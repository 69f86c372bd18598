package reg

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// record makes the record of a value.
func (r *Reader) record(v *value) dump.Record {
	tag, secure, why := mapi.PropTag(0), false, ""
	if !v.isDefault {
		tag, secure, why = tagOf(v.name)
	}
	p := &prop{r: r, v: v, tag: tag}
	switch {
	case tag == 0 || !r.ofMAPI:
		p.ordinary(why)
	case secure:
		p.rec.Prop.Tag = tag
		p.secure()
	default:
		p.rec.Prop.Tag = tag
		p.property()
	}
	p.rec.Findings = v.findings
	return p.rec
}

// prop is a value on its way to a record.
type prop struct {
	r    *Reader
	v    *value
	tag  mapi.PropTag
	rec  dump.Record
	said bool // that 8-bit text is what it is
}

// ordinary passes on a value that is no property: its bytes, and what the dump shows of it.
func (p *prop) ordinary(why string) {
	v := p.v
	name := "@"
	if !v.isDefault {
		name = quote(v.name)
	}
	p.rec.Text = name + "="
	switch v.form {
	case formText:
		p.rec.Text += quote(v.text)
	case formDWORD:
		p.rec.Raw = v.raw
		p.rec.Text += fmt.Sprintf("dword:%02x%02x%02x%02x", v.raw[3], v.raw[2], v.raw[1], v.raw[0])
	case formBytes:
		p.rec.Raw = v.raw
		p.rec.Text += "hex:"
		if v.kind != regBinary {
			p.rec.Text = name + fmt.Sprintf("=hex(%x):", uint32(v.kind))
		}
	case formDeleted:
		p.rec.Text += "-"
		v.find(diag.Info, Deletion, "is to be deleted when the file is imported")
		return
	case formBad:
		p.rec.Text += v.text
		return
	}
	switch {
	case why != "":
		why = "no property, because " + why
	case !p.r.ofMAPI && p.tag != 0:
		why = "no property, because the key is none of a profile"
	default:
		why = "no property"
	}
	v.find(diag.Info, Ordinary, "is %s: a %s", why, v.kind)
}

// quote writes a text as .reg files do.
func quote(s string) string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"` }

// secure keeps encrypted data as it is.
func (p *prop) secure() {
	if p.v.form == formDeleted || p.v.form == formBad {
		p.property()
		return
	}
	p.rec.Raw, p.rec.Text = p.v.raw, p.v.text
	p.v.find(diag.Warning, Secure, "is encrypted, which the S says: its data was not decoded")
}

// property gives the record the value of its tag.
func (p *prop) property() {
	v := p.v
	if name, ok := NameOf(p.tag); ok {
		if other, _ := mapi.NameOf(p.tag); other != name {
			v.find(diag.Info, ProfileName, "is %s in a profile", name)
		}
	}
	switch v.form {
	case formDeleted:
		v.find(diag.Info, Deletion, "is to be deleted when the file is imported")
	case formBad:
		p.rec.Text = v.text
	case formText:
		p.text(v.text)
	default:
		p.data()
	}
	if n, ok := p.rec.Prop.Value.(mapi.Integer32); ok {
		if text := words(p.tag, uint32(n)); text != "" {
			v.find(diag.Info, Flags, "is %s", text)
		}
	}
}

// data reads what is neither text nor missing, by its type in the registry.
func (p *prop) data() {
	v, t := p.v, p.tag.Type()
	switch {
	case v.kind == regSZ || v.kind == regExpandSZ:
		p.stringBytes()
	case v.kind == regBinary || v.kind == regNone,
		v.kind == regDWORD && (t == mapi.PtypInteger32 || t == mapi.PtypErrorCode),
		v.kind == regQWORD && t == mapi.PtypInteger64:
		p.bytes(v.raw)
	case v.kind == regDWORD && t == mapi.PtypBoolean:
		v.find(diag.Warning, DataType, "is a %s, where a %s is a REG_BINARY", v.kind, t)
		p.boolean(v.raw)
	default:
		v.find(diag.Warning, DataType, "is a %s, where a %s is a REG_BINARY; its bytes were kept as they are", v.kind, t)
		p.keep(v.raw)
	}
}

// keep gives the record bytes that its type could not read.
func (p *prop) keep(raw []byte) {
	p.rec.Raw = raw
	p.rec.Prop.Value = mapi.Unknown{PropType: p.tag.Type(), Data: raw}
}

// stringBytes reads a REG_SZ or REG_EXPAND_SZ written in hex: UTF-16, in REGEDIT4 the code page, with a NUL at its end.
func (p *prop) stringBytes() {
	v := p.v
	t := p.tag.Type()
	if t.Multiple() || t.Element() != mapi.PtypString && t.Element() != mapi.PtypString8 {
		v.find(diag.Warning, DataType, "is a %s, where a %s is a REG_BINARY; its bytes were kept as they are", v.kind, t)
		p.keep(v.raw)
		return
	}
	if p.r.version4 {
		raw := p.terminated(v.raw, 1)
		text, found := p.r.fromANSI(raw)
		v.raw, v.ansi, v.findings = raw, !ascii(raw), append(v.findings, found...)
		p.text(text)
		return
	}
	if len(v.raw)%2 != 0 {
		p.size(fmt.Sprintf("is UTF-16 text of %d bytes", len(v.raw)))
		p.keep(v.raw)
		return
	}
	raw := p.terminated(v.raw, 2)
	if t.Element() == mapi.PtypString {
		p.parse(raw)
		return
	}
	p.text(string(wtf8.AppendDecode(nil, raw)))
}

// text reads a text, which the registry keeps as UTF-16.
func (p *prop) text(text string) {
	v, t := p.v, p.tag.Type()
	switch {
	case t.Multiple() || t.Element() != mapi.PtypString && t.Element() != mapi.PtypString8:
		p.rec.Text = text
		v.find(diag.Warning, DataType, "is a %s, where a %s is a REG_BINARY: there are no bytes", v.kind, t)
	case t.Element() == mapi.PtypString:
		p.rec.Raw, _ = wtf8.AppendEncode(make([]byte, 0, 2*len(text)), text) // what was not UTF-8 has been decoded
		p.rec.Prop.Value = mapi.String(text)
		if p.rec.Derived = v.ansi; v.ansi {
			p.rec.Text = text
		}
	case v.ansi:
		p.said = true
		p.parse(v.raw)
	case ascii(text):
		p.parse([]byte(text))
	default:
		raw, ok := p.r.encode(text)
		number, said := p.r.page()
		p.rec.Text = text
		switch {
		case !ok:
			v.find(diag.Warning, NoBytes, "has characters that are not in code page %d: there are no bytes, and the text is kept", number)
			return
		case said:
			v.find(diag.Info, Derived, "is 8-bit text that the registry keeps as UTF-16; its bytes were computed in code page %d", number)
		default:
			v.find(diag.Warning, CodePageGuess, "is 8-bit text that the registry keeps as UTF-16, and nobody said its code page: its bytes were computed in Windows-%d", number)
		}
		p.rec.Derived, p.said = true, true
		p.parse(raw)
	}
}

// terminated takes the NUL of so many bytes off the end of a string.
func (p *prop) terminated(raw []byte, width int) []byte {
	n := len(raw) - width
	if n >= 0 && raw[n] == 0 && raw[len(raw)-1] == 0 && n%width == 0 {
		return raw[:n:n]
	}
	if !p.v.broken {
		p.v.find(diag.Warning, Unterminated, "has no NUL at its end")
	}
	return raw
}

// bytes reads the data of a REG_BINARY, as MAPI lays it out there.
func (p *prop) bytes(raw []byte) {
	t := p.tag.Type()
	switch {
	case t == mapi.PtypString8:
		p.parse(p.terminated(raw, 1))
	case t == mapi.PtypString && len(raw)%2 == 0:
		p.parse(p.terminated(raw, 2))
	case t == mapi.PtypBoolean:
		p.boolean(raw)
	case t == mapi.PtypMultipleString8 || t == mapi.PtypMultipleString || t == mapi.PtypMultipleBinary:
		p.table(raw)
	default:
		p.parse(raw)
	}
}

// boolean reads two bytes, and other numbers of them as far as they can be understood.
func (p *prop) boolean(raw []byte) {
	if len(raw) == 2 && raw[1] == 0 {
		raw = raw[:1:1]
	} else if (len(raw) == 1 || len(raw) == 4) && !p.v.broken && p.v.kind == regBinary {
		p.size(fmt.Sprintf("has %d bytes, a PtypBoolean has 2 here", len(raw)))
	}
	p.parse(raw)
	if n, ok := p.rec.Prop.Value.(mapi.Boolean); ok && n > 1 {
		p.v.find(diag.Warning, BooleanValue, "is 0x%X, must be 0 or 1: taken as true", uint32(n))
	}
}

func (p *prop) size(what string) { p.v.find(diag.Warning, Size, "%s", what) }

// parse gives the record a value whose bytes are as mapi.ParseRaw wants them.
func (p *prop) parse(raw []byte) {
	p.rec.Raw = raw
	t := p.tag.Type()
	if t == mapi.PtypBinary {
		p.rec.Prop.Value = mapi.Binary(raw)
		return
	}
	v, err := mapi.ParseRaw(t, raw)
	var f diag.Finding
	if errors.As(err, &f) && !p.v.broken {
		f.Severity, f.Code, f.Path, f.Spec = diag.Warning, Size, p.v.path(), spec
		f.Msg = t.String() + " " + f.Msg + "; the bytes were kept"
		p.v.findings = append(p.v.findings, f)
	}
	switch s := v.(type) {
	case mapi.String8:
		v = p.inPage(s)
	case mapi.MultipleString8:
		for i := range s {
			s[i] = p.inPage(s[i])
		}
	}
	p.rec.Prop.Value = v
}

// inPage gives 8-bit text its code page, and says what cannot be read in that.
func (p *prop) inPage(s mapi.String8) mapi.String8 {
	if ascii(s.Raw) {
		if s.CodePage = p.r.codePage; s.CodePage != 0 {
			s.Source = "caller"
		}
		return s
	}
	number, said := p.r.page()
	s.CodePage, s.Source = number, "caller"
	if !said {
		s.Source = "assumed"
	}
	if !p.said {
		p.said = true
		_, found := p.r.fromANSI(s.Raw)
		for _, f := range found {
			f.Path = p.v.path()
			p.v.findings = append(p.v.findings, f)
		}
	}
	return s
}

const maxExcerpt = 60

// excerpt returns the beginning of a text, in quotes.
func excerpt(b []byte) string {
	if len(b) <= maxExcerpt {
		return strconv.Quote(string(b))
	}
	return strconv.Quote(string(b[:maxExcerpt])) + "…"
}

// plain reports whether nothing in a name must be escaped.
func plain(s string) bool { return strconv.Quote(s) == `"`+s+`"` }
