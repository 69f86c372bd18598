package ews

import (
	"bytes"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The scanner here, and not encoding/xml, because it keeps characters that XML does not have, says where each property
// is, hands on long values piece by piece, and goes on behind damage.

// markup reads the tag, or whatever it is, at the front of the text. It reports false at the end of the file.
func (r *Reader) markup() bool {
	r.t.Need(len("<![CDATA["))
	b := r.t.Rest()
	starts := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	switch {
	case starts("<!--"):
		return r.skipTo("-->", 4)
	case starts("<![CDATA["):
		return r.cdata()
	case starts("<?"):
		return r.skipTo("?>", 2)
	case starts("<!"):
		return r.declaration()
	case string(b) == "<", string(b) == "</", isName(b[1]), b[1] == '/' && isName(b[2]):
		return r.tag()
	}
	r.broken("has a < that begins nothing")
	r.literal(1)
	return true
}

func isName(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= 0x80 }

// literal takes the next n bytes for text.
func (r *Reader) literal(n int) {
	if r.sink != nil {
		r.sink.Write(r.t.Rest()[:n])
	}
	r.t.Skip(n)
}

// skipTo skips the next n bytes, and everything up to and with the end mark.
func (r *Reader) skipTo(end string, n int) bool { return r.until(end, n, nil) }

// cdata reads a CDATA section.
func (r *Reader) cdata() bool {
	if r.sink == nil {
		r.pass()
	}
	return r.until("]]>", len("<![CDATA["), r.sink)
}

// until skips the next n bytes, and hands on what comes before the end mark, which it skips too.
func (r *Reader) until(end string, n int, out exchange.Sink) bool {
	r.damaged = false
	begins := r.here(Truncated, "ends before the %s that belongs to this", end)
	r.t.Skip(n)
	for {
		b := r.t.Rest()
		i := bytes.Index(b, []byte(end))
		n := i
		if i < 0 {
			n = max(0, len(b)-len(end)+1)
			if n > 0 && b[n-1] == '\r' {
				n-- // what comes behind it matters
			}
		}
		r.section(out, b[:n])
		r.t.Skip(n)
		if i >= 0 {
			r.t.Skip(len(end))
			return true
		}
		if !r.t.More() {
			r.section(out, r.t.Rest())
			r.t.Skip(len(r.t.Rest()))
			if out == nil {
				r.cut = true
				r.fail(begins)
			}
			return false
		}
	}
}

// section hands on a part of a CDATA section. A CR at the end of a part is made a LF as any other: what may follow is
// looked at with it.
func (r *Reader) section(out exchange.Sink, b []byte) {
	for out != nil && len(b) > 0 {
		n := 0
		for n < len(b) && (b[n] >= ' ' || b[n] == '\t' || b[n] == '\n') {
			n++
		}
		out.Write(b[:n])
		if b = b[n:]; len(b) == 0 {
			return
		}
		if b[0] == '\r' {
			r.p.lineEnds++
			if len(b) == 1 || b[1] != '\n' {
				out.Write([]byte{'\n'})
			}
		} else {
			r.p.illegal++
			out.Write(b[:1])
		}
		b = b[1:]
	}
}

// declaration skips a document type, or a part of one: what it declares is not used.
func (r *Reader) declaration() bool {
	if !r.doctype {
		r.doctype = true
		r.q.Later(note(diag.Warning, Doctype, "file", "declares a document type; what it declares is not used, and references to it are kept as text"))
	}
	r.damaged = false
	n, ok := r.find('[', true)
	if !ok {
		n = 2
	}
	r.t.Skip(n)
	return true
}

// tag reads a start or end tag.
func (r *Reader) tag() bool {
	n, ok := r.find(0, false)
	switch {
	case n < 0:
		if !r.reading {
			r.cut = true
			r.fail(r.here(Truncated, "ends within a tag"))
		}
		return false
	case !ok:
		r.broken("has a tag that does not end")
		r.literal(1)
		return true
	}
	b := r.t.Rest()[1 : n-1]
	self := b[len(b)-1] == '/' && len(b) > 1
	if b[0] == '/' {
		r.end(local(bytes.TrimRight(b[1:], " \t\r\n")))
		self = false
	} else {
		k := 0
		for k < len(b) && !isBlank(b[k]) && b[k] != '/' {
			k++
		}
		r.damaged = false
		r.start(local(b[:k]), b[k:])
	}
	r.t.Skip(n)
	if self {
		r.close()
	}
	return true
}

// find returns the length of the markup at the front of the text, up to and with '>', or the stop character if that comes
// before; not within quotation marks. It reports false where there is none, or another tag comes first. N is -1 where the
// file ends before. Declarations may have tags in quotation marks.
func (r *Reader) find(stop byte, declaration bool) (n int, ok bool) {
	quote := byte(0)
	b := r.t.Rest()
	for n = 1; n < MaxTag; n++ {
		if n >= len(b) {
			if !r.t.Need(n + 1) {
				return -1, false
			}
			b = r.t.Rest()
		}
		switch c := b[n]; {
		case c == '<' && (quote == 0 || !declaration):
			return n, false
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>' || stop != 0 && c == stop:
			return n + 1, true
		}
	}
	return n, false
}
