package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/inspect"
)

// isFileError reports whether an error is about reading a file rather than about what it holds.
func isFileError(err error) bool {
	var pathError *fs.PathError
	return errors.As(err, &pathError)
}

// heading returns the line before the first property of an item.
func heading(item itemName, first, color bool) []byte {
	path := item.path
	p := printer{color: color}
	if !first {
		p.b.WriteByte('\n')
	}
	if path != "" {
		path = ": " + safe(path)
	}
	p.line(0, "%s", p.bold(safe(item.source)+path))
	return p.b.Bytes()
}

func structureText(s inspect.Structure) string { return s.Name + ", " + s.Spec }

// undecodedLen is how much text shows of a structure that is not decoded.
const undecodedLen = 256

// undecoded writes the bytes of a structure that is known by name only.
func (p *printer) undecoded(depth int, s inspect.Structure, raw []byte) {
	p.line(depth, "%s, not decoded", structureText(s))
	for row := range slices.Chunk(raw[:min(len(raw), undecodedLen)], 32) {
		p.line(depth, "%s", p.faint(fmt.Sprintf("%x", row)))
	}
	if n := len(raw) - undecodedLen; n > 0 {
		p.line(depth, "and %s more: see -out hex", count(n, "byte"))
	}
}

// recordDump returns a record as an annotated hex dump or as MFCMAPI's text.
func recordDump(e *entry, b *blob, out string) []byte {
	var w bytes.Buffer
	fmt.Fprintf(&w, "# %s: %s, %s\n", safe(strings.TrimSuffix(e.rec.Source+": "+e.rec.Item, ": ")), propertyName(e.rec.Prop)+e.index(), count(len(e.rec.Raw), "byte"))
	if e.structure.Name != "" {
		fmt.Fprintf(&w, "# %s, not decoded\n", structureText(e.structure))
	}
	w.Write(blobDump(e.rec.Raw, b, out))
	if out == "smartview" {
		w.WriteString("\r\n")
	}
	p := printer{}
	if e.rec.Text != "" {
		p.line(0, "as text: %s", strconv.Quote(cut(e.rec.Text)))
	}
	for _, f := range e.rec.Findings {
		p.finding(0, f)
	}
	w.Write(p.b.Bytes())
	return w.Bytes()
}

// blobDump returns a blob as an annotated hex dump or as MFCMAPI's text. Without a known structure both are plain hex.
func blobDump(raw []byte, b *blob, out string) []byte {
	var w bytes.Buffer
	report := diag.New("", raw, nil)
	if b != nil {
		report = b.report
	}
	if out == "smartview" {
		if b != nil && b.kind.AppendSmartView != nil {
			return b.kind.AppendSmartView(nil, b.report)
		}
		return fmt.Appendf(nil, "cb: %d lpb: %X", len(raw), raw)
	}
	_ = diag.Hexdump(&w, raw, report) // a bytes.Buffer takes everything
	if b != nil {
		recoveredDump(&w, b)
		bodyDump(&w, b)
	}
	return w.Bytes()
}
