package mfcmapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// sample is a message of many types in the form of G5, as text.
func sample(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/message.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n", "\r\n")
}

// written are the ways in which a text can be stored.
var written = []struct {
	name string
	mark string
	to   func(string) string
	unit int
}{
	{"UTF-8", "", func(s string) string { return s }, 1},
	{"UTF-8 with mark", "\xEF\xBB\xBF", func(s string) string { return s }, 1},
	{"UTF-16LE", "\xFF\xFE", utf16le, 2},
	{"UTF-16LE without mark", "", utf16le, 2},
	{"UTF-16BE", "\xFE\xFF", func(s string) string { return swapped(utf16le(s)) }, 2},
	{"UTF-16BE without mark", "", func(s string) string { return swapped(utf16le(s)) }, 2},
}

// dropFile removes what is said of the file rather than of the record.
func dropFile(recs []dump.Record) []dump.Record {
	out := make([]dump.Record, len(recs))
	for i, r := range recs {
		r.Offset = 0
		keep := r.Findings[:0:0]
		for _, f := range r.Findings {
			if f.Path != "file" && f.Path != "?xml@encoding" {
				keep = append(keep, f)
			}
		}
		if r.Findings = keep; len(keep) == 0 {
			r.Findings = nil
		}
		out[i] = r
	}
	return out
}

// TestEncodings reads one text in every encoding and in pieces of every kind: the records are the same, and each
// Offset is where the property stands in the file.
func TestEncodings(t *testing.T) {
	text := sample(t)
	_, want := readAll(strings.NewReader(text), 0)
	if len(want) < 10 {
		t.Fatalf("%d records", len(want))
	}
	for _, w := range written {
		stored := w.mark + w.to(text)
		for name, r := range map[string]io.Reader{
			"at once": strings.NewReader(stored), "byte by byte": iotest.OneByteReader(strings.NewReader(stored)),
			"halves": iotest.HalfReader(strings.NewReader(stored)), "end with data": iotest.DataErrReader(strings.NewReader(stored)),
		} {
			_, got := readAll(r, 0)
			if d := cmp.Diff(dropFile(want), dropFile(got)); d != "" {
				t.Fatalf("%s, %s: (-want +got)\n%s", w.name, name, d)
			}
			for i, rec := range got {
				for _, tag := range []string{"<property", "<body"} {
					if strings.HasPrefix(stored[rec.Offset:], w.to(tag)) {
						tag = ""
					}
					if tag == "" {
						break
					}
					if tag == "<body" {
						t.Fatalf("%s, %s: record %d has offset %d, where %q stands", w.name, name, i, rec.Offset, stored[rec.Offset:rec.Offset+20])
					}
				}
				if line := 1 + strings.Count(stored[:rec.Offset], w.to("\n")); rec.Line != line {
					t.Fatalf("%s, %s: record %d is on line %d, says %d", w.name, name, i, line, rec.Line)
				}
			}
		}
	}
}

// TestBlockBoundaries puts every byte of two properties at the end of a block once.
func TestBlockBoundaries(t *testing.T) {
	body := prop("0x0E1D001F", "PT_UNICODE", "<Value><![CDATA[x]]>\u00E9\U0001F600]]>\t</Value><AltValue cb=\"14\" >78005D005D003E00E9003DD800DE</AltValue>") +
		prop("0x80A40102", "PT_BINARY", named8233+`<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`)
	for _, w := range written {
		want, recs := readAll(strings.NewReader(w.mark+w.to("\n"+body)), 0)
		if len(want) != 2 || len(recs[0].Findings)+len(recs[1].Findings) != 0 {
			t.Fatalf("%s: %q", w.name, want)
		}
		size := len(w.to(body))
		step := w.unit
		if w.mark == "" && w.unit > 1 {
			step *= 7 // without a mark the bytes are the same, two places on
		}
		for at := blockSize - size - 40; at < blockSize+40; at += step {
			pad := strings.Repeat("\n", (at-len(w.mark))/w.unit)
			got, recs := readAll(strings.NewReader(w.mark+w.to(pad+body)), 0)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s, beginning at %d: (-want +got)\n%s", w.name, at, d)
			}
			if first := int64(len(w.mark) + len(w.to(pad))); recs[0].Offset != first || recs[0].Line != len(pad)+1 {
				t.Fatalf("%s: offset %d, line %d; want %d, %d", w.name, recs[0].Offset, recs[0].Line, first, len(pad)+1)
			}
		}
	}
}

// TestTruncation cuts a document everywhere: what lies before the cut is read as before.
func TestTruncation(t *testing.T) {
	text := sample(t)
	for _, w := range []int{0, 2} {
		stored := written[w].mark + written[w].to(text)
		_, want := readAll(strings.NewReader(stored), 0)
		for n := range len(stored) {
			got, recs := readAll(strings.NewReader(stored[:n]), 0)
			if len(got) == 0 {
				t.Fatalf("cut at %d: nothing said", n)
			}
			// What was cut may be read as something else, and the record before it may have to tell of that.
			for i := range recs[:len(recs)-1] {
				if i+1 >= len(want) || want[i+1].Offset > int64(n) {
					break
				}
				if d := cmp.Diff(want[i], recs[i]); d != "" {
					t.Fatalf("cut at %d: record %d: (-want +got)\n%s", n, i, d)
				}
			}
			for i := range recs {
				if recs[i].Offset < 0 || recs[i].Offset > int64(n) || i > 0 && recs[i].Offset < recs[i-1].Offset {
					t.Fatalf("cut at %d: record %d has offset %d", n, i, recs[i].Offset)
				}
			}
		}
	}
}

// repeated is a reader of s, n times over, between a head and a tail, which keeps nothing.
func repeated(head, s string, n int64, tail string) io.Reader {
	block := strings.Repeat(s, max(1, 4096/len(s)))
	times := n * int64(len(s)) / int64(len(block))
	return io.MultiReader(strings.NewReader(head), io.LimitReader(cycle{block, new(int)}, times*int64(len(block))), strings.NewReader(tail))
}

type cycle struct {
	s  string
	at *int
}

func (c cycle) Read(p []byte) (int, error) {
	n := copy(p, c.s[*c.at:])
	*c.at = (*c.at + n) % len(c.s)
	return n, nil
}

// allocated returns how many bytes f allocates in all, and how long it takes.
func allocated(f func()) (mib float64, d time.Duration) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	f()
	d = time.Since(start)
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / (1 << 20), d
}

// TestHostile reads what no exporter writes: in linear time, and in memory that depends on the limits alone.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	const million = 1_000_000
	open := `<property tag = "0x0037001F" type = "PT_UNICODE" >`
	for _, tt := range []struct {
		name    string
		r       io.Reader
		mib     float64 // allocated at most, all together
		records int     // -1: any number
	}{
		{"nested properties", repeated("", open, million, ""), 1200, -1},
		{"nested messages", repeated("", "<message>", million, open), 40, 1},
		{"nested attachments", repeated("", `<attachment num="0x00000000" filename="`, million, `">`+open), 40, -1},
		{"nested rows", repeated("<table>", `<row index = "0x00000000">`, million, open), 40, 1},
		{"nested lists", repeated("", `<properties listtype="summary">`, million, open), 60, 1},
		{"unended values", repeated(open, "<Value><![CDATA[", million, ""), 1500, -1},
		{"values in SmartView", repeated(open, "<SmartView><![CDATA[<Value>", million, ""), 1500, -1},
		{"many kinds unended", repeated(open, "<SmartView><![CDATA[<Name><![CDATA[<AltValue><![CDATA[<Value><![CDATA[", million/4, ""), 1500, -1},
		{"only tags", repeated("", "<", 20*million, ""), 10, -1},
		{"only property", repeated("", "<property ", million, ""), 10, -1},
		{"only quotes", repeated(`<mailbox prdisplayname="`, `" "`, million, ""), 10, -1},
		{"only entities", repeated("&lt;property tag=&quot;0x37010102&quot;&gt;", "&amp;&lt;&nbsp;", million, ""), 60, -1},
		{"ampersands", repeated("&lt;property ", "&", 10*million, ""), 40, -1},
		{"only ]]>", repeated(open+"<Value><![CDATA[", "]]>", 10*million, ""), 600, -1},
		{"]]> and blanks", repeated(open+"<Value><![CDATA[", "]]>                                     </Value ", million, ""), 800, -1},
		{"NUL", repeated("", "\x00", 20*million, open), 10, -1},
		{"surrogates", repeated("\xFF\xFE", "\x00\xD8", 10*million, ""), 10, -1},
		{"not UTF-8", repeated(open+"<Value><![CDATA[\xC3\xA9", "\xFF\xFE\xFD", million, "]]></Value></property>"), 120, -1},
		{"100 MB of hex", repeated(prop("0x37010102", "PT_BINARY", ``)[:49]+`<Value cb="52428800" >`, "4A", 50<<20, `</Value></property>`), 400, 1},
		{"400 MB of hex", repeated(`<property tag = "0x37010102"><Value cb="209715200" >`, "4A", 200<<20, `</Value></property>`), 900, 1},
		{"100 MB of AltValue", repeated(`<property tag = "0x37010102"><Value cb="1" >41</Value><AltValue><![CDATA[`, "A.\u00E9<", 20<<20, `]]></AltValue></property>`), 10, 1},
		{"100 MB of SmartView", repeated(`<property tag = "0x37010102"><SmartView><![CDATA[`, "a = b ", 17<<20, `]]></SmartView></property>`), 10, 1},
		{"100 MB of a name", repeated(`<property tag = "0x37010102"><Name>`, "name", 25<<20, `</Name></property>`), 10, 1},
		{"100 MB of text", repeated(open+`<Value><![CDATA[`, "text", 25<<20, `]]></Value></property>`), 900, 1},
		{"100 MB of prose", repeated("", "prose ", 17<<20, open+"</property>"), 10, 1},
		{"100 MB of an attribute", repeated(`<attachment num="0x00000000" filename="`, "name", 25<<20, `">`+open), 10, 1},
		{"100 MB of body", repeated(`<body property="PR_RTF_COMPRESSED"><![CDATA[`, "<b>text", 15<<20, `]]></body>`), 900, 1},
		{"a million rows", repeated(`<property tag = "0x8010101F"><Value mv="true" count="1" >`, "<row><Value>a</Value></row>", 2*million, "</Value></property>"), 900, 1},
		{"a million elements", repeated(`<property tag = "0x80101003"><Value>4000000: `, "1; ", 4*million, "</Value></property>"), 900, 1},
		{"a million documents", repeated("", "<?xml version=\"1.0\"?>\n"+open, million/10, ""), 400, -1},
		{"rows without properties", repeated("<table>", `<row index="9"></row>`, million, open), 90, 1},
		{"encodings without a declaration", repeated("", "<?xml version\xFF\xFE<\x00", million/20, open), 10, -1},
		{"encodings to and fro", repeated("", "<?xml version=\"1.0\"?>\xFF\xFE<\x00", million/10, ""), 200, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			mib, d := allocated(func() {
				for rec, err := range NewReader(tt.r, "hostile", 0).Records() {
					if n++; rec.Findings == nil && err == nil && n == 1 && tt.records != 1 {
						t.Errorf("the first record has no finding: %s", show(rec, err))
					}
				}
			})
			t.Logf("%d records, %.0f MiB allocated, %v", n, mib, d)
			if mib > tt.mib {
				t.Errorf("%.0f MiB were allocated, at most %.0f are allowed", mib, tt.mib)
			}
			if tt.records >= 0 && n != tt.records || n == 0 {
				t.Errorf("%d records, want %d", n, tt.records)
			}
			if d > time.Minute {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestReadError says that a file could not be read to its end, after what could be read.
func TestReadError(t *testing.T) {
	broken := errors.New("disk on fire")
	r := io.MultiReader(strings.NewReader(prop("0x00170003", "PT_LONG", "<Value>1</Value><AltValue>0x1</AltValue>")), iotest.ErrReader(broken))
	var got []string
	var last error
	for rec, err := range NewReader(r, "x.xml", 0).Records() {
		got = append(got, show(rec, err))
		last = err
	}
	if d := cmp.Diff([]string{"0x00170003 PtypInteger32 raw=01000000 value=1", "error"}, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if !errors.Is(last, broken) {
		t.Errorf("the error is %v", last)
	}
	for _, err := range NewReader(idle{}, "x.xml", 0).Records() {
		if !errors.Is(err, io.ErrNoProgress) {
			t.Errorf("a reader that gives nothing: %v", err)
		}
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// TestStopEarly leaves the loop at every record once.
func TestStopEarly(t *testing.T) {
	text := sample(t)
	_, want := readAll(strings.NewReader(text), 0)
	for stop := range want {
		n := 0
		for rec := range NewReader(strings.NewReader(text), "test.xml", 0).Records() {
			if d := cmp.Diff(want[n].Raw, rec.Raw); d != "" {
				t.Fatal(d)
			}
			if n++; n > stop {
				break
			}
		}
	}
}

// TestFlatMemory reads a long file of plain properties: memory does not grow with it.
func TestFlatMemory(t *testing.T) {
	one := prop("0x37010102", "PT_BINARY", `<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`)
	var live [2]uint64
	for i, n := range []int64{10_000, 200_000} {
		var peak uint64
		count := 0
		for range NewReader(repeated("", one, n, ""), "x", 0).Records() {
			if count++; count%5000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
		live[i] = peak
	}
	if live[1] > live[0]+1<<20 {
		t.Errorf("live memory is %d bytes for a short file and %d for a long one", live[0], live[1])
	}
}

func ExampleNewReader() {
	text := `<property tag = "0x00390040" type = "PT_SYSTIME" >
	<Name>PR_CLIENT_SUBMIT_TIME</Name>
	<Value>09:15:00.000 PM 11/23/2009</Value>
	<AltValue>Low: 0x03DF6200 High: 0x01CA6C82</AltValue>
</property>`
	for rec, err := range NewReader(bytes.NewReader([]byte(text)), "sent.xml", 0).Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(rec.Prop.Tag, rec.Prop.Value)
	}
	// Output: 0x00390040 2009-11-23T21:15:00Z
}
