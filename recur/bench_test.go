package recur_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/recur"
)

// own returns a series with one exception that has texts, 173 bytes.
func own(tb testing.TB) []byte {
	b, err := hex.DecodeString("043004300b2001000000c0210000010000000000000002000000222000000400000000000000020000000018440d603f440d01000000603f440d0018440d208e440d06300000093000001c0200003a0200000100b841440df441440d7c41440d11000800070052e9756e696f6e030002003f3f00000000040000001900000000000000b841440df441440d7c41440d07005200e90075006e0069006f006e0002007167ac4e0000000000000000")
	require.NoError(tb, err)
	return b
}

func BenchmarkDecode(b *testing.B) {
	golden.Bench(b, "arp_*.hex", own(b), func(blob []byte) error {
		_, err := recur.Decode(blob)
		return err
	})
}

func BenchmarkReuse(b *testing.B) {
	var v recur.AppointmentRecurrencePattern
	golden.Bench(b, "arp_*.hex", own(b), v.UnmarshalBinary)
}

func BenchmarkInspect(b *testing.B) {
	blob := own(b)
	b.SetBytes(int64(len(blob)))
	b.ReportAllocs()
	for b.Loop() {
		if _, r := recur.Inspect(blob); r.Err() != nil {
			b.Fatal(r.Err())
		}
	}
}
