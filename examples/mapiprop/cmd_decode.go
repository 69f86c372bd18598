package main

import (
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

func decodeCommand(e env, args []string) int {
	if len(args) > 0 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help") {
		return helpCommand(e, []string{"decode"})
	}
	if len(args) == 0 {
		fmt.Fprintln(e.stderr, "mapiprop: decode: which KIND? see mapiprop kinds")
		return exitUsage
	}
	k, ok := inspect.ByName(args[0])
	if !ok {
		fmt.Fprintf(e.stderr, "mapiprop: decode: %q is no kind of blob; see mapiprop kinds\n", args[0])
		return exitUsage
	}
	o, status := parseOptions(e, "decode", showFields, args[1:])
	if status >= 0 {
		return status
	}
	s := newSession(e, o)
	s.open = func(in *input) (dump.Reader, error) {
		in.notice = wrapNotice(in, k, &o)
		return blobReader(in, &o)
	}
	s.noFolders = true
	s.work = func(in *entry, out *printed) {
		if in.err != nil {
			*out = s.unreadable(in)
			return
		}
		*out = decodeRecord(in, k, &o, s.color)
	}
	return s.run()
}

// blobReader returns the reader of a file of blobs: lines, or else the whole file as one.
func blobReader(in *input, o *options) (dump.Reader, error) {
	if o.in == "auto" {
		prefix, err := in.Peek(dump.SniffLen)
		if err != nil && err != io.EOF {
			return nil, err
		}
		// A blob has bytes that no text has, all but always; text that is no blob is for the lines reader to say so.
		if !isText(prefix) {
			return wholeFile{in}, nil
		}
	}
	if o.in == "raw" {
		return wholeFile{in}, nil
	}
	asLines := *o
	if o.in == "auto" {
		asLines.in = "lines"
	}
	return in.reader(&asLines)
}

// isText reports whether the beginning of a file could be text, in UTF-16 too.
func isText(b []byte) bool {
	if len(b) >= 2 && (b[0] == 0xFF && b[1] == 0xFE || b[0] == 0xFE && b[1] == 0xFF) || dump.Sniff(b) != "" {
		return true
	}
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	return utf8.Valid(b) || len(b) >= dump.SniffLen // a character may be cut at the end
}

// maxWhole is more than any property is long.
const maxWhole = 1 << 30

// wholeFile yields a file as one blob.
type wholeFile struct{ in *input }

func (w wholeFile) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		b, err := io.ReadAll(io.LimitReader(w.in, maxWhole+1))
		rec := dump.Record{Source: w.in.name, Raw: b, Prop: mapi.Prop{Value: mapi.Binary(b)}}
		switch {
		case err != nil:
			yield(dump.Record{Source: w.in.name}, err)
		case len(b) > maxWhole:
			yield(dump.Record{Source: w.in.name}, fmt.Errorf("is longer than %d bytes", maxWhole))
		default:
			yield(rec, nil)
		}
	}
}

// decodeRecord prints one blob.
func decodeRecord(in *entry, k inspect.Kind, o *options, color bool) printed {
	rec := &in.rec
	b := decodeBlob(k, rec.Raw, o.codePage)
	out := printed{record: true, item: itemName{source: rec.Source}, blobs: 1, worst: b.max()}
	for _, f := range rec.Findings {
		out.worst = max(out.worst, f.Severity)
	}
	if b.max() > 0 || out.worst > diag.Info {
		out.found = 1
	}
	switch o.out {
	case "json":
		out.text = blobJSON(in, b, o)
	case "text":
		p := printer{color: color}
		p.line(0, "%s", p.bold(fmt.Sprintf("%s: %s, %s", place(rec), k.Name, count(len(rec.Raw), "byte"))))
		p.blob(1, b)
		for _, f := range rec.Findings {
			p.finding(1, f)
		}
		out.text = p.b.Bytes()
	case "hex":
		p := printer{color: color}
		p.line(0, "# %s: %s, %s", place(rec), k.Name, count(len(rec.Raw), "byte"))
		p.b.Write(blobDump(rec.Raw, b, o.out))
		for _, f := range rec.Findings {
			p.finding(0, f)
		}
		out.text = p.b.Bytes()
	case "smartview":
		out.text, out.between = blobDump(rec.Raw, b, o.out), "\r\n"
	}
	return out
}

func place(rec *dump.Record) string {
	if rec.Line > 0 {
		return fmt.Sprintf("%s:%d", safe(rec.Source), rec.Line)
	}
	return safe(rec.Source)
}

// blobJSON returns the line of a blob that decode prints.
func blobJSON(in *entry, b *blob, o *options) []byte {
	j := object{b: in.room}
	if len(o.files) > 0 {
		j.str("source", in.rec.Source)
	}
	if in.rec.Line > 0 {
		j.int("line", int64(in.rec.Line))
	}
	j.str("kind", b.kind.Name)
	j.int("size", int64(len(in.rec.Raw)))
	j.key("value")
	j.b = b.value.AppendJSON(j.b)
	if o.fields {
		j.key("fields")
		j.b = b.report.AppendFields(j.b)
	}
	j.recovered(recoverAll(b), o.fields)
	j.body(b.body)
	j.findings(in.rec.Findings, b.report)
	j.close()
	return append(j.b, '\n')
}
