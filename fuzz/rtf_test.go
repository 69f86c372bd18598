package fuzz_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// checkRTFReader decompresses any value in three ways, which must agree, and holds what comes out to its bound.
func checkRTFReader(tb testing.TB, b []byte) {
	v, r := rtf.Inspect(b)
	text := v.AppendRTF(nil)
	if len(text) > len(b)*17/2 || cap(text) > 24*len(b)+1024 {
		tb.Fatalf("%x: %d bytes of RTF in room for %d, of %d", b, len(text), cap(text), len(b))
	}
	out, err := rtf.Decompress([]byte("x"), b)
	if (err == nil) != (r.Max() < diag.Error) || err == nil && string(out) != "x"+string(text) || err != nil && string(out) != "x" {
		tb.Fatalf("%x: Decompress: %q, %v; AppendRTF: %q, %v", b, out, err, text, r.Err())
	}
	for _, below := range []io.Reader{bytes.NewReader(b), iotest.HalfReader(bytes.NewReader(b)), iotest.OneByteReader(bytes.NewReader(b))} {
		read, err := io.ReadAll(rtf.NewReader(below))
		if !bytes.Equal(read, text) || (err == nil) != (r.Err() == nil) || err != nil && err.Error() != r.Err().Error() {
			tb.Fatalf("%x: Reader: %q, %v; AppendRTF: %q, %v", b, read, err, text, r.Err())
		}
	}
}

// checkRTFNew compresses anything, and reads it again.
func checkRTFNew(tb testing.TB, text []byte) {
	for _, typ := range []rtf.CompType{rtf.LZFu, rtf.MELA} {
		v, err := rtf.New(text, typ)
		if err != nil {
			tb.Fatal(err)
		}
		b, err := v.MarshalBinary()
		if err != nil || len(b) > 16+len(text)+len(text)/8+4 {
			tb.Fatalf("%v: %d bytes of %d, %v", typ, len(b), len(text), err)
		}
		for _, f := range v.Validate() {
			tb.Fatalf("%v of %x: %v", typ, text, f)
		}
		if out, err := rtf.Decompress(nil, b); err != nil || !bytes.Equal(out, text) {
			tb.Fatalf("%v of %x: %x (%v)", typ, text, out, err)
		}
	}
}
