package recur

// Subject returns the subject that the exception has instead of that of the series. It reports false where it has none,
// and where the one it has cannot be read.
//
// The wide copy is the one that counts, and lone surrogates are WTF-8. Only where a blob is cut off before it is Subject
// made from the other copy ([MS-OXOCAL] 2.2.1.44.2), whose code page the blob does not name: ansi turns its bytes into
// text, and when ansi is nil only bytes that are all ASCII are text. ansi must not keep or change the bytes.
func (e *Exception) Subject(ansi func([]byte) string) (string, bool) {
	d := e.details()
	return e.text(OverrideSubject, d.WideCharSubject, d.Subject, ansi)
}

// Location returns the location that the exception has instead of that of the series, as Subject does the subject.
func (e *Exception) Location(ansi func([]byte) string) (string, bool) {
	d := e.details()
	return e.text(OverrideLocation, d.WideCharLocation, d.Location, ansi)
}

func (e *Exception) text(flag OverrideFlags, wide WideText, narrow []byte, ansi func([]byte) string) (string, bool) {
	switch {
	case e.OverrideFlags&flag == 0:
		return "", false
	case !e.Cut:
		return wide.String(), true
	case ansi != nil:
		return ansi(narrow), true
	}
	for _, c := range narrow {
		if c >= 0x80 {
			return "", false
		}
	}
	return string(narrow), true
}

// SetSubject gives the exception a subject of its own. ansi is the same text in the code page of the writer's system, with
// question marks for what it lacks, for programs of the time before Unicode. Both may be empty: then the occurrence has
// no subject. Texts are 65534 bytes and 65535 units of UTF-16 long at most. ansi is kept.
func (e *Exception) SetSubject(text string, ansi []byte) {
	d := e.own(OverrideSubject)
	d.WideCharSubject, d.Subject, d.SubjectLength = NewWideText(text), ansi, lengthOf(ansi)
}

// SetLocation gives the exception a location of its own, as SetSubject does a subject.
func (e *Exception) SetLocation(text string, ansi []byte) {
	d := e.own(OverrideLocation)
	d.WideCharLocation, d.Location, d.LocationLength = NewWideText(text), ansi, lengthOf(ansi)
}

// own sets a flag of text, and returns the Details for it with the times that go with text.
func (e *Exception) own(flag OverrideFlags) *Details {
	e.OverrideFlags |= flag
	if e.Details == nil {
		e.Details = new(Details)
	}
	d := e.Details
	d.StartDateTime, d.EndDateTime, d.OriginalStartDate = e.StartDateTime, e.EndDateTime, e.OriginalStartDate
	return d
}

// lengthOf returns what SubjectLength and LocationLength are: one more than there are bytes, as if there were a NUL. Of
// the longest text of all they keep the low 16 bits.
func lengthOf(ansi []byte) uint16 { return uint16(len(ansi) + 1) }
