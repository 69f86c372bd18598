package tnef_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// lines shows records for comparison.
func lines(recs []dump.Record) (all []string) {
	for _, r := range recs {
		all = append(all, fmt.Sprintf("%s %d %s %s %x %q %v %v", r.Item, r.Offset, r.Prop.Tag, r.Prop.Name, r.Raw, r.Text, r.Prop.Value, codes(r)))
	}
	return all
}

func TestNotTNEF(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "is empty",
		"PK\x03\x04":            "begins with 504B0304",
		"x\x9F":                 "truncated",
		"x\x9F>\x22":            "truncated",
		"x\x9F>\x22\x01":        "truncated",
		"x\x9F>x\x01\x02":       "begins with 789F3E78",
		"x":                     "truncated",
		"eJ8+IgE0AQaQCAAEAAAA":  "in base64",
		"Content-Type: applica": "not the text of a mail",
	} {
		recs, errs := read(t, strings.NewReader(in))
		if want == "truncated" {
			require.Empty(t, errs)
			require.Len(t, recs, 1)
			require.Equal(t, []diag.Code{tnef.Truncated}, codes(recs[0]))
			require.Equal(t, in, string(recs[0].Raw))
			continue
		}
		require.Empty(t, recs)
		require.Len(t, errs, 1)
		require.ErrorIs(t, errs[0], tnef.NotTNEF)
		require.ErrorContains(t, errs[0], want)
	}
}

// TestTruncations cuts a file at every length: between attributes nothing can be missed, everywhere else something is, and
// all that was before the cut is read as if it were whole.
func TestTruncations(t *testing.T) {
	b := outer().b
	whole := lines(records(t, b))
	ends := map[int]bool{6: true}
	for at := 6; at < len(b); ends[at] = true {
		at += 9 + int(le.Uint32(b[at+5:])) + 2
	}
	require.True(t, ends[len(b)])
	for n := range b {
		recs, errs := read(t, bytes.NewReader(b[:n]))
		require.Equal(t, n == 0, len(errs) > 0, "%d", n)
		require.Equal(t, !ends[n], worst(recs, errs) >= diag.Error, "cut to %d", n)
		got := lines(recs)
		same := 0
		for same < len(got) && same < len(whole) && got[same] == whole[same] {
			same++
		}
		for i, rec := range recs[same:] {
			require.True(t, i > 0 || slices.ContainsFunc(codes(rec), diag.Code.Shortage), "cut to %d: %s", n, got[same+i])
			break
		}
		for _, rec := range recs {
			require.LessOrEqual(t, rec.Offset, int64(n))
		}
	}
}

func TestChecksums(t *testing.T) {
	f := newFile().msg(attSubject, zero8("Plan"))
	copy(f.b[len(f.b)-2:], []byte{0xFF, 0xEE})
	recs := records(t, f.msg(attPriority, u16(1)).b)
	require.Equal(t, "Plan", lookup(t, recs, "message", subject8).Prop.Value.String(), "read all the same")
	wrong := with(recs, tnef.Checksum)
	require.Len(t, wrong, 1)
	require.Equal(t, "ffee", hex.EncodeToString(wrong[0].Raw))
	require.Equal(t, int64(6+9+5), wrong[0].Offset)
	require.EqualError(t, wrong[0].Findings[0], "attSubject: at 0x6 has the checksum 0xEEFF, its 5 bytes add up to 0x018B (tnef.checksum)")
	require.Equal(t, "2", lookup(t, recs, "message", importance).Prop.Value.String())
	require.Empty(t, with(records(t, newFile().msg(attSubject, bytes.Repeat([]byte{0xFF}, 1000)).b), tnef.Checksum), "it goes round")
}

// TestLengths has attributes that claim what they have not.
func TestLengths(t *testing.T) {
	f := newFile().msg(attPriority, u16(1)).msg(attSubject, zero8("Plan"))
	at := 6 + 13
	le.PutUint32(f.b[at+5:], 0xFFFF)
	recs := records(t, f.b)
	claims := with(recs, tnef.AttributeOverrun)
	require.Len(t, claims, 1)
	require.EqualError(t, claims[0].Findings[0], "attSubject: at 0x13 claims 65535 bytes, 7 are left: read as far as they go (tnef.attribute-overrun)")
	require.Equal(t, "Plan\x00\x8B\x01", string(lookup(t, recs, "message", subject8).Raw))

	// One that is too short: the rest of its data is no attribute, but the next one is found.
	f = newFile().msg(attSubject, zero8("Plan of the year")).msg(attPriority, u16(1)).msg(attAidOwner, u32(5))
	le.PutUint32(f.b[6+5:], 4)
	recs = records(t, f.b)
	require.Equal(t, []string{
		"message 15 0x0037001E", "message 19 0x00000000 206f [tnef.checksum]",
		"message 21 0x00000000 " + hex.EncodeToString([]byte("f the year\x00\xB2\x05")) + " [tnef.bad-level]",
		"message 43 0x00170003", "message 56 0x00620003"}, short(recs[1:]))
	// Bytes that begin like an attribute, but of no known id, are one that is not known.
	recs = records(t, newFile().raw(1, 9, 9, 9, 9, 1, 0, 0, 0, 7, 7, 0).msg(attPriority, u16(1)).b)
	require.Len(t, with(recs, tnef.UnknownAttribute), 1)
	require.Equal(t, "2", lookup(t, recs, "message", importance).Prop.Value.String())
	// At the end there is nothing to be found.
	recs = records(t, newFile().msg(attPriority, u16(1)).raw([]byte("\r\n")...).b)
	require.Equal(t, "\r\n", string(recs[len(recs)-1].Raw))
	require.Equal(t, []diag.Code{tnef.BadLevel}, codes(recs[len(recs)-1]))
}

// short shows where records are, and those that are no properties.
func short(recs []dump.Record) (all []string) {
	for _, r := range recs {
		line := fmt.Sprintf("%s %d %s", r.Item, r.Offset, r.Prop.Tag)
		if r.Prop.Tag == 0 {
			line += fmt.Sprintf(" %x %v", r.Raw, codes(r))
		}
		all = append(all, line)
	}
	return all
}

// TestStrange has bytes of no attribute of every length around those at which they are read, with an attribute behind.
func TestStrange(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 5, 8, 9, 100, 4091, 4092, 4093, 4094, 4095, 4096, 4097, 4100, 8188, 16384, 20000} {
		junk := bytes.Repeat([]byte{3}, n)
		for _, tail := range [][]byte{nil, {1}, {1, 4, 0x80}} {
			b := newFile().raw(junk...).raw(tail...).msg(attPriority, u16(1)).raw(junk...).b
			recs := records(t, b)
			require.Equal(t, "2", lookup(t, recs, "message", importance).Prop.Value.String(), "%d", n)
			strange := with(recs, tnef.BadLevel)
			require.Len(t, strange, 2)
			require.Equal(t, string(junk)+string(tail), string(strange[0].Raw))
			require.Equal(t, string(junk), string(strange[1].Raw))
			require.Equal(t, int64(6), strange[0].Offset)
		}
	}
	recs := records(t, newFile().raw(make([]byte, 3<<20)...).b)
	all := 0
	for i, r := range with(recs, tnef.BadLevel) {
		require.Equal(t, int64(6+all), r.Offset, i)
		require.LessOrEqual(t, len(r.Raw), 1<<20+4096)
		all += len(r.Raw)
	}
	require.Equal(t, 3<<20, all)
}

func TestDepth(t *testing.T) {
	f := newFile().msg(attSubject, zero8("S"))
	for range tnef.MaxDepth + 2 {
		f = newFile().msg(attSubject, zero8("S")).att(attRendData, rendData).
			att(attAttachment, list(prop(mapi.PidTagAttachDataObject, object(iidMessage, f.b))))
	}
	recs := records(t, f.b)
	deep := with(recs, tnef.TooDeep)
	require.Len(t, deep, 1)
	require.Equal(t, strings.Repeat("/attachment 0/message", tnef.MaxDepth), strings.TrimSuffix(strings.TrimPrefix(deep[0].Item, "message"), "/attachment 0"))
	require.Equal(t, tnef.MaxDepth+1, len(slices.DeleteFunc(slices.Clone(recs), func(r dump.Record) bool { return r.Prop.Tag != subject8 })))
	inner, errs := read(t, bytes.NewReader(deep[0].Raw))
	require.Empty(t, errs)
	require.Equal(t, "S", lookup(t, inner, "message", subject8).Prop.Value.String(), "its bytes are kept")
}

// TestNested has a message in which lengths go beyond it: the message around it goes on.
func TestNested(t *testing.T) {
	in := newFile().msg(attSubject, zero8("Inner")).raw(1, 4, 0x80, 1, 0, 0xFF, 0, 0, 0, 'X')
	f := newFile().att(attRendData, rendData).
		att(attAttachment, list(prop(mapi.PidTagAttachDataObject, object(iidMessage, in.b)), prop(mapi.PidTagAttachMethod, u32(5)))).
		att(attRendData, rendData).att(attTitle, zero8("a.txt"))
	recs := records(t, f.b)
	require.Len(t, with(recs, tnef.AttributeOverrun), 1)
	require.Equal(t, "message/attachment 0/message", with(recs, tnef.AttributeOverrun)[0].Item)
	require.Equal(t, "Inner", lookup(t, recs, "message/attachment 0/message", subject8).Prop.Value.String())
	require.Equal(t, "5", lookup(t, recs, "message/attachment 0", mapi.PidTagAttachMethod).Prop.Value.String())
	require.Equal(t, "a.txt", lookup(t, recs, "message/attachment 1", 0x3704001E).Prop.Value.String())
	// Messages that are other properties, or twice the same, have paths of their own.
	message := object(iidMessage, newFile().msg(attSubject, zero8("S")).b)
	recs = records(t, newFile().msg(attMsgProps, list(prop(0x3001000D, message), prop(0x3701000D, message), prop(0x3701000D, message))).b)
	var items []string
	for _, r := range recs {
		if r.Prop.Tag == subject8 {
			items = append(items, r.Item)
		}
	}
	require.Equal(t, []string{"message/0x3001000D", "message/message", "message/message 2"}, items)
}

// claim is the head of an attribute that claims n bytes.
func claim(id, n uint32) []byte { return join([]byte{1}, u32(id), u32(n)) }

// zeros gives so many zeros, and then what is behind them.
func zeros(n int64, behind []byte) io.Reader {
	return io.MultiReader(io.LimitReader(zeroReader{}, n), bytes.NewReader(behind))
}

type zeroReader struct{}

func (zeroReader) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// TestTooLong has an attribute that is larger than any that is read, and one behind it.
func TestTooLong(t *testing.T) {
	recs := records(t, newFile().raw(claim(attBody, tnef.MaxAttribute+1)...).raw(1, 2, 3).b)
	require.Len(t, recs, 2)
	require.Equal(t, []diag.Code{tnef.TooLong}, codes(recs[1]))
	require.Contains(t, recs[1].Findings[0].Msg, "claims 1073741825 bytes, 1073741824 are read at most: 3 bytes passed over")
	if testing.Short() {
		t.Skip("a gigabyte takes a while")
	}
	const n = tnef.MaxAttribute + 1
	behind := newFile().raw(0, 0).msg(attPriority, u16(1)).b[6:]
	recs, errs := read(t, io.MultiReader(bytes.NewReader(newFile().raw(claim(attBody, n)...).b), zeros(n, behind)))
	require.Empty(t, errs)
	require.Equal(t, "2", lookup(t, recs, "message", importance).Prop.Value.String())
	require.Equal(t, int64(6+9+n+2+9), lookup(t, recs, "message", importance).Offset)
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func skipRace(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates too")
	}
}

// TestMemory has an attachment of 50 MB, which is not copied but for what making room takes, and claims of gigabytes that
// nothing stands behind.
func TestMemory(t *testing.T) {
	skipRace(t)
	const size = 50 << 20
	attached := newFile().att(attRendData, rendData)
	head := join([]byte{2}, u32(attAttachData), u32(size))
	n := 0
	used := allocated(func() {
		r := io.MultiReader(bytes.NewReader(attached.b), bytes.NewReader(head), zeros(size, []byte{0, 0}))
		for rec, err := range tnef.NewReader(r, "", 0).Records() {
			require.NoError(t, err)
			n = max(n, len(rec.Raw))
		}
	})
	require.Equal(t, size, n)
	require.Less(t, used, uint64(size*3/2+1<<20))

	// In a list of properties it is the same memory again.
	list := join(u32(1), u16(0x102), u16(0x3701), u32(1), u32(size))
	head = join([]byte{2}, u32(attAttachment), u32(size+uint32(len(list))), list)
	used = allocated(func() {
		r := io.MultiReader(bytes.NewReader(attached.b), bytes.NewReader(head), zeros(size, []byte{0, 0}))
		for rec := range tnef.NewReader(r, "", 0).Records() {
			if rec.Prop.Tag == mapi.PidTagAttachDataBinary {
				require.Len(t, rec.Prop.Value, size)
			}
		}
	})
	require.Less(t, used, uint64(size*3/2+1<<20))

	for name, b := range map[string][]byte{
		"an attribute":       newFile().raw(claim(attBody, 0x3FFFFFFF)...).raw(1, 2, 3).b,
		"properties":         newFile().msg(attMsgProps, u32(0xFFFFFFFF)).b,
		"rows":               newFile().msg(attRecipTable, u32(0xFFFFFFFF)).b,
		"values":             newFile().msg(attMsgProps, join(u32(1), prop(0x30001003, u32(0xFFFFFFFF)))).b,
		"texts":              newFile().msg(attMsgProps, join(u32(1), prop(0x3000101F, u32(0xFFFFFFFF)))).b,
		"the size of a text": newFile().msg(attMsgProps, join(u32(1), prop(subject8, u32(1), u32(0xFFFFFFFF)))).b,
		"a name":             newFile().msg(attMsgProps, join(u32(1), prop(0x80000003, appointment[:], u32(1), u32(0xFFFFFFFF)))).b,
	} {
		used := allocated(func() {
			for range tnef.NewReader(bytes.NewReader(b), "", 0).Records() {
			}
		})
		require.Less(t, used, uint64(256<<10), name)
	}
}

// TestEveryByte changes each byte of a file in turn: what is read is another, checksums aside. So no byte is passed over.
func TestEveryByte(t *testing.T) {
	show := func(b []byte) string {
		recs, errs := read(t, bytes.NewReader(b))
		var all strings.Builder
		for _, r := range recs {
			if !slices.Contains(codes(r), tnef.Checksum) {
				fmt.Fprintf(&all, "%s %d %s %s %x %q %v %v\n", r.Item, r.Offset, r.Prop.Tag, r.Prop.Name, r.Raw, r.Text, r.Prop.Value, r.Findings)
			}
		}
		return all.String() + fmt.Sprint(errs)
	}
	address := []byte("\x04\x00\x1A\x00\x02\x00\x08\x00A\x00SMTP:b@\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	b := outer().msg(attFrom, address).msg(attOwner, []byte("\x02\x00A\x00\x04\x00X:B\x00")).
		msg(attStatus, []byte{0x25}).msg(attRequestRes, u16(1)).msg(attDateSent, date(2026, 9, 15, 7, 30, 5, 2)).msg(0x00061234, []byte{1, 2}).
		msg(attMsgProps, list(prop(0x3701000D, object(iidStorage, []byte("ole"))), prop(0x30010000|0x1E, one([]byte("A"))), prop(0x30031002, many2(1, 2, 3)))).b
	sums := map[int]bool{}
	for at := 6; at < len(b); {
		at += 9 + int(le.Uint32(b[at+5:])) + 2
		sums[at-1], sums[at-2] = true, true
	}
	at := bytes.LastIndex(b, []byte(magic)) + 6 // the message inside
	for end := at + len(inner().b) - 6; at < end; {
		at += 9 + int(le.Uint32(b[at+5:])) + 2
		sums[at-1], sums[at-2] = true, true
	}
	whole := show(b)
	for i := range b {
		if sums[i] {
			continue
		}
		for _, change := range []byte{0x01, 0x20, 0xFF} {
			b[i] ^= change
			require.NotEqual(t, whole, show(b), "byte %d, %02x for %02x", i, b[i], b[i]^change)
			b[i] ^= change
		}
	}
}

const magic = "\x78\x9F\x3E\x22"

// TestPieces reads a file that comes in pieces.
func TestPieces(t *testing.T) {
	b := outer().raw(3, 3, 3).msg(attPriority, u16(1)).msg(attBody, make([]byte, 300_000)).raw(9).b
	whole := lines(records(t, b))
	for name, r := range map[string]io.Reader{
		"bytes": iotest.OneByteReader(bytes.NewReader(b)), "halves": iotest.HalfReader(bytes.NewReader(b)), "errors with data": iotest.DataErrReader(bytes.NewReader(b)),
	} {
		recs, errs := read(t, r)
		require.Empty(t, errs)
		require.Empty(t, cmp.Diff(whole, lines(recs)), name)
	}
}

var errDisk = errors.New("the disk is on fire")

// TestBroken reads files from a source that breaks, at every byte.
func TestBroken(t *testing.T) {
	b := outer().b
	for n := range b {
		_, errs := read(t, io.MultiReader(bytes.NewReader(b[:n]), iotest.ErrReader(errDisk)))
		require.Len(t, errs, 1)
		require.ErrorIs(t, errs[0], errDisk, "at %d", n)
	}
	_, errs := read(t, io.MultiReader(bytes.NewReader(b), hollow{}))
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], io.ErrNoProgress)
}

// hollow is a reader that gives nothing, for ever.
type hollow struct{}

func (hollow) Read([]byte) (int, error) { return 0, nil }

func TestStopEarly(t *testing.T) {
	b := outer().raw(3, 3).b
	for n := range records(t, b) {
		got := 0
		for range tnef.NewReader(bytes.NewReader(b), "", 0).Records() {
			if got++; got == n+1 {
				break
			}
		}
		require.Equal(t, n+1, got)
	}
	for range tnef.NewReader(strings.NewReader("no TNEF"), "", 0).Records() {
		break
	}
}

// TestOnce: a Reader is a dump.Reader whose records can be had once.
func TestOnce(t *testing.T) {
	var r dump.Reader = tnef.NewReader(bytes.NewReader(outer().b), "", 0)
	n := 0
	for range r.Records() {
		n++
	}
	require.Positive(t, n)
	for range r.Records() {
		t.Fatal("a second time")
	}
}

// TestMutations changes bytes. Whatever they are, the reader ends, shows no more than there is, and every byte it shows
// stands where it says.
func TestMutations(t *testing.T) {
	whole := outer().b
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 7))
		b := bytes.Clone(whole)
		for range 1 + r.IntN(5) {
			switch at := r.IntN(len(b)); r.IntN(4) {
			case 0:
				b = slices.Delete(b, at, min(at+1+r.IntN(9), len(b)))
			case 1:
				b = slices.Insert(b, at, make([]byte, 1+r.IntN(9))...)
			default:
				b[at] = byte(r.IntN(256))
			}
		}
		recs, _ := read(t, bytes.NewReader(b))
		shown, remarks := 0, 0
		for _, rec := range recs {
			shown += len(rec.Raw)
			remarks += 1 + len(rec.Findings)
			require.True(t, rec.Offset >= 0 && rec.Offset <= int64(len(b)))
			if rec.Prop.Tag == 0 && rec.Raw != nil {
				require.Equal(t, hex.EncodeToString(rec.Raw), hex.EncodeToString(b[rec.Offset:][:len(rec.Raw)]), "seed %d", seed)
			}
		}
		require.LessOrEqual(t, shown, 2*len(b))
		require.LessOrEqual(t, remarks, 2*len(b))
	}
}
