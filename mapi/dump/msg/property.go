package msg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// class says where the value of a type is.
type class uint8

const (
	unknown  class = iota
	fixed          // in the entry ([MS-OXMSG] 2.1.2)
	variable       // in a stream (2.1.3), lists of fixed size values too (2.1.4.1)
	listed         // in a stream for each value (2.1.4.2)
	stored         // in a storage
)

func classOf(t mapi.PropType) class {
	switch t {
	case mapi.PtypNull, mapi.PtypBoolean, mapi.PtypInteger16, mapi.PtypInteger32, mapi.PtypFloating32, mapi.PtypErrorCode,
		mapi.PtypFloating64, mapi.PtypCurrency, mapi.PtypFloatingTime, mapi.PtypInteger64, mapi.PtypTime:
		return fixed
	case mapi.PtypMultipleString8, mapi.PtypMultipleString, mapi.PtypMultipleBinary:
		return listed
	case mapi.PtypObject:
		return stored
	case mapi.PtypString8, mapi.PtypString, mapi.PtypBinary, mapi.PtypGuid, mapi.PtypServerId, mapi.PtypRestriction,
		mapi.PtypRuleAction, mapi.PtypMultipleInteger16, mapi.PtypMultipleInteger32, mapi.PtypMultipleFloating32,
		mapi.PtypMultipleFloating64, mapi.PtypMultipleCurrency, mapi.PtypMultipleFloatingTime, mapi.PtypMultipleInteger64,
		mapi.PtypMultipleTime, mapi.PtypMultipleGuid:
		return variable
	}
	return unknown
}

// fixedWidth returns how many of an entry's eight bytes the value of a fixed type has.
func fixedWidth(t mapi.PropType) int {
	switch t {
	case mapi.PtypNull:
		return 0
	case mapi.PtypBoolean, mapi.PtypInteger16:
		return 2
	case mapi.PtypInteger32, mapi.PtypFloating32, mapi.PtypErrorCode:
		return 4
	}
	return 8
}

// prop is one entry and what has been found out about it.
type prop struct {
	o     *object
	tag   mapi.PropTag
	value []byte // the last eight bytes of the entry
	rec   dump.Record
}

func (p *prop) find(s diag.Severity, code diag.Code, format string, args ...any) {
	p.rec.Findings = append(p.rec.Findings, note(s, code, path.Join(p.o.path, p.tag.String()), format, args...))
}

// size and reserved are the two halves of the value, where that is in a stream.
func (p *prop) size() uint32     { return binary.LittleEndian.Uint32(p.value) }
func (p *prop) reserved() uint32 { return binary.LittleEndian.Uint32(p.value[4:]) }

// property returns the record of the entry b, at off. Before is the offset of an earlier entry with its tag, -1 if there
// is none.
func (w *walk) property(o *object, b []byte, off, before int) dump.Record {
	p := &prop{o: o, tag: mapi.PropTag(binary.LittleEndian.Uint32(b)), value: b[8:16]}
	p.rec = dump.Record{Item: o.item, Offset: int64(off)}
	p.rec.Prop.Tag = p.tag
	w.name(p)
	if flags := binary.LittleEndian.Uint32(b[4:]); flags&^7 != 0 {
		p.find(diag.Info, EntryFlags, "flags have %s besides mandatory, readable and writable", flagText(flags))
	}
	if before >= 0 {
		p.find(diag.Warning, DuplicateTag, "an entry at %d has the same tag", before)
		if classOf(p.tag.Type()) != fixed {
			// The stream has been shown with the first entry. Showing it again would let a few bytes stand for as much
			// as the file holds, any number of times.
			return p.rec
		}
	}
	switch classOf(p.tag.Type()) {
	case fixed:
		p.fixed()
	case variable:
		p.stream()
	case listed:
		p.list()
	case stored:
		p.object()
	default:
		p.unknown()
	}
	return p.rec
}

// name looks up what a local id means in this file.
func (w *walk) name(p *prop) {
	if p.tag.ID() < firstNamed {
		return
	}
	n, ok := w.names.byID[p.tag.ID()]
	switch {
	case ok:
		p.rec.Prop.Name = n
	case !w.names.present:
		p.find(diag.Warning, NoNameMap, "is a named property; the file has no map of names")
	default:
		p.find(diag.Warning, NoName, "is a named property; the map of names does not hold it")
	}
}

// parse gives the record its value.
func (p *prop) parse(raw []byte) {
	p.rec.Raw = raw
	v, err := mapi.ParseRaw(p.tag.Type(), raw)
	if err != nil {
		p.note(err)
	}
	p.rec.Prop.Value = p.codePage(v)
}

// note keeps the finding of a value that does not fit its type.
func (p *prop) note(err error) {
	var f diag.Finding
	if !errors.As(err, &f) {
		f = note(diag.Error, Unreadable, "", "%v", err)
	}
	p.rec.Findings = append(p.rec.Findings, f)
}

// fixed reads a value that stands in the entry.
func (p *prop) fixed() {
	t := p.tag.Type()
	n := fixedWidth(t)
	if !zero(p.value[n:]) {
		p.find(diag.Info, EntryReserved, "the %d bytes behind the value are %X", 8-n, p.value[n:])
	}
	raw := bytes.Clone(p.value[:n])
	if t == mapi.PtypBoolean {
		if v := binary.LittleEndian.Uint16(raw); v > 1 {
			p.find(diag.Warning, BooleanValue, "is 0x%04X, must be 0 or 1: taken as true", v)
		}
		if raw[1] == 0 {
			raw = raw[:1]
		}
	}
	p.parse(raw)
}

// terminator returns the size of the NUL that ends a string and stands in no stream, though sizes count it.
func terminator(t mapi.PropType) int {
	switch t {
	case mapi.PtypString8, mapi.PtypMultipleString8:
		return 1
	case mapi.PtypString, mapi.PtypMultipleString:
		return 2
	}
	return 0
}

// stream reads a value that has a stream.
func (p *prop) stream() {
	if r := p.reserved(); r != 0 && r != 3 {
		// QUIRK: Outlook writes 3 here with strings, and with binaries whatever was in its memory (real files of every
		// version). [MS-OXMSG] 2.4.2.2.
		p.find(diag.Info, EntryReserved, "the 4 bytes behind the size are %X", p.value[4:])
	}
	e := p.o.claim(valueName(p.tag))
	term := terminator(p.tag.Type())
	if e == nil || e.dir {
		if p.size() <= uint32(term) {
			p.find(diag.Warning, EmptyNoStream, "has no stream and the size %d: taken to be empty", p.size())
			p.parse([]byte{})
			return
		}
		p.find(diag.Error, NoStream, "has no stream %s, of which it claims %d bytes", valueName(p.tag), p.size())
		return
	}
	b, err := p.o.read(e)
	if err != nil {
		p.rec.Findings = append(p.rec.Findings, unreadable(p.o.join(e), b, err))
	}
	raw := p.strip(b)
	p.checkSize(raw, len(b), term)
	p.parse(raw)
}

// strip takes the NULs off the end of a string.
func (p *prop) strip(b []byte) []byte {
	n := len(b)
	switch terminator(p.tag.Type()) {
	case 1:
		for n > 0 && b[n-1] == 0 {
			n--
		}
	case 2:
		for n >= 2 && n%2 == 0 && b[n-1] == 0 && b[n-2] == 0 {
			n -= 2
		}
	}
	if n < len(b) {
		p.find(diag.Info, Terminator, "%d bytes of NUL end the string in its stream; taken off", len(b)-n)
	}
	return b[:n]
}

// checkSize compares the size in the entry with the stream: got bytes as stored, raw without NULs at its end. The size
// counts one NUL that is not stored; where it is stored, some writers count it once and some twice.
func (p *prop) checkSize(raw []byte, got, term int) {
	claimed := uint64(p.size())
	switch {
	case claimed == uint64(got+term), term > 0 && len(raw) < got && claimed == uint64(got):
	case claimed > uint64(got+term):
		p.find(diag.Error, SizeOverrun, "the entry claims %d bytes, the stream has %s", claimed, sizeText(got, term))
	default:
		p.find(diag.Warning, SizeMismatch, "the entry claims %d bytes, the stream has %s", claimed, sizeText(got, term))
	}
}

func sizeText(got, term int) string {
	if term > 0 {
		return fmt.Sprintf("%d, with %d for a NUL %d", got, term, got+term)
	}
	return fmt.Sprint(got)
}

// unknown keeps what an entry of an unknown type has: a stream if there is one, else its eight bytes.
func (p *prop) unknown() {
	if e := p.o.claim(valueName(p.tag)); e != nil && !e.dir {
		p.find(diag.Warning, UnknownType, "type %s is not one of the format; its stream is kept", p.tag.Type())
		b, err := p.o.read(e)
		if err != nil {
			p.rec.Findings = append(p.rec.Findings, unreadable(p.o.join(e), b, err))
		}
		p.keep(b)
		return
	}
	p.find(diag.Warning, UnknownType, "type %s is not one of the format; the eight bytes of its entry are kept", p.tag.Type())
	p.keep(bytes.Clone(p.value))
}

// keep gives the record bytes that are not understood.
func (p *prop) keep(raw []byte) {
	p.rec.Raw = raw
	p.rec.Prop.Value = mapi.Unknown{PropType: p.tag.Type(), Data: bytes.Clone(raw)}
}

// objectMessage is the reserved field of an entry whose value is a message, 4 that of one whose value is an OLE storage
// ([MS-OXMSG] 2.4.2.2). The upper half holds anything in real files.
const objectMessage = 1

// object reads an entry whose value is a storage: a message, or what an OLE server stored.
func (p *prop) object() {
	e := p.o.claim(valueName(p.tag))
	switch {
	case e == nil:
		p.find(diag.Error, NoStream, "has no storage %s", valueName(p.tag))
	case e.dir:
		p.o.subs = append(p.o.subs, sub{p.tag, uint16(p.reserved()) == objectMessage, e})
		p.find(diag.Info, Object, "the value is the storage %s; what is in it follows", p.o.join(e))
	default:
		b, err := p.o.read(e)
		if err != nil {
			p.rec.Findings = append(p.rec.Findings, unreadable(p.o.join(e), b, err))
		}
		p.parse(b)
	}
}
