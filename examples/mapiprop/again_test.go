package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// inList is the place of a value in its list, which a line for each value does not bring back: it is a list of one then.
var inList = regexp.MustCompile(`"element":\d+|PidTag\w+\[\d+\]`)

// TestAgain reads what inspect prints of dumps of every form: it prints the same again, findings included.
func TestAgain(t *testing.T) {
	files := []string{"testdata/dumps/meetings.xml", "testdata/dumps/damaged.xml", "testdata/dumps/winmail.dat", "testdata/profiles/outlook.reg", "testdata/blobs.hex", "testdata/freebusy-lists.jsonl",
		"testdata/pff/mail.export/Calendar/Appointment00001/ItemValues.txt", "testdata/pff/mail.export/Calendar/Appointment00001/RecipientsItemValues.txt"}
	for _, pattern := range []string{"msg/*/*.msg", "tnef/*/*"} {
		more, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(pattern)))
		require.NoError(t, err)
		files = append(files, more...)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			first, _, status := runWith("", "inspect", "-all", "-out", "json", file)
			again, _, statusAgain := runWith(first, "inspect", "-all", "-out", "json")
			if strings.HasPrefix(filepath.Base(file), "clusterfuzz") {
				return // what is wrong with its container has no finding, and says so no more
			}
			first, again = inList.ReplaceAllString(first, ""), inList.ReplaceAllString(again, "")
			if diff := cmp.Diff(first, again); diff != "" {
				a, b := strings.Split(first, "\n"), strings.Split(again, "\n")
				for i := range min(len(a), len(b)) {
					if a[i] != b[i] {
						t.Fatalf("line %d of %d and %d:\n%.600s\n%.600s", i+1, len(a), len(b), a[i], b[i])
					}
				}
				t.Fatalf("%d lines, again %d", len(a), len(b))
			}
			require.Equal(t, status, statusAgain)
		})
	}
}

// TestBadInput gives a folder of everything that can be wrong with a dump: each file has lines of its own, the good ones
// are read, and the count at the end is right.
func TestBadInput(t *testing.T) {
	const good = `<property tag = "0x80380102" type = "PT_BINARY" ><NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8233=33331</NamedPropName>` +
		`<Value cb="48" >2C01000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000</Value></property>`
	const bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
	const zone64 = "LAEAAAAAAADE////AAAAAAsAAAABAAIAAAAAAAAAAAAAAAMAAAACAAIAAAAAAAAA"
	const ewsZone = `<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33331" PropertyType="Binary"/><t:Value>` + zone64 + `</t:Value></t:ExtendedProperty>`
	const graphZone = `{"id":"A","singleValueExtendedProperties":[{"id":"Binary {00062002-0000-0000-c000-000000000046} Id 0x8233","value":"` + zone64 + `"}]}`
	for _, tt := range []struct {
		name, text string
		blobs      int    // that are read in spite of it
		says       string // among what is printed
	}{
		{"entities.xml", bomb + ewsZone + `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x37" PropertyType="String"/><t:Value>&c;</t:Value></t:ExtendedProperty>`, 1, "ews."},
		{"entities-mfcmapi.xml", bomb + strings.Replace(good, "<Value", "<Name>&c;</Name><Value", 1), 1, ""},
		{"deep.xml", strings.Repeat("<message>", 100_000) + good, 1, "mfcmapi.too-deep"},
		{"deep.json", graphZone + "\n" + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "\n" + graphZone, 2, "graph.too-deep"},
		{"deep.jsonl", `{"tag":"0x37010102","hex":` + strings.Repeat("[", 100_000) + "\n" + `{"propset":"{00062002-0000-0000-C000-000000000046}","lid":33331,"type":"binary","base64":"` + zone64 + `"}`, 1, "lines.bad-json"},
		{"cut.reg", "REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\P\\13dbb0c8aa05101a9bb000aa002fc45a]\r\n\"00036601\"=hex:80,0", 0, "reg."},
		{"checksum.tnef", "\x78\x9F\x3E\x22\x00\x00\x01\x03\x90\x06\x00\x0C\x00\x00\x00\x01\x00\x00\x00\x03\x00\x13\x36\x01\x00\x00\x00\x00\x00", 0, "tnef.checksum"},
		{"length.tnef", "\x78\x9F\x3E\x22\x00\x00\x01\x03\x90\x06\x00\xFF\xFF\xFF\xFF\x01\x00\x00\x00\x03\x00\x13\x36\x01\x00\x00\x00", 0, "tnef."},
		{"claims.txt", "cb: 4294967295 lpb: 2C01\n", 0, "lines.length-mismatch"},
		{"short.msg", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600), 0, "cfbfs"},
		{"packed.gz", "\x1F\x8B\x08\x00", 0, "dump.unknown-form"},
		{"empty.txt", "", 0, "mfcmapi.no-properties"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "0.xml"), []byte(good), 0o644))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "1-"+tt.name), []byte(tt.text), 0o644))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "2.xml"), []byte(good), 0o644))
			out, errs, status := runWith("", "inspect", "-all", "-out", "json", dir)
			require.NotEqual(t, exitUsage, status)
			require.Contains(t, errs, fmt.Sprintf("%d blobs decoded", 2+tt.blobs))
			require.Contains(t, out, tt.says)
			require.Less(t, len(out), 20_000+8*len(tt.text))
			about := 0
			for line := range strings.Lines(out) {
				if strings.Contains(line, "1-"+tt.name) {
					about++
				}
			}
			require.True(t, about > 0 && about <= 3+tt.blobs, "%d lines about it:\n%.2000s", about, out)
		})
	}
}

// TestUnreadableInside reads a file at its places, some of which cannot be read: that is remembered for the exit status.
func TestUnreadableInside(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.msg")
	require.NoError(t, os.WriteFile(name, []byte("abc"), 0o644))
	in, err := open(env{}, name)
	require.NoError(t, err)
	n, err := in.ReadAt(make([]byte, 4), 0)
	require.Equal(t, 3, n)
	require.ErrorIs(t, err, io.EOF)
	require.False(t, in.bad.Load(), "the end of a file is none of its faults")
	in.Close()
	_, err = in.ReadAt(make([]byte, 4), 0)
	require.ErrorIs(t, err, os.ErrClosed)
	require.True(t, in.bad.Load())
}
