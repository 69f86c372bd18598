package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
)

// recovered is an older version of a series in the bytes behind it, or behind a newer one of these.
type recovered struct {
	*recur.Recovered
	at, size int // where in the blob its bytes begin, and how many there are
	raw      []byte
}

// recoveredLimit is how many older versions are looked for. Blobs with one are rare.
const recoveredLimit = 4

// recoverAll returns what is left of older versions, the newest first.
func recoverAll(b *blob) []recovered {
	a, ok := b.value.(*recur.AppointmentRecurrencePattern)
	if !ok {
		return nil
	}
	var all []recovered
	for rest := a.Trailing; len(all) < recoveredLimit; {
		r, ok := recur.Recover(rest)
		if !ok {
			break
		}
		all = append(all, recovered{r, len(b.raw) - len(rest), len(rest) - len(r.Trailing), rest})
		rest = r.Trailing
	}
	return all
}

// findings returns what is wrong with an older version, at offsets of the whole blob.
func (r recovered) findings() []diag.Finding {
	var all []diag.Finding
	for f := range r.Report().Findings() {
		if f.Span.Offset >= 0 {
			f.Span.Offset += r.at
		}
		f.Path = "recovered." + f.Path
		all = append(all, f)
	}
	return all
}

// recovered writes an older version, under a heading that says what it is.
func (w *recurWriter) recovered(r recovered) {
	w.add(part{heading: fmt.Sprintf("recovered from %s at 0x%04X, of an older version; not live", count(r.size, "byte"), r.at),
		findings: r.findings()})
	w.add(part{depth: 1, lines: recoveredLines(r), fields: recoveredFields(r)})
	duration := int64(-1)
	from, fromOK := r.StartTimeOffset()
	if to, ok := r.EndTimeOffset(); ok && fromOK {
		duration = int64(to) - int64(from)
	}
	w.exceptions(exceptionList{all: r.Exceptions, findings: r.Report(), duration: duration, code: w.b.ansi(), depth: 1})
	if r.TimesOnly {
		w.add(part{depth: 1, lines: []string{"          only the times of this one are certain"}})
	}
	w.reserved(r.ReservedBlock1, r.ReservedBlock2)
	if r.Unexplained > 0 {
		w.add(part{depth: 1, lines: []string{"besides   " + count(r.Unexplained, "byte") + " at its beginning, not explained"}})
	}
}

// recoveredLines says what is known of the series as it was.
func recoveredLines(r recovered) []string {
	var lines []string
	var bounds []string
	if d, ok := r.StartDate(); ok {
		bounds = append(bounds, "from "+dayText(d))
	}
	if d, ok := r.EndDate(); ok && d == recur.NoEnd {
		bounds = append(bounds, "without an end")
	} else if ok {
		bounds = append(bounds, "to "+dayText(d))
	}
	if len(bounds) > 0 {
		lines = append(lines, "range     "+strings.Join(bounds, " "))
	}
	from, fromOK := r.StartTimeOffset()
	switch to, ok := r.EndTimeOffset(); {
	case ok && fromOK:
		lines = append(lines, "time      "+timesText(from, to))
	case ok:
		lines = append(lines, "time      to "+clock(to))
	}
	if len(r.DeletedInstanceDates) > 0 {
		left := withoutExceptions(r.DeletedInstanceDates, r.Exceptions)
		lines = append(lines, dateLines("deleted   ", left)...)
		lines = append(lines, "          and any that were overwritten")
	}
	return lines
}

// recoveredFields are the fields that recoveredLines puts in words.
func recoveredFields(r recovered) []string {
	var fields []string
	if d, ok := r.StartDate(); ok {
		fields = append(fields, "StartDate "+dateText(d))
	}
	if d, ok := r.EndDate(); ok {
		fields = append(fields, "EndDate "+dateText(d))
	}
	for _, f := range [...]struct {
		name, format string
		get          func() (uint32, bool)
	}{{"ReaderVersion2", "0x%04X", r.ReaderVersion2}, {"WriterVersion2", "0x%04X", r.WriterVersion2},
		{"StartTimeOffset", "%d", r.StartTimeOffset}, {"EndTimeOffset", "%d", r.EndTimeOffset}} {
		if v, ok := f.get(); ok {
			fields = append(fields, fmt.Sprintf("%s "+f.format, f.name, v))
		}
	}
	if n, ok := r.ExceptionCount(); ok {
		fields = append(fields, fmt.Sprintf("ExceptionCount %d", n))
	}
	if n := len(r.DeletedInstanceDates); n > 0 {
		fields = append(fields, count(n, "deleted date")+" left")
	}
	if n := len(r.ModifiedInstanceDates); n > 0 {
		fields = append(fields, count(n, "modified date")+" left")
	}
	return fields
}

func (w *recurWriter) reserved(blocks ...[]byte) {
	n := 0
	for _, b := range blocks {
		n += len(b)
	}
	if n > 0 {
		w.add(part{lines: []string{"reserved  " + count(n, "byte")}})
	}
}

// recoveredDump appends the annotated dumps of older versions. Their offsets are those of what is left.
func recoveredDump(w *bytes.Buffer, b *blob) {
	for _, r := range recoverAll(b) {
		fmt.Fprintf(w, "# recovered, not live: %s of an older version in trailing, at 0x%04x of the blob\n", count(r.size, "byte"), r.at)
		_ = diag.Hexdump(w, r.raw, r.Report()) // a bytes.Buffer takes everything
	}
}

// recovered appends what is left of an older version, apart from the value, which does not have it. In it is what is left
// of one still older.
func (o *object) recovered(all []recovered, fields bool) {
	if len(all) == 0 {
		return
	}
	r := all[0]
	o.key("recovered")
	o.int("offset", int64(r.at))
	o.int("size", int64(r.size))
	o.key("value")
	o.recoveredValue(r.Recovered)
	if fields {
		o.key("fields")
		o.b = r.Report().AppendFields(o.b)
	}
	o.findings(nil, r.Report())
	o.recovered(all[1:], fields)
	o.close()
}

// recoveredValue appends what is known of an older version, in the names of the value form.
func (o *object) recoveredValue(r *recur.Recovered) {
	o.int("unexplained", int64(r.Unexplained))
	o.times("deletedInstanceDates", r.DeletedInstanceDates)
	o.times("modifiedInstanceDates", r.ModifiedInstanceDates)
	if d, ok := r.StartDate(); ok {
		o.str("startDate", d.String())
	}
	if d, ok := r.EndDate(); ok {
		o.str("endDate", d.String())
	}
	for _, f := range [...]struct {
		name string
		get  func() (uint32, bool)
	}{{"readerVersion2", r.ReaderVersion2}, {"writerVersion2", r.WriterVersion2}, {"startTimeOffset", r.StartTimeOffset},
		{"endTimeOffset", r.EndTimeOffset}} {
		if v, ok := f.get(); ok {
			o.int(f.name, int64(v))
		}
	}
	if n, ok := r.ExceptionCount(); ok {
		o.int("exceptionCount", int64(n))
	}
	o.key("exceptions")
	o.b = append(o.b, '[')
	for i := range r.Exceptions {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.b = r.Exceptions[i].AppendJSON(o.b)
	}
	o.b = append(o.b, ']')
	if r.TimesOnly {
		o.bool("timesOnly", true)
	}
	for _, block := range [...]struct {
		name  string
		bytes []byte
	}{{"reservedBlock1", r.ReservedBlock1}, {"reservedBlock2", r.ReservedBlock2}, {"trailing", r.Trailing}} {
		if len(block.bytes) > 0 {
			o.hex(block.name, block.bytes)
		}
	}
	o.close()
}

func (o *object) times(name string, times []recur.RTime) {
	words := make([]string, len(times))
	for i, t := range times {
		words[i] = t.String()
	}
	o.key(name)
	o.strings(words)
}
