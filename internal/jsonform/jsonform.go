// Package jsonform has what the value forms of JSON have in common, for their UnmarshalJSON: bytes as hex, and text that
// is WTF-8.
package jsonform

import (
	"encoding/hex"
	"fmt"

	"github.com/mapiprop/mapiprop/internal/wtf8"
)

// Hex are bytes in JSON as hex. They are nil where the member is absent, and only there.
type Hex []byte

// UnmarshalText reads hex.
func (h *Hex) UnmarshalText(b []byte) (err error) {
	*h, err = hex.AppendDecode([]byte{}, b)
	return err
}

// Text is text in JSON, with the unpaired surrogates that encoding/json would replace.
type Text string

// UnmarshalJSON reads a JSON string.
func (t *Text) UnmarshalJSON(b []byte) error {
	s, err := wtf8.Unquote(b)
	*t = Text(s)
	return err
}

// Fill copies src to dst, which must have its length, unless src is absent. The name is that of the member, behind its
// package: "goid: x".
func Fill(dst, src []byte, name string) error {
	if src != nil && len(src) != len(dst) {
		return fmt.Errorf("%s: is %d bytes, must be %d", name, len(src), len(dst))
	}
	copy(dst, src)
	return nil
}
