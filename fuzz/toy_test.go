package fuzz_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mapiprop/mapiprop/fuzz"
	"github.com/mapiprop/mapiprop/internal/wtf8"
	"github.com/mapiprop/mapiprop/mapi/diag"
)

type report = diag.Report

// toy is a structure with one of everything: a version, a counted text, flags some of which are reserved, and whatever
// follows.
//
//	version   1 byte    1
//	cch       2 bytes   units of text
//	text      2·cch     UTF-16LE
//	flags     2 bytes   bit 15 must not be set
type toy struct {
	Version  uint8
	Text     string
	Flags    uint16
	Trailing []byte
	bugs     bug // of its methods
}

const (
	toyTruncated diag.Code = "toy.truncated"
	toyTrailing  diag.Code = "toy.trailing-data"
	toyVersion   diag.Code = "toy.version"
	toyFlags     diag.Code = "toy.flags"
)

// A bug is one mistake that decoders make.
type bug uint32

const (
	panics          bug = 1 << iota // an index without a check
	gap                             // a field is not recorded
	overlap                         // a field is recorded too long
	nameless                        // a field has no name
	startsLate                      // the first byte is nobody's
	endsEarly                       // the last field is not recorded
	outside                         // a finding lies behind the input
	wordless                        // a finding has no message
	byteForChar                     // the length is counted in bytes of Go's text, not in units
	skips500                        // long text is skipped
	swallows                        // Decode does not see an Error
	sees                            // Decode sees an Error that Inspect does not
	other                           // Decode reads another value
	beside                          // Decode returns a value beside its error
	plainError                      // Decode returns an error without findings
	otherFinding                    // Decode's error says something else
	lossyJSON                       // JSON leaves out the flags
	plainJSON                       // JSON replaces lone surrogates
	refusesJSON                     // what is written is not read
	brokenJSON                      // what is written is no JSON
	restless                        // Normalize goes on for ever
	leaves                          // Normalize leaves what it is there for
	refusesNormal                   // what Normalize made cannot be written
	prefix                          // flags that are not there are 0
	anonymousPrefix                 // the shortage is no io.ErrUnexpectedEOF
	writes                          // the input is written to
	keeps                           // UnmarshalBinary keeps what was there
	refusesReuse                    // UnmarshalBinary refuses a value that was used
	noReport                        // Inspect returns no report
	canonical                       // a reserved bit is cleared on the way
	dropsTrailing                   // what follows is not kept
)

// toyLaws are the laws of a decoder with the given bugs.
func toyLaws(bugs bug) fuzz.Laws[toy] {
	has := func(b bug) bool { return bugs&b != 0 }
	inspect := func(b []byte) (*toy, *diag.Report) {
		r := diag.New("toy", b, nil)
		v := &toy{bugs: bugs}
		v.read(b, r)
		if has(noReport) {
			return v, nil
		}
		return v, r
	}
	unmarshal := func(v *toy, b []byte) error {
		r := diag.NewErrors("toy", nil)
		old := v.Trailing
		used := v.Version != 0
		*v = toy{bugs: bugs}
		v.read(b, r)
		if has(keeps) {
			v.Trailing = append(old, v.Trailing...)
		}
		if has(refusesReuse) && used {
			return errors.New("used")
		}
		return r.Err()
	}
	decode := func(b []byte) (*toy, error) {
		v := new(toy)
		switch err := unmarshal(v, b); {
		case err != nil && has(swallows) && errors.Is(err, toyFlags):
			return v, nil
		case err != nil && has(beside):
			return v, err
		case err != nil && has(plainError):
			return nil, fmt.Errorf("bad: %v", err)
		case err != nil && has(otherFinding):
			return nil, &diag.DecodeError{What: "toy", Findings: []diag.Finding{{Severity: diag.Fatal, Code: toyTruncated, Path: "?", Msg: "?"}}}
		case err != nil:
			return nil, err
		}
		if has(sees) && v.Flags == 7 {
			return nil, &diag.DecodeError{What: "toy", Findings: []diag.Finding{{Severity: diag.Error, Code: toyFlags}}}
		}
		if has(other) && v.Flags == 7 {
			v.Flags = 6
		}
		return v, nil
	}
	return fuzz.Laws[toy]{Name: "toy", Decode: decode, Inspect: inspect, Unmarshal: unmarshal, Append: (*toy).append, Normalize: (*toy).normalize,
		SelfDelimiting: true, Normalized: []diag.Code{toyTrailing, toyVersion}}
}

func (v *toy) has(b bug) bool { return v.bugs&b != 0 }

// reader reads and records; it is what a Cursor is, without its care.
type reader struct {
	v   *toy
	b   []byte
	off int
	r   *diag.Report
}

func (c *reader) take(name string, kind diag.Kind, n int) []byte {
	if n > len(c.b)-c.off {
		code := toyTruncated
		if c.v.has(anonymousPrefix) {
			code = "toy.short"
		}
		c.r.Add(diag.Finding{Severity: diag.Fatal, Code: code, Span: diag.Span{Offset: c.off, Len: len(c.b) - c.off}, Path: name, Msg: "is cut"})
		if c.off < len(c.b) {
			c.r.AddUndecoded(c.off, len(c.b)-c.off)
		}
		c.off = len(c.b) + 1
		return nil
	}
	b := c.b[c.off : c.off+n]
	c.off += n
	switch {
	case n == 0, c.v.has(gap) && name == "cch", c.v.has(startsLate) && name == "version", c.v.has(endsEarly) && c.off == len(c.b):
	case c.v.has(overlap) && name == "cch":
		c.r.AddField(name, kind, c.off-n, n+1, nil)
	case c.v.has(nameless) && name == "cch":
		c.r.AddField("", kind, c.off-n, n, nil)
	default:
		c.r.AddField(name, kind, c.off-n, n, nil)
	}
	return b
}

func (v *toy) read(b []byte, r *diag.Report) {
	c := &reader{v: v, b: b, r: r}
	if v.has(writes) && len(b) > 2 {
		b[2] = 0
	}
	version := c.take("version", diag.Uint, 1)
	if version == nil {
		return
	}
	v.Version = version[0]
	if v.Version != 1 {
		r.Add(diag.Finding{Severity: diag.Warning, Code: toyVersion, Span: diag.Span{Len: 1}, Path: "version", Msg: v.say("is not 1")})
	}
	cch := c.take("cch", diag.Uint, 2)
	if cch == nil {
		return
	}
	n := 2 * int(binary.LittleEndian.Uint16(cch))
	if v.has(panics) && n > 2 {
		_ = b[3+n-1]
	}
	text := c.take("text", diag.UTF16, n)
	if text == nil && n > 0 {
		return
	}
	if !v.has(skips500) || n < 1000 {
		v.Text = string(wtf8.AppendDecode(nil, text))
	}
	v.readEnd(c)
}

func (v *toy) readEnd(c *reader) {
	if v.has(prefix) && c.off == len(c.b) {
		return
	}
	flags := c.take("flags", diag.Uint, 2)
	if flags == nil {
		return
	}
	v.Flags = binary.LittleEndian.Uint16(flags)
	if v.Flags&0x8000 != 0 {
		at := c.off - 2
		if v.has(outside) {
			at = len(c.b)
		}
		c.r.Add(diag.Finding{Severity: diag.Error, Code: toyFlags, Span: diag.Span{Offset: at, Len: 2}, Path: "flags", Msg: v.say("has bit 15")})
	}
	if v.has(canonical) {
		v.Flags &^= 0x4000
	}
	if n := len(c.b) - c.off; n > 0 {
		c.r.Add(diag.Finding{Severity: diag.Warning, Code: toyTrailing, Span: diag.Span{Offset: c.off, Len: n}, Path: "trailing", Msg: "follows"})
		rest := c.take("trailing", diag.Bytes, n)
		if !v.has(dropsTrailing) {
			v.Trailing = append([]byte{}, rest...)
		}
	}
}

func (v *toy) say(words string) string {
	if v.has(wordless) {
		return ""
	}
	return words
}

func (v *toy) append(b []byte) ([]byte, error) {
	if v.has(refusesNormal) && v.Flags&1 == 0 && v.Trailing == nil {
		return b, errors.New("refused")
	}
	units := wtf8.Units(v.Text)
	if v.has(byteForChar) {
		units = len(v.Text)
	}
	b = append(b, v.Version)
	b = binary.LittleEndian.AppendUint16(b, uint16(units))
	b, _ = wtf8.AppendEncode(b, v.Text) // it came from UTF-16
	b = binary.LittleEndian.AppendUint16(b, v.Flags)
	return append(b, v.Trailing...), nil
}

func (v *toy) normalize() {
	v.Version, v.Trailing = 1, nil
	if v.has(leaves) {
		v.Version = 2
	}
	if v.has(restless) {
		v.Flags ^= 1
	}
}

func (v *toy) MarshalJSON() ([]byte, error) {
	if v.has(brokenJSON) {
		return nil, errors.New("no JSON today")
	}
	if v.has(plainJSON) {
		return json.Marshal(map[string]any{"version": v.Version, "text": v.Text, "flags": v.Flags, "trailing": hex.EncodeToString(v.Trailing), "bugs": v.bugs})
	}
	b := fmt.Appendf(nil, `{"version":%d,"bugs":%d,"text":`, v.Version, v.bugs)
	b = wtf8.AppendQuote(b, v.Text)
	if !v.has(lossyJSON) {
		b = fmt.Appendf(b, `,"flags":%d`, v.Flags)
	}
	return fmt.Appendf(b, `,"trailing":"%x"}`, v.Trailing), nil
}

func (v *toy) UnmarshalJSON(b []byte) error {
	var w struct {
		Version  uint8
		Bugs     bug
		Text     json.RawMessage
		Flags    uint16
		Trailing string
	}
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	if w.Bugs&refusesJSON != 0 && w.Flags == 7 {
		return errors.New("seven")
	}
	text, err := wtf8.Unquote(w.Text)
	if err != nil {
		return err
	}
	trailing, err := hex.DecodeString(w.Trailing)
	if err == nil {
		*v = toy{w.Version, text, w.Flags, trailing, w.Bugs}
	}
	return err
}
