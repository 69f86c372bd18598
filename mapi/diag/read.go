package diag

import (
	"encoding/binary"
	"iter"
	"slices"
	"sort"
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// What returns the name of the format: "tzdef".
func (r *Report) What() string { return r.what }

// Size returns the length of the blob.
func (r *Report) Size() int { return len(r.data) }

// Findings yields the findings in offset order, those at one offset in the order in which they were made.
func (r *Report) Findings() iter.Seq[Finding] {
	notes := r.findings()
	return func(yield func(Finding) bool) {
		for i := range notes {
			if !yield(r.finding(&notes[i])) {
				return
			}
		}
	}
}

// Fields yields the fields in offset order. They tile the blob: what was not decoded is one last field "undecoded",
// what follows a complete structure is "trailing".
func (r *Report) Fields() iter.Seq[Field] {
	m, fields := r.byteMap()
	return func(yield func(Field) bool) {
		for i := range fields {
			if !yield(m.field(&fields[i])) {
				return
			}
		}
	}
}

// At returns the field that owns the byte at offset.
func (r *Report) At(offset int) (Field, bool) {
	m, fields := r.byteMap()
	i := sort.Search(len(fields), func(i int) bool { return fields[i].off+fields[i].is.Size > offset })
	if i == len(fields) || offset < fields[i].off {
		return Field{}, false
	}
	return m.field(&fields[i]), true
}

func (r *Report) field(rec *record) Field {
	end := rec.off + rec.is.Size
	b := r.data[rec.off:end:end]
	f := Field{Path: r.path(rec), Span: Span{rec.off, rec.is.Size}, Value: value(rec.is.Kind, b)}
	if rec.is.Meaning != nil {
		f.Text = rec.is.Meaning(b)
	}
	return f
}

func (r *Report) path(rec *record) string {
	p := r.join(rec.prefix, rec.is.Name)
	if rec.index > 0 {
		p += "[" + strconv.Itoa(int(rec.index)-1) + "]"
	}
	return p
}

// value returns the wire value of a field. Bytes are copied: the caller may write to them.
func value(k Kind, b []byte) any {
	switch {
	case k == UTF16:
		return string(wtf8.AppendDecode(nil, b))
	case k == Bytes:
		return slices.Clone(b)
	case k == UintBE:
		switch len(b) {
		case 1:
			return b[0]
		case 2:
			return binary.BigEndian.Uint16(b)
		case 4:
			return binary.BigEndian.Uint32(b)
		case 8:
			return binary.BigEndian.Uint64(b)
		}
	case k == Int:
		switch len(b) {
		case 1:
			return int8(b[0])
		case 2:
			return int16(binary.LittleEndian.Uint16(b))
		case 4:
			return int32(binary.LittleEndian.Uint32(b))
		case 8:
			return int64(binary.LittleEndian.Uint64(b))
		}
	default:
		switch len(b) {
		case 1:
			return b[0]
		case 2:
			return binary.LittleEndian.Uint16(b)
		case 4:
			return binary.LittleEndian.Uint32(b)
		case 8:
			return binary.LittleEndian.Uint64(b)
		}
	}
	return slices.Clone(b) // an integer of a width no format has
}

// Max returns the greatest severity found, 0 if there are no findings.
func (r *Report) Max() Severity { return r.most }

// Err returns a *DecodeError with the findings of severity Error and above, or nil if there are none.
func (r *Report) Err() error {
	if r.most < Error {
		return nil
	}
	notes := r.findings()
	n := 0
	for i := range notes {
		if notes[i].severity >= Error {
			n++
		}
	}
	e := &DecodeError{What: r.what, Findings: make([]Finding, 0, n)}
	for i := range notes {
		if notes[i].severity >= Error {
			e.Findings = append(e.Findings, r.finding(&notes[i]))
		}
	}
	return e
}
