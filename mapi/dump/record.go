// Package dump is what every reader of exported property dumps speaks: a stream of records, one property each.
package dump

import (
	"iter"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

// Record is one property as a dump shows it.
type Record struct {
	Source   string         // the file, as the caller named it
	Line     int            // the line on which the property begins, from 1; 0 where the form has no lines
	Offset   int64          // the byte at which it begins, in the file as stored
	Item     string         // the object it belongs to, as a path inside the source: "message 3/recipient 0"
	Prop     mapi.Prop      // tag, name and value; a nil Value where there is none
	Raw      []byte         // the value's bytes as the dump gives them: little-endian, no length prefix, no terminator
	Derived  bool           // Raw was computed from something that may have lost a part: a text, an older form of the property
	Text     string         // what the dump shows, where that says more than Raw: for want of bytes, and where Raw is Derived
	Findings []diag.Finding // what is wrong with it; Span counts bytes of Raw, or is -1 for what is about the dump
	Inferred []byte         // what the value probably was, worked out from other parts of the record; never evidence
}

// Reader yields the records of one dump, in input order. An error is about a place where no record could be made: the
// Record with it has no property, only Source, Line, Offset and Item, as far as they are known, and the error itself
// among its Findings if it is one. The sequence goes on after it. Not safe for concurrent use.
type Reader interface {
	Records() iter.Seq2[Record, error]
}
