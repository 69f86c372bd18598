// Package lines reads text files that hold one blob a line, as people copy them out of tools, logs and mails. Files that
// hold one property a line, as JSON or as a table, have readers of their own: NewJSONReader and NewCSVReader.
//
//	2C01000000000000…                          hex, which may be split by blanks TAB - . , \ / ' { } ` " and begin with 0x
//	0x2C, 0x01, 0x00                           each byte with its prefix
//	2C:01:00                                   each byte behind a colon
//	LAEAAAAAAADE////                           base64, standard alphabet, padded
//	… cb: 48 lpb: 2C01000000000000… …          anywhere in a line, any number of times: MFCMAPI's text for binaries
//	NULL                                       an empty blob; "cb: 0 lpb: NULL" likewise
//	# a comment                                passed over
//	0x80380102 = 2C01…                         before any of these: a property tag, or a name of [MS-OXPROPS] or of
//	PidLidTimeZoneStruct: 2C01…                MAPI's headers, and "=" or ":"; behind a name also a TAB
//	http://schemas.microsoft.com/mapi/… = 2C01…  likewise, the name that DASL has for a property
//	{2, 1, 48, 0}                              bytes in decimal, as PowerShell shows them: read as such where they can be
//	                                           nothing else; it shows four unless told otherwise, and then three dots
//
// A TAB behind a number stands between bytes: 0x02010600, a TAB and 02000000 are eight bytes, with the finding
// AmbiguousLabel. Only before cb and lpb, NULL, and what does not begin with hex a TAB is as good as "=".
//
// Files are ASCII, UTF-8, or UTF-16 with or without a byte order mark; lines end with LF, CR LF or CR, in any mixture.
// Memory does not grow with the file, only with its longest line.
package lines

import (
	"bytes"
	"io"
	"iter"
	"unicode/utf8"

	"github.com/mapiprop/mapiprop/internal/textline"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// MaxLine is the length in bytes, as UTF-8, of the longest line that is read.
const MaxLine = 64 << 20

// Form says what lines may hold.
type Form uint8

// The forms.
const (
	Any    Form = iota // hex, base64, NULL, or cb and lpb, whichever it is: hex if it may be more than one
	Hex                // hex, NULL, or cb and lpb
	Base64             // base64 or NULL
	Scan               // cb and lpb only; lines without them are passed over, as in a log
)

// Reader reads one file. It is a [dump.Reader]: not safe for concurrent use, and its records can be had once.
type Reader struct {
	src     *textline.Reader
	name    string
	form    Form
	maxLine int
}

// NewReader returns a Reader of the file r, which records call source.
func NewReader(r io.Reader, source string, form Form) *Reader {
	return &Reader{src: textline.New(r), name: source, form: form, maxLine: MaxLine}
}

// Records yields one record for each blob. Line and Offset say where its hex or base64 begins; Item is empty, because lines say
// nothing of objects. The tag is 0 and the value a mapi.Binary, unless the line names a property. The tag of a named
// property has the id 0, because lines do not say under which id a store had it.
//
// A blob that breaks off or is followed by what does not belong to it is a record with the bytes before that, and a
// finding. An error comes for a line without a blob, for one longer than MaxLine, for a file without blobs (all of them a
// [diag.Finding]), and for an error of the underlying reader, which ends the sequence.
func (r *Reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		none := true
		p := &parser{r: r}
		for {
			line, long, err := r.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				yield(dump.Record{Source: r.name, Line: r.src.Number, Offset: r.src.Start}, err)
				return
			}
			p.line, p.recs, p.errs, p.cols, p.file = line, p.recs[:0], p.errs[:0], progress{}, progress{}
			switch line = bytes.TrimSpace(line); {
			case long:
				p.fail(note(diag.Error, TooLong, -1, "is longer than %d bytes: skipped", r.maxLine))
			case len(line) > 0 && line[0] != '#':
				p.parse()
			}
			for i, rec := range p.recs {
				none = false
				if guess := r.src.TakeGuess(); guess != "" {
					rec.Findings = append(rec.Findings, note(diag.Warning, CharsetGuess, -1, "no byte order mark; read as %s", guess))
				}
				if !yield(rec, p.errs[i]) {
					return
				}
			}
		}
		if none {
			f := note(diag.Error, NoBlobs, -1, "no blob in %d lines", r.src.Number)
			yield(dump.Record{Source: r.name, Findings: []diag.Finding{f}}, f)
		}
	}
}

// next returns the next line, and whether it is longer than maxLine; then it is skipped.
func (r *Reader) next() (line []byte, long bool, err error) {
	line, err = r.src.Next(r.maxLine)
	if r.src.More {
		start := r.src.Start
		r.src.Skip()
		r.src.Start = start
		return nil, true, nil
	}
	return line, false, err
}

// parser reads one line.
type parser struct {
	r    *Reader
	line []byte
	cols progress // how many characters of the line were counted
	file progress // how many bytes of the file
	recs []dump.Record
	errs []error // an error for each record, mostly nil
}

// progress is how far a line was counted: a line may hold a million blobs, and counting from its front for each takes
// hours.
type progress struct {
	at int   // bytes of the line
	n  int64 // what they come to
}

// upTo returns the count for the first i bytes of line, where a character ends. It is cheap when it is asked from left to
// right.
func (c *progress) upTo(line []byte, i int, count func([]byte) int64) int64 {
	if i < c.at {
		*c = progress{}
	}
	c.n += count(line[c.at:i])
	c.at = i
	return c.n
}

// column returns the number of the character that begins at the byte i of the line, from 1.
func (p *parser) column(i int) int {
	return 1 + int(p.cols.upTo(p.line, i, func(b []byte) int64 { return int64(utf8.RuneCount(b)) }))
}

// offset returns where in the file the byte i of the line is.
func (p *parser) offset(i int) int64 { return p.r.src.Start + p.file.upTo(p.line, i, p.r.src.Size) }

// fail adds an error about the whole line.
func (p *parser) fail(f diag.Finding) {
	p.recs = append(p.recs, dump.Record{Source: p.r.name, Line: p.r.src.Number, Offset: p.r.src.Start, Findings: []diag.Finding{f}})
	p.errs = append(p.errs, f)
}

// add adds a blob whose text begins at the byte at of the line.
func (p *parser) add(at int, l label, raw []byte, found []diag.Finding) {
	rec := dump.Record{Source: p.r.name, Line: p.r.src.Number, Offset: p.offset(at), Raw: raw, Findings: found}
	rec.Prop.Tag, rec.Prop.Name = l.tag, l.name
	rec.Findings = append(rec.Findings, l.found...)
	rec.Prop.Value = mapi.Binary(bytes.Clone(raw))
	if l.tag != 0 {
		v, err := mapi.ParseRaw(l.tag.Type(), raw)
		if f, ok := err.(diag.Finding); ok {
			rec.Findings = append(rec.Findings, f)
		}
		rec.Prop.Value = v
	}
	p.recs, p.errs = append(p.recs, rec), append(p.errs, nil)
}

func (p *parser) parse() {
	if p.r.form != Base64 && p.counted() || p.r.form == Scan {
		return
	}
	l, at := labelOf(p.line, p.r.form)
	text := bytes.TrimSpace(p.line[at:])
	at += bytes.Index(p.line[at:], text)
	if string(text) == "NULL" {
		p.add(at, l, []byte{}, nil)
		return
	}
	column := p.column(at)
	switch raw, found, ok := p.blob(text, column); {
	case ok:
		p.add(at, l, raw, found)
	default:
		p.fail(note(diag.Error, NotABlob, -1, "holds no %s: %q", [...]string{"hex, base64, NULL or cb and lpb", "hex", "base64"}[p.r.form], start(text)))
	}
}

// blob reads text as the form says. It reports false for what is no blob at all.
func (p *parser) blob(text []byte, column int) (raw []byte, found []diag.Finding, ok bool) {
	if p.r.form == Base64 {
		b := readBase64(text, column)
		return b.raw, b.found, len(b.raw) > 0 || b.good()
	}
	if b, list := readDecimal(text, column); list && p.r.form == Any {
		return b.raw, b.found, true
	}
	h := readHex(text, column)
	if p.r.form == Hex {
		return h.raw, h.found, h.digits > 0
	}
	if h.good() {
		// One base64 text in three is hex at four characters, none in a billion at 24.
		if len(text) < 24 && len(text)%4 == 0 && alphabet(text, false) && !bytes.ContainsAny(text[:2], "xX") {
			h.found = append(h.found, note(diag.Info, Ambiguous, -1, "is good base64 too, for %d bytes; read as hex", len(text)/4*3))
		}
		return h.raw, h.found, true
	}
	b := readBase64(text, column)
	switch {
	case b.good():
		return b.raw, b.found, true
	case b.taken > h.taken:
		return b.raw, b.found, mostly(b.taken, text)
	}
	return h.raw, h.found, mostly(h.taken, text) && bytes.ContainsAny(text[:h.taken], "0123456789")
}

// mostly reports whether taken bytes of text, from its front, are enough to hold it for a damaged blob and not for prose.
func mostly(taken int, text []byte) bool { return taken > 0 && (2*taken >= len(text) || taken >= 32) }

// start returns the beginning of text, enough to recognise it by.
func start(text []byte) []byte {
	const enough = 40
	if len(text) <= enough {
		return text
	}
	n := enough
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
