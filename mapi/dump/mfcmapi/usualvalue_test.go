package mfcmapi

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi"
)

// TestUsualNumber reads numbers the quick way and the long one.
func TestUsualNumber(t *testing.T) {
	types := []mapi.PropType{mapi.PtypInteger16, mapi.PtypInteger32, mapi.PtypBoolean, mapi.PtypTime, mapi.PtypInteger64, mapi.PtypErrorCode}
	values := []string{"0", "1", "-1", "+1", "007", "32767", "32768", "-32768", "-32769", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649",
		"4294967295", "4294967296", "9999999999", "99999999999", "-", "", " 1", "1 ", "1x", "True", "False", "true", "04:00:00.000 PM 5/5/2012", "0x0:0x1"}
	alts := []string{"0x0", "0x1", "0X1", "Ox1", "0x7", "0x7FFF", "0x8000", "0xFFFF", "0xffff", "0x10000", "0x7FFFFFFF", "0x80000000", "0xFFFFFFFF", "0xFFFF8000", "0xFFFF7FFF",
		"0x540BE3FF", "0x1FFFFFFFF", "0x000000001", "0x", "", "1", " 0x1", "Low: 0x1FE4C000 High: 0x01CD2AD8", "Low: 0x1FE4C000 High: 0xFFFFFFFF",
		"Low: 0x1FE4C00G High: 0x01CD2AD8", "Low: 0x1FE4C000 High: 0y01CD2AD8", "Low: Ox1FE4C000 High: 0x01CD2AD8", "low: 0x1FE4C000 high: 0x01CD2AD8", "Low: 0x1FE4C000  High: 0x1CD2AD8"}
	r := NewReader(strings.NewReader(""), "x", 0)
	quick := 0
	for _, typ := range types {
		for _, v := range values {
			for _, a := range alts {
				read := func(long bool) (raw []byte, ok bool, notes any) {
					r.begin()
					r.long = long
					for _, c := range []struct {
						c *cell
						s string
					}{{&r.p.value, v}, {&r.p.alt, a}} {
						c.c.has = true
						c.c.text.reset(MaxText)
						c.c.text.write([]byte(c.s))
					}
					raw, ok = r.scalar(typ, &r.p.value, &r.p.alt, "Value")
					return raw, ok, [...]any{append(r.p.notes[:0:0], r.p.notes...), r.p.derived}
				}
				raw, ok, notes := read(false)
				want, wantOK, wantNotes := read(true)
				if d := cmp.Diff(want, raw) + cmp.Diff(wantNotes, notes); d != "" || ok != wantOK {
					t.Fatalf("%s %q %q: %v, want %v (-long +quick)\n%s", typ, v, a, ok, wantOK, d)
				}
				if r.usualNumber(typ, []byte(v), []byte(a)) != nil {
					quick++
				}
			}
		}
	}
	if quick < 100 {
		t.Fatalf("%d were read the quick way: the test tests nothing", quick)
	}
}

// TestUsualID reads names the quick way and the long one.
func TestUsualID(t *testing.T) {
	rnd := rand.New(rand.NewPCG(17, 18))
	r := NewReader(strings.NewReader(""), "x", 0)
	quick := 0
	for range 200000 {
		name := []byte("id: 0x8205=33285 = dispidBusyStatus")
		if rnd.IntN(2) == 0 {
			name = pieces(rnd, 1+rnd.IntN(6), "id: ", "0x", "0x10", "Ox", "=", "16", " = ", " ", "dispid", "F", "255", "FFFFFFFF", "4294967295", "-1", "=")
			if rnd.IntN(2) == 0 {
				name = append([]byte("id: 0x10=16"), name...)
			}
		}
		for range rnd.IntN(3) {
			name[rnd.IntN(len(name))] = "0x=12 fO:"[rnd.IntN(9)]
		}
		lid, ok := usualID(name)
		if !ok {
			continue
		}
		quick++
		r.begin()
		r.p.nameCut = rnd.IntN(2) == 0
		var n mapi.PropName
		if !r.propertyName(&n, string(name)) || n != (mapi.PropName{LID: lid}) || len(r.p.notes) > 0 {
			t.Fatalf("%q: %#x, want %+v, and %v", name, lid, n, r.p.notes)
		}
	}
	if quick < 10000 {
		t.Fatalf("%d were read the quick way: the test tests nothing", quick)
	}
}
