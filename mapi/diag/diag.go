// Package diag holds the words in which every decoder of this module speaks: severities, codes, findings, the fields
// of a blob, and the Report that collects them.
//
// It knows no format. A decoder makes a Report with New or NewLazy, fills it while it reads, and hands it out; everybody
// else only reads it.
package diag

import (
	"fmt"
	"io"
	"strings"
)

// Severity orders findings by what they mean for the reader, not by what the text of a specification demands. Decoding
// strictly fails at Error and above.
type Severity uint8

// The severities, mildest first.
const (
	Info    Severity = iota + 1 // worth knowing: a value the specification leaves open, or a departure nearly every writer makes
	Warning                     // departs from the specification; the meaning is still certain
	Error                       // departs from the specification; the meaning is in doubt
	Fatal                       // the layout cannot be followed past this byte
)

// String returns the severity's word, in lower case.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	case Fatal:
		return "fatal"
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// AppendText appends the severity's word. It never fails.
func (s Severity) AppendText(b []byte) ([]byte, error) { return append(b, s.String()...), nil }

// MarshalText returns the severity's word. It never fails.
func (s Severity) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads one of the four words.
func (s *Severity) UnmarshalText(b []byte) error {
	for v := Info; v <= Fatal; v++ {
		if string(b) == v.String() {
			*s = v
			return nil
		}
	}
	return fmt.Errorf("diag: %q is no severity", b)
}

// A Code names one kind of finding for ever: "tzdef.truncated". Codes are constants, and they are errors, so that
// errors.Is(err, tzdef.Truncated) asks what went wrong.
type Code string

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

// Is reports whether c is a kind of target: every code that says bytes are missing is an io.ErrUnexpectedEOF.
func (c Code) Is(target error) bool { return target == io.ErrUnexpectedEOF && c.Shortage() }

// Shortage reports whether c says that the input ends before the structure does. Such codes end in ".truncated",
// ".count-too-big" or ".unterminated-string", or in "-overrun" when a size points past the end.
func (c Code) Shortage() bool {
	_, name, _ := strings.Cut(string(c), ".")
	switch name {
	case "truncated", "count-too-big", "unterminated-string":
		return true
	}
	return strings.HasSuffix(name, "-overrun")
}

// Span is a byte range of the input. Offset is -1 for a finding about a set of properties rather than about bytes.
type Span struct{ Offset, Len int }

// Finding is one departure of the input from what its format promises. It is an error whose Unwrap is its Code.
type Finding struct {
	Severity Severity
	Code     Code
	Span     Span
	Path     string // the field, in the specification's names: "TZRules[2].stStandardDate.wMonth"
	Spec     string // the section that is departed from: "[MS-OXOCAL] 2.2.1.41.1"
	Msg      string // what was found and what was expected: "is 13, must be 1 to 12"

	// Set when the finding is a known bug of some product.
	Effect string // what that product does with the item
	Ref    string // the published article
	Repair string // how the item is repaired
}

// Error returns the finding as one sentence: field, place, message, code.
func (f Finding) Error() string {
	var b strings.Builder
	b.WriteString(f.Path)
	if f.Span.Offset >= 0 {
		fmt.Fprintf(&b, " at 0x%04X", f.Span.Offset)
	}
	fmt.Fprintf(&b, ": %s (%s)", f.Msg, f.Code)
	return b.String()
}

// Unwrap returns the finding's code.
func (f Finding) Unwrap() error { return f.Code }

// Entry is what the catalogue of a package says about one code.
type Entry struct {
	Code     Code
	Severity Severity
	Means    string // what it says about the input
	Spec     string // the section it rests on
	Effect   string // what a named product does with such an item, if that is known
	Ref      string // the published article about that
	Repair   string // how such an item is repaired
	Kind     string // the kind of blob the example is, as the command spells it: "tzdef"
	Example  string // a small input that yields the code: hex for blobs, text otherwise
}

// Lookup returns the entry of code in a catalogue.
func Lookup(catalogue []Entry, code Code) (Entry, bool) {
	if i := indexOf(catalogue, code); i >= 0 {
		return catalogue[i], true
	}
	return Entry{}, false
}
