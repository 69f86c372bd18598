package mfcmapi

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/tzdef"
)

// shared opens a file of the shelf, which is there only on the project's own machines.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", filepath.FromSlash(name)))
	if err != nil {
		t.Skip("not on the shelf: ", name)
	}
	return b
}

// inferred9 is the zone of vector V05: major 2, minor 1, no name, one rule from 1601, 240 minutes.
const inferred9 = "0201060002000000010002013E00020041060000000000000000000000000000F0000000"

// TestSeed is vector V05: the fragment inside the text of a blog.
func TestSeed(t *testing.T) {
	text := shared(t, "seeds/001_a5d684a2391f99f2.txt")
	got, recs := readAll(strings.NewReader(string(text)), 0)
	want := []string{
		"0x80380102 PtypBinary [{00062002-0000-0000-C000-000000000046}:0x825E] raw=" + strings.Repeat("00", 39) +
			" inferred=" + inferred9 + strings.Repeat("00", 40) +
			" | error: unterminated | error: length-mismatch | error: alt-contradicts | info: inferred-value",
		"0x00000040 PtypTime raw=00C0E41FD82ACD01 value=2012-05-05T16:00:00Z | warning: anonymous | info: stray-text",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("(-want +got)\n%s", d)
	}
	for i, place := range []string{`<property tag = "0x80380102"`, `<Value>04:00:00.000 PM`} {
		if !strings.HasPrefix(string(text[recs[i].Offset:]), place) {
			t.Errorf("record %d has offset %d, where %q stands", i, recs[i].Offset, text[recs[i].Offset:recs[i].Offset+20])
		}
	}
	for i, words := range []string{"SmartView: is not terminated", "cb 76, found 39", "76 characters and shows other bytes at offsets 12=0x3E, 16=0x41, 32=0xF0"} {
		if msg := recs[0].Findings[i].Error(); !strings.Contains(strings.ReplaceAll(msg, " at 0x0027", ""), words) {
			t.Errorf("finding %d says %q, want %q", i, msg, words)
		}
	}
	if msg := recs[0].Findings[3].Msg; !strings.Contains(msg, "no evidence: 16 from SmartView, 2 shown by AltValue") || !strings.Contains(msg, "wYear 1601") {
		t.Errorf("the inferred value is explained as %q", msg)
	}
}

// fragment is a property as a page may have left it, its zone that of b.
func fragment(b []byte, smart string, old bool) string {
	alt := make([]rune, len(b))
	for i, c := range b {
		if alt[i] = rune(c); c < ' ' || !old && c >= 0x80 && c < 0xA0 || old && c == 0xFF {
			alt[i] = '.'
		}
	}
	return `<property tag = "0x80450102" type = "PT_BINARY"> <Value>cb: ` + itoa(len(b)) + ` lpb: 000000</Value> <AltValue><![CDATA[` + string(alt) + `]]> </AltValue> <SmartView><![CDATA[` +
		strings.Join(strings.Fields(smart), " ") + `]]></SmartView></property>`
}

func itoa(n int) string {
	return strings.TrimLeft(string([]byte{'0' + byte(n/100), '0' + byte(n/10%10), '0' + byte(n%10)}), "0")
}

// TestRebuild takes the hex of whole zones away and gives SmartView text of every length.
func TestRebuild(t *testing.T) {
	rule := tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: 2, Year: 2007, X: [14]byte{0: 1, 4: 1}, Bias: -60, DaylightBias: -60,
		StandardDate: tzdef.SystemTime{Month: 10, Day: 5, Hour: 3}, DaylightDate: tzdef.SystemTime{Month: 3, Day: 5, Hour: 2}}
	zone := tzdef.New("W. Europe Standard Time", rule)
	b, err := zone.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	smart := string(zone.AppendSmartView(nil))
	for _, old := range []bool{false, true} {
		_, recs := readAll(strings.NewReader(fragment(b, smart, old)), 0)
		if len(recs) != 1 || !cmp.Equal(recs[0].Inferred, b) {
			t.Fatalf("old form %t: all of SmartView gives\n%X, want\n%X", old, recs[0].Inferred, b)
		}
		// Cut anywhere: what is offered always gives AltValue again, and agrees wherever AltValue shows a byte.
		offered := 0
		for n := range len(smart) {
			_, recs := readAll(strings.NewReader(fragment(b, smart[:n], old)), 0)
			got := recs[0].Inferred
			if got == nil {
				continue
			}
			offered++
			if len(got) != len(b) {
				t.Fatalf("cut at %d: %d bytes", n, len(got))
			}
			for i, c := range b {
				if !hidden(c) && got[i] != c {
					t.Fatalf("cut at %d: byte %d is %02X, AltValue shows %02X", n, i, got[i], c)
				}
			}
			if year := uint16(got[62]) | uint16(got[63])<<8; year != 2007 {
				t.Fatalf("cut at %d: the only year that fits is 2007, got %d", n, year)
			}
		}
		if offered < len(smart)/2 {
			t.Errorf("offered %d times in %d", offered, len(smart))
		}
	}
}

// TestNoRebuild holds back where the parts do not fit together.
func TestNoRebuild(t *testing.T) {
	zone := tzdef.New("", tzdef.TZRule{MajorVersion: 2, MinorVersion: 1, Reserved: 62, Flags: 2, Year: 1601, Bias: 240})
	b, _ := zone.AppendBinary(nil)
	smart := string(zone.AppendSmartView(nil))
	good := fragment(b, smart, false)
	for name, in := range map[string]string{
		"SmartView contradicts AltValue": strings.Replace(good, "lBias = 0x000000F0 (240)", "lBias = 0x000000E0 (224)", 1),
		"cb is not the length":           strings.Replace(good, "cb: 76", "cb: 77", 1),
		"another count of rules":         strings.Replace(good, "cRules = 0x0001", "cRules = 0x0002", 1),
		"a character of no byte":         strings.Replace(good, "\u00F0", "\u4E00", 1),
		"no SmartView":                   good[:strings.Index(good, "<SmartView>")] + "</property>",
		"nothing wrong with the hex":     strings.Replace(good, "000000</Value>", hexOf(b)+"</Value>", 1),
	} {
		got, recs := readAll(strings.NewReader(in), 0)
		if len(recs) != 1 || recs[0].Inferred != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
	if _, recs := readAll(strings.NewReader(good), 0); !cmp.Equal(recs[0].Inferred, b) {
		t.Errorf("whole: %X, want %X", recs[0].Inferred, b)
	}
}

func hexOf(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

// TestShippedDumps reads the dumps of the README.
func TestShippedDumps(t *testing.T) {
	read := func(name string) []dump.Record {
		f, err := os.Open(filepath.Join("..", "..", "..", "examples", "mapiprop", "testdata", "dumps", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		_, recs := readAll(f, 0)
		return recs
	}
	zones := 0
	for _, rec := range read("meetings.xml") {
		if len(rec.Findings) > 0 {
			t.Errorf("meetings.xml: %s", show(rec, nil))
		}
		if rec.Prop.Name.LID == 0x825E || rec.Prop.Name.LID == 0x825F || rec.Prop.Name.LID == 0x8260 {
			zones++
			if _, err := tzdef.Decode(rec.Raw); err != nil {
				t.Errorf("meetings.xml: %s: %v", rec.Item, err)
			}
		}
	}
	if zones != 7 {
		t.Errorf("meetings.xml has %d zones", zones)
	}
	recs := read("damaged.xml")
	if len(recs) != 3 || recs[0].Inferred == nil {
		t.Fatalf("damaged.xml: %v", recs)
	}
	if z, err := tzdef.Decode(recs[0].Inferred); err != nil || z.Rules[0].Bias != -330 || z.Rules[0].Year != 2007 {
		t.Errorf("damaged.xml: inferred %X: %v", recs[0].Inferred, err)
	}
}
