package tnef

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// old is an attribute that is no list of properties, on its way to a record.
type old struct {
	w   *walk
	o   *object
	a   *found
	tag mapi.PropTag // of the property it stands for
	rec dump.Record
}

// legacy reads an attribute that is not a list of properties ([MS-OXTNEF] 2.1.3.3).
func (w *walk) legacy(o *object, a *found) {
	x := &old{w: w, o: o, a: a, tag: a.tag}
	x.rec = dump.Record{Item: a.part.item, Offset: a.off, Raw: a.data}
	switch a.form {
	case formText:
		x.is(x.ended(a.data), "", "")
	case formClass:
		x.class()
	case formKey:
		x.key()
	case formDate:
		x.date()
	case formNumber:
		if x.size(4) {
			x.is(a.data, "", "")
		}
	case formImportance:
		x.importance()
	case formBoolean:
		x.boolean()
	case formStatus:
		x.status()
	case formBytes:
		x.is(a.data, "", "")
	case formSender:
		x.sender()
		return
	case formAddress:
		x.address()
		return
	case formRendData:
		x.rendData()
		return
	case formVersion:
		x.version()
	case formCodePage:
		x.codePage()
	default:
		x.find(diag.Info, Attribute, "stands for no property that is certain")
	}
	w.emit(x.rec)
}

func (x *old) find(s diag.Severity, code diag.Code, format string, args ...any) {
	x.rec.Findings = append(x.rec.Findings, finding(s, code, x.a.name, format, args...))
}

// odd says that the data are not in the form of the attribute. They stay as they are.
func (x *old) odd(format string, args ...any) {
	x.find(diag.Error, AttributeForm, format, args...)
}

// size reports whether there are n bytes of data.
func (x *old) size(n int) bool {
	if len(x.a.data) != n {
		x.odd("needs %d bytes, has %d", n, len(x.a.data))
		return false
	}
	return true
}

// is makes the record that of the property which the attribute stands for. Text is what the file has, and now the value
// that it stands for, where that is another.
func (x *old) is(raw []byte, text, now string) {
	rec := &x.rec
	rec.Prop.Tag, rec.Raw, rec.Text, rec.Derived = x.tag, raw, text, true
	if now != "" {
		now = ", here " + now
	}
	x.find(diag.Info, Attribute, "stands for %s%s", canonical(x.tag), now)
	v, _ := valueOf(x.tag.Type(), raw) // each form has seen to the size
	rec.Prop.Value = x.o.text(rec, func() string { return x.a.name }, v)
}

// ended returns text without the NUL at its end.
func (x *old) ended(b []byte) []byte {
	n := len(b)
	if n == 0 || b[n-1] != 0 {
		x.find(diag.Warning, NoTerminator, "does not end in NUL")
		return b
	}
	b = b[:n-1]
	if bytes.IndexByte(b, 0) >= 0 {
		x.find(diag.Warning, EmbeddedNUL, "goes on behind a NUL: kept whole")
	}
	return b
}

// classes are message classes, in the names that mail programs before MAPI gave them and in those of today: [MS-OXTNEF]
// 2.1.3.3, and the reference of MAPI.
var classes = [...]struct{ old, now string }{
	{"IPM.Microsoft Mail.Note", "IPM.Note"},
	{"IPM.Microsoft Mail.Read Receipt", "Report.IPM.Note.IPNRN"},
	{"IPM.Microsoft Mail.Non-Delivery", "Report.IPM.Note.NDR"},
	{"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
	{"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"},
	{"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
	{"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
	{"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
}

func (x *old) class() {
	raw, text, now := x.ended(x.a.data), "", ""
	for _, c := range classes {
		if string(raw) == c.old {
			raw, text, now = []byte(c.now), c.old, c.now
			break
		}
	}
	if x.tag.ID() == mapi.PidTagMessageClass.ID() {
		x.o.class = string(raw[:min(len(raw), 64)]) // longer ones are none that anybody asks for
	}
	x.is(raw, text, now)
}

// key reads bytes in hexadecimal.
func (x *old) key() {
	text := x.ended(x.a.data)
	raw := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(raw, text); err != nil || len(text) == 0 {
		x.odd("must be an even number of hexadecimal digits and a NUL")
		return
	}
	x.is(raw, string(text), "")
}

// date reads a wall clock. It is not made a PtypTime, because nobody says of which zone it is.
//
// QUIRK: in real files of Outlook, attDateSent is hours away from PidTagClientSubmitTime, by its zone; in those of
// Exchange since 2013 both are the same.
func (x *old) date() {
	if !x.size(14) {
		return
	}
	var n [7]int
	for i := range n {
		n[i] = int(le.Uint16(x.a.data[2*i:]))
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	if t.Year() != n[0] || int(t.Month()) != n[1] || t.Day() != n[2] || t.Hour() != n[3] || t.Minute() != n[4] || t.Second() != n[5] {
		x.odd("is %04d-%02d-%02d %02d:%02d:%02d, which is no date", n[0], n[1], n[2], n[3], n[4], n[5])
		return
	}
	x.rec.Text = t.Format(time.DateTime)
	if day := time.Weekday(n[6]); day != t.Weekday() {
		x.find(diag.Warning, Weekday, "is %s, a %s, and has the number %d for its day of the week, counted from Sunday, 0", x.rec.Text, t.Weekday(), n[6])
	}
	x.find(diag.Info, Attribute, "stands for %s: %s by the clock of a zone that is not said", canonical(x.tag), x.rec.Text)
}

func (x *old) importance() {
	if !x.size(2) {
		return
	}
	n := le.Uint16(x.a.data)
	if n < 1 || n > 3 {
		x.odd("is %d, must be 1 (high), 2 (normal) or 3 (low)", n)
		return
	}
	x.is([]byte{byte(3 - n), 0, 0, 0}, fmt.Sprint(n), fmt.Sprint(3-n))
}

func (x *old) boolean() {
	if !x.size(2) {
		return
	}
	if n := le.Uint16(x.a.data); n > 1 {
		x.find(diag.Warning, BooleanValue, "is 0x%04X, must be 0 or 1: taken as true", n)
	}
	x.is(boolean(x.a.data), "", "")
}

// boolean returns the bytes of a PtypBoolean without what it does not need.
func boolean(b []byte) []byte {
	if b[1] == 0 {
		return b[:1]
	}
	return b
}

// flags are those of attMessageStatus, and those of PidTagMessageFlags that they stand for: mfRead, mfSubmitted, mfUnsent
// and mfHasAttach ([MS-OXCMSG] 2.2.1.6). mfUnmodified, 2, is set where fmsModified, 1, is not.
var flags = [...]struct{ status, message byte }{{0x20, 0x01}, {0x04, 0x04}, {0x02, 0x08}, {0x80, 0x10}}

func (x *old) status() {
	if !x.size(1) {
		return
	}
	status, message, known := x.a.data[0], byte(2), byte(1)
	if status&1 != 0 {
		message = 0
	}
	for _, f := range flags {
		if known |= f.status; status&f.status != 0 {
			message |= f.message
		}
	}
	if status&^known != 0 {
		x.odd("is 0x%02X: 0x%02X stands for no flag", status, status&^known)
		return
	}
	x.is([]byte{message, 0, 0, 0}, fmt.Sprintf("0x%02X", status), fmt.Sprintf("0x%08X", message))
}

// rendData reads how an attachment is shown. Its type, file or OLE, does not say which value PidTagAttachMethod has: a
// message that is attached is a file too.
func (x *old) rendData() {
	if !x.size(14) {
		x.w.emit(x.rec)
		return
	}
	b := x.a.data
	kind := map[uint16]string{1: "file", 2: "OLE"}[le.Uint16(b)]
	if kind == "" {
		x.odd("is of type %d, must be 1 (file) or 2 (OLE)", le.Uint16(b))
	}
	x.rec.Text = fmt.Sprintf("type %d (%s), position %d, %d by %d, flags 0x%08X", le.Uint16(b), kind, int32(le.Uint32(b[2:])), le.Uint16(b[6:]), le.Uint16(b[8:]), le.Uint32(b[10:]))
	x.find(diag.Info, Attribute, "begins an attachment: %s", x.rec.Text)
	x.w.emit(x.rec)
	x.rec = dump.Record{Item: x.a.part.item, Offset: x.a.off + 2}
	x.is(b[2:6], "", "")
	x.w.emit(x.rec)
}

// versionNow is the only version there is ([MS-OXTNEF] 2.1.3.3).
const versionNow = 0x00010000

func (x *old) version() {
	if !x.size(4) {
		return
	}
	if n := le.Uint32(x.a.data); n != versionNow {
		x.find(diag.Warning, Version, "is 0x%08X, must be 0x%08X", n, versionNow)
		return
	}
	x.find(diag.Info, Attribute, "is 0x%08X, and no property", versionNow)
}

func (x *old) codePage() {
	if !x.size(8) {
		return
	}
	primary, secondary := le.Uint32(x.a.data), le.Uint32(x.a.data[4:])
	x.rec.Text = fmt.Sprintf("%d, %d", primary, secondary)
	x.find(diag.Info, Attribute, "is no property: primary code page %d, secondary %d", primary, secondary)
	x.o.oem = nil
	if number, source := mapi.CodePage(nil, int(int32(primary)), 0); source == "container" {
		x.o.oem = []dump.Page{{Number: number, Source: x.a.name + " of " + x.o.item}}
	}
	x.o.settle()
}
