package tzdef

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// RuleFlags are the flags of a TZRule ([MS-OXOCAL] 2.2.1.41.1).
type RuleFlags uint16

// The flags of a TZRule.
const (
	RecurCurrentTZReg RuleFlags = 0x0001 // TZRULE_FLAG_RECUR_CURRENT_TZREG: the rule that PidLidTimeZoneStruct repeats
	EffectiveTZReg    RuleFlags = 0x0002 // TZRULE_FLAG_EFFECTIVE_TZREG: the rule in force
)

var ruleFlagNames = [...]string{"TZRULE_FLAG_RECUR_CURRENT_TZREG", "TZRULE_FLAG_EFFECTIVE_TZREG"}

// Words returns the specification's names of the flags that are set, and the bits that have none as one "0x…" at the
// end.
func (f RuleFlags) Words() []string {
	var w []string
	for i, name := range ruleFlagNames {
		if f&(1<<i) != 0 {
			w = append(w, name)
			f &^= 1 << i
		}
	}
	if f != 0 {
		w = append(w, fmt.Sprintf("0x%04X", uint16(f)))
	}
	return w
}

// String returns the words joined by " | ", "0" where no flag is set.
func (f RuleFlags) String() string {
	if f == 0 {
		return "0"
	}
	return strings.Join(f.Words(), " | ")
}

// TZRule is one rule of a Definition: the biases and dates in force from 1 January of Year on ([MS-OXOCAL]
// 2.2.1.41.1). The first rule of a Definition is in force before its Year too.
type TZRule struct {
	MajorVersion uint8     // bMajorVersion, 2
	MinorVersion uint8     // bMinorVersion, 1
	Reserved     uint16    // Reserved: 62, the number of bytes that follow it in the rule
	Flags        RuleFlags // TZRule flags
	Year         uint16    // wYear
	// X is zero by the specification. In nearly every real blob it is the rest of a SYSTEMTIME whose first word is
	// Year: 1 January, 00:00.
	X            [14]byte
	Bias         int32      // lBias, minutes: UTC = local time + Bias
	StandardBias int32      // lStandardBias, minutes, added to Bias in standard time
	DaylightBias int32      // lDaylightBias, minutes, added to Bias in daylight time
	StandardDate SystemTime // stStandardDate, on the daylight clock: when standard time begins
	DaylightDate SystemTime // stDaylightDate, on the standard clock: when daylight time begins
	Extra        []byte     // what Reserved counts beyond the 62 bytes
}

const (
	ruleSize     = 66 // of a rule without Extra
	ruleReserved = 62 // what Reserved counts in it
)

var ruleFields = slices.Concat([]wire.Field{
	{Name: "bMajorVersion", Size: 1},
	{Name: "bMinorVersion", Size: 1},
	{Name: "Reserved", Size: 2},
	{Name: "flags", Size: 2, Meaning: flagsText},
	{Name: "wYear", Size: 2},
	{Name: "X", Kind: diag.Bytes, Size: 14, Meaning: startText},
	{Name: "lBias", Kind: diag.Int, Size: 4, Meaning: biasText},
	{Name: "lStandardBias", Kind: diag.Int, Size: 4},
	{Name: "lDaylightBias", Kind: diag.Int, Size: 4},
}, dateFields("stStandardDate"), dateFields("stDaylightDate"))

func flagsText(b []byte) string {
	if f := RuleFlags(binary.LittleEndian.Uint16(b)); f != 0 {
		return f.String()
	}
	return ""
}

// startText says what X is: the rest of the SYSTEMTIME at which the rule comes into force.
func startText(b []byte) string {
	month, day := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[4:])
	if !isStart(b) || month == 0 {
		return ""
	}
	return "the rest of a SYSTEMTIME: " + strconv.Itoa(int(day)) + " " + time.Month(month).String()
}

// isStart reports whether X is zero or the rest of a SYSTEMTIME.
func isStart(x []byte) bool {
	var b [systemTimeSize]byte
	b[0] = 1 // any year that is not 0: the date of one year, not a rule
	copy(b[2:], x)
	var t SystemTime
	t.load(b[:])
	if t == (SystemTime{Year: 1}) {
		return true
	}
	_, ok := t.valid()
	return ok && t.DayOfWeek <= 6
}

// biasText returns the offset of a bias: "UTC-05:00".
func biasText(b []byte) string {
	return "UTC" + string(appendOffset(nil, -int64(int32(binary.LittleEndian.Uint32(b)))))
}

// appendOffset appends minutes east of UTC as "+05:30". The sign is that of the whole, so that -30 is "-00:30".
func appendOffset(b []byte, minutes int64) []byte {
	sign := byte('+')
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	b = append(b, sign)
	if minutes < 600 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, minutes/60, 10)
	return append(b, ':', '0'+byte(minutes%60/10), '0'+byte(minutes%10))
}

// read reads one rule. It reports false when there was none to read.
func (r *TZRule) read(c *wire.Cursor) bool {
	at := c.Offset()
	b := c.Fast(ruleSize)
	if b == nil {
		if b = c.Run(ruleFields, ruleSize); b == nil {
			return false
		}
	}
	_ = b[ruleSize-1]
	head := binary.LittleEndian.Uint64(b) // one load and one store for five fields
	r.MajorVersion, r.MinorVersion, r.Reserved = uint8(head), uint8(head>>8), uint16(head>>16)
	r.Flags, r.Year = RuleFlags(head>>32), uint16(head>>48)
	r.X = [14]byte(b[8:22])
	biases := binary.LittleEndian.Uint64(b[22:])
	r.Bias, r.StandardBias = int32(biases), int32(biases>>32)
	r.DaylightBias = int32(binary.LittleEndian.Uint32(b[30:]))
	r.StandardDate.load(b[34:50])
	r.DaylightDate.load(b[50:66])
	if len(r.Extra) > 0 {
		r.Extra = r.Extra[:0]
	}
	if r.Reserved != ruleReserved {
		r.readExtra(c, at)
	}
	if c.Recording() {
		r.check(c, at)
	}
	return true
}

// readExtra reads what follows the fields of a rule at off by the count in Reserved, which is not the usual one.
func (r *TZRule) readExtra(c *wire.Cursor, at int) {
	surplus := int(r.Reserved) - ruleReserved
	switch {
	case surplus < 0:
		c.Find(diag.Error, RuleTooSmall, "Reserved", at+2, 2, "is %d, less than the %d bytes of the fields; read by the fields", r.Reserved, ruleReserved)
	case surplus > c.Left():
		// A rule that was cut off, or a count that is wrong: the rules behind it, if any, are worth reading either way.
		c.Find(diag.Error, RuleSizeOverrun, "extra", c.Offset(), c.Left(), "needs %d bytes by Reserved, %d left; read by the fields", surplus, c.Left())
	default:
		r.Extra = append(r.Extra, c.Bytes("extra", uint64(surplus))...)
		c.Find(diag.Warning, RuleSize, "Reserved", at+2, 2, "is %d, must be %d; %d bytes kept as extra", r.Reserved, ruleReserved, surplus)
	}
}

func (r *TZRule) append(b []byte) []byte {
	b = append(b, r.MajorVersion, r.MinorVersion)
	b = binary.LittleEndian.AppendUint16(b, r.Reserved)
	b = binary.LittleEndian.AppendUint16(b, uint16(r.Flags))
	b = binary.LittleEndian.AppendUint16(b, r.Year)
	b = append(b, r.X[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(r.Bias))
	b = binary.LittleEndian.AppendUint32(b, uint32(r.StandardBias))
	b = binary.LittleEndian.AppendUint32(b, uint32(r.DaylightBias))
	b = r.StandardDate.append(b)
	b = r.DaylightDate.append(b)
	return append(b, r.Extra...)
}

// Standard returns the offset of standard time, in minutes east of UTC. In a rule without daylight time it is -Bias
// alone.
func (r *TZRule) Standard() int {
	if !r.HasDaylight() {
		return -int(r.Bias)
	}
	return -int(r.Bias) - int(r.StandardBias)
}

// Daylight returns the offset of daylight time, in minutes east of UTC, and whether the rule has daylight time.
func (r *TZRule) Daylight() (minutes int, ok bool) {
	return -int(r.Bias) - int(r.DaylightBias), r.HasDaylight()
}

// HasDaylight reports whether the rule has daylight time: both dates are there. DaylightBias says nothing about that;
// zones without daylight time usually carry -60 in it.
func (r *TZRule) HasDaylight() bool { return !r.StandardDate.IsZero() && !r.DaylightDate.IsZero() }
