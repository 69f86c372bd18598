package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// machinePath is a place on somebody's machine. It is put together so that this file is not one of those it finds.
var machinePath = regexp.MustCompile(`(?m)(^|[^\w.~/-])(/` + `(work|root|home/\w+|Users/\w+)/|[A-Z]:\\` + `Users\\\w)[\w.-]`)

// TestPaths: no committed file says where it was made.
func TestPaths(t *testing.T) {
	list, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Skip("not a clone: ", err)
	}
	names := strings.Split(strings.TrimRight(string(list), "\x00"), "\x00")
	require.Greater(t, len(names), 50)
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // deleted, and not committed yet
		}
		require.NoError(t, err)
		if at := machinePath.FindIndex(b); at != nil {
			line := 1 + bytes.Count(b[:at[0]], []byte("\n"))
			t.Errorf("%s:%d: %q is a place on one machine", name, line, b[at[0]:at[1]])
		}
	}
}

func TestMachinePath(t *testing.T) {
	for text, want := range map[string]bool{
		"cd /" + "work/main": true, "\"/" + "root/.cache\"": true, "/" + "home/ann/x": true, "C:\\" + "Users\\ann": true,
		"examples/home/x": false, "../home/x": false, "https://example.org/root/x": false, "/work": false,
	} {
		require.Equal(t, want, machinePath.MatchString(text), text)
	}
}
