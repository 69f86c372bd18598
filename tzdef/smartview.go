package tzdef

import (
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SmartView text is what MFCMAPI shows beside a property: labels and numbers in its own spelling, a tab for every level,
// lines that end in CRLF, and no line end after the last. The functions here reproduce it byte for byte for blobs that
// MFCMAPI reads right; for others they show our reading in the same form. What was not read has no line.

// AppendSmartView appends MFCMAPI's SmartView text of a blob, from the report that Inspect or InspectStruct made of it.
func AppendSmartView(b []byte, r *diag.Report) []byte {
	v := smartView{b: b}
	if r.What() == "tzstruct" {
		v.line(0, "Time Zone")
	} else {
		v.line(0, "Time Zone Definition")
	}
	for f := range r.Fields() {
		v.field(f)
	}
	return v.b[:len(v.b)-len("\r\n")]
}

// AppendSmartView appends MFCMAPI's SmartView text of the definition. It appends nothing for one that AppendBinary
// refuses.
func (d *Definition) AppendSmartView(b []byte) []byte {
	blob, err := d.AppendBinary(nil)
	if err != nil {
		return b
	}
	_, r := Inspect(blob)
	return AppendSmartView(b, r)
}

// AppendSmartView appends MFCMAPI's SmartView text of the structure.
func (s *TZStruct) AppendSmartView(b []byte) []byte {
	blob, _ := s.AppendBinary(nil) // never fails
	_, r := InspectStruct(blob)
	return AppendSmartView(b, r)
}

// smartView collects lines.
type smartView struct {
	b     []byte
	rule  string // the first step of the path of the last field: "TZRules[0]"
	rules int
}

func (v *smartView) line(depth int, format string, args ...any) {
	v.b = append(v.b, strings.Repeat("\t", depth)...)
	v.b = append(fmt.Appendf(v.b, format, args...), "\r\n"...)
}

// field appends the line of a field, and the headings before it.
func (v *smartView) field(f diag.Field) {
	depth, name := 1, f.Path
	if step, rest, ok := strings.Cut(f.Path, "."); ok && strings.HasPrefix(step, "TZRules[") {
		if v.rule != step {
			v.line(1, "TZRule[0x%X]", v.rules)
			v.rule = step
			v.rules++
		}
		depth, name = 2, rest
	}
	if date, word, ok := strings.Cut(name, "."); ok {
		if word == "wYear" {
			v.line(depth, "%s", date)
		}
		v.line(depth+1, "%s = 0x%X (%d)", word, f.Value, f.Value)
		return
	}
	switch value := f.Value.(type) {
	case uint8:
		v.line(depth, "%s = 0x%02X (%d)", name, value, value)
	case uint16:
		if name == "flags" {
			v.line(depth, "wTZRuleFlags = 0x%04X = %s", value, smartFlags(RuleFlags(value)))
			return
		}
		v.line(depth, "%s = 0x%04X (%d)", smartLabel(name), value, value)
	case int32:
		v.line(depth, "%s = 0x%08X (%d)", name, uint32(value), value)
	case string:
		v.line(depth, "sz%s = %s", name, scrub(value))
	case []byte:
		if name = smartLabel(name); name == "" {
			name = fmt.Sprintf("Unparsed data size = 0x%08X", len(value))
		}
		v.line(depth, "%s", name)
		v.line(depth+1, "cb: %d lpb: %X", len(value), value)
	}
}

// smartLabel returns MFCMAPI's name of a field where it has another than the specification, and "" for what it does not
// parse.
func smartLabel(name string) string {
	switch name {
	case "Reserved":
		return "wReserved"
	case "wDaylightYear":
		return "wDaylightDate" // though it is the year
	case "trailing", "undecoded":
		return ""
	}
	return name
}

// smartFlags returns the words of flags, and what has none as MFCMAPI writes it.
func smartFlags(f RuleFlags) string {
	words := f.Words()
	if unknown := f &^ (RecurCurrentTZReg | EffectiveTZReg); unknown != 0 || f == 0 {
		words = append(words[:max(0, len(words)-1)], fmt.Sprintf("0x%X", uint16(unknown)))
	}
	return strings.Join(words, " | ")
}

// scrub returns text as MFCMAPI shows it: cut at the first NUL, and a dot for every control character but TAB, CR and
// LF. Unpaired surrogates stay.
func scrub(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return wtf8.Dotted(s)
}
