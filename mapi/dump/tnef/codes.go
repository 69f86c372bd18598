package tnef

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What may be wrong with a TNEF file, or worth knowing. Offsets in messages are those of the file.
const (
	// NotTNEF: the file does not begin with the signature of TNEF. It is not read.
	NotTNEF diag.Code = "tnef.not-tnef"
	// Key: the number behind the signature, to which the places of attachments in tagged text refer.
	Key diag.Code = "tnef.key"
	// Truncated: the file ends inside the signature, the head of an attribute, or a checksum.
	Truncated diag.Code = "tnef.truncated"
	// BadLevel: an attribute cannot begin here, because its level is neither 1 nor 2. The record has the bytes up to the
	// next known attribute.
	BadLevel diag.Code = "tnef.bad-level"
	// Level: an attribute of messages stands at the level of attachments, or the other way round.
	Level diag.Code = "tnef.level"
	// AttributeOverrun: an attribute claims more bytes than are left. What is there is read.
	AttributeOverrun diag.Code = "tnef.attribute-overrun"
	// TooLong: an attribute is longer than MaxAttribute. It is not read.
	TooLong diag.Code = "tnef.too-long"
	// Checksum: the checksum of an attribute is not the sum of its bytes.
	Checksum diag.Code = "tnef.checksum"
	// UnknownAttribute: the format does not name the attribute.
	UnknownAttribute diag.Code = "tnef.unknown-attribute"
	// DuplicateAttribute: a message or an attachment has an attribute twice.
	DuplicateAttribute diag.Code = "tnef.duplicate-attribute"
	// NoRendData: no attAttachRendData begins an attachment.
	NoRendData diag.Code = "tnef.no-rend-data"
	// Attribute: the record is an attribute, and no property of MAPI. The message says which it is, and what it stands for.
	Attribute diag.Code = "tnef.attribute"
	// AttributeForm: the data of an attribute are not in its form. They are kept as they are.
	AttributeForm diag.Code = "tnef.attribute-form"
	// Version: attTnefVersion is not the version there is.
	Version diag.Code = "tnef.version"
	// Weekday: a date has another day of the week than it says.
	Weekday diag.Code = "tnef.weekday"
	// AddressLength: the length in the header of attFrom is not that of its parts, which fit.
	AddressLength diag.Code = "tnef.address-length"
	// PropertyOverrun: a tag, a name, a size or a value ends behind the end of its attribute. What is there is read.
	PropertyOverrun diag.Code = "tnef.property-overrun"
	// CountTooBig: more rows, properties or values are counted than there are.
	CountTooBig diag.Code = "tnef.count-too-big"
	// UnknownType: a property has a type whose values have no known length, so that nothing behind it can be found.
	UnknownType diag.Code = "tnef.unknown-type"
	// Trailing: bytes stand behind all the properties or rows that an attribute counts.
	Trailing diag.Code = "tnef.trailing"
	// EmptyRow: rows of the table of recipients have no properties.
	EmptyRow diag.Code = "tnef.empty-row"
	// ValueCount: a property of a single type counts other than one value.
	ValueCount diag.Code = "tnef.value-count"
	// Repeated: a property stands in a list twice, with the same value.
	Repeated diag.Code = "tnef.repeated"
	// DuplicateProperty: a property stands in a list twice, with different values.
	DuplicateProperty diag.Code = "tnef.duplicate-property"
	// BooleanValue: a Boolean is neither 0 nor 1. It counts as true.
	BooleanValue diag.Code = "tnef.boolean-value"
	// Padding: the bytes that fill up a value to a multiple of four are not zero.
	Padding diag.Code = "tnef.padding"
	// NoPadding: the attribute ends before the bytes that fill up its last value.
	NoPadding diag.Code = "tnef.no-padding"
	// NoTerminator: a string does not end in the NUL that its size counts.
	NoTerminator diag.Code = "tnef.no-terminator"
	// EmbeddedNUL: a string has more NULs than the one at its end, where other readers may end it.
	EmbeddedNUL diag.Code = "tnef.embedded-nul"
	// NameKind: the name of a property is neither a number nor a string, so that nothing behind it can be found.
	NameKind diag.Code = "tnef.name-kind"
	// NameForm: the name of a property is empty, or no UTF-16 text that ends in NUL.
	NameForm diag.Code = "tnef.name-form"
	// Object: the value is an object. The message says of which kind; what is in a message follows.
	Object diag.Code = "tnef.object"
	// ObjectForm: an object does not say of which kind it is, or is not of the kind it says.
	ObjectForm diag.Code = "tnef.object-form"
	// TooDeep: messages lie in messages deeper than MaxDepth. The bytes of the first that does are kept.
	TooDeep diag.Code = "tnef.too-deep"
	// CodePage: says which code page 8-bit text that is not ASCII was given, and by what.
	CodePage diag.Code = "tnef.codepage"
	// CodePageConflict: a code page that the file names cannot be that of this text; the next in order was taken.
	CodePageConflict diag.Code = "tnef.codepage-conflict"
	// CodePageGuess: nothing in the file says the code page of this text.
	CodePageGuess diag.Code = "tnef.codepage-guess"
)

const (
	specStream     = "[MS-OXTNEF] 2.1.3"
	specIDs        = "[MS-OXTNEF] 2.1.3.2"
	specAttributes = "[MS-OXTNEF] 2.1.3.3"
	specProperties = "[MS-OXTNEF] 2.1.3.4"
)

// Codes returns the catalogue of this package's findings. Examples of the kind "tnef" are files, in hexadecimal.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
