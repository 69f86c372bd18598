package diag

import (
	"fmt"
	"strings"
)

// DecodeError is what a strict decoder returns: every finding of severity Error and above, in offset order. Use
// errors.As (or errors.AsType) to get it, and errors.Is with a Code to ask for one of its findings.
type DecodeError struct {
	What     string // the format: "tzdef"
	Findings []Finding
}

// Error returns the first finding as a sentence, and how many more there are.
func (e *DecodeError) Error() string {
	if len(e.Findings) == 0 {
		return e.What + ": cannot be decoded"
	}
	var b strings.Builder
	b.WriteString(e.What + ": " + e.Findings[0].Error())
	if n := len(e.Findings) - 1; n > 0 {
		fmt.Fprintf(&b, " and %d more", n)
	}
	return b.String()
}

// Unwrap returns the findings, so that errors.Is sees each of their codes.
func (e *DecodeError) Unwrap() []error {
	errs := make([]error, len(e.Findings))
	for i, f := range e.Findings {
		errs[i] = f
	}
	return errs
}
