package lines

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// readCSV writes the records of a table as TestCSV has them.
func readCSV(r io.Reader) (all []string) {
	for rec, err := range NewCSVReader(r, "x").Records() {
		s := fmt.Sprintf("%d@%d %s", rec.Line, rec.Offset, rec.Item)
		if err == nil {
			s += fmt.Sprintf(" %s %s raw=%X %v", rec.Prop.Tag, rec.Prop.Name, rec.Raw, rec.Prop.Value)
		}
		for _, f := range rec.Findings {
			s += fmt.Sprintf(" | %s %s", f.Severity, strings.TrimPrefix(string(f.Code), "lines."))
		}
		all = append(all, s)
	}
	return all
}

func TestCSV(t *testing.T) {
	const none = "{00000000-0000-0000-0000-000000000000}:0x0000"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"commas", "Item,Tag,Hex,Comment\r\nm1,0x37010102,2C 01,\"a,\nb\"\r\n\r\nm2,0x00170003,01000000\r\n",
			[]string{"2@22 m1 0x37010102 " + none + " raw=2C01 2c01", "5@52 m2 0x00170003 " + none + " raw=01000000 1"}},
		{"semicolons", "propset;lid;type;value\n" + appointmentSet + ";0x8205;integer;2\n", []string{"2@23  0x00000003 " + appointmentSet + ":0x8205 raw=02000000 2"}},
		{"TABs, quotation marks, line ends", "name\tvalue\nPidTagSubject\t\"a \"\"b\"\"\nc\"\n", []string{"2@11  0x0037001F " + none + " raw=61002000220062002200" + "0A006300 a \"b\"\nc"}},
		{"empty and absent", "tag,hex\n0x37010102,\"\"\n0x37010102,\n", []string{"2@8  0x37010102 " + none + " raw= ", "3@22  0x37010102 " + none + " raw= <nil> | warning no-value"}},
		{"no end", "tag,hex\n0x37010102,\"01", []string{"2@8  0x37010102 " + none + " raw=01 01 | error bad-csv"}},
		{"too many cells", "tag,hex\n0x37010102,01,02\n", []string{"2@8  0x37010102 " + none + " raw=01 01 | error bad-csv"}},
		{"text behind a cell", "tag,hex\n0x37010102,\"01\"02\n", []string{"2@8  0x37010102 " + none + " raw=0102 0102"}},
		{"a column twice", "hex,hex\n01,02\n", []string{"2@8  0x00000000 " + none + " raw=01 01 | warning conflict"}},
		{"no column", "Subject,Location\nx,y\n", []string{"1@0  | error bad-csv"}},
		{"nothing", "tag,hex\n\n", []string{"0@0  | error no-blobs"}},
		{"PowerShell and DASL", "dasl,value,type\nhttp://schemas.microsoft.com/mapi/proptag/0x00170003,2,\n", []string{"2@16  0x00170003 " + none + " raw=02000000 2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Empty(t, cmp.Diff(tt.want, readCSV(strings.NewReader(tt.in))))
		})
	}
}

// TestCSVErrors has a table that breaks off and one whose cell never ends.
func TestCSVErrors(t *testing.T) {
	broken := errors.New("broken")
	var last error
	n := 0
	for _, err := range NewCSVReader(io.MultiReader(strings.NewReader("tag,hex\n0x37010102,01\n0x3701"), iotest.ErrReader(broken)), "x").Records() {
		n, last = n+1, err
	}
	require.ErrorIs(t, last, broken)
	c := NewCSVReader(strings.NewReader("tag,hex\n0x37010102,\""+strings.Repeat("00\n", 100)+"\n0x37010102,01\n"), "x")
	c.r.maxLine = 64
	long := false
	for rec := range c.Records() {
		for _, f := range rec.Findings {
			long = long || f.Code == TooLong
		}
	}
	require.True(t, long)
}
