package pffexport

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// show writes a record in one line.
func show(rec dump.Record, err error) string {
	var b strings.Builder
	if rec.Item != "" {
		b.WriteString(rec.Item + ": ")
	}
	if err != nil {
		b.WriteString("error")
	} else {
		fmt.Fprintf(&b, "%s %s", rec.Prop.Tag, rec.Prop.Tag.Type())
	}
	if !rec.Prop.Name.IsZero() {
		fmt.Fprintf(&b, " [%s]", rec.Prop.Name)
	}
	if rec.Raw != nil {
		fmt.Fprintf(&b, " raw=%X", rec.Raw)
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
	for _, f := range rec.Findings {
		fmt.Fprintf(&b, " | %s %s", f.Severity, strings.TrimPrefix(string(f.Code), "pffexport."))
	}
	return b.String()
}

func read(tb testing.TB, r io.Reader, source string, codePage int) (lines []string, recs []dump.Record) {
	tb.Helper()
	for rec, err := range NewReader(r, source, codePage).Records() {
		require.Equal(tb, source, rec.Source)
		for _, f := range rec.Findings {
			require.NotEmpty(tb, f.Msg)
			require.NotEmpty(tb, f.Path)
			if f.Span.Offset >= 0 {
				require.LessOrEqual(tb, f.Span.Offset+f.Span.Len, len(rec.Raw), "%s", f)
			}
			if e, ok := diag.Lookup(Codes(), f.Code); ok {
				require.Equal(tb, e.Severity, f.Severity, f.Code)
			} else {
				require.True(tb, strings.HasPrefix(string(f.Code), "mapi."), f.Code)
			}
		}
		lines, recs = append(lines, show(rec, err)), append(recs, rec)
	}
	return lines, recs
}

// entryText writes an entry as pffexport does. Maps is a line that names it, or "".
func entryText(set, number int, tag mapi.PropTag, maps string, value []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Set:\t\t\t\t%d\nEntry:\t\t\t\t%d\nEntry type:\t\t\t0x%08x\nValue type:\t\t\t0x%08x\n", set, number, uint32(tag.ID()), uint32(tag.Type()))
	if maps != "" {
		b.WriteString(maps + "\n")
	}
	if len(value) > 0 {
		b.WriteString("Value:\n" + hexdump(value))
	}
	return b.String() + "\n"
}

// hexdump writes bytes as pffexport does: this is written from its description, not from hexdump.go.
func hexdump(value []byte) string {
	var b strings.Builder
	for at := 0; at < len(value); at += 16 {
		fmt.Fprintf(&b, "0x%08x: ", at)
		text := ""
		for i := range 16 {
			if at+i >= len(value) {
				b.WriteString("   ")
			} else {
				c := value[at+i]
				fmt.Fprintf(&b, "%02x ", c)
				if c < 0x20 || c > 0x7E {
					c = '.'
				}
				text += string(rune(c))
			}
			if i == 7 {
				b.WriteByte(' ')
				if at+i < len(value) {
					text += " "
				}
			}
		}
		b.WriteString("  " + text + "\n")
	}
	return b.String()
}

func header(sets, entries int) string {
	return fmt.Sprintf("Number of sets:\t\t\t%d\nNumber of entries per set:\t%d\n\n", sets, entries)
}

func utf16le(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func unhex(t testing.TB, s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	require.NoError(t, err)
	return b
}

// TestVectors holds the reader to the worked vector.
func TestVectors(t *testing.T) {
	v24 := "Entry type:\t\t\t0x00008005\nValue type:\t\t\t0x00000102\nMaps to entry type:\t\t0x0000825e\nValue:\n" +
		"0x00000000: 02 01 06 00 02 00                                   ......\n\n"
	got, recs := read(t, strings.NewReader(v24), "", 0)
	require.Empty(t, cmp.Diff([]string{"0x80050102 PtypBinary [{00062002-0000-0000-C000-000000000046}:0x825E] raw=020106000200 | info inferred-set"}, got))
	info, ok := mapi.NamedName(recs[0].Prop.Name)
	require.True(t, ok)
	require.Equal(t, "PidLidAppointmentTimeZoneDefinitionStartDisplay", info.Canonical)
	require.Equal(t, "0x80050102: is in the property set PSETID_Appointment, the only one that is known to have such a property; the dump does not say so (pffexport.inferred-set)", recs[0].Findings[0].Error())
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", Codes(), func(kind, example string) (found []diag.Finding) {
		if kind == "pffexport.hex" {
			example = string(golden.Unhex(t, example))
		}
		_, recs := read(t, strings.NewReader(example), "", 0)
		for _, rec := range recs {
			found = append(found, rec.Findings...)
		}
		return found
	})
}

// TestValues reads values of every type, as the PST stores them.
func TestValues(t *testing.T) {
	const appt, address, public = "{00062002-0000-0000-C000-000000000046}", "{00062004-0000-0000-C000-000000000046}", "{00020329-0000-0000-C000-000000000046}"
	for _, tt := range []struct {
		name  string
		tag   mapi.PropTag
		maps  string
		value string // in hex
		want  string
	}{
		{"text", 0x0037001F, "", "50 00 6c 00", "0x0037001F PtypString raw=50006C00 value=Pl"},
		{"text with a NUL", 0x0037001F, "", "50 00 00 00", "0x0037001F PtypString raw=50000000 value=P\x00"},
		{"no text", 0x0037001F, "", "", "0x0037001F PtypString raw= value="},
		{"half a character", 0x0037001F, "", "50 00 6c", "0x0037001F PtypString raw=50006C unknown | fatal mapi.truncated"},
		{"8-bit text", 0x0037001E, "", "50 6c", "0x0037001E PtypString8 raw=506C value=Pl (0 )"},
		{"8-bit text, not ASCII", 0x0037001E, "", "e4", "0x0037001E PtypString8 raw=E4 value=ä (1252 assumed) | warning codepage-guess"},
		{"boolean", 0x0E1B000B, "", "01", "0x0E1B000B PtypBoolean raw=01 value=true"},
		{"wide boolean", 0x0E1B000B, "", "01 00", "0x0E1B000B PtypBoolean raw=0100 value=true | warning size"},
		{"odd boolean", 0x0E1B000B, "", "02", "0x0E1B000B PtypBoolean raw=02 value=true (2) | warning boolean-value"},
		{"wider boolean", 0x0E1B000B, "", "01 00 00", "0x0E1B000B PtypBoolean raw=010000 unknown | warning size | fatal mapi.truncated"},
		{"no boolean", 0x0E1B000B, "", "", "0x0E1B000B PtypBoolean raw= | warning no-value"},
		{"short", 0x0E1B0002, "", "fe ff", "0x0E1B0002 PtypInteger16 raw=FEFF value=-2"},
		{"long", 0x36130003, "", "02 00 00 00", "0x36130003 PtypInteger32 raw=02000000 value=2"},
		{"long, too long", 0x36130003, "", "02 00 00 00 00", "0x36130003 PtypInteger32 raw=0200000000 unknown | error mapi.bad-length"},
		{"time", 0x00390040, "", "00 c0 e4 1f d8 2a cd 01", "0x00390040 PtypTime raw=00C0E41FD82ACD01 value=2012-05-05T16:00:00Z"},
		{"guid", 0x00390048, "", "02 20 06 00 00 00 00 00 c0 00 00 00 00 00 00 46", "0x00390048 PtypGuid raw=0220060000000000C000000000000046 value=" + appt},
		{"object", 0x3701000D, "", "25 80 00 00 10 00 00 00", "0x3701000D PtypObject raw=2580000010000000 value=2580000010000000"},
		{"unknown type", 0x37010110, "", "25", "0x37010110 0x0110 raw=25 unknown"},
		{"longs", 0x36131003, "", "01 00 00 00 ff ff ff ff", "0x36131003 PtypMultipleInteger32 raw=01000000FFFFFFFF value=[1,-1]"},
		{"texts", 0x3613101F, "", "02 00 00 00 0c 00 00 00 0e 00 00 00 41 00 42 00 43 00", `0x3613101F PtypMultipleString raw=0200000041000400000042004300 value=["A","BC"]`},
		{"8-bit texts", 0x3613101E, "", "03 00 00 00 10 00 00 00 11 00 00 00 11 00 00 00 e4 e4", `0x3613101E PtypMultipleString8 raw=01000000E40000000001000000E4 value=["ä","","ä"] | warning codepage-guess`},
		{"binaries", 0x36131102, "", "01 00 00 00 08 00 00 00 0a", `0x36131102 PtypMultipleBinary raw=010000000A value=["0a"]`},
		{"no texts", 0x3613101F, "", "", `0x3613101F PtypMultipleString raw= value=[]`},
		{"no texts counted", 0x3613101F, "", "00 00 00 00", `0x3613101F PtypMultipleString raw= value=[]`},
		{"half a count", 0x3613101F, "", "01 00 00", `0x3613101F PtypMultipleString raw=010000 unknown | error bad-list`},
		{"4 GB of texts", 0x3613101F, "", "ff ff ff ff 08 00 00 00", `0x3613101F PtypMultipleString raw=FFFFFFFF08000000 unknown | error bad-list`},
		{"offset too small", 0x3613101F, "", "01 00 00 00 07 00 00 00 41 00", `0x3613101F PtypMultipleString raw=01000000070000004100 unknown | error bad-list`},
		{"offset too great", 0x3613101F, "", "01 00 00 00 09 00 00 00 41 00", `0x3613101F PtypMultipleString raw=01000000090000004100 unknown | error bad-list`},
		{"second offset outside", 0x3613101F, "", "02 00 00 00 0c 00 00 00 ff ff ff ff 41 00", `0x3613101F PtypMultipleString raw=020000000C000000FFFFFFFF4100 unknown | error bad-list`},
		{"second offset back", 0x3613101F, "", "02 00 00 00 0c 00 00 00 0b 00 00 00 41 00", `0x3613101F PtypMultipleString raw=020000000C0000000B0000004100 unknown | error bad-list`},
		{"none, and bytes", 0x3613101F, "", "00 00 00 00 41 00", `0x3613101F PtypMultipleString raw=000000004100 unknown | error bad-list`},
		{"odd text in a list", 0x3613101F, "", "01 00 00 00 08 00 00 00 41", `0x3613101F PtypMultipleString raw=0100000041 unknown | fatal mapi.truncated`},

		{"named by a number", 0x80050102, "Maps to entry type:\t\t0x0000825e", "02", "0x80050102 PtypBinary [" + appt + ":0x825E] raw=02 | info inferred-set"},
		{"two sets", 0x8006001F, "Maps to entry type:\t\t0x00008045", "", "0x8006001F PtypString [{00000000-0000-0000-0000-000000000000}:0x8045] raw= value= | warning unknown-set"},
		{"no set", 0x8006001F, "Maps to entry type:\t\t0x00018045", "", "0x8006001F PtypString [{00000000-0000-0000-0000-000000000000}:0x18045] raw= value= | warning unknown-set"},
		{"another type", 0x8006001F, "Maps to entry type:\t\t0x0000825e", "", "0x8006001F PtypString [{00000000-0000-0000-0000-000000000000}:0x825E] raw= value= | warning unknown-set"},
		{"8-bit text of a text", 0x8006001E, "Maps to entry type:\t\t0x0000801b", "41", "0x8006001E PtypString8 [" + address + ":0x801B] raw=41 value=A (0 ) | info inferred-set"},
		{"named by a text", 0x8007101F, "Maps to entry:\t\t\tKeywords", "", "0x8007101F PtypMultipleString [" + public + `:"Keywords"] raw= value=[] | info inferred-set`},
		{"named by an unknown text", 0x8007101F, "Maps to entry:\t\t\tno such thing", "", `0x8007101F PtypMultipleString [{00000000-0000-0000-0000-000000000000}:"no such thing"] raw= value=[] | warning unknown-set`},
		{"not named", 0x8007101F, "", "", `0x8007101F PtypMultipleString raw= value=[] | warning no-name`},
		{"a number that is none", 0x80050102, "Maps to entry type:\t\tnone", "02", "0x80050102 PtypBinary raw=02 | error bad-number | warning no-name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(entryText(0, 0, tt.tag, tt.maps, unhex(t, tt.value))), "", 0)
			require.Empty(t, cmp.Diff([]string{tt.want}, got))
		})
	}
}

// TestCodePages reads 8-bit text in the code page that the caller names.
func TestCodePages(t *testing.T) {
	for _, tt := range []struct {
		page  int
		tag   mapi.PropTag
		value string
		want  string
	}{
		{1250, 0x0037001E, "e8", "0x0037001E PtypString8 raw=E8 value=č (1250 caller)"},
		{932, 0x0037001E, "41 82", "0x0037001E PtypString8 raw=4182 value=A\uFFFD (932 caller) | error mapi.damaged-text"},
		{932, 0x0037101E, "02 00 00 00 0c 00 00 00 0d 00 00 00 82 82", `0x0037101E PtypMultipleString8 raw=01000000820100000082 value=[{"text":"` + "\uFFFD" + `","codePage":932,"raw":"82"},{"text":"` + "\uFFFD" + `","codePage":932,"raw":"82"}] | error mapi.damaged-text`},
	} {
		got, _ := read(t, strings.NewReader(entryText(0, 0, tt.tag, "", unhex(t, tt.value))), "", tt.page)
		require.Empty(t, cmp.Diff([]string{tt.want}, got))
	}
}

// TestGrammar reads what is written otherwise than pffexport does it, and what was damaged.
func TestGrammar(t *testing.T) {
	const (
		entry = "Set:\t\t\t\t0\nEntry:\t\t\t\t0\nEntry type:\t\t\t0x00000ff6\nValue type:\t\t\t0x00000102\n"
		next  = "Set:\t\t\t\t0\nEntry:\t\t\t\t1\nEntry type:\t\t\t0x00000ff7\nValue type:\t\t\t0x00000102\nValue:\n0x00000000: 41                                                 A\n\n"
		also  = "0x0FF70102 PtypBinary raw=41"
		row   = "0x00000000: 41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50   ABCDEFGH IJKLMNOP\n"
		row2  = "0x00000010: 61                                                 a\n"
		whole = "0x0FF60102 PtypBinary raw=4142434445464748494A4B4C4D4E4F50"
	)
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", []string{"error | error no-entries"}},
		{"prose", "hello\nworld\n", []string{"error | warning other-text", "error | error no-entries"}},
		{"header alone", header(0, 0), nil},
		{"sets missing", header(2, 1) + entry + "\n", []string{"row 0: 0x0FF60102 PtypBinary raw=", "error | warning count"}},
		{"entries missing", header(1, 3) + entry + "\n" + next, []string{"0x0FF60102 PtypBinary raw=", also, "error | warning count"}},
		{"counts agree", header(1, 2) + entry + "\n" + next, []string{"0x0FF60102 PtypBinary raw=", also}},
		{"rows", header(2, 1) + entry + "\n" + strings.Replace(entry, "0\n", "1\n", 1) + "\n", []string{"row 0: 0x0FF60102 PtypBinary raw=", "row 1: 0x0FF60102 PtypBinary raw="}},
		{"two files", header(1, 1) + entry + "\n" + header(1, 2) + entry + "\n" + next, []string{"0x0FF60102 PtypBinary raw=", "0x0FF60102 PtypBinary raw=", also}},
		{"bad header", "Number of sets: many\n" + entry + "\n", []string{"error | warning other-text", "0x0FF60102 PtypBinary raw="}},
		{"entry missing", entry + "\n" + strings.Replace(next, "\t1\n", "\t3\n", 1), []string{"0x0FF60102 PtypBinary raw=", also + " | warning order"}},
		{"set without its first", entry + "\n" + strings.Replace(next, "0\n", "1\n", 1), []string{"0x0FF60102 PtypBinary raw=", "row 1: " + also + " | warning order"}},

		{"one line", entry + "Value:\n" + row + "\n" + next, []string{whole, also}},
		{"two lines", entry + "Value:\n" + row + row2 + "\n" + next, []string{whole + "61", also}},
		{"no blank line between", entry + "Value:\n" + row + next, []string{whole, also}},
		{"blank lines inside", strings.ReplaceAll(entry+"Value:\n"+row+row2+next, "\n", "\n\n"), []string{whole + "61", also}},
		{"CR LF", strings.ReplaceAll(entry+"Value:\n"+row+row2+"\n"+next, "\n", "\r\n"), []string{whole + "61", also}},
		{"blanks for tabs", strings.ReplaceAll(entry+"Value:\n"+row+"\n"+next, "\t", " "), []string{whole, also}},
		{"small letters", strings.ToLower(entry + "Value:\n0x00000000: 0a\n\n"), []string{"0x0FF60102 PtypBinary raw=0A"}},
		{"capital letters", strings.ToUpper("Set: 0\nEntry: 0\nEntry type: ") + "ff6\nVALUE TYPE: 102\nVALUE:\n0000: 0A\n\n", []string{"0x0FF60102 PtypBinary raw=0A"}},
		{"short offsets", entry + "Value:\n" + strings.NewReplacer("0x0000", "").Replace(row+row2) + "\n", []string{whole + "61"}},
		{"long offsets", entry + "Value:\n" + strings.NewReplacer("0x", "0x00000000").Replace(row+row2) + "\n", []string{whole + "61"}},
		{"no column", entry + "Value:\n0x00000000: 41 42\n\n", []string{"0x0FF60102 PtypBinary raw=4142"}},
		{"blanks lost", entry + "Value:\n0x00000000: 41 42 43 ABC\n\n", []string{"0x0FF60102 PtypBinary raw=414243"}},
		{"blanks lost, text like bytes", entry + "Value:\n0x00000000: 41 42  AB\n\n", []string{"0x0FF60102 PtypBinary raw=4142"}},
		{"tabs inside", entry + "Value:\n0x00000000:\t41\t42\tAB\n\n", []string{"0x0FF60102 PtypBinary raw=4142"}},
		{"gap of another width", entry + "Value:\n0x00000000: 41 42 43      AXC\n\n", []string{"0x0FF60102 PtypBinary raw=414243 | error column"}},
		{"text like bytes behind a column", entry + "Value:\n" + row + "0x00000010: 41 42 AB\n\n", []string{whole + "4142"}},
		{"blank text", entry + "Value:\n" + hexdump([]byte("  ")) + "\n", []string{"0x0FF60102 PtypBinary raw=2020"}},
		{"blank text trimmed", entry + "Value:\n" + strings.TrimRight(hexdump([]byte("a ")), " \n") + "\n\n", []string{"0x0FF60102 PtypBinary raw=6120"}},
		{"eight bytes", entry + "Value:\n" + hexdump([]byte("abcdefgh")) + "\n", []string{"0x0FF60102 PtypBinary raw=6162636465666768"}},
		{"nine bytes", entry + "Value:\n" + hexdump([]byte("abcdefgh\x00")) + "\n", []string{"0x0FF60102 PtypBinary raw=616263646566676800"}},
		{"mark inside", entry + "\n\uFEFF" + next, []string{"0x0FF60102 PtypBinary raw=", also}},
		{"text behind Value", entry + "Value: none\n\n" + next, []string{"0x0FF60102 PtypBinary | warning other-text | error cut", also}},

		{"no id", "Value type: 0x00000102\nValue:\n0x00000000: 41\n\n", []string{"0x00000102 PtypBinary raw=41 | error no-id"}},
		{"no type", "Entry type: 0x00000ff6\nValue:\n0x00000000: 41\n\n", []string{"0x0FF60000 PtypUnspecified raw=41 unknown | error no-type"}},
		{"nothing but a set", "Set: 0\n\n", []string{"0x00000000 PtypUnspecified raw= unknown | error no-id | error no-type"}},
		{"id too great", "Entry type: 0x00010ff6\nValue type: 0x00000102\n\n", []string{"0x00000102 PtypBinary raw= | error bad-number | error no-id"}},
		{"set that is none", "Set: -1\nEntry: x\nEntry type: 0x00000ff6\nValue type: 0x00000102\n\n", []string{"0x0FF60102 PtypBinary raw= | error bad-number | error bad-number"}},
		{"the same line twice", entry + "Value type: 0x00000003\n\n", []string{"0x0FF60102 PtypBinary raw=", "0x00000003 PtypInteger32 raw= | error no-id | warning no-value"}},
		{"prose between", "see:\n" + entry + "there\nand there\n\n" + next, []string{"error | warning other-text", "0x0FF60102 PtypBinary raw=", "error | warning other-text", also}},
		{"bytes without Value", entry + row + "\n", []string{whole + " | warning no-label"}},
		{"bytes without an entry", row + entry + "\n", []string{"error | warning other-text", "0x0FF60102 PtypBinary raw="}},

		{"contradiction", entry + "Value:\n" + strings.Replace(row, "43", "44", 1) + "\n" + next, []string{"0x0FF60102 PtypBinary raw=4142444445464748494A4B4C4D4E4F50 | error column", also}},
		{"contradictions", entry + "Value:\n" + strings.Replace(row, "43 44", "00 2e", 1) + "\n" + next, []string{"0x0FF60102 PtypBinary raw=4142002E45464748494A4B4C4D4E4F50 | error column | error column", also}},
		{"a dot is a dot", entry + "Value:\n0x00000000: 2e 00                                              ..\n\n", []string{"0x0FF60102 PtypBinary raw=2E00"}},
		{"column too long", entry + "Value:\n0x00000000: 41                                                 ABC\n\n", []string{"0x0FF60102 PtypBinary raw=41 | error column"}},
		{"column cut", entry + "Value:\n" + row[:len(row)-4] + "\n" + next, []string{whole + " | error cut", also}},
		{"column cut off", entry + "Value:\n" + row + strings.TrimRight(row2, " a\n") + "\n" + next, []string{whole + "61 | error cut", also}},
		{"byte cut", entry + "Value:\n" + row[:25] + "\n" + next, []string{"0x0FF60102 PtypBinary raw=41424344 | error bad-line", also}},
		{"bad digit", entry + "Value:\n" + strings.Replace(row, "43", "4g", 1) + row2 + "\n" + next, []string{"0x0FF60102 PtypBinary raw=4142 | error bad-line | error left-out", also}},
		{"line missing", entry + "Value:\n" + row + strings.Replace(row2, "10", "20", 1) + row2 + "\n" + next, []string{whole + " | error offset | error left-out", also}},
		{"line twice", entry + "Value:\n" + row + row + row2 + "\n" + next, []string{whole + " | error offset | error left-out", also}},
		{"no bytes", entry + "Value:\n" + next, []string{"0x0FF60102 PtypBinary | error cut", also}},
		{"ends behind sixteen bytes", entry + "Value:\n" + row, []string{whole + " | error cut"}},
		{"ends behind fewer", entry + "Value:\n" + row + row2, []string{whole + "61"}},
		{"ends without a line end", entry + "Value:\n0x00000000: 41 42", []string{"0x0FF60102 PtypBinary raw=4142 | error cut"}},
		{"ends behind labels", entry, []string{"0x0FF60102 PtypBinary | error cut"}},
		{"ends behind Value", entry + "Value:\n", []string{"0x0FF60102 PtypBinary | error cut"}},
		{"cut list", strings.Replace(entry, "0102", "101f", 1) + "Value:\n0x00000000: 01 00 00 00 0", []string{"0x0FF6101F PtypMultipleString raw=01000000 unknown | error bad-line"}},
		{"cut long", strings.Replace(entry, "0102", "0003", 1) + "Value:\n0x00000000: 01 0", []string{"0x0FF60003 PtypInteger32 raw=01 unknown | error bad-line"}},
		{"offset beyond 64 bits", entry + "Value:\n0xffffffffffffffff: 41\n\n", []string{"0x0FF60102 PtypBinary raw= | error offset | error left-out"}},

		{"UTF-16", "\xFF\xFE" + utf16le(entry+"Value:\n"+row+"\n"+next), []string{whole, also}},
		{"UTF-16 without a mark", utf16le(entry + "Value:\n" + row + "\n"), []string{whole + " | warning charset-guess"}},
		{"not UTF-8", "Entry type: 0x00008007\nValue type: 0x0000001f\nMaps to entry: \xE4\n\n", []string{"0x8007001F PtypString [{00000000-0000-0000-0000-000000000000}:\"\uFFFD\"] raw= value= | error bad-name | warning unknown-set"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(tt.in), "", 0)
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
}

// TestPlaces says which object a file is about, by its path.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"", "row 1"}, {"stdin", "row 1"}, {"ItemValues.txt", "row 1"}, {"RecipientsItemValues.txt", "recipient 1"}, {"Attachments/ItemValues.txt", "attachment 1"},
		{"a/b/ItemValues.txt", "row 1"}, {"Inbox/Message00001/ItemValues.txt", "Message00001/row 1"},
		{"Inbox/Message00001/RecipientsItemValues.txt", "Message00001/recipient 1"}, {`C:\x\Message00001\recipientsitemvalues.TXT`, "Message00001/recipient 1"},
		{"Inbox/Message00012/Attachments/ItemValues.txt", "Message00012/attachment 1"},
		{"Inbox/Message00012/Attachments/Attachment00003/Message00001/RecipientsItemValues.txt", "Message00012/attachment 2/message/recipient 1"},
		{"x/Appointment00001/Attachments/Attachment00001/Message00001/Attachments/Attachment00002/Task00001/Attachments/ItemValues.txt", "Appointment00001/attachment 0/message/attachment 1/message/attachment 1"},
		{"Attachments/Attachment00003/Message00001/ItemValues.txt", "Message00001/row 1"}, {"x/Message00001/Attachments/Attachment00003/ItemValues.txt", "Message00001/attachment 2/row 1"},
		{"x.export/Top of Personal Folders/Inbox/Message00001/RecipientsItemValues.txt", "folder Top of Personal Folders/folder Inbox/Message00001/recipient 1"},
		{"old.export/x.pst.export/recipient 0/ItemValues.txt", "folder recipient 0/row 1"},
		{"x.recovered/Message00001/Attachments/Attachment00001/ItemValues.txt", "Message00001/attachment 0/row 1"},
		{"x.orphans/Message00001/Attachments/AttachmentABCDE/ItemValues.txt", "Message00001/folder Attachments/folder AttachmentABCDE/row 1"},
		{"x.export/12345/ItemValues.txt", "folder 12345/row 1"}, {"x.export/Message00001/Other.txt", "row 1"},
	} {
		require.Equal(t, tt.want, placeOf(tt.source).of(1, true), tt.source)
	}
	for _, tt := range []struct{ source, want string }{
		{"Inbox/Message00001/ItemValues.txt", "Message00001"}, {"x.export/Inbox/ItemValues.txt", "folder Inbox"}, {"x.export/Message00001/RecipientsItemValues.txt", "Message00001/recipient 0"},
	} {
		require.Equal(t, tt.want, placeOf(tt.source).of(-1, false), tt.source)
	}
}

// TestItems groups the recipients of a message.
func TestItems(t *testing.T) {
	in := header(2, 2) + entryText(0, 0, 0x3001001F, "", unhex(t, "4100")) + entryText(0, 1, 0x0C150003, "", unhex(t, "01000000")) +
		entryText(1, 0, 0x3001001F, "", unhex(t, "4200")) + entryText(1, 1, 0x0C150003, "", unhex(t, "02000000"))
	n := 0
	for item, err := range dump.Items(NewReader(strings.NewReader(in), "x.export/Inbox/Message00001/RecipientsItemValues.txt", 0).Records()) {
		require.NoError(t, err)
		n++
		require.Equal(t, "folder Inbox/Message00001", item.Path)
		require.Len(t, item.Recipients, 2)
		name, ok := item.Recipients[1].Props.Lookup(0x3001001F)
		require.True(t, ok)
		require.Equal(t, mapi.String("B"), name.Value)
	}
	require.Equal(t, 1, n)
}

// TestStands: each record says where its entry begins.
func TestStands(t *testing.T) {
	in := "\u00E9: x\n  Set: 0\nEntry type: 0x00000ff6\nValue type: 0x00000102\n\nSet: 1\nEntry type: 0x00000ff6\nValue type: 0x00000102\n\nmore\n"
	for _, file := range []string{in, "\uFEFF" + in, "\xFF\xFE" + utf16le(in)} {
		_, recs := read(t, strings.NewReader(file), "", 0)
		require.Len(t, recs, 4)
		for i, w := range []struct {
			line int
			text string
		}{{1, "\u00E9: x"}, {2, "Set: 0"}, {6, "Set: 1"}, {10, "more"}} {
			require.Equal(t, w.line, recs[i].Line)
			after := file[recs[i].Offset:]
			require.True(t, strings.HasPrefix(after, w.text) || strings.HasPrefix(after, utf16le(w.text)), "%q", w.text)
		}
	}
}
