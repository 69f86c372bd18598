package entryid

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// NID is the number of a node in a PST or OST file: five bits that say what it is, and an index ([MS-PST] 2.2.2.1).
type NID uint32

// Index returns the number without the bits that say what it is.
func (n NID) Index() uint32 { return uint32(n >> 5) }

// String returns what the node is, and its number: "folder 0x8082".
func (n NID) String() string {
	word := fmt.Sprintf("type 0x%02X", uint32(n&0x1F))
	switch {
	case n == 0x21:
		word = "message store"
	case n&0x1F == 0x02:
		word = "folder"
	case n&0x1F == 0x03:
		word = "search folder"
	case n&0x1F == 0x04:
		word = "message"
	case n&0x1F == 0x08:
		word = "associated message"
	}
	return fmt.Sprintf("%s 0x%04X", word, uint32(n))
}

// isObject reports whether the node is something that has an entry id.
func (n NID) isObject() bool {
	switch n & 0x1F {
	case 0x02, 0x03, 0x04, 0x08:
		return n.Index() > 0
	}
	return n == 0x21
}

// Local is the rest of the id of an object in a PST or OST file, 24 bytes in all ([MS-PST] 2.4.3.2). The UID of the
// provider is that of the file: PidTagRecordKey of its store.
type Local struct{ NID NID }

var localFields = []wire.Field{{Name: "nid", Size: 4, Meaning: func(b []byte) string { return NID(binary.LittleEndian.Uint32(b)).String() }}}

// String returns "local".
func (l *Local) String() string { return "local" }

func (l *Local) read(c *wire.Cursor) {
	l.NID = NID(binary.LittleEndian.Uint32(c.Run(localFields, localSize-headSize))) // there are so many: the form was chosen by them
}

func (l *Local) append(b []byte, _ place) ([]byte, error) {
	return binary.LittleEndian.AppendUint32(b, uint32(l.NID)), nil
}

func (l *Local) normalize(int) {}

// Unknown is the rest of an id whose form is not known here ([MS-OXCDATA] 2.2.3).
type Unknown struct{ Data []byte }

// String returns "unknown".
func (u *Unknown) String() string { return "unknown" }

func (u *Unknown) read(c *wire.Cursor, at place) {
	u.Data = append(u.Data[:0], c.Bytes("ProviderData", uint64(c.Left()))...)
	if at.depth >= maxDepth {
		c.Find(diag.Error, TooDeep, "", at.start, c.Offset()-at.start, "is an id in %d others, %d at most are decoded", at.depth, maxDepth-1)
	}
}

func (u *Unknown) append(b []byte, _ place) ([]byte, error) { return append(b, u.Data...), nil }

func (u *Unknown) normalize(int) {}
