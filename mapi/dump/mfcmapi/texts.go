package mfcmapi

import "bytes"

// What MFCMAPI writes besides XML: what it puts on the clipboard, and its debug log. A file is one of these, or it is
// searched for properties in markup.

// textForm is the kind of text a file holds.
type textForm uint8

const (
	textNone   textForm = iota
	textPane            // properties copied from the property pane
	textRows            // rows copied from a table
	textDialog          // property tags copied from a dialog
	textLog             // a debug log
)

// maxText is how much of a file is looked at to find out what it is.
const maxTextLook = 16 << 10

// textFormOf says what begins with d.
func textFormOf(d []byte) textForm {
	d = d[skipSpace(d):]
	switch {
	case clipboard(d):
		return textPane
	case rowsBegin(d):
		return textRows
	case dialogBegin(d):
		return textDialog
	case logBegin(d[:min(len(d), maxTextLook)]):
		return textLog
	}
	return textNone
}

// texts reads a file that is no markup. It reports false where it is none of these.
func (r *Reader) texts() bool {
	switch textFormOf(r.w.rest()) {
	case textPane:
		r.clipboard()
	case textRows:
		r.rows()
	case textDialog:
		r.dialogs()
	case textLog:
		r.log()
	default:
		return false
	}
	return true
}

// firstLine returns the first line of d without its end, and what is behind it.
func firstLine(d []byte) (line, rest []byte) {
	i := bytes.IndexByte(d, '\n')
	if i < 0 {
		return d, nil
	}
	return bytes.TrimSuffix(d[:i], []byte{'\r'}), d[i+1:]
}

// digits returns the number of characters at the front of d that are digits to the base.
func digits(d []byte, base byte) int {
	n := 0
	for n < len(d) && hexTable[d[n]] < base {
		n++
	}
	return n
}

// skipLine reads over what is left of a line of which a part was read, and counts it as text that means nothing.
func (r *Reader) skipLine(line []byte, whole bool) {
	r.strayText(len(line))
	for !whole {
		line, whole = r.line()
		r.strayText(len(line))
	}
}

// takeLine hands what is left of a line, whose front has at bytes that were read, to a sink.
func (r *Reader) takeLine(line []byte, whole bool, at int, into *text) {
	into.write(line[at:])
	r.w.skip(len(line))
	for !whole {
		line, whole = r.line()
		into.write(line)
		r.w.skip(len(line))
	}
}

// trimEnd takes the end of the last line off a text.
func trimEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte{'\n'}), []byte{'\r'})
}
