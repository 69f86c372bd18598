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
		{name: "V01 G5 binary, named", in: prop("0x80A40102", "PT_BINARY", named8233+`<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`),
			want: []string{"0x80A40102 PtypBinary [" + appt + ":0x8233] raw=" + tz48}},
		{name: "V02 G1 binary text form", in: `<property tag = "0x80A40102" type = "PT_BINARY"><NamedPropGUID>` + appt + ` = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8233=33331 = PidLidTimeZoneStruct, dispidTimeZoneStruct</NamedPropName><Value>cb: 48 lpb: ` + tz48 + `</Value></property>`,
			want: []string{"0x80A40102 PtypBinary [" + appt + ":0x8233] raw=" + tz48}},
		{name: "V03 empty binary", in: prop("0x66050102", "PT_BINARY", `<Value cb="0" >NULL</Value>`) + prop("0x66050102", "PT_BINARY", `<Value>cb: 0 lpb: NULL</Value>`),
			want: []string{"0x66050102 PtypBinary raw=", "0x66050102 PtypBinary raw="}},
		{name: "V04 PT_ERROR", in: prop("0x300B000A", "PT_ERROR", `<Name>PR_SEARCH_KEY</Name><Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value><AltValue>Key: ask the store</AltValue>`) +
			prop("0x300B000A", "PT_ERROR", `<Name>PR_SEARCH_KEY</Name><Value>Err:0x8007000E=MAPI_E_NOT_ENOUGH_MEMORY</Value>`) +
			prop("0x300B000A", "PT_ERROR", `<Value>Err: 0x8007000E=MAPI_E_NOT_ENOUGH_MEMORY</Value>`),
			want: []string{
				"0x300B000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported",
				"0x300B000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported",
				"0x300B000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | warning: not-exported"}},
		{name: "V06 CDATA end inside", in: prop("0x0E1D001F", "PT_UNICODE", `<Value><![CDATA[k]]>77]]></Value><AltValue cb="12" >6B005D005D003E0037003700</AltValue>`),
			want: []string{"0x0E1D001F PtypString raw=6B005D005D003E0037003700 value=k]]>77"}},
		{name: "V07 hex shorter than cb", in: prop("0x80A40102", "PT_BINARY", `<Value cb="40" >78000000FFFF</Value>`),
			want: []string{"0x80A40102 PtypBinary raw=78000000FFFF | error: length-mismatch"}},
		{name: "V08 odd and bad hex", in: prop("0x66050102", "PT_BINARY", `<Value cb="3" >A1B2C</Value>`) + prop("0x66050102", "PT_BINARY", `<Value cb="3" >A1B2QQ</Value>`),
			want: []string{"0x66050102 PtypBinary raw=A1B2 | error: odd-hex", "0x66050102 PtypBinary raw=A1B2 | error: bad-hex"}},
		{name: "V09 wrapped hex", in: prop("0x66050102", "PT_BINARY", "<Value cb=\"4\" >9A 8B\u00A07C\u200B6D</Value>"),
			want: []string{"0x66050102 PtypBinary raw=9A8B7C6D | warning: cleaned-hex"}},
		{name: "V10 SYSTIME, foreign locale", in: prop("0x00390040", "PT_SYSTIME", `<Value>09:15:00.000 nachm. 23.11.2009</Value><AltValue>Low: 0x03DF6200 High: 0x01CA6C82</AltValue>`) +
			prop("0x00390040", "PT_SYSTIME", `<Value>09:15:00.000 PM 11/23/2009</Value>`) + prop("0x00390040", "PT_SYSTIME", `<Value>09:15:00.000 nachm. 23.11.2009</Value>`),
			want: []string{
				"0x00390040 PtypTime raw=0062DF03826CCA01 value=2009-11-23T21:15:00Z",
				"0x00390040 PtypTime raw=0062DF03826CCA01 derived value=2009-11-23T21:15:00Z text=\"09:15:00.000 PM 11/23/2009\" | warning: locale-date",
				"0x00390040 PtypTime text=\"09:15:00.000 nachm. 23.11.2009\" | error: bad-date"}},
		{name: "V11 SYSTIME invalid", in: prop("0x00470040", "PT_SYSTIME", `<Value>Invalid systime</Value><AltValue>Low: 0xFFFFFFFF High: 0xFFFFFFFF</AltValue>`),
			want: []string{"0x00470040 PtypTime raw=FFFFFFFFFFFFFFFF value=invalid (0xFFFFFFFFFFFFFFFF) | warning: time-range"}},
		{name: "V12 PT_LONG sign", in: prop("0x00360003", "PT_LONG", `<Value>4294967294</Value><AltValue>0xFFFFFFFE</AltValue>`) + prop("0x00360003", "PT_LONG", `<Value>-2</Value><AltValue>0xFFFFFFFE</AltValue>`),
			want: []string{"0x00360003 PtypInteger32 raw=FEFFFFFF value=-2", "0x00360003 PtypInteger32 raw=FEFFFFFF value=-2"}},
		{name: "V13 PT_I8", in: prop("0x67480014", "PT_I8", `<Value>0x02000007:0x0000BEEF</Value><AltValue>144115218140675823</AltValue>`) + prop("0x67480014", "PT_I8", `<Value>0x02000007:0x0000BEEF</Value><AltValue>144115218140675840</AltValue>`),
			want: []string{"0x67480014 PtypInteger64 raw=EFBE000007000002 value=144115218140675823", "0x67480014 PtypInteger64 raw=EFBE000007000002 value=144115218140675823 | error: value-mismatch"}},
		{name: "V14 PT_CURRENCY", in: prop("0x80620006", "PT_CURRENCY", `<Value>77.0150</Value><AltValue>0x00000000:0x000BC066</AltValue>`) + prop("0x80620006", "PT_CURRENCY", `<Value>-.0025</Value><AltValue>0xFFFFFFFF:0xFFFFFFE7</AltValue>`),
			want: []string{"0x80620006 PtypCurrency raw=66C00B0000000000 value=77.0150", "0x80620006 PtypCurrency raw=E7FFFFFFFFFFFFFF value=-0.0025"}},
		{name: "V15 MV unicode rows", in: mvRows(2) + mvRows(3), want: []string{
			`0x8123101F PtypMultipleString [{00020329-0000-0000-C000-000000000046}:"Colours"] raw=080000005400650061006C00120000004F00730074003B0020005700650073007400 value=["Teal","Ost; West"]`,
			`0x8123101F PtypMultipleString [{00020329-0000-0000-C000-000000000046}:"Colours"] raw=080000005400650061006C00120000004F00730074003B0020005700650073007400 value=["Teal","Ost; West"] | error: list-count`}},
		{name: "V16 MV in a pane", in: prop("0x8123101F", "PT_MV_UNICODE", `<Value>2: Teal; Ost; West</Value><AltValue>2: cb: 8 lpb: 5400650061006C00; cb: 18 lpb: 4F00730074003B0020005700650073007400</AltValue>`) +
			prop("0x8123101F", "PT_MV_UNICODE", `<Value>2: Teal; Ost; West</Value>`),
			want: []string{
				`0x8123101F PtypMultipleString raw=080000005400650061006C00120000004F00730074003B0020005700650073007400 value=["Teal","Ost; West"]`,
				`0x8123101F PtypMultipleString text="2: Teal; Ost; West" | warning: ambiguous-list`}},
		{name: "V17 MV binary in a pane", in: prop("0x66501102", "PT_MV_BINARY", `<Value>2: cb: 5 lpb: DEADBEEF01; cb: 0 lpb: NULL</Value>`),
			want: []string{`0x66501102 PtypMultipleBinary raw=05000000DEADBEEF0100000000 value=["deadbeef01",""]`}},
		{name: "V18 raw markup", in: `<attachments><attachment num="0x00000000" filename="plan&menu.gif"><tableprops></tableprops><getprops>` +
			prop("0x80710003", "PT_LONG", `<NamedPropGUID>{00020329-0000-0000-C000-000000000046} = PS_PUBLIC_STRINGS</NamedPropGUID><NamedPropName>r&d<plan</NamedPropName><Value>1</Value><AltValue>0x1</AltValue>`) + `</getprops></attachment></attachments>`,
			want: []string{`attachment 0: 0x80710003 PtypInteger32 [{00020329-0000-0000-C000-000000000046}:"r&d<plan"] raw=01000000 value=1 | info: unescaped-markup | info: unescaped-markup`}},
		{name: "V19 encoding clash", in: "\xFF\xFE" + utf16le(`<?xml version="1.0" encoding="ISO-8859-1"?>`+prop("0x0E04001F", "PT_UNICODE", "<Value><![CDATA[\u00F6]]></Value>")),
			want: []string{"0x0E04001F PtypString raw=F600 derived value=\u00F6 | info: derived | info: declared-encoding"}},
		{name: "V19 without a mark", in: utf16le(`<?xml version="1.0" encoding="ISO-8859-1"?>` + prop("0x0E04001F", "PT_UNICODE", `<Value><![CDATA[x]]></Value><AltValue cb="2" >7800</AltValue>`)),
			want: []string{"0x0E04001F PtypString raw=7800 value=x | info: declared-encoding"}},
		{name: "V19 ANSI", in: `<?xml version="1.0" encoding="ISO-8859-1"?>` + prop("0x0E04001E", "PT_STRING8", "<Value><![CDATA[P\xF8\xEDklad]]></Value>"),
			want: []string{"0x0E04001E PtypString8 raw=50F8ED6B6C6164 derived value=P\u00F8\u00EDklad text=\"P\u00F8\u00EDklad\" | info: derived | warning: unknown-codepage"}},
		{name: "V19 ANSI, code page given", page: 1250, in: prop("0x0E04001E", "PT_STRING8", "<Value><![CDATA[P\xF8\xEDklad]]></Value>"),
			want: []string{"0x0E04001E PtypString8 raw=50F8ED6B6C6164 derived value=P\u0159\u00EDklad text=\"P\u0159\u00EDklad\" | info: derived"}},
		{name: "V19 ANSI, the hex decides", in: prop("0x0E04001F", "PT_UNICODE", "<Value><![CDATA[P\xF8\xEDklad]]></Value><AltValue cb=\"14\" >50005901ED006B006C0061006400</AltValue>"),
			want: []string{"0x0E04001F PtypString raw=50005901ED006B006C0061006400 value=P\u0159\u00EDklad | info: codepage-text | warning: unknown-codepage"}},
		{name: "V20 illegal characters", in: prop("0x0E1D001F", "PT_UNICODE", "<Value><![CDATA[\uFFFE.q]]></Value><AltValue cb=\"6\" >FEFF02007100</AltValue>"),
			want: []string{"0x0E1D001F PtypString raw=FEFF02007100 value=\uFFFE\x02q | info: scrubbed-text | warning: noncharacter"}},
		{name: "V21 escaped once", in: `&lt;property tag = &quot;0x0E04001F&quot; type = &quot;PT_UNICODE&quot; &gt;&lt;Value&gt;&lt;![CDATA[Menu]]&gt;&lt;/Value&gt;&lt;/property&gt;`,
			want: []string{`0x0E04001F PtypString raw=4D0065006E007500 derived value=Menu | info: derived | warning: html-escaped`}},
		{name: "V22 smart quotes", in: "<property tag = \u201C0x0E04001F\u201D type = \u201CPT_UNICODE\u201D><Value><![CDATA[Menu]]></Value></property>",
			want: []string{`0x0E04001F PtypString raw=4D0065006E007500 derived value=Menu | warning: typographic-quotes | info: derived`}},
		{name: "V23 pane clipboard", in: "name: PR_DISPLAY_TO\r\notherName: PR_DISPLAY_TO_W, PidTagDisplayTo\r\nvalue: Menu\r\naltValue: cb: 8 lpb: 4D0065006E007500\r\n",
			want: []string{"0x0E04001F PtypString raw=4D0065006E007500 value=Menu | warning: guessed-name"}},
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
	return prop("0x8123101F", "PT_MV_UNICODE", fmt.Sprintf("<NamedPropGUID>{00020329-0000-0000-C000-000000000046} = PS_PUBLIC_STRINGS</NamedPropGUID><NamedPropName>Colours</NamedPropName><Value mv=\"true\" count=\"%d\" >\n<row>\n<Value><![CDATA[Teal]]></Value>\n<AltValue cb=\"8\" >5400650061006C00</AltValue>\n</row>\n<row>\n<Value><![CDATA[Ost; West]]></Value>\n<AltValue cb=\"18\" >4F00730074003B0020005700650073007400</AltValue>\n</row>\n</Value>", count))
}

// TestVectorMessages holds the words of a few findings to the vectors: they name what was expected and what was found.
func TestVectorMessages(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"V07", prop("0x80A40102", "PT_BINARY", `<Value cb="40" >78000000FFFF</Value>`), "length mismatch: cb 40, found 6"},
		{"V08 odd", prop("0x66050102", "PT_BINARY", `<Value cb="3" >A1B2C</Value>`), "odd number of hex digits (5)"},
		{"V08 bad", prop("0x66050102", "PT_BINARY", `<Value cb="3" >A1B2QQ</Value>`), "bad hex digit 'Q' at digit 5"},
		{"V09", prop("0x66050102", "PT_BINARY", "<Value cb=\"4\" >9A 8B\u00A07C\u200B6D</Value>"), "cleaned 3 characters"},
		{"V04", prop("0x300B000A", "PT_ERROR", `<Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value>`), "the property's type is PtypBinary"},
		{"V13", prop("0x67480014", "PT_I8", `<Value>0x02000007:0x0000BEEF</Value><AltValue>144115218140675840</AltValue>`), "Value 0x020000070000BEEF, AltValue 0x020000070000BF00"},
		{"V15", mvRows(3), "MV count 3, rows 2"},
		{"V16", prop("0x8123101F", "PT_MV_UNICODE", `<Value>2: Teal; Ost; West</Value>`), "ambiguous separators (count 2, 3 parts)"},
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
