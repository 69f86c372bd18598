package main

import (
	"fmt"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// index returns the place of a value in its list, nothing for one that is in none.
func (e *entry) index() string {
	if !e.listed {
		return ""
	}
	return fmt.Sprintf("[%d]", e.element)
}

// inspectList prints the values of a list, each as a blob of its own. What the dump says of the list as a whole comes
// before them: offsets there are those of the list, not of a value.
func inspectList(in *entry, out *printed, k inspect.Kind, list mapi.MultipleBinary, o *options, p printer, hidden bool) {
	out.heading = o.out == "text"
	if o.out == "text" || len(in.rec.Findings) > 0 || in.rec.Text != "" {
		out.listHead(in, len(list), o, &p, hidden)
	}
	if hidden {
		out.hidden = len(in.rec.Findings)
	}
	for i, raw := range list {
		e := &entry{rec: in.rec, listed: true, element: i}
		e.rec.Raw, e.rec.Findings, e.rec.Text = raw, nil, ""
		out.element(e, k, o, &p)
	}
	if o.out == "text" {
		out.text = p.b.Bytes()
	}
	if out.worst > diag.Info {
		out.found = max(out.found, 1)
	}
}

// listHead prints a list as a whole, whose values follow.
func (out *printed) listHead(in *entry, n int, o *options, p *printer, hidden bool) {
	switch o.out {
	case "json":
		out.recordJSON(in, nil, false)
	case "text":
		where := ""
		if in.rec.Line > 0 {
			where = fmt.Sprintf("line %d, ", in.rec.Line)
		}
		p.line(1, "%s  %s%s, %s", p.bold(propertyName(in.rec.Prop)), where, count(n, "value"), count(len(in.rec.Raw), "byte"))
		for _, f := range in.rec.Findings {
			if !hidden {
				p.finding(2, f)
			}
		}
	default:
		out.text = recordDump(in, nil, o.out)
	}
}

// element prints one value of a list.
func (out *printed) element(e *entry, k inspect.Kind, o *options, p *printer) {
	var b *blob
	if len(e.rec.Raw) > 0 {
		b = decodeBlob(k, e.rec.Raw, o.codePage)
		out.blobs++
		out.worst = max(out.worst, b.report.Max())
		if b.report.Max() > 0 {
			out.found++
		}
	} else {
		e.rec.Findings = []diag.Finding{absent(e.rec.Prop, k)}
		e.rec.Findings[0].Path += e.index()
		out.worst = max(out.worst, diag.Info)
	}
	switch o.out {
	case "json":
		e.rec.Prop.Value = mapi.Binary(e.rec.Raw)
		out.recordJSON(e, b, o.fields)
	case "text":
		p.line(2, "%s  %s", e.index(), count(len(e.rec.Raw), "byte"))
		if b != nil {
			p.blob(3, b)
		}
		for _, f := range e.rec.Findings {
			p.finding(3, f)
		}
	default:
		out.text = append(out.text, recordDump(e, b, o.out)...)
	}
}
