package main

import (
	"flag"
	"fmt"
	"iter"
	"time"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/oof"
)

const oofHelp = `  -at T         the time for which to judge: 2008-07-08, 2008-07-08T12:00, with or without seconds and an offset; UTC
                where there is none. now (default), or none: then it is left open whether a schedule is on
  -in FORM      auto (default), or a form of "mapiprop forms"
  -out FORM     text (default), json (one object)
  -strict       stop reading at the first Error or worse of a dump
  -codepage N   for 8-bit text that does not say its own
  -j N          not used: items are read one after the other
  -progress W   auto (a bar on stderr when that is a terminal), on, off
  -color W      auto (when stdout is a terminal), on, off

All FILEs together are one mailbox. What is needed of it, and how MFCMAPI exports it:

  root folder   its contents: the settings, and the log of their changes (Exchange 2007 and later)
  Inbox         its associated contents: templates, and rules in messages; and its rules table
  store         its properties: the switch, and the schedule

What was not exported is said to be missing, and nothing is concluded from it. Each statement has a confidence: high
where properties say so whose meaning is published, or two sources agree; medium where it rests on what Exchange was seen
to do; low where it is worked out, or rests on something that is missing.
`

func oofCommand(e env, args []string) int {
	at := "now"
	o, status := parseOptions(e, "oof", func(_ *options, flags *flag.FlagSet) { flags.StringVar(&at, "at", at, "") }, args)
	if status >= 0 {
		return status
	}
	t, err := referenceTime(e, at)
	if err != nil {
		fmt.Fprintf(e.stderr, "mapiprop: oof: -at %v\n", err)
		return exitUsage
	}
	m := &mailbox{session: newSession(e, o)}
	v := oof.Judge(m.items(), t)
	m.bar.done()
	if v.Max() >= diag.Error {
		m.worse(exitFinding)
	}
	if o.out == "json" {
		m.print(append(v.AppendJSON(nil), '\n'))
	} else {
		m.print(verdictText(v, m.color))
	}
	return m.finish(v)
}

// layouts are those of a time that a person writes.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

// referenceTime returns the time that -at names, the zero time for none.
func referenceTime(e env, s string) (time.Time, error) {
	switch s {
	case "now":
		if e.now != nil {
			return e.now(), nil
		}
		return time.Now().UTC().Truncate(time.Second), nil
	case "none":
		return time.Time{}, nil
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is none of now, none, 2008-07-08, 2008-07-08T12:00:00, 2008-07-08T12:00:00+02:00", s)
}

// mailbox is a session that reads items.
type mailbox struct{ *session }

// worse makes the exit status what it is, unless it is worse.
func (m *mailbox) worse(status int) { m.status = max(m.status, status) }

// items yields the items of all files.
func (m *mailbox) items() iter.Seq[*mapi.Item] {
	return func(yield func(*mapi.Item) bool) {
		for name, err := range sources(m.env, m.o.files) {
			more := true
			if err == nil {
				more, err = m.file(name, yield)
			}
			if err != nil {
				m.skip(name, err)
			}
			if !more || m.stopped || m.failed != nil {
				return
			}
		}
	}
}

// file yields the items of one file. It reports false where they are not wanted any more.
func (m *mailbox) file(name string, yield func(*mapi.Item) bool) (more bool, err error) {
	in, err := open(m.env, name)
	if err != nil {
		return true, err
	}
	defer in.Close()
	r, err := in.reader(&m.o)
	if err != nil {
		return true, err
	}
	m.bar.file(in)
	for item, err := range dump.Items(m.records(r)) {
		if err != nil {
			continue // records has told
		}
		m.session.items++
		if !yield(item) {
			return false, nil
		}
	}
	return true, nil
}

// records yields the records of a dump, and tells what is wrong with them.
func (m *mailbox) records(r dump.Reader) iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for rec, err := range r.Records() {
			m.bar.step()
			if err != nil {
				p := m.unreadable(&entry{rec: rec, err: err})
				m.skipped++
				m.print(p.text)
				if p.fileError {
					m.worse(exitFile)
				} else if p.worst >= diag.Error {
					m.worse(exitFinding)
				}
			} else {
				m.session.records++
			}
			for _, f := range rec.Findings {
				if err == nil && f.Severity >= diag.Error {
					m.worse(exitFinding)
					m.found++
				}
			}
			if m.stopped = m.o.strict && m.status > exitOK; m.stopped || !yield(rec, err) {
				return
			}
		}
	}
}

// finish writes what is left, and the line that counts.
func (m *mailbox) finish(v *oof.Verdict) int {
	if err := m.out.Flush(); m.failed == nil {
		m.failed = err
	}
	if m.failed != nil && !brokenPipe(m.failed) {
		fmt.Fprintf(m.env.stderr, "mapiprop: %v\n", m.failed)
		m.status = exitFile
	}
	fmt.Fprintf(m.env.stderr, "mapiprop: %s, %s, %d about out-of-office replies, %s, %d skipped", count(m.session.items, "item"),
		plural(m.session.records, "property", "properties"), len(v.Items), count(len(v.Findings), "finding"), m.skipped)
	if m.found > 0 {
		fmt.Fprintf(m.env.stderr, "; %s with errors in the dump, see mapiprop inspect", plural(m.found, "property", "properties"))
	}
	fmt.Fprintln(m.env.stderr)
	if m.failed != nil && brokenPipe(m.failed) {
		return exitOK
	}
	return m.status
}
