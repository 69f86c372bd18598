package tnef_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// corpus returns the real files beside the project.
func corpus(t testing.TB) []string {
	files, err := filepath.Glob("../../../../shared/corpus/tnef/*/*")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no corpus")
	}
	return files
}

// census counts the properties of a file by object, in a second way: it knows nothing of values, only how long they are,
// and panics where a file is not as it must be.
type census map[string]int

func (c census) file(b []byte, item string) {
	if !bytes.HasPrefix(b, []byte("\x78\x9F\x3E\x22")) {
		panic("no signature")
	}
	attachments := -1
	for b = b[6:]; len(b) > 0; {
		n := binary.LittleEndian.Uint32(b[5:])
		data := b[9 : 9+n]
		c.attribute(b[0], binary.LittleEndian.Uint16(b[1:]), data, item, &attachments)
		b = b[9+n+2:]
	}
}

func (c census) attribute(level byte, id uint16, data []byte, item string, attachments *int) {
	if level == 2 && id == 0x9002 {
		*attachments++
	}
	switch id {
	case 0x9003:
		c.list(data, item)
	case 0x9005:
		c.list(data, fmt.Sprintf("%s/attachment %d", item, *attachments))
	case 0x9004:
		rest := data[4:]
		for row := range binary.LittleEndian.Uint32(data) {
			rest = c.list(rest, fmt.Sprintf("%s/recipient %d", item, row))
		}
	}
}

func (c census) list(b []byte, item string) []byte {
	word := func() uint32 {
		n := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return n
	}
	run := func(n uint32) { b = b[(n+3)/4*4:] }
	for range word() {
		c[item]++
		tag := word()
		if tag>>31 == 1 {
			run(16)
			if kind, n := word(), word(); kind == 1 {
				run(n)
			}
		}
		width := map[uint32]uint32{2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16}[tag&0xFFF]
		n := uint32(1)
		if width == 0 || tag&0x1000 != 0 {
			n = word()
		}
		for range n {
			if width == 0 {
				run(word())
			} else {
				run(width)
			}
		}
	}
	return b
}

// TestCorpus reads every real file. None of the sound ones has a finding beyond Info, and of the two damaged ones it is
// known what is wrong.
func TestCorpus(t *testing.T) {
	damaged := map[string][]diag.Code{
		// Somebody decoded half of its base64.
		"panic.tnef": {tnef.BadLevel},
		// A fuzzer's: a list of 873267203 numbers.
		"oom.tnef": {tnef.CountTooBig, tnef.Checksum},
	}
	for _, p := range corpus(t) {
		t.Run(filepath.Base(p), func(t *testing.T) {
			b, err := os.ReadFile(p)
			require.NoError(t, err)
			recs := records(t, b)
			require.Greater(t, len(recs), 2)
			var wrong []diag.Code
			got := census{}
			for _, r := range recs {
				if r.Prop.Tag != 0 && !r.Derived {
					got[r.Item]++
				}
				for _, f := range r.Findings {
					if f.Severity > diag.Info {
						wrong = append(wrong, f.Code)
					}
				}
			}
			require.Equal(t, damaged[filepath.Base(p)], wrong)
			if strange := with(recs, tnef.BadLevel); len(strange) == 1 {
				require.Equal(t, len(b), int(strange[0].Offset)+len(strange[0].Raw), "nothing is lost")
				b = b[:strange[0].Offset]
			}
			if len(wrong) < 2 {
				want := census{}
				want.file(b, "message")
				require.Empty(t, cmp.Diff(want, got))
			}
		})
	}
}

// TestCorpusAttributes holds what is made of attributes to the properties that the same files have, where they have both.
func TestCorpusAttributes(t *testing.T) {
	compared := map[string]int{}
	for _, p := range corpus(t) {
		b, err := os.ReadFile(p)
		require.NoError(t, err)
		real := map[string]dump.Record{}
		key := func(r dump.Record) string { return fmt.Sprint(r.Item, r.Prop.Tag.ID()) }
		recs := records(t, b)
		for _, r := range recs {
			if r.Prop.Tag != 0 && !r.Derived {
				real[key(r)] = r
			}
		}
		for _, r := range recs {
			other, ok := real[key(r)]
			if !r.Derived || !ok {
				continue
			}
			name := r.Findings[0].Path
			compared[name]++
			if name != "attAttachTitle" { // the long name, in what Exchange writes
				require.Equal(t, fmt.Sprint(other.Prop.Value), fmt.Sprint(r.Prop.Value), "%s of %s", name, p)
			}
		}
	}
	t.Log(compared)
	for _, name := range []string{"attMessageClass", "attSubject", "attMessageID", "attPriority", "attRequestRes", "attAttachRendData", "attAttachTitle"} {
		require.Positive(t, compared[name], name)
	}
}

// TestCorpusCut cuts real files short: what was before the cut is read as if they were whole.
func TestCorpusCut(t *testing.T) {
	for _, p := range corpus(t) {
		b, err := os.ReadFile(p)
		require.NoError(t, err)
		properties := func(recs []dump.Record) []string {
			return lines(slices.DeleteFunc(recs, func(r dump.Record) bool { return r.Prop.Tag == 0 }))
		}
		whole := properties(records(t, b))
		for i := range 40 {
			n := 6 + (len(b)-6)*i/40
			recs, _ := read(t, bytes.NewReader(b[:n]))
			got := properties(recs)
			same := 0
			for same < len(got) && got[same] == whole[same] {
				same++
			}
			require.GreaterOrEqual(t, same, len(got)-1, "%s cut to %d", p, n)
		}
	}
}
