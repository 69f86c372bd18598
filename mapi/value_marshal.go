package mapi

// encoding/json sees the same value form as everybody else: each method returns what AppendJSON appends.

// MarshalJSON returns what AppendJSON appends.
func (v Null) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Integer16) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Integer32) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Floating32) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Floating64) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Currency) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v FloatingTime) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v ErrorCode) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Boolean) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Object) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Integer64) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v String8) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v String) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Time) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v GUID) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v ServerID) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Restriction) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v RuleActions) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Binary) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v Unknown) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleInteger16) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleInteger32) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleFloating32) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleFloating64) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleCurrency) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleFloatingTime) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleInteger64) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleString8) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleString) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleTime) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleGUID) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// MarshalJSON returns what AppendJSON appends.
func (v MultipleBinary) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }
