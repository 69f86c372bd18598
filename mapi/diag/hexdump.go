package diag

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// perLine is how many bytes stand on one line of a hex dump.
const perLine = 16

// Hexdump writes the blob b as r saw it: every byte once, no more than sixteen to a line, a new line for every field
// with its path, value and meaning beside its first bytes, and the findings under the field at which they begin. It
// returns the first error of w.
func Hexdump(w io.Writer, b []byte, r *Report) error {
	out := bufio.NewWriter(w)
	notes := r.findings()
	under := func(end int) {
		for len(notes) > 0 && notes[0].off < end {
			writeFinding(out, r.finding(&notes[0]))
			notes = notes[1:]
		}
	}
	at := 0
	for f := range r.Fields() {
		if f.Span.Offset > len(b) || f.Span.Offset+f.Span.Len > len(b) {
			break // a report on other bytes: show those it speaks of, then the rest
		}
		writeField(out, b[f.Span.Offset:f.Span.Offset+f.Span.Len], f.Span.Offset, f.Path+" = "+fieldText(f))
		at = f.Span.Offset + f.Span.Len
		under(at)
	}
	if at < len(b) {
		writeField(out, b[at:], at, "")
	}
	under(math.MaxInt)
	return out.Flush()
}

func writeField(w *bufio.Writer, b []byte, off int, label string) {
	for first := true; first || len(b) > 0; first = false {
		line := b[:min(perLine, len(b))]
		b = b[len(line):]
		text := fmt.Sprintf("%04x  %-*s  %s", off, 3*perLine-1, spaced(line), label)
		fmt.Fprintln(w, strings.TrimRight(text, " "))
		off += len(line)
		label = ""
	}
}

// spaced returns b in hex, a blank between bytes.
func spaced(b []byte) string {
	var s strings.Builder
	for i, c := range b {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(hex.EncodeToString([]byte{c}))
	}
	return s.String()
}

func writeFinding(w *bufio.Writer, f Finding) {
	fmt.Fprintf(w, "      ^ %s: %s\n", f.Severity, f.Error())
}

// fieldText returns the value of a field, and its meaning behind it. Long runs of bytes are not repeated: they stand
// in the hex column.
func fieldText(f Field) string {
	var s string
	switch v := f.Value.(type) {
	case []byte:
		s = fmt.Sprintf("%d bytes", len(v))
	case string:
		s = string(wtf8.AppendQuote(nil, v))
	default:
		s = string(appendValue(nil, v))
		s = strings.Trim(s, `"`)
	}
	if f.Text != "" {
		s += " (" + f.Text + ")"
	}
	return s
}
