package fuzz_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// checkRecurRecover looks for an older version in any bytes. What is found must stand there: written as a series it is the
// same bytes again, from the first field that is known to the last byte.
func checkRecurRecover(tb testing.TB, b []byte) {
	checkRecovered(tb, b)
	// A series made of the bytes, of which so much is overwritten, makes better finds.
	s := &source{b}
	skip := int(s.u8())
	a := series(s)
	a.StartTimeOffset, a.EndTimeOffset = a.StartTimeOffset%1440, a.StartTimeOffset%1440+60
	blob, err := a.MarshalBinary()
	if err != nil {
		tb.Fatal(err)
	}
	checkRecovered(tb, blob[min(skip, len(blob)):])
}

func checkRecovered(tb testing.TB, trailing []byte) {
	input := bytes.Clone(trailing)
	r, ok := recur.Recover(trailing)
	if !bytes.Equal(input, trailing) {
		tb.Fatalf("%x: the input was written to", input)
	}
	if again, ok2 := recur.Recover(trailing); ok != ok2 || ok && !reflect.DeepEqual(r.Exceptions, again.Exceptions) {
		tb.Fatalf("%x: %+v, and then %+v", trailing, r, again)
	}
	if (r != nil) != ok {
		tb.Fatalf("%x: %+v, %v", trailing, r, ok)
	}
	newer := recur.NewAppointment(recur.NewDaily(0, 1), 0, 60)
	newer.Trailing = trailing
	blob, err := newer.MarshalBinary()
	if err != nil {
		tb.Fatal(err)
	}
	_, report := recur.Inspect(blob)
	told := false
	for f := range report.Findings() {
		told = told || f.Code == recur.OlderVersion
	}
	if told != ok {
		tb.Fatalf("%x: Recover says %v, Inspect %v", trailing, ok, told)
	}
	if ok {
		checkRewritten(tb, trailing, r)
	}
}

// checkRewritten writes what was recovered.
func checkRewritten(tb testing.TB, trailing []byte, r *recur.Recovered) {
	at, unexplained := 0, 0
	for f := range r.Report().Fields() {
		if f.Span.Offset != at || f.Span.Len <= 0 {
			tb.Fatalf("%x: field %q at %d, length %d, where %d is next", trailing, f.Path, f.Span.Offset, f.Span.Len, at)
		}
		if at += f.Span.Len; f.Path == "unexplained" {
			unexplained += f.Span.Len
		}
	}
	for f := range r.Report().Findings() {
		if f.Severity > diag.Warning {
			tb.Fatalf("%x: %v", trailing, f)
		}
	}
	if at != len(trailing) || unexplained < r.Unexplained {
		tb.Fatalf("%x: the fields end at %d of %d, %d bytes are unexplained, at first %d", trailing, at, len(trailing), unexplained, r.Unexplained)
	}
	if unexplained > r.Unexplained {
		return // of exceptions that are lost something stands between those that are not
	}
	a := &appointment{Exceptions: r.Exceptions, ReservedBlock1: r.ReservedBlock1, ReservedBlock2: r.ReservedBlock2, WriterVersion2: 0x3009}
	a.DeletedInstanceDates, a.ModifiedInstanceDates, a.Trailing = r.DeletedInstanceDates, r.ModifiedInstanceDates, r.Trailing
	a.StartDate, _ = r.StartDate()
	a.EndDate, _ = r.EndDate()
	a.ReaderVersion2, _ = r.ReaderVersion2()
	if v, ok := r.WriterVersion2(); ok {
		a.WriterVersion2 = v
	}
	a.StartTimeOffset, _ = r.StartTimeOffset()
	a.EndTimeOffset, _ = r.EndTimeOffset()
	if n, ok := r.ExceptionCount(); ok && n != len(r.Exceptions) {
		tb.Fatalf("%x: %d of %d exceptions", trailing, len(r.Exceptions), n)
	}
	blob, err := a.MarshalBinary()
	if err != nil {
		tb.Fatalf("%x: %+v: %v", trailing, r, err)
	}
	if !bytes.HasSuffix(blob, trailing[r.Unexplained:]) {
		tb.Fatalf("%x\nwas recovered, but for %d bytes, as\n%x", trailing, r.Unexplained, blob)
	}
}
