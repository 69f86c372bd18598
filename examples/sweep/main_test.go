package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	zone = "PidLidTimeZoneStruct: 2C01000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000\n"
	id   = "PidLidGlobalObjectId: 040000008200E00074C5B7101A82E00807DC050587C9B4FE0320DD010000000000000000100000006E1F0C3AB2D94E57A80B13C5D7F92E46\n"
	task = "PidLidTaskRecurrence: 04300430 0A20 0000 0000 00000000 A0050000 00000000 22200000 02000000 00000000 00000000 00000000 60D8540D 00DE540D\n"
)

// TestSweep reads a folder of many files, some of which are no dumps: the lines come in the order of the files, however
// many are read at a time.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	var want []string
	for i := range 60 {
		name, text := filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), strings.Repeat(zone, i%4)
		switch i {
		case 10:
			text += id
		case 11:
			text = task
		case 12:
			text = "PK\x03\x04"
		case 13:
			require.NoError(t, os.Symlink(filepath.Join(dir, "nowhere"), name))
			want = append(want, name+" error error")
			continue
		}
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		switch {
		case i == 12 || text == "":
			want = append(want, name+" error error")
		case i == 11:
			want = append(want, name+" recur")
		default:
			for range i % 4 {
				want = append(want, name+" tzstruct UTC-05:00")
			}
			if i == 10 {
				want = append(want, name+" goid 2012-05-05")
			}
		}
	}
	for _, workers := range []int{1, 2, 9} {
		var out strings.Builder
		require.NoError(t, sweep(&out, dir, workers))
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		require.NoError(t, err)
		require.Equal(t, header, rows[0])
		require.Len(t, rows, len(want)+1)
		for i, row := range rows[1:] {
			for _, word := range strings.Fields(want[i]) {
				require.Contains(t, strings.Join(row, " "), word)
			}
		}
	}
}

// full takes some bytes.
type full struct{ left int }

var errFull = errors.New("full")

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestSweepErrors(t *testing.T) {
	dir := t.TempDir()
	require.ErrorIs(t, sweep(new(strings.Builder), filepath.Join(dir, "nowhere"), 2), os.ErrNotExist)
	for i := range 200 {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), []byte(strings.Repeat(zone, 10)), 0o644))
	}
	require.ErrorIs(t, sweep(&full{1 << 15}, dir, 2), errFull)
}
