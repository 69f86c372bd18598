package guid

import (
	"fmt"
	"strings"
)

// The manual procedure for ExMerge text that administrators passed on by
// articles: cut after every backslash; leave a chunk of one or two characters
// as it is; split one of three into two and one, one of four into two, one and
// one; then replace single characters by their ASCII codes.

// A Split is that procedure applied to one text, beside the right decoding.
// It explains; to decode, use ParseForm. It is plain data.
type Split struct {
	Chunks []Chunk
	// Octets is what the procedure arrives at; nil if it gets stuck at a
	// chunk, which then has a Fault.
	Octets []byte
	// GUID is the right decoding. Err is ParseForm's error if there is none.
	GUID GUID
	Err  error
	// Agrees: the procedure arrives at the bytes of GUID.
	Agrees bool
}

// A Chunk is the text between two backslashes.
type Chunk struct {
	Offset int      // byte index of Text in the text
	Text   string   // without its backslash
	Units  []string // what the procedure makes of it, left to right
	Right  []string // what it is: "03" for an escape, "f" for a raw character
	Fault  string   // why the procedure fails here, in words; "" if it does not
	Trap   string   // a place where people following it go wrong; "" if none
}

// ExplainSplit applies the manual procedure to an escaped text, such as
// C\03\96f\5D\B1\3BD\81\99\1F\91C2\5B7, and says where and why it fails.
// It comes out right whenever the first chunk has at most one character and
// every other has two to four.
func ExplainSplit(text string) Split {
	var s Split
	s.GUID, s.Err = ParseForm(text, ExMerge)
	text, _, offset := trim(text, ExMerge)
	stuck := text == ""
	for i, part := range strings.Split(text, `\`) {
		c := explainChunk(part, i == 0)
		c.Offset = offset
		offset += len(part) + 1
		s.Chunks = append(s.Chunks, c)
		for _, unit := range c.Units {
			v, good := unitByte(unit)
			stuck = stuck || !good
			s.Octets = append(s.Octets, v)
		}
	}
	if stuck {
		s.Octets = nil
	}
	s.Agrees = s.Err == nil && string(s.Octets) == string(s.GUID[:])
	return s
}

// explainChunk splits one chunk both ways.
func explainChunk(text string, first bool) Chunk {
	c := Chunk{Text: text}
	n := len(text)
	switch {
	case n == 0:
	case n == 1 || n > 4:
		c.Units = []string{text}
	default:
		c.Units = append([]string{text[:2]}, strings.Split(text[2:], "")...)
	}
	raw := text
	if !first {
		pair := min(n, 2)
		c.Right, raw = append(c.Right, text[:pair]), text[pair:]
	}
	if raw != "" {
		c.Right = append(c.Right, strings.Split(raw, "")...)
	}
	switch {
	case first && n > 1:
		c.Fault = fmt.Sprintf("no backslash stands before the first chunk, so its %d characters are all raw: "+
			"%s, not %s", n, strings.Join(c.Right, " "), strings.Join(c.Units, " "))
	case !first && n < 2:
		c.Fault = "a backslash needs two hex digits after it"
	case n > 4:
		c.Fault = fmt.Sprintf("the procedure has no rule for %d characters; they are an escape and %d raw ones: %s",
			n, n-2, strings.Join(c.Right, " "))
	}
	for _, unit := range c.Units {
		if len(unit) == 1 && isHex(unit[0]) && c.Trap == "" {
			c.Trap = fmt.Sprintf("%s looks like a hex digit but is a character: its byte is %02X, not %02X",
				unit, unit[0], unhex[unit[0]])
		}
	}
	return c
}

// unitByte turns a unit into a byte as the procedure does.
func unitByte(unit string) (byte, bool) {
	switch len(unit) {
	case 1:
		return unit[0], true
	case 2:
		hi, lo := unhex[unit[0]], unhex[unit[1]]
		return hi<<4 | lo, hi|lo <= 0x0F
	}
	return 0, false
}

// String explains s in plain words, one line for each chunk that matters and
// two for the results.
func (s Split) String() string {
	var b strings.Builder
	for i, c := range s.Chunks {
		for _, note := range []string{c.Fault, c.Trap} {
			if note != "" {
				fmt.Fprintf(&b, "chunk %d, %q at %d: %s\n", i+1, c.Text, c.Offset, note)
			}
		}
	}
	if s.Octets == nil {
		b.WriteString("by hand: no result\n")
	} else {
		fmt.Fprintf(&b, "by hand: % X\n", s.Octets)
	}
	if s.Err != nil {
		fmt.Fprintf(&b, "decoded: %v\n", s.Err)
		return b.String()
	}
	verdict := "the same"
	if !s.Agrees {
		verdict = "not the same"
	}
	fmt.Fprintf(&b, "decoded: % X, %s; %v\n", s.GUID[:], verdict, s.GUID)
	return b.String()
}
