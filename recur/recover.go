package recur

import (
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Recovered is what the bytes behind a PidLidAppointmentRecur still hold of an older version of it ([MS-OXOCAL]
// 2.2.1.44.5): its end, from some field on. It is evidence of what the series once was, and nothing of it belongs to what
// the series is. Methods report false for what was overwritten.
type Recovered struct {
	// Unexplained is how many bytes stand before the first field that is known: the rest of a field whose beginning was
	// overwritten, or bytes that cannot be told apart.
	Unexplained int
	// DeletedInstanceDates are the last dates of that array. How many were overwritten is not known.
	DeletedInstanceDates []RTime
	// ModifiedInstanceDates are the last dates of that array: all of them, if they are as many as ExceptionCount says.
	ModifiedInstanceDates []RTime
	// Exceptions are the last exceptions: all of them, where ExceptionCount is known. Of the first, StartDateTime and
	// EndDateTime may have been overwritten; they are those of its ExtendedException then.
	Exceptions []Exception
	// TimesOnly says that there is one exception, and that of it only the times are certain. It looks like one without
	// overrides; but its bytes may also be the end of an ExtendedException with an empty text, and what belongs to the next.
	TimesOnly bool
	// ReservedBlock1 and ReservedBlock2 are empty in all blobs that are known.
	ReservedBlock1, ReservedBlock2 []byte
	// Trailing is what follows the older version. It may hold the end of a version still older: Recover it, too.
	Trailing []byte

	first  int // the first of the fixed fields that is whole
	fixed  [fixedSize]byte
	report *diag.Report
}

// Recover looks for an older version of the value of PidLidAppointmentRecur ([MS-OXOCAL] 2.2.1.44.5) in the bytes that
// follow the newer one, its Trailing. Where a program writes a shorter value over a longer one and does not truncate the
// stream, the end of the longer one stays, from any byte on. Recover reports false where there is no older version, none
// that can be told from other bytes, or a whole one with its head, which is for Decode. What there must be, as writers
// are known to write it:
//
//   - ReaderVersion2 and WriterVersion2, and all that follows them up to ReservedBlock2, in which everything fits; before
//     them StartDate and EndDate, and without exceptions a ModifiedInstanceCount of 0, as far as they are left;
//   - or, where ReaderVersion2 is not whole, the last exceptions or all of them, and all that follows them, which has to
//     end with the last byte. ExtendedExceptions must repeat times and texts, and no reserved block has anything in it. An
//     exception with a text may have lost its StartDateTime and EndDateTime. If WriterVersion2 is not whole either, it is
//     taken to have been one with ChangeHighlights.
//
// Dates before StartDate are told by the exceptions they must agree with and by their number; those that do not agree are
// left Unexplained. An exception was from 1970 to 2199, lasted a year at most, and was moved by no more than that. Of the
// value of PidLidTaskRecurrence nothing can be recovered.
//
// Of five million cuts through random versions none gave anything that had not been there. Of a million random tails
// nothing was found in any, neither where they were made of bytes, nor of midnights and small numbers, nor of zeros or
// halves of words. Of a million made of nothing but the words a blob is made of, 6 had a StartDate, an EndDate, versions,
// offsets and zeros in a row, and were taken for the end of a series without exceptions.
// Text that was made to look like the end of a series will be taken for one.
//
// Offsets, those of Report too, are those in trailing. Time and memory are proportional to its length; bytes made to look
// like very many versions are given up. trailing is not kept.
func Recover(trailing []byte) (*Recovered, bool) {
	f, ok := find(trailing)
	if !ok || isValue(trailing) {
		return nil, false
	}
	r := &Recovered{Unexplained: f.from, TimesOnly: f.timesOnly, first: f.first,
		report: diag.New("apptrecur", trailing, catalogue)}
	c := wire.New(trailing, r.report, &appointmentSpec)
	r.read(&c, &f)
	return r, true
}

// Report says which bytes of those given to Recover are which field of the older version. What is not known is called
// "unexplained". An index counts what is left of an array, not what was lost of it.
func (r *Recovered) Report() *diag.Report { return r.report }

// StartDate returns the day of the first occurrence, and whether it is known.
func (r *Recovered) StartDate() (RTime, bool) {
	v, ok := r.word(startDateField)
	return RTime(v), ok
}

// EndDate returns the last day there may be an occurrence on, NoEnd where there was none, and whether it is known.
func (r *Recovered) EndDate() (RTime, bool) {
	v, ok := r.word(endDateField)
	return RTime(v), ok
}

// ReaderVersion2 returns that field, and whether it is known.
func (r *Recovered) ReaderVersion2() (uint32, bool) { return r.word(readerVersion2Field) }

// WriterVersion2 returns that field, and whether it is known.
func (r *Recovered) WriterVersion2() (uint32, bool) { return r.word(writerVersion2Field) }

// StartTimeOffset returns at which minute after midnight an occurrence started, and whether it is known.
func (r *Recovered) StartTimeOffset() (uint32, bool) { return r.word(startTimeOffsetField) }

// EndTimeOffset returns at which minute after the same midnight it ended, and whether it is known.
func (r *Recovered) EndTimeOffset() (uint32, bool) { return r.word(endTimeOffsetField) }

// ExceptionCount returns how many exceptions there were, and whether it is known.
func (r *Recovered) ExceptionCount() (int, bool) {
	if r.first > exceptionCountField {
		return 0, false
	}
	return int(u16(r.fixed[4*exceptionCountField:])), true
}

func (r *Recovered) word(field int) (uint32, bool) {
	if r.first > field {
		return 0, false
	}
	return u32(r.fixed[4*field:]), true
}

// read reads what was found, with the functions that read a blob.
func (r *Recovered) read(c *wire.Cursor, f *leftover) {
	c.Bytes("unexplained", uint64(f.from))
	r.DeletedInstanceDates, _ = readDates(c, &deletedDate, uint32(f.deleted), nil)
	if f.counted {
		c.U32("ModifiedInstanceCount")
	}
	r.ModifiedInstanceDates, _ = readDates(c, &modifiedDate, uint32(f.modified), nil)
	a := AppointmentRecurrencePattern{WriterVersion2: highlightVersion}
	if f.first < fixedFields {
		table := slices.Concat(rangeFields, appointmentFields)[f.first:]
		copy(r.fixed[4*f.first:], c.Run(table, fixedSize-4*f.first))
		if v, ok := r.WriterVersion2(); ok {
			a.WriterVersion2 = v
		}
	}
	a.Exceptions, a.pool = make([]Exception, f.n), make([]Details, 0, f.n)
	for i := range a.Exceptions {
		c.In("ExceptionInfo", i)
		if i == 0 && f.info < 0 {
			a.readLeft(c, &a.Exceptions[i], -f.info, f.extended+plainSize)
		} else {
			a.readLeft(c, &a.Exceptions[i], 0, 0)
		}
		c.Out()
	}
	r.ReservedBlock1 = a.keep(c, c.Bytes("ReservedBlock1", uint64(c.U32("ReservedBlock1Size"))))
	c.Bytes("unexplained", uint64(f.extended-f.second)) // of exceptions that are lost
	var bad badSizes
	for i := range a.Exceptions {
		c.In("ExtendedException", i)
		a.readExtended(c, i, &bad)
		c.Out()
	}
	bad.find(c)
	r.ReservedBlock2 = a.keep(c, c.Bytes("ReservedBlock2", uint64(c.U32("ReservedBlock2Size"))))
	r.Trailing = a.keep(c, c.Bytes("trailing", uint64(c.Left())))
	r.Exceptions = a.Exceptions
}

// readLeft reads an ExceptionInfo of whose times the first so many bytes are lost. They are at the offset times, too. It
// is readInfo without its checks, which need what is lost of the pattern.
func (a *AppointmentRecurrencePattern) readLeft(c *wire.Cursor, e *Exception, lost, times int) {
	var info [infoSize]byte
	cut := (lost + 3) / 4 // fields that are not whole
	if lost > 0 {
		copy(info[:], c.Peek(times, timesSize))
	}
	copy(info[4*cut:], c.Run(infoFields[cut:], infoSize-4*cut))
	e.load(info[:])
	if e.OverrideFlags&fieldFlags != 0 {
		a.readOverrides(c, e)
	}
}

// findOlder says whether the trailing bytes, which were read last, hold an older version.
func (a *AppointmentRecurrencePattern) findOlder(c *wire.Cursor) {
	if !c.Recording() {
		return
	}
	n := len(a.Trailing)
	if isValue(a.Trailing) {
		c.Find(diag.Info, SecondValue, "trailing", c.Offset()-n, n, "is a whole value itself")
		return
	}
	if f, ok := find(a.Trailing); ok {
		c.Find(diag.Info, OlderVersion, "trailing", c.Offset()-n, n, "looks like the end of an older version, with %s", f.describe(a.Trailing))
	}
}

// isValue reports whether b is a whole value with a head of its own, which nobody has to recover.
func isValue(b []byte) bool {
	return len(b) >= 4 && u32(b) == version<<16|version && new(AppointmentRecurrencePattern).UnmarshalBinary(b) == nil
}

// describe says what the older version had.
func (f *leftover) describe(b []byte) string {
	exceptions, end := "exceptions", "an EndDate that is overwritten"
	if f.n == 1 {
		exceptions = "exception"
	}
	if f.first > exceptionCountField {
		exceptions += " or more"
	}
	if f.first <= endDateField {
		if end = endDateText(b[f.info-fixedSize+4*endDateField:]); end != "no end" {
			end = "EndDate " + end
		}
	}
	return fmt.Sprintf("%d %s and %s", f.n, exceptions, end)
}
