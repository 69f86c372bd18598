package fuzz_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

func unhex(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	require.NoError(tb, err)
	return b
}

// utf16le returns s in UTF-16, with a byte order mark.
func utf16le(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

const (
	xmlHead  = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\r\n"
	xmlZone  = `<property tag = "0x80380102" type = "PT_BINARY" ><NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8233=33331 = PidLidTimeZoneStruct (dispidTimeZoneStruct)</NamedPropName><Value cb="4" >2C010000</Value><AltValue><![CDATA[,...]]></AltValue></property>` + "\r\n"
	xmlText  = `<property tag = "0x0037001F" type = "PT_UNICODE" ><Name>PR_SUBJECT</Name><Value><![CDATA[x]]>y]]></Value><AltValue cb="10" >78005D005D003E007900</AltValue></property>` + "\n"
	xmlTime  = `<property tag = "0x00390040" type = "PT_SYSTIME" ><Value>Low: 0x2AD86000 High: 0x01CD0000</Value><AltValue>04:00:00.000 PM 5/5/2012</AltValue></property>`
	xmlList  = `<property tag = "0x80011003" type = "PT_MV_LONG" ><Value><row><Value>1</Value><AltValue>0x1</AltValue></row><row><Value>2</Value><AltValue>0x2</AltValue></row></Value></property>`
	logStamp = "0x1a2c 10:11:12.123AM  05-05-2012 0x00000004: "
	xmlError = `<property tag = "0x1009000A" type = "PT_ERROR" ><Value err="0x8007000E" >MAPI_E_NOT_ENOUGH_MEMORY</Value><AltValue>Body: Open to view</AltValue></property>`
)

// mfcmapiTexts are exports of every shape: whole messages, tables, web pages, the clipboard, and what was left of them.
var mfcmapiTexts = []string{
	xmlHead + "<message>\r\n<summary>\r\n<messageclass>IPM.Note</messageclass>\r\n</summary>\r\n<properties listtype=\"summary\">\r\n" + xmlText + "</properties>\r\n" +
		"<properties listtype=\"fulllist\">\r\n" + xmlText + xmlZone + "</properties>\r\n<recipients>\r\n<recipient num=\"0x00000000\">\r\n<properties>" + xmlText +
		"</properties></recipient></recipients>\r\n<attachments><attachment num=\"0x00000000\">" + xmlTime + "</attachment></attachments></message>\r\n",
	xmlHead + "<contentstable><row index=\"0\">" + xmlText + "</row><row index=\"1\">" + xmlList + xmlError + "</row></contentstable>",
	utf16le(xmlHead + xmlZone + xmlText), utf16le(xmlZone)[2:], "\xEF\xBB\xBF" + xmlHead + xmlText,
	strings.NewReplacer("<", "&lt;", ">", "&gt;", "\"", "&quot;", "&", "&amp;").Replace(xmlZone + xmlText),
	"<html><pre>" + strings.NewReplacer("<", "&lt;", ">", "&gt;", "\"", "&#8220;").Replace(xmlZone) + "</pre></html>",
	xmlZone[:120], xmlZone[60:], xmlText[:70] + xmlZone, xmlHead + strings.Repeat("<message>", 70) + xmlText,
	"Name: PR_SUBJECT\r\nValue: x\r\nAltValue: 7800\r\n", "namedPropName: id: 0x8233\r\nnamedPropGUID: PSETID_Appointment\r\nValue: cb: 2 lpb: 2C01\r\n",
	xmlHead + "<table>" + xmlList + "</table>" + utf16le(xmlHead+xmlText), strings.ReplaceAll(xmlText, "x]]>y", "\x93\x94\xE4\x81"), "\x1F\x8B\x08\x00", "",
	`<property tag = "0x0037001E" type = "PT_STRING8" ><Value>` + "\xE4\x95\xFF" + `</Value></property>`,
	"name: PR_SUBJECT\r\nvalue: x\r\ny\r\naltValue: cb: 2 lpb: 7800\r\nnamedPropName: id: 0x8233\r\n", "Row: 0\r\nSubject::x\r\ny\r\nPR_ENTRYID::cb: 1 lpb: 00\r\nRow: 1\r\nSubject::z\r\n",
	"Tag: 0x80380102\r\nType: PT_BINARY\r\nDASL: http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/82330102\r\nNamed Prop Name: id: 0x8233=33331\r\n",
	logStamp + xmlText + logStamp + "Dumping 2 entry IDs.\r\nlpEntryList->lpbin[0]\r\n\tcb: 2 lpb: 0102\r\nEnd dumping entry list.\r\n\t\tProp: 0 = 0x80050003 (PT_LONG): PidLidBusyStatus: Guid: {0}\r\n",
	"0x0037001F (PT_UNICODE): PR_SUBJECT, \"x\", \"cb: 2 lpb: 7800\", \"y\"\r\n" + logStamp + "lpNotifications[0].info = cb: 1 lpb: 0",
	`<property tag = "0x80380102" type = "PT_BINARY" ><Value>cb: 48 lpb: 2C0100000000000...</Value><SmartView><![CDATA[Time Zone: lBias = 0x0000012C (300)]]></SmartView></property>`,
}

const zoneHex = "2C01000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000"

// linesTexts are blobs in lines as people write them.
var linesTexts = []string{zoneHex, strings.ToLower(zoneHex) + "\r\n" + zoneHex + "\r" + zoneHex + "\n\n", "0x" + zoneHex, "0x2C, 0x01, 0x00\n", "2C 01 00 00\n2C-01-00\n2C\\01/00",
	"LAEAAAAAAADE////AAAAAAsAAAABAAIAAAAAAAAAAAAAAAMAAAACAAIAAAAAAAAA", "AAAA", "NULL\nnull\n", "cb: 4 lpb: 2C010000", "see cb: 4 lpb: 2C010000 and cb: 0 lpb: NULL, cb: 9 lpb: 2C01",
	"0x80380102 = 2C01\n0x80380102: 2C01\nPidLidTimeZoneStruct\t2C01", "PR_SUBJECT_W=7800\nPidTagNone: 00", utf16le(zoneHex + "\r\nNULL\r\n"), utf16le(zoneHex)[2:],
	"\U0001F600 cb: 2 lpb: 2C01 \U0001F601\n\U0001F602 cb: 1 lpb: Z", "2C0", "2C0Z", "2C01...", "2C\u200B01\u00A000", "# comment\n", "prose about nothing\n", "\xEF\xBB\xBF2C01", "\xFE\xFF\x00A\x00B", "AB=", "QUJ=", "{2C01}", "{2, 1, 48, 0...}\nproptag/0x37010102 = 01\nid/{00062002-0000-0000-C000-000000000046}/82330102: {255, 1}", "'2C01'", "`2C01`", "\xFF\xFE\x3D"}

// csvTexts are tables of properties, good and bad.
var csvTexts = []string{"item,tag,hex\r\nm1,0x37010102,2C01\r\nm1,0x0037001F,\"7800\"\r\n", "propset;lid;type;value\n{00062002-0000-0000-C000-000000000046};0x8205;long;2\n",
	"name\tvalue\nPidTagSubject\t\"a \"\"b\"\"\nc\"\n", "dasl,base64\nproptag/0x37010102,AQ==\n", "tag,hex\n0x37010102,\"01", "tag,hex\n,,,\n\n0x37010102,01,02\n", "a,b\n1,2\n", "\"\n\"\"",
	utf16le("tag,hex\r\n0x37010102,01\r\n"), "hex,hex\n01,02\n", "item,sub,codepage,size,tag,hex\nm,recipient:0,1252,1,0x3001001E,E4\n"}

// jsonlTexts are lines of JSON as the command writes them, as people do, and broken ones.
var jsonlTexts = []string{
	`{"item":"m1","propset":"{00062002-0000-0000-C000-000000000046}","lid":"0x8233","type":"binary","hex":"2C01"}` + "\n" + `{"tag":"0x0E060040","value":"2012-05-05T16:00:00Z"}`,
	`{"item":"\U0001F600"}` + "\n" + `{"item":"😀"}` + "\n" + `{"hex":"00"}`, `{"tag":3604480,"raw":"7800","size":2}`, `{"TAG":"0x0037001F","Base64":"eAA="}`, `{"name":{"set":"{00062002-0000-0000-C000-000000000046}","lid":33331},"hex":"2C01"}`,
	`{"named":{"guid":"00062002-0000-0000-C000-000000000046","name":"x"},"type":31,"hex":"7800"}`, `{"name":"PidTagSubject","value":"x"}`, `{"name":"PidLidBusyStatus","value":2}`,
	`{"tag":"0x0037001F","value":"\ud800"}`, `{"type":"PT_MV_UNICODE","value":["a","b"]}`, `{"type":"StringArray","value":["a"]}`, `{"type":"double","value":1e400}`, `{"type":"boolean","value":true}`,
	`{"type":"0x0048","value":"{00062002-0000-0000-C000-000000000046}"}`, `{"type":"0x0006","value":"1.2345"}`, `{"error":"x"}`, `{"hex":"2C01"`, `{"hex":"2C01"} x`, `{"hex":2}`, `[]`, `{}`, `{`,
	`{"a":[[[[{}]]]],"hex":"00"}`, "\n\n \r\n", `{"hex":null,"value":null}`, `{"tag":"0x0037001F","value":{"text":"x","codePage":1252,"raw":"78"}}`, utf16le(`{"hex":"2C01"}`),
	`{"source":"a.xml","line":3,"offset":40,"item":"message 0","tag":"0x00370102","hex":"2C","derived":true,"text":"x","inferred":{"raw":"2C01"},"findings":[{"severity":"warning","code":"mfcmapi.derived","offset":-1,"len":0,"path":"Value","spec":"s","message":"m"}]}`,
	`{"source":"a.xml","line":3,"offset":-1,"hex":null,"error":"Value: m (mfcmapi.derived)","findings":[{"severity":"error","code":"mfcmapi.derived","offset":-1,"len":0,"path":"Value","spec":"s","message":"m"},{"code":"tzdef.truncated"}]}`,
	`{"findings":[{"severity":"info","code":"lines.x","offset":0,"len":1,"message":"m"}],"hex":"2C","value":"x"}`,
	`{"item":"message 0","sub":"recipient:0","tag":"0x3001001F","value":"Ann"}`, `{"item":"message 0/attachment 1/message/recipient 2","tag":"0x3001001F","value":"Ann"}`,
	`{"item":"recipient 0/attachment 0/recipient 0","hex":"00"}` + "\n" + `{"item":"","hex":"00"}` + "\n" + `{"item":"//","hex":"00"}`}
