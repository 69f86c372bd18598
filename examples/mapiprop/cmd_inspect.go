package main

import (
	"bufio"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

func inspectCommand(e env, args []string) int {
	o, status := parseOptions(e, "inspect", func(o *options, flags *flag.FlagSet) {
		showFields(o, flags)
		flags.BoolVar(&o.all, "all", false, "")
	}, args)
	if status >= 0 {
		return status
	}
	s := newSession(e, o)
	s.open = func(in *input) (dump.Reader, error) { return in.reader(&o) }
	s.work = func(in *entry, out *printed) {
		if in.err != nil {
			*out = s.unreadable(in)
			return
		}
		inspectRecord(in, out, &o, s.color)
	}
	return s.run()
}

// inspectRecord prints one record, or nothing where there is nothing to say of it.
func inspectRecord(in *entry, out *printed, o *options, color bool) {
	out.record, out.item = true, nameOf(&in.rec)
	for i := range in.rec.Findings {
		out.worst = max(out.worst, in.rec.Findings[i].Severity)
	}
	// What is merely worth knowing about a dump is said to those who ask for all.
	hidden := o.out == "text" && !o.all && out.worst == diag.Info && in.rec.Inferred == nil
	k, known := inspect.ByProp(in.rec.Prop)
	if known && in.rec.Prop.Tag.Type() == mapi.PtypMultipleBinary && len(in.rec.Raw) > 0 {
		if list, ok := in.rec.Prop.Value.(mapi.MultipleBinary); ok && in.rec.Inferred == nil {
			inspectList(in, out, k, list, o, printer{color: color}, hidden)
			return
		}
		known = false // not known where its values begin: shown whole
	}
	var b *blob
	// An empty value is there and says nothing: it is shown, but no structure is sought in it.
	if known && (len(in.rec.Raw) > 0 || in.rec.Inferred != nil) {
		b = in.blob
		b.decode(k, in.rec.Raw, o.codePage)
		out.blobs = 1
		out.worst = max(out.worst, b.max())
	}
	if out.worst > diag.Info || b != nil && b.max() > 0 {
		out.found = 1
	}
	if known && b == nil {
		in.rec.Findings = append(in.rec.Findings, absent(in.rec.Prop, k))
		out.worst = max(out.worst, diag.Info)
	}
	if b == nil && len(in.rec.Raw) > 0 {
		in.structure, _ = inspect.NotDecoded(in.rec.Prop)
		var found []diag.Finding
		if in.settings, found = settingsIn(in.rec.Prop); in.settings != nil {
			out.settings(in, found)
			hidden = hidden && len(found) == 0
		}
	}
	known = known || in.structure.Name != "" || in.settings != nil
	if b == nil && !known && !o.all && out.worst < diag.Warning && !(o.out == "text" && isContext(in.rec.Prop)) {
		return
	}
	switch o.out {
	case "json":
		out.recordJSON(in, b, o.fields)
	case "text":
		out.heading = true
		if b == nil && !known && !o.all && out.worst < diag.Warning {
			p := printer{color: color}
			p.line(1, "%s  %s", canonical(in.rec.Prop), short(in.rec.Prop.Value))
			out.text = p.b.Bytes()
			return
		}
		out.text = recordText(in, b, color, hidden)
		if hidden {
			out.hidden = len(in.rec.Findings)
		}
	default:
		out.text = recordDump(in, b, o.out)
	}
}

// settings takes over what was found in the settings of out-of-office replies.
func (p *printed) settings(in *entry, found []diag.Finding) {
	in.rec.Findings = slices.Concat(in.rec.Findings, found)
	p.blobs = 1
	for _, f := range found {
		p.worst = max(p.worst, f.Severity)
		p.found = 1
	}
}

func absent(p mapi.Prop, k inspect.Kind) diag.Finding {
	return diag.Finding{Severity: diag.Info, Code: inspect.Absent, Span: diag.Span{Offset: -1},
		Path: canonical(p), Spec: k.Spec, Msg: "has no bytes: taken as absent"}
}

// isContext reports whether a property tells a person which item this is.
func isContext(p mapi.Prop) bool {
	if p.Value == nil {
		return false
	}
	switch p.Value.(type) {
	case mapi.String, mapi.String8:
		if id := p.Tag.ID(); id == mapi.PidTagMessageClass.ID() || id == mapi.PidTagSubject.ID() {
			return true
		}
	}
	switch canonical(p) {
	case "PidLidAppointmentStartWhole", "PidLidAppointmentEndWhole", "PidLidTimeZoneDescription":
		return true
	}
	return false
}

// session is one run over files: what inspect and decode have in common.
type session struct {
	env     env
	o       options
	work    func(*entry, *printed)
	open    func(*input) (dump.Reader, error)
	color   bool
	out     *bufio.Writer
	later   []byte // what is to be written to out: texts that lie one behind the other in memory
	bar     *bar
	between string   // what stands between the last text and the next
	heading itemName // the item whose heading was printed last
	item    itemName // the item of the last record
	failed  error    // of writing
	status  int
	stopped bool

	noFolders bool // folders hold other things than what is read
	oneByOne  bool // what is known of a file is needed as long as it is worked on: none is read ahead

	items, records, blobs, found, others, skipped, hidden int

	notices []string // of files, for the end
	lineEnd bool     // that the last text ended a line, or there was none

	expand *expandOptions // nil in other commands
}

func newSession(e env, o options) *session {
	on := func(word string, w io.Writer) bool { return word == "on" || word == "auto" && e.terminal(w) }
	s := &session{env: e, o: o, color: on(o.color, e.stdout), bar: newBar(e.stderr, on(o.progress, e.stderr)), lineEnd: true}
	w := e.stdout
	if s.bar.on && e.terminal(e.stdout) {
		w = beside{w, s.bar}
		s.bar.ready = func() bool { return s.flush() && s.lineEnd && s.out.Flush() == nil }
	}
	s.out = bufio.NewWriterSize(w, 1<<16)
	return s
}

// run goes through all files and returns the exit status.
func (s *session) run() int {
	for f := range s.ahead() {
		if in, err := f.opened(); err != nil {
			s.skip(f.name, err)
		} else {
			s.bar.file(in)
			f.each(s)
			if in.bad.Load() {
				s.status = exitFile
			}
			if in.notice != "" {
				s.notices = append(s.notices, in.notice)
			}
		}
		if s.stopped || s.failed != nil {
			break
		}
	}
	s.bar.done()
	if s.expand != nil {
		s.expand.waiting.flush(s)
	}
	if s.between != "" && s.env.terminal(s.env.stdout) {
		s.print([]byte(s.between)) // a prompt should not begin in the last line
	}
	s.flush()
	if err := s.out.Flush(); s.failed == nil {
		s.failed = err
	}
	if s.failed != nil && !brokenPipe(s.failed) {
		fmt.Fprintf(s.env.stderr, "mapiprop: %v\n", s.failed)
		s.status = exitFile
	}
	if s.expand != nil {
		s.expand.notice(s.env.stderr)
	}
	for _, notice := range s.notices {
		fmt.Fprintf(s.env.stderr, "mapiprop: %s\n", notice)
	}
	fmt.Fprintf(s.env.stderr, "mapiprop: %s, %s, %s decoded, %d with findings, %d skipped", count(s.items, "item"),
		plural(s.records, "property", "properties"), count(s.blobs, "blob"), s.found, s.skipped)
	if s.expand != nil {
		fmt.Fprintf(s.env.stderr, "; %s", count(s.expand.shown, "occurrence"))
	}
	if s.others > 0 {
		fmt.Fprintf(s.env.stderr, "; %s with findings", plural(s.others, "other property", "other properties"))
	}
	if s.hidden > 0 {
		fmt.Fprintf(s.env.stderr, "; %s about the dump not shown, see -all", count(s.hidden, "note"))
	}
	fmt.Fprintln(s.env.stderr)
	if s.failed != nil && brokenPipe(s.failed) {
		return exitOK
	}
	return s.status
}

func count(n int, noun string) string { return plural(n, noun, noun+"s") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// skip says that a file was not read. A folder may hold files that are no dumps; a file that was asked for may not.
func (s *session) skip(name string, err error) {
	s.skipped++
	severity := diag.Info
	if s.asked(name) || !errors.Is(err, dump.UnknownForm) && !errors.Is(err, errNotRegular) {
		s.status, severity = exitFile, diag.Error
	}
	s.print(s.errorLine(name, 0, err, severity))
}

// asked reports whether a file was named, by the name that sources gave it or by the one that its records have.
func (s *session) asked(name string) bool {
	for _, f := range s.o.files {
		if f == name || f == "-" && name == stdinName {
			return true
		}
	}
	return len(s.o.files) == 0
}

// errorLine returns what is printed of something that was not read, which is not always an error.
func (s *session) errorLine(source string, line int, err error, severity diag.Severity) []byte {
	var f diag.Finding
	if severity == diag.Info && errors.As(err, &f) {
		f.Severity = severity
		err = f
	}
	if s.o.out == "json" {
		return errorJSON(source, line, err)
	}
	return errorText(source, line, err, severity, s.color)
}

// sink takes what became of one entry and reports whether to go on.
func (s *session) sink(p *printed) bool {
	s.bar.step()
	if p.record {
		s.records++
		if p.item != s.item || s.records == 1 {
			s.items++
			s.item = p.item
		}
	} else {
		s.skipped++
	}
	if s.expand != nil {
		s.expand.waiting.take(s, p)
	}
	s.hidden += p.hidden
	s.blobs += p.blobs
	if p.blobs > 0 {
		s.found += p.found
	} else {
		s.others += p.found
	}
	if p.heading && s.heading != p.item {
		s.print(heading(p.item, s.heading == itemName{}, s.color))
		s.heading = p.item
	}
	if s.between != "" {
		s.print([]byte(s.between))
	}
	s.printText(p)
	if p.series != nil {
		p.series.print(s)
	}
	s.between = p.between
	if p.worst >= diag.Error && s.status < exitFinding {
		s.status = exitFinding
	}
	if p.fileError {
		s.status = exitFile
	}
	s.stopped = s.o.strict && p.worst >= diag.Error
	return !s.stopped && s.failed == nil
}

// printText prints a text with the long values in it.
func (s *session) printText(p *printed) {
	at := 0
	var digits []byte
	for _, l := range p.long {
		s.printLater(p.text[at:l.at])
		at = l.at
		for raw := range slices.Chunk(l.raw, 16<<10) {
			digits = hex.AppendEncode(digits[:0], raw)
			s.print(digits)
		}
	}
	s.printLater(p.text[at:])
}

// printLater prints b, which must stay as it is until flush is called. Texts that lie one behind the other, as those of a
// batch do, are written as one, without being copied before.
func (s *session) printLater(b []byte) {
	if len(b) == 0 || s.failed != nil {
		return
	}
	if n := len(s.later); n > 0 && n < cap(s.later) && &s.later[:n+1][n] == &b[0] {
		s.later = s.later[:n+len(b)]
		return
	}
	s.flush()
	s.later = b
}

// flush writes what is to be printed later, and reports whether everything could be written.
func (s *session) flush() bool {
	if len(s.later) > 0 && s.failed == nil {
		_, s.failed = s.out.Write(s.later)
		s.lineEnd = s.later[len(s.later)-1] == '\n'
	}
	s.later = nil
	return s.failed == nil
}

func (s *session) print(b []byte) {
	s.flush()
	if len(b) > 0 && s.failed == nil {
		_, s.failed = s.out.Write(b)
		s.lineEnd = b[len(b)-1] == '\n'
	}
}

// unreadable prints an error that stands in the place of a record.
func (s *session) unreadable(in *entry) printed {
	p := printed{worst: diag.Error}
	none := errors.Is(in.err, mfcmapi.NoProperties) || errors.Is(in.err, graph.NoProperties) || errors.Is(in.err, ews.NoProperties)
	if none && !s.asked(in.rec.Source) {
		p.worst = diag.Info // a folder may hold files that are no dumps
	}
	p.text = s.errorLine(in.rec.Source, in.rec.Line, in.err, p.worst)
	if p.worst == diag.Info {
		return p
	}
	if f := findingsOf(in.err); f != nil {
		p.worst = f[0].Severity
	} else if isFileError(in.err) {
		p.fileError = true
	}
	return p
}
