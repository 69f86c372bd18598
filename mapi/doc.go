// Package mapi names MAPI properties and holds their values.
//
// A property is a tag (an id and a type), a value, and, for ids from 0x8000 on, a name: a property set with a number or
// a string in it, because those ids differ from one store or message to the next. Prop holds one, Props an object's, Item
// a message or folder with all it contains.
//
// Values are typed: one Go type for every property type, Unknown for the rest, and each writes its own bytes again. They
// are read from what a dump shows of one (ParseRaw, ParseMulti) or from a stream (ParseValue, InspectValue; DecodeValue, on
// a cursor of this module, is for its other packages). Text is lossless: a lone surrogate of the input survives in a String,
// and 8-bit text keeps its bytes; what a code page cannot say is told.
//
// The registry says what tags, named properties and errors are called: NameOf, TagByName, NamedName, NamedByCanonical,
// ErrorCode.String. It guesses nothing: what has several meanings is listed (NamesOfID, LIDCandidates), not chosen. Words
// and Meaning say what the number in a property stands for. Each table is text that is searched where it lies: nothing is
// built when a program starts, and a program carries only the tables it asks (TestTablesAreNotLinked).
//
// Where it is written:
//
//	property types and values         [MS-OXCDATA] 2.11
//	property names                    [MS-OXCDATA] 2.6, [MS-OXPROPS]
//	code pages, locales               [MS-UCODEREF] 2.2.1, [MS-LCID] 2.2
//	error codes                       [MS-OXCDATA] 2.4
//	FILETIME                          [MS-DTYP] 2.3.3
//
// Nothing here changes after it was made: values may be shared between goroutines by all who only read them.
package mapi
