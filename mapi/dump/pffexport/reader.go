// Package pffexport reads the item values that pffexport, of libpff, writes with its option -d: ItemValues.txt of every
// folder, message and list of attachments of a PST or OST, and RecipientsItemValues.txt of every message.
//
//	Number of sets:			1
//	Number of entries per set:	42
//
//	Set:				0
//	Entry:				17
//	Entry type:			0x00008005
//	Value type:			0x00000102
//	Maps to entry type:		0x0000825e
//	Value:
//	0x00000000: 02 01 06 00 02 00                                   ......
//
// The entry type is the property's id, the value type its type. A named property maps to a number or (Maps to entry) to a
// string; its property set is not written. Set counts the rows of a list of recipients or attachments. A value without
// bytes has no line Value. Values are as the PST stores them.
//
// Blanks may stand for tabs, offsets may have fewer digits and no 0x, and the column of text may be gone. Memory does not
// grow with the file, only with its longest value.
package pffexport

import (
	"errors"
	"io"
	"iter"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/textline"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The limits of a Reader. What is longer is cut, with a TooLong finding.
const (
	MaxValue = 128 << 20 // bytes of one value
	MaxLine  = 64 << 10  // bytes of a line, as UTF-8
)

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	src      *textline.Reader
	source   string
	codePage int
	maxValue int
	place    place
	yield    func(dump.Record, error) bool
	done     bool // the caller wants no more

	e       entry // the current one
	buf     textline.Buffer
	stray   stray
	row     [perLine]byte
	columns bool // a dump with a column of text was seen

	headed  bool // the numbers of sets and entries are known
	sets    int  // as the file says
	perSet  int
	seen    int // entries since then
	lastSet int // of the entry before, -1 if there is none
	last    int // its number
	setsAre int // sets seen
	entries int // in the whole file
}

var _ dump.Reader = (*Reader)(nil)

// NewReader returns a Reader of the file r. Records call it source, which should be its path: the names of the file and of
// the folders around it say which object it is about. CodePage is that of PtypString8 values, which PST files of Outlook
// 2002 and earlier hold; where it is 0, nobody said.
func NewReader(r io.Reader, source string, codePage int) *Reader {
	return &Reader{src: textline.New(r), source: source, codePage: codePage, maxValue: MaxValue, place: placeOf(source), lastSet: -1}
}

// Records yields a record for each entry, in input order. Line and Offset say where it begins. Item is the object, as the
// path of the file names it, below the folder that pffexport made, whose name ends in .export:
//
//	folder Top of Personal Folders/folder Inbox/Message00001
//	folder Top of Personal Folders/folder Inbox/Message00001/recipient 0
//	folder Top of Personal Folders/folder Inbox/Message00001/attachment 0/message
//
// and less of that where the path says less. Sets of other files are rows. The tag of a named property has the id that the
// PST gave it. Its set is inferred where only one is known to have such a property, and zero else, which a finding says in
// both cases. Raw is as mapi.ParseRaw wants it, not as the PST lays out lists; Raw and the bytes of a Binary or Unknown
// value are the same memory.
//
// An error comes for text that is no part of the format, for a file without entries and one that has fewer or more than it
// says (all of them a [diag.Finding]), and for an error of the underlying reader, which ends the sequence.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.yield != nil {
			return
		}
		r.yield = yield
		var err error
		for !r.done {
			var line []byte
			if line, err = r.src.Next(MaxLine); err != nil {
				break
			}
			r.line(line)
		}
		r.finish(err)
	}
}

func (r *Reader) finish(err error) {
	r.e.last = true
	r.flush()
	r.endStray()
	switch {
	case r.done:
	case !errors.Is(err, io.EOF):
		r.done = !r.yield(dump.Record{Source: r.source, Line: r.src.Number, Offset: r.src.Start}, err)
	case r.entries == 0 && !r.headed:
		r.fail(0, 0, note(diag.Error, NoEntries, "file", "no entry in %d lines", r.src.Number))
	default:
		r.endHeader()
	}
}

// fail yields an error.
func (r *Reader) fail(line int, at int64, f diag.Finding) {
	if r.done {
		return
	}
	r.done = !r.yield(dump.Record{Source: r.source, Line: line, Offset: at, Findings: []diag.Finding{f}}, f)
}

// stray is a run of lines that are no part of the format.
type stray struct {
	lines int
	line  int
	at    int64
	start string
}

func (r *Reader) strayLine(text []byte) {
	if r.stray.lines == 0 {
		r.stray = stray{line: r.src.Number, at: r.src.Start, start: excerpt(text)}
	}
	r.stray.lines++
}

// endStray tells of the lines that were passed over.
func (r *Reader) endStray() {
	s := r.stray
	r.stray = stray{}
	if s.lines > 0 {
		what := "is"
		if s.lines > 1 {
			what = "begins " + strconv.Itoa(s.lines) + " lines that are"
		}
		r.fail(s.line, s.at, note(diag.Warning, OtherText, "line", "%s no part of an entry: %s", what, s.start))
	}
}

// endHeader compares what a header counts with what came after it.
func (r *Reader) endHeader() {
	if !r.headed {
		return
	}
	switch {
	case r.setsAre != r.sets:
		r.fail(0, 0, note(diag.Warning, Count, "file", "says that it has %d sets, and there are %d", r.sets, r.setsAre))
	case r.sets == 1 && r.seen != r.perSet:
		r.fail(0, 0, note(diag.Warning, Count, "file", "says that its set has %d entries, and there are %d", r.perSet, r.seen))
	}
}

const maxExcerpt = 60

// excerpt returns the beginning of a text, in quotes.
func excerpt(b []byte) string {
	if len(b) <= maxExcerpt {
		return strconv.Quote(string(b))
	}
	return strconv.Quote(string(b[:maxExcerpt])) + "…"
}
