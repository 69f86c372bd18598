package msg_test

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

var le = binary.LittleEndian

// builder makes the streams of a file.
type builder struct{ files fstest.MapFS }

func newBuilder() *builder { return &builder{fstest.MapFS{}} }

func (b *builder) put(name string, data []byte) { b.files[name] = &fstest.MapFile{Data: data} }

// object is the property stream of one object, and the streams beside it.
type object struct {
	b    *builder
	dir  string
	data []byte
}

// object begins an object whose header has the given numbers behind its first eight bytes.
func (b *builder) object(dir string, header ...uint32) *object {
	o := &object{b, dir, make([]byte, 8)}
	for _, n := range header {
		o.data = le.AppendUint32(o.data, n)
	}
	b.put(path.Join(dir, "__properties_version1.0"), o.data)
	return o
}

func (o *object) entry(tag mapi.PropTag, value ...byte) *object {
	o.data = le.AppendUint32(o.data, uint32(tag))
	o.data = le.AppendUint32(o.data, 6)
	o.data = append(o.data, append(value, make([]byte, 8-len(value))...)...)
	o.b.put(path.Join(o.dir, "__properties_version1.0"), o.data)
	return o
}

func (o *object) number(tag mapi.PropTag, n uint32) *object {
	return o.entry(tag, le.AppendUint32(nil, n)...)
}

// stream adds a property whose value is a stream, and whose size field counts more bytes than that.
func (o *object) stream(tag mapi.PropTag, more int, data []byte) *object {
	o.b.put(path.Join(o.dir, "__substg1.0_"+strings.TrimPrefix(tag.String(), "0x")), data)
	return o.number(tag, uint32(len(data)+more))
}

func (o *object) text(tag mapi.PropTag, s string) *object {
	return o.stream(tag, 2, utf16(s))
}

func utf16(s string) []byte {
	b, _ := wtf8.AppendEncode(nil, s)
	return b
}

// names adds a name map.
func (b *builder) names(guids, entries, text string) {
	b.put("__nameid_version1.0/__substg1.0_00020102", unhex(guids))
	b.put("__nameid_version1.0/__substg1.0_00030102", unhex(entries))
	b.put("__nameid_version1.0/__substg1.0_00040102", unhex(text))
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// records reads everything in fsys. The code page of last resort is 1250.
func records(t testing.TB, fsys fs.FS) (recs []dump.Record, errs []error) {
	t.Helper()
	r, err := msg.Open(fsys, "test.msg", 1250)
	require.NoError(t, err)
	for rec, err := range r.Records() {
		require.Equal(t, "test.msg", rec.Source)
		require.Zero(t, rec.Line)
		require.NotEmpty(t, rec.Item)
		for _, f := range rec.Findings {
			require.True(t, f.Span.Offset >= -1 && f.Span.Offset+f.Span.Len <= max(len(rec.Raw), 0), "%v of %d", f, len(rec.Raw))
			require.NotEmpty(t, f.Spec)
			require.NotEmpty(t, f.Path)
		}
		if err != nil {
			var f diag.Finding
			require.True(t, errors.As(err, &f))
			errs = append(errs, err)
			continue
		}
		recs = append(recs, rec)
	}
	return recs, errs
}

// lookup returns the only record of the item with the tag.
func lookup(t *testing.T, recs []dump.Record, item string, tag mapi.PropTag) dump.Record {
	t.Helper()
	i := slices.IndexFunc(recs, func(r dump.Record) bool { return r.Item == item && r.Prop.Tag == tag })
	require.GreaterOrEqual(t, i, 0, "%s %s", item, tag)
	return recs[i]
}

// codes returns the codes of a record's findings.
func codes(r dump.Record) []diag.Code {
	var list []diag.Code
	for _, f := range r.Findings {
		list = append(list, f.Code)
	}
	return list
}

// parse makes a file system of a catalogue's example.
func parse(t *testing.T, example string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	broken := map[string]bool{}
	for line := range strings.SplitSeq(example, "\n") {
		name, contents, ok := strings.Cut(line, " ")
		require.True(t, ok, line)
		if contents == "!" {
			broken[name] = true
			contents = ""
		}
		files[name] = &fstest.MapFile{Data: unhex(contents)}
	}
	return brokenFS{files, broken}
}

// brokenFS fails to read some of its files.
type brokenFS struct {
	fstest.MapFS
	broken map[string]bool
}

var errDisk = errors.New("the disk is on fire")

func (b brokenFS) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	if err == nil && b.broken[name] {
		return brokenFile{f}, nil
	}
	return f, err
}

type brokenFile struct{ fs.File }

func (brokenFile) Read(b []byte) (int, error) { return 0, errDisk }
