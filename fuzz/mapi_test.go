package fuzz_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// types are those of [MS-OXCDATA] 2.11.1, and some that only look like it.
var types = []mapi.PropType{mapi.PtypUnspecified, mapi.PtypNull, mapi.PtypInteger16, mapi.PtypInteger32, mapi.PtypFloating32, mapi.PtypFloating64,
	mapi.PtypCurrency, mapi.PtypFloatingTime, mapi.PtypErrorCode, mapi.PtypBoolean, mapi.PtypObject, mapi.PtypInteger64, mapi.PtypString8,
	mapi.PtypString, mapi.PtypTime, mapi.PtypGuid, mapi.PtypServerId, mapi.PtypRestriction, mapi.PtypRuleAction, mapi.PtypBinary,
	mapi.PtypMultipleInteger16, mapi.PtypMultipleInteger32, mapi.PtypMultipleFloating32, mapi.PtypMultipleFloating64, mapi.PtypMultipleCurrency,
	mapi.PtypMultipleFloatingTime, mapi.PtypMultipleInteger64, mapi.PtypMultipleString8, mapi.PtypMultipleString, mapi.PtypMultipleTime,
	mapi.PtypMultipleGuid, mapi.PtypMultipleBinary, 0x0103, 0x0107, 0x3003, 0x301F, 0x3102, 0x801F, 0x84B0, 0x100B, 0x100D, 0xFFFF}

// valueSeeds have a type in their first byte, and bytes behind it that are nearly a value of it.
func valueSeeds(testing.TB) (all []seed) {
	for i, t := range types {
		for _, body := range [][]byte{{}, {1}, {1, 0}, []byte("A\x00B\x00\x00\x00"), make([]byte, 8), bytes.Repeat([]byte{0xFF}, 16),
			{2, 0, 0, 0, 'A', 0, 'B', 0}, {1, 0, 0, 0, 1, 0, 0, 0, 'A'}} {
			all = append(all, seed{t.PT()[:min(len(t.PT()), 20)] + "-" + string('a'+rune(len(all)%26)), append([]byte{byte(i)}, body...)})
		}
	}
	for i := range all { // names for files, and each its own
		all[i].name = string(bytes.Map(func(r rune) rune {
			if r == ' ' || r == '|' {
				return '_'
			}
			return r
		}, []byte(all[i].name)))
	}
	return all
}

// checkMAPIValue reads bytes as a value of a type, as a dump shows it and as a stream has it. What is accepted writes the
// same bytes; what is refused survives as an Unknown, and the error says where.
func checkMAPIValue(tb testing.TB, b []byte) {
	if len(b) == 0 {
		return
	}
	t := types[int(b[0])%len(types)]
	raw := b[1:]
	if b[0] >= 0xF0 && len(raw) >= 2 {
		t, raw = mapi.PropType(binary.LittleEndian.Uint16(raw)), raw[2:] // any type at all
	}
	if back, ok := mapi.ParsePropType(t.String()); !ok || back != t {
		tb.Fatalf("%s is read as %s, %v", t, back, ok)
	}
	checkRaw(tb, t, raw)
	checkMulti(tb, t, raw)
	for _, p := range []mapi.Profile{mapi.ProfileROP, mapi.ProfileExtended, mapi.ProfileOCFG, mapi.ProfileFastTransfer} {
		checkStream(tb, t, raw, p)
		checkParse(tb, t, raw, p)
	}
	checkTime(tb, raw)
	checkCodePage(tb, int(t), raw)
}

// worded are tags whose numbers mean something.
var worded = []mapi.PropTag{mapi.PidTagMessageFlags, 0x39050003, 0x33061003, 0x67480014, 0x68470003, mapi.PidTagRuleId, 0x661D000B}

func checkRaw(tb testing.TB, t mapi.PropType, raw []byte) {
	tb.Helper()
	input := bytes.Clone(raw)
	v, err := mapi.ParseRaw(t, input)
	if !bytes.Equal(input, raw) {
		tb.Fatalf("%s: the input was written to", t)
	}
	for i := range input { // the value keeps no part of it
		input[i] ^= 0xFF
	}
	out, writeErr := v.AppendBinary([]byte("x"))
	if writeErr != nil || out[0] != 'x' {
		tb.Fatalf("%s %x is %#v, which cannot be written: %v", t, raw, v, writeErr)
	}
	same := bytes.Equal(out[1:], raw)
	if n, ok := v.(mapi.Boolean); ok { // the width is not part of the value
		var wide [4]byte
		copy(wide[:], raw)
		same = uint32(n) == binary.LittleEndian.Uint32(wide[:]) && len(out)-1 <= len(raw)
	}
	if !same {
		tb.Fatalf("%s %x is %#v, written as %x", t, raw, v, out[1:])
	}
	checkShown(tb, v)
	for _, tag := range worded { // it must not panic, and says all in one line
		if meaning := mapi.Meaning(mapi.Prop{Tag: mapi.TagOf(tag.ID(), t), Value: v}); strings.ContainsAny(meaning, "\n\t") {
			tb.Fatalf("%s %#v means %q", tag, v, meaning)
		}
	}
	if err == nil {
		if unknown, ok := v.(mapi.Unknown); ok && unknown.PropType != t || !ok && v.Type() != t && v.Type() != t.Element() {
			tb.Fatalf("%s %x has type %s", t, raw, v.Type())
		}
		return
	}
	if unknown, ok := v.(mapi.Unknown); !ok || unknown.PropType != t {
		tb.Fatalf("%s %x is %#v beside %v", t, raw, v, err)
	}
	var f diag.Finding
	if !errors.As(err, &f) || f.Span.Offset < 0 || f.Span.Len < 0 || f.Span.Offset+f.Span.Len > len(raw) || f.Path == "" || f.Msg == "" || f.Severity < diag.Error {
		tb.Fatalf("%s, %d bytes: %#v", t, len(raw), err)
	}
	if f.Code != mapi.Truncated && f.Code != mapi.BadLength || (f.Code == mapi.Truncated) != errors.Is(err, io.ErrUnexpectedEOF) {
		tb.Fatalf("%s %x: %v", t, raw, err)
	}
}

// checkShown: a value is shown as text and as JSON without trouble.
func checkShown(tb testing.TB, v mapi.Value) {
	tb.Helper()
	text := v.AppendJSON([]byte("x"))
	if text[0] != 'x' || !json.Valid(text[1:]) {
		tb.Fatalf("%#v is %s", v, text)
	}
	for _, c := range text {
		if c < ' ' || c == 0x7F {
			tb.Fatalf("%#v is %q, which is no pure text", v, text)
		}
	}
	_ = v.String() // it must not panic, and may be anything
}

// checkMulti cuts raw into elements and reads them as a list: the list is what ParseRaw makes of it when it is written.
func checkMulti(tb testing.TB, t mapi.PropType, raw []byte) {
	tb.Helper()
	var elements [][]byte
	for rest := raw; len(rest) > 0 && len(elements) < 64; {
		n := min(1+int(rest[0])%17, len(rest))
		elements, rest = append(elements, rest[:n]), rest[n:]
	}
	v, err := mapi.ParseMulti(t, elements)
	out, writeErr := v.AppendBinary(nil)
	if writeErr != nil {
		tb.Fatalf("%s %x is %#v: %v", t, elements, v, writeErr)
	}
	checkShown(tb, v)
	if err == nil && t.Multiple() {
		if again, err := mapi.ParseRaw(t, out); err != nil || again.Type() != v.Type() || !bytes.Equal(again.AppendJSON(nil), v.AppendJSON(nil)) {
			tb.Fatalf("%s %x is %#v, and as written %#v, %v", t, elements, v, again, err)
		}
	}
	for _, e := range elements {
		if !bytes.Contains(out, e) {
			tb.Fatalf("%s %x: %x is not in %x", t, elements, e, out)
		}
	}
}

var valueWords = wire.Words{Truncated: mapi.Truncated, Spec: "[MS-OXCDATA] 2.11.1"}

// decodeTagged reads a value behind its tag, as they stand in rules and streams ([MS-OXCDATA] 2.11.4).
func decodeTagged(c *wire.Cursor, p mapi.Profile) (mapi.PropTag, mapi.Value, bool) {
	c.In("value", -1)
	defer c.Out()
	at := c.Offset()
	tag := mapi.PropTag(c.U32("PropertyTag"))
	if c.Dead() {
		return 0, nil, false
	}
	v, ok := mapi.DecodeValue(c, "PropertyValue", tag.Type(), at, p)
	return tag, v, ok
}

// checkStream reads one value of a stream, with and without a report.
func checkStream(tb testing.TB, t mapi.PropType, b []byte, p mapi.Profile) {
	tb.Helper()
	whole := append(binary.LittleEndian.AppendUint32(nil, uint32(mapi.TagOf(0x1234, t))), b...)
	rep := diag.New("propvalue", whole, mapi.Codes())
	recording, strict := wire.New(whole, rep, &valueWords), wire.New(whole, nil, &valueWords)
	tag, v, ok := decodeTagged(&recording, p)
	tag2, v2, ok2 := decodeTagged(&strict, p)
	if tag != tag2 || tag != mapi.TagOf(0x1234, t) || ok != ok2 || recording.OK() != strict.OK() || recording.Offset() != strict.Offset() || !sameValue(v, v2) {
		tb.Fatalf("%s %x: %s %#v %v with a report, %s %#v %v without", t, whole, tag, v, ok, tag2, v2, ok2)
	}
	end := recording.Offset()
	recording.Rest("trailing", "mapi.trailing-data")
	checkTiles(tb, rep, whole)
	if recording.OK() != (rep.Max() < diag.Error) || p != mapi.ProfileOCFG && p != mapi.ProfileFastTransfer && ok != recording.OK() || !ok && recording.OK() {
		tb.Fatalf("%s %x: ok %v, OK %v, report %v", t, whole, ok, recording.OK(), rep.Max())
	}
	if !ok {
		return
	}
	checkShown(tb, v)
	for f := range rep.Findings() {
		if f.Code == mapi.MissingTerminator {
			return // written again, the text has one
		}
	}
	if out, err := mapi.AppendValue([]byte("x"), v, p); err != nil || !bytes.Equal(out[1:], whole[4:end]) {
		tb.Fatalf("%s %s %x is %#v, written as %x: %v", p, t, whole[4:end], v, out, err)
	}
}

// checkParse reads one value of a stream, without and with a report: they agree with each other, and with what stands
// behind a tag.
func checkParse(tb testing.TB, t mapi.PropType, b []byte, p mapi.Profile) {
	tb.Helper()
	v, n, err := mapi.ParseValue(t, b, p)
	shown, rep := mapi.InspectValue(t, b, p)
	checkTiles(tb, rep, b)
	if (err == nil) != (rep.Max() < diag.Error) || err == nil && !sameValue(v, shown) || err != nil && (v != nil || n != 0) {
		tb.Fatalf("%s %s %x: %#v, %d, %v, and with a report %#v, %v", p, t, b, v, n, err, shown, rep.Err())
	}
	whole := append(binary.LittleEndian.AppendUint32(nil, uint32(mapi.TagOf(0x1234, t))), b...)
	c := wire.New(whole, nil, &valueWords)
	_, tagged, ok := decodeTagged(&c, p)
	if ok && c.OK() != (err == nil) || ok && err == nil && (!sameValue(v, tagged) || c.Offset() != n+4) {
		tb.Fatalf("%s %s %x: %#v in %d bytes, %v, behind a tag %#v, %v", p, t, b, v, n, err, tagged, ok)
	}
	if err != nil {
		var e *diag.DecodeError
		other := errors.Is(err, mapi.BadPropType) || errors.Is(err, mapi.OddText)
		if !errors.As(err, &e) || !other && !errors.Is(err, io.ErrUnexpectedEOF) {
			tb.Fatalf("%s %s %x: %v", p, t, b, err)
		}
	}
}

// sameValue compares two values by type, bytes and JSON; NaN is as good as itself.
func sameValue(a, b mapi.Value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	x, err1 := a.AppendBinary(nil)
	y, err2 := b.AppendBinary(nil)
	return a.Type() == b.Type() && bytes.Equal(x, y) && (err1 == nil) == (err2 == nil) && bytes.Equal(a.AppendJSON(nil), b.AppendJSON(nil))
}

// checkTime: a FILETIME is written as text and read as itself; as a time.Time it is the same moment, or none.
func checkTime(tb testing.TB, raw []byte) {
	tb.Helper()
	s := &source{raw}
	ft := mapi.FileTime(s.u64())
	text, err := ft.MarshalText()
	var back mapi.FileTime
	if err == nil {
		err = back.UnmarshalText(text)
	}
	if err != nil || back != ft {
		tb.Fatalf("%d is %q, read as %d: %v", uint64(ft), text, uint64(back), err)
	}
	if t, ok := ft.Time(); ok {
		if again, ok := mapi.FileTimeOf(t); !ok || again != ft {
			tb.Fatalf("%d is %v, which is %d, %v", uint64(ft), t, uint64(again), ok)
		}
	}
	var other mapi.FileTime
	if err := other.UnmarshalText(raw); err == nil {
		if text, err := other.MarshalText(); err != nil || back.UnmarshalText(text) != nil || back != other {
			tb.Fatalf("%q is %d, written as %q and read as %d: %v", raw, uint64(other), text, uint64(back), err)
		}
	}
}

// codePages are those of every kind of decoder: of one byte, of two, with escapes, Unicode's own, and none.
var codePages = []int{0, 437, 874, 932, 936, 949, 950, 1200, 1250, 1251, 1252, 1258, 10000, 20127, 20932, 28591, 28592, 50220, 50222, 50225, 51932, 52936, 54936,
	65000, 65001, 99999}

func checkCodePage(tb testing.TB, n int, raw []byte) {
	tb.Helper()
	cp := codePages[n%len(codePages)]
	text, damaged, err := mapi.DecodeString8(raw, cp)
	if damaged < 0 || damaged > len(raw) {
		tb.Fatalf("%d: %x has %d damaged bytes", cp, raw, damaged)
	}
	if _, ok := wtf8.AppendEncode(nil, text); !ok {
		tb.Fatalf("%d: %x is %q", cp, raw, text)
	}
	var code diag.Code
	if err != nil && !errors.As(err, &code) {
		tb.Fatalf("%d: %x: %v is no code", cp, raw, err)
	}
	ascii := true
	for _, c := range raw {
		ascii = ascii && c < utf8.RuneSelf && c >= ' ' && c != 0x7F && c != '~' && c != '+' && c != '\\'
	}
	if ascii && cp != 1200 && text != string(raw) {
		tb.Fatalf("%d: %q is %q", cp, raw, text)
	}
	checkShown(tb, mapi.String8{Raw: raw, CodePage: cp, Source: "test"})
}
