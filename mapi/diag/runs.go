package diag

import (
	"cmp"
	"slices"
)

// recorded is what a report keeps of fields.
type recorded struct {
	runs   list[run]   // as they were recorded, which nobody has asked for yet
	own    []FieldType // room for the types of fields that are in no table
	fields []record    // those that somebody has asked for
}

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

// AddField records that the n bytes at off are the field name, below the current path. The meaning, if not nil, is
// asked for the field's Text when somebody reads it.
func (r *Report) AddField(name string, kind Kind, off, n int, meaning func([]byte) string) {
	if r.fields != nil {
		r.fields.runs.add(run{table: r.fields.typeOf(FieldType{name, kind, n, meaning}), off: off, prefix: r.prefix()})
	}
}

// AddRun records that the bytes from off on are the fields of a table, one after the other, below the current path. The
// table is kept and must not change.
func (r *Report) AddRun(table []FieldType, off int) {
	if r.fields != nil {
		r.fields.runs.add(run{table: table, off: off, prefix: r.prefix()})
	}
}

// AddArray records that the bytes from off on are n elements of an array, below the current path: "Dates[0]", "Dates[1]"
// and so on for a type called Dates. The type is kept and must not change.
func (r *Report) AddArray(element *FieldType, off, n int) {
	if r.fields != nil && n > 0 {
		r.fields.runs.add(run{table: r.fields.typeOf(*element), off: off, prefix: r.prefix(), n: int32(n)})
	}
}

// AddUndecoded records that the n bytes at off were not decoded. The field is called "undecoded", outside any path.
func (r *Report) AddUndecoded(off, n int) {
	if r.fields != nil {
		r.fields.runs.add(run{table: r.fields.typeOf(FieldType{"undecoded", Bytes, n, nil}), off: off, prefix: -1})
	}
}

// typeOf returns where t is kept, as a table of its own.
func (m *recorded) typeOf(t FieldType) []FieldType {
	if len(m.own) == cap(m.own) {
		m.own = make([]FieldType, 0, min(max(2, 2*cap(m.own)), chunk)) // those before stay where they are
	}
	m.own = append(m.own, t)
	return m.own[len(m.own)-1 : len(m.own) : len(m.own)]
}

// byteMap returns the fields in offset order, and the report that recorded them.
func (r *Report) byteMap() (*Report, []record) {
	if r.walk != nil {
		m := New(r.what, nil, nil)
		m.data, m.deaf = r.data, true
		r.walk(r.data, m)
		r.mapped, r.walk = m, nil
	}
	if r.mapped != nil {
		r = r.mapped
	}
	if r.fields == nil {
		return r, nil
	}
	return r, r.fields.inOrder()
}

// inOrder returns the fields in offset order.
func (m *recorded) inOrder() []record {
	runs := m.runs.all()
	if len(runs) == 0 {
		return m.fields
	}
	n := 0
	for i := range runs {
		n += max(len(runs[i].table), int(runs[i].n), 1)
	}
	m.fields = slices.Grow(m.fields, n)
	for i := range runs {
		m.fields = runs[i].appendTo(m.fields)
	}
	m.runs = list[run]{}
	byOffset := func(a, b record) int { return cmp.Compare(a.off, b.off) }
	if !slices.IsSortedFunc(m.fields, byOffset) { // a walk hardly ever goes back
		slices.SortStableFunc(m.fields, byOffset)
	}
	return m.fields
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
