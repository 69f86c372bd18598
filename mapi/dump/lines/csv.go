package lines

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// CSVReader reads a table of properties: a row of names, then one property a row. It is a [dump.Reader]: not safe for
// concurrent use, and its records can be had once.
type CSVReader struct {
	r     *Reader
	row   []byte
	delim byte
	heads []string // what the columns are, by the first of their names; "" for those that say nothing here
	named []string // how the header spells them

	useless bool // the header names nothing that is known
}

// maxCells is how many cells of a row are read.
const maxCells = 1 << 12

// NewCSVReader returns a Reader of the table r, which records call source. The columns are members as [NewJSONReader] has
// them, in any order and case: item, sub, tag, type, propset, lid, propname, name, dasl, hex, base64, value, size, codepage,
// and their other names. Others say nothing. Between cells stands a comma, a semicolon or a TAB, whichever makes most of the
// header; a cell in quotation marks may hold these, line ends, and quotation marks twice (RFC 4180). A cell without
// anything is as good as none; "" in quotation marks is an empty value.
func NewCSVReader(r io.Reader, source string) *CSVReader {
	return &CSVReader{r: NewReader(r, source, Any)}
}

// Records yields one record for each row that is not empty. Line and Offset say where it begins. Errors are as those of
// Reader's Records; a header without a known column is one, and then there are no rows.
func (c *CSVReader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		none := true
		for {
			rec, ended, err := c.next()
			if err == io.EOF {
				break
			}
			f, ours := err.(diag.Finding)
			switch {
			case ours:
				rec.Findings = append(rec.Findings, f)
			case err != nil:
			case len(bytes.TrimSpace(c.row)) == 0 || c.useless:
				continue // whether the rest of a useless table can be read is told all the same
			case c.heads == nil:
				f, ok := c.header()
				if ok {
					continue
				}
				rec.Findings, err, ours, c.useless = append(rec.Findings, f), f, true, true
			default:
				c.property(&rec, ended)
			}
			none = false
			c.guess(&rec)
			if !yield(rec, err) || err != nil && !ours {
				return
			}
		}
		if none {
			f := note(diag.Error, NoBlobs, -1, "no property in %d lines", c.r.src.Number)
			yield(dump.Record{Source: c.r.name, Findings: []diag.Finding{f}}, f)
		}
	}
}

func (c *CSVReader) guess(rec *dump.Record) {
	if guess := c.r.src.TakeGuess(); guess != "" {
		rec.Findings = append(rec.Findings, note(diag.Warning, CharsetGuess, -1, "no byte order mark; read as %s", guess))
	}
}

// next reads the next row: a line, or several where a cell in quotation marks has line ends. Ended is false where the
// last of these marks is missing.
func (c *CSVReader) next() (rec dump.Record, ended bool, err error) {
	c.row = c.row[:0]
	quotes := 0
	for first := true; ; first = false {
		line, long, err := c.r.next()
		src := c.r.src
		if first || err != nil && err != io.EOF {
			rec = dump.Record{Source: c.r.name, Line: src.Number, Offset: src.Start}
		}
		switch {
		case err == io.EOF && !first:
			return rec, false, nil
		case err != nil:
			return rec, false, err
		case long || len(c.row)+len(line) > c.r.maxLine:
			return rec, false, note(diag.Error, TooLong, -1, "is longer than %d bytes: skipped", c.r.maxLine)
		}
		if !first {
			c.row = append(c.row, '\n')
		}
		c.row = append(c.row, line...)
		if quotes += bytes.Count(line, []byte{'"'}); quotes%2 == 0 {
			return rec, true, nil
		}
	}
}

// csvColumns are the members that a column can be.
var csvColumns = []string{"item", "sub", "tag", "type", "guid", "lid", "propname", "name", "dasl", "hex", "base64", "value", "size", "codepage"}

// header reads the names of the columns.
func (c *CSVReader) header() (diag.Finding, bool) {
	most := 0
	for _, delim := range []byte{',', ';', '\t'} {
		cells := cut(c.row, delim)
		heads, named := make([]string, len(cells)), make([]string, len(cells))
		known := 0
		for i, cell := range cells {
			named[i] = strings.TrimSpace(cell.text)
			if name := memberNames[strings.ToLower(named[i])]; slices.Contains(csvColumns, name) {
				heads[i] = name
				known++
			}
		}
		if known > most {
			most, c.delim, c.heads, c.named = known, delim, heads, named
		}
	}
	if most == 0 {
		return note(diag.Error, BadCSV, -1, "the first row names no column that is known: %q", start(c.row)), false
	}
	return diag.Finding{}, true
}

// property reads a row.
func (c *CSVReader) property(rec *dump.Record, ended bool) {
	o := &reading{rec: rec, m: members{}, spelled: map[string]string{}}
	if !ended {
		o.find(diag.Error, BadCSV, "a cell in quotation marks has no end")
	}
	cells := cut(c.row, c.delim)
	if len(cells) > len(c.heads) {
		o.find(diag.Error, BadCSV, "has %d cells or more, the header has %d", len(cells), len(c.heads))
	}
	for i, cell := range cells {
		if i < len(c.heads) && c.heads[i] != "" && (cell.text != "" || cell.quoted) {
			o.take(o.m, "", c.named[i], wtf8.AppendQuote(nil, cell.text))
		}
	}
	rec.Item = o.text("item")
	if sub := o.text("sub"); sub != "" {
		rec.Item = strings.TrimPrefix(rec.Item+"/"+strings.Replace(sub, ":", " ", 1), "/")
	}
	o.identity()
	o.bytes()
	o.settle(o.earlier())
}

// csvCell is one cell of a row.
type csvCell struct {
	text   string
	quoted bool
}

// cut cuts a row into cells.
func cut(row []byte, delim byte) (cells []csvCell) {
	for len(cells) < maxCells {
		front := bytes.TrimLeft(row, " ")
		if len(front) == 0 || front[0] != '"' {
			cell, rest, more := bytes.Cut(row, []byte{delim})
			cells = append(cells, csvCell{text: string(bytes.TrimSpace(cell))})
			if !more {
				return cells
			}
			row = rest
			continue
		}
		var text []byte
		row = front[1:]
		for {
			i := bytes.IndexByte(row, '"')
			if i < 0 {
				text, row = append(text, row...), nil
				break
			}
			text, row = append(text, row[:i]...), row[i+1:]
			if len(row) == 0 || row[0] != '"' {
				break
			}
			text, row = append(text, '"'), row[1:]
		}
		// What stands between the closing mark and the next cell belongs to the text: nothing gets lost.
		behind, rest, more := bytes.Cut(row, []byte{delim})
		cells = append(cells, csvCell{string(append(text, bytes.TrimSpace(behind)...)), true})
		if !more {
			return cells
		}
		row = rest
	}
	return cells
}
