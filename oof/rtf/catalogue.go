package rtf

import (
	"strings"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// rtfText is the kind of the examples that are RTF, as it is after decompression.
const rtfText = "RTF"

// spec is the grammar of the whole value.
const spec = "[MS-OXRTFCP] 2.1.3.1.1"

// The sections about HTML and plain text in RTF, which refer to the specification of RTF for all else.
const (
	recognizeSpec = "[MS-OXRTFEX] 2.2.3.1"
	rtfSpec       = "[MS-OXRTFEX] 2.2.3"
)

// catalogue says of every code what it means and gives a small input that yields it: a blob as kind rtf, or RTF itself. It
// is never written to.
var catalogue = []diag.Entry{
	{
		Code: Truncated, Severity: diag.Fatal, Spec: spec,
		Means: "The blob ends before its header does, or before all bytes that COMPSIZE or RAWSIZE counts, or in the middle of a reference. The RTF up to there can be read; of a shortened value, the CRC says nothing.",
		Kind:  "rtf", Example: "28000000000000004c5a467500000000010cf0",
	},
	{
		Code: BadCompSize, Severity: diag.Error, Spec: spec,
		Means: "COMPSIZE counts the 12 bytes of the header behind it, and is less than that. All that follows the header was taken for CONTENTS.",
		Kind:  "rtf", Example: "00000000000000004c5a467527d7ca10010cf0",
	},
	{
		Code: TrailingData, Severity: diag.Warning, Spec: spec,
		Means:  "Bytes follow those that COMPSIZE counts. They are kept, and are no part of the RTF.",
		Effect: "gromox refuses a value whose length is not COMPSIZE and 4.",
		Kind:   "rtf", Example: "0f000000000000004c5a467527d7ca10010cf000",
	},
	{
		Code: BadCompType, Severity: diag.Error, Spec: spec,
		Means: "COMPTYPE is neither that of compressed RTF, LZFu, nor that of RTF as it is, MELA. What CONTENTS are is not known.",
		Kind:  "rtf", Example: "0c000000000000007856341200000000",
	},
	{
		Code: BadCRC, Severity: diag.Error, Spec: spec,
		Means:  "CRC is not that of CONTENTS: one of them was changed. The RTF was made all the same.",
		Effect: "gromox does not look at the CRC.",
		Kind:   "rtf", Example: "0f000000000000004c5a4675efbeadde010cf0",
	},
	{
		Code: ZeroCRC, Severity: diag.Warning, Spec: spec,
		Means: "CRC is 0, as some programs write it that compute none. Whether CONTENTS are intact cannot be told.",
		Kind:  "rtf", Example: "0f000000000000004c5a467500000000010cf0",
	},
	{
		Code: MELACRC, Severity: diag.Warning, Spec: spec,
		Means: "RTF that is stored as it is has a CRC, which must be 0 there. It was not compared with anything.",
		Kind:  "rtf", Example: "0d000000010000004d454c41010000007b",
	},
	{
		Code: BadReference, Severity: diag.Error, Spec: spec,
		Means: "A reference is to bytes of the dictionary that hold nothing yet. They were taken for zeros; other readers take blanks.",
		Kind:  "rtf", Example: "13000000040000004c5a4675525f4f080a7bfa007d0d30",
	},
	{
		Code: NoEndMarker, Severity: diag.Warning, Spec: spec,
		Means: "CONTENTS end without the reference to the place of the next byte which says that the RTF is complete.",
		Kind:  "rtf", Example: "14000000070000004c5a46759875df56007b5c727466317d",
	},
	{
		Code: RawSizeMismatch, Severity: diag.Warning, Spec: spec,
		Means:  "CONTENTS are more RTF than RAWSIZE says, or less. All of it was made.",
		Effect: "gromox stops some 20 bytes after RAWSIZE.",
		Kind:   "rtf", Example: "0f000000010000004c5a467527d7ca10010cf0",
	},
	{
		Code: Padding, Severity: diag.Info, Spec: spec,
		Means: "Bytes of CONTENTS follow the end of the RTF: the end marker, or as many bytes as RAWSIZE says. The CRC is about them too.",
		Kind:  "rtf", Example: "0d000000000000004d454c410000000020",
	},
	{
		Code: BadRTF, Severity: diag.Error, Spec: rtfSpec,
		Means: "RTF begins with a brace and the word rtf, and this does not. What looks like RTF in it was read all the same.",
		Kind:  rtfText, Example: `{\fromtext a}`,
	},
	{
		Code: NativeRTF, Severity: diag.Info, Spec: recognizeSpec,
		Means: "Nothing among the first ten tokens says that the RTF was made of HTML or of plain text. What is returned is the text in it, without its formatting, pictures and objects.",
		Kind:  rtfText, Example: `{\rtf1 a}`,
	},
	{
		Code: UnclosedGroup, Severity: diag.Warning, Spec: rtfSpec,
		Means: "The RTF ends before its last group does: it was cut off, or its writer left braces out.",
		Kind:  rtfText, Example: `{\rtf1\fromtext a`,
	},
	{
		Code: TextAfterEnd, Severity: diag.Warning, Spec: rtfSpec,
		Means: "Something other than line ends, blanks and zeros follows the brace that ends the RTF. It was not read.",
		Kind:  rtfText, Example: `{\rtf1\fromtext a}b`,
	},
	{
		Code: TooDeep, Severity: diag.Error, Spec: rtfSpec,
		Means: "More than 256 groups are in one another. Of those within, nothing was taken.",
		Kind:  rtfText, Example: `{\rtf1\fromtext ` + strings.Repeat("{", maxDepth) + "a" + strings.Repeat("}", maxDepth) + "}",
	},
	{
		Code: BadHex, Severity: diag.Warning, Spec: rtfSpec,
		Means: "A byte of text is to be given by two hexadecimal digits, which are not there. It was left out.",
		Kind:  rtfText, Example: `{\rtf1\fromtext \'4g}`,
	},
	{
		Code: BadUnicode, Severity: diag.Error, Spec: rtfSpec,
		Means: "A character is to be given by a number of 16 bits, which is not there or too great. U+FFFD stands for it.",
		Kind:  rtfText, Example: `{\rtf1\fromtext\u65536 ?}`,
	},
	{
		Code: LoneSurrogate, Severity: diag.Error, Spec: rtfSpec,
		Means: "A character beyond U+FFFF takes two numbers, and one of them stands alone. U+FFFD stands for it.",
		Kind:  rtfText, Example: `{\rtf1\fromtext\u-8704 ?}`,
	},
	{
		Code: BinOverrun, Severity: diag.Error, Spec: rtfSpec,
		Means: "Binary data is said to have more bytes than the RTF has. All that is left was taken for it.",
		Kind:  rtfText, Example: `{\rtf1\fromtext a{\pict\bin9 }}`,
	},
	{
		Code: FontPage, Severity: diag.Warning, Spec: rtfSpec,
		Means: "Text beyond ASCII is in a font that the table of fonts does not have, or that has a character set which is not known. It was read in the code page of the document.",
		Kind:  rtfText, Example: `{\rtf1\fromtext\f7 \'e9}`,
	},
	{
		Code: HiddenText, Severity: diag.Info, Spec: rtfSpec,
		Means: "There is text that is marked as hidden. It was not taken.",
		Kind:  rtfText, Example: `{\rtf1 a{\v b}}`,
	},
}
