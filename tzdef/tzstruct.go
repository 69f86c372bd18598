package tzdef

import (
	"encoding/binary"
	"slices"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// TZStruct is the value of PidLidTimeZoneStruct (PSETID_Appointment, 0x8233; [MS-OXOCAL] 2.2.1.39): the zone of a
// recurring series, 48 bytes, as Outlook kept it before 2007 and still does.
type TZStruct struct {
	Bias         int32      // lBias, minutes: UTC = local time + Bias
	StandardBias int32      // lStandardBias, minutes, added to Bias in standard time
	DaylightBias int32      // lDaylightBias, minutes, added to Bias in daylight time
	StandardYear uint16     // wStandardYear, the same as StandardDate.Year
	StandardDate SystemTime // stStandardDate, on the daylight clock: when standard time begins
	DaylightYear uint16     // wDaylightYear, the same as DaylightDate.Year
	DaylightDate SystemTime // stDaylightDate, on the standard clock: when daylight time begins
	Trailing     []byte     // what follows the 48 bytes
}

const structSize = 48

var structWords = wire.Words{Truncated: Truncated, Spec: "[MS-OXOCAL] 2.2.1.39"}

var structFields = slices.Concat([]wire.Field{
	{Name: "lBias", Kind: diag.Int, Size: 4, Meaning: biasText},
	{Name: "lStandardBias", Kind: diag.Int, Size: 4},
	{Name: "lDaylightBias", Kind: diag.Int, Size: 4},
	{Name: "wStandardYear", Size: 2},
}, dateFields("stStandardDate"), []wire.Field{{Name: "wDaylightYear", Size: 2}}, dateFields("stDaylightDate"))

// DecodeStruct decodes a PidLidTimeZoneStruct strictly, as Decode decodes a Definition.
func DecodeStruct(b []byte) (*TZStruct, error) {
	s := new(TZStruct)
	if err := s.UnmarshalBinary(b); err != nil {
		return nil, err
	}
	return s, nil
}

// InspectStruct inspects a PidLidTimeZoneStruct, as Inspect inspects a Definition.
func InspectStruct(b []byte) (*TZStruct, *diag.Report) {
	s, r := new(TZStruct), diag.New("tzstruct", b, catalogue)
	c := wire.New(b, r, &structWords)
	s.read(&c)
	return s, r
}

// UnmarshalBinary decodes b into s strictly and reuses the memory s holds. After an error s holds no promised value, but
// may be used again.
func (s *TZStruct) UnmarshalBinary(b []byte) error {
	c := wire.New(b, nil, &structWords)
	s.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors("tzstruct", catalogue)
	c = wire.New(b, r, &structWords)
	s.read(&c)
	return r.Err()
}

func (s *TZStruct) read(c *wire.Cursor) {
	*s = TZStruct{Trailing: s.Trailing[:0]}
	size := c.Left()
	b := c.Run(structFields, structSize)
	if b == nil {
		if size == tziSize && c.Recording() {
			c.Find(diag.Info, LooksLikeTZReg, "", 0, size, "is %d bytes long, the size of a REG_TZI_FORMAT: a value from the registry, put here by mistake?", size)
		}
		var part [structSize]byte // what there is of it, and zeros
		copy(part[:], c.Whole(0))
		b = part[:]
	}
	s.Bias = int32(binary.LittleEndian.Uint32(b))
	s.StandardBias = int32(binary.LittleEndian.Uint32(b[4:]))
	s.DaylightBias = int32(binary.LittleEndian.Uint32(b[8:]))
	s.StandardYear = binary.LittleEndian.Uint16(b[12:])
	s.StandardDate.load(b[14:30])
	s.DaylightYear = binary.LittleEndian.Uint16(b[30:])
	s.DaylightDate.load(b[32:48])
	if c.Recording() && !c.Dead() {
		s.check(c)
	}
	s.Trailing = append(s.Trailing, c.Rest("trailing", TrailingData)...)
}

func (s *TZStruct) check(c *wire.Cursor) {
	if s.StandardYear != s.StandardDate.Year {
		c.Find(diag.Warning, StandardYearMismatch, "wStandardYear", 12, 2, "is %d, must be stStandardDate.wYear, which is %d", s.StandardYear, s.StandardDate.Year)
	}
	if s.DaylightYear != s.DaylightDate.Year {
		c.Find(diag.Warning, DaylightYearMismatch, "wDaylightYear", 30, 2, "is %d, must be stDaylightDate.wYear, which is %d", s.DaylightYear, s.DaylightDate.Year)
	}
	z := zoneAt{s.Bias, s.StandardBias, s.DaylightBias, &s.StandardDate, &s.DaylightDate, zoneOffsets{0, 4, 8, 14, 32}, &mapiNames}
	z.check(c)
}

// AppendBinary appends the encoding of s. It never fails.
func (s *TZStruct) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(s.Bias))
	b = binary.LittleEndian.AppendUint32(b, uint32(s.StandardBias))
	b = binary.LittleEndian.AppendUint32(b, uint32(s.DaylightBias))
	b = binary.LittleEndian.AppendUint16(b, s.StandardYear)
	b = s.StandardDate.append(b)
	b = binary.LittleEndian.AppendUint16(b, s.DaylightYear)
	b = s.DaylightDate.append(b)
	return append(b, s.Trailing...), nil
}

// MarshalBinary returns the encoding of s. It never fails.
func (s *TZStruct) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// Validate inspects s's own encoding and returns the findings.
func (s *TZStruct) Validate() []diag.Finding {
	b, _ := s.AppendBinary(nil) // never fails
	_, r := InspectStruct(b)
	return slices.Collect(r.Findings())
}

// Normalize makes the two redundant years right and drops what follows the structure.
func (s *TZStruct) Normalize() {
	s.StandardYear, s.DaylightYear, s.Trailing = s.StandardDate.Year, s.DaylightDate.Year, nil
}

// Rule returns the zone as a TZRule in force from 1601 on.
func (s *TZStruct) Rule() TZRule {
	return newRule(s.Bias, s.StandardBias, s.DaylightBias, s.StandardDate, s.DaylightDate)
}

func newRule(bias, standardBias, daylightBias int32, standardDate, daylightDate SystemTime) TZRule {
	return TZRule{
		MajorVersion: majorVersion, MinorVersion: minorVersion, Reserved: ruleReserved, Flags: EffectiveTZReg, Year: 1601,
		Bias: bias, StandardBias: standardBias, DaylightBias: daylightBias, StandardDate: standardDate, DaylightDate: daylightDate,
	}
}
