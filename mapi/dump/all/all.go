// Package all lists the forms of dump that this module reads, for programs that want to open whatever they are given.
// Importing it links every reader; a program that needs one form imports that one alone.
package all

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
	"github.com/mapiprop/mapiprop/mapi/dump/graph"
	"github.com/mapiprop/mapiprop/mapi/dump/lines"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
	"github.com/mapiprop/mapiprop/mapi/dump/pffexport"
	"github.com/mapiprop/mapiprop/mapi/dump/reg"
	"github.com/mapiprop/mapiprop/mapi/dump/tnef"
)

// Forms returns every form but that of .msg files, which needs a reader of compound files: msg.Form makes it of one, and
// a program adds it to the list. Text of 8 bits that does not say its code page is read in codePage; where that is 0,
// nobody said, and each form does what its package says. Forms may be called concurrently.
func Forms(codePage int) []dump.Form {
	return slices.Concat(
		[]dump.Form{mfcmapi.Form(codePage)},
		lines.Forms(),
		[]dump.Form{tnef.Form(codePage), graph.Form(), ews.Form(), reg.Form(codePage), pffexport.Form(codePage)},
	)
}
