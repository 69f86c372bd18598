package mfcmapi

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// TestEscapedEnds reads what is escaped and what is not in one file: a raw property is never unescaped, wherever the
// blocks of the file end.
func TestEscapedEnds(t *testing.T) {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace
	text := func(s string) string { return prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA["+s+"]]></Value>") }
	raw := text("x &lt; y &amp;c.")
	escaped := escape(text("p < q & r"))
	document := `<?xml version="1.0"?><properties>` + raw + "</properties>"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"escaped, raw", escaped + "\n" + raw, []string{"p < q & r", "x &lt; y &amp;c."}},
		{"escaped, raw document", escaped + document, []string{"p < q & r", "x &lt; y &amp;c."}},
		{"escaped, raw, escaped", escaped + raw + escaped + raw, []string{"p < q & r", "x &lt; y &amp;c.", "p < q & r", "x &lt; y &amp;c."}},
		{"raw, escaped", raw + escaped + escaped, []string{"x &lt; y &amp;c.", "p < q & r", "p < q & r"}},
		{"a page around it", "<pre>" + escaped + "</pre><p>" + escaped + "</p>" + raw, []string{"p < q & r", "p < q & r", "x &lt; y &amp;c."}},
		{"escaped twice is not unescaped twice", escaped + escape(escaped) + raw, []string{"p < q & r", "x &lt; y &amp;c."}},
	} {
		for _, pad := range []int{0, 1} {
			in := strings.Repeat("\n", pad*(blockSize-len(escaped)-20)) + tt.in
			_, recs := readAll(iotest.HalfReader(strings.NewReader(in)), 0)
			var got []string
			for _, rec := range recs {
				got = append(got, fmt.Sprint(rec.Prop.Value))
				if c := in[rec.Offset]; c != '<' && c != '&' {
					t.Errorf("%s: offset %d, where %q stands", tt.name, rec.Offset, in[rec.Offset:rec.Offset+9])
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s: (-want +got)\n%s", tt.name, d)
			}
		}
	}
	// The end of a block may lie anywhere.
	in := escaped + raw + escaped
	for at := blockSize - len(in) - carrySize; at < blockSize+carrySize; at++ {
		_, recs := readAll(strings.NewReader(strings.Repeat("\n", at)+in), 0)
		if len(recs) != 3 || fmt.Sprint(recs[1].Prop.Value) != "x &lt; y &amp;c." || fmt.Sprint(recs[2].Prop.Value) != "p < q & r" {
			t.Fatalf("beginning at %d: %v", at, recs)
		}
		if recs[1].Offset != int64(at+len(escaped)) || recs[2].Offset != int64(at+len(escaped)+len(raw)) {
			t.Fatalf("beginning at %d: offsets %d, %d", at, recs[1].Offset, recs[2].Offset)
		}
	}
	// What changes too often is said to be left.
	_, recs := readAll(strings.NewReader(strings.Repeat(escaped+raw, maxSwitches+5)), 0)
	said := 0
	for _, rec := range recs {
		for _, f := range rec.Findings {
			if f.Code == TooLong {
				said++
			}
		}
	}
	if len(recs) != 2*maxSwitches+5 || said != 1 {
		t.Errorf("%d records, said %d times", len(recs), said)
	}
}
