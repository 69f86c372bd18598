package guid_test

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
)

// A vector is one line of testdata/forms.vec.
type vector struct {
	line             int
	form, want, guid string
	text             string
}

// vectors reads testdata/forms.vec.
func vectors(t testing.TB) []vector {
	t.Helper()
	b, err := os.ReadFile("testdata/forms.vec")
	require.NoError(t, err)
	var all []vector
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		require.Len(t, f, 4, "line %d", i+1)
		text, err := strconv.Unquote(f[3])
		require.NoError(t, err, "line %d", i+1)
		all = append(all, vector{i + 1, f[0], f[1], f[2], text})
	}
	return all
}

// formOf returns the form of that name.
func formOf(t testing.TB, name string) guid.Form {
	t.Helper()
	var f guid.Form
	require.NoError(t, f.UnmarshalText([]byte(name)))
	return f
}

// read reads v as its first column says and returns the form for canonical text.
func (v vector) read(t testing.TB) (guid.GUID, guid.Form, error) {
	t.Helper()
	if v.form == "parse" {
		g, err := guid.Parse(v.text)
		return g, guid.Braced, err
	}
	name, strict := strings.CutSuffix(v.form, "!")
	f := formOf(t, name)
	if strict {
		g, err := guid.ParseCanonical(v.text, f)
		return g, f, err
	}
	g, err := guid.ParseForm(v.text, f)
	return g, f, err
}

func TestVectors(t *testing.T) {
	seen := map[guid.Code]bool{}
	for _, v := range vectors(t) {
		g, f, err := v.read(t)
		got, text := "ok", g.String()
		if err == nil && string(g.AppendForm(nil, f)) != v.text {
			got = "read"
		}
		if e, failed := errors.AsType[*guid.SyntaxError](err); failed {
			got, text = strconv.Itoa(e.Offset)+":"+strings.TrimPrefix(string(e.Code), "guid."), "-"
			seen[e.Code] = true
			require.Zero(t, g, "line %d: a GUID with an error", v.line)
			require.ErrorIs(t, err, e.Code)
			require.LessOrEqual(t, e.Offset, len(v.text))
		}
		if diff := cmp.Diff([]string{v.want, v.guid}, []string{got, text}); diff != "" {
			t.Errorf("forms.vec:%d: %s %q (-want +got):\n%s%v", v.line, v.form, v.text, diff, err)
		}
	}
	for _, c := range guid.Codes() {
		if c.Code != guid.UnknownForm && c.Code != guid.NotLogRecord {
			require.True(t, seen[c.Code], "no vector has %s", c.Code)
		}
	}
}

// sample returns GUIDs whose bytes meet every branch of the writers.
func sample() []guid.GUID {
	all := []guid.GUID{
		{},
		{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
		guid.FromWindowsBytes([16]byte([]byte("ABCDEFGHIJKLMNOP"))),
		guid.FromWindowsBytes([16]byte([]byte("                "))),
		guid.FromWindowsBytes([16]byte([]byte(`"'#\()*,;<>+= "'`))),
		guid.PSETID_Meeting.GUID(),
	}
	// Every byte value, in every place.
	for c := range 256 {
		var g guid.GUID
		for i := range g {
			g[i] = byte(c + 17*i)
		}
		all = append(all, g)
	}
	return all
}

func TestFormRoundTrip(t *testing.T) {
	for f := range guid.Forms() {
		for _, g := range sample() {
			text := string(g.AppendForm(nil, f))
			h, err := guid.ParseForm(text, f)
			require.NoError(t, err, "%v %q", f, text)
			require.Equal(t, g, h, "%v %q", f, text)
			h, err = guid.ParseCanonical(text, f)
			require.NoError(t, err, "%v %q", f, text)
			require.Equal(t, g, h, "%v %q", f, text)
			require.LessOrEqual(t, len(text), 68, "the doc comment of AppendForm promises that 68 are enough")
		}
	}
}

func TestFormTexts(t *testing.T) {
	g, err := guid.Parse("{66960343-B15D-443B-8199-1F9143325B37}")
	require.NoError(t, err)
	got := map[string]string{}
	for f := range guid.Forms() {
		got[f.String()] = string(g.AppendForm([]byte("> "), f))
	}
	want := map[string]string{
		"registry":    "> 66960343-B15D-443B-8199-1F9143325B37",
		"braced":      "> {66960343-B15D-443B-8199-1F9143325B37}",
		"paren":       "> (66960343-B15D-443B-8199-1F9143325B37)",
		"hex32":       "> 66960343b15d443b81991f9143325b37",
		"struct":      "> {0x66960343,0xb15d,0x443b,{0x81,0x99,0x1f,0x91,0x43,0x32,0x5b,0x37}}",
		"bytes":       "> 430396665DB13B4481991F9143325B37",
		"adsi":        "> 43 03 96 66 5D B1 3B 44 81 99 1F 91 43 32 5B 37",
		"ldp":         "> 66960343-b15d-443b-8199-1f9143325b37;",
		"ldif":        "> QwOWZl2xO0SBmR+RQzJbNw==",
		"ldapfilter":  `> \43\03\96\66\5d\b1\3b\44\81\99\1f\91\43\32\5b\37`,
		"dn":          "> #0410430396665DB13B4481991F9143325B37",
		"guidbinding": "> <GUID=430396665db13b4481991f9143325b37>",
		"exmerge":     `> C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	require.Equal(t, g.String(), string(g.AppendForm(nil, 0)), "a Form that is none of the constants")
}

// TestTruncation holds every strict prefix of every canonical text to be an
// error that says the text is too short.
func TestTruncation(t *testing.T) {
	for f := range guid.Forms() {
		for _, g := range sample() {
			text := string(g.AppendForm(nil, f))
			for n := range len(text) {
				h, err := guid.ParseForm(text[:n], f)
				require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%v %q", f, text[:n])
				require.Zero(t, h)
			}
		}
	}
	text := guid.PSETID_Task.GUID().String()
	for n := range len(text) {
		_, err := guid.Parse(text[:n])
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%q", text[:n])
	}
}

// TestNotTruncation: what more text cannot mend is not called short.
func TestNotTruncation(t *testing.T) {
	for _, v := range vectors(t) {
		_, f, err := v.read(t)
		if err == nil || f == guid.LDP {
			continue
		}
		e, _ := errors.AsType[*guid.SyntaxError](err)
		switch e.Code {
		case guid.BadHex, guid.NotAByte, guid.Unescaped, guid.NotCanonical:
			require.NotErrorIs(t, err, io.ErrUnexpectedEOF, "line %d", v.line)
		case guid.DanglingBackslash, guid.ShortEscape, guid.Empty:
			require.ErrorIs(t, err, io.ErrUnexpectedEOF, "line %d", v.line)
		case guid.NotSixteenBytes:
			require.Equal(t, e.Count < 16, errors.Is(err, io.ErrUnexpectedEOF), "line %d", v.line)
		}
	}
}

// TestBeyondRepair: text that no continuation can mend is not called short,
// even where it ends early.
func TestBeyondRepair(t *testing.T) {
	for text, f := range map[string]guid.Form{
		"{0x669603431":  guid.Struct,
		"{0y":           guid.Struct,
		"<GUID=4x":      guid.GUIDBinding,
		"{6696x":        guid.Braced,
		"(attr=*":       guid.LDAPFilter,
		"A===":          guid.LDIF,
		"Qw=":           guid.LDIF,
		"43,03:":        guid.ADSI,
		"0x43 03":       guid.ADSI,
		"6696-":         guid.Registry,
		"#0401":         guid.DN,
		"430396665DB1x": guid.Bytes,
	} {
		_, err := guid.ParseForm(text, f)
		require.Error(t, err, text)
		require.NotErrorIs(t, err, io.ErrUnexpectedEOF, "%v %q", f, text)
	}
}

func TestForm(t *testing.T) {
	var names []string
	for f := range guid.Forms() {
		names = append(names, f.String())
		text, err := f.MarshalText()
		require.NoError(t, err)
		require.Equal(t, f, formOf(t, string(text)))
		if f == guid.ExMerge {
			break
		}
	}
	want := strings.Fields("registry braced paren hex32 struct bytes adsi ldp ldif ldapfilter dn guidbinding exmerge")
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for f := range guid.Forms() {
		require.Equal(t, guid.Registry, f)
		break // leaving early is allowed
	}
	for _, f := range []guid.Form{0, guid.ExMerge + 1, 255} {
		require.Equal(t, "unknown", f.String())
		_, err := f.AppendText(nil)
		require.ErrorIs(t, err, guid.UnknownForm)
		_, err = guid.ParseForm("", f)
		require.ErrorIs(t, err, guid.UnknownForm)
	}
	f := guid.ExMerge
	require.ErrorIs(t, f.UnmarshalText([]byte("ExMerge")), guid.UnknownForm)
	require.Equal(t, guid.ExMerge, f, "changed by an error")
}

// TestShapes: the usual shape of a form, which is read in one pass, and an
// unusual one, which is read token by token, give the same GUID.
func TestShapes(t *testing.T) {
	for _, g := range sample() {
		initialiser := string(g.AppendForm(nil, guid.Struct))
		base64 := string(g.AppendForm(nil, guid.LDIF))
		for text, f := range map[string]guid.Form{
			strings.ReplaceAll(initialiser, ",", ", "):            guid.Struct,
			strings.ReplaceAll(initialiser, "0x", "0X"):           guid.Struct,
			base64[:7] + "\n " + base64[7:]:                       guid.LDIF,
			"objectGUID:: " + base64[:22] + "\r\n " + base64[22:]: guid.LDIF,
			"objectGUID:: " + base64:                              guid.LDIF,
		} {
			h, err := guid.ParseForm(text, f)
			require.NoError(t, err, "%q", text)
			require.Equal(t, g, h, "%q", text)
		}
	}
}

// TestForeignCharacters puts every byte value in every place of every
// canonical text: nothing but a digit of the other case, or what a notation
// takes raw, may be read, and what is read must not be the same GUID unless
// the letters are.
func TestForeignCharacters(t *testing.T) {
	for f := range guid.Forms() {
		text := string(mailbox.AppendForm(nil, f))
		for i := range text {
			for c := range 256 {
				b := []byte(text)
				b[i] = byte(c)
				h, err := guid.ParseForm(string(b), f)
				if err == nil && h == mailbox && !strings.EqualFold(string(b), text) {
					t.Errorf("%v: %q is read as %q", f, b, text)
				}
				if e, failed := errors.AsType[*guid.SyntaxError](err); failed {
					require.LessOrEqual(t, e.Offset, len(text), "%q", b)
					require.Equal(t, f, e.Form, "%q", b)
				}
			}
		}
	}
}
