package recur

import "encoding/binary"

// What is here reads nearly all blobs in half the time that going field by field through a cursor takes. It gives up at
// whatever is not as nearly all blobs have it; the cursor then reads the blob from the start, and says what is wrong if
// anything is. The laws hold this way to the other one.

// fast decodes a blob of the usual kind. It reports false where it gives up.
func (a *AppointmentRecurrencePattern) fast(b []byte) bool {
	at := a.RecurrencePattern.fast(b)
	if at < 0 || len(b)-at < appointmentSize+8 {
		return false
	}
	own := b[at:]
	a.ReaderVersion2, a.WriterVersion2 = u32(own), u32(own[4:])
	a.StartTimeOffset, a.EndTimeOffset = u32(own[8:]), u32(own[12:])
	a.exceptionsAt = at + appointmentSize
	a.Exceptions, a.pool, a.text = a.Exceptions[:0], a.pool[:0], a.text[:0]
	b = b[a.exceptionsAt:]
	if n := int(u16(own[16:])); n > 0 {
		if at = a.fastExceptions(b, n); at < 0 {
			return false
		}
	} else if u32(b) != 0 { // ReservedBlock1Size
		return false
	} else {
		at = 4
	}
	if a.ReservedBlock1 != nil || a.ReservedBlock2 != nil || a.Trailing != nil {
		a.ReservedBlock1, a.ReservedBlock2, a.Trailing = nil, nil, nil
	}
	return len(b)-at == 4 && u32(b[at:]) == 0 // ReservedBlock2Size
}

// fast decodes a pattern. It returns where it ends, or a number below zero where it gives up.
func (p *RecurrencePattern) fast(b []byte) int {
	if len(b) < headSize+endSize+12 {
		return -1
	}
	p.loadHead(b[:headSize])
	is, at := &weekSpecific, headSize+4
	switch PatternType(u16(b[6:])) { // a processor guesses where this goes, and would wait for what the table says
	case Week:
	case Month, MonthEnd, HjMonth, HjMonthEnd:
		is = &monthSpecific
	case Day:
		is, at = &specifics[Day], headSize
	case MonthNth, HjMonthNth:
		is, at = &nthSpecific, headSize+8
	default:
		return -1
	}
	if len(b) < at+endSize+12 {
		return -1
	}
	p.loadEnd(b[headSize:at+endSize], is)
	deleted := uint64(u32(b[at+12:]))
	at += endSize
	if uint64(len(b)-at) < 4*deleted+12 {
		return -1
	}
	modifiedAt := at + 4*int(deleted)
	modified := uint64(u32(b[modifiedAt:]))
	if uint64(len(b)-modifiedAt) < 4*modified+12 {
		return -1
	}
	if uint64(cap(p.DeletedInstanceDates)) < deleted || uint64(cap(p.ModifiedInstanceDates)) < modified {
		p.growDates(int(deleted), int(modified))
	}
	p.DeletedInstanceDates, p.ModifiedInstanceDates = p.DeletedInstanceDates[:deleted], p.ModifiedInstanceDates[:modified]
	end := modifiedAt + 4 + 4*int(modified)
	ends := binary.LittleEndian.Uint64(b[end:])
	p.StartDate, p.EndDate = RTime(ends), RTime(ends>>32)
	if deleted > 0 {
		loadDates(p.DeletedInstanceDates, b[at:])
	}
	if modified > 0 {
		loadDates(p.ModifiedInstanceDates, b[modifiedAt+4:])
	}
	return end + 8
}

// growDates makes room for both arrays in one piece, and for neither less than there was.
func (p *RecurrencePattern) growDates(deleted, modified int) {
	n, m := max(deleted, cap(p.DeletedInstanceDates)), max(modified, cap(p.ModifiedInstanceDates))
	all := make([]RTime, n+m)
	p.DeletedInstanceDates, p.ModifiedInstanceDates = all[:0:n], all[n:n]
}

// loadDates takes dates from the bytes that begin with them, four at a time: the last four, and from the front those that
// are not among them. Some are taken twice.
func loadDates(dates []RTime, b []byte) {
	n := len(dates)
	if n < 4 {
		for i := range dates {
			dates[i] = RTime(u32(b[4*i : 4*i+4]))
		}
		return
	}
	loadFour((*[4]RTime)(dates[n-4:]), b[4*n-16:4*n])
	for i := 0; i < n-4; i += 4 {
		loadFour((*[4]RTime)(dates[i:]), b[4*i:4*i+16])
	}
}

func loadFour(dates *[4]RTime, b []byte) {
	x, y := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	dates[0], dates[1], dates[2], dates[3] = RTime(x), RTime(x>>32), RTime(y), RTime(y>>32)
}

// fastExceptions reads n exceptions and ReservedBlock1 from b, which begins with the first. It returns where they end,
// or a number below zero where it gives up.
func (a *AppointmentRecurrencePattern) fastExceptions(b []byte, n int) int {
	if len(b) < n*infoSize+4 || a.WriterVersion2 < highlightVersion {
		return giveUp
	}
	if cap(a.Exceptions) < n {
		a.Exceptions = make([]Exception, n)
	}
	a.Exceptions = a.Exceptions[:n]
	if OverrideFlags(u16(b[12:]))&textFlags != 0 {
		b = a.copyText(b) // from here on the bytes are those that are kept
	}
	at := a.fastInfos(b)
	for tries := 2; at < giveUp && tries > 0; tries-- { // one for each
		if at == textFound {
			b = a.copyText(b)
		} else {
			a.pool = a.pool[:cap(a.pool)] // there are too few: newDetails makes room for all
			a.newDetails(b)
		}
		at = a.fastInfos(b)
	}
	if at < 0 || len(b)-at < 4 || u32(b[at:]) != 0 { // ReservedBlock1Size
		return giveUp
	}
	return a.fastExtended(b, at+4)
}

// What is returned in place of an offset.
const (
	giveUp      = -1
	textFound   = -2 // there is text, and b is not what is kept
	detailFound = -3 // there are more exceptions with overrides than Details
)

// fastInfos reads every ExceptionInfo from b, which begins with the first. It returns where they end, or a number below
// zero. It calls nothing on the way, which is what makes it quick.
func (a *AppointmentRecurrencePattern) fastInfos(b []byte) int {
	exceptions := a.Exceptions
	i := loadPlainInfos(exceptions, b)
	at := i * infoSize
	details, used, kept := a.pool[:cap(a.pool)], 0, len(a.text) > 0
	for ; i < len(exceptions); i++ {
		if len(b)-at < infoSize {
			return giveUp
		}
		info, e := b[at:at+infoSize], &exceptions[i]
		at += infoSize
		e.load(info)
		f := e.OverrideFlags
		if f&fieldFlags == 0 {
			continue
		}
		if f&textFlags != 0 && !kept {
			return textFound
		}
		if used == len(details) {
			return detailFound
		}
		d := &details[used]
		used++
		*d = Details{}
		e.Details = d
		if f&OverrideSubject != 0 {
			if at = loadANSI(&d.SubjectLength, &d.Subject, b, at); at < 0 {
				return at
			}
		}
		if f&firstFlags != 0 {
			if len(b)-at < 12 { // more follows than they take at the most
				return giveUp
			}
			at += d.loadFirst(f, b[at:at+12])
		}
		if f&OverrideLocation != 0 {
			if at = loadANSI(&d.LocationLength, &d.Location, b, at); at < 0 {
				return at
			}
		}
		if f&secondFlags != 0 {
			if len(b)-at < 16 { // as above
				return giveUp
			}
			at += d.loadSecond(f, b[at:at+16])
		}
	}
	a.pool = details[:used]
	return at
}

// loadFirst reads the numbers between Subject and Location. It returns how many bytes they are.
func (d *Details) loadFirst(f OverrideFlags, b []byte) (n int) {
	_ = b[11]
	if f&OverrideMeetingType != 0 {
		d.MeetingType, n = u32(b), 4
	}
	if f&OverrideReminderDelta != 0 {
		d.ReminderDelta = u32(b[n:])
		n += 4
	}
	if f&OverrideReminder != 0 {
		d.ReminderSet = u32(b[n:])
		n += 4
	}
	return n
}

// loadSecond reads the numbers behind Location. It returns how many bytes they are.
func (d *Details) loadSecond(f OverrideFlags, b []byte) (n int) {
	_ = b[15]
	if f&OverrideBusyStatus != 0 {
		d.BusyStatus, n = u32(b), 4
	}
	if f&OverrideAttachment != 0 {
		d.Attachment = u32(b[n:])
		n += 4
	}
	if f&OverrideSubType != 0 {
		d.SubType = u32(b[n:])
		n += 4
	}
	if f&OverrideAppointmentColor != 0 {
		d.AppointmentColor = u32(b[n:])
		n += 4
	}
	return n
}

// fastExtended reads every ExtendedException from b[at:]. It returns where they end, or a number below zero where it
// gives up.
func (a *AppointmentRecurrencePattern) fastExtended(b []byte, at int) int {
	exceptions := a.Exceptions
	i := loadPlainExtended(exceptions, b[at:])
	at += i * plainSize
	for ; i < len(exceptions); i++ {
		w, e := b[at:], &exceptions[i]
		if len(w) < plainSize || u32(w) != highlightSize || u32(w[8:]) != 0 {
			return giveUp
		}
		e.ChangeHighlight = ChangeHighlight(u32(w[4:]))
		at += plainSize
		f := e.OverrideFlags
		if f&textFlags == 0 {
			continue
		}
		const times = 12
		if len(w) < plainSize+times {
			return giveUp
		}
		d := e.Details
		d.StartDateTime, d.EndDateTime, d.OriginalStartDate = RTime(u32(w[12:])), RTime(u32(w[16:])), RTime(u32(w[20:]))
		at += times
		if f&OverrideSubject != 0 {
			if at = loadWide(&d.WideCharSubject, b, at); at < 0 {
				return at
			}
		}
		if f&OverrideLocation != 0 {
			if at = loadWide(&d.WideCharLocation, b, at); at < 0 {
				return at
			}
		}
		if w = b[at:]; len(w) < 4 || u32(w) != 0 { // ReservedBlockEE2Size
			return giveUp
		}
		at += 4
	}
	return at
}

// loadPlainInfos reads exceptions from b as long as they have no overrides. It returns how many.
func loadPlainInfos(exceptions []Exception, b []byte) int {
	for i := range exceptions {
		if len(b) < infoSize {
			return i
		}
		times, rest := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[6:])
		flags := OverrideFlags(rest >> 48)
		if flags&fieldFlags != 0 {
			return i
		}
		e := &exceptions[i]
		e.StartDateTime, e.EndDateTime, e.OriginalStartDate, e.OverrideFlags = RTime(times), RTime(times>>32), RTime(rest>>16), flags
		e.NoChangeHighlightValue, e.Cut = false, false
		if e.Details != nil {
			e.Details = nil
		}
		b = b[infoSize:]
	}
	return len(exceptions)
}

// loadPlainExtended reads what belongs to exceptions without text, as long as it is of the usual kind. It returns how
// many it has read.
func loadPlainExtended(exceptions []Exception, b []byte) int {
	for i := range exceptions {
		e := &exceptions[i]
		if len(b) < plainSize || e.OverrideFlags&textFlags != 0 || u32(b) != highlightSize || u32(b[8:]) != 0 {
			return i
		}
		e.ChangeHighlight = ChangeHighlight(u32(b[4:]))
		b = b[plainSize:]
	}
	return len(exceptions)
}

// loadANSI reads a text and its two lengths.
func loadANSI(length *uint16, text *[]byte, b []byte, at int) int {
	if len(b)-at < 4 {
		return -1
	}
	lengths := u32(b[at:])
	n := int(lengths >> 16)
	if at += 4; len(b)-at < n {
		return -1
	}
	*length = uint16(lengths)
	if n > 0 {
		*text = b[at : at+n : at+n]
	}
	return at + n
}

// loadWide reads a wide text and its length.
func loadWide(text *WideText, b []byte, at int) int {
	if len(b)-at < 2 {
		return -1
	}
	n := 2 * int(u16(b[at:]))
	if at += 2; len(b)-at < n {
		return -1
	}
	if n > 0 {
		*text = b[at : at+n : at+n]
	}
	return at + n
}
