package tnef_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

const (
	importance = mapi.PropTag(0x00170003)
	subject8   = mapi.PropTag(0x0037001E)
)

// inner is a message with a recipient, outer one with recipients, a file and the inner message attached.
func inner() *file {
	return newFile().begin(1252).
		msg(attRecipTable, join(u32(1), list(prop(mapi.PidTagDisplayName, one(zero16("Bob")))))).
		msg(attMsgProps, list(prop(mapi.PidTagSubject, one(zero16("Inner"))), lid(0x80000102, 0x825E, one([]byte("zone")))))
}

func outer() *file {
	return newFile().begin(1252).
		msg(attMessageClass, zero8("IPM.Microsoft Schedule.MtgReq")).
		msg(attSubject, zero8("Plan")).
		msg(attRecipTable, join(u32(2),
			list(prop(mapi.PidTagRecipientType, u32(1)), prop(mapi.PidTagDisplayName, one(zero16("Ann")))),
			list(prop(mapi.PidTagRecipientType, u32(2))))).
		msg(attMsgProps, list(
			prop(0x0E1B000B, u32(1)),
			prop(mapi.PidTagMessageDeliveryTime, unhex("00C0E41FD82ACD01")),
			lid(0x80000102, 0x825E, one(unhex("0201060002"))),
			name(0x8001101F, "Keywords", many(zero16("red"), zero16(""))),
			prop(0x00480048, appointment[:]),
			prop(0x300B1002, many2(1, 2)),
			prop(0x10011102, many([]byte{1, 2, 3}, nil)),
			prop(0x00170002, u32(5)))).
		att(attRendData, rendData).
		att(attTitle, zero8("a.txt")).
		att(attAttachData, []byte("file")).
		att(attAttachment, list(prop(mapi.PidTagAttachMethod, u32(1)))).
		att(attRendData, rendData).
		att(attAttachment, list(
			prop(mapi.PidTagAttachDataObject, object(iidMessage, inner().b)),
			prop(mapi.PidTagAttachMethod, u32(5))))
}

// many2 is a list of 16-bit numbers, each filled up to four bytes.
func many2(n ...uint16) []byte {
	out := u32(uint32(len(n)))
	for _, v := range n {
		out = le.AppendUint32(out, uint32(v))
	}
	return out
}

func TestItems(t *testing.T) {
	b := outer().b
	recs := records(t, b)
	var got []string
	for _, r := range recs {
		value := "<" + r.Text + ">"
		if r.Prop.Value != nil {
			value = r.Prop.Value.String()
		}
		got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %s %v", r.Item, r.Prop.Tag, value, codes(r)), " "))
		at := b[r.Offset:]
		if !r.Prop.Tag.Type().Multiple() && r.Text == "" && r.Raw != nil {
			require.Equal(t, hex.EncodeToString(r.Raw), hex.EncodeToString(at[:len(r.Raw)]), "%s stands at %d", r.Prop.Tag, r.Offset)
		}
	}
	want := []string{
		"message 0x00000000 <> [tnef.key]",
		"message 0x00000000 <> [tnef.attribute]",
		"message 0x00000000 <1252, 0> [tnef.attribute]",
		"message 0x001A001E IPM.Schedule.Meeting.Request [tnef.attribute]",
		"message 0x0037001E Plan [tnef.attribute]",
		"message/recipient 0 0x0C150003 1 []",
		"message/recipient 0 0x3001001F Ann []",
		"message/recipient 1 0x0C150003 2 []",
		"message 0x0E1B000B true []",
		"message 0x0E060040 2012-05-05T16:00:00Z []",
		"message 0x80000102 0201060002 []",
		`message 0x8001101F ["red",""] []`,
		"message 0x00480048 {00062002-0000-0000-C000-000000000046} []",
		"message 0x300B1002 [1,2] []",
		`message 0x10011102 ["010203",""] []`,
		"message 0x00170002 5 []",
		"message/attachment 0 0x00000000 <type 1 (file), position -1, 32 by 32, flags 0x00000000> [tnef.attribute]",
		"message/attachment 0 0x370B0003 -1 [tnef.attribute]",
		"message/attachment 0 0x3704001E a.txt [tnef.attribute]",
		"message/attachment 0 0x37010102 66696c65 [tnef.attribute]",
		"message/attachment 0 0x37050003 1 []",
		"message/attachment 1 0x00000000 <type 1 (file), position -1, 32 by 32, flags 0x00000000> [tnef.attribute]",
		"message/attachment 1 0x370B0003 -1 [tnef.attribute]",
		"message/attachment 1 0x3701000D <> [tnef.object]",
		"message/attachment 1 0x37050003 5 []",
		"message/attachment 1/message 0x00000000 <> [tnef.key]",
		"message/attachment 1/message 0x00000000 <> [tnef.attribute]",
		"message/attachment 1/message 0x00000000 <1252, 0> [tnef.attribute]",
		"message/attachment 1/message/recipient 0 0x3001001F Bob []",
		"message/attachment 1/message 0x0037001F Inner []",
		"message/attachment 1/message 0x80000102 7a6f6e65 []",
	}
	require.Empty(t, cmp.Diff(want, got))
	zone := mapi.PropName{Set: appointment, LID: mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay}
	require.Equal(t, zone, lookup(t, recs, "message", 0x80000102).Prop.Name)
	require.Equal(t, zone, lookup(t, recs, "message/attachment 1/message", 0x80000102).Prop.Name)
	require.Equal(t, mapi.PropName{Set: appointment, Name: "Keywords"}, lookup(t, recs, "message", 0x8001101F).Prop.Name)
	require.Equal(t, "0100"+"0200", hex.EncodeToString(lookup(t, recs, "message", 0x300B1002).Raw), "without the padding")
	require.Equal(t, "IPM.Microsoft Schedule.MtgReq", lookup(t, recs, "message", 0x001A001E).Text)
	for _, r := range recs {
		require.Equal(t, r.Prop.Tag != 0 && slices.Contains(codes(r), tnef.Attribute), r.Derived, "%s %s", r.Item, r.Prop.Tag)
	}

	n := 0
	for item, err := range dump.Items(tnef.NewReader(bytes.NewReader(b), "m", 0).Records()) {
		n++
		require.NoError(t, err)
		require.Equal(t, "IPM.Schedule.Meeting.Request", item.Class)
		require.Len(t, item.Recipients, 2)
		require.Len(t, item.Attachments, 2)
		require.Len(t, item.Attachments[1].Attachments, 1)
		require.Len(t, item.Attachments[1].Attachments[0].Recipients, 1)
	}
	require.Equal(t, 1, n)
}

// V31 of the dump vectors: the data of attMsgProps, whole and cut.
func TestVectorV31(t *testing.T) {
	data := unhex("02000000020100800220060000000000C000000000000046000000005E820000010000000500000002010600020000000B00020001000000")
	require.Len(t, data, 56)
	recs := records(t, newFile().msg(attMsgProps, data).b)
	require.Len(t, recs, 3)
	require.Equal(t, mapi.PropTag(0x80000102), recs[1].Prop.Tag)
	require.Equal(t, mapi.PropName{Set: appointment, LID: 33374}, recs[1].Prop.Name)
	require.Equal(t, "0201060002", hex.EncodeToString(recs[1].Raw))
	require.Equal(t, mapi.PropTag(0x0002000B), recs[2].Prop.Tag)
	require.Equal(t, "true", recs[2].Prop.Value.String())
	require.Empty(t, append(codes(recs[1]), codes(recs[2])...))

	recs = records(t, newFile().msg(attMsgProps, data[:40]).b)
	require.Len(t, recs, 2)
	require.Equal(t, "", hex.EncodeToString(recs[1].Raw))
	require.Equal(t, []diag.Code{tnef.PropertyOverrun}, codes(recs[1]))
	require.Contains(t, recs[1].Findings[0].Msg, "claims 5 bytes, 0 are left")
	recs = records(t, newFile().msg(attMsgProps, data[:43]).b)
	require.Equal(t, "020106", hex.EncodeToString(recs[1].Raw), "what is there is read")
	require.Equal(t, "020106", recs[1].Prop.Value.String())

	recs = records(t, newFile().msg(attMsgProps, join(u32(1), prop(0x30001002, u32(9), u32(1), unhex("020009")))).b)
	require.Contains(t, recs[1].Findings[0].Msg, "after 1 of the 9 values that are counted, with 020009 behind them")
}

func TestCatalogue(t *testing.T) {
	golden.CheckCodes(t, ".", tnef.Codes(), func(kind, example string) (all []diag.Finding) {
		require.Equal(t, "tnef", kind)
		for rec := range tnef.NewReader(bytes.NewReader(golden.Unhex(t, example)), "example", 0).Records() {
			for _, f := range rec.Findings {
				e, ok := diag.Lookup(tnef.Codes(), f.Code)
				require.True(t, !ok || e.Severity == f.Severity && e.Spec == f.Spec, f)
				all = append(all, f)
			}
		}
		return all
	})
	var without []diag.Code
	for _, e := range tnef.Codes() {
		require.True(t, strings.HasPrefix(string(e.Code), "tnef."))
		if e.Example == "" {
			without = append(without, e.Code)
		}
	}
	require.Equal(t, []diag.Code{tnef.TooLong, tnef.TooDeep}, without, "TestTooLong and TestDepth have these")
}

// TestFindings reads a list with one property, and one behind it that must be read all the same where lost is not set.
func TestFindings(t *testing.T) {
	tests := []struct {
		name  string
		prop  []byte
		tag   mapi.PropTag
		raw   string // none where there is no Raw
		value string
		want  []diag.Code
		lost  bool
	}{
		{"Boolean in the upper byte", prop(0x0E1B000B, unhex("00010000")), 0x0E1B000B, "0001", "true (256)", []diag.Code{tnef.BooleanValue}, false},
		{"Boolean with memory behind it", prop(0x0E1B000B, unhex("0000623E")), 0x0E1B000B, "00", "false", []diag.Code{tnef.Padding}, false},
		{"float, double, time, currency", prop(0x30000004, u32(0x3F800000)), 0x30000004, "0000803f", "1", nil, false},
		{"double", prop(0x30000005, unhex("000000000000F03F")), 0x30000005, "000000000000f03f", "1", nil, false},
		{"days", prop(0x30000007, unhex("000000000000F03F")), 0x30000007, "000000000000f03f", "1899-12-31T00:00:00", nil, false},
		{"currency", prop(0x30000006, unhex("3930000000000000")), 0x30000006, "3930000000000000", "1.2345", nil, false},
		{"64 bits", prop(0x30000014, unhex("FFFFFFFFFFFFFFFF")), 0x30000014, "ffffffffffffffff", "-1", nil, false},
		{"error", prop(0x1009000A, u32(0x8004010F)), 0x1009000A, "0f010480", "MAPI_E_NOT_FOUND", nil, false},
		{"times", prop(0x30001040, u32(1), unhex("00C0E41FD82ACD01")), 0x30001040, "00c0e41fd82acd01", `["2012-05-05T16:00:00Z"]`, nil, false},
		{"GUIDs", prop(0x30001048, u32(1), appointment[:]), 0x30001048, hex.EncodeToString(appointment[:]), `["{00062002-0000-0000-C000-000000000046}"]`, nil, false},
		{"no numbers", prop(0x30001003, u32(0)), 0x30001003, "", "[]", nil, false},
		{"no texts", prop(0x3000101F, u32(0)), 0x3000101F, "", "[]", nil, false},
		{"padding of a list", prop(0x30001002, u32(3), unhex("0100FFFF 02000000 0300AAAA")), 0x30001002, "010002000300", "[1,2,3]", []diag.Code{tnef.Padding}, false},
		{"padding of a text", prop(subject8, unhex("01000000 02000000 4100 FFFF")), subject8, "41", "A", []diag.Code{tnef.Padding}, false},
		{"empty text", prop(subject8, one(nil)), subject8, "", "", []diag.Code{tnef.NoTerminator}, false},
		{"text without NUL", prop(mapi.PidTagSubject, one(utf16("AB"))), mapi.PidTagSubject, "41004200", "AB", []diag.Code{tnef.NoTerminator}, false},
		{"NUL inside", prop(mapi.PidTagSubject, one(zero16("A\x00B"))), mapi.PidTagSubject, "410000004200", "A\x00B", []diag.Code{tnef.EmbeddedNUL}, false},
		{"two NULs at the end", prop(subject8, one(unhex("410000"))), subject8, "4100", "A\x00", []diag.Code{tnef.EmbeddedNUL}, false},
		{"half a code unit", prop(mapi.PidTagSubject, one(unhex("410042"))), mapi.PidTagSubject, "410042", "410042", []diag.Code{mapi.Truncated, tnef.NoTerminator}, false},
		{"lone surrogate", prop(mapi.PidTagSubject, one(unhex("00D80000"))), mapi.PidTagSubject, "00d8", "\xED\xA0\x80", nil, false},
		{"texts without NUL", prop(0x3001101E, many([]byte("A"), []byte("B\x00C\x00"), zero8("D"))), 0x3001101E, "01000000" + "41" + "03000000" + "420043" + "01000000" + "44", `["A","B\u0000C","D"]`, []diag.Code{tnef.NoTerminator, tnef.EmbeddedNUL}, false},
		{"no value", prop(subject8, u32(0)), subject8, "none", "", []diag.Code{tnef.ValueCount}, false},
		{"two values", prop(subject8, many(zero8("A"), zero8("B"))), subject8, "01000000" + "41" + "01000000" + "42", "01000000410100000042", []diag.Code{tnef.ValueCount}, false},
		{"object of another kind", prop(0x3701000D, object(iidStorage, []byte("ole"))), 0x3701000D, "6f6c65", "6f6c65", []diag.Code{tnef.Object}, false},
		{"object of no kind", prop(0x3701000D, object(strings.Repeat("11", 16), nil)), 0x3701000D, "", "", []diag.Code{tnef.Object}, false},
		{"object too short", prop(0x3701000D, one(unhex("0703"))), 0x3701000D, "0703", "0703", []diag.Code{tnef.ObjectForm}, false},
		{"message that is none", prop(0x3701000D, object(iidMessage, []byte("none"))), 0x3701000D, "6e6f6e65", "6e6f6e65", []diag.Code{tnef.ObjectForm}, false},
		{"name of odd size", prop(0x80000003, appointment[:], u32(1), sized([]byte("A\x00B")), u32(7)), 0x80000003, "07000000", "7", []diag.Code{tnef.NameForm}, false},

		{"claims 4 GB", prop(0x37010102, u32(1), u32(0xFFFFFFFF)), 0x37010102, "", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"counts 4 GB of values", prop(0x3001101E, u32(0xFFFFFFFF), sized(zero8("A")), []byte{1}), 0x3001101E, "01000000" + "41", `["A"]`, []diag.Code{tnef.PropertyOverrun}, true},
		{"counts 4 GB of numbers", prop(0x30001002, u32(0xFFFFFFFF), u32(1), []byte{2, 0, 9}), 0x30001002, "0100" + "0200", "[1,2]", []diag.Code{tnef.CountTooBig}, true},
		{"number cut", prop(importance, []byte{1, 0}), importance, "0100", "0100", []diag.Code{tnef.PropertyOverrun}, true},
		{"number of values cut", prop(subject8, []byte{1, 0}), subject8, "0100", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"number of numbers cut", prop(0x30001003, []byte{1}), 0x30001003, "01", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"size cut", prop(subject8, u32(1), []byte{9, 0}), subject8, "0900", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"size missing", prop(subject8, u32(1)), subject8, "none", "", []diag.Code{tnef.CountTooBig}, true},
		{"unknown type", prop(0x30000107, u32(1)), 0x30000107, "01000000", "01000000", []diag.Code{tnef.UnknownType}, true},
		{"null", prop(0x30000001), 0x30000001, "", "", []diag.Code{tnef.UnknownType}, true},
		{"list of Booleans", prop(0x3000100B, u32(0)), 0x3000100B, "00000000", "00000000", []diag.Code{tnef.UnknownType}, true},
		{"list of objects", prop(0x3000100D, u32(0)), 0x3000100D, "00000000", "00000000", []diag.Code{tnef.UnknownType}, true},
		{"one of a list", prop(0x30003003, u32(0)), 0x30003003, "00000000", "00000000", []diag.Code{tnef.UnknownType}, true},
		{"type of a code page", prop(0x3000801F, u32(0)), 0x3000801F, "00000000", "00000000", []diag.Code{tnef.UnknownType}, true},
		{"name of kind 2", prop(0x80000003, appointment[:], u32(2), u32(0)), 0x80000003, hex.EncodeToString(appointment[:]) + "0200000000000000", "", []diag.Code{tnef.NameKind}, true},
		{"name cut", prop(0x80000003, appointment[:8]), 0x80000003, hex.EncodeToString(appointment[:8]), "", []diag.Code{tnef.PropertyOverrun}, true},
		{"name longer than all", prop(0x80000003, appointment[:], u32(1), u32(0xFFFFFFFF)), 0x80000003, hex.EncodeToString(appointment[:]) + "01000000ffffffff", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"name without padding", prop(0x80000003, appointment[:], u32(1), u32(2), []byte{0, 0}), 0x80000003, hex.EncodeToString(appointment[:]) + "01000000" + "02000000" + "0000", "", []diag.Code{tnef.PropertyOverrun}, true},
		{"tag cut", []byte{3, 0}, 0, "0300", "", []diag.Code{tnef.PropertyOverrun}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := join(u32(1), tt.prop)
			if !tt.lost {
				data = list(tt.prop, prop(mapi.PidTagMessageFlags, u32(4)))
			}
			f := newFile().msg(attMsgProps, data)
			recs := records(t, f.msg(attAidOwner, u32(2)).b)
			rec := recs[1]
			require.Equal(t, tt.tag, rec.Prop.Tag)
			if tt.raw == "none" {
				require.Nil(t, rec.Raw)
			} else {
				require.NotNil(t, rec.Raw)
				require.Equal(t, tt.raw, hex.EncodeToString(rec.Raw))
			}
			value := ""
			if rec.Prop.Value != nil {
				value = rec.Prop.Value.String()
			}
			require.Equal(t, tt.value, value)
			require.Equal(t, tt.want, codes(rec))
			if !tt.lost {
				require.Equal(t, "4", lookup(t, recs, "message", mapi.PidTagMessageFlags).Prop.Value.String())
			}
			require.Equal(t, "2", lookup(t, recs, "message", mapi.PidTagOwnerAppointmentId).Prop.Value.String(), "the next attribute is read in any case")
			// Where the property ends with the file it is the same, but for the attribute that claims more.
			cut := newFile().msg(attMsgProps, data).b
			cut = cut[:len(cut)-2]
			le.PutUint32(cut[6+5:], uint32(len(data)+9))
			recs = records(t, cut)
			require.Equal(t, []diag.Code{tnef.AttributeOverrun}, codes(recs[1]))
			require.Equal(t, rec.Raw, recs[2].Raw)
			require.Equal(t, codes(rec), codes(recs[2]))
		})
	}
}

func TestDuplicates(t *testing.T) {
	recs := records(t, newFile().msg(attMsgProps, list(
		prop(0x3A40000B, u32(1)), prop(0x3A40000B, u32(1)), prop(importance, u32(1)), prop(importance, u32(2)),
		// Exchange gives all named properties the same id.
		lid(0x80000003, 0x8216, u32(1)), lid(0x80000003, 0x8217, u32(1)), lid(0x80000003, 0x8216, u32(9)))).
		msg(attPriority, u16(1)).msg(attPriority, u16(1)).
		att(attTitle, zero8("a")).att(attRendData, rendData).att(attTitle, zero8("b")).att(attTitle, zero8("c")).b)
	var got []string
	for _, r := range recs[1:] {
		got = append(got, fmt.Sprintf("%s %s %v", r.Item, r.Prop.Tag, codes(r)))
	}
	require.Empty(t, cmp.Diff([]string{
		"message 0x3A40000B []", "message 0x3A40000B [tnef.repeated]",
		"message 0x00170003 []", "message 0x00170003 [tnef.duplicate-property]",
		"message 0x80000003 []", "message 0x80000003 []", "message 0x80000003 [tnef.duplicate-property]",
		"message 0x00170003 [tnef.attribute]", "message 0x00000000 [tnef.duplicate-attribute]", "message 0x00170003 [tnef.attribute]",
		"message/attachment 0 0x00000000 [tnef.no-rend-data]", "message/attachment 0 0x3704001E [tnef.attribute]",
		"message/attachment 1 0x00000000 [tnef.attribute]", "message/attachment 1 0x370B0003 [tnef.attribute]",
		"message/attachment 1 0x3704001E [tnef.attribute]", "message/attachment 1 0x00000000 [tnef.duplicate-attribute]",
		"message/attachment 1 0x3704001E [tnef.attribute]",
	}, got))
}

func TestRecipients(t *testing.T) {
	row := func(n uint32) []byte { return list(prop(mapi.PidTagRecipientType, u32(n))) }
	none := u32(0)
	for name, tt := range map[string]struct {
		table []byte
		want  []string
	}{
		"rows":           {join(u32(2), row(1), row(2)), []string{"message/recipient 0 1", "message/recipient 1 2"}},
		"no rows":        {u32(0), nil},
		"rows in others": {join(u32(4), none, row(1), none, none), []string{"message [tnef.empty-row]", "message/recipient 1 1", "message [tnef.empty-row]"}},
		"too few":        {join(u32(9), row(1)), []string{"message/recipient 0 1", "message [tnef.count-too-big]"}},
		"too few, empty": {join(u32(9), none), []string{"message [tnef.count-too-big]", "message [tnef.empty-row]"}},
		"bytes behind":   {join(u32(1), row(1), []byte{9}), []string{"message/recipient 0 1", "message [tnef.trailing] 09"}},
		"count cut":      {[]byte{1, 0}, []string{"message [tnef.property-overrun] 0100"}},
		"row cut":        {join(u32(3), row(1), []byte{1, 0}), []string{"message/recipient 0 1", "message/recipient 1 [tnef.property-overrun] 0100"}},
		"property cut":   {join(u32(3), row(1), u32(2), []byte{3, 0}), []string{"message/recipient 0 1", "message/recipient 1 [tnef.property-overrun] 0300"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			recs := records(t, newFile().msg(attRecipTable, tt.table).b)
			for _, r := range recs[1:] {
				line := r.Item
				if r.Prop.Value != nil {
					line += " " + r.Prop.Value.String()
				}
				if len(r.Findings) > 0 {
					line += fmt.Sprintf(" %v %x", codes(r), r.Raw)
				}
				got = append(got, strings.TrimRight(line, " "))
			}
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
	// A second table goes on counting.
	recs := records(t, newFile().msg(attRecipTable, join(u32(1), row(1))).msg(attRecipTable, join(u32(1), row(2))).b)
	require.Equal(t, "message/recipient 1", recs[len(recs)-1].Item)
}

// TestSameAsMSG writes a message in both forms and reads the same properties from both.
func TestSameAsMSG(t *testing.T) {
	type property struct {
		tag   mapi.PropTag
		short []byte // in a property stream
		long  []byte // in a stream of its own, without NUL
		tnef  []byte
		nul   uint32 // what sizes of .msg count beside it
	}
	eight := func(b []byte) []byte { return append(b, make([]byte, 8-len(b))...) }
	text := "Jour f\u00EAri\u00E9 \U0001F600"
	props := []property{
		{tag: 0x00170003, short: eight(u32(1)), tnef: u32(1)},
		{tag: 0x0E1B000B, short: eight(u16(1)), tnef: u32(1)},
		{tag: 0x00170002, short: eight(u16(0xFFFF)), tnef: u32(0xFFFF)},
		{tag: 0x0E060040, short: unhex("00C0E41FD82ACD01"), tnef: unhex("00C0E41FD82ACD01")},
		{tag: 0x0037001F, long: utf16(text), tnef: one(zero16(text)), nul: 2},
		{tag: 0x0070001E, long: []byte("\x93\xFA"), tnef: one([]byte("\x93\xFA\x00")), nul: 1},
		{tag: 0x300B0102, long: []byte{1, 2, 3, 4, 5}, tnef: one([]byte{1, 2, 3, 4, 5})},
		{tag: 0x00480048, long: appointment[:], tnef: appointment[:]},
		{tag: 0x30011003, long: join(u32(1), u32(2)), tnef: join(u32(2), u32(1), u32(2))},
		{tag: 0x3FFD0003, short: eight(u32(932)), tnef: u32(932)},
	}
	stream, files, inTNEF := make([]byte, 32), fstest.MapFS{}, [][]byte{}
	for _, p := range props {
		value := p.short
		if p.long != nil {
			value = eight(u32(uint32(len(p.long)) + p.nul))
			files[fmt.Sprintf("__substg1.0_%08X", uint32(p.tag))] = &fstest.MapFile{Data: p.long}
		}
		stream = append(append(le.AppendUint32(le.AppendUint32(stream, uint32(p.tag)), 6), value...), []byte{}...)
		inTNEF = append(inTNEF, prop(p.tag, p.tnef))
	}
	files["__properties_version1.0"] = &fstest.MapFile{Data: stream}
	r, err := msg.Open(files, "m", 0)
	require.NoError(t, err)
	var want, got []string
	show := func(r dump.Record) string {
		return fmt.Sprintf("%s %s %x %#v", r.Item, r.Prop.Tag, r.Raw, r.Prop.Value)
	}
	for rec, err := range r.Records() {
		require.NoError(t, err)
		want = append(want, show(rec))
	}
	for _, rec := range records(t, newFile().msg(attMsgProps, list(inTNEF...)).b)[1:] {
		got = append(got, show(rec))
	}
	require.Empty(t, cmp.Diff(want, got))
	require.Len(t, got, len(props))
}

func TestNames(t *testing.T) {
	recs := records(t, newFile().msg(attMsgProps, list(
		name(0x8000001F, "x-é\U0001F600", one(zero16("A"))),
		name(0x80010003, "", u32(1)),
		prop(0xFFFF0003, appointment[:], u32(0), u32(7), u32(1)),
		name(0x80020003, "odd", u32(3)))).b)
	require.Equal(t, mapi.PropName{Set: appointment, Name: "x-é\U0001F600"}, recs[1].Prop.Name)
	require.True(t, recs[2].Prop.Name.IsZero(), "an empty name is none")
	require.Equal(t, []diag.Code{tnef.NameForm}, codes(recs[2]))
	require.Equal(t, mapi.PropName{Set: appointment, LID: 7}, recs[3].Prop.Name)
	require.Equal(t, "odd", recs[4].Prop.Name.Name)
	require.Equal(t, guid.GUID(appointment), recs[4].Prop.Name.Set)
}
