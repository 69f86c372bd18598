package entryid

import (
	"fmt"
	"strings"
)

// smartFlag is one row of a table by which MFCMAPI puts flags into words.
type smartFlag struct {
	value uint32
	word  string
	how   byte // 'v': the rest is just this value; 'b': the rest has one of these bits; 'n': its lower four bits are this value
}

// smartFlags puts flags into words: row by row on what is left, and that at the end.
func smartFlags(v uint32, rows []smartFlag) string {
	var words []string
	for _, row := range rows {
		switch {
		case row.how == 'v' && v == row.value:
			v = 0
		case row.how == 'b' && v&row.value != 0:
			v &^= row.value
		case row.how == 'n' && v&0x0F == row.value:
			v &^= 0x0F
		default:
			continue
		}
		words = append(words, row.word)
	}
	if v != 0 || len(words) == 0 {
		words = append(words, fmt.Sprintf("0x%X", v))
	}
	return strings.Join(words, " | ")
}

var (
	entryFlags = []smartFlag{{0x87, "EPHEMERAL", 'v'}, {0x08, "MAPI_NOTRESERVED", 'b'}, {0x10, "MAPI_NOW", 'b'}, {0x20, "MAPI_THISSESSION", 'b'},
		{0x40, "MAPI_NOTRECIP", 'b'}, {0x80, "MAPI_SHORTTERM", 'b'}}
	oneOffFlags = []smartFlag{{0x80000000, "MAPI_UNICODE", 'b'}, {0x00010000, "MAPI_SEND_NO_RICH_INFO", 'b'}, {0x10000000, "OOP_DONT_LOOKUP", 'b'},
		{0x00080000, "BODY_ENCODING_HTML", 'b'}, {0x00100000, "BODY_ENCODING_TEXT_AND_HTML", 'b'}, {0x00040000, "ENCODING_MIME", 'b'},
		{0x00020000, "ENCODING_PREFERENCE", 'b'}, {0x00600000, "MAC_ATTACH_ENCODING_APPLEDOUBLE", 'b'},
		{0x00400000, "MAC_ATTACH_ENCODING_APPLESINGLE", 'b'}, {0x00200000, "MAC_ATTACH_ENCODING_UUENCODE", 'b'}}
	wrappedFlags = []smartFlag{{0x80, "BFLAGS_MASK_OUTLOOK", 'b'}, {3, "Type: BFLAGS_INTERNAL_MAILUSER", 'n'},
		{4, "Type: BFLAGS_INTERNAL_DISTLIST", 'n'}, {5, "Type: BFLAGS_EXTERNAL_MAILUSER", 'n'}, {6, "Type: BFLAGS_EXTERNAL_DISTLIST", 'n'},
		{0x00, "Business Fax", 'v'}, {0x10, "Home Fax", 'v'}, {0x20, "Primary Fax", 'v'}, {0x30, "Not a contact", 'v'}, {0x40, "Email1", 'v'},
		{0x50, "Email2", 'v'}, {0x60, "Email3", 'v'}}
	contactIndexFlags = []smartFlag{{0, "EEI_EMAIL_1", 'v'}, {1, "EEI_EMAIL_2", 'v'}, {2, "EEI_EMAIL_3", 'v'}, {3, "EEI_FAX_1", 'v'},
		{4, "EEI_FAX_2", 'v'}, {5, "EEI_FAX_3", 'v'}, {255, "EMAIL_TYPE_UNDEFINED", 'v'}}
	magicFlags = []smartFlag{{magicV2, "MDB_STORE_EID_V2_MAGIC", 'v'}, {magicV3, "MDB_STORE_EID_V3_MAGIC", 'v'}}
	blockFlags = []smartFlag{{0, "MDB_STORE_EID_V1_VERSION", 'v'}, {1, "MDB_STORE_EID_V2_VERSION", 'v'}, {2, "MDB_STORE_EID_V3_VERSION", 'v'}}
)

// word returns what MFCMAPI calls the value of a field, which depends on the form.
func (v *smartView) word(name string, n uint32) string {
	one := func(value uint32, word string) string { return smartFlags(n, []smartFlag{{value, word, 'v'}}) }
	isStore := v.form == "MAPI Message Store Entry ID"
	switch {
	case name == "FolderType", name == "MessageType":
		if t := ObjectType(n); t.isFolder() || t.isMessage() {
			return t.String()
		}
	case name == "WrappedType":
		var rows []smartFlag
		for i, word := range storeTypeWords {
			rows = append(rows, smartFlag{1 << i, word, 'b'})
		}
		return smartFlags(n, rows)
	case name == "Magic":
		return smartFlags(n, magicFlags)
	case name == "Version" && v.block:
		return smartFlags(n, blockFlags)
	case name == "Version" && isStore:
		return one(0, "MAPIMDB_VERSION")
	case name == "Flag":
		return one(0, "MAPIMDB_NORMAL")
	case name == "Version" && v.uid == contactUID:
		return one(contactVersion, "CONTAB_VERSION")
	case name == "Version":
		return one(1, "EMS_VERSION")
	case name == "Index":
		return smartFlags(n, contactIndexFlags)
	case name == "Type" && v.uid == wrappedUID:
		return smartFlags(n, wrappedFlags)
	case name == "Type" && v.uid == contactUID && n < uint32(len(contactTypes)) && n > 0:
		return contactTypes[n]
	case name == "Type" && v.uid != contactUID && DisplayType(n).isKnown():
		return DisplayType(n).String()
	}
	return fmt.Sprintf("0x%X", n)
}
