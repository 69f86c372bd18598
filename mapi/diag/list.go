package diag

import "slices"

// list is what a report collects. It grows without moving what it holds: a slice that is appended to leaves five times
// its last size behind.
type list[T any] struct {
	full [][]T
	last []T
}

// chunk is how many elements a list takes memory for at most. Before that it takes half as many again as the last time: a
// third of all may be left empty then, not half of them.
const chunk = 512

func (l *list[T]) add(v T) {
	if len(l.last) == cap(l.last) {
		next := make([]T, 0, min(max(4, cap(l.last)+cap(l.last)/2), chunk))
		if len(l.last) > 0 {
			l.full = append(l.full, l.last)
		}
		l.last = next
	}
	l.last = append(l.last, v)
}

// all returns the elements as one slice, which is the list's own.
func (l *list[T]) all() []T {
	if len(l.full) > 0 {
		l.last = slices.Concat(append(l.full, l.last)...)
		l.full = nil
	}
	return l.last
}
