package recur

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Exception is one occurrence that differs from the pattern: an ExceptionInfo and the ExtendedException of the same
// index, which the blob keeps in two arrays ([MS-OXOCAL] 2.2.1.44.2 and 2.2.1.44.4). Most exceptions only have another
// time and need no Details.
type Exception struct {
	StartDateTime     RTime // when it starts
	EndDateTime       RTime // when it ends
	OriginalStartDate RTime // when the pattern has it start; a time of day is part of that, whatever the name says
	OverrideFlags     OverrideFlags
	// NoChangeHighlightValue says that ChangeHighlightSize is less than 4: there is no ChangeHighlightValue.
	NoChangeHighlightValue bool
	// Cut says that the blob ends before the ExtendedException, after a Fatal finding. Such an exception cannot be encoded.
	Cut bool
	// ChangeHighlight is ChangeHighlightValue. Blobs with a WriterVersion2 below 0x3009 have none.
	ChangeHighlight ChangeHighlight
	Details         *Details // what OverrideFlags speak of, and what is reserved; may be nil where that is nothing
}

// Details are the parts of an ExceptionInfo and an ExtendedException that not every Exception has ([MS-OXOCAL] 2.2.1.44.2
// and 2.2.1.44.4). A field that stands behind a flag has a meaning only with that flag in OverrideFlags.
type Details struct {
	SubjectLength    uint16 // as written: by the specification the length of Subject and 1, for a NUL that is not there
	LocationLength   uint16 // the same of Location
	MeetingType      uint32 // of OverrideMeetingType: as PidLidAppointmentStateFlags, 1 meeting, 2 received, 4 cancelled
	ReminderDelta    uint32 // of OverrideReminderDelta, in minutes
	ReminderSet      uint32 // of OverrideReminder, 0 or 1
	BusyStatus       uint32 // of OverrideBusyStatus: 0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere
	Attachment       uint32 // of OverrideAttachment, 0 or 1
	SubType          uint32 // of OverrideSubType: 1 for an all-day event
	AppointmentColor uint32 // of OverrideAppointmentColor, which is reserved
	// Subject and Location are in a code page the blob does not name: that of the writer's system. What it lacks is a
	// question mark there.
	Subject, Location []byte

	ChangeHighlightReserved []byte // what ChangeHighlightSize counts beyond the value
	ReservedBlockEE1        []byte
	// The rest is there with OverrideSubject or OverrideLocation. The times repeat those of the Exception.
	StartDateTime, EndDateTime, OriginalStartDate RTime
	WideCharSubject, WideCharLocation             WideText // of OverrideSubject, of OverrideLocation
	ReservedBlockEE2                              []byte
}

// WideText is text as it stands in the blob: UTF-16LE.
type WideText []byte

// NewWideText returns the text s, which may be WTF-8.
func NewWideText(s string) WideText {
	b, _ := wtf8.AppendEncode(nil, s)
	return b
}

// String returns the text, as WTF-8 where surrogates are unpaired.
func (t WideText) String() string { return string(wtf8.AppendDecode(nil, t)) }

const (
	infoSize         = 14        // of an ExceptionInfo without overrides
	highlightVersion = 0x3009    // the first WriterVersion2 with a ChangeHighlight
	highlightSize    = 4         // ChangeHighlightSize of nearly all blobs
	plainSize        = 12        // of the ExtendedException of an exception without text, reserved bytes aside
	maxText          = 0xFFFF    // what a 16-bit length holds
	maxBlock         = 1<<32 - 1 // what a 32-bit size holds
)

// readInfo reads the ExceptionInfo. It reports false when there was none to read. deleted is for the checks.
func (a *AppointmentRecurrencePattern) readInfo(c *wire.Cursor, e *Exception, deleted []RTime) bool {
	at := c.Offset()
	b := c.Run(infoFields, infoSize)
	if b == nil {
		return false
	}
	e.load(b)
	if c.Recording() {
		a.checkInfo(c, e, at, deleted)
	}
	if e.OverrideFlags&fieldFlags != 0 {
		a.readOverrides(c, e)
	}
	return !c.Dead()
}

// load takes what every ExceptionInfo has from its bytes, and empties the rest.
func (e *Exception) load(b []byte) {
	_ = b[infoSize-1]
	// Not as one literal: that would be made on the stack and then copied, at twice the price.
	e.StartDateTime, e.EndDateTime, e.OriginalStartDate = RTime(u32(b)), RTime(u32(b[4:])), RTime(u32(b[8:]))
	e.OverrideFlags, e.NoChangeHighlightValue, e.Cut, e.ChangeHighlight = OverrideFlags(u16(b[12:])), false, false, 0
	e.Details = nil
}

// readOverrides reads what the flags of an ExceptionInfo speak of, in the order of the flags.
func (a *AppointmentRecurrencePattern) readOverrides(c *wire.Cursor, e *Exception) {
	f, d := e.OverrideFlags, a.newDetails(a.rest(c))
	e.Details = d
	if f&OverrideSubject != 0 {
		d.SubjectLength, d.Subject = a.readANSI(c, "SubjectLength", "SubjectLength2", "Subject")
	}
	if f&OverrideMeetingType != 0 {
		d.MeetingType = readOne(c, meetingTypeField)
	}
	if f&OverrideReminderDelta != 0 {
		d.ReminderDelta = readOne(c, reminderDeltaField)
	}
	if f&OverrideReminder != 0 {
		d.ReminderSet = c.U32("ReminderSet")
	}
	if f&OverrideLocation != 0 {
		d.LocationLength, d.Location = a.readANSI(c, "LocationLength", "LocationLength2", "Location")
	}
	if f&OverrideBusyStatus != 0 {
		d.BusyStatus = readOne(c, busyStatusField)
	}
	if f&OverrideAttachment != 0 {
		d.Attachment = c.U32("Attachment")
	}
	if f&OverrideSubType != 0 {
		d.SubType = c.U32("SubType")
	}
	if f&OverrideAppointmentColor != 0 {
		d.AppointmentColor = c.U32("AppointmentColor")
	}
}

// readANSI reads a text and its two lengths.
//
// QUIRK: the first length should be one more than the second, which counts the bytes. Writers get the pair wrong
// (testdata/apptrecur/ansi-length-mismatch.vec), and readers that go by the first lose what follows; so the second wins.
func (a *AppointmentRecurrencePattern) readANSI(c *wire.Cursor, length, length2, text string) (uint16, []byte) {
	at := c.Offset()
	first, n := c.U16(length), c.U16(length2)
	b := c.BytesAs(text, uint64(n), asciiText)
	a.copyText(a.rest(c))
	if c.Recording() && !c.Dead() && first != n+1 { // of the longest text of all there is no more than the low 16 bits
		c.Find(diag.Warning, ANSILengthMismatch, length, at, 2, "is %d, %s is %d: must be one more; read by %s", first, length2, n, length2)
	}
	return first, a.keep(c, b)
}

// readExtended reads the ExtendedException of the i-th exception. It reports false when there was none to read.
func (a *AppointmentRecurrencePattern) readExtended(c *wire.Cursor, i int, bad *badSizes) bool {
	e := &a.Exceptions[i]
	if a.WriterVersion2 >= highlightVersion {
		a.readHighlight(c, i, bad)
	}
	a.readBlock(c, e, "ReservedBlockEE1Size", "ReservedBlockEE1", func(d *Details) *[]byte { return &d.ReservedBlockEE1 })
	if e.OverrideFlags&textFlags == 0 {
		return !c.Dead()
	}
	d := e.Details
	at := c.Offset()
	if b := c.Run(timeFields, 12); b != nil {
		d.StartDateTime, d.EndDateTime, d.OriginalStartDate = RTime(u32(b)), RTime(u32(b[4:])), RTime(u32(b[8:]))
	}
	if e.OverrideFlags&OverrideSubject != 0 {
		d.WideCharSubject = a.readWide(c, "WideCharSubjectLength", "WideCharSubject")
	}
	if e.OverrideFlags&OverrideLocation != 0 {
		d.WideCharLocation = a.readWide(c, "WideCharLocationLength", "WideCharLocation")
	}
	a.readBlock(c, e, "ReservedBlockEE2Size", "ReservedBlockEE2", func(d *Details) *[]byte { return &d.ReservedBlockEE2 })
	if c.Recording() && !c.Dead() {
		e.checkTimes(c, at)
	}
	return !c.Dead()
}

// readWide reads a wide text and its length, which counts units.
func (a *AppointmentRecurrencePattern) readWide(c *wire.Cursor, length, text string) WideText {
	b := c.UTF16(text, uint64(c.U16(length)))
	if c.Recording() {
		checkWide(c, text, b)
	}
	return a.keep(c, b)
}

// readHighlight reads the ChangeHighlight.
//
// QUIRK: readers differ over a ChangeHighlightSize of 0: some read a value all the same and lose what follows. Here the
// size is believed (testdata/apptrecur/empty-change-highlight.vec).
func (a *AppointmentRecurrencePattern) readHighlight(c *wire.Cursor, i int, bad *badSizes) {
	e, at := &a.Exceptions[i], c.Offset()
	n := c.U32("ChangeHighlightSize")
	if n >= highlightSize {
		e.ChangeHighlight = ChangeHighlight(readOne(c, highlightField))
		n -= highlightSize
	} else if !c.Dead() {
		e.NoChangeHighlightValue = true
		if n == 0 {
			c.Find(diag.Warning, EmptyChangeHighlight, "ChangeHighlightSize", at, 4, "is 0: there is no ChangeHighlightValue")
		} else {
			bad.add(i, at, n)
		}
	}
	if n > 0 {
		if b := a.keep(c, c.Bytes("ChangeHighlightReserved", uint64(n))); b != nil {
			a.detailsOf(c, e).ChangeHighlightReserved = b
		}
	}
}

// readOne reads an integer that has a text beside it in a report, and so a table of its own.
func readOne(c *wire.Cursor, f []wire.Field) uint32 {
	b := c.Run(f, 4)
	if b == nil {
		return 0
	}
	return u32(b)
}

// badSizes are the sizes of ChangeHighlights that are too small. There is one finding for all of them: an error keeps its
// findings, and a hostile blob would make one of every 23 bytes.
type badSizes struct {
	tally
	at   int
	size uint32
}

func (b *badSizes) add(i, at int, size uint32) {
	if b.tally.add(i); b.n == 1 {
		b.at, b.size = at, size
	}
}

func (b *badSizes) find(c *wire.Cursor) {
	if b.n > 0 {
		c.Find(diag.Error, BadChangeHighlightSize, element("ExtendedException", b.first)+".ChangeHighlightSize", b.at, 4,
			"is %d, too few for a ChangeHighlightValue; the bytes are kept%s", b.size, b.others())
	}
}

// readBlock reads a reserved block of an ExtendedException.
func (a *AppointmentRecurrencePattern) readBlock(c *wire.Cursor, e *Exception, size, name string, of func(*Details) *[]byte) {
	if b := a.keep(c, c.Bytes(name, uint64(c.U32(size)))); b != nil {
		*of(a.detailsOf(c, e)) = b
	}
}

func (a *AppointmentRecurrencePattern) detailsOf(c *wire.Cursor, e *Exception) *Details {
	if e.Details == nil {
		e.Details = a.newDetails(a.rest(c))
	}
	return e.Details
}

// appendInfo appends the ExceptionInfo. The caller has made sure that it can be.
func (e *Exception) appendInfo(b []byte) []byte {
	b = appendWords(b, uint32(e.StartDateTime), uint32(e.EndDateTime), uint32(e.OriginalStartDate))
	b = binary.LittleEndian.AppendUint16(b, uint16(e.OverrideFlags))
	f, d := e.OverrideFlags, e.details()
	if f&OverrideSubject != 0 {
		b = appendANSI(b, d.SubjectLength, d.Subject)
	}
	for _, v := range [...]struct {
		flag OverrideFlags
		v    uint32
	}{{OverrideMeetingType, d.MeetingType}, {OverrideReminderDelta, d.ReminderDelta}, {OverrideReminder, d.ReminderSet}} {
		if f&v.flag != 0 {
			b = appendWords(b, v.v)
		}
	}
	if f&OverrideLocation != 0 {
		b = appendANSI(b, d.LocationLength, d.Location)
	}
	for _, v := range [...]struct {
		flag OverrideFlags
		v    uint32
	}{{OverrideBusyStatus, d.BusyStatus}, {OverrideAttachment, d.Attachment}, {OverrideSubType, d.SubType},
		{OverrideAppointmentColor, d.AppointmentColor}} {
		if f&v.flag != 0 {
			b = appendWords(b, v.v)
		}
	}
	return b
}

func appendANSI(b []byte, length uint16, text []byte) []byte {
	b = binary.LittleEndian.AppendUint16(b, length)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
	return append(b, text...)
}

// appendExtended appends the ExtendedException. The caller has made sure that it can be.
func (e *Exception) appendExtended(b []byte, writerVersion2 uint32) []byte {
	d := e.details()
	if writerVersion2 >= highlightVersion {
		n := len(d.ChangeHighlightReserved)
		if e.NoChangeHighlightValue {
			b = appendWords(b, uint32(n))
		} else {
			b = appendWords(b, uint32(n)+highlightSize, uint32(e.ChangeHighlight))
		}
		b = append(b, d.ChangeHighlightReserved...)
	}
	b = appendBlock(b, d.ReservedBlockEE1)
	if e.OverrideFlags&textFlags == 0 {
		return b
	}
	b = appendWords(b, uint32(d.StartDateTime), uint32(d.EndDateTime), uint32(d.OriginalStartDate))
	if e.OverrideFlags&OverrideSubject != 0 {
		b = append(binary.LittleEndian.AppendUint16(b, uint16(len(d.WideCharSubject)/2)), d.WideCharSubject...)
	}
	if e.OverrideFlags&OverrideLocation != 0 {
		b = append(binary.LittleEndian.AppendUint16(b, uint16(len(d.WideCharLocation)/2)), d.WideCharLocation...)
	}
	return appendBlock(b, d.ReservedBlockEE2)
}

func appendBlock(b, block []byte) []byte {
	return append(appendWords(b, uint32(len(block))), block...)
}

// details returns Details, empty where there are none.
func (e *Exception) details() *Details {
	if e.Details == nil {
		return &Details{}
	}
	return e.Details
}

// encodable returns what of the exception no blob can hold, nil if there is nothing. The caller knows which exception
// it is.
func (e *Exception) encodable(writerVersion2 uint32) error {
	d, f := e.details(), e.OverrideFlags
	switch {
	case e.Cut:
		return fmt.Errorf("ExtendedException: was cut off, and is not known")
	case len(d.Subject) > maxText:
		return fmt.Errorf("Subject: %d bytes do not fit in 16 bits", len(d.Subject))
	case len(d.Location) > maxText:
		return fmt.Errorf("Location: %d bytes do not fit in 16 bits", len(d.Location))
	case len(d.WideCharSubject) > 2*maxText || len(d.WideCharSubject)%2 != 0:
		return fmt.Errorf("WideCharSubject: %d bytes are not up to 65535 units of UTF-16", len(d.WideCharSubject))
	case len(d.WideCharLocation) > 2*maxText || len(d.WideCharLocation)%2 != 0:
		return fmt.Errorf("WideCharLocation: %d bytes are not up to 65535 units of UTF-16", len(d.WideCharLocation))
	case uint64(len(d.ChangeHighlightReserved)) > maxBlock-highlightSize:
		return fmt.Errorf("ChangeHighlightReserved: %d bytes, and a ChangeHighlightValue, do not fit in 32 bits", len(d.ChangeHighlightReserved))
	case uint64(len(d.ReservedBlockEE1)) > maxBlock:
		return fmt.Errorf("ReservedBlockEE1: %d bytes do not fit in 32 bits", len(d.ReservedBlockEE1))
	case uint64(len(d.ReservedBlockEE2)) > maxBlock:
		return fmt.Errorf("ReservedBlockEE2: %d bytes do not fit in 32 bits", len(d.ReservedBlockEE2))
	case writerVersion2 < highlightVersion && (e.ChangeHighlight != 0 || e.NoChangeHighlightValue || len(d.ChangeHighlightReserved) > 0):
		return fmt.Errorf("ChangeHighlight: is not empty, but a WriterVersion2 of 0x%04X has none", writerVersion2)
	case e.NoChangeHighlightValue && (e.ChangeHighlight != 0 || len(d.ChangeHighlightReserved) >= highlightSize):
		return fmt.Errorf("ChangeHighlight: has a value, or bytes for one, and NoChangeHighlightValue")
	}
	for _, v := range [...]struct {
		flag  OverrideFlags
		field string
		set   bool
	}{
		{OverrideSubject, "Subject", d.SubjectLength != 0 || len(d.Subject)+len(d.WideCharSubject) > 0},
		{OverrideMeetingType, "MeetingType", d.MeetingType != 0}, {OverrideReminderDelta, "ReminderDelta", d.ReminderDelta != 0},
		{OverrideReminder, "ReminderSet", d.ReminderSet != 0},
		{OverrideLocation, "Location", d.LocationLength != 0 || len(d.Location)+len(d.WideCharLocation) > 0},
		{OverrideBusyStatus, "BusyStatus", d.BusyStatus != 0}, {OverrideAttachment, "Attachment", d.Attachment != 0},
		{OverrideSubType, "SubType", d.SubType != 0}, {OverrideAppointmentColor, "AppointmentColor", d.AppointmentColor != 0},
		{textFlags, "ReservedBlockEE2", d.StartDateTime|d.EndDateTime|d.OriginalStartDate != 0 || len(d.ReservedBlockEE2) > 0},
	} {
		if v.set && f&v.flag == 0 {
			return fmt.Errorf("%s: is not empty, but OverrideFlags 0x%04X have no flag for it", v.field, uint16(f))
		}
	}
	return nil
}
