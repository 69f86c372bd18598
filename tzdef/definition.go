package tzdef

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The bits of Definition.Reserved. The specification has one constant there; Outlook's documentation has these flags.
const (
	ValidGUID    = 0x0001 // TZDEFINITION_FLAG_VALID_GUID: a GUID precedes cchKeyName. Documented, never seen
	ValidKeyName = 0x0002 // TZDEFINITION_FLAG_VALID_KEYNAME: cchKeyName and KeyName are there
)

// Definition is the value of PidLidAppointmentTimeZoneDefinitionStartDisplay, …EndDisplay and …Recur ([MS-OXOCAL]
// 2.2.1.41 to 2.2.1.43): a named time zone and its rules. The zero Definition is not valid; use New.
type Definition struct {
	MajorVersion uint8     // bMajorVersion, 2
	MinorVersion uint8     // bMinorVersion, 1
	HeaderSize   uint16    // cbHeader as written: 6 + 2 for every UTF-16 unit of KeyName, + 16 with a GUID
	Reserved     uint16    // Reserved: ValidKeyName, and perhaps ValidGUID
	GUID         guid.GUID // guidTZID, with ValidGUID only
	// KeyName is the name of the zone's registry key: English whatever the language of the system. It is WTF-8 where
	// the blob's UTF-16 is ill-formed.
	KeyName     string
	HeaderExtra []byte   // what HeaderSize counts beyond the known fields
	Rules       []TZRule // TZRules; cRules is their number
	Trailing    []byte   // what follows the last rule
}

const (
	majorVersion = 2
	minorVersion = 1
	headerSize   = 6    // of the fields up to Reserved
	maxKeyName   = 260  // MAX_PATH
	maxRules     = 1024 // TZ_MAX_RULES
)

var definitionWords = wire.Words{Truncated: Truncated, Spec: "[MS-OXOCAL] 2.2.1.41"}

var headerFields = []wire.Field{
	{Name: "bMajorVersion", Size: 1},
	{Name: "bMinorVersion", Size: 1},
	{Name: "cbHeader", Size: 2},
	{Name: "Reserved", Size: 2, Meaning: reservedText},
}

var guidField = []wire.Field{{Name: "guid", Kind: diag.Bytes, Size: 16, Meaning: guidText}}

func reservedText(b []byte) string {
	var words []string
	f := binary.LittleEndian.Uint16(b)
	if f&ValidGUID != 0 {
		words = append(words, "TZDEFINITION_FLAG_VALID_GUID")
	}
	if f&ValidKeyName != 0 {
		words = append(words, "TZDEFINITION_FLAG_VALID_KEYNAME")
	}
	if f &^= ValidGUID | ValidKeyName; f != 0 {
		words = append(words, fmt.Sprintf("0x%04X", f))
	}
	return strings.Join(words, " | ")
}

func guidText(b []byte) string { return guid.GUID(b).String() }

// New returns a Definition with the given name and rules, the specification's constants filled in, also in rules that
// have none.
func New(keyName string, rules ...TZRule) *Definition {
	d := &Definition{Reserved: ValidKeyName, KeyName: keyName, Rules: slices.Clone(rules)}
	d.Normalize()
	return d
}

// Decode decodes b strictly. The error is a *diag.DecodeError with every finding of severity Error and above; it is an
// io.ErrUnexpectedEOF when b ends too early. b is not kept.
func Decode(b []byte) (*Definition, error) {
	d := new(Definition)
	if err := d.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return d, nil
}

// Inspect decodes as much of b as there is, and reports every field and every finding. It never fails. After a Fatal
// finding the Definition holds the fields and whole rules read before it.
func Inspect(b []byte) (*Definition, *diag.Report) {
	r := diag.NewLazy("tzdef", b, catalogue, func(b []byte, r *diag.Report) { inspect(b, r) })
	return inspect(b, r), r
}

func inspect(b []byte, r *diag.Report) *Definition {
	d, c := new(Definition), wire.New(b, r, &definitionWords)
	d.read(&c)
	return d
}

// UnmarshalBinary decodes b into d strictly, as Decode does, and reuses the memory d holds. After an error d holds no
// promised value, but may be used again.
func (d *Definition) UnmarshalBinary(b []byte) error {
	var c wire.Cursor
	c.Start(b, nil, &definitionWords)
	d.read(&c)
	if c.OK() {
		return nil
	}
	return d.explain(b)
}

// explain decodes b once more, for the findings: only when something is wrong are the words worth their price.
func (d *Definition) explain(b []byte) error {
	r := diag.NewErrors("tzdef", catalogue)
	c := wire.New(b, r, &definitionWords)
	d.read(&c)
	return r.Err()
}

func (d *Definition) read(c *wire.Cursor) {
	d.reset()
	h, ok := header{}, true
	if b := usualHeader(c); b != nil {
		d.MajorVersion, d.MinorVersion = b[0], b[1]
		d.HeaderSize, d.Reserved = binary.LittleEndian.Uint16(b[2:]), ValidKeyName
		end := len(b) - 2
		h.name, h.rules = b[8:end], int(binary.LittleEndian.Uint16(b[end:]))
	} else {
		ok = d.readHeader(c, &h)
	}
	d.KeyName = keyName(h.name, d.KeyName)
	if !ok {
		return
	}
	if c.Recording() {
		d.checkHeader(c, h)
	}
	if h.rules > 0 && !isRuleStart(c.Peek(c.Offset(), 2)) {
		d.readHeaderExtra(c)
	}
	d.readRules(c, h.rules)
	if c.Left() > 0 {
		d.Trailing = append(d.Trailing, c.Rest("trailing", TrailingData)...)
	}
	if c.Recording() && !c.Dead() {
		d.checkRules(c, h.rulesAt)
	}
}

// header is what the bytes before the rules say, beyond the fields of a Definition.
type header struct {
	name            []byte // KeyName
	nameAt, rulesAt int    // the offsets of cchKeyName and cRules
	rules           int    // cRules
}

// readHeader reads what stands before the rules, all but what KeyName says. It reports false where the blob ends in it.
func (d *Definition) readHeader(c *wire.Cursor, h *header) bool {
	b := c.Run(headerFields, headerSize)
	if b == nil {
		var part [headerSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		b = part[:]
	}
	d.MajorVersion, d.MinorVersion = b[0], b[1]
	d.HeaderSize, d.Reserved = binary.LittleEndian.Uint16(b[2:]), binary.LittleEndian.Uint16(b[4:])
	if d.Reserved&ValidGUID != 0 {
		if g := c.Run(guidField, 16); g != nil {
			d.GUID = guid.GUID(g)
		}
	}
	h.nameAt = c.Offset()
	if d.Reserved&ValidKeyName != 0 {
		h.name = c.UTF16("KeyName", uint64(c.U16("cchKeyName")))
	}
	h.rulesAt = c.Offset()
	h.rules = int(c.U16("cRules"))
	return !c.Dead()
}

// usualHeader returns the whole header where nothing is recorded and it is of the usual kind, with a name and no GUID:
// its length is known from the first eight bytes. The laws hold this way to the other one.
func usualHeader(c *wire.Cursor) []byte {
	if b := c.Peek(0, 8); len(b) == 8 && binary.LittleEndian.Uint16(b[4:]) == ValidKeyName {
		return c.Fast(10 + 2*int(binary.LittleEndian.Uint16(b[6:])))
	}
	return nil
}

// readRules reads n rules, into the memory of earlier ones where d has such.
func (d *Definition) readRules(c *wire.Cursor, n int) {
	fit := c.Count(uint64(n), ruleSize)
	if cap(d.Rules) < fit {
		d.Rules = make([]TZRule, fit)
	}
	d.Rules = d.Rules[:fit]
	for i := range d.Rules {
		c.In("TZRules", i)
		ok := d.Rules[i].read(c)
		c.Out()
		if !ok {
			d.Rules = d.Rules[:i]
			return
		}
	}
	if fit < n {
		c.In("TZRules", fit)
		c.Run(ruleFields, ruleSize) // says where this rule ends
		c.Out()
	}
}

// reset empties d but keeps its memory, and the name for keyName to compare with.
func (d *Definition) reset() {
	d.MajorVersion, d.MinorVersion, d.HeaderSize, d.Reserved = 0, 0, 0, 0
	d.GUID = guid.GUID{}
	d.HeaderExtra, d.Rules, d.Trailing = d.HeaderExtra[:0], d.Rules[:0], d.Trailing[:0]
}

// expectedHeaderSize returns what cbHeader counts in the fields d has, HeaderExtra aside.
func (d *Definition) expectedHeaderSize(units int) int {
	n := 4 // Reserved and cRules
	if d.Reserved&ValidGUID != 0 {
		n += 16
	}
	if d.Reserved&ValidKeyName != 0 {
		n += 2 + 2*units
	}
	return n
}

// readHeaderExtra skips to where cbHeader puts the first rule, if a rule stands there. None stands where the fields lead.
//
// QUIRK: everybody, Microsoft's sample reader too, takes positions from the fields and ignores cbHeader, and writers
// get it wrong; so the fields win unless they lead to something that is no rule (testdata/tzdef/header-size-*.vec).
func (d *Definition) readHeaderExtra(c *wire.Cursor) {
	here, there := c.Offset(), 4+int(d.HeaderSize)
	if there <= here || !isRuleStart(c.Peek(there, 2)) {
		return
	}
	c.Find(diag.Error, HeaderSize, "cbHeader", 2, 2, "is %d, which puts the first rule at 0x%04X; the fields put it at 0x%04X, where none begins; read by cbHeader",
		d.HeaderSize, there, here)
	d.HeaderExtra = append(d.HeaderExtra, c.Bytes("extra", uint64(there-here))...)
}

func isRuleStart(b []byte) bool { return len(b) == 2 && b[0] == majorVersion && b[1] == minorVersion }

// AppendBinary appends the encoding of d: exactly what its fields say, whether that makes a good blob or not. The error
// is about what no blob can hold: more than 65535 rules or units of KeyName, a KeyName or GUID whose flag is not set,
// or a KeyName that is not WTF-8.
func (d *Definition) AppendBinary(b []byte) ([]byte, error) {
	units := wtf8.Units(d.KeyName)
	switch {
	case units > 0xFFFF:
		return b, fmt.Errorf("tzdef: cchKeyName: %d units do not fit in 16 bits", units)
	case len(d.Rules) > 0xFFFF:
		return b, fmt.Errorf("tzdef: cRules: %d rules do not fit in 16 bits", len(d.Rules))
	case d.KeyName != "" && d.Reserved&ValidKeyName == 0:
		return b, fmt.Errorf("tzdef: KeyName: is not empty, but Reserved 0x%04X has no flag 0x0002", d.Reserved)
	case !d.GUID.IsZero() && d.Reserved&ValidGUID == 0:
		return b, fmt.Errorf("tzdef: guid: is not zero, but Reserved 0x%04X has no flag 0x0001", d.Reserved)
	}
	out := append(b, d.MajorVersion, d.MinorVersion)
	out = binary.LittleEndian.AppendUint16(out, d.HeaderSize)
	out = binary.LittleEndian.AppendUint16(out, d.Reserved)
	if d.Reserved&ValidGUID != 0 {
		out = append(out, d.GUID[:]...)
	}
	if d.Reserved&ValidKeyName != 0 {
		out = binary.LittleEndian.AppendUint16(out, uint16(units))
		var ok bool
		if out, ok = wtf8.AppendEncode(out, d.KeyName); !ok {
			return b, fmt.Errorf("tzdef: KeyName: %q is neither UTF-8 nor WTF-8", d.KeyName)
		}
	}
	out = binary.LittleEndian.AppendUint16(out, uint16(len(d.Rules)))
	out = append(out, d.HeaderExtra...)
	for i := range d.Rules {
		out = d.Rules[i].append(out)
	}
	return append(out, d.Trailing...), nil
}

// MarshalBinary returns the encoding of d, as AppendBinary does.
func (d *Definition) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

// Name returns KeyName without the NULs that some writers put at its end.
func (d *Definition) Name() string { return strings.TrimRight(d.KeyName, "\x00") }

// Normalize makes the layout right where that loses nothing that is known to mean anything: versions and sizes get the
// specification's values, rules are sorted by Year, surplus and trailing bytes and NULs behind KeyName go, flags of
// Reserved that are unknown too. It names no zone, chooses no effective rule and changes no bias or date.
func (d *Definition) Normalize() {
	d.MajorVersion, d.MinorVersion = majorVersion, minorVersion
	d.KeyName = d.Name()
	d.Reserved = ValidKeyName | d.Reserved&ValidGUID
	if !d.GUID.IsZero() {
		d.Reserved |= ValidGUID
	}
	d.HeaderSize = uint16(d.expectedHeaderSize(wtf8.Units(d.KeyName)))
	d.HeaderExtra, d.Trailing = nil, nil
	for i := range d.Rules {
		r := &d.Rules[i]
		r.MajorVersion, r.MinorVersion, r.Reserved, r.Extra = majorVersion, minorVersion, ruleReserved, nil
	}
	slices.SortStableFunc(d.Rules, func(a, b TZRule) int { return int(a.Year) - int(b.Year) })
}
