package mfcmapi

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestAllocations holds the reader to what a record may cost: its value, its bytes and what is said of them. Texts,
// tags and names that are not kept cost nothing.
func TestAllocations(t *testing.T) {
	number := prop("0x00170003", "PT_LONG", "<Name>PR_IMPORTANCE</Name><Value>1</Value><AltValue>0x1</AltValue>")
	binary := prop("0x80380102", "PT_BINARY", named8233+`<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`)
	text := prop("0x0037001F", "PT_UNICODE", `<Name>PR_SUBJECT</Name><Value><![CDATA[Plan]]></Value><AltValue cb="8" >50006C0061006E00</AltValue>`)
	for _, tt := range []struct {
		name, one string
		most      float64
	}{{"number", number, 0.1}, {"binary", binary, 1.2}, {"text", text, 3.1}} {
		read := func(n int) float64 {
			stored := "\xFF\xFE" + utf16le(strings.Repeat(tt.one+"\r\n", n))
			return testing.AllocsPerRun(3, func() {
				records := 0
				for rec, err := range NewReader(strings.NewReader(stored), "x", 0).Records() {
					if records++; err != nil || len(rec.Findings) > 0 {
						t.Fatal(show(rec, err))
					}
				}
				if records != n {
					t.Fatalf("%d records", records)
				}
			})
		}
		const n = 2000
		if got := (read(2*n) - read(n)) / n; got > tt.most {
			t.Errorf("%s: %.2f allocations a record, at most %v are allowed", tt.name, got, tt.most)
		} else {
			t.Logf("%s: %.2f allocations a record", tt.name, got)
		}
	}
}

// TestLongValue holds a long value to its own length of memory, and one that is not as long as it says to its own as
// well.
func TestLongValue(t *testing.T) {
	const size = 16 << 20
	read := func(said int, hex string, n int64) (mib float64) {
		r := repeated(fmt.Sprintf(`<property tag = "0x37010102"><Value cb="%d" >`, said), hex, n, `</Value></property>`)
		mib, _ = allocated(func() {
			for rec := range NewReader(r, "x", 0).Records() {
				if len(rec.Raw) == 0 {
					t.Error("no value")
				}
			}
		})
		return mib
	}
	if mib := read(size, "4A", size); mib > 16+4 {
		t.Errorf("%.1f MiB were allocated for a value of 16", mib)
	}
	if mib := read(MaxBinary, "4A", 64<<10); mib > 4 {
		t.Errorf("%.1f MiB were allocated for a value of 64 KiB that says it has 128 MiB", mib)
	}
	if mib := read(10, "4A", size); mib > 4*16 {
		t.Errorf("%.1f MiB were allocated for a value of 16 MiB that says it has 10 bytes", mib)
	}
}

// TestPlaces puts properties behind text of which runs of every length are ASCII: each is where it says.
func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	one := prop("0x00170003", "PT_LONG", "<Value>1</Value><AltValue>0x1</AltValue>")
	for range 3 {
		var b strings.Builder
		for b.Len() < 3*blockSize {
			for range r.IntN(4) {
				b.WriteString(strings.Repeat("a\n", r.IntN(plainRun)/(1+r.IntN(12))))
				b.WriteString([]string{"\u00E9", "\u30C9\u30C9", "\U0001F600", ""}[r.IntN(4)])
			}
			b.WriteString(one)
		}
		for _, w := range written {
			stored := w.mark + w.to(b.String())
			n, line, at := 0, 1, int64(0)
			for rec := range NewReader(strings.NewReader(stored), "x", 0).Records() {
				if n++; !strings.HasPrefix(stored[rec.Offset:], w.to("<property")) {
					t.Fatalf("%s: record %d is not at %d", w.name, n, rec.Offset)
				}
				line += strings.Count(stored[at:rec.Offset], w.to("\n"))
				if at = rec.Offset; rec.Line != line {
					t.Fatalf("%s: record %d is on line %d, says %d", w.name, n, line, rec.Line)
				}
			}
			if want := strings.Count(b.String(), "<property"); n != want {
				t.Fatalf("%s: %d records, want %d", w.name, n, want)
			}
		}
	}
}
