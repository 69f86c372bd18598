package ews

import (
	"strings"

	"github.com/mapiprop/mapiprop/internal/exchange"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// frame is an element that has begun.
type frame struct {
	name    string
	o       *exchange.Object // the item or folder that it is, once that matters
	shared  bool             // o is another frame's
	number  int              // among the attachments
	next    int              // the number of the next attachment in it
	counted bool             // its text was counted
}

// start enters an element. Rest is what stands behind the name in its tag.
func (r *Reader) start(name string, rest []byte) {
	if r.sink != nil {
		r.p.inner = true
		r.sink = nil
	}
	if len(r.stack) >= MaxDepth {
		if r.over == 0 {
			r.fail(r.here(TooDeep, "has more than %d elements inside each other; those further in are not read", MaxDepth))
		}
		r.over++
		return
	}
	f := frame{name: name}
	switch n := len(r.stack); {
	case name == "ExtendedProperty":
		if r.reading {
			r.unclosed(name)
			r.popTo(r.at)
		}
		r.begin()
	case r.reading:
		r.part(name, rest)
	case n == 0:
	case name == "ItemId" || name == "FolderId":
		r.id(n-1, rest, "ChangeKey")
	case name == "AttachmentId":
		r.id(n-1, rest, "")
	case isAttachment(name):
		f.number = r.stack[n-1].next
		r.stack[n-1].next++
	}
	r.stack = append(r.stack, f)
}

func isAttachment(name string) bool {
	return name == "ItemAttachment" || name == "FileAttachment" || name == "ReferenceAttachment"
}

// maxBack is how many elements an end tag may close, so that many that close none take no time.
const maxBack = 256

// end leaves the innermost element with the name, and those inside it.
func (r *Reader) end(name string) {
	if r.over > 0 {
		r.over--
		return
	}
	for i := len(r.stack) - 1; i >= max(0, len(r.stack)-maxBack); i-- {
		if r.stack[i].name != name {
			continue
		}
		if i < len(r.stack)-1 {
			r.unclosed("/" + name)
		} else {
			r.damaged = false
		}
		r.popTo(i)
		return
	}
	if !r.ends {
		r.ends = true
		r.broken("has </%s>, and no such element has begun", exchange.Short(name))
	}
}

// unclosed tells of the innermost element, that it has no end before the tag with the name. Of a value its property says
// so.
func (r *Reader) unclosed(name string) {
	if r.sink != nil {
		r.p.cut = true
		return
	}
	r.broken("has <%s> where </%s> must be", exchange.Short(name), exchange.Short(r.stack[len(r.stack)-1].name))
}

// close leaves the innermost element.
func (r *Reader) close() {
	if r.over > 0 {
		r.over--
		return
	}
	r.pop()
}

func (r *Reader) popTo(i int) {
	for len(r.stack) > i {
		r.pop()
	}
}

// pop leaves the innermost element.
func (r *Reader) pop() {
	n := len(r.stack) - 1
	f := &r.stack[n]
	switch {
	case r.reading && n == r.at:
		r.emit()
	case r.reading && n == r.valueAt:
		r.endValue()
	}
	if f.o != nil && !f.shared {
		f.o.End()
	}
	r.stack = r.stack[:n]
}

// id gives the element i of the stack the id that a tag has, with that of its version.
func (r *Reader) id(i int, rest []byte, version string) {
	all, _, _, _ := attributes(rest)
	var id, key string
	for _, a := range all {
		switch {
		case a.name == "Id":
			id = a.value
		case a.name == version:
			key = a.value
		}
	}
	if key != "" {
		id += "@" + key
	}
	o := r.object(i)
	if id == "" || o.ID() != "" || r.stack[i].shared {
		return
	}
	if late := o.SetID(id); late != "" {
		r.q.Later(note(diag.Warning, LateID, "ItemId", "of the object %s is %s; it stands so far behind the properties that they were handed on without it", exchange.Quote(late), exchange.Quote(id)))
	}
}

// object returns the object that the element i of the stack is.
func (r *Reader) object(i int) *exchange.Object {
	f := &r.stack[i]
	switch {
	case f.o != nil:
	case isAttachment(f.name):
		var parent *exchange.Object
		if i > 1 && r.stack[i-1].name == "Attachments" && !strings.HasSuffix(r.stack[i-2].name, "ResponseMessage") {
			parent = r.object(i - 2)
		}
		f.o = exchange.NewObject(exchange.Attachment, parent, f.number)
	case i > 0 && isAttachment(r.stack[i-1].name):
		f.o = exchange.NewObject(exchange.Embedded, r.object(i-1), 0)
	default:
		f.o = exchange.NewObject(exchange.Plain, nil, 0)
	}
	return f.o
}

// owner returns the object to which a property belongs that begins here: the element around it, or the one further out
// that has an id, as in the changes of an item.
func (r *Reader) owner() *exchange.Object {
	n := len(r.stack)
	if n == 0 {
		if r.loose == nil {
			r.loose = exchange.NewObject(exchange.Plain, nil, 0)
			r.loose.End()
		}
		return r.loose
	}
	if f := &r.stack[n-1]; f.o == nil && (n == 1 || !isAttachment(r.stack[n-2].name)) {
		for i := n - 2; i >= max(0, n-maxBack) && !isAttachment(r.stack[i].name); i-- {
			if o := r.stack[i].o; o != nil && o.ID() != "" {
				f.o, f.shared = o, true
				break
			}
		}
	}
	return r.object(n - 1)
}
