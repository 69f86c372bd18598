package recur_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/internal/golden"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/recur"
)

// mfcmapiFile returns a file that lies beside the module and is no part of it. The test is skipped where it is missing.
func mfcmapiFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "corpus", "mfcmapi", filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no shared folder beside the module")
	}
	require.NoError(t, err)
	if le, ok := bytes.CutPrefix(b, []byte{0xFF, 0xFE}); ok {
		b = wtf8.AppendDecode(nil, le)
	}
	return b
}

// TestMFCMAPIText compares our SmartView text with MFCMAPI's own, for the blobs MFCMAPI tests itself with.
func TestMFCMAPIText(t *testing.T) {
	for _, name := range []string{"RECURRENCEPATTERN-1", "RECURRENCEPATTERN-3", "APPOINTMENTRECURRENCEPATTERN-1", "APPOINTMENTRECURRENCEPATTERN-3"} {
		t.Run(name, func(t *testing.T) {
			in := golden.Unhex(t, string(mfcmapiFile(t, "In/"+name+".dat")))
			parser, number, _ := strings.Cut(name, "-")
			want := "before" + string(mfcmapiFile(t, "Out/"+parser+"-out-"+number+".dat"))
			got := "before"
			if parser == "RECURRENCEPATTERN" {
				p, err := recur.DecodePattern(in)
				require.NoError(t, err)
				got = string(p.AppendSmartView([]byte(got)))
			} else {
				a, err := recur.Decode(in)
				require.NoError(t, err)
				got = string(a.AppendSmartView([]byte(got)))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-MFCMAPI's +ours):\n%s", diff)
			}
		})
	}
}

// smartViews are values and what MFCMAPI shows of their blobs, as its rules are known. Lines end in CRLF there.
var smartViews = map[string]struct {
	value interface{ AppendSmartView([]byte) []byte }
	want  string
}{
	"every three days and a tail": {
		&recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Daily, Period: 4320, SlidingFlag: 1,
			EndType: recur.EndAfterCount, OccurrenceCount: 7, FirstDOW: recur.Monday, StartDate: 215776800, EndDate: 215802720, Trailing: []byte{0xAB, 0}},
		`Recurrence Pattern
	ReaderVersion: 0x3004
	WriterVersion: 0x3004
	RecurFrequency: 0x200A = IDC_RCEV_PAT_ORB_DAILY
	PatternType: 0x0000 = rptMinute
	CalendarType: 0x0000 = CAL_DEFAULT
	FirstDateTime: 0x00000000 = 0
	Period: 0x000010E0 = 4320
	SlidingFlag: 0x00000001
	PatternTypeSpecific
	EndType: 0x00002022 = IDC_RCEV_PAT_ERB_AFTERNOCCUR
	OccurrenceCount: 0x00000007 = 7
	FirstDOW: 0x00000001 = Monday
	DeletedInstanceCount: 0x00000000 = 0
	ModifiedInstanceCount: 0x00000000 = 0
	StartDate: 0x0CDC7E20 = 215776800 = 12:00:00.000 AM 4/7/2011
	EndDate: 0x0CDCE360 = 215802720 = 12:00:00.000 AM 4/25/2011
	Unparsed data size = 0x00000002
		cb: 2 lpb: AB00`},
	"last weekday of a month, without end, unsorted": {
		&recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Monthly, PatternType: recur.MonthNth, CalendarType: recur.CalGregorian,
			FirstDateTime: 44640, Period: 2, DaysOfWeek: recur.Workdays, N: recur.Last, EndType: recur.EndNever, OccurrenceCount: 10,
			DeletedInstanceDates: []recur.RTime{216000000, 215000000}, ModifiedInstanceDates: []recur.RTime{216000001}, StartDate: 214000000, EndDate: recur.NoEnd},
		`Recurrence Pattern
	ReaderVersion: 0x3004
	WriterVersion: 0x3004
	RecurFrequency: 0x200C = IDC_RCEV_PAT_ORB_MONTHLY
	PatternType: 0x0003 = rptMonthNth
	CalendarType: 0x0001 = 0x1
	FirstDateTime: 0x0000AE60 = 44640
	Period: 0x00000002 = 2
	SlidingFlag: 0x00000000
	PatternTypeSpecific
		MonthNthRecurrencePattern.DayOfWeek: 0x0000003E = rdfMon | rdfTue | rdfWed | rdfThu | rdfFri
		MonthNthRecurrencePattern.N: 0x00000005 = rpnLast
	EndType: 0x00002023 = IDC_RCEV_PAT_ERB_NOEND
	OccurrenceCount: 0x0000000A = 10
	FirstDOW: 0x00000000 = Sunday
	DeletedInstanceCount: 0x00000002 = 2
		DeletedInstanceDates[0]
			0x0CDFE600 = 12:00:00.000 AM 9/9/2011
		DeletedInstanceDates[1]
			0x0CD0A3C0 = 01:20:00.000 PM 10/14/2009
	ModifiedInstanceCount: 0x00000001 = 1
		ModifiedInstanceDates[0]
			0x0CDFE601 = 12:01:00.000 AM 9/9/2011
	StartDate: 0x0CC16180 = 214000000 = 02:40:00.000 AM 11/20/2007
	EndDate: 0x5AE980DF = 1525252319 = 11:59:00.000 PM 12/31/4500`},
	"numbers without words": {
		&recur.RecurrencePattern{ReaderVersion: 0xFFFF, RecurFrequency: 0x2009, PatternType: recur.HjMonthNth, CalendarType: recur.CalUmAlQura, FirstDateTime: 0xFFFFFFFF,
			Period: 0x80000000, SlidingFlag: 0xFFFFFFFF, DaysOfWeek: 0x102, EndType: 0x2024, OccurrenceCount: 0xFFFFFFFF, FirstDOW: 7, StartDate: 720, EndDate: 0xFFFFFFFF},
		`Recurrence Pattern
	ReaderVersion: 0xFFFF
	WriterVersion: 0x0000
	RecurFrequency: 0x2009 = 0x2009
	PatternType: 0x000B = rptHjMonthNth
	CalendarType: 0x0017 = 0x17
	FirstDateTime: 0xFFFFFFFF = -1
	Period: 0x80000000 = -2147483648
	SlidingFlag: 0xFFFFFFFF
	PatternTypeSpecific
		MonthNthRecurrencePattern.DayOfWeek: 0x00000102 = rdfMon | 0x100
		MonthNthRecurrencePattern.N: 0x00000000 = 0x0
	EndType: 0x00002024 = 0x2024
	OccurrenceCount: 0xFFFFFFFF = -1
	FirstDOW: 0x00000007 = 0x7
	DeletedInstanceCount: 0x00000000 = 0
	ModifiedInstanceCount: 0x00000000 = 0
	StartDate: 0x000002D0 = 720 = 12:00:00.000 PM 1/1/1601
	EndDate: 0xFFFFFFFF = -1 = 04:15:00.000 AM 2/16/9767`},
	"Korean calendar, never ending as some writers have it": {
		&recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Yearly, PatternType: recur.Month, CalendarType: recur.CalKoreaLunar,
			Period: 12, DayOfMonth: 31, EndType: recur.EndNeverOld},
		`Recurrence Pattern
	ReaderVersion: 0x3004
	WriterVersion: 0x3004
	RecurFrequency: 0x200D = IDC_RCEV_PAT_ORB_YEARLY
	PatternType: 0x0002 = rptMonth
	CalendarType: 0x0014 = CAL_LUNAR_KOREAN
	FirstDateTime: 0x00000000 = 0
	Period: 0x0000000C = 12
	SlidingFlag: 0x00000000
	PatternTypeSpecific
		MonthRecurrencePattern: 0x0000001F = 31
	EndType: 0xFFFFFFFF = Never end
	OccurrenceCount: 0x00000000 = 0
	FirstDOW: 0x00000000 = Sunday
	DeletedInstanceCount: 0x00000000 = 0
	ModifiedInstanceCount: 0x00000000 = 0
	StartDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	EndDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601`},
	"everything an exception can have": {
		&recur.AppointmentRecurrencePattern{
			RecurrencePattern: recur.RecurrencePattern{ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recur.Weekly, PatternType: recur.Week, CalendarType: recur.CalJapanLunar,
				Period: 1, EndType: recur.EndByDate, ModifiedInstanceDates: make([]recur.RTime, 3), Trailing: []byte{1, 2, 3}},
			ReaderVersion2: 0x3006, WriterVersion2: 0x3009, StartTimeOffset: 0, EndTimeOffset: 1440,
			Exceptions: []recur.Exception{
				{StartDateTime: 1, EndDateTime: 721, OriginalStartDate: 1439, OverrideFlags: 0x81FF, ChangeHighlight: 0x80000300,
					Details: &recur.Details{SubjectLength: 7, Subject: []byte("\xe9\x00\x80\r\n\x00"), MeetingType: 0x17, ReminderDelta: 15, ReminderSet: 1,
						LocationLength: 3, Location: []byte("%s"), BusyStatus: 4, Attachment: 1, SubType: 1, AppointmentColor: 3,
						ChangeHighlightReserved: []byte{0xCA, 0xFE}, ReservedBlockEE1: []byte{1}, ReservedBlockEE2: []byte{2, 3},
						WideCharSubject: recur.NewWideText("\x00a\xed\xa0\x80\u0085\t東\x00"), WideCharLocation: recur.NewWideText("%d")}},
				{OverrideFlags: recur.OverrideSubject | recur.OverrideMeetingType | recur.OverrideBusyStatus, Details: &recur.Details{SubjectLength: 1, BusyStatus: 3}},
				{ChangeHighlight: 1},
			},
			ReservedBlock1: []byte{4, 5}, ReservedBlock2: []byte{6}},
		`Recurrence Pattern
	ReaderVersion: 0x3004
	WriterVersion: 0x3004
	RecurFrequency: 0x200B = IDC_RCEV_PAT_ORB_WEEKLY
	PatternType: 0x0001 = rptWeek
	CalendarType: 0x000E = CAL_JAPAN_LUNAR
	FirstDateTime: 0x00000000 = 0
	Period: 0x00000001 = 1
	SlidingFlag: 0x00000000
	PatternTypeSpecific
		WeekRecurrencePattern: 0x00000000 = 0x0
	EndType: 0x00002021 = IDC_RCEV_PAT_ERB_END
	OccurrenceCount: 0x00000000 = 0
	FirstDOW: 0x00000000 = Sunday
	DeletedInstanceCount: 0x00000000 = 0
	ModifiedInstanceCount: 0x00000003 = 3
		ModifiedInstanceDates[0]
			0x00000000 = 12:00:00.000 AM 1/1/1601
		ModifiedInstanceDates[1]
			0x00000000 = 12:00:00.000 AM 1/1/1601
		ModifiedInstanceDates[2]
			0x00000000 = 12:00:00.000 AM 1/1/1601
	StartDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	EndDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
Appointment Recurrence Pattern
	ReaderVersion2: 0x00003006
	WriterVersion2: 0x00003009
	StartTimeOffset: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	EndTimeOffset: 0x000005A0 = 1440 = 12:00:00.000 AM 1/2/1601
	ExceptionCount: 0x0003
		ExceptionInfo[0]
			StartDateTime: 0x00000001 = 12:01:00.000 AM 1/1/1601
			EndDateTime: 0x000002D1 = 12:01:00.000 PM 1/1/1601
			OriginalStartDate: 0x0000059F = 11:59:00.000 PM 1/1/1601
			OverrideFlags: 0x81FF = ARO_SUBJECT | ARO_MEETINGTYPE | ARO_REMINDERDELTA | ARO_REMINDER | ARO_LOCATION | ARO_BUSYSTATUS | ARO_ATTACHMENT | ARO_SUBTYPE | ARO_APPTCOLOR | 0x8000
			SubjectLength: 0x0007 = 7
			SubjectLength2: 0x0006 = 6
			Subject: "é..
"
			MeetingType: 0x00000017 = asfMeeting | asfReceived | asfCancelled | 0x10
			ReminderDelta: 0x0000000F
			ReminderSet: 0x00000001
			LocationLength: 0x0003 = 3
			LocationLength2: 0x0002 = 2
			Location: "%s"
			BusyStatus: 0x00000004 = 0x4
			Attachment: 0x00000001
			SubType: 0x00000001
			AppointmentColor: 0x00000003
		ExceptionInfo[1]
			StartDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			EndDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OriginalStartDate: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OverrideFlags: 0x0023 = ARO_SUBJECT | ARO_MEETINGTYPE | ARO_BUSYSTATUS
			SubjectLength: 0x0001 = 1
			SubjectLength2: 0x0000 = 0
			MeetingType: 0x00000000 = asfNone
			BusyStatus: 0x00000003 = olOutOfOffice
		ExceptionInfo[2]
			StartDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			EndDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OriginalStartDate: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OverrideFlags: 0x0000 = 0x0
	ReservedBlock1Size: 0x00000002
		cb: 2 lpb: 0405
	ExtendedException[0]
		ChangeHighlight
			ChangeHighlightSize: 0x00000006
			ChangeHighlightValue: 0x80000300 = BIT_CH_CUSTOM | BIT_CH_SILENT | BIT_CH_NOTUSED
			Reserved:
				cb: 2 lpb: CAFE
		ReservedBlockEE1Size: 0x00000001
		cb: 1 lpb: 01
		StartDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
		EndDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
		OriginalStartDate: 0x00000000 = 12:00:00.000 AM 1/1/1601
		WideCharSubjectLength: 0x00000007 = 7
		WideCharSubject: ".a` + "\xed\xa0\x80" + `.	東"
		WideCharLocationLength: 0x00000002 = 2
		WideCharLocation: "%d"
		ReservedBlockEE2Size: 0x00000002
		cb: 2 lpb: 0203
	ExtendedException[1]
		ChangeHighlight
			ChangeHighlightSize: 0x00000004
			ChangeHighlightValue: 0x00000000 = 0x0
		ReservedBlockEE1Size: 0x00000000
		StartDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
		EndDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
		OriginalStartDate: 0x00000000 = 12:00:00.000 AM 1/1/1601
		WideCharSubjectLength: 0x00000000 = 0
		ReservedBlockEE2Size: 0x00000000
	ExtendedException[2]
		ChangeHighlight
			ChangeHighlightSize: 0x00000004
			ChangeHighlightValue: 0x00000001 = BIT_CH_START
		ReservedBlockEE1Size: 0x00000000
	ReservedBlock2Size: 0x00000001
		cb: 1 lpb: 06
Unparsed data size = 0x00000003
	cb: 3 lpb: 010203`},
	"too old for a highlight": {
		&recur.AppointmentRecurrencePattern{RecurrencePattern: recur.RecurrencePattern{ModifiedInstanceDates: make([]recur.RTime, 1)}, WriterVersion2: 0x3008,
			Exceptions: make([]recur.Exception, 1)},
		`Recurrence Pattern
	ReaderVersion: 0x0000
	WriterVersion: 0x0000
	RecurFrequency: 0x0000 = 0x0
	PatternType: 0x0000 = rptMinute
	CalendarType: 0x0000 = CAL_DEFAULT
	FirstDateTime: 0x00000000 = 0
	Period: 0x00000000 = 0
	SlidingFlag: 0x00000000
	PatternTypeSpecific
	EndType: 0x00000000 = 0x0
	OccurrenceCount: 0x00000000 = 0
	FirstDOW: 0x00000000 = Sunday
	DeletedInstanceCount: 0x00000000 = 0
	ModifiedInstanceCount: 0x00000001 = 1
		ModifiedInstanceDates[0]
			0x00000000 = 12:00:00.000 AM 1/1/1601
	StartDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	EndDate: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
Appointment Recurrence Pattern
	ReaderVersion2: 0x00000000
	WriterVersion2: 0x00003008
	StartTimeOffset: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	EndTimeOffset: 0x00000000 = 0 = 12:00:00.000 AM 1/1/1601
	ExceptionCount: 0x0001
		ExceptionInfo[0]
			StartDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			EndDateTime: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OriginalStartDate: 0x00000000 = 12:00:00.000 AM 1/1/1601
			OverrideFlags: 0x0000 = 0x0
	ReservedBlock1Size: 0x00000000
	ExtendedException[0]
		ReservedBlockEE1Size: 0x00000000
	ReservedBlock2Size: 0x00000000`},
}

func TestSmartView(t *testing.T) {
	for name, c := range smartViews {
		t.Run(name, func(t *testing.T) {
			got := string(c.value.AppendSmartView([]byte("before\n")))
			if diff := cmp.Diff("before\n"+strings.ReplaceAll(c.want, "\n", "\r\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSmartViewOfCutBlobs shows what there is of a blob, cut off wherever that may be.
func TestSmartViewOfCutBlobs(t *testing.T) {
	blob := own(t)
	_, r := recur.Inspect(blob)
	whole := string(recur.AppendSmartView(nil, r)) + "\r\n"
	for n := range blob {
		_, r := recur.Inspect(blob[:n])
		got := string(recur.AppendSmartView(nil, r)) + "\r\n"
		if i := strings.Index(got, "Unparsed data size = "); i >= 0 {
			rest := got[i:]
			require.Regexp(t, `^Unparsed data size = 0x[0-9A-F]{8}\r\n\tcb: \d+ lpb: [0-9A-F]+\r\n$`, rest)
			got = got[:i]
		}
		require.True(t, strings.HasPrefix(whole, got), "%d bytes: %q", n, got)
	}

	// What no blob can hold has no text.
	require.Equal(t, "before", string((&recur.RecurrencePattern{N: 1}).AppendSmartView([]byte("before"))))
	require.Equal(t, "before", string((&recur.AppointmentRecurrencePattern{Exceptions: []recur.Exception{{Cut: true}}}).AppendSmartView([]byte("before"))))
}
