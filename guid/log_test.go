package guid_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

const (
	escapedText = `C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7`
	sentence    = "Error! Cannot identify the user with the msExchMailboxGuid "
	name        = "/O=EXAMPLE/OU=FIRST SITE/CN=RECIPIENTS/CN=ANNA"
	logLine     = "[14:13:08] " + sentence + escapedText + ". The legacyExchangeDN is " + name + "."
)

func TestParseLogLine(t *testing.T) {
	whole := guid.LogRecord{Time: "14:13:08", GUID: mailbox, Text: escapedText, Canonical: true, LegacyExchangeDN: name}
	for _, c := range []struct {
		name, text string
		change     func(*guid.LogRecord)
	}{
		{"as written", logLine, nil},
		{"line break behind", logLine + "\r\n", func(r *guid.LogRecord) { r.Raw = logLine }},
		{"no full stop", strings.TrimSuffix(logLine, "."), func(r *guid.LogRecord) { r.Notes = guid.NoPeriod }},
		{"a name that ends in a full stop", logLine + ".", func(r *guid.LogRecord) { r.LegacyExchangeDN += "." }},
		{"no bracket", logLine[1:], func(r *guid.LogRecord) { r.Notes = guid.NoBracket }},
		{"no time", logLine[11:], func(r *guid.LogRecord) { r.Time, r.Notes = "", guid.NoTime }},
		{"not even Error", logLine[18:], func(r *guid.LogRecord) { r.Time, r.Notes = "", guid.NoTime }},
		{"a time that is none", "[14:1x:08] " + logLine[11:], func(r *guid.LogRecord) {
			r.Time, r.Notes = "", guid.NoTime|guid.InProse
		}},
		{"a time without its colons", "[14-13-08] " + logLine[11:], func(r *guid.LogRecord) {
			r.Time, r.Notes = "", guid.NoTime|guid.InProse
		}},
		{"byte order mark", "\ufeff" + logLine, nil},
		{"lower case, not canonical", strings.Replace(logLine, "5D", "5d", 1), func(r *guid.LogRecord) {
			r.Text, r.Canonical = strings.Replace(r.Text, "5D", "5d", 1), false
		}},
		{"a raw full stop in the value", strings.Replace(logLine, `\03`, ".", 1), func(r *guid.LogRecord) {
			r.Text, r.Canonical = strings.Replace(r.Text, `\03`, ".", 1), false
			r.GUID[1] = '.'
		}},
		{"wrapped inside the sentence", strings.Replace(logLine, "the user", "\r\nthe user", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"wrapped inside the value", strings.Replace(logLine, `\3BD`, "\r\n\\3BD", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined | guid.SpaceRemoved
		}},
		{"a raw byte above 7F, and a blank", strings.Replace(logLine, `\5D`, "\xe9 ", 1), func(r *guid.LogRecord) {
			r.Text, r.Canonical = strings.Replace(r.Text, `\5D`, "\xe9", 1), false
			r.GUID[4], r.Notes = 0xE9, guid.SpaceRemoved
		}},
		{"a tab inside the value", strings.Replace(logLine, `\3BD`, "\t\\3BD", 1), func(r *guid.LogRecord) {
			r.Notes = guid.SpaceRemoved
		}},
		{"wrapped in front of the name", strings.Replace(logLine, " /O", "\n/O", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"wrapped at a slash", strings.Replace(logLine, "/CN=R", "\n/CN=R", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"wrapped behind a slash", strings.Replace(logLine, "/CN=R", "/\nCN=R", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"wrapped behind an equals sign", strings.Replace(logLine, "CN=R", "CN=\nR", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"wrapped at a blank", strings.Replace(logLine, "FIRST SITE", "FIRST\nSITE", 1), func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"quoted in a mail", "> " + strings.Replace(logLine, "with the", "with\n> the", 1) + "\n>", func(r *guid.LogRecord) {
			r.Notes = guid.Joined
		}},
		{"cut after the value", "[14:13:08] " + sentence + escapedText + ".", func(r *guid.LogRecord) {
			r.LegacyExchangeDN, r.Notes = "", guid.NoDN
		}},
		{"in prose", `The log has "` + logLine + `" in it. Then it ends.`, func(r *guid.LogRecord) {
			r.Notes = guid.InProse
		}},
		{"in prose that quotes the second sentence again", "Log: " + logLine + " Note. The legacyExchangeDN is old.", func(r *guid.LogRecord) {
			r.Notes = guid.InProse
		}},
		{"in quotes, with odd blanks", strings.Replace(logLine, escapedText, "\v\""+escapedText+"\"\f", 1), func(r *guid.LogRecord) {
			r.Text, r.Canonical = `"`+escapedText+`"`, false
		}},
		{"wrapped in front of the name and at a slash", strings.Replace(strings.Replace(logLine, " /O", "\n/O", 1), "/CN=R", "\n/CN=R", 1),
			func(r *guid.LogRecord) { r.Notes = guid.Joined }},
		{"in prose, no full stop", "The log: " + strings.TrimSuffix(logLine, "."), func(r *guid.LogRecord) {
			r.Notes = guid.InProse | guid.NoPeriod
		}},
		{"another first", "msExchMailboxGuid " + sentence[:len(sentence)-1] + "s are " + logLine, func(r *guid.LogRecord) {
			r.Notes = guid.InProse
		}},
	} {
		want := whole
		want.Raw = c.text
		if c.change != nil {
			c.change(&want)
		}
		got, err := guid.ParseLogLine(c.text)
		require.NoError(t, err, c.name)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestParseLogLineErrors(t *testing.T) {
	at := len("[14:13:08] " + sentence)
	for _, c := range []struct {
		name, text string
		code       guid.Code
		offset     int
	}{
		{"no message", "[14:13:08] Errors encountered. Copy process aborted", guid.NotLogRecord, 0},
		{"the value alone", escapedText, guid.NotLogRecord, 0},
		{"bad digit", strings.Replace(logLine, "96f", "9Gf", 1), guid.BadHex, at + 6},
		{"bad digit behind a wrap", strings.Replace(logLine, `\96f`, "\r\n> \\9Gf", 1), guid.BadHex, at + 10},
		{"bad digit behind a blank", strings.Replace(logLine, `\96f`, " \\9Gf", 1), guid.BadHex, at + 7},
		{"bad digit in quotes", strings.Replace(logLine, escapedText+".", "\"C\\0Z\".", 1), guid.BadHex, at + 4},
		{"fifteen", strings.Replace(logLine, "5B7", "5B", 1), guid.NotSixteenBytes, at},
		{"no value", strings.Replace(logLine, escapedText, "", 1), guid.Empty, at},
		{"cut", logLine[:at+6] + "\r\n", guid.ShortEscape, at + 4},
		{"cut before the value", logLine[:at-1], guid.Empty, at - 1},
		{"cut and wrapped before the value", "\n" + logLine[:at-1], guid.Empty, at},
		{"dangling", strings.Replace(logLine, `\5B7`, `\`, 1), guid.DanglingBackslash, at + 32},
	} {
		rec, err := guid.ParseLogLine(c.text)
		e, failed := errors.AsType[*guid.SyntaxError](err)
		require.True(t, failed, c.name)
		require.Equal(t, c.code, e.Code, c.name)
		require.Equal(t, c.offset, e.Offset, c.name)
		require.Equal(t, guid.ExMerge, e.Form, c.name)
		require.Zero(t, rec.GUID, c.name)
		if c.code != guid.NotLogRecord {
			require.Equal(t, "14:13:08", rec.Time, "%s: what can be read is kept", c.name)
		}
	}
}

func TestLogNotes(t *testing.T) {
	all := guid.Joined | guid.SpaceRemoved | guid.NoBracket | guid.NoTime | guid.NoDN | guid.NoPeriod | guid.InProse
	require.Equal(t, "joined+space-removed+no-bracket+no-time+no-dn+no-period+in-prose", all.String())
	require.Empty(t, guid.LogNotes(0).Words())
	require.Equal(t, []string{"no-period"}, guid.NoPeriod.Words())
}

// found is what matters of a record and its error.
type found struct {
	Line   int
	Offset int64
	Day    int
	GUID   guid.GUID
	DN     string
	Notes  guid.LogNotes
	Err    string
}

func readLog(r *guid.LogReader) []found {
	var all []found
	for rec, err := range r.Records() {
		f := found{rec.Line, rec.Offset, rec.Day, rec.GUID, rec.LegacyExchangeDN, rec.Notes, ""}
		if err != nil {
			f.Err = err.Error()
		}
		all = append(all, f)
	}
	return all
}

func TestLogReader(t *testing.T) {
	bad := strings.Replace(logLine, "96f", "9Zf", 1)
	later := strings.Replace(logLine, "14:13:08", "01:07:55", 1)
	for _, c := range []struct {
		name, text     string
		lines, skipped int
		want           []found
	}{
		{"empty", "", 0, 0, nil},
		{"one, no line break", logLine, 1, 0, []found{{1, 0, 0, mailbox, name, 0, ""}}},
		{
			"among others",
			"[14:13:07] Checking service 'MSEMS'\r\n" + logLine + "\r\n[14:13:09] Error! Another.\r\n\r\n", 4, 3,
			[]found{{2, 37, 0, mailbox, name, 0, ""}},
		},
		{
			"a bad one does not stop the next",
			bad + "\n" + logLine + "\n", 2, 0,
			[]found{
				{1, 0, 0, guid.GUID{}, name, 0, "guid: log line 1: exmerge: bad hex digit 'Z' at 76"},
				{2, int64(len(bad)) + 1, 0, mailbox, name, 0, ""},
			},
		},
		{
			"the clock goes back twice",
			logLine + "\n[00:00:01] New day\n" + later + "\n00:30:00] Again\n" + logLine + "\n14:13:07 no clock\n", 6, 3,
			[]found{
				{1, 0, 0, mailbox, name, 0, ""},
				{3, int64(len(logLine)) + 20, 1, mailbox, name, 0, ""},
				{5, int64(len(logLine)*2) + 37, 2, mailbox, name, 0, ""},
			},
		},
		{
			"no full stop, then a new line",
			strings.TrimSuffix(logLine, ".") + "\n" + logLine[1:] + "\n", 2, 0,
			[]found{
				{1, 0, 0, mailbox, name, guid.NoPeriod, ""},
				{2, int64(len(logLine)), 0, mailbox, name, guid.NoBracket, ""},
			},
		},
		{
			"no full stop, then prose",
			strings.TrimSuffix(logLine, ".") + "\nThen you create a user.\n", 2, 1,
			[]found{{1, 0, 0, mailbox, name, guid.NoPeriod, ""}},
		},
		{
			"wrapped everywhere, quoted",
			"> " + strings.NewReplacer("] ", "]\n> ", "Error! ", "Error!\n> ", " the user", "\n> the user", "Guid ", "Guid\n> ",
				`\3BD`, "\n> \\3BD", ". The", ".\n> The", " is ", " is\n> ", "FIRST ", "FIRST\n> ").Replace(logLine) + "\n> \n", 10, 1,
			[]found{{1, 0, 0, mailbox, name, guid.Joined | guid.SpaceRemoved, ""}},
		},
		{
			"the last word of the name wrapped",
			strings.Replace(logLine, "/CN=ANNA.", "/CN=\nANNA.", 1) + "\nnext\n", 3, 1,
			[]found{{1, 0, 0, mailbox, name, guid.Joined, ""}},
		},
		{
			"an article: the value without its sentence is no record",
			"Take " + escapedText + " as the msExchMailboxGuid\n\n" + logLine + "\n\nProblem: see /O=x\n", 5, 4,
			[]found{{3, 68, 0, mailbox, name, 0, ""}},
		},
		{
			"two on one line",
			logLine + " " + later, 1, 0,
			[]found{
				{1, 0, 0, mailbox, name, 0, ""},
				{1, 0, 0, mailbox, name, guid.InProse, ""},
			},
		},
		{
			"never ends",
			"[14:13:08] " + sentence + strings.Repeat("\nand so on", 20), 21, 5,
			[]found{{1, 0, 0, guid.GUID{}, "", guid.Joined | guid.SpaceRemoved | guid.NoDN,
				"guid: log line 1: exmerge: 105 bytes, want 16 at 71"}},
		},
		{
			"a line with an article's word, wrapped",
			"with the msExchMailboxGuid\n" + logLine, 2, 1,
			[]found{{2, 27, 0, mailbox, name, 0, ""}},
		},
		{
			"Error! at the end of a line that has nothing to do with it",
			"[14:13:07] Error!\n" + logLine + "\nError!\nsomething\n", 4, 3,
			[]found{{2, 18, 0, mailbox, name, 0, ""}},
		},
	} {
		for _, source := range []io.Reader{
			strings.NewReader(c.text),
			iotest.OneByteReader(strings.NewReader(c.text)),
			iotest.DataErrReader(strings.NewReader(c.text)),
		} {
			r := guid.NewLogReader(source)
			if diff := cmp.Diff(c.want, readLog(r)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", c.name, diff)
			}
			require.Equal(t, []int{c.lines, c.skipped}, []int{r.Lines(), r.Skipped()}, c.name)
			if n := len(c.want); n > 0 {
				require.Equal(t, c.want[n-1].Day, r.Days(), c.name)
			}
			require.Empty(t, readLog(r), "%s: records after the end", c.name)
		}
	}
}

// TestLogReaderOffsets: a record's Raw is the input at its Offset, and an
// error's place is in it.
func TestLogReaderOffsets(t *testing.T) {
	text := "\ufeffhead\r\n" + strings.Replace(logLine, `\3BD`, "\r\n\\3BD", 1) + "\r\n" + strings.Replace(logLine, "96f", "9Zf", 1)
	n := 0
	for rec, err := range guid.NewLogReader(strings.NewReader(text)).Records() {
		n++
		require.Equal(t, rec.Raw, text[rec.Offset:][:len(rec.Raw)])
		if e, failed := errors.AsType[*guid.SyntaxError](err); failed {
			require.Equal(t, byte('Z'), text[int(rec.Offset)+e.Offset])
			n++
		}
	}
	require.Equal(t, 3, n)
}

func TestLogReaderLongLines(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	text := long + "\n" + logLine + "\n" + long
	r := guid.NewLogReader(strings.NewReader(text))
	want := []found{
		{1, 0, 0, guid.GUID{}, "", 0, "guid: log line 1: is longer than 64 KiB: skipped"},
		{2, 200_001, 0, mailbox, name, 0, ""},
		{3, int64(200_002 + len(logLine)), 0, guid.GUID{}, "", 0, "guid: log line 3: is longer than 64 KiB: skipped"},
	}
	if diff := cmp.Diff(want, readLog(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, err := range guid.NewLogReader(strings.NewReader(text)).Records() {
		require.ErrorIs(t, err, bufio.ErrTooLong)
		break
	}
	// The name of a message does not go on in a line that is too long.
	r = guid.NewLogReader(strings.NewReader(strings.TrimSuffix(logLine, ".") + "\n" + long))
	require.Equal(t, name, readLog(r)[0].DN)
	// Nor in lines that together would be.
	r = guid.NewLogReader(strings.NewReader("[14:13:08] " + sentence + "\n" + strings.Repeat(long[:60_000]+"\n", 3)))
	require.Equal(t, []int{1, 4, 2}, []int{len(readLog(r)), r.Lines(), r.Skipped()})
}

func TestLogReaderResume(t *testing.T) {
	r := guid.NewLogReader(strings.NewReader(logLine + " " + logLine + "\n" + logLine))
	n := 0
	for range 3 {
		for rec, err := range r.Records() {
			require.NoError(t, err)
			require.Equal(t, mailbox, rec.GUID)
			n++
			break
		}
	}
	require.Equal(t, 3, n)
	require.Empty(t, readLog(r))
}

func TestLogReaderSourceError(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, front := range []string{"", logLine + "\n", strings.TrimSuffix(logLine, ".")} {
		r := guid.NewLogReader(io.MultiReader(strings.NewReader(front), iotest.ErrReader(broken)))
		var errs []error
		n := 0
		for rec, err := range r.Records() {
			if err != nil {
				errs = append(errs, err)
			}
			if rec.GUID == mailbox {
				n++
			}
		}
		require.Len(t, errs, 1, "%q", front)
		require.ErrorIs(t, errs[0], broken)
		e, isLog := errors.AsType[*guid.LogError](errs[0])
		require.True(t, isLog)
		require.Equal(t, int64(len(front)), e.Offset)
		require.Equal(t, front != "", n == 1, "what was read before the error")
		require.Empty(t, readLog(r), "the error comes once")
	}
}

// TestLogReaderLinear: time and memory stay linear, whatever the shape. A minute is a hundred times what it takes, and a
// small part of what it took when it was not.
func TestLogReaderLinear(t *testing.T) {
	for _, unit := range []string{"Error!\n", sentence, sentence + "\n", "[14:13:08]\n", logLine[:90] + "\n", "x\n", "\n", "> > >\n"} {
		text := bytes.Repeat([]byte(unit), (1<<20)/len(unit))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		for range guid.NewLogReader(bytes.NewReader(text)).Records() {
		}
		require.Less(t, time.Since(start), time.Minute, "%q", unit)
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200*len(text)), "%q", unit)
	}
	// One wrapped message of a million lines.
	text := "[14:13:08] " + sentence + strings.Repeat("\nA", 1<<20)
	start := time.Now()
	_, err := guid.ParseLogLine(text)
	require.ErrorIs(t, err, guid.NotSixteenBytes)
	require.Less(t, time.Since(start), time.Minute)
}

// checkLog holds one text to the laws of LogReader.
func checkLog(t testing.TB, text string) {
	t.Helper()
	r := guid.NewLogReader(strings.NewReader(text))
	var all []found
	lines := 0
	for rec, err := range r.Records() {
		require.GreaterOrEqual(t, rec.Line, lines, "%q", text)
		lines = rec.Line
		require.Equal(t, strings.Count(text[:rec.Offset], "\n")+1, rec.Line, "%q", text)
		require.True(t, strings.HasPrefix(text[rec.Offset:], rec.Raw), "%q", text)
		if e, failed := errors.AsType[*guid.SyntaxError](err); failed {
			require.Zero(t, rec.GUID, "%q", text)
			require.LessOrEqual(t, e.Offset, len(rec.Raw), "%q", text)
		} else if err == nil {
			g, err := guid.ParseForm(rec.Text, guid.ExMerge)
			require.NoError(t, err, "%q", text)
			require.Equal(t, g, rec.GUID, "%q", text)
		}
		f := found{rec.Line, rec.Offset, rec.Day, rec.GUID, rec.LegacyExchangeDN, rec.Notes, ""}
		if err != nil {
			f.Err = err.Error()
		}
		all = append(all, f)
	}
	want := strings.Count(text, "\n")
	if text != "" && text[len(text)-1] != '\n' {
		want++
	}
	require.Equal(t, want, r.Lines(), "%q", text)
	require.LessOrEqual(t, r.Skipped(), r.Lines(), "%q", text)
	again := readLog(guid.NewLogReader(iotest.OneByteReader(strings.NewReader(text))))
	if diff := cmp.Diff(all, again); diff != "" {
		t.Fatalf("%q, whole and byte by byte (-whole +bytes):\n%s", text, diff)
	}
	if len(all) > 0 {
		_, err := guid.ParseLogLine(text)
		require.NotErrorIs(t, err, guid.NotLogRecord, "%q", text)
	}
}

// TestLogReaderMutations changes, drops and adds pieces of a good log.
func TestLogReaderMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"\n", "\r\n", "\n> ", "[", "]", ".", " ", "\\", "Error! ", "[00:00:00] ", sentence, escapedText,
		". The legacyExchangeDN is ", "/CN=", "\x00", "\u00e9", "\ufeff"}
	for range 5000 {
		text := logLine + "\r\n" + logLine[1:] + "\n"
		for range 1 + random.IntN(5) {
			i := random.IntN(len(text) + 1)
			switch j := min(len(text), i+random.IntN(12)); random.IntN(3) {
			case 0:
				text = text[:i] + text[j:]
			default:
				text = text[:i] + pieces[random.IntN(len(pieces))] + text[i:]
			}
		}
		checkLog(t, text)
	}
}

// TestLogManyMessages has many messages in one text, behind many blanks: what stands before a message is not looked at
// again for each.
func TestLogManyMessages(t *testing.T) {
	text := strings.Repeat("\ufeff", 200_000) + strings.Repeat("Cannot identify the user with the msExchMailboxGuid ", 20_000)
	rec, err := guid.ParseLogLine(text)
	require.ErrorIs(t, err, guid.Empty)
	require.Equal(t, guid.NoTime|guid.NoDN, rec.Notes)
}
