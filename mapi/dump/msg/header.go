package msg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// entrySize is the size of an entry of a property stream.
const entrySize = 16

// header checks the header of the property stream b and returns its size. What is wrong with it goes into one record,
// whose Raw is the header.
func (w *walk) header(o *object, b []byte) int {
	size := o.kind.headerSize()
	at := path.Join(o.path, propertyStream)
	var found []diag.Finding
	if len(b) < size {
		found = append(found, finding(diag.Error, Truncated, len(b), 0, at, "the header needs %d bytes, has %d", size, len(b)))
		w.emit(dump.Record{Item: o.item, Raw: b, Findings: found})
		return len(b)
	}
	if other := otherHeader(o.kind, b); other != size {
		found = append(found, finding(diag.Error, HeaderSize, 0, other, at,
			"the entries make sense behind a header of %d bytes, and not behind one of %d: taken to begin at %d", other, size, other))
		size = other
	}
	if size >= 24 {
		found = append(found, w.counts(o, b[:size], at)...)
	}
	reserved := b[:min(8, size)]
	if !zero(reserved) {
		found = append(found, finding(diag.Info, HeaderReserved, 0, 8, at, "is %X, must be zero", reserved))
	}
	if size > 24 && !zero(b[24:size]) {
		found = append(found, finding(diag.Info, HeaderReserved, 24, size-24, at, "is %X, must be zero", b[24:size]))
	}
	if len(found) > 0 {
		w.emit(dump.Record{Item: o.item, Raw: bytes.Clone(b[:size]), Findings: found})
	}
	return size
}

// counts compares the numbers in a message's header with the storages that are there.
func (w *walk) counts(o *object, b []byte, at string) []diag.Finding {
	var found []diag.Finding
	for i, prefix := range [...]string{recipPrefix, attachPrefix} {
		what := [...]string{"recipient", "attachment"}[i]
		list := o.numbered(prefix)
		next := binary.LittleEndian.Uint32(b[8+4*i:])
		count := binary.LittleEndian.Uint32(b[16+4*i:])
		if uint64(count) != uint64(len(list)) {
			found = append(found, finding(diag.Warning, ObjectCount, 16+4*i, 4, at,
				"%s count is %d, there are %d", what, count, len(list)))
		}
		if n := len(list); n > 0 && next <= list[n-1].n {
			found = append(found, finding(diag.Warning, NextID, 8+4*i, 4, at,
				"next %s id is %d, id %d is in use", what, next, list[n-1].n))
		}
	}
	return found
}

// otherHeader returns the size of the header behind which the first entry makes sense, if it does not behind the one
// the object should have, and that size otherwise.
func otherHeader(k kind, b []byte) int {
	size := k.headerSize()
	if len(b) < size+entrySize || plausible(b[size:]) {
		return size
	}
	for _, other := range [...]int{8, 24, 32} {
		if other != size && len(b) >= other+entrySize && plausible(b[other:]) && (len(b)-other)%entrySize == 0 {
			return other
		}
	}
	return size
}

// plausible reports whether b can begin with an entry: a type that is known, an id, no flags but those there are.
func plausible(b []byte) bool {
	tag := mapi.PropTag(binary.LittleEndian.Uint32(b))
	flags := binary.LittleEndian.Uint32(b[4:])
	return tag.ID() != 0 && flags <= 7 && classOf(tag.Type()) != unknown
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// flagText names the bits that flags should not have.
func flagText(flags uint32) string { return fmt.Sprintf("0x%08X", flags&^7) }
