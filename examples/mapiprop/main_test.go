package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// runWith runs the program with some standard input and returns what it printed.
func runWith(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	e := env{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs, terminal: func(io.Writer) bool { return false }}
	status = run(e, args)
	return out.String(), errs.String(), status
}

// manyBlobs returns n lines, every third of them damaged, each with a bias that tells it from the others.
func manyBlobs(n int) string {
	var b strings.Builder
	for i := range n {
		blob := make([]byte, 48)
		blob[0], blob[1] = byte(i), byte(i>>8)
		if i%3 == 0 {
			blob = blob[:40]
		}
		fmt.Fprintln(&b, hex.EncodeToString(blob))
	}
	return b.String()
}

// TestOrder holds the output to the order of the input, whatever the number of workers.
func TestOrder(t *testing.T) {
	in := manyBlobs(1000)
	want, _, status := runWith(in, "decode", "tzstruct", "-out", "json", "-j", "1")
	require.Equal(t, exitFinding, status)
	require.Equal(t, 1000, strings.Count(want, "\n"))
	for _, jobs := range []string{"2", "3", "16"} {
		got, stderr, status := runWith(in, "decode", "tzstruct", "-out", "json", "-j", jobs)
		require.Equal(t, exitFinding, status)
		require.Equal(t, want, got, "%s workers", jobs)
		require.Contains(t, stderr, "1000 blobs decoded, 334 with findings")
	}
}

// TestStrict stops at the first Error, whatever the workers have done since.
func TestStrict(t *testing.T) {
	in := strings.Repeat(strings.Repeat("00", 48)+"\n", 500) + "00\n" + strings.Repeat(strings.Repeat("00", 48)+"\n", 500)
	for _, jobs := range []string{"1", "4"} {
		out, _, status := runWith(in, "decode", "tzstruct", "-out", "json", "-strict", "-j", jobs)
		require.Equal(t, exitFinding, status)
		require.Equal(t, 501, strings.Count(out, "\n"), "%s workers", jobs)
	}
}

// fullPipe takes some bytes and then fails.
type fullPipe struct {
	left int
	err  error
}

func (p *fullPipe) Write(b []byte) (int, error) {
	if len(b) > p.left {
		return p.left, p.err
	}
	p.left -= len(b)
	return len(b), nil
}

func TestBrokenOutput(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want int
	}{
		{"a reader that has seen enough", &os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}, exitOK},
		{"a full disk", errors.New("no space left on device"), exitFile},
	} {
		for _, args := range [][]string{{"decode", "tzstruct", "-out", "json"}, {"guid", "00062002-0000-0000-C000-000000000046"},
			{"codes"}, {"kinds"}, {"forms"}, {"help"}, {"help", "expand"}} {
			t.Run(tt.name+"/"+args[0], func(t *testing.T) {
				var stderr bytes.Buffer
				e := env{stdin: strings.NewReader(manyBlobs(5000)), stdout: &fullPipe{100, tt.err}, stderr: &stderr,
					terminal: func(io.Writer) bool { return false }}
				require.Equal(t, tt.want, run(e, args))
				require.Equal(t, tt.want == exitFile, strings.Contains(stderr.String(), "no space left"), stderr.String())
			})
		}
	}
}

// TestUnreadable gives a file that cannot be read beside one with an error and one that is good: all that can be read is
// printed, and the status is the file's.
func TestUnreadable(t *testing.T) {
	out, _, status := runWith("", "decode", "tzdef", "-out", "json", "testdata/not-there", "testdata/blobs.hex")
	require.Equal(t, exitFile, status)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 5)
	var first struct{ Source, Error string }
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &first))
	require.Equal(t, "testdata/not-there", first.Source)
	require.Contains(t, first.Error, "no such file")
}

// TestUnreadableLog has a log that breaks off: that is the file's status, beside which a bad line does not count.
func TestUnreadableLog(t *testing.T) {
	bad := "[14:13:08] Error! Cannot identify the user with the msExchMailboxGuid C\\03Z. The legacyExchangeDN is /O=A.\n"
	for err, want := range map[error]int{io.EOF: exitFinding, errors.New("broken"): exitFile} {
		var out, errs bytes.Buffer
		e := env{stdin: io.MultiReader(strings.NewReader(bad), iotest.ErrReader(err)), stdout: &out, stderr: &errs, terminal: func(io.Writer) bool { return false }}
		require.Equal(t, want, run(e, []string{"guid", "-log", "-"}), err)
		require.Contains(t, out.String(), "bytes, want 16")
	}
}

// TestManyRules decodes a definition with findings in every one of two thousand rules: each stands below its rule.
func TestManyRules(t *testing.T) {
	const rules = 2000
	blob := []byte{2, 1, 6, 0, 2, 0, 0, 0, rules & 0xFF, rules >> 8}
	for i := range rules {
		rule := make([]byte, 66)
		rule[0], rule[1], rule[2], rule[6], rule[7], rule[36] = 2, 1, 0x3E, byte(i), byte(i>>8), 99
		blob = append(blob, rule...)
	}
	out, _, _ := runWith(hex.EncodeToString(blob)+"\n", "decode", "tzdef")
	at := strings.Index(out, "\n  from 1999: ")
	require.Positive(t, at)
	require.Contains(t, out[at:], "TZRules[1999].stStandardDate.wMonth")
	require.NotContains(t, out[:at], "TZRules[1999].stStandardDate.wMonth")
}

// TestJSONLines feeds inspect its own output: it says the same the second time, to the byte, and with the same exit
// status, whatever was wrong with the dumps.
func TestJSONLines(t *testing.T) {
	const meetings, damaged = "testdata/dumps/meetings.xml", "testdata/dumps/damaged.xml"
	prose := filepath.Join(t.TempDir(), "prose.txt")
	require.NoError(t, os.WriteFile(prose, []byte("no blob here\n0102ZZ\n"), 0o644))
	for _, files := range [][]string{{meetings}, {damaged}, {meetings, damaged}, {damaged, damaged}, {prose, damaged}, {"testdata/blobs.hex"}} {
		for _, flags := range [][]string{{"-all"}, nil, {"-all", "-fields"}} {
			args := append(append([]string{"inspect", "-out", "json"}, flags...), files...)
			first, said, status := runWith("", args...)
			require.NotEmpty(t, first)
			args = append([]string{"inspect", "-out", "json", "-in", "jsonl"}, flags...)
			second, saidAgain, again := runWith(first, args...)
			require.Empty(t, cmp.Diff(first, second), "%v", args)
			require.Equal(t, status, again, "%v %v", files, flags)
			if flags != nil { // without -all the first run counts what it does not write
				require.Equal(t, said, saidAgain, "%v %v", files, flags)
			}
		}
	}
}

// TestColor paints severities, headings and fields and nothing else, and only where it is asked to.
func TestColor(t *testing.T) {
	plain, _, _ := runWith("", "inspect", "testdata/dumps/damaged.xml")
	painted, _, _ := runWith("", "inspect", "-color", "on", "testdata/dumps/damaged.xml")
	require.NotContains(t, plain, "\x1b")
	require.Contains(t, painted, "\x1b[31merror\x1b[0m")
	for _, code := range []string{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[31m", "\x1b[33m", "\x1b[36m"} {
		painted = strings.ReplaceAll(painted, code, "")
	}
	require.Equal(t, strings.Fields(plain), strings.Fields(painted))
}

// TestHostileText keeps what a dump says from talking to the terminal.
func TestHostileText(t *testing.T) {
	name := []byte("\x1b\x00]\x000\x00;\x00p\x00w\x00n\x00\x07\x00")
	blob := append([]byte{2, 1, byte(6 + len(name)), 0, 2, 0, byte(len(name) / 2), 0}, name...)
	blob = append(blob, 0, 0)
	for _, out := range []string{"text", "json", "hex"} {
		got, _, _ := runWith(hex.EncodeToString(blob), "decode", "tzdef", "-out", out)
		require.NotContains(t, got, "\x1b", out)
		require.NotContains(t, got, "\x07", out)
		require.Contains(t, got, "pwn", out)
	}
}

func TestProgress(t *testing.T) {
	_, quiet, _ := runWith(manyBlobs(1000), "decode", "tzstruct")
	require.Equal(t, 1, strings.Count(quiet, "\n"), "one line on stderr: %q", quiet)
	file := filepath.Join(t.TempDir(), "blobs.hex")
	require.NoError(t, os.WriteFile(file, []byte(manyBlobs(1000)), 0o644))
	_, loud, _ := runWith("", "decode", "tzstruct", "-progress", "on", file)
	require.Contains(t, loud, "blobs.hex")
	require.Contains(t, loud, "1000 blobs decoded")
}

// TestFlagsAnywhere takes flags before, between and behind the files, and what stands behind -- for files.
func TestFlagsAnywhere(t *testing.T) {
	want, _, _ := runWith("", "decode", "tzdef", "-out", "json", "testdata/blobs.hex")
	got, _, _ := runWith("", "decode", "tzdef", "testdata/blobs.hex", "-out", "json")
	require.Equal(t, want, got)
	out, _, status := runWith("", "decode", "tzdef", "-out", "json", "--", "-in")
	require.Equal(t, exitFile, status)
	require.Contains(t, out, `"source":"-in"`)
}

// TestRaw reads a file of bytes as one blob, and standard input too.
func TestRaw(t *testing.T) {
	blob := make([]byte, 48)
	blob[0] = 60
	file := filepath.Join(t.TempDir(), "zone.bin")
	require.NoError(t, os.WriteFile(file, blob, 0o644))
	for _, args := range [][]string{{file}, {"-in", "raw", file}} {
		out, _, status := runWith("", append([]string{"decode", "tzstruct", "-out", "json"}, args...)...)
		require.Equal(t, exitOK, status)
		require.Contains(t, out, `"size":48,"value":{"bias":60,`)
	}
	out, _, status := runWith(string(blob), "decode", "tzstruct", "-in", "raw", "-out", "json")
	require.Equal(t, exitOK, status)
	require.Contains(t, out, `"bias":60`)
}

// TestFolders reads what can be read in a folder and says what it passes over: nothing disappears.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	blob := filepath.Join(dir, "a.txt")
	require.NoError(t, os.WriteFile(blob, []byte("PidLidTimeZoneStruct: "+strings.Repeat("00", 48)+"\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.gz"), []byte("\x1f\x8b\x08\x00\x00"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "c.md"), []byte("no dump\n"), 0o644))
	require.NoError(t, os.Symlink(blob, filepath.Join(dir, "d.txt")))
	require.NoError(t, os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "e.txt")))
	require.NoError(t, os.Symlink(t.TempDir(), filepath.Join(dir, "f")))
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(dir, link))
	for _, root := range []string{dir, link} {
		out, stderr, status := runWith("", "inspect", "-out", "json", root)
		require.Equal(t, exitFile, status, "a link that leads nowhere cannot be read")
		require.Contains(t, stderr, "2 blobs decoded")
		require.Contains(t, stderr, "4 skipped")
		for _, name := range []string{"b.gz", "c.md", "e.txt", "/f\""} {
			require.Contains(t, out, name)
		}
	}
	require.NoError(t, os.Remove(filepath.Join(dir, "e.txt")))
	_, _, status := runWith("", "inspect", dir)
	require.Equal(t, exitOK, status, "a folder may hold files that are no dumps")
	_, _, status = runWith("", "inspect", filepath.Join(dir, "b.gz"))
	require.Equal(t, exitFile, status, "a file that is asked for may not")
	_, _, status = runWith("", "inspect", filepath.Join(dir, "c.md"))
	require.Equal(t, exitFinding, status)
	_, _, status = runWith("", "decode", "tzstruct", dir)
	require.Equal(t, exitFile, status, "decode takes files")
}

// TestDecodeText does not take text for bytes: what is no line of hex or base64 is an error, not a strange time zone.
func TestDecodeText(t *testing.T) {
	for _, in := range []string{"0102\n", "\n", "\n\n0201\n", "\"TZI\"=hex:c4,ff,ff,ff\n", "00000000: 0201 0600 0200\n", "so it says here\n"} {
		out, _, status := runWith(in, "decode", "tzdef", "-out", "json")
		require.Equal(t, exitFinding, status, "%q", in)
		require.NotContains(t, out, `"rules":[{`, "%q", in)
		require.NotRegexp(t, `"size":([5-9]|\d\d)`, out, "%q: the characters are not the bytes", in)
	}
}

// TestErrorProperty names a property whose value could not be had, though its type is lost.
func TestErrorProperty(t *testing.T) {
	in := `<property tag = "0x1009000A" type = "PT_ERROR" ><Name>PR_RTF_COMPRESSED</Name><Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value></property>`
	out, _, _ := runWith(in, "inspect", "-all", "-out", "json")
	require.Contains(t, out, `"canonical":"PidTagRtfCompressed"`)
}

// TestGUIDLogUTF16 reads a log that PowerShell has redirected, and gives no offsets into a file it has not seen so.
func TestGUIDLogUTF16(t *testing.T) {
	plain, err := os.ReadFile("testdata/exmerge.log")
	require.NoError(t, err)
	wide := []byte{0xFF, 0xFE}
	for _, c := range plain {
		wide = append(wide, c, 0)
	}
	for _, in := range [][]byte{wide, wide[2:]} {
		out, stderr, status := runWith(string(in), "guid", "-log", "-out", "json")
		require.Equal(t, exitFinding, status)
		require.Contains(t, out, "{540EA739-5B71-4BDE-8EF1-203A7A6BC490}")
		require.NotContains(t, out, `"offset"`)
		require.Contains(t, stderr, "1 mailbox GUID, 1 unreadable")
	}
	ansi := strings.ReplaceAll(string(plain), "CN=ALICE", "CN=REN\xc9E")
	out, _, _ := runWith(ansi, "guid", "-log", "-out", "json")
	require.Contains(t, out, `"legacyExchangeDNBytes":"`+hex.EncodeToString([]byte("/O=FABRIKAM/OU=NORTH/CN=RECIPIENTS/CN=REN\xc9E"))+`"`)
}
