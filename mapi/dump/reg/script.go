package reg

import (
	"bytes"
	"strconv"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// maxScript is the longest line of a script that is read, and the longest list over several lines.
const maxScript = 1 << 20

// isScript reports whether a file is no export and has lists of bytes as Visual Basic writes them.
func isScript(start []byte) bool {
	start = bytes.ToLower(start)
	return bytes.Contains(start, []byte("array(&h")) && !bytes.Contains(start, []byte("registry editor")) && !bytes.Contains(start, []byte("regedit4"))
}

// script reads the lists of a script, and the strings before them that look like names of values:
//
//	strValue1Name = "00036601"
//	arrValue1 = Array(&H84,&H19,&H00,&H00)
//
// Everything else in it is no data.
func (r *Reader) script() {
	name, named := "", 0
	for !r.done && r.line() {
		r.blanks()
		line, at := r.src.Number, r.place()
		text, lost := r.rest(maxScript)
		text = bytes.TrimSpace(text)
		if bytes.HasSuffix(text, []byte(" _")) {
			text = bytes.Clone(text)
		}
		for lost == 0 && bytes.HasSuffix(text, []byte(" _")) && len(text) < maxScript && r.line() {
			more, _ := r.rest(maxScript)
			text = append(text[:len(text)-1], more...)
		}
		_, expr, ok := bytes.Cut(text, []byte("="))
		expr = bytes.TrimSpace(expr)
		switch {
		case !ok || text[0] == '\'':
		case bytes.HasPrefix(expr, []byte(`"`)):
			literal, _, _ := bytes.Cut(expr[1:], []byte(`"`))
			if tag, _, _ := tagOf(string(literal)); tag != 0 {
				name, named = string(literal), line
			}
		case len(expr) > len("Array(") && bytes.EqualFold(expr[:len("Array(")], []byte("Array(")):
			v := value{name: name, kind: regBinary}
			r.array(&v, expr[len("Array("):])
			if lost > 0 {
				v.broken = true
				v.find(diag.Error, TooLong, "is longer than %d bytes; %d were left out", maxScript, lost)
			}
			if name == "" {
				v.find(diag.Warning, NoName, "is a list without the name of a property before it")
			} else {
				v.find(diag.Info, ScriptName, "has the name that the script sets before it, on line %d", named)
			}
			r.values++
			r.emit(r.record(&v), line, at)
			name = ""
		}
	}
}

// array reads a list of bytes: "&H84,&H19,&H00,&H00)".
func (r *Reader) array(v *value, list []byte) {
	list, _, closed := bytes.Cut(list, []byte(")"))
	for item := range bytes.SplitSeq(list, []byte(",")) {
		item = bytes.TrimSpace(item)
		if len(item) == 0 && r.buf.Len() == 0 && closed {
			break
		}
		digits, base := string(item), 10
		if len(item) > 2 && bytes.EqualFold(item[:2], []byte("&H")) {
			digits, base = string(bytes.TrimSuffix(item[2:], []byte("&"))), 16
		}
		n, err := strconv.ParseUint(digits, base, 8)
		if err != nil {
			v.broken = true
			v.find(diag.Error, BadHex, "has %s where a byte must be, %d bytes before it", excerpt(item), r.buf.Len())
			break
		}
		r.buf.Add(byte(n))
	}
	if v.raw = r.buf.Take(); !closed && !v.broken {
		v.broken = true
		v.find(diag.Error, Cut, "has no parenthesis at its end, after %d bytes", len(v.raw))
	}
}
