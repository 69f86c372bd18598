package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
)

// errBroken is what a source says that breaks in the middle.
var errBroken = errors.New("the disk is gone")

// form is a form of dumps that is a stream of bytes.
type form struct {
	open     func(io.Reader) dump.Reader
	codes    []diag.Entry
	wide     bool // a file in UTF-16 says what it says in UTF-8
	restates bool // a record may be what an earlier run said: its place is then another file's, its findings are anybody's
}

// sourceName is what records call the input. A record with another source is a restated one.
const sourceName = "the input"

var (
	ours       = slices.Concat(dump.Codes(), mapi.Codes())
	ofLines    = slices.Concat(ours, lines.Codes())
	ofMFCMAPI  = slices.Concat(ours, mfcmapi.Codes())
	mfcmapiAll = []form{mfcmapiForm(0), mfcmapiForm(932), mfcmapiForm(1251)}
	linesAll   = []form{linesForm(lines.Any), linesForm(lines.Hex), linesForm(lines.Base64), linesForm(lines.Scan)}
	csvForm    = form{open: func(r io.Reader) dump.Reader { return lines.NewCSVReader(r, sourceName) }, codes: ofLines, wide: true}
	jsonlForm  = form{open: func(r io.Reader) dump.Reader { return lines.NewJSONReader(r, sourceName) }, codes: ofLines, wide: true, restates: true}
)

func mfcmapiForm(codePage int) form {
	return form{open: func(r io.Reader) dump.Reader { return mfcmapi.NewReader(r, sourceName, codePage) }, codes: ofMFCMAPI}
}

func linesForm(f lines.Form) form {
	return form{open: func(r io.Reader) dump.Reader { return lines.NewReader(r, sourceName, f) }, codes: ofLines, wide: true}
}

// Each input is read in one of the forms it could have, and in pieces of one kind: chosen by the input, so that it does
// the same every time. TestDumpSeeds tries all of them.
func checkDumpMFCMAPI(tb testing.TB, b []byte) { checkDumpAs(tb, b, mfcmapiAll) }
func checkDumpLines(tb testing.TB, b []byte)   { checkDumpAs(tb, b, linesAll) }
func checkDumpJSONL(tb testing.TB, b []byte)   { checkDumpAs(tb, b, []form{jsonlForm}) }

func checkDumpCSV(tb testing.TB, b []byte) { checkDumpAs(tb, b, []form{csvForm}) }

func checkDumpAs(tb testing.TB, b []byte, forms []form) {
	tb.Helper()
	n := int(crc32.ChecksumIEEE(b) >> 4)
	all := chunked(b)
	kinds := slices.Sorted(maps.Keys(all))
	kind := kinds[n/8%len(kinds)]
	checkDump(tb, b, forms[n%len(forms)], map[string]io.Reader{kind: all[kind]})
}

// TestDumpSeeds reads the seeds in every form, and in pieces of every kind.
func TestDumpSeeds(t *testing.T) {
	for name, forms := range map[string][]form{"DumpMFCMAPI": mfcmapiAll, "DumpLines": linesAll, "DumpJSONL": {jsonlForm}, "DumpCSV": {csvForm},
		"DumpReg": regAll, "DumpPffexport": pffexportAll, "DumpGraph": {graphForm}, "DumpEWS": {ewsForm}} {
		i := slices.IndexFunc(targets, func(t target) bool { return t.name == name })
		for _, s := range targets[i].all(t) {
			t.Run(name+"/"+s.name, func(t *testing.T) {
				for _, f := range forms {
					checkDump(t, s.data, f, chunked(s.data))
				}
			})
		}
	}
}

// checkDump reads b as a dump: at once, in pieces, up to the first record, and from a source that breaks. Every record
// must stand in the file, in its order; all together must not say more than the file could.
func checkDump(tb testing.TB, b []byte, f form, inPieces map[string]io.Reader) {
	tb.Helper()
	_ = dump.Sniff(b)
	whole := readDump(f.open(bytes.NewReader(b)))
	for name, r := range inPieces {
		if got := readDump(f.open(r)); !slices.Equal(shown(whole), shown(got)) {
			tb.Fatalf("%q %s (-whole +pieces):\n%s", b, name, cmp.Diff(shown(whole), shown(got)))
		}
	}
	for range f.open(bytes.NewReader(b)).Records() {
		break
	}
	line, offset := 0, int64(0)
	for _, r := range whole {
		r.check(tb, b, f)
		if f.restates && r.rec.Source != sourceName {
			continue
		}
		if r.rec.Offset < 0 || r.rec.Offset > int64(len(b)) || r.rec.Line < 0 || r.rec.Line > bytes.Count(b, []byte("\n"))+bytes.Count(b, []byte("\r"))+1 {
			tb.Fatalf("%q: line %d, offset %d", b, r.rec.Line, r.rec.Offset)
		}
		if r.rec.Line == 0 { // about the file
			if r.err == nil || r.rec.Offset != 0 {
				tb.Fatalf("%q: a record without a line: %s", b, r)
			}
			continue
		}
		if r.rec.Line < line || r.rec.Offset < offset {
			tb.Fatalf("%q: line %d, offset %d after line %d, offset %d", b, r.rec.Line, r.rec.Offset, line, offset)
		}
		line, offset = r.rec.Line, r.rec.Offset
	}
	checkAmount(tb, b, whole, f)
	checkItems(tb, whole)
	checkBroken(tb, b, f)
	if f.wide {
		checkWide(tb, b, f, whole)
	}
}

// checkWide reads the text of b in UTF-16: the records are the same, and each stands where its character is.
func checkWide(tb testing.TB, b []byte, f form, narrow []read) {
	tb.Helper()
	if !utf8.Valid(b) || len(b) < 4 || bytes.HasPrefix(b, []byte("\uFEFF")) || b[0] == 0 || b[1] == 0 {
		return // it is not UTF-8, or said to be so, or looks like UTF-16
	}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		file := order.AppendUint16(nil, 0xFEFF)
		for _, u := range utf16.Encode([]rune(string(b))) {
			file = order.AppendUint16(file, u)
		}
		wide := readDump(f.open(bytes.NewReader(file)))
		for i := range min(len(wide), len(narrow)) {
			want := narrow[i].rec
			if want.Line > 0 && want.Source == sourceName {
				want.Offset = 2 + 2*int64(len(utf16.Encode([]rune(string(b[:want.Offset])))))
			}
			if w, n := wide[i].String(), (read{want, narrow[i].err}).String(); w != n {
				tb.Fatalf("%q (-as UTF-8 +as UTF-16):\n%s", b, cmp.Diff(n, w))
			}
		}
		if len(wide) != len(narrow) {
			tb.Fatalf("%q: %d records, %d as UTF-16", b, len(narrow), len(wide))
		}
	}
}

// A read is a record and its error.
type read struct {
	rec dump.Record
	err error
}

func readDump(r dump.Reader) (all []read) {
	for rec, err := range r.Records() {
		all = append(all, read{rec, err})
	}
	return all
}

func shown(all []read) (text []string) {
	for _, r := range all {
		text = append(text, r.String())
	}
	return text
}

// String returns all there is to a record.
func (r read) String() string {
	var s strings.Builder
	rec := &r.rec
	fmt.Fprintf(&s, "%s:%d:%d %q %s %s raw=%x derived=%v text=%q inferred=%x", rec.Source, rec.Line, rec.Offset, rec.Item, rec.Prop.Tag, rec.Prop.Name,
		rec.Raw, rec.Derived, rec.Text, rec.Inferred)
	if v := rec.Prop.Value; v != nil {
		b, err := v.AppendBinary(nil)
		fmt.Fprintf(&s, " %s %x %v %s", v.Type(), b, err, v.AppendJSON(nil))
	}
	for _, f := range rec.Findings {
		fmt.Fprintf(&s, " | %s", f.AppendJSON(nil))
	}
	if r.err != nil {
		fmt.Fprintf(&s, " error: %v", r.err)
	}
	return s.String()
}

// check holds one record to what dump.Record promises.
func (r read) check(tb testing.TB, b []byte, form form) {
	tb.Helper()
	rec := &r.rec
	if rec.Source != sourceName && !form.restates {
		tb.Fatalf("%q: %s", b, r)
	}
	for _, f := range rec.Findings {
		outside := f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(rec.Raw)
		if outside && f.Span != (diag.Span{Offset: -1}) || f.Msg == "" || f.Severity < diag.Info || f.Severity > diag.Fatal {
			tb.Fatalf("%q: %#v in %s", b, f, r)
		}
		if _, ok := diag.Lookup(form.codes, f.Code); !ok && !form.restates {
			tb.Fatalf("%q: %s is in no catalogue", b, f.Code)
		}
	}
	var f diag.Finding
	if r.err != nil {
		if errors.As(r.err, &f) && !slices.ContainsFunc(rec.Findings, func(g diag.Finding) bool { return g.Error() == f.Error() }) {
			tb.Fatalf("%q: %v is not among the findings of %s", b, r.err, r)
		}
		if rec.Prop.Tag != 0 || !rec.Prop.Name.IsZero() || rec.Prop.Value != nil || rec.Raw != nil {
			tb.Fatalf("%q: a property beside an error: %s", b, r)
		}
		return
	}
	if v := rec.Prop.Value; v != nil {
		checkShown(tb, v)
		raw, err := v.AppendBinary(nil)
		if n, ok := v.(mapi.Boolean); ok && err == nil && len(rec.Raw) > len(raw) { // the width is not part of the value
			raw = append(raw, make([]byte, len(rec.Raw)-len(raw))...)
			_ = n
		}
		if err != nil || rec.Raw != nil && !bytes.Equal(raw, rec.Raw) {
			tb.Fatalf("%q: the value is %x (%v), Raw %x: %s", b, raw, err, rec.Raw, r)
		}
	}
}

// checkAmount bounds what a file can make a reader say: the bytes of values, which text in UTF-16 makes twice as many and
// text in a code page three times, and the number of records and findings.
func checkAmount(tb testing.TB, b []byte, all []read, form form) {
	tb.Helper()
	content, remarks := 0, 0
	for _, r := range all {
		content += len(r.rec.Raw) + len(r.rec.Text) + len(r.rec.Inferred)
		remarks += 1 + len(r.rec.Findings)
		for _, f := range r.rec.Findings {
			if most := 2048 + len(b); len(f.Msg) > most || len(f.Path) > most || len(f.Msg)+len(f.Path) > 4096 && !form.restates {
				tb.Fatalf("%q: a finding of %d bytes", b, len(f.Msg)+len(f.Path))
			}
		}
	}
	if content > 8*len(b)+4096 || remarks > 2*len(b)+16 {
		tb.Fatalf("%q: %d bytes of values, %d records and findings of %d bytes", b, content, remarks, len(b))
	}
}

// checkItems groups the records: every property is in one object, and every error comes through.
func checkItems(tb testing.TB, all []read) {
	tb.Helper()
	records := iter.Seq2[dump.Record, error](func(yield func(dump.Record, error) bool) {
		for _, r := range all {
			if !yield(r.rec, r.err) {
				return
			}
		}
	})
	want, copies, wantErrs := 0, 0, 0
	for _, r := range all {
		switch {
		case r.err != nil:
			wantErrs++
		case r.rec.Prop.Tag != 0 || !r.rec.Prop.Name.IsZero() || r.rec.Prop.Value != nil:
			want++
		}
		if slices.ContainsFunc(r.rec.Findings, func(f diag.Finding) bool { return f.Code == dump.Copy }) {
			copies++
		}
	}
	got, errs := 0, 0
	for item, err := range dump.Items(records) {
		if err != nil {
			errs++
			continue
		}
		got += properties(item)
	}
	if errs != wantErrs || got > want || got < want-copies {
		tb.Fatalf("%d errors of %d, %d properties of %d, %d of them copies:\n%s", errs, wantErrs, got, want, copies, strings.Join(shown(all), "\n"))
	}
	for range dump.Items(records) {
		break
	}
}

func properties(item *mapi.Item) int {
	n := len(item.Props)
	for _, inner := range slices.Concat(item.Recipients, item.Attachments) {
		n += properties(inner)
	}
	return n
}

// checkBroken reads the first half of b and then an error: it must be told, unless the reader had enough before.
func checkBroken(tb testing.TB, b []byte, f form) {
	tb.Helper()
	told := false
	for rec, err := range f.open(io.MultiReader(bytes.NewReader(b[:len(b)/2]), iotest.ErrReader(errBroken))).Records() {
		told = told || errors.Is(err, errBroken) || errors.Is(err, mfcmapi.BinaryInput)
		if errors.Is(err, errBroken) && (rec.Offset < 0 || rec.Offset > int64(len(b)/2)) {
			tb.Fatalf("%q: breaks at %d of %d", b, rec.Offset, len(b)/2)
		}
	}
	if !told {
		tb.Fatalf("%q: nothing says that the source broke", b)
	}
}

// examples makes seeds of the examples in a catalogue.
func examples(codes []diag.Entry, kinds ...string) seeder {
	return func(tb testing.TB) (all []seed) {
		for _, e := range codes {
			if e.Example != "" && slices.Contains(kinds, e.Kind) {
				data := []byte(e.Example)
				if strings.HasSuffix(e.Kind, ".hex") {
					data = unhex(tb, e.Example)
				}
				all = append(all, seed{strings.ReplaceAll(string(e.Code), ".", "-"), data})
			}
		}
		if len(all) == 0 {
			tb.Fatalf("no examples of the kinds %v", kinds)
		}
		return all
	}
}
