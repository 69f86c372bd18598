package tnef_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// TestAttributes has every attribute, and what may be wrong with one. Without a tag the data must be shown as they are.
func TestAttributes(t *testing.T) {
	only := []diag.Code{tnef.Attribute}
	odd := []diag.Code{tnef.AttributeForm}
	tests := []struct {
		name  string
		level byte
		id    uint32
		data  []byte
		tag   mapi.PropTag
		raw   string
		value string
		text  string
		want  []diag.Code
	}{
		{"subject", 1, attSubject, zero8("Plan"), 0x0037001E, "506c616e", "Plan", "", only},
		{"subject, empty", 1, attSubject, zero8(""), 0x0037001E, "", "", "", only},
		{"subject of no bytes", 1, attSubject, nil, 0x0037001E, "", "", "", []diag.Code{tnef.NoTerminator, tnef.Attribute}},
		{"subject without NUL", 1, attSubject, []byte("Plan"), 0x0037001E, "506c616e", "Plan", "", []diag.Code{tnef.NoTerminator, tnef.Attribute}},
		{"subject with NULs", 1, attSubject, unhex("41004200"), 0x0037001E, "410042", "A\x00B", "", []diag.Code{tnef.EmbeddedNUL, tnef.Attribute}},
		{"body", 1, attBody, zero8("a\r\nb"), 0x1000001E, "610d0a62", "a\r\nb", "", only},
		{"class of today", 1, attMessageClass, zero8("IPM.Note"), 0x001A001E, hex.EncodeToString([]byte("IPM.Note")), "IPM.Note", "", only},
		{"class of old", 1, attMessageClass, zero8("IPM.Microsoft Mail.Non-Delivery"), 0x001A001E, hex.EncodeToString([]byte("Report.IPM.Note.NDR")), "Report.IPM.Note.NDR", "IPM.Microsoft Mail.Non-Delivery", only},
		{"class of nobody", 1, attMessageClass, zero8("IPM.Microsoft Mail.Other"), 0x001A001E, hex.EncodeToString([]byte("IPM.Microsoft Mail.Other")), "IPM.Microsoft Mail.Other", "", only},
		{"original class", 1, attOrigClass, zero8("IPM.Note"), 0x004B001E, hex.EncodeToString([]byte("IPM.Note")), "IPM.Note", "", only},
		{"original class, id of tnef.h", 1, 0x00070006, zero8("IPM.Note"), 0x004B001E, hex.EncodeToString([]byte("IPM.Note")), "IPM.Note", "", only},
		{"message id", 1, attMessageID, zero8("00FFab"), 0x300B0102, "00ffab", "00ffab", "00FFab", only},
		{"parent id", 1, attParentID, zero8("01"), 0x00250102, "01", "01", "01", only},
		{"conversation id", 1, attConvID, zero8("02"), 0x000B0102, "02", "02", "02", only},
		{"message id of half a byte", 1, attMessageID, zero8("00FFa"), 0, "", "", "", odd},
		{"message id that is none", 1, attMessageID, zero8("<a@b>"), 0, "", "", "", odd},
		{"message id, empty", 1, attMessageID, zero8(""), 0, "", "", "", odd},
		{"priority high", 1, attPriority, u16(1), 0x00170003, "02000000", "2", "1", only},
		{"priority normal", 1, attPriority, u16(2), 0x00170003, "01000000", "1", "2", only},
		{"priority low", 1, attPriority, u16(3), 0x00170003, "00000000", "0", "3", only},
		{"priority 0", 1, attPriority, u16(0), 0, "", "", "", odd},
		{"priority 4", 1, attPriority, u16(4), 0, "", "", "", odd},
		{"priority of one byte", 1, attPriority, []byte{1}, 0, "", "", "", odd},
		{"response wanted", 1, attRequestRes, u16(1), 0x0063000B, "01", "true", "", only},
		{"response not wanted", 1, attRequestRes, u16(0), 0x0063000B, "00", "false", "", only},
		{"response 0x0100", 1, attRequestRes, u16(0x100), 0x0063000B, "0001", "true (256)", "", []diag.Code{tnef.BooleanValue, tnef.Attribute}},
		{"response of four bytes", 1, attRequestRes, u32(1), 0, "", "", "", odd},
		{"appointment id", 1, attAidOwner, u32(0xFFFFFFFE), 0x00620003, "feffffff", "-2", "", only},
		{"appointment id of two bytes", 1, attAidOwner, u16(1), 0, "", "", "", odd},
		{"status none", 1, attStatus, []byte{0}, 0x0E070003, "02000000", "2", "0x00", only},
		{"status all", 1, attStatus, []byte{0xA7}, 0x0E070003, "1d000000", "29", "0xA7", only},
		{"status local, sent", 1, attStatus, []byte{0x06}, 0x0E070003, "0e000000", "14", "0x06", only},
		{"status unknown", 1, attStatus, []byte{0x08}, 0, "", "", "", odd},
		{"status of four bytes", 1, attStatus, u32(1), 0, "", "", "", odd},
		{"date start", 1, attDateStart, date(2026, 9, 15, 7, 30, 5, 2), 0, "", "", "2026-09-15 07:30:05", only},
		{"date end", 1, attDateEnd, date(2024, 2, 29, 0, 0, 0, 4), 0, "", "", "2024-02-29 00:00:00", only},
		{"date sent", 1, attDateSent, date(1601, 1, 1, 23, 59, 59, 1), 0, "", "", "1601-01-01 23:59:59", only},
		{"date received", 1, attDateRecd, date(9999, 12, 31, 0, 0, 0, 5), 0, "", "", "9999-12-31 00:00:00", only},
		{"date modified", 1, attDateModified, date(2026, 9, 15, 0, 0, 0, 3), 0, "", "", "2026-09-15 00:00:00", []diag.Code{tnef.Weekday, tnef.Attribute}},
		{"no date", 1, attDateSent, date(2023, 2, 29, 0, 0, 0, 3), 0, "", "", "", odd},
		{"hour 24", 1, attDateSent, date(2026, 9, 15, 24, 0, 0, 2), 0, "", "", "", odd},
		{"all zero", 1, attDateSent, make([]byte, 14), 0, "", "", "", odd},
		{"date of 16 bytes", 1, attDateSent, make([]byte, 16), 0, "", "", "", odd},
		{"delegate", 1, attDelegate, []byte{1, 2}, 0, "", "", "", only},
		{"version", 1, attVersion, u32(0x00010000), 0, "", "", "", only},
		{"version 2", 1, attVersion, u32(0x00020000), 0, "", "", "", []diag.Code{tnef.Version}},
		{"version of two bytes", 1, attVersion, u16(1), 0, "", "", "", odd},
		{"code page", 1, attCodePage, join(u32(1252), u32(7)), 0, "", "", "1252, 7", only},
		{"code page of four bytes", 1, attCodePage, u32(1252), 0, "", "", "", odd},
		{"unknown", 1, 0x00061234, []byte{1}, 0, "", "", "", []diag.Code{tnef.UnknownAttribute}},
		{"unknown, empty", 1, 0x00061234, nil, 0, "", "", "", []diag.Code{tnef.UnknownAttribute}},
		{"unknown of an attachment", 2, 0x00061234, []byte{1}, 0, "", "", "", []diag.Code{tnef.UnknownAttribute}},
		{"title", 2, attTitle, zero8("a.txt"), 0x3704001E, hex.EncodeToString([]byte("a.txt")), "a.txt", "", only},
		{"transport name", 2, attTransport, zero8("a.txt"), 0x370C001E, hex.EncodeToString([]byte("a.txt")), "a.txt", "", only},
		{"data", 2, attAttachData, []byte{1, 2, 3}, 0x37010102, "010203", "010203", "", only},
		{"no data", 2, attAttachData, nil, 0x37010102, "", "", "", only},
		{"meta file", 2, attMetaFile, []byte{1}, 0x37090102, "01", "01", "", only},
		{"created", 2, attCreateDate, date(2026, 9, 15, 7, 30, 5, 2), 0, "", "", "2026-09-15 07:30:05", only},
		{"modified", 2, attModifyDate, date(2026, 9, 15, 7, 30, 5, 2), 0, "", "", "2026-09-15 07:30:05", only},
		{"rendering of one byte", 2, attRendData, []byte{1}, 0, "", "", "", odd},
		{"rendering of type 3", 2, attRendData, unhex("0300 05000000 2000 1000 01000000"), 0, "", "", "type 3 (), position 5, 32 by 16, flags 0x00000001", []diag.Code{tnef.AttributeForm, tnef.Attribute}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, item := newFile(), "message"
			if tt.level == 2 {
				item = "message/attachment 0"
				if tt.id != attRendData {
					f.att(attRendData, rendData)
				}
			}
			n := len(records(t, f.b))
			at := len(f.b) + 9
			rec := records(t, f.attr(tt.level, tt.id, tt.data).b)[n]
			raw := tt.raw
			if tt.tag == 0 {
				raw = hex.EncodeToString(tt.data)
			}
			require.Empty(t, cmp.Diff([]any{item, int64(at), tt.tag, raw, tt.text, tt.want, tt.tag != 0},
				[]any{rec.Item, rec.Offset, rec.Prop.Tag, hex.EncodeToString(rec.Raw), rec.Text, codes(rec), rec.Derived}))
			if tt.tag != 0 {
				require.Equal(t, tt.value, rec.Prop.Value.String())
			} else {
				require.Nil(t, rec.Prop.Value)
			}
		})
	}
}

// TestLevels has every attribute at the level of the others: it is taken for what it is.
func TestLevels(t *testing.T) {
	recs := records(t, newFile().att(attSubject, zero8("A")).msg(attTitle, zero8("a.txt")).b)
	require.Equal(t, []diag.Code{tnef.Level}, codes(recs[1]))
	require.Equal(t, "A", lookup(t, recs, "message", subject8).Prop.Value.String())
	require.Len(t, with(recs, tnef.NoRendData), 1)
	require.Len(t, with(recs, tnef.Level), 2)
	require.Equal(t, "a.txt", lookup(t, recs, "message/attachment 0", 0x3704001E).Prop.Value.String())
}

func TestAddresses(t *testing.T) {
	// header is that of attFrom.
	header := func(kind, all, name, address int) []byte {
		return join(u16(uint16(kind)), u16(uint16(all)), u16(uint16(name)), u16(uint16(address)))
	}
	from := func(name, address string) []byte {
		return join(header(4, 16+len(name)+len(address), len(name), len(address)), []byte(name), []byte(address), make([]byte, 8))
	}
	pair := func(name, address string) []byte {
		return join(u16(uint16(len(name))), []byte(name), u16(uint16(len(address))), []byte(address))
	}
	class := func(c string) func(*file) { return func(f *file) { f.msg(attMessageClass, zero8(c)) } }
	nothing := func(*file) {}
	sent := []string{`0x0042001E "Ann" [tnef.attribute]`, `0x0064001E "SMTP" [tnef.attribute]`, `0x0065001E "ann@example.org" [tnef.attribute]`}
	received := []string{`0x0044001E "Ann" [tnef.attribute]`, `0x0077001E "SMTP" [tnef.attribute]`, `0x0078001E "ann@example.org" [tnef.attribute]`}
	sender := []string{`0x0C1A001E "Ann" [tnef.attribute]`, `0x0C1E001E "SMTP" [tnef.attribute]`, `0x0C1F001E "ann@example.org" [tnef.attribute]`}
	const address = "SMTP:ann@example.org\x00"
	for name, tt := range map[string]struct {
		before func(*file)
		id     uint32
		data   []byte
		want   []string
	}{
		"from":                    {nothing, attFrom, from("Ann\x00", address), sender},
		"from, name filled up":    {nothing, attFrom, from("Anna\x00\x00", "X:B\x00"), []string{`0x0C1A001E "Anna" [tnef.attribute]`, `0x0C1E001E "X" [tnef.attribute]`, `0x0C1F001E "B" [tnef.attribute]`}},
		"from, name of many NULs": {nothing, attFrom, from("A\x00\x00\x00", "X:B\x00"), []string{`0x0C1A001E "A\x00" [tnef.embedded-nul tnef.attribute]`, `0x0C1E001E "X" [tnef.attribute]`, `0x0C1F001E "B" [tnef.attribute]`}},
		"from, other length":      {nothing, attFrom, join(header(4, 0, 4, 4), []byte("Ann\x00X:B\x00"), make([]byte, 8)), []string{`0x0C1A001E "Ann" [tnef.address-length tnef.attribute]`, `0x0C1E001E "X" [tnef.attribute]`, `0x0C1F001E "B" [tnef.attribute]`}},
		"from, of nobody":         {nothing, attFrom, from("\x00", ":\x00"), []string{`0x0C1A001E "" [tnef.attribute]`, `0x0C1E001E "" [tnef.attribute]`, `0x0C1F001E "" [tnef.attribute]`}},
		"from, without NULs":      {nothing, attFrom, from("A", "X:B"), []string{`0x0C1A001E "A" [tnef.no-terminator tnef.attribute]`, `0x0C1E001E "X" [tnef.attribute]`, `0x0C1F001E "B" [tnef.no-terminator tnef.attribute]`}},
		"from, without type":      {nothing, attFrom, from("A\x00", "B\x00"), []string{"raw [tnef.attribute-form]"}},
		"from, kind 3":            {nothing, attFrom, join(header(3, 20, 2, 2), []byte("A\x00B\x00"), make([]byte, 8)), []string{"raw [tnef.attribute-form]"}},
		"from, too short":         {nothing, attFrom, header(4, 16, 9, 9), []string{"raw [tnef.address-length tnef.attribute-form]"}},
		"from, no header":         {nothing, attFrom, []byte{4, 0}, []string{"raw [tnef.attribute-form]"}},
		"from, bytes behind":      {nothing, attFrom, append(from("A\x00", "X:B\x00"), 9), []string{"raw [tnef.attribute-form]"}},
		"sent for":                {nothing, attSentFor, pair("Ann\x00", address), sent},
		"sent for, cut":           {nothing, attSentFor, pair("Ann\x00", address)[:9], []string{"raw [tnef.attribute-form]"}},
		"sent for, empty":         {nothing, attSentFor, nil, []string{"raw [tnef.attribute-form]"}},
		"sent for, bytes behind":  {nothing, attSentFor, append(pair("Ann\x00", address), 0), []string{"raw [tnef.attribute-form]"}},
		"owner of a request":      {class("IPM.Microsoft Schedule.MtgReq"), attOwner, pair("Ann\x00", address), sent},
		"owner of a cancellation": {class("IPM.Schedule.Meeting.Canceled"), attOwner, pair("Ann\x00", address), sent},
		"owner of a response":     {class("IPM.Microsoft Schedule.MtgRespA"), attOwner, pair("Ann\x00", address), received},
		"owner of a note":         {class("IPM.Note"), attOwner, pair("\xC4nn\x00", address), []string{`raw "Änn <SMTP:ann@example.org>" [tnef.attribute]`}},
		"owner of a long class":   {class(strings.Repeat("x", 1000)), attOwner, pair("Ann\x00", address), []string{`raw "Ann <SMTP:ann@example.org>" [tnef.attribute]`}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFile()
			tt.before(f)
			n, at := len(records(t, f.b)), len(f.b)+9
			f.msg(tt.id, tt.data)
			var got []string
			for _, r := range records(t, f.b)[n:] {
				if r.Prop.Tag == 0 {
					require.Equal(t, int64(at), r.Offset)
					require.Equal(t, hex.EncodeToString(tt.data), hex.EncodeToString(r.Raw))
					text := ""
					if r.Text != "" {
						text = fmt.Sprintf(" %q", r.Text)
					}
					got = append(got, fmt.Sprintf("raw%s %v", text, codes(r)))
					continue
				}
				require.Equal(t, hex.EncodeToString(r.Raw), hex.EncodeToString(f.b[r.Offset:][:len(r.Raw)]), "%s at %d", r.Prop.Tag, r.Offset)
				got = append(got, fmt.Sprintf("%s %q %v", r.Prop.Tag, r.Prop.Value, codes(r)))
			}
			require.Empty(t, cmp.Diff(tt.want, got))
		})
	}
}

func TestCodePages(t *testing.T) {
	const page = mapi.PidTagMessageCodepage
	type text struct {
		item, text, source string
		page               int
		want               []diag.Code
	}
	plain := prop(page, u32(1251))
	for name, tt := range map[string]struct {
		f    *file
		want text
	}{
		"of attOemCodepage": {newFile().begin(1251).msg(attMsgProps, list(prop(subject8, one(unhex("CFE500"))))),
			text{"message", "Пе", "attOemCodepage of message", 1251, []diag.Code{tnef.CodePage}}},
		"which comes before PidTagMessageCodepage": {newFile().begin(1252).msg(attMsgProps, list(plain, prop(subject8, one(unhex("CFE500"))))),
			text{"message", "Ïå", "attOemCodepage of message", 1252, []diag.Code{tnef.CodePage}}},
		"of PidTagMessageCodepage, which may come later": {newFile().msg(attMsgProps, list(prop(subject8, one(unhex("CFE500"))), plain)),
			text{"message", "Пе", "PidTagMessageCodepage of message", 1251, []diag.Code{tnef.CodePage}}},
		"attOemCodepage that says nothing": {newFile().begin(1200).msg(attMsgProps, list(plain, prop(subject8, one(unhex("CFE500"))))),
			text{"message", "Пе", "PidTagMessageCodepage of message", 1251, []diag.Code{tnef.CodePage}}},
		"attOemCodepage that cannot be": {newFile().begin(65001).msg(attMsgProps, list(plain, prop(subject8, one(unhex("CFE500"))))),
			text{"message", "Пе", "PidTagMessageCodepage of message", 1251, []diag.Code{tnef.CodePageConflict}}},
		"nothing else can be": {newFile().begin(65001).msg(attMsgProps, list(prop(subject8, one(unhex("E800"))))),
			text{"message", "č", "caller", 1250, []diag.Code{tnef.CodePageGuess}}},
		"nothing": {newFile().msg(attSubject, unhex("E800")),
			text{"message", "č", "caller", 1250, []diag.Code{tnef.Attribute, tnef.CodePageGuess}}},
		"plain": {newFile().begin(1251).msg(attSubject, zero8("A")),
			text{"message", "A", "attOemCodepage of message", 1251, []diag.Code{tnef.Attribute}}},
		"of the message around it": {newFile().begin(1251).att(attRendData, rendData).att(attAttachment, list(prop(mapi.PidTagAttachDataObject,
			object(iidMessage, newFile().msg(attSubject, unhex("CFE500")).b)))),
			text{"message/attachment 0/message", "Пе", "attOemCodepage of message", 1251, []diag.Code{tnef.Attribute, tnef.CodePage}}},
		"its own": {newFile().begin(1252).att(attRendData, rendData).att(attAttachment, list(prop(mapi.PidTagAttachDataObject,
			object(iidMessage, newFile().begin(1251).msg(attSubject, unhex("CFE500")).b)))),
			text{"message/attachment 0/message", "Пе", "attOemCodepage of message/attachment 0/message", 1251, []diag.Code{tnef.Attribute, tnef.CodePage}}},
		"damaged": {newFile().begin(932).msg(attSubject, unhex("93FA9600")),
			text{"message", "日\uFFFD", "attOemCodepage of message", 932, []diag.Code{tnef.Attribute, tnef.CodePage, mapi.DamagedText}}},
	} {
		t.Run(name, func(t *testing.T) {
			rec := lookup(t, records(t, tt.f.b), tt.want.item, subject8)
			v := rec.Prop.Value.(mapi.String8)
			require.Equal(t, tt.want, text{rec.Item, v.String(), v.Source, v.CodePage, codes(rec)})
		})
	}
	// The parts of a message have its code page.
	f := newFile().begin(1251).msg(attRecipTable, join(u32(1), list(prop(0x3001001E, one(unhex("CFE500"))))))
	f.att(attRendData, rendData).att(attTitle, unhex("CFE500")).att(attAttachment, list(prop(0x3001101E, many(unhex("CF00"), unhex("E500")))))
	recs := records(t, f.b)
	require.Equal(t, "Пе", lookup(t, recs, "message/recipient 0", 0x3001001E).Prop.Value.String())
	require.Equal(t, "Пе", lookup(t, recs, "message/attachment 0", 0x3704001E).Prop.Value.String())
	require.Equal(t, `["П","е"]`, lookup(t, recs, "message/attachment 0", 0x3001101E).Prop.Value.String())
}
