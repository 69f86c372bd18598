//go:build ignore

// Command gen writes the dumps that the README reads: meetings.xml, as MFCMAPI writes a table of a calendar folder since
// June 2026, damaged.xml, what a web page may leave of two properties, winmail.dat, a meeting request as Outlook sent it
// to others than Outlook, and series.hex and tasks.hex beside their folder. Run it in their folder: go run gen.go.
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
	"github.com/mapiprop/mapiprop/mapi/goid"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

const (
	appointment = "{00062002-0000-0000-C000-000000000046} = PSETID_Appointment"
	meetingSet  = "{6ED8DA90-450B-101B-98DA-00AA003F1305} = PSETID_Meeting"
)

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

func (d *doc) named(lid int, name string) { d.namedIn(appointment, lid, name) }

func (d *doc) namedIn(set string, lid int, name string) {
	fmt.Fprintf(d, "\t\t<NamedPropGUID>%s</NamedPropGUID>\n\t\t<NamedPropName>id: 0x%04X=%d = %s</NamedPropName>\n", set, lid, lid, name)
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
	ft, _ := mapi.FileTimeOf(t)
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

func (d *doc) zones(start, end *tzdef.Definition) {
	d.structure(0x80380102, appointment, 0x825E, "PidLidAppointmentTimeZoneDefinitionStartDisplay (dispidApptTZDefStartDisplay)", start)
	d.structure(0x80390102, appointment, 0x825F, "PidLidAppointmentTimeZoneDefinitionEndDisplay (dispidApptTZDefEndDisplay)", end)
}

// value is a structure with its SmartView.
type value interface {
	AppendBinary([]byte) ([]byte, error)
	AppendSmartView([]byte) []byte
}

func (d *doc) structure(tag uint32, set string, lid int, name string, v value) {
	b, err := v.AppendBinary(nil)
	if err != nil {
		log.Fatal(err)
	}
	d.open(tag, "PT_BINARY", "", "")
	d.namedIn(set, lid, name)
	d.binary(b, v.AppendSmartView(nil))
}

// day returns a midnight.
func day(year int, month time.Month, day int) recur.RTime {
	r, ok := recur.RTimeOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
	if !ok {
		log.Fatal("no such day")
	}
	return r
}

// must ends the program if there is an error.
func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// exception returns an exception that starts and ends so many minutes after the midnights of the days.
func exception(original, on recur.RTime, start, end int) recur.Exception {
	return recur.Exception{OriginalStartDate: original, StartDateTime: on + recur.RTime(start), EndDateTime: on + recur.RTime(end)}
}

// boston is a call every Wednesday, of which one was deleted, one moved and one has another subject.
func boston() *recur.AppointmentRecurrencePattern {
	p := recur.NewWeekly(day(2026, 9, 16), 1, 1<<recur.Wednesday, recur.Sunday)
	p.EndOn(day(2026, 12, 31))
	a := recur.NewAppointment(p, 10*60, 10*60+45)
	must(a.Delete(day(2026, 11, 25)))
	moved := exception(day(2026, 10, 7), day(2026, 10, 8), 11*60, 12*60)
	moved.SetLocation("Room Charles, 3rd floor", []byte("Room Charles, 3rd floor"))
	moved.OverrideFlags |= recur.OverrideBusyStatus
	moved.Details.BusyStatus = 1
	moved.ChangeHighlight = 0xB // start, end, location
	must(a.AddException(moved))
	last := exception(day(2026, 12, 16), day(2026, 12, 16), 10*60, 10*60+45)
	last.SetSubject("Weekly call with Boston – season’s greetings", []byte("Weekly call with Boston - season's greetings"))
	last.ChangeHighlight = 0x10
	must(a.AddException(last))
	return a
}

func (d *doc) recurrence() {
	a := boston()
	d.structure(0x803D0102, appointment, 0x8216, "PidLidAppointmentRecur (dispidApptRecur)", a)
	d.open(0x803E0003, "PT_LONG", "", "")
	d.named(0x8231, "PidLidRecurrenceType (dispidRecurType)")
	d.WriteString("\t\t<Value>2</Value>\n\t\t<AltValue>0x2</AltValue>\n\t</property>\n")
	created, _ := mapi.FileTimeOf(time.Date(2026, time.July, 30, 9, 15, 42, 123456700, time.UTC))
	id := goid.New(goid.FileTime(created), [16]byte{0x6E, 0x1F, 0x0C, 0x3A, 0xB2, 0xD9, 0x4E, 0x57, 0xA8, 0x0B, 0x13, 0xC5, 0xD7, 0xF9, 0x2E, 0x46})
	d.structure(0x803F0102, meetingSet, 0x0003, "PidLidGlobalObjectId (LID_GLOBAL_OBJID)", id)
	d.structure(0x80400102, meetingSet, 0x0023, "PidLidCleanGlobalObjectId (dispidCleanGlobalObjId)", id)
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
	d.structure(0x803A0102, appointment, 0x8260, "PidLidAppointmentTimeZoneDefinitionRecur (dispidApptTZDefRecur)", tzdef.New("Eastern Standard Time", eastern(3)...))
	d.structure(0x803B0102, appointment, 0x8233, "PidLidTimeZoneStruct (dispidTimeZoneStruct)",
		&tzdef.TZStruct{Bias: 300, DaylightBias: -60, StandardDate: sunday(11, 1, 2), DaylightDate: sunday(3, 2, 2)})
	d.open(0x803C001F, "PT_UNICODE", "", "")
	d.named(0x8234, "PidLidTimeZoneDescription (dispidTimeZoneDesc)")
	d.text("(UTC-05:00) Eastern Time (US & Canada)")
	d.recurrence()
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

// rewritten is a series that was ended early: its shorter value stands over the longer one, whose end is still there. It
// was every second Monday without an end, with two changed occurrences.
func rewritten() []byte {
	p := recur.NewWeekly(day(2011, 9, 5), 2, 1<<recur.Monday, recur.Sunday)
	older := recur.NewAppointment(p, 14*60, 15*60)
	for _, month := range []time.Month{1, 2, 7, 8, 12} {
		for d := p.StartDate; d < day(2013, 1, 1); d += 14 * 24 * 60 {
			if year, m, _ := d.Date(); year == 2012 && m == month {
				must(older.Delete(d))
			}
		}
	}
	must(older.AddException(exception(day(2011, 11, 14), day(2011, 11, 15), 9*60, 10*60)))
	moved := exception(day(2011, 11, 28), day(2011, 11, 28), 14*60, 16*60)
	moved.SetSubject("Steering committee: year end", []byte("Steering committee: year end"))
	moved.SetLocation("Hall B", []byte("Hall B"))
	must(older.AddException(moved))
	p.EndOn(day(2011, 10, 31))
	b, err := recur.NewAppointment(p, 14*60, 15*60).AppendBinary(nil)
	must(err)
	left, err := older.AppendBinary(nil)
	must(err)
	return append(b, left[len(b):]...)
}

// damaged is two properties as a web page shows them. Of the first little is left: it is on one line, its hex overwritten with too few zeros, its AltValue
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
	ft, _ := mapi.FileTimeOf(time.Date(2011, time.September, 14, 11, 30, 0, 0, time.UTC))
	var s strings.Builder
	s.WriteString("This is all that MFCMAPI shows of the meeting: ")
	s.WriteString(`<property tag = "0x80450102" type = "PT_BINARY"> `)
	s.WriteString(`<NamedPropGUID>` + appointment + `</NamedPropGUID> `)
	s.WriteString(`<NamedPropName>id: 0x825F=33375 = PidLidAppointmentTimeZoneDefinitionEndDisplay, dispidApptTZDefEndDisplay</NamedPropName> `)
	fmt.Fprintf(&s, `<Value>cb: %d lpb: %s</Value> <AltValue><![CDATA[%s]]> </AltValue> `, len(b), strings.Repeat("00", 30), string(alt))
	s.WriteString(`<SmartView><![CDATA[Time Zone Definition: bMajorVersion = 0x02 (2) bMinorVersion = 0x01 (1) cbHeader = 0x0006 (6) wReserved = 0x0002 (2) cchKeyName = 0x0000 (0) szKeyName = (null) cRules = 0x0001 (1) TZRule[0x0].bMajorVersion = 0x02 (2) TZRule[0x0].bMinorVersion = 0x01 (1) TZRule[0x0].wReserved = 0x003E (62) TZRule[0x0].wTZRuleFlags = 0x0002 = TZRULE_FLAG_EFFECTIVE_TZREG `)
	fmt.Fprintf(&s, `<Value>11:30:00.000 AM 9/14/2011</Value> <AltValue>Low: 0x%08X High: 0x%08X</AltValue> </property>`, uint32(ft), uint32(ft>>32))
	s.WriteString(" Nobody here knows what to make of it.\n")
	// The other one is whole, but Outlook shows a series that ended long ago, and somebody remembers later meetings.
	series := rewritten()
	fmt.Fprintf(&s, `<property tag = "0x80460102" type = "PT_BINARY"> <NamedPropGUID>%s</NamedPropGUID> `+
		`<NamedPropName>id: 0x8216=33302 = PidLidAppointmentRecur, dispidApptRecur</NamedPropName> <Value>cb: %d lpb: %X</Value> </property>`+"\n",
		appointment, len(series), series)
	return s.String()
}

// lines are blobs in hexadecimal, one a line.
func lines(blobs ...[]byte) []byte {
	var b []byte
	for _, blob := range blobs {
		b = fmt.Appendf(b, "%x\n", blob)
	}
	return b
}

func encode(v interface{ AppendBinary([]byte) ([]byte, error) }) []byte {
	b, err := v.AppendBinary(nil)
	must(err)
	return b
}

// series are the calls with Boston; the series that was ended early; a birthday; a watch every night, when clocks are
// changed; the first again, cut off in its exceptions; and cut off behind them, with text in another alphabet.
func series() []byte {
	birthday := recur.NewAppointment(recur.NewMonthly(day(2024, 2, 29), 12, 29), 0, 24*60)
	watch := recur.NewAppointment(recur.NewDaily(day(2026, 1, 1), 1), 90, 150)
	calls := encode(boston())
	russian := boston()
	russian.Exceptions[1].SetSubject("Итоги года", []byte("\xc8\xf2\xee\xe3\xe8 \xe3\xee\xe4\xe0"))
	cut := encode(russian)
	return lines(calls, rewritten(), encode(birthday), encode(watch), calls[:150], cut[:220])
}

// tasks are one every third day, one that comes again two weeks after it was done, and two whose numbers make no sense.
func tasks() []byte {
	third := recur.NewDaily(day(2026, 6, 1), 3)
	third.EndAfter(10)
	again := recur.NewDaily(day(2026, 6, 1), 14)
	again.SlidingFlag = 1
	never := recur.NewWeekly(day(2026, 6, 1), 1, 0, recur.Sunday)
	odd := recur.NewMonthlyNth(day(2026, 6, 1), 3, recur.Last, recur.Workdays)
	odd.Period = 0
	return lines(encode(third), encode(again), encode(never), encode(odd))
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
	ft, _ := mapi.FileTimeOf(t)
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
	for name, b := range map[string][]byte{"meetings.xml": utf16File(meetings()), "damaged.xml": []byte(damaged()), "winmail.dat": winmail(),
		"../series.hex": series(), "../tasks.hex": tasks()} {
		must(os.WriteFile(name, b, 0o644))
	}
}
