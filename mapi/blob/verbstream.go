package blob

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/jsonform"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// VerbStream is the value of PidLidVerbStream (PSETID_Common, 0x8520): what those who get a message may answer, and what
// Outlook's buttons for that do ([MS-OXOMSG] 2.2.1.74). Count is the number of its options.
type VerbStream struct {
	Version  uint16             // Version: 0x0102
	Options  []VoteOption       // VoteOption1 to VoteOptionN
	NoExtras bool               // the stream ends behind the options, as it did before there was Unicode in it
	Version2 uint16             // Version2: 0x0104
	Extras   []VoteOptionExtras // VoteOptionExtras1 to VoteOptionExtrasN, one for each option
	Trailing []byte
}

// VoteOption is one answer, or one of the verbs that every message has ([MS-OXOMSG] 2.2.1.74.1). Texts are in a code page
// that the stream does not name.
type VoteOption struct {
	VerbType          uint32 // VerbType: 4 for an answer
	DisplayName       []byte // DisplayName, up to 255 bytes
	MsgClsName        []byte // MsgClsName: "IPM.Note"
	Internal1String   []byte // Internal1String: none in an answer
	DisplayNameRepeat []byte // DisplayNameRepeat: DisplayName again in an answer, what the subject begins with in other verbs
	Internal2         uint32 // Internal2: 0
	Internal3         uint8  // Internal3: 0
	UseUSHeaders      uint32 // fUseUSHeaders: 1 for an English header in the answer
	Internal4         uint32 // Internal4: 1
	SendBehavior      uint32 // SendBehavior: 1 for an answer that is sent at once, 2 for one that the user is asked about
	Internal5         uint32 // Internal5: 2
	ID                uint32 // ID: 1 for the first answer; PidLidVerbResponse goes by the name
	Internal6         uint32 // Internal6: 0xFFFFFFFF
}

// VoteOptionExtras are the names of an option in Unicode ([MS-OXOMSG] 2.2.1.74.2), up to 255 units of UTF-16 each, and WTF-8
// here.
type VoteOptionExtras struct {
	DisplayName       string
	DisplayNameRepeat string
}

const (
	verbVersion  = 0x0102
	verbVersion2 = 0x0104
	voteVerb     = 4  // VerbType of an answer
	optionTail   = 29 // bytes behind the names of an option
	minOption    = 4 + 4 + optionTail
)

var verbFormat = format{"verbstream", wire.Words{Truncated: Truncated, Spec: "[MS-OXOMSG] 2.2.1.74"}}

var verbFields = []wire.Field{{Name: "Version", Size: 2}, {Name: "Count", Size: 4}}

var optionFields = []wire.Field{
	{Name: "Internal2", Size: 4}, {Name: "Internal3", Size: 1}, {Name: "fUseUSHeaders", Size: 4}, {Name: "Internal4", Size: 4},
	{Name: "SendBehavior", Size: 4, Meaning: sendText}, {Name: "Internal5", Size: 4}, {Name: "ID", Size: 4}, {Name: "Internal6", Size: 4},
}

func sendText(b []byte) string {
	switch binary.LittleEndian.Uint32(b) {
	case 1:
		return "sent at once"
	case 2:
		return "the user is asked"
	}
	return ""
}

// DecodeVerbStream decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above. b is
// not kept.
func DecodeVerbStream(b []byte) (*VerbStream, error) { return decode[VerbStream](b) }

// InspectVerbStream decodes as much of b as there is, and reports every field and every finding. It never fails.
func InspectVerbStream(b []byte) (*VerbStream, *diag.Report) { return inspect[VerbStream](b) }

// UnmarshalBinary decodes b into v strictly and reuses the memory v holds. After an error v holds no promised value, but may
// be used again.
func (v *VerbStream) UnmarshalBinary(b []byte) error { return unmarshal(v, b) }

func (v *VerbStream) format() *format { return &verbFormat }

func (v *VerbStream) read(c *wire.Cursor) {
	*v = VerbStream{Options: v.Options[:0], Extras: v.Extras[:0], Trailing: v.Trailing[:0]}
	b := c.Run(verbFields, 6)
	if b == nil {
		return
	}
	v.Version = binary.LittleEndian.Uint16(b)
	if v.Version != verbVersion {
		c.Find(diag.Warning, VerbVersion, "Version", 0, 2, "is 0x%04X, must be 0x%04X", v.Version, verbVersion)
	}
	v.readOptions(c, uint64(binary.LittleEndian.Uint32(b[2:])))
	if c.Dead() {
		return
	}
	if c.Left() == 0 {
		// QUIRK: Exchange 2000 and its contemporaries; verbstream/without-extras.vec
		v.NoExtras = true
		c.Find(diag.Info, VerbWithoutExtras, "Version2", c.Offset(), 0, "is missing: the stream ends behind the options")
		return
	}
	at := c.Offset()
	if v.Version2 = c.U16("Version2"); !c.Dead() && v.Version2 != verbVersion2 {
		c.Find(diag.Warning, VerbVersion, "Version2", at, 2, "is 0x%04X, must be 0x%04X", v.Version2, verbVersion2)
	}
	v.readExtras(c)
	v.Trailing = keep(v.Trailing, c.Rest("trailing", TrailingData))
}

func (v *VerbStream) readOptions(c *wire.Cursor, count uint64) {
	v.Options = room(v.Options, c.Count(count, minOption)+1)
	for i := uint64(0); i < count && !c.Dead(); i++ {
		var o *VoteOption
		v.Options, o = next(v.Options)
		*o = VoteOption{DisplayName: o.DisplayName[:0], MsgClsName: o.MsgClsName[:0], Internal1String: o.Internal1String[:0], DisplayNameRepeat: o.DisplayNameRepeat[:0]}
		c.In("VoteOptions", int(i))
		at := c.Offset()
		o.read(c)
		if o.VerbType == voteVerb && !c.Dead() && string(o.DisplayName) != string(o.DisplayNameRepeat) {
			c.Find(diag.Warning, VerbName, "DisplayNameRepeat", at, c.Offset()-at, "is %q, must be DisplayName, %q", o.DisplayNameRepeat, o.DisplayName)
		}
		c.Out()
		if c.Dead() && o.VerbType == 0 && len(o.DisplayName) == 0 {
			v.Options = v.Options[:i] // nothing of it was read
		}
	}
}

func (o *VoteOption) read(c *wire.Cursor) {
	o.VerbType = c.U32("VerbType")
	o.DisplayName = readShort(c, o.DisplayName, "DisplayNameCount", "DisplayName")
	o.MsgClsName = readShort(c, o.MsgClsName, "MsgClsNameCount", "MsgClsName")
	o.Internal1String = readShort(c, o.Internal1String, "Internal1StringCount", "Internal1String")
	o.DisplayNameRepeat = readShort(c, o.DisplayNameRepeat, "DisplayNameCountRepeat", "DisplayNameRepeat")
	b := c.Run(optionFields, optionTail)
	if b == nil {
		return
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	o.Internal2, o.Internal3, o.UseUSHeaders, o.Internal4 = u32(0), b[4], u32(5), u32(9)
	o.SendBehavior, o.Internal5, o.ID, o.Internal6 = u32(13), u32(17), u32(21), u32(25)
}

// readShort reads 8-bit text behind a byte that counts it.
func readShort(c *wire.Cursor, dst []byte, count, name string) []byte {
	n := c.U8(count)
	return keep(dst, c.BytesAs(name, uint64(n), quoted))
}

// quoted shows 8-bit text as far as it is ASCII.
func quoted(b []byte) string { return fmt.Sprintf("%+q", b) }

func (v *VerbStream) readExtras(c *wire.Cursor) {
	v.Extras = room(v.Extras, len(v.Options))
	for i := range v.Options {
		if c.Dead() {
			return
		}
		c.In("VoteOptionExtras", i)
		at := c.Offset()
		var e VoteOptionExtras
		e.DisplayName = c.Text("DisplayName", uint64(c.U8("DisplayNameCount")))
		e.DisplayNameRepeat = c.Text("DisplayNameRepeat", uint64(c.U8("DisplayNameCountRepeat")))
		v.Extras = append(v.Extras, e)
		if v.Options[i].VerbType == voteVerb && !c.Dead() && e.DisplayName != e.DisplayNameRepeat {
			c.Find(diag.Warning, VerbName, "DisplayNameRepeat", at, c.Offset()-at, "is %q, must be DisplayName, %q", e.DisplayNameRepeat, e.DisplayName)
		}
		c.Out()
	}
}

// AppendBinary appends the encoding of v: exactly what its fields say. The error is about texts of more than 255 bytes or
// units, and about Extras that are not as many as the options, or are there with NoExtras.
func (v *VerbStream) AppendBinary(b []byte) ([]byte, error) {
	if err := v.encodable(); err != nil {
		return b, err
	}
	b = binary.LittleEndian.AppendUint16(b, v.Version)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(v.Options)))
	for i := range v.Options {
		b = v.Options[i].append(b)
	}
	if v.NoExtras {
		return b, nil
	}
	b = binary.LittleEndian.AppendUint16(b, v.Version2)
	for _, e := range v.Extras {
		b = append(b, byte(wtf8.Units(e.DisplayName)))
		b, _ = wtf8.AppendEncode(b, e.DisplayName)
		b = append(b, byte(wtf8.Units(e.DisplayNameRepeat)))
		b, _ = wtf8.AppendEncode(b, e.DisplayNameRepeat)
	}
	return append(b, v.Trailing...), nil
}

func (v *VerbStream) encodable() error {
	switch {
	case v.NoExtras && (len(v.Extras) > 0 || len(v.Trailing) > 0 || v.Version2 != 0):
		return fmt.Errorf("blob: NoExtras: is set, but Version2, Extras or Trailing are there")
	case !v.NoExtras && len(v.Extras) != len(v.Options):
		return fmt.Errorf("blob: Extras: are %d, must be as many as Options, %d", len(v.Extras), len(v.Options))
	}
	for i := range v.Options {
		o := &v.Options[i]
		if max(len(o.DisplayName), len(o.MsgClsName), len(o.Internal1String), len(o.DisplayNameRepeat)) > 255 {
			return fmt.Errorf("blob: VoteOptions[%d]: a text has more than 255 bytes", i)
		}
	}
	for i, e := range v.Extras {
		for _, s := range [...]string{e.DisplayName, e.DisplayNameRepeat} {
			if _, ok := wtf8.AppendEncode(nil, s); !ok || wtf8.Units(s) > 255 {
				return fmt.Errorf("blob: VoteOptionExtras[%d]: %q is no text of up to 255 units of UTF-16", i, s)
			}
		}
	}
	return nil
}

func (o *VoteOption) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, o.VerbType)
	for _, s := range [...][]byte{o.DisplayName, o.MsgClsName, o.Internal1String, o.DisplayNameRepeat} {
		b = append(append(b, byte(len(s))), s...)
	}
	b = append(binary.LittleEndian.AppendUint32(b, o.Internal2), o.Internal3)
	for _, n := range [...]uint32{o.UseUSHeaders, o.Internal4, o.SendBehavior, o.Internal5, o.ID, o.Internal6} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// MarshalBinary returns the encoding of v, as AppendBinary does.
func (v *VerbStream) MarshalBinary() ([]byte, error) { return v.AppendBinary(nil) }

// Validate inspects v's own encoding and returns the findings. A v that AppendBinary refuses gives one, NotEncodable.
func (v *VerbStream) Validate() []diag.Finding {
	b, err := v.AppendBinary(nil)
	return validate(v, b, err)
}

// MarshalJSON returns the value form. It never fails.
func (v *VerbStream) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value form. The 8-bit texts are hex there.
func (v *VerbStream) AppendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "version", uint64(v.Version))
	b = appendList(b, "options", len(v.Options), func(b []byte, i int) []byte { return v.Options[i].appendJSON(b) })
	if v.NoExtras {
		return append(b, `,"noExtras":true}`...)
	}
	b = appendUint(b, "version2", uint64(v.Version2))
	b = appendList(b, "extras", len(v.Extras), func(b []byte, i int) []byte {
		b = appendText(append(b, '{'), "displayName", v.Extras[i].DisplayName)
		return append(appendText(b, "displayNameRepeat", v.Extras[i].DisplayNameRepeat), '}')
	})
	return append(appendHexIf(b, "trailing", v.Trailing), '}')
}

func (o *VoteOption) appendJSON(b []byte) []byte {
	b = appendUint(append(b, '{'), "verbType", uint64(o.VerbType))
	b = appendHex(b, "displayName", o.DisplayName)
	b = appendHex(b, "msgClsName", o.MsgClsName)
	b = appendHexIf(b, "internal1String", o.Internal1String)
	b = appendHex(b, "displayNameRepeat", o.DisplayNameRepeat)
	b = appendUint(b, "internal2", uint64(o.Internal2))
	b = appendUint(b, "internal3", uint64(o.Internal3))
	b = appendUint(b, "useUSHeaders", uint64(o.UseUSHeaders))
	b = appendUint(b, "internal4", uint64(o.Internal4))
	b = appendUint(b, "sendBehavior", uint64(o.SendBehavior))
	b = appendUint(b, "internal5", uint64(o.Internal5))
	b = appendUint(b, "id", uint64(o.ID))
	return append(appendUint(b, "internal6", uint64(o.Internal6)), '}')
}

// UnmarshalJSON reads the value form into v.
func (v *VerbStream) UnmarshalJSON(b []byte) error {
	var form struct {
		Version, Version2 uint16
		Options           []struct {
			VerbType                                                    uint32
			DisplayName, MsgClsName, Internal1String, DisplayNameRepeat jsonform.Hex
			Internal2                                                   uint32
			Internal3                                                   uint8
			UseUSHeaders, Internal4, SendBehavior                       uint32
			Internal5, ID, Internal6                                    uint32
		}
		NoExtras bool
		Extras   []struct{ DisplayName, DisplayNameRepeat jsonform.Text }
		Trailing jsonform.Hex
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return err
	}
	*v = VerbStream{Version: form.Version, NoExtras: form.NoExtras, Version2: form.Version2, Trailing: form.Trailing}
	for _, o := range form.Options {
		v.Options = append(v.Options, VoteOption{o.VerbType, o.DisplayName, o.MsgClsName, o.Internal1String, o.DisplayNameRepeat,
			o.Internal2, o.Internal3, o.UseUSHeaders, o.Internal4, o.SendBehavior, o.Internal5, o.ID, o.Internal6})
	}
	for _, e := range form.Extras {
		v.Extras = append(v.Extras, VoteOptionExtras{string(e.DisplayName), string(e.DisplayNameRepeat)})
	}
	return nil
}
