package mfcmapi

import (
	"bytes"
	"os"
	"testing"
)

func BenchmarkBigFile(b *testing.B) {
	data, err := os.ReadFile(os.Getenv("BENCHXML"))
	if err != nil {
		b.Skip()
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n, f := 0, 0
	for b.Loop() {
		n = 0
		for rec, err := range NewReader(bytes.NewReader(data), "x", 0).Records() {
			if err != nil {
				b.Fatal(err)
			}
			n++
			f += len(rec.Findings)
		}
	}
	b.ReportMetric(float64(n), "records")
}
