package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/recur"
)

const expandHelp = `  -from T       occurrences that end after T or start at it or later
  -to T         occurrences that start before T, or on that day where T is a date
  -limit N      so many of each blob at most (default 1000), 0 for all; a notice on stderr says what was cut
  -zone W       the zone of the series: the bytes, in hex, of a PidLidAppointmentTimeZoneDefinition... or
                PidLidTimeZoneStruct; or item: that of the item of a dump that the series is in, where it has one
  -tz W         keep (default): the clock of the series; utc, or the name of a zone (IANA, Windows): the clock there
  -kind KIND    of blobs that are no property of a dump: auto (default), apptrecur, recur
  -in FORM      auto (default), raw, or a form of "mapiprop forms"
  -out FORM     text (default), json (one object an occurrence)
  -strict       stop at the first finding of Error or worse
  -codepage N   for subjects and locations of which only 8-bit text is left
  -j N          workers; output is in input order whatever N
  -progress W   auto (a bar on stderr when that is a terminal), on, off
  -color W      auto (when stdout is a terminal), on, off

T is a date or time on the wall clock of the series, without an offset: 2026-09-16, 2026-09-16T14:00.

Times are those of that clock, and have no offset: which zone it is in, the blob does not say. With -zone they have one.
A time that the clock skips gets the offset from before; of one that comes twice the first is meant; "startClock" and
"endClock" say so, as gap or overlap. With -tz and no -zone the zone is that of the item; a series whose item does not
say it is taken to be in the zone that -tz names. With -zone item it is shown on its own clock; stderr counts such series.

Warnings about a series stand before its occurrences, in JSON as an object with "findings" and no "start".

Of a dump, every PidLidAppointmentRecur and PidLidTaskRecurrence is expanded. Other files are read as "mapiprop decode"
reads them; with -kind auto a blob that is a RecurrencePattern and nothing more is one of a task, which has days and no
times, and any other is one of appointments. What cannot be computed is an error: tasks that come again once they are
done, months of calendars without arithmetic, and fields without a meaning.
`

// expandOptions are the flags that only expand has, and what it has printed.
type expandOptions struct {
	from, to  time.Time // the wall clock of the series, as UTC; the zero time for none
	limit     int
	kind      string
	clocks    clocks
	itemZones bool // the zone of an item counts
	assume    bool // the zone of a series is taken to be the one shown, where nothing says it
	dump      bool // the file has properties, not blobs

	waiting     holder
	assumed     int    // series of which it was taken to be
	unconverted int    // series that are shown on their own clock, because nobody knows its zone
	shown       int    // occurrences
	cut         int    // series of which there are more
	firstCut    string // the first of them
}

func expandCommand(e env, args []string) int {
	var from, to, zoneHex, tz string
	var x expandOptions
	o, status := parseOptions(e, "expand", func(_ *options, flags *flag.FlagSet) {
		flags.StringVar(&from, "from", "", "")
		flags.StringVar(&to, "to", "", "")
		flags.StringVar(&zoneHex, "zone", "", "")
		flags.StringVar(&tz, "tz", "keep", "")
		flags.StringVar(&x.kind, "kind", "auto", "")
		flags.IntVar(&x.limit, "limit", 1000, "")
	}, args)
	if status >= 0 {
		return status
	}
	err := x.window(from, to)
	if err == nil {
		err = x.zones(zoneHex, tz)
	}
	if err == nil && x.kind != "auto" && x.kind != "recur" && x.kind != "apptrecur" {
		err = fmt.Errorf("-kind %q is none of auto, apptrecur, recur", x.kind)
	}
	if err == nil && x.limit < 0 {
		err = fmt.Errorf("-limit %d: there are no fewer than 0", x.limit)
	}
	if err != nil {
		fmt.Fprintf(e.stderr, "mapiprop: expand: %v\n", err)
		return exitUsage
	}
	s := newSession(e, o)
	s.open = func(in *input) (dump.Reader, error) { return x.reader(in, &o) }
	s.oneByOne = true
	s.noFolders = true
	s.work = func(in *entry, out *printed) {
		if in.err != nil {
			*out = s.unreadable(in)
			return
		}
		*out = x.record(s, *in)
	}
	s.expand = &x
	return s.run()
}

// window reads -from and -to.
func (x *expandOptions) window(from, to string) error {
	var err error
	if from != "" {
		if x.from, _, err = parseWall(from); err != nil {
			return fmt.Errorf("-from %w", err)
		}
	}
	if to == "" {
		return nil
	}
	date := false
	if x.to, date, err = parseWall(to); err != nil {
		return fmt.Errorf("-to %w", err)
	}
	if date {
		x.to = x.to.AddDate(0, 0, 1)
	}
	if x.to.Before(x.from) {
		return errors.New("-to is before -from")
	}
	return nil
}

func parseWall(s string) (t time.Time, date bool, err error) {
	for _, layout := range [...]string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if t, err = time.Parse(layout, s); err == nil {
			return t, len(layout) == len("2006-01-02"), nil
		}
	}
	if _, err = time.Parse(time.RFC3339, s); err == nil {
		return t, false, fmt.Errorf("%s: has an offset; it is a time on the wall clock of the series", s)
	}
	return t, false, fmt.Errorf("%q: is no time such as 2026-09-16 or 2026-09-16T14:00", s)
}

// zones reads -zone and -tz.
func (x *expandOptions) zones(zoneHex, tz string) error {
	x.itemZones = zoneHex == "item" || zoneHex == ""
	if !x.itemZones {
		b, err := hex.DecodeString(strings.ReplaceAll(zoneHex, " ", ""))
		if err == nil {
			x.clocks.series, err = zoneOfBlob(b)
		}
		if err != nil {
			return fmt.Errorf("-zone: %w", err)
		}
	}
	if tz == "keep" {
		x.itemZones = zoneHex == "item"
		return nil
	}
	loc, err := zoneNamed(tz)
	if err != nil {
		return fmt.Errorf("-tz: %w", err)
	}
	if x.assume = zoneHex == ""; x.assume {
		x.clocks.series = zoneOfLocation(loc)
	}
	x.clocks.shown = loc
	return nil
}

// reader returns the reader of a dump, or else of a file of blobs.
func (x *expandOptions) reader(in *input, o *options) (dump.Reader, error) {
	form := o.in
	if form == "auto" {
		prefix, err := in.Peek(dump.SniffLen)
		if err != nil && err != io.EOF {
			return nil, err
		}
		form = dump.Sniff(prefix)
	}
	x.dump = !slices.Contains([]string{"", "raw", "lines", "hex", "base64", "jsonl"}, form)
	if o.in == "raw" || o.in == "auto" && (form == "" || form == "lines") {
		return blobReader(in, o)
	}
	return in.reader(o)
}

// series is one recurrence pattern, and its occurrences.
type series struct {
	blob      *blob
	pattern   *recur.RecurrencePattern
	a         *recur.AppointmentRecurrencePattern // nil for that of a task
	instances iter.Seq[recur.Instance]
}

// record expands one record, or passes over what holds no recurrence.
func (x *expandOptions) record(s *session, in entry) printed {
	rec := &in.rec
	out := printed{record: true, item: nameOf(rec)}
	kind := x.kind
	if prop := rec.Prop; x.dump || prop.Tag.ID() != 0 || !prop.Name.IsZero() {
		k, ok := inspect.ByProp(prop)
		if kind = k.Name; !ok || kind != "recur" && kind != "apptrecur" || len(rec.Raw) == 0 {
			out.zone = zoneProperty(rec)
			return out
		}
	}
	se := openSeries(kind, rec.Raw, s.o.codePage)
	out.blobs, out.worst = 1, se.blob.report.Max()
	for _, f := range rec.Findings {
		out.worst = max(out.worst, f.Severity)
	}
	if out.worst > diag.Info || se.blob.report.Max() > 0 {
		out.found = 1
	}
	err := se.expand(x.from)
	if err != nil {
		out.worst = max(out.worst, diag.Error)
	}
	out.series = &expansion{x: x, o: &s.o, in: in, series: se, clocks: x.clocks, err: err}
	return out
}

// openSeries decodes a blob. In one of kind auto the decoder itself says whether it is the pattern of a task.
func openSeries(kind string, raw []byte, codePage int) *series {
	if kind != "recur" {
		k, _ := inspect.ByName("apptrecur")
		b := decodeBlob(k, raw, codePage)
		whole := true
		for f := range b.report.Findings() {
			whole = whole && f.Code != recur.PatternOnly
		}
		if whole || kind != "auto" {
			a := b.value.(*recur.AppointmentRecurrencePattern)
			return &series{blob: b, pattern: &a.RecurrencePattern, a: a}
		}
	}
	k, _ := inspect.ByName("recur")
	b := decodeBlob(k, raw, codePage)
	return &series{blob: b, pattern: b.value.(*recur.RecurrencePattern)}
}

// expand finds out which occurrences there are. The error says why that is not known.
func (se *series) expand(from time.Time) (err error) {
	if f, lost := lostOccurrences(se.blob.report); lost {
		return f
	}
	if se.a != nil {
		se.instances, err = se.a.Instances(from)
	} else {
		se.instances, err = se.pattern.Instances(from)
	}
	return err
}
