package guid

import "strconv"

// AppendText appends the canonical text, {66960343-B15D-443B-8199-1F9143325B37},
// to b. The error is always nil.
func (g GUID) AppendText(b []byte) ([]byte, error) {
	return appendDashed(b, &g, upper, '{', '}'), nil
}

// MarshalText returns the canonical text. encoding/json uses it, for values
// and for map keys. The error is always nil.
func (g GUID) MarshalText() ([]byte, error) {
	return g.AppendText(make([]byte, 0, bracedLen))
}

// UnmarshalText reads what Parse reads. g is unchanged after an error.
func (g *GUID) UnmarshalText(text []byte) error {
	var h GUID
	if ft := parseCanonical(&h, text); ft.kind != fine {
		_, err := Parse(string(text))
		return err
	}
	*g = h
	return nil
}

// AppendBinary appends the sixteen wire bytes to b. The error is always nil.
func (g GUID) AppendBinary(b []byte) ([]byte, error) { return append(b, g[:]...), nil }

// MarshalBinary returns the sixteen wire bytes. The error is always nil.
func (g GUID) MarshalBinary() ([]byte, error) { return g.AppendBinary(nil) }

// UnmarshalBinary takes exactly sixteen wire bytes. Any other number is
// NotSixteenBytes, and g is unchanged.
func (g *GUID) UnmarshalBinary(b []byte) error {
	if len(b) != Size {
		return &SyntaxError{
			Code: NotSixteenBytes, Offset: min(len(b), Size), Count: len(b), Short: len(b) < Size,
			Msg: strconv.Itoa(len(b)) + " bytes, want 16",
		}
	}
	*g = GUID(b)
	return nil
}
