package recur_test

import (
	"encoding/hex"
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

var tails = flag.Int("tails", 10_000, "how many random tails of each kind TestRecoverRandomTails makes")

// allWords are what may come to be the end of a series without exceptions.
const allWords = "all words of a blob"

// randomTails make up to 400 bytes that are not of an older version, though some have all that its fields are made of. The
// names say of what.
var randomTails = map[string]func(*rand.Rand) []byte{
	"bytes": func(rng *rand.Rand) []byte {
		b := make([]byte, rng.IntN(401))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return b
	},
	"midnights and small numbers": func(rng *rand.Rand) []byte {
		return randomWords(rng, func() uint32 {
			switch rng.IntN(4) {
			case 0:
				return 0
			case 1:
				return uint32(recur.NoEnd)
			case 2:
				return rng.Uint32N(5000)
			}
			return uint32(midnight(rng.IntN(1000)))
		})
	},
	allWords: func(rng *rand.Rand) []byte {
		return randomWords(rng, func() uint32 {
			return [...]uint32{0, 0, 1, 4, 840, 0x3006, 0x3009, uint32(recur.NoEnd), uint32(midnight(rng.IntN(50))),
				uint32(midnight(rng.IntN(50))) + 840}[rng.IntN(10)]
		})
	},
	"all halves of words": func(rng *rand.Rand) []byte {
		return randomWords(rng, func() uint32 {
			half := func() uint32 { return [...]uint32{0, 0, 0, 0, 1, 4, 0x0D53, 0x0D52, rng.Uint32N(1 << 16)}[rng.IntN(9)] }
			return half() | half()<<16
		})
	},
	"zeros, and little else": func(rng *rand.Rand) []byte {
		b := make([]byte, rng.IntN(401))
		for range rng.IntN(12) {
			if len(b) >= 4 {
				v := [...]uint32{4, 1, 0x3006, 0x3009, uint32(midnight(7)) + 840, uint32(midnight(7)) + 900}[rng.IntN(6)]
				at := rng.IntN(len(b) - 3)
				copy(b[at:], word(v))
			}
		}
		return b
	},
}

func randomWords(rng *rand.Rand, pick func() uint32) []byte {
	b := make([]byte, rng.IntN(4), 404)
	for range rng.IntN(100) {
		b = append(b, word(pick())...)
	}
	return b
}

// word returns v as it stands in a blob.
func word(v uint32) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)} }

// TestRecoverRandomTails counts in how many random tails an older version is found. The doc comment of Recover says what
// this gave for -tails 1000000, which takes two minutes.
func TestRecoverRandomTails(t *testing.T) {
	for kind, tail := range randomTails {
		t.Run(kind, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			var found []string
			for range *tails {
				b := tail(rng)
				if _, ok := recur.Recover(b); ok {
					found = append(found, hex.EncodeToString(b))
				}
			}
			t.Logf("%d of %d", len(found), *tails)
			most := 0
			if kind == allWords {
				most = 1 + *tails/100_000
			}
			require.LessOrEqual(t, len(found), most, "%v", found)
		})
	}
}
