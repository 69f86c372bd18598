package recur

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// What is here finds where the fields of an older version stand in the bytes behind a newer one; Recover then reads them,
// as Inspect does. A search takes so many steps and no more, so that bytes made to look like very many beginnings cost no
// more than others do: it finds nothing in them.

const stepsPerByte = 4

// The fields from StartDate to ExceptionCount, in the order they stand in, each of four bytes but the last.
const (
	startDateField = iota
	endDateField
	readerVersion2Field
	writerVersion2Field
	startTimeOffsetField
	endTimeOffsetField
	exceptionCountField
	fixedFields // how many there are
)

const (
	fixedSize = 8 + appointmentSize
	timesSize = 12
	mayBeLost = 8 // of the times of the first ExceptionInfo that is left
)

// leftover is what was found of an older version. Its offsets are those of the bytes searched.
type leftover struct {
	from      int  // the first field that is whole
	deleted   int  // how many DeletedInstanceDates are left
	counted   bool // ModifiedInstanceCount is left
	modified  int  // how many ModifiedInstanceDates are left
	first     int  // the first of the fields from StartDate on that is whole, fixedFields where none is
	info      int  // the first ExceptionInfo that is left, below zero where it began before the bytes
	n         int  // how many are left
	second    int  // where the ExtendedExceptions begin
	extended  int  // that of the first ExceptionInfo
	timesOnly bool // the only ExtendedException may be that of another
}

type search struct {
	b     []byte
	steps int
}

// find searches b for what is left of an older version. Where there are several, the first that has its version words is
// found before any that has not.
func find(b []byte) (leftover, bool) {
	s := search{b, stepsPerByte * min(len(b), 1<<27)}
	if f, ok := s.findVersions(); ok {
		return f, true
	}
	return s.findExceptions()
}

// findVersions looks for ReaderVersion2 and WriterVersion2. The first of them may have been overwritten; the older version
// has to end with the bytes then.
func (s *search) findVersions() (leftover, bool) {
	for at := -4; at < 0; at++ {
		if f, ok := s.versionsAt(at, true); ok {
			return f, true
		}
	}
	version := []byte{readerVersion2 & 0xFF, readerVersion2 >> 8, 0, 0}
	for at := 0; s.steps >= 0; at++ {
		i := bytes.Index(s.b[at:], version)
		if i < 0 {
			break
		}
		at += i
		if f, ok := s.versionsAt(at, false); ok {
			return f, true
		}
	}
	return leftover{}, false
}

// versionsAt follows an older version whose ReaderVersion2 begins at the offset at, which may be before the bytes.
func (s *search) versionsAt(at int, strict bool) (f leftover, ok bool) {
	s.steps--
	fixed := at - 4*readerVersion2Field
	f = leftover{info: fixed + fixedSize, first: firstWhole(fixed)}
	if len(s.b) < f.info+8 || !s.soundFixed(fixed) {
		return f, false
	}
	f.n = int(u16(s.b[f.info-2:]))
	infos := s.b[f.info:]
	b := infos
	strict = strict || f.n == 0
	for range f.n {
		size := s.infoFits(b, 0, strict)
		if size < 0 {
			return f, false
		}
		b = b[size:]
	}
	if b, ok = afterReserved(b, strict); !ok {
		return f, false
	}
	f.second = len(s.b) - len(b)
	f.extended = f.second
	highlight := u32(s.b[at+4:]) >= highlightVersion
	for range f.n {
		if b, ok = s.extendedFits(infos, b, 0, highlight, strict); !ok {
			return f, false
		}
		_, size := infoAt(infos)
		infos = infos[size:]
	}
	if b, ok = afterReserved(b, strict); !ok || len(b) > 0 && (strict && fixed < 0) {
		return f, false
	}
	f.from = fixed + 4*f.first
	if f.first == startDateField {
		s.findDates(&f)
	}
	if f.n == 0 && (at < 0 || fixed >= 4 && !f.counted) {
		return f, false // what is left of the version is too little, or has a ModifiedInstanceCount that says otherwise
	}
	s.doubtFixed(&f)
	return f, true
}

// firstWhole returns which of the fields from StartDate on is the first that is whole, where StartDate begins at an offset
// that may be before the bytes.
func firstWhole(fixed int) int { return (max(0, -fixed) + 3) / 4 }

// soundFixed reports whether what there is of the fields from StartDate to ExceptionCount is as it should be. StartDate
// begins at the offset fixed, which may be before the bytes.
func (s *search) soundFixed(fixed int) bool {
	var w [fixedSize]byte // what is lost is right, or the least it can be
	field := func(i int) uint32 { return u32(w[4*i:]) }
	binary.LittleEndian.PutUint32(w[4*readerVersion2Field:], readerVersion2)
	binary.LittleEndian.PutUint32(w[4*writerVersion2Field:], highlightVersion)
	copy(w[max(0, -fixed):], s.b[max(0, fixed):])
	if v := field(writerVersion2Field); field(readerVersion2Field) != readerVersion2 || v != highlightVersion && v != highlightVersion-1 {
		return false
	}
	from, to := field(startTimeOffsetField), field(endTimeOffsetField)
	if from >= minutesPerDay || to < from || to > longest {
		return false
	}
	first, last := RTime(field(startDateField)), RTime(field(endDateField))
	switch firstWhole(fixed) {
	case startDateField:
		return soundDate(first) && soundEnd(last) && (last >= first || last == 0)
	case endDateField:
		return soundEnd(last)
	}
	return true
}

// doubtFixed leaves out a first field that may not be whole. The bytes may be what is left of two older versions, and the
// newer of them ends with zeros: they can stand for the lower half of a date or the lowest byte of an offset, and leave
// something that looks like another, or for a count of 0. What agrees with something else is beyond doubt.
func (s *search) doubtFixed(f *leftover) {
	if f.modified > 0 || f.deleted > 0 {
		return
	}
	for ; f.first < exceptionCountField; f.first++ {
		at := f.info - fixedSize + 4*f.first
		lowest := u16(s.b[at:])
		if f.first > endDateField {
			lowest &= 0xFF
		}
		if lowest != 0 {
			return
		}
		f.from, f.counted = at+4, false
	}
}

// findDates tells which dates stand before StartDate. The modified ones are the days on which the exceptions start; what
// is before them and their number are deleted ones, in ascending order. Dates that are otherwise are left unexplained.
func (s *search) findDates(f *leftover) {
	days, infos := make([]RTime, f.n), s.b[f.info:]
	for i := range days {
		days[i] = RTime(u32(infos)).Midnight()
		_, size := infoAt(infos)
		infos = infos[size:]
	}
	slices.Sort(days)
	before := func() uint32 { return u32(s.b[f.from-4:]) }
	for ; f.modified < f.n; f.modified++ {
		if f.from < 4 || RTime(before()) != days[f.n-1-f.modified] {
			return
		}
		f.from -= 4
	}
	if f.from < 4 || before() != uint32(f.n) {
		return
	}
	f.from -= 4
	f.counted = true
	for next := NoEnd; f.from >= 4; f.deleted++ {
		d := RTime(before())
		if !soundDate(d) || d > next || d&0xFFFF == 0 { // the last as in doubtFixed
			return
		}
		next = d
		f.from -= 4
	}
}

// findExceptions looks for ExceptionInfos whose version words were overwritten. The first may have lost its times but
// the last, which is not to be missed: without it the upper half of a ReminderDelta may be taken for flags.
func (s *search) findExceptions() (leftover, bool) {
	if len(s.b) < plainSize+4 || u32(s.b[len(s.b)-4:]) != 0 { // ReservedBlock2Size
		return leftover{}, false
	}
	whole := search{append(make([]byte, mayBeLost, mayBeLost+len(s.b)), s.b...), s.steps}
	for at := 0; at+infoSize <= len(whole.b) && whole.steps >= 0; at++ {
		f, ok := whole.exceptionsAt(at, max(0, mayBeLost-at))
		f.info, f.second, f.extended = f.info-mayBeLost, f.second-mayBeLost, f.extended-mayBeLost
		if ok && s.explainFront(&f) {
			return f, true
		}
	}
	return leftover{}, false
}

// exceptionsAt follows exceptions from the ExceptionInfo on that begins at the offset at, and of whose times the first so
// many bytes are lost. Nothing says how many there are: the ExceptionInfos go on to a ReservedBlock1Size of 0. Theirs are
// the last ExtendedExceptions, which have to end with the bytes; before them are those of ExceptionInfos that are lost.
func (s *search) exceptionsAt(at, lost int) (f leftover, ok bool) {
	b, texts := s.b[at:], OverrideFlags(0)
	f = leftover{info: at, first: fixedFields}
	for cut := lost; f.n == 0 || len(b) >= 4 && u32(b) != 0; cut = 0 {
		size := s.infoFits(b, cut, true)
		if size < 0 || f.n == math.MaxUint16 {
			return f, false
		}
		texts |= OverrideFlags(u16(b[timesSize:])) & textFlags
		b = b[size:]
		f.n++
	}
	f.timesOnly = f.n == 1 && OverrideFlags(u16(s.b[at+timesSize:]))&^OverrideMeetingType == 0
	if len(b) < 8 {
		return f, false
	}
	b = b[4 : len(b)-4] // what is between the reserved blocks
	f.second = len(s.b) - 4 - len(b)
	for ok = true; ok && len(b) >= f.n*plainSize && s.steps >= 0; b, ok = s.otherExtended(b) {
		if (texts != 0 || len(b) == f.n*plainSize) && s.extendedEnd(&f, b, lost) {
			f.extended = len(s.b) - 4 - len(b)
			return f, true
		}
	}
	return f, false
}

// extendedEnd reports whether b is the ExtendedExceptions of the ExceptionInfos from f.info on, and nothing else.
func (s *search) extendedEnd(f *leftover, b []byte, lost int) bool {
	infos, ok := s.b[f.info:], false
	for range f.n {
		if b, ok = s.extendedFits(infos, b, lost, true, true); !ok {
			return false
		}
		_, size := infoAt(infos)
		infos, lost = infos[size:], 0
	}
	return len(b) == 0
}

// otherExtended returns what follows the ExtendedException that b begins with, of an ExceptionInfo that is lost. What
// comes next tells whether it has texts.
func (s *search) otherExtended(b []byte) (rest []byte, ok bool) {
	s.steps--
	if !extendedBegins(b) {
		return nil, false
	}
	if b = b[plainSize:]; len(b) == 0 || extendedBegins(b) {
		return b, true
	}
	if len(b) < timesSize || !soundTimes(b) {
		return nil, false
	}
	b = b[timesSize:]
	for range 2 {
		if len(b) < 2 || len(b)-2 < 2*int(u16(b)) {
			break
		}
		b = b[2+2*int(u16(b)):]
		if len(b) >= 4 && u32(b) == 0 && (len(b) == 4 || extendedBegins(b[4:])) {
			return b[4:], true
		}
	}
	return nil, false
}

// extendedBegins reports whether b begins as an ExtendedException does.
func extendedBegins(b []byte) bool {
	return len(b) >= plainSize && u32(b) == highlightSize && u32(b[8:]) == 0
}

// explainFront tells what stands before the first ExceptionInfo. It reports false where nothing can, or where nothing is
// left then.
func (s *search) explainFront(f *leftover) bool {
	missing := f.second < f.extended
	if f.info >= 2 && !missing {
		// It is the end of the fixed fields. WriterVersion2 is not among them, or it would have been found.
		fixed := f.info - fixedSize
		f.first = firstWhole(fixed)
		f.from = fixed + 4*f.first
		f.timesOnly = false
		if f.first <= writerVersion2Field || int(u16(s.b[f.info-2:])) != f.n || !s.soundFixed(fixed) {
			return false
		}
		s.doubtFixed(f)
		return true
	}
	if f.info == 1 && !missing && s.b[0] != byte(f.n>>8) || // of ExceptionCount
		f.timesOnly && !s.soundAlone(f.info) {
		return false
	}
	if f.info < 0 {
		f.from = (4 - -f.info%4) % 4
		return true
	}
	if s.b[f.info] == 0 && OverrideFlags(u16(s.b[f.info+timesSize:]))&textFlags == 0 { // as in doubtFixed
		_, size := infoAt(s.b[f.info:])
		f.info += size
		f.extended += plainSize
		f.n--
	}
	f.from = f.info
	return f.n > 0
}

// soundAlone reports whether an ExceptionInfo that is the only one, and repeated nowhere, may be one. Text in some scripts
// looks like times. So there may only be the end of another one before it, of the same kind, and its times must be such as
// people choose.
func (s *search) soundAlone(info int) bool {
	start, end, original := u32(s.b[info:]), u32(s.b[info+4:]), u32(s.b[info+8:])
	return start < end && start%5+end%5+original%5 == 0 &&
		info < infoSize && (info < 1 || s.b[info-1] == 0) && (info < 2 || s.b[info-2] == 0)
}

// infoFits returns the size of the ExceptionInfo that b begins with, of whose times the first so many bytes are lost. It
// is below zero where there is none, or none that a writer is known to have written.
func (s *search) infoFits(b []byte, lost int, strict bool) int {
	s.steps--
	flags, size := infoAt(b)
	switch {
	case size < 0 || flags&^knownFlags != 0,
		lost == 0 && !soundTimes(b),
		lost > 0 && flags&textFlags == 0, // only text brings the times once more
		strict && !soundOverrides(b):
		return -1
	}
	return size
}

// extendedFits returns what follows the ExtendedException that b begins with. It reports false where there is none, or none
// that a writer is known to have written for the ExceptionInfo.
func (s *search) extendedFits(info, b []byte, lost int, highlight, strict bool) (rest []byte, ok bool) {
	s.steps--
	if highlight {
		if len(b) < 4 || strict && u32(b) != highlightSize || u32(b) > 0 && u32(b) < highlightSize {
			return nil, false
		}
		if b, ok = afterBlock(b); !ok {
			return nil, false
		}
	}
	if b, ok = afterReserved(b, strict); !ok {
		return nil, false
	}
	flags := OverrideFlags(u16(info[timesSize:]))
	if flags&textFlags == 0 {
		return b, true
	}
	if rest, ok = afterText(b, flags); !ok || !strict {
		return rest, ok
	}
	return rest, bytes.Equal(b[lost:timesSize], info[lost:timesSize]) && soundTimes(b) && sameTexts(info, b)
}

// afterReserved returns what follows the block that b begins with. Strictly it has to be empty, as it always is.
func afterReserved(b []byte, strict bool) (rest []byte, ok bool) {
	if strict && (len(b) < 4 || u32(b) != 0) {
		return nil, false
	}
	return afterBlock(b)
}
