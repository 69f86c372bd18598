package recur

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// The value form: the Go names of the fields in lower camel case, one object for an appointment's pattern and what it
// embeds. Enumerations are words, sets of flags arrays of them, wall-clock times RFC 3339 without a zone, bytes lower-case
// hex. A field the structure does not have is left out, as are reserved bytes where there are none; but a value that is
// there without its place in the structure, so that no blob can hold it, is shown all the same.
//
// It is written by hand, because a command that filters blobs does little else.

// MarshalJSON returns the value form. It never fails.
func (p *RecurrencePattern) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (p *RecurrencePattern) AppendJSON(b []byte) []byte {
	b = p.appendJSONFields(b)
	b = appendHexIf(b, false, `,"trailing":"`, p.Trailing)
	return append(b, '}')
}

// MarshalJSON returns the value form: the fields of the RecurrencePattern first. It never fails.
func (a *AppointmentRecurrencePattern) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (a *AppointmentRecurrencePattern) AppendJSON(b []byte) []byte {
	b = a.appendJSONFields(b)
	b = appendUint(b, `,"readerVersion2":`, a.ReaderVersion2)
	b = appendUint(b, `,"writerVersion2":`, a.WriterVersion2)
	b = appendUint(b, `,"startTimeOffset":`, a.StartTimeOffset)
	b = appendUint(b, `,"endTimeOffset":`, a.EndTimeOffset)
	b = append(b, `,"exceptions":[`...)
	for i := range a.Exceptions {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.Exceptions[i].appendJSON(b, a.WriterVersion2 >= highlightVersion)
	}
	b = append(b, ']')
	b = appendHexIf(b, false, `,"reservedBlock1":"`, a.ReservedBlock1)
	b = appendHexIf(b, false, `,"reservedBlock2":"`, a.ReservedBlock2)
	b = appendHexIf(b, false, `,"trailing":"`, a.Trailing)
	return append(b, '}')
}

// appendJSONFields appends what both structures have, up to EndDate, and leaves the object open.
func (p *RecurrencePattern) appendJSONFields(b []byte) []byte {
	b = appendUint(b, `{"readerVersion":`, uint32(p.ReaderVersion))
	b = appendUint(b, `,"writerVersion":`, uint32(p.WriterVersion))
	b = appendWord(b, `,"recurFrequency":"`, p.RecurFrequency.String())
	b = appendWord(b, `,"patternType":"`, p.PatternType.String())
	b = appendWord(b, `,"calendarType":"`, p.CalendarType.String())
	b = appendTime(b, `,"firstDateTime":"`, p.FirstDateTime)
	b = appendUint(b, `,"period":`, p.Period)
	b = appendUint(b, `,"slidingFlag":`, p.SlidingFlag)
	if p.PatternType.hasDaysOfWeek() || p.DaysOfWeek != 0 {
		b = p.DaysOfWeek.appendJSON(append(b, `,"daysOfWeek":`...))
	}
	b = appendUintIf(b, p.PatternType.hasDayOfMonth(), `,"dayOfMonth":`, p.DayOfMonth)
	if p.PatternType.hasN() || p.N != 0 {
		b = appendWord(b, `,"n":"`, p.N.String())
	}
	b = appendWord(b, `,"endType":"`, p.EndType.String())
	b = appendUint(b, `,"occurrenceCount":`, p.OccurrenceCount)
	b = appendWord(b, `,"firstDOW":"`, p.FirstDOW.String())
	b = appendTimes(b, `,"deletedInstanceDates":[`, p.DeletedInstanceDates)
	b = appendTimes(b, `,"modifiedInstanceDates":[`, p.ModifiedInstanceDates)
	b = appendTime(b, `,"startDate":"`, p.StartDate)
	return appendTime(b, `,"endDate":"`, p.EndDate)
}

// MarshalJSON returns the value form. It never fails.
func (e *Exception) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (e *Exception) AppendJSON(b []byte) []byte { return e.appendJSON(b, true) }

// appendJSON appends the value form. Without a highlight the structure around it is too old to have one.
func (e *Exception) appendJSON(b []byte, highlight bool) []byte {
	b = appendTime(b, `{"startDateTime":"`, e.StartDateTime)
	b = appendTime(b, `,"endDateTime":"`, e.EndDateTime)
	b = appendTime(b, `,"originalStartDate":"`, e.OriginalStartDate)
	b = e.OverrideFlags.appendJSON(append(b, `,"overrideFlags":`...))
	if e.NoChangeHighlightValue {
		b = append(b, `,"noChangeHighlightValue":true`...)
	}
	if e.Cut {
		b = append(b, `,"cut":true`...)
	}
	if e.ChangeHighlight != 0 || highlight && !e.Cut && !e.NoChangeHighlightValue {
		b = e.ChangeHighlight.appendJSON(append(b, `,"changeHighlight":`...))
	}
	if e.Details != nil {
		extended := e.OverrideFlags
		if e.Cut {
			extended = 0 // what is not there has no place
		}
		b = e.Details.appendJSON(append(b, `,"details":`...), e.OverrideFlags, extended)
	}
	return append(b, '}')
}

// MarshalJSON returns the value form of what is not zero or empty: which of the others there are, the Exception knows. It
// never fails.
func (d *Details) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends the value form, as MarshalJSON returns it.
func (d *Details) AppendJSON(b []byte) []byte { return d.appendJSON(b, 0, 0) }

// appendJSON appends the value form, with the fields that the flags stand for in ExceptionInfo and in ExtendedException.
func (d *Details) appendJSON(b []byte, info, extended OverrideFlags) []byte {
	start := len(b)
	subject, location := info&OverrideSubject != 0, info&OverrideLocation != 0
	b = appendUintIf(b, subject, `,"subjectLength":`, uint32(d.SubjectLength))
	b = appendHexIf(b, subject, `,"subject":"`, d.Subject)
	b = appendUintIf(b, info&OverrideMeetingType != 0, `,"meetingType":`, d.MeetingType)
	b = appendUintIf(b, info&OverrideReminderDelta != 0, `,"reminderDelta":`, d.ReminderDelta)
	b = appendUintIf(b, info&OverrideReminder != 0, `,"reminderSet":`, d.ReminderSet)
	b = appendUintIf(b, location, `,"locationLength":`, uint32(d.LocationLength))
	b = appendHexIf(b, location, `,"location":"`, d.Location)
	b = appendUintIf(b, info&OverrideBusyStatus != 0, `,"busyStatus":`, d.BusyStatus)
	b = appendUintIf(b, info&OverrideAttachment != 0, `,"attachment":`, d.Attachment)
	b = appendUintIf(b, info&OverrideSubType != 0, `,"subType":`, d.SubType)
	b = appendUintIf(b, info&OverrideAppointmentColor != 0, `,"appointmentColor":`, d.AppointmentColor)
	b = appendHexIf(b, false, `,"changeHighlightReserved":"`, d.ChangeHighlightReserved)
	b = appendHexIf(b, false, `,"reservedBlockEE1":"`, d.ReservedBlockEE1)
	if extended&textFlags != 0 || d.StartDateTime|d.EndDateTime|d.OriginalStartDate != 0 {
		b = appendTime(b, `,"startDateTime":"`, d.StartDateTime)
		b = appendTime(b, `,"endDateTime":"`, d.EndDateTime)
		b = appendTime(b, `,"originalStartDate":"`, d.OriginalStartDate)
	}
	if extended&OverrideSubject != 0 || len(d.WideCharSubject) > 0 {
		b = d.WideCharSubject.appendJSON(append(b, `,"wideCharSubject":`...))
	}
	if extended&OverrideLocation != 0 || len(d.WideCharLocation) > 0 {
		b = d.WideCharLocation.appendJSON(append(b, `,"wideCharLocation":`...))
	}
	b = appendHexIf(b, false, `,"reservedBlockEE2":"`, d.ReservedBlockEE2)
	if len(b) == start {
		b = append(b, '{')
	}
	b[start] = '{' // instead of the comma
	return append(b, '}')
}

// MarshalJSON returns the text as a string, in which unpaired surrogates are escapes. Bytes that are no UTF-16, being odd
// in number, are {"hex":"…"}. It never fails.
func (t WideText) MarshalJSON() ([]byte, error) { return t.appendJSON(nil), nil }

func (t WideText) appendJSON(b []byte) []byte {
	if len(t)%2 != 0 {
		return append(hex.AppendEncode(append(b, `{"hex":"`...), t), `"}`...)
	}
	start := len(b)
	b = append(b, '"')
	i := 0
	for ; len(t)-i >= 8; i += 8 {
		x := binary.LittleEndian.Uint64(t[i:])
		if !plain4(x) {
			break
		}
		b = append(b, byte(x), byte(x>>16), byte(x>>32), byte(x>>48))
	}
	for ; i < len(t); i += 2 {
		switch u := rune(u16(t[i:])); {
		case u < ' ' || u == '"' || u == '\\' || u >= 0xD800 && u < 0xE000 || u >= 0x7F && u < 0xA0 || u >= 0xFFFE || wtf8.Hidden(u):
			return wtf8.AppendQuote(b[:start], t.String()) // there is something to escape or to join
		case u < 0x7F:
			b = append(b, byte(u))
		default:
			b = utf8.AppendRune(b, u)
		}
	}
	return append(b, '"')
}

// plain4 reports whether the four units of x are ASCII and stand for themselves in JSON: a subtraction clears the top bit of
// a unit, which is set for that, where it is below a blank, or equal to one of those that are told apart.
func plain4(x uint64) bool {
	const ones, tops = 0x0001000100010001, 0x8000800080008000
	if x&(0xFF80*ones) != 0 {
		return false
	}
	other := func(c uint64) uint64 { return (x ^ c*ones | tops) - ones }
	return ((x|tops)-' '*ones)&other('"')&other('\\')&other(0x7F)&tops == tops
}

func appendUint(b []byte, key string, v uint32) []byte {
	b = append(b, key...)
	if v < 10 {
		return append(b, '0'+byte(v))
	}
	return strconv.AppendUint(b, uint64(v), 10)
}

// appendUintIf appends a key and a number, which may be left out if it is 0 and has no place.
func appendUintIf(b []byte, has bool, key string, v uint32) []byte {
	if !has && v == 0 {
		return b
	}
	return appendUint(b, key, v)
}

// appendWord appends a key, which ends in the opening quotation mark, and a word.
func appendWord(b []byte, key, word string) []byte {
	return append(append(append(b, key...), word...), '"')
}

// appendTime appends a key, which ends in the opening quotation mark, and a wall-clock time.
func appendTime(b []byte, key string, r RTime) []byte {
	return append(r.append(append(b, key...)), '"')
}

// appendTimes appends a key, which ends in the opening bracket, and an array of wall-clock times.
func appendTimes(b []byte, key string, times []RTime) []byte {
	b = append(b, key...)
	for i, r := range times {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(r.append(append(b, '"')), '"')
	}
	return append(b, ']')
}

// appendHexIf appends a key, which ends in the opening quotation mark, and bytes, which may be left out if there are none
// and they have no place.
func appendHexIf(b []byte, has bool, key string, v []byte) []byte {
	if !has && len(v) == 0 {
		return b
	}
	return append(hex.AppendEncode(append(b, key...), v), '"')
}
