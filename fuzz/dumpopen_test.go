package fuzz_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
)

// checkDumpOpen opens b as whatever it is: the records are those of the form that Sniff names, however the bytes come in,
// and where there is none the error says so.
func checkDumpOpen(tb testing.TB, b []byte) {
	tb.Helper()
	forms := all.Forms(1252)
	var want []string
	name := dump.Sniff(b)
	i := slices.IndexFunc(forms, func(f dump.Form) bool { return f.Name == name })
	if i >= 0 {
		r, err := forms[i].Open(bytes.NewReader(b), sourceName)
		if err != nil {
			tb.Fatalf("%q: %v", b, err)
		}
		want = shown(readDump(r))
	}
	for kind, in := range map[string]io.Reader{"seeker": bytes.NewReader(b), "stream": iotest.HalfReader(bytes.NewReader(b))} {
		r, err := dump.Open(in, sourceName, forms...)
		switch {
		case err != nil && (i >= 0 || !errors.Is(err, dump.UnknownForm)):
			tb.Fatalf("%q, a %s: %v", b, kind, err)
		case err == nil && i < 0 && name != "":
			tb.Fatalf("%q, a %s: opened, and is %s", b, kind, name)
		case err == nil:
			got := shown(readDump(r))
			if i >= 0 && !slices.Equal(want, got) {
				tb.Fatalf("%q, a %s (-%s +Open):\n%s", b, kind, name, cmp.Diff(want, got))
			}
		}
	}
	checkDASL(tb, string(b))
}

// checkDASL writes the name of a property that was read out of text, and reads the same again.
func checkDASL(tb testing.TB, text string) {
	tb.Helper()
	tag, name, ok := mapi.ParseDASL(text)
	if !ok {
		if tag != 0 || !name.IsZero() {
			tb.Fatalf("%q: no name of a property, and %s %s", text, tag, name)
		}
		return
	}
	again := fmt.Sprintf("proptag/%s", tag)
	switch {
	case name.Name != "":
		again = fmt.Sprintf("string/%s/%s/%s", name.Set, name.Name, tag)
	case !name.IsZero():
		again = fmt.Sprintf("id/%s/%04X%04X", name.Set, name.LID, uint32(tag))
	}
	tag2, name2, ok := mapi.ParseDASL(again)
	if !ok || tag2 != tag || name2 != name {
		tb.Fatalf("%q is %s %s, and %q is %s %s", text, tag, name, again, tag2, name2)
	}
}

// daslTexts are names that DASL has for properties, and what is none.
var daslTexts = []string{"http://schemas.microsoft.com/mapi/proptag/0x0037001F", "id/{00062002-0000-0000-C000-000000000046}/825E0102",
	"http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/Keywords/0x0000101F", "string/{00020329-0000-0000-C000-000000000046}/a/b", "urn:schemas:httpmail:subject"}
