package entryid

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ContactType says what an id of the Contacts address book is of.
type ContactType uint32

// The types of ids of the Contacts address book.
const (
	ContactRoot      ContactType = 1
	ContactSubroot   ContactType = 2
	ContactContainer ContactType = 3
	ContactUser      ContactType = 4
	ContactDistList  ContactType = 5
)

var contactTypes = [...]string{1: "CONTAB_ROOT", 2: "CONTAB_SUBROOT", 3: "CONTAB_CONTAINER", 4: "CONTAB_USER", 5: "CONTAB_DISTLIST"}

// String returns the name of the type: "CONTAB_USER".
func (t ContactType) String() string {
	if t >= ContactRoot && t <= ContactDistList {
		return contactTypes[t]
	}
	return fmt.Sprintf("0x%08X", uint32(t))
}

func contactTypeText(b []byte) string { return ContactType(binary.LittleEndian.Uint32(b)).String() }

// Contact is the rest of the id of an entry in the Contacts address book, which is somewhere in a store, or of a personal
// distribution list there ([MS-OXCDATA] 2.2.5.3 and 2.2.5.4).
type Contact struct {
	Version uint32 // 3
	Type    ContactType
	MUID    guid.GUID // of a ContactContainer only
	Index   uint32    // which address of the contact: 0 to 2 an email address, 3 to 5 a fax number; not of a ContactContainer
	// EntryIDCount is how many bytes EntryID has, as the id says; 0, or more than there are, stand for all there are. Not of
	// a ContactContainer. Normalize sets it.
	EntryIDCount uint32
	EntryID      *EntryID // of the contact, the list or the folder; nil where there is none
}

const contactVersion = 3

var (
	contactFields      = []wire.Field{{Name: "Version", Size: 4}, {Name: "Type", Size: 4, Meaning: contactTypeText}}
	contactMUIDFields  = []wire.Field{{Name: "MUID", Kind: diag.Bytes, Size: 16, Meaning: plainGUIDText}}
	contactCountFields = []wire.Field{{Name: "Index", Size: 4, Meaning: contactIndexText}, {Name: "EntryIDCount", Size: 4}}
)

func contactIndexText(b []byte) string {
	switch i := binary.LittleEndian.Uint32(b); {
	case i < 3:
		return fmt.Sprintf("email address %d", i+1)
	case i < 6:
		return fmt.Sprintf("fax number %d", i-2)
	case i == 0xFF:
		return "none"
	}
	return ""
}

// String returns "contact".
func (k *Contact) String() string { return "contact" }

func (k *Contact) read(c *wire.Cursor, at place) {
	old := k.EntryID
	*k = Contact{}
	b := c.Run(contactFields, 8)
	if b == nil {
		if whole := c.Whole(at.start + headSize); len(whole) >= 4 {
			k.Version = binary.LittleEndian.Uint32(whole)
		}
		return
	}
	k.Version, k.Type = binary.LittleEndian.Uint32(b), ContactType(binary.LittleEndian.Uint32(b[4:]))
	if c.Recording() {
		k.check(c, at.start+headSize)
	}
	left := 0
	if k.Type == ContactContainer {
		if b = c.Run(contactMUIDFields, 16); b != nil {
			k.MUID = guid.GUID(b)
		}
		left = c.Left()
	} else {
		if b = c.Run(contactCountFields, 8); b != nil {
			k.Index, k.EntryIDCount = binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		}
		left = k.count(c)
	}
	k.EntryID = readEmbedded(c, old, left, at.depth)
}

// count returns how many bytes of those left are the embedded id's.
func (k *Contact) count(c *wire.Cursor) int {
	left := c.Left()
	if k.EntryIDCount > 0 && uint64(k.EntryIDCount) <= uint64(left) {
		return int(k.EntryIDCount)
	}
	if left > 0 || k.EntryIDCount > 0 {
		c.Find(diag.Warning, EntryIDCount, "EntryIDCount", c.Offset()-4, 4, "is %d, where %d bytes are left: taken for all of them", k.EntryIDCount, left)
	}
	return left
}

// readEmbedded reads an id of n bytes inside another, into the memory of the one that was there. Where there are no bytes,
// it is nil.
func readEmbedded(c *wire.Cursor, old *EntryID, n, depth int) *EntryID {
	if c.Dead() {
		return nil
	}
	if n == 0 {
		c.Find(diag.Warning, EmbeddedMissing, "EntryID", c.Offset(), 0, "is not there")
		return nil
	}
	if old == nil {
		old = new(EntryID)
	}
	sub := c.Sub("EntryID", uint64(n))
	c.In("EntryID", -1)
	old.read(&sub, depth+1)
	c.Join(&sub, "trailing")
	c.Out()
	return old
}

var errTooDeep = misplaced("EntryID", "is in too many others")

func appendEmbedded(b []byte, id *EntryID, depth int) ([]byte, error) {
	if id == nil {
		return b, nil
	}
	if depth >= maxDepth {
		return b, errTooDeep
	}
	out, err := id.append(b, depth+1)
	if err != nil && !errors.Is(err, errTooDeep) {
		err = fmt.Errorf("EntryID.%w", err)
	}
	return out, err
}

func (k *Contact) append(b []byte, at place) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, k.Version)
	b = binary.LittleEndian.AppendUint32(b, uint32(k.Type))
	if k.Type == ContactContainer {
		if k.Index != 0 || k.EntryIDCount != 0 {
			return b, misplaced("Index", "stands in no id of a container")
		}
		b = append(b, k.MUID[:]...)
		return appendEmbedded(b, k.EntryID, at.depth)
	}
	if !k.MUID.IsZero() {
		return b, misplaced("MUID", "stands in ids of containers only")
	}
	b = binary.LittleEndian.AppendUint32(b, k.Index)
	b = binary.LittleEndian.AppendUint32(b, k.EntryIDCount)
	return appendEmbedded(b, k.EntryID, at.depth)
}

func (k *Contact) normalize(depth int) {
	if k.EntryID == nil {
		k.EntryIDCount = 0
		return
	}
	k.EntryID.normalize(depth + 1)
	if k.Type == ContactContainer {
		return
	}
	if b, err := k.EntryID.append(nil, depth+1); err == nil {
		k.EntryIDCount = uint32(len(b))
	}
}

// WrappedType says which kind of id the Windows address book, or a personal distribution list, has wrapped ([MS-OXOCNTC]
// 2.2.2.2.4.1.1).
type WrappedType uint8

// String says what the bits of the type mean: "mail user of the address book, email address 1".
func (t WrappedType) String() string {
	var kind string
	switch t & 0x0F {
	case 0:
		kind = "one-off"
	case 3:
		kind = "contact"
	case 4:
		kind = "personal distribution list"
	case 5:
		kind = "mail user of the address book"
	case 6:
		kind = "distribution list of the address book"
	default:
		return fmt.Sprintf("0x%02X", uint8(t))
	}
	if t&0x0F != 3 && t&0x70 == 0 {
		return kind
	}
	which := [...]string{"business fax", "home fax", "primary fax", "no address", "email address 1", "email address 2", "email address 3", ""}
	return strings.TrimSuffix(kind+", "+which[t>>4&7], ", ")
}

func wrappedTypeText(b []byte) string { return WrappedType(b[0]).String() }

// Wrapped is the rest of an id around another, as personal distribution lists and the Windows address book have them
// ([MS-OXOCNTC] 2.2.2.2.4.1.1).
type Wrapped struct {
	Type    WrappedType
	EntryID *EntryID // the other; nil where there is none
}

var wrappedFields = []wire.Field{{Name: "Type", Size: 1, Meaning: wrappedTypeText}}

// String returns "wrapped".
func (w *Wrapped) String() string { return "wrapped" }

func (w *Wrapped) read(c *wire.Cursor, at place) {
	old := w.EntryID
	*w = Wrapped{}
	if b := c.Run(wrappedFields, 1); b != nil {
		w.Type = WrappedType(b[0])
	}
	w.EntryID = readEmbedded(c, old, c.Left(), at.depth)
}

func (w *Wrapped) append(b []byte, at place) ([]byte, error) {
	return appendEmbedded(append(b, byte(w.Type)), w.EntryID, at.depth)
}

func (w *Wrapped) normalize(depth int) {
	if w.EntryID != nil {
		w.EntryID.normalize(depth + 1)
	}
}
