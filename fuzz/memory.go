package fuzz

import (
	"runtime"
	"runtime/debug"
)

// What a decoder may allocate for an input of n bytes: DecodeFactor·n + MemoryConstant, and InspectFactor·n +
// MemoryConstant with the report. All of it counts, also what is garbage a moment later, so that what is live at any
// time is less.
const (
	DecodeFactor   = 16
	InspectFactor  = 64
	MemoryConstant = 4096
)

// CheckMemory is the second half of L1: what Decode and Inspect allocate stays in proportion to the input. It switches
// the garbage collector off while it measures, and counts the least of several runs, because the counter is that of the
// whole program. It is for tests and not for fuzzing, where other goroutines work all the time; nothing else may run in
// parallel. Under the race detector package fmt does not keep its buffers, and more is allocated.
func (l Laws[T]) CheckMemory(tb TB, b []byte) {
	tb.Helper()
	limit := func(factor int) uint64 { return uint64(factor)*uint64(len(b)) + MemoryConstant }
	if n, most := allocated(limit(DecodeFactor), func() { _, _ = l.Decode(b) }); n > most { // what it says is checked elsewhere
		tb.Fatalf("%s: L1: Decode allocates %d bytes for %d, %d at most: %.1f times the input", l.Name, n, len(b), most, times(n, b))
	}
	if n, most := allocated(limit(InspectFactor), func() { l.Inspect(b) }); n > most {
		tb.Fatalf("%s: L1: Inspect allocates %d bytes for %d, %d at most: %.1f times the input", l.Name, n, len(b), most, times(n, b))
	}
}

func times(n uint64, b []byte) float64 { return float64(n) / float64(max(len(b), 1)) }

// allocated returns how many bytes f allocates, and most again. The first call is not counted: it pays for what lasts,
// such as the buffers that package fmt keeps. It stops measuring at the first run that stays within most.
func allocated(most uint64, f func()) (least, _ uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	f()
	least = 1<<64 - 1
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		if least = min(least, after.TotalAlloc-before.TotalAlloc); least <= most {
			break
		}
	}
	return least, most
}
