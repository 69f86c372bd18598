package recur

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// RecurrencePattern says on which days something happens ([MS-OXOCAL] 2.2.1.44.1). By itself it is the value of
// PidLidTaskRecurrence; in an AppointmentRecurrencePattern it is the first part. The zero value is not valid; use
// NewDaily and its like.
type RecurrencePattern struct {
	ReaderVersion   uint16 // ReaderVersion, 0x3004
	WriterVersion   uint16 // WriterVersion, 0x3004
	RecurFrequency  Frequency
	PatternType     PatternType
	CalendarType    CalendarType
	FirstDateTime   RTime      // which of the periods count: the first of them since the calendar's first one after 1601
	Period          uint32     // in minutes for Day, in weeks for Week, else in months
	SlidingFlag     uint32     // 1: a task that begins anew once it is done; its occurrences are not in the pattern
	DaysOfWeek      DaysOfWeek // PatternTypeSpecific.DayOfWeek, of Week, MonthNth and HjMonthNth
	DayOfMonth      uint32     // PatternTypeSpecific.Day, of Month, MonthEnd, HjMonth and HjMonthEnd
	N               Nth        // PatternTypeSpecific.N, of MonthNth and HjMonthNth
	EndType         EndType
	OccurrenceCount uint32  // of EndAfterCount; with other ends writers put what they like
	FirstDOW        Weekday // the day a week begins with
	// DeletedInstanceDates are the days, as the pattern has them, of what was deleted or modified.
	DeletedInstanceDates []RTime
	// ModifiedInstanceDates are the days to which occurrences were moved, or on which they stay though they were changed.
	ModifiedInstanceDates []RTime
	StartDate             RTime // the day of the first occurrence
	EndDate               RTime // the last day there may be an occurrence on, NoEnd where there is none
	// Trailing is what follows the structure: behind the appointment's part, where the pattern has one.
	Trailing []byte
}

const (
	version  = 0x3004 // ReaderVersion and WriterVersion
	headSize = 22     // of the fields before PatternTypeSpecific
	endSize  = 16     // of those from EndType to DeletedInstanceCount
)

var patternSpec = wire.Words{Truncated: Truncated, Spec: "[MS-OXOCAL] 2.2.1.44.1"}

// Decode decodes the value of PidLidAppointmentRecur strictly. The error is a *diag.DecodeError with every finding of
// severity Error and above; it is an io.ErrUnexpectedEOF when b ends too early. b is not kept.
func Decode(b []byte) (*AppointmentRecurrencePattern, error) {
	a := new(AppointmentRecurrencePattern)
	if err := a.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return a, nil
}

// DecodePattern decodes the value of PidLidTaskRecurrence strictly, as Decode does that of PidLidAppointmentRecur.
func DecodePattern(b []byte) (*RecurrencePattern, error) {
	p := new(RecurrencePattern)
	if err := p.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return p, nil
}

// InspectPattern decodes as much of the value of PidLidTaskRecurrence as there is, and reports every field and every
// finding. It never fails. After a Fatal finding the pattern holds the fields read before it.
func InspectPattern(b []byte) (*RecurrencePattern, *diag.Report) {
	r := diag.NewLazy("recur", b, catalogue, func(b []byte, r *diag.Report) { inspectPattern(b, r) })
	return inspectPattern(b, r), r
}

func inspectPattern(b []byte, r *diag.Report) *RecurrencePattern {
	p, c := new(RecurrencePattern), wire.New(b, r, &patternSpec)
	p.read(&c)
	return p
}

// UnmarshalBinary decodes b into p strictly, as DecodePattern does, and reuses the memory p holds. After an error p
// holds no promised value, but may be used again.
func (p *RecurrencePattern) UnmarshalBinary(b []byte) error {
	if p.fast(b) == len(b) {
		p.Trailing = p.Trailing[:0]
		return nil
	}
	c := wire.New(b, nil, &patternSpec)
	p.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("recur", catalogue)
	c = wire.New(b, r, &patternSpec)
	p.read(&c)
	return r.Err()
}

func (p *RecurrencePattern) read(c *wire.Cursor) {
	p.Trailing = p.Trailing[:0]
	var at patternOffsets
	if !p.readFields(c, &at) {
		return
	}
	if c.Left() > 0 {
		p.Trailing = append(p.Trailing, c.Rest("trailing", TrailingData)...)
	}
	if c.Recording() {
		p.check(c, at)
	}
}

// patternOffsets are where the fields begin whose places differ.
type patternOffsets struct{ end, deleted, modifiedCount, modified, start int }

// readFields reads the pattern itself. It reports false where the blob ends in it or cannot be followed.
func (p *RecurrencePattern) readFields(c *wire.Cursor, at *patternOffsets) bool {
	p.DeletedInstanceDates, p.ModifiedInstanceDates = p.DeletedInstanceDates[:0], p.ModifiedInstanceDates[:0]
	p.StartDate, p.EndDate = 0, 0
	deleted, ok := p.readHead(c, at)
	if !ok {
		return false
	}
	if !p.readDeleted(c, deleted) {
		return false
	}
	at.modifiedCount = c.Offset()
	modified := c.U32("ModifiedInstanceCount")
	at.modified = c.Offset()
	p.ModifiedInstanceDates, ok = readDates(c, &modifiedDate, modified, p.ModifiedInstanceDates)
	if !ok {
		return false
	}
	at.start = c.Offset()
	b := c.Run(rangeFields, 8)
	if b == nil {
		if b = c.Whole(at.start); len(b) >= 4 {
			p.StartDate = RTime(u32(b))
		}
		return false
	}
	p.StartDate, p.EndDate = RTime(u32(b)), RTime(u32(b[4:]))
	return true
}

// readHead reads the fields before the dates. It returns DeletedInstanceCount.
func (p *RecurrencePattern) readHead(c *wire.Cursor, at *patternOffsets) (deleted uint32, ok bool) {
	b := c.Run(headFields, headSize)
	if b == nil {
		var part [headSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		p.loadHead(part[:])
		p.loadEnd(make([]byte, endSize), &specifics[Day])
		return 0, false
	}
	p.loadHead(b)
	is, known := p.PatternType.specific()
	if !known {
		p.loadEnd(make([]byte, endSize), &specifics[Day])
		c.Find(diag.Fatal, UnknownPatternType, "PatternType", 6, 2, "is 0x%04X, which is none that is known; what follows byte %d cannot be told apart",
			uint16(p.PatternType), headSize)
		c.Undecoded()
		return 0, false
	}
	n := is.size
	at.end = headSize + n
	at.deleted = at.end + endSize
	if b = c.Run(endFieldsOf(p.PatternType), n+endSize); b == nil {
		var part [8 + endSize]byte
		copy(part[:], c.Whole(headSize))
		p.loadEnd(part[:], is)
		return 0, false
	}
	p.loadEnd(b, is)
	return u32(b[n+12:]), true
}

// loadHead takes the fields before PatternTypeSpecific from their bytes, which are not fewer than headSize.
func (p *RecurrencePattern) loadHead(b []byte) {
	p.loadKinds(b)
	p.loadPeriod(b)
}

func (p *RecurrencePattern) loadKinds(b []byte) {
	words := binary.LittleEndian.Uint64(b)
	p.ReaderVersion, p.WriterVersion = uint16(words), uint16(words>>16)
	p.RecurFrequency, p.PatternType = Frequency(words>>32), PatternType(words>>48)
}

func (p *RecurrencePattern) loadPeriod(b []byte) {
	words := binary.LittleEndian.Uint64(b[10:])
	p.CalendarType, p.FirstDateTime, p.Period = CalendarType(u16(b[8:])), RTime(words), uint32(words>>32)
	p.SlidingFlag = u32(b[18:])
}

// loadEnd takes PatternTypeSpecific and the three fields behind it from their bytes.
func (p *RecurrencePattern) loadEnd(b []byte, is *specific) {
	first, second := u32(b), u32(b[4:]) // of whatever
	p.DaysOfWeek, p.DayOfMonth, p.N = DaysOfWeek(first&is.daysOfWeek), first&is.dayOfMonth, Nth(second&is.n)
	b = b[is.size:]
	p.EndType, p.OccurrenceCount, p.FirstDOW = EndType(u32(b)), u32(b[4:]), Weekday(u32(b[8:]))
}

// readDates reads an array of n dates into the memory of dates. It reports false where the blob ends in it; the dates
// that are there are read then.
func readDates(c *wire.Cursor, f *wire.Field, n uint32, dates []RTime) ([]RTime, bool) {
	if n == 0 {
		return dates, !c.Dead()
	}
	b := c.Array(f, uint64(n))
	if b == nil {
		return dates, false
	}
	if cap(dates) < int(n) {
		dates = make([]RTime, n)
	}
	dates = dates[:n]
	loadDates(dates, b)
	return dates, true
}

// readDeleted reads n deleted dates. Where there is no memory for them yet, it makes that for the modified ones too.
func (p *RecurrencePattern) readDeleted(c *wire.Cursor, n uint32) bool {
	fit := c.Count(uint64(n), 4)
	if next := c.Peek(c.Offset()+4*fit, 4); fit == int(n) && len(next) == 4 {
		if modified := int(min(uint64(u32(next)), uint64(c.Left()/4-fit))); cap(p.DeletedInstanceDates) < fit || cap(p.ModifiedInstanceDates) < modified {
			p.growDates(fit, modified)
		}
	}
	var ok bool
	p.DeletedInstanceDates, ok = readDates(c, &deletedDate, n, p.DeletedInstanceDates)
	return ok
}

// AppendBinary appends the encoding of p: exactly what its fields say, whether that makes a good blob or not. The error
// is about what no blob can hold: a PatternType that is not known, a field of PatternTypeSpecific that the PatternType
// does not have, or more than 2^32-1 dates.
func (p *RecurrencePattern) AppendBinary(b []byte) ([]byte, error) {
	out, err := p.appendFields(b)
	if err != nil {
		return b, err
	}
	return append(out, p.Trailing...), nil
}

// MarshalBinary returns the encoding of p, as AppendBinary does.
func (p *RecurrencePattern) MarshalBinary() ([]byte, error) { return p.AppendBinary(nil) }

func (p *RecurrencePattern) appendFields(b []byte) ([]byte, error) {
	if err := p.encodable(); err != nil {
		return b, err
	}
	for _, v := range [...]uint16{p.ReaderVersion, p.WriterVersion, uint16(p.RecurFrequency), uint16(p.PatternType), uint16(p.CalendarType)} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	b = appendWords(b, uint32(p.FirstDateTime), p.Period, p.SlidingFlag)
	switch {
	case p.PatternType.hasN():
		b = appendWords(b, uint32(p.DaysOfWeek), uint32(p.N))
	case p.PatternType.hasDaysOfWeek():
		b = appendWords(b, uint32(p.DaysOfWeek))
	case p.PatternType.hasDayOfMonth():
		b = appendWords(b, p.DayOfMonth)
	}
	b = appendWords(b, uint32(p.EndType), p.OccurrenceCount, uint32(p.FirstDOW))
	b = appendDates(b, p.DeletedInstanceDates)
	b = appendDates(b, p.ModifiedInstanceDates)
	return appendWords(b, uint32(p.StartDate), uint32(p.EndDate)), nil
}

func (p *RecurrencePattern) encodable() error {
	_, known := p.PatternType.specific()
	switch {
	case !known:
		return fmt.Errorf("recur: PatternType: is 0x%04X, which is none that is known", uint16(p.PatternType))
	case p.DaysOfWeek != 0 && !p.PatternType.hasDaysOfWeek():
		return fmt.Errorf("recur: PatternTypeSpecific.DayOfWeek: is not 0, but a pattern of type %v has none", p.PatternType)
	case p.N != 0 && !p.PatternType.hasN():
		return fmt.Errorf("recur: PatternTypeSpecific.N: is not 0, but a pattern of type %v has none", p.PatternType)
	case p.DayOfMonth != 0 && !p.PatternType.hasDayOfMonth():
		return fmt.Errorf("recur: PatternTypeSpecific.Day: is not 0, but a pattern of type %v has none", p.PatternType)
	case uint64(len(p.DeletedInstanceDates)) > 1<<32-1:
		return fmt.Errorf("recur: DeletedInstanceCount: %d dates do not fit in 32 bits", len(p.DeletedInstanceDates))
	case uint64(len(p.ModifiedInstanceDates)) > 1<<32-1:
		return fmt.Errorf("recur: ModifiedInstanceCount: %d dates do not fit in 32 bits", len(p.ModifiedInstanceDates))
	}
	return nil
}

func appendWords(b []byte, words ...uint32) []byte {
	for _, v := range words {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func appendDates(b []byte, dates []RTime) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(dates)))
	for _, d := range dates {
		b = binary.LittleEndian.AppendUint32(b, uint32(d))
	}
	return b
}
