// Package tnef reads TNEF ([MS-OXTNEF]) as records: the file winmail.dat, and the decoded bytes of a MIME part of the
// type application/ms-tnef.
//
//	78 9F 3E 22, 2 bytes of key                                     2.1.3
//	then attributes, each:
//	  level     1 byte: 1 of the message, 2 of an attachment
//	  id        4 bytes
//	  length    4 bytes, and as many bytes of data
//	  checksum  2 bytes: the sum of the bytes of data
//
// The data of attMsgProps, of attRecipTable and of attAttachment are MAPI properties (2.1.3.4); those of all others are
// what mail programs before MAPI knew. An attachment begins with its attAttachRendData, and a message that is attached is
// TNEF inside a PtypObject.
//
// # Attributes
//
// No attribute is passed over. Where it is certain which property one stands for, and which value, it becomes a record
// of that property, with Derived set, as the file holds none; an Attribute finding names it. Text says what the file has
// where that is not what Raw has: "IPM.Microsoft Mail.Note" for IPM.Note. The real property, if the file has it too, is a
// record of its own, and counts for more (2.1.3).
//
// An attribute that is no property, or not certainly one, becomes a record with the tag 0, its data in Raw. So do all
// dates: they are wall clocks, and nothing says of which zone. Outlook writes its own, Exchange since 2013 UTC. Text has
// the date.
//
// # Damage
//
// What is wrong is told in findings, and what is there is read all the same. A length that goes beyond the end is
// reported, with the bytes up to there as the value. A list of properties is followed as far as its sizes lead, and what
// is left becomes a record; the next attribute is read in any case. Bytes where no attribute can begin become a record up
// to the next ones that are level and id of a known attribute.
//
// Raw MIME text is not TNEF: it must be taken out of its message and decoded first. NotTNEF says so where it sees
// base64 of TNEF.
package tnef

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

const (
	// MaxDepth is how deep messages may lie in messages. What lies deeper is shown as bytes, with TooDeep.
	MaxDepth = 100
	// MaxAttribute is the size of the largest attribute that is read, 1 GB. A larger one is passed over, with TooLong.
	MaxAttribute = 1 << 30
)

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	src      io.Reader
	source   string
	codePage int
	begun    bool
}

// NewReader returns a Reader of the TNEF file r, which records call source. Text of 8 bits is in the code page that
// attOemCodepage names; where the file names none, in codePage, or in Windows-1252 where that is 0.
//
// Memory depends on the largest attribute, never on the length of the file.
func NewReader(r io.Reader, source string, codePage int) *Reader {
	return &Reader{src: r, source: source, codePage: codePage}
}

// Records yields attributes and properties in the order of the file, but for a message in an attachment, which follows the
// properties of that attachment.
//
// Item is "message", "message/recipient 0", "message/attachment 1", "message/attachment 1/message",
// "message/attachment 1/message/recipient 0" and so on, numbered in the order of the file. Offset is where the value begins
// in the file: of a property behind its tag, name, count and size; of an attribute behind its length. Line is 0. Raw and
// the bytes of a Binary, a String8 or an Object may be the same memory.
//
// A record with the tag 0 is no property: its findings say what its Raw is, and those without Raw are about the place
// alone. An error comes with a record for a file that is no TNEF (NotTNEF, a [diag.Finding]), which is not read, and
// for a file that could not be read further (the error of the io.Reader, wrapped).
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.begun {
			return
		}
		r.begun = true
		w := &walk{Reader: r, yield: yield}
		pages := dump.GuessedPages(r.codePage)
		w.message(&object{item: "message", pages: pages, around: pages}, fileSource(r.src))
	}
}

// walk is one pass over a file.
type walk struct {
	*Reader
	yield   func(dump.Record, error) bool
	stopped bool
}

func (w *walk) emit(rec dump.Record) {
	rec.Source = w.source
	w.stopped = w.stopped || !w.yield(rec, nil)
}

// note yields a record that has nothing but a finding: about the place off, not about the bytes of a value.
func (w *walk) note(item string, off int64, f diag.Finding) {
	w.emit(dump.Record{Item: item, Offset: off, Findings: []diag.Finding{f}})
}

// finding makes a finding of this package about a value as a whole. Its section is that of the catalogue.
func finding(s diag.Severity, code diag.Code, at, format string, args ...any) diag.Finding {
	e, _ := diag.Lookup(catalogue, code)
	return diag.Finding{Severity: s, Code: code, Span: diag.Span{Offset: -1}, Path: at, Spec: e.Spec, Msg: fmt.Sprintf(format, args...)}
}

// object is a message while it is read.
type object struct {
	item   string
	depth  int         // how many messages it lies in
	class  string      // its message class as the attribute has it
	part   part        // the message itself
	sub    *part       // the attachment that is being read, nil before the first
	rows   int         // recipients so far
	subs   int         // attachments so far
	pages  []dump.Page // that its 8-bit text may be in, best first
	oem    []dump.Page // of them, that of attOemCodepage
	own    []dump.Page // those that its properties name
	around []dump.Page // and those of the message around it, or of the caller
}

// settle puts together the code pages. [MS-OXTNEF] 2.1.3 says that attOemCodepage names that of attributes and properties
// alike.
func (o *object) settle() { o.pages = slices.Concat(o.oem, o.own, o.around) }

// part is a message without what is in it, or an attachment, or a recipient.
type part struct {
	item     string
	seen     map[uint32]int64     // where its attributes begin, by id
	messages map[mapi.PropTag]int // how many of its properties with the tag are messages
}

// at notes that an attribute begins at off, and returns where one with the same id did before.
func (p *part) at(id uint32, off int64) (before int64, again bool) {
	before, again = p.seen[id]
	if !again {
		if p.seen == nil {
			p.seen = make(map[uint32]int64)
		}
		p.seen[id] = off
	}
	return before, again
}

var le = binary.LittleEndian

const (
	magic    = "\x78\x9F\x3E\x22"
	headSize = 6 // the magic, and a key
	attrHead = 9 // level, id, length
)

// message reads a message and all that is in it.
func (w *walk) message(o *object, s *source) {
	o.part.item = o.item
	if w.head(o, s) {
		for !w.stopped && len(s.peek(1)) > 0 {
			w.next(o, s)
		}
	}
	if s.err != nil && s.err != io.EOF && !w.stopped {
		w.stopped = !w.yield(dump.Record{Source: w.source, Item: o.item, Offset: s.off + int64(len(s.b))}, fmt.Errorf("tnef: %w", s.err))
	}
}

// head reads what stands before the first attribute. It reports false where that is no beginning of a TNEF file.
func (w *walk) head(o *object, s *source) bool {
	off := s.off
	b := s.take(headSize)
	if len(b) < headSize && s.err != nil && s.err != io.EOF {
		return false // message tells of it
	}
	if n := min(len(b), len(magic)); string(b[:n]) != magic[:n] || n == 0 {
		f := finding(diag.Error, NotTNEF, "signature", "%s", notTNEF(b))
		w.stopped = !w.yield(dump.Record{Source: w.source, Item: o.item, Offset: off, Findings: []diag.Finding{f}}, f)
		s.b = nil
		return false
	}
	if len(b) < headSize {
		w.emit(dump.Record{Item: o.item, Offset: off, Raw: b, Findings: []diag.Finding{
			finding(diag.Error, Truncated, "signature", "needs %d bytes with the key behind it, has %d", headSize, len(b))}})
		return false
	}
	w.emit(dump.Record{Item: o.item, Offset: off + 4, Raw: b[4:], Findings: []diag.Finding{
		finding(diag.Info, Key, "key", "is 0x%04X", le.Uint16(b[4:]))}})
	return true
}

// notTNEF says what the first bytes of something else are.
func notTNEF(b []byte) string {
	switch {
	case len(b) == 0:
		return "the file is empty"
	case bytes.HasPrefix(b, []byte("eJ8+I")):
		return "this is TNEF in base64, as in the text of a mail: decode it first"
	}
	return fmt.Sprintf("begins with %X, must be 789F3E22: the decoded bytes of a part application/ms-tnef, not the text of a mail", b[:min(4, len(b))])
}

// next reads what begins at the next byte, of which there is one.
func (w *walk) next(o *object, s *source) {
	off := s.off
	head := s.peek(attrHead)
	switch {
	case head[0] != levelMessage && head[0] != levelAttachment:
		w.strange(o, s)
		return
	case len(head) < attrHead:
		w.emit(dump.Record{Item: o.item, Offset: off, Raw: s.take(attrHead), Findings: []diag.Finding{
			finding(diag.Error, Truncated, "attribute", "level, id and length at 0x%X need %d bytes, have %d", off, attrHead, len(head))}})
		return
	}
	w.attribute(o, s)
}
