package fuzz_test

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/freebusy"
)

// checkFreeBusyPair puts any lists together, and holds the times to what package time makes of months and minutes.
func checkFreeBusyPair(tb testing.TB, b []byte) {
	s := &source{b}
	var months mapi.MultipleInteger32
	var values mapi.MultipleBinary
	for range s.below(6) {
		months = append(months, int32(s.u32()))
		if m, ok := freebusy.MonthOf(1601+int(s.u16())%2900, time.Month(1+s.below(12))); ok && !s.one(4) {
			months[len(months)-1] = int32(m)
		}
	}
	for range s.below(6) {
		values = append(values, s.bytes(s.below(30)))
	}
	status := freebusy.Status(s.below(4))
	monthsTag, blocksTag := status.Tags()
	got, found := status.Intervals(mapi.Props{{Tag: blocksTag, Value: values}, {Tag: monthsTag, Value: months}})

	has := func(code diag.Code) bool {
		return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Code == code })
	}
	if has(freebusy.CountMismatch) != (len(months) != len(values)) {
		tb.Fatalf("%d months, %d values: %v", len(months), len(values), found)
	}
	noMonth := false
	var want [][2]time.Time
	for i, m := range months {
		first := time.Date(int(m>>4), time.Month(m&15), 1, 0, 0, 0, 0, time.UTC)
		if first.Year() != int(m>>4) || int32(first.Month()) != m&15 || first.Year() < 1601 || first.Year() > 4500 {
			noMonth = true
			continue
		}
		if i >= len(values) {
			continue
		}
		for v := values[i]; len(v) >= 4; v = v[4:] {
			start, end := binary.LittleEndian.Uint16(v), binary.LittleEndian.Uint16(v[2:])
			if start < end {
				want = append(want, [2]time.Time{first.Add(time.Duration(start) * time.Minute), first.Add(time.Duration(end) * time.Minute)})
			}
		}
	}
	if has(freebusy.MonthRange) != noMonth {
		tb.Fatalf("%v: %v", months, found)
	}
	if len(got) != len(want) {
		tb.Fatalf("%v, %x: %v, want %v", months, values, got, want)
	}
	for i, w := range want {
		if start, end := got[i].Times(); !start.Equal(w[0]) || !end.Equal(w[1]) {
			tb.Fatalf("%v, %x: %v to %v, want %v", months, values, start, end, w)
		}
	}
}

// checkFreeBusyJSON reads any text as the value form.
func checkFreeBusyJSON(tb testing.TB, text []byte) {
	if v := sameAgain[freebusy.Blocks](tb, text); v != nil {
		_ = v.Validate()
		v.Normalize()
		for _, f := range v.Validate() {
			if f.Code != freebusy.NoBlocks && f.Code != freebusy.BlockRange {
				tb.Fatalf("%s: %v after Normalize", text, f)
			}
		}
	}
}
