package goid_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/goid"
)

const (
	head   = "040000008200E00074C5B7101A82E008"
	random = "000102030405060708090A0B0C0D0E0F"
	exUID  = head + "00000000" + "5025D461E473C801" + "0000000000000000" + "10000000" + random
	exDate = head + "07D80319" + "5025D461E473C801" + "0000000000000000" + "10000000" + random
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

// TestASEMAIL goes through the two examples of [MS-ASEMAIL] 4.3, from the value of GlobalObjId to the UID, and back.
func TestASEMAIL(t *testing.T) {
	for _, c := range []struct{ value, uid, date string }{
		{"BAAAAIIA4AB0xbcQGoLgCAfUCRDgQMnBJoXEAQAAAAAAAAAAEAAAAAvw7UtuTulOnjnjhns3jvM=",
			"040000008200E00074C5B7101A82E00800000000E040C9C12685C4010000000000000000100000000BF0ED4B6E4EE94E9E39E3867B378EF3", "2004-09-16"},
		{"BAAAAIIA4AB0xbcQGoLgCAAAAAAAAAAAAAAAAAAAAAAAAAAAMwAAAHZDYWwtVWlkAQAAAHs4MTQxMkQzQy0yQTI0LTRFOUQtQjIwRS0xMUY3QkJFOTI3OTl9AA==",
			"{81412D3C-2A24-4E9D-B20E-11F7BBE92799}", ""},
	} {
		b, err := base64.StdEncoding.DecodeString(c.value)
		require.NoError(t, err)
		g, err := goid.Decode(b)
		require.NoError(t, err)
		require.Equal(t, c.uid, g.UID())
		back, err := goid.ParseUID(c.uid)
		require.NoError(t, err)
		require.Equal(t, g.Clean(), back)
		require.Equal(t, g.Key(), string(goid.FromUID(c.uid)))
		if year, month, day, ok := g.InstanceDate(); ok {
			require.Equal(t, c.date, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
			back, err = back.WithInstanceDate(year, month, day)
			require.NoError(t, err)
		} else {
			require.Empty(t, c.date)
		}
		require.Equal(t, g, back)
	}
}

// TestFromUID tells ids in hexadecimal from the UIDs of other programs: by the rules of [MS-OXCICAL], no more and no less.
func TestFromUID(t *testing.T) {
	short := head + "00000000" + "0000000000000000" + "0000000000000000"
	for name, c := range map[string]struct {
		uid  string
		want string // in hex; "" where it is wrapped
	}{
		"upper case":                   {exUID, exUID},
		"lower case":                   {strings.ToLower(exUID), exUID},
		"mixed case":                   {strings.ToLower(exUID[:20]) + exUID[20:], exUID},
		"with a date":                  {exDate, exDate},
		"with a date that is none":     {head + "07D80D20" + exUID[40:], head + "07D80D20" + exUID[40:]},
		"with a date of the year 4501": {head + "11950101" + exUID[40:], head + "11950101" + exUID[40:]},
		"X not zero":                   {exUID[:56] + "FF" + exUID[58:], exUID[:56] + "FF" + exUID[58:]},
		"Size counts less":             {short + "01000000" + random, short + "01000000" + random},
		"Size counts more":             {short + "11000000" + random, short + "11000000" + random},
		"one byte of Data":             {short + "01000000" + "AB", short + "01000000" + "AB"},
		"no Data, Size 0":              {short + "00000000", ""},
		"no Size":                      {short + "0000", ""},
		"nothing but the beginning":    {head, ""},
		"another beginning":            {"05" + exUID[2:], ""},
		"the beginning further on":     {"00" + exUID, ""},
		"an odd number of digits":      {exUID[:len(exUID)-1], ""},
		"one more digit":               {exUID + "0", ""},
		"no digit at the end":          {exUID[:len(exUID)-1] + "G", ""},
		"a blank before it":            {" " + exUID, ""},
		"braces":                       {"{" + exUID + "}", ""},
		"ſ for s in no digit":          {"04000000820ſ" + exUID[13:], ""},
		"any":                          {"abc-123@example.org", ""},
		"none":                         {"", ""},
		"a NUL":                        {"a\x00", ""},
		"two NULs":                     {"\x00\x00", ""},
		"no UTF-8":                     {"a\xff", ""},
		"what wraps":                   {"vCal-Uid\x01\x00\x00\x00x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := goid.FromUID(c.uid)
			g, err := goid.ParseUID(c.uid)
			if name == "Size counts more" {
				require.Equal(t, c.want, fmt.Sprintf("%X", b), "the bytes are kept")
				require.ErrorIs(t, err, goid.Truncated)
				require.ErrorIs(t, err, io.ErrUnexpectedEOF)
				require.ErrorContains(t, err, "Data at 0x0028: needs 17 bytes, 16 left")
				require.Nil(t, g)
				return
			}
			require.NoError(t, err)
			out, err := g.MarshalBinary()
			require.NoError(t, err)
			require.Equal(t, b, out, "ParseUID is FromUID decoded")
			uid, wrapped := g.Wrapped()
			require.Equal(t, c.want == "", wrapped)
			if wrapped {
				require.Equal(t, c.uid, uid)
				require.Equal(t, c.uid, g.UID())
				require.Equal(t, goid.Wrap(c.uid), g)
				require.Zero(t, g.CreationTime)
				require.True(t, g.IsClean())
				return
			}
			require.Equal(t, c.want, fmt.Sprintf("%X", b))
			require.Equal(t, c.want[:32]+"00000000"+c.want[40:], g.UID(), "without the date")
		})
	}
}

// TestWrapped reads wrappers as different programs write them.
func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		data, uid string
		ok        bool
	}{
		{"vCal-Uid\x01\x00\x00\x00abc\x00", "abc", true},
		{"vCal-Uid\x01\x00\x00\x00abc", "abc", true},
		{"vCal-Uid\x01\x00\x00\x00abc\x00\x00", "abc\x00", true},
		{"vCal-Uid\x01\x00\x00\x00\x00", "", true},
		{"vCal-Uid\x01\x00\x00\x00", "", true},
		{"vCal-Uid\x01\x00\x00", "", false},
		{"vCal-Uid", "", false},
		{"vCal-Uid\x02\x00\x00\x00abc\x00", "", false},
		{"vCal-Uid\x01\x00\x00\x01abc\x00", "", false},
		{"VCAL-UID\x01\x00\x00\x00abc\x00", "", false},
		{"xvCal-Uid\x01\x00\x00\x00abc\x00", "", false},
		{"", "", false},
	} {
		g := goid.New(0, [16]byte{})
		g.Data = []byte(c.data)
		uid, ok := g.Wrapped()
		require.Equal(t, c.ok, ok, "%q", c.data)
		require.Equal(t, c.uid, uid, "%q", c.data)
		if !ok {
			require.Equal(t, fmt.Sprintf("%s%040X%08X%X", head, 0, uint32(len(c.data))<<24, c.data), g.UID(), "opaque")
		}
	}
	g := goid.Wrap("x")
	g.Trailing = []byte("more")
	require.Equal(t, "x", g.UID(), "what follows Data is no part of it")
}

// TestWrappedUIDFindings wants every byte that iCalendar cannot have found at its place, and no other.
func TestWrappedUIDFindings(t *testing.T) {
	for uid, at := range map[string]int{"": 52, "\x00": 52, "ab\x1f": 54, "\x7f": 52, "a\tb": -1, "é\xe9": 54, "\xed\xa0\x80": 52, "é\u0085": -1, "a b;,:\\": -1, "😀": -1} {
		found := goid.Wrap(uid).Validate()
		if at < 0 {
			require.Empty(t, found, "%q", uid)
			continue
		}
		require.Len(t, found, 1, "%q", uid)
		require.ErrorIs(t, found[0], goid.WrappedUID)
		require.Equal(t, at, found[0].Span.Offset, "%q", uid)
		require.Equal(t, "Data", found[0].Path)
	}
}

// TestUIDHex holds UID to the bytes, each of the 256 among them.
func TestUIDHex(t *testing.T) {
	g := goid.New(0, [16]byte{})
	g.Data = nil
	for i := range 256 {
		g.Data = append(g.Data, byte(i))
	}
	require.Equal(t, []byte(g.Key()), unhex(t, g.UID()))
	require.Equal(t, strings.ToUpper(g.UID()), g.UID())
	back, err := goid.ParseUID(g.UID())
	require.NoError(t, err)
	require.Equal(t, g, back)
}
