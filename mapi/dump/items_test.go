package dump_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/stretchr/testify/require"
)

func rec(path string, tag mapi.PropTag, v mapi.Value, copied bool) dump.Record {
	r := dump.Record{Source: "x", Item: path, Prop: mapi.Prop{Tag: tag, Value: v}}
	if copied {
		r.Findings = []diag.Finding{{Severity: diag.Info, Code: dump.Copy}}
	}
	return r
}

func seq(recs ...dump.Record) iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for _, r := range recs {
			var err error
			if r.Item == "broken" {
				err = errors.New("broken")
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// outline writes the tree of an item, a line for every object.
func outline(b *strings.Builder, it *mapi.Item, depth int) {
	fmt.Fprintf(b, "%s%q class=%s props=%v\n", strings.Repeat("  ", depth), it.Path, it.Class, it.Props)
	for _, r := range it.Recipients {
		outline(b, r, depth+1)
	}
	for _, a := range it.Attachments {
		outline(b, a, depth+1)
	}
}

func TestItems(t *testing.T) {
	const num = mapi.PropTag(0x00170003)
	one, two := mapi.Integer32(1), mapi.Integer32(2)
	var b strings.Builder
	for item, err := range dump.Items(seq(
		rec("message 0", mapi.PidTagMessageClass, mapi.String("IPM.Appointment"), true),
		rec("message 0", num, one, true),
		rec("message 0", num, two, false),
		rec("message 0/recipient 0", num, one, false),
		rec("message 0/recipient 1", num, two, false),
		rec("broken", 0, nil, false),
		rec("message 0/attachment 0", num, two, false),
		rec("message 0/attachment 0", num, one, true),
		rec("message 0/attachment 0/message", mapi.PidTagMessageClass, mapi.String("IPM.Note"), false),
		rec("message 0/attachment 0/message/recipient 0", num, one, false),
		rec("message 0", num, one, false), // a second full one is kept: nothing is lost
		rec("message 1/attachment 0", num, one, false),
		rec("message 0", num, one, false),
	)) {
		if err != nil {
			fmt.Fprintln(&b, "error:", err)
			continue
		}
		outline(&b, item, 0)
	}
	want := `error: broken
"message 0" class=IPM.Appointment props=[{0x001A001F {00000000-0000-0000-0000-000000000000}:0x0000 IPM.Appointment} {0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 2} {0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 1}]
  "message 0/recipient 0" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 1}]
  "message 0/recipient 1" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 2}]
  "message 0/attachment 0" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 2}]
    "message 0/attachment 0/message" class=IPM.Note props=[]
      "message 0/attachment 0/message/recipient 0" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 1}]
"message 1" class= props=[]
  "message 1/attachment 0" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 1}]
"message 0" class= props=[{0x00170003 {00000000-0000-0000-0000-000000000000}:0x0000 1}]
`
	want = strings.Replace(want, `class=IPM.Note props=[]`, `class=IPM.Note props=[{0x001A001F {00000000-0000-0000-0000-000000000000}:0x0000 IPM.Note}]`, 1)
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestItemsOfRootMessage groups a dump whose message is the file itself.
func TestItemsOfRootMessage(t *testing.T) {
	n := 0
	for item, err := range dump.Items(seq(
		rec("attachment 0", 0x00170003, mapi.Integer32(1), false),
		rec("", mapi.PidTagMessageFlags, mapi.Integer32(0x41), false),
		rec("", mapi.PropTag(0x0E05001F), mapi.String("Calendar"), false),
	)) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if item.Path != "" || len(item.Attachments) != 1 || !item.Associated || item.Folder != "Calendar" {
			t.Errorf("%+v", item)
		}
	}
	if n != 1 {
		t.Errorf("%d items", n)
	}
}

// TestItemsStop leaves the loop early.
func TestItemsStop(t *testing.T) {
	n := 0
	for range dump.Items(seq(rec("row 0", 1, nil, false), rec("row 1", 1, nil, false), rec("row 2", 1, nil, false))) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d items", n)
	}
}

func TestSniff(t *testing.T) {
	wide := func(s string) string {
		b := []byte{0xFF, 0xFE}
		for _, c := range s {
			b = append(b, byte(c), byte(c>>8))
		}
		return string(b)
	}
	const property = `<property tag = "0x0037001F" type = "PT_UNICODE" >`
	for _, tt := range []struct{ name, in, want string }{
		{"msg", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00", "msg"},
		{"tnef", "\x78\x9F\x3E\x22\x00", "tnef"},
		{"mfcmapi", `<?xml version="1.0"?><propertypane>` + property, "mfcmapi"},
		{"mfcmapi, far", `<?xml version="1.0"?>` + "\n<message>\n", "mfcmapi"},
		{"mfcmapi, wide", wide(`<?xml version="1.0" encoding="ISO-8859-1"?>` + property), "mfcmapi"},
		{"mfcmapi in prose", "see below\n" + strings.ReplaceAll(property, "\"", "\u201C"), "mfcmapi"},
		{"mfcmapi, escaped", strings.NewReplacer("<", "&lt;", `"`, "&quot;").Replace(property), "mfcmapi"},
		{"mfcmapi, case", strings.ToUpper(property), "mfcmapi"},
		{"mfcmapi, clipboard", "name: PR_SUBJECT\r\nvalue: x\r\n", "mfcmapi"},
		{"reg", wide("Windows Registry Editor Version 5.00\r\n"), "reg"},
		{"reg 4", "REGEDIT4\r\n", "reg"},
		{"reg, a key alone", "[HKEY_CURRENT_USER\\x]\r\n", "reg"},
		{"reg, on a page", "Try this:\r\n\r\n[HKEY_CURRENT_USER\\x]\r\n", "reg"},
		{"reg, a script", "strName = \"00036601\"\r\narrValue = Array(&H80,&H01)\r\n", "reg"},
		{"pffexport, empty", "Number of sets:\t\t\t0\nNumber of entries per set:\t0\n", "pffexport"},
		{"pffexport", "Entry type:\t\t\t0x00008005\nValue type:\t\t\t0x00000102\n", "pffexport"},
		{"graph", `{"id":"A","singleValueExtendedProperties":[]}`, "graph"},
		{"graph, cmdlets", "[\r\n  {\r\n    \"Id\": \"A\",\r\n    \"MultiValueExtendedProperties\": null", "graph"},
		{"graph, wide", wide(`{"@odata.context":"x","value":[]}`), "graph"},
		{"jsonl about graph", `{"source":"a.json","raw":"00","text":"{\"@odata.context\":1,\"singleValueExtendedProperties\":[]}"}`, "jsonl"},
		{"ews, from far", `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><m:GetItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">`, "ews"},
		{"jsonl", `{"item":"m1","propset":"{00062002-0000-0000-C000-000000000046}","lid":"0x8233","hex":"2C01"}`, "jsonl"},
		{"ews", `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1000"/></t:ExtendedProperty>`, "ews"},
		{"hex", "2C01000000000000C4FFFFFF\n", "lines"},
		{"hex, spaced", "# a zone\n2C 01 00 00 00 00\n", "lines"},
		{"hex, tagged", "0x80380102 = 2C01", "lines"},
		{"hex, named", "PidLidTimeZoneStruct: 2C01", "lines"},
		{"hex, DASL", "http://schemas.microsoft.com/mapi/proptag/0x37010102 = 0102", "lines"},
		{"decimal list", "PidLidTimeZoneStruct : {196, 255, 255, 255...}", "lines"},
		{"csv", "\xEF\xBB\xBFItem;PropTag;Hex\r\nm1;0x37010102;00\r\n", "csv"},
		{"csv, quoted", "\"lid\",\"value\"\n", "csv"},
		{"csv of something else", "tag,value\nx,y\n", ""},
		{"rows", "Row: 0\r\nSubject::x\r\n", "mfcmapi"},
		{"rows of something else", "Row: 0\r\nSubject: x\r\n", ""},
		{"dialog", "Tag: 0x0037001F\r\nType: PT_UNICODE\r\n", "mfcmapi"},
		{"log, time stamps", "0x1a2c 10:11:12.123PM  05-05-2012 0x00000004: Logged on\r\n0x1a2c 10:11:12.123PM  05-05-2012 0x00000004: x = cb: 1 lpb: 00\r\n", "mfcmapi"},
		{"log, names of the old builds", "\t0x0037001F (PT_UNICODE): PR_SUBJECT, \"x\"\r\n", "mfcmapi"},
		{"log", "Outputting\r\nDumping 3 entry IDs.\r\ncb: 1 lpb: 00\r\n", "mfcmapi"},
		{"base64", "LAEAAAAAAADE////AAAAAAsAAAABAAIAAAAAAAAAAAA=\n", "lines"},
		{"cb lpb", "value is cb: 2 lpb: 2C01 there", "lines"},
		{"empty", "", ""},
		{"prose", "Dear all, the meeting is on Monday.\n", ""},
		{"web page", "<!DOCTYPE html><html><body><table></table></body></html>", ""},
		{"maven", `<project><property name="tag">x</property></project>`, ""},
		{"gzip", "\x1F\x8B\x08\x00", ""},
		{"JSON of something else", `{"a":1}`, ""},
	} {
		if got := dump.Sniff([]byte(tt.in)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", dump.Codes(), func(kind, example string) (found []diag.Finding) {
		if kind == "raw" {
			var f diag.Finding
			_, err := dump.Open(strings.NewReader(example), "example", mfcmapi.Form(0))
			require.ErrorAs(t, err, &f)
			return []diag.Finding{f}
		}
		for rec := range mfcmapi.NewReader(strings.NewReader(example), "example", 0).Records() {
			found = append(found, rec.Findings...)
		}
		return found
	})
}

// TestItemsDeep has a path of a hundred thousand steps, which would take hours if each were put together anew.
func TestItemsDeep(t *testing.T) {
	const steps = 100_000
	path := "message" + strings.Repeat("/attachment 1", steps)
	n := 0
	for item, err := range dump.Items(records(dump.Record{Item: path, Prop: mapi.Prop{Tag: mapi.PidTagSubject}})) {
		if err != nil {
			t.Fatal(err)
		}
		for ; len(item.Attachments) > 0; n++ {
			item = item.Attachments[0]
		}
		if item.Path != path || len(item.Props) != 1 {
			t.Errorf("the innermost has %d properties and a path of %d bytes, want %d", len(item.Props), len(item.Path), len(path))
		}
	}
	if n != steps {
		t.Errorf("%d objects inside each other, want %d", n, steps)
	}
}

// TestItemsWithoutIDs has properties whose ids are not known, in a list of a few: none is taken for a copy of another.
func TestItemsWithoutIDs(t *testing.T) {
	note := []diag.Finding{{Severity: diag.Info, Code: dump.Copy}}
	tag := mapi.TagOf(0, mapi.PtypInteger32)
	var recs []dump.Record
	for i := range 4 {
		rec := dump.Record{Prop: mapi.Prop{Tag: tag, Value: mapi.Integer32(i)}}
		if i < 2 {
			rec.Findings = note
		}
		recs = append(recs, rec)
	}
	for item, err := range dump.Items(records(recs...)) {
		if err != nil || len(item.Props) != 4 {
			t.Errorf("%v %v", item.Props, err)
		}
	}
}

func records(recs ...dump.Record) iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for _, rec := range recs {
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// TestItemsDescribed: actions of which a dump has words alone have those; the folders in a path are where an item lies.
func TestItemsDescribed(t *testing.T) {
	described := func(path string, tag mapi.PropTag, text string) dump.Record {
		return dump.Record{Source: "x", Item: path, Prop: mapi.Prop{Tag: tag}, Text: text}
	}
	want := map[string]mapi.Value{"row 0": mapi.String("lpActions"), "row 1": mapi.String("lpRes"), "row 2": nil, "folder Top/folder Inbox/Message00001": nil}
	for item, err := range dump.Items(seq(described("row 0", 0x668000FE, "lpActions"), described("row 1", 0x667900FD, "lpRes"), described("row 2", 0x00170003, "x"),
		described("folder Top/folder Inbox/Message00001", 0x668000FE, ""))) {
		if err != nil || item.Props[0].Value != want[item.Path] {
			t.Errorf("%s has %v (%v)", item.Path, item.Props, err)
		}
		if folder := map[bool]string{true: "Top/Inbox"}[strings.HasPrefix(item.Path, "folder")]; item.Folder != folder {
			t.Errorf("%s lies in %q", item.Path, item.Folder)
		}
		delete(want, item.Path)
	}
	if len(want) > 0 {
		t.Errorf("%v are missing", want)
	}
}
