// Package graph reads the extended properties in JSON of Microsoft Graph, and of the Outlook REST API before it: one
// object, a response with its objects under "value", one of either on each line, or objects inside of objects.
//
//	{"id":"AAMk…","singleValueExtendedProperties":[
//	    {"id":"Binary {00062002-0000-0000-c000-000000000046} Id 0x8216","value":"BDAEMA…"},
//	    {"id":"String 0x37","value":"Plan"}]}
//
// Wherever an object has the member singleValueExtendedProperties or multiValueExtendedProperties, in letters of either
// case, its elements become records. Subject, start and the like, which Graph has made of other properties, are no
// records: they are not what the mailbox holds. How many of those were passed over, and what they are called, is told
// with the last record. Members with @ in their names are about the response, and are not counted.
//
// It is no general parser: damage ends an object, not the file. The Reader says where it is, and goes on at the next
// object that it recognises.
package graph

import (
	"fmt"
	"io"
	"iter"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The limits of a Reader. What is longer is cut, with a TooLong finding. Memory depends on them and on the longest value,
// never on the length of the file: reading a value of n bytes takes less than 4 n at a time.
const (
	MaxBinary   = exchange.MaxBinary   // bytes of one binary value
	MaxText     = exchange.MaxText     // bytes of text of one value, or of all elements of a list
	MaxNameText = exchange.MaxNameText // bytes of an id
	MaxElements = exchange.MaxElements // elements of a list
	MaxDepth    = 10000                // objects and arrays inside each other, as many as encoding/json reads
)

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	t      *exchange.Text
	q      *exchange.Queue
	source string

	stack  []frame
	damage damage
	lost   bool             // text behind damage, up to a line that begins a document, may be anything
	orphan *exchange.Object // to which properties belong whose object damage has hidden
	begins bool             // a line begins here
	strays exchange.Strays

	controls    int64 // raw control characters in strings
	controlLine int   // of the first

	key   exchange.Buffer
	word  exchange.Buffer
	small [8]byte
	p     property
}

// NewReader returns a Reader of the file r, which records call source. The file is UTF-8, or UTF-16 with or without a
// byte order mark.
func NewReader(r io.Reader, source string) *Reader {
	return &Reader{t: exchange.NewText(r), source: source}
}

// Records yields the extended properties in the order of the file. Line and Offset say where the value begins, or the
// property if it has none. Item is the id of the object; without one "item 3", counted among the objects with extended
// properties; for one with the id of the one before "ID#2". An object in an attachment is "ID/attachment ID/message". The
// tag of a property named by a set has the id 0, because Graph does not say under which id the store had it. Raw and the
// bytes of a Binary value are the same memory.
//
// With an error, a [diag.Finding], comes a Record that says where, and has no property: where the JSON is damaged or too
// deep, for an element that is no property, and at the end of a file that had nothing to say (NoProperties). An error of
// the io.Reader comes wrapped. The sequence goes on behind all but the last two. A property that breaks off is a record
// with what there is of it, and a finding.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.q != nil {
			return
		}
		r.q = exchange.NewQueue(r.source, yield)
		for r.begins = true; !r.q.Stopped() && r.top(); {
		}
		if !r.q.Stopped() {
			r.finish()
		}
		r.q.Finish()
	}
}

// finish says what is known only at the end of the file.
func (r *Reader) finish() {
	line, offset := r.t.Place()
	err := r.t.Err()
	if r.t.Half() && err == nil {
		r.q.Fail(note(diag.Error, OddByte, "file", "is UTF-16, and ends in half a character"), line, offset, nil)
	}
	if r.t.Guessed() {
		r.q.Later(note(diag.Warning, CharsetGuess, "file", "has no byte order mark; read as UTF-16, a guess"))
	}
	r.strayText()
	switch {
	case err != nil:
		r.q.Fail(fmt.Errorf("graph: %s: reading at offset %d: %w", r.source, offset, err), line, offset, nil)
	case r.q.Empty():
		r.q.Fail(r.nothing(), 0, 0, nil)
	}
}

// damage is what ended an object.
type damage struct {
	line   int
	offset int64
	why    string
	end    bool // the file ended
	told   bool
}

// broken says what is wrong with the next character. It returns false.
func (r *Reader) broken(why string) bool {
	r.damage = damage{why: why}
	r.damage.line, r.damage.offset = r.t.Place()
	return false
}

// ends says that the file ends where something must follow. It returns false.
func (r *Reader) ends() bool {
	r.broken("the file ends")
	r.damage.end = true
	return false
}

// report tells of the damage, if nobody has.
func (r *Reader) report() {
	d := &r.damage
	if d.told || r.t.Err() != nil && d.end {
		return
	}
	f := note(diag.Error, BadJSON, "file", "is no JSON here: %s", d.why)
	if d.end {
		f = note(diag.Error, Truncated, "file", "ends within an object or array")
	}
	r.q.Fail(f, d.line, d.offset, nil)
}

// top reads what stands at the top of the file. It reports false at its end.
func (r *Reader) top() bool {
	c, ok := r.peek()
	if !ok {
		return false
	}
	if r.begins && (c == '{' || c == '[') {
		r.lost, r.orphan = false, nil
	}
	switch {
	case c == '{' || c == '[':
		ok = r.document()
	case r.lost:
		r.begins = false
		r.resync()
		return true
	case c == 0x1E || c == 0xEF && r.mark():
		// RFC 7464 has RS before each text, and files that were joined a byte order mark.
		r.t.Skip(1)
		r.begins = true
		return true
	default:
		ok = r.value(&frame{array: true}, "")
	}
	r.begins = false
	if !ok {
		r.report()
		r.lost = true
		r.resync()
	}
	return true
}

// mark skips all but the last byte of a byte order mark, if there is one.
func (r *Reader) mark() bool {
	const bom = "\uFEFF"
	if r.t.Need(len(bom)) && string(r.t.Rest()[:len(bom)]) == bom {
		r.t.Skip(len(bom) - 1)
		return true
	}
	return false
}

// resync skips to the next object with a member, or line that begins a document.
func (r *Reader) resync() {
	for {
		b := r.t.Rest()
		i := 0
		for i < len(b) && b[i] != '{' && b[i] != '\n' {
			i++
		}
		r.t.Skip(i)
		if i == len(b) {
			if !r.t.More() {
				return
			}
			continue
		}
		if b[i] == '{' && r.opens() {
			return
		}
		r.t.Skip(1)
		if b[i] == '\n' {
			if c, ok := r.first(); ok && (c == '{' || c == '[') {
				r.begins = true
				return
			}
		}
	}
}

// first returns the next character, whatever it is.
func (r *Reader) first() (byte, bool) {
	if !r.t.Need(1) {
		return 0, false
	}
	return r.t.Rest()[0], true
}

// opens reports whether the object that begins here has a member, not too many blanks behind.
func (r *Reader) opens() bool {
	const far = 256
	r.t.Need(far)
	b := r.t.Rest()
	i := 1
	for i < min(len(b), far) && isBlank(b[i]) {
		i++
	}
	return i < len(b) && b[i] == '"'
}
