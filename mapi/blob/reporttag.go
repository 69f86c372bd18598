package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ReportTag is the value of PidTagReportTag (0x0031): where the message is that a report or a reminder to reply is about
// ([MS-OXOMSG] 2.2.2.22). Entry ids may be empty.
type ReportTag struct {
	Cookie              [9]byte // Cookie: "PCDFEB09" and a NUL
	Version             uint32  // Version: 0x00010001, or 0x00020001 with a SearchFolderEntryID
	StoreEntryID        []byte  // StoreEntryId
	FolderEntryID       []byte  // FolderEntryId
	MessageEntryID      []byte  // MessageEntryId
	SearchFolderEntryID []byte  // SearchFolderEntryId
	MessageSearchKey    []byte  // MessageSearchKey: PidTagSearchKey of the message
	ANSIText            []byte  // ANSIText: its subject, in a code page the tag does not name, with its NUL
	Trailing            []byte
}

const (
	reportVersion1 = 0x00010001
	reportVersion2 = 0x00020001
)

// reportCookie is what every tag begins with.
var reportCookie = [9]byte{'P', 'C', 'D', 'F', 'E', 'B', '0', '9', 0}

var reportFormat = format{"reporttag", wire.Words{Truncated: Truncated, Spec: "[MS-OXOMSG] 2.2.2.22"}}

var reportFields = []wire.Field{{Name: "Cookie", Kind: diag.Bytes, Size: 9, Meaning: quoted}, {Name: "Version", Size: 4}}

// DecodeReportTag decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeReportTag(b []byte) (*ReportTag, error) { return decode[ReportTag](b) }

// InspectReportTag decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectReportTag(b []byte) (*ReportTag, *diag.Report) { return inspect[ReportTag](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *ReportTag) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *ReportTag) format() *format { return &reportFormat }

// parts returns what stands behind Version, each behind its size, with the names of both.
func (v *ReportTag) parts() [6]struct {
	size, name string
	bytes      *[]byte
} {
	return [...]struct {
		size, name string
		bytes      *[]byte
	}{
		{"StoreEntryIdSize", "StoreEntryId", &v.StoreEntryID}, {"FolderEntryIdSize", "FolderEntryId", &v.FolderEntryID},
		{"MessageEntryIdSize", "MessageEntryId", &v.MessageEntryID}, {"SearchFolderEntryIdSize", "SearchFolderEntryId", &v.SearchFolderEntryID},
		{"MessageSearchKeySize", "MessageSearchKey", &v.MessageSearchKey}, {"ANSITextSize", "ANSIText", &v.ANSIText},
	}
}

func (v *ReportTag) read(c *wire.Cursor) {
	v.Cookie, v.Version, v.Trailing = [9]byte{}, 0, v.Trailing[:0]
	b := c.Run(reportFields, 13)
	if b != nil {
		v.Cookie, v.Version = [9]byte(b), binary.LittleEndian.Uint32(b[9:])
	}
	for i, p := range v.parts() {
		n := uint64(c.U32(p.size))
		if i == 5 {
			*p.bytes = keep(*p.bytes, c.BytesAs(p.name, n, quoted))
			continue
		}
		*p.bytes = keep(*p.bytes, c.Bytes(p.name, n))
	}
	if b != nil {
		v.check(c)
	}
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

func (v *ReportTag) check(c *wire.Cursor) {
	if v.Cookie != reportCookie {
		c.Find(diag.Warning, ReportCookie, "Cookie", 0, 9, "is %+q, must be %+q", v.Cookie[:], reportCookie[:])
	}
	want := uint32(reportVersion1)
	if len(v.SearchFolderEntryID) > 0 {
		want = reportVersion2
	}
	// A tag of version 2 that could name a search folder may name none.
	if v.Version != want && v.Version != reportVersion2 && !c.Dead() {
		c.Find(diag.Warning, ReportVersion, "Version", 9, 4, "is 0x%08X, must be 0x%08X", v.Version, want)
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about sizes that do not fit into 32 bits.
func (v *ReportTag) AppendBinary(b []byte) ([]byte, error) {
	for _, p := range v.parts() {
		if uint64(len(*p.bytes)) > math.MaxUint32 {
			return b, fmt.Errorf("blob: %s: %d bytes do not fit into 32 bits", p.name, len(*p.bytes))
		}
	}
	b = append(b, v.Cookie[:]...)
	b = binary.LittleEndian.AppendUint32(b, v.Version)
	for _, p := range v.parts() {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(*p.bytes)))
		b = append(b, *p.bytes...)
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *ReportTag) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *ReportTag) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *ReportTag) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form.
func (v *ReportTag) AppendJSON(b []byte) []byte {
	b = appendHex(append(b, '{'), "cookie", v.Cookie[:])
	b = appendUint(b, "version", uint64(v.Version))
	b = appendHex(b, "storeEntryId", v.StoreEntryID)
	b = appendHex(b, "folderEntryId", v.FolderEntryID)
	b = appendHex(b, "messageEntryId", v.MessageEntryID)
	b = appendHex(b, "searchFolderEntryId", v.SearchFolderEntryID)
	b = appendHex(b, "messageSearchKey", v.MessageSearchKey)
	b = appendHex(b, "ansiText", v.ANSIText)
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *ReportTag) UnmarshalJSON(b []byte) error {
	var form struct {
		Cookie                                                           jsonform.Hex
		Version                                                          uint32
		StoreEntryID, FolderEntryID, MessageEntryID, SearchFolderEntryID jsonform.Hex
		MessageSearchKey, ANSIText, Trailing                             jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	if n := len(form.Cookie); n != 9 && form.Cookie != nil {
		return fmt.Errorf("blob: cookie: is %d bytes, must be 9", n)
	}
	*v = ReportTag{Version: form.Version, StoreEntryID: form.StoreEntryID, FolderEntryID: form.FolderEntryID, MessageEntryID: form.MessageEntryID,
		SearchFolderEntryID: form.SearchFolderEntryID, MessageSearchKey: form.MessageSearchKey, ANSIText: form.ANSIText, Trailing: form.Trailing}
	copy(v.Cookie[:], form.Cookie)
	return nil
}
