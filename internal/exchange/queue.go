package exchange

import (
	"strconv"
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Kind says where an Object lies.
type Kind uint8

// The kinds.
const (
	Plain      Kind = iota // nowhere in particular: its id is its path, or "item 3" if it has none
	Attachment             // among the attachments of its parent: "…/attachment ID", or its index if it has none
	Embedded               // inside the attachment that is its parent: "…/message"
)

// Object is an object of a dump that may have properties. Its id may come behind them.
type Object struct {
	kind   Kind
	parent *Object
	index  int
	id     string
	over   bool // no id will come any more
	path   string
	named  bool // path is for good
}

// NewObject returns an object. The parent of a Plain one does not matter, that of an Attachment may be nil. The index is
// that among the attachments.
func NewObject(kind Kind, parent *Object, index int) *Object {
	return &Object{kind: kind, parent: parent, index: index}
}

// Kind returns where o lies.
func (o *Object) Kind() Kind { return o.kind }

// BecomeAttachment makes o, which was Plain, an Attachment of nobody.
func (o *Object) BecomeAttachment() {
	if o.kind == Plain && !o.named {
		o.kind, o.parent = Attachment, nil
	}
}

// ID returns the id.
func (o *Object) ID() string { return o.id }

// SetID gives o the id. Late is the path under which properties were handed on before, for want of an id; "" if none
// were.
func (o *Object) SetID(id string) (late string) {
	if o.named && o.id == "" && o.kind != Embedded {
		late = o.path
	}
	o.id = id
	return late
}

// End says that o has no more to come.
func (o *Object) End() { o.over = true }

// ready reports whether the path of o can be given.
func (o *Object) ready() bool {
	for ; o != nil && !o.named; o = o.parent {
		if o.kind != Embedded && o.id == "" && !o.over {
			return false
		}
		if o.kind == Plain {
			return true
		}
	}
	return true
}

// maxHeld is how many bytes of records wait for the name of their object, before it is called by its number.
const maxHeld = 16 << 20

// Queue hands on records when the objects to which they belong have names. It always holds the last one back, so that what
// is found behind it can be told with it.
type Queue struct {
	source  string
	yield   func(dump.Record, error) bool
	stopped bool
	held    []entry
	first   int // index in held
	bytes   int // what those from first on take, about
	later   []diag.Finding
	items   int
	last    string // the id of the last plain object that was named
	times   int    // how many in a row had that
	records int
	errors  int
}

type entry struct {
	rec dump.Record
	err error
	o   *Object
}

// weight is what an entry takes beside its bytes.
const weight = 512

func (e *entry) size() int { return weight + len(e.rec.Raw) + len(e.rec.Text) }

// NewQueue returns a queue that hands on to yield, in records that name the source.
func NewQueue(source string, yield func(dump.Record, error) bool) *Queue {
	return &Queue{source: source, yield: yield}
}

// Stopped reports whether nobody wants more.
func (q *Queue) Stopped() bool { return q.stopped }

// Empty reports whether there was neither a record nor an error yet.
func (q *Queue) Empty() bool { return q.records+q.errors == 0 }

// Records returns how many records there were.
func (q *Queue) Records() int { return q.records }

// Emit takes a record of the object o, with what Later said.
func (q *Queue) Emit(rec dump.Record, o *Object) {
	rec.Findings = append(rec.Findings, q.later...)
	q.later = nil
	q.records++
	q.add(entry{rec: rec, o: o})
}

// Fail takes an error at a place of the file, of the object o or of none.
func (q *Queue) Fail(err error, line int, offset int64, o *Object) {
	e := entry{rec: dump.Record{Line: line, Offset: offset}, err: err, o: o}
	if f, ok := err.(diag.Finding); ok {
		e.rec.Findings = []diag.Finding{f}
	}
	q.errors++
	q.add(e)
}

// Later takes a finding about the file, for the next record, or the last if no more come.
func (q *Queue) Later(f diag.Finding) { q.later = append(q.later, f) }

// Finish hands on the rest.
func (q *Queue) Finish() {
	if n := len(q.held); n > q.first {
		last := &q.held[n-1].rec
		last.Findings = append(last.Findings, q.later...)
	}
	for q.first < len(q.held) && !q.stopped {
		q.next()
	}
}

func (q *Queue) add(e entry) {
	if q.first > len(q.held)/2 {
		n := copy(q.held, q.held[q.first:])
		clear(q.held[n:])
		q.held, q.first = q.held[:n], 0
	}
	q.held = append(q.held, e)
	q.bytes += e.size()
	for len(q.held)-q.first > 1 && !q.stopped && (q.bytes > maxHeld || q.held[q.first].o.ready()) {
		q.next()
	}
}

// next hands on the first entry.
func (q *Queue) next() {
	e := q.held[q.first]
	q.held[q.first] = entry{}
	q.first++
	q.bytes -= e.size()
	e.rec.Source, e.rec.Item = q.source, q.path(e.o)
	q.stopped = !q.yield(e.rec, e.err)
}

// path returns the path of o for good.
func (q *Queue) path(o *Object) string {
	if o == nil || o.named {
		if o == nil {
			return ""
		}
		return o.path
	}
	switch o.named = true; o.kind {
	case Embedded:
		o.path = join(q.path(o.parent), "message")
	case Attachment:
		id := o.id
		if id == "" {
			id = strconv.Itoa(o.index)
		}
		o.path = "attachment " + strings.ReplaceAll(id, "/", "%2F")
		if o.parent != nil {
			o.path = join(q.path(o.parent), o.path)
		}
	default:
		o.path = q.plain(o.id)
	}
	return o.path
}

// plain returns the path of a plain object: its id, with a number where the one before had the same.
func (q *Queue) plain(id string) string {
	n := q.items
	q.items++
	switch {
	case id == "":
		q.last = ""
		return "item " + strconv.Itoa(n)
	case id != q.last:
		q.last, q.times = id, 1
		return id
	}
	q.times++
	return id + "#" + strconv.Itoa(q.times)
}

func join(path, step string) string {
	if path == "" {
		return step
	}
	return path + "/" + step
}
