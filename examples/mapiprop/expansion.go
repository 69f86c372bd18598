package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/recur"
	"github.com/mapiprop/mapiprop/tzdef"
)

// expansion prints the occurrences of one series.
type expansion struct {
	x      *expandOptions
	o      *options
	in     entry
	series *series
	clocks clocks
	known  bool  // the zone of the series is that of its item
	err    error // why there are no occurrences
}

// notice says what was taken for granted, and what was cut.
func (x *expandOptions) notice(w io.Writer) {
	if x.unconverted > 0 {
		fmt.Fprintf(w, "mapiprop: nothing says which zone %s in: shown on the clock of the series, without an offset\n", plural(x.unconverted, "series is", "series are"))
	}
	if x.assumed > 0 {
		fmt.Fprintf(w, "mapiprop: nothing says which zone %s in: taken to be %v; see -zone\n", plural(x.assumed, "series is", "series are"), x.clocks.shown)
	}
	if x.cut == 0 {
		return
	}
	others := ""
	if x.cut > 1 {
		others = fmt.Sprintf(" and %d more", x.cut-1)
	}
	fmt.Fprintf(w, "mapiprop: not all occurrences are shown of %s%s: see -limit, -from and -to\n", x.firstCut, others)
}

// print prints the series.
func (w *expansion) print(s *session) {
	s.print(w.beginning(s.color))
	if w.err == nil {
		if w.x.assume && !w.known {
			w.x.assumed++
		}
		if w.x.itemZones && !w.x.assume && w.clocks.shown != nil && !w.known {
			w.x.unconverted++
		}
		w.occurrences(func(b []byte) bool { s.print(b); return s.failed == nil })
	}
}

// findings returns what makes the occurrences doubtful: Warnings and worse, about the dump and about the blob.
func (w *expansion) findings() []diag.Finding {
	var all []diag.Finding
	for _, f := range w.in.rec.Findings {
		if f.Severity >= diag.Warning {
			all = append(all, f)
		}
	}
	for f := range w.series.blob.report.Findings() {
		if f.Severity >= diag.Warning {
			all = append(all, f)
		}
	}
	var e *diag.DecodeError
	if errors.As(w.err, &e) {
		all = append(all, e.Findings...)
	}
	return all
}

// beginning returns what stands before the occurrences: in text a heading, and in any form what makes them doubtful.
func (w *expansion) beginning(color bool) []byte {
	rec, findings, err := &w.in.rec, w.findings(), w.err
	if worst := slices.IndexFunc(findings, func(f diag.Finding) bool { return f.Severity >= diag.Error }); err == nil && worst >= 0 {
		err = findings[worst]
	}
	if w.o.out == "json" {
		if err == nil && len(findings) == 0 {
			return nil
		}
		o := w.object()
		if err != nil {
			o.str("error", err.Error())
		}
		o.findings(findings, nil)
		o.close()
		return append(o.b, '\n')
	}
	p := printer{color: color}
	where := place(rec)
	if rec.Item != "" {
		where += ": " + safe(rec.Item)
	}
	p.line(0, "%s", p.bold(where))
	if w.series.blob.has("EndDate") {
		text := everyText(w.series.pattern)
		if a := w.series.a; a != nil && w.series.blob.has("EndTimeOffset") {
			text += ", " + timesText(a.StartTimeOffset, a.EndTimeOffset)
		}
		p.line(1, "%s, %s", text, rangeText(w.series.pattern))
	}
	for _, f := range findings {
		p.finding(1, f)
	}
	return p.b.Bytes()
}

// object begins a line of JSON.
func (w *expansion) object() object {
	var o object
	rec := &w.in.rec
	if len(w.o.files) > 0 {
		o.str("source", rec.Source)
	}
	if rec.Line > 0 {
		o.int("line", int64(rec.Line))
	}
	if rec.Item != "" {
		o.str("item", rec.Item)
	}
	return o
}

// occurrences prints the occurrences, until print returns false.
func (w *expansion) occurrences(print func([]byte) bool) {
	n := 0
	for i := range w.series.instances {
		if !w.x.to.IsZero() && !i.Start.In(w.x.to.Location()).Before(w.x.to) {
			break
		}
		if w.x.limit > 0 && n == w.x.limit {
			if w.x.cut++; w.x.cut == 1 {
				w.x.firstCut = place(&w.in.rec)
			}
			if w.o.out == "text" {
				print([]byte("  …\n"))
			}
			return
		}
		line := w.text
		if w.o.out == "json" {
			line = w.json
		}
		n++
		w.x.shown++
		if !print(line(i)) {
			return
		}
	}
	if n == 0 && w.o.out == "text" {
		print([]byte("  none\n"))
	}
}

// original returns when the pattern has the occurrence start, which a pattern alone does not say of a modified one.
func (w *expansion) original(i recur.Instance) (r recur.RTime, exception, known bool) {
	if w.series.a == nil && slices.ContainsFunc(w.series.pattern.ModifiedInstanceDates, func(d recur.RTime) bool { return d.Midnight() == i.Start }) {
		return 0, true, false
	}
	return i.OriginalStart, i.Exception != nil, true
}

// json returns the line of one occurrence.
func (w *expansion) json(i recur.Instance) []byte {
	start, end := w.clocks.show(i.Start), w.clocks.show(i.End)
	original, exception, known := w.original(i)
	o := w.object()
	o.str("start", start.wall+start.offset)
	o.str("end", end.wall+end.offset)
	if known {
		m := w.clocks.show(original)
		o.str("original", m.wall+m.offset)
	} else {
		o.null("original")
	}
	if exception {
		o.str("kind", "exception")
	} else {
		o.str("kind", "pattern")
	}
	o.bool("allDay", i.AllDay())
	e := i.Exception
	if e == nil {
		e = new(recur.Exception)
	}
	d := e.Details
	if d == nil {
		d = new(recur.Details)
	}
	code := w.series.blob.ansi()
	o.ownText("subject", e.OverrideFlags&recur.OverrideSubject != 0, e.Subject, code, d.Subject)
	o.ownText("location", e.OverrideFlags&recur.OverrideLocation != 0, e.Location, code, d.Location)
	for _, c := range [...]struct {
		name string
		kind tzdef.Kind
	}{{"startClock", start.kind}, {"endClock", end.kind}} {
		if c.kind == tzdef.Gap || c.kind == tzdef.Overlap {
			o.str(c.name, c.kind.String())
		}
	}
	if backwards(i, start, end) {
		o.bool("endsBeforeStart", true)
	}
	o.close()
	return append(o.b, '\n')
}

// backwards reports whether an occurrence that ends after its start on the clock of the series does not on ours: it lies
// where that clock is put forward.
func backwards(i recur.Instance, start, end moment) bool {
	return i.End > i.Start && !start.at.IsZero() && !end.at.After(start.at)
}

// ownText appends the subject or location of an occurrence: null where it has none of its own, and where there are only
// bytes in a code page that nobody knows.
func (o *object) ownText(name string, has bool, get func(func([]byte) string) (string, bool), code func([]byte) string, raw []byte) {
	text, ok := get(code)
	switch {
	case ok:
		o.str(name, text)
	case has:
		o.null(name)
		o.hex(name+"Bytes", raw)
	default:
		o.null(name)
	}
}

// text returns the line of one occurrence for people.
func (w *expansion) text(i recur.Instance) []byte {
	start, end := w.clocks.show(i.Start), w.clocks.show(i.End)
	var p printer
	line := spanText(start.rtime, end.rtime, i.AllDay())
	switch {
	case w.series.a == nil && start.offset == "":
		line = dayText(start.rtime)
	case start.offset == end.offset && start.offset != "":
		line += " " + start.offset
	case start.offset != end.offset:
		line = momentText(start.rtime) + " " + start.offset + " to " + momentText(end.rtime) + " " + end.offset
	}
	line = strings.ReplaceAll(line, " Z", " UTC")
	var notes []string
	if original, exception, known := w.original(i); exception {
		switch {
		case !known:
			notes = append(notes, "modified")
		case original != i.Start:
			notes = append(notes, "moved from "+momentText(w.clocks.show(original).rtime))
		default:
			notes = append(notes, "changed")
		}
	}
	if e := i.Exception; e != nil {
		code := w.series.blob.ansi()
		if e.OverrideFlags&recur.OverrideSubject != 0 {
			notes = append(notes, "subject "+ownText(e.Subject, code))
		}
		if e.OverrideFlags&recur.OverrideLocation != 0 {
			notes = append(notes, "location "+ownText(e.Location, code))
		}
	}
	notes = append(notes, clockNote("starts", start.kind)...)
	notes = append(notes, clockNote("ends", end.kind)...)
	if backwards(i, start, end) {
		notes = append(notes, "and so ends no later than it starts")
	}
	if len(notes) > 0 {
		line += "  " + strings.Join(notes, ", ")
	}
	p.line(1, "%s", line)
	return p.b.Bytes()
}

// clockNote says what is odd about a time on the clock of the series.
func clockNote(does string, kind tzdef.Kind) []string {
	switch kind {
	case tzdef.Gap:
		return []string{does + " when the clock is put forward: read as if it were not yet"}
	case tzdef.Overlap:
		return []string{does + " when the clock is put back: the first of two readings"}
	}
	return nil
}
