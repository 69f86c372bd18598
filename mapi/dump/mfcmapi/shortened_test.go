package mfcmapi

import (
	"strings"
	"testing"
)

// TestShortened has values of which the dump shows a part, and names that hide a type.
func TestShortened(t *testing.T) {
	one := func(body string) string { return prop("0x3001001E", "PT_STRING8", body) }
	for _, tt := range []struct{ what, in, want string }{
		{"characters counted, not bytes", one("<Value><![CDATA[\u65e5\u672c\u8a9e]]></Value><AltValue cb=\"3\" >93FA96</AltValue>"),
			`0x3001001E PtypString8 raw=93FA96 value=` + "\uFFFD\uFFFD\uFFFD" + ` text="日本語" | warning: short-hex | warning: no-codepage`},
		{"bytes counted", one("<Value><![CDATA[\u65e5\u672c]]></Value><AltValue cb=\"4\" >93FA967B</AltValue>"),
			"0x3001001E PtypString8 raw=93FA967B value=日本 | info: text-codepage"},
		{"one byte a character", one("<Value><![CDATA[\u041f\u0440]]></Value><AltValue cb=\"2\" >CFF0</AltValue>"),
			"0x3001001E PtypString8 raw=CFF0 value=Пр | info: text-codepage"},
		{"the text is cut with a mark", prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[Mee\u2026]]></Value><AltValue cb=\"14\" >4D0065006500740069006E006700</AltValue>"),
			"0x3001001F PtypString raw=4D0065006500740069006E006700 value=Meeting | warning: cut-text"},
		{"the text is cut", prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[Meet]]></Value><AltValue cb=\"14\" >4D0065006500740069006E006700</AltValue>"),
			"0x3001001F PtypString raw=4D0065006500740069006E006700 value=Meeting | warning: cut-text"},
		{"the text is another", prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[Neet...]]></Value><AltValue cb=\"14\" >4D0065006500740069006E006700</AltValue>"),
			"0x3001001F PtypString raw=4D0065006500740069006E006700 value=Meeting | error: value-mismatch"},
		{"nothing but a mark", prop("0x3001001F", "PT_UNICODE", "<Value><![CDATA[...]]></Value><AltValue cb=\"2\" >4D00</AltValue>"),
			"0x3001001F PtypString raw=4D00 value=M | error: value-mismatch"},
		{"a named string as bytes", prop("0x80080102", "PT_BINARY", "<NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8208=33288 = PidLidLocation</NamedPropName><Value cb=\"2\" >4100</Value>"),
			"0x80080102 PtypBinary [{00062002-0000-0000-C000-000000000046}:0x8208] raw=4100 | info: provisional-type"},
		{"a named binary", prop("0x80160102", "PT_BINARY", "<NamedPropGUID>{00062002-0000-0000-C000-000000000046} = PSETID_Appointment</NamedPropGUID><NamedPropName>id: 0x8216=33302 = PidLidAppointmentRecur</NamedPropName><Value cb=\"2\" >4100</Value>"),
			"0x80160102 PtypBinary [{00062002-0000-0000-C000-000000000046}:0x8216] raw=4100"},
		{"an error of two names", prop("0x1009000A", "PT_ERROR", `<Value err="0x8007000E" >MAPI_E_NOT_FOUND</Value>`),
			"0x1009000A PtypErrorCode raw=0E000780 value=MAPI_E_NOT_ENOUGH_MEMORY | error: value-mismatch | warning: not-exported"},
		{"an error of one name", prop("0x1009000A", "PT_ERROR", `<Value err="0x80070005" >E_ACCESSDENIED</Value>`),
			"0x1009000A PtypErrorCode raw=05000780 value=MAPI_E_NO_ACCESS | warning: not-exported"},
	} {
		lines, _ := readAll(strings.NewReader("\xFF\xFE"+utf16le(tt.in)), 0)
		if len(lines) != 1 || lines[0] != tt.want {
			t.Errorf("%s:\n%q, want\n%q", tt.what, lines, tt.want)
		}
	}
}
