package fuzz_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/ews"
)

var ewsForm = form{open: func(r io.Reader) dump.Reader { return ews.NewReader(r, sourceName) }, codes: slices.Concat(ours, ews.Codes()), wide: true}

func checkDumpEWS(tb testing.TB, b []byte) { checkDumpAs(tb, b, []form{ewsForm}) }

const (
	ewsField  = `<t:ExtendedFieldURI PropertyTag="0x37" PropertyType="String"/>`
	ewsBinary = `<t:ExtendedFieldURI PropertyTag="0x65E0" PropertyType="Binary"/>`
	ewsList   = `<t:ExtendedFieldURI PropertyTag="0x6601" PropertyType="StringArray"/>`
	ewsOne    = `<t:ExtendedProperty>` + ewsField + `<t:Value>a</t:Value></t:ExtendedProperty>`
	ewsItem   = `<t:Message><t:ItemId Id="A" ChangeKey="C"/>` + ewsOne + `</t:Message>`
)

// ewsTexts are the pieces of which a fuzzer makes more, broken in ways that no vector is.
var ewsTexts = []string{
	"", "<", "</", "<a", "<a>", "<a/>", "</a>", "<a b", "<a b=", "<a b=\"", "<a b='\"'>", "< a>", "<>", "</>", "<a/", "<!", "<!-", "<!--", "<!-->", "<!---->", "<![CDATA[", "<![CDATA[]]>", "<?", "<?x?>", "<!DOCTYPE a [<!ENTITY b \"<c>\">]>", "<!\"",
	"text", "&amp;", "<a:b:c/>", "<:>", "<a\n\t>", "<a></b></a>", "<a><b></a></b>", "<ExtendedProperty/>", "<Value>a</Value>", "<Values><Value>", "<ItemId Id=\"a\"/>", "<a><ItemId/>" + ewsOne,
	"<t:ExtendedProperty>", "<t:ExtendedProperty>" + ewsField, "<t:ExtendedProperty>" + ewsField + "<t:Value>a&#", "<t:ExtendedProperty>" + ewsField + "<t:Value>a\r", "<t:ExtendedProperty>" + ewsField + "<t:Value><![CDATA[a\r",
	"<t:ExtendedProperty><t:Value>LAEA</t:Value>" + ewsBinary + "</t:ExtendedProperty>", "<t:ExtendedProperty><t:Values><t:Value>a</t:Value><t:Value><b>c</b></t:Value>" + ewsList + "</t:Values></t:ExtendedProperty>",
	"<t:ExtendedProperty>" + ewsBinary + "<t:Value>LA\nEA<!-- -->LA==</t:Value></t:ExtendedProperty>", "<t:ExtendedProperty>" + ewsOne, "<t:ExtendedProperty>" + ewsField + "<t:Value>a" + ewsOne + "</t:Value>",
	"<ItemAttachment><AttachmentId Id=\"a/b\"/><Message>" + ewsOne + "</Message></ItemAttachment>", "<Attachments><ItemAttachment>" + ewsOne + "<x>" + ewsOne, "<a><ItemId Id=\"1\"/><b><c>" + ewsOne + "</c><ItemId Id=\"2\"/>" + ewsOne + "</b></a>",
	utf16le(ewsItem), utf16le(ewsItem)[2:], utf16le(ewsItem) + "\x00", "<\x00a\x00>\x00",
}

// ewsHostile are repeated, ewsNested are openings, what is repeated in them, and ends.
var (
	ewsHostile = []string{"<", "<a", "<a ", "<a>", "</a>", "<a/>", "<a><", "<a></b>", "<!", "<!--", "<![CDATA[", "<?", "&", "&#x1F;", "\"", "<a b=\"", "<a b=\"c\" ", "]]>", "-->", "\x00", "\r", "\n", "a", "\xED\xA0\x80", "\xFF\xFE<\x00", "<a>b",
		ewsOne, ewsItem, "<t:ExtendedProperty>", "<ExtendedProperty/>", ewsField, "<t:Value>", "<t:Values>", "<ItemId Id=\"a\"/>", "<a><ItemId Id=\"a\"/>" + ewsOne, "<Attachments><ItemAttachment><Message>" + ewsOne, "<!DOCTYPE a [", "<!ENTITY a \"b\">", "<ExtendedProperty><a><ExtendedProperty>"}
	ewsNested = [][3]string{{"<t:ExtendedProperty>" + ewsField + "<t:Value>", "a", "</t:Value></t:ExtendedProperty>"}, {"<t:ExtendedProperty>" + ewsField + "<t:Value>", "&#x0;", "</t:Value></t:ExtendedProperty>"},
		{"<t:ExtendedProperty>" + ewsField + "<t:Value>", "&x;\r", ""}, {"<t:ExtendedProperty>" + ewsField + "<t:Value>", "<![CDATA[a]]>", ""}, {"<t:ExtendedProperty>" + ewsField + "<t:Value>", "<", ""}, {"<t:ExtendedProperty>" + ewsField + "<t:Value>", "<b>", ""},
		{"<t:ExtendedProperty>" + ewsBinary + "<t:Value>", "LAEA", "</t:Value></t:ExtendedProperty>"}, {"<t:ExtendedProperty>" + ewsBinary + "<t:Value>*", "LAEA", ""}, {"<t:ExtendedProperty>" + ewsList + "<t:Values>", "<t:Value/>", "</t:Values></t:ExtendedProperty>"},
		{"<t:ExtendedProperty>", ewsField, "</t:ExtendedProperty>"}, {"<t:ExtendedProperty>", "<t:Value/>", "</t:ExtendedProperty>"}, {"<t:ExtendedProperty>", "<a></b>", "</t:ExtendedProperty>"}, {"<ExtendedProperty><ExtendedFieldURI ", "PropertyTag=\"a\" ", "/></ExtendedProperty>"},
		{"<ItemId Id=\"", "a/", "\"/>" + ewsOne}, {"<a>", ewsItem, "</a>"}, {"<a>" + ewsOne, ewsItem, "<ItemId Id=\"a\"/></a>"}, {strings.Repeat("<a>", 9000), "</x>", ""}, {strings.Repeat("<a>", 9000), ewsOne, ""}}
)
