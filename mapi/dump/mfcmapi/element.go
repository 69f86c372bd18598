package mfcmapi

import (
	"unicode/utf8"
)

// element is the name of a tag that means something in an export, whatever its case.
type element uint8

const (
	elNone element = iota

	// The children of a property.
	elName
	elOtherNames
	elNamedGUID
	elNamedName
	elValue
	elAltValue
	elSmartView // Flags, before there was SmartView

	// What holds properties.
	elProperty
	elXML
	elPane
	elProperties
	elTable
	elRow
	elHierarchy
	elContents
	elFolder
	elStore
	elStores
	elMessage
	elRecipients
	elRecipient
	elAttachments
	elAttachment
	elTableProps
	elGetProps
	elEmbedded
	elBody
	elMailboxes
	elMailbox
	elProfile
	elService
	elProvider
)

// maxName is longer than every name of an element.
const maxName = 24

func elementNamed(lower []byte) element {
	switch string(lower) {
	case "name":
		return elName
	case "othernames", "exactnames", "partialnames", "other names":
		return elOtherNames
	case "namedpropguid":
		return elNamedGUID
	case "namedpropname":
		return elNamedName
	case "value":
		return elValue
	case "altvalue":
		return elAltValue
	case "smartview", "flags":
		return elSmartView
	case "property":
		return elProperty
	case "properties":
		return elProperties
	case "row":
		return elRow
	case "message":
		return elMessage
	}
	return holderNamed(lower)
}

func holderNamed(lower []byte) element {
	switch string(lower) {
	case "?xml":
		return elXML
	case "propertypane":
		return elPane
	case "table":
		return elTable
	case "hierarchytable":
		return elHierarchy
	case "contentstable":
		return elContents
	case "folderprops":
		return elFolder
	case "messagestoreprops":
		return elStore
	case "storetable":
		return elStores
	case "recipients":
		return elRecipients
	case "recipient":
		return elRecipient
	case "attachments":
		return elAttachments
	case "attachment":
		return elAttachment
	case "tableprops":
		return elTableProps
	case "getprops":
		return elGetProps
	case "embeddedmessage":
		return elEmbedded
	case "body":
		return elBody
	case "mailboxtable":
		return elMailboxes
	case "mailbox":
		return elMailbox
	case "profile":
		return elProfile
	case "service":
		return elService
	case "provider":
		return elProvider
	}
	return elNone
}

// child reports whether e stands inside a property.
func (e element) child() bool { return e >= elName && e <= elSmartView }

// root reports whether a document can begin with e. A table can, too, but so do tables of web pages.
func (e element) root() bool {
	switch e {
	case elPane, elProperties, elMessage, elContents, elFolder, elMailboxes, elProfile, elStore, elStores:
		return true
	}
	return false
}

func (e element) String() string { return elementNames[e] }

var elementNames = [...]string{"", "Name", "OtherNames", "NamedPropGUID", "NamedPropName", "Value", "AltValue", "SmartView",
	"property", "?xml", "propertypane", "properties", "table", "row", "HierarchyTable", "ContentsTable", "folderprops",
	"messagestoreprops", "storetable", "message", "recipients", "recipient", "attachments", "attachment", "tableprops",
	"getprops", "embeddedmessage", "body", "mailboxtable", "mailbox", "profile", "service", "provider"}

// usualTag is tagAt for the exporter's own spelling of the tags of properties and messages, which nearly all tags are.
func usualTag(d []byte) (e element, closing bool, n int) {
	if len(d) < len("<NamedPropGUID>") {
		return elNone, false, 0
	}
	switch d[1] {
	case '/':
		switch {
		case string(d[2:11]) == "property>":
			return elProperty, true, 10
		case string(d[2:13]) == "properties>":
			return elProperties, true, 12
		case string(d[2:10]) == "message>":
			return elMessage, true, 9
		}
	case 'p':
		switch {
		case string(d[2:10]) == "roperty ":
			return elProperty, false, 9
		case string(d[2:12]) == "roperties ":
			return elProperties, false, 11
		}
	case 'm':
		if string(d[2:9]) == "essage " {
			return elMessage, false, 8
		}
	case 'V':
		if string(d[2:6]) == "alue" && (d[6] == '>' || d[6] == ' ') {
			return elValue, false, 6
		}
	case 'A':
		if string(d[2:9]) == "ltValue" && (d[9] == '>' || d[9] == ' ') {
			return elAltValue, false, 9
		}
	case 'N':
		switch {
		case string(d[2:6]) == "ame>":
			return elName, false, 5
		case string(d[2:15]) == "amedPropGUID>":
			return elNamedGUID, false, 14
		case string(d[2:15]) == "amedPropName>":
			return elNamedName, false, 14
		}
	case 'O':
		if string(d[2:12]) == "therNames>" {
			return elOtherNames, false, 11
		}
	case 'S':
		if string(d[2:11]) == "martView>" {
			return elSmartView, false, 10
		}
	}
	return elNone, false, 0
}

// closes reports whether the closing tag of e is the front of d, in the exporter's own spelling.
func (e element) closes(d []byte) bool {
	name := elementNames[e]
	return len(d) > len(name)+2 && d[1] == '/' && string(d[2:2+len(name)]) == name && d[2+len(name)] == '>'
}

// tagAt looks at the tag whose '<' is the front of d: which element, whether it closes it, and how long "<name" is.
func tagAt(d []byte) (e element, closing bool, n int) {
	if e, closing, n = usualTag(d); e != elNone {
		return e, closing, n
	}
	i := 1
	if i < len(d) && d[i] == '/' {
		closing = true
		i++
	}
	var lower [maxName]byte
	k := 0
	for ; i < len(d) && k < maxName; i, k = i+1, k+1 {
		c := d[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z', c == '?' && k == 0:
		case c == ' ' && k == 5 && string(lower[:5]) == "other":
			// QUIRK: builds of 2016-10 to 2017-04 wrote <Other Names>.
		default:
			e = elementNamed(lower[:k])
			if e != elNone && !nameEnd(d[i:]) {
				e = elNone
			}
			return e, closing, i
		}
		lower[k] = c
	}
	return elNone, closing, i
}

// nameEnd reports whether the name of a tag can end before d.
func nameEnd(d []byte) bool {
	return d[0] == '>' || d[0] == '/' || blank(d) > 0
}

// blank returns the length of the blank at the front of d, 0 if there is none. A no-break space, which web pages make
// of blanks, is one.
func blank(d []byte) int {
	switch {
	case len(d) == 0:
		return 0
	case d[0] == ' ' || d[0] == '\t' || d[0] == '\r' || d[0] == '\n':
		return 1
	case d[0] == 0xC2 && len(d) > 1 && d[1] == 0xA0:
		return 2
	}
	return 0
}

func skipBlanks(d []byte, i int) int {
	for i < len(d) {
		switch c := d[i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			i++
		case c == 0xC2 && i+1 < len(d) && d[i+1] == 0xA0:
			i += 2
		default:
			return i
		}
	}
	return i
}

// trim returns d without blanks at its ends.
func trim(d []byte) []byte {
	d = d[skipBlanks(d, 0):]
	for len(d) > 0 {
		switch {
		case blank(d[len(d)-1:]) > 0:
			d = d[:len(d)-1]
		case len(d) > 1 && blank(d[len(d)-2:]) == 2:
			d = d[:len(d)-2]
		default:
			return d
		}
	}
	return d
}

// wholeRunes returns the length of the longest prefix of d that does not end within a character.
func wholeRunes(d []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(d); i++ {
		if c := d[len(d)-i]; c >= utf8.RuneSelf && utf8.RuneStart(c) {
			if !utf8.FullRune(d[len(d)-i:]) {
				return len(d) - i
			}
			break
		}
	}
	return len(d)
}
