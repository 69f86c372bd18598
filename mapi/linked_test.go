package mapi_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTablesAreNotLinked builds small programs and looks for the tables of the registry in them: a program carries those
// alone that it asks.
func TestTablesAreNotLinked(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil || testing.Short() {
		t.Skip("needs the go command and some seconds")
	}
	tables := []struct{ name, mark string }{
		{"tags", "\n0037001F PidTagSubject "}, {"address books", "\n800F101F "}, {"named", "PidLidAppointmentRecur dispidApptRecur"},
		{"errors", "\n8004010F MAPI_E_NOT_FOUND"}, {"flags", "=MSGFLAG_HASATTACH;"}, {"code pages", "ΑΒΓΔΕΖΗΘ"},
	}
	for _, tc := range []struct{ name, imports, body, linked string }{
		{"blobs", `"os"; "github.com/mapiprop/mapiprop/recur"; "github.com/mapiprop/mapiprop/tzdef"`,
			`_, err := tzdef.Decode([]byte(os.Args[0])); _, err2 := recur.Decode([]byte(os.Args[0])); println(err.Error(), err2.Error())`, ""},
		{"constants", `"github.com/mapiprop/mapiprop/mapi"`, `println(mapi.PidTagSubject.String())`, ""},
		{"times", `"os"; "github.com/mapiprop/mapiprop/mapi"`, `println(mapi.FileTime(len(os.Args)).String())`, ""},
		{"values", `"os"; "github.com/mapiprop/mapiprop/mapi"`,
			`v, _ := mapi.ParseRaw(mapi.PropType(len(os.Args)), []byte(os.Args[0])); println(v.String())`, "errors, code pages"},
		{"names", `"os"; "github.com/mapiprop/mapiprop/mapi"`, `println(mapi.NameOf(mapi.PropTag(len(os.Args))))`, "tags"},
		{"words", `"os"; "github.com/mapiprop/mapiprop/mapi"`,
			`w, _ := mapi.Words(mapi.Prop{Tag: mapi.PropTag(len(os.Args)), Value: mapi.Integer32(1)}); println(len(w))`, "flags"},
	} {
		dir := t.TempDir()
		main := filepath.Join(dir, "main.go")
		require.NoError(t, os.WriteFile(main, []byte("package main\nimport ("+tc.imports+")\nfunc main() { "+tc.body+" }\n"), 0o666))
		program := filepath.Join(dir, "program")
		cmd := exec.Command(goTool, "build", "-ldflags=-s -w", "-o", program, main)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		b, err := os.ReadFile(program)
		require.NoError(t, err)
		var linked []string
		for _, table := range tables {
			if bytes.Contains(b, []byte(table.mark)) {
				linked = append(linked, table.name)
			}
		}
		if got := strings.Join(linked, ", "); got != tc.linked {
			t.Errorf("a program for %s carries %q, want %q", tc.name, got, tc.linked)
		}
		t.Logf("%-10s %8d bytes", tc.name, len(b))
	}
}
