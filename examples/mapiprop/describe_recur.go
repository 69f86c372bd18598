package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// A series can have hundreds of deleted and changed occurrences. So many are shown to people; the others are counted, and
// all of them are in JSON.
const (
	shownDates      = 24
	shownExceptions = 12
)

// recurWriter collects the parts of a pattern.
type recurWriter struct {
	b     *blob
	p     *recur.RecurrencePattern
	a     *recur.AppointmentRecurrencePattern // nil for the pattern of a task
	parts []part
}

// describeRecur says what a pattern says. a is nil for that of a task.
func describeRecur(b *blob, p *recur.RecurrencePattern, a *recur.AppointmentRecurrencePattern) []part {
	w := recurWriter{b: b, p: p, a: a}
	w.pattern()
	w.dates()
	if a != nil {
		duration := int64(a.EndTimeOffset) - int64(a.StartTimeOffset)
		w.exceptions(exceptionList{all: a.Exceptions, findings: b.report, duration: duration, code: b.ansi()})
		w.reserved(a.ReservedBlock1, a.ReservedBlock2)
		w.add(part{steps: []string{"ExceptionInfo", "ReservedBlock1Size", "ReservedBlock1", "ExtendedException", "ReservedBlock2Size", "ReservedBlock2"}})
	}
	if n := len(p.Trailing); n > 0 {
		w.add(part{steps: []string{"trailing"}, lines: []string{fmt.Sprintf("trailing  %s, no part of the series", count(n, "byte"))}})
	}
	for _, r := range recoverAll(b) {
		w.recovered(r)
	}
	return w.parts
}

func (w *recurWriter) add(p part) { w.parts = append(w.parts, p) }

// pattern writes when the series takes place.
func (w *recurWriter) pattern() {
	p, a := w.p, w.a
	if !w.b.has("FirstDOW") {
		w.add(part{lines: []string{"pattern   not read: see the fields with -out hex"}})
		return
	}
	fields := []string{"RecurFrequency " + p.RecurFrequency.String(), "PatternType " + p.PatternType.String(),
		"CalendarType " + p.CalendarType.String(), "FirstDateTime " + dateText(p.FirstDateTime), fmt.Sprintf("Period %d", p.Period)}
	if p.SlidingFlag != 0 {
		fields = append(fields, fmt.Sprintf("SlidingFlag %d", p.SlidingFlag))
	}
	switch p.PatternType {
	case recur.Week:
		fields = append(fields, "DayOfWeek "+p.DaysOfWeek.String())
	case recur.MonthNth, recur.HjMonthNth:
		fields = append(fields, "DayOfWeek "+p.DaysOfWeek.String(), "N "+p.N.String())
	case recur.Month, recur.MonthEnd, recur.HjMonth, recur.HjMonthEnd:
		fields = append(fields, fmt.Sprintf("Day %d", p.DayOfMonth))
	}
	fields = append(fields, "FirstDOW "+p.FirstDOW.String())
	line := "pattern   " + everyText(p)
	if a != nil && w.b.has("EndTimeOffset") {
		line += ", " + timesText(a.StartTimeOffset, a.EndTimeOffset)
		fields = append(fields, fmt.Sprintf("StartTimeOffset %d", a.StartTimeOffset), fmt.Sprintf("EndTimeOffset %d", a.EndTimeOffset))
	}
	w.add(part{lines: []string{line}, fields: fields}) // the first part has all findings that no other has

	bounds := part{steps: []string{"EndType", "OccurrenceCount", "StartDate", "EndDate"}, lines: []string{"range     not read"}}
	if w.b.has("EndDate") {
		bounds.lines[0] = "range     " + rangeText(p)
		bounds.fields = []string{"StartDate " + dateText(p.StartDate), "EndType " + p.EndType.String(),
			fmt.Sprintf("OccurrenceCount %d", p.OccurrenceCount), "EndDate " + dateText(p.EndDate)}
	}
	w.add(bounds)
	w.occurs()
}

// occurs writes what the series comes to.
func (w *recurWriter) occurs() {
	if _, lost := lostOccurrences(w.b.report); lost {
		return
	}
	instances := w.p.Instances
	if w.a != nil {
		instances = w.a.Instances
	}
	seq, err := instances(time.Time{})
	if err != nil {
		w.add(part{lines: append([]string{"occurs    on days that cannot be told:"}, below(" ", strings.Fields(reason(err)))...)})
		return
	}
	w.add(part{lines: []string{"occurs    " + occursText(seq, w.p.EndType.Never(), w.a == nil)}})
}

// reason returns what an error of Instances says, without the name of the package.
func reason(err error) string {
	var e *diag.DecodeError
	if errors.As(err, &e) && len(e.Findings) > 0 {
		return e.Findings[0].Path + " " + e.Findings[0].Msg
	}
	return err.Error()
}

// lostOccurrences reports whether a blob ends before all is read that occurrences follow from, and the finding that says
// where it ends.
func lostOccurrences(r *diag.Report) (diag.Finding, bool) {
	for f := range r.Findings() {
		if f.Severity == diag.Fatal {
			// Behind the ExceptionInfos there are only texts that they have, too.
			return f, !strings.HasPrefix(f.Path, "ReservedBlock") && !strings.HasPrefix(f.Path, "ExtendedException[")
		}
	}
	return diag.Finding{}, false
}

// dates writes which occurrences were deleted, and which were modified where there are no exceptions to say it.
func (w *recurWriter) dates() {
	if !w.b.has("DeletedInstanceCount") {
		return
	}
	deleted, modified := w.p.DeletedInstanceDates, w.p.ModifiedInstanceDates
	of := part{steps: []string{"DeletedInstanceCount", "DeletedInstanceDates", "ModifiedInstanceCount", "ModifiedInstanceDates", "ExceptionCount"}}
	if len(deleted)+len(modified) > 0 {
		of.fields = []string{fmt.Sprintf("DeletedInstanceCount %d", len(deleted)), fmt.Sprintf("ModifiedInstanceCount %d", len(modified))}
	}
	if w.a != nil && len(w.a.Exceptions) > 0 {
		of.fields = append(of.fields, fmt.Sprintf("ExceptionCount %d", len(w.a.Exceptions)))
		deleted, modified = withoutExceptions(deleted, w.a.Exceptions), nil
	}
	of.lines = w.dateLines("deleted   ", "DeletedInstanceDates", deleted)
	if _, lost := lostOccurrences(w.b.report); lost && w.a != nil && len(deleted) > 0 {
		of.lines = append(of.lines, "          or changed: not all exceptions were read")
	}
	if len(modified) > 0 || w.cutIn("ModifiedInstanceDates") {
		of.lines = append(of.lines, w.dateLines("modified  ", "ModifiedInstanceDates", modified)...)
	}
	w.add(of)
}

// withoutExceptions returns those of the deleted dates that no exception takes the place of.
func withoutExceptions(deleted []recur.RTime, exceptions []recur.Exception) []recur.RTime {
	replaced := make(map[recur.RTime]bool, len(exceptions))
	for i := range exceptions {
		replaced[exceptions[i].OriginalStartDate.Midnight()] = true
	}
	return slices.DeleteFunc(slices.Clone(deleted), func(d recur.RTime) bool { return replaced[d.Midnight()] })
}

// dateLines returns the first of the dates of an array, where it was read.
func (w *recurWriter) dateLines(label, array string, dates []recur.RTime) []string {
	if !w.cutIn(array) {
		return dateLines(label, dates)
	}
	if len(dates) == 0 {
		return []string{label + "not read"}
	}
	return append(dateLines(label, dates), strings.Repeat(" ", len(label))+"and more, which were cut off")
}

// cutIn reports whether the blob ends in a field.
func (w *recurWriter) cutIn(path string) bool {
	f, _ := lostOccurrences(w.b.report)
	return f.Path == path
}

// dateLines returns the first of the dates, eight a line.
func dateLines(label string, dates []recur.RTime) []string {
	if len(dates) == 0 {
		return []string{label + "none"}
	}
	var lines []string
	shown := dates[:min(len(dates), shownDates)]
	for line := range slices.Chunk(shown, 8) {
		words := make([]string, len(line))
		for i, d := range line {
			words[i] = dateText(d)
		}
		lines = append(lines, label+strings.Join(words, ", "))
		label = strings.Repeat(" ", len(label))
	}
	if n := len(dates) - len(shown); n > 0 {
		lines = append(lines, fmt.Sprintf("%sand %d more: see -out json", label, n))
	}
	return lines
}

// exceptionList is a list of exceptions, and what is known of their series.
type exceptionList struct {
	all      []recur.Exception
	findings *diag.Report
	duration int64 // of an occurrence in minutes, -1 where that is not known
	code     func([]byte) string
	depth    int
}

// exceptions writes the first of the exceptions, and those that something is wrong with.
func (w *recurWriter) exceptions(l exceptionList) {
	noted := map[string]bool{}
	for f := range l.findings.Findings() {
		step, _, _ := strings.Cut(f.Path, ".")
		noted[step] = true
	}
	shown := 0
	for i := range l.all {
		info, extended := fmt.Sprintf("ExceptionInfo[%d]", i), fmt.Sprintf("ExtendedException[%d]", i)
		if i >= shownExceptions && !noted[info] && !noted[extended] {
			continue
		}
		shown++
		e := exceptionPart(&l.all[i], l)
		e.steps, e.depth = []string{info, extended}, l.depth
		w.add(e)
	}
	if n := len(l.all) - shown; n > 0 {
		w.add(part{depth: l.depth, lines: []string{fmt.Sprintf("          and %s more: see -out json", count(n, "exception"))}})
	}
}

// exceptionPart writes one exception.
func exceptionPart(e *recur.Exception, l exceptionList) part {
	allDay := recur.Instance{Start: e.StartDateTime, End: e.EndDateTime, Exception: e}.AllDay()
	from := momentText(e.OriginalStartDate)
	if allDay && e.OriginalStartDate == e.OriginalStartDate.Midnight() {
		from = dayText(e.OriginalStartDate)
	}
	line := "moved     " + from + " to " + spanText(e.StartDateTime, e.EndDateTime, allDay)
	if d := int64(e.EndDateTime) - int64(e.StartDateTime); e.StartDateTime == e.OriginalStartDate && (l.duration < 0 || d == l.duration) {
		line = "changed   " + spanText(e.StartDateTime, e.EndDateTime, allDay)
	}
	of := part{lines: []string{line}}
	for _, text := range [...]struct {
		name string
		flag recur.OverrideFlags
		get  func(func([]byte) string) (string, bool)
	}{{"subject", recur.OverrideSubject, e.Subject}, {"location", recur.OverrideLocation, e.Location}} {
		if e.OverrideFlags&text.flag == 0 {
			continue
		}
		of.lines = append(of.lines, fmt.Sprintf("          %-9s %s", text.name, ownText(text.get, l.code)))
	}
	of.lines = append(of.lines, below("; ", overrides(e))...)
	if e.OverrideFlags != 0 {
		of.fields = append(of.fields, "OverrideFlags "+e.OverrideFlags.String())
	}
	if e.ChangeHighlight != 0 {
		of.fields = append(of.fields, "ChangeHighlight "+e.ChangeHighlight.String())
	}
	if d := e.Details; d != nil {
		if n := len(d.ChangeHighlightReserved) + len(d.ReservedBlockEE1) + len(d.ReservedBlockEE2); n > 0 {
			of.fields = append(of.fields, count(n, "reserved byte"))
		}
	}
	return of
}

// ownText returns the subject or location of an exception.
func ownText(get func(func([]byte) string) (string, bool), code func([]byte) string) string {
	text, ok := get(code)
	switch {
	case !ok:
		return "in a code page that is not known: see -codepage"
	case text == "":
		return "none"
	}
	return strconv.Quote(cut(text))
}

// overrides says in words what else an exception has of its own.
func overrides(e *recur.Exception) []string {
	var also []string
	d := e.Details
	if d == nil {
		d = new(recur.Details)
	}
	if e.OverrideFlags&recur.OverrideMeetingType != 0 {
		also = append(also, "state "+flagWords(d.MeetingType, "meeting", "received", "cancelled"))
	}
	if e.OverrideFlags&recur.OverrideReminder != 0 {
		also = append(also, yesNo(d.ReminderSet, "with a reminder", "without a reminder", "ReminderSet"))
	}
	if e.OverrideFlags&recur.OverrideReminderDelta != 0 {
		also = append(also, "reminder "+counted(d.ReminderDelta, "minute")+" before")
	}
	if e.OverrideFlags&recur.OverrideBusyStatus != 0 {
		also = append(also, busyText(d.BusyStatus))
	}
	if e.OverrideFlags&recur.OverrideAttachment != 0 {
		also = append(also, yesNo(d.Attachment, "with attachments", "without attachments", "Attachment"))
	}
	if e.OverrideFlags&recur.OverrideSubType != 0 {
		also = append(also, yesNo(d.SubType, "an all-day event", "not an all-day event", "SubType"))
	}
	if e.OverrideFlags&recur.OverrideAppointmentColor != 0 {
		also = append(also, fmt.Sprintf("AppointmentColor %d", d.AppointmentColor))
	}
	if e.OverrideFlags&recur.OverrideExceptionalBody != 0 {
		also = append(also, "a body of its own, in the embedded message")
	}
	return also
}

func yesNo(v uint32, yes, no, name string) string {
	switch v {
	case 0:
		return no
	case 1:
		return yes
	}
	return fmt.Sprintf("%s %d", name, v)
}

func busyText(v uint32) string {
	words := [...]string{"free", "tentative", "busy", "out of office", "working elsewhere"}
	if int64(v) < int64(len(words)) {
		return words[v]
	}
	return fmt.Sprintf("BusyStatus %d", v)
}

// flagWords returns the words of the bits of v, and a number for what has none.
func flagWords(v uint32, words ...string) string {
	var all []string
	for i, word := range words {
		if v&(1<<i) != 0 {
			all = append(all, word)
			v &^= 1 << i
		}
	}
	if v != 0 || len(all) == 0 {
		all = append(all, fmt.Sprintf("0x%X", v))
	}
	return strings.Join(all, ", ")
}
