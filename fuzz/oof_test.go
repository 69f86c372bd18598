package fuzz_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

// textsOf makes seeds of the texts of a folder's vectors.
func textsOf(folder string) seeder {
	return func(tb testing.TB) (all []seed) {
		for _, v := range golden.Load(tb, folder) {
			text, _ := v.Section("input.txt")
			all = append(all, seed{v.Name, []byte(text)})
		}
		return all
	}
}

// checkOOFSettings reads any text as settings. What is accepted is what encoding/xml accepts too, or has characters that
// XML does not have; and it is written as it was read.
func checkOOFSettings(tb testing.TB, b []byte) {
	text := string(b)
	s, r := oof.InspectSettings(text)
	decoded, err := oof.DecodeSettings(text)
	if (err == nil) != (r.Max() < diag.Error) || err == nil && !reflect.DeepEqual(s, decoded) || err != nil && decoded != nil {
		tb.Fatalf("%q: Decode says %v, Inspect %v", text, err, r.Max())
	}
	odd := false
	for f := range r.Findings() {
		if f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(text) || f.Path == "" || f.Msg == "" {
			tb.Fatalf("%q: %#v", text, f)
		}
		odd = odd || f.Code == oof.XMLCharacter || f.Code == oof.XMLDeclaration
	}
	sameThroughJSON(tb, s, new(oof.Settings))
	if len(s.Internal()) > 2*len(text) || len(s.External()) > 2*len(text) {
		tb.Fatalf("%q: the text is longer than what it is made of", text)
	}
	if err != nil {
		return
	}
	if !odd && !strings.Contains(text, "\x00") {
		checkWellFormed(tb, text)
	}
	s.EWS = false
	if s.InternalReply == nil || s.ExternalReply == nil {
		return // of a copy
	}
	out := string(s.AppendXML(nil))
	if back, err := oof.DecodeSettings(out); err != nil || !reflect.DeepEqual(back, s) {
		tb.Fatalf("%q became %q: %+v (%v), not %+v", text, out, back, err, s)
	}
}

// checkWellFormed wants encoding/xml to accept what we do, save for the names, which are not checked here.
func checkWellFormed(tb testing.TB, text string) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		_, err := d.RawToken()
		if err == io.EOF {
			return
		}
		if err != nil {
			for _, of := range []string{"invalid XML name", "expected element name", "expected attribute name", "unsupported version", "invalid sequence", "ProcInst", "invalid UTF-8", "unescaped <", "expected target", "invalid character entity", "illegal character code", "colon", "attribute name without"} {
				if strings.Contains(err.Error(), of) {
					return
				}
			}
			tb.Fatalf("%q is accepted, and encoding/xml says %v", text, err)
		}
	}
}

// sameThroughJSON wants a value to come back out of its JSON.
func sameThroughJSON(tb testing.TB, v any, back any) {
	tb.Helper()
	first, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(first, back); err != nil {
		tb.Fatalf("%v in %s", err, first)
	}
	if second, err := json.Marshal(back); err != nil || !bytes.Equal(first, second) {
		tb.Fatalf("%s became %s (%v)", first, second, err)
	}
}

// checkOOFLog reads any text as a log: the records hold all of it.
func checkOOFLog(tb testing.TB, b []byte) {
	v, r := oof.InspectLog(string(b))
	var raw strings.Builder
	for _, rec := range v.Records {
		raw.WriteString(rec.Raw)
		for _, part := range []string{rec.Time, rec.Mailbox, rec.OofState, rec.InternalReply, rec.ExternalReply, rec.Comment} {
			if !strings.Contains(rec.Raw, part) {
				tb.Fatalf("%q is not in %q", part, rec.Raw)
			}
		}
	}
	if raw.String() != string(b) || r.Max() >= diag.Error {
		tb.Fatalf("%q became %q (%v)", b, raw.String(), r.Max())
	}
	for _, i := range v.Overridden() {
		if i < 1 || i > len(v.Records)-2 {
			tb.Fatalf("%q: record %d is not between two others", b, i)
		}
	}
	sameThroughJSON(tb, v, new(oof.Log))
}

// checkOOFJSON reads any text as the value forms.
func checkOOFJSON(tb testing.TB, text []byte) {
	if s := sameAgain[oof.Settings](tb, text); s != nil {
		_, _ = s.Internal(), s.External()
		_ = s.AppendXML(nil)
	}
	if h := sameAgain[oof.History](tb, text); h != nil {
		_ = h.Validate()
	}
	if v := sameAgain[oof.Log](tb, text); v != nil {
		_ = v.Overridden()
	}
}
