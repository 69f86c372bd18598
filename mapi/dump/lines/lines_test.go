package lines

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// show writes a record in one line.
func show(rec dump.Record, err error) string {
	s := fmt.Sprintf("%d@%d", rec.Line, rec.Offset)
	if rec.Prop.Tag != 0 {
		s += " " + rec.Prop.Tag.String()
	}
	if !rec.Prop.Name.IsZero() {
		s += " " + rec.Prop.Name.String()
	}
	if err == nil {
		s += " raw=" + strings.ToUpper(hex.EncodeToString(rec.Raw))
	}
	for _, f := range rec.Findings {
		s += fmt.Sprintf(" | %s %s", f.Severity, strings.TrimPrefix(string(f.Code), "lines."))
	}
	return s
}

func read(t testing.TB, r io.Reader, form Form) (shown []string) {
	t.Helper()
	for rec, err := range NewReader(r, "f", form).Records() {
		require.Equal(t, "f", rec.Source)
		if err == nil {
			require.NotNil(t, rec.Raw)
			require.NotNil(t, rec.Prop.Value)
		}
		for _, f := range rec.Findings {
			require.LessOrEqual(t, f.Span.Offset+f.Span.Len, len(rec.Raw))
			require.NotEmpty(t, f.Msg)
		}
		shown = append(shown, show(rec, err))
	}
	return shown
}

const tz48 = "2C01000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000"
const tz48b64 = "LAEAAAAAAADE////AAAAAAsAAAABAAIAAAAAAAAAAAAAAAMAAAACAAIAAAAAAAAA"

func TestLines(t *testing.T) {
	set := "{00062002-0000-0000-C000-000000000046}"
	tests := []struct {
		name string
		form Form
		in   string
		want []string
	}{
		{"hex", Hex, "0102\nabCD", []string{"1@0 raw=0102", "2@5 raw=ABCD"}},
		{"prefix", Any, "0x010203", []string{"1@0 raw=010203"}},
		{"capital prefix", Any, "  X01 02", []string{"1@2 raw=0102"}},
		{"prefix on each byte", Any, "{ 0x2C, 0x01,0x00 }", []string{"1@0 raw=2C0100"}},
		{"separators", Any, "02-01-3E/00,\t`A1'\"B2", []string{"1@0 raw=02013E00A1B2"}},
		{"base64", Any, tz48b64, []string{"1@0 raw=" + tz48}},
		{"base64 only", Base64, "AAAA", []string{"1@0 raw=000000"}},
		{"both", Any, "AAAA", []string{"1@0 raw=AAAA | info ambiguous"}},
		{"padding", Any, "LAE=\nLA==", []string{"1@0 raw=2C01", "2@5 raw=2C"}},
		{"padding after letters that are a name", Any, "QQ==\nPidA=", []string{"1@0 raw=41", "2@5 raw=3E2740 | error bad-base64"}},
		{"cb and lpb", Any, "cb: 2 lpb: 0102", []string{"1@11 raw=0102"}},
		{"several", Any, "2: cb: 6 lpb: 520065006400; cb: 0 lpb: NULL; cb: 2 lpb: 0A0B.", []string{"1@14 raw=520065006400", "1@39 raw=", "1@56 raw=0A0B"}},
		{"seed", Any, "<Value>cb: 76 lpb: " + strings.Repeat("0", 78) + "</Value> <AltValue>",
			[]string{"1@19 raw=" + strings.Repeat("0", 78) + " | error length-mismatch"}},
		{"count too great", Any, "cb: 99999999999999999999999 lpb: 01", []string{"1@33 raw=01 | error length-mismatch"}},
		{"cb NULL", Any, "cb: 3 lpb: NULL", []string{"1@11 raw= | error length-mismatch"}},
		{"cb wrapped", Any, "cb: 4 lpb: 0102 0304 added later", []string{"1@11 raw=01020304"}},
		{"cb then prose", Any, "cb: 4 lpb: 0102 later", []string{"1@11 raw=0102 | error length-mismatch"}},
		{"cb cut off", Any, "cb: 4 lpb: 0102...", []string{"1@11 raw=0102 | error truncated | error length-mismatch"}},
		{"cb odd", Any, "cb: 2 lpb: 010", []string{"1@11 raw=01 | error odd-digits | error length-mismatch"}},
		{"NULL", Any, "NULL", []string{"1@0 raw="}},
		{"V08 odd", Any, "01020", []string{"1@0 raw=0102 | error odd-digits"}},
		{"V08 bad digit", Any, "0102ZZ", []string{"1@0 raw=0102 | error bad-digit"}},
		{"V09", Hex, "01 02\u00A003\u200B04", []string{"1@0 raw=01020304 | warning cleaned"}},
		{"dots", Any, "02010600...", []string{"1@0 raw=02010600 | error truncated"}},
		{"one dot", Any, "02.01", []string{"1@0 raw=0201"}},
		{"ellipsis", Any, "02010600…", []string{"1@0 raw=02010600 | error truncated"}},
		{"decimal list", Any, "{2, 1, 48, 0}", []string{"1@0 raw=02013000 | info decimal"}},
		{"decimal list, cut", Any, "{2, 1, 48, 0...}\n{255,1…}\nPidLidTimeZoneStruct : {196, 255, 255, 255...}\n{200, 1", []string{"1@0 raw=02013000 | info decimal | error truncated",
			"2@17 raw=FF01 | info decimal | error truncated", "3@51 0x00000102 " + set + ":0x8233 raw=C4FFFFFF | info decimal | error truncated", "4@75 raw=C801 | info decimal | error truncated"}},
		{"a list that may be hex", Any, "{10, 20, 30, 40}", []string{"1@0 raw=10203040"}},
		{"no list of bytes", Any, "{256, 1}", []string{"1@0 | error not-a-blob"}},
		{"decimal list as hex", Hex, "{2, 1, 48, 0}", []string{"1@0 raw= | error odd-digits"}},
		{"DASL", Any, "http://schemas.microsoft.com/mapi/proptag/0x37010102 = 0102\nid/" + set + "/82330102: 01\nstring/" + set + "/a:b=c: 02\nstring/" + set + "/Keywords/0x0000001f\t4100",
			[]string{"1@55 0x37010102 raw=0102 | info ambiguous", "2@112 0x00000102 " + set + ":0x8233 raw=01", "3@168 0x00000102 " + set + ":\"a:b=c\" raw=02", "4@237 0x0000001F " + set + ":\"Keywords\" raw=4100 | info ambiguous"}},
		{"wrapped inside a byte", Any, "010 203", []string{"1@0 raw=010203 | error uneven-groups"}},
		{"decimal numbers", Any, "2 1 48 00", []string{"1@0 raw=214800 | error uneven-groups"}},
		{"decimal numbers behind cb", Any, "cb: 3 lpb: 2 1 48 00", []string{"1@11 raw=214800 | error uneven-groups"}},
		{"cb without hex", Any, "cb: 1 lpb: cb: 2 lpb: 0102", []string{"1@11 raw= | error length-mismatch", "1@22 raw=0102"}},
		{"cb without hex, close", Any, "cb: 1 lpb: cb:02 lpb: 0102", []string{"1@11 raw= | error length-mismatch", "1@22 raw=0102"}},
		{"cb too short", Any, "cb: 2 lpb: 01 cb: 1 lpb: 05", []string{"1@11 raw=01 | error length-mismatch", "1@25 raw=05"}},
		{"cb before a word", Any, "cb: 2 lpb: 01 bad: x", []string{"1@11 raw=01 | error length-mismatch"}},
		{"cb and colons", Any, "cb: 3 lpb: 02:01:3E", []string{"1@11 raw=02 | error length-mismatch"}},
		{"base64 broken", Any, "LAEA*", []string{"1@0 raw=2C0100 | error bad-base64"}},
		{"base64 cut", Any, "LAEAAAAAAADE////AAA", []string{"1@0 raw=2C01000000000000C4FFFFFF | error bad-base64"}},
		{"base64 bits", Any, "LAF=", []string{"1@0 raw=2C01 | warning base64-bits"}},
		{"prose", Any, "Added by Bob\nHello, world; and so on.", []string{"1@0 | error not-a-blob", "2@13 | error not-a-blob"}},
		{"blank lines", Any, "\n \n01\n\n", []string{"3@3 raw=01"}},
		{"tag", Any, "0x80380102 = 2C01", []string{"1@13 0x80380102 raw=2C01 | info ambiguous"}},
		{"tag alone", Hex, "0x80380102", []string{"1@0 raw=80380102"}},
		{"tag and type that does not fit", Hex, "0x0E070003:0102", []string{"1@11 0x0E070003 raw=0102 | fatal mapi.truncated"}},
		{"canonical tag", Hex, "PidTagSubject\t41004200", []string{"1@14 0x0037001F raw=41004200"}},
		{"MAPI name", Hex, "PR_SUBJECT_W = 4100", []string{"1@15 0x0037001F raw=4100"}},
		{"named", Hex, "PidLidTimeZoneStruct: " + tz48, []string{"1@22 0x00000102 " + set + ":0x8233 raw=" + tz48}},
		{"named, with cb", Scan, "PidLidTimeZoneStruct: cb: 1 lpb: 01", []string{"1@33 0x00000102 " + set + ":0x8233 raw=01"}},
		{"comment", Any, "# 0102\n03 04", []string{"2@7 raw=0304"}},
		{"colons", Any, "02:01:3E", []string{"1@0 raw=02013E"}},
		{"colons elsewhere", Hex, "0201:3E", []string{"1@0 raw=0201 | error bad-digit"}},
		{"a LID alone", Hex, "0x8233\t2C01\n0x8233: 05", []string{"1@0 raw=82332C01 | error ambiguous-label", "2@20 raw=05 | warning unknown-name"}},
		{"a tag and a TAB", Hex, "0x02010600\t02000000", []string{"1@0 raw=0201060002000000 | error ambiguous-label"}},
		{"a tag and a TAB, any form", Any, "  0x80380102\t 0201", []string{"1@2 raw=803801020201 | error ambiguous-label"}},
		{"a tag and a TAB, damaged", Any, "0x80380102\t0201ZZ", []string{"1@0 raw=803801020201 | error bad-digit | error ambiguous-label"}},
		{"a tag, a TAB and base64", Any, "0x80380102\tLAEAAAAAAADE", []string{"1@11 0x80380102 raw=2C01000000000000C4"}},
		{"a tag, a TAB and base64 that begins as hex", Any, "0x80380102\tAgEw", []string{"1@11 0x80380102 raw=020130"}},
		{"a tag, a TAB and base64 that is hex", Base64, "0x80380102\tAAAA", []string{"1@11 0x80380102 raw=000000"}},
		{"a tag, a TAB and NULL", Any, "0x80380102\tNULL", []string{"1@11 0x80380102 raw="}},
		{"a tag, a TAB and cb", Any, "0x80380102\tcb: 1 lpb: 05", []string{"1@22 0x80380102 raw=05"}},
		{"odd digits and a TAB", Hex, "0x825\t05", []string{"1@6 raw=05 | warning unknown-name"}},
		{"a tag, = and a TAB", Hex, "0x80380102 =\t02", []string{"1@13 0x80380102 raw=02"}},
		{"bytes behind TABs", Hex, "0x02\t0x01", []string{"1@0 raw=0201"}},
		{"unknown name", Hex, "PidLidNothing: 01", []string{"1@15 raw=01 | warning unknown-name"}},
		{"named NULL", Any, "PidLidTimeZoneStruct: NULL", []string{"1@22 0x00000102 " + set + ":0x8233 raw="}},
		{"text of a tag", Hex, "PidTagSubject: Plan", []string{"1@0 | error not-a-blob"}},
		{"scan passes over", Scan, "0102\nlog\nx cb: 1 lpb: 05 y", []string{"3@22 raw=05"}},
		{"cb without lpb", Any, "cb: 5\nabcb: x lpb: 01", []string{"1@0 | error not-a-blob", "2@6 | error not-a-blob"}},
		{"line ends", Hex, "01\r02\r\n03\n\n\r04\r", []string{"1@0 raw=01", "2@3 raw=02", "3@7 raw=03", "6@12 raw=04"}},
		{"empty", Any, "", []string{"0@0 | error no-blobs"}},
		{"nothing to scan", Scan, "a\nb\n", []string{"0@0 | error no-blobs"}},
		{"BOM", Hex, "\uFEFF01", []string{"1@3 raw=01"}},
		{"NULs", Any, "01\x00\x00", []string{"1@0 raw=01 | error bad-digit"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, strings.NewReader(tt.in), tt.form)
			require.Empty(t, cmp.Diff(tt.want, got))
			require.Empty(t, cmp.Diff(tt.want, read(t, iotest.OneByteReader(strings.NewReader(tt.in)), tt.form)))
		})
	}
}

func TestColumns(t *testing.T) {
	for in, want := range map[string]string{
		"0102ZZ":             "bad hex digit 'Z' at column 5, 2 bytes before it",
		"  é: 01":            `holds no hex, base64, NULL or cb and lpb: "é: 01"`,
		"PidTagHtml: 01G":    "bad hex digit 'G' at column 15, 1 bytes before it",
		"01020":              "odd number of hex digits (5) at column 6",
		"LAEA*":              "bad base64 at column 5: '*'",
		"cb: 48 lpb: 2C01":   "length mismatch: cb 48, have 2",
		"0102\u00A003\u200B": "2 invisible characters taken out",
	} {
		for rec := range NewReader(strings.NewReader(in), "", Any).Records() {
			require.Len(t, rec.Findings, 1, in)
			require.Equal(t, want, rec.Findings[0].Msg)
		}
	}
}

// wide returns s as UTF-16.
func wide(s string, big bool) []byte {
	b, _ := wtf8.AppendEncode(nil, s)
	for i := 0; big && i < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return b
}

func TestUTF16(t *testing.T) {
	in := "0102\r\n03\u200B04 \nPR_SUBJECT\u00A0: x\n\U0001F600\n05"
	for _, big := range []bool{false, true} {
		for _, mark := range []string{"\uFEFF", ""} {
			m := int64(2 * len([]rune(mark)))
			want := []string{fmt.Sprintf("1@%d raw=0102", m), fmt.Sprintf("2@%d raw=0304 | warning cleaned", m+12),
				fmt.Sprintf("3@%d | error not-a-blob", m+26), fmt.Sprintf("4@%d | error not-a-blob", m+56), fmt.Sprintf("5@%d raw=05", m+62)}
			if mark == "" {
				want[0] += " | warning charset-guess"
			}
			require.Empty(t, cmp.Diff(want, read(t, bytes.NewReader(wide(mark+in, big)), Hex)))
			require.Empty(t, cmp.Diff(want, read(t, iotest.OneByteReader(bytes.NewReader(wide(mark+in, big))), Hex)))
		}
	}
	// Half a character at the end is not lost.
	odd := append(wide("\uFEFF0102", false), '0')
	require.Equal(t, []string{"1@2 raw=0102 | error bad-digit"}, read(t, bytes.NewReader(odd), Hex))
	lone := append(wide("\uFEFF0102", false), 0, 0xD8)
	require.Equal(t, []string{"1@2 raw=0102 | error bad-digit"}, read(t, bytes.NewReader(lone), Hex))
}

// A UTF-16 file whose characters straddle every buffer.
func TestUTF16Buffers(t *testing.T) {
	var b strings.Builder
	var want []string
	for i := range 3000 {
		fmt.Fprintf(&b, "%04X\U0001F600\n", i)
		want = append(want, fmt.Sprintf("%d@%d raw=%04X | error bad-digit", i+1, 2+14*i, i))
	}
	require.Empty(t, cmp.Diff(want, read(t, bytes.NewReader(wide("\uFEFF"+b.String(), false)), Hex)))
	require.Empty(t, cmp.Diff(want, read(t, iotest.HalfReader(bytes.NewReader(wide("\uFEFF"+b.String(), true))), Hex)))
}

func TestTooLong(t *testing.T) {
	r := NewReader(strings.NewReader("0102030405\n01\n\n"+strings.Repeat("0", 100_000)+"\r02"), "", Hex)
	r.maxLine = 8
	var got []string
	for rec, err := range r.Records() {
		got = append(got, show(rec, err))
		if err != nil {
			require.ErrorIs(t, err, TooLong)
		}
	}
	require.Equal(t, []string{"1@0 | error too-long", "2@11 raw=01", "4@15 | error too-long", "5@100016 raw=02"}, got)
}

func TestReadError(t *testing.T) {
	broken := errors.New("broken")
	var errs []error
	n := 0
	for _, err := range NewReader(io.MultiReader(strings.NewReader("01\n02"), iotest.ErrReader(broken)), "", Hex).Records() {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		n++
	}
	require.Equal(t, 2, n)
	require.Equal(t, []error{broken}, errs)
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", Codes(), func(kind, example string) (found []diag.Finding) {
		var r dump.Reader = NewReader(strings.NewReader(example), "", Any)
		if kind == "jsonl" {
			r = NewJSONReader(strings.NewReader(example), "")
		}
		if kind == "csv" {
			r = NewCSVReader(strings.NewReader(example), "")
		}
		for rec := range r.Records() {
			found = append(found, rec.Findings...)
		}
		return found
	})
}

// Every prefix of a line is read without panic, and none gives more bytes than the line has.
func TestTruncations(t *testing.T) {
	for _, line := range []string{"PidLidTimeZoneStruct: cb: 48 lpb: " + tz48, tz48b64, "0x80380102 = 0x2C, 0x01, 0x00", "01\u00A002 03\u200B04"} {
		for n := range len(line) {
			for _, form := range []Form{Any, Hex, Base64, Scan} {
				require.NotEmpty(t, read(t, strings.NewReader(line[:n]), form))
			}
		}
	}
}

// Hex and base64 in every spelling come back, whatever stands around them.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 3))
		b := make([]byte, 1+r.IntN(60))
		for i := range b {
			b[i] = byte(r.IntN(256))
		}
		spaced := strings.TrimSpace(fmt.Sprintf("% x", b))
		want := "raw=" + strings.ToUpper(hex.EncodeToString(b))
		for form, in := range map[Form]string{Hex: spaced, Base64: base64.StdEncoding.EncodeToString(b),
			Scan: fmt.Sprintf("x cb: %d lpb: %X y", len(b), b), Any: "0x" + hex.EncodeToString(b)} {
			got := read(t, strings.NewReader(in), form)
			require.Len(t, got, 1)
			require.True(t, strings.HasSuffix(got[0], want), "%s: %s", in, got[0])
		}
	}
}

func TestRandom(t *testing.T) {
	const chars = "0123456789ABCDEFabcdefxX \t,.-=:cblp\r\n\u00A0\u200B…ZQ+/NUL\x00\xFF"
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 5))
		b := make([]byte, r.IntN(80))
		for i := range b {
			b[i] = chars[r.IntN(len(chars))]
		}
		for _, form := range []Form{Any, Hex, Base64, Scan} {
			require.NotEmpty(t, read(t, bytes.NewReader(b), form))
		}
	}
}

// repeat yields a line again and again.
type repeat struct {
	line string
	left int
	at   int
}

func (r *repeat) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.line[r.at:])
	if r.at += n; r.at == len(r.line) {
		r.at = 0
		r.left--
	}
	return n, nil
}

// Memory does not grow with the file.
func TestMemory(t *testing.T) {
	peak := func(lines int) uint64 {
		var m runtime.MemStats
		var most uint64
		n := 0
		for rec, err := range NewReader(&repeat{line: tz48 + "\n", left: lines}, "", Hex).Records() {
			require.NoError(t, err)
			require.Len(t, rec.Raw, 48)
			if n++; n%(lines/4) == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		require.Equal(t, lines, n)
		return most
	}
	small := peak(1000)
	require.Less(t, peak(200_000), small+1<<20)
}

func TestValue(t *testing.T) {
	for rec, err := range NewReader(strings.NewReader("PidTagMessageFlags = 01 00 00 00\n01"), "", Hex).Records() {
		require.NoError(t, err)
		if rec.Line == 1 {
			require.Equal(t, mapi.Integer32(1), rec.Prop.Value)
		} else {
			require.Equal(t, mapi.Binary{1}, rec.Prop.Value)
		}
	}
	var _ dump.Reader = (*Reader)(nil)
	require.ErrorIs(t, Truncated, io.ErrUnexpectedEOF)
	require.Equal(t, diag.Code("lines.truncated"), Truncated)
}

func BenchmarkHex(b *testing.B) {
	in := strings.Repeat(tz48+"\n", 1000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		for range NewReader(strings.NewReader(in), "", Hex).Records() {
		}
	}
}

// TestBrokenInHalfCharacter: an error stands where the bytes end, also in the middle of a character.
func TestBrokenInHalfCharacter(t *testing.T) {
	gone := errors.New("gone")
	for n := range 9 {
		var last dump.Record
		for rec, err := range NewReader(io.MultiReader(bytes.NewReader(wide("\uFEFFAB\n", false)[:n]), iotest.ErrReader(gone)), "", Hex).Records() {
			if errors.Is(err, gone) {
				last = rec
				last.Line = -1
			}
		}
		require.Equal(t, -1, last.Line, "%d bytes: the error is lost", n)
		require.Equal(t, int64(n), last.Offset, "%d bytes", n)
	}
}

// idle gives some bytes and then nothing, for ever and without an error.
type idle struct{ b []byte }

func (r *idle) Read(b []byte) (int, error) {
	n := copy(b, r.b)
	r.b = r.b[n:]
	return n, nil
}

// TestIdleReader has readers that break their promise: the end is an error in every encoding.
func TestIdleReader(t *testing.T) {
	for _, in := range []string{"01\n", "\xFF\xFE0\x001\x00\n\x00", "\xFE\xFF\x000\x001\x00\n"} {
		var errs []error
		n := 0
		for _, err := range NewReader(&idle{[]byte(in)}, "", Hex).Records() {
			if n++; err != nil {
				errs = append(errs, err)
			}
		}
		require.Equal(t, 2, n)
		require.Equal(t, []error{io.ErrNoProgress}, errs)
	}
}
