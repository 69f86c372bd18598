package diag

import "slices"

// list is what a report collects. It grows without moving what it holds: a slice that is appended to leaves five times
// its last size behind.
type list[T any] struct {
	full [][]T
	last []T
}

// few are so little that moving them costs less than another block. chunk is how many elements a list takes memory for
// at most. Before that it takes half as many again as the last time: a third of all may be left empty then, not half of
// them.
const (
	few   = 6
	chunk = 512
)

func (l *list[T]) add(v T) {
	if len(l.last) == cap(l.last) {
		l.grow()
	}
	l.last = append(l.last, v)
}

func (l *list[T]) grow() {
	if cap(l.last) < few && len(l.full) == 0 {
		l.last = append(make([]T, 0, few), l.last...)
		return
	}
	next := make([]T, 0, min(cap(l.last)+cap(l.last)/2, chunk))
	l.full = append(l.full, l.last)
	l.last = next
}

// all returns the elements as one slice, which is the list's own.
func (l *list[T]) all() []T {
	if len(l.full) > 0 {
		l.last = slices.Concat(append(l.full, l.last)...)
		l.full = nil
	}
	return l.last
}
