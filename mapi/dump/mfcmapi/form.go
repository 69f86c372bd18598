package mfcmapi

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open]. CodePage is that of NewReader.
func Form(codePage int) dump.Form {
	return dump.Form{Name: "mfcmapi", Title: "MFCMAPI and MrMAPI property exports (XML), whole or as fragments in other text; its clipboard texts and debug log", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source, codePage), nil
	}}
}
