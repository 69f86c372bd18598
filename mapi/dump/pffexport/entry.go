package pffexport

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// rank is the place of a line in an entry. Each entry has them in this order, so that a line that does not come after the
// one before begins another.
type rank uint8

const (
	none rank = iota
	rankSet
	rankEntry
	rankEntryType
	rankValueType
	rankMapsToType
	rankMapsTo
	rankValue
	rankDump
)

// labels are what lines begin with, in small letters.
var labels = [...]struct {
	text string
	rank rank
}{
	{"set", rankSet}, {"entry", rankEntry}, {"entry type", rankEntryType}, {"value type", rankValueType},
	{"maps to entry type", rankMapsToType}, {"maps to entry", rankMapsTo}, {"value", rankValue},
}

// entry is one property, as far as its lines have been read.
type entry struct {
	rank  rank // of the last line, none for no entry
	line  int
	at    int64
	last  bool // the file ends behind it
	blank bool // a blank line stands behind it
	open  bool // its last line has no line end

	set, number      int // -1 where there is none
	id, typ, lid     uint32
	hasID, hasType   bool
	hasLID, hasName  bool
	name             string
	labelled, filled bool // there is a line Value, and one of a dump
	full             bool // the last line of the dump has sixteen bytes
	column           bool // and its column of text, whole

	broken   bool // bytes are missing, which a finding says
	stopped  bool // nothing more of the dump is taken
	left     int  // bytes left out since then
	lost     int  // bytes beyond the limit
	differs  int  // bytes that the column of text contradicts
	findings []diag.Finding
}

func (e *entry) find(s diag.Severity, code diag.Code, format string, args ...any) {
	e.findings = append(e.findings, note(s, code, e.path(), format, args...))
}

// path is what findings call the entry.
func (e *entry) path() string {
	switch {
	case e.hasID && e.hasType:
		return e.tag().String()
	case e.hasID:
		return mapi.PropID(e.id).String()
	case e.number >= 0:
		return "entry " + strconv.Itoa(e.number)
	}
	return "entry"
}

func (e *entry) tag() mapi.PropTag { return mapi.TagOf(mapi.PropID(e.id), mapi.PropType(e.typ)) }

// line reads one line, the first piece of which this is.
func (r *Reader) line(line []byte) {
	long := r.src.More
	text := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\uFEFF")))
	colon := bytes.IndexByte(text, ':')
	switch {
	case len(text) == 0:
		r.e.blank = true
	case colon < 0:
		r.strayLine(text)
	case r.e.rank >= rankEntryType && isOffset(text[:colon]) && !long:
		r.e.rank, r.e.blank, r.e.open = rankDump, false, r.src.End == ""
		r.dump(text[:colon], text[colon+1:])
	default:
		which, header := labelOf(text[:colon])
		value := bytes.TrimLeft(text[colon+1:], " \t")
		switch {
		case header != "":
			r.header(header, value)
		case which == none:
			r.strayLine(text)
		default:
			if which <= r.e.rank || r.e.rank == none {
				r.begin(r.src.Number, r.src.Start+r.src.Size(line[:bytes.Index(line, text)]))
			}
			r.e.rank, r.e.blank, r.e.open = which, false, r.src.End == ""
			r.label(which, value)
			if long {
				r.e.find(diag.Error, TooLong, "has a line longer than %d bytes; the rest was left out", MaxLine)
			}
		}
	}
	r.src.Skip()
}

// labelOf returns what a line is that begins so; header is the label of one that counts.
func labelOf(label []byte) (which rank, header string) {
	const sets, entries = "number of sets", "number of entries per set"
	if len(label) > len(entries) || len(label) == 0 || bytes.IndexByte([]byte("SEVMNsevmn"), label[0]) < 0 {
		return none, ""
	}
	text := string(bytes.Join(bytes.Fields(label), []byte{' '}))
	for _, l := range labels {
		if strings.EqualFold(l.text, text) {
			return l.rank, ""
		}
	}
	switch {
	case strings.EqualFold(text, sets):
		return none, sets
	case strings.EqualFold(text, entries):
		return none, entries
	}
	return none, ""
}

// header reads a line that counts sets, or entries in each.
func (r *Reader) header(label string, value []byte) {
	n, err := strconv.ParseInt(string(value), 10, 32)
	if err != nil || n < 0 {
		r.strayLine([]byte(label + ": " + string(value)))
		return
	}
	if strings.HasPrefix(label, "number of entries") {
		r.perSet = int(n)
		return
	}
	r.flush()
	r.endStray()
	r.endHeader()
	r.headed, r.sets, r.perSet, r.seen, r.setsAre, r.lastSet = true, int(n), 0, 0, 0, -1
}

// begin ends the entry before, and begins one.
func (r *Reader) begin(line int, at int64) {
	r.flush()
	r.endStray()
	r.e = entry{line: line, at: at, set: -1, number: -1}
}

// label reads a line of an entry.
func (r *Reader) label(which rank, value []byte) {
	e := &r.e
	switch which {
	case rankSet, rankEntry:
		n, err := strconv.ParseInt(string(value), 10, 32)
		if err != nil || n < 0 {
			e.find(diag.Error, BadNumber, "has %s where the number of a set or an entry must be", excerpt(value))
		} else if which == rankSet {
			e.set = int(n)
		} else {
			e.number = int(n)
		}
	case rankEntryType:
		e.id, e.hasID = r.hexNumber(value, 16)
	case rankValueType:
		e.typ, e.hasType = r.hexNumber(value, 16)
	case rankMapsToType:
		e.lid, e.hasLID = r.hexNumber(value, 32)
	case rankMapsTo:
		e.name, e.hasName = string(value), len(value) > 0
		if !utf8.Valid(value) && !r.src.Wide() {
			e.name = strings.ToValidUTF8(e.name, "\uFFFD")
			e.find(diag.Error, BadName, "has a name that is not UTF-8")
		}
	case rankValue:
		e.labelled = true
		if len(value) > 0 {
			e.find(diag.Warning, OtherText, "has text behind Value: %s", excerpt(value))
		}
	}
}

// hexNumber reads a number of so many bits, in hex with or without 0x.
func (r *Reader) hexNumber(value []byte, bits int) (uint32, bool) {
	digits := string(value)
	if len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x' {
		digits = digits[2:]
	}
	n, err := strconv.ParseUint(digits, 16, bits)
	if err != nil || len(digits) > 8 {
		r.e.find(diag.Error, BadNumber, "has %s where a number of %d bits must be, in hex", excerpt(value), bits)
		return 0, false
	}
	return uint32(n), true
}

// flush yields the current entry.
func (r *Reader) flush() {
	e := &r.e
	if e.rank == none {
		return
	}
	raw := r.buf.Take()
	if r.done {
		return
	}
	r.ends(len(raw))
	r.order()
	rec := dump.Record{Source: r.source, Line: e.line, Offset: e.at, Item: r.place.of(e.set, r.sets > 1 || e.set > 0)}
	p := prop{r: r, e: e, rec: &rec}
	p.identity()
	if !e.broken || e.filled {
		p.value(raw)
	}
	if guess := r.src.TakeGuess(); guess != "" {
		e.find(diag.Warning, CharsetGuess, "no byte order mark; read as %s", guess)
	}
	rec.Findings = e.findings
	e.rank = none
	r.entries++
	r.done = !r.yield(rec, nil)
}

// ends tells what is missing at the end of an entry, after n bytes of its value.
func (r *Reader) ends(n int) {
	e := &r.e
	if e.lost > 0 {
		e.broken = true
		e.find(diag.Error, TooLong, "is longer than %d bytes; %d were left out", r.maxValue, e.lost)
	}
	if e.left > 0 {
		e.find(diag.Error, LeftOut, "has %d bytes in lines behind that, which were left out", e.left)
	}
	if e.differs > 1 {
		e.find(diag.Error, Column, "has %d more bytes that the column of text contradicts", e.differs-1)
	}
	switch {
	case e.broken:
	case e.labelled && !e.filled:
		e.broken = true
		e.find(diag.Error, Cut, "has a line Value, and no bytes below it")
	case !e.last || e.blank:
	case !e.filled:
		e.broken = true
		e.find(diag.Error, Cut, "is the last of the file, which ends without the blank line behind it: there may have been a value")
	case e.open && !e.column:
		e.broken = true
		e.find(diag.Error, Cut, "is the last of the file, which ends inside a line: there may have been more than %d bytes", n)
	case e.full:
		e.broken = true
		e.find(diag.Error, Cut, "is the last of the file, which ends behind a line of sixteen bytes, without a blank line: there may have been more than %d bytes", n)
	}
}

// order checks the numbers of an entry against those of the one before.
func (r *Reader) order() {
	e := &r.e
	r.seen++
	if e.set != r.lastSet || e.set < 0 && r.setsAre == 0 {
		r.setsAre++
	}
	if e.number >= 0 {
		want := 0
		if r.lastSet == e.set && r.seen > 1 {
			want = r.last + 1
		}
		if e.number != want && (r.headed || r.seen > 1) {
			e.find(diag.Warning, Order, "is entry %d of its set, where entry %d must be", e.number, want)
		}
	}
	r.lastSet, r.last = e.set, e.number
}
