package blob

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SwappedToDo is the value of PidTagSwappedToDoData (0x0E2D): the flag and the reminder that a sender has set for the
// recipients, or has received, beside those of the message ([MS-OXOFLAG] 2.2.1.7).
type SwappedToDo struct {
	Version     uint32     // ulVersion: 1
	Valid       ToDoFields // dwFlags: which of the fields below say something
	ToDoItem    uint32     // dwToDoItem: PidTagToDoItemFlags
	FlagTo      string     // wszFlagTo: PidLidFlagRequest, WTF-8, up to 256 units of UTF-16
	FlagToRest  []byte     // what stands behind the NUL of wszFlagTo, if that is anything but zeros
	StartDate   Minutes    // rtmStartDate: PidLidTaskStartDate
	DueDate     Minutes    // rtmDueDate: PidLidTaskDueDate
	Reminder    Minutes    // rtmReminder: PidLidReminderTime
	ReminderSet uint32     // fReminderSet: PidLidReminderSet
	Trailing    []byte
}

// ToDoFields are the bits of dwFlags.
type ToDoFields uint32

// The fields of [MS-OXOFLAG] 2.2.1.7.
const (
	ValidToDoItem    ToDoFields = 0x01 // dwToDoItem
	ValidStartDate   ToDoFields = 0x08 // rtmStartDate
	ValidDueDate     ToDoFields = 0x10 // rtmDueDate
	ValidFlagTo      ToDoFields = 0x20 // wszFlagTo
	ValidReminderSet ToDoFields = 0x40 // fReminderSet
	ValidReminder    ToDoFields = 0x80 // rtmReminder
)

const (
	todoVersion = 1
	flagToSize  = 512
	todoSize    = 12 + flagToSize + 16
)

var todoFormat = format{"swappedtodo", wire.Words{Truncated: Truncated, Spec: "[MS-OXOFLAG] 2.2.1.7"}}

var todoFields = []wire.Field{
	{Name: "ulVersion", Size: 4}, {Name: "dwFlags", Size: 4}, {Name: "dwToDoItem", Size: 4}, {Name: "wszFlagTo", Kind: diag.Bytes, Size: flagToSize, Meaning: flagToText},
	{Name: "rtmStartDate", Size: 4, Meaning: minutesText}, {Name: "rtmDueDate", Size: 4, Meaning: minutesText},
	{Name: "rtmReminder", Size: 4, Meaning: minutesText}, {Name: "fReminderSet", Size: 4},
}

// splitFlagTo returns the text up to the NUL, and what stands behind it if that is anything but zeros.
func splitFlagTo(b []byte) (text, rest []byte) {
	for i := 0; i+2 <= len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			if rest = b[i+2:]; len(bytes.Trim(rest, "\x00")) == 0 {
				rest = nil
			}
			return b[:i], rest
		}
	}
	return b, nil
}

func flagToText(b []byte) string {
	text, _ := splitFlagTo(b)
	return fmt.Sprintf("%q", wtf8.AppendDecode(nil, text))
}

// DecodeSwappedToDo decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeSwappedToDo(b []byte) (*SwappedToDo, error) { return decode[SwappedToDo](b) }

// InspectSwappedToDo decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectSwappedToDo(b []byte) (*SwappedToDo, *diag.Report) { return inspect[SwappedToDo](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *SwappedToDo) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *SwappedToDo) format() *format { return &todoFormat }

func (v *SwappedToDo) read(c *wire.Cursor) {
	*v = SwappedToDo{FlagToRest: v.FlagToRest[:0], Trailing: v.Trailing[:0]}
	b := c.Run(todoFields, todoSize)
	if b == nil {
		var part [todoSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		b = part[:]
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	v.Version, v.Valid, v.ToDoItem = u32(0), ToDoFields(u32(4)), u32(8)
	text, rest := splitFlagTo(b[12 : 12+flagToSize])
	v.FlagTo = string(wtf8.AppendDecode(nil, text))
	v.FlagToRest = keep(v.FlagToRest, rest)
	const dates = 12 + flagToSize
	v.StartDate, v.DueDate, v.Reminder, v.ReminderSet = Minutes(u32(dates)), Minutes(u32(dates+4)), Minutes(u32(dates+8)), u32(dates+12)
	if !c.Dead() && v.Version != todoVersion {
		c.Find(diag.Warning, ToDoVersion, "ulVersion", 0, 4, "is %d, must be %d: Outlook does not read the rest", v.Version, todoVersion)
	}
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about a FlagTo that is too long or has a
// NUL, and about a FlagToRest that would not be read as such.
func (v *SwappedToDo) AppendBinary(b []byte) ([]byte, error) {
	out := b
	for _, n := range [...]uint32{v.Version, uint32(v.Valid), v.ToDoItem} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	start := len(out)
	out, ok := wtf8.AppendEncode(out, v.FlagTo)
	n := len(out) - start
	if text, _ := splitFlagTo(out[start:]); !ok || n > flagToSize || len(text) < n {
		return b, fmt.Errorf("blob: wszFlagTo: %q is no text of up to 256 units of UTF-16 without a NUL", v.FlagTo)
	}
	if want := flagToSize - n - 2; len(v.FlagToRest) > 0 && (len(v.FlagToRest) != want || len(bytes.Trim(v.FlagToRest, "\x00")) == 0) {
		return b, fmt.Errorf("blob: FlagToRest: is %d bytes, must be %d and not zeros alone", len(v.FlagToRest), want)
	}
	if len(v.FlagToRest) > 0 {
		out = append(append(out, 0, 0), v.FlagToRest...)
	} else {
		out = append(out, make([]byte, flagToSize-n)...)
	}
	for _, n := range [...]uint32{uint32(v.StartDate), uint32(v.DueDate), uint32(v.Reminder), v.ReminderSet} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	return append(out, v.Trailing...), nil
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *SwappedToDo) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *SwappedToDo) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *SwappedToDo) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. Times are minutes since 1601; "start", "due" and "remind" say the same in words where
// dwFlags says that they are meant, and are not read again.
func (v *SwappedToDo) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "version", uint64(v.Version))
	b = appendUint(b, "valid", uint64(v.Valid))
	b = appendUint(b, "toDoItem", uint64(v.ToDoItem))
	b = appendText(b, "flagTo", v.FlagTo)
	b = appendHexIf(b, "flagToRest", v.FlagToRest)
	for _, t := range [...]struct {
		key, word string
		at        Minutes
		valid     ToDoFields
	}{{"startDate", "start", v.StartDate, ValidStartDate}, {"dueDate", "due", v.DueDate, ValidDueDate}, {"reminder", "remind", v.Reminder, ValidReminder}} {
		b = appendUint(b, t.key, uint64(t.at))
		if v.Valid&t.valid != 0 {
			b = appendText(b, t.word, t.at.String())
		}
	}
	b = appendUint(b, "reminderSet", uint64(v.ReminderSet))
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *SwappedToDo) UnmarshalJSON(b []byte) error {
	var form struct {
		Version                      uint32
		Valid                        ToDoFields
		ToDoItem                     uint32
		FlagTo                       jsonform.Text
		FlagToRest, Trailing         jsonform.Hex
		StartDate, DueDate, Reminder Minutes
		ReminderSet                  uint32
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = SwappedToDo{form.Version, form.Valid, form.ToDoItem, string(form.FlagTo), form.FlagToRest, form.StartDate, form.DueDate, form.Reminder,
		form.ReminderSet, form.Trailing}
	return nil
}
