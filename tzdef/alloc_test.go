package tzdef_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

func manyRules(n int, r tzdef.TZRule) []tzdef.TZRule {
	rules := slices.Repeat([]tzdef.TZRule{r}, n)
	for i := range rules {
		rules[i].Year = uint16(i)
	}
	return rules
}

// TestDecodeAllocations counts what a fresh value costs: itself and its rules, and a name that Windows does not have.
func TestDecodeAllocations(t *testing.T) {
	for _, rules := range []int{0, 1, 2, 31, 1024, 65535} {
		for name, most := range map[string]float64{"Eastern Standard Time": 2, "UTC": 2, "UTC+12": 2, "": 2, "Tokyo": 3, "Nowhere Standard Time": 3} {
			b := mustMarshal(t, tzdef.New(name, manyRules(rules, tzdef.TZRule{})...))
			n := testing.AllocsPerRun(5, func() {
				if _, err := tzdef.Decode(b); err != nil {
					t.Fatal(err)
				}
			})
			require.LessOrEqual(t, n, most, "%q and %d rules", name, rules)
		}
	}
	b := make([]byte, 48)
	require.LessOrEqual(t, testing.AllocsPerRun(10, func() { _, _ = tzdef.DecodeStruct(b) }), 1.0)
	b = make([]byte, 432)
	require.LessOrEqual(t, testing.AllocsPerRun(10, func() { _, _ = tzdef.DecodeInformation(b) }), 1.0)
}

// TestReuse decodes into a value that has room: nothing is allocated but a name that is new to it.
func TestReuse(t *testing.T) {
	long := strings.Repeat("é", 260)
	decode := func(d *tzdef.Definition, b []byte) {
		if err := d.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		first  string // the names of two definitions, decoded in turns
		second string
		most   float64 // allocations for both
	}{
		{"known names", "Eastern Standard Time", "W. Europe Standard Time", 0},
		{"short known names", "UTC", "UTC-02", 0},
		{"no name", "", "", 0},
		{"its own unknown name", "Nowhere Standard Time", "Nowhere Standard Time", 0},
		{"its own long name", long, long, 0},
		{"a lone surrogate of its own", "\xed\xa0\x80", "\xed\xa0\x80", 0},
		{"new unknown names", "Nowhere Standard Time", "Elsewhere Standard Time", 2},
		{"new long names", long, long[2:], 2},
		{"known and unknown", "Eastern Standard Time", "Nowhere Standard Time", 1},
	} {
		full := tzdef.TZRule{Bias: 5, Extra: []byte{1, 2, 3}, Reserved: 65, MajorVersion: 2, MinorVersion: 1}
		first, second := tzdef.New(c.first, manyRules(31, full)...), tzdef.New(c.second, manyRules(7, full)...)
		first.Rules = manyRules(31, full) // New has normalized the extra away
		second.Rules = manyRules(7, full)
		first.Trailing = []byte("trailing")
		a, b := mustMarshal(t, first), mustMarshal(t, second)
		d := new(tzdef.Definition)
		n := testing.AllocsPerRun(20, func() { decode(d, a); decode(d, b) })
		require.LessOrEqual(t, n, c.most, c.name)
		decode(d, a)
		require.Equal(t, first, d, c.name)
	}
	var s tzdef.TZStruct
	b := make([]byte, 60)
	require.Zero(t, testing.AllocsPerRun(20, func() { _ = s.UnmarshalBinary(b); _ = s.UnmarshalBinary(b[:48]) }))
	var i tzdef.Information
	b = make([]byte, 432)
	require.Zero(t, testing.AllocsPerRun(20, func() { _ = i.UnmarshalBinary(b); _ = i.UnmarshalBinary(b[:44]) }))

	d := usEastern
	buf := mustMarshal(t, d)
	require.Zero(t, testing.AllocsPerRun(20, func() { buf, _ = d.AppendBinary(buf[:0]) }))
	at := utc(t, "2007-03-11T07:00:00Z")
	require.Zero(t, testing.AllocsPerRun(20, func() { d.At(at); d.AtLocal(at); d.Effective(); d.RuleIn(2007) }))
}

// TestReuseLeavesNothing decodes blobs of every shape in turns into one value, which must end up as a fresh one does.
func TestReuseLeavesNothing(t *testing.T) {
	full := tzdef.New("Some Zone", manyRules(3, tzdef.TZRule{Bias: 7})...)
	full.Reserved, full.Trailing, full.GUID[3] = 3, []byte{1, 2}, 4
	full.Rules[1].Extra, full.Rules[1].Reserved = []byte{1, 2, 3}, 65
	blobs := [][]byte{mustMarshal(t, full), mustMarshal(t, usEastern), mustMarshal(t, tzdef.New("")), mustMarshal(t, india),
		mustMarshal(t, &tzdef.Definition{}), mustMarshal(t, tzdef.New("Other", manyRules(2, tzdef.TZRule{})...)), {2}, nil, {2, 1, 0, 0, 2, 0, 9, 9}}
	var d tzdef.Definition
	for range 2 {
		for _, a := range blobs {
			for _, b := range blobs {
				_ = d.UnmarshalBinary(a)
				err := d.UnmarshalBinary(b)
				fresh, freshErr := tzdef.Decode(b)
				require.Equal(t, freshErr, err)
				if err != nil {
					continue
				}
				for i := range d.Rules { // an empty Extra may have memory
					d.Rules[i].Extra = append([]byte(nil), d.Rules[i].Extra...)
				}
				d.Trailing, d.HeaderExtra = append([]byte(nil), d.Trailing...), append([]byte(nil), d.HeaderExtra...)
				if len(d.Rules) == 0 {
					d.Rules = fresh.Rules
				}
				require.Equal(t, fresh, &d, "%x after %x", b, a)
			}
		}
	}
}

// TestDecodeKeepsNothing writes to the input after decoding.
func TestDecodeKeepsNothing(t *testing.T) {
	d := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 10, Reserved: 2, KeyName: "Xé", Trailing: []byte("t"),
		Rules: []tzdef.TZRule{{MajorVersion: 2, MinorVersion: 1, Reserved: 63, Extra: []byte("e")}}}
	b := mustMarshal(t, d)
	got, err := tzdef.Decode(b)
	require.NoError(t, err)
	inspected, r := tzdef.Inspect(b)
	before, err := r.MarshalJSON()
	require.NoError(t, err)
	for i := range b {
		b[i] = 0xEE
	}
	require.Equal(t, d, got)
	require.Equal(t, d, inspected)
	after, err := r.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

// hostile returns blobs that claim more than they have, and blobs in which everything is wrong.
func hostile(t *testing.T) map[string][]byte {
	date := tzdef.SystemTime{Month: 999, DayOfWeek: 999, Day: 999, Hour: 999, Minute: 999, Second: 999, Milliseconds: 9999}
	worst := tzdef.TZRule{MajorVersion: 9, MinorVersion: 9, Reserved: 62, Flags: 0xFFFF, X: [14]byte{9, 9, 9}, Bias: 100000, StandardBias: 100000,
		DaylightBias: 100060, StandardDate: date, DaylightDate: date}
	small := worst
	small.Reserved = 0
	blob := func(name string, n int, r tzdef.TZRule) []byte {
		d := &tzdef.Definition{MajorVersion: 9, MinorVersion: 9, Reserved: 0xFFFF, KeyName: name, Rules: slices.Repeat([]tzdef.TZRule{r}, n)}
		return mustMarshal(t, d)
	}
	header := []byte{2, 1, 6, 0, 2, 0}
	count := func(n uint16) []byte { return binary.LittleEndian.AppendUint16(nil, n) }
	good := mustMarshal(t, tzdef.New("Nowhere", manyRules(31, tzdef.TZRule{})...))
	return map[string][]byte{
		"65535 rules claimed, none there":      slices.Concat(header, count(0), count(65535)),
		"65535 rules claimed, one there":       slices.Concat(header, count(0), count(65535), good[24:90]),
		"65535 rules claimed, 31 there":        slices.Concat(good[:22], count(65535), good[24:]),
		"65535 units claimed":                  slices.Concat(header, count(65535)),
		"65535 units claimed, 1000 there":      slices.Concat(header, count(65535), make([]byte, 2000)),
		"65535 units there":                    blob(strings.Repeat("x", 65535), 1, worst),
		"65535 units there, of three bytes":    blob(strings.Repeat("€", 65535), 0, worst),
		"65535 lone surrogates":                blob(strings.Repeat("\xed\xa0\x80", 65535), 0, worst),
		"65535 NULs":                           blob(strings.Repeat("\x00", 65535), 0, worst),
		"1000 rules without sense":             blob("Nowhere", 1000, worst),
		"1000 rules without sense, too small":  blob("Nowhere", 1000, small),
		"1000 good rules":                      mustMarshal(t, tzdef.New("Nowhere", manyRules(1000, tzdef.TZRule{})...)),
		"a megabyte behind it":                 append(slices.Clone(good), make([]byte, 1<<20)...),
		"a megabyte of ones":                   bytes.Repeat([]byte{0xFF}, 1<<20),
		"a rule that counts more than is left": slices.Concat(good[:24], good[24:26], count(65535), good[28:90]),
	}
}

// memory returns what one call of f allocates, in all, and what of it is live when f has returned. f returns what is to
// be kept.
func memory(f func() any) (allocations, total, live int64) {
	var before, after, kept runtime.MemStats
	least := [3]int64{1 << 62, 1 << 62, 1 << 62}
	for range 3 { // others may allocate meanwhile; the least is ours
		runtime.GC()
		runtime.GC() // what pools kept over the first
		runtime.ReadMemStats(&before)
		v := f()
		runtime.ReadMemStats(&after)
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&kept)
		runtime.KeepAlive(v)
		least[0] = min(least[0], int64(after.Mallocs-before.Mallocs))
		least[1] = min(least[1], int64(after.TotalAlloc-before.TotalAlloc))
		least[2] = min(least[2], int64(kept.HeapAlloc)-int64(before.HeapAlloc))
	}
	return least[0], least[1], least[2]
}

// TestHostile measures what blobs that lie cost.
func TestHostile(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	for name, b := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			_, r := tzdef.Inspect(b)
			allocations, total, live := memory(func() any {
				d, err := tzdef.Decode(b)
				return []any{d, err}
			})
			size := int64(len(b))
			t.Logf("%d bytes: Decode %d allocations, %s, live %s", size, allocations, times(total, size), times(live, size))
			require.LessOrEqual(t, live, 16*size+4096, "Decode")
			require.LessOrEqual(t, total, 16*size+4096, "Decode")
			if n := testing.AllocsPerRun(2, func() { _, _ = tzdef.Decode(b) }); r.Err() == nil || len(r.Err().(*diag.DecodeError).Findings) == 1 {
				require.LessOrEqual(t, n, 8.0, "Decode")
			}
			allocations, total, live = memory(func() any {
				d, r := tzdef.Inspect(b)
				return []any{d, r}
			})
			t.Logf("%d bytes: Inspect %d allocations, %s, live %s", size, allocations, times(total, size), times(live, size))
			require.LessOrEqual(t, live, 64*size+4096, "Inspect")
			require.LessOrEqual(t, total, 64*size+4096, "Inspect")
		})
	}
}

func times(n, size int64) string {
	return fmt.Sprintf("%d bytes (%.1f x)", n, float64(n)/float64(size))
}
