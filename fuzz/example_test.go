package fuzz_test

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// pair is a structure of two bytes, as a module of its own may have one.
type pair struct{ Value uint16 }

const pairTruncated diag.Code = "pair.truncated"

func inspectPair(b []byte) (*pair, *diag.Report) {
	r := diag.New("pair", b, nil)
	if len(b) < 2 {
		r.Add(diag.Finding{Severity: diag.Fatal, Code: pairTruncated, Span: diag.Span{Offset: len(b)}, Path: "Value", Msg: "needs 2 bytes"})
		r.AddUndecoded(0, len(b))
		return new(pair), r
	}
	r.AddField("Value", diag.Uint, 0, 2, nil)
	if len(b) > 2 {
		r.Add(diag.Finding{Severity: diag.Error, Code: "pair.trailing", Span: diag.Span{Offset: 2, Len: len(b) - 2}, Path: "trailing", Msg: "is not expected"})
		r.AddField("trailing", diag.Bytes, 2, len(b)-2, nil)
	}
	return &pair{binary.LittleEndian.Uint16(b)}, r
}

func decodePair(b []byte) (*pair, error) {
	v, r := inspectPair(b)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return v, nil
}

// stop says which law is broken. A test or a fuzz target passes its *testing.T instead.
type stop struct{}

func (stop) Helper()                           {}
func (stop) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// A decoder of another module is held to the laws. It forgets bytes behind the value, and L3 wants them back.
func ExampleLaws() {
	laws := fuzz.Laws[pair]{Name: "pair", Decode: decodePair, Inspect: inspectPair, SelfDelimiting: true,
		Append: func(v *pair, b []byte) ([]byte, error) { return binary.LittleEndian.AppendUint16(b, v.Value), nil }}
	check := func(b []byte) {
		defer func() {
			broken, _ := recover().(string)
			fmt.Printf("%d bytes: %q\n", len(b), broken)
		}()
		laws.Check(stop{}, b)
	}
	check([]byte{1, 2})
	check([]byte{1})
	check([]byte{1, 2, 3})
	// Output:
	// 2 bytes: ""
	// 1 bytes: ""
	// 3 bytes: "pair: L3: wrote 0102 (<nil>)\nread 010203"
}
