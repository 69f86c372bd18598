package fuzz_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

// guidVectors makes seeds of the texts in ../guid/testdata/forms.vec, which has one in every line: form, result, GUID,
// and the text as a Go string.
func guidVectors(tb testing.TB) (all []seed) {
	b, err := os.ReadFile("../guid/testdata/forms.vec")
	require.NoError(tb, err)
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "\t")
		require.Len(tb, columns, 4, "line %d", i+1)
		text, err := strconv.Unquote(columns[3])
		require.NoError(tb, err, "line %d", i+1)
		all = append(all, seed{"line-" + strconv.Itoa(i+1), []byte(text)})
	}
	return all
}

// checkGUID reads any text in every notation. What is refused is refused at a place in the text; what is accepted is
// written in that notation and read as the same; Detect has just the notations that accept it.
func checkGUID(tb testing.TB, b []byte) {
	s := string(b)
	readings := guid.Detect(s)
	fits := 0
	for f := range guid.Forms() {
		g, err := guid.ParseForm(s, f)
		i := slices.IndexFunc(readings, func(r guid.Reading) bool { return r.Form == f })
		if (err == nil) != (i >= 0) {
			tb.Fatalf("%q as %v: %v, and Detect has %+v", s, f, err, readings)
		}
		strict, strictErr := guid.ParseCanonical(s, f)
		if err != nil {
			checkSyntaxError(tb, s, f, g, err)
			if strictErr == nil {
				tb.Fatalf("%q as %v is canonical, and no GUID: %v", s, f, err)
			}
			continue
		}
		fits++
		if readings[i].GUID != g {
			tb.Fatalf("%q as %v is %v, Detect has %v", s, f, g, readings[i].GUID)
		}
		text := g.AppendForm([]byte("x"), f)
		if text[0] != 'x' {
			tb.Fatalf("%v: what stood before was changed", f)
		}
		back, err := guid.ParseCanonical(string(text[1:]), f)
		if err != nil || back != g {
			tb.Fatalf("%q as %v is %v, written as %q: %v %v", s, f, g, text, back, err)
		}
		if canonical := s == string(text[1:]); canonical != (strictErr == nil) || canonical && (strict != g || !readings[i].Canonical) {
			tb.Fatalf("%q as %v, canonical %v: %v, and Detect has %+v", s, f, canonical, strictErr, readings[i])
		}
		checkStrict(tb, f, string(text[1:]))
		if n := hexDigits(s); f <= guid.Hex32 && n != 32 || f == guid.Bytes && n != 32 || f == guid.ADSI && n != 32 {
			tb.Fatalf("%q as %v is %v, with %d digits", s, f, g, n)
		}
	}
	if fits != len(readings) {
		tb.Fatalf("%q: %d notations read it, Detect has %+v", s, fits, readings)
	}
	checkGUIDText(tb, s)
	checkSplit(tb, s)
}

// checkStrict: a text that is whole is nothing any more with two digits more, and cut by a character.
func checkStrict(tb testing.TB, f guid.Form, text string) {
	tb.Helper()
	for _, other := range []string{text + "43", text + " 43", text[:len(text)-1]} {
		if g, err := guid.ParseForm(other, f); err == nil {
			tb.Fatalf("%q is %v, and so is %q: %v", text, f, other, g)
		}
	}
}

// hexDigits counts the digits of s that are not part of a prefix 0x.
func hexDigits(s string) (n int) {
	s = strings.NewReplacer("0x", "", "0X", "").Replace(s)
	for _, c := range s {
		if strings.ContainsRune("0123456789abcdefABCDEF", c) {
			n++
		}
	}
	return n
}

func checkSyntaxError(tb testing.TB, s string, f guid.Form, g guid.GUID, err error) {
	tb.Helper()
	var e *guid.SyntaxError
	if !errors.As(err, &e) || g != (guid.GUID{}) {
		tb.Fatalf("%q as %v: %v and %v", s, f, g, err)
	}
	if e.Offset < 0 || e.Offset > len(s) || e.Form != f || e.Code == "" || e.Msg == "" || !errors.Is(err, e.Code) {
		tb.Fatalf("%q as %v: %#v", s, f, e)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) != (e.Short || errors.Is(e.Code, io.ErrUnexpectedEOF)) {
		tb.Fatalf("%q as %v: %#v is cut text or is not", s, f, e)
	}
}

// checkGUIDText: the methods that programs use all read what Parse reads, and leave a GUID alone that they cannot read.
func checkGUIDText(tb testing.TB, s string) {
	tb.Helper()
	g, err := guid.Parse(s)
	was := guid.GUID{1, 2, 3}
	h := was
	if e := h.UnmarshalText([]byte(s)); (e == nil) != (err == nil) || e == nil && h != g || e != nil && h != was {
		tb.Fatalf("%q: %v and %v, %v and %v", s, g, err, h, e)
	}
	if err == nil {
		if back, err := guid.Parse(g.String()); err != nil || back != g || !strings.EqualFold(strings.Trim(g.String(), "{}"), strings.Trim(s, "{}")) {
			tb.Fatalf("%q is %v: %v %v", s, g, back, err)
		}
		if guid.FromRFC4122Bytes(g.RFC4122Bytes()) != g || guid.FromWindowsBytes(g.WindowsBytes()) != g {
			tb.Fatalf("%v changes with the order of its bytes", g)
		}
		if name, ok := guid.Known(g); ok {
			if back, ok := guid.ByName(name); !ok || back != g {
				tb.Fatalf("%v is %s, which is %v", g, name, back)
			}
		}
	}
	h = was
	if e := h.UnmarshalBinary([]byte(s)); (e == nil) != (len(s) == 16) || e == nil && string(h[:]) != s || e != nil && h != was {
		tb.Fatalf("%q as bytes: %v and %v", s, h, e)
	}
}

// checkSplit: the manual procedure says of every text what it comes to, and agrees with ParseForm about the right answer.
func checkSplit(tb testing.TB, s string) {
	tb.Helper()
	split := guid.ExplainSplit(s)
	g, err := guid.ParseForm(s, guid.ExMerge)
	if split.GUID != g || (split.Err == nil) != (err == nil) || split.String() == "" {
		tb.Fatalf("%q: %v and %v by hand, %v and %v", s, split.GUID, split.Err, g, err)
	}
	if split.Agrees != (err == nil && bytes.Equal(split.Octets, g[:])) {
		tb.Fatalf("%q: agrees: %v, with %x for %x", s, split.Agrees, split.Octets, g[:])
	}
	for _, c := range split.Chunks {
		if c.Offset < 0 || c.Offset+len(c.Text) > len(s) || s[c.Offset:c.Offset+len(c.Text)] != c.Text {
			tb.Fatalf("%q: chunk %q at %d", s, c.Text, c.Offset)
		}
	}
}

const (
	logName = "/O=EXAMPLE/OU=FIRST SITE/CN=RECIPIENTS/CN=ANNA"
	logText = `C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7`
	logLine = "[14:13:08] Error! Cannot identify the user with the msExchMailboxGuid " + logText + ". The legacyExchangeDN is " + logName + "."
)

var logTexts = []string{logLine, logLine + "\r\n" + logLine, logLine[:90] + "\n> " + logLine[90:], logLine[:70] + "\r\n" + logLine[70:] + "\n\n" + logLine[1:],
	logLine + " " + logLine, strings.Replace(logLine, "96f", "9Zf", 1) + "\n" + logLine, logLine[:120], strings.TrimSuffix(logLine, ".") + "\nThen.\n",
	"Problem: \"" + logLine + "\" in the log.\n", strings.Replace(logLine, "/CN=A", "/\nCN=A", 1), "\ufeff" + logLine, "a\rb\r" + logLine + "\r",
	strings.Repeat("x", 70_000) + "\n" + logLine}

// checkExMergeLog reads any text as a log, in pieces of every size: the records must be the same. Each says where it
// stands, and none says more than the line it stands in.
func checkExMergeLog(tb testing.TB, b []byte) {
	text := string(b)
	whole, stats := readLog(strings.NewReader(text))
	for name, r := range chunked(b) {
		if got, s := readLog(r); !slices.Equal(whole, got) || s != stats {
			tb.Fatalf("%q %s: %+v (-whole +pieces):\n%s", text, name, s, cmp.Diff(whole, got))
		}
	}
	offset, day, text2 := int64(0), 0, 0
	for _, rec := range whole {
		r := rec.LogRecord
		if r.Offset < offset || r.Offset > int64(len(text)) || r.Day < day || strings.Count(text[:r.Offset], "\n")+1 != r.Line {
			tb.Fatalf("%q: %+v after offset %d, day %d", text, r, offset, day)
		}
		offset, day = r.Offset, r.Day
		text2 += len(r.Text) + len(r.LegacyExchangeDN) + len(r.Time)
		if !strings.HasPrefix(text[r.Offset:], r.Raw) || len(r.Text)+len(r.LegacyExchangeDN)+len(r.Time) > len(r.Raw) {
			tb.Fatalf("%q: %+v does not stand there", text, r)
		}
		if rec.Err == "" {
			if g, err := guid.ParseForm(r.Text, guid.ExMerge); err != nil || g != r.GUID {
				tb.Fatalf("%q: %+v, and its text says %v %v", text, r, g, err)
			}
		} else if r.GUID != (guid.GUID{}) {
			tb.Fatalf("%q: %v, and %s", text, r.GUID, rec.Err)
		}
	}
	if text2 > 2*len(text) {
		tb.Fatalf("%q: %d bytes of text in %d records", text, text2, len(whole))
	}
	if lines := bytes.Count(b, []byte("\n")); stats.lines != lines && stats.lines != lines+1 || stats.skipped > stats.lines {
		tb.Fatalf("%q: %+v", text, stats)
	}
	if _, err := guid.ParseLogLine(text); len(whole) > 0 && whole[0].Err == "" && errors.Is(err, guid.NotLogRecord) {
		tb.Fatalf("%q: the reader finds %+v, ParseLogLine nothing", text, whole[0])
	}
}

type logged struct {
	guid.LogRecord
	Err string // exported, for cmp
}

type logStats struct{ lines, skipped, days int }

func readLog(src io.Reader) (all []logged, _ logStats) {
	r := guid.NewLogReader(src)
	for rec, err := range r.Records() {
		l := logged{LogRecord: rec}
		if err != nil {
			l.Err = err.Error()
		}
		all = append(all, l)
	}
	return all, logStats{r.Lines(), r.Skipped(), r.Days()}
}

// chunked are readers of b that hand it out in pieces.
func chunked(b []byte) map[string]io.Reader {
	return map[string]io.Reader{
		"byte by byte":              iotest.OneByteReader(bytes.NewReader(b)),
		"by halves":                 iotest.HalfReader(bytes.NewReader(b)),
		"with the end at the end":   iotest.DataErrReader(bytes.NewReader(b)),
		"in two, inside the middle": io.MultiReader(bytes.NewReader(b[:len(b)/2]), bytes.NewReader(b[len(b)/2:])),
	}
}
