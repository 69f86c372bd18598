package mfcmapi

import (
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// checkLaws holds the reading of any bytes to what is promised: it is the same however the bytes come in, offsets lie
// in the file and never go back, and every reading says something.
func checkLaws(t *testing.T, in string) {
	t.Helper()
	got, recs := readAll(strings.NewReader(in), 0)
	if len(got) == 0 {
		t.Fatalf("nothing is said of %q", in)
	}
	checkLong(t, in, recs)
	pieces, again := readAll(iotest.OneByteReader(strings.NewReader(in)), 0)
	if d := cmp.Diff(got, pieces); d != "" {
		t.Fatalf("%q at once and byte by byte: (-at once +bytes)\n%s", in, d)
	}
	for i := range recs {
		switch {
		case recs[i].Offset != again[i].Offset || recs[i].Line != again[i].Line:
			t.Fatalf("%q: record %d is at %d:%d, byte by byte at %d:%d", in, i, recs[i].Line, recs[i].Offset, again[i].Line, again[i].Offset)
		case recs[i].Offset < 0 || recs[i].Offset > int64(len(in)) || i > 0 && recs[i].Offset < recs[i-1].Offset:
			t.Fatalf("%q: record %d has offset %d", in, i, recs[i].Offset)
		}
		for _, f := range recs[i].Findings {
			if f.Code == "" || f.Msg == "" || f.Path == "" || f.Spec == "" || f.Span.Offset > len(recs[i].Raw) || f.Span.Offset < -1 {
				t.Fatalf("%q: record %d has the finding %+v", in, i, f)
			}
		}
	}
}

// checkLong holds the records of an export to those that are read the long way.
func checkLong(t *testing.T, in string, quick []dump.Record) {
	t.Helper()
	r := NewReader(strings.NewReader(in), "test.xml", 0)
	r.long = true
	var long []dump.Record
	for rec := range r.Records() {
		long = append(long, rec)
	}
	if !reflect.DeepEqual(quick, long) {
		t.Fatalf("%.2000q: (-quick +long)\n%s", in, cmp.Diff(quick, long))
	}
}

// lawSeeds are the inputs whose neighbours are worth a look.
func lawSeeds(t testing.TB) []string {
	seeds := []string{sample(t), "\xFF\xFE" + utf16le(sample(t)), mvRows(3), ""}
	for _, e := range Codes() {
		seeds = append(seeds, e.Example)
	}
	return seeds
}

func TestLaws(t *testing.T) {
	for _, in := range lawSeeds(t) {
		checkLaws(t, in)
		for _, cut := range []int{1, 2, 3} {
			checkLaws(t, in[len(in)*cut/4:])
		}
	}
}
