package tnef

import (
	"bytes"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Ids of the properties that are one address: name, type, address proper ([MS-OXOMSG]).
var (
	idsSender               = [3]mapi.PropID{0x0C1A, 0x0C1E, 0x0C1F}
	idsSentRepresenting     = [3]mapi.PropID{0x0042, 0x0064, 0x0065}
	idsReceivedRepresenting = [3]mapi.PropID{0x0044, 0x0077, 0x0078}
)

// oneOff is the kind of address that attFrom has ([MS-OXTNEF] 2.1.3.3).
const oneOff = 4

// sender reads attFrom: a header of four words, two strings, each with its NUL, and an empty header. The words are the kind
// of address, the length of all of it, that of the name, and that of the address.
func (x *old) sender() {
	b := x.a.data
	if len(b) < 8 {
		x.odd("needs a header of 8 bytes, has %d", len(b))
		x.w.emit(x.rec)
		return
	}
	kind, all, name, address := le.Uint16(b), int(le.Uint16(b[2:])), int(le.Uint16(b[4:])), int(le.Uint16(b[6:]))
	if all != 16+name+address {
		x.find(diag.Warning, AddressLength, "says that it has %d bytes, its parts have %d", all, 16+name+address)
	}
	switch {
	case kind != oneOff:
		x.odd("is an address of kind %d, must be %d", kind, oneOff)
	case 8+name+address > len(b):
		x.odd("has a name of %d bytes and an address of %d, %d are there", name, address, len(b)-8)
	case len(bytes.Trim(b[8+name+address:], "\x00")) > 0:
		x.odd("has %X behind the address, must be zero", b[8+name+address:][:min(16, len(b)-8-name-address)])
	case x.strings(idsSender, b[8:8+name], 8, b[8+name:8+name+address], 8+name):
		return
	}
	x.w.emit(x.rec)
}

// address reads attOwner and attSentFor: two strings, each behind its length in two bytes. Whose address attOwner is
// depends on the class of the message ([MS-OXTNEF] 2.2.3.11).
func (x *old) address() {
	b := x.a.data
	name, rest, ok := counted(b)
	address, rest, ok2 := counted(rest)
	ids, certain := idsSentRepresenting, true
	if x.a.id == idOwner {
		switch x.o.class {
		case "IPM.Schedule.Meeting.Request", "IPM.Schedule.Meeting.Canceled":
		case "IPM.Schedule.Meeting.Resp.Pos", "IPM.Schedule.Meeting.Resp.Neg", "IPM.Schedule.Meeting.Resp.Tent":
			ids = idsReceivedRepresenting
		default:
			certain = false
		}
	}
	switch {
	case !ok || !ok2:
		x.odd("must be two strings, each behind its length, and ends inside one after %d bytes", len(b))
	case len(rest) > 0:
		x.odd("has %d bytes behind its two strings", len(rest))
	case !certain:
		x.rec.Text = x.o.show(name) + " <" + x.o.show(address) + ">"
		x.find(diag.Info, Attribute, "is an address: whose depends on the message class, and that is %q", x.o.class)
	case x.strings(ids, name, 2, address, 4+len(name)):
		return
	}
	x.w.emit(x.rec)
}

// counted reads bytes behind their length.
func counted(b []byte) (part, rest []byte, ok bool) {
	if len(b) < 2 || len(b)-2 < int(le.Uint16(b)) {
		return nil, nil, false
	}
	n := 2 + int(le.Uint16(b))
	return b[2:n:n], b[n:], true
}

// strings makes three records of the strings of an address: name, type, and what is behind the colon. It reports false,
// and makes none, where the address has no type.
func (x *old) strings(ids [3]mapi.PropID, name []byte, nameAt int, address []byte, at int) bool {
	colon := bytes.IndexByte(address, ':')
	if colon < 0 {
		x.odd("has the address %q, must be a type, a colon and the address", address[:min(len(address), 64)])
		return false
	}
	about := x.rec.Findings
	for i, part := range [...]struct {
		b     []byte
		at    int
		whole bool // a NUL ends it
	}{{name, nameAt, true}, {address[:colon:colon], at, false}, {address[colon+1:], at + colon + 1, true}} {
		x.rec = dump.Record{Item: x.a.part.item, Offset: x.a.off + int64(part.at), Findings: about}
		about = nil
		x.tag = mapi.TagOf(ids[i], mapi.PtypString8)
		if part.whole {
			part.b = x.padded(part.b)
		}
		x.is(part.b, "", "")
		x.w.emit(x.rec)
	}
	return true
}

// padded returns text without the NULs at its end: one, or two where its length is to be even.
func (x *old) padded(b []byte) []byte {
	if n := len(b); n >= 2 && n%2 == 0 && b[n-1]|b[n-2] == 0 {
		b = b[:n-1]
	}
	return x.ended(b)
}

// show returns 8-bit text for people.
func (o *object) show(b []byte) string {
	text, _, _ := mapi.DecodeString8(bytes.TrimRight(b, "\x00"), o.pages[0].Number) // what is damaged is U+FFFD in it
	return text
}
