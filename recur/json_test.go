package recur_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/recur"
)

// formed is what has a value form.
type formed interface {
	AppendJSON(b []byte) []byte
	MarshalJSON() ([]byte, error)
	UnmarshalJSON(b []byte) error
}

// requireForm marshals v, reads that into another value and marshals it again. Nothing may be lost.
func requireForm(t *testing.T, v, into formed) {
	t.Helper()
	b, err := v.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, "before"+string(b), string(v.AppendJSON([]byte("before"))))
	escaped, err := json.Marshal(v) // it has less-than signs escaped
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(escaped, into), "%s", b)
	if diff := cmp.Diff(v, into, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(recur.AppointmentRecurrencePattern{})); diff != "" {
		t.Fatalf("%s (-wrote +read):\n%s", b, diff)
	}
	require.Equal(t, string(b), string(into.AppendJSON(nil)))
}

// binary is what has an encoding.
type binary interface{ MarshalBinary() ([]byte, error) }

// requireSameBinary wants the same blob of both, or the same error.
func requireSameBinary(t *testing.T, v, w binary) {
	t.Helper()
	x, err1 := v.MarshalBinary()
	y, err2 := w.MarshalBinary()
	require.Equal(t, err1, err2)
	require.Equal(t, x, y)
}

const ownJSON = `{"readerVersion":12292,"writerVersion":12292,"recurFrequency":"Weekly","patternType":"Week","calendarType":"Default",` +
	`"firstDateTime":"1601-01-07T00:00:00","period":1,"slidingFlag":0,"daysOfWeek":["Monday"],"endType":"EndAfterCount","occurrenceCount":4,` +
	`"firstDOW":"Sunday","deletedInstanceDates":["2024-03-04T00:00:00","2024-03-11T00:00:00"],"modifiedInstanceDates":["2024-03-11T00:00:00"],` +
	`"startDate":"2024-03-04T00:00:00","endDate":"2024-03-25T00:00:00","readerVersion2":12294,"writerVersion2":12297,"startTimeOffset":540,` +
	`"endTimeOffset":570,"exceptions":[{"startDateTime":"2024-03-11T10:00:00","endDateTime":"2024-03-11T11:00:00",` +
	`"originalStartDate":"2024-03-11T09:00:00","overrideFlags":["ARO_SUBJECT","ARO_LOCATION"],` +
	`"changeHighlight":["BIT_CH_START","BIT_CH_LOCATION","BIT_CH_SUBJECT"],"details":{"subjectLength":8,"subject":"52e9756e696f6e",` +
	`"locationLength":3,"location":"3f3f","startDateTime":"2024-03-11T10:00:00","endDateTime":"2024-03-11T11:00:00",` +
	`"originalStartDate":"2024-03-11T09:00:00","wideCharSubject":"Réunion","wideCharLocation":"東京"}}]}`

func TestJSON(t *testing.T) {
	a, err := recur.Decode(own(t))
	require.NoError(t, err)
	b, err := json.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, ownJSON, string(b))
	requireForm(t, a, new(recur.AppointmentRecurrencePattern))

	var back recur.AppointmentRecurrencePattern
	require.NoError(t, json.Unmarshal(b, &back))
	blob, err := back.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, own(t), blob)

	// What an appointment embeds has the same fields, and ends with them.
	b, err = json.Marshal(&a.RecurrencePattern)
	require.NoError(t, err)
	fields, _, ok := strings.Cut(ownJSON, `,"readerVersion2"`)
	require.True(t, ok)
	require.Equal(t, fields+"}", string(b))
	requireForm(t, &a.RecurrencePattern, new(recur.RecurrencePattern))
}

// TestJSONLeavesOut is about fields that a structure has or has not.
func TestJSONLeavesOut(t *testing.T) {
	type fields map[string]any
	read := func(v formed) fields {
		var f fields
		require.NoError(t, json.Unmarshal(v.AppendJSON(nil), &f))
		return f
	}
	for p, want := range map[recur.PatternType][]string{
		recur.Day:        nil,
		recur.Week:       {"daysOfWeek"},
		recur.Month:      {"dayOfMonth"},
		recur.MonthNth:   {"daysOfWeek", "n"},
		recur.MonthEnd:   {"dayOfMonth"},
		recur.HjMonth:    {"dayOfMonth"},
		recur.HjMonthNth: {"daysOfWeek", "n"},
		recur.HjMonthEnd: {"dayOfMonth"},
		7:                nil,
	} {
		f := read(&recur.RecurrencePattern{PatternType: p})
		var got []string
		for _, key := range []string{"daysOfWeek", "dayOfMonth", "n"} {
			if _, ok := f[key]; ok {
				got = append(got, key)
			}
		}
		require.Equal(t, want, got, p)
		require.NotContains(t, f, "trailing")
	}

	old := read(&recur.AppointmentRecurrencePattern{WriterVersion2: 0x3008, Exceptions: make([]recur.Exception, 1)})
	require.NotContains(t, old["exceptions"].([]any)[0], "changeHighlight")
	require.NotContains(t, old, "reservedBlock1")
	now := read(&recur.AppointmentRecurrencePattern{WriterVersion2: 0x3009, Exceptions: make([]recur.Exception, 1)})
	require.Equal(t, []any{}, now["exceptions"].([]any)[0].(map[string]any)["changeHighlight"])

	const flags = recur.OverrideSubject | recur.OverrideBusyStatus
	empty := &recur.Exception{OverrideFlags: flags, Details: &recur.Details{SubjectLength: 1}}
	zero := "1601-01-01T00:00:00"
	require.Equal(t, map[string]any{"subjectLength": 1.0, "subject": "", "busyStatus": 0.0, "startDateTime": zero, "endDateTime": zero,
		"originalStartDate": zero, "wideCharSubject": ""}, read(empty)["details"], "zeros that a flag stands for")
	empty.Cut = true
	require.Equal(t, map[string]any{"subjectLength": 1.0, "subject": "", "busyStatus": 0.0}, read(empty)["details"])
	require.Equal(t, true, read(empty)["cut"])
	require.NotContains(t, read(empty), "changeHighlight")
	empty.Cut, empty.NoChangeHighlightValue = false, true
	require.Equal(t, true, read(empty)["noChangeHighlightValue"])
	require.NotContains(t, read(empty), "changeHighlight")
	require.NotContains(t, read(&recur.Exception{}), "details")
	require.Equal(t, "{}", string(new(recur.Details).AppendJSON(nil)))
}

// jsonNumber returns numbers of which many are small, and some as large as there are.
func jsonNumber(r *rand.Rand) uint32 {
	n := r.Uint32() >> r.IntN(33)
	if r.IntN(16) == 0 {
		return ^n
	}
	return n
}

func jsonBytes(r *rand.Rand) []byte {
	b := make([]byte, max(0, r.IntN(12)-6))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// jsonText returns text of any units, unpaired surrogates among them, and sometimes half a unit more.
func jsonText(r *rand.Rand) recur.WideText {
	var t recur.WideText
	for range max(0, r.IntN(16)-8) {
		u := [...]uint32{0x20 + r.Uint32N(0x5F), r.Uint32N(0x20), 0x80 + r.Uint32N(0x500), 0xD800 + r.Uint32N(0x800), 0x2028, 0xFFFE, r.Uint32N(0x10000)}[r.IntN(7)]
		t = append(t, byte(u), byte(u>>8))
	}
	if r.IntN(20) == 0 {
		t = append(t, byte(r.Uint32()))
	}
	return t
}

func jsonTimes(r *rand.Rand) []recur.RTime {
	times := make([]recur.RTime, r.IntN(4))
	for i := range times {
		times[i] = recur.RTime(jsonNumber(r))
	}
	return times
}

// jsonPattern returns a pattern that may be one or may not.
func jsonPattern(r *rand.Rand) recur.RecurrencePattern {
	types := [...]recur.PatternType{recur.Day, recur.Week, recur.Month, recur.MonthNth, recur.MonthEnd, recur.HjMonth, recur.HjMonthNth, recur.HjMonthEnd}
	p := recur.RecurrencePattern{ReaderVersion: uint16(jsonNumber(r)), WriterVersion: 0x3004, RecurFrequency: recur.Frequency(0x2008 + r.Uint32N(8)),
		PatternType: types[r.IntN(len(types))], CalendarType: recur.CalendarType(r.Uint32N(0x1A)), FirstDateTime: recur.RTime(jsonNumber(r)),
		Period: jsonNumber(r), SlidingFlag: jsonNumber(r), EndType: recur.EndType(0x2020 + r.Uint32N(5)), OccurrenceCount: jsonNumber(r),
		FirstDOW: recur.Weekday(r.Uint32N(8)), DeletedInstanceDates: jsonTimes(r), ModifiedInstanceDates: jsonTimes(r),
		StartDate: recur.RTime(jsonNumber(r)), EndDate: recur.NoEnd, Trailing: jsonBytes(r)}
	switch {
	case p.PatternType == recur.Week:
		p.DaysOfWeek = recur.DaysOfWeek(jsonNumber(r))
	case p.PatternType == recur.MonthNth || p.PatternType == recur.HjMonthNth:
		p.DaysOfWeek, p.N = recur.DaysOfWeek(jsonNumber(r)), recur.Nth(r.Uint32N(7)-1)
	case p.PatternType != recur.Day:
		p.DayOfMonth = jsonNumber(r)
	}
	if r.IntN(4) == 0 { // no blob can hold it
		p.PatternType, p.EndType = recur.PatternType(r.Uint32N(0x10)), recur.EndNeverOld
		p.DaysOfWeek, p.N, p.DayOfMonth = recur.DaysOfWeek(jsonNumber(r)), recur.Nth(jsonNumber(r)), jsonNumber(r)
	}
	return p
}

func jsonDetails(r *rand.Rand) *recur.Details {
	return &recur.Details{SubjectLength: uint16(jsonNumber(r)), LocationLength: uint16(jsonNumber(r)), MeetingType: jsonNumber(r), ReminderDelta: jsonNumber(r),
		ReminderSet: jsonNumber(r), BusyStatus: jsonNumber(r), Attachment: jsonNumber(r), SubType: jsonNumber(r), AppointmentColor: jsonNumber(r),
		Subject: jsonBytes(r), Location: jsonBytes(r), ChangeHighlightReserved: jsonBytes(r), ReservedBlockEE1: jsonBytes(r),
		StartDateTime: recur.RTime(jsonNumber(r)), EndDateTime: recur.RTime(jsonNumber(r)), OriginalStartDate: recur.RTime(jsonNumber(r)),
		WideCharSubject: jsonText(r), WideCharLocation: jsonText(r), ReservedBlockEE2: jsonBytes(r)}
}

func jsonException(r *rand.Rand) recur.Exception {
	e := recur.Exception{StartDateTime: recur.RTime(jsonNumber(r)), EndDateTime: recur.RTime(jsonNumber(r)), OriginalStartDate: recur.RTime(jsonNumber(r)),
		OverrideFlags: recur.OverrideFlags(jsonNumber(r)), NoChangeHighlightValue: r.IntN(8) == 0, Cut: r.IntN(8) == 0, ChangeHighlight: recur.ChangeHighlight(jsonNumber(r))}
	switch r.IntN(4) {
	case 0:
		e.Details = jsonDetails(r)
	case 1:
		e.OverrideFlags, e.Details = 0x1FF, jsonDetails(r)
	case 2:
		e.Details = new(recur.Details)
	}
	return e
}

// TestJSONLosesNothing writes random values, which a blob may be able to hold or not, and reads them back.
func TestJSONLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	encodable := 0
	for range 2000 {
		a := &recur.AppointmentRecurrencePattern{RecurrencePattern: jsonPattern(r), ReaderVersion2: jsonNumber(r), WriterVersion2: 0x3007 + r.Uint32N(4),
			StartTimeOffset: jsonNumber(r), EndTimeOffset: jsonNumber(r), ReservedBlock1: jsonBytes(r), ReservedBlock2: jsonBytes(r)}
		for range r.IntN(4) {
			a.Exceptions = append(a.Exceptions, jsonException(r))
		}
		var back recur.AppointmentRecurrencePattern
		requireForm(t, a, &back)
		requireSameBinary(t, a, &back)
		if _, err := a.MarshalBinary(); err == nil {
			encodable++
		}
		var task recur.RecurrencePattern
		requireForm(t, &a.RecurrencePattern, &task)
		requireSameBinary(t, &a.RecurrencePattern, &task)
		requireForm(t, jsonDetails(r), new(recur.Details))
		e := jsonException(r)
		requireForm(t, &e, new(recur.Exception))
	}
	require.Greater(t, encodable, 200, "values that blobs can hold")
}

// TestJSONOfCutBlobs reads back what is left of a blob, cut off wherever that may be.
func TestJSONOfCutBlobs(t *testing.T) {
	blob := own(t)
	cuts := 0
	for n := range blob {
		a, _ := recur.Inspect(blob[:n])
		var back recur.AppointmentRecurrencePattern
		requireForm(t, a, &back)
		requireSameBinary(t, a, &back)
		cuts += bytes.Count(a.AppendJSON(nil), []byte(`"cut":true`))
	}
	require.Positive(t, cuts)
}

func TestJSONReads(t *testing.T) {
	a := &recur.AppointmentRecurrencePattern{}
	require.NoError(t, json.Unmarshal([]byte(`{}`), a))
	require.Equal(t, &recur.AppointmentRecurrencePattern{}, a)
	require.NoError(t, json.Unmarshal([]byte(` { "recurFrequency" : "0x200B", "patternType":"0x00000003", "n":"0xffffffff", "endType":"0xFFFFFFFF",
		"daysOfWeek":["0x80","Friday","0x2"], "startDate":"2011-02-17T14:30", "trailing":"AbCd", "period":null, "exceptions":[{"overrideFlags":["ARO_SUBJECT","0x8000"],
		"details":{"subject":"","wideCharSubject":"\ud83d\ude00\ud83d\u0000\/","unknown":[{}]}},null], "of":"no matter", "trailing":"ef"} `), a))
	want := &recur.AppointmentRecurrencePattern{
		RecurrencePattern: recur.RecurrencePattern{RecurFrequency: recur.Weekly, PatternType: recur.MonthNth, N: 0xFFFFFFFF, EndType: recur.EndNeverOld,
			DaysOfWeek: 0x80 | 0x20 | 0x02, StartDate: 0x0CDB6DE6, Trailing: []byte{0xEF}},
		Exceptions: []recur.Exception{{OverrideFlags: 0x8001, Details: &recur.Details{
			WideCharSubject: recur.WideText("\x3d\xd8\x00\xde\x3d\xd8\x00\x00/\x00")}}, {}},
	}
	if diff := cmp.Diff(want, a, cmpopts.IgnoreUnexported(*a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	before := string(a.AppendJSON(nil))
	require.NoError(t, json.Unmarshal([]byte(`null`), a), "null is nothing")
	require.ErrorContains(t, json.Unmarshal([]byte(`{"period":7,"trailing":"x"}`), a), "recur: trailing:")
	require.Equal(t, before, string(a.AppendJSON(nil)), "an error changes nothing")

	// What a value held before is gone, and its memory is not written to.
	old, err := recur.Decode(own(t))
	require.NoError(t, err)
	exceptions := old.Exceptions
	require.NoError(t, old.UnmarshalJSON([]byte(`{"exceptions":[{"cut":true}]}`)))
	require.False(t, exceptions[0].Cut)
	require.NoError(t, old.UnmarshalBinary(own(t)))
	require.Equal(t, ownJSON, string(old.AppendJSON(nil)))
}

func TestJSONErrors(t *testing.T) {
	pattern, appointment := new(recur.RecurrencePattern), new(recur.AppointmentRecurrencePattern)
	exception, details := new(recur.Exception), new(recur.Details)
	for _, c := range []struct {
		into interface{ UnmarshalJSON([]byte) error }
		json string
		want string
	}{
		{pattern, `[]`, "cannot unmarshal array"},
		{pattern, `{`, "unexpected end of JSON input"},
		{pattern, ``, "unexpected end of JSON input"},
		{pattern, `{"readerVersion":65536}`, "recur: readerVersion: json: cannot unmarshal number 65536 into Go value of type uint16"},
		{pattern, `{"period":-1}`, "recur: period: json: cannot unmarshal number -1"},
		{pattern, `{"period":1.5}`, "recur: period: json: cannot unmarshal number 1.5"},
		{pattern, `{"period":"1"}`, "recur: period: json: cannot unmarshal string"},
		{pattern, `{"recurFrequency":"weekly"}`, `recur: recurFrequency: "weekly" is neither a word for it nor 0x and hex digits`},
		{pattern, `{"recurFrequency":8203}`, "recur: recurFrequency: json: cannot unmarshal number"},
		{pattern, `{"patternType":"0x10000"}`, `recur: patternType: "0x10000" is neither`},
		{pattern, `{"patternType":""}`, `recur: patternType: "" is neither`},
		{pattern, `{"calendarType":"0x"}`, `recur: calendarType: "0x" is neither`},
		{pattern, `{"calendarType":"0x-1"}`, `recur: calendarType: "0x-1" is neither`},
		{pattern, `{"endType":"0x100000000"}`, `recur: endType: "0x100000000" is neither`},
		{pattern, `{"n":"0xFFFFFFFFFFFFFFFFF"}`, `recur: n: "0xFFFFFFFFFFFFFFFFF" is neither`},
		{pattern, `{"firstDOW":"Someday"}`, `recur: firstDOW: "Someday" is neither`},
		{pattern, `{"daysOfWeek":["Monday","monday"]}`, `recur: daysOfWeek: "monday" is neither a flag nor 0x and hex digits`},
		{pattern, `{"daysOfWeek":"Monday"}`, "recur: daysOfWeek: json: cannot unmarshal string"},
		{pattern, `{"startDate":"yesterday"}`, `recur: startDate: "yesterday" is not a wall-clock time such as 2011-02-17T14:30:00`},
		{pattern, `{"startDate":"1600-12-31T23:59:00"}`, `recur: startDate: "1600-12-31T23:59:00" is not a whole minute from 1601-01-01 on`},
		{pattern, `{"startDate":"2011-02-17T14:30:01"}`, "recur: startDate: "},
		{pattern, `{"startDate":"2011-02-17T14:30:00Z"}`, "recur: startDate: "},
		{pattern, `{"startDate":0}`, "recur: startDate: json: cannot unmarshal number"},
		{pattern, `{"deletedInstanceDates":["2011-02-30T00:00:00"]}`, "recur: deletedInstanceDates: "},
		{pattern, `{"modifiedInstanceDates":{}}`, "recur: modifiedInstanceDates: json: cannot unmarshal object"},
		{pattern, `{"trailing":"012"}`, "recur: trailing: encoding/hex: odd length hex string"},
		{pattern, `{"trailing":[1]}`, "recur: trailing: json: cannot unmarshal array"},
		{appointment, `7`, "cannot unmarshal number"},
		{appointment, `{"startDate":"x"}`, "recur: startDate: "},
		{appointment, `{"writerVersion2":4294967296}`, "recur: writerVersion2: json: cannot unmarshal number"},
		{appointment, `{"exceptions":7}`, "recur: exceptions: json: cannot unmarshal number"},
		{appointment, `{"exceptions":[{},7]}`, "recur: exceptions[1]: json: cannot unmarshal number"},
		{appointment, `{"exceptions":[{},{},{"startDateTime":"x"},{"cut":7}]}`, "recur: exceptions[2].startDateTime: "},
		{appointment, `{"exceptions":[{"details":{"busyStatus":"olFree"}}]}`, "recur: exceptions[0].details.busyStatus: json: cannot unmarshal string"},
		{appointment, `{"reservedBlock1":"0g"}`, "recur: reservedBlock1: encoding/hex: invalid byte"},
		{appointment, `{"reservedBlock2":"0g"}`, "recur: reservedBlock2: encoding/hex: invalid byte"},
		{exception, `{"overrideFlags":["ARO_OTHER"]}`, `recur: overrideFlags: "ARO_OTHER" is neither`},
		{exception, `{"overrideFlags":["0x10000"]}`, `recur: overrideFlags: "0x10000" is neither`},
		{exception, `{"overrideFlags":[null,""]}`, `recur: overrideFlags: "" is neither`},
		{exception, `{"changeHighlight":["BIT_CH_SILENT"]}`, `recur: changeHighlight: "BIT_CH_SILENT" is neither`},
		{exception, `{"cut":1}`, "recur: cut: json: cannot unmarshal number"},
		{exception, `{"details":[]}`, "recur: details: json: cannot unmarshal array"},
		{details, `{"subject":"é"}`, "recur: subject: encoding/hex: invalid byte"},
		{details, `{"wideCharSubject":7}`, "recur: wideCharSubject: not a JSON string"},
		{details, `{"wideCharSubject":{"hex":"x"}}`, "recur: wideCharSubject.hex: encoding/hex: invalid byte"},
		{details, "{\"wideCharLocation\":\"\xff\"}", "recur: wideCharLocation: not a JSON string"},
		{details, "{\"wideCharLocation\":\"\xed\xa0\x80\"}", "recur: wideCharLocation: not a JSON string"},
	} {
		t.Run(fmt.Sprintf("%T %.60s", c.into, c.json), func(t *testing.T) {
			require.ErrorContains(t, c.into.UnmarshalJSON([]byte(c.json)), c.want)
		})
	}
	require.Equal(t, recur.RecurrencePattern{}, *pattern)
	require.Equal(t, recur.Exception{}, *exception)

	var unmarshal *json.UnmarshalTypeError
	require.ErrorAs(t, appointment.UnmarshalJSON([]byte(`{"exceptions":[{"cut":1}]}`)), &unmarshal, "what is wrong is wrapped")
}

func TestTimesJSON(t *testing.T) {
	for r, want := range map[recur.RTime]string{
		0:           `"1601-01-01T00:00:00"`,
		0x0CDB6DE6:  `"2011-02-17T14:30:00"`,
		recur.NoEnd: `"4500-12-31T23:59:00"`,
		0xFFFFFFFF:  `"9767-02-16T04:15:00"`,
	} {
		b, err := json.Marshal(r)
		require.NoError(t, err)
		require.Equal(t, want, string(b))
		back := recur.RTime(1)
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, r, back)
	}
	var r recur.RTime
	require.ErrorContains(t, r.UnmarshalText([]byte("9767-02-16T04:16:00")), "is not a whole minute")
}

func TestWideTextJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                         `""`,
		"A\x00b\x00":               `"Ab"`,
		"A\x00\"\x00b\x00":         `"A\"b"`,
		"A\x00\x0a\x00\x00\x00":    `"A\n\u0000"`,
		"A\x00\xe9\x00\x7f\x00":    `"Aé\u007f"`,
		"\x3d\xd8\x00\xde":         `"😀"`,
		"\x00\xde\x3d\xd8":         `"\ude00\ud83d"`,
		"\x28\x20\xfe\xff\x71\x67": `"\u2028\ufffe東"`,
		"A\x00b":                   `{"hex":"410062"}`,
		"\xff":                     `{"hex":"ff"}`,
	} {
		b, err := json.Marshal(recur.WideText(text))
		require.NoError(t, err)
		require.Equal(t, want, string(b))
		back := recur.WideText("before")
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, text, string(back))
	}
	kept := recur.WideText("A\x00")
	require.NoError(t, kept.UnmarshalJSON([]byte("null")))
	require.Equal(t, "A", kept.String(), "null is nothing")
}
