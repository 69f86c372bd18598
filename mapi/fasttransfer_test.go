package mapi

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TestFastTransfer reads values as [MS-OXCFXICS] 2.2.4.1 lays them out, writes them again, and cuts them everywhere.
func TestFastTransfer(t *testing.T) {
	for _, tc := range []struct {
		hex  string
		want Value
		path string // of the last field
	}{
		{"1F00 0130 0C000000 49004E0042004F005800 0000", String("INBOX"), "PropertyValue.terminator"},
		{"1E00 0130 06000000 494E424F58 00", String8{Raw: []byte("INBOX")}, "PropertyValue.terminator"},
		{"1F00 0130 02000000 0000", String(""), "PropertyValue.terminator"},
		{"1F00 0130 06000000 4100 0000 0000", String("A\x00"), "PropertyValue.terminator"}, // one NUL ends it, others are its own
		{"B084 0130 06000000 41004200 0000", String("AB"), "PropertyValue.terminator"},
		{"B184 0130 04000000 0041 0000", String8{Raw: []byte{0, 'A'}, CodePage: 1201, Source: byType}, "PropertyValue.terminator"},
		{"E484 0130 02000000 E4 00", String8{Raw: []byte{0xE4}, CodePage: 1252, Source: byType}, "PropertyValue.terminator"},
		{"E0AE 0130 08000000 E4000000 00000000", String8{Raw: []byte{0xE4, 0, 0, 0}, CodePage: 12000, Source: byType}, "PropertyValue.terminator"},
		{"0201 E065 03000000 010203", Binary{1, 2, 3}, "PropertyValue.bytes"},
		{"FB00 E065 03000000 010203", ServerID{[]byte{1, 2, 3}}, "PropertyValue.bytes"},
		{"0D00 0137 03000000 010203", Object{[]byte{1, 2, 3}}, "PropertyValue.bytes"},
		{"0B00 F410 0100", Boolean(1), "PropertyValue"},
		{"0300 F403 FB030000", Integer32(0x3FB), "PropertyValue"},
		{"1F10 0180 02000000 04000000 4100 0000 02000000 0000", MultipleString{"A", ""}, "PropertyValue.Values[1].terminator"},
		{"1E10 0180 01000000 02000000 41 00", MultipleString8{{Raw: []byte("A")}}, "PropertyValue.Values[0].terminator"},
		{"0211 0180 02000000 01000000 AA 00000000", MultipleBinary{{0xAA}, {}}, "PropertyValue.Values[1].COUNT"},
		{"0310 0180 01000000 07000000", MultipleInteger32{7}, "PropertyValue.Values[0]"},
	} {
		b := unhex(t, tc.hex)
		tag, got, ok, r, end := inspectTagged(b, ProfileFastTransfer)
		last := ""
		for f := range r.Fields() {
			last = f.Path
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || !ok || end != len(b) || last != tc.path || r.Max() > 0 {
			t.Errorf("%s: %v, %d of %d bytes, last field %q, %v %s", tc.hex, ok, end, len(b), last, findings(r), diff)
		}
		out, err := AppendValue(le.AppendUint32(nil, uint32(tag)), got, ProfileFastTransfer)
		if err != nil || !bytes.Equal(out, b) {
			t.Errorf("%s: written as %x, %v", tc.hex, out, err)
		}
		for n := range b {
			checkLaws(t, b[:n], ProfileFastTransfer)
			if _, _, ok, r, _ := inspectTagged(b[:n], ProfileFastTransfer); ok || !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
				t.Errorf("%s cut to %d bytes: %v, %v", tc.hex, n, ok, r.Err())
			}
		}
		checkLaws(t, b, ProfileFastTransfer)
	}
}

func TestFastTransferFindings(t *testing.T) {
	for _, tc := range []struct {
		hex  string
		want Value
		code diag.Code
		span diag.Span
		sev  diag.Severity
	}{
		{"1F00 0130 02000000 4100", String("A"), MissingTerminator, diag.Span{Offset: 4, Len: 4}, diag.Warning},
		{"1E00 0130 00000000", String8{Raw: []byte{}}, MissingTerminator, diag.Span{Offset: 4, Len: 4}, diag.Warning},
		{"1F00 0130 03000000 410000", Unknown{PtypString, []byte{'A', 0, 0}}, OddText, diag.Span{Offset: 4, Len: 4}, diag.Error},
		{"B084 0130 01000000 41", Unknown{PtypString, []byte{'A'}}, OddText, diag.Span{Offset: 4, Len: 4}, diag.Error},
		{"1F10 0130 01000000 01000000 41", MultipleString{}, OddText, diag.Span{Offset: 8, Len: 4}, diag.Error},
		{"1F00 0130 FFFFFFFF 4100", String(""), Truncated, diag.Span{Offset: 8, Len: 2}, diag.Fatal},
		{"1F10 0130 02000000 00000000 000000", nil, CountTooBig, diag.Span{Offset: 4, Len: 4}, diag.Fatal},
		{"FD00 0130 00000000", nil, BadPropType, diag.Span{Offset: 0, Len: 2}, diag.Fatal},
		{"0B00 0130 0200", Boolean(2), BooleanValue, diag.Span{Offset: 4, Len: 2}, diag.Warning},
	} {
		b := unhex(t, tc.hex)
		_, got, _, r, _ := inspectTagged(b, ProfileFastTransfer)
		found := findings(r)
		if diff := cmp.Diff(tc.want, got); diff != "" || len(found) == 0 || found[0].Code != tc.code || found[0].Span != tc.span || found[0].Severity != tc.sev {
			t.Errorf("%s: %+v %s", tc.hex, found, diff)
		}
		checkLaws(t, b, ProfileFastTransfer)
	}
	// The types that say a code page are those of FastTransfer streams alone.
	if _, _, err := ParseValue(0x84E4, []byte{1, 0, 0, 0, 0}, ProfileROP); !errors.Is(err, BadPropType) {
		t.Errorf("0x84E4 in a ROP: %v", err)
	}
}
