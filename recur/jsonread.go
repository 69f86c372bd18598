package recur

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// Reading the value form. What is absent or null is zero, keys that are not known are passed over. A value of the wrong
// kind is an error that says where: "recur: exceptions[1].details.busyStatus: …"; the receiver is unchanged then.

// UnmarshalJSON reads the value form into p.
func (p *RecurrencePattern) UnmarshalJSON(b []byte) error {
	var v RecurrencePattern
	o := openObject(b)
	v.readJSON(&o)
	if o.done() {
		*p = v
	}
	return o.err
}

// UnmarshalJSON reads the value form into a.
func (a *AppointmentRecurrencePattern) UnmarshalJSON(b []byte) error {
	var v AppointmentRecurrencePattern
	o := openObject(b)
	v.RecurrencePattern.readJSON(&o)
	o.read("readerVersion2", &v.ReaderVersion2)
	o.read("writerVersion2", &v.WriterVersion2)
	o.read("startTimeOffset", &v.StartTimeOffset)
	o.read("endTimeOffset", &v.EndTimeOffset)
	var exceptions []json.RawMessage
	o.read("exceptions", &exceptions)
	if len(exceptions) > 0 && o.err == nil {
		v.Exceptions = make([]Exception, len(exceptions))
		for i := range exceptions {
			o.fail("exceptions["+strconv.Itoa(i)+"]", v.Exceptions[i].UnmarshalJSON(exceptions[i]))
		}
	}
	o.readHex("reservedBlock1", &v.ReservedBlock1)
	o.readHex("reservedBlock2", &v.ReservedBlock2)
	if o.done() {
		*a = v
	}
	return o.err
}

func (p *RecurrencePattern) readJSON(o *object) {
	o.read("readerVersion", &p.ReaderVersion)
	o.read("writerVersion", &p.WriterVersion)
	o.read("recurFrequency", &p.RecurFrequency)
	o.read("patternType", &p.PatternType)
	o.read("calendarType", &p.CalendarType)
	o.read("firstDateTime", &p.FirstDateTime)
	o.read("period", &p.Period)
	o.read("slidingFlag", &p.SlidingFlag)
	o.read("daysOfWeek", &p.DaysOfWeek)
	o.read("dayOfMonth", &p.DayOfMonth)
	o.read("n", &p.N)
	o.read("endType", &p.EndType)
	o.read("occurrenceCount", &p.OccurrenceCount)
	o.read("firstDOW", &p.FirstDOW)
	o.read("deletedInstanceDates", &p.DeletedInstanceDates)
	o.read("modifiedInstanceDates", &p.ModifiedInstanceDates)
	o.read("startDate", &p.StartDate)
	o.read("endDate", &p.EndDate)
	o.readHex("trailing", &p.Trailing)
}

// UnmarshalJSON reads the value form into e.
func (e *Exception) UnmarshalJSON(b []byte) error {
	var v Exception
	o := openObject(b)
	o.read("startDateTime", &v.StartDateTime)
	o.read("endDateTime", &v.EndDateTime)
	o.read("originalStartDate", &v.OriginalStartDate)
	o.read("overrideFlags", &v.OverrideFlags)
	o.read("noChangeHighlightValue", &v.NoChangeHighlightValue)
	o.read("cut", &v.Cut)
	o.read("changeHighlight", &v.ChangeHighlight)
	o.read("details", &v.Details)
	if o.done() {
		*e = v
	}
	return o.err
}

// UnmarshalJSON reads the value form into d.
func (d *Details) UnmarshalJSON(b []byte) error {
	var v Details
	o := openObject(b)
	o.read("subjectLength", &v.SubjectLength)
	o.readHex("subject", &v.Subject)
	o.read("meetingType", &v.MeetingType)
	o.read("reminderDelta", &v.ReminderDelta)
	o.read("reminderSet", &v.ReminderSet)
	o.read("locationLength", &v.LocationLength)
	o.readHex("location", &v.Location)
	o.read("busyStatus", &v.BusyStatus)
	o.read("attachment", &v.Attachment)
	o.read("subType", &v.SubType)
	o.read("appointmentColor", &v.AppointmentColor)
	o.readHex("changeHighlightReserved", &v.ChangeHighlightReserved)
	o.readHex("reservedBlockEE1", &v.ReservedBlockEE1)
	o.read("startDateTime", &v.StartDateTime)
	o.read("endDateTime", &v.EndDateTime)
	o.read("originalStartDate", &v.OriginalStartDate)
	o.read("wideCharSubject", &v.WideCharSubject)
	o.read("wideCharLocation", &v.WideCharLocation)
	o.readHex("reservedBlockEE2", &v.ReservedBlockEE2)
	if o.done() {
		*d = v
	}
	return o.err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *WideText) UnmarshalJSON(b []byte) error {
	s, err := wtf8.Unquote(b)
	if err == nil {
		*t = NewWideText(s)
		return nil
	}
	o := openObject(b)
	var raw []byte
	o.readHex("hex", &raw)
	switch {
	case o.done():
		*t = raw
	case o.fields == nil && o.err != nil:
		return err // it is no object either
	}
	return o.err
}

// object is a JSON object whose fields are read one by one. The first thing that is wrong ends that.
type object struct {
	fields map[string]json.RawMessage // nil for null
	err    error
}

func openObject(b []byte) (o object) {
	o.err = json.Unmarshal(b, &o.fields)
	return o
}

// done reports whether there was an object, and everything read was right.
func (o *object) done() bool { return o.err == nil && o.fields != nil }

// read reads a field into v, which stays as it is where the field is absent or null.
func (o *object) read(name string, v any) {
	if raw, ok := o.fields[name]; ok && o.err == nil && string(raw) != "null" {
		o.fail(name, json.Unmarshal(raw, v))
	}
}

// readHex reads a field of bytes.
func (o *object) readHex(name string, v *[]byte) {
	var digits string
	o.read(name, &digits)
	if digits != "" && o.err == nil {
		b, err := hex.DecodeString(digits)
		*v = b
		o.fail(name, err)
	}
}

// fail takes err as what is wrong with a field, if it is an error and the first.
func (o *object) fail(name string, err error) {
	var inner *fieldError
	switch {
	case err == nil || o.err != nil:
	case errors.As(err, &inner):
		o.err = &fieldError{name + "." + inner.path, inner.err}
	default:
		o.err = &fieldError{name, err}
	}
}

// fieldError is what is wrong with one field of the value form.
type fieldError struct {
	path string
	err  error
}

// Error returns the path and what is wrong.
func (e *fieldError) Error() string {
	return fmt.Sprintf("recur: %s: %s", e.path, strings.TrimPrefix(e.err.Error(), "recur: "))
}

// Unwrap returns what is wrong.
func (e *fieldError) Unwrap() error { return e.err }
