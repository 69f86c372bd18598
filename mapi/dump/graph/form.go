package graph

import (
	"io"

	"github.com/mapiprop/mapiprop/mapi/dump"
)

// Form returns this form of dump, for [dump.Open].
func Form() dump.Form {
	return dump.Form{Name: "graph", Title: "Microsoft Graph extended properties (JSON): an object, a response, or one of them on each line", Open: func(r io.Reader, source string) (dump.Reader, error) {
		return NewReader(r, source), nil
	}}
}
