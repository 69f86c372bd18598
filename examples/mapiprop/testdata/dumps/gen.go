//go:build ignore

// Command gen writes the dumps that the README reads: meetings.xml, as MFCMAPI writes a table of a calendar folder since
// June 2026, and damaged.xml, what a web page may leave of one property. Run it in their folder: go run gen.go.
//
// Everything in them is made up; the layouts are those of the formats.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/tzdef"
)

const appointment = "{00062002-0000-0000-C000-000000000046} = PSETID_Appointment"

// january1 is the rest of the SYSTEMTIME that begins with a rule's wYear, as Outlook and Exchange write it.
var january1 = [14]byte{0: 1, 4: 1}

func rule(year int, flags tzdef.RuleFlags, bias int32, standard, daylight tzdef.SystemTime) tzdef.TZRule {
	r := tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: flags, Year: uint16(year), X: january1, Bias: bias,
		StandardDate: standard, DaylightDate: daylight}
	if standard.Month != 0 {
		r.DaylightBias = -60
	}
	return r
}

func sunday(month, nth, hour uint16) tzdef.SystemTime {
	return tzdef.SystemTime{Month: month, Day: nth, Hour: hour}
}

func westEurope() tzdef.TZRule {
	return rule(1601, 2, -60, sunday(10, 5, 3), sunday(3, 5, 2))
}

func eastern(flags tzdef.RuleFlags) []tzdef.TZRule {
	return []tzdef.TZRule{
		rule(2006, 0, 300, sunday(10, 5, 2), sunday(4, 1, 2)),
		rule(2007, flags, 300, sunday(11, 1, 2), sunday(3, 2, 2)),
	}
}

// doc collects a document, its lines ending in LF.
type doc struct{ strings.Builder }

func (d *doc) open(tag uint32, typ, name, other string) {
	fmt.Fprintf(d, "\t<property tag = \"0x%08X\" type = \"%s\" >\n", tag, typ)
	if name != "" {
		fmt.Fprintf(d, "\t\t<Name>%s</Name>\n\t\t<OtherNames>%s</OtherNames>\n", name, other)
	}
}

func (d *doc) named(lid int, name string) {
	fmt.Fprintf(d, "\t\t<NamedPropGUID>%s</NamedPropGUID>\n\t\t<NamedPropName>id: 0x%04X=%d = %s</NamedPropName>\n", appointment, lid, lid, name)
}

func (d *doc) text(s string) {
	var hex strings.Builder
	units := utf16.Encode([]rune(s))
	for _, u := range units {
		fmt.Fprintf(&hex, "%02X%02X", byte(u), u>>8)
	}
	fmt.Fprintf(d, "\t\t<Value><![CDATA[%s]]></Value>\n\t\t<AltValue cb=\"%d\" >%s</AltValue>\n\t</property>\n", s, 2*len(units), &hex)
}

func (d *doc) time(t time.Time) {
	ft, _ := mapi.FromTime(t)
	fmt.Fprintf(d, "\t\t<Value>%s</Value>\n\t\t<AltValue>Low: 0x%08X High: 0x%08X</AltValue>\n\t</property>\n",
		t.Format("03:04:05.000 PM 1/2/2006"), uint32(ft), uint32(ft>>32))
}

func (d *doc) binary(b, smart []byte) {
	alt := make([]rune, len(b))
	for i, c := range b {
		if alt[i] = rune(c); c < ' ' || c >= 0x80 && c < 0xA0 {
			alt[i] = '.'
		}
	}
	fmt.Fprintf(d, "\t\t<Value cb=\"%d\" >%X</Value>\n\t\t<AltValue><![CDATA[%s]]></AltValue>\n\t\t<SmartView><![CDATA[%s]]></SmartView>\n\t</property>\n",
		len(b), b, string(alt), strings.ReplaceAll(string(smart), "\r\n", "\n"))
}

func (d *doc) zone(tag uint32, lid int, name string, z *tzdef.Definition) {
	b, err := z.AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	d.open(tag, "PT_BINARY", "", "")
	d.named(lid, name)
	d.binary(b, z.AppendSmartView(nil))
}

func (d *doc) zones(start, end *tzdef.Definition) {
	d.zone(0x80380102, 0x825E, "PidLidAppointmentTimeZoneDefinitionStartDisplay (dispidApptTZDefStartDisplay)", start)
	d.zone(0x80390102, 0x825F, "PidLidAppointmentTimeZoneDefinitionEndDisplay (dispidApptTZDefEndDisplay)", end)
}

func (d *doc) meeting(num int, subject string, start, end time.Time) {
	fmt.Fprintf(d, "<message num=\"0x%08X\">\n", num)
	d.open(0x001A001F, "PT_UNICODE", "PR_MESSAGE_CLASS", "PR_MESSAGE_CLASS_W, PidTagMessageClass, PR_MESSAGE_CLASS_A, ptagMessageClass")
	d.text("IPM.Appointment")
	d.open(0x0037001F, "PT_UNICODE", "PR_SUBJECT", "PR_SUBJECT_W, PidTagSubject, PR_SUBJECT_A, ptagSubject")
	d.text(subject)
	d.open(0x80050003, "PT_LONG", "", "")
	d.named(0x8205, "PidLidBusyStatus (dispidBusyStatus)")
	d.WriteString("\t\t<Value>2</Value>\n\t\t<AltValue>0x2</AltValue>\n\t\t<SmartView><![CDATA[Flags: olBusy]]></SmartView>\n\t</property>\n")
	d.open(0x80060040, "PT_SYSTIME", "", "")
	d.named(0x820D, "PidLidAppointmentStartWhole (dispidApptStartWhole)")
	d.time(start)
	d.open(0x80070040, "PT_SYSTIME", "", "")
	d.named(0x820E, "PidLidAppointmentEndWhole (dispidApptEndWhole)")
	d.time(end)
}

func meetings() string {
	var d doc
	d.WriteString("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<ContentsTable TableType=\"Contents\" messagecount=\"0x00000003\">\n")
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.September, day, hour, minute, 0, 0, time.UTC)
	}

	d.meeting(0, "Budget 2027: first round", at(15, 7, 0), at(15, 8, 30))
	europe := tzdef.New("W. Europe Standard Time", westEurope())
	d.zones(europe, europe)
	d.WriteString("</message>\n")

	d.meeting(1, "Weekly call with Boston", at(16, 14, 0), at(16, 14, 45))
	d.open(0x8008000B, "PT_BOOLEAN", "", "")
	d.named(0x8223, "PidLidRecurring (dispidRecurring)")
	d.WriteString("\t\t<Value>True</Value>\n\t</property>\n")
	east := tzdef.New("Eastern Standard Time", eastern(2)...)
	d.zones(east, east)
	d.zone(0x803A0102, 0x8260, "PidLidAppointmentTimeZoneDefinitionRecur (dispidApptTZDefRecur)", tzdef.New("Eastern Standard Time", eastern(3)...))
	z := tzdef.TZStruct{Bias: 300, DaylightBias: -60, StandardDate: sunday(11, 1, 2), DaylightDate: sunday(3, 2, 2)}
	b, err := z.AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	d.open(0x803B0102, "PT_BINARY", "", "")
	d.named(0x8233, "PidLidTimeZoneStruct (dispidTimeZoneStruct)")
	d.binary(b, z.AppendSmartView(nil))
	d.open(0x803C001F, "PT_UNICODE", "", "")
	d.named(0x8234, "PidLidTimeZoneDescription (dispidTimeZoneDesc)")
	d.text("(UTC-05:00) Eastern Time (US & Canada)")
	d.WriteString("</message>\n")

	// Some program made this one without a name for its zone. The zone itself is whole.
	d.meeting(2, "Site visit Tehran", at(21, 6, 30), at(21, 9, 0))
	nameless := tzdef.New("", rule(1601, 2, -210, tzdef.SystemTime{}, tzdef.SystemTime{}))
	d.zones(nameless, nameless)
	d.WriteString("</message>\n</ContentsTable>")
	return d.String()
}

// utf16File returns s as MFCMAPI writes files: UTF-16LE behind a byte order mark, lines ending in CR LF.
func utf16File(s string) []byte {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(strings.ReplaceAll(s, "\n", "\r\n"))) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// damaged is one property as a web page shows it: on one line, its hex overwritten with too few zeros, its AltValue
// still that of the original, its SmartView cut off, and the end of another property behind it.
func damaged() string {
	r := rule(2007, 2, -330, tzdef.SystemTime{}, tzdef.SystemTime{})
	r.X = [14]byte{}
	zone := tzdef.New("", r)
	b, err := zone.AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	alt := make([]rune, len(b))
	for i, c := range b {
		// Builds of that time show the upper half of the code page, and a dot for 0xFF.
		if alt[i] = rune(c); c < ' ' || c == 0xFF {
			alt[i] = '.'
		}
	}
	ft, _ := mapi.FromTime(time.Date(2011, time.September, 14, 11, 30, 0, 0, time.UTC))
	var s strings.Builder
	s.WriteString("This is all that MFCMAPI shows of the meeting: ")
	s.WriteString(`<property tag = "0x80450102" type = "PT_BINARY"> `)
	s.WriteString(`<NamedPropGUID>` + appointment + `</NamedPropGUID> `)
	s.WriteString(`<NamedPropName>id: 0x825F=33375 = PidLidAppointmentTimeZoneDefinitionEndDisplay, dispidApptTZDefEndDisplay</NamedPropName> `)
	fmt.Fprintf(&s, `<Value>cb: %d lpb: %s</Value> <AltValue><![CDATA[%s]]> </AltValue> `, len(b), strings.Repeat("00", 30), string(alt))
	s.WriteString(`<SmartView><![CDATA[Time Zone Definition: bMajorVersion = 0x02 (2) bMinorVersion = 0x01 (1) cbHeader = 0x0006 (6) wReserved = 0x0002 (2) cchKeyName = 0x0000 (0) szKeyName = (null) cRules = 0x0001 (1) TZRule[0x0].bMajorVersion = 0x02 (2) TZRule[0x0].bMinorVersion = 0x01 (1) TZRule[0x0].wReserved = 0x003E (62) TZRule[0x0].wTZRuleFlags = 0x0002 = TZRULE_FLAG_EFFECTIVE_TZREG `)
	fmt.Fprintf(&s, `<Value>11:30:00.000 AM 9/14/2011</Value> <AltValue>Low: 0x%08X High: 0x%08X</AltValue> </property>`, uint32(ft), uint32(ft>>32))
	s.WriteString(" Nobody here knows what to make of it.\n")
	return s.String()
}

func main() {
	for name, b := range map[string][]byte{"meetings.xml": utf16File(meetings()), "damaged.xml": []byte(damaged())} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
