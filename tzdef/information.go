package tzdef

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Layout is one of the three layouts in which Windows keeps a time zone. Each is known by its size.
type Layout uint8

// The layouts of an Information.
const (
	NoLayout   Layout = iota // none of the three: nothing was decoded
	RegTZI                   // REG_TZI_FORMAT, 44 bytes: the value TZI of a zone's registry key
	TZI                      // TIME_ZONE_INFORMATION, 172 bytes: also TimeZone in ActiveSync calendars
	DynamicTZI               // DYNAMIC_TIME_ZONE_INFORMATION, 432 bytes
)

const (
	tziSize        = 44
	tziNamesSize   = 172
	tziDynamicSize = 432
)

// String returns the name of the layout in the Windows SDK.
func (l Layout) String() string {
	switch l {
	case RegTZI:
		return "REG_TZI_FORMAT"
	case TZI:
		return "TIME_ZONE_INFORMATION"
	case DynamicTZI:
		return "DYNAMIC_TIME_ZONE_INFORMATION"
	case NoLayout:
		return "none"
	}
	return fmt.Sprintf("layout(%d)", uint8(l))
}

// Information is a time zone as Windows keeps it, in any of its three layouts (Windows SDK, timezoneapi.h).
type Information struct {
	Layout       Layout
	Bias         int32      // Bias, minutes: UTC = local time + Bias
	StandardBias int32      // StandardBias, minutes, added to Bias in standard time
	DaylightBias int32      // DaylightBias, minutes, added to Bias in daylight time
	StandardDate SystemTime // StandardDate, on the daylight clock: when standard time begins
	DaylightDate SystemTime // DaylightDate, on the standard clock: when daylight time begins

	// Not in RegTZI. The names are localised.
	StandardName Name32
	DaylightName Name32

	// In DynamicTZI only.
	TimeZoneKeyName             Name128
	DynamicDaylightTimeDisabled uint8 // a BOOLEAN: not zero means true
	Padding                     [3]byte
}

// Name32 is the text of a WCHAR[32], with whatever stands behind its terminator.
type Name32 [64]byte

// Name128 is the text of a WCHAR[128], with whatever stands behind its terminator.
type Name128 [256]byte

// String returns the text up to the terminator, in WTF-8 where surrogates are unpaired.
func (n *Name32) String() string { return fixedText(n[:]) }

// String returns the text up to the terminator, in WTF-8 where surrogates are unpaired.
func (n *Name128) String() string { return fixedText(n[:]) }

// nameUnits returns the number of units before the terminator.
func nameUnits(b []byte) int {
	if i := indexNUL(b); i >= 0 {
		return i
	}
	return len(b) / 2
}

func fixedText(b []byte) string { return string(wtf8.AppendDecode(nil, b[:2*nameUnits(b)])) }

var informationWords = wire.Words{Truncated: Truncated, Spec: "Windows SDK, timezoneapi.h"}

var (
	biasFields         = []wire.Field{{Name: "Bias", Kind: diag.Int, Size: 4, Meaning: biasText}}
	standardNameFields = []wire.Field{{Name: "StandardName", Kind: diag.UTF16, Size: 64}}
	daylightNameFields = []wire.Field{{Name: "DaylightName", Kind: diag.UTF16, Size: 64}}
	standardBiasFields = []wire.Field{{Name: "StandardBias", Kind: diag.Int, Size: 4}}
	daylightBiasFields = []wire.Field{{Name: "DaylightBias", Kind: diag.Int, Size: 4}}

	regTZIFields = slices.Concat(biasFields, standardBiasFields, daylightBiasFields, dateFields("StandardDate"), dateFields("DaylightDate"))
	tziFields    = slices.Concat(biasFields, standardNameFields, dateFields("StandardDate"), standardBiasFields,
		daylightNameFields, dateFields("DaylightDate"), daylightBiasFields)
	dynamicFields = []wire.Field{
		{Name: "TimeZoneKeyName", Kind: diag.UTF16, Size: 256},
		{Name: "DynamicDaylightTimeDisabled", Size: 1},
		{Name: "padding", Kind: diag.Bytes, Size: 3},
	}
)

// DecodeInformation decodes a REG_TZI_FORMAT, TIME_ZONE_INFORMATION or DYNAMIC_TIME_ZONE_INFORMATION strictly. Which one
// it is follows from the size of b; any other size is an error.
func DecodeInformation(b []byte) (*Information, error) {
	i := new(Information)
	if err := i.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return i, nil
}

// InspectInformation inspects one of the three layouts. Nothing is decoded of a blob whose size is none of theirs.
func InspectInformation(b []byte) (*Information, *diag.Report) {
	i, r := new(Information), diag.New("tzreg", b, catalogue)
	c := wire.New(b, r, &informationWords)
	i.read(&c)
	return i, r
}

// UnmarshalBinary decodes b into i strictly. After an error i holds no promised value, but may be used again.
func (i *Information) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &informationWords)
	i.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("tzreg", catalogue)
	c = wire.New(b, r, &informationWords)
	i.read(&c)
	return r.Err()
}

func (i *Information) read(c *wire.Cursor) {
	*i = Information{}
	switch n := c.Left(); {
	case n == tziSize:
		i.readRegTZI(c)
	case n == tziNamesSize:
		i.readTZI(c, TZI)
	case n == tziDynamicSize:
		i.readTZI(c, DynamicTZI)
		i.readDynamic(c)
	case n < tziSize:
		c.Run(regTZIFields, tziSize) // says which field is missing
	default:
		hint := ""
		if n == structSize {
			hint = "; 48 bytes are a PidLidTimeZoneStruct"
		}
		c.Find(diag.Fatal, InformationSize, "", 0, n, "is %d bytes long, must be %d, %d or %d%s", n, tziSize, tziNamesSize, tziDynamicSize, hint)
		c.Undecoded()
	}
}

func (i *Information) readRegTZI(c *wire.Cursor) {
	b := c.Run(regTZIFields, tziSize)
	i.Layout = RegTZI
	i.Bias = int32(binary.LittleEndian.Uint32(b))
	i.StandardBias = int32(binary.LittleEndian.Uint32(b[4:]))
	i.DaylightBias = int32(binary.LittleEndian.Uint32(b[8:]))
	i.StandardDate.load(b[12:28])
	i.DaylightDate.load(b[28:44])
	if c.Recording() {
		i.check(c, zoneOffsets{0, 4, 8, 12, 28})
	}
}

func (i *Information) readTZI(c *wire.Cursor, layout Layout) {
	b := c.Run(tziFields, tziNamesSize)
	i.Layout = layout
	i.Bias = int32(binary.LittleEndian.Uint32(b))
	i.StandardName = Name32(b[4:68])
	i.StandardDate.load(b[68:84])
	i.StandardBias = int32(binary.LittleEndian.Uint32(b[84:]))
	i.DaylightName = Name32(b[88:152])
	i.DaylightDate.load(b[152:168])
	i.DaylightBias = int32(binary.LittleEndian.Uint32(b[168:]))
	if c.Recording() {
		i.check(c, zoneOffsets{0, 84, 168, 68, 152})
		checkText(c, "StandardName", i.StandardName[:], 4)
		checkText(c, "DaylightName", i.DaylightName[:], 88)
	}
}

func (i *Information) readDynamic(c *wire.Cursor) {
	b := c.Run(dynamicFields, tziDynamicSize-tziNamesSize)
	i.TimeZoneKeyName = Name128(b[:256])
	i.DynamicDaylightTimeDisabled = b[256]
	i.Padding = [3]byte(b[257:])
	if c.Recording() {
		checkText(c, "TimeZoneKeyName", i.TimeZoneKeyName[:], tziNamesSize)
	}
}

func (i *Information) check(c *wire.Cursor, at zoneOffsets) {
	z := zoneAt{i.Bias, i.StandardBias, i.DaylightBias, &i.StandardDate, &i.DaylightDate, at, &windowsNames}
	z.check(c)
}

// AppendBinary appends the encoding of i in its Layout. The error is about a Layout that is none.
func (i *Information) AppendBinary(b []byte) ([]byte, error) {
	switch i.Layout {
	case RegTZI:
		b = binary.LittleEndian.AppendUint32(b, uint32(i.Bias))
		b = binary.LittleEndian.AppendUint32(b, uint32(i.StandardBias))
		b = binary.LittleEndian.AppendUint32(b, uint32(i.DaylightBias))
		b = i.StandardDate.append(b)
		return i.DaylightDate.append(b), nil
	case TZI, DynamicTZI:
		b = binary.LittleEndian.AppendUint32(b, uint32(i.Bias))
		b = append(b, i.StandardName[:]...)
		b = i.StandardDate.append(b)
		b = binary.LittleEndian.AppendUint32(b, uint32(i.StandardBias))
		b = append(b, i.DaylightName[:]...)
		b = i.DaylightDate.append(b)
		b = binary.LittleEndian.AppendUint32(b, uint32(i.DaylightBias))
		if i.Layout == DynamicTZI {
			b = append(b, i.TimeZoneKeyName[:]...)
			b = append(b, i.DynamicDaylightTimeDisabled)
			b = append(b, i.Padding[:]...)
		}
		return b, nil
	}
	return b, fmt.Errorf("tzdef: Layout: %d is none of 1, 2 and 3", uint8(i.Layout))
}

// MarshalBinary returns the encoding of i, as AppendBinary does.
func (i *Information) MarshalBinary() ([]byte, error) { return i.AppendBinary(nil) }

// Validate inspects i's own encoding and returns the findings. An i that AppendBinary refuses gives one finding,
// NotEncodable.
func (i *Information) Validate() []diag.Finding {
	b, err := i.AppendBinary(nil)
	if err != nil {
		return notEncodable(err)
	}
	_, r := InspectInformation(b)
	return slices.Collect(r.Findings())
}

// Rule returns the zone as a TZRule in force from 1601 on.
func (i *Information) Rule() TZRule {
	return newRule(i.Bias, i.StandardBias, i.DaylightBias, i.StandardDate, i.DaylightDate)
}
