package guid_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

func TestDetect(t *testing.T) {
	const exmerge = `C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7`
	letters := guid.FromWindowsBytes([16]byte([]byte("ABCDEFGHIJKLMNOP")))
	swapped := guid.FromRFC4122Bytes(mailbox)
	set := guid.PSETID_Common.GUID()
	for _, c := range []struct {
		name, text string
		want       []guid.Reading
	}{
		{"the log's own text", exmerge, []guid.Reading{
			{Form: guid.ExMerge, GUID: mailbox, Canonical: true, Plausible: true},
			{Form: guid.LDAPFilter, GUID: mailbox, Plausible: true},
			{Form: guid.DN, GUID: mailbox, Plausible: true},
		}},
		{"every byte escaped, lower case", `\43\03\96\66\5d\b1\3b\44\81\99\1f\91\43\32\5b\37`, []guid.Reading{
			{Form: guid.LDAPFilter, GUID: mailbox, Canonical: true, Plausible: true},
			{Form: guid.ExMerge, GUID: mailbox, Plausible: true},
			{Form: guid.DN, GUID: mailbox, Plausible: true},
		}},
		{"32 digits, bytes likelier", "430396665DB13B4481991F9143325B37", []guid.Reading{
			{Form: guid.Bytes, GUID: mailbox, Canonical: true, Plausible: true, Ambiguous: true},
			{Form: guid.Hex32, GUID: swapped, Ambiguous: true},
		}},
		{"32 digits, registry likelier", "66960343B15D443B81991F9143325B37", []guid.Reading{
			{Form: guid.Hex32, GUID: mailbox, Plausible: true, Ambiguous: true},
			{Form: guid.Bytes, GUID: swapped, Canonical: true, Ambiguous: true},
		}},
		{"a known set in bytes", "0820060000000000c000000000000046", []guid.Reading{
			{Form: guid.Bytes, GUID: set, Plausible: true, Ambiguous: true},
			{Form: guid.Hex32, GUID: guid.FromRFC4122Bytes(set), Canonical: true, Ambiguous: true},
		}},
		{"version 1 in registry order", "6ED8DA91450B1A2B98DA00AA003F1305", []guid.Reading{
			{Form: guid.Hex32, GUID: guid.GUID{0x91, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x2B, 0x1A, 0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05}, Plausible: true, Ambiguous: true},
			{Form: guid.Bytes, GUID: guid.GUID{0x6E, 0xD8, 0xDA, 0x91, 0x45, 0x0B, 0x1A, 0x2B, 0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05}, Canonical: true, Ambiguous: true},
		}},
		{"32 zeros say the same either way", strings.Repeat("0", 32), []guid.Reading{
			{Form: guid.Bytes, Canonical: true, Plausible: true},
			{Form: guid.Hex32, Canonical: true, Plausible: true},
		}},
		{"nothing escaped", "ABCDEFGHIJKLMNOP", []guid.Reading{
			{Form: guid.ExMerge, GUID: letters, Canonical: true},
			{Form: guid.LDAPFilter, GUID: letters},
			{Form: guid.DN, GUID: letters},
		}},
		{"sixteen other characters", "ABCDEFGHIJKLMNO(", []guid.Reading{
			{Form: guid.ExMerge, GUID: guid.FromWindowsBytes([16]byte([]byte("ABCDEFGHIJKLMNO(")))},
			{Form: guid.DN, GUID: guid.FromWindowsBytes([16]byte([]byte("ABCDEFGHIJKLMNO(")))},
		}},
		{"quoted", ` "{66960343-b15d-443b-8199-1f9143325b37}"`, []guid.Reading{
			{Form: guid.Braced, GUID: mailbox, Plausible: true},
		}},
		{"quoted, canonical inside", "'{66960343-B15D-443B-8199-1F9143325B37}'\n", []guid.Reading{
			{Form: guid.Braced, GUID: mailbox, Canonical: true, Plausible: true},
		}},
		{"a label", "entryUUID: 66960343-b15d-443b-8199-1f9143325b37", []guid.Reading{
			{Form: guid.LDP, GUID: mailbox, Plausible: true},
			{Form: guid.LDIF, GUID: mailbox, Plausible: true},
		}},
		{"nothing", "", nil},
		{"no GUID", "/O=ORG/OU=SITE/CN=RECIPIENTS/CN=USER", nil},
	} {
		got := guid.Detect(c.text)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// checkDetect holds one text to the laws of Detect.
func checkDetect(t testing.TB, text string) {
	t.Helper()
	readings := guid.Detect(text)
	byForm := map[guid.Form]guid.Reading{}
	for i, r := range readings {
		byForm[r.Form] = r
		if i > 0 && !readings[0].Plausible {
			require.False(t, r.Plausible, "%q: a plausible reading after an implausible one", text)
		}
	}
	require.Len(t, byForm, len(readings), "%q: a form twice", text)
	trimmed := strings.Trim(text, " \t\n\v\f\r")
	for f := range guid.Forms() {
		g, err := guid.ParseForm(text, f)
		r, found := byForm[f]
		require.Equal(t, err == nil, found, "%q as %v: %v", text, f, err)
		if !found {
			e := err.(*guid.SyntaxError)
			require.LessOrEqual(t, e.Offset, len(text), "%q as %v", text, f)
			require.GreaterOrEqual(t, e.Offset, 0, "%q as %v", text, f)
			continue
		}
		require.Equal(t, g, r.GUID)
		ambiguous := false
		for _, other := range readings {
			ambiguous = ambiguous || other.GUID != g
		}
		require.Equal(t, ambiguous, r.Ambiguous, "%q as %v", text, f)
		_, err = guid.ParseCanonical(trimmed, f)
		if err == nil {
			require.True(t, r.Canonical, "%q as %v", text, f)
		}
		h, err := guid.ParseForm(string(g.AppendForm(nil, f)), f)
		require.NoError(t, err)
		require.Equal(t, g, h)
	}
}

func TestDetectVectors(t *testing.T) {
	for _, v := range vectors(t) {
		checkDetect(t, v.text)
	}
}

// TestDetectMutations changes, drops and adds characters of good texts.
func TestDetectMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const alphabet = "\\ 09afAFgZ{}()<>=#*:;-,x\"'\n\r\x00\x80\u00e9"
	all := vectors(t)
	for range 20000 {
		b := []byte(all[random.IntN(len(all))].text)
		for range 1 + random.IntN(3) {
			i, c := random.IntN(len(b)+1), alphabet[random.IntN(len(alphabet))]
			switch random.IntN(3) {
			case 0:
				b = append(b[:i], append([]byte{c}, b[i:]...)...)
			case 1:
				b = append(b[:i], b[min(i+1, len(b)):]...)
			default:
				if i < len(b) {
					b[i] = c
				}
			}
		}
		checkDetect(t, string(b))
	}
}
