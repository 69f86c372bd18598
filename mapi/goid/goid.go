package goid

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// GlobalObjectID is the value of PidLidGlobalObjectId and PidLidCleanGlobalObjectId (PSETID_Meeting, 0x0003 and 0x0023;
// [MS-OXOCAL] 2.2.1.27 and 2.2.1.28). The zero value is foreign; use New or Wrap.
//
// An id with another ByteArrayID than the published one is foreign: it is read and written by the same layout, but
// nothing is known of what its bytes mean, so that no method takes any of them for a date or a UID.
type GlobalObjectID struct {
	ByteArrayID  [16]byte // Byte Array ID: 04 00 00 00 82 00 E0 00 74 C5 B7 10 1A 82 E0 08
	Year         uint16   // YH and YL, of the date that the instance had in its series; 0 where the id is of no instance
	Month        uint8    // M, 1 to 12, or 0
	Day          uint8    // D, 1 to 31, or 0
	CreationTime FileTime // Creation Time; 0 in most wrapped ids
	X            [8]byte  // X, reserved, zero
	Data         []byte   // Data: 16 random bytes, or a wrapped UID; Size is their number
	Trailing     []byte   // what follows Data
}

const (
	dateAt   = 16 // the offset of Year, Month and Day
	dateSize = 4
	xAt      = 28
	sizeAt   = 36
	headSize = 40 // of the fields up to Size
)

// byteArrayID says of a blob that it is a global object id.
var byteArrayID = [16]byte{0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08}

var words = wire.Words{Truncated: Truncated} // sections come from the catalogue

var headFields = []wire.Field{
	{Name: "ByteArrayID", Kind: diag.Bytes, Size: 16, Meaning: byteArrayText},
	{Name: "Year", Kind: diag.UintBE, Size: 2},
	{Name: "Month", Size: 1, Meaning: monthText},
	{Name: "Day", Size: 1},
	{Name: "CreationTime", Size: 8, Meaning: creationText},
	{Name: "X", Kind: diag.Bytes, Size: 8},
	{Name: "Size", Size: 4},
}

func byteArrayText(b []byte) string {
	if [16]byte(b) == byteArrayID {
		return "global object id"
	}
	return "foreign"
}

func creationText(b []byte) string { return FileTime(binary.LittleEndian.Uint64(b)).String() }

// dataText says what Data is: a wrapped UID, or the GUID that Outlook and Exchange put there.
func dataText(b []byte) string {
	if uid, ok := unwrap(b); ok {
		return fmt.Sprintf("UID %q", uid)
	}
	if len(b) == len(guid.GUID{}) {
		return guid.GUID(b).String()
	}
	return ""
}

// New returns the id of a new meeting or series: the moment at which it was made, and 16 bytes that no other meeting has.
func New(created FileTime, data guid.GUID) *GlobalObjectID {
	return &GlobalObjectID{ByteArrayID: byteArrayID, CreationTime: created, Data: data[:]}
}

// Decode decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above; it is an
// io.ErrUnexpectedEOF when b ends too early. b is not kept. A foreign id is decoded; ask IsForeign.
func Decode(b []byte) (*GlobalObjectID, error) {
	g := new(GlobalObjectID)
	if err := g.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return g, nil
}

// Inspect decodes as much of b as there is, and reports every field and every finding. It never fails. After a Fatal
// finding the value holds the fields read before it.
func Inspect(b []byte) (*GlobalObjectID, *diag.Report) {
	g, r := new(GlobalObjectID), diag.New("goid", b, catalogue)
	c := wire.New(b, r, &words)
	g.read(&c)
	return g, r
}

// InspectClean inspects the value of PidLidCleanGlobalObjectId: as Inspect does, but an id with a date in it is a
// finding, CleanDate.
func InspectClean(b []byte) (*GlobalObjectID, *diag.Report) {
	g, r := Inspect(b)
	if r.Size() >= dateAt+dateSize && !g.IsClean() {
		r.Add(diag.Finding{Severity: diag.Warning, Code: CleanDate, Span: diag.Span{Offset: dateAt, Len: dateSize}, Path: "Year",
			Msg: fmt.Sprintf("is, with Month and Day, %s, must be 0 in a clean id", g.dateText())})
	}
	return g, r
}

// UnmarshalBinary decodes b into g strictly, as Decode does, and reuses the memory g holds. After an error g holds no
// promised value, but may be used again.
func (g *GlobalObjectID) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &words)
	g.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("goid", catalogue)
	c = wire.New(b, r, &words)
	g.read(&c)
	return r.Err()
}

func (g *GlobalObjectID) read(c *wire.Cursor) {
	left := c.Left()
	b, whole := c.Run(headFields, headSize), headSize
	if b == nil {
		var part [headSize]byte // what there is of it, and zeros
		whole = copy(part[:], c.Whole(0))
		b = part[:]
	}
	g.ByteArrayID = [16]byte(b)
	g.Year, g.Month, g.Day = binary.BigEndian.Uint16(b[dateAt:]), b[18], b[19]
	g.CreationTime = FileTime(binary.LittleEndian.Uint64(b[20:]))
	g.X = [8]byte(b[xAt:sizeAt])
	g.Data = append(g.Data[:0], g.readData(c, uint64(binary.LittleEndian.Uint32(b[sizeAt:])))...)
	if c.Recording() {
		g.checkHead(c, whole, left)
		if !c.Dead() {
			g.checkData(c)
		}
	}
	g.Trailing = append(g.Trailing[:0], c.Rest("trailing", TrailingData)...)
}

// readData reads Data of n bytes. Where it is recorded and means something, it must be in a table.
func (g *GlobalObjectID) readData(c *wire.Cursor, n uint64) []byte {
	if n == 0 || n > uint64(c.Left()) || !c.Recording() || g.IsForeign() {
		return c.Bytes("Data", n)
	}
	return c.Run([]wire.Field{{Name: "Data", Kind: diag.Bytes, Size: int(n), Meaning: dataText}}, int(n))
}

// AppendBinary appends the encoding of g: exactly what its fields say, whether that makes a good id or not. The error is
// about Data of more bytes than Size can count, 2^32-1.
func (g *GlobalObjectID) AppendBinary(b []byte) ([]byte, error) {
	if uint64(len(g.Data)) > math.MaxUint32 {
		return b, fmt.Errorf("goid: Data: %d bytes do not fit in 32 bits", len(g.Data))
	}
	return g.append(b), nil
}

func (g *GlobalObjectID) append(b []byte) []byte {
	b = append(b, g.ByteArrayID[:]...)
	b = binary.BigEndian.AppendUint16(b, g.Year)
	b = append(b, g.Month, g.Day)
	b = binary.LittleEndian.AppendUint64(b, uint64(g.CreationTime))
	b = append(b, g.X[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(g.Data)))
	b = append(b, g.Data...)
	return append(b, g.Trailing...)
}

// MarshalBinary returns the encoding of g, as AppendBinary does.
func (g *GlobalObjectID) MarshalBinary() ([]byte, error) { return g.AppendBinary(nil) }

// Normalize zeroes X and drops what follows Data. It changes no date, and no id that is foreign into one that is not.
//
// An id is all of its bytes: what Normalize has changed is the id of another meeting to everybody who holds the old one.
func (g *GlobalObjectID) Normalize() { g.X, g.Trailing = [8]byte{}, nil }

// IsForeign reports whether the id has another ByteArrayID than the published one.
func (g *GlobalObjectID) IsForeign() bool { return g.ByteArrayID != byteArrayID }

// clone returns a copy that shares no memory with g.
func (g *GlobalObjectID) clone() *GlobalObjectID {
	c := *g
	c.Data, c.Trailing = bytes.Clone(g.Data), bytes.Clone(g.Trailing)
	return &c
}
