package msg_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
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

func TestCatalogue(t *testing.T) {
	seen := map[diag.Code]bool{}
	for _, e := range msg.Codes() {
		t.Run(string(e.Code), func(t *testing.T) {
			require.False(t, seen[e.Code])
			seen[e.Code] = true
			require.True(t, strings.HasPrefix(string(e.Code), "msg."))
			require.NotEmpty(t, e.Means)
			require.NotEmpty(t, e.Spec)
			fsys := parse(t, e.Example)
			_, err := msg.Open(fsys, "test.msg", 0)
			if err != nil {
				require.ErrorIs(t, err, e.Code)
				return
			}
			recs, _ := records(t, fsys)
			r, err := msg.Open(fsys, "test.msg", 0)
			require.NoError(t, err)
			found := false
			for rec := range r.Records() {
				for _, f := range rec.Findings {
					if f.Code == e.Code {
						found = true
						require.Equal(t, e.Severity, f.Severity)
						require.Equal(t, e.Spec, f.Spec)
					}
				}
			}
			require.True(t, found, "%v", recs)
		})
	}
	require.Len(t, seen, 33)
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

// A property stream whose second entry repeats a large value does not repeat its bytes.
func TestDuplicates(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).stream(0x37010102, 0, make([]byte, 100)).stream(0x37010102, 0, make([]byte, 100)).
		number(0x00170003, 1).number(0x00170003, 2)
	recs, _ := records(t, b.files)
	require.Len(t, recs, 4)
	require.Len(t, recs[0].Raw, 100)
	require.Nil(t, recs[1].Raw)
	require.Equal(t, "2", recs[3].Prop.Value.String())
	require.Equal(t, []diag.Code{msg.DuplicateTag}, codes(recs[1]))
	require.Equal(t, []diag.Code{msg.DuplicateTag}, codes(recs[3]))
}

func TestNothingLost(t *testing.T) {
	b := meeting()
	b.put("__substg1.0_3001001F", unhex("4100"))
	b.put("\x05SummaryInformation", []byte{1})
	b.put("__recip_version1.0_#0000000G/__properties_version1.0", []byte{2})
	b.put("__attach_version1.0_#00000001/__substg1.0_3701000D/__nameid_version1.0/x", []byte{3})
	b.put("__nameid_version1.0/odd", []byte{4})
	b.put("__nameid_version1.0/deep/er", []byte{5})
	recs, errs := records(t, b.files)
	var got []string
	for _, r := range recs {
		if slices.Contains(codes(r), msg.Unclaimed) {
			got = append(got, fmt.Sprintf("%s %s %x %d", r.Item, r.Prop.Tag, r.Raw, r.Offset))
			require.Nil(t, r.Prop.Value)
		}
	}
	require.ElementsMatch(t, []string{"message 0x3001001F 4100 -1", "message 0x00000000 01 -1", "message 0x00000000 02 -1",
		"message/attachment 1/message 0x00000000 03 -1", "message 0x00000000 04 -1"}, got)
	require.Len(t, errs, 1)
	require.ErrorContains(t, errs[0], "__nameid_version1.0/deep")
}

func TestOLEStorage(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 1, 0, 1, 0, 0)
	b.object("__attach_version1.0_#00000000").number(mapi.PidTagAttachMethod, 6).entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF04000000")...)
	b.put("__attach_version1.0_#00000000/__substg1.0_3701000D/CONTENTS", []byte("abc"))
	b.put("__attach_version1.0_#00000000/__substg1.0_3701000D/Sub/\x01Ole", []byte("de"))
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	require.Len(t, recs, 4)
	require.Equal(t, "message/attachment 0/storage", recs[2].Item)
	require.Equal(t, "abc", string(recs[2].Raw))
	require.Equal(t, "de", string(recs[3].Raw))
	require.Equal(t, "__attach_version1.0_#00000000/__substg1.0_3701000D/Sub/\x01Ole", recs[3].Findings[0].Path)
}

func TestDepth(t *testing.T) {
	b := newBuilder()
	dir := ""
	header := []uint32{0, 1, 0, 1, 0, 0}
	for range msg.MaxDepth + 3 {
		b.object(dir, header...).text(mapi.PidTagSubject, "S")
		header = header[:4]
		at := strings.TrimPrefix(dir+"/__attach_version1.0_#00000000", "/")
		b.object(at).entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF01000000")...)
		dir = at + "/__substg1.0_3701000D"
	}
	recs, errs := records(t, b.files)
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], msg.TooDeep)
	require.Len(t, recs, 2*(msg.MaxDepth+1))
}

func TestHeaderSizes(t *testing.T) {
	for _, size := range []int{24, 32} {
		b := newBuilder()
		b.put("__properties_version1.0", append(make([]byte, size), unhex("0300070E 06000000 01000000 00000000"+"03001700 06000000 02000000 00000000")...))
		recs, errs := records(t, b.files)
		require.Empty(t, errs)
		require.Equal(t, "1", lookup(t, recs, "message", 0x0E070003).Prop.Value.String())
		require.Equal(t, "2", lookup(t, recs, "message", 0x00170003).Prop.Value.String())
		require.Equal(t, size == 24, slices.ContainsFunc(recs, func(r dump.Record) bool { return slices.Contains(codes(r), msg.HeaderSize) }))
	}
}

func TestOpenErrors(t *testing.T) {
	_, err := msg.Open(fstest.MapFS{}, "", 0)
	require.ErrorIs(t, err, msg.NotAMessage)
	_, err = msg.Open(fstest.MapFS{"WordDocument": {}}, "", 0)
	require.ErrorIs(t, err, msg.NotAMessage)
}

// Every stream of a good file, cut at every length: always a finding, and everything else is still there.
func TestTruncations(t *testing.T) {
	whole := meeting()
	good, _ := records(t, whole.files)
	for name, f := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue // a hash bucket of the name map, which is not needed
		}
		for n := range f.Data {
			b := newBuilder()
			for k, v := range whole.files {
				b.files[k] = v
			}
			b.put(name, f.Data[:n])
			recs, errs := records(t, b.files)
			var codes []diag.Code
			for _, r := range recs {
				for _, f := range r.Findings {
					if f.Severity >= diag.Warning {
						codes = append(codes, f.Code)
					}
				}
			}
			require.NotEmpty(t, append(codes, codesOf(errs)...), "%s cut to %d", name, n)
			require.GreaterOrEqual(t, len(recs), len(good)-10)
		}
	}
}

func codesOf(errs []error) []diag.Code {
	var list []diag.Code
	for _, err := range errs {
		var f diag.Finding
		if errors.As(err, &f) {
			list = append(list, f.Code)
		}
	}
	return list
}

// A missing stream is never silent either.
func TestMissing(t *testing.T) {
	whole := meeting()
	for name := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue
		}
		b := newBuilder()
		for k, v := range whole.files {
			if k != name {
				b.files[k] = v
			}
		}
		recs, errs := records(t, b.files)
		worst := diag.Severity(0)
		for _, r := range recs {
			for _, f := range r.Findings {
				worst = max(worst, f.Severity)
			}
		}
		require.True(t, worst >= diag.Warning || len(errs) > 0, name)
	}
}

func TestUnreadable(t *testing.T) {
	whole := meeting()
	for name := range whole.files {
		if strings.Contains(name, "__substg1.0_10050102") {
			continue
		}
		recs, errs := records(t, brokenFS{whole.files, map[string]bool{name: true}})
		found := len(errs) > 0
		for _, r := range recs {
			found = found || slices.Contains(codes(r), msg.Unreadable)
		}
		require.True(t, found, name)
	}
}

// Whatever the bytes are, the reader ends, and shows no more than a small multiple of them.
func TestMutations(t *testing.T) {
	whole := meeting()
	var names []string
	size := 0
	for name, f := range whole.files {
		names = append(names, name)
		size += len(f.Data)
	}
	slices.Sort(names)
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 7))
		b := newBuilder()
		for k, v := range whole.files {
			b.files[k] = v
		}
		for range 1 + r.IntN(5) {
			name := names[r.IntN(len(names))]
			data := bytes.Clone(b.files[name].Data)
			for range 1 + r.IntN(4) {
				if len(data) > 0 {
					data[r.IntN(len(data))] = byte(r.IntN(256))
				}
			}
			b.put(name, data)
		}
		recs, _ := records(t, b.files)
		shown := 0
		for _, rec := range recs {
			shown += len(rec.Raw)
		}
		require.LessOrEqual(t, shown, 4*size)
	}
}

// Files of nothing but chance.
func TestRandom(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 8))
		noise := func(n int) []byte {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(r.IntN(256))
			}
			return b
		}
		b := newBuilder()
		for _, dir := range []string{"", "__recip_version1.0_#00000000/", "__attach_version1.0_#00000007/", "__attach_version1.0_#00000007/__substg1.0_3701000D/"} {
			props := noise(32)
			for range r.IntN(6) {
				types := []uint16{0x1F, 0x1E, 0x102, 0x0D, 0x101F, 0x1102, 0x1003, 3, 0xB, 0x48, uint16(r.IntN(65536))}
				ids := []uint16{0x3701, 0x37, 0x3FFD, 0x3FDE, 0x8000, 0x8001, uint16(r.IntN(65536))}
				typ, id := types[r.IntN(len(types))], ids[r.IntN(len(ids))]
				props = le.AppendUint16(le.AppendUint16(props, typ), id)
				props = append(props, noise(12)...)
				name := fmt.Sprintf("%s__substg1.0_%04X%04X", dir, id, typ)
				if r.IntN(3) > 0 && typ != 0x0D {
					b.put(name, noise(r.IntN(30)))
				}
				if r.IntN(3) == 0 {
					b.put(name+"-00000000", noise(r.IntN(9)))
				}
			}
			b.put(dir+"__properties_version1.0", append(props, noise(r.IntN(20))...))
		}
		for i := range 3 {
			b.put(fmt.Sprintf("__nameid_version1.0/__substg1.0_000%d0102", 2+i), noise(r.IntN(64)))
		}
		recs, _ := records(t, b.files)
		require.NotEmpty(t, recs)
	}
}

// A list that claims a million values without streams is one finding, and memory stays in proportion.
func TestManyValues(t *testing.T) {
	b := newBuilder()
	b.object("", 0, 0, 0, 0, 0, 0).stream(0x3001101F, 0, make([]byte, 400_000))
	recs, _ := records(t, b.files)
	require.Len(t, recs, 1)
	require.Equal(t, []diag.Code{msg.NoValueStream}, codes(recs[0]))
}

func TestStopEarly(t *testing.T) {
	b := meeting()
	b.put("orphan", nil)
	recs, _ := records(t, b.files)
	for n := range recs {
		r, err := msg.Open(b.files, "", 0)
		require.NoError(t, err)
		got := 0
		for range r.Records() {
			if got++; got == n+1 {
				break
			}
		}
		require.Equal(t, n+1, got)
	}
}

// A Reader is a dump.Reader, and can be read twice.
func TestTwice(t *testing.T) {
	r, err := msg.Open(meeting().files, "m", 0)
	require.NoError(t, err)
	var _ dump.Reader = r
	count := func() (n int) {
		for range r.Records() {
			n++
		}
		return n
	}
	require.Equal(t, count(), count())
	require.NotErrorIs(t, diag.Finding{Code: msg.NoStream}, io.ErrUnexpectedEOF)
	require.ErrorIs(t, diag.Finding{Code: msg.SizeOverrun}, io.ErrUnexpectedEOF)
}

// brokenDirFS cannot list some of its folders.
type brokenDirFS struct {
	fstest.MapFS
	broken string
}

func (b brokenDirFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.broken {
		return nil, errDisk
	}
	return b.MapFS.ReadDir(name)
}

func TestUnlistable(t *testing.T) {
	b := meeting()
	b.put("odd/inner/x", []byte{1})
	b.object("__attach_version1.0_#00000002").entry(mapi.PidTagAttachDataObject, unhex("FFFFFFFF04000000")...)
	b.put("__attach_version1.0_#00000002/__substg1.0_3701000D/Sub/x", []byte{1})
	for _, dir := range []string{"__nameid_version1.0", "__recip_version1.0_#00000000", "__attach_version1.0_#00000001/__substg1.0_3701000D",
		"odd", "odd/inner", "__attach_version1.0_#00000002/__substg1.0_3701000D/Sub"} {
		_, errs := records(t, brokenDirFS{b.files, dir})
		require.Contains(t, codesOf(errs), msg.Unreadable, dir)
		require.ErrorContains(t, errs[0], dir)
		require.ErrorContains(t, errs[0], errDisk.Error())
	}
	_, err := msg.Open(brokenDirFS{b.files, "."}, "", 0)
	require.ErrorIs(t, err, msg.Unreadable)
}

func TestHollowStorage(t *testing.T) {
	b := meeting()
	b.files["odd"] = &fstest.MapFile{Mode: fs.ModeDir}
	recs, errs := records(t, b.files)
	require.Empty(t, errs)
	last := recs[len(recs)-1]
	require.Equal(t, []diag.Code{msg.Unclaimed}, codes(last))
	require.Equal(t, "odd", last.Findings[0].Path)
}

// Pages in which bytes below 0x80 are not ASCII are always told.
func TestEBCDIC(t *testing.T) {
	for _, page := range []uint32{37, 1140} {
		b := newBuilder()
		b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, page).stream(0x0037001E, 1, []byte{0x40})
		recs, _ := records(t, b.files)
		require.Equal(t, msg.CodePage, codes(recs[1])[0])
	}
}

// UTF-8 is believed where the bytes are UTF-8, and only there.
func TestUTF8(t *testing.T) {
	for text, page := range map[string]int{"\xC3\xA4": 65001, "\xE4": 1252} {
		b := newBuilder()
		b.object("", 0, 0, 0, 0, 0, 0).number(mapi.PidTagMessageCodepage, 65001).number(mapi.PidTagMessageLocaleId, 1031).
			stream(0x0037001E, 1, []byte(text))
		recs, _ := records(t, b.files)
		v := recs[2].Prop.Value.(mapi.String8)
		require.Equal(t, page, v.CodePage)
		require.Equal(t, "ä", v.String())
	}
}
