package diag

import (
	"encoding/hex"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// MarshalJSON returns the inspection form: {"fields":[…],"findings":[…]}. It never fails.
func (r *Report) MarshalJSON() ([]byte, error) {
	b := append([]byte(nil), `{"fields":`...)
	b = r.AppendFields(b)
	b = append(b, `,"findings":`...)
	b = r.AppendFindings(b)
	return append(b, '}'), nil
}

// AppendFields appends the byte map as a JSON array: {"path","offset","len","value","text"} for each field, in offset
// order. A value is a number, text as a string, or bytes as lower-case hex; 64-bit integers are strings, because few
// readers of JSON can hold them.
func (r *Report) AppendFields(b []byte) []byte {
	b = append(b, '[')
	first := true
	for f := range r.Fields() {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, `{"path":`...)
		b = wtf8.AppendQuote(b, f.Path)
		b = appendSpan(b, f.Span)
		b = append(b, `,"value":`...)
		b = appendValue(b, f.Value)
		if f.Text != "" {
			b = append(b, `,"text":`...)
			b = wtf8.AppendQuote(b, f.Text)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendSpan(b []byte, s Span) []byte {
	b = strconv.AppendInt(append(b, `,"offset":`...), int64(s.Offset), 10)
	return strconv.AppendInt(append(b, `,"len":`...), int64(s.Len), 10)
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case uint8:
		return strconv.AppendUint(b, uint64(v), 10)
	case uint16:
		return strconv.AppendUint(b, uint64(v), 10)
	case uint32:
		return strconv.AppendUint(b, uint64(v), 10)
	case uint64:
		return append(strconv.AppendUint(append(b, '"'), v, 10), '"')
	case int8:
		return strconv.AppendInt(b, int64(v), 10)
	case int16:
		return strconv.AppendInt(b, int64(v), 10)
	case int32:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return append(strconv.AppendInt(append(b, '"'), v, 10), '"')
	case string:
		return wtf8.AppendQuote(b, v)
	case []byte:
		return append(hex.AppendEncode(append(b, '"'), v), '"')
	}
	return append(b, "null"...)
}

// AppendFindings appends the findings as a JSON array, each as Finding.AppendJSON writes it, in offset order.
func (r *Report) AppendFindings(b []byte) []byte {
	b = append(b, '[')
	notes := r.findings()
	for i := range notes {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.appendNote(b, &notes[i])
	}
	return append(b, ']')
}

// appendNote appends what Finding.AppendJSON does of the finding that a note is.
func (r *Report) appendNote(b []byte, n *note) []byte {
	code, spec, e := r.kind(n)
	b = appendHead(b, n.severity, code, Span{n.off, n.n})
	b = r.quotePath(append(b, `,"path":`...), n.prefix, n.name)
	return appendTail(b, spec, n.msg, e.Effect, e.Ref, e.Repair)
}

// AppendJSON appends the finding as a JSON object: severity, code, offset, len, path, spec and message, and effect,
// ref and repair where the finding is a known bug of some product.
func (f Finding) AppendJSON(b []byte) []byte {
	b = appendHead(b, f.Severity, f.Code, f.Span)
	b = wtf8.AppendQuote(append(b, `,"path":`...), f.Path)
	return appendTail(b, f.Spec, f.Msg, f.Effect, f.Ref, f.Repair)
}

func appendHead(b []byte, s Severity, code Code, at Span) []byte {
	b = append(append(append(b, `{"severity":"`...), s.String()...), `","code":`...)
	return appendSpan(wtf8.AppendQuote(b, string(code)), at)
}

func appendTail(b []byte, spec, msg, effect, ref, repair string) []byte {
	b = wtf8.AppendQuote(append(b, `,"spec":`...), spec)
	b = wtf8.AppendQuote(append(b, `,"message":`...), msg)
	if effect != "" {
		b = wtf8.AppendQuote(append(b, `,"effect":`...), effect)
	}
	if ref != "" {
		b = wtf8.AppendQuote(append(b, `,"ref":`...), ref)
	}
	if repair != "" {
		b = wtf8.AppendQuote(append(b, `,"repair":`...), repair)
	}
	return append(b, '}')
}

// MarshalJSON returns what AppendJSON appends. It never fails.
func (f Finding) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil), nil }
