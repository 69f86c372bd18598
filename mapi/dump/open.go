package dump

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Form is one form of dump: what it is called, and how a file of it is opened. Each package of a form has a function that
// returns its own, and package mapi/dump/all lists them. A program that names the forms it wants links no others.
//
// Open may be called concurrently; what it returns belongs to one goroutine, as every Reader does.
type Form struct {
	Name  string                                           // as Sniff spells it
	Title string                                           // what it is, in words
	Open  func(r io.Reader, source string) (Reader, error) // records call the file source
}

// Open returns a Reader of the dump r, which records call source. The form is the one that Sniff sees in the beginning of
// r, if it is among forms; text in which Sniff sees none is searched for what MFCMAPI has left in it, if the form
// "mfcmapi" is.
//
// Where r can be sought, or has a method Peek that looks SniffLen bytes ahead, the form's own Open gets r as it is, and can
// use what other methods it has: a .msg file is read in no order. Other readers it gets behind a buffer. Open reads no more
// than SniffLen bytes before it hands r on.
//
// The error is that of r or of the form, or a [diag.Finding] with the code UnknownForm.
func Open(r io.Reader, source string, forms ...Form) (Reader, error) {
	r, prefix, err := look(r)
	if err != nil {
		return nil, err
	}
	name := Sniff(prefix)
	if name == "" && bytes.IndexByte(prefix, 0) < 0 && container(prefix) == "" {
		name = "mfcmapi"
	}
	for _, f := range forms {
		if f.Name == name && name != "" {
			return f.Open(r, source)
		}
	}
	return nil, unknown(prefix, name)
}

// look returns the beginning of r, and what reads r from its beginning.
func look(r io.Reader) (io.Reader, []byte, error) {
	if p, ok := r.(interface{ Peek(n int) ([]byte, error) }); ok {
		switch prefix, err := p.Peek(SniffLen); err {
		case bufio.ErrBufferFull: // it cannot see so far
		case io.EOF:
			return r, prefix, nil
		default:
			return r, prefix, err
		}
	} else if s, ok := r.(io.Seeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil {
			prefix, err := io.ReadAll(io.LimitReader(r, SniffLen))
			if err == nil {
				_, err = s.Seek(at, io.SeekStart)
			}
			return r, prefix, err
		}
	}
	return look(bufio.NewReaderSize(r, SniffLen))
}

// container names the binary file that begins with prefix and is no dump, or needs to be unpacked before it is one.
func container(prefix []byte) string {
	for _, m := range [...]struct{ magic, name string }{
		{"\x1F\x8B", "gzip: unpack it first"},
		{"PK\x03\x04", "a zip archive: unpack it first"},
		{"7z\xBC\xAF\x27\x1C", "a 7z archive: unpack it first"},
		{"!BDN", "a PST or OST file: export its items first"},
	} {
		if bytes.HasPrefix(prefix, []byte(m.magic)) {
			return m.name
		}
	}
	return ""
}

// unknown says why no form was taken for a file.
func unknown(prefix []byte, name string) error {
	f := diag.Finding{Severity: diag.Error, Code: UnknownForm, Span: diag.Span{Offset: -1}, Path: "file", Spec: "mapi/dump",
		Msg: "is none of the forms that are read"}
	switch what := container(prefix); {
	case what != "":
		f.Msg = "is " + what
	case len(prefix) == 0:
		f.Msg = "is empty"
	case Sniff(prefix) != "":
		f.Msg = fmt.Sprintf("looks like the form %s, which is not among those to read", name)
	}
	return f
}
