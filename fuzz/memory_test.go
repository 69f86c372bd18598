package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/tzdef"
)

// TestMemory holds the structures to their share of memory on what is worst for them: as much wrong with every byte as
// can be, and every length that grows. The vectors are held to it by TestVectors.
func TestMemory(t *testing.T) {
	for _, target := range targets {
		if target.laws == nil {
			continue
		}
		for name, b := range worstCases(t) {
			name = target.name + " " + name
			t.Run(name, func(t *testing.T) {
				for verb, read := range map[string]struct {
					read   func([]byte)
					factor int
				}{"Decode": {target.laws.decode, fuzz.DecodeFactor}, "Inspect": {target.laws.inspect, fuzz.InspectFactor}} {
					limit := uint64(slack * (read.factor*len(b) + fuzz.MemoryConstant))
					n, _ := fuzz.Allocated(limit, func() { read.read(b) })
					if n > limit {
						t.Errorf("%s allocates %d bytes for %d: %d times the input", verb, n, len(b), n/uint64(max(1, len(b))))
					}
				}
			})
		}
	}
}

// TestWorstCases holds every structure to the laws on the same inputs, which are longer than a fuzzer's.
func TestWorstCases(t *testing.T) {
	skipRace(t)
	for _, target := range targets {
		if target.laws == nil {
			continue
		}
		for name, b := range worstCases(t) {
			t.Run(target.name+" "+name, func(t *testing.T) { target.check(t, b) })
		}
	}
}

// worstCases are inputs for every structure. Those made for one of them are noise to the others, which must bear it too.
func worstCases(t *testing.T) map[string][]byte {
	random := make([]byte, 64<<10)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	all := worstSeries(t)
	maps.Copy(all, map[string][]byte{
		"nothing":             nil,
		"one byte":            {2},
		"zeros":               make([]byte, 1<<20),
		"ones":                bytes.Repeat([]byte{0xFF}, 1<<20),
		"random":              random,
		"empty definition":    encode(t, &tzdef.Definition{}),
		"trailing":            encode(t, &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 4, Trailing: make([]byte, 1<<20)}),
		"good rules":          rules(t, 1000, tzdef.TZRule{}, true),
		"small rules":         rules(t, 1000, tzdef.TZRule{Reserved: 1}, false),
		"too many rules":      rules(t, 2000, tzdef.TZRule{}, true),
		"rules without sense": rules(t, 1000, senseless(62), false),
		"the same, too small": rules(t, 1000, senseless(0), false),
		"the same, too big":   rules(t, 1000, senseless(0xFFFF), false),
		"three of the same":   rules(t, 3, senseless(62), false),
		"long name":           encode(t, tzdef.New(string(bytes.Repeat([]byte("n"), 0xFFFF)))),
		"lone surrogates":     encode(t, tzdef.New(string(bytes.Repeat([]byte("\xED\xA0\x80"), 0xFFFF)))),
		"NULs":                encode(t, &tzdef.Definition{Reserved: tzdef.ValidKeyName, KeyName: string(make([]byte, 0xFFFF))}),
		"counts 65535 rules":  {2, 1, 6, 0, 2, 0, 0, 0, 0xFF, 0xFF},
		"counts 65535 units":  {2, 1, 6, 0, 2, 0, 0xFF, 0xFF},
		"48 bytes of ones":    bytes.Repeat([]byte{0xFF}, 48),
		"432 bytes of ones":   bytes.Repeat([]byte{0xFF}, 432),
	})
	return all
}

func encode(t *testing.T, d *tzdef.Definition) []byte {
	b, err := d.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rules(t *testing.T, n int, r tzdef.TZRule, normalized bool) []byte {
	d := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 6, Reserved: tzdef.ValidKeyName, Rules: slices.Repeat([]tzdef.TZRule{r}, n)}
	if normalized {
		d.Normalize()
	}
	return encode(t, d)
}

// senseless is a rule in which everything is wrong that can be.
func senseless(size uint16) tzdef.TZRule {
	date := tzdef.SystemTime{Month: 99, DayOfWeek: 99, Day: 99, Hour: 99, Minute: 99, Second: 99, Milliseconds: 9999}
	return tzdef.TZRule{MajorVersion: 9, MinorVersion: 9, Reserved: size, Flags: 0xFFFF, Year: 9, X: [14]byte{9, 9, 9, 9}, Bias: 1 << 20,
		StandardBias: 1 << 20, DaylightBias: 1<<20 + 60, StandardDate: date, DaylightDate: date}
}

// TestCheckMemoryCatches holds the measure itself to what it is for: a decoder that takes a count for a size, one that
// keeps too much, and one that makes much garbage are all caught, and a good one is not.
func TestCheckMemoryCatches(t *testing.T) {
	input := binary.LittleEndian.AppendUint16(make([]byte, 4096), 0xFFFF)
	good := toyLaws(0)
	if why := recorded(func(tb fuzz.TB) { good.CheckMemory(tb, input) }); why != "" {
		t.Error(why)
	}
	for name, waste := range map[string]func(){
		"one big block":  func() { sink = make([]byte, 1<<20) },
		"much garbage":   func() { waste(100_000, 1) },
		"some too much":  func() { sink = make([]byte, fuzz.InspectFactor*len(input)) },
		"in large parts": func() { waste(20, 64<<10) },
	} {
		laws := toyLaws(0)
		decode, inspect := laws.Decode, laws.Inspect
		laws.Decode = func(b []byte) (*toy, error) { waste(); return decode(b) }
		if why := recorded(func(tb fuzz.TB) { laws.CheckMemory(tb, input) }); why == "" {
			t.Errorf("Decode, %s: not caught", name)
		}
		laws.Decode, laws.Inspect = decode, nil
		laws.Inspect = func(b []byte) (*toy, *report) { waste(); return inspect(b) }
		if why := recorded(func(tb fuzz.TB) { laws.CheckMemory(tb, input) }); why == "" {
			t.Errorf("Inspect, %s: not caught", name)
		}
	}
}

var sink []byte

func waste(times, size int) {
	for range times {
		sink = make([]byte, size*4)
	}
}
