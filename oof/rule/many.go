package rule

import (
	"github.com/mapiprop/mapiprop/internal/wire"
	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// A blob can be so bad that every few bytes of it make an error. Of those that are alike the first are reported one by one,
// and the others together: so what is said of a megabyte stays in proportion to it.

// mostAlike is how many errors of one code are reported one by one.
const mostAlike = 16

// group are errors of one code.
type group struct {
	code    diag.Code
	n       int
	off, at int // of the first that was not reported by itself: its bytes, and how many
	name    string
}

// group returns the group of a code.
func (s *shared) group(code diag.Code) *group {
	for i := range s.many {
		if s.many[i].code == code {
			return &s.many[i]
		}
	}
	s.many = append(s.many, group{code: code})
	return &s.many[len(s.many)-1]
}

// alike counts an error about the n bytes at off, and reports whether it is to be reported by itself.
func (s *shared) alike(code diag.Code, name string, off, n int) bool {
	g := s.group(code)
	if g.n++; g.n == mostAlike+1 {
		g.off, g.at, g.name = off, n, name
	}
	return g.n <= mostAlike
}

// error reports an error of which there may be many.
func (r reader) error(code diag.Code, name string, off, n int, format string, args ...any) {
	if r.alike(code, name, off, n) {
		r.Find(diag.Error, code, name, off, n, format, args...)
	}
}

// rest reports the errors that were not reported one by one, at the end of the walk.
func (r reader) rest() {
	for _, g := range r.many {
		if n := g.n - mostAlike; n > 0 {
			r.Find(severityOf(g.code), g.code, g.name, g.off, g.at, "is like the %d before, as are %d more behind it", mostAlike, n-1)
		}
	}
}

// severityOf returns the severity of a code.
func severityOf(code diag.Code) diag.Severity {
	e, _ := diag.Lookup(catalogue, code)
	return e.Severity
}

// broken reports whether the window of an action cannot be read and is one of many: then nothing is said of it by itself.
func (r reader) broken(c *wire.Cursor) bool {
	if r.depth > 0 || r.group(Truncated).n < mostAlike {
		return false
	}
	b := c.Peek(c.Offset(), c.Left())
	if len(b)-blockHead < minData(ActionType(b[0]), r.p) {
		return true
	}
	if r.trial == nil {
		r.trial = &trial{}
	}
	t := r.trial
	t.c.Start(b, nil, &words)
	t.s = shared{room: len(b)}
	reader{&t.c, r.p, r.depth, &t.s}.window(0)
	return t.c.Dead()
}

// trial is what a window is tried with.
type trial struct {
	c wire.Cursor
	s shared
}

// minData returns how many bytes the data of an action has at least.
func minData(t ActionType, p mapi.Profile) int {
	ext := p == mapi.ProfileExtended
	switch {
	case (t == OpMove || t == OpCopy) && ext:
		return 4 + 4
	case t == OpMove || t == OpCopy:
		return 1 + 2 + 2
	case (t == OpReply || t == OpOOFReply) && ext:
		return 4 + 16
	case t == OpReply || t == OpOOFReply:
		return 8 + 8 + 16
	case t == OpBounce || t == OpTag:
		return 4
	case t == OpForward || t == OpDelegate:
		return recipientWidth(p)
	}
	return 0
}
