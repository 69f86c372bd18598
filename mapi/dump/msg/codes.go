package msg

import (
	"slices"

	"github.com/mapiprop/mapiprop/mapi/diag"
)

// What may be wrong with a .msg file. Findings about one property stand in its record. Those about a part of the file that
// is no property (a header, a name map, a stream nobody claims) stand in a record of that part: its Raw holds the bytes.
const (
	// NotAMessage: the storage holds nothing that a .msg file has.
	NotAMessage diag.Code = "msg.not-a-message"
	// Unreadable: a stream or storage could not be read to its end; the file system says why. What was read is kept.
	Unreadable diag.Code = "msg.unreadable"
	// NoPropertyStream: an object has no stream __properties_version1.0.
	NoPropertyStream diag.Code = "msg.no-property-stream"
	// Truncated: a property stream ends inside its header or an entry, or a name map inside one of its records.
	Truncated diag.Code = "msg.truncated"
	// HeaderSize: the entries of a property stream begin where another kind of object would have them. A guess, made
	// when they make no sense at the right place and do at the other.
	HeaderSize diag.Code = "msg.header-size"
	// HeaderReserved: the reserved bytes of a property stream's header are not zero.
	HeaderReserved diag.Code = "msg.header-reserved"
	// ObjectCount: a header counts other recipients or attachments than there are.
	ObjectCount diag.Code = "msg.object-count"
	// NextID: the id a header reserves for the next recipient or attachment is in use.
	NextID diag.Code = "msg.next-id"
	// DuplicateTag: a tag has a second entry in the same property stream.
	DuplicateTag diag.Code = "msg.duplicate-tag"
	// EntryFlags: an entry has flags beyond mandatory, readable and writable.
	EntryFlags diag.Code = "msg.entry-flags"
	// EntryReserved: the bytes of an entry behind its value are not zero. Outlook leaves there what was in its memory.
	EntryReserved diag.Code = "msg.entry-reserved"
	// BooleanValue: a PtypBoolean is neither 0 nor 1. It counts as true.
	BooleanValue diag.Code = "msg.boolean-value"
	// UnknownType: an entry has a property type that the format does not name; its eight bytes, or its stream, are kept.
	UnknownType diag.Code = "msg.unknown-type"
	// NoStream: an entry has no stream that holds its value.
	NoStream diag.Code = "msg.no-stream"
	// EmptyNoStream: an entry of size 0 has no stream. The value is taken to be empty.
	EmptyNoStream diag.Code = "msg.empty-no-stream"
	// SizeOverrun: an entry claims more bytes than its stream holds.
	SizeOverrun diag.Code = "msg.size-overrun"
	// SizeMismatch: an entry's size is not that of its stream; no byte is missing.
	SizeMismatch diag.Code = "msg.size-mismatch"
	// Terminator: a string is stored with the NULs that end it. They are taken off.
	Terminator diag.Code = "msg.terminator"
	// LengthStream: the stream with the lengths of a multiple-valued property is no whole number of lengths.
	LengthStream diag.Code = "msg.length-stream"
	// NoValueStream: streams are missing that hold single values of a multiple-valued property.
	NoValueStream diag.Code = "msg.no-value-stream"
	// Object: the value of a PtypObject is a storage. The finding says where its contents are.
	Object diag.Code = "msg.object"
	// StorageStream: a stream inside the storage of an OLE attachment, which is not MAPI's.
	StorageStream diag.Code = "msg.storage-stream"
	// TooDeep: messages lie in messages deeper than MaxDepth.
	TooDeep diag.Code = "msg.too-deep"
	// Unclaimed: no property entry claims this stream.
	Unclaimed diag.Code = "msg.unclaimed"
	// NoName: a property id is of the named kind and the name map does not hold it.
	NoName diag.Code = "msg.no-name"
	// NoNameMap: there are named properties and no name map.
	NoNameMap diag.Code = "msg.no-name-map"
	// NameGUID: an entry of the name map refers to a property set that its list does not hold.
	NameGUID diag.Code = "msg.name-guid-index"
	// NameOverrun: an entry of the name map points to a string outside the string stream.
	NameOverrun diag.Code = "msg.name-overrun"
	// NameLength: a string of the name map is not a whole number of UTF-16 code units, or empty.
	NameLength diag.Code = "msg.name-length"
	// NameIndex: an entry of the name map gives a property id that is taken, or beyond 0xFFFF.
	NameIndex diag.Code = "msg.name-index"
	// CodePage: says which code page a PtypString8 that is not ASCII was given, and by what.
	CodePage diag.Code = "msg.codepage"
	// CodePageConflict: a code page that the message names cannot be that of this value; the next in order was taken.
	CodePageConflict diag.Code = "msg.codepage-conflict"
	// CodePageGuess: nothing in the file says the code page of this value.
	CodePageGuess diag.Code = "msg.codepage-guess"
)

const (
	specStream   = "[MS-OXMSG] 2.4"
	specHeader   = "[MS-OXMSG] 2.4.1"
	specFixed    = "[MS-OXMSG] 2.4.2.1"
	specVariable = "[MS-OXMSG] 2.4.2.2"
	specMulti    = "[MS-OXMSG] 2.1.4.2"
	specNames    = "[MS-OXMSG] 2.2.3"
	specAttach   = "[MS-OXMSG] 2.2.2"
)

// Codes returns the catalogue of this package's findings. Kind "msg" with its Example is a list of streams, one a line,
// as name and contents in hex: "__properties_version1.0 00…". Its storages stand before the name, each with a slash; "!" instead
// of contents is a stream that cannot be read.
func Codes() []diag.Entry { return slices.Clone(catalogue) }
