package mapi

import "github.com/mapiprop/mapiprop/guid"

// Value is the value of a property. The types of this package are the only ones that implement it: one for every
// property type, and Unknown for the rest. Values are plain data, safe to read concurrently.
type Value interface {
	// Type returns the property type. That of a value read from a column of type 0x3xxx is the single type.
	Type() PropType
	// AppendBinary appends the value's bytes as a dump's Raw holds them, in the layout ParseRaw reads: little-endian,
	// without length prefix or terminator. It returns an error for text that is not WTF-8.
	AppendBinary(b []byte) ([]byte, error)
	// AppendJSON appends the value form: JSON that says all of the value but its type.
	AppendJSON(b []byte) []byte
	// String returns the value for people. It may be as long as the value.
	String() string
	sealed()
}

// The values of single types. Each says in which property type of [MS-OXCDATA] 2.11.1 it is stored.
type (
	// Null is a PtypNull: a property with no value.
	Null struct{}
	// Integer16 is a PtypInteger16.
	Integer16 int16
	// Integer32 is a PtypInteger32. Many are unsigned by meaning; convert with uint32.
	Integer32 int32
	// Floating32 is a PtypFloating32.
	Floating32 float32
	// Floating64 is a PtypFloating64.
	Floating64 float64
	// Currency is a PtypCurrency: ten-thousandths of a unit.
	Currency int64
	// FloatingTime is a PtypFloatingTime: days since 1899-12-30 00:00 of a wall clock that is not named, the time of
	// day in the fraction, which counts forward from midnight also where the days are negative.
	FloatingTime float64
	// ErrorCode is a PtypErrorCode. A property of this type has no value: the code says why.
	ErrorCode uint32
	// Boolean is a PtypBoolean, as the number that was stored: 1 is true, and so is everything else but 0.
	Boolean uint32
	// Object is a PtypObject: an attached object, which stands elsewhere. Raw is what stands in its place, if anything.
	Object struct{ Raw []byte }
	// Integer64 is a PtypInteger64.
	Integer64 int64
	// String is a PtypString, in WTF-8: a lone surrogate of the input is kept.
	String string
	// Time is a PtypTime.
	Time FileTime
	// GUID is a PtypGuid.
	GUID guid.GUID
	// ServerID is a PtypServerId, the count of bytes before it taken off ([MS-OXCDATA] 2.11.1.4).
	ServerID struct{ Raw []byte }
	// Restriction is a PtypRestriction, not decoded. The widths of its counts depend on where it comes from.
	Restriction struct{ Raw []byte }
	// RuleActions is a PtypRuleAction, not decoded. The widths of its counts depend on where it comes from.
	RuleActions struct{ Raw []byte }
	// Binary is a PtypBinary.
	Binary []byte
)

// String8 is a PtypString8: bytes in a code page that another property names, without the terminator.
type String8 struct {
	Raw      []byte
	CodePage int    // 0 where nobody said
	Source   string // who said so, as CodePage returns it: "PidTagMessageCodepage"
}

// The values of list types.
type (
	// MultipleInteger16 is a PtypMultipleInteger16.
	MultipleInteger16 []int16
	// MultipleInteger32 is a PtypMultipleInteger32.
	MultipleInteger32 []int32
	// MultipleFloating32 is a PtypMultipleFloating32.
	MultipleFloating32 []float32
	// MultipleFloating64 is a PtypMultipleFloating64.
	MultipleFloating64 []float64
	// MultipleCurrency is a PtypMultipleCurrency.
	MultipleCurrency []Currency
	// MultipleFloatingTime is a PtypMultipleFloatingTime.
	MultipleFloatingTime []FloatingTime
	// MultipleInteger64 is a PtypMultipleInteger64.
	MultipleInteger64 []int64
	// MultipleString8 is a PtypMultipleString8.
	MultipleString8 []String8
	// MultipleString is a PtypMultipleString, each in WTF-8.
	MultipleString []string
	// MultipleTime is a PtypMultipleTime.
	MultipleTime []FileTime
	// MultipleGUID is a PtypMultipleGuid.
	MultipleGUID []guid.GUID
	// MultipleBinary is a PtypMultipleBinary.
	MultipleBinary [][]byte
)

// Unknown is a value of a type that has none of its own here, and a value that its type could not read: the bytes
// survive.
type Unknown struct {
	PropType PropType
	Data     []byte
}

// Bool returns the truth of the number: whether it is not 0.
func (v Boolean) Bool() bool { return v != 0 }

// FileTime returns the time.
func (v Time) FileTime() FileTime { return FileTime(v) }

// Type returns PtypNull.
func (v Null) Type() PropType { return PtypNull }

// Type returns PtypInteger16.
func (v Integer16) Type() PropType { return PtypInteger16 }

// Type returns PtypInteger32.
func (v Integer32) Type() PropType { return PtypInteger32 }

// Type returns PtypFloating32.
func (v Floating32) Type() PropType { return PtypFloating32 }

// Type returns PtypFloating64.
func (v Floating64) Type() PropType { return PtypFloating64 }

// Type returns PtypCurrency.
func (v Currency) Type() PropType { return PtypCurrency }

// Type returns PtypFloatingTime.
func (v FloatingTime) Type() PropType { return PtypFloatingTime }

// Type returns PtypErrorCode.
func (v ErrorCode) Type() PropType { return PtypErrorCode }

// Type returns PtypBoolean.
func (v Boolean) Type() PropType { return PtypBoolean }

// Type returns PtypObject.
func (v Object) Type() PropType { return PtypObject }

// Type returns PtypInteger64.
func (v Integer64) Type() PropType { return PtypInteger64 }

// Type returns PtypString8.
func (v String8) Type() PropType { return PtypString8 }

// Type returns PtypString.
func (v String) Type() PropType { return PtypString }

// Type returns PtypTime.
func (v Time) Type() PropType { return PtypTime }

// Type returns PtypGuid.
func (v GUID) Type() PropType { return PtypGuid }

// Type returns PtypServerId.
func (v ServerID) Type() PropType { return PtypServerId }

// Type returns PtypRestriction.
func (v Restriction) Type() PropType { return PtypRestriction }

// Type returns PtypRuleAction.
func (v RuleActions) Type() PropType { return PtypRuleAction }

// Type returns PtypBinary.
func (v Binary) Type() PropType { return PtypBinary }

// Type returns PtypMultipleInteger16.
func (v MultipleInteger16) Type() PropType { return PtypMultipleInteger16 }

// Type returns PtypMultipleInteger32.
func (v MultipleInteger32) Type() PropType { return PtypMultipleInteger32 }

// Type returns PtypMultipleFloating32.
func (v MultipleFloating32) Type() PropType { return PtypMultipleFloating32 }

// Type returns PtypMultipleFloating64.
func (v MultipleFloating64) Type() PropType { return PtypMultipleFloating64 }

// Type returns PtypMultipleCurrency.
func (v MultipleCurrency) Type() PropType { return PtypMultipleCurrency }

// Type returns PtypMultipleFloatingTime.
func (v MultipleFloatingTime) Type() PropType { return PtypMultipleFloatingTime }

// Type returns PtypMultipleInteger64.
func (v MultipleInteger64) Type() PropType { return PtypMultipleInteger64 }

// Type returns PtypMultipleString8.
func (v MultipleString8) Type() PropType { return PtypMultipleString8 }

// Type returns PtypMultipleString.
func (v MultipleString) Type() PropType { return PtypMultipleString }

// Type returns PtypMultipleTime.
func (v MultipleTime) Type() PropType { return PtypMultipleTime }

// Type returns PtypMultipleGuid.
func (v MultipleGUID) Type() PropType { return PtypMultipleGuid }

// Type returns PtypMultipleBinary.
func (v MultipleBinary) Type() PropType { return PtypMultipleBinary }

// Type returns the type under which the value was found.
func (v Unknown) Type() PropType { return v.PropType }

func (Null) sealed()                 {}
func (Integer16) sealed()            {}
func (Integer32) sealed()            {}
func (Floating32) sealed()           {}
func (Floating64) sealed()           {}
func (Currency) sealed()             {}
func (FloatingTime) sealed()         {}
func (ErrorCode) sealed()            {}
func (Boolean) sealed()              {}
func (Object) sealed()               {}
func (Integer64) sealed()            {}
func (String8) sealed()              {}
func (String) sealed()               {}
func (Time) sealed()                 {}
func (GUID) sealed()                 {}
func (ServerID) sealed()             {}
func (Restriction) sealed()          {}
func (RuleActions) sealed()          {}
func (Binary) sealed()               {}
func (MultipleInteger16) sealed()    {}
func (MultipleInteger32) sealed()    {}
func (MultipleFloating32) sealed()   {}
func (MultipleFloating64) sealed()   {}
func (MultipleCurrency) sealed()     {}
func (MultipleFloatingTime) sealed() {}
func (MultipleInteger64) sealed()    {}
func (MultipleString8) sealed()      {}
func (MultipleString) sealed()       {}
func (MultipleTime) sealed()         {}
func (MultipleGUID) sealed()         {}
func (MultipleBinary) sealed()       {}
func (Unknown) sealed()              {}
