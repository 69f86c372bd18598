package entryid

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wire"
)

// DisplayType says what an address book entry is ([MS-OXOABK] 2.2.3.11).
type DisplayType uint32

// displayTypes are the names of the types below displayContainer, and of the containers from there on.
var displayTypes = [...]string{"DT_MAILUSER", "DT_DISTLIST", "DT_FORUM", "DT_AGENT", "DT_ORGANIZATION", "DT_PRIVATE_DISTLIST",
	"DT_REMOTE_MAILUSER", "DT_ROOM", "DT_EQUIPMENT", "DT_SEC_DISTLIST"}

// String returns the name of the type, DT_MAILUSER for 0, or its number.
func (t DisplayType) String() string {
	switch {
	case t < DisplayType(len(displayTypes)):
		return displayTypes[t]
	case t == 0x100:
		return "DT_CONTAINER"
	case t == 0x101:
		return "DT_TEMPLATE"
	case t == 0x102:
		return "DT_ADDRESS_TEMPLATE"
	case t == 0x200:
		return "DT_SEARCH"
	}
	return fmt.Sprintf("0x%08X", uint32(t))
}

func (t DisplayType) isKnown() bool {
	return t < DisplayType(len(displayTypes)) || t >= 0x100 && t <= 0x102 || t == 0x200
}

func displayTypeText(b []byte) string { return DisplayType(binary.LittleEndian.Uint32(b)).String() }

// AddressBook is the rest of the id of an entry of Exchange's address book ([MS-OXCDATA] 2.2.5.2).
type AddressBook struct {
	Version uint32 // 1
	Type    DisplayType
	X500DN  Text8 // the legacyExchangeDN of the entry; see ParseDN
}

var addressBookFields = []wire.Field{{Name: "Version", Size: 4}, {Name: "Type", Size: 4, Meaning: displayTypeText}}

// String returns "addressBook".
func (a *AddressBook) String() string { return "addressBook" }

func (a *AddressBook) read(c *wire.Cursor, at place) {
	a.Version, a.Type = readVersionType(c)
	dnAt := at.start + headSize + 8
	a.X500DN = readText8(c, "X500DN", a.X500DN)
	if c.Recording() && !c.Dead() {
		checkDN(c, "X500DN", dnAt, a.X500DN)
	}
}

// readVersionType reads the two words with which ids of the address book begin, zeros where they are not there.
func readVersionType(c *wire.Cursor) (uint32, DisplayType) {
	start := c.Offset()
	b := c.Run(addressBookFields, 8)
	if b == nil {
		var part [8]byte
		copy(part[:], c.Whole(start))
		b = part[:]
	} else if c.Recording() {
		checkVersionType(c, start, binary.LittleEndian.Uint32(b), DisplayType(binary.LittleEndian.Uint32(b[4:])))
	}
	return binary.LittleEndian.Uint32(b), DisplayType(binary.LittleEndian.Uint32(b[4:]))
}

func (a *AddressBook) append(b []byte, _ place) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, a.Version)
	b = binary.LittleEndian.AppendUint32(b, uint32(a.Type))
	return appendText8(b, "X500DN", a.X500DN)
}

func (a *AddressBook) normalize(int) {}

// Ephemeral is the rest of the id of an address book entry that is good for one session with one server, whose GUID is the
// UID of the provider ([MS-OXNSPI] 2.2.9.2).
type Ephemeral struct {
	Version uint32 // 1
	Type    DisplayType
	MID     uint32 // Minimal Entry ID
}

// String returns "ephemeral".
func (e *Ephemeral) String() string { return "ephemeral" }

func (e *Ephemeral) read(c *wire.Cursor) {
	e.Version, e.Type = readVersionType(c)
	e.MID = c.U32("MId")
}

func (e *Ephemeral) append(b []byte, _ place) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, e.Version)
	b = binary.LittleEndian.AppendUint32(b, uint32(e.Type))
	return binary.LittleEndian.AppendUint32(b, e.MID), nil
}

func (e *Ephemeral) normalize(int) {}

// OneOff is the rest of the id of somebody who is in no directory: it says all there is ([MS-OXCDATA] 2.2.5.1).
//
// The texts are WTF-8 where Bits has OneOffUnicode. Else they are the bytes of 8-bit text, in a code page that the id does
// not name: see Text.
type OneOff struct {
	Version      uint16 // 0
	Bits         OneOffBits
	DisplayName  string
	AddressType  string // "SMTP"
	EmailAddress string
}

// OneOffBits are the bits of a one-off id: how its text is stored, and how its owner wants messages.
type OneOffBits uint16

// The bits that change how the id is read, or what it stands for.
const (
	OneOffNoRichInfo OneOffBits = 0x0001 // MAPI_SEND_NO_RICH_INFO: no TNEF
	OneOffDontLookup OneOffBits = 0x1000 // OOP_DONT_LOOKUP: not to be sought in the address book
	OneOffUnicode    OneOffBits = 0x8000 // MAPI_UNICODE: the text is UTF-16
)

// oneOffWords are the names of the bits.
var oneOffWords = [...]struct {
	bit  OneOffBits
	word string
}{
	{OneOffNoRichInfo, "MAPI_SEND_NO_RICH_INFO"}, {0x0002, "ENCODING_PREFERENCE"}, {0x0004, "ENCODING_MIME"},
	{0x0008, "BODY_ENCODING_HTML"}, {0x0010, "BODY_ENCODING_TEXT_AND_HTML"}, {0x0020, "MAC_ATTACH_ENCODING_UUENCODE"},
	{0x0040, "MAC_ATTACH_ENCODING_APPLESINGLE"}, {OneOffDontLookup, "OOP_DONT_LOOKUP"}, {OneOffUnicode, "MAPI_UNICODE"},
}

// Words returns the names of the bits, and what has no name as one number at the end. Both bits of
// MAC_ATTACH_ENCODING_UUENCODE and MAC_ATTACH_ENCODING_APPLESINGLE together are MAC_ATTACH_ENCODING_APPLEDOUBLE.
func (f OneOffBits) Words() []string {
	var all []string
	if f&0x0060 == 0x0060 {
		all = append(all, "MAC_ATTACH_ENCODING_APPLEDOUBLE")
		f &^= 0x0060
	}
	for _, w := range oneOffWords {
		if f&w.bit != 0 {
			all = append(all, w.word)
			f &^= w.bit
		}
	}
	if f != 0 {
		all = append(all, fmt.Sprintf("0x%04X", uint16(f)))
	}
	return all
}

// String returns the words, with "+" between them, or "0".
func (f OneOffBits) String() string { return joinWords(f.Words()) }

func oneOffBitsText(b []byte) string { return OneOffBits(binary.LittleEndian.Uint16(b)).String() }

var oneOffFields = []wire.Field{{Name: "Version", Size: 2}, {Name: "Bits", Size: 2, Meaning: oneOffBitsText}}

// String returns "oneOff".
func (o *OneOff) String() string { return "oneOff" }

func (o *OneOff) read(c *wire.Cursor, at place) {
	start := c.Offset()
	b := c.Run(oneOffFields, 4)
	if b == nil {
		*o = OneOff{}
		if whole := c.Whole(start); len(whole) >= 2 {
			o.Version = binary.LittleEndian.Uint16(whole)
		}
		return
	}
	o.Version, o.Bits = binary.LittleEndian.Uint16(b), OneOffBits(binary.LittleEndian.Uint16(b[2:]))
	if c.Recording() {
		o.check(c, at.start+headSize)
	}
	for _, f := range o.fields() {
		if o.Bits&OneOffUnicode != 0 {
			*f.text = readText16(c, f.name, *f.text)
		} else {
			*f.text = readText8(c, f.name, *f.text)
		}
	}
}

type oneOffText struct {
	name string
	text *string
}

func (o *OneOff) fields() [3]oneOffText {
	return [3]oneOffText{{"DisplayName", &o.DisplayName}, {"AddressType", &o.AddressType}, {"EmailAddress", &o.EmailAddress}}
}

func (o *OneOff) append(b []byte, _ place) (_ []byte, err error) {
	b = binary.LittleEndian.AppendUint16(b, o.Version)
	b = binary.LittleEndian.AppendUint16(b, uint16(o.Bits))
	for _, f := range o.fields() {
		if o.Bits&OneOffUnicode != 0 {
			b, err = appendText16(b, f.name, *f.text)
		} else {
			b, err = appendText8(b, f.name, *f.text)
		}
		if err != nil {
			return b, err
		}
	}
	return b, nil
}

func (o *OneOff) normalize(int) {}

// Text returns the three texts: as they are, or, where they are of 8 bits, read in the Windows code page cp, 0 for one that
// is not known.
func (o *OneOff) Text(cp int) (displayName, addressType, emailAddress string) {
	if o.Bits&OneOffUnicode != 0 {
		return o.DisplayName, o.AddressType, o.EmailAddress
	}
	return Text8(o.DisplayName).Decode(cp), Text8(o.AddressType).Decode(cp), Text8(o.EmailAddress).Decode(cp)
}
