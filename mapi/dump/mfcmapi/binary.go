package mfcmapi

import (
	"fmt"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// hexBytes returns the bytes of a cell of hex digits, which the record may keep, and reports what is wrong with them.
func (r *Reader) hexBytes(c *cell, path string) []byte {
	h := &c.bytes
	cb := c.cb
	if h.cb >= 0 {
		if cb >= 0 && cb != h.cb {
			r.p.note(diag.Error, LengthMismatch, nowhere, path, "says cb %d in its attribute and cb %d in its text", cb, h.cb)
		}
		cb = h.cb
	}
	n := len(h.out)
	r.hexFindings(h, cb, path)
	if n > maxKept/2 {
		raw := h.out
		h.out = nil
		return raw
	}
	if n > maxTogether {
		raw := make([]byte, len(h.out)) // which is not cleared before it is copied to
		copy(raw, h.out)
		return raw
	}
	raw := r.room(n)
	copy(raw, h.out)
	return raw
}

func (r *Reader) hexFindings(h *hexer, cb int64, path string) {
	p := &r.p
	n := len(h.out)
	found := int64(n) + h.lost
	end := diag.Span{Offset: n}
	said := ""
	if cb >= 0 && cb != found {
		said = fmt.Sprintf("; cb says %d bytes, found %d", cb, found)
	}
	switch {
	case h.lost > 0:
		p.note(diag.Error, TooLong, end, path, "has %d bytes; those from byte %d on were left out%s", found, n, said)
	case h.state == hexStop && h.cut():
		p.note(diag.Error, CutHex, end, path, "something was left out behind %d hex digits (%q)%s", h.digits, h.stop, said)
	case h.state == hexStop:
		p.note(diag.Error, BadHex, end, path, "bad hex digit %s at digit %d; %d characters from there on were not read%s",
			quoteChar(h.stop), h.digits+1, h.stopped, said)
	case h.half:
		p.note(diag.Error, OddHex, end, path, "odd number of hex digits (%d); the last was left out%s", h.digits, said)
	case cb >= 0 && cb != found:
		p.note(diag.Error, LengthMismatch, end, path, "length mismatch: cb %d, found %d", cb, found)
	case cb > 0 && h.null:
		p.note(diag.Error, LengthMismatch, end, path, "length mismatch: cb %d, found NULL", cb)
	}
	p.conflict = p.conflict || h.lost > 0 || h.state == hexStop || h.half || cb >= 0 && cb != found
	if h.cleaned > 0 {
		p.note(diag.Warning, CleanedHex, nowhere, path, "cleaned %d characters from between the hex digits", h.cleaned)
	}
}

func quoteChar(s string) string { return "'" + s + "'" }

// binary reads a run of bytes.
func (r *Reader) binary(value, alt *cell, path string) ([]byte, bool) {
	if !value.has {
		r.missing(path)
		return nil, false
	}
	if !value.isHex {
		value.bytes.reset(MaxBinary)
		value.bytes.write(value.text.b)
		value.bytes.end()
		value.isHex = true
	}
	raw := r.hexBytes(value, path)
	if alt.has {
		r.compareAlt(raw, alt, path)
	}
	return raw, true
}
