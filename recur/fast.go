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
	own := b[at : at+appointmentSize]
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
	if deleted > 0 {
		loadDates(p.DeletedInstanceDates, b[at:])
	}
	at = modifiedAt + 4 + 4*int(modified)
	if modified > 0 {
		loadDates(p.ModifiedInstanceDates, b[modifiedAt+4:])
	}
	ends := binary.LittleEndian.Uint64(b[at:])
	p.StartDate, p.EndDate = RTime(ends), RTime(ends>>32)
	return at + 8
}

// growDates makes room for both arrays in one piece, and for neither less than there was.
func (p *RecurrencePattern) growDates(deleted, modified int) {
	n, m := max(deleted, cap(p.DeletedInstanceDates)), max(modified, cap(p.ModifiedInstanceDates))
	all := make([]RTime, n+m)
	p.DeletedInstanceDates, p.ModifiedInstanceDates = all[:0:n], all[n:n]
}

// loadDates takes dates from the bytes that begin with them, four at a time.
func loadDates(dates []RTime, b []byte) {
	for len(dates) >= 4 && len(b) >= 16 {
		x, y := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		dates[0], dates[1], dates[2], dates[3] = RTime(x), RTime(x>>32), RTime(y), RTime(y>>32)
		dates, b = dates[4:], b[16:]
	}
	for i := range dates {
		dates[i] = RTime(u32(b[4*i:]))
	}
}

// fastExceptions reads n exceptions and ReservedBlock1 from b, which begins with the first. It returns where they end,
// or a number below zero where it gives up.
func (a *AppointmentRecurrencePattern) fastExceptions(b []byte, n int) int {
	if len(b) < n*infoSize+4 || a.WriterVersion2 < highlightVersion {
		return -1
	}
	if cap(a.Exceptions) < n {
		a.Exceptions = make([]Exception, n)
	}
	exceptions := a.Exceptions[:n]
	a.Exceptions = exceptions
	at := 0
	for i := 0; i < n; i++ {
		if len(b)-at < infoSize {
			return -1
		}
		flags := OverrideFlags(u16(b[at+12:]))
		if flags&fieldFlags == 0 {
			plain := loadPlainInfos(exceptions[i:], b[at:])
			i, at = i+plain-1, at+plain*infoSize
			continue
		}
		if flags&textFlags != 0 {
			b = a.copyText(b) // from here on the bytes are those that are kept
		}
		if at = a.loadInfo(&exceptions[i], flags, b, at); at < 0 {
			return at
		}
	}
	if len(b)-at < 4 || u32(b[at:]) != 0 { // ReservedBlock1Size
		return -1
	}
	at += 4
	for i := 0; i < n; i++ {
		if exceptions[i].OverrideFlags&textFlags != 0 {
			at = exceptions[i].loadExtended(b, at)
		} else if plain := loadPlainExtended(exceptions[i:], b[at:]); plain > 0 {
			i, at = i+plain-1, at+plain*plainSize
		} else {
			return -1
		}
		if at < 0 {
			return at
		}
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

// loadInfo reads one exception with overrides at b[at:], which is not shorter than an ExceptionInfo, and from which its
// texts are not copied. It returns where the next one begins, or a number below zero where it gives up.
func (a *AppointmentRecurrencePattern) loadInfo(e *Exception, f OverrideFlags, b []byte, at int) int {
	e.load(b[at:])
	at += infoSize
	var d *Details
	if n := len(a.pool); n < cap(a.pool) {
		a.pool = a.pool[:n+1]
		d = &a.pool[n]
		*d = Details{}
	} else {
		d = a.newDetails(b)
	}
	e.Details = d
	if f&OverrideSubject != 0 {
		if at = loadANSI(&d.SubjectLength, &d.Subject, b, at); at < 0 {
			return at
		}
	}
	if at = d.loadFirst(f, b, at); at < 0 {
		return at
	}
	if f&OverrideLocation != 0 {
		if at = loadANSI(&d.LocationLength, &d.Location, b, at); at < 0 {
			return at
		}
	}
	return d.loadSecond(f, b, at)
}

// loadFirst reads the numbers between Subject and Location. It gives up where there are not as many bytes as for all.
func (d *Details) loadFirst(f OverrideFlags, b []byte, at int) int {
	if f&(OverrideMeetingType|OverrideReminderDelta|OverrideReminder) == 0 {
		return at
	}
	if len(b)-at < 12 {
		return -1
	}
	w := b[at : at+12]
	x, y, z := u32(w), u32(w[4:]), u32(w[8:])
	if f&OverrideMeetingType != 0 {
		d.MeetingType, x, y, at = x, y, z, at+4
	}
	if f&OverrideReminderDelta != 0 {
		d.ReminderDelta, x, at = x, y, at+4
	}
	if f&OverrideReminder != 0 {
		d.ReminderSet, at = x, at+4
	}
	return at
}

// loadSecond reads the numbers behind Location. It gives up where there are not as many bytes as for all.
func (d *Details) loadSecond(f OverrideFlags, b []byte, at int) int {
	if f&(OverrideBusyStatus|OverrideAttachment|OverrideSubType|OverrideAppointmentColor) == 0 {
		return at
	}
	if len(b)-at < 16 {
		return -1
	}
	w := b[at : at+16]
	x, y, z, last := u32(w), u32(w[4:]), u32(w[8:]), u32(w[12:])
	if f&OverrideBusyStatus != 0 {
		d.BusyStatus, x, y, z, at = x, y, z, last, at+4
	}
	if f&OverrideAttachment != 0 {
		d.Attachment, x, y, at = x, y, z, at+4
	}
	if f&OverrideSubType != 0 {
		d.SubType, x, at = x, y, at+4
	}
	if f&OverrideAppointmentColor != 0 {
		d.AppointmentColor, at = x, at+4
	}
	return at
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

// loadExtended reads the ExtendedException of an exception with text at b[at:], as long as it is of the usual kind. The
// texts are not copied. It returns where the next one begins, or a number below zero where it gives up.
func (e *Exception) loadExtended(b []byte, at int) int {
	const times = 12
	if len(b)-at < plainSize+times || u32(b[at:]) != highlightSize || u32(b[at+8:]) != 0 {
		return -1
	}
	e.ChangeHighlight = ChangeHighlight(u32(b[at+4:]))
	d := e.Details
	at += plainSize
	d.StartDateTime, d.EndDateTime, d.OriginalStartDate = RTime(u32(b[at:])), RTime(u32(b[at+4:])), RTime(u32(b[at+8:]))
	at += times
	if e.OverrideFlags&OverrideSubject != 0 {
		if at = loadWide(&d.WideCharSubject, b, at); at < 0 {
			return at
		}
	}
	if e.OverrideFlags&OverrideLocation != 0 {
		if at = loadWide(&d.WideCharLocation, b, at); at < 0 {
			return at
		}
	}
	if len(b)-at < 4 || u32(b[at:]) != 0 { // ReservedBlockEE2Size
		return -1
	}
	return at + 4
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
