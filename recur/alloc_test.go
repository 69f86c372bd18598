package recur_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// exceptionKinds are exceptions of every kind that is stored in another way.
func exceptionKinds() map[string]recur.Exception {
	texts := recur.Details{SubjectLength: 4, Subject: []byte("new"), LocationLength: 3, Location: []byte("??"),
		WideCharSubject: recur.NewWideText("new"), WideCharLocation: recur.NewWideText("東京")}
	const both = recur.OverrideSubject | recur.OverrideLocation
	reserved, all := texts, texts
	reserved.ChangeHighlightReserved, reserved.ReservedBlockEE1, reserved.ReservedBlockEE2 = []byte{1}, []byte{2, 3}, []byte{4, 5, 6}
	all.BusyStatus, all.AppointmentColor = 2, 7
	return map[string]recur.Exception{
		"plain":             {},
		"a number":          {OverrideFlags: recur.OverrideBusyStatus, Details: &recur.Details{BusyStatus: 3}},
		"empty texts":       {OverrideFlags: both, Details: &recur.Details{SubjectLength: 1, LocationLength: 1}},
		"two texts":         {OverrideFlags: both, Details: &texts},
		"everything":        {OverrideFlags: 0x3FF, Details: &all},
		"reserved":          {OverrideFlags: both, Details: &reserved},
		"reserved, no text": {Details: &recur.Details{ReservedBlockEE1: []byte{1}}},
	}
}

// shapes returns blobs of all kinds of exceptions, so many of each and as many dates, which may be deleted, modified or
// neither.
func shapes(t testing.TB, counts ...int) map[string][]byte {
	all := map[string][]byte{}
	for kind, e := range exceptionKinds() {
		for _, n := range counts {
			for dates, p := range map[string]recur.RecurrencePattern{
				"no dates": {}, "deleted": {DeletedInstanceDates: manyDates(n)}, "modified": {ModifiedInstanceDates: manyDates(n)},
				"deleted and modified": {DeletedInstanceDates: manyDates(2*n + 1), ModifiedInstanceDates: manyDates(n)}} {
				if n > 1000 && dates != "deleted and modified" {
					continue // they are long
				}
				a := &recur.AppointmentRecurrencePattern{RecurrencePattern: p, WriterVersion2: 0x3009, Exceptions: manyExceptions(n, e)}
				all[fmt.Sprintf("%d %s, %s", n, kind, dates)] = mustMarshal(t, a)
			}
		}
	}
	return all
}

// TestDecodeAllocations counts what a fresh value costs: itself, its dates, its exceptions, their Details, and one copy of
// what texts there are.
func TestDecodeAllocations(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	for name, b := range shapes(t, 0, 1, 2, 5, 1000, 65535) {
		for _, b := range [][]byte{b, slices.Concat(b, []byte("trailing"))} {
			n := testing.AllocsPerRun(2, func() {
				if _, err := recur.Decode(b); err != nil {
					t.Fatal(err)
				}
			})
			require.LessOrEqual(t, n, 5.0, name)
		}
	}
	for _, n := range []int{0, 1, 2, 5, 1000, 1 << 18} {
		for _, modified := range []int{0, 1, n} {
			p := &recur.RecurrencePattern{DeletedInstanceDates: manyDates(n), ModifiedInstanceDates: manyDates(modified)}
			for trailing, most := range map[string]float64{"": 2, "trailing": 3} {
				p.Trailing = []byte(trailing)
				b := mustMarshal(t, p)
				require.LessOrEqual(t, testing.AllocsPerRun(2, func() { _, _ = recur.DecodePattern(b) }), most, "%d dates, %d modified", n, modified)
			}
		}
	}
}

// TestDetailsAreCounted decodes series of which a few exceptions need Details, for whatever reason, among many that do
// not: there is memory for those few, made at once.
func TestDetailsAreCounted(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	const n = 1000
	kinds := exceptionKinds()
	kinds["ChangeHighlight of 8 bytes"] = recur.Exception{ChangeHighlight: 1, Details: &recur.Details{ChangeHighlightReserved: []byte{1, 2, 3, 4}}}
	kinds["ChangeHighlight of 8 zeros"] = recur.Exception{Details: &recur.Details{ChangeHighlightReserved: make([]byte, 4)}}
	for kind, e := range kinds {
		for _, version := range []uint32{0x3009, 0x3008} {
			if version < 0x3009 {
				e.ChangeHighlight = 0
				if d := e.Details; d != nil && len(d.ChangeHighlightReserved) > 0 {
					continue
				}
			}
			for _, few := range []int{1, 7} {
				a := &recur.AppointmentRecurrencePattern{WriterVersion2: version, Exceptions: manyExceptions(n, recur.Exception{})}
				for i := range few {
					at := &a.Exceptions[n-1-i*n/few]
					at.OverrideFlags, at.ChangeHighlight, at.Details = e.OverrideFlags, e.ChangeHighlight, e.Details
				}
				a.Exceptions[n/3].NoChangeHighlightValue = version >= 0x3009 // which is no reason
				b := mustMarshal(t, a)
				decode := func() any {
					a, err := recur.Decode(b)
					require.NoError(t, err)
					return a
				}
				total, _ := memory(decode)
				require.LessOrEqual(t, testing.AllocsPerRun(2, func() { decode() }), 5.0, kind)
				require.Less(t, total, int64(len(b)+n*40+few*256+12_000), "%d %s, 0x%X", few, kind, version) // sizes are rounded up
			}
		}
	}
}

// TestReuse decodes blobs of every shape in turns into one value, in both orders: once it has room for each, nothing is
// allocated.
func TestReuse(t *testing.T) {
	var all [][]byte
	for _, b := range shapes(t, 0, 1, 3, 40) {
		all = append(all, b, slices.Concat(b, []byte("trailing")))
	}
	r := rand.New(rand.NewPCG(13, 14))
	for range 200 {
		a := anyAppointment(r, false)
		for i := range a.Exceptions {
			if a.Exceptions[i].NoChangeHighlightValue {
				a.Exceptions[i] = recur.Exception{} // which may be an error, and an error costs something
			}
		}
		all = append(all, mustMarshal(t, a))
	}
	var a recur.AppointmentRecurrencePattern
	decode := func(b []byte) {
		if err := a.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
	}
	n := testing.AllocsPerRun(5, func() {
		for _, b := range all {
			decode(b)
		}
		for _, b := range slices.Backward(all) {
			decode(b)
		}
	})
	require.Zero(t, n)

	var p recur.RecurrencePattern
	pattern := &recur.RecurrencePattern{DeletedInstanceDates: manyDates(8), ModifiedInstanceDates: manyDates(2), Trailing: []byte("trailing")}
	x, y := mustMarshal(t, pattern), mustMarshal(t, &recur.RecurrencePattern{ModifiedInstanceDates: manyDates(4)})
	require.Zero(t, testing.AllocsPerRun(5, func() { _, _ = p.UnmarshalBinary(x), p.UnmarshalBinary(y) }))
}

// TestAppendReuse writes into a buffer that has room.
func TestAppendReuse(t *testing.T) {
	for name, b := range shapes(t, 2) {
		a, err := recur.Decode(b)
		require.NoError(t, err)
		var buf []byte
		require.Zero(t, testing.AllocsPerRun(5, func() { buf, _ = a.AppendBinary(buf[:0]) }), name)
		require.Equal(t, b, buf)
		require.Zero(t, testing.AllocsPerRun(5, func() { buf, _ = a.RecurrencePattern.AppendBinary(buf[:0]) }), name)
	}
}

// scribble overwrites all that a decoded value holds.
func scribble(a *recur.AppointmentRecurrencePattern) {
	for i := range a.Exceptions {
		e := &a.Exceptions[i]
		e.StartDateTime, e.EndDateTime, e.OriginalStartDate, e.OverrideFlags, e.ChangeHighlight = 1, 2, 3, ^e.OverrideFlags, 4
		e.NoChangeHighlightValue, e.Cut = true, true
		if e.Details != nil {
			*e.Details = recur.Details{SubjectLength: 1, LocationLength: 2, MeetingType: 3, ReminderDelta: 4, ReminderSet: 5, BusyStatus: 6, Attachment: 7,
				SubType: 8, AppointmentColor: 9, Subject: []byte{1}, Location: []byte{2}, ChangeHighlightReserved: []byte{3}, ReservedBlockEE1: []byte{4},
				StartDateTime: 5, EndDateTime: 6, OriginalStartDate: 7, WideCharSubject: []byte{8, 8}, WideCharLocation: []byte{9, 9}, ReservedBlockEE2: []byte{5}}
		}
	}
	for _, dates := range [][]recur.RTime{a.DeletedInstanceDates, a.ModifiedInstanceDates} {
		for i := range dates {
			dates[i] = 8
		}
	}
	a.ReservedBlock1, a.ReservedBlock2, a.Trailing = []byte{1}, []byte{2}, []byte{3}
	a.DaysOfWeek, a.DayOfMonth, a.N, a.StartDate, a.EndDate, a.WriterVersion2 = 1, 2, 3, 4, 5, 6
}

// TestReuseLeavesNothing decodes blobs of every shape in turns into one value, which must end up as a fresh one does,
// whatever was done to it meanwhile.
func TestReuseLeavesNothing(t *testing.T) {
	all := slices.Collect(maps.Values(shapes(t, 0, 2)))
	slices.SortFunc(all, bytes.Compare)
	all = slices.CompactFunc(all, bytes.Equal)
	whole := all[len(all)-1]
	all = append(all, nil, []byte{4}, whole[:30], whole[:60], whole[:len(whole)-1], append(bytes.Clone(whole), "trailing"...), own(t))
	reserved := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3008, ReservedBlock1: []byte{1}, ReservedBlock2: []byte{2, 3}}
	reserved.PatternType, reserved.DaysOfWeek, reserved.N, reserved.Trailing = recur.MonthNth, 9, 9, []byte("trailing")
	all = append(all, mustMarshal(t, reserved))
	bad := &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{{NoChangeHighlightValue: true}}}
	all = append(all, mustMarshal(t, bad))
	bad.Exceptions[0].Details = &recur.Details{ChangeHighlightReserved: []byte{1, 2, 3}}
	all = append(all, mustMarshal(t, bad))

	var a recur.AppointmentRecurrencePattern
	var p recur.RecurrencePattern
	for _, first := range all {
		for _, b := range all {
			_, _ = a.UnmarshalBinary(first), p.UnmarshalBinary(first)
			fresh, want := recur.Decode(b)
			scribble(&a)
			requireSameError(t, want, a.UnmarshalBinary(b))
			if want == nil {
				require.Equal(t, string(fresh.AppendJSON(nil)), string(a.AppendJSON(nil)), "%x after %x", b, first)
			}
			freshPattern, want := recur.DecodePattern(b)
			requireSameError(t, want, p.UnmarshalBinary(b))
			if want == nil {
				require.Equal(t, string(freshPattern.AppendJSON(nil)), string(p.AppendJSON(nil)), "%x after %x", b, first)
			}
		}
	}
}

func requireSameError(t *testing.T, want, got error) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-fresh +used):\n%s", diff)
	}
}

// TestDecodeKeepsNothing writes to the input after decoding.
func TestDecodeKeepsNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	check := func(b []byte) {
		input := bytes.Clone(b)
		decoded, err := recur.Decode(input)
		pattern, patternErr := recur.DecodePattern(input)
		inspected, report := recur.Inspect(input)
		inspectedPattern, patternReport := recur.InspectPattern(input)
		state := func() string {
			var all bytes.Buffer
			for _, r := range []*diag.Report{report, patternReport} {
				require.NoError(t, diag.Hexdump(&all, b, r))
				for f := range r.Fields() {
					fmt.Fprintln(&all, f)
				}
			}
			if err == nil {
				all.Write(decoded.AppendJSON(nil))
			}
			if patternErr == nil {
				all.Write(pattern.AppendJSON(nil))
			}
			fmt.Fprintln(&all, err, patternErr)
			return string(inspectedPattern.AppendJSON(inspected.AppendJSON(all.Bytes())))
		}
		before := state()
		for i := range input {
			input[i] = 0xEE
		}
		require.Equal(t, before, state())
	}
	for _, b := range shapes(t, 2) {
		check(b)
		check(b[:len(b)-3])
	}
	for range 50 {
		check(mustMarshal(t, anyAppointment(r, false)))
	}
}

// claims returns a blob whose number at the offset is another.
func claims(b []byte, at int, n uint64, size int) []byte {
	b = bytes.Clone(b)
	for i := range size {
		b[at+i] = byte(n >> (8 * i))
	}
	return b
}

// hostile returns blobs that claim more than they have, and blobs in which everything is wrong.
func hostile(t testing.TB) map[string][]byte {
	series := func(n int, e recur.Exception) []byte {
		return mustMarshal(t, &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: manyExceptions(n, e)})
	}
	const (
		deleted, modified, count, block1 = 34, 38, 66, 68 // offsets in a pattern of days without dates
		highlight                        = block1 + 14 + 4
		huge                             = 1<<32 - 1
	)
	none, one := series(0, recur.Exception{}), series(1, recur.Exception{})
	two := series(2, exceptionKinds()["two texts"])
	subject := claims(one, block1+12, 1, 2) // flags, and lengths where ReservedBlock1 was
	worst := recur.Exception{StartDateTime: 2, EndDateTime: 1, OriginalStartDate: huge, OverrideFlags: 0xFFFF, Details: &recur.Details{SubjectLength: 9, LocationLength: 9,
		StartDateTime: 7, WideCharSubject: recur.WideText{0, 0xD8}, WideCharLocation: recur.WideText{0, 0xDC}}, NoChangeHighlightValue: true}
	bad := worst
	details := *worst.Details
	details.ChangeHighlightReserved = []byte{1}
	bad.Details = &details
	empty := recur.Exception{NoChangeHighlightValue: true}
	small := recur.Exception{NoChangeHighlightValue: true, Details: &recur.Details{ChangeHighlightReserved: []byte{1}}}
	wrong := func(n int, e recur.Exception) []byte {
		a := &recur.AppointmentRecurrencePattern{WriterVersion2: 0xFFFFFFFF, StartTimeOffset: 1440, Exceptions: slices.Repeat([]recur.Exception{e}, n)}
		a.PatternType, a.DaysOfWeek, a.N, a.EndType, a.FirstDOW, a.CalendarType, a.SlidingFlag = recur.MonthNth, 1<<31, 77, 7, 8, 0xD, 2
		a.StartDate, a.EndDate, a.FirstDateTime, a.DeletedInstanceDates, a.ModifiedInstanceDates = 11, 5, 7, []recur.RTime{9, 8, 7}, []recur.RTime{5, 4, 3, 2}
		return mustMarshal(t, a)
	}
	dates := &recur.RecurrencePattern{DeletedInstanceDates: make([]recur.RTime, 1<<18), ModifiedInstanceDates: manyDates(1 << 18)}
	slices.Reverse(dates.ModifiedInstanceDates)
	return map[string][]byte{
		"2^28 deleted dates claimed":                        claims(none, deleted, 1<<28, 4),
		"2^30 deleted dates claimed":                        claims(none, deleted, 1<<30, 4), // 4 GB, which is 0 in 32 bits
		"2^32-1 deleted dates claimed":                      claims(none, deleted, huge, 4),
		"2^28 modified dates claimed":                       claims(none, modified, 1<<28, 4),
		"2^32-1 modified dates claimed":                     claims(none, modified, huge, 4),
		"2^32-1 dates of both claimed":                      claims(claims(none, deleted, huge, 4), modified, huge, 4),
		"2^28 dates claimed, a megabyte there":              append(claims(none, deleted, 1<<28, 4), make([]byte, 1<<20)...),
		"2^28 modified claimed, a megabyte there":           append(claims(none, modified, 1<<28, 4), make([]byte, 1<<20)...),
		"2^18 dates in no order":                            mustMarshal(t, dates),
		"4 GB of ReservedBlock1 claimed":                    claims(none, block1, huge, 4),
		"4 GB of ReservedBlock2 claimed":                    claims(none, block1+4, huge, 4),
		"4 GB of ChangeHighlight claimed":                   claims(one, highlight, huge, 4),
		"2 GB of ReservedBlockEE1 claimed":                  claims(one, highlight+8, 1<<31, 4),
		"4 GB claimed, a megabyte there":                    append(claims(one, highlight, huge, 4), make([]byte, 1<<20)...),
		"65535 exceptions claimed, none there":              claims(none, count, 65535, 2),
		"65535 exceptions claimed, one there":               claims(one, count, 65535, 2),
		"65535 exceptions claimed, a megabyte there":        append(claims(one, count, 65535, 2), make([]byte, 1<<20)...),
		"65535 exceptions claimed, two with texts":          claims(two, count, 65535, 2),
		"65535 bytes of text claimed":                       claims(subject, block1+16, 65535, 2),
		"65535 units of text claimed":                       claims(two, len(two)-8-2*2-2, 65535, 2),
		"65535 plain exceptions":                            series(65535, recur.Exception{}),
		"65535 exceptions, cut behind the first part":       series(65535, recur.Exception{})[:block1+14*65535],
		"65535 with a number, cut there":                    series(65535, exceptionKinds()["a number"])[:block1+18*65535],
		"65535 with empty texts, cut there":                 series(65535, exceptionKinds()["empty texts"])[:block1+22*65535],
		"65535 with empty texts":                            series(65535, exceptionKinds()["empty texts"]),
		"65535 with a reserved byte":                        series(65535, exceptionKinds()["reserved, no text"]),
		"a megabyte of ones":                                bytes.Repeat([]byte{0xFF}, 1<<20),
		"a megabyte of zeros":                               make([]byte, 1<<20),
		"a megabyte behind it":                              append(bytes.Clone(one), make([]byte, 1<<20)...),
		"a megabyte of beginnings behind it":                append(bytes.Clone(none), bytes.Repeat([]byte{6, 0x30, 0, 0, 9, 0x30, 0, 0}, 1<<17)...),
		"10000 exceptions without sense":                    wrong(10000, worst),
		"10000 exceptions without sense, refused":           wrong(10000, bad),
		"10000 exceptions without ChangeHighlight":          series(10000, empty),
		"10000 exceptions with one byte of ChangeHighlight": series(10000, small),
	}
}

// memory returns what one call of f allocates in all, and what of it is live when f has returned. f returns what is to be
// kept.
func memory(f func() any) (total, live int64) {
	var before, after, kept runtime.MemStats
	total, live = 1<<62, 1<<62
	for range 3 { // others may allocate meanwhile; the least is ours
		runtime.GC()
		runtime.GC() // what pools kept over the first
		runtime.ReadMemStats(&before)
		v := f()
		runtime.ReadMemStats(&after)
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&kept)
		runtime.KeepAlive(v)
		total = min(total, int64(after.TotalAlloc-before.TotalAlloc))
		live = min(live, int64(kept.HeapAlloc)-int64(before.HeapAlloc))
	}
	return total, live
}

// TestHostile measures what blobs that lie cost.
func TestHostile(t *testing.T) {
	if underRace || testing.Short() {
		t.Skip("measures memory, and has nothing that could race")
	}
	for name, b := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			size := int64(len(b))
			check := func(what string, factor int64, f func() any) {
				total, live := memory(f)
				t.Logf("%d bytes: %s %s, live %s", size, what, perByte(total, size), perByte(live, size))
				require.LessOrEqual(t, live, factor*size+4096, what)
				require.LessOrEqual(t, total, factor*size+4096, what)
			}
			check("Decode", 16, func() any { a, err := recur.Decode(b); return []any{a, err} })
			check("Inspect", 64, func() any { a, r := recur.Inspect(b); return []any{a, r} })
			check("DecodePattern", 16, func() any { p, err := recur.DecodePattern(b); return []any{p, err} })
			check("InspectPattern", 64, func() any { p, r := recur.InspectPattern(b); return []any{p, r} })

			_, err := recur.Decode(b)
			requireFew(t, b, err, 5, func() { _, _ = recur.Decode(b) })
			_, err = recur.DecodePattern(b)
			requireFew(t, b, err, 3, func() { _, _ = recur.DecodePattern(b) })
		})
	}
}

// requireFew wants few allocations for a value, and a few for an error with one finding: those of what was read before it
// come on top, where b is long enough for there to be anything. For an error with more findings there is no bound but that
// of memory.
func requireFew(t *testing.T, b []byte, err error, few float64, f func()) {
	t.Helper()
	var e *diag.DecodeError
	switch {
	case errors.As(err, &e) && len(e.Findings) > 1:
		return
	case err != nil && len(b) < 100:
		few = 8
	case err != nil:
		few += 12
	}
	require.LessOrEqual(t, testing.AllocsPerRun(2, f), few)
}

func perByte(n, size int64) string {
	return fmt.Sprintf("%d bytes (%.1f x)", n, float64(n)/float64(size))
}

// TestLinear decodes twice as many exceptions, which must cost about twice as much, and not four times.
func TestLinear(t *testing.T) {
	if underRace || testing.Short() {
		t.Skip("measures time and memory, and has nothing that could race")
	}
	for kind, e := range exceptionKinds() {
		t.Run(kind, func(t *testing.T) {
			var decode, inspect [2]time.Duration
			var allocations [2]float64
			for i, n := range []int{20_000, 40_000} {
				b := mustMarshal(t, &recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: manyExceptions(n, e)})
				decode[i] = fastest(func() { _, _ = recur.Decode(b) })
				inspect[i] = fastest(func() { recur.Inspect(b) })
				allocations[i] = testing.AllocsPerRun(1, func() { recur.Inspect(b) })
			}
			t.Logf("Decode %v, Inspect %v, %v allocations", decode, inspect, allocations)
			require.Less(t, decode[1], 8*decode[0]+time.Second/10)
			require.Less(t, inspect[1], 8*inspect[0]+time.Second/2)
			require.LessOrEqual(t, allocations[1], 3*allocations[0]+100)
		})
	}
}

// fastest returns the least of a few times.
func fastest(f func()) time.Duration {
	var all []time.Duration
	for range 3 {
		start := time.Now()
		f()
		all = append(all, time.Since(start))
	}
	return slices.Min(all)
}
