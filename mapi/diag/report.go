package diag

import (
	"slices"
	"strconv"
	"strings"
)

// Kind says how the bytes of a field are read. Numbers are little-endian, save those of the kind that says otherwise.
type Kind uint8

// The kinds of fields.
const (
	Uint   Kind = iota // an unsigned integer of 1, 2, 4 or 8 bytes
	Int                // a signed integer of 1, 2, 4 or 8 bytes
	Bytes              // a run of bytes
	UTF16              // UTF-16LE text
	UintBE             // an unsigned integer of 1, 2, 4 or 8 bytes, big-endian
)

// Field is one run of bytes and what it became.
type Field struct {
	Path  string // the field, in the specification's names: "TZRules[0].lBias"
	Span  Span
	Value any    // the wire value: uint8 to uint64, int8 to int64, []byte, or string (WTF-8 where surrogates are unpaired)
	Text  string // its meaning, if it has one beyond the value: "TZRULE_FLAG_EFFECTIVE_TZREG"
}

// FieldType describes one field of a structure: the tables of a decoder are made of them.
type FieldType struct {
	Name    string
	Kind    Kind
	Size    int                 // in bytes
	Meaning func([]byte) string // asked for the field's Text when somebody reads it; may be nil
}

// Report collects one inspection: which bytes became which field, and what was found on the way. It is not safe for
// concurrent use; make one per blob.
//
// A blob can be so bad that every few bytes of it make a field and a finding. So both are kept small, and put into words
// on demand.
type Report struct {
	what      string
	data      []byte
	catalogue []Entry
	departs   []departure // codes that the catalogue does not have, and sections that its entries do not name
	recording bool
	runs      list[run]   // fields as they were recorded, which nobody has asked for yet
	own       []FieldType // room for the types of fields that are in no table
	fields    []record
	notes     list[note]
	frames    frames
	steps     steps
	sorted    bool // the notes are
	most      Severity
	room      struct { // for what most reports have, so that it costs no allocations of its own
		notes [1]note
	}
}

// note is a finding before anyone asked for it.
type note struct {
	name, msg string
	off, n    int
	prefix    int32 // index into Report.steps, -1 for none
	entry     int32 // index into Report.catalogue, or below zero -1-index into Report.departs
	severity  Severity
}

// departure is a code with another section than its entry has, or without an entry.
type departure struct {
	code  Code
	spec  string
	entry int32 // index into Report.catalogue, -1 for none
}

// steps are the steps of paths. They do not move when more come, and are found by their index all the same: the first are
// in a block of their own, the others in blocks of stepBlock.
type steps struct {
	first [2]step
	more  [][]step
	n     int32
}

const stepBlock = 64

// add adds a step and returns its index.
func (s *steps) add(v step) int32 {
	i := s.n
	s.n++
	if int(i) < len(s.first) {
		s.first[i] = v
		return i
	}
	k := len(s.more)
	switch {
	case k == 0:
		s.more = append(s.more, make([]step, 0, 8)) // for most reports that is enough
	case len(s.more[k-1]) == stepBlock:
		s.more = append(s.more, make([]step, 0, stepBlock))
	}
	k = len(s.more) - 1
	s.more[k] = append(s.more[k], v)
	return i
}

func (s *steps) at(i int32) *step {
	if int(i) < len(s.first) {
		return &s.first[i]
	}
	i -= int32(len(s.first))
	return &s.more[i/stepBlock][i%stepBlock]
}

// step is one step of a path that something was recorded below. Each knows the one before it, so that paths cost memory
// for their last step only, however deep a structure goes.
type step struct {
	name          string
	index, before int32 // -1 for none; before is an index into Report.steps
}

// frame is one step of the path to where the walk is now.
type frame struct {
	name   string
	index  int32 // -1 for none, as in a step
	prefix int32 // index into Report.steps once something was recorded below it, else -1
}

// frames are the path to where the walk is now. Those of most structures are in a block of their own; the others are in
// blocks that stay where they are, so that a path of hundreds of steps costs memory for these and no more.
type frames struct {
	first [3]frame
	more  [][]frame
	n     int
}

const frameBlock = 32

func (s *frames) push(v frame) {
	i := s.n - len(s.first)
	s.n++
	if i < 0 {
		s.first[s.n-1] = v
		return
	}
	if i/frameBlock == len(s.more) {
		s.more = append(s.more, make([]frame, frameBlock))
	}
	s.more[i/frameBlock][i%frameBlock] = v
}

func (s *frames) at(i int) *frame {
	if i < len(s.first) {
		return &s.first[i]
	}
	i -= len(s.first)
	return &s.more[i/frameBlock][i%frameBlock]
}

// New returns a Report on the blob b in the format called what, whose findings take their sections and references from
// the catalogue. It keeps a copy of b. Decoders make reports; programs get them from Inspect.
func New(what string, b []byte, catalogue []Entry) *Report {
	r := NewErrors(what, catalogue)
	r.data, r.recording = slices.Clone(b), true
	return r
}

// NewErrors returns a Report that collects findings of severity Error and above, and drops the milder ones and all
// fields: what a strict decoder has to say.
func NewErrors(what string, catalogue []Entry) *Report {
	r := &Report{what: what, catalogue: catalogue}
	r.notes.last = r.room.notes[:0]
	return r
}

// Recording reports whether the report takes fields and findings below Error. A decoder need not look for them otherwise.
func (r *Report) Recording() bool { return r.recording }

// Enter adds one step to the path of what is recorded from now on: a name, and an index unless that is negative.
func (r *Report) Enter(name string, index int) {
	r.frames.push(frame{name, int32(index), -1})
}

// Leave takes the last step back.
func (r *Report) Leave() { r.frames.n-- }

// prefix returns the index of the last step of the current path, keeping its steps when they are needed for the first
// time.
func (r *Report) prefix() int32 {
	n := r.frames.n
	for n > 0 && r.frames.at(n-1).prefix < 0 {
		n--
	}
	last := int32(-1)
	if n > 0 {
		last = r.frames.at(n - 1).prefix
	}
	for i := n; i < r.frames.n; i++ {
		f := r.frames.at(i)
		f.prefix = r.steps.add(step{f.name, f.index, last})
		last = f.prefix
	}
	return last
}

// join returns the path that ends in name, which is empty for the path of the last step itself.
func (r *Report) join(prefix int32, name string) string {
	if prefix < 0 {
		return name
	}
	var buf [96]byte
	b := r.appendSteps(buf[:0], prefix)
	if name != "" {
		b = append(append(b, '.'), name...)
	}
	return string(b)
}

// appendSteps appends the path up to its step last. The steps are looked up from the last to the first, and written from
// the first to the last.
func (r *Report) appendSteps(b []byte, last int32) []byte {
	var room [8]int32
	order := room[:0]
	for i := last; i >= 0; i = r.steps.at(i).before {
		order = append(order, i)
	}
	for i := len(order) - 1; i >= 0; i-- {
		s := r.steps.at(order[i])
		if i < len(order)-1 {
			b = append(b, '.')
		}
		b = append(b, s.name...)
		if s.index >= 0 {
			b = append(strconv.AppendInt(append(b, '['), int64(s.index), 10), ']')
		}
	}
	return b
}

// AddField records that the n bytes at off are the field name, below the current path. The meaning, if not nil, is
// asked for the field's Text when somebody reads it.
func (r *Report) AddField(name string, kind Kind, off, n int, meaning func([]byte) string) {
	if r.recording {
		r.runs.add(run{table: r.typeOf(FieldType{name, kind, n, meaning}), off: off, prefix: r.prefix()})
	}
}

// AddRun records that the bytes from off on are the fields of a table, one after the other, below the current path. The
// table is kept and must not change.
func (r *Report) AddRun(table []FieldType, off int) {
	if r.recording {
		r.runs.add(run{table: table, off: off, prefix: r.prefix()})
	}
}

// AddArray records that the bytes from off on are n elements of an array, below the current path: "Dates[0]", "Dates[1]"
// and so on for a type called Dates. The type is kept and must not change.
func (r *Report) AddArray(element *FieldType, off, n int) {
	if r.recording && n > 0 {
		r.runs.add(run{table: r.typeOf(*element), off: off, prefix: r.prefix(), n: int32(n)})
	}
}

// AddUndecoded records that the n bytes at off were not decoded. The field is called "undecoded", outside any path.
func (r *Report) AddUndecoded(off, n int) {
	if r.recording {
		r.runs.add(run{table: r.typeOf(FieldType{"undecoded", Bytes, n, nil}), off: off, prefix: -1})
	}
}

// Add records a finding. Its Path is taken to be below the current path. Effect, Ref and Repair come from the catalogue,
// and so does Spec where the finding has none or the catalogue names a part of the same section.
func (r *Report) Add(f Finding) {
	if !r.recording && f.Severity < Error {
		return
	}
	n := note{name: f.Path, msg: f.Msg, off: f.Span.Offset, n: f.Span.Len, prefix: -1, severity: f.Severity}
	if r.frames.n > 0 {
		n.prefix = r.prefix()
	}
	n.entry = r.entryOf(f.Code, f.Spec)
	r.notes.add(n)
	r.most = max(r.most, f.Severity)
	r.sorted = false
}

// entryOf returns the index of the entry that says of a code, and of the section it departs from, what there is to say.
func (r *Report) entryOf(code Code, spec string) int32 {
	entry := int32(-1)
	for i := range r.catalogue {
		if e := &r.catalogue[i]; e.Code == code {
			if spec == "" || e.Spec == spec || strings.HasPrefix(e.Spec, spec+".") {
				return int32(i)
			}
			entry = int32(i)
			break
		}
	}
	for i := range r.departs {
		if d := &r.departs[i]; d.code == code && d.spec == spec {
			return int32(-1 - i)
		}
	}
	r.departs = append(r.departs, departure{code, spec, entry})
	return int32(-len(r.departs))
}
