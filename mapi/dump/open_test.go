package dump_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
)

// Any dump: the form is that of its first bytes.
func ExampleOpen() {
	export := `<property tag = "0x0037001F" type = "PT_UNICODE" ><Value><![CDATA[Plan]]></Value><AltValue cb="8" >50006C0061006E00</AltValue></property>`
	r, err := dump.Open(strings.NewReader(export), "props.xml", all.Forms(0)...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for rec, err := range r.Records() {
		fmt.Println(rec.Source, rec.Prop.Tag, rec.Prop.Value, err)
	}
	// Output: props.xml 0x0037001F Plan <nil>
}

// A program that wants one form only names that one; others are an error.
func ExampleOpen_oneForm() {
	_, err := dump.Open(strings.NewReader(`{"id":"A","singleValueExtendedProperties":[]}`), "a.json", lines.Forms()...)
	fmt.Println(err)
	fmt.Println(errors.Is(err, dump.UnknownForm))
	// Output:
	// file: looks like the form graph, which is not among those to read (dump.unknown-form)
	// true
}

// samples are a dump of each form that Sniff names, and what its reader reads of it.
var samples = map[string]string{
	"mfcmapi":   `<property tag = "0x36130003" type = "PT_LONG" ><Value>1</Value><AltValue>0x1</AltValue></property>`,
	"lines":     "0x36130003 = 01000000\n",
	"jsonl":     `{"tag":"0x36130003","hex":"01000000"}`,
	"csv":       "tag,hex\n0x36130003,01000000\n",
	"tnef":      "\x78\x9F\x3E\x22\x00\x00\x01\x03\x90\x06\x00\x0C\x00\x00\x00\x01\x00\x00\x00\x03\x00\x13\x36\x01\x00\x00\x00\x4E\x00",
	"graph":     `{"id":"A","singleValueExtendedProperties":[{"id":"Integer 0x3613","value":"1"}]}`,
	"ews":       `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x3613" PropertyType="Integer"/><t:Value>1</t:Value></t:ExtendedProperty>`,
	"reg":       "REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\P\\13dbb0c8aa05101a9bb000aa002fc45a]\r\n\"00033613\"=hex:01,00,00,00\r\n",
	"pffexport": "Entry type:\t\t\t0x00003613\nValue type:\t\t\t0x00000003\nValue:\n0x00000000: 01 00 00 00\n\n",
}

// TestOpen opens a dump of every form, in every kind of io.Reader: nothing of it is lost to the looking.
func TestOpen(t *testing.T) {
	forms := all.Forms(1252)
	for name, text := range samples {
		require.True(t, slices.ContainsFunc(forms, func(f dump.Form) bool { return f.Name == name && f.Title != "" }), name)
		require.Equal(t, name, dump.Sniff([]byte(text)))
		for kind, r := range map[string]io.Reader{
			"plain":   iotest.OneByteReader(strings.NewReader(text)),
			"seeker":  strings.NewReader(text),
			"peeker":  bufio.NewReaderSize(strings.NewReader(text), 16),
			"no seek": struct{ io.ReadSeeker }{broken{strings.NewReader(text)}},
		} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				rd, err := dump.Open(r, "x", forms...)
				require.NoError(t, err)
				found := false
				for rec, err := range rd.Records() {
					require.NoError(t, err)
					require.Equal(t, "x", rec.Source)
					found = found || rec.Prop.Tag == 0x36130003 && bytes.Equal(rec.Raw, []byte{1, 0, 0, 0})
				}
				require.True(t, found)
			})
		}
	}
}

// broken cannot be sought, as a pipe cannot.
type broken struct{ io.Reader }

var errBroken = errors.New("broken")

func (broken) Seek(int64, int) (int64, error) { return 0, errBroken }

// TestOpenMiddle opens what is left of a file whose beginning somebody has read.
func TestOpenMiddle(t *testing.T) {
	r := strings.NewReader("%%%" + samples["mfcmapi"])
	_, err := r.Seek(3, io.SeekStart)
	require.NoError(t, err)
	rd, err := dump.Open(r, "x", mfcmapi.Form(0))
	require.NoError(t, err)
	n := 0
	for rec, err := range rd.Records() {
		require.NoError(t, err)
		require.Zero(t, rec.Offset)
		require.Empty(t, rec.Findings)
		n++
	}
	require.Equal(t, 1, n)
}

func TestOpenErrors(t *testing.T) {
	for _, tt := range []struct{ name, in, says string }{
		{"gzip", "\x1F\x8B\x08\x00", "is gzip: unpack it first"},
		{"zip", "PK\x03\x04", "is a zip archive: unpack it first"},
		{"pst", "!BDN\x00", "is a PST or OST file"},
		{"msg, which is not listed", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "looks like the form msg"},
		{"bytes", "\x00\x01\x02", "is none of the forms that are read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := dump.Open(strings.NewReader(tt.in), "x", all.Forms(0)...)
			require.ErrorIs(t, err, dump.UnknownForm)
			require.ErrorContains(t, err, tt.says)
		})
	}
	_, err := dump.Open(strings.NewReader(""), "x")
	require.ErrorContains(t, err, "is empty")
	for _, r := range []io.Reader{iotest.ErrReader(errBroken), bufio.NewReader(iotest.ErrReader(errBroken)), struct {
		io.Reader
		io.Seeker
	}{iotest.ErrReader(errBroken), strings.NewReader("x")}} {
		_, err := dump.Open(r, "x", all.Forms(0)...)
		require.ErrorIs(t, err, errBroken)
	}
}
