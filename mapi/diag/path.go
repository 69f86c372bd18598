package diag

import (
	"strconv"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// steps are the steps of paths. They do not move when more come, and are found by their index all the same: the first are
// in a block of their own, the others in blocks of stepBlock.
type steps struct {
	first [2]step
	more  [][]step
	n     int32
}

const stepBlock = 64

// add adds a step and returns its index.
func (s *steps) add(v step) int32 {
	i := s.n
	s.n++
	if int(i) < len(s.first) {
		s.first[i] = v
		return i
	}
	k := len(s.more)
	switch {
	case k == 0:
		s.more = append(s.more, make([]step, 0, 8)) // for most reports that is enough
	case len(s.more[k-1]) == stepBlock:
		s.more = append(s.more, make([]step, 0, stepBlock))
	}
	k = len(s.more) - 1
	s.more[k] = append(s.more[k], v)
	return i
}

func (s *steps) at(i int32) *step {
	if int(i) < len(s.first) {
		return &s.first[i]
	}
	i -= int32(len(s.first))
	return &s.more[i/stepBlock][i%stepBlock]
}

// step is one step of a path that something was recorded below. Each knows the one before it, so that paths cost memory
// for their last step only, however deep a structure goes.
type step struct {
	name          string
	index, before int32 // -1 for none; before is an index into Report.steps
}

// frame is one step of the path to where the walk is now.
type frame struct {
	name   string
	index  int32 // -1 for none, as in a step
	prefix int32 // index into Report.steps once something was recorded below it, else -1
}

// frames are the path to where the walk is now. Those of most structures are in a block of their own; the others are in
// blocks that stay where they are, so that a path of hundreds of steps costs memory for these and no more.
type frames struct {
	first [2]frame
	more  [][]frame
	n     int
}

const frameBlock = 8

func (s *frames) push(v frame) {
	i := s.n - len(s.first)
	s.n++
	if i < 0 {
		s.first[s.n-1] = v
		return
	}
	if i/frameBlock == len(s.more) {
		s.more = append(s.more, make([]frame, frameBlock))
	}
	s.more[i/frameBlock][i%frameBlock] = v
}

func (s *frames) at(i int) *frame {
	if i < len(s.first) {
		return &s.first[i]
	}
	i -= len(s.first)
	return &s.more[i/frameBlock][i%frameBlock]
}

// prefix returns the index of the last step of the current path, keeping its steps when they are needed for the first
// time.
func (r *Report) prefix() int32 {
	n := r.frames.n
	for n > 0 && r.frames.at(n-1).prefix < 0 {
		n--
	}
	last := int32(-1)
	if n > 0 {
		last = r.frames.at(n - 1).prefix
	}
	for i := n; i < r.frames.n; i++ {
		f := r.frames.at(i)
		f.prefix = r.steps.add(step{f.name, f.index, last})
		last = f.prefix
	}
	return last
}

// join returns the path that ends in name, which is empty for the path of the last step itself.
func (r *Report) join(prefix int32, name string) string {
	if prefix < 0 {
		return name
	}
	var buf [96]byte
	b := r.appendSteps(buf[:0], prefix, appendString)
	if name != "" {
		b = append(append(b, '.'), name...)
	}
	return string(b)
}

func appendString(b []byte, s string) []byte { return append(b, s...) }

// appendSteps appends the path up to its step last, with the names as add appends them. The steps are looked up from the
// last to the first, and written from the first to the last.
func (r *Report) appendSteps(b []byte, last int32, add func([]byte, string) []byte) []byte {
	var room [8]int32
	order := room[:0]
	for i := last; i >= 0; i = r.steps.at(i).before {
		order = append(order, i)
	}
	for i := len(order) - 1; i >= 0; i-- {
		s := r.steps.at(order[i])
		if i < len(order)-1 {
			b = append(b, '.')
		}
		b = add(b, s.name)
		if s.index >= 0 {
			b = append(strconv.AppendInt(append(b, '['), int64(s.index), 10), ']')
		}
	}
	return b
}

// quotePath appends what join returns as a JSON string.
func (r *Report) quotePath(b []byte, prefix int32, name string) []byte {
	if prefix < 0 {
		return wtf8.AppendQuote(b, name)
	}
	b = r.appendSteps(append(b, '"'), prefix, quoteOn)
	if name != "" {
		b = quoteOn(append(b, '.'), name)
	}
	return append(b, '"')
}

// quoteOn appends s to a JSON string that has not ended yet.
func quoteOn(b []byte, s string) []byte {
	last := len(b) - 1
	was := b[last]
	b = wtf8.AppendQuote(b[:last], s)
	b[last] = was // where the opening quotation mark of s is
	return b[:len(b)-1]
}
