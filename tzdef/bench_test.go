package tzdef_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/tzdef"
)

// eastern returns a definition as Outlook writes it: two rules, 184 bytes.
func eastern(tb testing.TB) []byte {
	d := tzdef.New("Eastern Standard Time",
		tzdef.TZRule{Year: 2006, X: [14]byte{0: 1, 4: 1}, Bias: 300, DaylightBias: -60,
			StandardDate: tzdef.SystemTime{Month: 10, Day: 5, Hour: 2}, DaylightDate: tzdef.SystemTime{Month: 4, Day: 1, Hour: 2}},
		tzdef.TZRule{Flags: tzdef.EffectiveTZReg, Year: 2007, X: [14]byte{0: 1, 4: 1}, Bias: 300, DaylightBias: -60,
			StandardDate: tzdef.SystemTime{Month: 11, Day: 1, Hour: 2}, DaylightDate: tzdef.SystemTime{Month: 3, Day: 2, Hour: 2}})
	b, err := d.MarshalBinary()
	require.NoError(tb, err)
	return b
}

func BenchmarkDecode(b *testing.B) {
	golden.Bench(b, "tz_*.hex", eastern(b), func(blob []byte) error {
		_, err := tzdef.Decode(blob)
		return err
	})
}

func BenchmarkReuse(b *testing.B) {
	var v tzdef.Definition
	golden.Bench(b, "tz_*.hex", eastern(b), v.UnmarshalBinary)
}

func BenchmarkInspect(b *testing.B) {
	blob := eastern(b)
	b.SetBytes(int64(len(blob)))
	b.ReportAllocs()
	for b.Loop() {
		if _, r := tzdef.Inspect(blob); r.Err() != nil {
			b.Fatal(r.Err())
		}
	}
}
