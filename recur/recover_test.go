package recur_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// TestRecoverEveryCut cuts older versions at every byte. Whatever is recovered must have been there.
func TestRecoverEveryCut(t *testing.T) {
	for name, a := range olderVersions() {
		t.Run(name, func(t *testing.T) {
			b := mustEncode(t, a)
			w := truthOf(t, b)
			sure := w.places["ReaderVersion2"] // up to here it must be found
			never := sure + 1                  // and from here on only times may be
			for i := range a.Exceptions {
				start := w.places[fmt.Sprintf("ExceptionInfo[%d].StartDateTime", i)]
				never = w.places[fmt.Sprintf("ExceptionInfo[%d].OverrideFlags", i)]
				_, ok := recur.Recover(b[start:])
				require.True(t, ok, "exception %d and those behind it", i)
				if alone := i > 0 && i == len(a.Exceptions)-1 && a.Exceptions[i].Details == nil; !alone || a.Exceptions[i-1].Details == nil {
					sure = start
				}
			}
			_, ok := recur.Recover(b)
			require.False(t, ok, "a whole value is for Decode")
			for cut := 1; cut <= len(b); cut++ {
				r, ok := recur.Recover(b[cut:])
				if ok != (cut <= sure) && (cut <= sure || cut > never && !r.TimesOnly) {
					t.Fatalf("cut %d: recovered: %v; it must be up to %d, and cannot be from %d on", cut, ok, sure, never)
				}
				if ok {
					require.NoError(t, w.contradiction(cut, r))
				}
			}
		})
	}
	for name, a := range oddVersions() {
		t.Run(name, func(t *testing.T) {
			b := mustEncode(t, a)
			w := truthOf(t, b)
			for cut := range len(b) + 1 {
				if r, ok := recur.Recover(b[cut:]); ok {
					require.NoError(t, w.contradiction(cut, r))
				}
			}
		})
	}
}

// TestRecoverRandomVersions cuts random versions at every byte: those that writers write, and those that no writer does.
// Ten thousand of either kind gave nothing that had not been there either, with other seeds.
func TestRecoverRandomVersions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	found := 0
	for i := range 200 {
		a := randomVersion(rng)
		if i%2 == 1 {
			disturb(rng, a)
		}
		b := mustEncode(t, a)
		w := truthOf(t, b)
		for cut := range len(b) - len(a.Trailing) + 1 {
			if r, ok := recur.Recover(b[cut:]); ok {
				require.NoError(t, w.contradiction(cut, r), "%x", b)
				found++
			}
		}
	}
	require.Greater(t, found, 10_000)
}

// TestRecoverLayers writes an older version over one still older and longer, and cuts that: what is found is of one of
// them. Where it is of the newer, what follows is tried, too.
func TestRecoverLayers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var newer, older, both int
	for range 80 {
		n, o := mustEncode(t, randomVersion(rng)), mustEncode(t, randomVersion(rng))
		if len(n) > len(o) {
			n, o = o, n
		}
		b := slices.Concat(n, o[len(n):])
		wn, wo := truthOf(t, b), truthOf(t, o)
		for cut := range n {
			r, ok := recur.Recover(b[cut:])
			if !ok {
				continue
			}
			ofNewer, ofOlder := wn.contradiction(cut, r), wo.contradiction(cut, r)
			switch {
			case ofNewer == nil:
				newer++
				if r, ok := recur.Recover(r.Trailing); ok {
					both++
					require.NoError(t, wo.contradiction(len(n), r))
				}
			case ofOlder == nil:
				older++
			default:
				t.Fatalf("%x: %v", b, errors.Join(ofNewer, ofOlder))
			}
		}
	}
	require.NotZero(t, newer)
	require.NotZero(t, older)
	require.NotZero(t, both)
}

// TestRecoverChangedBytes changes bytes of what is left of older versions. Whatever is made of it is tiled by fields, and
// read as it stands there.
func TestRecoverChangedBytes(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	found := 0
	for range 20_000 {
		b := mustEncode(t, randomVersion(rng))
		b = b[rng.IntN(len(b)):]
		for range rng.IntN(3) {
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		}
		r, ok := recur.Recover(b)
		if !ok {
			continue
		}
		found++
		next := 0
		for f := range r.Report().Fields() {
			require.Equal(t, next, f.Span.Offset, "%x", b)
			next += f.Span.Len
			if f.Path == "EndDate" {
				end, ok := r.EndDate()
				require.True(t, ok)
				require.Equal(t, f.Value, uint32(end))
			}
		}
		require.Equal(t, len(b), next)
		require.Less(t, r.Report().Max(), diag.Error)
	}
	require.Greater(t, found, 1000)
}

// TestRecoverBehindZeros puts what is left of a version behind zeros, with which every newer version ends. They must not
// be taken for halves of its fields; dates that would be sound without their lower halves are among them.
func TestRecoverBehindZeros(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	start := func(a *recur.AppointmentRecurrencePattern) { a.StartDate = midnight(430) }
	versions := []*recur.AppointmentRecurrencePattern{
		with(olderVersion([]int{420, 427, 434, 441}), start),
		with(olderVersion([]int{420, 427}, moved(434, 30), moved(441, 60)), start),
		with(olderVersion(nil, moved(434, 30), moved(441, 60)), start),
		with(olderVersion(nil, moved(434, 30)), func(a *recur.AppointmentRecurrencePattern) { a.StartTimeOffset, a.EndTimeOffset = 0x101, 0x202 }),
	}
	for range 12 {
		versions = append(versions, with(randomVersion(rng), start))
	}
	found := 0
	for _, a := range versions {
		b := mustEncode(t, a)
		w := truthOf(t, b)
		for cut := 8; cut < len(b); cut++ {
			for zeros := 1; zeros <= 8; zeros++ {
				if r, ok := recur.Recover(append(make([]byte, zeros), b[cut:]...)); ok {
					found++
					require.NoError(t, w.contradiction(cut-zeros, r), "%d zeros, %x", zeros, b)
				}
			}
		}
	}
	require.Greater(t, found, 3000)
}

// TestRecoverDoubts has versions that are found from some field on, and nearly the same, which are not.
func TestRecoverDoubts(t *testing.T) {
	r1, r2, empty := "R1", "R2", ""
	text := func(day int) recur.Exception { return withTexts(moved(day, 30), &r1, nil, latin) }
	change := func(e recur.Exception, f func(*recur.Exception)) recur.Exception { f(&e); return e }
	number := func(flag recur.OverrideFlags, d recur.Details) recur.Exception {
		e := moved(7, 30)
		e.OverrideFlags, e.Details = flag, &d
		return e
	}
	late := func(e recur.Exception) recur.Exception { // in 2300
		e.StartDateTime, e.EndDateTime, e.OriginalStartDate = e.StartDateTime+274*525960, e.EndDateTime+274*525960, e.OriginalStartDate+274*525960
		if d := e.Details; d != nil {
			d.StartDateTime, d.EndDateTime, d.OriginalStartDate = e.StartDateTime, e.EndDateTime, e.OriginalStartDate
		}
		return e
	}
	offsets := func(from, to uint32) *recur.AppointmentRecurrencePattern {
		return with(olderVersion(nil, text(7)), func(a *recur.AppointmentRecurrencePattern) { a.StartTimeOffset, a.EndTimeOffset = from, to })
	}
	versions, first, second := "ReaderVersion2", "ExceptionInfo[0].StartDateTime", "ExceptionInfo[1].StartDateTime"
	for name, c := range map[string]struct {
		a     *recur.AppointmentRecurrencePattern
		from  string // the field
		lost  int    // and how many bytes of it are not there
		found bool
	}{
		"offsets":                     {offsets(840, 840), versions, 0, true},
		"an end before the start":     {offsets(840, 839), versions, 0, false},
		"a start after a day":         {offsets(1440, 1500), versions, 0, false},
		"a year":                      {offsets(0, 366*1440), versions, 0, true},
		"more than a year":            {offsets(0, 366*1440+1), versions, 0, false},
		"text":                        {olderVersion(nil, text(7)), first, 0, true},
		"text without two times":      {olderVersion(nil, text(7)), first, 8, true},
		"text without all times":      {olderVersion(nil, text(7)), first, 9, false},
		"text in 2300":                {olderVersion(nil, late(text(7))), first, 0, false},
		"that, without two times":     {olderVersion(nil, late(text(7))), first, 8, false},
		"behind text":                 {olderVersion(nil, text(7), text(14)), second, 0, true},
		"behind text in 2300":         {olderVersion(nil, late(text(7)), text(14)), second, 0, false},
		"no text, without a time":     {olderVersion(nil, moved(7, 30)), first, 4, false},
		"other texts":                 {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.WideCharSubject = recur.NewWideText(r2) })), first, 0, false},
		"other texts, but versions":   {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.WideCharSubject = recur.NewWideText(r2) })), versions, 0, true},
		"longer texts":                {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.WideCharSubject = recur.NewWideText(r1 + r2) })), first, 0, false},
		"other times":                 {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.OriginalStartDate++ })), first, 0, false},
		"another length":              {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.SubjectLength++ })), first, 0, false},
		"another length and versions": {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.SubjectLength++ })), versions, 0, true},
		"a reserved block":            {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.ReservedBlockEE1 = make([]byte, 4) })), first, 0, false},
		"the second reserved block":   {olderVersion(nil, change(text(7), func(e *recur.Exception) { e.Details.ReservedBlockEE2 = make([]byte, 4) })), first, 0, false},
		"both, and versions": {olderVersion(nil, change(text(7), func(e *recur.Exception) {
			e.Details.ReservedBlockEE1, e.Details.ReservedBlockEE2 = make([]byte, 4), make([]byte, 4)
		})), versions, 0, true},
		"MeetingType 15":         {olderVersion(nil, number(recur.OverrideMeetingType, recur.Details{MeetingType: 15})), first, 0, true},
		"MeetingType 256":        {olderVersion(nil, number(recur.OverrideMeetingType, recur.Details{MeetingType: 256})), first, 0, false},
		"BusyStatus 4":           {olderVersion(nil, number(recur.OverrideBusyStatus, recur.Details{BusyStatus: 4})), first, 0, true},
		"BusyStatus 5":           {olderVersion(nil, number(recur.OverrideBusyStatus, recur.Details{BusyStatus: 5})), first, 0, false},
		"SubType 2":              {olderVersion(nil, number(recur.OverrideSubType, recur.Details{SubType: 2})), first, 0, false},
		"AppointmentColor":       {olderVersion(nil, number(recur.OverrideAppointmentColor, recur.Details{})), first, 0, false},
		"a day":                  {olderVersion(nil, change(moved(7, 30), func(e *recur.Exception) { e.EndDateTime += 1440 })), first, 0, true},
		"years":                  {olderVersion(nil, change(moved(7, 30), func(e *recur.Exception) { e.EndDateTime += 1 << 20 })), versions, 0, false},
		"moved by years":         {olderVersion(nil, moved(7, 1<<20)), first, 0, false},
		"alone, and long ago":    {olderVersion(nil, moved(7, -50*525960)), versions, 0, false},
		"alone, at odd times":    {olderVersion(nil, moved(7, 31)), first, 0, false},
		"alone, no time at all":  {olderVersion(nil, change(moved(7, 30), func(e *recur.Exception) { e.EndDateTime = e.StartDateTime })), first, 0, false},
		"behind one of its kind": {olderVersion(nil, moved(7, 30), moved(14, 30)), first, 3, true},
		"behind text, alone":     {olderVersion(nil, text(7), moved(14, 30)), first, 16, false},
		"behind a short text":    {olderVersion(nil, withTexts(moved(7, 30), nil, &empty, latin), moved(14, 30)), first, 13, true},
		"behind 14 bytes":        {olderVersion(nil, withTexts(number(recur.OverrideBusyStatus, recur.Details{}), &r1, nil, latin), moved(14, 30)), first, 10, false},
		"behind 13 bytes":        {olderVersion(nil, withTexts(number(recur.OverrideBusyStatus, recur.Details{}), &r1, nil, latin), moved(14, 30)), first, 11, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustEncode(t, c.a)
			w := truthOf(t, b)
			cut := w.places[c.from] + c.lost
			r, ok := recur.Recover(b[cut:])
			require.Equal(t, c.found, ok)
			if ok {
				require.NoError(t, w.contradiction(cut, r))
			}
		})
	}
}

// TestRecoverEnds puts bytes behind what is left, and before it.
func TestRecoverEnds(t *testing.T) {
	r1 := "R1"
	text, none := olderVersion(nil, withTexts(moved(7, 30), &r1, nil, latin)), olderVersion([]int{7})
	for name, c := range map[string]struct {
		a             *recur.AppointmentRecurrencePattern
		from          string
		lost          int
		before, after string
		found         bool
	}{
		"versions, and more":         {text, "ReaderVersion2", 0, "", "abc", true},
		"half of them, and more":     {text, "ReaderVersion2", 1, "", "abc", false},
		"an exception, and more":     {text, "ExceptionInfo[0].StartDateTime", 0, "", "abc", false},
		"no exception, and more":     {none, "StartDate", 0, "", "abc", true},
		"no dates, and more":         {none, "ReaderVersion2", 0, "", "abc", false},
		"no dates":                   {none, "ReaderVersion2", 0, "", "", true},
		"half of the versions":       {none, "ReaderVersion2", 1, "", "", false},
		"something before StartDate": {none, "StartDate", 0, "abcd", "", false},
		"something before its count": {none, "ModifiedInstanceCount", 0, "abcd", "", true},
		"half of ExceptionCount":     {text, "ExceptionCount", 1, "", "", true},
		"another half":               {text, "ExceptionCount", 2, "\x01", "", false},
		"another ExceptionCount":     {text, "ExceptionCount", 2, "\x02\x00", "", false},
		"another EndTimeOffset":      {text, "ExceptionCount", 0, "\x00\x00\x00\x01", "", false},
		"another WriterVersion2":     {text, "StartTimeOffset", 0, "\x31\x00\x00", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustEncode(t, c.a)
			w := truthOf(t, b)
			w.value.Trailing = []byte(c.after)
			cut := w.places[c.from] + c.lost
			tail := slices.Concat([]byte(c.before), b[cut:], []byte(c.after))
			r, ok := recur.Recover(tail)
			require.Equal(t, c.found, ok)
			if ok {
				require.Equal(t, []byte(c.after), append([]byte{}, r.Trailing...))
				if c.after == "" {
					require.NoError(t, w.contradiction(cut-len(c.before), r))
				}
			}
		})
	}
}

// TestRecoverTextOfTimes has a text that is an exception, in a script that has such letters. It is taken for one where the
// bytes begin with it, as nothing tells it from one, and nowhere else.
func TestRecoverTextOfTimes(t *testing.T) {
	e := moved(7, 30)
	var units []uint16
	for _, r := range []recur.RTime{e.StartDateTime, e.EndDateTime, e.OriginalStartDate} {
		units = append(units, uint16(r), uint16(r>>16))
	}
	subject, empty := "丁"+string(utf16.Decode(units)), ""
	b := mustEncode(t, olderVersion(nil, withTexts(moved(70, 0), &subject, &empty, latin), moved(77, 0)))
	w := truthOf(t, b)
	text := w.places["ExtendedException[0].WideCharSubject"] + 2
	for cut := range b {
		if r, ok := recur.Recover(b[cut:]); ok && cut == text {
			require.True(t, r.TimesOnly)
		} else if ok {
			require.NoError(t, w.contradiction(cut, r))
		}
	}
}

// overwritten returns a newer version, written over the older one.
func overwritten(t *testing.T, newer, older *recur.AppointmentRecurrencePattern) []byte {
	t.Helper()
	n, o := mustEncode(t, newer), mustEncode(t, older)
	require.Less(t, len(n), len(o))
	return append(n, o[len(n):]...)
}

// shortened is what likeARP2 became: it ends after some weeks, and nothing in it is changed.
func shortened() *recur.AppointmentRecurrencePattern {
	return with(olderVersion(nil), func(a *recur.AppointmentRecurrencePattern) {
		a.EndType, a.OccurrenceCount, a.EndDate = recur.EndAfterCount, 6, midnight(35)
	})
}

// TestRecoverOverwritten is the case that Outlook left in a value: half of a modified date, two whole ones, and all from
// StartDate on.
func TestRecoverOverwritten(t *testing.T) {
	newer, older := shortened(), likeARP2()
	b := overwritten(t, newer, older)
	a, report := recur.Inspect(b)
	tail := a.Trailing
	require.Len(t, mustEncode(t, newer), len(b)-len(tail))
	var codes []diag.Code
	for f := range report.Findings() {
		codes = append(codes, f.Code)
		if f.Code == recur.OlderVersion {
			require.Equal(t, diag.Span{Offset: 80, Len: len(tail)}, f.Span)
			require.Equal(t, diag.Info, f.Severity)
			require.Equal(t, "looks like the end of an older version, with 4 exceptions and no end", f.Msg)
		}
	}
	require.Equal(t, []diag.Code{recur.TrailingData, recur.OlderVersion}, codes)
	a.Trailing = nil
	require.Equal(t, mustEncode(t, newer), mustEncode(t, a), "the live value is what it was")

	r, ok := recur.Recover(tail)
	require.True(t, ok)
	require.NoError(t, truthOf(t, mustEncode(t, older)).contradiction(80, r))
	require.Equal(t, 2, r.Unexplained)
	require.Empty(t, r.DeletedInstanceDates)
	require.Equal(t, older.ModifiedInstanceDates[2:], r.ModifiedInstanceDates)
	start, ok := r.StartDate()
	require.True(t, ok)
	require.Equal(t, older.StartDate, start)
	end, ok := r.EndDate()
	require.True(t, ok)
	require.Equal(t, recur.NoEnd, end)
	n, ok := r.ExceptionCount()
	require.True(t, ok)
	require.Equal(t, 4, n)
	require.Equal(t, "Online | Room 3: code 45/2001", r.Exceptions[3].Details.WideCharLocation.String())
	for path, offset := range map[string]int{"ModifiedInstanceDates[0]": 2, "StartDate": 10, "ReaderVersion2": 18, "ExceptionInfo[0].StartDateTime": 36} {
		f, ok := r.Report().At(offset)
		require.True(t, ok)
		require.Equal(t, path, f.Path)
		require.Equal(t, offset, f.Span.Offset)
	}
}

// TestRecoverSmall has the ends that are left most often: of a series of which one or two occurrences were changed.
func TestRecoverSmall(t *testing.T) {
	subject, location := "Moved", "R1"
	described := withTexts(moved(7, 1440), &subject, &location, latin)
	for _, c := range []struct {
		name         string
		newer, older *recur.AppointmentRecurrencePattern
		unexplained  int
		exceptions   []recur.Exception
		timesOnly    bool
		message      string // what comes behind the word with
	}{
		{"one with texts", olderVersion(nil), olderVersion(nil, described), 0, []recur.Exception{described}, false,
			"1 exception or more and an EndDate that is overwritten"},
		{"one without", olderVersion(nil), olderVersion(nil, moved(7, 30)), 0, []recur.Exception{moved(7, 30)}, true,
			"1 exception or more and an EndDate that is overwritten"},
		{"one with texts, now deleted", olderVersion([]int{7}), olderVersion(nil, described), 0, []recur.Exception{described}, false,
			"1 exception or more and an EndDate that is overwritten"},
		{"one without, and one deleted", olderVersion(nil), olderVersion([]int{14}, moved(7, 30)), 2, []recur.Exception{moved(7, 30)}, false,
			"1 exception and an EndDate that is overwritten"},
		{"two, and four deleted", olderVersion(nil), olderVersion([]int{14, 21, 28, 35}, moved(7, 30), described), 2,
			[]recur.Exception{moved(7, 30), described}, false, "2 exceptions and EndDate 2026-05-11T00:00:00"},
		{"nothing but an end", olderVersion(nil), olderVersion([]int{7}), 0, nil, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.older.EndDate = midnight(126)
			a, report := recur.Inspect(overwritten(t, c.newer, c.older))
			r, ok := recur.Recover(a.Trailing)
			require.Equal(t, c.message != "", ok)
			for f := range report.Findings() {
				if f.Code == recur.OlderVersion {
					require.Equal(t, "looks like the end of an older version, with "+c.message, f.Msg)
					c.message = ""
				}
			}
			require.Empty(t, c.message, "what Inspect finds")
			if !ok {
				return
			}
			require.Equal(t, c.unexplained, r.Unexplained)
			require.Equal(t, c.timesOnly, r.TimesOnly)
			require.Empty(t, cmp.Diff(c.exceptions, r.Exceptions))
		})
	}
}

// TestRecoverKeepsNothing writes to the bytes after they were searched.
func TestRecoverKeepsNothing(t *testing.T) {
	b := mustEncode(t, likeARP2())[80:]
	r, ok := recur.Recover(b)
	require.True(t, ok)
	before, err := r.Report().MarshalJSON()
	require.NoError(t, err)
	for i := range b {
		b[i] = 0xEE
	}
	after, err := r.Report().MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.NoError(t, truthOf(t, mustEncode(t, likeARP2())).contradiction(80, r))
}

// TestRecoverHostile searches 16 MB of bytes that look like the beginnings of very many versions, and less in short runs.
// A search that began anew with each would not end before the test does.
func TestRecoverHostile(t *testing.T) {
	size := 16 << 20
	if underRace || testing.Short() {
		size = 1 << 20
	}
	const info, versions, none = "c87c530d047d530dc87c530d", "06300000093000004803000084030000", "00000000"
	fill := func(n int, unit string) []byte {
		u := golden.Unhex(t, unit)
		return bytes.Repeat(u, n/len(u))
	}
	many := olderVersion(nil, slices.Repeat([]recur.Exception{moved(7, 30)}, 65535)...)
	for name, b := range map[string][]byte{
		"ReaderVersion2":                     fill(size, "06300000"),
		"versions, and a count that is not":  fill(size, versions+"ffff"),
		"exceptions":                         slices.Concat(fill(size, info+"0000"), make([]byte, 4)),
		"versions in the texts of another":   slices.Concat(fill(size, info+"0100"+"13001200"+versions+"ffff"), make([]byte, 4)),
		"versions with less exceptions":      slices.Concat(fill(size, info+"0100"+"13001200"+versions+"0008"), make([]byte, 4)),
		"exceptions and more second parts":   slices.Concat(fill(size/2, info+"0000"), make([]byte, 4), fill(size/2, "04000000"+none+none), []byte{4, 8: 1, 15: 0}),
		"exceptions and no fitting parts":    slices.Concat(fill(size/2, info+"0100"+"0200010061"), make([]byte, 4), fill(size/2, "04000000"+none+none), make([]byte, 4)),
		"zeros":                              make([]byte, size),
		"an older version of 65535, in full": mustEncode(t, many)[80:],
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, ok := recur.Recover(b)
			runtime.ReadMemStats(&after)
			require.Equal(t, strings.HasPrefix(name, "an older"), ok)
			if total := after.TotalAlloc - before.TotalAlloc; !underRace {
				t.Logf("%d bytes: allocates %d", len(b), total)
				require.LessOrEqual(t, total, uint64(64*len(b)))
			}
		})
	}
}

// TestRecoverShared takes the leftovers of others, which are not part of the module.
func TestRecoverShared(t *testing.T) {
	for name, v := range peerVectors(t) {
		a, _ := recur.Inspect(golden.Unhex(t, v.Hex))
		r, ok := recur.Recover(a.Trailing)
		require.Equal(t, name == "X15-stale-tail", ok, name)
		if ok {
			require.Equal(t, 0, r.Unexplained)
			require.Len(t, r.Exceptions, 1)
			require.Equal(t, "Moved", r.Exceptions[0].Details.WideCharSubject.String())
			require.Equal(t, "R1", r.Exceptions[0].Details.WideCharLocation.String())
		}
	}
	for _, v := range calendarVectors(t) {
		a, _ := recur.Inspect(golden.Unhex(t, v.Hex))
		_, ok := recur.Recover(a.Trailing)
		require.False(t, ok, "%s has too few bytes, or none", v.ID)
	}
}

// A value may have been written over a longer one, whose end is still there.
func ExampleRecover() {
	older := likeARP2()
	stream, _ := older.MarshalBinary()
	newer, _ := shortened().MarshalBinary()
	copy(stream, newer) // and not truncated

	live, report := recur.Inspect(stream)
	for f := range report.Findings() {
		fmt.Println(f.Severity, f)
	}
	fmt.Println("live:", live.EndDate, "exceptions:", len(live.Exceptions))

	r, ok := recur.Recover(live.Trailing)
	if !ok {
		return
	}
	end, known := r.EndDate()
	fmt.Println("older:", end == recur.NoEnd, known, "exceptions:", len(r.Exceptions))
	for f := range r.Report().Fields() {
		if f.Path == "StartDate" || strings.HasSuffix(f.Path, "].WideCharLocation") {
			fmt.Println(f.Span.Offset, f.Path, f.Value, f.Text)
		}
	}
	// Output:
	// warning trailing at 0x0050: 265 bytes follow the structure (recur.trailing-data)
	// info trailing at 0x0050: looks like the end of an older version, with 4 exceptions and no end (recur.older-version)
	// live: 2026-02-09T00:00:00 exceptions: 0
	// older: true true exceptions: 4
	// 10 StartDate 223534080 2026-01-05T00:00:00
	// 199 ExtendedException[3].WideCharLocation Online | Room 3: code 45/2001
}
