// Package entryid decodes the ids by which MAPI knows objects and people, and what belongs to them:
//
//	EntryID    PidTagEntryId and some hundred other properties: [MS-OXCDATA] 2.2.3 to 2.2.5
//	ServerID   values of type PtypServerId, and the folder ids of rules: [MS-OXCDATA] 2.11.1.4
//	ObjectID   folder ids and message ids of 8 bytes, FID and MID: [MS-OXCDATA] 2.2.1.1 and 2.2.1.2
//	DN         legacyExchangeDN, and IMCEAEX addresses made of it: [MS-OXOABK] 2.2.1.1, [MS-OXCMAIL] 2.1.3.1.8
//
// An entry id begins with four flags and the UID of a provider; what follows is for that provider to know. The UID, and for
// ids of folders and messages the length, say which Form it has. Those of other providers are kept as they are, as Unknown.
// An entry id does not know its own length: it ends where the property does.
//
// Decode is strict: a value, or an error that names byte and field. Inspect never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says; Normalize first makes it
// right rather than faithful.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other.
package entryid
