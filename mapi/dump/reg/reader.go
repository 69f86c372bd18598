// Package reg reads what the registry editor exports of Outlook profiles.
//
//	Windows Registry Editor Version 5.00
//
//	[HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\13dbb0c8aa05101a9bb000aa002fc45a]
//	"00036601"=hex:84,19,00,00
//	"001f6641"=hex:61,00,6e,00,6e,00,40,00,66,00,61,00,62,00,72,00,69,00,6b,00,61,\
//	  00,6d,00,00,00
//
// The subkeys of a profile are its sections, and a value whose name has eight hexadecimal digits is a property: the type
// comes first, then the id, so that 00036601 is the tag 0x66010003. An S before the digits says that the value is encrypted.
// All other values are ordinary ones of the registry, and come as records without a property.
//
// Files are those of Windows 2000 and later (UTF-16), REGEDIT4 (the ANSI code page), and both saved again by an editor as
// UTF-8 or without a mark. What web pages make of them is read too: lost indents and backslashes, cut lines. A script that
// writes such values from lists, Array(&H84,&H19,…), is read as far as its lists and the names before them.
//
// Memory does not grow with the file, only with its longest value.
package reg

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/textline"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// The limits of a Reader. What is longer is cut, with a TooLong finding.
const (
	MaxValue = 128 << 20 // bytes of one value
	MaxName  = 64 << 10  // bytes of the name of a value or a key, as UTF-8
)

// pieceSize is how much of a line is looked at at a time.
const pieceSize = 32 << 10

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	src      *textline.Reader
	source   string
	codePage int
	maxValue int
	yield    func(dump.Record, error) bool
	done     bool // the caller wants no more

	piece []byte // of the current line
	at    int    // what of it has been read
	held  bool   // nothing of the current line was read: it is to be read again as a statement
	eight bool   // the piece has bytes that are not UTF-8
	err   error  // why there are no more lines: io.EOF at the end

	version4 bool   // REGEDIT4 was seen last
	header   bool   // a header was seen, or missed
	resaved  bool   // Unicode was seen in REGEDIT4, and told
	keys     int    // keys seen
	values   int    // values seen
	item     string // the current key
	ofMAPI   bool   // whose values are properties if they have the names of such

	pending []diag.Finding // about the file, for the next record
	stray   stray
	buf     textline.Buffer
	toANSI  map[string]byte // the characters of the code page that have one byte, once they are needed
	begin   []byte          // of the current statement
	name    []byte          // scratch
}

var _ dump.Reader = (*Reader)(nil)

// NewReader returns a Reader of the file r, which records call source. CodePage is the ANSI code page of the machine that
// wrote it: that of REGEDIT4, and of PtypString8 values. Where it is 0, nobody said: Windows-1252 is taken where one is
// needed, which a finding then says.
func NewReader(r io.Reader, source string, codePage int) *Reader {
	return &Reader{src: textline.New(r), source: source, codePage: codePage, maxValue: MaxValue}
}

// Records yields a record for each value, in input order. Line and Offset are those of its name. Item is the key:
//
//	profile Outlook/section 13dbb0c8aa05101a9bb000aa002fc45a (global)
//	profile Outlook/section 9375CFF0413111d3B88A00104B2A6676 (accounts)/key 00000002
//	key HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook
//
// with the 32 digits of the section's UID as they are written, the use of those that are known, and %2F for a slash in a
// name. Raw and the bytes of a Binary or Unknown value are the same memory.
//
// A record has no property (neither tag nor value) where the value is not one of MAPI's, and where the file deletes a key;
// it has a tag and no value where the value is encrypted, deleted or not there. An error comes for text that is no part of
// the format, for a key or a first line that is not as it must be, for a file without any value (all of them a
// [diag.Finding]), and for an error of the underlying reader, which ends the sequence.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		if r.yield != nil {
			return
		}
		r.yield, r.ofMAPI = yield, true
		if isScript(r.src.Peek(dump.SniffLen)) {
			r.script()
		} else {
			for !r.done && r.line() {
				r.statement()
			}
		}
		r.finish()
	}
}

func (r *Reader) finish() {
	r.endStray()
	if r.values > 0 || r.keys > 0 {
		for _, f := range r.pending { // nothing came to tell it with
			r.fail(0, 0, f)
		}
	}
	switch {
	case r.done:
	case !errors.Is(r.err, io.EOF):
		r.done = !r.yield(dump.Record{Source: r.source, Line: r.src.Number, Offset: r.src.Start, Item: r.item}, r.err)
	case r.values == 0 && r.keys == 0 && !r.header:
		r.fail(0, 0, note(diag.Error, NoValues, "file", "no header, no key and no value in %d lines", r.src.Number))
	case r.values == 0:
		r.fail(0, 0, note(diag.Info, Empty, "file", "%d keys, and no value in any of them", r.keys))
	}
}

// emit yields a record at the place, and what is to be said of the file with it.
func (r *Reader) emit(rec dump.Record, line int, at int64) {
	r.endStray()
	if r.done {
		return
	}
	rec.Source, rec.Line, rec.Offset, rec.Item = r.source, line, at, r.item
	if guess := r.src.TakeGuess(); guess != "" {
		rec.Findings = append(rec.Findings, note(diag.Warning, CharsetGuess, "file", "no byte order mark; read as %s", guess))
	}
	rec.Findings = append(rec.Findings, r.pending...)
	r.pending = nil
	r.done = !r.yield(rec, nil)
}

// fail yields an error.
func (r *Reader) fail(line int, at int64, f diag.Finding) {
	if r.done {
		return
	}
	rec := dump.Record{Source: r.source, Line: line, Offset: at, Findings: []diag.Finding{f}}
	if line > 0 {
		rec.Item = r.item
	}
	r.done = !r.yield(rec, f)
}

// stray is a run of lines that are no part of the format.
type stray struct {
	lines int
	line  int
	at    int64
	start string
}

// strayLine passes over a line that is no statement.
func (r *Reader) strayLine(line int, at int64) {
	if r.stray.lines == 0 {
		r.stray = stray{line: line, at: at, start: excerpt(r.begin)}
	}
	r.stray.lines++
	r.src.Skip()
}

// endStray tells of the lines that were passed over.
func (r *Reader) endStray() {
	s := r.stray
	r.stray = stray{}
	switch {
	case s.lines == 1:
		r.fail(s.line, s.at, note(diag.Error, NotAValue, "line", "is neither a key nor a value nor a comment: %s", s.start))
	case s.lines > 1:
		r.fail(s.line, s.at, note(diag.Error, NotAValue, "line", "begins %d lines that are neither keys nor values nor comments: %s", s.lines, s.start))
	}
}

// line goes to the next line, or to the current one if that was held. It reports false at the end.
func (r *Reader) line() bool {
	if r.held {
		r.held = false
		return true
	}
	r.src.Skip()
	return r.more()
}

// more reads the next piece, of this line or the next.
func (r *Reader) more() bool {
	if r.err == nil {
		r.piece, r.err = r.src.Next(pieceSize)
	}
	r.at = 0
	if r.err != nil {
		r.piece = nil
		return false
	}
	r.eight = !r.src.Wide() && !utf8.Valid(r.piece)
	return true
}

// peek returns the next byte of the line, and false at its end.
func (r *Reader) peek() (byte, bool) {
	for r.at == len(r.piece) {
		if !r.src.More || !r.more() {
			return 0, false
		}
	}
	return r.piece[r.at], true
}

// blanks passes over blanks and returns the byte behind them, and false at the end of the line.
func (r *Reader) blanks() (byte, bool) {
	for {
		c, ok := r.peek()
		if !ok || c != ' ' && c != '\t' {
			return c, ok
		}
		r.at++
	}
}

// rest returns the rest of the line, as much as most bytes hold, and how many bytes were left out. It is valid until the
// next line.
func (r *Reader) rest(most int) (text []byte, lost int) {
	r.name = r.name[:0]
	for _, ok := r.peek(); ok; _, ok = r.peek() {
		n := min(len(r.piece)-r.at, most-len(r.name))
		r.name = append(r.name, r.piece[r.at:r.at+n]...)
		lost += len(r.piece) - r.at - n
		r.at = len(r.piece)
	}
	return bytes.TrimRight(r.name, " \t"), lost
}

// place returns where in the file the next byte stands.
func (r *Reader) place() int64 { return r.src.Start + r.src.Size(r.piece[:r.at]) }
