package fuzz_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

// checkTZDefValue begins with the value: what is written must be read as what it was, normalized it must be free of
// errors, and what no blob can hold must be refused.
func checkTZDefValue(tb testing.TB, b []byte) {
	s := &source{b}
	d := definition(s)
	prefix := []byte("x")
	out, err := d.AppendBinary(prefix)
	if err != nil {
		tb.Fatalf("%+v: %v", d, err)
	}
	blob := out[1:]
	if out[0] != 'x' {
		tb.Fatalf("what stood before was changed")
	}
	back, r := tzdef.Inspect(blob)
	if !sameDefinition(d, back) {
		tb.Fatalf("%x (-written +read):\n%s", blob, cmp.Diff(d, back, cmpopts.EquateEmpty()))
	}
	if got, want := findings(r), d.Validate(); !slices.Equal(got, want) {
		tb.Fatalf("Validate says %v, Inspect %v", want, got)
	}
	if wantError := len(d.HeaderExtra) > 0 || slices.ContainsFunc(d.Rules, func(r tzdef.TZRule) bool { return r.Reserved < 62 }); (r.Max() >= diag.Error) != wantError {
		tb.Fatalf("%x: %v", blob, findings(r))
	}
	checkNormalized(tb, d)
	checkRefused(tb, s, d)
}

// definition makes a Definition that reads back as itself.
func definition(s *source) *tzdef.Definition {
	d := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, Reserved: tzdef.ValidKeyName}
	if s.one(4) {
		d.MajorVersion, d.MinorVersion, d.Reserved = s.u8(), s.u8(), s.u16()
	}
	if d.Reserved&tzdef.ValidGUID != 0 {
		d.GUID = guid.GUID(s.bytes(16))
	}
	if d.Reserved&tzdef.ValidKeyName != 0 {
		d.KeyName = name(s)
	}
	for range s.below(4) {
		d.Rules = append(d.Rules, rule(s))
	}
	d.HeaderSize = fieldsSize(d)
	if s.one(4) && len(d.Rules) > 0 && isRule(d.Rules[0]) {
		d.HeaderExtra = append([]byte{s.u8() | 0x80}, s.bytes(s.below(9))...) // no rule begins so
		d.HeaderSize += uint16(len(d.HeaderExtra))
	} else if s.one(4) && (len(d.Rules) == 0 || isRule(d.Rules[0])) {
		d.HeaderSize = s.u16() // it leads nowhere, because the fields lead to a rule
	}
	if s.one(4) {
		d.Trailing = s.bytes(s.below(9))
	}
	return d
}

// fieldsSize is cbHeader as [MS-OXOCAL] 2.2.1.41 has it.
func fieldsSize(d *tzdef.Definition) uint16 {
	n := 4
	if d.Reserved&tzdef.ValidGUID != 0 {
		n += 16
	}
	if d.Reserved&tzdef.ValidKeyName != 0 {
		n += 2 + 2*wtf8.Units(d.KeyName)
	}
	return uint16(n)
}

func isRule(r tzdef.TZRule) bool { return r.MajorVersion == 2 && r.MinorVersion == 1 }

// name is a known name, or any UTF-16.
func name(s *source) string {
	switch s.below(4) {
	case 0:
		return "W. Europe Standard Time"
	case 1:
		return "Eastern Standard Time\x00"
	}
	return string(wtf8.AppendDecode(nil, s.bytes(2*s.below(20))))
}

func rule(s *source) tzdef.TZRule {
	r := tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: tzdef.RuleFlags(s.below(4)), Year: 1995 + uint16(s.below(40))}
	if s.one(4) {
		r.MajorVersion, r.MinorVersion, r.Flags, r.Year = s.u8(), s.u8(), tzdef.RuleFlags(s.u16()), s.u16()
		r.X = [14]byte(s.bytes(14))
	}
	r.Bias, r.StandardBias, r.DaylightBias = bias(s), bias(s), bias(s)
	r.StandardDate, r.DaylightDate = date(s), date(s)
	switch s.below(8) {
	case 6:
		r.Reserved = uint16(s.below(62)) // an Error, and read by the fields all the same
	case 7:
		r.Extra = s.bytes(s.below(9))
		r.Reserved += uint16(len(r.Extra))
	}
	return r
}

func bias(s *source) int32 {
	switch s.below(8) {
	case 0:
		return int32(s.u32())
	case 1:
		return int32(int16(s.u16()))
	case 2, 3:
		return 0
	}
	return 15 * int32(int8(s.u8()))
}

// date is a good date of any of the kinds, none at all, or any eight words.
func date(s *source) tzdef.SystemTime {
	t := tzdef.SystemTime{Month: uint16(1 + s.below(12)), DayOfWeek: uint16(s.below(7)), Day: uint16(1 + s.below(5)), Hour: uint16(s.below(24))}
	switch s.below(8) {
	case 0:
		return tzdef.SystemTime{}
	case 1:
		return tzdef.SystemTime{Year: s.u16(), Month: s.u16(), DayOfWeek: s.u16(), Day: s.u16(), Hour: s.u16(), Minute: s.u16(),
			Second: s.u16(), Milliseconds: s.u16()}
	case 2:
		t.Year, t.Day = uint16(s.below(2))*(1990+uint16(s.below(50)))+1, uint16(1+s.below(31))
	case 3:
		t.Hour, t.Minute, t.Second, t.Milliseconds = 23, 59, 59, 999
	case 4:
		t.Month, t.Day, t.Hour = 1, 1, 0
	}
	return t
}

// checkNormalized holds Normalize to its word: what it writes has no error, is read as it is, and says the same.
func checkNormalized(tb testing.TB, d *tzdef.Definition) {
	n := *d
	n.Rules = slices.Clone(d.Rules)
	n.Normalize()
	out, err := n.MarshalBinary()
	if err != nil {
		tb.Fatalf("normalized: %v", err)
	}
	back, err := tzdef.Decode(out)
	if err != nil {
		tb.Fatalf("normalized: %x: %v", out, err)
	}
	if !sameDefinition(&n, back) {
		tb.Fatalf("normalized: %x (-written +read):\n%s", out, cmp.Diff(&n, back, cmpopts.EquateEmpty()))
	}
	if n.Name() != d.Name() || len(n.Rules) != len(d.Rules) {
		tb.Fatalf("Normalize lost the name or a rule: %+v became %+v", d, n)
	}
	for year := 1990; year < 2050 && len(d.Rules) > 0; year++ {
		was, is := d.Rules[d.RuleIn(year)], n.Rules[n.RuleIn(year)]
		is.MajorVersion, is.MinorVersion, is.Reserved, is.Extra = was.MajorVersion, was.MinorVersion, was.Reserved, was.Extra
		if !reflect.DeepEqual(was, is) {
			tb.Fatalf("Normalize changed the rule of %d (-was +is):\n%s", year, cmp.Diff(was, is))
		}
	}
}

// sameDefinition compares two definitions field by field; an empty slice is as good as none.
func sameDefinition(a, b *tzdef.Definition) bool {
	x, y := withoutEmpty(*a), withoutEmpty(*b)
	return reflect.DeepEqual(x, y)
}

func withoutEmpty(d tzdef.Definition) tzdef.Definition {
	none := func(b []byte) []byte {
		if len(b) == 0 {
			return nil
		}
		return b
	}
	d.HeaderExtra, d.Trailing = none(d.HeaderExtra), none(d.Trailing)
	d.Rules = append([]tzdef.TZRule{}, d.Rules...)
	for i := range d.Rules {
		d.Rules[i].Extra = none(d.Rules[i].Extra)
	}
	return d
}

// tooLong is a name of more units than cchKeyName can count.
var tooLong = strings.Repeat("n", 0x10000)

// checkRefused makes of d what no blob can hold: AppendBinary must say so and leave the buffer alone.
func checkRefused(tb testing.TB, s *source, d *tzdef.Definition) {
	bad := *d
	switch s.below(4) {
	case 0:
		bad.Reserved, bad.KeyName = bad.Reserved&^tzdef.ValidKeyName, "x"
	case 1:
		bad.Reserved, bad.GUID = bad.Reserved&^tzdef.ValidGUID, guid.GUID{1}
	case 2:
		bad.Reserved, bad.KeyName = bad.Reserved|tzdef.ValidKeyName, bad.KeyName+"\xFF"
	case 3:
		bad.Reserved, bad.KeyName = bad.Reserved|tzdef.ValidKeyName, tooLong
	}
	out, err := bad.AppendBinary([]byte("x"))
	if err == nil || string(out) != "x" {
		tb.Fatalf("%+v was written: %x", bad, out)
	}
	if all := bad.Validate(); len(all) != 1 || !errors.Is(all[0], tzdef.NotEncodable) || all[0].Span.Offset != -1 || all[0].Msg == "" {
		tb.Fatalf("Validate says %v of what cannot be written: %v", all, err)
	}
}

func findings(r *diag.Report) []diag.Finding { return slices.Collect(r.Findings()) }

var jsonTexts = []string{`null`, `{}`, `[]`, `""`, `"TZRULE_FLAG_EFFECTIVE_TZREG"`, `["TZRULE_FLAG_EFFECTIVE_TZREG","0x8000"]`,
	`{"keyName":"\ud800","KEYNAME":"\udc00x","rules":null}`, `{"rules":[null,{"x":null},{"x":"","flags":null}],"trailing":""}`,
	`{"layout":"REG_TZI_FORMAT"}`, `{"layout":""}`, `{"layout":"TIME_ZONE_INFORMATION","standardName":"\u0000x"}`,
	`{"majorVersion":256}`, `{"guid":"{00000000-0000-0000-0000-000000000000}","reserved":1}`}

// checkTZDefJSON reads any text as the value form of every type: what is accepted is written, and read as the same.
func checkTZDefJSON(tb testing.TB, text []byte) {
	d := sameAgain[tzdef.Definition](tb, text)
	if d != nil {
		_ = d.Validate()
		if b, err := d.AppendBinary(nil); err == nil {
			_, _ = tzdef.Inspect(b)
		}
	}
	sameAgain[tzdef.TZRule](tb, text)
	sameAgain[tzdef.TZStruct](tb, text)
	sameAgain[tzdef.SystemTime](tb, text)
	sameAgain[tzdef.RuleFlags](tb, text)
	if i := sameAgain[tzdef.Information](tb, text); i != nil {
		_ = i.Validate()
	}
}

// sameAgain returns what text stands for, or nil.
func sameAgain[T any](tb testing.TB, text []byte) *T {
	tb.Helper()
	var v, back T
	input := bytes.Clone(text)
	err := json.Unmarshal(text, &v)
	if !bytes.Equal(text, input) {
		tb.Fatalf("%T: the input was written to", v)
	}
	if err != nil {
		return nil
	}
	first, err := json.Marshal(&v)
	if err != nil {
		tb.Fatalf("%T: %q was accepted and cannot be written: %v", v, text, err)
	}
	if err := json.Unmarshal(first, &back); err != nil {
		tb.Fatalf("%T: %q was written as %s, which is refused: %v", v, text, first, err)
	}
	if second, err := json.Marshal(&back); err != nil || !bytes.Equal(first, second) {
		tb.Fatalf("%T: %q was written as %s and then as %s (%v)", v, text, first, second, err)
	}
	// The names of a zone in the registry are written only in the layouts that have them.
	if _, ok := any(v).(tzdef.Information); !ok {
		if diff := cmp.Diff(v, back, sameSeries); diff != "" {
			tb.Fatalf("%T: %q changed on the way (-first +second):\n%s", v, text, diff)
		}
	}
	return &v
}
