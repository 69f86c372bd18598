package goid

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of this package's findings. Each has one severity and a catalogue entry, with an example, in Codes.
const (
	// Truncated says that the id ends before its fields do. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "goid.truncated"
	// TrailingData says that bytes follow Data. They are kept in Trailing.
	TrailingData diag.Code = "goid.trailing-data"
	// WithoutSize says that the id ends where Size should be.
	WithoutSize diag.Code = "goid.without-size"
	// ByteArrayID says that the first 16 bytes are not those of a global object id. What the others mean is not known, and
	// nothing else is said of them.
	ByteArrayID diag.Code = "goid.byte-array-id"
	// InstanceDate says that Year, Month and Day are neither zero nor a date.
	InstanceDate diag.Code = "goid.instance-date"
	// InstanceDateRange says that Year, Month and Day are a date, in a year of which there is no appointment.
	InstanceDateRange diag.Code = "goid.instance-date-range"
	// CleanDate says that a clean id has a date. Only InspectClean, which is told what the id is, finds it.
	CleanDate diag.Code = "goid.clean-date"
	// XNotZero says that the reserved X is not zero.
	XNotZero diag.Code = "goid.x-not-zero"
	// WrapperVersion says that Data begins as a wrapped UID does, but has another version or ends in it. It is not taken
	// for one.
	WrapperVersion diag.Code = "goid.wrapper-version"
	// WrappedUID says that the wrapped UID is no text that iCalendar can have for a UID.
	WrappedUID diag.Code = "goid.wrapped-uid"
	// NotEncodable says that a value in memory cannot be written as a blob. Only Validate finds it.
	NotEncodable diag.Code = "goid.not-encodable"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
