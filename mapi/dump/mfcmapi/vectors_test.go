package mfcmapi

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// tz48 is US Eastern as a PidLidTimeZoneStruct.
const tz48 = "2C01000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000"

const named8233 = `<NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8233=33331 = PidLidTimeZoneStruct (dispidTimeZoneStruct)</NamedPropName>`

// show writes a record in one line, as the tables of these tests spell it.
func show(rec dump.Record, err error) string {
	var b strings.Builder
	if rec.Item != "" {
		b.WriteString(rec.Item + ": ")
	}
	if err != nil {
		b.WriteString("error")
	} else {
		fmt.Fprintf(&b, "%s %s", rec.Prop.Tag, rec.Prop.Tag.Type())
		if !rec.Prop.Name.IsZero() {
			fmt.Fprintf(&b, " [%s]", rec.Prop.Name)
		}
		if rec.Raw != nil {
			fmt.Fprintf(&b, " raw=%X", rec.Raw)
		}
		if rec.Derived {
			b.WriteString(" derived")
		}
		switch v := rec.Prop.Value.(type) {
		case nil, mapi.Binary:
		default:
			fmt.Fprintf(&b, " value=%s", v)
		}
		if rec.Text != "" {
			fmt.Fprintf(&b, " text=%q", rec.Text)
		}
		if rec.Inferred != nil {
			fmt.Fprintf(&b, " inferred=%X", rec.Inferred)
		}
	}
	for _, f := range rec.Findings {
		fmt.Fprintf(&b, " | %s: %s", f.Severity, strings.TrimPrefix(string(f.Code), "mfcmapi."))
	}
	return b.String()
}

func readAll(r io.Reader, codePage int) (lines []string, recs []dump.Record) {
	for rec, err := range NewReader(r, "test.xml", codePage).Records() {
		lines = append(lines, show(rec, err))
		recs = append(recs, rec)
	}
	return lines, recs
}

func prop(tag, typ, body string) string {
	return `<property tag = "` + tag + `" type = "` + typ + `" >` + body + `</property>`
}

// utf16le returns s in UTF-16LE.
func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func swapped(s string) string {
	b := []byte(s)
	swap16(b)
	return string(b)
}

// TestVectors holds the reader to the worked vectors, by their numbers.
func TestVectors(t *testing.T) {
	const appt = "{00062002-0000-0000-C000-000000000046}"
	for _, tt := range []struct {
		name, in string
		page     int
		want     []string
	}{
		{name: "V01 G5 binary, named", in: prop("0x80380102", "PT_BINARY", named8233+`<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`),
			want: []string{"0x80380102 PtypBinary [" + appt + ":0x8233] raw=" + tz48}},
		{name: "V02 G1 binary text form", in: `<property tag = "0x80380102" type = "PT_BINARY"><NamedPropGUID>` + appt + ` = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8233=33331 = PidLidTimeZoneStruct, dispidTimeZoneStruct</NamedPropName><Value>cb: 48 lpb: ` + tz48 + `</Value></property>`,
			want: []string{"0x80380102 PtypBinary [" + appt + ":0x8233] raw=" + tz48}},
		{name: "V03 empty binary", in: prop("0x37010102", "PT_BINARY", `<Value cb="0" >NULL</Value>`) + prop("0x37010102", "PT_BINARY", `<Value>cb: 0 lpb: NULL</Value>`),
			want: []string{"0x37010102 PtypBinary raw=", "0x37010102 PtypBinary raw="}},
		{name: "V04 PT_ERROR", in: prop("0x1009000A", "PT_ERROR", `<Name>PR_RTF_COMPRESSED</Name><Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value><AltValue>Body: Open to view</AltValue>`) +
			prop("0x1009000A", "PT_ERROR", `<Name>PR_RTF_COMPRESSED</Name><Value>Err:0x8007000E=MAPI_E_NOT_ENOUGH_MEMORY</Value>`) +
			prop("0x1009000A", "PT_ERROR", `<Value>Err: 0x8007000E=MAPI_E_NOT_ENOUGH_MEMORY</Value>`),
			want: []string{
				"0x1009000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported",
				"0x1009000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported",
				"0x1009000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported"}},
		{name: "V06 CDATA end inside", in: prop("0x0037001F", "PT_UNICODE", `<Value><![CDATA[x]]>y]]></Value><AltValue cb="10" >78005D005D003E007900</AltValue>`),
			want: []string{"0x0037001F PtypString raw=78005D005D003E007900 value=x]]>y"}},
		{name: "V07 hex shorter than cb", in: prop("0x80380102", "PT_BINARY", `<Value cb="48" >2C0100000000</Value>`),
			want: []string{"0x80380102 PtypBinary raw=2C0100000000 | error: length-mismatch"}},
		{name: "V08 odd and bad hex", in: prop("0x37010102", "PT_BINARY", `<Value cb="3" >01020</Value>`) + prop("0x37010102", "PT_BINARY", `<Value cb="3" >0102ZZ</Value>`),
			want: []string{"0x37010102 PtypBinary raw=0102 | error: odd-hex", "0x37010102 PtypBinary raw=0102 | error: bad-hex"}},
		{name: "V09 wrapped hex", in: prop("0x37010102", "PT_BINARY", "<Value cb=\"4\" >01 02\u00A003\u200B04</Value>"),
			want: []string{"0x37010102 PtypBinary raw=01020304 | warning: cleaned-hex"}},
		{name: "V10 SYSTIME, foreign locale", in: prop("0x0E060040", "PT_SYSTIME", `<Value>04:00:00.000 nachm. 05.05.2012</Value><AltValue>Low: 0x1FE4C000 High: 0x01CD2AD8</AltValue>`) +
			prop("0x0E060040", "PT_SYSTIME", `<Value>04:00:00.000 PM 5/5/2012</Value>`) + prop("0x0E060040", "PT_SYSTIME", `<Value>04:00:00.000 nachm. 05.05.2012</Value>`),
			want: []string{
				"0x0E060040 PtypTime raw=00C0E41FD82ACD01 value=2012-05-05T16:00:00Z",
				"0x0E060040 PtypTime raw=00C0E41FD82ACD01 derived value=2012-05-05T16:00:00Z text=\"04:00:00.000 PM 5/5/2012\" | warning: locale-date",
				"0x0E060040 PtypTime text=\"04:00:00.000 nachm. 05.05.2012\" | error: bad-date"}},
		{name: "V11 SYSTIME invalid", in: prop("0x0E060040", "PT_SYSTIME", `<Value>Invalid systime</Value><AltValue>Low: 0xFFFFFFFF High: 0xFFFFFFFF</AltValue>`),
			want: []string{"0x0E060040 PtypTime raw=FFFFFFFFFFFFFFFF value=invalid (0xFFFFFFFFFFFFFFFF) | warning: time-range"}},
		{name: "V12 PT_LONG sign", in: prop("0x00170003", "PT_LONG", `<Value>4294967295</Value><AltValue>0xFFFFFFFF</AltValue>`) + prop("0x00170003", "PT_LONG", `<Value>-1</Value><AltValue>0xFFFFFFFF</AltValue>`),
			want: []string{"0x00170003 PtypInteger32 raw=FFFFFFFF value=-1", "0x00170003 PtypInteger32 raw=FFFFFFFF value=-1"}},
		{name: "V13 PT_I8", in: prop("0x66740014", "PT_I8", `<Value>0x01000001:0xC3B70001</Value><AltValue>72057601616445441</AltValue>`) + prop("0x66740014", "PT_I8", `<Value>0x01000001:0xC3B70001</Value><AltValue>72057601314357249</AltValue>`),
			want: []string{"0x66740014 PtypInteger64 raw=0100B7C301000001 value=72057601616445441", "0x66740014 PtypInteger64 raw=0100B7C301000001 value=72057601616445441 | error: value-mismatch"}},
		{name: "V14 PT_CURRENCY", in: prop("0x80010006", "PT_CURRENCY", `<Value>1.2345</Value><AltValue>0x00000000:0x00003039</AltValue>`) + prop("0x80010006", "PT_CURRENCY", `<Value>-.0001</Value><AltValue>0xFFFFFFFF:0xFFFFFFFF</AltValue>`),
			want: []string{"0x80010006 PtypCurrency raw=3930000000000000 value=1.2345", "0x80010006 PtypCurrency raw=FFFFFFFFFFFFFFFF value=-0.0001"}},
		{name: "V15 MV unicode rows", in: mvRows(2) + mvRows(3), want: []string{
			`0x8010101F PtypMultipleString [{00020329-0000-0000-C000-000000000046}:"Keywords"] raw=060000005200650064000800000061003B0020006200 value=["Red","a; b"]`,
			`0x8010101F PtypMultipleString [{00020329-0000-0000-C000-000000000046}:"Keywords"] raw=060000005200650064000800000061003B0020006200 value=["Red","a; b"] | error: list-count`}},
		{name: "V16 MV in a pane", in: prop("0x8010101F", "PT_MV_UNICODE", `<Value>2: Red; a; b</Value><AltValue>2: cb: 6 lpb: 520065006400; cb: 8 lpb: 61003B0020006200</AltValue>`) +
			prop("0x8010101F", "PT_MV_UNICODE", `<Value>2: Red; a; b</Value>`),
			want: []string{
				`0x8010101F PtypMultipleString raw=060000005200650064000800000061003B0020006200 value=["Red","a; b"]`,
				`0x8010101F PtypMultipleString text="2: Red; a; b" | warning: ambiguous-list`}},
		{name: "V17 MV binary in a pane", in: prop("0x36D81102", "PT_MV_BINARY", `<Value>2: cb: 4 lpb: 01020304; cb: 0 lpb: NULL</Value>`),
			want: []string{`0x36D81102 PtypMultipleBinary raw=040000000102030400000000 value=["01020304",""]`}},
		{name: "V18 raw markup", in: `<attachments><attachment num="0x00000000" filename="a&b.ics"><tableprops></tableprops><getprops>` +
			prop("0x80020003", "PT_LONG", `<NamedPropGUID>{00020329-0000-0000-C000-000000000046} = PS_PUBLIC_STRINGS</NamedPropGUID><NamedPropName>x-a&b<c</NamedPropName><Value>1</Value><AltValue>0x1</AltValue>`) + `</getprops></attachment></attachments>`,
			want: []string{`attachment 0: 0x80020003 PtypInteger32 [{00020329-0000-0000-C000-000000000046}:"x-a&b<c"] raw=01000000 value=1 | info: unescaped-markup | info: unescaped-markup`}},
		{name: "V19 encoding clash", in: "\xFF\xFE" + utf16le(`<?xml version="1.0" encoding="ISO-8859-1"?>`+prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[\u00E8]]></Value>")),
			want: []string{"0x3001001F PtypString raw=E800 derived value=\u00E8 | info: derived | info: declared-encoding"}},
		{name: "V19 without a mark", in: utf16le(`<?xml version="1.0" encoding="ISO-8859-1"?>` + prop("0x3001001F", "PT_UNICODE", `<Value><![CDATA[x]]></Value><AltValue cb="2" >7800</AltValue>`)),
			want: []string{"0x3001001F PtypString raw=7800 value=x | info: declared-encoding"}},
		{name: "V19 ANSI", in: `<?xml version="1.0" encoding="ISO-8859-1"?>` + prop("0x3001001E", "PT_STRING8", "<Value><![CDATA[Doru\xE8en\xE1]]></Value>"),
			want: []string{"0x3001001E PtypString8 raw=446F7275E8656EE1 derived value=Doru\u00E8en\u00E1 text=\"Doru\u00E8en\u00E1\" | info: derived | warning: unknown-codepage"}},
		{name: "V19 ANSI, code page given", page: 1250, in: prop("0x3001001E", "PT_STRING8", "<Value><![CDATA[Doru\xE8en\xE1]]></Value>"),
			want: []string{"0x3001001E PtypString8 raw=446F7275E8656EE1 derived value=Doru\u010Den\u00E1 text=\"Doru\u010Den\u00E1\" | info: derived"}},
		{name: "V19 ANSI, the hex decides", in: prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[Doru\xE8en\xE1]]></Value><AltValue cb=\"16\" >44006F00720075000D0165006E00E100</AltValue>"),
			want: []string{"0x3001001F PtypString raw=44006F00720075000D0165006E00E100 value=Doru\u010Den\u00E1 | info: codepage-text | warning: unknown-codepage"}},
		{name: "V20 illegal characters", in: prop("0x0037001F", "PT_UNICODE", "<Value><![CDATA[\uFFFE.]]></Value><AltValue cb=\"4\" >FEFF0100</AltValue>"),
			want: []string{"0x0037001F PtypString raw=FEFF0100 value=\uFFFE\x01 | info: scrubbed-text | warning: noncharacter"}},
		{name: "V21 escaped once", in: `&lt;property tag = &quot;0x3001001F&quot; type = &quot;PT_UNICODE&quot; &gt;&lt;Value&gt;&lt;![CDATA[Plan]]&gt;&lt;/Value&gt;&lt;/property&gt;`,
			want: []string{`0x3001001F PtypString raw=50006C0061006E00 derived value=Plan | info: derived | warning: html-escaped`}},
		{name: "V22 smart quotes", in: "<property tag = \u201C0x3001001F\u201D type = \u201CPT_UNICODE\u201D><Value><![CDATA[Plan]]></Value></property>",
			want: []string{`0x3001001F PtypString raw=50006C0061006E00 derived value=Plan | warning: typographic-quotes | info: derived`}},
		{name: "V23 pane clipboard", in: "name: PR_SUBJECT\r\notherName: PR_SUBJECT_W, PidTagSubject\r\nvalue: Plan\r\naltValue: cb: 8 lpb: 50006C0061006E00\r\n",
			want: []string{"0x0037001F PtypString raw=50006C0061006E00 value=Plan | warning: guessed-name"}},
		{name: "V33 empty", in: "", want: []string{"error | error: no-properties"}},
		{name: "V33 web page", in: "<html><body><table><tr><td>Nothing</td></tr></table></body></html>", want: []string{"error | error: no-properties"}},
		{name: "V33 gzip", in: "\x1F\x8B\x08\x00\x00\x00", want: []string{"error | error: binary-input"}},
		{name: "V33 zip", in: "PK\x03\x04\x14\x00", want: []string{"error | error: binary-input"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := readAll(strings.NewReader(tt.in), tt.page)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func mvRows(count int) string {
	return prop("0x8010101F", "PT_MV_UNICODE", fmt.Sprintf("<NamedPropGUID>{00020329-0000-0000-C000-000000000046} = PS_PUBLIC_STRINGS</NamedPropGUID><NamedPropName>Keywords</NamedPropName><Value mv=\"true\" count=\"%d\" >\n<row>\n<Value><![CDATA[Red]]></Value>\n<AltValue cb=\"6\" >520065006400</AltValue>\n</row>\n<row>\n<Value><![CDATA[a; b]]></Value>\n<AltValue cb=\"8\" >61003B0020006200</AltValue>\n</row>\n</Value>", count))
}

// TestVectorMessages holds the words of a few findings to the vectors: they name what was expected and what was found.
func TestVectorMessages(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"V07", prop("0x80380102", "PT_BINARY", `<Value cb="48" >2C0100000000</Value>`), "length mismatch: cb 48, found 6"},
		{"V08 odd", prop("0x37010102", "PT_BINARY", `<Value cb="3" >01020</Value>`), "odd number of hex digits (5)"},
		{"V08 bad", prop("0x37010102", "PT_BINARY", `<Value cb="3" >0102ZZ</Value>`), "bad hex digit 'Z' at digit 5"},
		{"V09", prop("0x37010102", "PT_BINARY", "<Value cb=\"4\" >01 02\u00A003\u200B04</Value>"), "cleaned 3 characters"},
		{"V04", prop("0x1009000A", "PT_ERROR", `<Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value>`), "the property's type is PtypBinary"},
		{"V13", prop("0x66740014", "PT_I8", `<Value>0x01000001:0xC3B70001</Value><AltValue>72057601314357249</AltValue>`), "Value 0x01000001C3B70001, AltValue 0x01000001B1B58001"},
		{"V15", mvRows(3), "MV count 3, rows 2"},
		{"V16", prop("0x8010101F", "PT_MV_UNICODE", `<Value>2: Red; a; b</Value>`), "ambiguous separators (count 2, 3 parts)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, recs := readAll(strings.NewReader(tt.in), 0)
			if len(recs) != 1 || len(recs[0].Findings) == 0 {
				t.Fatalf("want one record with findings, got %+v", recs)
			}
			if msg := recs[0].Findings[0].Msg; !strings.Contains(msg, tt.want) {
				t.Errorf("finding says %q, want %q in it", msg, tt.want)
			}
		})
	}
}

// TestRowNumbers is vector V32: the exporter numbers rows from 0 again every twenty.
func TestRowNumbers(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\"?>\n<table>\n")
	for i := range 21 {
		fmt.Fprintf(&b, "<row index = \"0x%08X\">\n\t%s\n</row>\n", i%20, prop("0x00170003", "PT_LONG", "<Value>1</Value><AltValue>0x1</AltValue>"))
	}
	b.WriteString("</table>\n")
	_, recs := readAll(&b, 0)
	if len(recs) != 21 {
		t.Fatalf("%d records, want 21", len(recs))
	}
	for i, rec := range recs {
		if want := fmt.Sprintf("row %d", i); rec.Item != want {
			t.Errorf("record %d is of %q, want %q", i, rec.Item, want)
		}
		repeated := len(rec.Findings) == 1 && rec.Findings[0].Code == RowIndex && rec.Findings[0].Severity == diag.Info
		if repeated != (i == 20) {
			t.Errorf("record %d has the findings %v", i, rec.Findings)
		}
	}
}
