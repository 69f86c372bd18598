package blob

import (
	"encoding/binary"
	"math"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// NicknameCache is the list from which Outlook completes addresses: whom the user wrote to, and how often. Outlook 2010 and
// later keep it in PidTagRoamingBinary (0x7C09) of the message IPM.Configuration.Autocomplete, earlier ones in a file .nk2.
// No section of [MS-OXPROPS] describes it; the layout is the Autocomplete stream of the Outlook MAPI Reference. The number of
// rows is that of Rows.
//
// What Metadata is, and that the last 8 bytes are a time, is not published; that is as libnk2 found it in files.
type NicknameCache struct {
	Metadata     uint32        // 0xBAADF00D
	MajorVersion uint32        // 12; Outlook reads no other
	MinorVersion uint32        // 0, unless there is something in ExtraInfo
	Rows         []NicknameRow // by weight, the heaviest first
	ExtraInfo    []byte
	Modified     mapi.FileTime // the metadata behind all else: when it was written
	Trailing     []byte
}

// NicknameRow is one recipient. No section of [MS-OXPROPS] describes it.
type NicknameRow struct {
	Properties []NicknameProperty
}

// NicknameProperty is one property of a recipient. No section of [MS-OXPROPS] describes its layout. Union has the value of a
// type of up to 8 bytes. Of other types it has whatever the writer left there, and nobody reads it.
type NicknameProperty struct {
	Tag      mapi.PropTag
	Reserved uint32
	Union    [8]byte
	// Data is the value where it is not in Union: without the count of its bytes, and text with its NUL. A list has the
	// count of each element before it, in 4 bytes.
	Data []byte
}

const (
	nicknameMetadata = 0xBAADF00D
	nicknameVersion  = 12
	nicknameHeader   = 16
	nicknameProperty = 16 // bytes of a property without its data
	nickNameID       = 0x6001
	nickNameWeight   = 0x60040003 // PR_NICK_NAME_WEIGHT
)

const nicknameSpec = "Outlook MAPI Reference, Autocomplete stream"

var nicknameFormat = format{"nickname", wire.Words{Truncated: Truncated, Spec: nicknameSpec}}

var (
	nicknameFields = []wire.Field{{Name: "Metadata", Size: 4}, {Name: "MajorVersion", Size: 4}, {Name: "MinorVersion", Size: 4}, {Name: "RowCount", Size: 4}}
	rowFields      = []wire.Field{{Name: "PropertyCount", Size: 4}}
	nickPropFields = []wire.Field{{Name: "PropertyTag", Size: 4, Meaning: tagText}, {Name: "ReservedData", Size: 4}, {Name: "PropertyValueUnion", Size: 8}}
	modifiedField  = []wire.Field{{Name: "Modified", Size: 8, Meaning: fileTimeText}}
)

// tagText shows a property tag, with its name if it has one everywhere.
func tagText(b []byte) string {
	tag := mapi.PropTag(binary.LittleEndian.Uint32(b))
	if name, ok := mapi.NameOf(tag); ok {
		return tag.String() + " " + name
	}
	return tag.String()
}

func fileTimeText(b []byte) string { return mapi.FileTime(binary.LittleEndian.Uint64(b)).String() }

// nickLayout is where the value of a property is.
type nickLayout uint8

const (
	noLayout    nickLayout = iota // none is published
	inUnion                       // in as many bytes of the union as the type has
	guidBytes                     // 16 bytes behind the union
	countedData                   // behind the union, and before it the count of its bytes
	countedList                   // a count of elements, each of which is like countedData
)

// nickLayoutOf returns where a value of type t is, and how many bytes of the union it has.
func nickLayoutOf(t mapi.PropType) (nickLayout, int) {
	switch t {
	case mapi.PtypInteger16, mapi.PtypBoolean:
		return inUnion, 2
	case mapi.PtypInteger32, mapi.PtypErrorCode, mapi.PtypFloating32:
		return inUnion, 4
	case mapi.PtypFloating64, mapi.PtypTime, mapi.PtypInteger64:
		return inUnion, 8
	case mapi.PtypGuid:
		return guidBytes, 0
	case mapi.PtypString8, mapi.PtypString, mapi.PtypBinary:
		return countedData, 0
	case mapi.PtypMultipleString8, mapi.PtypMultipleString, mapi.PtypMultipleBinary:
		return countedList, 0
	}
	return noLayout, 0
}

// ended reports whether text of type t, or of a list of type t, ends in a NUL and has no part of a unit.
func ended(t mapi.PropType, b []byte) bool {
	n := len(b)
	switch t {
	case mapi.PtypString8, mapi.PtypMultipleString8:
		return n > 0 && b[n-1] == 0
	case mapi.PtypString, mapi.PtypMultipleString:
		return n > 0 && n%2 == 0 && b[n-1] == 0 && b[n-2] == 0
	}
	return true
}

// withoutNUL returns text of type t without the NUL at its end.
func withoutNUL(t mapi.PropType, b []byte) []byte {
	switch {
	case !ended(t, b):
	case t == mapi.PtypString8 || t == mapi.PtypMultipleString8:
		return b[:len(b)-1]
	case t == mapi.PtypString || t == mapi.PtypMultipleString:
		return b[:len(b)-2]
	}
	return b
}

// Value returns the value, as mapi.ParseRaw reads its bytes: text without the NUL at its end, and an Unknown where the bytes
// do not fit the type.
func (p *NicknameProperty) Value() mapi.Value {
	t := p.Tag.Type()
	var v mapi.Value
	switch l, width := nickLayoutOf(t); l {
	case inUnion:
		v, _ = mapi.ParseRaw(t, p.Union[:width]) // an error comes with a value
	case countedList:
		elements, _ := p.elements()
		for i, e := range elements {
			elements[i] = withoutNUL(t, e)
		}
		v, _ = mapi.ParseMulti(t, elements)
	case noLayout:
		v = mapi.Unknown{PropType: t, Data: append([]byte(nil), p.Union[:]...)}
	default:
		v, _ = mapi.ParseRaw(t, withoutNUL(t, p.Data))
	}
	return v
}

// elements returns what Data of a list has, and false where it is no list.
func (p *NicknameProperty) elements() (elements [][]byte, ok bool) {
	for b := p.Data; len(b) > 0; {
		if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
			return elements, false
		}
		end := 4 + int(binary.LittleEndian.Uint32(b))
		elements, b = append(elements, b[4:end:end]), b[end:]
	}
	return elements, true
}

// Value returns the value of the first property with that id, and whether there is one.
func (r *NicknameRow) Value(id mapi.PropID) (mapi.Value, bool) {
	for i := range r.Properties {
		if p := &r.Properties[i]; p.Tag.ID() == id {
			return p.Value(), true
		}
	}
	return nil, false
}

// DecodeNicknameCache decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b
// is not kept.
func DecodeNicknameCache(b []byte) (*NicknameCache, error) { return decode[NicknameCache](b) }

// InspectNicknameCache decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectNicknameCache(b []byte) (*NicknameCache, *diag.Report) { return inspect[NicknameCache](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *NicknameCache) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *NicknameCache) format() *format { return &nicknameFormat }

func (v *NicknameCache) read(c *wire.Cursor) {
	*v = NicknameCache{Rows: v.Rows[:0], ExtraInfo: v.ExtraInfo[:0], Trailing: v.Trailing[:0]}
	b := c.Run(nicknameFields, nicknameHeader)
	if b == nil {
		return
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	v.Metadata, v.MajorVersion, v.MinorVersion = u32(0), u32(4), u32(8)
	if v.Metadata != nicknameMetadata {
		c.Find(diag.Warning, NicknameMetadata, "Metadata", 0, 4, "is 0x%08X, must be 0x%08X", v.Metadata, uint32(nicknameMetadata))
	}
	switch {
	case v.MajorVersion != nicknameVersion:
		c.Find(diag.Warning, NicknameVersion, "MajorVersion", 4, 4, "is %d, must be %d; it was read by the same layout", v.MajorVersion, nicknameVersion)
	case v.MinorVersion != 0:
		c.Find(diag.Warning, NicknameVersion, "MinorVersion", 8, 4, "is %d, only 0 is published; what is new is in ExtraInformation", v.MinorVersion)
	}
	w := nicknameReader{c: c, last: math.MaxInt32}
	count := uint64(u32(12))
	v.Rows = room(v.Rows, c.Count(count, 4)+1) // one that is cut off among them
	for i := uint64(0); i < count && !c.Dead(); i++ {
		var r *NicknameRow
		v.Rows, r = next(v.Rows)
		c.In("Rows", int(i))
		w.row(int(i), r)
		c.Out()
		if c.Dead() && len(r.Properties) == 0 {
			v.Rows = v.Rows[:i] // not one of its properties
		}
	}
	v.ExtraInfo = keep(v.ExtraInfo, c.Bytes("ExtraInformation", uint64(c.U32("ExtraInformationByteCount"))))
	if b := c.Run(modifiedField, 8); b != nil {
		v.Modified = mapi.FileTime(binary.LittleEndian.Uint64(b))
	}
	w.report()
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

// nicknameReader reads rows, and remembers what many of them may have in common.
type nicknameReader struct {
	c      *wire.Cursor
	memory []byte // that is left for data
	last   uint32 // the weight of the row before

	first, weight, text someOfRows
}

// someOfRows are properties that have something in common. The first of them is one of a row, or the row itself with -1.
type someOfRows struct {
	some
	property int
}

func (w *nicknameReader) find(s *someOfRows, row, property, at int) {
	if s.n == 0 {
		s.property = property
	}
	s.add(row, at)
}

func (w *nicknameReader) row(i int, r *NicknameRow) {
	c := w.c
	at := c.Offset()
	r.Properties = r.Properties[:0]
	b := c.Run(rowFields, 4)
	if b == nil {
		return
	}
	count := uint64(binary.LittleEndian.Uint32(b))
	n := c.Count(count, nicknameProperty)
	if uint64(n) < count {
		n++ // one that is cut off
	}
	r.Properties = room(r.Properties, n)
	if count == 0 && c.Recording() {
		w.find(&w.first, i, -1, at)
	}
	weighed := false
	for j := uint64(0); j < count && !c.Dead(); j++ {
		var p *NicknameProperty
		r.Properties, p = next(r.Properties)
		at := c.Offset()
		c.In("Properties", int(j))
		whole := w.property(p, i, int(j))
		c.Out()
		if !whole {
			r.Properties = r.Properties[:j]
			return
		}
		if !c.Recording() {
			continue
		}
		if t := p.Tag.Type(); j == 0 && (p.Tag.ID() != nickNameID || t != mapi.PtypString && t != mapi.PtypString8) {
			w.find(&w.first, i, 0, at)
		}
		if p.Tag == nickNameWeight && !weighed {
			weighed = true
			w.weigh(i, int(j), at+8, binary.LittleEndian.Uint32(p.Union[:]))
		}
	}
}

func (w *nicknameReader) weigh(i, j, at int, weight uint32) {
	if weight == 0 || weight > w.last {
		w.find(&w.weight, i, j, at)
	}
	w.last = min(weight, math.MaxInt32)
}

// property reads a property. It reports false where not even its union was there.
func (w *nicknameReader) property(p *NicknameProperty, i, j int) bool {
	c := w.c
	at := c.Offset()
	*p = NicknameProperty{Data: p.Data[:0]}
	b := c.Run(nickPropFields, nicknameProperty)
	if b == nil {
		return false
	}
	p.Tag, p.Reserved = mapi.PropTag(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint32(b[4:])
	copy(p.Union[:], b[8:])
	t := p.Tag.Type()
	switch l, _ := nickLayoutOf(t); l {
	case guidBytes:
		p.Data = w.keep(p.Data, c.Bytes("ValueData", 16))
	case countedData:
		p.Data = w.keep(p.Data, w.counted(t, i, j))
	case countedList:
		n := uint64(c.U32("ValueCount"))
		for k := uint64(0); k < n && !c.Dead(); k++ {
			c.In("Values", int(k))
			if data := w.counted(t, i, j); !c.Dead() {
				p.Data = append(binary.LittleEndian.AppendUint32(p.Data, uint32(len(data))), data...)
			}
			c.Out()
		}
	case noLayout:
		c.Find(diag.Fatal, NicknameType, "PropertyTag", at, 4, "is %v: where a value of type %v ends is not published, so that nothing behind it can be read", p.Tag, t)
		c.Undecoded()
	}
	return true
}

// counted reads data and the count before it.
func (w *nicknameReader) counted(t mapi.PropType, i, j int) []byte {
	n := uint64(w.c.U32("ByteCount"))
	at := w.c.Offset()
	b := w.c.BytesAs("ValueData", n, meaningOf(t))
	if w.c.Recording() && !w.c.Dead() && !ended(t, b) {
		w.find(&w.text, i, j, at)
	}
	return b
}

// meaningOf returns what shows data of type t, if it is text.
func meaningOf(t mapi.PropType) func([]byte) string {
	switch t {
	case mapi.PtypString8, mapi.PtypMultipleString8:
		return quoted
	case mapi.PtypString, mapi.PtypMultipleString:
		return quotedUTF16
	}
	return nil
}

// keep copies src to the memory of dst, or to a part of one piece of memory that all data share.
func (w *nicknameReader) keep(dst, src []byte) []byte {
	if len(src) <= cap(dst) {
		return keep(dst, src)
	}
	if w.memory == nil {
		w.memory = make([]byte, len(src)+w.c.Left())
	}
	n := copy(w.memory, src)
	dst, w.memory = w.memory[:n:n], w.memory[n:]
	return dst
}

// report says what some rows have in common.
func (w *nicknameReader) report() {
	first := "PropertyTag"
	if w.first.property < 0 {
		first = "PropertyCount"
	}
	w.say(NicknameFirst, first, &w.first, 4, "the first property of the row is not PR_NICK_NAME, 0x6001001F")
	w.say(NicknameWeight, "PropertyValueUnion", &w.weight, 4, "the weight is 0, no positive number, or more than that of the row before")
	w.say(NicknameText, "ValueData", &w.text, 0, "the text does not end in a NUL, or has half a unit of UTF-16")
}

func (w *nicknameReader) say(code diag.Code, name string, s *someOfRows, n int, text string) {
	if s.n == 0 {
		return
	}
	w.c.In("Rows", s.first)
	if s.property >= 0 {
		w.c.In("Properties", s.property)
	}
	w.c.Find(diag.Warning, code, name, s.at, n, "%s%s", text, s.others())
	if s.property >= 0 {
		w.c.Out()
	}
	w.c.Out()
}
