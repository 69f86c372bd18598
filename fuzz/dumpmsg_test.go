package fuzz_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// An input of FuzzDumpMSG is a list of streams. Each is a byte that says how its path is made, the path, two bytes of
// length, and the contents. A path is 0: a folder and a name of this format, by number; 1: any text behind its length;
// 2: the same, of a stream that cannot be read.
var (
	attached   = "__attach_version1.0_#00000000/__substg1.0_3701000D"
	msgFolders = []string{"", "__nameid_version1.0", "__recip_version1.0_#00000000", "__recip_version1.0_#00000001", "__attach_version1.0_#00000000",
		"__attach_version1.0_#00000001", attached, attached + "/__recip_version1.0_#00000000", attached + "/__attach_version1.0_#00000000",
		attached + "/" + attached, "__attach_version1.0_#00000001/__substg1.0_3701000D/Sub", "__RECIP_VERSION1.0_#0000000A"}
	msgIDs = []uint16{0x0037, 0x001A, 0x3701, 0x0E1F, 0x3FFD, 0x3FDE, 0x3FF1, 0x0002, 0x0003, 0x0004, 0x1000, 0x8000, 0x8001}
)

func (s *source) stream() (name string, unreadable bool, data []byte) {
	switch s.below(4) {
	case 0, 3:
		name = "__properties_version1.0"
		folder := msgFolders[s.below(len(msgFolders))]
		if kind := s.below(4); kind > 0 {
			name = fmt.Sprintf("__substg1.0_%04X%04X", msgIDs[s.below(len(msgIDs))], uint16(types[s.below(len(types))]))
			if kind == 3 {
				name += fmt.Sprintf("-%08X", s.below(4))
			}
		}
		name = path.Join(folder, name)
	case 1:
		name = string(s.bytes(int(s.u8())))
	case 2:
		name, unreadable = string(s.bytes(int(s.u8()))), true
	}
	return name, unreadable, s.bytes(min(int(s.u16()), len(s.b)))
}

// msgFiles makes the streams of an input. Paths that no file system has are left out.
func msgFiles(b []byte) pieces {
	s := &source{b}
	p := pieces{MapFS: fstest.MapFS{}, unreadable: map[string]bool{}}
	for !s.done() && len(p.MapFS) < 64 {
		if name, unreadable, data := s.stream(); fs.ValidPath(name) && name != "." {
			p.MapFS[name] = &fstest.MapFile{Data: data}
			p.unreadable[name] = unreadable
		}
	}
	return p
}

// msgInput is the input for a list of streams as the catalogue has it: a path and its contents in hex, one a line.
func msgInput(tb testing.TB, list string) (b []byte) {
	for line := range strings.SplitSeq(list, "\n") {
		name, contents, ok := strings.Cut(line, " ")
		require.True(tb, ok && len(name) < 256, line)
		kind := byte(1)
		if contents == "!" {
			kind, contents = 2, ""
		}
		data := unhex(tb, contents)
		require.Less(tb, len(data), 0x10000)
		b = append(append(b, kind, byte(len(name))), name...)
		b = append(append(b, byte(len(data)), byte(len(data)>>8)), data...)
	}
	return b
}

const (
	zeros8   = "0000000000000000"
	appt     = "0220060000000000C000000000000046"
	msgHead  = "__properties_version1.0 " + zeros8 + "01000000010000000100000001000000" + zeros8
	msgParts = msgHead + "1F001A0006000000" + "1200000000000000" + "4000060E06000000" + "00C0E41FD82ACD01" + "0B001B0E06000000" + "0100000000000000" +
		"0201008006000000" + "0600000000000000" + "1F10018006000000" + "0800000000000000" + "1E00370006000000" + "0300000000000000" + "\n" +
		"__substg1.0_001A001F 490050004D002E004E006F0074006500\n__substg1.0_80000102 020106000200\n__substg1.0_8001101F 0400000004000000\n" +
		"__substg1.0_8001101F-00000000 41000000\n__substg1.0_8001101F-00000001 42000000\n__substg1.0_0037001E 93FA\n" +
		"__nameid_version1.0/__substg1.0_00020102 " + appt + "\n__nameid_version1.0/__substg1.0_00030102 5E820000060000000000000005000100\n" +
		"__nameid_version1.0/__substg1.0_00040102 100000004B006500790077006F00720064007300\n" +
		"__recip_version1.0_#00000000/__properties_version1.0 " + zeros8 + "0300150C060000000100000000000000\n" +
		"__attach_version1.0_#00000000/__properties_version1.0 " + zeros8 + "0D00013706000000FFFFFFFF01000000\n" +
		"__attach_version1.0_#00000000/__substg1.0_3701000D/__properties_version1.0 " + zeros8 + zeros8 + zeros8 + "1F003700060000000400000000000000\n" +
		"__attach_version1.0_#00000000/__substg1.0_3701000D/__substg1.0_0037001F 5800"
)

// msgSeeds are the examples of the catalogue, and a message with everything in it.
func msgSeeds(tb testing.TB) (all []seed) {
	for _, e := range msg.Codes() {
		if e.Kind == "msg" && len(e.Example) < 4096 {
			all = append(all, seed{strings.ReplaceAll(string(e.Code), ".", "-"), msgInput(tb, e.Example)})
		}
	}
	return append(all, seed{"message-with-parts", msgInput(tb, msgParts)}, numbers(tb)[3])
}

// pieces is a file system whose files come in pieces, and some of which cannot be read.
type pieces struct {
	fstest.MapFS
	unreadable map[string]bool
	wrap       func(io.Reader) io.Reader
}

func (p pieces) Open(name string) (fs.File, error) {
	f, err := p.MapFS.Open(name)
	if err != nil || p.MapFS[name] == nil {
		return f, err
	}
	switch {
	case p.unreadable[name]:
		return file{f, iotest.ErrReader(errBroken)}, nil
	case p.wrap != nil:
		return file{f, p.wrap(f)}, nil
	}
	return f, nil
}

type file struct {
	fs.File
	r io.Reader
}

func (f file) Read(b []byte) (int, error) { return f.r.Read(b) }

// checkDumpMSG reads a list of streams as a message: at once, in pieces, and up to the first record.
func checkDumpMSG(tb testing.TB, b []byte) {
	files := msgFiles(b)
	whole, openErr := readMSG(files)
	var f diag.Finding
	if openErr != nil {
		if !errors.As(openErr, &f) || f.Code != msg.NotAMessage {
			tb.Fatalf("%v: %v", names(files), openErr)
		}
		return
	}
	for _, wrap := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
		files.wrap = wrap
		if got, _ := readMSG(files); !slices.Equal(shown(whole), shown(got)) {
			tb.Fatalf("%v (-whole +pieces):\n%s", names(files), cmp.Diff(shown(whole), shown(got)))
		}
	}
	files.wrap = nil
	codes := slices.Concat(ours, msg.Codes())
	size, remarks, content := 0, 0, 0
	for name, f := range files.MapFS {
		size += len(f.Data) + len(name)
	}
	for _, r := range whole {
		r.check(tb, b, form{codes: codes})
		remarks += 1 + len(r.rec.Findings)
		content += len(r.rec.Raw) + len(r.rec.Text)
		if r.rec.Line != 0 || r.rec.Offset < -1 || r.rec.Offset > int64(size) || r.rec.Item == "" {
			tb.Fatalf("%v: %s", names(files), r)
		}
	}
	if content > 4*size+64 || remarks > size+16 {
		tb.Fatalf("%v: %d bytes of values and %d records and findings of %d bytes", names(files), content, remarks, size)
	}
	checkNothingLost(tb, files, whole)
	checkItems(tb, whole)
	if r, err := msg.Open(files, sourceName, 0); err == nil {
		for range r.Records() {
			break
		}
	}
}

func names(p pieces) (all []string) {
	for name, f := range p.MapFS {
		all = append(all, fmt.Sprintf("%s %x", name, f.Data))
	}
	slices.Sort(all)
	return all
}

func readMSG(files pieces) ([]read, error) {
	r, err := msg.Open(files, sourceName, 1250)
	if err != nil {
		return nil, err
	}
	var reader dump.Reader = r
	return readDump(reader), nil
}

// checkNothingLost: a stream that cannot be read is told, wherever it stands and whatever it would have been.
func checkNothingLost(tb testing.TB, files pieces, all []read) {
	tb.Helper()
	for name := range files.unreadable {
		if !files.unreadable[name] || shadowed(files, name) {
			continue
		}
		told := slices.ContainsFunc(all, func(r read) bool {
			return slices.ContainsFunc(r.rec.Findings, func(f diag.Finding) bool { return strings.Contains(f.Path, path.Base(name)) || f.Code == msg.TooDeep })
		})
		if !told {
			tb.Fatalf("%v: nothing is said of %s, which cannot be read:\n%s", names(files), name, strings.Join(shown(all), "\n"))
		}
	}
}

// shadowed reports whether a part of the path is a file too, which no file system really has.
func shadowed(files pieces, name string) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if files.MapFS[dir] != nil {
			return true
		}
	}
	for other := range files.MapFS {
		if strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}

// TestMSGInputs holds the seeds to what they are made from.
func TestMSGInputs(t *testing.T) {
	want := fstest.MapFS{}
	for line := range strings.SplitSeq(msgParts, "\n") {
		name, contents, _ := strings.Cut(line, " ")
		want[name] = &fstest.MapFile{Data: unhex(t, contents)}
	}
	require.Empty(t, cmp.Diff(want, msgFiles(msgInput(t, msgParts)).MapFS))
	recs, err := readMSG(msgFiles(msgInput(t, msgParts)))
	require.NoError(t, err)
	require.Greater(t, len(recs), 8, "the message with parts has them all")
}
