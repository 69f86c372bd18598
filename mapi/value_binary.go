package mapi

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// errText is returned for a String whose bytes are not WTF-8: no UTF-16 stands for it.
var errText = errors.New("mapi: text is not WTF-8 and cannot be written as UTF-16")

var le = binary.LittleEndian

// AppendBinary appends nothing.
func (v Null) AppendBinary(b []byte) ([]byte, error) { return b, nil }

// AppendBinary appends two bytes.
func (v Integer16) AppendBinary(b []byte) ([]byte, error) {
	return le.AppendUint16(b, uint16(v)), nil
}

// AppendBinary appends four bytes.
func (v Integer32) AppendBinary(b []byte) ([]byte, error) {
	return le.AppendUint32(b, uint32(v)), nil
}

// AppendBinary appends four bytes.
func (v Floating32) AppendBinary(b []byte) ([]byte, error) {
	return le.AppendUint32(b, math.Float32bits(float32(v))), nil
}

// AppendBinary appends eight bytes.
func (v Floating64) AppendBinary(b []byte) ([]byte, error) {
	return le.AppendUint64(b, math.Float64bits(float64(v))), nil
}

// AppendBinary appends eight bytes.
func (v Currency) AppendBinary(b []byte) ([]byte, error) { return le.AppendUint64(b, uint64(v)), nil }

// AppendBinary appends eight bytes.
func (v FloatingTime) AppendBinary(b []byte) ([]byte, error) { return Floating64(v).AppendBinary(b) }

// AppendBinary appends four bytes.
func (v ErrorCode) AppendBinary(b []byte) ([]byte, error) { return le.AppendUint32(b, uint32(v)), nil }

// AppendBinary appends one byte, or two or four where the number needs them: the width is not part of the value.
func (v Boolean) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case v <= math.MaxUint8:
		return append(b, byte(v)), nil
	case v <= math.MaxUint16:
		return le.AppendUint16(b, uint16(v)), nil
	}
	return le.AppendUint32(b, uint32(v)), nil
}

// AppendBinary appends the bytes.
func (v Object) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Raw...), nil }

// AppendBinary appends eight bytes.
func (v Integer64) AppendBinary(b []byte) ([]byte, error) { return le.AppendUint64(b, uint64(v)), nil }

// AppendBinary appends the bytes, without a terminator.
func (v String8) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Raw...), nil }

// AppendBinary appends UTF-16LE without a terminator. It returns an error, and b, where v is not WTF-8.
func (v String) AppendBinary(b []byte) ([]byte, error) {
	out, ok := wtf8.AppendEncode(b, string(v))
	if !ok {
		return b, errText
	}
	return out, nil
}

// AppendBinary appends eight bytes.
func (v Time) AppendBinary(b []byte) ([]byte, error) { return le.AppendUint64(b, uint64(v)), nil }

// AppendBinary appends sixteen bytes.
func (v GUID) AppendBinary(b []byte) ([]byte, error) { return append(b, v[:]...), nil }

// AppendBinary appends the bytes.
func (v ServerID) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Raw...), nil }

// AppendBinary appends the bytes.
func (v Restriction) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Raw...), nil }

// AppendBinary appends the bytes.
func (v RuleActions) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Raw...), nil }

// AppendBinary appends the bytes.
func (v Binary) AppendBinary(b []byte) ([]byte, error) { return append(b, v...), nil }

// AppendBinary appends the bytes.
func (v Unknown) AppendBinary(b []byte) ([]byte, error) { return append(b, v.Data...), nil }

// AppendBinary appends the elements one behind the other.
func (v MultipleInteger16) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint16(b, uint16(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleInteger32) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint32(b, uint32(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleFloating32) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint32(b, math.Float32bits(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleFloating64) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint64(b, math.Float64bits(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleCurrency) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint64(b, uint64(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleFloatingTime) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint64(b, math.Float64bits(float64(e)))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleInteger64) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint64(b, uint64(e))
	}
	return b, nil
}

// AppendBinary appends each element behind its length, a uint32.
func (v MultipleString8) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = appendPrefixed(b, e.Raw)
	}
	return b, nil
}

// AppendBinary appends each element as UTF-16LE behind its length in bytes, a uint32. It returns an error, and b, where
// an element is not WTF-8.
func (v MultipleString) AppendBinary(b []byte) ([]byte, error) {
	out := b
	for _, e := range v {
		at, ok := len(out), false
		out, ok = wtf8.AppendEncode(append(out, 0, 0, 0, 0), e)
		if !ok {
			return b, errText
		}
		le.PutUint32(out[at:], uint32(len(out)-at-4))
	}
	return out, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleTime) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = le.AppendUint64(b, uint64(e))
	}
	return b, nil
}

// AppendBinary appends the elements one behind the other.
func (v MultipleGUID) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = append(b, e[:]...)
	}
	return b, nil
}

// AppendBinary appends each element behind its length, a uint32.
func (v MultipleBinary) AppendBinary(b []byte) ([]byte, error) {
	for _, e := range v {
		b = appendPrefixed(b, e)
	}
	return b, nil
}

func appendPrefixed(b, e []byte) []byte { return append(le.AppendUint32(b, uint32(len(e))), e...) }
