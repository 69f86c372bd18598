package recur

// countDetailed returns how many exceptions of a blob need Details, from the bytes b that begin with the first
// ExceptionInfo. It is asked when there is no memory for Details yet, so that all of it can be made at once. Where the
// blob cannot be followed it returns what it has seen: reading it will say what is wrong.
func (a *AppointmentRecurrencePattern) countDetailed(b []byte) int {
	infos, n, exceptions := b, 0, len(a.Exceptions)
	for range exceptions {
		flags, size := infoAt(b)
		if size < 0 {
			return n
		}
		if flags&fieldFlags != 0 {
			n++
		}
		b = b[size:]
	}
	b, ok := afterBlock(b)
	for range exceptions {
		flags, size := infoAt(infos)
		infos = infos[size:]
		var reserved uint64 // bytes that only Details have room for
		if a.WriterVersion2 >= highlightVersion && len(b) >= 4 {
			if reserved = uint64(u32(b)); reserved >= highlightSize {
				reserved -= highlightSize
			}
			b, ok = afterBlock(b)
		}
		if ok && len(b) >= 4 {
			reserved += uint64(u32(b))
			b, ok = afterBlock(b)
		}
		if !ok {
			return n
		}
		if flags&fieldFlags == 0 && reserved > 0 {
			n++
		}
		if flags&textFlags != 0 {
			if b, ok = afterText(b, flags); !ok {
				return n
			}
		}
	}
	return n
}

// infoAt returns the flags and the size of the ExceptionInfo that b begins with, -1 where it is not whole.
func infoAt(b []byte) (flags OverrideFlags, size int) {
	if len(b) < infoSize {
		return 0, -1
	}
	flags, size = OverrideFlags(u16(b[12:])), infoSize
	for bits := flags & fieldFlags; bits != 0; bits &= bits - 1 {
		if low := bits & -bits; low&textFlags == 0 {
			size += 4
			continue
		}
		if len(b) < size+4 {
			return flags, -1
		}
		size += 4 + int(u16(b[size+2:]))
	}
	if len(b) < size {
		return flags, -1
	}
	return flags, size
}

// afterBlock returns what follows the block that b begins with: a size, and so many bytes.
func afterBlock(b []byte) (rest []byte, ok bool) {
	if len(b) < 4 || uint64(len(b)-4) < uint64(u32(b)) {
		return nil, false
	}
	return b[4+u32(b):], true
}

// afterText returns what follows the part of an ExtendedException that only those with text have.
func afterText(b []byte, flags OverrideFlags) (rest []byte, ok bool) {
	const times = 12
	if len(b) < times {
		return nil, false
	}
	b = b[times:]
	for _, f := range [...]OverrideFlags{OverrideSubject, OverrideLocation} {
		if flags&f == 0 {
			continue
		}
		if len(b) < 2 || len(b)-2 < 2*int(u16(b)) {
			return nil, false
		}
		b = b[2+2*int(u16(b)):]
	}
	return afterBlock(b)
}
