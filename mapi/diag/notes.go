package diag

import (
	"cmp"
	"slices"
)

// note is a finding before anyone asked for it.
type note struct {
	name, msg string
	off, n    int
	prefix    int32 // index into Report.steps, -1 for none
	entry     int32 // index into Report.catalogue, or below zero -1-index of a code in Report.others
	spec      int32 // index into Report.others, -1 for the section of the entry
	severity  Severity
}

// Takes reports whether the report takes findings of a severity. It drops others.
func (r *Report) Takes(s Severity) bool { return !r.deaf && (s >= Error || r.recording) }

// Add records a finding. Its Path is taken to be below the current path. Effect, Ref and Repair come from the catalogue,
// and so does Spec where the finding has none or the catalogue names a part of the same section.
func (r *Report) Add(f Finding) {
	if r.Takes(f.Severity) {
		r.add(note{name: f.Path, msg: f.Msg, off: f.Span.Offset, n: f.Span.Len, severity: f.Severity}, f.Code, f.Spec)
	}
}

// AddText records a finding as Add does, from its parts: name is its Path, and msg, which is not kept, its Msg.
func (r *Report) AddText(s Severity, code Code, name string, span Span, spec string, msg []byte) {
	if r.Takes(s) {
		r.add(note{name: name, msg: r.text(msg), off: span.Offset, n: span.Len, severity: s}, code, spec)
	}
}

func (r *Report) add(n note, code Code, spec string) {
	n.prefix = -1
	if r.frames.n > 0 {
		n.prefix = r.prefix()
	}
	n.entry, n.spec = r.entryOf(code, spec)
	if last := r.notes.last; len(last) > 0 && last[len(last)-1].off > n.off {
		r.unsorted = true
	}
	r.notes.add(n)
	r.most = max(r.most, n.severity)
}

const (
	firstWords = 288
	mostWords  = 4096
)

// text returns msg as a string. Strings are made in blocks, of which each is half as large again as the last.
func (r *Report) text(msg []byte) string {
	n := r.words.Len()
	if r.words.Cap()-n < len(msg) {
		size := min(max(firstWords, r.words.Cap()+r.words.Cap()/2), mostWords)
		r.words.Reset() // what is in it stays where it is
		r.words.Grow(max(size, len(msg)))
		n = 0
	}
	r.words.Write(msg)
	return r.words.String()[n:]
}

// entryOf returns what a note has for a code, and for the section it departs from: where there is an entry, that says
// all there is to say, unless it names another section.
func (r *Report) entryOf(code Code, spec string) (entry, other int32) {
	i := indexOf(r.catalogue, code)
	switch {
	case i < 0:
		return -1 - r.other(string(code)), r.other(spec)
	case spec == "" || within(r.catalogue[i].Spec, spec):
		return int32(i), -1
	}
	return int32(i), r.other(spec)
}

// indexOf returns the index of the entry of a code, -1 where there is none. Lengths and last letters tell most codes apart,
// for less than it costs to compare them.
func indexOf(catalogue []Entry, code Code) int {
	if code == "" {
		return slices.IndexFunc(catalogue, func(e Entry) bool { return e.Code == "" })
	}
	n, last := len(code), code[len(code)-1]
	for i := range catalogue {
		if c := catalogue[i].Code; len(c) == n && c[n-1] == last && c == code {
			return i
		}
	}
	return -1
}

// within reports whether a section is another, or a part of it.
func within(part, spec string) bool {
	return len(part) >= len(spec) && part[:len(spec)] == spec && (len(part) == len(spec) || part[len(spec)] == '.')
}

// other returns the index of s in r.others.
func (r *Report) other(s string) int32 {
	i := slices.Index(r.others, s)
	if i < 0 {
		i = len(r.others)
		r.others = append(r.others, s)
	}
	return int32(i)
}

// findings returns the findings in offset order.
func (r *Report) findings() []note {
	notes := r.notes.all()
	if r.unsorted {
		slices.SortStableFunc(notes, func(a, b note) int { return cmp.Compare(a.off, b.off) })
		r.unsorted = false
	}
	return notes
}

func (r *Report) finding(n *note) Finding {
	code, spec, e := r.kind(n)
	return Finding{Severity: n.severity, Code: code, Span: Span{n.off, n.n}, Path: r.join(n.prefix, n.name), Spec: spec, Msg: n.msg,
		Effect: e.Effect, Ref: e.Ref, Repair: e.Repair}
}

// none is the entry of a code that has none.
var none Entry

// kind returns the code of a note, the section it departs from, and its entry.
func (r *Report) kind(n *note) (code Code, spec string, e *Entry) {
	if n.spec >= 0 {
		spec = r.others[n.spec]
	}
	if n.entry < 0 {
		return Code(r.others[-1-n.entry]), spec, &none
	}
	e = &r.catalogue[n.entry]
	if n.spec < 0 {
		spec = e.Spec
	}
	return e.Code, spec, e
}
