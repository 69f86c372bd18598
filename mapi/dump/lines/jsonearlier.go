package lines

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// provenance takes over where an earlier run found the property. Without "source" a number of a line or byte would say
// nothing, and the place of the JSON itself stands.
func (o *reading) provenance() {
	source := o.text("source")
	if source == "" {
		return
	}
	rec := o.rec
	o.place = " (line " + strconv.Itoa(rec.Line) + " of " + rec.Source + ")"
	rec.Source, rec.Line, rec.Offset = source, 0, 0
	if n, ok := o.number("line", 31); ok {
		rec.Line = int(n)
	}
	if value := o.m["offset"]; value != nil {
		n, err := strconv.ParseInt(string(value), 10, 64)
		if rec.Offset = n; err != nil || n < -1 { // -1 is what has no place
			rec.Offset = -1
			o.bad("offset", "a whole number")
		}
	}
}

// inferred takes over what an earlier run worked out.
func (o *reading) inferred() {
	value := o.m["inferred"]
	if value == nil || string(value) == "null" {
		return
	}
	var raw []byte
	_, why := scanObject(value, 0, func(key string, value []byte) {
		if strings.EqualFold(key, "raw") && raw == nil {
			raw = value
		}
	})
	s, ok := stringOf(raw)
	h := readHex([]byte(s), 1)
	if why != "" || !ok || !h.good() && s != "" {
		o.bad("inferred", `an object with "raw" in hex`)
		return
	}
	o.rec.Inferred = h.raw
}

// earlier returns the findings of an earlier run that are about the dump. It comes after the bytes are read, because
// spans are checked against them.
func (o *reading) earlier() (found []diag.Finding) {
	value := o.m["findings"]
	if value == nil || string(value) == "null" {
		return nil
	}
	n, wrong, first, reason := 0, 0, 0, ""
	ok := scanArray(value, func(one []byte) {
		f, why := findingOf(one, len(o.rec.Raw))
		if why != "" {
			if wrong++; wrong == 1 {
				first, reason = n, why
			}
		} else if aboutDump(f.Code) {
			found = append(found, f)
		}
		n++
	})
	if wrong > 0 {
		o.find(diag.Error, BadMember, "\"findings\" %d %s; %d of %d are not used", first, reason, wrong, n)
	}
	if !ok {
		o.bad("findings", "an array")
	}
	return found
}

// element reports whether the bytes are one value of a list of binaries, each of which inspect writes in a line of its own.
func (o *reading) element() bool {
	return o.m["element"] != nil && o.rec.Prop.Tag.Type() == mapi.PtypMultipleBinary
}

// aboutDump reports whether a finding was made by what reads dumps, and not by a decoder of blobs, which makes it again.
func aboutDump(code diag.Code) bool {
	reader, name, ok := strings.Cut(string(code), ".")
	return ok && name != "" && slices.Contains([]string{"mfcmapi", "msg", "lines", "dump", "mapi", "reg", "pffexport", "tnef", "graph", "ews"}, reader)
}

// findingOf reads a finding about a blob of so many bytes, or says why it is none. It is the inverse of
// diag.Finding.AppendJSON.
func findingOf(b []byte, size int) (f diag.Finding, why string) {
	f.Span.Offset = -1
	var severity, code string
	wrong := ""
	_, why = scanObject(b, 0, func(key string, value []byte) {
		var text *string
		var number *int
		switch key {
		case "severity":
			text = &severity
		case "code":
			text = &code
		case "path":
			text = &f.Path
		case "spec":
			text = &f.Spec
		case "message":
			text = &f.Msg
		case "effect":
			text = &f.Effect
		case "ref":
			text = &f.Ref
		case "repair":
			text = &f.Repair
		case "offset":
			number = &f.Span.Offset
		case "len":
			number = &f.Span.Len
		}
		ok := true
		if text != nil {
			*text, ok = stringOf(value)
		} else if number != nil {
			n, err := strconv.ParseInt(string(value), 10, 32)
			*number, ok = int(n), err == nil && n >= -1
		}
		if !ok {
			wrong = key
		}
	})
	f.Code = diag.Code(code)
	switch {
	case why != "":
		return f, "is no object: " + why
	case wrong != "":
		return f, "has a bad " + strconv.Quote(wrong)
	case f.Severity.UnmarshalText([]byte(severity)) != nil:
		return f, "has no severity"
	case code == "" || f.Msg == "":
		return f, "has no code or no message"
	case !aboutDump(f.Code):
		return f, ""
	case f.Span.Len < 0 || f.Span.Offset < 0 && f.Span.Len > 0 || f.Span.Offset > size || f.Span.Offset >= 0 && f.Span.Len > size-f.Span.Offset:
		return f, "is about bytes that are not there"
	}
	return f, ""
}

// settle puts the findings of an earlier run before those of this one, which are not said again if they are the same,
// and say where in the JSON they are.
func (o *reading) settle(earlier []diag.Finding) {
	now := o.rec.Findings
	o.rec.Findings = earlier
	for _, f := range now {
		if strings.HasPrefix(string(f.Code), spec+".") {
			f.Msg += o.place
		}
		if !slices.Contains(earlier, f) {
			o.rec.Findings = append(o.rec.Findings, f)
		}
	}
}

// earlierError returns the error that an earlier run had in the place of a record: itself where the line holds it.
func (o *reading) earlierError(earlier []diag.Finding) diag.Finding {
	said := o.text("error")
	for i, f := range earlier {
		if f.Error() == said {
			o.settle(slices.Delete(earlier, i, i+1))
			return f
		}
	}
	o.settle(earlier)
	return note(diag.Error, EarlierError, -1, "an earlier run said: %s", said)
}
