package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// recorder is a TB that remembers why a check failed, and ends it there.
type recorder struct{ why string }

type stopped struct{}

func (r *recorder) Helper() {}
func (r *recorder) Fatalf(format string, args ...any) {
	r.why = fmt.Sprintf(format, args...)
	panic(stopped{})
}

// recorded runs a check and returns why it failed, "" if it did not. A panic of anything else is "panic: …".
func recorded(check func(fuzz.TB)) (why string) {
	r := new(recorder)
	defer func() {
		switch p := recover(); p.(type) {
		case nil:
		case stopped:
			why = r.why
		default:
			why = fmt.Sprintf("panic: %v", p)
		}
	}()
	check(r)
	return ""
}

// blob encodes a toy.
func blob(version uint8, text string, flags uint16, trailing ...byte) []byte {
	b := binary.LittleEndian.AppendUint16([]byte{version}, uint16(wtf8.Units(text)))
	b, _ = wtf8.AppendEncode(b, text) // every text here is WTF-8
	return append(binary.LittleEndian.AppendUint16(b, flags), trailing...)
}

// TestLawsCatch plants one bug after the other in a small decoder: the law it breaks must say so, on that very input,
// and must not say so of the decoder without the bug.
func TestLawsCatch(t *testing.T) {
	for _, tc := range []struct {
		bug   bug
		input []byte
		law   string
	}{
		{panics, blob(1, "abc", 0)[:5], "panic: runtime error: slice bounds|index out of range"},
		{gap, blob(1, "abc", 0), "L4: field"},
		{overlap, blob(1, "abc", 0), "L4: field"},
		{nameless, blob(1, "abc", 0), "L4: field"},
		{startsLate, blob(1, "abc", 0), "L4: field"},
		{endsEarly, blob(1, "abc", 0), "L4: the fields end"},
		{outside, blob(1, "abc", 0x8000), "L5"},
		{wordless, blob(2, "abc", 0), "L5: incomplete"},
		{byteForChar, blob(1, "Zürich", 0), "L3"},
		{skips500, blob(1, strings.Repeat("x", 500), 0), "L3"},
		{canonical, blob(1, "", 0x4000), "L3"},
		{dropsTrailing, blob(1, "", 0, 1, 2), "L3"},
		{swallows, blob(1, "abc", 0x8000), "L2: Decode says"},
		{sees, blob(1, "abc", 7), "L2: Decode says"},
		{other, blob(1, "abc", 7), "L2: Decode and Inspect differ"},
		{beside, blob(1, "abc", 0x8000), "L2: Decode returned a value"},
		{plainError, blob(1, "abc", 0x8000), "L2"},
		{otherFinding, blob(1, "abc", 0x8000), "L2: Decode found"},
		{lossyJSON, blob(1, "abc", 3), "L7"},
		{plainJSON, blob(1, "a\xED\xA0\x80", 0), "L7"},
		{refusesJSON, blob(1, "abc", 7), "L7"},
		{brokenJSON, blob(1, "abc", 0), "L7|used value"},
		{restless, blob(1, "abc", 0), "L8: normalizing twice"},
		{leaves, blob(1, "abc", 0), "L8: version at"},
		{refusesNormal, blob(1, "abc", 0, 1), "L8: refused"},
		{prefix, blob(1, "abc", 0), "L6"},
		{anonymousPrefix, blob(1, "abc", 0), "L6"},
		{writes, blob(1, strings.Repeat("x", 256), 0), "was written to"},
		{keeps, blob(1, "abc", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16), "used value|Unmarshal"},
		{refusesReuse, blob(1, "abc", 0), "Unmarshal"},
		{noReport, blob(1, "abc", 0), "returned nil"},
	} {
		t.Run(fmt.Sprintf("%d %s", tc.bug, tc.law), func(t *testing.T) {
			bad, good := toyLaws(tc.bug), toyLaws(0)
			why := recorded(func(tb fuzz.TB) { bad.Check(tb, bytes.Clone(tc.input)) })
			caught := false
			for law := range strings.SplitSeq(tc.law, "|") {
				caught = caught || strings.Contains(why, law)
			}
			if !caught {
				t.Errorf("%x: %q, want %s", tc.input, why, tc.law)
			}
			if why := recorded(func(tb fuzz.TB) { good.Check(tb, tc.input) }); why != "" {
				t.Errorf("without the bug: %s", why)
			}
		})
	}
}

// TestLawsPass holds the decoder without bugs to the laws on any bytes, and on those that are nearly good.
func TestLawsPass(t *testing.T) {
	laws := toyLaws(0)
	r := rand.New(rand.NewPCG(3, 4))
	good := 0
	for range 5000 {
		b := blob(byte(r.IntN(3)), strings.Repeat("ä\xED\xA0\x80", r.IntN(4)), uint16(r.Uint32()), make([]byte, r.IntN(3))...)
		if r.IntN(2) == 0 {
			b = b[:r.IntN(len(b)+1)]
		}
		if len(b) > 0 && r.IntN(2) == 0 {
			b[r.IntN(len(b))] = byte(r.Uint32())
		}
		laws.Check(t, b)
		if _, err := laws.Decode(b); err == nil {
			good++
		}
	}
	if good < 500 {
		t.Errorf("only %d of 5000 could be decoded", good)
	}
}

// TestLawsWithout shows that a structure need not have every verb.
func TestLawsWithout(t *testing.T) {
	laws := toyLaws(prefix | restless | byteForChar | keeps)
	laws.Unmarshal, laws.Append, laws.Normalize, laws.SelfDelimiting = nil, nil, nil, false
	laws.Check(t, blob(1, "Zürich", 0))
	var _ fuzz.TB = t
	var _ diag.Code = toyFlags
}
