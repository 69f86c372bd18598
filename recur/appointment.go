package recur

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// AppointmentRecurrencePattern is the value of PidLidAppointmentRecur ([MS-OXOCAL] 2.2.1.44.5): on which days a series
// takes place, at which time of day, and how single occurrences differ. The zero value is not valid; use NewAppointment.
type AppointmentRecurrencePattern struct {
	RecurrencePattern
	ReaderVersion2  uint32 // ReaderVersion2, 0x3006
	WriterVersion2  uint32 // WriterVersion2, 0x3009; with less, exceptions have no ChangeHighlight
	StartTimeOffset uint32 // minutes after midnight at which an occurrence starts
	EndTimeOffset   uint32 // minutes after the same midnight at which it ends; an all-day event has 0 and whole days
	// Exceptions are the occurrences that differ from the pattern, in no order: by date, not by index, they belong to
	// ModifiedInstanceDates. ExceptionCount is their number.
	Exceptions     []Exception
	ReservedBlock1 []byte
	ReservedBlock2 []byte

	pool         []Details // what Details point to
	text         []byte    // what slices of bytes point into: a copy of the blob from exceptionsAt on, where they need it
	exceptionsAt int       // the offset of the first exception
}

const (
	readerVersion2  = 0x3006
	fewExceptions   = 3
	appointmentSize = 18 // of the fields between the pattern and the exceptions
)

var appointmentSpec = wire.Words{Truncated: Truncated, Spec: "[MS-OXOCAL] 2.2.1.44.5"}

// Inspect decodes as much of the value of PidLidAppointmentRecur as there is, and reports every field and every finding.
// It never fails. After a Fatal finding the pattern holds the fields and whole exceptions read before it: an
// ExtendedException that is cut off leaves its Exception, with Cut set.
func Inspect(b []byte) (*AppointmentRecurrencePattern, *diag.Report) {
	r := diag.NewLazy("apptrecur", b, catalogue, func(b []byte, r *diag.Report) { inspect(b, r) })
	return inspect(b, r), r
}

func inspect(b []byte, r *diag.Report) *AppointmentRecurrencePattern {
	a, c := new(AppointmentRecurrencePattern), wire.New(b, r, &appointmentSpec)
	a.read(&c)
	return a
}

// UnmarshalBinary decodes b into a strictly, as Decode does, and reuses the memory a holds, that of its exceptions and
// their texts too. After an error a holds no promised value, but may be used again.
func (a *AppointmentRecurrencePattern) UnmarshalBinary(b []byte) error {
	if a.fast(b) {
		return nil
	}
	c := wire.New(b, nil, &appointmentSpec)
	a.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("apptrecur", catalogue)
	c = wire.New(b, r, &appointmentSpec)
	a.read(&c)
	return r.Err()
}

func (a *AppointmentRecurrencePattern) read(c *wire.Cursor) {
	a.Exceptions, a.pool, a.text, a.exceptionsAt = a.Exceptions[:0], a.pool[:0], a.text[:0], 0
	a.ReservedBlock1, a.ReservedBlock2, a.Trailing = nil, nil, nil
	a.ReaderVersion2, a.WriterVersion2, a.StartTimeOffset, a.EndTimeOffset = 0, 0, 0, 0
	var at patternOffsets
	if !a.readFields(c, &at) {
		return
	}
	n, ok := a.readAppointment(c)
	if !ok {
		return
	}
	if n > 0 {
		ok = a.readExceptions(c, n)
	} else {
		a.ReservedBlock1 = a.keep(c, c.Bytes("ReservedBlock1", uint64(c.U32("ReservedBlock1Size"))))
	}
	if !ok {
		return
	}
	a.ReservedBlock2 = a.keep(c, c.Bytes("ReservedBlock2", uint64(c.U32("ReservedBlock2Size"))))
	if c.Left() > 0 {
		a.Trailing = a.keep(c, c.Rest("trailing", TrailingData))
		a.findOlder(c)
	}
	if c.Recording() && !c.Dead() {
		a.RecurrencePattern.check(c, at)
		a.check(c, at)
	}
}

// readAppointment reads the fields between the pattern and the exceptions. It returns ExceptionCount.
func (a *AppointmentRecurrencePattern) readAppointment(c *wire.Cursor) (n int, ok bool) {
	at := c.Offset()
	b := c.Run(appointmentFields, appointmentSize)
	if b == nil {
		if c.Offset() == at {
			c.Find(diag.Info, PatternOnly, "ReaderVersion2", at, 0, "is where the blob ends: it is a RecurrencePattern alone, as PidLidTaskRecurrence has it")
		}
		var part [appointmentSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(at))
		b = part[:]
	}
	a.ReaderVersion2, a.WriterVersion2 = u32(b), u32(b[4:])
	a.StartTimeOffset, a.EndTimeOffset = u32(b[8:]), u32(b[12:])
	a.exceptionsAt = c.Offset()
	return int(u16(b[16:])), !c.Dead()
}

// readExceptions reads n exceptions, and ReservedBlock1 between their two parts.
func (a *AppointmentRecurrencePattern) readExceptions(c *wire.Cursor, n int) bool {
	fit := c.Count(uint64(n), infoSize)
	if cap(a.Exceptions) < fit {
		a.Exceptions = make([]Exception, fit)
	}
	a.Exceptions = a.Exceptions[:fit]
	var deleted []RTime // for the checks
	if c.Recording() {
		deleted = byDay(a.DeletedInstanceDates)
	}
	for i := range a.Exceptions {
		c.In("ExceptionInfo", i)
		ok := a.readInfo(c, &a.Exceptions[i], deleted)
		c.Out()
		if !ok {
			a.Exceptions = a.Exceptions[:i]
			return a.cut(0)
		}
	}
	if fit < n {
		c.In("ExceptionInfo", fit)
		c.Run(infoFields, infoSize) // says where this one ends
		c.Out()
		return a.cut(0)
	}
	a.ReservedBlock1 = a.keep(c, c.Bytes("ReservedBlock1", uint64(c.U32("ReservedBlock1Size"))))
	var bad badSizes
	for i := range a.Exceptions {
		c.In("ExtendedException", i)
		ok := a.readExtended(c, i, &bad)
		c.Out()
		if !ok {
			bad.find(c)
			return a.cut(i)
		}
	}
	bad.find(c)
	return true
}

// cut marks the exceptions from the i-th on as those whose ExtendedException is not there, and reports false.
func (a *AppointmentRecurrencePattern) cut(i int) bool {
	for ; i < len(a.Exceptions); i++ {
		a.Exceptions[i].Cut = true
	}
	return false
}

// newDetails returns empty Details from the pool. The pool is made large enough for all exceptions at once. rest is the
// blob from the first exception on.
func (a *AppointmentRecurrencePattern) newDetails(rest []byte) *Details {
	n := len(a.pool)
	if n == cap(a.pool) {
		need := len(a.Exceptions) - n // of few exceptions, most have Details: it is not worth while to count
		if need > fewExceptions {
			need = a.countDetailed(rest)
		}
		a.pool, n = make([]Details, 0, max(1, need)), 0
	}
	a.pool = a.pool[:n+1]
	d := &a.pool[n]
	*d = Details{}
	return d
}

// copyText returns a copy of rest, the blob from the first exception on, made when it is needed for the first time.
func (a *AppointmentRecurrencePattern) copyText(rest []byte) []byte {
	if len(a.text) == 0 {
		a.text = append(a.text, rest...)
	}
	return a.text
}

// rest returns the blob from the first exception on.
func (a *AppointmentRecurrencePattern) rest(c *wire.Cursor) []byte {
	return c.Peek(a.exceptionsAt, math.MaxInt)
}

// keep returns a copy of b, the bytes that were read last, as a part of the text.
func (a *AppointmentRecurrencePattern) keep(c *wire.Cursor, b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	end := c.Offset() - a.exceptionsAt
	return a.copyText(a.rest(c))[end-len(b) : end : end]
}

// AppendBinary appends the encoding of a: exactly what its fields say, whether that makes a good blob or not. The error
// is about what no blob can hold: that of RecurrencePattern.AppendBinary, more than 65535 exceptions, a text or a block
// that is too long, a detail of an exception without the flag for it, or an exception that was Cut.
func (a *AppointmentRecurrencePattern) AppendBinary(b []byte) ([]byte, error) {
	if len(a.Exceptions) > math.MaxUint16 {
		return b, fmt.Errorf("recur: ExceptionCount: %d exceptions do not fit in 16 bits", len(a.Exceptions))
	}
	for i := range a.Exceptions {
		if err := a.Exceptions[i].encodable(a.WriterVersion2); err != nil {
			return b, fmt.Errorf("recur: ExceptionInfo[%d].%w", i, err)
		}
	}
	switch n1, n2 := len(a.ReservedBlock1), len(a.ReservedBlock2); {
	case uint64(n1) > maxBlock:
		return b, fmt.Errorf("recur: ReservedBlock1: %d bytes do not fit in 32 bits", n1)
	case uint64(n2) > maxBlock:
		return b, fmt.Errorf("recur: ReservedBlock2: %d bytes do not fit in 32 bits", n2)
	}
	out, err := a.appendFields(b)
	if err != nil {
		return b, err
	}
	out = appendWords(out, a.ReaderVersion2, a.WriterVersion2, a.StartTimeOffset, a.EndTimeOffset)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(a.Exceptions)))
	for i := range a.Exceptions {
		out = a.Exceptions[i].appendInfo(out)
	}
	out = appendBlock(out, a.ReservedBlock1)
	for i := range a.Exceptions {
		out = a.Exceptions[i].appendExtended(out, a.WriterVersion2)
	}
	out = appendBlock(out, a.ReservedBlock2)
	return append(out, a.Trailing...), nil
}

// MarshalBinary returns the encoding of a, as AppendBinary does.
func (a *AppointmentRecurrencePattern) MarshalBinary() ([]byte, error) { return a.AppendBinary(nil) }
