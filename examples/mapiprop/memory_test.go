package main

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// meter is where a program prints that counts how much it keeps at a time.
type meter struct {
	written, next int
	most          uint64
}

func (m *meter) Write(b []byte) (int, error) {
	if m.written += len(b); m.written >= m.next {
		m.next = m.written + 4<<20
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		m.most = max(m.most, s.HeapAlloc)
	}
	return len(b), nil
}

// TestStream inspects a long export, in UTF-16 as exporters write it. What is live at a time does not grow with it, and
// what is made on the way, and thrown away, is not much more than the export is long.
func TestStream(t *testing.T) {
	one, err := os.ReadFile("testdata/dumps/meetings.xml")
	require.NoError(t, err)
	inspect := func(times int) (live, made uint64) {
		var inputs []io.Reader
		for range times {
			inputs = append(inputs, bytes.NewReader(one))
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		out := new(meter)
		e := env{stdin: io.MultiReader(inputs...), stdout: out, stderr: io.Discard, terminal: func(io.Writer) bool { return false }}
		require.NotEqual(t, exitFile, run(e, []string{"inspect", "-in", "mfcmapi", "-out", "json", "-j", "2"}))
		runtime.ReadMemStats(&after)
		require.Greater(t, out.written, times*len(one)/8, "it printed nothing")
		return out.most - before.HeapAlloc, after.TotalAlloc - before.TotalAlloc
	}
	short, _ := inspect(32 << 20 / 8 / len(one))
	live, made := inspect(32 << 20 / len(one))
	t.Logf("%d KB live, %d in a quarter; %d MB made", live>>10, short>>10, made>>20)
	require.Less(t, live, short+2<<20)
	require.Less(t, live, uint64(8<<20))
	require.Less(t, made, uint64(40<<20))
}
