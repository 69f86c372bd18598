// Package cfbfs shows a compound file ([MS-CFB]) as an [fs.FS]: storages are folders, streams are files. The compound
// file is read by github.com/richardlehane/mscfb; this package keeps what hostile files make of it away from its callers.
//
// The library of this module reads Outlook's .msg files from any fs.FS (package mapi/dump/msg), so that it needs no
// compound-file package itself; this is the piece in between.
package cfbfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/richardlehane/mscfb"
)

// errPanic is wrapped by errors that stand for a panic of the compound-file package.
var errPanic = errors.New("the compound-file reader gave up")

// FS is the contents of one compound file. It may be used concurrently if the io.ReaderAt it was made from may.
type FS struct {
	root     *node
	problems []string
}

// node is a storage or a stream.
type node struct {
	name     string
	dir      bool
	size     int64 // as the directory claims
	limit    int64 // how much of it is read
	modified time.Time
	file     *mscfb.File
	children []*node // sorted by name
}

// New returns the contents of the compound file ra, which is size bytes long. It reads the directory and no streams.
//
// It returns an error for a file whose directory cannot be followed, or that reaches the limits of this package: half a
// million directory entries, storages 128 deep. A stream that cannot be read is an error of its Read, which comes after
// the bytes before it.
func New(ra io.ReaderAt, size int64) (f *FS, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("cfbfs: %w: %v", errPanic, p)
		}
	}()
	missing, err := guard(ra, size)
	if err != nil {
		return nil, err
	}
	doc, err := mscfb.New(ra)
	if err != nil {
		return nil, fmt.Errorf("cfbfs: %w", err)
	}
	f = &FS{root: &node{name: ".", dir: true, modified: doc.Modified()}}
	if missing > 0 {
		f.problem("the file ends %d bytes before its last sector does", missing)
	}
	f.build(doc.File[1:], size)
	f.root.finish(f, "")
	return f, nil
}

// Problems returns what is wrong with the directory, one sentence each, and how it is shown instead: entries with the same name,
// names that no fs.FS can hold, streams that claim more bytes than there are, a last sector cut short.
func (f *FS) Problems() []string { return slices.Clone(f.problems) }

// build hangs the entries, which come in the order of a walk, below their parents. Paths are not compared, because two
// storages may have one name: a parent is the last entry before one that is a level higher.
func (f *FS) build(entries []*mscfb.File, size int64) {
	parents := []*node{f.root}
	budget := 4*size + 1<<16
	for _, e := range entries {
		info := e.FileInfo()
		n := &node{name: name(e), dir: info.IsDir(), size: info.Size(), modified: e.Modified(), file: e}
		n.limit = min(n.size, size)
		if n.size > size {
			f.problem("stream %q claims %d bytes, the file has %d", n.name, n.size, size)
		}
		// Streams that do not share sectors hold no more than the file does. Those of a file that says otherwise are
		// read until the claims become absurd.
		if n.limit > budget {
			f.problem("stream %q is not read: the streams before it claim four times the file", n.name)
			n.limit = 0
		}
		budget -= n.limit
		depth := min(len(e.Path), len(parents)-1)
		parents = parents[:depth+1]
		parent := parents[depth]
		if !parent.dir {
			f.problem("stream %q has entries below it, which are shown as a folder %q", parent.name, parent.name+"~children")
			parent = &node{name: parent.name + "~children", dir: true, modified: parent.modified}
			above := parents[depth-1]
			above.children = append(above.children, parent)
			parents[depth] = parent
		}
		parent.children = append(parent.children, n)
		parents = append(parents, n)
	}
}

func (f *FS) problem(format string, args ...any) {
	f.problems = append(f.problems, fmt.Sprintf(format, args...))
}

// name returns an entry's name as it is stored. mscfb takes a control character off its front.
func name(e *mscfb.File) string {
	if e.Initial != 0 && !unicode.IsPrint(rune(e.Initial)) && utf8.ValidRune(rune(e.Initial)) {
		return string(rune(e.Initial)) + e.Name
	}
	return e.Name
}

// finish gives every child a name that an fs.FS can hold and that no other child has, and sorts them.
func (n *node) finish(f *FS, at string) {
	used := make(map[string]bool, len(n.children))
	again := make(map[string]int)
	for _, c := range n.children {
		was := c.name
		c.name = strings.ReplaceAll(c.name, "/", "%2F")
		if c.name == "" || c.name == "." || c.name == ".." {
			c.name = "%" + c.name
		}
		base := c.name
		for used[c.name] {
			again[base]++
			c.name = fmt.Sprintf("%s~%d", base, again[base]+1)
		}
		used[c.name] = true
		if c.name != was {
			f.problem("entry %q in %q is shown as %q", was, at, c.name)
		}
		if c.dir {
			c.finish(f, path.Join(at, c.name))
		}
	}
	slices.SortFunc(n.children, func(a, b *node) int { return strings.Compare(a.name, b.name) })
}

// find returns the entry at the path p.
func (f *FS) find(op, p string) (*node, error) {
	if !fs.ValidPath(p) {
		return nil, &fs.PathError{Op: op, Path: p, Err: fs.ErrInvalid}
	}
	n := f.root
	if p == "." {
		return n, nil
	}
	for part := range strings.SplitSeq(p, "/") {
		i, ok := slices.BinarySearchFunc(n.children, part, func(c *node, s string) int { return strings.Compare(c.name, s) })
		if !ok {
			return nil, &fs.PathError{Op: op, Path: p, Err: fs.ErrNotExist}
		}
		n = n.children[i]
	}
	return n, nil
}

// Open opens a stream or a storage. Names are compared as they are written; a compound file itself takes upper and lower
// case for the same.
func (f *FS) Open(p string) (fs.File, error) {
	n, err := f.find("open", p)
	if err != nil {
		return nil, err
	}
	if n.dir {
		return &folder{node: n, path: p}, nil
	}
	// mscfb's File holds the position of its reader: every opened file has its own.
	own := *n.file
	return &stream{node: n, path: p, file: &own}, nil
}

// Stat returns what the directory says of a stream or storage.
func (f *FS) Stat(p string) (fs.FileInfo, error) {
	n, err := f.find("stat", p)
	if err != nil {
		return nil, err
	}
	return info{n}, nil
}

// ReadDir lists a storage, sorted by name.
func (f *FS) ReadDir(p string) ([]fs.DirEntry, error) {
	n, err := f.find("readdir", p)
	if err != nil {
		return nil, err
	}
	if !n.dir {
		return nil, &fs.PathError{Op: "readdir", Path: p, Err: errors.New("not a storage")}
	}
	return n.entries(n.children), nil
}

func (n *node) entries(children []*node) []fs.DirEntry {
	list := make([]fs.DirEntry, len(children))
	for i, c := range children {
		list[i] = info{c}
	}
	return list
}
