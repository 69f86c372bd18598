package goid_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

func mustMarshal(t *testing.T, g *goid.GlobalObjectID) []byte {
	t.Helper()
	b, err := g.MarshalBinary()
	require.NoError(t, err)
	return b
}

func TestNew(t *testing.T) {
	created, ok := goid.FileTimeOf(time.Date(2008, 2, 20, 17, 16, 51, 109_000_000, time.UTC))
	require.True(t, ok)
	id := [16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	g := goid.New(created, id)
	require.Equal(t, unhex(t, exUID), mustMarshal(t, g))
	require.Empty(t, g.Validate())
	g.Data[0] = 9
	require.Equal(t, byte(0), id[0], "the caller's bytes are left alone")
	require.NotEqual(t, g, goid.New(created, id), "and those of the next id too")
}

func TestNormalize(t *testing.T) {
	g := &goid.GlobalObjectID{ByteArrayID: [16]byte{9}, Year: 1, Month: 13, Day: 99, CreationTime: 5, X: [8]byte{1}, Data: []byte("vCal-Uid"), Trailing: []byte{3}}
	g.Normalize()
	want := &goid.GlobalObjectID{ByteArrayID: [16]byte{9}, Year: 1, Month: 13, Day: 99, CreationTime: 5, Data: []byte("vCal-Uid")}
	if diff := cmp.Diff(want, g); diff != "" {
		t.Error(diff)
	}
}

// TestTooLong is about Data that Size cannot count: one byte that says it is 4 GB, which nobody reads.
func TestTooLong(t *testing.T) {
	if strconv.IntSize == 32 || underRace {
		t.Skip("no such slice, or the race detector looks into it")
	}
	n, one := uint64(1)<<32, new(byte)
	g := goid.New(0, [16]byte{})
	g.Data = unsafe.Slice(one, n)
	before := []byte("before")
	out, err := g.AppendBinary(before)
	require.EqualError(t, err, "goid: Data: 4294967296 bytes do not fit in 32 bits")
	require.Equal(t, "before", string(out), "nothing is appended beside an error")
	require.Equal(t, []byte("before"), g.AppendSmartView(before))
	found := g.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], goid.NotEncodable)
	require.Equal(t, diag.Error, found[0].Severity)
	require.Equal(t, -1, found[0].Span.Offset)
	require.Equal(t, "Data", found[0].Path)
	require.Equal(t, "4294967296 bytes do not fit in 32 bits", found[0].Msg)
}

// randomID returns any id that AppendBinary writes.
func randomID(r *rand.Rand) *goid.GlobalObjectID {
	g := goid.New(goid.FileTime(r.Uint64()>>r.IntN(64)), [16]byte{})
	switch r.IntN(3) {
	case 0:
		g = goid.Wrap(string(randomBytes(r, r.IntN(20))))
	case 1:
		g.Data = randomBytes(r, r.IntN(40))
	}
	if r.IntN(4) == 0 {
		copy(g.ByteArrayID[:], randomBytes(r, 16))
	}
	if r.IntN(2) == 0 {
		g.Year, g.Month, g.Day = uint16(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32())
	}
	if r.IntN(4) == 0 {
		copy(g.X[:], randomBytes(r, 8))
	}
	if r.IntN(4) == 0 {
		g.Trailing = randomBytes(r, 1+r.IntN(9))
	}
	return g
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// TestValuesFirst writes random values and reads them back: as bytes and as JSON.
func TestValuesFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		g := randomID(r)
		b := mustMarshal(t, g)
		require.Len(t, b, 40+len(g.Data)+len(g.Trailing))
		back, err := goid.Decode(b)
		require.NoError(t, err)
		if diff := cmp.Diff(g, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%x (-wrote +read):\n%s", b, diff)
		}
		requireJSON(t, g)
		laws.Check(t, b)
		cleanLaws.Check(t, b)
	}
}

func requireJSON(t *testing.T, g *goid.GlobalObjectID) {
	t.Helper()
	b, err := json.Marshal(g)
	require.NoError(t, err)
	var back goid.GlobalObjectID
	require.NoError(t, json.Unmarshal(b, &back), "%s", b)
	if diff := cmp.Diff(g, &back, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-wrote +read):\n%s", b, diff)
	}
}

func TestJSON(t *testing.T) {
	g := &goid.GlobalObjectID{ByteArrayID: [16]byte{0xAB, 15: 0xCD}, Year: 65535, Month: 255, Day: 254, CreationTime: 1<<64 - 1,
		X: [8]byte{1, 7: 2}, Data: []byte{0xEF}, Trailing: []byte{0x0A}}
	const want = `{"byteArrayID":"ab0000000000000000000000000000cd","year":65535,"month":255,"day":254,"creationTime":"18446744073709551615",` +
		`"x":"0100000000000002","data":"ef","trailing":"0a"}`
	got, err := json.Marshal(g)
	require.NoError(t, err)
	require.Equal(t, want, string(got))
	requireJSON(t, g)
	require.Equal(t, "before"+want, string(g.AppendJSON([]byte("before"))))

	var empty goid.GlobalObjectID
	require.NoError(t, json.Unmarshal([]byte(`{}`), &empty))
	require.Equal(t, goid.GlobalObjectID{}, empty)
	for _, bad := range []string{`[]`, `{"byteArrayID":""}`, `{"byteArrayID":"04"}`, `{"byteArrayID":"0400000082002e00074c5b7101a82e00800"}`, `{"x":"00"}`, `{"x":""}`,
		`{"data":"0"}`, `{"data":"zz"}`, `{"year":65536}`, `{"month":256}`, `{"day":-1}`, `{"creationTime":"now"}`, `{"creationTime":5}`} {
		g := goid.GlobalObjectID{Year: 7}
		require.Error(t, json.Unmarshal([]byte(bad), &g), bad)
		require.Equal(t, goid.GlobalObjectID{Year: 7}, g, "nothing is read beside an error: %s", bad)
	}
}

// TestSmartView is about what MFCMAPI's own samples do not show.
func TestSmartView(t *testing.T) {
	g := &goid.GlobalObjectID{ByteArrayID: [16]byte{1}, Year: 2008, Month: 3, Day: 25, CreationTime: 128480014111090000, X: [8]byte{5, 6, 7, 8, 1, 2, 3, 4}, Trailing: []byte{0xAB}}
	want := "Global Object ID\r\n\tByte Array ID = Unknown GUID\r\n\t\tcb: 16 lpb: 01000000000000000000000000000000\r\n" +
		"\tYear: 0x07D8 = 2008\r\n\tMonth: 0x03 = 3 = March\r\n\tDay: 0x19 = 25\r\n\tCreation Time = 0x01C873E4:0x61D42550 = 05:16:51.109 PM 2/20/2008\r\n" +
		"\tX: 0x04030201:0x08070605\r\n\tSize: 0x00 = 0\r\n\tUnparsed data size = 0x00000001\r\n\t\tcb: 1 lpb: AB"
	require.Equal(t, want, string(g.AppendSmartView(nil)))

	g = goid.Wrap("x")
	g.Month, g.CreationTime = 13, 1<<64-1
	text := string(g.AppendSmartView(nil))
	require.Contains(t, text, "Byte Array ID = s_rgbSPlus\r\n")
	require.Contains(t, text, "\r\n\tMonth: 0x0D = 13 = 0xD\r\n")
	require.Contains(t, text, " = Invalid systime\r\n")
	require.Contains(t, text, "\r\n\tSize: 0x0E = 14\r\n\tData\r\n\t\tcb: 14 lpb: 7643616C2D556964010000007800")

	_, r := goid.Inspect(mustMarshal(t, g)[:45])
	text = string(goid.AppendSmartView(nil, r))
	require.Contains(t, text, "\r\n\tUnparsed data size = 0x00000005\r\n\t\tcb: 5 lpb: 7643616C2D")
	require.NotContains(t, text, "Data\r\n", "what was not read has no line")
	_, r = goid.Inspect(nil)
	require.Equal(t, "Global Object ID", string(goid.AppendSmartView(nil, r)))
}
