package exchange

import (
	"slices"
	"strconv"
	"strings"
)

// Strays counts what is passed over because it is no extended property.
type Strays struct {
	Values int64
	Line   int // of the first
	names  []string
	more   bool // there are others than names
}

// maxNames is how many different names are told, and maxName how many bytes of each.
const (
	maxNames = 16
	maxName  = 40
)

// Add counts the value at the front of t, which is, or is within, what has the name.
func (s *Strays) Add(t *Text, name string) {
	if s.Values++; s.Values == 1 {
		s.Line, _ = t.Place()
	}
	name = name[:min(len(name), maxName)]
	switch {
	case name == "" || slices.Contains(s.names, name):
	case len(s.names) == maxNames:
		s.more = true
	default:
		s.names = append(s.names, strings.Clone(name))
	}
}

// Names returns the names: "subject, start and others".
func (s *Strays) Names() string {
	names, _ := Tidy([]byte(strings.Join(s.names, ", ")))
	if s.more {
		names += " and others"
	}
	return names
}

// Summary returns their number and names: "3, of subject, start".
func (s *Strays) Summary() string {
	n := strconv.FormatInt(s.Values, 10)
	if len(s.names) == 0 {
		return n
	}
	return n + ", of " + s.Names()
}

// Quote returns a text in quotation marks, cut if it is long.
func Quote(s string) string {
	const most = 100
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(s[:most]) + "\u2026"
}

// Short returns a name, cut if it is long.
func Short(s string) string {
	text, _ := Tidy([]byte(s[:min(len(s), maxName)]))
	return text
}
