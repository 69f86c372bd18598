// Package guid holds the sixteen bytes of a Windows GUID and reads and writes
// every notation the MAPI world gives them: registry text, raw hex, ADSI Edit
// and ldp octets, LDIF, LDAP filters, distinguished names, and the escaped
// text of ExMerge.log.
//
// A GUID keeps MAPI's wire order, the first three numbers little-endian. The
// notations differ in that order, and nothing in thirty-two bare digits says
// which one it is; so Parse reads the canonical text alone, ParseForm reads
// the one notation it is told, and Detect returns every reading there is.
//
// Where it is written:
//
//	layout, byte order                [MS-DTYP] 2.3.4.2
//	registry text, braces             [MS-DTYP] 2.3.4.3; RFC 9562 section 4
//	version and variant               RFC 9562 sections 4.1 and 4.2
//	LDIF                              RFC 2849; base64 RFC 4648 section 4
//	LDAP filter                       RFC 4515 section 3 (and RFC 2254)
//	distinguished name                RFC 4514 sections 2.4 and 3
//	<GUID=...>                        [MS-ADTS] 3.1.1.3.1.2.4
//	property sets                     [MS-OXPROPS] 1.3.2
//	ADSI Edit, ldp.exe, ExMerge.log   no specification: read off what the tools print
//
// Everything here is a pure function of its input. Values may be shared
// between goroutines; a LogReader belongs to one.
package guid
