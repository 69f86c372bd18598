package recur

import "slices"

// What is here tells fields that a writer may have written from bytes that are something else.

const (
	firstDate      = RTime(365 * minutesPerDay)    // what is below is a number rather than a date
	firstException = RTime(134774 * minutesPerDay) // 1970-01-01, before which no exception was
	lastException  = RTime(218780 * minutesPerDay) // 2200-01-01, from which on none is yet
	longest        = 366 * minutesPerDay           // no exception is longer, or was moved farther
)

func soundDate(d RTime) bool { return d%minutesPerDay == 0 && d >= firstDate && d < NoEnd }

// soundEnd reports whether d may be an EndDate. Where there is no end some writers put 0 or -1.
func soundEnd(d RTime) bool { return soundDate(d) || d == NoEnd || d == 0 || d == maxRTime }

func soundTimes(b []byte) bool {
	start, end, original := int64(u32(b)), int64(u32(b[4:])), int64(u32(b[8:]))
	return start >= int64(firstException) && start < int64(lastException) && end >= start && end-start <= longest &&
		original >= start-longest && original <= start+longest
}

// soundOverrides reports whether the fields that the flags of an ExceptionInfo speak of are such as writers write.
func soundOverrides(info []byte) bool {
	flags := OverrideFlags(u16(info[timesSize:]))
	b := info[infoSize:]
	for bits := flags & fieldFlags; bits != 0; bits &= bits - 1 {
		switch low := bits & -bits; {
		case low&textFlags != 0:
			if u16(b) != u16(b[2:])+1 { // of the longest text of all there is no more than the low 16 bits
				return false
			}
			b = b[4+int(u16(b[2:])):]
			continue
		case low == OverrideMeetingType && u32(b) > 0xFF,
			low == OverrideBusyStatus && u32(b) > 4,
			low&(OverrideReminder|OverrideAttachment|OverrideSubType) != 0 && u32(b) > 1,
			low == OverrideAppointmentColor:
			return false
		}
		b = b[4:]
	}
	return true
}

// sameTexts reports whether the texts of an ExceptionInfo are those that b has behind its times, where no code page is
// needed to tell, and nothing is reserved behind them.
func sameTexts(info, b []byte) bool {
	flags := OverrideFlags(u16(info[timesSize:]))
	info, b = info[infoSize:], b[timesSize:]
	for bits := flags & fieldFlags; bits != 0; bits &= bits - 1 {
		if bits&-bits&textFlags == 0 {
			info = info[4:]
			continue
		}
		n, units := int(u16(info[2:])), int(u16(b))
		if !sameText(info[4:4+n], b[2:2+2*units]) {
			return false
		}
		info, b = info[4+n:], b[2+2*units:]
	}
	return u32(b) == 0
}

// sameText reports whether text in an unknown code page, which has a question mark for what it lacks, may be what wide is.
func sameText(text, wide []byte) bool {
	if 2*len(text) != len(wide) {
		// The code page has characters of several bytes.
		return slices.ContainsFunc(text, func(c byte) bool { return c >= 0x80 })
	}
	for i, c := range text {
		if c < 0x80 && c != '?' && u16(wide[2*i:]) != uint16(c) {
			return false
		}
	}
	return true
}
