package recur

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// The enumerations as text and the sets of flags as JSON. A number that has a word is that word, any other one is "0x" and
// as many hex digits as its field has; both are read back.

// AppendText appends what String returns. It never fails.
func (f Frequency) AppendText(b []byte) ([]byte, error) { return append(b, f.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (f Frequency) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what String returns.
func (f *Frequency) UnmarshalText(b []byte) error { return readWord(f, b, frequencyWords[:], Daily) }

// AppendText appends what String returns. It never fails.
func (p PatternType) AppendText(b []byte) ([]byte, error) { return append(b, p.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (p PatternType) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what String returns.
func (p *PatternType) UnmarshalText(b []byte) error { return readWord(p, b, patternWords[:], 0) }

// AppendText appends what String returns. It never fails.
func (c CalendarType) AppendText(b []byte) ([]byte, error) { return append(b, c.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (c CalendarType) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what String returns.
func (c *CalendarType) UnmarshalText(b []byte) error { return readWord(c, b, calendarWords[:], 0) }

// AppendText appends what String returns. It never fails.
func (e EndType) AppendText(b []byte) ([]byte, error) { return append(b, e.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (e EndType) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads what String returns.
func (e *EndType) UnmarshalText(b []byte) error { return readWord(e, b, endWords[:], EndByDate) }

// AppendText appends what String returns. It never fails.
func (n Nth) AppendText(b []byte) ([]byte, error) { return append(b, n.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (n Nth) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what String returns.
func (n *Nth) UnmarshalText(b []byte) error { return readWord(n, b, nthWords[:], 0) }

// AppendText appends what String returns. It never fails.
func (w Weekday) AppendText(b []byte) ([]byte, error) { return append(b, w.String()...), nil }

// MarshalText returns what String returns. It never fails.
func (w Weekday) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what String returns.
func (w *Weekday) UnmarshalText(b []byte) error { return readWord(w, b, weekdayWords[:], 0) }

// readWord reads a word, the first of which stands for the number first, or hex digits that fit in T.
func readWord[T ~uint16 | ~uint32](v *T, b []byte, words []string, first T) error {
	for i, w := range words {
		if w != "" && w == string(b) {
			*v = first + T(i)
			return nil
		}
	}
	n, ok := readHex(string(b), uint64(^T(0)))
	if !ok {
		return fmt.Errorf("recur: %q is neither a word for it nor 0x and hex digits", b)
	}
	*v = T(n)
	return nil
}

// readHex reads "0x" and hex digits of a number up to most.
func readHex(s string, most uint64) (uint64, bool) {
	digits, ok := strings.CutPrefix(s, "0x")
	n, err := strconv.ParseUint(digits, 16, 64)
	return n, ok && err == nil && n <= most
}

// MarshalJSON returns the days as an array of words, Sunday first, and bits that are no day last as "0x…". It never
// fails.
func (d DaysOfWeek) MarshalJSON() ([]byte, error) { return d.appendJSON(nil), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (d *DaysOfWeek) UnmarshalJSON(b []byte) error { return readFlags(d, b, weekdayWords[:]) }

func (d DaysOfWeek) appendJSON(b []byte) []byte {
	return appendFlags(b, weekdayWords[:], uint32(d), 8)
}

// MarshalJSON returns the flags as an array of words, unknown bits last as "0x…". It never fails.
func (f OverrideFlags) MarshalJSON() ([]byte, error) { return f.appendJSON(nil), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (f *OverrideFlags) UnmarshalJSON(b []byte) error { return readFlags(f, b, overrideWords[:]) }

func (f OverrideFlags) appendJSON(b []byte) []byte {
	return appendFlags(b, overrideWords[:], uint32(f), 4)
}

// MarshalJSON returns the bits as an array of words, unknown ones last as "0x…". It never fails.
func (h ChangeHighlight) MarshalJSON() ([]byte, error) { return h.appendJSON(nil), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (h *ChangeHighlight) UnmarshalJSON(b []byte) error { return readFlags(h, b, highlightWords[:]) }

func (h ChangeHighlight) appendJSON(b []byte) []byte {
	return appendFlags(b, highlightWords[:], uint32(h), 8)
}

// appendFlags appends the words of the bits that are set as an array, and the bits that have none as one "0x…" at its
// end.
func appendFlags(b []byte, words []string, set uint32, digits int) []byte {
	b = append(b, '[')
	start, unknown := len(b), uint32(0)
	for rest := set; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros32(rest)
		if i >= len(words) || words[i] == "" {
			unknown |= 1 << i
			continue
		}
		b = append(append(append(b, '"'), words[i]...), '"', ',')
	}
	if unknown != 0 {
		b = append(appendHex(append(b, '"'), unknown, digits), '"', ',')
	}
	if len(b) > start {
		b = b[:len(b)-1]
	}
	return append(b, ']')
}

// appendHex appends "0x" and so many hex digits, which are upper case as in String.
func appendHex(b []byte, v uint32, digits int) []byte {
	b = append(b, "0x"...)
	for digits--; digits >= 0; digits-- {
		b = append(b, "0123456789ABCDEF"[v>>(4*digits)&0xF])
	}
	return b
}

// readFlags reads an array of words of bits, and of "0x" and hex digits that fit in T.
func readFlags[T ~uint16 | ~uint32](v *T, b []byte, words []string) error {
	var set []string
	if err := json.Unmarshal(b, &set); err != nil {
		return err
	}
	var all T
next:
	for _, w := range set {
		for i, name := range words {
			if name != "" && name == w {
				all |= 1 << i
				continue next
			}
		}
		n, ok := readHex(w, uint64(^T(0)))
		if !ok {
			return fmt.Errorf("recur: %q is neither a flag nor 0x and hex digits", w)
		}
		all |= T(n)
	}
	*v = all
	return nil
}
