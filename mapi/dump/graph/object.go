package graph

import (
	"strings"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// frame is an object or array that has begun.
type frame struct {
	array  bool
	begun  bool             // it has had an element or a member
	attach bool             // an array of attachments
	index  int              // of the next element
	o      *exchange.Object // the object, or that which has the array
	under  string           // the member of an object of interest in which it lies; "" for such an object itself
	twice  bool             // it has two ids
	lists  uint8            // kinds of extended properties it has had; in the upper half those it had twice
	id     string           // in what damage has left: the id of a property outside of its list
}

func (f *frame) closing() byte {
	if f.array {
		return ']'
	}
	return '}'
}

// document reads the object or array at the front of the text. It does not call itself: how deep things are is up to the
// file.
func (r *Reader) document() bool {
	r.stack = r.stack[:0]
	if !r.open(nil, "") {
		return false
	}
	for len(r.stack) > 0 && !r.q.Stopped() {
		f := &r.stack[len(r.stack)-1]
		more, ok := r.next(&f.begun, f.closing())
		switch {
		case !ok:
			return r.unwind()
		case !more:
			r.close()
			continue
		case f.array:
			ok = r.value(f, "")
		default:
			ok = r.member(f)
		}
		if !ok {
			return r.unwind()
		}
	}
	return true
}

// open enters the object or array at the front of the text, which is the member key of f, or an element of it.
func (r *Reader) open(f *frame, key string) bool {
	c, _ := r.first()
	n := frame{array: c == '['}
	switch {
	case f == nil:
		n.o = exchange.NewObject(exchange.Plain, nil, 0)
	case len(r.stack) >= MaxDepth:
		return r.tooDeep(f.o)
	case n.array:
		n.o, n.under = f.o, f.inside(key)
		n.attach = !f.array && strings.EqualFold(key, "attachments")
	case f.attach:
		n.o = exchange.NewObject(exchange.Attachment, f.o, f.index)
	case f.o.Kind() == exchange.Attachment && strings.EqualFold(key, "item"):
		n.o = exchange.NewObject(exchange.Embedded, f.o, 0)
	default:
		n.o, n.under = exchange.NewObject(exchange.Plain, nil, f.index), f.inside(key)
	}
	if f != nil && f.array {
		f.index++
	}
	r.t.Skip(1)
	r.stack = append(r.stack, n)
	return true
}

// inside returns what an object or array is under that is the member key of f. Lists of objects of interest are under
// nothing.
func (f *frame) inside(key string) string {
	switch strings.ToLower(key) {
	case "", "value", "attachments", "item", "responses":
		return f.under
	}
	return f.name(key)
}

// name returns the name by which the member key of f is counted when it is passed over.
func (f *frame) name(key string) string {
	if f.under != "" {
		return f.under
	}
	return key
}

// close leaves the innermost object or array.
func (r *Reader) close() {
	if f := &r.stack[len(r.stack)-1]; !f.array {
		f.o.End()
	}
	r.stack = r.stack[:len(r.stack)-1]
}

// unwind leaves all of them, because nothing more can be said of them. It returns false.
func (r *Reader) unwind() bool {
	for len(r.stack) > 0 {
		r.close()
	}
	return false
}

// member reads a member of an object.
func (r *Reader) member(f *frame) bool {
	if !r.name() {
		return false
	}
	key := string(r.key.B)
	switch c, _ := r.first(); strings.ToLower(key) {
	case "singlevalueextendedproperties":
		return r.lists(f, key, 1)
	case "multivalueextendedproperties":
		return r.lists(f, key, 2)
	case "id":
		if c == '"' {
			return r.id(f)
		}
	case "@odata.type":
		if c == '"' {
			return r.class(f)
		}
	case "value":
		if f.id != "" {
			return r.leftover(f.id)
		}
	}
	if strings.Contains(key, "@") {
		return r.skip()
	}
	return r.value(f, key)
}

// id reads the id of an object.
func (r *Reader) id(f *frame) bool {
	r.word.Reuse(MaxNameText)
	if !r.str(&r.word) {
		return false
	}
	id, _ := exchange.Tidy(r.word.B)
	if r.word.Lost > 0 {
		r.q.Later(note(diag.Error, TooLong, "id", "of an object is longer than %d bytes; %d were left out", MaxNameText, r.word.Lost))
	}
	if r.lost && isPropertyID(id) {
		f.id = id
		return true
	}
	if f.o.ID() != "" {
		if f.twice {
			return true
		}
		f.twice = true
		r.q.Later(note(diag.Error, DuplicateMember, "id", "stands twice in an object: %s, and %s, which was not taken", exchange.Quote(f.o.ID()), exchange.Quote(id)))
		return true
	}
	if late := f.o.SetID(id); late != "" {
		r.q.Later(note(diag.Warning, LateID, "id", "of the object %s is %s; it stands so far behind the properties that they were handed on without it", exchange.Quote(late), exchange.Quote(id)))
	}
	return true
}

// class reads the type of an object.
func (r *Reader) class(f *frame) bool {
	r.word.Reuse(maxWord)
	if !r.str(&r.word) {
		return false
	}
	if strings.HasSuffix(strings.ToLower(string(r.word.B)), ".itemattachment") {
		f.o.BecomeAttachment()
	}
	return true
}

// skip skips a value.
func (r *Reader) skip() bool {
	switch c, _ := r.first(); c {
	case '"':
		return r.str(nil)
	case '{', '[':
		return r.skipNested()
	}
	return r.literal()
}

// value passes over the member key of f, or an element, but for objects that it may have inside.
func (r *Reader) value(f *frame, key string) bool {
	switch c, _ := r.first(); c {
	case '{', '[':
		return r.open(f, key)
	case '"':
		r.strays.Add(r.t, f.name(key))
		return r.str(nil)
	}
	r.strays.Add(r.t, f.name(key))
	return r.literal()
}

// lists reads the value of the member key, the first or the second kind of extended properties. An object should have one
// of each.
func (r *Reader) lists(f *frame, key string, kind uint8) bool {
	if f.lists&kind != 0 && f.lists&(kind<<4) == 0 {
		f.lists |= kind << 4
		r.q.Later(note(diag.Error, DuplicateMember, "file", "has an object with two members %s; both were read, and others take the last", key))
	}
	f.lists |= kind
	return r.list(f.o)
}

// list reads the value of a member with extended properties, which belong to o.
func (r *Reader) list(o *exchange.Object) bool {
	switch c, _ := r.first(); c {
	case '{':
		// QUIRK: ConvertTo-Json of PowerShell writes a list of one as its element (powershell.vec).
		return r.property(o, true)
	case '[':
	default:
		return r.noProperty(o, true)
	}
	r.t.Skip(1)
	for begun := false; !r.q.Stopped(); {
		more, ok := r.next(&begun, ']')
		if !ok || !more {
			return ok
		}
		if c, _ := r.first(); c == '{' {
			ok = r.property(o, false)
		} else {
			ok = r.noProperty(o, false)
		}
		if !ok {
			return false
		}
	}
	return true
}

// noProperty passes over what stands in the place of a property, or of the whole list.
func (r *Reader) noProperty(o *exchange.Object, list bool) bool {
	line, offset := r.t.Place()
	var ok bool
	var what string
	switch c, _ := r.first(); c {
	case '"':
		r.word.Reuse(maxWord)
		ok = r.str(&r.word)
		text, _ := exchange.Tidy(r.word.B)
		what = "the text " + exchange.Quote(text)
	case '[':
		ok, what = r.skipNested(), "an array"
	default:
		ok = r.literal()
		what = string(r.word.B)
	}
	if list && what == "null" {
		return ok
	}
	if ok {
		r.q.Fail(note(diag.Error, BadProperty, "file", "has %s where an extended property must be", what), line, offset, o)
	}
	return ok
}
