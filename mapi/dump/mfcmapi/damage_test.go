package mfcmapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapiprop/mapiprop/mapi"
	"github.com/mapiprop/mapiprop/mapi/dump"
	"github.com/mapiprop/mapiprop/mapi/dump/mfcmapi"
)

// only returns the one record of a text.
func only(t *testing.T, text string) dump.Record {
	t.Helper()
	var all []dump.Record
	for rec, err := range mfcmapi.NewReader(strings.NewReader(text), "test", 0).Records() {
		require.NoError(t, err)
		all = append(all, rec)
	}
	require.Len(t, all, 1)
	return all[0]
}

// TestZoneWithRules has a SmartView text that says the rules of a definition beside the zone of a PidLidTimeZoneStruct.
func TestZoneWithRules(t *testing.T) {
	for _, rules := range []string{"0x00000001", "0x00000002", "0xFFFFFFFF"} {
		rec := only(t, `<property tag = "0x80380102" type = "PT_BINARY" ><Value>cb: 48 lpb: 00</Value><AltValue><![CDATA[`+
			strings.Repeat(".", 48)+`]]></AltValue><SmartView><![CDATA[lBias = 0x00000000 (0) cchKeyName = 0xFFFFFFFF cRules = `+rules+` x = y]]></SmartView></property>`)
		require.Len(t, rec.Inferred, 48)
	}
}

// TestBrokenLines has values longer than a piece, with line breaks of a web page in every position.
func TestBrokenLines(t *testing.T) {
	const bytes = 100_000
	for _, br := range []string{"<br>", "<br/>", "<br />", "<wbr>"} {
		for _, per := range []int{16, 31, 32, 34, 48, 62, 84, 128, 129, 260, 262} {
			text := strings.Repeat(strings.Repeat("0A", per)[:per]+br, 2*bytes/per+1)
			digits := strings.Count(text, "0") + strings.Count(text, "A")
			rec := only(t, fmt.Sprintf(`<property tag = "0x37010102" type = "PT_BINARY" ><Value cb="%d" >%s</Value></property>`, digits/2, text))
			require.Len(t, rec.Raw, digits/2, "%d digits and %s", per, br)
		}
	}
}

// TestLostRow has two values in one row of a list: none is dropped.
func TestLostRow(t *testing.T) {
	rec := only(t, `<property tag = "0x80011003" type = "PT_MV_LONG" ><Value mv="true" count="3" ><row><Value>1</Value><AltValue>0x1</AltValue>`+
		`<Value>2</Value><AltValue>0x2</AltValue></row><row><Value>3</Value></row></Value></property>`)
	require.Equal(t, mapi.MultipleInteger32{1, 2, 3}, rec.Prop.Value)
	require.Len(t, rec.Findings, 1)
	require.Equal(t, mfcmapi.Repeated, rec.Findings[0].Code)
}
