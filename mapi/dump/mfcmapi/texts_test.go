package mfcmapi

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

const stamp = "0x1a2c 10:11:12.123AM  05-05-2012 0x00000004: "

// TestTexts reads what MFCMAPI copies and logs.
func TestTexts(t *testing.T) {
	const appt = "{00062002-0000-0000-C000-000000000046}"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"pane, named, lines in a value", "value: one\r\ntwo\r\nnamedPropName: id: 0x8208=33288 = PidLidLocation (dispidLocation)\r\nnamedPropGuid: " + appt + " = PSETID_Appointment\r\n",
			[]string{`0x0000001F PtypString [` + appt + `:0x8208] raw=6F006E0065000D000A00740077006F00 derived value=` + "one\r\ntwo" + ` | warning: guessed-name | info: derived`}},
		{"pane, two properties", "name: PR_IMPORTANCE\r\nvalue: 1\r\naltValue: 0x1\r\nname: PR_MESSAGE_FLAGS\r\nvalue: 2\r\n",
			[]string{"0x00170003 PtypInteger32 raw=01000000 value=1 | warning: guessed-name", "0x0E070003 PtypInteger32 raw=02000000 value=2 | warning: guessed-name"}},
		{"pane, an error", "name: PR_IMPORTANCE\r\nvalue: Err: 0x8004010F=MAPI_E_NOT_FOUND\r\n",
			[]string{`0x00170003 PtypInteger32 text="Err: 0x8004010F=MAPI_E_NOT_FOUND" | warning: guessed-name | error: bad-value`}},
		{"rows", "Row: 17\r\nSubject::Plan\r\nPR_IMPORTANCE::1\r\nRow: 18\r\nSubject::a\r\nb::c\r\nPR_IMPORTANCE::2\r\n",
			[]string{
				`row 17: 0x00000000 PtypUnspecified text="Subject: Plan" | info: label-only`,
				"row 17: 0x00170003 PtypInteger32 raw=01000000 value=1 | warning: guessed-name",
				`row 18: 0x00000000 PtypUnspecified text="Subject: a\r\nb::c" | info: label-only`,
				"row 18: 0x00170003 PtypInteger32 raw=02000000 value=2 | warning: guessed-name"}},
		{"rows, bytes", "Row: 0\r\nKey::cb: 2 lpb: 0102\r\nPR_ENTRYID::cb: 3 lpb: 0102\r\nPR_SENT_REPRESENTING_ENTRYID::\r\n",
			[]string{
				`row 0: 0x00000102 PtypBinary raw=0102 text="Key" | info: label-only`,
				`row 0: 0x0FFF0102 PtypBinary raw=0102 | warning: guessed-name | error: length-mismatch`,
				`row 0: 0x00410102 PtypBinary raw= | warning: guessed-name`}},
		{"dialog", "Tag: 0x0037001F\r\nType: PT_UNICODE\r\nProperty Name: PR_SUBJECT\r\nOther Names: PR_SUBJECT_W\r\nDASL: http://schemas.microsoft.com/mapi/proptag/0x0037001F\r\n",
			[]string{"0x0037001F PtypString | info: tag-only"}},
		{"dialog, named", "Tag: 0x80050102\r\nType: PT_BINARY\r\nDASL: http://schemas.microsoft.com/mapi/id/" + appt + "/825E0102\r\nNamed Prop Name: id: 0x825E=33374 = PidLidAppointmentTimeZoneDefinitionStartDisplay\r\nNamed Prop Guid: " + appt + " = PSETID_Appointment\r\n",
			[]string{"0x80050102 PtypBinary [" + appt + ":0x825E] | info: tag-only"}},
		{"dialog, DASL alone", "DASL: id/" + appt + "/825E0102\r\nDASL: string/{00020329-0000-0000-C000-000000000046}/Keywords\r\n",
			[]string{"0x00000102 PtypBinary [" + appt + ":0x825E] | info: tag-only", `0x00000000 PtypUnspecified [{00020329-0000-0000-C000-000000000046}:"Keywords"] | info: tag-only`}},
		{"dialog, contradictions", "Tag: 0x0037001F\r\nType: PT_LONG\r\nDASL: proptag/0x00370003\r\nTag: 0xZZ\r\nDASL: x\r\n",
			[]string{"0x0037001F PtypString | warning: type-mismatch | warning: type-mismatch | info: tag-only", "0x00000000 PtypUnspecified | error: bad-tag | error: bad-name | info: tag-only"}},
		{"dialog, a tag beside no DASL", "Tag: 0x0037001F\r\nDASL: x\r\n", []string{"0x0037001F PtypString | warning: bad-name | info: tag-only"}},
		{"dialog, two names", "Tag: 0x80050102\r\nDASL: id/" + appt + "/825E0102\r\nNamed Prop Name: id: 0x825F=33375\r\nNamed Prop Guid: " + appt + "\r\n",
			[]string{"0x80050102 PtypBinary [" + appt + ":0x825F] | warning: type-mismatch | info: tag-only"}},
		{"log, a property", stamp + "Outputting\r\n" + stamp + "\t" + prop("0x00170003", "PT_LONG", "<Value>1</Value><AltValue>0x1</AltValue>") + "\r\n",
			[]string{"0x00170003 PtypInteger32 raw=01000000 value=1 | info: stray-text"}},
		{"log, a property over lines", stamp + "\t<property tag = \"0x00170003\" type = \"PT_LONG\" >\r\n\t\t<Value>1</Value>\r\n\t</property>\r\n" + stamp + "cb: 1 lpb: 00\r\n",
			[]string{"0x00170003 PtypInteger32 raw=01000000 value=1", `0x00000102 PtypBinary raw=00 | info: label-only`}},
		{"log, entry ids", "Dumping 2 entry IDs.\r\nlpEntryList->lpbin[0]\r\n\tcb: 2 lpb: 0102\r\nlpEntryList->lpbin[1]\r\n\tcb: 0 lpb: NULL\r\nEnd dumping entry list.\r\n",
			[]string{`0x00000102 PtypBinary raw=0102 text="lpEntryList->lpbin[0]" | info: label-only`, `0x00000102 PtypBinary raw= text="lpEntryList->lpbin[1]" | info: label-only | info: stray-text`}},
		{"log, too few", "Dumping 2 entry IDs.\r\nlpEntryList->lpbin[0]\r\n\tcb: 3 lpb: 0102\r\n",
			[]string{`0x00000102 PtypBinary raw=0102 text="lpEntryList->lpbin[0]" | error: length-mismatch | info: label-only | error: list-count | info: stray-text`}},
		{"log, a notification", stamp + "lpNotifications[0].info.obj.lpOldID = \r\ncb: 4 lpb: 01020304\r\nlpNotifications[0].info.obj.lpParentID = cb: 1 lpb: 0Z\r\n",
			[]string{`0x00000102 PtypBinary raw=01020304 text="lpNotifications[0].info.obj.lpOldID =" | info: label-only`,
				`0x00000102 PtypBinary raw= text="lpNotifications[0].info.obj.lpParentID =" | error: bad-hex | info: label-only | info: stray-text`}},
		{"log, tags", "\tProp tag list, 2 props\r\n\t\tProp: 0 = 0x0037001F (PT_UNICODE): PR_SUBJECT: (PR_SUBJECT_A)\r\n\t\tProp: 1 = 0x80050003 (PT_LONG): PidLidBusyStatus: Named Prop Name: id: 0x8205=33285: Guid: " + appt + " = PSETID_Appointment\r\n",
			[]string{"0x0037001F PtypString | info: tag-only", "0x80050003 PtypInteger32 [" + appt + ":0x8205] | info: tag-only | info: stray-text"}},
		{"log of 2008", stamp + "0x00170003 (PT_LONG): PR_IMPORTANCE: (ptagImportance), \"4294967295\", \"0xFFFFFFFF\", \"Flags: x\"\r\n" +
			"\t0x0037001F (PT_UNICODE): PR_SUBJECT: (PR_SUBJECT_A), \"say \"hi\", \"you\"\", \"cb: 4 lpb: 61006200\"\r\n" +
			"0x66050102 (PT_BINARY): PR_X, \"cb: 2 lpb: 0D22\", \".\"\"\r\n0x1000001F (PT_UNICODE): PR_BODY, \"a\r\nb\"\r\n0x0E04001F (PT_UNICODE): PR_DISPLAY_TO, \"cut",
			[]string{
				"0x00170003 PtypInteger32 raw=FFFFFFFF value=-1",
				`0x0037001F PtypString raw=61006200 value=ab | error: value-mismatch`,
				"0x66050102 PtypBinary raw=0D22",
				"0x1000001F PtypString raw=61000D000A006200 derived value=" + "a\r\nb" + " | info: derived",
				"0x0E04001F PtypString raw=630075007400 derived value=cut | error: unterminated | info: derived"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := dump.Sniff([]byte(tt.in)); got != "mfcmapi" && !strings.HasPrefix(tt.name, "pane, named") {
				t.Errorf("Sniff says %q", got)
			}
			got, recs := readAll(strings.NewReader(tt.in), 0)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			for _, rec := range recs {
				if rec.Line != 1+strings.Count(tt.in[:rec.Offset], "\n") {
					t.Errorf("%s is on line %d, offset %d", rec.Prop.Tag, rec.Line, rec.Offset)
				}
			}
			checkLaws(t, tt.in)
			wide, _ := readAll(strings.NewReader("\xFF\xFE"+utf16le(tt.in)), 0)
			if d := cmp.Diff(tt.want, wide); d != "" {
				t.Errorf("as UTF-16 (-want +got)\n%s", d)
			}
			for i := range tt.in {
				checkLaws(t, tt.in[:i])
			}
		})
	}
}

// TestHostileTexts reads texts that cost a careless reader hours.
func TestHostileTexts(t *testing.T) {
	want := map[string]int{"bytes in a log": 1 << 18, "dialogs": 1 << 16}
	for name, in := range map[string]string{
		"markup in a log":   stamp + strings.Repeat("<property ", 1<<20),
		"bytes in a log":    stamp + strings.Repeat("cb: 1 lpb: 00 ", 1<<18),
		"no bytes in a log": stamp + strings.Repeat("cb:", 1<<21),
		"one line of hex":   stamp + "cb: 8388608 lpb: " + strings.Repeat("00", 1<<23),
		"lines in a log":    stamp + strings.Repeat("\n", 1<<22),
		"quotes in a log":   "0x1000001F (PT_UNICODE): PR_BODY, \"" + strings.Repeat("\", \"", 1<<20),
		"columns":           "Row: 0\nA::\n" + strings.Repeat("::", 1<<21),
		"many columns":      "Row: 0\n" + strings.Repeat("a::\n", 1<<16) + strings.Repeat("Row: 1\n", 1<<16),
		"dialogs":           strings.Repeat("Tag: 0x0037001F\n", 1<<16),
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			n := 0
			for range NewReader(strings.NewReader(in), "x", 0).Records() {
				n++
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("%d records in %v", n, took)
			} else {
				t.Logf("%d records of %d bytes in %v", n, len(in), took)
			}
			if n < max(1, want[name]) {
				t.Errorf("%d records", n)
			}
		})
	}
}
