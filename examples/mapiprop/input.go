package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/mapiprop/mapiprop/examples/cfbfs"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/dump/msg"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
	"golang.org/x/text/encoding/unicode"
)

// dumpForm is one form of dump, and how it is opened.
type dumpForm struct {
	name, title string
	open        func(in *input, name string, o *options) (dump.Reader, error)
}

func dumpForms() []dumpForm {
	byLine := func(f lines.Form) func(*input, string, *options) (dump.Reader, error) {
		return func(in *input, name string, _ *options) (dump.Reader, error) {
			return lines.NewReader(in, name, f), nil
		}
	}
	return []dumpForm{
		{"mfcmapi", "MFCMAPI and MrMAPI property exports (XML), whole or as fragments in other text", func(in *input, name string, o *options) (dump.Reader, error) {
			return mfcmapi.NewReader(in, name, o.codePage), nil
		}},
		{"msg", "Outlook messages (.msg)", openMsg},
		{"lines", "lines of hex, base64 or cb: N lpb: HEX", byLine(lines.Any)},
		{"hex", "lines of hex", byLine(lines.Hex)},
		{"base64", "lines of base64", byLine(lines.Base64)},
		{"jsonl", "JSON lines: what inspect -out json prints, or tag and hex by hand", func(in *input, name string, _ *options) (dump.Reader, error) {
			return lines.NewJSONReader(in, name), nil
		}},
		{"tnef", "winmail.dat, and the decoded bytes of a MIME part application/ms-tnef", func(in *input, name string, o *options) (dump.Reader, error) {
			return tnef.NewReader(in, name, o.codePage), nil
		}},
		{"graph", "Microsoft Graph extended properties (JSON): an object, a response, or one of them on each line", func(in *input, name string, _ *options) (dump.Reader, error) {
			return graph.NewReader(in, name), nil
		}},
		{"ews", "Exchange Web Services extended properties (XML), whole messages, logs or fragments", func(in *input, name string, _ *options) (dump.Reader, error) {
			return ews.NewReader(in, name), nil
		}},
		{"reg", "exported Outlook profiles (.reg)", func(in *input, name string, o *options) (dump.Reader, error) {
			return reg.NewReader(in, name, o.codePage), nil
		}},
		{"pffexport", "item values of a PST or OST (ItemValues.txt), as pffexport -d of libpff writes them", func(in *input, name string, o *options) (dump.Reader, error) {
			return pffexport.NewReader(in, name, o.codePage), nil
		}},
	}
}

// errUnknownForm says that nothing here reads a file.
var errUnknownForm = errors.New("is none of the forms that are read; see mapiprop forms")

// input is one file, whose beginning has been looked at.
type input struct {
	*bufio.Reader
	file *os.File // nil for a stream
	name string
	read atomic.Int64 // bytes taken from the file
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

// open opens a file by the name sources gave it.
func open(e env, name string) (*input, error) {
	in := &input{name: name}
	if name == "-" {
		in.name = "stdin"
		in.Reader = bufio.NewReaderSize(counting{e.stdin, &in.read}, dump.SniffLen)
		return in, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	in.file = f
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

// reader returns the reader of a dump in the form the options say, or the one it seems to have. Text of no known form is
// searched for fragments of MFCMAPI's.
func (in *input) reader(o *options) (dump.Reader, error) {
	form := o.in
	if form == "auto" {
		prefix, err := in.Peek(dump.SniffLen)
		if err != nil && err != io.EOF {
			return nil, err
		}
		if form = dump.Sniff(prefix); form == "" {
			if bytes.IndexByte(prefix, 0) >= 0 {
				return nil, errUnknownForm
			}
			form = "mfcmapi"
		}
	}
	for _, f := range dumpForms() {
		if f.name == form {
			return f.open(in, in.name, o)
		}
	}
	return nil, errUnknownForm
}

// openMsg opens a compound file: it is read in no order, so a stream is read whole first.
func openMsg(in *input, name string, o *options) (dump.Reader, error) {
	var at io.ReaderAt
	var size int64
	if in.file != nil {
		info, err := in.file.Stat()
		if err != nil {
			return nil, err
		}
		if info.Mode().IsRegular() {
			at, size = in.file, info.Size()
		}
	}
	if at == nil {
		b, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		at, size = bytes.NewReader(b), int64(len(b))
	}
	fsys, err := cfbfs.New(at, size)
	if err != nil {
		return nil, err
	}
	r, err := msg.Open(fsys, name, o.codePage)
	if err != nil {
		return nil, err
	}
	return withProblems{r, name, fsys.Problems()}, nil
}

// withProblems is a reader of records, with what is wrong with their container before them.
type withProblems struct {
	dump.Reader
	name     string
	problems []string
}

func (w withProblems) Records() iter.Seq2[dump.Record, error] {
	return func(yield func(dump.Record, error) bool) {
		for _, p := range w.problems {
			if !yield(dump.Record{Source: w.name}, errors.New(p)) {
				return
			}
		}
		for rec, err := range w.Reader.Records() {
			if !yield(rec, err) {
				return
			}
		}
	}
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
