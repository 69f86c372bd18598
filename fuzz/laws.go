package fuzz

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TB is what Check needs of a test, fuzz target or benchmark.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Laws describes the decoder of a structure T by its verbs. Those that a structure does not have are nil, and the laws
// that speak of them are not checked.
type Laws[T any] struct {
	Name      string
	Decode    func([]byte) (*T, error)
	Inspect   func([]byte) (*T, *diag.Report)
	Unmarshal func(*T, []byte) error           // strict, into a value that was used before
	Append    func(*T, []byte) ([]byte, error) // the mirror of Decode
	Normalize func(*T)
	// Equal says that two values are the same. Nil stands for reflect.DeepEqual, by which a NaN is not the same as itself.
	Equal func(a, b *T) bool
	// SelfDelimiting says that the structure knows its own length, so that every strict prefix of a good blob lacks
	// something (L6).
	SelfDelimiting bool
	// Normalized are the codes that no value has after Normalize (L8).
	Normalized []diag.Code
}

// Check holds the decoder to the laws on the bytes b. It calls tb.Fatalf at the first law that is broken.
//
// L1, that nothing panics and memory stays in proportion, is checked by running at all and by CheckMemory.
func (l Laws[T]) Check(tb TB, b []byte) {
	tb.Helper()
	input := bytes.Clone(b)
	v, r := l.Inspect(b)
	decoded, err := l.Decode(b)
	if !bytes.Equal(b, input) {
		tb.Fatalf("%s: the input was written to", l.Name)
	}
	if v == nil || r == nil {
		tb.Fatalf("%s: Inspect returned nil", l.Name)
	}
	l.checkReport(tb, b, r)
	l.checkDecode(tb, v, r, decoded, err)
	if l.Unmarshal != nil {
		l.checkReuse(tb, b, decoded, err)
	}
	if l.Append != nil && r.Max() < diag.Fatal {
		l.checkRoundTrip(tb, b, v)
	}
	if l.SelfDelimiting && err == nil {
		l.checkPrefixes(tb, b, r)
	}
	l.checkJSON(tb, v)
	if l.Normalize != nil && r.Max() < diag.Fatal {
		l.checkNormalize(tb, v)
	}
}

// checkReport is L4 and L5: fields tile the input, findings lie inside it and name what they are about.
func (l Laws[T]) checkReport(tb TB, b []byte, r *diag.Report) {
	tb.Helper()
	at := 0
	for f := range r.Fields() {
		if f.Span.Offset != at || f.Span.Len <= 0 || f.Path == "" {
			tb.Fatalf("%s: L4: field %q at %d, length %d, where %d is next", l.Name, f.Path, f.Span.Offset, f.Span.Len, at)
		}
		at += f.Span.Len
	}
	if at != len(b) {
		tb.Fatalf("%s: L4: the fields end at %d of %d", l.Name, at, len(b))
	}
	for f := range r.Findings() {
		if f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset > len(b) || f.Span.Offset+f.Span.Len > len(b) {
			tb.Fatalf("%s: L5: %v spans %+v of %d bytes", l.Name, f, f.Span, len(b))
		}
		if f.Code == "" || f.Msg == "" || f.Severity < diag.Info || f.Severity > diag.Fatal {
			tb.Fatalf("%s: L5: incomplete finding %#v", l.Name, f)
		}
	}
}

// checkDecode is L2: Decode succeeds exactly when Inspect finds no Error, and then the values are equal.
func (l Laws[T]) checkDecode(tb TB, v *T, r *diag.Report, decoded *T, err error) {
	tb.Helper()
	switch {
	case (err == nil) != (r.Max() < diag.Error):
		tb.Fatalf("%s: L2: Decode says %v, Inspect finds %v at most", l.Name, err, r.Max())
	case err != nil && decoded != nil:
		tb.Fatalf("%s: L2: Decode returned a value beside %v", l.Name, err)
	case err == nil && !reflect.DeepEqual(decoded, v) && (l.Equal == nil || !l.Equal(decoded, v)):
		tb.Fatalf("%s: L2: Decode and Inspect differ:\n%+v\n%+v", l.Name, decoded, v)
	case err != nil:
		var e *diag.DecodeError
		if !errors.As(err, &e) || len(e.Findings) == 0 {
			tb.Fatalf("%s: L2: %v is no *diag.DecodeError with findings", l.Name, err)
		}
		if want := r.Err().(*diag.DecodeError); !reflect.DeepEqual(e.Findings, want.Findings) {
			tb.Fatalf("%s: L2: Decode found\n%v\nInspect\n%v", l.Name, e.Findings, want.Findings)
		}
	}
}

// checkReuse decodes into a value that holds something else, and again into the same one.
func (l Laws[T]) checkReuse(tb TB, b []byte, decoded *T, err error) {
	tb.Helper()
	var v T
	for range 2 {
		got := l.Unmarshal(&v, b)
		if (got == nil) != (err == nil) {
			tb.Fatalf("%s: Decode says %v, Unmarshal %v", l.Name, err, got)
		}
		if err == nil && !sameJSON(&v, decoded) {
			tb.Fatalf("%s: Unmarshal into a used value gave\n%+v, not\n%+v", l.Name, &v, decoded)
		}
		if len(b) > 1 {
			_ = l.Unmarshal(&v, b[:len(b)/2]) // leave something else in it; what it says is checked elsewhere
		}
	}
}

func sameJSON(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// checkRoundTrip is L3: unless the layout was lost, a value writes the bytes it was read from.
func (l Laws[T]) checkRoundTrip(tb TB, b []byte, v *T) {
	tb.Helper()
	out, err := l.Append(v, nil)
	if err != nil || !bytes.Equal(out, b) {
		tb.Fatalf("%s: L3: wrote %x (%v)\nread %x", l.Name, out, err, b)
	}
}

// maxPrefixes bounds how many prefixes of one blob are tried, so that checking long inputs stays linear.
const maxPrefixes = 64

// checkPrefixes is L6: what was cut off is missed. Bytes behind the structure are nobody's, and may go.
func (l Laws[T]) checkPrefixes(tb TB, b []byte, r *diag.Report) {
	tb.Helper()
	end := len(b)
	for f := range r.Fields() {
		if f.Path == "trailing" {
			end = f.Span.Offset
		}
	}
	for n := end - 1; n >= 0; n -= 1 + end/maxPrefixes {
		_, err := l.Decode(b[:n:n])
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			tb.Fatalf("%s: L6: the first %d of %d bytes: %v", l.Name, n, end, err)
		}
	}
}

// checkJSON is L7: the value form of JSON loses nothing.
func (l Laws[T]) checkJSON(tb TB, v *T) {
	tb.Helper()
	first, err := json.Marshal(v)
	if err != nil {
		tb.Fatalf("%s: L7: %v", l.Name, err)
	}
	var back T
	if err := json.Unmarshal(first, &back); err != nil {
		tb.Fatalf("%s: L7: %v in %s", l.Name, err, first)
	}
	second, err := json.Marshal(&back)
	if err != nil || !bytes.Equal(first, second) {
		tb.Fatalf("%s: L7: %s became %s (%v)", l.Name, first, second, err)
	}
	if l.Append != nil {
		x, err1 := l.Append(v, nil)
		y, err2 := l.Append(&back, nil)
		if (err1 == nil) != (err2 == nil) || !bytes.Equal(x, y) {
			tb.Fatalf("%s: L7: %x became %x through JSON (%v, %v)", l.Name, x, y, err1, err2)
		}
	}
}

// checkNormalize is L8: Normalize does all it does at once, and leaves nothing it is there for.
func (l Laws[T]) checkNormalize(tb TB, v *T) {
	tb.Helper()
	l.Normalize(v)
	first, err := l.Append(v, nil)
	if err != nil {
		tb.Fatalf("%s: L8: %v", l.Name, err)
	}
	l.Normalize(v)
	if second, err := l.Append(v, nil); err != nil || !bytes.Equal(first, second) {
		tb.Fatalf("%s: L8: normalizing twice turned %x into %x (%v)", l.Name, first, second, err)
	}
	_, r := l.Inspect(first)
	for f := range r.Findings() {
		for _, code := range l.Normalized {
			if f.Code == code {
				tb.Fatalf("%s: L8: %v after Normalize", l.Name, f)
			}
		}
	}
}
