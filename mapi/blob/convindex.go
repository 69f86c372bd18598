package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// ConversationIndex is the value of PidTagConversationIndex (0x0071), and of the header Thread-Index of mails once it is out
// of its base64: where in a conversation a message is, and when the conversation and each response of it began ([MS-OXOMSG]
// 2.2.1.3).
type ConversationIndex struct {
	// Reserved and CurrentFileTime, 6 bytes together, are the 48 most significant bits of the moment, as Outlook writes
	// them: 0x01 is the first byte of every moment from 1829 to 2057. Time also reads what Exchange writes.
	Reserved        uint8   // Reserved: 0x01
	CurrentFileTime [5]byte // Current FILETIME, big-endian
	// GUID is that of the conversation. Its numbers stand big-endian in the blob.
	GUID           guid.GUID
	ResponseLevels []ResponseLevel // Response Levels: one for each message since the first
	Trailing       []byte          // what follows the last whole response level: up to 4 bytes
}

// ResponseLevel is what each reply and each forwarding adds to an index ([MS-OXOMSG] 2.2.1.3).
type ResponseLevel struct {
	DeltaCode uint8  // DC, 1 bit: which bits of the time that has passed TimeDelta are
	TimeDelta uint32 // Time Delta, 31 bits: in units of 26.2144 ms where DeltaCode is 0, of 0.8388608 s where it is 1
	Random    uint8  // Random Num, 4 bits
	Level     uint8  // Response Level, 4 bits: 0, or part of a random number, by the writer
}

const (
	indexHeader = 22
	levelSize   = 5
	deltaMask   = 1<<31 - 1
	shift0      = 18 // the bits of a time that TimeDelta leaves out where DeltaCode is 0
	shift1      = 23 // and where it is 1
	wrap        = 54 // a TimeDelta says nothing of the bits from here on
)

// firstMail is 1990-01-01, before which no program wrote conversation indexes.
const firstMail mapi.FileTime = (631_152_000 + 11_644_473_600) * 10_000_000

var convIndexFormat = format{"convindex", wire.Words{Truncated: Truncated, Spec: "[MS-OXOMSG] 2.2.1.3"}}

var convIndexFields = []wire.Field{
	{Name: "Reserved", Size: 1},
	{Name: "CurrentFILETIME", Kind: diag.Bytes, Size: 5},
	{Name: "GUID", Kind: diag.Bytes, Size: 16, Meaning: bigEndianGUID},
}

var levelFields = []wire.Field{
	{Name: "TimeDelta", Kind: diag.UintBE, Size: 4, Meaning: deltaText},
	{Name: "ResponseLevel", Size: 1, Meaning: levelText},
}

func bigEndianGUID(b []byte) string { return guid.FromRFC4122Bytes([16]byte(b)).String() }

func deltaText(b []byte) string {
	l := levelOf(binary.BigEndian.Uint32(b), 0)
	return fmt.Sprintf("DC %d, %v", l.DeltaCode, l.Elapsed())
}

func levelText(b []byte) string { return fmt.Sprintf("random %d, level %d", b[0]>>4, b[0]&15) }

// DecodeConversationIndex decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and
// above. b is not kept.
func DecodeConversationIndex(b []byte) (*ConversationIndex, error) {
	return decode[ConversationIndex](b)
}

// InspectConversationIndex decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectConversationIndex(b []byte) (*ConversationIndex, *diag.Report) {
	r := diag.NewLazy(convIndexFormat.name, b, catalogue, func(b []byte, r *diag.Report) { inspectIndex(b, r) })
	return inspectIndex(b, r), r
}

// inspectIndex is not inspectInto: a cursor that goes through an interface is allocated, and every message has an index.
func inspectIndex(b []byte, r *diag.Report) *ConversationIndex {
	v, c := new(ConversationIndex), wire.New(b, r, &convIndexFormat.words)
	v.read(&c)
	return v
}

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *ConversationIndex) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *ConversationIndex) format() *format { return &convIndexFormat }

func (v *ConversationIndex) read(c *wire.Cursor) {
	*v = ConversationIndex{ResponseLevels: v.ResponseLevels[:0], Trailing: v.Trailing[:0]}
	b := c.Run(convIndexFields, indexHeader)
	if b == nil {
		var part [indexHeader]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		b = part[:]
	}
	v.Reserved, v.CurrentFileTime = b[0], [5]byte(b[1:])
	v.GUID = guid.FromRFC4122Bytes([16]byte(b[6:]))
	if c.Dead() {
		return
	}
	v.checkTime(c)
	n := c.Left() / levelSize
	v.ResponseLevels = room(v.ResponseLevels, n)
	for i := range n {
		c.In("ResponseLevels", i)
		b := c.Run(levelFields, levelSize)
		c.Out()
		v.ResponseLevels = append(v.ResponseLevels, levelOf(binary.BigEndian.Uint32(b), b[4]))
	}
	left := c.Left()
	if left > 0 {
		c.Find(diag.Error, PartialResponseLevel, "trailing", c.Offset(), left, "has %d of the %d bytes of a response level", left, levelSize)
	}
	v.Trailing = keep(v.Trailing, c.Bytes("trailing", uint64(left)))
}

func levelOf(delta uint32, last byte) ResponseLevel {
	return ResponseLevel{DeltaCode: uint8(delta >> 31), TimeDelta: delta & deltaMask, Random: last >> 4, Level: last & 15}
}

// checkTime says what the time in the header is not, and what it is taken for.
func (v *ConversationIndex) checkTime(c *wire.Cursor) {
	if !c.Recording() {
		return
	}
	_, ok := v.Time()
	switch {
	case v.Reserved != 1:
		var room [64]byte
		b := wire.AppendHex(append(room[:0], "is 0x"...), uint64(v.Reserved), 2)
		c.Say(diag.Warning, ConversationReserved, "Reserved", 0, 1, append(b, ", must be 0x01; the time is not read"...))
	case !ok && v.CurrentFileTime != [5]byte{}:
		c.Find(diag.Warning, ConversationTime, "CurrentFILETIME", 1, 5, "is %v, before there were such indexes: taken for no time", v.outlookTime())
	case ok && v.shifted():
		t, _ := v.Time()
		c.Find(diag.Info, ConversationTimeShifted, "CurrentFILETIME", 1, 5, "repeats the byte 01: taken for %v, as Exchange writes it, because %v was before there were such indexes", t, v.outlookTime())
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say, whether that makes a good index or not. The error is
// about numbers of more bits than the index has for them, and about Trailing of 5 bytes or more, which would be read as
// response levels.
func (v *ConversationIndex) AppendBinary(b []byte) ([]byte, error) {
	if len(v.Trailing) >= levelSize {
		return b, fmt.Errorf("blob: Trailing: is %d bytes, must be fewer than %d", len(v.Trailing), levelSize)
	}
	for i, l := range v.ResponseLevels {
		if l.DeltaCode > 1 || l.TimeDelta > deltaMask || l.Random > 15 || l.Level > 15 {
			return b, fmt.Errorf("blob: ResponseLevels[%d]: a number does not fit into 1, 31, 4 and 4 bits", i)
		}
	}
	b = append(append(b, v.Reserved), v.CurrentFileTime[:]...)
	id := v.GUID.RFC4122Bytes()
	b = append(b, id[:]...)
	for _, l := range v.ResponseLevels {
		b = binary.BigEndian.AppendUint32(b, uint32(l.DeltaCode)<<31|l.TimeDelta)
		b = append(b, l.Random<<4|l.Level)
	}
	return append(b, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *ConversationIndex) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *ConversationIndex) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// outlookTime is the moment in the header as Outlook writes it: the first 6 of its 8 bytes.
func (v *ConversationIndex) outlookTime() mapi.FileTime {
	t := mapi.FileTime(v.Reserved)
	for _, b := range v.CurrentFileTime {
		t = t<<8 | mapi.FileTime(b)
	}
	return t << 16
}

// shifted reports whether the header has the byte 01 twice, as that of Exchange has: the reserved one, and the first 5 of
// the 8 bytes of the moment.
func (v *ConversationIndex) shifted() bool { return v.Reserved == 1 && v.CurrentFileTime[0] == 1 }

// Time returns the moment at which the conversation began, cut off to 6.5536 ms. It reports false where the header has no
// time from 1990 on: five zeros, as in the items of conversation actions, or what some servers make of mails whose programs
// know no indexes.
//
// Exchange writes the reserved byte and 5 bytes of the moment behind it, the specification's way, which begins with 01 01 and
// is cut off to 1.6777216 s. Time shows what it took a header for by the finding ConversationTimeShifted.
func (v *ConversationIndex) Time() (mapi.FileTime, bool) {
	if v.Reserved != 1 {
		return 0, false
	}
	t := v.outlookTime()
	if v.shifted() {
		// QUIRK: Exchange follows the specification where Outlook does not; convindex/exchange.vec
		t <<= 8
	}
	return t, t >= firstMail
}

// Elapsed returns the time that has passed since the response before it, or since the conversation began. Of times longer
// than 57 years the years are lost.
func (l ResponseLevel) Elapsed() time.Duration {
	return time.Duration(l.ticks()) * 100
}

func (l ResponseLevel) ticks() uint64 {
	if l.DeltaCode == 0 {
		return uint64(l.TimeDelta&deltaMask) << shift0
	}
	return uint64(l.TimeDelta&deltaMask) << shift1
}

// Times returns the moment at which the conversation began and that of each response, or nothing where Time reports false.
//
// By the specification, a response says how much later than the header it is. Those that were seen say how much later than the
// response before them, which is what is counted here. And those who respond to a header of Exchange read it as one of Outlook, some
// 180 years too early, of which the first response keeps the remainder by 57 years: it is taken for the first such moment
// that is not before the header.
func (v *ConversationIndex) Times() []mapi.FileTime {
	t, ok := v.Time()
	if !ok {
		return nil
	}
	times := append(make([]mapi.FileTime, 0, 1+len(v.ResponseLevels)), t)
	for i, l := range v.ResponseLevels {
		sum := uint64(t) + l.ticks()
		if i == 0 && v.shifted() && l.DeltaCode == 1 {
			// QUIRK: Outlook, replying to what Exchange wrote; convindex/exchange-replies.vec
			sum = uint64(v.outlookTime()) + l.ticks()
			if sum < uint64(t) {
				sum += (uint64(t) - sum + 1<<wrap - 1) >> wrap << wrap
			}
		}
		t = mapi.FileTime(min(sum, math.MaxInt64))
		times = append(times, t)
	}
	return times
}

// MarshalJSON returns the value form. It never fails.
func (v *ConversationIndex) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Beside the fields it has "times", which Times returns; they are not read again.
func (v *ConversationIndex) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "reserved", uint64(v.Reserved))
	b = appendHex(b, "currentFileTime", v.CurrentFileTime[:])
	b, _ = v.GUID.AppendText(append(b, `,"guid":"`...)) // never fails
	b = append(b, `","responseLevels":[`...)
	for i, l := range v.ResponseLevels {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(append(b, `{"deltaCode":`...), uint64(l.DeltaCode), 10)
		b = strconv.AppendUint(append(b, `,"timeDelta":`...), uint64(l.TimeDelta), 10)
		b = strconv.AppendUint(append(b, `,"random":`...), uint64(l.Random), 10)
		b = append(strconv.AppendUint(append(b, `,"level":`...), uint64(l.Level), 10), '}')
	}
	b = append(b, ']')
	times := v.Times()
	b = appendList(b, "times", len(times), func(b []byte, i int) []byte {
		b, _ = times[i].AppendText(append(b, '"')) // never fails
		return append(b, '"')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *ConversationIndex) UnmarshalJSON(b []byte) error {
	var form struct {
		Reserved        uint8
		CurrentFileTime jsonform.Hex
		GUID            guid.GUID
		ResponseLevels  []ResponseLevel
		Trailing        jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	if n := len(form.CurrentFileTime); n != 5 && form.CurrentFileTime != nil {
		return fmt.Errorf("blob: currentFileTime: is %d bytes, must be 5", n)
	}
	*v = ConversationIndex{Reserved: form.Reserved, GUID: form.GUID, ResponseLevels: form.ResponseLevels, Trailing: form.Trailing}
	copy(v.CurrentFileTime[:], form.CurrentFileTime)
	return nil
}
