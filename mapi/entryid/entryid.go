package entryid

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// EntryID is an entry id of any provider ([MS-OXCDATA] 2.2.3).
type EntryID struct {
	Flags       [4]byte   // Flags: zero for an id that lasts, else what it is good for as long as the session does
	ProviderUID guid.GUID // ProviderUID: of the provider, or of the store that the object is in; its bytes as they stand
	Form        Form      // what the provider made of the rest; nil where it was not reached
	Trailing    []byte    // what follows it
}

// Form is what a provider put behind its UID: one of *Folder, *Message, *Store, *AddressBook, *Ephemeral, *OneOff,
// *Contact, *Wrapped, *Local and *Unknown. There are no others.
type Form interface {
	// String returns the form in a word, as JSON spells it: "folder".
	String() string

	append(b []byte, at place) ([]byte, error)
	appendJSON(b []byte) []byte
	normalize(depth int)
}

// place is where an id stands: at which offset it begins, and in how many others it is.
type place struct{ start, depth int }

// maxDepth is how many ids may be in each other. Real ones are three: one of the Windows address book around one of the
// contacts around one of a message.
const maxDepth = 8

const (
	headSize    = 20
	localSize   = 24
	folderSize  = 46
	messageSize = 70
)

// ephemeral is the first byte of an id that the address book gives out for a session.
const ephemeral = 0x87

// The UIDs by which forms are known, and those of stores.
var (
	oneOffUID       = guid.GUID{0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0x00, 0xDD, 0x01, 0x0F, 0x54, 0x02}
	addressBookUID  = guid.GUID{0xDC, 0xA7, 0x40, 0xC8, 0xC0, 0x42, 0x10, 0x1A, 0xB4, 0xB9, 0x08, 0x00, 0x2B, 0x2F, 0xE1, 0x82}
	contactUID      = guid.GUID{0xFE, 0x42, 0xAA, 0x0A, 0x18, 0xC7, 0x1A, 0x10, 0xE8, 0x85, 0x0B, 0x65, 0x1C, 0x24, 0x00, 0x00}
	wrappedUID      = guid.GUID{0xC0, 0x91, 0xAD, 0xD3, 0x51, 0x9D, 0xCF, 0x11, 0xA4, 0xA9, 0x00, 0xAA, 0x00, 0x47, 0xFA, 0xA4}
	storeUID        = guid.GUID{0x38, 0xA1, 0xBB, 0x10, 0x05, 0xE5, 0x10, 0x1A, 0xA1, 0xBB, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}
	privateStoreUID = guid.GUID{0x1B, 0x55, 0xFA, 0x20, 0xAA, 0x66, 0x11, 0xCD, 0x9B, 0xC8, 0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}
	publicStoreUID  = guid.GUID{0x1C, 0x83, 0x02, 0x10, 0xAA, 0x66, 0x11, 0xCD, 0x9B, 0xC8, 0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}
	publicUID       = guid.GUID{0x1A, 0x44, 0x73, 0x90, 0xAA, 0x66, 0x11, 0xCD, 0x9B, 0xC8, 0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}
	pstUID          = guid.GUID{0x4E, 0x49, 0x54, 0x41, 0xF9, 0xBF, 0xB8, 0x01, 0x00, 0xAA, 0x00, 0x37, 0xD9, 0x6E, 0x00, 0x00}
)

// providerName says whose UID it is, "" for one that is not known: that of a mailbox or a PST file, say.
func providerName(uid guid.GUID) string {
	switch uid {
	case oneOffUID:
		return "one-off"
	case addressBookUID:
		return "address book"
	case contactUID:
		return "contacts"
	case wrappedUID:
		return "Windows address book"
	case storeUID:
		return "wrapped store"
	case privateStoreUID:
		return "private store"
	case publicStoreUID:
		return "public store"
	case publicUID:
		return "public folders"
	case pstUID:
		return "PST file"
	}
	return ""
}

func providerText(b []byte) string { return guidText(b, providerName(guid.GUID(b))) }

func guidText(b []byte, name string) string {
	if name != "" {
		return guid.GUID(b).String() + ", " + name
	}
	return guid.GUID(b).String()
}

func plainGUIDText(b []byte) string { return guid.GUID(b).String() }

var words = wire.Words{Truncated: Truncated} // sections come from the catalogue

var headFields = []wire.Field{
	{Name: "Flags", Kind: diag.Bytes, Size: 4},
	{Name: "ProviderUID", Kind: diag.Bytes, Size: 16, Meaning: providerText},
}

// Decode decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above; it is an
// io.ErrUnexpectedEOF when b ends too early. b is not kept. An id of an unknown provider is decoded, to *Unknown.
func Decode(b []byte) (*EntryID, error) {
	id := new(EntryID)
	if err := id.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return id, nil
}

// Inspect decodes as much of b as there is, and reports every field and every finding. It never fails. After a Fatal
// finding the value holds what was read before it.
func Inspect(b []byte) (*EntryID, *diag.Report) {
	r := diag.NewLazy("entryid", b, catalogue, func(b []byte, r *diag.Report) { inspect(b, r) })
	return inspect(b, r), r
}

func inspect(b []byte, r *diag.Report) *EntryID {
	id, c := new(EntryID), wire.New(b, r, &words)
	id.read(&c, 0)
	return id
}

// UnmarshalBinary decodes b into id strictly, as Decode does, and reuses the memory id holds. After an error id holds no
// promised value, but may be used again.
func (id *EntryID) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	id.read(&c, 0)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("entryid", catalogue)
	c = wire.New(b, r, &words)
	id.read(&c, 0)
	return r.Err()
}

func (id *EntryID) read(c *wire.Cursor, depth int) {
	at := place{c.Offset(), depth}
	size := c.Left()
	b := c.Run(headFields, headSize)
	if b == nil {
		*id = EntryID{}
		copy(id.Flags[:], c.Whole(at.start))
		return
	}
	id.Flags, id.ProviderUID = [4]byte(b), guid.GUID(b[4:])
	form := id.form(c, size, depth)
	id.Form = form
	if c.Recording() {
		id.checkHead(c, at.start, depth)
	}
	readForm(form, c, at)
	id.Trailing = append(id.Trailing[:0], c.Rest("trailing", TrailingData)...)
}

// form returns the form that an id of so many bytes has, with the memory of the one that was there.
func (id *EntryID) form(c *wire.Cursor, size, depth int) Form {
	switch {
	case depth >= maxDepth:
		return reuse[Unknown](id.Form)
	case id.Flags[0] == ephemeral:
		return reuse[Ephemeral](id.Form)
	}
	switch id.ProviderUID {
	case oneOffUID:
		return reuse[OneOff](id.Form)
	case addressBookUID:
		return reuse[AddressBook](id.Form)
	case contactUID:
		return reuse[Contact](id.Form)
	case wrappedUID:
		return reuse[Wrapped](id.Form)
	case storeUID:
		return reuse[Store](id.Form)
	}
	// All others are known by their length, and a word that must fit it.
	switch word := c.Peek(c.Offset(), 4); {
	case size == folderSize && ObjectType(binary.LittleEndian.Uint16(word)).isFolder():
		return reuse[Folder](id.Form)
	case size == messageSize && ObjectType(binary.LittleEndian.Uint16(word)).isMessage():
		return reuse[Message](id.Form)
	case size == localSize && NID(binary.LittleEndian.Uint32(word)).isObject():
		return reuse[Local](id.Form)
	}
	return reuse[Unknown](id.Form)
}

// readForm reads a form. It is no method of Form, because a cursor that goes through an interface is allocated.
func readForm(form Form, c *wire.Cursor, at place) {
	switch f := form.(type) {
	case *Folder:
		f.read(c, at)
	case *Message:
		f.read(c, at)
	case *Store:
		f.read(c, at)
	case *AddressBook:
		f.read(c, at)
	case *Ephemeral:
		f.read(c)
	case *OneOff:
		f.read(c, at)
	case *Contact:
		f.read(c, at)
	case *Wrapped:
		f.read(c, at)
	case *Local:
		f.read(c)
	case *Unknown:
		f.read(c, at)
	}
}

// reuse returns old if it is a *T, else a new one.
func reuse[T any](old Form) *T {
	if f, ok := any(old).(*T); ok && f != nil {
		return f
	}
	return new(T)
}

// AppendBinary appends the encoding of id: exactly what its fields say, whether that makes a good id or not. The error is
// about text that cannot be written, such as one with a NUL in it, about what stands in no field that is written, and
// about more than eight ids in each other.
func (id *EntryID) AppendBinary(b []byte) ([]byte, error) {
	out, err := id.append(b, 0)
	if err != nil {
		return b, fmt.Errorf("entryid: %w", err)
	}
	return out, nil
}

func (id *EntryID) append(b []byte, depth int) ([]byte, error) {
	at := place{len(b), depth}
	b = append(append(b, id.Flags[:]...), id.ProviderUID[:]...)
	if id.Form != nil {
		var err error
		if b, err = id.Form.append(b, at); err != nil {
			return b, err
		}
	}
	return append(b, id.Trailing...), nil
}

// MarshalBinary returns the encoding of id, as AppendBinary does.
func (id *EntryID) MarshalBinary() ([]byte, error) { return id.AppendBinary(nil) }

// Normalize drops what follows the id and those in it, zeroes padding, and sets the counts, sizes and offsets in it to what
// they must be. It changes nothing that says which object it is.
//
// Providers compare ids as bytes: what Normalize has changed may be the id of nothing to them.
func (id *EntryID) Normalize() { id.normalize(0) }

func (id *EntryID) normalize(depth int) {
	id.Trailing = nil
	if id.Form != nil && depth < maxDepth {
		id.Form.normalize(depth)
	}
}
