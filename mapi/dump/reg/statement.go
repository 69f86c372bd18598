package reg

import (
	"bytes"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// statement reads what begins on the current line: a header, a key, or a value, which may go on in the next lines.
func (r *Reader) statement() {
	for bytes.HasPrefix(r.piece[r.at:], []byte("\uFEFF")) { // where files were put one behind the other
		r.at += len("\uFEFF")
	}
	c, ok := r.blanks()
	if !ok || c == ';' {
		return
	}
	line, at := r.src.Number, r.place()
	r.begin = append(r.begin[:0], r.piece[r.at:min(len(r.piece), r.at+2*maxExcerpt)]...) // the piece may be gone by the time it is needed
	switch {
	case c == '[':
		r.at++
		r.key(line, at)
	case c == '"' || c == '@':
		if !r.value(line, at) {
			r.strayLine(line, at)
		}
	case r.isHeader(line, at):
	default:
		r.strayLine(line, at)
	}
}

// isHeader reads the line that a file begins with.
func (r *Reader) isHeader(line int, at int64) bool {
	const version5, version4 = "Windows Registry Editor Version ", "REGEDIT4"
	text := strings.TrimRight(string(r.piece[r.at:min(len(r.piece), r.at+64)]), " \t")
	switch {
	case len(text) >= len(version5) && strings.EqualFold(text[:len(version5)], version5):
		r.version4 = false
		if number := text[len(version5):]; number != "5.00" {
			r.endStray()
			r.fail(line, at, note(diag.Warning, Version, "file", "is of version %s, read as 5.00", excerpt([]byte(number))))
		}
	case strings.EqualFold(text, version4):
		r.version4 = true
	default:
		return false
	}
	r.header = true
	return true
}

// noHeader says once that the file does not begin as such files do.
func (r *Reader) noHeader() {
	if !r.header {
		r.header = true
		r.pending = append(r.pending, note(diag.Warning, NoHeader, "file", "does not begin with Windows Registry Editor Version 5.00 or REGEDIT4; read as the first"))
	}
}

// key reads a key: "[HKEY_CURRENT_USER\Software]", with a minus behind the bracket where it is to be deleted.
func (r *Reader) key(line int, at int64) {
	text, lost := r.rest(MaxName)
	r.endStray()
	r.noHeader()
	r.keys++
	path, behind := text, []byte(nil)
	end := bytes.LastIndexByte(text, ']')
	if end >= 0 {
		path, behind = text[:end], bytes.TrimSpace(text[end+1:])
	}
	path, deleted := bytes.CutPrefix(path, []byte("-"))
	name, found := r.decode(path)
	r.item, r.ofMAPI = itemOf(name)
	for _, f := range found {
		f.Path = "key"
		r.fail(line, at, f)
	}
	switch {
	case lost > 0:
		r.fail(line, at, note(diag.Error, TooLong, "key", "is longer than %d bytes; %d were left out", MaxName, lost))
	case end < 0:
		r.fail(line, at, note(diag.Error, OpenKey, "key", "has no bracket at its end: %s", excerpt(text)))
	case len(behind) > 0 && behind[0] != ';':
		r.fail(line, at, note(diag.Warning, Trailing, "key", "has text behind its bracket: %s", excerpt(behind)))
	}
	if deleted {
		r.values++
		f := note(diag.Info, Deletion, "key", "is to be deleted, with all in it, when the file is imported")
		r.emit(dump.Record{Text: "[-" + name + "]", Findings: []diag.Finding{f}}, line, at)
	}
}

// value reads a value. It reports false where the name or what stands between name and data is not as it must be.
func (r *Reader) value(line int, at int64) bool {
	var v value
	if r.piece[r.at] == '@' {
		r.at++
		v.isDefault = true
	} else {
		name, ok := r.quotedName(&v)
		if !ok {
			return false
		}
		var found []diag.Finding
		v.name, found = r.decode(name)
		v.findings = append(v.findings, found...)
	}
	if c, ok := r.blanks(); !ok || c != '=' {
		return false
	}
	r.at++
	r.endStray()
	r.noHeader()
	r.data(&v)
	if r.keys == 0 && r.values == 0 {
		r.pending = append(r.pending, note(diag.Warning, NoKey, "file", "has values before the first key: names of eight digits were taken for those of properties"))
	}
	r.values++
	r.emit(r.record(&v), line, at)
	return true
}

// quotedName reads the name of a value up to its second quotation mark.
func (r *Reader) quotedName(v *value) ([]byte, bool) {
	r.at++
	name, lost := r.name[:0], 0
	for {
		c, ok := r.peek()
		if !ok {
			return nil, false
		}
		r.at++
		if c == '"' {
			break
		}
		next, more := r.peek()
		pair := more && r.lead(c) // two bytes are one character, and the second may look like a backslash
		switch {
		case c == '\\' && more && (next == '"' || next == '\\'):
			r.at++
			c = next
		case c == '\\':
			v.escapes++
		case pair:
			r.at++
		}
		if len(name) >= MaxName {
			lost++
			continue
		}
		if name = append(name, c); pair {
			name = append(name, next)
		}
	}
	if r.name = name; lost > 0 {
		v.find(diag.Error, TooLong, "the name is longer than %d bytes; %d were left out", MaxName, lost)
	}
	return name, true
}
