package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// object appends the members of one JSON object, in the order of contract.
type object struct {
	b    []byte
	long []longHex
}

// longHex is bytes whose digits stand at an index of a text. They are put in where the text is written: a value of many
// megabytes would be there five times over otherwise.
type longHex struct {
	at  int
	raw []byte
}

// maxShort is how long a value is at most whose digits are made with all else.
const maxShort = 256 << 10

// bytes appends a value as hex.
func (o *object) bytes(name string, v []byte) {
	if len(v) <= maxShort {
		o.hex(name, v)
		return
	}
	o.key(name)
	o.b = append(o.b, '"')
	o.long = append(o.long, longHex{len(o.b), v})
	o.b = append(o.b, '"')
}

func (o *object) key(name string) {
	sep := byte(',')
	if len(o.b) == 0 || o.b[len(o.b)-1] == '\n' {
		sep = '{'
	} else if last := o.b[len(o.b)-1]; last == ':' || last == '[' {
		sep = '{'
	}
	o.b = append(append(append(o.b, sep, '"'), name...), '"', ':')
}

func (o *object) str(name, v string) {
	o.key(name)
	o.b = mapi.String(v).AppendJSON(o.b) // unlike encoding/json, keeps unpaired surrogates
}

// word appends v, which is plain as it is: a word or a number of ours, no text of the input.
func (o *object) word(name, v string) {
	o.key(name)
	o.b = append(append(append(o.b, '"'), v...), '"')
}

func (o *object) int(name string, v int64) {
	o.key(name)
	o.b = strconv.AppendInt(o.b, v, 10)
}

func (o *object) bool(name string, v bool) {
	o.key(name)
	o.b = strconv.AppendBool(o.b, v)
}

func (o *object) hex(name string, v []byte) {
	o.key(name)
	o.b = mapi.Binary(v).AppendJSON(o.b)
}

func (o *object) null(name string) {
	o.key(name)
	o.b = append(o.b, "null"...)
}

func (o *object) close() { o.b = append(o.b, '}') }

// findings appends the findings of the dump and those of the blob.
func (o *object) findings(of []diag.Finding, r *diag.Report) {
	o.key("findings")
	o.b = append(o.b, '[')
	for i := range of {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.b = of[i].AppendJSON(o.b)
	}
	if r != nil {
		n := len(o.b)
		o.b = r.AppendFindings(o.b)
		switch {
		case len(o.b) == n+2: // "[]"
			o.b = o.b[:n]
		case len(of) > 0:
			o.b[n] = ','
			o.b = o.b[:len(o.b)-1]
		default:
			copy(o.b[n:], o.b[n+1:])
			o.b = o.b[:len(o.b)-2]
		}
	}
	o.b = append(o.b, ']')
}

// blob is a decoded value with its report.
type blob struct {
	kind     inspect.Kind
	raw      []byte
	value    inspect.Value
	report   *diag.Report
	body     *body           // of RTF, else nil
	codePage int             // of 8-bit text that does not say its own, 0 where nobody said
	fields   map[string]bool // the paths of the fields in no array, once somebody asked
}

func decodeBlob(k inspect.Kind, raw []byte, codePage int) *blob {
	b := new(blob)
	b.decode(k, raw, codePage)
	return b
}

// decode makes b the blob that raw is, whatever it was before.
func (b *blob) decode(k inspect.Kind, raw []byte, codePage int) {
	v, r := k.Inspect(raw)
	*b = blob{kind: k, raw: raw, value: v, report: r, body: bodyOf(v), codePage: codePage}
}

// has reports whether the blob has a field, which is in no array.
func (b *blob) has(path string) bool {
	if b.fields == nil {
		b.fields = map[string]bool{}
		for f := range b.report.Fields() {
			if !strings.Contains(f.Path, "[") {
				b.fields[f.Path] = true
			}
		}
	}
	return b.fields[path]
}

// ansi returns what turns 8-bit text into text, nil where its code page is not known.
func (b *blob) ansi() func([]byte) string {
	if b.codePage == 0 {
		return nil
	}
	return func(text []byte) string {
		s, _, _ := mapi.DecodeString8(text, b.codePage) // what is damaged is U+FFFD in s
		return s
	}
}

// recordJSON appends the line of a record that inspect prints. b is nil for a property that holds no known structure.
func (p *printed) recordJSON(e *entry, b *blob, fields bool) {
	rec := &e.rec
	o := object{p.text, p.long}
	if p.text == nil {
		o.b = e.room
	}
	o.str("source", rec.Source)
	o.str("item", rec.Item)
	if rec.Line > 0 {
		o.int("line", int64(rec.Line))
	}
	o.int("offset", rec.Offset)
	o.property(&rec.Prop)
	if e.listed {
		o.int("element", int64(e.element))
	}
	if b != nil {
		o.word("kind", b.kind.Name)
	}
	if e.structure.Name != "" {
		o.str("structure", e.structure.Name)
	}
	o.int("size", int64(len(rec.Raw)))
	if rec.Raw != nil {
		o.bytes("raw", rec.Raw)
	} else {
		o.null("raw") // no bytes, which is not an empty value
	}
	if rec.Derived {
		o.bool("derived", true)
	}
	if rec.Text != "" {
		o.str("text", rec.Text)
	}
	var report *diag.Report
	switch {
	case b != nil:
		o.key("value")
		o.b = b.value.AppendJSON(o.b)
		if report = b.report; fields {
			o.key("fields")
			o.b = report.AppendFields(o.b)
		}
		o.recovered(recoverAll(b), fields)
		o.body(b.body)
	case rec.Prop.Value != nil:
		if v, ok := rec.Prop.Value.(mapi.String8); ok && v.CodePage != 0 {
			o.int("codePage", int64(v.CodePage))
		}
		if v, ok := rec.Prop.Value.(mapi.Binary); ok {
			o.bytes("value", v)
		} else {
			o.key("value")
			o.b = rec.Prop.Value.AppendJSON(o.b)
		}
		o.meaning(rec.Prop)
	}
	if e.settings != nil {
		o.key("settings")
		o.b = e.settings.AppendJSON(o.b)
	}
	if rec.Inferred != nil {
		o.inferred(rec.Inferred, b)
	}
	o.findings(rec.Findings, report)
	o.close()
	p.text, p.long = append(o.b, '\n'), o.long
}

// property appends what a property is called.
func (o *object) property(p *mapi.Prop) {
	o.word("tag", p.Tag.String())
	o.word("type", p.Tag.Type().String())
	if n := &p.Name; !n.IsZero() {
		o.key("name")
		o.key("set")
		o.b = mapi.GUID(n.Set).AppendJSON(o.b)
		if known, ok := guid.Known(n.Set); ok {
			o.word("setName", known)
		}
		if n.Name != "" {
			o.str("name", n.Name)
		} else {
			o.word("lid", lidText(n.LID))
		}
		o.close()
	}
	if name := canonical(*p); name != "" {
		o.word("canonical", name)
	}
}

// meaning appends what a value means where it does not say so itself: the words of flags and enumerations as an array.
func (o *object) meaning(of mapi.Prop) {
	if words, _ := mapi.Words(of); words != nil {
		o.key("words")
		o.strings(words)
	} else if meaning := mapi.Meaning(of); meaning != "" {
		o.str("meaning", meaning)
	}
}

// inferred appends what a value probably was: beside the evidence, under a name of its own.
func (o *object) inferred(raw []byte, b *blob) {
	o.key("inferred")
	o.hex("raw", raw)
	if b != nil {
		i := decodeBlob(b.kind, raw, b.codePage)
		o.key("value")
		o.b = i.value.AppendJSON(o.b)
		o.recovered(recoverAll(i), false)
		o.body(i.body)
		o.findings(nil, i.report)
	}
	o.close()
}

// errorJSON returns the line of something that cannot be read at all.
func errorJSON(source string, line int, err error) []byte {
	var o object
	o.str("source", source)
	if line > 0 {
		o.int("line", int64(line))
	}
	o.str("error", err.Error())
	o.findings(findingsOf(err), nil)
	o.close()
	return append(o.b, '\n')
}

// findingsOf returns the finding that an error is, if it is one.
func findingsOf(err error) []diag.Finding {
	var f diag.Finding
	if errors.As(err, &f) {
		return []diag.Finding{f}
	}
	return nil
}

func lidText(lid uint32) string {
	const digits = "0123456789ABCDEF"
	b := append(make([]byte, 0, 10), "0x"...)
	for shift := 28; shift >= 0; shift -= 4 {
		if shift < 16 || lid>>shift != 0 {
			b = append(b, digits[lid>>shift&15])
		}
	}
	return string(b)
}

// canonical returns the published name of a property, "" if it has none that is certain.
func canonical(p mapi.Prop) string {
	if !p.Name.IsZero() {
		info, _ := mapi.NamedName(p.Name)
		return info.Canonical
	}
	name, ok := mapi.NameOf(p.Tag)
	if ok || p.Tag.Type() != mapi.PtypErrorCode {
		return name
	}
	// The value was not to be had, and its type neither. The id still names the property where it has one name only.
	only := ""
	for _, name := range mapi.NamesOfID(p.Tag.ID()) {
		if only != "" && only != name {
			return ""
		}
		only = name
	}
	return only
}

func (o *object) strings(v []string) {
	o.b = append(o.b, '[')
	for i, s := range v {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.b = mapi.String(s).AppendJSON(o.b)
	}
	o.b = append(o.b, ']')
}
