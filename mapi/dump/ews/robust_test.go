package ews_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
)

// inputs returns the files of the vectors that are text, by name.
func inputs(t testing.TB) map[string]string {
	all := map[string]string{}
	for _, v := range golden.Load(t, "testdata") {
		if in := input(t, v); utf8.ValidString(in) && !strings.ContainsRune(in, 0) {
			all[v.Name] = in
		}
	}
	require.Greater(t, len(all), 30)
	return all
}

// TestEncodings reads every vector in every encoding and in pieces of every kind: the records are the same, and each
// Offset is where its character stands in the file.
func TestEncodings(t *testing.T) {
	for name, text := range inputs(t) {
		text = strings.TrimPrefix(text, "\uFEFF")
		want, errs := readAll(strings.NewReader(text))
		for _, w := range []struct {
			name, mark string
			order      binary.AppendByteOrder
		}{{"UTF-8", "", nil}, {"UTF-8 with mark", "\xEF\xBB\xBF", nil}, {"UTF-16LE", "\xFF\xFE", binary.LittleEndian}, {"UTF-16BE", "\xFE\xFF", binary.BigEndian}} {
			stored := w.mark + text
			if w.order != nil {
				b := []byte(w.mark)
				for _, u := range utf16.Encode([]rune(text)) {
					b = w.order.AppendUint16(b, u)
				}
				stored = string(b)
			}
			for kind, r := range map[string]io.Reader{"at once": strings.NewReader(stored), "bytes": iotest.OneByteReader(strings.NewReader(stored)),
				"halves": iotest.HalfReader(strings.NewReader(stored)), "end with data": iotest.DataErrReader(strings.NewReader(stored))} {
				got, gotErrs := readAll(r)
				require.Len(t, got, len(want), "%s, %s, %s", name, w.name, kind)
				for i := range got {
					place := want[i]
					if place.Line > 0 {
						before := text[:place.Offset]
						place.Offset = int64(len(w.mark) + len(before))
						if w.order != nil {
							place.Offset = int64(len(w.mark) + 2*len(utf16.Encode([]rune(before))))
						}
						require.Equal(t, 1+strings.Count(before, "\n"), place.Line)
					}
					if d := cmp.Diff(show(place, errs[i]), show(got[i], gotErrs[i])); d != "" {
						t.Fatalf("%s, %s, %s (-want +got):\n%s", name, w.name, kind, d)
					}
				}
			}
		}
	}
}

// TestBlocks puts the end of the first block into every vector, at every third byte: the records are the same.
func TestBlocks(t *testing.T) {
	const block = 4 << 10
	for name, text := range inputs(t) {
		text = strings.TrimPrefix(text, "\uFEFF")
		want, errs := readAll(strings.NewReader(text))
		for n := 1; n < min(len(text), block); n += 3 {
			got, gotErrs := readAll(strings.NewReader(strings.Repeat(" ", block-n) + text))
			require.Len(t, got, len(want), "%s, block ends at %d", name, n)
			for i := range got {
				place := want[i]
				if place.Line > 0 {
					place.Offset += int64(block - n)
				}
				require.Equal(t, show(place, errs[i]), show(got[i], gotErrs[i]), "%s, block ends at %d", name, n)
			}
		}
	}
}

// TestPlaces: a record stands where its element begins.
func TestPlaces(t *testing.T) {
	n := 0
	for name, text := range inputs(t) {
		recs, errs := readAll(strings.NewReader(text))
		for i, rec := range recs {
			if errs[i] == nil {
				n++
				require.Regexp(t, `^<(\w+:)?ExtendedProperty`, text[rec.Offset:], "%s: %s", name, show(rec, nil))
			}
		}
	}
	require.Greater(t, n, 100)
}

// TestTruncation cuts every vector after every byte: what is whole before the cut is read as before, and the cut is told.
func TestTruncation(t *testing.T) {
	for name, text := range inputs(t) {
		want, errs := readAll(strings.NewReader(text))
		for n := range len(text) {
			got, gotErrs := readAll(strings.NewReader(text[:n]))
			require.NotEmpty(t, got, "%s, cut at %d: nothing said", name, n)
			last := int64(0)
			for i := range got {
				require.True(t, got[i].Offset >= last && got[i].Offset <= int64(n), "%s, cut at %d: %s", name, n, show(got[i], gotErrs[i]))
				if got[i].Line > 0 {
					last = got[i].Offset
				}
			}
			// The next record begins before the cut, so that this one is whole. Whose it is, may stand behind the cut.
			// Behind damage, it matters what comes next.
			for i := 0; i+1 < len(want) && want[i+1].Offset < int64(n) && errs[i] == nil && errs[i+1] == nil; i++ {
				require.Greater(t, len(got), i, "%s, cut at %d", name, n)
				a, b := want[i], got[i]
				a.Item, b.Item = "", ""
				if d := cmp.Diff(show(a, errs[i]), show(b, gotErrs[i])); d != "" && !toldLast(a, b) {
					t.Fatalf("%s, cut at %d: record %d (-want +got):\n%s", name, n, i, d)
				}
			}
		}
	}
}

// toldLast reports whether b is a but for what is told with the last record of a file.
func toldLast(a, b dump.Record) bool {
	drop := func(r dump.Record) string {
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f diag.Finding) bool { return f.Path == "file" })
		return show(r, nil)
	}
	return drop(a) == drop(b)
}

// TestTruncatedIsTold: where an object is cut, the last thing said is that the file ends.
func TestTruncatedIsTold(t *testing.T) {
	text := inputs(t)["response"]
	require.Greater(t, len(text), 200)
	for n := strings.Index(text, "<s:Envelope") + 1; n < len(text)-1; n++ {
		told := false
		for _, f := range findings(strings.NewReader(text[:n])) {
			told = told || errors.Is(f, ews.Truncated) && errors.Is(f, io.ErrUnexpectedEOF)
		}
		require.True(t, told, "cut at %d", n)
	}
}

// codesOf returns the codes that reading a file gives, and how many records and errors.
func codesOf(r io.Reader) (codes []diag.Code, records, failed int) {
	for rec, err := range ews.NewReader(r, "x").Records() {
		if records++; err != nil {
			failed++
		}
		for _, f := range rec.Findings {
			codes = append(codes, f.Code)
		}
	}
	return codes, records, failed
}

// TestDepth: what is nested too deep is one error, and what stands behind it is read.
func TestDepth(t *testing.T) {
	const behind = `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x37" PropertyType="String"/><t:Value>a</t:Value></t:ExtendedProperty>`
	for _, depth := range []int{ews.MaxDepth, ews.MaxDepth + 1, 100_000} {
		in := strings.Repeat("<a>", depth) + strings.Repeat("<b/>", depth/ews.MaxDepth-1) + strings.Repeat("</a>", depth) + behind
		codes, records, failed := codesOf(strings.NewReader(in))
		want := []diag.Code{ews.TooDeep}
		if depth == ews.MaxDepth {
			want = nil
		}
		require.Equal(t, want, codes, "%d", depth)
		require.Equal(t, len(want), failed)
		require.Equal(t, len(want)+1, records)
	}
	codes, records, failed := codesOf(strings.NewReader(strings.Repeat("<a>", 100_000)))
	require.Equal(t, []diag.Code{ews.TooDeep}, codes)
	require.Equal(t, 1, records)
	require.Equal(t, 1, failed)
	in := `<ExtendedProperty><Value>x` + strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000) + `</Value></ExtendedProperty>` + behind
	codes, records, failed = codesOf(strings.NewReader(in))
	require.Equal(t, []diag.Code{ews.BadField, ews.BadValue, ews.TooDeep}, codes)
	require.Equal(t, 3, records)
	require.Equal(t, 1, failed)
}

const (
	subject = `<t:ExtendedFieldURI PropertyTag="0x37" PropertyType="String"/>`
	one     = `<t:ExtendedProperty>` + subject + `<t:Value>a</t:Value></t:ExtendedProperty>`
)

// TestLimits makes the findings whose examples are too long for the catalogue, and others of long inputs.
func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []diag.Code
	}{
		{"a tag", `<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="` + strings.Repeat("x", ews.MaxTag) + `" PropertyType="String"/><t:Value>a</t:Value></t:ExtendedProperty>`,
			[]diag.Code{ews.BadField, ews.BadXML, ews.PassedOver}},
		{"a list", `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x6601" PropertyType="ShortArray"/><t:Values>` + strings.Repeat(`<t:Value>1</t:Value>`, ews.MaxElements+1) + `</t:Values></t:ExtendedProperty>`,
			[]diag.Code{ews.TooLong}},
		{"an id behind very much", `<t:Message><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x65E0" PropertyType="Binary"/><t:Value>` + strings.Repeat("AAAA", 6<<20) + `</t:Value></t:ExtendedProperty>` + one +
			`<t:ItemId Id="A"/>` + one + `</t:Message>`, []diag.Code{ews.LateID}},
		{"a declaration", `<!DOCTYPE x "` + strings.Repeat("x", ews.MaxTag) + `">` + one, []diag.Code{ews.Doctype, ews.PassedOver}},
		{"end tags far from their start", `<x>` + strings.Repeat("<a>", 300) + `</x>` + strings.Repeat("</a>", 300) + `</x>` + one, []diag.Code{ews.BadXML}},
	} {
		codes, _, _ := codesOf(strings.NewReader(tt.in))
		require.Equal(t, tt.want, codes, tt.name)
	}
}

// peak runs f while another goroutine looks at the heap, and returns the most that was on it, in MiB above what was there.
func peak(f func()) float64 {
	debug.FreeOSMemory()
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // what is garbage does not count
	var most uint64
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-done:
				return
			default:
				most = max(most, heap())
				time.Sleep(time.Millisecond)
			}
		}
	}()
	f()
	most = max(most, heap())
	close(done)
	wg.Wait()
	return float64(most-min(most, before)) / (1 << 20)
}

// repeated reads s so many times between a head and a tail, and keeps nothing.
func repeated(head, s string, n int, tail string) io.Reader {
	return io.MultiReader(strings.NewReader(head), &cycle{s: s, left: n * len(s)}, strings.NewReader(tail))
}

type cycle struct {
	s        string
	at, left int
}

func (c *cycle) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), c.left)], c.s[c.at:])
	c.at = (c.at + n) % len(c.s)
	c.left -= n
	return n, nil
}

// TestMemory reads what is long: a value takes little more than itself, and what is passed over nothing.
func TestMemory(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes memory of its own")
	}
	const mb = 1_000_000
	const flag = `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x0E1B" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty>`
	word := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("any bytes, "), 3000))
	for _, tt := range []struct {
		name string
		r    io.Reader
		most float64 // MiB
		size int     // of the value
	}{
		{"50 MB of base64", repeated(`<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x65E0" PropertyType="Binary"/><t:Value>`, word, 50*mb/len(word), `</t:Value></t:ExtendedProperty>`), 64, 50 * mb / len(word) * 33000},
		{"50 MB of a body", repeated(`<t:Message><t:Body>`, "Dear all,\r\n&amp;\u00e9", 50*mb/18, `</t:Body>`+flag+`</t:Message>`), 4, 1},
		{"50 MB of a comment", repeated(`<!--`, `<t:Value>`, 50*mb/9, `-->`+flag), 4, 1},
		{"10 MB of elements", repeated(`<x>`, `<t:Subject>Plan</t:Subject>`, 10*mb/27, flag+`</x>`), 4, 1},
		{"10 MB of items", repeated(`<x>`, `<t:Message><t:ItemId Id="A"/>`+flag+`</t:Message>`, 10*mb/160, `</x>`), 4, 1},
	} {
		size := 0
		mib := peak(func() {
			for rec, err := range ews.NewReader(tt.r, "x").Records() {
				if err != nil {
					t.Errorf("%s: %v", tt.name, err)
				}
				size = len(rec.Raw)
			}
		})
		t.Logf("%s: %.1f MiB", tt.name, mib)
		require.Equal(t, tt.size, size, tt.name)
		require.Less(t, mib, tt.most, tt.name)
	}
}

// TestReadError says that a file could not be read to its end, after what could be read.
func TestReadError(t *testing.T) {
	broken := errors.New("disk on fire")
	text := one + `<t:ExtendedProperty>` + subject + `<t:Value>b<!-- c --><![CDATA[d`
	for n := range len(text) {
		var last error
		for rec, err := range ews.NewReader(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken)), "x").Records() {
			require.True(t, err == nil || rec.Prop.Value == nil)
			last = err
		}
		require.ErrorIs(t, last, broken, "broken at %d", n)
	}
}

// TestStopEarly leaves the loop at every record once, and the records can be had once.
func TestStopEarly(t *testing.T) {
	for name, text := range inputs(t) {
		want, _ := readAll(strings.NewReader(text))
		for stop := range want {
			n := 0
			r := ews.NewReader(strings.NewReader(text), "test.xml")
			for rec := range r.Records() {
				require.Equal(t, want[n].Raw, rec.Raw, name)
				if n++; n > stop {
					break
				}
			}
			for range r.Records() {
				t.Fatal("records twice")
			}
		}
	}
}

// TestItems groups what is read.
func TestItems(t *testing.T) {
	var got []string
	for item, err := range dump.Items(ews.NewReader(strings.NewReader(inputs(t)["attachment"]), "x").Records()) {
		require.NoError(t, err)
		got = append(got, fmt.Sprintf("%s %d", item.Path, len(item.Props)))
		for _, a := range item.Attachments {
			require.Len(t, a.Attachments, 1)
			got = append(got, fmt.Sprintf("  %s %v", a.Path, a.Attachments[0].Props[0].Value))
		}
	}
	require.Equal(t, []string{"A/1@CK 1", "  A/1@CK/attachment B%2F2= inner"}, got)
}

func ExampleNewReader() {
	text := `<t:CalendarItem><t:ItemId Id="AAMk1"/><t:Subject>Plan</t:Subject>
	<t:ExtendedProperty>
		<t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33285" PropertyType="Integer"/>
		<t:Value>2</t:Value>
	</t:ExtendedProperty></t:CalendarItem>`
	for rec, err := range ews.NewReader(strings.NewReader(text), "item.xml").Records() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		info, _ := mapi.NamedName(rec.Prop.Name)
		fmt.Println(rec.Item, info.Canonical, rec.Prop.Value)
		for _, f := range rec.Findings {
			fmt.Println(f)
		}
	}
	// Output:
	// AAMk1 PidLidBusyStatus 2
	// file: has elements with text that are no extended properties and were not read, first on line 1: 1, of Subject (ews.passed-over)
}
