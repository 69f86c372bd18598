package mfcmapi

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// maxColumns is how many headers of columns are told apart; a table has some hundred at most.
const maxColumns = 1 << 10

var columnMark = []byte("::")

// rowNumber returns the number in the line "Row: 17".
func rowNumber(line []byte) (n string, ok bool) {
	d, ok := bytes.CutPrefix(line, []byte("Row: "))
	d = trim(d)
	k := digits(d, 10)
	return string(d), ok && k > 0 && k == len(d) && k <= 10
}

// rowsBegin reports whether d begins with rows copied from a table.
func rowsBegin(d []byte) bool {
	line, rest := firstLine(d)
	if _, ok := rowNumber(line); !ok {
		return false
	}
	line, _ = firstLine(rest)
	return bytes.Contains(line, columnMark)
}

// rows reads rows copied from a table: "Row: 17", and a line "Header::cell" for each column. A cell may have lines of its
// own: behind the first row, only what begins with a header of it begins another cell.
func (r *Reader) rows() {
	r.w.skip(skipSpace(r.w.rest()))
	headers := map[string]bool{}
	known, open := false, false // the headers of a row are known; a cell is being read
	for !r.done {
		line, whole := r.line()
		if len(line) == 0 && whole {
			break
		}
		d := trimEnd(line)
		number, isRow := rowNumber(d)
		header, cell, isCell := cutHeader(d, headers, known)
		switch {
		case isRow && whole:
			r.endCell(&open)
			known = len(headers) > 0
			r.stack = append(r.stack[:1], frame{el: elRow, path: join(r.stack[0].path, "row "+number)})
			r.w.skip(len(line))
		case isCell && len(r.stack) > 1:
			r.endCell(&open)
			if !known && len(headers) < maxColumns {
				headers[string(header)] = true
			}
			r.begin()
			r.p.name.write(header)
			r.p.value.text.reset(MaxText)
			r.p.value.has, r.p.seen[elValue], open = true, true, true
			r.takeLine(line, whole, len(d)-len(cell), &r.p.value.text)
		case open:
			r.takeLine(line, whole, 0, &r.p.value.text)
		default:
			r.skipLine(line, whole)
		}
	}
	if !r.done {
		r.endCell(&open)
	}
	r.stack = r.stack[:1]
}

// maxHeader is the length of a header.
const maxHeader = 1 << 10

// cutHeader cuts a line at the end of the header it begins with, which must be one of headers where they are known.
func cutHeader(line []byte, headers map[string]bool, known bool) (header, cell []byte, ok bool) {
	const most = 4 // headers with the mark in them are few, lines may be full of it
	for at, n := 0, 0; n < most; n++ {
		i := bytes.Index(line[at:min(len(line), maxHeader)], columnMark)
		if i < 0 {
			break
		}
		at += i
		if at > 0 && (!known || headers[string(line[:at])]) {
			return line[:at], line[at+len(columnMark):], true
		}
		at++
	}
	return nil, nil, false
}

// endCell makes a record of a cell. Its header is the name of a property where somebody added the column, else a label in
// the language of the program, which names nothing.
func (r *Reader) endCell(open *bool) {
	if !*open {
		return
	}
	*open = false
	p := &r.p
	p.value.text.b = trimEnd(p.value.text.b)
	name := string(trim(p.name.b))
	tag, ok := mapi.TagByName(name)
	if _, t, named := mapi.NamedByCanonical(name); named && !ok {
		tag, ok = mapi.TagOf(0, t), true
	}
	if ok {
		p.tag = tag
		r.endClip()
		return
	}
	rec := dump.Record{Source: r.source, Line: p.line, Offset: p.offset, Item: p.item}
	if _, _, counted := cutCount(trim(p.value.text.b)); counted {
		p.value.isHex = true
		p.value.bytes.reset(MaxBinary)
		p.value.bytes.write(p.value.text.b)
		p.value.bytes.end()
		rec.Raw = r.hexBytes(&p.value, "Value")
		rec.Prop = mapi.Prop{Tag: mapi.TagOf(0, mapi.PtypBinary), Value: mapi.Binary(rec.Raw)}
		rec.Text = name
	} else {
		rec.Text = name + ": " + string(p.value.text.b)
	}
	p.note(diag.Info, LabelOnly, nowhere, excerpt([]byte(name)), "is the label of a column, which does not say the property")
	r.emitText(rec)
}

// emitText hands on a record whose notes are those of the current property.
func (r *Reader) emitText(rec dump.Record) {
	p := &r.p
	r.takeMarks(r.w.at(0))
	if p.value.text.lost > 0 {
		p.note(diag.Error, TooLong, nowhere, "Value", "is longer than %d bytes of text; %d were left out", MaxText, p.value.text.lost)
	}
	p.checkText("Value", p.value.text.b)
	rec.Findings = p.more.appendTo(append([]diag.Finding(nil), p.notes...), "property")
	r.emit(&rec)
}

// The lines of a property tag copied from a dialog, in their order. Only those that are not empty are there.
var dialogLabels = [...]string{"Tag: ", "Type: ", "Property Name: ", "Other Names: ", "DASL: ", "Named Prop Name: ", "Named Prop Guid: "}

func dialogLabel(line []byte) int {
	for i, l := range dialogLabels {
		if bytes.HasPrefix(line, []byte(l)) {
			return i
		}
	}
	return clipNone
}

// dialogBegin reports whether d begins with a property tag copied from a dialog.
func dialogBegin(d []byte) bool {
	line, _ := firstLine(d)
	i := dialogLabel(line)
	if i == clipNone {
		return false
	}
	rest := line[len(dialogLabels[i]):]
	switch i {
	case 0:
		return isHex(string(rest[:min(len(rest), 4)]))
	case 1:
		return bytes.HasPrefix(rest, []byte("PT_"))
	case 4:
		_, _, ok := mapi.ParseDASL(string(trim(rest)))
		return ok
	}
	return i != 3
}

// dialogs reads property tags copied from a dialog. They have no value.
func (r *Reader) dialogs() {
	r.w.skip(skipSpace(r.w.rest()))
	p := &r.p
	last := clipNone
	var dasl, typ text
	for !r.done {
		line, whole := r.line()
		if len(line) == 0 && whole {
			break
		}
		i := dialogLabel(line)
		if i == clipNone || !whole {
			r.skipLine(line, whole)
			continue
		}
		if last == clipNone || i <= last {
			if last != clipNone {
				r.endDialog(dasl.b, typ.b)
			}
			r.begin()
			dasl.reset(MaxNameText)
			typ.reset(MaxNameText)
			p.smart.reset(MaxNameText)
		}
		last = i
		into := [...]*text{&p.smart, &typ, &p.name, &r.clipOther, &dasl, &p.named, &p.guid}[i]
		r.clipOther.reset(0)
		p.seen[elNamedName] = p.seen[elNamedName] || i == 5
		p.seen[elNamedGUID] = p.seen[elNamedGUID] || i == 6
		r.takeLine(trimEnd(line), true, len(dialogLabels[i]), into)
		r.w.skip(len(line) - len(trimEnd(line)))
	}
	if last != clipNone && !r.done {
		r.endDialog(dasl.b, typ.b)
	}
}

// endDialog makes a record of a property tag copied from a dialog.
func (r *Reader) endDialog(dasl, typ []byte) {
	p := &r.p
	rec := dump.Record{Source: r.source, Line: p.line, Offset: p.offset, Item: p.item}
	said := trim(p.smart.b)
	v, ok := parseHex32(said)
	switch p.tag, p.tagged = mapi.PropTag(v), ok; {
	case !ok && len(said) > 0:
		p.note(diag.Error, BadTag, nowhere, "Tag", "is %q, no 32-bit number in hex", excerpt(said))
	case ok && len(typ) > 0:
		if t, known := mapi.ParsePropType(string(trim(typ))); known && t != p.tag.Type() {
			p.note(diag.Warning, TypeMismatch, nowhere, "Type", "is %s, the tag %s says %s", t, p.tag, p.tag.Type())
		}
	}
	p.smart.b = p.smart.b[:0]
	named := p.seen[elNamedGUID] || p.seen[elNamedName]
	if named {
		r.identify(&rec)
	}
	if len(dasl) > 0 {
		r.fromDASL(&rec, strings.TrimSpace(string(dasl)))
	}
	if !named && rec.Prop.Name.IsZero() {
		r.identify(&rec)
	}
	rec.Prop.Tag = p.tag
	if rec.Prop.Tag == 0 && rec.Prop.Name.IsZero() {
		rec.Text = excerpt(p.name.b)
	}
	p.note(diag.Info, TagOnly, nowhere, "property", "is a property tag without a value")
	r.emitText(rec)
}

// fromDASL takes what the other lines do not say from the name that DASL has for the property.
func (r *Reader) fromDASL(rec *dump.Record, dasl string) {
	p := &r.p
	tag, name, ok := mapi.ParseDASL(dasl)
	switch {
	case !ok:
		severity := diag.Error
		if p.tagged || !rec.Prop.Name.IsZero() {
			severity = diag.Warning // the other lines say which property it is
		}
		p.note(severity, BadName, nowhere, "DASL", "is %q, no name of a property", excerpt([]byte(dasl)))
		return
	case !p.tagged:
		p.tag, p.tagged = tag, true
	case name.IsZero() && tag != p.tag:
		p.note(diag.Warning, TypeMismatch, nowhere, "DASL", "says %s, the tag is %s", tag, p.tag)
	}
	if name.IsZero() {
		return
	}
	if rec.Prop.Name.IsZero() {
		rec.Prop.Name = name
	} else if !rec.Prop.Name.Equal(name) {
		p.note(diag.Warning, TypeMismatch, nowhere, "DASL", "says %s, the lines beside it %s", strconv.Quote(name.String()), rec.Prop.Name)
	}
}
