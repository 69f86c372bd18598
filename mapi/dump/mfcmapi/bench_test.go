package mfcmapi

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// BenchmarkReader reads an export of some megabytes in UTF-16, and, where MAPIPROP_XML names a file, that.
func BenchmarkReader(b *testing.B) {
	one := prop("0x80380102", "PT_BINARY", named8233+`<Value cb="48" >`+tz48+`</Value><AltValue><![CDATA[,.......Äÿÿÿ....................................]]></AltValue>`) +
		"\r\n" + prop("0x00170003", "PT_LONG", "<Name>PR_IMPORTANCE</Name><Value>1</Value><AltValue>0x1</AltValue>") +
		"\r\n" + prop("0x0037001F", "PT_UNICODE", `<Name>PR_SUBJECT</Name><Value><![CDATA[Plan]]></Value><AltValue cb="8" >50006C0061006E00</AltValue>`) + "\r\n"
	run := func(name string, data []byte) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = 0
				for _, err := range NewReader(bytes.NewReader(data), "x", 0).Records() {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(n), "records")
		})
	}
	run("utf16", []byte("\xFF\xFE"+utf16le(strings.Repeat(one, 5000))))
	run("utf8", []byte(strings.Repeat(one, 5000)))
	if data, err := os.ReadFile(os.Getenv("MAPIPROP_XML")); err == nil {
		run("file", data)
	}
}
