package recur

import (
	"fmt"
	"strconv"
	"strings"
)

// Frequency is the RecurFrequency of a pattern. It says what the user chose, not how the pattern is laid out: that is
// PatternType ([MS-OXOCAL] 2.2.1.44.1).
type Frequency uint16

// The frequencies.
const (
	Daily   Frequency = 0x200A
	Weekly  Frequency = 0x200B
	Monthly Frequency = 0x200C
	Yearly  Frequency = 0x200D
)

// PatternType says what the pattern repeats by, and which PatternTypeSpecific it has ([MS-OXOCAL] 2.2.1.44.1).
type PatternType uint16

// The pattern types. Those that begin with Hj are of the Hijri calendar.
const (
	Day        PatternType = 0x0 // every so many minutes, which are whole days
	Week       PatternType = 0x1 // DaysOfWeek
	Month      PatternType = 0x2 // DayOfMonth
	MonthNth   PatternType = 0x3 // the N-th of DaysOfWeek
	MonthEnd   PatternType = 0x4 // the last day of the month; DayOfMonth is there and means nothing
	HjMonth    PatternType = 0xA // as Month
	HjMonthNth PatternType = 0xB // as MonthNth
	HjMonthEnd PatternType = 0xC // as MonthEnd
)

// specific says which of the three fields PatternTypeSpecific is, in the words that take the place of them: all bits of
// a word that is a field are set.
type specific struct {
	size                      int // in bytes
	daysOfWeek, dayOfMonth, n uint32
}

const all = 0xFFFFFFFF

var (
	weekSpecific  = specific{size: 4, daysOfWeek: all}
	monthSpecific = specific{size: 4, dayOfMonth: all}
	nthSpecific   = specific{size: 8, daysOfWeek: all, n: all}

	specifics = [...]specific{Day: {}, Week: weekSpecific, Month: monthSpecific, MonthNth: nthSpecific, MonthEnd: monthSpecific,
		HjMonth: monthSpecific, HjMonthNth: nthSpecific, HjMonthEnd: monthSpecific}
)

// specific returns which fields are PatternTypeSpecific. It reports false for a type nobody knows.
func (p PatternType) specific() (*specific, bool) {
	if int(p) >= len(specifics) {
		return &specifics[Day], false
	}
	s := &specifics[p]
	return s, s.size > 0 || p == Day
}

func (p PatternType) hasDaysOfWeek() bool { s, _ := p.specific(); return s.daysOfWeek != 0 }
func (p PatternType) hasDayOfMonth() bool { s, _ := p.specific(); return s.dayOfMonth != 0 }
func (p PatternType) hasN() bool          { s, _ := p.specific(); return s.n != 0 }

// CalendarType is the calendar that months are counted in ([MS-OXOCAL] 2.2.1.44.1).
type CalendarType uint16

// The calendars.
const (
	CalDefault              CalendarType = 0x0 // Gregorian, but Hijri with a PatternType of that calendar
	CalGregorian            CalendarType = 0x1
	CalGregorianUS          CalendarType = 0x2
	CalJapan                CalendarType = 0x3
	CalTaiwan               CalendarType = 0x4
	CalKorea                CalendarType = 0x5
	CalHijri                CalendarType = 0x6
	CalThai                 CalendarType = 0x7
	CalHebrew               CalendarType = 0x8
	CalGregorianMEFrench    CalendarType = 0x9
	CalGregorianArabic      CalendarType = 0xA
	CalGregorianXlitEnglish CalendarType = 0xB
	CalGregorianXlitFrench  CalendarType = 0xC
	CalJapanLunar           CalendarType = 0xE
	CalChineseLunar         CalendarType = 0xF
	CalSaka                 CalendarType = 0x10
	CalLunarETOChinese      CalendarType = 0x11
	CalLunarETOKorean       CalendarType = 0x12
	CalLunarRokuyou         CalendarType = 0x13
	CalKoreaLunar           CalendarType = 0x14
	CalUmAlQura             CalendarType = 0x17
)

// EndType says how a series ends ([MS-OXOCAL] 2.2.1.44.1).
type EndType uint32

// The ways a series ends.
const (
	EndByDate     EndType = 0x2021     // with EndDate, which need not be an occurrence
	EndAfterCount EndType = 0x2022     // after OccurrenceCount occurrences, deleted and modified ones among them
	EndNever      EndType = 0x2023     // never
	EndNeverOld   EndType = 0xFFFFFFFF // never, as some writers have it
)

// Never reports whether the series has no end.
func (e EndType) Never() bool { return e == EndNever || e == EndNeverOld }

// Nth says which of the days of a month a MonthNth pattern takes ([MS-OXOCAL] 2.2.1.44.1.3): 1 to 4, or Last.
type Nth uint32

// Last is the last of the days of a month.
const Last Nth = 5

// Weekday is a day of the week, Sunday being 0.
type Weekday uint32

// The days of the week.
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

// DaysOfWeek is a set of days of the week: bit n is Weekday n ([MS-OXOCAL] 2.2.1.44.1.1).
type DaysOfWeek uint32

// Sets of days that Outlook offers by name.
const (
	Workdays   DaysOfWeek = 0x3E // Monday to Friday
	WeekendDay DaysOfWeek = 0x41 // Saturday and Sunday
	AnyDay     DaysOfWeek = 0x7F
)

// Has reports whether the set has the day.
func (d DaysOfWeek) Has(w Weekday) bool { return w <= Saturday && d&(1<<w) != 0 }

// OverrideFlags say what an exception has of its own ([MS-OXOCAL] 2.2.1.44.2). Its times are always its own.
type OverrideFlags uint16

// The flags of an exception, and the fields each stands for.
const (
	OverrideSubject          OverrideFlags = 0x0001 // ARO_SUBJECT: Subject
	OverrideMeetingType      OverrideFlags = 0x0002 // ARO_MEETINGTYPE: MeetingType
	OverrideReminderDelta    OverrideFlags = 0x0004 // ARO_REMINDERDELTA: ReminderDelta
	OverrideReminder         OverrideFlags = 0x0008 // ARO_REMINDER: ReminderSet
	OverrideLocation         OverrideFlags = 0x0010 // ARO_LOCATION: Location
	OverrideBusyStatus       OverrideFlags = 0x0020 // ARO_BUSYSTATUS: BusyStatus
	OverrideAttachment       OverrideFlags = 0x0040 // ARO_ATTACHMENT: Attachment
	OverrideSubType          OverrideFlags = 0x0080 // ARO_SUBTYPE: SubType
	OverrideAppointmentColor OverrideFlags = 0x0100 // ARO_APPTCOLOR: AppointmentColor
	OverrideExceptionalBody  OverrideFlags = 0x0200 // ARO_EXCEPTIONAL_BODY: no field: the body is in the embedded message
)

const (
	fieldFlags OverrideFlags = 0x01FF // flags that stand for fields of ExceptionInfo
	textFlags  OverrideFlags = OverrideSubject | OverrideLocation
	// Those of the numbers before Location, and behind it.
	firstFlags  OverrideFlags = OverrideMeetingType | OverrideReminderDelta | OverrideReminder
	secondFlags OverrideFlags = OverrideBusyStatus | OverrideAttachment | OverrideSubType | OverrideAppointmentColor
	knownFlags  OverrideFlags = 0x03FF
)

// ChangeHighlight are the bits of ChangeHighlightValue, which is PidLidChangeHighlight of one exception: what was
// changed in it ([MS-OXOCAL] 2.2.6.2).
type ChangeHighlight uint32

var (
	frequencyWords = [...]string{"Daily", "Weekly", "Monthly", "Yearly"}
	patternWords   = [...]string{Day: "Day", Week: "Week", Month: "Month", MonthNth: "MonthNth", MonthEnd: "MonthEnd",
		HjMonth: "HjMonth", HjMonthNth: "HjMonthNth", HjMonthEnd: "HjMonthEnd"}
	calendarWords = [...]string{"Default", "CAL_GREGORIAN", "CAL_GREGORIAN_US", "CAL_JAPAN", "CAL_TAIWAN", "CAL_KOREA", "CAL_HIJRI", "CAL_THAI",
		"CAL_HEBREW", "CAL_GREGORIAN_ME_FRENCH", "CAL_GREGORIAN_ARABIC", "CAL_GREGORIAN_XLIT_ENGLISH", "CAL_GREGORIAN_XLIT_FRENCH", "",
		"CAL_LUNAR_JAPANESE", "CAL_CHINESE_LUNAR", "CAL_SAKA", "CAL_LUNAR_ETO_CHN", "CAL_LUNAR_ETO_KOR", "CAL_LUNAR_ROKUYOU", "CAL_LUNAR_KOREAN",
		"", "", "CAL_UMALQURA"}
	endWords      = [...]string{"EndByDate", "EndAfterCount", "EndNever"}
	nthWords      = [...]string{"", "First", "Second", "Third", "Fourth", "Last"}
	weekdayWords  = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	overrideWords = [...]string{"ARO_SUBJECT", "ARO_MEETINGTYPE", "ARO_REMINDERDELTA", "ARO_REMINDER", "ARO_LOCATION", "ARO_BUSYSTATUS",
		"ARO_ATTACHMENT", "ARO_SUBTYPE", "ARO_APPTCOLOR", "ARO_EXCEPTIONAL_BODY"}
	stateWords     = [...]string{"asfMeeting", "asfReceived", "asfCanceled"}                               // of PidLidAppointmentStateFlags
	busyWords      = [...]string{"olFree", "olTentative", "olBusy", "olOutOfOffice", "olWorkingElsewhere"} // of PidLidBusyStatus
	highlightWords = [...]string{"BIT_CH_START", "BIT_CH_END", "BIT_CH_RECUR", "BIT_CH_LOCATION", "BIT_CH_SUBJECT", "BIT_CH_REQATT", "BIT_CH_OPTATT",
		"BIT_CH_BODY", "BIT_CH_CUSTOM", "BIT_CH_RESPONSE", "BIT_CH_ALLOWPROPOSE", "BIT_CH_CONF", "BIT_CH_ATT_REM", 31: "BIT_CH_NOTUSED"}
)

// word returns the word of v, or v in hex, as many digits as its field has, where it has none.
func word(words []string, v uint64, digits int) string {
	if v < uint64(len(words)) && words[v] != "" {
		return words[v]
	}
	return fmt.Sprintf("0x%0*X", digits, v)
}

// wordsOf returns the words of the bits that are set, and the bits that have none as one "0x…" at the end.
func wordsOf(words []string, bits uint64, digits int) []string {
	var w []string
	for i, name := range words {
		if bits&(1<<i) != 0 && name != "" {
			w = append(w, name)
			bits &^= 1 << i
		}
	}
	if bits != 0 {
		w = append(w, fmt.Sprintf("0x%0*X", digits, bits))
	}
	return w
}

func joined(words []string) string {
	if len(words) == 0 {
		return "0"
	}
	return strings.Join(words, " | ")
}

// String returns the word of the specification, or the number in hex.
func (f Frequency) String() string {
	if f < Daily || f > Yearly {
		return fmt.Sprintf("0x%04X", uint16(f))
	}
	return frequencyWords[f-Daily]
}

// String returns the word of the specification, or the number in hex.
func (p PatternType) String() string { return word(patternWords[:], uint64(p), 4) }

// String returns the constant of the specification, "Default" or "CAL_HIJRI", or the number in hex.
func (c CalendarType) String() string { return word(calendarWords[:], uint64(c), 4) }

// known reports whether the number is that of a calendar.
func (c CalendarType) known() bool { return int(c) < len(calendarWords) && calendarWords[c] != "" }

// String returns the name of the constant, "EndNever" for EndNever, or the number in hex: EndNeverOld is "0xFFFFFFFF".
func (e EndType) String() string {
	if e < EndByDate || e > EndNever {
		return fmt.Sprintf("0x%08X", uint32(e))
	}
	return endWords[e-EndByDate]
}

// String returns "First" to "Fourth" or "Last", or the number in hex.
func (n Nth) String() string { return word(nthWords[:], uint64(n), 8) }

// String returns the English name of the day, or the number in hex.
func (w Weekday) String() string { return word(weekdayWords[:], uint64(w), 8) }

// Words returns the names of the days, Sunday first, and the bits that are no day as one "0x…" at the end.
func (d DaysOfWeek) Words() []string { return wordsOf(weekdayWords[:], uint64(d), 8) }

// String returns the words joined by " | ", "0" for no day at all.
func (d DaysOfWeek) String() string { return joined(d.Words()) }

// Words returns the specification's names of the flags that are set, and unknown bits as one "0x…" at the end.
func (f OverrideFlags) Words() []string { return wordsOf(overrideWords[:], uint64(f), 4) }

// String returns the words joined by " | ", "0" where no flag is set.
func (f OverrideFlags) String() string { return joined(f.Words()) }

// Words returns the specification's names of the bits that are set, those of MAPI where it only says that a bit is not
// used, and unknown ones as one "0x…" at the end.
func (h ChangeHighlight) Words() []string { return wordsOf(highlightWords[:], uint64(h), 8) }

// String returns the words joined by " | ", "0" where no bit is set.
func (h ChangeHighlight) String() string { return joined(h.Words()) }

// number returns v in decimal with its unit.
func number(v uint64, unit string) string { return strconv.FormatUint(v, 10) + " " + unit }
