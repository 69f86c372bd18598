package main

import (
	"errors"
	"iter"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// aheadFile is a file that is read while those before it are printed.
type aheadFile struct {
	name string
	in   *input
	err  error         // about the file as a whole
	done chan struct{} // closed once in and err are known
	out  chan *batch
	quit chan struct{} // closed when nobody wants any more
}

// ahead yields the files that the arguments name, in their order. As many as there are workers are open at a time: each is
// read, and its records are worked on, while those before it are printed. How much of a file waits to be printed is
// bounded.
func (s *session) ahead() iter.Seq[*aheadFile] {
	return func(yield func(*aheadFile) bool) {
		most := s.o.jobs
		if s.oneByOne {
			most = 1
		}
		queue, slots, quit := make(chan *aheadFile, most), make(chan struct{}, most), make(chan struct{})
		defer close(quit)
		go func() {
			defer close(queue)
			for name, err := range sources(s.env, s.o.files) {
				if err == nil && s.noFolders && !s.asked(name) {
					err = errors.New("is in a folder, where blobs cannot be told from other files: name it")
				}
				f := &aheadFile{name: name, err: err, done: make(chan struct{}), out: make(chan *batch, 1), quit: quit}
				select {
				case slots <- struct{}{}:
				case <-quit:
					return
				}
				select {
				case queue <- f:
				case <-quit:
					return
				}
				go func() {
					s.read(f)
					<-slots
				}()
			}
		}()
		for f := range queue {
			if !yield(f) {
				return
			}
		}
	}
}

// smallFile is the size below which one worker does all there is to do with a file.
const smallFile = 1 << 20

// read opens a file and works on its records.
func (s *session) read(f *aheadFile) {
	defer close(f.out)
	var records iter.Seq2[dump.Record, error]
	if f.err == nil {
		f.in, f.err = open(s.env, f.name)
	}
	if f.err == nil {
		defer f.in.Close()
		r, err := s.open(f.in)
		if f.err = err; err == nil {
			records = r.Records()
		}
	}
	close(f.done)
	if f.err != nil {
		return
	}
	n := s.o.jobs
	if f.in.size >= 0 && f.in.size < smallFile && !s.oneByOne {
		n = 1 // there are other files for the other workers, and handing its records to and fro costs more than it saves
	}
	inOrder(records, n, s.work, func(b *batch) bool {
		select {
		case f.out <- b:
			return true
		case <-f.quit:
			return false
		}
	})
}

// opened waits until the file is open. The error is about the file as a whole.
func (f *aheadFile) opened() (*input, error) {
	<-f.done
	return f.in, f.err
}

// each hands on what became of the records, in their order, until the session wants no more.
func (f *aheadFile) each(s *session) {
	for b := range f.out {
		for i := range b.out {
			if !s.sink(&b.out[i]) {
				return
			}
		}
		s.flush()
		b.release()
	}
}
