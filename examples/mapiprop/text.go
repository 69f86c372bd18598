package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// printer makes text for people. What comes out of a dump is quoted wherever a terminal could take it for a command.
type printer struct {
	b     bytes.Buffer
	color bool
}

// textWidth is where long sentences are broken.
const textWidth = 110

func (p *printer) line(depth int, format string, args ...any) {
	p.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteByte('\n')
}

// mostIndent is how long a label is at most below whose end the lines of its sentence begin. Names of files are longer.
const mostIndent = 24

// sentence writes text behind a label, broken at blanks, all lines below the first.
func (p *printer) sentence(depth int, label, text string) {
	indent := strings.Repeat("  ", depth) + label
	below := len(indent)
	if len(label) > mostIndent {
		below = 2*depth + 2
	}
	at := 0
	for i, word := range strings.Fields(text) {
		switch n := utf8.RuneCountInString(word); {
		case i == 0:
			p.b.WriteString(indent)
			at = utf8.RuneCountInString(indent)
		case at+1+n > textWidth:
			p.b.WriteString("\n" + strings.Repeat(" ", below))
			at = below
		default:
			p.b.WriteByte(' ')
			at++
		}
		p.b.WriteString(word)
		at += utf8.RuneCountInString(word)
	}
	p.b.WriteByte('\n')
}

// severity returns the word of a severity, in its colour.
func (p *printer) severity(s diag.Severity) string {
	word := s.String()
	if !p.color {
		return word
	}
	code := map[diag.Severity]string{diag.Info: "36", diag.Warning: "33", diag.Error: "31", diag.Fatal: "1;31"}[s]
	return "\x1b[" + code + "m" + word + "\x1b[0m"
}

func (p *printer) bold(s string) string {
	if !p.color {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

// finding writes one finding: where and what, then what is known of it.
func (p *printer) finding(depth int, f diag.Finding) {
	p.sentence(depth, "! ", p.severity(f.Severity)+": "+safe(f.Error()))
	for _, known := range [...]struct{ label, text string }{{"effect: ", f.Effect}, {"see: ", f.Ref}, {"repair: ", f.Repair}} {
		if known.text != "" {
			p.sentence(depth+1, known.label, known.text)
		}
	}
}

// faint shows what is there for those who want to see it.
func (p *printer) faint(s string) string {
	if !p.color {
		return s
	}
	return "\x1b[2m" + s + "\x1b[0m"
}

// blob writes a decoded value, each finding below the part it is about.
func (p *printer) blob(depth int, b *blob) {
	parts := describe(b)
	index := make(map[string]int, len(parts))
	for i := range parts {
		for _, step := range parts[i].steps {
			index[step] = i
		}
	}
	for f := range b.report.Findings() {
		step, _, _ := strings.Cut(f.Path, ".")
		i, ok := index[step]
		if !ok {
			array, _, _ := strings.Cut(step, "[")
			i = index[array] // 0, the first part, for what is in none
		}
		parts[i].findings = append(parts[i].findings, f)
	}
	for i := range parts {
		p.part(depth+parts[i].depth, &parts[i])
	}
}

// below returns words in lines that stand below what is behind labels.
func below(sep string, words []string) []string {
	const indent, width = "          ", textWidth - 4 // the depth of a blob in a dump
	var lines []string
	for len(words) > 0 {
		n, at := 1, len(indent)+utf8.RuneCountInString(words[0])
		for n < len(words) {
			if at += len(sep) + utf8.RuneCountInString(words[n]); at+len(strings.TrimRight(sep, " ")) > width {
				break
			}
			n++
		}
		line := indent + strings.Join(words[:n], sep)
		if words = words[n:]; len(words) > 0 {
			line += strings.TrimRight(sep, " ")
		}
		lines = append(lines, line)
	}
	return lines
}

// part writes one part.
func (p *printer) part(depth int, of *part) {
	if of.heading != "" {
		p.line(depth, "%s", p.bold(of.heading))
	}
	for _, line := range of.lines {
		p.line(depth, "%s", line)
	}
	for _, line := range below(", ", of.fields) {
		p.line(depth, "%s", p.faint(line))
	}
	for _, f := range of.findings {
		p.finding(depth, f)
	}
}

// recordText returns the text of a record that inspect prints, without what was found in the dump if that is hidden.
func recordText(e *entry, b *blob, color, hidden bool) []byte {
	p := printer{color: color}
	rec := &e.rec
	where := ""
	if rec.Line > 0 {
		where = fmt.Sprintf("line %d, ", rec.Line)
	}
	size := count(len(rec.Raw), "byte")
	if rec.Raw == nil {
		size = "no bytes"
	}
	p.line(1, "%s  %s%s", p.bold(propertyName(rec.Prop)), where, size)
	switch {
	case b != nil:
		p.blob(2, b)
	case e.settings != nil:
		p.part(2, &part{lines: settingsLines(e.settings)})
	case e.structure.Name != "":
		p.undecoded(2, e.structure, rec.Raw)
	case rec.Text != "":
		p.line(2, "as text: %s", strconv.Quote(cut(rec.Text)))
	case rec.Prop.Value != nil && len(rec.Raw) > 0:
		p.value(2, rec.Prop)
	}
	if rec.Inferred != nil {
		p.line(2, "inferred from the rest of the record, no evidence: %d bytes %x", len(rec.Inferred), rec.Inferred)
		if b != nil {
			p.blob(3, decodeBlob(b.kind, rec.Inferred, b.codePage))
		}
	}
	for _, f := range rec.Findings {
		if !hidden {
			p.finding(2, f)
		}
	}
	return p.b.Bytes()
}

// value writes the value of a property, and what it means where the value alone does not say it.
func (p *printer) value(depth int, of mapi.Prop) {
	text, meaning := short(of.Value), mapi.Meaning(of)
	switch of.Value.(type) {
	case mapi.Time, mapi.FloatingTime:
		meaning = "" // it is part of the text
	}
	if words, flags := mapi.Words(of); flags && words != nil {
		if n, ok := of.Value.(mapi.Integer32); ok {
			text = fmt.Sprintf("0x%X", uint32(n)) // flags are read by their bits
		}
	}
	if meaning == "" {
		p.line(depth, "%s", text)
		return
	}
	p.sentence(depth, text+" = ", meaning)
}

// propertyName returns the best name there is for a property, and its tag where that says anything.
func propertyName(prop mapi.Prop) string {
	name := canonical(prop)
	switch {
	case name != "" && !prop.Name.IsZero():
		return name
	case name != "":
		return name + " (" + prop.Tag.String() + ")"
	case !prop.Name.IsZero():
		return safe(prop.Name.String()) + " (" + prop.Tag.String() + ")"
	case prop.Tag == 0 && prop.Value == nil:
		return "no property"
	case prop.Tag.ID() == 0:
		return "a property without a tag, " + prop.Tag.Type().String()
	}
	return prop.Tag.String()
}

// shortLen is how much of a value fits in a line.
const shortLen = 80

// short returns a value in one line, cut with a mark where it is long.
func short(v mapi.Value) string {
	s := v.String()
	if _, ok := v.(mapi.String); ok {
		s = strconv.Quote(cut(s))
	} else {
		s = safe(cut(s))
	}
	return s
}

func cut(s string) string {
	if len(s) <= shortLen {
		return s
	}
	n := shortLen
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// safe returns s, in quotes if anything in it is not for print.
func safe(s string) string {
	for _, r := range s {
		if !strconv.IsPrint(r) || r == utf8.RuneError {
			return strconv.Quote(s)
		}
	}
	return s
}

// errorText returns the text of something that cannot be read at all.
func errorText(source string, line int, err error, severity diag.Severity, color bool) []byte {
	p := printer{color: color}
	where := safe(source)
	if line > 0 {
		where += ":" + strconv.Itoa(line)
	}
	if e, ok := err.(*fs.PathError); ok && e.Path == source {
		err = e.Err // the name stands before it
	}
	if f := findingsOf(err); f != nil {
		p.line(0, "%s", where)
		p.finding(1, f[0])
		return p.b.Bytes()
	}
	p.sentence(0, where+": ", p.severity(severity)+": "+safe(err.Error()))
	return p.b.Bytes()
}
