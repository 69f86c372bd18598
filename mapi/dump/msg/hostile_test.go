package msg_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// A property stream whose second entry repeats a large value does not repeat its bytes.
func TestDuplicates(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).stream(0x37010102, 0, make([]byte, 100)).stream(0x37010102, 0, make([]byte, 100)).
		number(0x00170003, 1).number(0x00170003, 2)
	recs, _ := records(t, b.files)
	require.Len(t, recs, 4)
	require.Len(t, recs[0].Raw, 100)
	require.Nil(t, recs[1].Raw)
	require.Equal(t, "2", recs[3].Prop.Value.String())
	require.Equal(t, []diag.Code{msg.DuplicateTag}, codes(recs[1]))
	require.Equal(t, []diag.Code{msg.DuplicateTag}, codes(recs[3]))
}

func TestNothingLost(t *testing.T) {
	b := meeting()
	b.put("__substg1.0_3001001F", unhex("4100"))
	b.put("\x05SummaryInformation", []byte{1})
	b.put("__recip_version1.0_#0000000G/__properties_version1.0", []byte{2})
	b.put("__attach_version1.0_#00000001/__substg1.0_3701000D/__nameid_version1.0/x", []byte{3})
	b.put("__nameid_version1.0/odd", []byte{4})
	b.put("__nameid_version1.0/deep/er", []byte{5})
	recs, errs := records(t, b.files)
	var got []string
	for _, r := range recs {
		if slices.Contains(codes(r), msg.Unclaimed) {
			got = append(got, fmt.Sprintf("%s %s %x %d", r.Item, r.Prop.Tag, r.Raw, r.Offset))
			require.Nil(t, r.Prop.Value)
		}
	}
	require.ElementsMatch(t, []string{"message 0x3001001F 4100 -1", "message 0x00000000 01 -1", "message 0x00000000 02 -1",
		"message/attachment 1/message 0x00000000 03 -1", "message 0x00000000 04 -1"}, got)
	require.Len(t, errs, 1)
	require.ErrorContains(t, errs[0], "__nameid_version1.0/deep")
}

func TestOLEStorage(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 1, 0, 1, 0, 0)
	b.object("__attach_version1.0_#00000000").number(mapi.PidTagAttachMethod, 6).entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF04000000")...)
	b.put("__attach_version1.0_#00000000/__substg1.0_3701000D/CONTENTS", []byte("abc"))
	b.put("__attach_version1.0_#00000000/__substg1.0_3701000D/Sub/\x01Ole", []byte("de"))
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	require.Len(t, recs, 4)
	require.Equal(t, "message/attachment 0/storage", recs[2].Item)
	require.Equal(t, "abc", string(recs[2].Raw))
	require.Equal(t, "de", string(recs[3].Raw))
	require.Equal(t, "__attach_version1.0_#00000000/__substg1.0_3701000D/Sub/\x01Ole", recs[3].Findings[0].Path)
}

func TestDepth(t *testing.T) {
	b := newBuilder()
	dir := ""
	header := []uint32{0, 1, 0, 1, 0, 0}
	for range msg.MaxDepth + 3 {
		b.object(dir, header...).text(mapi.PidTagSubject, "S")
		header = header[:4]
		at := strings.TrimPrefix(dir+"/__attach_version1.0_#00000000", "/")
		b.object(at).entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF01000000")...)
		dir = at + "/__substg1.0_3701000D"
	}
	recs, errs := records(t, b.files)
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], msg.TooDeep)
	require.Len(t, recs, 2*(msg.MaxDepth+1))
}

func TestHeaderSizes(t *testing.T) {
	for _, size := range []int{24, 32} {
		b := newBuilder()
		b.put("__properties_version1.0", append(make([]byte, size), unhex("0300070E 06000000 01000000 00000000"+"03001700 06000000 02000000 00000000")...))
		recs, errs := records(t, b.files)
		require.Empty(t, errs)
		require.Equal(t, "1", lookup(t, recs, "message", 0x0E070003).Prop.Value.String())
		require.Equal(t, "2", lookup(t, recs, "message", 0x00170003).Prop.Value.String())
		require.Equal(t, size == 24, slices.ContainsFunc(recs, func(r dump.Record) bool { return slices.Contains(codes(r), msg.HeaderSize) }))
	}
}

func TestOpenErrors(t *testing.T) {
	_, err := msg.Open(fstest.MapFS{}, "", 0)
	require.ErrorIs(t, err, msg.NotAMessage)
	_, err = msg.Open(fstest.MapFS{"WordDocument": {}}, "", 0)
	require.ErrorIs(t, err, msg.NotAMessage)
}

// Every stream of a good file, cut at every length: always a finding, and everything else is still there.
func TestTruncations(t *testing.T) {
	whole := meeting()
	good, _ := records(t, whole.files)
	for name, f := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue // a hash bucket of the name map, which is not needed
		}
		for n := range f.Data {
			b := newBuilder()
			for k, v := range whole.files {
				b.files[k] = v
			}
			b.put(name, f.Data[:n])
			recs, errs := records(t, b.files)
			var codes []diag.Code
			for _, r := range recs {
				for _, f := range r.Findings {
					if f.Severity >= diag.Warning {
						codes = append(codes, f.Code)
					}
				}
			}
			require.NotEmpty(t, append(codes, codesOf(errs)...), "%s cut to %d", name, n)
			require.GreaterOrEqual(t, len(recs), len(good)-10)
		}
	}
}

func codesOf(errs []error) []diag.Code {
	var list []diag.Code
	for _, err := range errs {
		var f diag.Finding
		if errors.As(err, &f) {
			list = append(list, f.Code)
		}
	}
	return list
}

// A missing stream is never silent either.
func TestMissing(t *testing.T) {
	whole := meeting()
	for name := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue
		}
		b := newBuilder()
		for k, v := range whole.files {
			if k != name {
				b.files[k] = v
			}
		}
		recs, errs := records(t, b.files)
		worst := diag.Severity(0)
		for _, r := range recs {
			for _, f := range r.Findings {
				worst = max(worst, f.Severity)
			}
		}
		require.True(t, worst >= diag.Warning || len(errs) > 0, name)
	}
}

func TestUnreadable(t *testing.T) {
	whole := meeting()
	for name := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue
		}
		recs, errs := records(t, brokenFS{whole.files, map[string]bool{name: true}})
		found := len(errs) > 0
		for _, r := range recs {
			found = found || slices.Contains(codes(r), msg.Unreadable)
		}
		require.True(t, found, name)
	}
}

// Whatever the bytes are, the reader ends, and shows no more than a small multiple of them.
func TestMutations(t *testing.T) {
	whole := meeting()
	var names []string
	size := 0
	for name, f := range whole.files {
		names = append(names, name)
		size += len(f.Data)
	}
	slices.Sort(names)
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		b := newBuilder()
		for k, v := range whole.files {
			b.files[k] = v
		}
		for range 1 + r.IntN(5) {
			name := names[r.IntN(len(names))]
			data := bytes.Clone(b.files[name].Data)
			for range 1 + r.IntN(4) {
				if len(data) > 0 {
					data[r.IntN(len(data))] = byte(r.IntN(256))
				}
			}
			b.put(name, data)
		}
		recs, _ := records(t, b.files)
		shown := 0
		for _, rec := range recs {
			shown += len(rec.Raw)
		}
		require.LessOrEqual(t, shown, 4*size)
	}
}

// Files of nothing but chance.
func TestRandom(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 8))
		noise := func(n int) []byte {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(r.IntN(256))
			}
			return b
		}
		b := newBuilder()
		for _, dir := range []string{"", "__recip_version1.0_#00000000/", "__attach_version1.0_#00000007/", "__attach_version1.0_#00000007/__substg1.0_3701000D/"} {
			props := noise(32)
			for range r.IntN(6) {
				types := []uint16{0x1F, 0x1E, 0x102, 0x0D, 0x101F, 0x1102, 0x1003, 3, 0xB, 0x48, uint16(r.IntN(65536))}
				ids := []uint16{0x3701, 0x37, 0x3FFD, 0x3FDE, 0x8000, 0x8001, uint16(r.IntN(65536))}
				typ, id := types[r.IntN(len(types))], ids[r.IntN(len(ids))]
				props = le.AppendUint16(le.AppendUint16(props, typ), id)
				props = append(props, noise(12)...)
				name := fmt.Sprintf("%s__substg1.0_%04X%04X", dir, id, typ)
				if r.IntN(3) > 0 && typ != 0x0D {
					b.put(name, noise(r.IntN(30)))
				}
				if r.IntN(3) == 0 {
					b.put(name+"-00000000", noise(r.IntN(9)))
				}
			}
			b.put(dir+"__properties_version1.0", append(props, noise(r.IntN(20))...))
		}
		for i := range 3 {
			b.put(fmt.Sprintf("__nameid_version1.0/__substg1.0_000%d0102", 2+i), noise(r.IntN(64)))
		}
		recs, _ := records(t, b.files)
		require.NotEmpty(t, recs)
	}
}

// A list that claims a million values without streams is one finding, and memory stays in proportion.
func TestManyValues(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).stream(0x3001101F, 0, make([]byte, 400_000))
	recs, _ := records(t, b.files)
	require.Len(t, recs, 1)
	require.Equal(t, []diag.Code{msg.NoValueStream}, codes(recs[0]))
}

func TestStopEarly(t *testing.T) {
	b := meeting()
	b.put("orphan", nil)
	recs, _ := records(t, b.files)
	for n := range recs {
		r, err := msg.Open(b.files, "", 0)
		require.NoError(t, err)
		got := 0
		for range r.Records() {
			if got++; got == n+1 {
				break
			}
		}
		require.Equal(t, n+1, got)
	}
}

// A Reader is a dump.Reader, and can be read twice.
func TestTwice(t *testing.T) {
	r, err := msg.Open(meeting().files, "m", 0)
	require.NoError(t, err)
	var _ dump.Reader = r
	count := func() (n int) {
		for range r.Records() {
			n++
		}
		return n
	}
	require.Equal(t, count(), count())
	require.NotErrorIs(t, diag.Finding{Code: msg.NoStream}, io.ErrUnexpectedEOF)
	require.ErrorIs(t, diag.Finding{Code: msg.SizeOverrun}, io.ErrUnexpectedEOF)
}

// brokenDirFS cannot list some of its folders.
type brokenDirFS struct {
	fstest.MapFS
	broken string
}

func (b brokenDirFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.broken {
		return nil, errDisk
	}
	return b.MapFS.ReadDir(name)
}

func TestUnlistable(t *testing.T) {
	b := meeting()
	b.put("odd/inner/x", []byte{1})
	b.object("__attach_version1.0_#00000002").entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF04000000")...)
	b.put("__attach_version1.0_#00000002/__substg1.0_3701000D/Sub/x", []byte{1})
	for _, dir := range []string{"__nameid_version1.0", "__recip_version1.0_#00000000", "__attach_version1.0_#00000001/__substg1.0_3701000D",
		"odd", "odd/inner", "__attach_version1.0_#00000002/__substg1.0_3701000D/Sub"} {
		_, errs := records(t, brokenDirFS{b.files, dir})
		require.Contains(t, codesOf(errs), msg.Unreadable, dir)
		require.ErrorContains(t, errs[0], dir)
		require.ErrorContains(t, errs[0], errDisk.Error())
	}
	_, err := msg.Open(brokenDirFS{b.files, "."}, "", 0)
	require.ErrorIs(t, err, msg.Unreadable)
}

func TestHollowStorage(t *testing.T) {
	b := meeting()
	b.files["odd"] = &fstest.MapFile{Mode: fs.ModeDir}
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	last := recs[len(recs)-1]
	require.Equal(t, []diag.Code{msg.Unclaimed}, codes(last))
	require.Equal(t, "odd", last.Findings[0].Path)
}

// Pages in which bytes below 0x80 are not ASCII are always told.
func TestEBCDIC(t *testing.T) {
	for _, page := range []uint32{37, 1140} {
		b := newBuilder()
		b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, page).stream(0x0037001E, 1, []byte{0x40})
		recs, _ := records(t, b.files)
		require.Equal(t, msg.CodePage, codes(recs[1])[0])
	}
}

// UTF-8 is believed where the bytes are UTF-8, and only there.
func TestUTF8(t *testing.T) {
	for text, page := range map[string]int{"\xC3\xA4": 65001, "\xE4": 1252} {
		b := newBuilder()
		b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 65001).number(mapi.PidTagMessageLocaleId, 1031).
			stream(0x0037001E, 1, []byte(text))
		recs, _ := records(t, b.files)
		v := recs[2].Prop.Value.(mapi.String8)
		require.Equal(t, page, v.CodePage)
		require.Equal(t, "ä", v.String())
	}
}
