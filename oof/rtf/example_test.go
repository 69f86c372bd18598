package rtf_test

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/mapiprop/mapiprop/oof/rtf"
)

// value is the value of PidTagRtfCompressed.
var value = []byte("\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4\x4b\x51\x41\x00\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01\x0e\xb0")

func ExampleDecode() {
	v, err := rtf.Decode(value)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.CompType, v.RawSize)
	fmt.Printf("%s\n", v.AppendRTF(nil))
	// Output:
	// LZFu 28
	// {\rtf1 WXYZWXYZWXYZWXYZWXYZ}
}

func ExampleInspect() {
	v, report := rtf.Inspect(value[:25]) // cut off
	for f := range report.Findings() {
		fmt.Println(f)
	}
	fmt.Printf("%s\n", v.AppendRTF(nil))
	// Output:
	// CONTENTS at 0x0019: needs 14 bytes, 9 left (rtf.truncated)
	// {\rtf1 WXYZ
}

func ExampleDecompress() {
	var buf []byte // for all of them
	for range 2 {
		var err error
		if buf, err = rtf.Decompress(buf[:0], value); err != nil {
			fmt.Println(err)
		}
		fmt.Println(len(buf))
	}
	// Output:
	// 28
	// 28
}

func ExampleNewReader() {
	_, err := io.Copy(os.Stdout, rtf.NewReader(bytes.NewReader(value)))
	fmt.Println()
	fmt.Println(err)
	// Output:
	// {\rtf1 WXYZWXYZWXYZWXYZWXYZ}
	// <nil>
}

func ExampleNew() {
	v, err := rtf.New([]byte(`{\rtf1\ansi hello}`), rtf.LZFu)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, _ := v.MarshalBinary()
	fmt.Println(len(b), "bytes for", v.RawSize)
	_, err = rtf.Decode(b)
	fmt.Println(err)
	// Output:
	// 29 bytes for 18
	// <nil>
}

func ExampleDeencapsulate() {
	body, found := rtf.Deencapsulate([]byte(`{\rtf1\ansi\fromhtml1{\*\htmltag84 <b>}caf\'e9 \u8364? 5{\*\htmltag92 </b>}`))
	fmt.Println(body.Encapsulation, body.Text)
	for _, f := range found {
		fmt.Println(f)
	}
	// Output:
	// html <b>café € 5</b>
	// RTF at 0x004B: ends before its groups do, 1 of them (rtf.unclosed-group)
}
