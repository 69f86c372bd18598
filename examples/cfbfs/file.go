package cfbfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/richardlehane/mscfb"
)

// chunk is how much is read at once: the time mscfb takes for one read grows with the square of its length.
const chunk = 64 << 10

// info describes an entry. It is an fs.FileInfo and an fs.DirEntry.
type info struct{ n *node }

func (i info) Name() string       { return path.Base(i.n.name) }
func (i info) Size() int64        { return i.n.size }
func (i info) ModTime() time.Time { return i.n.modified }
func (i info) IsDir() bool        { return i.n.dir }
func (i info) Sys() any           { return nil }

func (i info) Type() fs.FileMode          { return i.Mode().Type() }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) String() string             { return fs.FormatDirEntry(i) }

func (i info) Mode() fs.FileMode {
	if i.n.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// stream is an opened stream.
type stream struct {
	node *node
	path string
	file *mscfb.File
	read int64
	err  error
}

func (s *stream) Stat() (fs.FileInfo, error) { return info{s.node}, nil }

func (s *stream) Close() error {
	if errors.Is(s.err, fs.ErrClosed) {
		return s.fail("close", fs.ErrClosed)
	}
	s.err = fs.ErrClosed
	return nil
}

// Read reads the next bytes. Once it has failed it fails again: mscfb's place in the chain of sectors is lost.
func (s *stream) Read(b []byte) (n int, err error) {
	if s.err != nil {
		return 0, s.fail("read", s.err)
	}
	defer func() {
		if p := recover(); p != nil {
			s.err = fmt.Errorf("%w: %v", errPanic, p)
			n, err = 0, s.fail("read", s.err)
		}
	}()
	if s.read == s.node.size {
		return 0, io.EOF
	}
	if len(b) == 0 {
		return 0, nil
	}
	left := s.node.limit - s.read
	if left == 0 {
		s.err = fmt.Errorf("%d bytes read, the directory claims %d: %w", s.read, s.node.size, io.ErrUnexpectedEOF)
		return 0, s.fail("read", s.err)
	}
	n, err = s.readSome(b[:min(int64(len(b)), left, chunk)])
	s.read += int64(n)
	if err == io.EOF && n > 0 {
		err = nil
	}
	if err != nil || n == 0 {
		s.err = err
		if err == nil || err == io.EOF {
			s.err = io.ErrUnexpectedEOF
		}
		return n, s.fail("read", s.err)
	}
	return n, nil
}

// readSome reads at the front of b. mscfb gives nothing when the chain of sectors breaks within what is asked for: then
// it is asked for less, so that all before the break is read.
func (s *stream) readSome(b []byte) (int, error) {
	for {
		before := *s.file
		n, err := s.file.Read(b)
		if n > 0 || err == nil || len(b) <= 1 {
			return n, err
		}
		*s.file = before
		b = b[:len(b)/2]
	}
}

func (s *stream) fail(op string, err error) error {
	return &fs.PathError{Op: op, Path: s.path, Err: err}
}

// folder is an opened storage.
type folder struct {
	node   *node
	path   string
	at     int
	closed bool
}

func (d *folder) Stat() (fs.FileInfo, error) { return info{d.node}, nil }

func (d *folder) Close() error {
	if d.closed {
		return &fs.PathError{Op: "close", Path: d.path, Err: fs.ErrClosed}
	}
	d.closed = true
	return nil
}

func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: errors.New("is a storage")}
}

func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.node.children[d.at:]
	if n > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(n, len(rest))]
	}
	d.at += len(rest)
	return d.node.entries(rest), nil
}
