package diag

import (
	"cmp"
	"slices"
)

// record is a field before anyone asked for it.
type record struct {
	is     *FieldType
	off    int
	prefix int32 // index into Report.steps, -1 for none
	index  int32 // of an element of an array, one more than its index, else 0
}

// run is what one call recorded: the fields of a table, or n fields of one type. Most reports are asked for findings
// alone, and a byte map of its own for each of them would cost more than the decoding.
type run struct {
	table  []FieldType
	off    int
	prefix int32 // index into Report.steps, -1 for none
	n      int32 // elements of an array, of the one type in the table; else 0
}

// typeOf returns where t is kept, as a table of its own.
func (r *Report) typeOf(t FieldType) []FieldType {
	if len(r.own) == cap(r.own) {
		r.own = make([]FieldType, 0, min(max(2, 2*cap(r.own)), chunk)) // those before stay where they are
	}
	r.own = append(r.own, t)
	return r.own[len(r.own)-1 : len(r.own) : len(r.own)]
}

// byteMap returns the fields in offset order.
func (r *Report) byteMap() []record {
	runs := r.runs.all()
	if len(runs) == 0 {
		return r.fields
	}
	n := 0
	for i := range runs {
		n += max(len(runs[i].table), int(runs[i].n), 1)
	}
	r.fields = slices.Grow(r.fields, n)
	for i := range runs {
		r.fields = runs[i].appendTo(r.fields)
	}
	r.runs = list[run]{}
	byOffset := func(a, b record) int { return cmp.Compare(a.off, b.off) }
	if !slices.IsSortedFunc(r.fields, byOffset) { // a walk hardly ever goes back
		slices.SortStableFunc(r.fields, byOffset)
	}
	return r.fields
}

func (u *run) appendTo(fields []record) []record {
	off := u.off
	for i := range u.n {
		fields = append(fields, record{is: &u.table[0], off: off, prefix: u.prefix, index: i + 1})
		off += u.table[0].Size
	}
	if u.n > 0 {
		return fields
	}
	for i := range u.table {
		fields = append(fields, record{is: &u.table[i], off: off, prefix: u.prefix})
		off += u.table[i].Size
	}
	return fields
}
