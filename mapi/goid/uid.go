package goid

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// A UID of another program is wrapped: Data is this, the UID, and a NUL. The last four bytes are a version.
const (
	wrapName   = "vCal-Uid"
	wrapHeader = wrapName + "\x01\x00\x00\x00"
)

// uidPrefix and uidLen tell a UID that is an id in hexadecimal from one of another program.
const (
	uidPrefix = "040000008200E00074C5B7101A82E008"
	uidLen    = 82 // the least length: that of the head, and of one byte of Data
)

// Wrap returns the id that stands for the UID of another program, any text. CreationTime is 0.
func Wrap(uid string) *GlobalObjectID {
	data := append(make([]byte, 0, len(wrapHeader)+len(uid)+1), wrapHeader...)
	return &GlobalObjectID{ByteArrayID: byteArrayID, Data: append(append(data, uid...), 0)}
}

// Wrapped returns the UID of another program that g stands for, and whether it does. The UID is as it was found, without
// the one NUL behind it; it may be empty, and may be no UTF-8.
func (g *GlobalObjectID) Wrapped() (uid string, ok bool) {
	if g.IsForeign() {
		return "", false
	}
	b, ok := unwrap(g.Data)
	return string(b), ok
}

// unwrap returns the UID in data.
//
// QUIRK: Microsoft ends the UID with a NUL, which Size counts; gromox does not. So one NUL goes, and no more
// (testdata/goid/wrapped-without-nul.vec).
func unwrap(data []byte) (uid []byte, ok bool) {
	if uid, ok = bytes.CutPrefix(data, []byte(wrapHeader)); !ok {
		return nil, false
	}
	return bytes.TrimSuffix(uid, []byte{0}), true
}

// UID returns the UID that iCalendar knows the meeting by: the wrapped one where there is one, else the bytes of the clean
// id in upper-case hexadecimal. An instance has the UID of its series; its date becomes RECURRENCE-ID.
//
// A wrapped UID is returned as it was found: a program that writes iCalendar must escape it like any text it did not make.
func (g *GlobalObjectID) UID() string {
	if uid, ok := g.Wrapped(); ok {
		return uid
	}
	return fmt.Sprintf("%X", g.Key())
}

// ParseUID returns the id that a UID of iCalendar stands for: FromUID, decoded. The date in it, if any, is what the UID
// has; whoever knows the RECURRENCE-ID puts that in its place with WithInstanceDate, or takes the date out with Clean. The
// error is that of Decode, on a UID in hexadecimal whose Size counts more bytes than it has.
func ParseUID(uid string) (*GlobalObjectID, error) { return Decode(FromUID(uid)) }

// FromUID returns the value that PidLidGlobalObjectId has for a UID of iCalendar ([MS-OXCICAL] 2.1.3.1.1.20.26). A UID of
// 82 hexadecimal digits or more, in any case and of an even number, that begins as every id does is the id, whatever its
// date and Size say. Any other is wrapped.
func FromUID(uid string) []byte {
	if len(uid) >= uidLen && strings.EqualFold(uid[:len(uidPrefix)], uidPrefix) {
		if b, err := hex.DecodeString(uid); err == nil {
			return b
		}
	}
	return Wrap(uid).append(nil)
}
