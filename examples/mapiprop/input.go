package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/all"
	"golang.org/x/text/encoding/unicode"
)

// dumpForms are the forms of dump that are read.
func dumpForms(codePage int) []dump.Form { return append(all.Forms(codePage), cfbfs.Form(codePage)) }

// input is one file, whose beginning has been looked at.
type input struct {
	*bufio.Reader
	file *os.File // nil for a stream
	name string
	size int64        // of the file, -1 where that is not known
	read atomic.Int64 // bytes taken from the file
	bad  atomic.Bool  // some of it could not be read at its place

	notice string // what is to be said of it at the end
}

// taken returns how many bytes of the file have been read. It may be called while they are.
func (in *input) taken() int64 { return in.read.Load() }

// sources yields the files that the arguments name: folders stand for the files below them, in order of name.
func sources(e env, args []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if len(args) == 0 {
			args = []string{"-"}
		}
		for _, arg := range args {
			if arg == "-" {
				if !yield(arg, nil) {
					return
				}
				continue
			}
			if info, err := os.Stat(arg); err != nil || !info.IsDir() {
				if !yield(arg, err) {
					return
				}
				continue
			}
			if !walk(arg, yield) {
				return
			}
		}
	}
}

// errNotRegular says why something in a folder was passed over.
var errNotRegular = errors.New("is neither a file nor a folder, or a link to a folder: not read")

// walk yields the files below a folder, which may be a link. Links to files are files. It reports false when it was
// stopped.
func walk(dir string, yield func(string, error) bool) bool {
	stopped := errors.New("stopped")
	return filepath.WalkDir(dir+string(filepath.Separator), func(p string, d fs.DirEntry, err error) error {
		p = filepath.Clean(p)
		switch {
		case err == nil && d.IsDir():
			return nil
		case err == nil && !d.Type().IsRegular():
			var info fs.FileInfo
			if info, err = os.Stat(p); err == nil && !info.Mode().IsRegular() {
				err = errNotRegular
			}
		}
		if !yield(p, err) {
			return stopped
		}
		if err != nil && d != nil && d.IsDir() {
			return fs.SkipDir
		}
		return nil
	}) == nil
}

// stdinName is what records of standard input have as their source.
const stdinName = "stdin"

// open opens a file by the name sources gave it.
func open(e env, name string) (*input, error) {
	in := &input{name: name, size: -1}
	if name == "-" {
		in.name = stdinName
		in.Reader = bufio.NewReaderSize(counting{e.stdin, &in.read}, dump.SniffLen)
		return in, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	in.file = f
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		in.size = info.Size()
	}
	in.Reader = bufio.NewReaderSize(counting{f, &in.read}, dump.SniffLen)
	return in, nil
}

type counting struct {
	io.Reader
	n *atomic.Int64
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

func (in *input) Close() {
	if in.file != nil {
		in.file.Close()
	}
}

// reader returns the reader of a dump in the form the options say, or the one it seems to have.
func (in *input) reader(o *options) (dump.Reader, error) {
	forms := dumpForms(o.codePage)
	if o.in == "auto" {
		return dump.Open(in, in.name, forms...)
	}
	i := slices.IndexFunc(forms, func(f dump.Form) bool { return f.Name == o.in })
	return forms[i].Open(in, in.name) // options know only these names
}

// ReadAt and Stat are those of the file, for forms that are read in no order. A stream has neither.
func (in *input) ReadAt(b []byte, at int64) (int, error) {
	n, err := in.file.ReadAt(b, at)
	in.read.Add(int64(n))
	if err != nil && err != io.EOF {
		in.bad.Store(true) // the form says what it does without these bytes, and not that the file is to blame
	}
	return n, err
}

// Stat is what the file system says of the file.
func (in *input) Stat() (fs.FileInfo, error) {
	if in.file == nil {
		return nil, fs.ErrInvalid
	}
	return in.file.Stat()
}

// asUTF8 returns the text of a file, decoded if that is UTF-16, as PowerShell writes what is redirected.
func asUTF8(in *input) (text io.Reader, recoded bool, err error) {
	b, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	order := unicode.LittleEndian
	switch {
	case len(b) >= 2 && (b[0] == 0xFE && b[1] == 0xFF || b[0] == 0 && b[1] != 0):
		order = unicode.BigEndian
	case len(b) >= 2 && (b[0] == 0xFF && b[1] == 0xFE || b[0] != 0 && b[1] == 0):
	default:
		return in, false, nil
	}
	return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(in), true, nil
}
