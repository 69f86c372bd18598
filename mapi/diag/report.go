package diag

import (
	"slices"
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
	walk      func(b []byte, r *Report) // records the fields once somebody asks for them; nil where they are recorded or dropped
	fields    *recorded                 // nil where fields are not recorded
	mapped    *Report                   // what walk recorded
	notes     list[note]
	words     strings.Builder // of messages, a block of them; those before are where the messages are
	others    []string        // codes that the catalogue does not have, and sections that its entries do not name
	frames    frames
	steps     steps
	recording bool
	deaf      bool // it is made for fields alone
	unsorted  bool // the notes are
	most      Severity
	room      struct { // for what most reports have, so that it costs no allocations of its own
		others [1]string
		notes  [2]note
	}
}

// New returns a Report on the blob b in the format called what, whose findings take their sections and references from
// the catalogue. It keeps a copy of b. Decoders make reports; programs get them from Inspect.
func New(what string, b []byte, catalogue []Entry) *Report {
	r := &struct {
		Report
		recorded recorded
	}{}
	r.init(what, catalogue)
	r.data, r.recording, r.fields = slices.Clone(b), true, &r.recorded
	return &r.Report
}

// NewLazy returns a Report as New does, for a decoder that need not record the fields: most reports are asked for
// findings alone. When somebody asks for fields, walk does again what the decoder does, on the report's own copy of b and
// with another report, of which the fields are taken. So walk depends on b alone.
func NewLazy(what string, b []byte, catalogue []Entry, walk func(b []byte, r *Report)) *Report {
	r := NewErrors(what, catalogue)
	r.data, r.recording, r.walk = slices.Clone(b), true, walk
	return r
}

// NewErrors returns a Report that collects findings of severity Error and above, and drops the milder ones and all
// fields: what a strict decoder has to say.
func NewErrors(what string, catalogue []Entry) *Report {
	r := new(Report)
	r.init(what, catalogue)
	return r
}

func (r *Report) init(what string, catalogue []Entry) {
	r.what, r.catalogue = what, catalogue
	r.notes.last, r.others = r.room.notes[:0], r.room.others[:0]
}

// Recording reports whether the report takes findings below Error. A decoder need not look for them otherwise.
func (r *Report) Recording() bool { return r.recording }

// Mapping reports whether the report takes fields. A decoder need not record them otherwise.
func (r *Report) Mapping() bool { return r.fields != nil }

// Enter adds one step to the path of what is recorded from now on: a name, and an index unless that is negative.
func (r *Report) Enter(name string, index int) {
	r.frames.push(frame{name, int32(index), -1})
}

// Leave takes the last step back.
func (r *Report) Leave() { r.frames.n-- }
