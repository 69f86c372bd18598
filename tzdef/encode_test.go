package tzdef_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/tzdef"
)

func TestAppendBinaryErrors(t *testing.T) {
	for _, c := range []struct {
		name, field, want string
		d                 tzdef.Definition
	}{
		{"name too long", "cchKeyName", "tzdef: cchKeyName: 65536 units do not fit in 16 bits",
			tzdef.Definition{Reserved: 2, KeyName: strings.Repeat("x", 65536)}},
		{"name too long in units", "cchKeyName", "tzdef: cchKeyName: 65536 units do not fit in 16 bits",
			tzdef.Definition{Reserved: 2, KeyName: strings.Repeat("😀", 32768)}},
		{"too many rules", "cRules", "tzdef: cRules: 65536 rules do not fit in 16 bits",
			tzdef.Definition{Reserved: 2, Rules: make([]tzdef.TZRule, 65536)}},
		{"GUID without flag", "guid", "tzdef: guid: is not zero, but Reserved 0x0002 has no flag 0x0001",
			tzdef.Definition{Reserved: 2, GUID: guid.GUID{1}}},
		{"name without flag", "KeyName", "tzdef: KeyName: is not empty, but Reserved 0x0001 has no flag 0x0002",
			tzdef.Definition{Reserved: 1, KeyName: "UTC"}},
		{"name that is no text", "KeyName", `tzdef: KeyName: "a\xff" is neither UTF-8 nor WTF-8`,
			tzdef.Definition{Reserved: 2, KeyName: "a\xff"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := []byte("before")
			out, err := c.d.AppendBinary(before)
			require.EqualError(t, err, c.want)
			require.Equal(t, before, out, "nothing is appended beside an error")
			b, err := c.d.MarshalBinary()
			require.Error(t, err)
			require.Empty(t, b)

			found := c.d.Validate()
			require.Len(t, found, 1)
			f := found[0]
			require.ErrorIs(t, f, tzdef.NotEncodable)
			require.Equal(t, diag.Error, f.Severity)
			require.Equal(t, -1, f.Span.Offset)
			require.Equal(t, c.field, f.Path)
			require.Equal(t, c.want, "tzdef: "+f.Path+": "+f.Msg)
		})
	}
	i := tzdef.Information{Layout: 4}
	out, err := i.AppendBinary([]byte("before"))
	require.EqualError(t, err, "tzdef: Layout: 4 is none of 1, 2 and 3")
	require.Equal(t, "before", string(out))
	_, err = new(tzdef.Information).MarshalBinary()
	require.Error(t, err)
	found := i.Validate()
	require.Len(t, found, 1)
	require.ErrorIs(t, found[0], tzdef.NotEncodable)
	require.Equal(t, "Layout", found[0].Path)
}

// TestLargest writes what just fits.
func TestLargest(t *testing.T) {
	d := tzdef.New(strings.Repeat("é", 65535), make([]tzdef.TZRule, 65535)...)
	b := mustMarshal(t, d)
	require.Len(t, b, 10+2*65535+66*65535)
	back, err := tzdef.Decode(b)
	require.NoError(t, err)
	require.Equal(t, d, back)
	out, err := d.AppendBinary([]byte("before"))
	require.NoError(t, err)
	require.Equal(t, "before", string(out[:6]))
	require.True(t, bytes.Equal(b, out[6:]))
}

// TestNormalizeLargest is L8 where cbHeader cannot hold what it counts: the least it holds is what the finding asks for.
func TestNormalizeLargest(t *testing.T) {
	for _, units := range []int{32764, 32765, 65535} {
		d := tzdef.New(strings.Repeat("n", units), tzdef.TZRule{Flags: tzdef.EffectiveTZReg})
		b := mustMarshal(t, d)
		_, _, found := inspectDefinition(b)
		require.Equal(t, []diag.Code{tzdef.KeyNameTooLong}, found, "%d units", units)
		definitionLaws.Check(t, b)
	}
}

func TestNew(t *testing.T) {
	rules := []tzdef.TZRule{{Year: 2007, Bias: 5, Extra: []byte{1}}, {Year: 2006, Bias: 6, Reserved: 9, MajorVersion: 7}}
	d := tzdef.New("Zoné", rules...)
	want := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 14, Reserved: 2, KeyName: "Zoné", Rules: []tzdef.TZRule{
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2006, Bias: 6},
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2007, Bias: 5},
	}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
	require.Equal(t, uint16(2007), rules[0].Year, "the caller's rules are left alone")
	require.Equal(t, uint8(7), rules[1].MajorVersion)
	require.Empty(t, tzdef.New("UTC").Rules)
	require.Empty(t, usEastern.Validate())
}

func TestNormalize(t *testing.T) {
	d := &tzdef.Definition{MajorVersion: 9, MinorVersion: 8, HeaderSize: 7, Reserved: 0xFFFF, GUID: guid.GUID{1}, KeyName: "A\x00B\x00\x00",
		HeaderExtra: []byte{1}, Trailing: []byte{2}, Rules: []tzdef.TZRule{
			{Year: 2010, Bias: 1, Flags: 0x8003, X: [14]byte{5}, Reserved: 64, Extra: []byte{1, 2}, MajorVersion: 3, MinorVersion: 4},
			{Year: 2009, Bias: 2}, {Year: 2010, Bias: 3}, {Year: 2009, Bias: 4, DaylightBias: 99999}}}
	d.Normalize()
	want := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 28, Reserved: 3, GUID: guid.GUID{1}, KeyName: "A\x00B", Rules: []tzdef.TZRule{
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2009, Bias: 2},
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2009, Bias: 4, DaylightBias: 99999},
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2010, Bias: 1, Flags: 0x8003, X: [14]byte{5}},
		{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Year: 2010, Bias: 3},
	}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}

	s := &tzdef.TZStruct{StandardYear: 1, DaylightYear: 2, StandardDate: tzdef.SystemTime{Year: 2011, Month: 1, Day: 1},
		DaylightDate: tzdef.SystemTime{Year: 2012, Month: 2, Day: 2}, Trailing: []byte{1}}
	require.Len(t, s.Validate(), 3)
	s.Normalize()
	require.Equal(t, &tzdef.TZStruct{StandardYear: 2011, DaylightYear: 2012, StandardDate: s.StandardDate, DaylightDate: s.DaylightDate}, s)
	require.Empty(t, s.Validate())
}

func TestName(t *testing.T) {
	require.Equal(t, "A\x00B", (&tzdef.Definition{KeyName: "A\x00B\x00\x00"}).Name())
	require.Equal(t, "", (&tzdef.Definition{KeyName: "\x00"}).Name())
}

// randomDefinition returns any definition that AppendBinary writes and the layout can be followed of: sizes that agree
// with what they count, everything else at random.
func randomDefinition(r *rand.Rand) *tzdef.Definition {
	d := &tzdef.Definition{MajorVersion: uint8(r.Uint32()), MinorVersion: uint8(r.Uint32()), HeaderSize: uint16(r.Uint32()), Reserved: uint16(r.Uint32())}
	if d.Reserved&tzdef.ValidGUID != 0 {
		copy(d.GUID[:], randomBytes(r, 16))
	}
	if d.Reserved&tzdef.ValidKeyName != 0 {
		d.KeyName = randomText(r, r.IntN(40))
	}
	for range r.IntN(6) {
		d.Rules = append(d.Rules, randomRule(r))
	}
	if r.IntN(2) == 0 {
		d.Trailing = randomBytes(r, 1+r.IntN(50))
	}
	return d
}

func randomRule(r *rand.Rand) tzdef.TZRule {
	rule := tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: tzdef.RuleFlags(r.Uint32()), Year: uint16(r.Uint32()),
		Bias: int32(r.Uint32()), StandardBias: int32(r.Uint32()), DaylightBias: int32(r.Uint32()), StandardDate: randomDate(r), DaylightDate: randomDate(r)}
	copy(rule.X[:], randomBytes(r, 14))
	if r.IntN(3) == 0 {
		rule.Extra = randomBytes(r, 1+r.IntN(9))
		rule.Reserved += uint16(len(rule.Extra))
	}
	return rule
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// randomText returns text of n UTF-16 units, paired or not.
func randomText(r *rand.Rand, n int) string {
	le := randomBytes(r, 2*n)
	for i := 1; i < len(le); i += 2 {
		switch r.IntN(3) {
		case 0:
			le[i] = 0 // Latin
		case 1:
			le[i] = 0xD8 | le[i]&7 // a surrogate
		}
	}
	return string(wtf8.AppendDecode(nil, le))
}

func randomDate(r *rand.Rand) tzdef.SystemTime {
	if r.IntN(4) == 0 {
		return tzdef.SystemTime{Year: uint16(r.Uint32()), Month: uint16(r.Uint32()), DayOfWeek: uint16(r.Uint32()), Day: uint16(r.Uint32()),
			Hour: uint16(r.Uint32()), Minute: uint16(r.Uint32()), Second: uint16(r.Uint32()), Milliseconds: uint16(r.Uint32())}
	}
	return tzdef.SystemTime{Month: uint16(r.IntN(13)), DayOfWeek: uint16(r.IntN(7)), Day: uint16(1 + r.IntN(5)), Hour: uint16(r.IntN(24)),
		Minute: uint16(r.IntN(60)), Second: uint16(r.IntN(60)), Milliseconds: uint16(r.IntN(1000))}
}

// TestValuesFirst writes random values and reads them back: as bytes and as JSON.
func TestValuesFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		d := randomDefinition(r)
		b := mustMarshal(t, d)
		back, err := tzdef.Decode(b)
		require.NoError(t, err)
		if diff := cmp.Diff(d, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%x (-wrote +read):\n%s", b, diff)
		}
		requireJSON(t, d, new(tzdef.Definition))

		s := &tzdef.TZStruct{Bias: int32(r.Uint32()), StandardBias: int32(r.Uint32()), DaylightBias: int32(r.Uint32()), StandardYear: uint16(r.Uint32()),
			DaylightYear: uint16(r.Uint32()), StandardDate: randomDate(r), DaylightDate: randomDate(r), Trailing: randomBytes(r, r.IntN(3))}
		b, err = s.MarshalBinary()
		require.NoError(t, err)
		require.Len(t, b, 48+len(s.Trailing))
		gotStruct, err := tzdef.DecodeStruct(b)
		require.NoError(t, err)
		if diff := cmp.Diff(s, gotStruct, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		requireJSON(t, s, new(tzdef.TZStruct))

		i := randomInformation(r)
		b, err = i.MarshalBinary()
		require.NoError(t, err)
		gotInformation, err := tzdef.DecodeInformation(b)
		require.NoError(t, err)
		require.Equal(t, i, gotInformation)
		requireJSON(t, i, new(tzdef.Information))
	}
}

func randomInformation(r *rand.Rand) *tzdef.Information {
	i := &tzdef.Information{Layout: tzdef.Layout(1 + r.IntN(3)), Bias: int32(r.Uint32()), StandardBias: int32(r.Uint32()), DaylightBias: int32(r.Uint32()),
		StandardDate: randomDate(r), DaylightDate: randomDate(r)}
	name := func(dst []byte) {
		le, _ := wtf8.AppendEncode(nil, randomText(r, r.IntN(len(dst)/2+1)))
		copy(dst, le)
		if r.IntN(4) == 0 {
			dst[len(dst)-1] = 7 // something behind the terminator
		}
	}
	if i.Layout != tzdef.RegTZI {
		name(i.StandardName[:])
		name(i.DaylightName[:])
	}
	if i.Layout == tzdef.DynamicTZI {
		name(i.TimeZoneKeyName[:])
		i.DynamicDaylightTimeDisabled = uint8(r.Uint32())
		copy(i.Padding[:], randomBytes(r, 3))
	}
	return i
}

func requireJSON(t *testing.T, v, into any) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, into), "%s", b)
	if diff := cmp.Diff(v, into, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-wrote +read):\n%s", b, diff)
	}
}

func TestJSON(t *testing.T) {
	d := &tzdef.Definition{MajorVersion: 2, MinorVersion: 1, HeaderSize: 8, Reserved: 3, KeyName: "\xed\xa0\x80 \u2028\"",
		HeaderExtra: []byte{0xAB}, Trailing: []byte{0xCD}, Rules: []tzdef.TZRule{{Flags: 0x8007, Year: 1601, Bias: -1, Extra: []byte{0xEF}}}}
	const date = `{"year":0,"month":0,"dayOfWeek":0,"day":0,"hour":0,"minute":0,"second":0,"milliseconds":0}`
	want := `{"majorVersion":2,"minorVersion":1,"headerSize":8,"reserved":3,"guid":"{00000000-0000-0000-0000-000000000000}",` +
		`"keyName":"\ud800 \u2028\"","headerExtra":"ab","rules":[{"majorVersion":0,"minorVersion":0,"reserved":0,` +
		`"flags":["TZRULE_FLAG_RECUR_CURRENT_TZREG","TZRULE_FLAG_EFFECTIVE_TZREG","0x8004"],"year":1601,"x":"0000000000000000000000000000",` +
		`"bias":-1,"standardBias":0,"daylightBias":0,"standardDate":` + date + `,"daylightDate":` + date + `,"extra":"ef"}],"trailing":"cd"}`
	got, err := json.Marshal(d)
	require.NoError(t, err)
	require.Equal(t, want, string(got))
	requireJSON(t, d, new(tzdef.Definition))

	var empty tzdef.Definition
	require.NoError(t, json.Unmarshal([]byte(`{}`), &empty))
	require.Equal(t, tzdef.Definition{}, empty)
	require.NoError(t, json.Unmarshal([]byte(`{"rules":[{"flags":[],"year":7}]}`), &empty))
	require.Equal(t, tzdef.Definition{Rules: []tzdef.TZRule{{Year: 7}}}, empty)
}

func TestJSONErrors(t *testing.T) {
	long := strings.Repeat("n", 33)
	for _, c := range []struct {
		into interface{ UnmarshalJSON([]byte) error }
		json string
		want string
	}{
		{new(tzdef.Definition), `{"trailing":"0g"}`, "invalid byte"},
		{new(tzdef.Definition), `{"trailing":"012"}`, "odd length"},
		{new(tzdef.Definition), `{"headerExtra":"x"}`, "invalid byte"},
		{new(tzdef.Definition), `{"guid":"{00000000}"}`, "guid"},
		{new(tzdef.Definition), `{"keyName":7}`, "not a JSON string"},
		{new(tzdef.Definition), `{"keyName":"\q"}`, "invalid character 'q'"},
		{new(tzdef.Definition), `{"majorVersion":256}`, "256"},
		{new(tzdef.Definition), `{"rules":[{"x":"00"}]}`, "tzdef: x: is 1 bytes, must be 14"},
		{new(tzdef.Definition), `{"rules":[{"flags":["TZRULE_FLAG_OTHER"]}]}`, `tzdef: flags: "TZRULE_FLAG_OTHER" is neither a flag nor 0x and hex digits`},
		{new(tzdef.Definition), `[]`, "cannot unmarshal array"},
		{new(tzdef.TZRule), `{"x":""}`, "tzdef: x: is 0 bytes, must be 14"},
		{new(tzdef.TZRule), `{"x":"000000000000000000000000000000"}`, "tzdef: x: is 15 bytes, must be 14"},
		{new(tzdef.TZRule), `{"extra":"0"}`, "odd length"},
		{new(tzdef.TZRule), `{"bias":2147483648}`, "2147483648"},
		{new(tzdef.RuleFlags), `["0x10000"]`, `"0x10000" is neither`},
		{new(tzdef.RuleFlags), `["0x"]`, `"0x" is neither`},
		{new(tzdef.RuleFlags), `["FACE"]`, `"FACE" is neither`},
		{new(tzdef.RuleFlags), `3`, "cannot unmarshal number"},
		{new(tzdef.TZStruct), `{"trailing":"zz"}`, "invalid byte"},
		{new(tzdef.TZStruct), `{"standardDate":{"year":-1}}`, "-1"},
		{new(tzdef.Information), `{"layout":"TIME"}`, `tzdef: layout: "TIME" is none`},
		{new(tzdef.Information), `{}`, `tzdef: layout: "" is none`},
		{new(tzdef.Information), `{"layout":7}`, "cannot unmarshal number"},
		{new(tzdef.Information), `{"layout":"TIME_ZONE_INFORMATION","standardName":"` + long + `"}`, `tzdef: standardName: "` + long + `" does not fit in 32 units`},
		{new(tzdef.Information), `{"layout":"TIME_ZONE_INFORMATION","daylightNameRaw":"00"}`, "tzdef: daylightNameRaw: is 1 bytes, must be 64"},
		{new(tzdef.Information), `{"layout":"DYNAMIC_TIME_ZONE_INFORMATION","padding":"0000"}`, "tzdef: padding: is 2 bytes, must be 3"},
		{new(tzdef.Information), `{"layout":"DYNAMIC_TIME_ZONE_INFORMATION","timeZoneKeyName":"` + strings.Repeat(long, 4) + `"}`, "does not fit in 128 units"},
	} {
		t.Run(fmt.Sprintf("%T %.40s", c.into, c.json), func(t *testing.T) {
			require.ErrorContains(t, c.into.UnmarshalJSON([]byte(c.json)), c.want)
		})
	}
}

func TestRuleFlags(t *testing.T) {
	for f, want := range map[tzdef.RuleFlags]string{
		0:      "0",
		1:      "TZRULE_FLAG_RECUR_CURRENT_TZREG",
		3:      "TZRULE_FLAG_RECUR_CURRENT_TZREG | TZRULE_FLAG_EFFECTIVE_TZREG",
		0x0004: "0x0004",
		0xFFFF: "TZRULE_FLAG_RECUR_CURRENT_TZREG | TZRULE_FLAG_EFFECTIVE_TZREG | 0xFFFC",
	} {
		require.Equal(t, want, f.String())
	}
	for f := range 1 << 16 {
		b, err := tzdef.RuleFlags(f).MarshalJSON()
		require.NoError(t, err)
		back := tzdef.RuleFlags(1)
		require.NoError(t, back.UnmarshalJSON(b))
		require.Equal(t, tzdef.RuleFlags(f), back)
	}
}

func TestValidateIsInspect(t *testing.T) {
	d := usEastern
	d = &tzdef.Definition{MajorVersion: 3, MinorVersion: 1, Reserved: 2, KeyName: "\xed\xa0\x80", Rules: d.Rules}
	_, r := tzdef.Inspect(mustMarshal(t, d))
	require.Equal(t, slices.Collect(r.Findings()), d.Validate())
	require.NotEmpty(t, d.Validate())

	i := &tzdef.Information{Layout: tzdef.RegTZI, Bias: 9999}
	require.Len(t, i.Validate(), 1)
	require.Equal(t, "Bias", i.Validate()[0].Path)
}

// TestJSONOfParts marshals what a Definition is made of on its own.
func TestJSONOfParts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	date := randomDate(r)
	requireJSON(t, &date, new(tzdef.SystemTime))
	rule := randomRule(r)
	requireJSON(t, &rule, new(tzdef.TZRule))
	whole, err := json.Marshal(&tzdef.Definition{Rules: []tzdef.TZRule{rule}})
	require.NoError(t, err)
	part, err := json.Marshal(&rule)
	require.NoError(t, err)
	require.Contains(t, string(whole), string(part))
}
