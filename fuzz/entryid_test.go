package fuzz_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// checkEntryIDJSON reads any text as the value form of an id, and of a ServerID.
func checkEntryIDJSON(tb testing.TB, text []byte) {
	if id := sameAgain[entryid.EntryID](tb, text); id != nil {
		_ = id.Validate()
		id.Normalize()
		b, err := id.MarshalBinary()
		id.Normalize()
		again, errAgain := id.MarshalBinary()
		if string(b) != string(again) || (err == nil) != (errAgain == nil) {
			tb.Fatalf("%s: normalized twice: %x (%v), not %x (%v)", text, again, errAgain, b, err)
		}
	}
	if s := sameAgain[entryid.ServerID](tb, text); s != nil {
		_ = s.Validate()
	}
}

// checkEntryIDText shows an id as MFCMAPI does: what was not read stands there as bytes.
func checkEntryIDText(tb testing.TB, b []byte) {
	_, r := entryid.Inspect(b)
	text := string(entryid.AppendSmartView(nil, r))
	if !strings.HasPrefix(text, "Entry ID") {
		tb.Fatalf("%x: %q", b, text)
	}
	for f := range r.Fields() {
		if raw, ok := f.Value.([]byte); ok && (f.Path == "trailing" || f.Path == "undecoded") && !strings.Contains(text, fmt.Sprintf("%X", raw)) {
			tb.Fatalf("%x: %s is not in %q", b, f.Path, text)
		}
	}
}

var imceaexTexts = []string{"", "IMCEAEX-", "imceaex-_o=Org_cn=a+20b@example.com", "IMCEAEX-+", "IMCEAEX-+4", "IMCEAEX-+4g@", "IMCEAEX-+00+FF_@@",
	"IMCEAEX-a.b c@x", "IMCEAFAX-1@x", "/o=Org/ou=Site/cn=Recipients/cn=user", "/O=ORG/OU=", "/o=a=b/cn=/x"}

// checkIMCEAEX takes any text for an address, for the name that one stands for, and for a DN.
func checkIMCEAEX(tb testing.TB, b []byte) {
	text := string(b)
	dn, domain, found := entryid.ParseIMCEAEX(text)
	worst := diag.Severity(0)
	for _, f := range found {
		if f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(text) || f.Msg == "" {
			tb.Fatalf("%q: %+v", text, f)
		}
		worst = max(worst, f.Severity)
	}
	if worst == 0 {
		// What is right may escape more than it must. It stands for the same as the shortest way to write it.
		again, domain2, _ := entryid.ParseIMCEAEX(entryid.FormatIMCEAEX(dn, domain))
		if shortest := entryid.FormatIMCEAEX(dn, domain); again != dn || domain2 != domain || len(shortest) > len(text)+len("@") {
			tb.Fatalf("%q stands for %q at %q, and %q for %q at %q", text, dn, domain, shortest, again, domain2)
		}
	}
	back, at, found := entryid.ParseIMCEAEX(entryid.FormatIMCEAEX(text, "example.com"))
	if back != text || at != "example.com" || len(found) > 0 {
		tb.Fatalf("%q became %q at %q, %v", text, back, at, found)
	}
	parts, err := entryid.ParseDN(text)
	if err == nil && parts.String() != text || (err == nil) != (len(parts) > 0) {
		tb.Fatalf("%q: %q, %v", text, parts, err)
	}
	if equal, certain := entryid.EqualDN(text, text); !equal || !certain {
		tb.Fatalf("%q is not itself", text)
	}
}
