package recur

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// SmartView text is what MFCMAPI shows beside a property: labels and numbers in its own spelling, a tab for every level,
// lines that end in CRLF, and no line end after the last. The functions here reproduce it byte for byte for blobs that
// MFCMAPI reads right; for others they show our reading in the same form. What was not read has no line.

// AppendSmartView appends MFCMAPI's SmartView text of a blob, from the report that Inspect or InspectPattern made of it.
func AppendSmartView(b []byte, r *diag.Report) []byte {
	v := smartView{b: b, appointment: r.What() == "apptrecur"}
	v.line(0, "Recurrence Pattern")
	for f := range r.Fields() {
		v.field(f)
	}
	return v.b[:len(v.b)-len("\r\n")]
}

// AppendSmartView appends MFCMAPI's SmartView text of the pattern. It appends nothing for one that AppendBinary refuses.
func (p *RecurrencePattern) AppendSmartView(b []byte) []byte {
	blob, err := p.AppendBinary(nil)
	if err != nil {
		return b
	}
	_, r := InspectPattern(blob)
	return AppendSmartView(b, r)
}

// AppendSmartView appends MFCMAPI's SmartView text of the pattern. It appends nothing for one that AppendBinary refuses.
func (a *AppointmentRecurrencePattern) AppendSmartView(b []byte) []byte {
	blob, err := a.AppendBinary(nil)
	if err != nil {
		return b
	}
	_, r := Inspect(blob)
	return AppendSmartView(b, r)
}

// smartView collects lines.
type smartView struct {
	b           []byte
	appointment bool
	pattern     PatternType
	step        string // the first step of the path of the last field, while that is an element's: "ExceptionInfo[0]"
	highlight   bool   // the heading of the element's ChangeHighlight is there
}

// begin appends the beginning of a line at a depth, end its end.
func (v *smartView) begin(depth int, text string) {
	v.b = append(append(v.b, "\t\t\t\t"[:depth]...), text...)
}

func (v *smartView) end() { v.b = append(v.b, "\r\n"...) }

// line appends a line of text at a depth.
func (v *smartView) line(depth int, text string) {
	v.begin(depth, text)
	v.end()
}

// quoted appends a line of a label and text at a depth.
func (v *smartView) quoted(depth int, name, text string) {
	v.begin(depth, name)
	v.b = append(append(append(v.b, `: "`...), scrub(text)...), '"')
	v.end()
}

// bytes appends a line of bytes at a depth.
func (v *smartView) bytes(depth int, b []byte) {
	v.begin(depth, "")
	v.b = fmt.Appendf(v.b, "cb: %d lpb: %X", len(b), b)
	v.end()
}

// field appends the lines of a field, and the headings before it.
func (v *smartView) field(f diag.Field) {
	depth, name := 1, f.Path
	if step, rest, ok := strings.Cut(f.Path, "."); ok {
		name = rest
		switch {
		case strings.HasPrefix(step, "ExceptionInfo["):
			depth = 3
		default: // an ExtendedException, or PatternTypeSpecific, whose heading is there
			depth = 2
		}
		if strings.HasSuffix(step, "]") && step != v.step {
			v.line(depth-1, step)
			v.step, v.highlight = step, false
		}
	}
	switch value := f.Value.(type) {
	case uint16:
		v.number(depth, name, uint32(value), 4)
	case uint32:
		if strings.HasSuffix(name, "]") {
			v.line(2, name)
			v.begin(3, "")
			v.b = appendSmartTime(appendHex(v.b, value, 8), RTime(value))
			v.end()
			return
		}
		v.number(depth, name, value, 8)
	case string:
		v.quoted(depth, name, value)
	case []byte:
		v.run(depth, name, value)
	}
}

// number appends the line of an integer.
func (v *smartView) number(depth int, name string, value uint32, digits int) {
	switch name {
	case "PatternType":
		v.pattern = PatternType(value)
	case "DayOfWeek":
		name = "WeekRecurrencePattern"
		if v.pattern.hasN() {
			name = "MonthNthRecurrencePattern.DayOfWeek"
		}
	case "Day":
		name = "MonthRecurrencePattern"
	case "N":
		name = "MonthNthRecurrencePattern.N"
	case "WideCharSubjectLength", "WideCharLocationLength":
		digits = 8 // though the blob has 16 bits
	case "ReaderVersion2":
		v.line(0, "Appointment Recurrence Pattern")
	case "ChangeHighlightSize", "ChangeHighlightValue":
		depth = v.highlighted(depth)
	}
	v.begin(depth, name)
	v.b = appendMeaning(appendHex(append(v.b, ": "...), value, digits), name, value)
	v.end()
	if name == "SlidingFlag" {
		v.line(depth, "PatternTypeSpecific") // for patterns of days too, which have none
	}
}

// highlighted makes sure that the heading of the ChangeHighlight is there, and returns the depth of what is below it.
func (v *smartView) highlighted(depth int) int {
	if !v.highlight {
		v.line(depth, "ChangeHighlight")
		v.highlight = true
	}
	return depth + 1
}

// run appends the lines of bytes.
func (v *smartView) run(depth int, name string, value []byte) {
	switch name {
	case "Subject", "Location":
		v.quoted(depth, name, latin1(value))
	case "ChangeHighlightReserved":
		v.line(v.highlighted(depth), "Reserved:")
		v.bytes(depth+2, value)
	case "ReservedBlock1", "ReservedBlock2":
		v.bytes(depth+1, value) // below its size, where the blocks of an exception are beside theirs
	case "trailing", "undecoded":
		if v.appointment {
			depth = 0 // there are two roots, and it belongs to neither
		}
		v.begin(depth, "Unparsed data size = ")
		v.b = appendHex(v.b, uint32(len(value)), 8)
		v.end()
		v.bytes(depth+1, value)
	default:
		v.bytes(depth, value)
	}
}

// appendMeaning appends what follows the number of a field.
func appendMeaning(b []byte, name string, v uint32) []byte {
	if words := smartWords(name, v); words != "" {
		return append(append(b, " = "...), words...)
	}
	switch name {
	case "FirstDateTime", "Period", "MonthRecurrencePattern", "OccurrenceCount", "DeletedInstanceCount", "ModifiedInstanceCount",
		"SubjectLength", "SubjectLength2", "LocationLength", "LocationLength2", "WideCharSubjectLength", "WideCharLocationLength":
		return appendSigned(b, v)
	case "StartDate", "EndDate", "StartTimeOffset", "EndTimeOffset":
		return appendSmartTime(appendSigned(b, v), RTime(v))
	case "StartDateTime", "EndDateTime", "OriginalStartDate":
		return appendSmartTime(b, RTime(v))
	}
	return b
}

// appendSigned appends a number that MFCMAPI takes for a signed one.
func appendSigned(b []byte, v uint32) []byte {
	return strconv.AppendInt(append(b, " = "...), int64(int32(v)), 10)
}

// appendSmartTime appends a wall-clock time as MFCMAPI shows it on a machine with US English settings: a clock of twelve
// hours, milliseconds, month before day.
func appendSmartTime(b []byte, r RTime) []byte {
	y, m, d := r.Date()
	half := "AM"
	if r.Hour() >= 12 {
		half = "PM"
	}
	return fmt.Appendf(b, " = %02d:%02d:00.000 %s %d/%d/%d", (r.Hour()+11)%12+1, r.Minute(), half, m, d, y)
}

// The words of MFCMAPI, which knows fewer calendars than the specification has, and spells some things otherwise.
var (
	smartFrequencies = [...]string{"IDC_RCEV_PAT_ORB_DAILY", "IDC_RCEV_PAT_ORB_WEEKLY", "IDC_RCEV_PAT_ORB_MONTHLY", "IDC_RCEV_PAT_ORB_YEARLY"}
	smartPatterns    = [...]string{"rptMinute", "rptWeek", "rptMonth", "rptMonthNth", "rptMonthEnd", 0xA: "rptHjMonth", "rptHjMonthNth", "rptHjMonthEnd"}
	smartCalendars   = [...]string{"CAL_DEFAULT", "", "CAL_GREGORIAN_US", "CAL_JAPAN", "CAL_TAIWAN", "CAL_KOREA", "CAL_HIJRI", "CAL_THAI", "CAL_HEBREW",
		"CAL_GREGORIAN_ME_FRENCH", "CAL_GREGORIAN_ARABIC", "CAL_GREGORIAN_XLIT_ENGLISH", "CAL_GREGORIAN_XLIT_FRENCH", "", "CAL_JAPAN_LUNAR",
		"CAL_CHINESE_LUNAR", "CAL_SAKA", 0x14: "CAL_LUNAR_KOREAN"}
	smartDays     = [...]string{"rdfSun", "rdfMon", "rdfTue", "rdfWed", "rdfThu", "rdfFri", "rdfSat"}
	smartNths     = [...]string{1: "rpn1st", "rpn2nd", "rpn3rd", "rpn4th", "rpnLast"}
	smartEnds     = [...]string{"IDC_RCEV_PAT_ERB_END", "IDC_RCEV_PAT_ERB_AFTERNOCCUR", "IDC_RCEV_PAT_ERB_NOEND"}
	smartStates   = [...]string{"asfMeeting", "asfReceived", "asfCancelled", "asfForward"}
	smartBusy     = [...]string{"olFree", "olTentative", "olBusy", "olOutOfOffice"}
	smartChangeds = [...]string{"BIT_CH_START", "BIT_CH_END", "BIT_CH_RECUR", "BIT_CH_LOCATION", "BIT_CH_SUBJECT", "BIT_CH_REQATT", "BIT_CH_OPTATT",
		"BIT_CH_BODY", "BIT_CH_CUSTOM", "BIT_CH_SILENT", "BIT_CH_ALLOWPROPOSE", "BIT_CH_CONF", "BIT_CH_ATT_REM", 31: "BIT_CH_NOTUSED"}
)

// smartWords returns the words for the number of a field, "" for a field that has none.
func smartWords(name string, v uint32) string {
	switch name {
	case "RecurFrequency":
		return smartWord(smartFrequencies[:], v, uint32(Daily))
	case "PatternType":
		return smartWord(smartPatterns[:], v, 0)
	case "CalendarType":
		return smartWord(smartCalendars[:], v, 0)
	case "WeekRecurrencePattern", "MonthNthRecurrencePattern.DayOfWeek":
		return smartFlags(smartDays[:], v)
	case "MonthNthRecurrencePattern.N":
		return smartWord(smartNths[:], v, 0)
	case "EndType":
		if EndType(v) == EndNeverOld {
			return "Never end"
		}
		return smartWord(smartEnds[:], v, uint32(EndByDate))
	case "FirstDOW":
		return smartWord(weekdayWords[:], v, 0)
	case "OverrideFlags":
		return smartFlags(overrideWords[:], v)
	case "MeetingType":
		if v == 0 {
			return "asfNone"
		}
		return smartFlags(smartStates[:], v)
	case "BusyStatus":
		return smartWord(smartBusy[:], v, 0)
	case "ChangeHighlightValue":
		return smartFlags(smartChangeds[:], v)
	}
	return ""
}

// smartWord returns the word of v where the first of the words is that of first, or v in hex.
func smartWord(words []string, v, first uint32) string {
	if i := v - first; i < uint32(len(words)) && words[i] != "" {
		return words[i]
	}
	return fmt.Sprintf("0x%X", v)
}

// smartFlags returns the words of the bits that are set, and what has none in hex.
func smartFlags(words []string, v uint32) string {
	var set []string
	for i, w := range words {
		if w != "" && v&(1<<i) != 0 {
			set = append(set, w)
			v &^= 1 << i
		}
	}
	if v != 0 || len(set) == 0 {
		set = append(set, fmt.Sprintf("0x%X", v))
	}
	return strings.Join(set, " | ")
}

// latin1 returns text of the code page that MFCMAPI most likely runs with. Between 0x80 and 0x9F, where that is not
// Latin-1, it shows nothing anyway.
func latin1(b []byte) string {
	s := make([]rune, len(b))
	for i, c := range b {
		s[i] = rune(c)
	}
	return string(s)
}

// scrub returns text as MFCMAPI shows it: a dot for every control character but TAB, CR and LF, and not the NUL it may
// end with. Unpaired surrogates stay.
func scrub(s string) string {
	s = strings.TrimSuffix(s, "\x00")
	return wtf8.Dotted(s)
}
