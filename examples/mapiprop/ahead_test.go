//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAhead has two pipes, of which the second must be open before anything comes out of the first: with two workers they
// are read at the same time, and printed in their order all the same.
func TestAhead(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	require.NoError(t, syscall.Mkfifo(first, 0o600))
	require.NoError(t, syscall.Mkfifo(second, 0o600))
	go func() {
		for i, name := range []string{second, first} {
			f, err := os.OpenFile(name, os.O_WRONLY, 0) // waits for a reader
			if err != nil {
				return
			}
			fmt.Fprintf(f, "PidLidTimeZoneStruct: %02d%s\n", i, strings.Repeat("00", 47))
			f.Close()
		}
	}()
	type result struct {
		out, errs string
		status    int
	}
	done := make(chan result, 1)
	go func() {
		out, errs, status := runWith("", "inspect", "-j", "2", "-out", "json", first, second)
		done <- result{out, errs, status}
	}()
	select {
	case r := <-done:
		require.Equal(t, exitOK, r.status, r.errs)
		lines := strings.Split(r.out, "\n")
		require.Len(t, lines, 3)
		require.Contains(t, lines[0], `/a"`)
		require.Contains(t, lines[1], `/b"`)
	case <-time.After(time.Minute):
		t.Fatal("the second file is not read before the first has ended")
	}
}

// TestVanishing has a folder some of whose files are gone, unreadable or broken by the time they are read: each has a line
// of its own, and the others are read.
func TestVanishing(t *testing.T) {
	dir := t.TempDir()
	const files = 40
	for i := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), []byte("PidLidTimeZoneStruct: "+strings.Repeat("00", 48)+"\n"), 0o644))
	}
	gone := filepath.Join(dir, "07.txt")
	require.NoError(t, os.Remove(gone))
	require.NoError(t, os.Symlink(filepath.Join(dir, "nowhere"), gone))
	cut := filepath.Join(dir, "08.txt")
	require.NoError(t, os.WriteFile(cut, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "09.txt"), nil, 0o644))
	for _, jobs := range []string{"1", "2", "7"} {
		out, errs, status := runWith("", "inspect", "-j", jobs, "-out", "json", dir)
		require.Equal(t, exitFile, status)
		require.Equal(t, files, strings.Count(out, "\n"), "a line for each file")
		require.Contains(t, errs, fmt.Sprintf("%d blobs decoded, 0 with findings, 3 skipped", files-3))
	}
}
