package tnef_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

var le = binary.LittleEndian

// The attributes that the tests write. The upper half of an id says of what kind the data are.
const (
	attVersion      = 0x00089006
	attCodePage     = 0x00069007
	attMsgProps     = 0x00069003
	attRecipTable   = 0x00069004
	attFrom         = 0x00008000
	attOwner        = 0x00060000
	attSentFor      = 0x00060001
	attDelegate     = 0x00060002
	attMessageClass = 0x00078008
	attOrigClass    = 0x00070600
	attSubject      = 0x00018004
	attBody         = 0x0002800C
	attMessageID    = 0x00018009
	attParentID     = 0x0001800A
	attConvID       = 0x0001800B
	attStatus       = 0x00068007
	attPriority     = 0x0004800D
	attRequestRes   = 0x00040009
	attAidOwner     = 0x00050008
	attDateStart    = 0x00030006
	attDateEnd      = 0x00030007
	attDateSent     = 0x00038005
	attDateRecd     = 0x00038006
	attDateModified = 0x00038020
	attRendData     = 0x00069002
	attAttachment   = 0x00069005
	attAttachData   = 0x0006800F
	attMetaFile     = 0x00068011
	attTitle        = 0x00018010
	attTransport    = 0x00069001
	attCreateDate   = 0x00038012
	attModifyDate   = 0x00038013
)

// file makes a TNEF file.
type file struct{ b []byte }

func newFile() *file { return &file{[]byte{0x78, 0x9F, 0x3E, 0x22, 0x34, 0x12}} }

// attr adds an attribute at the given level.
func (f *file) attr(level byte, id uint32, data []byte) *file {
	f.b = le.AppendUint32(append(f.b, level), id)
	f.b = append(le.AppendUint32(f.b, uint32(len(data))), data...)
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	f.b = le.AppendUint16(f.b, sum)
	return f
}

// msg and att add an attribute of the message and of an attachment.
func (f *file) msg(id uint32, data []byte) *file { return f.attr(1, id, data) }
func (f *file) att(id uint32, data []byte) *file { return f.attr(2, id, data) }

func (f *file) raw(b ...byte) *file {
	f.b = append(f.b, b...)
	return f
}

// begin adds what every file begins with.
func (f *file) begin(codePage uint32) *file {
	return f.msg(attVersion, u32(0x00010000)).msg(attCodePage, join(u32(codePage), u32(0)))
}

func u16(n uint16) []byte { return le.AppendUint16(nil, n) }
func u32(n uint32) []byte { return le.AppendUint32(nil, n) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// list is a counted list of properties.
func list(props ...[]byte) []byte { return join(u32(uint32(len(props))), join(props...)) }

// prop is a property without a name.
func prop(tag mapi.PropTag, value ...[]byte) []byte {
	return join(u16(uint16(tag.Type())), u16(uint16(tag.ID())), join(value...))
}

var appointment = guid.GUID(unhex("0220060000000000C000000000000046"))

// lid and name are properties with names in PSETID_Appointment.
func lid(tag mapi.PropTag, n uint32, value ...[]byte) []byte {
	return prop(tag, appointment[:], u32(0), u32(n), join(value...))
}

func name(tag mapi.PropTag, text string, value ...[]byte) []byte {
	return prop(tag, appointment[:], u32(1), sized(zero16(text)), join(value...))
}

// sized is a value behind its size, filled up to four bytes.
func sized(b []byte) []byte { return join(u32(uint32(len(b))), b, make([]byte, -len(b)&3)) }

// one is the value of a property of a single type that has a size, many that of a list of these.
func one(b []byte) []byte { return join(u32(1), sized(b)) }

func many(values ...[]byte) []byte {
	out := u32(uint32(len(values)))
	for _, v := range values {
		out = append(out, sized(v)...)
	}
	return out
}

func utf16(s string) []byte {
	b, _ := wtf8.AppendEncode(nil, s)
	return b
}

// zero8 and zero16 are texts with the NUL that ends them.
func zero8(s string) []byte  { return append([]byte(s), 0) }
func zero16(s string) []byte { return append(utf16(s), 0, 0) }

// object is the value of a PtypObject.
func object(id string, data []byte) []byte { return one(join(unhex(id), data)) }

const (
	iidMessage = "0703020000000000C000000000000046"
	iidStorage = "0B00000000000000C000000000000046"
)

// rendData is an attachment of type file.
var rendData = unhex("0100 FFFFFFFF 2000 2000 00000000")

func date(year, month, day, hour, minute, second, weekday uint16) []byte {
	return join(u16(year), u16(month), u16(day), u16(hour), u16(minute), u16(second), u16(weekday))
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// read reads everything in r. The code page of last resort is 1250.
func read(t testing.TB, r io.Reader) (recs []dump.Record, errs []error) {
	t.Helper()
	for rec, err := range tnef.NewReader(r, "winmail.dat", 1250).Records() {
		require.Equal(t, "winmail.dat", rec.Source)
		require.Zero(t, rec.Line)
		require.True(t, strings.HasPrefix(rec.Item, "message"), rec.Item)
		for _, f := range rec.Findings {
			require.True(t, f.Span.Offset >= -1 && f.Span.Offset+f.Span.Len <= len(rec.Raw), "%v of %d", f, len(rec.Raw))
			require.NotEmpty(t, f.Spec, f)
			require.NotEmpty(t, f.Path, f)
			if e, ok := diag.Lookup(tnef.Codes(), f.Code); ok {
				require.Equal(t, e.Severity, f.Severity, f)
			}
		}
		if err != nil {
			require.Zero(t, rec.Prop)
			require.Nil(t, rec.Raw)
			errs = append(errs, err)
			continue
		}
		require.True(t, rec.Prop.Tag != 0 || len(rec.Findings) > 0, "%+v", rec)
		if v := rec.Prop.Value; v != nil {
			b, err := v.AppendBinary(nil)
			require.NoError(t, err)
			if _, ok := v.(mapi.Boolean); ok && len(b) < len(rec.Raw) {
				b = append(b, make([]byte, len(rec.Raw)-len(b))...)
			}
			require.True(t, bytes.Equal(rec.Raw, b), "%s: %x, value %x", rec.Prop.Tag, rec.Raw, b)
		}
		recs = append(recs, rec)
	}
	return recs, errs
}

// records reads a file in which nothing is no TNEF.
func records(t testing.TB, b []byte) []dump.Record {
	t.Helper()
	recs, errs := read(t, bytes.NewReader(b))
	require.Empty(t, errs)
	return recs
}

// lookup returns the only record of the item with the tag.
func lookup(t *testing.T, recs []dump.Record, item string, tag mapi.PropTag) dump.Record {
	t.Helper()
	i := slices.IndexFunc(recs, func(r dump.Record) bool { return r.Item == item && r.Prop.Tag == tag })
	require.GreaterOrEqual(t, i, 0, "%s %s", item, tag)
	return recs[i]
}

// with returns the records that have a finding with the code.
func with(recs []dump.Record, code diag.Code) (all []dump.Record) {
	for _, r := range recs {
		if slices.Contains(codes(r), code) {
			all = append(all, r)
		}
	}
	return all
}

// codes returns the codes of a record's findings.
func codes(r dump.Record) (all []diag.Code) {
	for _, f := range r.Findings {
		all = append(all, f.Code)
	}
	return all
}

// worst returns the greatest severity of any finding, errors included.
func worst(recs []dump.Record, errs []error) (most diag.Severity) {
	for _, r := range recs {
		for _, f := range r.Findings {
			most = max(most, f.Severity)
		}
	}
	for _, err := range errs {
		var f diag.Finding
		if errors.As(err, &f) {
			most = max(most, f.Severity)
		} else {
			most = max(most, diag.Error)
		}
	}
	return most
}
