//go:build ignore

// Command gen writes the dumps that the README reads: meetings.xml, as MFCMAPI writes a table of a calendar folder since
// June 2026, damaged.xml, what a web page may leave of one property, and winmail.dat, a meeting request as Outlook sent it
// to others than Outlook. Run it in their folder: go run gen.go.
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

// tnef is a TNEF file, or the list of properties in an attribute of one.
type tnef []byte

func (f *tnef) word(n uint32) { *f = binary.LittleEndian.AppendUint32(*f, n) }

// attribute adds an attribute with its checksum.
func (f *tnef) attribute(level byte, id uint32, data []byte) {
	*f = append(*f, level)
	f.word(id)
	f.word(uint32(len(data)))
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	*f = binary.LittleEndian.AppendUint16(append(*f, data...), sum)
}

// sized adds bytes behind their size, filled up to four.
func (f *tnef) sized(b []byte) {
	f.word(uint32(len(b)))
	*f = append(append(*f, b...), make([]byte, -len(b)&3)...)
}

// property adds a property, whose value follows. One with a number as its name is of PSETID_Appointment.
func (f *tnef) property(tag mapi.PropTag, lid uint32) {
	f.word(uint32(tag))
	if lid != 0 {
		*f = append(*f, 0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)
		f.word(0)
		f.word(lid)
	}
}

func (f *tnef) number(tag mapi.PropTag, lid, n uint32) {
	f.property(tag, lid)
	f.word(n)
}

func (f *tnef) bytes(tag mapi.PropTag, lid uint32, b []byte) {
	f.property(tag, lid)
	f.word(1)
	f.sized(b)
}

func (f *tnef) time(tag mapi.PropTag, lid uint32, t time.Time) {
	ft, _ := mapi.FromTime(t)
	f.property(tag, lid)
	*f = binary.LittleEndian.AppendUint64(*f, uint64(ft))
}

func unicodeZ(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s + "\x00")) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func tnefHead(key uint16) *tnef {
	f := tnef{0x78, 0x9F, 0x3E, 0x22, byte(key), byte(key >> 8)}
	f.attribute(1, 0x00089006, []byte{0, 0, 1, 0})
	f.attribute(1, 0x00069007, []byte{0xE4, 0x04, 0, 0, 0, 0, 0, 0})
	return &f
}

// winmail is a meeting request with two attachments, of which one is a message. The checksum of its subject is wrong, as
// after somebody has mended a word in it.
func winmail() []byte {
	f := tnefHead(0x2027)
	f.attribute(1, 0x00078008, []byte("IPM.Microsoft Schedule.MtgReq\x00"))
	f.attribute(1, 0x00018004, []byte("Budget 2027: zweite Runde f\xFCr alle\x00"))
	(*f)[len(*f)-2]++
	f.attribute(1, 0x00038005, []byte{0xEA, 0x07, 9, 0, 10, 0, 9, 0, 12, 0, 5, 0, 4, 0})
	f.attribute(1, 0x0004800D, []byte{1, 0})
	f.attribute(1, 0x00060000, []byte("\x04\x00Ann\x00\x15\x00SMTP:ann@example.org\x00"))

	var table tnef
	table.word(2)
	for i, name := range []string{"Ann", "Bob"} {
		table.word(2)
		table.number(mapi.PidTagRecipientType, 0, uint32(i)+1)
		table.bytes(mapi.PidTagDisplayName, 0, unicodeZ(name))
	}
	f.attribute(1, 0x00069004, table)

	var props tnef
	props.word(5)
	props.time(mapi.PidTagClientSubmitTime, 0, time.Date(2026, time.September, 10, 7, 12, 5, 0, time.UTC))
	props.time(0x80010040, 0x820D, time.Date(2026, time.October, 6, 7, 0, 0, 0, time.UTC))
	props.number(0x80020003, 0x8205, 2)
	zone, err := tzdef.New("W. Europe Standard Time", westEurope()).AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	props.bytes(0x80030102, 0x825E, zone)
	props.number(0x0E1B000B, 0, 0x77AC0001) // Outlook leaves what is in its memory behind a Boolean
	f.attribute(1, 0x00069003, props)

	rendering := []byte{1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 32, 0, 32, 0, 0, 0, 0, 0}
	f.attribute(2, 0x00069002, rendering)
	f.attribute(2, 0x00018010, []byte("agenda.txt\x00"))
	f.attribute(2, 0x0006800F, []byte("1. What is left\r\n2. What is wanted\r\n"))

	inner := tnefHead(0x2026)
	inner.attribute(1, 0x00078008, []byte("IPM.Microsoft Mail.Note\x00"))
	inner.attribute(1, 0x00018004, []byte("What was left of 2026\x00"))
	var attached tnef
	attached.word(1)
	attached.bytes(mapi.PidTagAttachDataObject, 0, append([]byte{7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, *inner...))
	f.attribute(2, 0x00069002, rendering)
	f.attribute(2, 0x00069005, attached)
	return *f
}

func main() {
	for name, b := range map[string][]byte{"meetings.xml": utf16File(meetings()), "damaged.xml": []byte(damaged()), "winmail.dat": winmail()} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
