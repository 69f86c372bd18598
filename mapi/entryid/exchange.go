package entryid

import (
	"encoding/binary"
	"fmt"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ObjectType says what an id of an Exchange store is of ([MS-OXCDATA] 2.2.4).
type ObjectType uint16

// The types of objects in a store. Mapped ones are public, seen through the mailbox of a client.
const (
	PrivateFolder  ObjectType = 0x0001
	PublicFolder   ObjectType = 0x0003
	MappedFolder   ObjectType = 0x0005
	PrivateMessage ObjectType = 0x0007
	PublicMessage  ObjectType = 0x0009
	MappedMessage  ObjectType = 0x000B
)

// String returns the name of the type in edkmdb.h: "eitLTPrivateFolder".
func (t ObjectType) String() string {
	switch t {
	case PrivateFolder:
		return "eitLTPrivateFolder"
	case PublicFolder:
		return "eitLTPublicFolder"
	case MappedFolder:
		return "eitLTWackyFolder"
	case PrivateMessage:
		return "eitLTPrivateMessage"
	case PublicMessage:
		return "eitLTPublicMessage"
	case MappedMessage:
		return "eitLTWackyMessage"
	}
	return fmt.Sprintf("0x%04X", uint16(t))
}

func (t ObjectType) isFolder() bool {
	return t == PrivateFolder || t == PublicFolder || t == MappedFolder
}

func (t ObjectType) isMessage() bool {
	return t == PrivateMessage || t == PublicMessage || t == MappedMessage
}

// IsPublic reports whether the object is in a public store.
func (t ObjectType) IsPublic() bool { return t != PrivateFolder && t != PrivateMessage }

func objectTypeText(b []byte) string { return ObjectType(binary.LittleEndian.Uint16(b)).String() }

// GlobalCounter is the number of an object in its replica, of 6 bytes, the most significant first ([MS-OXCDATA] 2.2.1).
// With the GUID of the replica it names the object for ever.
type GlobalCounter [6]byte

// Uint64 returns the number.
func (g GlobalCounter) Uint64() uint64 {
	return binary.BigEndian.Uint64(append(make([]byte, 2, 8), g[:]...))
}

// String returns the number in hexadecimal, all twelve digits: "0x0000157B5166".
func (g GlobalCounter) String() string { return fmt.Sprintf("0x%012X", g.Uint64()) }

func counterText(b []byte) string { return GlobalCounter(b).String() }

// Folder is the rest of the id of a folder in an Exchange store, 46 bytes in all ([MS-OXCDATA] 2.2.4.1).
type Folder struct {
	Type          ObjectType // FolderType
	DatabaseGUID  guid.GUID  // of the replica that counts
	GlobalCounter GlobalCounter
	Pad           [2]byte // zero
}

// Message is the rest of the id of a message in an Exchange store, 70 bytes in all ([MS-OXCDATA] 2.2.4.2).
type Message struct {
	Type                 ObjectType // MessageType
	FolderDatabaseGUID   guid.GUID
	FolderGlobalCounter  GlobalCounter
	Pad1                 [2]byte // zero
	MessageDatabaseGUID  guid.GUID
	MessageGlobalCounter GlobalCounter
	Pad2                 [2]byte // zero
}

var folderFields = []wire.Field{
	{Name: "FolderType", Size: 2, Meaning: objectTypeText},
	{Name: "DatabaseGUID", Kind: diag.Bytes, Size: 16, Meaning: plainGUIDText},
	{Name: "GlobalCounter", Kind: diag.Bytes, Size: 6, Meaning: counterText},
	{Name: "Pad", Kind: diag.Bytes, Size: 2},
}

var messageFields = []wire.Field{
	{Name: "MessageType", Size: 2, Meaning: objectTypeText},
	{Name: "FolderDatabaseGUID", Kind: diag.Bytes, Size: 16, Meaning: plainGUIDText},
	{Name: "FolderGlobalCounter", Kind: diag.Bytes, Size: 6, Meaning: counterText},
	{Name: "Pad1", Kind: diag.Bytes, Size: 2},
	{Name: "MessageDatabaseGUID", Kind: diag.Bytes, Size: 16, Meaning: plainGUIDText},
	{Name: "MessageGlobalCounter", Kind: diag.Bytes, Size: 6, Meaning: counterText},
	{Name: "Pad2", Kind: diag.Bytes, Size: 2},
}

// String returns "folder".
func (f *Folder) String() string { return "folder" }

func (f *Folder) read(c *wire.Cursor, at place) {
	b := c.Run(folderFields, folderSize-headSize) // there are so many: the form was chosen by them
	*f = Folder{ObjectType(binary.LittleEndian.Uint16(b)), guid.GUID(b[2:18]), GlobalCounter(b[18:24]), [2]byte(b[24:])}
	if c.Recording() {
		checkPad(c, "Pad", f.Pad[:], at.start+44)
	}
}

func (f *Folder) append(b []byte, _ place) ([]byte, error) {
	b = binary.LittleEndian.AppendUint16(b, uint16(f.Type))
	b = append(append(b, f.DatabaseGUID[:]...), f.GlobalCounter[:]...)
	return append(b, f.Pad[:]...), nil
}

func (f *Folder) normalize(int) { f.Pad = [2]byte{} }

// String returns "message".
func (m *Message) String() string { return "message" }

func (m *Message) read(c *wire.Cursor, at place) {
	b := c.Run(messageFields, messageSize-headSize) // there are so many: the form was chosen by them
	*m = Message{ObjectType(binary.LittleEndian.Uint16(b)), guid.GUID(b[2:18]), GlobalCounter(b[18:24]), [2]byte(b[24:26]),
		guid.GUID(b[26:42]), GlobalCounter(b[42:48]), [2]byte(b[48:])}
	if c.Recording() {
		checkPad(c, "Pad1", m.Pad1[:], at.start+44)
		checkPad(c, "Pad2", m.Pad2[:], at.start+68)
	}
}

func (m *Message) append(b []byte, _ place) ([]byte, error) {
	b = binary.LittleEndian.AppendUint16(b, uint16(m.Type))
	b = append(append(append(b, m.FolderDatabaseGUID[:]...), m.FolderGlobalCounter[:]...), m.Pad1[:]...)
	b = append(append(append(b, m.MessageDatabaseGUID[:]...), m.MessageGlobalCounter[:]...), m.Pad2[:]...)
	return b, nil
}

func (m *Message) normalize(int) { m.Pad1, m.Pad2 = [2]byte{}, [2]byte{} }

// Folder returns the id of the folder that the message is in, of the same store. The flags and the UID of the provider are
// those of the message's id.
func (m *Message) Folder() *Folder {
	t := m.Type
	if t.isMessage() {
		t -= PrivateMessage - PrivateFolder
	}
	return &Folder{t, m.FolderDatabaseGUID, m.FolderGlobalCounter, m.Pad1}
}
