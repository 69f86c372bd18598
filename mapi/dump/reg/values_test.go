package reg

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestValues reads values of every kind, one or a few at a time, below the same key.
func TestValues(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		// By type, from REG_BINARY.
		{"long", `"00036601"=hex:84,19,00,00`, []string{"0x66010003 PtypInteger32 raw=84190000 value=6532 | info flags"}},
		{"short", `"00026602"=hex:fe,ff`, []string{"0x66020002 PtypInteger16 raw=FEFF value=-2"}},
		{"upper case", `"001F6622"=HEX:41,00,00,00`, []string{"0x6622001F PtypString raw=4100 value=A"}},
		{"boolean", `"000b6602"=hex:01,00`, []string{"0x6602000B PtypBoolean raw=01 value=true"}},
		{"boolean of one", `"000b6602"=hex:00`, []string{"0x6602000B PtypBoolean raw=00 value=false | warning size"}},
		{"boolean of three", `"000b6602"=hex:00,00,00`, []string{"0x6602000B PtypBoolean raw=000000 unknown | warning size"}},
		{"boolean, high byte", `"000b6602"=hex:00,01`, []string{"0x6602000B PtypBoolean raw=0001 value=true (256) | warning boolean-value"}},
		{"int64", `"00146602"=hex:01,00,00,00,00,00,00,80`, []string{"0x66020014 PtypInteger64 raw=0100000000000080 value=-9223372036854775807"}},
		{"time", `"00406602"=hex:00,c0,e4,1f,d8,2a,cd,01`, []string{"0x66020040 PtypTime raw=00C0E41FD82ACD01 value=2012-05-05T16:00:00Z"}},
		{"guid", `"00486602"=hex:13,db,b0,c8,aa,05,10,1a,9b,b0,00,aa,00,2f,c4,5a`, []string{"0x66020048 PtypGuid raw=13DBB0C8AA05101A9BB000AA002FC45A value={C8B0DB13-05AA-1A10-9BB0-00AA002FC45A}"}},
		{"binary", `"01026602"=hex:00,01`, []string{"0x66020102 PtypBinary raw=0001"}},
		{"empty binary", `"01026602"=hex:`, []string{"0x66020102 PtypBinary raw="}},
		{"longs", `"10036602"=hex:01,00,00,00,ff,ff,ff,ff`, []string{"0x66021003 PtypMultipleInteger32 raw=01000000FFFFFFFF value=[1,-1]"}},
		{"longs and a half", `"10036602"=hex:01,00,00,00,ff,ff`, []string{"0x66021003 PtypMultipleInteger32 raw=01000000FFFF unknown | warning size"}},
		{"no longs", `"10036602"=hex:`, []string{"0x66021003 PtypMultipleInteger32 raw= value=[]"}},
		{"too short", `"00036601"=hex:84`, []string{"0x66010003 PtypInteger32 raw=84 unknown | warning size"}},
		{"too long", `"00486602"=hex:84,` + strings.Repeat("00,", 15) + "00", []string{"0x66020048 PtypGuid raw=8400000000000000000000000000000000 unknown | warning size"}},
		{"a string and a half", `"001f6622"=hex:41,00,42`, []string{"0x6622001F PtypString raw=410042 unknown | warning size"}},
		{"unterminated", `"001f6622"=hex:41,00`, []string{"0x6622001F PtypString raw=4100 value=A | warning unterminated"}},
		{"NULs inside", `"001f6622"=hex:00,00,41,00,00,00,00,00`, []string{"0x6622001F PtypString raw=000041000000 value=\x00A\x00"}},
		{"8-bit text", `"001e6603"=hex:61,e4,00`, []string{"0x6603001E PtypString8 raw=61E4 value=aä (1252 assumed) | warning codepage-guess"}},
		{"8-bit text, unterminated", `"001e6603"=hex:61`, []string{"0x6603001E PtypString8 raw=61 value=a (0 ) | warning unterminated"}},
		{"object", `"000d6603"=hex:61`, []string{"0x6603000D PtypObject raw=61 value=61"}},
		{"null", `"00016603"=hex:`, []string{"0x66030001 PtypNull raw= value="}},

		// Lists of strings and binaries.
		{"strings8", `"101e6630"=hex:02,00,00,00,0c,00,00,00,0e,00,00,00,41,00,42,43,00`, []string{`0x6630101E PtypMultipleString8 raw=0100000041020000004243 value=["A","BC"]`}},
		{"binaries", `"11026630"=hex:03,00,00,00,02,00,00,00,1c,00,00,00,00,00,00,00,00,00,00,00,01,00,00,00,1e,00,00,00,0a,0b,0c`, []string{`0x66301102 PtypMultipleBinary raw=020000000A0B00000000010000000C value=["0a0b","","0c"]`}},
		{"no strings", `"101f6630"=hex:00,00,00,00`, []string{"0x6630101F PtypMultipleString raw= value=[]"}},
		{"no count", `"101f6630"=hex:00,00,00`, []string{"0x6630101F PtypMultipleString raw=000000 unknown | error bad-list"}},
		{"too many", `"101f6630"=hex:ff,ff,ff,ff,0c,00,00,00`, []string{"0x6630101F PtypMultipleString raw=FFFFFFFF0C000000 unknown | error bad-list"}},
		{"offset outside", `"101e6630"=hex:01,00,00,00,0a,00,00,00,41,00`, []string{"0x6630101E PtypMultipleString8 raw=010000000A0000004100 unknown | error bad-list"}},
		{"offset far outside", `"101e6630"=hex:01,00,00,00,ff,ff,ff,ff,41,00`, []string{"0x6630101E PtypMultipleString8 raw=01000000FFFFFFFF4100 unknown | error bad-list"}},
		{"offset in the table", `"101e6630"=hex:01,00,00,00,04,00,00,00,41,00`, []string{"0x6630101E PtypMultipleString8 raw=01000000040000004100 unknown | error bad-list"}},
		{"twice the same", `"101e6630"=hex:02,00,00,00,0c,00,00,00,0c,00,00,00,41,00`, []string{"0x6630101E PtypMultipleString8 raw=020000000C0000000C0000004100 unknown | error bad-list"}},
		{"bytes between", `"101e6630"=hex:02,00,00,00,0d,00,00,00,10,00,00,00,ff,41,00,ff,42,00,ff`, []string{`0x6630101E PtypMultipleString8 raw=01000000410100000042 value=["A","B"] | warning loose-bytes`}},
		{"last unterminated", `"101e6630"=hex:02,00,00,00,0c,00,00,00,0e,00,00,00,41,00,42`, []string{`0x6630101E PtypMultipleString8 raw=01000000410100000042 value=["A","B"] | warning unterminated`}},
		{"half a character", `"101f6630"=hex:01,00,00,00,08,00,00,00,41`, []string{"0x6630101F PtypMultipleString raw=0100000041 unknown | warning unterminated | warning size"}},
		{"binary too long", `"11026630"=hex:01,00,00,00,ff,ff,ff,ff,0c,00,00,00,0a`, []string{"0x66301102 PtypMultipleBinary raw=01000000FFFFFFFF0C0000000A unknown | error bad-list"}},
		{"4 GB of binaries", `"11026630"=hex:ff,ff,ff,ff,ff,ff,ff,ff,ff,ff,ff,ff`, []string{"0x66301102 PtypMultipleBinary raw=FFFFFFFFFFFFFFFFFFFFFFFF unknown | error bad-list"}},
		{"8-bit list", `"101e6630"=hex:02,00,00,00,0c,00,00,00,0e,00,00,00,e4,00,f6,00`, []string{`0x6630101E PtypMultipleString8 raw=01000000E401000000F6 value=["ä","ö"] | warning codepage-guess`}},

		// Other types of the registry.
		{"dword", `"00036623"=dword:00000403`, []string{"0x66230003 PtypInteger32 raw=03040000 value=1027"}},
		{"authentication", `"00036627"=dword:00000002`, []string{"0x66270003 PtypInteger32 raw=02000000 value=2 | info flags"}},
		{"dword, upper case", `"00036623" = DWORD: FFFFFFFF ; all`, []string{"0x66230003 PtypInteger32 raw=FFFFFFFF value=-1"}},
		{"dword in hex", `"00036623"=hex(4):03,04,00,00`, []string{"0x66230003 PtypInteger32 raw=03040000 value=1027"}},
		{"dword of an error", `"000a6623"=dword:8004010f`, []string{"0x6623000A PtypErrorCode raw=0F010480 value=MAPI_E_NOT_FOUND"}},
		{"dword of a boolean", `"000b6623"=dword:00000001`, []string{"0x6623000B PtypBoolean raw=01000000 value=true | warning data-type"}},
		{"dword of a string", `"001f6623"=dword:00000041`, []string{"0x6623001F PtypString raw=41000000 unknown | warning data-type"}},
		{"dword, short", `"00036623"=dword:1`, []string{"0x66230003 PtypInteger32 raw=01000000 value=1 | warning short-number"}},
		{"dword, long", `"00036623"=dword:000000001`, []string{`0x66230003 PtypInteger32 text="dword:000000001" | error bad-data`}},
		{"dword without", `"00036623"=dword:`, []string{`0x66230003 PtypInteger32 text="dword:" | error bad-data`}},
		{"big endian", `"00036623"=hex(5):00,00,00,01`, []string{"0x66230003 PtypInteger32 raw=00000001 unknown | warning data-type"}},
		{"qword", `"00146623"=hex(b):01,00,00,00,00,00,00,00`, []string{"0x66230014 PtypInteger64 raw=0100000000000000 value=1"}},
		{"qword of a long", `"00036623"=hex(b):01,00,00,00,00,00,00,00`, []string{"0x66230003 PtypInteger32 raw=0100000000000000 unknown | warning data-type"}},
		{"none", `"01026623"=hex(0):01`, []string{"0x66230102 PtypBinary raw=01"}},
		{"expand", `"001f6610"=hex(2):25,00,78,00,00,00`, []string{"0x6610001F PtypString raw=25007800 value=%x"}},
		{"expand, 8-bit", `"001e6610"=hex(2):25,00,78,00,00,00`, []string{"0x6610001E PtypString8 raw=2578 value=%x (0 )"}},
		{"expand, odd", `"001f6610"=hex(2):25,00,78`, []string{"0x6610001F PtypString raw=250078 unknown | warning size"}},
		{"expand of a long", `"00036610"=hex(2):25,00,00,00`, []string{"0x66100003 PtypInteger32 raw=25000000 unknown | warning data-type"}},
		{"multi", `"101f6610"=hex(7):25,00,00,00,00,00`, []string{"0x6610101F PtypMultipleString raw=250000000000 unknown | warning data-type"}},
		{"unknown type", `"01026610"=hex(100):25`, []string{"0x66100102 PtypBinary raw=25 unknown | warning data-type"}},
		{"type that is none", `"01026610"=hex(x):25`, []string{`0x66100102 PtypBinary text="hex(x):25" | error bad-data`}},
		{"text", `"001f3001"="a \"b\" \\ c"`, []string{`0x3001001F PtypString raw=6100200022006200220020005C0020006300 value=a "b" \ c`}},
		{"text, empty", `"001f3001"=""`, []string{"0x3001001F PtypString raw= value="}},
		{"text, comment", `"001f3001"="x" ; y`, []string{"0x3001001F PtypString raw=7800 value=x"}},
		{"text, more", `"001f3001"="x" y`, []string{"0x3001001F PtypString raw=7800 value=x | warning trailing"}},
		{"text, 8-bit", `"001e660c"="server"`, []string{"0x660C001E PtypString8 raw=736572766572 value=server (0 )"}},
		{"text, 8-bit, not ASCII", `"001e6603"="ä"`, []string{`0x6603001E PtypString8 raw=E4 derived value=ä (1252 assumed) text="ä" | warning codepage-guess`}},
		{"text, not in the page", `"001e6603"="č"`, []string{`0x6603001E PtypString8 text="č" | warning no-bytes`}},
		{"text of a long", `"00036603"="1"`, []string{`0x66030003 PtypInteger32 text="1" | warning data-type`}},
		{"text of a list", `"101f6603"="1"`, []string{`0x6603101F PtypMultipleString text="1" | warning data-type`}},
		{"text, odd escape", `"001f3001"="C:\x"`, []string{`0x3001001F PtypString raw=43003A005C007800 value=C:\x | warning escape`}},
		{"text of two lines", "\"001f3001\"=\"a\r\n\nb\"\n\"00036623\"=dword:00000001", []string{"0x3001001F PtypString raw=61000D000A000A006200 value=a\r\n\nb", "0x66230003 PtypInteger32 raw=01000000 value=1"}},
		{"ini in a text", "\"001f3001\"=\"[a]\n[b]\"", []string{"0x3001001F PtypString raw=5B0061005D000A005B0062005D00 value=[a]\n[b]"}},

		// Names.
		{"secure", `"s00036601"=hex:01,02`, []string{"0x66010003 PtypInteger32 raw=0102 | warning secure"}},
		{"secure text", `"S001f6601"="x"`, []string{`0x6601001F PtypString text="x" | warning secure`}},
		{"secure, deleted", `"S001f6601"=-`, []string{"0x6601001F PtypString | info deletion"}},
		{"deleted", `"001f6601"=-`, []string{"0x6601001F PtypString | info deletion"}},
		{"profile name", `"00036639"=dword:00000001`, []string{"0x66390003 PtypInteger32 raw=01000000 value=1 | info profile-name"}},
		{"ordinary", `"Service Name"="MSEMS"`, []string{`- text="\"Service Name\"=\"MSEMS\"" | info ordinary`}},
		{"ordinary, quotes", `"a\"b\\c"="d\"e\\f"`, []string{`- text="\"a\\\"b\\\\c\"=\"d\\\"e\\\\f\"" | info ordinary`}},
		{"ordinary dword", `"x"=dword:0000abcd`, []string{`- raw=CDAB0000 text="\"x\"=dword:0000abcd" | info ordinary`}},
		{"ordinary hex", `"x"=hex(7):41,00`, []string{`- raw=4100 text="\"x\"=hex(7):" | info ordinary`}},
		{"ordinary, deleted", `"x"=-`, []string{`- text="\"x\"=-" | info deletion`}},
		{"ordinary, bad", `"x"=y`, []string{`- text="\"x\"=y" | error bad-data`}},
		{"default", `@="x"`, []string{`- text="@=\"x\"" | info ordinary`}},
		{"default, bare", `@=`, []string{`- text="@=" | error bad-data`}},
		{"no name", `""="x"`, []string{`- text="\"\"=\"x\"" | info ordinary`}},
		{"no type", `"00006601"=hex:00`, []string{`- raw=00 text="\"00006601\"=hex:" | info ordinary`}},
		{"unknown property type", `"deadbeef"=hex:00`, []string{`- raw=00 text="\"deadbeef\"=hex:" | info ordinary`}},
		{"no id", `"001f0000"=hex:00`, []string{`- raw=00 text="\"001f0000\"=hex:" | info ordinary`}},
		{"signs", `"+0036601"=hex:00`, []string{`- raw=00 text="\"+0036601\"=hex:" | info ordinary`}},

		// Damage.
		{"continuation", "\"01026601\"=hex:01,\\\n  02,\\\n\n ; between\n\t03", []string{"0x66010102 PtypBinary raw=010203"}},
		{"no indent", "\"01026601\"=hex:01,\\\n02", []string{"0x66010102 PtypBinary raw=0102"}},
		{"comma on the next line", "\"01026601\"=hex:01\\\n  ,02", []string{"0x66010102 PtypBinary raw=0102"}},
		{"comment behind a backslash", "\"01026601\"=hex:01,\\ ; more\n  02", []string{"0x66010102 PtypBinary raw=0102"}},
		{"blanks", "\"01026601\" = hex: 01 , 02 ; x", []string{"0x66010102 PtypBinary raw=0102"}},
		{"lost backslash", "\"01026601\"=hex:01,\n\n  02,\n  03\n", []string{"0x66010102 PtypBinary raw=010203 | warning lost-backslash"}},
		{"cut behind a comma", "\"01026601\"=hex:01,\n\"01026602\"=hex:02", []string{"0x66010102 PtypBinary raw=01 | error cut", "0x66020102 PtypBinary raw=02"}},
		{"cut behind a comma, words", "\"01026601\"=hex:01,\nadded by me", []string{"0x66010102 PtypBinary raw=01 | error cut", "error | error not-a-value"}},
		{"cut behind a backslash", "\"01026601\"=hex:01,\\\n\"01026602\"=hex:02", []string{"0x66010102 PtypBinary raw=01 | error cut", "0x66020102 PtypBinary raw=02"}},
		{"cut behind a backslash, key", "\"01026601\"=hex:01,\\\n[HKEY_CURRENT_USER\\x]\n@=\"y\"", []string{"0x66010102 PtypBinary raw=01 | error cut", `key HKEY_CURRENT_USER\x: - text="@=\"y\"" | info ordinary`}},
		{"half a byte, then more", "\"001f662a\"=hex:6f,00,75,\\\n00,0\n\"01026602\"=hex:02", []string{"0x662A001F PtypString raw=6F007500 value=ou | error half-byte", "0x66020102 PtypBinary raw=02"}},
		{"short bytes", `"01026601"=hex:1,2,03`, []string{"0x66010102 PtypBinary raw=010203 | warning short-byte"}},
		{"bad hex", "\"01026601\"=hex:01,zz,\\\n  02\n\"01026602\"=hex:02", []string{"0x66010102 PtypBinary raw=01 | error bad-hex", "0x66020102 PtypBinary raw=02"}},
		{"bad hex, then cut", "\"01026601\"=hex:01,zz,\\\n\"01026602\"=hex:02", []string{"0x66010102 PtypBinary raw=01 | error bad-hex", "0x66020102 PtypBinary raw=02"}},
		{"three digits", `"01026601"=hex:01,002`, []string{"0x66010102 PtypBinary raw=01 | error bad-hex"}},
		{"no comma", `"01026601"=hex:01 02`, []string{"0x66010102 PtypBinary raw= | error bad-hex"}},
		{"split byte", `"01026601"=hex:0 1`, []string{"0x66010102 PtypBinary raw= | error bad-hex"}},
		{"two commas", `"01026601"=hex:01,,02`, []string{"0x66010102 PtypBinary raw=01 | error bad-hex"}},
		{"comma first", `"01026601"=hex:,02`, []string{"0x66010102 PtypBinary raw= | error bad-hex"}},
		{"backslash inside", `"01026601"=hex:01,\ 02`, []string{"0x66010102 PtypBinary raw=01 | error bad-hex"}},
		{"not ASCII", "\"01026601\"=hex:01,\u00E9", []string{"0x66010102 PtypBinary raw=01 | error bad-hex"}},
		{"open text", "\"001f3001\"=\"abc\n\n\"01026602\"=hex:02", []string{"0x3001001F PtypString raw=610062006300 value=abc | error cut", "0x66020102 PtypBinary raw=02"}},
		{"open text, key", "\"001f3001\"=\"abc\n\n[-HKEY_CURRENT_USER\\x]", []string{"0x3001001F PtypString raw=610062006300 value=abc | error cut", `key HKEY_CURRENT_USER\x: - text="[-HKEY_CURRENT_USER\\x]" | info deletion`}},
		{"open text, default", "\"001f3001\"=\"abc\n@ = \"x\"", []string{"0x3001001F PtypString raw=610062006300 value=abc | error cut", `- text="@=\"x\"" | info ordinary`}},
		{"open text at the end", "\"001f3001\"=\"abc\n\n\n", []string{"0x3001001F PtypString raw=610062006300 value=abc | error cut"}},
		{"open name", "\"001f30\n\"01026602\"=hex:02", []string{"error | error not-a-value", "0x66020102 PtypBinary raw=02"}},
		{"no equals sign", "\"001f3001\" hex:02\nx\n\"01026602\"=hex:02", []string{"error | error not-a-value", "0x66020102 PtypBinary raw=02"}},
		{"no data", "\"001f3001\"=\n\"01026602\"=hex:02", []string{"0x3001001F PtypString | error bad-data", "0x66020102 PtypBinary raw=02"}},
		{"half a word", "\"001f3001\"=he\n\"01026602\"=hex:02", []string{`0x3001001F PtypString text="he" | error bad-data`, "0x66020102 PtypBinary raw=02"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(head+tt.in+"\n"), 0)
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
}

// TestFiles reads whole files: their first lines, their keys, their encodings.
func TestFiles(t *testing.T) {
	const value = "\"00036623\"=dword:00000001\n"
	const shown = "0x66230003 PtypInteger32 raw=01000000 value=1"
	for _, tt := range []struct {
		name string
		page int
		in   string
		want []string
	}{
		{"nothing", 0, "", []string{": error | error no-values"}},
		{"blank", 0, "\r\n\r\n", []string{": error | error no-values"}},
		{"header alone", 0, "REGEDIT4\n", []string{": error | info empty"}},
		{"prose", 0, "to whom\nit may concern\n", []string{": error | error not-a-value", ": error | error no-values"}},
		{"no header, no value", 0, profile, []string{": error | warning no-header", ": error | info empty"}},
		{"no header", 0, profile + value, []string{shown + " | warning no-header"}},
		{"version", 0, "windows registry editor version 4.00\n" + profile + value, []string{": error | warning version", shown}},
		{"no key", 0, "REGEDIT4\n" + value + value, []string{": " + shown + " | warning no-key", ": " + shown}},
		{"comments", 0, "; a\nREGEDIT4\n;b\n" + profile + "; c\n" + value, []string{shown}},
		{"two files", 0, head + value + "\uFEFF" + head + value, []string{shown, shown}},
		{"accounts", 0, "REGEDIT4\n" + `[HKEY_USERS\S-1-5-21\SOFTWARE\Microsoft\Office\16.0\OUTLOOK\profiles\A/b\9375CFF0413111d3B88A00104B2A6676\00000002]` + "\n" + value, []string{"profile A%2Fb/section 9375CFF0413111d3B88A00104B2A6676 (accounts)/key 00000002: " + shown}},
		{"profile alone", 0, "REGEDIT4\n" + `[HKEY_CURRENT_USER\Software\Microsoft\Office\15.0\Outlook\Profiles\100%25]` + "\n" + value, []string{"profile 100%2525: " + shown}},
		{"profile name lost", 0, "REGEDIT4\n" + `[HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles\\13dbb0c8aa05101a9bb000aa002fc45a]` + "\n" + value, []string{"profile /section 13dbb0c8aa05101a9bb000aa002fc45a (global): " + shown}},
		{"unknown section", 0, "REGEDIT4\n" + `[HKLM\mount\Mine\0123456789abcdef0123456789ABCDEF]` + "\n" + value, []string{`key HKLM\mount\Mine/section 0123456789abcdef0123456789ABCDEF: ` + shown}},
		{"section alone", 0, "REGEDIT4\n" + `[0123456789abcdef0123456789ABCDEF]` + "\n" + value, []string{`section 0123456789abcdef0123456789ABCDEF: ` + shown}},
		{"not a profile", 0, "REGEDIT4\n" + `[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles]` + "\n" + value, []string{`key HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles: - raw=01000000 text="\"00036623\"=dword:00000001" | info ordinary`}},
		{"key in brackets", 0, "REGEDIT4\n[HKLM\\a]b]\n@=\"\"\n", []string{`key HKLM\a]b: - text="@=\"\"" | info ordinary`}},
		{"key and comment", 0, "REGEDIT4\n[HKLM\\a] ; c\n@=\"\"\n", []string{`key HKLM\a: - text="@=\"\"" | info ordinary`}},
		{"key and more", 0, "REGEDIT4\n[HKLM\\a] c\n@=\"\"\n", []string{`key HKLM\a: error | warning trailing`, `key HKLM\a: - text="@=\"\"" | info ordinary`}},
		{"key cut", 0, "REGEDIT4\n[HKLM\\a\n@=\"\"\n", []string{`key HKLM\a: error | error open-key`, `key HKLM\a: - text="@=\"\"" | info ordinary`}},
		{"key deleted", 0, "REGEDIT4\n[-HKLM\\a/b]\n", []string{`key HKLM\a%2Fb: - text="[-HKLM\\a/b]" | info deletion`}},

		{"ANSI", 1250, head4 + "\"001f3001\"=\"\xE8\"\n\"001e3002\"=\"\xE8\"\n\"\xE8\"=\"\xE8\"\n", []string{
			`0x3001001F PtypString raw=0D01 derived value=č text="č"`, "0x3002001E PtypString8 raw=E8 value=č (1250 caller)", `- text="\"č\"=\"č\"" | info ordinary`}},
		{"ANSI of no known page", 0, head4 + "\"001f3001\"=\"\xE8\"\n\"001e3002\"=\"\xE8\"\n", []string{
			`0x3001001F PtypString raw=E800 derived value=è text="è" | warning codepage-guess`, "0x3002001E PtypString8 raw=E8 value=è (1252 assumed) | warning codepage-guess"}},
		{"ANSI key", 0, "REGEDIT4\n[HKEY_CURRENT_USER\\\xE8]\n@=\"\"\n", []string{`key HKEY_CURRENT_USER\è: error | warning codepage-guess`, `key HKEY_CURRENT_USER\è: - text="@=\"\"" | info ordinary`}},
		{"ANSI, unknown page", 1361, head4 + "\"001f3001\"=\"\x88\x61\"\n", []string{`0x3001001F PtypString raw=FDFF6100 derived value=�a text="�a" | error damaged-text`}},
		{"ANSI, two bytes", 932, head4 + "\"001f3001\"=\"\x95\\\x95\\\\\\\"\n\"\x95\\\"=\"\"\n", []string{`0x3001001F PtypString raw=688868885C00 derived value=表表\ text="表表\\"`, `- text="\"表\"=\"\"" | info ordinary`}},
		{"ANSI, expand", 1250, head4 + "\"001f3001\"=hex(2):e8,00\n\"001e3002\"=hex(2):e8,00\n", []string{
			`0x3001001F PtypString raw=0D01 derived value=č text="č"`, "0x3002001E PtypString8 raw=E8 value=č (1250 caller)"}},
		{"ANSI, list", 932, head4 + "\"101e3001\"=hex:01,00,00,00,08,00,00,00,95,5c,00\n", []string{`0x3001101E PtypMultipleString8 raw=02000000955C value=["表"]`}},
		{"UTF-8", 1250, head + "\"001f3001\"=\"č\"\n\"001e3002\"=\"č\"\n", []string{"0x3001001F PtypString raw=0D01 value=č", `0x3002001E PtypString8 raw=E8 derived value=č (1250 caller) text="č" | info derived`}},
		{"UTF-8, two bytes", 932, head + "\"001e3002\"=\"表\"\n", []string{`0x3002001E PtypString8 text="表" | warning no-bytes`}},
		{"UTF-8 in REGEDIT4", 0, head4 + "\"001f3001\"=\"č\"\n\"001f3002\"=\"č\"\n", []string{"0x3001001F PtypString raw=0D01 value=č | info resaved", "0x3002001F PtypString raw=0D01 value=č"}},
		{"UTF-16", 0, utf16le("\uFEFF" + head + "\"001f3001\"=\"č\U0001F600\"\n"), []string{"0x3001001F PtypString raw=0D013DD800DE value=č😀"}},
		{"UTF-16 without a mark", 0, utf16le(head + value), []string{shown + " | warning charset-guess"}},
		{"lone surrogate", 0, utf16le("\uFEFF"+head+"\"001f3001\"=\"") + "\x00\xD8" + utf16le("\"\n"), []string{"0x3001001F PtypString raw=00D8 value=\xED\xA0\x80"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(tt.in), tt.page)
			require.Empty(t, cmp.Diff(tt.want, got))
			pieces, _ := read(t, iotest.OneByteReader(strings.NewReader(tt.in)), tt.page)
			require.Empty(t, cmp.Diff(got, pieces))
		})
	}
}

func utf16le(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// TestScripts reads what the seed of all this has: a script with lists of bytes.
func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"lists", "Const HKEY_CURRENT_USER = &H80000001\nstrValue1Name = \"00036601\"\narrValue1 = Array(&H80,&H01,&H00,&H00)\nstrValue4Name = \"001f6622\"\n  arrValue4 = array( &H65, 0, 120, &H00& ,0,0 )\n", []string{
			": 0x66010003 PtypInteger32 raw=80010000 value=384 | info script-name | info flags", ": 0x6622001F PtypString raw=65007800 value=ex | info script-name"}},
		{"no name", "arrValue1 = Array(&H80)\n", []string{`: - raw=80 text="\"\"=hex:" | warning no-name | info ordinary`}},
		{"other strings", "x = \"00036601\"\ny = \"hello\"\n'z = \"001f6622\"\na = Array(&H80,&H01,&H00,&H00)\n", []string{": 0x66010003 PtypInteger32 raw=80010000 value=384 | info script-name | info flags"}},
		{"over lines", "x = \"00036601\"\na = Array(&H80, _\n  &H01, _\n  &H00,&H00)\n", []string{": 0x66010003 PtypInteger32 raw=80010000 value=384 | info script-name | info flags"}},
		{"cut", "x = \"01026601\"\na = Array(&H80,&H01\nb = 1\n", []string{": 0x66010102 PtypBinary raw=8001 | error cut | info script-name"}},
		{"bad", "x = \"01026601\"\na = Array(&H80,&H1FF)\n", []string{": 0x66010102 PtypBinary raw=80 | error bad-hex | info script-name"}},
		{"empty", "x = \"01026601\"\na = Array()\nb = Array(&H01)", []string{": 0x66010102 PtypBinary raw= | info script-name", `: - raw=01 text="\"\"=hex:" | warning no-name | info ordinary`}},
		{"none of these", "x = \"01026601\" ' array(&h\n", []string{": error | error no-values"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(t, strings.NewReader(tt.in), 0)
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
}

// TestPlaces: each record says where its value begins, in characters of whatever size.
func TestPlaces(t *testing.T) {
	in := "; \u00E9\n" + head + "  \"00036601\"=hex:01,\\\r\n  02,\\\n\n00,00\n\"x\"=\"a\nb\"\nnonsense\n[-HKEY_X]\n@=-"
	want := []struct {
		line int
		text string
	}{{5, "\"00036601\""}, {9, "\"x\""}, {11, "nonsense"}, {12, "[-HKEY_X]"}, {13, "@=-"}}
	for _, file := range []string{in, "\uFEFF" + in, utf16le("\uFEFF" + in)} {
		_, recs := read(t, strings.NewReader(file), 0)
		require.Len(t, recs, len(want))
		for i, w := range want {
			require.Equal(t, w.line, recs[i].Line)
			after := file[recs[i].Offset:]
			require.True(t, strings.HasPrefix(after, w.text) || strings.HasPrefix(after, utf16le(w.text)), "%q at %d", w.text, recs[i].Offset)
		}
	}
}
