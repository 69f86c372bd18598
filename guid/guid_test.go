package guid_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

// mailbox is a GUID from a public ExMerge.log line.
var mailbox = guid.GUID{0x43, 0x03, 0x96, 0x66, 0x5D, 0xB1, 0x3B, 0x44, 0x81, 0x99, 0x1F, 0x91, 0x43, 0x32, 0x5B, 0x37}

var (
	_ encoding.TextAppender      = guid.GUID{}
	_ encoding.TextMarshaler     = guid.GUID{}
	_ encoding.TextUnmarshaler   = (*guid.GUID)(nil)
	_ encoding.BinaryAppender    = guid.GUID{}
	_ encoding.BinaryMarshaler   = guid.GUID{}
	_ encoding.BinaryUnmarshaler = (*guid.GUID)(nil)
	_ encoding.TextAppender      = guid.Form(0)
	_ encoding.TextUnmarshaler   = (*guid.Form)(nil)
	_ fmt.Stringer               = guid.GUID{}
	_ fmt.Stringer               = guid.PropertySet(0)
)

func TestByteOrders(t *testing.T) {
	rfc := [16]byte{0x66, 0x96, 0x03, 0x43, 0xB1, 0x5D, 0x44, 0x3B, 0x81, 0x99, 0x1F, 0x91, 0x43, 0x32, 0x5B, 0x37}
	require.Equal(t, mailbox, guid.FromWindowsBytes(mailbox))
	require.Equal(t, mailbox, guid.FromRFC4122Bytes(rfc))
	require.Equal(t, rfc, mailbox.RFC4122Bytes())
	require.Equal(t, [16]byte(mailbox), mailbox.WindowsBytes())
	require.Equal(t, "{66960343-B15D-443B-8199-1F9143325B37}", mailbox.String())
	require.Equal(t, "{66960343-B15D-443B-8199-1F9143325B37}", fmt.Sprint(mailbox))
}

func TestHints(t *testing.T) {
	for _, c := range []struct {
		text, variant string
		version       int
	}{
		{"66960343-B15D-443B-8199-1F9143325B37", "rfc", 4},
		{"00062002-0000-0000-C000-000000000046", "microsoft", 0},
		{"6ED8DA90-450B-101B-98DA-00AA003F1305", "rfc", 1},
		{"00000000-0000-F000-7F00-000000000000", "ncs", 15},
		{"00000000-0000-7000-BF00-000000000000", "rfc", 7},
		{"00000000-0000-0000-DF00-000000000000", "microsoft", 0},
		{"00000000-0000-0000-E000-000000000000", "future", 0},
	} {
		g, err := guid.Parse(c.text)
		require.NoError(t, err)
		require.Equal(t, c.version, g.Version(), c.text)
		require.Equal(t, c.variant, g.Variant().String(), c.text)
	}
}

func TestCompare(t *testing.T) {
	require.True(t, guid.GUID{}.IsZero())
	require.False(t, mailbox.IsZero())
	require.Zero(t, mailbox.Compare(mailbox))
	require.Equal(t, 1, mailbox.Compare(guid.GUID{}))
	require.Equal(t, -1, guid.GUID{0, 255}.Compare(guid.GUID{1}))
}

func TestText(t *testing.T) {
	type value struct {
		Set guid.GUID
		By  map[guid.GUID]guid.Form
	}
	in := value{mailbox, map[guid.GUID]guid.Form{{1}: guid.ExMerge}}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.Equal(t, `{"Set":"{66960343-B15D-443B-8199-1F9143325B37}",`+
		`"By":{"{00000001-0000-0000-0000-000000000000}":"exmerge"}}`, string(text))
	var out value
	require.NoError(t, json.Unmarshal(text, &out))
	if diff := cmp.Diff(in, out); diff != "" {
		t.Errorf("JSON (-in +out):\n%s", diff)
	}

	// UnmarshalText reads exactly what Parse reads, with the same errors.
	for _, v := range vectors(t) {
		want, wantErr := guid.Parse(v.text)
		got := mailbox
		err := got.UnmarshalText([]byte(v.text))
		if wantErr != nil {
			want = mailbox
		}
		require.Equal(t, want, got, "line %d", v.line)
		require.Equal(t, wantErr, err, "line %d", v.line)
	}
}

func TestBinary(t *testing.T) {
	b, err := mailbox.AppendBinary([]byte("x"))
	require.NoError(t, err)
	require.Equal(t, "x"+string(mailbox[:]), string(b))
	b, err = mailbox.MarshalBinary()
	require.NoError(t, err)
	var g guid.GUID
	require.NoError(t, g.UnmarshalBinary(b))
	require.Equal(t, mailbox, g)
	for n := range 16 {
		err := g.UnmarshalBinary(make([]byte, n))
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.ErrorIs(t, err, guid.NotSixteenBytes)
	}
	err = g.UnmarshalBinary(make([]byte, 17))
	require.EqualError(t, err, "guid: 17 bytes, want 16 at 16")
	require.NotErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, mailbox, g, "changed by an error")
}

func TestErrorText(t *testing.T) {
	for _, c := range []struct {
		form       guid.Form
		text, want string
	}{
		{guid.ExMerge, `C\0Z`, "guid: exmerge: bad hex digit 'Z' at 3"},
		{guid.ExMerge, `AB\ZZ`, "guid: exmerge: bad hex digit 'Z' at 3"},
		{guid.ExMerge, "AB\\\u00e9", `guid: exmerge: bad hex digit 'é' at 3`},
		{guid.ExMerge, "AB\\\xff0", `guid: exmerge: bad hex digit '\xFF' at 3`},
		{guid.ExMerge, "A\u20ac", "guid: exmerge: '€' is not a byte at 1"},
		{guid.ExMerge, `\`, "guid: exmerge: backslash with nothing after it at 0"},
		{guid.ExMerge, `A\4`, "guid: exmerge: escape cut short at 1"},
		{guid.ExMerge, `A`, "guid: exmerge: 1 bytes, want 16 at 0"},
		{guid.ExMerge, ``, "guid: exmerge: empty text at 0"},
		{guid.LDAPFilter, `a*`, "guid: ldapfilter: '*' must be escaped at 1"},
		{guid.LDIF, `?`, "guid: ldif: bad base64 at 0"},
		{guid.ADSI, `0`, "guid: adsi: bad octet list at 0"},
		{guid.Struct, ` {`, "guid: struct: bad struct initialiser at 1"},
		{guid.Paren, `{`, "guid: paren: missing or unmatched bracket at 0"},
		{guid.Registry, `-`, "guid: registry: unrecognised text at 0"},
		{99, `-`, "guid: unknown: no such form at 0"},
	} {
		_, err := guid.ParseForm(c.text, c.form)
		require.EqualError(t, err, c.want)
	}
	_, err := guid.ParseCanonical("(66960343-B15D-443B-8199-1F9143325B3a)", guid.Paren)
	require.EqualError(t, err, "guid: paren: not the canonical spelling at 36")
	_, err = guid.Parse("")
	require.EqualError(t, err, "guid: registry: unrecognised text at 0")
	_, err = guid.ParseForm("", guid.Bytes)
	require.ErrorIs(t, err, guid.Empty)
	require.ErrorIs(t, err, guid.Unrecognised, "nothing is unrecognised, too")
	require.NotErrorIs(t, err, guid.BadHex)
	for _, c := range guid.Codes() {
		short := c.Code == guid.DanglingBackslash || c.Code == guid.ShortEscape || c.Code == guid.Empty
		require.Equal(t, short, errors.Is(c.Code, io.ErrUnexpectedEOF), "%v by itself", c.Code)
	}
	require.Equal(t, "guid.bad-hex", guid.BadHex.Error())
}

// TestCodes holds the catalogue to its word: every example fails as it says.
func TestCodes(t *testing.T) {
	source, err := os.ReadFile("error.go")
	require.NoError(t, err)
	infos := guid.Codes()
	require.Len(t, infos, strings.Count(string(source), ` Code = "guid.`), "a code is missing, or is there twice")
	for i, c := range infos {
		require.Contains(t, string(source), fmt.Sprintf("Code = %q\n", string(c.Code)))
		require.False(t, slices.ContainsFunc(infos[:i], func(d guid.CodeInfo) bool { return c.Code == d.Code }))
		require.Regexp(t, `^[A-Z].*\.$`, c.Meaning)
		require.NotEmpty(t, c.Spec)
		var err error
		switch c.Code {
		case guid.NotCanonical:
			_, err = guid.ParseCanonical(c.Example, c.Form)
		case guid.NotLogRecord:
			_, err = guid.ParseLogLine(c.Example)
		default:
			_, err = guid.ParseForm(c.Example, c.Form)
		}
		e, failed := errors.AsType[*guid.SyntaxError](err)
		require.True(t, failed, "%s: %q is read", c.Code, c.Example)
		require.Equal(t, c.Code, e.Code, "%q", c.Example)
		require.Equal(t, c.Offset, e.Offset, "%s", c.Code)
		require.Equal(t, c.Form, e.Form, "%s", c.Code)
	}
}

// TestKnown holds the generated look-ups to the table they come from.
func TestKnown(t *testing.T) {
	table, err := os.ReadFile("gen/known.tsv")
	require.NoError(t, err)
	rows := strings.Split(strings.TrimSpace(string(table)), "\n")[1:]
	require.Greater(t, len(rows), 60)
	sets := guid.PropertySet(0)
	for _, row := range rows {
		f := strings.Split(row, "\t")
		want, err := guid.ParseCanonical(f[1], guid.Braced)
		require.NoError(t, err)
		g, ok := guid.ByName(f[0])
		require.True(t, ok, f[0])
		require.Equal(t, want, g, f[0])
		name, ok := guid.Known(want)
		require.True(t, ok, f[0])
		require.Equal(t, f[0], name)
		set, ok := guid.PropertySetOf(want)
		require.Equal(t, f[2] == "propset", ok, f[0])
		if ok {
			sets++
			require.Equal(t, sets, set, "constants in the order of the table")
			require.Equal(t, want, set.GUID())
			require.Equal(t, f[0], set.String())
		}

		// One bit off is another GUID.
		want[15] ^= 1
		_, ok = guid.Known(want)
		require.False(t, ok, want)
		_, ok = guid.PropertySetOf(want)
		require.False(t, ok, want)
	}
	for _, p := range []guid.PropertySet{0, sets + 1} {
		require.Zero(t, p.GUID())
		require.Equal(t, "unknown", p.String())
	}
	for _, name := range []string{"", "psetid_appointment", "PSETID_Elc"} {
		_, ok := guid.ByName(name)
		require.False(t, ok, name)
	}
}

// TestPropertySets names those that other packages use, by number.
func TestPropertySets(t *testing.T) {
	for set, want := range map[guid.PropertySet]string{
		guid.PSETID_Appointment:  "{00062002-0000-0000-C000-000000000046}",
		guid.PSETID_Task:         "{00062003-0000-0000-C000-000000000046}",
		guid.PSETID_Address:      "{00062004-0000-0000-C000-000000000046}",
		guid.PSETID_Common:       "{00062008-0000-0000-C000-000000000046}",
		guid.PSETID_Meeting:      "{6ED8DA90-450B-101B-98DA-00AA003F1305}",
		guid.PS_MAPI:             "{00020328-0000-0000-C000-000000000046}",
		guid.PS_PUBLIC_STRINGS:   "{00020329-0000-0000-C000-000000000046}",
		guid.PS_INTERNET_HEADERS: "{00020386-0000-0000-C000-000000000046}",
		guid.PSETID_Messaging:    "{41F28F13-83F4-4114-A584-EEDB5A6B0BFF}",
	} {
		require.Equal(t, want, set.GUID().String(), set)
	}
}
