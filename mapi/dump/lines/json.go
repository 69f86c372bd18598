package lines

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// JSONReader reads JSON lines: one object a line, one property each. It is a [dump.Reader]: not safe for concurrent use,
// and its records can be had once.
type JSONReader struct{ r *Reader }

// NewJSONReader returns a reader of the file r, which records call source. It reads what mapiprop inspect writes as JSON,
// and lines made by hand:
//
//	{"item":"m1","propset":"{00062002-0000-0000-C000-000000000046}","lid":"0x8233","type":"binary","hex":"2C01"}
//	{"tag":"0x0E060040","value":"2012-05-05T16:00:00Z"}
//
// The members, in any case:
//
//	item, sub          Item; sub is added behind a slash
//	tag, proptag       the property tag
//	type, proptype     the type, where there is no tag: "PtypBinary", "PT_BINARY", "binary", "0x0102" or a number
//	propset, guid      the property set of a named property, with lid (id, dispid) or propname (name)
//	name               with no propset: {"set","lid","name"}, as inspect writes it, or the name of a property
//	named              {"guid","lid","name"}
//	dasl               the name that DASL has for the property, which may also stand in name; tag, propset and lid win
//	hex, raw           the bytes
//	base64             the bytes; hex and raw win
//	value              the value as text, where none of those is there: then Raw is computed, and Derived
//	size               checked against the bytes
//	derived            true where the bytes were computed from a text: Derived
//	codepage           the number of the code page of a PtypString8
//	source             Source, where an earlier run read a dump; line and offset are then those in that dump, and the
//	                   place in the JSON is told in findings of this package only
//	text               Text
//	inferred           {"raw"}: Inferred, as hex
//	element            a number, as inspect writes it beside one value of a list of binaries: the bytes are that value, and
//	                   Prop is a list of it alone
//	findings           [{"severity","code","offset","len","path","spec","message","effect","ref","repair"}]: those whose
//	                   code begins with the name of a form (mfcmapi., msg., reg. and so on), lines., dump. or mapi. are about
//	                   the dump, and come back. Those of decoders are passed over, because decoding the bytes finds them again.
//	error              what an earlier run could not read, if there are no bytes
//
// The names in one row are one member; of two that are not null the first is used, which is a finding, as is base64 with
// other bytes than hex. All others say what an earlier run made of the bytes, and are passed over. In a line with findings, which inspect
// wrote, null for the bytes means that the dump gave none, and a value is then not turned into bytes.
func NewJSONReader(r io.Reader, source string) *JSONReader {
	return &JSONReader{NewReader(r, source, Any)}
}

// Records yields one record for each line. Line is its number and Offset where it begins, unless the line says both of
// the dump it comes from. Errors are as those of Reader's
// Records; a line that inspect wrote about a record it could not read is one too: the same [diag.Finding] as then where
// the line holds it, else one with the code EarlierError.
func (j *JSONReader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		none := true
		for {
			line, long, err := j.r.next()
			src := j.r.src
			rec := dump.Record{Source: j.r.name, Line: src.Number, Offset: src.Start}
			if err == io.EOF {
				break
			}
			if err == nil {
				switch {
				case long:
					err = note(diag.Error, TooLong, -1, "is longer than %d bytes: skipped", j.r.maxLine)
				case len(bytes.TrimSpace(line)) == 0:
					continue
				default:
					err = object(&rec, line)
				}
			}
			none = false
			if guess := src.TakeGuess(); guess != "" {
				rec.Findings = append(rec.Findings, note(diag.Warning, CharsetGuess, -1, "no byte order mark; read as %s", guess))
			}
			f, ours := err.(diag.Finding)
			if ours {
				rec.Findings = append(rec.Findings, f)
			}
			if !yield(rec, err) || err != nil && !ours {
				return
			}
		}
		if none {
			f := note(diag.Error, NoBlobs, -1, "no object in %d lines", j.r.src.Number)
			yield(dump.Record{Source: j.r.name, Findings: []diag.Finding{f}}, f)
		}
	}
}

// members are the parts of a JSON object this package knows, by the first of their names.
type members map[string][]byte

var memberNames = map[string]string{"proptag": "tag", "proptype": "type", "propset": "guid", "id": "lid", "dispid": "lid", "raw": "hex",
	"tag": "tag", "type": "type", "guid": "guid", "lid": "lid", "propname": "propname", "name": "name", "named": "named",
	"hex": "hex", "base64": "base64", "value": "value", "item": "item", "sub": "sub", "size": "size", "error": "error",
	"set": "guid", "derived": "derived", "source": "source", "line": "line", "offset": "offset", "text": "text",
	"findings": "findings", "inferred": "inferred", "codepage": "codepage", "dasl": "dasl",
	"element": "element"}

// object makes the record of one line. The error is a diag.Finding.
func object(rec *dump.Record, line []byte) error {
	o := &reading{rec: rec, m: members{}, spelled: map[string]string{}}
	end, why := scanObject(line, 0, func(key string, value []byte) { o.take(o.m, "", key, value) })
	switch {
	case why != "":
		f := note(diag.Error, BadJSON, -1, "no JSON object: %s at column %d", why, utf8.RuneCount(line[:end])+1)
		if len(o.m) == 0 {
			return f
		}
		rec.Findings = append(rec.Findings, f)
	case len(bytes.TrimSpace(line[end:])) > 0:
		rec.Findings = append(rec.Findings, note(diag.Error, BadJSON, -1, "more follows the object at column %d", utf8.RuneCount(line[:end])+1))
	}
	rec.Item = o.text("item")
	if sub := o.text("sub"); sub != "" {
		rec.Item = strings.TrimPrefix(rec.Item+"/"+strings.Replace(sub, ":", " ", 1), "/")
	}
	o.provenance()
	if o.m["error"] != nil && o.m["hex"] == nil && o.m["base64"] == nil {
		return o.earlierError(o.earlier())
	}
	o.identity()
	o.bytes()
	o.rec.Text = o.text("text")
	o.inferred()
	o.settle(o.earlier())
	return nil
}

// reading is one line on its way to a record.
type reading struct {
	rec      *dump.Record
	m        members
	typed    bool              // the type is known, from the tag or from "type"
	spelled  map[string]string // how the line spells the names of members
	repeated map[string]bool   // a conflict was told of
	place    string            // where in the JSON this is, if the record says where it was in a dump
}

func (o *reading) find(s diag.Severity, code diag.Code, format string, args ...any) {
	o.rec.Findings = append(o.rec.Findings, note(s, code, -1, format, args...))
}

// take keeps a member: the first that is not null. Within is the name of the object it is in, and a dot.
func (o *reading) take(m members, within, key string, value []byte) {
	name, ok := memberNames[strings.ToLower(key)]
	first := o.spelled[within+name]
	switch {
	case !ok:
	case m[name] == nil || string(m[name]) == "null":
		m[name], o.spelled[within+name] = value, within+key
	case string(value) != "null" && !o.repeated[within+name]:
		if o.repeated == nil {
			o.repeated = map[string]bool{}
		}
		o.repeated[within+name] = true // a line may hold a million of them
		o.conflict(first, within+key)
	}
}

func (o *reading) conflict(first, second string) {
	o.find(diag.Warning, Conflict, "%q and %q are both there: %q is used", first, second, first)
}

// same reports whether two members say the same: as they are written, or as numbers.
func same(a, b []byte) bool {
	n, ok := numberOf(a, 64)
	m, also := numberOf(b, 64)
	return bytes.Equal(a, b) || ok && also && n == m
}

func (o *reading) bad(name, want string) {
	o.find(diag.Error, BadMember, "%q is %s, must be %s", name, start(o.m[name]), want)
}

// text returns a member that is a string, and "" for one that is not there or null.
func (o *reading) text(name string) string {
	if o.m[name] == nil || string(o.m[name]) == "null" {
		return ""
	}
	s, ok := stringOf(o.m[name])
	if !ok {
		o.bad(name, "a string")
	}
	return s
}

// number returns a member that is a number, or a string with one, decimal or hexadecimal.
func (o *reading) number(name string, bits int) (uint64, bool) {
	if o.m[name] == nil || string(o.m[name]) == "null" {
		return 0, false
	}
	n, ok := numberOf(o.m[name], bits)
	if !ok {
		o.bad(name, "a whole number")
	}
	return n, ok
}

// bytes gives the record its bytes and value.
func (o *reading) bytes() {
	rec := o.rec
	if !o.typed {
		rec.Prop.Tag = mapi.TagOf(rec.Prop.Tag.ID(), mapi.PtypBinary)
		if rec.Prop.Tag.ID() == 0 && rec.Prop.Name.IsZero() {
			rec.Prop.Tag = 0
		}
	}
	if said := o.m["derived"]; said != nil {
		rec.Derived = string(said) == "true"
		if !rec.Derived && string(said) != "false" && string(said) != "null" {
			o.bad("derived", "true or false")
		}
	}
	switch s, ok := "", false; {
	case o.m["hex"] != nil && string(o.m["hex"]) != "null":
		if s, ok = stringOf(o.m["hex"]); !ok {
			o.bad("hex", "a string of hex")
			return
		}
		o.blob(readHex([]byte(s), 1))
		other, ok := stringOf(o.m["base64"])
		if there := o.m["base64"] != nil && string(o.m["base64"]) != "null"; there && (!ok || !bytes.Equal(readBase64([]byte(other), 1).raw, rec.Raw)) {
			o.conflict(o.spelled["hex"], o.spelled["base64"])
		}
	case o.m["base64"] != nil && string(o.m["base64"]) != "null":
		if s, ok = stringOf(o.m["base64"]); !ok {
			o.bad("base64", "a string of base64")
			return
		}
		o.blob(readBase64([]byte(s), 1))
	case o.m["hex"] != nil && o.m["findings"] != nil:
		// Inspect writes null where the dump gave no bytes, and "value" is then no evidence of any.
		if rec.Prop.Tag.Type() == mapi.PtypObject && o.m["value"] != nil {
			rec.Prop.Value = mapi.Object{}
		}
		return
	case o.m["value"] != nil:
		o.value()
	default:
		o.find(diag.Warning, NoValue, "has neither bytes nor a value")
		return
	}
	if n, ok := o.number("size", 64); ok && rec.Raw != nil && n != uint64(len(rec.Raw)) {
		o.find(diag.Error, SizeMismatch, "size is %d, there are %d bytes", n, len(rec.Raw))
	}
	if list, ok := rec.Prop.Value.(mapi.MultipleBinary); ok && o.element() {
		rec.Raw, _ = list.AppendBinary(nil) // one binary has always a place in a list
	}
}

// blob takes bytes that were written as text. Columns in its findings count from the beginning of that text.
func (o *reading) blob(t text) {
	o.rec.Raw = t.raw
	o.rec.Findings = append(o.rec.Findings, t.found...)
	o.parse()
}

func (o *reading) parse() {
	rec := o.rec
	if o.m["findings"] != nil && o.m["value"] == nil {
		return // inspect knew bytes and no value
	}
	if rec.Prop.Tag == 0 {
		rec.Prop.Value = mapi.Binary(bytes.Clone(rec.Raw))
		return
	}
	if o.element() {
		rec.Prop.Value = mapi.MultipleBinary{bytes.Clone(rec.Raw)}
		return
	}
	v, err := mapi.ParseRaw(rec.Prop.Tag.Type(), rec.Raw)
	if u, ok := o.unread(v, err); ok {
		rec.Prop.Value = u
		return
	}
	if f, ok := err.(diag.Finding); ok {
		rec.Findings = append(rec.Findings, f)
	}
	if value := o.m["value"]; len(value) > 0 && value[0] == '{' && o.m["codepage"] == nil {
		// Text that its code page does not fit is written with its number.
		scanObject(value, 0, func(key string, value []byte) {
			if key == "codePage" {
				o.m["codepage"] = value
			}
		})
	}
	if n, ok := o.number("codepage", 31); ok {
		v = inCodePage(v, int(n))
	}
	rec.Prop.Value = v
}

// unread returns the value of a line by which an earlier run could not read the bytes as their type, and said why: "value"
// is the bytes once more, in hex. V and err are what reading them gives now.
func (o *reading) unread(v mapi.Value, err error) (mapi.Value, bool) {
	value, raw := o.m["value"], o.rec.Raw
	if len(value) != 2*len(raw)+2 || o.m["findings"] == nil || string(o.m["findings"]) == "[]" {
		return nil, false
	}
	u := mapi.Unknown{PropType: o.rec.Prop.Tag.Type(), Data: raw}
	is := bytes.Equal(u.AppendJSON(nil), value)
	return u, is && (err != nil || !bytes.Equal(v.AppendJSON(nil), value))
}
