package tzdef

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// SmartView text is what MFCMAPI shows beside a property: labels and numbers in its own spelling, a tab for every level,
// lines that end in CRLF, and no line end after the last. The functions here reproduce it byte for byte for blobs that
// MFCMAPI reads right; for others they show our reading in the same form.

// AppendSmartView appends MFCMAPI's SmartView text of the definition.
func (d *Definition) AppendSmartView(b []byte) []byte {
	v := smartView{b: b}
	v.line(0, "Time Zone Definition")
	v.line(1, "bMajorVersion = 0x%02X (%d)", d.MajorVersion, d.MajorVersion)
	v.line(1, "bMinorVersion = 0x%02X (%d)", d.MinorVersion, d.MinorVersion)
	v.line(1, "cbHeader = 0x%04X (%d)", d.HeaderSize, d.HeaderSize)
	v.line(1, "wReserved = 0x%04X (%d)", d.Reserved, d.Reserved)
	units := wtf8.Units(d.KeyName)
	v.line(1, "cchKeyName = 0x%04X (%d)", units, units)
	if units > 0 {
		v.line(1, "szKeyName = %s", scrub(d.KeyName))
	}
	v.line(1, "cRules = 0x%04X (%d)", len(d.Rules), len(d.Rules))
	for i := range d.Rules {
		v.rule(i, &d.Rules[i])
	}
	v.unparsed(d.Trailing)
	return v.end()
}

// AppendSmartView appends MFCMAPI's SmartView text of the structure. Its label for wDaylightYear is wDaylightDate.
func (s *TZStruct) AppendSmartView(b []byte) []byte {
	v := smartView{b: b}
	v.line(0, "Time Zone")
	v.long(1, "lBias", s.Bias)
	v.long(1, "lStandardBias", s.StandardBias)
	v.long(1, "lDaylightBias", s.DaylightBias)
	v.line(1, "wStandardYear = 0x%04X (%d)", s.StandardYear, s.StandardYear)
	v.date(1, "stStandardDate", s.StandardDate)
	v.line(1, "wDaylightDate = 0x%04X (%d)", s.DaylightYear, s.DaylightYear)
	v.date(1, "stDaylightDate", s.DaylightDate)
	v.unparsed(s.Trailing)
	return v.end()
}

// smartView collects lines.
type smartView struct{ b []byte }

func (v *smartView) line(depth int, format string, args ...any) {
	v.b = append(v.b, strings.Repeat("\t", depth)...)
	v.b = append(fmt.Appendf(v.b, format, args...), "\r\n"...)
}

func (v *smartView) end() []byte { return v.b[:len(v.b)-len("\r\n")] }

func (v *smartView) rule(i int, r *TZRule) {
	v.line(1, "TZRule[0x%X]", i)
	v.line(2, "bMajorVersion = 0x%02X (%d)", r.MajorVersion, r.MajorVersion)
	v.line(2, "bMinorVersion = 0x%02X (%d)", r.MinorVersion, r.MinorVersion)
	v.line(2, "wReserved = 0x%04X (%d)", r.Reserved, r.Reserved)
	flags := "0x0"
	if r.Flags != 0 {
		words := r.Flags.Words()
		if last := &words[len(words)-1]; strings.HasPrefix(*last, "0x") {
			*last = fmt.Sprintf("0x%X", uint16(r.Flags&^(RecurCurrentTZReg|EffectiveTZReg)))
		}
		flags = strings.Join(words, " | ")
	}
	v.line(2, "wTZRuleFlags = 0x%04X = %s", uint16(r.Flags), flags)
	v.line(2, "wYear = 0x%04X (%d)", r.Year, r.Year)
	v.line(2, "X")
	v.line(3, "cb: %d lpb: %X", len(r.X), r.X)
	v.long(2, "lBias", r.Bias)
	v.long(2, "lStandardBias", r.StandardBias)
	v.long(2, "lDaylightBias", r.DaylightBias)
	v.date(2, "stStandardDate", r.StandardDate)
	v.date(2, "stDaylightDate", r.DaylightDate)
}

func (v *smartView) long(depth int, name string, n int32) {
	v.line(depth, "%s = 0x%08X (%d)", name, uint32(n), n)
}

func (v *smartView) date(depth int, name string, t SystemTime) {
	v.line(depth, "%s", name)
	labels := [...]string{"wYear", "wMonth", "wDayOfWeek", "wDay", "wHour", "wMinute", "wSecond", "wMilliseconds"}
	for i, w := range t.words() {
		v.line(depth+1, "%s = 0x%X (%d)", labels[i], w, w)
	}
}

func (v *smartView) unparsed(b []byte) {
	if len(b) > 0 {
		v.line(1, "Unparsed data size = 0x%08X", len(b))
		v.line(2, "cb: %d lpb: %X", len(b), b)
	}
}

// scrub returns text as MFCMAPI shows it: cut at the first NUL, and a dot for every control character but TAB, CR and
// LF. Unpaired surrogates stay.
func scrub(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	b := make([]byte, 0, len(s))
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' || r >= 0x80 && r < 0xA0 {
			b = append(b, '.')
		} else {
			b = append(b, s[:n]...) // the bytes, because those of a lone surrogate are no rune
		}
		s = s[n:]
	}
	return string(b)
}
