package main

import (
	"iter"
	"slices"
	"sync"

	"github.com/mapiprop/mapiprop/mapi/diag"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/inspect"
	"github.com/mapiprop/mapiprop/oof"
)

// entry is one record of a dump, or an error in the place of one.
type entry struct {
	rec dump.Record
	err error

	listed  bool // the record is one value of a list
	element int  // its place there

	room []byte // empty; its text can be made in here
	blob *blob  // its value can be decoded in here

	settings  *oof.Settings     // of out-of-office replies, where the body of a message is that
	structure inspect.Structure // what it holds, where only the name of that is known
}

// itemName says which item a record belongs to, among all that are read.
type itemName struct{ source, path string }

func nameOf(rec *dump.Record) itemName { return itemName{rec.Source, rec.Item} }

// printed is what became of an entry.
type printed struct {
	text      []byte
	long      []longHex  // what is missing in text
	series    *expansion // what expand prints, which may be much, when it is its turn
	zone      *itemZone  // what expand learns of the zone of an item
	worst     diag.Severity
	item      itemName // of the record, to count items
	record    bool     // the entry was a record, no error
	blobs     int      // how many were decoded: several in a list
	found     int      // how many of them have findings; 1 where there is none, and the property has
	hidden    int      // findings about the dump that are not shown
	between   string   // stands between text and the next, but not behind the last
	heading   bool     // text wants the heading of its item before it
	fileError bool     // the file could not be read on
}

// Batches are small enough to keep all workers busy and large enough for handing them over to cost nothing.
const (
	batchLen   = 128
	batchBytes = 1 << 20
	maxRoom    = 1 << 20 // of text that is kept to be used again
)

// batch is some entries on their way through. It is used again and again, with the memory it has got.
type batch struct {
	in   []entry
	size int // bytes of their values
	out  []printed
	room []byte        // the texts of out, as far as there is room
	blob blob          // the value that is worked on
	done chan struct{} // work is done, where others wait for it
	free chan<- *batch // where it goes for other entries
}

func (b *batch) add(rec dump.Record, err error) (full bool) {
	b.in = append(b.in, entry{})
	e := &b.in[len(b.in)-1]
	e.rec, e.err = rec, err
	b.size += len(rec.Raw)
	return len(b.in) == batchLen || b.size > batchBytes
}

func (b *batch) work(work func(*entry, *printed)) {
	room, size := b.room, 0
	b.out = slices.Grow(b.out, len(b.in))[:len(b.in)]
	for i := range b.in {
		e, p := &b.in[i], &b.out[i]
		e.room, e.blob = room[len(room):], &b.blob
		work(e, p)
		if size += len(p.text); len(p.text) <= cap(room)-len(room) {
			room = room[:len(room)+len(p.text)]
		}
		*e = entry{} // its memory is free while the texts wait for those before them
	}
	b.blob = blob{}
	if size > cap(b.room) && size <= maxRoom {
		b.room = make([]byte, 0, size+size/4)
	}
}

// release makes the batch ready for other entries. Nobody may look at its texts any more.
func (b *batch) release() {
	clear(b.out)
	b.in, b.size, b.out = b.in[:0], 0, b.out[:0]
	select {
	case b.free <- b:
	default:
	}
}

// inOrder runs work on every entry, n at a time, and hands the results to sink in the order of the entries, until sink
// returns false. Who is done with a batch releases it.
func inOrder(entries iter.Seq2[dump.Record, error], n int, work func(*entry, *printed), sink func(*batch) bool) {
	if n == 1 {
		batches(entries, 4, func(b *batch) bool {
			b.work(work)
			return sink(b)
		})
		return
	}
	todo, queue, quit := make(chan *batch), make(chan *batch, n), make(chan struct{})
	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for b := range todo {
				b.work(work)
				b.done <- struct{}{}
			}
		})
	}
	go func() {
		defer close(queue)
		defer close(todo)
		batches(entries, 3*n, func(b *batch) bool {
			select {
			case todo <- b:
			case <-quit:
				return false
			}
			queue <- b // never blocks for ever: sink drains it to the end
			return true
		})
	}()
	more := true
	for b := range queue {
		<-b.done
		if more && !sink(b) {
			more = false
			close(quit)
		}
	}
	workers.Wait()
}

// batches puts entries into batches, of which most are kept for use again, until yield returns false.
func batches(entries iter.Seq2[dump.Record, error], most int, yield func(*batch) bool) {
	free := make(chan *batch, most)
	var b *batch
	for rec, err := range entries {
		if b == nil {
			select {
			case b = <-free:
			default:
				b = &batch{done: make(chan struct{}, 1), free: free}
			}
		}
		if b.add(rec, err) {
			if !yield(b) {
				return
			}
			b = nil
		}
	}
	if b != nil {
		yield(b)
	}
}
