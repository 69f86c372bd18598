package oof_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/oof"
)

func TestDateTime(t *testing.T) {
	for _, tt := range []struct {
		in    oof.DateTime
		want  string // "" for none
		zoned bool
	}{
		{"2008-07-08T16:00:00Z", "2008-07-08T16:00:00Z", true},
		{"2008-07-08T16:00:00", "2008-07-08T16:00:00Z", false},
		{" 2008-07-08T16:00:00+02:00\n", "2008-07-08T14:00:00Z", true},
		{"2008-07-08T16:00:00-11:30", "2008-07-09T03:30:00Z", true},
		{"2008-07-08T16:00:00.1234567Z", "2008-07-08T16:00:00.1234567Z", true},
		{"2008-07-08T16:00:00.5", "2008-07-08T16:00:00.5Z", false},
		{"2008-07-08T24:00:00Z", "2008-07-09T00:00:00Z", true},
		{"2008-02-29T00:00:00Z", "2008-02-29T00:00:00Z", true},
		{"9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999Z", false},
		{in: ""}, {in: "2008-07-08"}, {in: "2008-07-08T16:00"}, {in: "2008-07-08 16:00:00Z"}, {in: "2007-02-29T00:00:00Z"}, {in: "0000-01-01T00:00:00Z"},
		{in: "2008-13-01T00:00:00Z"}, {in: "2008-00-01T00:00:00Z"}, {in: "2008-01-00T00:00:00Z"}, {in: "2008-07-08T24:00:01Z"}, {in: "2008-07-08T16:60:00Z"},
		{in: "2008-07-08T16:00:60Z"}, {in: "2008-07-08T16:00:00.Z"}, {in: "2008-07-08T16:00:00z"}, {in: "2008-07-08T16:00:00+15:00"},
		{in: "2008-07-08T16:00:00+0200"}, {in: "-2008-07-08T16:00:00Z"}, {in: "12008-07-08T16:00:00Z"}, {in: "2008-07-08T24:00:00.1Z"}, {in: "2008-07-08T1a:00:00Z"},
	} {
		got, zoned, ok := tt.in.Time()
		require.Equal(t, tt.want != "", ok, tt.in)
		if ok {
			require.Equal(t, tt.want, got.Format(time.RFC3339Nano), tt.in)
			require.Equal(t, tt.zoned, zoned, tt.in)
		}
	}
	require.Equal(t, "max", oof.DateTime("9999-12-31T23:59:59.9999999").Special())
	require.Equal(t, "max", oof.DateTime("9999-12-31T23:59:59Z").Special())
	require.Equal(t, "min", oof.DateTime("0001-01-01T00:00:00").Special())
	require.Empty(t, oof.DateTime("2008-07-08T16:00:00Z").Special())
	require.Empty(t, oof.DateTime("").Special())
}

// TestPlain reads the replies as text.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"":          "",
		"plain":     "plain",
		"<p>Hi</p>": "Hi",
		"<html><head><title>T</title><style>p{}</style></head><body><p>a  b\r\nc</p><p>d<br>e</p></body></html>": "a b c\nd\ne",
		"a &amp; b &lt;c&gt; &eacute;&#8364;":              "a & b <c> é€",
		"<!-- x --><b>a</b><script>if (a<b) {}</script> b": "a b",
		"a < b":                    "a < b",
		"<pre>a\n  b</pre>c":       "a\n  b\nc",
		"<a title=\"x > y\">z</a>": "z",
		"<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>": "a\nb\nc d",
		"<style>a":        "a",
		"<!-- open":       "",
		"<p><br></p>\r\n": "",
		"<":               "<",
	} {
		s := oof.Settings{InternalReply: &oof.Reply{Message: in}}
		require.Equal(t, want, s.Internal(), "%q", in)
	}
	s := oof.Settings{SetByLegacyClient: true, ExternalReply: &oof.Reply{Message: "\r\n<p>\r\n"}}
	require.Equal(t, "<p>", s.External())
	require.Empty(t, s.Internal())
}

// randomSettings makes settings of texts in which markup, controls and halves of pairs meet.
func randomSettings(r *rand.Rand) *oof.Settings {
	text := func() string {
		parts := []string{"a", "<", ">", "&", "&amp;", "]]>", "\r", "\n", "\t", " ", "\x01", "\x1f", "é", "😀", "\xed\xa0\x80", "'", `"`, "\ufffe", "\x00", "x\xed\xb0\x80"}
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		return b.String()
	}
	s := &oof.Settings{OofState: oof.Enabled, ExternalAudience: oof.AudienceKnown, SetByLegacyClient: r.IntN(2) == 0,
		InternalReply: &oof.Reply{Message: text()}, ExternalReply: &oof.Reply{Message: text(), LanguageTag: text()}}
	if r.IntN(2) == 0 {
		s.Duration = &oof.Duration{StartTime: "2008-07-08T16:00:00Z", EndTime: "2008-07-09T16:00:00.1234567+02:00"}
		s.OofState = oof.Scheduled
	}
	if r.IntN(2) == 0 {
		s.UserChangeTime = "9999-12-31T23:59:59.9999999"
	}
	return s
}

// TestXMLRoundTrip writes settings as Exchange does and reads them, as XML and as JSON.
func TestXMLRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		s := randomSettings(r)
		text := string(s.AppendXML([]byte("x"))[1:])
		back, err := oof.DecodeSettings(text)
		require.NoError(t, err, text)
		if diff := cmp.Diff(s, back); diff != "" {
			t.Fatalf("%q (-written +read):\n%s", text, diff)
		}
		b, err := json.Marshal(s)
		require.NoError(t, err)
		var again oof.Settings
		require.NoError(t, json.Unmarshal(b, &again), "%s", b)
		if diff := cmp.Diff(s, &again); diff != "" {
			t.Fatalf("%s (-written +read):\n%s", b, diff)
		}
	}
}

// TestAgainstEncodingXML compares the texts of elements with what encoding/xml makes of the same document.
func TestAgainstEncodingXML(t *testing.T) {
	parts := []string{"a", " ", "&amp;", "&lt;", "&#65;", "&#x1F600;", "<![CDATA[<&]]>", "<!-- - -->", "<?p i?>", "é", "&quot;", "&apos;", "&gt;", "\n"}
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		var body strings.Builder
		for range r.IntN(10) {
			body.WriteString(parts[r.IntN(len(parts))])
		}
		text := `<UserOofSettings x='1' y = "a&amp;>"><InternalReply ><Message>` + body.String() + "</Message ></InternalReply><ExternalReply/></UserOofSettings>\r\n<!-- end -->"
		var want struct {
			InternalReply struct{ Message string }
		}
		require.NoError(t, xml.Unmarshal([]byte(text), &want))
		got, err := oof.DecodeSettings(text)
		require.NoError(t, err, text)
		require.Equal(t, want.InternalReply.Message, got.InternalReply.Message, text)
	}
}

// TestSettingsPrefixes cuts settings after every byte: every beginning is too short, and says so where it ends.
func TestSettingsPrefixes(t *testing.T) {
	s := randomSettings(rand.New(rand.NewPCG(9, 10)))
	text := string(s.AppendXML(nil))
	for n := range len(text) {
		_, err := oof.DecodeSettings(text[:n])
		var e *diag.DecodeError
		require.ErrorAs(t, err, &e, text[:n])
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, text[:n])
		require.Equal(t, n, e.Findings[len(e.Findings)-1].Span.Offset, text[:n])
	}
}

// TestLogRaw: the records hold the text, whatever it is.
func TestLogRaw(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	parts := []string{"Mailbox:", "OofState:", "ExternalAudience:", "InternalReply:", "ExternalReply:", "SetByLegacyClient:", "comment:", "\n", "\r", "\r\n", ",", "'", `"`, " ", "a", "True"}
	for range 3000 {
		var b strings.Builder
		for range r.IntN(20) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		v, report := oof.InspectLog(b.String())
		var raw strings.Builder
		for _, rec := range v.Records {
			raw.WriteString(rec.Raw)
		}
		require.Equal(t, b.String(), raw.String())
		require.LessOrEqual(t, report.Max(), diag.Warning)
	}
}

func TestOverridden(t *testing.T) {
	for in, want := range map[string][]int{"": nil, "FTF": {1}, "TF": nil, "FT": nil, "FTTFTF": {1, 2, 4}, "F?TF": {2}, "FFT": nil} {
		var v oof.Log
		for _, c := range in {
			v.Records = append(v.Records, oof.LogRecord{SetByLegacyClient: map[rune]string{'F': "False", 'T': "true", '?': ""}[c]})
		}
		require.Equal(t, want, v.Overridden(), in)
	}
}

// TestHistoryValue writes histories and reads them, as bytes and as JSON.
func TestHistoryValue(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 500 {
		h := &oof.History{Version: 1, OofOn: uint8(r.IntN(2))}
		for range r.IntN(5) {
			n := r.IntN(4)
			h.Counts = append(h.Counts, uint8(n))
			for range n {
				h.Properties = append(h.Properties, oof.HistoryProperty{ID: uint8(r.IntN(3)), Value: bytes.Repeat([]byte{byte(r.IntN(256))}, r.IntN(30))})
			}
		}
		b, err := h.MarshalBinary()
		require.NoError(t, err)
		back, report := oof.InspectHistory(b)
		opts := cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(oof.History{})}
		if diff := cmp.Diff(h, back, opts); diff != "" {
			t.Fatalf("(-written +read):\n%s", diff)
		}
		require.Equal(t, slices.Collect(report.Findings()), h.Validate())
		text, err := json.Marshal(h)
		require.NoError(t, err)
		var again oof.History
		require.NoError(t, json.Unmarshal(text, &again))
		if diff := cmp.Diff(h, &again, opts); diff != "" {
			t.Fatalf("%s (-written +read):\n%s", text, diff)
		}
	}
	longest := &oof.History{Version: 1, Counts: []uint8{1}, Properties: []oof.HistoryProperty{{ID: oof.PropSender, Value: make([]byte, 1000)}}}
	require.Empty(t, longest.Validate())
	for _, h := range []oof.History{{Counts: []uint8{1}}, {Counts: []uint8{1}, Properties: []oof.HistoryProperty{{Value: make([]byte, 1001)}}}} {
		b, err := h.AppendBinary([]byte{9})
		require.Error(t, err)
		require.Equal(t, []byte{9}, b)
		require.ErrorIs(t, h.Validate()[0], oof.NotEncodable)
	}
	for _, text := range []string{`{"version":256}`, `{"entries":[[` + strings.Repeat(`{},`, 255) + `{}]]}`, `{"trailing":"0"}`, `[]`, `{"entries":[[{"value":"x"}]]}`} {
		h := oof.History{OofOn: 7}
		require.Error(t, json.Unmarshal([]byte(text), &h), text)
		require.Equal(t, oof.History{OofOn: 7}, h, "left alone")
	}
}

// TestHistoryAllocations: a fresh value costs itself, the numbers, the properties and their bytes; a used one nothing.
func TestHistoryAllocations(t *testing.T) {
	b := golden.Unhex(t, "0101 02000000 02 01 0700 61406578616d70 02 1600 00112233445566778899aabbccddeeff000000000107 02 01 0700 62406578616d70 02 1600 00112233445566778899aabbccddeeff000000000107")
	require.LessOrEqual(t, testing.AllocsPerRun(20, func() { _, _ = oof.DecodeHistory(b) }), 5.0)
	var h oof.History
	none := golden.Unhex(t, "0100 00000000")
	require.Zero(t, testing.AllocsPerRun(20, func() {
		if h.UnmarshalBinary(b) != nil || h.UnmarshalBinary(none) != nil {
			t.Fatal("an error")
		}
	}))
	require.ErrorIs(t, h.UnmarshalBinary(b[:9]), oof.Truncated)
	require.NoError(t, h.UnmarshalBinary(b))
	b[10] = 'x'
	n := 0
	for entry := range h.Entries() {
		require.Equal(t, oof.PropSender, entry[0].ID)
		require.Len(t, entry, 2)
		require.NotContains(t, string(entry[0].Value), "x@")
		n++
	}
	require.Equal(t, 2, n)
}

// TestHostileHistory measures histories that are made to be large.
func TestHostileHistory(t *testing.T) {
	if underRace {
		t.Skip("measures memory, and has nothing that could race")
	}
	claim := []byte{1, 1, 0xFF, 0xFF, 0xFF, 0x7F}
	for name, b := range map[string][]byte{
		"entries of nothing":    append(slices.Clone(claim), make([]byte, 1<<18)...),
		"empty properties":      append(slices.Clone(claim), bytes.Repeat([]byte{2, 1, 0, 0, 2, 0, 0}, 1<<15)...),
		"short values":          append(slices.Clone(claim), bytes.Repeat([]byte{1, 1, 1, 0, 0}, 1<<15)...),
		"some of nothing":       append(slices.Clone(claim), bytes.Repeat([]byte{0, 1, 1, 0, 0}, 1<<15)...),
		"unknown properties":    append(slices.Clone(claim), bytes.Repeat([]byte{255}, 1<<18)...),
		"claimed, with nothing": claim,
	} {
		t.Run(name, func(t *testing.T) { historyLaws.CheckMemory(t, b) })
	}
}

// TestHostileSettings reads 100 MB of text, and documents that are made to be slow, or to become large: each takes no more
// than some times its size, and as long as its size takes.
func TestHostileSettings(t *testing.T) {
	if underRace || testing.Short() {
		t.Skip("takes seconds, and has nothing that could race")
	}
	const size = 8 << 20
	times := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, text := range map[string]string{
		"a text of 100 MB":  `<UserOofSettings><InternalReply><Message>` + strings.Repeat("x", 100<<20) + `</Message></InternalReply><ExternalReply/></UserOofSettings>`,
		"references":        `<UserOofSettings><InternalReply><Message>` + times("&#x1;") + `</Message></InternalReply><ExternalReply/></UserOofSettings>`,
		"ampersands":        `<UserOofSettings><OofState>` + times("&"),
		"elements":          `<UserOofSettings>` + times("<a/>"),
		"depth":             times("<a>"),
		"comments":          times("<!---->"),
		"declarations":      times("<?xml?>"),
		"repeated elements": `<UserOofSettings>` + times("<OofState/>"),
		"attributes":        `<UserOofSettings ` + times("a='' "),
		"namespaces":        `<UserOofSettings>` + times(`<a xmlns:b="c"/>`),
		"entities":          `<!DOCTYPE a [` + times(`<!ENTITY a "&b;&b;">`),
		"byte order marks":  times("\uFEFF"),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			s, r := oof.InspectSettings(text)
			runtime.ReadMemStats(&after)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 8*uint64(len(text)) {
				t.Errorf("allocated %d MB", n>>20)
			}
			require.LessOrEqual(t, len(slices.Collect(r.Findings())), 5)
			require.NotNil(t, s)
		})
	}
}

func TestHostileText(t *testing.T) {
	if underRace || testing.Short() {
		t.Skip("takes seconds, and has nothing that could race")
	}
	for _, unit := range []string{"<style></x>", "<", "<!--", "<pre>", "&amp;", "\n", "</", "<a=\"", "<p>", "&", "<title>", "Mailbox:\n", "<?", "<!"} {
		start := time.Now()
		s := oof.Settings{InternalReply: &oof.Reply{Message: strings.Repeat(unit, 4<<20/len(unit))}}
		_ = s.Internal()
		_, _ = oof.InspectLog(s.InternalReply.Message)
		require.Less(t, time.Since(start), 10*time.Second, "%q", unit)
	}
}

func ExampleDecodeSettings() {
	s, err := oof.DecodeSettings(`<?xml version="1.0" encoding="utf-16"?><UserOofSettings><OofState>Enabled</OofState>` +
		`<InternalReply><Message>&lt;p&gt;Back on &lt;b&gt;Monday&lt;/b&gt;&lt;/p&gt;</Message></InternalReply><ExternalReply/></UserOofSettings>`)
	fmt.Println(s.OofState, s.ExternalAudience, s.Internal(), err)

	_, err = oof.DecodeSettings(`<UserOofSettings><OofState>enabled</OofState><InternalReply/><ExternalReply/></UserOofSettings>`)
	fmt.Println(err)
	// Output:
	// Enabled None Back on Monday <nil>
	// oof settings: UserOofSettings.OofState at 0x001B: is "enabled", must be Disabled, Enabled, Scheduled, in this spelling (oof.bad-value)
}

func ExampleInspectHistory() {
	h, report := oof.InspectHistory([]byte{1, 1, 1, 0, 0, 0, 1, oof.PropSender, 3, 0, 'a', '@', 'b', 0})
	for entry := range h.Entries() {
		fmt.Printf("%s\n", entry[0].Value)
	}
	for f := range report.Findings() {
		fmt.Printf("%v: %v\n", f.Severity, f)
	}
	// Output:
	// a@b
	// warning: trailing at 0x000D: 1 bytes follow the structure (oof.trailing-data)
}
