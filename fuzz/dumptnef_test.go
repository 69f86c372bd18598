package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// tnefForm is TNEF, whose code page of last resort is 932.
var tnefForm = form{open: func(r io.Reader) dump.Reader { return tnef.NewReader(r, sourceName, 932) }, codes: slices.Concat(ours, tnef.Codes())}

// The attributes whose data are lists.
const (
	attMsgProps   = 0x00069003
	attRecipTable = 0x00069004
	attAttachment = 0x00069005
)

// tnefFile puts attributes behind the signature of a file. An attribute of a file is its head, data and checksum.
func tnefFile(attributes ...[]byte) []byte {
	return append([]byte("\x78\x9F\x3E\x22\x34\x12"), bytes.Join(attributes, nil)...)
}

func tnefAttribute(level byte, id uint32, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32([]byte{level}, id), uint32(len(data)))
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(append(b, data...), sum)
}

// tnefNested puts a file into an attachment of another, so many times.
func tnefNested(b []byte, times int) []byte {
	for range times {
		size := binary.LittleEndian.AppendUint32(nil, uint32(16+len(b)))
		list := slices.Concat([]byte("\x01\x00\x00\x00\x0D\x00\x01\x37\x01\x00\x00\x00"), size,
			[]byte("\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"), b, make([]byte, -len(b)&3))
		b = tnefFile(tnefAttribute(2, attAttachment, list))
	}
	return b
}

// tnefSeeds are the examples of the catalogue, alone and inside another message, and lists of properties.
func tnefSeeds(tb testing.TB) (all []seed) {
	for _, s := range examples(tnef.Codes(), "tnef")(tb) {
		b := unhex(tb, string(s.data))
		all = append(all, seed{s.name, b}, seed{s.name + "-nested", tnefNested(b, 2)})
	}
	return append(all, seed{"properties", unhex(tb, "02000000 02010080 0220060000000000C000000000000046 00000000 5E820000 01000000 05000000 0201060002000000 0B000200 01000000")},
		seed{"lists", unhex(tb, "03000000 1E100130 02000000 02000000 41000000 00000000 03100230 01000000 07000000 02100330 01000000 0500FFFF")},
		seed{"row", unhex(tb, "01000000 01000000 1F000130 01000000 04000000 41000000")},
		seed{"name", unhex(tb, "01000000 1F000080 0220060000000000C000000000000046 01000000 06000000 410042000000 0000 01000000 02000000 00000000")})
}

// checkDumpTNEF reads b as a file, and as the properties of a message, of an attachment and of recipients.
func checkDumpTNEF(tb testing.TB, b []byte) {
	all := chunked(b)
	kinds := slices.Sorted(maps.Keys(all))
	kind := kinds[int(crc32.ChecksumIEEE(b)>>4)%len(kinds)]
	checkTNEF(tb, b, all[kind])
	for id, level := range map[uint32]byte{attMsgProps: 1, attRecipTable: 1, attAttachment: 2} {
		checkTNEF(tb, tnefFile(tnefAttribute(level, id, b)), nil)
	}
}

// checkTNEF reads a file: at once, in pieces, up to the first record, from a source that breaks.
func checkTNEF(tb testing.TB, b []byte, inPieces io.Reader) {
	tb.Helper()
	whole := readDump(tnefForm.open(bytes.NewReader(b)))
	if inPieces != nil {
		if got := readDump(tnefForm.open(inPieces)); !slices.Equal(shown(whole), shown(got)) {
			tb.Fatalf("%x (-whole +pieces):\n%s", b, cmp.Diff(shown(whole), shown(got)))
		}
	}
	for range tnefForm.open(bytes.NewReader(b)).Records() {
		break
	}
	for _, r := range whole {
		r.check(tb, b, tnefForm)
		rec := &r.rec
		if rec.Line != 0 || rec.Offset < 0 || rec.Offset > int64(len(b)) || !strings.HasPrefix(rec.Item, "message") {
			tb.Fatalf("%x: %s", b, r)
		}
		// What is no property is as it stands in the file.
		if rec.Prop.Tag == 0 && rec.Raw != nil && !bytes.HasPrefix(b[rec.Offset:], rec.Raw) {
			tb.Fatalf("%x: other bytes stand there: %s", b, r)
		}
	}
	checkAmount(tb, b, whole, tnefForm)
	checkItems(tb, whole)
	told := false
	for rec, err := range tnefForm.open(io.MultiReader(bytes.NewReader(b[:len(b)/2]), iotest.ErrReader(errBroken))).Records() {
		told = told || errors.Is(err, errBroken) || errors.Is(err, tnef.NotTNEF)
		if errors.Is(err, errBroken) && (rec.Offset < 0 || rec.Offset > int64(len(b)/2)) {
			tb.Fatalf("%x: breaks at %d of %d", b, rec.Offset, len(b)/2)
		}
	}
	if !told {
		tb.Fatalf("%x: nothing says that the source broke", b)
	}
}

// TestHostileTNEF reads much of the same: of attributes, properties, rows, and of bytes that are none.
func TestHostileTNEF(t *testing.T) {
	skipRace(t)
	read := func(b []byte) {
		for range dump.Items(tnefForm.open(bytes.NewReader(b)).Records()) {
		}
	}
	for unit, what := range map[string]string{"\x03": "no attribute", "\x01": "level", "\x01\x04\x80\x01\x00": "head", "\x02\x10\x80\x01\x00\x00\x00\x00\x00\x00\x00": "attachments",
		string(tnefAttribute(1, 0x00018004, []byte("A\x00"))): "subjects", string(tnefAttribute(2, 0x00069002, make([]byte, 14))): "renderings",
		string(tnefAttribute(1, 0x12345678, nil)): "unknown attributes", "\x01\x09\x09\x09\x09\xFF\xFF\xFF\xFF": "claims of 4 GB"} {
		checkLinear(t, "DumpTNEF "+what, read, func(n int) []byte { return tnefFile(bytes.Repeat([]byte(unit), 1+n/len(unit))) })
	}
	// Making a file may take more than reading it.
	once := func(make func(n int) []byte) func(int) []byte {
		made := map[int][]byte{}
		return func(n int) []byte {
			if made[n] == nil {
				made[n] = make(n)
			}
			return made[n]
		}
	}
	list := func(name, head, unit string, id uint32, depth int) {
		checkLinear(t, "DumpTNEF "+name, read, once(func(n int) []byte {
			data := append(unhex(t, head), bytes.Repeat(unhex(t, unit), 1+2*n/len(unit))...)
			return tnefNested(tnefFile(tnefAttribute(1, id, data)), depth)
		}))
	}
	const all = "FFFFFFFF"
	const name = "0220060000000000C000000000000046 01000000 02000000 00000000"
	list("numbers", all, "03001700 01000000", attMsgProps, 0)
	list("numbers that differ", all, "03001700 01000000 03001700 02000000", attMsgProps, 0)
	list("Booleans of memory", all, "0B001700 FFFFFFFF", attMsgProps, 0)
	list("names", all, "03000080"+name+"01000000", attMsgProps, 0)
	list("texts", all, "1E003700 01000000 00000000", attMsgProps, 0)
	list("texts of 8 bits", all, "1E003700 01000000 02000000 FF810000", attMsgProps, 0)
	list("a list of texts", "01000000 1E100130"+all, "01000000 FF000000", attMsgProps, 0)
	list("a list of empty texts", "01000000 1F100130"+all, "00000000", attMsgProps, 0)
	list("a list of numbers", "01000000 02100130"+all, "0100FFFF", attMsgProps, 0)
	list("values of a single", "01000000 1E000130"+all, "00000000", attMsgProps, 0)
	list("objects", all, "0D000137 01000000 00000000", attMsgProps, 0)
	list("messages", all, "0D000137 01000000 16000000 0703020000000000C000000000000046 789F3E223412 0000", attMsgProps, 0)
	list("rows", all, "01000000 0300150C 01000000", attRecipTable, 0)
	list("empty rows", all, "00000000", attRecipTable, 0)
	list("rows, deep inside", all, "01000000 0300150C 01000000", attRecipTable, 30)
	list("texts, deep inside", all, "1E003700 01000000 02000000 FF810000", attMsgProps, 30)
	checkLinear(t, "DumpTNEF messages in messages", read, once(func(n int) []byte { return tnefNested(tnefFile(), n/70) }))
	checkLinear(t, "DumpTNEF messages side by side", read, func(n int) []byte {
		one := tnefNested(tnefFile(), 1)
		return tnefFile(bytes.Repeat(one[6:], 1+n/len(one)))
	})
}

// TestTNEFInputs holds the seeds to what they are made for.
func TestTNEFInputs(t *testing.T) {
	recs := readDump(tnefForm.open(bytes.NewReader(tnefNested(tnefFile(tnefAttribute(1, 0x00018004, []byte("A\x00"))), 3))))
	last := recs[len(recs)-1].rec
	require.Equal(t, "message"+strings.Repeat("/attachment 0/message", 3), last.Item)
	require.Equal(t, "A", last.Prop.Value.String())
}
