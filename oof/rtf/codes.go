package rtf

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// The codes of the findings about compressed RTF, whose offsets are those in the blob. Each has one severity and a catalogue entry, with an example, in Codes.
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

// The codes of the findings about RTF, whose offsets are those in the RTF. What package mapi finds in text of a code page is
// among them too, under its own codes.
const (
	// BadRTF says that what is there does not begin as RTF does. It was read as such.
	BadRTF diag.Code = "rtf.bad-rtf"
	// NativeRTF says that RTF was made of neither HTML nor plain text, so that text alone is not all that it says.
	NativeRTF diag.Code = "rtf.native"
	// UnclosedGroup says that RTF ends before its groups do.
	UnclosedGroup diag.Code = "rtf.unclosed-group"
	// TextAfterEnd says that something follows the last group.
	TextAfterEnd diag.Code = "rtf.text-after-end"
	// TooDeep says that more groups are in one another than are read.
	TooDeep diag.Code = "rtf.too-deep"
	// BadHex says that the two digits of a byte are none.
	BadHex diag.Code = "rtf.bad-hex"
	// BadUnicode says that the number of a character is none, or too great for one.
	BadUnicode diag.Code = "rtf.bad-unicode"
	// LoneSurrogate says that half of a surrogate pair stands alone.
	LoneSurrogate diag.Code = "rtf.lone-surrogate"
	// BinOverrun says that binary data counts more bytes than there are. It is an io.ErrUnexpectedEOF.
	BinOverrun diag.Code = "rtf.bin-overrun"
	// FontPage says that text is in a font of which nobody says what its code page is.
	FontPage diag.Code = "rtf.font-page"
	// HiddenText says that native RTF has text that is not shown.
	HiddenText diag.Code = "rtf.hidden-text"
)

// Codes returns the catalogue of this package's findings. The caller may change it.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
