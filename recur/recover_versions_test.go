package recur_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// The older versions that TestRecover and its like cut.

func rt(s string) recur.RTime {
	var r recur.RTime
	if err := r.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return r
}

// midnight returns the day that is n days after a Monday.
func midnight(n int) recur.RTime { return rt("2026-01-05T00:00") + recur.RTime(n*1440) }

// moved returns an exception that starts and ends so many minutes later than the series of older has it.
func moved(day, by int) recur.Exception {
	return recur.Exception{OriginalStartDate: midnight(day) + 840, StartDateTime: midnight(day) + 840 + recur.RTime(by),
		EndDateTime: midnight(day) + 900 + recur.RTime(by)}
}

// withTexts gives an exception a subject and a location, of which nil is none, and their copies in a code page.
func withTexts(e recur.Exception, subject, location *string, codePage func(string) []byte) recur.Exception {
	d := recur.Details{StartDateTime: e.StartDateTime, EndDateTime: e.EndDateTime, OriginalStartDate: e.OriginalStartDate}
	if e.Details != nil {
		d = *e.Details
		d.StartDateTime, d.EndDateTime, d.OriginalStartDate = e.StartDateTime, e.EndDateTime, e.OriginalStartDate
	}
	if subject != nil {
		e.OverrideFlags |= recur.OverrideSubject
		d.Subject, d.WideCharSubject = codePage(*subject), recur.NewWideText(*subject)
		d.SubjectLength = uint16(len(d.Subject) + 1)
	}
	if location != nil {
		e.OverrideFlags |= recur.OverrideLocation
		d.Location, d.WideCharLocation = codePage(*location), recur.NewWideText(*location)
		d.LocationLength = uint16(len(d.Location) + 1)
	}
	e.Details = &d
	return e
}

// latin is a code page with 256 characters, and wideLatin one in which all but ASCII takes two bytes.
func latin(s string) []byte {
	var b []byte
	for _, r := range s {
		if r > 0xFF {
			r = '?'
		}
		b = append(b, byte(r))
	}
	return b
}

func wideLatin(s string) []byte {
	var b []byte
	for _, r := range s {
		if r >= 0x80 {
			b = append(b, 0x81+byte(r>>8))
		}
		b = append(b, byte(r))
	}
	return b
}

// olderVersion returns a weekly series, Mondays at 14:00, in which some occurrences were deleted and others changed.
func olderVersion(deleted []int, exceptions ...recur.Exception) *recur.AppointmentRecurrencePattern {
	a := &recur.AppointmentRecurrencePattern{
		RecurrencePattern: recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Weekly,
			PatternType: recur.Week, FirstDateTime: 8640, Period: 1, DaysOfWeek: 2, EndType: recur.EndNever, OccurrenceCount: 10,
			StartDate: midnight(0), EndDate: recur.NoEnd},
		ReaderVersion2: 0x3006, WriterVersion2: 0x3009, StartTimeOffset: 840, EndTimeOffset: 900,
		Exceptions: exceptions,
	}
	for _, day := range deleted {
		a.DeletedInstanceDates = append(a.DeletedInstanceDates, midnight(day))
	}
	for _, e := range exceptions {
		a.DeletedInstanceDates = append(a.DeletedInstanceDates, e.OriginalStartDate.Midnight())
		a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, e.StartDateTime.Midnight())
	}
	slices.Sort(a.DeletedInstanceDates)
	slices.Sort(a.ModifiedInstanceDates)
	return a
}

func with(a *recur.AppointmentRecurrencePattern, change func(*recur.AppointmentRecurrencePattern)) *recur.AppointmentRecurrencePattern {
	change(a)
	return a
}

// likeARP2 is an older version in the likeness of the one behind a value that Outlook wrote: seven dates are deleted, and
// the occurrences of four of them were changed.
func likeARP2() *recur.AppointmentRecurrencePattern {
	allDay := moved(0, -840)
	allDay.EndDateTime = allDay.StartDateTime + 1440
	allDay.OverrideFlags = recur.OverrideMeetingType | recur.OverrideSubType
	allDay.Details = &recur.Details{MeetingType: 1, SubType: 1}
	online := "Online | Room 3: code 45/2001"
	last := withTexts(moved(112, 120), nil, &online, latin)
	last.OverrideFlags |= recur.OverrideExceptionalBody
	last.ChangeHighlight = 0x88
	return olderVersion([]int{7, 14, 21}, allDay, moved(70, 1440), moved(98, 30), last)
}

// olderVersions are values as writers write them. Every cut of them is recovered, down to the last ExceptionInfo.
func olderVersions() map[string]*recur.AppointmentRecurrencePattern {
	r1, empty, umlaut, cyrillic, zero, two := "R1", "", "Prüfung", "Встреча", "a\x00b", "z\x00"
	reminded := moved(14, 0)
	reminded.OverrideFlags = recur.OverrideReminderDelta | recur.OverrideReminder | recur.OverrideBusyStatus | recur.OverrideAttachment
	reminded.Details = &recur.Details{ReminderDelta: 15, ReminderSet: 1, BusyStatus: 3, Attachment: 1}
	var many []recur.Exception
	for i := range 40 {
		e := moved(7*i, i*30)
		if i%3 == 1 {
			subject := fmt.Sprintf("Number %d", i)
			e = withTexts(e, &subject, nil, latin)
		}
		many = append([]recur.Exception{e}, many...)
	}
	return map[string]*recur.AppointmentRecurrencePattern{
		"like ARP-2":          likeARP2(),
		"nothing changed":     olderVersion(nil),
		"only deleted":        olderVersion([]int{0, 7, 14, 21, 28, 35, 42, 49, 56, 63}),
		"one moved":           olderVersion(nil, moved(7, 30)),
		"one moved back":      olderVersion([]int{21}, moved(7, -1440)),
		"two moved":           olderVersion(nil, moved(7, 30), moved(14, -30)),
		"one renamed":         olderVersion(nil, withTexts(moved(7, 0), &umlaut, nil, latin)),
		"in two bytes":        olderVersion(nil, withTexts(moved(7, 0), &umlaut, &cyrillic, wideLatin)),
		"question marks":      olderVersion(nil, withTexts(moved(7, 0), &cyrillic, &r1, latin)),
		"a short location":    olderVersion(nil, withTexts(moved(7, 0), nil, &r1, latin), moved(14, 30)),
		"texts of NULs":       olderVersion(nil, withTexts(moved(7, 0), &zero, &zero, latin), moved(14, 30)),
		"empty location":      olderVersion(nil, moved(7, 10), withTexts(moved(14, 0), nil, &empty, latin), moved(21, 10)),
		"a text of two units": olderVersion(nil, withTexts(moved(14, 0), &two, nil, latin), moved(21, 10)),
		"empty texts":         olderVersion(nil, withTexts(moved(14, 0), &empty, &empty, latin), moved(21, 10)),
		"fields of all kind":  olderVersion(nil, withTexts(reminded, &r1, &umlaut, latin)),
		"no text":             olderVersion([]int{70}, moved(7, 10), reminded),
		"many, backwards":     olderVersion([]int{280, 287}, many...),
		"an end": with(olderVersion([]int{7}, moved(14, 30)), func(a *recur.AppointmentRecurrencePattern) {
			a.EndType, a.EndDate = recur.EndByDate, midnight(100)
		}),
		"days": with(olderVersion([]int{7}, moved(14, 30)), func(a *recur.AppointmentRecurrencePattern) {
			a.RecurFrequency, a.PatternType, a.Period, a.DaysOfWeek = recur.Daily, recur.Day, 1440, 0
		}),
		"all-day": with(olderVersion([]int{7}), func(a *recur.AppointmentRecurrencePattern) {
			a.PatternType, a.N, a.StartTimeOffset, a.EndTimeOffset = recur.MonthNth, recur.Last, 0, 2*1440
		}),
	}
}

// oddVersions are values of which not every cut can be recovered that has an exception left.
func oddVersions() map[string]*recur.AppointmentRecurrencePattern {
	r1, other, empty := "R1", "elsewhere", ""
	disagreeing := withTexts(moved(14, 30), &r1, &other, latin)
	disagreeing.Details.WideCharSubject = recur.NewWideText("R2")
	length := withTexts(moved(14, 30), &r1, nil, latin)
	length.Details.SubjectLength = 2
	times := withTexts(moved(14, 30), &r1, nil, latin)
	times.Details.EndDateTime++
	flagged := moved(14, 30)
	flagged.OverrideFlags = 0x0400
	reserved := withTexts(moved(14, 30), &r1, nil, latin)
	reserved.Details.ReservedBlockEE1, reserved.Details.ReservedBlockEE2 = []byte{1, 2, 3}, []byte{4, 0, 0, 0, 0, 0, 0, 0}
	reserved.Details.ChangeHighlightReserved = []byte{5, 6, 7, 8}
	noValue := moved(14, 30)
	noValue.NoChangeHighlightValue = true
	change := func(f func(*recur.AppointmentRecurrencePattern)) *recur.AppointmentRecurrencePattern {
		return with(olderVersion([]int{7, 21}, moved(14, 30), withTexts(moved(28, 0), &r1, nil, latin)), f)
	}
	type arp = recur.AppointmentRecurrencePattern
	return map[string]*arp{
		"writer 0x3008":       change(func(a *arp) { a.WriterVersion2 = 0x3008 }),
		"writer 0x3010":       change(func(a *arp) { a.WriterVersion2 = 0x3010 }),
		"reader 0x3007":       change(func(a *arp) { a.ReaderVersion2 = 0x3007 }),
		"reserved blocks":     change(func(a *arp) { a.ReservedBlock1, a.ReservedBlock2 = []byte{1, 2, 3, 4}, []byte{0, 0, 0, 0, 0} }),
		"end 0":               change(func(a *arp) { a.EndDate = 0 }),
		"end -1":              change(func(a *arp) { a.EndDate = 0xFFFFFFFF }),
		"end before start":    change(func(a *arp) { a.EndDate = a.StartDate - 1440 }),
		"start at noon":       change(func(a *arp) { a.StartDate += 720 }),
		"start in 1601":       change(func(a *arp) { a.StartDate = 0 }),
		"late start":          change(func(a *arp) { a.StartTimeOffset = 1440 }),
		"ends before it does": change(func(a *arp) { a.EndTimeOffset = 839 }),
		"lasts for years":     change(func(a *arp) { a.EndTimeOffset = 1 << 20 }),
		"more modified":       change(func(a *arp) { a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, midnight(35)) }),
		"less modified":       change(func(a *arp) { a.ModifiedInstanceDates = a.ModifiedInstanceDates[:1] }),
		"none modified":       change(func(a *arp) { a.ModifiedInstanceDates = nil }),
		"other modified":      change(func(a *arp) { a.ModifiedInstanceDates[0] += 1440 }),
		"deleted backwards":   change(func(a *arp) { slices.Reverse(a.DeletedInstanceDates) }),
		"deleted at noon":     change(func(a *arp) { a.DeletedInstanceDates[1] += 720 }),
		"no exceptions":       change(func(a *arp) { a.Exceptions = nil }),
		"texts that disagree": olderVersion([]int{7}, moved(21, 10), disagreeing),
		"a length that is":    olderVersion([]int{7}, moved(21, 10), length),
		"times that disagree": olderVersion([]int{7}, moved(21, 10), times),
		"unknown flags":       olderVersion([]int{7}, moved(21, 10), flagged),
		"reserved bytes":      olderVersion([]int{7}, moved(21, 10), reserved),
		"no highlight":        olderVersion([]int{7}, moved(21, 10), noValue),
		"moved by years":      olderVersion([]int{7}, moved(21, 1<<20)),
		"empty, then plain":   olderVersion([]int{7}, moved(7, 5), withTexts(moved(14, 0), &empty, nil, latin), moved(21, 5)),
		"empty, then last":    olderVersion([]int{7}, withTexts(moved(14, 0), &empty, nil, latin), moved(21, 5)),
	}
}

func mustEncode(t testing.TB, a *recur.AppointmentRecurrencePattern) []byte {
	t.Helper()
	b, err := a.MarshalBinary()
	require.NoError(t, err)
	return b
}

// letters are what random texts are made of. In UTF-16 the last look like the upper halves of times.
var letters = [][]rune{[]rune("abcdefghijklmnopqrstuvwxyz ABC:?éüß€Жя"), []rune("ab\x00\x01\x02\x03\x04"), []rune("ക്ഷമ \u0d53")}

func randomText(rng *rand.Rand) *string {
	if rng.IntN(3) == 0 {
		return nil
	}
	r, from := make([]rune, []int{0, 1, 2, 3, 5, 20}[rng.IntN(6)]), letters[rng.IntN(len(letters))]
	for i := range r {
		r[i] = from[rng.IntN(len(from))]
	}
	s := string(r)
	return &s
}

// randomException returns an exception as writers write them.
func randomException(rng *rand.Rand, day int) recur.Exception {
	e := moved(day, []int{0, 30, -30, 60 * rng.IntN(24), 1440 * (rng.IntN(9) - 4)}[rng.IntN(5)])
	if rng.IntN(3) == 0 {
		e.ChangeHighlight = recur.ChangeHighlight(rng.UintN(0x400))
	}
	if rng.IntN(2) == 0 {
		return e
	}
	e.OverrideFlags = recur.OverrideFlags(rng.UintN(0x400)) &^ (recur.OverrideSubject | recur.OverrideLocation | recur.OverrideAppointmentColor)
	d := &recur.Details{}
	for flag, v := range map[recur.OverrideFlags]struct {
		field *uint32
		n     uint
	}{recur.OverrideMeetingType: {&d.MeetingType, 8}, recur.OverrideReminderDelta: {&d.ReminderDelta, 100000}, recur.OverrideReminder: {&d.ReminderSet, 2},
		recur.OverrideBusyStatus: {&d.BusyStatus, 5}, recur.OverrideAttachment: {&d.Attachment, 2}, recur.OverrideSubType: {&d.SubType, 2}} {
		if e.OverrideFlags&flag != 0 {
			*v.field = uint32(rng.UintN(v.n))
		}
	}
	if subject, location := randomText(rng), randomText(rng); subject != nil || location != nil {
		e.Details = d
		e = withTexts(e, subject, location, [](func(string) []byte){latin, wideLatin}[rng.IntN(2)])
	} else if e.OverrideFlags&^recur.OverrideExceptionalBody != 0 {
		e.Details = d
	}
	return e
}

// randomVersion returns an older version as writers write them.
func randomVersion(rng *rand.Rand) *recur.AppointmentRecurrencePattern {
	days := rng.Perm(40)
	var deleted []int
	for range rng.IntN(12) {
		deleted = append(deleted, days[0])
		days = days[1:]
	}
	var exceptions []recur.Exception
	for range rng.IntN(6) {
		exceptions = append(exceptions, randomException(rng, days[0]))
		days = days[1:]
	}
	a := olderVersion(deleted, exceptions...)
	switch rng.IntN(6) {
	case 0:
		a.WriterVersion2 = 0x3008
		for i := range a.Exceptions {
			a.Exceptions[i].ChangeHighlight = 0
		}
	case 1:
		a.EndDate = midnight(rng.IntN(1000))
	case 2:
		a.StartTimeOffset, a.EndTimeOffset = 0, 1440*uint32(rng.IntN(5))
	}
	return a
}

// disturb makes something of a version as no writer is known to write it.
func disturb(rng *rand.Rand, a *recur.AppointmentRecurrencePattern) {
	block := func() []byte { return slices.Repeat([]byte{0, byte(rng.UintN(5))}, rng.IntN(8)) }
	anyTime := func() recur.RTime { return recur.RTime(1 + rng.Uint32()>>rng.IntN(32)) }
	for range 1 + rng.IntN(3) {
		switch rng.IntN(12) {
		case 0:
			a.ReservedBlock1 = block()
		case 1:
			a.ReservedBlock2 = block()
		case 2:
			a.StartDate = anyTime()
		case 3:
			a.EndDate = anyTime()
		case 4:
			a.StartTimeOffset, a.EndTimeOffset = rng.Uint32()>>rng.IntN(32), rng.Uint32()>>rng.IntN(32)
		case 5:
			a.ModifiedInstanceDates = a.ModifiedInstanceDates[:rng.IntN(len(a.ModifiedInstanceDates)+1)]
		case 6:
			a.ModifiedInstanceDates = append(a.ModifiedInstanceDates, anyTime())
		case 7:
			a.DeletedInstanceDates = append(a.DeletedInstanceDates, anyTime(), 1, 2)
		case 8:
			a.Exceptions = a.Exceptions[:rng.IntN(len(a.Exceptions)+1)]
		case 9:
			a.Trailing = block()
		default:
			if n := len(a.Exceptions); n > 0 {
				disturbException(rng, &a.Exceptions[rng.IntN(n)], block(), anyTime())
			}
		}
	}
}

func disturbException(rng *rand.Rand, e *recur.Exception, block []byte, at recur.RTime) {
	d := &recur.Details{}
	if e.Details != nil {
		*d = *e.Details
	}
	hasText := e.OverrideFlags&(recur.OverrideSubject|recur.OverrideLocation) != 0
	switch rng.IntN(9) {
	case 0:
		e.StartDateTime = at
	case 1:
		e.EndDateTime = at
	case 2:
		e.OriginalStartDate = at
	case 3:
		e.OverrideFlags |= 0x0800
	case 4:
		d.ReservedBlockEE1 = block
	case 5:
		e.OverrideFlags |= recur.OverrideAppointmentColor
		d.AppointmentColor = uint32(at)
	case 6:
		if hasText {
			d.ReservedBlockEE2 = block
		}
	case 7:
		if hasText {
			d.StartDateTime = at
		}
	case 8:
		if e.OverrideFlags&recur.OverrideSubject != 0 {
			d.SubjectLength, d.WideCharSubject = uint16(at), recur.NewWideText("another")
		}
	}
	if !cmp.Equal(*d, recur.Details{}) {
		e.Details = d
	}
}
