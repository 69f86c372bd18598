// Package mfcmapi reads the XML that MFCMAPI and MrMAPI write of properties, of every generation since 2007, and what
// has become of it on web pages and in mails.
//
// It is no XML parser: the exports are no XML. Nothing in them is escaped, CDATA sections end early, and the declared
// encoding is wrong in nearly every file written before the summer of 2026. The Reader looks for <property and reads
// the children by their literal tags; what it cannot make sense of it reports, and goes on behind it.
//
// It reads other texts of MFCMAPI too: what it puts on the clipboard (properties, rows of tables, property tags of dialogs)
// and its debug log. Those seldom say which property a value is of: names are looked up, and a finding says so; behind a
// label that is no name, the record has the label in Text.
package mfcmapi

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/mapiprop/mapiprop/guid"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The limits of a Reader. What is longer is cut, with a TooLong finding that says where. Memory depends on them and on
// the longest value, never on the length of the file.
const (
	MaxBinary   = 128 << 20 // bytes of one binary value
	MaxText     = 64 << 20  // bytes of text of one string value
	MaxAltText  = 1 << 20   // bytes of AltValue text that are compared with a binary value
	MaxSmart    = 1 << 20   // bytes of SmartView text that are looked at
	MaxNameText = 64 << 10  // bytes of a property's name
	MaxRows     = 1 << 20   // values of a multi-valued property
)

const (
	maxLook  = 1 << 20   // how far behind a suspicious tag the end of an element is looked for
	maxTag   = 4 << 10   // length of a tag
	maxGap   = 256       // blanks between ]]> and the closing tag
	maxPiece = 128 << 10 // text handed on at once
	maxBreak = 16        // length of a tag that breaks a line of hex
	maxDepth = 64        // nested objects
	maxKept  = 1 << 20   // size of a buffer that is used again
)

// Reader reads one export. It is not safe for concurrent use.
type Reader struct {
	w      window
	source string
	yield  func(dump.Record, error) bool
	done   bool // the caller wants no more
	long   bool // everything is read the long way, for tests

	held    dump.Record // the last record, which waits for what is said behind it
	holding bool
	records int
	pending []diag.Finding // for the next record, maxNotes at most
	more    beyond         // the rest of them

	cs        charset // of the document that is being read
	documents int     // documents begun
	document  int     // records of the current one
	stack     []frame
	over      int // objects nested too deep

	contained int64 // tags before this position are text
	noTag     int64 // tags before this position have no end
	stray     stray

	p         property
	tag       tag
	decoded   []byte // scratch
	spare     []byte // what is left of the last block of room
	clipOther text
	types     [16]typeSaid
	strings   [64]stringSaid
	dots      [128]string // what was said of that many dots
	lastSet   []byte      // the last NamedPropGUID, and what it says
	lastGUID  guid.GUID
}

// typeSaid is an attribute type, and what it says.
type typeSaid struct {
	said  []byte
	t     mapi.PropType
	known bool
}

var _ dump.Reader = (*Reader)(nil)

// NewReader returns a Reader of the export in r, which records call source. An export of eight bits a character that is
// not UTF-8 is read in the Windows code page with the given number; 0, or a number that is not known, stands for
// Windows-1252, and then a finding says that this is a guess. The Reader reads r in blocks, never ahead of need by more
// than a block.
func NewReader(r io.Reader, source string, codePage int) *Reader {
	page, ok := newCodePage(codePage)
	rd := &Reader{source: source}
	rd.w.src = &decoder{r: r, page: page, named: ok}
	rd.stack = append(rd.stack, frame{})
	return rd
}

// Records yields the properties of the export in input order. Raw and the bytes of a Binary value are the same memory.
//
// With an error comes a Record that says where, and has no property: for the file that could not be read further (the
// error of the io.Reader, wrapped), and for objects of which the exporter wrote an error instead of properties
// (ObjectError, a diag.Finding). The sequence goes on behind those. A file without any property ends with the error
// NoProperties or BinaryInput. Records can be called once.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.yield != nil {
			return
		}
		r.yield = yield
		r.run()
		r.finish()
	}
}

func (r *Reader) run() {
	r.w.need(maxTag)
	if magic := binaryMagic(r.w.src.head); magic != "" {
		r.fail(0, 0, diag.Finding{Severity: diag.Error, Code: BinaryInput, Span: nowhere, Path: "file", Spec: specXML, Msg: "is " + magic})
		r.done = true
		return
	}
	if r.texts() {
		return
	}
	for !r.done && r.next() {
	}
}

// finish yields the record that was held back, with what is known only at the end of the file.
func (r *Reader) finish() {
	if r.done && !r.holding {
		return
	}
	if !r.done {
		r.takeMarks(1 << 62)
		r.endStray()
	}
	if r.records == 0 && r.w.src.err == nil && !r.done {
		r.noProperties()
		return
	}
	r.flush()
	if err := r.w.src.err; err != nil && !r.done {
		line, at := r.w.place(r.w.at(len(r.w.rest())))
		r.fail(line, at, fmt.Errorf("mfcmapi: %s: reading at offset %d: %w", r.source, r.w.src.file, err))
	}
}

// emit hands on a record. It is held back until the next one comes, so that what stands behind it can be told with it.
func (r *Reader) emit(rec *dump.Record) {
	r.takeMarks(r.w.at(0))
	r.release()
	rec.Findings = r.takePending(rec.Findings)
	r.held, r.holding = *rec, true
	r.records++
	r.document++
}

// release yields the record that was held back.
func (r *Reader) release() {
	if r.holding {
		r.holding = false
		if !r.done && !r.yield(r.held, nil) {
			r.done = true
		}
	}
}

// flush is release at the end of the file.
func (r *Reader) flush() {
	if r.holding {
		r.held.Findings = r.takePending(r.held.Findings)
	}
	r.release()
}

// fail yields an error.
func (r *Reader) fail(line int, at int64, err error) {
	r.release()
	if r.done {
		return
	}
	rec := dump.Record{Source: r.source, Line: line, Offset: at, Item: r.top().path}
	var f diag.Finding
	if errors.As(err, &f) {
		rec.Findings = []diag.Finding{f}
	}
	if !r.yield(rec, err) {
		r.done = true
	}
}

// later makes a finding about the dump that goes with the next record.
func (r *Reader) later(s diag.Severity, code diag.Code, path, format string, args ...any) {
	if len(r.pending) >= maxNotes {
		r.more.add(s, code, nowhere, path, format, args)
		return
	}
	r.pending = append(r.pending, diag.Finding{Severity: s, Code: code, Span: nowhere, Path: path, Spec: specXML,
		Msg: fmt.Sprintf(format, args...)})
}

// takePending appends the findings that waited for a record to those it has.
func (r *Reader) takePending(list []diag.Finding) []diag.Finding {
	if len(r.pending) == 0 {
		return list // then there are no more, either
	}
	list = r.more.appendTo(append(list, r.pending...), "file")
	r.pending = r.pending[:0]
	r.more.reset()
	return list
}

// nowhere is the Span of a finding that is not about bytes of the value.
var nowhere = diag.Span{Offset: -1}

// specXML is what findings about the export itself name: no published document describes it.
const specXML = "MFCMAPI XML export"

// takeMarks tells what the decoder found before the position text.
func (r *Reader) takeMarks(text int64) {
	if len(r.w.src.marks) > 0 {
		r.takeMarksUpTo(text)
	}
}

func (r *Reader) takeMarksUpTo(text int64) {
	marks := r.w.src.marks
	k := 0
	for ; k < len(marks) && marks[k].text <= text; k++ {
		r.takeMark(marks[k])
	}
	r.w.src.marks = marks[:copy(marks, marks[k:])]
}

func (r *Reader) takeMark(m mark) {
	switch m.what {
	case markCharset:
		if r.w.src.again > 0 && m.file > 0 {
			r.later(diag.Warning, MixedEncoding, "file", "from offset %d on it is %s, before that %s", m.file, m.cs, r.cs)
		}
		r.cs = m.cs
	case markANSI:
		if !r.w.src.named {
			r.later(diag.Warning, UnknownCodePage, "file",
				"has 8-bit text that is not UTF-8, first at offset %d; read as Windows-1252, a guess", m.file)
		}
		r.cs = csANSI
	case markOddByte:
		r.later(diag.Error, OddByte, "file", "has half a UTF-16 code unit at offset %d, where its text ends", m.file)
	case markEntities:
		r.later(diag.Warning, HTMLEscaped, "file", "is escaped once as HTML from offset %d on, up to the next property or document in raw markup; it was unescaped", m.file)
	}
}

func (r *Reader) noProperties() {
	msg := "nothing that MFCMAPI writes: no <property element, and no name, value and altValue lines of its clipboard"
	switch {
	case r.w.src.file == 0:
		msg = "is empty"
	case r.stray.lpb:
		msg += `; there are "cb: N lpb: HEX" texts, which the form lines reads`
	}
	r.fail(0, 0, diag.Finding{Severity: diag.Error, Code: NoProperties, Span: nowhere, Path: "file", Spec: specXML, Msg: msg})
}
