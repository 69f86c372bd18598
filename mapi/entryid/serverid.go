package entryid

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ObjectID is a folder id or a message id, FID or MID, as one server knows the object ([MS-OXCDATA] 2.2.1.1 and 2.2.1.2).
// Which replica its number is of only that server can say: what is equal to an entry id's counter is likely, but not
// certain, to be the same object.
type ObjectID struct {
	ReplicaID     uint16
	GlobalCounter GlobalCounter
}

// ReadObjectID returns the id whose bytes are b.
func ReadObjectID(b [8]byte) ObjectID {
	return ObjectID{binary.LittleEndian.Uint16(b[:]), GlobalCounter(b[2:])}
}

// Bytes returns the bytes of the id.
func (o ObjectID) Bytes() [8]byte {
	var b [8]byte
	binary.LittleEndian.PutUint16(b[:], o.ReplicaID)
	copy(b[2:], o.GlobalCounter[:])
	return b
}

// IsZero reports whether the id is of nothing.
func (o ObjectID) IsZero() bool { return o == ObjectID{} }

// String returns the numbers of replica and object in hexadecimal, as MFCMAPI shows them: "1-157B5166".
func (o ObjectID) String() string {
	return fmt.Sprintf("%X-%X", o.ReplicaID, o.GlobalCounter.Uint64())
}

func objectIDText(b []byte) string { return ReadObjectID([8]byte(b)).String() }

// ServerID is a value of type PtypServerId, and the id of a folder in a rule of the same store ([MS-OXCDATA] 2.11.1.4),
// without the size that stands before it in some places. It does not know its own length.
type ServerID struct {
	Ours      uint8 // 1: all but Foreign is there; else Foreign alone
	FolderID  ObjectID
	MessageID ObjectID // zero for a folder
	Instance  uint32   // of a table row that stands for one of many values, else zero
	Foreign   []byte   // what another provider has for an id
}

const serverIDSize = 21

var (
	oursFields     = []wire.Field{{Name: "Ours", Size: 1}}
	serverIDFields = []wire.Field{
		{Name: "FolderID", Kind: diag.Bytes, Size: 8, Meaning: objectIDText},
		{Name: "MessageID", Kind: diag.Bytes, Size: 8, Meaning: objectIDText},
		{Name: "Instance", Size: 4},
	}
)

// DecodeServerID decodes b strictly, as Decode does.
func DecodeServerID(b []byte) (*ServerID, error) {
	s := new(ServerID)
	if err := s.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return s, nil
}

// InspectServerID decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectServerID(b []byte) (*ServerID, *diag.Report) {
	s, r := new(ServerID), diag.New("serverid", b, catalogue)
	c := wire.New(b, r, &words)
	s.read(&c)
	return s, r
}

// UnmarshalBinary decodes b into s strictly, and reuses the memory s holds. After an error s holds no promised value, but
// may be used again.
func (s *ServerID) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	s.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("serverid", catalogue)
	c = wire.New(b, r, &words)
	s.read(&c)
	return r.Err()
}

func (s *ServerID) read(c *wire.Cursor) {
	size := c.Left()
	*s = ServerID{Foreign: s.Foreign[:0]}
	b := c.Run(oursFields, 1)
	if b == nil {
		return
	}
	if s.Ours = b[0]; s.Ours != 1 {
		if s.Ours != 0 {
			c.Find(diag.Warning, ServerIDOurs, "Ours", 0, 1, "is %d, must be 0 or 1: taken for 0", s.Ours)
		}
		s.Foreign = append(s.Foreign, c.Bytes("Foreign", uint64(c.Left()))...)
		return
	}
	if size != serverIDSize {
		c.Find(diag.Fatal, ServerIDSize, "Ours", 0, 1, "is 1, in an id of %d bytes, which must be %d", size, serverIDSize)
		c.Undecoded()
		return
	}
	b = c.Run(serverIDFields, serverIDSize-1)
	s.FolderID, s.MessageID, s.Instance = ReadObjectID([8]byte(b)), ReadObjectID([8]byte(b[8:])), binary.LittleEndian.Uint32(b[16:])
}

// AppendBinary appends the encoding of s: exactly what its fields say. The error is about fields that are not written.
func (s *ServerID) AppendBinary(b []byte) ([]byte, error) {
	empty := s.FolderID.IsZero() && s.MessageID.IsZero() && s.Instance == 0
	switch {
	case s.Ours == 1 && len(s.Foreign) > 0:
		return b, misplaced("entryid: Foreign", "stands in no id whose Ours is 1")
	case s.Ours != 1 && !empty:
		return b, misplaced("entryid: FolderID", "stands in ids whose Ours is 1")
	case s.Ours != 1:
		return append(append(b, s.Ours), s.Foreign...), nil
	}
	folder, message := s.FolderID.Bytes(), s.MessageID.Bytes()
	b = append(append(append(b, s.Ours), folder[:]...), message[:]...)
	return binary.LittleEndian.AppendUint32(b, s.Instance), nil
}

// MarshalBinary returns the encoding of s, as AppendBinary does.
func (s *ServerID) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// Validate inspects s's own encoding and returns the findings. One that AppendBinary refuses gives one finding,
// NotEncodable.
func (s *ServerID) Validate() []diag.Finding {
	b, err := s.AppendBinary(nil)
	if err != nil {
		return notEncodable(err)
	}
	_, r := InspectServerID(b)
	return slices.Collect(r.Findings())
}
