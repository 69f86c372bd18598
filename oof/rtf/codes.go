package rtf

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of the findings about compressed RTF. Each has one severity and a catalogue entry, with an example, in Codes.
const (
	// Truncated says that the blob ends before its header does, or before the bytes that COMPSIZE or RAWSIZE counts, or within
	// a reference. It is an io.ErrUnexpectedEOF.
	Truncated diag.Code = "rtf.truncated"
	// BadCompSize says that COMPSIZE is less than the header. All that follows was taken for CONTENTS.
	BadCompSize diag.Code = "rtf.bad-compsize"
	// TrailingData says that bytes follow those that COMPSIZE counts. They are kept in Trailing.
	TrailingData diag.Code = "rtf.trailing-data"
	// BadCompType says that COMPTYPE is none that is known, so that nothing is known of CONTENTS.
	BadCompType diag.Code = "rtf.bad-comptype"
	// BadCRC says that CRC is not that of CONTENTS.
	BadCRC diag.Code = "rtf.bad-crc"
	// ZeroCRC says that CRC is 0, and that of CONTENTS is not: the writer left it out.
	ZeroCRC diag.Code = "rtf.zero-crc"
	// MELACRC says that RTF which is not compressed has a CRC.
	MELACRC diag.Code = "rtf.mela-crc"
	// BadReference says that a reference is to a byte of the dictionary that was never written. It was taken for zero.
	BadReference diag.Code = "rtf.bad-reference"
	// NoEndMarker says that CONTENTS end without the reference that ends them.
	NoEndMarker diag.Code = "rtf.no-end-marker"
	// RawSizeMismatch says that there is not as much RTF as RAWSIZE says.
	RawSizeMismatch diag.Code = "rtf.rawsize-mismatch"
	// Padding says that bytes of CONTENTS follow the end of the RTF.
	Padding diag.Code = "rtf.padding"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
