package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Tombstones is the value of PidTagScheduleInfoAppointmentTombstone (0x686A): the meetings that a delegator or a delegate has
// declined, so that no late request brings them back ([MS-OXOCAL] 2.2.12.5). RecordsCount is the number of its records.
type Tombstones struct {
	Identifier  uint32 // Identifier: 0xBEDEAFCD
	HeaderSize  uint32 // HeaderSize: 20
	Version     uint32 // Version: 3
	RecordsSize uint32 // RecordsSize: 20
	HeaderRest  []byte // what HeaderSize counts beyond the published fields
	Records     []Tombstone
	Trailing    []byte
}

// Tombstone is one meeting that was declined ([MS-OXOCAL] 2.2.12.5.1).
type Tombstone struct {
	StartTime      Minutes // StartTime, in UTC
	EndTime        Minutes // EndTime, in UTC
	GlobalObjectID []byte  // GlobalObjectId: PidLidGlobalObjectId of the meeting
	Username       []byte  // Username: who declined it, up to 65535 bytes in a code page the record does not name
}

// Minutes are minutes since 1601-01-01 00:00.
type Minutes uint32

// FileTime returns the same moment in units of 100 ns.
func (m Minutes) FileTime() mapi.FileTime { return mapi.FileTime(m) * 60 * 10_000_000 }

// String returns the moment as in RFC 3339.
func (m Minutes) String() string { return m.FileTime().String() }

const (
	tombstoneID      = 0xBEDEAFCD
	tombstoneHeader  = 20
	tombstoneVersion = 3
	minTombstone     = 14
)

var tombstoneFormat = format{"tombstone", wire.Words{Truncated: Truncated, Spec: "[MS-OXOCAL] 2.2.12.5"}}

var tombstoneFields = []wire.Field{
	{Name: "Identifier", Size: 4}, {Name: "HeaderSize", Size: 4}, {Name: "Version", Size: 4}, {Name: "RecordsCount", Size: 4}, {Name: "RecordsSize", Size: 4},
}

var recordFields = []wire.Field{
	{Name: "StartTime", Size: 4, Meaning: minutesText}, {Name: "EndTime", Size: 4, Meaning: minutesText}, {Name: "GlobalObjectIdSize", Size: 4},
}

var usernameField = []wire.Field{{Name: "UsernameSize", Size: 2}}

func minutesText(b []byte) string { return Minutes(binary.LittleEndian.Uint32(b)).String() }

// DecodeTombstones decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeTombstones(b []byte) (*Tombstones, error) { return decode[Tombstones](b) }

// InspectTombstones decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectTombstones(b []byte) (*Tombstones, *diag.Report) { return inspect[Tombstones](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *Tombstones) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *Tombstones) format() *format { return &tombstoneFormat }

func (v *Tombstones) read(c *wire.Cursor) {
	*v = Tombstones{HeaderRest: v.HeaderRest[:0], Records: v.Records[:0], Trailing: v.Trailing[:0]}
	b := c.Run(tombstoneFields, tombstoneHeader)
	if b == nil {
		return
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	v.Identifier, v.HeaderSize, v.Version, v.RecordsSize = u32(0), u32(4), u32(8), u32(16)
	count := uint64(u32(12))
	v.checkHeader(c)
	if v.HeaderSize > tombstoneHeader {
		v.HeaderRest = keep(v.HeaderRest, c.Bytes("headerRest", uint64(v.HeaderSize-tombstoneHeader)))
	}
	v.Records = room(v.Records, c.Count(count, minTombstone)+1)
	var times some
	for i := uint64(0); i < count && !c.Dead(); i++ {
		var t *Tombstone
		v.Records, t = next(v.Records)
		at := c.Offset()
		c.In("Records", int(i))
		whole := t.read(c)
		c.Out()
		switch {
		case !whole:
			v.Records = v.Records[:i] // not even its times were read
		case t.EndTime < t.StartTime:
			times.add(int(i), at+4)
		}
	}
	if times.n > 0 {
		t := &v.Records[times.first]
		c.In("Records", times.first)
		c.Find(diag.Warning, TombstoneTimes, "EndTime", times.at, 4, "is %v, before StartTime, %v%s", t.EndTime, t.StartTime, times.others())
		c.Out()
	}
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

func (t *Tombstone) read(c *wire.Cursor) bool {
	*t = Tombstone{GlobalObjectID: t.GlobalObjectID[:0], Username: t.Username[:0]}
	b := c.Run(recordFields, 12)
	if b == nil {
		return false
	}
	t.StartTime, t.EndTime = Minutes(binary.LittleEndian.Uint32(b)), Minutes(binary.LittleEndian.Uint32(b[4:]))
	t.GlobalObjectID = keep(t.GlobalObjectID, c.Bytes("GlobalObjectId", uint64(binary.LittleEndian.Uint32(b[8:]))))
	if b := c.Run(usernameField, 2); b != nil {
		t.Username = keep(t.Username, c.BytesAs("Username", uint64(binary.LittleEndian.Uint16(b)), quoted))
	}
	return true
}

func (v *Tombstones) checkHeader(c *wire.Cursor) {
	mustBe(c, "Identifier", 0, v.Identifier, tombstoneID, "is 0x%08X, must be 0x%08X")
	mustBe(c, "HeaderSize", 4, v.HeaderSize, tombstoneHeader, "is %d, must be %d")
	mustBe(c, "Version", 8, v.Version, tombstoneVersion, "is %d, must be %d")
	mustBe(c, "RecordsSize", 16, v.RecordsSize, tombstoneHeader, "is %d, must be %d")
}

func mustBe(c *wire.Cursor, name string, at int, got, want uint32, format string) {
	if got != want {
		c.Find(diag.Warning, TombstoneHeader, name, at, 4, format, got, want)
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say, HeaderSize among them. The error is about sizes that
// do not fit, and about a HeaderRest of another size than HeaderSize leaves for it.
func (v *Tombstones) AppendBinary(b []byte) ([]byte, error) {
	rest := max(int64(v.HeaderSize)-tombstoneHeader, 0)
	if int64(len(v.HeaderRest)) != rest {
		return b, fmt.Errorf("blob: HeaderRest: is %d bytes, must be %d", len(v.HeaderRest), rest)
	}
	if uint64(len(v.Records)) > math.MaxUint32 {
		return b, fmt.Errorf("blob: RecordsCount: %d records do not fit into 32 bits", len(v.Records))
	}
	for i := range v.Records {
		t := &v.Records[i]
		if uint64(len(t.GlobalObjectID)) > math.MaxUint32 || len(t.Username) > math.MaxUint16 {
			return b, fmt.Errorf("blob: Records[%d]: %d and %d bytes do not fit into 32 and 16 bits", i, len(t.GlobalObjectID), len(t.Username))
		}
	}
	for _, n := range [...]uint32{v.Identifier, v.HeaderSize, v.Version, uint32(len(v.Records)), v.RecordsSize} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	b = append(b, v.HeaderRest...)
	for i := range v.Records {
		t := &v.Records[i]
		for _, n := range [...]uint32{uint32(t.StartTime), uint32(t.EndTime), uint32(len(t.GlobalObjectID))} {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		b = append(b, t.GlobalObjectID...)
		b = append(binary.LittleEndian.AppendUint16(b, uint16(len(t.Username))), t.Username...)
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *Tombstones) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *Tombstones) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *Tombstones) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Times are minutes since 1601; "start" and "end" say the same in words, and are not read
// again.
func (v *Tombstones) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "identifier", uint64(v.Identifier))
	b = appendUint(b, "headerSize", uint64(v.HeaderSize))
	b = appendUint(b, "version", uint64(v.Version))
	b = appendUint(b, "recordsSize", uint64(v.RecordsSize))
	b = appendHexIf(b, "headerRest", v.HeaderRest)
	b = appendList(b, "records", len(v.Records), func(b []byte, i int) []byte {
		t := &v.Records[i]
		b = appendUint(append(b, '{'), "startTime", uint64(t.StartTime))
		b = appendText(b, "start", t.StartTime.String())
		b = appendUint(b, "endTime", uint64(t.EndTime))
		b = appendText(b, "end", t.EndTime.String())
		b = appendHex(b, "globalObjectId", t.GlobalObjectID)
		return append(appendHex(b, "username", t.Username), '}')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *Tombstones) UnmarshalJSON(b []byte) error {
	var form struct {
		Identifier, HeaderSize, Version, RecordsSize uint32
		HeaderRest                                   jsonform.Hex
		Records                                      []struct {
			StartTime, EndTime       Minutes
			GlobalObjectID, Username jsonform.Hex
		}
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = Tombstones{Identifier: form.Identifier, HeaderSize: form.HeaderSize, Version: form.Version, RecordsSize: form.RecordsSize,
		HeaderRest: form.HeaderRest, Trailing: form.Trailing}
	for _, t := range form.Records {
		v.Records = append(v.Records, Tombstone{t.StartTime, t.EndTime, t.GlobalObjectID, t.Username})
	}
	return nil
}
