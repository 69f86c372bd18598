package pffexport

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open]. CodePage is that of NewReader.
func Form(codePage int) dump.Form {
	return dump.Form{Name: "pffexport", Title: "item values of a PST or OST (ItemValues.txt), as pffexport -d of libpff writes them", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source, codePage), nil
	}}
}
