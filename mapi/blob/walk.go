package blob

import (
	"slices"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// format is what the verbs must know of a structure.
type format struct {
	name  string // as the command spells it
	words wire.Words
}

// walker is a value that reads itself from bytes.
type walker interface {
	format() *format
	read(c *wire.Cursor)
}

// structure is a walker of the type *T.
type structure[T any] interface {
	*T
	walker
}

// decode is the Decode of every structure.
func decode[T any, P structure[T]](b []byte) (*T, error) {
	v := new(T)
	if err := unmarshal(P(v), b); err != nil {
		return nil, err
	}
	return v, nil
}

// inspect is the Inspect of every structure.
func inspect[T any, P structure[T]](b []byte) (*T, *diag.Report) {
	v := new(T)
	r := diag.NewLazy(P(v).format().name, b, catalogue, func(b []byte, r *diag.Report) { inspectInto(P(new(T)), b, r) })
	inspectInto(P(v), b, r)
	return v, r
}

func inspectInto(v walker, b []byte, r *diag.Report) {
	c := wire.New(b, r, &v.format().words)
	v.read(&c)
}

// unmarshal is the UnmarshalBinary of every structure: fast where all is well, and a second walk for what to say where it
// is not.
func unmarshal(v walker, b []byte) error {
	f := v.format()
	c := wire.New(b, nil, &f.words)
	v.read(&c)
	if c.OK() {
		return nil
	}
	r := diag.NewErrors(f.name, catalogue)
	c = wire.New(b, r, &f.words)
	v.read(&c)
	return r.Err()
}

// validate is the Validate of every structure: what inspect finds in the bytes that a value writes, or why it writes none.
func validate[T any, P structure[T]](v P, b []byte, err error) []diag.Finding {
	if err == nil {
		_, r := inspect[T, P](b)
		return slices.Collect(r.Findings())
	}
	f := v.format()
	r := diag.NewErrors(f.name, catalogue)
	what, msg, _ := strings.Cut(strings.TrimPrefix(err.Error(), "blob: "), ": ")
	r.Add(diag.Finding{Severity: diag.Error, Code: NotEncodable, Span: diag.Span{Offset: -1}, Path: what, Spec: f.words.Spec, Msg: msg})
	return slices.Collect(r.Findings())
}

// keep copies src to the memory of dst.
func keep(dst, src []byte) []byte { return append(dst[:0], src...) }

// room returns s, empty, with room for n elements.
func room[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, 0, n)
	}
	return s[:0]
}

// next returns s with one more element, and that element: what it held when s was longer, which the caller overwrites.
func next[T any](s []T) ([]T, *T) {
	if len(s) < cap(s) {
		s = s[:len(s)+1]
	} else {
		var zero T
		s = append(s, zero)
	}
	return s, &s[len(s)-1]
}

// some are elements that have something in common: the first of them, and how many there are. So a list of a million wrong
// ones has a finding, and not a million.
type some struct{ first, n, at int }

// add adds an element that begins at an offset.
func (s *some) add(i, at int) {
	if s.n == 0 {
		s.first, s.at = i, at
	}
	s.n++
}

// others says how many there are besides the first.
func (s some) others() string {
	switch {
	case s.n < 2:
		return ""
	case s.n == 2:
		return "; 1 more is like that"
	}
	return "; " + itoa(s.n-1) + " more are like that"
}
