package recur_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// worded is an enumeration.
type worded interface {
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
}

// requireWord wants v to be text that is read back, and nothing else.
func requireWord[T comparable, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, v T) {
	t.Helper()
	w := any(v).(worded)
	b, err := w.MarshalText()
	require.NoError(t, err)
	require.Equal(t, w.String(), string(b))
	b, err = w.AppendText([]byte("before"))
	require.NoError(t, err)
	require.Equal(t, "before"+w.String(), string(b))
	var back T
	require.NoError(t, P(&back).UnmarshalText([]byte(w.String())))
	require.Equal(t, v, back)
	require.Error(t, P(&back).UnmarshalText([]byte(w.String()+"x")))
	require.Equal(t, v, back, "an error changes nothing")
}

func TestWords(t *testing.T) {
	for n := range 1 << 16 {
		requireWord(t, recur.Frequency(n))
		requireWord(t, recur.PatternType(n))
		requireWord(t, recur.CalendarType(n))
	}
	for _, n := range []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 0x2020, 0x2021, 0x2022, 0x2023, 0x2024, 0xFFFFFFFF} {
		requireWord(t, recur.EndType(n))
		requireWord(t, recur.Nth(n))
		requireWord(t, recur.Weekday(n))
	}
	for v, want := range map[fmt.Stringer]string{
		recur.Weekly:                          "Weekly",
		recur.Frequency(0x2009):               "0x2009",
		recur.HjMonthNth:                      "HjMonthNth",
		recur.PatternType(5):                  "0x0005",
		recur.CalDefault:                      "Default",
		recur.CalJapanLunar:                   "CAL_LUNAR_JAPANESE",
		recur.CalChineseLunar:                 "CAL_CHINESE_LUNAR",
		recur.CalKoreaLunar:                   "CAL_LUNAR_KOREAN",
		recur.CalUmAlQura:                     "CAL_UMALQURA",
		recur.CalendarType(0xD):               "0x000D",
		recur.EndByDate:                       "EndByDate",
		recur.EndNeverOld:                     "0xFFFFFFFF",
		recur.Last:                            "Last",
		recur.Nth(0):                          "0x00000000",
		recur.Saturday:                        "Saturday",
		recur.Weekday(7):                      "0x00000007",
		recur.Workdays:                        "Monday | Tuesday | Wednesday | Thursday | Friday",
		recur.DaysOfWeek(0x81):                "Sunday | 0x00000080",
		recur.DaysOfWeek(0):                   "0",
		recur.OverrideFlags(0x8101):           "ARO_SUBJECT | ARO_APPTCOLOR | 0x8000",
		recur.ChangeHighlight(0x200):          "BIT_CH_RESPONSE",
		recur.ChangeHighlight(1<<31 | 0x4000): "BIT_CH_NOTUSED | 0x00004000",
	} {
		require.Equal(t, want, v.String(), "%T", v)
	}
	b, err := json.Marshal(map[recur.Weekday]recur.Frequency{recur.Monday: recur.Daily, 9: 7})
	require.NoError(t, err)
	require.Equal(t, `{"0x00000009":"0x0007","Monday":"Daily"}`, string(b))
}

// requireFlags wants the flags to be an array of what Words returns, which is read back.
func requireFlags[T interface {
	comparable
	Words() []string
}](t *testing.T, v T) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	want, err := json.Marshal(append([]string{}, v.Words()...))
	require.NoError(t, err)
	require.Equal(t, string(want), string(b))
	var back T
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, v, back)
}

func TestFlags(t *testing.T) {
	for n := range 1 << 16 {
		requireFlags(t, recur.OverrideFlags(n))
	}
	for n := range 1 << 9 {
		requireFlags(t, recur.DaysOfWeek(n))
	}
	for i := range 32 {
		for j := range 32 {
			requireFlags(t, recur.ChangeHighlight(1<<i|1<<j))
			requireFlags(t, recur.DaysOfWeek(1<<i|1<<j))
		}
	}
}

// TestOverrideTexts is about the words beside the numbers of an exception.
func TestOverrideTexts(t *testing.T) {
	a := recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: []recur.Exception{
		{OverrideFlags: 0x26, ChangeHighlight: 0x300, Details: &recur.Details{MeetingType: 0x17, ReminderDelta: 15, BusyStatus: 4}},
		{OverrideFlags: 0x26, Details: &recur.Details{BusyStatus: 5}},
	}}
	b, err := a.MarshalBinary()
	require.NoError(t, err)
	_, r := recur.Inspect(b)
	got := map[string]string{}
	for f := range r.Fields() {
		got[f.Path] = f.Text
	}
	for path, want := range map[string]string{
		"ExceptionInfo[0].OverrideFlags":            "ARO_MEETINGTYPE | ARO_REMINDERDELTA | ARO_BUSYSTATUS",
		"ExceptionInfo[0].MeetingType":              "asfMeeting | asfReceived | asfCanceled | 0x00000010",
		"ExceptionInfo[0].ReminderDelta":            "15 minutes",
		"ExceptionInfo[0].BusyStatus":               "olWorkingElsewhere",
		"ExtendedException[0].ChangeHighlightValue": "BIT_CH_CUSTOM | BIT_CH_RESPONSE",
		"ExceptionInfo[1].MeetingType":              "",
		"ExceptionInfo[1].BusyStatus":               "0x00000005",
	} {
		text, ok := got[path]
		require.True(t, ok, path)
		require.Equal(t, want, text, path)
	}
}
