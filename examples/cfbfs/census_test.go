package cfbfs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// census lists the properties of a message by object, in a second way: it knows the layout of the property streams, and
// nothing of values. Of what has a stream of its own it notes how long that is.
type census map[string][]string

// object counts the object in a storage, and what is in it. The header of its property stream has the given size.
func (c census) object(t *testing.T, f fs.FS, dir, item string, header int) {
	b, err := fs.ReadFile(f, path.Join(dir, "__properties_version1.0"))
	require.NoError(t, err)
	for b = b[header:]; len(b) >= 16; b = b[16:] {
		tag := binary.LittleEndian.Uint32(b)
		text := fmt.Sprintf("%08X", tag)
		if info, err := fs.Stat(f, path.Join(dir, "__substg1.0_"+text)); err == nil && !info.IsDir() && tag&0x1000 == 0 {
			text += " " + strconv.FormatInt(info.Size(), 10)
		}
		c[item] = append(c[item], text)
	}
	list, err := fs.ReadDir(f, path.Clean("./"+dir))
	require.NoError(t, err)
	numbers := map[string]int{}
	for _, e := range list {
		kind, _, _ := strings.Cut(e.Name(), "_#")
		kind = map[string]string{"__recip_version1.0": "recipient", "__attach_version1.0": "attachment"}[kind]
		to := path.Join(dir, e.Name())
		switch {
		case kind != "":
			c.object(t, f, to, fmt.Sprintf("%s/%s %d", item, kind, numbers[kind]), 8)
			numbers[kind]++
		case e.Name() == "__substg1.0_3701000D" && e.IsDir():
			if _, err := fs.Stat(f, path.Join(to, "__properties_version1.0")); err == nil {
				c.object(t, f, to, item+"/message", 24)
			}
		}
	}
}

// TestCorpusCensus holds every real file to a second reading of its property streams: the objects, their properties, and
// how long their values are.
func TestCorpusCensus(t *testing.T) {
	objects, properties := 0, 0
	for _, p := range corpus(t) {
		if strings.HasPrefix(filepath.Base(p), "clusterfuzz") {
			continue // TestCorpusOpen has it
		}
		t.Run(filepath.Base(p), func(t *testing.T) {
			b, err := os.ReadFile(p)
			require.NoError(t, err)
			f, err := open(b)
			require.NoError(t, err)
			want, got := census{}, census{}
			want.object(t, f, "", "message", 32)
			recs, errs, err := readMsg(t, p)
			require.NoError(t, err)
			require.Empty(t, errs)
			for _, r := range recs {
				if slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return f.Code == msg.Unclaimed }) {
					continue // a stream that no entry of a property stream names
				}
				text := fmt.Sprintf("%08X", uint32(r.Prop.Tag))
				sized := want[r.Item]
				if i := len(got[r.Item]); i < len(sized) && strings.HasPrefix(sized[i], text+" ") {
					n, err := strconv.Atoi(sized[i][len(text)+1:])
					require.NoError(t, err)
					// Writers put a NUL behind a text or none, which is no part of the value.
					require.True(t, len(r.Raw) <= n && n <= len(r.Raw)+2, "%s %s: %d bytes, the stream has %d", r.Item, r.Prop.Tag, len(r.Raw), n)
					text = sized[i]
				}
				got[r.Item] = append(got[r.Item], text)
			}
			require.Empty(t, cmp.Diff(want, got))
			objects += len(got)
			for _, list := range got {
				properties += len(list)
			}
		})
	}
	t.Logf("%d properties of %d objects", properties, objects)
}

// TestCorpusOpen opens every file of the corpus as whatever it is: each has properties, or says why not.
func TestCorpusOpen(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/*/*/*")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	opened := map[string]int{}
	for _, p := range files {
		b, err := os.ReadFile(p)
		require.NoError(t, err)
		form := dump.Sniff(b[:min(len(b), dump.SniffLen)])
		r, err := dump.Open(bytes.NewReader(b), p, append(all.Forms(0), Form(0))...)
		if err != nil {
			require.NotEmpty(t, err.Error())
			opened[form+" refused"]++
			t.Logf("%s: %v", filepath.Base(p), err)
			continue
		}
		n := 0
		for rec, err := range r.Records() {
			if err != nil && n == 0 {
				t.Logf("%s: %v", filepath.Base(p), err)
			}
			require.True(t, err != nil || rec.Prop.Tag != 0 || !rec.Prop.Name.IsZero() || rec.Prop.Value != nil || len(rec.Findings) > 0)
			n++
		}
		require.Positive(t, n, p)
		opened[form]++
	}
	t.Log(opened)
	require.Zero(t, opened["tnef refused"])
	require.LessOrEqual(t, opened["msg refused"], 2, "two files are damaged")
	require.Equal(t, 51, opened["msg"]+opened["msg refused"])
	require.Equal(t, 12, opened["tnef"])
}
