package cfbfs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
)

// Form returns the form of .msg files, for [dump.Open]. Text of 8 bits whose code page the file does not say is read in
// codePage, or as Windows-1252 where that is 0. What is wrong with the compound file comes as errors before the records.
func Form(codePage int) dump.Form {
	f := msg.Form(codePage, nil)
	f.Open = func(r io.Reader, source string) (dump.Reader, error) {
		fsys, err := Open(r)
		if err != nil {
			return nil, err
		}
		m, err := msg.Open(fsys, source, codePage)
		if err != nil {
			return nil, err
		}
		return &reader{m, source, fsys.Problems()}, nil
	}
	return f
}

// Open returns the contents of the compound file r. It is read in no order: where r has ReadAt, and Size or the Stat of a
// regular file, as an os.File or a bytes.Reader does, r must stay open; everything else is read whole into memory.
func Open(r io.Reader) (*FS, error) {
	if at, ok := r.(io.ReaderAt); ok {
		switch r := r.(type) {
		case interface{ Size() int64 }:
			return New(at, r.Size())
		case interface{ Stat() (fs.FileInfo, error) }:
			if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
				return New(at, info.Size())
			}
		}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return New(bytes.NewReader(b), int64(len(b)))
}

// reader is a reader of records, with what is wrong with their container before them.
type reader struct {
	dump.Reader
	source   string
	problems []string
}

func (r *reader) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for _, p := range r.problems {
			if !yield(dump.Record{Source: r.source}, errors.New(p)) {
				return
			}
		}
		for rec, err := range r.Reader.Records() {
			if !yield(rec, err) {
				return
			}
		}
	}
}
