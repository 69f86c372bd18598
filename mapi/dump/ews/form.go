package ews

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open].
func Form() dump.Form {
	return dump.Form{Name: "ews", Title: "Exchange Web Services extended properties (XML), whole messages, logs or fragments", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source), nil
	}}
}
