package entryid_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/entryid"
)

// each measures f on ids of the usual forms, and on one that is cut off.
func each(b *testing.B, f func([]byte)) {
	for _, vec := range golden.Load(b, filepath.Join("testdata", "entryid")) {
		switch vec.Name {
		case "folder", "message", "address-book", "one-off-unicode", "store-v3", "wrapped-user", "address-book-cut":
		default:
			continue
		}
		var blob []byte
		b.Run(strings.TrimSuffix(vec.Name, "-unicode"), func(b *testing.B) {
			blob = vec.Blob(b)
			b.SetBytes(int64(len(blob)))
			b.ReportAllocs()
			for b.Loop() {
				f(blob)
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) { each(b, func(blob []byte) { _, _ = entryid.Decode(blob) }) } // one of them is cut off

func BenchmarkReuse(b *testing.B) {
	var id entryid.EntryID
	each(b, func(blob []byte) { _ = id.UnmarshalBinary(blob) }) // one of them is cut off
}

func BenchmarkInspect(b *testing.B) { each(b, func(blob []byte) { entryid.Inspect(blob) }) }

func BenchmarkAppendJSON(b *testing.B) {
	var buf []byte
	each(b, func(blob []byte) {
		id, _ := entryid.Inspect(blob)
		buf = id.AppendJSON(buf[:0])
	})
}
