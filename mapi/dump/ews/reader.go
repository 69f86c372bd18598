// Package ews reads the extended properties in the XML of Exchange Web Services ([MS-OXWSXPROP]): whole SOAP messages,
// requests as well as responses, logs of them, and fragments.
//
//	<t:CalendarItem><t:ItemId Id="AAMk…" ChangeKey="DwAA…"/>
//	    <t:ExtendedProperty>
//	        <t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33302" PropertyType="Binary"/>
//	        <t:Value>BDAEMA…</t:Value>
//	    </t:ExtendedProperty>
//	</t:CalendarItem>
//
// Elements are known by their local names, whatever their prefixes stand for. Subject, Start and the like, which EWS has
// made of other properties, are no records: how many of those were passed over, and what they are called, is told with the
// last record.
//
// It is no XML parser: what Exchange writes is not always XML. It refers to characters that XML does not have, such as
// &#x0; and &#x1F;, and every parser stops there. The Reader keeps them, and says so. It goes on behind damage of other
// kinds too, and it knows no entities but the five of XML, so that nothing it reads can grow.
package ews

import (
	"bytes"
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
	MaxElements = exchange.MaxElements // elements of a list
	MaxTag      = exchange.MaxNameText // bytes of a tag with its attributes
	MaxDepth    = 10000                // elements inside each other
)

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	t      *exchange.Text
	q      *exchange.Queue
	source string

	stack   []frame
	over    int              // elements that are too deep
	loose   *exchange.Object // to which properties belong that are in no element
	strays  exchange.Strays
	outside bool // text that is in no element was counted
	damaged bool // the last thing was damage, which has been told
	doctype bool // a declaration has been told
	ends    bool // an end tag without a start has been told
	cut     bool // where the file ends has been told

	p       property
	faults  []fault       // found within it, to be told behind it
	reading bool          // a property has begun
	at      int           // its index in stack
	valueAt int           // the index of a value that is read, or -1
	sink    exchange.Sink // where its text goes, nil behind an element inside it
	small   [8]byte
}

// NewReader returns a Reader of the file r, which records call source. The file is UTF-8, or UTF-16 with or without a
// byte order mark; its XML declaration does not matter.
func NewReader(r io.Reader, source string) *Reader {
	return &Reader{t: exchange.NewText(r), source: source}
}

// Records yields the extended properties in the order of the file. Line and Offset say where the element begins. Item is
// "Id@ChangeKey" of the item or folder, as ItemId or FolderId has them; without one "item 3", counted among the objects
// with extended properties; for one with the id of the one before "ID#2". An item in an attachment is "ID/attachment
// ID/message", with %2F for the slashes of the attachment's id. The tag of a property named by a set has the id 0, because
// EWS does not say under which id the store had it. Raw and the bytes of a Binary value are the same memory.
//
// With an error, a [diag.Finding], comes a Record that says where, and has no property: where the XML is damaged or too
// deep, and at the end of a file that had nothing to say (NoProperties). An error of the io.Reader comes wrapped. The
// sequence goes on behind all but the last two. A property that breaks off is a record with what there is of it, and a
// finding.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.q != nil {
			return
		}
		r.q = exchange.NewQueue(r.source, yield)
		for !r.q.Stopped() && r.step() {
		}
		if !r.q.Stopped() {
			r.finish()
		}
		r.q.Finish()
	}
}

// step reads up to the next tag or other markup, and that. It reports false at the end of the file.
func (r *Reader) step() bool {
	if r.sink != nil {
		if !r.text() {
			return false
		}
	} else if !r.plain() {
		return false
	}
	return r.markup()
}

// plain passes over text outside of values.
func (r *Reader) plain() bool {
	for {
		b := r.t.Rest()
		i := bytes.IndexByte(b, '<')
		n := i
		if i < 0 {
			n = len(b)
		}
		if k := blanks(b[:n]); k < n {
			r.t.Skip(k)
			n -= k
			r.pass()
		}
		r.t.Skip(n)
		if i >= 0 {
			return true
		}
		if !r.t.More() {
			return false
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func blanks(b []byte) int {
	i := 0
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	return i
}

// pass counts an element that has text and is no part of a property; all that stands in no element counts as one.
func (r *Reader) pass() {
	switch n := len(r.stack); {
	case n == 0 && !r.outside:
		r.outside = true
		r.strays.Add(r.t, "")
	case n > 0 && !r.stack[n-1].counted:
		r.stack[n-1].counted = true
		r.strays.Add(r.t, r.stack[n-1].name)
	}
}

// finish says what is known only at the end of the file.
func (r *Reader) finish() {
	line, offset := r.t.Place()
	err := r.t.Err()
	switch {
	case r.reading:
		r.p.ends = true
	case len(r.stack) > 0 && r.over == 0 && err == nil && !r.cut:
		r.fail(r.here(Truncated, "ends within <%s>", exchange.Short(r.stack[len(r.stack)-1].name)))
	}
	for len(r.stack) > 0 {
		r.pop()
	}
	if r.t.Half() && err == nil {
		r.q.Fail(note(diag.Error, OddByte, "file", "is UTF-16, and ends in half a character"), line, offset, nil)
	}
	if r.t.Guessed() {
		r.q.Later(note(diag.Warning, CharsetGuess, "file", "has no byte order mark; read as UTF-16, a guess"))
	}
	if r.strays.Values > 0 && !r.q.Empty() {
		r.q.Later(note(diag.Info, PassedOver, "file", "has elements with text that are no extended properties and were not read, first on line %d: %s",
			r.strays.Line, r.strays.Summary()))
	}
	switch {
	case err != nil:
		r.q.Fail(fmt.Errorf("ews: %s: reading at offset %d: %w", r.source, offset, err), line, offset, nil)
	case r.q.Empty():
		what := ""
		if names := r.strays.Names(); names != "" {
			what = "; it has " + names
		}
		r.q.Fail(note(diag.Error, NoProperties, "file", "has no extended properties%s", what), 0, 0, nil)
	}
}

// fault is something wrong at a place.
type fault struct {
	finding diag.Finding
	line    int
	offset  int64
}

// fail tells of what is wrong at a place; of what lies in a property after that has been handed on.
func (r *Reader) fail(f fault) {
	if r.reading {
		r.faults = append(r.faults, f)
		return
	}
	r.q.Fail(f.finding, f.line, f.offset, nil)
}

// here is what is wrong with the next character.
func (r *Reader) here(code diag.Code, format string, args ...any) fault {
	f := fault{finding: note(diag.Error, code, "file", format, args...)}
	f.line, f.offset = r.t.Place()
	return f
}

// broken tells of damage at the next character, but not again and again in one place.
func (r *Reader) broken(format string, args ...any) {
	if !r.damaged {
		r.damaged = true
		r.fail(r.here(BadXML, format, args...))
	}
}
