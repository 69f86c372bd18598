package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
)

// settingsLine is the body of a message with settings, as a JSON line.
func settingsLine(t *testing.T, xml string) string {
	raw, err := mapi.String(xml).AppendBinary(nil)
	require.NoError(t, err)
	class, err := mapi.String("IPM.Microsoft.OOF.UserOofSettings").AppendBinary(nil)
	require.NoError(t, err)
	return fmt.Sprintf("{\"item\":\"m\",\"tag\":\"0x001A001F\",\"hex\":\"%x\"}\n{\"item\":\"m\",\"tag\":\"0x1000001F\",\"hex\":\"%x\"}\n", class, raw)
}

// TestSettingsOffset: findings in settings have offsets in the bytes of the value, which is UTF-16.
func TestSettingsOffset(t *testing.T) {
	const xml = "<UserOofSettings><InternalReply><Message>é😀</Message></InternalReply><ExternalReply/><OofState>enabled</OofState></UserOofSettings>"
	out, _, status := runWith(settingsLine(t, xml), "inspect", "-in", "jsonl", "-out", "json")
	require.Equal(t, exitFinding, status)
	var line struct {
		Raw      string
		Settings struct{ OofState string }
		Findings []struct {
			Code, Path string
			Offset     int
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &line), out)
	require.Equal(t, "enabled", line.Settings.OofState)
	require.Len(t, line.Findings, 1)
	require.Equal(t, "PidTagBody.UserOofSettings.OofState", line.Findings[0].Path)
	require.True(t, strings.HasPrefix(line.Raw[2*line.Findings[0].Offset:], "65006e00610062006c0065006400"), "at 0x%X", line.Findings[0].Offset)
	out, _, _ = runWith(settingsLine(t, "plain text"), "inspect", "-in", "jsonl")
	require.NotContains(t, out, "OofState")
}

// TestReferenceTime reads times as people write them.
func TestReferenceTime(t *testing.T) {
	clock := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	e := env{now: func() time.Time { return clock }}
	for in, want := range map[string]time.Time{"now": clock, "none": {}, "2008-07-08": time.Date(2008, 7, 8, 0, 0, 0, 0, time.UTC),
		"2008-07-08T12:00": time.Date(2008, 7, 8, 12, 0, 0, 0, time.UTC), "2008-07-08 12:00": time.Date(2008, 7, 8, 12, 0, 0, 0, time.UTC),
		"2008-07-08T12:00:01": time.Date(2008, 7, 8, 12, 0, 1, 0, time.UTC), "2008-07-08T12:00+02:00": time.Date(2008, 7, 8, 10, 0, 0, 0, time.UTC),
		"2008-07-08T12:00:00.5-01:00": time.Date(2008, 7, 8, 13, 0, 0, 5e8, time.UTC)} {
		got, err := referenceTime(e, in)
		require.NoError(t, err, in)
		require.True(t, want.Equal(got), "%s: %v", in, got)
	}
	got, err := referenceTime(env{}, "now")
	require.NoError(t, err)
	require.Less(t, time.Since(got).Abs(), time.Minute)
	for _, in := range []string{"", "tomorrow", "2008", "2008-02-30", "12:00"} {
		_, err := referenceTime(e, in)
		require.Error(t, err, in)
	}
}

// TestOOFStatus: an Error of the verdict, or of the dump, makes the status 1, a file that is not there 3; a full disk too, and a
// reader that has seen enough 0.
func TestOOFStatus(t *testing.T) {
	good := settingsLine(t, "<UserOofSettings><InternalReply/><ExternalReply/></UserOofSettings>")
	for _, tt := range []struct {
		in   string
		args []string
		want int
	}{
		{good, nil, exitOK},
		{settingsLine(t, "<UserOofSettings/>"), nil, exitFinding},
		{good + "{broken\n", nil, exitFinding},
		{good, []string{"-", "not-there.xml"}, exitFile},
		{"{broken\n" + good, []string{"-strict"}, exitFinding},
		{good, []string{"-at", "x"}, exitUsage},
		{good, []string{"-out", "smartview"}, exitUsage},
		{good, []string{"-in", "raw"}, exitUsage},
	} {
		out, stderr, status := runWith(tt.in, append([]string{"oof", "-in", "jsonl", "-at", "2008-07-08"}, tt.args...)...)
		require.Equal(t, tt.want, status, "%v: %s%s", tt.args, out, stderr)
		if len(tt.args) > 0 && tt.args[0] == "-strict" {
			require.Contains(t, stderr, "0 items")
		}
	}
	for err, want := range map[error]int{&os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}: exitOK, io.ErrShortWrite: exitFile} {
		var stderr bytes.Buffer
		e := env{stdin: strings.NewReader(good), stdout: &fullPipe{10, err}, stderr: &stderr, terminal: func(io.Writer) bool { return false }}
		require.Equal(t, want, run(e, []string{"oof", "-in", "jsonl"}), stderr.String())
	}
}
