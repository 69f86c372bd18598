// Package rtf reads and writes the compressed RTF in which Outlook and Exchange keep formatted bodies, and takes HTML and
// plain text out of it:
//
//	Compressed      PidTagRtfCompressed (0x10090102): [MS-OXRTFCP] 2.1.3
//	Deencapsulate   the HTML or the text that RTF was made of: [MS-OXRTFEX] 2.1.3 and 2.2.3
//
// Decode is strict: a value, or an error that names byte and field. Inspect never fails: as much of the value as there is,
// and a report of every field and every finding. AppendBinary writes exactly what the value says; Normalize first makes it
// right rather than faithful. The value keeps the contents as they are stored, and AppendRTF decompresses them.
//
// Who wants nothing but the RTF has Decompress, from a blob to a buffer, and Reader, from a stream, in constant memory. What
// both make is bounded by what is there, 8.5 bytes for each, whatever the header claims.
//
// Values are plain data: any number of goroutines may read one, and a Decode or Inspect may run beside any other. A Reader
// belongs to one goroutine.
package rtf
