package exchange

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
)

// handed collects what a queue hands on: line, item, findings, error.
type handed struct {
	all  []string
	stop int // after so many, if not 0
}

func (h *handed) yield(rec dump.Record, err error) bool {
	s := fmt.Sprintf("%d %s", rec.Line, rec.Item)
	for _, f := range rec.Findings {
		s += " " + f.Msg
	}
	if err != nil {
		s += " error"
	}
	h.all = append(h.all, s)
	return h.stop == 0 || len(h.all) < h.stop
}

func record(line int) dump.Record { return dump.Record{Line: line} }

func TestQueueNames(t *testing.T) {
	var h handed
	q := NewQueue("x", h.yield)
	require.True(t, q.Empty())

	a := NewObject(Plain, nil, 0)
	require.Empty(t, a.SetID("A"))
	require.Equal(t, "A", a.ID())
	q.Emit(record(1), a)
	require.Empty(t, h.all, "the last is held back")
	att := NewObject(Attachment, a, 3)
	inner := NewObject(Embedded, att, 0)
	require.Equal(t, Embedded, inner.Kind())
	inner.SetID("its own id is no part of the path")
	q.Emit(record(2), inner)
	require.Equal(t, []string{"1 A"}, h.all)
	q.Emit(record(3), a)
	require.Len(t, h.all, 1, "the attachment may still get an id")
	att.SetID("x/y=")
	q.Emit(record(4), NewObject(Plain, nil, 0))
	require.Equal(t, []string{"1 A", "2 A/attachment x%2Fy=/message", "3 A"}, h.all)

	unnamed := NewObject(Attachment, nil, 2)
	q.Emit(record(5), NewObject(Embedded, unnamed, 0))
	unnamed.End()
	again := NewObject(Plain, nil, 0)
	again.SetID("A")
	q.Emit(record(6), again)
	third := NewObject(Plain, nil, 0)
	third.SetID("A")
	q.Fail(errors.New("x"), 7, 0, third)
	alone := NewObject(Plain, nil, 0)
	alone.SetID("standalone")
	alone.BecomeAttachment()
	q.Emit(record(8), alone)
	q.Emit(record(9), nil)
	b := NewObject(Plain, nil, 0)
	b.SetID("B")
	q.Emit(record(10), b)
	q.Later(diag.Finding{Msg: "later"})
	require.Equal(t, 9, q.Records())
	q.Finish()
	require.Empty(t, cmp.Diff([]string{"4 item 1", "5 attachment 2/message", "6 A", "7 A#2 error", "8 attachment standalone", "9 ", "10 B later"}, h.all[3:]))
	require.False(t, q.Empty())
}

// TestQueueAdjacent numbers an object with the id of the one before, and nothing else.
func TestQueueAdjacent(t *testing.T) {
	var h handed
	q := NewQueue("x", h.yield)
	for i, id := range []string{"A", "A", "A", "B", "A", "", ""} {
		o := NewObject(Plain, nil, 0)
		o.SetID(id)
		o.End()
		q.Emit(record(i), o)
	}
	q.Finish()
	require.Equal(t, []string{"0 A", "1 A#2", "2 A#3", "3 B", "4 A", "5 item 5", "6 item 6"}, h.all)
}

// TestQueueLater gives what is found in between to the next record.
func TestQueueLater(t *testing.T) {
	var h handed
	q := NewQueue("x", h.yield)
	o := NewObject(Plain, nil, 0)
	o.End()
	q.Later(diag.Finding{Msg: "one"})
	q.Fail(diag.Finding{Msg: "fault"}, 1, 0, nil)
	q.Emit(record(2), o)
	q.Later(diag.Finding{Msg: "two"})
	q.Later(diag.Finding{Msg: "three"})
	q.Finish()
	require.Equal(t, []string{"1  fault error", "2 item 0 one two three"}, h.all)
	q = NewQueue("x", h.yield)
	q.Later(diag.Finding{Msg: "nobody's"})
	q.Finish()
	require.Len(t, h.all, 2)
}

// TestQueueLate hands on what is too much to wait for a name.
func TestQueueLate(t *testing.T) {
	var h handed
	q := NewQueue("x", h.yield)
	o := NewObject(Plain, nil, 0)
	for i := range maxHeld/weight + 10 {
		q.Emit(record(i), o)
	}
	require.Equal(t, maxHeld/weight+9, len(h.all))
	require.Equal(t, "0 item 0", h.all[0])
	require.Equal(t, "item 0", o.SetID("late"))
	o.BecomeAttachment()
	require.Equal(t, Plain, o.Kind(), "it has a name")
	q.Emit(record(0), o)
	require.Equal(t, "32777 item 0", h.all[len(h.all)-1])

	h.all = nil
	q = NewQueue("x", h.yield)
	o = NewObject(Embedded, NewObject(Attachment, nil, 0), 0)
	q.Emit(dump.Record{Raw: make([]byte, maxHeld)}, o)
	q.Emit(record(1), o)
	require.Equal(t, []string{"0 attachment 0/message"}, h.all)
	require.Empty(t, o.SetID("no part of the path"))
}

// TestQueueStop hands on nothing more.
func TestQueueStop(t *testing.T) {
	for stop := 1; stop < 4; stop++ {
		h := handed{stop: stop}
		q := NewQueue("x", h.yield)
		for i := range 4 {
			q.Emit(record(i), nil)
		}
		q.Finish()
		require.True(t, q.Stopped())
		require.Len(t, h.all, stop)
	}
}
