package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/guid"
)

const guidHelp = `  -to FORM      print just that form, one a line
  -from FORM    take the text for that form and nothing else
  -log          the arguments are files: read ExMerge.log lines out of them
  -explain      for an ExMerge-escaped text: what the procedure known from the web makes of it, chunk by chunk
  -out FORM     text (default), json

The forms: registry braced paren hex32 struct bytes adsi ldp ldif ldapfilter dn guidbinding exmerge. Without TEXT, one
text a line is read from standard input. A text that two forms read as different GUIDs gives a line for each reading.
`

// guidRun is one run of the command guid.
type guidRun struct {
	env     env
	out     *bufio.Writer
	json    bool
	explain bool
	to      guid.Form // 0 for all
	from    guid.Form // 0 for any
	status  int
}

func guidCommand(e env, args []string) int {
	flags := flag.NewFlagSet("guid", flag.ContinueOnError)
	to, from := flags.String("to", "", ""), flags.String("from", "", "")
	log, explain, out := flags.Bool("log", false, ""), flags.Bool("explain", false, ""), flags.String("out", "text", "")
	rest, status := parseArgs(e, flags, args)
	if status >= 0 {
		return status
	}
	g := guidRun{env: e, out: bufio.NewWriter(e.stdout), json: *out == "json", explain: *explain}
	for _, f := range []struct {
		name string
		text string
		form *guid.Form
	}{{"to", *to, &g.to}, {"from", *from, &g.from}} {
		if f.text != "" && f.form.UnmarshalText([]byte(f.text)) != nil {
			fmt.Fprintf(e.stderr, "mapiprop: guid: -%s %q is no form; see mapiprop help guid\n", f.name, f.text)
			return exitUsage
		}
	}
	if *out != "text" && *out != "json" {
		fmt.Fprintf(e.stderr, "mapiprop: guid: -out %q is none of text, json\n", *out)
		return exitUsage
	}
	switch {
	case *log:
		g.logs(rest)
	case len(rest) > 0 && !(len(rest) == 1 && rest[0] == "-"):
		for _, text := range rest {
			g.text(text)
		}
	default:
		g.lines(e.stdin)
	}
	if err := g.out.Flush(); err != nil {
		if brokenPipe(err) {
			return exitOK
		}
		fmt.Fprintf(e.stderr, "mapiprop: %v\n", err)
		return exitFile
	}
	return g.status
}

func (g *guidRun) fail(status int) { g.status = max(g.status, status) }

// lines reads one text a line.
func (g *guidRun) lines(r io.Reader) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	read := false
	for s.Scan() {
		if strings.TrimSpace(s.Text()) != "" {
			read = true
			g.text(s.Text())
		}
	}
	if !read && s.Err() == nil {
		fmt.Fprintln(g.env.stderr, "mapiprop: guid: no TEXT, and nothing on standard input")
	}
	if err := s.Err(); err != nil {
		fmt.Fprintf(g.env.stderr, "mapiprop: guid: stdin: %v\n", err)
		g.fail(exitFile)
	}
}

// readings returns how a text can be read: one reading where all agree, else one for each GUID, likeliest first.
func (g *guidRun) readings(text string) ([]guid.Reading, error) {
	if g.from != 0 {
		v, err := guid.ParseForm(text, g.from)
		if err != nil {
			return nil, err
		}
		return []guid.Reading{{Form: g.from, GUID: v, Canonical: isCanonical(text, g.from)}}, nil
	}
	all := guid.Detect(text)
	if len(all) == 0 {
		return nil, bestError(text)
	}
	var distinct []guid.Reading
	for _, r := range all {
		seen := false
		for _, d := range distinct {
			seen = seen || d.GUID == r.GUID
		}
		if !seen {
			distinct = append(distinct, r)
		}
	}
	return distinct, nil
}

func isCanonical(text string, f guid.Form) bool {
	_, err := guid.ParseCanonical(strings.TrimSpace(text), f)
	return err == nil
}

// bestError returns what is wrong with a text in the form that it looks most like.
func bestError(text string) error {
	form := guid.Registry
	switch trimmed := strings.TrimSpace(text); {
	case trimmed == "":
		form = guid.Registry
	case strings.Contains(trimmed, "::"):
		form = guid.LDIF
	case strings.HasPrefix(trimmed, "<"):
		form = guid.GUIDBinding
	case strings.HasPrefix(trimmed, "{0x"):
		form = guid.Struct
	case strings.HasPrefix(trimmed, "("):
		if form = guid.Paren; strings.Contains(trimmed, "=") {
			form = guid.LDAPFilter
		}
	case strings.HasPrefix(trimmed, "{"):
		form = guid.Braced
	case strings.HasPrefix(trimmed, "#"):
		form = guid.DN
	case strings.Contains(trimmed, `\`):
		form = guid.ExMerge
	case strings.ContainsAny(trimmed, " ,:"):
		form = guid.ADSI
	case !strings.Contains(trimmed, "-") && len(trimmed) > 20:
		form = guid.Bytes
	case !strings.Contains(trimmed, "-"):
		form = guid.ExMerge
	}
	_, err := guid.ParseForm(text, form)
	return err
}

func (g *guidRun) text(text string) {
	readings, err := g.readings(text)
	if err != nil {
		g.fail(exitFinding)
		g.failure(text, err)
		return
	}
	for _, r := range readings {
		switch {
		case g.to != 0:
			fmt.Fprintf(g.out, "%s\n", r.GUID.AppendForm(nil, g.to))
		case g.json:
			var o object
			g.reading(&o, text, r, len(readings) > 1)
			g.out.Write(append(o.b, '\n'))
		default:
			g.readingText(text, r, len(readings) > 1)
		}
	}
	if g.explain && !g.json && readings[0].Form == guid.ExMerge {
		fmt.Fprintf(g.out, "%s\n", guid.ExplainSplit(strings.TrimSpace(text)))
	}
}

func (g *guidRun) failure(text string, err error) {
	if !g.json && g.to == 0 {
		fmt.Fprintf(g.out, "%s\n  error: %v\n", safe(text), err)
		return
	}
	if !g.json {
		fmt.Fprintf(g.env.stderr, "mapiprop: %s: %v\n", safe(text), err)
		return
	}
	var o object
	o.str("input", text)
	o.str("error", err.Error())
	var at *guid.SyntaxError
	if errors.As(err, &at) {
		o.int("offset", int64(at.Offset))
		o.str("code", string(at.Code))
	}
	o.close()
	g.out.Write(append(o.b, '\n'))
}

// reading appends the object that shows one reading in all forms.
func (g *guidRun) reading(o *object, text string, r guid.Reading, ambiguous bool) {
	form := func(f guid.Form) string { return string(r.GUID.AppendForm(nil, f)) }
	o.str("input", text)
	o.str("form", r.Form.String())
	o.bool("canonical", r.Canonical)
	if ambiguous {
		o.bool("ambiguous", true)
	}
	o.str("bytes", strings.ToLower(form(guid.Bytes)))
	o.str("registry", form(guid.Braced))
	o.str("adsi", form(guid.ADSI))
	o.str("ldapFilter", form(guid.LDAPFilter))
	o.str("ldif", form(guid.LDIF))
	o.str("exmerge", form(guid.ExMerge))
	o.int("version", int64(r.GUID.Version()))
	o.str("variant", r.GUID.Variant().String())
	known, _ := guid.Known(r.GUID)
	o.str("known", known)
	if g.explain && r.Form == guid.ExMerge {
		o.str("explain", guid.ExplainSplit(strings.TrimSpace(text)).String())
	}
	o.close()
}

func (g *guidRun) readingText(text string, r guid.Reading, ambiguous bool) {
	note := ""
	if !r.Canonical {
		note = ", not as that form is written"
	}
	if ambiguous {
		note += ", one of several readings"
	}
	fmt.Fprintf(g.out, "%s\n  read as         %s%s\n", safe(text), r.Form, note)
	for f := range guid.Forms() {
		fmt.Fprintf(g.out, "  %-15s %s\n", f, r.GUID.AppendForm(nil, f))
	}
	fmt.Fprintf(g.out, "  %-15s version %d, variant %s\n", "says of itself", r.GUID.Version(), r.GUID.Variant())
	if known, ok := guid.Known(r.GUID); ok {
		fmt.Fprintf(g.out, "  %-15s %s\n", "known as", known)
	}
}

// logs reads ExMerge.log files.
func (g *guidRun) logs(files []string) {
	for name, err := range sources(g.env, files) {
		if err == nil {
			err = g.log(name)
		}
		if err != nil {
			fmt.Fprintf(g.env.stderr, "mapiprop: guid: %v\n", err)
			g.fail(exitFile)
		}
	}
}

func (g *guidRun) log(name string) error {
	in, err := open(g.env, name)
	if err != nil {
		return err
	}
	defer in.Close()
	text, recoded, err := asUTF8(in)
	if err != nil {
		return err
	}
	r := guid.NewLogReader(text)
	good, bad := 0, 0
	for rec, err := range r.Records() {
		if recoded {
			rec.Offset = -1 // it would count bytes that are not in the file
		}
		if err != nil {
			bad++
			g.logError(in.name, rec, err, recoded)
			continue
		}
		good++
		g.logRecord(in.name, rec)
	}
	fmt.Fprintf(g.env.stderr, "mapiprop: %s: %s, %s, %d unreadable, %s\n", safe(in.name), count(r.Lines(), "line"),
		count(good, "mailbox GUID"), bad, count(r.Skipped(), "other line"))
	return nil
}

func (g *guidRun) logRecord(source string, rec guid.LogRecord) {
	reading := guid.Reading{Form: guid.ExMerge, GUID: rec.GUID, Canonical: rec.Canonical}
	switch {
	case g.to != 0:
		fmt.Fprintf(g.out, "%s\n", rec.GUID.AppendForm(nil, g.to))
	case !g.json:
		fmt.Fprintf(g.out, "%s:%d  %s  %s\n", safe(source), rec.Line, rec.Time, rec.GUID)
		fmt.Fprintf(g.out, "  %-17s %s\n", "msExchMailboxGuid", rec.GUID.AppendForm(nil, guid.ADSI))
		fmt.Fprintf(g.out, "  %-17s %s\n", "legacyExchangeDN", safe(rec.LegacyExchangeDN))
		if rec.Notes != 0 {
			fmt.Fprintf(g.out, "  %-17s %s\n", "the text", rec.Notes)
		}
		if g.explain {
			fmt.Fprintf(g.out, "%s\n", guid.ExplainSplit(rec.Text))
		}
	default:
		var o object
		o.str("source", source)
		o.int("line", int64(rec.Line))
		if rec.Offset >= 0 {
			o.int("offset", rec.Offset)
		}
		o.str("time", rec.Time)
		o.key("guid")
		g.reading(&o, rec.Text, reading, false)
		o.str("legacyExchangeDN", rec.LegacyExchangeDN)
		if !utf8.ValidString(rec.LegacyExchangeDN) { // in the code page of whoever ran ExMerge
			o.hex("legacyExchangeDNBytes", []byte(rec.LegacyExchangeDN))
		}
		if rec.Notes != 0 {
			o.key("notes")
			o.strings(rec.Notes.Words())
		}
		o.close()
		g.out.Write(append(o.b, '\n'))
	}
}

func (g *guidRun) logError(source string, rec guid.LogRecord, err error, recoded bool) {
	g.fail(exitFinding)
	var at *guid.LogError
	line, offset := rec.Line, rec.Offset
	if errors.As(err, &at) {
		line, offset = at.Line, at.Offset
	}
	var syntax *guid.SyntaxError
	if errors.As(err, &syntax) {
		offset += int64(syntax.Offset)
	} else if !errors.Is(err, bufio.ErrTooLong) {
		g.fail(exitFile)
	}
	if !g.json {
		where := fmt.Sprintf(" at byte %d", offset)
		if recoded {
			where = ""
		}
		fmt.Fprintf(g.out, "%s:%d  error%s: %v\n", safe(source), line, where, err)
		return
	}
	var o object
	o.str("source", source)
	o.int("line", int64(line))
	o.str("error", err.Error())
	if !recoded {
		o.int("offset", offset)
	}
	if rec.Text != "" {
		o.str("input", rec.Text)
	}
	o.close()
	g.out.Write(append(o.b, '\n'))
}
