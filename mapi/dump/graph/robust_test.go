package graph_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
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
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
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

// TestPlaces: a record of a whole property stands where its value begins.
func TestPlaces(t *testing.T) {
	n := 0
	for name, text := range inputs(t) {
		recs, errs := readAll(strings.NewReader(text))
		for i, rec := range recs {
			if errs[i] != nil || rec.Prop.Value == nil {
				continue
			}
			n++
			before := strings.TrimRight(text[:rec.Offset], " \n")
			require.Regexp(t, `(?i)"value"\s*:$`, before[max(0, len(before)-10):], "%s: %s", name, show(rec, nil))
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
			for i := 0; i+1 < len(want) && want[i+1].Offset < int64(n) && want[i+1].Line > 0; i++ {
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
		var keep []diag.Finding
		for _, f := range r.Findings {
			if f.Path != "file" || f.Code == graph.BadJSON {
				keep = append(keep, f)
			}
		}
		r.Findings = keep
		return show(r, nil)
	}
	return drop(a) == drop(b)
}

// TestTruncatedIsTold: where an object is cut, the last thing said is that the file ends.
func TestTruncatedIsTold(t *testing.T) {
	text := inputs(t)["response"]
	require.Greater(t, len(text), 200)
	for n := 1; n < len(text)-1; n++ {
		told := false
		for _, f := range findings(strings.NewReader(text[:n])) {
			told = told || errors.Is(f, graph.Truncated) && errors.Is(f, io.ErrUnexpectedEOF)
		}
		require.True(t, told, "cut at %d", n)
	}
}

// codesOf returns the codes that reading a file gives, and how many records and errors.
func codesOf(r io.Reader) (codes []diag.Code, records, failed int) {
	for rec, err := range graph.NewReader(r, "x").Records() {
		if records++; err != nil {
			failed++
		}
		for _, f := range rec.Findings {
			codes = append(codes, f.Code)
		}
	}
	return codes, records, failed
}

// TestDepth: what encoding/json reads is read; what is deeper is one error, and what stands behind it is read.
func TestDepth(t *testing.T) {
	const behind = "\n" + `{"id":"A","singleValueExtendedProperties":[{"id":"String 0x37","value":"a"}]}`
	nested := func(open, inner, end string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	for _, depth := range []int{graph.MaxDepth, graph.MaxDepth + 1} {
		in := nested("[", "", "]", depth)
		var v any
		fails := json.Unmarshal([]byte(in), &v) != nil
		codes, _, failed := codesOf(strings.NewReader(in + behind))
		require.Equal(t, fails, failed == 1, "%d: %v", depth, codes)
		require.Equal(t, depth > graph.MaxDepth, fails, "encoding/json has another limit now")
	}
	for name, in := range map[string]string{
		"arrays": nested("[", "", "]", 100_000), "objects": nested(`{"a":`, "1", "}", 100_000), "both": nested(`[{"a":`, `"]}"`, "}]", 50_000),
		"in a value":      `{"singleValueExtendedProperties":[{"id":"String 0x37","value":` + nested("[", "", "]", 100_000) + `}]}`,
		"in a property":   `{"singleValueExtendedProperties":[{"other":` + nested(`{"a":`, "1", "}", 100_000) + `,"id":"String 0x37"}]}`,
		"in place of one": `{"singleValueExtendedProperties":[` + nested("[", "", "]", 100_000) + `]}`,
	} {
		codes, records, failed := codesOf(strings.NewReader(in + behind))
		if strings.HasPrefix(name, "in a ") {
			require.Zero(t, failed, name) // it is part of a record
		} else {
			require.Equal(t, 1, failed, "%s: %v", name, codes)
		}
		require.Equal(t, 2, records, "%s: %v", name, codes)
	}
	for _, open := range []string{"[", `{"a":`, `[{"a":`} {
		codes, records, failed := codesOf(strings.NewReader(strings.Repeat(open, 100_000)))
		require.Equal(t, []diag.Code{graph.TooDeep}, codes, open)
		require.Equal(t, 1, records)
		require.Equal(t, 1, failed)
	}
}

// TestLimits makes the findings whose examples are too long for the catalogue.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", graph.MaxNameText+1)
	const p = `{"id":"String 0x37","value":"a"}`
	for _, tt := range []struct {
		name, in string
		want     []diag.Code
	}{
		{"the id of an object", `{"id":"` + long + `","singleValueExtendedProperties":[` + p + `]}`, []diag.Code{graph.TooLong}},
		{"the id of a property", `{"singleValueExtendedProperties":[{"id":"String {00020329-0000-0000-C000-000000000046} Name ` + long + `","value":"a"}]}`, []diag.Code{graph.TooLong}},
		{"the name of a member", `{"` + long + `":1,"singleValueExtendedProperties":[` + p + `]}`, []diag.Code{graph.PassedOver}},
		{"a number", `{"a":` + strings.Repeat("1", 2000) + `}` + "\n" + `{"singleValueExtendedProperties":[` + p + `]}`, []diag.Code{graph.BadJSON, graph.PassedOver}},
		{"a list", `{"singleValueExtendedProperties":[{"id":"ShortArray 0x6601","value":[` + strings.Repeat(`"1",`, graph.MaxElements) + `"2"]}]}`, []diag.Code{graph.TooLong}},
		{"an id behind very much", `{"singleValueExtendedProperties":[{"id":"Binary 0x65E0","value":"` + strings.Repeat("AAAA", 6<<20) + `"},` + p + `],"id":"A","multiValueExtendedProperties":[` + p + `]}`, []diag.Code{graph.LateID}},
	} {
		codes, _, _ := codesOf(strings.NewReader(tt.in))
		require.Equal(t, tt.want, codes, tt.name)
	}
	recs, _ := readAll(strings.NewReader(`{"id":"` + long + `","singleValueExtendedProperties":[` + p + `]}`))
	require.Len(t, recs[0].Item, graph.MaxNameText)
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
	word := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("any bytes, "), 3000))
	for _, tt := range []struct {
		name string
		r    io.Reader
		most float64 // MiB
		size int     // of the value
	}{
		{"50 MB of base64", repeated(`{"id":"A","singleValueExtendedProperties":[{"id":"Binary 0x65E0","value":"`, word, 50*mb/len(word), `"}]}`), 64, 50 * mb / len(word) * 33000},
		{"50 MB of a body", repeated(`{"id":"A","body":{"content":"`, `Dear all,\r\n\u00e9`, 50*mb/18, `"},"singleValueExtendedProperties":[{"id":"Boolean 0x0E1B","value":"true"}]}`), 4, 1},
		{"10 MB of members", repeated(`{"id":"A",`, `"subject":"Plan",`, 10*mb/17, `"singleValueExtendedProperties":[{"id":"Boolean 0x0E1B","value":"true"}]}`), 4, 1},
		{"10 MB of objects", repeated(``, `{"id":"A","singleValueExtendedProperties":[{"id":"Boolean 0x0E1B","value":"true"}]}`+"\n", 10*mb/84, ``), 4, 1},
		{"10 MB of a response", repeated(`{"value":[`, `{"id":"A","singleValueExtendedProperties":[{"id":"Boolean 0x0E1B","value":"true"}]},`, 10*mb/84, `{}]}`), 4, 1},
	} {
		size := 0
		mib := peak(func() {
			for rec, err := range graph.NewReader(tt.r, "x").Records() {
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
	text := `{"id":"A","singleValueExtendedProperties":[{"id":"String 0x37","value":"a"},{"id":"String 0x37","value":"b`
	for n := range len(text) {
		var last error
		for rec, err := range graph.NewReader(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken)), "x").Records() {
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
			r := graph.NewReader(strings.NewReader(text), "test.json")
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

// TestIDs reads ids put together of everything that is in ids: each gives one record.
func TestIDs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"String", "IntegerArray", "Text", " ", " ", "  ", "Id", "Name", "0x", "0x37", "8216", "-1", "{", "}", "-", "{00062002-0000-0000-C000-000000000046}", "00062002-0000-0000-C000-000000000046", "x", "\u00e9", "\x00"}
	for range 20_000 {
		var id strings.Builder
		for range r.IntN(8) {
			id.WriteString(pieces[r.IntN(len(pieces))])
		}
		in, err := json.Marshal(map[string]any{"singleValueExtendedProperties": []any{map[string]string{"id": id.String(), "value": "1"}}})
		require.NoError(t, err)
		recs, errs := readAll(bytes.NewReader(in))
		require.Len(t, recs, 1, id.String())
		require.NoError(t, errs[0])
		// Either it names a property, or it is bad.
		p := recs[0].Prop
		named := p.Tag.ID() != 0 || !p.Name.IsZero()
		bad := slices.ContainsFunc(recs[0].Findings, func(f diag.Finding) bool { return f.Code == graph.BadID })
		require.NotEqual(t, named, bad, "%q: %s", id.String(), show(recs[0], nil))
	}
}

// TestItems groups what is read.
func TestItems(t *testing.T) {
	var got []string
	for item, err := range dump.Items(graph.NewReader(strings.NewReader(inputs(t)["sorted-names"]), "x").Records()) {
		require.NoError(t, err)
		got = append(got, fmt.Sprintf("%s %d", item.Path, len(item.Props)))
		for _, a := range item.Attachments {
			require.Len(t, a.Attachments, 1)
			got = append(got, fmt.Sprintf("  %s %v", a.Path, a.Attachments[0].Props[0].Value))
		}
	}
	require.Equal(t, []string{"AAMk1 1", "  AAMk1/attachment AttA= inner"}, got)
}

func ExampleNewReader() {
	text := `{"id":"AAMk1","subject":"Plan","singleValueExtendedProperties":[
		{"id":"Integer {00062002-0000-0000-c000-000000000046} Id 0x8205","value":"2"}]}`
	for rec, err := range graph.NewReader(strings.NewReader(text), "event.json").Records() {
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
	// file: has values that are no extended properties and were not read, first on line 1: 1, of subject (graph.passed-over)
}
