package mfcmapi

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// readBody reads <body property="PR_BODY_W">, the text of a message, which its list of properties often has not.
func (r *Reader) readBody(line int, file int64) {
	name, _ := r.tag.get("property")
	code, failed := r.tag.get("error")
	rtf, wrapped := r.tag.get("rtfWrapError")
	self := r.tag.self
	if failed {
		r.objectError(elBody, join(r.top().path, name), code, line, file)
	}
	if self {
		return
	}
	r.begin()
	p := &r.p
	p.line, p.offset = line, file
	p.value.text.reset(MaxText)
	whole := r.content(elBody, &p.value.text)
	r.takeMarks(r.w.at(0))
	if failed && len(trim(p.value.text.b)) == 0 {
		return
	}
	rec := dump.Record{Source: r.source, Line: line, Offset: file, Item: p.item}
	tag, ok := mapi.TagByName(name)
	if !ok {
		p.note(diag.Error, BadTag, nowhere, "body@property", "is %q, no known property", name)
	}
	rec.Prop.Tag, p.tag = tag, tag
	if t := tag.Type(); t == mapi.PtypString || t == mapi.PtypString8 {
		if raw, ok := r.fromText(t, true, p.value.text.b, "body"); ok {
			rec.Raw, rec.Derived = raw, true
			rec.Prop.Value = r.typed(t, raw)
		}
	}
	if rec.Raw == nil {
		rec.Text = string(p.value.text.b)
		p.note(diag.Info, BodyText, nowhere, "body", "is the text of %s, not its bytes", name)
	}
	if wrapped {
		p.note(diag.Error, ObjectError, nowhere, "body@rtfWrapError", "the text could not be unpacked: %s", rtf)
	}
	if p.value.text.lost > 0 {
		p.note(diag.Error, TooLong, nowhere, "body", "is longer than %d bytes; %d were left out", MaxText, p.value.text.lost)
	}
	if !whole {
		p.note(diag.Error, Unterminated, nowhere, "body", "is not terminated")
	}
	p.checkText("body", p.value.text.b)
	rec.Findings = p.more.appendTo(append([]diag.Finding(nil), p.notes...), "body")
	r.emit(&rec)
}

// binaryMagic says what kind of binary file begins with head; it is empty for text.
func binaryMagic(head []byte) string {
	for _, m := range [...]struct{ magic, name string }{
		{"\x1F\x8B", "binary input: gzip; unpack it first"},
		{"PK\x03\x04", "binary input: a zip archive; unpack it first"},
		{"7z\xBC\xAF\x27\x1C", "binary input: a 7z archive; unpack it first"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "binary input: a compound file (.msg); use the form msg"},
		{"\x78\x9F\x3E\x22", "binary input: TNEF (winmail.dat); use the form tnef"},
		{"!BDN", "binary input: a .pst or .ost file"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.name
		}
	}
	return ""
}

// The lines of a property copied from the property pane, in their order. Only those that are not empty are there.
var clipLabels = [...]string{"name: ", "otherName: ", "value: ", "altValue: ", "smartView: ", "namedPropName: ", "namedPropGuid: "}

const clipNone = -1

func clipLabel(line []byte) int {
	for i, l := range clipLabels {
		if bytes.HasPrefix(line, []byte(l)) {
			return i
		}
	}
	return clipNone
}

// clipboard reports whether d begins with a property copied from the property pane.
func clipboard(d []byte) bool { return clipLabel(d[skipSpace(d):]) != clipNone }

// clipboard reads properties copied from the property pane. Values may have lines of their own.
func (r *Reader) clipboard() {
	p := &r.p
	r.w.skip(skipSpace(r.w.rest()))
	var into *text
	last := clipNone
	for !r.done {
		line, whole := r.line()
		if len(line) == 0 && whole {
			break
		}
		switch i := clipLabel(line); {
		case i != clipNone:
			if last == clipNone || i <= last {
				if last != clipNone {
					r.endClip()
				}
				r.begin()
				p.value.text.reset(MaxText)
				p.alt.text.reset(MaxText)
			}
			last = i
			into = r.clipText(i)
			into.write(line[len(clipLabels[i]):])
		case into != nil:
			into.write(line)
		}
		r.w.skip(len(line))
		for !whole {
			if line, whole = r.line(); into != nil {
				into.write(line)
			}
			r.w.skip(len(line))
		}
	}
	if last != clipNone && !r.done {
		r.endClip()
	}
}

// line returns the next line with its end, or as much of it as is worth having at once.
func (r *Reader) line() (line []byte, whole bool) {
	from := 0
	for {
		d := r.w.rest()
		if i := bytes.IndexByte(d[from:], '\n'); i >= 0 {
			return d[:from+i+1], true
		}
		if from = len(d); from > maxPiece {
			return d[:wholeRunes(d)], false
		}
		if !r.w.more() {
			return r.w.rest(), true
		}
	}
}

func (r *Reader) clipText(label int) *text {
	p := &r.p
	switch label {
	case 0:
		return &p.name
	case 2:
		p.value.has, p.seen[elValue] = true, true
		return &p.value.text
	case 3:
		p.alt.has, p.seen[elAltValue] = true, true
		return &p.alt.text
	case 4:
		return &p.smart
	case 5:
		p.seen[elNamedName] = true
		return &p.named
	case 6:
		p.seen[elNamedGUID] = true
		return &p.guid
	}
	return &r.clipOther
}

// endClip makes a record of a property copied from the property pane. The copy has neither tag nor type.
func (r *Reader) endClip() {
	p := &r.p
	for _, t := range [...]*text{&p.value.text, &p.alt.text, &p.smart} {
		t.b = bytes.TrimSuffix(bytes.TrimSuffix(t.b, []byte{'\n'}), []byte{'\r'})
	}
	var n mapi.PropName
	if set, ok := parseGUID(string(trim(p.guid.b))); ok && p.seen[elNamedName] {
		n.Set = set
		notes := len(p.notes)
		whole := r.propertyName(&n, string(trim(p.named.b)))
		p.notes = p.notes[:notes] // end says them
		if info, ok := mapi.NamedName(n); ok && whole {
			p.tag = mapi.TagOf(0, info.Type)
		}
	} else if tag, ok := mapi.TagByName(string(trim(p.name.b))); ok {
		p.tag = tag
	}
	if _, _, ok := cutCount(trim(p.value.text.b)); ok && p.tag.Type() == mapi.PtypUnspecified {
		p.tag = mapi.TagOf(p.tag.ID(), mapi.PtypBinary)
	}
	p.stringHex()
	if p.tag == 0 {
		p.anonymous = true
	} else {
		p.tagged = true
		p.note(diag.Warning, GuessedName, nowhere, "name", "a copied property has no tag; %s is that of its name in the tables", p.tag)
	}
	r.end()
}

// stringHex makes the other value of a string, whose text was read, the bytes it is in hex.
func (p *property) stringHex() {
	if t := p.tag.Type(); !p.alt.has || t.Multiple() || t.Element() != mapi.PtypString && t.Element() != mapi.PtypString8 {
		return
	}
	p.alt.isHex = true
	p.alt.bytes.reset(MaxBinary)
	p.alt.bytes.write(p.alt.text.b)
	p.alt.bytes.end()
}
