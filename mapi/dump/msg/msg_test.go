package msg_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

const (
	appointmentSet = "0220060000000000C000000000000046"
	keywords       = "10000000 4B006500790077006F00720064007300"
)

// meeting is a message with a recipient, a file and a message attached, in which is a recipient again.
func meeting() *builder {
	b := newBuilder()
	b.names(appointmentSet, "5E820000 0600 0000"+"00000000 0500 0100"+"33820000 0600 0200", keywords)
	b.put("__nameid_version1.0/__substg1.0_10050102", unhex("5E82000006000000"))
	tz := mapi.PropTag(0x80000102)
	b.object("", 1, 2, 1, 2, 0, 0).
		text(mapi.PidTagMessageClass, "IPM.Appointment").
		text(mapi.PidTagSubject, "Plan").
		entry(mapi.PidTagMessageDeliveryTime, unhex("00C0E41FD82ACD01")...).
		entry(0x0E1B000B, 1, 0).
		entry(0x00170003, 1, 0, 0, 0).
		stream(tz, 0, unhex("020106000200")).
		stream(0x8001101F, 0, []byte{}).
		stream(0x00480048, 0, unhex(appointmentSet)).
		number(0x80020003, 9).
		stream(0x300B1003, 0, unhex("0100000002000000")) // last, because nothing says when a fixed value is missing
	b.object("__recip_version1.0_#00000000").number(mapi.PidTagRecipientType, 1).text(mapi.PidTagDisplayName, "Ann")
	b.object("__attach_version1.0_#00000000").number(mapi.PidTagAttachNumber, 0).
		stream(mapi.PidTagAttachDataBinary, 0, []byte("file"))
	b.object("__attach_version1.0_#00000001").number(mapi.PidTagAttachNumber, 1).
		entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF01000000")...)
	inner := "__attach_version1.0_#00000001/__substg1.0_3701000D"
	b.object(inner, 1, 0, 1, 0).text(mapi.PidTagSubject, "Inner").stream(tz, 0, []byte("zone"))
	b.object(inner+"/__recip_version1.0_#00000000").text(mapi.PidTagDisplayName, "Bob")
	return b
}

func TestItems(t *testing.T) {
	recs, errs := records(t, meeting().files)
	require.Empty(t, errs)
	var got []string
	for _, r := range recs {
		got = append(got, fmt.Sprintf("%s %d %s %v", r.Item, r.Offset, r.Prop.Tag, r.Prop.Value))
	}
	want := []string{
		"message 32 0x001A001F IPM.Appointment",
		"message 48 0x0037001F Plan",
		"message 64 0x0E060040 2012-05-05T16:00:00Z",
		"message 80 0x0E1B000B true",
		"message 96 0x00170003 1",
		"message 112 0x80000102 020106000200",
		"message 128 0x8001101F []",
		"message 144 0x00480048 {00062002-0000-0000-C000-000000000046}",
		"message 160 0x80020003 9",
		"message 176 0x300B1003 [1,2]",
		"message/recipient 0 8 0x0C150003 1",
		"message/recipient 0 24 0x3001001F Ann",
		"message/attachment 0 8 0x0E210003 0",
		"message/attachment 0 24 0x37010102 66696c65",
		"message/attachment 1 8 0x0E210003 1",
		"message/attachment 1 24 0x3701000D <nil>",
		"message/attachment 1/message 24 0x0037001F Inner",
		"message/attachment 1/message 40 0x80000102 7a6f6e65",
		"message/attachment 1/message/recipient 0 8 0x3001001F Bob",
	}
	require.Empty(t, cmp.Diff(want, got))
	for _, r := range recs {
		if r.Prop.Tag != mapi.PidTagAttachDataObject {
			require.Empty(t, r.Findings, "%s %s", r.Item, r.Prop.Tag)
		}
		if r.Prop.Value != nil {
			b, err := r.Prop.Value.AppendBinary(nil)
			require.NoError(t, err)
			require.True(t, bytes.Equal(r.Raw, b))
		}
	}
	// An embedded message takes the names of the root's map.
	set := guid.GUID(unhex(appointmentSet))
	zone := mapi.PropName{Set: set, LID: mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay}
	require.Equal(t, zone, lookup(t, recs, "message", 0x80000102).Prop.Name)
	require.Equal(t, zone, lookup(t, recs, "message/attachment 1/message", 0x80000102).Prop.Name)
	require.Equal(t, "Keywords", lookup(t, recs, "message", 0x8001101F).Prop.Name.Name)
}

// V30 of the dump vectors.
func TestVectorV30(t *testing.T) {
	b := newBuilder()
	o := b.object("", 0, 0, 0, 0, 0, 0)
	o.data = append(o.data, unhex("4000060E0600000000C0E41FD82ACD01")...)
	o.data = append(o.data, unhex("03000080 06000000 01000000 00000000")...)
	o.data = append(o.data, unhex("03000180 06000000 02000000 00000000")...)
	b.put("__properties_version1.0", o.data)
	b.names(appointmentSet, "5E82000006000000"+"0000000005000100", keywords)
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	require.Len(t, recs, 3)
	require.Equal(t, mapi.PropTag(0x0E060040), recs[0].Prop.Tag)
	require.Equal(t, "00c0e41fd82acd01", hex.EncodeToString(recs[0].Raw))
	require.Equal(t, "2012-05-05T16:00:00Z", recs[0].Prop.Value.String())
	require.Equal(t, mapi.PropName{Set: guid.GUID(unhex(appointmentSet)), LID: 0x825E}, recs[1].Prop.Name)
	require.Equal(t, mapi.PropName{Set: guid.GUID(unhex("2903020000000000C000000000000046")), Name: "Keywords"}, recs[2].Prop.Name)
}

func TestCodes(t *testing.T) {
	golden.CheckCodes(t, ".", msg.Codes(), func(kind, example string) (found []diag.Finding) {
		r, err := msg.Open(parse(t, example), "test.msg", 0)
		if err != nil {
			var f diag.Finding
			require.ErrorAs(t, err, &f)
			return []diag.Finding{f}
		}
		for rec := range r.Records() {
			for _, f := range rec.Findings {
				if e, ok := diag.Lookup(msg.Codes(), f.Code); ok {
					require.Equal(t, e.Spec, f.Spec, f.Code)
				}
			}
			found = append(found, rec.Findings...)
		}
		return found
	})
}

func TestFindings(t *testing.T) {
	tests := []struct {
		name  string
		build func(b *builder, o *object)
		tag   mapi.PropTag
		raw   string
		value string
		want  []diag.Code
	}{
		{"garbage behind a word", func(b *builder, o *object) { o.entry(0x00170002, 5, 0, 9, 9, 9, 9, 9, 9) }, 0x00170002, "0500", "5",
			[]diag.Code{msg.EntryReserved}},
		{"boolean in the upper byte", func(b *builder, o *object) { o.entry(0x0E1B000B, 0, 1) }, 0x0E1B000B, "0001", "true (256)",
			[]diag.Code{msg.BooleanValue}},
		{"null", func(b *builder, o *object) { o.entry(0x00170001) }, 0x00170001, "", "", nil},
		{"NUL stored and counted twice", func(b *builder, o *object) { o.stream(0x0037001F, 2, unhex("41000000")) }, 0x0037001F, "4100", "A",
			[]diag.Code{msg.Terminator}},
		{"NUL stored and counted once", func(b *builder, o *object) { o.stream(0x0037001F, 0, unhex("41000000")) }, 0x0037001F, "4100", "A",
			[]diag.Code{msg.Terminator}},
		{"NUL not stored nor counted", func(b *builder, o *object) { o.stream(0x0037001F, 0, unhex("4100")) }, 0x0037001F, "4100", "A",
			[]diag.Code{msg.SizeMismatch}},
		{"NUL inside", func(b *builder, o *object) { o.stream(0x0037001F, 2, unhex("410000004200")) }, 0x0037001F, "410000004200", "A\x00B", nil},
		{"8-bit NULs", func(b *builder, o *object) { o.stream(0x0037001E, 1, []byte("A\x00\x00")) }, 0x0037001E, "41", "A",
			[]diag.Code{msg.Terminator}},
		{"half a code unit", func(b *builder, o *object) { o.stream(0x0037001F, 2, unhex("410042")) }, 0x0037001F, "410042", "410042",
			[]diag.Code{mapi.Truncated}},
		{"lone surrogate", func(b *builder, o *object) { o.stream(0x0037001F, 2, unhex("00D8")) }, 0x0037001F, "00d8", "\xED\xA0\x80", nil},
		{"short GUID", func(b *builder, o *object) { o.stream(0x00480048, 4, make([]byte, 12)) }, 0x00480048, strings.Repeat("00", 12), strings.Repeat("00", 12),
			[]diag.Code{msg.SizeOverrun, mapi.Truncated}},
		{"claims 4 GB", func(b *builder, o *object) { o.stream(0x37010102, -1, nil) }, 0x37010102, "", "", []diag.Code{msg.SizeOverrun}},
		{"longer than claimed", func(b *builder, o *object) { o.stream(0x37010102, -1, []byte{1, 2}) }, 0x37010102, "0102", "0102",
			[]diag.Code{msg.SizeMismatch}},
		{"memory behind the size", func(b *builder, o *object) {
			b.put("__substg1.0_37010102", []byte{7})
			o.entry(0x37010102, 1, 0, 0, 0, 0xF0, 0x57, 0x22, 0xF8)
		}, 0x37010102, "07", "07", []diag.Code{msg.EntryReserved}},
		{"unknown type in a stream", func(b *builder, o *object) { o.stream(0x37010555, 0, []byte{1, 2}) }, 0x37010555, "0102", "0102",
			[]diag.Code{msg.UnknownType}},
		{"numbers of odd size", func(b *builder, o *object) { o.stream(0x30011003, 0, []byte{1, 0, 0, 0, 2}) }, 0x30011003, "0100000002", "0100000002",
			[]diag.Code{mapi.Truncated}},
		{"list", func(b *builder, o *object) {
			o.stream(0x3001101F, 0, unhex("04000000 06000000"))
			b.put("__substg1.0_3001101F-00000000", unhex("41000000"))
			b.put("__substg1.0_3001101F-00000001", unhex("420043000000"))
		}, 0x3001101F, "020000004100" + "0400000042004300", `["A","BC"]`, nil},
		{"list without NULs", func(b *builder, o *object) {
			o.stream(0x3001101F, 0, unhex("04000000"))
			b.put("__substg1.0_3001101F-00000000", unhex("4100"))
		}, 0x3001101F, "020000004100", `["A"]`, nil},
		{"list of binaries", func(b *builder, o *object) {
			o.stream(0x30011102, 0, unhex("0200000000000000 0000000000000000"))
			b.put("__substg1.0_30011102-00000000", unhex("0102"))
			b.put("__substg1.0_30011102-00000001", nil)
		}, 0x30011102, "020000000102" + "00000000", `["0102",""]`, nil},
		{"list with a hole", func(b *builder, o *object) {
			o.stream(0x3001101E, 0, unhex("02000000 02000000 03000000"))
			b.put("__substg1.0_3001101E-00000002", []byte("C\x00"))
		}, 0x3001101E, "00000000" + "00000000" + "0100000043", `["","","C"]`, []diag.Code{msg.SizeOverrun, msg.NoValueStream}},
		{"lower-case name", func(b *builder, o *object) {
			o.number(0x37010102, 1)
			b.put("__substg1.0_37010102", []byte{1})
			o.number(0x3FFA001F, 4)
			b.put("__SUBSTG1.0_3ffa001f", unhex("4100"))
		}, 0x3FFA001F, "4100", "A", nil},
		{"object in a stream", func(b *builder, o *object) {
			o.entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF04000000")...)
			b.put("__substg1.0_3701000D", []byte{1, 2})
		}, mapi.PidTagAttachDataObject, "0102", "0102", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBuilder()
			tt.build(b, b.object("", 0, 0, 0, 0, 0, 0))
			recs, errs := records(t, b.files)
			require.Empty(t, errs)
			rec := lookup(t, recs, "message", tt.tag)
			require.Equal(t, tt.raw, hex.EncodeToString(rec.Raw))
			require.NotNil(t, rec.Raw)
			require.Equal(t, tt.value, rec.Prop.Value.String())
			require.Equal(t, tt.want, codes(rec))
		})
	}
}

func TestCodePages(t *testing.T) {
	subject := mapi.PropTag(0x0037001E)
	b := newBuilder()
	b.object("", 2, 1, 2, 1, 0, 0).
		number(mapi.PidTagInternetCodepage, 50220).number(mapi.PidTagMessageLocaleId, 1041).
		stream(subject, 1, unhex("93FA967B")).stream(0x1000001E, 1, []byte("plain"))
	b.object("__recip_version1.0_#00000000").stream(0x3001001E, 1, unhex("93FA"))
	b.object("__recip_version1.0_#00000001").stream(0x3001001E, 1, []byte("Ann"))
	b.object("__attach_version1.0_#00000000").entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF01000000")...)
	inner := "__attach_version1.0_#00000000/__substg1.0_3701000D"
	b.object(inner, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 1251).stream(subject, 1, unhex("CFE5"))
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	check := func(item string, tag mapi.PropTag, page int, source, text string, want ...diag.Code) {
		t.Helper()
		rec := lookup(t, recs, item, tag)
		v := rec.Prop.Value.(mapi.String8)
		require.Equal(t, page, v.CodePage)
		require.Equal(t, source, v.Source)
		require.Equal(t, text, v.String())
		require.Equal(t, want, codes(rec))
	}
	// QUIRK: the page of seven bits cannot be that of the subject.
	check("message", subject, 932, "PidTagMessageLocaleId of message", "日本", msg.CodePageConflict)
	check("message", 0x1000001E, 50220, "PidTagInternetCodepage of message", "plain")
	check("message/recipient 0", 0x3001001E, 932, "PidTagMessageLocaleId of message", "日", msg.CodePageConflict)
	check("message/attachment 0/message", subject, 1251, "PidTagMessageCodepage of message/attachment 0/message", "Пе", msg.CodePage)
}

func TestCodePageOfCaller(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).stream(0x0037001E, 1, []byte{0xE8})
	for page, want := range map[int]string{1250: "č", 0: "è"} {
		r, err := msg.Open(b.files, "", page)
		require.NoError(t, err)
		for rec, err := range r.Records() {
			require.NoError(t, err)
			require.Equal(t, want, rec.Prop.Value.String())
			require.Equal(t, []diag.Code{msg.CodePageGuess}, codes(rec))
		}
	}
}

func TestDamagedText(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 932).stream(0x0037001E, 1, unhex("93FA96"))
	recs, _ := records(t, b.files)
	require.Equal(t, []diag.Code{msg.CodePage, mapi.DamagedText}, codes(recs[1]))
	require.Equal(t, 2, recs[1].Findings[1].Span.Offset)
}

// TestDamagedList has lists in which text cannot be read: the first is told, with its place in Raw, and how many follow.
func TestDamagedList(t *testing.T) {
	const list = mapi.PropTag(0x3001101E)
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 932).stream(list, 0, unhex("020000000200000003000000"))
	for i, text := range []string{"4142", "4196", "96"} {
		b.put(fmt.Sprintf("__substg1.0_3001101E-%08X", i), unhex(text))
	}
	recs, _ := records(t, b.files)
	rec := lookup(t, recs, "message", list)
	i := slices.IndexFunc(rec.Findings, func(f diag.Finding) bool { return f.Code == mapi.DamagedText })
	require.Positive(t, i)
	f := rec.Findings[i]
	require.Equal(t, "PtypMultipleString8[1]", f.Path)
	require.Equal(t, byte(0x96), rec.Raw[f.Span.Offset])
	require.Equal(t, 11, f.Span.Offset)
	require.Contains(t, f.Msg, "the same goes for 1 more values")
}

// TestShiftedText has text of seven bits that is no ASCII: its code page is told, and what cannot be read in it.
func TestShiftedText(t *testing.T) {
	for text, want := range map[string][]diag.Code{
		"plain":                nil,
		"\x1b$B$\"\x1b(B":      {msg.CodePage},
		"\x1b$B\x7f\x7f\x1b(B": {msg.CodePage, mapi.DamagedText},
	} {
		b := newBuilder()
		b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 50220).stream(0x0037001E, 1, []byte(text))
		recs, _ := records(t, b.files)
		require.Equal(t, want, codes(recs[1]), "%q", text)
	}
}
