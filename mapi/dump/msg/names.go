package msg

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The streams of the name map ([MS-OXMSG] 2.2.3.1), and the two property sets that are not in its list.
const (
	guidStream   = "__substg1.0_00020102"
	entryStream  = "__substg1.0_00030102"
	stringStream = "__substg1.0_00040102"

	nameEntry   = 8 // bytes of an entry
	indexMAPI   = 1 // PS_MAPI
	indexPublic = 2 // PS_PUBLIC_STRINGS
	firstListed = 3 // the first of the GUID stream
)

// firstNamed is the id of the first entry of a name map.
const firstNamed mapi.PropID = 0x8000

var (
	setMAPI   = guid.GUID{0x28, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	setPublic = guid.GUID{0x29, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
)

// names is what the ids from 0x8000 on mean in a file.
type names struct {
	present bool
	byID    map[mapi.PropID]mapi.PropName
}

// nameMap is the map of names while it is read.
type nameMap struct {
	w       *walk
	s       *storage
	guids   []byte
	strings []byte
}

// readNames reads the map of names of the root. What is wrong with it becomes records of the item "message".
func (w *walk) readNames() {
	w.names = names{byID: map[mapi.PropID]mapi.PropName{}}
	top, err := list(w.fsys, ".")
	if err != nil {
		return // the root object reports it
	}
	e := top.byName[nameStorage]
	if e == nil || !e.dir {
		return
	}
	w.names.present = true
	m := &nameMap{w: w}
	if m.s, err = list(w.fsys, top.join(e)); err != nil {
		w.fail("message", note(diag.Error, Unreadable, top.join(e), "cannot be listed: %v", err))
	}
	m.guids = m.stream(guidStream)
	entries := m.stream(entryStream)
	m.strings = m.stream(stringStream)
	if over := len(m.guids) % 16; over != 0 {
		m.report(guidStream, m.guids, len(m.guids)-over, over, diag.Error, Truncated, over, 0, "the last GUID needs 16 bytes, has %d", over)
	}
	off := 0
	for ; off+nameEntry <= len(entries) && !w.stopped; off += nameEntry {
		m.entry(entries, off)
	}
	if over := len(entries) - off; over > 0 {
		m.report(entryStream, entries, off, over, diag.Error, Truncated, over, 0, "the last entry needs %d bytes, has %d", nameEntry, over)
	}
	m.rest()
}

// stream returns the contents of one of the map's streams, nothing where it is not there.
func (m *nameMap) stream(name string) []byte {
	e := m.s.claim(name)
	if e == nil || e.dir {
		return nil
	}
	b, err := m.s.read(e)
	if err != nil && !m.w.stopped {
		m.w.emit(dump.Record{Item: "message", Offset: int64(len(b)), Findings: []diag.Finding{
			note(diag.Error, Unreadable, m.s.join(e), "ends after %d bytes: %v", len(b), err)}})
	}
	return b
}

// report yields the n bytes at off of a stream as a record with one finding, whose span is within them.
func (m *nameMap) report(stream string, b []byte, off, n int, s diag.Severity, code diag.Code, at, length int, format string, args ...any) {
	if m.w.stopped {
		return
	}
	m.w.emit(dump.Record{Item: "message", Offset: int64(off), Raw: bytes.Clone(b[off : off+n]),
		Findings: []diag.Finding{finding(s, code, at, length, m.s.path+"/"+stream, format, args...)}})
}

// entry reads one entry: a number or the place of a string, the index of a property set, and an index of the property.
func (m *nameMap) entry(b []byte, off int) {
	value := binary.LittleEndian.Uint32(b[off:])
	word := binary.LittleEndian.Uint16(b[off+4:])
	index := binary.LittleEndian.Uint16(b[off+6:])
	bad := func(code diag.Code, at, n int, format string, args ...any) {
		m.report(entryStream, b, off, nameEntry, diag.Error, code, at, n, format, args...)
	}
	id := firstNamed + mapi.PropID(index)
	if index >= 0x8000 {
		bad(NameIndex, 6, 2, "property index 0x%04X is beyond id 0xFFFF", index)
		return
	}
	var n mapi.PropName
	var ok bool
	if n.Set, ok = m.set(word >> 1); !ok {
		bad(NameGUID, 4, 2, "property set %d is named, the list has %d", word>>1, len(m.guids)/16)
		return
	}
	if word&1 == 0 {
		n.LID = value
	} else {
		var code diag.Code
		var why string
		if n.Name, code, why = m.text(value); code != "" {
			bad(code, 0, 4, "the string of id 0x%04X, at %d: %s", uint16(id), value, why)
			return
		}
	}
	if old, taken := m.w.names.byID[id]; taken {
		bad(NameIndex, 6, 2, "id 0x%04X is named twice: %s, and here %s", uint16(id), old, n)
		return
	}
	m.w.names.byID[id] = n
}

// set returns the property set with the index.
func (m *nameMap) set(index uint16) (guid.GUID, bool) {
	switch index {
	case 0:
		return guid.GUID{}, false
	case indexMAPI:
		return setMAPI, true
	case indexPublic:
		return setPublic, true
	}
	i := int(index) - firstListed
	if i >= len(m.guids)/16 {
		return guid.GUID{}, false
	}
	return guid.GUID(m.guids[16*i : 16*i+16]), true
}

// text returns the string at off of the string stream, or the code and the reason why there is none.
func (m *nameMap) text(off uint32) (s string, code diag.Code, why string) {
	b := m.strings
	if uint64(off)+4 > uint64(len(b)) {
		return "", NameOverrun, fmt.Sprintf("the string stream has %d bytes", len(b))
	}
	n := binary.LittleEndian.Uint32(b[off:])
	b = b[off+4:]
	switch {
	case uint64(n) > uint64(len(b)):
		return "", NameOverrun, fmt.Sprintf("claims %d bytes, %d are left", n, len(b))
	case n == 0:
		return "", NameLength, "is empty"
	case n%2 != 0:
		return "", NameLength, fmt.Sprintf("has %d bytes, needs an even number", n)
	}
	return string(wtf8.AppendDecode(nil, b[:n])), "", ""
}

// rest reports the streams of the map that are neither its three nor hash buckets, which only speed writers up.
func (m *nameMap) rest() {
	for _, e := range m.s.entries {
		if e.claimed || m.w.stopped {
			continue
		}
		if tag, element, ok := tagOf(e.name); ok && !e.dir && !element && tag.Type() == mapi.PtypBinary && tag.ID() >= 0x1000 && tag.ID() < 0x2000 {
			continue
		}
		if e.dir {
			m.w.fail("message", note(diag.Warning, Unclaimed, m.s.join(e), "is a storage inside the map of names; not read"))
			continue
		}
		m.w.orphan("message", m.s, e, Unclaimed, diag.Warning, "is no part of a map of names")
	}
}
