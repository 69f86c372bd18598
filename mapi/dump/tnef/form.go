package tnef

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open]. CodePage is that of NewReader.
func Form(codePage int) dump.Form {
	return dump.Form{Name: "tnef", Title: "winmail.dat, and the decoded bytes of a MIME part application/ms-tnef", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source, codePage), nil
	}}
}
