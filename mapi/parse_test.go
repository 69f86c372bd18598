package mapi

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/stretchr/testify/require"
)

// TestParseValue reads every sample as a stream has it, with something behind it, and every prefix of it.
func TestParseValue(t *testing.T) {
	n := 0
	for p := range Profile(len(profileNames)) {
		for _, tc := range samples {
			b, err := AppendValue(nil, tc.v, p)
			if err != nil {
				continue
			}
			n++
			typ := tc.v.Type()
			v, size, err := ParseValue(typ, append(bytes.Clone(b), 0xEE), p)
			if err != nil || size != len(b) || !sameBits(v, tc.v) {
				t.Errorf("%s %s %x: %#v in %d bytes, %v", p, typ, b, v, size, err)
			}
			shown, r := InspectValue(typ, append(bytes.Clone(b), 0xEE), p)
			last := diag.Field{}
			for f := range r.Fields() {
				last = f
			}
			if !sameBits(shown, tc.v) || r.Max() > diag.Warning || last.Path != "trailing" || last.Span != (diag.Span{Offset: len(b), Len: 1}) {
				t.Errorf("%s %s %x: %#v, last field %+v", p, typ, b, shown, last)
			}
			for cut := range b {
				v, size, err := ParseValue(typ, b[:cut], p)
				if !errors.Is(err, io.ErrUnexpectedEOF) || v != nil || size != 0 {
					t.Errorf("%s %s %x cut to %d: %#v, %d, %v", p, typ, b, cut, v, size, err)
				}
			}
		}
	}
	require.Greater(t, n, 50)
}

// TestParseValueTypes goes through all types: those that have no length are told so, whatever the bytes.
func TestParseValueTypes(t *testing.T) {
	zeros := make([]byte, 64)
	sized := 0
	for n := range 0x10000 {
		for p := range Profile(len(profileNames)) {
			typ := PropType(n)
			c := wire.New(append(le.AppendUint32(nil, uint32(TagOf(1, typ))), zeros...), nil, &testWords)
			_, _, ok := decodeTagged(&c, p)
			_, _, err := ParseValue(typ, zeros, p)
			if ok != (err == nil) || ok != typ.hasLength(p) || errors.Is(err, BadPropType) == ok {
				t.Fatalf("%s %s: %v, behind a tag %v", p, typ, err, ok)
			}
			if ok {
				sized++
			}
		}
	}
	require.Greater(t, sized, 100)
	v, r := InspectValue(PtypObject, nil, ProfileROP)
	if f := findings(r); v != nil || len(f) != 1 || f[0].Code != BadPropType || f[0].Span != (diag.Span{}) {
		t.Errorf("%#v %+v", v, f)
	}
	// The elements before a cut are there.
	v, r = InspectValue(PtypMultipleString8, []byte("\x02\x00\x00\x00A\x00B"), ProfileROP)
	if diff := cmp.Diff(Value(MultipleString8{{Raw: []byte("A")}}), v); diff != "" || !errors.Is(r.Err(), UnterminatedString) {
		t.Errorf("%v %s", r.Err(), diff)
	}
}

func TestParseValueAllocations(t *testing.T) {
	b := []byte{1, 2, 3, 4}
	if n := testing.AllocsPerRun(100, func() { ParseValue(PtypInteger32, b, ProfileROP) }); n > 2 {
		t.Errorf("a number: %v allocations", n)
	}
	hostile := []byte{0xFF, 0xFF, 0xFF, 0xFF, 0}
	// They are 8, and on average up to 9 under the race detector, which has fmt forget its buffers now and then.
	if n := testing.AllocsPerRun(100, func() { ParseValue(PtypMultipleInteger32, hostile, ProfileROP) }); n > 10 {
		t.Errorf("a count of four billion: %v allocations", n)
	}
}

func BenchmarkParseValueHostile(b *testing.B) {
	hostile := []byte{0xFF, 0xFF, 0xFF, 0xFF, 0}
	b.ReportAllocs()
	for b.Loop() {
		ParseValue(PtypMultipleInteger32, hostile, ProfileROP)
	}
}
