package reg

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

const (
	profile = `[HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles\Outlook\13dbb0c8aa05101a9bb000aa002fc45a]` + "\n"
	head    = "Windows Registry Editor Version 5.00\n\n" + profile
	head4   = "REGEDIT4\n\n" + profile
	section = "profile Outlook/section 13dbb0c8aa05101a9bb000aa002fc45a (global)"
)

// show writes a record in one line, without the item of most.
func show(rec dump.Record, err error) string {
	var b strings.Builder
	if rec.Item != section {
		b.WriteString(rec.Item + ": ")
	}
	switch {
	case err != nil:
		b.WriteString("error")
	case rec.Prop.Tag == 0:
		b.WriteString("-")
	default:
		fmt.Fprintf(&b, "%s %s", rec.Prop.Tag, rec.Prop.Tag.Type())
	}
	if rec.Raw != nil {
		fmt.Fprintf(&b, " raw=%X", rec.Raw)
	}
	if rec.Derived {
		b.WriteString(" derived")
	}
	switch v := rec.Prop.Value.(type) {
	case nil, mapi.Binary:
	case mapi.String8:
		fmt.Fprintf(&b, " value=%s (%d %s)", v, v.CodePage, v.Source)
	case mapi.Unknown:
		b.WriteString(" unknown")
	default:
		fmt.Fprintf(&b, " value=%s", v)
	}
	if rec.Text != "" {
		fmt.Fprintf(&b, " text=%q", rec.Text)
	}
	for _, f := range rec.Findings {
		fmt.Fprintf(&b, " | %s %s", f.Severity, strings.TrimPrefix(string(f.Code), "reg."))
	}
	return b.String()
}

func read(tb testing.TB, r io.Reader, codePage int) (lines []string, recs []dump.Record) {
	tb.Helper()
	for rec, err := range NewReader(r, "x.reg", codePage).Records() {
		require.Equal(tb, "x.reg", rec.Source)
		for _, f := range rec.Findings {
			require.NotEmpty(tb, f.Msg)
			require.NotEmpty(tb, f.Path)
			if f.Span.Offset >= 0 {
				require.LessOrEqual(tb, f.Span.Offset+f.Span.Len, len(rec.Raw))
			}
			e, ok := diag.Lookup(Codes(), f.Code)
			require.True(tb, ok, f.Code)
			require.Equal(tb, e.Severity, f.Severity, f.Code)
		}
		lines, recs = append(lines, show(rec, err)), append(recs, rec)
	}
	return lines, recs
}

// TestVectors holds the reader to the worked vectors, by their numbers.
func TestVectors(t *testing.T) {
	v28 := "Windows Registry Editor Version 5.00\n\n" + profile + `"00036601"=hex:80,01,00,00` + "\n" + `"001f6622"=hex:65,00,78,00,31,00,\` + "\n  00,00\n" +
		`"101f6630"=hex:02,00,00,00,0c,00,00,00,10,00,00,00,41,00,00,00,42,00,43,00,00,00` + "\n" + `"S001f67f0"=hex:01,00,00` + "\n"
	v29 := head + `"000b6602"=hex:01,00,00,00` + "\n" + `"001f6622"=hex:65,00,7` + "\n" + `"0003zz01"=hex:01` + "\n"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"V28", v28, []string{
			"0x66010003 PtypInteger32 raw=80010000 value=384 | info flags",
			"0x6622001F PtypString raw=650078003100 value=ex1",
			`0x6630101F PtypMultipleString raw=0200000041000400000042004300 value=["A","BC"]`,
			"0x67F0001F PtypString raw=010000 | warning secure"}},
		{"V29", v29, []string{
			"0x6602000B PtypBoolean raw=01000000 value=true | warning size",
			"0x6622001F PtypString raw=6500 value=e | error half-byte",
			`- raw=01 text="\"0003zz01\"=hex:" | info ordinary`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(tt.in), 0)
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
	_, recs := read(t, strings.NewReader(v28), 0)
	require.Equal(t, "is CONFIG_OST_CACHE_PRIVATE (0x80) | CONFIG_OST_CACHE_PRIVATE (0x100); the mailbox is cached", recs[0].Findings[0].Msg)
	name, ok := NameOf(recs[1].Prop.Tag)
	require.True(t, ok)
	require.Equal(t, "PR_PROFILE_RPC_PROXY_SERVER", name)
}

// TestWords: the bits by which people know what Outlook does.
func TestWords(t *testing.T) {
	for n, want := range map[uint32]string{
		0:      "0x0",
		0x1984: "CONFIG_SHOW_CONNECT_UI | CONFIG_OST_CACHE_PRIVATE (0x80) | CONFIG_OST_CACHE_PRIVATE (0x100) | 0x1800; the mailbox is cached",
		0x580:  "CONFIG_OST_CACHE_PRIVATE (0x80) | CONFIG_OST_CACHE_PRIVATE (0x100) | CONFIG_OST_CACHE_PUBLIC; the mailbox is cached, and so are the favourites among the public folders",
		0x480:  "CONFIG_OST_CACHE_PRIVATE (0x80) | CONFIG_OST_CACHE_PUBLIC",
	} {
		require.Equal(t, want, words(0x66010003, n))
	}
	require.Equal(t, "Negotiate | certificate", words(0x66270003, 0x10010))
	require.Empty(t, words(0x66010014, 1))
}

func TestNameOf(t *testing.T) {
	for tag, want := range map[mapi.PropTag]string{
		0x66010003: "PR_PROFILE_CONFIG_FLAGS", 0x6622001F: "PR_PROFILE_RPC_PROXY_SERVER", 0x66220102: "PidTagSchedulePlusFreeBusyEntryId",
		0x66390003: "PR_PROFILE_ABP_ALLOW_RECONNECT", 0x66350003: "PidTagProfileOabCountAttemptedFulldn", 0x3001001F: "PidTagDisplayName", 0x66FE0003: "",
	} {
		got, ok := NameOf(tag)
		require.Equal(t, want, got)
		require.Equal(t, want != "", ok)
	}
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", Codes(), func(kind, example string) (found []diag.Finding) {
		text, page := []byte(example), 0
		for _, part := range strings.Split(kind, ".")[1:] {
			var err error
			if part == "hex" {
				text = golden.Unhex(t, example)
			} else {
				page, err = strconv.Atoi(part)
			}
			require.NoError(t, err)
		}
		_, recs := read(t, strings.NewReader(string(text)), page)
		for _, rec := range recs {
			found = append(found, rec.Findings...)
		}
		return found
	})
}
