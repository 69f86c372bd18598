package reg

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open]. CodePage is that of NewReader.
func Form(codePage int) dump.Form {
	return dump.Form{Name: "reg", Title: "exported Outlook profiles (.reg)", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source, codePage), nil
	}}
}
