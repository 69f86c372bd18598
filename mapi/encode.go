package mapi

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// AppendValue appends v as DecodeValue reads it. It returns b and an error for what such a stream cannot hold: a string
// with a NUL in it or that is not WTF-8, a Boolean of more bytes than p has, more bytes than the count can say, and values whose
// length a reader could not know (Object, Restriction, RuleActions, most of Unknown). A string of a FastTransfer stream
// that had no terminator gets one.
func AppendValue(b []byte, v Value, p Profile) ([]byte, error) {
	out, err := appendValue(b, v, p)
	if err != nil {
		return b, fmt.Errorf("mapi: %s cannot be written: %w", v.Type(), err)
	}
	return out, nil
}

func appendValue(b []byte, v Value, p Profile) ([]byte, error) {
	switch v := v.(type) {
	case Boolean:
		return appendBoolean(b, v, p.booleanWidth())
	case String8:
		if p == ProfileFastTransfer {
			return appendFastText(b, v.Raw, unitSize(v.CodePage)), nil
		}
		return appendText8(b, v.Raw, p)
	case String:
		return appendText16(b, string(v), p)
	case Binary:
		return appendCounted(b, v, p.binaryCount())
	case ServerID:
		return appendCounted(b, v.Raw, p.serverIDCount())
	case Object:
		if p == ProfileFastTransfer {
			return appendPrefixed(b, v.Raw), nil
		}
		return nil, errNoLength
	case Restriction, RuleActions:
		return nil, errNoLength
	case Unknown:
		if p == ProfileFastTransfer && v.PropType == PtypString {
			return appendPrefixed(b, v.Data), nil // see decodeFastText
		}
		if p == ProfileOCFG && v.PropType == PtypString && len(v.Data)%2 == 0 && len(v.Data) < math.MaxUint16 {
			return append(le.AppendUint16(b, uint16(len(v.Data)+1)), v.Data...), nil // see decodeText16
		}
		if v.PropType != typeFileHandle || len(v.Data) != 4 {
			return nil, errNoLength
		}
	case MultipleString8:
		return appendEach(b, v, func(b []byte, e String8) ([]byte, error) { return appendText8(b, e.Raw, p) })
	case MultipleString:
		return appendEach(b, v, func(b []byte, e string) ([]byte, error) { return appendText16(b, e, p) })
	case MultipleBinary:
		return appendEach(b, v, func(b []byte, e []byte) ([]byte, error) { return appendCounted(b, e, p.binaryCount()) })
	}
	if t := v.Type(); t.Multiple() {
		// The elements have a fixed size: the list is its dump form behind a count.
		at := len(b)
		out, err := v.AppendBinary(append(b, 0, 0, 0, 0))
		if err == nil {
			le.PutUint32(out[at:], uint32((len(out)-at-4)/t.Element().width()))
		}
		return out, err
	}
	return v.AppendBinary(b)
}

var errNoLength = fmt.Errorf("nothing would say where it ends")

var errNUL = fmt.Errorf("a NUL inside would end the string")

func appendBoolean(b []byte, v Boolean, width int) ([]byte, error) {
	switch {
	case width == 2 && v <= math.MaxUint16:
		return le.AppendUint16(b, uint16(v)), nil
	case v <= math.MaxUint8:
		return append(b, byte(v)), nil
	}
	return nil, fmt.Errorf("%d does not fit %d bytes", uint32(v), width)
}

func appendText8(b, raw []byte, p Profile) ([]byte, error) {
	if p == ProfileFastTransfer {
		return appendFastText(b, raw, 1), nil
	}
	if p == ProfileOCFG {
		return appendCounted(b, raw, 2)
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, errNUL
	}
	return append(append(b, raw...), 0), nil
}

func appendText16(b []byte, s string, p Profile) ([]byte, error) {
	if p == ProfileOCFG || p == ProfileFastTransfer {
		raw, ok := wtf8.AppendEncode(nil, s)
		switch {
		case !ok:
			return nil, errText
		case p == ProfileFastTransfer:
			return appendFastText(b, raw, 2), nil
		}
		return appendCounted(b, raw, 2)
	}
	if strings.IndexByte(s, 0) >= 0 {
		return nil, errNUL
	}
	out, ok := wtf8.AppendEncode(b, s)
	if !ok {
		return nil, errText
	}
	return append(out, 0, 0), nil
}

func appendCounted(b, raw []byte, width int) ([]byte, error) {
	if width == 2 {
		if len(raw) > math.MaxUint16 {
			return nil, fmt.Errorf("%d bytes do not fit a count of 16 bits", len(raw))
		}
		return append(le.AppendUint16(b, uint16(len(raw))), raw...), nil
	}
	return appendPrefixed(b, raw), nil
}

func appendEach[E any](b []byte, v []E, element func([]byte, E) ([]byte, error)) ([]byte, error) {
	b = le.AppendUint32(b, uint32(len(v)))
	for i, e := range v {
		out, err := element(b, e)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
		b = out
	}
	return b, nil
}
