package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/oof/rtf"
)

// body is what the RTF of a blob was made of. The offsets of its findings are those in the RTF.
type body struct {
	*rtf.Body
	size  int // of the RTF
	found []diag.Finding
}

// bodyOf returns what the RTF of a value was made of, nil of all other values, and where no RTF is.
func bodyOf(v inspect.Value) *body {
	c, ok := v.(*rtf.Compressed)
	if !ok {
		return nil
	}
	text := c.AppendRTF(nil)
	if len(text) == 0 {
		return nil
	}
	b := &body{size: len(text)}
	b.Body, b.found = rtf.Deencapsulate(text)
	return b
}

// max returns the greatest severity of what was found in a blob, and in the RTF that it holds.
func (b *blob) max() diag.Severity {
	most := b.report.Max()
	if b.body != nil {
		for _, f := range b.body.found {
			most = max(most, f.Severity)
		}
	}
	return most
}

// rtfLines is how many lines of a body are shown.
const rtfLines = 8

// describeRTF says how RTF is stored, what it was made of, and how that begins.
func describeRTF(b *blob, v *rtf.Compressed) []part {
	if !b.has("CRC") {
		return onePart("stored    not read")
	}
	stored := fmt.Sprintf("stored    %v, %s", v.CompType, count(len(v.Contents), "byte"))
	if v.CompType == rtf.LZFu {
		stored += ", " + crcWord(b)
	}
	parts := onePart(stored)
	if b.body == nil {
		holds := "holds     no RTF"
		if b.report.Max() == diag.Fatal {
			holds = "holds     not read"
		}
		parts[0].lines = append(parts[0].lines, holds)
		return parts
	}
	holds := map[rtf.Encapsulation]string{rtf.HTML: "HTML in RTF", rtf.PlainText: "plain text in RTF", rtf.Native: "RTF"}[b.body.Encapsulation]
	return append(parts, part{lines: append([]string{fmt.Sprintf("holds     %s, %s, code page %d", holds, count(b.body.size, "byte"), b.body.CodePage)},
		textLines(b.body.Text)...), findings: b.body.found})
}

// crcWord says what is known of the CRC.
func crcWord(b *blob) string {
	for f := range b.report.Findings() {
		switch f.Code {
		case rtf.BadCRC:
			return "CRC wrong"
		case rtf.ZeroCRC:
			return "no CRC"
		case rtf.Truncated:
			return "CRC not compared"
		}
	}
	return "CRC right"
}

// textLines returns the first lines of a text in which anything is to be seen.
func textLines(text string) []string {
	var lines []string
	left := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case len(lines) == rtfLines:
			left++
		default:
			lines = append(lines, "          "+safe(cut(line)))
		}
	}
	if len(lines) == 0 {
		return []string{"text      none"}
	}
	lines[0] = "text" + lines[0][4:]
	if left > 0 {
		lines = append(lines, "          … and "+count(left, "line")+" more")
	}
	return lines
}

// bodyDump appends what was found in the RTF of a blob, which has offsets of its own.
func bodyDump(w *bytes.Buffer, b *blob) {
	if b.body == nil || len(b.body.found) == 0 {
		return
	}
	fmt.Fprintf(w, "# in the RTF, of %s\n", count(b.body.size, "byte"))
	for _, f := range b.body.found {
		fmt.Fprintf(w, "      ^ %v: %s\n", f.Severity, safe(f.Error()))
	}
}

// body appends what RTF was made of, apart from the value, which holds it compressed.
func (o *object) body(b *body) {
	if b == nil {
		return
	}
	o.key("body")
	o.str("encapsulation", b.Encapsulation.String())
	o.int("codePage", int64(b.CodePage))
	o.int("rtfSize", int64(b.size))
	o.str("text", b.Text)
	o.findings(b.found, nil)
	o.close()
}
