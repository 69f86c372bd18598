package goid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/goid"
)

func benchBlob(b *testing.B) []byte {
	blob, err := goid.New(128480014111090000, [16]byte{1, 2, 3}).MarshalBinary()
	require.NoError(b, err)
	b.SetBytes(int64(len(blob)))
	b.ReportAllocs()
	return blob
}

func BenchmarkDecode(b *testing.B) {
	blob := benchBlob(b)
	for b.Loop() {
		if _, err := goid.Decode(blob); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReuse(b *testing.B) {
	blob := benchBlob(b)
	var g goid.GlobalObjectID
	for b.Loop() {
		if err := g.UnmarshalBinary(blob); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	blob := benchBlob(b)
	for b.Loop() {
		if _, r := goid.Inspect(blob); r.Err() != nil {
			b.Fatal(r.Err())
		}
	}
}

func BenchmarkUID(b *testing.B) {
	g, err := goid.Decode(benchBlob(b))
	require.NoError(b, err)
	for b.Loop() {
		if len(g.UID()) != 112 {
			b.Fatal(g.UID())
		}
	}
}
