package mfcmapi

import (
	"strings"
	"testing"
)

// TestZeroedHex tells of hex that somebody wiped, and not of other contradictions.
func TestZeroedHex(t *testing.T) {
	for in, want := range map[string]bool{"000000": true, "000100": false, "000041": false} {
		_, recs := readAll(strings.NewReader(prop("0x37010102", "PT_BINARY", `<Value cb="3" >`+in+`</Value><AltValue><![CDATA[Ax.]]></AltValue>`)), 0)
		f := recs[0].Findings[0]
		if got := strings.Contains(f.Msg, "all 3 bytes of the hex are zero"); got != want || f.Code != AltContradicts {
			t.Errorf("%s: %v", in, f)
		}
	}
}
