package fuzz_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/goid"
)

// checkGOIDValue begins with the value: what is written must be read as what it was, and a date must come and go without
// a trace.
func checkGOIDValue(tb testing.TB, b []byte) {
	s := &source{b}
	g := globalObjectID(s)
	out, err := g.AppendBinary([]byte("x"))
	if err != nil || out[0] != 'x' {
		tb.Fatalf("%+v: %x, %v", g, out, err)
	}
	back, err := goid.Decode(out[1:])
	if err != nil {
		tb.Fatalf("%x: %v", out[1:], err)
	}
	if diff := cmp.Diff(g, back, cmpopts.EquateEmpty()); diff != "" {
		tb.Fatalf("%x (-written +read):\n%s", out[1:], diff)
	}
	_, r := goid.Inspect(out[1:])
	if got, want := findings(r), g.Validate(); !slices.Equal(got, want) {
		tb.Fatalf("Validate says %v, Inspect %v", want, got)
	}
	_, clean := goid.InspectClean(out[1:])
	others := slices.DeleteFunc(findings(clean), func(f diag.Finding) bool { return f.Code == goid.CleanDate })
	if n := len(findings(clean)) - len(others); !slices.Equal(others, findings(r)) || (n == 1) == g.IsClean() {
		tb.Fatalf("%x: InspectClean says %v, Inspect %v", out[1:], findings(clean), findings(r))
	}
	checkGOIDDate(tb, s, g)
	checkGOIDBack(tb, g)
}

// globalObjectID makes an id of any kind: new, wrapped, foreign, and with anything in the fields that say nothing.
func globalObjectID(s *source) *goid.GlobalObjectID {
	g := goid.New(goid.FileTime(s.u64()), [16]byte(s.bytes(16)))
	switch s.below(4) {
	case 0:
		g = goid.Wrap(string(s.bytes(s.below(20))))
	case 1:
		g.Data = s.bytes(s.below(40))
	}
	switch s.below(4) {
	case 0:
		g.Year, g.Month, g.Day = 1590+uint16(s.below(256)), uint8(s.below(14)), uint8(s.below(33))
	case 1:
		g.Year, g.Month, g.Day = s.u16(), s.u8(), s.u8()
	}
	if s.one(8) {
		g.ByteArrayID = [16]byte(s.bytes(16))
	}
	if s.one(4) {
		g.X, g.Trailing = [8]byte(s.bytes(8)), s.bytes(s.below(9))
	}
	return g
}

// checkGOIDDate puts a date into an id and takes it out. Package time says which dates there are.
func checkGOIDDate(tb testing.TB, s *source, g *goid.GlobalObjectID) {
	year, month, day := 1500+int(s.u16())/16, time.Month(s.below(14)), s.below(33)
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	y, m, d := t.Date()
	good := y == year && m == month && d == day && year >= 1601 && year <= 4500 && !g.IsForeign()
	dated, err := g.WithInstanceDate(year, month, day)
	if (err == nil) != good {
		tb.Fatalf("%d-%d-%d in %+v: %v", year, month, day, g, err)
	}
	clean := g.Clean()
	if !clean.IsClean() || clean.Key() != g.Key() || clean.UID() != g.UID() {
		tb.Fatalf("%+v without its date is %+v", g, clean)
	}
	if err != nil {
		return
	}
	if y, m, d, ok := dated.InstanceDate(); !ok || y != year || m != month || d != day || dated.IsClean() {
		tb.Fatalf("%d-%d-%d became %d-%d-%d, %v", year, month, day, y, m, d, ok)
	}
	if dated.Key() != g.Key() || !reflect.DeepEqual(dated.Clean(), clean) {
		tb.Fatalf("%+v with a date is %+v", g, dated)
	}
}

// checkGOIDBack goes from an id to its UID and back: by [MS-OXCICAL] an id without Data, and a foreign one, do not come
// back, and a wrapped one comes back as we wrap it.
func checkGOIDBack(tb testing.TB, g *goid.GlobalObjectID) {
	uid := g.UID()
	got := string(goid.FromUID(uid))
	if _, ok := g.Wrapped(); ok {
		if back, err := goid.ParseUID(uid); err == nil && back.UID() == uid || isEncoded(uid) {
			return
		}
		tb.Fatalf("the wrapped %q came back as %x", uid, got)
	}
	if isEncoded(uid) != (!g.IsForeign() && len(g.Data)+len(g.Trailing) > 0) {
		tb.Fatalf("%+v has the UID %q", g, uid)
	}
	if isEncoded(uid) && got != g.Key() {
		tb.Fatalf("%q came back as %x, not %x", uid, got, g.Key())
	}
}

// isEncoded holds a UID to the four conditions of [MS-OXCICAL] 2.1.3.1.1.20.26.
func isEncoded(uid string) bool {
	for _, c := range []byte(uid) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return len(uid) >= 82 && len(uid)%2 == 0 && strings.ToUpper(uid[:32]) == "040000008200E00074C5B7101A82E008"
}

// checkGOIDUID takes any text for a UID.
func checkGOIDUID(tb testing.TB, b []byte) {
	uid := string(b)
	blob := goid.FromUID(uid)
	g, err := goid.ParseUID(uid)
	if !isEncoded(uid) {
		if err != nil || !reflect.DeepEqual(g, goid.Wrap(uid)) || g.UID() != uid {
			tb.Fatalf("%q: %+v, %v", uid, g, err)
		}
		if again, err := g.MarshalBinary(); err != nil || !bytes.Equal(again, blob) {
			tb.Fatalf("%q: %x, %v, not %x", uid, again, err, blob)
		}
		return
	}
	if raw, err := hex.DecodeString(uid); err != nil || !bytes.Equal(raw, blob) {
		tb.Fatalf("%q: %x, not %x (%v)", uid, blob, raw, err)
	}
	if err != nil {
		if !errors.Is(err, io.ErrUnexpectedEOF) || g != nil {
			tb.Fatalf("%q: %v", uid, err)
		}
		return
	}
	upper := strings.ToUpper(uid)
	if _, ok := g.Wrapped(); !ok && g.UID() != upper[:32]+"00000000"+upper[40:] {
		tb.Fatalf("%q became %q", uid, g.UID())
	}
	checkGOIDBack(tb, g)
}

var uidTexts = []string{"", "abc-123@example.org", "{81412D3C-2A24-4E9D-B20E-11F7BBE92799}", "a\x00\xff\r\n",
	"040000008200E00074C5B7101A82E00807D803195025D461E473C801000000000000000010000000000102030405060708090A0B0C0D0E0F",
	"040000008200e00074c5b7101a82e00800000000000000000000000000000000000000000300000001ab02",
	"040000008200e00074c5b7101a82e00800000000000000000000000000000000000000000400000001ab02",
	"040000008200e00074c5b7101a82e00800000d00000000000000000000000000000000000100000001ab02",
	"040000008200e00074c5b7101a82e0080000000000000000000000000000000000000000000000",
	fmt.Sprintf("%x", goid.FromUID("wrapped twice")), fmt.Sprintf("%x", goid.FromUID(strings.Repeat("04", 41)))}

// checkGOIDJSON reads any text as the value form.
func checkGOIDJSON(tb testing.TB, text []byte) {
	if g := sameAgain[goid.GlobalObjectID](tb, text); g != nil {
		_ = g.Validate()
		_, _ = g.Key(), g.UID()
	}
}
